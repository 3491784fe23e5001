"""Every part made to fail in turn, on audits that call for someone: no call is lost.

A call that an intact framework makes is afterwards fired, or unsettled with a fault that
says what failed, or in the ``urgent`` or ``unsettled`` of the error. It is never absent.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from functools import partial
from importlib.metadata import EntryPoint
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from attrs import evolve, frozen

import qaf_core.interchange.reading
import qaf_core.interchange.urgent
from qaf_core import (
    EXAMPLES,
    READING_2016,
    Addition,
    Audit,
    DefinitionError,
    Escalation,
    Fault,
    Framework,
    InputError,
    Review,
    Rule,
    Standing,
    deciding,
    example,
    findings,
    hookimpl,
    load_framework,
    read_audit,
    read_audits,
    review_to_plain,
)
from qaf_core.audits import Action, Participant
from qaf_core.errors import PluginErrorGroup
from qaf_core.facts import Derivation, Fact, Origin, audited
from qaf_core.interchange.reader import Reader
from qaf_core.logic import YES_NO, Cond, Ref, refs
from qaf_core.logic.expressions import And, In
from qaf_core.plans import plan_for
from qaf_core.ready import Ready
from qaf_core.rules import Escalate
from qaf_core.sources import QAF
from qaf_core.timing import WorkingCalendar
from qaf_core.tools import Judgement, Section, Tool
from second_framework.audits import WORKED
from second_framework.framework import NORTHMERE

ON = date(2016, 3, 1)
ERRORS = [ValueError("x"), RecursionError(), MemoryError(), SystemExit(1)]
"""What may be raised; the first is what most often is, the rest are the odd ones."""

Call = tuple[str, Escalate]
"""A rule and the escalation it calls for; a failing rule may not know which item it is about."""


@frozen
class World:
    """A framework as parts, and the audits of it that call for someone."""

    base: Addition
    additions: tuple[Addition, ...]
    audits: tuple[tuple[Mapping[str, Any], date], ...]
    framework: Framework

    def with_rule(self, rule: Rule) -> Framework:
        return Framework.of(*(_put(each, "rules", rule) for each in (self.base, *self.additions)))

    def with_fact(self, fact: Fact) -> Framework:
        return Framework.of(*(_put(each, "facts", fact) for each in (self.base, *self.additions)))

    def with_tool(self, tool: Tool) -> Framework:
        return Framework.of(*(_put(each, "tools", tool) for each in (self.base, *self.additions)))


def _put(addition: Addition, what: str, changed: Any) -> Addition:
    """An addition with one of its parts in the place of the part of the same id."""
    kept = tuple(changed if each.id == changed.id else each for each in getattr(addition, what))
    changes: dict[str, Any] = {what: kept}
    return evolve(addition, **changes)


def _reading() -> World:
    additions: tuple[Addition, ...] = ()
    texts = [example(name) for name in EXAMPLES if name != "malformed"]
    if importlib.util.find_spec("qaf_yos"):
        import qaf_yos.examples

        additions = load_framework().additions
        texts += [qaf_yos.examples.example(name) for name in qaf_yos.examples.EXAMPLES]
    framework = Framework.of(READING_2016, *additions)
    audits = [json.loads(text) for text in texts]
    calling = tuple(_calling(framework, [(each, ON) for each in audits]))
    return World(READING_2016, additions, calling, framework)


def _second() -> World:
    audits = [(worked.audit, worked.on) for worked in WORKED]
    framework = Framework.of(NORTHMERE)
    return World(NORTHMERE, (), tuple(_calling(framework, audits)), framework)


def _calling(framework: Framework, audits: Any) -> Iterator[tuple[Mapping[str, Any], date]]:
    """Those that read whole and call for something that none before them calls for."""
    seen = set[Call]()
    for plain, on in audits:
        try:
            review = framework.review(read_audit(plain, framework), on=on)
        except InputError:
            continue
        if not fired(review) <= seen:
            seen |= fired(review)
            yield plain, on


def fired(review: Review) -> set[Call]:
    return _calls(review.escalations)


def _calls(escalations: tuple[Escalation, ...]) -> set[Call]:
    return {
        (finding.rule.id, finding.outcome)
        for each in escalations
        for finding in each.findings
        if isinstance(finding.outcome, Escalate)
    }


WORLDS = {"reading": _reading(), "second": _second()}


def nothing_lost(before: Review, after: Review) -> None:
    """Every call stands, or is open with a fault said, and can be printed."""
    open_now = _calls(after.unsettled_escalations)
    missing = fired(before) - fired(after)
    assert missing <= open_now
    assert not missing or after.faults
    assert not missing or not after.complete
    printed = str(after)
    for rule, _ in fired(before):
        assert rule in printed
    assert json.dumps(review_to_plain(after))


def nothing_lost_in(error: InputError, before: Review) -> None:
    assert fired(before) <= _calls(error.urgent) | _calls(error.unsettled)
    assert error.faults
    for rule, _ in fired(before):
        assert rule in str(error)


def raising(error: BaseException) -> Callable[..., Any]:
    def fail(*_: object, **__: object) -> Any:
        raise type(error)(*error.args)

    return fail


def both(world: World, broken: Framework) -> Iterator[tuple[Review, Review]]:
    """Each calling audit reviewed by the intact and by the broken framework."""
    for audit, on, before in intact(world):
        yield before, broken.review(audit, on=on)


_intact: dict[str, list[tuple[Audit, date, Review]]] = {}


def intact(world: World) -> list[tuple[Audit, date, Review]]:
    """Each calling audit, its day, and its review with nothing broken, worked out once."""
    if world.base.id not in _intact:
        audits = [(read_audit(plain, world.framework), on) for plain, on in world.audits]
        _intact[world.base.id] = [
            (audit, on, world.framework.review(audit, on=on)) for audit, on in audits
        ]
    return _intact[world.base.id]


@pytest.mark.parametrize("world", WORLDS.values(), ids=WORLDS)
def test_there_are_audits_that_call_for_someone(world: World) -> None:
    """Else the tests below would show nothing."""
    calls = set[Call]()
    for plain, on in world.audits:
        calls |= fired(world.framework.review(read_audit(plain, world.framework), on=on))
    assert world.audits
    assert len(calls) >= 2


# --- rules ------------------------------------------------------------------------------


MARK = date(1900, 1, 1)
"""Stands in the condition of the rule that is made to fail."""


def _marked(cond: Cond) -> bool:
    parts = cond.parts if isinstance(cond, And) else ()
    return any(isinstance(part, In) and MARK in part.values for part in parts)


@pytest.fixture
def spring(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[BaseException | None], None]]:
    """Makes the reading of a marked rule raise, and mends it again, given None."""

    def failing(read: Callable[..., Any], error: BaseException) -> Callable[..., Any]:
        def fail(cond: Cond, *given: Any) -> Any:
            if _marked(cond):
                raise type(error)(*error.args)
            return read(cond, *given)

        return fail

    def set_all(error: BaseException | None) -> None:
        monkeypatch.undo()
        if error is None:
            return
        for module, name in ((deciding, "met"), (deciding, "explain"), (findings, "explain")):
            monkeypatch.setattr(module, name, failing(getattr(module, name), error))
        monkeypatch.setattr(Ready, "reading", raising(error))  # all rules read at once fail too

    yield set_all
    monkeypatch.undo()


def marked(rule: Rule, days: set[date]) -> Rule:
    """The rule, with a part that always holds on these days."""
    return evolve(rule, when=In(audited, (MARK, *sorted(days))) & rule.when)


RULES = [
    pytest.param(world, rule, id=rule.id)
    for world in WORLDS.values()
    for rule in world.framework.rules
]


@pytest.mark.parametrize(("world", "rule"), RULES)
def test_a_rule_that_raises_stays_open_and_takes_no_other_with_it(
    world: World, rule: Rule, spring: Callable[[BaseException | None], None]
) -> None:
    """Its own call is open, and said so; whatever another rule calls for still fires."""
    dated = [each for each in intact(world) if each[0].audited]
    days = {audit.audited for audit, _, _ in dated if audit.audited}
    broken = world.with_rule(marked(rule, days))
    escalates = any(isinstance(each, Escalate) for each in rule.then)
    for error in ERRORS if escalates else ERRORS[:1]:
        for audit, on, before in dated:
            spring(None)
            assert fired(broken.review(audit, on=on)) == fired(before)  # not set: as it was
            spring(error)
            after = broken.review(audit, on=on)
            nothing_lost(before, after)
            assert {call for call in fired(before) if call[0] != rule.id} <= fired(after)


def test_a_rule_that_raises_is_named_in_the_faults(
    spring: Callable[[BaseException | None], None],
) -> None:
    """The fault says which rule, and nothing of the error but its type."""
    world = WORLDS["reading"]
    plain, on = world.audits[0]
    audit = read_audit(plain, world.framework)
    broken = world.with_rule(
        marked(world.framework.rule("escalation.unsafe"), {audit.audited or ON})
    )
    spring(ValueError("a secret"))
    review = broken.review(audit, on=on)
    assert any("escalation.unsafe" in fault.path for fault in review.faults)
    assert all("a secret" not in str(fault) for fault in review.faults)


def test_being_stopped_by_a_person_is_not_swallowed(
    spring: Callable[[BaseException | None], None],
) -> None:
    """Ctrl-C ends the work; it is no failure of a rule."""
    world = WORLDS["reading"]
    plain, on = world.audits[0]
    audit = read_audit(plain, world.framework)
    broken = world.with_rule(marked(world.framework.rules[0], {audit.audited or ON}))
    spring(KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        broken.review(audit, on=on)


# --- derived facts and computed judgements -----------------------------------------------


def giving(value: Any) -> Callable[..., Any]:
    return lambda *_: value


GARBAGE: list[Any] = [([],), 1.5, "no such code"]
FAILING_FUNCTIONS: list[Callable[..., Any]] = [
    raising(ERRORS[0]),
    raising(ERRORS[-1]),
    *(giving(value) for value in GARBAGE),
]
"""What raises, and what gives something that is not of the kind it should be."""


def endless(*given: Any) -> Any:
    """A function that calls itself until there is no more room."""
    return endless(*given)


DERIVED = [
    pytest.param(world, fact, id=fact.id)
    for world in WORLDS.values()
    for fact in world.framework.facts
    if fact.derivation
]


@pytest.mark.parametrize(("world", "fact"), DERIVED)
def test_a_derived_fact_that_fails_leaves_open_what_rests_on_it(world: World, fact: Fact) -> None:
    """Whatever it raises, and whatever it gives instead of a value of its kind."""
    assert fact.derivation
    for function in [*FAILING_FUNCTIONS, endless]:
        derivation: Derivation = evolve(fact.derivation, function=function)
        broken = world.with_fact(evolve(fact, derivation=derivation))
        for before, after in both(world, broken):
            nothing_lost(before, after)


def _computing(tool: Tool) -> list[Judgement]:
    judgements = [placed.item for placed in tool.judged]
    return [each for each in judgements if isinstance(each, Judgement) and each.computed]


def _with_function(part: Any, id: str, function: Callable[..., Any]) -> Any:
    """A tool or section in which one judgement is computed by another function."""

    def changed(judgement: Judgement) -> Judgement:
        if judgement.id != id or judgement.computed is None:
            return judgement
        return evolve(judgement, computed=evolve(judgement.computed, function=function))

    if not isinstance(part, Tool | Section):
        return part
    return evolve(
        part,
        judgements=tuple(changed(each) for each in part.judgements),
        parts=tuple(_with_function(each, id, function) for each in part.parts),
    )


COMPUTED = [
    pytest.param(world, tool, judgement, id=f"{tool.id}.{judgement.id}")
    for world in WORLDS.values()
    for tool in world.framework.tools
    for judgement in _computing(tool)
]


@pytest.mark.parametrize(("world", "tool", "judgement"), COMPUTED)
def test_a_computed_judgement_that_fails_leaves_open_what_rests_on_it(
    world: World, tool: Tool, judgement: Judgement
) -> None:
    """Whatever it raises, and whatever it gives instead of a grade or a score."""
    for function in FAILING_FUNCTIONS:
        broken = world.with_tool(_with_function(tool, judgement.id, function))
        for before, after in both(world, broken):
            nothing_lost(before, after)


def test_a_score_out_of_all_bands_is_open() -> None:
    """An exact score that no band holds is a failure like another."""
    world = WORLDS["second"]
    for parameter in COMPUTED:
        _, tool, judgement = parameter.values
        assert isinstance(tool, Tool)
        assert isinstance(judgement, Judgement)
        broken = world.with_tool(_with_function(tool, judgement.id, lambda _: Fraction(-7)))
        for before, after in both(world, broken):
            nothing_lost(before, after)


# --- what is around a rule: calendar, items, the record ----------------------------------


class NoCalendar(WorkingCalendar):
    """A calendar that fails whenever a day is counted."""

    __slots__ = ()

    def add(self, day: date, working_days: int) -> date:
        raise KeyError(day)

    def is_working_day(self, day: date) -> bool:
        raise KeyError(day)


@pytest.mark.parametrize("world", WORLDS.values(), ids=WORLDS)
def test_a_calendar_that_fails_takes_the_date_and_not_the_call(world: World) -> None:
    calendar = NoCalendar(first=date(2000, 1, 1), last=date(2030, 1, 1), holidays=())
    broken = Framework.of(world.base, *world.additions, calendar=calendar)
    for before, after in both(world, broken):
        nothing_lost(before, after)


class Unreadable:
    """Stands where an item should: whatever is asked of it, it raises."""

    def __getattribute__(self, name: str) -> Any:
        raise RuntimeError(name)


BROKEN_PARTS: dict[str, Any] = {
    "actions": (Action(section="risk", action="x"), Unreadable()),
    "participants": (Participant(role="auditor", post="P"), Unreadable()),
    "returns": (Unreadable(),),
    "expected": (["unhashable"],),
    "explanations": (Unreadable(),),
}


@pytest.mark.parametrize("part", BROKEN_PARTS)
@pytest.mark.parametrize("world", WORLDS.values(), ids=WORLDS)
def test_items_that_fail_leave_every_call_open(world: World, part: str) -> None:
    """An audit made by a program, with something in a collection that is no item."""
    for plain, on in world.audits:
        audit = read_audit(plain, world.framework)
        before = world.framework.review(audit, on=on)
        after = world.framework.review(evolve(audit, **{part: BROKEN_PARTS[part]}), on=on)
        nothing_lost(before, after)


@pytest.mark.parametrize("answers", [{"safe": ([],)}, {"safe": 3}, {"safe": Unreadable()}])
def test_answers_of_no_kind_leave_the_call_open(answers: dict[str, Any]) -> None:
    """An answer that is nothing a question takes is a fault, and the question is open."""
    world = WORLDS["reading"]
    audit = read_audit(example("inadequate_unsafe"), world.framework)
    before = world.framework.review(audit, on=ON)
    broken = evolve(audit, answers={**audit.answers, **answers})
    nothing_lost(before, world.framework.review(broken, on=ON))


def test_one_audit_that_cannot_be_reviewed_hides_no_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of many audits, one that fails is named, and the rest are reviewed."""
    world = WORLDS["reading"]
    framework = world.framework
    audits = [read_audit(plain, framework) for plain, _ in world.audits]
    whole = framework.review_all(audits, on=ON)
    review = Framework.review
    for failing in audits:

        def failing_review(self: Framework, audit: Audit, **given: Any) -> Review:
            if audit is failing:  # noqa: B023 - it is read within the turn
                raise SystemExit(audit.id)
            return review(self, audit, **given)

        monkeypatch.setattr(Framework, "review", failing_review)
        reviews = framework.review_all(audits, on=ON)
        assert [fault.path for fault in reviews.faults] == [failing.id]
        assert len(reviews) == len(audits) - 1
        kept = {each.audit for each in whole.escalations} - {failing.id}
        assert {each.audit for each in reviews.escalations} == kept


# --- plugins ----------------------------------------------------------------------------


def plugin(function: Callable[..., Any]) -> Any:
    """An object with the hook."""

    @hookimpl
    def qaf_addition(core: Framework) -> Any:
        return function(core)

    return SimpleNamespace(__name__="failing", qaf_addition=qaf_addition)


def _circular() -> tuple[Fact, ...]:
    def fact(id: str, on: str) -> Fact:
        return Fact(
            id=id,
            kind=YES_NO,
            label=id,
            origin=Origin.DERIVED,
            derivation=Derivation(version="1", rests_on=(Ref(on, YES_NO),), function=bool),
            source=QAF.at("1"),
            standing=Standing.EDITORIAL,
        )

    return fact("hen", "egg"), fact("egg", "hen")


class Sulking(Exception):
    """An error that cannot even say what it is."""

    def __str__(self) -> str:
        raise ValueError


def _changes_the_core(core: Framework) -> Addition:
    object.__setattr__(core.base, "rules", ())
    return Addition(id="failing", version="1")


FAILING: dict[str, Callable[[], Any]] = {
    **{
        f"raises {type(error).__name__} in its hook": partial(plugin, raising(error))
        for error in [*ERRORS, Sulking()]
    },
    "cannot be imported": lambda: EntryPoint("failing", "no_such_module_anywhere", "qaf_core"),
    "raises at whatever is asked of it": Unreadable,
    "holds what raises when it is checked": lambda: Addition(
        id="failing",
        version="1",
        rules=(Unreadable(),),  # type: ignore[arg-type]
    ),
    "holds tools that are none": lambda: plugin(
        lambda _: Addition(id="failing", version="1", tools=(3,))  # type: ignore[arg-type]
    ),
    "has facts that rest on each other": lambda: Addition(
        id="failing", version="1", facts=_circular()
    ),
    "takes the rules of the base away": lambda: plugin(_changes_the_core),
}


@pytest.mark.parametrize("what", ["raise SystemExit(1)", "raise MemoryError", "1 = 1"])
def test_a_plugin_that_fails_while_it_is_imported_is_left_out_and_named(
    what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever its module does when it is loaded."""
    (tmp_path / "failing_plugin.py").write_text(what, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "failing_plugin", raising=False)
    entry = EntryPoint("failing", "failing_plugin", "qaf_core")
    framework = load_framework(plugins=[entry], strict=False)
    assert [fault.plugin for fault in framework.faults] == ["failing"]
    audit = read_audit(example("inadequate_unsafe"), framework)
    assert "escalation.unsafe" in {rule for rule, _ in fired(framework.review(audit, on=ON))}


@pytest.mark.parametrize("failing", FAILING.values(), ids=FAILING)
def test_a_plugin_that_fails_is_left_out_and_named_and_the_rest_stands(
    failing: Callable[[], Any],
) -> None:
    """Before it or after it, whatever others call for still fires; the review names it."""
    world = WORLDS["reading"]
    framework = load_framework(plugins=[failing(), *world.additions], strict=False)
    assert len(framework.faults) == 1
    for before, after in both(world, framework):
        assert fired(after) == fired(before)
        assert after.left_out == (framework.faults[0].plugin,)
        assert after.left_out[0] in str(after)
    with pytest.raises(PluginErrorGroup):
        load_framework(plugins=[failing(), *world.additions])


def test_facts_in_a_circle_are_refused_where_they_are_brought() -> None:
    """Not at the first review, when it would be too late for every audit."""
    with pytest.raises(DefinitionError, match=r"(hen -> egg -> hen|egg -> hen -> egg)"):
        Framework.of(READING_2016, Addition(id="failing", version="1", facts=_circular()))
    with pytest.raises(DefinitionError, match="circle"):
        plan_for(READING_2016.tools[0], (*READING_2016.facts, *_circular()))


# --- the steps of reading ---------------------------------------------------------------

STEPS: dict[str, tuple[Any, str]] = {
    "parsing": (qaf_core.interchange.reading, "parse"),
    "the words of the framework": (qaf_core.interchange.reading, "vocabulary"),
    "finding the tool": (Reader, "tool"),
    "strict reading": (Reader, "audit"),
    "a second reading of what is misplaced": (qaf_core.interchange.urgent, "members"),
    "a second reading of what is misspelt": (qaf_core.interchange.urgent, "meant"),
    "what a fault hides": (qaf_core.interchange.urgent, "_PART"),
}


@pytest.mark.parametrize("error", [ERRORS[0], SystemExit(1)], ids=lambda each: type(each).__name__)
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("name", ["whole", "with a fault", "as plain data"])
def test_a_step_of_reading_that_fails_loses_no_call(
    step: str, name: str, error: BaseException, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Either the audit is read and reviewed as before, or the error holds the call."""
    framework = WORLDS["reading"].framework
    plain = json.loads(example("inadequate_unsafe"))
    before = framework.review(read_audit(plain, framework), on=ON)
    if name == "with a fault":
        plain["answers"]["risk_managed"] = "perhaps"
    source = plain if name == "as plain data" else json.dumps(plain)
    module, attribute = STEPS[step]
    failing = raising(error)
    if attribute == "_PART":
        failing = SimpleNamespace(search=failing)  # type: ignore[assignment]
    monkeypatch.setattr(module, attribute, failing)
    try:
        audit = read_audit(source, framework, on=ON)
    except InputError as caught:
        nothing_lost_in(caught, before)
    else:
        assert fired(framework.review(audit, on=ON)) == fired(before)


def test_when_not_even_the_second_reading_works_the_error_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nothing can be said of what is urgent, and that is what is said."""
    framework = WORLDS["reading"].framework
    monkeypatch.setattr(Framework, "review", raising(RuntimeError()))
    plain = json.loads(example("inadequate_unsafe"))
    plain["answers"]["risk_managed"] = "perhaps"
    with pytest.raises(InputError) as caught:
        read_audit(plain, framework)
    last: Fault = caught.value.faults[-1]
    assert "what is urgent in it could not be worked out (RuntimeError)" in last.problem
    assert "by hand at once" in last.do


def test_an_answer_that_cannot_be_read_leaves_its_calls_open() -> None:
    """Every answer that a call rests on, and some of the rest, is replaced by nonsense in turn."""
    for world in WORLDS.values():
        framework = world.framework
        for plain, on in world.audits:
            before = framework.review(read_audit(plain, framework), on=on)
            named = {ref.name for id, _ in fired(before) for ref in refs(framework.rule(id).when)}
            for group in ("answers", "judgements"):
                keys = list(plain.get(group, {}))
                for key in {*keys[::6], *(named & {*keys})}:
                    broken = {**plain, group: {**plain[group], key: {"no": "sense"}}}
                    with pytest.raises(InputError) as caught:
                        read_audit(broken, framework, on=on)
                    nothing_lost_in(caught.value, before)


@pytest.mark.parametrize("error", [UnicodeDecodeError("utf-8", b"", 0, 1, "x"), OSError(5)])
def test_lines_that_break_off_keep_what_came_before(error: Exception) -> None:
    """A file that cannot be read to its end still tells what its first lines call for."""

    def lines() -> Iterator[str]:
        yield json.dumps(json.loads(example("inadequate_unsafe")))
        yield json.dumps({**json.loads(example("inadequate_unsafe")), "id": "B", "extra": 1})
        raise error

    framework = WORLDS["reading"].framework
    batch = read_audits(lines(), framework, on=ON)
    assert [audit.id for audit in batch.audits] == ["A-0002"]
    assert [each.audit for each in batch.urgent] == ["B"]
    assert batch.faults[-1].line == 3
    assert "the lines break off here" in batch.faults[-1].problem
