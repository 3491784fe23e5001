"""What the rules for youth justice cases, with the framework's own, never fail to do."""

from __future__ import annotations

from qaf_core import Law, Standing
from qaf_core.facts import CANNOT_TELL, UNSAFE, overall, safe
from qaf_core.laws import Asked, Fires, Told
from qaf_core.logic import ALWAYS, Ref
from qaf_core.roles import SERVICE_MANAGER, TEAM_MANAGER
from qaf_core.scales import GRADES, INADEQUATE
from qaf_core.sources import QAF
from qaf_yos.facts import assessment_in_time, assessment_timely, safeguarding_referral_made
from qaf_yos.rules import ASSESSMENT_DATES, SAFETY_UNSAID
from qaf_yos.sources import ROTHERHAM, SOUTH_TYNESIDE
from qaf_yos.subjects import YOUTH_JUSTICE_CASE

__all__ = [
    "LATE_ASSESSMENT_IS_QUERIED",
    "LAWS",
    "REFERRAL_ASKED",
    "REFERRAL_NOT_MADE_IS_TOLD",
    "SAFETY_NEVER_PASSED_OVER",
    "UNSAFE_IS_TOLD",
]


def __dir__() -> list[str]:
    return __all__


_MANAGERS = (TEAM_MANAGER, SERVICE_MANAGER)
_vulnerability = Ref("yos_vulnerability", GRADES.kind, label="the grade for vulnerability")

UNSAFE_IS_TOLD = Law(
    "yos.unsafe_is_told",
    "Of a child in a youth justice case who is unsafe, or of whom it cannot be told, the Team "
    "Manager and the Service Manager are told at once.",
    claim=Told(when=safe.in_((UNSAFE, CANNOT_TELL)), roles=_MANAGERS),
    subjects=(YOUTH_JUSTICE_CASE.id,),
    source=QAF.at("Tool A, 6", lines="933-936"),
    standing=Standing.INFERRED,
)

REFERRAL_NOT_MADE_IS_TOLD = Law(
    "yos.referral_not_made_is_told",
    "Of a safeguarding referral that was needed and not made the Team Manager and the Service "
    "Manager are told at once.",
    claim=Told(when=safeguarding_referral_made.is_(False), roles=_MANAGERS),
    subjects=(YOUTH_JUSTICE_CASE.id,),
    source=SOUTH_TYNESIDE.at("Asset checklist, safeguarding referral"),
    standing=Standing.EDITORIAL,
)

REFERRAL_ASKED = Law(
    "yos.referral_asked",
    "Whether a safeguarding referral was made where one was needed is asked of every case, and "
    "has to be answered.",
    claim=Asked(when=ALWAYS, fact=safeguarding_referral_made),
    subjects=(YOUTH_JUSTICE_CASE.id,),
    source=SOUTH_TYNESIDE.at("Asset checklist, safeguarding referral"),
    standing=Standing.EDITORIAL,
)

SAFETY_NEVER_PASSED_OVER = Law(
    "yos.safety_never_passed_over",
    "Where vulnerability screening is Inadequate under a better overall grade, an audit that does "
    "not say whether the child is safe is queried.",
    claim=Fires(
        when=_vulnerability.is_(INADEQUATE) & (overall > INADEQUATE) & ~safe.answered(),
        rule=SAFETY_UNSAID.id,
    ),
    subjects=(YOUTH_JUSTICE_CASE.id,),
    source=QAF.at("Tool A, 6", lines="933-936"),
    standing=Standing.EDITORIAL,
)

LATE_ASSESSMENT_IS_QUERIED = Law(
    "yos.late_assessment_is_queried",
    "No assessment that its dates show to be late passes for one in time.",
    claim=Fires(
        when=assessment_timely.is_(True) & assessment_in_time.is_(False),
        rule=ASSESSMENT_DATES.id,
    ),
    subjects=(YOUTH_JUSTICE_CASE.id,),
    source=ROTHERHAM.at("1, timeliness of initial assessments"),
    standing=Standing.INFERRED,
)

LAWS = (
    UNSAFE_IS_TOLD,
    REFERRAL_NOT_MADE_IS_TOLD,
    REFERRAL_ASKED,
    SAFETY_NEVER_PASSED_OVER,
    LATE_ASSESSMENT_IS_QUERIED,
)
