"""A list as it goes by: counted, digested, its ids compared, its faults gathered."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from hashlib import sha256
from itertools import islice, pairwise, starmap
from operator import lt
from typing import TypeAlias

from attrs import frozen

from qaf_core.errors import Fault, InputError
from qaf_core.sampling.frame import AS_GIVEN, SORTED, Entry, Excluded, FrozenList
from qaf_core.sampling.population import MOST_FAULTS

__all__ = ["BATCH", "COMPARED", "Batch", "Listing", "PlainBatch", "Reading"]

BATCH = 1024
"""Lines looked at together."""

COMPARED = 20_000
"""Lines of a stream that are kept, to be sorted and compared: far past any council's."""


def __dir__() -> list[str]:
    return __all__


@frozen
class PlainBatch:
    """Ids of which nothing else is asked, as they are and as bytes."""

    start: int
    given: list[str]
    encoded: list[bytes]


Batch: TypeAlias = PlainBatch | list[Entry]
Listing: TypeAlias = Callable[[bytes], object]


class Reading:
    """Counting and digesting, whatever the lines come from."""

    def __init__(
        self, columns: tuple[str, ...], listing: Listing | None = None, order: str = ""
    ) -> None:
        self.columns = columns
        self.count = 0
        self.faults: list[Fault] = []
        self.more_faults = 0
        self.excluded: list[Excluded] = []
        self.unsettled: dict[str, int] = {}
        self._digest = sha256()
        self._kept: list[bytes] | None = None if order == AS_GIVEN else []
        self.held = False
        self._to_be_sorted = order == SORTED
        self._listing = listing
        self._first_at: dict[str, int] = {}
        self._told: set[int] = set()
        self._last = ""
        self.rising = True
        self.all_compared = False

    def frozen_list(self) -> FrozenList:
        """Length and digest of what was read."""
        digest, order = self._digest, SORTED if self.rising else AS_GIVEN
        if not self.rising and self._kept is not None:
            lines = sorted(b"".join(self._kept).splitlines(keepends=True))
            digest, order = sha256(b"".join(lines)), SORTED
        whole = self.rising or self.all_compared or self.count <= COMPARED
        return FrozenList(
            count=self.count,
            sha256=digest.hexdigest(),
            order=order,
            columns=self.columns,
            compared=self.count if whole else COMPARED,
        )

    def fault(self, *faults: Fault) -> None:
        room = max(MOST_FAULTS - len(self.faults), 0)
        self.faults += faults[:room]
        self.more_faults += len(faults[room:])

    def refuse(self) -> None:
        """Raise every fault at once, if there is any."""
        if self.more_faults:
            self.faults.append(
                Fault(
                    path="population",
                    problem=f"there are {self.more_faults:,} faults more",
                    do="Mend these first",
                )
            )
        if self.faults:
            raise InputError(self.faults)

    def take_down(self, lines: bytes) -> None:
        """Digest lines, and keep them as long as they may have to be sorted."""
        self._digest.update(lines)
        if self._kept is not None:
            self._kept.append(lines)
            needed = self.held or (self._to_be_sorted and not self.rising)
            if self.count > COMPARED and not needed:
                self._kept = None
        if self._listing is not None:
            self._listing(lines)

    def take(self, entries: list[Entry]) -> None:
        """Compare and take down what was made of a batch."""
        if entries:
            self.compare([each.id for each in entries], [each.index for each in entries])
            self.take_down(Entry.lines(entries, self.columns).encode())

    def compare(self, ids: list[str], places: Iterable[int]) -> None:
        """Look for ids that stand twice: all of them while the list rises or is not long."""
        if self.rising:
            self.rising = self._last < ids[0] and all(starmap(lt, pairwise(ids)))
            if not self.rising:
                places = list(places)
                self.rising = self._still_rising(ids, places)
            self._last = ids[-1]
        ids = ids[: max(COMPARED - len(self._first_at), 0)]
        places = list(islice(places, len(ids)))
        fresh = dict(zip(ids, places, strict=True))
        if len(fresh) == len(ids) and self._first_at.keys().isdisjoint(fresh):
            self._first_at.update(fresh)
            return
        for index, id in zip(places, ids, strict=True):
            if (earlier := self._first_at.setdefault(id, index)) != index:
                self.twice(index, earlier)

    def _still_rising(self, ids: list[str], places: list[int]) -> bool:
        """Whether all that broke the rise are ids that stand twice, which are told."""
        before = zip([self._last, *ids], [places[0] - 1, *places], strict=False)
        for (last, earlier), id, index in zip(before, ids, places, strict=False):
            if last == id:
                self.twice(index, earlier)
            elif last > id:
                return False
        return True

    def twice(self, index: int, earlier: int) -> None:
        """Note that two lines of the list have one id."""
        if index in self._told:
            return
        self._told.add(index)
        self.fault(
            Fault(
                path=f"population[{index}].id",
                problem=f"it is the id of population[{earlier}] again",
                do="List each once",
            )
        )
