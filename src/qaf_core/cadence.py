"""How often something is asked for, and the windows of a year that follow from it.

A frequency in a framework is no date that comes round again. It says how much is asked
for within a stretch of time, and the stretches tile the year: no day is in two of them,
and none is in none.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import TypeAlias

from attrs import frozen

from qaf_core.errors import DefinitionError
from qaf_core.timing import add_months

__all__ = [
    "AtLeast",
    "Cadence",
    "Every",
    "OnEvent",
    "Ongoing",
    "PerSubject",
    "Period",
    "ProgrammeYear",
    "ShareOf",
    "Window",
    "windows_of",
]


def __dir__() -> list[str]:
    return __all__


class Period(StrEnum):
    """A stretch of a year, in months that end on the corresponding day."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half-year"
    YEAR = "year"

    @property
    def months(self) -> int:
        """How many months it has."""
        return {"month": 1, "quarter": 3, "half-year": 6, "year": 12}[self.value]


_SHORT = {Period.MONTH: "M", Period.QUARTER: "Q", Period.HALF_YEAR: "H", Period.YEAR: "Y"}


def _whole(number: object, what: str) -> None:
    if type(number) is not int or number < 1:
        raise DefinitionError(f"{what} is a whole number of 1 or more.")


@frozen
class Every:
    """Once in each stretch of so many periods, such as ``Every(1, Period.QUARTER)``.

    Raises:
        DefinitionError: the stretches do not fill a year without rest.
    """

    number: int
    period: Period

    def __attrs_post_init__(self) -> None:
        _whole(self.number, "How many periods a stretch has")
        if 12 % (self.number * self.period.months):
            raise DefinitionError(
                f"{self.number} {self.period.value}s do not fill a year without rest. Choose a "
                "number of months that divides twelve."
            )

    @property
    def months(self) -> int:
        """How many months a window has."""
        return self.number * self.period.months

    def __str__(self) -> str:
        if self.number == 1:
            return f"every {self.period.value}"
        return f"every {self.number} {self.period.value}s"


@frozen
class AtLeast:
    """So many or more in each period, at any time in it: ``AtLeast(2, Period.YEAR)``."""

    number: int
    per: Period

    def __attrs_post_init__(self) -> None:
        _whole(self.number, "The least number")

    @property
    def months(self) -> int:
        """How many months a window has."""
        return self.per.months

    def __str__(self) -> str:
        return f"at least {self.number} a {self.per.value}"


@frozen
class PerSubject:
    """So many or more for each of those it is about, in each period."""

    number: int
    per: Period

    def __attrs_post_init__(self) -> None:
        _whole(self.number, "The number for each")

    @property
    def months(self) -> int:
        """How many months a window has."""
        return self.per.months

    def __str__(self) -> str:
        times = "once" if self.number == 1 else f"{self.number} times"
        return f"at least {times} a {self.per.value} for each"


@frozen
class ShareOf:
    """A share of a population that the host counts, in each period.

    Attributes:
        per_cent: the share; a part of a case is rounded up.
        per: the period.
        at_least: as many at least, where there are that many.
        at_most: as many at most, or None.
        of: what is counted, in words.

    Raises:
        DefinitionError: the share is not above 0 and up to 100, or the bounds cross.
    """

    per_cent: int | Fraction
    per: Period
    at_least: int = 0
    at_most: int | None = None
    of: str = "open cases"

    def __attrs_post_init__(self) -> None:
        if type(self.per_cent) not in (int, Fraction) or not 0 < self.per_cent <= 100:
            raise DefinitionError("A share is a whole number or Fraction above 0, up to 100.")
        if self.at_least < 0 or (self.at_most is not None and self.at_most < self.at_least):
            raise DefinitionError("The least of a share is 0 or more, and no more than its most.")

    @property
    def months(self) -> int:
        """How many months a window has."""
        return self.per.months

    def number_of(self, population: int) -> int:
        """How many that is of a population of this size.

        >>> ShareOf(20, Period.YEAR, at_least=20).number_of(41)
        20
        """
        part = -(-Fraction(population) * self.per_cent // 100)
        most = population if self.at_most is None else min(self.at_most, population)
        return min(max(int(part), self.at_least), most)

    def __str__(self) -> str:
        bounds = [f"at least {self.at_least}"] if self.at_least else []
        bounds += [f"at most {self.at_most}"] if self.at_most is not None else []
        said = f" ({', '.join(bounds)})" if bounds else ""
        return f"{self.per_cent} % of {self.of} a {self.per.value}{said}"


@frozen
class OnEvent:
    """Each time something happens.

    Attributes:
        event: id of the event, such as ``"transfer"``.
        label: the event in words, such as ``"transfer between teams"``.
        between_teams: whether it counts only where the team changes.
    """

    event: str
    label: str
    between_teams: bool = False

    @property
    def months(self) -> int:
        """How many months a window has: the year."""
        return 12

    def __str__(self) -> str:
        return f"at every {self.label}"


@frozen
class Ongoing:
    """Throughout the year; how often is not stated."""

    @property
    def months(self) -> int:
        """How many months a window has: the year."""
        return 12

    def __str__(self) -> str:
        return "ongoing"


Cadence: TypeAlias = Every | AtLeast | PerSubject | ShareOf | OnEvent | Ongoing


@frozen(kw_only=True)
class Window:
    """A stretch of a programme year.

    Attributes:
        name: such as ``"Q1"``, the first quarter of the programme year.
        start: its first day.
        due: its last day, by which what it asks for is done.
    """

    name: str
    start: date
    due: date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.due - self.start).days + 1

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.start <= day <= self.due

    def __str__(self) -> str:
        return f"{self.name} ({self.start} to {self.due})"


@frozen
class ProgrammeYear:
    """Twelve months from a day, such as ``ProgrammeYear(date(2016, 4, 1))``."""

    start: date

    @property
    def last(self) -> date:
        """Its last day."""
        return add_months(self.start, 12) - timedelta(days=1)

    def windows(self, months: int) -> tuple[Window, ...]:
        """The stretches of so many months that tile the year.

        Each is counted from the year's first day, never from the one before, so that a
        year that starts on the 31st keeps to the ends of months.

        Args:
            months: 1, 2, 3, 4, 6 or 12.

        Raises:
            DefinitionError: the months do not divide twelve.
        """
        if type(months) is not int or months < 1 or 12 % months:
            raise DefinitionError("Windows have a number of months that divides twelve.")
        short = next((_SHORT[each] for each in Period if each.months == months), "W")
        starts = [add_months(self.start, at) for at in range(0, 13, months)]
        return tuple(
            Window(
                name=str(self) if months == 12 else f"{short}{number}",
                start=start,
                due=after - timedelta(days=1),
            )
            for number, (start, after) in enumerate(pairwise(starts), 1)
        )

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.start <= day <= self.last

    def __str__(self) -> str:
        if self.last.year == self.start.year:
            return str(self.start.year)
        return f"{self.start.year}/{self.last.year % 100:02}"


def windows_of(cadence: Cadence | None, year: ProgrammeYear) -> tuple[Window, ...]:
    """The windows of a cadence in a year; the year as one where no frequency is stated.

    >>> april = ProgrammeYear(date(2016, 4, 1))
    >>> [str(each) for each in windows_of(Every(1, Period.HALF_YEAR), april)]
    ['H1 (2016-04-01 to 2016-09-30)', 'H2 (2016-10-01 to 2017-03-31)']
    """
    return year.windows(12 if cadence is None else cadence.months)
