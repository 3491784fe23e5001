"""What must hold of every audit of an adoption service, whatever is filled in."""

from __future__ import annotations

from qaf_adoption.facts import concerns_acted_on, register_answer, register_in_time
from qaf_adoption.rules import REGISTER_DATES
from qaf_adoption.sources import NATIONAL_STANDARDS
from qaf_adoption.subjects import ADOPTION_SUPPORT_CASE, CHILD_FOR_ADOPTION, PROSPECTIVE_ADOPTER
from qaf_core import Standing
from qaf_core.laws import Asked, Fires, Law, Told
from qaf_core.logic import ALWAYS
from qaf_core.roles import SERVICE_MANAGER, TEAM_MANAGER
from qaf_core.sources import QAF

__all__ = ["CONCERN_IS_ASKED", "CONCERN_IS_TOLD", "LATE_REFERRAL_IS_QUERIED", "LAWS"]


def __dir__() -> list[str]:
    return __all__


_all = (PROSPECTIVE_ADOPTER.id, CHILD_FOR_ADOPTION.id, ADOPTION_SUPPORT_CASE.id)

CONCERN_IS_TOLD = Law(
    "adoption.concern_is_told",
    "Of a concern for a child that was not acted on, in any adoption case, the Team Manager and the "
    "Service Manager are told at once.",
    claim=Told(when=concerns_acted_on.is_(False), roles=(TEAM_MANAGER, SERVICE_MANAGER)),
    subjects=_all,
    source=QAF.at("Tool A, 4.1 and 6", lines="770-776, 933-936"),
    standing=Standing.EDITORIAL,
)
CONCERN_IS_ASKED = Law(
    "adoption.concern_is_asked",
    "Every adoption audit has to say whether concerns for a child were acted on.",
    claim=Asked(when=ALWAYS, fact=concerns_acted_on),
    subjects=_all,
    source=QAF.at("Tool A, 4.1", lines="770-776"),
    standing=Standing.EDITORIAL,
)
LATE_REFERRAL_IS_QUERIED = Law(
    "adoption.late_referral_is_queried",
    "No referral to the Adoption Register after three months passes for one in time.",
    claim=Fires(
        when=register_answer.is_(True) & register_in_time.is_(False), rule=REGISTER_DATES.id
    ),
    subjects=(PROSPECTIVE_ADOPTER.id, CHILD_FOR_ADOPTION.id),
    source=NATIONAL_STANDARDS.at("13.1, 13.2"),
    standing=Standing.INFERRED,
)

LAWS = (CONCERN_IS_TOLD, CONCERN_IS_ASKED, LATE_REFERRAL_IS_QUERIED)
