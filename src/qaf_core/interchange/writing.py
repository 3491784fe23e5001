"""From audits and reviews to plain data and JSON: an audit written reads back equal."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Any

from cattrs import Converter

from qaf_core.audits import Audit, NotApplicable, Return
from qaf_core.errors import Fault
from qaf_core.findings import Escalation, Finding, roles, say
from qaf_core.logic.explain import Proof
from qaf_core.review import Review
from qaf_core.rules.model import Escalate, Rule

__all__ = [
    "escalations_to_plain",
    "faults_to_plain",
    "review_to_plain",
    "to_plain",
    "write_audit",
]


def __dir__() -> list[str]:
    return __all__


def _converter() -> Converter:
    converter = Converter(omit_if_default=True)
    converter.register_unstructure_hook(date, date.isoformat)
    converter.register_unstructure_hook(NotApplicable, lambda each: each.reason)
    return converter


_CONVERTER = _converter()


def _plain(value: Any) -> Any:
    match value:
        case NotApplicable():
            return {"not_applicable": value.reason}
        case date():
            return value.isoformat()
        case Fraction():
            return value.numerator if value.denominator == 1 else float(value)
        case tuple():
            return list(value)
    return value


def to_plain(audit: Audit) -> dict[str, Any]:
    """An audit as plain data: dictionaries, lists, text, numbers, true and false.

    It holds all that was recorded, free text included: it is for keeping, not for
    showing.
    """
    subject: dict[str, Any] = {"id": audit.subject.id, "kind": audit.subject.kind}
    if audit.subject.facts:
        subject["facts"] = {name: _plain(value) for name, value in audit.subject.facts.items()}
    plain: dict[str, Any] = {"tool": _CONVERTER.unstructure(audit.tool), "id": audit.id}
    if audit.audited is not None:
        plain["audited"] = audit.audited.isoformat()
    plain["subject"] = subject
    parts: dict[str, Any] = {
        "participants": [_CONVERTER.unstructure(each) for each in audit.participants],
        **_filled_in(audit),
        "sections": {name: _plain(value) for name, value in audit.sections.items()},
        "actions": [_CONVERTER.unstructure(each) for each in audit.actions],
        "expected": list(audit.expected),
        "returns": [_return(each) for each in audit.returns],
        "completed": audit.completed and audit.completed.isoformat(),
        "tags": [_CONVERTER.unstructure(each) for each in audit.tags],
        "moderates": audit.moderates,
        "parent": audit.parent,
        "explanations": [_CONVERTER.unstructure(each) for each in audit.explanations],
    }
    return plain | {name: part for name, part in parts.items() if part}


def _filled_in(part: Audit | Return) -> dict[str, Any]:
    return {
        "answers": {name: _plain(value) for name, value in part.answers.items()},
        "judgements": {
            name: _CONVERTER.unstructure(judged) for name, judged in part.judgements.items()
        },
    }


def _return(each: Return) -> dict[str, Any]:
    filled = {name: part for name, part in _filled_in(each).items() if part}
    plain: dict[str, Any] = {"party": each.party, **filled}
    if each.received is not None:
        plain["received"] = each.received.isoformat()
    return plain | ({"moderated": True} if each.moderated else {})


def write_audit(audit: Audit) -> str:
    """An audit as JSON text."""
    return json.dumps(to_plain(audit), ensure_ascii=False, indent=1)


def review_to_plain(review: Review) -> dict[str, Any]:
    """A review as plain data, proofs included; nothing personal."""
    return {
        "audit": review.audit,
        "subject": review.subject,
        "tool": {"id": review.tool, "version": review.version},
        "framework": review.framework,
        "on": review.on.isoformat(),
        "complete": review.complete,
        "escalations": escalations_to_plain(review.escalations),
        "unsettled_escalations": escalations_to_plain(review.unsettled_escalations),
        "findings": [_finding(each) for each in review.findings],
        "unsettled": [_finding(each) for each in review.unsettled],
        "not_assessable": [rule.id for rule in review.not_assessable],
        "missing": list(review.missing),
        "set_aside": list(review.set_aside),
        "changes": list(review.changes),
        "left_out": list(review.left_out),
        "faults": faults_to_plain(review.faults),
    }


def escalations_to_plain(escalations: Iterable[Escalation]) -> list[dict[str, Any]]:
    """Escalations as plain data: whom to tell, by when, and every rule that calls for it."""
    return [
        {
            "audit": each.audit,
            "subject": each.subject,
            "line": each.line,
            "status": each.status.value,
            "to": [role.id for role in each.to],
            "within": str(each.within),
            "then": _next_step(each.then),
            "due": each.due and each.due.isoformat(),
            "settled_by": list(each.settled_by),
            "rules": [
                {**_grounds(finding.rule), "about": finding.about, "proof": _proof(finding.proof)}
                for finding in each.findings
            ],
        }
        for each in escalations
    ]


def _next_step(step: Escalate | None) -> dict[str, Any] | None:
    if step is None:
        return None
    return {
        "to": [role.id for role in roles(step)],
        "within": str(step.deadline),
        "then": _next_step(step.then),
    }


def faults_to_plain(faults: Iterable[Fault]) -> list[dict[str, Any]]:
    """Faults as plain data: where, what is wrong, and what to do."""
    return [
        {"path": each.path, "problem": each.problem, "do": each.do}
        | ({} if each.line is None else {"line": each.line})
        for each in faults
    ]


def _grounds(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "statement": rule.statement,
        "clause": str(rule.source),
        "standing": rule.standing.value,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": _grounds(finding.rule),
        "outcome": type(finding.outcome).__name__.lower(),
        "what": say(finding.outcome),
        "about": finding.about,
        "status": finding.status.value,
        "due": finding.due and finding.due.isoformat(),
        "settled_by": list(finding.settled_by),
        "explained": bool(finding.explanation),
        "proof": _proof(finding.proof),
    }


def _proof(proof: Proof) -> dict[str, Any]:
    return {
        "condition": str(proof.cond),
        "verdict": proof.verdict.value,
        "item": proof.item,
        "facts": [{"fact": rest.name, "value": rest.shown} for rest in proof.rests],
        "parts": [_proof(part) for part in proof.parts],
    }
