"""What follows from audits, as values to read, print and tabulate."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from html import escape
from typing import overload

from attrs import evolve, field, frozen

from qaf_core.errors import Fault
from qaf_core.findings import Escalation, Finding, Status, joined, say, urgency
from qaf_core.immutable import Remade, as_given
from qaf_core.records import AuditRecord
from qaf_core.rules.model import Escalate, Outcome, Query, Require, Rule
from qaf_core.tables import Table

__all__ = ["Review", "Reviews"]


def __dir__() -> list[str]:
    return __all__


@frozen(kw_only=True)
class Review:
    """What follows from one audit.

    Attributes:
        audit, subject: ids of the audit and of whom it is about.
        tool, version: the tool it was made with.
        framework: the framework and version it was read by.
        on: the day of the review.
        complete: whether nothing is pending, nothing required is missing, and no return of
            a party leaves an escalation open.
        findings: what fired, most urgent first.
        unsettled: what may hold once something missing is known.
        not_assessable: rules left open by a fact that this tool never states.
        missing: facts that no question asks for, still to come from the host or the
            audit's head.
        set_aside: answers no longer asked for: kept in the audit, left out here.
        changes: what the framework's owner decided otherwise, as far as it matters here.
        left_out: plugins that could not be used: their rules were not read here.
        faults: what could not be used or worked out; what rests on it is open.
    """

    audit: str
    subject: str
    tool: str
    version: str
    framework: str
    on: date
    complete: bool
    findings: tuple[Finding, ...] = field(repr=False)
    unsettled: tuple[Finding, ...] = field(repr=False)
    not_assessable: tuple[Rule, ...] = field(default=(), repr=False)
    missing: tuple[str, ...] = ()
    set_aside: tuple[str, ...] = ()
    changes: tuple[str, ...] = field(default=(), repr=False)
    left_out: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    _basis: AuditRecord | None = field(default=None, eq=False, repr=False)

    def __reduce__(self) -> Remade:
        return as_given(self if self._basis is None else evolve(self, basis=None))

    @property
    def basis(self) -> AuditRecord | None:
        """What it rests on; None where it was carried elsewhere, or answers could not be read."""
        return self._basis

    @property
    def escalations(self) -> tuple[Escalation, ...]:
        """Who must be told, by when; findings with the same recipients and time as one."""
        return joined(self.audit, self.subject, self.findings)

    @property
    def unsettled_escalations(self) -> tuple[Escalation, ...]:
        """Who may have to be told, and what would settle it."""
        return joined(self.audit, self.subject, self.unsettled)

    @property
    def requirements(self) -> tuple[Finding, ...]:
        """What is missing before the audit is complete."""
        return tuple(each for each in self.findings if isinstance(each.outcome, Require))

    @property
    def queries(self) -> tuple[Finding, ...]:
        """What to look at again; ``explained`` in a row says that the auditor answered."""
        return tuple(each for each in self.findings if isinstance(each.outcome, Query))

    @property
    def _by_urgency(self) -> list[Finding]:
        return sorted((*self.findings, *self.unsettled), key=urgency)

    def to_rows(self) -> list[dict[str, object]]:
        """A row a finding, settled or not, most urgent first; nothing personal."""
        head = {"audit": self.audit, "subject": self.subject, "tool": self.tool}
        return [{**head, **finding.to_row()} for finding in self._by_urgency]

    def table(self) -> Table:
        """The findings as a table."""
        return Table(caption=self.summary, columns=_COLUMNS, rows=self.to_rows())

    @property
    def summary(self) -> str:
        """The review in one line."""
        state = "complete" if self.complete else "not complete"
        counts = [
            _count(len(self.escalations), "escalation"),
            _count(len(self.unsettled_escalations), "unsettled escalation"),
            _count(len(self.findings), "finding"),
        ]
        return (
            f"Audit {self.audit} ({self.tool} {self.version}) on {self.on}: {state}; "
            + ", ".join(counts)
        )

    @property
    def notes(self) -> tuple[str, ...]:
        """What else to know before relying on it: what was left out, open or decided otherwise."""
        said = []
        if self.missing:
            said.append("Still to be given with the audit: " + ", ".join(self.missing))
        if self.set_aside:
            said.append("No longer asked for, kept and left out: " + ", ".join(self.set_aside))
        if self.not_assessable:
            ids = ", ".join(rule.id for rule in self.not_assessable)
            said.append(f"Not assessable with this tool: {ids}")
        said += [f"Decided otherwise by the framework's owner: {each}" for each in self.changes]
        said += [f"Plugin left out, whose rules were not read: {each}" for each in self.left_out]
        said += [f"Could not be used, and what rests on it is open: {each}" for each in self.faults]
        return tuple(said)

    def __str__(self) -> str:
        lines = [self.summary + "."]
        lines += [str(each) for each in (*self.escalations, *self.unsettled_escalations)]
        rest = [each for each in self._by_urgency if not isinstance(each.outcome, Escalate)]
        for status, heading in ((Status.FIRED, "Findings"), (Status.UNSETTLED, "Still open")):
            group = [each for each in rest if each.status is status]
            if group:
                lines += ["", f"{heading}:", *_lines(group)]
        if self.notes:
            lines += ["", *self.notes]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        told = "".join(
            f"<li>{escape(str(each)).replace(chr(10), '<br>')}</li>"
            for each in (*self.escalations, *self.unsettled_escalations)
        )
        notes = "".join(f"<li>{escape(note)}</li>" for note in self.notes)
        return (
            (f"<ul>{told}</ul>" if told else "")
            + self.table().to_html()
            + (f"<ul>{notes}</ul>" if notes else "")
        )

    def _repr_markdown_(self) -> str:
        notes = "".join(f"- {escape(note, quote=False)}\n" for note in self.notes)
        return self.table().to_markdown() + (f"\n{notes}" if notes else "")


_COLUMNS = {
    "status": "Status",
    "what": "What follows",
    "to": "To",
    "about": "About",
    "statement": "Rule",
    "due": "Due",
    "settled_by": "Settled by",
    "explained": "Explained",
    "clause": "Clause",
    "standing": "Standing",
    "outcome": "Outcome",
    "rule": "Rule id",
    "audit": "Audit",
    "subject": "Subject",
    "tool": "Tool",
}


def _count(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"


def _lines(findings: Iterable[Finding]) -> list[str]:
    """One line a rule and outcome, naming all it is about."""
    groups: dict[tuple[Rule, Outcome], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.rule, finding.outcome), []).append(finding)
    lines = []
    for (rule, outcome), group in groups.items():
        about = ", ".join(
            finding.about + (" (explained)" if finding.explanation else "")
            for finding in group
            if finding.about
        )
        if not about and any(finding.explanation for finding in group):
            about = "(explained)"
        settled = [name for finding in group for name in finding.settled_by]
        said = say(outcome)
        lines.append(f"  {said} {about}" if about else f"  {said.removesuffix(':')}")
        if set(settled) - {finding.about for finding in group}:
            lines.append(f"    settled by {', '.join(dict.fromkeys(settled))}")
        lines.append(f"    {rule.statement} [{rule.id}: {rule.source}; {rule.standing}]")
    return lines


@frozen(eq=False, repr=False)
class Reviews(Sequence[Review]):
    """The reviews of many audits.

    Attributes:
        faults: audits that could not be reviewed, for want of their tool.
    """

    _reviews: tuple[Review, ...]
    faults: tuple[Fault, ...] = ()

    def __repr__(self) -> str:
        return f"<Reviews of {_count(len(self), 'audit')}>"

    @overload
    def __getitem__(self, index: int) -> Review: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Review, ...]: ...
    def __getitem__(self, index: int | slice) -> Review | tuple[Review, ...]:
        return self._reviews[index]

    def __len__(self) -> int:
        return len(self._reviews)

    @property
    def escalations(self) -> tuple[Escalation, ...]:
        """Every escalation raised, in the order of the audits."""
        return tuple(escalation for each in self for escalation in each.escalations)

    @property
    def unsettled_escalations(self) -> tuple[Escalation, ...]:
        """Every escalation that cannot be ruled out, in the order of the audits."""
        return tuple(escalation for each in self for escalation in each.unsettled_escalations)

    @property
    def not_assessable(self) -> dict[str, tuple[Rule, ...]]:
        """For each tool, the rules it leaves open for want of a fact: said once."""
        found: dict[str, dict[Rule, None]] = {}
        for each in self:
            for rule in each.not_assessable:
                found.setdefault(f"{each.tool} {each.version}", {})[rule] = None
        return {tool: tuple(rules) for tool, rules in found.items()}

    def to_rows(self) -> list[dict[str, object]]:
        """A row a finding, audit by audit; nothing personal."""
        return [row for each in self for row in each.to_rows()]

    def table(self) -> Table:
        """The findings as one table."""
        caption = (
            f"{_count(len(self), 'audit')}, {_count(len(self.escalations), 'escalation')}, "
            f"{_count(len(self.unsettled_escalations), 'unsettled escalation')}"
        )
        columns = {"audit": "Audit", **_COLUMNS}
        rows = sorted(
            self.to_rows(), key=lambda row: (row["outcome"] != "escalate", row["status"] != "fired")
        )
        return Table(caption=caption, columns=columns, rows=rows)

    def __str__(self) -> str:
        unread = [f"Not reviewed: {fault}" for fault in self.faults]
        return "\n".join((*unread, *(each.summary for each in self)))

    def _repr_html_(self) -> str:
        return self.table().to_html()

    def _repr_markdown_(self) -> str:
        return self.table().to_markdown()
