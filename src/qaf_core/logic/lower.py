"""One rewriting that makes three-valued conditions two-valued.

``sure(c)`` is a condition that is met exactly where c is met whatever the pending
facts turn out to be; ``possible(c)`` is met where c is not ruled out by what is
known. Both are worked out part by part, so ``possible`` may say yes too often and
never too seldom, and ``sure`` the reverse. What they return is read by ``met``,
which knows only true and false.
"""

from __future__ import annotations

from collections.abc import Mapping

from qaf_core.logic.expressions import (
    NEVER,
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
    State,
    Term,
    transform,
)
from qaf_core.logic.values import Gap, Kind, Record, Sort, Value

__all__ = ["compare", "known_only", "look_up", "met", "possible", "sure"]


def __dir__() -> list[str]:
    return __all__


def sure(cond: Cond) -> Cond:
    """Met where the condition is met whatever the pending turn out to be."""
    return _lower(cond, want=True, open=False)


def possible(cond: Cond) -> Cond:
    """Met where the condition is not ruled out by what is known."""
    return _lower(cond, want=True, open=True)


def known_only(cond: Cond, known: frozenset[str]) -> Cond:
    """The lowered condition with every comparison of an unknown fact taken as not met.

    Args:
        cond: a condition that ``possible`` returned.
        known: names of the facts that something states.
    """

    def drop(node: Cond) -> Cond | None:
        terms: tuple[Term, ...] = ()
        if isinstance(node, In):
            terms = (node.ref,)
        elif isinstance(node, Compare):
            terms = (node.left, node.right)
        unknown = any(
            isinstance(term, Ref) and not term.of and term.name not in known for term in terms
        )
        return NEVER if unknown else None

    return transform(cond, drop)


def _lower(cond: Cond, *, want: bool, open: bool) -> Cond:
    match cond:
        case And() | Or():
            parts = tuple(_lower(part, want=want, open=open) for part in cond.parts)
            return And(parts) if isinstance(cond, And) is want else Or(parts)
        case Not():
            return _lower(cond.part, want=not want, open=open)
        case In():
            return In(cond.ref, cond.values, negated=cond.negated is want, open=open)
        case Compare():
            op = cond.op if want else cond.op.opposite
            return _bounded(cond.left, op, cond.right, open=open)
        case HasState():
            return cond if want else Not(cond)
        case AnyOf() | AllOf():
            # "all" is that no item meets the opposite, so both become some or none
            some = isinstance(cond, AnyOf) is want
            inner = _lower(
                cond.where, want=isinstance(cond, AnyOf), open=open if some else not open
            )
            return AnyOf(cond.collection, inner, negated=not some)
    raise TypeError(f"{type(cond).__name__} is no condition of this language.")


def _bounded(left: Term, op: Op, right: Term, *, open: bool) -> Compare:
    """The comparison of those bounds that decide it: the far ones where it must be sure."""
    upward = op in (Op.LT, Op.LE)
    return Compare(
        _bound(left, high=upward is not open), op, _bound(right, high=upward is open), open
    )


def _bound(term: Term, *, high: bool) -> Term:
    match term:
        case Count():
            return Count(term.collection, _lower(term.where, want=True, open=high))
        case Extreme():
            return Extreme(term.ref, term.best, sure(term.where), possible(term.where), high)
    return term


def look_up(ref: Ref, record: Record, item: Mapping[str, Value] | None) -> Value:
    """The value or gap of a fact; unknown where nothing states it."""
    if not ref.of:
        try:
            return record.facts[ref.name]
        except KeyError:
            return Gap.UNKNOWN
    return Gap.UNKNOWN if item is None else item.get(ref.name, Gap.UNKNOWN)


def compare(kind: Kind, left: Value, op: Op, right: Value) -> bool | None:
    """Whether two values compare so; None while one of them may still come.

    A gap that is silent, and an order asked of a value beside it, is met in
    neither polarity.
    """
    gaps = [value for value in (left, right) if isinstance(value, Gap)]
    if any(not gap.open for gap in gaps):
        return False
    if kind.codes and op not in (Op.EQ, Op.NE):
        positions = [
            value if isinstance(value, Gap) else kind.position(value) for value in (left, right)
        ]
        if None in positions:
            return False
        left, right = positions  # type: ignore[assignment]
    if gaps:
        return None
    if kind.sort is Sort.CODES:
        left, right = frozenset(left), frozenset(right)  # type: ignore[arg-type, assignment]
    match op:
        case Op.EQ:
            return left == right
        case Op.NE:
            return left != right
        case Op.LT:
            return left < right  # type: ignore[operator]
        case Op.LE:
            return left <= right  # type: ignore[operator]
        case Op.GT:
            return left > right  # type: ignore[operator]
        case Op.GE:
            return left >= right  # type: ignore[operator]


def met(cond: Cond, record: Record, item: Mapping[str, Value] | None = None) -> bool:
    """Whether a lowered condition is met: plain two-valued reading."""
    match cond:
        case And():
            return all(met(part, record, item) for part in cond.parts)
        case Or():
            return any(met(part, record, item) for part in cond.parts)
        case Not():
            return not met(cond.part, record, item)
        case In():
            value = look_up(cond.ref, record, item)
            if isinstance(value, Gap):
                return cond.open and value.open
            return contains(value, cond.values) is not cond.negated
        case Compare():
            answer = compare(
                cond.left.kind,
                _value(cond.left, record, item),
                cond.op,
                _value(cond.right, record, item),
            )
            return cond.open if answer is None else answer
        case HasState():
            return has_state(look_up(cond.ref, record, item), cond.state)
        case AnyOf():
            items = record.items[cond.collection]
            return any(met(cond.where, record, each) for each in items) is not cond.negated
    raise TypeError(f"{type(cond).__name__} is not lowered.")


def contains(value: Value, values: tuple[object, ...]) -> bool:
    """Whether a value is one of these; a fact that takes many, whether it holds one."""
    if isinstance(value, tuple):
        return any(each in values for each in value)
    return value in values


def has_state(value: Value, state: State) -> bool:
    """Whether a value or gap is in the state asked for."""
    match state:
        case State.ANSWERED:
            return not isinstance(value, Gap)
        case State.PENDING:
            return value is Gap.PENDING
        case State.NOT_APPLICABLE:
            return value is Gap.NOT_APPLICABLE


def _value(term: Term, record: Record, item: Mapping[str, Value] | None) -> Value:
    match term:
        case Const():
            return term.value
        case Ref():
            return look_up(term, record, item)
        case Count():
            return sum(met(term.where, record, each) for each in record.items[term.collection])
        case Extreme():
            return _extreme(term, record)
    raise TypeError(f"{type(term).__name__} is no term of this language.")


def _extreme(term: Extreme, record: Record) -> Value:
    """One bound of a worst or best; pending where the open items leave it unbounded."""
    kind, maybe = term.kind, term.where if term.maybe is None else term.maybe
    answered: list[Value] = []
    pending = False
    for each in record.items[term.ref.of]:
        value = look_up(term.ref, record, each)
        if isinstance(value, Gap) and not value.open:
            continue
        if not isinstance(value, Gap) and kind.codes and kind.position(value) is None:
            continue
        if not met(maybe, record, each):
            continue
        if not isinstance(value, Gap) and met(term.where, record, each):
            answered.append(value)
        else:
            pending = True
    if pending and (not answered or term.high is term.best):
        return Gap.PENDING
    return extreme(kind, answered, best=term.best)


def extreme(kind: Kind, values: list[Value], *, best: bool) -> Value:
    """The worst or best of answered values; of none, silent."""
    if not values:
        return Gap.SILENT
    choose = max if best else min
    return choose(values, key=kind.position if kind.codes else None)  # type: ignore[type-var, arg-type]
