"""The audit of one case of adoption support: Reading's four key tests, in order."""

from __future__ import annotations

from qaf_adoption.parts import (
    ASSESSMENT,
    CASE_NOTES,
    CASE_SUMMARY,
    CHRONOLOGY,
    COMPLIANCE,
    CONCERNS_ACTED_ON,
    OVERALL,
    OVERSIGHT,
    PREPARATION,
)
from qaf_adoption.sources import MERSEYSIDE, NATIONAL_STANDARDS
from qaf_adoption.subjects import ADOPTION_SUPPORT_CASE
from qaf_core import Standing, Tool
from qaf_core.facts import CANNOT_TELL, SAFETY, UNSAFE, overall
from qaf_core.logic import YES_NO
from qaf_core.scales import INADEQUATE
from qaf_core.sources import QAF
from qaf_core.tools import Aspect, Question, Section

__all__ = ["ADOPTION_SUPPORT"]


def __dir__() -> list[str]:
    return __all__


_NO = (False,)

ADOPTION_SUPPORT = Tool(
    id="adoption_support",
    version="1",
    title="Adoption audit: support",
    subject=ADOPTION_SUPPORT_CASE.id,
    guidance="Each month every Service Manager audits two adoption cases, every Team Manager "
    "two and every Assistant Team Manager two, over all three adoption audits. This one is "
    "about support for an adoptive family, before the order or after. Answer what bears on the "
    "case and set the rest aside with a reason; grade each section, then the whole, on the same "
    "four grades as Tool A. Reading speaks of adoption audit tools and prints none: that they "
    "are three is read from the plural, and each question says where it comes from.",
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
                CASE_NOTES,
                CHRONOLOGY,
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
                    id="adoption_support_assessed",
                    prompt="Was the need for support assessed?",
                    kind=YES_NO,
                    adverse=_NO,
                    source=NATIONAL_STANDARDS.at("15"),
                    standing=Standing.INFERRED,
                ),
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
                    id="adoption_support_plan",
                    prompt="Is there a plan for the support, and does it follow from the "
                    "assessment?",
                    kind=YES_NO,
                    adverse=_NO,
                    source=NATIONAL_STANDARDS.at("15"),
                    standing=Standing.INFERRED,
                ),
                Question(
                    id="adoption_with_worker",
                    prompt="Was this audit done in conversation with the worker?",
                    kind=YES_NO,
                    adverse=_NO,
                    aspect=Aspect.QUANTITATIVE,
                    source=MERSEYSIDE.at("Head of the form"),
                    standing=Standing.EDITORIAL,
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
                    prompt="Are the children of this family safe?",
                    kind=SAFETY,
                    adverse=(UNSAFE, CANNOT_TELL),
                    hint="Where the help is for an adult: the children in that household, if "
                    "any. Unsafe, or no way of telling, is taken to the Team Manager and the "
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
