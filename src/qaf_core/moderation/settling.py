"""After moderation: how a disagreement ends, which grade is reported, who is told.

The source states no way to settle a disagreement and does not say which grade counts. So
the way is the council's to choose, each disagreement stays open until it is settled, and
whatever is reported says on what choice it rests.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum

from attrs import field, frozen

from qaf_core.errors import DefinitionError, Fault, InputError, UnknownIdError, did_you_mean
from qaf_core.findings import Escalation
from qaf_core.immutable import FrozenMap
from qaf_core.moderation.disagreements import Disagreement, disagreements
from qaf_core.moderation.pairs import NOT_APPLICABLE, in_words
from qaf_core.moderation.side_by_side import Moderation
from qaf_core.provenance import Standing
from qaf_core.review import Review
from qaf_core.scales import Scale
from qaf_core.settings import REPORTED_GRADE

__all__ = [
    "Reported",
    "Reports",
    "Route",
    "Settlement",
    "Told",
    "reported",
    "still_open",
    "told",
]

POLICIES = ("moderated", "auditor", "worse")


def __dir__() -> list[str]:
    return __all__


class Route(StrEnum):
    """How a disagreement is settled. The source states none; a council chooses."""

    DISCUSSION = "discussion"
    """The two talk it over and come to one grade."""
    THIRD_AUDITOR = "third auditor"
    """Another does the audit once more."""
    PANEL = "panel"
    """A panel decides."""


@frozen(kw_only=True)
class Settlement:
    """How one disagreement was settled.

    Attributes:
        about: id of the judgement, or ``"safe"``.
        grade: the code that was settled on.
        route: how.
        by: ids of the roles or the board that settled it.
        on: the day.
        reason: why: free text, never shown.
    """

    about: str
    grade: str
    route: Route
    by: tuple[str, ...]
    on: date
    reason: str = field(default="", repr=False)


def _checked(moderation: Moderation, settled: Iterable[Settlement]) -> dict[str, Settlement]:
    """Settlements by what they are about.

    Raises:
        InputError: one settles what is not in dispute, twice, or on no grade of the scale.
    """
    open_to = {each.about for each in disagreements(moderation)}
    scales = moderation.scales
    found: dict[str, Settlement] = {}
    faults = []
    for at, each in enumerate(settled):
        if each.about not in open_to:
            near = did_you_mean(each.about, open_to).strip()
            faults.append(
                Fault(
                    path=f"settled[{at}].about",
                    problem="the two do not disagree on it",
                    do=near.removesuffix(".") or "Settle what they disagree on",
                )
            )
        elif each.about in found:
            faults.append(
                Fault(path=f"settled[{at}].about", problem="it is settled twice", do="Keep one")
            )
        else:
            codes: tuple[str, ...] = ("safe", "unsafe", "cannot_tell")
            if each.about in scales:
                kind = scales[each.about].kind
                codes = (*kind.codes, *kind.beside, NOT_APPLICABLE)
            if each.grade not in codes:
                do = f"Write one of {', '.join(codes)}"
                faults.append(
                    Fault(path=f"settled[{at}].grade", problem="there is no such grade", do=do)
                )
            found[each.about] = each
    if faults:
        raise InputError(faults)
    return found


def still_open(
    moderation: Moderation, settled: Iterable[Settlement] = ()
) -> tuple[Disagreement, ...]:
    """The disagreements that nobody has settled.

    Raises:
        InputError: a settlement does not fit. Every fault is named.
    """
    done = _checked(moderation, settled)
    return tuple(each for each in disagreements(moderation) if each.about not in done)


@frozen(kw_only=True)
class Reported:
    """The grade that counts, of one judgement.

    Attributes:
        about: id of the judgement.
        grade: the code; "" where neither gave any.
        whose: moderated, auditor, or how it was settled.
        auditor, moderator: what each gave; both are kept.
    """

    about: str
    grade: str
    whose: str
    auditor: str
    moderator: str

    def to_row(self) -> dict[str, object]:
        """The grade as one flat row."""
        return {
            "judgement": self.about,
            "grade": self.grade,
            "whose": self.whose,
            "auditor": self.auditor,
            "moderator": self.moderator,
        }


@frozen(kw_only=True)
class Reports:
    """The grades that count, and on what choice that rests.

    Attributes:
        audit: id of the audit.
        grades: by id of the judgement.
        basis: the choice, its clause and its standing.
    """

    audit: str
    grades: Mapping[str, Reported]
    basis: str

    def __getitem__(self, about: str) -> Reported:
        """The grade of a judgement.

        Raises:
            UnknownIdError: there is none by that id; the near one is named.
        """
        if about not in self.grades:
            raise UnknownIdError("judgement", about, self.grades)
        return self.grades[about]

    def to_rows(self) -> list[dict[str, object]]:
        """A row a judgement, each with what the choice rests on."""
        return [
            {"audit": self.audit, **each.to_row(), "basis": self.basis}
            for each in self.grades.values()
        ]

    def __str__(self) -> str:
        lines = [f"{self.audit}. {self.basis}"]
        lines += [
            f"  {each.about}: {in_words(each.grade)} ({each.whose}; auditor {in_words(each.auditor)}, "
            f"moderator {in_words(each.moderator)})"
            for each in self.grades.values()
            if each.grade
        ]
        return "\n".join(lines)


def reported(
    moderation: Moderation,
    *,
    settled: Iterable[Settlement] = (),
    policy: str = "",
) -> Reports:
    """Which grade counts, judgement by judgement.

    What was settled counts before any policy. A grade that one of the two has not given is
    taken from the other. Safety is not decided here: see ``told``.

    Args:
        moderation: the two audits.
        settled: how disagreements were settled.
        policy: ``"moderated"``, ``"auditor"`` or ``"worse"`` (of the two, and a grade
            before not applicable). The setting ``reported_grade`` where not given.

    Raises:
        DefinitionError: there is no such policy.
        InputError: a settlement does not fit. Every fault is named.
    """
    shipped = str(REPORTED_GRADE.value)
    chosen = policy or shipped
    if chosen not in POLICIES:
        raise DefinitionError(
            f"There is no such policy.{did_you_mean(chosen, POLICIES)} "
            f"Known: {', '.join(POLICIES)}."
        )
    done = _checked(moderation, settled)
    first = moderation.grades(moderation.original)
    second = moderation.grades(moderation.again)
    scales = moderation.scales
    grades = {}
    for id, one in first.items():
        other = second[id]
        if id in done:
            grade, whose = done[id].grade, f"settled by {done[id].route}"
        else:
            grade, whose = _chosen(chosen, one, other, scales[id])
        grades[id] = Reported(about=id, grade=grade, whose=whose, auditor=one, moderator=other)
    return Reports(audit=moderation.original.id, grades=FrozenMap(grades), basis=_basis(chosen))


def _basis(policy: str) -> str:
    say = {
        "moderated": "the moderator's",
        "auditor": "the auditor's",
        "worse": "the worse of the two",
    }[policy]
    if policy == REPORTED_GRADE.value:
        grounds = f"{REPORTED_GRADE.source}; {REPORTED_GRADE.standing}"
    else:
        grounds = f"the council's own choice; {Standing.EDITORIAL}"
    return f"Where the two differ, the grade reported is {say} [{grounds}]."


def _chosen(policy: str, one: str, other: str, scale: Scale) -> tuple[str, str]:
    if not one or not other:
        return (other, "moderated") if other else (one, "auditor")
    if policy == "moderated":
        return other, policy
    if policy == "auditor":
        return one, policy
    ranks = {grade.code: grade.rank for grade in scale.grades}
    lowest = len(ranks)
    worse = other if ranks.get(other, lowest) < ranks.get(one, lowest) else one
    return worse, policy


@frozen(kw_only=True)
class Told:
    """Who must be told after moderation: what follows from either audit.

    Attributes:
        escalations: those that fired, of the auditor's audit and of the moderator's.
        unsettled: those that cannot be ruled out by either.
    """

    escalations: tuple[Escalation, ...]
    unsettled: tuple[Escalation, ...]

    def __str__(self) -> str:
        return "\n\n".join(map(str, (*self.escalations, *self.unsettled))) or (
            "Neither audit calls for anyone to be told."
        )


def told(moderation: Moderation, of_auditor: Review, of_moderator: Review) -> Told:
    """Who must be told: everything that either audit calls for.

    A milder moderation takes nothing back, and a milder audit hides nothing that the
    moderator found. Nor does a settlement: once called, it is for those told to close.

    Args:
        moderation: the two audits.
        of_auditor: the review of the auditor's audit.
        of_moderator: the review of the moderator's.

    Raises:
        InputError: a review is of another audit.
    """
    faults = [
        Fault(path=path, problem="it is the review of another audit", do="Give that of this one")
        for path, review, audit in (
            ("of_auditor", of_auditor, moderation.original),
            ("of_moderator", of_moderator, moderation.again),
        )
        if review.audit != audit.id
    ]
    if faults:
        both = (of_auditor, of_moderator)
        raise InputError(
            faults,
            urgent=(call for each in both for call in each.escalations),
            unsettled=(call for each in both for call in each.unsettled_escalations),
        )
    return Told(
        escalations=(*of_auditor.escalations, *of_moderator.escalations),
        unsettled=(*of_auditor.unsettled_escalations, *of_moderator.unsettled_escalations),
    )
