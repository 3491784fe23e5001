"""Who audits which case: every case placed where that can be done, evenly, with the reasons.

Where not every case can be placed, no other allocation places more, and the plan holds the
count that proves it. The result depends on the cases, the posts, the seed and the scope,
never on the order in which they are given.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from hashlib import sha256
from typing import Any, TypeVar

from attrs import evolve

from qaf_core.errors import Fault, InputError, UnknownIdError
from qaf_core.facts import Fact
from qaf_core.immutable import FrozenMap
from qaf_core.sampling.allocated import Allocation, Load, Placing, Total, Unplaced
from qaf_core.sampling.eligible import Eligibility, wrong_kinds
from qaf_core.sampling.flow import Demand, Spread, Supplier, spread
from qaf_core.sampling.independence import Independence, Purpose, in_force
from qaf_core.sampling.population import Case, Post, checked_cases, checked_posts
from qaf_core.sampling.quotas import Holder, Quota, auditors_of, holders_of
from qaf_core.sampling.shortfall import count_of, prove
from qaf_core.sampling.terms import Kin, Terms, kin
from qaf_core.sampling.tickets import checked_words, prefix
from qaf_core.sampling.ties import NOTHING_KNOWN, Ties

__all__ = ["allocate"]


def __dir__() -> list[str]:
    return __all__


def allocate(
    cases: Iterable[str | Case],
    posts: Iterable[Post],
    *,
    quota: Quota = None,
    totals: Mapping[str, int] = FrozenMap(),
    auditors: int | Mapping[str, int] = 1,
    purpose: Purpose | str = Purpose.AUDIT,
    independent: Iterable[Independence | str] = (),
    ties: Ties = NOTHING_KNOWN,
    on: date | None = None,
    seed: str = "",
    scope: str = "",
    facts: Iterable[Fact] = (),
    keep: Iterable[Placing] = (),
) -> Allocation:
    """Decide who audits which case.

    As many places are filled as can be, and as evenly as that allows, each post's load
    being measured by its quota. Where two posts are as good, a ticket decides, as in a
    draw; where not every case can be placed, those with the first tickets are.

    >>> posts = [Post(id="TM-1", role="team_manager", team="north"),
    ...          Post(id="TM-2", role="team_manager", team="south")]
    >>> cases = [Case(id="C-1", team="north"), Case(id="C-2", team="north")]
    >>> plan = allocate(cases, posts, quota=1, independent=["own_team"], seed="s", scope="Q1")
    >>> plan.placed
    (Placing(case='C-1', post='TM-2'),)
    >>> print(plan.shortfall[0].sentence)
    2 cases of north can go only to 1 eligible auditor (TM-2), who has 1 place: short by 1.

    Args:
        cases: ids or cases, such as those a draw chose.
        posts: the posts that may audit.
        quota: how many cases a post audits: a number for all, or numbers by id of a post or
            of a role. A post's own fact ``quota`` counts before a role's. Where nobody
            states any, the cases are shared out evenly.
        totals: how many cases all posts of a role audit together, by id of the role, instead
            of a quota for each of them.
        auditors: how many different auditors a case needs: for all, or by id of a case.
        purpose: for a moderation, no case goes to its auditor (the fact ``auditor``).
        independent: further conditions: ids of those that ship, such as ``own_team``, or
            values of your own.
        ties: earlier audits and declared conflicts of interest.
        on: the day from which twelve months are counted back.
        seed: what the tickets are made of, as in a draw; without one they are the same each time.
        scope: what the allocation is for and when, such as ``2026-Q1/audit``.
        facts: facts of cases as a framework declares them.
        keep: placings of an earlier plan that stay as they are, as where someone has left
            and only their cases are to be placed anew.

    Raises:
        InputError: an id, quota, number or fact cannot be used. Every fault is named.
        UnknownIdError: no condition that ships, or no purpose, has that id.
    """
    asked = _purpose(purpose)
    conditions = in_force(asked, independent)
    declared = tuple(facts)
    faults = [*ties.faults(), *_wrong_words(seed=seed, scope=scope)]
    given_cases: tuple[Case, ...] = _noting(faults, lambda: checked_cases(cases, place="cases"))
    given_posts: tuple[Post, ...] = _noting(faults, lambda: checked_posts(posts))
    if not faults:
        faults += wrong_kinds(given_cases, given_posts, conditions, declared)
        _noting(faults, lambda: auditors_of(given_cases, auditors))
        _noting(faults, lambda: holders_of(given_posts, quota, totals))
    if faults:
        raise InputError(faults)
    all_cases = _in_order(given_cases, seed, scope)
    all_posts = _in_order(given_posts, seed, scope)
    needs = auditors_of(all_cases, auditors)
    holders = holders_of(all_posts, quota, totals)
    eligible = Eligibility(all_cases, all_posts, conditions, ties=ties, on=on, facts=declared)
    terms = Terms(
        purpose=asked,
        cases=all_cases,
        posts=all_posts,
        needs=needs,
        holders=holders,
        kept=(),
        independent=conditions,
        eligible=eligible,
        ties=ties,
        on=on,
        seed=seed,
        scope=scope,
    )
    terms = evolve(terms, kept=_kept(keep, terms))
    sets = kin(terms, eligible.allowed)
    done = spread([each.demand for each in sets], terms.suppliers)
    placings = _dealt(terms, sets, done)
    has = Counter(each.case for each in placings)
    loads = Counter(each.post for each in placings)
    return Allocation(
        placed=tuple(sorted(placings)),
        unplaced=tuple(
            Unplaced(case=case.id, needs=need, has=has[case.id])
            for case, need in sorted(
                zip(all_cases, needs, strict=True), key=lambda each: each[0].id
            )
            if has[case.id] < need
        ),
        shortfall=tuple(prove(terms, sets, short) for short in done.shorts),
        loads=tuple(sorted(_loads(terms, loads), key=lambda each: each.post)),
        totals=tuple(
            Total(
                role=holder.id,
                quota=holder.quota or 0,
                cases=sum(loads[all_posts[post].id] for post in holder.posts),
            )
            for holder in sorted(holders, key=lambda holder: holder.id)
            if holder.shared
        ),
        independent=conditions,
        notes=tuple(_notes(terms)),
        terms=terms,
    )


def _purpose(purpose: Purpose | str) -> Purpose:
    try:
        return Purpose(purpose)
    except ValueError:
        known = [each.value for each in Purpose]
        raise UnknownIdError("purpose", str(purpose), known) from None


def _wrong_words(**words: str) -> list[Fault]:
    """The faults of a seed or scope; either may be left blank."""
    return checked_words(**{name: word for name, word in words.items() if word != ""})


def _noting(faults: list[Fault], check: Callable[[], tuple[Any, ...]]) -> tuple[Any, ...]:
    """What a check gives, or nothing where it finds faults, which are noted."""
    try:
        return check()
    except InputError as error:
        faults += error.faults
        return ()


T = TypeVar("T", Case, Post)


def _in_order(values: Iterable[T], seed: str, scope: str) -> tuple[T, ...]:
    head = prefix(seed, scope)
    return tuple(sorted(values, key=lambda each: sha256(head + each.id.encode()).digest()))


def _kept(keep: Iterable[Any], terms: Terms) -> tuple[tuple[int, int], ...]:
    """Numbers of the case and post of what is kept.

    Raises:
        InputError: a placing is of no case or post here, stands twice, is barred, or is one
            too many.
    """
    case_at = {case.id: number for number, case in enumerate(terms.cases)}
    post_at = {post.id: number for number, post in enumerate(terms.posts)}
    kept: dict[tuple[int, int], None] = {}
    wants, free = list(terms.needs), [each.free for each in terms.suppliers]
    holder_at = terms.holder_at
    faults: list[Fault] = []
    for index, each in enumerate(keep):
        problem = ""
        if not isinstance(each, Placing):
            problem, do = "it is no placing", "Give a Placing, such as plan.placed holds"
            faults.append(Fault(path=f"keep[{index}]", problem=problem, do=do))
            continue
        case, post = case_at.get(each.case, -1), post_at.get(each.post, -1)
        if case < 0 or post < 0:
            problem = f"its {'case' if case < 0 else 'post'} is not in this allocation"
        elif (case, post) in kept:
            problem = "it stands twice"
        elif not terms.eligible.allowed(case) >> post & 1:
            problem = "a condition of independence bars it, or might"
        elif not wants[case]:
            problem = "its case needs no more auditors"
        elif not free[holder_at[post]]:
            problem = "its post has no more places"
        if problem:
            faults.append(Fault(path=f"keep[{index}]", problem=problem, do="Leave it out"))
            continue
        kept[case, post] = None
        wants[case] -= 1
        free[holder_at[post]] -= 1
    if faults:
        raise InputError(faults)
    return tuple(kept)


def _loads(terms: Terms, cases: Mapping[str, int]) -> Iterator[Load]:
    for holder in terms.holders:
        for number in holder.posts:
            post = terms.posts[number]
            yield Load(
                post=post.id,
                role=post.role,
                team=post.team,
                quota=None if holder.shared else holder.quota,
                cases=cases[post.id],
            )


def _dealt(terms: Terms, sets: Iterable[Kin], done: Spread) -> list[Placing]:
    """What is kept, and the places that are given to like cases, dealt out in turn.

    A holder gives a set no more places than its cases may have there, and its places are
    dealt one after the other, so that no case has one more than another has less.
    """
    pairs = list(terms.kept)
    shared: dict[int, Counter[int]] = {}
    allowed: dict[int, int] = {}
    for each, served in zip(sets, done.served, strict=True):
        places = (number for number, count in served.items() for _ in range(count))
        for turn, number in enumerate(places):
            case, holder = each.members[turn % len(each.members)], terms.holders[number]
            if holder.shared:
                shared.setdefault(number, Counter())[case] += 1
                allowed[case] = each.posts
            else:
                pairs.append((case, holder.posts[0]))
    for number, counts in shared.items():
        pairs += _among(terms, terms.holders[number], counts, allowed)
    return [Placing(case=terms.cases[case].id, post=terms.posts[post].id) for case, post in pairs]


def _among(
    terms: Terms, holder: Holder, counts: Mapping[int, int], allowed: Mapping[int, int]
) -> Iterator[tuple[int, int]]:
    """The places that the posts of a role hold together, spread evenly over those posts."""
    own = sum(1 << post for post in holder.posts)
    held = Counter(post for _, post in terms.kept)
    cases = sorted(counts)
    done = spread(
        [Demand((case,), counts[case], allowed[case] & own) for case in cases],
        [
            Supplier(free=len(cases) if own >> post & 1 else 0, weight=1, held=held[post])
            for post in range(len(terms.posts))
        ],
    )
    for case, served in zip(cases, done.served, strict=True):
        yield from ((case, post) for post in served)


def _notes(terms: Terms) -> Iterator[str]:
    """What was given and has no bearing, so that a slip of the pen is seen."""
    known = {post.id for post in terms.posts}
    strangers = {post for _, post in terms.ties.conflicts or () if post not in known}
    if strangers:
        yield f"Conflicts are declared for {count_of(len(strangers), 'post')} not listed here."
