"""The engine: conditions as values, what they mean on a record, and why.

It knows nothing of children, councils or outcomes.
"""

from __future__ import annotations

from qaf_core.logic.english import english
from qaf_core.logic.explain import Proof, Rest, Verdict, explain
from qaf_core.logic.expressions import (
    ALWAYS,
    MAX_DEPTH,
    NEVER,
    Collection,
    Cond,
    Ref,
    Term,
    refs,
)
from qaf_core.logic.lower import known_only, met, possible, sure
from qaf_core.logic.values import (
    COUNT,
    DATE,
    ID,
    MOMENT,
    NUMBER,
    TEXT,
    YES_NO,
    Gap,
    Kind,
    Named,
    Record,
    Sort,
    Value,
    choice,
    many,
    numbers,
)

__all__ = [
    "ALWAYS",
    "COUNT",
    "DATE",
    "ID",
    "MAX_DEPTH",
    "MOMENT",
    "NEVER",
    "NUMBER",
    "TEXT",
    "YES_NO",
    "Collection",
    "Cond",
    "Gap",
    "Kind",
    "Named",
    "Proof",
    "Record",
    "Ref",
    "Rest",
    "Sort",
    "Term",
    "Value",
    "Verdict",
    "choice",
    "english",
    "explain",
    "known_only",
    "many",
    "met",
    "numbers",
    "possible",
    "refs",
    "sure",
]


def __dir__() -> list[str]:
    return __all__
