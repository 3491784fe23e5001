"""After an audit: its own way to the register, and its actions until they are signed off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from attrs import frozen

from qaf_core.audits import Audit
from qaf_core.cycle.actions import agree_actions, standing_of
from qaf_core.cycle.lifecycle import begin
from qaf_core.cycle.processes import Actor, Process
from qaf_core.errors import Fault, InputError
from qaf_core.moderation import Moderation
from qaf_core.quarter.choosing import Task
from qaf_core.quarter.desk import Desk
from qaf_core.roles import (
    ALLOCATED_WORKER,
    AUDITOR,
    BUSINESS_SUPPORT,
    LINE_MANAGER,
    MODERATOR,
    SAFEGUARDING_UNIT,
    SERVICE_MANAGER_QUALITY_ASSURANCE,
)

__all__ = ["Followed", "followed"]

LATE = 20
"""Of a hundred actions, so many are done after their day."""
NEVER = 8
"""Of a hundred, so many are not done when the board meets."""
SLOW = 15
"""Of a hundred sign-offs, so many take three weeks longer."""
REOPENED = 3
"""Of a hundred signed off, so many turn out not to be done."""


def __dir__() -> list[str]:
    return __all__


@frozen(kw_only=True)
class Followed:
    """How one audit went on.

    Attributes:
        audit: its own way.
        actions: the ways of its actions.
        faults: why its actions could not be agreed.
    """

    audit: Process
    actions: tuple[Process, ...] = ()
    faults: tuple[Fault, ...] = ()


def followed(
    desk: Desk,
    task: Task,
    audit: Audit,
    *,
    complete: bool,
    handed_in: bool,
    drawn: bool | None,
    moderation: Moderation | None,
) -> Followed:
    """Follow one audit of a case file to the day the board meets.

    Args:
        desk: where commands are given.
        task: the audit as it was allocated.
        audit: as it was read.
        complete: whether it is complete, by its review.
        handed_in: whether its auditor thinks so.
        drawn: whether it was drawn for moderation; None where it came too late for the
            round, and waits for the next.
        moderation: the two audits, where it was moderated.
    """
    way = _Way(desk, task, audit)
    faults: tuple[Fault, ...] = ()
    actions: tuple[Process, ...] = ()
    if way.begun() and handed_in:
        try:
            actions = agree_actions(
                audit, by=way.auditor, on=way.on, machine=desk.stage.framework.machine("action")
            )
        except InputError as error:
            faults = error.faults
        undated = sum(action.by is None for action in audit.actions)
        if way.handed_in(len(audit.actions), undated, complete=complete) and drawn is not None:
            actions = way.after(actions, drawn=drawn, moderation=moderation)
    return Followed(audit=way.process, actions=actions, faults=faults)


class _Way:
    """One audit on its way, with the day it has reached."""

    def __init__(self, desk: Desk, task: Task, audit: Audit) -> None:
        self.desk, self.task = desk, task
        self.days, self.chance = desk.stage.days, desk.stage.chance
        self.id = audit.id
        self.auditor = Actor(AUDITOR.id, task.auditor)
        post = {each.role: each.post for each in audit.participants}
        self.worker = Actor(ALLOCATED_WORKER.id, post.get(ALLOCATED_WORKER.id, ""))
        self.manager = Actor(LINE_MANAGER.id, post.get(LINE_MANAGER.id, ""))
        self.audited = audit.audited or self.days.drawn
        self.on = self.days.after(max(task.window.start, self.days.drawn), 0)
        self.process = desk.done(
            begin(desk.stage.framework.machine("audit"), audit.id),
            "allocate",
            Actor(SERVICE_MANAGER_QUALITY_ASSURANCE.id, "SMQA"),
            self.on,
            audit=audit.id,
            subject=audit.subject.id,
            auditor=task.auditor,
        )

    def happens(self, event: str, by: Actor, on: date, reason: str = "", **brings: Any) -> bool:
        """Whether an event happens by the day the board meets; a refusal is kept."""
        if on > self.days.board:
            return False
        after = self.desk.tried(self.process, event, by, on, reason, **brings)
        if after is None:
            return False
        self.process, self.on = after, on
        return True

    def takes(self, most: int, *what: object) -> int:
        """Some working days, up to a number."""
        return self.chance.below(most + 1, self.id, *what)

    def begun(self) -> bool:
        return self.happens("start", self.auditor, max(self.audited, self.on))

    def handed_in(self, actions: int, undated: int, *, complete: bool) -> bool:
        """Discussed, agreed and submitted, as far as that can be."""
        day = self.days.after(self.on, 1)
        heard = not self.chance.odds(4, self.id, "supervisor not heard")

        def discussed(on: date, *, supervisor: bool) -> bool:
            return self.happens(
                "discuss",
                self.auditor,
                on,
                discussed_with_worker=True,
                discussed_with_supervisor=supervisor,
            )

        return (
            (
                discussed(day, supervisor=heard)
                or discussed(self.days.after(day, 2), supervisor=True)
            )
            and self.happens(
                "agree_actions",
                self.auditor,
                self.on,
                actions_agreed=actions,
                actions_undated=undated,
            )
            and self.happens("submit", self.auditor, self.days.after(self.on, 1), complete=complete)
        )

    def after(
        self, actions: tuple[Process, ...], *, drawn: bool, moderation: Moderation | None
    ) -> tuple[Process, ...]:
        """Moderated where it was drawn, sent out, and its actions done and signed off."""
        if moderation is not None and moderation.again.audited is not None:
            self.happens(
                "moderate",
                Actor(MODERATOR.id, moderation.again.participants[0].post),
                max(moderation.again.audited, self.on),
                drawn_for_moderation=True,
                moderation=moderation.again.id,
                moderator=moderation.again.participants[0].post,
            )
        brings: dict[str, Any] = {"listed": True} if actions else {}
        if moderation is None:
            brings["drawn_for_moderation"] = drawn
        sent = self.days.after(self.on, 1 + self.takes(3, "sent"))
        if not self.happens(
            "send",
            Actor(BUSINESS_SUPPORT.id, "BS"),
            sent,
            form_received=sent,
            **brings,
        ):
            return actions
        actions = tuple(self._action(each, sent) for each in actions)
        self._registered(actions)
        return actions

    def _action(self, process: Process, sent: date) -> Process:
        """One action: received, done, signed off; late, or not at all, by chance."""
        days, desk = self.days, self.desk
        process = desk.done(
            process, "receive", Actor(BUSINESS_SUPPORT.id, "BS"), sent, form_received=sent
        )
        what = process.id
        due = process.papers["due_by"]
        if self.chance.odds(LATE, what, "late"):
            done = days.after(due, 1 + self.takes(15, what, "how late"))
        else:
            done = days.before(due, self.takes(6, what, "early"))
        done = max(done, days.after(sent, 1))
        if done > days.board or self.chance.odds(NEVER, what, "never"):
            return process
        process = desk.done(
            process,
            "do",
            self.worker,
            done,
            what_was_done="What was agreed.",
            form_returned=done,
        )
        slow = 15 if self.chance.odds(SLOW, what, "slow") else 0
        signed = days.after(done, 1 + slow + self.takes(5, what, "signed"))
        if signed > days.board:
            return process
        process = desk.done(process, "sign_off", self.manager, signed)
        again = days.after(signed, 5)
        if again <= days.board and self.chance.odds(REOPENED, what, "reopened"):
            process = desk.done(
                process,
                "reopen",
                Actor(SERVICE_MANAGER_QUALITY_ASSURANCE.id, "SMQA"),
                again,
                "It turned out not to be done.",
                due_by=days.after(again, 20),
            )
        return process

    def _registered(self, actions: Sequence[Process]) -> None:
        """To the register, once every action is done and signed off."""
        stands = standing_of(self.id, actions)
        if stands["actions_open"]:
            return
        done = max(_days(actions, "do"), default=self.days.after(self.on, 2))
        signed = max(_days(actions, "sign_off"), default=self.days.after(done, 2))
        told = self.days.after(signed, 1)
        number = self.id.removeprefix("A-")
        _ = (
            self.happens(
                "complete_actions",
                self.worker,
                max(done, self.on),
                actions_open=0,
                form_returned=done,
                plan_updated=True,
                on_supervision_file=True,
            )
            and not stands["actions_unsigned"]
            and self.happens(
                "sign_off", self.manager, max(told, self.on), actions_unsigned=0, unit_told=True
            )
            and self.happens(
                "file", self.manager, self.days.after(self.on, 1), on_electronic_file=True
            )
            and self.happens(
                "log",
                Actor(SAFEGUARDING_UNIT.id),
                self.days.after(self.on, 1),
                log_entry=f"R-{number}",
            )
        )


def _days(actions: Sequence[Process], event: str) -> Iterator[date]:
    for each in actions:
        for happened in each.history:
            if happened.event == event:
                yield happened.on
