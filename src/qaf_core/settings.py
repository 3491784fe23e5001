"""Every number of the framework, once: its value, since when, and on what it rests."""

from __future__ import annotations

from datetime import date
from typing import TypeAlias

from attrs import frozen

from qaf_core.provenance import Reference, Standing
from qaf_core.sources import QAF
from qaf_core.timing import AT_ONCE, Deadline, Span, Unit

__all__ = [
    "CHRONOLOGY_REVIEWED",
    "ESCALATE_OVERALL_INADEQUATE",
    "ESCALATE_UNSAFE",
    "ESCALATION_ACKNOWLEDGED",
    "PLAN_AGREED",
    "PLAN_APPROVED",
    "PLAN_DEVELOPED",
    "REFERRAL_ACTED_ON",
    "REFERRAL_SECTION_WINDOW",
    "SETTINGS",
    "SIGNED_OFF",
    "SIGN_OFF_COUNTS_FROM",
    "SUPERVISED_EVERY",
    "Setting",
    "SettingValue",
]

SettingValue: TypeAlias = Deadline | int | str


def __dir__() -> list[str]:
    return __all__


@frozen(kw_only=True)
class Setting:
    """A number or time limit of the framework.

    Attributes:
        id: the setting's id.
        statement: what it decides, in a sentence.
        value: the value shipped.
        choices: for words, the values there are.
        since: the day from which it holds.
        source, standing: where it comes from and how firmly it stands.
    """

    id: str
    statement: str
    value: SettingValue
    choices: tuple[str, ...] = ()
    since: date
    source: Reference
    standing: Standing


_FROM_THE_START = date(2016, 1, 22)

ESCALATE_UNSAFE = Setting(
    id="escalate_unsafe_within",
    statement="How soon the managers are told of a child judged unsafe.",
    value=AT_ONCE,
    since=_FROM_THE_START,
    source=QAF.at("Tool A, 6", lines="936"),
    standing=Standing.STATED,
)
ESCALATE_OVERALL_INADEQUATE = Setting(
    id="escalate_overall_inadequate_within",
    statement="How soon the managers are told of an audit graded Inadequate overall.",
    value=AT_ONCE,
    since=_FROM_THE_START,
    source=QAF.at("Tool A, 6", lines="933-936"),
    standing=Standing.INFERRED,
)
REFERRAL_SECTION_WINDOW = Setting(
    id="referral_section_window",
    statement="How long after a case opened the referral section is still filled in.",
    value=Deadline(span=Span(12, Unit.MONTHS), after="case_opened"),
    since=_FROM_THE_START,
    source=QAF.at("Tool A, 3", lines="748"),
    standing=Standing.STATED,
)

REFERRAL_ACTED_ON = Setting(
    id="referral_acted_on_within",
    statement="How soon a referral is acted on: elapsed hours, not working time.",
    value=Deadline(span=Span(24, Unit.HOURS), after="referral_received"),
    since=_FROM_THE_START,
    source=QAF.at("Tool A, 3", lines="757"),
    standing=Standing.STATED,
)
CHRONOLOGY_REVIEWED = Setting(
    id="chronology_reviewed_every",
    statement="How long a chronology may stand before it is reviewed again.",
    value=Deadline(span=Span(3, Unit.MONTHS), after="chronology_reviewed"),
    since=_FROM_THE_START,
    source=QAF.at("Tool A, 2", lines="729"),
    standing=Standing.STATED,
)
SUPERVISED_EVERY = Setting(
    id="supervised_every",
    statement="How long a social worker may go between supervisions.",
    value=Deadline(span=Span(1, Unit.MONTHS), after="supervision_last"),
    since=_FROM_THE_START,
    source=QAF.at("§5.2 k", lines="377"),
    standing=Standing.STATED,
)
SIGNED_OFF = Setting(
    id="signed_off_within",
    statement="How long the line manager has, from first receiving the form, to sign off "
    "every action.",
    value=Deadline(span=Span(1, Unit.MONTHS), after="form_received"),
    since=_FROM_THE_START,
    source=QAF.at("Tool A, post audit actions, step 4", lines="963-966"),
    standing=Standing.INFERRED,
)

SIGN_OFF_COUNTS_FROM = Setting(
    id="sign_off_counts_from",
    statement="Which receipt the time for signing off counts from: the copy that comes with the "
    "audit (form_received), or the form as the worker passes it on (form_returned).",
    value="form_received",
    choices=("form_received", "form_returned"),
    since=_FROM_THE_START,
    source=QAF.at("Tool A, post audit actions, steps 1, 3 and 4", lines="963-966"),
    standing=Standing.INFERRED,
)
ESCALATION_ACKNOWLEDGED = Setting(
    id="escalation_acknowledged_within",
    statement="How long those told of an escalation have to say that they know, before it goes "
    "one further up.",
    value=Deadline(span=Span(1, Unit.WORKING_DAYS), after="escalation_told"),
    since=_FROM_THE_START,
    source=QAF.at("Tool A, 6", lines="936"),
    standing=Standing.EDITORIAL,
)
PLAN_DEVELOPED = Setting(
    id="plan_developed_by_management_team",
    statement="Whether the management team develops the plan before anyone approves it.",
    value="required",
    choices=("required", "not_required"),
    since=_FROM_THE_START,
    source=QAF.at("§4.4", lines="320-324"),
    standing=Standing.STATED,
)
PLAN_APPROVED = Setting(
    id="plan_approved_by_leadership_team",
    statement="Whether the leadership team approves the plan before the board agrees it.",
    value="required",
    choices=("required", "not_required"),
    since=_FROM_THE_START,
    source=QAF.at("§2.2", lines="248"),
    standing=Standing.INFERRED,
)
PLAN_AGREED = Setting(
    id="plan_agreed_by_board",
    statement="Whether the quality assurance board agrees the plan before it is carried out.",
    value="required",
    choices=("required", "not_required"),
    since=_FROM_THE_START,
    source=QAF.at("§7.5", lines="435"),
    standing=Standing.INFERRED,
)

SETTINGS = (
    ESCALATE_UNSAFE,
    ESCALATE_OVERALL_INADEQUATE,
    REFERRAL_SECTION_WINDOW,
    REFERRAL_ACTED_ON,
    CHRONOLOGY_REVIEWED,
    SUPERVISED_EVERY,
    SIGNED_OFF,
    SIGN_OFF_COUNTS_FROM,
    ESCALATION_ACKNOWLEDGED,
    PLAN_DEVELOPED,
    PLAN_APPROVED,
    PLAN_AGREED,
)
