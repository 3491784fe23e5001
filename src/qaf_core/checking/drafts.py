"""An audit being put together: what a search fills in and empties again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from qaf_core.audits import (
    Action,
    Audit,
    Judged,
    NotApplicable,
    Participant,
    Return,
    Subject,
    ToolPin,
)
from qaf_core.tools.model import Tool

__all__ = ["IDLE", "REASON", "Draft"]


def __dir__() -> list[str]:
    return __all__


REASON = NotApplicable("a reason")
"""Sets something aside."""
IDLE = NotApplicable("")
"""Not applicable without a reason: settles nothing. An answer that cannot be read, or is not of
its kind, leaves the record in the same state, so that this one stands for them too."""


class Draft:
    """What is filled in so far. It reads as an audit does, and can change."""

    def __init__(self, tool: Tool, on: date, audit: str) -> None:
        self.id = audit
        self.tool = ToolPin(id=tool.id, version=tool.version, fingerprint=tool.fingerprint)
        self.kind = tool.subject
        self.on = on
        self.audited: date | None = None
        self.host: dict[str, Any] = {}
        self.answers: dict[str, Any] = {}
        self.judgements: dict[str, Judged] = {}
        self.sections: dict[str, NotApplicable] = {}
        self.actions: tuple[Action, ...] = ()
        self.participants: tuple[Participant, ...] = ()
        self.expected: tuple[str, ...] = ()
        self.returns: tuple[Return, ...] = ()

    @property
    def subject(self) -> Subject:
        """Whom it is about, with what the host knows."""
        return Subject(id="S-1", kind=self.kind, facts=self.host)

    def audit(self) -> Audit:
        """The audit as it stands."""
        return Audit(
            id=self.id,
            tool=self.tool,
            subject=self.subject,
            audited=self.audited,
            participants=self.participants,
            answers=self.answers,
            judgements=self.judgements,
            sections=self.sections,
            actions=self.actions,
            expected=self.expected,
            returns=self.returns,
        )

    def copy(self) -> Draft:
        """The same, to be filled in further."""
        other = object.__new__(Draft)
        for name, value in vars(self).items():
            setattr(other, name, dict(value) if isinstance(value, Mapping) else value)
        return other
