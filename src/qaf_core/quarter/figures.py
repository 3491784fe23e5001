"""The counts of a quarter, each under a name: what the story says in figures, it takes from here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from qaf_core.cycle.processes import Process, late
from qaf_core.moderation import Arm
from qaf_core.quarter.filling import Fate
from qaf_core.quarter.model import Quarter
from qaf_core.rules.model import Query, Recognise, Require
from qaf_core.sampling.programme.coverage import Status

__all__ = ["figures_of", "signed_in_time"]


def __dir__() -> list[str]:
    return __all__


def figures_of(quarter: Quarter) -> dict[str, int]:
    """Every count of a quarter, by name."""
    return dict(
        (
            *_planned(quarter),
            *_chosen(quarter),
            *_came_in(quarter),
            *_told(quarter),
            *_moderated(quarter),
            *_done(quarter),
            *_covered(quarter),
        )
    )


def _planned(quarter: Quarter) -> Iterator[tuple[str, int]]:
    council, window = quarter.stage.council, quarter.days.quarter
    yield "areas", len(council.teams)
    yield "teams", sum(len(names) for names in council.teams.values())
    yield "posts", len(council.posts)
    yield "cases", sum(len(each) for each in council.cases.values())
    yield "asked in the year", quarter.plan.asked
    inside = [due for due in quarter.plan.dues if due.window.due in window]
    yield "asked by the end of the quarter", sum(due.number or 0 for due in inside)
    files = {each.name: number for each, number in quarter.plan.files}
    yield "files asked", files.get(window.name, 0)
    yield "exempt", sum(due.exempt for due in quarter.plan.dues)


def _chosen(quarter: Quarter) -> Iterator[tuple[str, int]]:
    choices = quarter.chosen
    yield "draws", len(choices)
    yield "drawn", sum(len(each.draw.chosen) for each in choices)
    left_out = [one for each in choices for one in each.draw.receipt.left_out]
    yield "left out of draws", sum(one.count for one in left_out)
    yield "receipts that hold", sum(each.holds for each in quarter.verified)
    yield "placed", sum(len(each.plan.placed) for each in choices)
    yield "short at first", sum(each.first.missing for each in choices)


def _came_in(quarter: Quarter) -> Iterator[tuple[str, int]]:
    yield "audits to do", len(quarter.tasks)
    yield "files in", len(quarter.filled.texts)
    fates = Counter(quarter.filled.fates.values())
    yield "not done", fates[Fate.NOT_DONE]
    yield "done after a reminder", fates[Fate.LATE]
    yield "drafts", fates[Fate.DRAFT]
    yield "read at once", len(quarter.batch.audits)
    yield "sent again", len(quarter.mended.audits)
    yield "complete", sum(each.complete for each in quarter.reviews.values())
    found = [one for each in quarter.reviews.values() for one in each.findings]
    yield "queries", sum(isinstance(one.outcome, Query) for one in found)
    yield "requirements", sum(isinstance(one.outcome, Require) for one in found)
    yield "good practice", sum(isinstance(one.outcome, Recognise) for one in found)


def _told(quarter: Quarter) -> Iterator[tuple[str, int]]:
    events = Counter(event.event for each in quarter.calls for event in each.history)
    reviews = (*quarter.reviews.values(), *quarter.again.values())
    called_for = sum(len(each.escalations) for each in reviews) + len(quarter.batch.urgent)
    yield "escalations called for", called_for
    yield "escalations", len(quarter.calls)
    ends = quarter.framework.machine("escalation").ends()
    closed = sum(each.state in ends for each in quarter.calls)
    yield "escalations open", len(quarter.calls) - closed
    yield "escalations closed", closed
    yield "escalations in the report", len(quarter.report.escalations)
    drafts = [each for each in quarter.calls if each.papers["raised_in_draft"]]
    yield "escalations from drafts", len(drafts)
    yield (
        "escalations from moderators",
        sum(str(each.papers["audit"]) in quarter.again for each in quarter.calls),
    )
    yield "escalations from unread files", len(quarter.batch.urgent)
    yield "stand-ins", events["stand_in"]
    yield "passed up", events["pass_up"]
    yield (
        "audits with escalations unsettled",
        sum(bool(each.unsettled_escalations) for each in quarter.reviews.values()),
    )


def _moderated(quarter: Quarter) -> Iterator[tuple[str, int]]:
    done = quarter.moderated
    yield "audits in the round", done.round.audits
    yield "moderated at random", len(done.round.of(Arm.RANDOM))
    yield "moderated as called for", len(done.round.of(Arm.TRIGGERED))
    yield "done again", len(done.both)
    yield "blind", sum(each.blind for each in done.both)
    yield "disagreements", len(done.disagreements)
    yield "disagreements open", len(done.open)
    kinds = Counter(one.kind.value for _, one in done.disagreements)
    yield "disagreements on safety", kinds["safety"]


def _done(quarter: Quarter) -> Iterator[tuple[str, int]]:
    machines = quarter.framework
    yield "case file audits", len(quarter.followed)
    ways = [each.audit for each in quarter.followed.values()]
    yield "logged", sum(each.state == "logged" for each in ways)
    ends = machines.machine("action").ends()
    actions = quarter.actions
    yield "actions", len(actions)
    signed = [each for each in actions if each.state in ends]
    yield "actions signed off", len(signed)
    yield "actions signed off in time", sum(signed_in_time(each) for each in signed)
    yield "actions overdue", sum(bool(late(each, quarter.days.board)) for each in actions)
    yield "commands refused", len(quarter.refused)


def signed_in_time(process: Process) -> bool:
    """Whether an action was signed off by the last day that receiving the form gave it."""
    due = next((day for each in process.history if (day := each.due.get("sign_off_due"))), None)
    signed = max(event.on for event in process.history if event.event == "sign_off")
    return due is not None and signed <= due


def _covered(quarter: Quarter) -> Iterator[tuple[str, int]]:
    window = quarter.days.quarter
    chase = [line for line in quarter.chase.lines if line.due.start <= quarter.days.chased]
    yield "at risk when reminded", sum(line.status is Status.AT_RISK for line in chase)
    yield "missed when reminded", sum(line.status is Status.MISSED for line in chase)
    ended = [line for line in quarter.coverage.lines if line.due.due in window]
    yield "dues of the quarter", len(ended)
    yield "dues met", sum(line.status is Status.MET for line in ended)
    yield "dues missed", sum(line.status is Status.MISSED for line in ended)
    yield "audits counted", sum(line.done for line in quarter.coverage.lines if not line.gate)
