"""Is anything done about it: ways of audits, actions and escalations, and the board's cycle."""

from __future__ import annotations

from qaf_core.cycle.acting import ACTION
from qaf_core.cycle.auditing import AUDIT
from qaf_core.cycle.escalating import ESCALATION
from qaf_core.cycle.lifecycle import (
    Actor,
    Command,
    Event,
    Option,
    Process,
    Refusal,
    Unmet,
    apply,
    available,
    begin,
    decide,
    late,
    replay,
)
from qaf_core.cycle.machines import (
    NOT_REQUIRED,
    START,
    Clock,
    Derived,
    Guard,
    Machine,
    Paper,
    State,
    Transition,
)
from qaf_core.cycle.stages import QA_CYCLE, TASK_KINDS, TaskKind

__all__ = [
    "ACTION",
    "AUDIT",
    "ESCALATION",
    "NOT_REQUIRED",
    "QA_CYCLE",
    "START",
    "TASK_KINDS",
    "Actor",
    "Clock",
    "Command",
    "Derived",
    "Event",
    "Guard",
    "Machine",
    "Option",
    "Paper",
    "Process",
    "Refusal",
    "State",
    "TaskKind",
    "Transition",
    "Unmet",
    "apply",
    "available",
    "begin",
    "decide",
    "late",
    "replay",
]


def __dir__() -> list[str]:
    return __all__
