"""What happens after an audit: golden steps, what is open, what was signed off."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qaf_core import READING_2016, Audit, Framework, InputError, example, read_audit
from qaf_core.audits import Action, Participant
from qaf_core.cycle import (
    ACTION,
    AUDIT,
    ESCALATION,
    PLACES,
    QA_CYCLE,
    STEPS,
    Absences,
    Actor,
    Process,
    agree_actions,
    apply,
    begin,
    carried_over,
    decide,
    escalations,
    next_up,
    open_cases,
    pass_up,
    raise_from,
    register,
    schedule,
    standing_of,
    unanswered,
    unraised,
    work_programme,
)
from qaf_core.cycle.processes import Event
from qaf_core.errors import UnknownIdError
from qaf_core.findings import Escalation
from qaf_core.immutable import FrozenMap
from test_ways import FEB_29, JAN_31, MAR_1, sent, submitted
from ways import command, done

FRAMEWORK = Framework.of(READING_2016)
DAY = date(2016, 2, 15)
AUDITOR = Actor("auditor", "TM-1")

# --- golden: the steps, by hand from the source -------------------------------------------------

GOLDEN = (
    # tool, number, by, to, copy, kept, lines
    ("case_file", 1, "auditor", "worker, supervisor", "", "", "676"),
    ("case_file", 2, "auditor", "service_manager_quality_assurance", "", "", "677"),
    ("case_file", 3, "business_support", "worker", "line_manager", "", "963"),
    ("case_file", 4, "business_support", "service_manager_safeguarding", "", "", "964"),
    ("case_file", 5, "supervisor, worker", "", "", "supervision_note", "955"),
    ("case_file", 6, "worker", "", "", "supervision_file, supervision_note", "955"),
    ("case_file", 7, "worker", "line_manager", "", "", "965"),
    ("case_file", 8, "line_manager", "safeguarding_unit", "", "", "966"),
    ("case_file", 9, "line_manager", "", "", "electronic_file", "967"),
    ("case_file", 10, "safeguarding_unit", "", "", "register", "968"),
    ("observation", 1, "observer, practitioner", "", "", "", "982-986"),
    ("observation", 2, "supervisee, supervisor", "", "", "", "988-990"),
    ("observation", 3, "observer", "practitioner, line_manager", "", "", "992"),
    ("observation", 4, "observer", "observation_collator", "", "observation_collection", "992"),
    ("observation", 5, "supervisor, supervisee", "", "", "", "986-987, 992"),
    ("supervision", 1, "auditor", "supervisee, supervisor", "", "", "1059"),
    ("supervision", 2, "supervisor", "", "", "", "1064-1073"),
    ("supervision", 3, "supervisor", "auditor", "", "", "1074"),
)


def test_the_steps_are_those_of_the_source() -> None:
    found = tuple(
        (
            each.tool,
            each.number,
            ", ".join(each.by),
            ", ".join(each.to),
            ", ".join(each.copy),
            ", ".join(each.kept),
            each.source.lines,
        )
        for each in STEPS
    )
    assert found == GOLDEN


def test_the_only_limits_are_the_month_and_the_next_supervision() -> None:
    """A step for which the source gives no time has none."""
    limits = {
        row["step"]: (row["within"], row["due"])
        for tool in ("case_file", "observation", "supervision")
        for row in schedule(STEPS, tool, known={"form_received": JAN_31}).rows
        if row["within"] != "no limit stated"
    }
    assert limits == {
        "case_file_sign_off": ("within 1 month of form received", FEB_29),
        "observation_send": ("before the worker's next supervision", None),
    }


def test_without_the_day_of_receipt_there_is_no_day_for_signing_off() -> None:
    rows = schedule(STEPS, "case_file", places=PLACES).rows
    assert [row["due"] for row in rows] == [None] * 10
    assert rows[8]["kept"] == "the child's electronic file"


def test_a_tool_without_steps_is_named() -> None:
    with pytest.raises(UnknownIdError, match="Did you mean 'case_file'"):
        schedule(STEPS, "case_files")


def test_the_four_places_where_an_audit_is_kept_are_all_there() -> None:
    """On the supervision file, in the supervision note, on the e-file and in the register."""
    kept = {place for each in STEPS if each.tool == "case_file" for place in each.kept}
    assert kept == {"supervision_file", "supervision_note", "electronic_file", "register"}


def test_every_step_that_is_an_event_of_the_audits_way_is_by_those_who_may() -> None:
    for each in STEPS:
        if each.event:
            rows = AUDIT.rows[each.event]
            assert {role for row in rows for role in row.transition.by} <= set(each.by)


# --- actions -------------------------------------------------------------------------------------


def an_audit(id: str = "A-1", audited: date = DAY, **changes: Any) -> Audit:
    audit = read_audit(example("inadequate_unsafe"), FRAMEWORK)
    actions = (
        Action(section="risk", action="see the child", by=date(2016, 2, 19)),
        Action(section="other", action="write it up", by=date(2016, 3, 4)),
    )
    given: dict[str, Any] = {
        "id": id,
        "audited": audited,
        "actions": actions,
        "participants": PEOPLE,
    }
    return attrs.evolve(audit, **(given | changes))


PEOPLE = (
    Participant(role="auditor", post="TM-1"),
    Participant(role="worker", post="SW-17"),
    Participant(role="line_manager", post="TM-9"),
)


def with_receipt(actions: tuple[Process, ...], received: date) -> list[Process]:
    receive = command("receive", "business_support", received, form_received=received)
    return [done(ACTION, each, receive) for each in actions]


def signed(process: Process, on: date) -> Process:
    return done(
        ACTION,
        process,
        command("do", "worker", on, what_was_done="seen", form_returned=on),
        command("sign_off", "line_manager", on),
    )


def test_each_action_of_an_audit_goes_its_own_way() -> None:
    first, second = agree_actions(an_audit(), by=AUDITOR, on=DAY)
    assert (first.id, second.id) == ("A-1/action-1", "A-1/action-2")
    assert first.due["action_due"] == date(2016, 2, 19)
    assert (first.papers["section"], second.papers["section"]) == ("risk", "other")
    assert standing_of("A-1", (first, second)) == {
        "actions_agreed": 2,
        "actions_open": 2,
        "actions_unsigned": 2,
    }


def test_an_action_without_a_date_is_not_agreed_and_is_named() -> None:
    undated = (Action(section="risk", action="soon"), Action(section="plans", action="later"))
    with pytest.raises(InputError) as caught:
        agree_actions(an_audit(actions=undated), by=AUDITOR, on=DAY)
    assert [fault.path for fault in caught.value.faults] == ["actions[0]", "actions[1]"]


def test_the_service_manager_sees_every_case_with_open_actions() -> None:
    """The most pressing first; a signed-off action is none of them; late is by the day."""
    one = with_receipt(agree_actions(an_audit(), by=AUDITOR, on=DAY), DAY)
    other = agree_actions(an_audit("A-2", audited=DAY), by=AUDITOR, on=DAY)
    third = [
        signed(each, DAY)
        for each in with_receipt(agree_actions(an_audit("A-3"), by=AUDITOR, on=DAY), DAY)
    ]
    table = open_cases([signed(one[0], DAY), one[1], *other, *third], date(2016, 3, 1))
    rows = [(r["audit"], r["actions"], r["open"], r["due"], r["late"]) for r in table.rows]
    assert rows == [
        ("A-2", 2, 2, date(2016, 2, 19), 1),
        ("A-1", 2, 1, date(2016, 3, 4), 0),
    ]
    assert table.rows[1]["sign_off_due"] == date(2016, 3, 15)


def test_a_case_with_an_escalation_open_is_listed_first_even_without_actions() -> None:
    """And stays until that is closed; every escalation is in the table of them."""
    actions = agree_actions(an_audit("A-2"), by=AUDITOR, on=DAY)
    (call,) = raise_from(review(), by=AUDITOR, on=DAY)
    table = open_cases(actions, DAY, escalations=[call])
    assert [(r["audit"], r["escalations"], r["open"]) for r in table.rows] == [
        ("A-1", 1, 0),
        ("A-2", 0, 2),
    ]
    closed = done(
        ESCALATION,
        call,
        command("act", "team_manager", DAY, action_taken="visited"),
        command("acknowledge", "service_manager", DAY),
        command("close", "team_manager", DAY, outcome="safe", reason="seen at home"),
    )
    assert [r["audit"] for r in open_cases(actions, DAY, escalations=[closed]).rows] == ["A-2"]
    listed = escalations([closed, call], date(2016, 2, 17)).rows
    assert [(r["state"], r["awaited"], r["late"], r["outcome"], r["closed"]) for r in listed] == [
        ("raised", "team_manager, service_manager", True, "", None),
        ("closed", "", False, "safe", DAY),
    ]


def test_an_action_that_nobody_follows_is_on_the_list_of_the_audits_given() -> None:
    """What was never put on its way is open like any other, by its own date."""
    first, _ = agree_actions(an_audit(), by=AUDITOR, on=DAY)
    by_hand = attrs.evolve(an_audit().actions[0], signed_off=DAY)
    audits = [an_audit(), an_audit("A-2"), an_audit("A-3", actions=(by_hand,))]
    table = open_cases([first], date(2016, 3, 1), audits=audits)
    rows = [(r["audit"], r["actions"], r["open"], r["due"], r["late"]) for r in table.rows]
    assert rows == [
        ("A-1", 2, 2, date(2016, 2, 19), 1),
        ("A-2", 2, 2, date(2016, 2, 19), 1),
    ]


def test_processes_of_another_version_of_a_table_are_refused_and_of_another_table_passed_over() -> (
    None
):
    """Left out in silence, they would be open and on no list."""
    (first, second) = agree_actions(an_audit(), by=AUDITOR, on=DAY)
    later = attrs.evolve(second, machine="action 2020.1")
    theme = begin(QA_CYCLE, "T-1")
    assert len(open_cases([first, theme], DAY)) == 1
    for listing in (
        lambda: open_cases([first, later], DAY),
        lambda: standing_of("A-1", [first, later]),
        lambda: carried_over(an_audit("A-2"), [], [first, later]),
        lambda: work_programme([attrs.evolve(theme, machine="qa_cycle 2020.1")], DAY),
    ):
        with pytest.raises(InputError, match="another version of its table"):
            listing()


def test_names_are_there_only_where_they_are_asked_for() -> None:
    actions = agree_actions(an_audit(), by=AUDITOR, on=DAY)
    plain = open_cases(actions, DAY, audits=[an_audit()])
    for text in (repr(plain), plain.to_markdown(), plain.to_html(), str(plain.to_rows())):
        assert "SW-17" not in text
        assert "Worker" not in text
    names = {"SW-17": "W. Worker", "TM-9": "M. Manager"}
    asked = open_cases(actions, DAY, audits=[an_audit()], names=names)
    assert asked.rows[0]["worker"] == "W. Worker"
    assert asked.rows[0]["line_manager"] == "M. Manager"


def test_the_register_holds_what_is_completed_and_actioned_and_nothing_else() -> None:
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
    )
    logged = done(AUDIT, process, command("log", "safeguarding_unit", MAR_1, log_entry="R-1"))
    table = register([submitted(), sent(), process, logged])
    assert [dict(row) for row in table.rows] == [
        {
            "entry": "R-1",
            "audit": "A-1",
            "subject": "C-1",
            "actions": 2,
            "received": JAN_31,
            "due": FEB_29,
            "signed_off": MAR_1,
            "in_time": False,
            "logged": MAR_1,
        }
    ]


def test_the_next_audit_of_a_case_asks_what_became_of_the_last_ones_actions() -> None:
    """The latest before it, no moderation, no other child; one not followed up is named."""
    last = an_audit("A-2", date(2016, 1, 20))
    earlier = an_audit("A-1", date(2015, 10, 1))
    moderation = an_audit("A-3", date(2016, 1, 25), moderates="A-2")
    elsewhere = an_audit("A-4", date(2016, 2, 1), subject=attrs.evolve(last.subject, id="C-9999"))
    first, _ = agree_actions(last, by=AUDITOR, on=date(2016, 1, 20))
    first = signed(with_receipt((first,), date(2016, 1, 20))[0], date(2016, 1, 28))
    now = an_audit("A-5")
    table = carried_over(now, [now, elsewhere, moderation, earlier, last], [first])
    assert [(r["audit"], r["action"], r["state"], r["settled"]) for r in table.rows] == [
        ("A-2", 1, "signed_off", True),
        ("A-2", 2, "not followed up", False),
    ]
    assert len(carried_over(earlier, [earlier, last], [first])) == 0


# --- escalations -----------------------------------------------------------------------------------


def review(**changes: Any) -> Any:
    return FRAMEWORK.review(an_audit(**changes), on=DAY)


def test_what_a_review_calls_for_is_raised_once() -> None:
    (process,) = raise_from(review(), by=AUDITOR, on=DAY)
    assert process.state == "raised"
    assert process.papers["told"] == ("team_manager", "service_manager")
    assert set(process.papers["rules"]) == {
        "escalation.unsafe",
        "escalation.overall_inadequate",
    }
    assert raise_from(review(), by=AUDITOR, on=DAY, known=[process]) == ()
    assert unraised([review()], [process]) == ()
    assert unraised([review()], []) == review().escalations


def test_what_a_table_refuses_to_raise_is_urgent_in_the_error() -> None:
    """A council's table lets managers alone raise; the auditor is told what to raise by hand."""
    first = attrs.evolve(ESCALATION.transitions[0], by=("team_manager",))
    strict = attrs.evolve(ESCALATION, transitions=(first, *ESCALATION.transitions[1:]))
    reviews = [review(), review(id="A-2")]
    with pytest.raises(InputError) as caught:
        raise_from(reviews, by=AUDITOR, on=DAY, machine=strict)
    assert caught.value.urgent == tuple(call for each in reviews for call in each.escalations)
    (told,) = raise_from(reviews[:1], by=Actor("team_manager"), on=DAY, machine=strict)
    with pytest.raises(InputError) as caught:
        raise_from(reviews, by=AUDITOR, on=DAY, machine=strict, known=[told])
    assert caught.value.urgent == reviews[1].escalations


def test_an_escalation_without_a_last_day_is_late_on_every_list() -> None:
    (process,) = raise_from(review(), by=AUDITOR, on=DAY)
    undated = attrs.evolve(process, due=FrozenMap({"acknowledge_due": None}))
    assert unanswered([process, undated], DAY) == (undated,)
    assert [row["late"] for row in escalations([process, undated], DAY).rows] == [False, True]
    (case,) = open_cases([], DAY, escalations=[process, undated]).rows
    assert (case["escalations"], case["late"]) == (2, 1)


def test_after_moderation_both_reviews_are_raised_from_each_a_draft_or_not() -> None:
    """What either audit calls for is raised by its own audit; a whole audit is no draft."""
    whole = review()
    again = review(id="M-1", moderates="A-1", judgements={})
    assert whole.complete
    assert not again.complete
    raised = raise_from([whole, again], by=AUDITOR, on=DAY)
    assert [(each.id, each.papers["raised_in_draft"]) for each in raised] == [
        ("A-1/escalation-1", False),
        ("M-1/escalation-1", True),
    ]
    assert unraised([whole, again], raised) == ()
    assert raise_from([again, whole], by=AUDITOR, on=DAY, known=raised) == ()


def test_raised_in_a_draft_it_stays_raised_whatever_the_audit_says_later() -> None:
    plain = json.loads(example("inadequate_unsafe"))
    plain["judgements"].pop("plans")
    draft = FRAMEWORK.review(read_audit(plain, FRAMEWORK), on=DAY)
    assert not draft.complete
    (process,) = raise_from(draft, by=AUDITOR, on=DAY)
    assert process.papers["raised_in_draft"] is True
    good = FRAMEWORK.review(
        attrs.evolve(read_audit(example("good_throughout"), FRAMEWORK), id=draft.audit), on=DAY
    )
    assert good.escalations == ()
    assert raise_from(good, by=AUDITOR, on=DAY, known=[process]) == ()
    assert process.state == "raised"
    assert unanswered([process], date(2016, 2, 17)) == (process,)


def test_what_comes_to_be_called_for_later_is_raised_too() -> None:
    """A rule that the first escalation did not rest on gives a second, with that alone."""
    plain = json.loads(example("inadequate_unsafe"))
    plain["answers"].pop("safe")
    (first,) = raise_from(
        FRAMEWORK.review(read_audit(plain, FRAMEWORK), on=DAY), by=AUDITOR, on=DAY
    )
    assert first.papers["rules"] == ("escalation.overall_inadequate",)
    whole = FRAMEWORK.review(read_audit(example("inadequate_unsafe"), FRAMEWORK), on=DAY)
    assert unraised([whole], [first]) == whole.escalations
    (second,) = raise_from(whole, by=AUDITOR, on=DAY, known=[first])
    assert second.papers["rules"] == ("escalation.unsafe",)
    assert second.id != first.id
    assert unraised([whole], [first, second]) == ()


def test_what_a_file_that_cannot_be_read_whole_calls_for_is_raised_too() -> None:
    """As of a draft; and audits without an id never stand in each other's way."""
    broken = json.loads(example("inadequate_unsafe"))
    broken["answers"]["risk_managed"] = "perhaps"
    nameless = {key: value for key, value in broken.items() if key != "id"}
    urgent: list[Escalation] = []
    for plain in (broken, nameless, nameless):
        with pytest.raises(InputError) as caught:
            read_audit(plain, FRAMEWORK)
        urgent += caught.value.urgent
    assert len(urgent) == 3
    raised = raise_from(urgent, by=AUDITOR, on=DAY)
    assert len({each.id for each in raised}) == 3
    assert all(each.papers["raised_in_draft"] for each in raised)
    assert unraised(urgent[:1], raised) == ()
    assert raise_from(urgent[:1], by=AUDITOR, on=DAY, known=raised) == ()


HOLDERS = {"team_manager": "TM-1", "service_manager": "SM-1", "head_of_service": "HS-1"}


def test_for_the_auditor_themself_and_the_absent_the_next_up_the_line_stands_in() -> None:
    absences = Absences(holders=HOLDERS, absent={"SM-1"}, auditors={"TM-1"})
    (process,) = raise_from(review(), by=AUDITOR, on=DAY, absences=absences)
    assert process.papers["told"] == (
        "team_manager",
        "service_manager",
        "head_of_service",
        "director_of_childrens_services",
    )
    assert process.papers["passed_over"] == ("team_manager", "service_manager")
    reasons = [event.reason for event in process.history if event.event == "stand_in"]
    assert reasons == ["the recipient is the auditor", "the recipient is absent"]


def test_where_nobody_is_left_to_stand_in_the_recipient_stays_the_one_to_answer() -> None:
    away = frozenset({"TM-1", "SM-1", "HS-1", "DCS-1"})
    holders = HOLDERS | {"director_of_childrens_services": "DCS-1"}
    absences = Absences(holders=holders, absent=away)
    (process,) = raise_from(review(), by=AUDITOR, on=DAY, absences=absences)
    assert process.papers["told"] == ("team_manager", "service_manager")
    assert "passed_over" not in process.papers


def test_unanswered_it_goes_up_the_line_to_its_end_and_then_stays_raised() -> None:
    (process,) = raise_from(review(), by=AUDITOR, on=DAY)
    told = []
    on = DAY
    while next_up(process):
        on = date.fromordinal(on.toordinal() + 7)
        event = decide(ESCALATION, process, pass_up(process, by=AUDITOR, on=on))
        assert isinstance(event, Event)
        told += event.brings["told"]
        process = apply(ESCALATION, process, event)
    assert told == ["head_of_service", "director_of_childrens_services"]
    assert process.state == "raised"
    with pytest.raises(InputError, match="nobody further up"):
        pass_up(process, by=AUDITOR, on=on)


def test_a_rules_own_ladder_comes_before_the_line() -> None:
    escalation = review().escalations[0]
    ladder = attrs.evolve(
        escalation,
        then=attrs.evolve(
            escalation.findings[0].outcome, to=(FRAMEWORK.role("head_of_childrens_services"),)
        ),
    )
    (process,) = raise_from(review(), by=AUDITOR, on=DAY)
    assert next_up(process, ladder) == ("head_of_childrens_services",)
    assert next_up(process, escalation) == ("head_of_service",)


@given(
    absent=st.frozensets(st.sampled_from(["TM-1", "SM-1", "HS-1", "DCS-1"])),
    auditors=st.frozensets(st.sampled_from(["TM-1", "SM-1", "HS-1"])),
    known=st.frozensets(st.sampled_from(["team_manager", "service_manager", "head_of_service"])),
)
def test_whoever_is_away_somebody_is_waited_for_and_every_recipient_is_on_the_list(
    absent: frozenset[str], auditors: frozenset[str], known: frozenset[str]
) -> None:
    holders = {role: post for role, post in HOLDERS.items() if role in known}
    absences = Absences(holders=holders, absent=absent, auditors=auditors)
    (process,) = raise_from(review(), by=AUDITOR, on=DAY, absences=absences)
    assert {"team_manager", "service_manager"} <= set(process.papers["told"])
    waited = set(process.papers["told"]) - set(process.papers.get("passed_over", ()))
    assert waited
    assert all(
        not absences.why_not(role) or role in ("team_manager", "service_manager") for role in waited
    )
