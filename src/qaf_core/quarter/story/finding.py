"""Chapters on what came in, what follows from it, and who was told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from qaf_core.cycle.processes import Process
from qaf_core.findings import Status
from qaf_core.quarter.story.teller import Teller, bullets, capital, count_of, quoted, shown
from qaf_core.tables import Table

__all__ = ["came_in", "follows", "told"]


def __dir__() -> list[str]:
    return __all__


def came_in(teller: Teller) -> Iterator[str]:
    quarter = teller.quarter
    yield (
        f"{capital(teller.of('audits to do', 'audit'))} were to be done. "
        f"{capital(teller.of('files in', 'file'))} came in, {teller.of('drafts', 'draft')} among "
        f"them, and {teller.figures['done after a reminder']} after a reminder. "
        f"{capital(teller.of('not done', 'audit'))} were not done. "
        f"{teller.figures['read at once']} files were read whole at once."
    )
    tools = Counter(audit.tool.id for audit in quarter.audits)
    names = {tool.id: tool.title for tool in quarter.framework.tools}
    yield from bullets(f"{names[id]}: {number}" for id, number in tools.items())
    if quarter.batch.faults:
        yield "What could not be read, and what to do about it:"
        yield from bullets(quarter.batch.faults)
        yield (
            f"Nothing waits for that. {capital(count_of(len(quarter.batch.urgent), 'escalation'))} "
            "followed from what could be read of these files, before they were mended and sent "
            "again:"
        )
        for call in quarter.batch.urgent:
            yield from quoted(str(call))


def follows(teller: Teller) -> Iterator[str]:
    quarter = teller.quarter
    yield (
        f"{teller.figures['complete']} of {count_of(len(quarter.reviews), 'audit')} are complete. The "
        f"rules found {teller.of('queries', 'query', 'queries')} for the auditors to answer, "
        f"{teller.of('requirements', 'thing')} missing, and {teller.of('good practice', 'section')} "
        "of good practice to share. *Open* says where something missing may still bring a finding."
    )
    found: dict[tuple[str, str], Counter[str]] = {}
    for review in quarter.reviews.values():
        for one in (*review.findings, *review.unsettled):
            key = (type(one.outcome).__name__, one.rule.statement)
            found.setdefault(key, Counter())[one.status.value] += 1
    rows = [
        {
            "what": what,
            "statement": statement,
            "fired": counts[Status.FIRED.value],
            "open": counts[Status.UNSETTLED.value],
        }
        for (what, statement), counts in found.items()
    ]
    rows.sort(key=lambda row: (row["what"] != "Escalate", -int(str(row["fired"])), str(row)))
    columns = {"what": "Outcome", "statement": "Rule", "fired": "Findings", "open": "Open"}
    yield from shown(Table(caption="Findings by rule", columns=columns, rows=rows), 12)


def told(teller: Teller) -> Iterator[str]:
    quarter = teller.quarter
    yield (
        f"{capital(teller.of('escalations', 'escalation'))} went to those who have to know: "
        f"{teller.figures['escalations from drafts']} from drafts and from files that could not "
        f"be read, {teller.figures['escalations from moderators']} from a moderator's own audit. "
        f"{capital(teller.of('stand-ins', 'time'))} another stood in, since the recipient was "
        f"away or had made the audit; {teller.of('passed up', 'time')} somebody did not answer in "
        f"time, and it went one further up. Still open when the board met: "
        f"{teller.figures['escalations open']}."
    )
    doubtful = [id for id, each in quarter.reviews.items() if each.unsettled_escalations]
    if doubtful:
        yield ""
        yield (
            f"Of {count_of(len(doubtful), 'audit')} it is not known whether anybody has to be told, "
            f"until what is missing there is known: {', '.join(doubtful)}."
        )
    rows = [
        {
            **row,
            "told": teller.named(str(row["told"]).split(", ")),
            "awaited": teller.named(filter(None, str(row["awaited"]).split(", "))),
            "outcome": str(row["outcome"]).replace("_", " "),
            "state": str(row["state"]).replace("_", " "),
        }
        for row in quarter.told_board.rows
    ]
    wanted = ("escalation", "in_draft", "raised", "told", "awaited", "state", "outcome", "closed")
    columns = {name: quarter.told_board.columns[name] for name in wanted}
    table = Table(caption=quarter.told_board.caption, columns=columns, rows=rows)
    yield from shown(table, len(table))
    picked: list[Process] = []
    for event in ("pass_up", "stand_in"):
        ways = (each for each in quarter.calls if any(e.event == event for e in each.history))
        one = next((each for each in ways if each not in picked), None)
        if one is not None:
            picked.append(one)
            yield from _way(teller, one)


def _way(teller: Teller, process: Process) -> Iterator[str]:
    """What happened to one escalation, day by day, by role."""
    machine = teller.quarter.framework.machine(*process.machine.split(" ", 1))
    yield f"{process.id}, day by day:"
    lines = []
    for event in process.history:
        told = event.brings.get("told", ())
        to = f"; told: {teller.named(told)}" if told else ""
        title = machine.row[event.row].transition.title
        lines.append(f"{event.on}, {teller.named([event.by.role])}: {title}{to}.")
    yield from bullets(lines)
