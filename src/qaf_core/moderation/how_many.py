"""How many audits to moderate, and what can be said after. Exact, by the hypergeometric.

An audit is wrong here where its moderation comes to another grade. What counts as wrong
is the council's to say; the arithmetic only counts.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import ceil, comb

from attrs import frozen

from qaf_core.errors import DefinitionError
from qaf_core.moderation.proportions import Proportion, as_proportion
from qaf_core.moderation.results import Undefined, per_cent

__all__ = ["AtMost", "HowMany", "at_most", "for_margin", "how_many"]

_CONFIDENCE = Fraction(95, 100)
_CHI_SQUARE = Fraction("3.841")


def __dir__() -> list[str]:
    return __all__


@frozen(kw_only=True)
class HowMany:
    """How many to moderate, so that too many wrong audits would not go unnoticed.

    Attributes:
        n: how many to moderate, drawn by chance.
        population: how many audits there are; None where they are without number.
        rate: the share of wrong audits that is to be noticed.
        wrong: that share of the population, rounded up; None without a population.
        confidence: how surely it is noticed.
        allowed: as many wrong ones among those moderated count as unremarkable.
    """

    n: int
    population: int | None
    rate: Fraction
    wrong: int | None
    confidence: Fraction
    allowed: int

    def __str__(self) -> str:
        of = "" if self.population is None else f" of {self.population}"
        many = "" if self.wrong is None else f" ({self.wrong} of them)"
        law = "binomial" if self.population is None else "hypergeometric"
        found = "at least one" if not self.allowed else f"more than {self.allowed}"
        return (
            f"Moderate {self.n}{of}, drawn by chance. If {per_cent(self.rate)} or more are "
            f"wrong{many}, {found} will be found with {per_cent(self.confidence)} confidence. "
            f"Exact ({law})."
        )


@frozen(kw_only=True)
class AtMost:
    """What can be said of all audits from those that were moderated.

    Attributes:
        wrong: at most so many of the population are wrong.
        population: how many audits there are.
        checked: how many of them were moderated, drawn by chance.
        found: how many of those were wrong.
        confidence: one-sided.
    """

    wrong: int
    population: int
    checked: int
    found: int
    confidence: Fraction

    @property
    def share(self) -> Fraction:
        """The largest share that is wrong."""
        return Fraction(self.wrong, self.population)

    def __str__(self) -> str:
        return (
            f"{self.found} wrong among {self.checked} of {self.population}: at most "
            f"{self.wrong} are wrong in all ({per_cent(self.share)}), with "
            f"{per_cent(self.confidence)} confidence, one-sided. Exact (hypergeometric)."
        )


def _no_more(found: int, population: int, wrong: int, checked: int) -> Fraction:
    """The chance of so few wrong ones, or fewer, among those checked."""
    right = population - wrong
    ways = sum(comb(wrong, x) * comb(right, checked - x) for x in range(min(found, checked) + 1))
    return Fraction(ways, comb(population, checked))


def _no_more_of_any(found: int, rate: Fraction, checked: int) -> Fraction:
    """The same where the population is without number."""
    return Fraction(
        sum(
            comb(checked, x) * rate**x * (1 - rate) ** (checked - x)
            for x in range(min(found, checked) + 1)
        )
    )


def _whole(value: int | None, what: str, least: int) -> None:
    if value is not None and (type(value) is not int or value < least):
        raise DefinitionError(f"{what} is a whole number, {least} or more.")


def how_many(
    population: int | None,
    *,
    rate: Proportion,
    confidence: Proportion = _CONFIDENCE,
    allowed: int = 0,
) -> HowMany | Undefined:
    """How many of a round's audits to moderate.

    Args:
        population: how many audits there are; None for a population without number.
        rate: the share of wrong audits that is to be noticed. That share of the
            population is rounded up, so the answer does not rise steadily with it: at 5 %
            it is 45 of 100 and 39 of 101.
        confidence: how surely.
        allowed: how many wrong ones among those moderated still count as unremarkable.

    Returns:
        The smallest number that does. Undefined where moderating every one would not.

    >>> print(how_many(100, rate="10 %"))
    Moderate 25 of 100, drawn by chance. If 10.0 % or more are wrong (10 of them), at least
    one will be found with 95.0 % confidence. Exact (hypergeometric).

    Raises:
        DefinitionError: a number is none, or a share is written as a float.
    """
    _whole(population, "How many audits there are", 1)
    _whole(allowed, "How many wrong ones are allowed", 0)
    rate, confidence = as_proportion(rate, "A rate"), as_proportion(confidence, "A confidence")
    if not 0 < rate <= 1 or not 0 < confidence < 1:
        raise DefinitionError("A rate lies above 0, a confidence above 0 and below 1.")
    missed = 1 - confidence
    wrong = None if population is None else ceil(rate * population)

    def misses(n: int) -> bool:
        if population is None or wrong is None:
            return _no_more_of_any(allowed, rate, n) > missed
        return _no_more(allowed, population, wrong, n) > missed

    if population is not None and misses(population):
        return Undefined(
            name="how many to moderate",
            n=population,
            why=f"{wrong} wrong of {population} are no more than are allowed",
            method="hypergeometric",
        )
    high = population or 1
    while population is None and misses(high):
        high *= 2
    return HowMany(
        n=_first(high, misses),
        population=population,
        rate=rate,
        wrong=wrong,
        confidence=confidence,
        allowed=allowed,
    )


def _first(high: int, fails: Callable[[int], bool]) -> int:
    """The smallest number that does not fail, where all above it do not either."""
    low = 0
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if fails(middle) else (low, middle)
    return low


def at_most(
    population: int, *, checked: int, found: int, confidence: Proportion = _CONFIDENCE
) -> AtMost:
    """How many audits may be wrong in all, after some were moderated.

    Args:
        population: how many audits there are.
        checked: how many were moderated, drawn by chance.
        found: how many of those were wrong.
        confidence: one-sided.

    >>> print(at_most(100, checked=10, found=0))
    0 wrong among 10 of 100: at most 24 are wrong in all (24.0 %), with 95.0 % confidence,
    one-sided. Exact (hypergeometric).

    Raises:
        DefinitionError: more were checked than there are, or found than were checked.
    """
    for value, what in ((population, "How many there are"), (checked, "How many were checked")):
        _whole(value, what, 1)
    _whole(found, "How many were wrong", 0)
    if not found <= checked <= population:
        raise DefinitionError("Give no more found than checked, and checked than there are.")
    confidence = as_proportion(confidence, "A confidence")
    missed = 1 - confidence
    most = population - (checked - found)
    spare = _first(
        most - found, lambda off: _no_more(found, population, most - off, checked) <= missed
    )
    return AtMost(
        wrong=most - spare,
        population=population,
        checked=checked,
        found=found,
        confidence=confidence,
    )


def for_margin(population: int, *, margin: Proportion = Fraction(5, 100)) -> int:
    """How many to draw to tell a share within a margin, by the formula of Krejcie and Morgan.

    It answers another question than ``how_many``, and asks for far more: a share of about
    half, told within the margin at 95 % confidence (chi-square 3.841).

    >>> for_margin(100), for_margin(1000)
    (80, 278)
    """
    _whole(population, "How many audits there are", 1)
    margin = as_proportion(margin, "A margin")
    if not margin:
        return population
    quarter = _CHI_SQUARE / 4
    exact = quarter * population / (margin * margin * (population - 1) + quarter)
    return int(exact + Fraction(1, 2))
