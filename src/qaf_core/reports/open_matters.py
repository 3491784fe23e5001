"""Escalations and actions as they stand on a day: by id of the audit, and of nobody."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from attrs import frozen

from qaf_core.cadence import Window
from qaf_core.cycle.lifecycle import replay
from qaf_core.cycle.processes import Process, late
from qaf_core.framework import Framework

__all__ = ["ActionLine", "EscalationLine", "action_lines", "as_of", "escalation_lines"]


def __dir__() -> list[str]:
    return __all__


@frozen(kw_only=True)
class EscalationLine:
    """An escalation as it stands on a day.

    Attributes:
        id: its id.
        machine: id and version of the table that it goes by.
        audit: id of the audit that called for it.
        rules: what called for it.
        raised: the day.
        told: ids of the roles that were told.
        state: id of its state.
        due: the day by which everyone has to answer, where that is still open.
        late: whether that day has passed; or no day can be given, which is taken for passed.
        outcome: code of how it ended, or "".
        closed: the day it was closed, or None.
    """

    id: str
    machine: str
    audit: str
    rules: tuple[str, ...]
    raised: date
    told: tuple[str, ...]
    state: str
    due: date | None
    late: bool
    outcome: str
    closed: date | None

    def to_row(self) -> dict[str, object]:
        """The escalation as one flat row."""
        return {
            "escalation": self.id,
            "audit": self.audit,
            "rules": ", ".join(self.rules),
            "raised": self.raised,
            "told": ", ".join(self.told),
            "state": self.state,
            "due": self.due,
            "late": self.late,
            "outcome": self.outcome,
            "closed": self.closed,
        }


@frozen(kw_only=True)
class ActionLine:
    """An action as it stands on a day.

    Attributes:
        id: its id.
        audit: id of the audit.
        agreed: the day it was agreed.
        state: id of its state.
        due: the first day on which something about it is due, where any is.
        late: ids of the clocks whose last day has passed.
        settled: whether it is signed off.
    """

    id: str
    audit: str
    agreed: date
    state: str
    due: date | None
    late: tuple[str, ...]
    settled: bool


def as_of(process: Process, on: date, framework: Framework) -> Process | None:
    """A process as it stood at the end of a day; None where it had not begun.

    Raises:
        UnknownIdError: its machine is not in the framework.
    """
    history = tuple(event for event in process.history if event.on <= on)
    if not history:
        return None
    if len(history) == len(process.history):
        return process
    machine = framework.machine(*process.machine.split(" ", 1))
    return replay(machine, process.id, history, settings_on=framework.settings_on)


def escalation_lines(
    processes: Iterable[Process], window: Window, on: date, framework: Framework
) -> tuple[EscalationLine, ...]:
    """The escalations raised in a window, and those raised before it that it found open.

    They stand as on the day given, and those raised after the window are left to the next.
    """
    found = []
    for each in processes:
        now = as_of(each, on, framework)
        if now is None or now.history[0].on > window.due:
            continue
        ends = framework.machine(*now.machine.split(" ", 1)).ends()
        closed = now.history[-1].on if now.state in ends else None
        if closed is not None and closed < window.start:
            continue
        due = [day for day in now.due.values() if day is not None]
        found.append(
            EscalationLine(
                id=now.id,
                machine=now.machine,
                audit=now.papers["audit"],
                rules=tuple(now.papers["rules"]),
                raised=now.history[0].on,
                told=tuple(now.papers["told"]),
                state=now.state,
                due=min(due, default=None),
                late=bool(late(now, on)) or None in now.due.values(),
                outcome=now.papers.get("outcome", ""),
                closed=closed,
            )
        )
    return tuple(sorted(found, key=lambda each: (each.closed is not None, each.raised, each.id)))


def action_lines(
    processes: Iterable[Process], window: Window, on: date, framework: Framework
) -> tuple[ActionLine, ...]:
    """The actions agreed in a window, and those agreed before it that it found open."""
    found = []
    for each in processes:
        now = as_of(each, on, framework)
        if now is None or now.history[0].on > window.due:
            continue
        settled = now.state in framework.machine(*now.machine.split(" ", 1)).ends()
        if settled and now.history[-1].on < window.start:
            continue
        due = [day for day in now.due.values() if day is not None]
        found.append(
            ActionLine(
                id=now.id,
                audit=now.papers["audit"],
                agreed=now.history[0].on,
                state=now.state,
                due=min(due, default=None),
                late=late(now, on),
                settled=settled,
            )
        )
    return tuple(sorted(found, key=lambda each: (each.settled, each.due or date.max, each.id)))
