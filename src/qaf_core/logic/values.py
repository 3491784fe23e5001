"""What a condition can speak of: kinds of value, the gaps between them, records."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from fractions import Fraction
from typing import Any, Protocol, TypeAlias

from attrs import field, frozen

from qaf_core.errors import DefinitionError, did_you_mean

__all__ = [
    "COUNT",
    "DATE",
    "ID",
    "MOMENT",
    "NUMBER",
    "TEXT",
    "YES_NO",
    "Gap",
    "Kind",
    "Named",
    "Record",
    "Sort",
    "Value",
    "choice",
    "many",
    "numbers",
]


def __dir__() -> list[str]:
    return __all__


class Sort(Enum):
    """The shape of a value."""

    YES_NO = "yes or no"
    CODE = "one of"
    CODES = "many of"
    DATE = "a date"
    MOMENT = "a date and time"
    COUNT = "a whole number"
    NUMBER = "a number"
    TEXT = "text"
    ID = "an id"


class Gap(Enum):
    """Why a fact has no value. None of them is "no"."""

    PENDING = "not known yet"
    """Not answered while it may be that it is asked and required."""
    UNKNOWN = "not stated here"
    """Nothing states the fact: no question, no column."""
    NOT_APPLICABLE = "not applicable"
    """Set aside with a reason."""
    SILENT = "not called for"
    """Surely not asked, or blank and surely not required."""

    __hash__ = object.__hash__  # Enum's own hashes the name, in Python, at every look-up

    @property
    def open(self) -> bool:
        """Whether a value may still come."""
        return self in (Gap.PENDING, Gap.UNKNOWN)


Plain: TypeAlias = bool | int | str | date | datetime | Fraction
Value: TypeAlias = Plain | tuple[str, ...] | Gap


class Named(Protocol):
    """A named member of a kind, such as a grade or an option."""

    @property
    def code(self) -> str: ...

    @property
    def kind_id(self) -> str: ...


_NO_OFFSET = timedelta(0)
_TYPES: dict[Sort, type] = {
    Sort.YES_NO: bool,
    Sort.CODE: str,
    Sort.CODES: str,
    Sort.DATE: date,
    Sort.MOMENT: datetime,
    Sort.COUNT: int,
    Sort.NUMBER: Fraction,
    Sort.TEXT: str,
    Sort.ID: str,
}


@frozen(order=False)
class Kind:
    """The type of a fact.

    Attributes:
        id: two facts compare only where the ids of their kinds are equal.
        sort: the shape of its values.
        codes: for codes, the values there are; worst to best where ordered.
        ordered: whether ``<`` and ``>`` mean anything.
        beside: codes that are answers but stand beside the order.
        lowest, highest, step: for numbers, the range and the steps they go in.
        labels: the codes and those beside them as people read them.
    """

    id: str
    sort: Sort
    codes: tuple[str, ...] = ()
    ordered: bool = False
    beside: tuple[str, ...] = ()
    lowest: Fraction | None = None
    highest: Fraction | None = None
    step: Fraction | None = None
    labels: tuple[str, ...] = field(default=(), eq=False, repr=False)
    _type: type = field(init=False, eq=False, repr=False)

    @_type.default
    def _of_sort(self) -> type:
        return _TYPES[self.sort]

    def __attrs_post_init__(self) -> None:
        every = self.every_code
        if len(set(every)) != len(every):
            raise DefinitionError(f"The codes of {self.id} repeat one.")
        if self.ordered and self.sort is Sort.CODES:
            raise DefinitionError(f"{self.id} takes many codes at once, so it has no order.")

    @property
    def every_code(self) -> tuple[str, ...]:
        """The codes in order, then those beside them."""
        return self.codes + self.beside

    @property
    def takes(self) -> str:
        """What a value of it is, in words."""
        listed = ", ".join(self.every_code)
        return f"{self.sort.value} {listed}" if listed else self.sort.value

    def position(self, value: Value) -> int | None:
        """Where a code stands in the order, or None where it stands beside it."""
        return self.codes.index(value) if value in self.codes else None

    def constant(self, value: Plain | Named) -> Plain:
        """The plain value a condition may compare with.

        Raises:
            DefinitionError: the value is not one of this kind.
        """
        code = getattr(value, "code", None)
        if code is not None:
            if getattr(value, "kind_id", None) != self.id:
                raise DefinitionError(
                    f"{code!r} belongs to {getattr(value, 'kind_id', '?')!r} and does not "
                    f"compare with {self.id!r}. Scales meet only through a declared map."
                )
            return str(code)
        if self.sort is Sort.NUMBER and type(value) is int:
            return Fraction(value)
        if self.sort is Sort.TEXT:
            raise DefinitionError("Text is not compared; ask whether it is answered().")
        if type(value) is not self._type:
            raise DefinitionError(f"{self.id!r} takes {self.takes}, not {type(value).__name__}.")
        if self.sort is Sort.MOMENT and not self.admits(value):
            raise DefinitionError("A moment is written in UTC: datetime(..., tzinfo=UTC).")
        if self.every_code and value not in self.every_code:
            raise DefinitionError(
                f"{value!r} is not one of {self.id!r}.{did_you_mean(str(value), self.every_code)}"
            )
        return value  # type: ignore[return-value]

    def admits(self, value: object) -> bool:
        """Whether a value is one of this kind, exactly: True is no count, 2.0 no number."""
        sort = self.sort
        if sort is Sort.CODES:
            return isinstance(value, tuple) and _each_once(value, self.every_code)
        if type(value) is not self._type:
            return False
        if sort is Sort.YES_NO:
            return True
        if sort is Sort.MOMENT:
            return _in_utc(value)  # type: ignore[arg-type]
        if sort is Sort.COUNT:
            return value >= 0  # type: ignore[operator]
        if sort is Sort.NUMBER:
            return self.in_range(value)  # type: ignore[arg-type]
        return not self.every_code or value in self.every_code

    @property
    def admitting(self) -> Callable[[Any], bool]:
        """``admits`` as a function, quicker where little decides."""
        of, few = self._type, frozenset(self.every_code)
        match self.sort:
            case Sort.YES_NO:
                return lambda value: type(value) is bool
            case Sort.COUNT:
                return lambda value: type(value) is int and value >= 0
            case Sort.CODE:
                return lambda value: type(value) is str and value in few
            case Sort.DATE | Sort.TEXT | Sort.ID if not few:
                return lambda value: type(value) is of
            case Sort.MOMENT:
                return lambda value: type(value) is datetime and _in_utc(value)
            case Sort.CODES:
                return lambda value: isinstance(value, tuple) and _each_once(value, few)
        return self.admits

    def in_range(self, number: Fraction) -> bool:
        """Whether a number lies in the range and on a step."""
        low = self.lowest or Fraction(0)
        return (
            (self.lowest is None or number >= self.lowest)
            and (self.highest is None or number <= self.highest)
            and (self.step is None or (number - low) % self.step == 0)
        )

    def comparable(self, other: Kind) -> bool:
        """Whether values of the two kinds may be compared."""
        plain = (Sort.DATE, Sort.MOMENT, Sort.COUNT, Sort.NUMBER)
        return self.id == other.id or (self.sort is other.sort and self.sort in plain)

    def label(self, value: object) -> str:
        """A value of this kind as people read it."""
        if value is True:
            return "yes"
        if value is False:
            return "no"
        if isinstance(value, tuple):
            return ", ".join(self.label(each) for each in value) or "none"
        if self.labels and value in self.every_code:
            return self.labels[self.every_code.index(value)]
        return str(value)


def _in_utc(moment: datetime) -> bool:
    return moment.tzinfo is UTC or moment.utcoffset() == _NO_OFFSET


def _each_once(codes: tuple[object, ...], every: Container[object]) -> bool:
    """Whether these are all codes that there are, none of them twice."""
    for each in codes:
        if type(each) is not str or each not in every:
            return False
    return len(codes) < 2 or len(set(codes)) == len(codes)


YES_NO = Kind("yes_no", Sort.YES_NO)
DATE = Kind("date", Sort.DATE, ordered=True)
MOMENT = Kind("moment", Sort.MOMENT, ordered=True)
"""A date and time in UTC: elapsed hours are counted across changes of the clock."""
COUNT = Kind("count", Sort.COUNT, ordered=True)
NUMBER = Kind("number", Sort.NUMBER, ordered=True)
TEXT = Kind("text", Sort.TEXT)
ID = Kind("id", Sort.ID)


def choice(id: str, options: Mapping[str, str], *, ordered: bool = False) -> Kind:
    """A kind with one of the codes given; options map code to label."""
    return Kind(id, Sort.CODE, tuple(options), ordered, labels=tuple(options.values()))


def numbers(id: str, lowest: int, highest: int, *, step: int | Fraction = 1) -> Kind:
    """A kind of number from lowest to highest, in steps."""
    return Kind(
        id,
        Sort.NUMBER,
        ordered=True,
        lowest=Fraction(lowest),
        highest=Fraction(highest),
        step=Fraction(step),
    )


def many(id: str, options: Mapping[str, str]) -> Kind:
    """A kind with any number of the codes given; options map code to label."""
    return Kind(id, Sort.CODES, tuple(options), labels=tuple(options.values()))


@frozen(eq=False, repr=False)
class Record:
    """What is known when conditions are read.

    Attributes:
        facts: value or gap of each fact, by id; one that is absent is unknown.
        items: the collections; each item maps its fields to values or gaps and
            has an ``id``.
    """

    facts: Mapping[str, Value]
    items: Mapping[str, tuple[Mapping[str, Value], ...]] = field(factory=dict)

    def __repr__(self) -> str:
        return f"<Record of {len(self.facts)} facts>"
