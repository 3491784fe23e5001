"""The yearly audit of a move to adult services: a variant of Audit Tool A."""

from __future__ import annotations

from qaf_core import Standing, Tool
from qaf_core.logic import NEVER, YES_NO
from qaf_core.scales import GRADES
from qaf_core.sources import QAF
from qaf_core.tools import Aspect, Judgement, Question, Section, variant
from qaf_yos.sources import TRANSITIONS

__all__ = ["DROPPED", "SUMMARY_ROW", "TRANSITION", "yos_transitions"]


def __dir__() -> list[str]:
    return __all__


_NO = (False,)
_CLAUSE = TRANSITIONS.at("How to transfer a child to the Probation Service")

TRANSITION = Section(
    id="yos_transition",
    title="The move to adult services",
    hint="From the youth offending service to probation, and to adult health and education.",
    source=QAF.at("Appendix 2, YOS", lines="625-626"),
    standing=Standing.INFERRED,
    parts=(
        Question(
            id="yos_transition_identified",
            prompt="Was it seen early that the child would move on?",
            kind=YES_NO,
            adverse=_NO,
            aspect=Aspect.QUANTITATIVE,
            hint="Usually at seventeen and a half.",
            source=_CLAUSE,
            standing=Standing.EDITORIAL,
        ),
        Question(
            id="yos_transition_plan",
            prompt="Is there a transition plan, made with the child and the family?",
            kind=YES_NO,
            adverse=_NO,
            source=_CLAUSE,
            standing=Standing.EDITORIAL,
        ),
        Question(
            id="yos_transition_needs",
            prompt="Does it give needs, strengths and whatever the new service must know?",
            kind=YES_NO,
            adverse=_NO,
            source=_CLAUSE,
            standing=Standing.EDITORIAL,
        ),
        Question(
            id="yos_transition_support",
            prompt="Does it name who stands by the child at every stage?",
            kind=YES_NO,
            adverse=_NO,
            source=_CLAUSE,
            standing=Standing.EDITORIAL,
        ),
        Question(
            id="yos_transition_introductions",
            prompt="Did the child meet the new workers step by step?",
            kind=YES_NO,
            adverse=_NO,
            source=_CLAUSE,
            standing=Standing.EDITORIAL,
        ),
        Question(
            id="yos_transition_queries",
            prompt="Were the child's own questions and worries talked through?",
            kind=YES_NO,
            adverse=_NO,
            source=_CLAUSE,
            standing=Standing.EDITORIAL,
        ),
        Question(
            id="yos_transition_continuity",
            prompt="Can the child carry on with what was begun?",
            kind=YES_NO,
            adverse=_NO,
            source=_CLAUSE,
            standing=Standing.EDITORIAL,
        ),
        Question(
            id="yos_transition_shared",
            prompt="Did the new service have all it needed beforehand, any likely harm included?",
            kind=YES_NO,
            adverse=_NO,
            aspect=Aspect.QUANTITATIVE,
            hint="Harm to the child and harm to others. Before the transfer, not on the day.",
            source=_CLAUSE,
            standing=Standing.EDITORIAL,
        ),
        Question(
            id="yos_transition_reviewed",
            prompt="Was it looked at afterwards how the move had gone?",
            kind=YES_NO,
            adverse=_NO,
            aspect=Aspect.QUANTITATIVE,
            source=_CLAUSE,
            standing=Standing.EDITORIAL,
        ),
    ),
    judgements=(
        Judgement(
            id="yos_transition",
            title="Transition",
            scale=GRADES,
            source=QAF.at("Tool A, guidance", lines="674"),
            standing=Standing.EDITORIAL,
        ),
    ),
)

SUMMARY_ROW = Question(
    id="yos_summary_transition",
    prompt="Which grade does the table give for the move to adult services?",
    kind=GRADES.kind,
    required=NEVER,
    source=QAF.at("Tool A, 5", lines="902-916"),
    standing=Standing.EDITORIAL,
)

DROPPED = (
    "changes_of_reviewing_officer",
    "changes_of_placement",
    "case_details",
    "referral",
    "plan_permanence",
    "permanence",
    "reviews",
    "placement",
    "independence",
    "summary_permanence",
    "summary_reviews",
    "summary_placement",
    "summary_independence",
)
"""Parts of Tool A that the transitions audit leaves out, each with all it holds."""

_BECAUSE = (
    "It asks how a child known to the service moves on to adult services, so it adds the move "
    "itself, with its own plan and review. It keeps what makes the work with any child safe and "
    "good: risk, involvement, decisions, assessment, coordination, diversity, plans, outcomes, "
    "the overall grade and whether the child is safe. It drops the referral, long past by then; "
    "genogram, chronology and notes, since it looks at the move and not at how the file is kept; "
    "the reviews of social care, since the move has a review of its own; and permanence, "
    "placement and independence, which are audited with Tool A itself where the child is looked "
    "after or leaving care. What counts or sums up the dropped parts goes with them."
)


def yos_transitions(case_file: Tool) -> Tool:
    """The transitions audit, made from Audit Tool A.

    Args:
        case_file: Tool A as the base framework has it.
    """
    return variant(
        case_file,
        id="yos_transitions",
        version="1",
        title="Transitions audit",
        because=_BECAUSE,
        guidance="Once a year. Go through the case with the worker, and where you can with the "
        "worker who takes over. Answer what bears on it and set the rest aside with a reason. "
        "The questions about the move rest on guidance later than 2016.",
        drop=DROPPED,
        add={"audit_framework": (TRANSITION,), "summary": (SUMMARY_ROW,)},
        source=QAF.at("Appendix 2, YOS", lines="625-626"),
        standing=Standing.INFERRED,
    )
