"""The plan of a year: what each row asks of each post, in each window.

It is worked out from a programme and posts, less exemptions and with the changes that were
made within the year.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from math import floor

from attrs import evolve, field, frozen

from qaf_core.cadence import (
    AtLeast,
    OnEvent,
    Ongoing,
    PerSubject,
    ProgrammeYear,
    ShareOf,
    Window,
    windows_of,
)
from qaf_core.immutable import FrozenMap
from qaf_core.provenance import Reference, Standing
from qaf_core.roles import Role
from qaf_core.sampling.population import Post
from qaf_core.sampling.programme.model import PRO_RATA, Programme
from qaf_core.sampling.programme.recorded import Change, Exemption, area_of, days_in
from qaf_core.sampling.programme.rows import POST, Cover, ProgrammeRow, Quota, value_of

__all__ = ["NOBODY_COUNTED", "Due", "Note", "Planner", "Populations", "rows_in_year"]

Populations = Mapping[str, int | Mapping[str, int]]
"""How many there are, by id of the row, and where it differs by name of the window."""

NOBODY_COUNTED: Populations = FrozenMap()
"""No row asks for a share of anything."""


def __dir__() -> list[str]:
    return __all__


@frozen(kw_only=True)
class Note:
    """Something to look at: a query of the programme, in a sentence.

    Attributes:
        row: id of the row it is about, or "".
        text: what to look at, and what to do.
        source, standing: on what it rests.
    """

    row: str
    text: str
    source: Reference | None = None
    standing: Standing = Standing.EDITORIAL

    def __str__(self) -> str:
        grounds = f" [{self.source}; {self.standing}]" if self.source else f" [{self.standing}]"
        return self.text + grounds


@frozen(kw_only=True)
class Due:
    """What a row asks for in one window, of one post or of the whole.

    Attributes:
        row: the row, as it is counted.
        window: the window.
        post: the post that owes it; "" where it is nobody's by name.
        role: the role that owes it; None where it is anybody's.
        about: the post that is to be audited, or the event, where there is one.
        number: how many are asked for; None where that is not stated or not known.
        exempt: how many were taken off by exemptions.
        known: False where the number hangs on something the host has not given.
        dormant: whether the row's tools are not there.
        start, due: the first and last day on which it can be done.
        source, standing: where it comes from and how firmly it stands.
    """

    row: ProgrammeRow
    window: Window
    post: str = field(default="", repr=False)
    role: Role | None = None
    about: str = field(default="", repr=False)
    number: int | None
    exempt: int = 0
    known: bool = True
    dormant: bool = False
    start: date
    due: date
    source: Reference
    standing: Standing

    @property
    def key(self) -> tuple[str, str, str, str, str]:
        """What it is told apart by."""
        role = self.role.id if self.role and not self.post and not self.about else ""
        post = "" if self.about else self.post
        return (self.row.id, self.window.name, post, role, self.about)


def rows_in_year(
    programme: Programme, changes: Iterable[Change], year: ProgrammeYear
) -> Iterator[tuple[ProgrammeRow, Window]]:
    """Each row with each of its windows, as it stands in that window."""
    ordered = sorted(changes, key=lambda each: each.since)
    added = {each.row: each for each in ordered if each.adds is not None}
    units = {row.id: row for row in programme.units}
    units |= {id: each.adds for id, each in added.items() if each.adds is not None}
    for id, row in units.items():
        windows = windows_of(row.cadence, year)
        for window in windows:
            starts = added[id].since if id in added else None
            if starts is not None and not _holds(starts, window, windows):
                continue
            now: ProgrammeRow | None = row
            for change in ordered:
                if now and change.row == id and _holds(change.since, window, windows):
                    changed = _changed(now, change)
                    gone = change.withdrawn or (bool(now.quotas) and not changed.quotas)
                    now = None if gone else changed
            if now is not None:
                yield now, window


def _holds(since: date, window: Window, windows: tuple[Window, ...]) -> bool:
    """Whether a change holds in a window: in all that begin later, or in the only one."""
    return since <= (window.due if len(windows) == 1 else window.start)


def _changed(row: ProgrammeRow, change: Change) -> ProgrammeRow:
    quotas = tuple(
        evolve(quota, number=change.quotas.get(quota.role.id, quota.number))
        for quota in row.quotas
        if change.quotas.get(quota.role.id) != 0
    )
    cadence = row.cadence
    if change.number is not None and isinstance(cadence, AtLeast | PerSubject):
        cadence = evolve(cadence, number=change.number)
    return evolve(row, quotas=quotas, cadence=cadence)


@frozen(kw_only=True)
class Planner:
    """What dues are worked out from."""

    posts: Mapping[str, Post]
    roles: Mapping[str, Role]
    tools: frozenset[str]
    part: str
    exemptions: tuple[Exemption, ...]
    populations: Populations

    def dues(self, row: ProgrammeRow, window: Window) -> Iterator[Due]:
        """What a row asks for in a window."""
        if row.left_out or (isinstance(row.cadence, OnEvent) and not row.dormant(self.tools)):
            return
        if row.dormant(self.tools) or row.run_by or _unstated(row):
            yield evolve(self.whole(row, window, None), dormant=row.dormant(self.tools))
        elif row.covers:
            for cover in row.covers:
                yield from self.covered(row, cover, window)
        elif row.quotas:
            for quota in row.quotas:
                yield from self.quota(row, quota, window)
        elif isinstance(row.cadence, ShareOf):
            population = self.population(row, window)
            number = None if population is None else row.cadence.number_of(population)
            yield evolve(self.whole(row, window, number), known=number is not None)
        else:
            number = row.cadence.number if isinstance(row.cadence, AtLeast) else 1
            yield self.whole(row, window, number)

    def population(self, row: ProgrammeRow, window: Window) -> int | None:
        """How many there are in a window, or None where the host has not said."""
        given = self.populations.get(row.id)
        return given.get(window.name) if isinstance(given, Mapping) else given

    def whole(self, row: ProgrammeRow, window: Window, number: int | None) -> Due:
        """What is asked of the whole and of nobody by name."""
        return self.exempted(
            Due(
                row=row,
                window=window,
                number=number,
                start=window.start,
                due=window.due,
                source=row.source,
                standing=row.standing,
            ),
            "",
        )

    def exempted(self, due: Due, post: str) -> Due:
        """A due less what exemptions take off it."""
        if not due.number:
            return due
        off = 0
        for each in self.exemptions:
            of_this = (each.row, each.post) == (due.row.id, post)
            if of_this and each.window in ("", due.window.name):
                off += due.number if each.audits is None else each.audits
        off = min(off, due.number)
        return evolve(due, number=due.number - off, exempt=off)

    def part_of(self, number: int | None, days: int, window: Window) -> int | None:
        """What is asked of someone who is in post for so many days of a window."""
        if number is None or self.part != PRO_RATA:
            return number
        return floor(Fraction(number * days, window.days) + Fraction(1, 2))

    def quota(self, row: ProgrammeRow, quota: Quota, window: Window) -> Iterator[Due]:
        ids = {role.id for role in quota.roles}
        base = evolve(self.whole(row, window, quota.number), role=quota.role)
        if value_of(quota.per) != POST:
            yield base
            return
        for post in self.posts.values():
            first, last, days = days_in(post, window)
            if post.role in ids and days and (not row.areas or area_of(post) in row.areas):
                due = evolve(
                    base,
                    post=post.id,
                    role=self.roles.get(post.role, quota.role),
                    number=self.part_of(quota.number, days, window),
                    exempt=0,
                    start=first,
                    due=last,
                )
                yield self.exempted(due, post.id)

    def covered(self, row: ProgrammeRow, cover: Cover, window: Window) -> Iterator[Due]:
        ids = {role.id for role in cover.of}
        base = self.whole(row, window, None)
        wanted = row.cadence.number if isinstance(row.cadence, PerSubject) else 1
        for post in self.posts.values():
            first, last, days = days_in(post, window)
            if post.role not in ids or not days or (row.areas and area_of(post) not in row.areas):
                continue
            manager = self.posts.get(post.reports_to)
            owes = manager and (not cover.by or manager.role in {each.id for each in cover.by})
            due = evolve(
                base,
                post=manager.id if manager and owes else "",
                role=cover.by[0] if cover.by else None,
                about=post.id,
                number=None if cover.sample else self.part_of(wanted, days, window),
                start=first,
                due=last,
                source=cover.source,
                standing=cover.standing,
            )
            yield self.exempted(due, post.id)


def _unstated(row: ProgrammeRow) -> bool:
    """Whether it says nothing of how often."""
    return row.cadence is None or isinstance(row.cadence, Ongoing)
