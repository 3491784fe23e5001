"""A plan as a value: the dues of a year, what to look at, and its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from qaf_core.cadence import ProgrammeYear, Window, windows_of
from qaf_core.errors import UnknownIdError
from qaf_core.sampling.population import Case, Post
from qaf_core.sampling.programme.dues import Due, Note
from qaf_core.sampling.programme.faults import Context
from qaf_core.sampling.programme.mix import draw_notes
from qaf_core.sampling.programme.model import Programme
from qaf_core.sampling.programme.recorded import (
    Change,
    Done,
    Event,
    Exemption,
    ThematicAudit,
    area_of,
    days_in,
)
from qaf_core.sampling.programme.rows import ProgrammeRow, value_of
from qaf_core.tables import Table

if TYPE_CHECKING:
    from qaf_core.sampling.programme.coverage import Coverage

__all__ = ["DUE_COLUMNS", "YearPlan", "due_row"]


def __dir__() -> list[str]:
    return __all__


@frozen(kw_only=True)
class YearPlan:
    """What a programme asks for in one year. Make one with ``framework.plan``.

    Attributes:
        programme: the programme, with the numbers that hold.
        year: the programme year.
        context: what it was made in.
        posts: the posts, by id.
        dues: what is asked for, by row and window.
        changes: the changes within the year.
        exemptions: the exemptions.
        notes: what to look at before relying on it.
    """

    programme: Programme = field(repr=False)
    year: ProgrammeYear
    context: Context = field(repr=False)
    posts: Mapping[str, Post] = field(repr=False)
    dues: tuple[Due, ...] = field(repr=False)
    changes: tuple[Change, ...] = field(default=(), repr=False)
    exemptions: tuple[Exemption, ...] = field(default=(), repr=False)
    notes: tuple[Note, ...] = field(default=(), repr=False)

    @property
    def rows(self) -> tuple[ProgrammeRow, ...]:
        """The rows as they are counted, those added within the year last."""
        added = (each.adds for each in self.changes if each.adds is not None)
        return (*self.programme.units, *added)

    @property
    def dormant(self) -> tuple[ProgrammeRow, ...]:
        """Rows whose tools are not there."""
        return tuple(row for row in self.rows if row.dormant(self.context.tools))

    @property
    def left_out(self) -> tuple[ProgrammeRow, ...]:
        """Optional rows that are not taken."""
        return tuple(row for row in self.rows if row.left_out)

    @property
    def asked(self) -> int:
        """How many audits are asked for in all, where a number is stated."""
        return sum(due.number or 0 for due in self.dues)

    def quota(self, row: str, window: str) -> dict[str, int]:
        """How many files each post is asked for in a window of a row, by id of the post.

        Their sum is how many to draw. A post of which no number is stated is not in it.

        Args:
            row: id of the row, as it is counted.
            window: name of the window, such as ``"Q1"``.

        Raises:
            UnknownIdError: there is no such row or window; the near one is named.
        """
        asked = self._asked(row, window)
        return {due.post: due.number for due in asked if due.post and due.number is not None}

    def auditors(self, row: str, window: str) -> tuple[Post, ...]:
        """The posts that a row asks in a window, as an allocation takes them.

        Each has its number as its fact ``quota``. Those of a role that is asked together have
        none; theirs is in ``totals``. Nor has one of which no number is stated: an allocation
        asks for it.

        Args:
            row: id of the row, as it is counted.
            window: name of the window, such as ``"Q1"``.

        Raises:
            UnknownIdError: there is no such row or window; the near one is named.
        """
        asked = self._asked(row, window)
        owed = {due.post: due.number for due in asked if due.post}
        together = {due.role.id: due for due in asked if due.role and not due.post}
        found = []
        for post in self.posts.values():
            due = together.get(post.role)
            areas = due.row.areas if due else ()
            if post.id in owed:
                number = owed[post.id]
                own = {} if number is None else {"quota": number}
                found.append(evolve(post, facts={**post.facts, **own}))
            elif due and days_in(post, due.window)[2] and (not areas or area_of(post) in areas):
                found.append(post)
        return tuple(found)

    def totals(self, row: str, window: str) -> dict[str, int]:
        """How many files the posts of a role are asked for together, by id of the role.

        Args:
            row: id of the row, as it is counted.
            window: name of the window.

        Raises:
            UnknownIdError: there is no such row or window; the near one is named.
        """
        asked = self._asked(row, window)
        return {due.role.id: due.number or 0 for due in asked if due.role and not due.post}

    def draw_notes(self, row: str, window: str, chosen: Iterable[Case]) -> tuple[Note, ...]:
        """What to ask of the cases drawn for a window of a row, before anybody audits them.

        A row that several kinds of file share may want one of some kinds from every team.

        Args:
            row: id of the row, as it is counted.
            window: name of the window, such as ``"Q1"``.
            chosen: the cases drawn, with their team and fact ``case_status``.

        Raises:
            UnknownIdError: there is no such row or window; the near one is named.
        """
        self._asked(row, window)
        notes = draw_notes(self.programme, chosen, when=window)
        return tuple(note for note in notes if note.row == row)

    def _asked(self, row: str, window: str) -> list[Due]:
        """The dues of the quotas of a row in a window."""
        rows = {each.id for each in self.rows}
        if row not in rows:
            raise UnknownIdError("row of the programme", row, rows)
        dues = [due for due in self.dues if due.row.id == row]
        names = {due.window.name for due in dues}
        if window not in names:
            raise UnknownIdError(f"window of {row}", window, names)
        return [due for due in dues if due.window.name == window and not due.about]

    @property
    def files(self) -> tuple[tuple[Window, int], ...]:
        """How many case files are asked for in each window of the check on the whole."""
        total = self.programme.terms.total
        if total is None:
            return ()
        return tuple(
            (
                window,
                sum(due.number or 0 for due in self.dues if due.row.files and due.due in window),
            )
            for window in windows_of(total.cadence, self.year)
        )

    @property
    def within(self) -> tuple[int, int] | None:
        """The least and most files a window should have, or None where there is no check."""
        total = self.programme.terms.total
        if total is None:
            return None
        about, tolerance = int(str(value_of(total.about))), int(str(value_of(total.tolerance)))
        return -(-about * (100 - tolerance) // 100), about * (100 + tolerance) // 100

    def coverage(
        self,
        done: Iterable[Done] = (),
        *,
        on: date,
        events: Iterable[Event] = (),
        thematic: Iterable[ThematicAudit] = (),
    ) -> Coverage:
        """How the plan stands on a day; see ``qaf_core.sampling.programme.progress``.

        Args:
            done: the audits carried out.
            on: the day. What is dated later counts for nothing yet.
            events: events that call for an audit, such as transfers between teams.
            thematic: thematic audits, completed or not.

        Raises:
            InputError: an id comes twice, or an audit names a row that is not there.
        """
        from qaf_core.sampling.programme.progress import cover

        return cover(self, done, on=on, events=events, thematic=thematic)

    def to_rows(self) -> list[dict[str, object]]:
        """A row a due, for a data frame; posts by id."""
        return [due_row(due) for due in self.dues]

    def table(self) -> Table:
        """The dues as a table."""
        return Table(caption=self.summary, columns=DUE_COLUMNS, rows=self.to_rows())

    @property
    def summary(self) -> str:
        """The plan in one line."""
        dormant = len(self.dormant)
        return (
            f"Programme of {self.context.framework} for {self.year} ({self.year.start} to "
            f"{self.year.last}): {len(self.rows)} rows, {dormant} dormant; "
            f"{self.asked} audits asked for"
        )

    @property
    def remarks(self) -> tuple[str, ...]:
        """What else to know: what is dormant, left out, changed, decided otherwise, or to look at."""
        said = [
            f"Dormant: {row.title}. Its tool is not here: install {row.install}."
            if row.install
            else f"Dormant: {row.title}. Its tool is not here."
            for row in self.dormant
        ]
        said += [
            f"Optional and left out: {row.title} [{row.source}; {row.standing}]"
            for row in self.left_out
        ]
        said += [f"Changed in the year: {_said(each)}" for each in self.changes]
        said += [
            f"Decided otherwise by the framework's owner: {each}"
            for each in self.context.departures
        ]
        if self.exemptions:
            said.append(f"Exemptions: {len(self.exemptions)}, each with its approver and reason.")
        for window, number in self.files:
            least, most = self.within or (0, 0)
            if not least <= number <= most:
                said.append(
                    f"Check on the whole: {number} files are asked for in {window.name}; about "
                    f"{least} to {most} were expected. A check, and nobody's quota."
                )
        return (*said, *(f"Look at: {note}" for note in self.notes))

    def __str__(self) -> str:
        lines = [self.summary + "."]
        for row in self.rows:
            lines += ["", f"{row}.", f"  [{row.source}; {row.standing}]"]
            if row.moderation:
                lines.append(f"  Moderation: {row.moderation}.")
            lines += [f"  {row.note}"] if row.note else []
            lines += [f"  {each}" for each in self._by_window(row)]
        if self.remarks:
            lines += ["", *self.remarks]
        return "\n".join(lines)

    def _by_window(self, row: ProgrammeRow) -> Iterator[str]:
        """What a row asks for; windows that follow each other and ask the same as one."""
        if row.dormant(self.context.tools):
            yield "Dormant."
            return
        windows: dict[str, list[Due]] = {}
        for due in self.dues:
            if due.row.id == row.id:
                windows.setdefault(due.window.name, []).append(due)
        same: list[tuple[Window, Window, str]] = []
        for dues in windows.values():
            window, text = dues[0].window, _asked(dues)
            if same and same[-1][2] == text:
                same[-1] = (same[-1][0], window, text)
            else:
                same.append((window, window, text))
        for first, last, text in same:
            if first == last:
                yield f"{first}: {text}"
            else:
                yield f"{first.name} to {last.name} ({first.start} to {last.due}), each: {text}"

    def _repr_html_(self) -> str:
        return self.table().to_html()

    def _repr_markdown_(self) -> str:
        return self.table().to_markdown()


def _asked(dues: list[Due]) -> str:
    """What the dues of one window ask for, in words."""
    posts = len({due.about or due.post for due in dues if due.about or due.post})
    off = sum(due.exempt for due in dues)
    if all(due.number is None for due in dues):
        number = "not stated" if all(due.known for due in dues) else "not known"
    else:
        number = str(sum(due.number or 0 for due in dues))
    what = "about" if dues[0].about else "by"
    of = f", {what} {posts} post{'' if posts == 1 else 's'}" if posts else ""
    return f"{number}{of}{f', {off} exempt' if off else ''}"


DUE_COLUMNS = {
    "row": "Row",
    "title": "Programme row",
    "window": "Window",
    "start": "From",
    "due": "Due",
    "post": "Owed by",
    "role": "Role",
    "about": "About",
    "number": "Asked for",
    "exempt": "Exempt",
    "state": "State",
    "install": "To install",
    "clause": "Clause",
    "standing": "Standing",
}


def due_row(due: Due) -> dict[str, object]:
    """A due as a plain row."""
    state = "asked" if due.number else "not asked"
    if due.dormant:
        state = "dormant"
    elif due.number is None:
        state = "not stated" if due.known else "not known"
    elif due.exempt and not due.number:
        state = "exempt"
    return {
        "row": due.row.id,
        "title": due.row.title,
        "window": due.window.name,
        "start": due.start.isoformat(),
        "due": due.due.isoformat(),
        "post": due.post,
        "role": due.role.id if due.role else "",
        "about": due.about,
        "number": due.number,
        "exempt": due.exempt,
        "state": state,
        "install": due.row.install if due.dormant else "",
        "clause": str(due.source),
        "standing": due.standing.value,
    }


def _said(change: Change) -> str:
    what = [f"{role} {number}" for role, number in change.quotas.items()]
    what += [f"{change.number} asked for"] if change.number is not None else []
    what += ["withdrawn"] if change.withdrawn else []
    what += ["added"] if change.adds is not None else []
    return (
        f"{change.row} from {change.since}: {', '.join(what)}. {change.reason.rstrip('.')} "
        f"(approved by {change.approver})"
    )
