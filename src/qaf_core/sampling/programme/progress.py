"""How a plan stands on a day, worked out.

**At risk** is a matter of arithmetic. Of everything that one post still owes in windows that
have begun, take what is due by a day: it is at risk where the working days from the day of
the report to that day, both counted, are fewer than the audits still to do times the days
allowed for each (``Terms.days_each``). What nobody owes by name is looked at by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from attrs import evolve

from qaf_core.cadence import OnEvent, Window
from qaf_core.errors import Fault, InputError, did_you_mean
from qaf_core.sampling.programme.counting import Counted, count
from qaf_core.sampling.programme.coverage import Coverage, Covered, Status
from qaf_core.sampling.programme.dues import Due, Note
from qaf_core.sampling.programme.gates import calls_for, gate
from qaf_core.sampling.programme.mix import pool_note
from qaf_core.sampling.programme.plan import YearPlan
from qaf_core.sampling.programme.recorded import Done, Event, ThematicAudit, area_of
from qaf_core.sampling.programme.rows import value_of
from qaf_core.timing import WorkingCalendar

__all__ = ["cover"]


def __dir__() -> list[str]:
    return __all__


def cover(
    plan: YearPlan,
    done: Iterable[Done] = (),
    *,
    on: date,
    events: Iterable[Event] = (),
    thematic: Iterable[ThematicAudit] = (),
) -> Coverage:
    """How a plan stands on a day.

    Args:
        plan: the plan.
        done: the audits carried out.
        on: the day. What is dated later counts for nothing yet.
        events: events that call for an audit, such as transfers between teams.
        thematic: thematic audits, completed or not.

    Raises:
        InputError: an id comes twice, or an audit names a row that is not there.
        NotInForceError: the calendar does not reach the programme year.
        TypeError: ``on`` is no date.
    """
    if type(on) is not date:
        raise TypeError("Give the day of the report as a date: on=date(2016, 7, 1).")
    events, thematic = tuple(events), tuple(thematic)
    _refuse_repeated_events(events)
    counted = count(plan, done, thematic, on=on)
    lines = [_settle(due, counted.done.get(due.key, 0), on) for due in plan.dues]
    lines += _event_lines(plan, events, on)
    working = _Working(plan.context.calendar, on)
    each = int(str(value_of(plan.programme.terms.days_each)))
    return Coverage(
        plan=plan,
        on=on,
        lines=_at_risk(lines, working, each),
        uncounted=counted.uncounted,
        notes=(
            *_event_notes(plan, events),
            *_thematic_notes(plan, thematic),
            *_pools(plan, counted, lines, on),
        ),
        files=_files(plan, counted),
    )


def _refuse_repeated_events(events: Iterable[Event]) -> None:
    seen: dict[str, int] = {}
    faults = []
    for at, event in enumerate(events):
        first = seen.setdefault(event.id, at)
        if first != at:
            problem = f"it is the id of events[{first}] again"
            faults.append(Fault(path=f"events[{at}].id", problem=problem, do="List each once"))
    if faults:
        raise InputError(faults)


def _settle(due: Due, done: int, on: date) -> Covered:
    """A due with its status, as far as that can be told without looking at others."""
    asked = None if due.number is None else due.number + due.exempt
    if due.dormant:
        status = Status.DORMANT
    elif due.number is None or asked is None:
        status = Status.NOT_STATED if due.known else Status.NOT_KNOWN
    elif (due.number and done >= due.number) or (asked and done >= asked):
        status = Status.MET
    elif due.number == 0:
        status = Status.EXEMPT if due.exempt else Status.NOT_ASKED
    else:
        status = Status.MISSED if on > due.due else Status.OPEN
    return Covered(due=due, done=done, status=status)


def _event_lines(plan: YearPlan, events: tuple[Event, ...], on: date) -> Iterator[Covered]:
    """A line for each event that a row gates."""
    for row in plan.rows:
        if not isinstance(row.cadence, OnEvent) or row.dormant(plan.context.tools) or row.left_out:
            continue
        (window,) = plan.year.windows(12)
        for event in events:
            if event.on not in window or not calls_for(row, event):
                continue
            due = Due(
                row=row,
                window=window,
                role=row.sign_offs[0].by if row.sign_offs else None,
                about=event.id,
                number=1,
                start=window.start,
                due=event.on,
                source=row.source,
                standing=row.standing,
            )
            found = gate(row, event, plan.posts, on=on)
            line = _settle(due, int(found.open), on)
            yield evolve(line, gate=found)


def _event_notes(plan: YearPlan, events: tuple[Event, ...]) -> Iterator[Note]:
    """Events that nothing looks at: none is passed over in silence."""
    known = {row.cadence.event for row in plan.rows if isinstance(row.cadence, OnEvent)}
    for event in events:
        if event.event not in known:
            near = did_you_mean(event.event, known)
            text = f"Event {event.id}: no row of the programme asks for anything there.{near}"
            yield Note(row="", text=text)
        elif event.on not in plan.year:
            text = f"Event {event.id} on {event.on} is not in the programme year {plan.year}."
            yield Note(row="", text=text)


class _Working:
    """Working days from the day of the report, each day counted once."""

    def __init__(self, calendar: WorkingCalendar, on: date) -> None:
        self.calendar = calendar
        self.on = on
        self.known: dict[date, int] = {}

    def days_to(self, day: date) -> int:
        """Working days from the day of the report to a day, both counted."""
        if day not in self.known:
            days = (self.on + timedelta(at) for at in range((day - self.on).days + 1))
            self.known[day] = self.calendar.count(days)
        return self.known[day]


def _at_risk(lines: list[Covered], working: _Working, each: int) -> tuple[Covered, ...]:
    """The lines, with those at risk marked."""
    found = list(lines)
    running = [
        (at, line)
        for at, line in enumerate(lines)
        if line.status is Status.OPEN and line.due.start <= working.on
    ]
    owed: dict[tuple[str, ...], list[tuple[int, Covered]]] = {}
    for at, line in running:
        owner = (line.due.post,) if line.due.post else line.due.key
        owed.setdefault(owner, []).append((at, line))
    for group in owed.values():
        days = sorted({line.due.due for _, line in group})
        for day in days:
            there = working.days_to(day)
            needed = each * sum(line.left for _, line in group if line.due.due <= day)
            for at, line in group if there < needed else ():
                if line.due.due <= day and found[at].status is Status.OPEN:
                    found[at] = evolve(
                        line, status=Status.AT_RISK, days_left=there, days_needed=needed
                    )
    return tuple(found)


def _thematic_notes(plan: YearPlan, thematic: tuple[ThematicAudit, ...]) -> Iterator[Note]:
    row = next((row for row in plan.rows if row.commissioned), None)
    for audit in thematic if row else ():
        assert row is not None  # noqa: S101 - there is one, or the loop is empty
        lacks = []
        if len(set(audit.teams)) < 2:
            lacks.append("it follows its theme through fewer than two teams or services")
        if len(set(audit.methods)) < 2:
            lacks.append("it uses fewer than two methods")
        if audit.until < audit.since:
            lacks.append("the period it examines ends before it begins")
        if lacks:
            text = f"Thematic audit {audit.id}: {'; '.join(lacks)}. Widen it, or say why."
            yield Note(row=row.id, text=text, source=row.source, standing=row.standing)


def _pools(plan: YearPlan, counted: Counted, lines: list[Covered], on: date) -> Iterator[Note]:
    """Teams whose share of a pool holds none of what the pool wants.

    It is asked once a window has ended, or once a team has done all that its posts owe by
    name.
    """

    def team_of(post_id: str) -> str:
        post = plan.posts.get(post_id)
        return (post.team or area_of(post)) if post else ""

    for row in plan.programme.units:
        if row.pool is None or not row.pool.shared:
            continue
        owed: dict[tuple[Window, str], int] = {}
        for line in lines:
            if line.due.row.id == row.id and line.due.post:
                share = (line.due.window, team_of(line.due.post))
                owed[share] = owed.get(share, 0) + line.left
        statuses: dict[tuple[Window, str], list[str]] = {}
        for audit, due in counted.audits:
            if due.row.id == row.id:
                share = (due.window, team_of(audit.auditor))
                statuses.setdefault(share, []).append(audit.status)
        for (window, team), found in sorted(
            statuses.items(), key=lambda each: (each[0][0].start, each[0][1])
        ):
            if on > window.due or owed.get((window, team), 1) == 0:
                note = pool_note(row.pool, team, window.name, found)
                if note is not None:
                    yield note


def _files(plan: YearPlan, counted: Counted) -> tuple[tuple[Window, int], ...]:
    """Case files audited in each window of the check on the whole, each once."""
    files = {audit.id: audit.on for audit, due in counted.audits if due.row.files}
    return tuple((window, sum(day in window for day in files.values())) for window, _ in plan.files)
