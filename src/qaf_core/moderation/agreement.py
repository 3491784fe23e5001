"""How far auditors and moderators agree, from pairs of grades."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from html import escape
from typing import TypeVar

from attrs import evolve, frozen

from qaf_core.errors import UnknownIdError
from qaf_core.immutable import FrozenMap
from qaf_core.moderation.alpha import alpha
from qaf_core.moderation.change import (
    Boundary,
    agreed_within,
    boundaries,
    bowker,
    direction,
    drift,
    stuart_maxwell,
)
from qaf_core.moderation.coefficients import CONFIDENCE, Distance, gwet, kappa
from qaf_core.moderation.counting import GradePair, LeftOut, SafetyDisagreement, count
from qaf_core.moderation.pairs import OVERALL, Arm, GradeTable, Pair
from qaf_core.moderation.proportions import Proportion, as_proportion
from qaf_core.moderation.results import NotEnoughData, Result, Undefined, of_pairs
from qaf_core.scales import GRADES, Scale
from qaf_core.settings import COEFFICIENTS_FROM, number
from qaf_core.tables import Table

__all__ = ["Agreement", "agreement", "agreement_by_section"]

R = TypeVar("R", bound=Result)

RANDOM_ARM = (Arm.RANDOM,)


def __dir__() -> list[str]:
    return __all__


@frozen(kw_only=True, repr=False)
class Agreement:
    """How far auditors and moderators agree on one judgement.

    Attributes:
        section: id of the judgement.
        arms: the arms the figures rest on; both only where pooling was asked for.
        grades: the pairs, counted: how often each grade met each.
        exact, within_one: shares of pairs that agree, and that are a grade apart at most.
        drift, direction: how far and which way the moderator departs.
        boundaries: the same at each line between grades.
        coefficients: kappa, AC1, AC2 and alpha.
        symmetry: the tests of Bowker and of Stuart and Maxwell.
        left_out: pairs the figures do not rest on.
        safety: cases where the two differ on a child's safety, from every pair given.
        notes: what to know before relying on the figures.
    """

    section: str
    arms: tuple[Arm, ...]
    grades: GradeTable
    exact: Result
    within_one: Result
    drift: Result
    direction: Result
    boundaries: tuple[Boundary, ...]
    coefficients: tuple[Result, ...]
    symmetry: tuple[Result, ...]
    left_out: LeftOut
    safety: tuple[SafetyDisagreement, ...]
    notes: tuple[str, ...]

    @property
    def n(self) -> int:
        """The pairs that the figures rest on."""
        return self.grades.n

    @property
    def results(self) -> tuple[Result, ...]:
        """Every figure, the ones to read first at the head."""
        head = (self.exact, self.within_one, self.drift, self.direction)
        return (*head, *self.coefficients, *self.symmetry)

    def __getitem__(self, name: str) -> Result:
        """A figure by name, such as ``"kappa, linear"``.

        Raises:
            UnknownIdError: there is none by that name; the near one is named.
        """
        for result in self.results:
            if result.name == name:
                return result
        raise UnknownIdError("figure", name, (each.name for each in self.results))

    @property
    def summary(self) -> str:
        """What the figures are about, in one line."""
        arms = " and ".join(arm.value for arm in self.arms)
        how = "arm" if len(self.arms) == 1 else "arms pooled on purpose, weighted"
        return f"Agreement on {self.section}: {of_pairs(self.n)}, {arms} {how}"

    @property
    def headline(self) -> str:
        """The counts in a sentence; "" for pooled arms, whose bare counts mislead."""
        if not self.n or len(self.arms) > 1:
            return ""
        cells = [
            (i, j, count) for i, row in enumerate(self.grades.counts) for j, count in enumerate(row)
        ]
        same = sum(count for i, j, count in cells if i == j)
        lower = sum(count for i, j, count in cells if j < i)
        higher = self.n - same - lower
        differ = f"the moderator lower in {lower}, higher in {higher}"
        return f"The same grade in {same} of {self.n}; {differ}."

    def to_rows(self) -> list[dict[str, object]]:
        """A row a figure, the boundaries after the rest; nothing about cases or staff."""
        head = {"section": self.section, "arms": " + ".join(self.arms)}
        empty = {"lowered": None, "raised": None}
        return [
            head | empty | each.to_row()
            for each in (*self.results[:4], *self.boundaries, *self.results[4:])
        ]

    def grade_rows(self) -> list[dict[str, object]]:
        """How often each grade met each: a row for each of the auditor's."""
        codes = [grade.code for grade in self.grades.scale.grades]
        return [
            {"auditor": code, **dict(zip(codes, row, strict=True))}
            for code, row in zip(codes, self.grades.counts, strict=True)
        ]

    def table(self) -> Table:
        """The figures as a table."""
        return Table(caption=self.summary, columns=_COLUMNS, rows=self.to_rows())

    def __repr__(self) -> str:
        return f"<{self.summary}>"

    def __str__(self) -> str:
        lines = [f"{self.summary}.", *filter(None, [self.headline])]
        if self.safety:
            lines += ["", "Of a child's safety they say different things. Look at each:"]
            lines += [f"  {each}" for each in self.safety]
        lines += ["", *(f"  {result}" for result in self.results[:4])]
        lines += ["", "At each line between grades:", *(f"  {each}" for each in self.boundaries)]
        lines += ["", "Beyond chance:", *(f"  {each}" for each in self.coefficients)]
        lines += ["", "Change as a whole:", *(f"  {each}" for each in self.symmetry)]
        notes = (*self.notes, *self.left_out.lines())
        return "\n".join((*lines, "", *notes) if notes else lines)

    def _repr_html_(self) -> str:
        return (
            _bullets(map(str, self.safety))
            + self.table().to_html()
            + _bullets((*self.notes, *self.left_out.lines()))
        )

    def _repr_markdown_(self) -> str:
        notes = (*map(str, self.safety), *self.notes, *self.left_out.lines())
        listed = "".join(f"- {escape(note, quote=False)}\n" for note in notes)
        return self.table().to_markdown() + (f"\n{listed}" if listed else "")


def _bullets(lines: Iterable[str]) -> str:
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f"<ul>{items}</ul>" if items else ""


_COLUMNS = {
    "statistic": "Statistic",
    "status": "Status",
    "value": "Value",
    "low": "From",
    "high": "To",
    "confidence": "Confidence",
    "p": "p",
    "df": "Degrees of freedom",
    "lowered": "Lowered",
    "raised": "Raised",
    "n": "Pairs",
    "why": "Why not",
    "method": "Method",
}


def agreement(
    pairs: Iterable[GradePair],
    *,
    scale: Scale = GRADES,
    section: str = OVERALL,
    arms: Arm | Sequence[Arm] = RANDOM_ARM,
    seen: bool = False,
    confidence: Proportion = CONFIDENCE,
    enough: int | None = None,
) -> Agreement:
    """How far auditors and moderators agree.

    By default the figures rest on the random arm alone, since cases that were picked for
    their grade do not speak for the others, and on blind pairs alone, since a moderator
    who has seen a grade drifts towards it.

    Args:
        pairs: ``Pair`` values, or two grades or codes, the auditor's first, which are
            taken as drawn at random and blind.
        scale: the scale of the grades; it says how far apart two grades are.
        section: id of the judgement.
        arms: the arm to rest on, or several. Both are pooled on purpose, and each pair then stands
            for as many cases as its probability says.
        seen: whether pairs that were not blind count too.
        confidence: of the intervals, such as ``"99 %"``.
        enough: the fewest pairs that coefficients and tests of change are given for;
            the setting ``coefficients_from`` where not given.

    Returns:
        The figures. One that has no value is ``Undefined``, one that so few pairs cannot
        carry is ``NotEnoughData``.

    Raises:
        InputError: a pair holds what is no grade of the scale, or arms are pooled and a
            pair has no probability. Every fault is named.
        DefinitionError: there is no such arm, or the confidence is no share between 0 and 1.
    """
    confidence = as_proportion(confidence, "A confidence")
    counted = count(pairs, scale=scale, section=section, arms=arms, seen=seen)
    table, arms = counted.table, counted.arms
    least = number(COEFFICIENTS_FROM) if enough is None else enough
    pooled = len(arms) > 1
    return Agreement(
        section=section,
        arms=arms,
        grades=table,
        exact=agreed_within(table, confidence=confidence),
        within_one=agreed_within(table, 1, confidence=confidence),
        drift=drift(table, confidence=confidence),
        direction=_unpooled(direction(table), pooled=pooled),
        boundaries=tuple(
            evolve(each, test=_unpooled(each.test, pooled=pooled)) for each in boundaries(table)
        ),
        coefficients=tuple(
            _enough(each, least) for each in _coefficients(table, confidence=confidence)
        ),
        symmetry=tuple(
            _unpooled(_enough(each, least), pooled=pooled)
            for each in (bowker(table), stuart_maxwell(table))
        ),
        left_out=counted.left_out,
        safety=counted.safety,
        notes=counted.notes,
    )


def _coefficients(table: GradeTable, *, confidence: Fraction) -> Iterator[Result]:
    for distance in (Distance.UNWEIGHTED, Distance.LINEAR, Distance.QUADRATIC):
        yield kappa(table, distance, confidence=confidence)
    for distance in Distance:
        yield gwet(table, distance, confidence=confidence)
    yield alpha(table, confidence=confidence)


def _enough(result: Result, least: int) -> Result:
    if result.n >= least:
        return result
    return NotEnoughData(name=result.name, n=result.n, needed=least, method=result.method)


def _unpooled(result: R, *, pooled: bool) -> R | Undefined:
    if not pooled:
        return result
    why = "a test counts pairs, and pooled arms hold too many of the cases picked for their grade"
    return Undefined(name=result.name, n=result.n, why=why, method=result.method)


def agreement_by_section(  # noqa: D417 - the other arguments are those of agreement
    pairs: Iterable[GradePair],
    *,
    scale: Scale = GRADES,
    scales: Mapping[str, Scale] = FrozenMap(),
    arms: Arm | Sequence[Arm] = RANDOM_ARM,
    seen: bool = False,
    confidence: Proportion = CONFIDENCE,
    enough: int | None = None,
) -> dict[str, Agreement]:
    """The same for every judgement that the pairs are about, in the order they occur.

    Sections of one case go together, so they are never added up: each has figures of its
    own.

    Args:
        pairs: as for ``agreement``.
        scale: the scale of the grades.
        scales: the scale of a judgement that has another, by its id; ``Moderation.scales``
            has them all.
        arms: as for ``agreement``, and so are ``seen``, ``confidence`` and ``enough``.

    Raises:
        InputError: as for ``agreement``.
    """
    given = list(pairs)
    sections = dict.fromkeys(each.section if isinstance(each, Pair) else OVERALL for each in given)
    return {
        section: agreement(
            given,
            scale=scales.get(section, scale),
            section=section,
            arms=arms,
            seen=seen,
            confidence=confidence,
            enough=enough,
        )
        for section in sections
    }
