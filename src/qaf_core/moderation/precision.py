"""The irrational ends of exact sums: roots, normal quantiles, tails of chi-square.

All else in this room is exact arithmetic on integers and fractions. Where a result
cannot be a fraction it is worked out in decimal arithmetic of 50 digits, which gives the
same digits on every machine, and handed over as the nearest float. The tests hold each
to a relative error below 1e-13.
"""

from __future__ import annotations

from decimal import Context, Decimal, localcontext
from fractions import Fraction
from functools import cache
from math import factorial

from qaf_core.errors import DefinitionError

__all__ = ["chi_square_tail", "fair_tail", "interval", "normal_quantile", "root", "t_quantile"]

_DIGITS = 50
_ENOUGH = Decimal(10) ** -(_DIGITS - 8)
_PI = Decimal("3.14159265358979323846264338327950288419716939937510582097494")


def __dir__() -> list[str]:
    return __all__


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def root(value: Fraction) -> float:
    """The square root of a fraction that is not negative."""
    with localcontext(Context(prec=_DIGITS)):
        return float(_decimal(value).sqrt())


def _above(z: Decimal) -> Decimal:
    """The chance that a standard normal value lies above z, for z not negative."""
    density = (-z * z / 2).exp() / (2 * _PI).sqrt()
    if z > 6:
        fraction = Decimal(0)
        for step in range(400, 0, -1):
            fraction = step / (z + fraction)
        return density / (z + fraction)
    total = term = z
    odd = 1
    while term > _ENOUGH:
        odd += 2
        term = term * z * z / odd
        total += term
    return Decimal("0.5") - density * total


@cache
def normal_quantile(confidence: Fraction) -> Fraction:
    """How many standard errors a two-sided interval reaches to either side.

    >>> round(float(normal_quantile(Fraction(95, 100))), 6)
    1.959964
    """
    if not 0 < confidence < 1:
        raise DefinitionError("A confidence lies between 0 and 1, such as Fraction(95, 100).")
    with localcontext(Context(prec=_DIGITS)):
        wanted = _decimal((1 - confidence) / 2)
        low, high = Decimal(0), Decimal(40)
        while high - low > Decimal(10) ** -20:
            middle = (low + high) / 2
            low, high = (middle, high) if _above(middle) > wanted else (low, middle)
        return Fraction(low)


def chi_square_tail(value: Fraction, df: int) -> float:
    """The chance of a chi-square value at least as large, with these degrees of freedom."""
    if value <= 0:
        return 1.0
    with localcontext(Context(prec=_DIGITS)):
        half = _decimal(value) / 2
        decay = (-half).exp()
        if df % 2:
            tail = 2 * _above((2 * half).sqrt())
            term = decay * (half / _PI).sqrt() * 2
            for odd in range(3, df + 1, 2):
                tail += term
                term = term * half * 2 / odd
        else:
            tail, term = Decimal(), decay
            for step in range(1, df // 2 + 1):
                tail += term
                term = term * half / step
        return float(tail)


@cache
def t_quantile(confidence: Fraction, df: int) -> Fraction:
    """As the normal quantile, by Student's t with these degrees of freedom.

    >>> round(float(t_quantile(Fraction(95, 100), 99)), 6)
    1.984217
    """
    with localcontext(Context(prec=_DIGITS)):
        missed = 1 - _decimal(confidence)
        height = (_log_gamma_half(df + 1) - _log_gamma_half(df)).exp() / (df * _PI).sqrt()
        t = _decimal(normal_quantile(confidence))
        while True:
            rest = df / (df + t * t)
            density = height * (rest.ln() * Decimal(df + 1) / 2).exp()
            move = (_beyond(t, df, density) - missed) / (2 * density)
            t += move
            if abs(move) < t * Decimal(10) ** -20:
                return Fraction(t)


def _beyond(t: Decimal, df: int, density: Decimal) -> Decimal:
    """The chance that Student's t lies further out than t, to either side.

    By the series for what lies within or for what lies beyond, whichever falls faster.
    """
    both = (Decimal(df) + 1) / 2
    rest = df / (df + t * t)
    if rest < Decimal("0.5"):
        return 2 * density * t / df * _series(both, both + Decimal("0.5"), rest)
    return 1 - 2 * density * t * _series(both, Decimal("1.5"), 1 - rest)


def _series(above: Decimal, below: Decimal, x: Decimal) -> Decimal:
    """The sum of x to each power, times above over below, both one further each time."""
    total = term = Decimal(1)
    step = 0
    while term > _ENOUGH:
        term = term * (above + step) / (below + step) * x
        total += term
        step += 1
    return total


def _log_gamma_half(twice: int) -> Decimal:
    """The logarithm of the gamma function at half of a whole number."""
    whole, odd = divmod(twice, 2)
    if not odd:
        return _log_factorial(whole - 1)
    both = _log_factorial(2 * whole) - _log_factorial(whole)
    return both - whole * Decimal(4).ln() + _PI.ln() / 2


def interval(value: Fraction, variance: Fraction, reaches: Fraction) -> tuple[float, float]:
    """Value less and plus so many standard errors, kept within -1 and 1."""
    reach = float(reaches) * root(variance)
    return max(-1.0, float(value) - reach), min(1.0, float(value) + reach)


_STIRLING = ((1, 12), (-1, 360), (1, 1260), (-1, 1680), (1, 1188), (-691, 360360), (1, 156))


def _log_factorial(n: int) -> Decimal:
    if n < 1000:
        return Decimal(factorial(n)).ln()
    x = Decimal(n)
    series = sum(
        (Decimal(a) / b / x ** (2 * k + 1) for k, (a, b) in enumerate(_STIRLING)), Decimal()
    )
    return x * x.ln() - x + (2 * _PI * x).ln() / 2 + series


def fair_tail(fewer: int, tries: int) -> Fraction | float:
    """The chance that a fair coin falls heads so few times, or fewer, in so many tries.

    Exact up to 1,000 tries; beyond them a float.
    """
    if tries <= 1000:
        ways = sought = 1
        for step in range(1, fewer + 1):
            ways = ways * (tries - step + 1) // step
            sought += ways
        return Fraction(sought, 2**tries)
    with localcontext(Context(prec=_DIGITS)):
        first = (
            _log_factorial(tries)
            - _log_factorial(fewer)
            - _log_factorial(tries - fewer)
            - tries * Decimal(2).ln()
        ).exp()
        share = total = Decimal(1)
        for step in range(fewer, 0, -1):
            share = share * step / (tries - step + 1)
            total += share
            if share < _ENOUGH:
                break
        return float(first * total)
