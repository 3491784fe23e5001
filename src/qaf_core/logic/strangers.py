"""What is let in: conditions made of this language's own parts, and of nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from qaf_core.errors import DefinitionError
from qaf_core.logic.expressions import (
    MAX_DEPTH,
    AllOf,
    And,
    AnyOf,
    Compare,
    Const,
    Count,
    Extreme,
    HasState,
    In,
    Not,
    Or,
    Ref,
    children,
)

__all__ = ["MAX_PARTS", "refuse_strangers"]

MAX_PARTS = 50_000
"""How many parts the conditions of a set may have in all: many hundreds of rules."""


def __dir__() -> list[str]:
    return __all__


_PARTS = (And, Or, Not, In, Compare, HasState, AnyOf, AllOf, Ref, Const, Count, Extreme)
_VALUES = (bool, int, str, date, datetime, Fraction)


def refuse_strangers(asked: Mapping[str, Any]) -> None:
    """Refuse what is not exactly of this language, before anything is made of it.

    Args:
        asked: conditions as written, by what they are called.

    Raises:
        DefinitionError: one is none, is lowered already, or they nest or sprawl too far.
    """
    count = 0
    for id, each in asked.items():
        if type(id) is not str:
            raise DefinitionError("A condition goes by an id, which is text.")
        stack: list[tuple[Any, int]] = [(each, 1)]
        while stack:
            node, depth = stack.pop()
            count += 1
            if type(node) not in _PARTS:
                raise DefinitionError(
                    f"{id}: {type(node).__name__} is no condition of this language, nor part of one."
                )
            if depth > MAX_DEPTH or count > MAX_PARTS:
                raise DefinitionError(
                    f"{id}: a condition nests at most {MAX_DEPTH} deep, and those of a set have at "
                    f"most {MAX_PARTS} parts."
                )
            if _lowered(node):
                raise DefinitionError(
                    f"{id}: it is lowered already. Give the condition as written."
                )
            if type(node) is Ref and not (type(node.name) is str and type(node.of) is str):
                raise DefinitionError(f"{id}: a fact goes by its id, which is text.")
            values = node.values if type(node) is In else ()
            for value in (node.value,) if type(node) is Const else values:
                if type(value) not in _VALUES:
                    raise DefinitionError(f"{id}: {type(value).__name__} is no type of value.")
            stack += [(child, depth + 1) for child in children(node)]


def _lowered(node: Any) -> bool:
    """Whether it has a mark that only lowering sets."""
    if type(node) is Extreme:
        return node.maybe is not None or node.high is not None
    return bool(getattr(node, "open", False) or getattr(node, "negated", False))
