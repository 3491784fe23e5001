"""The meaning of a condition: on one record, every part's verdict and what it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum

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
    Op,
    Or,
    Ref,
    Term,
)
from qaf_core.logic.lower import compare, contains, extreme, has_state, look_up
from qaf_core.logic.values import Gap, Record, Sort, Value

__all__ = ["Proof", "Rest", "Verdict", "explain"]


def __dir__() -> list[str]:
    return __all__


class Verdict(Enum):
    """What is known of a condition on a record."""

    MET = "met"
    OPEN = "open"
    NOT_MET = "not met"


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


@frozen
class Proof:
    """A condition, its verdict on a record, and the proofs of its parts.

    Attributes:
        cond: the condition.
        verdict: what is known of it.
        parts: the proofs of its parts.
        rests: the facts read at this part.
        opens: those of them whose answers would settle it.
        item: id of the item it is about, or "".
    """

    cond: Cond
    verdict: Verdict
    parts: tuple[Proof, ...] = ()
    rests: tuple[Rest, ...] = ()
    opens: tuple[Rest, ...] = ()
    item: str = ""

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


Item = Mapping[str, Value] | None


def explain(cond: Cond, record: Record, item: Item = None) -> Proof:
    """Read a condition on a record, keeping why.

    Args:
        cond: a condition as written (not lowered).
        record: the facts and collections.
        item: the item it is about, where it speaks of an item's fields.
    """
    return _explain(cond, record, item, want=True)


def _verdict(sure: bool, possible: bool) -> Verdict:
    return Verdict.MET if sure else Verdict.OPEN if possible else Verdict.NOT_MET


def _explain(cond: Cond, record: Record, item: Item, *, want: bool) -> Proof:
    """The proof of a condition, or of its opposite where ``want`` is False."""
    shown = cond if want else ~cond
    name = _item_id(item)
    match cond:
        case Not():
            return _explain(cond.part, record, item, want=not want)
        case And() | Or():
            parts = tuple(_explain(part, record, item, want=want) for part in cond.parts)
            verdicts = [part.verdict for part in parts]
            if isinstance(cond, And) is want:
                sure = all(verdict is Verdict.MET for verdict in verdicts)
                possible = all(verdict is not Verdict.NOT_MET for verdict in verdicts)
            else:
                sure = any(verdict is Verdict.MET for verdict in verdicts)
                possible = any(verdict is not Verdict.NOT_MET for verdict in verdicts)
            return Proof(shown, _verdict(sure, possible), parts)
        case In():
            value = look_up(cond.ref, record, item)
            rests = (Rest(cond.ref, name if cond.ref.of else "", value),)
            if isinstance(value, Gap):
                verdict = _verdict(False, value.open)
                return Proof(shown, verdict, (), rests, rests if value.open else (), name)
            held = contains(value, cond.values) is want
            return Proof(shown, _verdict(held, held), (), rests, (), name)
        case HasState():
            value = look_up(cond.ref, record, item)
            held = has_state(value, cond.state) is want
            rests = (Rest(cond.ref, name if cond.ref.of else "", value),)
            return Proof(shown, _verdict(held, held), (), rests, (), name)
        case Compare():
            op = cond.op if want else cond.op.opposite
            left = _range(cond.left, record, item)
            right = _range(cond.right, record, item)
            upward = op in (Op.LT, Op.LE)
            kind = cond.left.kind
            surely = compare(kind, left.bound(upward), op, right.bound(not upward))
            maybe = compare(kind, left.bound(not upward), op, right.bound(upward))
            verdict = _verdict(surely is True, maybe is not False)
            opens = left.opens + right.opens
            return Proof(shown, verdict, (), left.rests + right.rests, opens, name)
        case AnyOf() | AllOf():
            # "all" is that no item meets the opposite, so it is read as "any" of that
            is_any = isinstance(cond, AnyOf)
            parts = tuple(
                _explain(cond.where, record, each, want=is_any)
                for each in record.items[cond.collection]
            )
            met_surely = any(part.verdict is Verdict.MET for part in parts)
            met_maybe = any(part.verdict is not Verdict.NOT_MET for part in parts)
            if is_any is want:
                return Proof(shown, _verdict(met_surely, met_maybe), parts)
            return Proof(shown, _verdict(not met_maybe, not met_surely), parts)
    raise TypeError(f"{type(cond).__name__} is no condition of this language.")


@frozen
class _Range:
    """The values a term may yet take, and what that rests on."""

    low: Value
    high: Value
    rests: tuple[Rest, ...] = ()
    opens: tuple[Rest, ...] = ()

    def bound(self, high: bool) -> Value:
        return self.high if high else self.low


def _is_open(value: Value) -> bool:
    return isinstance(value, Gap) and value.open


def _item_id(item: Item) -> str:
    return "" if item is None else str(item.get("id", ""))


def _range(term: Term, record: Record, item: Item) -> _Range:
    match term:
        case Const():
            return _Range(term.value, term.value)
        case Ref():
            value = look_up(term, record, item)
            rests = (Rest(term, _item_id(item) if term.of else "", value),)
            return _Range(value, value, rests, rests if _is_open(value) else ())
        case Count():
            proofs = [
                _explain(term.where, record, each, want=True)
                for each in record.items[term.collection]
            ]
            return _Range(
                sum(proof.verdict is Verdict.MET for proof in proofs),
                sum(proof.verdict is not Verdict.NOT_MET for proof in proofs),
                tuple(rest for proof in proofs for rest in proof.facts()),
                tuple(rest for proof in proofs for rest in proof.open_facts()),
            )
        case Extreme():
            return _extreme_range(term, record)
    raise TypeError(f"{type(term).__name__} is no term of this language.")


def _extreme_range(term: Extreme, record: Record) -> _Range:
    rests: list[Rest] = []
    opens: list[Rest] = []
    answered: list[Value] = []
    pending = False
    for each in record.items[term.ref.of]:
        value = look_up(term.ref, record, each)
        proof = _explain(term.where, record, each, want=True)
        inside = proof.verdict
        gap = isinstance(value, Gap)
        if inside is Verdict.NOT_MET or (isinstance(value, Gap) and not value.open):
            continue
        if not gap and term.kind.codes and term.kind.position(value) is None:
            continue
        rest = Rest(term.ref, _item_id(each), value)
        rests += [rest, *proof.open_facts()]
        opens += [*((rest,) if gap else ()), *proof.open_facts()]
        if not gap and inside is Verdict.MET:
            answered.append(value)
        else:
            pending = True
    known = extreme(term.kind, answered, best=term.best)
    if not pending:
        return _Range(known, known, tuple(rests))
    if not answered:
        return _Range(Gap.PENDING, Gap.PENDING, tuple(rests), tuple(opens))
    low, high = (known, Gap.PENDING) if term.best else (Gap.PENDING, known)
    return _Range(low, high, tuple(rests), tuple(opens))
