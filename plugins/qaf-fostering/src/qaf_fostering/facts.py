"""What a fostering service's system may know of a household, and what follows from it.

All of it may be left out: then the yes or no of the audit stands by itself. The limits that
hold throughout England are here. Those that each council sets for itself are facts that the
host gives, or leaves out; none of them has a value here.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from qaf_core import Reference, Standing
from qaf_core.facts import Derivation, Fact, Origin, audited
from qaf_core.logic import COUNT, DATE, YES_NO, Kind, Ref
from qaf_core.timing import Deadline, Span, Unit, WorkingCalendar
from qaf_fostering.sources import (
    KNOWSLEY,
    MONITORING,
    NATIONAL_STANDARDS,
    REGULATIONS,
    WHOLISTIC,
    WILTSHIRE,
)
from qaf_fostering.subjects import CARER_HOUSEHOLD

__all__ = [
    "FACTS",
    "REVIEW_EVERY",
    "TRAINING_WITHIN",
    "TRAINING_WITHIN_FAMILY_AND_FRIENDS",
    "UNANNOUNCED_EVERY",
    "approved",
    "concern_raised",
    "concern_reported",
    "concern_reported_in_time",
    "concern_visited",
    "concern_visited_in_time",
    "concerns_acted_on",
    "concerns_in_time",
    "dbs_answer",
    "dbs_current",
    "dbs_last",
    "family_and_friends",
    "medical_answer",
    "medical_current",
    "medical_last",
    "review_answer",
    "review_current",
    "review_last",
    "review_on_time",
    "review_previous",
    "supervised_answer",
    "supervision_due",
    "training_answer",
    "training_shown",
    "training_within_12",
    "training_within_18",
    "unannounced_answer",
    "unannounced_count",
    "unannounced_current",
    "unannounced_expected",
    "unannounced_last",
]


def __dir__() -> list[str]:
    return __all__


UNANNOUNCED_EVERY = Deadline(span=Span(12, Unit.MONTHS), after="fostering_unannounced_last")
"""One unannounced visit a year, read as one in any twelve months."""

TRAINING_WITHIN = Deadline(span=Span(12, Unit.MONTHS), after="fostering_approved")
TRAINING_WITHIN_FAMILY_AND_FRIENDS = Deadline(
    span=Span(18, Unit.MONTHS), after="fostering_approved"
)

REVIEW_EVERY = Deadline(span=Span(12, Unit.MONTHS), after="fostering_review_last")
"""Of the first review: after the approval."""


def _host(id: str, kind: Kind, label: str, source: Reference) -> Fact:
    """A fact that the host may give; without it nothing is said."""
    return Fact(
        id=id,
        kind=kind,
        label=label,
        origin=Origin.HOST,
        needed=False,
        subjects=(CARER_HOUSEHOLD.id,),
        source=source,
        standing=Standing.EDITORIAL,
    )


_APPROVED = _host("fostering_approved", DATE, "the day of approval", NATIONAL_STANDARDS.at("20"))
_FAMILY_AND_FRIENDS = _host(
    "fostering_family_and_friends",
    YES_NO,
    "the carers being family or friends of the child",
    NATIONAL_STANDARDS.at("20"),
)
_TRAINING_SHOWN = _host(
    "fostering_training_shown",
    DATE,
    "the day the training standards were shown to be met",
    NATIONAL_STANDARDS.at("20"),
)
_UNANNOUNCED_LAST = _host(
    "fostering_unannounced_last",
    DATE,
    "the day of the last unannounced visit",
    NATIONAL_STANDARDS.at("21"),
)
_UNANNOUNCED_COUNT = _host(
    "fostering_unannounced_count",
    COUNT,
    "the unannounced visits in the last year",
    KNOWSLEY.at("4"),
)
_UNANNOUNCED_EXPECTED = _host(
    "fostering_unannounced_expected",
    COUNT,
    "the unannounced visits a year that the council expects",
    KNOWSLEY.at("4"),
)
_REVIEW_LAST = _host(
    "fostering_review_last", DATE, "the day of the last review", REGULATIONS.at("28")
)
_REVIEW_PREVIOUS = _host(
    "fostering_review_previous",
    DATE,
    "the day of the review before it, or of approval where there was none",
    REGULATIONS.at("28"),
)
_SUPERVISION_DUE = _host(
    "fostering_supervision_due",
    DATE,
    "the day by which the carers are next supervised, as agreed with them",
    WILTSHIRE.at("Recording 1; also Wholistic handbook, supervision"),
)
_DBS_LAST = _host(
    "fostering_dbs_last",
    DATE,
    "the day of the oldest DBS check still relied on",
    MONITORING.at("Statutory checks"),
)
_DBS_MONTHS = _host(
    "fostering_dbs_months",
    COUNT,
    "the months for which the council relies on a DBS check",
    WHOLISTIC.at("Reviews"),
)
_MEDICAL_LAST = _host(
    "fostering_medical_last",
    DATE,
    "the day of the oldest health report still relied on",
    WHOLISTIC.at("Reviews"),
)
_MEDICAL_MONTHS = _host(
    "fostering_medical_months",
    COUNT,
    "the months for which the council relies on a health report",
    WHOLISTIC.at("Reviews"),
)
_CONCERN_RAISED = _host(
    "fostering_concern_raised",
    DATE,
    "the day the last concern was raised",
    WHOLISTIC.at("Standards of care"),
)
_CONCERN_REPORTED = _host(
    "fostering_concern_reported",
    DATE,
    "the day it was reported to the manager",
    WHOLISTIC.at("Standards of care"),
)
_CONCERN_REPORTED_DAYS = _host(
    "fostering_concern_reported_days",
    COUNT,
    "the working days within which the council has a concern reported",
    WHOLISTIC.at("Standards of care"),
)
_CONCERN_VISITED = _host(
    "fostering_concern_visited",
    DATE,
    "the day the carers were visited about it",
    WHOLISTIC.at("Standards of care"),
)
_CONCERN_VISITED_DAYS = _host(
    "fostering_concern_visited_days",
    COUNT,
    "the working days within which the council has carers visited about a concern",
    WHOLISTIC.at("Standards of care"),
)


def _in_local_time(
    unit: Unit, start: date, day: date, number: int, calendar: WorkingCalendar
) -> bool | None:
    """Whether a day lies within the council's own number from an earlier one."""
    if number < 1:
        return None
    return Deadline(span=Span(number, unit), after="it").kept(start, day, calendar)


def _derived(
    id: str,
    label: str,
    rests_on: tuple[Ref, ...],
    function: Callable[..., bool | None],
    *,
    source: Reference,
    standing: Standing,
) -> Fact:
    """What follows from dates, where all of them are given."""
    return Fact(
        id=id,
        kind=YES_NO,
        label=label,
        origin=Origin.DERIVED,
        derivation=Derivation(
            version="1", rests_on=rests_on, uses_calendar=True, function=function
        ),
        subjects=(CARER_HOUSEHOLD.id,),
        source=source,
        standing=standing,
    )


_UNANNOUNCED_CURRENT = _derived(
    "fostering_unannounced_current",
    "an unannounced visit in the last year, by its date",
    (_UNANNOUNCED_LAST.ref, audited),
    UNANNOUNCED_EVERY.kept,
    source=NATIONAL_STANDARDS.at("21"),
    standing=Standing.INFERRED,
)
_TRAINING_WITHIN_12 = _derived(
    "fostering_training_within_12",
    "the training standards being met within twelve months, by the dates",
    (_APPROVED.ref, _TRAINING_SHOWN.ref),
    TRAINING_WITHIN.kept,
    source=NATIONAL_STANDARDS.at("20"),
    standing=Standing.INFERRED,
)
_TRAINING_WITHIN_18 = _derived(
    "fostering_training_within_18",
    "the training standards being met within eighteen months, by the dates",
    (_APPROVED.ref, _TRAINING_SHOWN.ref),
    TRAINING_WITHIN_FAMILY_AND_FRIENDS.kept,
    source=NATIONAL_STANDARDS.at("20"),
    standing=Standing.INFERRED,
)
_REVIEW_CURRENT = _derived(
    "fostering_review_current",
    "the last review being no more than a year old, by its date",
    (_REVIEW_LAST.ref, audited),
    REVIEW_EVERY.kept,
    source=REGULATIONS.at("28"),
    standing=Standing.INFERRED,
)
_REVIEW_ON_TIME = _derived(
    "fostering_review_on_time",
    "the last review coming within a year of what went before, by the dates",
    (_REVIEW_PREVIOUS.ref, _REVIEW_LAST.ref),
    REVIEW_EVERY.kept,
    source=REGULATIONS.at("28"),
    standing=Standing.INFERRED,
)
_DBS_CURRENT = _derived(
    "fostering_dbs_current",
    "the DBS checks being current, by the date and the council's own number",
    (_DBS_LAST.ref, audited, _DBS_MONTHS.ref),
    partial(_in_local_time, Unit.MONTHS),
    source=WHOLISTIC.at("Reviews"),
    standing=Standing.EDITORIAL,
)
_MEDICAL_CURRENT = _derived(
    "fostering_medical_current",
    "the health reports being current, by the date and the council's own number",
    (_MEDICAL_LAST.ref, audited, _MEDICAL_MONTHS.ref),
    partial(_in_local_time, Unit.MONTHS),
    source=WHOLISTIC.at("Reviews"),
    standing=Standing.EDITORIAL,
)
_CONCERN_REPORTED_IN_TIME = _derived(
    "fostering_concern_reported_in_time",
    "the concern being reported in time, by the dates and the council's own number",
    (_CONCERN_RAISED.ref, _CONCERN_REPORTED.ref, _CONCERN_REPORTED_DAYS.ref),
    partial(_in_local_time, Unit.WORKING_DAYS),
    source=WHOLISTIC.at("Standards of care"),
    standing=Standing.EDITORIAL,
)
_CONCERN_VISITED_IN_TIME = _derived(
    "fostering_concern_visited_in_time",
    "the visit about the concern being in time, by the dates and the council's own number",
    (_CONCERN_RAISED.ref, _CONCERN_VISITED.ref, _CONCERN_VISITED_DAYS.ref),
    partial(_in_local_time, Unit.WORKING_DAYS),
    source=WHOLISTIC.at("Standards of care"),
    standing=Standing.EDITORIAL,
)

FACTS = (
    _APPROVED,
    _FAMILY_AND_FRIENDS,
    _TRAINING_SHOWN,
    _UNANNOUNCED_LAST,
    _UNANNOUNCED_COUNT,
    _UNANNOUNCED_EXPECTED,
    _REVIEW_LAST,
    _REVIEW_PREVIOUS,
    _SUPERVISION_DUE,
    _DBS_LAST,
    _DBS_MONTHS,
    _MEDICAL_LAST,
    _MEDICAL_MONTHS,
    _CONCERN_RAISED,
    _CONCERN_REPORTED,
    _CONCERN_REPORTED_DAYS,
    _CONCERN_VISITED,
    _CONCERN_VISITED_DAYS,
    _UNANNOUNCED_CURRENT,
    _TRAINING_WITHIN_12,
    _TRAINING_WITHIN_18,
    _REVIEW_CURRENT,
    _REVIEW_ON_TIME,
    _DBS_CURRENT,
    _MEDICAL_CURRENT,
    _CONCERN_REPORTED_IN_TIME,
    _CONCERN_VISITED_IN_TIME,
)

approved = _APPROVED.ref
family_and_friends = _FAMILY_AND_FRIENDS.ref
training_shown = _TRAINING_SHOWN.ref
training_within_12 = _TRAINING_WITHIN_12.ref
training_within_18 = _TRAINING_WITHIN_18.ref
unannounced_last = _UNANNOUNCED_LAST.ref
unannounced_count = _UNANNOUNCED_COUNT.ref
unannounced_expected = _UNANNOUNCED_EXPECTED.ref
unannounced_current = _UNANNOUNCED_CURRENT.ref
review_last = _REVIEW_LAST.ref
review_previous = _REVIEW_PREVIOUS.ref
review_current = _REVIEW_CURRENT.ref
review_on_time = _REVIEW_ON_TIME.ref
supervision_due = _SUPERVISION_DUE.ref
dbs_last = _DBS_LAST.ref
dbs_current = _DBS_CURRENT.ref
medical_last = _MEDICAL_LAST.ref
medical_current = _MEDICAL_CURRENT.ref
concern_raised = _CONCERN_RAISED.ref
concern_reported = _CONCERN_REPORTED.ref
concern_reported_in_time = _CONCERN_REPORTED_IN_TIME.ref
concern_visited = _CONCERN_VISITED.ref
concern_visited_in_time = _CONCERN_VISITED_IN_TIME.ref

# What the questions of the audit state, as rules name it.
concerns_acted_on = Ref(
    "fostering_concerns_acted_on", YES_NO, label="every allegation and concern being acted on"
)
concerns_in_time = Ref(
    "fostering_concerns_in_time", YES_NO, label="concerns being dealt with in time as answered"
)
unannounced_answer = Ref(
    "fostering_unannounced_visit", YES_NO, label="an unannounced visit in the last year as answered"
)
training_answer = Ref(
    "fostering_training_standards", YES_NO, label="the training standards being met as answered"
)
review_answer = Ref("fostering_review_in_time", YES_NO, label="reviews being in time as answered")
supervised_answer = Ref(
    "fostering_support_supervised", YES_NO, label="supervision being as agreed as answered"
)
dbs_answer = Ref(
    "fostering_compliance_dbs", YES_NO, label="the DBS checks being current as answered"
)
medical_answer = Ref(
    "fostering_compliance_medical", YES_NO, label="the health reports being current as answered"
)
