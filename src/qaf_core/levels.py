"""In what order the parts of a tool are settled, and what says whether they are asked."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from operator import itemgetter
from typing import Any

from attrs import field, frozen

from qaf_core.facts import Fact
from qaf_core.logic.compiled import compiled
from qaf_core.logic.expressions import ALWAYS, NEVER, Cond, Ref, refs
from qaf_core.logic.lower import possible, sure
from qaf_core.logic.settle import Known, settle
from qaf_core.logic.values import Record, Sort, Value
from qaf_core.plans import Plan, Step, fact_id, rests_on
from qaf_core.slots import MOST_REMEMBERED, Batch, Slot, together
from qaf_core.tools.model import Question

__all__ = ["Gates", "in_order"]


def __dir__() -> list[str]:
    return __all__


@frozen(eq=False)
class _Level:
    """What rests on nothing but levels before: facts and what is computed, and slots."""

    entries: list[Fact | Step] = field(factory=list)
    slots: list[Slot] = field(factory=list)


def in_order(plan: Plan, read: Container[str]) -> Iterator[Fact | Step | Gates | Batch | Slot]:
    """What is settled, each after all that it rests on, and as many at once as can be."""
    conds: dict[tuple[Cond, Cond], int | None] = {}
    levels: dict[str, int] = {}
    at: list[_Level] = []
    for entry in plan.order:
        level = 1 + max((levels.get(each, -1) for each in rests_on(entry)), default=-1)
        gate: int | None = None
        given = isinstance(entry, Step) and (isinstance(entry.item, Question) or entry.item.judged)
        if isinstance(entry, Step) and given:
            asked = (entry.asked, entry.called)
            if asked not in conds:
                conds[asked] = None if all(map(_always_so, asked)) else len(conds)
            gate = conds[asked]
            level = 0 if gate is None else level
        levels[fact_id(entry)] = level
        while len(at) <= level:
            at.append(_Level())
        if isinstance(entry, Step) and given:
            at[level].slots.append(Slot.of(entry, gate))
        else:
            at[level].entries.append(entry)
    pairs = {number: pair for pair, number in conds.items()}
    for each in at:
        yield from each.entries
        gates = dict.fromkeys(slot.gate for slot in each.slots if slot.gate is not None)
        if gates:
            yield Gates({number: pairs[number] for number in gates})
        yield from together(each.slots, read)


class Gates:
    """What says of questions and judgements whether they are asked, read all at once.

    Where they speak of facts with few values alone, what these came to before is remembered.
    """

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
        spoken = frozenset[Ref]().union(*map(refs, asked.values()))
        few = all(ref.kind.sort in (Sort.YES_NO, Sort.CODE) for ref in spoken)
        names = sorted(ref.name for ref in spoken)
        self.facts = itemgetter(*names) if names and few else None
        self.read: Callable[[Record], Any] = compiled(asked).bind()
        self.numbers = list(conds)
        self.made: dict[object, dict[int | None, int]] = {}

    def states(self, values: dict[str, Value]) -> Mapping[int | None, int]:
        """How each stands where facts have these values, as one number below ``STATES``."""
        try:
            key = self.facts(values) if self.facts else None
        except KeyError:  # one of them is never stated
            key = None
        known = None if key is None else self.made.get(key)
        if known is None:
            known = self._read(Record(values))
            if key is not None and len(self.made) < MOST_REMEMBERED:
                self.made[key] = known
        return known

    def _read(self, record: Record) -> dict[int | None, int]:
        states: dict[int | None, int] = dict.fromkeys(self.numbers, 0)
        surely, maybe, _ = self.read(record)
        for hits, times in ((surely, 1), (maybe, 2)):
            for id, _ in hits:
                number, weight = self.weights[id]
                states[number] += times * weight
        return states


def _always_so(cond: Cond) -> bool:
    """Whether a condition holds of every record, or of none."""
    surely, maybe = settle(sure(cond), Known()), settle(possible(cond), Known())
    return surely == maybe and surely in (ALWAYS, NEVER)
