"""What an allocation is made on: cases and posts in the order of their tickets, quotas, needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TypeAlias

from attrs import frozen

from qaf_core.errors import Fault, InputError, did_you_mean
from qaf_core.sampling.eligible import Eligibility
from qaf_core.sampling.flow import Demand, Supplier
from qaf_core.sampling.independence import Independence, Purpose, Ties
from qaf_core.sampling.population import Case, Post

__all__ = ["Kin", "Quota", "Terms", "auditors_of", "kin", "quotas_of"]

Quota: TypeAlias = int | Mapping[str, int] | None


def __dir__() -> list[str]:
    return __all__


@frozen(kw_only=True, eq=False, repr=False)
class Terms:
    """All that an allocation rests on.

    Attributes:
        purpose: what for.
        cases, posts: in the order of their tickets.
        needs: how many auditors each case needs.
        quotas: how many places each post has.
        kept: numbers of the case and the post of every placing that stays.
        even: whether nobody stated a quota, so that each post has room for all.
        independent: the conditions that hold.
        eligible: who may audit what.
        ties, on, seed, scope: as given.
    """

    purpose: Purpose
    cases: tuple[Case, ...]
    posts: tuple[Post, ...]
    needs: tuple[int, ...]
    quotas: tuple[int, ...]
    kept: tuple[tuple[int, int], ...]
    even: bool
    independent: tuple[Independence, ...]
    eligible: Eligibility
    ties: Ties
    on: date | None
    seed: str
    scope: str

    @property
    def suppliers(self) -> tuple[Supplier, ...]:
        """The posts as numbers."""
        held = Counter(post for _, post in self.kept)
        return tuple(
            Supplier(
                free=quota - held[post], weight=1 if self.even else max(quota, 1), held=held[post]
            )
            for post, quota in enumerate(self.quotas)
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
        demand: how many, where to, and how many auditors each needs.
    """

    members: tuple[int, ...]
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
    return tuple(
        Kin(tuple(each), Demand(tuple(each), need, mask)) for (mask, need), each in members.items()
    )


# --- quotas and needs ---------------------------------------------------------------


def _count(value: object, least: int) -> bool:
    return type(value) is int and value >= least


def quotas_of(posts: Sequence[Post], quota: Quota, *, room: int) -> tuple[tuple[int, ...], bool]:
    """How many places each post has, and whether nobody stated any.

    What is given for the post by its id counts first, then its own fact ``quota``, then what
    is given for its role, then a number for all.

    Args:
        posts: the posts.
        quota: a number for every post, or numbers by id of a post or role, or None.
        room: the places each post has where nobody stated a quota.

    Raises:
        InputError: a quota is no whole number of 0 or more, is for nobody, or some posts
            have one and others none.
    """
    faults: list[Fault] = []
    given: Mapping[str, int] = quota if isinstance(quota, Mapping) else {}
    number = "Give a whole number, 0 or more"
    if not isinstance(quota, Mapping) and quota is not None and not _count(quota, 0):
        faults.append(Fault(path="quota", problem="it is no number of places", do=number))
    known = {post.id for post in posts} | {post.role for post in posts}
    for key, value in given.items():
        where = f"quota.{key}" if key in known else "quota"
        if key not in known:
            near = did_you_mean(str(key), known)
            faults.append(
                Fault(
                    path=where,
                    problem="it names neither a post nor a role of these posts",
                    do=f"Correct it, or leave it out.{near}".rstrip("."),
                )
            )
        elif not _count(value, 0):
            faults.append(Fault(path=where, problem="it is no number of places", do=number))
    found: list[int | None] = []
    for index, post in enumerate(posts):
        own = post.facts.get("quota")
        if own is not None and not _count(own, 0):
            faults.append(
                Fault(
                    path=f"posts[{index}].facts.quota",
                    problem="it is no number of places",
                    do=f"{number}, or leave it out",
                )
            )
        others = (given.get(post.id), own, given.get(post.role))
        stated = next((each for each in others if each is not None), None)
        if stated is None and not isinstance(quota, Mapping):
            stated = quota
        found.append(stated)  # type: ignore[arg-type]
    if not faults and any(each is None for each in found):
        if all(each is None for each in found):
            return (room,) * len(posts), True
        faults += [
            Fault(
                path=f"posts[{index}]",
                problem="it has no quota, and others have one",
                do="Give its quota, or one for its role; 0 if it is to audit none",
            )
            for index, each in enumerate(found)
            if each is None
        ]
    if faults:
        raise InputError(faults)
    return tuple(each or 0 for each in found), False


def auditors_of(cases: Sequence[Case], auditors: int | Mapping[str, int]) -> tuple[int, ...]:
    """How many auditors each case needs.

    Args:
        cases: the cases.
        auditors: a number for every case, or numbers by id of a case; the rest need one.

    Raises:
        InputError: a number is no whole number of 1 or more, or is for no case here.
    """
    faults: list[Fault] = []
    number = "Give a whole number, 1 or more"
    if isinstance(auditors, Mapping):
        known = {case.id for case in cases}
        for position, (key, value) in enumerate(auditors.items(), 1):
            where = f"auditors.(key {position})"
            if key not in known:
                faults.append(
                    Fault(
                        path=where,
                        problem="it names no case of this allocation",
                        do="Correct the id, or leave it out",
                    )
                )
            elif not _count(value, 1):
                faults.append(Fault(path=where, problem="it is no number of auditors", do=number))
    elif not _count(auditors, 1):
        faults.append(Fault(path="auditors", problem="it is no number of auditors", do=number))
    if faults:
        raise InputError(faults)
    if isinstance(auditors, Mapping):
        return tuple(auditors.get(case.id, 1) for case in cases)
    return (auditors,) * len(cases)
