"""What answers came to before: each question remembers what few answers it can have.

Nothing that a person wrote is remembered, only what was made of it.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from enum import IntEnum
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple, TypeAlias

from attrs import define, field

from qaf_core.audits import NotApplicable
from qaf_core.immutable import FrozenMap
from qaf_core.logic.values import Gap, Sort, Value
from qaf_core.plans import Step
from qaf_core.tools.model import Question

__all__ = [
    "ADVERSE",
    "ASIDE",
    "AS_GIVEN",
    "FINE",
    "MOST_REMEMBERED",
    "NO_ITEM",
    "OPEN",
    "PENDING",
    "SET_ASIDE",
    "SILENT",
    "STATES",
    "UNUSABLE",
    "Batch",
    "Made",
    "Slot",
    "Table",
    "aside",
    "in_doubt",
    "not_aside",
    "picking",
    "telling",
    "together",
]


def __dir__() -> list[str]:
    return __all__


AS_GIVEN, _NOT_APPLICABLE, _NO_REASON, UNUSABLE = (object() for _ in range(4))
"""Stand for answers of which only that matters: nothing that a person wrote is remembered."""

SILENT, ADVERSE, FINE, OPEN, PENDING, ASIDE = 0, 1, 2, 4, 8, 16
"""What a question tells of practice, as one byte. Open is what can be adverse and is not known yet,
pending what is not known and cannot; what is set aside has ``ASIDE`` added, which is noted and
taken off."""
_TELLS: Mapping[Value, int] = FrozenMap(
    {True: ADVERSE, False: FINE, Gap.PENDING: OPEN, Gap.UNKNOWN: OPEN}
)
_SETTLED = bytes((SILENT, ADVERSE, FINE))
_NOT_ASIDE = bytes(each % ASIDE for each in range(256))
_IS_ASIDE = bytes(each >= ASIDE for each in range(256))

STATES = 9
"""How something can be asked and called for: each yes, no or pending."""
SET_ASIDE = 1 << 20
MOST_REMEMBERED = 64
NO_ITEM: Mapping[str, Value] = FrozenMap()

_FEWEST = 3
"""Fewer slots than these are settled one by one, which is quicker."""


class Way(IntEnum):
    """How what came of an answer before is found."""

    BY_TYPE = 0
    """By its type, which alone says whether it can be one."""
    YES_NO = 1
    """By itself: there are two."""
    CODE = 2
    """By itself: there are few."""
    OTHER = 3
    """By whether it can be one."""


_BY_TYPE, _OTHER = Way.BY_TYPE, Way.OTHER
_NONE = type(None)
_LOOKED_UP: frozenset[type] = frozenset({bool, str, _NONE})
"""Types of which none equals another."""
_WAYS = {
    Sort.YES_NO: Way.YES_NO,
    Sort.CODE: Way.CODE,
    Sort.TEXT: Way.BY_TYPE,
    Sort.ID: Way.BY_TYPE,
    Sort.DATE: Way.BY_TYPE,
}


def in_doubt(told: bytes) -> bytes:
    """What is open, pending or set aside, of what some questions tell."""
    return told.translate(None, _SETTLED)


def aside(told: bytes) -> bytes:
    """For each of some questions 1 where it is set aside, else 0."""
    return told.translate(_IS_ASIDE)


def not_aside(told: bytes) -> bytes:
    """What some questions tell, once it is noted which are set aside."""
    return told.translate(_NOT_ASIDE)


def telling(adverse: Value) -> int:
    """What a question tells, by whether its answer is adverse."""
    return _TELLS.get(adverse, SILENT)


class Made(NamedTuple):
    """What an answer comes to.

    Attributes:
        value: the value of its fact.
        item: its item, if it is a question's.
        tells: what it tells of practice, as a byte; ``ASIDE`` more where it is an answer that is
            no longer asked for.
    """

    value: Any
    item: Mapping[str, Value]
    tells: int


Table: TypeAlias = dict[Any, Made]
"""What came of each answer, for one way in which it was asked."""


@define(eq=False)
class Slot:
    """A question, or a judgement that a person gives, and what its answers came to before.

    Attributes:
        id, name, section: of its question or judgement, of its fact, and where it lies.
        by: what its answer is found by: the id, for a judgement its path.
        gate: which of the gates says whether it is asked; None where that is fixed.
        admits: whether an answer can be one of its kind.
        question: whether it is a question, not a judgement.
        way: how what came of an answer is found.
        stands_for: what stands for any answer, where it is not looked up otherwise.
        as_given: whether an answer may itself be the value; text never is.
        made: what comes of each answer, by how it is asked, how many actions are aimed at its
            section, and whether that is set aside.
    """

    step: Step
    id: str
    by: str
    name: str
    section: str
    gate: int | None
    admits: Callable[[Any], bool]
    question: bool
    way: Way
    stands_for: object
    as_given: bool
    made: dict[int, Table] = field(factory=dict)

    @classmethod
    def of(cls, step: Step, gate: int | None) -> Slot:
        """The slot of a step."""
        item, kind = step.item, step.item.ref.kind
        tells = isinstance(item, Question) and bool(item.adverse)
        way = _WAYS.get(kind.sort, Way.OTHER)
        if way is Way.BY_TYPE and (kind.every_code or tells):
            way = Way.OTHER
        return cls(
            step=step,
            id=item.id,
            by=item.id if isinstance(item, Question) else step.path,
            name=step.name,
            section=step.placed.section,
            gate=gate,
            admits=kind.admitting,
            question=isinstance(item, Question),
            way=way,
            stands_for=UNUSABLE if tells else AS_GIVEN,
            as_given=way in (Way.BY_TYPE, Way.OTHER) and kind.sort is not Sort.TEXT,
        )

    def key(self, answer: Any) -> object:
        """What of an answer decides all that follows from it."""
        way = self.way
        if self.admits(answer):
            if way is _OTHER:
                return self.stands_for
            return type(answer) if way is _BY_TYPE else answer
        if answer is None:
            return _NONE if way is _BY_TYPE else None
        if isinstance(answer, NotApplicable):
            return _NOT_APPLICABLE if answer.given else _NO_REASON
        return UNUSABLE

    def share(self, more: int) -> int:
        """What of that which touches its section concerns it: actions tell of questions alone."""
        return more if self.question else more - more % SET_ASIDE

    def table(self, state: int) -> Table:
        """What came of answers where it is asked so; new states are forgotten past many."""
        known = self.made.get(state)
        if known is None:
            full = len(self.made) >= MOST_REMEMBERED
            known = {} if full else self.made.setdefault(state, {})
        return known


class Batch:
    """Slots that rest on nothing of each other, settled all at once.

    Attributes:
        slots: those of which the type of an answer decides, then those of few answers, then
            all others, and of each those of one section side by side.
        by: what their answers are found by.
        names, at_once: of the facts that are read while the record is made, and what picks
            them out of the batch.
        as_given: place and name of those whose values may be the answers themselves.
    """

    def __init__(self, slots: Iterable[Slot], read: Container[str]) -> None:
        self.slots = sorted(slots, key=_side_by_side)
        self.by = [slot.by for slot in self.slots]
        read_of = [
            at for at, slot in enumerate(self.slots) if slot.name in read or not slot.question
        ]
        self.names = [self.slots[at].name for at in read_of]
        self.at_once = picking(read_of)
        self.as_given = [(at, slot.name) for at, slot in enumerate(self.slots) if slot.as_given]
        self._by_type = sum(slot.way is Way.BY_TYPE for slot in self.slots)
        self._few = sum(slot.way is not Way.OTHER for slot in self.slots)
        self._others = self.slots[self._few :]
        self._in: dict[str, list[slice]] = {}
        for places in _runs(map(_side_by_side, self.slots)):
            self._in.setdefault(self.slots[places.start].section, []).append(places)
        self._gates = itemgetter(*dict.fromkeys(slot.gate for slot in self.slots))
        self._tables: dict[object, list[Table]] = {}
        self._touched: dict[tuple[str, object, int], list[tuple[slice, list[Table]]]] = {}

    def tables(self, states: Mapping[int | None, int], touched: Mapping[str, int]) -> list[Table]:
        """What came of answers to each, where gates stand so and sections are touched or not."""
        gates = self._gates(states)
        tables = self._tables.get(gates) or self._usual(gates, states)
        if touched.keys() & self._in.keys():
            tables = tables.copy()
            for section, more in touched.items():
                for places, part in self._of_section(section, gates, more, states):
                    tables[places] = part
        return tables

    def _of_section(
        self, section: str, gates: object, more: int, states: Mapping[int | None, int]
    ) -> list[tuple[slice, list[Table]]]:
        """The same for the slots of a section that is touched, by their places."""
        found = self._touched.get((section, gates, more))
        if found is None:
            found = [
                (places, [slot.table(states[slot.gate] + slot.share(more)) for slot in part])
                for places in self._in.get(section, ())
                for part in (self.slots[places],)
            ]
            if len(self._touched) < MOST_REMEMBERED * len(self._in):
                self._touched[section, gates, more] = found
        return found

    def _usual(self, gates: object, states: Mapping[int | None, int]) -> list[Table]:
        tables = [slot.table(states[slot.gate]) for slot in self.slots]
        if len(self._tables) < MOST_REMEMBERED:
            self._tables[gates] = tables
        return tables

    def remembered(self, answers: list[Any], tables: list[Table]) -> list[Any]:
        """What came of these answers before; None where they are new.

        Where there are few answers each is looked up by itself, unless it is of a type of which
        one may equal another, as 1 is True.
        """
        first, last = self._by_type, self._few
        few = answers[first:last]
        keys: list[Any] = [*map(type, answers[:first]), *few]
        kinds = set(map(type, few))
        if not kinds <= _LOOKED_UP:
            for at, answer in enumerate(few, first):
                if type(answer) not in _LOOKED_UP:
                    keys[at] = self.slots[at].key(answer)
        if last < len(answers):
            keys += [
                None if answer is None else slot.key(answer)
                for slot, answer in zip(self._others, answers[last:], strict=True)
            ]
        return list(map(dict.get, tables, keys))


def _side_by_side(slot: Slot) -> tuple[int, str]:
    return slot.way, slot.section


def _runs(of: Iterable[object]) -> Iterator[slice]:
    """Where the same stands side by side."""
    at = 0
    for _, group in groupby(of):
        start, at = at, at + len(list(group))
        yield slice(start, at)


def together(slots: Iterable[Slot], read: Container[str]) -> Iterator[Slot | Batch]:
    """Slots that rest on nothing of each other: many at once, few of them one by one.

    Args:
        slots: the slots.
        read: ids of the facts that are read while a record is made, or by the rules.
    """
    group = list(slots)
    if len(group) >= _FEWEST:
        yield Batch(group, read)
    else:
        yield from group


def picking(places: Sequence[int]) -> Callable[[Sequence[Any]], tuple[Any, ...]]:
    """What takes what stands at these places of a row."""
    if len(places) > 1:
        return itemgetter(*places)
    return lambda row: tuple(row[place] for place in places)
