"""Looking through all that can be chosen for what meets a goal, the smallest first.

With ``partial`` and ``representatives`` beside it: what can be said of conditions without
any record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from attrs import field, frozen

__all__ = ["Choice", "Searched", "Way", "search"]


def __dir__() -> list[str]:
    return __all__


@frozen
class Way:
    """One way to settle a choice.

    Attributes:
        cost: how much it adds to what is filled in.
        take: makes it so.
    """

    cost: int
    take: Callable[[], None] = field(repr=False)


class Choice(Protocol):
    """Something to be settled, once all that it rests on is."""

    def ways(self) -> Iterable[Way]:
        """The ways it can be settled now, those that come to the same thing once."""

    def undo(self) -> None:
        """Leave it open again."""


@frozen
class Searched:
    """What a search came to.

    Attributes:
        cases: how many groups of records were told apart and decided.
        found: whether one was found.
        whole: whether all were looked at, or all that could have been smaller.
        doubtful: how many seemed to be one, and were none when looked at closely.
    """

    cases: int
    found: bool
    whole: bool
    doubtful: int = 0


class _TooManyError(Exception):
    """The budget is spent."""


def search(
    choices: Sequence[Choice],
    goal: Callable[[], bool | None],
    confirm: Callable[[], bool],
    *,
    budget: int,
    doubts: int = 60,
    smallest: bool = True,
) -> Searched:
    """Look through all that can be chosen for what meets a goal.

    Args:
        choices: in an order in which each rests only on those before it.
        goal: what is known of the goal with the choices made so far.
        confirm: a closer look at what seems to meet it; it keeps what it finds.
        budget: how many cases may be decided.
        doubts: how many times the closer look may find nothing.
        smallest: whether to go on for one with less filled in, once there is one.
    """
    cases, best, doubtful = 0, -1, 0

    def decide(place: int, cost: int) -> bool:
        """Whether to stop here for good."""
        nonlocal cases, best, doubtful
        if best >= 0 and cost >= best:
            return False
        verdict = goal()
        last = place == len(choices)
        if verdict or verdict is False or last:
            cases += 1
            if cases > budget:
                raise _TooManyError
            if verdict is False:
                return False
            if confirm():
                best = cost
                return not smallest or cost == 0
            doubtful += 1
            if doubtful > doubts:
                raise _TooManyError
            if last:
                return False
        choice = choices[place]
        for way in choice.ways():
            way.take()
            stop = decide(place + 1, cost + way.cost)
            choice.undo()
            if stop:
                return True
        return False

    try:
        decide(0, 0)
    except _TooManyError:
        return Searched(cases, best >= 0, False, doubtful)
    return Searched(cases, best >= 0, True, doubtful)
