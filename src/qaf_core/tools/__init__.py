"""The audit tools, and what a tool is."""

from __future__ import annotations

from qaf_core.tools.computing import BEST, MEAN, SHARE, WORST, Child, Computed
from qaf_core.tools.model import (
    OTHER,
    Aspect,
    Basis,
    Judgement,
    Part,
    Placed,
    Question,
    Section,
    Tool,
)
from qaf_core.tools.variant import variant

__all__ = [
    "BEST",
    "MEAN",
    "OTHER",
    "SHARE",
    "WORST",
    "Aspect",
    "Basis",
    "Child",
    "Computed",
    "Judgement",
    "Part",
    "Placed",
    "Question",
    "Section",
    "Tool",
    "variant",
]


def __dir__() -> list[str]:
    return __all__
