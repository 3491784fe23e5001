"""The signed cases: what follows from an audit, as a QA manager would expect it."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from qaf_core import READING_2016, Framework, Review, example, read_audit
from qaf_core.findings import Finding
from qaf_core.rules import Act, Query, Recognise, Require

CASES = [
    case
    for file in sorted(Path(__file__).with_name("cases").glob("*.toml"))
    for case in tomllib.loads(file.read_text(encoding="utf-8"))["case"]
]
EXPECTATIONS = {
    "escalated",
    "unsettled",
    "required",
    "queried",
    "acted",
    "explained",
    "shared",
    "set_aside",
    "complete",
}


def changed(case: dict[str, Any]) -> dict[str, Any]:
    """The audit a case starts from, with its changes made."""
    audit = json.loads(example(case["start"]))
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
    return audit  # type: ignore[no-any-return]


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
        "acted": named(review.findings, Act),
        "explained": [each.rule.id for each in review.queries if each.explanation],
        "shared": [name.split()[1] for name in named(review.findings, Recognise)],
        "set_aside": list(review.set_aside),
        "complete": review.complete,
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(case: dict[str, Any]) -> None:
    """What follows is what the case says, and nothing else."""
    framework = Framework.of(READING_2016)
    audit = read_audit(json.dumps(changed(case)), framework)

    review = framework.review(audit, on=case.get("on", date(2016, 3, 1)))

    expected = {key: case.get(key, []) for key in EXPECTATIONS}
    found = outcome(review)
    if case["start"] == "nothing_filled_in":
        found["required"] = expected["required"] = []
    assert found == expected
    if "to" in case:
        assert [[role.id for role in call.to] for call in review.escalations] == [case["to"]]
        assert [str(call.within) for call in review.escalations] == [case["within"]]
    if "calls" in case:
        assert len(review.escalations) == case["calls"]


def test_every_case_says_on_what_clause_it_rests() -> None:
    """A case without a clause, or with a misspelt expectation, is no case."""
    known = EXPECTATIONS | {"name", "clause", "start", "set", "drop", "on", "to", "within", "calls"}
    for case in CASES:
        assert case["clause"]
        assert case["name"].endswith(".")
        assert set(case) <= known
