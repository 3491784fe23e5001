"""Strata: what divides a draw, and how its places are to be shared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import field, frozen

from qaf_core.errors import Fault, InputError, did_you_mean
from qaf_core.immutable import FrozenMap
from qaf_core.logic.expressions import Ref

__all__ = ["EQUAL", "FIXED", "LARGEST_REMAINDER", "METHODS", "Strata"]

LARGEST_REMAINDER = "largest_remainder"
"""In proportion to the eligible cases; what rounding leaves goes by the largest remainder."""
EQUAL = "equal"
"""As many from each, as far as each has them."""
FIXED = "fixed"
"""As many from each as is laid down."""

METHODS = (LARGEST_REMAINDER, EQUAL, FIXED)


def __dir__() -> list[str]:
    return __all__


def _bounds(
    given: int | Mapping[str, int] | None,
) -> int | FrozenMap[str, int] | None:
    return FrozenMap(given) if isinstance(given, Mapping) else given


def _names(given: str | Ref | Sequence[str | Ref]) -> tuple[str, ...]:
    parts = (given,) if isinstance(given, str | Ref) else tuple(given)
    return tuple(
        each.name.removeprefix("case.") if isinstance(each, Ref) else each for each in parts
    )


@frozen(kw_only=True)
class Strata:
    """How a draw is divided.

    Attributes:
        by: what divides it: ``team``, ``worker``, ``kind`` or facts, by id or as terms;
            several divide it by each combination.
        method: ``largest_remainder``, ``equal`` or ``fixed``.
        floor: as many from each at least, or from each that is named.
        cap: as many from each at most, or from each that is named.
        fixed: for ``fixed``, how many from each; a number, or one for each by name.
    """

    by: tuple[str, ...] = field(converter=_names)
    method: str = LARGEST_REMAINDER
    floor: int | Mapping[str, int] = field(default=0, converter=_bounds)
    cap: int | Mapping[str, int] | None = field(default=None, converter=_bounds)
    fixed: int | Mapping[str, int] | None = field(default=None, converter=_bounds)

    def __attrs_post_init__(self) -> None:
        faults = []
        if self.method not in METHODS:
            near = did_you_mean(self.method, METHODS) if type(self.method) is str else ""
            faults.append(
                Fault(
                    path="strata.method",
                    problem="there is no such method",
                    do=f"Use one of {', '.join(METHODS)}.{near}".removesuffix("."),
                )
            )
        if (self.method == FIXED) is (self.fixed is None):
            faults.append(
                Fault(
                    path="strata.fixed",
                    problem="it goes with the method fixed, and only with it",
                    do="Give both or neither",
                )
            )
        if self.method == FIXED and (self.floor or self.cap is not None):
            faults.append(
                Fault(
                    path="strata.floor",
                    problem="fixed numbers take no floor and no cap",
                    do="Write the numbers you want",
                )
            )
        if not all(type(each) is str for each in self.by):
            faults.append(
                Fault(path="strata.by", problem="it names no fact", do="Name one, such as team")
            )
        elif not self.by or len(set(self.by)) != len(self.by):
            faults.append(
                Fault(
                    path="strata.by", problem="it names nothing, or one twice", do="Name each once"
                )
            )
        for name in ("floor", "cap", "fixed"):
            given = getattr(self, name)
            numbers = list(given.values()) if isinstance(given, Mapping) else [given]
            if name != "floor" and given is None:
                continue
            if any(type(number) is not int or number < 0 for number in numbers):
                faults.append(
                    Fault(
                        path=f"strata.{name}",
                        problem="a number of it is no whole number of 0 or more",
                        do="Write whole numbers",
                    )
                )
        if faults:
            raise InputError(faults)

    def floor_of(self, name: str) -> int:
        """As many from this stratum at least."""
        return self.floor.get(name, 0) if isinstance(self.floor, Mapping) else self.floor

    def cap_of(self, name: str) -> int | None:
        """As many from this stratum at most, or None."""
        return self.cap.get(name) if isinstance(self.cap, Mapping) else self.cap

    @property
    def named(self) -> frozenset[str]:
        """The strata that floors, caps or fixed numbers name."""
        return frozenset().union(
            *(each for each in (self.floor, self.cap, self.fixed) if isinstance(each, Mapping))
        )
