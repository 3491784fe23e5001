"""The record of one audit, as people filled it in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Any, TypeAlias

from attrs import field, frozen

from qaf_core.immutable import FrozenMap

__all__ = [
    "Action",
    "Answer",
    "Audit",
    "Explanation",
    "Judged",
    "NotApplicable",
    "Participant",
    "Return",
    "Subject",
    "Tag",
    "ToolPin",
]


def __dir__() -> list[str]:
    return __all__


def _frozen(entries: Mapping[str, Any]) -> FrozenMap[str, Any]:
    return entries if isinstance(entries, FrozenMap) else FrozenMap(entries)


@frozen
class NotApplicable:
    """An answer that sets a question, judgement or section aside.

    Without a reason it settles nothing. The reason is free text and never shown.
    """

    reason: str = field(repr=False)

    @property
    def given(self) -> bool:
        """Whether there is a reason."""
        return bool(self.reason.strip())


Answer: TypeAlias = bool | int | str | date | datetime | Fraction | tuple[str, ...] | NotApplicable
"""A plain value of the question's kind, or not applicable."""


@frozen(kw_only=True)
class ToolPin:
    """The tool an audit was made with: its meaning never changes afterwards."""

    id: str
    version: str
    fingerprint: str = ""


@frozen(kw_only=True)
class Subject:
    """Whom or what the audit is about.

    Attributes:
        id: the host's own id, never a name.
        kind: id of the kind of subject.
        facts: what the host knows of it, by id of the fact.
    """

    id: str
    kind: str
    facts: FrozenMap[str, Any] = field(factory=FrozenMap, converter=_frozen, repr=False)


@frozen(kw_only=True)
class Participant:
    """A role in the audit and the post that took it; a post is an id, never a name."""

    role: str
    post: str = field(repr=False)


@frozen(kw_only=True)
class Judged:
    """A grade given to a section or to the whole, and why.

    Attributes:
        grade: code of the grade, or of an answer beside the order; "" while open.
        analysis, justification: free text, never shown.
        not_applicable: set where no grade applies.
    """

    grade: str = ""
    analysis: str = field(default="", repr=False)
    justification: str = field(default="", repr=False)
    not_applicable: NotApplicable | None = None


@frozen(kw_only=True)
class Action:
    """A remedial action.

    Attributes:
        section: the judged section it answers, or ``"other"``.
        action: what is to be done: free text, never shown.
        by: the day it is due, where one was set.
        owner: the post that does it, where one was named.
        signed_off: the day a manager signed it off, where one did.
    """

    section: str
    action: str = field(repr=False)
    by: date | None = None
    owner: str = field(default="", repr=False)
    signed_off: date | None = None


@frozen(kw_only=True)
class Explanation:
    """The auditor's answer to a query.

    Attributes:
        rule: id of the rule that queried.
        about: id of the section, question or action it was about, or "".
        text: free text, never shown.
    """

    rule: str
    about: str = field(default="", repr=False)
    text: str = field(repr=False)


@frozen(kw_only=True)
class Tag:
    """A theme that a person set on a part of an audit, for the board to gather.

    Attributes:
        theme: id of the theme.
        about: id of the section, question or rule it is set on, or "" for the whole.
    """

    theme: str
    about: str = ""


@frozen(kw_only=True)
class Return:
    """One party's partial audit of the same subject with the same tool.

    Attributes:
        party: id of the role that made it.
        received: the day it came in.
        answers, judgements: as in an audit.
        moderated: whether it was moderated.
    """

    party: str
    received: date | None = None
    answers: FrozenMap[str, Answer] = field(factory=FrozenMap, converter=_frozen, repr=False)
    judgements: FrozenMap[str, Judged] = field(factory=FrozenMap, converter=_frozen, repr=False)
    moderated: bool = False


@frozen(kw_only=True)
class Audit:
    """One audit of one subject with one tool; a draft while parts are missing.

    Attributes:
        id: the host's own id.
        tool: the tool, version and fingerprint it is pinned to.
        subject: whom or what it is about.
        audited: the date of the audit; None while it is not known.
        participants: who took part.
        answers: a plain value or not applicable, by id of the question.
        judgements: by id of the judgement.
        sections: sections set aside, by id, each with its reason.
        actions: the remedial actions agreed.
        explanations: answers to queries.
        expected: the parties whose returns are expected.
        returns: what they returned; the audit's own answers are the joint conclusion.
        completed: the day it was handed in as complete; from then on it never changes
            meaning, and is not migrated. None for a draft.
        tags: themes that people set on its parts.
        moderates: id of the audit that this one does again, where it is a moderation.
        parent: id of the audit that this one follows up.
    """

    id: str
    tool: ToolPin
    subject: Subject
    audited: date | None = None
    participants: tuple[Participant, ...] = ()
    answers: FrozenMap[str, Answer] = field(factory=FrozenMap, converter=_frozen, repr=False)
    judgements: FrozenMap[str, Judged] = field(factory=FrozenMap, converter=_frozen, repr=False)
    sections: FrozenMap[str, NotApplicable] = field(
        factory=FrozenMap, converter=_frozen, repr=False
    )
    actions: tuple[Action, ...] = field(default=(), repr=False)
    explanations: tuple[Explanation, ...] = field(default=(), repr=False)
    expected: tuple[str, ...] = ()
    returns: tuple[Return, ...] = field(default=(), repr=False)
    completed: date | None = None
    tags: tuple[Tag, ...] = ()
    moderates: str = ""
    parent: str = ""
