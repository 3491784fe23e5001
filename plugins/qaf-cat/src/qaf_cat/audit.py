"""The monthly audit of one early help case: Reading's seven key tests, in order."""

from __future__ import annotations

from qaf_cat.sources import FAMILY_RIGHTS, JOURNEY, NORFOLK, SEFTON, SHROPSHIRE, TRAFFORD, WALSALL
from qaf_cat.subjects import EARLY_HELP_CASE
from qaf_core import Standing, Tool
from qaf_core.facts import CANNOT_TELL, SAFETY, UNSAFE, overall
from qaf_core.logic import NEVER, YES_NO, choice
from qaf_core.scales import GRADES, INADEQUATE
from qaf_core.sources import QAF
from qaf_core.tools import Aspect, Judgement, Question, Section

__all__ = ["CAT", "SERVICE"]


def __dir__() -> list[str]:
    return __all__


_NO = (False,)

SERVICE = choice(
    "cat_service",
    {
        "family_support": "Family support",
        "targeted_youth_support": "Targeted youth support",
        "troubled_families": "Troubled families",
    },
)

CAT = Tool(
    id="cat",
    version="1",
    title="Early help audit",
    subject=EARLY_HELP_CASE.id,
    guidance="Each month every Service Manager of the Children's Action Team audits two cases, "
    "every Team Manager two and every Assistant Team Manager two. Go through the case with the "
    "worker. Answer what bears on it and set the rest aside with a reason; grade each section, "
    "then the whole, on the same four grades as Tool A. Reading prints the key tests alone: the "
    "questions under them come from elsewhere, and each says from where. Checks of a troubled "
    "family's results are no part of it.",
    parts=(
        Question(
            id="cat_service",
            prompt="Which of the three services is it?",
            kind=SERVICE,
            hint="For reports. Nothing else hangs on it.",
            required=NEVER,
            source=QAF.at(
                "Appendix 2, Family Support, Targeted Youth Support, Troubled Families",
                lines="629-631",
            ),
            standing=Standing.INFERRED,
        ),
        Section(
            id="cat_assessment",
            title="Quality and fitness of the child's assessment",
            number="1",
            source=QAF.at(
                "Appendix 2, Family Support, Targeted Youth Support, Troubled Families",
                lines="629-631",
            ),
            standing=Standing.INFERRED,
            parts=(
                Question(
                    id="cat_assessment_consent",
                    prompt="Did the family consent at the start?",
                    kind=YES_NO,
                    adverse=_NO,
                    aspect=Aspect.QUANTITATIVE,
                    hint="The parents, the child, or both.",
                    source=WALSALL.at("1a"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="cat_assessment_sharing",
                    prompt="Did they consent at the end to the sharing of what it says?",
                    kind=YES_NO,
                    adverse=_NO,
                    aspect=Aspect.QUANTITATIVE,
                    source=WALSALL.at("1b"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="cat_assessment_reason",
                    prompt="Is the reason for the assessment clear, and did it come in time?",
                    kind=YES_NO,
                    adverse=_NO,
                    hint="A common assessment (CAF) or an early help assessment.",
                    source=JOURNEY.at("1.1"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="cat_assessment_team",
                    prompt="Did a team around the child work on it, or does the file say how "
                    "else agencies worked together?",
                    kind=YES_NO,
                    adverse=_NO,
                    source=JOURNEY.at("1.1"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="cat_assessment_child",
                    prompt="Was the child talked with, and can the child be heard in it?",
                    kind=YES_NO,
                    adverse=_NO,
                    source=WALSALL.at("2a"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="cat_assessment_parents",
                    prompt="Did both parents take part, the father among them?",
                    kind=YES_NO,
                    adverse=_NO,
                    source=WALSALL.at("2d"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="cat_assessment_adjustments",
                    prompt="Where an interpreter or help with access was needed, was it arranged?",
                    kind=YES_NO,
                    adverse=_NO,
                    aspect=Aspect.QUANTITATIVE,
                    hint="Not applicable where none was needed.",
                    source=WALSALL.at("2e"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="cat_assessment_star",
                    prompt="If the worker is trained in it, is the Outcome Star filled in and "
                    "dated?",
                    kind=YES_NO,
                    adverse=_NO,
                    aspect=Aspect.QUANTITATIVE,
                    hint="Not applicable where the worker is not.",
                    source=WALSALL.at("2b"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="cat_assessment_siblings",
                    prompt="Are brothers and sisters seen in it, and what all this does to them?",
                    kind=YES_NO,
                    adverse=_NO,
                    hint="Not applicable to an only child.",
                    source=SHROPSHIRE.at("Audit of March 2015, siblings"),
                    standing=Standing.EDITORIAL,
                ),
            ),
            judgements=(
                Judgement(
                    id="cat_assessment",
                    title="Assessment",
                    scale=GRADES,
                    analysis="Whether it says what life is like for the child and what help "
                    "would change it.",
                    source=QAF.at("Tool A, guidance", lines="674"),
                    standing=Standing.EDITORIAL,
                ),
            ),
        ),
        Section(
            id="cat_risk_assessment",
            title="Risk assessment",
            number="2",
            hint="It cannot be set aside: whether concerns were acted on is asked here.",
            takes_na=False,
            source=QAF.at(
                "Appendix 2, Family Support, Targeted Youth Support, Troubled Families", lines="632"
            ),
            standing=Standing.INFERRED,
            parts=(
                Question(
                    id="cat_risk_recognised",
                    prompt="Was every child protection concern recognised, and talked over with "
                    "the right person?",
                    kind=YES_NO,
                    adverse=_NO,
                    hint="No is taken to the Team Manager and the Service Manager at once. Not "
                    "applicable where there was no concern: say so.",
                    source=JOURNEY.at("1.2"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="cat_risk_acted_on",
                    prompt="Was every child protection concern acted on?",
                    kind=YES_NO,
                    adverse=_NO,
                    hint="No is taken to the Team Manager and the Service Manager at once. Not "
                    "applicable where there was no concern: say so.",
                    source=JOURNEY.at("1.2"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="cat_risk_step_up",
                    prompt="Where nothing has changed for good, was it considered to step the "
                    "case up to social care?",
                    kind=YES_NO,
                    adverse=_NO,
                    hint="Not applicable where change has lasted, or it is too early to say.",
                    source=TRAFFORD.at("No improvement"),
                    standing=Standing.EDITORIAL,
                ),
            ),
            judgements=(
                Judgement(
                    id="cat_risk_assessment",
                    title="Risk assessment",
                    scale=GRADES,
                    analysis="What could harm the child, how likely that is, and who is doing "
                    "what about it.",
                    takes_na=False,
                    source=QAF.at("Tool A, guidance", lines="674"),
                    standing=Standing.EDITORIAL,
                ),
            ),
        ),
        Section(
            id="cat_information",
            title="Effective gathering and analysis of information",
            number="3",
            source=QAF.at(
                "Appendix 2, Family Support, Targeted Youth Support, Troubled Families",
                lines="633-634",
            ),
            standing=Standing.INFERRED,
            parts=(
                Question(
                    id="cat_information_history",
                    prompt="Does it take in what happened before, earlier help among it?",
                    kind=YES_NO,
                    adverse=_NO,
                    source=SHROPSHIRE.at("Audit of March 2015, context and history"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="cat_information_agencies",
                    prompt="Were the agencies that know the family contacted?",
                    kind=YES_NO,
                    adverse=_NO,
                    aspect=Aspect.QUANTITATIVE,
                    source=NORFOLK.at("Has one started already?"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="cat_information_duplicate",
                    prompt="Was it checked that no other assessment was under way?",
                    kind=YES_NO,
                    adverse=_NO,
                    aspect=Aspect.QUANTITATIVE,
                    source=NORFOLK.at("Has one started already?"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="cat_information_views",
                    prompt="Are the thoughts and feelings of child and parents on record, and "
                    "put to use?",
                    kind=YES_NO,
                    adverse=_NO,
                    source=WALSALL.at("2c"),
                    standing=Standing.EDITORIAL,
                ),
            ),
            judgements=(
                Judgement(
                    id="cat_information",
                    title="Information and analysis",
                    scale=GRADES,
                    analysis="What the information adds up to, and what is still not known.",
                    source=QAF.at("Tool A, guidance", lines="674"),
                    standing=Standing.EDITORIAL,
                ),
            ),
        ),
        Section(
            id="cat_chronology",
            title="Chronology",
            number="4",
            source=QAF.at(
                "Appendix 2, Family Support, Targeted Youth Support, Troubled Families", lines="635"
            ),
            standing=Standing.INFERRED,
            parts=(
                Question(
                    id="cat_chronology_current",
                    prompt="Is there a chronology, and is it current?",
                    kind=YES_NO,
                    adverse=_NO,
                    aspect=Aspect.QUANTITATIVE,
                    source=QAF.at("Tool A, chronology", lines="729-730"),
                    standing=Standing.INFERRED,
                ),
                Question(
                    id="cat_chronology_events",
                    prompt="Does it show what mattered?",
                    kind=YES_NO,
                    adverse=_NO,
                    hint="Chosen with judgement, not copied from the notes.",
                    source=QAF.at("Tool A, chronology", lines="729-736"),
                    standing=Standing.INFERRED,
                ),
            ),
            judgements=(
                Judgement(
                    id="cat_chronology",
                    title="Chronology",
                    scale=GRADES,
                    analysis="What the pattern of events says.",
                    source=QAF.at("Tool A, guidance", lines="674"),
                    standing=Standing.EDITORIAL,
                ),
            ),
        ),
        Section(
            id="cat_plan",
            title="Dynamic plan for the child or young person",
            number="5",
            source=QAF.at(
                "Appendix 2, Family Support, Targeted Youth Support, Troubled Families",
                lines="636-637",
            ),
            standing=Standing.INFERRED,
            parts=(
                Question(
                    id="cat_plan_smart",
                    prompt="Does each step of the plan say what is to be done, by whom and by "
                    "when?",
                    kind=YES_NO,
                    adverse=_NO,
                    hint="SMART: specific, measurable, achievable, realistic, timely.",
                    source=FAMILY_RIGHTS.at("Early help plan; also Sefton early help, SMART plan"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="cat_plan_shared",
                    prompt="Was it drawn up with the family, and have they a copy?",
                    kind=YES_NO,
                    adverse=_NO,
                    source=FAMILY_RIGHTS.at("Early help plan"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="cat_plan_goals",
                    prompt="Are the child's own goals in it?",
                    kind=YES_NO,
                    adverse=_NO,
                    source=SHROPSHIRE.at("Audit of March 2015, goals"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="cat_plan_reviewed",
                    prompt="Is the plan reviewed as often as the service says?",
                    kind=YES_NO,
                    adverse=_NO,
                    aspect=Aspect.QUANTITATIVE,
                    hint="How often is for each service to say. Where the case system gives the "
                    "date of the last review, and the service its number, they are checked "
                    "against this answer.",
                    source=TRAFFORD.at("Review"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="cat_plan_adjusted",
                    prompt="Was the plan changed where the review showed it should be?",
                    kind=YES_NO,
                    adverse=_NO,
                    source=TRAFFORD.at("Review"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="cat_plan_progress",
                    prompt="Do reviews weigh how far the child and the family have come?",
                    kind=YES_NO,
                    adverse=_NO,
                    source=SEFTON.at("Quoting Ofsted, March 2015"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="cat_plan_team",
                    prompt="Does the team around the family have a part in them?",
                    kind=YES_NO,
                    adverse=_NO,
                    source=SEFTON.at("Team around the family"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="cat_plan_drift",
                    prompt="Open for more than twelve months, or reviewed three times or more: "
                    "was someone consulted lest it drift?",
                    kind=YES_NO,
                    adverse=_NO,
                    hint="Someone outside the case, such as a social worker for early help. Not "
                    "applicable where it is neither.",
                    source=SHROPSHIRE.at("Audit of March 2015, drift"),
                    standing=Standing.EDITORIAL,
                ),
            ),
            judgements=(
                Judgement(
                    id="cat_plan",
                    title="Plan",
                    scale=GRADES,
                    analysis="Whether the plan moves with the family's life, and the life with "
                    "the plan.",
                    source=QAF.at("Tool A, guidance", lines="674"),
                    standing=Standing.EDITORIAL,
                ),
            ),
        ),
        Section(
            id="cat_direct_work",
            title="Direct work",
            number="6",
            source=QAF.at(
                "Appendix 2, Family Support, Targeted Youth Support, Troubled Families", lines="638"
            ),
            standing=Standing.INFERRED,
            parts=(
                Question(
                    id="cat_direct_work_seen",
                    prompt="Is the child seen?",
                    kind=YES_NO,
                    adverse=_NO,
                    aspect=Aspect.QUANTITATIVE,
                    source=QAF.at("Tool A, 4.2", lines="785-787"),
                    standing=Standing.INFERRED,
                ),
                Question(
                    id="cat_direct_work_recorded",
                    prompt="Is there work with the child, alone or in a group, and is it on "
                    "record?",
                    kind=YES_NO,
                    adverse=_NO,
                    source=QAF.at("Tool A, 4.2", lines="787"),
                    standing=Standing.INFERRED,
                ),
                Question(
                    id="cat_direct_work_linked",
                    prompt="Does it follow the plan?",
                    kind=YES_NO,
                    adverse=_NO,
                    source=QAF.at("Tool A, 4.2", lines="788"),
                    standing=Standing.INFERRED,
                ),
            ),
            judgements=(
                Judgement(
                    id="cat_direct_work",
                    title="Direct work",
                    scale=GRADES,
                    analysis="What the work means to the child.",
                    source=QAF.at("Tool A, guidance", lines="674"),
                    standing=Standing.EDITORIAL,
                ),
            ),
        ),
        Section(
            id="cat_oversight",
            title="Supervision and management oversight",
            number="7",
            source=QAF.at(
                "Appendix 2, Family Support, Targeted Youth Support, Troubled Families",
                lines="639, 642",
            ),
            standing=Standing.INFERRED,
            parts=(
                Question(
                    id="cat_oversight_supervision",
                    prompt="Is the case regularly talked over in supervision?",
                    kind=YES_NO,
                    adverse=_NO,
                    source=QAF.at("Tool A, 4.3", lines="799"),
                    standing=Standing.INFERRED,
                ),
                Question(
                    id="cat_oversight_rationale",
                    prompt="Are decisions on record, with their reasons?",
                    kind=YES_NO,
                    adverse=_NO,
                    source=QAF.at("Tool A, 4.3", lines="798"),
                    standing=Standing.INFERRED,
                ),
                Question(
                    id="cat_oversight_closure",
                    prompt="If the case was closed, does the file say what changed for the child?",
                    kind=YES_NO,
                    adverse=_NO,
                    hint="Not applicable to a case that is open.",
                    source=SHROPSHIRE.at("Audit of March 2015, closure"),
                    standing=Standing.EDITORIAL,
                ),
                Question(
                    id="cat_oversight_closure_views",
                    prompt="If it was closed, were the child and the parents asked what they "
                    "thought?",
                    kind=YES_NO,
                    adverse=_NO,
                    aspect=Aspect.QUANTITATIVE,
                    hint="Not applicable to a case that is open.",
                    source=QAF.at("§5.2 c", lines="357-361"),
                    standing=Standing.INFERRED,
                ),
            ),
            judgements=(
                Judgement(
                    id="cat_oversight",
                    title="Supervision and oversight",
                    scale=GRADES,
                    analysis="Whether management changed the course of the case.",
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
                    prompt="Are the children of this family safe?",
                    kind=SAFETY,
                    adverse=(UNSAFE, CANNOT_TELL),
                    hint="One child unsafe, or no way of telling, is taken to the Team Manager "
                    "and the Service Manager at once.",
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
                "Whether the children are safe, and concerns for them acted on",
                "Whether help came early enough to count",
                "What changed for the child, and whether it will last",
                "What the child and the family say of it",
                "Management oversight",
            ),
            takes_na=False,
            source=QAF.at("Tool A, 6", lines="916-932"),
            standing=Standing.EDITORIAL,
        ),
    ),
    source=QAF.at(
        "Appendix 2, Family Support, Targeted Youth Support, Troubled Families", lines="629-642"
    ),
    standing=Standing.INFERRED,
)
