"""Agreement beyond chance: kappa, Gwet's AC1 and AC2.

Each compares what was observed with what chance would give, and they differ in what they
take chance to be. All are exact fractions of the table's cells. Distances between grades
come from the scale, so a grade that nobody gave still counts among the steps between its
neighbours.

Sources: kappa, Cohen 1960, weighted, Cohen 1968, its standard error, Fleiss, Cohen and
Everitt 1969; AC1 and AC2, Gwet 2008 and 2014.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

from attrs import evolve

from qaf_core.errors import DefinitionError
from qaf_core.moderation.pairs import GradeTable, Matrix
from qaf_core.moderation.precision import interval, normal_quantile, root, t_quantile
from qaf_core.moderation.results import Estimate, Interval, Undefined

__all__ = ["CONFIDENCE", "Distance", "distances", "gwet", "kappa", "nothing", "with_interval"]

CONFIDENCE = Fraction(95, 100)
Costs: TypeAlias = Sequence[Sequence[int]]


def __dir__() -> list[str]:
    return __all__


class Distance(StrEnum):
    """How far apart two grades count as being."""

    UNWEIGHTED = "unweighted"
    """Any two different grades are equally far apart."""
    LINEAR = "linear"
    """By the steps between them."""
    QUADRATIC = "quadratic"
    """By the steps squared."""
    GWET_ORDINAL = "Gwet's ordinal"
    """By the pairs of grades that lie within the stretch. Not Krippendorff's metric."""


_STEPS: dict[Distance, Callable[[int], int]] = {
    Distance.UNWEIGHTED: lambda steps: int(steps > 0),
    Distance.LINEAR: lambda steps: steps,
    Distance.QUADRATIC: lambda steps: steps * steps,
    Distance.GWET_ORDINAL: lambda steps: steps * (steps + 1) // 2,
}


def distances(distance: Distance, size: int) -> tuple[tuple[int, ...], ...]:
    """The distance of every grade from every other, in whole numbers.

    >>> distances(Distance.QUADRATIC, 3)
    ((0, 1, 4), (1, 0, 1), (4, 1, 0))
    """
    of = _STEPS[distance]
    return tuple(tuple(of(abs(i - j)) for j in range(size)) for i in range(size))


def _costs(distance: Distance | Costs, size: int) -> tuple[str, Costs]:
    if isinstance(distance, Distance):
        return distance.value, distances(distance, size)
    if (
        len(distance) != size
        or any(len(row) != size for row in distance)
        or any(distance[i][j] != distance[j][i] for i in range(size) for j in range(i))
        or any(distance[i][i] for i in range(size))
        or not any(map(any, distance))
    ):
        raise DefinitionError(
            f"Distances of {size} grades are a symmetric {size} by {size} table of whole "
            "numbers, nothing on its diagonal and something beside it."
        )
    return "own distances", distance


def _margins(cells: Matrix) -> tuple[Fraction, list[Fraction], list[Fraction]]:
    """The total, and the shares of the rows and of the columns."""
    total = Fraction(sum(map(sum, cells)))
    rows = [sum(row) / total for row in cells]
    columns = [sum(column) / total for column in zip(*cells, strict=True)]
    return total, rows, columns


def _dot(a: Sequence[int | Fraction], b: Sequence[int | Fraction]) -> Fraction:
    return Fraction(sum(x * y for x, y in zip(a, b, strict=True) if x and y))


def _observed(cells: Matrix, costs: Costs, total: Fraction) -> Fraction:
    return Fraction(sum(map(_dot, cells, costs))) / total


def _spread(table: GradeTable, influence: Callable[[int, int], Fraction]) -> Fraction:
    """The variance of a statistic by how much each pair moves it."""
    total = sum(map(sum, table.weights))
    summed = sum(
        square * influence(i, j) ** 2
        for i, row in enumerate(table.squares)
        for j, square in enumerate(row)
        if square
    )
    return Fraction(summed) / (total * total)


def with_interval(
    bare: Estimate, variance: Fraction, error: str, confidence: Fraction, *, normal: bool = False
) -> Estimate:
    """A figure with its interval: by Student's t, or by the normal where that is the custom."""
    if not variance:
        why = "no interval: the pairs show no variation to tell it by"
        return evolve(bare, method=f"{bare.method}; {why}")
    reach = normal_quantile(confidence) if normal else t_quantile(confidence, bare.n - 1)
    return evolve(
        bare,
        method=f"{bare.method}; {error}",
        interval=Interval(*interval(bare.value, variance, reach), confidence, error),
        standard_error=root(variance),
    )


def nothing(name: str, method: str) -> Undefined:
    """A coefficient without pairs."""
    return Undefined(name=name, n=0, why="there are no pairs", method=method)


def kappa(
    table: GradeTable,
    distance: Distance | Costs = Distance.UNWEIGHTED,
    *,
    confidence: Fraction = CONFIDENCE,
) -> Estimate | Undefined:
    """Cohen's kappa: chance is both keeping to how often each gave each grade.

    Args:
        table: the pairs.
        distance: how far apart grades count as being, or a table of distances.
        confidence: of the interval, by the standard error of Fleiss, Cohen and Everitt.

    Returns:
        1 where all agree, 0 where they agree as chance would; undefined where both gave
        every case the same one grade.

    Raises:
        DefinitionError: the distances do not fit the scale.
    """
    of, costs = _costs(distance, table.size)
    name, method = f"kappa, {of}", "Cohen's kappa"
    if not table.n:
        return nothing(name, method)
    total, rows, columns = _margins(table.weights)
    observed = _observed(table.weights, costs, total)
    from_row = [_dot(row, columns) for row in costs]
    from_column = [_dot(row, rows) for row in costs]
    chance = _dot(rows, from_row)
    if not chance:
        why = "auditor and moderator both gave one grade throughout, so chance agrees as well"
        return Undefined(name=name, n=table.n, why=why, method=method)

    def influence(i: int, j: int) -> Fraction:
        by_chance = from_row[i] + from_column[j] - 2 * chance
        return (observed * by_chance / chance - (costs[i][j] - observed)) / chance

    variance = _spread(table, influence)
    bare = Estimate(name=name, value=1 - observed / chance, n=table.n, method=method)
    error = "large-sample standard error"
    return with_interval(bare, variance, error, confidence, normal=True)


def gwet(
    table: GradeTable,
    distance: Distance | Costs = Distance.UNWEIGHTED,
    *,
    confidence: Fraction = CONFIDENCE,
) -> Estimate | Undefined:
    """Gwet's AC1 (unweighted) and AC2: chance bears on hard cases only.

    Unlike kappa it stays high where nearly all cases have one grade and nearly all agree.

    Args:
        table: the pairs.
        distance: how far apart grades count as being, or a table of distances.
        confidence: of the interval, by Gwet's standard error.

    Returns:
        1 where all agree. Undefined without pairs, and on a scale of one grade.

    Raises:
        DefinitionError: the distances do not fit the scale.
    """
    size = table.size
    of, costs = _costs(distance, size)
    name = "AC1" if distance is Distance.UNWEIGHTED else f"AC2, {of}"
    method = f"Gwet's {name[:3]}"
    if size < 2:
        why = "the scale has one grade"
        return Undefined(name=name, n=table.n, why=why, method=method)
    if not table.n:
        return nothing(name, method)
    total, rows, columns = _margins(table.weights)
    share = [(row + column) / 2 for row, column in zip(rows, columns, strict=True)]
    furthest = max(map(max, costs))
    agreed = 1 - _observed(table.weights, costs, total) / furthest
    all_weights = size * size - Fraction(sum(map(sum, costs)), furthest)
    factor = all_weights / (size * (size - 1))
    concentration = _dot(share, share)
    chance = factor * (1 - concentration)
    value = (agreed - chance) / (1 - chance)

    def influence(i: int, j: int) -> Fraction:
        moved = 1 - Fraction(costs[i][j], furthest) - agreed
        by_chance = factor * (2 * concentration - share[i] - share[j])
        return (moved - (1 - value) * by_chance) / (1 - chance)

    variance = _spread(table, influence)
    bare = Estimate(name=name, value=value, n=table.n, method=method)
    return with_interval(bare, variance, "Gwet's standard error, Student's t", confidence)
