"""The rules for youth justice cases. Those of the framework itself hold beside them."""

from __future__ import annotations

from qaf_core import Rule, Standing
from qaf_core.facts import overall, questions, safe
from qaf_core.logic import Ref
from qaf_core.roles import SERVICE_MANAGER, TEAM_MANAGER
from qaf_core.rules import Escalate, Query
from qaf_core.scales import GRADES, INADEQUATE
from qaf_core.sources import QAF
from qaf_core.timing import AT_ONCE
from qaf_yos.facts import (
    assessment_in_time,
    assessment_timely,
    review_current,
    review_timely,
    safeguarding_referral_made,
)
from qaf_yos.national_standards import YOS_NATIONAL_STANDARDS
from qaf_yos.sources import HILLINGDON, ROTHERHAM, SOUTH_TYNESIDE
from qaf_yos.subjects import YOUTH_JUSTICE_CASE

__all__ = [
    "ASSESSMENT_DATES",
    "REVIEW_DATES",
    "RULES",
    "SAFEGUARDING_REFERRAL_NOT_MADE",
    "SAFETY_UNSAID",
    "STANDARD_NOT_MET",
]


def __dir__() -> list[str]:
    return __all__


_risk = Ref("yos_risk", GRADES.kind, label="the grade for risk assessment")
_vulnerability = Ref("yos_vulnerability", GRADES.kind, label="the grade for vulnerability")
_standards = tuple(section.id for section in YOS_NATIONAL_STANDARDS.sections)

SAFEGUARDING_REFERRAL_NOT_MADE = Rule(
    "yos.safeguarding_referral_not_made",
    "A safeguarding referral that was needed and not made is escalated at once to the Team "
    "Manager and the Service Manager.",
    when=safeguarding_referral_made.is_(False),
    then=(Escalate(to=(TEAM_MANAGER, SERVICE_MANAGER), within=AT_ONCE),),
    subjects=(YOUTH_JUSTICE_CASE.id,),
    source=SOUTH_TYNESIDE.at("Asset checklist, safeguarding referral"),
    standing=Standing.EDITORIAL,
)

SAFETY_UNSAID = Rule(
    "yos.safety_unsaid",
    "Where risk assessment or vulnerability screening is Inadequate under a better overall "
    "grade, the audit says whether the child is safe.",
    when=(_risk.is_(INADEQUATE) | _vulnerability.is_(INADEQUATE))
    & (overall > INADEQUATE)
    & ~safe.answered(),
    then=(Query(ask="Is the child safe?"),),
    subjects=(YOUTH_JUSTICE_CASE.id,),
    source=QAF.at("Tool A, 6", lines="933-936"),
    standing=Standing.EDITORIAL,
)

ASSESSMENT_DATES = Rule(
    "yos.assessment_dates",
    "Whether the assessment was in time is answered as its dates say: twenty working days for "
    "a referral order, fifteen for another.",
    when=assessment_timely.is_not(assessment_in_time),
    then=(Query(ask="The dates say otherwise. Which is right?"),),
    subjects=(YOUTH_JUSTICE_CASE.id,),
    source=ROTHERHAM.at("1, timeliness of initial assessments"),
    standing=Standing.INFERRED,
)

REVIEW_DATES = Rule(
    "yos.review_dates",
    "Reviews are not called timely while the last one is more than three months old.",
    when=review_timely.is_(True) & review_current.is_(False),
    then=(Query(ask="The last review is more than three months old. Are reviews in time?"),),
    subjects=(YOUTH_JUSTICE_CASE.id,),
    source=HILLINGDON.at("4"),
    standing=Standing.EDITORIAL,
)

STANDARD_NOT_MET = Rule(
    "yos.standard_not_met",
    "Where a National Standard is not met there is a remedial action aimed at it.",
    each=questions,
    when=questions.section.in_(_standards)
    & questions.adverse.is_(True)
    & questions.action_count.is_(0),
    then=(Query(ask="What is to be done about it, and by when?"),),
    subjects=(YOUTH_JUSTICE_CASE.id,),
    source=QAF.at("Tool A, 7", lines="676, 938-953"),
    standing=Standing.EDITORIAL,
)

RULES = (
    SAFEGUARDING_REFERRAL_NOT_MADE,
    SAFETY_UNSAID,
    ASSESSMENT_DATES,
    REVIEW_DATES,
    STANDARD_NOT_MET,
)
