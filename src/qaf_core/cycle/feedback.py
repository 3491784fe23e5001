"""What children say at points of their journey, compared from point to point."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

from attrs import field, frozen

from qaf_core.errors import Fault, InputError
from qaf_core.immutable import FrozenMap
from qaf_core.logic.values import Kind
from qaf_core.provenance import Reference, Standing
from qaf_core.tables import Table

__all__ = ["Feedback", "Point", "journey"]


def __dir__() -> list[str]:
    return __all__


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
