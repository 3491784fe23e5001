"""Is the auditing itself any good: who audits again, how far the two agree, what is known then."""

from __future__ import annotations

from qaf_core.moderation.agreement import Agreement, agreement, agreement_by_section
from qaf_core.moderation.how_many import AtMost, HowMany, at_most, how_many
from qaf_core.moderation.pairs import Arm, GradeTable, Pair
from qaf_core.moderation.results import (
    Estimate,
    Interval,
    NotEnoughData,
    SignificanceTest,
    Undefined,
)

__all__ = [
    "Agreement",
    "Arm",
    "AtMost",
    "Estimate",
    "GradeTable",
    "HowMany",
    "Interval",
    "NotEnoughData",
    "Pair",
    "SignificanceTest",
    "Undefined",
    "agreement",
    "agreement_by_section",
    "at_most",
    "how_many",
]


def __dir__() -> list[str]:
    return __all__
