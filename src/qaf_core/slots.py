"""What answers came to before: each question remembers what few answers it can have.

Nothing that a person wrote is remembered, only what was made of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from attrs import define, field

from qaf_core.audits import NotApplicable
from qaf_core.immutable import FrozenMap
from qaf_core.logic.compiled import compiled
from qaf_core.logic.expressions import ALWAYS, NEVER, Cond
from qaf_core.logic.lower import possible, sure
from qaf_core.logic.settle import Known, settle
from qaf_core.logic.values import Gap, Kind, Record, Sort, Value
from qaf_core.plans import Step
from qaf_core.tools.model import Question

__all__ = [
    "ADVERSE",
    "AS_GIVEN",
    "CODES",
    "FINE",
    "MOST_REMEMBERED",
    "NO_ITEM",
    "OPEN",
    "PENDING",
    "SET_ASIDE",
    "SILENT",
    "STATES",
    "UNUSABLE",
    "Group",
    "Made",
    "Slot",
    "always_so",
    "gate_of",
]


def __dir__() -> list[str]:
    return __all__


AS_GIVEN, _TEXT, _NOT_APPLICABLE, _NO_REASON, UNUSABLE = (object() for _ in range(5))
"""Stand for answers of which only that matters: nothing that a person wrote is remembered."""

ADVERSE, FINE, OPEN, SILENT, PENDING = range(5)
"""What a question adds to the count of its section's adverse answers; the last two add nothing."""
CODES = {True: ADVERSE, False: FINE, Gap.PENDING: OPEN, Gap.UNKNOWN: OPEN}

STATES = 9
"""How something can be asked and called for: each yes, no or pending."""
SET_ASIDE = 1 << 20
MOST_REMEMBERED = 64
NO_ITEM: Mapping[str, Value] = FrozenMap()

Made: TypeAlias = tuple[Any, Mapping[str, Value], int]
"""What an answer comes to: the value of its fact, its item if a question, and its count."""


@define(eq=False)
class Slot:
    """A question, or a judgement that a person gives, and what its answers came to before.

    Attributes:
        gate: which of the gates says whether it is asked; None where that is fixed.
        question: whether it is a question, not a judgement.
        finite: the type of its answers, where there are few and they are remembered as such.
        usual: what comes of each answer, where nothing is aimed at its section or set aside.
        made: the same by how it is asked and how many actions are aimed at its section.
    """

    step: Step
    id: str
    name: str
    gate: int | None
    kind: Kind
    question: bool
    finite: type | None
    usual: dict[Any, Made] = field(factory=dict)
    made: dict[int, dict[Any, Made]] = field(factory=dict)

    def key(self, answer: Any) -> object:
        """What of an answer decides all that follows from it."""
        if isinstance(answer, NotApplicable):
            return _NOT_APPLICABLE if answer.given else _NO_REASON
        kind = self.kind
        if answer is None or (self.finite is not None and kind.admits(answer)):
            return answer
        if not kind.admits(answer):
            return UNUSABLE
        if kind.sort is Sort.TEXT:
            return _TEXT
        item = self.step.item
        return UNUSABLE if isinstance(item, Question) and item.adverse else AS_GIVEN

    def table(self, state: int) -> dict[Any, Made]:
        """What came of answers where it is asked so; new states are forgotten past many."""
        known = self.made.get(state)
        if known is None:
            full = len(self.made) >= MOST_REMEMBERED
            known = {} if full else self.made.setdefault(state, {})
        return known


class Group:
    """Slots that are asked or not whatever the answers, and so are settled all at once."""

    def __init__(self, slots: list[Slot]) -> None:
        self.slots = slots
        self.names = [slot.name for slot in slots]
        self.asked = [(slot.id, slot.finite, slot.key) for slot in slots]
        self.usual = [slot.usual for slot in slots]
        self.places = {slot.name: at for at, slot in enumerate(slots)}
        self.places_by_id = {slot.id: at for at, slot in enumerate(slots)}
        self.endless = {slot.id for slot in slots if slot.finite is None}

    def remembered(
        self, answers: Mapping[str, Any], touched: Mapping[str, int]
    ) -> list[Made | None]:
        """What came of these answers before; None where they are new."""
        tables = self.usual
        if touched:
            tables = tables.copy()
            for name in touched.keys() & self.places.keys():
                place = self.places[name]
                tables[place] = self.slots[place].table(touched[name])
        given = answers.get
        return [
            table.get(answer)
            if (answer := given(id)) is None or type(answer) is finite
            else table.get(key(answer))
            for (id, finite, key), table in zip(self.asked, tables, strict=True)
        ]


def always_so(cond: Cond) -> bool:
    """Whether a condition holds of every record, or of none."""
    surely, maybe = settle(sure(cond), Known()), settle(possible(cond), Known())
    return surely == maybe and surely in (ALWAYS, NEVER)


def gate_of(asked: Cond, called: Cond) -> Callable[[Record], int]:
    """How something is asked and called for, as one number below ``STATES``."""
    read = compiled({"asked": asked, "called": called}).bind()

    def state(record: Record) -> int:
        surely, maybe, _ = read(record)
        number = 0
        for hits, times in ((surely, 1), (maybe, 2)):
            for id, _ in hits:
                number += times * (3 if id == "asked" else 1)
        return number

    return state
