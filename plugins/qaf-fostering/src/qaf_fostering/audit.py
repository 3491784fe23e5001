"""The monthly audit of one fostering household: Reading's six key tests, in order."""

from __future__ import annotations

from qaf_core import Standing, Tool
from qaf_core.facts import CANNOT_TELL, SAFETY, UNSAFE, overall
from qaf_core.logic import YES_NO
from qaf_core.scales import GRADES, INADEQUATE
from qaf_core.sources import QAF
from qaf_core.tools import Aspect, Judgement, Question, Section
from qaf_fostering.sources import (
    CALDERDALE,
    MONITORING,
    NATIONAL_STANDARDS,
    OXFORDSHIRE,
    REGULATIONS,
    WHOLISTIC,
    WILTSHIRE,
)
from qaf_fostering.subjects import CARER_HOUSEHOLD

__all__ = ["FOSTERING"]


def __dir__() -> list[str]:
    return __all__


_NO = (False,)

FOSTERING = Tool(
    id="fostering",
    version="1",
    title="Fostering audit",
    subject=CARER_HOUSEHOLD.id,
    guidance="Each month every Service Manager audits one fostering household, every Team Manager "
    "two and every Assistant Team Manager two. Go through the file with the supervising social "
    "worker. Answer what bears on the household and set the rest aside with a reason; grade each "
    "section, then the whole, on the same four grades as Tool A. Reading prints the key tests "
    "alone: the questions under them come from elsewhere, and each says from where.",
    parts=(
        Section(
            id="fostering_oversight",
            title="Management oversight, and how the supervising social worker is supported and "
            "supervised",
            number="1",
            hint="It cannot be set aside: whether concerns were acted on is asked here.",
            takes_na=False,
            source=QAF.at("Appendix 2, Fostering", lines="605, 608"),
            standing=Standing.INFERRED,
            parts=(
                Question(
                    id="fostering_oversight_decisions",
                    prompt="Are the manager's decisions written on the file?",
                    kind=YES_NO,
                    adverse=_NO,
                    aspect=Aspect.QUANTITATIVE,
                    source=WILTSHIRE.at("Recording 5"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="fostering_oversight_supervision",
                    prompt="Is what the worker's own supervision decided about these carers on "
                    "the file, and signed?",
                    kind=YES_NO,
                    adverse=_NO,
                    aspect=Aspect.QUANTITATIVE,
                    hint="The worker is the supervising social worker.",
                    source=OXFORDSHIRE.at("2.4"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="fostering_concerns_in_time",
                    prompt="Were concerns about the standard of care written down, reported and "
                    "planned for in time?",
                    kind=YES_NO,
                    adverse=_NO,
                    aspect=Aspect.QUANTITATIVE,
                    hint="Not applicable where there were none. How soon is for each council to "
                    "say: where the case system gives the dates and the limits, they are "
                    "checked against this answer.",
                    source=WHOLISTIC.at("Standards of care"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="fostering_concerns_acted_on",
                    prompt="Was every allegation, and every concern about the standard of care, "
                    "acted on so that the children were safe?",
                    kind=YES_NO,
                    adverse=_NO,
                    hint="No is taken to the Team Manager and the Service Manager at once. Not "
                    "applicable where there was none: say so.",
                    source=NATIONAL_STANDARDS.at("22.1"),
                    standing=Standing.INFERRED,
                ),
            ),
            judgements=(
                Judgement(
                    id="fostering_oversight",
                    title="Management oversight",
                    scale=GRADES,
                    analysis="What managers decided and why, and how the worker is helped to "
                    "challenge as well as to support.",
                    takes_na=False,
                    source=QAF.at("Tool A, guidance", lines="674"),
                    standing=Standing.EDITORIAL,
                ),
            ),
        ),
        Section(
            id="fostering_compliance",
            title="Regulatory compliance and consistent recording",
            number="2",
            source=QAF.at("Appendix 2, Fostering", lines="609-610"),
            standing=Standing.INFERRED,
            parts=(
                Question(
                    id="fostering_compliance_terms",
                    prompt="Are the terms of approval clear, and is any change of circumstances "
                    "on record?",
                    kind=YES_NO,
                    adverse=_NO,
                    aspect=Aspect.QUANTITATIVE,
                    source=WILTSHIRE.at(
                        "Key information 1; also File monitoring checklist, terms of registration"
                    ),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="fostering_compliance_agreement",
                    prompt="Is the foster care agreement filled in, signed and current?",
                    kind=YES_NO,
                    adverse=_NO,
                    aspect=Aspect.QUANTITATIVE,
                    source=WILTSHIRE.at("Key information 2"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="fostering_compliance_placements",
                    prompt="Does the record give each child placed: name, age, gender, dates, "
                    "and why the placement ended?",
                    kind=YES_NO,
                    adverse=_NO,
                    aspect=Aspect.QUANTITATIVE,
                    source=MONITORING.at("Placement records; also Oxfordshire carer records, 2.2"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="fostering_compliance_chronology",
                    prompt="Is there a chronology of what mattered, complaints and allegations "
                    "among it?",
                    kind=YES_NO,
                    adverse=_NO,
                    aspect=Aspect.QUANTITATIVE,
                    source=WILTSHIRE.at("Key information 5"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="fostering_compliance_dbs",
                    prompt="Are the DBS checks of everyone in the household who needs one current?",
                    kind=YES_NO,
                    adverse=_NO,
                    aspect=Aspect.QUANTITATIVE,
                    hint="DBS: Disclosure and Barring Service. How often is for each council to "
                    "say.",
                    source=MONITORING.at("Statutory checks"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="fostering_compliance_medical",
                    prompt="Are the carers' health reports current?",
                    kind=YES_NO,
                    adverse=_NO,
                    aspect=Aspect.QUANTITATIVE,
                    hint="How often is for each council to say.",
                    source=WHOLISTIC.at("Reviews"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="fostering_compliance_recording",
                    prompt="Can the records be read, and do they keep fact apart from opinion?",
                    kind=YES_NO,
                    adverse=_NO,
                    source=WILTSHIRE.at("Recording 4 and 6"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="fostering_compliance_summary",
                    prompt="If the household passed to another worker or was closed, is there a "
                    "full summary?",
                    kind=YES_NO,
                    adverse=_NO,
                    aspect=Aspect.QUANTITATIVE,
                    hint="Not applicable where it did neither.",
                    source=WILTSHIRE.at("Recording 7 and 8"),
                    standing=Standing.EDITORIAL,
                ),
            ),
            judgements=(
                Judgement(
                    id="fostering_compliance",
                    title="Compliance and recording",
                    scale=GRADES,
                    analysis="What the regulations call for and is there, what is not, and "
                    "whether the record tells the household's story.",
                    source=QAF.at("Tool A, guidance", lines="674"),
                    standing=Standing.EDITORIAL,
                ),
            ),
        ),
        Section(
            id="fostering_assessment",
            title="Quality of assessment",
            number="3",
            source=QAF.at("Appendix 2, Fostering", lines="611"),
            standing=Standing.INFERRED,
            parts=(
                Question(
                    id="fostering_assessment_explained",
                    prompt="Were the applicants told how they would be assessed, and by what "
                    "standards?",
                    kind=YES_NO,
                    adverse=_NO,
                    source=NATIONAL_STANDARDS.at("13.4"),
                    standing=Standing.INFERRED,
                ),
                Question(
                    id="fostering_assessment_checks",
                    prompt="Were identity, relationships, health and references checked as "
                    "regulation 26 has it, and did the applicants know why?",
                    kind=YES_NO,
                    adverse=_NO,
                    aspect=Aspect.QUANTITATIVE,
                    source=NATIONAL_STANDARDS.at("13.5"),
                    standing=Standing.INFERRED,
                ),
                Question(
                    id="fostering_assessment_strengths",
                    prompt="Does it bring out what the applicants do well and what they have "
                    "still to learn?",
                    kind=YES_NO,
                    adverse=_NO,
                    source=NATIONAL_STANDARDS.at("13.3"),
                    standing=Standing.INFERRED,
                ),
                Question(
                    id="fostering_assessment_preparation",
                    prompt="Did their preparation cover what they are likely to meet?",
                    kind=YES_NO,
                    adverse=_NO,
                    source=NATIONAL_STANDARDS.at("13.3"),
                    standing=Standing.INFERRED,
                ),
                Question(
                    id="fostering_assessment_panel",
                    prompt="Are the report to panel, the minutes and the decision on the file?",
                    kind=YES_NO,
                    adverse=_NO,
                    aspect=Aspect.QUANTITATIVE,
                    source=CALDERDALE.at("4"),
                    standing=Standing.EDITORIAL,
                ),
            ),
            judgements=(
                Judgement(
                    id="fostering_assessment",
                    title="Assessment",
                    scale=GRADES,
                    analysis="Whether it shows what these carers can offer, and to which children.",
                    source=QAF.at("Tool A, guidance", lines="674"),
                    standing=Standing.EDITORIAL,
                ),
            ),
        ),
        Section(
            id="fostering_support",
            title="Quality of support for foster carers and of their supervision",
            number="4",
            source=QAF.at("Appendix 2, Fostering", lines="612-613"),
            standing=Standing.INFERRED,
            parts=(
                Question(
                    id="fostering_support_worker",
                    prompt="Have the carers a named and qualified supervising social worker, "
                    "and has each meeting a clear purpose?",
                    kind=YES_NO,
                    adverse=_NO,
                    source=NATIONAL_STANDARDS.at("21"),
                    standing=Standing.INFERRED,
                ),
                Question(
                    id="fostering_unannounced_visit",
                    prompt="Was there an unannounced visit in the last year?",
                    kind=YES_NO,
                    adverse=_NO,
                    aspect=Aspect.QUANTITATIVE,
                    hint="One at least; some councils expect more. Where the case system gives "
                    "the date, or the council its own number, they are checked against this "
                    "answer.",
                    source=NATIONAL_STANDARDS.at("21"),
                    standing=Standing.INFERRED,
                ),
                Question(
                    id="fostering_support_supervised",
                    prompt="Were the carers supervised as often as agreed, and is each record "
                    "signed by both sides?",
                    kind=YES_NO,
                    adverse=_NO,
                    aspect=Aspect.QUANTITATIVE,
                    hint="How often is for each council to say.",
                    source=WILTSHIRE.at("Recording 1; also Wholistic handbook, supervision"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="fostering_support_child_heard",
                    prompt="Is the child heard in supervision, and are wishes and feelings "
                    "acted on?",
                    kind=YES_NO,
                    adverse=_NO,
                    source=MONITORING.at("Supervision records; also Fostering NMS 2011, 21"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="fostering_support_offered",
                    prompt="Were help out of hours, breaks and the support of other carers "
                    "offered?",
                    kind=YES_NO,
                    adverse=_NO,
                    source=NATIONAL_STANDARDS.at("21"),
                    standing=Standing.INFERRED,
                ),
                Question(
                    id="fostering_support_informed",
                    prompt="Have the carers what they need: full information on the child, the "
                    "plans, and what they may decide themselves?",
                    kind=YES_NO,
                    adverse=_NO,
                    source=WILTSHIRE.at(
                        "Placement 1; also File monitoring checklist, care plan and delegated authority"
                    ),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="fostering_support_safer_caring",
                    prompt="Is the safer caring plan current, and are risks weighed in it?",
                    kind=YES_NO,
                    adverse=_NO,
                    source=MONITORING.at("Safe caring plan; also Wakefield's handbook for carers"),
                    standing=Standing.EDITORIAL,
                ),
            ),
            judgements=(
                Judgement(
                    id="fostering_support",
                    title="Support and supervision",
                    scale=GRADES,
                    analysis="What the support does for the children placed, and how the carers "
                    "see it.",
                    source=QAF.at("Tool A, guidance", lines="674"),
                    standing=Standing.EDITORIAL,
                ),
            ),
        ),
        Section(
            id="fostering_training",
            title="Quality of foster carers' training and development",
            number="5",
            source=QAF.at("Appendix 2, Fostering", lines="614-615"),
            standing=Standing.INFERRED,
            parts=(
                Question(
                    id="fostering_training_induction",
                    prompt="Did the carers have an induction?",
                    kind=YES_NO,
                    adverse=_NO,
                    aspect=Aspect.QUANTITATIVE,
                    source=NATIONAL_STANDARDS.at("20"),
                    standing=Standing.INFERRED,
                ),
                Question(
                    id="fostering_training_standards",
                    prompt="Was it shown in time that the carers meet the training, support and "
                    "development standards?",
                    kind=YES_NO,
                    adverse=_NO,
                    aspect=Aspect.QUANTITATIVE,
                    hint="Within twelve months of approval, eighteen for family and friends. "
                    "Not applicable while that time still runs. Where the case system gives the "
                    "dates, they are checked against this answer.",
                    source=NATIONAL_STANDARDS.at("20"),
                    standing=Standing.INFERRED,
                ),
                Question(
                    id="fostering_training_portfolio",
                    prompt="Are the training portfolio and the personal development plan current?",
                    kind=YES_NO,
                    adverse=_NO,
                    aspect=Aspect.QUANTITATIVE,
                    source=NATIONAL_STANDARDS.at("20"),
                    standing=Standing.INFERRED,
                ),
            ),
            judgements=(
                Judgement(
                    id="fostering_training",
                    title="Training and development",
                    scale=GRADES,
                    analysis="What the carers learned and whether it shows in their care.",
                    source=QAF.at("Tool A, guidance", lines="674"),
                    standing=Standing.EDITORIAL,
                ),
            ),
        ),
        Section(
            id="fostering_reviews",
            title="Foster care reviews and checks",
            number="6",
            source=QAF.at("Appendix 2, Fostering", lines="616"),
            standing=Standing.INFERRED,
            parts=(
                Question(
                    id="fostering_review_in_time",
                    prompt="Was the approval reviewed within a year of being given, and every "
                    "year since?",
                    kind=YES_NO,
                    adverse=_NO,
                    aspect=Aspect.QUANTITATIVE,
                    hint="Not applicable in the first year, until the review. Where the case "
                    "system gives the dates, they are checked against this answer.",
                    source=REGULATIONS.at("28; also Wiltshire FAC 2, reviews 1"),
                    standing=Standing.INFERRED,
                ),
                Question(
                    id="fostering_review_panel",
                    prompt="Did the first review go to the fostering panel?",
                    kind=YES_NO,
                    adverse=_NO,
                    aspect=Aspect.QUANTITATIVE,
                    hint="Not applicable where it is still to come.",
                    source=REGULATIONS.at("28"),
                    standing=Standing.INFERRED,
                ),
                Question(
                    id="fostering_review_views",
                    prompt="Does the review hold the views of the child, the child's social "
                    "worker and the carers' own children?",
                    kind=YES_NO,
                    adverse=_NO,
                    source=MONITORING.at("Annual review; also Wholistic handbook, reviews"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="fostering_review_carers",
                    prompt="Does it hold the carers' own views?",
                    kind=YES_NO,
                    adverse=_NO,
                    source=QAF.at("§5.2 c", lines="365"),
                    standing=Standing.INFERRED,
                ),
                Question(
                    id="fostering_review_clear",
                    prompt="Does it take up what is at issue and end in a clear recommendation, "
                    "and was the outcome sent?",
                    kind=YES_NO,
                    adverse=_NO,
                    source=WILTSHIRE.at("Reviews 2"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="fostering_review_home",
                    prompt="Are the checks of home and household current, health and safety "
                    "among them?",
                    kind=YES_NO,
                    adverse=_NO,
                    aspect=Aspect.QUANTITATIVE,
                    source=CALDERDALE.at("9; also Wholistic handbook, reviews"),
                    standing=Standing.EDITORIAL,
                ),
            ),
            judgements=(
                Judgement(
                    id="fostering_reviews",
                    title="Reviews and checks",
                    scale=GRADES,
                    analysis="Whether reviews test the approval or only renew it.",
                    source=QAF.at("Tool A, guidance", lines="674"),
                    standing=Standing.EDITORIAL,
                ),
            ),
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
                    prompt="Are the children in this household safe there?",
                    kind=SAFETY,
                    adverse=(UNSAFE, CANNOT_TELL),
                    hint="Every child placed, and the carers' own. Where none is placed: would "
                    "a child be safe? One child unsafe, or no way of telling, is taken to the "
                    "Team Manager and the Service Manager at once.",
                    required=overall.is_(INADEQUATE),
                    takes_na=False,
                    source=QAF.at("Tool A, 6", lines="933-936"),
                    standing=Standing.INFERRED,
                ),
            ),
        ),
    ),
    judgements=(
        Judgement(
            id="overall",
            title="Overall judgement",
            scale=GRADES,
            must_justify=True,
            hints=(
                "Whether the children placed are safe and doing well",
                "Whether concerns about care are seen early and acted on",
                "How well the carers are supported, and challenged",
                "Whether checks and reviews are real and in time",
                "Management oversight",
            ),
            takes_na=False,
            source=QAF.at("Tool A, 6", lines="916-932"),
            standing=Standing.EDITORIAL,
        ),
    ),
    source=QAF.at("Appendix 2, Fostering", lines="605-616"),
    standing=Standing.INFERRED,
)
