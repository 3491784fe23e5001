"""Northmere's three tools: a scored review, a visit from nought to ten, a joint look."""

from __future__ import annotations

from fractions import Fraction

from qaf_core.logic import COUNT, DATE, NEVER, YES_NO, choice, many, numbers
from qaf_core.provenance import Standing
from qaf_core.tools import (
    MEAN,
    SHARE,
    WORST,
    Aspect,
    Child,
    Computed,
    Judgement,
    Question,
    Section,
    Tool,
)
from second_framework.vocabulary import (
    BEARING,
    CARE_SETTING,
    COMPASS,
    COMPASS_BANDS,
    DUTY_KEEPING,
    JOINT_CASE,
    NEWLY_REGISTERED,
    NOT_ASSESSED,
    NOUGHT_TO_TEN,
)

_SAID = Standing.STATED

UP_TO_5 = numbers("points_up_to_5", 0, 5, step=5)
UP_TO_10 = numbers("points_up_to_10", 0, 10, step=5)
UP_TO_15 = numbers("points_up_to_15", 0, 15, step=5)
HALF_POINTS = numbers("half_points_to_10", 0, 10, step=Fraction(1, 2))
RISK_VIEW = choice(
    "risk_view",
    {"grave_worry": "Grave worry", "some_worry": "Some worry", "no_worry": "No worry"},
    ordered=True,
)
HARMS = many(
    "harms_named",
    {"harm_neglect": "Neglect", "harm_violence": "Violence", "harm_exploitation": "Exploitation"},
)


def _share_of_enough(children: tuple[Child, ...]) -> Fraction | str:
    """The weighted share, or "not assessed" where less than half the weight was looked at."""
    weight = sum((child.weight for child in children), Fraction(0))
    if weight < 50:
        return NOT_ASSESSED.code
    earned = (child.weight * child.points / child.maximum for child in children)
    return 100 * sum(earned, Fraction(0)) / weight


SHARE_OF_ENOUGH = Computed(id="share_of_enough", version="1", function=_share_of_enough)

# --- the review of a setting: 100 points, in sections in sections in sections ----------------

FABRIC = Section(
    id="premises_fabric",
    title="The building",
    number="1.2.1",
    parts=(
        Question(
            id="building_upkeep",
            prompt="Is the building kept in good order?",
            kind=UP_TO_5,
            adverse=(0,),
            criteria=("compass_north_b",),
            source=COMPASS.at("5.1.2.1 a"),
            standing=_SAID,
        ),
        Question(
            id="fire_readiness",
            prompt="Could everyone get out in a fire?",
            kind=UP_TO_5,
            adverse=(0,),
            criteria=("compass_north_b",),
            source=COMPASS.at("5.1.2.1 b"),
            standing=_SAID,
        ),
    ),
    judgements=(
        Judgement(
            id="premises_fabric_band",
            title="The building",
            scale=COMPASS_BANDS,
            computed=SHARE,
            weight=Fraction(10),
            source=COMPASS.at("5.1.2.1"),
            standing=_SAID,
        ),
    ),
    source=COMPASS.at("5.1.2.1"),
    standing=_SAID,
)
GARDEN = Section(
    id="premises_garden",
    title="The garden",
    number="1.2.2",
    parts=(
        Question(
            id="outdoor_hazards",
            prompt="Is the garden free of hazards?",
            kind=UP_TO_5,
            adverse=(0,),
            criteria=("compass_north_b",),
            source=COMPASS.at("5.1.2.2 a"),
            standing=_SAID,
        ),
    ),
    judgements=(
        Judgement(
            id="premises_garden_band",
            title="The garden",
            scale=COMPASS_BANDS,
            computed=SHARE,
            weight=Fraction(5),
            source=COMPASS.at("5.1.2.2"),
            standing=_SAID,
        ),
    ),
    source=COMPASS.at("5.1.2.2"),
    standing=_SAID,
)
SAFE_HANDS = Section(
    id="safe_hands",
    title="Safe hands",
    number="1",
    parts=(
        Section(
            id="safeguarding_practice",
            title="Safeguarding",
            number="1.1",
            parts=(
                Question(
                    id="referral_handling",
                    prompt="Are worries about a child passed on without delay?",
                    kind=UP_TO_15,
                    adverse=(0,),
                    criteria=("compass_north_a",),
                    source=COMPASS.at("5.1.1 a"),
                    standing=_SAID,
                ),
                Question(
                    id="staff_vetting",
                    prompt="Is everyone vetted before they start?",
                    kind=UP_TO_10,
                    adverse=(0,),
                    aspect=Aspect.QUANTITATIVE,
                    source=COMPASS.at("5.1.1 b"),
                    standing=_SAID,
                ),
            ),
            judgements=(
                Judgement(
                    id="safeguarding_practice_band",
                    title="Safeguarding",
                    scale=COMPASS_BANDS,
                    computed=SHARE,
                    weight=Fraction(25),
                    source=COMPASS.at("5.1.1"),
                    standing=_SAID,
                ),
            ),
            source=COMPASS.at("5.1.1"),
            standing=_SAID,
        ),
        Section(
            id="premises_all",
            title="Premises",
            number="1.2",
            parts=(FABRIC, GARDEN),
            judgements=(
                Judgement(
                    id="premises_all_band",
                    title="Premises",
                    scale=COMPASS_BANDS,
                    computed=SHARE,
                    weight=Fraction(15),
                    source=COMPASS.at("5.1.2"),
                    standing=_SAID,
                ),
            ),
            source=COMPASS.at("5.1.2"),
            standing=_SAID,
        ),
    ),
    judgements=(
        Judgement(
            id="safe_hands_band",
            title="Safe hands",
            scale=COMPASS_BANDS,
            computed=SHARE,
            weight=Fraction(40),
            source=COMPASS.at("5.1"),
            standing=_SAID,
        ),
    ),
    source=COMPASS.at("5.1"),
    standing=_SAID,
)
DAILY_LIFE = Section(
    id="daily_life",
    title="Daily life",
    number="2",
    parts=(
        Section(
            id="learning_and_play",
            title="Learning and play",
            number="2.1",
            parts=(
                Question(
                    id="planned_learning",
                    prompt="Is the day planned around what each child is ready to learn?",
                    kind=UP_TO_10,
                    adverse=(0,),
                    source=COMPASS.at("5.2.1 a"),
                    standing=_SAID,
                ),
                Question(
                    id="key_person_bond",
                    prompt="Does each child have a person who knows them well?",
                    kind=UP_TO_10,
                    adverse=(0,),
                    source=COMPASS.at("5.2.1 b"),
                    standing=_SAID,
                ),
            ),
            judgements=(
                Judgement(
                    id="learning_and_play_band",
                    title="Learning and play",
                    scale=COMPASS_BANDS,
                    computed=SHARE,
                    weight=Fraction(20),
                    source=COMPASS.at("5.2.1"),
                    standing=_SAID,
                ),
            ),
            source=COMPASS.at("5.2.1"),
            standing=_SAID,
        ),
        Section(
            id="food_and_rest",
            title="Food and rest",
            number="2.2",
            parts=(
                Question(
                    id="mealtime_quality",
                    prompt="Are meals good and unhurried?",
                    kind=UP_TO_10,
                    adverse=(0,),
                    source=COMPASS.at("5.2.2 a"),
                    standing=_SAID,
                ),
                Question(
                    id="rest_arrangements",
                    prompt="Can a tired child sleep?",
                    kind=UP_TO_5,
                    adverse=(0,),
                    source=COMPASS.at("5.2.2 b"),
                    standing=_SAID,
                ),
            ),
            judgements=(
                Judgement(
                    id="food_and_rest_band",
                    title="Food and rest",
                    scale=COMPASS_BANDS,
                    computed=SHARE,
                    weight=Fraction(15),
                    source=COMPASS.at("5.2.2"),
                    standing=_SAID,
                ),
            ),
            source=COMPASS.at("5.2.2"),
            standing=_SAID,
        ),
    ),
    judgements=(
        Judgement(
            id="daily_life_band",
            title="Daily life",
            scale=COMPASS_BANDS,
            computed=SHARE,
            weight=Fraction(35),
            source=COMPASS.at("5.2"),
            standing=_SAID,
        ),
    ),
    source=COMPASS.at("5.2"),
    standing=_SAID,
)
RUNNING_OF_SETTING = Section(
    id="running_of_setting",
    title="How the setting is run",
    number="3",
    parts=(
        Question(
            id="complaints_handling",
            prompt="Are complaints heard and answered?",
            kind=UP_TO_10,
            adverse=(0,),
            source=COMPASS.at("5.3 a"),
            standing=_SAID,
        ),
        Section(
            id="people_in_charge",
            title="The people in charge",
            number="3.1",
            parts=(
                Question(
                    id="leader_oversight",
                    prompt="Does the leader know what happens in every room?",
                    kind=UP_TO_15,
                    adverse=(0,),
                    source=COMPASS.at("5.3.1 a"),
                    standing=_SAID,
                ),
            ),
            judgements=(
                Judgement(
                    id="people_in_charge_band",
                    title="The people in charge",
                    scale=COMPASS_BANDS,
                    computed=SHARE,
                    weight=Fraction(15),
                    source=COMPASS.at("5.3.1"),
                    standing=_SAID,
                ),
            ),
            source=COMPASS.at("5.3.1"),
            standing=_SAID,
        ),
    ),
    judgements=(
        Judgement(
            id="running_of_setting_band",
            title="How the setting is run",
            scale=COMPASS_BANDS,
            computed=SHARE,
            weight=Fraction(25),
            source=COMPASS.at("5.3"),
            standing=_SAID,
        ),
    ),
    source=COMPASS.at("5.3"),
    standing=_SAID,
)
FIRST_YEAR = Section(
    id="first_year_check",
    title="A setting in its first year",
    number="4",
    applies=NEWLY_REGISTERED.ref.is_(True),
    parts=(
        Question(
            id="induction_followed",
            prompt="Is the plan for the first year followed?",
            kind=YES_NO,
            adverse=(False,),
            source=COMPASS.at("5.6"),
            standing=_SAID,
        ),
    ),
    source=COMPASS.at("5.6"),
    standing=_SAID,
)
COMPASS_REVIEW = Tool(
    id="compass_review",
    version="2024.1",
    title="Compass review of a setting",
    subject=CARE_SETTING.id,
    guidance="Score every criterion in steps of five. What does not apply is left out, with "
    "the reason, and the others of its section carry its weight.",
    parts=(SAFE_HANDS, DAILY_LIFE, RUNNING_OF_SETTING, FIRST_YEAR),
    judgements=(
        Judgement(
            id="compass_overall",
            title="The setting as a whole",
            scale=COMPASS_BANDS,
            computed=SHARE_OF_ENOUGH,
            takes_na=False,
            source=COMPASS.at("5.5"),
            standing=_SAID,
        ),
        Judgement(
            id="heading_for",
            title="Where the setting is heading",
            scale=BEARING,
            source=COMPASS.at("5.5"),
            standing=_SAID,
        ),
    ),
    source=COMPASS.at("5"),
    standing=_SAID,
)

# --- the visit: nought to ten, with a limit that safety sets -----------------------------------

SAFETY_OF_CHILDREN = Question(
    id="safety_of_children",
    prompt="How safe are the children, from 0 to 10?",
    kind=NOUGHT_TO_TEN.kind,
    takes_na=False,
    criteria=("compass_north_a",),
    source=COMPASS.at("6.2 a"),
    standing=_SAID,
)
VISIT_OVERALL = Judgement(
    id="visit_overall",
    title="The visit as a whole",
    scale=NOUGHT_TO_TEN,
    must_justify=True,
    takes_na=False,
    source=COMPASS.at("6.5"),
    standing=_SAID,
)
COMPASS_VISIT = Tool(
    id="compass_visit",
    version="2024.1",
    title="Compass visit to a setting",
    subject=CARE_SETTING.id,
    parts=(
        Section(
            id="safe_culture",
            title="A safe culture",
            takes_na=False,
            parts=(SAFETY_OF_CHILDREN,),
            judgements=(
                Judgement(
                    id="safe_culture_score",
                    title="A safe culture",
                    scale=NOUGHT_TO_TEN,
                    same_as="safety_of_children",
                    takes_na=False,
                    source=COMPASS.at("6.2"),
                    standing=_SAID,
                ),
            ),
            source=COMPASS.at("6.2"),
            standing=_SAID,
        ),
        Section(
            id="voice_of_families",
            title="The voice of families",
            parts=(
                Question(
                    id="families_heard",
                    prompt="How well are families heard, from 0 to 10?",
                    kind=NOUGHT_TO_TEN.kind,
                    source=COMPASS.at("6.3 a"),
                    standing=_SAID,
                ),
                Question(
                    id="listening_index",
                    prompt="What did families give in the survey, in half points?",
                    kind=HALF_POINTS,
                    aspect=Aspect.QUANTITATIVE,
                    source=COMPASS.at("6.3 b"),
                    standing=_SAID,
                ),
            ),
            judgements=(
                Judgement(
                    id="voice_of_families_score",
                    title="The voice of families",
                    scale=NOUGHT_TO_TEN,
                    computed=MEAN,
                    source=COMPASS.at("6.3"),
                    standing=_SAID,
                ),
            ),
            source=COMPASS.at("6.3"),
            standing=_SAID,
        ),
        Section(
            id="duty_record",
            title="Legal duties",
            parts=(
                Question(
                    id="duty_insurance",
                    prompt="Is the setting insured?",
                    kind=DUTY_KEEPING.kind,
                    adverse=("duty_broken",),
                    aspect=Aspect.QUANTITATIVE,
                    source=COMPASS.at("6.4 a"),
                    standing=_SAID,
                ),
                Question(
                    id="duty_ratios",
                    prompt="Are there enough adults in every room?",
                    kind=DUTY_KEEPING.kind,
                    adverse=("duty_broken",),
                    aspect=Aspect.QUANTITATIVE,
                    source=COMPASS.at("6.4 b"),
                    standing=_SAID,
                ),
            ),
            judgements=(
                Judgement(
                    id="duty_record_kept",
                    title="Every legal duty",
                    scale=DUTY_KEEPING,
                    computed=WORST,
                    source=COMPASS.at("6.4"),
                    standing=_SAID,
                ),
            ),
            source=COMPASS.at("6.4"),
            standing=_SAID,
        ),
    ),
    judgements=(VISIT_OVERALL,),
    source=COMPASS.at("6"),
    standing=_SAID,
)

# --- the joint look: a return from every agency, and one conclusion ----------------------------

CHILD_RISK_VIEW = Question(
    id="child_risk_view",
    prompt="How worried are you for this child?",
    kind=RISK_VIEW,
    adverse=("grave_worry",),
    takes_na=False,
    source=COMPASS.at("7.4 a"),
    standing=_SAID,
)
HARMS_SEEN = Question(
    id="harms_seen",
    prompt="Which harms do you see?",
    kind=HARMS,
    required=CHILD_RISK_VIEW.ref < "no_worry",
    source=COMPASS.at("7.4 b"),
    standing=_SAID,
)
JOINT_LENS = Tool(
    id="joint_lens",
    version="2024.1",
    title="Joint look at one case",
    subject=JOINT_CASE.id,
    guidance="Each agency returns the form; the audit itself is the joint conclusion.",
    parts=(
        Section(
            id="shared_picture",
            title="What we see together",
            takes_na=False,
            parts=(
                CHILD_RISK_VIEW,
                HARMS_SEEN,
                Question(
                    id="contacts_counted",
                    prompt="How many contacts were there in the period?",
                    kind=COUNT,
                    aspect=Aspect.QUANTITATIVE,
                    source=COMPASS.at("7.4 c"),
                    standing=_SAID,
                ),
                Question(
                    id="child_last_seen",
                    prompt="When was the child last seen?",
                    kind=DATE,
                    required=NEVER,
                    source=COMPASS.at("7.4 d"),
                    standing=_SAID,
                ),
                Question(
                    id="working_together",
                    prompt="How well did agencies work together, from 0 to 10?",
                    kind=NOUGHT_TO_TEN.kind,
                    source=COMPASS.at("7.4 e"),
                    standing=_SAID,
                ),
            ),
            source=COMPASS.at("7.4"),
            standing=_SAID,
        ),
    ),
    judgements=(
        Judgement(
            id="joint_finding",
            title="Work with this child as a whole",
            scale=COMPASS_BANDS,
            must_justify=True,
            takes_na=False,
            source=COMPASS.at("7.5"),
            standing=_SAID,
        ),
    ),
    source=COMPASS.at("7"),
    standing=_SAID,
)

TOOLS = (COMPASS_REVIEW, COMPASS_VISIT, JOINT_LENS)
