"""The plugin as a whole: it keeps the house rules and takes nothing away."""

from __future__ import annotations

import ast
import json
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest
import qaf_cat
from qaf_cat.examples import example as ours
from qaf_cat.mappings import CRITERIA, KEY_TESTS

from qaf_core import (
    READING_2016,
    Framework,
    Standing,
    example,
    load_framework,
    read_audit,
)
from qaf_core.facts import Origin
from qaf_core.logic import COUNT
from qaf_core.mappings import ends_of, gaps
from qaf_core.scales import GRADES
from qaf_core.testing import check_plugin
from qaf_core.tools import Judgement

DAY = date(2016, 3, 1)
LATER = ["after 2016", *map(str, range(2017, 2027))]
SOURCE = Path(qaf_cat.__file__).parent
PROGRAMME = [each for each in READING_2016.key_tests if each.service == "cat"]


@pytest.fixture(scope="module")
def framework() -> Framework:
    """Reading's framework with this plugin and no other."""
    return load_framework(plugins=[qaf_cat])


def test_the_plugin_keeps_the_house_rules() -> None:
    """Sources, standings, conditions, forms, and random audits reviewed without fault."""
    check_plugin(qaf_cat)


def test_it_is_found_where_it_is_installed() -> None:
    """The entry point brings its tool."""
    assert load_framework().tool("cat").subject == "early_help_case"


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


def test_the_sections_are_the_key_tests_in_order(framework: Framework) -> None:
    """Appendix 2's seven, each from its lines and as firm as they are, and graded as Tool A is."""
    tool = framework.tool("cat")
    sections = tool.sections[: len(PROGRAMME)]
    judged = [placed.item for placed in tool.judged]

    assert [each.id for each in sections] == [each.id for each in PROGRAMME]
    assert [each.source for each in sections] == [each.source for each in PROGRAMME]
    assert [each.standing for each in sections] == [each.standing for each in PROGRAMME]
    assert [each.id for each in judged] == [*(each.id for each in PROGRAMME), "overall"]
    for each in judged:
        assert isinstance(each, Judgement)
        assert each.scale == GRADES
        assert each.analysis or each.must_justify


def test_it_asks_about_safety_as_the_core_does(framework: Framework) -> None:
    """The same kind of answer, never not applicable, required under Inadequate."""
    [mine, theirs] = [framework.tool(id).question("safe") for id in ("cat", "case_file")]

    assert (mine.kind, mine.fact, mine.asked) == (theirs.kind, theirs.fact, theirs.asked)
    assert (mine.required, mine.takes_na) == (theirs.required, theirs.takes_na)


@pytest.mark.parametrize("answer", ["safe", "unsafe", "cannot_tell", None])
def test_it_escalates_exactly_as_the_core_does(framework: Framework, answer: str | None) -> None:
    """The same answer to the same question calls the same managers, as soon, by the same rules."""
    calls = []
    for text in (ours("unsafe"), example("inadequate_unsafe")):
        audit = json.loads(text)
        audit["answers"].pop("safe")
        audit["answers"] |= {"safe": answer} if answer else {}
        review = framework.review(read_audit(audit, framework), on=DAY)
        calls.append(
            [
                [(call.to, call.within, call.rules) for call in escalations]
                for escalations in (review.escalations, review.unsettled_escalations)
            ]
        )

    assert calls[0] == calls[1]
    assert calls[0][0], "an Inadequate audit calls somebody whatever is said of safety"


def test_what_is_later_than_2016_says_so(framework: Framework) -> None:
    """No source of its own is undated, and a later one shows it in its id."""
    addition = framework.additions[0]
    asked = {each.item.source.document for tool in addition.tools for each in tool.questions}
    told = {fact.source.document for fact in addition.facts}
    ruled = {rule.source.document for rule in addition.rules}
    for document in asked | told | ruled:
        assert document.dated
        assert all(mark in document.id for mark in LATER if mark in document.dated)


def test_nothing_is_stated(framework: Framework) -> None:
    """Reading prints its key tests on rows that are split, and none of the rest."""
    addition = framework.additions[0]
    [tool] = addition.tools
    standings = {each.standing for each in tool.sections}
    standings |= {each.item.standing for each in (*tool.questions, *tool.judged)}
    standings |= {each.standing for each in addition.facts}
    standings |= {each.standing for each in addition.rules}

    assert Standing.STATED not in standings | {tool.standing}


def test_no_number_of_another_council_is_set(framework: Framework) -> None:
    """What each council sets for itself comes from the host, or not at all."""
    local = [fact for fact in framework.additions[0].facts if fact.kind == COUNT]

    assert local
    assert all(fact.origin is Origin.HOST and not fact.needed for fact in local)


def test_every_key_test_is_served_and_every_link_is_known(framework: Framework) -> None:
    """The sections serve the row's key tests, and nothing but the service's name and safety is left over."""
    ends = ends_of(framework.tool("cat"))
    found = gaps(KEY_TESTS, ends, [each.id for each in PROGRAMME])
    criteria = [one.id for each in framework.standards for one in each.criteria]

    assert (found.unlinked_to, found.only_indicated, found.unknown) == ((), (), ())
    assert found.unlinked_of == ("cat.cat_service", "cat.conclusion")
    assert gaps(CRITERIA, ends, criteria).unknown == ()
