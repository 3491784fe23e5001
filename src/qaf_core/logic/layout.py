"""How compiled conditions reach facts: by id in records, or as attributes of objects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import converters, field, frozen

from qaf_core.errors import DefinitionError
from qaf_core.immutable import FrozenMap

__all__ = ["RECORDS", "Layout"]


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
