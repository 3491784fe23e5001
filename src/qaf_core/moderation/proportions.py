"""Shares, rates and chances, read as exact fractions."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TypeAlias

from qaf_core.errors import DefinitionError

__all__ = ["Proportion", "as_proportion"]

Proportion: TypeAlias = Fraction | int | str
"""A fraction, 0 or 1, or text such as ``"10 %"``, ``"0.1"`` or ``"1/10"``. Never a float."""


_WRITTEN = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,9})?|[0-9]{1,9}/[0-9]{1,9}) ?(%?)", re.ASCII)


def __dir__() -> list[str]:
    return __all__


def as_proportion(value: Proportion, what: str = "A share") -> Fraction:
    """A share as an exact fraction from 0 to 1.

    >>> as_proportion("10 %") == as_proportion("0.1") == Fraction(1, 10)
    True

    Raises:
        DefinitionError: it is no share. A float is refused, since 0.1 as a float is a little
            more than a tenth, and a tenth of 100 would then be 11.
    """
    wanted = f'{what} is written as Fraction(1, 10) or as text: "10 %", "0.1", "1/10".'
    if isinstance(value, bool) or not isinstance(value, (Fraction, int, str)):
        raise DefinitionError(wanted)
    if isinstance(value, str):
        written = _WRITTEN.fullmatch(value.strip())
        try:
            share = Fraction(written[1]) / (100 if written[2] else 1) if written else None
        except ZeroDivisionError:
            share = None
        if share is None:
            raise DefinitionError(wanted)
    else:
        share = Fraction(value)
    if not 0 <= share <= 1:
        raise DefinitionError(f"{what} lies between 0 and 1. {wanted}")
    return share
