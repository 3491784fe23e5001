"""A plan as a value: the dues of a year, the checks on what it is made from, and its words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from attrs import field, frozen

from qaf_core.cadence import AtLeast, OnEvent, PerSubject, ProgrammeYear, Window, windows_of
from qaf_core.errors import Fault, InputError, nearest
from qaf_core.immutable import FrozenMap
from qaf_core.roles import Board, Role
from qaf_core.sampling.planning import (
    NOBODY_COUNTED,
    Due,
    Note,
    Planner,
    Populations,
    rows_in_year,
)
from qaf_core.sampling.population import Post, checked_posts
from qaf_core.sampling.programme import POST, Programme, ProgrammeRow, settings_of, value_of
from qaf_core.sampling.recorded import (
    AREA,
    SINCE,
    UNTIL,
    Change,
    Done,
    Event,
    Exemption,
    ThematicAudit,
    area_of,
)
from qaf_core.tables import Table
from qaf_core.timing import WorkingCalendar

if TYPE_CHECKING:
    from qaf_core.sampling.coverage import Coverage

__all__ = ["DUE_COLUMNS", "Context", "Plan", "departures_of", "due_row", "make_plan"]


def __dir__() -> list[str]:
    return __all__


@frozen(kw_only=True)
class Context:
    """What a plan needs to know of the framework that it is made in.

    Attributes:
        framework: its name and version.
        tools: ids of the tools that are there.
        roles: every role.
        boards: every board.
        calendar: bank holidays, for working days.
        departures: what the framework's owner decided otherwise, in sentences.
    """

    framework: str
    tools: frozenset[str] = field(repr=False)
    roles: tuple[Role, ...] = field(repr=False)
    boards: tuple[Board, ...] = field(default=(), repr=False)
    calendar: WorkingCalendar = field(repr=False)
    departures: tuple[str, ...] = ()

    @property
    def approvers(self) -> set[str]:
        """Ids of all who may approve something."""
        return {*(role.id for role in self.roles), *(board.id for board in self.boards)}


@frozen(kw_only=True)
class Plan:
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
        """How the plan stands on a day; see ``qaf_core.sampling.coverage.cover``.

        Args:
            done: the audits carried out.
            on: the day. What is dated later counts for nothing yet.
            events: events that call for an audit, such as transfers between teams.
            thematic: thematic audits, completed or not.

        Raises:
            InputError: an id comes twice, or an audit names a row that is not there.
        """
        from qaf_core.sampling.coverage import cover

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


def make_plan(
    programme: Programme,
    year: ProgrammeYear,
    posts: Iterable[Post],
    context: Context,
    *,
    exemptions: Iterable[Exemption] = (),
    changes: Iterable[Change] = (),
    populations: Populations = NOBODY_COUNTED,
) -> Plan:
    """The plan of a year.

    Args:
        programme: the programme, with the numbers that hold.
        year: the programme year.
        posts: the posts there are in it, with their facts ``area``, ``since`` and ``until``.
        context: what there is in the framework.
        exemptions: what somebody need not do.
        changes: changes of the programme within the year.
        populations: how many there are, where a row asks for a share of them.

    Raises:
        InputError: posts, exemptions or changes cannot be used. Every fault is named.
    """
    faults: list[Fault] = []
    try:
        known = {post.id: post for post in checked_posts(posts)}
    except InputError as error:
        raise InputError(error.faults) from None
    exemptions, changes = tuple(exemptions), tuple(changes)
    faults += _post_faults(known, programme, context)
    faults += _change_faults(changes, programme, context, year)
    if not faults:
        rows = list(rows_in_year(programme, changes, year))
        faults += _exemption_faults(exemptions, rows, known, context)
    if faults:
        raise InputError(faults)
    planner = Planner(
        posts=known,
        roles={role.id: role for role in context.roles},
        tools=context.tools,
        part=str(value_of(programme.terms.part)),
        exemptions=exemptions,
        populations=populations,
    )
    (whole,) = year.windows(12)
    dormant = {row.id: (row, whole) for row, _ in rows if row.dormant(context.tools)}
    rows = [each for each in rows if each[0].id not in dormant]
    dues = tuple(
        due for row, window in (*rows, *dormant.values()) for due in planner.dues(row, window)
    )
    notes = (*_notes(programme, known, dues, context), *_idle(exemptions, dues))
    return Plan(
        programme=programme,
        year=year,
        context=context,
        posts=FrozenMap(known),
        dues=dues,
        changes=changes,
        exemptions=exemptions,
        notes=notes,
    )


# --- checks on what a plan is made from -------------------------------------------------


def _perhaps(given: str, known: Iterable[str]) -> str:
    near = nearest(given, known)
    return f"; perhaps {near} is meant" if near else ""


def _fault(path: str, problem: str, do: str) -> Fault:
    return Fault(path=path, problem=problem, do=do)


def _post_faults(
    posts: Mapping[str, Post], programme: Programme, context: Context
) -> Iterator[Fault]:
    roles = {role.id for role in context.roles}
    areas = [area.id for area in programme.areas]
    for at, post in enumerate(posts.values()):
        where = f"posts[{at}]"
        if post.role not in roles:
            problem = "the framework has no such role" + _perhaps(post.role, roles)
            yield _fault(f"{where}.role", problem, "See qaf roles for those there are")
        area = post.facts.get(AREA, "")
        if area != "" and area not in areas:
            problem = "the programme has no such area" + _perhaps(str(area), areas)
            yield _fault(f"{where}.area", problem, f"Use one of {', '.join(areas)}")
        since, until = post.facts.get(SINCE), post.facts.get(UNTIL)
        for name, day in ((SINCE, since), (UNTIL, until)):
            if day is not None and type(day).__name__ != "date":
                yield _fault(f"{where}.{name}", "it is no date", "Give a date, or leave it out")
        if since is not None and until is not None and str(until) < str(since):
            yield _fault(f"{where}.until", "it is before since", "Correct one of the two")


def _change_faults(
    changes: tuple[Change, ...], programme: Programme, context: Context, year: ProgrammeYear
) -> Iterator[Fault]:
    units = {row.id: row for row in programme.units}
    added = [change.row for change in changes if change.adds is not None]
    known = {**units, **{each.row: each.adds for each in changes if each.adds is not None}}
    for at, change in enumerate(changes):
        where = f"changes[{at}]"
        if not change.reason.strip():
            yield _fault(f"{where}.reason", "it is blank", "Say why")
        allowed = {programme.terms.changed_by} - {""} or context.approvers
        if change.approver not in allowed:
            problem = "the programme is not theirs to change"
            problem += _perhaps(change.approver, allowed)
            do = f"Have it approved by {programme.terms.changed_by or 'a role or board'}"
            yield _fault(f"{where}.approver", problem, do)
        if change.since not in year:
            do = f"Give a day from {year.start} to {year.last}"
            yield _fault(f"{where}.since", "it is not in the programme year", do)
        does = (bool(change.quotas), change.number is not None, change.withdrawn, bool(change.adds))
        if sum(does) == 0:
            do = "Give quotas, number, withdrawn or adds"
            yield _fault(where, "it changes nothing", do)
        if change.adds is not None:
            if change.row in units or change.adds.id != change.row or added.count(change.row) > 1:
                problem = "it adds a row that is there, or under another id"
                yield _fault(f"{where}.row", problem, "Give the new row an id of its own")
            continue
        row = known.get(change.row)
        if row is None:
            yield _no_row(f"{where}.row", change.row, programme, known)
            continue
        roles = {quota.role.id for quota in row.quotas}
        for role, number in change.quotas.items():
            if role not in roles:
                problem = "the row has no quota for that role" + _perhaps(role, roles)
                do = f"Use one of {', '.join(sorted(roles)) or 'none: it has no quotas'}"
                yield _fault(f"{where}.quotas", problem, do)
            if type(number) is not int or number < 0:
                yield _fault(f"{where}.quotas", "a number is none", "Give 0 or more")
        if change.number is not None:
            if not isinstance(row.cadence, AtLeast | PerSubject):
                problem = "the row asks for no number of the whole or of each"
                yield _fault(f"{where}.number", problem, "Give quotas, or leave it out")
            if type(change.number) is not int or change.number < 1:
                do = "Give 1 or more, or withdraw the row"
                yield _fault(f"{where}.number", "it is no number", do)


def _no_row(path: str, given: str, programme: Programme, known: Iterable[str]) -> Fault:
    """The fault of a row that is not counted under this id."""
    pool = next((row.pool for row in programme.rows if row.id == given and row.pool), None)
    if pool is not None:
        problem = "the row shares the quota of a pool"
        return _fault(path, problem, f"Name the pool, {pool.id}")
    problem = "the programme has no such row" + _perhaps(given, known)
    return _fault(path, problem, f"Use one of {', '.join(known)}")


def _exemption_faults(
    exemptions: tuple[Exemption, ...],
    rows: list[tuple[ProgrammeRow, Window]],
    posts: Mapping[str, Post],
    context: Context,
) -> Iterator[Fault]:
    windows: dict[str, list[str]] = {}
    kinds: dict[str, ProgrammeRow] = {}
    for row, window in rows:
        windows.setdefault(row.id, []).append(window.name)
        kinds[row.id] = row
    programme = Programme(rows=tuple(kinds.values()))
    twice = Counter((each.row, each.post, each.window) for each in exemptions)
    for at, each in enumerate(exemptions):
        where = f"exemptions[{at}]"
        if not each.reason.strip():
            yield _fault(f"{where}.reason", "it is blank", "Say why")
        if each.approver not in context.approvers:
            problem = "nobody known approved it" + _perhaps(each.approver, context.approvers)
            yield _fault(f"{where}.approver", problem, "Name the role or board that approved it")
        if each.row not in windows:
            yield _no_row(f"{where}.row", each.row, programme, windows)
        elif each.window and each.window not in windows[each.row]:
            do = f"Use one of {', '.join(windows[each.row])}, or leave it out for all"
            yield _fault(f"{where}.window", "the row has no such window", do)
        elif isinstance(kinds[each.row].cadence, OnEvent):
            do = "Sign off what is asked for, or have the row changed"
            yield _fault(f"{where}.row", "nobody is exempt from a gate", do)
        if each.post and each.post not in posts:
            yield _fault(f"{where}.post", "there is no such post here", "Use the id of a post")
        if each.audits is not None and (type(each.audits) is not int or each.audits < 1):
            do = "Give 1 or more, or leave it out for all"
            yield _fault(f"{where}.audits", "it is no number", do)
        if twice[(each.row, each.post, each.window)] > 1:
            yield _fault(where, "the same is exempt more than once", "Keep one")


# --- what to look at ---------------------------------------------------------------------


def _notes(
    programme: Programme, posts: Mapping[str, Post], dues: tuple[Due, ...], context: Context
) -> Iterator[Note]:
    active = [row for row in programme.units if not row.left_out and not row.dormant(context.tools)]
    for row in active:
        for quota in row.quotas:
            ids = {role.id for role in quota.roles}
            holders = [post for post in posts.values() if post.role in ids]
            blank = [post.id for post in holders if row.areas and not area_of(post)]
            if blank:
                named = ", ".join(blank)
                text = f"{row.title}: the service area of {named} is not given, so that it is "
                text += "not known whether the row asks anything of them. Give their area."
                yield Note(row=row.id, text=text, source=row.source)
            inside = [post for post in holders if not row.areas or area_of(post) in row.areas]
            if not inside and not blank and quota.number is not None:
                where = "of its area " if row.areas else ""
                text = f"{row.title}: no post {where}holds the role {quota.role}, so that "
                text += "nothing is asked of it. If there is one, list it."
                if value_of(quota.per) == POST:
                    yield Note(row=row.id, text=text, source=row.source)
    for due in dues:
        if due.about and not due.post and due.number:
            role = f"a {due.role}" if due.role else "its manager"
            text = f"{due.row.title}: {due.about} does not report to {role} listed here, so "
            text += "that nobody owes it by name. Give reports_to, and list that post."
            yield Note(row=due.row.id, text=text, source=due.source)
        if not due.known:
            text = f"{due.row.title}, {due.window.name}: how many there are is not given, so that "
            text += "what is asked for is not known. Give populations."
            yield Note(row=due.row.id, text=text, source=due.source)


def _idle(exemptions: tuple[Exemption, ...], dues: tuple[Due, ...]) -> Iterator[Note]:
    """Exemptions that take nothing off."""
    taken = {(due.row.id, due.about or due.post) for due in dues if due.exempt}
    for at, each in enumerate(exemptions):
        if (each.row, each.post) not in taken:
            text = f"exemptions[{at}] takes nothing off: the row {each.row} asks nothing of that "
            text += "post. Where a row covers subjects, name the subject."
            yield Note(row=each.row, text=text)


def departures_of(programme: Programme, departures: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """The sentences of those departures that a programme rests on."""
    ids = {setting.id for setting in settings_of(programme)}
    return tuple(said for id, said in departures if id in ids)
