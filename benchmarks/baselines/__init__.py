"""What a careful developer would write by hand: the baselines of the benchmarks."""
