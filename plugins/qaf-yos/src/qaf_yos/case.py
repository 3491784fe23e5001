"""The monthly audit of one youth justice case: Reading's six key tests, in order."""

from __future__ import annotations

from qaf_core import Standing, Tool
from qaf_core.facts import CANNOT_TELL, SAFETY, UNSAFE, overall
from qaf_core.logic import YES_NO
from qaf_core.scales import GRADES, INADEQUATE
from qaf_core.sources import QAF
from qaf_core.tools import Aspect, Judgement, Question, Section
from qaf_yos.sources import HILLINGDON, HMIP_EVIDENCE, HMIP_GUIDE, ROTHERHAM, SOUTH_TYNESIDE
from qaf_yos.subjects import YOUTH_JUSTICE_CASE

__all__ = ["YOS_CASE"]


def __dir__() -> list[str]:
    return __all__


_NO = (False,)

YOS_CASE = Tool(
    id="yos_case",
    version="1",
    title="Youth justice case audit",
    subject=YOUTH_JUSTICE_CASE.id,
    guidance="Each month every Team Manager audits two cases and every Assistant Team Manager "
    "two. Go through the case with the worker. Answer what bears on it and set the rest aside "
    "with a reason; grade each section, then the whole, on the same four grades as Tool A. "
    "Reading prints the key tests alone: the questions under them come from elsewhere, and the "
    "source of each says from when.",
    parts=(
        Section(
            id="yos_assessment",
            title="Timely and fitting assessment of what is linked to offending",
            number="1",
            source=QAF.at("Appendix 2, YOS", lines="617-619"),
            standing=Standing.STATED,
            parts=(
                Question(
                    id="yos_assessment_timely",
                    prompt="Was the assessment finished in time?",
                    kind=YES_NO,
                    adverse=_NO,
                    aspect=Aspect.QUANTITATIVE,
                    hint="Within twenty working days of a referral order, fifteen of another "
                    "order. Where the case system gives the dates, they are checked against this "
                    "answer.",
                    source=ROTHERHAM.at("1, timeliness of initial assessments"),
                    standing=Standing.INFERRED,
                ),
                Question(
                    id="yos_assessment_behaviour",
                    prompt="Does it go deep enough into what the child did, how they see it and "
                    "what moved them?",
                    kind=YES_NO,
                    adverse=_NO,
                    source=HMIP_GUIDE.at("Assessing for desistance"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="yos_assessment_information",
                    prompt="Does it use what school, social care, health and the police know?",
                    kind=YES_NO,
                    adverse=_NO,
                    source=HMIP_GUIDE.at("Assessing for desistance"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="yos_assessment_strengths",
                    prompt="Does it bring out the child's strengths and what protects them?",
                    kind=YES_NO,
                    adverse=_NO,
                    source=HMIP_GUIDE.at("Assessing for desistance"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="yos_assessment_positive_factors",
                    prompt="Are the positive factors in Asset filled in?",
                    kind=YES_NO,
                    adverse=_NO,
                    aspect=Aspect.QUANTITATIVE,
                    hint="Or the like in AssetPlus, where that is in use.",
                    source=SOUTH_TYNESIDE.at("Asset checklist"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="yos_assessment_barriers",
                    prompt="Does it weigh what stands in the child's way, such as no school or "
                    "work, no settled home, or poor health?",
                    kind=YES_NO,
                    adverse=_NO,
                    source=HMIP_GUIDE.at("Assessing for desistance"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="yos_assessment_disposals",
                    prompt="Is every earlier disposal on record?",
                    kind=YES_NO,
                    adverse=_NO,
                    aspect=Aspect.QUANTITATIVE,
                    source=SOUTH_TYNESIDE.at("Asset checklist"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="yos_assessment_evidence",
                    prompt="Is every evidence box filled in, and with evidence that bears on it?",
                    kind=YES_NO,
                    adverse=_NO,
                    source=SOUTH_TYNESIDE.at("Asset checklist"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="yos_assessment_victim_wishes",
                    prompt="Does it give weight to what the victim needs and wants?",
                    kind=YES_NO,
                    adverse=_NO,
                    source=HMIP_GUIDE.at("Assessing for desistance"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="yos_assessment_restorative",
                    prompt="Were restorative options looked at, meeting the victim and otherwise?",
                    kind=YES_NO,
                    adverse=_NO,
                    source=SOUTH_TYNESIDE.at("Restorative justice checklist"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="yos_assessment_victim_uncontacted",
                    prompt="If the victim was not contacted, does the file say why?",
                    kind=YES_NO,
                    adverse=_NO,
                    aspect=Aspect.QUANTITATIVE,
                    hint="Not applicable where there is no victim, or the victim was contacted.",
                    source=SOUTH_TYNESIDE.at("Restorative justice checklist"),
                    standing=Standing.EDITORIAL,
                ),
            ),
            judgements=(
                Judgement(
                    id="yos_assessment",
                    title="Assessment",
                    scale=GRADES,
                    source=QAF.at("Tool A, guidance", lines="674"),
                    standing=Standing.EDITORIAL,
                ),
            ),
        ),
        Section(
            id="yos_engagement",
            title="Effective engagement, basic skills included",
            number="2",
            source=QAF.at("Appendix 2, YOS", lines="620-622"),
            standing=Standing.STATED,
            parts=(
                Question(
                    id="yos_engagement_involved",
                    prompt="Did the child and the parents or carers have a real part, and are "
                    "their views on file?",
                    kind=YES_NO,
                    adverse=_NO,
                    source=HMIP_GUIDE.at("Assessing for desistance"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="yos_engagement_parent_unconsulted",
                    prompt="If no parent or carer was consulted, does the file say why?",
                    kind=YES_NO,
                    adverse=_NO,
                    aspect=Aspect.QUANTITATIVE,
                    hint="Not applicable where one was.",
                    source=SOUTH_TYNESIDE.at("Reports checklist"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="yos_engagement_self_assessment",
                    prompt="Was the child offered the self-assessment form, and help with it?",
                    kind=YES_NO,
                    adverse=_NO,
                    aspect=Aspect.QUANTITATIVE,
                    source=HILLINGDON.at("3, National Standard 4.6 of 2000"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="yos_engagement_home_visit",
                    prompt="Was there a home visit?",
                    kind=YES_NO,
                    adverse=_NO,
                    aspect=Aspect.QUANTITATIVE,
                    source=SOUTH_TYNESIDE.at("Reports checklist"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="yos_engagement_basic_skills",
                    prompt="Were basic skills and other learning needs assessed, and education, "
                    "training or work?",
                    kind=YES_NO,
                    adverse=_NO,
                    source=QAF.at("Appendix 2, YOS", lines="620-622"),
                    standing=Standing.INFERRED,
                ),
                Question(
                    id="yos_engagement_maturity",
                    prompt="Were the child's maturity, ability and will to change taken into "
                    "account?",
                    kind=YES_NO,
                    adverse=_NO,
                    source=HMIP_GUIDE.at("Assessing for desistance"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="yos_engagement_diversity",
                    prompt="Were diversity, the family and the world the child lives in taken "
                    "into account?",
                    kind=YES_NO,
                    adverse=_NO,
                    source=HMIP_GUIDE.at("Assessing for desistance"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="yos_engagement_compliance",
                    prompt="Was the child encouraged and helped to keep to the order?",
                    kind=YES_NO,
                    adverse=_NO,
                    source=HMIP_GUIDE.at("Implementing and delivering for desistance"),
                    standing=Standing.EDITORIAL,
                ),
            ),
            judgements=(
                Judgement(
                    id="yos_engagement",
                    title="Engagement",
                    scale=GRADES,
                    source=QAF.at("Tool A, guidance", lines="674"),
                    standing=Standing.EDITORIAL,
                ),
            ),
        ),
        Section(
            id="yos_risk",
            title="Risk assessment",
            number="3",
            hint="Risk of harm to others.",
            source=QAF.at("Appendix 2, YOS", lines="623"),
            standing=Standing.STATED,
            parts=(
                Question(
                    id="yos_risk_rosh",
                    prompt="Was the risk of serious harm (ROSH) assessed where it had to be?",
                    kind=YES_NO,
                    adverse=_NO,
                    aspect=Aspect.QUANTITATIVE,
                    hint="Not applicable where Asset did not call for it.",
                    source=SOUTH_TYNESIDE.at("Asset checklist"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="yos_risk_behaviour",
                    prompt="Is the behaviour backed by evidence, and are patterns in it picked "
                    "out?",
                    kind=YES_NO,
                    adverse=_NO,
                    source=SOUTH_TYNESIDE.at("ROSH checklist"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="yos_risk_victims",
                    prompt="Does it say who was harmed, is being harmed or may yet be?",
                    kind=YES_NO,
                    adverse=_NO,
                    source=SOUTH_TYNESIDE.at("ROSH checklist"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="yos_risk_mappa",
                    prompt="Where MAPPA applies, are category and level right?",
                    kind=YES_NO,
                    adverse=_NO,
                    aspect=Aspect.QUANTITATIVE,
                    hint="MAPPA: multi-agency public protection arrangements.",
                    source=SOUTH_TYNESIDE.at("ROSH checklist"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="yos_risk_level",
                    prompt="Does the evidence bear out the level of risk?",
                    kind=YES_NO,
                    adverse=_NO,
                    source=SOUTH_TYNESIDE.at("ROSH checklist"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="yos_risk_incident",
                    prompt="Did anyone consider whether a serious incident had to be notified?",
                    kind=YES_NO,
                    adverse=_NO,
                    aspect=Aspect.QUANTITATIVE,
                    source=SOUTH_TYNESIDE.at("ROSH checklist"),
                    standing=Standing.EDITORIAL,
                ),
            ),
            judgements=(
                Judgement(
                    id="yos_risk",
                    title="Risk assessment",
                    scale=GRADES,
                    source=QAF.at("Tool A, guidance", lines="674"),
                    standing=Standing.EDITORIAL,
                ),
            ),
        ),
        Section(
            id="yos_vulnerability",
            title="Vulnerability screening",
            number="4",
            hint="It cannot be set aside: every child is screened.",
            takes_na=False,
            source=QAF.at("Appendix 2, YOS", lines="624"),
            standing=Standing.STATED,
            parts=(
                Question(
                    id="yos_vulnerability_identified",
                    prompt="Is what may harm the child named and thought through?",
                    kind=YES_NO,
                    adverse=_NO,
                    hint="Safety and wellbeing both.",
                    source=HMIP_GUIDE.at("Assessing to keep the child safe"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="yos_vulnerability_records",
                    prompt="Were social care records looked at, and is the care status current?",
                    kind=YES_NO,
                    adverse=_NO,
                    aspect=Aspect.QUANTITATIVE,
                    source=SOUTH_TYNESIDE.at("Asset checklist"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="yos_vulnerability_agencies",
                    prompt="Does it draw on what other assessments and agencies say?",
                    kind=YES_NO,
                    adverse=_NO,
                    source=HMIP_GUIDE.at("Assessing to keep the child safe"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="yos_vulnerability_controls",
                    prompt="Does it set out the controls and the help that keep the child safe?",
                    kind=YES_NO,
                    adverse=_NO,
                    source=HMIP_GUIDE.at("Assessing to keep the child safe"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="yos_safeguarding_referral_made",
                    prompt="Was a safeguarding referral made where one was needed?",
                    kind=YES_NO,
                    adverse=_NO,
                    aspect=Aspect.QUANTITATIVE,
                    hint="No is taken to the Team Manager and the Service Manager at once. Not "
                    "applicable where none was needed: say why.",
                    source=SOUTH_TYNESIDE.at("Asset checklist, safeguarding referral"),
                    standing=Standing.EDITORIAL,
                ),
            ),
            judgements=(
                Judgement(
                    id="yos_vulnerability",
                    title="Vulnerability screening",
                    scale=GRADES,
                    takes_na=False,
                    source=QAF.at("Tool A, guidance", lines="674"),
                    standing=Standing.EDITORIAL,
                ),
            ),
        ),
        Section(
            id="yos_plan",
            title="Effective plan, with an integrated action plan",
            number="5",
            source=QAF.at("Appendix 2, YOS", lines="625-626"),
            standing=Standing.STATED,
            parts=(
                Question(
                    id="yos_plan_follows",
                    prompt="Does the plan follow from the assessment and build on strengths?",
                    kind=YES_NO,
                    adverse=_NO,
                    source=HMIP_EVIDENCE.at("Planning"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="yos_plan_sequenced",
                    prompt="Are its steps in a sensible order, and no more than is called for?",
                    kind=YES_NO,
                    adverse=_NO,
                    source=HMIP_EVIDENCE.at("Planning"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="yos_plan_aligned",
                    prompt="Does it fit with other plans for the child, such as for protection or "
                    "care?",
                    kind=YES_NO,
                    adverse=_NO,
                    hint="One action plan, not several that pull apart.",
                    source=HMIP_GUIDE.at("Planning to keep the child safe"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="yos_plan_controls",
                    prompt="Does it hold the controls and the help that safety calls for?",
                    kind=YES_NO,
                    adverse=_NO,
                    source=HMIP_GUIDE.at("Planning to keep the child safe"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="yos_plan_contingency",
                    prompt="Does it say exactly what happens if risk goes up?",
                    kind=YES_NO,
                    adverse=_NO,
                    source=HMIP_GUIDE.at("Planning to keep the child safe"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="yos_plan_owned",
                    prompt="Does the child understand it, and help to set its goals?",
                    kind=YES_NO,
                    adverse=_NO,
                    source=HMIP_EVIDENCE.at("Planning"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="yos_plan_delivered",
                    prompt="Did the child get what was planned, in the right order?",
                    kind=YES_NO,
                    adverse=_NO,
                    source=HMIP_GUIDE.at("Implementing and delivering for desistance"),
                    standing=Standing.EDITORIAL,
                ),
            ),
            judgements=(
                Judgement(
                    id="yos_plan",
                    title="Plan",
                    scale=GRADES,
                    source=QAF.at("Tool A, guidance", lines="674"),
                    standing=Standing.EDITORIAL,
                ),
            ),
        ),
        Section(
            id="yos_review",
            title="Timely and effective review",
            number="6",
            source=QAF.at("Appendix 2, YOS", lines="627-628"),
            standing=Standing.STATED,
            parts=(
                Question(
                    id="yos_review_timely",
                    prompt="Was there a review every three months at least, and when much had "
                    "changed?",
                    kind=YES_NO,
                    adverse=_NO,
                    aspect=Aspect.QUANTITATIVE,
                    hint="Not applicable to an order of three months or less. Where the case "
                    "system gives the date of the last review, it is checked against this answer.",
                    source=HILLINGDON.at("4"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="yos_review_change",
                    prompt="Does the review answer to change in what drives offending, in the "
                    "child's safety and in risk to others?",
                    kind=YES_NO,
                    adverse=_NO,
                    source=HMIP_GUIDE.at(
                        "Reviewing for desistance, to keep the child safe, to keep others safe"
                    ),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="yos_review_agencies",
                    prompt="Does it use what other agencies bring?",
                    kind=YES_NO,
                    adverse=_NO,
                    source=HMIP_GUIDE.at("Reviewing to keep the child safe, to keep others safe"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="yos_review_involved",
                    prompt="Did the child and the parents or carers take part in it?",
                    kind=YES_NO,
                    adverse=_NO,
                    source=HMIP_GUIDE.at("Reviewing for desistance, to keep others safe"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="yos_review_adjusted",
                    prompt="Was the plan changed where the review showed it should be?",
                    kind=YES_NO,
                    adverse=_NO,
                    source=HMIP_GUIDE.at(
                        "Reviewing for desistance, to keep the child safe, to keep others safe"
                    ),
                    standing=Standing.EDITORIAL,
                ),
            ),
            judgements=(
                Judgement(
                    id="yos_review",
                    title="Review",
                    scale=GRADES,
                    source=QAF.at("Tool A, guidance", lines="674"),
                    standing=Standing.EDITORIAL,
                ),
            ),
        ),
        Section(
            id="yos_oversight",
            title="Management oversight",
            hint="Across all six key tests.",
            source=SOUTH_TYNESIDE.at("Request"),
            standing=Standing.EDITORIAL,
            parts=(
                Question(
                    id="yos_oversight_checked",
                    prompt="Were the report, the assessment and the plan quality assured before "
                    "they went out?",
                    kind=YES_NO,
                    adverse=_NO,
                    source=SOUTH_TYNESIDE.at("Request, case manager's confirmation"),
                    standing=Standing.EDITORIAL,
                ),
            ),
            judgements=(
                Judgement(
                    id="yos_oversight",
                    title="Management oversight",
                    scale=GRADES,
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
    judgements=(
        Judgement(
            id="overall",
            title="Overall judgement",
            scale=GRADES,
            must_justify=True,
            hints=(
                "Whether the child is kept safe, and other people too",
                "Whether the work makes further offending less likely",
                "What the child and the family say of it",
                "How well agencies work together",
                "Management oversight",
            ),
            takes_na=False,
            source=QAF.at("Tool A, 6", lines="916-932"),
            standing=Standing.EDITORIAL,
        ),
    ),
    source=QAF.at("Appendix 2, YOS", lines="617-628"),
    standing=Standing.INFERRED,
)
