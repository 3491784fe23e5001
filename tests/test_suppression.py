"""Small numbers are held back so that no subtraction brings them back: shown by trying all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import product
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from qaf_core import READING_2016, Framework
from qaf_core.cadence import ProgrammeYear
from qaf_core.immutable import FrozenMap
from qaf_core.reports import (
    ALL,
    HELD_BACK,
    Counts,
    Material,
    annual_report,
    held_back,
    quarterly_report,
)
from qaf_core.reports.grades import BELOW, GOOD_OR_BETTER, Grades, grades_of
from qaf_core.scales import GRADES

FRAMEWORK = Framework.of(READING_2016)
CODES = [grade.code for grade in GRADES]
GOOD = ("good", "outstanding")
SERVICES = ("cin", "cp")
FLOOR = 3
few = st.integers(0, 4)
rows_of_grades = st.tuples(few, few, few, few)


def graded(service: str, row: Iterable[int]) -> Counts:
    keys = [
        ("grade", "four_grades", service, code)
        for code, n in zip(CODES, row, strict=True)
        for _ in range(n)
    ]
    return Counts.of(keys)


def grades(table: Mapping[str, tuple[int, ...]], floor: int = FLOOR) -> Grades:
    counts = Counts()
    for service, row in table.items():
        counts += graded(service, row)
    (found,) = grades_of(counts, FRAMEWORK, floor=floor, good_from="good")
    return found


def compositions(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    """Every way in which so many can be shared out."""
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in compositions(total - first, parts - 1):
            yield (first, *rest)


def summed(row: tuple[int, ...]) -> dict[str, int]:
    cells = dict(zip(CODES, row, strict=True))
    good = sum(cells[code] for code in GOOD)
    return {**cells, GOOD_OR_BETTER: good, BELOW: sum(row) - good}


def fits(row: tuple[int, ...], shown: Mapping[str, object]) -> bool:
    return all(shown[what] in (HELD_BACK, n) for what, n in summed(row).items() if what in shown)


def published(found: Grades, service: str) -> dict[str, object]:
    """What a reader sees of a line, the per cent turned back into a count."""
    (row,) = [each for each in found.table().rows if each["service"] == service]
    shown: dict[str, object] = {code: row[code] for code in CODES}
    shown[GOOD_OR_BETTER] = row["good_or_better"]
    if isinstance(row["per_cent"], float):
        assert row["good_or_better"] == round(row["per_cent"] * found.graded(service) / 100)
    return shown


# --- one table ------------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(rows_of_grades, rows_of_grades)
@example((1, 1, 0, 0), (4, 4, 4, 0))
@example((0, 0, 1, 4), (0, 0, 4, 4))
@example((2, 4, 4, 4), (4, 4, 4, 4))
def test_no_small_count_of_grades_can_be_worked_out(
    one: tuple[int, ...], other: tuple[int, ...]
) -> None:
    """Every pair of lines that fits what is shown is tried: each small count could be another."""
    table = {"cin": one, "cp": other}
    table = {service: row for service, row in table.items() if sum(row)}
    if not table:
        return
    found = grades(table)
    choices = [
        [row for row in compositions(sum(table[each]), 4) if fits(row, published(found, each))]
        for each in table
    ]
    seen: dict[tuple[str, str], set[int]] = {}
    of_all = published(found, ALL)
    for rows in product(*choices):
        every = tuple(map(sum, zip(*rows, strict=True)))
        if not fits(every, of_all):
            continue
        for service, row in (*zip(table, rows, strict=True), (ALL, every)):
            for what, n in summed(row).items():
                seen.setdefault((service, what), set()).add(n)
    for cell, n in found.cells.items():
        assert n in seen[cell]
        if 0 < n < FLOOR:
            assert cell in found.hidden
            assert len(seen[cell]) > 1, (cell, table, found.table().rows)


@given(rows_of_grades, rows_of_grades)
def test_denominators_are_always_shown_and_add_up(
    one: tuple[int, ...], other: tuple[int, ...]
) -> None:
    table = {"cin": one, "cp": other}
    if not sum(one) or not sum(other):
        return
    found = grades(table)
    rows = {str(row["service"]): row for row in found.table().rows}
    assert {each: rows[each]["graded"] for each in table} == {
        each: sum(row) for each, row in table.items()
    }
    assert rows[ALL]["graded"] == sum(one) + sum(other)
    for row in rows.values():
        shown = [n for code in CODES if isinstance(n := row[code], int)]
        assert sum(shown) <= int(str(row["graded"]))
        assert (sum(shown) == row["graded"]) is (
            len(shown) == len(CODES)
        ) or HELD_BACK in row.values()


@given(rows_of_grades)
def test_with_a_floor_of_one_nothing_is_held_back(row: tuple[int, ...]) -> None:
    if sum(row):
        assert not grades({"cp": row}, floor=1).hidden


def test_a_line_below_the_floor_is_held_back_whole() -> None:
    found = grades({"cp": (0, 0, 2, 0), "cin": (9, 9, 9, 9)})
    assert [found.shown("cp", code) for code in CODES] == [HELD_BACK] * 4
    assert found.per_cent("cp") == HELD_BACK
    assert found.graded("cp") == 2


def test_a_second_count_is_held_back_with_the_small_one() -> None:
    found = grades({"cp": (1, 8, 7, 9)})
    assert [found.shown("cp", code) for code in CODES] == [HELD_BACK, HELD_BACK, 7, 9]
    assert found.per_cent("cp") == 64.0  # 16 of 25


def test_large_counts_are_all_told() -> None:
    found = grades({"cp": (3, 8, 7, 9), "cin": (0, 4, 0, 5)})
    assert not found.hidden


def test_what_was_told_before_is_never_held_back_afterwards() -> None:
    cells = {"a": 1, "b": 9, "c": 9}
    found = held_back(cells, [dict.fromkeys(cells, 1)], floor=5, published=("b",))
    assert found == {"a", "c"}


# --- a year and its quarters ----------------------------------------------------------------------------

YEAR = ProgrammeYear(date(2016, 4, 1))
WINDOWS = YEAR.windows(3)


def quarters(counts: Iterable[Counts], floor: int = FLOOR) -> list[Any]:
    """Reports of quarters with these counts and nothing else."""
    import attrs

    return [
        attrs.evolve(
            quarterly_report(
                Material(), FRAMEWORK, window, on=window.due + timedelta(days=9), floor=floor
            ),
            counts=each,
            made_with=FrozenMap(),
        )
        for window, each in zip(WINDOWS, counts, strict=True)
    ]


@settings(max_examples=40, deadline=None)
@given(st.tuples(*[st.tuples(few, st.integers(0, 3), few, few)] * 4))
@example(((1, 3, 3, 3), (3, 3, 3, 3), (3, 3, 3, 3), (3, 3, 3, 3)))
@example(((0, 0, 1, 2), (0, 0, 0, 4), (0, 0, 0, 4), (0, 0, 0, 4)))
def test_the_year_gives_away_no_small_grade_of_a_quarter(rows: tuple[tuple[int, ...], ...]) -> None:
    """Quarter by quarter every line that fits is tried, against what the year shows."""
    if not all(map(sum, rows)):
        return
    reports = quarters(graded("cp", row) for row in rows)
    (year,) = annual_report(reports).grades
    of_year = published(year, "cp")
    told = [what for what, n in of_year.items() if n != HELD_BACK]
    target = tuple(int(str(of_year[what])) for what in told)
    choices = []
    for report, row in zip(reports, rows, strict=True):
        (own,) = report.grades
        choices.append(
            [each for each in compositions(sum(row), 4) if fits(each, published(own, "cp"))]
        )

    def vector(row: tuple[int, ...]) -> tuple[int, ...]:
        cells = summed(row)
        return tuple(cells[what] for what in told)

    def plus(one: tuple[int, ...], other: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(map(sum, zip(one, other, strict=True)))

    for at, row in enumerate(rows):
        sums = {tuple(0 for _ in told)}
        for other, lines in enumerate(choices):
            if other != at:
                sums = {plus(each, vector(line)) for each in sums for line in lines}
        possible = [
            summed(line)
            for line in choices[at]
            if tuple(t - v for t, v in zip(target, vector(line), strict=True)) in sums
        ]
        for what, n in summed(row).items():
            values = {each[what] for each in possible}
            assert n in values
            assert not 0 < n < FLOOR or len(values) > 1, (what, rows)


@settings(max_examples=150, deadline=None)
@given(st.tuples(*[st.tuples(few, few)] * 4))
@example(((1, 3), (4, 4), (4, 4), (4, 4)))
@example(((1, 1), (4, 4), (4, 4), (4, 4)))
@example(((1, 4), (1, 4), (0, 4), (4, 0)))
def test_the_year_gives_away_no_small_theme_of_a_quarter(
    pairs: tuple[tuple[int, int], ...],
) -> None:
    counts = [
        Counts.of(
            [
                *[("answered", "standard", "std_1")] * (against + held),
                *[("against", "standard", "std_1")] * against,
            ]
        )
        for against, held in pairs
    ]
    reports = quarters(counts)
    year = [each for each in annual_report(reports).themes.themes if each.id == "std_1"]
    choices = []
    for report, (against, held) in zip(reports, pairs, strict=True):
        told = [each.told for each in report.themes.themes if each.id == "std_1"]
        free = bool(told) and not told[0]
        choices.append(range(against + held + 1) if free else (against,))
    fitting = [
        each
        for each in product(*choices)
        if not year or not year[0].told or sum(each) == sum(against for against, _ in pairs)
    ]
    for at, (against, held) in enumerate(pairs):
        if 0 < against < FLOOR or 0 < held < FLOOR:
            assert len({each[at] for each in fitting}) > 1
