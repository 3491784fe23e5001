"""Spans of time, deadlines and working days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum

from attrs import field, frozen

from qaf_core.errors import DefinitionError, NotInForceError

__all__ = ["AT_ONCE", "Deadline", "Span", "Unit", "WorkingCalendar", "add_months"]


def __dir__() -> list[str]:
    return __all__


class Unit(StrEnum):
    """What a span is counted in."""

    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working days"
    MONTHS = "months"


@frozen
class Span:
    """A length of time, such as ``Span(1, Unit.MONTHS)``.

    Raises:
        DefinitionError: the number is not a whole number above nought.
    """

    number: int
    unit: Unit

    def __attrs_post_init__(self) -> None:
        if type(self.number) is not int or self.number < 1:
            raise DefinitionError("A span is a whole number of 1 or more.")

    def __str__(self) -> str:
        unit = self.unit.value
        return f"{self.number} {unit.removesuffix('s') if self.number == 1 else unit}"


@frozen(kw_only=True)
class Deadline:
    """By when something is due.

    With neither a span nor an event it is due at once.

    Attributes:
        span: how long there is.
        after: id of the date fact the span is counted from; the day itself is
            not counted.
        before: the event it must come before, in words; instead of a span.
    """

    span: Span | None = None
    after: str = ""
    before: str = ""

    def __attrs_post_init__(self) -> None:
        if self.span is not None and self.before:
            raise DefinitionError("A deadline has a span or an event, not both.")
        if self.span is not None and not self.after:
            raise DefinitionError(
                f"A deadline of {self.span} must name the date fact it counts from."
            )

    @property
    def at_once(self) -> bool:
        """Whether it is due the moment it arises."""
        return self.span is None and not self.before

    def due(self, anchor: date | None, calendar: WorkingCalendar) -> date | None:
        """The day it is due, or None where no date can be given.

        There is none for an event, nor while the anchor is missing. Hours are
        rounded up to the day they end on: this counts in dates.

        Raises:
            NotInForceError: working days run past the calendar's last day.
        """
        if self.span is None or anchor is None:
            return None
        number = self.span.number
        match self.span.unit:
            case Unit.MONTHS:
                return add_months(anchor, number)
            case Unit.WORKING_DAYS:
                return calendar.add(anchor, number)
            case Unit.DAYS:
                return anchor + timedelta(days=number)
            case Unit.HOURS:
                return anchor + timedelta(days=-(-number // 24))

    def kept(self, start: date, day: date, calendar: WorkingCalendar) -> bool | None:
        """Whether what began on one day and was done on another was done in time.

        None where dates cannot say: the second comes before the first, there is no date
        to keep, or bank holidays are not known so far. Fit to be the function of a
        derived fact that ``uses_calendar``.
        """
        try:
            last = self.due(start, calendar)
        except NotInForceError:
            return None
        return None if last is None or day < start else day <= last

    def __str__(self) -> str:
        if self.span is not None:
            return f"within {self.span} of {self.after.replace('_', ' ')}"
        return f"before {self.before}" if self.before else "at once"


AT_ONCE = Deadline()

_ONE_DAY = timedelta(days=1)


def add_months(day: date, months: int) -> date:
    """The corresponding day of a later month, or its last day where it has none.

    >>> add_months(date(2016, 1, 31), 1)
    datetime.date(2016, 2, 29)
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    if day.day <= 28:
        return date(year, month, day.day)
    last = 31 if month == 12 else (date(year, month + 1, 1) - _ONE_DAY).day
    return date(year, month, min(day.day, last))


def _days(days: Iterable[date]) -> frozenset[date]:
    return frozenset(days)


@frozen(kw_only=True)
class WorkingCalendar:
    """Monday to Friday less bank holidays, between two days.

    Attributes:
        first: the first day it speaks for.
        last: the last day it speaks for.
        holidays: bank holidays in between.
    """

    first: date
    last: date
    holidays: frozenset[date] = field(converter=_days, repr=False)

    @classmethod
    def from_govuk(cls, data: Mapping[str, object]) -> WorkingCalendar:
        """Read one division of gov.uk's bank-holidays.json, from its first year to its last.

        Raises:
            DefinitionError: it does not have the shape gov.uk publishes.
        """
        events = data.get("events")
        try:
            days = [date.fromisoformat(event["date"]) for event in events]  # type: ignore[attr-defined]
            first, last = min(days).year, max(days).year
        except (TypeError, KeyError, ValueError) as error:
            raise DefinitionError(
                "Bank holidays are one division of gov.uk's file: "
                '{"events": [{"date": "2026-12-25", ...}, ...]}.'
            ) from error
        return cls(first=date(first, 1, 1), last=date(last, 12, 31), holidays=days)

    def is_working_day(self, day: date) -> bool:
        """Whether it is a weekday and no bank holiday.

        Raises:
            NotInForceError: the day lies outside the calendar.
        """
        if not self.first <= day <= self.last:
            raise NotInForceError(
                f"Bank holidays are known from {self.first} to {self.last}, not for "
                f"{day}. Give a calendar that reaches it."
            )
        return day.weekday() < 5 and day not in self.holidays

    def add(self, day: date, working_days: int) -> date:
        """The nth working day after a day; the day itself is not counted.

        Raises:
            NotInForceError: it would have to count days outside the calendar.
        """
        while working_days > 0:
            day += _ONE_DAY
            working_days -= self.is_working_day(day)
        return day

    def count(self, days: Iterable[date]) -> int:
        """How many of the days are working days."""
        return sum(self.is_working_day(day) for day in days)
