"""Lowered conditions simplified by what is known of some of their facts."""

from __future__ import annotations

from collections.abc import Mapping

import attrs
from attrs import field, frozen

from qaf_core.logic.expressions import (
    ALWAYS,
    NEVER,
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
    State,
    Term,
    collections_of,
    transform,
)
from qaf_core.logic.lower import compare, contains, has_state
from qaf_core.logic.values import Gap, Value

__all__ = ["Known", "openable", "settle", "shut"]


def __dir__() -> list[str]:
    return __all__


@frozen
class Known:
    """What is known of facts before a record is read.

    Attributes:
        values: facts whose value or gap is known.
        settled: facts that are surely not open, whatever their value.
        answered: facts that surely have a value, in every record and item.
    """

    values: Mapping[Ref, Value] = field(factory=dict)
    settled: frozenset[Ref] = frozenset()
    answered: frozenset[Ref] = frozenset()

    def of(self, term: Term) -> Value | None:
        """The value of a term, as far as it is known."""
        if isinstance(term, Const):
            return term.value
        return self.values.get(term) if isinstance(term, Ref) else None

    def of_the_record(self) -> Known:
        """What of it still holds within a condition over other items."""
        return Known(
            {ref: value for ref, value in self.values.items() if not ref.of},
            frozenset(ref for ref in self.settled if not ref.of),
            self.answered,
        )

    def closed(self, term: Term) -> bool:
        """Whether the term is surely not open."""
        if isinstance(term, Const | Count):
            return True
        return isinstance(term, Ref) and (term in self.settled or term in self.answered)


def settle(cond: Cond, known: Known) -> Cond:
    """The lowered condition with all that is known worked into it."""
    match cond:
        case And():
            return _joined(cond, known, idle=ALWAYS, decides=NEVER)
        case Or():
            return _joined(cond, known, idle=NEVER, decides=ALWAYS)
        case Not():
            inner = settle(cond.part, known)
            return NEVER if inner == ALWAYS else ALWAYS if inner == NEVER else Not(inner)
        case In():
            value = known.of(cond.ref)
            if isinstance(value, Gap):
                return _truth(cond.open and value.open)
            if value is not None:
                return _truth(contains(value, cond.values) is not cond.negated)
            return attrs.evolve(cond, open=False) if known.closed(cond.ref) else cond
        case Compare():
            cond = attrs.evolve(
                cond, left=_settled_term(cond.left, known), right=_settled_term(cond.right, known)
            )
            left, right = known.of(cond.left), known.of(cond.right)
            if left is not None and right is not None:
                answer = compare(cond.left.kind, left, cond.op, right)
                return _truth(cond.open if answer is None else answer)
            if known.closed(cond.left) and known.closed(cond.right):
                return attrs.evolve(cond, open=False)
            return cond
        case HasState():
            value = known.of(cond.ref)
            if cond.ref in known.answered:
                return _truth(cond.state is State.ANSWERED)
            return cond if value is None else _truth(has_state(value, cond.state))
        case AnyOf():
            inner = settle(cond.where, known.of_the_record())
            if inner == NEVER:
                return _truth(cond.negated)
            return attrs.evolve(cond, where=inner)
    return cond


def _settled_term(term: Term, known: Known) -> Term:
    match term:
        case Count():
            return Count(term.collection, settle(term.where, known.of_the_record()))
        case Extreme():
            known = known.of_the_record()
            maybe = None if term.maybe is None else settle(term.maybe, known)
            return attrs.evolve(term, where=settle(term.where, known), maybe=maybe)
    return term


def _truth(met: bool) -> Cond:
    return ALWAYS if met else NEVER


def _joined(cond: And | Or, known: Known, *, idle: Cond, decides: Cond) -> Cond:
    parts: dict[Cond, None] = {}
    for part in cond.parts:
        settled = settle(part, known)
        if settled == decides:
            return decides
        if settled != idle:
            parts[settled] = None
    return next(iter(parts)) if len(parts) == 1 else type(cond)(tuple(parts))


def shut(cond: Cond) -> Cond:
    """The lowered condition with nothing that is open counted as met.

    Of a condition that only compares facts it gives its sure form from its possible one.
    """

    def closed(node: Cond) -> Cond | None:
        return attrs.evolve(node, open=False) if isinstance(node, In | Compare) else None

    return transform(cond, closed) if not collections_of(cond) else cond


def openable(cond: Cond) -> frozenset[Ref]:
    """The facts whose being open the lowered condition asks about, outside other items."""
    match cond:
        case And() | Or():
            return frozenset().union(*(openable(part) for part in cond.parts))
        case Not():
            return openable(cond.part)
        case In():
            return frozenset((cond.ref,)) if cond.open else frozenset()
        case Compare():
            terms = (cond.left, cond.right)
            return frozenset(each for each in terms if isinstance(each, Ref) and cond.open)
    return frozenset()
