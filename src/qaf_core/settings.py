"""Every number of the framework, once: its value, since when, and on what it rests."""

from __future__ import annotations

from datetime import date
from typing import TypeAlias

from attrs import frozen

from qaf_core.provenance import Reference, Standing
from qaf_core.sources import QAF
from qaf_core.timing import AT_ONCE, Deadline, Span, Unit

__all__ = [
    "AT_RISK_DAYS_EACH",
    "CHRONOLOGY_REVIEWED",
    "COEFFICIENTS_FROM",
    "ESCALATE_OVERALL_INADEQUATE",
    "ESCALATE_UNSAFE",
    "FIGURES_PUBLISHED_FROM",
    "FILES_A_QUARTER",
    "FILES_TOLERANCE",
    "MANAGING_DIRECTOR_AUDITS",
    "PART_WINDOW",
    "POOL_SHARING",
    "GOOD_OR_BETTER_FROM",
    "PROGRAMME_YEAR_STARTS",
    "QUOTA_PER",
    "FEEDBACK_AFTER_CLOSURE",
    "MODERATION_RATE",
    "NOT_STATED",
    "ESCALATION_ACKNOWLEDGED",
    "PLAN_AGREED",
    "PLAN_APPROVED",
    "PLAN_DEVELOPED",
    "REFERRAL_ACTED_ON",
    "REFERRAL_SECTION_WINDOW",
    "REPORTED_GRADE",
    "SETTINGS",
    "SIGNED_OFF",
    "STAFF_FIGURES_FROM",
    "SIGN_OFF_COUNTS_FROM",
    "SUPERVISED_EVERY",
    "Setting",
    "SettingValue",
    "number",
]

SettingValue: TypeAlias = Deadline | int | str
NOT_STATED = "not stated"
"""The value of a number that the source leaves open: neither none nor all."""


def __dir__() -> list[str]:
    return __all__


@frozen(kw_only=True)
class Setting:
    """A number or time limit of the framework.

    Attributes:
        id: the setting's id.
        statement: what it decides, in a sentence.
        value: the value shipped.
        since: the day from which it holds.
        choices: the values it may be given; empty where any of its type will do.
        source, standing: where it comes from and how firmly it stands.
    """

    id: str
    statement: str
    value: SettingValue
    since: date
    choices: tuple[SettingValue, ...] = ()
    source: Reference
    standing: Standing


def number(setting: Setting) -> int:
    """The value of a setting that is a whole number."""
    assert isinstance(setting.value, int)  # noqa: S101 - the setting is one of ours
    return setting.value


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

MODERATION_RATE = Setting(
    id="moderation_rate",
    statement="How much of the audits is moderated, drawn by chance: a share such as 10 %, once "
    "a council sets one.",
    value=NOT_STATED,
    since=_FROM_THE_START,
    source=QAF.at("§6.1", lines="392-395"),
    standing=Standing.EDITORIAL,
)
REPORTED_GRADE = Setting(
    id="reported_grade",
    statement="Which grade is reported where an audit was moderated: moderated, auditor or worse.",
    value="moderated",
    since=_FROM_THE_START,
    choices=("moderated", "auditor", "worse"),
    source=QAF.at("§6.1", lines="392-395"),
    standing=Standing.EDITORIAL,
)
COEFFICIENTS_FROM = Setting(
    id="coefficients_from",
    statement="How many pairs of grades a coefficient of agreement is given from.",
    value=25,
    since=_FROM_THE_START,
    source=QAF.at("§6.1", lines="392-395"),
    standing=Standing.EDITORIAL,
)
STAFF_FIGURES_FROM = Setting(
    id="staff_figures_from",
    statement="How many pairs of grades a figure about one post is given from.",
    value=10,
    since=_FROM_THE_START,
    source=QAF.at("§6.1", lines="392-395"),
    standing=Standing.EDITORIAL,
)
PROGRAMME_YEAR_STARTS = Setting(
    id="programme_year_starts",
    statement="The month in which a programme year starts.",
    value=4,
    since=_FROM_THE_START,
    choices=tuple(range(1, 13)),
    source=QAF.at("Appendix 2"),
    standing=Standing.EDITORIAL,
)
QUOTA_PER = Setting(
    id="quota_per",
    statement="Whether the number beside a role is for each post, or for its posts in all.",
    value="post",
    since=_FROM_THE_START,
    choices=("post", "role"),
    source=QAF.at("Appendix 2", lines="604-632"),
    standing=Standing.INFERRED,
)
POOL_SHARING = Setting(
    id="pool_sharing",
    statement="Whether child in need, child protection and looked after files share one quota "
    "or have one each.",
    value="shared",
    since=_FROM_THE_START,
    choices=("shared", "separate"),
    source=QAF.at("Appendix 2, Looked After Children", lines="593-599"),
    standing=Standing.INFERRED,
)
MANAGING_DIRECTOR_AUDITS = Setting(
    id="managing_director_audits",
    statement="Whether the Managing Director's quarterly files are counted.",
    value="left_out",
    since=_FROM_THE_START,
    choices=("counted", "left_out"),
    source=QAF.at("§6.5 a", lines="408"),
    standing=Standing.INFERRED,
)
PART_WINDOW = Setting(
    id="part_window",
    statement="Whether those who start or leave within a window are asked for a part of its "
    "number, by days in post and to the nearest whole, or for the full number.",
    value="pro_rata",
    since=_FROM_THE_START,
    choices=("pro_rata", "full"),
    source=QAF.at("Appendix 2"),
    standing=Standing.EDITORIAL,
)
AT_RISK_DAYS_EACH = Setting(
    id="at_risk_days_each",
    statement="Working days allowed for each audit still to do: with fewer left, what a post "
    "owes is at risk.",
    value=5,
    since=_FROM_THE_START,
    source=QAF.at("Appendix 2"),
    standing=Standing.EDITORIAL,
)
FILES_A_QUARTER = Setting(
    id="files_a_quarter",
    statement="About how many case files are audited in a quarter: a check on the whole, and "
    "nobody's quota.",
    value=100,
    since=_FROM_THE_START,
    source=QAF.at("Report 1.3", lines="29"),
    standing=Standing.STATED,
)
FILES_TOLERANCE = Setting(
    id="files_a_quarter_tolerance",
    statement="By how many per cent the number of files may be missed, either way.",
    value=20,
    since=_FROM_THE_START,
    source=QAF.at("Report 1.3", lines="29"),
    standing=Standing.EDITORIAL,
)
FEEDBACK_AFTER_CLOSURE = Setting(
    id="feedback_after_closure",
    statement="How long after a case closed a sample of families is asked how things stand.",
    value=Deadline(span=Span(6, Unit.MONTHS), after="case_closed"),
    since=_FROM_THE_START,
    source=QAF.at("§5.2 c", lines="357"),
    standing=Standing.STATED,
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

FIGURES_PUBLISHED_FROM = Setting(
    id="figures_published_from",
    statement="From which number on a count of audits is told in a report; a smaller one, and "
    "what would give it away, is held back.",
    value=5,
    since=_FROM_THE_START,
    source=QAF.at("§7.2-7.3", lines="432-433"),
    standing=Standing.EDITORIAL,
)
GOOD_OR_BETTER_FROM = Setting(
    id="good_or_better_from",
    statement="The lowest grade that counts as good or better.",
    value="good",
    since=_FROM_THE_START,
    source=QAF.at("Tool A, guidance", lines="656-672"),
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
    MODERATION_RATE,
    REPORTED_GRADE,
    COEFFICIENTS_FROM,
    STAFF_FIGURES_FROM,
    FIGURES_PUBLISHED_FROM,
    GOOD_OR_BETTER_FROM,
    PROGRAMME_YEAR_STARTS,
    QUOTA_PER,
    POOL_SHARING,
    MANAGING_DIRECTOR_AUDITS,
    PART_WINDOW,
    AT_RISK_DAYS_EACH,
    FILES_A_QUARTER,
    FILES_TOLERANCE,
    FEEDBACK_AFTER_CLOSURE,
    SIGN_OFF_COUNTS_FROM,
    ESCALATION_ACKNOWLEDGED,
    PLAN_DEVELOPED,
    PLAN_APPROVED,
    PLAN_AGREED,
)
