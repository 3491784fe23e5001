"""Everything in a framework that rests on a clause."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import attrs
from attrs import field, frozen

from qaf_core.cycle.machines import Machine
from qaf_core.framework import Framework
from qaf_core.provenance import Reference, Standing
from qaf_core.roles import Role
from qaf_core.sampling.programme.model import Programme
from qaf_core.tables import Table
from qaf_core.tools.model import Tool

__all__ = ["GROUNDS", "Item", "grounds", "items", "stated_items"]

GROUNDS = {"clause": "Clause", "lines": "Lines", "standing": "Standing"}
"""The columns that say on what a row rests."""


def __dir__() -> list[str]:
    return __all__


@frozen(kw_only=True)
class Item:
    """One thing that a framework holds, with the clause it rests on.

    Attributes:
        sort: what it is, such as ``"rule"`` or ``"question"``.
        id: its id.
        within: the tool or standard it is part of, or "".
        words: its wording.
        source, standing: where it comes from and how firmly it stands.
        value: the thing itself.
    """

    sort: str
    id: str
    within: str = ""
    words: str
    source: Reference
    standing: Standing
    value: Any = field(repr=False, eq=False)


def items(framework: Framework) -> Iterator[Item]:
    """Everything with a source and a standing: whatever an addition brings, and its parts."""
    for addition in (framework.base, *framework.additions):
        for attribute in attrs.fields(type(addition)):
            value = getattr(addition, attribute.name)
            parts = (value.rows, value.areas) if isinstance(value, Programme) else (value,)
            for each in (each for part in parts for each in _resting(part)):
                yield from _items(each, "")


def _resting(value: Any) -> tuple[Any, ...]:
    """The members of a tuple that rest on a clause."""
    members = value if isinstance(value, tuple) else ()
    return tuple(each for each in members if hasattr(each, "source") and hasattr(each, "standing"))


def _items(value: Any, within: str) -> Iterator[Item]:
    sort = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(value).__name__).lower()
    id = str(getattr(value, "id", ""))
    if sort == "scale map":
        id = f"{value.of.id} on {value.on.id}"
    yield Item(
        sort=sort,
        id=id,
        within=within,
        words=_words(value),
        source=value.source,
        standing=value.standing,
        value=value,
    )
    inside = within or (f"{id} {value.version}" if isinstance(value, Tool | Machine) else id)
    for attribute in attrs.fields(type(value)):
        if attribute.init:
            for each in _resting(getattr(value, attribute.name)):
                if not isinstance(each, Role):  # named here, and brought elsewhere
                    yield from _items(each, inside)


def _words(value: Any) -> str:
    for name in ("statement", "prompt", "title", "text", "label", "what"):
        words = str(getattr(value, name, "") or "")
        if words:
            return words
    return ""


def stated_items(framework: Framework) -> Table:
    """Every item that claims to be stated, with its clause and the lines it was read from."""
    stated = [each for each in items(framework) if each.standing is Standing.STATED]
    return Table(
        caption=f"What claims to be stated: {len(stated)} items",
        columns={
            "sort": "What",
            "within": "Of",
            "id": "Id",
            "words": "In our words",
            "document": "Document",
            "clause": "Clause",
            "lines": "Lines",
        },
        rows=[
            {
                "sort": each.sort,
                "within": each.within,
                "id": each.id,
                "words": each.words,
                "document": each.source.document.id,
                "clause": each.source.clause,
                "lines": each.source.lines,
            }
            for each in stated
        ],
    )


def grounds(value: Any) -> dict[str, object]:
    """On what a thing rests, under the columns for it."""
    return {
        "clause": str(value.source),
        "lines": value.source.lines,
        "standing": value.standing.value,
    }
