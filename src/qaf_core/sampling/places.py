"""How the places of a draw fall to its strata."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from fractions import Fraction

from qaf_core.errors import Fault, InputError
from qaf_core.sampling.sizes import Share, Size
from qaf_core.sampling.strata import FIXED, LARGEST_REMAINDER, Strata

__all__ = ["places", "places_in_all"]


def __dir__() -> list[str]:
    return __all__


def places_in_all(size: Size | None, eligible: int) -> int | None:
    """How many are asked for in all, or None where that is not laid down beforehand."""
    if isinstance(size, Share):
        return size.of(eligible)
    return size if isinstance(size, int) else None


def places(
    eligible: Mapping[str, int],
    total: int | None,
    strata: Strata,
    first: Callable[[str], bytes],
) -> dict[str, int]:
    """How many places each stratum gets. None gets more than it has eligible cases.

    Args:
        eligible: the number of eligible cases of each stratum.
        total: how many places there are; for fixed numbers None, or their sum.
        strata: how they are shared.
        first: of strata that have an equal claim to the last place, the one with the lower
            of these goes first. Taken from the seed, so that no team always gains.

    Raises:
        InputError: the floors ask for more than there is, or a stratum has no fixed number.
    """
    if strata.method == FIXED:
        return _fixed(eligible, total, strata)
    low = {name: min(strata.floor_of(name), number) for name, number in eligible.items()}
    high = {}
    faults = []
    for name, number in eligible.items():
        cap = strata.cap_of(name)
        high[name] = number if cap is None else min(cap, number)
        if low[name] > high[name]:
            faults.append(
                Fault(
                    path="strata.floor",
                    problem=f"the floor of stratum {name} lies above its cap",
                    do="Lower the one or raise the other",
                )
            )
    wanted = total or 0
    if sum(low.values()) > wanted:
        faults.append(
            Fault(
                path="strata.floor",
                problem=f"the floors come to {sum(low.values())} and {wanted} are to be drawn",
                do="Draw more, or lower the floors",
            )
        )
    if faults:
        raise InputError(faults)
    weights = {
        name: number if strata.method == LARGEST_REMAINDER else 1
        for name, number in eligible.items()
    }
    shares = _shares(weights, low, high, min(wanted, sum(high.values())))
    given = {name: share.numerator // share.denominator for name, share in shares.items()}
    left = min(wanted, sum(high.values())) - sum(given.values())
    queue = sorted(shares, key=lambda name: (given[name] - shares[name], first(name)))
    for name in queue[:left]:
        given[name] += 1
    return given


def _shares(
    weights: Mapping[str, int], low: Mapping[str, int], high: Mapping[str, int], total: int
) -> dict[str, Fraction]:
    """Exact shares in proportion to the weights, within the bounds, that come to the total.

    As the rate grows each share grows with it, from its floor to its cap; the rate at
    which they come to the total lies between two of the turning points.
    """

    def at(rate: Fraction) -> dict[str, Fraction]:
        return {
            name: min(max(rate * weight, Fraction(low[name])), Fraction(high[name]))
            for name, weight in weights.items()
        }

    turns = sorted(
        {
            Fraction(bound[name], weight)
            for name, weight in weights.items()
            if weight
            for bound in (low, high)
        }
        | {Fraction(0)}
    )
    reached = turns[
        max(
            bisect_right(
                turns, Fraction(total), key=lambda rate: sum(at(rate).values(), Fraction(0))
            )
            - 1,
            0,
        )
    ]
    shares = at(reached)
    rising = [
        name for name, weight in weights.items() if low[name] <= reached * weight < high[name]
    ]
    missing = total - sum(shares.values(), Fraction(0))
    if missing and rising:
        more = missing / sum(weights[name] for name in rising)
        for name in rising:
            shares[name] += more * weights[name]
    return shares


def _fixed(eligible: Mapping[str, int], total: int | None, strata: Strata) -> dict[str, int]:
    fixed = strata.fixed
    if isinstance(fixed, Mapping):
        unnamed = sorted(set(eligible) - set(fixed))
        if unnamed:
            raise InputError(
                [
                    Fault(
                        path="strata.fixed",
                        problem=f"stratum {name} has no number",
                        do="Give it one; 0 where none is to be drawn",
                    )
                    for name in unnamed
                ]
            )
        numbers = {name: fixed[name] for name in eligible}
    else:
        numbers = dict.fromkeys(eligible, fixed or 0)
    if total is not None and total != sum(numbers.values()):
        raise InputError(
            [
                Fault(
                    path="size",
                    problem=f"it is {total}, and the fixed numbers come to {sum(numbers.values())}",
                    do="Leave the size out where the numbers are fixed",
                )
            ]
        )
    return {name: min(number, eligible[name]) for name, number in numbers.items()}
