"""Every statistic of agreement against statsmodels' table and kappa, from the same list.

Run it with ``python benchmarks/agreement.py [ROUNDS]``; it wants statsmodels, which the
library itself never needs. Each round does both in turn on the same 100,000 pairs of
codes, and statsmodels once more on the same pairs as whole numbers, which it reads
faster. Ratios are taken within the round; medians and spread are printed. The outcomes
are compared before anything is timed.
"""

from __future__ import annotations

import hashlib
import importlib
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

from qaf_core.moderation import Agreement, Estimate, agreement
from qaf_core.scales import GRADES

raters: Any = importlib.import_module("statsmodels.stats.inter_rater")

TARGET = 1
PAIRS = 100_000
CODES = [grade.code for grade in GRADES]


def pairs() -> list[tuple[str, str]]:
    """Pairs made up without chance: grades by digest, seven in ten of them the same."""
    made = []
    for number in range(PAIRS):
        digest = hashlib.sha256(f"agreement/{number}".encode()).digest()
        auditor = (0, 1, 1, 1, 2, 2, 2, 3)[digest[0] % 8]
        step = (0, 0, 0, 0, 0, 0, 0, 1, 1, -1)[digest[1] % 10]
        made.append((CODES[auditor], CODES[max(0, min(3, auditor + step))]))
    return made


def ours(given: list[tuple[str, str]]) -> Agreement:
    """All that there is."""
    return agreement(given)


def theirs(given: list[Any]) -> Any:
    """The table, and one kappa with its interval."""
    counts, _ = raters.to_table(given)
    return raters.cohens_kappa(counts, wt="linear")


def same(given: list[tuple[str, str]]) -> None:
    """Refuse to time what does not come to the same.

    Their table has its grades in the order of the alphabet, so it is put in that of the
    scale before the two are compared.
    """
    mine = ours(given)
    counts, _ = raters.to_table(given)
    order = [sorted(CODES).index(code) for code in CODES]
    ordered = counts[order][:, order]
    assert ordered.astype(int).tolist() == [list(row) for row in mine.grades.counts]
    for name, weights in (("unweighted", None), ("linear", "linear"), ("quadratic", "quadratic")):
        kappa = mine[f"kappa, {name}"]
        assert isinstance(kappa, Estimate)
        assert abs(float(kappa.value) - raters.cohens_kappa(ordered, wt=weights).kappa) < 1e-12


def seconds(run: Callable[[list[Any]], object], given: list[Any]) -> float:
    """How long one run takes."""
    start = time.perf_counter()
    run(given)
    return time.perf_counter() - start


def ratio(one: list[float], other: list[float]) -> list[float]:
    """Round by round."""
    return [a / b for a, b in zip(one, other, strict=True)]


def main(rounds: int = 15) -> None:
    """Print the table."""
    given = pairs()
    same(given)
    ranks = [(GRADES[a].rank, GRADES[m].rank) for a, m in given]
    mine, by_code, by_rank = [], [], []
    for _ in range(rounds):
        mine.append(seconds(ours, given))
        by_code.append(seconds(theirs, given))
        by_rank.append(seconds(theirs, ranks))
    print(f"Python {sys.version.split()[0]}, {PAIRS} pairs, {rounds} rounds, medians (low to high)")
    for name, values, unit in (
        ("all of ours, from codes", mine, "ms"),
        ("theirs, from codes", by_code, "ms"),
        ("theirs, from whole numbers", by_rank, "ms"),
        ("ours : theirs, same list", ratio(mine, by_code), "x"),
        ("ours : theirs, whole numbers", ratio(mine, by_rank), "x"),
    ):
        scale = 1000 if unit == "ms" else 1
        low, mid, high = (
            scale * each for each in (min(values), statistics.median(values), max(values))
        )
        print(f"{name:32}{mid:8.2f} {unit} ({low:.2f} to {high:.2f})")
    print(f"{'target':32}{TARGET:8} x at most")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
