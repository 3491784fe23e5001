"""From the plan of a year to a verified draw: one quarter of an invented council, whole.

By the public names first, then by the command line from files alone; both come to the same.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qaf_core import (
    READING_2016,
    Case,
    Framework,
    InputError,
    Post,
    UnknownIdError,
    allocate,
    draw,
    read_receipt,
    verify,
    write_receipt,
)
from qaf_core.cli import main
from qaf_core.sampling.recounting import recount
from qaf_core.sampling.strata import Strata

ROW, WINDOW, SEED, SCOPE = "cin_cp_cla", "Q2", "7 1 3 9 2", "2016-Q2/cin_cp_cla"

POSTS_CSV = """id,role,team,reports_to,area,since,until
DCS,director_of_childrens_services,,,,,
EM-1,elected_member,,,,,
SM-1,service_manager,,,locality,,
TM-N,team_manager,north,SM-1,locality,,
ATM-N,assistant_team_manager,north,TM-N,locality,2016-08-16,
TM-S,team_manager,south,SM-1,locality,,
TM-F,team_manager,homes,SM-1,fostering,,
SW-1,social_worker,north,TM-N,locality,,
"""
STATUSES = ["cin", "cp", "cin", "cla"]
CASES_CSV = "id,team,worker,case_status\n" + "".join(
    f"C-{n:03},{'north' if n % 3 else 'south'},SW-{n % 7},{STATUSES[n % 4]}\n" for n in range(96)
)


def posts() -> list[Post]:
    rows = [line.split(",") for line in POSTS_CSV.splitlines()[1:]]
    return [
        Post(
            id=id,
            role=role,
            team=team,
            reports_to=to,
            facts={"area": area} if area else {},
        )
        for id, role, team, to, area, *_ in rows
    ]


def cases() -> list[Case]:
    rows = [line.split(",") for line in CASES_CSV.splitlines()[1:]]
    return [
        Case(id=id, team=team, worker=worker, facts={"case_status": status})
        for id, team, worker, status in rows
    ]


PLAN = Framework.of(READING_2016).plan(2016, posts())


def test_a_quarter_goes_from_the_plan_to_a_verified_draw() -> None:
    """Planned, drawn, looked at, allocated and verified by the names of the front door."""
    quota = PLAN.quota(ROW, WINDOW)
    assert quota == {"TM-N": 4, "ATM-N": 4, "TM-S": 4}, "fostering has a row of its own"

    drawn = draw(
        cases(), sum(quota.values()), seed=SEED, scope=SCOPE, strata=Strata(by="team"), reserves=1
    )
    assert len(drawn.chosen) == 12
    assert {case.team for case in drawn.chosen if isinstance(case, Case)} == {"north", "south"}

    plan = allocate(drawn.chosen, PLAN.auditors(ROW, WINDOW), seed=SEED, scope=SCOPE)
    assert plan.complete
    assert {load.post: load.cases for load in plan.loads} == quota
    assert recount(plan) == ()

    assert verify(read_receipt(write_receipt(drawn.receipt)), reversed(cases())).holds
    assert not verify(drawn.receipt, cases()[1:]).holds


def test_who_may_not_audit_their_own_team_leaves_a_proof() -> None:
    """Two auditors of the north and one of the south: the south's one takes all of the north."""
    drawn = draw(cases(), 12, seed=SEED, scope=SCOPE, strata=Strata(by="team"))
    auditors = PLAN.auditors(ROW, WINDOW)
    plan = allocate(drawn.chosen, auditors, independent=["own_team"], seed=SEED, scope=SCOPE)
    assert (plan.missing, [each.short for each in plan.shortfall]) == (4, [4])
    assert "8 cases of north can go only to 1 eligible auditor (TM-S), who has 4 places" in str(
        plan
    )


def test_a_number_that_is_not_stated_is_asked_for_and_is_not_nought() -> None:
    """Of the elected member the framework states none."""
    assert PLAN.quota("directors", "Q2") == {"DCS": 2}
    auditors = PLAN.auditors("directors", "Q2")
    assert {post.id: post.facts.get("quota") for post in auditors} == {"DCS": 2, "EM-1": None}
    with pytest.raises(InputError, match="it has no quota, and others have one"):
        allocate(["C-1", "C-2"], auditors)
    stated = allocate(["C-1", "C-2", "C-3"], auditors, quota={"EM-1": 1})
    assert {load.post: load.cases for load in stated.loads} == {"DCS": 2, "EM-1": 1}


def test_the_draw_of_a_row_is_asked_for_what_the_row_wants() -> None:
    """Of the files that share the pool alone: a care leaver's says nothing of it."""
    chosen = [
        Case(id="C-1", team="north", facts={"case_status": "cin"}),
        Case(id="C-2", team="north", facts={"case_status": "care_leaver"}),
        Case(id="C-3", team="south", facts={"case_status": "cp"}),
        Case(id="C-4", team="after", facts={"case_status": "care_leaver"}),
    ]
    (note,) = PLAN.draw_notes(ROW, WINDOW, chosen)
    assert "no file of team north in Q2 is cp or cla." in note.text
    assert PLAN.draw_notes("care_leavers", WINDOW, chosen) == ()
    assert PLAN.draw_notes(ROW, WINDOW, chosen[1:]) == ()
    with pytest.raises(UnknownIdError, match="Did you mean 'cin_cp_cla'"):
        PLAN.draw_notes("cin_cp_cl", WINDOW, chosen)


# --- the same from files ----------------------------------------------------------------------


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "posts.csv").write_text(POSTS_CSV.replace("2016-08-16", ""), encoding="utf-8")
    (tmp_path / "cases.csv").write_text(CASES_CSV, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_command_line_comes_to_the_same(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """``qaf plan``, ``draw``, ``allocate`` and ``verify``, each reading what the last wrote."""

    def said(*arguments: str) -> str:
        status = main(arguments)
        printed = capsys.readouterr()
        assert (status, printed.err) == (0, ""), arguments
        return printed.out

    asked = ("plan", "posts.csv", "--year", "2016", "--quota", ROW, WINDOW)
    assert said(*asked).splitlines()[0] == "cin_cp_cla in Q2: 12 to draw"
    planned = json.loads(said(*asked, "--json"))
    assert (planned["number"], planned["totals"]) == (12, {})
    (files / "auditors.csv").write_text(said(*asked, "--csv"), encoding="utf-8")

    options = ("--seed", SEED, "--scope", SCOPE, "--by", "team", "--row", ROW)
    drawn = said("draw", "cases.csv", "--size", "12", *options, "--json")
    (files / "drawn.json").write_text(drawn, encoding="utf-8")

    placed = said("allocate", "cases.csv", "auditors.csv", "--receipt", "drawn.json", "--json")
    (files / "auditors.json").write_text(json.dumps(planned["posts"]), encoding="utf-8")
    by_json = ("allocate", "cases.csv", "auditors.json", "--receipt", "drawn.json", "--json")
    assert said(*by_json) == placed
    assert "The receipt holds" in said("verify", "drawn.json", "cases.csv")

    again = draw(cases(), 12, seed=SEED, scope=SCOPE, strata=Strata(by="team"))
    assert json.loads(drawn)["chosen"] == list(again.receipt.chosen)
    plan = allocate(again.chosen, PLAN.auditors(ROW, WINDOW), seed=SEED, scope=SCOPE)
    assert json.loads(placed)["placed"] == [
        {"case": each.case, "post": each.post} for each in plan.placed
    ]


def test_a_draw_for_a_row_is_queried_on_standard_error_and_in_json(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With its clause; a row that is not there is named, with the near one."""
    (files / "cases.csv").write_text(CASES_CSV.replace("cla", "cin").replace("cp", "cin"))
    options = ("draw", "cases.csv", "--size", "4", "--seed", SEED, "--scope", SCOPE, "--json")
    assert main((*options, "--row", ROW)) == 0
    printed = capsys.readouterr()
    assert printed.err.count("QUERY ") == len({"north", "south"})
    assert "[programme.cin_cp_cla: Reading QAF 2016, Appendix 2, Looked After Children" in (
        printed.err
    )
    assert [each["id"] for each in json.loads(printed.out)["queries"]] == [f"programme.{ROW}"] * 2
    assert main((*options, "--row", "cin_cp_cl")) == 2
    assert "Did you mean 'cin_cp_cla'?" in capsys.readouterr().err


def test_a_quota_for_a_role_together_and_one_not_stated_are_printed_as_they_are(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A blank cell in CSV, left out in JSON; nobody's number becomes nought."""
    asked = ("plan", "posts.csv", "--year", "2016", "--quota", "directors", "Q2")
    assert main((*asked, "--csv")) == 0
    assert "EM-1,elected_member,,,\n" in capsys.readouterr().out
    assert main((*asked, "--json")) == 0
    found = json.loads(capsys.readouterr().out)
    assert [(each["id"], each["facts"]) for each in found["posts"]] == [
        ("DCS", {"quota": 2}),
        ("EM-1", {}),
    ]
    assert main(asked) == 0
    assert "  EM-1 (elected_member): not stated\n" in capsys.readouterr().out
