"""The audit of one child for whom adoption is the plan: Reading's four key tests, in order."""

from __future__ import annotations

from qaf_adoption.parts import (
    ASSESSMENT,
    CASE_NOTES,
    CASE_RECORD,
    CASE_SUMMARY,
    CHRONOLOGY,
    COMPLIANCE,
    CONCERNS_ACTED_ON,
    MATCHING,
    MATCHING_VIEWS,
    OVERALL,
    OVERSIGHT,
    PREPARATION,
    REGISTER,
    SIGNED_OFF,
)
from qaf_adoption.sources import HERTS_CHECKLIST, MEDWAY, NATIONAL_STANDARDS
from qaf_adoption.subjects import CHILD_FOR_ADOPTION
from qaf_core import Standing, Tool
from qaf_core.facts import CANNOT_TELL, SAFETY, UNSAFE, overall
from qaf_core.logic import YES_NO
from qaf_core.scales import INADEQUATE
from qaf_core.sources import QAF
from qaf_core.tools import Aspect, Question, Section

__all__ = ["ADOPTION_CHILD"]


def __dir__() -> list[str]:
    return __all__


_NO = (False,)

ADOPTION_CHILD = Tool(
    id="adoption_child",
    version="1",
    title="Adoption audit: child",
    subject=CHILD_FOR_ADOPTION.id,
    guidance="Each month every Service Manager audits two adoption cases, every Team Manager "
    "two and every Assistant Team Manager two, over all three adoption audits. This one is "
    "about a child for whom adoption is the plan, up to the order. Go through the file with the "
    "social worker. Answer what bears on the case and set the rest aside with a reason; grade "
    "each section, then the whole, on the same four grades as Tool A. Reading speaks of "
    "adoption audit tools and prints none: that they are three is read from the plural, and "
    "each question says where it comes from.",
    parts=(
        Section(
            id="adoption_oversight",
            title="Management oversight, and support and supervision of the social worker",
            number="1",
            hint="It cannot be set aside: whether concerns were acted on is asked here.",
            takes_na=False,
            source=QAF.at("Appendix 2, Adoption", lines="604"),
            standing=Standing.STATED,
            parts=(
                CASE_SUMMARY,
                SIGNED_OFF,
                CONCERNS_ACTED_ON,
            ),
            judgements=(OVERSIGHT,),
        ),
        Section(
            id="adoption_compliance",
            title="Regulatory compliance and consistent recording",
            number="2",
            source=QAF.at("Appendix 2, Adoption", lines="604"),
            standing=Standing.INFERRED,
            parts=(
                CASE_RECORD,
                Question(
                    id="adoption_sibling_records",
                    prompt="Has each brother and sister with the same plan a record of their own?",
                    kind=YES_NO,
                    adverse=_NO,
                    aspect=Aspect.QUANTITATIVE,
                    hint="Not applicable to a child alone.",
                    source=MEDWAY.at("1.1"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="adoption_identity_kept_apart",
                    prompt="Is the looked-after file free of anything that links the old "
                    "identity with the new?",
                    kind=YES_NO,
                    adverse=_NO,
                    aspect=Aspect.QUANTITATIVE,
                    source=MEDWAY.at("1.1; also Knowsley adoption file 2016, 1.1"),
                    standing=Standing.EDITORIAL,
                ),
                CASE_NOTES,
                CHRONOLOGY,
                REGISTER,
            ),
            judgements=(COMPLIANCE,),
        ),
        Section(
            id="adoption_assessment",
            title="Quality of assessment and reports",
            number="3",
            source=QAF.at("Appendix 2, Adoption", lines="604"),
            standing=Standing.STATED,
            parts=(
                Question(
                    id="adoption_report_picture",
                    prompt="Does the child's permanence report give the whole picture: past, "
                    "heritage, personality, attachment, health, and what the child will need?",
                    kind=YES_NO,
                    adverse=_NO,
                    source=HERTS_CHECKLIST.at("1"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="adoption_report_support",
                    prompt="Does it say what support the placement will need?",
                    kind=YES_NO,
                    adverse=_NO,
                    source=HERTS_CHECKLIST.at("1"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="adoption_report_parents",
                    prompt="Have the parents seen it, been offered counselling, and been able "
                    "to comment in writing?",
                    kind=YES_NO,
                    adverse=_NO,
                    source=HERTS_CHECKLIST.at("1"),
                    standing=Standing.EDITORIAL,
                ),
                MATCHING,
                MATCHING_VIEWS,
            ),
            judgements=(ASSESSMENT,),
        ),
        Section(
            id="adoption_preparation",
            title="Effective preparation and support",
            number="4",
            source=QAF.at("Appendix 2, Adoption", lines="604"),
            standing=Standing.STATED,
            parts=(
                Question(
                    id="adoption_contact_plan",
                    prompt="Does the plan for contact hang together?",
                    kind=YES_NO,
                    adverse=_NO,
                    source=HERTS_CHECKLIST.at("1"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="adoption_placement_timely",
                    prompt="Did the child move in with the new family in good time?",
                    kind=YES_NO,
                    adverse=_NO,
                    aspect=Aspect.QUANTITATIVE,
                    hint="By the threshold of the adoption scorecard; the standards of 2011 "
                    "said within twelve months of the decision. Not applicable while the child "
                    "still waits. Where the case system gives the dates and the threshold, they "
                    "are checked against this answer.",
                    source=NATIONAL_STANDARDS.at(
                        "13, outcome; also Matching criteria guidance, context"
                    ),
                    standing=Standing.INFERRED,
                ),
            ),
            judgements=(PREPARATION,),
        ),
        Section(
            id="conclusion",
            title="Overall",
            takes_na=False,
            source=QAF.at("Tool A, 6", lines="897-936"),
            standing=Standing.EDITORIAL,
            parts=(
                Question(
                    id="safe",
                    prompt="Is the child safe?",
                    kind=SAFETY,
                    adverse=(UNSAFE, CANNOT_TELL),
                    hint="Unsafe, or no way of telling, is taken to the Team Manager and the "
                    "Service Manager at once.",
                    required=overall.is_(INADEQUATE),
                    takes_na=False,
                    source=QAF.at("Tool A, 6", lines="933-936"),
                    standing=Standing.INFERRED,
                ),
            ),
        ),
    ),
    judgements=(OVERALL,),
    source=QAF.at("Appendix 2, Adoption", lines="604"),
    standing=Standing.INFERRED,
)
