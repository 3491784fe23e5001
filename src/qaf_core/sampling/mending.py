"""What would mend a shortfall: each way worked out by allocating again, none guessed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum

from attrs import frozen

from qaf_core.sampling.flow import raises, spread
from qaf_core.sampling.independence import MODERATOR_IS_AUDITOR
from qaf_core.sampling.shortfall import Shortfall, count_of, listed
from qaf_core.sampling.terms import Kin, Terms, kin

__all__ = ["Mend", "Way", "mends"]


def __dir__() -> list[str]:
    return __all__


class Way(StrEnum):
    """How a shortfall can be mended."""

    QUOTA = "raise quotas"
    ANSWER = "find out what is not known"
    CONDITION = "leave a condition out"
    POST = "add a post"


@frozen(kw_only=True)
class Mend:
    """One way to mend a shortfall, and how far it goes.

    Attributes:
        way: what kind of way it is.
        text: what to do, in a sentence.
        gains: how many places more would be filled: exactly, or at most where it rests on
            answers that are not there yet.
        quotas: for raised quotas, by how much, by id of the post, or of a role with a total.
        condition: for a condition left out, its id.
    """

    way: Way
    text: str
    gains: int
    quotas: tuple[tuple[str, int], ...] = ()
    condition: str = ""

    def __str__(self) -> str:
        return self.text


def mends(terms: Terms, shortfalls: Sequence[Shortfall]) -> Iterator[Mend]:
    """Every way that fills a place more, with how many.

    Args:
        terms: what the allocation rests on.
        shortfalls: what is missing, and why.
    """
    missing = sum(each.short for each in shortfalls)
    if not missing:
        return
    sets = kin(terms, terms.eligible.allowed)
    more = raises([each.demand for each in sets], terms.suppliers)
    gained = sum(more.values())
    if more:
        named = sorted((terms.holders[number].id, by) for number, by in more.items())
        each = listed([f"{post} by {by}" for post, by in named])
        text = f"Raise quotas by {gained:,} in all, such as {each}{_fills(gained, missing)}."
        yield Mend(way=Way.QUOTA, text=text, gains=gained, quotas=tuple(named))
    gained = missing - _missing(terms, lambda case: terms.eligible.allowed(case, hopeful=True))
    if gained:
        barriers = [barrier for each in shortfalls for barrier in each.barriers]
        unknown = sorted({word for each in barriers for word in each.unknown})
        text = f"Find out {listed(unknown)}: at best that fills {count_of(gained, 'place')}."
        yield Mend(way=Way.ANSWER, text=text, gains=gained)
    for which, independence in enumerate(terms.independent):
        if independence is MODERATOR_IS_AUDITOR:
            continue
        gained = missing - _missing(
            terms,
            lambda case, which=which: terms.eligible.allowed(case, without=which),  # type: ignore[misc]
        )
        if gained:
            text = (
                f"Leave out {independence.id} ({independence.title}), if whoever set it agrees"
                f"{_fills(gained, missing)}."
            )
            yield Mend(way=Way.CONDITION, text=text, gains=gained, condition=independence.id)
    gained = sum(each.short for each in shortfalls if not _bars_whomever(each))
    if gained:
        fills = _fills(gained, missing)
        places = count_of(gained, "place")
        text = f"Add {places} at posts that are barred from none of these cases{fills}."
        yield Mend(way=Way.POST, text=text, gains=gained)


def _bars_whomever(shortfall: Shortfall) -> bool:
    """Whether what is not known would bar a new post too."""
    return not shortfall.posts and any(each.perhaps for each in shortfall.barriers)


def _fills(gained: int, missing: int) -> str:
    return "" if gained == missing else f": that fills {gained:,} of the {missing:,} missing"


def _missing(terms: Terms, allowed: Callable[[int], int]) -> int:
    """The places that are missing where these posts may audit a case."""
    sets: tuple[Kin, ...] = kin(terms, allowed)
    done = spread([each.demand for each in sets], terms.suppliers)
    return sum(terms.wanted) - sum(done.loads)
