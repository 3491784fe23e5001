"""The signed cases of allocation: who audits what in a quarter, as a QA manager would expect it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from qaf_core import Allocation, Case, Post, allocate
from qaf_core.sampling.recounting import recount

FILES = [
    tomllib.loads(file.read_text(encoding="utf-8"))
    for file in sorted((Path(__file__).parent / "cases" / "allocation").glob("*.toml"))
]
CASES = [(file, case) for file in FILES for case in file["case"]]
GIVEN = {"name", "clause", "cases", "independent", "purpose", "auditor", "only"}
EXPECTED = {"placed", "loads", "most", "shortfall", "mends"}


def planned(file: dict[str, Any], case: dict[str, Any]) -> Allocation:
    posts = [
        Post(id=id, role=role, team=team)
        for id, (role, team) in ((id, of.split(", ")) for id, of in file["posts"].items())
        if id in case.get("only", file["posts"])
    ]
    roles = {post.role for post in posts}
    facts = {"auditor": case["auditor"]} if "auditor" in case else {}
    return allocate(
        [
            Case(id=f"C-{team or 'unknown'}-{number:02}", team=team, facts=facts)
            for team, count in case["cases"].items()
            for number in range(1, count + 1)
        ],
        posts,
        quota={role: number for role, number in file["quota"].items() if role in roles},
        purpose=case.get("purpose", "audit"),
        independent=case["independent"],
        seed="2026-04-01 04 11 19 23 37 52",
        scope="2026-Q1/audit",
    )


@pytest.mark.parametrize(("file", "case"), CASES, ids=[case["name"] for _, case in CASES])
def test_case(file: dict[str, Any], case: dict[str, Any]) -> None:
    """What is placed, and what is said of the rest, is what the case says."""
    plan = planned(file, case)

    assert len(plan.placed) == case["placed"]
    assert [each.sentence for each in plan.shortfall] == case.get("shortfall", [])
    assert [str(each) for each in plan.mends()] == case.get("mends", [])
    loads = {load.post: load.cases for load in plan.loads}
    assert loads == case.get("loads", loads)
    assert max(loads.values()) <= case.get("most", 28)
    assert recount(plan) == ()


def test_every_case_says_on_what_clause_it_rests() -> None:
    for _, case in CASES:
        assert case["clause"]
        assert case["name"].endswith(".")
        assert set(case) <= GIVEN | EXPECTED
        assert {"cases", "independent", "placed"} <= set(case)
