"""The engine for states: its laws, each a test named as its sentence."""

from __future__ import annotations

import copy
import json
import pickle
from datetime import date, timedelta
from random import Random  # noqa: TID251 - Hypothesis gives the values, or the seed is written down
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qaf_core import READING_2016, Addition, DefinitionError, Framework, InputError, Standing
from qaf_core.cycle import (
    ACTION,
    AUDIT,
    ESCALATION,
    QA_CYCLE,
    START,
    Actor,
    Clock,
    Command,
    Event,
    Guard,
    Machine,
    Paper,
    Process,
    Refusal,
    State,
    Transition,
    apply,
    available,
    begin,
    decide,
    late,
    replay,
)
from qaf_core.cycle.rows import reader
from qaf_core.editions import Departure
from qaf_core.errors import UnknownIdError
from qaf_core.immutable import FrozenMap
from qaf_core.interchange import process_to_plain, read_process, write_process
from qaf_core.logic import DATE, YES_NO, Record, Ref, Verdict, explain, refs
from qaf_core.roles import BOARDS, ROLES, TEAM_MANAGER
from qaf_core.settings import SIGN_OFF_COUNTS_FROM, SIGNED_OFF
from qaf_core.sources import QAF
from qaf_core.timing import Deadline, Span, Unit
from ways import DAY, brought_to_an_end, command, done, random_walk, refused

MACHINES = (AUDIT, ACTION, ESCALATION, QA_CYCLE)
GIVEN: dict[str, Any] = {"source": QAF.at("1", lines="1"), "standing": Standing.EDITORIAL}

each_machine = pytest.mark.parametrize("machine", MACHINES, ids=lambda each: each.id)
chance = st.randoms(use_true_random=True)
LENGTH = 25


# --- laws -----------------------------------------------------------------------------------


@each_machine
@given(rng=chance)
def test_random_commands_meet_nothing_but_documented_refusals(
    machine: Machine, rng: Random
) -> None:
    """Every outcome is an event of the table or a refusal that says why; none raises."""
    for before, each, found, after in random_walk(machine, rng, LENGTH):
        if isinstance(found, Refusal):
            assert after is before
            assert found.unmet
            assert all(one.id and one.statement for one in found.unmet)
            assert str(found)
        else:
            row = machine.row[found.row].transition
            assert (found.event, before.state, after.state) == (
                row.name,
                found_in(row, before),
                row.to,
            )
            assert found.command == each
            assert after.history == (*before.history, found)


SEQUENCES = 10_000 if settings().max_examples > 10 else 200
ENGINES_OWN = {"event", "state", "version", "who", "order", "reason", "papers"}


@each_machine
def test_ten_thousand_sequences_of_commands_meet_nothing_but_documented_refusals(
    machine: Machine,
) -> None:
    """Each goes on from where the one before came to, so that late states are seen as well.

    Every row of the table is taken on the way, and whatever is unmet is a guard or paper
    of the table, or one of the engine's own requirements, which ``Unmet`` lists.
    """
    known = ENGINES_OWN | {each.id for each in machine.guards} | set(machine.paper)
    taken: set[str] = set()
    unmet: set[str] = set()
    rng = Random(2016)
    process = begin(machine, "P-1")
    for _ in range(SEQUENCES):
        if process.state in machine.ends() or len(process.history) > LENGTH:
            process = begin(machine, "P-1")
        for _, _, found, after in random_walk(machine, rng, 4, process):
            process = after
            if isinstance(found, Refusal):
                assert found.unmet
                unmet.update(each.id for each in found.unmet)
            else:
                taken.add(found.row)
    assert unmet <= known
    assert SEQUENCES < 10_000 or taken == set(machine.row)


def found_in(row: Transition, before: Process) -> str:
    assert before.state in row.leaves
    return before.state


@each_machine
@given(rng=chance)
def test_replaying_a_history_gives_the_state(machine: Machine, rng: Random) -> None:
    process = begin(machine, "P-1")
    for _, _, _, process in random_walk(machine, rng, LENGTH):  # noqa: B007 - the last counts
        pass
    assert replay(machine, "P-1", process.history) == process


@each_machine
@given(rng=chance)
def test_a_refusal_lists_everything_that_is_unmet(machine: Machine, rng: Random) -> None:
    """Worked out a second time, from the table alone and by the engine's own reading."""
    for before, each, found, _ in random_walk(machine, rng, LENGTH):
        unmet = {one.id for one in found.unmet} if isinstance(found, Refusal) else set()
        assert unmet == expected(machine, before, each)


def holds(cond: Any, look: dict[str, Any]) -> bool:
    return explain(cond, Record(look)).verdict is Verdict.MET


def on_file(
    machine: Machine, row: Transition, before: Process, each: Command
) -> tuple[dict[str, Any], set[str]]:
    """What is on file with the command's papers, and the ids of papers brought amiss."""
    look, amiss = dict(before.papers), set()
    for id, value in each.brings.items():
        paper = machine.paper.get(id)
        if paper is None:
            amiss.add("papers")
        elif id not in (*row.needs, *row.makes, *row.may) or not paper.admits(value):
            amiss.add(id)
        else:
            if paper.once and id in before.papers and before.papers[id] != value:
                amiss.add(id)
            old = look.get(id, ())
            new = (*old, *(one for one in value if one not in old)) if paper.many else value
            look[id] = new
    if row.signs and each.by.role not in look.get(row.signs, ()):
        look[row.signs] = (*look.get(row.signs, ()), each.by.role)
    look |= {id: day for id, day in before.due.items() if day}
    look |= {"actor": each.by.role, "post": each.by.post, "on": each.on}
    look |= {one.id: one.function(before.papers, look) for one in machine.derived}
    return look, amiss


def expected(machine: Machine, before: Process, each: Command) -> set[str]:
    rows = [row for row in machine.transitions if row.name == each.event]
    if not rows:
        return {"event"}
    here = [row for row in rows if before.state in row.leaves]
    choices = [
        row for row in here or rows if holds(row.when, on_file(machine, row, before, each)[0])
    ]
    row = (choices or here or rows)[0]
    look, amiss = on_file(machine, row, before, each)
    unmet = amiss | (set() if here else {"state"})
    unmet |= {"who"} if row.by and each.by.role not in row.by else set()
    unmet |= {"reason"} if row.reason and not each.reason.strip() else set()
    unmet |= {"order"} if before.since and each.on < before.since else set()
    unmet |= {id for id in row.needs if id not in look}
    unmet |= {id for id in row.makes if id not in each.brings or id not in look}
    guards = {guard.id: guard for guard in machine.guards}
    return unmet | {id for id in row.guards if not holds(guards[id].holds, look)}


@each_machine
@given(rng=chance)
def test_no_path_skips_a_required_artefact(machine: Machine, rng: Random) -> None:
    """Whatever a row needs or makes was on file by then, put there by an event of the history."""
    for before, _, found, after in random_walk(machine, rng, LENGTH):
        if isinstance(found, Event):
            row = machine.row[found.row].transition
            assert {*row.needs, *row.makes} <= {*before.papers, *found.brings}
            assert set(row.makes) <= set(found.brings)
            assert set(after.papers) == filed(machine, after)


def filed(machine: Machine, process: Process) -> set[str]:
    """Ids of the papers on file, by its history alone."""
    held: set[str] = set()
    for event in process.history:
        row = machine.row[event.row].transition
        held |= set(event.brings) | ({row.signs} if row.signs else set())
        held -= set(row.clears)
    return held


@each_machine
def test_every_state_is_reached_and_can_reach_an_end(machine: Machine) -> None:
    """By the table; that the conditions allow it is shown by the walks."""
    edges = {(state, row.to) for row in machine.transitions for state in row.leaves}

    def beyond(*states: str) -> set[str]:
        found = set(states)
        while more := {to for state, to in edges if state in found} - found:
            found |= more
        return found

    ids = {each.id for each in machine.states}
    assert beyond(START) == ids | {START}
    assert all(beyond(id) & set(machine.ends()) for id in ids)


@each_machine
@given(rng=chance)
def test_from_wherever_a_process_stands_an_end_can_be_reached(
    machine: Machine, rng: Random
) -> None:
    """Whatever was done before, and with every guard in force."""
    for before, _, _, _ in random_walk(machine, rng, rng.randint(1, LENGTH)):  # noqa: B007
        pass
    assert brought_to_an_end(machine, before, rng).state in machine.ends()


@each_machine
def test_conditions_of_the_table_are_read_as_the_engine_reads_them(machine: Machine) -> None:
    """The quick reading of each guard, with each paper there, otherwise there, and missing."""
    dates = (DAY, DAY + timedelta(days=1))
    values: dict[str, tuple[Any, ...]] = {
        "yes_no": (True, False),
        "date": dates,
        "count": (0, 1),
        "id": ("X-1", "X-2"),
    }
    for cond in (*(each.holds for each in machine.guards), *(r.when for r in machine.transitions)):
        found = sorted(refs(cond), key=lambda ref: ref.name)
        looks: list[dict[str, Any]] = [{}]
        for ref in found:
            some = values.get(ref.kind.id) or ref.kind.codes or ("words",)
            looks += [look | {ref.name: value} for look in looks for value in some]
        assert looks
        for look in looks:
            assert reader(cond)(look) is holds(cond, look)


@given(rng=chance)
def test_what_was_told_in_an_escalation_only_grows(rng: Random) -> None:
    """Nobody told is forgotten, and an escalation that is not closed still waits for someone."""
    for before, _, _, after in random_walk(ESCALATION, rng, LENGTH):
        for id in ("told", "acknowledged", "passed_over", "rules", "audit", "raised_in_draft"):
            if id in before.papers:
                kept = before.papers[id]
                now = after.papers[id]
                assert now[: len(kept)] == kept if isinstance(kept, tuple) else now == kept
        if after.state == "raised":
            settled = {*after.papers.get("acknowledged", ()), *after.papers.get("passed_over", ())}
            assert set(after.papers["told"]) - settled


@each_machine
@given(rng=chance)
def test_nothing_vanishes(machine: Machine, rng: Random) -> None:
    """A process that has begun stays in some state, and its history only grows at the end."""
    for before, _, _, after in random_walk(machine, rng, LENGTH):
        assert after.id == before.id
        assert after.history[: len(before.history)] == before.history
        if before.history:
            assert after.state in {each.id for each in machine.states}
        days = [event.on for event in after.history]
        assert days == sorted(days)


# --- clocks: each anchor of the sign-off ------------------------------------------------------

days = st.dates(date(2012, 1, 1), date(2027, 11, 30))


def a_month_on(day: date) -> date:
    """The corresponding day of the next month, or its last: worked out without the library."""
    year, month = divmod(day.year * 12 + day.month, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError


def an_action(received: date) -> Process:
    return done(
        ACTION,
        begin(ACTION, "AC-1"),
        command(
            "agree",
            "auditor",
            received,
            audit="A-1",
            subject="C-1",
            number=1,
            section="risk",
            due_by=received,
        ),
        command("receive", "business_support", received, form_received=received),
    )


@given(day=days)
def test_sign_off_is_due_a_month_after_the_first_receipt(day: date) -> None:
    process = an_action(day)
    assert process.due["sign_off_due"] == a_month_on(day)


@given(day=days, later=st.integers(0, 60))
def test_a_second_receipt_does_not_move_the_day(day: date, later: int) -> None:
    """Neither the same form received again nor its coming back from the worker."""
    process = an_action(day)
    again = day + timedelta(days=later)
    if later:
        assert "form_received" in refused(
            ACTION, process, command("receive", "line_manager", again, form_received=again)
        )
    process = done(
        ACTION,
        process,
        command("do", "worker", again, what_was_done="seen", form_returned=again),
    )
    assert process.due["sign_off_due"] == a_month_on(day)


@given(day=days, later=st.integers(0, 60))
def test_counted_from_the_return_it_is_due_a_month_after_that(day: date, later: int) -> None:
    """Where the framework's owner says so; until the form is back there is no day."""
    chosen = {"sign_off_counts_from": "form_returned"}
    process = done(
        ACTION,
        begin(ACTION, "AC-1"),
        command(
            "agree",
            "auditor",
            day,
            audit="A-1",
            subject="C-1",
            number=1,
            section="risk",
            due_by=day,
        ),
        command("receive", "business_support", day, form_received=day),
        settings=chosen,
    )
    assert process.due["sign_off_due"] is None
    again = day + timedelta(days=later)
    process = done(
        ACTION,
        process,
        command("do", "worker", again, what_was_done="seen", form_returned=again),
        settings=chosen,
    )
    assert process.due["sign_off_due"] == a_month_on(again)


@given(day=days)
def test_an_action_is_late_from_the_day_after_and_until_signed_off(day: date) -> None:
    process = an_action(day)
    due = a_month_on(day)
    assert late(process, day) == ()
    assert "sign_off_due" not in late(process, due)
    assert "sign_off_due" in late(process, due + timedelta(days=1))
    process = done(
        ACTION,
        process,
        command("do", "worker", due, what_was_done="seen", form_returned=due),
        command("sign_off", "line_manager", due + timedelta(days=9)),
    )
    assert late(process, due + timedelta(days=400)) == ()


def test_a_day_once_worked_out_stays_whatever_is_decided_later() -> None:
    """The setting in force when the clock starts decides."""
    two = Deadline(span=Span(2, Unit.MONTHS), after="form_received")
    departure = Departure(
        setting="signed_off_within",
        value=two,
        since=date(2016, 2, 1),
        reason="a trial",
        approver=BOARDS[0].id,
    )
    framework = Framework.of(READING_2016, departures=[departure])
    for day, due in ((date(2016, 1, 31), date(2016, 2, 29)), (date(2016, 2, 1), date(2016, 4, 1))):
        process = begin(ACTION, "AC-1")
        for each in (
            command(
                "agree",
                "auditor",
                day,
                audit="A-1",
                subject="C-1",
                number=1,
                section="risk",
                due_by=day,
            ),
            command("receive", "business_support", day, form_received=day),
        ):
            event = framework.decide(process, each)
            assert isinstance(event, Event)
            process = apply(ACTION, process, event)
        assert process.due["sign_off_due"] == due
        assert replay(ACTION, "AC-1", process.history) == process


# --- what may happen next --------------------------------------------------------------------


def test_what_may_happen_next_says_what_each_still_lacks() -> None:
    process = done(
        ACTION,
        begin(ACTION, "AC-1"),
        command(
            "agree", "auditor", audit="A-1", subject="C-1", number=1, section="risk", due_by=DAY
        ),
    )
    options = available(ACTION, process, by=command("x", "worker").by, on=DAY)
    assert {each.transition.id: {one.id for one in each.unmet} for each in options} == {
        "receive_agreed": {"who", "form_received"},
        "do": {"what_was_done", "form_returned"},
    }
    assert not any(each.open for each in options)


@each_machine
@given(rng=chance)
def test_what_is_open_can_be_done(machine: Machine, rng: Random) -> None:
    """An option without anything unmet is an event when asked for with no papers."""
    for before, each, _, _ in random_walk(machine, rng, 20):
        for option in available(machine, before, by=each.by, on=each.on):
            if option.open:
                plain = Command(event=option.transition.name, by=each.by, on=each.on)
                assert isinstance(decide(machine, before, plain), Event)


# --- events that do not fit ------------------------------------------------------------------


def an_event() -> tuple[Process, Event]:
    process = an_action(DAY)
    event = decide(
        ACTION, process, command("do", "worker", what_was_done="seen", form_returned=DAY)
    )
    assert isinstance(event, Event)
    return process, event


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"machine": "action 2015"}, "another machine or version"),
        ({"row": "sign_off"}, "no such row"),
        ({"row": "sign_off", "to": "signed_off"}, "not lead from this state"),
        ({"row": "nowhere"}, "no such row"),
        ({"to": "signed_off"}, "no such row"),
        ({"on": DAY - timedelta(days=1)}, "before the last event"),
    ],
)
def test_an_event_that_does_not_follow_is_not_applied(change: dict[str, Any], says: str) -> None:
    process, event = an_event()
    with pytest.raises(InputError, match=says):
        apply(ACTION, process, attrs.evolve(event, **change))


def test_a_process_of_another_version_is_refused_and_its_events_not_applied() -> None:
    process, event = an_event()
    old = attrs.evolve(process, machine="action 2015")
    assert "version" in refused(ACTION, old, event.command)
    with pytest.raises(InputError, match="another machine or version"):
        apply(ACTION, old, event)


def test_a_day_that_is_a_papers_is_that_day_when_replayed() -> None:
    """A later last day written into a history would leave an action never late."""
    process, _ = an_event()
    first = process.history[0]
    assert first.due["action_due"] == first.brings["due_by"]
    moved = attrs.evolve(first, due=FrozenMap({"action_due": date(2061, 1, 1)}))
    with pytest.raises(InputError, match="says otherwise than the table"):
        replay(ACTION, "P-1", [moved])


def test_replaying_names_every_entry_that_cannot_have_happened() -> None:
    """An entry left out, one out of order, one with a paper taken away: all at once."""
    process, event = an_event()
    history = (
        process.history[0],
        attrs.evolve(event, brings=attrs.evolve(event.command, brings={}).brings),
        attrs.evolve(event, row="sign_off", event="sign_off", to="signed_off", on=DAY),
    )
    with pytest.raises(InputError) as caught:
        replay(ACTION, "AC-1", history)
    paths = [fault.path for fault in caught.value.faults]
    assert paths.count("history[1]") == 2
    assert "history[2]" in paths
    assert "history[0]" not in paths


def test_a_command_gives_its_day_as_a_date_and_who_acts_by_id() -> None:
    with pytest.raises(TypeError, match="as text"):
        Actor(TEAM_MANAGER)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="on=date"):
        Command(event="do", by=command("x", "worker").by, on="2016-01-31")  # type: ignore[arg-type]


# --- tables that do not hold together ----------------------------------------------------------


def table(**changes: Any) -> Machine:
    fields: dict[str, Any] = {
        "id": "trial",
        "version": "1",
        "title": "A trial",
        "states": (
            State(id="open", title="Open", **GIVEN),
            State(id="shut", title="Shut", end=True, **GIVEN),
        ),
        "papers": (Paper(id="seen", label="whether it was seen", kind=YES_NO, **GIVEN),),
        "guards": (
            Guard(
                id="seen_it", statement="It was seen.", holds=Ref("seen", YES_NO).is_(True), **GIVEN
            ),
        ),
        "transitions": (
            Transition(id="begin", title="begun", leaves=(START,), to="open", **GIVEN),
            Transition(
                id="end",
                title="ended",
                leaves=("open",),
                to="shut",
                by=(TEAM_MANAGER.id,),
                makes=("seen",),
                guards=("seen_it",),
                **GIVEN,
            ),
        ),
        **GIVEN,
    }
    return Machine(**(fields | changes))


def row(**changes: Any) -> tuple[Transition, ...]:
    """The rows of the trial with one changed."""
    first, last = table().transitions
    return first, attrs.evolve(last, **changes)


def test_a_title_cannot_break_the_diagram() -> None:
    odd = State(id="over", title="Over: done;\n[*] --> over", end=True, **GIVEN)
    row = Transition(id="go", title="a\nb #1", leaves=(START,), to="over", **GIVEN)
    machine = Machine(
        id="odd", version="1", title="Odd", states=(odd,), transitions=(row,), **GIVEN
    )
    assert machine.to_mermaid().splitlines() == [
        "stateDiagram-v2",
        "    over: Over#58; done#59; [*] --> over",
        "    [*] --> over: a b #35;1",
        "    over --> [*]",
    ]


def test_a_state_or_clock_that_is_not_there_is_named_with_the_near_one() -> None:
    with pytest.raises(UnknownIdError, match="signed_off"):
        ACTION.state("sined_off")
    with pytest.raises(UnknownIdError, match="sign_off_due"):
        ACTION.clock("sign_of_due")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"transitions": row(to="shutt")}, "Did you mean 'shut'"),
        ({"transitions": row(leaves=())}, "leads from nowhere"),
        ({"transitions": row(makes=("sen",))}, "Did you mean 'seen'"),
        ({"transitions": row(guards=("seen",))}, "Did you mean 'seen_it'"),
        ({"transitions": row(starts=("clock",))}, "the clock 'clock'"),
        ({"transitions": row(signs="seen")}, "is no list"),
        ({"transitions": row(id="begin")}, "'begin' 2 times"),
        ({"transitions": row()[1:]}, "never starts"),
        ({"transitions": row(to="open")}, "Nothing leads to the state 'shut'"),
        ({"transitions": row(to="open")}, "From the state 'open' no end"),
        ({"transitions": row(when=Ref("unseen", YES_NO).is_(True))}, "the fact 'unseen'"),
        ({"transitions": row(when=Ref("seen", DATE).answered())}, "takes 'seen' for date"),
        ({"id": "my way"}, "no identifier"),
        ({"version": "1 b"}, "version is blank or has a space"),
        ({"papers": (*table().papers, *table().papers)}, "'seen' 2 times"),
        ({"papers": (*table().papers, Paper(id="on", label="on", **GIVEN))}, "every event"),
        ({"clocks": (Clock(id="c", statement="c", dated="seen", **GIVEN),)}, "dated paper 'seen'"),
        (
            {
                "clocks": (
                    Clock(
                        id="c",
                        statement="c",
                        within=Deadline(span=Span(1, Unit.DAYS), after="seen"),
                        **GIVEN,
                    ),
                )
            },
            "counts from 'seen', which is no day",
        ),
        (
            {
                "clocks": (
                    Clock(
                        id="c",
                        statement="c",
                        within=SIGNED_OFF,
                        anchor=SIGN_OFF_COUNTS_FROM,
                        **GIVEN,
                    ),
                )
            },
            "dated paper 'form_received'",
        ),
        ({"states": (*table().states, State(id="far away", title="x", **GIVEN))}, "no identifier"),
    ],
)
def test_a_table_that_does_not_hold_together_is_refused(changes: Any, says: str) -> None:
    with pytest.raises(DefinitionError, match=says):
        table(**changes)


def test_all_that_is_wrong_with_a_table_is_said_at_once() -> None:
    with pytest.raises(DefinitionError) as caught:
        table(transitions=row(to="shutt", makes=("sen",), guards=("seen",)))
    assert all(near in str(caught.value) for near in ("'shut'", "'seen'", "'seen_it'"))


# --- in a framework ------------------------------------------------------------------------------


def addition(machine: Machine) -> Addition:
    return Addition(id="trial_service", version="1", machines=(machine,))


def test_a_council_brings_a_machine_of_its_own() -> None:
    framework = Framework.of(READING_2016, addition(table()))
    machine = framework.machine("trial")
    process = done(machine, begin(machine, "T-1"), command("begin", "anyone"))
    event = framework.decide(process, command("end", "team_manager", seen=True))
    assert isinstance(event, Event)
    assert apply(machine, process, event).state == "shut"
    assert [each.id for each in framework.machines] == [
        "audit",
        "action",
        "escalation",
        "qa_cycle",
        "trial",
    ]


@pytest.mark.parametrize(
    ("machine", "says"),
    [
        (table(transitions=row(by=("team_manger",))), "Did you mean 'team_manager'"),
        (
            table(
                states=(
                    *table().states[:1],
                    State(id="shut", title="Shut", owner="the_boss", end=True, **GIVEN),
                )
            ),
            "'the_boss'",
        ),
        (
            table(
                clocks=(
                    Clock(
                        id="c",
                        statement="It ends.",
                        within=attrs.evolve(SIGNED_OFF, id="mine"),
                        **GIVEN,
                    ),
                )
            ),
            "'mine', which is not the base's",
        ),
        (attrs.evolve(table(), id="audit", version="2016.1"), "is reading's"),
        (attrs.evolve(table(), id="audit", version="2099"), "machine 'audit' is reading's"),
    ],
)
def test_a_machine_is_cross_checked_at_assembly(machine: Machine, says: str) -> None:
    with pytest.raises(DefinitionError, match=says):
        Framework.of(READING_2016, addition(machine))


def test_a_machine_that_is_not_there_is_named_with_the_near_one() -> None:
    framework = Framework.of(READING_2016)
    with pytest.raises(UnknownIdError, match="Did you mean 'escalation'"):
        framework.machine("escalations")
    with pytest.raises(UnknownIdError, match="version of audit"):
        framework.decide(Process(machine="audit 1999", id="A-1"), command("allocate", "auditor"))


def test_a_switch_is_one_of_its_words() -> None:
    """A misspelt value would switch a guard off, or leave it on, unseen."""
    with pytest.raises(DefinitionError, match="one of required, not_required"):
        Framework.of(
            READING_2016,
            departures=[
                Departure(
                    setting="plan_agreed_by_board",
                    value="notrequired",
                    since=DAY,
                    reason="a trial",
                    approver=BOARDS[0].id,
                )
            ],
        )


def test_every_one_who_may_act_is_known() -> None:
    known = {each.id for each in ROLES} | {each.id for each in BOARDS}
    for machine in MACHINES:
        assert {id for each in machine.transitions for id in each.by} <= known
        assert {each.owner for each in machine.states} <= known | {""}


# --- nothing personal ----------------------------------------------------------------------------


def test_reprs_and_refusals_hold_no_post_reason_or_paper() -> None:
    mark = "Marker-Zebra-71"
    process = done(
        ACTION,
        begin(ACTION, "AC-1"),
        command(
            "agree",
            "auditor",
            post=mark,
            reason=mark,
            audit=mark,
            subject=mark,
            number=1,
            section=mark,
            due_by=DAY,
        ),
    )
    again = command("do", mark, post=mark, reason=mark, what_was_done=[mark], form_returned=mark)
    found = decide(ACTION, process, attrs.evolve(again, by=command("x", "worker", post=mark).by))
    said = [process, process.history, process.history[0].by, process.papers, found, again.brings]
    for each in said:
        assert mark not in repr(each)
        assert mark not in str(each)
    with pytest.raises(InputError) as caught:
        replay(ACTION, "AC-1", (*process.history, *process.history))
    assert mark not in str(caught.value)


# --- as JSON -------------------------------------------------------------------------------------

FRAMEWORK = Framework.of(READING_2016)


@each_machine
@given(rng=chance)
def test_a_process_written_reads_back_equal(machine: Machine, rng: Random) -> None:
    process = begin(machine, "P-1")
    for _, _, _, process in random_walk(machine, rng, LENGTH):  # noqa: B007 - the last counts
        pass
    assert read_process(write_process(process), FRAMEWORK) == process
    assert read_process(process_to_plain(process), FRAMEWORK) == process


def a_plain_process() -> dict[str, Any]:
    process, event = an_event()
    return process_to_plain(apply(ACTION, process, event))


def faults_of(plain: Any) -> dict[str, str]:
    with pytest.raises(InputError) as caught:
        read_process(plain if isinstance(plain, str) else json.dumps(plain), FRAMEWORK)
    return {fault.path: str(fault) for fault in caught.value.faults}


def test_every_fault_of_a_process_is_named_at_once() -> None:
    plain = a_plain_process()
    plain["histry"] = []
    first, second, third = plain["history"]
    first["on"] = "2016-02-30"
    first["brings"]["due_by"] = 7
    first["brings"]["sectoin"] = "risk"
    second["by"] = {"role": "business_support", "name": "Zebra"}
    second["due"]["sign_off_due"] = "soon"
    third["brings"]["what_was_done"] = " "
    third["reason"] = None
    found = faults_of(plain)
    assert set(found) == {
        "(key 5)",
        "history[0].on",
        "history[0].brings.due_by",
        "history[0].brings.(key 6)",
        "history[1].by.(key 2)",
        "history[1].due.sign_off_due",
        "history[2].brings.what_was_done",
        "history[2].reason",
    }
    assert "Zebra" not in str(found)
    assert "perhaps section is meant" in found["history[0].brings.(key 6)"]


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"machine": {"id": "acton", "version": "2016.1"}}, "machine.id"),
        ({"machine": {"id": "action", "version": "1999"}}, "machine.version"),
        ({"machine": 3}, "machine"),
        ({"id": ""}, "id"),
        ({"id": "a\nb"}, "id"),
        ({"id": 7}, "id"),
        ({"history": {}}, "history"),
        ({"history": [7]}, "history[0]"),
        ({"state": "signed_off"}, "state"),
    ],
)
def test_what_cannot_be_read_of_a_process_is_named(change: Any, path: str) -> None:
    assert path in faults_of(a_plain_process() | change)


def test_a_history_that_cannot_have_happened_is_not_read() -> None:
    """An entry taken out of the middle, and one that claims another state."""
    plain = a_plain_process()
    del plain["history"][0]
    assert set(faults_of(plain)) == {"history[0]"}
    plain = a_plain_process()
    plain["history"][2]["to"] = "signed_off"
    assert set(faults_of(plain)) == {"history[2]"}


def test_text_that_is_no_process_is_refused_with_its_place() -> None:
    assert "(whole text)" in faults_of("[]")
    assert "(whole text)" in faults_of('{"machine": ')
    assert {"machine", "id"} <= set(faults_of("{}"))


@each_machine
def test_a_machine_pickles_and_copies_to_one_that_is_equal_and_works(machine: Machine) -> None:
    for again in (pickle.loads(pickle.dumps(machine)), copy.deepcopy(machine)):
        assert again == machine
        assert list(again.row) == list(machine.row)
    assert pickle.loads(pickle.dumps(READING_2016)) == READING_2016


@given(rng=chance)
def test_a_process_pickles_equal(rng: Random) -> None:
    for _, _, _, process in random_walk(ACTION, rng, 10):  # noqa: B007 - the last counts
        pass
    assert pickle.loads(pickle.dumps(process)) == process


def test_a_refusal_is_not_applied_and_says_why() -> None:
    """Taken for an event, it is refused with all that is unmet."""
    process = begin(ESCALATION, "E-1")
    refusal = decide(ESCALATION, process, Command(event="close", by=Actor("auditor"), on=DAY))
    assert isinstance(refusal, Refusal)
    with pytest.raises(InputError) as raised:
        apply(ESCALATION, process, refusal)  # type: ignore[arg-type]
    assert len(raised.value.faults) == len(refusal.unmet) > 1
    assert {fault.path for fault in raised.value.faults} == {"close"}
