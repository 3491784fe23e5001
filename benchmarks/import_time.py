"""How long the shipped framework takes to reach, beside the libraries it is made with.

Prints the time to reach ``qaf_core.READING_2016`` and the time to import attrs,
cattrs and pluggy, both less the start of a bare interpreter, and their ratio. All
three are run in turn, over and over, so that a busy machine slows them alike.

    python benchmarks/import_time.py [--runs N]
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
from time import perf_counter

TARGET = 2.5

BARE = "pass"
REACHED = "import qaf_core; qaf_core.READING_2016"
LIBRARIES = "import attrs, cattrs, pluggy"

LAZY = """
import sys
import qaf_core
early = sorted(
    name for name in sys.modules
    if name.partition(".")[0] in ("attr", "attrs", "cattrs", "pluggy") or name.startswith("qaf_core.")
)
sys.exit(f"import qaf_core alone loads {', '.join(early)}" if early else 0)
"""


def main() -> None:
    options = argparse.ArgumentParser(description="Time to reach the shipped framework.")
    options.add_argument("--runs", type=int, default=41, help="runs of each (default: 41)")
    runs = options.parse_args().runs
    _run(LAZY)
    print("import qaf_core loads neither its content nor attrs, cattrs or pluggy.")
    for code in (BARE, REACHED, LIBRARIES):
        _run(code)  # so that bytecode is written and files are at hand
    times: dict[str, list[float]] = {BARE: [], REACHED: [], LIBRARIES: []}
    for _ in range(runs):
        for code, taken in times.items():
            taken.append(_run(code))
    _table(times, runs)


def _run(code: str) -> float:
    started = perf_counter()
    subprocess.run([sys.executable, "-I", "-c", code], check=True)
    return perf_counter() - started


def _table(times: dict[str, list[float]], runs: int) -> None:
    bare = statistics.median(times[BARE])
    print(f"\nMilliseconds, medians of {runs} runs each, Python {sys.version.split()[0]}:\n")
    print(f"{'':44}{'median':>8}{'quartiles':>18}{'net':>8}")
    net = {}
    for code, taken in times.items():
        low, middle, high = _quartiles(taken)
        net[code] = middle - bare
        spread = f"{1000 * low:.1f} to {1000 * high:.1f}"
        print(f"{code:44}{1000 * middle:8.1f}{spread:>18}{1000 * net[code]:8.1f}")
    ratios = [
        (reached - start) / (libraries - start)
        for start, reached, libraries in zip(*times.values(), strict=True)
        if libraries > start
    ]
    low, _, high = _quartiles(ratios)
    ratio = net[REACHED] / net[LIBRARIES]
    print(f"\nratio {ratio:.2f} (run by run {low:.2f} to {high:.2f}); target: at most {TARGET}")


def _quartiles(values: list[float]) -> tuple[float, float, float]:
    low, middle, high = statistics.quantiles(values, n=4, method="inclusive")
    return low, middle, high


if __name__ == "__main__":
    main()
