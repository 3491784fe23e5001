"""The reference pages are what the code says, and can be read by anyone."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import attrs
import pytest

from qaf_core import READING_2016, Framework, Rule
from qaf_core.cli import main
from qaf_core.cycle import Machine
from qaf_core.facts import judgements, safe
from qaf_core.provenance import Standing
from qaf_core.reference import (
    boards_table,
    gaps_table,
    html_page,
    items,
    judgements_table,
    key_tests_table,
    link_sets,
    links_table,
    pages,
    questions_table,
    roles_table,
    rules_table,
    sections_table,
    settings_table,
    standards_table,
    stated_items,
    tools_table,
)
from qaf_core.roles import SERVICE_MANAGER, TEAM_MANAGER
from qaf_core.rules import Escalate, Query
from qaf_core.sources import QAF
from qaf_core.tables import Table
from qaf_core.timing import AT_ONCE, Deadline

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
READINGS = DOCS / "how-the-source-was-read.md"
FRAMEWORK = Framework.of(READING_2016)
PAGES = pages(FRAMEWORK)
ROLES = [each.id for each in FRAMEWORK.roles]
BOARDS = [each.id for each in FRAMEWORK.boards]
MEND = "stale: run python docs/generate.py"


def with_rule(**parts: Any) -> Framework:
    """Reading's framework with one more rule."""
    made: dict[str, Any] = {
        "id": "extra.rule",
        "statement": "A <b>bold</b> rule | with a bar.",
        "when": safe.is_("unsafe"),
        "then": (Query(ask="What now?"),),
        "source": QAF.at("1"),
        "standing": Standing.EDITORIAL,
    } | parts
    rule = Rule(made.pop("id"), made.pop("statement"), **made)
    return Framework.of(attrs.evolve(READING_2016, rules=(rule,)))


# --- the pages -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_what_the_code_says(name: str) -> None:
    assert (DOCS / "reference" / name).read_text("utf-8") == PAGES[name], MEND


def test_there_is_no_page_that_nothing_writes() -> None:
    assert {file.name for file in (DOCS / "reference").glob("*.md")} == set(PAGES)


def test_the_script_finds_nothing_stale() -> None:
    script = [sys.executable, str(DOCS / "generate.py"), "--check"]
    done = subprocess.run(script, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_holds_no_doctest_and_its_links_lead_somewhere(name: str) -> None:
    assert ">>>" not in PAGES[name]
    for link in re.findall(r"\]\(([^)#]+)", PAGES[name]):
        assert (DOCS / "reference" / link).exists()


def test_the_pages_name_everything() -> None:
    """Each standard, role, setting, rule, section, question and judgement is on its page."""
    homes = {
        "standard": "standards.md",
        "criterion": "standards.md",
        "role": "roles.md",
        "board": "roles.md",
        "setting": "settings.md",
        "rule": "rules.md",
        "tool": "tools.md",
        "section": "tools.md",
        "question": "questions.md",
        "judgement": "questions.md",
        "key test": "mappings.md",
    }
    for item in items(FRAMEWORK):
        if item.sort in homes:
            assert f"| {item.id} |" in PAGES[homes[item.sort]], item.id


# --- the tables ------------------------------------------------------------------------------


def test_each_table_has_a_row_for_each_thing() -> None:
    standards = [each.id for each in FRAMEWORK.standards]
    criteria = [one.id for each in FRAMEWORK.standards for one in each.criteria]
    for table, ids in (
        (rules_table(FRAMEWORK), [each.id for each in FRAMEWORK.rules]),
        (roles_table(FRAMEWORK), ROLES),
        (boards_table(FRAMEWORK), BOARDS),
        (settings_table(FRAMEWORK), [each.id for each in FRAMEWORK.settings]),
        (tools_table(FRAMEWORK), [each.id for each in FRAMEWORK.tools]),
        (standards_table(FRAMEWORK), [*standards, *criteria]),
    ):
        assert sorted(str(row["id"]) for row in table.rows) == sorted(ids)
    for tool in FRAMEWORK.tools:
        for table, count in (
            (sections_table(tool), len(tool.sections)),
            (questions_table(tool), len(tool.questions)),
            (judgements_table(tool), len(tool.judged)),
        ):
            assert len(table) == count


def test_practice_standards_and_those_of_other_bodies_are_told_apart() -> None:
    ours, theirs = (standards_table(FRAMEWORK, external=which) for which in (False, True))
    assert len(ours) + len(theirs) == len(standards_table(FRAMEWORK))
    assert [row["id"] for row in ours.rows if "printed" not in row] == [
        f"std_{number}" for number in range(1, 11)
    ]
    assert len(ours) == 10 + 46


@pytest.mark.parametrize("name", ["columns", "rows"])
def test_every_row_says_on_what_it_rests(name: str) -> None:
    tables = [rules_table(FRAMEWORK), roles_table(FRAMEWORK), settings_table(FRAMEWORK)]
    tables += [questions_table(tool) for tool in FRAMEWORK.tools]
    for table in tables:
        for entry in [table.columns] if name == "columns" else table.rows:
            assert {"clause", "lines", "standing"} <= set(entry)


def test_a_rule_is_told_in_english() -> None:
    rows = {row["id"]: row for row in rules_table(FRAMEWORK).rows}
    assert rows["escalation.unsafe"]["when"] == "When the child's safety is Unsafe or Cannot tell."
    assert rows["escalation.unsafe"]["follows"] == ("Tell Team Manager and Service Manager at once")
    for row in rows.values():
        assert re.match(r"When |For each of the \w+( that have |, when )", str(row["when"]))
        assert str(row["follows"]).strip(" .:;")


def test_a_rule_over_items_says_of_which_it_speaks() -> None:
    grade = judgements.grade.is_("inadequate")
    section = judgements.level.is_("section")
    good = judgements.any(judgements.grade.is_("good"))
    said = {
        "that have grade Inadequate": grade,
        "that have (grade Inadequate and level section) or actions numbering 0": (
            (grade & section) | judgements.action_count.is_(0)
        ),
        "when its grade is Inadequate and some of the judgements have grade Good": grade & good,
    }
    for words, when in said.items():
        [row] = rules_table(with_rule(each=judgements, when=when)).rows
        comma = "," if words.startswith("when") else ""
        assert row["when"] == f"For each of the judgements{comma} {words}."


def test_the_next_step_of_an_escalation_is_told() -> None:
    after = Escalate(to=(SERVICE_MANAGER,), within=Deadline(before="the next day"))
    first = Escalate(to=(TEAM_MANAGER,), within=AT_ONCE, then=after)
    [row] = rules_table(with_rule(then=(first, Query(ask="Why?")))).rows
    assert row["follows"] == (
        "Tell Team Manager at once, and if nothing comes of it: Tell Service Manager before the "
        "next day; Query: Why?"
    )


def test_what_serves_what_is_listed_with_its_gaps_both_ways() -> None:
    """A key test that nothing serves is shown, and so is a question that serves none."""
    assert len(key_tests_table(FRAMEWORK)) == len(READING_2016.key_tests)
    found = {each.id: gaps_table(each, FRAMEWORK).rows for each in link_sets(FRAMEWORK)}
    for each in link_sets(FRAMEWORK):
        assert len(links_table(each)) == len(each.links)
        assert str(each.standing) in links_table(each).caption
        assert all(row["words"] for row in found[each.id])
    tests = {(row["gap"], row["id"]) for row in found["key_test_questions"]}
    assert ("Served by nothing", "adoption_compliance") in tests
    assert ("Serves nothing", "case_file.basic_details") in tests


def test_all_that_claims_to_be_stated_is_listed_with_its_lines() -> None:
    table = stated_items(FRAMEWORK)
    stated = [each for each in items(FRAMEWORK) if each.standing is Standing.STATED]
    assert [row["id"] for row in table.rows] == [each.id for each in stated]
    assert all(row["document"] and row["clause"] and row["lines"] for row in table.rows)


# --- as a page in a browser --------------------------------------------------------------------


class Outline(HTMLParser):
    """Tags in order, each with its attributes; text by the tag it stands in."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text: dict[str, list[str]] = {}

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attributes)))
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and data.strip():
            self.text.setdefault(self.open[-1], []).append(data)


def test_the_page_can_be_read_without_seeing_it() -> None:
    """A language, a title, one main heading, a caption to each table, headings with a scope."""
    outline = Outline()
    outline.feed(html_page("Rules & more", rules_table(with_rule())))
    tags = [tag for tag, _ in outline.tags]
    assert outline.open == []
    assert ("html", {"lang": "en-GB"}) in outline.tags
    assert outline.text["title"] == outline.text["h1"] == ["Rules & more"]
    assert tags.count("h1") == tags.count("main") == 1
    assert tags.count("caption") == tags.count("table") == 1
    assert all(given == {"scope": "col"} for tag, given in outline.tags if tag == "th")
    assert {"script", "img", "link", "b"}.isdisjoint(tags)
    assert "A <b>bold</b> rule | with a bar." in outline.text["td"]
    assert "color" not in html_page("Rules", rules_table(FRAMEWORK))


def test_a_page_may_hold_several_tables() -> None:
    page = html_page("Both", roles_table(FRAMEWORK), boards_table(FRAMEWORK))
    assert page.count("<caption>") == 2
    assert isinstance(roles_table(FRAMEWORK), Table)


# --- on the command line -------------------------------------------------------------------------


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(arguments) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize(
    ("command", "ids"),
    [
        ("rules", [each.id for each in FRAMEWORK.rules]),
        ("standards", [each.id for each in FRAMEWORK.standards]),
        ("roles", [*ROLES, *BOARDS]),
        ("settings", [each.id for each in FRAMEWORK.settings]),
        ("steps", [each.id for each in FRAMEWORK.steps]),
        ("streams", [each.id for each in FRAMEWORK.streams]),
        ("learning", [each.id for each in FRAMEWORK.learning]),
    ],
)
def test_what_there_is_can_be_printed(
    capsys: pytest.CaptureFixture[str], command: str, ids: list[str]
) -> None:
    """As text, as rows and as a page; each with clause and standing."""
    text = printed(capsys, command)
    rows = json.loads(printed(capsys, command, "--json"))
    if command == "rules":  # as data, in the form that read_rules reads
        rows = [
            {**row, "clause": f"{row['source']['document']}, {row['source']['clause']}"}
            for row in rows["rules"]
        ]
    page = printed(capsys, command, "--html")
    assert set(ids) <= set(text.splitlines())
    assert set(ids) <= {row["id"] for row in rows}
    assert all(f"<td>{id}</td>" in page for id in ids)
    for row in rows:
        assert f"[{row['clause']}; {row['standing']}]" in text
    assert page.startswith("<!doctype html>")


@pytest.mark.parametrize("machine", FRAMEWORK.machines, ids=lambda each: each.id)
def test_a_machine_can_be_printed_as_a_table_or_a_diagram(
    capsys: pytest.CaptureFixture[str], machine: Machine
) -> None:
    rows = json.loads(printed(capsys, "machine", machine.id, "--json"))
    ids = [each.id for each in machine.states] + [each.id for each in machine.transitions]
    assert [row["id"] for row in rows] == ids
    assert set(ids) <= set(printed(capsys, "machine", machine.id).splitlines())
    assert printed(capsys, "machine", machine.id, "--mermaid") == machine.to_mermaid()
    assert printed(capsys, "machine", machine.id, "--html").startswith("<!doctype html>")


def test_a_machine_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    for extra in ([], ["--mermaid"]):
        assert main(["machine", "escalations", *extra]) == 2
        assert "Did you mean 'escalation'?" in capsys.readouterr().err


def test_a_form_can_be_printed_in_three_ways(capsys: pytest.CaptureFixture[str]) -> None:
    for tool in FRAMEWORK.tools:
        assert printed(capsys, "form", tool.id).startswith(f"# {tool.title}")
        schema = json.loads(printed(capsys, "form", tool.id, "--json-schema"))
        assert schema["properties"]["tool"]["properties"]["id"] == {"const": tool.id}
        data = json.loads(printed(capsys, "form", tool.id, "--version", tool.version, "--fields"))
        paths = {field["path"] for page in data for field in page["fields"]}
        assert {f"answers.{placed.item.id}" for placed in tool.questions} <= paths


def test_a_form_is_printed_in_one_way_at_a_time(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["form", "case_file", "--json-schema", "--fields"])
    assert "not allowed with" in capsys.readouterr().err
    assert main(["form", "case_fil"]) == 2
    assert "Did you mean 'case_file'?" in capsys.readouterr().err


# --- how the source was read ---------------------------------------------------------------------


def readings() -> list[list[str]]:
    row = re.compile(r"^\| ([AB]\d+) \| (.*) \| (.*) \| (.*) \|$", re.MULTILINE)
    return [list(cells) for cells in row.findall(READINGS.read_text("utf-8"))]


def test_every_doubt_about_the_source_has_its_reading() -> None:
    """All fifty-eight that bear on rules and all twenty-nine about number and text, in order."""
    assert [row[0] for row in readings()] == [
        *(f"A{number}" for number in range(1, 59)),
        *(f"B{number}" for number in range(1, 30)),
    ]
    for name, lines, doubt, reading in readings():
        assert re.fullmatch(r"\d+(-\d+)?(, \d+(-\d+)?)*", lines), name
        assert doubt.strip(), name
        assert reading.strip(), name
