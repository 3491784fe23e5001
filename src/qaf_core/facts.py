"""Facts: the named, typed things that rules, records and columns speak of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Any

from attrs import field, frozen

from qaf_core.errors import DefinitionError
from qaf_core.logic.expressions import Collection, Ref
from qaf_core.logic.values import COUNT, DATE, ID, NUMBER, YES_NO, Kind, choice
from qaf_core.provenance import Reference, Standing
from qaf_core.scales import GRADES, Scale
from qaf_core.settings import REFERRAL_SECTION_WINDOW, Setting
from qaf_core.sources import QAF
from qaf_core.subjects import ANY, CHILD_CASE
from qaf_core.timing import Deadline, WorkingCalendar

__all__ = [
    "CANNOT_TELL",
    "FACTS",
    "LEVEL",
    "SAFE",
    "SAFETY",
    "STATE",
    "UNSAFE",
    "Derivation",
    "Fact",
    "Origin",
    "actions",
    "audited",
    "case_closed",
    "case_opened",
    "case_status",
    "judgements",
    "judgements_on",
    "open_under_a_year",
    "overall",
    "participants",
    "questions",
    "returns",
    "returns_stating",
    "safe",
    "today",
]


def __dir__() -> list[str]:
    return __all__


class Origin(StrEnum):
    """Where a fact comes from."""

    ANSWER = "an answer"
    JUDGEMENT = "a judgement"
    AUDIT = "the audit itself"
    HOST = "the host's record of the subject"
    DERIVED = "other facts"


@frozen(kw_only=True)
class Derivation:
    """How a fact follows from others.

    Attributes:
        version: changes whenever the outcome can.
        rests_on: the facts it is worked out from. It is pending if one of them
            is, else silent if one is.
        settings: the numbers it uses.
        uses_calendar: whether the function counts working days.
        function: pure and exact; given the values, then the settings' values, then the
            framework's calendar if it uses one.
    """

    version: str
    rests_on: tuple[Ref, ...]
    settings: tuple[Setting, ...] = ()
    uses_calendar: bool = False
    function: Callable[..., Any] = field(repr=False)


@frozen(kw_only=True)
class Fact:
    """A named, typed thing that conditions can speak of.

    Attributes:
        id: a Python identifier, one for the whole framework.
        kind: its type.
        label: what to call it in a sentence.
        origin: where it comes from.
        needed: for a fact of the host: whether its absence leaves rules open
            (pending) or says nothing (silent).
        always_applies: whether "not applicable" is refused as an answer to it.
        private: whether its value is withheld from explanations.
        characteristic: whether the host records it for equalities, so that reports may be
            cut by it.
        derivation: how it follows from others, for a derived fact.
        subjects: ids of the kinds of subject it is known for.
        source, standing: where it comes from and how firmly it stands.

    Raises:
        DefinitionError: the id is no identifier, or a derivation is missing or
            out of place.
    """

    id: str
    kind: Kind
    label: str
    origin: Origin
    needed: bool = True
    always_applies: bool = False
    private: bool = False
    characteristic: bool = False
    derivation: Derivation | None = None
    subjects: tuple[str, ...] = ANY
    source: Reference
    standing: Standing

    def __attrs_post_init__(self) -> None:
        if (self.origin is Origin.DERIVED) is (self.derivation is None):
            raise DefinitionError(
                f"Fact {self.id!r} has a derivation if and only if it is derived."
            )
        if self.characteristic and (self.origin is not Origin.HOST or not self.kind.codes):
            raise DefinitionError(
                f"Fact {self.id!r} is a characteristic only if the host gives it, as one of "
                "several codes."
            )
        self.ref  # noqa: B018 - refuses a bad id now rather than later

    @property
    def ref(self) -> Ref:
        """The fact as a term of conditions."""
        return Ref(self.id, self.kind, label=self.label, private=self.private)

    def known_for(self, subject_kind: str) -> bool:
        """Whether subjects of this kind have it."""
        return self.subjects == ANY or subject_kind in self.subjects


SAFE, UNSAFE, CANNOT_TELL = "safe", "unsafe", "cannot_tell"
SAFETY = choice("safety", {SAFE: "Safe", UNSAFE: "Unsafe", CANNOT_TELL: "Cannot tell"})

_AUDITED = Fact(
    id="audited",
    kind=DATE,
    label="the date of the audit",
    origin=Origin.AUDIT,
    source=QAF.at("Tool A, 1", lines="694"),
    standing=Standing.STATED,
)
_TODAY = Fact(
    id="today",
    kind=DATE,
    label="the day of the review",
    origin=Origin.AUDIT,
    source=QAF.at("Tool A, 7", lines="938-953"),
    standing=Standing.EDITORIAL,
)
_CASE_OPENED = Fact(
    id="case_opened",
    kind=DATE,
    label="the date the case was opened",
    origin=Origin.HOST,
    subjects=(CHILD_CASE.id,),
    source=QAF.at("Tool A, 3", lines="748"),
    standing=Standing.INFERRED,
)
_CASE_CLOSED = Fact(
    id="case_closed",
    kind=DATE,
    label="the date the case was closed",
    origin=Origin.HOST,
    needed=False,
    subjects=(CHILD_CASE.id,),
    source=QAF.at("§5.2 c", lines="357"),
    standing=Standing.INFERRED,
)
_CASE_STATUS = Fact(
    id="case_status",
    kind=choice(
        "case_status",
        {
            "early_help": "Early help",
            "cin": "Child in need",
            "cp": "Child protection",
            "cla": "Looked after",
            "care_leaver": "Care leaver",
        },
    ),
    label="the status of the case",
    origin=Origin.HOST,
    needed=False,
    subjects=(CHILD_CASE.id,),
    source=QAF.at("Tool A, case status", lines="707-711"),
    standing=Standing.STATED,
)


def _open_under_a_year(
    opened: date, audited_on: date, window: Deadline, calendar: WorkingCalendar
) -> bool:
    end = window.due(opened, calendar)
    return end is not None and audited_on < end


_OPEN_UNDER_A_YEAR = Fact(
    id="open_under_a_year",
    kind=YES_NO,
    label="the case being open for less than a year",
    origin=Origin.DERIVED,
    derivation=Derivation(
        version="1",
        rests_on=(_CASE_OPENED.ref, _AUDITED.ref),
        settings=(REFERRAL_SECTION_WINDOW,),
        uses_calendar=True,
        function=_open_under_a_year,
    ),
    subjects=(CHILD_CASE.id,),
    source=QAF.at("Tool A, 3", lines="748"),
    standing=Standing.STATED,
)
_OVERALL = Fact(
    id="overall",
    kind=GRADES.kind,
    label="the overall grade",
    origin=Origin.JUDGEMENT,
    always_applies=True,
    source=QAF.at("Tool A, 6", lines="916-930"),
    standing=Standing.STATED,
)
_SAFE = Fact(
    id="safe",
    kind=SAFETY,
    label="the child's safety",
    origin=Origin.ANSWER,
    always_applies=True,
    source=QAF.at("Tool A, 6", lines="933-936"),
    standing=Standing.STATED,
)

FACTS = (
    _AUDITED,
    _TODAY,
    _CASE_OPENED,
    _CASE_CLOSED,
    _CASE_STATUS,
    _OPEN_UNDER_A_YEAR,
    _OVERALL,
    _SAFE,
)

audited = _AUDITED.ref
today = _TODAY.ref
case_opened = _CASE_OPENED.ref
case_closed = _CASE_CLOSED.ref
case_status = _CASE_STATUS.ref
open_under_a_year = _OPEN_UNDER_A_YEAR.ref
overall = _OVERALL.ref
safe = _SAFE.ref

STATE = choice(
    "state",
    {
        "answered": "answered",
        "pending": "still to be answered",
        "not_applicable": "not applicable",
        "silent": "not called for",
    },
)
LEVEL = choice("level", {"overall": "overall", "section": "section"})

questions = Collection(
    "questions",
    {
        "fact": ID,
        "section": ID,
        "asked": YES_NO,
        "required": YES_NO,
        "state": STATE,
        "adverse": YES_NO,
        "action_count": COUNT,
    },
    {"adverse": "adverse answer", "action_count": "actions for its section numbering"},
)
"""The questions of the tool. An item whose asking or requiring is open has it pending."""


def judgements_on(scale: Scale) -> Collection:
    """The judgements of a tool, with their grade on this scale.

    A judgement on another scale is read through a declared map; without one its
    ``grade`` is silent here. ``action_count`` counts the actions aimed at the
    section, ``adverse_count`` and ``answer_count`` the section's answers; ``adverse`` is
    whether one of them is adverse, known as soon as one is.
    """
    return Collection(
        "judgements",
        {
            "section": ID,
            "level": LEVEL,
            f"grade.{scale.id}": scale.kind,
            "score": NUMBER,
            "state": STATE,
            "analysed": YES_NO,
            "judged": YES_NO,
            "must_justify": YES_NO,
            "justified": YES_NO,
            "adverse": YES_NO,
            "adverse_count": COUNT,
            "answer_count": COUNT,
            "action_count": COUNT,
        },
        {
            f"grade.{scale.id}": "grade",
            "judged": "a person to give it",
            "must_justify": "a justification called for",
            "justified": "a justification",
            "adverse": "an adverse answer",
            "adverse_count": "adverse answers numbering",
            "answer_count": "answers numbering",
            "action_count": "actions numbering",
        },
        {"grade": f"grade.{scale.id}"},
    )


judgements = judgements_on(GRADES)

actions = Collection("actions", {"section": ID, "by": DATE, "signed_off": DATE})
"""The remedial actions agreed."""

returns = Collection(
    "returns",
    {"party": ID, "received": DATE, "moderated": YES_NO},
    {"received": "the day it came in", "moderated": "its moderation"},
)
"""The returns of several parties, those expected and not yet there included."""


def returns_stating(*facts: Ref) -> Collection:
    """The returns, with what each of them states of these facts as fields of their names.

    A return that is only expected has them pending.

    Raises:
        DefinitionError: a fact has the name of a field that every return has.
    """
    taken = sorted({fact.name for fact in facts} & {"id", *returns.fields})
    if taken:
        raise DefinitionError(f"Every return has a field {', '.join(taken)} of its own already.")
    return Collection(
        returns.id,
        {**returns.fields, **{fact.name: fact.kind for fact in facts}},
        {**returns.labels, **{fact.name: fact.label for fact in facts}},
    )


participants = Collection("participants", {"role": ID})
"""Who took part, by role."""
