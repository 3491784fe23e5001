"""Whether a machine's table holds together; everything wrong is said at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from qaf_core.cycle.parts import BUILT_IN, START, Transition
from qaf_core.errors import did_you_mean
from qaf_core.logic.expressions import Ref, collections_of, refs
from qaf_core.logic.values import DATE
from qaf_core.settings import Setting
from qaf_core.timing import Deadline

if TYPE_CHECKING:
    from qaf_core.cycle.machines import Machine

__all__ = ["problems"]


def __dir__() -> list[str]:
    return __all__


def problems(machine: Machine) -> Iterator[str]:
    """Everything wrong with a table, each with what to do."""
    if not machine.id.isidentifier():
        yield f"Its id {machine.id!r} is no identifier. Use letters, digits and _."
    if not machine.version or " " in machine.version:
        yield "Its version is blank or has a space. Use one such as 2016.1."
    for what, ids in (
        ("state", [each.id for each in machine.states]),
        ("transition", [each.id for each in machine.transitions]),
        ("guard", [each.id for each in machine.guards]),
        ("fact", [*_fact_ids(machine)]),
    ):
        for id, times in Counter(ids).items():
            if times > 1:
                yield f"It has the {what} {id!r} {times} times. Use every id once."
            if not id.isidentifier():
                yield f"The {what} {id!r} is no identifier. Use letters, digits and _."
            if what == "fact" and id in BUILT_IN:
                yield f"The fact {id!r} is known of every event. Choose another id."
    for each in machine.transitions:
        yield from _row_problems(each, machine)
    yield from _fact_problems(machine)
    yield from _dead_ends(machine)


def _fact_ids(machine: Machine) -> Iterator[str]:
    yield from (each.id for each in machine.papers)
    yield from (each.id for each in machine.derived)
    yield from (each.id for each in machine.clocks)


def _missing(what: str, ids: Iterable[str], known: Iterable[str], where: str) -> Iterator[str]:
    known = set(known)
    for id in ids:
        if id not in known:
            near = did_you_mean(id, known)
            yield f"{where} names the {what} {id!r}, which it does not have.{near}"


def _row_problems(each: Transition, machine: Machine) -> Iterator[str]:
    where = f"Transition {each.id!r}"
    states = [state.id for state in machine.states]
    yield from _missing("state", each.leaves, [*states, START], where)
    yield from _missing("state", (each.to,), states, where)
    papers = (*each.needs, *each.makes, *each.may, *each.clears, *filter(None, (each.signs,)))
    yield from _missing("paper", papers, (paper.id for paper in machine.papers), where)
    yield from _missing("guard", each.guards, (guard.id for guard in machine.guards), where)
    clocks = (*each.starts, *each.stops)
    yield from _missing("clock", clocks, (clock.id for clock in machine.clocks), where)
    if not each.leaves:
        yield f"{where} leads from nowhere. Name the states it leaves, or START."
    if each.signs in {paper.id for paper in machine.papers if not paper.many}:
        yield f"{where} signs {each.signs!r}, which is no list."


def _fact_problems(machine: Machine) -> Iterator[str]:
    known: dict[str, Ref] = dict(BUILT_IN)
    known |= {each.id: each.ref for each in machine.papers}
    known |= {each.id: each.ref for each in machine.derived}
    known |= {each.id: Ref(each.id, DATE) for each in machine.clocks}
    conditions = [(f"Guard {each.id!r}", each.holds) for each in machine.guards]
    conditions += [(f"Transition {each.id!r}", each.when) for each in machine.transitions]
    for where, cond in conditions:
        if collections_of(cond):
            yield f"{where} looks over items; a machine has facts only."
        for ref in sorted(refs(cond), key=lambda ref: ref.name):
            if ref.of:
                continue
            yield from _missing("fact", (ref.name,), known, where)
            if ref.name in known and known[ref.name].kind != ref.kind:
                yield f"{where} takes {ref.name!r} for {ref.kind.id}, which it is not."
    for derived in machine.derived:
        rests = (paper.id for paper in machine.papers)
        yield from _missing("paper", derived.rests_on, (*rests, *BUILT_IN), f"Fact {derived.id!r}")
    dated = {paper.id for paper in machine.papers if paper.kind == DATE}
    for clock in machine.clocks:
        others = {paper.id for paper in machine.papers} - dated
        limit = clock.within.value if isinstance(clock.within, Setting) else clock.within
        if isinstance(limit, Deadline) and limit.after in others:
            yield f"Clock {clock.id!r} counts from {limit.after!r}, which is no day."
        if clock.anchor is not None:
            choices = tuple(map(str, clock.anchor.choices or (clock.anchor.value,)))
            yield from _missing("dated paper", choices, dated, f"Clock {clock.id!r}")
        if clock.dated:
            yield from _missing("dated paper", (clock.dated,), dated, f"Clock {clock.id!r}")


def _dead_ends(machine: Machine) -> Iterator[str]:
    """States that nothing leads to, and states from which no end can be reached."""
    onward: dict[str, set[str]] = {}
    for each in machine.transitions:
        for id in each.leaves:
            onward.setdefault(id, set()).add(each.to)

    def reached(start: str) -> set[str]:
        found, todo = {start}, [start]
        while todo:
            for id in onward.get(todo.pop(), set()) - found:
                found.add(id)
                todo.append(id)
        return found

    if START not in onward:
        yield "It never starts: no transition leaves START."
    from_start = reached(START)
    ends = {each.id for each in machine.states if each.end}
    for state in machine.states:
        if state.id not in from_start:
            yield f"Nothing leads to the state {state.id!r}."
        if not reached(state.id) & ends:
            yield f"From the state {state.id!r} no end can be reached."
