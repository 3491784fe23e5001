"""The values that conditions compare with, as JSON writes them."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from qaf_core.interchange.strict import Wrong, code, day, moment, number, text, yes_or_no
from qaf_core.logic.values import Kind, Plain, Sort

__all__ = ["read_value", "whole", "write_value"]

_RATIO = re.compile(r"-?\d{1,15}/[1-9]\d{0,14}")
_PART_OF_A_SECOND = re.compile(r"(T\d{2}:\d{2}:\d{2})\.(\d{6})(?=Z|[+-])")
_MOST = 10**15


def __dir__() -> list[str]:
    return __all__


def whole(value: Any, least: int = 1 - _MOST) -> int:
    """A whole number of at most fifteen digits, or a fault."""
    if type(value) is not int:
        raise Wrong("it is not a whole number", "Write a whole number")
    if not least <= value < _MOST:
        said = f"from {least} on" if least > 0 else "of at most 15 digits"
        raise Wrong("it is too small or too large", f"Write a whole number {said}")
    return value


def read_value(value: Any, kind: Kind) -> Plain:
    """A value that a fact of this kind is compared with, exactly, or a fault.

    Raises:
        Wrong: it is not one of the kind. Nothing is turned from one type into another.
    """
    match kind.sort:
        case Sort.YES_NO:
            return yes_or_no(value)
        case Sort.COUNT:
            return whole(value)
        case Sort.NUMBER:
            if isinstance(value, str) and _RATIO.fullmatch(value):
                return Fraction(value)
            return number(value)
        case Sort.DATE:
            return day(value)
        case Sort.MOMENT:
            return _moment(value)
        case Sort.CODE | Sort.CODES:
            return code(text(value), kind)
        case Sort.ID:
            return text(value)
        case Sort.TEXT:
            raise Wrong("it compares text", "Ask for its state: answered or pending")


def _moment(value: Any) -> datetime:
    """A moment, to the millionth of a second where the condition has one."""
    part = _PART_OF_A_SECOND.search(value) if isinstance(value, str) else None
    if part is None:
        return moment(value)
    return moment(_PART_OF_A_SECOND.sub(r"\1", value)).replace(microsecond=int(part.group(2)))


def write_value(value: Plain) -> Any:
    """A value as JSON holds it; a number that no short decimal gives, as ``"1/3"``."""
    match value:
        case datetime():
            return value.isoformat().replace("+00:00", "Z")
        case date():
            return value.isoformat()
        case Fraction():
            return _number(value)
    return value


def _number(value: Fraction) -> int | float | str:
    if value.denominator == 1:
        plain: int | float = value.numerator
    else:
        try:
            plain = float(value)
        except OverflowError:
            return str(value)
    try:
        exact = number(Decimal(repr(plain))) == value
    except (Wrong, ValueError, ArithmeticError):
        exact = False
    return plain if exact else str(value)
