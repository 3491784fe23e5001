"""Grades that sit oddly with the rest of the audit, and practice worth sharing."""

from __future__ import annotations

from qaf_core.facts import case_status, judgements, overall, safe
from qaf_core.logic.expressions import Or, Ref
from qaf_core.provenance import Standing
from qaf_core.roles import ALLOCATED_WORKER, SERVICE_MANAGER_QUALITY_ASSURANCE, TEAM_MANAGER
from qaf_core.rules.model import Query, Recognise, Rule
from qaf_core.scales import GOOD, GRADES, INADEQUATE, OUTSTANDING
from qaf_core.sources import QAF, STANDARDS_2013
from qaf_core.subjects import CHILD_CASE

__all__ = [
    "GOOD_PRACTICE",
    "GOOD_WITH_ADVERSE",
    "INADEQUATE_WITHOUT_ACTION",
    "OVERALL_AGAINST_SECTIONS",
    "RISK_INADEQUATE",
    "RULES",
    "SECTION_FOR_STATUS",
    "SUMMARY_GRADES",
]


def __dir__() -> list[str]:
    return __all__


_section_level = judgements.level.is_("section")
_risk = Ref("risk", GRADES.kind, label="the grade for risk")
_permanence = Ref("permanence", GRADES.kind, label="the grade for permanence")
_reviews = Ref("reviews", GRADES.kind, label="the grade for reviews")
_independence = Ref("independence", GRADES.kind, label="the grade for independence")

INADEQUATE_WITHOUT_ACTION = Rule(
    "grading.inadequate_without_action",
    "An Inadequate section has a remedial action.",
    each=judgements,
    when=_section_level & judgements.grade.is_(INADEQUATE) & judgements.action_count.is_(0),
    then=(Query(ask="What is to be done about it, and by when?"),),
    source=QAF.at("Tool A, 7", lines="676, 938-953"),
    standing=Standing.EDITORIAL,
)

OVERALL_AGAINST_SECTIONS = Rule(
    "grading.overall_against_sections",
    "The overall grade lies within its sections' grades, and is not Good or better while a "
    "section is Inadequate.",
    when=(overall > judgements.grade.best(_section_level))
    | (overall < judgements.grade.worst(_section_level))
    | ((overall >= GOOD) & judgements.any(_section_level & judgements.grade.is_(INADEQUATE))),
    then=(Query(ask="What outweighs the sections' grades?"),),
    source=QAF.at("Tool A, guidance", lines="674, 922-932"),
    standing=Standing.EDITORIAL,
)

RISK_INADEQUATE = Rule(
    "grading.risk_inadequate",
    "Where risk is Inadequate under a better overall grade, the audit says whether the child "
    "is safe.",
    when=_risk.is_(INADEQUATE) & (overall > INADEQUATE) & ~safe.answered(),
    then=(Query(ask="Is the child safe?"),),
    subjects=(CHILD_CASE.id,),
    source=QAF.at("Tool A, 4.1 and 6", lines="658-672, 770-777, 933-936"),
    standing=Standing.EDITORIAL,
)

GOOD_PRACTICE = Rule(
    "grading.good_practice",
    "A section graded Outstanding, all of whose answers are good, is good practice to share.",
    each=judgements,
    when=_section_level
    & judgements.grade.is_(OUTSTANDING)
    & judgements.adverse.is_(False)
    & (judgements.answer_count > 0),
    then=(Recognise(to=(ALLOCATED_WORKER, TEAM_MANAGER, SERVICE_MANAGER_QUALITY_ASSURANCE)),),
    source=STANDARDS_2013.at("9.5", lines="571"),
    standing=Standing.EDITORIAL,
)

GOOD_WITH_ADVERSE = Rule(
    "grading.good_with_adverse",
    "A section graded Good or better has no adverse answer.",
    each=judgements,
    when=_section_level & (judgements.grade >= GOOD) & judgements.adverse.is_(True),
    then=(Query(ask="What outweighs the adverse answers?"),),
    source=QAF.at("Tool A, guidance", lines="656-674"),
    standing=Standing.EDITORIAL,
)

_JUDGED = (
    "risk",
    "involvement",
    "decisions",
    "assessment",
    "coordination",
    "diversity",
    "plans",
    "permanence",
    "reviews",
    "placement",
    "independence",
    "outcomes",
    "overall",
)
SUMMARY_GRADES = Rule(
    "grading.summary_grades",
    "Grades in the summary table equal those given in the sections.",
    when=Or(
        tuple(
            summary.is_not(section) | (summary.answered() & section.not_applicable())
            for summary, section in (
                (
                    Ref(f"summary_{id}", GRADES.kind, label=f"the summary grade for {id}"),
                    Ref(id, GRADES.kind, label=f"the grade for {id}"),
                )
                for id in _JUDGED
            )
        )
    ),
    then=(Query(ask="Which of the two grades is meant?"),),
    subjects=(CHILD_CASE.id,),
    source=QAF.at("Tool A, 5", lines="674, 903-916"),
    standing=Standing.INFERRED,
)

SECTION_FOR_STATUS = Rule(
    "grading.section_for_status",
    "A section that the status of the case calls for is not set aside: permanence and reviews "
    "for a looked after child, reviews under a child protection plan, independence for a care "
    "leaver.",
    when=(case_status.is_("cla") & _permanence.not_applicable())
    | (case_status.in_(("cla", "cp")) & _reviews.not_applicable())
    | (case_status.is_("care_leaver") & _independence.not_applicable()),
    then=(Query(ask="Why does the section not apply to this child?"),),
    subjects=(CHILD_CASE.id,),
    source=QAF.at("Tool A, guidance and 4", lines="683, 850, 866, 875-877"),
    standing=Standing.EDITORIAL,
)

RULES = (
    INADEQUATE_WITHOUT_ACTION,
    OVERALL_AGAINST_SECTIONS,
    RISK_INADEQUATE,
    GOOD_WITH_ADVERSE,
    SUMMARY_GRADES,
    SECTION_FOR_STATUS,
    GOOD_PRACTICE,
)
