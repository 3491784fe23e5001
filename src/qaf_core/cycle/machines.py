"""Machines: the states something can be in, and the table of what leads from one to another."""

from __future__ import annotations

import operator
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, TypeAlias

from attrs import field, fields, frozen

from qaf_core.errors import DefinitionError, did_you_mean
from qaf_core.logic.expressions import (
    ALWAYS,
    And,
    Compare,
    Cond,
    HasState,
    In,
    Op,
    Or,
    Ref,
    collections_of,
    refs,
)
from qaf_core.logic.expressions import State as Presence
from qaf_core.logic.lower import met, sure
from qaf_core.logic.values import DATE, ID, TEXT, Kind, Record, Sort, Value
from qaf_core.provenance import Reference, Standing
from qaf_core.settings import Setting
from qaf_core.timing import Deadline

__all__ = [
    "NOT_REQUIRED",
    "START",
    "Clock",
    "Derived",
    "Guard",
    "Machine",
    "Paper",
    "State",
    "Transition",
    "actor",
    "on_day",
    "post",
]

START = ""
"""Where a process stands before its first event."""

NOT_REQUIRED = "not required"
"""The value of a setting that switches a guard off."""

actor = Ref("actor", ID, label="the role that acts")
post = Ref("post", ID, label="the post that acts", private=True)
on_day = Ref("on", DATE, label="the day")

_BUILT_IN = {each.name: each for each in (actor, post, on_day)}


def __dir__() -> list[str]:
    return __all__


@frozen(kw_only=True)
class State:
    """A state that something can be in.

    Attributes:
        id: its id; for a stage of a cycle, the stage's.
        title: the name people read.
        what: what happens there, in a sentence.
        owner: id of the role or board whose turn it is; "" where nobody's.
        end: whether nothing more is due there.
        source, standing: where it comes from and how firmly it stands.
    """

    id: str
    title: str
    what: str = ""
    owner: str = ""
    end: bool = False
    source: Reference
    standing: Standing


@frozen(kw_only=True)
class Paper:
    """Something to be put on file on the way: a document by its id, a day, a yes or no.

    Attributes:
        id: its id, which guards speak of.
        label: what to call it in a sentence.
        kind: the type of its value. Text is private and never shown.
        many: whether it is a list of ids that only grows.
        once: whether it stays as it was first put on file.
        source, standing: where it comes from and how firmly it stands.
    """

    id: str
    label: str
    kind: Kind = ID
    many: bool = False
    once: bool = False
    source: Reference
    standing: Standing

    @property
    def ref(self) -> Ref:
        """The paper as a term of conditions."""
        return Ref(self.id, self.kind, label=self.label, private=self.kind == TEXT)

    @property
    def takes(self) -> str:
        """What a value of it is, in words."""
        return "a list of ids, each once" if self.many else self.kind.takes

    def admits(self, value: object) -> bool:
        """Whether a value may be put on file for it."""
        if self.many:
            return (
                isinstance(value, tuple)
                and bool(value)
                and len(set(value)) == len(value)
                and all(type(each) is str and each.strip() for each in value)
            )
        if type(value) is str and not value.strip():
            return False
        return self.kind.admits(value)

    @property
    def reader(self) -> Callable[[object], bool]:
        """``admits`` as a function, the quicker where little decides."""
        if self.many:
            return self.admits
        match self.kind.sort:
            case Sort.YES_NO:
                return lambda value: type(value) is bool
            case Sort.DATE:
                return lambda value: type(value) is date
            case Sort.ID | Sort.TEXT:
                return lambda value: type(value) is str and not value.isspace() and value != ""
            case Sort.COUNT:
                return lambda value: type(value) is int and value >= 0
        return self.admits


Look: TypeAlias = Mapping[str, Any]
"""What is on file, by id of the paper."""


@frozen(kw_only=True)
class Derived:
    """A fact worked out from what is on file.

    Attributes:
        id, label, kind: as of a paper.
        rests_on: ids of the papers it is worked out from; while one of them is missing
            the function is still called.
        function: pure; given what was on file before and what is once the command's
            papers are added.
    """

    id: str
    label: str
    kind: Kind
    rests_on: tuple[str, ...]
    function: Callable[[Look, Look], Value] = field(repr=False)

    @property
    def ref(self) -> Ref:
        """The fact as a term of conditions."""
        return Ref(self.id, self.kind, label=self.label)


@frozen(kw_only=True)
class Guard:
    """What must hold before something may happen.

    Attributes:
        id: its id.
        statement: the requirement in one sentence.
        holds: the condition, on the papers on file and the papers brought.
        switch: the setting that switches it off where its value is ``NOT_REQUIRED``.
        source, standing: where it comes from and how firmly it stands.
    """

    id: str
    statement: str
    holds: Cond
    switch: Setting | None = None
    source: Reference
    standing: Standing


@frozen(kw_only=True)
class Clock:
    """A time limit that starts on the way.

    Attributes:
        id: its id; while it runs, guards may speak of its last day by it.
        statement: what is due by then, in a sentence.
        within: how long there is, counted from the paper that the deadline names; from
            the day of the event where it names none of the machine's; None where no
            limit is stated. While that paper is missing there is no day.
        anchor: the setting that names the paper it counts from, instead of the deadline.
        dated: id of the paper that is itself the last day; instead of a span.
        keeps: whether starting it again leaves the day it has.
        source, standing: where it comes from and how firmly it stands.
    """

    id: str
    statement: str
    within: Deadline | Setting | None = None
    anchor: Setting | None = None
    dated: str = ""
    keeps: bool = False
    source: Reference
    standing: Standing

    def __attrs_post_init__(self) -> None:
        if self.within is not None and self.dated:
            raise DefinitionError(f"Clock {self.id!r} has a span or a dated paper, not both.")
        if isinstance(self.within, Setting) and not isinstance(self.within.value, Deadline):
            raise DefinitionError(f"Clock {self.id!r} rests on a setting that is no deadline.")


@frozen(kw_only=True)
class Transition:
    """One row of the table: an event, from which states, to which.

    Attributes:
        id: the row's id.
        event: what happens; several rows may share it.
        title: what happens, in words.
        leaves: ids of the states it leads from; ``START`` for the first event.
        to: id of the state it leads to.
        by: ids of the roles and boards that may; nobody is named where no rule says who.
        needs: ids of papers that must be on file, or come with it.
        makes: ids of papers that must come with it.
        may: ids of papers that may come with it.
        signs: id of the list that takes the role that acts, or "".
        clears: ids of papers that no longer count afterwards; history keeps them.
        guards: ids of what else must hold.
        when: which of several rows with this event is taken: the first that is met.
        starts, stops: ids of the clocks it starts and stops.
        reason: whether a reason must be given.
        source, standing: where it comes from and how firmly it stands.
    """

    id: str
    event: str = ""
    title: str
    leaves: tuple[str, ...]
    to: str
    by: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    makes: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    signs: str = ""
    clears: tuple[str, ...] = ()
    guards: tuple[str, ...] = ()
    when: Cond = ALWAYS
    starts: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    reason: bool = False
    source: Reference
    standing: Standing

    @property
    def name(self) -> str:
        """The event it happens by: its own id where none is given."""
        return self.event or self.id


@frozen(kw_only=True)
class Machine:
    """A table of states and transitions, checked once.

    Attributes:
        id, version: what processes are pinned to.
        title: the name people read.
        about: what goes through it, in a phrase.
        states, papers, derived, guards, clocks, transitions: the table.
        source, standing: where it comes from and how firmly it stands.

    Raises:
        DefinitionError: the table does not hold together. Everything wrong is said.
    """

    id: str
    version: str
    title: str
    about: str = ""
    states: tuple[State, ...] = field(repr=False)
    papers: tuple[Paper, ...] = field(default=(), repr=False)
    derived: tuple[Derived, ...] = field(default=(), repr=False)
    guards: tuple[Guard, ...] = field(default=(), repr=False)
    clocks: tuple[Clock, ...] = field(default=(), repr=False)
    transitions: tuple[Transition, ...] = field(repr=False)
    source: Reference
    standing: Standing
    pin: str = field(init=False, eq=False, repr=False)
    rows: Mapping[str, tuple[Row, ...]] = field(init=False, eq=False, repr=False)
    here: Mapping[tuple[str, str], tuple[Row, ...]] = field(init=False, eq=False, repr=False)
    row: Mapping[str, Row] = field(init=False, eq=False, repr=False)
    paper: Mapping[str, Paper] = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        wrong = tuple(_problems(self))
        if wrong:
            raise DefinitionError(f"Machine {self.id!r} does not hold together. " + " ".join(wrong))
        paper = {each.id: each for each in self.papers}
        row = {each.id: Row.of(each, self, paper) for each in self.transitions}
        rows: dict[str, tuple[Row, ...]] = {}
        for one in row.values():
            rows[one.transition.name] = (*rows.get(one.transition.name, ()), one)
        here: dict[tuple[str, str], tuple[Row, ...]] = {}
        for name, those in rows.items():
            for state in (START, *(each.id for each in self.states)):
                leaving = tuple(each for each in those if state in each.leaves)
                if leaving:
                    here[name, state] = leaving
        object.__setattr__(self, "here", here)
        object.__setattr__(self, "pin", f"{self.id} {self.version}")
        object.__setattr__(self, "row", row)
        object.__setattr__(self, "rows", rows)
        object.__setattr__(self, "paper", paper)

    def __reduce__(self) -> tuple[Callable[[dict[str, Any]], Machine], tuple[dict[str, Any]]]:
        """What was made ready is made ready again, and not carried along."""
        given = (each.name for each in fields(Machine) if each.init)
        return _again, ({name: getattr(self, name) for name in given},)

    def state(self, id: str) -> State:
        """The state with this id."""
        return next(each for each in self.states if each.id == id)

    def clock(self, id: str) -> Clock:
        """The clock with this id."""
        return next(each for each in self.clocks if each.id == id)

    def ends(self) -> tuple[str, ...]:
        """Ids of the states in which nothing more is due."""
        return tuple(each.id for each in self.states if each.end)

    def to_mermaid(self) -> str:
        """The table as a Mermaid state diagram."""
        lines = ["stateDiagram-v2"]
        lines += [f"    {each.id}: {each.title}" for each in self.states]
        for row in self.transitions:
            for state in row.leaves:
                lines.append(f"    {state or '[*]'} --> {row.to}: {row.title}")
        lines += [f"    {each.id} --> [*]" for each in self.states if each.end]
        return "\n".join(lines) + "\n"


def _again(given: dict[str, Any]) -> Machine:
    return Machine(**given)


@frozen(eq=False)
class Row:
    """A transition made ready to be decided on."""

    transition: Transition
    leaves: frozenset[str]
    by: frozenset[str]
    missing: tuple[str, ...]
    makes: frozenset[str]
    papers: Mapping[str, Paper]
    admits: Mapping[str, Callable[[object], bool]]
    once: frozenset[str]
    lists: frozenset[str]
    known: Mapping[str, Paper]
    looks_up: bool
    guards: tuple[tuple[Guard, Callable[[Look], bool]], ...]
    when: Callable[[Look], bool]
    clocks: tuple[Clock, ...]
    derived: tuple[Derived, ...]

    @classmethod
    def of(cls, each: Transition, machine: Machine, known: Mapping[str, Paper]) -> Row:
        """The row of a table that holds together."""
        guards = {guard.id: guard for guard in machine.guards}
        clocks = {clock.id: clock for clock in machine.clocks}
        comes = {*each.needs, *each.makes, *each.may}
        papers = {id: one for id, one in known.items() if id in comes}
        conds = [each.when, *(guards[id].holds for id in each.guards)]
        spoken = {ref.name for cond in conds for ref in refs(cond)}
        return cls(
            transition=each,
            leaves=frozenset(each.leaves),
            by=frozenset(each.by),
            missing=tuple(dict.fromkeys((*each.needs, *each.makes))),
            makes=frozenset(each.makes),
            papers=papers,
            admits={id: one.reader for id, one in papers.items()},
            once=frozenset(id for id, one in papers.items() if one.once),
            lists=frozenset(id for id, one in papers.items() if one.many),
            known=known,
            looks_up=not spoken <= set(known),
            guards=tuple((guards[id], reader(guards[id].holds)) for id in each.guards),
            when=reader(each.when),
            clocks=tuple(clocks[id] for id in each.starts),
            derived=tuple(one for one in machine.derived if one.id in spoken),
        )


def reader(cond: Cond) -> Callable[[Look], bool]:
    """Whether a condition surely holds of what is on file, as a function.

    The commonest conditions are read without going through the tree; every other is
    read as the engine reads it, and all mean the same.
    """
    return _reader(sure(cond))


def _reader(lowered: Cond) -> Callable[[Look], bool]:
    match lowered:
        case And():
            every = tuple(map(_reader, lowered.parts))
            return lambda look: all(each(look) for each in every)
        case Or():
            some = tuple(map(_reader, lowered.parts))
            return lambda look: any(each(look) for each in some)
        case In(ref=Ref(of=""), open=False) if lowered.ref.kind.sort is not Sort.CODES:
            name, values = lowered.ref.name, lowered.values
            if lowered.negated:
                return lambda look: name in look and look[name] not in values
            return lambda look: name in look and look[name] in values
        case HasState(ref=Ref(of=""), state=Presence.ANSWERED):
            name = lowered.ref.name
            return lambda look: name in look
        case Compare(left=Ref(of="") as left, right=Ref(of="") as right, open=False):
            compared = _COMPARED.get(lowered.op)
            if compared is not None and left.kind.sort in _PLAIN:
                one, other = left.name, right.name
                return lambda look: (
                    one in look and other in look and compared(look[one], look[other])
                )
    return lambda look: met(lowered, Record(look))


_PLAIN = (Sort.ID, Sort.DATE, Sort.COUNT)
_COMPARED: Mapping[Op, Callable[[Any, Any], bool]] = {
    Op.LT: operator.lt,
    Op.LE: operator.le,
    Op.GT: operator.gt,
    Op.GE: operator.ge,
    Op.EQ: operator.eq,
    Op.NE: operator.ne,
}


def _problems(machine: Machine) -> Iterator[str]:
    """Everything wrong with a table, each with what to do."""
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
            if what == "fact" and id in _BUILT_IN:
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
    known: dict[str, Ref] = dict(_BUILT_IN)
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
        yield from _missing("paper", derived.rests_on, (*rests, *_BUILT_IN), f"Fact {derived.id!r}")
    dated = {paper.id for paper in machine.papers if paper.kind == DATE}
    for clock in machine.clocks:
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
