"""Grades, deadlines, tables and other values on which the rest stands."""

from __future__ import annotations

import pickle
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qaf_core import DefinitionError, UnknownIdError
from qaf_core.bank_holidays import ENGLAND_AND_WALES
from qaf_core.errors import NotInForceError
from qaf_core.immutable import FrozenMap
from qaf_core.provenance import Standing
from qaf_core.scales import GOOD, GRADES, INADEQUATE, OUTSTANDING, Beside, Grade, Scale, ScaleMap
from qaf_core.sources import QAF
from qaf_core.tables import Table
from qaf_core.timing import AT_ONCE, Deadline, Span, Unit, WorkingCalendar, add_months

WHOLE = QAF.at("whole")


def scale(id: str, *codes: str) -> Scale:
    """A scale of these codes, worst first."""
    grades = tuple(Grade(code, code.title()) for code in codes)
    return Scale(id=id, title=id, grades=grades, source=WHOLE, standing=Standing.EDITORIAL)


def test_grades_compare_by_rank_and_not_by_number() -> None:
    """Worst to best, whatever number is printed beside them."""
    assert INADEQUATE < GOOD < OUTSTANDING
    assert GRADES["good"] <= GOOD
    assert [grade.rank for grade in GRADES] == [0, 1, 2, 3]
    assert [grade.number for grade in GRADES] == ["1", "2", "3", "4"]


@pytest.mark.parametrize("other", [2, "good", 2.0, scale("other", "bad", "good")["good"]])
def test_a_grade_compares_with_nothing_else(other: Any) -> None:
    """Neither with a number, nor with a word, nor across scales."""
    with pytest.raises(TypeError):
        assert other > GOOD
    assert other != GOOD


def test_a_scale_names_the_near_grade() -> None:
    """A misspelt grade is met with the one that was meant."""
    with pytest.raises(UnknownIdError, match="Did you mean 'inadequate'"):
        GRADES["inadequat"]


def test_a_scale_keeps_its_codes_apart() -> None:
    """A code is one grade, or stands beside the order, not both."""
    with pytest.raises(DefinitionError):
        scale("twice", "bad", "bad")
    with pytest.raises(DefinitionError):
        Scale(
            id="beside",
            title="",
            grades=(Grade("bad", "Bad"),),
            beside=(Beside("bad", "Bad"),),
            source=WHOLE,
            standing=Standing.EDITORIAL,
        )


def test_a_map_names_every_grade() -> None:
    """Scales meet only through a map that leaves none out."""
    two = scale("two", "no", "yes")
    whole = ScaleMap(
        of=two,
        on=GRADES,
        codes={"no": "inadequate", "yes": "good"},
        source=WHOLE,
        standing=Standing.EDITORIAL,
    )
    assert whole[two["yes"]] == GOOD
    with pytest.raises(TypeError):
        whole[GOOD]
    with pytest.raises(DefinitionError, match="missing: yes"):
        ScaleMap(
            of=two,
            on=GRADES,
            codes={"no": "inadequate"},
            source=WHOLE,
            standing=Standing.EDITORIAL,
        )


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2016-01-31", 1, "2016-02-29"),
        ("2015-01-31", 1, "2015-02-28"),
        ("2016-02-29", 12, "2017-02-28"),
        ("2015-12-15", 1, "2016-01-15"),
        ("2016-03-31", 3, "2016-06-30"),
    ],
)
def test_months_keep_the_day_or_the_last_of_the_month(start: str, months: int, end: str) -> None:
    """The corresponding date, clamped to a shorter month."""
    assert add_months(date.fromisoformat(start), months) == date.fromisoformat(end)


@given(st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.integers(1, 60))
def test_months_never_drift(day: date, months: int) -> None:
    """The month is the one counted to, and the day never later than the day started from."""
    end = add_months(day, months)
    assert (end.year - day.year) * 12 + end.month - day.month == months
    assert end.day <= day.day


def test_working_days_pass_over_weekends_and_bank_holidays() -> None:
    """Easter 2016: Friday 25 and Monday 28 March do not count."""
    assert ENGLAND_AND_WALES.add(date(2016, 3, 24), 1) == date(2016, 3, 29)
    assert ENGLAND_AND_WALES.count([date(2023, 5, 8), date(2023, 5, 9)]) == 1
    assert len(ENGLAND_AND_WALES.holidays) == 140


def test_bank_holidays_are_those_of_another_list_on_every_weekday() -> None:
    """From 2012 to 2028, as the package ``holidays`` has them for England, where it is there."""
    holidays: Any = pytest.importorskip("holidays")
    other = holidays.country_holidays("GB", subdiv="ENG", years=range(2012, 2029))
    first, last = date(2012, 1, 1), date(2028, 12, 31)
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    for day in days:
        if day.weekday() < 5:
            assert (day in ENGLAND_AND_WALES.holidays) is (day in other), day


def test_the_calendar_does_not_guess() -> None:
    """Outside the years it knows it says so, rather than assume no holidays."""
    with pytest.raises(NotInForceError, match="2012-01-01 to 2028-12-31"):
        ENGLAND_AND_WALES.add(date(2028, 12, 29), 5)


def test_a_calendar_is_read_from_what_govuk_publishes() -> None:
    """One division of the published file; anything else is refused."""
    published = {"events": [{"date": "2016-12-26"}, {"date": "2016-12-27"}]}
    calendar = WorkingCalendar.from_govuk(published)
    assert calendar.add(date(2016, 12, 23), 1) == date(2016, 12, 28)
    wrongs: list[dict[str, object]] = [{}, {"events": []}, {"events": [{}]}, {"events": [3]}]
    for wrong in wrongs:
        with pytest.raises(DefinitionError):
            WorkingCalendar.from_govuk(wrong)


def test_a_deadline_has_no_date_while_its_anchor_is_missing() -> None:
    """One month of receipt: no receipt, no date, and the words say what it counts from."""
    deadline = Deadline(span=Span(1, Unit.MONTHS), after="received")
    assert deadline.due(date(2016, 1, 31), ENGLAND_AND_WALES) == date(2016, 2, 29)
    assert deadline.due(None, ENGLAND_AND_WALES) is None
    assert str(deadline) == "within 1 month of received"
    assert (str(AT_ONCE), AT_ONCE.at_once) == ("at once", True)
    assert str(Deadline(before="the transfer")) == "before the transfer"


@pytest.mark.parametrize(
    ("unit", "number", "due"),
    [
        (Unit.HOURS, 24, "2016-03-25"),
        (Unit.HOURS, 25, "2016-03-26"),
        (Unit.DAYS, 5, "2016-03-29"),
        (Unit.WORKING_DAYS, 5, "2016-04-04"),
    ],
)
def test_spans_count_in_their_unit(unit: Unit, number: int, due: str) -> None:
    """From Maundy Thursday 2016."""
    deadline = Deadline(span=Span(number, unit), after="sent")
    assert deadline.due(date(2016, 3, 24), ENGLAND_AND_WALES) == date.fromisoformat(due)


@pytest.mark.parametrize(
    ("start", "day", "kept"),
    [
        (date(2015, 12, 24), date(2015, 12, 29), True),
        (date(2015, 12, 24), date(2015, 12, 30), False),
        (date(2015, 12, 24), date(2015, 12, 24), True),
        (date(2015, 12, 24), date(2015, 12, 23), None),
        (date(2028, 12, 29), date(2029, 1, 2), None),
    ],
)
def test_whether_a_deadline_was_kept(start: date, day: date, kept: bool | None) -> None:
    """The last day counts; what comes before its start, or past the calendar, says nothing."""
    deadline = Deadline(span=Span(1, Unit.WORKING_DAYS), after="sent")
    assert deadline.kept(start, day, ENGLAND_AND_WALES) is kept
    assert AT_ONCE.kept(start, day, ENGLAND_AND_WALES) is None


def test_deadlines_are_refused_where_they_make_no_sense() -> None:
    """A span has an anchor, counts from one, and is not an event as well."""
    with pytest.raises(DefinitionError):
        Deadline(span=Span(1, Unit.DAYS))
    with pytest.raises(DefinitionError):
        Deadline(span=Span(1, Unit.DAYS), after="x", before="y")
    for number in (0, -1, True, 1.5):
        with pytest.raises(DefinitionError):
            Span(number, Unit.DAYS)  # type: ignore[arg-type]


def test_tables_escape_what_they_hold() -> None:
    """Markup in a cell is shown, not obeyed; headings are scoped and there is a caption."""
    table = Table(
        caption="<Two>",
        columns={"a": "A & B", "b": "B"},
        rows=[{"a": "<script>|x", "b": True}, {"b": None}],
    )
    html = table.to_html()
    assert "<caption>&lt;Two&gt;</caption>" in html
    assert '<th scope="col">A &amp; B</th>' in html
    assert "<script>" not in html
    assert "<td>yes</td>" in html
    assert "&lt;script&gt;\\|x" in table.to_markdown()
    assert table.to_rows() == [{"a": "<script>|x", "b": True}, {"a": None, "b": None}]


def test_a_frozen_map_cannot_change_and_shows_nothing() -> None:
    """It compares, hashes and pickles like the value it is."""
    one = FrozenMap({"a": 1})
    assert one == FrozenMap({"a": 1})
    assert one == pickle.loads(pickle.dumps(one))
    assert hash(one) == hash(FrozenMap({"a": 1}))
    assert repr(one) == "<1 entries>"
    with pytest.raises(TypeError):
        one["a"] = 2  # type: ignore[index]
    with pytest.raises(AttributeError):
        one._entries = {}
