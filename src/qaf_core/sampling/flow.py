"""Spreading demands over suppliers: as much as can be placed, evenly, and a proof of the rest.

Numbers only: what a demand and a supplier are is for the caller to say. The slots of the
suppliers that can be filled together form a matroid, and so do the demands that can be met
together. So taking slots in order of how full they leave their supplier, each wherever it
still fits, fills as many as can be filled, and no way of filling as many is more even. The
same goes for the demands, taken in their order.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping, Sequence
from math import lcm

from attrs import field, frozen

__all__ = ["Demand", "Short", "Spread", "Supplier", "bits", "raises", "spread"]


def __dir__() -> list[str]:
    return __all__


@frozen
class Demand:
    """Units alike in where they may go.

    Attributes:
        ranks: the place of each unit in the order of all, rising; the first go before the last.
        each: how many places a unit needs.
        allowed: the suppliers that may serve it, as bits.
        widths: how many places a unit may have at one supplier, where that is not 1.
    """

    ranks: tuple[int, ...]
    each: int
    allowed: int
    widths: Mapping[int, int] = field(factory=dict)

    @property
    def seats(self) -> int:
        """How many places the units need in all."""
        return len(self.ranks) * self.each


@frozen
class Supplier:
    """Whoever has places.

    Attributes:
        free: how many places are free.
        weight: what its load is measured by: its quota, as a rule; above 0.
        held: how many places are filled already.
    """

    free: int
    weight: int
    held: int = 0


@frozen
class Short:
    """Demands that cannot all be met, and why: who may serve them has too few places.

    Attributes:
        demands: indices of the demands. Without any one unit of them the rest would be
            short by one less.
        suppliers: indices of the suppliers that may serve them and are full. Any other that
            may serve one of them already does, as often as it may.
        by: how many places are missing.
    """

    demands: tuple[int, ...]
    suppliers: tuple[int, ...]
    by: int


@frozen
class Spread:
    """Who serves what.

    Attributes:
        served: for each demand, how many places each supplier gives it.
        loads: how many places each supplier gives in all, those filled already left out.
        shorts: what cannot be met, in sets that share no supplier.
    """

    served: tuple[Mapping[int, int], ...]
    loads: tuple[int, ...]
    shorts: tuple[Short, ...] = field(default=())


def bits(mask: int) -> Iterator[int]:
    """The positions of the bits that are set, rising."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def spread(demands: Sequence[Demand], suppliers: Sequence[Supplier]) -> Spread:
    """Place as many as can be placed, and fill the suppliers as evenly as that allows.

    How full a supplier is, is its load in proportion to its weight. Where two ways are as
    even, the supplier that comes first takes one more. Where not all can be placed, those
    that come first in their order are: first everyone's first place, then the second.

    Args:
        demands: what is to be placed.
        suppliers: who has places.
    """
    network = _Network(demands, suppliers)
    network.fill()
    network.prefer_first()
    return Spread(
        tuple(dict(sorted(at.items())) for at in network.at),
        tuple(network.loads),
        tuple(network.shorts()),
    )


def raises(demands: Sequence[Demand], suppliers: Sequence[Supplier]) -> dict[int, int]:
    """The fewest places more that would let everyone be placed whom any supplier may serve.

    Args:
        demands: what is to be placed.
        suppliers: who has places.

    Returns:
        How many more, by supplier, evenly over those that could help.
    """
    network = _Network(demands, suppliers)
    network.fill()
    more: dict[int, int] = {}
    for start in bits(network.waiting):
        while network.waiting >> start & 1:
            posts, came = network.reach(start)
            if not posts:
                break
            chosen = min(posts, key=lambda post: (network.raised(post, more.get(post, 0)), post))
            more[chosen] = more.get(chosen, 0) + 1
            network.pass_on(start, chosen, posts, came)
            network.count(start, 1)
    return dict(sorted(more.items()))


class _Network:
    """The state while places are filled. Suppliers are called posts here, for short."""

    def __init__(self, demands: Sequence[Demand], suppliers: Sequence[Supplier]) -> None:
        self.demands, self.suppliers = demands, suppliers
        self.counts = [len(demand.ranks) for demand in demands]
        self.at: list[dict[int, int]] = [{} for _ in demands]
        self.placed = [0] * len(demands)
        self.waiting = 0
        self.room = [0] * len(suppliers)  # of each post, the demands it may serve once more
        self.held = [0] * len(suppliers)  # of each post, the demands it serves
        self.loads = [0] * len(suppliers)
        most = [0] * len(suppliers)
        for index, demand in enumerate(demands):
            bit = 1 << index
            if demand.seats:
                self.waiting |= bit
                for post in bits(demand.allowed):
                    self.room[post] |= bit
                    most[post] += self._most(index, post)
        self.caps = [min(each.free, top) for each, top in zip(suppliers, most, strict=True)]
        whole = lcm(*(each.weight for each in suppliers))
        self.step = [whole // each.weight for each in suppliers]
        self.start = [each.held * step for each, step in zip(suppliers, self.step, strict=True)]

    def _most(self, demand: int, post: int) -> int:
        """How many places a post may give a demand."""
        return self.counts[demand] * self.demands[demand].widths.get(post, 1)

    # --- moving one place -----------------------------------------------------------

    def _give(self, demand: int, post: int) -> None:
        at = self.at[demand]
        at[post] = at.get(post, 0) + 1
        self.held[post] |= 1 << demand
        if at[post] == self._most(demand, post):
            self.room[post] &= ~(1 << demand)

    def _withdraw(self, demand: int, post: int) -> None:
        at = self.at[demand]
        at[post] -= 1
        self.room[post] |= 1 << demand
        if not at[post]:
            del at[post]
            self.held[post] &= ~(1 << demand)

    def count(self, demand: int, change: int) -> None:
        self.placed[demand] += change
        if self.placed[demand] < self.demands[demand].seats:
            self.waiting |= 1 << demand
        else:
            self.waiting &= ~(1 << demand)

    # --- slots in order of how full they leave their post ----------------------------

    def fill(self) -> None:
        """Fill the slots, the emptiest post's first, each wherever it still fits."""
        slots = [
            (self.start[post] + self.step[post], post) for post, cap in enumerate(self.caps) if cap
        ]
        heapq.heapify(slots)
        closed = bytearray(len(self.caps))
        while slots and self.waiting:
            level, post = slots[0]
            if closed[post] or not self._take(post, closed):
                heapq.heappop(slots)
                continue
            self.loads[post] += 1
            if self.loads[post] < self.caps[post]:
                heapq.heapreplace(slots, (level + self.step[post], post))
            else:
                heapq.heappop(slots)

    def _take(self, start: int, closed: bytearray) -> bool:
        """Give a post one place more, others passing on what they hold in exchange.

        Where that cannot be, neither it nor any post reached on the way ever takes more.
        """
        room, waiting, at = self.room, self.waiting, self.at
        came: dict[int, tuple[int, int]] = {start: (-1, -1)}
        queue = [start]
        seen = 0
        for post in queue:
            new = room[post] & ~seen
            if hit := new & waiting:
                demand = (hit & -hit).bit_length() - 1
                self._give(demand, post)
                self.count(demand, 1)
                while post != start:
                    passed, to = came[post]
                    self._withdraw(passed, post)
                    self._give(passed, to)
                    post = to
                return True
            seen |= new
            for demand in bits(new):
                for other in at[demand]:
                    if other not in came and not closed[other]:
                        came[other] = (demand, post)
                        queue.append(other)
        for post in queue:
            closed[post] = 1
        return False

    # --- demands in their order --------------------------------------------------------

    def _unit(self, demand: int, number: int) -> tuple[int, int]:
        """The place in the order of a demand's units, counted from 0."""
        turn, unit = divmod(number, self.counts[demand])
        return turn, self.demands[demand].ranks[unit]

    def prefer_first(self) -> None:
        """Let whoever comes first in the order take the place of who comes last."""
        last = {each: self._unit(each, done - 1) for each, done in enumerate(self.placed) if done}
        outside = [(self._unit(each, self.placed[each]), each) for each in bits(self.waiting)]
        heapq.heapify(outside)
        while outside and last:
            unit, demand = heapq.heappop(outside)
            if unit > max(last.values()):
                break
            posts, came = self.reach(demand)
            rivals = [each for each in came if each in last]
            rival = max(rivals, key=last.__getitem__, default=demand)
            if rival == demand or last[rival] < unit:
                continue
            freed = came[rival]
            self._withdraw(rival, freed)
            self.pass_on(demand, freed, posts, came)
            self.count(rival, -1)
            self.count(demand, 1)
            for each in (rival, demand):
                if self.placed[each]:
                    last[each] = self._unit(each, self.placed[each] - 1)
                else:
                    del last[each]
            if self.waiting >> demand & 1:
                heapq.heappush(outside, (self._unit(demand, self.placed[demand]), demand))

    def reach(self, start: int) -> tuple[dict[int, int], dict[int, int]]:
        """Whatever a demand could get at, by others moving on.

        Returns:
            The posts, each with the demand that would take a place there; and the demands,
            each with the post at which it would give way.
        """
        posts: dict[int, int] = {}
        came: dict[int, int] = {start: -1}
        unseen, seen = -1, 1 << start
        queue = [start]
        for demand in queue:
            at = self.at[demand]
            for post in bits(self.demands[demand].allowed & unseen):
                if post in at and at[post] >= self._most(demand, post):
                    continue
                posts[post] = demand
                unseen &= ~(1 << post)
                new = self.held[post] & ~seen
                seen |= new
                for other in bits(new):
                    came[other] = post
                    queue.append(other)
        return posts, came

    def raised(self, post: int, more: int) -> int:
        """How full a post would be that gave one place more than these beyond its quota."""
        supplier = self.suppliers[post]
        return (supplier.held + supplier.free + more + 1) * self.step[post]

    def pass_on(
        self, start: int, post: int, posts: Mapping[int, int], came: Mapping[int, int]
    ) -> None:
        """Fill a place that is free at a post that was reached, back to where it started."""
        while (demand := posts[post]) != start:
            self._give(demand, post)
            post = came[demand]
            self._withdraw(demand, post)
        self._give(start, post)

    def shorts(self) -> Iterator[Short]:
        """What is left, with who may serve it, in sets that share no post."""
        found: list[tuple[set[int], set[int]]] = []
        for start in bits(self.waiting):
            if any(start in demands for demands, _ in found):
                continue
            posts, came = self.reach(start)
            merged = (set(came), set(posts))
            apart = []
            for each in found:
                if each[0] & merged[0] or each[1] & merged[1]:
                    merged = (each[0] | merged[0], each[1] | merged[1])
                else:
                    apart.append(each)
            found = [*apart, merged]
        for demands, posts_of in sorted(found, key=lambda each: min(each[0])):
            by = sum(self.demands[each].seats - self.placed[each] for each in demands)
            yield Short(tuple(sorted(demands)), tuple(sorted(posts_of)), by)
