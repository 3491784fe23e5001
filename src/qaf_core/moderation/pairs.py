"""Pairs of grades, auditor's and moderator's, and the table that they are counted into."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

from attrs import field, frozen

from qaf_core.errors import DefinitionError, did_you_mean
from qaf_core.moderation.proportions import Proportion, as_proportion
from qaf_core.scales import Scale

__all__ = [
    "NOT_APPLICABLE",
    "OVERALL",
    "Arm",
    "GradeTable",
    "Matrix",
    "Pair",
    "arms_of",
    "in_words",
]

NOT_APPLICABLE = "not_applicable"
"""Stands for a grade where a section was set aside."""
OVERALL = "overall"
"""The judgement that pairs are about unless they say otherwise."""

Matrix: TypeAlias = tuple[tuple[int | Fraction, ...], ...]


def __dir__() -> list[str]:
    return __all__


def in_words(code: str) -> str:
    """A code in words.

    >>> in_words("cannot_tell"), in_words("")
    ('cannot tell', 'said nothing')
    """
    return code.replace("_", " ") or "said nothing"


class Arm(StrEnum):
    """How a case came to be moderated. The two are never pooled in silence."""

    RANDOM = "random"
    """Drawn by chance: it speaks for the cases that were not drawn."""
    TRIGGERED = "triggered"
    """Called for by its grade or answers: it speaks for itself alone."""


def arms_of(value: Arm | str | Iterable[Arm | str]) -> tuple[Arm, ...]:
    """One arm or several, each once.

    Raises:
        DefinitionError: there is no such arm, or none is given.
    """
    given = (value,) if isinstance(value, str) else tuple(value)
    for each in given:
        if each not in tuple(Arm):
            near = did_you_mean(each, [arm.value for arm in Arm]) if isinstance(each, str) else ""
            raise DefinitionError(f"There is no such arm.{near} Known: {', '.join(Arm)}.")
    if not given:
        raise DefinitionError(f"Give one arm or both: {', '.join(Arm)}.")
    return tuple(dict.fromkeys(map(Arm, given)))


def _arm(value: Arm | str | None) -> Arm | None:
    return value if value is None or isinstance(value, Arm) else arms_of((value,))[0]


def _blind(value: bool | None) -> bool | None:
    if value is None or value is True or value is False:
        return value
    raise DefinitionError("Whether a pair is blind is True, False, or None where nobody says.")


def _chance(value: Proportion | None) -> Fraction | None:
    if value is None:
        return None
    chance = as_proportion(value, "A chance")
    if not chance:
        raise DefinitionError("A case that was moderated had a chance above 0 of being so.")
    return chance


@frozen(kw_only=True)
class Pair:
    """One judgement as the auditor and the moderator each gave it.

    Attributes:
        auditor, moderator: code of the grade; or of an answer beside the order; or
            ``"not_applicable"``; or "" where none was given.
        arm: how the case came to be moderated; None where nobody says, which is taken as
            drawn at random, and said.
        probability: the chance with which it was to be moderated by any arm, such as 1
            for a case that a trigger catches whether drawn or not; None if not known.
        draw_probability: the chance it had in the random draw alone; None if not known.
        blind: whether the moderator's grade was settled before the auditor's was shown;
            None where nobody says, which is taken as blind, and said.
        section: id of the judgement.
        case: the host's id of the case or audit, or "".
        post: the auditor's post: an id, never a name, and never shown.
        auditor_safe, moderator_safe: what each said of the child's safety, or "".

    Raises:
        DefinitionError: a chance is no share above 0, there is no such arm, or ``blind`` is
            neither True nor False nor None.
    """

    auditor: str
    moderator: str
    arm: Arm | None = field(default=None, converter=_arm)
    probability: Fraction | None = field(default=None, converter=_chance)
    draw_probability: Fraction | None = field(default=None, converter=_chance)
    blind: bool | None = field(default=None, converter=_blind)
    section: str = OVERALL
    case: str = ""
    post: str = field(default="", repr=False)
    auditor_safe: str = ""
    moderator_safe: str = ""


def _square(rows: Iterable[Iterable[int | Fraction]]) -> Matrix:
    return tuple(tuple(row) for row in rows)


@frozen(kw_only=True)
class GradeTable:
    """How often each grade of the auditor met each of the moderator.

    Every grade of the scale has its row and column, whether it occurs or not: the scale
    decides how far apart two grades are.

    Attributes:
        scale: the scale; rows and columns run from its worst grade to its best.
        counts: pairs; the auditor's grade by row, the moderator's by column.
        weights: what each cell stands for in all, where pairs stand for more than
            themselves; the counts where they do not.
        squares: the sum of the squared weights of each cell.

    Raises:
        DefinitionError: a matrix is not as large as the scale, or holds what is no count.
    """

    scale: Scale = field(repr=False)
    counts: tuple[tuple[int, ...], ...]
    weights: Matrix = field(repr=False)
    squares: Matrix = field(repr=False)

    def __attrs_post_init__(self) -> None:
        size = len(self.scale.grades)
        for matrix in (self.counts, self.weights, self.squares):
            if len(matrix) != size or any(len(row) != size for row in matrix):
                raise DefinitionError(
                    f"A table on scale {self.scale.id!r} has {size} rows and {size} columns."
                )
        if any(type(cell) is not int or cell < 0 for row in self.counts for cell in row):
            raise DefinitionError("The cells of a table are counts: whole numbers, 0 or more.")

    @classmethod
    def of_counts(cls, counts: Sequence[Sequence[int]], scale: Scale) -> GradeTable:
        """A table from its cells, worst grade first, the auditor's by row."""
        cells = tuple(tuple(row) for row in counts)
        return cls(scale=scale, counts=cells, weights=cells, squares=cells)

    @classmethod
    def of_cells(
        cls, cells: Iterable[tuple[str, str, int, Fraction | int]], scale: Scale
    ) -> GradeTable:
        """A table from runs of equal pairs: both codes, how many, and the weight of each."""
        rank = {grade.code: grade.rank for grade in scale.grades}
        size = len(rank)
        counts = [[0] * size for _ in rank]
        weights: list[list[int | Fraction]] = [[0] * size for _ in rank]
        squares: list[list[int | Fraction]] = [[0] * size for _ in rank]
        for auditor, moderator, count, weight in cells:
            row, column = rank[auditor], rank[moderator]
            counts[row][column] += count
            weights[row][column] += count * weight
            squares[row][column] += count * weight * weight
        return cls(
            scale=scale,
            counts=tuple(tuple(row) for row in counts),
            weights=_square(weights),
            squares=_square(squares),
        )

    @property
    def size(self) -> int:
        """How many grades the scale has."""
        return len(self.counts)

    @property
    def n(self) -> int:
        """How many pairs."""
        return sum(map(sum, self.counts))

    @property
    def weighted(self) -> bool:
        """Whether some pairs stand for more than others."""
        return self.weights != self.counts

    def swapped(self) -> GradeTable:
        """The table with auditor and moderator changed over."""
        return GradeTable(
            scale=self.scale,
            counts=tuple(zip(*self.counts, strict=True)),
            weights=tuple(zip(*self.weights, strict=True)),
            squares=tuple(zip(*self.squares, strict=True)),
        )
