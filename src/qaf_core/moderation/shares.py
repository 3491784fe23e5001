"""Shares, rates and chances, read as exact fractions."""

from __future__ import annotations

from fractions import Fraction
from typing import TypeAlias

from qaf_core.errors import DefinitionError

__all__ = ["Share", "as_share"]

Share: TypeAlias = Fraction | int | str
"""A fraction, 0 or 1, or text such as ``"10 %"``, ``"0.1"`` or ``"1/10"``. Never a float."""


def __dir__() -> list[str]:
    return __all__


def as_share(value: Share, what: str = "A share") -> Fraction:
    """A share as an exact fraction from 0 to 1.

    >>> as_share("10 %") == as_share("0.1") == Fraction(1, 10)
    True

    Raises:
        DefinitionError: it is no share. A float is refused, since 0.1 as a float is a little
            more than a tenth, and a tenth of 100 would then be 11.
    """
    wanted = f'{what} is written as Fraction(1, 10) or as text: "10 %", "0.1", "1/10".'
    if isinstance(value, bool) or not isinstance(value, (Fraction, int, str)):
        raise DefinitionError(wanted)
    try:
        if isinstance(value, str):
            bare = value.strip()
            share = Fraction(bare.removesuffix("%").strip())
            if bare.endswith("%"):
                share /= 100
        else:
            share = Fraction(value)
    except (ValueError, ZeroDivisionError):
        raise DefinitionError(wanted) from None
    if not 0 <= share <= 1:
        raise DefinitionError(f"{what} lies between 0 and 1. {wanted}")
    return share
