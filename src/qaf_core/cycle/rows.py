"""A table made ready to be decided on: each row with what it asks, as functions."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from attrs import frozen

from qaf_core.cycle.parts import Clock, Derived, Guard, Look, Paper, Transition
from qaf_core.logic.expressions import And, Compare, Cond, HasState, In, Not, Op, Or, Ref, refs
from qaf_core.logic.expressions import State as Presence
from qaf_core.logic.lower import met, sure
from qaf_core.logic.values import Record, Sort

if TYPE_CHECKING:
    from qaf_core.cycle.machines import Machine

__all__ = ["Row", "reader"]


def __dir__() -> list[str]:
    return __all__


@frozen(eq=False)
class Row:
    """A transition made ready to be decided on."""

    transition: Transition
    leaves: frozenset[str]
    by: frozenset[str]
    missing: tuple[str, ...]
    makes: frozenset[str]
    papers: Mapping[str, Paper]
    admits: Mapping[str, Callable[[object], bool]]
    once: frozenset[str]
    lists: frozenset[str]
    known: Mapping[str, Paper]
    looks_up: bool
    kin: tuple[object, ...]
    guards: tuple[tuple[Guard, Callable[[Look], bool]], ...]
    when: Callable[[Look], bool]
    clocks: tuple[Clock, ...]
    derived: tuple[Derived, ...]

    @classmethod
    def of(cls, each: Transition, machine: Machine, known: Mapping[str, Paper]) -> Row:
        """The row of a table that holds together."""
        guards = {guard.id: guard for guard in machine.guards}
        clocks = {clock.id: clock for clock in machine.clocks}
        comes = {*each.needs, *each.makes, *each.may}
        papers = {id: one for id, one in known.items() if id in comes}
        conds = [each.when, *(guards[id].holds for id in each.guards)]
        spoken = {ref.name for cond in conds for ref in refs(cond)}
        derived = tuple(one for one in machine.derived if one.id in spoken)
        return cls(
            transition=each,
            leaves=frozenset(each.leaves),
            by=frozenset(each.by),
            missing=tuple(dict.fromkeys((*each.needs, *each.makes))),
            makes=frozenset(each.makes),
            papers=papers,
            admits={id: one.reader for id, one in papers.items()},
            once=frozenset(id for id, one in papers.items() if one.once),
            lists=frozenset(id for id, one in papers.items() if one.many),
            known=known,
            looks_up=not spoken <= set(known),
            kin=(each.signs, frozenset(comes), frozenset(derived), spoken <= set(known)),
            guards=tuple((guards[id], reader(guards[id].holds)) for id in each.guards),
            when=reader(each.when),
            clocks=tuple(clocks[id] for id in each.starts),
            derived=derived,
        )


def reader(cond: Cond) -> Callable[[Look], bool]:
    """Whether a condition surely holds of what is on file, as a function.

    The commonest conditions are read without going through the tree; every other is
    read as the engine reads it, and all mean the same.
    """
    return _reader(sure(cond))


def _reader(lowered: Cond) -> Callable[[Look], bool]:
    match lowered:
        case And():
            every = tuple(map(_reader, lowered.parts))
            if len(every) == 2:
                this, that = every
                return lambda look: this(look) and that(look)
            return lambda look: all(each(look) for each in every)
        case Or():
            some = tuple(map(_reader, lowered.parts))
            if len(some) == 2:
                one, other = some
                return lambda look: one(look) or other(look)
            return lambda look: any(each(look) for each in some)
        case Not():
            inner = _reader(lowered.part)
            return lambda look: not inner(look)
        case In(ref=Ref(of=""), open=False) if lowered.ref.kind.sort is not Sort.CODES:
            name, values = lowered.ref.name, lowered.values
            if lowered.negated:
                return lambda look: name in look and look[name] not in values
            return lambda look: name in look and look[name] in values
        case HasState(ref=Ref(of=""), state=Presence.ANSWERED):
            name = lowered.ref.name
            return lambda look: name in look
        case Compare(left=Ref(of="") as left, right=Ref(of="") as right, open=False):
            compared = _COMPARED.get(lowered.op)
            if compared is not None and left.kind.sort in _PLAIN:
                less, more = left.name, right.name
                return lambda look: (
                    less in look and more in look and compared(look[less], look[more])
                )
    return lambda look: met(lowered, Record(look))


_PLAIN = (Sort.ID, Sort.DATE, Sort.COUNT)
_COMPARED: Mapping[Op, Callable[[Any, Any], bool]] = {
    Op.LT: operator.lt,
    Op.LE: operator.le,
    Op.GT: operator.gt,
    Op.GE: operator.ge,
    Op.EQ: operator.eq,
    Op.NE: operator.ne,
}
