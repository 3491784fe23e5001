"""Laws: sentences that hold on every audit, as values that can be decided.

A rule says what follows from an audit. A law says what the rules together must never
fail to do: in no audit is a child unsafe and nobody told. The base, each service and
each council state their own; ``Framework.check`` decides them.
"""

from __future__ import annotations

import re
from typing import TypeAlias

from attrs import field, frozen

from qaf_core.errors import DefinitionError
from qaf_core.logic.expressions import Cond, Ref, bare_refs
from qaf_core.provenance import Document, Reference, Standing
from qaf_core.roles import Role
from qaf_core.rules.model import Within, limit
from qaf_core.subjects import ANY
from qaf_core.timing import AT_ONCE, Deadline

__all__ = [
    "EVERY_FRAMEWORK",
    "AnchorsStated",
    "Asked",
    "Claim",
    "CompleteIsSettled",
    "Fires",
    "Law",
    "NeverMet",
    "NothingLost",
    "RecipientsExist",
    "Told",
]


def __dir__() -> list[str]:
    return __all__


@frozen(kw_only=True)
class Told:
    """Wherever a condition is met, these roles are told within this time, or sooner."""

    when: Cond
    roles: tuple[Role, ...]
    within: Within = AT_ONCE

    def __attrs_post_init__(self) -> None:
        if not self.roles:
            raise DefinitionError("A law that somebody is told names at least one role.")
        limit(self.within)

    @property
    def deadline(self) -> Deadline:
        """By when they are told."""
        return limit(self.within)


@frozen(kw_only=True)
class Fires:
    """Wherever a condition is met, this rule fires; of items, on one of them at least.

    Attributes:
        when: the condition.
        rule: id of the rule.
    """

    when: Cond
    rule: str


@frozen(kw_only=True)
class Asked:
    """Wherever a condition is met, a tool that states the fact asks for it.

    Attributes:
        when: the condition.
        fact: the fact.
        required: whether the answer is required too.
    """

    when: Cond
    fact: Ref
    required: bool = True


@frozen(kw_only=True)
class NeverMet:
    """In no audit is a condition met."""

    when: Cond


@frozen
class CompleteIsSettled:
    """An audit that is complete leaves no escalation unsettled."""


@frozen
class NothingLost:
    """What follows from an audit by the base alone follows with all additions too."""


@frozen
class RecipientsExist:
    """Every escalation tells roles that the framework has, ladders to the end."""


@frozen
class AnchorsStated:
    """Every deadline counts from a date that a tool for its subjects can state."""


Claim: TypeAlias = (
    Told
    | Fires
    | Asked
    | NeverMet
    | CompleteIsSettled
    | NothingLost
    | RecipientsExist
    | AnchorsStated
)
"""What a law can claim: a closed set, so that each can be decided."""

_ID = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")


@frozen(repr=False)
class Law:
    """One law of a framework, as a value that reads as its sentence.

    Attributes:
        id: stable, such as ``"law.unsafe_is_told"``.
        statement: the law in one sentence.
        claim: what it claims, so that it can be decided.
        subjects: ids of the kinds of subject it is for; all by default.
        source, standing: where it comes from and how firmly it stands.

    Raises:
        DefinitionError: the id is malformed, there is no sentence, or the condition
            speaks of items by themselves.
    """

    id: str
    statement: str
    claim: Claim = field(kw_only=True)
    subjects: tuple[str, ...] = field(default=ANY, kw_only=True)
    source: Reference = field(kw_only=True)
    standing: Standing = field(kw_only=True)

    def __repr__(self) -> str:
        return f"<Law {self.id}: {self.statement}>"

    def __str__(self) -> str:
        return f"{self.statement} [{self.id}: {self.source}; {self.standing}]"

    def __attrs_post_init__(self) -> None:
        if not _ID.fullmatch(self.id):
            raise DefinitionError(
                f"{self.id!r} is no law id: write group.name, in small letters, digits and _."
            )
        if not self.statement.strip():
            raise DefinitionError(f"Law {self.id!r} has no sentence.")
        for ref in bare_refs(self.when) if self.when is not None else ():
            if ref.of:
                raise DefinitionError(
                    f"Law {self.id!r} speaks of {ref.of}.{ref.name} by itself. "
                    f"Say {ref.of}.any(...)."
                )

    @property
    def when(self) -> Cond | None:
        """The condition it speaks of, where it speaks of one."""
        return getattr(self.claim, "when", None)


_PROMISES = Document(
    id="qaf_core",
    title="Check a framework",
    publisher="qaf_core",
    dated="0.1",
)


def _promise(id: str, statement: str, claim: Claim) -> Law:
    return Law(
        id,
        statement,
        claim=claim,
        source=_PROMISES.at("What every framework keeps"),
        standing=Standing.EDITORIAL,
    )


EVERY_FRAMEWORK = (
    _promise(
        "every.complete_is_settled",
        "An audit that is complete has no escalation unsettled.",
        CompleteIsSettled(),
    ),
    _promise(
        "every.nothing_lost",
        "No addition makes an outcome of the base disappear.",
        NothingLost(),
    ),
    _promise(
        "every.recipients_exist",
        "Every escalation has a recipient who exists.",
        RecipientsExist(),
    ),
    _promise(
        "every.anchors_stated",
        "Every deadline counts from a date that some tool can state.",
        AnchorsStated(),
    ),
)
"""What is decided for every framework, whoever wrote it."""
