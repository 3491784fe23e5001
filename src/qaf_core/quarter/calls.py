"""Every escalation on its way: told, stood in for, answered or passed up, acted on, closed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from qaf_core.cycle.escalating import OUTCOME, awaited
from qaf_core.cycle.processes import Actor, Process
from qaf_core.cycle.raising import Absences, next_up, pass_up, raise_from
from qaf_core.editions import settings_on
from qaf_core.findings import Escalation
from qaf_core.quarter.chance import Chance
from qaf_core.quarter.desk import Desk
from qaf_core.review import Review

__all__ = ["raised"]

ANSWERS = (55, 85, 92, 97, 100)
"""Of a hundred, so many answer the same day, or at most the next working day, and so on."""
AWAY = 6
"""Of a hundred, so many are away when they are to be told."""
STAYS_OPEN = 12
"""Of a hundred, so many are acted on and not closed within the quarter."""


def __dir__() -> list[str]:
    return __all__


def raised(
    desk: Desk,
    found: Review | Iterable[Escalation],
    *,
    by: Actor,
    team: str,
    on: date,
    known: Sequence[Process],
) -> tuple[Process, ...]:
    """Raise what is called for and nobody was told of yet, and follow it to the board's day.

    Args:
        desk: where commands are given.
        found: the review of an audit, or the escalations of a file that cannot be read whole.
        by: who raises: the auditor, or the moderator.
        team: id of the team whose case it is; "" where there is none.
        on: the day it is raised.
        known: the escalations there are already.
    """
    framework, chance = desk.stage.framework, desk.stage.chance
    holders = desk.stage.council.holders(team) if team else {}
    calls = tuple(found.escalations if isinstance(found, Review) else found)
    away = (post for post in holders.values() if chance.odds(AWAY, post, on, "away"))
    new = raise_from(
        found,
        by=by,
        on=on,
        known=known,
        absences=Absences(holders=holders, absent=away, auditors=(by.post,)),
        machine=framework.machine("escalation"),
        settings=settings_on(framework.departures, on),
        calendar=framework.calendar,
    )
    return tuple(_followed(desk, each, holders, calls) for each in new)


def _followed(
    desk: Desk,
    process: Process,
    holders: dict[str, str],
    calls: Sequence[Escalation],
) -> Process:
    days, chance = desk.stage.days, desk.stage.chance

    def actor(role: str) -> Actor:
        return Actor(role, holders.get(role, ""))

    process, silent = _answered(desk, process, holders, calls)
    if process.state == "raised":
        return process
    act = days.after(_last(process), chance.below(3, process.id, "act"))
    who = process.papers["acknowledged"][0]
    if act > days.board:
        return process
    process = desk.done(process, "act", actor(who), act, action_taken="The child was visited.")
    for role in silent:
        late = days.after(act, chance.below(2, process.id, role, "late"))
        if _last(process) <= late <= days.board:
            process = desk.done(process, "acknowledge", actor(role), late)
    close = days.after(_last(process), 1 + chance.below(12, process.id, "close"))
    if close > days.board or chance.odds(STAYS_OPEN, process.id, "stays open"):
        return process
    outcome = chance.pick(OUTCOME.codes, process.id, "outcome")
    return desk.done(
        process, "close", actor(who), close, reason="As recorded on the file.", outcome=outcome
    )


def _last(process: Process) -> date:
    return process.history[-1].on


def _answered(
    desk: Desk,
    process: Process,
    holders: dict[str, str],
    calls: Sequence[Escalation],
) -> tuple[Process, list[str]]:
    """The escalation once everyone waited for has answered, and the roles passed over for silence.

    Whoever does not answer in time is passed over for the next up.
    """
    days, chance = desk.stage.days, desk.stage.chance
    told = {role: _last(process) for role in process.papers["told"]}
    silent: list[str] = []
    while process.state == "raised":
        answers = sorted(
            (days.after(on, _takes(chance, process.id, role)), role)
            for role, on in told.items()
            if role in awaited(process.papers)
        )
        day, role = answers[0]
        due = process.due["acknowledge_due"]
        if due is not None and day > due and next_up(process, _call(process, calls)):
            day = days.after(due, 1)
            if day > days.board:
                return process, silent
            silent += awaited(process.papers)
            command = pass_up(
                process,
                by=Actor("service_manager_quality_assurance", "SMQA"),
                on=day,
                escalation=_call(process, calls),
            )
            after = desk.given(process, command)
            assert after is not None  # noqa: S101 - its time is up, and someone new is told
            told |= {role: day for role in after.papers["told"] if role not in told}
            process = after
            continue
        if day > days.board:
            return process, silent
        day = max(day, _last(process))
        process = desk.done(process, "acknowledge", Actor(role, holders.get(role, "")), day)
    return process, silent


def _takes(chance: Chance, process: str, role: str) -> int:
    drawn = chance.below(100, process, role, "answers")
    return next(at for at, most in enumerate(ANSWERS) if drawn < most)


def _call(process: Process, calls: Sequence[Escalation]) -> Escalation | None:
    """What called for an escalation, whose own ladder comes first."""
    rules = {rule.split(":")[0] for rule in process.papers["rules"]}
    for each in calls:
        if rules & {finding.rule.id for finding in each.findings}:
            return each
    return None
