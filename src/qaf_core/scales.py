"""Scales of grades, ordered worst to best by rank and never by number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

import attrs
from attrs import field, frozen

from qaf_core.errors import DefinitionError, UnknownIdError
from qaf_core.immutable import FrozenMap
from qaf_core.logic.values import Kind, Sort
from qaf_core.provenance import Reference, Standing
from qaf_core.sources import QAF

__all__ = [
    "GOOD",
    "GRADES",
    "INADEQUATE",
    "OUTSTANDING",
    "REQUIRES_IMPROVEMENT",
    "Beside",
    "Grade",
    "Scale",
    "ScaleMap",
]


def __dir__() -> list[str]:
    return __all__


@frozen(order=False)
class Grade:
    """One grade of a scale.

    Grades of one scale compare by rank. A grade never compares with a number,
    nor with a grade of another scale.

    Attributes:
        code: the id used in data.
        label: the name people read.
        number: the number printed beside it, for display only.
        descriptor: what the grade means, in a sentence.
        aliases: other names it has had.
        at_least: on a scale of bands, the lowest score that earns it, inclusive.
        scale: id of its scale; filled in by the scale.
        rank: 0 for the worst; filled in by the scale.
    """

    code: str
    label: str
    number: str = field(default="", kw_only=True)
    descriptor: str = field(default="", kw_only=True, repr=False)
    aliases: tuple[str, ...] = field(default=(), kw_only=True, repr=False)
    at_least: Fraction | None = field(default=None, kw_only=True, repr=False)
    scale: str = field(default="", kw_only=True)
    rank: int = field(default=-1, kw_only=True)

    @property
    def kind_id(self) -> str:
        return f"grade.{self.scale}"

    def _beside(self, other: object) -> Grade:
        if not isinstance(other, Grade):
            raise TypeError(
                f"A grade compares with a grade, not with {type(other).__name__}: councils "
                "number the same grades in opposite directions."
            )
        if other.scale != self.scale:
            raise TypeError(
                f"Grades of {self.scale!r} and {other.scale!r} meet only through a ScaleMap."
            )
        return other

    def __lt__(self, other: object) -> bool:
        return self.rank < self._beside(other).rank

    def __le__(self, other: object) -> bool:
        return self.rank <= self._beside(other).rank

    def __gt__(self, other: object) -> bool:
        return self.rank > self._beside(other).rank

    def __ge__(self, other: object) -> bool:
        return self.rank >= self._beside(other).rank

    def __str__(self) -> str:
        return self.label


@frozen(order=False)
class Beside:
    """An answer that is no grade, such as "insufficient information"."""

    code: str
    label: str
    scale: str = field(default="", kw_only=True)

    @property
    def kind_id(self) -> str:
        return f"grade.{self.scale}"


@frozen(kw_only=True)
class Scale:
    """Grades in order, worst first, and the answers that stand beside the order.

    Attributes:
        id: the scale's id.
        title: what it grades.
        grades: worst to best.
        beside: answers that are no grade.
        source, standing: where it comes from and how firmly it stands.

    Raises:
        DefinitionError: a code occurs twice, or there are no grades.
    """

    id: str
    title: str
    grades: tuple[Grade, ...]
    beside: tuple[Beside, ...] = ()
    source: Reference
    standing: Standing

    def __attrs_post_init__(self) -> None:
        if not self.grades:
            raise DefinitionError(f"Scale {self.id!r} has no grades.")
        grades = tuple(
            attrs.evolve(grade, scale=self.id, rank=rank) for rank, grade in enumerate(self.grades)
        )
        object.__setattr__(self, "grades", grades)
        beside = tuple(attrs.evolve(each, scale=self.id) for each in self.beside)
        object.__setattr__(self, "beside", beside)
        self.kind  # noqa: B018 - refuses repeated codes now rather than later
        edges = [grade.at_least for grade in self.grades if grade.at_least is not None]
        if edges and (len(edges) != len(self.grades) or edges != sorted(set(edges))):
            raise DefinitionError(
                f"Scale {self.id!r}: give every grade its at_least, rising from worst to best."
            )

    @property
    def kind(self) -> Kind:
        """The kind of fact this scale grades."""
        return Kind(
            f"grade.{self.id}",
            Sort.CODE,
            tuple(grade.code for grade in self.grades),
            ordered=True,
            beside=tuple(each.code for each in self.beside),
            labels=tuple(grade.label for grade in self.grades)
            + tuple(each.label for each in self.beside),
        )

    def band(self, score: Fraction) -> Grade:
        """The grade a score earns: the best whose lower edge it reaches.

        Raises:
            DefinitionError: the scale has no bands, or the score lies below them.
        """
        earned = [
            grade for grade in self.grades if grade.at_least is not None and grade.at_least <= score
        ]
        if not earned:
            raise DefinitionError(f"Scale {self.id!r} has no band for this score.")
        return earned[-1]

    def __getitem__(self, code: str) -> Grade:
        for grade in self.grades:
            if grade.code == code:
                return grade
        raise UnknownIdError(f"grade of {self.id}", code, (grade.code for grade in self.grades))

    def __iter__(self) -> Iterator[Grade]:
        return iter(self.grades)


def _codes(mapping: Mapping[str, str]) -> FrozenMap[str, str]:
    return FrozenMap(mapping)


@frozen(kw_only=True)
class ScaleMap:
    """How the grades of one scale read on another. It names every grade of the first."""

    of: Scale
    on: Scale
    codes: Mapping[str, str] = field(converter=_codes)
    source: Reference
    standing: Standing

    def __attrs_post_init__(self) -> None:
        if self.of.id == self.on.id:
            raise DefinitionError(f"Scale {self.of.id!r} is not mapped on itself.")
        missing = [grade.code for grade in self.of if grade.code not in self.codes]
        if missing or len(self.codes) != len(self.of.grades):
            raise DefinitionError(
                f"The map of {self.of.id!r} on {self.on.id!r} names every grade of the "
                f"first once; missing: {', '.join(missing) or 'none'}."
            )
        for code in self.codes.values():
            self.on[code]

    def __getitem__(self, grade: Grade) -> Grade:
        if grade.scale != self.of.id:
            raise TypeError(f"This map reads grades of {self.of.id!r}, not {grade.scale!r}.")
        return self.on[self.codes[grade.code]]


GRADES = Scale(
    id="four_grades",
    title="Quality of practice, as Ofsted grades it",
    grades=(
        Grade(
            "inadequate",
            "Inadequate",
            number="1",
            descriptor="Below standard: children may be at risk, or looked after children's "
            "welfare is not safeguarded.",
        ),
        Grade(
            "requires_improvement",
            "Requires improvement",
            number="2",
            descriptor="The minimum is met: no child is at risk of significant harm and looked "
            "after children are kept safe and well.",
            aliases=("Adequate", "Satisfactory", "Requires improvement to be good"),
        ),
        Grade(
            "good",
            "Good",
            number="3",
            descriptor="Risks are seen and brought down, nothing drifts, children live safely "
            "with people they can rely on, and everyone shares the aims.",
        ),
        Grade(
            "outstanding",
            "Outstanding",
            number="4",
            descriptor="The best practice, with outcomes measurably better; some children do "
            "better than anyone expected.",
        ),
    ),
    source=QAF.at("Tool A, guidance", lines="656-672"),
    standing=Standing.STATED,
)

INADEQUATE = GRADES["inadequate"]
REQUIRES_IMPROVEMENT = GRADES["requires_improvement"]
GOOD = GRADES["good"]
OUTSTANDING = GRADES["outstanding"]
