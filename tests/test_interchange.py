"""Audits as JSON: strict, with every fault named, and nothing urgent lost."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import attrs
import pytest
from hypothesis import example as given_example
from hypothesis import given
from hypothesis import strategies as st

from qaf_core import (
    READING_2016,
    Audit,
    Framework,
    InputError,
    example,
    read_audit,
    read_audits,
    to_plain,
    write_audit,
)
from qaf_core.interchange.parsing import NOT_PLAIN, TOO_DEEP, parse, plainly
from qaf_core.testing import audits

FRAMEWORK = Framework.of(READING_2016)
CASE_FILE = FRAMEWORK.tool("case_file")
DAY = date(2016, 3, 1)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda children: (
        st.lists(children, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    "tool",
                    "id",
                    "version",
                    "subject",
                    "kind",
                    "facts",
                    "answers",
                    "safe",
                    "judgements",
                    "overall",
                    "grade",
                    "actions",
                    "section",
                    "not_applicable",
                    "participants",
                    "x",
                ]
            )
            | st.text(max_size=4),
            children,
            max_size=5,
        )
    ),
    max_leaves=20,
)


def blank(**parts: Any) -> dict[str, Any]:
    """A form just opened, with these parts."""
    return {
        "tool": {"id": "case_file", "version": "2016.1"},
        "id": "A-1",
        "subject": {"id": "C-1", "kind": "child_case"},
    } | parts


def faults_of(source: str | bytes | dict[str, Any]) -> dict[str, str]:
    """The faults of an audit: path to problem."""
    with pytest.raises(InputError) as caught:
        read_audit(source, FRAMEWORK)
    return {fault.path: f"{fault.problem}. {fault.do}" for fault in caught.value.faults}


def urgent_in(source: str | bytes | dict[str, Any]) -> list[str]:
    """The rules that call for telling someone, in a file that cannot be read whole."""
    with pytest.raises(InputError) as caught:
        read_audit(source, FRAMEWORK)
    return [rule.id for call in caught.value.urgent for rule in call.rules]


@given(audits(FRAMEWORK, CASE_FILE))
def test_what_is_written_reads_back_equal(audit: Audit) -> None:
    """No answer, reason or date is lost or changed on the way out and in."""
    assert read_audit(write_audit(audit), FRAMEWORK) == audit


@given(audits(FRAMEWORK, CASE_FILE), st.randoms(use_true_random=False))
def test_the_order_of_answers_does_not_matter(audit: Audit, chance: Any) -> None:
    """A review is the same for any order of answers, judgements and keys."""
    plain = to_plain(audit)

    def shuffled(node: Any) -> Any:
        if not isinstance(node, dict):
            return node
        keys = list(node)
        chance.shuffle(keys)
        return {key: shuffled(node[key]) for key in keys}

    again = read_audit(json.dumps(shuffled(plain)), FRAMEWORK)
    assert FRAMEWORK.review(again, on=DAY) == FRAMEWORK.review(audit, on=DAY)
    assert str(FRAMEWORK.review(again, on=DAY)) == str(FRAMEWORK.review(audit, on=DAY))


@given(JSON)
@given_example({"tool": {"id": "case_file", "version": "2016.1"}, "answers": {"safe": ["\ud800"]}})
@given_example([[[]]])
def test_any_json_gives_an_audit_or_a_documented_error(data: Any) -> None:
    """Arbitrary JSON is read, or refused with named faults; nothing else happens."""
    try:
        read_audit(json.dumps(data), FRAMEWORK)
    except InputError as error:
        assert error.faults
        assert all(fault.path and fault.problem and fault.do for fault in error.faults)


@given(JSON)
def test_any_json_in_the_place_of_a_part_gives_a_documented_error(data: Any) -> None:
    """Each part of an audit survives anything standing in its place."""
    parts = ("answers", "judgements", "sections", "actions", "participants", "subject")
    for part in (*parts, "explanations"):
        try:
            read_audit(json.dumps(blank(**{part: data})), FRAMEWORK)
        except InputError as error:
            assert error.faults


@given(st.text() | st.binary())
@given_example("[" * 100_000)
@given_example('{"a":' * 5_000)
@given_example("1" * 5_000)
@given_example("NaN")
@given_example("1e999999999")
@given_example(b"\xff\xfe")
@given_example("\ufeff{}")
def test_any_text_gives_a_documented_error(text: str | bytes) -> None:
    """Text that is no audit is refused with named faults, whatever it is."""
    with pytest.raises(InputError) as caught:
        read_audit(text, FRAMEWORK)
    assert caught.value.faults
    assert str(caught.value)


def test_a_byte_order_mark_is_no_fault() -> None:
    """Files saved by a spreadsheet or an old editor begin with one."""
    text = example("good_throughout")
    assert read_audit(b"\xef\xbb\xbf" + text.encode(), FRAMEWORK) == read_audit(text, FRAMEWORK)


@pytest.mark.parametrize(
    ("answers", "path", "problem"),
    [
        ({"risk_managed": "no"}, "answers.risk_managed", "it is text, not true or false"),
        ({"risk_managed": None}, "answers.risk_managed", "null is no answer"),
        ({"risk_managed": 1}, "answers.risk_managed", "it is a whole number, not true or false"),
        ({"safe": "Unsafe"}, "answers.safe", "it is not a choice here; perhaps unsafe is meant"),
        ({"safe": True}, "answers.safe", "it is true or false, not one of the choices"),
        ({"assessment_date": "20160115"}, "answers.assessment_date", "it is no date"),
        ({"assessment_date": "2016-02-30"}, "answers.assessment_date", "there is no such day"),
        ({"plan_type": "  "}, "answers.plan_type", "it is blank"),
        ({"referral_concerns": "cse"}, "answers.referral_concerns", "it is text, not a list"),
        ({"referral_concerns": ["cse", "cse"]}, "answers.referral_concerns", "it names one twice"),
        ({"saef": "safe"}, "answers.(key 1)", "nothing reads this key; perhaps safe is meant"),
        ({"Ann Other": True}, "answers.(key 1)", "nothing reads this key"),
        ({"risk_managed": {"reason": "x"}}, "answers.risk_managed", "it is an object"),
    ],
)
def test_answers_are_read_strictly(answers: dict[str, Any], path: str, problem: str) -> None:
    """Nothing is coerced: what is not exactly an answer is a fault with its path."""
    faults = faults_of(blank(answers=answers))
    assert list(faults) == [path]
    assert faults[path].startswith(problem)


@pytest.mark.parametrize(
    ("parts", "path", "problem"),
    [
        ({"moderated": True}, "(key 4)", "nothing reads this key"),
        ({"audited": "12/02/2016"}, "audited", "it is no date"),
        ({"audited": None}, "audited", "it is null, not a date"),
        ({"id": " A-1"}, "id", "it cannot serve as an id"),
        ({"id": 7}, "id", "it is a whole number, not text"),
        ({"tool": {"id": "case_fil", "version": "2016.1"}}, "tool.id", "this framework does not"),
        ({"tool": {"id": "case_file", "version": "2"}}, "tool.version", "this framework does not"),
        (
            {"tool": {"id": "case_file", "version": "2016.1", "fingerprint": "0"}},
            "tool.fingerprint",
            "the tool has changed",
        ),
        ({"subject": {"id": "C-1", "kind": "carer"}}, "subject.kind", "this tool is not for it"),
        ({"subject": {"kind": "child_case"}}, "subject.id", "it is missing"),
        ({"sections": {"conclusion": {"not_applicable": "x"}}}, "sections.conclusion", "this sec"),
        ({"sections": {"risk": True}}, "sections.risk", "a section is only ever set aside"),
        ({"judgements": {"risk": {"grade": 1}}}, "judgements.risk.grade", "it is a whole number"),
        ({"judgements": {"risk": {"grade": "god"}}}, "judgements.risk.grade", "it is not a cho"),
        ({"judgements": {"risk": "good"}}, "judgements.risk", "it is text, not an object"),
        (
            {"judgements": {"risk": {"grade": "good", "not_applicable": "x"}}},
            "judgements.risk",
            "it has a grade and is not applicable",
        ),
        ({"actions": [{"section": "risk"}]}, "actions[0].action", "it is missing"),
        ({"actions": [{"section": "x", "action": "y"}]}, "actions[0].section", "it is not known"),
        ({"participants": [{"role": "auditer", "post": "T"}]}, "participants[0].role", "it is not"),
        ({"explanations": [{"rule": "a.b", "text": "x"}]}, "explanations[0].rule", "it is not kn"),
        ({"answers": []}, "answers", "it is not an object"),
        ({"actions": {}}, "actions", "it is not a list"),
    ],
)
def test_the_rest_is_read_strictly(parts: dict[str, Any], path: str, problem: str) -> None:
    """Every part of an audit has its one fault, named once."""
    faults = faults_of(blank(**parts))
    assert list(faults) == [path]
    assert faults[path].startswith(problem)


def test_all_faults_are_named_at_once() -> None:
    """The malformed example has well over a dozen faults, each with its own path."""
    faults = faults_of(example("malformed"))
    assert len(faults) >= 12
    assert "answers.risk_managed" in faults
    assert "actions[0].section" in faults


def test_an_unsafe_child_in_a_malformed_file_comes_first() -> None:
    """Two managers are named before any fault is."""
    assert urgent_in(example("malformed")) == [
        "escalation.unsafe",
        "escalation.overall_inadequate",
    ]
    with pytest.raises(InputError) as caught:
        read_audit(example("malformed"), FRAMEWORK)
    text = str(caught.value)
    assert text.index("Team Manager and Service Manager") < text.index("faults to mend")


UNSAFE = json.dumps(blank(answers={"safe": "unsafe", "risk_managed": True}), indent=1)


@pytest.mark.parametrize(
    "text",
    [
        UNSAFE[:-2],
        UNSAFE[: UNSAFE.index("risk_managed")],
        UNSAFE.replace("true", "tru"),
        UNSAFE.replace('"unsafe",', '"unsafe"'),
        UNSAFE.replace('"id": "A-1",', '"id": "A "quoted" 1",'),
        UNSAFE.replace('"id": "A-1",', '"id": "A-1,'),
        UNSAFE.replace('"id": "A-1",', '"id": "A-1"},'),
        UNSAFE.replace('"unsafe"', '"Unsafe"'),
        UNSAFE.replace('"unsafe"', '["unsafe"]'),
        UNSAFE.replace("answers", "answer"),
        UNSAFE.replace("case_file", "case_fille"),
        UNSAFE.replace("2016.1", "2015"),
        UNSAFE.replace('"safe": "unsafe"', '"safe": "unsafe", "safe": "safe"'),
        UNSAFE.replace('"safe": "unsafe"', '"safe": "safe", "safe": "unsafe"'),
        UNSAFE.replace('"safe": "unsafe"', '"safe": "safe", "safe": "unsafe", "safe": "safe"'),
        UNSAFE.replace('"answers"', '"answers": {"safe": "safe"}, "answers"'),
        UNSAFE.replace('"answers"', '"answers": null, "x"'),
        UNSAFE.replace("{", "[", 1),
        f"[{UNSAFE}]",
        UNSAFE.replace('"id": "A-1",', '"x": NaN,'),
    ],
)
def test_a_fault_never_hides_an_unsafe_child(text: str) -> None:
    """Cut off, misquoted, repeated or misplaced: what can be made out still escalates."""
    assert "escalation.unsafe" in urgent_in(text)


def test_text_in_another_encoding_never_hides_an_unsafe_child() -> None:
    """Bytes that are not UTF-8 are a fault, and the rest is still gone through."""
    text = UNSAFE.replace("A-1", "A-\u00e9").encode("latin-1")
    assert urgent_in(text) == ["escalation.unsafe"]


def test_a_fault_leaves_open_what_it_hides() -> None:
    """Where safety cannot be made out, the escalation stays open and is printed."""
    with pytest.raises(InputError) as caught:
        read_audit(blank(answers={"safe": 3}), FRAMEWORK)
    open_rules = [rule.id for call in caught.value.unsettled for rule in call.rules]
    assert open_rules == ["escalation.unsafe", "escalation.overall_inadequate"]
    assert "Cannot be ruled out" in str(caught.value)


@given(audits(FRAMEWORK, CASE_FILE), st.data())
def test_no_escalation_is_lost_to_a_fault_elsewhere(audit: Audit, data: st.DataObject) -> None:
    """Spoil any other member of an audit: every escalation it called for is urgent."""
    plain = to_plain(audit)
    before = {
        rule.id for call in FRAMEWORK.review(audit, on=DAY).escalations for rule in call.rules
    }
    spoilt = data.draw(st.sampled_from(["id", "subject", "audited", "participants", "actions"]))
    plain[spoilt] = data.draw(st.sampled_from([None, 3, {"": 1}, "\ud800", [[None]]]))
    plain["no_such_key"] = 1
    with pytest.raises(InputError) as caught:
        read_audit(json.dumps(plain), FRAMEWORK)
    after = {rule.id for call in caught.value.urgent for rule in call.rules}
    assert before <= after


def test_many_audits_are_read_line_by_line() -> None:
    """Good lines become audits, bad ones faults with their line; blank ones are passed over."""
    lines = [
        json.dumps(json.loads(example("good_throughout"))),
        "",
        json.dumps(json.loads(example("malformed"))),
        '{"id":',
    ]
    batch = read_audits(lines, FRAMEWORK)
    assert [audit.id for audit in batch.audits] == ["A-0001"]
    assert {fault.line for fault in batch.faults} == {3, 4}
    assert [rule.id for call in batch.urgent for rule in call.rules] == [
        "escalation.unsafe",
        "escalation.overall_inadequate",
    ]
    assert str(batch.faults[0]).startswith("line 3: ")


GOOD = json.loads(example("good_safety_blank"))
"""A Good audit with safety left blank: there a blank says nothing, so nothing may be lost to it."""


def good(**answers: Any) -> dict[str, Any]:
    """The Good audit with these answers too."""
    return {**GOOD, "answers": {**GOOD["answers"], **answers}}


def open_in(source: str | bytes | dict[str, Any]) -> list[str]:
    """The rules that cannot be ruled out, in a file that cannot be read whole."""
    with pytest.raises(InputError) as caught:
        read_audit(source, FRAMEWORK)
    calls = (*caught.value.urgent, *caught.value.unsettled)
    return [rule.id for call in calls for rule in call.rules]


@pytest.mark.parametrize(
    "answers",
    [
        {"safe": "no"},
        {"safe": None},
        {"safe": 3},
        {"safe": {"value": "unsafe"}},
        {"safe": ["unsafe", "cannot_tell"]},
        {"sure": "nonsense"},
    ],
)
def test_a_safety_answer_that_cannot_be_read_is_not_a_blank(answers: dict[str, Any]) -> None:
    """On a Good audit too: what was given and could not be read leaves the escalation open."""
    assert "escalation.unsafe" in open_in(good(**answers))


@pytest.mark.parametrize(
    "answers",
    [
        {"safe": "Not safe"},
        {"safe": "unsaf"},
        {"safe": "UNSAFE!!"},
        {"Safe": "unsafe"},
        {"saef": "unsafe"},
        {"is_safe": "unsafe"},
    ],
)
def test_a_safety_answer_nearly_right_still_escalates(answers: dict[str, Any]) -> None:
    """Where the fault itself says what is probably meant, the managers are told."""
    assert "escalation.unsafe" in urgent_in(good(**answers))


GOOD_TEXT = json.dumps(good(safe="unsafe"))


@pytest.mark.parametrize(
    "text",
    [
        GOOD_TEXT.replace('"safe": "unsafe"', "'safe': 'unsafe'"),
        GOOD_TEXT.replace('"safe": "unsafe"', 'safe: "unsafe"'),
        GOOD_TEXT.replace('"safe": "unsafe"', '"safe": unsafe'),
        GOOD_TEXT.replace('"safe"', "\u201csafe\u201d").replace('"unsafe"', "\u201cunsafe\u201d"),
        GOOD_TEXT.replace("Risks are named", "Risks are\nnamed"),
        '{"x": 1e99999999999999999999, ' + GOOD_TEXT[1:],
        GOOD_TEXT.replace('"case_file"', '"supervisee_interview"'),
        '{"tool": {"id": "supervisee_interview", "version": "2016.1"}, ' + GOOD_TEXT[1:],
        GOOD_TEXT[:-1] + ', "answers": {"safe": "safe", "safe": "safe", "safe": "unsafe"}}',
    ],
)
def test_an_unsafe_child_on_a_good_audit_is_found_in_broken_text(text: str) -> None:
    """Single quotes, line breaks, huge numbers, another tool's id, keys repeated in keys."""
    assert "escalation.unsafe" in urgent_in(text)


@pytest.mark.parametrize("answer", [{"not_applicable": "parents away"}, {"not_applicable": ""}])
def test_safety_is_never_set_aside_without_a_word(answer: dict[str, str]) -> None:
    """Not applicable settles nothing there: the audit is not complete and the call stays open."""
    audit = read_audit(good(safe=answer), FRAMEWORK)
    review = FRAMEWORK.review(audit, on=DAY)
    assert not review.complete
    assert [each.about for each in review.requirements] == ["safe"]
    assert [call.rules[0].id for call in review.unsettled_escalations] == ["escalation.unsafe"]


@pytest.mark.parametrize(
    "source",
    [
        None,
        3,
        [json.loads(UNSAFE)],
        {(1, 2): 3},
        {**json.loads(UNSAFE), "audited": DAY},
        {**json.loads(UNSAFE), "n": 10**5000},
        {**json.loads(UNSAFE), "x": float("nan")},
    ],
)
def test_data_that_is_no_audit_is_refused_like_text(source: Any) -> None:
    """Python values of any kind give a documented error, and what they hold still counts."""
    with pytest.raises(InputError) as caught:
        read_audit(source, FRAMEWORK)
    assert caught.value.faults
    if isinstance(source, dict) and "answers" in source:
        assert caught.value.urgent


def test_circular_data_is_refused() -> None:
    """Data that holds itself nests too deep."""
    data = blank()
    data["answers"] = data
    with pytest.raises(InputError):
        read_audit(data, FRAMEWORK)


def test_any_mapping_will_do() -> None:
    """Answers may stand in any mapping, and numbers in tuples."""
    audit = read_audit(good(safe="unsafe"), FRAMEWORK)
    again = {**GOOD, "answers": audit.answers}
    with pytest.raises(InputError):  # its dates are dates, and not text
        read_audit(again, FRAMEWORK)
    again["answers"] = {**audit.answers, "assessment_date": "2016-01-15"}
    assert read_audit(again, FRAMEWORK) == audit


def test_an_audit_with_the_tool_of_another_framework_does_not_stop_the_rest() -> None:
    """It is named, and the others are reviewed."""
    audit = read_audit(good(safe="unsafe"), FRAMEWORK)
    stranger = attrs.evolve(audit, id="A-9", tool=attrs.evolve(audit.tool, version="1999"))
    reviews = FRAMEWORK.review_all([stranger, audit], on=DAY)
    assert len(reviews) == 1
    assert [fault.path for fault in reviews.faults] == ["A-9"]
    assert str(reviews).startswith("Not reviewed: A-9")


def test_a_batch_may_be_given_whole_and_says_which_line_is_urgent() -> None:
    """The text of a file is taken by its lines; a child without an audit id is still named."""
    lost = json.loads(UNSAFE)
    del lost["id"]
    text = "\n".join((json.dumps(lost), json.dumps(GOOD), json.dumps(GOOD)))
    batch = read_audits(text, FRAMEWORK)
    assert len(batch.audits) == 2
    [call] = batch.urgent
    assert (call.line, call.subject) == (1, "C-1")
    assert "(C-1) on line 1" in str(call)
    assert [str(fault) for fault in batch.faults][-1].startswith("line 3: id: an audit of this id")


def test_the_day_of_a_review_is_a_date() -> None:
    """Anything else is refused, rather than blamed on the rules."""
    audit = read_audit(GOOD, FRAMEWORK)
    for day in ("2016-03-01", None, 20160301):
        with pytest.raises(TypeError, match="as a date"):
            FRAMEWORK.review(audit, on=day)  # type: ignore[arg-type]


def test_letters_that_only_look_latin_are_recognised() -> None:
    """A status or an answer typed in Cyrillic is named as such, and still escalates."""
    status = {
        **GOOD["subject"],
        "facts": {**GOOD["subject"]["facts"], "case_status": "\u0421\u0420"},
    }
    faults = faults_of({**GOOD, "subject": status})
    assert faults == {
        "subject.facts.case_status": "it has letters of another alphabet that only look like "
        "these. Type it again as cp"
    }
    assert "escalation.unsafe" in urgent_in(good(safe="uns\u0430f\u0435"))


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4) | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=12,
)


def as_dictionaries(node: Any) -> Any:
    """What was read quickly with its objects as dictionaries; a repeated key is no such thing."""
    if isinstance(node, tuple):
        built = {key: as_dictionaries(value) for key, value in node}
        return built if len(built) == len(node) else None
    return [as_dictionaries(each) for each in node] if isinstance(node, list) else node


@given(_JSON, st.sampled_from(["", ",", "}", '{"a":1,"a":2}', "NaN", "\ufeff"]))
@given_example(json.loads("[" * 40 + "]" * 40), "")
@given_example({"a": [1.5, {"b": "c"}]}, "")
def test_what_is_read_the_quick_way_is_what_is_read_the_careful_way(plain: Any, odd: str) -> None:
    """Where nothing is wrong both give the same; where anything is, the careful way says what."""
    for text in (json.dumps(plain), odd + json.dumps(plain), json.dumps([plain]) + odd):
        careful, quick = parse(text), plainly(text)
        if quick is NOT_PLAIN or '"a":1,"a":2' in text:
            assert careful.faults
        elif TOO_DEEP not in str(careful.faults):
            assert not careful.faults
            assert as_dictionaries(quick) == careful.value
            assert plainly(text.encode()) == quick
