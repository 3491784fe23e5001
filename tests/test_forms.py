"""A tool as a blank form, as neutral form data, and as the JSON Schema of its audits."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qaf_core import EXAMPLES, READING_2016, Addition, Framework, InputError, example, read_audit
from qaf_core import to_plain as plain_of
from qaf_core.errors import Fault
from qaf_core.facts import actions, audited
from qaf_core.forms import fields, to_markdown
from qaf_core.forms.conditions import condition
from qaf_core.interchange.schema import NOT_SAID, json_schema
from qaf_core.logic import (
    ALWAYS,
    COUNT,
    DATE,
    ID,
    MOMENT,
    NEVER,
    NUMBER,
    TEXT,
    YES_NO,
    Cond,
    Kind,
    Ref,
    Sort,
    choice,
    many,
    numbers,
)
from qaf_core.provenance import Document, Standing
from qaf_core.roles import AUDITOR, MODERATOR
from qaf_core.rules import Escalate, Rule
from qaf_core.scales import GOOD, GRADES, Beside, Grade, Scale
from qaf_core.subjects import SubjectKind
from qaf_core.testing import audits
from qaf_core.timing import AT_ONCE
from qaf_core.tools import Computed, Judgement, Question, Section, Tool

HERE = Document(id="Forms", title="A tool of every kind", publisher="These tests", dated="2016")
RESTS: dict[str, Any] = {"source": HERE.at("1"), "standing": Standing.EDITORIAL}

BESIDE = Scale(
    id="with_beside",
    title="A scale with an answer beside it",
    grades=(Grade("poor", "Poor", descriptor="Not there."), Grade("fair", "Fair")),
    beside=(Beside("not_applicable", "Says nothing"),),
    **RESTS,
)
COLOURS = choice("colour", {"red": "Red", "blue": "Blue"})
NEEDS = many("needs", {"health": "Health", "home": "Home", "money": "Money"})
QUARTERS = numbers("quarters", 0, 2, step=Fraction(1, 4))
TENTHS = numbers("tenths", 0, 1, step=Fraction(1, 10))
ODD = numbers("odd", 1, 9, step=2)
THIRDS = numbers("thirds", 0, 1, step=Fraction(1, 3))
DIMES = Kind("dimes", Sort.NUMBER, ordered=True, lowest=Fraction(0), step=Fraction(1, 10))
NOTHING = Computed(id="nothing", version="1", function=lambda _: None)
OPEN_ENDED = Kind("at_least_one", Sort.NUMBER, ordered=True, lowest=Fraction(1))


def asked(id: str, kind: Kind, **more: Any) -> Question:
    return Question(id=id, prompt=f"What of {id}?", kind=kind, **RESTS, **more)


EVERY_KIND = Tool(
    id="every_kind",
    version="1",
    title="A tool of every kind",
    subject="thing",
    parts=(
        asked("first", YES_NO, takes_na=False),
        Section(
            id="outer",
            title="Outer",
            hint="Shown once.",
            applies=Ref("first", YES_NO).is_(True),
            **RESTS,
            parts=(
                asked("colour", COLOURS, asked=Ref("first", YES_NO).is_(True)),
                asked("needs", NEEDS, hint="As far as known"),
                Section(
                    id="inner",
                    title="Inner",
                    applies=~Ref("colour", COLOURS).is_("red"),
                    **RESTS,
                    parts=(
                        asked("day", DATE, required=NEVER),
                        asked("moment", MOMENT),
                        asked("visits", COUNT),
                    ),
                    judgements=(
                        Judgement(id="inner", title="Inner", scale=GRADES, **RESTS),
                        Judgement(
                            id="worked_out", title="It", scale=GRADES, computed=NOTHING, **RESTS
                        ),
                    ),
                ),
                asked("quarters", QUARTERS),
                asked("tenths", TENTHS),
                asked("odd", ODD, required=Ref("inner", GRADES.kind) >= GOOD),
                asked("open_ended", OPEN_ENDED),
                asked("free", NUMBER),
                asked("dimes", DIMES),
            ),
            judgements=(
                Judgement(
                    id="beside", title="On another scale", scale=BESIDE, must_justify=True, **RESTS
                ),
            ),
        ),
        Section(
            id="kept",
            title="Kept",
            takes_na=False,
            **RESTS,
            parts=(
                asked("notes", TEXT, required=NEVER),
                asked("ref", ID, private=True),
                asked("view", GRADES.kind),
            ),
            judgements=(
                Judgement(id="as_view", title="As the view", scale=GRADES, same_as="view", **RESTS),
            ),
        ),
    ),
    judgements=(
        Judgement(
            id="whole",
            title="The whole",
            scale=GRADES,
            hints=("One thing", "Another"),
            takes_na=False,
            **RESTS,
        ),
    ),
    **RESTS,
)
ONLY_THIRDS = Tool(
    id="thirds",
    version="1",
    title="Numbers that cannot be written",
    subject="thing",
    parts=(asked("third", THIRDS),),
    **RESTS,
)
THING = SubjectKind(id="thing", label="a thing", **RESTS)
TELL = Rule(
    "escalation.first",
    "Where the first is not so, the moderator is told.",
    when=Ref("first", YES_NO).is_(False),
    then=(Escalate(to=(MODERATOR,), within=AT_ONCE),),
    **RESTS,
)
OURS = Addition(
    id="forms",
    version="1",
    source=HERE.at("whole"),
    scales=(BESIDE,),
    subjects=(THING,),
    tools=(EVERY_KIND,),
)
FRAMEWORK = Framework.of(READING_2016, OURS)
SMALL = Framework.of(
    attrs.evolve(
        OURS,
        scales=(GRADES, BESIDE),
        roles=(AUDITOR, MODERATOR),
        rules=(TELL,),
        tools=(EVERY_KIND, ONLY_THIRDS),
    )
)
TOOLS = pytest.mark.parametrize("tool", FRAMEWORK.tools, ids=lambda tool: f"{tool.id}")
COMPONENTS = {
    "radios": {"idPrefix", "name", "fieldset", "hint", "items", "classes"},
    "checkboxes": {"idPrefix", "name", "fieldset", "hint", "items"},
    "date-input": {"id", "namePrefix", "fieldset", "hint", "items"},
    "textarea": {"id", "name", "label", "hint"},
    "input": {"id", "name", "label", "hint", "classes", "inputmode", "spellcheck"},
}


def components_of(page: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every component of a page, those for what is not applicable included."""
    for field in (page, *page["fields"]):
        if "component" in field:
            yield field
        aside = field["not_applicable"]
        if aside is not None:
            yield aside["reason"]
            if aside["choice"] is not None:
                yield aside["choice"]


def field_of(tool: Tool, path: str) -> dict[str, Any]:
    made: list[dict[str, Any]] = [each for page in fields(tool) for each in page["fields"]]
    [found] = [each for each in made if each["path"] == path]
    return found


# --- the blank form --------------------------------------------------------------------


@TOOLS
def test_a_blank_form_shows_every_section_question_and_judgement(tool: Tool) -> None:
    form = to_markdown(tool)
    assert form.startswith(f"# {tool.title}\n")
    assert all(section.title in form for section in tool.sections)
    assert all(f"`{placed.item.id}`" in form for placed in tool.questions)
    assert f"Fingerprint {tool.fingerprint}" in form


# --- neutral form data -----------------------------------------------------------------


@TOOLS
def test_form_data_is_plain(tool: Tool) -> None:
    """It goes through JSON unchanged, and holds no HTML and no colour."""
    data = fields(tool)
    assert json.loads(json.dumps(data)) == data
    assert not re.search(r"</?[a-z]+[^>]*>", json.dumps(data))


@TOOLS
def test_every_question_and_judgement_has_its_field_once_and_in_order(tool: Tool) -> None:
    made = [field for page in fields(tool) for field in page["fields"]]
    paths = [field["path"] for field in made]
    judged = [each.item for each in tool.judged if isinstance(each.item, Judgement)]
    assert [field["question"] for field in made if "question" in field] == [
        placed.item.id for placed in tool.questions
    ]
    assert {path for path in paths if path.endswith(".grade")} == {
        f"judgements.{each.id}.grade" for each in judged if each.judged
    }
    assert {path for path in paths if path.endswith(".justification")} == {
        f"judgements.{each.id}.justification" for each in judged if each.must_justify
    }
    assert max(Counter(paths).values()) == 1


@TOOLS
def test_the_parameters_are_those_of_the_components(tool: Tool) -> None:
    """Each has its name, its text, no parameter that its macro ignores, and items with words."""
    names = Counter[str]()
    for page in fields(tool):
        for made in components_of(page):
            params = made["params"]
            assert set(params) <= COMPONENTS[made["component"]]
            names[params.get("name") or params["namePrefix"]] += 1
            text = params["label"] if "label" in params else params["fieldset"]["legend"]
            assert text["text"]
            for item in params.get("items", ()):
                assert item.get("divider") or item.get("text") or item.get("label")
                assert "text" not in item or "value" in item
            values = [item["value"] for item in params.get("items", ()) if "value" in item]
            assert len(set(values)) == len(values)
    assert max(names.values()) == 1


@TOOLS
def test_what_can_be_not_applicable_says_so_and_asks_why(tool: Tool) -> None:
    items = {placed.item.id: placed.item for placed in (*tool.questions, *tool.judged)}
    for page in fields(tool):
        [loose] = [each.takes_na for each in tool.sections if each.id == page["id"]] or [False]
        assert (page["not_applicable"] is not None) is (loose and not page["continued"])
        for field in page["fields"]:
            if not field["path"].endswith(tuple(f".{id}" for id in items)):
                continue
            item = items[field["question"]]
            assert (field["not_applicable"] is not None) is item.takes_na
            if item.takes_na:
                reason = field["not_applicable"]["reason"]
                assert reason["path"] == f"{field['path']}.not_applicable"


def test_pages_keep_the_order_of_the_tool() -> None:
    """A section that goes on after a nested one goes on on a page of its own."""
    pages = [
        (page["id"], page["continued"], page["within"], [each["name"] for each in page["fields"]])
        for page in fields(EVERY_KIND)
    ]
    assert pages == [
        ("", False, [], ["first"]),
        ("outer", False, [], ["colour", "needs"]),
        (
            "inner",
            False,
            ["outer"],
            ["day", "moment", "visits", "inner__grade", "inner__analysis"],
        ),
        (
            "outer",
            True,
            [],
            [
                *("quarters", "tenths", "odd", "open_ended", "free", "dimes"),
                *("beside__grade", "beside__analysis", "beside__justification"),
            ],
        ),
        ("kept", False, [], ["notes", "ref", "view"]),
        ("", False, [], ["whole__grade", "whole__analysis"]),
        (
            "",
            False,
            [],
            [f"action__{name}" for name in ("section", "action", "by", "owner", "signed_off")],
        ),
    ]


def test_a_grade_is_given_by_radios_with_its_descriptors() -> None:
    grade = field_of(EVERY_KIND, "judgements.inner.grade")
    assert grade["component"] == "radios"
    items = grade["params"]["items"]
    assert [item.get("value") for item in items] == [
        *(each.code for each in GRADES),
        None,
        "not_applicable",
    ]
    assert items[0]["hint"] == {"text": GRADES["inadequate"].descriptor}
    assert field_of(EVERY_KIND, "answers.view")["params"]["items"][0] == items[0]


def test_not_applicable_is_never_confused_with_a_code() -> None:
    """A scale may have a code of that name beside its grades."""
    grade = field_of(EVERY_KIND, "judgements.beside.grade")
    assert [item.get("value") for item in grade["params"]["items"]] == [
        *("poor", "fair", "not_applicable"),
        *(None, "not_applicable_"),
    ]
    assert grade["not_applicable"]["value"] == "not_applicable_"


def test_each_sort_of_answer_has_its_component() -> None:
    made = {
        field["name"]: (field["component"], field["answer"])
        for page in fields(EVERY_KIND)
        for field in page["fields"]
        if "question" in field
    }
    assert made == {
        "first": ("radios", "yes_no"),
        "colour": ("radios", "code"),
        "needs": ("checkboxes", "codes"),
        "day": ("date-input", "date"),
        "moment": ("date-input", "moment"),
        "visits": ("input", "count"),
        "quarters": ("input", "number"),
        "tenths": ("input", "number"),
        "odd": ("input", "number"),
        "open_ended": ("input", "number"),
        "free": ("input", "number"),
        "dimes": ("input", "number"),
        "notes": ("textarea", "text"),
        "ref": ("input", "id"),
        "view": ("radios", "code"),
    }
    hints = {
        name: field_of(EVERY_KIND, f"answers.{name}")["params"]["hint"]["text"]
        for name in ("needs", "day", "quarters", "visits")
    }
    assert hints == {
        "needs": "As far as known. Choose all that apply.",
        "day": "For example, 27 3 2016.",
        "quarters": "From 0 to 2, in steps of 1/4.",
        "visits": "A whole number.",
    }


@pytest.mark.parametrize(
    ("cond", "when", "data"),
    [
        (ALWAYS, "always", {"all": []}),
        (NEVER, "never", {"any": []}),
        (Ref("first", YES_NO).is_(True), "conditional", {"question": "first", "is": [True]}),
        (
            ~Ref("needs", NEEDS).has("home"),
            "conditional",
            {"not": {"question": "needs", "includes": ["home"]}},
        ),
        (
            Ref("inner", GRADES.kind) >= GOOD,
            "conditional",
            {"judgement": "inner", "is": ["good", "outstanding"]},
        ),
        (
            (audited > date(2016, 1, 1)) | (Ref("quarters", QUARTERS) <= Fraction(1, 2)),
            "conditional",
            {
                "any": [
                    {"fact": "audited", "op": ">", "value": "2016-01-01"},
                    {"question": "quarters", "op": "<=", "value": 0.5},
                ]
            },
        ),
        (actions.count() > 2, "conditional", None),
        (Ref("day", DATE) > audited, "conditional", None),
        (Ref("first", YES_NO).is_(True) & (actions.count() > 2), "conditional", None),
        (~(actions.count() > 2), "conditional", None),
    ],
)
def test_a_condition_is_told_in_english_and_as_data_where_it_is_simple(
    cond: Cond, when: str, data: Any
) -> None:
    stated = [placed.item.id for placed in EVERY_KIND.questions]
    askers = {id: f"question {id}" for id in stated} | {"inner": "judgement inner"}
    assert condition(cond, askers) == {"when": when, "english": str(cond), "data": data}


def test_a_page_applies_only_where_those_around_it_do() -> None:
    [inner] = [page for page in fields(EVERY_KIND) if page["id"] == "inner"]
    assert inner["applies"]["data"] == {
        "all": [
            {"question": "first", "is": [True]},
            {"not": {"question": "colour", "is": ["red"]}},
        ]
    }


@TOOLS
def test_the_macros_of_govuk_frontend_draw_every_field(tool: Tool) -> None:
    """Name and text of each arrive on the page; nothing is left undefined."""
    jinja2 = pytest.importorskip("jinja2")
    pytest.importorskip("govuk_frontend_jinja")
    name = "govuk_frontend_jinja"
    loader = jinja2.PrefixLoader({name: jinja2.PackageLoader(name)})
    environment = jinja2.Environment(loader=loader, autoescape=True)
    for page in fields(tool):
        for made in components_of(page):
            macro = "govuk" + made["component"].title().replace("-", "")
            folder = made["component"]
            template = environment.from_string(
                f'{{% from "govuk_frontend_jinja/components/{folder}/macro.html" import {macro} %}}'
                f"{{{{ {macro}(params) }}}}"
            )
            drawn = template.render(params=made["params"])
            name = made["params"].get("name") or f"{made['params']['namePrefix']}-day"
            assert f'name="{name}"' in drawn


# --- the schema --------------------------------------------------------------------------


EXAMPLES_EACH = min(settings().max_examples, 1000)
_schemas: dict[tuple[str, str], Any] = {}


def schema_of(tool: str, framework: Framework = FRAMEWORK) -> Any:
    """A validator of a tool's schema, made once."""
    jsonschema = pytest.importorskip("jsonschema")
    if (tool, framework.name) not in _schemas:
        schema = json_schema(framework.tool(tool), framework)
        jsonschema.Draft202012Validator.check_schema(schema)
        _schemas[tool, framework.name] = jsonschema.Draft202012Validator(schema)
    return _schemas[tool, framework.name]


def faults_in(text: str, framework: Framework = FRAMEWORK) -> tuple[Fault, ...]:
    """What reading finds wrong."""
    try:
        read_audit(text, framework)
    except InputError as error:
        return error.faults
    return ()


BEYOND: dict[str, Callable[[Fault, Any], bool]] = {
    "A whole number is written without a point": lambda fault, value: (
        fault.problem == "it is a number with a point, not a whole number" and value == int(value)
    ),
    "A number has at most 15 digits": lambda fault, _: fault.problem == "it has too many digits",
    "No key occurs twice": lambda fault, _: fault.problem == "the key occurs more than once",
    "Text holds no half": lambda fault, value: (
        fault.problem == "it holds half a character" and "\\ud800" in json.dumps(value)
    ),
    "Every character of an id is printable": lambda fault, value: (
        fault.problem == "it cannot serve as an id"
        and any(not each.isprintable() and ord(each) > 0xFF for each in value)
    ),
    "A theme's id": lambda fault, value: fault.path.endswith(".theme") and not value.isascii(),
    "A number under explanations[].about": lambda fault, value: (
        re.fullmatch(r"explanations\[\d+\]\.about", fault.path) is not None
        and re.fullmatch(r"[1-9][0-9]*", value) is not None
    ),
    "A date and time lies in the years": lambda fault, value: (
        fault.problem == "there is no such moment" and value.startswith(("0001-", "9999-"))
    ),
    "Steps that binary fractions miss": lambda fault, _: (
        fault.path.endswith(".dimes") and fault.problem == "it is out of range or between steps"
    ),
}
"""For each line of NOT_SAID, the faults and the values that it stands for."""


def value_at(data: Any, path: str) -> Any:
    """What stands at the path of a fault."""
    for key, index in re.findall(r"([^.\[\]]+)|\[(\d+)\]", path):
        data = data[int(index) if index else key]
    return data


def is_beyond(fault: Fault, data: Any) -> bool:
    return any(stands_for(fault, value_at(data, fault.path)) for stands_for in BEYOND.values())


def agree(text: str, tool: str, framework: Framework = FRAMEWORK) -> None:
    """The schema and reading say the same, save for what the schema owns to."""
    faults = faults_in(text, framework)
    data = json.loads(text)
    errors = schema_of(tool, framework).iter_errors(data)
    said = [f"{error.json_path} {error.validator}" for error in errors]
    if said:
        assert faults, f"read, though the schema refuses {said}"
    else:
        other = [fault for fault in faults if not is_beyond(fault, data)]
        assert not other, f"the schema takes what reading refuses: {other}"


def test_what_a_schema_cannot_say_is_listed_and_each_line_is_so() -> None:
    """Each line names a text that the schema takes and reading refuses for that alone."""
    assert len(BEYOND) == len(NOT_SAID)
    for line, start in zip(NOT_SAID, BEYOND, strict=True):
        assert line.startswith(start)
        assert line in json_schema(EVERY_KIND, FRAMEWORK)["$comment"]
    blank = '"subject": {"id": "T", "kind": "thing"}, "tool": {"id": "every_kind", "version": "1"}'
    beyond = {
        "A whole number is written without a point": '{"id": "A", "answers": {"visits": 2.0}, %s}',
        "A number has at most 15 digits": '{"id": "A", "answers": {"free": 0.12345678901234567891}'
        ", %s}",
        "No key occurs twice": '{"id": "A", "id": "B", %s}',
        "Text holds no half": '{"id": "A", "answers": {"notes": "\\ud800"}, %s}',
        "Every character of an id is printable": '{"id": "\\u0378", %s}',
        "A theme's id": '{"id": "A", "tags": [{"theme": "\\u00d7"}], %s}',
        "A number under explanations[].about": '{"id": "A", "explanations": [{"rule": '
        '"escalation.unsafe", "about": "1", "text": "x"}], %s}',
        "A date and time lies in the years": '{"id": "A", "answers": {"moment": '
        '"0001-01-01T00:00+01:00"}, %s}',
        "Steps that binary fractions miss": '{"id": "A", "answers": {"dimes": 0.35}, %s}',
    }
    assert list(beyond) == list(BEYOND)
    for line, text in beyond.items():
        data, faults = json.loads(text % blank), faults_in(text % blank)
        assert schema_of("every_kind").is_valid(data), line
        assert faults, line
        assert all(BEYOND[line](fault, value_at(data, fault.path)) for fault in faults), line


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_examples_fit_the_schema_as_they_read(name: str) -> None:
    try:
        agree(example(name), "case_file")
    except json.JSONDecodeError:
        pytest.skip("not JSON, so no schema sees it")


def random_audits(tool: Tool) -> st.SearchStrategy[Any]:
    return audits(FRAMEWORK, tool).map(plain_of)


@TOOLS
@settings(suppress_health_check=list(HealthCheck), max_examples=EXAMPLES_EACH)
@given(data=st.data())
def test_every_audit_that_is_written_fits_the_schema(tool: Tool, data: st.DataObject) -> None:
    plain = data.draw(random_audits(tool))
    text = json.dumps(plain)
    assert not faults_in(text)
    assert not [error.json_path for error in schema_of(tool.id).iter_errors(json.loads(text))]


ODDITIES: tuple[Any, ...] = (
    *(None, True, False, 0, 1, 2, -1, 0.1, 0.3, 0.25, 2.0, 2.5, 1e12, -1e12, 10**13, 1e300),
    *(
        "",
        " ",
        "x",
        " x",
        "x ",
        "x\n",
        "\n",
        "a" * 60,
        "a" * 61,
        "a" * 200,
        "a" * 201,
        "\u00e9",
        "\u2028",
        "\ud800",
    ),
    *("\u00a0x", "x\u00ad", "x\u200b", "\ue000", "x\u3000", "\U0001f600", "1x", "x y", "_", "7"),
    *("2016-02-29", "2015-02-29", "2000-02-29", "1900-02-29", "2016-02-30", "2016-04-31"),
    *("0000-01-01", "0001-01-01", "9999-12-31", "2016-13-01", "2016-00-10", "2016-2-9"),
    *("20160229", "2016-02-29\n", " 2016-02-29", "2016-W09-1", "2016-02-29T00:00", "29/02/2016"),
    *("\uff12\uff10\uff11\uff16-01-01", "2016-02-29T09:30Z", "2016-02-29T09:30:59+01:00"),
    *("2016-02-30T09:30Z", "2016-02-29T24:00Z", "2016-02-29T09:60Z", "2016-02-29T09:30"),
    *("2016-02-29T09:30Z\n", "2016-02-29 09:30Z", "2016-02-29T09:30+24:00", "2016-02-29t09:30z"),
    *("1", "01", "1.0", "true", "yes", "safe", "inadequate", "not_applicable", "health", "red"),
    *([], {}, [None], ["health"], ["health", "health"], ["health", "home"], ["red"], [[]]),
    *({"not_applicable": "x"}, {"not_applicable": ""}, {"not_applicable": None}),
    *({"not_applicable": 3}, {"not_applicable": "x", "y": 1}, {"grade": "good"}, {"grade": ""}),
    *({"grade": "good", "not_applicable": "x"}, {"grade": "good", "not_applicable": None}),
    *({"grade": None}, {"analysis": 1}, {"theme": "drift"}, {"theme": "two words"}),
)
KEYS = (
    *("tool", "id", "version", "fingerprint", "audited", "subject", "kind", "facts", "role"),
    *("post", "participants", "answers", "judgements", "sections", "actions", "section", "by"),
    *("owner", "signed_off", "action", "explanations", "rule", "about", "text", "expected"),
    *("returns", "party", "received", "moderated", "completed", "tags", "theme", "moderates"),
    *("parent", "grade", "analysis", "justification", "not_applicable", "x", "", "\u00e9"),
)


def places_in(node: Any) -> Iterator[tuple[Any, Any]]:
    """Every place of a tree: what holds it, and its key."""
    entries = node.items() if isinstance(node, dict) else enumerate(node)
    for key, value in entries:
        yield node, key
        if isinstance(value, dict | list):
            yield from places_in(value)


def copied(node: Any) -> Any:
    """The same again, so that changing the one leaves the other."""
    return json.loads(json.dumps(node))


@st.composite
def broken(draw: st.DrawFn, tool: Tool) -> Any:
    """An audit with a few things about it changed, to better or worse."""
    tree = {"whole": draw(random_audits(tool))}
    ids = [placed.item.id for placed in (*tool.questions, *tool.judged)]
    ids += [section.id for section in tool.sections]
    for _ in range(draw(st.integers(1, 3))):
        places = list(places_in(tree))
        holder, key = draw(st.sampled_from(places))
        other, at = draw(st.sampled_from(places))
        change = draw(st.sampled_from(("odd", "odd", "key", "copy", "drop", "twice")))
        if change == "odd":
            holder[key] = copied(draw(st.sampled_from(ODDITIES)))
        elif change == "key" and isinstance(holder[key], dict):
            name = draw(st.sampled_from(KEYS) | st.sampled_from(ids))
            holder[key][name] = copied(draw(st.sampled_from(ODDITIES)))
        elif change == "copy":
            holder[key] = copied(other[at])
        elif change == "drop" and holder is not tree:
            del holder[key]
        elif change == "twice" and isinstance(holder, list):
            holder.append(copied(holder[key]))
    return tree["whole"]


@TOOLS
@settings(suppress_health_check=list(HealthCheck), max_examples=EXAMPLES_EACH)
@given(data=st.data())
def test_the_schema_and_reading_agree_on_audits_changed_at_random(
    tool: Tool, data: st.DataObject
) -> None:
    agree(json.dumps(data.draw(broken(tool))), tool.id)


def an_audit() -> dict[str, Any]:
    """An audit with one of everything."""
    return {
        "tool": {"id": "every_kind", "version": "1"},
        "id": "A-1",
        "subject": {"id": "T-1", "kind": "thing"},
        "participants": [{"role": "auditor", "post": "TM-1"}],
        "judgements": {"inner": {"analysis": "x"}},
        "sections": {"outer": {"not_applicable": "x"}},
        "actions": [{"section": "other", "action": "x"}],
        "explanations": [{"rule": "escalation.first", "text": "x"}],
        "expected": ["auditor"],
        "returns": [{"party": "auditor"}],
        "tags": [{"theme": "drift"}],
    }


def test_the_schema_and_reading_agree_on_what_is_missing_or_too_much() -> None:
    """Any one member left out, and any one object with a member that nothing reads."""
    for number in range(len(list(places_in(an_audit())))):
        whole = an_audit()
        holder, key = list(places_in(whole))[number]
        if isinstance(holder[key], dict):
            holder[key]["unread"] = "x"
            agree(json.dumps(whole), "every_kind", SMALL)
        del holder[key]
        agree(json.dumps(whole), "every_kind", SMALL)
    agree(json.dumps(an_audit()), "every_kind", SMALL)
    agree(json.dumps(an_audit() | {"unread": "x"}), "every_kind", SMALL)


@pytest.mark.parametrize(
    "path",
    [
        *(f"answers.{placed.item.id}" for placed in EVERY_KIND.questions),
        *("id", "audited", "completed", "moderates", "parent", "subject", "subject.id"),
        *("subject.kind", "subject.facts", "tool", "tool.id", "tool.version", "tool.fingerprint"),
        *("participants", "answers", "judgements", "sections", "actions", "explanations"),
        *("expected", "returns", "tags", "judgements.inner", "judgements.inner.grade"),
        *("judgements.inner.analysis", "judgements.inner.not_applicable", "sections.kept"),
        *("judgements.worked_out", "judgements.worked_out.grade", "judgements.as_view.grade"),
        *("sections.outer", "sections.outer.not_applicable", "participants.0", "actions.0"),
        *("participants.0.role", "participants.0.post", "actions.0.section", "actions.0.action"),
        *("actions.0.by", "actions.0.owner", "actions.0.signed_off", "explanations.0"),
        *("explanations.0.rule", "explanations.0.about", "explanations.0.text", "expected.0"),
        *("tags.0", "tags.0.theme", "tags.0.about", "returns.0", "returns.0.party"),
        *("returns.0.received", "returns.0.moderated", "returns.0.answers.colour"),
        *("returns.0.judgements.inner", "returns.0.answers", "x"),
    ],
)
def test_the_schema_and_reading_agree_on_every_oddity_in_every_place(path: str) -> None:
    *route, last = path.split(".")
    for odd in ODDITIES:
        whole = an_audit()
        holder: Any = whole
        for step in route:
            holder = holder[int(step)] if step.isdigit() else holder.setdefault(step, {})
        holder[int(last) if last.isdigit() else last] = odd
        agree(json.dumps(whole), "every_kind", SMALL)


def test_the_schema_and_reading_agree_that_an_audit_is_an_object() -> None:
    for odd in ODDITIES:
        agree(json.dumps(odd), "every_kind", SMALL)


def test_an_id_is_refused_for_what_reading_refuses_too() -> None:
    """Of the first 65,536 characters: none that may stand in an id is kept out."""
    whole = schema_of("every_kind", SMALL)
    schema = whole.evolve(schema=whole.schema["$defs"]["id"])
    refused = [code for code in range(0x10000) if not schema.is_valid(f"x{chr(code)}x")]
    assert not [code for code in refused if chr(code).isprintable()]
    assert [code for code in range(0x250) if code not in refused] == [
        code for code in range(0x250) if chr(code).isprintable()
    ]


def test_a_party_has_one_return() -> None:
    """What the audit says is no return, and two returns of one party are one too many."""
    parts = {
        "tool": {"id": "every_kind", "version": "1"},
        "id": "A-1",
        "subject": {"id": "T-1", "kind": "thing"},
    }
    once = parts | {"returns": [{"party": "auditor"}, {"party": "moderator"}]}
    twice = parts | {"returns": [{"party": "auditor"}, {"party": "auditor"}]}
    assert schema_of("every_kind").is_valid(once)
    assert not schema_of("every_kind").is_valid(twice)
    agree(json.dumps(once), "every_kind")
    agree(json.dumps(twice), "every_kind")


def test_steps_are_told_in_a_way_that_floats_cannot_upset() -> None:
    """0.3 is a tenth, and no decimal is a third."""
    parts = {
        "tool": {"id": "every_kind", "version": "1"},
        "id": "A-1",
        "subject": {"id": "T-1", "kind": "thing"},
    }
    for name, good in (("quarters", 0.75), ("tenths", 0.3), ("odd", 7)):
        for hundredths in range(-50, 1050, 5):
            agree(json.dumps(parts | {"answers": {name: hundredths / 100}}), "every_kind", SMALL)
        assert schema_of("every_kind").is_valid(parts | {"answers": {name: good}})
    parts["tool"] = {"id": "thirds", "version": "1"}
    for third in (0, 1 / 3, 0.33, 2 / 3, 1, 1.0, 2):
        agree(json.dumps(parts | {"answers": {"third": third}}), "thirds", SMALL)
