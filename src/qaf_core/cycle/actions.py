"""The actions of audits: agreed, still open, signed off, and looked at by the next audit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from qaf_core.audits import Action, Audit
from qaf_core.cycle.acting import ACTION
from qaf_core.cycle.escalating import ESCALATION
from qaf_core.cycle.lifecycle import apply, begin, decide
from qaf_core.cycle.machines import Machine
from qaf_core.cycle.processes import Actor, Command, Process, Refusal, late, of_machine
from qaf_core.errors import Fault, InputError
from qaf_core.tables import Table

__all__ = ["agree_actions", "carried_over", "open_cases", "register", "standing_of"]


def __dir__() -> list[str]:
    return __all__


def agree_actions(
    audit: Audit, *, by: Actor, on: date, machine: Machine = ACTION
) -> tuple[Process, ...]:
    """A process for each action of an audit, agreed on a day.

    Args:
        audit: the audit; the process of its first action is ``<audit>/action-1``.
        by: who agreed them.
        on: the day.
        machine: the table that actions go by.

    Raises:
        InputError: an action cannot be agreed as it is, such as one without a date. Every
            such action is named by its place.
    """
    found, faults = [], []
    for number, action in enumerate(audit.actions, 1):
        brings: dict[str, Any] = {
            "audit": audit.id,
            "subject": audit.subject.id,
            "number": number,
            "section": action.section,
        }
        if action.by is not None:
            brings["due_by"] = action.by
        process = begin(machine, f"{audit.id}/action-{number}")
        event = decide(machine, process, Command(event="agree", by=by, on=on, brings=brings))
        if isinstance(event, Refusal):
            do = "Agree it with the worker and the supervisor, and write it down"
            faults += [
                Fault(
                    path=f"actions[{number - 1}]",
                    problem=f"what it needs is not there: {each.statement.rstrip('.')}",
                    do=do,
                )
                for each in event.unmet
            ]
        else:
            found.append(apply(machine, process, event))
    if faults:
        raise InputError(faults)
    return tuple(found)


def standing_of(
    audit: str, actions: Iterable[Process], machine: Machine = ACTION
) -> dict[str, int]:
    """How many actions of an audit were agreed, are not done, and are not signed off.

    These are the papers ``actions_agreed``, ``actions_open`` and ``actions_unsigned`` of
    an audit's way, counted from the actions themselves.

    Raises:
        InputError: an action goes by another version of the table. Every such is named.
    """
    own = [each for each in of_machine(actions, machine.pin) if each.papers["audit"] == audit]
    return {
        "actions_agreed": len(own),
        "actions_open": sum(each.state in ("agreed", "reopened") for each in own),
        "actions_unsigned": sum(each.state not in machine.ends() for each in own),
    }


_CASE_COLUMNS = {
    "subject": "Case",
    "audit": "Audit",
    "actions": "Actions",
    "open": "Not signed off",
    "escalations": "Escalations open",
    "due": "Next due",
    "sign_off_due": "Sign-off due",
    "late": "Late",
}


def open_cases(
    actions: Iterable[Process],
    on: date,
    *,
    escalations: Iterable[Process] = (),
    audits: Iterable[Audit] = (),
    names: Mapping[str, str] | None = None,
    machine: Machine = ACTION,
) -> Table:
    """The cases with actions not signed off or escalations not closed, for the service manager.

    Args:
        actions: the processes of actions, of any number of audits.
        on: the day; what is late is worked out from it.
        escalations: the processes of escalations; a case with one open is listed even
            where no action is.
        audits: the audits they come from, for the worker and the line manager; an action
            of theirs that was never put on its way, and is not signed off, is open too.
        names: the name of each post. Only where they are given does the list say who the
            worker and the line manager are; else it holds no post and no name.
        machine: the table that actions go by.

    Returns:
        A row an audit: those with escalations first, then by the next day that is due.

    Raises:
        InputError: an action goes by another version of the table. Every such is named.
    """
    audits = tuple(audits)
    groups: dict[str, list[Process]] = {}
    calls: dict[str, list[Process]] = {}
    for each in of_machine(actions, machine.pin):
        groups.setdefault(each.papers["audit"], []).append(each)
    for each in escalations:
        if each.history and each.state not in ESCALATION.ends():
            calls.setdefault(each.papers["audit"], []).append(each)
    posts = {audit.id: {each.role: each.post for each in audit.participants} for audit in audits}
    rows = []
    subjects = {audit.id: audit.subject.id for audit in audits}
    loose = {audit.id: _loose(audit, groups.get(audit.id, ())) for audit in audits}
    for audit in dict.fromkeys((*groups, *calls, *loose)):
        group, called = groups.get(audit, []), calls.get(audit, [])
        left = [each for each in group if each.state not in machine.ends()]
        astray = loose.get(audit, [])
        if not left and not called and not astray:
            continue
        open_now = (*left, *called)
        dated = [each.by for each in astray if each.by]
        days = [day for each in open_now for day in each.due.values() if day] + dated
        signs = [day for each in left if (day := each.due.get("sign_off_due"))]
        row: dict[str, object] = {
            "subject": open_now[0].papers["subject"] if open_now else subjects[audit],
            "audit": audit,
            "actions": len(group) + len(astray),
            "open": len(left) + len(astray),
            "escalations": len(called),
            "due": min(days, default=None),
            "sign_off_due": min(signs, default=None),
            "late": sum(bool(late(each, on)) for each in open_now)
            + sum(None in each.due.values() and not late(each, on) for each in called)
            + sum(day < on for day in dated),
        }
        if names is not None:
            own = posts.get(audit, {})
            row["worker"] = names.get(own.get("worker", ""), "")
            row["line_manager"] = names.get(own.get("line_manager", ""), "")
        rows.append(row)
    rows.sort(
        key=lambda row: (
            not row["escalations"],
            row["due"] is None,
            row["due"] or on,
            str(row["audit"]),
        )
    )
    who = {} if names is None else {"worker": "Worker", "line_manager": "Line manager"}
    caption = f"Cases with something open on {on}: {len(rows)}"
    return Table(caption=caption, columns=_CASE_COLUMNS | who, rows=rows)


def _loose(audit: Audit, followed: Iterable[Process]) -> list[Action]:
    """The actions of an audit that are not signed off and that no process follows."""
    numbers = {each.papers["number"] for each in followed}
    return [
        action
        for number, action in enumerate(audit.actions, 1)
        if number not in numbers and not action.signed_off
    ]


def register(audits: Iterable[Process]) -> Table:
    """The register of audits that are completed and actioned, in the order of logging.

    Args:
        audits: the processes of audits; those not logged are left out.
    """
    rows = []
    for each in audits:
        days = {event.event: event.on for event in each.history}
        if each.state != "logged":
            continue
        due = next((day for e in each.history if (day := e.due.get("sign_off_due"))), None)
        rows.append(
            {
                "entry": each.papers["log_entry"],
                "audit": each.papers["audit"],
                "subject": each.papers["subject"],
                "actions": each.papers["actions_agreed"],
                "received": each.papers["form_received"],
                "due": due,
                "signed_off": days["sign_off"],
                "in_time": None if due is None else days["sign_off"] <= due,
                "logged": days["log"],
            }
        )
    rows.sort(key=lambda row: (row["logged"], str(row["entry"])))
    return Table(
        caption=f"Completed and actioned: {len(rows)}",
        columns={
            "entry": "Entry",
            "audit": "Audit",
            "subject": "Case",
            "actions": "Actions",
            "received": "Form received",
            "due": "Sign-off due",
            "signed_off": "Signed off",
            "in_time": "In time",
            "logged": "Logged",
        },
        rows=rows,
    )


def carried_over(
    audit: Audit,
    audits: Sequence[Audit],
    actions: Iterable[Process],
    machine: Machine = ACTION,
) -> Table:
    """What became of the actions of the last audit of the same case, for the next one.

    Args:
        audit: the audit that is being made.
        audits: the audits there are, in any order.
        actions: the processes of actions.
        machine: the table that actions go by.

    Returns:
        A row an action of the latest earlier audit of the subject that is no moderation;
        an action with no process is there too, as not followed up.

    Raises:
        InputError: an action goes by another version of the table. Every such is named.
    """
    followed = of_machine(actions, machine.pin)
    before = [
        each
        for each in audits
        if each.subject.id == audit.subject.id
        and each.id != audit.id
        and not each.moderates
        and each.audited is not None
        and (audit.audited is None or each.audited <= audit.audited)
    ]
    last = max(before, key=lambda each: (each.audited or date.min, each.id), default=None)
    rows: list[dict[str, object]] = []
    if last is not None:
        own = {each.papers["number"]: each for each in followed if each.papers["audit"] == last.id}
        for number, action in enumerate(last.actions, 1):
            process = own.get(number)
            state = process.state if process else "signed_off" if action.signed_off else ""
            rows.append(
                {
                    "audit": last.id,
                    "action": number,
                    "section": action.section,
                    "by": process.papers["due_by"] if process else action.by,
                    "state": state or "not followed up",
                    "settled": state in machine.ends(),
                }
            )
    caption = f"Actions of the audit before: {last.id if last else 'none'}"
    return Table(
        caption=caption,
        columns={
            "action": "Action",
            "section": "Section",
            "by": "By",
            "state": "State",
            "settled": "Signed off",
            "audit": "Audit",
        },
        rows=rows,
    )
