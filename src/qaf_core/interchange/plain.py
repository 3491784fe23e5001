"""Plain data given as Python values, and the words that errors may show."""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import attrs

from qaf_core.audits import (
    Action,
    Audit,
    Explanation,
    Judged,
    Participant,
    Return,
    Subject,
    Tag,
    ToolPin,
)
from qaf_core.errors import Fault
from qaf_core.framework import Framework
from qaf_core.interchange.parsing import MAX_DEPTH, TOO_DEEP

__all__ = ["as_plain", "vocabulary"]


def __dir__() -> list[str]:
    return __all__


def vocabulary(framework: Framework) -> frozenset[str]:
    """Every key that an audit may have: only these are named in faults."""
    shapes = (Action, Audit, Explanation, Judged, Participant, Return, Subject, Tag, ToolPin)
    known = {attribute.name for shape in shapes for attribute in attrs.fields(shape)}
    known |= {fact.id for fact in framework.facts}
    for tool in framework.tools:
        known |= {placed.item.id for placed in (*tool.questions, *tool.judged)}
        known |= {section.id for section in tool.sections}
    return frozenset(known)


def as_plain(
    value: Any, path: str, faults: list[Fault], depth: int = 0, *, max_depth: int = MAX_DEPTH
) -> Any:
    """Python values as JSON would hold them; what it cannot hold is a fault, and null."""
    where = path or "(whole data)"
    if depth > max_depth:
        faults.append(Fault(path=where[:80], problem=TOO_DEEP, do="Nest it less deep"))
        return None
    match value:
        case None | bool() | str() | int() | Decimal():
            return value
        case float() if math.isfinite(value):
            return Decimal(repr(value))
        case Mapping():
            plain = {}
            for number, (key, each) in enumerate(value.items(), 1):
                if type(key) is not str:
                    faults.append(
                        Fault(
                            path=f"{path}.(key {number})" if path else f"(key {number})",
                            problem="its key is no text",
                            do="Write keys as text",
                        )
                    )
                else:
                    inner = key if path == "" else path
                    plain[key] = as_plain(each, inner, faults, depth + 1, max_depth=max_depth)
            return plain
        case list() | tuple():
            return [as_plain(each, path, faults, depth + 1, max_depth=max_depth) for each in value]
    problem = f"it is or holds a {type(value).__name__}, which is no plain data"
    faults.append(Fault(path=where, problem=problem, do="Write dates as text, numbers as numbers"))
    return None
