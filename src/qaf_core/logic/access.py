"""How the code of compiled conditions reaches facts."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from attrs import frozen

from qaf_core.logic.expressions import Ref
from qaf_core.logic.pieces import Expr, Names, call, read
from qaf_core.logic.values import Gap

__all__ = ["Access"]


def __dir__() -> list[str]:
    return __all__


@frozen
class Access:
    """Where the facts of a record lie.

    Attributes:
        record: for records that are objects, the attribute of each fact; None for those that
            hold facts by id.
        items: for each collection of such objects, its attribute and those of its fields.
        known: facts, and fields as ``collection.field``, that no record lacks; any other fact is
            unknown throughout. None where a record may lack any.
        given: facts bound once a run.
        always: facts, and fields, that surely have a value; those that are given among them.
    """

    record: Mapping[str, str] | None
    items: Mapping[str, tuple[str, Mapping[str, str]]]
    known: frozenset[str] | None
    given: tuple[str, ...]
    always: frozenset[str]

    def fact(self, ref: Ref, names: Names) -> Expr:
        """The fact where it lies."""
        if ref.of:
            fields = None if self.record is None else self.items[ref.of][1]
            return self._member("item", fields, ref.name, ref.id, names)
        holder = "facts" if self.record is None else "record"
        return self._member(holder, self.record, ref.name, ref.name, names)

    def _member(
        self, holder: str, attributes: Mapping[str, str] | None, key: str, id: str, names: Names
    ) -> Expr:
        unknown = names.constant(Gap.UNKNOWN, "UNKNOWN")
        if attributes is not None:
            held = attributes.get(key)
            return unknown if held is None else ast.Attribute(read(holder), held, ast.Load())
        if self.known is not None and id in self.known:
            return ast.Subscript(read(holder), ast.Constant(key), ast.Load())
        if self.known is not None and holder == "facts":
            return unknown
        return call(ast.Attribute(read(holder), "get", ast.Load()), ast.Constant(key), unknown)

    def collection(self, id: str) -> Expr:
        """The items of a collection."""
        if self.record is not None:
            return ast.Attribute(read("record"), self.items[id][0], ast.Load())
        items = ast.Attribute(read("record"), "items", ast.Load())
        return ast.Subscript(items, ast.Constant(id), ast.Load())
