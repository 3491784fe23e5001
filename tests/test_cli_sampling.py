"""``qaf draw`` and ``qaf verify``, as a person meets them."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from qaf_core import draw
from qaf_core.cli import main

SEED = "2026-04-01 04 11 19 23 37 52"
DRAW = ("--seed", SEED, "--scope", "2026-Q1/audit")


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Exit status, standard output and standard error of a command."""
    try:
        status = main(arguments)
    except SystemExit as stop:
        status = int(stop.code or 0)
    printed = capsys.readouterr()
    return status, printed.out, printed.err


@pytest.fixture
def ids(tmp_path: Path) -> str:
    """1,500 ids, one a line."""
    file = tmp_path / "ids.txt"
    file.write_text("".join(f"C{number:05}\n" for number in range(1500)), encoding="utf-8")
    return str(file)


@pytest.fixture
def cases(tmp_path: Path) -> str:
    """Thirty cases of two teams as CSV, some with what the draw does not ask for."""
    rows = [
        f"C{number:02},{'north' if number % 3 else 'south'},{['cin', 'cp', ''][number % 3]},secret"
        for number in range(30)
    ]
    file = tmp_path / "cases.csv"
    file.write_text("\n".join(["id,team,case_status,name", *rows, ""]), encoding="utf-8")
    return str(file)


def test_the_golden_draw(capsys: pytest.CaptureFixture[str], ids: str, tmp_path: Path) -> None:
    """As text, as JSON, and a receipt that verifies from the file and from standard input."""
    receipt = str(tmp_path / "receipt.json")
    status, out, err = run(capsys, "draw", ids, "--size", "6", *DRAW, "--receipt", receipt)
    assert (status, err) == (0, "")
    assert out.splitlines()[0] == "6 drawn of 1,500 eligible; asked for: 6."
    assert out.splitlines()[-6:] == [
        f"  {id}" for id in ("C00026", "C00332", "C00900", "C00573", "C00055", "C00263")
    ]
    status, out, _ = run(capsys, "draw", ids, "--size", "6", *DRAW, "--json")
    printed = json.loads(out)
    assert printed["chosen"][0] == "C00026"
    assert printed["receipt"] == json.loads(Path(receipt).read_text("utf-8"))
    both = tmp_path / "printed.json"
    both.write_text(out, encoding="utf-8")
    for file in (receipt, str(both)):
        status, out, _ = run(capsys, "verify", file, ids)
        assert (status, out.startswith("The receipt holds")) == (0, True)


def test_a_receipt_that_does_not_hold_ends_with_one(
    capsys: pytest.CaptureFixture[str], ids: str, tmp_path: Path
) -> None:
    receipt = str(tmp_path / "receipt.json")
    run(capsys, "draw", ids, "--size", "6", *DRAW, "--receipt", receipt)
    Path(ids).write_text("C00026\nC1\n", encoding="utf-8")
    status, out, _ = run(capsys, "verify", receipt, ids)
    assert status == 1
    assert "differences" in out
    status, out, _ = run(capsys, "verify", receipt, ids, "--json")
    assert status == 1
    assert json.loads(out)["holds"] is False


def test_strata_reasons_reserves_and_the_listing(
    capsys: pytest.CaptureFixture[str], cases: str, tmp_path: Path
) -> None:
    receipt, listing = str(tmp_path / "r.json"), str(tmp_path / "listing.tsv")
    leave_out = ("--exclude", "case_status=cp", "child protection")
    refused = ("draw", cases, "--size", "6", *DRAW, "--by", "case_opened", "--listing", listing)
    assert run(capsys, *refused)[0] == 2
    assert not Path(listing).exists()
    status, out, err = run(
        capsys, "draw", cases, "--size", "6", *DRAW, "--by", "team", "--floor", "south=3",
        *leave_out, "--reserves", "2", "--receipt", receipt, "--listing", listing, "--csv",
    )  # fmt: skip
    assert (status, err) == (0, "")
    heading, *rows = out.splitlines()
    assert heading == "id,stratum,place,standing,reason"
    assert [row.split(",")[1:4] for row in rows].count(["south", "3", "chosen"]) == 1
    assert "secret" not in Path(receipt).read_text("utf-8") + Path(listing).read_text("utf-8")
    status, _, err = run(capsys, "draw", cases, "--size", "6", *DRAW, "--receipt", receipt)
    assert (status, "is evidence" in err) == (2, True)
    for again in ((receipt, cases, *leave_out), (receipt, listing)):
        status, out, _ = run(capsys, "verify", *again)
        assert (status, "holds" in out) == (0, True), out
    status, out, _ = run(capsys, "verify", receipt, cases)
    assert status == 1
    status, frozen, _ = run(capsys, "draw", cases, "--freeze", "--by", "team", *leave_out)
    digest = frozen.splitlines()[-1]
    assert digest == json.loads(Path(receipt).read_text("utf-8"))["population"]["sha256"]
    same = ("draw", cases, "--size", "2", *DRAW, "--by", "team", *leave_out, "--frozen")
    assert run(capsys, *same, digest)[0] == 0
    status, _, err = run(capsys, *same, digest[::-1])
    assert status == 2
    assert "told beforehand" in err


def test_a_file_of_ids_leaves_cases_out(
    capsys: pytest.CaptureFixture[str], ids: str, tmp_path: Path
) -> None:
    audited = tmp_path / "audited.txt"
    audited.write_text("C00026\nC00900\n", encoding="utf-8")
    status, out, _ = run(
        capsys, "draw", ids, "--size", "2", *DRAW, "--exclude-ids", str(audited), "audited lately",
        "--json",
    )  # fmt: skip
    printed = json.loads(out)
    assert status == 0
    assert printed["chosen"] == ["C00332", "C00573"]
    assert printed["excluded"][0] == {"id": "C00026", "reason": "audited lately"}


@pytest.mark.parametrize(
    ("condition", "left"),
    [
        ("case_status=cp", 20),
        ("case_status=cp|cin", 10),
        ("case_status!=cp", 20),
        ("case_status", 10),
        ("team=south", 20),
        ("team != south", 10),
    ],
)
def test_conditions_on_the_command_line(
    capsys: pytest.CaptureFixture[str], cases: str, condition: str, left: int
) -> None:
    """What is blank is not known, and leaves nobody out."""
    _, out, _ = run(
        capsys, "draw", cases, "--size", "1", *DRAW, "--exclude", condition, "a reason", "--json"
    )
    assert json.loads(out)["receipt"]["parts"][0]["eligible"] == left


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--size", "6"), "seed: it is blank"),
        ((*DRAW,), "size: it is missing"),
        ((*DRAW, "--size", "0"), "size: it is no whole number"),
        ((*DRAW, "--size", "6", "--at-least", "2"), "they go with --per-cent"),
        ((*DRAW, "--size", "6", "--floor", "2"), "--by: it is missing"),
        ((*DRAW, "--size", "6", "--by", "tema"), "there is one named team"),
        ((*DRAW, "--size", "6", "--by", "team", "--cap", "1", "--cap", "2"), "--cap"),
        ((*DRAW, "--size", "6", "--exclude", "case_status=cpp", "x"), "perhaps cp is meant"),
        ((*DRAW, "--size", "6", "--exclude", "case_status<cp", "x"), "asks for an order"),
        ((*DRAW, "--size", "6", "--exclude", "a b", "x"), "it is no condition"),
        (
            (*DRAW, "--size", "6", "--exclude", "case_opened<2015-13-01", "x"),
            "there is no such day",
        ),
        ((*DRAW, "--size", "6", "--per-cent", "x"), "write a number"),
        ((*DRAW, "--size", "6", "--by", "team", "--floor", "x"), "PART=NUMBER"),
    ],
)
def test_what_does_not_fit_is_one_clear_error(
    capsys: pytest.CaptureFixture[str], cases: str, options: tuple[str, ...], said: str
) -> None:
    """Status 2, and no traceback."""
    status, out, err = run(capsys, "draw", cases, *options)
    assert (status, out) == (2, "")
    assert said in err
    assert "Traceback" not in err


def test_faults_of_a_file_are_told_by_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "cases.csv"
    file.write_text('id,note\nC1,"a\nb"\nC2\nC1,\nC3 ,\n', encoding="utf-8")
    status, _, err = run(capsys, "draw", str(file), "--size", "1", *DRAW)
    assert status == 2
    assert [line.strip().split(". ")[0] for line in err.splitlines()] == [
        "3 faults to mend:",
        "line 4: (whole line): it has 1 cells and the heading 2",
        "line 6: id: it has a space at its start or end",
        "line 5: id: it is the id of line 2 again",
    ]
    status, _, err = run(capsys, "draw", str(tmp_path / "none.csv"), "--size", "1", *DRAW)
    assert (status, "No such file" in err) == (2, True)
    json_list = tmp_path / "cases.json"
    json_list.write_text('["C1", "C1"]', encoding="utf-8")
    status, _, err = run(capsys, "draw", str(json_list), "--size", "1", *DRAW)
    assert "[1].id: it is the id of [0] again" in err


def test_an_id_that_could_act_comes_back_as_it_was(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Out with an apostrophe, in without it."""
    file = tmp_path / "cases.json"
    file.write_text('["=1+1", "-C2", "C3"]', encoding="utf-8")
    _, out, _ = run(capsys, "draw", str(file), "--size", "3", *DRAW, "--csv")
    assert "\n'=1+1," in out
    table = tmp_path / "chosen.csv"
    table.write_text(out, encoding="utf-8")
    _, again, _ = run(capsys, "draw", str(table), "--size", "3", *DRAW, "--json")
    wanted = draw(["=1+1", "-C2", "C3"], 3, seed=SEED, scope="2026-Q1/audit").chosen
    assert tuple(json.loads(again)["chosen"]) == wanted


def test_damaged_ids_are_queried_on_standard_error(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "ids.txt"
    file.write_text("1234.0\n1235.0\n", encoding="utf-8")
    status, _, err = run(capsys, "draw", str(file), "--size", "1", *DRAW)
    assert status == 0
    assert "2 ids end in .0" in err


def test_what_was_expected_and_not_drawn_is_queried(
    capsys: pytest.CaptureFixture[str], cases: str
) -> None:
    """On standard error, and in JSON."""
    asked = ("draw", cases, "--size", "2", *DRAW, "--json", "--expect")
    status, out, err = run(capsys, *asked, "case_status=cla")
    assert status == 0
    assert "QUERY In none of the 2 chosen the status of the case is Looked after" in err
    assert [query["id"] for query in json.loads(out)["queries"]] == ["sample.none_meeting"]
    _, out, err = run(capsys, *asked, "team=north|south")
    assert (err, json.loads(out)["queries"]) == ("", [])


def test_progress_and_standard_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Progress is on standard error, and only where it is asked for or seen."""

    class Stdin:
        buffer = io.BytesIO("".join(f"C{n}\n" for n in range(100_001)).encode())

    monkeypatch.setattr("sys.stdin", Stdin)
    status, out, err = run(capsys, "draw", "-", "--size", "1", *DRAW, "--progress")
    assert status == 0
    Stdin.buffer = io.BytesIO(b"id,team\nC1,north\n")
    assert "\n  C1\n" in run(capsys, "draw", "-", "--form", "csv", "--size", "1", *DRAW)[1]
    Stdin.buffer = io.BytesIO(b"id,team\nC1,north\n")
    assert "2 of 2 ids hold a comma" in run(capsys, "draw", "-", "--size", "1", *DRAW)[2]
    assert err.splitlines() == ["100,000 cases read", "100,001 cases read: all"]
    assert "read" not in out


def test_rolling_shares_and_fixed_numbers(capsys: pytest.CaptureFixture[str], cases: str) -> None:
    _, out, _ = run(capsys, "draw", cases, "--per-cent", "10", "--at-least", "4", *DRAW, "--json")
    assert len(json.loads(out)["chosen"]) == 4
    _, out, _ = run(capsys, "draw", cases, "--rolling", "12.5", *DRAW, "--json")
    assert json.loads(out)["receipt"]["size"] == {"rolling_per_cent": "25/2"}
    _, out, _ = run(
        capsys, "draw", cases, *DRAW, "--by", "team", "--fixed", "north=1", "--fixed", "south=2",
        "--json",
    )  # fmt: skip
    assert [len(part["chosen"]) for part in json.loads(out)["receipt"]["parts"]] == [1, 2]
