"""Rules as JSON: what is written reads back equal, and what is not a rule is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from fractions import Fraction
from functools import cache
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from qaf_core import (
    READING_2016,
    Addition,
    DefinitionError,
    Document,
    Framework,
    InputError,
    Rule,
    Standing,
    load_framework,
    read_audit,
    read_rules,
    write_rules,
)
from qaf_core.cli import main
from qaf_core.facts import actions, audited, judgements, safe
from qaf_core.interchange.rules import rules_schema, rules_to_plain
from qaf_core.interchange.rules.names import (
    MAX_FAULTS,
    MAX_PARTS,
    MAX_RULES,
    MAX_TEXT,
    Names,
    names_of,
)
from qaf_core.interchange.rules.reading import rules_from
from qaf_core.interchange.rules.schema import schema_of
from qaf_core.interchange.rules.writing import rules_as_plain
from qaf_core.logic import ALWAYS, NEVER, Cond, Ref, possible, refs, sure
from qaf_core.logic.expressions import And, Compare, Const, HasState, Not, Op, State
from qaf_core.logic.values import COUNT, MOMENT, NUMBER, YES_NO
from qaf_core.provenance import Reference
from qaf_core.roles import LINE_MANAGER, MANAGER, SERVICE_MANAGER, TEAM_MANAGER
from qaf_core.rules import (
    Act,
    Commission,
    Escalate,
    Gate,
    Moderate,
    Outcome,
    Query,
    Recognise,
    Require,
)
from qaf_core.settings import ESCALATE_UNSAFE, SIGNED_OFF
from qaf_core.timing import AT_ONCE, Deadline, Span, Unit
from second_framework.framework import NORTHMERE
from strategies import COLLECTIONS, FACTS, MEETINGS, conditions, fields_of

READING = Framework.of(READING_2016)
EVERYTHING = load_framework()
SECOND = Framework.of(NORTHMERE)
PAPER = Document(id="Paper", title="A paper", publisher="A council", dated="2024")

DOCUMENT = {"id": "Paper", "title": "A paper", "publisher": "Us", "dated": "2024"}

READING_NAMES = names_of(READING)
SMALL = evolve(
    READING_NAMES,
    facts={**READING_NAMES.facts, **{ref.name: ref for ref in FACTS}},
    fields={f"{each.id}.{ref.name}": ref for each in COLLECTIONS for ref in fields_of(each)},
    collections={each.id: each for each in COLLECTIONS},
)
"""The small world of random conditions, as what a rule may name."""
SMALLEST = evolve(SMALL, facts={ref.name: ref for ref in FACTS})


def rule(when: Cond, *then: Outcome, **more: Any) -> Rule:
    return Rule(
        "paper.rule",
        "Something is said.",
        when=when,
        then=then or (Query(ask="Is it so?"),),
        source=PAPER.at("1"),
        standing=Standing.EDITORIAL,
        **more,
    )


def again(rule: Rule, framework: Framework = READING) -> Rule:
    (read,) = read_rules(write_rules([rule], framework), framework)
    return read


def written(**changes: Any) -> dict[str, Any]:
    """A file of one rule, with members of the rule replaced or, by None, left out."""
    rule = {
        "id": "paper.rule",
        "statement": "Something is said.",
        "when": {"fact": "safe", "is": "unsafe"},
        "then": [{"query": "Is it so?"}],
        "source": {"document": "Reading QAF 2016", "clause": "1"},
        "standing": "stated",
    }
    rule = {key: value for key, value in {**rule, **changes}.items() if value is not None}
    return {"format": 1, "rules": [rule]}


def faults_of(source: Any, framework: Framework = READING) -> dict[str, str]:
    with pytest.raises(InputError) as caught:
        read_rules(source, framework)
    found: dict[str, str] = {}
    for fault in caught.value.faults:
        found[fault.path] = found.get(fault.path, "") + f"{fault.problem}. {fault.do}. "
    return found


def faults_when(when: Any) -> dict[str, str]:
    return faults_of(written(when=when))


# --- there and back ---------------------------------------------------------------------


@pytest.mark.parametrize("framework", [READING, EVERYTHING, SECOND], ids=lambda each: each.name)
def test_every_rule_of_a_framework_reads_back_equal(framework: Framework) -> None:
    """Conditions, outcomes, ladders, settings and sources; equal, of one hash, in the same words."""
    text = write_rules(framework.rules, framework)
    back = read_rules(text, framework)
    assert back == framework.rules
    assert [hash(each) for each in back] == [hash(each) for each in framework.rules]
    assert [str(each.when) for each in back] == [str(each.when) for each in framework.rules]
    assert read_rules(text.encode(), framework) == read_rules(json.loads(text), framework) == back


def test_rules_that_were_read_decide_as_those_that_were_written() -> None:
    """A base whose rules come from a file gives the same reviews."""
    from qaf_core import EXAMPLES, example

    text = write_rules(READING.rules, READING)
    bare = evolve(READING_2016, rules=())
    framework = Framework.of(evolve(bare, rules=read_rules(text, Framework.of(bare))))
    for name in EXAMPLES:
        if name != "malformed":
            audit = read_audit(example(name), framework)
            assert framework.review(audit, on=date(2016, 3, 1)) == READING.review(
                audit, on=date(2016, 3, 1)
            )


_LIMITS: st.SearchStrategy[Any] = st.one_of(
    st.sampled_from([AT_ONCE, ESCALATE_UNSAFE, SIGNED_OFF, Deadline(after="opened")]),
    st.builds(
        lambda number, unit: Deadline(span=Span(number, unit), after="closed"),
        st.integers(1, 400),
        st.sampled_from(list(Unit)),
    ),
    st.just(Deadline(before="the next conference")),
)
_TO = st.lists(
    st.sampled_from([TEAM_MANAGER, SERVICE_MANAGER, MEETINGS.venue, MEETINGS.view]),
    min_size=1,
    max_size=3,
).map(tuple)
_WORDS = (
    st.text(min_size=1, max_size=20)
    .filter(str.strip)
    .map(lambda text: text.encode(errors="replace").decode())
)
_STEPS = st.recursive(
    st.builds(Escalate, to=_TO, within=_LIMITS),
    lambda then: st.builds(Escalate, to=_TO, within=_LIMITS, then=then),
    max_leaves=3,
)
_OUTCOMES: st.SearchStrategy[Outcome] = st.one_of(
    _STEPS,
    st.builds(Require, what=_WORDS),
    st.builds(Query, ask=_WORDS),
    st.builds(Gate, event=_WORDS),
    st.builds(Recognise, to=_TO),
    st.builds(Moderate, by=st.sampled_from([MANAGER, MEETINGS.venue])),
    st.builds(Act, what=_WORDS, by=st.just(LINE_MANAGER), within=_LIMITS),
    st.builds(Commission, tool=st.just("observation"), on=st.sampled_from([None, LINE_MANAGER])),
)


RANDOM_RULES = st.builds(
    lambda when, then, subjects, standing, statement, lines: Rule(
        "random.rule",
        statement,
        when=when,
        then=tuple(then),
        each=MEETINGS,
        subjects=subjects,
        source=Reference(document=PAPER, clause="1", lines=lines),
        standing=standing,
    ),
    conditions(3, MEETINGS.id, states=True),
    st.lists(_OUTCOMES, min_size=1, max_size=3),
    st.sampled_from([("*",), ("child_case",), ("practitioner", "child_case"), ()]),
    st.sampled_from(Standing),
    _WORDS,
    st.sampled_from(["", "1-2"]),
)


@given(RANDOM_RULES)
def test_random_rules_read_back_equal(rule: Rule) -> None:
    """Every node and operator of the language, through JSON text, by value and by hash."""
    text = json.dumps(rules_as_plain((rule,), SMALL))
    (back,) = rules_from(text, SMALL)
    assert back == rule
    assert hash(back) == hash(rule)
    assert str(back.when) == str(rule.when)
    assert repr(back.when) == repr(rule.when)
    assert _told(back.when) == _told(rule.when)


def _told(cond: Cond) -> set[tuple[str, str, bool]]:
    """What equality leaves out of a fact: what it is called, and whether it is withheld."""
    return {(ref.name, ref.label or ref.name.replace("_", " "), ref.private) for ref in refs(cond)}


SHARE = Ref("share", NUMBER)
TOLD = Ref("told", MOMENT)
VISITS = Ref("visits", COUNT)


@pytest.mark.parametrize(
    "cond",
    [
        ALWAYS,
        NEVER,
        Not(Not(VISITS > 1)),
        And((VISITS > 1,)),
        VISITS.in_(()),
        Fraction(1, 3) < SHARE,
        Fraction(-1, 8) < SHARE,
        Fraction(123456789, 1000) > SHARE,
        VISITS > -1,
        datetime(2016, 3, 1, 9, 30, 1, 250000, tzinfo=UTC) < TOLD,
        datetime(2016, 3, 1, tzinfo=UTC) < TOLD,
        Ref("seen", YES_NO, label="the child being seen").is_(True),
        HasState(Ref("seen", YES_NO), State.NOT_APPLICABLE),
        MEETINGS.view.worst(MEETINGS.held.is_(True)) < MEETINGS.view_after.best(),
    ],
    ids=str,
)
def test_what_random_conditions_seldom_hold_reads_back_equal(cond: Cond) -> None:
    """Edges of the language: nothing, one part, thirds, parts of a second, labels of its own."""
    (back,) = rules_from(rules_as_plain((rule(cond),), SMALL), SMALL)
    assert (back.when, str(back.when)) == (cond, str(cond))


def test_a_condition_as_deep_as_one_may_be_reads_back_equal() -> None:
    cond: Cond = safe.is_("safe")
    while cond.depth < 32:
        cond = And((cond, audited.answered())) if isinstance(cond, Not) else Not(cond)
    assert again(rule(cond)).when == cond


def test_one_true_and_a_whole_number_stay_apart() -> None:
    """True is written as true and 1 as 1; neither is read for the other."""
    yes = Ref("child_seen", YES_NO)
    plain = rules_as_plain(
        (rule(yes.is_(True)),), evolve(SMALL, facts={**SMALL.facts, "child_seen": yes})
    )
    assert plain["rules"][0]["when"]["is"] is True
    one = faults_of({**plain, "rules": [{**plain["rules"][0], "when": {"fact": "seen", "is": 1}}]})
    assert "rules[0].when.fact" in one
    assert (
        "not true or false"
        in faults_when({"field": "judgements.adverse", "is": 1})["rules[0].when.is"]
    )
    assert "not a whole number" in faults_when({"count": "actions", "<": True})["rules[0].when.<"]


def test_privacy_and_kind_come_from_the_declared_fact() -> None:
    """What is declared private stays so, whatever a file leaves out."""
    hidden = evolve(READING.facts[2], id="told_on", private=True)
    framework = Framework.of(READING_2016, Addition(id="more", version="1", facts=(hidden,)))
    (read,) = read_rules(written(when={"fact": "told_on", "<": "2016-01-01"}), framework)
    (ref,) = {term for term in (read.when.left,) if isinstance(term, Ref)}  # type: ignore[attr-defined]
    assert (ref.private, ref.kind, ref.label) == (True, hidden.kind, hidden.label)


def test_a_file_is_written_on_few_lines() -> None:
    """What fits stands on one line, as a person would write it."""
    lines = write_rules(READING.rules[:1], READING).splitlines()
    assert '   "when": {"fact": "safe", "in": ["unsafe", "cannot_tell"]},' in lines
    assert len(lines) < 30


# --- the schema ---------------------------------------------------------------------------


@cache
def validator(names: Names) -> Any:
    jsonschema = pytest.importorskip("jsonschema")
    schema = schema_of(names)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


@pytest.mark.parametrize("framework", [EVERYTHING, SECOND], ids=lambda each: each.name)
def test_the_schema_takes_every_rule_of_a_framework(framework: Framework) -> None:
    check = validator(names_of(framework))
    for rule in rules_to_plain(framework.rules, framework)["rules"]:
        check.validate({"format": 1, "rules": [rule]})


@given(RANDOM_RULES)
@settings(max_examples=max(10, settings().max_examples // 5))
def test_the_schema_takes_whatever_can_be_read(rule: Rule) -> None:
    """Nothing that it refuses can be read."""
    validator(SMALLEST).validate(json.loads(json.dumps(rules_as_plain((rule,), SMALL))))


@pytest.mark.parametrize(
    "changes",
    [
        {"when": {"fact": "saef", "is": "unsafe"}},
        {"when": {"fact": "safe", "is": "unsaef"}},
        {"when": {"fact": "safe", "<": "unsafe"}},
        {"when": {"fact": "safe", "is": "unsafe", "in": ["safe"]}},
        {"when": {"fact": "audited", ">": 3}},
        {"when": {"all": {}}},
        {"when": {"some": "action"}},
        {"when": {"count": "actions", "is": "two"}},
        {"then": []},
        {"then": [{"escalate": {"to": ["team_manger"], "within": "at_once"}}]},
        {"then": [{"escalate": {"to": ["team_manager"], "within": {"days": 2}}}]},
        {"id": "nogroup"},
        {"standing": "sure"},
        {"subjects": ["child"]},
        {"wen": {}},
    ],
)
def test_the_schema_refuses_what_an_editor_should_underline(changes: dict[str, Any]) -> None:
    """And so does reading."""
    plain = written(**changes)
    assert not validator(READING_NAMES).is_valid(plain)
    assert faults_of(plain)


def test_the_command_prints_the_schema(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "--json-schema"]) == 0
    assert json.loads(capsys.readouterr().out) == rules_schema(EVERYTHING)


def test_the_command_prints_rules_that_read_back(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "--json"]) == 0
    assert read_rules(capsys.readouterr().out, EVERYTHING) == EVERYTHING.rules


# --- what is not part of the written language -------------------------------------------


@pytest.mark.parametrize(
    "cond",
    [
        sure(~safe.is_("safe")),
        possible(audited > date(2016, 1, 1)),
        sure(~actions.any(actions.by.answered())),
        sure(judgements.grade.worst() < "good"),
        Compare(audited, Op.NE, Const(date(2016, 1, 1), audited.kind)),
        Compare(audited, Op.EQ, Const(date(2016, 1, 1), audited.kind)),
    ],
    ids=str,
)
def test_what_only_lowering_makes_is_not_written(cond: Cond) -> None:
    """The engine's own marks would be lost in silence, so they are refused."""
    with pytest.raises(DefinitionError, match="cannot be written"):
        write_rules([rule(cond)], READING)


@pytest.mark.parametrize(
    ("broken", "match"),
    [
        (rule(Ref("nothing_states", YES_NO).is_(True)), "there is no such fact"),
        (rule(safe.is_("safe"), Query(ask=" ")), "it is blank"),
        (rule(Fraction(1, 10**20) < SHARE), "there is no such fact"),
        (rule(audited > date(2016, 1, 1), subjects=("ghost",)), "no such kind of subject"),
        (
            rule(
                safe.is_("safe"),
                Escalate(to=(evolve(TEAM_MANAGER, title="Other"),), within=AT_ONCE),
            ),
            "would not read back equal",
        ),
        (
            rule(
                safe.is_("safe"),
                Escalate(
                    to=(TEAM_MANAGER,),
                    within=evolve(ESCALATE_UNSAFE, value=Deadline(before="Friday")),
                ),
            ),
            "would not read back equal",
        ),
        (rule(And(tuple(safe.is_("safe") for _ in range(MAX_PARTS)))), "more than 1000 parts"),
    ],
)
def test_a_rule_that_would_not_read_back_equal_is_not_written(broken: Rule, match: str) -> None:
    with pytest.raises(DefinitionError, match=match):
        write_rules([broken], READING)


# --- faults -----------------------------------------------------------------------------


def test_every_fault_is_named_at_once_with_its_path_and_the_near_name() -> None:
    found = faults_of(
        {
            "format": 2,
            "documents": [{"id": "Paper", "title": "A paper", "publisher": 7}],
            "rules": [
                {
                    "id": "No Id",
                    "statement": "",
                    "wen": {},
                    "when": {
                        "all": [
                            {"fact": "saef", "is": "unsafe"},
                            {"fact": "overall", "is": "inadequat"},
                            {"not": {"some": "action", "where": {"field": "actions.bye"}}},
                        ]
                    },
                    "then": [
                        {"escalate": {"to": ["team_manger"], "within": {"dayz": 1}}},
                        {"act": {"what": "x", "by": "nobody"}},
                        {"commission": {"tool": "case_fil"}},
                        {"shout": "x"},
                    ],
                    "subjects": ["child_cas"],
                    "source": {"document": "Reading QAF", "claus": "1"},
                    "standing": "sure",
                }
            ],
        }
    )
    at = "rules[0]"
    assert set(found) == {
        "format",
        "documents[0].publisher",
        "documents[0].dated",
        f"{at}.(key 3)",
        f"{at}.id",
        f"{at}.statement",
        f"{at}.when.all[0].fact",
        f"{at}.when.all[1].is",
        f"{at}.when.all[2].not.some",
        f"{at}.when.all[2].not.where",
        f"{at}.when.all[2].not.where.field",
        f"{at}.then[0].escalate.to[0]",
        f"{at}.then[0].escalate.within.(key 1)",
        f"{at}.then[1].act.within",
        f"{at}.then[1].act.by",
        f"{at}.then[2].commission.tool",
        f"{at}.then[3].(key 1)",
        f"{at}.subjects[0]",
        f"{at}.source.document",
        f"{at}.source.clause",
        f"{at}.source.(key 2)",
        f"{at}.standing",
    }
    for path, near in {
        f"{at}.(key 3)": "when",
        f"{at}.when.all[0].fact": "safe",
        f"{at}.when.all[1].is": "inadequate",
        f"{at}.when.all[2].not.some": "actions",
        f"{at}.when.all[2].not.where.field": "actions.by",
        f"{at}.then[0].escalate.to[0]": "team_manager",
        f"{at}.then[0].escalate.within.(key 1)": "days",
        f"{at}.then[2].commission.tool": "case_file",
        f"{at}.subjects[0]": "child_case",
        f"{at}.source.document": "Reading QAF 2016",
        f"{at}.source.(key 2)": "clause",
    }.items():
        assert f"perhaps {near} is meant" in found[path]


@pytest.mark.parametrize(
    ("when", "path", "problem"),
    [
        ({}, "", "it is not a condition"),
        (None, "", "is missing"),
        ([], "", "it is a list, not an object"),
        ("always", "", "it is text, not an object"),
        ({"al": []}, ".(key 1)", "perhaps all is meant"),
        ({"all": {}}, ".all", "it is an object, not a list"),
        ({"all": [], "any": []}, "", "more than one thing: all, any"),
        ({"all": [], "where": {}}, ".where", "nothing reads this key"),
        ({"not": []}, ".not", "it is a list, not an object"),
        ({"fact": "safe"}, "", "it does not say what is asked of it"),
        ({"fact": "safe", "is": "safe", "in": ["safe"]}, "", "more than one thing of it: is, in"),
        ({"fact": "safe", "is": None}, ".is", "it is null, not text"),
        ({"fact": "safe", "in": "safe"}, ".in", "it is text, not a list"),
        ({"fact": "safe", "<": "safe"}, ".<", "has no order"),
        ({"fact": "safe", "state": "answerd"}, ".state", "perhaps answered is meant"),
        ({"fact": ["safe"], "is": "safe"}, ".fact", "it is a list, not text"),
        ({"fact": "safe", "where": {}, "is": "safe"}, ".where", "nothing reads this key"),
        ({"fact": "audited", "<": "2016-02-30"}, ".<", "there is no such day"),
        ({"fact": "audited", "<": {"fact": "overall"}}, ".<", "does not compare with"),
        ({"fact": "audited", "<": {"value": 3}}, ".<.value", "nothing reads this key"),
        ({"count": "actions", "in": [1]}, ".in", "a count is not asked so"),
        ({"count": "actions", "<": 1.5}, ".<", "not a whole number"),
        ({"count": "actions", "<": 10**30}, ".<", "too small or too large"),
        ({"worst": "actions.section", "<": "x"}, "", "want an ordered field"),
        ({"worst": "overall", "<": "good"}, ".worst", "there is no such field of an item"),
        ({"value": 1, "is": {"count": "actions"}}, ".is", "a value is not asked so"),
        ({"value": 1, "<": 2}, ".<", "it is a number, not an object"),
        ({"field": "actions.by", "state": "answered"}, "", "does not look at actions one by one"),
        (
            {"some": "actions", "where": {"some": "actions"}},
            "",
            "holds one over items within it",
        ),
        (
            {"some": "actions", "where": {"field": "questions.asked", "is": True}},
            "",
            "belongs to other items",
        ),
        ({"fact": "safe", "is": "Unsafe"}, ".is", "it is not a choice here"),
        ({"fact": "safe", "is": "unѕafe"}, ".is", "letters of another alphabet"),
        ({"fact": "ѕafe", "is": "unsafe"}, ".fact", "letters of another alphabet"),
        ({"fаct": "safe", "is": "unsafe"}, ".(key 1)", "perhaps fact is meant"),
    ],
)
def test_what_is_no_condition_is_refused_in_plain_words(when: Any, path: str, problem: str) -> None:
    found = faults_when(when)
    if "one by one" in problem:
        assert problem in found["rules[0]"]
    else:
        assert problem in found[f"rules[0].when{path}"]
    assert not any("Unsafe" in said or "overall'" in said for said in found.values())


@pytest.mark.parametrize(
    ("then", "path", "problem"),
    [
        ([], "", "nothing follows"),
        ({}, "", "it is an object, not a list"),
        ([{}], "[0]", "it is not one outcome"),
        ([{"query": "x", "gate": "y"}], "[0]", "it is not one outcome"),
        ([{"require": ""}], "[0].require", "it is blank"),
        ([{"moderate": {"role": "x"}}], "[0].moderate.(key 1)", "nothing reads this key"),
        ([{"moderate": "team_mаnager"}], "[0].moderate", "letters of another alphabet"),
        ([{"recognise": []}], "[0].recognise", "it names nobody"),
        ([{"escalate": {"to": [], "within": "at_once"}}], "[0].escalate.to", "it names nobody"),
        (
            [{"escalate": {"to": ["team_manager"], "within": "soon"}}],
            "[0].escalate.within",
            "it is no time limit",
        ),
        (
            [{"escalate": {"to": ["team_manager"], "within": {"days": 0, "after": "audited"}}}],
            "[0].escalate.within.days",
            "too small or too large",
        ),
        (
            [{"escalate": {"to": ["team_manager"], "within": {"days": 1, "after": "safe"}}}],
            "[0].escalate.within.after",
            "the fact is no date",
        ),
        (
            [{"escalate": {"to": ["team_manager"], "within": {"days": 1}}}],
            "[0].escalate.within",
            "must name the date fact",
        ),
        (
            [{"escalate": {"to": ["team_manager"], "within": {"setting": "referral_section"}}}],
            "[0].escalate.within.setting",
            "perhaps referral_section_window is meant",
        ),
        (
            [{"escalate": {"to": ["team_manager"], "within": "at_once", "then": {}}}],
            "[0].escalate.then.to",
            "it is missing",
        ),
    ],
)
def test_what_is_no_outcome_is_refused_in_plain_words(then: Any, path: str, problem: str) -> None:
    assert problem in faults_of(written(then=then))[f"rules[0].then{path}"]


@pytest.mark.parametrize(
    ("each", "path"),
    [
        ("action", ""),
        ({"collection": "actions", "scale": "four_grades"}, ".scale"),
        ({"collection": "judgements", "scale": "four_grade"}, ".scale"),
        ({"collection": "returns", "stating": ["saef"]}, ".stating[0]"),
        ({"collection": "returns", "stating": ["safe", 3]}, ".stating[1]"),
        ({"scale": "four_grades"}, ".collection"),
        (3, ""),
    ],
)
def test_what_is_no_collection_is_refused(each: Any, path: str) -> None:
    assert f"rules[0].each{path}" in faults_of(written(each=each))


# --- hostile text -----------------------------------------------------------------------


def _text(when: str) -> str:
    return json.dumps(written()).replace('{"fact": "safe", "is": "unsafe"}', when)


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("", "it is empty"),
        ("[" * 100_000, "it"),
        ('{"format": 1, "rules": NaN}', "it holds a number that is none"),
        ('{"format": 1, "rules": 1e999999999999999999999}', "it holds a number that is none"),
        (f'{{"format": {"9" * 5000}}}', "it holds a number that is none"),
        ("[]", "it is a list, not an object"),
        ("3", "it is a number, not an object"),
        (" " * (MAX_TEXT + 1), "it is longer than 1000000 characters"),
        (b"\xff" * 9, "it is not in UTF-8"),
        (_text('{"not": ' * 99 + "{}" + "}" * 99), "it nests too deep"),
        (_text('{"not": ' * 40 + '{"fact": "safe", "is": "safe"}' + "}" * 40), "32 deep"),
        (_text('{"fact": "safe", "is": "safe", "is": "unsafe"}'), "occurs more than once"),
        (_text('{"count": "actions", "<": 1e400}'), "not a whole number"),
        (_text('{"count": "actions", "<": Infinity}'), "it holds a number that is none"),
        (json.dumps({"format": 1, "rules": [1] * (MAX_RULES + 1)}), "there are more than 1000"),
        (json.dumps({"format": 1, "rules": [1] * MAX_RULES}), "there may be more faults"),
        (
            json.dumps({"format": 1, "rules": [], "documents": [{"id": "x"}] * 1000}),
            "there may be more faults",
        ),
        (
            json.dumps({"format": 1, "rules": [], "documents": 2 * [DOCUMENT]}),
            "a document of this id is there already",
        ),
        (json.dumps({"format": True, "rules": []}), "not a form that can be read"),
        (json.dumps(written(when={"all": [{"all": []}] * MAX_PARTS})), "more than 1000 parts"),
        (
            json.dumps(written(when={"fact": "safe", "in": ["safe"] * MAX_PARTS})),
            "more than 1000 parts",
        ),
        (json.dumps({**written(), "rules": written()["rules"] * 2}), "is the id of rules[0]"),
    ],
)
def test_hostile_text_is_refused(source: str | bytes, problem: str) -> None:
    """No crash, no long wait, and never more faults than anyone would read."""
    found = faults_of(source)
    assert any(problem in said for said in found.values()), found
    assert len(found) <= MAX_FAULTS + 1


@pytest.mark.parametrize("made", [lambda: {"format": 1, "rules": {date(2016, 1, 1)}}])
def test_plain_data_holds_only_what_json_holds(made: Callable[[], Any]) -> None:
    assert any("no plain data" in said for said in faults_of(made()).values())


def test_a_python_value_nested_without_end_is_refused() -> None:
    endless: dict[str, Any] = {}
    endless["not"] = endless
    assert any("too deep" in said for said in faults_of(written(when=endless)).values())


@given(
    st.recursive(
        st.one_of(
            st.none(), st.booleans(), st.integers(), st.sampled_from(["safe", "actions", "x"])
        ),
        lambda inner: st.one_of(
            st.lists(inner, max_size=3),
            st.dictionaries(
                st.sampled_from(["all", "any", "not", "some", "where", "fact", "is", "<", "count"]),
                inner,
                max_size=3,
            ),
        ),
        max_leaves=12,
    )
)
def test_whatever_stands_for_a_condition_is_read_or_refused(when: Any) -> None:
    """Either a rule comes back, which then reads back equal, or every fault has a path."""
    try:
        (read,) = read_rules(written(when=when), READING)
    except InputError as error:
        assert all(fault.path.startswith("rules[0]") for fault in error.faults)
    else:
        assert again(read) == read


def test_an_addition_takes_its_rules_from_a_file() -> None:
    """What the addition brings itself can be named, once it is assembled without its rules."""
    bare = Addition(
        id="ours",
        version="1",
        facts=(evolve(READING.facts[2], id="plan_agreed_on"),),
    )
    source = {"document": "Paper", "clause": "1"}
    plain = {
        **written(when={"fact": "plan_agreed_on", "state": "pending"}, source=source),
        "documents": [DOCUMENT],
    }
    rules = read_rules(plain, Framework.of(READING_2016, bare))
    framework = Framework.of(READING_2016, evolve(bare, rules=rules))
    assert framework.rule("paper.rule").source.document.publisher == "Us"
    assert rules_to_plain(framework.rules, framework)["rules"][-1] == plain["rules"][0]
