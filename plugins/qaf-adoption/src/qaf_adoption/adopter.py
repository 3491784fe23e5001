"""The audit of one prospective adopter: Reading's four key tests, in order."""

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
from qaf_adoption.sources import HERTS_PANEL, HERTS_PAPERS, NATIONAL_STANDARDS, TRIX, YORK
from qaf_adoption.subjects import PROSPECTIVE_ADOPTER
from qaf_core import Standing, Tool
from qaf_core.facts import CANNOT_TELL, SAFETY, UNSAFE, overall
from qaf_core.logic import YES_NO
from qaf_core.scales import INADEQUATE
from qaf_core.sources import QAF
from qaf_core.tools import Aspect, Question, Section

__all__ = ["ADOPTION_ADOPTER"]


def __dir__() -> list[str]:
    return __all__


_NO = (False,)

ADOPTION_ADOPTER = Tool(
    id="adoption_adopter",
    version="1",
    title="Adoption audit: adopter",
    subject=PROSPECTIVE_ADOPTER.id,
    guidance="Each month every Service Manager audits two adoption cases, every Team Manager "
    "two and every Assistant Team Manager two, over all three adoption audits. This one is "
    "about a prospective adopter, or a couple, from the first enquiry to the match. Go through "
    "the file with the social worker. Answer what bears on the case and set the rest aside with "
    "a reason; grade each section, then the whole, on the same four grades as Tool A. Reading "
    "speaks of adoption audit tools and prints none: that they are three is read from the "
    "plural, and each question says where it comes from.",
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
                CASE_NOTES,
                CHRONOLOGY,
                Question(
                    id="adoption_stage_one_plan",
                    prompt="Is the stage one plan on file, with its checks, training and time "
                    "scales?",
                    kind=YES_NO,
                    adverse=_NO,
                    aspect=Aspect.QUANTITATIVE,
                    source=TRIX.at("Prospective adopter stage one plan"),
                    standing=Standing.INFERRED,
                ),
                Question(
                    id="adoption_stage_one_in_time",
                    prompt="Was stage one decided within two months?",
                    kind=YES_NO,
                    adverse=_NO,
                    aspect=Aspect.QUANTITATIVE,
                    hint="Counted from the day the registration of interest was accepted. Where "
                    "the case system gives the dates, they are checked against this answer.",
                    source=YORK.at("Stage 1; also tri.x keywords, pre-assessment decision"),
                    standing=Standing.INFERRED,
                ),
                Question(
                    id="adoption_stage_one_extension",
                    prompt="If stage one took longer, is the reason on record?",
                    kind=YES_NO,
                    adverse=_NO,
                    aspect=Aspect.QUANTITATIVE,
                    hint="Not applicable where it did not.",
                    source=TRIX.at("Pre-assessment decision"),
                    standing=Standing.INFERRED,
                ),
                Question(
                    id="adoption_stage_two_in_time",
                    prompt="Was the adopter's suitability decided within four months of the "
                    "start of stage two?",
                    kind=YES_NO,
                    adverse=_NO,
                    aspect=Aspect.QUANTITATIVE,
                    hint="Counted from the day the adopter said yes to going on, and the panel "
                    "recommends before that. Not applicable while that time still runs. Where "
                    "the case system gives the dates, they are checked against this answer.",
                    source=YORK.at("Stage 2"),
                    standing=Standing.INFERRED,
                ),
                Question(
                    id="adoption_decision_in_time",
                    prompt="Did the agency's decision follow the panel's recommendation in time?",
                    kind=YES_NO,
                    adverse=_NO,
                    aspect=Aspect.QUANTITATIVE,
                    hint="In how many working days is for each agency to say. Not applicable "
                    "before panel.",
                    source=HERTS_PANEL.at("1, timescales"),
                    standing=Standing.EDITORIAL,
                ),
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
                    id="adoption_report_covers",
                    prompt="Does the report cover why they adopt, loss and trauma, contact, "
                    "identity, and who stands by them?",
                    kind=YES_NO,
                    adverse=_NO,
                    source=HERTS_PAPERS.at("Prospective adopter's report, 3 and 4"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="adoption_report_comment",
                    prompt="Could they comment on the report before it went to panel?",
                    kind=YES_NO,
                    adverse=_NO,
                    aspect=Aspect.QUANTITATIVE,
                    hint="They have five working days. Where the case system gives the dates, "
                    "they are checked against this answer.",
                    source=YORK.at("Stage 2"),
                    standing=Standing.INFERRED,
                ),
                Question(
                    id="adoption_references",
                    prompt="Were there three referees, two of them no relations?",
                    kind=YES_NO,
                    adverse=_NO,
                    aspect=Aspect.QUANTITATIVE,
                    source=YORK.at("Stage 1"),
                    standing=Standing.INFERRED,
                ),
                Question(
                    id="adoption_checks",
                    prompt="Were police and health checks done?",
                    kind=YES_NO,
                    adverse=_NO,
                    aspect=Aspect.QUANTITATIVE,
                    source=YORK.at("Stage 1"),
                    standing=Standing.INFERRED,
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
                    id="adoption_prepared",
                    prompt="Did preparation fit the child, or the children, that they may adopt?",
                    kind=YES_NO,
                    adverse=_NO,
                    source=NATIONAL_STANDARDS.at("13"),
                    standing=Standing.INFERRED,
                ),
                Question(
                    id="adoption_background",
                    prompt="Before a match, did they understand the child's background, health "
                    "and needs?",
                    kind=YES_NO,
                    adverse=_NO,
                    hint="Not applicable before a match is proposed.",
                    source=NATIONAL_STANDARDS.at("13, 14"),
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
                    prompt="Is the child who is placed with them safe?",
                    kind=SAFETY,
                    adverse=(UNSAFE, CANNOT_TELL),
                    hint="Where none is placed: would a child be safe? Unsafe, or no way of "
                    "telling, is taken to the Team Manager and the Service Manager at once.",
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
