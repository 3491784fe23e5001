"""What a host records of its programme: posts in time, audits done, and what was decided.

Posts are ids, never names. Reasons of exemptions are free text about people and are never
shown; reasons of changes are the council's own, and every plan that they touch shows them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from attrs import field, frozen

from qaf_core.cadence import Window
from qaf_core.immutable import FrozenMap
from qaf_core.sampling.population import Post
from qaf_core.sampling.programme.rows import ProgrammeRow

__all__ = [
    "AREA",
    "SINCE",
    "UNTIL",
    "Change",
    "Done",
    "Event",
    "Exemption",
    "Recorded",
    "Signed",
    "ThematicAudit",
    "area_of",
    "days_in",
    "held_on",
]

AREA, SINCE, UNTIL = "area", "since", "until"
"""Facts of a post that a plan reads: its service area, and its first and last day."""


def __dir__() -> list[str]:
    return __all__


def _ids(items: Iterable[str]) -> tuple[str, ...]:
    return (items,) if isinstance(items, str) else tuple(items)


@frozen(kw_only=True)
class Done:
    """An audit that was carried out.

    Attributes:
        id: the host's id of the audit.
        tool: id of the tool.
        on: the day it was carried out; it counts in the window that holds that day.
        auditor: the post that carried it out.
        subject: id of whom or what it is about.
        worker: the post of the worker observed, or of the supervisor whose file it is.
        status: the status of the case on that day, such as ``"cp"``, where it is a case.
        rows: ids of the rows it counts for; empty where the rest tells which.
    """

    id: str
    tool: str
    on: date
    auditor: str = field(default="", repr=False)
    subject: str = ""
    worker: str = field(default="", repr=False)
    status: str = ""
    rows: tuple[str, ...] = field(default=(), converter=_ids)


@frozen(kw_only=True)
class Exemption:
    """What somebody need not do, and who said so.

    Attributes:
        row: id of the row, as it is counted.
        post: the post that it is for. Where a row covers subjects it is the subject; "" for
            what a row asks of no post by itself.
        window: name of the window, such as ``"Q2"``; "" for the whole year.
        audits: how many it takes off in each window; None for all.
        approver: the role or board that approved it.
        approved: the day it was approved.
        reason: free text, never shown.
    """

    row: str
    post: str = field(default="", repr=False)
    window: str = ""
    audits: int | None = None
    approver: str
    approved: date
    reason: str = field(repr=False)


def _numbers(numbers: Mapping[str, int]) -> FrozenMap[str, int]:
    return FrozenMap(numbers)


@frozen(kw_only=True)
class Change:
    """A change of the programme within its year.

    It holds from the first window that begins on or after its day; where the row has one
    window a year, for that one. What has begun keeps its numbers.

    Attributes:
        row: id of the row, as it is counted.
        since: the day from which it holds.
        quotas: id of a role and its new number; 0 takes the quota away.
        number: the new number, where the row asks for so many of the whole or of each.
        withdrawn: whether the row falls away.
        adds: a row that is new; its id is ``row``.
        approver: the role or board that approved it.
        reason: why; it is shown.
    """

    row: str
    since: date
    quotas: Mapping[str, int] = field(factory=FrozenMap, converter=_numbers)
    number: int | None = None
    withdrawn: bool = False
    adds: ProgrammeRow | None = None
    approver: str
    reason: str


@frozen(kw_only=True)
class Signed:
    """Something signed off.

    Attributes:
        what: id of what a row wants signed off, such as ``"transfer_audit"``.
        on: the day.
        by: the post that signed.
    """

    what: str
    on: date
    by: str = field(repr=False)


def _signed(items: Iterable[Signed]) -> tuple[Signed, ...]:
    return tuple(items)


@frozen(kw_only=True)
class Event:
    """Something that calls for an audit, such as the transfer of a case.

    Attributes:
        id: the host's id of the event.
        event: what it is, such as ``"transfer"``.
        subject: id of the case.
        on: the day it happens, or is to happen.
        from_team, to_team: the teams, where a case goes from one to another.
        signed: what was signed off for it.
    """

    id: str
    event: str
    subject: str = ""
    on: date
    from_team: str = ""
    to_team: str = ""
    signed: tuple[Signed, ...] = field(default=(), converter=_signed)


@frozen(kw_only=True)
class ThematicAudit:
    """An audit of a theme, across teams and by several methods.

    Attributes:
        id: the host's id.
        theme: the theme, in the board's words.
        teams: ids of the teams or services it follows the theme through.
        methods: how it looks, such as ``"file audit"`` and ``"focus group"``.
        since, until: the period that it examines.
        completed: the day it was completed; None while it is not.
    """

    id: str
    theme: str
    teams: tuple[str, ...] = field(converter=_ids)
    methods: tuple[str, ...] = field(converter=_ids)
    since: date
    until: date
    completed: date | None = None


def area_of(post: Post) -> str:
    """Id of the service area of a post, or "" where it is not given."""
    area = post.facts.get(AREA, "")
    return area if isinstance(area, str) else ""


def _day(post: Post, fact: str) -> date | None:
    day = post.facts.get(fact)
    return day if isinstance(day, date) else None


def held_on(post: Post, day: date) -> bool:
    """Whether a post was there on a day; a first or last day not given sets no bound."""
    since, until = _day(post, SINCE), _day(post, UNTIL)
    return (since is None or since <= day) and (until is None or day <= until)


def days_in(post: Post, window: Window) -> tuple[date, date, int]:
    """First and last day of a post within a window, and how many days that is."""
    first = max(_day(post, SINCE) or window.start, window.start)
    last = min(_day(post, UNTIL) or window.due, window.due)
    return first, last, max((last - first).days + 1, 0)


@frozen(kw_only=True)
class Recorded:
    """All that a host records of a programme year.

    Attributes:
        posts: the posts there are in it.
        done: the audits carried out.
        exemptions, changes: what was decided.
        events: what called for an audit, such as transfers.
        thematic: thematic audits, completed or not.
        populations: how many there are, where a row asks for a share of them.
    """

    posts: tuple[Post, ...] = field(default=(), repr=False)
    done: tuple[Done, ...] = field(default=(), repr=False)
    exemptions: tuple[Exemption, ...] = field(default=(), repr=False)
    changes: tuple[Change, ...] = field(default=(), repr=False)
    events: tuple[Event, ...] = field(default=(), repr=False)
    thematic: tuple[ThematicAudit, ...] = field(default=(), repr=False)
    populations: Mapping[str, int | Mapping[str, int]] = field(factory=FrozenMap, repr=False)
