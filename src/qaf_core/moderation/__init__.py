"""Is the auditing itself any good: who audits again, how far the two agree, what is known then."""

from __future__ import annotations

from qaf_core.moderation.agreement import Agreement, agreement, agreement_by_section
from qaf_core.moderation.blind import Moderation, Seal, blind_form, opened, seal
from qaf_core.moderation.how_many import AtMost, HowMany, at_most, how_many
from qaf_core.moderation.moderate import (
    ModerationRound,
    Selected,
    assign,
    may_not_moderate,
    moderation_round,
    moderator_roles,
)
from qaf_core.moderation.pairs import Arm, GradeTable, Pair
from qaf_core.moderation.results import (
    Estimate,
    Interval,
    NotEnoughData,
    SignificanceTest,
    Undefined,
)
from qaf_core.moderation.settling import (
    Disagreement,
    Reports,
    Route,
    Settlement,
    Told,
    disagreements,
    reported,
    still_open,
    told,
)
from qaf_core.moderation.staff import StaffAgreement, agreement_by_auditor

__all__ = [
    "Agreement",
    "Arm",
    "AtMost",
    "Disagreement",
    "Estimate",
    "GradeTable",
    "HowMany",
    "Interval",
    "Moderation",
    "ModerationRound",
    "NotEnoughData",
    "Pair",
    "Reports",
    "Route",
    "Seal",
    "Selected",
    "Settlement",
    "SignificanceTest",
    "StaffAgreement",
    "Told",
    "Undefined",
    "agreement",
    "agreement_by_auditor",
    "agreement_by_section",
    "assign",
    "at_most",
    "blind_form",
    "disagreements",
    "how_many",
    "may_not_moderate",
    "moderation_round",
    "moderator_roles",
    "opened",
    "reported",
    "seal",
    "still_open",
    "told",
]


def __dir__() -> list[str]:
    return __all__
