"""Is the auditing itself any good: who audits again, how far the two agree, what is known then."""

from __future__ import annotations

from qaf_core.moderation.agreement import Agreement, agreement, agreement_by_section
from qaf_core.moderation.blind import Seal, blind_form, opened, seal
from qaf_core.moderation.disagreements import Disagreement, disagreements
from qaf_core.moderation.how_many import AtMost, HowMany, at_most, how_many
from qaf_core.moderation.moderate import moderation_round
from qaf_core.moderation.moderators import assign, may_not_moderate, moderator_roles
from qaf_core.moderation.pairs import Arm, GradeTable, Pair
from qaf_core.moderation.reporting import Reports, reported
from qaf_core.moderation.results import (
    Estimate,
    Interval,
    NotEnoughData,
    SignificanceTest,
    Undefined,
)
from qaf_core.moderation.rounds import ModerationRound, Selected
from qaf_core.moderation.settling import Route, Settlement, still_open
from qaf_core.moderation.side_by_side import Moderation
from qaf_core.moderation.staff import StaffAgreement, agreement_by_auditor
from qaf_core.moderation.telling import Told, told

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
