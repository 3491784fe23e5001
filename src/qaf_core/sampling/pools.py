"""Pools: the lowest tickets of each stratum, kept while the list goes by."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from itertools import pairwise
from typing import Any

from attrs import frozen

from qaf_core.errors import Fault
from qaf_core.sampling.lists import Batch, PlainBatch, Reading
from qaf_core.sampling.places import places, places_in_all
from qaf_core.sampling.receipt import Receipt
from qaf_core.sampling.sizes import Rolling, Share, Size
from qaf_core.sampling.strata import FIXED, Strata
from qaf_core.sampling.tickets import best_ticket, checked_words, prefix, threshold

__all__ = ["Asked", "Candidate", "Part", "Pools"]

_ABOVE_ALL = b"\xff" * 33
"""Above every ticket."""


def __dir__() -> list[str]:
    return __all__


@frozen(kw_only=True)
class Asked:
    """What is asked of a draw."""

    size: Size | None
    seed: str
    scope: str
    strata: Strata | None
    weight: str
    reserves: int

    @classmethod
    def of(cls, receipt: Receipt) -> Asked:
        """What was asked of the draw that a receipt is of."""
        return cls(
            size=receipt.size,
            seed=receipt.seed,
            scope=receipt.scope,
            strata=receipt.strata,
            weight=receipt.weight,
            reserves=receipt.reserves_asked,
        )

    def faults(self) -> Iterator[Fault]:
        """What is wrong with it before any case is looked at."""
        yield from checked_words(seed=self.seed, scope=self.scope)
        fixed = self.strata is not None and self.strata.method == FIXED
        rolling = isinstance(self.size, Rolling)
        if self.size is None:
            if not fixed:
                do = "Say how many, a Share of the cases, or Rolling"
                yield Fault(path="size", problem="it is missing", do=do)
        elif isinstance(self.size, Share | Rolling):
            if fixed or (rolling and self.strata is not None):
                yield Fault(
                    path="size",
                    problem="such a share and what is laid down for strata do not go together",
                    do="Leave out the one or the other",
                )
        elif type(self.size) is not int or self.size < 1:
            yield Fault(
                path="size",
                problem="it is no whole number of 1 or more",
                do="Say how many, such as 24",
            )
        if type(self.reserves) is not int or self.reserves < 0:
            yield Fault(
                path="reserves",
                problem="it is no whole number of 0 or more",
                do="Say how many are to come next in line",
            )
        elif self.reserves and rolling:
            yield Fault(
                path="reserves",
                problem="a rolling draw has no next in line",
                do="Leave the reserves out",
            )

    def most(self, length: int | None) -> int | None:
        """How many of one stratum have to be kept, or None where nothing bounds it."""
        if isinstance(self.size, Rolling):
            return None
        if isinstance(self.size, Share):
            if length is not None:
                return self.size.of(length) + self.reserves
            return None if self.size.at_most is None else self.size.at_most + self.reserves
        if self.size is not None:
            return self.size + self.reserves
        fixed = self.strata.fixed if self.strata else 0
        number = fixed if isinstance(fixed, int) else max((fixed or {}).values(), default=0)
        return number + self.reserves


@frozen
class Candidate:
    """A case that may be drawn, and its ticket."""

    ticket: bytes
    index: int
    id: str
    given: Any
    unsettled: tuple[str, ...] = ()

    def order(self) -> tuple[bytes, int]:
        """Lowest ticket first."""
        return self.ticket, self.index


@frozen(kw_only=True)
class Part:
    """What is drawn from one stratum."""

    name: str
    eligible: int
    places: int | None
    chosen: list[Candidate]
    reserves: list[Candidate]


class _Pool:
    """The lowest tickets of one stratum, as many as can be called for."""

    __slots__ = ("eligible", "lowest", "most", "reading", "under")

    def __init__(self, most: int | None, under: bytes, reading: Reading) -> None:
        self.most = most
        self.under = under
        self.reading = reading
        self.eligible = 0
        self.lowest: list[Candidate] = []

    def add(self, candidate: Candidate) -> None:
        self.lowest.append(candidate)
        if self.most is not None and len(self.lowest) > 2 * self.most + 64:
            self.sort()
            del self.lowest[self.most :]
            # one more case with the last ticket is the same case again, and is to be told
            self.under = self.lowest[-1].ticket + b"\0" if self.lowest else b""

    def sort(self) -> None:
        self.lowest.sort(key=Candidate.order)
        for one, other in pairwise(self.lowest):
            if one.ticket == other.ticket:
                self.reading.twice(other.index, one.index)


class Pools:
    """The pools of a draw, by stratum."""

    def __init__(self, asked: Asked, reading: Reading, length: int | None) -> None:
        self.asked = asked
        self.reading = reading
        self._head = prefix(asked.seed, asked.scope)
        self._most = asked.most(length)
        size = asked.size
        self._under = threshold(size.per_cent) if isinstance(size, Rolling) else _ABOVE_ALL
        self._pools: dict[str, _Pool] = {}

    def take(self, batch: Batch) -> None:
        """Keep what may be drawn of a batch."""
        if isinstance(batch, PlainBatch):
            self._take_plain(batch)
            return
        for entry in batch:
            pool = self._pool(entry.stratum)
            if entry.reason:
                continue
            pool.eligible += 1
            id = entry.id.encode()
            ticket = (
                best_ticket(self._head, id, entry.weight)
                if self.asked.weight
                else sha256(self._head + id).digest()
            )
            if ticket < pool.under:
                pool.add(Candidate(ticket, entry.index, entry.id, entry.given, entry.unsettled))

    def _take_plain(self, batch: PlainBatch) -> None:
        pool = self._pool("")
        pool.eligible += len(batch.given)
        head = self._head
        tickets = [sha256(head + id).digest() for id in batch.encoded]
        if min(tickets) < pool.under:
            for offset, ticket in enumerate(tickets):
                if ticket < pool.under:
                    id = batch.given[offset]
                    pool.add(Candidate(ticket, batch.start + offset, id, id))

    def _pool(self, name: str) -> _Pool:
        pool = self._pools.get(name)
        if pool is None:
            pool = self._pools[name] = _Pool(self._most, self._under, self.reading)
        return pool

    def parts(self) -> list[Part]:
        """What is drawn from each stratum, by name; faults of the list are told first.

        Raises:
            InputError: the list has faults, or the numbers asked for do not fit it.
        """
        asked = self.asked
        for name in asked.strata.named if asked.strata else ("",):
            self._pool(name)
        for pool in self._pools.values():
            pool.sort()
        self.reading.refuse()
        eligible = {name: self._pools[name].eligible for name in sorted(self._pools)}
        total = places_in_all(asked.size, sum(eligible.values()))
        given: dict[str, int | None] = {}
        if asked.strata is not None:
            given |= places(eligible, total, asked.strata, self._first)
        else:
            given[""] = None if total is None else min(total, eligible[""])
        parts = [self._part(name, eligible[name], given[name]) for name in eligible]
        self._compare_strata(parts)
        return parts

    def _compare_strata(self, parts: list[Part]) -> None:
        """Tell of a case that is drawn from two strata: an id that stands twice on a long list."""
        first_at: dict[str, int] = {}
        for each in (each for part in parts for each in (*part.chosen, *part.reserves)):
            if (earlier := first_at.setdefault(each.id, each.index)) != each.index:
                self.reading.twice(max(each.index, earlier), min(each.index, earlier))

    def _part(self, name: str, eligible: int, number: int | None) -> Part:
        lowest = self._pools[name].lowest
        end = len(lowest) if number is None else number
        return Part(
            name=name,
            eligible=eligible,
            places=number,
            chosen=lowest[:end],
            reserves=lowest[end : end + self.asked.reserves],
        )

    def _first(self, stratum: str) -> bytes:
        return sha256(
            prefix(self.asked.seed, f"{self.asked.scope}/strata") + stratum.encode()
        ).digest()
