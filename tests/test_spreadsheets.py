"""CSV and JSON lists of cases and posts: read strictly, and written so that no cell acts."""

from __future__ import annotations

import contextlib
import csv
import io
from array import array
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qaf_core.errors import Fault, InputError
from qaf_core.facts import case_opened, case_status
from qaf_core.interchange.populations import (
    cases_from_csv,
    cases_from_json,
    ids_from_lines,
    posts_from_csv,
    posts_from_json,
)
from qaf_core.interchange.spreadsheets import csv_lines, csv_rows, decoded, safe_cell
from qaf_core.logic import COUNT, ID, YES_NO, Gap, many
from qaf_core.sampling.population import Case, Post, is_id

KINDS = {"case_status": case_status.kind, "case_opened": case_opened.kind}
ACTS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"
CELLS = st.text(st.sampled_from([*ACTS, "'", '"', ",", "a", "1", " ", "é"]), max_size=6)


def lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


@given(st.lists(st.fixed_dictionaries({"id": CELLS, "note": CELLS}), max_size=6))
def test_what_is_written_reads_back_the_same(rows: list[dict[str, str]]) -> None:
    """Whatever is in the cells."""
    faults: list[Fault] = []
    text = "".join(csv_lines(["id", "note"], rows))
    columns, read = csv_rows(io.StringIO(text, newline=""), needed=["id"], faults=faults)
    assert columns == ("id", "note")
    assert [row for _, row in read] == rows
    assert not faults


@given(st.lists(CELLS, min_size=1, max_size=4))
def test_no_cell_that_is_written_can_act(cells: list[str]) -> None:
    """As a spreadsheet reads the file, no cell begins like a formula."""
    names = [f"c{number}" for number in range(len(cells))]
    text = "".join(csv_lines(names, [dict(zip(names, cells, strict=True))]))
    for row in csv.reader(io.StringIO(text, newline="")):
        assert not any(cell[:1] in ACTS for cell in row if cell)


def test_values_are_written_plainly() -> None:
    values = [None, True, False, -5, date(2016, 2, 1), Fraction(3), Fraction(1, 2), Gap.PENDING]
    assert [safe_cell(value) for value in values] == [
        "", "yes", "no", "-5", "2016-02-01", "3", "0.5", "not known yet",
    ]  # fmt: skip
    assert [safe_cell(text) for text in ("-5", "C-1", "'x", "'=x", "@a")] == [
        "'-5", "C-1", "'x", "''=x", "'@a",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "path", "problem"),
    [
        ("", "(heading)", "empty"),
        ("id;team\nC1;north\n", "(heading)", "semicolons"),
        ("team\nnorth\n", "(heading)", "no column id"),
        ("id,,team\n", "(heading, column 2)", "no name"),
        ("id,team,team\n", "(heading, column 3)", "stands twice"),
        ("ID,team\n", "(heading, column 1)", "perhaps id"),
        ("Case ID,team\n", "(heading, column 1)", "perhaps id"),
        ("id,case_staus,case_opened\n", "(heading, column 2)", "perhaps case_status"),
        ("id,Team,case_status,case_opened\n", "(heading, column 2)", "perhaps team"),
        ("id,case_status\n", "(heading)", "no column case_opened"),
    ],
)
def test_a_heading_that_cannot_be_used_is_refused(text: str, path: str, problem: str) -> None:
    with pytest.raises(InputError) as caught:
        list(cases_from_csv(lines(text), facts=KINDS, faults=[]))
    assert any(fault.path == path and problem in fault.problem for fault in caught.value.faults)


def test_each_row_with_a_fault_is_told_by_its_line_and_the_rest_is_read() -> None:
    text = (
        "\ufeffid,team,case_status,case_opened,notes\r\n"
        'C1,north,cp,2015-02-01,"two\r\nlines"\r\n'
        "C2,,,,\r\n"
        "\r\n"
        "C3,x\r\n"
        "C4 ,,,,\r\n"
        ",,,,\r\n"
        "C5,,zz,2015-02-30,\r\n"
        "'-C6,,,,\r\n"
    )
    faults: list[Fault] = []
    places = array("Q")
    read = decoded(io.BytesIO(text.encode()), faults)
    cases = list(cases_from_csv(read, facts=KINDS, faults=faults, places=places))
    assert cases == [
        Case(
            id="C1",
            team="north",
            facts={"case_status": "cp", "case_opened": date(2015, 2, 1)},
        ),
        Case(id="C2"),
        Case(id="-C6"),
    ]
    assert list(places) == [2, 4, 10]
    assert [(fault.line, fault.path) for fault in faults] == [
        (6, "(whole line)"),
        (7, "id"),
        (8, "id"),
        (9, "case_status"),
        (9, "case_opened"),
    ]


def test_a_quote_left_open_and_bytes_that_are_no_text_are_told() -> None:
    faults: list[Fault] = []
    list(cases_from_csv(lines('id\nC1\n"C2\n'), facts={}, faults=faults))
    assert [fault.line for fault in faults] == [3]
    faults = []
    assert list(
        ids_from_lines(decoded([b"C1\n", b"Zo\xeb\n", b"C2\n"], faults), faults=faults)
    ) == [
        "C1",
        "C2",
    ]
    assert [(fault.line, fault.problem) for fault in faults] == [(2, "it is not in UTF-8")]
    faults = []
    assert list(decoded(["id\n".encode("utf-16")], faults)) == []
    assert "UTF-16" in faults[0].problem


@given(st.text(st.sampled_from('id,team"\n\r\t;\x00 C1é'), max_size=40))
def test_whatever_a_table_holds_it_is_read_or_refused(text: str) -> None:
    """Cases that can be drawn, or faults; never a crash."""
    faults: list[Fault] = []
    with contextlib.suppress(InputError):
        raw = io.BytesIO(text.encode())
        for case in cases_from_csv(decoded(raw, faults), facts={}, faults=faults):
            assert is_id(case.id)


def test_cells_are_read_by_the_kind_of_their_fact() -> None:
    kinds = {"n": COUNT, "yes": YES_NO, "word": ID, "some": many("some", {"a": "A", "b": "B"})}
    faults: list[Fault] = []
    text = "id,n,yes,word,some\nC1,3,Yes,w,a;b\nC2,-1,perhaps, w,c\n"
    [case] = cases_from_csv(lines(text), facts=kinds, faults=faults)
    assert dict(case.facts) == {"n": 3, "yes": True, "word": "w", "some": ("a", "b")}
    assert [fault.path for fault in faults] == ["n", "yes", "word", "some"]


def test_cases_and_posts_from_json() -> None:
    faults: list[Fault] = []
    text = """["C1", {"id": "C2", "team": "north", "facts": {"case_status": "cp", "n": 2,
        "case_opened": {"not_applicable": "none"}}}]"""
    first, second = cases_from_json(text, facts=KINDS, faults=faults)
    assert first == "C1"
    assert isinstance(second, Case)
    assert dict(second.facts) == {
        "case_status": "cp",
        "n": 2,
        "case_opened": Gap.NOT_APPLICABLE,
    }
    assert not faults
    posts = '[{"id": "TM-1", "role": "team_manager", "team": "north", "reports_to": "SM-1"}]'
    wanted = Post(id="TM-1", role="team_manager", team="north", reports_to="SM-1")
    assert posts_from_json(posts, facts={}, faults=faults) == (wanted,)
    table = "id,role,team,reports_to\nTM-1,team_manager,north,SM-1\n"
    assert list(posts_from_csv(lines(table), facts={}, faults=faults)) == [wanted]
    assert not faults


def test_what_is_wrong_in_json_is_told_with_its_path() -> None:
    faults: list[Fault] = []
    text = """["C1 ", 5, {"team": "x"}, {"id": "C2", "tema": "x"}, {"id": "C3", "facts": []},
        {"id": "C4", "facts": {"case_status": "zz", "n": null, "m": 1.5}}, {"id": "C5"}]"""
    assert [
        each.id
        for each in cases_from_json(text, facts=KINDS, faults=faults)
        if isinstance(each, Case)
    ] == ["C5"]
    assert [fault.path for fault in faults] == [
        "[0]",
        "[1]",
        "[2].id",
        "[3].(key 2)",
        "[4].facts",
        "[5].facts.case_status",
        "[5].facts.(key 2)",
        "[5].facts.(key 3)",
    ]
    for text in ("{", '{"id": "C1"}'):
        faults = []
        assert cases_from_json(text, facts={}, faults=faults) == ()
        assert faults
