"""What the board hears: golden streams, what was heard, and children's feedback compared."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qaf_core import READING_2016, Addition, DefinitionError, Framework, InputError
from qaf_core.cadence import ProgrammeYear
from qaf_core.cycle import (
    POINTS,
    STREAMS,
    EveryWeek,
    Feedback,
    Hearing,
    MultiAgencyAudit,
    Stream,
    heard,
    journey,
    multi_agency,
)
from qaf_core.logic import choice
from qaf_core.scales import GRADES

FRAMEWORK = Framework.of(READING_2016)
YEAR = ProgrammeYear(date(2016, 4, 1))

# --- golden: the streams, by hand from the source ------------------------------------------------

SUB_GROUP = "lscb_performance_and_quality_assurance_sub_group"
IRO, CPC = "independent_reviewing_officer", "child_protection_conference_chair"

GOLDEN = {
    # id: letter of section 5.2 or other clause, brought by, how often, lines
    "performance_information": ("a", "performance_analyst", "every week", "258, 333-338"),
    "complaints_and_compliments": ("b", "complaints_officer", "every quarter", "340"),
    "user_feedback": ("c", "", "None", "341-365"),
    "feedback_initial_visit": ("c", "frontline_staff", "at every initial visit", "356"),
    "feedback_review": ("c", "", "at every review", "357"),
    "feedback_closure": ("c", "", "at every closure of a case", "357"),
    "feedback_six_months_after": (
        "c",
        "",
        "at every sixth month after closure in the sample",
        "357",
    ),
    "feedback_parents": ("c", "", "at every closure of a case", "361"),
    "feedback_senior_audit": ("c", "", "every quarter", "362, 408"),
    "feedback_reviews_and_conferences": ("c", "", "at every review or conference", "362"),
    "feedback_thematic": ("c", "", "at least 2 a year", "363, 412"),
    "feedback_foster_carers": ("c", "", "at least once a year for each", "365"),
    "foster_carer_survey": ("c", "", "every year", "365"),
    "worker_feedback": ("c", "principal_social_worker", "None", "343"),
    "participation_and_advocacy": (
        "d",
        "childrens_participation_worker",
        "every quarter",
        "367",
    ),
    "observation_of_practice": ("e", "manager", "at least once a year for each", "368"),
    "midway_reviews": (
        "f",
        f"{IRO}, {CPC}",
        "at every mid-way point of a child looked after or under protection",
        "369",
    ),
    "serious_cases": (
        "g",
        "case_review_group",
        "at every serious case, incident or near miss",
        "274, 370",
    ),
    "team_meetings": ("h", "team_meeting", "at least once a month for each", "371"),
    "joint_meetings": ("i", "joint_meeting", "at least 1 a quarter", "375"),
    "transfer_meetings": ("j", "transfer_meeting", "every week", "376"),
    "supervision": ("k", "supervisor", "at least once a month for each", "377"),
    "group_supervision": ("l", "", "None", "378"),
    "principal_social_worker": ("m", "principal_social_worker", "every quarter", "379, 435"),
    "audits": ("n", "service_manager_quality_assurance", "every quarter", "380, 432"),
    "thematic_audits": ("6.5", "service_manager_quality_assurance", "at least 2 a year", "412"),
    "supervision_audits": (
        "6.5",
        "team_manager, service_manager, head_of_service",
        "ongoing",
        "413, 644",
    ),
    "senior_audits": (
        "6.5",
        "director_of_childrens_services, head_of_service",
        "every quarter",
        "408, 646",
    ),
    "multi_agency_audits": ("2.3", SUB_GROUP, "ongoing", "272, 414"),
    "sub_group_review": ("2.3", SUB_GROUP, "None", "272"),
    "safeguarding_board": ("2.2", "local_safeguarding_children_board", "None", "266"),
    "performance_boards": ("Report 3.3", "performance_board", "every month", "49"),
    "reviewing_officer_escalations": (
        "Report 3.3",
        IRO,
        "at every escalation by a reviewing officer",
        "49, 318",
    ),
    "commissioned_provision": ("Report 3.3", "", "None", "49"),
    "supervision_themes": ("Report 3.3", "team_manager", "None", "49"),
    "inspections": ("4.2", "", "at every inspection", "318"),
    "practice_standards": ("4.2", "", "None", "318"),
    "procedures": ("4.2", "", "None", "318"),
    "current_issues": ("4.2", "", "None", "318"),
    "exception_reports": ("7.5", "service_manager", "every quarter", "435"),
    "audit_escalations": (
        "Tool A",
        "service_manager_quality_assurance",
        "every quarter",
        "435, 936",
    ),
    "self_assessment": ("7.2", "", "None", "432"),
}


def test_the_streams_are_those_of_the_source() -> None:
    found = {
        each.id: (", ".join(each.owners), str(each.cadence), each.source.lines) for each in STREAMS
    }
    assert found == {id: row[1:] for id, row in GOLDEN.items()}


def test_section_5_2_is_whole_and_so_are_the_boards_other_inputs() -> None:
    """Letters a to n each have a stream that cites them; framework reading A47 has the rest."""
    for letter in "abcdefghijklmn":
        ids = {id for id, row in GOLDEN.items() if row[0] == letter}
        assert ids
        assert {each.id for each in STREAMS if f"§5.2 {letter}" in each.source.clause} >= ids
    others = {
        "commissioned_provision",
        "supervision_themes",
        "reviewing_officer_escalations",
        "inspections",
        "practice_standards",
        "procedures",
        "current_issues",
    }
    assert others <= set(GOLDEN)


def test_every_stream_says_what_it_gives_the_board() -> None:
    assert all(each.gives.strip() for each in STREAMS)
    assert len({each.gives for each in STREAMS}) == len(STREAMS)


# --- heard, due, missed ------------------------------------------------------------------------------


def states(on: date, *hearings: Hearing, **more: Any) -> dict[tuple[str, str], str]:
    table = heard(STREAMS, hearings, YEAR, on, **more)
    return {(str(row["stream"]), str(row["window"])): str(row["state"]) for row in table.rows}


def test_a_quarterly_report_is_heard_due_missed_or_to_come() -> None:
    report = Hearing(stream="complaints_and_compliments", on=date(2016, 7, 8), document="R-2")
    found = states(date(2016, 12, 31), report)
    assert [found["complaints_and_compliments", f"Q{n}"] for n in (1, 2, 3, 4)] == [
        "missed",
        "heard",
        "due",
        "to come",
    ]
    assert states(date(2017, 1, 1), report)["complaints_and_compliments", "Q3"] == "missed"


def test_what_was_heard_later_does_not_count_yet() -> None:
    report = Hearing(stream="complaints_and_compliments", on=date(2016, 6, 20))
    before, after = states(date(2016, 6, 19), report), states(date(2016, 6, 20), report)
    assert before["complaints_and_compliments", "Q1"] == "due"
    assert after["complaints_and_compliments", "Q1"] == "heard"


def test_at_least_two_a_year_are_two() -> None:
    one = Hearing(stream="thematic_audits", on=date(2016, 5, 1))
    two = Hearing(stream="thematic_audits", on=date(2016, 5, 2))
    assert states(date(2017, 3, 31), one)["thematic_audits", "2016/17"] == "due"
    assert states(date(2017, 4, 1), one)["thematic_audits", "2016/17"] == "missed"
    assert states(date(2017, 4, 1), one, two)["thematic_audits", "2016/17"] == "heard"


def test_the_same_audit_heard_twice_is_not_two() -> None:
    first = Hearing(stream="thematic_audits", on=date(2016, 5, 1), document="TH-1")
    again = attrs.evolve(first, on=date(2016, 7, 8))
    other = attrs.evolve(again, document="TH-2")
    assert states(date(2017, 4, 1), first, again)["thematic_audits", "2016/17"] == "missed"
    assert states(date(2017, 4, 1), first, again, other)["thematic_audits", "2016/17"] == "heard"


def test_where_no_frequency_is_stated_nothing_is_missed() -> None:
    """And where each of many has its own, it is not known without knowing them."""
    found = states(date(2017, 4, 1))
    assert found["group_supervision", "2016/17"] == "no frequency stated"
    assert found["supervision_audits", "2016/17"] == "no frequency stated"
    assert found["inspections", "2016/17"] == "not known how many there are"
    assert found["observation_of_practice", "2016/17"] == "not known how many there are"


def test_each_worker_counts_once() -> None:
    """Two observations of one worker are not one of each."""
    twice = [
        Hearing(stream="observation_of_practice", on=date(2016, 5, n), about="SW-1") for n in (1, 2)
    ]
    other = Hearing(stream="observation_of_practice", on=date(2016, 9, 1), about="SW-2")
    workers = {"observation_of_practice": ("SW-1", "SW-2")}
    key = ("observation_of_practice", "2016/17")
    assert states(date(2017, 4, 1), *twice, subjects=workers)[key] == "missed"
    assert states(date(2017, 4, 1), *twice, other, subjects=workers)[key] == "heard"


def test_what_comes_at_an_event_is_wanted_once_for_each() -> None:
    """Only where the days are known; those that did not happen call for nothing."""
    closed = {"feedback_closure": (date(2016, 5, 1), date(2016, 6, 1), date(2016, 9, 1))}
    key = ("feedback_closure", "2016/17")
    one, two = (Hearing(stream="feedback_closure", on=date(2016, 6, day)) for day in (20, 21))
    assert states(date(2016, 8, 1), one, events=closed)[key] == "due"
    assert states(date(2016, 8, 1), one, two, events=closed)[key] == "heard"
    assert states(date(2017, 4, 1), one, two, events=closed)[key] == "missed"
    assert states(date(2016, 4, 9), events=closed)[key] == "not called for"


def test_a_stream_that_is_not_there_is_a_fault() -> None:
    with pytest.raises(InputError) as caught:
        heard(STREAMS, [Hearing(stream="x", on=YEAR.start)] * 2, YEAR, YEAR.start)
    assert [fault.path for fault in caught.value.faults] == [
        "hearings[0].stream",
        "hearings[1].stream",
    ]


@given(start=st.dates(date(2012, 1, 1), date(2026, 12, 31)))
def test_weeks_tile_the_year(start: date) -> None:
    year = ProgrammeYear(start)
    windows = EveryWeek().windows(year)
    assert windows[0].start == year.start
    assert windows[-1].due == year.last
    for first, then in pairwise(windows):
        assert then.start == first.due + timedelta(days=1)
        assert first.days == 7


@given(
    days=st.lists(st.dates(date(2016, 3, 1), date(2017, 5, 1)), max_size=6),
    on=st.dates(date(2016, 3, 1), date(2017, 5, 1)),
)
def test_hearing_more_never_makes_a_window_worse(days: list[date], on: date) -> None:
    """And each window of each stream has exactly one row."""
    order = ["missed", "due", "heard"]
    hearings = [Hearing(stream="joint_meetings", on=day) for day in days]
    before = states(on, *hearings[1:])
    after = states(on, *hearings)
    assert before.keys() == after.keys()
    for key, state in after.items():
        if key[0] == "joint_meetings" and state in order:
            assert order.index(state) >= order.index(before[key])
        elif key[0] != "joint_meetings":
            assert state == before[key]


# --- feedback along the journey --------------------------------------------------------------------------

SAFE = choice(
    "how_safe", {"never": "Never", "sometimes": "Sometimes", "always": "Always"}, ordered=True
)


def said(subject: str, point: str, answer: str | None, on: date = YEAR.start) -> Feedback:
    answers = {} if answer is None else {"feels_safe": answer}
    return Feedback(subject=subject, point=point, on=on, answers=answers)


def test_the_same_children_are_compared_between_points() -> None:
    """Better, the same or worse by the order of answers; one who did not answer is neither."""
    feedback = [
        said("C-1", "initial_visit", "never"),
        said("C-1", "review", "always"),
        said("C-2", "initial_visit", "always"),
        said("C-2", "review", "sometimes"),
        said("C-3", "initial_visit", "sometimes"),
        said("C-3", "review", "sometimes"),
        said("C-4", "initial_visit", "never"),
        said("C-4", "review", None),
        said("C-5", "review", "always"),
        said("C-1", "closure", "always"),
    ]
    table = journey(feedback, {"feels_safe": SAFE}, POINTS)
    first, second, third = (dict(row) for row in table.rows)
    assert first == {
        "question": "feels_safe",
        "from": "Initial visit",
        "to": "Review",
        "compared": 3,
        "better": 1,
        "same": 1,
        "worse": 1,
        "no_order": 0,
        "only_before": 1,
        "only_after": 1,
    }
    assert (second["compared"], second["same"], second["only_before"]) == (1, 1, 3)
    assert third["compared"] == 0


def test_of_two_reviews_the_later_counts() -> None:
    feedback = [
        said("C-1", "review", "always", date(2016, 9, 1)),
        said("C-1", "review", "never", date(2016, 6, 1)),
        said("C-1", "initial_visit", "sometimes", date(2016, 4, 1)),
    ]
    assert journey(feedback, {"feels_safe": SAFE}, POINTS).rows[0]["better"] == 1


def test_an_answer_beside_the_order_is_neither_better_nor_worse() -> None:
    kind = attrs.evolve(SAFE, beside=("rather_not_say",), labels=())
    feedback = [
        said("C-1", "initial_visit", "never"),
        said("C-1", "review", "rather_not_say"),
    ]
    row = journey(feedback, {"feels_safe": kind}, POINTS).rows[0]
    assert (row["compared"], row["no_order"], row["better"], row["worse"]) == (0, 1, 0, 0)


def test_feedback_that_cannot_be_read_is_named_and_not_repeated() -> None:
    mark = "Marker-Zebra-71"
    feedback = [
        Feedback(subject="C-1", point=mark, on=YEAR.start, answers={"feels_safe": mark, mark: mark})
    ]
    with pytest.raises(InputError) as caught:
        journey(feedback, {"feels_safe": SAFE, "liked": choice("liked", {"y": "Y"})}, POINTS)
    assert {fault.path for fault in caught.value.faults} == {
        "questions.liked",
        "feedback[0].point",
        "feedback[0].answers.feels_safe",
        "feedback[0].answers.(key 2)",
    }
    assert mark not in str(caught.value)
    assert mark not in repr(feedback[0].answers)


@given(
    answers=st.lists(
        st.tuples(
            st.sampled_from(["C-1", "C-2", "C-3"]),
            st.sampled_from([each.id for each in POINTS]),
            st.sampled_from([grade.code for grade in GRADES]),
            st.dates(date(2016, 4, 1), date(2016, 12, 31)),
        ),
        unique_by=lambda each: (each[0], each[1], each[3]),
    )
)
def test_turned_round_better_is_worse_and_order_of_input_does_not_matter(answers: Any) -> None:
    feedback = [
        Feedback(subject=who, point=point, on=on, answers={"q": code})
        for who, point, code, on in answers
    ]
    kind = GRADES.kind
    forward = journey(feedback, {"q": kind}, POINTS).rows
    assert journey(feedback[::-1], {"q": kind}, POINTS).rows == forward
    back = journey(feedback, {"q": kind}, POINTS[::-1]).rows[::-1]
    for row, turned in zip(forward, back, strict=True):
        assert (row["better"], row["same"], row["worse"]) == (
            turned["worse"],
            turned["same"],
            turned["better"],
        )


# --- several agencies -------------------------------------------------------------------------------------


def test_multi_agency_audits_are_the_sub_groups_and_look_at_ours() -> None:
    table = multi_agency(
        [
            MultiAgencyAudit(
                id="M-1",
                theme="neglect",
                commissioned_by=SUB_GROUP,
                on=date(2016, 5, 1),
                agencies=("council", "police", "health"),
                reviews=("A-1", "A-2", "B-7"),
            ),
            MultiAgencyAudit(id="M-2", theme="neglect", commissioned_by="quality_assurance_board"),
        ],
        commissioner=SUB_GROUP,
        own=("A-1", "A-2", "A-3"),
    )
    assert [
        (r["commissioned"], r["agencies"], r["reviewed"], r["not_ours"]) for r in table.rows
    ] == [
        (True, 3, 2, 1),
        (False, 0, 0, 0),
    ]


# --- in a framework -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"owners": ("complaint_officer",)}, "Did you mean 'complaints_officer'"),
        ({"part_of": "auditz"}, "Did you mean 'audits'"),
        ({"id": "audits"}, "is reading's"),
    ],
)
def test_a_councils_own_stream_is_cross_checked(change: dict[str, Any], says: str) -> None:
    stream: Stream = attrs.evolve(STREAMS[1], **({"id": "mine"} | change))
    with pytest.raises(DefinitionError, match=says):
        Framework.of(READING_2016, Addition(id="council", version="1", streams=(stream,)))


def test_a_councils_own_stream_is_heard_beside_the_bases() -> None:
    mine = attrs.evolve(STREAMS[1], id="mine")
    framework = Framework.of(READING_2016, Addition(id="council", version="1", streams=(mine,)))
    rows = heard(framework.streams, [], YEAR, YEAR.start).rows
    assert {row["state"] for row in rows if row["stream"] == "mine"} == {"due", "to come"}
