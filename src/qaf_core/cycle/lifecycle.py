"""One small engine for whatever has states: decide, apply, replay, and what may happen next.

A process is immutable. A command is decided on: it gives an event, or a refusal that
lists everything unmet. An event applied gives the process as it then stands, with the
event added to its history. Who acts and on what day are given; no clock is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any, TypeAlias

from qaf_core.bank_holidays import ENGLAND_AND_WALES
from qaf_core.cycle.machines import Machine
from qaf_core.cycle.parts import NOT_REQUIRED, Clock, Guard, Paper, Transition
from qaf_core.cycle.processes import Actor, Command, Event, Option, Process, Refusal, Unmet
from qaf_core.cycle.rows import Row
from qaf_core.errors import Fault, InputError, NotInForceError, nearest
from qaf_core.immutable import FrozenMap, making
from qaf_core.settings import Setting, SettingValue
from qaf_core.timing import Deadline, WorkingCalendar

__all__ = ["apply", "available", "begin", "decide", "replay"]

_NO_SETTINGS: Mapping[str, SettingValue] = MappingProxyType({})
_NOTHING: FrozenMap[str, Any] = FrozenMap()
_event, _process = making(Event), making(Process)


def __dir__() -> list[str]:
    return __all__


def begin(machine: Machine, id: str) -> Process:
    """A process of a machine before its first event."""
    return Process(machine=machine.pin, id=id)


def decide(
    machine: Machine,
    process: Process,
    command: Command,
    *,
    settings: Mapping[str, SettingValue] = _NO_SETTINGS,
    calendar: WorkingCalendar = ENGLAND_AND_WALES,
) -> Event | Refusal:
    """Whether something may happen.

    Args:
        machine: the table.
        process: how things stand.
        command: what is wanted, by whom and on what day.
        settings: the values in force, by id, where they depart from those shipped.
        calendar: bank holidays, for clocks in working days. A clock that would run past
            it has no day, which the event shows by None.

    Returns:
        The event; or a refusal that lists everything unmet. Where the event does not lead
        from this state, what it lacks besides is listed as of the first row that has it.
    """
    rows = machine.here.get((command.event, process.state))
    unmet: Sequence[Unmet] = ()
    if rows is None or process.machine != machine.pin:
        unmet = tuple(_misplaced(machine, process, command))
        rows = rows or machine.rows.get(command.event)
    if rows is not None:
        row, seen = rows[0], _look(rows[0], process, command)
        if len(rows) > 1:
            row, seen = _chosen(rows, process, command, seen)
        unmet = (*unmet, *_unmet(row, process, command, seen, settings))
    if unmet:
        return Refusal(event=command.event, state=process.state, unmet=tuple(unmet))
    return _event(
        machine=machine.pin,
        event=command.event,
        row=row.transition.id,
        to=row.transition.to,
        by=command.by,
        on=command.on,
        brings=command.brings,
        reason=command.reason,
        due=_due(row, process, seen[0], command.on, settings=settings, calendar=calendar)
        if row.clocks
        else _NOTHING,
    )


def apply(machine: Machine, process: Process, event: Event) -> Process:
    """The process after an event.

    Raises:
        InputError: it is a refusal, whose every requirement is named; or the event was
            decided by another table or version, does not lead from this state, or lies
            before the last one.
    """
    if isinstance(event, Refusal):
        raise InputError(_refused(event))
    row = machine.row.get(event.row)
    if row is None or not _fits(machine, row, process, event):
        raise InputError(_misfits(machine, process, event))
    return _moved(row, process, event)


def replay(
    machine: Machine,
    id: str,
    history: Iterable[Event],
    *,
    settings_on: Callable[[date], Mapping[str, SettingValue]] = lambda _: _NO_SETTINGS,
) -> Process:
    """The process that a history gives, each event decided on again as of its own day.

    Days that were worked out when a clock started stay as they were.

    Args:
        machine: the table.
        id: the host's own id.
        history: the events, in order.
        settings_on: the values in force on a day, where they depart from those shipped.

    Raises:
        InputError: some event could not have happened. Every fault is named.
    """
    process = begin(machine, id)
    faults: list[Fault] = []
    for number, event in enumerate(history):
        path, settings = f"history[{number}]", settings_on(event.on)
        faults += _doubts(machine, process, event, path, settings)
        row = machine.row.get(event.row)
        if row is not None:
            process = _moved(row, process, event)
    if faults:
        raise InputError(faults)
    return process


def available(
    machine: Machine,
    process: Process,
    *,
    by: Actor,
    on: date,
    settings: Mapping[str, SettingValue] = _NO_SETTINGS,
) -> tuple[Option, ...]:
    """What may happen next, and what each of it still lacks.

    Args:
        machine: the table.
        process: how things stand.
        by: who asks.
        on: on what day.
        settings: the values in force, by id, where they depart from those shipped.

    Returns:
        Every row that leads from this state, as if asked for with no further papers.
    """
    options = []
    for row in machine.row.values():
        if process.state in row.leaves:
            command = Command(event=row.transition.name, by=by, on=on)
            unmet = _unmet(row, process, command, _look(row, process, command), settings)
            options.append(Option(transition=row.transition, unmet=tuple(unmet)))
    return tuple(options)


# --- deciding ------------------------------------------------------------------------------


_Seen: TypeAlias = tuple[dict[str, Any], list[str]]
"""What is on file once a command's papers are added, and ids of those that come amiss."""


def _chosen(
    rows: Sequence[Row], process: Process, command: Command, at_first: _Seen
) -> tuple[Row, _Seen]:
    """The first row whose condition is met, else the first; and what is on file for it."""
    first = rows[0]
    for row in rows:
        seen = at_first if row.kin == first.kin else _look(row, process, command)
        if row.when(seen[0]):
            return row, seen
    return first, at_first


def _look(row: Row, process: Process, command: Command) -> _Seen:
    """What is on file once the command's papers are added, and what follows from that.

    What is no value of its paper stays out.
    """
    look, brings = process.papers.copied(), command.brings.copied()
    before = look.copy() if row.derived else look
    admits, once, amiss = row.admits, row.once, []
    for id, value in brings.items():
        admitted = admits.get(id)
        if admitted is None or not admitted(value) or (id in look and id in once):
            amiss.append(id)
    for id in amiss:
        if id not in admits or not admits[id](brings[id]):
            del brings[id]
    _add(row, look, brings)
    if row.transition.signs:
        _sign(row, look, command.by.role)
    if row.looks_up:  # some guard speaks of more than papers
        look["actor"], look["post"], look["on"] = command.by.role, command.by.post, command.on
        for id, due in process.due.items():
            if due is not None:
                look[id] = due
        for each in row.derived:
            look[each.id] = each.function(before, look)
    return look, amiss


def _add(row: Row, papers: dict[str, Any], brings: dict[str, Any]) -> None:
    """Put what comes with an event on file; lists grow by it."""
    for id in row.lists:
        if id in brings:
            brings[id] = _grown(papers.get(id, ()), brings[id])
    papers |= brings


def _sign(row: Row, papers: dict[str, Any], role: str) -> None:
    """Put the role that acts on the list of those who have."""
    papers[row.transition.signs] = _grown(papers.get(row.transition.signs, ()), (role,))


def _grown(before: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    if not before:
        return more
    return tuple(dict.fromkeys((*before, *more)))


def _misplaced(machine: Machine, process: Process, command: Command) -> Iterator[Unmet]:
    """Why an event is none that leads from here."""
    rows = machine.rows.get(command.event, ())
    if process.machine != machine.pin:
        yield Unmet(id="version", statement=f"The process is pinned to {machine.pin}.")
    if not rows:
        near = nearest(command.event, machine.rows)
        perhaps = f"; perhaps {near} is meant" if near else ""
        yield Unmet(id="event", statement=f"The event is one of {machine.title}{perhaps}.")
    elif not any(process.state in row.leaves for row in rows):
        leaves = dict.fromkeys(state for row in rows for state in row.transition.leaves)
        states = _listed(state or "the beginning" for state in leaves)
        yield Unmet(id="state", statement=f"It happens in {states}.")


def _unmet(
    row: Row,
    process: Process,
    command: Command,
    seen: _Seen,
    settings: Mapping[str, SettingValue],
) -> list[Unmet]:
    """Everything that a row lacks."""
    look, amiss = seen
    found: list[Unmet] = []
    each = row.transition
    if row.by and command.by.role not in row.by:
        statement = f"It is for {_listed(each.by)} to do."
        found.append(_of(each, "who", statement))
    if process.history and command.on < process.history[-1].on:
        found.append(Unmet(id="order", statement="It is not before the last event."))
    if each.reason and not command.reason.strip():
        found.append(_of(each, "reason", "A reason is given."))
    brought = command.brings.keys()
    for id in row.missing:
        if id in amiss:
            continue
        if id not in look or (id in row.makes and id not in brought):
            paper = row.papers[id]
            found.append(_of(paper, id, f"{_capital(paper.label)} is on file."))
    for id in amiss:
        found += _misbrought(row, process, id, command.brings[id])
    for guard, holds in row.guards:
        if not holds(look) and not _switched_off(guard, settings):
            found.append(_of(guard, guard.id, guard.statement))
    return found


def _misbrought(row: Row, process: Process, id: str, value: object) -> Iterator[Unmet]:
    """What is wrong with a paper that comes with a command; its value is never repeated."""
    paper = row.papers.get(id)
    if paper is None and id in row.known:
        yield Unmet(id=id, statement=f"{_capital(row.known[id].label)} does not come with it.")
    elif paper is None:
        takes = ", ".join(row.papers) or "none"
        statement = f"Only papers that the machine knows come with it: {takes}."
        yield Unmet(id="papers", statement=statement)
    elif not paper.admits(value):
        yield _of(paper, id, f"{_capital(paper.label)} is {paper.takes}.")
    elif paper.once and process.papers.get(id, value) != value:
        yield _of(paper, id, f"{_capital(paper.label)} stays as it was first put on file.")


def _of(on: Transition | Paper | Guard, id: str, statement: str) -> Unmet:
    return Unmet(id=id, statement=statement, source=on.source, standing=on.standing)


def _switched_off(guard: Guard, settings: Mapping[str, SettingValue]) -> bool:
    switch = guard.switch
    return switch is not None and settings.get(switch.id, switch.value) == NOT_REQUIRED


def _due(
    row: Row,
    process: Process,
    look: Mapping[str, Any],
    on: date,
    *,
    settings: Mapping[str, SettingValue],
    calendar: WorkingCalendar,
) -> FrozenMap[str, date | None]:
    """The last day of each clock that starts."""
    days: dict[str, date | None] = {}
    for clock in row.clocks:
        has = process.due.get(clock.id) if clock.keeps else None
        if clock.dated:
            days[clock.id] = look.get(clock.dated)
        elif has is not None:
            days[clock.id] = has
        else:
            days[clock.id] = _last_day(clock, row, look, on, settings=settings, calendar=calendar)
    return FrozenMap.holding(days)


def _last_day(
    clock: Clock,
    row: Row,
    look: Mapping[str, Any],
    on: date,
    *,
    settings: Mapping[str, SettingValue],
    calendar: WorkingCalendar,
) -> date | None:
    within = clock.within
    if isinstance(within, Setting):
        within = settings.get(within.id, within.value)  # type: ignore[assignment]
    if not isinstance(within, Deadline):
        return None
    anchor: Any = within.after
    if clock.anchor is not None:
        anchor = settings.get(clock.anchor.id, clock.anchor.value)
    start = look.get(anchor) if anchor in row.known else on
    if within.span is None:
        return start if within.at_once else None
    try:
        return within.due(start, calendar)
    except NotInForceError:  # an event is not lost because bank holidays are not known yet
        return None


# --- applying ------------------------------------------------------------------------------


def _moved(row: Row, process: Process, event: Event) -> Process:
    each = row.transition
    papers, due = process.papers, process.due
    brings, started = event.brings.copied(), event.due.copied()
    if brings or each.signs or each.clears:
        held = papers.copied()
        _add(row, held, brings)
        if each.signs:
            _sign(row, held, event.by.role)
        for id in each.clears:
            held.pop(id, None)
        papers = FrozenMap.holding(held)
    if started or each.stops:
        running = due.copied()
        for id in each.stops:
            running.pop(id, None)
        running |= started
        due = FrozenMap.holding(running)
    return _process(
        machine=process.machine,
        id=process.id,
        state=event.to,
        papers=papers,
        due=due,
        history=(*process.history, event),
    )


def _fits(machine: Machine, row: Row, process: Process, event: Event) -> bool:
    return (
        event.machine == machine.pin == process.machine
        and process.state in row.leaves
        and event.to == row.transition.to
        and (not process.history or event.on >= process.history[-1].on)
    )


def _refused(refusal: Refusal) -> Iterator[Fault]:
    """What a refusal that was taken for an event lacks."""
    for each in refusal.unmet:
        said = each.statement.rstrip(".")
        yield Fault(
            path=refusal.event, problem=f"it was refused: {said}", do="Put that right first"
        )


def _misfits(machine: Machine, process: Process, event: Event) -> Iterator[Fault]:
    """Why an event cannot follow, part by part."""

    def fault(problem: str, do: str) -> Fault:
        return Fault(path="event", problem=problem, do=do)

    row = machine.row.get(event.row)
    if event.machine != machine.pin or process.machine != machine.pin:
        yield fault("it is of another machine or version", f"Use {machine.pin}")
    if row is None or event.to != row.transition.to:
        yield fault("the table has no such row", "Decide on the command again")
    elif process.state not in row.leaves:
        yield fault("it does not lead from this state", "Decide on the command again")
    if process.history and event.on < process.history[-1].on:
        yield fault("it lies before the last event", "Give events in the order of their days")


def _doubts(
    machine: Machine,
    process: Process,
    event: Event,
    path: str,
    settings: Mapping[str, SettingValue],
) -> Iterator[Fault]:
    """Why an entry of a history cannot have happened."""
    if event.machine != machine.pin:
        problem = "it was decided by another machine or version"
        yield Fault(path=path, problem=problem, do=f"Use {machine.pin}, or replay it by its own")
    again = decide(machine, process, event.command, settings=settings)
    if isinstance(again, Refusal):
        do = "Correct the entry, or put back what is missing before it"
        for each in again.unmet:
            said = each.statement.rstrip(".")
            yield Fault(path=path, problem=f"what it needs is not there: {said}", do=do)
    elif (again.row, again.to, _fixed(machine, again)) != (
        event.row,
        event.to,
        _fixed(machine, event),
    ):
        do = "Keep the entry as it was written"
        yield Fault(path=path, problem="it says otherwise than the table", do=do)


def _fixed(machine: Machine, event: Event) -> dict[str, object]:
    """The clocks an event started; a day that is a paper's is that, others stay as they were."""
    dated = {clock.id for clock in machine.clocks if clock.dated}
    return {id: due if id in dated else "" for id, due in event.due.items()}


def _listed(ids: Iterable[str]) -> str:
    names = [id.replace("_", " ") for id in ids]
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " or " + names[-1]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
