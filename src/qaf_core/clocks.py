"""Dates that decide where the form asks only yes or no, and what follows from them.

All of them may be left out: then the answer stands (framework reading A50).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from qaf_core.facts import Derivation, Fact, Origin
from qaf_core.logic.expressions import Ref
from qaf_core.logic.values import DATE, MOMENT, YES_NO
from qaf_core.provenance import Standing
from qaf_core.settings import (
    CHRONOLOGY_REVIEWED,
    REFERRAL_ACTED_ON,
    SIGNED_OFF,
    SUPERVISED_EVERY,
    Setting,
)
from qaf_core.sources import QAF
from qaf_core.subjects import CHILD_CASE, SUPERVISION_FILE
from qaf_core.timing import Deadline, Unit, WorkingCalendar

__all__ = [
    "CLOCKS",
    "chronology_due",
    "form_received",
    "referral_in_time",
    "sign_off_due",
    "supervision_due",
    "supervision_was_due",
    "worker_is_social_worker",
]


def __dir__() -> list[str]:
    return __all__


def _due(start: date, limit: Deadline, calendar: WorkingCalendar) -> date | None:
    return limit.due(start, calendar)


def _in_time(
    received: datetime, acted_on: datetime, limit: Deadline, calendar: WorkingCalendar
) -> bool | None:
    span = limit.span
    if acted_on < received:
        return None  # dates that cannot be are queried, and prove nothing
    if span is None or span.unit is not Unit.HOURS:
        end = limit.due(received.date(), calendar)
        return None if end is None else acted_on.date() <= end
    return acted_on - received <= timedelta(hours=span.number)


def _deadline_fact(id: str, label: str, start: Ref, setting: Setting, *subjects: str) -> Fact:
    return Fact(
        id=id,
        kind=DATE,
        label=label,
        origin=Origin.DERIVED,
        derivation=Derivation(
            version="1", rests_on=(start,), settings=(setting,), uses_calendar=True, function=_due
        ),
        subjects=subjects or ("*",),
        source=setting.source,
        standing=Standing.INFERRED,
    )


_FORM_RECEIVED = Fact(
    id="form_received",
    kind=DATE,
    label="the day the line manager first received the form",
    origin=Origin.HOST,
    needed=False,
    source=QAF.at("Tool A, post audit actions, steps 1 and 4", lines="963-966"),
    standing=Standing.INFERRED,
)
_SOCIAL_WORKER = Fact(
    id="worker_is_social_worker",
    kind=YES_NO,
    label="the worker being a social worker",
    origin=Origin.HOST,
    needed=False,
    subjects=(CHILD_CASE.id,),
    source=QAF.at("§5.2 k", lines="377"),
    standing=Standing.INFERRED,
)
_NEWLY_QUALIFIED = Fact(
    id="supervisee_newly_qualified",
    kind=YES_NO,
    label="the supervisee being newly qualified",
    origin=Origin.HOST,
    subjects=(SUPERVISION_FILE.id,),
    source=QAF.at("Tool C", lines="1042-1047"),
    standing=Standing.STATED,
)
_REFERRAL_IN_TIME = Fact(
    id="referral_in_time",
    kind=YES_NO,
    label="the referral being acted on in time, by its dates",
    origin=Origin.DERIVED,
    derivation=Derivation(
        version="1",
        rests_on=(Ref("referral_received", MOMENT), Ref("referral_acted_on", MOMENT)),
        settings=(REFERRAL_ACTED_ON,),
        uses_calendar=True,
        function=_in_time,
    ),
    subjects=(CHILD_CASE.id,),
    source=QAF.at("Tool A, 3", lines="757"),
    standing=Standing.INFERRED,
)
_CHRONOLOGY_DUE = _deadline_fact(
    "chronology_due",
    "the day the chronology is due for review",
    Ref("chronology_reviewed", DATE),
    CHRONOLOGY_REVIEWED,
    CHILD_CASE.id,
)
_SUPERVISION_DUE = _deadline_fact(
    "supervision_due",
    "the day the next supervision is due",
    Ref("supervision_last", DATE),
    SUPERVISED_EVERY,
    CHILD_CASE.id,
)
_SUPERVISION_BEFORE = _deadline_fact(
    "supervision_was_due",
    "the day the last supervision was due",
    Ref("supervision_previous", DATE),
    SUPERVISED_EVERY,
    CHILD_CASE.id,
)
_SIGN_OFF_DUE = _deadline_fact(
    "sign_off_due",
    "the day by which every action is signed off",
    _FORM_RECEIVED.ref,
    SIGNED_OFF,
)

CLOCKS = (
    _FORM_RECEIVED,
    _SOCIAL_WORKER,
    _NEWLY_QUALIFIED,
    _REFERRAL_IN_TIME,
    _CHRONOLOGY_DUE,
    _SUPERVISION_DUE,
    _SUPERVISION_BEFORE,
    _SIGN_OFF_DUE,
)

form_received = _FORM_RECEIVED.ref
worker_is_social_worker = _SOCIAL_WORKER.ref
referral_in_time = _REFERRAL_IN_TIME.ref
chronology_due = _CHRONOLOGY_DUE.ref
supervision_due = _SUPERVISION_DUE.ref
supervision_was_due = _SUPERVISION_BEFORE.ref
sign_off_due = _SIGN_OFF_DUE.ref
