"""What stands in for chance in an invented quarter: the seed, hashed with a name."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import TypeVar

from attrs import frozen

__all__ = ["Chance"]

T = TypeVar("T")


def __dir__() -> list[str]:
    return __all__


@frozen
class Chance:
    """What happens by chance: the same for the same seed and name, on any machine.

    Every question has a name of its own, so that nothing hangs on the order of asking.

    >>> Chance("a seed").below(6, "die", 1) == Chance("a seed").below(6, "die", 1)
    True
    """

    seed: str

    def below(self, number: int, *what: object) -> int:
        """A whole number from 0 up to a number, itself left out."""
        text = "\0".join((self.seed, *map(str, what)))
        return int.from_bytes(sha256(text.encode()).digest()[:8], "big") % number

    def odds(self, per_cent: int, *what: object) -> bool:
        """Whether something happens that happens so many times in a hundred."""
        return self.below(100, *what) < per_cent

    def pick(self, options: Sequence[T], *what: object) -> T:
        """One of the options."""
        return options[self.below(len(options), *what)]

    def order(self, options: Sequence[T], *what: object) -> list[T]:
        """The options in an order by chance."""
        places = range(len(options))
        return [options[at] for at in sorted(places, key=lambda at: (self._key(at, what), at))]

    def _key(self, at: int, what: tuple[object, ...]) -> int:
        return self.below(2**63, *what, at)
