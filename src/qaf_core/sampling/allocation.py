"""Who audits which case: every case placed where that can be done, evenly, with the reasons.

Where not every case can be placed, no other allocation places more, and the plan holds the
count that proves it. The result depends on the cases, the posts, the seed and the scope,
never on the order in which they are given.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from hashlib import sha256
from typing import Any, TypeVar

from attrs import evolve, field, frozen

from qaf_core.errors import Fault, InputError, UnknownIdError
from qaf_core.facts import Fact
from qaf_core.immutable import FrozenMap
from qaf_core.logic.explain import Proof, Verdict, explain
from qaf_core.sampling.eligible import Eligibility
from qaf_core.sampling.flow import Demand, Spread, Supplier, spread
from qaf_core.sampling.independence import (
    NOTHING_KNOWN,
    Independence,
    Purpose,
    Ties,
    in_force,
)
from qaf_core.sampling.mending import Mend, mends
from qaf_core.sampling.population import Case, Post, checked_cases, checked_posts
from qaf_core.sampling.quotas import Holder, Quota, auditors_of, holders_of
from qaf_core.sampling.shortfall import Shortfall, count_of, listed, prove
from qaf_core.sampling.terms import Kin, Terms, kin
from qaf_core.sampling.tickets import prefix
from qaf_core.tables import Table

__all__ = ["Bar", "Load", "Placing", "Plan", "Total", "Unplaced", "Why", "allocate"]


def __dir__() -> list[str]:
    return __all__


@frozen(kw_only=True, order=True)
class Placing:
    """A case and a post that is to audit it, by id."""

    case: str
    post: str


@frozen(kw_only=True)
class Unplaced:
    """A case with fewer auditors than it needs.

    Attributes:
        case: its id.
        needs: how many auditors it needs.
        has: how many it has.
    """

    case: str
    needs: int
    has: int


@frozen(kw_only=True)
class Load:
    """How many cases a post has.

    Attributes:
        post: its id.
        role, team: ids of its role and team.
        quota: the places it has, or None where it has none of its own.
        cases: how many are filled.
    """

    post: str
    role: str
    team: str
    quota: int | None
    cases: int


@frozen(kw_only=True)
class Total:
    """How many cases the posts of a role have together.

    Attributes:
        role: id of the role.
        quota: the places they have.
        cases: how many are filled.
    """

    role: str
    quota: int
    cases: int


@frozen(kw_only=True)
class Bar:
    """A condition that keeps a post from a case.

    Attributes:
        independence: the condition.
        surely: False where it bars only because something is not known.
        unknown: what is not known, in words.
        proof: the condition read on the two, part by part.
    """

    independence: Independence
    surely: bool
    unknown: tuple[str, ...]
    proof: Proof = field(repr=False)

    def __str__(self) -> str:
        why = f": {self.independence.title}"
        if not self.surely:
            why = f" because not known: {'; '.join(self.unknown)}"
        return f"Barred{why}. {self.independence}"


@frozen(kw_only=True)
class Why:
    """Why a post has a case, or has not.

    Attributes:
        case, post: their ids.
        placed: whether it has.
        bars: the conditions that keep it from it; empty where it may audit it.
        load: how many cases the post has.
        others: ids of the posts that have the case.
        independent: the conditions that held.
    """

    case: str
    post: str
    placed: bool
    bars: tuple[Bar, ...]
    load: Load
    others: tuple[str, ...]
    independent: tuple[Independence, ...] = field(repr=False)

    def __str__(self) -> str:
        head = f"{self.case} {'goes' if self.placed else 'does not go'} to {self.post}."
        if self.bars:
            return "\n".join((head, *(f"  {bar}" for bar in self.bars)))
        lines = [head]
        if self.independent:
            lines.append("  No condition bars it:")
            lines += [f"    {each}" for each in self.independent]
        else:
            lines.append("  No condition of independence is switched on.")
        has = count_of(self.load.cases, "case")
        quota = "" if self.load.quota is None else f" of {self.load.quota}"
        lines.append(f"  {self.post} has {has}{quota}.")
        if not self.placed and self.others:
            lines.append(f"  The case goes to {listed(self.others)}, as evenly as can be.")
        elif not self.placed:
            lines.append("  The case is among those short of places.")
        return "\n".join(lines)


@frozen(kw_only=True, repr=False)
class Plan:
    """Who audits which case.

    Attributes:
        placed: every case with the post that is to audit it, by id of the case.
        unplaced: every case that has fewer auditors than it needs, by id.
        shortfall: the proof that no more can be placed; empty where all are.
        loads: how many cases each post has, by id of the post.
        totals: how many cases the posts of a role have, where they hold their places together.
        independent: the conditions that held.
        notes: what else there is to know.
        terms: all that the plan rests on.
    """

    placed: tuple[Placing, ...]
    unplaced: tuple[Unplaced, ...]
    shortfall: tuple[Shortfall, ...]
    loads: tuple[Load, ...]
    totals: tuple[Total, ...] = ()
    independent: tuple[Independence, ...]
    notes: tuple[str, ...] = ()
    terms: Terms = field(eq=False)

    @property
    def complete(self) -> bool:
        """Whether every case has the auditors it needs."""
        return not self.unplaced

    @property
    def missing(self) -> int:
        """How many places are missing."""
        return sum(each.needs - each.has for each in self.unplaced)

    def of_post(self, post: str) -> tuple[str, ...]:
        """Ids of the cases that a post is to audit.

        Raises:
            UnknownIdError: there is no such post.
        """
        self._post(post)
        return tuple(each.case for each in self.placed if each.post == post)

    def of_case(self, case: str) -> tuple[str, ...]:
        """Ids of the posts that are to audit a case.

        Raises:
            UnknownIdError: there is no such case.
        """
        self._case(case)
        return tuple(each.post for each in self.placed if each.case == case)

    def why(self, case: str, post: str) -> Why:
        """Why a post has a case, or has not.

        Raises:
            UnknownIdError: there is no such case or post.
        """
        audited, auditor = self._case(case), self._post(post)
        record = self.terms.eligible.record(audited, auditor)
        bars = []
        for each in self.independent:
            proof = explain(each.bars, record)
            if proof.verdict is not Verdict.NOT_MET:
                unknown = dict.fromkeys(
                    rest.ref.label or rest.ref.name for rest in proof.open_facts()
                )
                surely = proof.verdict is Verdict.MET
                bars.append(
                    Bar(independence=each, surely=surely, unknown=tuple(unknown), proof=proof)
                )
        others = self.of_case(case)
        return Why(
            case=case,
            post=post,
            placed=post in others,
            bars=tuple(bars),
            load=next(load for load in self.loads if load.post == post),
            others=others,
            independent=self.independent,
        )

    def mends(self) -> tuple[Mend, ...]:
        """Every way to mend a shortfall, each worked out by allocating again."""
        return tuple(mends(self.terms, self.shortfall))

    def to_table(self) -> Table:
        """The placings as a table, those not placed among them."""
        rows: list[dict[str, object]] = [
            {"case": each.case, "post": each.post} for each in self.placed
        ]
        rows += [
            {"case": each.case, "post": None}
            for each in self.unplaced
            for _ in range(each.needs - each.has)
        ]
        known = {post.id: post for post in self.terms.posts}
        teams = {case.id: case.team for case in self.terms.cases}
        for row in rows:
            post = known.get(str(row["post"]))
            row["team"] = teams[str(row["case"])] or None
            row["role"] = post.role if post else None
        columns = {"case": "Case", "team": "Team", "post": "Post", "role": "Role"}
        rows.sort(key=lambda row: (str(row["case"]), row["post"] is None, str(row["post"])))
        return Table(caption=self._head, columns=columns, rows=rows)

    def to_rows(self) -> list[dict[str, object]]:
        """The placings as plain rows, for a data frame."""
        return self.to_table().to_rows()

    @property
    def _head(self) -> str:
        cases, posts = len(self.terms.cases), len(self.terms.posts)
        said = f"{count_of(cases, 'case')}, {count_of(posts, 'post')}"
        if not self.terms.even:
            places = sum(holder.quota or 0 for holder in self.terms.holders)
            said += f" with {count_of(places, 'place')}"
        return f"{said}: {count_of(len(self.placed), 'place')} filled, {self.missing:,} missing"

    def __str__(self) -> str:
        lines = [f"{self._head}."]
        if self.loads:
            fewest = min(load.cases for load in self.loads)
            most = max(load.cases for load in self.loads)
            each = f"{fewest:,}" if fewest == most else f"{fewest:,} to {most:,}"
            lines.append(f"Each post has {each}.")
        lines += [
            f"All posts of {each.role} together have {each.cases:,} of {each.quota:,}."
            for each in self.totals
        ]
        lines += [f"Independence: {each}" for each in self.independent]
        lines += list(self.notes)
        if self.shortfall:
            lines += ["", *map(str, self.shortfall)]
            lines += ["", "What would mend it, any one of these:"]
            lines += [f"- {mend}" for mend in self.mends()]
            lines += ["", f"Not placed: {', '.join(self._unplaced())}."]
        return "\n".join(lines)

    def _unplaced(self) -> Iterator[str]:
        for each in self.unplaced:
            yield each.case if each.needs == 1 else f"{each.case} ({each.has} of {each.needs})"

    def __repr__(self) -> str:
        return f"<Plan of {self._head}>"

    def _repr_html_(self) -> str:
        return self.to_table().to_html()

    def _repr_markdown_(self) -> str:
        return self.to_table().to_markdown()

    def _case(self, id: str) -> Case:
        found: Case = _by_id("case", id, self.terms.cases)
        return found

    def _post(self, id: str) -> Post:
        found: Post = _by_id("post", id, self.terms.posts)
        return found


def _by_id(kind: str, id: str, among: tuple[Case, ...] | tuple[Post, ...]) -> Any:
    for each in among:
        if each.id == id:
            return each
    raise UnknownIdError(kind, id, (each.id for each in among))


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
) -> Plan:
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
    all_cases = _in_order(checked_cases(cases, place="cases"), seed, scope)
    all_posts = _in_order(checked_posts(posts), seed, scope)
    if faults := ties.faults():
        raise InputError(faults)
    needs = auditors_of(all_cases, auditors)
    holders = holders_of(all_posts, quota, totals)
    eligible = Eligibility(all_cases, all_posts, conditions, ties=ties, on=on, facts=tuple(facts))
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
    return Plan(
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


T = TypeVar("T", Case, Post)


def _in_order(values: Iterable[T], seed: str, scope: str) -> tuple[T, ...]:
    head = prefix(seed, scope)
    return tuple(sorted(values, key=lambda each: sha256(head + each.id.encode()).digest()))


def _kept(keep: Iterable[Placing], terms: Terms) -> tuple[tuple[int, int], ...]:
    """Numbers of the case and post of what is kept.

    Raises:
        InputError: a placing is of no case or post here, stands twice, is barred, or is one
            too many.
    """
    case_at = {case.id: number for number, case in enumerate(terms.cases)}
    post_at = {post.id: number for number, post in enumerate(terms.posts)}
    kept: list[tuple[int, int]] = []
    wants, free = list(terms.needs), [each.free for each in terms.suppliers]
    holder_at = terms.holder_at
    faults: list[Fault] = []
    for index, each in enumerate(keep):
        problem = ""
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
        kept.append((case, post))
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
