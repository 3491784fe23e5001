"""The families asked six months after involvement ended: a draw with its own frame.

The source asks for "a sample" and gives no size; how many is for the council to say.
"""

from __future__ import annotations

from datetime import date, timedelta

from qaf_core.errors import DefinitionError
from qaf_core.facts import case_closed, case_opened
from qaf_core.sampling.frame import Exclusion
from qaf_core.settings import FEEDBACK_AFTER_CLOSURE
from qaf_core.timing import Deadline, Span, Unit, add_months

__all__ = ["closed_between", "due_for_feedback"]


def __dir__() -> list[str]:
    return __all__


def closed_between(first: date, last: date, months: int) -> tuple[date, date]:
    """The first and last day of closing from which so many months lead into a period.

    Months lead to the corresponding day, or to the last of a month that has none.

    >>> closed_between(date(2015, 2, 1), date(2015, 2, 28), 6)
    (datetime.date(2014, 8, 1), datetime.date(2014, 8, 31))
    """
    day = timedelta(days=1)
    earliest = add_months(first, -months)
    while add_months(earliest, months) < first:
        earliest += day
    while add_months(earliest - day, months) >= first:
        earliest -= day
    latest = add_months(last, -months)
    while add_months(latest + day, months) <= last:
        latest += day
    return earliest, latest


def due_for_feedback(
    first: date, last: date, *, after: Deadline | None = None
) -> tuple[Exclusion, ...]:
    """Why cases are left out of the feedback sample of a period (Reading QAF 2016, 5.2 c).

    What is left are the cases whose six months since closure end in the period. Give it to
    ``draw`` as ``exclude``; the cases need the fact ``case_closed``, and ``case_opened`` to
    tell those that were opened again.

    Args:
        first: the first day of the period.
        last: its last day.
        after: how long after closure, in months; by default as the framework has it. A
            framework that departs from that gives its own:
            ``framework.setting("feedback_after_closure").value``.

    Raises:
        DefinitionError: the period ends before it begins, or the span is not in months.
    """
    if last < first:
        raise DefinitionError("The period ends before it begins.")
    deadline = FEEDBACK_AFTER_CLOSURE.value if after is None else after
    match deadline:
        case Deadline(span=Span(number=months, unit=Unit.MONTHS)):
            earliest, latest = closed_between(first, last, months)
        case _:
            raise DefinitionError("Feedback is asked for a number of months after closure.")
    return (
        Exclusion("no date of closure is known", ~case_closed.answered()),
        Exclusion("opened again since", case_opened > case_closed),
        Exclusion(
            f"{months} months after closure fall outside the period",
            (case_closed < earliest) | (case_closed > latest),
        ),
    )
