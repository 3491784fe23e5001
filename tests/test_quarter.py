"""The quarter of an invented council: the same each time, counted again, and nothing lost."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from qaf_core import READING_2016, DefinitionError, Framework, InputError
from qaf_core.cli import main
from qaf_core.cycle import Process
from qaf_core.interchange import read_process, read_receipt
from qaf_core.quarter import Quarter, figures_of, files_of, run_quarter, story, to_plain
from qaf_core.sampling.verify import verify_lines
from qaf_core.tables import Table
from second_framework.framework import NORTHMERE

FRAMEWORK = Framework.of(READING_2016)
QUARTER = run_quarter(FRAMEWORK)
FILES = files_of(QUARTER)
STORY = FILES["story.md"]
BOARD = QUARTER.days.board.isoformat()
SMALL = ("quarter", "--teams", "1", "--json")


def lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in FILES[name].splitlines()]


# --- the same each time -----------------------------------------------------------------------


def printed(hash_seed: str) -> bytes:
    code = f"import sys; from qaf_core.cli import main; sys.exit(main({SMALL!r}))"
    environment = {"PYTHONHASHSEED": hash_seed, "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, env=environment
    ).stdout


def test_the_same_seed_gives_the_same_bytes_under_any_hash_seed() -> None:
    """Everything hangs on the seed, and nothing on how Python hashes."""
    assert printed("1") == printed("2")


def test_another_seed_gives_another_quarter() -> None:
    """What was drawn, found and done about it differs."""
    one = to_plain(run_quarter(FRAMEWORK, teams=1))
    other = to_plain(run_quarter(FRAMEWORK, teams=1, seed="another"))
    for part in ("draws", "findings", "escalations", "list", "figures"):
        assert one[part] != other[part]


@pytest.mark.parametrize("number", [2, 4])
def test_any_quarter_of_any_year_can_be_run(number: int) -> None:
    """Windows, days and dues are those of that quarter."""
    quarter = run_quarter(FRAMEWORK, year=2021, quarter=number, teams=1)
    assert quarter.name == f"2021-Q{number}"
    for audit in quarter.audits:
        assert audit.audited in quarter.days.quarter


# --- counted again, from the files alone -------------------------------------------------------


def sent() -> dict[str, dict[str, Any]]:
    """Every audit as it was read in the end: what was sent again in place of the first."""
    first = {each["id"]: each for each in lines("audits.jsonl")}
    return first | {each["id"]: each for each in lines("sent-again.jsonl")}


def events(history: Iterable[dict[str, Any]]) -> list[str]:
    return [event["event"] for each in history for event in each["history"]]


def ended(history: dict[str, Any], *states: str) -> bool:
    return history["state"] in states


def test_the_files_are_counted_again() -> None:
    """How many were drawn, came in, were read and were done again."""
    told, receipts = figures_of(QUARTER), receipts_kept()
    assert told["draws"] == len(receipts)
    assert told["drawn"] == sum(len(each["chosen"]) for each in receipts)
    left_out = [one["count"] for each in receipts for one in each["left_out"]]
    assert told["left out of draws"] == sum(left_out)
    audits, again = lines("audits.jsonl"), lines("sent-again.jsonl")
    assert told["files in"] == len(audits)
    assert told["sent again"] == len(again)
    assert told["read at once"] == sum(readable(each["audited"]) for each in audits)
    assert told["audits to do"] - told["not done"] == len(audits)
    assert told["done again"] == len(lines("moderations.jsonl"))
    read = {each["id"] for each in audits if readable(each["audited"])}
    assert {each["id"] for each in again} == {each["id"] for each in audits} - read


def receipts_kept() -> list[dict[str, Any]]:
    return [json.loads(text) for name, text in FILES.items() if name.endswith(".receipt.json")]


def readable(day: str) -> bool:
    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    return True


def test_the_escalations_are_counted_again() -> None:
    """From their histories: raised, answered, passed up, stood in for, closed."""
    told, calls = figures_of(QUARTER), lines("histories/escalations.jsonl")
    happened = Counter(events(calls))
    assert told["escalations"] == len(calls) == happened["raise"]
    assert told["escalations closed"] == happened["close"]
    assert told["escalations open"] == happened["raise"] - happened["close"]
    assert told["stand-ins"] == happened["stand_in"]
    assert told["passed up"] == happened["pass_up"]
    first = [each["history"][0]["brings"] for each in calls]
    assert told["escalations from drafts"] == sum(each["raised_in_draft"] for each in first)
    moderators = {each["id"] for each in lines("moderations.jsonl")}
    from_moderators = sum(each["audit"] in moderators for each in first)
    assert told["escalations from moderators"] == from_moderators
    assert told["escalations in the report"] == len(calls)


def test_what_has_to_be_escalated_is_counted_again_from_the_audits() -> None:
    """The base escalates an Inadequate audit and a child who is unsafe or cannot be told safe."""
    wanted = {
        each["id"]
        for each in (*sent().values(), *lines("moderations.jsonl"))
        if each.get("judgements", {}).get("overall", {}).get("grade") == "inadequate"
        or each.get("answers", {}).get("safe") in ("unsafe", "cannot_tell")
    }
    calls = lines("histories/escalations.jsonl")
    assert {each["history"][0]["brings"]["audit"] for each in calls} == wanted


def test_the_actions_are_counted_again() -> None:
    """From their histories: agreed, signed off, in time, overdue."""
    told, actions = figures_of(QUARTER), lines("histories/actions.jsonl")
    assert told["actions"] == len(actions)
    signed = [each for each in actions if ended(each, "signed_off")]
    assert told["actions signed off"] == len(signed)
    in_time = 0
    for each in signed:
        day = {event["event"]: event["on"] for event in each["history"]}
        received = next(e for e in each["history"] if e["event"] == "receive")
        in_time += day["sign_off"] <= received["due"]["sign_off_due"]
    assert told["actions signed off in time"] == in_time
    overdue = 0
    for each in actions:
        due: dict[str, str] = {}
        for event in each["history"]:
            due |= event.get("due", {})
        overdue += not ended(each, "signed_off") and any(day < BOARD for day in due.values())
    assert told["actions overdue"] == overdue
    ways = lines("histories/audits.jsonl")
    assert told["case file audits"] == len(ways)
    assert told["logged"] == Counter(events(ways))["log"]


def test_moderation_is_counted_again() -> None:
    """How often the two differ, from the two texts alone."""
    told, first = figures_of(QUARTER), sent()
    differ, safety = 0, 0
    for again in lines("moderations.jsonl"):
        original = first[again["moderates"]]
        for id, judged in original["judgements"].items():
            one, other = said(judged), said(again["judgements"].get(id, {}))
            differ += bool(one and other and one != other)
        safe = [each["answers"].get("safe", "") for each in (original, again)]
        safety += safe[0] != safe[1] and set(safe) != {"", "safe"}
    assert told["disagreements"] == differ + safety
    assert told["disagreements on safety"] == safety
    whole = list(QUARTER.moderated.agreement.values())
    pairs = [
        (
            said(first[each["moderates"]]["judgements"]["overall"]),
            said(each["judgements"]["overall"]),
        )
        for each in lines("moderations.jsonl")
        if drawn_and_blind(each["moderates"])
    ]
    assert sum(each.n for each in whole) == len(pairs)
    same = sum(one == other for one, other in pairs)
    assert whole[0].headline.startswith(f"The same grade in {same} of {len(pairs)}")


def said(judged: dict[str, Any]) -> str:
    return "not applicable" if "not_applicable" in judged else str(judged.get("grade", ""))


def drawn_and_blind(audit: str) -> bool:
    [both] = [each for each in QUARTER.moderated.both if each.original.id == audit]
    return both.blind and both.selected is not None and both.selected.arm == "random"


def test_the_programme_is_counted_again() -> None:
    """Who owed how many files by the end of the quarter, and who did them."""
    done = Counter[str]()
    for id, audit in sent().items():
        if audit["tool"]["id"] == "case_file" and QUARTER.reviews[id].complete:
            done[next(p["post"] for p in audit["participants"] if p["role"] == "auditor")] += 1
    owed = Counter[str]()
    for due in QUARTER.plan.dues:
        if due.row.files and due.post and due.window == QUARTER.days.quarter:
            owed[due.post] += due.number or 0
    missed = {post for post, number in owed.items() if done[post] < number}
    assert missed == {
        line.due.post
        for line in QUARTER.coverage.lines
        if line.status == "missed" and line.due.row.files and line.due.post
    }
    assert figures_of(QUARTER)["files asked"] == sum(owed.values()) + 1  # and the group audit


def test_the_report_is_counted_again() -> None:
    """Every grade of the report: as settled, else the moderator's where there is one."""
    grades: Counter[str] = Counter()
    again = {each["moderates"]: each for each in lines("moderations.jsonl")}
    for id, audit in sent().items():
        if audit["tool"]["id"] == "case_file":
            counts = said(again.get(id, audit).get("judgements", {}).get("overall", {}))
            settled = {each.about: each.grade for each in QUARTER.moderated.settled.get(id, ())}
            grades[settled.get("overall", counts)] += 1
    [table] = [each.table() for each in QUARTER.report.grades]
    whole = next(row for row in table.rows if row["service"] == "(all)")
    assert whole["graded"] == sum(number for grade, number in grades.items() if grade)
    for grade in ("inadequate", "requires_improvement", "good", "outstanding"):
        assert whole[grade] == grades[grade]
    report, told = QUARTER.report, figures_of(QUARTER)
    assert report.audited == len(sent())
    complete = sum(QUARTER.reviews[id].complete for id in sent())
    assert report.counts.total("complete") == complete == told["complete"]
    assert report.counts.total("moderated") == len(again)
    assert len(report.actions) == len(lines("histories/actions.jsonl"))
    assert sum(each.closed is None for each in report.escalations) == told["escalations open"]


def test_every_figure_of_the_story_is_told() -> None:
    """The story says each of them, or says "no"."""
    told = figures_of(QUARTER)
    words = set(re.findall(r"\d+", STORY))
    silent = {"audits counted"}
    for name, number in told.items():
        assert name in silent or not number or str(number) in words, name


# --- nothing is lost ---------------------------------------------------------------------------


def without(table: Table, id: str) -> Table:
    return evolve(table, rows=[row for row in table.rows if id not in row.values()])


def dropped(process: Process) -> Iterator[Quarter]:
    """The quarter with one escalation missing in one place."""
    rest = tuple(each for each in QUARTER.calls if each is not process)
    yield evolve(QUARTER, material=evolve(QUARTER.material, escalations=rest))
    yield evolve(QUARTER, told_board=without(QUARTER.told_board, process.id))
    shown = tuple(each for each in QUARTER.report.escalations if each.id != process.id)
    yield evolve(QUARTER, report=evolve(QUARTER.report, escalations=shown))
    if process.state != "closed":
        yield evolve(QUARTER, listed=without(QUARTER.listed, str(process.papers["audit"])))


def test_nothing_is_missing() -> None:
    """As it is, the quarter holds together; else there would be no story."""
    QUARTER.reconcile()


@pytest.mark.parametrize("process", QUARTER.calls, ids=lambda process: process.id)
def test_an_escalation_missing_anywhere_fails_the_quarter_by_name(process: Process) -> None:
    """In its lifecycle, the board's evidence, the report, or the service manager's list."""
    for planted in dropped(process):
        with pytest.raises(InputError) as caught:
            planted.reconcile()
        assert str(process.papers["audit"]) in str(caught.value)


def test_a_review_that_nobody_raised_fails_the_quarter() -> None:
    """What an audit calls for is worked out anew, and not taken from what was told."""
    silent = next(each for each in QUARTER.material.reviews if not each.escalations)
    loud = next(each for each in QUARTER.material.reviews if each.escalations)
    reviews = [
        evolve(loud, audit=each.audit) if each is silent else each
        for each in QUARTER.material.reviews
    ]
    planted = evolve(QUARTER, material=evolve(QUARTER.material, reviews=reviews))
    with pytest.raises(InputError, match=silent.audit):
        planted.reconcile()


# --- nobody is named ---------------------------------------------------------------------------

SHOWN = ("story.md", "quarter.json", "report.md", "report.html")


def free_texts(value: Any, key: str = "") -> Iterator[str]:
    """Every text of an audit that is no id, code or day."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield from free_texts(each, name)
    elif isinstance(value, list):
        for each in value:
            yield from free_texts(each, key)
    elif isinstance(value, str) and " " in value:
        yield value


@pytest.mark.parametrize(
    "name", [*SHOWN, *(name for name in FILES if name.startswith("learning/"))]
)
def test_what_is_shown_holds_no_free_text_and_no_worker(name: str) -> None:
    """Neither of audits nor of the reasons given on the way."""
    kept = [each for file in FILES if file.endswith(".jsonl") for each in lines(file)]
    texts = set(free_texts(kept))
    assert texts, "there must be some for this to mean anything"
    text = FILES[name]
    assert not [each for each in texts if each in text]
    assert not re.search(r"\bW-\d+-\d+\b", text)


# --- what a story is for -----------------------------------------------------------------------


def test_in_the_shipped_story_all_happens_that_can() -> None:
    """A shortfall, a draft, a fault that calls for someone, a stand-in, a late answer, and so on."""
    told = figures_of(QUARTER)
    for name in (
        "short at first",
        "not done",
        "done after a reminder",
        "drafts",
        "sent again",
        "escalations from unread files",
        "escalations from drafts",
        "escalations from moderators",
        "escalations open",
        "audits with escalations unsettled",
        "stand-ins",
        "passed up",
        "moderated at random",
        "moderated as called for",
        "disagreements on safety",
        "disagreements open",
        "actions overdue",
        "commands refused",
        "at risk when reminded",
        "dues met",
        "dues missed",
        "exempt",
    ):
        assert told[name], name
    assert told["complete"] < len(QUARTER.reviews)
    assert told["receipts that hold"] == told["draws"]
    assert {gate.open for gate in QUARTER.coverage.gates} == {True, False}
    reasons = {e.reason for each in QUARTER.calls for e in each.history if e.event == "stand_in"}
    assert "the recipient is the auditor" in reasons


def test_receipts_and_histories_can_be_read_again() -> None:
    """A third party draws again from the list; every process replays to where it stands."""
    for name, text in FILES.items():
        if name.endswith(".receipt.json"):
            listed = FILES[name.replace(".receipt.json", ".list.txt")]
            assert verify_lines(read_receipt(text), listed.splitlines()).holds
    for each in (*QUARTER.calls, *QUARTER.actions[:20], *QUARTER.themes):
        file = next(
            line
            for name in FILES
            if name.startswith("histories/")
            for line in FILES[name].splitlines()
            if json.loads(line)["id"] == each.id
        )
        assert read_process(file, QUARTER.framework) == each


def test_the_command_prints_the_story_and_writes_the_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The files are as the values are, and a receipt verifies on the command line."""
    assert main(["quarter", "--teams", "1", "--out", str(tmp_path)]) == 0
    printed_story = capsys.readouterr().out
    assert (tmp_path / "story.md").read_text("utf-8") == printed_story
    kept = json.loads((tmp_path / "quarter.json").read_text("utf-8"))
    assert kept["quarter"] == "2016-Q1"
    receipt = next((tmp_path / "draws").glob("*.receipt.json"))
    listed = receipt.with_name(receipt.name.replace(".receipt.json", ".list.txt"))
    assert main(["verify", str(receipt), str(listed)]) == 0


@pytest.mark.parametrize(
    "wrong", [["--quarter", "5"], ["--teams", "0"], ["--teams", "900"], ["--year", "1990"]]
)
def test_a_quarter_that_cannot_be_is_refused(
    wrong: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """With one clear error, and nothing printed."""
    assert main(["quarter", *wrong]) == 2
    captured = capsys.readouterr()
    assert not captured.out
    assert captured.err


def test_a_framework_with_other_roles_and_ways_is_refused() -> None:
    """By name, and before anything is made up."""
    with pytest.raises(DefinitionError, match=r"northmere: it lacks .*team_manager"):
        run_quarter(Framework.of(NORTHMERE))


def test_the_story_is_read_from_top_to_bottom() -> None:
    """From plan to report, in order, and the same text whenever it is told."""
    heads = re.findall(r"^## \d+\. (.+)$", STORY, re.MULTILINE)
    assert heads[0] == "What was planned"
    assert heads[-1] == "Nothing was lost"
    assert story(QUARTER) == STORY
