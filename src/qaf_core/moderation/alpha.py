"""Krippendorff's alpha: agreement beyond grades dealt out anew from all that were given.

Source: Krippendorff 2011, Computing Krippendorff's alpha-reliability.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import TypeAlias

from qaf_core.errors import DefinitionError
from qaf_core.moderation.coefficients import CONFIDENCE, nothing, with_interval
from qaf_core.moderation.pairs import GradeTable
from qaf_core.moderation.results import Estimate, Undefined

__all__ = ["METRICS", "alpha"]

Number: TypeAlias = int | Fraction


def __dir__() -> list[str]:
    return __all__


def _nominal(values: Sequence[Number]) -> list[list[Number]]:
    places = range(len(values))
    return [[int(i != j) for j in places] for i in places]


def _interval(values: Sequence[Number]) -> list[list[Number]]:
    places = range(len(values))
    return [[(i - j) ** 2 for j in places] for i in places]


def _ordinal(values: Sequence[Number]) -> list[list[Number]]:
    """Four times the squared number of values from the middle of one grade to that of another."""
    reach: list[Number] = [0]
    for before, after in pairwise(values):
        reach.append(reach[-1] + before + after)
    return [[(one - other) * (one - other) for other in reach] for one in reach]


METRICS: dict[str, Callable[[Sequence[Number]], list[list[Number]]]] = {
    "nominal": _nominal,
    "ordinal": _ordinal,
    "interval": _interval,
}


def _alpha(cells: Sequence[Sequence[Number]], n: int, metric: str) -> Fraction | None:
    """Alpha of a table of n pairs, or None where only one grade occurs."""
    places = range(len(cells))
    values = [sum(cells[i]) + sum(row[i] for row in cells) for i in places]
    apart = METRICS[metric](values)
    observed = sum(cells[i][j] * apart[i][j] for i in places for j in places)
    expected = sum(values[i] * values[j] * apart[i][j] for i in places for j in places)
    if not expected:
        return None
    return 1 - Fraction((2 * n - 1) * observed * sum(values)) / (n * expected)


def alpha(
    table: GradeTable, metric: str = "ordinal", *, confidence: Fraction = CONFIDENCE
) -> Estimate | Undefined:
    """Krippendorff's alpha: chance is grades dealt out anew from all that were given.

    Its ordinal metric counts how many grades were given between two, so it depends on the
    pairs, and a grade that nobody gave adds nothing. Gwet's ordinal distance is another.

    Args:
        table: the pairs, each counting once.
        metric: ``"ordinal"``, ``"nominal"`` or ``"interval"``.
        confidence: of the interval, by leaving out one pair at a time (jackknife).

    Returns:
        1 where all agree; undefined where one grade alone occurs. Where pairs stand for
        more than themselves it comes without an interval.

    Raises:
        DefinitionError: there is no such metric.
    """
    if metric not in METRICS:
        raise DefinitionError(f"Alpha has the metrics {', '.join(METRICS)}.")
    name, method = f"alpha, {metric}", "Krippendorff's alpha"
    if not table.n:
        return nothing(name, method)
    value = _alpha(table.weights, table.n, metric)
    if value is None:
        why = "one grade alone was given, so chance agrees as well"
        return Undefined(name=name, n=table.n, why=why, method=method)
    if table.weighted:
        why = "no interval: the pairs stand for unequal numbers of cases"
        return Estimate(name=name, value=value, n=table.n, method=f"weighted {method}; {why}")
    spread = _jackknife(table.counts, metric)
    if spread is None:
        why = "no interval: without one of the pairs it has no value"
        return Estimate(name=name, value=value, n=table.n, method=f"{method}; {why}")
    bare = Estimate(name=name, value=value, n=table.n, method=method)
    return with_interval(bare, spread, "jackknife, Student's t", confidence)


def _jackknife(counts: tuple[tuple[int, ...], ...], metric: str) -> Fraction | None:
    """The variance of alpha by leaving out one pair of each cell in turn."""
    left: list[tuple[int, Fraction]] = []
    n = sum(map(sum, counts))
    rows = [list(row) for row in counts]
    for row in rows:
        for j, count in enumerate(row):
            if count:
                row[j] -= 1
                without = _alpha(rows, n - 1, metric) if n > 1 else None
                row[j] += 1
                if without is None:
                    return None
                left.append((count, without))
    middle = sum(count * value for count, value in left) / n
    squares = sum(count * (value - middle) ** 2 for count, value in left)
    return Fraction(n - 1, n) * Fraction(squares)
