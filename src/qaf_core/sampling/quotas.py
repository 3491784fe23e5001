"""Who has how many places: a post, or the posts of a role together; and what a case needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from attrs import frozen

from qaf_core.errors import Fault, InputError, did_you_mean
from qaf_core.sampling.population import Case, Post

__all__ = ["Holder", "Quota", "auditors_of", "holders_of"]

Quota: TypeAlias = int | Mapping[str, int] | None

_NUMBER = "Give a whole number, 0 or more"


def __dir__() -> list[str]:
    return __all__


@frozen
class Holder:
    """Whoever holds places.

    Attributes:
        id: id of the post, or of the role whose posts hold them together.
        posts: numbers of the posts.
        quota: how many places; None where nobody stated any, and there is room for all.
        shared: whether the posts of a role hold them together.
    """

    id: str
    posts: tuple[int, ...]
    quota: int | None
    shared: bool = False


def holders_of(
    posts: Sequence[Post], quota: Quota, totals: Mapping[str, int]
) -> tuple[Holder, ...]:
    """Who has how many places, in the order of the posts.

    For a post, what is given for it by its id counts first, then its own fact ``quota``,
    then what is given for its role, then a number for all.

    Args:
        posts: the posts.
        quota: a number for every post, or numbers by id of a post or role, or None.
        totals: numbers for all posts of a role together, by id of the role.

    Raises:
        InputError: a quota is no whole number of 0 or more, is for nobody, is given for a
            post and for its role together, or some posts have one and others none.
    """
    named: Mapping[str, int] = quota if isinstance(quota, Mapping) else {}
    given: object = totals
    if not isinstance(given, Mapping):
        problem, do = "it is no mapping", "Give a number by id of a role"
        raise InputError([Fault(path="totals", problem=problem, do=do)])
    faults = [*_wrong_numbers(posts, quota, totals)]
    found: dict[tuple[str, str], Holder] = {}
    without: list[int] = []
    for index, post in enumerate(posts):
        own = (named.get(post.id), post.facts.get("quota"))
        if post.role in totals:
            if any(each is not None for each in own):
                faults.append(
                    Fault(
                        path=f"posts[{index}]",
                        problem="it has a quota, and its role has a total",
                        do="Give one or the other",
                    )
                )
            key = ("role", post.role)
            before = found[key].posts if key in found else ()
            found[key] = Holder(post.role, (*before, index), totals[post.role], shared=True)
            continue
        for_all = None if isinstance(quota, Mapping) else quota
        stated = next((e for e in (*own, named.get(post.role), for_all) if e is not None), None)
        if stated is None:
            without.append(index)
        found["post", post.id] = Holder(post.id, (index,), stated)  # type: ignore[arg-type]
    if not faults and 0 < len(without) < len(posts):
        faults = [
            Fault(
                path=f"posts[{index}]",
                problem="it has no quota, and others have one",
                do="Give its quota, or one for its role; 0 if it is to audit none",
            )
            for index in without
        ]
    if faults:
        raise InputError(faults)
    return tuple(found.values())


def _count(value: object, least: int) -> bool:
    return type(value) is int and value >= least


def _wrong_numbers(
    posts: Sequence[Post], quota: Quota, totals: Mapping[str, int]
) -> Iterator[Fault]:
    roles = {post.role for post in posts}
    if isinstance(quota, Mapping):
        known = {post.id for post in posts} | (roles - set(totals))
        yield from _wrong_entries(quota, "quota", known, "neither a post nor a role")
    elif quota is not None and not _count(quota, 0):
        yield Fault(path="quota", problem="it is no number of places", do=_NUMBER)
    yield from _wrong_entries(totals, "totals", roles, "no role")
    for index, post in enumerate(posts):
        if "quota" in post.facts and not _count(post.facts["quota"], 0):
            yield Fault(
                path=f"posts[{index}].facts.quota",
                problem="it is no number of places",
                do=f"{_NUMBER}, or leave it out",
            )


def _wrong_entries(
    given: Mapping[str, int], where: str, known: Iterable[str], none: str
) -> Iterator[Fault]:
    known = set(known)
    for key, value in given.items():
        if key not in known:
            near = did_you_mean(str(key), known)
            yield Fault(
                path=where,
                problem=f"it names {none} of these posts",
                do=f"Correct it, or leave it out.{near}".rstrip("."),
            )
        elif not _count(value, 0):
            problem = "it is no number of places"
            yield Fault(path=f"{where}.{key}", problem=problem, do=_NUMBER)


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
