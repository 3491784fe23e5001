"""One event decided on and applied, against a bare copy of the same process, in one run.

Run it with ``python benchmarks/lifecycle.py [ROUNDS]``. For every event of a walk through
each machine, the candidate decides (every guard is evaluated) and applies; the base is
``attrs.evolve`` of the same process with the outcome's fields given. Each round times both
in turn; the ratio is taken within the round. That both give an equal process is checked
before anything is timed.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import attrs

from qaf_core.cycle import (
    ACTION,
    AUDIT,
    ESCALATION,
    QA_CYCLE,
    Actor,
    Command,
    Event,
    Machine,
    Process,
    Refusal,
    apply,
    begin,
    decide,
)

TARGET = 5
DAY = date(2016, 1, 29)

Step = tuple[str, str, dict[str, Any]]

WALKS: tuple[tuple[Machine, tuple[Step, ...]], ...] = (
    (
        AUDIT,
        (
            ("allocate", "auditor", {"audit": "A-1", "subject": "C-1", "auditor": "TM-3"}),
            ("start", "auditor", {}),
            (
                "discuss",
                "auditor",
                {"discussed_with_worker": True, "discussed_with_supervisor": True},
            ),
            ("agree_actions", "auditor", {"actions_agreed": 2, "actions_undated": 0}),
            ("submit", "auditor", {"complete": True}),
            (
                "moderate",
                "moderator",
                {"drawn_for_moderation": True, "moderation": "A-2", "moderator": "SM-1"},
            ),
            ("send", "business_support", {"form_received": date(2016, 1, 31), "listed": True}),
            (
                "complete_actions",
                "worker",
                {
                    "actions_open": 0,
                    "form_returned": DAY,
                    "plan_updated": True,
                    "on_supervision_file": True,
                },
            ),
            ("sign_off", "line_manager", {"actions_unsigned": 0, "unit_told": True}),
            ("file", "line_manager", {"on_electronic_file": True}),
            ("log", "safeguarding_unit", {"log_entry": "R-1"}),
        ),
    ),
    (
        ACTION,
        (
            (
                "agree",
                "auditor",
                {"audit": "A-1", "subject": "C-1", "number": 1, "section": "risk", "due_by": DAY},
            ),
            ("receive", "business_support", {"form_received": date(2016, 1, 31)}),
            ("do", "worker", {"what_was_done": "seen", "form_returned": DAY}),
            ("sign_off", "line_manager", {}),
        ),
    ),
    (
        ESCALATION,
        (
            (
                "raise",
                "auditor",
                {
                    "audit": "A-1",
                    "subject": "C-1",
                    "rules": ("escalation.unsafe",),
                    "raised_in_draft": True,
                    "told": ("team_manager", "service_manager"),
                },
            ),
            ("acknowledge", "team_manager", {}),
            ("acknowledge", "service_manager", {}),
            ("act", "team_manager", {"action_taken": "visited"}),
            ("close", "service_manager", {"outcome": "safe"}),
        ),
    ),
    (
        QA_CYCLE,
        (
            ("name_theme", "quality_assurance_board", {"theme": "T-1", "evidence": ("audits",)}),
            ("rank", "quality_assurance_board", {"rank": 1}),
            ("commission", "quality_assurance_board", {"task_kind": "audit", "request": "Q-1"}),
            ("scope", "service_manager_quality_assurance", {"scope": "S-1", "scope_for": "Q-1"}),
            (
                "report",
                "service_manager_quality_assurance",
                {
                    "report": "P-1",
                    "presented_to_board": True,
                    "presented_to_management_team": True,
                },
            ),
            (
                "develop_plan",
                "childrens_services_management_team",
                {"plan": "L-1", "plan_kind": "improvement", "plan_developed": "L-1"},
            ),
            ("approve_plan", "directorate_leadership_team", {"plan_approved": "L-1"}),
            ("agree_plan", "quality_assurance_board", {"plan_agreed": "L-1"}),
            ("carry_out", "childrens_services_management_team", {}),
            ("offer_support", "principal_social_worker", {"support_offered": "O-1"}),
            ("offer_training", "workforce_development_team", {"training_offered": True}),
            ("carry_by_supervision", "team_manager", {"carried_by_supervision": True}),
            ("bring_back", "quality_assurance_board", {}),
            (
                "challenge",
                "quality_assurance_board",
                {
                    "performance_data": "D-1",
                    "user_feedback": "F-1",
                    "reviewing_officers_information": "I-1",
                    "challenge": "C-1",
                },
            ),
            (
                "close",
                "quality_assurance_board",
                {"delivered": True, "better_for_children": True},
            ),
        ),
    ),
)


def decided(machine: Machine, process: Process, command: Command) -> Event:
    """The event; a refusal would make the figures mean nothing."""
    found = decide(machine, process, command)
    if isinstance(found, Refusal):
        raise SystemExit(str(found))
    return found


def pair(
    machine: Machine, process: Process, command: Command
) -> tuple[Process, Callable[[], Process], Callable[[], Process]]:
    """The process afterwards, and the two ways to it."""
    event = decided(machine, process, command)
    after = apply(machine, process, event)

    def candidate() -> Process:
        return apply(machine, process, decided(machine, process, command))

    def bare() -> Process:
        return attrs.evolve(
            process,
            state=after.state,
            papers=after.papers,
            due=after.due,
            history=after.history,
        )

    assert candidate() == bare() == after
    return after, candidate, bare


def seconds(function: Callable[[], Process], times: int = 100) -> float:
    """How long a number of calls keeps the processor busy: others' work does not count."""
    start = time.process_time()
    for _ in range(times):
        function()
    return time.process_time() - start


def main(rounds: int = 41) -> None:
    """Print the table."""
    pairs = []
    for machine, steps in WALKS:
        process = begin(machine, "P-1")
        for event, role, brings in steps:
            by = Actor(role, brings.get("moderator", "TM-3"))
            command = Command(event=event, by=by, on=DAY, brings=brings, reason="as agreed")
            process, candidate, bare = pair(machine, process, command)
            pairs.append((machine.id, event, candidate, bare))
    ratios: dict[tuple[int, str, str], list[float]] = {}
    for _ in range(rounds):
        for number, (id, event, candidate, bare) in enumerate(pairs):
            took, base = seconds(candidate), seconds(bare)
            ratios.setdefault((number, id, event), []).append(took / base)
    print(f"Python {sys.version.split()[0]}, {rounds} rounds, medians (lowest to highest)")
    for (_, id, event), each in ratios.items():
        print(
            f"{id:12}{event:24}{statistics.median(each):6.2f} x "
            f"({min(each):.2f} to {max(each):.2f})"
        )
    whole = [statistics.median(each) for each in ratios.values()]
    print(f"{'all events':36}{statistics.median(whole):6.2f} x (median of the medians)")
    print(f"{'target':36}{TARGET:6} x at most")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 41)
