"""The audit tools, and what a tool is."""

from __future__ import annotations

from qaf_core.tools.model import OTHER, Aspect, Judgement, Part, Placed, Question, Section, Tool

__all__ = ["OTHER", "Aspect", "Judgement", "Part", "Placed", "Question", "Section", "Tool"]


def __dir__() -> list[str]:
    return __all__
