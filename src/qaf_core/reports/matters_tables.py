"""Escalations, actions and evidence in a report, as tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from qaf_core.reports.suppression import HELD_BACK, held_back
from qaf_core.tables import Table

if TYPE_CHECKING:
    from qaf_core.reports.annual import AnnualReport
    from qaf_core.reports.quarterly import QuarterlyReport

__all__ = [
    "actions_table",
    "each_escalation_table",
    "escalation_states_table",
    "escalations_table",
    "evidence_table",
    "published_escalations_table",
]


def __dir__() -> list[str]:
    return __all__


def published_escalations_table(table: Table, floor: int) -> Table:
    """Escalations by what called for them, to be published.

    A small number by rule is held back, since it would give away a small number of grades; and
    so is how many there are in all, which would give it back.
    """
    cells = {
        str(row["rule"]): sum(int(str(row[what])) for what in ("untold", "raised", "before"))
        for row in table.rows
    }
    hidden = held_back(cells, (dict.fromkeys(cells, 1),), floor=floor)
    rows = [
        {**row, "in_all": HELD_BACK if (id := str(row["rule"])) in hidden else cells[id]}
        for row in table.rows
    ]
    columns = {
        "statement": "Called for by",
        "in_all": "Escalations",
        "clause": "Clause",
        "standing": "Standing",
        "rule": "Rule id",
    }
    caption = "Escalations, by what called for them" if hidden else table.caption
    return Table(caption=caption, columns=columns, rows=rows)


def escalations_table(report: QuarterlyReport | AnnualReport) -> Table:
    """Escalations by what called for them: how many, and how they stand. None is held back."""
    groups: dict[str, dict[str, int]] = {}
    for line in report.escalations:
        for name in dict.fromkeys(rule.partition(":")[0] for rule in line.rules):
            own = groups.setdefault(name, dict.fromkeys(_STATES, 0))
            own["raised"] += line.raised in report.window
            own["before"] += line.raised not in report.window
            own["open"] += line.closed is None
            own["late"] += line.late
            own["closed"] += line.closed is not None
    for call in report.unraised:
        for called in call.rules:
            groups.setdefault(called.id, dict.fromkeys(_STATES, 0))["untold"] += 1
    known = {rule.id: rule for rule in report.framework.rules}
    rows = []
    for id in sorted(groups):
        rule = known.get(id)
        rows.append(
            {
                "statement": rule.statement if rule else id,
                **groups[id],
                "clause": str(rule.source) if rule else "",
                "standing": rule.standing.value if rule else "",
                "rule": id,
            }
        )
    every = len(report.escalations)
    return Table(
        caption=f"Escalations: {every}, and {len(report.unraised)} that nobody was told of. One "
        "that rests on several rules counts for each",
        columns={
            "statement": "Called for by",
            **_STATES,
            "clause": "Clause",
            "standing": "Standing",
            "rule": "Rule id",
        },
        rows=rows,
    )


_STATES = {
    "untold": "Called for, nobody told",
    "raised": "Raised",
    "before": "Open from before",
    "open": "Open",
    "late": "Late",
    "closed": "Closed",
}


def escalation_states_table(report: AnnualReport) -> Table:
    """Escalations of a year by how they stood when last reported; none is held back."""
    states: dict[str, int] = {}
    for line in report.escalations:
        states[line.state] = states.get(line.state, 0) + 1
    late = sum(line.late for line in report.escalations)
    return Table(
        caption=f"Escalations: {len(report.escalations)}, of which {late} not acknowledged in "
        f"time; called for and nobody told: {len(report.unraised)}",
        columns={"state": "State", "escalations": "Escalations"},
        rows=[{"state": state, "escalations": n} for state, n in sorted(states.items())],
    )


def each_escalation_table(report: QuarterlyReport) -> Table:
    """Each escalation with how it stands, open ones first."""
    return Table(
        caption=f"Each escalation, on {report.on}",
        columns={
            "escalation": "Escalation",
            "audit": "Audit",
            "raised": "Raised",
            "told": "Told",
            "state": "State",
            "due": "To be acknowledged by",
            "late": "Late",
            "outcome": "Outcome",
            "closed": "Closed",
            "rules": "Rests on",
        },
        rows=[line.to_row() for line in report.escalations],
    )


def evidence_table(heard: Table, caption: str) -> Table:
    """What the board heard, a row a stream: in how many of its windows it was heard."""
    streams: dict[str, list[Mapping[str, object]]] = {}
    for row in heard.rows:
        streams.setdefault(str(row["stream"]), []).append(row)
    rows = []
    for id, windows in streams.items():
        states = [str(row["state"]) for row in windows]
        first = windows[0]
        rows.append(
            {
                "title": first["title"],
                "owners": first["owners"],
                "cadence": first["cadence"],
                "windows": len(windows),
                "heard": states.count("heard"),
                "missed": states.count("missed"),
                "state": ", ".join(dict.fromkeys(states)),
                "last_missed": max(
                    (str(row["due"]) for row in windows if row["state"] == "missed"), default=None
                ),
                "clause": first["clause"],
                "standing": first["standing"],
                "stream": id,
            }
        )
    return Table(
        caption=caption,
        columns={
            "title": "What",
            "owners": "Brought by",
            "cadence": "How often",
            "windows": "Windows",
            "heard": "Heard in",
            "missed": "Missed in",
            "state": "State",
            "last_missed": "Last missed",
            "clause": "Clause",
            "standing": "Standing",
            "stream": "Stream",
        },
        rows=rows,
    )


def actions_table(report: QuarterlyReport | AnnualReport) -> Table:
    """Actions by where they stand."""
    states: dict[str, dict[str, int]] = {}
    for line in report.actions:
        own = states.setdefault(line.state, {"actions": 0, "late": 0})
        own["actions"] += 1
        own["late"] += bool(line.late) and not line.settled
    return Table(
        caption=f"Actions: {len(report.actions)}",
        columns={"state": "State", "actions": "Actions", "late": "Late"},
        rows=[{"state": state, **own} for state, own in sorted(states.items())],
    )
