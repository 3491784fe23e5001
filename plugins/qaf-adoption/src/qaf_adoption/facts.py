"""What an adoption system may know of a case, and what follows from its dates.

All of it may be left out: then the yes or no of the audit stands by itself. The limits that
hold throughout England are here. Those that each agency sets for itself, and the threshold of
the scorecard, are facts that the host gives, or leaves out; none of them has a value here.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from qaf_adoption.sources import (
    HERTS_PANEL,
    MERSEYSIDE,
    NATIONAL_STANDARDS,
    YORK,
)
from qaf_adoption.subjects import (
    ADOPTION_SUPPORT_CASE,
    CHILD_FOR_ADOPTION,
    PROSPECTIVE_ADOPTER,
)
from qaf_core import Reference, Standing
from qaf_core.facts import Derivation, Fact, Origin, audited
from qaf_core.logic import COUNT, DATE, YES_NO, Kind, Ref
from qaf_core.timing import Deadline, Span, Unit, WorkingCalendar

__all__ = [
    "COMMENT_WITHIN",
    "FACTS",
    "REGISTER_WITHIN",
    "STAGE_ONE_WITHIN",
    "STAGE_TWO_WITHIN",
    "comment_answer",
    "comment_time",
    "concerns_acted_on",
    "decided",
    "decision_answer",
    "decision_in_time",
    "entered_care",
    "last_note",
    "notes_answer",
    "notes_current",
    "panel_in_time",
    "panel_recommended",
    "placed",
    "placement_answer",
    "placement_in_time",
    "register_answer",
    "register_in_time",
    "register_referred",
    "registered",
    "report_given",
    "report_to_panel",
    "stage_one_answer",
    "stage_one_decided",
    "stage_one_in_time",
    "stage_two_answer",
    "stage_two_began",
    "stage_two_in_time",
    "summary_answer",
    "summary_current",
    "summary_written",
]


def __dir__() -> list[str]:
    return __all__


STAGE_ONE_WITHIN = Deadline(span=Span(2, Unit.MONTHS), after="adoption_registered")
STAGE_TWO_WITHIN = Deadline(span=Span(4, Unit.MONTHS), after="adoption_stage_two_began")
COMMENT_WITHIN = Deadline(span=Span(5, Unit.WORKING_DAYS), after="adoption_report_given")
REGISTER_WITHIN = Deadline(span=Span(3, Unit.MONTHS), after="adoption_decided")

_ADOPTER = (PROSPECTIVE_ADOPTER.id,)
_CHILD = (CHILD_FOR_ADOPTION.id,)
_BOTH = (PROSPECTIVE_ADOPTER.id, CHILD_FOR_ADOPTION.id)
_ALL = (PROSPECTIVE_ADOPTER.id, CHILD_FOR_ADOPTION.id, ADOPTION_SUPPORT_CASE.id)


def _host(id: str, kind: Kind, label: str, source: Reference, subjects: tuple[str, ...]) -> Fact:
    """A fact that the host may give; without it nothing is said."""
    return Fact(
        id=id,
        kind=kind,
        label=label,
        origin=Origin.HOST,
        needed=False,
        subjects=subjects,
        source=source,
        standing=Standing.EDITORIAL,
    )


_REGISTERED = _host(
    "adoption_registered",
    DATE,
    "the day the registration of interest was accepted",
    YORK.at("Stage 1"),
    _ADOPTER,
)
_STAGE_ONE_DECIDED = _host(
    "adoption_stage_one_decided",
    DATE,
    "the day stage one was decided",
    YORK.at("Stage 1"),
    _ADOPTER,
)
_STAGE_TWO_BEGAN = _host(
    "adoption_stage_two_began",
    DATE,
    "the day the adopter said yes to stage two",
    YORK.at("Stage 2"),
    _ADOPTER,
)
_REPORT_GIVEN = _host(
    "adoption_report_given",
    DATE,
    "the day the adopter was given the report",
    YORK.at("Stage 2"),
    _ADOPTER,
)
_REPORT_TO_PANEL = _host(
    "adoption_report_to_panel",
    DATE,
    "the day the report went to panel",
    YORK.at("Stage 2"),
    _ADOPTER,
)
_PANEL_RECOMMENDED = _host(
    "adoption_panel_recommended",
    DATE,
    "the day of the panel's recommendation",
    HERTS_PANEL.at("1, timescales"),
    _ADOPTER,
)
_DECIDED = _host(
    "adoption_decided",
    DATE,
    "the day the agency decided, that the adopter is suitable or the child is to be placed",
    NATIONAL_STANDARDS.at("13.1, 13.2"),
    _BOTH,
)
_DECISION_DAYS = _host(
    "adoption_decision_days",
    COUNT,
    "the working days within which the agency decides after panel",
    HERTS_PANEL.at("1, timescales"),
    _ADOPTER,
)
_REGISTER_REFERRED = _host(
    "adoption_register_referred",
    DATE,
    "the day of referral to the Adoption Register",
    NATIONAL_STANDARDS.at("13.1, 13.2"),
    _BOTH,
)
_ENTERED_CARE = _host(
    "adoption_entered_care",
    DATE,
    "the day the child came into care",
    NATIONAL_STANDARDS.at("13, outcome"),
    _CHILD,
)
_PLACED = _host(
    "adoption_placed",
    DATE,
    "the day the child moved in with the new family",
    NATIONAL_STANDARDS.at("13, outcome"),
    _CHILD,
)
_SCORECARD_DAYS = _host(
    "adoption_scorecard_days",
    COUNT,
    "the days that the scorecard in force allows from care to the new family",
    NATIONAL_STANDARDS.at("13, outcome"),
    _CHILD,
)
_SUMMARY_WRITTEN = _host(
    "adoption_summary_written",
    DATE,
    "the day of the case summary",
    MERSEYSIDE.at("Part 1, case summary"),
    _ALL,
)
_SUMMARY_MONTHS = _host(
    "adoption_summary_months",
    COUNT,
    "the months for which the agency takes a case summary as current",
    MERSEYSIDE.at("Part 1, case summary"),
    _ALL,
)
_LAST_NOTE = _host(
    "adoption_last_note",
    DATE,
    "the day up to which case notes are written",
    MERSEYSIDE.at("Part 1, case notes"),
    _ALL,
)
_NOTE_DAYS = _host(
    "adoption_note_days",
    COUNT,
    "the days by which the agency lets case notes lag",
    MERSEYSIDE.at("Part 1, case notes"),
    _ALL,
)


def _in_local_time(
    unit: Unit, start: date, day: date, number: int, calendar: WorkingCalendar
) -> bool | None:
    """Whether a day lies within the agency's own number from an earlier one."""
    if number < 1:
        return None
    return Deadline(span=Span(number, unit), after="it").kept(start, day, calendar)


def _comment_time(given: date, to_panel: date, calendar: WorkingCalendar) -> bool | None:
    """Whether the time for comments was over at the end of the day the report went to panel."""
    if to_panel < given:
        return None
    still_running = COMMENT_WITHIN.kept(given, to_panel + timedelta(days=1), calendar)
    return None if still_running is None else not still_running


def _derived(
    id: str,
    label: str,
    rests_on: tuple[Ref, ...],
    function: Callable[..., bool | None],
    *,
    subjects: tuple[str, ...],
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
        subjects=subjects,
        source=source,
        standing=standing,
    )


_STAGE_ONE_IN_TIME = _derived(
    "adoption_stage_one_by_dates",
    "stage one being decided within two months, by its dates",
    (_REGISTERED.ref, _STAGE_ONE_DECIDED.ref),
    STAGE_ONE_WITHIN.kept,
    subjects=_ADOPTER,
    source=YORK.at("Stage 1"),
    standing=Standing.INFERRED,
)
_STAGE_TWO_IN_TIME = _derived(
    "adoption_stage_two_by_dates",
    "suitability being decided within four months, by its dates",
    (_STAGE_TWO_BEGAN.ref, _DECIDED.ref),
    STAGE_TWO_WITHIN.kept,
    subjects=_ADOPTER,
    source=YORK.at("Stage 2"),
    standing=Standing.INFERRED,
)
_PANEL_IN_TIME = _derived(
    "adoption_panel_by_dates",
    "the panel recommending within four months, by its dates",
    (_STAGE_TWO_BEGAN.ref, _PANEL_RECOMMENDED.ref),
    STAGE_TWO_WITHIN.kept,
    subjects=_ADOPTER,
    source=HERTS_PANEL.at("1, timescales"),
    standing=Standing.INFERRED,
)
_COMMENT_TIME = _derived(
    "adoption_comment_by_dates",
    "five working days being left for comments, by the dates",
    (_REPORT_GIVEN.ref, _REPORT_TO_PANEL.ref),
    _comment_time,
    subjects=_ADOPTER,
    source=YORK.at("Stage 2"),
    standing=Standing.INFERRED,
)
_DECISION_IN_TIME = _derived(
    "adoption_decision_by_dates",
    "the decision following panel in time, by the dates and the agency's own number",
    (_PANEL_RECOMMENDED.ref, _DECIDED.ref, _DECISION_DAYS.ref),
    partial(_in_local_time, Unit.WORKING_DAYS),
    subjects=_ADOPTER,
    source=HERTS_PANEL.at("1, timescales"),
    standing=Standing.EDITORIAL,
)
_REGISTER_IN_TIME = _derived(
    "adoption_register_by_dates",
    "the referral to the register within three months, by its dates",
    (_DECIDED.ref, _REGISTER_REFERRED.ref),
    REGISTER_WITHIN.kept,
    subjects=_BOTH,
    source=NATIONAL_STANDARDS.at("13.1, 13.2"),
    standing=Standing.INFERRED,
)
_PLACEMENT_IN_TIME = _derived(
    "adoption_placement_by_dates",
    "the move to the new family in time, by the dates and the scorecard",
    (_ENTERED_CARE.ref, _PLACED.ref, _SCORECARD_DAYS.ref),
    partial(_in_local_time, Unit.DAYS),
    subjects=_CHILD,
    source=NATIONAL_STANDARDS.at("13, outcome"),
    standing=Standing.INFERRED,
)
_SUMMARY_CURRENT = _derived(
    "adoption_summary_by_dates",
    "the case summary being current, by its date and the agency's own number",
    (_SUMMARY_WRITTEN.ref, audited, _SUMMARY_MONTHS.ref),
    partial(_in_local_time, Unit.MONTHS),
    subjects=_ALL,
    source=MERSEYSIDE.at("Part 1, case summary"),
    standing=Standing.EDITORIAL,
)
_NOTES_CURRENT = _derived(
    "adoption_notes_by_dates",
    "case notes being up to date, by their date and the agency's own number",
    (_LAST_NOTE.ref, audited, _NOTE_DAYS.ref),
    partial(_in_local_time, Unit.DAYS),
    subjects=_ALL,
    source=MERSEYSIDE.at("Part 1, case notes"),
    standing=Standing.EDITORIAL,
)

FACTS = (
    _REGISTERED,
    _STAGE_ONE_DECIDED,
    _STAGE_TWO_BEGAN,
    _REPORT_GIVEN,
    _REPORT_TO_PANEL,
    _PANEL_RECOMMENDED,
    _DECIDED,
    _DECISION_DAYS,
    _REGISTER_REFERRED,
    _ENTERED_CARE,
    _PLACED,
    _SCORECARD_DAYS,
    _SUMMARY_WRITTEN,
    _SUMMARY_MONTHS,
    _LAST_NOTE,
    _NOTE_DAYS,
    _STAGE_ONE_IN_TIME,
    _STAGE_TWO_IN_TIME,
    _PANEL_IN_TIME,
    _COMMENT_TIME,
    _DECISION_IN_TIME,
    _REGISTER_IN_TIME,
    _PLACEMENT_IN_TIME,
    _SUMMARY_CURRENT,
    _NOTES_CURRENT,
)

registered = _REGISTERED.ref
stage_one_decided = _STAGE_ONE_DECIDED.ref
stage_one_in_time = _STAGE_ONE_IN_TIME.ref
stage_two_began = _STAGE_TWO_BEGAN.ref
stage_two_in_time = _STAGE_TWO_IN_TIME.ref
report_given = _REPORT_GIVEN.ref
report_to_panel = _REPORT_TO_PANEL.ref
comment_time = _COMMENT_TIME.ref
panel_recommended = _PANEL_RECOMMENDED.ref
panel_in_time = _PANEL_IN_TIME.ref
decided = _DECIDED.ref
decision_in_time = _DECISION_IN_TIME.ref
register_referred = _REGISTER_REFERRED.ref
register_in_time = _REGISTER_IN_TIME.ref
entered_care = _ENTERED_CARE.ref
placed = _PLACED.ref
placement_in_time = _PLACEMENT_IN_TIME.ref
summary_written = _SUMMARY_WRITTEN.ref
summary_current = _SUMMARY_CURRENT.ref
last_note = _LAST_NOTE.ref
notes_current = _NOTES_CURRENT.ref

# What the questions of the audits state, as rules name it.
concerns_acted_on = Ref(
    "adoption_concerns_acted_on", YES_NO, label="every concern for a child being acted on"
)
stage_one_answer = Ref(
    "adoption_stage_one_in_time", YES_NO, label="stage one being in time as answered"
)
stage_two_answer = Ref(
    "adoption_stage_two_in_time", YES_NO, label="stage two being in time as answered"
)
decision_answer = Ref(
    "adoption_decision_in_time", YES_NO, label="the decision being in time as answered"
)
comment_answer = Ref(
    "adoption_report_comment", YES_NO, label="time for comments on the report as answered"
)
register_answer = Ref("adoption_register", YES_NO, label="the referral to the register as answered")
placement_answer = Ref(
    "adoption_placement_timely", YES_NO, label="the move to the new family as answered"
)
summary_answer = Ref(
    "adoption_case_summary", YES_NO, label="the case summary being current as answered"
)
notes_answer = Ref("adoption_case_notes", YES_NO, label="case notes being up to date as answered")
