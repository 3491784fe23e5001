"""Where learning goes: golden links, what was passed on, and links that lead nowhere."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qaf_core import READING_2016, Addition, DefinitionError, Framework, InputError
from qaf_core.cadence import ProgrammeYear
from qaf_core.learning import LEARNING, Kind, LearningLink, Lesson, PassedOn, passed_on

FRAMEWORK = Framework.of(READING_2016)
Q1 = ProgrammeYear(date(2016, 4, 1)).windows(3)[0]
BOARD = "quality_assurance_board"
DCS, HCS, PSW = (
    "director_of_childrens_services",
    "head_of_childrens_services",
    "principal_social_worker",
)

# --- golden: the links, by hand from the source --------------------------------------------------

PLACES = {
    # the eleven of 7.1, in its order: lines, to whom, how firmly it stands to whom
    "supervision": ("326, 421", "supervisor", "inferred"),
    "training": (
        "256, 326, 379, 422",
        "workforce_development_team, training_and_development_lead_officer",
        "stated",
    ),
    "complaints_and_compliments": ("340, 423", "complaints_officer", "inferred"),
    "workforce_planning": ("223, 424", "workforce_development_team", "inferred"),
    "commissioning": ("425", "childrens_services_management_team", "editorial"),
    "service_and_team_plans": ("50, 426", "service_manager, team_manager", "inferred"),
    "priorities_and_business_plans": ("427", "directorate_leadership_team", "editorial"),
    "service_improvement_plan": ("324, 428", "childrens_services_management_team", "inferred"),
    "reviewing_officers": (
        "429",
        "independent_reviewing_officer, child_protection_conference_chair",
        "stated",
    ),
    "performance_challenge": ("430", "performance_challenge_meeting", "stated"),
    "panel_reports": ("431", "adoption_panel, fostering_panel", "stated"),
}
REPORTS = {
    # by whom, to whom, lines
    "quarterly_report": (f"service_manager_quality_assurance, {PSW}", BOARD, "432, 435"),
    "annual_report": ("", "ace_committee", "55, 433"),
}
TALKS = f"{DCS}, {HCS}, {PSW}"
FORA = {
    # by whom, to whom, lines
    "focus_groups": (TALKS, "all_staff", "434"),
    "staff_briefings": (TALKS, "all_staff", "434"),
    "service_conferences": (TALKS, "all_staff", "434"),
    "induction": (TALKS, "all_staff", "434"),
    "team_meetings": ("", "team_meeting", "371"),
    "serious_cases": ("", "all_staff", "370"),
    "partner_agencies": (
        "lscb_performance_and_quality_assurance_sub_group",
        "local_safeguarding_children_board",
        "414",
    ),
    "group_supervision": ("", "frontline_staff", "378"),
}


def test_the_eleven_places_are_those_of_the_source() -> None:
    found = {
        each.id: (each.source.lines, ", ".join(each.recipients), each.recipients_standing.value)
        for each in LEARNING
        if each.kind is Kind.PLACE
    }
    assert list(found.items()) == list(PLACES.items())
    assert len(found) == 11


@pytest.mark.parametrize(("kind", "golden"), [(Kind.REPORT, REPORTS), (Kind.FORUM, FORA)])
def test_the_reports_and_fora_are_those_of_the_source(
    kind: Kind, golden: dict[str, tuple[str, str, str]]
) -> None:
    found = {
        each.id: (", ".join(each.told_by), ", ".join(each.recipients), each.source.lines)
        for each in LEARNING
        if each.kind is kind
    }
    assert list(found.items()) == list(golden.items())


def test_every_link_has_its_evidence_and_its_recipient() -> None:
    streams = {each.id for each in FRAMEWORK.streams}
    bodies = {role.id for role in FRAMEWORK.roles} | {board.id for board in FRAMEWORK.boards}
    assert FRAMEWORK.learning == LEARNING
    for each in LEARNING:
        assert each.evidence
        assert set(each.evidence) <= streams
        assert each.recipients
        assert {*each.recipients, *each.told_by} <= bodies
        assert each.standing.value == "stated"
        assert each.evidence_standing.value == "editorial"


def test_training_needs_go_to_workforce_development_and_all_lessons_to_the_board() -> None:
    takes = {each.id: each for each in LEARNING}
    training = [each for each in LEARNING if each.takes == (Lesson.TRAINING,)]
    assert [each.id for each in training] == ["training", "workforce_planning"]
    assert all("workforce_development_team" in each.recipients for each in training)
    assert takes["quarterly_report"].takes == takes["annual_report"].takes == tuple(Lesson)
    for each in FORA:
        assert Lesson.TRAINING not in takes[each].takes


# --- at assembly ------------------------------------------------------------------------------------


def a_link(**changes: Any) -> LearningLink:
    return attrs.evolve(LEARNING[0], id="our_link", **changes)


def test_a_service_adds_links_of_its_own() -> None:
    ours = Framework.of(READING_2016, Addition(id="ours", version="1", learning=(a_link(),)))
    assert ours.learning == (*LEARNING, a_link())


@pytest.mark.parametrize(
    ("link", "said"),
    [
        (a_link(recipients=("supervisr",)), "Did you mean 'supervisor'"),
        (a_link(told_by=("nobody_known",)), "names the role or board 'nobody_known'"),
        (a_link(evidence=("supervison",)), "Did you mean 'supervision'"),
        (a_link(recipients=()), "goes to nobody"),
        (a_link(evidence=()), "has no evidence"),
        (LEARNING[0], "The learning link 'supervision' is reading's"),
    ],
)
def test_a_link_that_leads_nowhere_is_refused(link: LearningLink, said: str) -> None:
    with pytest.raises(DefinitionError, match=said):
        Framework.of(READING_2016, Addition(id="ours", version="1", learning=(link,)))


# --- what was passed on ------------------------------------------------------------------------------


def told(link: str, on: date, document: str = "") -> PassedOn:
    return PassedOn(link=link, on=on, document=document, themes=("chronologies",))


def test_a_link_is_evidenced_told_without_evidence_or_not_passed_on() -> None:
    records = [
        told("supervision", date(2016, 5, 3), "note-1"),
        told("supervision", date(2016, 5, 9)),
        told("training", date(2016, 6, 1), "  "),
        told("commissioning", date(2016, 7, 1), "too late"),
        told("induction", date(2016, 6, 30), "after the day"),
    ]
    table = passed_on(LEARNING, records, Q1, date(2016, 6, 29))
    rows = {row["link"]: row for row in table.rows}
    assert [row["link"] for row in table.rows] == [each.id for each in LEARNING]
    assert (rows["supervision"]["state"], rows["training"]["state"]) == (
        "evidenced",
        "nothing to show",
    )
    assert (rows["supervision"]["times"], rows["supervision"]["shown"]) == (2, 1)
    assert rows["supervision"]["last"] == date(2016, 5, 9)
    assert rows["supervision"]["themes"] == "chronologies"
    states = [row["state"] for row in table.rows]
    assert states.count("not passed on") == len(LEARNING) - 2


def test_a_record_of_a_link_that_is_not_there_is_named() -> None:
    records = [told("supervison", date(2016, 5, 3)), told("zzz", date(2016, 5, 3))]
    with pytest.raises(InputError) as raised:
        passed_on(LEARNING, records, Q1, date(2016, 6, 29))
    first, second = raised.value.faults
    assert (first.path, first.do) == ("passed_on[0].link", "Did you mean 'supervision'?")
    assert (second.path, second.do) == ("passed_on[1].link", "Name a link of the framework")


@given(st.lists(st.tuples(st.sampled_from(LEARNING), st.dates(), st.sampled_from(("", "d")))))
def test_whatever_was_passed_on_in_time_is_counted_once(
    records: list[tuple[LearningLink, date, str]],
) -> None:
    day = date(2016, 5, 31)
    given_ = [told(link.id, on, document) for link, on, document in records]
    table = passed_on(LEARNING, given_, Q1, day)
    times = sum(int(str(row["times"])) for row in table.rows)
    assert times == sum(Q1.start <= on <= day for _, on, _ in records)
    assert passed_on(LEARNING, given_[::-1], Q1, day) == table
