"""Which grade is reported where an audit was moderated, and on whose choice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import frozen

from qaf_core.errors import DefinitionError, UnknownIdError, did_you_mean
from qaf_core.immutable import FrozenMap
from qaf_core.moderation.pairs import in_words
from qaf_core.moderation.settling import Settlement, settlements
from qaf_core.moderation.side_by_side import Moderation
from qaf_core.provenance import Standing
from qaf_core.scales import Scale
from qaf_core.settings import REPORTED_GRADE

__all__ = ["POLICIES", "Reported", "Reports", "basis_of", "chosen", "reported"]

POLICIES = tuple(map(str, REPORTED_GRADE.choices))


def __dir__() -> list[str]:
    return __all__


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
    which = policy or shipped
    if which not in POLICIES:
        raise DefinitionError(
            f"There is no such policy.{did_you_mean(which, POLICIES)} Known: {', '.join(POLICIES)}."
        )
    done = settlements(moderation, settled)
    first = moderation.grades(moderation.original)
    second = moderation.grades(moderation.again)
    scales = moderation.scales
    grades = {}
    for id, one in first.items():
        other = second[id]
        if id in done:
            grade, whose = done[id].grade, f"settled by {done[id].route}"
        else:
            grade, whose = chosen(which, one, other, scales[id])
        grades[id] = Reported(about=id, grade=grade, whose=whose, auditor=one, moderator=other)
    return Reports(audit=moderation.original.id, grades=FrozenMap(grades), basis=basis_of(which))


def basis_of(policy: str, grounds: str = "") -> str:
    """Which grade is reported where the two differ, in words, and on what that rests.

    Args:
        policy: the choice.
        grounds: on what it rests; the setting as shipped, or the council's own choice, where
            not given.
    """
    say = {
        "moderated": "the moderator's",
        "auditor": "the auditor's",
        "worse": "the worse of the two",
    }[policy]
    if not grounds:
        shipped = policy == REPORTED_GRADE.value
        grounds = (
            f"{REPORTED_GRADE.source}; {REPORTED_GRADE.standing}"
            if shipped
            else f"the council's own choice; {Standing.EDITORIAL}"
        )
    return f"Where the two differ, the grade reported is {say} [{grounds}]."


def chosen(policy: str, one: str, other: str, scale: Scale) -> tuple[str, str]:
    """The code that counts of the auditor's and the moderator's, and whose it is."""
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
