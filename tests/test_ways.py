"""The ways of audits, actions, escalations and themes: golden tables and worked cases.

The tables were written by hand from the source, with its lines.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from qaf_core import READING_2016, Framework
from qaf_core.cycle import (
    ACTION,
    AUDIT,
    ESCALATION,
    QA_CYCLE,
    TASK_KINDS,
    Event,
    Machine,
    Process,
    apply,
    begin,
    decide,
    late,
    unanswered,
    work_programme,
)
from qaf_core.editions import Departure
from qaf_core.provenance import Standing
from qaf_core.reference import states_table
from ways import command, done, refused

QAB, SMQA = "quality_assurance_board", "service_manager_quality_assurance"
CSMT, DLT = "childrens_services_management_team", "directorate_leadership_team"

# --- golden: the states --------------------------------------------------------------------

STATES: dict[Machine, tuple[tuple[str, str, str], ...]] = {
    # framework reading A46; lines 676-677, 963-968
    AUDIT: (
        ("allocated", "auditor", "676-677"),
        ("in_progress", "auditor", "652"),
        ("discussed", "auditor", "676"),
        ("actions_agreed", "auditor", "676"),
        ("submitted", SMQA, "677"),
        ("moderated", "business_support", "392-395"),
        ("sent", "worker", "963"),
        ("actions_completed", "line_manager", "965"),
        ("signed_off", "line_manager", "966"),
        ("filed", "safeguarding_unit", "967"),
        ("logged", "", "968"),
        ("withdrawn", "", "676-677"),
    ),
    ACTION: (
        ("agreed", "worker", "676, 938-953"),
        ("done", "line_manager", "955, 965"),
        ("signed_off", "", "940, 966"),
        ("reopened", "worker", "940, 966"),
    ),
    ESCALATION: (
        ("raised", "", "933-936"),
        ("acknowledged", "", "933-936"),
        ("acted_on", "", "933-936"),
        ("closed", "", "933-936"),
    ),
    QA_CYCLE: (
        ("identify", QAB, "318"),
        ("task", SMQA, "319"),
        ("improve", CSMT, "320-324"),
        ("support", "principal_social_worker", "326"),
        ("review", QAB, "327"),
        ("closed", "", "327"),
    ),
}


@pytest.mark.parametrize("machine", STATES, ids=lambda each: each.id)
def test_the_states_are_those_of_the_source(machine: Machine) -> None:
    found = tuple((each.id, each.owner, each.source.lines) for each in machine.states)
    assert found == STATES[machine]


# --- golden: who may do what that the source states ------------------------------------------

STATED = {
    # event: who, what it makes, lines
    ("audit", "discuss"): (
        "auditor",
        {"discussed_with_worker", "discussed_with_supervisor"},
        "676",
    ),
    ("audit", "agree_actions"): ("auditor", {"actions_agreed", "actions_undated"}, "676"),
    ("audit", "submit"): ("auditor", {"complete"}, "677"),
    ("audit", "moderate"): (
        "moderator",
        {"drawn_for_moderation", "moderation", "moderator"},
        "392-395",
    ),
    ("audit", "send"): ("business_support", {"form_received"}, "963-964"),
    ("audit", "complete_actions"): (
        "worker",
        {"actions_open", "form_returned", "plan_updated", "on_supervision_file"},
        "965",
    ),
    ("audit", "sign_off"): ("line_manager", {"actions_unsigned", "unit_told"}, "966"),
    ("audit", "file"): ("line_manager", {"on_electronic_file"}, "967"),
    ("audit", "log"): ("safeguarding_unit", {"log_entry"}, "968"),
    ("action", "agree"): ("", {"audit", "subject", "number", "section", "due_by"}, "676, 938-953"),
    ("action", "do"): (
        "worker practitioner supervisee supervisor",
        {"what_was_done", "form_returned"},
        "955, 965",
    ),
    ("action", "sign_off"): ("line_manager", set(), "940, 966"),
    ("escalation", "raise"): (
        "",
        {"audit", "subject", "rules", "raised_in_draft", "told"},
        "933-936",
    ),
    ("qa_cycle", "name_theme"): (QAB, {"theme", "evidence"}, "318"),
    ("qa_cycle", "rank"): (QAB, {"rank"}, "50"),
    ("qa_cycle", "commission"): (QAB, {"task_kind", "request"}, "319"),
    ("qa_cycle", "scope"): (SMQA, {"scope", "scope_for"}, "319"),
    ("qa_cycle", "develop_plan"): (CSMT, {"plan", "plan_kind", "plan_developed"}, "324"),
    ("qa_cycle", "offer_support"): ("principal_social_worker", {"support_offered"}, "326"),
    ("qa_cycle", "offer_training"): ("workforce_development_team", {"training_offered"}, "326"),
    ("qa_cycle", "carry_by_supervision"): (
        "team_manager assistant_team_manager",
        {"carried_by_supervision"},
        "326",
    ),
    ("qa_cycle", "challenge"): (
        QAB,
        {"performance_data", "user_feedback", "reviewing_officers_information", "challenge"},
        "327",
    ),
    ("qa_cycle", "close"): (QAB, {"delivered", "better_for_children"}, "327"),
    ("qa_cycle", "go_round_again"): (QAB, {"delivered", "better_for_children"}, "327"),
}


def test_what_is_stated_of_each_step_is_what_the_source_says() -> None:
    found = {
        (machine.id, each.id): (" ".join(each.by), set(each.makes), each.source.lines)
        for machine in STATES
        for each in machine.transitions
        if each.standing is Standing.STATED
    }
    assert found == STATED


HEARD: dict[str, Any] = {
    "performance_data": "D-1",
    "user_feedback": "F-1",
    "reviewing_officers_information": "I-1",
    "challenge": "C-1",
}

STAGES = {
    # stage of the cycle: what it needs, what it makes, what time starts; lines 318-327, 50, 248, 435
    "identify": ("theme evidence", "rank task_kind request", ""),
    "task": (
        "request",
        "scope scope_for report presented_to_board presented_to_management_team",
        "scope_due: no limit stated; report_due: no limit stated",
    ),
    "improve": (
        "report",
        "plan plan_kind plan_developed plan_approved plan_agreed",
        "plan_due: no limit stated; review_due: the day in review_on",
    ),
    "support": ("", "support_offered training_offered carried_by_supervision", ""),
    "review": (
        "",
        " ".join((*HEARD, "delivered", "better_for_children")),
        "",
    ),
    "closed": ("", "", ""),
}


def test_each_stage_needs_makes_and_starts_what_the_source_says() -> None:
    found = {
        row["id"]: (
            str(row["needs"]).replace(",", ""),
            str(row["makes"]).replace(",", ""),
            row["starts"],
        )
        for row in states_table(QA_CYCLE).rows
    }
    assert found == STAGES


CLOCKS = {
    # clock: limit as shipped, lines
    ("audit", "send_due"): ("no limit", "963"),
    ("audit", "sign_off_due"): ("within 1 month of form received", "966"),
    ("action", "action_due"): ("due_by", "676, 938-953"),
    ("action", "sign_off_due"): ("within 1 month of form received", "940, 966"),
    ("escalation", "acknowledge_due"): ("within 1 working day of escalation told", "933-936"),
    ("qa_cycle", "scope_due"): ("no limit", "319"),
    ("qa_cycle", "report_due"): ("no limit", "320-324"),
    ("qa_cycle", "plan_due"): ("no limit", "324"),
    ("qa_cycle", "review_due"): ("review_on", "327"),
}


def test_the_clocks_are_those_of_the_source_and_no_other() -> None:
    """Where it states no limit there is none; the time to acknowledge is editorial."""
    found = {}
    for machine in STATES:
        for each in machine.clocks:
            limit = each.dated or (str(each.within.value) if each.within else "no limit")  # type: ignore[union-attr]
            found[machine.id, each.id] = (limit, each.source.lines)
    assert found == CLOCKS
    assert ESCALATION.clock("acknowledge_due").standing is Standing.EDITORIAL


TASKS = {
    # lines 50-52, 318-319, 324
    "audit": "improvement",
    "case_review": "improvement",
    "management_instruction": "improvement",
    "new_procedure": "implementation",
    "refreshed_process": "implementation",
    "observed_practice": "improvement",
    "multi_agency_audit": "improvement",
    "consultation": "improvement",
    "focus_group": "improvement",
}


def test_the_kinds_of_task_are_those_of_the_source() -> None:
    assert {each.id: each.plan for each in TASK_KINDS} == TASKS
    assert set(QA_CYCLE.paper["task_kind"].kind.codes) == set(TASKS)


# --- an audit ------------------------------------------------------------------------------------

JAN_11, JAN_29, JAN_31 = date(2016, 1, 11), date(2016, 1, 29), date(2016, 1, 31)
FEB_29, MAR_1 = date(2016, 2, 29), date(2016, 3, 1)


def submitted() -> Process:
    return done(
        AUDIT,
        begin(AUDIT, "A-1"),
        command("allocate", "business_support", audit="A-1", subject="C-1", auditor="TM-1"),
        command("start", "auditor"),
        command("discuss", "auditor", discussed_with_worker=True, discussed_with_supervisor=True),
        command("agree_actions", "auditor", actions_agreed=2, actions_undated=0),
        command("submit", "auditor", complete=True),
    )


def sent(received: date = JAN_31) -> Process:
    return done(
        AUDIT,
        submitted(),
        command(
            "send",
            "business_support",
            JAN_29,
            form_received=received,
            listed=True,
            drawn_for_moderation=False,
        ),
    )


def test_received_on_31_january_2016_sign_off_is_due_on_29_february() -> None:
    process = sent()
    assert process.due["sign_off_due"] == FEB_29
    assert late(process, FEB_29) == ()
    assert late(process, MAR_1) == ("sign_off_due",)


def test_an_audit_goes_all_the_way_to_the_register() -> None:
    process = done(
        AUDIT,
        sent(),
        command(
            "complete_actions",
            "worker",
            FEB_29,
            actions_open=0,
            form_returned=FEB_29,
            plan_updated=True,
            on_supervision_file=True,
        ),
        command("sign_off", "line_manager", MAR_1, actions_unsigned=0, unit_told=True),
        command("file", "line_manager", MAR_1, on_electronic_file=True),
        command("log", "safeguarding_unit", MAR_1, log_entry="R-1"),
    )
    assert process.state == "logged"
    assert [event.event for event in process.history] == [
        "allocate",
        "start",
        "discuss",
        "agree_actions",
        "submit",
        "send",
        "complete_actions",
        "sign_off",
        "file",
        "log",
    ]
    assert not process.due


def test_an_audit_is_discussed_with_both_and_every_action_dated() -> None:
    process = done(
        AUDIT,
        begin(AUDIT, "A-1"),
        command("allocate", "business_support", audit="A-1", subject="C-1", auditor="TM-1"),
        command("start", "auditor"),
    )
    only = command(
        "discuss", "auditor", discussed_with_worker=True, discussed_with_supervisor=False
    )
    assert refused(AUDIT, process, only) == {"supervisor_heard"}
    another = command("discuss", "auditor", post="TM-2")
    assert refused(AUDIT, process, another) == {
        "is_the_auditor",
        "discussed_with_worker",
        "discussed_with_supervisor",
        "worker_heard",
        "supervisor_heard",
    }
    process = done(
        AUDIT,
        process,
        command("discuss", "auditor", discussed_with_worker=True, discussed_with_supervisor=True),
    )
    undated = command("agree_actions", "auditor", actions_agreed=2, actions_undated=1)
    assert refused(AUDIT, process, undated) == {"actions_dated"}


def test_an_incomplete_audit_is_not_submitted() -> None:
    process = done(
        AUDIT,
        begin(AUDIT, "A-1"),
        command("allocate", "business_support", audit="A-1", subject="C-1", auditor="TM-1"),
        command("start", "auditor"),
        command("discuss", "auditor", discussed_with_worker=True, discussed_with_supervisor=True),
        command("agree_actions", "auditor", actions_agreed=0, actions_undated=0),
    )
    assert refused(AUDIT, process, command("submit", "auditor", complete=False)) == {
        "audit_complete"
    }


def test_one_drawn_for_moderation_is_moderated_by_another_before_it_is_sent() -> None:
    """The rate is not stated, so whether it was drawn has to be said either way."""
    send: dict[str, Any] = {"form_received": JAN_31, "listed": True}
    assert refused(AUDIT, submitted(), command("send", "business_support", **send)) == {
        "drawn_for_moderation",
        "moderated_if_drawn",
    }
    drawn = command("send", "business_support", drawn_for_moderation=True, **send)
    assert refused(AUDIT, submitted(), drawn) == {"moderated_if_drawn"}
    again: dict[str, Any] = {"drawn_for_moderation": True, "moderation": "A-2"}
    same = command("moderate", "moderator", moderator="TM-1", **again)
    assert refused(AUDIT, submitted(), same) == {"moderator_is_another"}
    for_another = command("moderate", "moderator", moderator="SM-1", **again)
    assert refused(AUDIT, submitted(), for_another) == {"is_the_moderator"}
    process = done(
        AUDIT,
        submitted(),
        command("moderate", "moderator", post="SM-1", moderator="SM-1", **again),
        command("send", "business_support", **send),
    )
    assert process.state == "sent"


def test_given_back_it_is_discussed_submitted_and_moderated_again() -> None:
    """Once drawn it stays drawn; nothing of the first round counts for the second."""
    drawn: dict[str, Any] = {"drawn_for_moderation": True, "moderation": "A-2", "moderator": "SM-1"}
    process = done(
        AUDIT,
        submitted(),
        command("moderate", "moderator", post="SM-1", **drawn),
        command("give_back", SMQA, reason="sections are blank"),
    )
    assert process.state == "in_progress"
    assert {"complete", "actions_agreed", "moderation"}.isdisjoint(process.papers)
    process = done(
        AUDIT,
        process,
        command("discuss", "auditor", discussed_with_worker=True, discussed_with_supervisor=True),
        command("agree_actions", "auditor", actions_agreed=1, actions_undated=0),
        command("submit", "auditor", complete=True),
    )
    send = command(
        "send", "business_support", form_received=JAN_31, listed=True, drawn_for_moderation=False
    )
    assert refused(AUDIT, process, send) == {"drawn_for_moderation"}


def test_a_case_with_actions_is_listed_for_the_service_manager() -> None:
    send = command("send", "business_support", form_received=JAN_31, drawn_for_moderation=False)
    assert refused(AUDIT, submitted(), send) == {"listed_if_actions"}


def test_sign_off_wants_every_action_signed_and_the_unit_told() -> None:
    process = done(
        AUDIT,
        sent(),
        command(
            "complete_actions",
            "worker",
            FEB_29,
            actions_open=0,
            form_returned=FEB_29,
            plan_updated=True,
            on_supervision_file=True,
        ),
    )
    early = command("sign_off", "worker", MAR_1, actions_unsigned=1, unit_told=False)
    assert refused(AUDIT, process, early) == {"who", "nothing_unsigned", "unit_is_told"}


# --- an escalation -----------------------------------------------------------------------------

MONDAY, TUESDAY, WEDNESDAY = date(2016, 2, 15), date(2016, 2, 16), date(2016, 2, 17)


def raised(*told: str, draft: bool = True) -> Process:
    return done(
        ESCALATION,
        begin(ESCALATION, "E-1"),
        command(
            "raise",
            "auditor",
            MONDAY,
            audit="A-1",
            subject="C-1",
            rules=("escalation.unsafe",),
            raised_in_draft=draft,
            told=told or ("team_manager", "service_manager"),
        ),
    )


def test_an_escalation_is_acknowledged_by_each_acted_on_and_closed() -> None:
    process = raised()
    assert process.due["acknowledge_due"] == TUESDAY
    process = done(ESCALATION, process, command("acknowledge", "team_manager", MONDAY))
    assert process.state == "raised"
    process = done(ESCALATION, process, command("acknowledge", "service_manager", TUESDAY))
    assert process.state == "acknowledged"
    assert not process.due
    process = done(
        ESCALATION,
        process,
        command("act", "team_manager", TUESDAY, action_taken="visited"),
        command("close", "service_manager", WEDNESDAY, outcome="safe", reason="seen at home"),
    )
    assert process.state == "closed"


def test_who_was_not_told_cannot_answer_act_or_close() -> None:
    for event in ("acknowledge", "act", "close"):
        assert "told" in refused(ESCALATION, raised(), command(event, "head_of_service", MONDAY))


def test_acting_does_not_wait_for_the_others_but_closing_does() -> None:
    process = done(
        ESCALATION, raised(), command("act", "team_manager", MONDAY, action_taken="visited")
    )
    assert process.state == "raised"
    close = command("close", "team_manager", MONDAY, outcome="safe", reason="seen")
    assert refused(ESCALATION, process, close) == {"state"}
    process = done(ESCALATION, process, command("acknowledge", "service_manager", MONDAY))
    assert process.state == "acted_on"


def test_not_acknowledged_in_time_it_goes_up_and_not_before() -> None:
    process = done(ESCALATION, raised(), command("acknowledge", "team_manager", MONDAY))
    up: dict[str, Any] = {"told": ("head_of_service",), "passed_over": ("service_manager",)}
    early = command("pass_up", "business_support", TUESDAY, **up)
    assert refused(ESCALATION, process, early) == {"time_is_up"}
    process = done(ESCALATION, process, command("pass_up", "business_support", WEDNESDAY, **up))
    assert process.state == "raised"
    assert process.due["acknowledge_due"] == date(2016, 2, 18)
    assert process.papers["told"] == ("team_manager", "service_manager", "head_of_service")
    process = done(ESCALATION, process, command("acknowledge", "head_of_service", WEDNESDAY))
    assert process.state == "acknowledged"
    process = done(ESCALATION, process, command("acknowledge", "service_manager", WEDNESDAY))
    assert process.papers["acknowledged"][-1] == "service_manager"


def test_an_escalation_is_raised_even_where_bank_holidays_are_not_known_yet() -> None:
    """It has no last day, and says so; nobody need wait for one to pass it up."""
    day = date(2031, 5, 5)
    process = done(
        ESCALATION,
        begin(ESCALATION, "E-1"),
        command(
            "raise",
            "auditor",
            day,
            audit="A-1",
            subject="C-1",
            rules=("escalation.unsafe",),
            raised_in_draft=True,
            told=("team_manager",),
        ),
    )
    assert dict(process.due) == {"acknowledge_due": None}
    assert unanswered([process], day) == (process,)
    up = command("pass_up", "x", day, told=("service_manager",), passed_over=("team_manager",))
    assert done(ESCALATION, process, up).papers["told"][-1] == "service_manager"


def test_it_cannot_be_passed_on_to_nobody() -> None:
    """Whoever is passed over was silent, and someone new is waited for."""
    process = done(ESCALATION, raised(), command("acknowledge", "team_manager", MONDAY))
    same = command(
        "stand_in",
        "x",
        MONDAY,
        reason="away",
        told=("team_manager",),
        passed_over=("service_manager",),
    )
    assert refused(ESCALATION, process, same) == {"tells_another"}
    gone = command(
        "stand_in",
        "x",
        MONDAY,
        reason="away",
        told=("head_of_service",),
        passed_over=("service_manager", "head_of_service"),
    )
    assert refused(ESCALATION, process, gone) == {"waits_for_them", "passes_over_the_silent"}
    known = command(
        "stand_in",
        "x",
        MONDAY,
        reason="away",
        told=("head_of_service",),
        passed_over=("team_manager",),
    )
    assert refused(ESCALATION, process, known) == {"passes_over_the_silent"}


# --- the cycle ---------------------------------------------------------------------------------------


def commissioned(kind: str = "audit") -> Process:
    return done(
        QA_CYCLE,
        begin(QA_CYCLE, "T-1"),
        command("name_theme", QAB, theme="chronologies", evidence=("audits", "supervision_themes")),
        command("rank", QAB, rank=1),
        command("commission", QAB, task_kind=kind, request="Q-1"),
    )


REPORT: dict[str, Any] = {
    "report": "P-1",
    "presented_to_board": True,
    "presented_to_management_team": True,
}


def reported(kind: str = "audit") -> Process:
    extra: dict[str, Any] = {"sub_group_commission": "G-1"} if kind == "multi_agency_audit" else {}
    return done(
        QA_CYCLE,
        commissioned(kind),
        command("scope", SMQA, scope="S-1", scope_for="Q-1", **extra),
        command("report", SMQA, **REPORT),
    )


def reviewed() -> Process:
    plan: dict[str, Any] = {"plan": "L-1", "plan_kind": "improvement", "plan_developed": "L-1"}
    return done(
        QA_CYCLE,
        reported(),
        command("develop_plan", CSMT, **plan),
        command("approve_plan", DLT, plan_approved="L-1"),
        command("agree_plan", QAB, plan_agreed="L-1", review_on=date(2016, 6, 30)),
        command("carry_out", CSMT),
        command("offer_support", "principal_social_worker", support_offered="O-1"),
        command("offer_training", "workforce_development_team", training_offered=False),
        command("carry_by_supervision", "team_manager", carried_by_supervision=True),
        command("bring_back", QAB),
        command("challenge", QAB, **HEARD),
    )


def test_a_theme_is_ranked_before_a_task_is_commissioned() -> None:
    process = done(
        QA_CYCLE,
        begin(QA_CYCLE, "T-1"),
        command("name_theme", QAB, theme="chronologies", evidence=("audits",)),
    )
    early = command("commission", QAB, task_kind="audit", request="Q-1")
    assert refused(QA_CYCLE, process, early) == {"rank"}


def test_the_scope_is_tied_to_the_boards_request() -> None:
    other = command("scope", SMQA, scope="S-1", scope_for="Q-2")
    assert refused(QA_CYCLE, commissioned(), other) == {"scope_answers_request"}


def test_a_multi_agency_audit_is_commissioned_by_the_sub_group() -> None:
    alone = command("scope", SMQA, scope="S-1", scope_for="Q-1")
    process = commissioned("multi_agency_audit")
    assert refused(QA_CYCLE, process, alone) == {"sub_group_commissioned"}
    assert reported("multi_agency_audit").state == "improve"


@pytest.mark.parametrize(("kind", "plan"), TASKS.items())
def test_a_procedure_gets_an_implementation_plan_and_any_other_task_an_improvement_plan(
    kind: str, plan: str
) -> None:
    process = reported(kind)
    for each in ("improvement", "implementation"):
        made = command("develop_plan", CSMT, plan="L-1", plan_kind=each, plan_developed="L-1")
        if each == plan:
            done(QA_CYCLE, process, made)
        else:
            assert refused(QA_CYCLE, process, made) == {"plan_fits_task"}


def test_a_plan_is_developed_approved_and_agreed_in_that_order() -> None:
    process = reported()
    plan: dict[str, Any] = {"plan": "L-1", "plan_kind": "improvement", "plan_developed": "L-1"}
    assert refused(QA_CYCLE, process, command("carry_out", CSMT)) == {
        "plan",
        "plan_kind",
        "plan_fits_task",
        "plan_was_developed",
        "plan_was_approved",
        "plan_was_agreed",
    }
    process = done(QA_CYCLE, process, command("develop_plan", CSMT, **plan))
    early = command("agree_plan", QAB, plan_agreed="L-1")
    assert refused(QA_CYCLE, process, early) == {"plan_was_approved"}
    process = done(QA_CYCLE, process, command("approve_plan", DLT, plan_approved="L-1"))
    assert refused(QA_CYCLE, process, command("carry_out", CSMT)) == {"plan_was_agreed"}
    another = command("agree_plan", QAB, plan_agreed="L-2")
    assert refused(QA_CYCLE, process, another) == {"plan_was_agreed"}
    process = done(QA_CYCLE, process, command("agree_plan", QAB, plan_agreed="L-1"))
    assert done(QA_CYCLE, process, command("carry_out", CSMT)).state == "support"


def test_a_plan_developed_anew_is_approved_and_agreed_anew() -> None:
    process = reported()
    for number in ("L-1", "L-2"):
        plan: dict[str, Any] = {
            "plan": number,
            "plan_kind": "improvement",
            "plan_developed": number,
        }
        process = done(QA_CYCLE, process, command("develop_plan", CSMT, **plan))
        assert "plan_was_approved" in refused(QA_CYCLE, process, command("carry_out", CSMT))
        process = done(
            QA_CYCLE,
            process,
            command("approve_plan", DLT, plan_approved=number),
            command("agree_plan", QAB, plan_agreed=number),
        )


def test_each_body_is_a_setting_of_the_frameworks_owner() -> None:
    """Where the leadership team need not approve, the board agrees without it, and no more."""
    departure = Departure(
        setting="plan_approved_by_leadership_team",
        value="not_required",
        since=date(2016, 1, 1),
        reason="the two teams are one",
        approver=QAB,
    )
    framework = Framework.of(READING_2016, departures=[departure])
    process = reported()
    for each in (
        command("develop_plan", CSMT, plan="L-1", plan_kind="improvement", plan_developed="L-1"),
        command("agree_plan", QAB, plan_agreed="L-1"),
        command("carry_out", CSMT),
    ):
        event = framework.decide(process, each)
        assert isinstance(event, Event)
        process = apply(QA_CYCLE, process, event)
    assert process.state == "support"
    early = framework.decide(reported(), command("carry_out", CSMT))
    assert {each.id for each in early.unmet} == {  # type: ignore[union-attr]
        "plan",
        "plan_kind",
        "plan_fits_task",
        "plan_was_developed",
        "plan_was_agreed",
    }


def test_the_board_challenges_with_all_it_should_hear_before_it_closes() -> None:
    process = reviewed()
    both: dict[str, Any] = {"delivered": True, "better_for_children": True}
    before = process.history[-2]
    assert before.event == "bring_back"
    unheard = done(QA_CYCLE, reported())  # improve
    assert refused(QA_CYCLE, unheard, command("close", QAB, **both)) == {"state", *HEARD}
    assert done(QA_CYCLE, process, command("close", QAB, **both)).state == "closed"


def test_delivered_and_not_better_it_goes_round_again_with_nothing_carried_over() -> None:
    process = reviewed()
    half: dict[str, Any] = {"delivered": True, "better_for_children": False}
    assert refused(QA_CYCLE, process, command("close", QAB, **half)) == {"is_better"}
    both: dict[str, Any] = {"delivered": True, "better_for_children": True}
    good = command("go_round_again", QAB, reason="no", **both)
    assert refused(QA_CYCLE, process, good) == {"not_there_yet"}
    process = done(QA_CYCLE, process, command("go_round_again", QAB, reason="no change", **half))
    assert process.state == "identify"
    assert set(process.papers) == {"theme", "evidence"}
    assert refused(
        QA_CYCLE, process, command("commission", QAB, task_kind="audit", request="Q-2")
    ) == {"rank"}


def test_the_board_may_ask_for_nothing_and_says_why() -> None:
    process = done(
        QA_CYCLE,
        begin(QA_CYCLE, "T-1"),
        command("name_theme", QAB, theme="chronologies", evidence=("audits",)),
    )
    assert refused(QA_CYCLE, process, command("ask_for_nothing", QAB)) == {"reason"}
    assert (
        done(QA_CYCLE, process, command("ask_for_nothing", QAB, reason="known")).state == "closed"
    )


def test_the_work_programme_rolls_over_every_theme() -> None:
    """Ranked first and by rank; the round, whose turn it is, and what is late are said."""
    again = done(
        QA_CYCLE,
        reviewed(),
        command("go_round_again", QAB, reason="no", delivered=False, better_for_children=False),
    )
    closed = done(
        QA_CYCLE, reviewed(), command("close", QAB, delivered=True, better_for_children=True)
    )
    themes = [again, closed, reviewed(), begin(QA_CYCLE, "T-9"), submitted()]
    table = work_programme(themes, date(2016, 7, 1))
    assert [(r["rank"], r["stage"], r["owner"], r["round"]) for r in table.rows] == [
        (1, "Review", QAB, 1),
        (None, "Identify", QAB, 2),
    ]
    assert table.rows[0]["late"] == "The board has looked at it again."
    assert table.rows[1]["next"] == "ranked; nothing asked for; task commissioned"
    assert len(work_programme(themes, date(2016, 7, 1), closed=True)) == 3


def test_an_event_says_who_when_and_why() -> None:
    event = decide(
        AUDIT, submitted(), command("give_back", SMQA, JAN_29, post="SM-1", reason="blank")
    )
    assert isinstance(event, Event)
    assert (event.by.role, event.by.post, event.on, event.reason) == (SMQA, "SM-1", JAN_29, "blank")


# --- the page --------------------------------------------------------------------------------------

PAGE = Path(__file__).parents[1] / "docs" / "from-audit-to-improvement.md"


def test_the_diagrams_on_the_page_are_those_of_the_tables() -> None:
    blocks = re.findall(
        r"^```mermaid\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    assert blocks == [each.to_mermaid() for each in (ACTION, AUDIT, ESCALATION, QA_CYCLE)]


@pytest.mark.parametrize("machine", STATES, ids=lambda each: each.id)
def test_a_diagram_has_each_state_and_each_row_once(machine: Machine) -> None:
    lines = machine.to_mermaid().splitlines()
    assert len(lines) == len(set(lines))
    arrows = [line.strip() for line in lines if "-->" in line]
    wanted = [
        f"{state or '[*]'} --> {row.to}: {row.title}"
        for row in machine.transitions
        for state in row.leaves
    ] + [f"{id} --> [*]" for id in machine.ends()]
    assert arrows == wanted
    assert all(line.count(":") <= 1 for line in lines), "a second colon would break the label"
