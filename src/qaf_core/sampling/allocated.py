"""What an allocation comes to: who audits which case, how loads lie, and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import field, frozen

from qaf_core.errors import Fault, InputError
from qaf_core.logic.explain import Proof, Verdict, explain
from qaf_core.sampling.independence import Independence
from qaf_core.sampling.mending import Mend, mends
from qaf_core.sampling.population import Case, Post
from qaf_core.sampling.shortfall import Shortfall, count_of, listed
from qaf_core.sampling.terms import Terms
from qaf_core.tables import Table

__all__ = ["Bar", "Load", "Placing", "Allocation", "Total", "Unplaced", "Why"]


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
class Allocation:
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
            InputError: there is no such post.
        """
        self._post(post)
        return tuple(each.case for each in self.placed if each.post == post)

    def of_case(self, case: str) -> tuple[str, ...]:
        """Ids of the posts that are to audit a case.

        Raises:
            InputError: there is no such case.
        """
        self._case(case)
        return tuple(each.post for each in self.placed if each.case == case)

    def why(self, case: str, post: str) -> Why:
        """Why a post has a case, or has not.

        Raises:
            InputError: there is no such case or post.
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
        return f"<Allocation of {self._head}>"

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
    raise InputError(
        [
            Fault(
                path=kind,
                problem=f"no {kind} of this plan has that id",
                do="Write the id as it was given, to the letter",
            )
        ]
    )
