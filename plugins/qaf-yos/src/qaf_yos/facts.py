"""What a youth justice case system may know, and what follows from its dates.

All of it may be left out: then the yes or no of the audit stands by itself.
"""

from __future__ import annotations

from datetime import date

from qaf_core import Standing
from qaf_core.facts import Derivation, Fact, Origin, audited
from qaf_core.logic import DATE, YES_NO, Ref, choice
from qaf_core.timing import Deadline, Span, Unit, WorkingCalendar
from qaf_yos.sources import HILLINGDON, ROTHERHAM
from qaf_yos.subjects import YOUTH_JUSTICE_CASE

__all__ = [
    "ASSESSMENT_LIMITS",
    "FACTS",
    "REVIEW_INTERVAL",
    "assessment_in_time",
    "assessment_timely",
    "review_current",
    "review_timely",
    "safeguarding_referral_made",
]


def __dir__() -> list[str]:
    return __all__


ASSESSMENT_LIMITS = {
    "referral_order": Deadline(span=Span(20, Unit.WORKING_DAYS), after="yos_order_made"),
    "other_order": Deadline(span=Span(15, Unit.WORKING_DAYS), after="yos_order_made"),
}
"""By when the assessment is finished. The source says working days of the first only, and
from what day of neither: both are read so."""

REVIEW_INTERVAL = Deadline(span=Span(3, Unit.MONTHS), after="yos_last_review")

_ORDER = Fact(
    id="yos_order",
    kind=choice(
        "yos_order",
        {"referral_order": "Referral order", "other_order": "Another order of the court"},
    ),
    label="the order",
    origin=Origin.HOST,
    needed=False,
    subjects=(YOUTH_JUSTICE_CASE.id,),
    source=ROTHERHAM.at("1, timeliness of initial assessments"),
    standing=Standing.EDITORIAL,
)
_ORDER_MADE = Fact(
    id="yos_order_made",
    kind=DATE,
    label="the date the order was made",
    origin=Origin.HOST,
    needed=False,
    subjects=(YOUTH_JUSTICE_CASE.id,),
    source=ROTHERHAM.at("1, timeliness of initial assessments"),
    standing=Standing.EDITORIAL,
)
_ASSESSMENT_FINISHED = Fact(
    id="yos_assessment_finished",
    kind=DATE,
    label="the date the assessment was finished",
    origin=Origin.HOST,
    needed=False,
    subjects=(YOUTH_JUSTICE_CASE.id,),
    source=ROTHERHAM.at("1, timeliness of initial assessments"),
    standing=Standing.EDITORIAL,
)
_LAST_REVIEW = Fact(
    id="yos_last_review",
    kind=DATE,
    label="the date of the last review",
    origin=Origin.HOST,
    needed=False,
    subjects=(YOUTH_JUSTICE_CASE.id,),
    source=HILLINGDON.at("4"),
    standing=Standing.EDITORIAL,
)


def _assessment_in_time(
    order: str, made: date, finished: date, calendar: WorkingCalendar
) -> bool | None:
    """Whether it was finished by the last day for an order of this kind."""
    return ASSESSMENT_LIMITS[order].kept(made, finished, calendar)


_ASSESSMENT_IN_TIME = Fact(
    id="yos_assessment_in_time",
    kind=YES_NO,
    label="the assessment being in time by its dates",
    origin=Origin.DERIVED,
    derivation=Derivation(
        version="1",
        rests_on=(_ORDER.ref, _ORDER_MADE.ref, _ASSESSMENT_FINISHED.ref),
        uses_calendar=True,
        function=_assessment_in_time,
    ),
    subjects=(YOUTH_JUSTICE_CASE.id,),
    source=ROTHERHAM.at("1, timeliness of initial assessments"),
    standing=Standing.INFERRED,
)
_REVIEW_CURRENT = Fact(
    id="yos_review_current",
    kind=YES_NO,
    label="the last review being no more than three months old",
    origin=Origin.DERIVED,
    derivation=Derivation(
        version="1",
        rests_on=(_LAST_REVIEW.ref, audited),
        uses_calendar=True,
        function=REVIEW_INTERVAL.kept,
    ),
    subjects=(YOUTH_JUSTICE_CASE.id,),
    source=HILLINGDON.at("4"),
    standing=Standing.EDITORIAL,
)

FACTS = (
    _ORDER,
    _ORDER_MADE,
    _ASSESSMENT_FINISHED,
    _LAST_REVIEW,
    _ASSESSMENT_IN_TIME,
    _REVIEW_CURRENT,
)

assessment_in_time = _ASSESSMENT_IN_TIME.ref
review_current = _REVIEW_CURRENT.ref

# What the questions of the case audit state, as rules name it.
assessment_timely = Ref(
    "yos_assessment_timely", YES_NO, label="the assessment being in time as answered"
)
review_timely = Ref("yos_review_timely", YES_NO, label="reviews being in time as answered")
safeguarding_referral_made = Ref(
    "yos_safeguarding_referral_made", YES_NO, label="a needed safeguarding referral being made"
)
