"""Small numbers held back, with as many others as keep them from being worked out.

A figure that is held back must not come back by subtraction. For every small count there
has to be another table of counts, with all the same published figures, in which it
differs; and what is held back in one line comes to no small number in all.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from math import gcd, lcm
from typing import Generic, TypeAlias, TypeVar

__all__ = ["HELD_BACK", "Equation", "gives_away", "held_back"]

K = TypeVar("K", bound=Hashable)
Equation: TypeAlias = Mapping[K, int]
"""Cells by their factors: what they add up to is published, or plain to all."""

HELD_BACK = "held back"
"""What stands in the place of a figure that is held back."""


def __dir__() -> list[str]:
    return __all__


def held_back(
    cells: Mapping[K, int],
    equations: Iterable[Equation[K]],
    *,
    floor: int,
    published: Collection[K] = (),
    already: Collection[K] = (),
) -> frozenset[K]:
    """The cells of a table that are not told.

    Args:
        cells: every count that might be told.
        equations: what can be worked out: a row whose total is told is ``{cell: 1, ...}``;
            a cell that is the sum of others is ``{sum: 1, part: -1, ...}``.
        floor: the smallest count that is told; 0 always is, but for the sake of others.
            A row whose own total is below the floor is held back whole.
        published: cells that were told before and cannot be held back any more.
        already: cells that were held back before.

    Returns:
        The small cells, and as many more as protect them.
    """
    table = _Table(cells, equations, floor)
    kept = table.places(key for key in published if key in cells)
    hidden = {at for at in table.order if table.small(at)} - kept
    hidden |= table.places(key for key in already if key in cells) - kept
    for line in table.lines:
        if table.total(line) < floor and any(table.cells[at] for at in line):
            hidden |= line.keys() - kept
    needed = frozenset(hidden)
    while (more := table.next_to_hide(hidden, kept)) is not None:
        hidden.add(more)
    left = sum(1 for _ in table.exposed(hidden)) if hidden > needed else 0
    for at in sorted(hidden - needed, key=table.order.__getitem__, reverse=True):
        if sum(1 for _ in islice(table.exposed(hidden - {at}), left + 1)) <= left:
            hidden.remove(at)
    return frozenset(table.keys[at] for at in hidden)


def gives_away(
    cells: Mapping[K, int],
    equations: Iterable[Equation[K]],
    hidden: Collection[K],
    *,
    floor: int,
) -> bool:
    """Whether a small count among those held back can be worked out."""
    table = _Table(cells, equations, floor)
    return any(True for _ in table.exposed(table.places(hidden)))


class _Table(Generic[K]):
    """The cells and what can be worked out of them; each cell goes by its place among ``keys``."""

    def __init__(
        self, cells: Mapping[K, int], equations: Iterable[Equation[K]], floor: int
    ) -> None:
        self.keys = sorted(cells, key=repr)
        self.place = {key: at for at, key in enumerate(self.keys)}
        self.cells = [cells[key] for key in self.keys]
        self.equations = [{self.place[key]: n for key, n in each.items()} for each in equations]
        self.lines = [each for each in self.equations if all(n == 1 for n in each.values())]
        self.floor = floor
        self.order = {self.place[key]: (not n, n, at) for at, (key, n) in enumerate(cells.items())}

    def places(self, keys: Iterable[K]) -> set[int]:
        return {self.place[key] for key in keys}

    def total(self, line: Iterable[int]) -> int:
        return sum(self.cells[at] for at in line)

    def small(self, at: int) -> bool:
        return 0 < self.cells[at] < self.floor

    def next_to_hide(self, hidden: Collection[int], kept: Collection[int]) -> int | None:
        """Another cell to hide so that a small one can no longer be worked out, or None."""
        for near in self.exposed(hidden):
            for among in (near, self.order):
                free = [at for at in among if at not in hidden and at not in kept]
                if free:
                    return min(free, key=self.order.__getitem__)
        return None

    def exposed(self, hidden: Collection[int]) -> Iterator[list[int]]:
        """For each way in which a small count can be worked out, the cells that it rests on."""
        for each in self.equations:
            if each.keys().isdisjoint(hidden):
                continue
            inside = {at: n for at, n in each.items() if at in hidden}
            if len(set(inside.values())) != 1 or not any(map(self.small, inside)):
                continue  # parts on both sides of a sum do not give each other away
            side = [at for at, n in each.items() if n in inside.values()]
            if len(inside) == 1 or self.total(inside) < min(self.floor, self.total(side)):
                yield list(each)
        small = sorted(filter(self.small, hidden), key=self.order.__getitem__)
        moves = _moves(self.equations, sorted(hidden)) if small else []
        for at in small:
            if not any(self._moved(move, at) for move in chain(moves, _pairs(moves, at))):
                yield [cell for each in self.equations if at in each for cell in each]

    def _moved(self, move: Mapping[int, int], at: int) -> bool:
        """Whether a move, one way or the other, leaves counts and changes this one."""
        return at in move and any(
            all(self.cells[each] + sign * step >= 0 for each, step in move.items())
            for sign in (1, -1)
        )


def _moves(equations: Iterable[Mapping[int, int]], hidden: Iterable[int]) -> list[dict[int, int]]:
    """Ways to change hidden cells that leave everything published as it is, in whole steps."""
    unknown = dict.fromkeys(hidden)
    pivots: dict[int, dict[int, int]] = {}
    for each in equations:
        row = {key: n for key, n in each.items() if key in unknown}
        for key in [key for key in row if key in pivots]:
            row = _without(row, pivots[key], key)
        if row:
            first = next(iter(row))
            for key, other in pivots.items():
                if first in other:
                    pivots[key] = _without(other, row, first)
            pivots[first] = row
    moves = []
    for key in unknown:
        if key in pivots:
            continue
        steps = {pivot: (row[key], row[pivot]) for pivot, row in pivots.items() if key in row}
        whole = lcm(*(own // gcd(n, own) for n, own in steps.values()))
        moves.append({key: whole} | {each: -n * whole // own for each, (n, own) in steps.items()})
    return moves


def _pairs(moves: Sequence[Mapping[int, int]], key: int) -> Iterator[dict[int, int]]:
    """Two moves at once, one of which changes a cell and meets the other elsewhere."""
    for one in moves:
        for other in moves if key in one else ():
            if other is not one and one.keys() & other.keys():
                yield _together(one, other, 1)
                yield _together(one, other, -1)


def _together(one: Mapping[int, int], other: Mapping[int, int], sign: int) -> dict[int, int]:
    keys = dict.fromkeys((*one, *other))
    sums = {key: one.get(key, 0) + sign * other.get(key, 0) for key in keys}
    return {key: n for key, n in sums.items() if n}


def _without(row: Mapping[int, int], pivot: Mapping[int, int], at: int) -> dict[int, int]:
    """Whole steps of a row and of a pivot together, in which the pivot's first cell is not."""
    common = gcd(row[at], pivot[at])
    own, other = pivot[at] // common, row[at] // common
    less = {key: n * own for key, n in row.items()}
    for key, n in pivot.items():
        left = less.pop(key, 0) - other * n
        if left:
            less[key] = left
    return less
