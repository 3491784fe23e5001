"""Audit Tool A: the audit of one child's case file."""

from __future__ import annotations

from qaf_core.facts import CANNOT_TELL, SAFETY, UNSAFE, open_under_a_year, overall
from qaf_core.logic.expressions import ALWAYS, NEVER, Ref
from qaf_core.logic.values import DATE, TEXT, YES_NO, choice, many
from qaf_core.provenance import Standing
from qaf_core.scales import GRADES, INADEQUATE
from qaf_core.sources import QAF
from qaf_core.subjects import CHILD_CASE
from qaf_core.tools.model import Aspect, Judgement, Question, Section, Tool

__all__ = ["CASE_FILE"]


def __dir__() -> list[str]:
    return __all__


_NO = (False,)
_REFERRAL_TYPE = choice(
    "referral_type",
    {"caf": "Common Assessment Framework", "police": "Police", "other": "Other"},
)
_REFERRAL_CONCERNS = many(
    "referral_concerns",
    {
        "cse": "Child sexual exploitation",
        "fgm": "Female genital mutilation",
        "missing": "Missing",
        "domestic_abuse": "Domestic abuse",
    },
)
_ASSESSMENT_TYPE = choice(
    "assessment_type",
    {"assessment": "Assessment", "review": "Review", "case_summary": "Case summary"},
)

CASE_FILE = Tool(
    id="case_file",
    version="2016.1",
    title="Case file audit (Audit Tool A)",
    subject=CHILD_CASE.id,
    guidance="Go through it with the worker. Read the file as the child's story and listen for "
    "the child's own voice. Answer what bears on this case and set the rest aside with a reason. "
    "Grade each section and then the whole, and agree with the worker and their supervisor what "
    "is to be put right and by when.",
    parts=(
        Section(
            id="referral",
            title="Referral and response",
            number="3",
            hint="For a case open for less than a year on the day of the audit.",
            applies=open_under_a_year.is_(True),
            takes_na=False,
            source=QAF.at("Tool A, 3", lines="747-767"),
            standing=Standing.STATED,
            parts=(
                Question(
                    id="referral_type",
                    prompt="What kind of referral was it?",
                    kind=_REFERRAL_TYPE,
                    aspect=Aspect.QUANTITATIVE,
                    source=QAF.at("Tool A, 3", lines="749-752"),
                    standing=Standing.STATED,
                ),
                Question(
                    id="referral_type_other",
                    prompt="What other kind?",
                    kind=TEXT,
                    aspect=Aspect.QUANTITATIVE,
                    asked=Ref("referral_type", _REFERRAL_TYPE).is_("other"),
                    required=NEVER,
                    source=QAF.at("Tool A, 3", lines="752"),
                    standing=Standing.STATED,
                ),
                Question(
                    id="referral_concerns_present",
                    prompt="Is the referral about sexual exploitation, genital mutilation, going "
                    "missing or domestic abuse?",
                    kind=YES_NO,
                    aspect=Aspect.QUANTITATIVE,
                    source=QAF.at("Tool A, 3", lines="755"),
                    standing=Standing.STATED,
                ),
                Question(
                    id="referral_concerns",
                    prompt="Which of these?",
                    kind=_REFERRAL_CONCERNS,
                    aspect=Aspect.QUANTITATIVE,
                    asked=Ref("referral_concerns_present", YES_NO).is_(True),
                    source=QAF.at("Tool A, 3", lines="755"),
                    standing=Standing.STATED,
                ),
                Question(
                    id="referral_information_sufficient",
                    prompt="Did the referral say enough to decide on?",
                    kind=YES_NO,
                    adverse=_NO,
                    source=QAF.at("Tool A, 3", lines="756"),
                    standing=Standing.STATED,
                ),
                Question(
                    id="referral_acted_on_promptly",
                    prompt="Did action follow within 24 hours?",
                    kind=YES_NO,
                    adverse=_NO,
                    aspect=Aspect.QUANTITATIVE,
                    hint="By the clock: not a working day.",
                    source=QAF.at("Tool A, 3", lines="757"),
                    standing=Standing.STATED,
                ),
                Question(
                    id="referral_response_appropriate",
                    prompt="Was it the right response?",
                    kind=YES_NO,
                    adverse=_NO,
                    source=QAF.at("Tool A, 3", lines="758"),
                    standing=Standing.STATED,
                ),
                Question(
                    id="referral_risk_analysed",
                    prompt="Does the file show that risk was weighed when the referral came in, "
                    "and answered as it should be?",
                    kind=YES_NO,
                    adverse=_NO,
                    source=QAF.at("Tool A, 3", lines="759"),
                    standing=Standing.STATED,
                ),
                Question(
                    id="repeat_referral",
                    prompt="Is this a repeat referral?",
                    kind=YES_NO,
                    aspect=Aspect.QUANTITATIVE,
                    source=QAF.at("Tool A, 3", lines="760"),
                    standing=Standing.STATED,
                ),
                Question(
                    id="repeat_referral_details",
                    prompt="What was done before, and why did the case come back?",
                    kind=TEXT,
                    hint="If there was a child protection plan, say so and say why it ended.",
                    asked=Ref("repeat_referral", YES_NO).is_(True),
                    required=NEVER,
                    source=QAF.at("Tool A, 3", lines="760"),
                    standing=Standing.STATED,
                ),
                Question(
                    id="referral_information_shared_in_time",
                    prompt="Was information shared in good time?",
                    kind=YES_NO,
                    adverse=_NO,
                    aspect=Aspect.QUANTITATIVE,
                    source=QAF.at("Tool A, 3", lines="761"),
                    standing=Standing.STATED,
                ),
                Question(
                    id="referral_comments",
                    prompt="What else is there to say or do about the referral and the response?",
                    kind=TEXT,
                    required=NEVER,
                    source=QAF.at("Tool A, 3", lines="763-767"),
                    standing=Standing.STATED,
                ),
            ),
        ),
        Section(
            id="audit_framework",
            title="Audit framework",
            number="4",
            takes_na=False,
            source=QAF.at("Tool A, 4", lines="769-891"),
            standing=Standing.STATED,
            parts=(
                Section(
                    id="risk",
                    title="Risk is seen, met and reduced in time",
                    number="4.1",
                    source=QAF.at("Tool A, 4.1", lines="771-780, 904"),
                    standing=Standing.STATED,
                    parts=(
                        Question(
                            id="risk_managed",
                            prompt="Is risk managed as it should be?",
                            kind=YES_NO,
                            adverse=_NO,
                            source=QAF.at("Tool A, 4.1", lines="774"),
                            standing=Standing.STATED,
                        ),
                        Question(
                            id="risk_response_timely",
                            prompt="Does the response to risk come in time?",
                            kind=YES_NO,
                            adverse=_NO,
                            aspect=Aspect.QUANTITATIVE,
                            source=QAF.at("Tool A, 4.1", lines="775"),
                            standing=Standing.STATED,
                        ),
                        Question(
                            id="risk_response_effective",
                            prompt="Does the response to risk work?",
                            kind=YES_NO,
                            adverse=_NO,
                            source=QAF.at("Tool A, 4.1", lines="776"),
                            standing=Standing.STATED,
                        ),
                    ),
                    judgements=(
                        Judgement(
                            id="risk",
                            title="Risk",
                            scale=GRADES,
                            analysis="How well risk was recognised: sexual exploitation, neglect "
                            "and domestic abuse among others.",
                            source=QAF.at("Tool A, 4.1", lines="772, 777-780"),
                            standing=Standing.INFERRED,
                        ),
                    ),
                ),
                Section(
                    id="involvement",
                    title="Children and families are involved",
                    number="4.2",
                    source=QAF.at("Tool A, 4.2", lines="781-795, 905"),
                    standing=Standing.STATED,
                    parts=(
                        Question(
                            id="involvement_impact",
                            prompt="Does the file show that the child's views change how needs "
                            "are assessed, planned for and met?",
                            kind=YES_NO,
                            adverse=_NO,
                            source=QAF.at("Tool A, 4.2", lines="783"),
                            standing=Standing.INFERRED,
                        ),
                        Question(
                            id="involvement_males",
                            prompt="Are the men who matter in the child's life asked what they "
                            "think, and well?",
                            kind=YES_NO,
                            adverse=_NO,
                            source=QAF.at("Tool A, 4.2", lines="784"),
                            standing=Standing.STATED,
                        ),
                        Question(
                            id="involvement_seen_alone",
                            prompt="Is the child seen, alone too, and helped by steady "
                            "relationships that work?",
                            kind=YES_NO,
                            adverse=_NO,
                            source=QAF.at("Tool A, 4.2", lines="785"),
                            standing=Standing.STATED,
                        ),
                        Question(
                            id="involvement_parents",
                            prompt="Do the child and the parents or carers have a proper part in "
                            "the work?",
                            kind=YES_NO,
                            adverse=_NO,
                            source=QAF.at("Tool A, 4.2", lines="786"),
                            standing=Standing.INFERRED,
                        ),
                        Question(
                            id="involvement_direct_work",
                            prompt="Is direct work with the child on the file?",
                            kind=YES_NO,
                            adverse=_NO,
                            aspect=Aspect.QUANTITATIVE,
                            source=QAF.at("Tool A, 4.2", lines="787"),
                            standing=Standing.INFERRED,
                        ),
                        Question(
                            id="involvement_work_linked",
                            prompt="Does that work serve the plan and bring risk down?",
                            kind=YES_NO,
                            adverse=_NO,
                            source=QAF.at("Tool A, 4.2", lines="788"),
                            standing=Standing.STATED,
                        ),
                        Question(
                            id="involvement_difference",
                            prompt="What difference has it made to the child and the family?",
                            kind=TEXT,
                            required=NEVER,
                            source=QAF.at("Tool A, 4.2", lines="791"),
                            standing=Standing.STATED,
                        ),
                    ),
                    judgements=(
                        Judgement(
                            id="involvement",
                            title="Involvement",
                            scale=GRADES,
                            source=QAF.at("Tool A, 4.2", lines="792-795"),
                            standing=Standing.STATED,
                        ),
                    ),
                ),
                Section(
                    id="decisions",
                    title="Decisions are effective and timely",
                    number="4.3",
                    source=QAF.at("Tool A, 4.3", lines="796-804, 906"),
                    standing=Standing.STATED,
                    parts=(
                        Question(
                            id="decisions_oversight",
                            prompt="Do managers watch over the case well and in time, and write "
                            "down their reasons plainly?",
                            kind=YES_NO,
                            adverse=_NO,
                            source=QAF.at("Tool A, 4.3", lines="798"),
                            standing=Standing.INFERRED,
                        ),
                        Question(
                            id="decisions_supervision",
                            prompt="Does the file show that the case is discussed in supervision "
                            "at regular intervals?",
                            kind=YES_NO,
                            adverse=_NO,
                            aspect=Aspect.QUANTITATIVE,
                            source=QAF.at("Tool A, 4.3", lines="799"),
                            standing=Standing.STATED,
                        ),
                        Question(
                            id="supervision_quality",
                            prompt="How good is the supervision?",
                            kind=TEXT,
                            required=NEVER,
                            source=QAF.at("Tool A, 4.3", lines="799"),
                            standing=Standing.STATED,
                        ),
                        Question(
                            id="decisions_recording",
                            prompt="Is recording full and reflective, about the work done and "
                            "about how the child fares?",
                            kind=YES_NO,
                            adverse=_NO,
                            source=QAF.at("Tool A, 4.3", lines="800"),
                            standing=Standing.INFERRED,
                        ),
                    ),
                    judgements=(
                        Judgement(
                            id="decisions",
                            title="Decisions",
                            scale=GRADES,
                            source=QAF.at("Tool A, 4.3", lines="801-804"),
                            standing=Standing.STATED,
                        ),
                    ),
                ),
                Section(
                    id="assessment",
                    title="Assessments are good and lead to the right help",
                    number="4.4",
                    source=QAF.at("Tool A, 4.4", lines="805-819, 907"),
                    standing=Standing.STATED,
                    parts=(
                        Question(
                            id="assessment_type",
                            prompt="What is the latest assessment of the child's needs?",
                            kind=_ASSESSMENT_TYPE,
                            aspect=Aspect.QUANTITATIVE,
                            source=QAF.at("Tool A, 4.4", lines="806"),
                            standing=Standing.INFERRED,
                        ),
                        Question(
                            id="assessment_date",
                            prompt="When was it finished?",
                            kind=DATE,
                            aspect=Aspect.QUANTITATIVE,
                            source=QAF.at("Tool A, 4.4", lines="807"),
                            standing=Standing.INFERRED,
                        ),
                        Question(
                            id="assessment_changing_needs",
                            prompt="Does the assessment follow the child's needs as they change?",
                            kind=YES_NO,
                            adverse=_NO,
                            source=QAF.at("Tool A, 4.4", lines="807-808"),
                            standing=Standing.STATED,
                        ),
                        Question(
                            id="assessment_relationships",
                            prompt="Does the assessment cover the people who matter to the child?",
                            kind=YES_NO,
                            adverse=_NO,
                            source=QAF.at("Tool A, 4.4", lines="807, 810"),
                            standing=Standing.STATED,
                        ),
                        Question(
                            id="assessment_history",
                            prompt="Does the assessment draw on the history that bears on the "
                            "case, from a chronology kept up to date?",
                            kind=YES_NO,
                            adverse=_NO,
                            source=QAF.at("Tool A, 4.4", lines="807, 811"),
                            standing=Standing.STATED,
                        ),
                        Question(
                            id="assessment_partners",
                            prompt="Does the assessment use what partner agencies know?",
                            kind=YES_NO,
                            adverse=_NO,
                            source=QAF.at("Tool A, 4.4", lines="807, 812"),
                            standing=Standing.STATED,
                        ),
                        Question(
                            id="assessment_risks",
                            prompt="Does the assessment weigh needs, risks and what protects the "
                            "child, parenting capacity included?",
                            kind=YES_NO,
                            adverse=_NO,
                            source=QAF.at("Tool A, 4.4", lines="807, 813"),
                            standing=Standing.STATED,
                        ),
                        Question(
                            id="assessment_seen_alone",
                            prompt="Does the assessment show that the child was seen alone and "
                            "that what they wish and feel counted?",
                            kind=YES_NO,
                            adverse=_NO,
                            source=QAF.at("Tool A, 4.4", lines="807, 814"),
                            standing=Standing.STATED,
                        ),
                        Question(
                            id="assessment_family_told",
                            prompt="Is it on record that the family heard what the assessment "
                            "found?",
                            kind=YES_NO,
                            adverse=_NO,
                            aspect=Aspect.QUANTITATIVE,
                            source=QAF.at("Tool A, 4.4", lines="807, 815"),
                            standing=Standing.STATED,
                        ),
                    ),
                    judgements=(
                        Judgement(
                            id="assessment",
                            title="Assessment",
                            scale=GRADES,
                            source=QAF.at("Tool A, 4.4", lines="816-819"),
                            standing=Standing.STATED,
                        ),
                    ),
                ),
                Section(
                    id="coordination",
                    title="Agencies work together",
                    number="4.5",
                    source=QAF.at("Tool A, 4.5", lines="820-826, 908"),
                    standing=Standing.STATED,
                    parts=(
                        Question(
                            id="coordination_sharing",
                            prompt="Does sharing information make things better for the child?",
                            kind=YES_NO,
                            adverse=_NO,
                            source=QAF.at("Tool A, 4.5", lines="822"),
                            standing=Standing.INFERRED,
                        ),
                    ),
                    judgements=(
                        Judgement(
                            id="coordination",
                            title="Coordination",
                            scale=GRADES,
                            source=QAF.at("Tool A, 4.5", lines="823-826"),
                            standing=Standing.STATED,
                        ),
                    ),
                ),
                Section(
                    id="diversity",
                    title="Diversity is considered and makes a difference",
                    number="4.6",
                    source=QAF.at("Tool A, 4.6", lines="828-834, 909"),
                    standing=Standing.STATED,
                    parts=(
                        Question(
                            id="diversity_informs_plan",
                            prompt="Does diversity shape the response and the plan?",
                            kind=YES_NO,
                            adverse=_NO,
                            hint="Such as race, ethnicity and language; faith or belief; gender, "
                            "sexual orientation and identity; disability and age.",
                            source=QAF.at("Tool A, 4.6", lines="830"),
                            standing=Standing.STATED,
                        ),
                    ),
                    judgements=(
                        Judgement(
                            id="diversity",
                            title="Diversity",
                            scale=GRADES,
                            source=QAF.at("Tool A, 4.6", lines="831-834"),
                            standing=Standing.STATED,
                        ),
                    ),
                ),
                Section(
                    id="plans",
                    title="Quality of plans",
                    number="4.7",
                    source=QAF.at("Tool A, 4.7", lines="835-848, 910"),
                    standing=Standing.STATED,
                    parts=(
                        Question(
                            id="plan_type",
                            prompt="What kind of plan is in place?",
                            kind=TEXT,
                            aspect=Aspect.QUANTITATIVE,
                            hint="Such as a child protection plan or a pathway plan.",
                            required=NEVER,
                            source=QAF.at("Tool A, 4.7", lines="836"),
                            standing=Standing.STATED,
                        ),
                        Question(
                            id="plan_up_to_date",
                            prompt="Is the plan current and kept so?",
                            kind=YES_NO,
                            adverse=_NO,
                            aspect=Aspect.QUANTITATIVE,
                            source=QAF.at("Tool A, 4.7", lines="838"),
                            standing=Standing.STATED,
                        ),
                        Question(
                            id="plan_smart",
                            prompt="Is the plan SMART?",
                            kind=YES_NO,
                            adverse=_NO,
                            hint="Specific, measurable, achievable, realistic and timed.",
                            source=QAF.at("Tool A, 4.7", lines="839"),
                            standing=Standing.STATED,
                        ),
                        Question(
                            id="plan_permanence",
                            prompt="Does the plan deal well with a permanent home for the child?",
                            kind=YES_NO,
                            adverse=_NO,
                            source=QAF.at("Tool A, 4.7", lines="840"),
                            standing=Standing.STATED,
                        ),
                        Question(
                            id="plan_implemented",
                            prompt="Is the plan carried out?",
                            kind=YES_NO,
                            adverse=_NO,
                            source=QAF.at("Tool A, 4.7", lines="841"),
                            standing=Standing.STATED,
                        ),
                        Question(
                            id="plan_oversight",
                            prompt="Can good management oversight be seen in the plan?",
                            kind=YES_NO,
                            adverse=_NO,
                            source=QAF.at("Tool A, 4.7", lines="842"),
                            standing=Standing.STATED,
                        ),
                        Question(
                            id="plan_agencies",
                            prompt="Have other agencies added something of use to the plan?",
                            kind=YES_NO,
                            adverse=_NO,
                            source=QAF.at("Tool A, 4.7", lines="843"),
                            standing=Standing.STATED,
                        ),
                        Question(
                            id="plan_views",
                            prompt="Do the child's views, those of the parents or carers, and "
                            "diversity shape the plan?",
                            kind=YES_NO,
                            adverse=_NO,
                            source=QAF.at("Tool A, 4.7", lines="844"),
                            standing=Standing.STATED,
                        ),
                    ),
                    judgements=(
                        Judgement(
                            id="plans",
                            title="Plans",
                            scale=GRADES,
                            source=QAF.at("Tool A, 4.7", lines="845-848"),
                            standing=Standing.STATED,
                        ),
                    ),
                ),
                Section(
                    id="permanence",
                    title="Permanence comes without delay and meets needs",
                    number="4.8",
                    hint="Usually for a looked after child, or one with a plan for permanence.",
                    source=QAF.at("Tool A, 4.8", lines="850-857, 911"),
                    standing=Standing.STATED,
                    parts=(
                        Question(
                            id="permanence_timely",
                            prompt="Is the plan for permanence, adoption included, best for the "
                            "child and brought about without delay?",
                            kind=YES_NO,
                            adverse=_NO,
                            source=QAF.at("Tool A, 4.8", lines="852-853"),
                            standing=Standing.STATED,
                        ),
                    ),
                    judgements=(
                        Judgement(
                            id="permanence",
                            title="Permanence",
                            scale=GRADES,
                            analysis="How well the child was prepared for the placement.",
                            source=QAF.at("Tool A, 4.8", lines="854-857"),
                            standing=Standing.STATED,
                        ),
                    ),
                ),
                Section(
                    id="reviews",
                    title="Regular reviews involve and help the child",
                    number="4.9",
                    hint="Usually for a child whose plan or care is reviewed.",
                    source=QAF.at("Tool A, 4.9", lines="858-865, 912"),
                    standing=Standing.STATED,
                    parts=(
                        Question(
                            id="reviews_challenge",
                            prompt="Are reviews tested hard enough that they help the child get "
                            "on well?",
                            kind=YES_NO,
                            adverse=_NO,
                            source=QAF.at("Tool A, 4.9", lines="860"),
                            standing=Standing.STATED,
                        ),
                    ),
                    judgements=(
                        Judgement(
                            id="reviews",
                            title="Reviews",
                            scale=GRADES,
                            analysis="What the independent reviewing officer or the child "
                            "protection chair brought about.",
                            source=QAF.at("Tool A, 4.9", lines="861-865"),
                            standing=Standing.INFERRED,
                        ),
                    ),
                ),
                Section(
                    id="placement",
                    title="Quality of placement",
                    number="4.10",
                    source=QAF.at("Tool A, 4.10", lines="866-874, 913"),
                    standing=Standing.STATED,
                    parts=(
                        Question(
                            id="placement_suitable",
                            prompt="Does the child live, at home or in care, where their assessed "
                            "needs are met?",
                            kind=YES_NO,
                            adverse=_NO,
                            source=QAF.at("Tool A, 4.10", lines="868"),
                            standing=Standing.STATED,
                        ),
                    ),
                    judgements=(
                        Judgement(
                            id="placement",
                            title="Placement",
                            scale=GRADES,
                            analysis="Contact with family and friends, and what holds the "
                            "placement up, adoption support included.",
                            source=QAF.at("Tool A, 4.10", lines="869-874"),
                            standing=Standing.STATED,
                        ),
                    ),
                ),
                Section(
                    id="independence",
                    title="Preparation for independence, and a good home",
                    number="4.11",
                    hint="Usually for a care leaver, or a looked after child old enough to be "
                    "preparing to leave care.",
                    source=QAF.at("Tool A, 4.11", lines="875-881, 914"),
                    standing=Standing.STATED,
                    parts=(
                        Question(
                            id="independence_home",
                            prompt="Is the young person's home safe, lasting and within their "
                            "means?",
                            kind=YES_NO,
                            adverse=_NO,
                            source=QAF.at("Tool A, 4.11", lines="877"),
                            standing=Standing.STATED,
                        ),
                    ),
                    judgements=(
                        Judgement(
                            id="independence",
                            title="Independence",
                            scale=GRADES,
                            source=QAF.at("Tool A, 4.11", lines="878-881"),
                            standing=Standing.STATED,
                        ),
                    ),
                ),
                Section(
                    id="outcomes",
                    title="What the help has changed",
                    number="4.12",
                    source=QAF.at("Tool A, 4.12", lines="882-891, 915"),
                    standing=Standing.STATED,
                    parts=(
                        Question(
                            id="outcomes_potential",
                            prompt="Is the child helped to do as well as they can?",
                            kind=YES_NO,
                            adverse=_NO,
                            source=QAF.at("Tool A, 4.12", lines="886-887"),
                            standing=Standing.STATED,
                        ),
                        Question(
                            id="outcomes_networks",
                            prompt="Does the child have people to turn to nearby, and is the "
                            "child safe there?",
                            kind=YES_NO,
                            adverse=_NO,
                            source=QAF.at("Tool A, 4.12", lines="887-888"),
                            standing=Standing.STATED,
                        ),
                    ),
                    judgements=(
                        Judgement(
                            id="outcomes",
                            title="Outcomes",
                            scale=GRADES,
                            analysis="What changed for the child: education, physical health and "
                            "wellbeing.",
                            source=QAF.at("Tool A, 4.12", lines="888-891"),
                            standing=Standing.INFERRED,
                        ),
                    ),
                ),
            ),
        ),
        Section(
            id="conclusion",
            title="Overall",
            number="6",
            takes_na=False,
            source=QAF.at("Tool A, 6", lines="897-936"),
            standing=Standing.STATED,
            parts=(
                Question(
                    id="safe",
                    prompt="Is the child safe?",
                    kind=SAFETY,
                    adverse=(UNSAFE, CANNOT_TELL),
                    hint="Unsafe, or no way of telling, is taken to the Team Manager and the "
                    "Service Manager at once.",
                    asked=ALWAYS,
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
                "Assessment, risk management and planning: how good and how prompt",
                "What the help did for the child and the family",
                "How well agencies work together",
                "Management oversight and quality assurance of practice and decisions",
                "Children living with domestic abuse, drug misuse or an adult's poor mental health",
                "How far the child's wishes and feelings shape all care",
                "Diversity and identity in planning care",
            ),
            takes_na=False,
            source=QAF.at("Tool A, 6", lines="916-932"),
            standing=Standing.STATED,
        ),
    ),
    source=QAF.at("Tool A", lines="650-970"),
    standing=Standing.STATED,
)
