"""What a condition comes to on a record, part by part: the meaning of the language.

A condition becomes a function once; what that gives is raw: nested tuples of verdicts and
values that mirror the condition. ``explain`` shows them.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

from attrs import frozen

from qaf_core.logic.expressions import (
    ALWAYS,
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
from qaf_core.logic.layout import RECORDS, Layout
from qaf_core.logic.lower import compare, contains, extreme, has_state
from qaf_core.logic.values import Gap, Kind, Plain, Sort, Value

__all__ = ["MET", "NOT_MET", "OPEN", "Prove", "Raw", "Side", "prover"]

NOT_MET, OPEN, MET = range(3)

Raw: TypeAlias = tuple[int, Any]
"""A verdict and what it rests on: a value, two sides compared, or the raw parts."""
Prove: TypeAlias = Callable[[Any, Any], Raw]
"""Takes a record and the item that the condition is about, or None."""
Side: TypeAlias = tuple[Value, Value, Any]
"""The lowest and highest that a term may yet be, and the raw parts these follow from."""
Get: TypeAlias = Callable[[Any, Any], Any]

PENDING, UNKNOWN = Gap.PENDING, Gap.UNKNOWN


def __dir__() -> list[str]:
    return __all__


def prover(
    cond: Cond, *, layout: Layout = RECORDS, given: Mapping[str, Plain] | None = None
) -> Prove:
    """The function that proves a condition, as written, on records and their items.

    Args:
        cond: the condition.
        layout: how facts are reached.
        given: facts of the record whose value is bound once a run.
    """
    return _prove(cond, _Facts(layout, given or {}), want=True)


def _prove(cond: Cond, facts: _Facts, *, want: bool) -> Prove:
    """The proof of a condition, or of its opposite where ``want`` is False."""
    match cond:
        case Not():
            return _prove(cond.part, facts, want=not want)
        case And() | Or():
            parts = [_prove(part, facts, want=want) for part in cond.parts]
            return _least(parts) if isinstance(cond, And) is want else _most(parts)
        case In():
            return _in(cond, _getter(cond.ref, facts), want=want)
        case HasState():
            return _has_state(cond, _getter(cond.ref, facts), want=want)
        case Compare():
            return _compare(cond, facts, want=want)
        case AnyOf() | AllOf():
            # "all" is that no item meets the opposite, so it is read as "any" of that
            some = isinstance(cond, AnyOf)
            each = _prove(cond.where, facts, want=some)
            return _over(each, _items(cond.collection, facts), some=some is want)
    raise TypeError(f"{type(cond).__name__} is no condition of this language.")


# --- where facts lie ------------------------------------------------------------------------


@frozen
class _Facts:
    """Where facts lie, and those that are given."""

    layout: Layout
    given: Mapping[str, Plain]


def _getter(ref: Ref, facts: _Facts) -> Get:
    name, layout = ref.name, facts.layout
    if not ref.of and name in facts.given:
        value = facts.given[name]
        return lambda _record, _item: value
    if layout.facts is not None:
        fields = layout.items[ref.of][1] if ref.of else layout.facts
        if name not in fields:
            return lambda _record, _item: UNKNOWN
        attribute = operator.attrgetter(fields[name])
        if ref.of:
            return lambda _record, item: UNKNOWN if item is None else attribute(item)
        return lambda record, _item: attribute(record)
    if ref.of:
        return lambda _record, item: UNKNOWN if item is None else item.get(name, UNKNOWN)
    return lambda record, _item: record.facts.get(name, UNKNOWN)


def _items(collection: str, facts: _Facts) -> Callable[[Any], Iterable[Any]]:
    layout = facts.layout
    if layout.facts is not None:
        return operator.attrgetter(layout.items[collection][0])
    return lambda record: record.items[collection]


# --- conditions -----------------------------------------------------------------------------


def _least(parts: list[Prove]) -> Prove:
    def prove(record: Any, item: Any) -> Raw:
        raws = [part(record, item) for part in parts]
        verdict = MET
        for each in raws:
            verdict = min(verdict, each[0])
        return verdict, raws

    return prove


def _most(parts: list[Prove]) -> Prove:
    def prove(record: Any, item: Any) -> Raw:
        raws = [part(record, item) for part in parts]
        verdict = NOT_MET
        for each in raws:
            verdict = max(verdict, each[0])
        return verdict, raws

    return prove


def _over(each: Prove, items: Callable[[Any], Iterable[Any]], *, some: bool) -> Prove:
    def prove(record: Any, _item: Any) -> Raw:
        raws = [each(record, one) for one in items(record)]
        verdict = NOT_MET
        for raw in raws:
            verdict = max(verdict, raw[0])
        return verdict if some else MET - verdict, raws

    return prove


def _in(cond: In, get: Get, *, want: bool) -> Prove:
    values = cond.values
    if cond.ref.kind.sort is Sort.CODES:

        def prove_many(record: Any, item: Any) -> Raw:
            value = get(record, item)
            if type(value) is Gap:
                return (OPEN if value.open else NOT_MET), value
            return (MET if contains(value, values) is want else NOT_MET), value

        return prove_many

    def prove(record: Any, item: Any) -> Raw:
        value = get(record, item)
        if type(value) is Gap:
            return (OPEN if value is PENDING or value is UNKNOWN else NOT_MET), value
        return (MET if (value in values) is want else NOT_MET), value

    return prove


def _has_state(cond: HasState, get: Get, *, want: bool) -> Prove:
    state = cond.state

    def prove(record: Any, item: Any) -> Raw:
        value = get(record, item)
        return (MET if has_state(value, state) is want else NOT_MET), value

    return prove


def _compare(cond: Compare, facts: _Facts, *, want: bool) -> Prove:
    op = cond.op if want else cond.op.opposite
    holds = _comparer(cond.left.kind, op)
    plain = isinstance(cond.left, Ref | Const) and isinstance(cond.right, Ref | Const)
    if plain:
        left, right = _value(cond.left, facts), _value(cond.right, facts)

        def prove_plain(record: Any, item: Any) -> Raw:
            one, other = left(record, item), right(record, item)
            answer = holds(one, other)
            return (OPEN if answer is None else MET if answer else NOT_MET), (one, other)

        return prove_plain

    this, that = _side(cond.left, facts), _side(cond.right, facts)
    upward = op in (Op.LT, Op.LE)

    def prove(record: Any, item: Any) -> Raw:
        one, other = this(record, item), that(record, item)
        surely = holds(one[upward], other[not upward])
        maybe = holds(one[not upward], other[upward])
        verdict = MET if surely is True else NOT_MET if maybe is False else OPEN
        return verdict, (one, other)

    return prove


_OPERATORS: dict[Op, Callable[[Any, Any], bool]] = {
    Op.LT: operator.lt,
    Op.LE: operator.le,
    Op.GT: operator.gt,
    Op.GE: operator.ge,
    Op.EQ: operator.eq,
    Op.NE: operator.ne,
}


def _comparer(kind: Kind, op: Op) -> Callable[[Any, Any], bool | None]:
    """``compare`` for one kind and comparison, quicker where both sides have a value."""
    plainly = _OPERATORS[op]
    by_place = bool(kind.codes) and op not in (Op.EQ, Op.NE)
    places = {code: at for at, code in enumerate(kind.codes)}

    def holds(left: Any, right: Any) -> bool | None:
        if type(left) is Gap or type(right) is Gap or kind.sort is Sort.CODES:
            return compare(kind, left, op, right)
        if not by_place:
            return plainly(left, right)
        if left not in places or right not in places:
            return False
        return plainly(places[left], places[right])

    return holds


# --- terms ----------------------------------------------------------------------------------


def _value(term: Term, facts: _Facts) -> Get:
    if isinstance(term, Const):
        value = term.value
        return lambda _record, _item: value
    assert isinstance(term, Ref)  # noqa: S101 - the only other plain term
    return _getter(term, facts)


def _side(term: Term, facts: _Facts) -> Callable[[Any, Any], Side]:
    """The lowest and highest that a term may yet be, and why."""
    match term:
        case Count():
            return _count(term, facts)
        case Extreme():
            return _extreme(term, facts)
    get = _value(term, facts)

    def side(record: Any, item: Any) -> Side:
        value = get(record, item)
        return value, value, ()

    return side


def _count(term: Count, facts: _Facts) -> Callable[[Any, Any], Side]:
    each, items = _prove(term.where, facts, want=True), _items(term.collection, facts)

    def side(record: Any, _item: Any) -> Side:
        raws = [each(record, one) for one in items(record)]
        low = high = 0
        for raw in raws:
            if raw[0] == MET:
                low += 1
                high += 1
            elif raw[0] == OPEN:
                high += 1
        return low, high, raws

    return side


def _extreme(term: Extreme, facts: _Facts) -> Callable[[Any, Any], Side]:
    get, items = _getter(term.ref, facts), _items(term.ref.of, facts)
    each = None if term.where == ALWAYS else _prove(term.where, facts, want=True)
    kind, best = term.kind, term.best
    ranked, codes = bool(kind.codes), frozenset(kind.codes)

    def side(record: Any, _item: Any) -> Side:
        answered: list[Value] = []
        raws: list[tuple[Value, Raw]] = []
        pending = False
        for one in items(record):
            value = get(record, one)
            raw = _ALWAYS if each is None else each(record, one)
            raws.append((value, raw))
            if raw[0] == NOT_MET:
                continue
            if type(value) is Gap:
                pending = pending or value is PENDING or value is UNKNOWN
            elif not ranked or value in codes:
                if raw[0] == MET:
                    answered.append(value)
                else:
                    pending = True
        known = extreme(kind, answered, best=best)
        if not pending:
            return known, known, raws
        if not answered:
            return PENDING, PENDING, raws
        return (known, PENDING, raws) if best else (PENDING, known, raws)

    return side


_ALWAYS: Raw = (MET, [])
