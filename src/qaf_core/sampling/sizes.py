"""How many are asked for: a number, a share of the cases, or each as it comes in."""

from __future__ import annotations

from fractions import Fraction
from typing import TypeAlias

from attrs import field, frozen

from qaf_core.errors import Fault, InputError

__all__ = ["Rolling", "Share", "Size"]


def __dir__() -> list[str]:
    return __all__


def _exact(given: int | Fraction) -> Fraction:
    """A share as an exact number; a float is refused, since it is only near what was written."""
    if type(given) in (int, Fraction) and 0 < given <= 100:
        return Fraction(given)
    raise InputError(
        [
            Fault(
                path="per_cent",
                problem="it is no exact share above 0 and up to 100",
                do="Give a whole number or a Fraction, such as 20 or Fraction(25, 2)",
            )
        ]
    )


def _number(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else str(value)


@frozen
class Share:
    """A share of the eligible cases: ``Share(20, at_least=20)`` is "20 %, and 20 at least".

    Attributes:
        per_cent: above 0, at most 100; a whole number or a ``Fraction``. A part of a case
            counts as one.
        at_least: as many at least, as far as there are so many.
        at_most: as many at most, or None.
    """

    per_cent: Fraction = field(converter=_exact)
    at_least: int = field(default=0, kw_only=True)
    at_most: int | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        bounds = (self.at_least, 0 if self.at_most is None else self.at_most)
        if any(type(number) is not int or number < 0 for number in bounds):
            raise InputError(
                [
                    Fault(
                        path="at_least, at_most",
                        problem="one of them is no whole number of 0 or more",
                        do="Write whole numbers",
                    )
                ]
            )

    def of(self, eligible: int) -> int:
        """How many that is of so many eligible cases."""
        part = self.per_cent * eligible / 100
        wanted = max(-(-part.numerator // part.denominator), self.at_least)
        return wanted if self.at_most is None else min(wanted, self.at_most)

    def __str__(self) -> str:
        parts = [f"{_number(self.per_cent)} %"]
        if self.at_least:
            parts.append(f"at least {self.at_least}")
        if self.at_most is not None:
            parts.append(f"at most {self.at_most}")
        return ", ".join(parts)


@frozen
class Rolling:
    """A share of the cases as they come in: each is drawn, or not, the day it arrives.

    A case is drawn where its ticket is low enough, whoever else comes. So the number drawn
    is about the share, and swings: of 96 cases at 25 per cent 24, give or take 8.

    Attributes:
        per_cent: above 0, at most 100; a whole number or a ``Fraction``.
    """

    per_cent: Fraction = field(converter=_exact)

    def __str__(self) -> str:
        return f"{_number(self.per_cent)} % as they come in"


Size: TypeAlias = int | Share | Rolling
