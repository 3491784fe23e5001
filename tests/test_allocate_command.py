"""``qaf allocate``, as a person meets it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from qaf_core import Case, draw, write_receipt
from qaf_core.cli import main

CASES = """id,team,worker,diary
C-01,north,SW-1,Marker-Zebra-71
C-02,north,SW-1,
C-03,north,SW-2,
C-04,south,SW-3,
"""
POSTS = """id,role,team,reports_to,quota
TM-N,team_manager,north,SM-1,4
TM-S,team_manager,south,SM-1,2
ATM-S,assistant_team_manager,south,TM-S,1
"""


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with cases and posts, to work in."""
    (tmp_path / "cases.csv").write_text(CASES, encoding="utf-8")
    (tmp_path / "posts.csv").write_text(POSTS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


Run = Any


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], files: Path) -> Run:
    """Runs the command and gives exit status, standard output and standard error."""

    def allocate(*arguments: str, cases: str = "cases.csv", posts: str = "posts.csv") -> Any:
        try:
            status = main(["allocate", cases, posts, *arguments])
        except SystemExit as stop:
            status = int(str(stop.code))
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return allocate


def test_all_placed_is_status_0_and_says_who_has_what(run: Run) -> None:
    status, out, err = run("--independent", "own-team,own-case")
    assert (status, err) == (0, "")
    assert out.splitlines()[1] == "TM-N (team_manager), 1 of 4: C-04"
    assert "4 cases, 3 posts with 7 places: 4 places filled, 0 missing." in out
    assert "[own_team: Reading QAF 2016, §6.1; editorial]" in out


def test_not_all_placed_is_status_1_with_the_proof_and_every_case_left(
    run: Run, files: Path
) -> None:
    (files / "posts.csv").write_text(POSTS.replace(",2\n", ",1\n"), encoding="utf-8")
    status, out, _ = run("--independent", "own-team")
    assert status == 1
    assert (
        "3 cases of north can go only to 2 eligible auditors (ATM-S, TM-S), who have 2 places: "
        "short by 1." in out
    )
    assert "What would mend it" in out
    assert "Not placed: C-0" in out


def test_json_holds_the_plan_whole(run: Run) -> None:
    status, out, _ = run("--independent", "own-team", "--quota", "1", "--json")
    plan = json.loads(out)
    assert status == 0, "a post's own quota counts before the one for all"
    assert {(each["case"], each["post"]) for each in plan["placed"]} >= {("C-04", "TM-N")}
    assert plan["loads"][1] == {
        "post": "TM-N",
        "role": "team_manager",
        "team": "north",
        "quota": 4,
        "cases": 1,
    }
    assert plan["shortfall"] == plan["mends"] == []


def test_csv_cannot_act_as_a_formula(run: Run, files: Path) -> None:
    """And the ids come back as they were."""
    (files / "cases.csv").write_text('id,team\n=cmd,"+1,2"\n', encoding="utf-8")
    status, out, _ = run("--csv")
    [row] = csv.DictReader(io.StringIO(out))
    assert status == 0
    assert row["case"] == "'=cmd"
    assert row["team"] == "'+1,2"


def test_csv_of_what_is_not_placed_has_no_post_and_the_proof_is_on_standard_error(
    run: Run, files: Path
) -> None:
    (files / "posts.csv").write_text("id,role\nTM-N,team_manager\n", encoding="utf-8")
    status, out, err = run("--csv", "--quota", "1")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert status == 1
    assert sorted(row["post"] for row in rows) == ["", "", "", "TM-N"]
    assert "short by 3." in err


def test_quotas_by_role_and_for_all(run: Run, files: Path) -> None:
    (files / "posts.csv").write_text(POSTS.replace(",quota", ",places"), encoding="utf-8")
    _, out, _ = run("--quota", "team_manager=2", "--quota", "3", "--json")
    assert [load["quota"] for load in json.loads(out)["loads"]] == [3, 2, 2]
    status, out, _ = run("--quota", "3", "--total", "team_manager=2", "--json")
    assert json.loads(out)["totals"] == [{"role": "team_manager", "quota": 2, "cases": 2}]
    assert [load["quota"] for load in json.loads(out)["loads"]] == [3, None, None]
    status, _, err = run("--total", "4")
    assert status == 2
    assert "write a role with its number" in err
    status, _, err = run("--quota", "2", "--quota", "3")
    assert status == 2
    assert "a quota is given twice" in err
    status, _, err = run("--quota", "team_manager")
    assert status == 2
    assert "write a number" in err
    status, _, err = run("--quota", "team_manger=2")
    assert status == 2
    assert "Did you mean 'team_manager'" in err


def test_a_moderation_needs_the_auditor(run: Run, files: Path) -> None:
    status, _, err = run("--moderation")
    assert status == 2
    assert "cases.csv, (heading): there is no column auditor" in err
    (files / "cases.csv").write_text("id,auditor\nC-1,TM-N\nC-2,\n", encoding="utf-8")
    status, out, _ = run("--moderation")
    assert status == 1
    assert "barred because not known: the auditor of the case" in out
    assert "Not placed: C-2." in out


def test_earlier_audits_and_conflicts_come_from_files(run: Run, files: Path) -> None:
    (files / "earlier.csv").write_text(
        "case,post,on\nC-01,TM-N,2026-01-31\nC-02,TM-N,2020-01-31\n", encoding="utf-8"
    )
    (files / "conflicts.csv").write_text("case,post\nC-01,TM-S\n", encoding="utf-8")
    status, out, _ = run(
        *("--independent", "within-twelve-months,conflict", "--earlier", "earlier.csv"),
        *("--conflicts", "conflicts.csv", "--on", "2026-04-01", "--json"),
    )
    assert status == 0
    assert {"case": "C-01", "post": "ATM-S"} in json.loads(out)["placed"]


def test_faults_are_told_all_at_once_with_file_and_line(run: Run, files: Path) -> None:
    (files / "earlier.csv").write_text("case,post,on\n,TM-N,yesterday\n", encoding="utf-8")
    status, _, err = run("--earlier", "earlier.csv", "--independent", "same-auditor")
    assert status == 2
    assert "line 2: earlier.csv, case: it is blank." in err
    assert "line 2: earlier.csv, on: it is no date." in err
    (files / "cases.csv").write_text(CASES + "C-01,north,,\n C-9,north,,\n", encoding="utf-8")
    status, _, err = run()
    assert status == 2
    assert "line 7: cases.csv, id: it has a space" in err
    (files / "cases.csv").write_text(CASES + "C-01,north,,\n", encoding="utf-8")
    status, _, err = run()
    assert status == 2
    assert "line 6: cases.csv, id: it is the id of line 2 again." in err


def test_a_file_that_no_condition_reads_is_refused(run: Run, files: Path) -> None:
    """Declared conflicts are never passed over in silence."""
    (files / "ties.csv").write_text("case,post,on\nC-01,TM-S,2026-01-31\n", encoding="utf-8")
    given = ("--conflicts", "ties.csv", "--earlier", "ties.csv")
    status, _, err = run(*given, "--independent", "own-team")
    assert status == 2
    assert "--conflicts: no condition that is switched on reads it." in err
    assert "--earlier: no condition that is switched on reads it." in err
    assert run(*given, "--independent", "conflict,same-auditor")[2] == ""


def test_an_empty_file_and_another_file_are_told_by_name(run: Run, files: Path) -> None:
    (files / "empty.csv").write_text("", encoding="utf-8")
    assert run(posts="empty.csv")[2] == (
        "1 fault to mend:\n  empty.csv, (heading): the file is empty. Begin it with a line that "
        "names the columns.\n"
    )
    (files / "other.json").write_text("{}", encoding="utf-8")
    assert "other.json, placed: it is no list" in run("--keep", "other.json")[2]


def test_a_name_that_is_nearly_right_is_told(run: Run) -> None:
    _, _, err = run("--quota", "team_manger=3")
    assert err.endswith("or leave it out. Did you mean 'team_manager'?\n")
    status, _, err = run("--auditors", "two")
    assert (status, "write a whole number" in err) == (2, True)
    status, _, err = run("--independent", "own-taem")
    assert status == 2
    assert "Did you mean 'own_team'?" in err


def test_why_says_why(run: Run) -> None:
    _, out, _ = run("--independent", "own-team", "--why", "C-01", "TM-N")
    assert out.startswith("C-01 does not go to TM-N.\n  Barred: own team.")
    status, _, err = run("--why", "C-99", "TM-N")
    assert status == 2
    assert "no case of this plan has that id" in err


def test_what_a_draw_chose_is_allocated_by_its_seed(run: Run, files: Path) -> None:
    cases = [Case(id=f"C-0{n}") for n in range(1, 5)]
    drawn = draw(cases, 2, seed="4 6 1 3", scope="2026-Q1/audit")
    (files / "receipt.json").write_text(write_receipt(drawn.receipt), encoding="utf-8")
    status, out, _ = run("--receipt", "receipt.json", "--json")
    plan = json.loads(out)
    assert status == 0
    assert (plan["seed"], plan["scope"]) == ("4 6 1 3", "2026-Q1/audit")
    assert {each["case"] for each in plan["placed"]} == {case.id for case in drawn.chosen}
    (files / "cases.csv").write_text("id\nC-01\n", encoding="utf-8")
    status, _, err = run("--receipt", "receipt.json")
    assert status == 2
    assert "of the ids it chose are not among the cases" in err


def test_json_in_and_an_earlier_plan_kept(run: Run, files: Path) -> None:
    cases = [{"id": "C-1", "team": "north", "worker": "SW-1"}, {"id": "C-2", "team": "south"}]
    (files / "cases.json").write_text(json.dumps(cases), encoding="utf-8")
    posts = [
        {"id": "TM-N", "role": "team_manager", "team": "north", "facts": {"quota": 1}},
        {"id": "TM-S", "role": "team_manager", "team": "south", "facts": {"quota": 2}},
    ]
    (files / "posts.json").write_text(json.dumps(posts), encoding="utf-8")
    kept = {"placed": [{"case": "C-2", "post": "TM-S"}]}
    (files / "plan.json").write_text(json.dumps(kept), encoding="utf-8")
    status, out, _ = run("--keep", "plan.json", "--json", cases="cases.json", posts="posts.json")
    assert status == 0
    assert kept["placed"][0] in json.loads(out)["placed"]
    status, _, err = run(
        *("--independent", "own-team", "--keep", "plan.json"),
        cases="cases.json",
        posts="posts.json",
    )
    assert status == 2
    assert "keep[0]: a condition of independence bars it" in err


def test_nothing_that_was_not_asked_for_is_shown(run: Run) -> None:
    """Neither other columns nor workers appear, in any form of output."""
    for extra in ([], ["--json"], ["--csv"], ["--why", "C-01", "TM-N"]):
        status, out, err = run("--independent", "own-team,own-case", "--progress", *extra)
        assert status == 0
        assert "Marker-Zebra-71" not in out + err
        assert "SW-" not in out + err
        assert "placing 4 cases with 3 posts" in err


def test_a_file_that_is_not_there_is_told(run: Run) -> None:
    status, _, err = run(cases="no.csv")
    assert status == 2
    assert err == "qaf: no.csv: No such file or directory.\n"
