"""What the three adoption audits have in common: questions, and the grade of each section."""

from __future__ import annotations

from qaf_adoption.sources import (
    HERTS_CHECKLIST,
    HILLINGDON,
    MATCHING_GUIDANCE,
    MERSEYSIDE,
    NATIONAL_STANDARDS,
)
from qaf_core import Standing
from qaf_core.logic import YES_NO
from qaf_core.scales import GRADES
from qaf_core.sources import QAF
from qaf_core.tools import Aspect, Judgement, Question

__all__ = [
    "ASSESSMENT",
    "CASE_NOTES",
    "CASE_RECORD",
    "CASE_SUMMARY",
    "CHRONOLOGY",
    "COMPLIANCE",
    "CONCERNS_ACTED_ON",
    "MATCHING",
    "MATCHING_VIEWS",
    "OVERALL",
    "OVERSIGHT",
    "PREPARATION",
    "REGISTER",
    "SIGNED_OFF",
]


def __dir__() -> list[str]:
    return __all__


_NO = (False,)

CASE_SUMMARY = Question(
    id="adoption_case_summary",
    prompt="Is there a case summary, and is it current?",
    kind=YES_NO,
    adverse=_NO,
    aspect=Aspect.QUANTITATIVE,
    hint="How old it may be is for each agency to say. Where the case system gives its date, "
    "and the agency its number, they are checked against this answer.",
    source=MERSEYSIDE.at("Part 1, case summary"),
    standing=Standing.EDITORIAL,
)

CONCERNS_ACTED_ON = Question(
    id="adoption_concerns_acted_on",
    prompt="Was every concern for a child's safety acted on?",
    kind=YES_NO,
    adverse=_NO,
    hint="No is taken to the Team Manager and the Service Manager at once. Not applicable where "
    "there was no concern: say so.",
    source=QAF.at("Tool A, 4.1", lines="770-776"),
    standing=Standing.INFERRED,
)

SIGNED_OFF = Question(
    id="adoption_report_signed_off",
    prompt="Did a manager sign the report off?",
    kind=YES_NO,
    adverse=_NO,
    aspect=Aspect.QUANTITATIVE,
    hint="The child's permanence report, or the prospective adopter's report.",
    source=HERTS_CHECKLIST.at("1; also Herts panel papers"),
    standing=Standing.EDITORIAL,
)

CASE_RECORD = Question(
    id="adoption_case_record",
    prompt="Was an adoption case record of its own opened at the right time?",
    kind=YES_NO,
    adverse=_NO,
    aspect=Aspect.QUANTITATIVE,
    hint="For a child as soon as adoption is the plan; for an adopter on the formal application.",
    source=HILLINGDON.at("1; also Medway adoption records, 1, and Knowsley adoption file 2016, 1"),
    standing=Standing.EDITORIAL,
)

CASE_NOTES = Question(
    id="adoption_case_notes",
    prompt="Are the case notes up to date?",
    kind=YES_NO,
    adverse=_NO,
    aspect=Aspect.QUANTITATIVE,
    hint="How many days they may lag is for each agency to say. Where the case system gives the "
    "date, and the agency its number, they are checked against this answer.",
    source=MERSEYSIDE.at("Part 1, case notes"),
    standing=Standing.EDITORIAL,
)

CHRONOLOGY = Question(
    id="adoption_chronology",
    prompt="Is the chronology up to date?",
    kind=YES_NO,
    adverse=_NO,
    aspect=Aspect.QUANTITATIVE,
    source=MERSEYSIDE.at("Part 1, chronology"),
    standing=Standing.EDITORIAL,
)

REGISTER = Question(
    id="adoption_register",
    prompt="If no match was being pursued, was a referral to the Adoption Register made within "
    "three months?",
    kind=YES_NO,
    adverse=_NO,
    aspect=Aspect.QUANTITATIVE,
    hint="Three months from the decision that the child is to be placed, or that the adopter is "
    "suitable. Not applicable where a match was being pursued, or an adopter did not agree. "
    "Where the case system gives the dates, they are checked against this answer.",
    source=NATIONAL_STANDARDS.at("13.1, 13.2"),
    standing=Standing.INFERRED,
)

MATCHING = Question(
    id="adoption_matching",
    prompt="If a match is proposed, does the report show that the adopter can meet most of the "
    "child's needs?",
    kind=YES_NO,
    adverse=_NO,
    hint="Not applicable before a match.",
    source=NATIONAL_STANDARDS.at("13, outcome"),
    standing=Standing.INFERRED,
)

MATCHING_VIEWS = Question(
    id="adoption_matching_views",
    prompt="Did the child's own views and feelings count in the match?",
    kind=YES_NO,
    adverse=_NO,
    hint="As far as age and understanding allow. Not applicable before a match.",
    source=MATCHING_GUIDANCE.at("Context"),
    standing=Standing.EDITORIAL,
)

OVERSIGHT = Judgement(
    id="adoption_oversight",
    title="Management oversight",
    scale=GRADES,
    analysis="What managers decided and why, and how the worker is supported and challenged.",
    takes_na=False,
    source=QAF.at("Tool A, guidance", lines="674"),
    standing=Standing.EDITORIAL,
)

COMPLIANCE = Judgement(
    id="adoption_compliance",
    title="Compliance and recording",
    scale=GRADES,
    analysis="What the regulations call for and is there, what is not, and whether time was lost.",
    source=QAF.at("Tool A, guidance", lines="674"),
    standing=Standing.EDITORIAL,
)

ASSESSMENT = Judgement(
    id="adoption_assessment",
    title="Assessment and reports",
    scale=GRADES,
    analysis="Whether a stranger could decide well on the strength of the reports.",
    source=QAF.at("Tool A, guidance", lines="674"),
    standing=Standing.EDITORIAL,
)

PREPARATION = Judgement(
    id="adoption_preparation",
    title="Preparation and support",
    scale=GRADES,
    analysis="Whether child and adopters are ready for each other, and helped to stay together.",
    source=QAF.at("Tool A, guidance", lines="674"),
    standing=Standing.EDITORIAL,
)

OVERALL = Judgement(
    id="overall",
    title="Overall judgement",
    scale=GRADES,
    must_justify=True,
    hints=(
        "Whether the child is safe, and will be",
        "Whether the child lost time that the work could have saved",
        "Whether reports can be relied on for a decision for life",
        "What children, parents and adopters say of it",
        "Management oversight",
    ),
    takes_na=False,
    source=QAF.at("Tool A, 6", lines="916-932"),
    standing=Standing.EDITORIAL,
)
