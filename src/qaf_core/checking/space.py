"""All the audits of a tool that a goal can tell apart, choice by choice.

Every choice is settled by the code that makes records of audits, so that what a search
reads is what a review of the audit would read. Two things stand in for more than they
are: a derived fact may come out as anything once all it rests on is given, and so may a
judgement that is computed. A closer look decides whether an audit there is makes it so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, cast

from qaf_core.audits import Audit
from qaf_core.checking.choices import (
    Answer,
    Computed,
    Day,
    Derived,
    Gathered,
    Host,
    Item,
    Same,
    SetAside,
)
from qaf_core.checking.cone import FIXED, GATHERED, Cone
from qaf_core.checking.drafts import Draft
from qaf_core.facts import Fact, audited, today
from qaf_core.logic.check import Choice
from qaf_core.logic.expressions import Ref
from qaf_core.logic.partial import FREE
from qaf_core.logic.representatives import representatives
from qaf_core.logic.values import Record, Value
from qaf_core.plans import Plan, Step, fact_id, rests_on
from qaf_core.settling import Reading
from qaf_core.tools.model import Judgement, Placed

__all__ = ["Space"]


def __dir__() -> list[str]:
    return __all__


class Space:
    """The audits of one tool, as far as a goal rests on them.

    Attributes:
        draft: the audit with the choices made so far.
        record: what is known of its record, the rest free.
        choices: what there is to choose, each after all that it rests on.
    """

    def __init__(
        self, plan: Plan, cone: Cone, *, around: date, parties: tuple[str, ...], audit: str
    ) -> None:
        self.plan = plan
        self.cone = cone
        self.around = around
        self.parties = parties
        self.draft = Draft(plan.tool, around, audit)
        self.entries = {fact_id(entry): entry for entry in plan.order}
        self.reading = Reading(cast("Audit", self.draft), plan, around, frozenset())
        self.values = self.reading.values
        self.values.update(dict.fromkeys(cone.facts, FREE))
        self.made: dict[str, dict[str, Any]] = {name: {} for name in FIXED}
        self.items: dict[str, Any] = {
            **{name: cone.items[name] for name in FIXED},
            **{name: FREE if name in cone.gathered or cone.most[name] else () for name in GATHERED},
        }
        self.record = Record(self.values, self.items)
        self.choices: list[Choice] = list(self._choices())

    # --- what there is to choose ---------------------------------------------------

    def _choices(self) -> Iterator[Choice]:
        """The facts that conditions name come first, so that they rule out most at once."""
        done: set[str] = set()
        for name in self.cone.first:
            yield from self._settling(name, done)
        for name in GATHERED:
            if self.items[name] is FREE:
                yield Gathered(self, name)
        waiting = [
            (collection, placed)
            for collection, group in (
                ("questions", self.plan.tool.questions),
                ("judgements", self.plan.tool.judged),
            )
            for placed in group
            if (collection, placed.item.id) in self.cone.fields
        ]
        rest = [fact_id(entry) for entry in self.plan.order if fact_id(entry) in self.cone.facts]
        for name in ("", *rest, *sorted(self.cone.facts)):
            yield from self._settling(name, done)
            for item in list(waiting):
                if self._rests_on(*item) <= done:
                    waiting.remove(item)
                    yield Item(self, *item)

    def _settling(self, name: str, done: set[str]) -> Iterator[Choice]:
        """What settles a fact, after what settles all that it rests on."""
        if name in done or name not in self.cone.facts:
            return
        entry = self.entries.get(name)
        for each in sorted(rests_on(entry)) if entry is not None else ():
            yield from self._settling(each, done)
        done.add(name)
        if isinstance(entry, Step):
            for section in entry.placed.sections:
                if section.takes_na and f"section {section.id}" not in done:
                    done.add(f"section {section.id}")
                    yield SetAside(self, section)
        yield self._choice(name, entry)

    def _choice(self, name: str, entry: Step | Fact | None) -> Choice:
        if entry is None:
            host = {fact.id: fact for fact in self.plan.host}
            if name in host:
                return Host(self, host[name])
            return Day(self, today if name == today.name else audited)
        if isinstance(entry, Fact):
            return Derived(self, entry)
        if isinstance(entry.item, Judgement) and entry.item.computed is not None:
            return Computed(self, entry, entry.item)
        if isinstance(entry.item, Judgement) and not entry.item.judged:
            return Same(self, entry)
        return Answer(self, entry)

    def _rests_on(self, collection: str, placed: Placed) -> set[str]:
        """Ids of the facts that must be settled before a question or judgement is an item."""
        fields = self.cone.fields[collection, placed.item.id]
        needed = {placed.item.ref.name}
        if collection == "judgements" and fields & {"adverse", "adverse_count", "answer_count"}:
            inside = self.plan.within.get(placed.section)
            needed |= {
                each.item.ref.name
                for each in self.plan.tool.questions
                if (inside is None or each.item.id in inside)
                and ("questions", each.item.id) in self.cone.fields
            }
        return needed & self.cone.facts

    def reps(self, ref: Ref, rivals: int = 0) -> tuple[Value, ...]:
        """The values that stand for all that a fact or field can have."""
        return representatives(ref, self.cone.compared, around=self.around, rivals=rivals)

    def set(self, name: str, value: Value) -> Callable[[], None]:
        """What settles a fact of the record."""
        return lambda: self.values.__setitem__(name, value)
