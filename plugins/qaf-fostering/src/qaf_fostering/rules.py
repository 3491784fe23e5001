"""The rules for fostering households. Those of the framework itself hold beside them."""

from __future__ import annotations

from qaf_core import Rule, Standing
from qaf_core.facts import audited, overall, safe
from qaf_core.logic import Ref
from qaf_core.roles import SERVICE_MANAGER, TEAM_MANAGER
from qaf_core.rules import Escalate, Query
from qaf_core.scales import GRADES, INADEQUATE
from qaf_core.sources import QAF
from qaf_core.timing import AT_ONCE
from qaf_fostering.facts import (
    approved,
    concern_raised,
    concern_reported,
    concern_reported_in_time,
    concern_visited,
    concern_visited_in_time,
    concerns_acted_on,
    concerns_in_time,
    dbs_answer,
    dbs_current,
    dbs_last,
    family_and_friends,
    medical_answer,
    medical_current,
    medical_last,
    review_answer,
    review_current,
    review_last,
    review_on_time,
    review_previous,
    supervised_answer,
    supervision_due,
    training_answer,
    training_shown,
    training_within_12,
    training_within_18,
    unannounced_answer,
    unannounced_count,
    unannounced_current,
    unannounced_expected,
    unannounced_last,
)
from qaf_fostering.sources import (
    KNOWSLEY,
    MONITORING,
    NATIONAL_STANDARDS,
    REGULATIONS,
    WHOLISTIC,
    WILTSHIRE,
)
from qaf_fostering.subjects import CARER_HOUSEHOLD

__all__ = [
    "CHECK_DATES",
    "CONCERN_DATES",
    "CONCERN_NOT_ACTED_ON",
    "DATES_IN_ORDER",
    "REVIEW_DATES",
    "RULES",
    "SAFETY_UNSAID",
    "SUPERVISION_DATES",
    "TRAINING_DATES",
    "UNANNOUNCED_DATES",
    "UNANNOUNCED_NUMBER",
]


def __dir__() -> list[str]:
    return __all__


_household = (CARER_HOUSEHOLD.id,)
_oversight = Ref("fostering_oversight", GRADES.kind, label="the grade for oversight")
_support = Ref("fostering_support", GRADES.kind, label="the grade for support and supervision")
_reviews = Ref("fostering_reviews", GRADES.kind, label="the grade for reviews and checks")

CONCERN_NOT_ACTED_ON = Rule(
    "fostering.concern_not_acted_on",
    "An allegation against foster carers, or a concern about their care, that was not acted on is "
    "escalated at once to the Team Manager and the Service Manager.",
    when=concerns_acted_on.is_(False),
    then=(Escalate(to=(TEAM_MANAGER, SERVICE_MANAGER), within=AT_ONCE),),
    subjects=_household,
    source=NATIONAL_STANDARDS.at("22.1"),
    standing=Standing.EDITORIAL,
)

SAFETY_UNSAID = Rule(
    "fostering.safety_unsaid",
    "Where oversight, support or reviews are Inadequate under a better overall grade, the audit "
    "says whether the children are safe.",
    when=(_oversight.is_(INADEQUATE) | _support.is_(INADEQUATE) | _reviews.is_(INADEQUATE))
    & (overall > INADEQUATE)
    & ~safe.answered(),
    then=(Query(ask="Are the children in this household safe?"),),
    subjects=_household,
    source=QAF.at("Tool A, 6", lines="933-936"),
    standing=Standing.EDITORIAL,
)

UNANNOUNCED_DATES = Rule(
    "fostering.unannounced_dates",
    "Whether there was an unannounced visit in the last year is answered as its date says.",
    when=unannounced_answer.is_not(unannounced_current),
    then=(Query(ask="The date of the last visit says otherwise. Which is right?"),),
    subjects=_household,
    source=NATIONAL_STANDARDS.at("21"),
    standing=Standing.INFERRED,
)

UNANNOUNCED_NUMBER = Rule(
    "fostering.unannounced_number",
    "Where a council expects a number of unannounced visits a year, there were no fewer.",
    when=unannounced_count < unannounced_expected,
    then=(
        Query(ask="Why were there fewer visits than the council expects, and when is the next?"),
    ),
    subjects=_household,
    source=KNOWSLEY.at("4"),
    standing=Standing.EDITORIAL,
)

TRAINING_DATES = Rule(
    "fostering.training_dates",
    "Whether the training standards were met in time is answered as the dates say: twelve months "
    "after approval, eighteen for family and friends.",
    when=(
        training_answer.is_(True)
        & (
            training_within_18.is_(False)
            | (training_within_12.is_(False) & family_and_friends.is_(False))
        )
    )
    | (
        training_answer.is_(False)
        & (
            training_within_12.is_(True)
            | (training_within_18.is_(True) & family_and_friends.is_(True))
        )
    ),
    then=(Query(ask="The dates of approval and training say otherwise. Which is right?"),),
    subjects=_household,
    source=NATIONAL_STANDARDS.at("20"),
    standing=Standing.INFERRED,
)

REVIEW_DATES = Rule(
    "fostering.review_dates",
    "Whether approval was reviewed in time is answered as the dates say: the last review came "
    "within a year of what went before, and is no more than a year old.",
    when=(review_answer.is_(True) & (review_current.is_(False) | review_on_time.is_(False)))
    | (review_answer.is_(False) & review_current.is_(True) & review_on_time.is_(True)),
    then=(Query(ask="The dates of the reviews say otherwise. Which is right?"),),
    subjects=_household,
    source=REGULATIONS.at("28"),
    standing=Standing.INFERRED,
)

SUPERVISION_DATES = Rule(
    "fostering.supervision_dates",
    "Supervision is not called as agreed once the day agreed for it has passed.",
    when=supervised_answer.is_(True) & (audited > supervision_due),
    then=(Query(ask="The next supervision is overdue. When will it be?"),),
    subjects=_household,
    source=WILTSHIRE.at("Recording 1"),
    standing=Standing.EDITORIAL,
)

CHECK_DATES = Rule(
    "fostering.check_dates",
    "Whether DBS checks and health reports are current is answered as their dates say, by the "
    "council's own numbers.",
    when=dbs_answer.is_not(dbs_current) | medical_answer.is_not(medical_current),
    then=(Query(ask="The dates of the checks say otherwise. Which is right?"),),
    subjects=_household,
    source=MONITORING.at("Statutory checks"),
    standing=Standing.EDITORIAL,
)

CONCERN_DATES = Rule(
    "fostering.concern_dates",
    "Whether a concern was dealt with in time is answered as the dates say, by the council's own "
    "numbers.",
    when=(
        concerns_in_time.is_(True)
        & (concern_reported_in_time.is_(False) | concern_visited_in_time.is_(False))
    )
    | (
        concerns_in_time.is_(False)
        & concern_reported_in_time.is_(True)
        & concern_visited_in_time.is_(True)
    ),
    then=(Query(ask="The dates of the concern say otherwise. Which is right?"),),
    subjects=_household,
    source=WHOLISTIC.at("Standards of care"),
    standing=Standing.EDITORIAL,
)

DATES_IN_ORDER = Rule(
    "fostering.dates_in_order",
    "Dates stand in an order that can be: nothing is audited before it has happened, and nothing "
    "comes before what it follows.",
    when=(approved > audited)
    | (unannounced_last > audited)
    | (review_last > audited)
    | (dbs_last > audited)
    | (medical_last > audited)
    | (review_previous > review_last)
    | (training_shown < approved)
    | (concern_reported < concern_raised)
    | (concern_visited < concern_raised),
    then=(Query(ask="Which of the dates is meant?"),),
    subjects=_household,
    source=QAF.at("Tool A", lines="694, 729, 748, 757"),
    standing=Standing.EDITORIAL,
)

RULES = (
    CONCERN_NOT_ACTED_ON,
    SAFETY_UNSAID,
    UNANNOUNCED_DATES,
    UNANNOUNCED_NUMBER,
    TRAINING_DATES,
    REVIEW_DATES,
    SUPERVISION_DATES,
    CHECK_DATES,
    CONCERN_DATES,
    DATES_IN_ORDER,
)
