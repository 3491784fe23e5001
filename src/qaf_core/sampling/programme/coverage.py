"""What was done of a plan by a day, as a value: met, at risk, missed; who owes what by when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from attrs import field, frozen

from qaf_core.cadence import Window
from qaf_core.sampling.programme.counting import Uncounted
from qaf_core.sampling.programme.dues import Due, Note
from qaf_core.sampling.programme.gates import EventGate
from qaf_core.sampling.programme.plan import DUE_COLUMNS, YearPlan, due_row
from qaf_core.tables import Table

__all__ = ["Coverage", "Covered", "Status", "share_met"]


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


STATUS_COLUMNS = {
    "status": "Status",
    "days_left": "Working days left",
    "days_needed": "Working days allowed",
}

_WORST_FIRST = (Status.MISSED, Status.AT_RISK, Status.OPEN)


@frozen(kw_only=True)
class Covered:
    """A due, and what was done of it.

    Attributes:
        due: what is asked for.
        done: how many were done.
        status: where it stands.
        gate: for an event, the gate before it.
        days_left: where it is at risk, the working days that are left for it and for what
            else its post owes by then.
        days_needed: the working days that all of that is allowed.
    """

    due: Due
    done: int
    status: Status
    gate: EventGate | None = None
    days_left: int | None = None
    days_needed: int | None = None

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
        row = due_row(self.due)
        del row["state"]  # what the plan says; the status says it of the day
        return row | {
            "done": self.done,
            "left": self.left,
            "status": self.status.value,
            "days_left": self.days_left,
            "days_needed": self.days_needed,
        }

    def __str__(self) -> str:
        due = self.due
        who = due.post or (f"a {due.role}" if due.role else "nobody by name")
        about = f", about {due.about}" if due.about else ""
        number = "number not stated" if due.number is None else f"{self.done} of {due.number} done"
        short = ""
        if self.days_left is not None:
            days = f"{self.days_left} working day{'' if self.days_left == 1 else 's'}"
            short = f"; {days} left for what is allowed {self.days_needed}"
        return (
            f"{self.status.upper() if self.owed else self.status}: {who}, {due.row.title}, "
            f"{due.window.name}{about}: {number}, by {due.due}{short} "
            f"[{due.source}; {due.standing}]"
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

    plan: YearPlan = field(repr=False)
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
        shared = {name: text for name, text in DUE_COLUMNS.items() if name != "state"}
        columns = {**shared, "done": "Done", "left": "Left", **STATUS_COLUMNS}
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
            "days_left": "Working days left",
            "days_needed": "Working days allowed",
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
