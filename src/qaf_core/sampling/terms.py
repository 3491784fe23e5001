"""What an allocation is made on: cases and posts in the order of their tickets, quotas, needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from attrs import frozen

from qaf_core.sampling.eligible import Eligibility
from qaf_core.sampling.flow import Demand, Supplier, bits
from qaf_core.sampling.independence import Independence, Purpose
from qaf_core.sampling.population import Case, Post
from qaf_core.sampling.quotas import Holder
from qaf_core.sampling.ties import Ties

__all__ = ["Kin", "Terms", "kin"]


def __dir__() -> list[str]:
    return __all__


@frozen(kw_only=True, eq=False, repr=False)
class Terms:
    """All that an allocation rests on.

    Attributes:
        purpose: what for.
        cases, posts: in the order of their tickets.
        needs: how many auditors each case needs.
        holders: who has how many places, in the order of the posts.
        kept: numbers of the case and the post of every placing that stays.
        independent: the conditions that hold.
        eligible: who may audit what.
        ties, on, seed, scope: as given.
    """

    purpose: Purpose
    cases: tuple[Case, ...]
    posts: tuple[Post, ...]
    needs: tuple[int, ...]
    holders: tuple[Holder, ...]
    kept: tuple[tuple[int, int], ...]
    independent: tuple[Independence, ...]
    eligible: Eligibility
    ties: Ties
    on: date | None
    seed: str
    scope: str

    @property
    def even(self) -> bool:
        """Whether nobody stated a quota, so that each post has room for all."""
        return all(holder.quota is None for holder in self.holders)

    @property
    def holder_at(self) -> dict[int, int]:
        """The number of each post's holder."""
        return {post: at for at, holder in enumerate(self.holders) for post in holder.posts}

    @property
    def suppliers(self) -> tuple[Supplier, ...]:
        """The holders as numbers."""
        at = self.holder_at
        held = Counter(at[post] for _, post in self.kept)
        return tuple(
            Supplier(
                free=(len(self.cases) if holder.quota is None else holder.quota) - held[number],
                weight=1 if holder.quota is None else max(holder.quota, 1),
                held=held[number],
            )
            for number, holder in enumerate(self.holders)
        )

    @property
    def wanted(self) -> tuple[int, ...]:
        """How many auditors each case needs yet."""
        has = Counter(case for case, _ in self.kept)
        return tuple(need - has[case] for case, need in enumerate(self.needs))


@frozen
class Kin:
    """Cases that may go to the same posts and need as many auditors.

    Attributes:
        members: their numbers, in the order of their tickets.
        posts: the posts that may audit them and do not yet, as bits.
        demand: the same as numbers, over the holders of places.
    """

    members: tuple[int, ...]
    posts: int
    demand: Demand


def kin(terms: Terms, allowed: Callable[[int], int]) -> tuple[Kin, ...]:
    """The cases that need someone, in sets that are alike in where they may go.

    Args:
        terms: what the allocation rests on.
        allowed: the posts, as bits, that may audit a case given by its number.
    """
    taken: dict[int, int] = {}
    for case, post in terms.kept:
        taken[case] = taken.get(case, 0) | 1 << post
    members: dict[tuple[int, int], list[int]] = {}
    for case, need in enumerate(terms.wanted):
        if need:
            mask = allowed(case) & ~taken.get(case, 0)
            members.setdefault((mask, need), []).append(case)
    shared = any(holder.shared for holder in terms.holders)
    at = terms.holder_at
    return tuple(
        Kin(tuple(each), mask, _demand(each, need, mask, at if shared else {}))
        for (mask, need), each in members.items()
    )


def _demand(members: Sequence[int], need: int, posts: int, at: Mapping[int, int]) -> Demand:
    """Cases as numbers; where no places are shared, a holder's number is its post's."""
    if not at:
        return Demand(tuple(members), need, posts)
    widths = Counter(at[post] for post in bits(posts))
    return Demand(tuple(members), need, sum(1 << holder for holder in widths), widths)
