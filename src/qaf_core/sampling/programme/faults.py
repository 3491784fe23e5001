"""What a plan is made in, and what is wrong with what it is made from: every fault at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from attrs import field, frozen

from qaf_core.cadence import AtLeast, OnEvent, PerSubject, ProgrammeYear, Window
from qaf_core.errors import Fault, nearest
from qaf_core.roles import Board, Role
from qaf_core.sampling.population import Post
from qaf_core.sampling.programme.model import Programme
from qaf_core.sampling.programme.recorded import AREA, SINCE, UNTIL, Change, Exemption
from qaf_core.sampling.programme.rows import ProgrammeRow
from qaf_core.timing import WorkingCalendar

__all__ = ["Context", "change_faults", "exemption_faults", "post_faults"]


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


def _perhaps(given: str, known: Iterable[str]) -> str:
    near = nearest(given, known)
    return f"; perhaps {near} is meant" if near else ""


def _fault(path: str, problem: str, do: str) -> Fault:
    return Fault(path=path, problem=problem, do=do)


def post_faults(
    posts: Mapping[str, Post], programme: Programme, context: Context
) -> Iterator[Fault]:
    """Posts whose role or area is not known, or whose days cannot be."""
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
        held = {name: post.facts[name] for name in (SINCE, UNTIL) if name in post.facts}
        days = [day for day in held.values() if type(day) is date]
        for name, day in held.items():
            if type(day) is not date:
                yield _fault(f"{where}.{name}", "it is no date", "Give a date, or leave it out")
        if len(days) == 2 and days[1] < days[0]:
            yield _fault(f"{where}.until", "it is before since", "Correct one of the two")


def change_faults(
    changes: tuple[Change, ...], programme: Programme, context: Context, year: ProgrammeYear
) -> Iterator[Fault]:
    """Changes that nobody may make, or that change nothing there is."""
    units = {row.id: row for row in programme.units}
    added = [change.row for change in changes if change.adds is not None]
    known = {**units, **{each.row: each.adds for each in changes if each.adds is not None}}
    times = Counter((change.row, change.since) for change in changes)
    for at, change in enumerate(changes):
        where = f"changes[{at}]"
        if times[(change.row, change.since)] > 1:
            yield _fault(where, "the row is changed more than once from that day", "Make it one")
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


def exemption_faults(
    exemptions: tuple[Exemption, ...],
    programme: Programme,
    rows: list[tuple[ProgrammeRow, Window]],
    posts: Mapping[str, Post],
    context: Context,
) -> Iterator[Fault]:
    """Exemptions that nobody may grant, or that are from nothing there is."""
    windows: dict[str, list[str]] = {}
    kinds: dict[str, ProgrammeRow] = {}
    for row, window in rows:
        windows.setdefault(row.id, []).append(window.name)
        kinds[row.id] = row
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
