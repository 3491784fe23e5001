"""What is asked of the items of a collection, and what is kept while they are walked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from attrs import frozen

from qaf_core.logic.expressions import NEVER, AnyOf, Cond, Count, Extreme, Ref, refs
from qaf_core.logic.settle import Known, settle, shut
from qaf_core.logic.values import Sort

__all__ = ["Rank", "Rung", "Tally", "Walk", "kept_for"]

_MOST_WRITTEN_OUT = 6
"""A walk is written out for each value of a field that takes no more than these."""


def __dir__() -> list[str]:
    return __all__


@frozen
class Rung:
    """One condition: where it is met, where it may be, and where only the unknown leaves it open."""

    id: str
    sure: Cond
    settleable: Cond
    possible: Cond

    def settled(self, known: Known) -> Rung:
        """What is left of it where something is known."""
        return Rung(
            self.id,
            settle(self.sure, known),
            settle(self.settleable, known),
            settle(self.possible, known),
        )

    @property
    def conditions(self) -> tuple[Cond, Cond, Cond]:
        """The three of them."""
        return (self.sure, self.settleable, self.possible)


@frozen
class Tally:
    """What is kept while a collection is walked: whether some item meets it, or how many do.

    Items that meet it are told from those that only may.
    """

    collection: str
    where: Cond

    @property
    def tested(self) -> tuple[Cond, ...]:
        """The conditions it tests on an item."""
        return (self.where,)


@frozen
class Rank:
    """A worst or best, kept while a collection is walked."""

    of: Ref
    best: bool
    where: Cond
    maybe: Cond

    @property
    def collection(self) -> str:
        """The collection walked."""
        return self.of.of

    @property
    def tested(self) -> tuple[Cond, ...]:
        """The conditions it tests on an item."""
        return (self.where, self.maybe)

    @property
    def nothing(self) -> int | None:
        """What stands for no item at all."""
        codes = self.of.kind.codes
        return (-1 if self.best else len(codes)) if codes else None


def kept_for(node: AnyOf | Count | Extreme) -> Tally | Rank:
    """What is kept for a condition over items."""
    if isinstance(node, Extreme):
        maybe = node.where if node.maybe is None else node.maybe
        return Rank(node.ref, node.best, node.where, maybe)
    return Tally(node.collection, shut(node.where))


@frozen
class Walk:
    """One pass over a collection: what is kept on the way, and what is asked of each item."""

    over: str
    kept: list[Tally | Rank]
    rungs: list[Rung]

    @property
    def possible(self) -> Iterator[Cond]:
        """The conditions that each item may meet."""
        return (rung.settleable for rung in self.rungs)

    def most_asked(self) -> Ref | None:
        """The field of few values that most of the conditions speak of, if several do.

        Of one condition alone it is the field of which the fewest values leave it anything to ask.
        """
        asked: Counter[Ref] = Counter()
        for cond in (*(each.where for each in self.kept), *(each.sure for each in self.rungs)):
            asked.update(refs(cond))
        asked.update(each.of for each in self.kept if isinstance(each, Rank))
        few = [
            ref
            for ref, times in asked.items()
            if ref.of == self.over and times > 1 and _takes_few(ref)
        ]
        if not few and not self.kept and len(self.rungs) == 1:
            return self._narrowest(self.rungs[0].settleable)
        return min(few, key=lambda ref: (-asked[ref], ref.name), default=None)

    def _narrowest(self, cond: Cond) -> Ref | None:
        """The field of few values that settles a condition most often, where half of them do."""
        shares: dict[Ref, float] = {}
        for ref in refs(cond):
            if ref.of == self.over and _takes_few(ref):
                values = (True, False) if ref.kind.sort is Sort.YES_NO else ref.kind.every_code
                left = [each for each in values if settle(cond, Known({ref: each})) != NEVER]
                shares[ref] = len(left) / len(values)
        found = min(shares, key=lambda ref: (shares[ref], ref.name), default=None)
        return found if found is not None and shares[found] <= 1 / 2 else None


def _takes_few(ref: Ref) -> bool:
    if ref.kind.sort is Sort.YES_NO:
        return True
    return ref.kind.sort is Sort.CODE and len(ref.kind.every_code) <= _MOST_WRITTEN_OUT
