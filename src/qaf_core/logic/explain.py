"""The meaning of a condition: on one record, every part's verdict and what it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import TypeAlias

from attrs import frozen

from qaf_core.logic.english import english
from qaf_core.logic.expressions import (
    AllOf,
    And,
    AnyOf,
    Compare,
    Cond,
    Const,
    Count,
    Extreme,
    HasState,
    In,
    Not,
    Or,
    Ref,
    Term,
)
from qaf_core.logic.prove import MET, NOT_MET, OPEN, Prove, Raw, Side, prover
from qaf_core.logic.values import Gap, Record, Sort, Value

__all__ = ["Proof", "Rest", "Verdict", "explain"]


Item: TypeAlias = Mapping[str, Value] | None


def __dir__() -> list[str]:
    return __all__


class Verdict(Enum):
    """What is known of a condition on a record."""

    MET = "met"
    OPEN = "open"
    NOT_MET = "not met"


_VERDICTS = {MET: Verdict.MET, OPEN: Verdict.OPEN, NOT_MET: Verdict.NOT_MET}


@frozen
class Rest:
    """A fact that a verdict rests on.

    Attributes:
        ref: the fact or field.
        item: id of the item it belongs to, or "".
        value: its value or gap; never shown where the fact is private.
    """

    ref: Ref
    item: str
    value: Value

    @property
    def name(self) -> str:
        """The id of the fact, or of the item and its field."""
        return f"{self.ref.of}.{self.item}.{self.ref.name}" if self.ref.of else self.ref.name

    @property
    def shown(self) -> str:
        """The value in words, withheld where it is private."""
        if isinstance(self.value, Gap):
            return self.value.value
        if self.ref.private or self.ref.kind.sort is Sort.TEXT:
            return "given (withheld)"
        return self.ref.kind.label(self.value)

    def __repr__(self) -> str:
        return f"<{self.name}: {self.shown}>"

    def __str__(self) -> str:
        label = self.ref.label or self.ref.name.replace("_", " ")
        return f"{label} of {self.item}: {self.shown}" if self.item else f"{label}: {self.shown}"


@frozen(repr=False, eq=False)
class Proof:
    """A condition, its verdict on a record, and the proofs of its parts, made when asked for.

    Attributes:
        verdict: what is known of it.
    """

    _asked: Cond
    _want: bool
    _raw: Raw
    _record: Record
    _item: Item

    def __repr__(self) -> str:
        return f"<Proof: {self.verdict.value}: {self.cond}>"

    @property
    def cond(self) -> Cond:
        """The condition."""
        return self._asked if self._want else ~self._asked

    @property
    def verdict(self) -> Verdict:
        """What is known of it."""
        return _VERDICTS[self._raw[0]]

    @property
    def item(self) -> str:
        """Id of the item it is about, or ""."""
        return "" if isinstance(self._asked, And | Or | AnyOf | AllOf) else _item_id(self._item)

    @property
    def parts(self) -> tuple[Proof, ...]:
        """The proofs of its parts."""
        match self._asked:
            case And() | Or():
                return tuple(
                    _proof(part, self._want, raw, self._record, self._item)
                    for part, raw in zip(self._asked.parts, self._raw[1], strict=True)
                )
            case AnyOf() | AllOf():
                items = self._record.items[self._asked.collection]
                want = isinstance(self._asked, AnyOf)
                return tuple(
                    _proof(self._asked.where, want, raw, self._record, each)
                    for each, raw in zip(items, self._raw[1], strict=True)
                )
        return ()

    @property
    def rests(self) -> tuple[Rest, ...]:
        """The facts read at this part."""
        return self._rests_and_opens()[0]

    @property
    def opens(self) -> tuple[Rest, ...]:
        """Those of them whose answers would settle it."""
        return self._rests_and_opens()[1]

    def _rests_and_opens(self) -> tuple[tuple[Rest, ...], tuple[Rest, ...]]:
        match self._asked:
            case In() | HasState():
                ref, value = self._asked.ref, self._raw[1]
                rests = (Rest(ref, _item_id(self._item) if ref.of else "", value),)
                return rests, rests if isinstance(self._asked, In) and _is_open(value) else ()
            case Compare():
                terms, raws = (self._asked.left, self._asked.right), self._raw[1]
                if all(isinstance(term, Ref | Const) for term in terms):
                    raws = [(value, value, ()) for value in raws]
                sides = zip(terms, raws, strict=True)
                (one, first), (other, second) = (self._side(*side) for side in sides)
                return one + other, first + second
        return (), ()

    def _side(self, term: Term, raw: Side) -> tuple[tuple[Rest, ...], tuple[Rest, ...]]:
        """The facts that one side of a comparison rests on, and those of them that are open."""
        match term:
            case Ref():
                value = raw[0]
                rests = (Rest(term, _item_id(self._item) if term.of else "", value),)
                return rests, rests if _is_open(value) else ()
            case Count():
                items = self._record.items[term.collection]
                proofs = [
                    _proof(term.where, True, inner, self._record, each)
                    for each, inner in zip(items, raw[2], strict=True)
                ]
                return (
                    tuple(rest for proof in proofs for rest in proof.facts()),
                    tuple(rest for proof in proofs for rest in proof.open_facts()),
                )
            case Extreme():
                return self._extreme(term, raw[2])
        return (), ()

    def _extreme(
        self, term: Extreme, raws: list[tuple[Value, Raw]]
    ) -> tuple[tuple[Rest, ...], tuple[Rest, ...]]:
        rests: list[Rest] = []
        opens: list[Rest] = []
        for each, (value, raw) in zip(self._record.items[term.ref.of], raws, strict=True):
            proof = _proof(term.where, True, raw, self._record, each)
            gap = isinstance(value, Gap)
            beside = not gap and term.kind.codes and term.kind.position(value) is None
            if proof.verdict is Verdict.NOT_MET or beside or (gap and not _is_open(value)):
                continue
            rest = Rest(term.ref, _item_id(each), value)
            rests += [rest, *proof.open_facts()]
            opens += [*((rest,) if gap else ()), *proof.open_facts()]
        pending = bool(opens)
        return tuple(rests), tuple(opens) if pending else ()

    def walk(self, depth: int = 0) -> Iterator[tuple[int, Proof]]:
        """The proof and those of its parts, each with its depth."""
        yield depth, self
        for part in self.parts:
            yield from part.walk(depth + 1)

    def facts(self) -> tuple[Rest, ...]:
        """Every fact it rests on, once, in order."""
        found: dict[tuple[str, str, str], Rest] = {}
        for _, proof in self.walk():
            for rest in proof.rests:
                found.setdefault((rest.ref.of, rest.item, rest.ref.name), rest)
        return tuple(found.values())

    def open_facts(self) -> tuple[Rest, ...]:
        """The facts whose answers would settle it: those under parts that are open."""
        if self.verdict is not Verdict.OPEN:
            return ()
        found = list(self.opens)
        for part in self.parts:
            found += part.open_facts()
        return tuple({(rest.ref, rest.item): rest for rest in found}.values())

    def to_rows(self) -> list[dict[str, object]]:
        """A row a part: depth, verdict, condition, and the facts at that part."""
        return [
            {
                "depth": depth,
                "verdict": proof.verdict.value,
                "condition": english(proof.cond),
                "item": proof.item,
                "facts": "; ".join(str(rest) for rest in proof.rests),
            }
            for depth, proof in self.walk()
        ]

    def __str__(self) -> str:
        lines = []
        for row in self.to_rows():
            about = f" [{row['item']}]" if row["item"] else ""
            facts = f" ({row['facts']})" if row["facts"] else ""
            lines.append(
                f"{'  ' * int(str(row['depth']))}{row['verdict']}: {row['condition']}{about}{facts}"
            )
        return "\n".join(lines)


def explain(cond: Cond, record: Record, item: Item = None, *, prove: Prove | None = None) -> Proof:
    """Read a condition on a record, keeping why.

    Args:
        cond: a condition as written (not lowered).
        record: the facts and collections.
        item: the item it is about, where it speaks of an item's fields.
        prove: what ``prover`` made of the condition, where many records are read.
    """
    raw = (prove or prover(cond))(record, item)
    return _proof(cond, True, raw, record, item)


def _proof(cond: Cond, want: bool, raw: Raw, record: Record, item: Item) -> Proof:
    while isinstance(cond, Not):
        cond, want = cond.part, not want
    return Proof(cond, want, raw, record, item)


def _is_open(value: Value) -> bool:
    return isinstance(value, Gap) and value.open


def _item_id(item: Item) -> str:
    return "" if item is None else str(item.get("id", ""))
