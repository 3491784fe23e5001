"""How compiled conditions reach facts: by id in records, or as attributes of objects."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any

from attrs import converters, field, frozen

from qaf_core.errors import DefinitionError
from qaf_core.immutable import FrozenMap
from qaf_core.logic.expressions import Ref
from qaf_core.logic.pieces import Expr, Names, call, read
from qaf_core.logic.values import Gap

__all__ = ["RECORDS", "Access", "Layout"]


def __dir__() -> list[str]:
    return __all__


def _frozen(entries: Mapping[str, Any]) -> FrozenMap[str, Any]:
    return FrozenMap(entries)


@frozen
class Layout:
    """How a compiled function reaches facts.

    Attributes:
        facts: for records that are objects, the attribute that holds each fact; None for a
            ``Record``, which holds facts by id.
        items: for each collection of such objects, the attribute that holds its items and the
            attribute that holds each field.
    """

    facts: Mapping[str, str] | None = field(default=None, converter=converters.optional(_frozen))
    items: Mapping[str, tuple[str, Mapping[str, str]]] = field(
        default=FrozenMap(), converter=_frozen
    )

    def __attrs_post_init__(self) -> None:
        names = list((self.facts or {}).values())
        for attribute, fields in self.items.values():
            names += [attribute, *fields.values()]
        if not all(name.isidentifier() and not name.startswith("_") for name in names):
            raise DefinitionError("The attribute that holds a fact has a public name.")


RECORDS = Layout()
"""Facts by their ids, as a ``Record`` holds them."""


@frozen
class Access:
    """Where the facts of a record lie.

    Attributes:
        record: for records that are objects, the attribute of each fact; None for those that
            hold facts by id.
        items: for each collection of such objects, its attribute and those of its fields.
        known: facts, and fields as ``collection.field``, that no record lacks.
        given: facts bound once a run.
        always: facts, and fields, that surely have a value; those that are given among them.
    """

    record: Mapping[str, str] | None
    items: Mapping[str, tuple[str, Mapping[str, str]]]
    known: frozenset[str]
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
        if attributes is not None:
            return ast.Attribute(read(holder), attributes[key], ast.Load())
        if id in self.known:
            return ast.Subscript(read(holder), ast.Constant(key), ast.Load())
        unknown = names.constant(Gap.UNKNOWN, "UNKNOWN")
        return call(ast.Attribute(read(holder), "get", ast.Load()), ast.Constant(key), unknown)

    def collection(self, id: str) -> Expr:
        """The items of a collection."""
        if self.record is not None:
            return ast.Attribute(read("record"), self.items[id][0], ast.Load())
        items = ast.Attribute(read("record"), "items", ast.Load())
        return ast.Subscript(items, ast.Constant(id), ast.Load())
