"""What an audit states, as rules read it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from weakref import ref

from attrs import field, frozen

from qaf_core.audits import Audit
from qaf_core.errors import Fault
from qaf_core.facts import actions, judgements, participants, questions
from qaf_core.logic.values import Record
from qaf_core.plans import Plan
from qaf_core.slots import TELLS

__all__ = ["ANSWERED_OF_ITEMS", "STATED_OF_ITEMS", "AuditRecord", "Basis"]

STATED_OF_ITEMS = frozenset(
    f"{collection.id}.{name}"
    for collection in (questions, judgements, actions, participants)
    for name in ("id", *collection.fields)
    if not name.startswith("grade.")
)
"""The fields that every item of a record has, as ``collection.field``; of a judgement there is
also ``grade.scale`` for each scale of the plan."""

ANSWERED_OF_ITEMS = STATED_OF_ITEMS - {
    "questions.asked",
    "questions.required",
    "questions.adverse",
    "judgements.score",
    "judgements.adverse",
    "judgements.adverse_count",
    "actions.by",
    "actions.signed_off",
}
"""Those that have a value in every item."""


def __dir__() -> list[str]:
    return __all__


@frozen(eq=False)
class AuditRecord:
    """A record and what came to light while it was made.

    Attributes:
        record: what rules are read on. It holds no free text.
        pending: whether a question or judgement of the tool is pending.
        set_aside: ids of answers and judgements that are no longer asked for;
            they are kept in the audit and left out of the record.
        faults: what could not be used, each with its path; such a fact is pending.
        asked, weights: ids of the tool's questions, and for each what it adds to the counts of
            adverse answers; see ``slots``.
    """

    record: Record
    pending: bool = False
    set_aside: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    asked: Sequence[str] = field(default=(), repr=False)
    weights: Sequence[int] = field(default=(), repr=False)

    @property
    def adverse(self) -> dict[str, bool]:
        """The questions that were answered and can tell against practice; whether they do, by id."""
        told = zip(self.asked, self.weights, strict=True)
        return {id: TELLS[weight] for id, weight in told if weight in TELLS}


class Basis:
    """What a review rests on: a record, of which audit, by which plan, on what day.

    It holds the audit weakly: a review keeps no free text of an audit alive.
    """

    __slots__ = ("_audit", "_made", "_on", "_plan")

    def __init__(self, audit: Audit, plan: Plan, on: date, made: AuditRecord) -> None:
        self._audit = ref(audit)
        self._plan = plan
        self._on = on
        self._made = made

    def stated(self, audit: Audit, plan: Plan, on: date) -> AuditRecord | None:
        """The record, where it is of this very audit and its questions and judgements come to the
        same on that day.
        """
        same = self._audit() is audit and self._plan is plan
        return self._made if same and (on == self._on or not plan.day_tells) else None
