"""Northmere's rules: who is told, what is asked for, and what must wait."""

from __future__ import annotations

from qaf_core.facts import actions, judgements_on, participants, questions, returns, today
from qaf_core.provenance import Standing
from qaf_core.rules import (
    Act,
    Commission,
    Escalate,
    Gate,
    Moderate,
    Query,
    Recognise,
    Require,
    Rule,
)
from qaf_core.timing import AT_ONCE, Deadline, Span, Unit
from second_framework.tools import (
    CHILD_RISK_VIEW,
    COMPASS_REVIEW,
    COMPASS_VISIT,
    HARMS_SEEN,
    SAFETY_OF_CHILDREN,
    VISIT_OVERALL,
)
from second_framework.vocabulary import (
    AT_ONCE_LADDER,
    CARE_SETTING,
    CHASE_WITHIN,
    COMPASS,
    COMPASS_BANDS,
    COMPASS_OFFICER,
    DIRECTOR_OF_PEOPLE,
    DUTY_KEEPING,
    EXEMPLARY,
    FLOUNDERING,
    HEAD_OF_QUALITY,
    HEAD_STEP,
    JOINT_CASE,
    JOINT_MODERATOR,
    KEEPING_AFLOAT,
    LADDER,
    NEWLY_REGISTERED,
    NOT_ASSESSED,
    NOUGHT_TO_TEN,
    PLACES_OFFERED,
    REMEDY_WITHIN,
    RETURNS_DUE,
    SENIOR,
    SETTING_LEADER,
    THRIVING,
)

_SAID = Standing.STATED

bands = judgements_on(COMPASS_BANDS)
duties = judgements_on(DUTY_KEEPING)

_of_the_whole = bands.level.is_("overall")
_of_a_section = bands.level.is_("section")
_of_a_chapter = bands.section.in_(
    ("safe_hands", "daily_life", "running_of_setting", "safe_culture", "voice_of_families")
)
_lowest = bands.any(_of_the_whole & bands.grade.is_(FLOUNDERING))
_thriving = bands.any(_of_the_whole & (bands.grade >= THRIVING))
_officer_took_part = participants.any(participants.role.is_(COMPASS_OFFICER.id))

# --- completeness --------------------------------------------------------------------

ANSWERS = Rule(
    "whole.answers",
    "Every question that is asked and required has an answer, or a reason for none.",
    each=questions,
    when=questions.state.is_("pending") & questions.required.is_(True),
    then=(Require(what="an answer, or why it does not apply"),),
    source=COMPASS.at("8.1"),
    standing=_SAID,
)
OVERALLS = Rule(
    "whole.overalls",
    "Every judgement of the whole is there.",
    each=bands,
    when=_of_the_whole & bands.state.is_("pending"),
    then=(Require(what="the judgement, or what it follows from"),),
    source=COMPASS.at("8.2"),
    standing=_SAID,
)
REASONS = Rule(
    "whole.reasons",
    "A judgement that a person gives the whole is justified in writing.",
    each=bands,
    when=bands.must_justify.is_(True) & bands.state.is_("answered") & bands.justified.is_(False),
    then=(Require(what="the reasons for the judgement"),),
    source=COMPASS.at("8.3"),
    standing=_SAID,
)
RETURNS_IN = Rule(
    "whole.returns_in",
    "Every agency's return is in.",
    each=returns,
    when=~returns.received.answered(),
    then=(Require(what="the agency's return"),),
    subjects=(JOINT_CASE.id,),
    source=COMPASS.at("8.4"),
    standing=_SAID,
)
THREE_AGENCIES = Rule(
    "whole.three_agencies",
    "At least three agencies are asked for a return.",
    when=returns.count() < 3,
    then=(Require(what="a third agency"),),
    subjects=(JOINT_CASE.id,),
    source=COMPASS.at("8.5"),
    standing=_SAID,
)
SENIOR_PRESENT = Rule(
    "whole.senior_present",
    "Where the whole is Floundering, someone as senior as the Head of Quality took part.",
    when=_lowest & ~participants.any(participants.role.in_(SENIOR)),
    then=(Require(what="the Head of Quality or the Director among those who took part"),),
    source=COMPASS.at("8.6"),
    standing=_SAID,
)
SAFETY_CAPS = Rule(
    "whole.safety_caps",
    "Where the children's safety is below five, the whole is four at most.",
    when=(SAFETY_OF_CHILDREN.ref < NOUGHT_TO_TEN["ten_5"])
    & (VISIT_OVERALL.ref > NOUGHT_TO_TEN["ten_4"]),
    then=(Require(what="an overall of four or less, or the safety score again"),),
    subjects=(CARE_SETTING.id,),
    source=COMPASS.at("6.6"),
    standing=_SAID,
)

# --- who is told ------------------------------------------------------------------------

LOWEST = Rule(
    "alarm.lowest",
    "A whole judged Floundering climbs the ladder from the Named Compass Officer.",
    when=_lowest & ~_officer_took_part,
    then=(LADDER,),
    source=COMPASS.at("9.1"),
    standing=_SAID,
)
LOWEST_PAST_OFFICER = Rule(
    "alarm.lowest_past_officer",
    "Where the Named Compass Officer took part, the ladder begins with the Head of Quality.",
    when=_lowest & _officer_took_part,
    then=(HEAD_STEP,),
    source=COMPASS.at("9.2"),
    standing=_SAID,
)
LARGE_SETTING = Rule(
    "alarm.large_setting",
    "The Director hears at once of a setting of fifty places or more below Keeping afloat.",
    when=(PLACES_OFFERED.ref >= 50) & bands.any(_of_the_whole & (bands.grade < KEEPING_AFLOAT)),
    then=(Escalate(to=(DIRECTOR_OF_PEOPLE,), within=AT_ONCE),),
    subjects=(CARE_SETTING.id,),
    source=COMPASS.at("9.3"),
    standing=_SAID,
)
DUTY_BROKEN = Rule(
    "alarm.duty_broken",
    "A legal duty not kept is told to the Head of Quality within a day.",
    when=duties.any(duties.grade.is_(DUTY_KEEPING["duty_broken"])),
    then=(
        Escalate(
            to=(HEAD_OF_QUALITY,),
            within=Deadline(span=Span(24, Unit.HOURS), after="audited"),
        ),
    ),
    source=COMPASS.at("9.4"),
    standing=_SAID,
)
GRAVE_WORRY = Rule(
    "alarm.grave_worry",
    "A grave worry for a child, or exploitation seen by anyone, is told at once.",
    when=CHILD_RISK_VIEW.ref.is_("grave_worry") | HARMS_SEEN.ref.has("harm_exploitation"),
    then=(AT_ONCE_LADDER,),
    subjects=(JOINT_CASE.id,),
    source=COMPASS.at("7.6"),
    standing=_SAID,
)

# --- what must wait ------------------------------------------------------------------------

ACTIONS_OPEN = Rule(
    "gate.actions_open",
    "While the whole is Thriving or better, the report waits until every action is signed off.",
    when=_thriving & actions.any(~actions.signed_off.answered() | (actions.signed_off > today)),
    then=(Gate(event="publication of the report"),),
    source=COMPASS.at("10.1"),
    standing=_SAID,
)

# --- what is to be done ----------------------------------------------------------------------

REMEDY = Rule(
    "remedy.floundering_section",
    "A section judged Floundering has an action.",
    each=bands,
    when=_of_a_section & bands.grade.is_(FLOUNDERING) & bands.action_count.is_(0),
    then=(Act(what="agree what will be put right", by=SETTING_LEADER, within=REMEDY_WITHIN),),
    source=COMPASS.at("6.1"),
    standing=_SAID,
)
CHASED = Rule(
    "chase.overdue",
    "A return that is not in by the end of the day it is due is chased.",
    each=returns,
    when=~returns.received.answered() & (today > RETURNS_DUE.ref),
    then=(Act(what="chase the return", by=COMPASS_OFFICER, within=CHASE_WITHIN),),
    subjects=(JOINT_CASE.id,),
    source=COMPASS.at("7.3"),
    standing=_SAID,
)
LATE = Rule(
    "chase.late",
    "A return that came in late is explained.",
    each=returns,
    when=returns.received.answered() & (returns.received > RETURNS_DUE.ref),
    then=(Query(ask="Why did it come late?"),),
    subjects=(JOINT_CASE.id,),
    source=COMPASS.at("7.3"),
    standing=_SAID,
)
SECOND_LOOK = Rule(
    "second_look.returns",
    "Every return that has come in is moderated.",
    each=returns,
    when=returns.received.answered() & returns.moderated.is_(False),
    then=(Moderate(by=JOINT_MODERATOR),),
    subjects=(JOINT_CASE.id,),
    source=COMPASS.at("7.7"),
    standing=_SAID,
)
NEW_AND_EXEMPLARY = Rule(
    "second_look.new_and_exemplary",
    "A new setting judged Exemplary is looked at again.",
    when=NEWLY_REGISTERED.ref.is_(True) & bands.any(_of_the_whole & bands.grade.is_(EXEMPLARY)),
    then=(Moderate(by=HEAD_OF_QUALITY),),
    subjects=(CARE_SETTING.id,),
    source=COMPASS.at("5.6"),
    standing=_SAID,
)
VISIT_CALLED_FOR = Rule(
    "follow.visit_called_for",
    "Safe hands below Keeping afloat calls for a visit.",
    when=bands.any(bands.section.is_("safe_hands") & (bands.grade < KEEPING_AFLOAT)),
    then=(Commission(tool=COMPASS_VISIT.id),),
    subjects=(CARE_SETTING.id,),
    source=COMPASS.at("6.1"),
    standing=_SAID,
)
REVIEW_AGAIN = Rule(
    "follow.review_again",
    "A review that looked at less than half is done again.",
    when=bands.any(_of_the_whole & bands.grade.is_(NOT_ASSESSED)),
    then=(Commission(tool=COMPASS_REVIEW.id),),
    subjects=(CARE_SETTING.id,),
    source=COMPASS.at("5.5"),
    standing=_SAID,
)

# --- what to look at again, and what to share --------------------------------------------------

TWO_NOUGHTS = Rule(
    "marking.two_noughts",
    "A section with two noughts has an action, whatever its band.",
    each=bands,
    when=_of_a_section & (bands.adverse_count >= 2) & bands.action_count.is_(0),
    then=(Query(ask="What will be done about the noughts?"),),
    source=COMPASS.at("6.1"),
    standing=Standing.INFERRED,
)
NEAR_THE_EDGE = Rule(
    "marking.near_the_edge",
    "A whole within two points of Thriving is scored again by another.",
    each=bands,
    when=_of_the_whole & bands.grade.is_(KEEPING_AFLOAT) & (bands.score >= 68) & (bands.score < 70),
    then=(Query(ask="Does a second reader give the same score?"),),
    subjects=(CARE_SETTING.id,),
    source=COMPASS.at("5.8"),
    standing=Standing.EDITORIAL,
)
WEAKEST_CHAPTER = Rule(
    "marking.weakest_chapter",
    "A whole that is Thriving or better over a chapter below Keeping afloat is explained.",
    when=_thriving & (bands.grade.worst(_of_a_chapter) < KEEPING_AFLOAT),
    then=(Query(ask="What outweighs the weakest chapter?"),),
    source=COMPASS.at("5.9"),
    standing=Standing.EDITORIAL,
)
WORTH_SHARING = Rule(
    "praise.exemplary_chapter",
    "A chapter judged Exemplary without one nought is shared.",
    each=bands,
    when=_of_a_chapter & bands.grade.is_(EXEMPLARY) & bands.adverse_count.is_(0),
    then=(Recognise(to=(SETTING_LEADER, HEAD_OF_QUALITY)),),
    source=COMPASS.at("5.10"),
    standing=_SAID,
)

RULES = (
    LOWEST,
    LOWEST_PAST_OFFICER,
    LARGE_SETTING,
    DUTY_BROKEN,
    GRAVE_WORRY,
    ACTIONS_OPEN,
    ANSWERS,
    OVERALLS,
    REASONS,
    RETURNS_IN,
    THREE_AGENCIES,
    SENIOR_PRESENT,
    SAFETY_CAPS,
    REMEDY,
    CHASED,
    LATE,
    SECOND_LOOK,
    NEW_AND_EXEMPLARY,
    VISIT_CALLED_FOR,
    REVIEW_AGAIN,
    TWO_NOUGHTS,
    NEAR_THE_EDGE,
    WEAKEST_CHAPTER,
    WORTH_SHARING,
)
