"""What answers came to before: each question remembers what few answers it can have.

Nothing that a person wrote is remembered, only what was made of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import IntEnum
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple, TypeAlias, TypeVar

from attrs import define, field

from qaf_core.audits import NotApplicable
from qaf_core.immutable import FrozenMap
from qaf_core.logic.compiled import compiled
from qaf_core.logic.expressions import ALWAYS, NEVER, Cond
from qaf_core.logic.lower import possible, sure
from qaf_core.logic.settle import Known, settle
from qaf_core.logic.values import Gap, Record, Sort, Value
from qaf_core.plans import Step
from qaf_core.tools.model import Question

__all__ = [
    "ASIDE",
    "AS_GIVEN",
    "MOST_REMEMBERED",
    "NO_ITEM",
    "PENDING",
    "SET_ASIDE",
    "SILENT",
    "STATES",
    "TELLS",
    "UNUSABLE",
    "WEIGHTS",
    "Batch",
    "Gates",
    "Made",
    "Slot",
    "Table",
    "always_so",
    "counted",
    "in_doubt",
    "picking",
    "together",
]


def __dir__() -> list[str]:
    return __all__


T = TypeVar("T")

AS_GIVEN, _NOT_APPLICABLE, _NO_REASON, UNUSABLE = (object() for _ in range(4))
"""Stand for answers of which only that matters: nothing that a person wrote is remembered."""

_PLACES = 16
SILENT, _ADVERSE, _FINE, _OPEN, PENDING, ASIDE = 0, *(1 << _PLACES * at for at in range(5))
"""What a question adds to the counts of its section, all in one number: ``counted`` takes the
adverse, fine and open answers out of a sum of them. Pending is what no such count takes in, and
what is set aside is noted and taken off."""
WEIGHTS = {True: _ADVERSE, False: _FINE, Gap.PENDING: _OPEN, Gap.UNKNOWN: _OPEN}
TELLS = {_ADVERSE: True, _FINE: False}
"""The weights of questions that were answered and can tell against practice; whether they do."""

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


_NONE = type(None)
_AS_THEY_STAND: frozenset[type] = frozenset({bool, str, date, _NONE})
_WAYS = {
    Sort.YES_NO: Way.YES_NO,
    Sort.CODE: Way.CODE,
    Sort.TEXT: Way.BY_TYPE,
    Sort.ID: Way.BY_TYPE,
    Sort.DATE: Way.BY_TYPE,
}


def counted(weights: int) -> tuple[int, int, int]:
    """How many answers are adverse, are not, and are open, of a sum of weights."""
    most = (1 << _PLACES) - 1
    return weights & most, weights >> _PLACES & most, weights >> 2 * _PLACES & most


def in_doubt(weights: int) -> bool:
    """Whether anything is pending, of a sum of weights."""
    return bool(weights >> 2 * _PLACES)


class Made(NamedTuple):
    """What an answer comes to.

    Attributes:
        value: the value of its fact.
        item: its item, if it is a question's.
        weight: what it adds to the counts of its section; ``ASIDE`` more where it is an answer
            that is no longer asked for.
    """

    value: Any
    item: Mapping[str, Value]
    weight: int


Table: TypeAlias = dict[Any, Made]
"""What came of each answer, for one way in which it was asked."""


@define(eq=False)
class Slot:
    """A question, or a judgement that a person gives, and what its answers came to before.

    Attributes:
        id, name, section: of its question or judgement, of its fact, and where it lies.
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
        if self.admits(answer):
            if self.way is Way.OTHER:
                return self.stands_for
            return type(answer) if self.way is Way.BY_TYPE else answer
        if answer is None:
            return _NONE if self.way is Way.BY_TYPE else None
        if isinstance(answer, NotApplicable):
            return _NOT_APPLICABLE if answer.given else _NO_REASON
        return UNUSABLE

    def table(self, state: int) -> Table:
        """What came of answers where it is asked so; new states are forgotten past many."""
        known = self.made.get(state)
        if known is None:
            full = len(self.made) >= MOST_REMEMBERED
            known = {} if full else self.made.setdefault(state, {})
        return known


class Batch:
    """Slots asked on the same terms, settled all at once.

    Attributes:
        slots: those of which the type of an answer decides, then those of few answers, then
            all others, and of each those of a section side by side.
        ids, names: of their questions or judgements, and of their facts.
        gate, question: as of each of them.
        as_given: the places of those whose answers may themselves be the values.
    """

    def __init__(self, slots: Iterable[Slot]) -> None:
        self.slots = sorted(slots, key=lambda slot: (slot.way, slot.section))
        self.gate, self.question = self.slots[0].gate, self.slots[0].question
        self.ids = [slot.id for slot in self.slots]
        self.names = [slot.name for slot in self.slots]
        self.as_given = [at for at, slot in enumerate(self.slots) if slot.as_given]
        self._by_type = sum(slot.way is Way.BY_TYPE for slot in self.slots)
        self._in: dict[str, list[slice]] = {}
        for (_, section), part in _parts((slot.way, slot.section) for slot in self.slots):
            self._in.setdefault(section, []).append(part)
        self._tables: dict[int, list[Table]] = {}
        self._of_part: dict[tuple[int, int], list[Table]] = {}

    def tables(self, state: int, touched: Mapping[str, int]) -> list[Table]:
        """What came of answers to each, asked so, in sections that are touched or not."""
        usual = tables = self._tables.get(state) or self._usual(state)
        for section in touched.keys() & self._in.keys() if touched else ():
            if tables is usual:
                tables = usual.copy()
            for part in self._in[section]:
                tables[part] = self._part(part, state + touched[section])
        return tables

    def _usual(self, state: int) -> list[Table]:
        return self._tables.setdefault(state, [slot.table(state) for slot in self.slots])

    def _part(self, part: slice, state: int) -> list[Table]:
        known = self._of_part.get((part.start, state))
        if known is None:
            known = [slot.table(state) for slot in self.slots[part]]
            if len(self._of_part) < MOST_REMEMBERED * len(self._in):
                self._of_part[part.start, state] = known
        return known

    def remembered(self, answers: list[Any], tables: list[Table]) -> list[Made | None]:
        """What came of these answers before; None where they are new.

        Of the types that are looked up as they stand none equals another: what is of any other
        type is not taken for one of them, as 1 is True.
        """
        types = list(map(type, answers))
        keys: list[Any] = types[: self._by_type] + answers[self._by_type :]
        for kind in set(types) - _AS_THEY_STAND:
            at = -1
            for _ in range(types.count(kind)):
                at = types.index(kind, at + 1)
                answer = answers[at]
                if kind is NotApplicable:
                    keys[at] = _NOT_APPLICABLE if answer.given else _NO_REASON
                else:
                    keys[at] = self.slots[at].key(answer)
        return list(map(dict.get, tables, keys))


def _parts(of: Iterable[T]) -> Iterator[tuple[T, slice]]:
    """Where the same stands side by side."""
    at = 0
    for each, group in groupby(of):
        start, at = at, at + len(list(group))
        yield each, slice(start, at)


def together(slots: Iterable[Slot]) -> Iterator[Slot | Batch]:
    """Slots of one gate: many at once, few of them one by one."""
    for question in (True, False):
        group = [slot for slot in slots if slot.question is question]
        if len(group) >= _FEWEST:
            yield Batch(group)
        else:
            yield from group


def picking(places: Sequence[int]) -> Callable[[Sequence[Any]], tuple[Any, ...]]:
    """What takes what stands at these places of a row."""
    if len(places) > 1:
        return itemgetter(*places)
    return lambda row: tuple(row[place] for place in places)


class Gates:
    """What says of questions and judgements whether they are asked, read all at once."""

    def __init__(self, conds: Mapping[int, tuple[Cond, Cond]]) -> None:
        self.weights = {
            f"{number}.{what}": (number, weight)
            for number in conds
            for what, weight in (("asked", 3), ("called", 1))
        }
        asked = {
            f"{number}.{what}": cond
            for number, pair in conds.items()
            for what, cond in zip(("asked", "called"), pair, strict=True)
        }
        self.read: Callable[[Record], Any] = compiled(asked).bind()
        self.numbers = list(conds)

    def into(self, states: dict[int | None, int], record: Record) -> None:
        """Note how each stands on a record, as one number below ``STATES``."""
        for number in self.numbers:
            states[number] = 0
        surely, maybe, _ = self.read(record)
        for hits, times in ((surely, 1), (maybe, 2)):
            for id, _ in hits:
                number, weight = self.weights[id]
                states[number] += times * weight


def always_so(cond: Cond) -> bool:
    """Whether a condition holds of every record, or of none."""
    surely, maybe = settle(sure(cond), Known()), settle(possible(cond), Known())
    return surely == maybe and surely in (ALWAYS, NEVER)
