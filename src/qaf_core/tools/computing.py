"""Judgements that are worked out from what a section holds: pure and exact."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from fractions import Fraction
from typing import TypeAlias

from attrs import field, frozen

__all__ = ["BEST", "MEAN", "SHARE", "WORST", "Child", "Computed", "Gives"]


def __dir__() -> list[str]:
    return __all__


@frozen(kw_only=True)
class Child:
    """One answered question or settled judgement inside a section.

    Attributes:
        id: of the question or judgement.
        points: its score, or the rank of its grade, 0 for the worst.
        maximum: the highest score there is, or the rank of the best grade.
        weight: what it counts for. Where the tool gives none: the maximum of a question,
            and for a computed judgement all that counted in it.
        grade: the code of its grade, or "".
        rank: the rank of its grade, 0 for the worst; None where it has no grade.
    """

    id: str
    points: Fraction
    maximum: Fraction
    weight: Fraction
    grade: str = ""
    rank: int | None = None


class Gives(Enum):
    """What a computed judgement comes out as."""

    SCORE = "a score, which the bands of the scale turn into a grade"
    CHILD_GRADE = "the grade of a child, on the judgement's own scale"
    ANY = "either, or nothing"


Result: TypeAlias = Fraction | str | None


@frozen(kw_only=True)
class Computed:
    """How a judgement follows from the children of its section.

    While a child is pending so is the judgement; those not applicable are left
    out, and with none left it is not applicable too.

    Attributes:
        id: what it is called.
        version: changes whenever an outcome can.
        gives: what the function gives: checked when a framework is assembled.
        function: given the answered children, one at least: the code of a grade; or
            an exact score, which the scale's bands turn into a grade; or None where
            nothing follows.
    """

    id: str
    version: str
    gives: Gives = Gives.ANY
    function: Callable[[tuple[Child, ...]], Result] = field(repr=False)


def _share(children: tuple[Child, ...]) -> Fraction | None:
    weight = sum((child.weight for child in children), Fraction(0))
    if not weight:
        return None
    earned = sum((child.weight * child.points / child.maximum for child in children), Fraction(0))
    return 100 * earned / weight


def _mean(children: tuple[Child, ...]) -> Fraction | None:
    weight = sum((child.weight for child in children), Fraction(0))
    if not weight:
        return None
    return sum((child.weight * child.points for child in children), Fraction(0)) / weight


def _worst(children: tuple[Child, ...]) -> str | None:
    graded = [(child.rank, child.grade) for child in children if child.rank is not None]
    return min(graded)[1] if graded else None


def _best(children: tuple[Child, ...]) -> str | None:
    graded = [(child.rank, child.grade) for child in children if child.rank is not None]
    return max(graded)[1] if graded else None


SHARE = Computed(id="share", version="1", gives=Gives.SCORE, function=_share)
"""The weighted share of what could be earned, from 0 to 100."""

MEAN = Computed(id="mean", version="1", gives=Gives.SCORE, function=_mean)
"""The weighted mean of the points. Means of ranks are for councils that ask for them."""

WORST = Computed(id="worst", version="1", gives=Gives.CHILD_GRADE, function=_worst)
"""The worst of the grades, all on the judgement's own scale."""

BEST = Computed(id="best", version="1", gives=Gives.CHILD_GRADE, function=_best)
"""The best of the grades, all on the judgement's own scale."""
