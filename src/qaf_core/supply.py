"""What people must supply before an open fact has a value."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from qaf_core.facts import Fact
from qaf_core.logic.explain import Rest
from qaf_core.logic.values import Gap, Record
from qaf_core.plans import Plan, Step, fact_id, rests_on
from qaf_core.tools.model import Question

__all__ = ["Supply"]


def __dir__() -> list[str]:
    return __all__


@frozen(eq=False)
class Supply:
    """Where the facts of a tool come from, down to what people give."""

    plan: Plan
    entries: Mapping[str, Step | Fact] = field(init=False, repr=False)
    stated_by: Mapping[str, str] = field(init=False, repr=False)
    """The fact that each question states."""
    adverse_in: Mapping[str, tuple[str, ...]] = field(init=False, repr=False)
    """The facts of the questions that can be adverse, by the judgement on their section."""

    @entries.default
    def _entries(self) -> dict[str, Step | Fact]:
        return {fact_id(entry): entry for entry in self.plan.order}

    @stated_by.default
    def _stated_by(self) -> dict[str, str]:
        return {placed.item.id: placed.item.ref.name for placed in self.plan.tool.questions}

    @adverse_in.default
    def _adverse_in(self) -> dict[str, tuple[str, ...]]:
        can_be = {
            placed.item.id: placed.item.fact
            for placed in self.plan.tool.questions
            if isinstance(placed.item, Question) and placed.item.adverse
        }
        within = self.plan.within
        return {
            placed.item.id: tuple(
                fact
                for id, fact in can_be.items()
                if placed.section not in within or id in within[placed.section]
            )
            for placed in self.plan.tool.judged
        }

    def missing(self, rest: Rest, record: Record) -> list[str]:
        """Ids of what must be supplied before a fact that a verdict rests on has a value."""
        name = rest.ref.name
        if not rest.ref.of:
            return self._leaves(name, record)
        if rest.ref.of == "questions":
            fact = self.stated_by[rest.item]
            if name not in ("asked", "required"):
                return self._leaves(fact, record)
            below = sorted(rests_on(self.entries[fact]))
            return [leaf for each in below for leaf in self._leaves(each, record)]
        if rest.ref.of == "judgements":
            if name in ("adverse", "adverse_count"):
                facts = self.adverse_in[rest.item]
                return [fact for fact in facts if record.facts[fact] is Gap.PENDING]
            return self._leaves(rest.item, record)
        return [rest.name]

    def _leaves(self, name: str, record: Record) -> list[str]:
        """The fact itself, or those it is derived from, as far as they are missing."""
        value = record.facts.get(name, Gap.UNKNOWN)
        if not (isinstance(value, Gap) and value.open):
            return []
        entry = self.entries.get(name)
        if isinstance(entry, Fact):
            below = sorted(rests_on(entry))
            return [leaf for each in below for leaf in self._leaves(each, record)]
        if entry is not None and entry.children:
            names = (each.ref.name for each in entry.children)
            return [leaf for each in names for leaf in self._leaves(each, record)] or [name]
        return [name]
