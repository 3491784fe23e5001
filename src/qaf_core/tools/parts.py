"""The parts of a tool by what they are and their id, and where each lies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from attrs import frozen

from qaf_core.logic.expressions import NEVER
from qaf_core.tools.model import Judgement, Question, Section, Tool

__all__ = ["At", "Index", "Key", "around", "called_for", "parts_of"]

Key: TypeAlias = tuple[str, str]
"""What a part is, and its id: a section and its judgement may share one."""


def __dir__() -> list[str]:
    return __all__


@frozen
class At:
    """A part of a tool, and the id of the section it lies in; "" for the tool itself."""

    item: Any
    inside: str


Index: TypeAlias = Mapping[Key, At]


def parts_of(tool: Tool) -> dict[Key, At]:
    """Every part of a tool, itself included, in order."""
    found: dict[Key, At] = {("tool", ""): At(tool, "")}

    def walk(of: Tool | Section, inside: str) -> None:
        for part in of.parts:
            found[type(part).__name__.lower(), part.id] = At(part, inside)
            if isinstance(part, Section):
                walk(part, part.id)
        for judgement in of.judgements:
            found["judgement", judgement.id] = At(judgement, inside)

    walk(tool, "")
    return found


def around(index: Index, key: Key) -> Iterator[str]:
    """Ids of the sections a part lies in, innermost first."""
    while inside := index[key].inside:
        yield inside
        key = ("section", inside)


def called_for(item: Any) -> bool:
    """Whether a blank may have to be filled in."""
    if isinstance(item, Question):
        return NEVER not in (item.asked, item.required)
    return isinstance(item, Judgement) and item.judged
