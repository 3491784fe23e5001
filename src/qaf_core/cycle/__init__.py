"""Is anything done about it: follow-up, escalations, the board's cycle and its evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qaf_core.lazy import lazily

if TYPE_CHECKING:
    from qaf_core.cycle.acting import ACTION
    from qaf_core.cycle.actions import (
        agree_actions,
        carried_over,
        open_cases,
        register,
        standing_of,
    )
    from qaf_core.cycle.auditing import AUDIT
    from qaf_core.cycle.escalating import ESCALATION, OUTCOME
    from qaf_core.cycle.evidence import (
        EveryWeek,
        Hearing,
        MultiAgencyAudit,
        Stream,
        StreamState,
        heard,
        multi_agency,
    )
    from qaf_core.cycle.feedback import Feedback, Point, journey
    from qaf_core.cycle.followup import Place, Step, schedule
    from qaf_core.cycle.lifecycle import apply, available, begin, decide, replay
    from qaf_core.cycle.machines import Machine
    from qaf_core.cycle.parts import (
        NOT_REQUIRED,
        START,
        Clock,
        Derived,
        Guard,
        Paper,
        State,
        Transition,
    )
    from qaf_core.cycle.processes import (
        Actor,
        Command,
        Event,
        Option,
        Process,
        Refusal,
        Unmet,
        late,
    )
    from qaf_core.cycle.raising import (
        LINE,
        Absences,
        escalations,
        next_up,
        pass_up,
        raise_from,
        unanswered,
        unraised,
    )
    from qaf_core.cycle.stages import PLAN_KIND, QA_CYCLE, TASK_KINDS, TaskKind
    from qaf_core.cycle.steps import PLACES, STEPS
    from qaf_core.cycle.streams import POINTS, STREAMS
    from qaf_core.cycle.work import work_programme

__all__ = [
    "ACTION",
    "AUDIT",
    "ESCALATION",
    "LINE",
    "NOT_REQUIRED",
    "OUTCOME",
    "PLACES",
    "PLAN_KIND",
    "POINTS",
    "QA_CYCLE",
    "START",
    "STEPS",
    "STREAMS",
    "TASK_KINDS",
    "Absences",
    "Actor",
    "Clock",
    "Command",
    "Derived",
    "Event",
    "EveryWeek",
    "Feedback",
    "Guard",
    "Hearing",
    "Machine",
    "MultiAgencyAudit",
    "Option",
    "Paper",
    "Place",
    "Point",
    "Process",
    "Refusal",
    "State",
    "Step",
    "Stream",
    "StreamState",
    "TaskKind",
    "Transition",
    "Unmet",
    "agree_actions",
    "apply",
    "available",
    "begin",
    "carried_over",
    "decide",
    "escalations",
    "heard",
    "journey",
    "late",
    "multi_agency",
    "next_up",
    "open_cases",
    "pass_up",
    "raise_from",
    "register",
    "replay",
    "schedule",
    "standing_of",
    "unanswered",
    "unraised",
    "work_programme",
]

__getattr__ = lazily(
    __name__,
    {
        "acting": ("ACTION",),
        "actions": ("agree_actions", "carried_over", "open_cases", "register", "standing_of"),
        "auditing": ("AUDIT",),
        "escalating": ("ESCALATION", "OUTCOME"),
        "evidence": (
            "EveryWeek",
            "Hearing",
            "MultiAgencyAudit",
            "Stream",
            "StreamState",
            "heard",
            "multi_agency",
        ),
        "feedback": ("Feedback", "Point", "journey"),
        "followup": ("Place", "Step", "schedule"),
        "lifecycle": ("apply", "available", "begin", "decide", "replay"),
        "machines": ("Machine",),
        "parts": (
            "NOT_REQUIRED",
            "START",
            "Clock",
            "Derived",
            "Guard",
            "Paper",
            "State",
            "Transition",
        ),
        "processes": ("Actor", "Command", "Event", "Option", "Process", "Refusal", "Unmet", "late"),
        "raising": (
            "LINE",
            "Absences",
            "escalations",
            "next_up",
            "pass_up",
            "raise_from",
            "unanswered",
            "unraised",
        ),
        "stages": ("PLAN_KIND", "QA_CYCLE", "TASK_KINDS", "TaskKind"),
        "steps": ("PLACES", "STEPS"),
        "streams": ("POINTS", "STREAMS"),
        "work": ("work_programme",),
    },
)


def __dir__() -> list[str]:
    return __all__
