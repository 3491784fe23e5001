"""What must hold of every audit of a fostering household, whatever is filled in."""

from __future__ import annotations

from qaf_core import Standing
from qaf_core.laws import Asked, Fires, Law, Told
from qaf_core.logic import ALWAYS
from qaf_core.roles import SERVICE_MANAGER, TEAM_MANAGER
from qaf_fostering.facts import (
    concerns_acted_on,
    review_answer,
    review_current,
    unannounced_answer,
    unannounced_current,
)
from qaf_fostering.rules import REVIEW_DATES, UNANNOUNCED_DATES
from qaf_fostering.sources import NATIONAL_STANDARDS, REGULATIONS
from qaf_fostering.subjects import CARER_HOUSEHOLD

__all__ = [
    "CONCERN_IS_ASKED",
    "CONCERN_IS_TOLD",
    "LATE_REVIEW_IS_QUERIED",
    "LATE_VISIT_IS_QUERIED",
    "LAWS",
]


def __dir__() -> list[str]:
    return __all__


_household = (CARER_HOUSEHOLD.id,)

CONCERN_IS_TOLD = Law(
    "fostering.concern_is_told",
    "Of an allegation or a concern that was not acted on, the Team Manager and the Service Manager "
    "are told at once.",
    claim=Told(when=concerns_acted_on.is_(False), roles=(TEAM_MANAGER, SERVICE_MANAGER)),
    subjects=_household,
    source=NATIONAL_STANDARDS.at("22.1"),
    standing=Standing.EDITORIAL,
)
CONCERN_IS_ASKED = Law(
    "fostering.concern_is_asked",
    "Every audit of a household has to say whether concerns were acted on.",
    claim=Asked(when=ALWAYS, fact=concerns_acted_on),
    subjects=_household,
    source=NATIONAL_STANDARDS.at("22.1"),
    standing=Standing.EDITORIAL,
)
LATE_VISIT_IS_QUERIED = Law(
    "fostering.late_visit_is_queried",
    "No unannounced visit more than a year ago passes for one in the last year.",
    claim=Fires(
        when=unannounced_answer.is_(True) & unannounced_current.is_(False),
        rule=UNANNOUNCED_DATES.id,
    ),
    subjects=_household,
    source=NATIONAL_STANDARDS.at("21"),
    standing=Standing.INFERRED,
)
LATE_REVIEW_IS_QUERIED = Law(
    "fostering.late_review_is_queried",
    "No review more than a year old passes for one in time.",
    claim=Fires(when=review_answer.is_(True) & review_current.is_(False), rule=REVIEW_DATES.id),
    subjects=_household,
    source=REGULATIONS.at("28"),
    standing=Standing.INFERRED,
)

LAWS = (CONCERN_IS_TOLD, CONCERN_IS_ASKED, LATE_VISIT_IS_QUERIED, LATE_REVIEW_IS_QUERIED)
