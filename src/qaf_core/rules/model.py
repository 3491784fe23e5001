"""What a rule is: a sentence, when it holds, and what follows."""

from __future__ import annotations

import re
from typing import TypeAlias

from attrs import field, frozen

from qaf_core.errors import DefinitionError
from qaf_core.logic.expressions import Collection, Cond, Ref, bare_refs
from qaf_core.provenance import Reference, Standing
from qaf_core.roles import Role
from qaf_core.settings import Setting
from qaf_core.subjects import ANY
from qaf_core.timing import Deadline

__all__ = [
    "Act",
    "Commission",
    "Escalate",
    "Gate",
    "Moderate",
    "Outcome",
    "Query",
    "Recipient",
    "Recognise",
    "Require",
    "Rule",
    "Within",
    "limit",
    "recipients",
]

Within: TypeAlias = Deadline | Setting
Recipient: TypeAlias = Role | Ref
"""A role, or the field of an item that names one."""


def __dir__() -> list[str]:
    return __all__


def limit(within: Within) -> Deadline:
    """The time limit itself, where a setting holds it.

    Raises:
        DefinitionError: it is none.
    """
    value = within.value if isinstance(within, Setting) else within
    if not isinstance(value, Deadline):
        raise DefinitionError("A time limit is a Deadline, or a Setting whose value is one.")
    return value


@frozen(kw_only=True)
class Escalate:
    """Tell these roles within this time; if nothing comes of it, take the next step."""

    to: tuple[Recipient, ...]
    within: Within
    then: Escalate | None = None

    def __attrs_post_init__(self) -> None:
        if not self.to:
            raise DefinitionError("An escalation tells at least one role.")
        limit(self.within)

    @property
    def deadline(self) -> Deadline:
        """By when they are told."""
        return limit(self.within)


@frozen(kw_only=True)
class Require:
    """The audit is not complete until this is there."""

    what: str


@frozen(kw_only=True)
class Query:
    """Something to look at again: put it right, or explain it."""

    ask: str


@frozen(kw_only=True)
class Act:
    """Something to be done, by a role, within a time."""

    what: str
    by: Recipient
    within: Within

    def __attrs_post_init__(self) -> None:
        limit(self.within)

    @property
    def deadline(self) -> Deadline:
        """By when it is done."""
        return limit(self.within)


@frozen(kw_only=True)
class Moderate:
    """The audit is to be done again by another."""

    by: Recipient


@frozen(kw_only=True)
class Commission:
    """Another tool is called for.

    Attributes:
        tool: id of the tool.
        on: the role it is about, where it is not the same subject.
    """

    tool: str
    on: Role | None = None


@frozen(kw_only=True)
class Gate:
    """An event may not happen while the rule fires."""

    event: str


@frozen(kw_only=True)
class Recognise:
    """Good practice to tell these roles of."""

    to: tuple[Recipient, ...]


def recipients(outcome: Outcome) -> tuple[Recipient, ...]:
    """Whom an outcome names, ladders to the end."""
    match outcome:
        case Escalate():
            return outcome.to + (recipients(outcome.then) if outcome.then else ())
        case Recognise():
            return outcome.to
        case Act() | Moderate():
            return (outcome.by,)
        case Commission() if outcome.on:
            return (outcome.on,)
    return ()


Outcome: TypeAlias = Escalate | Require | Query | Act | Moderate | Commission | Gate | Recognise

_ID = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")


@frozen(repr=False)
class Rule:
    """One rule of a framework, as a value that reads as its sentence.

    Attributes:
        id: stable, such as ``"escalation.unsafe"``.
        statement: the rule in one sentence.
        when: the condition under which it fires.
        then: what follows.
        each: a collection whose items it looks at one by one.
        subjects: ids of the kinds of subject it is for; all by default.
        source, standing: where it comes from and how firmly it stands.

    Raises:
        DefinitionError: the id is malformed, nothing follows, or the condition
            speaks of items that the rule does not look at one by one.
    """

    id: str
    statement: str
    when: Cond = field(kw_only=True)
    then: tuple[Outcome, ...] = field(kw_only=True)
    each: Collection | None = field(default=None, kw_only=True)
    subjects: tuple[str, ...] = field(default=ANY, kw_only=True)
    source: Reference = field(kw_only=True)
    standing: Standing = field(kw_only=True)

    def __repr__(self) -> str:
        return f"<Rule {self.id}: {self.statement}>"

    def __attrs_post_init__(self) -> None:
        if not _ID.fullmatch(self.id):
            raise DefinitionError(
                f"{self.id!r} is no rule id: write group.name, in small letters, digits and _."
            )
        if not self.then:
            raise DefinitionError(f"Rule {self.id!r} has no outcome.")
        own = "" if self.each is None else self.each.id
        named = [each for outcome in self.then for each in recipients(outcome)]
        for ref in (*bare_refs(self.when), *(each for each in named if isinstance(each, Ref))):
            if ref.of not in ("", own):
                raise DefinitionError(
                    f"Rule {self.id!r} speaks of {ref.of}.{ref.name} but does not look at "
                    f"{ref.of} one by one. Say each={ref.of}, or {ref.of}.any(...)."
                )
