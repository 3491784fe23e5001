"""Conditions read on records that are only partly known.

A value that is still to be chosen is ``FREE``. ``settled`` says yes or no where the rest
decides it, so that a search over all records passes over whole groups of them at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from typing import Any, TypeAlias

from qaf_core.logic.expressions import (
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
from qaf_core.logic.lower import compare, extreme, look_up, met
from qaf_core.logic.values import Gap, Record, Value

__all__ = ["FREE", "Free", "every", "opposite", "settled", "some"]


def __dir__() -> list[str]:
    return __all__


class Free(Enum):
    """A value still to be chosen."""

    FREE = "free"


FREE: Any = Free.FREE
"""Stands in a record for a value still to be chosen, or for a whole collection."""

Item: TypeAlias = Mapping[str, Value] | None


def every(verdicts: Iterable[bool | None]) -> bool | None:
    """Whether all hold: no as soon as one does not, open while one is open."""
    answer: bool | None = True
    for verdict in verdicts:
        if verdict is False:
            return False
        if verdict is None:
            answer = None
    return answer


def some(verdicts: Iterable[bool | None]) -> bool | None:
    """Whether one holds: yes as soon as one does, open while one is open."""
    answer: bool | None = False
    for verdict in verdicts:
        if verdict:
            return True
        if verdict is None:
            answer = None
    return answer


def opposite(verdict: bool | None) -> bool | None:
    """The opposite of what is known, if anything is."""
    return None if verdict is None else not verdict


def settled(cond: Cond, record: Record, item: Item = None) -> bool | None:
    """Whether a lowered condition is met, whatever the free values turn out to be.

    Args:
        cond: a condition that ``sure`` or ``possible`` gave.
        record: facts, items' fields and whole collections may be ``FREE``.
        item: the item it is about, where it speaks of an item's fields.

    Returns:
        What ``met`` would say of every choice of the free values; None where the choice
        decides. It may say None too often, and is never wrong otherwise.
    """
    match cond:
        case And():
            return every(settled(part, record, item) for part in cond.parts)
        case Or():
            return some(settled(part, record, item) for part in cond.parts)
        case Not():
            return opposite(settled(cond.part, record, item))
        case In() | HasState():
            if look_up(cond.ref, record, item) is FREE:
                return None
            return met(cond, record, item)
        case Compare():
            return _compared(cond, record, item)
        case AnyOf():
            verdict = some(_over(cond.where, record, cond.collection))
            return opposite(verdict) if cond.negated else verdict
    raise TypeError(f"{type(cond).__name__} is not lowered.")


def _over(where: Cond, record: Record, collection: str) -> Iterable[bool | None]:
    items: Any = record.items[collection]
    if items is FREE:
        return (None,)
    return (settled(where, record, each) for each in items)


def _compared(cond: Compare, record: Record, item: Item) -> bool | None:
    left = _possible_values(cond.left, record, item)
    right = _possible_values(cond.right, record, item)
    if left is None or right is None:
        return None
    answer: bool | None = None
    for one in left:
        for other in right:
            verdict = compare(cond.left.kind, one, cond.op, other)
            verdict = cond.open if verdict is None else verdict
            if answer is not None and verdict is not answer:
                return None
            answer = verdict
    return answer


def _possible_values(term: Term, record: Record, item: Item) -> Sequence[Value] | None:
    """The values a term may still take; None where they cannot be listed."""
    match term:
        case Const():
            return (term.value,)
        case Ref():
            value = look_up(term, record, item)
            return None if value is FREE else (value,)
        case Count():
            if record.items[term.collection] is FREE:
                return None
            verdicts = list(_over(term.where, record, term.collection))
            surely = sum(verdict is True for verdict in verdicts)
            maybe = sum(verdict is not False for verdict in verdicts)
            return range(surely, maybe + 1)
        case Extreme():
            return _extreme_values(term, record)
    raise TypeError(f"{type(term).__name__} is no term of this language.")


def _extreme_values(term: Extreme, record: Record) -> Sequence[Value] | None:
    """The values that one bound of a worst or best may still take."""
    items: Any = record.items[term.ref.of]
    if items is FREE:
        return None
    maybe = term.where if term.maybe is None else term.maybe
    kind = term.kind
    answered: list[Value] = []
    free = pending = False
    for each in items:
        counted = settled(maybe, record, each)
        if counted is False:
            continue
        value: Any = each.get(term.ref.name, Gap.UNKNOWN)
        if counted is None or value is FREE:
            free = True
            continue
        if isinstance(value, Gap) and not value.open:
            continue
        if not isinstance(value, Gap) and kind.codes and kind.position(value) is None:
            continue
        surely = settled(term.where, record, each)
        if surely is None:
            free = True
        elif surely and not isinstance(value, Gap):
            answered.append(value)
        else:
            pending = True
    if pending and term.high is term.best:
        return (Gap.PENDING,)
    worst_or_best = extreme(kind, answered, best=term.best)
    if not free:
        return (Gap.PENDING if pending and not answered else worst_or_best,)
    if not kind.codes:
        return None
    if not answered:
        return (*kind.codes, Gap.SILENT, Gap.PENDING)
    place = kind.codes.index(worst_or_best)
    beyond = kind.codes[place:] if term.best else kind.codes[: place + 1]
    return (*beyond, Gap.PENDING)
