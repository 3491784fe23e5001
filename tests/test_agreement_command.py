"""``qaf agreement PAIRS.csv``, and how its file is read."""

from __future__ import annotations

import io
import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qaf_core import InputError
from qaf_core.cli import main
from qaf_core.interchange.pairs import pairs_from_csv
from qaf_core.interchange.spreadsheets import csv_lines
from qaf_core.moderation import Arm, Pair

MARK = "Marker-Zebra-71"
FULL = """\
auditor,moderator,arm,probability,blind,case,post,auditor_safe,moderator_safe,section
good,good,random,0.1,yes,A-1,TM-1,,,
good,requires_improvement,random,10 %,yes,A-2,TM-1,,,overall
inadequate,inadequate,triggered,1,true,A-3,TM-2,unsafe,safe,
good,not_applicable,random,1/10,no,A-4,TM-2,,,
good,,random,1/10,,A-5,TM-2,,,risk
"""


def read(text: str) -> list[Pair]:
    return pairs_from_csv(io.StringIO(text))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file of pairs with every column."""
    path = tmp_path / "pairs.csv"
    path.write_text(FULL, "utf-8")
    return path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Exit status, standard output and standard error of a command."""
    try:
        status = main(["agreement", *arguments])
    except SystemExit as stop:
        status = int(stop.code or 0)
    printed = capsys.readouterr()
    return status, printed.out, printed.err


def test_every_column_is_read() -> None:
    first, second, third, fourth, fifth = read(FULL)
    assert (first.probability, second.probability, fourth.probability) == (Fraction(1, 10),) * 3
    assert (first.arm, third.arm) == (Arm.RANDOM, Arm.TRIGGERED)
    assert (first.blind, third.blind, fourth.blind, fifth.blind) == (True, True, False, None)
    assert (third.auditor_safe, third.moderator_safe) == ("unsafe", "safe")
    assert (first.section, second.section, fifth.section) == ("overall", "overall", "risk")
    assert (fifth.moderator, fifth.case, fifth.post) == ("", "A-5", "TM-2")


def test_two_columns_are_enough_and_what_they_leave_open_is_said(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "two.csv"
    path.write_text("auditor,moderator\n" + "good,good\n" * 3 + "good,inadequate\n", "utf-8")
    status, out, _ = run(capsys, str(path))
    assert status == 0
    assert out.startswith("Agreement on overall: 4 pairs, random arm.\n")
    assert "The same grade in 3 of 4; the moderator lower in 1, higher in 0." in out
    assert "exact agreement: 75.0 %" in out
    assert "Taken as drawn at random, since nothing says why they were moderated: 4 pairs." in out
    assert "Taken as blind, since nothing says that they were not: 4 pairs." in out


def test_safety_stands_first_and_arms_stay_apart(
    capsys: pytest.CaptureFixture[str], file: Path
) -> None:
    status, out, _ = run(capsys, str(file))
    assert status == 0
    assert "2 pairs, random arm" in out
    assert out.index("A-3: auditor unsafe, moderator safe (triggered)") < out.index("exact")
    assert "Left out, not blind: 1 pair." in out
    pooled = run(capsys, str(file), "--arm", "pooled")[1]
    assert "3 pairs, random and triggered arms" in pooled
    assert "The same grade in" not in pooled
    assert "1 pair, triggered arm" in run(capsys, str(file), "--arm", "triggered")[1]
    assert "scope" in run(capsys, str(file), "--seen")[1]
    assert "0 pairs, random arm" in run(capsys, str(file), "--section", "risk")[1]


def test_json_holds_every_figure_as_a_row(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    status, out, _ = run(capsys, str(file), "--json", "--confidence", "99%")
    found: dict[str, Any] = json.loads(out)
    assert status == 0
    figures = {row["statistic"]: row for row in found["figures"]}
    assert figures["exact agreement"]["exact"] == "1/2"
    assert figures["exact agreement"]["confidence"] == 0.99
    assert figures["kappa, linear"]["status"] == "not enough data"
    assert found["pairs"] == 2
    assert found["safety"][0]["case"] == "A-3"
    assert found["left_out"]["not_blind"] == 1
    assert found["notes"] == []
    by_section = json.loads(run(capsys, str(file), "--json", "--by-section")[1])
    assert [each["pairs"] for each in by_section] == [2, 0]


def test_by_auditor_holds_back_what_is_small(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "staff.csv"
    rows = [("good", "good", f"TM-{number % 3}") for number in range(36)]
    rows += [("good", "inadequate", "TM-9")]
    path.write_text(
        "auditor,moderator,post\n" + "".join(",".join(row) + "\n" for row in rows), "utf-8"
    )
    _, out, _ = run(capsys, str(path), "--by-auditor")
    assert "4 auditors, 2 held back" in out
    assert "TM-9\n  held back" in out
    assert "TM-2\n  exact agreement: 100.0 %" in out
    told = json.loads(run(capsys, str(path), "--by-auditor", "--json")[1])
    assert [row["n"] for row in told if row["post"] == "TM-9"] == [None]


def test_every_fault_is_named_by_line_and_no_value_is_repeated(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(
        "auditor,moderator,arm,blind,probability,auditor_safe\n"
        f"Good,good,{MARK},{MARK},0,{MARK}\n"
        f"{MARK},2,random,yes,{MARK},safe\n"
        "good\n",
        "utf-8",
    )
    status, out, err = run(capsys, str(path))
    assert (status, out) == (2, "")
    for place in (
        "line 2: auditor: it is no grade of four_grades. Write good.",
        "line 2: arm: there is no such arm",
        "line 2: blind: it is neither yes nor no",
        "line 2: probability: it is 0, yet the case was moderated",
        "line 2: auditor_safe: it is no such answer",
        "line 3: auditor: it is no grade",
        "line 3: moderator: it is no grade",
        "line 3: probability: it is no share from 0 to 1",
        "line 4: (whole line): it has 1 cell and the heading 6",
    ):
        assert place in err
    assert "9 faults to mend" in err
    assert MARK not in err


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "the file is empty"),
        ("auditor,moderator\n", "it holds no pair"),
        ("auditor\ngood\n", "there is no column moderator"),
        ("Auditor,moderator\ngood,good\n", "perhaps auditor is meant"),
        ("auditor,moderator,probabilty\ngood,good,1\n", "perhaps probability is meant"),
        ("auditor;moderator\ngood;good\n", "parted by semicolons"),
    ],
)
def test_a_file_that_cannot_serve_is_refused(text: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        read(text)


def test_pooling_without_chances_is_refused_by_the_command(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "two.csv"
    path.write_text("auditor,moderator\ngood,good\n", "utf-8")
    status, _, err = run(capsys, str(path), "--arm", "pooled")
    assert status == 2
    assert "keep the arms apart" in err


def test_a_section_that_no_pair_is_of_is_told(
    capsys: pytest.CaptureFixture[str], file: Path
) -> None:
    """A slip of the pen is no section without disagreement."""
    status, out, err = run(capsys, str(file), "--section", "risky")
    assert (status, out) == (2, "")
    assert err.endswith("--section: no pair of the file is of it. Use one of overall, risk.\n")


def test_options_that_cannot_be_are_refused(
    capsys: pytest.CaptureFixture[str], file: Path, tmp_path: Path
) -> None:
    assert "write a share between 0 and 1" in run(capsys, str(file), "--confidence", "2")[2]
    assert "Known: four_grades" in run(capsys, str(file), "--scale", "four")[2]
    broken = tmp_path / "broken.csv"
    broken.write_bytes("auditor,moderator\ngood,good\n".encode("utf-16"))
    assert "it is in UTF-16" in run(capsys, str(broken))[2]
    assert run(capsys, "no/such.csv")[0] == 2


CODES = ["inadequate", "requires_improvement", "good", "outstanding", "not_applicable", ""]
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=8)
PAIRS = st.builds(
    Pair,
    auditor=st.sampled_from(CODES),
    moderator=st.sampled_from(CODES),
    arm=st.sampled_from([None, *Arm]),
    probability=st.none() | st.sampled_from([Fraction(1), Fraction(1, 4), Fraction(3, 8)]),
    blind=st.sampled_from([None, True, False]),
    section=st.sampled_from(["overall", "risk"]),
    case=TEXT,
    post=TEXT,
    auditor_safe=st.sampled_from(["", "safe", "unsafe", "cannot_tell"]),
)


@given(st.lists(PAIRS, min_size=1, max_size=6))
def test_pairs_written_as_csv_are_read_back_the_same(pairs: list[Pair]) -> None:
    """Formulas in ids and posts included: no cell acts, and none is changed."""
    columns = [
        "auditor",
        "moderator",
        "arm",
        "probability",
        "blind",
        "section",
        "case",
        "post",
        "auditor_safe",
    ]
    rows = [{name: getattr(pair, name) for name in columns} for pair in pairs]
    assert read("".join(csv_lines(columns, rows))) == pairs
