"""Northmere's programme: what other councils' programmes say, with no change to the core."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from qaf_core import Framework
from qaf_core.sampling.population import Post
from qaf_core.sampling.programme.coverage import Coverage, Status
from qaf_core.sampling.programme.recorded import Change, Done, Event, Signed
from second_framework.framework import NORTHMERE

FRAMEWORK = Framework.of(NORTHMERE)
POSTS = [
    Post(id="HOQ", role="head_of_quality"),
    Post(id="CO-1", role="compass_officer", reports_to="HOQ"),
    Post(id="LA-1", role="lead_assessor", facts={"area": "homes"}),
    Post(id="LA-2", role="lead_assessor", facts={"area": "homes"}),
    Post(id="SL-1", role="setting_leader", reports_to="CO-1"),
]
POPULATIONS: dict[str, Any] = {"tenth_of_places": {"Q1": 41, "Q2": 40}, "fifth_or_twenty": 63}
PLAN = FRAMEWORK.plan(2024, POSTS, populations=POPULATIONS)


def numbers(row: str) -> list[int | None]:
    return [due.number for due in PLAN.dues if due.row.id == row]


def status(coverage: Coverage, row: str, window: str) -> Status:
    (line,) = (
        each for each in coverage.lines if (each.due.row.id, each.due.window.name) == (row, window)
    )
    return line.status


def visits(number: int, **parts: Any) -> list[Done]:
    made: dict[str, Any] = {"tool": "compass_review", "on": date(2024, 9, 10), "auditor": "LA-1"}
    return [Done(id=f"V-{at}", **made | parts) for at in range(number)]


def test_a_year_may_start_in_september_and_is_no_setting() -> None:
    assert str(PLAN.year) == "2024/25"
    assert (PLAN.year.start, PLAN.year.last) == (date(2024, 9, 1), date(2025, 8, 31))


def test_so_many_a_month_over_the_whole_service() -> None:
    assert numbers("service_wide") == [6] * 12
    done = visits(6, rows="service_wide")
    coverage = PLAN.coverage(done, on=date(2024, 10, 1))
    assert status(coverage, "service_wide", "M1") is Status.MET
    coverage = PLAN.coverage(done[1:], on=date(2024, 10, 1))
    assert status(coverage, "service_wide", "M1") is Status.MISSED


def test_a_share_of_what_the_host_counts_and_what_it_has_not_counted() -> None:
    """A tenth of 41 is rounded up; of settings not yet counted nothing is known."""
    assert numbers("tenth_of_places") == [5, 4, None, None]
    coverage = PLAN.coverage(on=date(2025, 9, 1))
    assert status(coverage, "tenth_of_places", "Q2") is Status.MISSED
    assert status(coverage, "tenth_of_places", "Q3") is Status.NOT_KNOWN
    assert sum("how many there are is not given" in note.text for note in PLAN.notes) == 2


@pytest.mark.parametrize(("cases", "asked"), [(63, 20), (101, 21), (12, 12), (0, 0)])
def test_a_fifth_and_twenty_at_least_but_never_more_than_there_are(cases: int, asked: int) -> None:
    plan = FRAMEWORK.plan(2024, POSTS, populations={"fifth_or_twenty": cases})
    assert [due.number for due in plan.dues if due.row.id == "fifth_or_twenty"] == [asked]


def test_a_number_for_a_role_together_every_two_months() -> None:
    """Four between two assessors; one may do them all, and nobody owes them by name."""
    assert numbers("homes_by_role") == [4] * 6
    assert {due.post for due in PLAN.dues if due.row.id == "homes_by_role"} == {""}
    coverage = PLAN.coverage(visits(4), on=date(2024, 11, 1))
    assert status(coverage, "homes_by_role", "W1") is Status.MET
    assert status(coverage, "nurseries_by_role", "W1") is Status.MISSED


def test_a_moderation_rate_may_be_stated() -> None:
    assert str(FRAMEWORK.programme.row("homes_by_role").moderation) == (
        "Joint Moderator; rate 100 %"
    )


def test_each_leader_twice_a_half_year_by_an_officer_or_the_head() -> None:
    assert numbers("leaders_seen") == [2, 2]
    seen = [
        *visits(1, rows="leaders_seen", auditor="CO-1", worker="SL-1"),
        *(
            Done(
                id="V-9",
                tool="compass_review",
                on=date(2024, 12, 1),
                auditor="HOQ",
                worker="SL-1",
                rows=("leaders_seen",),
            ),
        ),
    ]
    coverage = PLAN.coverage(seen, on=date(2024, 12, 2))
    assert status(coverage, "leaders_seen", "H1") is Status.MET


def test_a_census_at_closure_has_a_gate_of_its_own() -> None:
    closing = Event(
        id="K-1",
        event="closure",
        on=date(2024, 9, 20),
        signed=(Signed(what="closing_review", on=date(2024, 9, 19), by="HOQ"),),
    )
    (gate,) = PLAN.coverage(on=date(2024, 9, 19), events=[closing]).gates
    assert gate.open


def test_what_is_done_on_request_is_counted_and_is_no_share() -> None:
    coverage = PLAN.coverage(visits(3, rows="on_request"), on=date(2025, 9, 1))
    assert status(coverage, "on_request", "2024/25") is Status.NOT_STATED
    (row,) = (each for each in coverage.by_row().to_rows() if each["row"] == "on_request")
    assert (row["asked"], row["done"], row["share_met"]) == (None, 3, None)


def test_one_visit_may_count_for_several_rows_where_it_says_so() -> None:
    done = visits(1, rows=("homes_by_role", "service_wide", "on_request"))
    coverage = PLAN.coverage(done, on=date(2024, 10, 1))
    assert {line.due.row.id for line in coverage.lines if line.done} == {
        "homes_by_role",
        "service_wide",
        "on_request",
    }


def test_where_nobody_is_named_any_role_may_change_the_programme() -> None:
    change = Change(
        row="service_wide",
        since=date(2025, 1, 1),
        number=8,
        approver="head_of_quality",
        reason="More places.",
    )
    plan = FRAMEWORK.plan(2024, POSTS, changes=[change], populations=POPULATIONS)
    found = [due.number for due in plan.dues if due.row.id == "service_wide"]
    assert found == [6, 6, 6, 6, 8, 8, 8, 8, 8, 8, 8, 8]


def test_a_framework_without_a_check_on_the_whole_has_none() -> None:
    assert PLAN.files == ()
    assert PLAN.within is None
    assert "Check on the whole" not in str(PLAN.coverage(on=date(2024, 10, 1)))


def test_the_days_allowed_for_each_are_its_own() -> None:
    """Two working days each: one of four is left with two working days to go, then with one."""
    done = visits(3)
    assert status(PLAN.coverage(done, on=date(2024, 10, 30)), "homes_by_role", "W1") is Status.OPEN
    late = PLAN.coverage(done, on=date(2024, 10, 31))
    assert status(late, "homes_by_role", "W1") is Status.AT_RISK
