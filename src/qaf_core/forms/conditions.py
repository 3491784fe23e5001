"""When a part of a form is called for: in English, and as data where it is simple."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from qaf_core.logic.expressions import (
    ALWAYS,
    NEVER,
    And,
    Compare,
    Cond,
    Const,
    In,
    Not,
    Op,
    Or,
    Ref,
)
from qaf_core.logic.values import Kind, Sort

__all__ = ["condition"]


def __dir__() -> list[str]:
    return __all__


def condition(cond: Cond, askers: Mapping[str, str]) -> dict[str, Any]:
    """A condition as plain data.

    Args:
        cond: the condition.
        askers: by id of a fact, what of the tool states it: ``"question"`` or
            ``"judgement"`` and its id, parted by a space.

    Returns:
        ``when`` (always, never or conditional), ``english``, and ``data``: the
        condition as ``{"all": [...]}``, ``{"any": [...]}``, ``{"not": ...}`` and, at
        the leaves, a ``question``, ``judgement`` or other ``fact`` with the codes it
        ``is`` or ``includes`` one of, or with an ``op`` and a ``value``. None where
        the condition is not so simple.
    """
    when = {ALWAYS: "always", NEVER: "never"}.get(cond, "conditional")
    return {"when": when, "english": str(cond), "data": _data(cond, askers)}


def _data(cond: Cond, askers: Mapping[str, str]) -> dict[str, Any] | None:
    match cond:
        case And():
            return _joined("all", cond.parts, askers)
        case Or():
            return _joined("any", cond.parts, askers)
        case Not():
            part = _data(cond.part, askers)
            return None if part is None else {"not": part}
        case In(ref=Ref(of="")):
            verb = "includes" if cond.ref.kind.sort is Sort.CODES else "is"
            return {**_named(cond.ref, askers), verb: [_plain(value) for value in cond.values]}
        case Compare(left=Ref(of="") as ref, right=Const() as right):
            if ref.kind.codes:
                return {**_named(ref, askers), "is": _within(ref.kind, cond.op, str(right.value))}
            return {**_named(ref, askers), "op": cond.op.value, "value": _plain(right.value)}
    return None


def _joined(word: str, parts: Iterable[Cond], askers: Mapping[str, str]) -> dict[str, Any] | None:
    told = [_data(part, askers) for part in parts]
    if None in told:
        return None
    return told[0] if len(told) == 1 else {word: told}


def _named(ref: Ref, askers: Mapping[str, str]) -> dict[str, Any]:
    what, _, id = askers.get(ref.name, f"fact {ref.name}").partition(" ")
    return {what: id}


def _within(kind: Kind, op: Op, code: str) -> list[str]:
    """The codes of an ordered kind that stand in this relation to one of them."""
    at = kind.codes.index(code)
    holds = {
        Op.LT: range(at),
        Op.LE: range(at + 1),
        Op.GT: range(at + 1, len(kind.codes)),
        Op.GE: range(at, len(kind.codes)),
        Op.EQ: range(at, at + 1),
        Op.NE: [each for each in range(len(kind.codes)) if each != at],
    }
    return [kind.codes[each] for each in holds[op]]


def _plain(value: object) -> object:
    match value:
        case date():
            return value.isoformat()
        case Fraction():
            return value.numerator if value.denominator == 1 else float(value)
    return value
