"""What was done of a plan by a day: met, at risk, missed, and who owes what by when.

**At risk** is a matter of arithmetic. Of everything that one post still owes in windows that
have begun, take what is due by a day: it is at risk where the working days from the day of
the report to that day, both counted, are fewer than the audits still to do times the days
allowed for each (``Terms.days_each``). What nobody owes by name is looked at by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from enum import StrEnum

from attrs import evolve, field, frozen

from qaf_core.cadence import OnEvent, Window
from qaf_core.errors import Fault, InputError, did_you_mean
from qaf_core.sampling.counting import Counted, Uncounted, count
from qaf_core.sampling.gates import EventGate, calls_for, gate
from qaf_core.sampling.mix import pool_note
from qaf_core.sampling.plan import DUE_COLUMNS, Plan, due_row
from qaf_core.sampling.planning import Due, Note
from qaf_core.sampling.programme import value_of
from qaf_core.sampling.recorded import Done, Event, ThematicAudit, area_of
from qaf_core.tables import Table
from qaf_core.timing import WorkingCalendar

__all__ = ["Coverage", "Covered", "Status", "cover"]


def __dir__() -> list[str]:
    return __all__


class Status(StrEnum):
    """Where something asked for stands on a day."""

    MET = "met"
    """As many were done as were asked for."""
    OPEN = "open"
    """Still to do, and there is time."""
    AT_RISK = "at risk"
    """Still to do, and time is short."""
    MISSED = "missed"
    """Its last day has passed, and it was not done."""
    EXEMPT = "exempt"
    """An exemption takes all of it off."""
    NOT_ASKED = "not asked"
    """Too small a part of the window in post for anything to be asked."""
    NOT_STATED = "not stated"
    """The framework gives no number: what was done is counted, and is no share of anything."""
    NOT_KNOWN = "not known"
    """The number hangs on something that the host has not given."""
    DORMANT = "dormant"
    """The tool is not installed, so that nothing can be counted."""


_WORST_FIRST = (Status.MISSED, Status.AT_RISK, Status.OPEN)


@frozen(kw_only=True)
class Covered:
    """A due, and what was done of it.

    Attributes:
        due: what is asked for.
        done: how many were done.
        status: where it stands.
        gate: for an event, the gate before it.
    """

    due: Due
    done: int
    status: Status
    gate: EventGate | None = None

    @property
    def left(self) -> int:
        """How many are still to do."""
        return max((self.due.number or 0) - self.done, 0)

    @property
    def owed(self) -> bool:
        """Whether somebody still owes it."""
        return self.status in _WORST_FIRST

    def to_row(self) -> dict[str, object]:
        """A plain row; posts by id."""
        return due_row(self.due) | {
            "done": self.done,
            "left": self.left,
            "status": self.status.value,
        }

    def __str__(self) -> str:
        due = self.due
        who = due.post or (f"a {due.role}" if due.role else "nobody by name")
        about = f", about {due.about}" if due.about else ""
        number = "number not stated" if due.number is None else f"{self.done} of {due.number} done"
        return (
            f"{self.status.upper() if self.owed else self.status}: {who}, {due.row.title}, "
            f"{due.window.name}{about}: {number}, by {due.due} [{due.source}; {due.standing}]"
        )


@frozen(kw_only=True)
class Coverage:
    """How a plan stands on a day.

    Attributes:
        plan: the plan.
        on: the day.
        lines: every due, with what was done of it.
        uncounted: audits that count for no row, and why.
        notes: what to look at.
        files: for each window of the check on the whole, the files audited.
    """

    plan: Plan = field(repr=False)
    on: date
    lines: tuple[Covered, ...] = field(repr=False)
    uncounted: tuple[Uncounted, ...] = field(default=(), repr=False)
    notes: tuple[Note, ...] = field(default=(), repr=False)
    files: tuple[tuple[Window, int], ...] = field(default=(), repr=False)

    @property
    def chase(self) -> tuple[Covered, ...]:
        """What is owed in windows that have begun: missed first, then at risk, then the rest.

        Within each by the last day, then by post: who owes what by when.
        """
        owed = [line for line in self.lines if line.owed and line.due.start <= self.on]
        return tuple(
            sorted(
                owed,
                key=lambda line: (
                    _WORST_FIRST.index(line.status),
                    line.due.due,
                    line.due.post,
                    line.due.row.id,
                    line.due.about,
                ),
            )
        )

    @property
    def gates(self) -> tuple[EventGate, ...]:
        """The gates before events, those that are shut first."""
        found = (line.gate for line in self.lines if line.gate is not None)
        return tuple(sorted(found, key=lambda each: each.open))

    def counts(self, **only: str) -> dict[Status, int]:
        """How many dues stand where, for all or for one: ``counts(post="TM-3")``."""
        counts = dict.fromkeys(Status, 0)
        for line in self.lines:
            values = {"row": line.due.row.id, "post": line.due.post}
            if all(values[name] == value for name, value in only.items()):
                counts[line.status] += 1
        return counts

    def by_row(self) -> Table:
        """A row each: asked, done, and how its dues stand."""
        titles = {row.id: row.title for row in self.plan.rows}
        return self._table("By programme row", "row", titles)

    def by_post(self) -> Table:
        """A post each that owes or owed something: asked, done, and how its dues stand."""
        posts = dict.fromkeys(line.due.post for line in self.lines if line.due.post)
        return self._table("By post", "post", {id: self.plan.posts[id].role for id in posts})

    def _table(self, caption: str, what: str, titles: Mapping[str, str]) -> Table:
        rows: list[dict[str, object]] = []
        for id, title in titles.items():
            lines = [
                line
                for line in self.lines
                if (line.due.row.id if what == "row" else line.due.post) == id
            ]
            counts = dict.fromkeys(Status, 0)
            for line in lines:
                counts[line.status] += 1
            asked = [line.due.number for line in lines if line.due.number is not None]
            rows.append(
                {
                    what: id,
                    "title": title,
                    "asked": sum(asked) if asked else None,
                    "done": sum(line.done for line in lines),
                    **{status.value.replace(" ", "_"): n for status, n in counts.items()},
                    "share_met": share_met(counts),
                }
            )
        heading = {"row": "Row", "post": "Post"}[what]
        columns = {what: heading, "title": "Title" if what == "row" else "Role"}
        columns |= {"asked": "Asked for", "done": "Done"}
        columns |= {each.value.replace(" ", "_"): each.value.capitalize() for each in Status}
        return Table(
            caption=f"{caption}, {self.plan.year}, on {self.on}",
            columns={**columns, "share_met": "Met, of those met or missed (%)"},
            rows=rows,
        )

    def to_rows(self) -> list[dict[str, object]]:
        """A row a due, for a data frame; posts by id."""
        return [line.to_row() for line in self.lines]

    def table(self) -> Table:
        """The dues, and how they stand, as a table."""
        columns = {**DUE_COLUMNS, "done": "Done", "left": "Left", "status": "Status"}
        return Table(caption=self.summary, columns=columns, rows=self.to_rows())

    def chase_table(self) -> Table:
        """Who owes what by when, as a table."""
        columns = {
            "status": "Status",
            "due": "By",
            "post": "Owed by",
            "role": "Role",
            "title": "Programme row",
            "window": "Window",
            "about": "About",
            "left": "Left",
            "clause": "Clause",
            "standing": "Standing",
        }
        rows = [line.to_row() for line in self.chase]
        return Table(caption=f"Who owes what by when, on {self.on}", columns=columns, rows=rows)

    @property
    def summary(self) -> str:
        """How it stands, in one line."""
        counts = self.counts()
        said = [f"{number} {status}" for status, number in counts.items() if number]
        head = f"Programme of {self.plan.context.framework}, {self.plan.year}, on {self.on}"
        return f"{head}: {', '.join(said) or 'nothing is asked for'}"

    @property
    def remarks(self) -> tuple[str, ...]:
        """What else to know: the check on the whole, what counts for nothing, what to look at."""
        said = list(self.plan.remarks)
        least, most = self.plan.within or (0, 0)
        for window, number in self.files:
            if window.start > self.on:
                continue
            text = f"Check on the whole: {number} files audited in {window.name}"
            if self.on in window:
                text += " so far"
            elif number < least or number > most:
                text += f", where about {least} to {most} were expected"
            said.append(f"{text}. A check, and nobody's quota.")
        said += [f"Counts for no row: {each}." for each in self.uncounted]
        return (*said, *(f"Look at: {note}" for note in self.notes))

    def __str__(self) -> str:
        lines = [self.summary + "."]
        shut = [str(each) for each in self.gates if not each.open]
        lines += ["", *shut] if shut else []
        chase = [str(line) for line in self.chase]
        lines += ["", "Who owes what by when:", *chase] if chase else []
        if self.remarks:
            lines += ["", *self.remarks]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        return self.chase_table().to_html() + self.by_row().to_html()

    def _repr_markdown_(self) -> str:
        return self.chase_table().to_markdown() + "\n" + self.by_row().to_markdown()


def share_met(counts: Mapping[Status, int]) -> float | None:
    """Dues met, in per cent of those met or missed; None where there are none of either."""
    settled = counts[Status.MET] + counts[Status.MISSED]
    return round(100 * counts[Status.MET] / settled, 1) if settled else None


def cover(
    plan: Plan,
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
        lines=tuple(_at_risk(lines, working, each)),
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


def _event_lines(plan: Plan, events: tuple[Event, ...], on: date) -> Iterator[Covered]:
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


def _event_notes(plan: Plan, events: tuple[Event, ...]) -> Iterator[Note]:
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


def _at_risk(lines: Iterable[Covered], working: _Working, each: int) -> Iterator[Covered]:
    """The lines, with those at risk marked."""
    lines = list(lines)
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
            left = sum(line.left for _, line in group if line.due.due <= day)
            if working.days_to(day) < left * each:
                for at, line in group:
                    if line.due.due <= day:
                        lines[at] = evolve(lines[at], status=Status.AT_RISK)
    return iter(lines)


def _thematic_notes(plan: Plan, thematic: tuple[ThematicAudit, ...]) -> Iterator[Note]:
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


def _pools(plan: Plan, counted: Counted, lines: list[Covered], on: date) -> Iterator[Note]:
    """Teams whose share of a pool holds none of what the pool wants.

    It is asked once a window has ended, or once a team has done all that was asked of it.
    """
    for row in plan.programme.units:
        pool = row.pool
        if pool is None or not pool.shared:
            continue
        teams: dict[tuple[str, Window], list[Covered]] = {}
        for line in lines:
            post = plan.posts.get(line.due.post)
            if line.due.row.id == row.id and post is not None:
                teams.setdefault((post.team or area_of(post), line.due.window), []).append(line)
        for (team, window), of_team in teams.items():
            if on <= window.due and any(line.left for line in of_team):
                continue
            keys = {line.due.key for line in of_team}
            statuses = [audit.status for audit, due in counted.audits if due.key in keys]
            note = pool_note(pool, team, window.name, statuses)
            if note is not None:
                yield note


def _files(plan: Plan, counted: Counted) -> tuple[tuple[Window, int], ...]:
    """Case files audited in each window of the check on the whole, each once."""
    files = {audit.id: audit.on for audit, due in counted.audits if due.row.files}
    return tuple((window, sum(day in window for day in files.values())) for window, _ in plan.files)
