"""Pairs of grades counted: which of them a figure rests on, and what is left out and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Any, TypeAlias

from attrs import frozen

from qaf_core.errors import InputError
from qaf_core.moderation.faults import misshapen, placed, without_chance, without_code
from qaf_core.moderation.pairs import (
    NOT_APPLICABLE,
    OVERALL,
    Arm,
    GradeTable,
    Pair,
    arms_of,
    in_words,
)
from qaf_core.moderation.results import of_pairs
from qaf_core.scales import Grade, Scale

__all__ = ["Counted", "GradePair", "LeftOut", "SafetyDisagreement", "count"]

GradePair: TypeAlias = Pair | tuple[str, str] | tuple[Grade, Grade]
"""A pair with all that is known of it; or two grades, taken as drawn at random and blind."""


def __dir__() -> list[str]:
    return __all__


@frozen(kw_only=True)
class SafetyDisagreement:
    """A case of which auditor and moderator say different things about the child's safety.

    Attributes:
        case: the host's id of the case or audit, or "".
        auditor, moderator: what each said; "" where nothing.
        arm, blind: as of the pair.
    """

    case: str
    auditor: str
    moderator: str
    arm: Arm
    blind: bool

    def __str__(self) -> str:
        both = f"auditor {in_words(self.auditor)}, moderator {in_words(self.moderator)}"
        seen = "" if self.blind else ", not blind"
        return f"{self.case or 'a case without id'}: {both} ({self.arm}{seen})"


@frozen(kw_only=True)
class LeftOut:
    """Pairs that the figures do not rest on, by why.

    Attributes:
        other_section: about another judgement.
        not_blind: the moderator could see the auditor's grade.
        other_arm: cases that came to be moderated in another way.
        blank: one of the two gave nothing.
        scope: one held that it does not apply and the other graded it: a disagreement of
            its own, about what is to be judged.
        agreed_scope: both held that it does not apply.
        beside: one or both gave an answer that is no grade.
    """

    other_section: int = 0
    not_blind: int = 0
    other_arm: int = 0
    blank: int = 0
    scope: int = 0
    agreed_scope: int = 0
    beside: int = 0

    def lines(self) -> tuple[str, ...]:
        """What was left out, each in a sentence."""
        said = (
            (self.scope, "Disagreement on scope, not applicable to one and graded by the other"),
            (self.agreed_scope, "Not applicable to both"),
            (self.beside, "With an answer that is no grade"),
            (self.blank, "Waiting for a grade"),
            (self.not_blind, "Left out, not blind"),
            (self.other_arm, "Left out, moderated for another reason"),
            (self.other_section, "Left out, about another judgement"),
        )
        return tuple(f"{why}: {of_pairs(count)}." for count, why in said if count)


@frozen(kw_only=True)
class Counted:
    """Pairs, counted.

    Attributes:
        table: those that figures rest on.
        arms: the arms they belong to.
        left_out: the others, by why.
        safety: the cases where the two differ on a child's safety, from every pair.
        notes: what was taken as so for want of a word, and how pairs were weighted.
    """

    table: GradeTable
    arms: tuple[Arm, ...]
    left_out: LeftOut
    safety: tuple[SafetyDisagreement, ...]
    notes: tuple[str, ...]


Cell: TypeAlias = tuple[Any, Any, int, Fraction | int]
"""Both grades as given, how many such pairs, and the weight of each."""


def count(
    pairs: Iterable[GradePair],
    *,
    scale: Scale,
    section: str = OVERALL,
    arms: Arm | Sequence[Arm] = (Arm.RANDOM,),
    seen: bool = False,
) -> Counted:
    """Count pairs into a table. The arguments are those of ``agreement``.

    Raises:
        InputError: a pair holds what is no grade of the scale, or arms are pooled and a
            pair has no probability. Every fault is named.
        DefinitionError: there is no such arm.
    """
    given = pairs if isinstance(pairs, list) else list(pairs)
    arms = arms_of(arms)
    kinds = set(map(type, given))
    if all(issubclass(kind, (tuple, list)) for kind in kinds) and set(map(len, given)) <= {2}:
        chosen = _bare
        given = given if kinds <= {tuple} else list(map(tuple, given))
    else:
        chosen = _full
        if shapes := list(misshapen(given) if kinds != {Pair} else ()):
            raise InputError(shapes)
    cells, left_out, notes, safety = chosen(given, section, arms, seen)
    table_cells, beside, wrong = _sorted(cells, scale)
    faults = list(placed(given, wrong, scale)) if wrong else []
    if len(arms) > 1:
        faults += without_chance(given, section, seen)
    if faults:
        raise InputError(faults)
    return Counted(
        table=GradeTable.of_cells(table_cells, scale),
        arms=arms,
        left_out=LeftOut(**left_out, **beside),
        safety=tuple(safety),
        notes=tuple(notes),
    )


_Chosen: TypeAlias = tuple[list[Cell], dict[str, int], list[str], Iterable[SafetyDisagreement]]
_TAKEN_AS_RANDOM = "Taken as drawn at random, since nothing says why they were moderated"
_UNEVEN = (
    "The chances by either arm are uneven, and what they were in the draw alone is not said "
    "(draw_probability), so each pair counts once."
)
_TAKEN_AS_BLIND = "Taken as blind, since nothing says that they were not"


def _bare(given: list[Any], section: str, arms: tuple[Arm, ...], seen: bool) -> _Chosen:  # noqa: ARG001
    """Of pairs that are two grades and no more."""
    if given and section != OVERALL:
        return [], {"other_section": len(given)}, [], ()
    if given and Arm.RANDOM not in arms:
        return [], {"other_arm": len(given)}, [], ()
    try:
        counted = Counter(given)
    except TypeError:
        raise InputError(without_code(given)) from None
    cells = [(*each, times, 1) for each, times in counted.items()]
    said = (_TAKEN_AS_RANDOM, _TAKEN_AS_BLIND) if given else ()
    return cells, {}, [f"{why}: {of_pairs(len(given))}." for why in said], ()


def _full(given: list[Any], section: str, arms: tuple[Arm, ...], seen: bool) -> _Chosen:
    """Of pairs that say more about themselves."""
    left_out = {"other_section": 0, "other_arm": 0, "not_blind": 0}
    chosen: list[Pair] = []
    safety: list[SafetyDisagreement] = []
    for each in given:
        pair = each if isinstance(each, Pair) else Pair(auditor=each[0], moderator=each[1])
        if pair.auditor_safe != pair.moderator_safe:
            safety += _differ_on_safety(pair)
        if pair.section != section:
            left_out["other_section"] += 1
        elif (pair.arm or Arm.RANDOM) not in arms:
            left_out["other_arm"] += 1
        elif pair.blind is False and not seen:
            left_out["not_blind"] += 1
        else:
            chosen.append(pair)
    notes = []
    for untold, why in (
        (sum(pair.arm is None for pair in chosen), _TAKEN_AS_RANDOM),
        (sum(pair.blind is None for pair in chosen), _TAKEN_AS_BLIND),
    ):
        if untold:
            notes.append(f"{why}: {of_pairs(untold)}.")
    cases = Counter(pair.case for pair in chosen if pair.case)
    again = sum(times > 1 for times in cases.values())
    if again:
        notes.append(f"Cases that occur more than once: {again}.")
    weights, said = _weights(chosen, arms)
    cells = Counter(
        zip((p.auditor for p in chosen), (p.moderator for p in chosen), weights, strict=True)
    )
    listed = [
        (auditor, moderator, times, weight) for (auditor, moderator, weight), times in cells.items()
    ]
    return listed, left_out, notes + said, _each_once(safety)


def _differ_on_safety(pair: Pair) -> Iterator[SafetyDisagreement]:
    """A disagreement on safety. That one says safe and the other nothing is none."""
    if {pair.auditor_safe, pair.moderator_safe} != {"", "safe"}:
        yield SafetyDisagreement(
            case=pair.case,
            auditor=pair.auditor_safe,
            moderator=pair.moderator_safe,
            arm=pair.arm or Arm.RANDOM,
            blind=pair.blind is not False,
        )


def _each_once(found: Iterable[SafetyDisagreement]) -> Iterator[SafetyDisagreement]:
    """Each case once, though the pairs of all its sections repeat it."""
    told = set()
    for each in found:
        if each.case and each in told:
            continue
        told.add(each)
        yield each


def _weights(
    pairs: Sequence[Pair], arms: tuple[Arm, ...]
) -> tuple[Sequence[Fraction | int], list[str]]:
    """How many cases each pair stands for, and what to say of it."""
    alike = [1] * len(pairs)
    if len(arms) > 1:
        chances = [pair.probability for pair in pairs]
        by = "the chance of being moderated by either arm"
    elif arms == (Arm.RANDOM,):
        chances = [pair.draw_probability for pair in pairs]
        by = "the chance of being drawn"
        uneven = {pair.probability for pair in pairs} - {None, Fraction(1)}
        if set(chances) == {None} and len(uneven) > 1:
            return alike, [_UNEVEN]
    else:
        return alike, []
    different = set(chances)
    if None in different:
        if len(different) > 2:
            return alike, ["Some pairs do not say what chance they had, so each counts once."]
        return alike, []
    if len(different) < 2:
        return alike, []
    return (
        [1 / chance for chance in chances if chance is not None],
        [f"Pairs are weighted by {by}; tests count each pair once."],
    )


def _sorted(cells: Iterable[Cell], scale: Scale) -> tuple[list[Cell], dict[str, int], set[Any]]:
    """Cells of two grades; how many pairs are others, by why; and what is no grade at all."""
    grades = {grade.code for grade in scale.grades}
    beside = {each.code for each in scale.beside}
    graded: list[Cell] = []
    others = {"blank": 0, "scope": 0, "agreed_scope": 0, "beside": 0}
    wrong = set()
    for auditor, moderator, times, weight in cells:
        both = (_code(auditor, scale), _code(moderator, scale))
        strange = [
            given
            for given, code in zip((auditor, moderator), both, strict=True)
            if code not in grades and code not in beside and code not in ("", NOT_APPLICABLE)
        ]
        if strange:
            wrong.update(strange)
        elif both[0] in grades and both[1] in grades:
            graded.append((*both, times, weight))
        elif "" in both:
            others["blank"] += times
        elif NOT_APPLICABLE in both:
            others["agreed_scope" if both[0] == both[1] else "scope"] += times
        else:
            others["beside"] += times
    return graded, others, wrong


def _code(given: Any, scale: Scale) -> Any:
    """A grade's code; nothing given is blank; what is no code at all is None."""
    if given is None:
        return ""
    if isinstance(given, Grade):
        return given.code if given.scale == scale.id else None
    return given if isinstance(given, str) else None
