"""Worked audits of Northmere's, each with what follows from it.

What is expected was worked out by hand from the rules' sentences before any of it was
run. Scores are fractions of whole numbers, so that none is rounded.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from attrs import frozen

__all__ = [
    "BLANK_REVIEW",
    "EDGES",
    "JOINT",
    "REVIEW",
    "SEVENTY",
    "THIRTY",
    "VISIT",
    "WORKED",
    "Worked",
]


@frozen(kw_only=True)
class Worked:
    """One audit and what follows from it.

    Attributes:
        name: a sentence.
        audit: the audit as it would stand in JSON.
        on: the day of the review.
        complete: whether it is complete.
        follows: by kind of outcome, the rule, and the item it is about.
        open: the same, for what cannot be settled yet.
        due: the day each of these is due, by rule and item.
        grades: judgements worth a look, by id.
        scores: the exact scores behind some of them.
    """

    name: str
    audit: Mapping[str, Any]
    on: date
    complete: bool
    follows: Mapping[str, tuple[str, ...]] = {}
    open: Mapping[str, tuple[str, ...]] = {}
    due: Mapping[str, date] = {}
    grades: Mapping[str, str] = {}
    scores: Mapping[str, Fraction] = {}


# --- the review: 100 points --------------------------------------------------------------

FULL = {
    "referral_handling": 15,
    "staff_vetting": 10,
    "building_upkeep": 5,
    "fire_readiness": 5,
    "outdoor_hazards": 5,
    "planned_learning": 10,
    "key_person_bond": 10,
    "mealtime_quality": 10,
    "rest_arrangements": 5,
    "complaints_handling": 10,
    "leader_oversight": 15,
}
"""Every criterion at its highest: 100 points."""

SEVENTY = {
    "referral_handling": 10,
    "staff_vetting": 10,
    "building_upkeep": 5,
    "fire_readiness": 5,
    "outdoor_hazards": 0,
    "planned_learning": 5,
    "key_person_bond": 10,
    "mealtime_quality": 10,
    "rest_arrangements": 0,
    "complaints_handling": 5,
    "leader_oversight": 10,
}
"""Seventy points, by way of thirds and sevenths."""

THIRTY = {
    **SEVENTY,
    "staff_vetting": 0,
    "planned_learning": 0,
    "key_person_bond": 0,
    "mealtime_quality": 0,
    "complaints_handling": 0,
}

FENCE = {"section": "premises_garden", "action": "Fence the pond.", "by": "2024-05-20"}
LEAD = {"role": "lead_assessor", "post": "LA-2"}
OLD = {"id": "S-9", "kind": "care_setting", "facts": {"registered_on": "2015-09-01"}}
REVIEWED = date(2024, 5, 10)

REVIEW: dict[str, Any] = {
    "tool": {"id": "compass_review", "version": "2024.1"},
    "id": "N-001",
    "audited": "2024-05-01",
    "subject": OLD,
    "participants": [LEAD],
    "answers": SEVENTY,
    "judgements": {"heading_for": {"grade": "gaining_ground"}},
    "actions": [FENCE],
}
BLANK_REVIEW: dict[str, Any] = {
    "tool": {"id": "compass_review", "version": "2024.1"},
    "id": "N-002",
    "subject": {"id": "S-9", "kind": "care_setting"},
}

EDGES: tuple[tuple[str, dict[str, int], int, str], ...] = (
    ("Nothing scored above nought is Floundering.", dict.fromkeys(FULL, 0), 0, "floundering"),
    ("Thirty is still Floundering.", THIRTY, 30, "floundering"),
    ("Thirty-five is Faltering.", {**THIRTY, "complaints_handling": 5}, 35, "faltering"),
    (
        "Forty-five is still Faltering.",
        {**SEVENTY, "staff_vetting": 0, "mealtime_quality": 0, "planned_learning": 0},
        45,
        "faltering",
    ),
    (
        "Fifty is Keeping afloat.",
        {**SEVENTY, "staff_vetting": 0, "mealtime_quality": 0},
        50,
        "keeping_afloat",
    ),
    (
        "Sixty-five is still Keeping afloat.",
        {**SEVENTY, "complaints_handling": 0},
        65,
        "keeping_afloat",
    ),
    ("Seventy is Thriving.", SEVENTY, 70, "thriving"),
    ("Eighty-five is still Thriving.", {**FULL, "leader_oversight": 0}, 85, "thriving"),
    ("Ninety is Exemplary.", {**FULL, "leader_oversight": 5}, 90, "exemplary"),
    ("A hundred is Exemplary.", FULL, 100, "exemplary"),
)
"""A name, the scores, their sum and the band it earns: both sides of every edge."""

_REVIEWS = (
    Worked(
        name="A setting at seventy is Thriving, and its report waits for the action still open.",
        audit=REVIEW,
        on=REVIEWED,
        complete=True,
        follows={"gate": ("gate.actions_open",)},
        grades={
            "premises_fabric_band": "exemplary",
            "premises_garden_band": "floundering",
            "premises_all_band": "keeping_afloat",
            "safe_hands_band": "thriving",
            "daily_life_band": "thriving",
            "running_of_setting_band": "keeping_afloat",
            "compass_overall": "thriving",
        },
        scores={
            "safeguarding_practice_band": Fraction(80),  # 20 of 25
            "premises_all_band": Fraction(200, 3),  # (10 * 100 + 5 * 0) / 15
            "safe_hands_band": Fraction(75),  # (25 * 80 + 15 * 200/3) / 40
            "food_and_rest_band": Fraction(200, 3),  # 10 of 15
            "daily_life_band": Fraction(500, 7),  # (20 * 75 + 15 * 200/3) / 35
            "running_of_setting_band": Fraction(60),  # (5 + 15 * 2/3) of 25
            "compass_overall": Fraction(70),  # (40 * 75 + 35 * 500/7 + 25 * 60) / 100
        },
    ),
    Worked(
        name="With every action signed off the report may be published.",
        audit={**REVIEW, "actions": [{**FENCE, "signed_off": "2024-05-08"}]},
        on=REVIEWED,
        complete=True,
        grades={"compass_overall": "thriving"},
    ),
    Worked(
        name="A sign-off dated tomorrow does not open the gate today.",
        audit={**REVIEW, "actions": [{**FENCE, "signed_off": "2024-05-11"}]},
        on=REVIEWED,
        complete=True,
        follows={"gate": ("gate.actions_open",)},
    ),
    Worked(
        name="A sign-off dated today opens the gate.",
        audit={**REVIEW, "actions": [{**FENCE, "signed_off": "2024-05-10"}]},
        on=REVIEWED,
        complete=True,
    ),
    Worked(
        name="One action of two signed off leaves the gate shut.",
        audit={
            **REVIEW,
            "actions": [{**FENCE, "signed_off": "2024-05-08"}, {**FENCE, "section": "other"}],
        },
        on=REVIEWED,
        complete=True,
        follows={"gate": ("gate.actions_open",)},
    ),
    Worked(
        name="Five points below Thriving the report does not wait.",
        audit={**REVIEW, "answers": {**SEVENTY, "complaints_handling": 0}},
        on=REVIEWED,
        complete=True,
        grades={"compass_overall": "keeping_afloat", "running_of_setting_band": "faltering"},
        scores={"running_of_setting_band": Fraction(40), "compass_overall": Fraction(65)},
    ),
    Worked(
        name="A setting that is Floundering climbs the ladder, and its noughts want actions.",
        audit={**REVIEW, "answers": THIRTY},
        on=REVIEWED,
        complete=False,
        follows={
            "escalate": ("alarm.lowest",),
            "require": ("whole.senior_present",),
            "act": (
                "remedy.floundering_section learning_and_play_band",
                "remedy.floundering_section food_and_rest_band",
                "remedy.floundering_section daily_life_band",
            ),
            "query": (
                "marking.two_noughts safe_hands_band",
                "marking.two_noughts learning_and_play_band",
                "marking.two_noughts food_and_rest_band",
                "marking.two_noughts daily_life_band",
            ),
        },
        due={
            "alarm.lowest": date(2024, 5, 2),
            "remedy.floundering_section daily_life_band": date(2024, 5, 16),  # 6 May is a holiday
        },
        grades={
            "safe_hands_band": "keeping_afloat",
            "daily_life_band": "floundering",
            "running_of_setting_band": "faltering",
            "compass_overall": "floundering",
        },
        scores={
            "safe_hands_band": Fraction(50),  # (25 * 40 + 15 * 200/3) / 40
            "compass_overall": Fraction(30),
        },
    ),
    Worked(
        name="An officer who took part is passed over, and a large setting reaches the Director.",
        audit={
            **REVIEW,
            "answers": THIRTY,
            "subject": {
                **OLD,
                "facts": {"registered_on": "2015-09-01", "places_offered": 50},
            },
            "participants": [
                LEAD,
                {"role": "compass_officer", "post": "CO-1"},
                {"role": "director_of_people", "post": "DP"},
            ],
        },
        on=REVIEWED,
        complete=True,
        follows={
            "escalate": ("alarm.lowest_past_officer", "alarm.large_setting"),
            "act": (
                "remedy.floundering_section learning_and_play_band",
                "remedy.floundering_section food_and_rest_band",
                "remedy.floundering_section daily_life_band",
            ),
            "query": (
                "marking.two_noughts safe_hands_band",
                "marking.two_noughts learning_and_play_band",
                "marking.two_noughts food_and_rest_band",
                "marking.two_noughts daily_life_band",
            ),
        },
        due={"alarm.lowest_past_officer": date(2024, 5, 7)},
    ),
    Worked(
        name="A criterion that does not apply is left out, and its section carries the weight.",
        audit={
            **REVIEW,
            "answers": {**SEVENTY, "rest_arrangements": {"not_applicable": "Nobody sleeps here."}},
        },
        on=REVIEWED,
        complete=True,
        follows={"gate": ("gate.actions_open",)},
        scores={
            "food_and_rest_band": Fraction(100),  # 10 of 10
            "daily_life_band": Fraction(600, 7),  # (20 * 75 + 15 * 100) / 35
            "compass_overall": Fraction(75),  # (40 * 75 + 35 * 600/7 + 25 * 60) / 100
        },
    ),
    Worked(
        name="A criterion set aside without a reason leaves open all that rests on it.",
        audit={
            **REVIEW,
            "answers": {**SEVENTY, "rest_arrangements": {"not_applicable": " "}},
        },
        on=REVIEWED,
        complete=False,
        follows={"require": ("whole.answers rest_arrangements", "whole.overalls compass_overall")},
        open={
            "escalate": ("alarm.lowest",),
            "gate": ("gate.actions_open",),
            "require": ("whole.senior_present",),
            "act": (
                "remedy.floundering_section food_and_rest_band",
                "remedy.floundering_section daily_life_band",
            ),
            "query": (
                "marking.two_noughts food_and_rest_band",
                "marking.two_noughts daily_life_band",
                "marking.near_the_edge compass_overall",
                "marking.weakest_chapter",
            ),
            "commission": ("follow.review_again",),
            "recognise": ("praise.exemplary_chapter daily_life_band",),
        },
    ),
    Worked(
        name="A garden that is not there, three sections deep, is left out with all it holds.",
        audit={
            **REVIEW,
            "answers": {k: v for k, v in SEVENTY.items() if k != "outdoor_hazards"},
            "sections": {"premises_garden": {"not_applicable": "There is no garden."}},
            "actions": [],
        },
        on=REVIEWED,
        complete=True,
        scores={
            "premises_all_band": Fraction(100),
            "safe_hands_band": Fraction(175, 2),  # (25 * 80 + 15 * 100) / 40
            "compass_overall": Fraction(75),  # (40 * 87.5 + 35 * 500/7 + 25 * 60) / 100
        },
    ),
    Worked(
        name="A chapter set aside leaves two to carry the whole, here just short of Thriving.",
        audit={
            **REVIEW,
            "answers": {
                name: SEVENTY[name]
                for name in (
                    "referral_handling",
                    "staff_vetting",
                    "building_upkeep",
                    "fire_readiness",
                    "outdoor_hazards",
                    "complaints_handling",
                    "leader_oversight",
                )
            },
            "judgements": {
                "heading_for": {"grade": "bearing_not_assessed"},
                "daily_life_band": {"not_applicable": "The children are at school all day."},
            },
        },
        on=REVIEWED,
        complete=True,
        follows={"query": ("marking.near_the_edge compass_overall",)},
        grades={"compass_overall": "keeping_afloat", "heading_for": "bearing_not_assessed"},
        scores={"compass_overall": Fraction(900, 13)},  # (40 * 75 + 25 * 60) / 65
    ),
    Worked(
        name="Where less than half is looked at, the whole is not assessed and comes again.",
        audit={
            **REVIEW,
            "answers": {
                "planned_learning": 10,
                "key_person_bond": 10,
                "mealtime_quality": 10,
                "rest_arrangements": 0,
            },
            "sections": {
                "safe_hands": {"not_applicable": "Looked at last month."},
                "running_of_setting": {"not_applicable": "Looked at last month."},
            },
        },
        on=REVIEWED,
        complete=True,
        follows={"commission": ("follow.review_again",)},
        grades={"compass_overall": "not_assessed"},
        scores={"daily_life_band": Fraction(600, 7)},  # (20 * 100 + 15 * 200/3) / 35
    ),
    Worked(
        name="A new setting judged Exemplary is shared, and looked at again.",
        audit={
            **REVIEW,
            "subject": {**OLD, "facts": {"registered_on": "2023-05-02"}},
            "answers": {**FULL, "induction_followed": True},
            "actions": [],
        },
        on=REVIEWED,
        complete=True,
        follows={
            "moderate": ("second_look.new_and_exemplary",),
            "recognise": (
                "praise.exemplary_chapter safe_hands_band",
                "praise.exemplary_chapter daily_life_band",
                "praise.exemplary_chapter running_of_setting_band",
            ),
        },
        grades={"compass_overall": "exemplary"},
        scores={"compass_overall": Fraction(100)},
    ),
    Worked(
        name="Weak safeguarding under a Thriving whole calls for a visit and an explanation.",
        audit={
            **REVIEW,
            "answers": {**FULL, "referral_handling": 0, "staff_vetting": 0},
            "actions": [],
        },
        on=REVIEWED,
        complete=True,
        follows={
            "act": ("remedy.floundering_section safeguarding_practice_band",),
            "query": (
                "marking.two_noughts safeguarding_practice_band",
                "marking.two_noughts safe_hands_band",
                "marking.weakest_chapter",
            ),
            "commission": ("follow.visit_called_for",),
            "recognise": (
                "praise.exemplary_chapter daily_life_band",
                "praise.exemplary_chapter running_of_setting_band",
            ),
        },
        scores={"safe_hands_band": Fraction(75, 2), "compass_overall": Fraction(75)},
    ),
    Worked(
        name="A review just opened asks for every criterion, and rules nothing out.",
        audit=BLANK_REVIEW,
        on=REVIEWED,
        complete=False,
        follows={
            "require": (
                "whole.answers referral_handling",
                "whole.answers staff_vetting",
                "whole.answers building_upkeep",
                "whole.answers fire_readiness",
                "whole.answers outdoor_hazards",
                "whole.answers planned_learning",
                "whole.answers key_person_bond",
                "whole.answers mealtime_quality",
                "whole.answers rest_arrangements",
                "whole.answers complaints_handling",
                "whole.answers leader_oversight",
                "whole.overalls compass_overall",
                "whole.overalls heading_for",
            ),
        },
        open={
            "escalate": ("alarm.lowest",),
            "require": ("whole.answers induction_followed", "whole.senior_present"),
            "act": (
                "remedy.floundering_section safeguarding_practice_band",
                "remedy.floundering_section premises_fabric_band",
                "remedy.floundering_section premises_garden_band",
                "remedy.floundering_section premises_all_band",
                "remedy.floundering_section safe_hands_band",
                "remedy.floundering_section learning_and_play_band",
                "remedy.floundering_section food_and_rest_band",
                "remedy.floundering_section daily_life_band",
                "remedy.floundering_section people_in_charge_band",
                "remedy.floundering_section running_of_setting_band",
            ),
            "query": (
                "marking.two_noughts safeguarding_practice_band",
                "marking.two_noughts premises_fabric_band",
                "marking.two_noughts premises_garden_band",
                "marking.two_noughts premises_all_band",
                "marking.two_noughts safe_hands_band",
                "marking.two_noughts learning_and_play_band",
                "marking.two_noughts food_and_rest_band",
                "marking.two_noughts daily_life_band",
                "marking.two_noughts people_in_charge_band",
                "marking.two_noughts running_of_setting_band",
                "marking.near_the_edge compass_overall",
                "marking.weakest_chapter",
            ),
            "commission": ("follow.visit_called_for", "follow.review_again"),
            "moderate": ("second_look.new_and_exemplary",),
            "recognise": (
                "praise.exemplary_chapter safe_hands_band",
                "praise.exemplary_chapter daily_life_band",
                "praise.exemplary_chapter running_of_setting_band",
            ),
        },
    ),
)

# --- the visit: nought to ten ---------------------------------------------------------------

VISIT: dict[str, Any] = {
    "tool": {"id": "compass_visit", "version": "2024.1"},
    "id": "N-101",
    "audited": "2024-06-03",
    "subject": OLD,
    "participants": [LEAD],
    "answers": {
        "safety_of_children": "ten_5",
        "families_heard": "ten_7",
        "listening_index": 7.5,
        "duty_insurance": "duty_kept",
        "duty_ratios": "duty_kept",
    },
    "judgements": {
        "visit_overall": {"grade": "ten_5", "justification": "Calm rooms, thin records."}
    },
}
VISITED = date(2024, 6, 4)


def _visited(overall: str, **answers: Any) -> dict[str, Any]:
    return {
        **VISIT,
        "answers": {**VISIT["answers"], **answers},
        "judgements": {"visit_overall": {"grade": overall, "justification": "As seen."}},
    }


_VISITS = (
    Worked(
        name="Safety at five puts no limit on the whole.",
        audit=VISIT,
        on=VISITED,
        complete=True,
        grades={"safe_culture_score": "ten_5", "voice_of_families_score": "ten_7"},
        scores={"voice_of_families_score": Fraction(29, 4)},
    ),
    Worked(
        name="Safety at four limits the whole to four, so five is sent back.",
        audit=_visited("ten_5", safety_of_children="ten_4"),
        on=VISITED,
        complete=False,
        follows={"require": ("whole.safety_caps",)},
        grades={"safe_culture_score": "ten_4"},
    ),
    Worked(
        name="Safety at four under a whole of four stands.",
        audit=_visited("ten_4", safety_of_children="ten_4"),
        on=VISITED,
        complete=True,
    ),
    Worked(
        name="A mean that lies on a half is rounded upwards.",
        audit=_visited("ten_5", families_heard="ten_6", listening_index=7),
        on=VISITED,
        complete=True,
        grades={"voice_of_families_score": "ten_7"},
        scores={"voice_of_families_score": Fraction(13, 2)},
    ),
    Worked(
        name="What was not seen stands beside the order, and the mean is of the rest.",
        audit=_visited("ten_5", families_heard="ten_not_seen", listening_index=3.5),
        on=VISITED,
        complete=True,
        grades={"families_heard": "ten_not_seen", "voice_of_families_score": "ten_4"},
        scores={"voice_of_families_score": Fraction(7, 2)},
    ),
    Worked(
        name="A whole of two reads as Floundering, and a broken duty is told within the day.",
        audit=_visited("ten_2", safety_of_children="ten_2", duty_ratios="duty_broken"),
        on=VISITED,
        complete=False,
        follows={
            "escalate": ("alarm.lowest", "alarm.duty_broken"),
            "require": ("whole.senior_present",),
            "act": ("remedy.floundering_section safe_culture_score",),
        },
        due={
            "alarm.lowest": date(2024, 6, 4),
            "alarm.duty_broken": date(2024, 6, 4),
            "remedy.floundering_section safe_culture_score": date(2024, 6, 17),
        },
        grades={"duty_record_kept": "duty_broken"},
    ),
    Worked(
        name="The gate is the same on the other scale: seven is Thriving, and an action is open.",
        audit={
            **_visited("ten_7", safety_of_children="ten_8"),
            "actions": [{"section": "voice_of_families", "action": "Ask the families again."}],
        },
        on=VISITED,
        complete=True,
        follows={"gate": ("gate.actions_open",)},
    ),
    Worked(
        name="A whole that nobody justified is not complete.",
        audit={**VISIT, "judgements": {"visit_overall": {"grade": "ten_6"}}},
        on=VISITED,
        complete=False,
        follows={"require": ("whole.reasons visit_overall",)},
    ),
)

# --- the joint look: asked on 25 March, due on 3 April 2024, across Easter ----------------------

POLICE = {
    "party": "constabulary_lead",
    "received": "2024-03-28",
    "moderated": True,
    "answers": {"child_risk_view": "some_worry", "harms_seen": ["harm_neglect"]},
}
HEALTH = {
    "party": "health_trust_lead",
    "received": "2024-04-02",
    "moderated": True,
    "answers": {"child_risk_view": "no_worry", "contacts_counted": 3},
}
SCHOOL = {
    "party": "school_trust_lead",
    "received": "2024-04-03",
    "moderated": True,
    "answers": {"child_risk_view": "no_worry", "working_together": "ten_7"},
}
PARTIES = ["constabulary_lead", "health_trust_lead", "school_trust_lead"]

JOINT: dict[str, Any] = {
    "tool": {"id": "joint_lens", "version": "2024.1"},
    "id": "N-201",
    "audited": "2024-04-10",
    "subject": {"id": "J-4", "kind": "joint_case", "facts": {"returns_requested": "2024-03-25"}},
    "participants": [LEAD],
    "answers": {
        "child_risk_view": "no_worry",
        "contacts_counted": 11,
        "child_last_seen": "2024-03-22",
        "working_together": "ten_6",
    },
    "judgements": {
        "joint_finding": {"grade": "keeping_afloat", "justification": "Plans are shared late."}
    },
    "expected": PARTIES,
    "returns": [POLICE, HEALTH, SCHOOL],
}
MET = date(2024, 4, 12)

TWO_IN: dict[str, Any] = {
    "tool": {"id": "joint_lens", "version": "2024.1"},
    "id": "N-202",
    "subject": {"id": "J-4", "kind": "joint_case", "facts": {"returns_requested": "2024-03-25"}},
    "expected": PARTIES,
    "returns": [POLICE, HEALTH],
}
"""Two returns of three, and no joint conclusion yet."""

NOT_YET_JOINT = (
    "whole.answers child_risk_view",
    "whole.answers contacts_counted",
    "whole.answers working_together",
    "whole.overalls joint_finding",
)
OPEN_TILL_JOINT = {
    "escalate": ("alarm.grave_worry", "alarm.lowest"),
    "require": ("whole.answers harms_seen", "whole.senior_present"),
}

_JOINT = (
    Worked(
        name="Three returns in, moderated and concluded upon, and nothing follows.",
        audit=JOINT,
        on=MET,
        complete=True,
    ),
    Worked(
        name="The day before it is due, a missing return is wanted and not chased.",
        audit=TWO_IN,
        on=date(2024, 4, 2),
        complete=False,
        follows={"require": (*NOT_YET_JOINT, "whole.returns_in school_trust_lead")},
        open=OPEN_TILL_JOINT,
    ),
    Worked(
        name="On the day it is due, five working days on across Easter, it is not chased yet.",
        audit=TWO_IN,
        on=date(2024, 4, 3),
        complete=False,
        follows={"require": (*NOT_YET_JOINT, "whole.returns_in school_trust_lead")},
        open=OPEN_TILL_JOINT,
    ),
    Worked(
        name="The day after it was due, the missing return is chased, and that one alone.",
        audit=TWO_IN,
        on=date(2024, 4, 4),
        complete=False,
        follows={
            "require": (*NOT_YET_JOINT, "whole.returns_in school_trust_lead"),
            "act": ("chase.overdue school_trust_lead",),
        },
        open=OPEN_TILL_JOINT,
        due={"chase.overdue school_trust_lead": date(2024, 4, 5)},
    ),
    Worked(
        name="Every missing return is chased, each by its name.",
        audit={**TWO_IN, "returns": [POLICE]},
        on=date(2024, 4, 8),
        complete=False,
        follows={
            "require": (
                *NOT_YET_JOINT,
                "whole.returns_in health_trust_lead",
                "whole.returns_in school_trust_lead",
            ),
            "act": ("chase.overdue health_trust_lead", "chase.overdue school_trust_lead"),
        },
        open=OPEN_TILL_JOINT,
    ),
    Worked(
        name="While nobody says when the returns were asked for, the chase is open.",
        audit={**TWO_IN, "subject": {"id": "J-4", "kind": "joint_case"}},
        on=date(2024, 4, 4),
        complete=False,
        follows={"require": (*NOT_YET_JOINT, "whole.returns_in school_trust_lead")},
        open={
            **OPEN_TILL_JOINT,
            "act": ("chase.overdue school_trust_lead",),
            "query": ("chase.late constabulary_lead", "chase.late health_trust_lead"),
        },
    ),
    Worked(
        name="A return that came late and was not read again is queried and moderated.",
        audit={
            **JOINT,
            "returns": [
                POLICE,
                HEALTH,
                {
                    "party": "school_trust_lead",
                    "received": "2024-04-04",
                    "answers": SCHOOL["answers"],
                },
            ],
        },
        on=MET,
        complete=True,
        follows={
            "query": ("chase.late school_trust_lead",),
            "moderate": ("second_look.returns school_trust_lead",),
        },
    ),
    Worked(
        name="Two agencies are not enough.",
        audit={**JOINT, "expected": PARTIES[:2], "returns": [POLICE, HEALTH]},
        on=MET,
        complete=False,
        follows={"require": ("whole.three_agencies",)},
    ),
    Worked(
        name="A grave worry in one return is told, however mild the joint conclusion.",
        audit={
            **JOINT,
            "returns": [
                POLICE,
                {**HEALTH, "answers": {"child_risk_view": "grave_worry"}},
                SCHOOL,
            ],
        },
        on=MET,
        complete=True,
        follows={"escalate": ("alarm.grave_worry health_trust_lead",)},
    ),
    Worked(
        name="Exploitation that one agency names is told before there is any joint conclusion.",
        audit={
            **TWO_IN,
            "returns": [
                {**POLICE, "answers": {"harms_seen": ["harm_neglect", "harm_exploitation"]}},
                HEALTH,
            ],
        },
        on=date(2024, 4, 2),
        complete=False,
        follows={
            "escalate": ("alarm.grave_worry constabulary_lead",),
            "require": (*NOT_YET_JOINT, "whole.returns_in school_trust_lead"),
        },
        open=OPEN_TILL_JOINT,
    ),
    Worked(
        name="A joint conclusion as grave as the returns is told once.",
        audit={
            **JOINT,
            "answers": {
                **JOINT["answers"],
                "child_risk_view": "grave_worry",
                "harms_seen": ["harm_violence"],
            },
            "returns": [
                {**POLICE, "answers": {"child_risk_view": "grave_worry"}},
                HEALTH,
                SCHOOL,
            ],
        },
        on=MET,
        complete=True,
        follows={"escalate": ("alarm.grave_worry",)},
    ),
)

WORKED = (*_REVIEWS, *_VISITS, *_JOINT)
