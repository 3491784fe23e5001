"""What follows from an audit: findings, and the escalations they add up to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import StrEnum

from attrs import evolve, field, frozen

from qaf_core.immutable import Remade, as_given
from qaf_core.logic.explain import Proof, explain
from qaf_core.logic.expressions import Ref
from qaf_core.logic.values import YES_NO, Record, Value
from qaf_core.roles import Role
from qaf_core.rules.model import (
    Act,
    Commission,
    Escalate,
    Gate,
    Moderate,
    Outcome,
    Query,
    Recipient,
    Recognise,
    Require,
    Rule,
    recipients,
)
from qaf_core.timing import Deadline

__all__ = [
    "Escalation",
    "Finding",
    "Status",
    "joined",
    "names",
    "rank",
    "roles",
    "say",
    "title",
    "urgency",
]


def __dir__() -> list[str]:
    return __all__


_UNPROVED = Ref("unproved", YES_NO, label="what the rule asks, whose proof could not be made,")


class Status(StrEnum):
    """How far a finding is settled."""

    FIRED = "fired"
    """The rule holds whatever is still missing."""
    UNSETTLED = "unsettled"
    """It may hold: what is missing would settle it."""


@frozen(kw_only=True, repr=False)
class Finding:
    """One outcome of one rule on one audit.

    Attributes:
        rule: the rule.
        outcome: what follows.
        about: id of the item it is about, or "" for the audit as a whole.
        status: fired, or unsettled.
        due: the day it is due, where a date can be given.
        explanation: the auditor's answer to a query: free text, never shown.
    """

    rule: Rule
    outcome: Outcome
    about: str = ""
    status: Status
    _settled_by: tuple[str, ...] | Callable[[], tuple[str, ...]] = field(default=(), eq=False)
    due: date | None = None
    explanation: str = field(default="", repr=False)
    _record: Record = field(eq=False, repr=False)
    _item: Mapping[str, Value] | None = field(default=None, eq=False, repr=False)

    def __repr__(self) -> str:
        about = f" {self.about}" if self.about else ""
        return f"<{self.status} {type(self.outcome).__name__} by {self.rule.id}{about}>"

    def __reduce__(self) -> Remade:
        return as_given(evolve(self, settled_by=self.settled_by))

    @property
    def settled_by(self) -> tuple[str, ...]:
        """Ids of what is missing and would settle it; worked out when asked for."""
        return self._settled_by() if callable(self._settled_by) else self._settled_by

    @property
    def proof(self) -> Proof:
        """Why, part by part; worked out when asked for."""
        try:
            return explain(self.rule.when, self._record, self._item)
        except (Exception, SystemExit):  # noqa: BLE001 - a finding without its proof is a finding
            told = {_UNPROVED.name: True} if self.status is Status.FIRED else {}
            return explain(_UNPROVED.is_(True), Record(told))

    @property
    def grounds(self) -> str:
        """The clause it rests on and how firmly it stands."""
        return f"{self.rule.source}; {self.rule.standing}"

    def to_row(self) -> dict[str, object]:
        """The finding as one flat row."""
        return {
            "status": self.status.value,
            "outcome": type(self.outcome).__name__.lower(),
            "rule": self.rule.id,
            "about": self.about,
            "statement": self.rule.statement,
            "what": ("" if self.status is Status.FIRED else "Perhaps: ")
            + say(self.outcome).removesuffix(":"),
            "to": ", ".join(each.id for each in recipients(self.outcome) if isinstance(each, Role)),
            "due": self.due,
            "settled_by": ", ".join(self.settled_by),
            "explained": bool(self.explanation),
            "clause": str(self.rule.source),
            "standing": self.rule.standing.value,
        }


def title(each: Recipient) -> str:
    """A recipient by name; where an item names none that is known, by the field."""
    if isinstance(each, Ref):
        return f"the {each.label or each.name.replace('_', ' ')}"
    return each.title


def roles(step: Escalate) -> tuple[Role, ...]:
    """Whom a step of an escalation tells; in a finding every recipient is a role."""
    return tuple(each for each in step.to if isinstance(each, Role))


def names(recipients: Iterable[Recipient]) -> str:
    """Recipients in a sentence."""
    titles = [title(each) for each in recipients]
    return titles[0] if len(titles) == 1 else ", ".join(titles[:-1]) + " and " + titles[-1]


def say(outcome: Outcome) -> str:
    """An outcome in words."""
    match outcome:
        case Escalate():
            return f"Tell {names(outcome.to)} {outcome.deadline}"
        case Require():
            return f"Add {outcome.what}:"
        case Query():
            return f"Query: {outcome.ask}"
        case Act():
            return f"{title(outcome.by)} to {outcome.what}, {outcome.deadline}:"
        case Moderate():
            return f"To be moderated by {title(outcome.by)}:"
        case Commission():
            about = f" of the {outcome.on}" if outcome.on else ""
            return f"Commission {outcome.tool}{about}"
        case Gate():
            return f"Not before this is put right: {outcome.event}"
        case Recognise():
            return f"Good practice to share with {names(outcome.to)}:"


_ORDER: tuple[type[Outcome], ...] = (
    Escalate,
    Gate,
    Act,
    Require,
    Query,
    Commission,
    Moderate,
    Recognise,
)


def rank(outcome: Outcome) -> int:
    """How urgent an outcome is among those of its status: escalations are 0."""
    return _ORDER.index(type(outcome))


def urgency(finding: Finding) -> tuple[int, int]:
    """Where a finding stands: escalations first, the unsettled of them next, then the rest."""
    place = rank(finding.outcome)
    unsettled = int(finding.status is Status.UNSETTLED)
    return (0, unsettled) if place == 0 else (1 + unsettled, place)


@frozen(kw_only=True, repr=False)
class Escalation:
    """Findings that tell the same roles within the same time, as one call.

    Attributes:
        audit: id of the audit.
        subject: id of whom or what it is about.
        line: the line of a file of many audits, where that file could not be read whole.
        to: the roles to tell.
        within: by when.
        due: the day, where one can be given.
        then: the next step, if nothing comes of it.
        status: fired, or unsettled.
        findings: every finding that calls for it.
    """

    audit: str
    subject: str = ""
    line: int | None = None
    to: tuple[Role, ...]
    within: Deadline
    due: date | None = None
    then: Escalate | None = None
    status: Status
    findings: tuple[Finding, ...]

    def __repr__(self) -> str:
        rules = ", ".join(rule.id for rule in self.rules)
        return f"<{self.status} Escalation to {names(self.to)} {self.within}: {rules}>"

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that call for it, each once."""
        return tuple(dict.fromkeys(finding.rule for finding in self.findings))

    @property
    def settled_by(self) -> tuple[str, ...]:
        """Ids of what is missing and would settle it."""
        return tuple(
            dict.fromkeys(name for finding in self.findings for name in finding.settled_by)
        )

    def _about(self, rule: Rule) -> str:
        about = [each.about for each in self.findings if each.rule == rule and each.about]
        return f" ({', '.join(about)})" if about else ""

    def __str__(self) -> str:
        name = f"{self.audit} ({self.subject})" if self.subject else self.audit
        if self.line is not None:
            name += f" on line {self.line}"
        within = f"{self.within} (by {self.due})" if self.due else str(self.within)
        if self.status is Status.FIRED:
            call = f"ESCALATE {name} {within} to {names(self.to)}."
        else:
            missing = ", ".join(self.settled_by) or "a fault in the rule"
            call = (
                f"UNSETTLED {name}: {names(self.to)} may have to be told {within}. "
                f"Settled by {missing}."
            )
        step = self.then
        while step is not None:
            call += f" Then, if nothing comes of it, {names(step.to)} {step.deadline}."
            step = step.then
        why = [
            f"{rule.statement}{self._about(rule)}\n    [{rule.id}: {rule.source}; {rule.standing}]"
            for rule in self.rules
        ]
        return "\n  ".join((call, *why))


def joined(audit: str, subject: str, findings: Iterable[Finding]) -> tuple[Escalation, ...]:
    """The escalations among findings, those for the same roles and time as one."""
    calls = [(each, each.outcome) for each in findings if isinstance(each.outcome, Escalate)]
    groups: dict[object, tuple[Escalate, list[Finding]]] = {}
    for finding, call in calls:
        to = frozenset(role.id for role in roles(call))
        key = (finding.status, to, call.deadline, finding.due, call.then)
        groups.setdefault(key, (call, []))[1].append(finding)
    return tuple(
        [
            Escalation(
                audit=audit,
                subject=subject,
                to=roles(call),
                within=call.deadline,
                due=group[0].due,
                then=call.then,
                status=group[0].status,
                findings=tuple(group),
            )
            for call, group in groups.values()
        ]
    )
