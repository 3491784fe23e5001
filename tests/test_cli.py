"""The command line, as a person meets it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from qaf_core import EXAMPLES, example
from qaf_core.cli import main


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Exit status, standard output and standard error of a command."""
    try:
        status = main(arguments)
    except SystemExit as stop:
        status = int(stop.code or 0)
    printed = capsys.readouterr()
    return status, printed.out, printed.err


@pytest.fixture
def unsafe(tmp_path: Path) -> str:
    """The unsafe example as a file."""
    file = tmp_path / "unsafe.json"
    file.write_text(example("inadequate_unsafe"), encoding="utf-8")
    return str(file)


def test_the_unsafe_example_is_one_escalation_to_two_managers(
    capsys: pytest.CaptureFixture[str], unsafe: str
) -> None:
    """One call, at once, naming both rules with clause, standing and proof; two findings."""
    status, out, _ = run(capsys, "review", unsafe, "--json", "--on", "2016-03-01")
    review: dict[str, Any] = json.loads(out)
    assert status == 0
    assert review["complete"] is True
    assert review["unsettled"] == []
    assert len(review["findings"]) == 2
    [call] = review["escalations"]
    assert call["to"] == ["team_manager", "service_manager"]
    assert call["within"] == "at once"
    assert [(rule["id"], rule["clause"], rule["standing"]) for rule in call["rules"]] == [
        ("escalation.unsafe", "Reading QAF 2016, Tool A, 6", "stated"),
        ("escalation.overall_inadequate", "Reading QAF 2016, Tool A, 6", "inferred"),
    ]
    assert [rule["proof"]["facts"] for rule in call["rules"]] == [
        [{"fact": "safe", "value": "Unsafe"}],
        [{"fact": "overall", "value": "Inadequate"}],
    ]


def test_the_escalation_is_the_first_thing_printed(
    capsys: pytest.CaptureFixture[str], unsafe: str
) -> None:
    """After the head line, nothing comes before whom to tell."""
    status, out, _ = run(capsys, "review", unsafe, "--on", "2016-03-01")
    assert status == 0
    assert out.splitlines()[1].startswith(
        "ESCALATE A-0002 (C-0043) at once to Team Manager and Service"
    )


def test_explain_prints_the_proof(capsys: pytest.CaptureFixture[str], unsafe: str) -> None:
    """Each finding is followed by why, in words."""
    _, out, _ = run(capsys, "review", unsafe, "--explain")
    assert "met: the child's safety is Unsafe or Cannot tell (the child's safety: Unsafe)" in out


def test_bad_input_is_one_readable_block(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Status 2, no traceback, the urgent first and every fault with its path."""
    file = tmp_path / "bad.json"
    file.write_text(example("malformed"), encoding="utf-8")
    status, out, err = run(capsys, "review", str(file))
    assert status == 2
    assert out == ""
    assert err.startswith(f"{file} cannot be read whole.\n\nAct first")
    assert "answers.risk_managed: it is text, not true or false." in err
    assert "Traceback" not in err
    status, out, _ = run(capsys, "review", str(file), "--json")
    failed = json.loads(out)
    assert status == 2
    assert failed["complete"] is False
    assert failed["escalations"][0]["to"] == ["team_manager", "service_manager"]
    assert len(failed["faults"]) >= 12


def test_many_audits_in_one_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A file of many audits, one a line, is reviewed line by line, bad lines last."""
    lines = [json.dumps(json.loads(example(name))) for name in EXAMPLES]
    file = tmp_path / "many.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    status, out, err = run(capsys, "review", str(file), "--on", "2016-03-01")
    assert status == 2
    assert out.count("Audit A-000") == len(EXAMPLES) - 1
    assert f"line {len(lines)}: " in err
    status, out, _ = run(capsys, "review", str(file), "--on", "2016-03-01", "--json")
    assert status == 2
    assert [call["audit"] for call in json.loads(out)["escalations"]] == [
        "A-0009",
        "A-0002",
        "A-0003",
    ]


def test_the_other_shape_of_a_file_is_recognised(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """One for many, many for one: what it looks like is said, and nobody at risk is passed over."""
    audits = [json.loads(example(name)) for name in ("inadequate_unsafe", "good_throughout")]
    lines = "\n".join(map(json.dumps, audits))
    for name, text, said in (
        ("many.json", lines, "It looks like many audits, one a line: name it .jsonl"),
        ("list.json", json.dumps(audits), "it is a list, and not one audit"),
        ("one.jsonl", json.dumps(audits[0], indent=1), "looks like one JSON text over many lines"),
        ("empty.json", " \n", "(whole text): it is empty. Give the text"),
    ):
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        status, out, err = run(capsys, "review", str(file), "--on", "2016-03-01")
        assert status == 2
        assert said in err
        assert ("ESCALATE" in out + err) is (name != "empty.json")
    (tmp_path / "line.json").write_text(example("malformed").replace("\n", " "), encoding="utf-8")
    assert "many audits" not in run(capsys, "review", str(tmp_path / "line.json"))[2]


def test_a_requirement_about_the_whole_ends_without_a_colon(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "blank.json"
    file.write_text(example("inadequate_safety_blank"), encoding="utf-8")
    assert "  Add safe, unsafe or cannot tell\n" in run(capsys, "review", str(file))[1]


def test_yes_and_no_are_words_and_the_version_is_told(
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = run(capsys, "machine", "action")[1]
    assert "  End: yes\n" in out
    assert "  End: no\n" in out
    assert run(capsys, "--version")[1].startswith("qaf-core ")


def test_a_missing_file_is_said_plainly(capsys: pytest.CaptureFixture[str]) -> None:
    """No traceback for a file that is not there."""
    status, _, err = run(capsys, "review", "no/such/file.json")
    assert (status, err) == (2, "qaf: no/such/file.json: No such file or directory.\n")


def test_a_day_is_written_one_way(capsys: pytest.CaptureFixture[str], unsafe: str) -> None:
    """A day in another form is refused with the form that is wanted."""
    status, _, err = run(capsys, "review", unsafe, "--on", "1/3/2016")
    assert status == 2
    assert "write a day there is, as YYYY-MM-DD" in err


def test_tools_and_examples_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """What there is can be asked for."""
    assert "case_file 2016.1" in run(capsys, "tools")[1]
    listed = run(capsys, "example")[1]
    assert all(name in listed for name in EXAMPLES)
    status, _, err = run(capsys, "example", "inadequate_unsaf")
    assert status == 2
    assert "Did you mean 'inadequate_unsafe'?" in err


def test_the_demo_tells_every_example(capsys: pytest.CaptureFixture[str]) -> None:
    """The demo reviews each example, the malformed one included."""
    status, out, _ = run(capsys, "demo")
    assert status == 0
    assert all(f"{name}: {point}" in out for name, point in EXAMPLES.items())
    assert "Act first" in out


def test_the_command_reads_standard_input() -> None:
    """``qaf review -`` takes the audit from a pipe, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "qaf_core.cli", "review", "-", "--on", "2016-03-01"],
        input=example("inadequate_unsafe").encode(),
        capture_output=True,
        check=True,
    )
    assert b"ESCALATE A-0002 (C-0043) at once" in done.stdout
