"""Lowered conditions as Python expressions: our own nodes to ``ast``, never text."""

from __future__ import annotations

import ast
from collections.abc import Callable
from datetime import date, datetime
from fractions import Fraction
from typing import cast

from attrs import evolve, frozen

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
    Op,
    Or,
    Ref,
    State,
    Term,
)
from qaf_core.logic.lower import compare, contains
from qaf_core.logic.pieces import (
    Expr,
    Names,
    Test,
    all_of,
    any_of,
    call,
    compared,
    no,
    read,
)
from qaf_core.logic.settle import shut
from qaf_core.logic.values import Gap, Kind, Plain, Sort

__all__ = ["Operand", "Writer"]


def __dir__() -> list[str]:
    return __all__


@frozen
class Operand:
    """A term in code.

    Attributes:
        value: its value.
        answered: whether it has one that can be compared.
        open: whether it may still get one.
        found, pending: for one bound of a worst or best, whether some item counted, and
            whether some item may.
    """

    value: Expr
    answered: Test = True
    open: Test = False
    found: Test = True
    pending: Test = False


_OPS: dict[Op, Callable[[], ast.cmpop]] = {
    Op.LT: ast.Lt,
    Op.LE: ast.LtE,
    Op.GT: ast.Gt,
    Op.GE: ast.GtE,
    Op.EQ: ast.Eq,
    Op.NE: ast.NotEq,
}


@frozen
class Writer:
    """Writes lowered conditions as expressions.

    Attributes:
        names: the names of the code.
        result: how the result of looking over a collection is reached.
        always: ids of the facts, and ``collection.field``, that surely have a value.
    """

    names: Names
    result: Callable[[AnyOf | Count | Extreme], Operand]
    always: frozenset[str] = frozenset()

    def test(self, cond: Cond) -> Test:
        """The condition as a test."""
        match cond:
            case And():
                return all_of(*(self.test(part) for part in cond.parts))
            case Or():
                return any_of(*(self.test(part) for part in cond.parts))
            case Not():
                return no(self.test(cond.part))
            case In():
                return self._in(cond)
            case Compare():
                return self._compare(cond)
            case HasState():
                value = self.fact(cond.ref)
                match cond.state:
                    case State.ANSWERED:
                        return self.answered(value)
                    case State.PENDING:
                        return self.is_gap(value, Gap.PENDING)
                    case State.NOT_APPLICABLE:
                        return self.is_gap(value, Gap.NOT_APPLICABLE)
            case AnyOf():
                found = self.result(cond).value
                return no(found) if cond.negated else found
        raise TypeError(f"{type(cond).__name__} is not lowered.")

    # --- facts -----------------------------------------------------------------------

    def fact(self, ref: Ref) -> Expr:
        """The value or gap of a fact."""
        return read(self.names.fact(ref))

    def is_gap(self, value: Expr, *gaps: Gap) -> Test:
        """Whether a value is one of these gaps."""
        return any_of(
            *(compared(value, ast.Is(), self.names.constant(gap, gap.name)) for gap in gaps)
        )

    def is_open(self, value: Expr) -> Test:
        """Whether a value may still come."""
        return self.is_gap(value, Gap.PENDING, Gap.UNKNOWN)

    def answered(self, value: Expr) -> Test:
        """Whether a value is none of the gaps."""
        return compared(call(read("type"), value), ast.IsNot(), self.names.constant(Gap, "Gap"))

    def plain(self, value: Plain) -> Expr:
        """A value written in a condition."""
        if type(value) in (bool, int, str):
            return ast.Constant(value)  # type: ignore[arg-type]
        match value:
            case datetime():
                wish = value.strftime("moment_%Y_%m_%d_%H_%M")
            case date():
                wish = value.strftime("date_%Y_%m_%d")
            case Fraction():
                wish = f"number_{value.numerator}_{value.denominator}".replace("-", "minus_")
            case _:
                raise TypeError(f"{type(value).__name__} is no value of this language.")
        name = self.names.name(("value", type(value), value), wish)
        self.names.bound[name] = value
        return read(name)

    # --- what is left open -----------------------------------------------------------

    def left_open(self, closed: Cond, maybe: Cond) -> Test:
        """The test of what may be, where it is known already that it is not sure.

        Args:
            closed: the condition that was not met.
            maybe: the condition that it would be if all that is open were met.
        """
        if closed == maybe:
            return False
        match maybe:
            case In() if shut(maybe) == closed:
                return self.is_open(self.fact(maybe.ref))
            case Compare() if shut(maybe) == closed:
                return self._compare(maybe, failed=True)
            case Compare() if isinstance(closed, Compare) and _differ_in_bounds(closed, maybe):
                return self._bounds_open(maybe)
            case Or():
                failed = closed.parts if isinstance(closed, Or) else (closed,)
                pairs = zip(failed, maybe.parts, strict=False)
                one_each = len(failed) == len(maybe.parts)
                return any_of(
                    *(self.left_open(*pair) for pair in pairs)
                    if one_each
                    else map(self.test, maybe.parts)
                )
            case And() if isinstance(closed, And) and len(closed.parts) == len(maybe.parts):
                pairs = zip(closed.parts, maybe.parts, strict=True)
                loose = [pair for pair in pairs if pair[0] != pair[1]]
                if len(loose) == 1:
                    rest = (part for part in maybe.parts if part is not loose[0][1])
                    return all_of(*map(self.test, rest), self.left_open(*loose[0]))
        return self.test(maybe)

    # --- comparisons -----------------------------------------------------------------

    def _in(self, cond: In) -> Test:
        value, sort = self.fact(cond.ref), cond.ref.kind.sort
        test: Test
        if not cond.values:
            test = False
        elif sort is Sort.CODES:
            known = self.names.constant(cond.values, "values")
            test = all_of(
                self.answered(value), call(self.names.constant(contains, "holds"), value, known)
            )
        elif sort is Sort.YES_NO:
            test = any_of(
                *(compared(value, ast.Is(), ast.Constant(each is True)) for each in cond.values)
            )
        elif len(cond.values) == 1:
            test = compared(value, ast.Eq(), self.plain(cond.values[0]))
        else:
            listed = ast.Tuple([self.plain(each) for each in cond.values], ast.Load())
            test = compared(value, ast.In(), listed)
        if cond.negated:
            test = all_of(self.answered(value), no(test))
        return any_of(test, self.is_open(value)) if cond.open else test

    def _compare(self, cond: Compare, *, failed: bool = False) -> Test:
        """The comparison; or, where it failed with what is known, whether that was for want of it."""
        kind = cond.left.kind
        if kind.sort is Sort.CODES:
            return self._by_reference(cond)
        by_place = bool(kind.codes) and cond.op not in (Op.EQ, Op.NE)
        if by_place and isinstance(cond.right, Const) and isinstance(cond.left, Ref):
            return self._among(cond, cond.left, cond.right, cond.op, failed=failed)
        if by_place and isinstance(cond.left, Const) and isinstance(cond.right, Ref):
            return self._among(cond, cond.right, cond.left, _TURNED[cond.op], failed=failed)
        left = self._operand(cond.left, kind if by_place else None)
        right = self._operand(cond.right, kind if by_place else None)
        if left is None or right is None:
            return False  # beside the order: met in neither polarity
        holds: Test = False if failed else compared(left.value, _OPS[cond.op](), right.value)
        if not cond.open or (left.open is False and right.open is False):
            return all_of(left.answered, right.answered, holds)
        if right.open is False:
            return all_of(right.answered, any_of(left.open, all_of(left.answered, holds)))
        if left.open is False:
            return all_of(left.answered, any_of(right.open, all_of(right.answered, holds)))
        some_open = any_of(left.open, right.open)
        able = (any_of(left.open, left.answered), any_of(right.open, right.answered))
        return all_of(some_open, *able) if failed else all_of(*able, any_of(some_open, holds))

    def _bounds_open(self, cond: Compare) -> Test:
        """Whether a comparison with a worst or best that is not sure may still be met."""
        kind = cond.left.kind if cond.left.kind.codes else None
        left, right = self._operand(cond.left, kind), self._operand(cond.right, kind)
        if left is None or right is None:
            return False
        ranked, other = (left, right) if isinstance(cond.left, Extreme) else (right, left)
        holds = compared(left.value, _OPS[cond.op](), right.value)
        # what may still come is either a value where there was none, or a better one
        at_all = any_of(ranked.pending, ranked.found)
        bounded = ranked.open is ranked.pending
        sure_of_other = all_of(
            other.answered, ranked.pending, True if bounded else any_of(no(ranked.found), holds)
        )
        return any_of(sure_of_other, all_of(other.open, at_all))

    def _among(self, cond: Compare, ref: Ref, const: Const, op: Op, *, failed: bool) -> Test:
        """A grade compared with one that is written: it is among those that compare so."""
        codes = cond.left.kind.codes
        if const.value not in codes:
            return False
        meeting = tuple(code for code in codes if compare(cond.left.kind, code, op, const.value))
        if failed:
            return self.is_open(self.fact(ref))
        return self.test(In(ref, meeting, open=cond.open))

    def _by_reference(self, cond: Compare) -> Test:
        """Facts that take many, compared as the engine itself compares them."""
        left, right = (
            self.fact(term) if isinstance(term, Ref) else self.plain(cast("Const", term).value)
            for term in (cond.left, cond.right)
        )
        answer = call(
            self.names.constant(compare, "compare"),
            self.names.constant(cond.left.kind, "kind"),
            left,
            self.names.constant(cond.op, cond.op.name),
            right,
        )
        if cond.open:
            return compared(answer, ast.IsNot(), ast.Constant(False))
        return compared(answer, ast.Is(), ast.Constant(True))

    def _operand(self, term: Term, by_place_in: Kind | None) -> Operand | None:
        """The term in code; None where it stands beside the order asked for."""
        match term:
            case Const():
                if by_place_in is None:
                    return Operand(self.plain(term.value))
                at = by_place_in.position(term.value)
                return None if at is None else Operand(ast.Constant(at))
            case Ref():
                value = self.fact(term)
                if by_place_in is None and term.id in self.always:
                    return Operand(value)
                if by_place_in is None:
                    return Operand(value, self.answered(value), self.is_open(value))
                place = read(self.names.place(term, by_place_in))
                there = compared(place, ast.IsNot(), ast.Constant(None))
                return Operand(place, there, self.is_open(value))
            case Count() | Extreme():
                return self.result(term)
        raise TypeError(f"{type(term).__name__} is no term of this language.")


def _differ_in_bounds(closed: Compare, maybe: Compare) -> bool:
    """Whether the two compare the same, one side being two bounds of a worst or best."""
    sides = ((closed.left, maybe.left), (closed.right, maybe.right))
    ranked = [(one, two) for one, two in sides if isinstance(one, Extreme)]
    if closed.op is not maybe.op or len(ranked) != 1 or isinstance(closed.left, Count):
        return False
    if isinstance(closed.right, Count):
        return False
    (one, two), *_ = ranked
    same = isinstance(two, Extreme) and evolve(one, high=two.high) == two
    return same and all(one == two for one, two in sides if not isinstance(one, Extreme))


_TURNED = {
    Op.LT: Op.GT,
    Op.LE: Op.GE,
    Op.GT: Op.LT,
    Op.GE: Op.LE,
    Op.EQ: Op.EQ,
    Op.NE: Op.NE,
}
