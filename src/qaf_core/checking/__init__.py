"""Checking a framework: what is wrong with it, and whether its laws hold, without any audit."""

from __future__ import annotations

from qaf_core.checking.checks import check
from qaf_core.checking.model import Answer, Check, Counterexample, Kind, Problem, Ruling

__all__ = ["Answer", "Check", "Counterexample", "Kind", "Problem", "Ruling", "check"]


def __dir__() -> list[str]:
    return __all__
