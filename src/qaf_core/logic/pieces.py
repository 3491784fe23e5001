"""The small pieces that emitted code is made of, and the names it uses."""

from __future__ import annotations

import ast
import keyword
from collections.abc import Iterable
from typing import Any, TypeAlias

from attrs import define, field

from qaf_core.logic.expressions import Ref
from qaf_core.logic.values import Kind

__all__ = [
    "Expr",
    "Names",
    "Test",
    "all_of",
    "any_of",
    "call",
    "compared",
    "no",
    "placed",
    "read",
    "store",
    "when",
    "Lines",
]

Expr: TypeAlias = ast.expr
Test: TypeAlias = ast.expr | bool
"""A test in code, or what is certain without one."""
Lines: TypeAlias = list[ast.stmt]


def __dir__() -> list[str]:
    return __all__


# --- small pieces of code -------------------------------------------------------------------


def read(name: str) -> ast.Name:
    """A variable's value."""
    return ast.Name(name, ast.Load())


def store(name: str, value: Expr) -> ast.stmt:
    """A variable given a value."""
    return ast.Assign([ast.Name(name, ast.Store())], value)


def call(function: Expr, *arguments: Expr) -> ast.Call:
    """A call with arguments by place."""
    return ast.Call(function, list(arguments), [])


def all_of(*parts: Test) -> Test:
    """Every part holds, with what is certain left out."""
    return _joined(parts, ast.And(), idle=True)


def any_of(*parts: Test) -> Test:
    """Some part holds, with what is certain left out."""
    return _joined(parts, ast.Or(), idle=False)


def _joined(parts: Iterable[Test], op: ast.boolop, *, idle: bool) -> Test:
    kept: dict[object, Expr] = {}
    for part in parts:
        if isinstance(part, bool):
            if part is not idle:
                return not idle
            continue
        same = isinstance(part, ast.BoolOp) and type(part.op) is type(op)
        for each in part.values if isinstance(part, ast.BoolOp) and same else (part,):
            kept.setdefault(_gap_test(each) or id(each), each)
    values = list(kept.values())
    if len(values) < 2:
        return values[0] if values else idle
    return ast.BoolOp(op, values)


def _gap_test(test: Expr) -> object:
    """What is equal for two tests whether the same variable holds the same gap."""
    match test:
        case ast.Compare(ast.Name(left), [ast.Is()], [ast.Name(right)]):
            return left, right
    return None


def placed(module: ast.Module) -> ast.Module:
    """The module with a place in a file that there is not, as the compiler asks of every node."""
    stack: list[ast.AST] = [module]
    while stack:
        node = stack.pop()
        if isinstance(node, ast.expr | ast.stmt | ast.arg):
            node.lineno = node.end_lineno = 1
            node.col_offset = node.end_col_offset = 0
        for name in node._fields:
            part = getattr(node, name, None)
            if isinstance(part, list):
                stack += [each for each in part if isinstance(each, ast.AST)]
            elif isinstance(part, ast.AST) and not isinstance(part, ast.expr_context | ast.cmpop):
                stack.append(part)
    return module


def no(part: Test) -> Test:
    """The part does not hold."""
    match part:
        case bool():
            return not part
        case ast.UnaryOp(ast.Not(), inner):
            return inner
        case ast.Compare(left, [ast.Is()], [right]):
            return compared(left, ast.IsNot(), right)
        case ast.Compare(left, [ast.IsNot()], [right]):
            return compared(left, ast.Is(), right)
    return ast.UnaryOp(ast.Not(), part)


def compared(left: Expr, op: ast.cmpop, right: Expr) -> Expr:
    """Two values compared."""
    return ast.Compare(left, [op], [right])


def when(test: Test, then: Lines, otherwise: Lines) -> Lines:
    """``if test: then else: otherwise``, without what cannot be reached."""
    if isinstance(test, bool):
        return then if test else otherwise
    if then:
        return [ast.If(test, then, otherwise)]
    opposite = no(test)
    return [ast.If(opposite, otherwise, [])] if otherwise and not isinstance(opposite, bool) else []


# --- names ----------------------------------------------------------------------------------


@define
class Names:
    """The variables of the code, and the constants bound beside it.

    ``spoken`` and ``placed`` are the facts that were spoken of, and those whose place in an order
    was. A fact lends its own name where that is plain letters, and no name otherwise:
    nothing that a framework brings can become anything but a variable.
    """

    bound: dict[str, object] = field(factory=dict)
    spoken: dict[str, Ref] = field(factory=dict)
    placed: dict[str, tuple[Ref, Kind]] = field(factory=dict)
    _names: dict[object, str] = field(factory=dict)
    _taken: set[str] = field(factory=lambda: {"type"})

    def name(self, key: object, wish: str) -> str:
        """The name for a key: as wished, where that can be."""
        if key not in self._names:
            plain = wish.isascii() and wish.isidentifier() and not wish.startswith("_")
            if not plain or keyword.iskeyword(wish) or keyword.issoftkeyword(wish):
                wish = "fact"
            name, number = wish, 1
            while name in self._taken:
                number += 1
                name = f"{wish}_{number}"
            self._taken.add(name)
            self._names[key] = name
        return self._names[key]

    def fact(self, ref: Ref) -> str:
        """The variable that holds a fact, or a field of an item."""
        wish = f"{ref.of}.{ref.name}" if ref.of else ref.name
        name = self.name(("fact", ref.of, ref.name), wish.replace(".", "_"))
        self.spoken[name] = ref
        return name

    def place(self, ref: Ref, kind: Kind) -> str:
        """The variable that holds the place of a fact's grade in the order of a kind."""
        name = self.name(("place", ref.of, ref.name, kind), f"{self.fact(ref)}_place")
        self.placed[name] = (ref, kind)
        return name

    def constant(self, value: Any, wish: str) -> ast.Name:
        """A value bound beside the code."""
        name = self.name(("constant", type(value), id(value)), wish)
        self.bound[name] = value
        return read(name)

    def places(self, kind: Kind) -> ast.Name:
        """The places of a kind's codes in their order."""
        name = self.name(("places", kind), f"{kind.id}_order".replace(".", "_").upper())
        self.bound.setdefault(name, {code: at for at, code in enumerate(kind.codes)})
        return read(name)
