"""What a statistic comes to: a figure, undefined, or not enough to go by. Never a nan."""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar, TypeAlias

from attrs import frozen

__all__ = [
    "Estimate",
    "Interval",
    "NotEnoughData",
    "Result",
    "SignificanceTest",
    "Undefined",
    "decimals",
    "of_pairs",
    "per_cent",
]


def __dir__() -> list[str]:
    return __all__


def decimals(value: Fraction | float, places: int = 3) -> str:
    """A figure to so many places, with no minus before nothing.

    >>> decimals(Fraction(-1, 8)), decimals(Fraction(-1, 8000), 2)
    ('-0.125', '0.00')
    """
    text = f"{float(value):.{places}f}"
    return text.lstrip("-") if float(text) == 0 else text


def per_cent(value: Fraction | float) -> str:
    """A share in per cent, to one place.

    >>> per_cent(Fraction(1, 3))
    '33.3 %'
    """
    return f"{decimals(100 * value, 1)} %"


def of_pairs(count: int) -> str:
    """So many pairs, in words."""
    return f"{count} pair{'' if count == 1 else 's'}"


@frozen
class Interval:
    """A range that holds the true value with this confidence, so far as the method is good.

    Attributes:
        low, high: its ends; floats, since they are seldom fractions.
        confidence: such as ``Fraction(95, 100)``.
        method: how it was worked out.
    """

    low: float
    high: float
    confidence: Fraction
    method: str


@frozen(kw_only=True)
class Estimate:
    """A figure that could be worked out.

    Attributes:
        name: the statistic.
        value: exact.
        n: the pairs it rests on.
        method: how it was worked out.
        interval: how far to trust it; None where the method gives none, and ``method``
            says why.
        standard_error: where the interval was made with one.
        share: whether it is a share, and is printed in per cent.
    """

    status: ClassVar[str] = "estimated"
    name: str
    value: Fraction
    n: int
    method: str
    interval: Interval | None = None
    standard_error: float | None = None
    share: bool = False

    def __float__(self) -> float:
        return float(self.value)

    def _say(self, value: Fraction | float) -> str:
        return per_cent(value) if self.share else decimals(value)

    def __str__(self) -> str:
        text = f"{self.name}: {self._say(self.value)}"
        if self.interval:
            low, high = self._say(self.interval.low), self._say(self.interval.high)
            text += f" ({float(100 * self.interval.confidence):g} % interval {low} to {high})"
        return f"{text}, {of_pairs(self.n)} [{self.method}]"

    def to_row(self) -> dict[str, object]:
        """The result as one flat row."""
        return _row(self) | {
            "value": float(self.value),
            "exact": str(self.value),
            "low": self.interval.low if self.interval else None,
            "high": self.interval.high if self.interval else None,
            "confidence": float(self.interval.confidence) if self.interval else None,
        }


@frozen(kw_only=True)
class SignificanceTest:
    """The result of a test: how often chance alone would differ as much.

    Attributes:
        name: the test.
        p: the chance; exact where the method is, else a float.
        n: the pairs it rests on.
        method: how it was worked out.
        statistic: exact; None for a test that counts outcomes directly.
        df: degrees of freedom, where it has them.
    """

    status: ClassVar[str] = "tested"
    name: str
    p: Fraction | float
    n: int
    method: str
    statistic: Fraction | None = None
    df: int | None = None

    @property
    def chance(self) -> str:
        """The chance in a word or two."""
        return "p < 0.0001" if self.p < 0.0001 else f"p {float(self.p):.4f}"

    def __str__(self) -> str:
        text = f"{self.name}: "
        if self.statistic is not None:
            text += f"{decimals(self.statistic)} on {self.df} df, "
        return f"{text}{self.chance}, {of_pairs(self.n)} [{self.method}]"

    def to_row(self) -> dict[str, object]:
        """The result as one flat row."""
        statistic = None if self.statistic is None else float(self.statistic)
        exact = "" if self.statistic is None else str(self.statistic)
        return _row(self) | {"value": statistic, "exact": exact, "df": self.df, "p": float(self.p)}


@frozen(kw_only=True)
class Undefined:
    """A statistic that has no value on these pairs, however many there were.

    Attributes:
        name: the statistic.
        n: the pairs there are.
        why: what leaves it without a value.
        method: how it would have been worked out.
    """

    status: ClassVar[str] = "undefined"
    name: str
    n: int
    why: str
    method: str = ""

    def __str__(self) -> str:
        return f"{self.name}: undefined, {of_pairs(self.n)}: {self.why}"

    def to_row(self) -> dict[str, object]:
        """The result as one flat row."""
        return _row(self) | {"why": self.why}


@frozen(kw_only=True)
class NotEnoughData:
    """A statistic that so few pairs cannot carry.

    Attributes:
        name: the statistic.
        n: the pairs there are.
        needed: the fewest it is given for.
        method: how it would have been worked out.
    """

    status: ClassVar[str] = "not enough data"
    name: str
    n: int
    needed: int
    method: str = ""

    def __str__(self) -> str:
        return f"{self.name}: not enough data, {of_pairs(self.n)} of the {self.needed} needed"

    def to_row(self) -> dict[str, object]:
        """The result as one flat row."""
        return _row(self) | {"why": f"{self.needed} pairs are needed"}


Result: TypeAlias = Estimate | SignificanceTest | Undefined | NotEnoughData


def _row(result: Result) -> dict[str, object]:
    return {
        "statistic": result.name,
        "status": result.status,
        "value": None,
        "exact": "",
        "low": None,
        "high": None,
        "confidence": None,
        "p": None,
        "df": None,
        "n": result.n,
        "why": "",
        "method": result.method,
    }
