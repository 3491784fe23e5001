"""What must hold of every audit of a youth justice case, whatever is filled in."""

from __future__ import annotations

from qaf_core import Standing
from qaf_core.laws import Fires, Law, Told
from qaf_core.roles import SERVICE_MANAGER, TEAM_MANAGER
from qaf_yos.facts import (
    assessment_in_time,
    assessment_timely,
    safeguarding_referral_made,
)
from qaf_yos.rules import ASSESSMENT_DATES
from qaf_yos.sources import ROTHERHAM, SOUTH_TYNESIDE
from qaf_yos.subjects import YOUTH_JUSTICE_CASE

__all__ = ["LATE_ASSESSMENT_IS_QUERIED", "LAWS", "REFERRAL_IS_TOLD"]


def __dir__() -> list[str]:
    return __all__


_case = (YOUTH_JUSTICE_CASE.id,)

REFERRAL_IS_TOLD = Law(
    "yos.referral_is_told",
    "Of a safeguarding referral that was needed and not made, the Team Manager and the Service "
    "Manager are told at once.",
    claim=Told(when=safeguarding_referral_made.is_(False), roles=(TEAM_MANAGER, SERVICE_MANAGER)),
    subjects=_case,
    source=SOUTH_TYNESIDE.at("Asset checklist, safeguarding referral"),
    standing=Standing.EDITORIAL,
)
LATE_ASSESSMENT_IS_QUERIED = Law(
    "yos.late_assessment_is_queried",
    "No assessment that its dates show to be late passes for one in time.",
    claim=Fires(
        when=assessment_timely.is_(True) & assessment_in_time.is_(False),
        rule=ASSESSMENT_DATES.id,
    ),
    subjects=_case,
    source=ROTHERHAM.at("1, timeliness of initial assessments"),
    standing=Standing.INFERRED,
)

LAWS = (REFERRAL_IS_TOLD, LATE_ASSESSMENT_IS_QUERIED)
