"""What Northmere does after a review: a loop of its own, its own line, steps and evidence."""

from __future__ import annotations

import attrs

from qaf_core.cadence import Every, Period
from qaf_core.cycle import (
    ESCALATION,
    START,
    Clock,
    Guard,
    Machine,
    Paper,
    Place,
    Point,
    State,
    Step,
    Stream,
    Transition,
)
from qaf_core.learning import Kind, LearningLink, Lesson
from qaf_core.logic import YES_NO
from qaf_core.provenance import Standing
from qaf_core.timing import Deadline, Span, Unit
from second_framework.tools import TOOLS
from second_framework.vocabulary import (
    COMPASS,
    COMPASS_OFFICER,
    CONSTABULARY_LEAD,
    DIRECTOR_OF_PEOPLE,
    HEAD_OF_QUALITY,
    LEAD_ASSESSOR,
    SETTING_LEADER,
)

STATED = Standing.STATED
LOOP_CLAUSE = COMPASS.at("9.1")

LINE = (COMPASS_OFFICER.id, HEAD_OF_QUALITY.id, DIRECTOR_OF_PEOPLE.id)
"""Who is above whom."""

ALARM = attrs.evolve(
    ESCALATION,
    id="alarm",
    version="2024",
    title="An alarm",
    clocks=(
        Clock(
            id="acknowledge_due",
            statement="Everyone told has rung back.",
            within=Deadline(span=Span(5, Unit.DAYS), after="alarm_raised"),
            source=COMPASS.at("9.3"),
            standing=STATED,
        ),
    ),
    source=COMPASS.at("9.3"),
    standing=STATED,
)
"""The way of an escalation, with five days to ring back in the place of one working day."""

_tried = Paper(id="tried", label="what was tried", source=LOOP_CLAUSE, standing=STATED)
_works = Paper(
    id="works", label="whether it works", kind=YES_NO, source=LOOP_CLAUSE, standing=STATED
)

LOOP = Machine(
    id="loop",
    version="2024",
    title="The loop",
    about="an idea, from being noticed to being kept or dropped",
    source=LOOP_CLAUSE,
    standing=STATED,
    states=(
        State(
            id="noticed",
            title="Noticed",
            owner=LEAD_ASSESSOR.id,
            source=LOOP_CLAUSE,
            standing=STATED,
        ),
        State(
            id="tried",
            title="Tried",
            owner=SETTING_LEADER.id,
            source=LOOP_CLAUSE,
            standing=STATED,
        ),
        State(id="kept", title="Kept", end=True, source=LOOP_CLAUSE, standing=STATED),
        State(id="dropped", title="Dropped", end=True, source=LOOP_CLAUSE, standing=STATED),
    ),
    papers=(_tried, _works),
    guards=(
        Guard(
            id="it_works",
            statement="It works.",
            holds=_works.ref.is_(True),
            source=LOOP_CLAUSE,
            standing=STATED,
        ),
    ),
    transitions=(
        Transition(
            id="notice",
            title="noticed",
            leaves=(START,),
            to="noticed",
            source=LOOP_CLAUSE,
            standing=STATED,
        ),
        Transition(
            id="try_it",
            title="tried",
            leaves=("noticed",),
            to="tried",
            by=(SETTING_LEADER.id,),
            makes=("tried",),
            source=LOOP_CLAUSE,
            standing=STATED,
        ),
        Transition(
            id="keep",
            title="kept",
            leaves=("tried",),
            to="kept",
            by=(HEAD_OF_QUALITY.id,),
            makes=("works",),
            guards=("it_works",),
            source=LOOP_CLAUSE,
            standing=STATED,
        ),
        Transition(
            id="drop",
            title="dropped",
            leaves=("noticed", "tried"),
            to="dropped",
            by=(HEAD_OF_QUALITY.id,),
            reason=True,
            source=LOOP_CLAUSE,
            standing=STATED,
        ),
    ),
)

MACHINES = (LOOP, ALARM)

PLACES = (Place(id="compass_book", title="the compass book", source=LOOP_CLAUSE, standing=STATED),)

STEPS = (
    Step(
        id="put_right",
        tool=TOOLS[0].id,
        number=1,
        what="put right what was found",
        by=(SETTING_LEADER.id,),
        to=(COMPASS_OFFICER.id,),
        within=Deadline(span=Span(20, Unit.WORKING_DAYS), after="report_received"),
        kept=("compass_book",),
        source=COMPASS.at("9.2"),
        standing=STATED,
    ),
)

STREAMS = (
    Stream(
        id="constabulary_calls",
        title="Calls to the constabulary",
        owners=(CONSTABULARY_LEAD.id,),
        cadence=Every(2, Period.MONTH),
        gives="how often, and from where",
        source=COMPASS.at("9.4"),
        standing=STATED,
    ),
)

LEARNING = (
    LearningLink(
        id="teach_in",
        title="Teach-in",
        kind=Kind.FORUM,
        takes=(Lesson.STRENGTHS,),
        told_by=(HEAD_OF_QUALITY.id,),
        recipients=(SETTING_LEADER.id,),
        evidence=("constabulary_calls",),
        source=COMPASS.at("9.6"),
        standing=STATED,
        recipients_standing=STATED,
    ),
)

POINTS = (
    Point(id="arrival", title="Arrival", source=COMPASS.at("9.5"), standing=STATED),
    Point(id="leaving_northmere", title="Leaving", source=COMPASS.at("9.5"), standing=STATED),
)
