"""Which way the two differ: shares, drift, direction at each boundary, tests of change."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from attrs import frozen

from qaf_core.moderation.coefficients import CONFIDENCE
from qaf_core.moderation.pairs import GradeTable
from qaf_core.moderation.precision import (
    chi_square_tail,
    fair_tail,
    normal_quantile,
    root,
)
from qaf_core.moderation.results import (
    Estimate,
    Interval,
    SignificanceTest,
    Undefined,
    of_pairs,
)
from qaf_core.scales import Grade

__all__ = [
    "Boundary",
    "agreed_within",
    "boundaries",
    "bowker",
    "direction",
    "drift",
    "sign_test",
    "stuart_maxwell",
    "wilson",
]


def __dir__() -> list[str]:
    return __all__


def wilson(
    share: Fraction, n: int | Fraction, confidence: Fraction = CONFIDENCE
) -> tuple[float, float]:
    """Wilson's interval for a share of n.

    >>> low, high = wilson(Fraction(0, 20), 20)
    >>> round(low, 4), round(high, 4)
    (0.0, 0.1611)
    """
    z = normal_quantile(confidence)
    scale = 1 + z * z / n
    middle = (share + z * z / (2 * n)) / scale
    reach = z / scale
    spread = share * (1 - share) / n + z * z / (4 * n * n)
    half = float(reach) * root(spread)
    low = 0.0 if share == 0 else max(0.0, float(middle) - half)
    high = 1.0 if share == 1 else min(1.0, float(middle) + half)
    return low, high


def _counted_for(table: GradeTable) -> Fraction:
    """How many equal pairs would tell as much: n, unless some stand for more than others."""
    total = sum(map(sum, table.weights))
    return Fraction(total * total) / sum(map(sum, table.squares))


def agreed_within(
    table: GradeTable, steps: int = 0, *, confidence: Fraction = CONFIDENCE
) -> Estimate | Undefined:
    """The share of pairs whose grades are at most so many steps apart.

    Its interval is Wilson's; where pairs stand for more than themselves, with n lowered
    to the number of equal pairs that would tell as much (Kish).
    """
    name = (
        ("exact agreement", "agreement within one grade")[steps]
        if steps < 2
        else (f"agreement within {steps} grades")
    )
    if not table.n:
        return Undefined(name=name, n=0, why="there are no pairs", method="share of pairs")
    total = sum(map(sum, table.weights))
    near = sum(
        cell
        for i, row in enumerate(table.weights)
        for j, cell in enumerate(row)
        if abs(i - j) <= steps
    )
    share = Fraction(near) / total
    method = "share of pairs, Wilson's interval"
    if table.weighted:
        method = "weighted share, Wilson's interval on the effective number of pairs"
    ends = wilson(share, _counted_for(table), confidence)
    return Estimate(
        name=name,
        value=share,
        n=table.n,
        method=method,
        interval=Interval(*ends, confidence, "Wilson"),
        share=True,
    )


def sign_test(one: int, other: int) -> Fraction | float:
    """The chance that a fair coin would fall at least as unevenly: two-sided, exact.

    >>> sign_test(9, 1)
    Fraction(11, 512)
    """
    twice = 2 * fair_tail(min(one, other), one + other)
    return twice if twice < 1 else Fraction(1)


def _crossed(table: GradeTable, edge: int) -> tuple[int, int]:
    """How many pairs the moderator took down, and up, across the edge above a rank."""
    cells = [
        (i, j, count) for i, row in enumerate(table.counts) for j, count in enumerate(row) if count
    ]
    lowered = sum(count for i, j, count in cells if j <= edge < i)
    raised = sum(count for i, j, count in cells if i <= edge < j)
    return lowered, raised


def drift(table: GradeTable, *, confidence: Fraction = CONFIDENCE) -> Estimate | Undefined:
    """The mean of moderator less auditor, in steps of the scale.

    Below nothing: the moderator grades lower, so auditors were generous.
    """
    name, method = "drift", "mean steps, moderator less auditor"
    if not table.n:
        return Undefined(name=name, n=0, why="there are no pairs", method=method)
    total = sum(map(sum, table.weights))
    cells = [(i, j) for i in range(table.size) for j in range(table.size)]
    mean = Fraction(sum(table.weights[i][j] * (j - i) for i, j in cells)) / total
    if not table.weighted:
        return Estimate(name=name, value=mean, n=table.n, method=method)
    apart = ((table.squares[i][j], j - i - mean) for i, j in cells)
    spread = Fraction(sum(square * gap * gap for square, gap in apart)) / (total * total)
    error = root(spread)
    reach = error * float(normal_quantile(confidence))
    ends = (float(mean) - reach, float(mean) + reach)
    return Estimate(
        name=name,
        value=mean,
        n=table.n,
        method=f"weighted {method}; large-sample standard error",
        interval=Interval(*ends, confidence, "large-sample standard error"),
        standard_error=error,
    )


def direction(table: GradeTable) -> SignificanceTest | Undefined:
    """Whether the moderator goes one way more often than chance: the exact sign test.

    It counts the pairs that differ and takes no step for larger than another.
    """
    lowered = sum(
        count for i, row in enumerate(table.counts) for j, count in enumerate(row) if j < i
    )
    raised = table.n - lowered - sum(table.counts[i][i] for i in range(table.size))
    return _signs("direction of drift", lowered, raised, table.n)


def _signs(name: str, lowered: int, raised: int, n: int) -> SignificanceTest | Undefined:
    if not lowered + raised:
        return Undefined(name=name, n=n, why="no pair differs", method="exact sign test")
    method = f"exact sign test, two-sided: {lowered} lowered, {raised} raised"
    return SignificanceTest(name=name, p=sign_test(lowered, raised), n=n, method=method)


@frozen(kw_only=True)
class Boundary:
    """What happened at the line between two neighbouring grades.

    Attributes:
        below, above: the grades on either side.
        lowered: pairs that the auditor put above the line and the moderator below.
        raised: pairs that the auditor put below and the moderator above.
        n: all pairs.
        test: whether one way is more often than chance.
    """

    below: Grade
    above: Grade
    lowered: int
    raised: int
    n: int
    test: SignificanceTest | Undefined

    def __str__(self) -> str:
        text = f"{self.below.label} / {self.above.label}: {self.lowered} lowered, "
        text += f"{self.raised} raised, {of_pairs(self.n)}"
        return f"{text}, {self.test.chance}" if isinstance(self.test, SignificanceTest) else text

    def to_row(self) -> dict[str, object]:
        """The boundary as one flat row."""
        name = f"boundary {self.below.code} / {self.above.code}"
        row = self.test.to_row() | {"statistic": name}
        return row | {"lowered": self.lowered, "raised": self.raised}


def boundaries(table: GradeTable) -> tuple[Boundary, ...]:
    """What happened at each line between grades, worst first; a pair may cross several.

    Crossing from Requires improvement to Good matters more than from Good to Outstanding,
    and one figure for all would hide which it is.
    """
    found = []
    for below, above in pairwise(table.scale.grades):
        lowered, raised = _crossed(table, below.rank)
        name = f"boundary {below.label} / {above.label}"
        test = _signs(name, lowered, raised, table.n)
        found.append(
            Boundary(below=below, above=above, lowered=lowered, raised=raised, n=table.n, test=test)
        )
    return tuple(found)


def bowker(table: GradeTable) -> SignificanceTest | Undefined:
    """Bowker's test of symmetry: is each change of grade as frequent as its reverse?

    Degrees of freedom are the pairs of grades that were changed between at all.
    """
    name, method = "Bowker's test", "Bowker's test of symmetry, chi-square"
    statistic, df = Fraction(0), 0
    for i in range(table.size):
        for j in range(i):
            both = table.counts[i][j] + table.counts[j][i]
            if both:
                statistic += Fraction((table.counts[i][j] - table.counts[j][i]) ** 2, both)
                df += 1
    return _chi_square(name, method, statistic, df, table.n)


def _chi_square(
    name: str, method: str, statistic: Fraction, df: int, n: int
) -> SignificanceTest | Undefined:
    if not df:
        return Undefined(name=name, n=n, why="no pair differs", method=method)
    p = chi_square_tail(statistic, df)
    return SignificanceTest(name=name, p=p, n=n, method=method, statistic=statistic, df=df)


def stuart_maxwell(table: GradeTable) -> SignificanceTest | Undefined:
    """The test of Stuart and Maxwell: did both give each grade equally often?

    Degrees of freedom are the grades that were changed between, less one for every group
    of them that no change leads out of.
    """
    size = table.size
    name, method = "Stuart-Maxwell test", "Stuart-Maxwell test of equal margins, chi-square"
    counts = table.counts
    gap = [Fraction(sum(counts[i]) - sum(row[i] for row in counts)) for i in range(size)]
    rows = [
        [
            Fraction(-(counts[i][j] + counts[j][i]))
            if i != j
            else Fraction(sum(counts[i]) + sum(row[i] for row in counts) - 2 * counts[i][i])
            for j in range(size)
        ]
        + [gap[i]]
        for i in range(size)
    ]
    solution, df = _solved(rows)
    statistic = sum((x * y for x, y in zip(gap, solution, strict=True)), Fraction(0))
    return _chi_square(name, method, statistic, df, table.n)


def _solved(rows: list[list[Fraction]]) -> tuple[list[Fraction], int]:
    """One solution of consistent linear equations, right-hand side last, and their rank."""
    size = len(rows)
    pivots: list[tuple[int, int]] = []
    for column in range(size):
        at = len(pivots)
        found = next((r for r in range(at, size) if rows[r][column]), None)
        if found is None:
            continue
        rows[at], rows[found] = rows[found], rows[at]
        lead = rows[at][column]
        rows[at] = [cell / lead for cell in rows[at]]
        for r in range(size):
            factor = rows[r][column]
            if r != at and factor:
                rows[r] = [x - factor * y for x, y in zip(rows[r], rows[at], strict=True)]
        pivots.append((at, column))
    solution = [Fraction(0)] * size
    for row, column in pivots:
        solution[column] = rows[row][-1]
    return solution, len(pivots)
