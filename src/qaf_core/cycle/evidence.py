"""What the board hears: streams of evidence, and what was heard, is due and was missed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeAlias

from attrs import frozen

from qaf_core.cadence import (
    AtLeast,
    Cadence,
    Every,
    OnEvent,
    Ongoing,
    PerSubject,
    ProgrammeYear,
    Window,
    windows_of,
)
from qaf_core.errors import Fault, InputError
from qaf_core.immutable import FrozenMap
from qaf_core.provenance import Reference, Standing
from qaf_core.tables import Table

__all__ = [
    "EveryWeek",
    "Hearing",
    "MultiAgencyAudit",
    "Stream",
    "StreamState",
    "heard",
    "multi_agency",
]


def __dir__() -> list[str]:
    return __all__


@frozen
class EveryWeek:
    """Once in each week of seven days from the first day of the year."""

    def windows(self, year: ProgrammeYear) -> tuple[Window, ...]:
        """The weeks of a year; the last has what days are left."""
        first, last = year.start, year.last
        starts = range(0, (last - first).days + 1, 7)
        return tuple(
            Window(
                name=f"W{number}",
                start=first + timedelta(days=at),
                due=min(first + timedelta(days=at + 6), last),
            )
            for number, at in enumerate(starts, 1)
        )

    def __str__(self) -> str:
        return "every week"


Rhythm: TypeAlias = Cadence | EveryWeek


@frozen(kw_only=True)
class Stream:
    """Something that tells the board how well services do.

    Attributes:
        id: its id.
        title: the name people read.
        owners: ids of the roles and boards that bring it; none where the source names none.
        cadence: how often it comes; None where no frequency is stated.
        gives: what it gives the board, in a phrase.
        part_of: id of the stream it is part of, or "".
        source, standing: where it comes from and how firmly it stands.
    """

    id: str
    title: str
    owners: tuple[str, ...] = ()
    cadence: Rhythm | None = None
    gives: str
    part_of: str = ""
    source: Reference
    standing: Standing


@frozen(kw_only=True)
class Hearing:
    """The board heard a stream on a day.

    Attributes:
        stream: id of the stream.
        on: the day.
        document: id of what it was given, or "".
        about: for a stream that comes for each of many, the id of whom it was about.
    """

    stream: str
    on: date
    document: str = ""
    about: str = ""


class StreamState(StrEnum):
    """How a stream stands in a window."""

    HEARD = "heard"
    DUE = "due"
    MISSED = "missed"
    TO_COME = "to come"
    NOT_STATED = "no frequency stated"
    UNKNOWN = "not known how many there are"
    NOT_CALLED_FOR = "not called for"


def heard(
    streams: Iterable[Stream],
    hearings: Iterable[Hearing],
    year: ProgrammeYear,
    on: date,
    *,
    subjects: Mapping[str, Sequence[str]] = FrozenMap(),
    events: Mapping[str, Sequence[date]] = FrozenMap(),
    within: Window | None = None,
) -> Table:
    """What was heard, is due and was missed in a year, as of a day.

    Args:
        streams: the streams of a framework.
        hearings: what was heard; that after the day or outside the year does not count.
        year: the programme year.
        on: the day.
        subjects: for streams that come for each of many, by id of the stream: the ids of
            those. Without them it is not known what is missing, and it says so.
        events: for streams that come each time something happens, by id of the stream:
            the days on which it happened. Without them it is not known either.
        within: part of the year, where only windows that fall into it are wanted.

    Returns:
        A row for each stream and each of its windows.

    Raises:
        InputError: a hearing names a stream that is not there. Every such is named.
    """
    streams, hearings = tuple(streams), tuple(hearings)
    known = {each.id for each in streams}
    do = "Name a stream of the framework"
    faults = [
        Fault(path=f"hearings[{number}].stream", problem="there is no such stream", do=do)
        for number, each in enumerate(hearings)
        if each.stream not in known
    ]
    if faults:
        raise InputError(faults)
    rows: list[dict[str, object]] = []
    windows = {
        cadence: _windows(cadence, year, within)
        for cadence in dict.fromkeys(each.cadence for each in streams)
    }
    for each in streams:
        own = [one for one in hearings if one.stream == each.id and one.on <= on]
        many = _Many(subjects.get(each.id), events.get(each.id))
        rows += _rows(each, own, many, windows[each.cadence], on)
    return Table(
        caption=f"What was heard by {on}, in {year}",
        columns={
            "stream": "Stream",
            "title": "What",
            "owners": "Brought by",
            "cadence": "How often",
            "window": "Window",
            "start": "From",
            "due": "To",
            "wanted": "Wanted",
            "heard": "Heard",
            "last": "Last heard",
            "state": "State",
            "clause": "Clause",
            "standing": "Standing",
        },
        rows=rows,
    )


@frozen
class _Many:
    """How many there are, as far as the host says: whom it is about, or when it happened."""

    subjects: Sequence[str] | None
    events: Sequence[date] | None


def _windows(
    cadence: Rhythm | None, year: ProgrammeYear, within: Window | None
) -> Sequence[Window]:
    """The windows of a year, or those that fall into a part of it."""
    every = cadence.windows(year) if isinstance(cadence, EveryWeek) else windows_of(cadence, year)
    if within is None:
        return every
    first, last = within.start, within.due
    return [each for each in every if each.start <= last and each.due >= first]


def _rows(
    stream: Stream, own: Sequence[Hearing], many: _Many, windows: Iterable[Window], on: date
) -> Iterator[dict[str, object]]:
    """A row a window, given the hearings of the stream up to the day."""
    cadence = stream.cadence
    of_stream: dict[str, object] = {
        "stream": stream.id,
        "title": stream.title,
        "owners": ", ".join(stream.owners),
        "cadence": "no frequency stated" if cadence is None else str(cadence),
    }
    grounds = {"clause": str(stream.source), "standing": stream.standing.value}
    for window in windows:
        inside = [each for each in own if each.on in window]
        wanted = _wanted(cadence, many, window, on)
        count = _count(cadence, inside, many.subjects)
        yield {
            **of_stream,
            "window": window.name,
            "start": window.start,
            "due": window.due,
            "wanted": wanted,
            "heard": count,
            "last": max((each.on for each in inside), default=None),
            "state": _state(cadence, wanted, count, window, on).value,
            **grounds,
        }


def _wanted(cadence: Rhythm | None, many: _Many, window: Window, on: date) -> int | None:
    """How often it is wanted in a window; None where that is not stated or not known."""
    match cadence:
        case Every() | EveryWeek():
            return 1
        case AtLeast():
            return cadence.number
        case PerSubject() if many.subjects is not None:
            return cadence.number * len(set(many.subjects))
        case OnEvent() if many.events is not None:
            return sum(day in window and day <= on for day in many.events)
    return None


def _count(cadence: Rhythm | None, inside: Sequence[Hearing], among: Sequence[str] | None) -> int:
    """How often it counts as heard: for each of many, no more than wanted of each.

    Where several are wanted, the same document heard again is no other.
    """
    if isinstance(cadence, AtLeast):
        named = [each.document for each in inside if each.document]
        return len(inside) - len(named) + len(set(named))
    if not isinstance(cadence, PerSubject) or among is None:
        return len(inside)
    each = (sum(one.about == subject for one in inside) for subject in set(among))
    return sum(min(cadence.number, times) for times in each)


def _state(
    cadence: Rhythm | None, wanted: int | None, count: int, window: Window, on: date
) -> StreamState:
    if on < window.start:
        return StreamState.TO_COME
    if wanted is None:
        if count:
            return StreamState.HEARD
        unstated = cadence is None or isinstance(cadence, Ongoing)
        return StreamState.NOT_STATED if unstated else StreamState.UNKNOWN
    if count >= wanted:
        return StreamState.HEARD if wanted or count else StreamState.NOT_CALLED_FOR
    return StreamState.DUE if on <= window.due else StreamState.MISSED


# --- audits of several agencies --------------------------------------------------------------


@frozen(kw_only=True)
class MultiAgencyAudit:
    """An audit of several agencies, which the safeguarding board's sub-group commissions.

    Attributes:
        id: its id.
        theme: id of the theme.
        commissioned_by: id of the body that commissioned it; "" while nobody did.
        on: the day it was commissioned.
        agencies: ids of the agencies that take part.
        reviews: ids of this council's own audits that the sub-group looked at.
    """

    id: str
    theme: str
    commissioned_by: str = ""
    on: date | None = None
    agencies: tuple[str, ...] = ()
    reviews: tuple[str, ...] = ()


def multi_agency(
    audits: Iterable[MultiAgencyAudit], *, commissioner: str, own: Iterable[str] = ()
) -> Table:
    """Audits of several agencies, and what the sub-group made of this council's own.

    Args:
        audits: the multi-agency audits.
        commissioner: id of the body that may commission them.
        own: ids of this council's audits.

    Returns:
        A row an audit. ``commissioned`` is no where another body, or none, commissioned
        it; ``not_ours`` counts audits it looked at that are none of this council's.
    """
    ours = frozenset(own)
    return Table(
        caption="Audits of several agencies",
        columns={
            "audit": "Audit",
            "theme": "Theme",
            "commissioned": "Commissioned by the sub-group",
            "on": "On",
            "agencies": "Agencies",
            "reviewed": "Of our audits looked at",
            "not_ours": "Others looked at",
        },
        rows=[
            {
                "audit": each.id,
                "theme": each.theme,
                "commissioned": each.commissioned_by == commissioner,
                "on": each.on,
                "agencies": len(set(each.agencies)),
                "reviewed": len(ours & set(each.reviews)),
                "not_ours": len(set(each.reviews) - ours),
            }
            for each in audits
        ],
    )
