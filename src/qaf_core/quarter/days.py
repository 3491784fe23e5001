"""The days of a quarter: what happens when, from the year and the number of the quarter alone."""

from __future__ import annotations

from datetime import date, timedelta

from attrs import field, frozen

from qaf_core.cadence import ProgrammeYear, Window
from qaf_core.errors import Fault, InputError
from qaf_core.framework import Framework
from qaf_core.timing import WorkingCalendar

__all__ = ["Days", "days_of"]

CHASED = 9
"""Working days before the end of the quarter on which those who owe audits are reminded."""
REPORTED = 25
"""Working days after the end of the quarter on which the board meets."""


def __dir__() -> list[str]:
    return __all__


@frozen(kw_only=True)
class Days:
    """When things happen.

    Attributes:
        year: the programme year.
        quarter: the quarter, as a window of it.
        drawn: the day samples are drawn and audits allocated.
        chased: the day those who owe audits are reminded.
        board: the day the board meets after the quarter, and the report is dated.
        calendar: bank holidays.
    """

    year: ProgrammeYear
    quarter: Window
    drawn: date
    chased: date
    board: date
    calendar: WorkingCalendar = field(repr=False)

    def after(self, day: date, working_days: int) -> date:
        """The nth working day after a day; that day or the next working one for none."""
        if working_days < 1:
            return day if self.calendar.is_working_day(day) else self.calendar.add(day, 1)
        return self.calendar.add(day, working_days)

    def before(self, day: date, working_days: int) -> date:
        """The nth working day before a day."""
        while working_days > 0:
            day -= timedelta(days=1)
            working_days -= self.calendar.is_working_day(day)
        return day


def days_of(framework: Framework, year: int, quarter: int) -> Days:
    """The days of a quarter of the programme year that starts in a calendar year.

    Args:
        framework: says in which month a programme year starts, and knows bank holidays.
        year: the calendar year in which the programme year starts.
        quarter: 1 to 4.

    Raises:
        InputError: there is no such quarter.
        NotInForceError: bank holidays are not known for it.
    """
    if type(quarter) is not int or not 1 <= quarter <= 4:
        raise InputError(
            [Fault(path="quarter", problem="there is no such quarter", do="Use 1, 2, 3 or 4")]
        )
    programme_year = framework.programme_in(year).year(year)
    window = programme_year.windows(3)[quarter - 1]
    calendar = framework.calendar
    first = window.start
    while not calendar.is_working_day(first):
        first += timedelta(days=1)
    days = Days(
        year=programme_year,
        quarter=window,
        drawn=first,
        chased=first,
        board=calendar.add(window.due, REPORTED),
        calendar=calendar,
    )
    return Days(
        year=programme_year,
        quarter=window,
        drawn=first,
        chased=days.before(window.due + timedelta(days=1), CHASED),
        board=days.board,
        calendar=calendar,
    )
