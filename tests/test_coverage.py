"""What was done of a plan by a day: a signed year, the laws, and what must not go wrong."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qaf_core import READING_2016, Addition, Framework, InputError, UnknownIdError
from qaf_core.bank_holidays import ENGLAND_AND_WALES
from qaf_core.cadence import Every, Period, ProgrammeYear
from qaf_core.editions import Departure
from qaf_core.interchange.programme import read_recorded
from qaf_core.sampling.population import Case, Post
from qaf_core.sampling.programme.coverage import Coverage, Covered, Status
from qaf_core.sampling.programme.mix import draw_notes
from qaf_core.sampling.programme.plan import YearPlan
from qaf_core.sampling.programme.recorded import (
    Change,
    Done,
    Event,
    Exemption,
    Recorded,
    Signed,
    ThematicAudit,
)
from qaf_core.timing import Deadline, Span, Unit, add_months

YEAR: dict[str, Any] = tomllib.loads(
    (Path(__file__).with_name("golden") / "programme_year.toml").read_text("utf-8")
)
FRAMEWORK = Framework.of(READING_2016)
POST_FIELDS = ("id", "role", "team", "reports_to", "area", "since", "until")


def recorded() -> Recorded:
    """The signed year as a host would hand it over."""
    done = [
        {
            "id": f"A-{number}-{at}",
            "tool": each["tool"],
            "on": on,
            "auditor": each["by"],
            "status": each.get("status", [""] * len(each["on"]))[at],
            "worker": each.get("worker", ""),
            "rows": each.get("rows", []),
        }
        for number, each in enumerate(YEAR["done"])
        for at, on in enumerate(each["on"])
    ]
    posts = [
        {name: value for name, value in zip(POST_FIELDS, post, strict=True) if value}
        for post in YEAR["posts"]
    ]
    rest = {name: YEAR[name] for name in ("changes", "exemptions", "events", "thematic")}
    return read_recorded({"posts": posts, "done": done, **rest})


RECORDED = recorded()
PLAN = FRAMEWORK.plan(
    YEAR["year"], RECORDED.posts, exemptions=RECORDED.exemptions, changes=RECORDED.changes
)


def on(day: date | str, done: tuple[Done, ...] = RECORDED.done, plan: YearPlan = PLAN) -> Coverage:
    day = date.fromisoformat(day) if isinstance(day, str) else day
    return plan.coverage(done, on=day, events=RECORDED.events, thematic=RECORDED.thematic)


def said(line: Covered) -> str:
    number = "-" if line.due.number is None else line.due.number
    who = line.due.about or line.due.post or "-"
    return f"{who} {line.due.row.id} {line.due.window.name} {line.done}/{number} {line.status}"


# --- the signed year --------------------------------------------------------------------------


def test_what_is_asked_for_is_what_was_reckoned_by_hand() -> None:
    asked: dict[str, dict[str, int]] = {}
    for due in PLAN.dues:
        if due.number is not None:
            row = asked.setdefault(due.row.id, {})
            row[due.window.name] = row.get(due.window.name, 0) + due.number
    assert asked == YEAR["asked"]
    assert PLAN.asked == sum(sum(row.values()) for row in YEAR["asked"].values()) == 109


def test_the_files_of_a_quarter_are_a_check_and_no_quota() -> None:
    assert {window.name: number for window, number in PLAN.files} == YEAR["files"]
    assert PLAN.within == (80, 120)
    assert "Check on the whole: 27 files are asked for in Q1; about 80 to 120" in str(PLAN)


@pytest.mark.parametrize("day", YEAR["day"], ids=lambda day: day["on"])
def test_a_named_day_stands_as_was_reckoned_by_hand(day: dict[str, Any]) -> None:
    coverage = on(day["on"])
    lines = [said(line) for line in coverage.lines]
    assert [line for line in day["lines"] if line not in lines] == [], day["because"]
    if "counts" in day:
        found = {status.value: n for status, n in coverage.counts().items() if n}
        assert found == day["counts"]


def test_a_plan_says_how_many_to_draw_and_for_whom() -> None:
    assert PLAN.quota("cin_cp_cla", "Q2") == {"TM-N": 4, "ATM-N": 4, "TM-D": 2}
    assert PLAN.totals("cin_cp_cla", "Q2") == {}
    together = departed(quota_per="role")
    assert together.quota("cin_cp_cla", "Q2") == {}
    assert together.totals("cin_cp_cla", "Q2") == {"team_manager": 4, "assistant_team_manager": 4}
    with pytest.raises(UnknownIdError, match="Did you mean 'cin_cp_cla'"):
        PLAN.quota("cin_cp_cl", "Q2")
    with pytest.raises(UnknownIdError, match="window of group"):
        PLAN.quota("group", "M1")


def test_what_counts_for_nothing_is_named_with_the_reason() -> None:
    coverage = on("2016-07-01")
    assert [str(each) for each in coverage.uncounted] == [
        "A-10-0: direct_observation: the auditor is not the worker's manager"
    ]


def test_a_pool_without_a_wanted_file_is_queried_once_the_draw_is_done() -> None:
    """Per team and quarter: the disability team did four files, all children in need."""
    notes = [note.text for note in on("2016-04-21").notes if note.row == "cin_cp_cla"]
    (note,) = notes
    assert note == (
        "Children in need, child protection and looked after children: no file of team links in "
        "Q1 is cp or cla. They are to be among those audited: draw again, or say why there is none."
    )
    assert [note for note in on("2016-04-20").notes if note.row == "cin_cp_cla"] == []


def test_a_shut_gate_says_what_is_missing() -> None:
    gates = {gate.event.id: gate for gate in on("2016-07-01").gates}
    assert set(gates) == {"T-1", "T-2"}, "a case that stays in its team passes no gate"
    assert gates["T-2"].missing == (
        "The transfer summary is not signed off by a Team Manager.",
        "The transfer audit is not signed off. It is for a Team Manager to do.",
    )
    assert not gates["T-1"].open, "what is dated later is not signed yet"
    assert on("2016-09-14").gates[-1].open


def test_a_thematic_audit_in_one_team_is_queried() -> None:
    texts = [note.text for note in on("2016-07-01").notes if note.row == "thematic"]
    (text,) = texts
    assert text == (
        "Thematic audit TH-2: it follows its theme through fewer than two teams or services. "
        "Widen it, or say why."
    )


def test_the_change_is_shown_with_reason_approver_and_day() -> None:
    assert (
        "Changed in the year: care_leavers from 2016-09-20: team_manager 2. Files move to a team "
        "of their own (approved by director_of_childrens_services)"
    ) in PLAN.remarks


def test_the_chase_list_has_the_missed_first_and_then_what_is_due_soonest() -> None:
    chase = on("2016-07-01").chase
    assert [said(line) for line in chase[:3]] == [
        "HOS-1 directors Q1 1/2 missed",
        "TM-N care_leavers Q1 3/4 missed",
        "T-2 transfer 2016/17 0/1 at risk",
    ]
    assert all(line.due.start <= date(2016, 7, 1) for line in chase), "nothing not yet begun"
    text = str(on("2016-07-01"))
    assert (
        "MISSED: TM-N, Care leavers, Q1: 3 of 4 done, by 2016-06-30 [Reading QAF 2016, Appendix "
        "2, Care Leavers; stated]"
    ) in text


def test_what_is_at_risk_says_how_short_the_time_is() -> None:
    """18 working days to the end of December, for four files and two that are allowed 30."""
    lines = [str(line) for line in on("2016-12-05").chase]
    assert (
        "AT RISK: TM-N, Care leavers, Q3: 0 of 2 done, by 2016-12-31; 18 working days left for "
        "what is allowed 30 [Reading QAF 2016, Appendix 2, Care Leavers; stated]"
    ) in lines
    at_risk = [line for line in on("2016-12-05").lines if line.status is Status.AT_RISK]
    assert all((line.days_left or 0) < (line.days_needed or 0) for line in at_risk)


def test_a_notebook_shows_the_chase_list_and_the_rows() -> None:
    coverage = on("2016-07-01")
    html, markdown = coverage._repr_html_(), coverage._repr_markdown_()
    assert "<caption>Who owes what by when, on 2016-07-01</caption>" in html
    assert "**By programme row, 2016/17, on 2016-07-01**" in markdown
    assert PLAN._repr_html_().startswith("<table><caption>Programme of reading 2016.1")
    assert len(PLAN.table()) == len(PLAN.to_rows()) == len(PLAN.dues)
    assert len(coverage.table()) == len(coverage.lines)


def test_not_stated_and_nothing_asked_are_no_percentage() -> None:
    """Only what was met or missed has a share; all else has none, not nought."""
    shares = {row["row"]: row["share_met"] for row in on("2016-07-01").by_row().to_rows()}
    assert shares["care_leavers"] == 50.0
    assert shares["cin_cp_cla"] == 100.0
    none = ("adoption", "direct_observation", "thematic", "multi_agency", "managing_director")
    assert [shares[id] for id in none] == [None] * 5
    asked = {row["row"]: row["asked"] for row in on("2016-07-01").by_row().to_rows()}
    assert asked["adoption"] is asked["multi_agency"] is None


def test_counts_per_post_add_up() -> None:
    table = {row["post"]: row for row in on("2016-07-01").by_post().to_rows()}
    assert table["TM-N"] | {"title": ""} == {
        "post": "TM-N",
        "title": "",
        "asked": 16 + 12 + 1,  # the pool; care leavers 4, 4, 2, 2; ATM-N's supervision
        "done": 7,
        "met": 1,
        "missed": 1,
        "at_risk": 0,
        "open": 7,
        "exempt": 0,
        "not_asked": 0,
        "not_stated": 0,
        "not_known": 0,
        "dormant": 0,
        "share_met": 50.0,
    }


def test_repr_tells_of_no_post_and_text_of_no_reason() -> None:
    coverage = on("2016-07-01")
    shown = [repr(coverage), repr(PLAN), *map(repr, coverage.lines), *map(repr, RECORDED.done)]
    shown += map(repr, (*RECORDED.exemptions, *RECORDED.events, *coverage.gates))
    assert [text for text in shown if "TM-N" in text or "SW-1" in text] == []
    assert "(kept on file)" not in "".join((*shown, str(coverage), str(PLAN), *map(str, shown)))


# --- dormant and left out ----------------------------------------------------------------------


def test_a_dormant_row_says_what_to_install_and_is_never_met() -> None:
    done = Done(id="F-1", tool="fostering", on=date(2016, 4, 5), auditor="TM-N")
    coverage = on("2016-07-01", (done,))
    assert {line.status for line in coverage.lines if line.due.row.id == "fostering"} == {
        Status.DORMANT
    }
    assert str(coverage.uncounted[0]) == (
        "F-1: fostering: its tool is not here: install qaf-fostering"
    )
    assert "Dormant: Fostering. Its tool is not here: install qaf-fostering." in coverage.remarks


def test_a_row_wakes_when_its_tool_is_there() -> None:
    """Rows belong to the base; a plugin brings the tool and no row."""
    tool = attrs.evolve(FRAMEWORK.tool("observation"), id="fostering")
    awake = Framework.of(READING_2016, Addition(id="fostering", version="1", tools=(tool,)))
    post = Post(id="TM-F", role="team_manager", facts={"area": "fostering"})
    plan = awake.plan(2016, [post])
    asked = [due.number for due in plan.dues if due.row.id == "fostering"]
    assert asked == [2] * 12
    assert "fostering" not in {row.id for row in plan.dormant}


# --- what is ambiguous is not guessed ------------------------------------------------------------


def counted(audit: Done) -> str:
    coverage = PLAN.coverage([audit], on=date(2016, 12, 31))
    if coverage.uncounted:
        return coverage.uncounted[0].why
    return " ".join(line.due.row.id for line in coverage.lines if line.done)


def case_audit(**parts: Any) -> Done:
    made: dict[str, Any] = {
        "id": "X",
        "tool": "case_file",
        "on": date(2016, 8, 20),
        "auditor": "TM-N",
    }
    return Done(**made | parts)


@pytest.mark.parametrize(
    ("parts", "found"),
    [
        ({"status": "cp"}, "cin_cp_cla"),
        ({"status": "care_leaver"}, "care_leavers"),
        (
            {},
            "it could count for cin_cp_cla or care_leavers: give the status of the case, or",
        ),
        ({"rows": "cp"}, "cin_cp_cla"),
        ({"rows": ("care_leavers", "group")}, "care_leavers group"),
        ({"auditor": "TM-D"}, "cin_cp_cla"),
        ({"auditor": "TM-A", "status": "cp"}, "contact_referral_assessment"),
        (
            {"auditor": "TM-A", "on": date(2016, 8, 15)},
            "contact_referral_assessment: its auditor was not in post on that day",
        ),
        ({"on": date(2017, 1, 1)}, "it is dated after the day of the report"),
        ({"on": date(2016, 3, 31)}, "it is not in the programme year 2016/17"),
        ({"tool": "supervisee_interview"}, "no row of the programme asks for"),
        ({"rows": "thematic"}, "thematic: it counts thematic audits as a whole, not file by file"),
        ({"rows": "managing_director"}, "managing_director: it is optional and left out"),
        (
            {"rows": "transfer"},
            "transfer: it counts events, by what was signed off for them",
        ),
        ({"rows": "supervision"}, "supervision: it is done with supervision"),
        ({"rows": "care_leavers", "status": "cp"}, "it is for cases that are care_leaver"),
        ({"rows": "group", "auditor": "whoever"}, "group"),
        ({"tool": "observation", "worker": "SW-1", "auditor": "ATM-N"}, "direct_observation"),
        ({"tool": "observation", "auditor": "ATM-N"}, "say which listed post it is about"),
        (
            {"tool": "supervision", "worker": "ATM-N", "auditor": "SM-1"},
            "it is for a Team Manager to do",
        ),
        ({"tool": "supervision", "worker": "SM-1", "auditor": "HOS-1"}, "supervision"),
        ({"tool": "supervision", "worker": "TM-N", "auditor": "TM-N"}, "audits themselves"),
    ],
)
def test_an_audit_counts_where_all_fits_and_is_else_named(
    parts: dict[str, Any], found: str
) -> None:
    assert found in counted(case_audit(**parts))


def test_an_early_help_file_of_a_locality_counts_for_no_row() -> None:
    assert counted(case_audit(status="early_help")) == (
        "contact_referral_assessment: its auditor is not of the row's service area; "
        "cin_cp_cla: it is for cases that are cin or cp or cla; "
        "care_leavers: it is for cases that are care_leaver; "
        "directors: it asks nothing of the auditor's role; "
        "managing_director: it is optional and left out"
    )


# --- faults ----------------------------------------------------------------------------------


def test_every_fault_of_what_a_host_decided_is_named_at_once() -> None:
    posts = [
        Post(id="TM-1", role="team_manger", facts={"area": "localty"}),
        Post(id="TM-2", role="team_manager", facts={"since": "yesterday"}),
    ]
    changes = [
        Change(row="cin", since=date(2015, 1, 1), approver="team_manager", reason=" "),
        Change(
            row="yos",
            since=date(2016, 5, 1),
            quotas={"service_manager": 1},
            number=3,
            approver="director_of_childrens_services",
            reason="So.",
        ),
    ]
    with pytest.raises(InputError) as caught:
        FRAMEWORK.plan(2016, posts, changes=changes)
    assert [fault.path for fault in caught.value.faults] == [
        "posts[0].role",
        "posts[0].area",
        "posts[1].since",
        "changes[0].reason",
        "changes[0].approver",
        "changes[0].since",
        "changes[0]",
        "changes[0].row",
        "changes[1].quotas",
        "changes[1].number",
    ]
    text = str(caught.value)
    assert "perhaps team_manager is meant" in text
    assert "Name the pool, cin_cp_cla" in text
    assert "team_manger" not in text, "no fault repeats what was given"


def test_an_exemption_has_a_known_approver_a_reason_and_something_to_take_off() -> None:
    exemptions = [
        Exemption(row="yo", approver="nobody", approved=date(2016, 4, 1), reason=""),
        Exemption(
            row="group",
            window="M1",
            audits=0,
            approver="head_of_service",
            approved=date(2016, 4, 1),
            reason="Kept.",
        ),
        Exemption(
            row="transfer",
            post="TM-Z",
            approver="head_of_service",
            approved=date(2016, 4, 1),
            reason="Kept.",
        ),
    ]
    with pytest.raises(InputError) as caught:
        FRAMEWORK.plan(2016, RECORDED.posts, exemptions=exemptions)
    assert [fault.path for fault in caught.value.faults] == [
        "exemptions[0].reason",
        "exemptions[0].approver",
        "exemptions[0].row",
        "exemptions[1].window",
        "exemptions[1].audits",
        "exemptions[2].row",
        "exemptions[2].post",
    ]
    idle = Exemption(
        row="directors",
        post="TM-N",
        approver="head_of_service",
        approved=date(2016, 4, 1),
        reason="Kept.",
    )
    plan = FRAMEWORK.plan(2016, RECORDED.posts, exemptions=[idle])
    assert "exemptions[0] takes nothing off" in plan.notes[-1].text


def test_an_id_that_comes_twice_or_a_row_that_is_not_there_is_refused() -> None:
    audits = (case_audit(status="cp"), case_audit(status="cp"), case_audit(id="Y", rows="yo"))
    with pytest.raises(InputError) as caught:
        on("2016-12-31", audits)
    assert [fault.path for fault in caught.value.faults] == ["done[1].id", "done[2].rows"]
    twice = [Event(id="T", event="transfer", on=date(2016, 5, 1))] * 2
    with pytest.raises(InputError, match=r"events\[1\].id"):
        PLAN.coverage(on=date(2016, 5, 1), events=twice)
    with pytest.raises(TypeError, match="Give the day"):
        PLAN.coverage(on="2016-05-01")  # type: ignore[arg-type]


def test_a_post_whose_area_is_not_given_is_a_query_and_not_nothing() -> None:
    notes = FRAMEWORK.plan(2016, [Post(id="TM-9", role="team_manager")]).notes
    assert any("the service area of TM-9 is not given" in note.text for note in notes)


def test_a_worker_whose_manager_is_not_listed_is_a_query() -> None:
    plan = FRAMEWORK.plan(2016, [Post(id="SW-9", role="social_worker", reports_to="TM-9")])
    assert any("SW-9 does not report to its manager listed here" in n.text for n in plan.notes)
    assert [due.number for due in plan.dues if due.about == "SW-9"] == [1]


def test_a_role_that_no_row_speaks_of_is_named() -> None:
    officers = [Post(id=f"IRO-{n}", role="independent_reviewing_officer") for n in (1, 2)]
    notes = [note.text for note in FRAMEWORK.plan(2016, [*RECORDED.posts, *officers]).notes]
    assert any(
        "No row speaks of the role independent_reviewing_officer: nothing is asked of its 2 posts"
        in text
        for text in notes
    )
    assert not any("No row speaks" in note.text for note in PLAN.notes)


def test_an_event_that_nothing_looks_at_is_named() -> None:
    events = [
        Event(id="T-8", event="transfr", on=date(2016, 5, 1)),
        Event(id="T-9", event="transfer", on=date(2015, 5, 1)),
    ]
    texts = [note.text for note in PLAN.coverage(on=date(2016, 5, 1), events=events).notes]
    assert texts == [
        "Event T-8: no row of the programme asks for anything there. Did you mean 'transfer'?",
        "Event T-9 on 2015-05-01 is not in the programme year 2016/17.",
    ]


@pytest.mark.parametrize(
    ("signed", "said"),
    [
        ((date(2016, 5, 9), "TM-N"), ""),
        ((date(2016, 5, 11), "TM-N"), "was signed off after the event"),
        ((date(2016, 5, 21), "TM-N"), "is dated after the day of this report"),
        ((date(2016, 5, 9), "TM-Z"), "is signed by a post that is not listed"),
        ((date(2016, 5, 9), "ATM-N"), "is not signed off by a Team Manager"),
        ((date(2016, 5, 9), "TM-A"), "is signed by a post that was not held on that day"),
    ],
)
def test_a_gate_opens_for_the_right_signature_in_time(signed: tuple[date, str], said: str) -> None:
    both = tuple(
        Signed(what=what, on=signed[0], by=signed[1])
        for what in ("transfer_summary", "transfer_audit")
    )
    event = Event(id="T", event="transfer", on=date(2016, 5, 10), signed=both)
    (gate,) = PLAN.coverage(on=date(2016, 5, 20), events=[event]).gates
    assert gate.open is (not said)
    assert all(said in each for each in gate.missing)


def test_the_pool_is_asked_about_where_a_role_owes_it_together() -> None:
    plan = departed(quota_per="role")
    audits = [case_audit(id=f"X-{at}", auditor="TM-D", status="cin") for at in range(4)]
    texts = [note.text for note in plan.coverage(audits, on=date(2016, 9, 30)).notes]
    assert texts == []
    texts = [note.text for note in plan.coverage(audits, on=date(2016, 10, 1)).notes]
    assert ["no file of team links in Q2 is cp or cla" in text for text in texts] == [True]


def test_the_same_change_twice_is_no_change() -> None:
    change = Change(
        row="group",
        since=date(2016, 7, 1),
        withdrawn=True,
        approver="director_of_childrens_services",
        reason="So.",
    )
    exemption = Exemption(
        row="cin",
        approver="head_of_service",
        approved=date(2016, 4, 1),
        reason="Kept.",
    )
    with pytest.raises(InputError) as caught:
        FRAMEWORK.plan(2016, RECORDED.posts, changes=[change, change], exemptions=[exemption])
    assert [fault.path for fault in caught.value.faults] == [
        "changes[0]",
        "changes[1]",
        "exemptions[0].row",
    ]
    assert "Name the pool, cin_cp_cla" in str(caught.value)


def test_a_draw_is_queried_before_anyone_audits() -> None:
    cases = [
        Case(id="C-1", team="north", facts={"case_status": "cin"}),
        Case(id="C-2", team="north"),
        Case(id="C-3", team="south", facts={"case_status": "cla"}),
    ]
    (note,) = draw_notes(FRAMEWORK.programme, cases, when="Q1")
    assert "no file of team north in Q1 is cp or cla, as far as known: the status of 1 of 2" in (
        note.text
    )


def test_a_row_withdrawn_or_added_holds_from_the_next_window_on() -> None:
    extra = attrs.evolve(FRAMEWORK.programme.row("group"), id="extra", title="Extra")
    approved: dict[str, Any] = {
        "approver": "director_of_childrens_services",
        "reason": "Priorities.",
    }
    changes = [
        Change(row="group", since=date(2016, 7, 1), withdrawn=True, **approved),
        Change(row="extra", since=date(2016, 8, 1), adds=extra, **approved),
        Change(row="thematic", since=date(2016, 8, 1), number=3, **approved),
        Change(row="yos", since=date(2016, 8, 1), quotas={"team_manager": 0}, **approved),
    ]
    plan = FRAMEWORK.plan(2016, RECORDED.posts, changes=changes)
    windows = {
        id: [due.window.name for due in plan.dues if due.row.id == id] for id in ("group", "extra")
    }
    assert windows == {"group": ["Q1"], "extra": ["Q3", "Q4"]}
    assert [due.number for due in plan.dues if due.row.id == "thematic"] == [3]


# --- what a council sets otherwise ----------------------------------------------------------------


def departed(**values: Any) -> YearPlan:
    departures = [
        Departure(
            setting=name,
            value=value,
            since=date(2016, 3, 1),
            reason="Decided here.",
            approver="quality_assurance_board",
        )
        for name, value in values.items()
    ]
    posts = [*RECORDED.posts, Post(id="MD", role="managing_director")]
    return FRAMEWORK.changed(departures=departures).plan(2016, posts)


def total(plan: YearPlan, *rows: str) -> int:
    return sum(due.number or 0 for due in plan.dues if due.row.id in rows)


def test_separate_quotas_ask_three_times_as_much() -> None:
    plan = departed(pool_sharing="separate")
    assert total(departed(), "cin_cp_cla") == 3 * 16
    assert total(plan, "cin", "cp", "cla") == 3 * 3 * 16
    coverage = plan.coverage([case_audit(status="cp")], on=date(2016, 9, 1))
    assert [line.due.row.id for line in coverage.lines if line.done] == ["cp"]
    assert [note for note in coverage.notes if "no file of team" in note.text] == []


def test_a_number_for_a_role_together_is_nobodys_by_name() -> None:
    """Four by the Team Managers of localities and CYPD, whoever of them does it."""
    plan = departed(quota_per="role")
    dues = [due for due in plan.dues if due.row.id == "cin_cp_cla" and due.window.name == "Q2"]
    assert [(due.role and due.role.id, due.post, due.number) for due in dues] == [
        ("assistant_team_manager", "", 4),
        ("team_manager", "", 4),
    ]
    audits = [case_audit(id=f"X-{by}", auditor=by, status="cp") for by in ("TM-N", "TM-D")]
    coverage = plan.coverage(audits, on=date(2016, 9, 1))
    assert [line.done for line in coverage.lines if line.done] == [2]


def test_the_full_number_may_be_asked_of_those_who_come_and_go() -> None:
    plan = departed(part_window="full")
    assert total(departed(), "contact_referral_assessment", "direct_observation") == 2 + 10 + 1
    assert total(plan, "contact_referral_assessment", "direct_observation") == 4 + 12 + 2


def test_the_managing_director_is_asked_where_a_council_counts_it() -> None:
    assert total(departed(), "managing_director") == 0
    assert total(departed(managing_director_audits="counted"), "managing_director") == 8


def test_another_allowance_moves_the_day_of_risk() -> None:
    """With one working day each, one audit is at risk on no working day of its window."""
    plan = departed(at_risk_days_each=1)
    coverage = plan.coverage(RECORDED.done, on=date(2016, 6, 30))
    assert "TM-N care_leavers Q1 3/4 open" in map(said, coverage.lines)


def test_a_departure_is_shown_wherever_it_touches() -> None:
    plan = departed(files_a_quarter=25, files_a_quarter_tolerance=0)
    assert plan.within == (25, 25)
    assert any(
        each.startswith("Decided otherwise by the framework's owner: files_a_quarter is 25")
        for each in plan.remarks
    )
    slower = FRAMEWORK.changed(
        departures=[
            Departure(
                setting="supervised_every",
                value=Deadline(span=Span(2, Unit.MONTHS), after="supervision_last"),
                since=date(2016, 3, 1),
                reason="Decided here.",
                approver="quality_assurance_board",
            )
        ]
    )
    assert slower.plan(2016, RECORDED.posts).context.departures == (), "it touches no row"


# --- laws -------------------------------------------------------------------------------------


@given(st.dates(date(2012, 1, 1), date(2027, 12, 31)), st.sampled_from([1, 2, 3, 4, 6, 12]))
def test_windows_tile_the_year_without_gap_or_overlap(start: date, months: int) -> None:
    year = ProgrammeYear(start)
    windows = year.windows(months)
    assert len(windows) == 12 // months
    assert windows[0].start == start
    assert windows[-1].due == year.last
    for before, after in pairwise(windows):
        assert after.start - before.due == timedelta(days=1)
    assert [each.start for each in windows] == [
        add_months(start, at * months) for at in range(len(windows))
    ], "from the start, never from the one before"
    assert sum(each.days for each in windows) == (year.last - start).days + 1


_POSTS = [post.id for post in RECORDED.posts]
_ROWS = st.sampled_from([(), (), ("group",), ("cin_cp_cla",), ("care_leavers", "group")])
AUDITS = st.lists(
    st.builds(
        Done,
        id=st.uuids().map(str),
        tool=st.sampled_from(["case_file", "observation", "supervision", "fostering"]),
        on=st.dates(date(2016, 3, 1), date(2017, 4, 30)),
        auditor=st.sampled_from([*_POSTS, ""]),
        worker=st.sampled_from([*_POSTS, ""]),
        status=st.sampled_from(["cin", "cp", "cla", "care_leaver", "early_help", ""]),
        rows=_ROWS,
    ),
    max_size=30,
    unique_by=lambda each: each.id,
)
DAYS = st.dates(date(2016, 4, 1), date(2017, 5, 31))
WORST = [Status.MISSED, Status.AT_RISK, Status.OPEN, Status.MET]


@given(AUDITS, DAYS)
def test_each_audit_counts_once_a_row_at_most_and_is_else_named(
    audits: list[Done], day: date
) -> None:
    coverage = PLAN.coverage(audits, on=day)
    rows: dict[str, int] = {}
    for line in coverage.lines:
        rows[line.due.row.id] = rows.get(line.due.row.id, 0) + line.done
    named = {each.audit for each in coverage.uncounted}
    assert len(named) == len(coverage.uncounted)
    for number in rows.values():
        assert number <= len(audits)
    for audit in audits:
        alone = PLAN.coverage([audit], on=day)
        done = {line.due.row.id: line.done for line in alone.lines if line.done}
        assert all(number == 1 for number in done.values())
        assert bool(done) or audit.id in named
        if len(audit.rows) < 2:
            assert len(done) + bool(alone.uncounted) == 1


@given(AUDITS, DAYS, st.data())
def test_one_more_audit_never_makes_anything_worse(
    audits: list[Done], day: date, data: st.DataObject
) -> None:
    if not audits:
        return
    one = data.draw(st.sampled_from(audits))
    before = PLAN.coverage([each for each in audits if each is not one], on=day)
    after = PLAN.coverage(audits, on=day)
    for then, now in zip(before.lines, after.lines, strict=True):
        assert then.due == now.due
        assert now.done >= then.done
        if then.status in WORST:
            assert WORST.index(now.status) >= WORST.index(then.status)
        elif then.status is not now.status:
            assert now.status is Status.MET


@given(AUDITS, DAYS)
def test_what_is_dormant_or_not_stated_is_never_met(audits: list[Done], day: date) -> None:
    for line in PLAN.coverage(audits, on=day).lines:
        if line.due.dormant:
            assert line.status is Status.DORMANT
        if line.due.number is None:
            assert line.status in (Status.DORMANT, Status.NOT_STATED)


@given(
    st.lists(
        st.builds(
            Exemption,
            row=st.sampled_from(["cin_cp_cla", "care_leavers", "supervision", "directors"]),
            post=st.sampled_from(_POSTS),
            audits=st.one_of(st.none(), st.integers(1, 6)),
            approver=st.just("head_of_service"),
            approved=st.just(date(2016, 4, 1)),
            reason=st.just("Kept."),
        ),
        max_size=4,
        unique_by=lambda each: (each.row, each.post),
    ),
    AUDITS,
    DAYS,
)
def test_an_exemption_lowers_nobody_elses_count(
    exemptions: list[Exemption], audits: list[Done], day: date
) -> None:
    without = FRAMEWORK.plan(2016, RECORDED.posts)
    exempt = {(each.row, each.post) for each in exemptions}
    after = FRAMEWORK.plan(2016, RECORDED.posts, exemptions=exemptions).coverage(audits, on=day)
    for then, now in zip(without.coverage(audits, on=day).lines, after.lines, strict=True):
        assert then.done == now.done
        if (now.due.row.id, now.due.about or now.due.post) not in exempt:
            assert then.due == now.due
        assert (now.due.number or 0) + now.due.exempt == (then.due.number or 0)


@given(AUDITS, st.dates(date(2016, 4, 1), date(2017, 3, 31)))
def test_at_risk_is_what_its_definition_says(audits: list[Done], day: date) -> None:
    """Reckoned again, line by line and day by day, from the words of the definition."""
    coverage = PLAN.coverage(audits, on=day)
    begun = [
        line
        for line in coverage.lines
        if line.left and line.status in (Status.OPEN, Status.AT_RISK) and line.due.start <= day
    ]
    for line in begun:
        owner = line.due.post
        same = [each for each in begun if owner and each.due.post == owner] or [line]
        short = False
        for by in {each.due.due for each in same if each.due.due >= line.due.due}:
            span = [day + timedelta(days=at) for at in range((by - day).days + 1)]
            working = sum(ENGLAND_AND_WALES.is_working_day(each) for each in span)
            owed = sum(each.left for each in same if each.due.due <= by)
            short = short or working < 5 * owed
        assert (line.status is Status.AT_RISK) is short


@given(AUDITS, DAYS)
def test_a_later_day_never_turns_missed_into_anything_better(audits: list[Done], day: date) -> None:
    """A window that is over stays as it ended: audits count in the window they were done in."""
    later = day + timedelta(days=40)
    for then, now in zip(
        PLAN.coverage(audits, on=day).lines, PLAN.coverage(audits, on=later).lines, strict=True
    ):
        if then.status in (Status.MISSED, Status.MET):
            assert now.status is then.status


def at_least(number: int) -> YearPlan:
    """The year with so many thematic audits asked for; as it stands, two."""
    change = Change(
        row="thematic",
        since=date(2016, 4, 1),
        number=number,
        approver="director_of_childrens_services",
        reason="Priorities.",
    )
    return FRAMEWORK.plan(2016, RECORDED.posts, changes=[change] if number != 2 else [])


AT_LEAST = {number: at_least(number) for number in (1, 2, 3, 4)}


@given(
    st.lists(st.dates(date(2016, 4, 1), date(2017, 3, 31)), max_size=5),
    st.sampled_from(sorted(AT_LEAST)),
)
def test_at_least_so_many_a_year_is_met_where_as_many_are_completed_whenever(
    days: list[date], number: int
) -> None:
    """Judged over the window and not at dates, and no number is too many."""
    thematic = [
        ThematicAudit(
            id=f"TH-{at}",
            theme="x",
            teams=("a", "b"),
            methods=("c", "d"),
            since=date(2016, 1, 1),
            until=date(2016, 2, 1),
            completed=day,
        )
        for at, day in enumerate(days)
    ]
    coverage = AT_LEAST[number].coverage(on=date(2017, 4, 1), thematic=thematic)
    (line,) = (line for line in coverage.lines if line.due.row.id == "thematic")
    assert (line.done, line.due.number) == (len(days), number)
    assert (line.status is Status.MET) is (len(days) >= number)


def test_the_order_of_what_is_given_does_not_matter() -> None:
    forwards = on("2016-07-01")
    backwards = on("2016-07-01", tuple(reversed(RECORDED.done)))
    assert forwards.to_rows() == backwards.to_rows()


def test_every_window_of_a_cadence_is_named_apart() -> None:
    names = [each.name for each in ProgrammeYear(date(2016, 4, 1)).windows(1)]
    assert len(set(names)) == 12
    assert str(Every(2, Period.MONTH)) == "every 2 months"


def test_a_thematic_audit_counts_in_the_year_it_was_completed() -> None:
    late = ThematicAudit(
        id="TH-9",
        theme="x",
        teams=("a", "b"),
        methods=("c", "d"),
        since=date(2016, 1, 1),
        until=date(2016, 2, 1),
        completed=date(2017, 4, 1),
    )
    coverage = PLAN.coverage(on=date(2017, 5, 1), thematic=[late])
    assert [line.done for line in coverage.lines if line.due.row.id == "thematic"] == [0]
