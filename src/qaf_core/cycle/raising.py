"""From what a review calls for to escalations on their way: told, stood in for, passed up.

Nothing is taken back: what was raised in a draft stays raised, whatever the audit says
later, and whatever has no escalation yet is named.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from attrs import field, frozen

from qaf_core.bank_holidays import ENGLAND_AND_WALES
from qaf_core.cycle.escalating import ESCALATION, awaited
from qaf_core.cycle.lifecycle import apply, begin, decide
from qaf_core.cycle.machines import Machine
from qaf_core.cycle.processes import Actor, Command, Process, Refusal, late
from qaf_core.errors import Fault, InputError
from qaf_core.findings import Escalation, Status
from qaf_core.immutable import FrozenMap
from qaf_core.review import Review
from qaf_core.roles import (
    ASSISTANT_TEAM_MANAGER,
    DIRECTOR_OF_CHILDRENS_SERVICES,
    HEAD_OF_SERVICE,
    SERVICE_MANAGER,
    TEAM_MANAGER,
)
from qaf_core.settings import SettingValue
from qaf_core.tables import Table
from qaf_core.timing import WorkingCalendar

__all__ = [
    "LINE",
    "Absences",
    "escalations",
    "next_up",
    "pass_up",
    "raise_from",
    "unanswered",
    "unraised",
]

LINE: tuple[str, ...] = (
    ASSISTANT_TEAM_MANAGER.id,
    TEAM_MANAGER.id,
    SERVICE_MANAGER.id,
    HEAD_OF_SERVICE.id,
    DIRECTOR_OF_CHILDRENS_SERVICES.id,
)
"""Who is above whom, for passing up and standing in (editorial: the text names no one further)."""

_NO_SETTINGS: Mapping[str, SettingValue] = FrozenMap()


def __dir__() -> list[str]:
    return __all__


def _posts(posts: Iterable[str]) -> frozenset[str]:
    return frozenset(posts)


@frozen(kw_only=True)
class Absences:
    """Who holds which role for a case, and who of them cannot be told.

    Attributes:
        holders: the post in each role, by id of the role, as far as the host knows.
        absent: posts that are away.
        auditors: posts that made the audit: nobody is told of their own audit alone.
    """

    holders: Mapping[str, str] = field(factory=FrozenMap, repr=False)
    absent: frozenset[str] = field(default=frozenset(), converter=_posts, repr=False)
    auditors: frozenset[str] = field(default=frozenset(), converter=_posts, repr=False)

    def why_not(self, role: str) -> str:
        """Why whoever holds a role cannot be told, or ""."""
        post = self.holders.get(role)
        if post is None:
            return ""
        if post in self.auditors:
            return "the recipient is the auditor"
        return "the recipient is absent" if post in self.absent else ""


def _calls(escalation: Escalation) -> tuple[str, ...]:
    """What an escalation rests on: ids of rules, with what each is about."""
    found = (
        f"{each.rule.id}:{each.about}" if each.about else each.rule.id
        for each in escalation.findings
    )
    return tuple(dict.fromkeys(found))


def _without(escalation: Escalation, known: Iterable[Process]) -> tuple[str, ...]:
    """What an escalation rests on that no process tells the same roles of.

    Audits whose id could not be read are not told apart by it, so nothing covers them.
    """
    if escalation.audit.startswith("("):
        known = ()
    told = {role.id for role in escalation.to}
    covered = {
        call
        for each in known
        if each.papers.get("audit") == escalation.audit and told <= {*each.papers.get("told", ())}
        for call in each.papers.get("rules", ())
    }
    return tuple(call for call in _calls(escalation) if call not in covered)


def _called(found: Iterable[Review | Escalation]) -> Iterator[tuple[Escalation, bool]]:
    """Each escalation, and whether it comes of a draft; one by itself is taken to."""
    for each in found:
        if isinstance(each, Review):
            yield from ((escalation, not each.complete) for escalation in each.escalations)
        else:
            yield each, True


def unraised(
    found: Iterable[Review | Escalation], known: Collection[Process]
) -> tuple[Escalation, ...]:
    """The escalations that have no process yet, or not for all they rest on.

    Args:
        found: reviews of audits, drafts among them, or escalations themselves, such as
            those of a file that could not be read whole.
        known: the processes of escalations there are.
    """
    return tuple(escalation for escalation, _ in _called(found) if _without(escalation, known))


def raise_from(
    found: Review | Iterable[Review | Escalation],
    *,
    by: Actor,
    on: date,
    known: Sequence[Process] = (),
    absences: Absences = Absences(),
    line: Sequence[str] = LINE,
    machine: Machine = ESCALATION,
    settings: Mapping[str, SettingValue] = _NO_SETTINGS,
    calendar: WorkingCalendar = ENGLAND_AND_WALES,
) -> tuple[Process, ...]:
    """Raise what is called for and nobody has been told of yet.

    Where a recipient is absent or made the audit, the next up the line stands in; where
    there is nobody further up, the recipient stays the one to answer.

    Args:
        found: the review of an audit, complete or draft, or several, such as those of an
            audit and of its moderation; or escalations themselves, such as
            ``InputError.urgent`` of a file that could not be read whole, which count as
            raised in a draft.
        by: who raises.
        on: the day.
        known: the escalations there are already, of this audit and any other.
        absences: who holds which role, and who cannot be told.
        line: ids of the roles, each below the next, for standing in.
        machine: the table that escalations go by.
        settings: the values in force, by id, where they depart from those shipped.
        calendar: bank holidays, for the time to answer.

    Returns:
        The new processes, each with an id of its own under the audit's.

    Raises:
        InputError: the table refuses one, so that none is raised; all that are called for
            are its ``urgent``.
    """
    called = tuple(_called((found,) if isinstance(found, Review) else found))
    raised: list[Process] = []
    for escalation, draft in called:
        calls = _without(escalation, (*known, *raised))
        if escalation.status is not Status.FIRED or not calls:
            continue
        before = sum(each.papers["audit"] == escalation.audit for each in (*known, *raised))
        process = begin(machine, f"{escalation.audit}/escalation-{before + 1}")
        roles = tuple(dict.fromkeys(role.id for role in escalation.to)) or tuple(line[:1])
        brings = {
            "audit": escalation.audit,
            "subject": escalation.subject or "(not known)",
            "rules": calls,
            "raised_in_draft": draft,
            "told": roles,
        }
        limits: dict[str, Any] = {"settings": settings, "calendar": calendar}
        command = Command(event="raise", by=by, on=on, brings=brings)
        try:
            process = _done(machine, process, command, limits)
            for role in roles:
                why = absences.why_not(role)
                stand_in = _stand_in(process, role, absences, line) if why else ""
                if stand_in:
                    brings = {"told": (stand_in,), "passed_over": (role,)}
                    command = Command(event="stand_in", by=by, on=on, brings=brings, reason=why)
                    process = _done(machine, process, command, limits)
        except InputError as error:
            open_calls = unraised((each for each, _ in called), known)
            urgent = [each for each in open_calls if each.status is Status.FIRED]
            raise InputError(error.faults, urgent=urgent) from None
        raised.append(process)
    return tuple(raised)


def _stand_in(process: Process, role: str, absences: Absences, line: Sequence[str]) -> str:
    """The next up the line who can be told and was not, or ""."""
    told = process.papers["told"]
    for each in _above((role,), line):
        if each not in told and not absences.why_not(each):
            return each
    return ""


def _above(roles: Iterable[str], line: Sequence[str]) -> tuple[str, ...]:
    """The roles of the line above all of these; one outside the line counts as its foot."""
    places = [line.index(role) for role in roles if role in line]
    return tuple(line[max(places, default=0) + 1 :])


def next_up(
    process: Process, escalation: Escalation | None = None, *, line: Sequence[str] = LINE
) -> tuple[str, ...]:
    """Ids of the roles to tell when an escalation is not answered in time.

    Args:
        process: the escalation's process.
        escalation: what the review called for, whose own ladder comes first.
        line: ids of the roles, each below the next.

    Returns:
        The next step of its ladder that tells somebody new; else the next up the line
        above everyone told; nothing where there is nobody further up.
    """
    told = process.papers["told"]
    step = escalation.then if escalation else None
    while step is not None:
        new = tuple(role for each in step.to if (role := getattr(each, "id", "")) not in told)
        if any(new):
            return tuple(filter(None, new))
        step = step.then
    return tuple(role for role in _above(told, line) if role not in told)[:1]


def pass_up(
    process: Process,
    *,
    by: Actor,
    on: date,
    escalation: Escalation | None = None,
    line: Sequence[str] = LINE,
) -> Command:
    """The command that passes an escalation up: those silent are passed over.

    Raises:
        InputError: there is nobody further up; it stays raised, and late.
    """
    up = next_up(process, escalation, line=line)
    if not up:
        do = "Reach one of those told; it stays raised, and late"
        raise InputError([Fault(path="told", problem="there is nobody further up", do=do)])
    silent = awaited(process.papers)
    return Command(event="pass_up", by=by, on=on, brings={"told": up, "passed_over": silent})


def unanswered(processes: Iterable[Process], on: date) -> tuple[Process, ...]:
    """The escalations whose time to answer is over on a day, or has no last day."""
    return tuple(
        each
        for each in processes
        if "acknowledge_due" in each.due
        and ((due := each.due["acknowledge_due"]) is None or due < on)
    )


def escalations(processes: Iterable[Process], on: date) -> Table:
    """Every escalation there is, open and closed, for managers and the board.

    Args:
        processes: the processes of escalations.
        on: the day; what is late is worked out from it. Where no last day can be given, it
            is taken for passed.

    Returns:
        A row an escalation, open ones first: what it rests on, who was told and who is
        still waited for, and how it ended. It holds roles and ids, no post and no name.
    """
    rows = []
    for each in processes:
        if not each.history:
            continue
        days = {event.event: event.on for event in each.history}
        papers = each.papers
        waited = awaited(papers) if each.state == "raised" else ()
        rows.append(
            {
                "escalation": each.id,
                "audit": papers["audit"],
                "subject": papers["subject"],
                "rules": ", ".join(papers["rules"]),
                "in_draft": papers["raised_in_draft"],
                "raised": each.history[0].on,
                "told": ", ".join(papers["told"]),
                "awaited": ", ".join(waited),
                "state": each.state,
                "due": each.due.get("acknowledge_due"),
                "late": bool(late(each, on)) or None in each.due.values(),
                "outcome": papers.get("outcome", ""),
                "closed": days.get("close"),
            }
        )
    rows.sort(key=lambda row: (row["closed"] is not None, row["raised"], str(row["escalation"])))
    still = sum(row["closed"] is None for row in rows)
    return Table(
        caption=f"Escalations on {on}: {len(rows)}, of which {still} open",
        columns={
            "escalation": "Escalation",
            "audit": "Audit",
            "subject": "Case",
            "rules": "Rests on",
            "in_draft": "Raised in a draft",
            "raised": "Raised",
            "told": "Told",
            "awaited": "Waited for",
            "state": "State",
            "due": "To be acknowledged by",
            "late": "Late",
            "outcome": "Outcome",
            "closed": "Closed",
        },
        rows=rows,
    )


def _done(
    machine: Machine, process: Process, command: Command, limits: Mapping[str, Any]
) -> Process:
    found = decide(machine, process, command, **limits)
    if isinstance(found, Refusal):
        do = "Raise it by hand, and mend the table of escalations"
        raise InputError(
            [
                Fault(path=command.event, problem=each.statement.rstrip("."), do=do)
                for each in found.unmet
            ]
        )
    return apply(machine, process, found)
