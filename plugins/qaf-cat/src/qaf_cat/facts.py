"""What an early help system may know of a case, and what follows from it.

All of it may be left out: then the yes or no of the audit stands by itself. How often a plan is
reviewed is for each service to say: it is a fact that the host gives, with no value here.
"""

from __future__ import annotations

from datetime import date

from qaf_cat.sources import SHROPSHIRE, TRAFFORD
from qaf_cat.subjects import EARLY_HELP_CASE
from qaf_core import Standing
from qaf_core.facts import Derivation, Fact, Origin, audited
from qaf_core.logic import COUNT, DATE, YES_NO, Ref
from qaf_core.timing import Deadline, Span, Unit, WorkingCalendar

__all__ = [
    "DRIFT_AFTER",
    "DRIFT_REVIEWS",
    "FACTS",
    "opened",
    "recognised",
    "acted_on",
    "drift_answer",
    "long_open",
    "review_answer",
    "review_current",
    "review_last",
    "reviews",
    "step_up",
]


def __dir__() -> list[str]:
    return __all__


DRIFT_AFTER = Deadline(span=Span(12, Unit.MONTHS), after="cat_opened")
DRIFT_REVIEWS = 3
"""A case open for longer, or reviewed as often, is one of which drift is to be thought."""

_OPENED = Fact(
    id="cat_opened",
    kind=DATE,
    label="the day the early help case was opened",
    origin=Origin.HOST,
    needed=False,
    subjects=(EARLY_HELP_CASE.id,),
    source=SHROPSHIRE.at("Audit of March 2015, drift"),
    standing=Standing.EDITORIAL,
)
_REVIEWS = Fact(
    id="cat_reviews",
    kind=COUNT,
    label="the reviews held",
    origin=Origin.HOST,
    needed=False,
    subjects=(EARLY_HELP_CASE.id,),
    source=SHROPSHIRE.at("Audit of March 2015, drift"),
    standing=Standing.EDITORIAL,
)
_REVIEW_LAST = Fact(
    id="cat_review_last",
    kind=DATE,
    label="the day of the last review",
    origin=Origin.HOST,
    needed=False,
    subjects=(EARLY_HELP_CASE.id,),
    source=TRAFFORD.at("Review"),
    standing=Standing.EDITORIAL,
)
_REVIEW_WEEKS = Fact(
    id="cat_review_weeks",
    kind=COUNT,
    label="the weeks after which the service reviews a plan again",
    origin=Origin.HOST,
    needed=False,
    subjects=(EARLY_HELP_CASE.id,),
    source=TRAFFORD.at("Review"),
    standing=Standing.EDITORIAL,
)


def _long_open(opened_on: date, audited_on: date, calendar: WorkingCalendar) -> bool | None:
    """Whether it has been open for more than twelve months on the day of the audit."""
    within = DRIFT_AFTER.kept(opened_on, audited_on, calendar)
    return None if within is None else not within


def _review_current(
    reviewed: date, audited_on: date, weeks: int, calendar: WorkingCalendar
) -> bool | None:
    """Whether the next review was not yet overdue on the day of the audit."""
    if weeks < 1:
        return None
    again = Deadline(span=Span(weeks * 7, Unit.DAYS), after="cat_review_last")
    return again.kept(reviewed, audited_on, calendar)


_LONG_OPEN = Fact(
    id="cat_long_open",
    kind=YES_NO,
    label="the case being open for more than twelve months",
    origin=Origin.DERIVED,
    derivation=Derivation(
        version="1",
        rests_on=(_OPENED.ref, audited),
        uses_calendar=True,
        function=_long_open,
    ),
    subjects=(EARLY_HELP_CASE.id,),
    source=SHROPSHIRE.at("Audit of March 2015, drift"),
    standing=Standing.EDITORIAL,
)
_REVIEW_CURRENT = Fact(
    id="cat_review_current",
    kind=YES_NO,
    label="the last review being current, by its date and the service's own number",
    origin=Origin.DERIVED,
    derivation=Derivation(
        version="1",
        rests_on=(_REVIEW_LAST.ref, audited, _REVIEW_WEEKS.ref),
        uses_calendar=True,
        function=_review_current,
    ),
    subjects=(EARLY_HELP_CASE.id,),
    source=TRAFFORD.at("Review"),
    standing=Standing.EDITORIAL,
)

FACTS = (_OPENED, _REVIEWS, _REVIEW_LAST, _REVIEW_WEEKS, _LONG_OPEN, _REVIEW_CURRENT)

opened = _OPENED.ref
reviews = _REVIEWS.ref
review_last = _REVIEW_LAST.ref
long_open = _LONG_OPEN.ref
review_current = _REVIEW_CURRENT.ref

# What the questions of the audit state, as rules name it.
recognised = Ref(
    "cat_risk_recognised", YES_NO, label="every child protection concern being recognised"
)
acted_on = Ref("cat_risk_acted_on", YES_NO, label="every child protection concern being acted on")
step_up = Ref("cat_risk_step_up", YES_NO, label="a step up being considered")
review_answer = Ref("cat_plan_reviewed", YES_NO, label="the plan being reviewed as answered")
drift_answer = Ref("cat_plan_drift", YES_NO, label="someone being consulted about drift")
