"""What a host records of its programme: in and out, and on the command line."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qaf_core import READING_2016, Framework, InputError, example, read_audit
from qaf_core.cli import main
from qaf_core.interchange.programme import (
    done_from_csv,
    done_of,
    posts_in_time_from_csv,
    read_recorded,
    recorded_to_plain,
    write_recorded,
)
from qaf_core.sampling.population import Post
from qaf_core.sampling.programme.recorded import (
    Change,
    Done,
    Event,
    Exemption,
    Recorded,
    Signed,
    ThematicAudit,
)

FRAMEWORK = Framework.of(READING_2016)
MARK = "Marker-Zebra-71"

# --- JSON ------------------------------------------------------------------------------------

IDS = st.from_regex(r"[A-Za-z][A-Za-z0-9-]{0,6}", fullmatch=True)
DAYS = st.dates(date(2012, 1, 1), date(2028, 12, 31))
TEXT = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), max_size=12)
POSTS = st.builds(
    Post,
    id=IDS,
    role=IDS,
    facts=st.fixed_dictionaries({}, optional={"area": IDS, "since": DAYS, "until": DAYS}),
)
RECORDED = st.builds(
    Recorded,
    posts=st.lists(POSTS, max_size=2).map(tuple),
    done=st.lists(
        st.builds(Done, id=IDS, tool=IDS, on=DAYS, auditor=IDS, rows=st.lists(IDS, max_size=2)),
        max_size=2,
    ).map(tuple),
    exemptions=st.lists(
        st.builds(
            Exemption,
            row=IDS,
            post=IDS,
            audits=st.one_of(st.none(), st.integers(1, 9)),
            approver=IDS,
            approved=DAYS,
            reason=TEXT,
        ),
        max_size=2,
    ).map(tuple),
    changes=st.lists(
        st.builds(
            Change,
            row=IDS,
            since=DAYS,
            quotas=st.dictionaries(IDS, st.integers(0, 9), max_size=2),
            withdrawn=st.booleans(),
            approver=IDS,
            reason=TEXT,
        ),
        max_size=2,
    ).map(tuple),
    events=st.lists(
        st.builds(
            Event,
            id=IDS,
            event=IDS,
            on=DAYS,
            signed=st.lists(st.builds(Signed, what=IDS, on=DAYS, by=IDS), max_size=2),
        ),
        max_size=2,
    ).map(tuple),
    thematic=st.lists(
        st.builds(
            ThematicAudit,
            id=IDS,
            theme=TEXT,
            teams=st.lists(IDS, max_size=2),
            methods=st.lists(TEXT, max_size=2),
            since=DAYS,
            until=DAYS,
            completed=st.one_of(st.none(), DAYS),
        ),
        max_size=2,
    ).map(tuple),
    populations=st.dictionaries(
        IDS,
        st.one_of(st.integers(0, 99), st.dictionaries(IDS, st.integers(0, 99), max_size=2)),
        max_size=2,
    ),
)


@given(RECORDED)
def test_what_is_written_reads_back_equal(recorded: Recorded) -> None:
    assert read_recorded(write_recorded(recorded)) == recorded
    assert read_recorded(recorded_to_plain(recorded)) == recorded


def test_every_fault_is_named_at_once_with_its_path() -> None:
    with pytest.raises(InputError) as caught:
        read_recorded(
            json.dumps(
                {
                    "posts": [{"id": "TM-1 ", "role": "team_manager", "sinse": "2016-04-01"}],
                    "done": [
                        {"id": "A-1", "tool": "case_file", "on": "12/04/2016", "auditor": "TM-1"},
                        {"id": 7, "tool": "case_file", "on": "2016-04-12", "rows": "group"},
                    ],
                    "exemptions": [{"row": "cin", "approved": "2016-04-01", "audits": 2.5}],
                    "changes": [
                        {
                            "row": "yos",
                            "since": "2016-07-01",
                            "quotas": {"team_manager": -1},
                            "approver": "x",
                            "reason": "y",
                        }
                    ],
                    "events": [
                        {
                            "id": "T-1",
                            "event": "transfer",
                            "on": "2016-05-01",
                            "signed": [{"what": "transfer_audit", "by": "TM-1"}],
                        }
                    ],
                    "thematic": {"id": "TH-1"},
                    "populations": {"yos": "many"},
                    "exemption": [],
                }
            )
        )
    assert {fault.path for fault in caught.value.faults} == {
        "(key 8)",
        "posts[0].id",
        "posts[0].(key 3)",
        "done[0].on",
        "done[1].id",
        "done[1].rows",
        "exemptions[0].audits",
        "exemptions[0].approver",
        "exemptions[0].reason",
        "changes[0].quotas.(key 1)",
        "events[0].signed[0].on",
        "thematic",
        "populations.(key 1)",
    }


@pytest.mark.parametrize("bad", ["[]", "null", '"text"', "{", '{"done": [1, null]}', "{}}"])
def test_what_is_no_record_at_all_is_refused(bad: str) -> None:
    with pytest.raises(InputError):
        read_recorded(bad)


def marked() -> dict[str, list[dict[str, Any]]]:
    return {
        "posts": [{"id": "P", "role": "team_manager", "area": "locality", "since": "2016-04-01"}],
        "done": [{"id": "A", "tool": "t", "on": "2016-04-01", "auditor": "P", "rows": ["cin"]}],
        "exemptions": [
            {"row": "cin", "approver": "x", "approved": "2016-04-01", "reason": "y", "audits": 1}
        ],
        "events": [{"id": "T", "event": "transfer", "on": "2016-04-01", "signed": []}],
        "thematic": [
            {
                "id": "H",
                "theme": "t",
                "teams": ["a"],
                "methods": ["b"],
                "since": "2016-04-01",
                "until": "2016-04-02",
            }
        ],
    }


def test_no_fault_repeats_what_was_given() -> None:
    """The marker in each place where it does not belong, and as an unknown key."""
    tried = 0
    for part, (record,) in marked().items():
        for wrong in (MARK + "\n", [MARK + "\n", 1], {MARK: 1}, 1.5):
            for member in (*record, MARK):
                data = marked() | {part: [record | {member: wrong}]}
                try:
                    read_recorded(json.dumps(data))
                except InputError as error:
                    tried += 1
                    assert MARK not in str(error) + repr(error) + repr(error.faults)
    assert tried > 80


def test_a_plan_that_cannot_be_made_repeats_nothing_either() -> None:
    posts = [Post(id="P-1", role=MARK, facts={"area": MARK})]
    changes = [
        Change(row=MARK, since=date(2016, 5, 1), approver=MARK, reason="So.", withdrawn=True)
    ]
    with pytest.raises(InputError) as caught:
        FRAMEWORK.plan(2016, posts, changes=changes)
    assert len(caught.value.faults) == 4
    assert MARK not in str(caught.value)


# --- CSV -------------------------------------------------------------------------------------


def test_posts_and_audits_from_csv() -> None:
    posts = posts_in_time_from_csv(
        ["id,role,area,until\n", "TM-1,team_manager,locality,2016-06-30\n", "DCS,director,,\n"]
    )
    assert posts == (
        Post(
            id="TM-1",
            role="team_manager",
            facts={"area": "locality", "until": date(2016, 6, 30)},
        ),
        Post(id="DCS", role="director"),
    )
    done = done_from_csv(
        ["id,tool,on,auditor,rows\n", "A-1,case_file,2016-04-12,TM-1,cin; group\n"]
    )
    assert done == (
        Done(
            id="A-1",
            tool="case_file",
            on=date(2016, 4, 12),
            auditor="TM-1",
            rows=("cin", "group"),
        ),
    )


def test_faults_of_a_csv_have_their_lines() -> None:
    with pytest.raises(InputError) as caught:
        done_from_csv(
            [
                "id,tool,on,auditor\n",
                "A-1,case_file,12/04/2016,TM-1\n",
                " A-2,case_file,2016-04-12,TM-1\n",
                "A-3,case_file\n",
            ]
        )
    assert sorted((fault.line or 0, fault.path) for fault in caught.value.faults) == [
        (2, "on"),
        (3, "id"),
        (4, "(whole line)"),
    ]


# --- from audits --------------------------------------------------------------------------------


def test_an_audit_tells_what_it_counts_for() -> None:
    audit = read_audit(example("good_throughout"), FRAMEWORK)
    found = done_of(audit)
    assert found is not None
    assert (found.id, found.tool, found.on) == (audit.id, "case_file", audit.audited)
    assert found.status == audit.subject.facts["case_status"]
    assert found.auditor == next(p.post for p in audit.participants if p.role == "auditor")


def test_moderation_and_what_has_no_date_count_for_nothing() -> None:
    audit = read_audit(example("good_throughout"), FRAMEWORK)
    assert done_of(attrs.evolve(audit, moderates="A-0000")) is None
    assert done_of(attrs.evolve(audit, audited=None)) is None


# --- the command ----------------------------------------------------------------------------------

POSTS_CSV = """id,role,team,reports_to,area,since,until
DCS,director_of_childrens_services,,,,,
SM-1,service_manager,,,,,
TM-1,team_manager,north,SM-1,locality,,
=cmd,assistant_team_manager,north,TM-1,locality,,
"""
DONE_CSV = """id,tool,on,auditor,status
A-1,case_file,2016-04-05,TM-1,cin
A-2,case_file,2016-04-05,TM-1,
"""


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    parts = {"posts.csv": POSTS_CSV, "done.csv": DONE_CSV}
    parts["records.json"] = json.dumps(
        {"events": [{"id": "T-1", "event": "transfer", "on": "2016-06-01"}]}
    )
    for name, text in parts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return {name.partition(".")[0]: str(tmp_path / name) for name in parts}


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(arguments)
    printed = capsys.readouterr()
    return status, printed.out, printed.err


def test_the_programme_is_printed_row_by_row(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "programme")
    assert status == 0
    assert "cin\n  Children in need" in out
    assert "Brought by: qaf-fostering" in out
    assert "[Reading QAF 2016, §6.5 b; stated]" in out
    _, out, _ = run(capsys, "programme", "--json")
    assert [row["id"] for row in json.loads(out)] == [r.id for r in FRAMEWORK.programme.rows]


def test_the_years_plan_is_printed(
    capsys: pytest.CaptureFixture[str], files: dict[str, str]
) -> None:
    status, out, _ = run(capsys, "plan", files["posts"], "--year", "2016")
    assert status == 0
    assert out.startswith("Programme of reading 2016.1")
    assert "Q1 to Q4 (2016-04-01 to 2017-03-31), each: 8, by 2 posts" in out


def test_nothing_said_of_what_was_done_is_not_nothing_done(
    capsys: pytest.CaptureFixture[str], files: dict[str, str]
) -> None:
    """Without --done there is a plan, and nobody is chased."""
    _, out, _ = run(capsys, "plan", files["posts"], "--on", "2016-07-01")
    assert "MISSED" not in out
    status, _, err = run(capsys, "plan", files["posts"], "--csv", "chase")
    assert status == 2
    assert "Give --done" in err


def test_the_chase_list_is_printed_with_the_shut_gate_first(
    capsys: pytest.CaptureFixture[str], files: dict[str, str]
) -> None:
    given = ("plan", files["posts"], "--done", files["done"], "--records", files["records"])
    status, out, _ = run(capsys, *given, "--on", "2016-07-01")
    assert status == 0
    lines = out.splitlines()
    assert lines[2].startswith("Gate SHUT: transfer T-1 on 2016-06-01")
    assert "MISSED: TM-1, Care leavers, Q1: 0 of 4 done, by 2016-06-30" in out
    assert "Counts for no row: A-2: it could count for cin_cp_cla or care_leavers" in out


def test_json_is_for_a_program(
    capsys: pytest.CaptureFixture[str], files: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qaf_core.cli.plan.the_framework", lambda: FRAMEWORK)  # no plugin
    given = ("plan", files["posts"], "--done", files["done"], "--on", "2016-07-01", "--json")
    _, out, _ = run(capsys, *given)
    data = json.loads(out)
    assert data["year"] == "2016/17"
    assert data["chase"][0]["status"] == "missed"
    assert {row["row"] for row in data["rows"]} >= {"cin_cp_cla", "thematic"}
    _, out, _ = run(capsys, "plan", files["posts"], "--year", "2016", "--json")
    assert {due["state"] for due in json.loads(out)["dues"]} >= {"asked", "dormant", "not stated"}


def test_no_cell_of_a_csv_can_act(
    capsys: pytest.CaptureFixture[str], files: dict[str, str]
) -> None:
    given = ("plan", files["posts"], "--done", files["done"], "--on", "2016-07-01")
    for table in ("dues", "chase", "rows", "posts"):
        status, out, _ = run(capsys, *given, "--csv", table)
        cells = [cell for row in csv.reader(io.StringIO(out)) for cell in row]
        assert status == 0
        assert [cell for cell in cells if cell.startswith("=")] == []
        assert ("'=cmd" in cells) is (table != "rows")


def test_faults_of_all_files_are_one_block(
    capsys: pytest.CaptureFixture[str], files: dict[str, str]
) -> None:
    Path(files["done"]).write_text("id,tool,on,auditor\nA-1,t,x,TM-1\n", encoding="utf-8")
    Path(files["records"]).write_text('{"evnts": []}', encoding="utf-8")
    given = ("plan", files["posts"], "--done", files["done"], "--records", files["records"])
    status, out, err = run(capsys, *given)
    assert (status, out) == (2, "")
    assert "line 2: done.csv, on: " in err
    assert "perhaps events is meant" in err
    assert "Traceback" not in err
