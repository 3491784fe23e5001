"""The signed cases: what follows from an audit, as a QA manager would expect it."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import qaf_cat
from qaf_cat.examples import EXAMPLES, example

from qaf_core import Finding, Framework, Review, UnknownIdError, load_framework, read_audit
from qaf_core.rules import Query, Recognise, Require

DAY = date(2016, 3, 1)
CASES = tomllib.loads(Path(__file__).with_name("cases.toml").read_text(encoding="utf-8"))["case"]
EXPECTATIONS = {"escalated", "unsettled", "required", "queried", "explained", "shared", "complete"}


@pytest.fixture(scope="module")
def framework() -> Framework:
    """Reading's framework with this plugin and no other."""
    return load_framework(plugins=[qaf_cat])


def changed(case: dict[str, Any]) -> dict[str, Any]:
    """The audit a case starts from, with its changes made."""
    audit: dict[str, Any] = json.loads(example(case["start"]))
    for path, value in case.get("set", {}).items():
        *parents, last = path.split(".")
        node = audit
        for parent in parents:
            node = node.setdefault(parent, {})
        node[last] = value
    for path in case.get("drop", []):
        *parents, last = path.split(".")
        node = audit
        for parent in parents:
            node = node[parent]
        del node[last]
    return audit


def named(findings: tuple[Finding, ...], kind: type) -> list[str]:
    """Rule and item of the findings with this outcome."""
    return [
        f"{each.rule.id} {each.about}".strip()
        for each in findings
        if isinstance(each.outcome, kind)
    ]


def outcome(review: Review) -> dict[str, Any]:
    """A review in the words of the cases."""
    return {
        "escalated": [rule.id for call in review.escalations for rule in call.rules],
        "unsettled": [rule.id for call in review.unsettled_escalations for rule in call.rules],
        "required": named(review.findings, Require),
        "queried": named(review.findings, Query),
        "explained": [each.rule.id for each in review.queries if each.explanation],
        "shared": [name.split()[1] for name in named(review.findings, Recognise)],
        "complete": review.complete,
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(case: dict[str, Any], framework: Framework) -> None:
    """What follows is what the case says, and nothing else."""
    review = framework.review(read_audit(json.dumps(changed(case)), framework), on=DAY)

    expected = {key: sorted(case.get(key, [])) for key in EXPECTATIONS - {"complete"}}
    found = outcome(review)
    assert found.pop("complete") is case["complete"]
    if "required_at_least" in case:  # a draft, of which only some blanks are named
        expected.pop("required")
        assert len(found["required"]) >= case["required_at_least"]
        found.pop("required")
    assert {key: sorted(value) for key, value in found.items()} == expected
    if "to" in case:
        assert [[role.id for role in call.to] for call in review.escalations] == [case["to"]]
        assert [str(call.within) for call in review.escalations] == [case["within"]]
    if "calls" in case:
        assert len(review.escalations) == case["calls"]


def test_every_case_says_on_what_clause_it_rests() -> None:
    """A case without a clause, or with a misspelt expectation, is no case."""
    known = EXPECTATIONS | {"name", "clause", "start", "set", "drop"}
    known |= {"to", "within", "calls", "required_at_least"}
    for case in CASES:
        assert case["clause"]
        assert case["name"].endswith(".")
        assert set(case) <= known


def test_every_example_is_listed_read_and_has_a_case(framework: Framework) -> None:
    """The files and the list agree; each is read without fault."""
    files = {path.stem for path in (Path(qaf_cat.__file__).parent / "examples").glob("*.json")}

    assert files == set(EXAMPLES) == {case["start"] for case in CASES}
    for name in EXAMPLES:
        assert read_audit(example(name), framework).id


def test_an_unknown_example_names_the_near_one() -> None:
    """A slip of the pen is met with a suggestion."""
    with pytest.raises(UnknownIdError, match="good"):
        example("goood")
