"""Which posts may audit which cases, for many of both at once.

For each part of a condition the posts for which it is met are kept as the bits of one
number, by what the part reads of the case. So a condition is read once for cases alike in
what it reads, and a million pairs cost no more than the handful of kinds among them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TypeAlias

from attrs import evolve

from qaf_core.errors import DefinitionError, Fault, InputError
from qaf_core.facts import Fact
from qaf_core.logic.expressions import (
    And,
    Compare,
    Cond,
    HasState,
    In,
    Not,
    Op,
    Or,
    Ref,
    refs,
)
from qaf_core.logic.lower import met, possible, sure
from qaf_core.logic.values import Gap, Record, Sort, Value
from qaf_core.sampling.flow import bits
from qaf_core.sampling.independence import Independence, known_besides, managers
from qaf_core.sampling.population import Case, Post, case_facts, pair_record, post_facts
from qaf_core.sampling.ties import Ties

__all__ = ["Eligibility", "wrong_kinds"]

Facts: TypeAlias = Mapping[str, Value]
Masks: TypeAlias = Callable[[str, Facts], int]


def __dir__() -> list[str]:
    return __all__


class Eligibility:
    """Who may audit what, under conditions of independence.

    Args:
        cases, posts: checked lists, in the order in which they are to be numbered.
        independent: the conditions that hold.
        ties: what is known between posts and cases.
        on: the day, for conditions that compare with it.
        facts: facts of cases as a framework declares them.
    """

    def __init__(
        self,
        cases: Sequence[Case],
        posts: Sequence[Post],
        independent: Sequence[Independence],
        *,
        ties: Ties,
        on: date | None,
        facts: Sequence[Fact],
    ) -> None:
        self.cases, self.posts, self.independent = cases, posts, independent
        self._on, self._declared = on, facts
        self.every = (1 << len(posts)) - 1
        self._managed_by = managers(posts)
        self._otherwise = ties.otherwise()
        self._named = ties.named()
        self._position = {post.id: index for index, post in enumerate(posts)}
        self._posts: list[Facts] = [post_facts(post) for post in posts]
        self._cases: list[Facts] = [self._facts_of(case) for case in cases]
        self._possible = [self._masks(possible(each.bars)) for each in independent]
        self._sure = [self._masks(sure(each.bars)) for each in independent]

    def barred(self, case: int, which: int, *, surely: bool = False) -> int:
        """The posts, as bits, that a condition bars from a case.

        Args:
            case: number of the case.
            which: number of the condition.
            surely: leave out those it bars only because something is not known.
        """
        masks = self._sure if surely else self._possible
        return masks[which](self.cases[case].id, self._cases[case])

    def allowed(self, case: int, *, without: int | None = None, hopeful: bool = False) -> int:
        """The posts, as bits, that may audit a case.

        Args:
            case: number of the case.
            without: number of a condition to leave out.
            hopeful: take what is not known for what would permit most.
        """
        barred = 0
        for which in range(len(self.independent)):
            if which != without:
                barred |= self.barred(case, which, surely=hopeful)
        return self.every & ~barred

    def unknown(self, case: int, which: int, posts: int) -> set[str]:
        """What a condition reads of a case and these posts that is not known, in words."""
        found = set()
        named = self._named.get(self.cases[case].id, {})
        for ref in refs(self.independent[which].bars):
            sources = [self._cases[case]]
            if ref.name.startswith("post."):
                sources = [self._posts[index] for index in bits(posts)]
            elif ref.name.startswith("pair."):
                ties = [named.get(self.posts[index].id, {}) for index in bits(posts)]
                sources = [{**self._otherwise, **tie} for tie in ties]
            values = (source.get(ref.name, Gap.UNKNOWN) for source in sources)
            if any(isinstance(value, Gap) and value.open for value in values):
                found.add(ref.label or ref.name)
        return found

    def record(self, case: Case, post: Post) -> Record:
        """What the conditions are read on for one pair, made afresh from what was given."""
        pair = {**self._otherwise, **self._named.get(case.id, {}).get(post.id, {})}
        besides = known_besides(case, self._managed_by, self._on)
        return pair_record(case, post, on=self._on, facts=self._declared, pair={**pair, **besides})

    def _facts_of(self, case: Case) -> Facts:
        known = {
            **case_facts(case, self._declared),
            **self._otherwise,
            **known_besides(case, self._managed_by, self._on),
        }
        if self._on is not None:
            known["today"] = self._on
        return known

    # --- conditions as masks --------------------------------------------------------

    def _masks(self, cond: Cond) -> Masks:
        match cond:
            case And() | Or():
                return self._joined([self._masks(part) for part in cond.parts], type(cond))
            case Not():
                inner = self._masks(cond.part)
                return lambda case, known: self.every & ~inner(case, known)
            case In() | Compare() | HasState():
                return self._leaf(cond)
        raise DefinitionError(f"A {type(cond).__name__} is not read on a case and a post.")

    def _joined(self, parts: Sequence[Masks], kind: type[And | Or]) -> Masks:
        def both(case: str, known: Facts) -> int:
            mask = self.every
            for part in parts:
                mask &= part(case, known)
            return mask

        def either(case: str, known: Facts) -> int:
            mask = 0
            for part in parts:
                mask |= part(case, known)
            return mask

        return both if kind is And else either

    def _leaf(self, leaf: In | Compare | HasState) -> Masks:
        names = sorted(ref.name for ref in refs(leaf))
        of_posts = [name for name in names if name.startswith("post.")]
        others = [name for name in names if name not in of_posts]
        of_pairs = [name for name in names if name.startswith("pair.")]
        groups: dict[tuple[Value, ...], int] = {}
        for index, known in enumerate(self._posts):
            key = tuple(known.get(name, Gap.UNKNOWN) for name in of_posts)
            groups[key] = groups.get(key, 0) | 1 << index
        read = self._read_equality if _is_plain_equality(leaf, of_posts) else self._read_groups
        masks: dict[tuple[Value, ...], int] = {}

        def mask(case: str, known: Facts) -> int:
            key = tuple([known.get(name, Gap.UNKNOWN) for name in others])
            found = masks.get(key)
            if found is None:
                found = read(leaf, dict(zip(others, key, strict=True)), of_posts, groups)
                masks[key] = found
            if of_pairs and case in self._named:
                found = self._with_pairs(leaf, found, known, self._named[case])
            return found

        return mask

    def _read_groups(
        self,
        leaf: Cond,
        known: Facts,
        of_posts: Sequence[str],
        groups: Mapping[tuple[Value, ...], int],
    ) -> int:
        """The posts for which a part is met, read once for posts alike in what it reads."""
        found = 0
        for key, mask in groups.items():
            if met(leaf, Record({**known, **dict(zip(of_posts, key, strict=True))})):
                found |= mask
        return found

    def _read_equality(
        self,
        leaf: Cond,
        known: Facts,
        of_posts: Sequence[str],
        groups: Mapping[tuple[Value, ...], int],
    ) -> int:
        """The same where only equality counts: all posts that differ are alike."""
        [(name, value)] = known.items()
        few: dict[tuple[Value, ...], int] = {}
        differs: tuple[Value, ...] | None = None
        left = self.every
        for gap in Gap:
            if mask := groups.get((gap,), 0):
                few[(gap,)] = mask
                left &= ~mask
        if mask := groups.get((value,), 0) & left:
            few[(value,)] = mask
            left &= ~mask
        if left:
            differs = next(key for key in groups if key not in few)
            few[differs] = left
        return self._read_groups(leaf, {name: value}, of_posts, few)

    def _with_pairs(self, leaf: Cond, mask: int, known: Facts, named: Mapping[str, Facts]) -> int:
        """The mask with the posts put right about whom something is known with this case."""
        for post, tied in named.items():
            index = self._position.get(post)
            if index is None:
                continue
            record = Record({**known, **self._posts[index], **tied})
            mask = mask | 1 << index if met(leaf, record) else mask & ~(1 << index)
        return mask


def _is_plain_equality(leaf: Cond, of_posts: Sequence[str]) -> bool:
    """Whether a part asks only if one fact of the post equals one of the case."""
    return (
        isinstance(leaf, Compare)
        and leaf.op in (Op.EQ, Op.NE)
        and isinstance(leaf.left, Ref)
        and isinstance(leaf.right, Ref)
        and len(of_posts) == 1
        and leaf.left.name != leaf.right.name
        and leaf.left.kind.sort is not Sort.CODES
    )


def wrong_kinds(
    cases: Sequence[Case],
    posts: Sequence[Post],
    independent: Sequence[Independence],
    facts: Sequence[Fact],
) -> list[Fault]:
    """The facts that are not of the kind that they are declared or read as.

    Such a fact would be met by no condition, and so permit what it should bar.

    Args:
        cases: the cases, in the order in which they were given.
        posts: the posts, likewise.
        independent: the conditions that read their facts.
        facts: facts of cases as a framework declares them.
    """
    found: dict[str, Fault] = {}
    for index, case in enumerate(cases if facts else ()):
        try:
            case_facts(case, facts)
        except InputError as error:
            for fault in error.faults:
                path = f"cases[{index}].{fault.path}"
                found[path] = evolve(fault, path=path)
    wanted = sorted(
        {ref for each in independent for ref in refs(each.bars)}, key=lambda ref: ref.name
    )
    for ref in wanted:
        side, _, name = ref.name.rpartition(".")
        place = "posts" if side == "post" else "cases"
        values: Sequence[Case | Post] = () if side == "pair" else cases
        for index, each in enumerate(posts if side == "post" else values):
            value = each.facts.get(name, Gap.UNKNOWN)
            if not (isinstance(value, Gap) or ref.kind.admits(value)):
                path = f"{place}[{index}].facts.{name}"
                problem = "it is not of the kind that a condition of independence reads"
                do = f"Give {ref.kind.takes}, or leave out what is not known"
                found.setdefault(path, Fault(path=path, problem=problem, do=do))
    return list(found.values())
