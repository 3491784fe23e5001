"""Every number of the framework, once: its value, since when, and on what it rests."""

from __future__ import annotations

from datetime import date
from typing import TypeAlias

from attrs import frozen

from qaf_core.provenance import Reference, Standing
from qaf_core.sources import QAF
from qaf_core.timing import AT_ONCE, Deadline, Span, Unit

__all__ = [
    "ESCALATE_OVERALL_INADEQUATE",
    "ESCALATE_UNSAFE",
    "REFERRAL_SECTION_WINDOW",
    "SETTINGS",
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
        since: the day from which it holds.
        source, standing: where it comes from and how firmly it stands.
    """

    id: str
    statement: str
    value: SettingValue
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

SETTINGS = (ESCALATE_UNSAFE, ESCALATE_OVERALL_INADEQUATE, REFERRAL_SECTION_WINDOW)
