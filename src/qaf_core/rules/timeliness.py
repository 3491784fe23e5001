"""What is late, what will be, and dates that contradict an answer."""

from __future__ import annotations

from qaf_core.clocks import (
    chronology_due,
    referral_in_time,
    sign_off_due,
    supervision_due,
    supervision_was_due,
    worker_is_social_worker,
)
from qaf_core.facts import actions, audited, case_opened, today
from qaf_core.logic.expressions import Ref
from qaf_core.logic.values import DATE, MOMENT, YES_NO
from qaf_core.provenance import Standing
from qaf_core.roles import LINE_MANAGER
from qaf_core.rules.model import Act, Query, Rule
from qaf_core.sources import QAF
from qaf_core.subjects import CHILD_CASE
from qaf_core.timing import AT_ONCE

__all__ = [
    "ACTION_AFTER_SIGN_OFF",
    "ACTION_OVERDUE",
    "CHRONOLOGY",
    "CHRONOLOGY_CONFLICT",
    "DATES_IN_ORDER",
    "REFERRAL",
    "REFERRAL_CONFLICT",
    "RULES",
    "SIGN_OFF",
    "SUPERVISION",
    "SUPERVISION_CONFLICT",
]


def __dir__() -> list[str]:
    return __all__


_child = (CHILD_CASE.id,)
_prompt = Ref("referral_acted_on_promptly", YES_NO, label="the referral being acted on promptly")
_current = Ref("chronology_current", YES_NO, label="the chronology being up to date")
_regular = Ref("decisions_supervision", YES_NO, label="supervision being regular")
_chronology_late = audited > chronology_due
_reviewed = Ref("chronology_reviewed", DATE, label="the day the chronology was reviewed")
_supervised = Ref("supervision_last", DATE, label="the day of the last supervision")
_received = Ref("referral_received", MOMENT, label="the moment the referral came in")
_acted_on = Ref("referral_acted_on", MOMENT, label="the moment it was acted on")
_social_worker = worker_is_social_worker.is_(True) | ~worker_is_social_worker.answered()
_supervision_late = (audited > supervision_due) | (_supervised > supervision_was_due)
_supervision_on_time = (audited <= supervision_due) & ~(_supervised > supervision_was_due)
_still_open = ~actions.signed_off.answered()

REFERRAL = Rule(
    "timeliness.referral",
    "A referral is acted on within 24 hours: by its dates where they are given, else by the "
    "answer.",
    when=referral_in_time.is_(False) | (~referral_in_time.answered() & _prompt.is_(False)),
    then=(Query(ask="Why was the referral not acted on in time?"),),
    subjects=_child,
    source=QAF.at("Tool A, 3", lines="757"),
    standing=Standing.STATED,
)
REFERRAL_CONFLICT = Rule(
    "timeliness.referral_conflict",
    "The dates of a referral agree with the answer whether it was acted on in time.",
    when=(referral_in_time.is_(False) & _prompt.is_(True))
    | (referral_in_time.is_(True) & _prompt.is_(False)),
    then=(Query(ask="Which is right, the dates or the answer?"),),
    subjects=_child,
    source=QAF.at("Tool A, 3", lines="757"),
    standing=Standing.EDITORIAL,
)
CHRONOLOGY = Rule(
    "timeliness.chronology",
    "A chronology is reviewed every three months: by its date where that is given, else by the "
    "answer.",
    when=_chronology_late | (~chronology_due.answered() & _current.is_(False)),
    then=(Query(ask="When will the chronology be reviewed?"),),
    subjects=_child,
    source=QAF.at("Tool A, 2", lines="729"),
    standing=Standing.STATED,
)
CHRONOLOGY_CONFLICT = Rule(
    "timeliness.chronology_conflict",
    "The date of a chronology's review agrees with the answer whether it is up to date.",
    when=(_chronology_late & _current.is_(True))
    | ((audited <= chronology_due) & _current.is_(False)),
    then=(Query(ask="Which is right, the date or the answer?"),),
    subjects=_child,
    source=QAF.at("Tool A, 2", lines="729"),
    standing=Standing.EDITORIAL,
)
SUPERVISION = Rule(
    "timeliness.supervision",
    "A social worker is supervised at least monthly.",
    when=_supervision_late & _social_worker,
    then=(Query(ask="When was the work last talked over in supervision, and when next?"),),
    subjects=_child,
    source=QAF.at("§5.2 k", lines="377"),
    standing=Standing.STATED,
)
SUPERVISION_CONFLICT = Rule(
    "timeliness.supervision_conflict",
    "The dates of a social worker's supervision agree with the answer whether it is regular.",
    when=_social_worker
    & ((_supervision_late & _regular.is_(True)) | (_supervision_on_time & _regular.is_(False))),
    then=(Query(ask="Which is right, the date or the answer?"),),
    subjects=_child,
    source=QAF.at("§5.2 k", lines="377"),
    standing=Standing.EDITORIAL,
)
DATES_IN_ORDER = Rule(
    "timeliness.dates_in_order",
    "Dates stand in an order that can be: nothing is audited, reviewed or supervised before it "
    "has happened, and a referral is acted on after it came in.",
    when=(audited > today)
    | (case_opened > audited)
    | (_reviewed > audited)
    | (_supervised > audited)
    | (_acted_on < _received),
    then=(Query(ask="Which of the dates is meant?"),),
    subjects=_child,
    source=QAF.at("Tool A", lines="694, 729, 748, 757"),
    standing=Standing.EDITORIAL,
)
ACTION_OVERDUE = Rule(
    "timeliness.action_overdue",
    "An action is signed off by its date.",
    each=actions,
    when=(actions.by < today) & _still_open,
    then=(Act(what="sign the action off or see that it is done", by=LINE_MANAGER, within=AT_ONCE),),
    source=QAF.at("Tool A, 7", lines="938-953"),
    standing=Standing.EDITORIAL,
)
ACTION_AFTER_SIGN_OFF = Rule(
    "timeliness.action_after_sign_off",
    "No action is dated later than the day by which every action is to be signed off.",
    each=actions,
    when=actions.by > sign_off_due,
    then=(Query(ask="Can the action be done in time to be signed off?"),),
    source=QAF.at("Tool A, 7 and post audit actions, step 4", lines="940, 966"),
    standing=Standing.INFERRED,
)
SIGN_OFF = Rule(
    "timeliness.sign_off",
    "Every action is signed off within a month of the form being received.",
    when=(today > sign_off_due) & actions.any(_still_open),
    then=(Act(what="sign off what is done and chase the rest", by=LINE_MANAGER, within=AT_ONCE),),
    source=QAF.at("Tool A, post audit actions, step 4", lines="966"),
    standing=Standing.INFERRED,
)

RULES = (
    REFERRAL,
    REFERRAL_CONFLICT,
    CHRONOLOGY,
    CHRONOLOGY_CONFLICT,
    SUPERVISION,
    SUPERVISION_CONFLICT,
    DATES_IN_ORDER,
    ACTION_OVERDUE,
    ACTION_AFTER_SIGN_OFF,
    SIGN_OFF,
)
