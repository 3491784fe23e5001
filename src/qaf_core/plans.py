"""A tool made ready: what its facts rest on, and the order they are settled in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from graphlib import CycleError, TopologicalSorter
from typing import Any, TypeAlias

from attrs import field, frozen

from qaf_core.bank_holidays import ENGLAND_AND_WALES
from qaf_core.errors import DefinitionError
from qaf_core.facts import Fact, Origin
from qaf_core.immutable import Remade, as_given
from qaf_core.logic.expressions import And, Cond, refs
from qaf_core.logic.lower import possible, sure
from qaf_core.logic.values import Sort
from qaf_core.scales import Scale, ScaleMap
from qaf_core.timing import WorkingCalendar
from qaf_core.tools.model import Judgement, Placed, Question, Section, Tool

__all__ = ["Plan", "Step", "children_of", "fact_id", "plan_for", "rests_on"]


def __dir__() -> list[str]:
    return __all__


Derives: TypeAlias = tuple[Callable[..., Any], tuple[str, ...], tuple[Any, ...], type | None]
"""A function, the facts that it is given, by id, what besides (numbers in force and the calendar),
and the type of which every value is one of the fact's kind, if there is such a type."""


@frozen(eq=False, kw_only=True)
class Step:
    """One question or judgement, with its conditions ready to be read.

    Attributes:
        name: id of the fact that it states.
        path: where its answer stands in an audit.
        asked, called: when it is asked, and when it must be answered, as written.
        children: what it follows from, where nobody gives it.
    """

    placed: Placed
    item: Question | Judgement
    name: str
    path: str
    asked: Cond
    called: Cond
    asked_surely: Cond
    asked_maybe: Cond
    called_surely: Cond
    called_maybe: Cond
    children: tuple[Question | Judgement, ...] = ()


@frozen(eq=False, kw_only=True)
class Plan:
    """A tool made ready: what its facts rest on, in the order they are settled.

    Attributes:
        within: the questions that lie in each section, by id.
        speaks_for: sections whose only judgement sets them aside, by its id.
        may_be_set_aside: ids of the sections that an auditor may set aside.
        derives: how each derived fact is worked out.
        day_tells: whether a question or judgement may come to something else on another day.
        made: what is made of the plan once, for all audits.
    """

    tool: Tool
    host: tuple[Fact, ...]
    order: tuple[Step | Fact, ...] = field(repr=False)
    within: Mapping[str, frozenset[str]] = field(repr=False)
    speaks_for: Mapping[str, str] = field(repr=False)
    may_be_set_aside: frozenset[str] = field(repr=False)
    scales: tuple[Scale, ...] = field(repr=False)
    maps: tuple[ScaleMap, ...] = field(repr=False)
    settings: Mapping[str, Any] = field(repr=False)
    calendar: WorkingCalendar = field(repr=False)
    derives: Mapping[str, Derives] = field(init=False, repr=False)
    day_tells: bool = field(init=False, repr=False)
    made: dict[str, Any] = field(init=False, repr=False, factory=dict)

    @day_tells.default
    def _day_tells(self) -> bool:
        tells = {"today"}
        for entry in self.order:
            if rests_on(entry) & tells:
                tells.add(fact_id(entry))
        return any(isinstance(each, Step) and each.name in tells for each in self.order)

    @derives.default
    def _derives(self) -> dict[str, Derives]:
        return {
            each.id: (
                derivation.function,
                tuple(ref.name for ref in derivation.rests_on),
                (
                    *(self.settings.get(one.id, one.value) for one in derivation.settings),
                    *((self.calendar,) if derivation.uses_calendar else ()),
                ),
                {Sort.YES_NO: bool, Sort.DATE: date}.get(each.kind.sort),
            )
            for each in self.order
            if isinstance(each, Fact) and (derivation := each.derivation)
        }

    def __reduce__(self) -> Remade:
        return as_given(self)

    @property
    def known(self) -> frozenset[str]:
        """Ids of the facts this tool's audits can state."""
        known = {"audited", "today", *(fact.id for fact in self.host)}
        for entry in self.order:
            if not isinstance(entry, Fact) or rests_on(entry) <= known:
                known.add(fact_id(entry))
        return frozenset(known)


def fact_id(entry: Step | Fact) -> str:
    """Id of the fact that a step settles."""
    return entry.id if isinstance(entry, Fact) else entry.name


def plan_for(
    tool: Tool,
    facts: Iterable[Fact] = (),
    *,
    scales: Iterable[Scale] = (),
    maps: Iterable[ScaleMap] = (),
    settings: Mapping[str, Any] | None = None,
    calendar: WorkingCalendar = ENGLAND_AND_WALES,
) -> Plan:
    """Make a tool ready to turn audits into records.

    Args:
        tool: the tool.
        facts: the framework's shared facts.
        scales: the framework's scales.
        maps: how grades of one scale read on another.
        settings: values in force, by id, where they depart from those shipped.
        calendar: bank holidays, for derived facts that count working days.

    Raises:
        DefinitionError: facts rest on each other in a circle.
    """
    shared = [fact for fact in facts if fact.known_for(tool.subject)]
    host = tuple(fact for fact in shared if fact.origin is Origin.HOST)
    entries: dict[str, Step | Fact] = {
        fact.id: fact for fact in shared if fact.origin is Origin.DERIVED
    }
    for placed in (*tool.questions, *tool.judged):
        entries[placed.item.ref.name] = _step(placed, tool)
    graph = {
        id: [each for each in sorted(rests_on(entry)) if each in entries]
        for id, entry in entries.items()
    }
    try:
        order = tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        circle = " -> ".join(error.args[1])
        raise DefinitionError(
            f"Tool {tool.id!r}: whether {circle} is asked rests on itself. Break the circle."
        ) from error
    within = {
        section.id: frozenset(
            placed.item.id for placed in tool.questions if section in placed.sections
        )
        for section in tool.sections
    }
    return Plan(
        tool=tool,
        host=host,
        order=tuple(entries[id] for id in order),
        within=within,
        speaks_for={
            section.judgements[0].id: section.id
            for section in tool.sections
            if len(section.judgements) == 1 and section.judgements[0].takes_na
        },
        may_be_set_aside=frozenset(section.id for section in tool.sections if section.takes_na),
        scales=tuple(scales),
        maps=tuple(maps),
        settings=dict(settings or {}),
        calendar=calendar,
    )


def _step(placed: Placed, tool: Tool) -> Step:
    item = placed.item
    applies = tuple(section.applies for section in placed.sections)
    asked: Cond = And(applies)
    called_for = asked
    if isinstance(item, Question):
        asked = And((*applies, item.asked))
        called_for = And((asked, item.required))
    group = "answers" if isinstance(item, Question) else "judgements"
    return Step(
        placed=placed,
        item=item,
        name=item.ref.name,
        path=f"{group}.{item.id}",
        asked=asked,
        called=called_for,
        asked_surely=sure(asked),
        asked_maybe=possible(asked),
        called_surely=sure(called_for),
        called_maybe=possible(called_for),
        children=children_of(placed, tool),
    )


def children_of(placed: Placed, tool: Tool) -> tuple[Question | Judgement, ...]:
    """What a judgement that nobody gives follows from: what its section holds directly."""
    if not isinstance(placed.item, Judgement) or placed.item.judged:
        return ()
    if placed.item.same_as:
        return (tool.question(placed.item.same_as),)
    depth = len(placed.sections)

    def within(each: Placed, between: tuple[Section, ...]) -> bool:
        """Whether it lies below with no judged section between."""
        here = each.sections[:depth] == placed.sections
        return here and not any(section.judgements for section in between)

    inside = [each for each in tool.questions if within(each, each.sections[depth:])]
    below = [
        each
        for each in tool.judged
        if len(each.sections) > depth and within(each, each.sections[depth:-1])
    ]
    return tuple(each.item for each in (*inside, *below))


def rests_on(entry: Step | Fact) -> set[str]:
    """Ids of the facts it must be read after."""
    if isinstance(entry, Fact):
        return {ref.name for ref in entry.derivation.rests_on} if entry.derivation else set()
    asked = {ref.name for ref in refs(entry.asked_surely) | refs(entry.called_maybe)}
    return asked | {child.ref.name for child in entry.children}
