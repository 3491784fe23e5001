"""What the board hears: streams of evidence, and what was heard, is due and was missed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import TypeAlias

from attrs import field, frozen

from qaf_core.cadence import (
    AtLeast,
    Cadence,
    Every,
    PerSubject,
    ProgrammeYear,
    Window,
    windows_of,
)
from qaf_core.errors import Fault, InputError
from qaf_core.immutable import FrozenMap
from qaf_core.logic.values import Kind
from qaf_core.provenance import Reference, Standing
from qaf_core.tables import Table

__all__ = [
    "EveryWeek",
    "Feedback",
    "Hearing",
    "MultiAgencyAudit",
    "Point",
    "Stream",
    "StreamState",
    "heard",
    "journey",
    "multi_agency",
]


def __dir__() -> list[str]:
    return __all__


@frozen
class EveryWeek:
    """Once in each week of seven days from the first day of the year."""

    def windows(self, year: ProgrammeYear) -> tuple[Window, ...]:
        """The weeks of a year; the last has what days are left."""
        starts = range(0, (year.last - year.start).days + 1, 7)
        return tuple(
            Window(
                name=f"W{number}",
                start=year.start + timedelta(days=at),
                due=min(year.start + timedelta(days=at + 6), year.last),
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


def heard(
    streams: Iterable[Stream],
    hearings: Iterable[Hearing],
    year: ProgrammeYear,
    on: date,
    *,
    subjects: Mapping[str, Sequence[str]] = FrozenMap(),
) -> Table:
    """What was heard, is due and was missed in a year, as of a day.

    Args:
        streams: the streams of a framework.
        hearings: what was heard; that after the day or outside the year does not count.
        year: the programme year.
        on: the day.
        subjects: for streams that come for each of many, by id of the stream: the ids of
            those. Without them it is not known what is missing, and it says so.

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
    rows = [row for each in streams for row in _windows(each, hearings, year, on, subjects)]
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


def _windows(
    stream: Stream,
    hearings: Iterable[Hearing],
    year: ProgrammeYear,
    on: date,
    subjects: Mapping[str, Sequence[str]],
) -> Iterator[dict[str, object]]:
    cadence = stream.cadence
    windows = cadence.windows(year) if isinstance(cadence, EveryWeek) else windows_of(cadence, year)
    own = [each for each in hearings if each.stream == stream.id and each.on <= on]
    among = subjects.get(stream.id)
    for window in windows:
        inside = [each for each in own if each.on in window]
        wanted = _wanted(cadence, among)
        count = _count(cadence, inside, among)
        yield {
            "stream": stream.id,
            "title": stream.title,
            "owners": ", ".join(stream.owners),
            "cadence": "no frequency stated" if cadence is None else str(cadence),
            "window": window.name,
            "start": window.start,
            "due": window.due,
            "wanted": wanted,
            "heard": count,
            "last": max((each.on for each in inside), default=None),
            "state": _state(cadence, wanted, count, window, on).value,
            "clause": str(stream.source),
            "standing": stream.standing.value,
        }


def _wanted(cadence: Rhythm | None, among: Sequence[str] | None) -> int | None:
    """How often it is wanted in a window; None where that is not stated or not known."""
    match cadence:
        case Every() | EveryWeek():
            return 1
        case AtLeast():
            return cadence.number
        case PerSubject() if among is not None:
            return cadence.number * len(set(among))
    return None


def _count(cadence: Rhythm | None, inside: Sequence[Hearing], among: Sequence[str] | None) -> int:
    """How often it counts as heard: for each of many, no more than wanted of each."""
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
        return StreamState.UNKNOWN if isinstance(cadence, PerSubject) else StreamState.NOT_STATED
    if count >= wanted:
        return StreamState.HEARD
    return StreamState.DUE if on <= window.due else StreamState.MISSED


# --- feedback along the child's journey ------------------------------------------------------


@frozen(kw_only=True)
class Point:
    """A point of the child's journey at which views are asked for.

    Attributes:
        id, title: its id, and the name people read.
        source, standing: where it comes from and how firmly it stands.
    """

    id: str
    title: str
    source: Reference
    standing: Standing


def _answers(answers: Mapping[str, str]) -> FrozenMap[str, str]:
    return FrozenMap(answers)


@frozen(kw_only=True)
class Feedback:
    """What one child said at one point.

    Attributes:
        subject: the host's id of the child, never a name.
        point: id of the point.
        on: the day.
        answers: code of each answer, by id of the question; one left out was not answered.
    """

    subject: str
    point: str
    on: date
    answers: Mapping[str, str] = field(factory=FrozenMap, converter=_answers, repr=False)


def journey(
    feedback: Iterable[Feedback],
    questions: Mapping[str, Kind],
    points: Sequence[Point],
) -> Table:
    """How the same children's answers compare between points, question by question.

    Only children who answered at both points are compared, by the order of the answers
    and never by a mean; those who answered at one only are counted beside. Where a child
    was asked more than once at a point, the last time counts.

    Args:
        feedback: what children said.
        questions: the kind of each question's answers, by id; ordered worst to best.
        points: the points of the journey, in order.

    Raises:
        InputError: a point, question or answer is not there, or a kind has no order.
            Every fault is named; no answer is repeated.
    """
    feedback = tuple(feedback)
    places = [each.id for each in points]
    faults = [*_misgiven(feedback, questions, places)]
    if faults:
        raise InputError(faults)
    said: dict[tuple[str, str, str], str] = {}
    for each in sorted(feedback, key=lambda one: one.on):
        for question, answer in each.answers.items():
            said[question, each.point, each.subject] = answer
    rows = []
    for question, kind in questions.items():
        for first, then in pairwise(points):
            before = _at(said, question, first.id)
            after = _at(said, question, then.id)
            both = sorted(before.keys() & after.keys())
            moves = [_moved(kind, before[one], after[one]) for one in both]
            rows.append(
                {
                    "question": question,
                    "from": first.title,
                    "to": then.title,
                    "compared": sum(move is not None for move in moves),
                    "better": moves.count(1),
                    "same": moves.count(0),
                    "worse": moves.count(-1),
                    "no_order": moves.count(None),
                    "only_before": len(before.keys() - after.keys()),
                    "only_after": len(after.keys() - before.keys()),
                }
            )
    return Table(
        caption="How children's answers compare along their journey",
        columns={
            "question": "Question",
            "from": "From",
            "to": "To",
            "compared": "Children compared",
            "better": "Better",
            "same": "The same",
            "worse": "Worse",
            "no_order": "Beside the order",
            "only_before": "Answered before only",
            "only_after": "Answered after only",
        },
        rows=rows,
    )


def _at(said: Mapping[tuple[str, str, str], str], question: str, point: str) -> dict[str, str]:
    return {who: answer for (q, p, who), answer in said.items() if (q, p) == (question, point)}


def _moved(kind: Kind, before: str, after: str) -> int | None:
    """1 where it is better, -1 where worse, 0 where the same; None beside the order."""
    first, then = kind.position(before), kind.position(after)
    if first is None or then is None:
        return None
    return (then > first) - (then < first)


def _misgiven(
    feedback: Sequence[Feedback], questions: Mapping[str, Kind], points: Sequence[str]
) -> Iterator[Fault]:
    for id, kind in questions.items():
        if not kind.ordered or not kind.codes:
            yield Fault(
                path=f"questions.{id}", problem="its answers have no order", do="Order them"
            )
    for number, each in enumerate(feedback):
        path = f"feedback[{number}]"
        if each.point not in points:
            do = f"Use one of {', '.join(points)}"
            yield Fault(path=f"{path}.point", problem="there is no such point", do=do)
        for place, (question, answer) in enumerate(each.answers.items(), 1):
            if question not in questions:
                where = f"{path}.answers.(key {place})"
                yield Fault(path=where, problem="there is no such question", do="Correct its name")
            elif answer not in questions[question].every_code:
                do = f"Use one of {', '.join(questions[question].every_code)}"
                where = f"{path}.answers.{question}"
                yield Fault(path=where, problem="it is not a choice here", do=do)


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
