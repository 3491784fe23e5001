"""The rules for adoption. Those of the framework itself hold beside them."""

from __future__ import annotations

from qaf_adoption.facts import (
    comment_answer,
    comment_time,
    concerns_acted_on,
    decided,
    decision_answer,
    decision_in_time,
    entered_care,
    last_note,
    notes_answer,
    notes_current,
    panel_in_time,
    panel_recommended,
    placed,
    placement_answer,
    placement_in_time,
    register_answer,
    register_in_time,
    register_referred,
    registered,
    report_given,
    report_to_panel,
    stage_one_answer,
    stage_one_decided,
    stage_one_in_time,
    stage_two_answer,
    stage_two_began,
    stage_two_in_time,
    summary_answer,
    summary_current,
    summary_written,
)
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
from qaf_core import Rule, Standing
from qaf_core.facts import audited, overall, safe
from qaf_core.logic import Ref
from qaf_core.roles import SERVICE_MANAGER, TEAM_MANAGER
from qaf_core.rules import Escalate, Query
from qaf_core.scales import GRADES, INADEQUATE
from qaf_core.sources import QAF
from qaf_core.timing import AT_ONCE

__all__ = [
    "ADOPTER_DATES_IN_ORDER",
    "CHILD_DATES_IN_ORDER",
    "COMMENT_DATES",
    "CONCERN_NOT_ACTED_ON",
    "DECISION_DATES",
    "PLACEMENT_DATES",
    "RECORD_DATES",
    "RECORD_DATES_IN_ORDER",
    "REGISTER_DATES",
    "RULES",
    "SAFETY_UNSAID",
    "STAGE_ONE_DATES",
    "STAGE_TWO_DATES",
]


def __dir__() -> list[str]:
    return __all__


_adopter = (PROSPECTIVE_ADOPTER.id,)
_child = (CHILD_FOR_ADOPTION.id,)
_both = (PROSPECTIVE_ADOPTER.id, CHILD_FOR_ADOPTION.id)
_all = (PROSPECTIVE_ADOPTER.id, CHILD_FOR_ADOPTION.id, ADOPTION_SUPPORT_CASE.id)

_oversight = Ref("adoption_oversight", GRADES.kind, label="the grade for oversight")
_assessment = Ref("adoption_assessment", GRADES.kind, label="the grade for assessment")
_preparation = Ref("adoption_preparation", GRADES.kind, label="the grade for preparation")

CONCERN_NOT_ACTED_ON = Rule(
    "adoption.concern_not_acted_on",
    "A concern for a child's safety, in any adoption case, that was not acted on is escalated at "
    "once to the Team Manager and the Service Manager.",
    when=concerns_acted_on.is_(False),
    then=(Escalate(to=(TEAM_MANAGER, SERVICE_MANAGER), within=AT_ONCE),),
    subjects=_all,
    source=QAF.at("Tool A, 4.1 and 6", lines="770-776, 933-936"),
    standing=Standing.EDITORIAL,
)

SAFETY_UNSAID = Rule(
    "adoption.safety_unsaid",
    "Where oversight, assessment or preparation is Inadequate under a better overall grade, the "
    "audit says whether the child is safe.",
    when=(_oversight.is_(INADEQUATE) | _assessment.is_(INADEQUATE) | _preparation.is_(INADEQUATE))
    & (overall > INADEQUATE)
    & ~safe.answered(),
    then=(Query(ask="Is the child safe?"),),
    subjects=_all,
    source=QAF.at("Tool A, 6", lines="933-936"),
    standing=Standing.EDITORIAL,
)

STAGE_ONE_DATES = Rule(
    "adoption.stage_one_dates",
    "Whether stage one was decided within two months is answered as its dates say.",
    when=stage_one_answer.is_not(stage_one_in_time),
    then=(Query(ask="The dates of stage one say otherwise. Which is right?"),),
    subjects=_adopter,
    source=YORK.at("Stage 1"),
    standing=Standing.INFERRED,
)

STAGE_TWO_DATES = Rule(
    "adoption.stage_two_dates",
    "Whether suitability was decided within four months of the start of stage two is answered as "
    "the dates of panel and decision say.",
    when=(stage_two_answer.is_(True) & (stage_two_in_time.is_(False) | panel_in_time.is_(False)))
    | (stage_two_answer.is_(False) & stage_two_in_time.is_(True)),
    then=(Query(ask="The dates of panel or decision say otherwise. Which is right?"),),
    subjects=_adopter,
    source=YORK.at("Stage 2"),
    standing=Standing.INFERRED,
)

DECISION_DATES = Rule(
    "adoption.decision_dates",
    "Whether the decision followed panel in time is answered as the dates say, by the agency's own "
    "number of working days.",
    when=decision_answer.is_not(decision_in_time),
    then=(Query(ask="The dates of panel and decision say otherwise. Which is right?"),),
    subjects=_adopter,
    source=HERTS_PANEL.at("1, timescales"),
    standing=Standing.EDITORIAL,
)

COMMENT_DATES = Rule(
    "adoption.comment_dates",
    "An adopter who could comment on the report had five working days before it went to panel.",
    when=comment_answer.is_(True) & comment_time.is_(False),
    then=(Query(ask="By its dates the report went to panel too soon. Could they comment?"),),
    subjects=_adopter,
    source=YORK.at("Stage 2"),
    standing=Standing.INFERRED,
)

REGISTER_DATES = Rule(
    "adoption.register_dates",
    "Whether the referral to the Adoption Register came within three months of the decision is "
    "answered as its dates say.",
    when=register_answer.is_not(register_in_time),
    then=(Query(ask="The dates of decision and referral say otherwise. Which is right?"),),
    subjects=_both,
    source=NATIONAL_STANDARDS.at("13.1, 13.2"),
    standing=Standing.INFERRED,
)

PLACEMENT_DATES = Rule(
    "adoption.placement_dates",
    "Whether the child moved in with the new family in good time is answered as the dates say, by "
    "the threshold of the scorecard in force.",
    when=placement_answer.is_not(placement_in_time),
    then=(Query(ask="The dates of care and the new family say otherwise. Which is right?"),),
    subjects=_child,
    source=NATIONAL_STANDARDS.at("13, outcome"),
    standing=Standing.INFERRED,
)

RECORD_DATES = Rule(
    "adoption.record_dates",
    "Whether the case summary is current and case notes are up to date is answered as their dates "
    "say, by the agency's own numbers.",
    when=summary_answer.is_not(summary_current) | notes_answer.is_not(notes_current),
    then=(Query(ask="The dates of the record say otherwise. Which is right?"),),
    subjects=_all,
    source=MERSEYSIDE.at("Part 1"),
    standing=Standing.EDITORIAL,
)

ADOPTER_DATES_IN_ORDER = Rule(
    "adoption.adopter_dates_in_order",
    "The dates of an adopter's case stand in an order that can be: registration, stage one, stage "
    "two, report, panel, decision, register.",
    when=(registered > audited)
    | (stage_one_decided < registered)
    | (stage_two_began < stage_one_decided)
    | (report_to_panel < report_given)
    | (panel_recommended < stage_two_began)
    | (decided < panel_recommended)
    | (decided > audited)
    | (register_referred < decided)
    | (register_referred > audited),
    then=(Query(ask="Which of the adopter's dates is meant?"),),
    subjects=_adopter,
    source=QAF.at("Tool A", lines="694, 729, 748, 757"),
    standing=Standing.EDITORIAL,
)

CHILD_DATES_IN_ORDER = Rule(
    "adoption.child_dates_in_order",
    "The dates of a child's case stand in an order that can be: care, decision, register, new "
    "family, audit.",
    when=(decided < entered_care)
    | (decided > audited)
    | (register_referred < decided)
    | (register_referred > audited)
    | (placed < entered_care)
    | (placed > audited),
    then=(Query(ask="Which of the child's dates is meant?"),),
    subjects=_child,
    source=QAF.at("Tool A", lines="694, 729, 748, 757"),
    standing=Standing.EDITORIAL,
)

RECORD_DATES_IN_ORDER = Rule(
    "adoption.record_dates_in_order",
    "No case summary and no case note is dated after the audit.",
    when=(summary_written > audited) | (last_note > audited),
    then=(Query(ask="Which of the dates of the record is meant?"),),
    subjects=_all,
    source=QAF.at("Tool A", lines="694, 729, 748, 757"),
    standing=Standing.EDITORIAL,
)

RULES = (
    CONCERN_NOT_ACTED_ON,
    SAFETY_UNSAID,
    STAGE_ONE_DATES,
    STAGE_TWO_DATES,
    DECISION_DATES,
    COMMENT_DATES,
    REGISTER_DATES,
    PLACEMENT_DATES,
    RECORD_DATES,
    ADOPTER_DATES_IN_ORDER,
    CHILD_DATES_IN_ORDER,
    RECORD_DATES_IN_ORDER,
)
