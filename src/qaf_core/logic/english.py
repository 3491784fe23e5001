"""Conditions in plain English."""

from __future__ import annotations

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
    State,
    Term,
)
from qaf_core.logic.values import Kind, Sort

__all__ = ["english"]


def __dir__() -> list[str]:
    return __all__


_COUNTING = {
    Op.LT: "less than",
    Op.LE: "at most",
    Op.GT: "more than",
    Op.GE: "at least",
    Op.EQ: "the same as",
    Op.NE: "not the same as",
}
_IN_TIME = {
    **_COUNTING,
    Op.LT: "before",
    Op.LE: "on or before",
    Op.GT: "after",
    Op.GE: "on or after",
}
_IN_ORDER = {
    **_COUNTING,
    Op.LT: "worse than",
    Op.LE: "no better than",
    Op.GT: "better than",
    Op.GE: "at least",
}

_STATES = {
    State.ANSWERED: ("answered", "not answered"),
    State.PENDING: ("still to be answered", "not still to be answered"),
    State.NOT_APPLICABLE: ("not applicable", "not set aside as not applicable"),
}


def english(cond: Cond) -> str:
    """A condition as a reader would say it."""
    return _say(cond, want=True, over="")


def _say(cond: Cond, *, want: bool, over: str) -> str:
    match cond:
        case And() | Or():
            if not cond.parts:
                return "always" if isinstance(cond, And) is want else "never"
            word = " and " if isinstance(cond, And) is want else " or "
            said = [_say(part, want=want, over=over) for part in cond.parts]
            nested = [_compound(part) and len(said) > 1 for part in cond.parts]
            return word.join(
                f"({text})" if deep else text for text, deep in zip(said, nested, strict=True)
            )
        case Not():
            return _say(cond.part, want=not want, over=over)
        case In():
            said = [cond.ref.kind.label(value) for value in cond.values]
            verb = _verb(cond.ref, over)
            if cond.ref.kind.sort is Sort.CODES:
                verb += " including" if want else " not including"
                return f"{verb} {_or(said)}"
            return f"{verb}{'' if want else ' not'} {_or(said)}"
        case HasState():
            return f"{_verb(cond.ref, over)} {_STATES[cond.state][0 if want else 1]}"
        case Compare():
            op = cond.op if want else cond.op.opposite
            words = _words(cond.left.kind)
            return f"{_verb(cond.left, over)} {words[op]} {_term(cond.right, over)}"
        case AnyOf() | AllOf():
            inner = _inside(cond.where, cond.collection)
            some, none = ("some", "none") if isinstance(cond, AnyOf) else ("all", "not all")
            return f"{some if want else none} of the {cond.collection} have {inner}"
    return repr(cond)


def _compound(cond: Cond) -> bool:
    """Whether a condition reads as several joined, so that brackets keep it together."""
    while isinstance(cond, Not):
        cond = cond.part
    return isinstance(cond, And | Or) and len(cond.parts) > 1


def _inside(where: Cond, collection: str) -> str:
    """A condition on items, kept apart from what follows it."""
    said = _say(where, want=True, over=collection)
    return f"({said})" if _compound(where) else said


def _words(kind: Kind) -> dict[Op, str]:
    if kind.sort in (Sort.DATE, Sort.MOMENT):
        return _IN_TIME
    return _IN_ORDER if kind.codes else _COUNTING


def _verb(term: Term, over: str) -> str:
    """The subject of a sentence; within a collection "have" is already said."""
    said = _term(term, over)
    return said if isinstance(term, Ref) and over and term.of == over else f"{said} is"


def _term(term: Term, over: str) -> str:
    match term:
        case Const():
            return term.kind.label(term.value)
        case Ref():
            label = term.label or term.name.replace("_", " ")
            return label if not term.of or term.of == over else f"its {label}"
        case Count():
            if term.where == And(()):
                return f"the number of {term.collection}"
            return (
                f"the number of {term.collection} that have {_inside(term.where, term.collection)}"
            )
        case Extreme():
            label = term.ref.label or term.ref.name.replace("_", " ")
            where = ""
            if term.where != And(()):
                where = f" that have {_inside(term.where, term.ref.of)}"
            return f"the {'best' if term.best else 'worst'} {label} of the {term.ref.of}{where}"
    return repr(term)


def _or(said: list[str]) -> str:
    if not said:
        return "nothing"
    return said[0] if len(said) == 1 else ", ".join(said[:-1]) + " or " + said[-1]
