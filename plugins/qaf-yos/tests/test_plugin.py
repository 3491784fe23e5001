"""The plugin as a whole: it keeps the house rules and takes nothing away."""

from __future__ import annotations

import ast
from importlib import import_module
from pathlib import Path

import attrs
import pytest
import qaf_yos
from qaf_yos.mappings import KEY_TESTS as KEY_TEST_LINKS
from qaf_yos.rules import SAFEGUARDING_REFERRAL_NOT_MADE
from qaf_yos.transitions import DROPPED

from qaf_core import READING_2016, Framework, Post, Standing, Tool, load_framework
from qaf_core.logic import NEVER
from qaf_core.mappings import ends_of, gaps
from qaf_core.scales import GRADES
from qaf_core.testing import check_plugin
from qaf_core.tools import Judgement, Question

SOURCE = Path(qaf_yos.__file__).parent
KEY_TESTS = [
    "yos_assessment",
    "yos_engagement",
    "yos_risk",
    "yos_vulnerability",
    "yos_plan",
    "yos_review",
]


@pytest.fixture(scope="module")
def framework() -> Framework:
    """Reading's framework with this plugin and no other."""
    return load_framework(plugins=[qaf_yos])


def test_the_plugin_keeps_the_house_rules() -> None:
    """Sources, standings, conditions, forms, and random audits reviewed without fault."""
    check_plugin(qaf_yos)


def test_its_laws_hold_and_one_is_broken_without_its_rule(framework: Framework) -> None:
    """A referral needed and not made: without the rule an audit that says so tells nobody."""
    assert framework.check().sound

    [addition] = framework.additions
    rules = tuple(each for each in addition.rules if each != SAFEGUARDING_REFERRAL_NOT_MADE)
    check = Framework.of(framework.base, attrs.evolve(addition, rules=rules)).check()

    assert [each.law.id for each in check.broken] == ["yos.referral_not_made_is_told"]
    example = check.broken[0].counterexample
    assert example is not None
    assert dict(example.audit.answers) == {"yos_safeguarding_referral_made": False}


def test_it_is_found_where_it_is_installed() -> None:
    """The entry point brings its three tools."""
    ids = {tool.id for tool in load_framework().tools}

    assert {"yos_case", "yos_national_standards", "yos_transitions"} <= ids


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda path: path.name)
def test_only_public_names_of_the_core_are_imported(path: Path) -> None:
    """No module or name of qaf_core with a leading underscore, and none it does not export."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        assert not [name for name in names if name.split(".")[0] == "qaf_core"]
        if not isinstance(node, ast.ImportFrom) or not str(node.module).startswith("qaf_core"):
            continue
        module = str(node.module)
        public = import_module(module).__all__
        assert not [part for part in module.split(".") if part.startswith("_")]
        assert {alias.name for alias in node.names} <= set(public)


def test_the_case_audit_follows_the_key_tests_in_order(framework: Framework) -> None:
    """Appendix 2's six key tests, then oversight, each on the four grades of Tool A."""
    tool = framework.tool("yos_case")
    judged = [placed.item for placed in tool.judged]

    assert [section.id for section in tool.sections][:6] == KEY_TESTS
    assert [each.id for each in judged] == [*KEY_TESTS, "yos_oversight", "overall"]
    assert all(isinstance(each, Judgement) and each.scale == GRADES for each in judged)


def test_every_key_test_is_served(framework: Framework) -> None:
    """The sections serve the row's key tests; oversight, across them, and safety are left over."""
    row = [each.id for each in READING_2016.key_tests if each.service == "yos"]
    found = gaps(KEY_TEST_LINKS, ends_of(framework.tool("yos_case")), row)

    assert (found.unlinked_to, found.only_indicated, found.unknown) == ((), (), ())
    assert found.unlinked_of == ("yos_case.yos_oversight", "yos_case.conclusion")


def test_the_case_audit_asks_about_safety_as_the_core_does(framework: Framework) -> None:
    """The same kind of answer, never not applicable, required under Inadequate."""
    [ours, theirs] = [framework.tool(id).question("safe") for id in ("yos_case", "case_file")]

    assert (ours.kind, ours.fact, ours.asked) == (theirs.kind, theirs.fact, theirs.asked)
    assert (ours.required, ours.takes_na) == (theirs.required, theirs.takes_na)


def test_the_national_standards_are_met_or_not_met(framework: Framework) -> None:
    """Eight headings in order, one question each, nothing graded; safety may be said."""
    tool = framework.tool("yos_national_standards")
    questions = [each.item for each in tool.questions if isinstance(each.item, Question)]

    assert [section.number for section in tool.sections] == list("12345678")
    assert tool.judged == ()
    for question in questions[:-1]:
        assert question.kind.codes == ("met", "not_met")
        assert question.adverse == ("not_met",)
        assert question.takes_na
    assert questions[-1].id == "safe"
    assert questions[-1].required == NEVER


def test_the_transitions_audit_says_how_it_departs_from_tool_a(framework: Framework) -> None:
    """It names what it keeps, adds and drops, and why."""
    based_on = framework.tool("yos_transitions").based_on
    case_file = framework.tool("case_file")

    assert based_on is not None
    assert (based_on.tool, based_on.fingerprint) == (case_file.id, case_file.fingerprint)
    assert set(DROPPED) <= set(based_on.dropped)
    assert {"risk", "outcomes", "overall", "safe"} <= set(based_on.kept)
    assert all(each.startswith("yos_") for each in based_on.added)
    assert not based_on.replaced
    for part in ("referral", "reviews", "permanence", "placement", "independence"):
        assert part in based_on.dropped
        assert part in based_on.because
    assert {"genogram", "chronology", "case_notes"} <= set(based_on.dropped)


def test_what_is_later_than_2016_says_so(framework: Framework) -> None:
    """No source of its own is undated, and a later one shows it in its id."""
    for tool in framework.additions[0].tools:
        for placed in tool.questions:
            document = placed.item.source.document
            assert document.dated
            if "2021" in document.dated or "after 2016" in document.dated:
                assert "2021" in document.id or "after 2016" in document.id


def test_only_the_key_tests_are_stated(framework: Framework) -> None:
    """What Reading does not print is inferred or editorial."""
    addition = framework.additions[0]
    stated = {
        section.id
        for tool in addition.tools
        if not tool.based_on
        for section in tool.sections
        if section.standing is Standing.STATED
    }

    assert stated == set(KEY_TESTS)
    for tool in addition.tools:
        assert tool.standing is not Standing.STATED
        assert not [id for id, standing in _standings(tool) if standing is Standing.STATED]
    assert not [rule.id for rule in addition.rules if rule.standing is Standing.STATED]
    assert not [fact.id for fact in addition.facts if fact.standing is Standing.STATED]


def _standings(tool: Tool) -> list[tuple[str, Standing]]:
    """Questions and judgements of the plugin's own."""
    kept = tool.based_on.kept if tool.based_on else ()
    placed = (*tool.questions, *tool.judged)
    return [(each.item.id, each.item.standing) for each in placed if each.item.id not in kept]


def test_its_tools_wake_the_rows_of_the_programme(framework: Framework) -> None:
    """The base has the rows, by the ids of these tools: two files a month, and two audits a year."""
    posts = [Post(id="TM-Y", role="team_manager", facts={"area": "yos"})]
    plan = framework.plan(2016, posts)
    asked: dict[str, list[int | None]] = {}
    for due in plan.dues:
        asked.setdefault(due.row.id, []).append(due.number)

    assert not [row.id for row in plan.dormant if row.id.startswith("yos")]
    assert asked["yos"] == [2] * 12
    assert asked["yos_national_standards"] == asked["yos_transitions"] == [1]
