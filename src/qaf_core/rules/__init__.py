"""The rules, as a QA manager reads them, and what a rule is."""

from __future__ import annotations

from qaf_core.rules.model import (
    Act,
    Commission,
    Escalate,
    Gate,
    Moderate,
    Outcome,
    Query,
    Recognise,
    Require,
    Rule,
)

__all__ = [
    "Act",
    "Commission",
    "Escalate",
    "Gate",
    "Moderate",
    "Outcome",
    "Query",
    "Recognise",
    "Require",
    "Rule",
]


def __dir__() -> list[str]:
    return __all__
