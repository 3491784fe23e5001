"""The rules for early help cases. Those of the framework itself hold beside them."""

from __future__ import annotations

from qaf_cat.facts import (
    DRIFT_REVIEWS,
    acted_on,
    drift_answer,
    long_open,
    opened,
    recognised,
    review_answer,
    review_current,
    review_last,
    reviews,
    step_up,
)
from qaf_cat.sources import JOURNEY, SHROPSHIRE, TRAFFORD
from qaf_cat.subjects import EARLY_HELP_CASE
from qaf_core import Rule, Standing
from qaf_core.facts import audited, overall, safe
from qaf_core.logic import Ref
from qaf_core.roles import SERVICE_MANAGER, TEAM_MANAGER
from qaf_core.rules import Escalate, Query
from qaf_core.scales import GRADES, INADEQUATE
from qaf_core.sources import QAF
from qaf_core.timing import AT_ONCE

__all__ = [
    "CONCERN_NOT_ACTED_ON",
    "DATES_IN_ORDER",
    "DRIFT",
    "REVIEW_DATES",
    "RULES",
    "SAFETY_UNSAID",
    "STEP_UP",
]


def __dir__() -> list[str]:
    return __all__


_case = (EARLY_HELP_CASE.id,)
_risk = Ref("cat_risk_assessment", GRADES.kind, label="the grade for risk assessment")

CONCERN_NOT_ACTED_ON = Rule(
    "cat.concern_not_acted_on",
    "A child protection concern that was not recognised, or not acted on, is escalated at once to "
    "the Team Manager and the Service Manager.",
    when=recognised.is_(False) | acted_on.is_(False),
    then=(Escalate(to=(TEAM_MANAGER, SERVICE_MANAGER), within=AT_ONCE),),
    subjects=_case,
    source=JOURNEY.at("1.2"),
    standing=Standing.EDITORIAL,
)

SAFETY_UNSAID = Rule(
    "cat.safety_unsaid",
    "Where risk assessment is Inadequate under a better overall grade, the audit says whether the "
    "children are safe.",
    when=_risk.is_(INADEQUATE) & (overall > INADEQUATE) & ~safe.answered(),
    then=(Query(ask="Are the children of this family safe?"),),
    subjects=_case,
    source=QAF.at("Tool A, 6", lines="933-936"),
    standing=Standing.EDITORIAL,
)

STEP_UP = Rule(
    "cat.step_up",
    "Where change has not lasted, it is considered to step the case up to social care.",
    when=step_up.is_(False),
    then=(Query(ask="Is the case to be stepped up to social care? Say why, or why not."),),
    subjects=_case,
    source=TRAFFORD.at("No improvement"),
    standing=Standing.EDITORIAL,
)

DRIFT = Rule(
    "cat.drift",
    "On a case open for more than twelve months, or reviewed three times or more, someone is "
    "consulted lest it drift.",
    when=drift_answer.is_(False)
    | (drift_answer.not_applicable() & (long_open.is_(True) | (reviews >= DRIFT_REVIEWS))),
    then=(Query(ask="Who is to be consulted, and when?"),),
    subjects=_case,
    source=SHROPSHIRE.at("Audit of March 2015, drift"),
    standing=Standing.EDITORIAL,
)

REVIEW_DATES = Rule(
    "cat.review_dates",
    "Whether the plan is reviewed as often as the service says is answered as the date of the last "
    "review says.",
    when=review_answer.is_(True) & review_current.is_(False),
    then=(Query(ask="By its date the next review is overdue. Is the plan reviewed in time?"),),
    subjects=_case,
    source=TRAFFORD.at("Review"),
    standing=Standing.EDITORIAL,
)

DATES_IN_ORDER = Rule(
    "cat.dates_in_order",
    "Dates stand in an order that can be: nothing is audited before it has happened, and no case "
    "is reviewed before it is opened.",
    when=(opened > audited) | (review_last > audited) | (review_last < opened),
    then=(Query(ask="Which of the dates is meant?"),),
    subjects=_case,
    source=QAF.at("Tool A", lines="694, 729, 748, 757"),
    standing=Standing.EDITORIAL,
)

RULES = (CONCERN_NOT_ACTED_ON, SAFETY_UNSAID, STEP_UP, DRIFT, REVIEW_DATES, DATES_IN_ORDER)
