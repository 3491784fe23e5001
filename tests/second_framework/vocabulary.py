"""Northmere's document, subjects, roles, scales, standards, settings and facts."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from qaf_core.facts import Derivation, Fact, Origin, audited
from qaf_core.logic import COUNT, DATE, YES_NO
from qaf_core.provenance import Document, Standing
from qaf_core.roles import Role
from qaf_core.rules import Escalate
from qaf_core.scales import Beside, Grade, Scale, ScaleMap
from qaf_core.settings import Setting
from qaf_core.standards import Criterion, Standard
from qaf_core.subjects import SubjectKind
from qaf_core.timing import AT_ONCE, Deadline, Span, Unit, WorkingCalendar

COMPASS = Document(
    id="Northmere Compass 2024",
    title="The Quality Compass for Settings and Joint Cases",
    publisher="Northmere Council",
    dated="January 2024",
)

# --- subjects ------------------------------------------------------------------------

CARE_SETTING = SubjectKind(
    id="care_setting",
    label="a registered setting that looks after children",
    source=COMPASS.at("1.1"),
    standing=Standing.STATED,
)
JOINT_CASE = SubjectKind(
    id="joint_case",
    label="a case looked at by several agencies together",
    source=COMPASS.at("1.2"),
    standing=Standing.STATED,
)
SUBJECTS = (CARE_SETTING, JOINT_CASE)

# --- roles and the ladder ---------------------------------------------------------------

LEAD_ASSESSOR = Role(
    id="lead_assessor",
    title="Lead Assessor",
    answers_for="scoring a review",
    source=COMPASS.at("2.1"),
    standing=Standing.STATED,
)
SETTING_LEADER = Role(
    id="setting_leader",
    title="Leader of the Setting",
    answers_for="putting right what a review finds",
    source=COMPASS.at("2.2"),
    standing=Standing.STATED,
)
COMPASS_OFFICER = Role(
    id="compass_officer",
    title="Named Compass Officer",
    answers_for="the first call on any concern",
    seniority=1,
    source=COMPASS.at("2.3"),
    standing=Standing.STATED,
)
HEAD_OF_QUALITY = Role(
    id="head_of_quality",
    title="Head of Quality",
    answers_for="what the officer could not settle",
    seniority=2,
    aliases=("HoQ",),
    source=COMPASS.at("2.4"),
    standing=Standing.STATED,
)
DIRECTOR_OF_PEOPLE = Role(
    id="director_of_people",
    title="Director of People",
    answers_for="what nobody else could settle",
    seniority=3,
    source=COMPASS.at("2.5"),
    standing=Standing.STATED,
)
CONSTABULARY_LEAD = Role(
    id="constabulary_lead",
    title="Constabulary Lead",
    source=COMPASS.at("2.6"),
    standing=Standing.STATED,
)
HEALTH_TRUST_LEAD = Role(
    id="health_trust_lead",
    title="Health Trust Lead",
    source=COMPASS.at("2.6"),
    standing=Standing.STATED,
)
SCHOOL_TRUST_LEAD = Role(
    id="school_trust_lead",
    title="School Trust Lead",
    source=COMPASS.at("2.6"),
    standing=Standing.STATED,
)
JOINT_MODERATOR = Role(
    id="joint_moderator",
    title="Joint Moderator",
    answers_for="reading every return again",
    source=COMPASS.at("2.7"),
    standing=Standing.STATED,
)
ROLES = (
    LEAD_ASSESSOR,
    SETTING_LEADER,
    COMPASS_OFFICER,
    HEAD_OF_QUALITY,
    DIRECTOR_OF_PEOPLE,
    CONSTABULARY_LEAD,
    HEALTH_TRUST_LEAD,
    SCHOOL_TRUST_LEAD,
    JOINT_MODERATOR,
)
SENIOR = tuple(
    role.id for role in ROLES if (role.seniority or 0) >= (HEAD_OF_QUALITY.seniority or 0)
)
"""Ids of the Head of Quality and of everyone above."""

DIRECTOR_STEP = Escalate(
    to=(DIRECTOR_OF_PEOPLE,),
    within=Deadline(span=Span(5, Unit.WORKING_DAYS), after="audited"),
)
HEAD_STEP = Escalate(
    to=(HEAD_OF_QUALITY,),
    within=Deadline(span=Span(3, Unit.WORKING_DAYS), after="audited"),
    then=DIRECTOR_STEP,
)
LADDER = Escalate(
    to=(COMPASS_OFFICER,),
    within=Deadline(span=Span(1, Unit.WORKING_DAYS), after="audited"),
    then=HEAD_STEP,
)
"""Named officer, then head, then director; each step counts from the review."""

AT_ONCE_LADDER = Escalate(
    to=(COMPASS_OFFICER, HEAD_OF_QUALITY),
    within=AT_ONCE,
    then=Escalate(to=(DIRECTOR_OF_PEOPLE,), within=Deadline(before="the end of the day")),
)

# --- scales ---------------------------------------------------------------------------

COMPASS_BANDS = Scale(
    id="compass_bands",
    title="Five bands over a score from 0 to 100; each begins at its edge",
    grades=(
        Grade("floundering", "Floundering", number="5", at_least=Fraction(0)),
        Grade("faltering", "Faltering", number="4", at_least=Fraction(35)),
        Grade("keeping_afloat", "Keeping afloat", number="3", at_least=Fraction(50)),
        Grade("thriving", "Thriving", number="2", aliases=("Good",), at_least=Fraction(70)),
        Grade("exemplary", "Exemplary", number="1", at_least=Fraction(90)),
    ),
    beside=(Beside("not_assessed", "Not assessed"),),
    source=COMPASS.at("3.1"),
    standing=Standing.STATED,
)
FLOUNDERING = COMPASS_BANDS["floundering"]
KEEPING_AFLOAT = COMPASS_BANDS["keeping_afloat"]
THRIVING = COMPASS_BANDS["thriving"]
EXEMPLARY = COMPASS_BANDS["exemplary"]
(NOT_ASSESSED,) = COMPASS_BANDS.beside

NOUGHT_TO_TEN = Scale(
    id="nought_to_ten",
    title="Nought to ten; a mean is rounded to the nearest, a half upwards",
    grades=(
        Grade("ten_0", "0", at_least=Fraction(0)),
        Grade("ten_1", "1", at_least=Fraction(1, 2)),
        Grade("ten_2", "2", at_least=Fraction(3, 2)),
        Grade("ten_3", "3", at_least=Fraction(5, 2)),
        Grade("ten_4", "4", at_least=Fraction(7, 2)),
        Grade("ten_5", "5", at_least=Fraction(9, 2)),
        Grade("ten_6", "6", at_least=Fraction(11, 2)),
        Grade("ten_7", "7", at_least=Fraction(13, 2)),
        Grade("ten_8", "8", at_least=Fraction(15, 2)),
        Grade("ten_9", "9", at_least=Fraction(17, 2)),
        Grade("ten_10", "10", at_least=Fraction(19, 2)),
    ),
    beside=(Beside("ten_not_seen", "Not assessed"),),
    source=COMPASS.at("3.2"),
    standing=Standing.STATED,
)

DUTY_KEEPING = Scale(
    id="duty_keeping",
    title="Whether a legal duty is kept",
    grades=(Grade("duty_broken", "Not kept"), Grade("duty_kept", "Kept")),
    source=COMPASS.at("3.3"),
    standing=Standing.STATED,
)

BEARING = Scale(
    id="compass_bearing",
    title="Where a setting is heading",
    grades=(
        Grade("losing_ground", "Losing ground"),
        Grade("level_pegging", "Level pegging"),
        Grade("gaining_ground", "Gaining ground"),
    ),
    beside=(Beside("bearing_not_assessed", "Not assessed"),),
    source=COMPASS.at("3.4"),
    standing=Standing.EDITORIAL,
)
SCALES = (COMPASS_BANDS, NOUGHT_TO_TEN, DUTY_KEEPING, BEARING)

MAPS = (
    ScaleMap(
        of=NOUGHT_TO_TEN,
        on=COMPASS_BANDS,
        codes={
            "ten_0": "floundering",
            "ten_1": "floundering",
            "ten_2": "floundering",
            "ten_3": "faltering",
            "ten_4": "faltering",
            "ten_5": "keeping_afloat",
            "ten_6": "keeping_afloat",
            "ten_7": "thriving",
            "ten_8": "thriving",
            "ten_9": "exemplary",
            "ten_10": "exemplary",
        },
        source=COMPASS.at("3.5"),
        standing=Standing.STATED,
    ),
)

# --- standards ------------------------------------------------------------------------

STANDARDS = (
    Standard(
        id="compass_north",
        version="2024",
        title="Safe hands",
        text="Children are safe with the people and in the places that look after them.",
        criteria=(
            Criterion(
                id="compass_north_a",
                printed="N.a",
                text="Worries are passed on the same day.",
                source=COMPASS.at("4.1 a"),
                standing=Standing.STATED,
            ),
            Criterion(
                id="compass_north_b",
                printed="N.b",
                text="Buildings and gardens do no harm.",
                source=COMPASS.at("4.1 b"),
                standing=Standing.STATED,
            ),
        ),
        source=COMPASS.at("4.1"),
        standing=Standing.STATED,
    ),
    Standard(
        id="compass_east",
        version="2024",
        title="Daily life",
        text="Days are full, well fed and unhurried.",
        criteria=(),
        source=COMPASS.at("4.2"),
        standing=Standing.STATED,
    ),
)

# --- settings --------------------------------------------------------------------------

RETURN_WITHIN = Setting(
    id="agency_return_within",
    statement="How long an agency has to send in its return.",
    value=Deadline(span=Span(5, Unit.WORKING_DAYS), after="returns_requested"),
    since=date(2024, 1, 1),
    source=COMPASS.at("7.2"),
    standing=Standing.STATED,
)
CHASE_WITHIN = Setting(
    id="agency_chase_within",
    statement="How soon a return that is overdue is chased.",
    value=Deadline(span=Span(2, Unit.WORKING_DAYS), after="returns_due"),
    since=date(2024, 1, 1),
    source=COMPASS.at("7.3"),
    standing=Standing.STATED,
)
REMEDY_WITHIN = Setting(
    id="remedy_agreed_within",
    statement="How long a setting has to agree what it will put right.",
    value=Deadline(span=Span(10, Unit.WORKING_DAYS), after="audited"),
    since=date(2024, 1, 1),
    source=COMPASS.at("6.1"),
    standing=Standing.STATED,
)
NEW_FOR = Setting(
    id="newly_registered_for",
    statement="How long a setting counts as new.",
    value=Deadline(span=Span(12, Unit.MONTHS), after="registered_on"),
    since=date(2024, 1, 1),
    source=COMPASS.at("5.6"),
    standing=Standing.STATED,
)
GOOD_FROM = Setting(
    id="good_or_better_from",
    statement="The lowest band of which Northmere is proud.",
    value="thriving",
    since=date(2024, 1, 1),
    source=COMPASS.at("9.7"),
    standing=Standing.STATED,
)
SETTINGS = (RETURN_WITHIN, CHASE_WITHIN, REMEDY_WITHIN, NEW_FOR, GOOD_FROM)

# --- facts ------------------------------------------------------------------------------

REGISTERED_ON = Fact(
    id="registered_on",
    kind=DATE,
    label="the day the setting was registered",
    origin=Origin.HOST,
    subjects=(CARE_SETTING.id,),
    source=COMPASS.at("5.6"),
    standing=Standing.STATED,
)
PLACES_OFFERED = Fact(
    id="places_offered",
    kind=COUNT,
    label="the number of places the setting offers",
    origin=Origin.HOST,
    needed=False,
    subjects=(CARE_SETTING.id,),
    source=COMPASS.at("5.7"),
    standing=Standing.STATED,
)
RETURNS_REQUESTED = Fact(
    id="returns_requested",
    kind=DATE,
    label="the day the agencies were asked for their returns",
    origin=Origin.HOST,
    subjects=(JOINT_CASE.id,),
    source=COMPASS.at("7.2"),
    standing=Standing.STATED,
)


def _due(anchor: date, within: Deadline, calendar: WorkingCalendar) -> date | None:
    return within.due(anchor, calendar)


def _still_new(
    registered: date, reviewed: date, window: Deadline, calendar: WorkingCalendar
) -> bool:
    end = window.due(registered, calendar)
    return end is not None and reviewed < end


RETURNS_DUE = Fact(
    id="returns_due",
    kind=DATE,
    label="the day the returns are due",
    origin=Origin.DERIVED,
    derivation=Derivation(
        version="1",
        rests_on=(RETURNS_REQUESTED.ref,),
        settings=(RETURN_WITHIN,),
        uses_calendar=True,
        function=_due,
    ),
    subjects=(JOINT_CASE.id,),
    source=COMPASS.at("7.2"),
    standing=Standing.STATED,
)
NEWLY_REGISTERED = Fact(
    id="newly_registered",
    kind=YES_NO,
    label="the setting being new",
    origin=Origin.DERIVED,
    derivation=Derivation(
        version="1",
        rests_on=(REGISTERED_ON.ref, audited),
        settings=(NEW_FOR,),
        uses_calendar=True,
        function=_still_new,
    ),
    subjects=(CARE_SETTING.id,),
    source=COMPASS.at("5.6"),
    standing=Standing.STATED,
)
FACTS = (REGISTERED_ON, PLACES_OFFERED, RETURNS_REQUESTED, RETURNS_DUE, NEWLY_REGISTERED)
