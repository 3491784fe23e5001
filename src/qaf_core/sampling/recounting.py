"""A plan counted again, pair by pair, by none of the means that made it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from qaf_core.logic.explain import Verdict, explain
from qaf_core.sampling.allocated import Allocation
from qaf_core.sampling.population import Case, Post
from qaf_core.sampling.shortfall import Shortfall

__all__ = ["recount"]


def __dir__() -> list[str]:
    return __all__


def recount(plan: Allocation) -> tuple[str, ...]:
    """Whether a plan keeps every condition and quota, and whether its proof holds.

    Placings are checked one by one. For each shortfall every post that is not in it is
    asked anew, for every case, whether it is barred; then the places are added up. Where
    the shortfalls share no case and no post and come to as many as are missing, no
    allocation whatever places more.

    Args:
        plan: what ``allocate`` gave.

    Returns:
        What is wrong, in sentences; empty where all is right.
    """
    return (*_wrong_placings(plan), *_wrong_proofs(plan))


def _barred(plan: Allocation, case: Case, post: Post) -> bool:
    """Whether some condition bars a pair, or might."""
    record = plan.terms.eligible.record(case, post)
    return any(
        explain(each.bars, record).verdict is not Verdict.NOT_MET for each in plan.independent
    )


def _wrong_placings(plan: Allocation) -> Iterator[str]:
    cases = {case.id: case for case in plan.terms.cases}
    posts = {post.id: post for post in plan.terms.posts}
    needs = dict(zip(cases, plan.terms.needs, strict=True))
    for placing, count in Counter(plan.placed).items():
        if placing.case not in cases or placing.post not in posts:
            yield f"{placing.case} with {placing.post} is no case and post of the plan."
        elif count > 1:
            yield f"{placing.case} goes to {placing.post} more than once."
        elif _barred(plan, cases[placing.case], posts[placing.post]):
            yield f"{placing.case} goes to {placing.post}, and a condition bars it or might."
    has = Counter(each.case for each in plan.placed)
    loads = Counter(each.post for each in plan.placed)
    for holder in plan.terms.holders:
        cases_held = sum(loads[plan.terms.posts[post].id] for post in holder.posts)
        if holder.quota is not None and cases_held > holder.quota:
            yield f"{holder.id} has {cases_held} cases and {holder.quota} places."
    if {each.post: each.cases for each in plan.loads} != {post: loads[post] for post in posts}:
        yield "The loads are not those of the placings."
    short = {each.case: (each.needs, each.has) for each in plan.unplaced}
    if short != {case: (need, has[case]) for case, need in needs.items() if has[case] != need}:
        yield "The cases not placed are not those that lack an auditor."


def _wrong_proofs(plan: Allocation) -> Iterator[str]:
    for number, shortfall in enumerate(plan.shortfall, 1):
        for problem in _wrong_counts(plan, shortfall):
            yield f"Shortfall {number}: {problem}"
    for what, ids in (
        ("case", [id for each in plan.shortfall for id in each.cases]),
        ("post", [id for each in plan.shortfall for id in each.posts]),
    ):
        if len(set(ids)) != len(ids):
            yield f"Two shortfalls share a {what}."
    if sum(each.short for each in plan.shortfall) != plan.missing:
        yield "The shortfalls do not come to as many places as are missing."


def _wrong_counts(plan: Allocation, shortfall: Shortfall) -> Iterator[str]:
    own, full = set(shortfall.cases), set(shortfall.posts)
    terms = plan.terms
    kept = {(terms.cases[case].id, terms.posts[post].id) for case, post in terms.kept}
    needed = sum(n for case, n in zip(terms.cases, terms.needs, strict=True) if case.id in own)
    needed -= sum(case in own for case, _ in kept)
    places = 0
    for holder in terms.holders:
        held = {terms.posts[post].id for post in holder.posts}
        if held & full:
            places += len(terms.cases) if holder.quota is None else holder.quota
            places -= sum(post in held for _, post in kept)
    elsewhere = sum(
        (case.id, post.id) not in kept and not _barred(plan, case, post)
        for case in terms.cases
        if case.id in own
        for post in terms.posts
        if post.id not in full
    )
    counts = (needed, places, elsewhere, needed - places - elsewhere)
    said = (shortfall.needed, shortfall.places, shortfall.elsewhere, shortfall.short)
    names = ("places needed", "places of these posts", "places elsewhere", "places short")
    for name, count, stated in zip(names, counts, said, strict=True):
        if count != stated:
            yield f"{name} are {count}, not {stated}."
    if shortfall.short < 1:
        yield "it is short of nothing."
