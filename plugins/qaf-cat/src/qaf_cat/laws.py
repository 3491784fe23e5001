"""What must hold of every audit of an early help case, whatever is filled in."""

from __future__ import annotations

from qaf_cat.facts import (
    DRIFT_REVIEWS,
    acted_on,
    drift_answer,
    long_open,
    recognised,
    reviews,
)
from qaf_cat.rules import DRIFT
from qaf_cat.sources import JOURNEY, SHROPSHIRE
from qaf_cat.subjects import EARLY_HELP_CASE
from qaf_core import Standing
from qaf_core.laws import Asked, Fires, Law, Told
from qaf_core.logic import ALWAYS
from qaf_core.roles import SERVICE_MANAGER, TEAM_MANAGER

__all__ = [
    "ACTED_ON_IS_ASKED",
    "CONCERN_IS_TOLD",
    "DRIFT_IS_QUERIED",
    "LAWS",
    "RECOGNISED_IS_ASKED",
]


def __dir__() -> list[str]:
    return __all__


_case = (EARLY_HELP_CASE.id,)

CONCERN_IS_TOLD = Law(
    "cat.concern_is_told",
    "Of a child protection concern that was not recognised, or not acted on, the Team Manager and "
    "the Service Manager are told at once.",
    claim=Told(
        when=recognised.is_(False) | acted_on.is_(False), roles=(TEAM_MANAGER, SERVICE_MANAGER)
    ),
    subjects=_case,
    source=JOURNEY.at("1.2"),
    standing=Standing.EDITORIAL,
)
RECOGNISED_IS_ASKED = Law(
    "cat.recognised_is_asked",
    "Every early help audit has to say whether child protection concerns were recognised.",
    claim=Asked(when=ALWAYS, fact=recognised),
    subjects=_case,
    source=JOURNEY.at("1.2"),
    standing=Standing.EDITORIAL,
)
ACTED_ON_IS_ASKED = Law(
    "cat.acted_on_is_asked",
    "Every early help audit has to say whether child protection concerns were acted on.",
    claim=Asked(when=ALWAYS, fact=acted_on),
    subjects=_case,
    source=JOURNEY.at("1.2"),
    standing=Standing.EDITORIAL,
)
DRIFT_IS_QUERIED = Law(
    "cat.drift_is_queried",
    "No case open for more than twelve months, or reviewed three times or more, passes with nobody "
    "consulted, or with that set aside.",
    claim=Fires(
        when=(long_open.is_(True) | (reviews >= DRIFT_REVIEWS))
        & (drift_answer.is_(False) | drift_answer.not_applicable()),
        rule=DRIFT.id,
    ),
    subjects=_case,
    source=SHROPSHIRE.at("Audit of March 2015, drift"),
    standing=Standing.EDITORIAL,
)

LAWS = (CONCERN_IS_TOLD, RECOGNISED_IS_ASKED, ACTED_ON_IS_ASKED, DRIFT_IS_QUERIED)
