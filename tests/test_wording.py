"""Approved wording laid over ids: complete or said to be not, and never a change of meaning."""

from __future__ import annotations

import inspect
from datetime import date
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qaf_core import (
    READING_2016,
    Addition,
    Audit,
    DefinitionError,
    Document,
    Framework,
    Rule,
    Standing,
    UnknownIdError,
)
from qaf_core.differences import What, diff
from qaf_core.editions import Edition
from qaf_core.facts import SAFETY, safe
from qaf_core.logic import Kind
from qaf_core.provenance import Reference
from qaf_core.roles import TEAM_MANAGER
from qaf_core.rules import Escalate, Query, Require
from qaf_core.scales import GRADES
from qaf_core.settings import ESCALATE_UNSAFE
from qaf_core.testing import audits
from qaf_core.tools import Judgement, Question, Section, Tool
from qaf_core.wording import Pack, apply, keys, missing, shipped, unknown

PAPER = Document(id="Paper", title="A paper", publisher="A service", dated="2016")
GIVEN: dict[str, Any] = {"source": PAPER.at("1"), "standing": Standing.EDITORIAL}
FRAMEWORK = Framework.of(READING_2016)
TEXTS = shipped(FRAMEWORK)
DAY = date(2016, 3, 1)

TOOL = Tool(
    id="extra_tool",
    version="1",
    title="Extra",
    subject="child_case",
    parts=(
        Section(
            id="extra_risk",
            title="Risk",
            parts=(
                Question(
                    id="extra_safe",
                    prompt="Safe?",
                    kind=SAFETY,
                    states="safe",
                    takes_na=False,
                    **GIVEN,
                ),
            ),
            judgements=(
                Judgement(
                    id="extra_risk",
                    title="Risk, graded",
                    scale=GRADES,
                    hints=("Weigh it.", "Twice."),
                    analysis="Why.",
                    takes_na=False,
                    **GIVEN,
                ),
            ),
            takes_na=False,
            **GIVEN,
        ),
    ),
    **GIVEN,
)
RULE = Rule(
    "extra.unsafe",
    "Somebody is told.",
    when=safe.is_("unsafe"),
    then=(
        Escalate(to=(TEAM_MANAGER,), within=ESCALATE_UNSAFE),
        Query(ask="Who was told?"),
        Require(what="a name"),
    ),
    **GIVEN,
)
ADDITION = Addition(id="extra", version="1", tools=(TOOL,), rules=(RULE,))
BOTH = Framework.of(READING_2016, ADDITION)


def pack(texts: dict[str, str] | None = None, **parts: Any) -> Pack:
    """A pack of these texts."""
    made = {
        "id": "approved",
        "language": "en-GB",
        "source": PAPER.at("whole"),
        "approved_by": "quality_assurance_board",
        "approved_on": DAY,
    }
    return Pack(texts=texts or {}, **{**made, **parts})


def test_every_text_has_a_key() -> None:
    """Keys are made of ids; those of sections, questions and judgements stay apart."""
    found = shipped(ADDITION)
    assert dict(found) == {
        "extra_tool.title": "Extra",
        "extra_tool.section.extra_risk.title": "Risk",
        "extra_tool.extra_safe.prompt": "Safe?",
        "options.safety.safe": "Safe",
        "options.safety.unsafe": "Unsafe",
        "options.safety.cannot_tell": "Cannot tell",
        "extra_tool.judgement.extra_risk.title": "Risk, graded",
        "extra_tool.judgement.extra_risk.hints.1": "Weigh it.",
        "extra_tool.judgement.extra_risk.hints.2": "Twice.",
        "extra_tool.judgement.extra_risk.analysis": "Why.",
        "rule.extra.unsafe.statement": "Somebody is told.",
        "rule.extra.unsafe.2.ask": "Who was told?",
        "rule.extra.unsafe.3.what": "a name",
    }
    assert keys(ADDITION) == tuple(found)


def test_the_framework_has_a_key_for_all_that_people_read() -> None:
    """Standards, criteria, grades, roles, rules, facts and tools."""
    for standard in FRAMEWORK.standards:
        assert TEXTS[f"standard.{standard.id}.title"] == standard.title
        for criterion in standard.criteria:
            assert TEXTS[f"criterion.{criterion.id}.text"] == criterion.text
    for rule in FRAMEWORK.rules:
        assert TEXTS[f"rule.{rule.id}.statement"] == rule.statement
    for role in FRAMEWORK.roles:
        assert TEXTS[f"role.{role.id}.title"] == role.title
    for tool in FRAMEWORK.tools:
        assert TEXTS[f"{tool.id}.title"] == tool.title
        for placed in tool.questions:
            assert isinstance(placed.item, Question)
            assert TEXTS[f"{tool.id}.{placed.item.id}.prompt"] == placed.item.prompt
    assert TEXTS["scale.four_grades.good.label"] == "Good"
    assert TEXTS["scale.four_grades.good.descriptor"] == GRADES["good"].descriptor
    assert TEXTS["fact.safe.label"] == "the child's safety"
    assert TEXTS["subject.child_case.label"].startswith("the case of a child")
    assert TEXTS["setting.escalate_unsafe_within.statement"] == ESCALATE_UNSAFE.statement


def test_a_pack_says_what_it_lacks() -> None:
    """Complete with every text, or with those of its tools."""
    assert missing(pack(dict(TEXTS)), FRAMEWORK) == ()
    assert missing(pack(), FRAMEWORK) == keys(FRAMEWORK)
    assert missing(pack({"case_file.title": "Audit"}), FRAMEWORK) == tuple(
        key for key in TEXTS if key != "case_file.title"
    )
    lacks = set(missing(pack(tools=("extra_tool",)), BOTH))
    rules = {key for key in keys(ADDITION) if key.startswith("rule.")}
    grades = {key for key in TEXTS if key.startswith("scale.four_grades.")}
    assert lacks == {*keys(ADDITION), *grades} - rules
    with pytest.raises(UnknownIdError, match="Did you mean 'extra_tool'"):
        missing(pack(tools=("extra_tol",)), BOTH)


def test_what_is_unknown_is_named_with_what_is_near() -> None:
    """A pack with a slip in it is not laid over at all."""
    wrong = pack({"case_file.risk_manged.prompt": "Is it?", "case_file.title": "Audit"})
    assert unknown(wrong, FRAMEWORK) == ("case_file.risk_manged.prompt",)
    with pytest.raises(DefinitionError, match=r"Did you mean 'case_file\.risk_managed\.prompt'"):
        apply(wrong, FRAMEWORK)
    many = pack({f"no.such.{number}": "x" for number in range(25)})
    with pytest.raises(DefinitionError, match="So it is with 5 more"):
        apply(many, FRAMEWORK)


def test_who_approved_it_and_its_tools_are_known() -> None:
    """A role or a board of the framework."""
    with pytest.raises(DefinitionError, match="Did you mean 'quality_assurance_board'"):
        apply(pack(approved_by="quality_assurence_board"), FRAMEWORK)
    with pytest.raises(DefinitionError, match=r"is not there\. Did you mean 'case_file'"):
        apply(pack(tools=("case_fil",)), FRAMEWORK)
    assert apply(pack(approved_by="team_manager"), FRAMEWORK) == FRAMEWORK


def test_a_pack_is_written_well() -> None:
    """No blank text, and a language that a browser knows."""
    with pytest.raises(DefinitionError, match="no text under a, b"):
        pack({"a": " ", "b": "", "c": "x"})
    with pytest.raises(DefinitionError, match="'English' is no language tag"):
        pack(language="English")
    assert pack(language="cy").language == "cy"
    assert "Marker" not in repr(pack({"a": "Marker"}))


WORDED = pack(
    {
        "extra_tool.title": "EXTRA",
        "extra_tool.guidance": "HOW",
        "extra_tool.section.extra_risk.title": "SECTION",
        "extra_tool.section.extra_risk.hint": "HINT",
        "extra_tool.extra_safe.prompt": "PROMPT",
        "extra_tool.judgement.extra_risk.title": "JUDGED",
        "extra_tool.judgement.extra_risk.hints.2": "SECOND",
        "extra_tool.judgement.extra_risk.analysis": "ANALYSIS",
        "options.safety.unsafe": "IN DANGER",
        "scale.four_grades.good.label": "GOOD",
        "scale.four_grades.good.descriptor": "WELL DONE",
        "fact.safe.label": "THE SAFETY",
        "rule.extra.unsafe.statement": "STATEMENT",
        "rule.extra.unsafe.2.ask": "ASK",
        "role.team_manager.title": "MANAGER",
        "standard.std_1.text": "STANDARD",
        "criterion.std_1_1.text": "CRITERION",
    }
)


def test_wording_is_laid_over_wherever_it_is_read() -> None:
    """In tools, scales, facts, conditions, rules and their outcomes alike."""
    made = apply(WORDED, BOTH)
    tool = made.tool("extra_tool")
    [section] = tool.sections
    [judged] = section.judgements
    assert (tool.title, tool.guidance) == ("EXTRA", "HOW")
    assert (section.title, section.hint) == ("SECTION", "HINT")
    assert tool.question("extra_safe").prompt == "PROMPT"
    assert (judged.title, judged.analysis) == ("JUDGED", "ANALYSIS")
    assert judged.hints == ("Weigh it.", "SECOND")
    assert (judged.scale["good"].label, judged.scale["good"].descriptor) == ("GOOD", "WELL DONE")
    rule = made.rule("extra.unsafe")
    assert str(rule.when) == "THE SAFETY is IN DANGER"
    assert (rule.statement, rule.then[1]) == ("STATEMENT", Query(ask="ASK"))
    assert isinstance(rule.then[0], Escalate)
    assert rule.then[0].to[0] == made.role("team_manager")
    assert str(made.role("team_manager")) == "MANAGER"
    [standard] = [each for each in made.standards if each.id == "std_1"]
    assert (standard.text, standard.criteria[0].text) == ("STANDARD", "CRITERION")


def test_facts_and_tools_agree_after_relabelling() -> None:
    """One kind reads the same wherever it stands: the framework still holds together."""
    made = apply(WORDED, BOTH)
    again = Framework.of(made.base, *made.additions)
    assert again == made
    [fact] = [each for each in made.facts if each.id == "safe"]
    assert fact.kind.labels == ("Safe", "IN DANGER", "Cannot tell")
    for tool in made.tools:
        for placed in (*tool.questions, *tool.judged):
            kind = placed.item.ref.kind
            if kind.id == SAFETY.id:
                assert kind.labels == fact.kind.labels
            if kind.id == GRADES.kind.id:
                assert "GOOD" in kind.labels


def test_a_rule_that_replaces_another_has_words_of_its_own() -> None:
    """Wording approved for a rule is not laid over what a later edition put in its place."""
    later = attrs.evolve(FRAMEWORK.rule("grading.inadequate_without_action"), statement="Later.")
    edition = Edition(
        id="later", since=DAY, reason="A.", approver="team_manager", replaces={later.id: later}
    )
    both = Framework.of(READING_2016, editions=[edition])
    key = f"rule.{later.id}.statement"
    made = apply(pack({key: "FIRST", f"edition.later.{key}": "SECOND"}), both)
    assert made.rule(later.id).statement == "FIRST"
    replaced = made.editions[0].replaces[later.id]
    assert replaced is not None
    assert replaced.statement == "SECOND"


def test_wording_that_would_change_a_meaning_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """It cannot be; were it to be, nothing is laid over."""

    def narrowed(walk: object, kind: Kind) -> Kind:
        return attrs.evolve(kind, codes=kind.codes[:1], labels=())

    monkeypatch.setattr("qaf_core.wording._Walk.kind", narrowed)
    with pytest.raises(DefinitionError, match="would change what an answer or a rule means"):
        apply(pack(), Addition(id="extra", version="1", rules=(RULE,)))


def test_a_diff_calls_it_wording() -> None:
    """And nothing else."""
    made = apply(WORDED, BOTH).tool("extra_tool")
    found = {each.what for each in diff(TOOL, made).changes}
    assert found == {What.WORDING}


def test_an_addition_words_what_is_its_own() -> None:
    """The roles, grades and settings of the base that it uses are the base's to word."""
    own = {key: text for key, text in WORDED.texts.items() if key in keys(ADDITION)}
    made = apply(pack(own), ADDITION)
    assert made.tools[0].title == "EXTRA"
    assert Framework.of(READING_2016, made).tool("extra_tool").fingerprint == TOOL.fingerprint
    for key in ("role.team_manager.title", "scale.four_grades.good.label"):
        with pytest.raises(DefinitionError, match="There is no text"):
            apply(pack({key: "x"}), ADDITION)
    base = apply(pack({"scale.four_grades.good.label": "x"}), READING_2016)
    assert base.scales[0]["good"].label == "x"


def test_an_empty_pack_changes_nothing() -> None:
    """What it is laid over comes back as it was."""
    assert apply(pack(), BOTH) is BOTH
    assert apply(pack(), ADDITION) is ADDITION
    assert apply(pack(dict(TEXTS)), FRAMEWORK) == FRAMEWORK


_WORDS = st.text(st.characters(categories=("L", "N", "P")), min_size=1, max_size=12)
PACKS = st.dictionaries(st.sampled_from(sorted(TEXTS)), _WORDS, max_size=30).map(pack)


@settings(max_examples=25)
@given(PACKS)
def test_wording_changes_no_meaning(words: Pack) -> None:
    """Every text is the pack's or ours, and every fingerprint, kind and condition the same."""
    made = apply(words, FRAMEWORK)
    assert dict(shipped(made)) == dict(TEXTS) | dict(words.texts)
    assert [tool.fingerprint for tool in made.tools] == [
        tool.fingerprint for tool in FRAMEWORK.tools
    ]
    assert [rule.when for rule in made.rules] == [rule.when for rule in FRAMEWORK.rules]
    assert [fact.kind for fact in made.facts] == [fact.kind for fact in FRAMEWORK.facts]
    assert apply(words, made) == made
    assert Framework.of(made.base) == made


SHOUTED = apply(pack({key: text.upper() for key, text in TEXTS.items()}), FRAMEWORK)


@settings(max_examples=30)
@given(audits(FRAMEWORK, FRAMEWORK.tool("case_file")))
def test_a_review_finds_the_same_in_other_words(audit: Audit) -> None:
    """Rules fire, are settled and are left open as before."""

    def said(framework: Framework) -> list[Any]:
        review = framework.review(audit, on=DAY)
        findings = (*review.findings, *review.unsettled)
        return [review.complete, [(f.rule.id, f.about, f.status, f.due) for f in findings]]

    assert said(SHOUTED) == said(FRAMEWORK)


def test_every_text_of_a_shouted_framework_is_shouted() -> None:
    """No wording is left where the walk did not come: what people read has a key."""
    texts = _strings(SHOUTED)
    assert "IS RISK MANAGED AS IT SHOULD BE?" in texts
    left = {text for text in texts if " " in text and text not in _fixed(FRAMEWORK)}
    assert {text for text in left if text != text.upper()} == set()


_NEVER_WORDED = (Reference, Document)
_OUTSIDE = (
    "aliases",
    "value",
    "choices",
    "reason",
    "meets",
    "event",
    "before",
    "clause",
    "lines",
    "requires",
    "note",
)


def _strings(value: Any) -> set[str]:
    """Every text inside a value, kinds' labels included and references left out."""
    if type(value) is str:
        return {value}
    if isinstance(value, tuple):
        return set().union(*map(_strings, value))
    if not attrs.has(type(value)) or isinstance(value, _NEVER_WORDED):
        return set()
    if isinstance(value, Kind):
        return set(value.labels)
    names = [each.name for each in attrs.fields(type(value)) if each.init]
    parts = (getattr(value, name) for name in names if name not in _OUTSIDE)
    return set().union(*map(_strings, parts))


def _fixed(framework: Framework) -> set[str]:
    """Texts that belong to no id: titles of whole additions, and labels that rules give."""
    titles = {each.title for each in (framework.base, *framework.additions)}
    rules = tuple(rule.when for rule in framework.rules)
    return titles | _labels((rules, framework.machines, framework.laws))


def _labels(value: Any) -> set[str]:
    found: set[str] = set()
    if isinstance(value, tuple):
        return found.union(*map(_labels, value))
    if attrs.has(type(value)) and not inspect.isclass(value):
        found |= {getattr(value, "label", "")} if type(value).__name__ == "Ref" else set()
        names = [each.name for each in attrs.fields(type(value)) if each.init]
        return found.union(*(_labels(getattr(value, name)) for name in names))
    return found
