"""The parts of a report as tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from qaf_core.framework import Framework
from qaf_core.learning.model import Kind, Lesson
from qaf_core.provenance import Standing
from qaf_core.reports.counted import Level
from qaf_core.reports.counts import Counts
from qaf_core.reports.grades import ALL, service_titles
from qaf_core.reports.suppression import HELD_BACK, held_back
from qaf_core.reports.themes import Themes
from qaf_core.roles import Role
from qaf_core.rules.model import Recognise, recipients
from qaf_core.tables import Table
from qaf_core.tools.model import Judgement

if TYPE_CHECKING:
    from qaf_core.reports.annual import AnnualReport
    from qaf_core.reports.quarterly import QuarterlyReport

__all__ = [
    "actions_table",
    "audits_table",
    "each_escalation_table",
    "escalation_states_table",
    "escalations_table",
    "evidence_table",
    "good_practice_table",
    "moderation_table",
    "published_escalations_table",
    "sections_table",
    "tags_table",
    "training_table",
]


def __dir__() -> list[str]:
    return __all__


def audits_table(counts: Counts, framework: Framework) -> Table:
    """How many audits there were, by service and tool: how much was done, and of nobody."""
    titles = service_titles(framework)
    order = {service: at for at, service in enumerate(titles)}
    tools = {tool.id: tool.title for tool in framework.tools}
    keys = sorted(counts.under("audited"), key=lambda key: (order.get(key[0], -1), key))
    rows = [
        {
            "title": titles.get(service, service),
            "tool_title": tools.get(tool, tool),
            **{what: counts[what, service, tool] for what in _DONE},
            "service": service,
            "tool": tool,
        }
        for service, tool in keys
    ]
    if rows:
        rows.append(
            {
                "title": titles[ALL],
                "tool_title": "All tools",
                **{what: counts.total(what) for what in _DONE},
                "service": ALL,
                "tool": "",
            }
        )
    return Table(
        caption="Audits, by service and tool",
        columns={
            "title": "Service",
            "tool_title": "Tool",
            "audited": "Audits",
            "complete": "Complete",
            "moderated": "Moderated",
            "service": "Service id",
            "tool": "Tool id",
        },
        rows=rows,
    )


_DONE = ("audited", "complete", "moderated")


def moderation_table(counts: Counts, framework: Framework, floor: int) -> Table:
    """What moderation made of overall grades: the same, lowered or raised."""
    rows = []
    for scale in framework.scales:
        under = counts.under("compared", scale.id)
        cells = {what: under.get((what,), 0) for what in _COMPARED}
        if under:
            hidden = held_back(cells, (dict.fromkeys(cells, 1),), floor=floor)
            told = {what: HELD_BACK if what in hidden else n for what, n in cells.items()}
            rows.append({"title": scale.title, **told, "moderated": sum(cells.values())})
    return Table(
        caption="What moderation made of overall grades",
        columns={"title": "Scale", **_COMPARED, "moderated": "Moderated"},
        rows=rows,
    )


_COMPARED = {
    "same": "The same",
    "lowered": "Lowered",
    "raised": "Raised",
    "beside": "One of them no grade",
}


def sections_table(counts: Counts, framework: Framework, floor: int) -> Table:
    """The grades of sections, counted."""
    rows: list[dict[str, object]] = []
    seen: set[tuple[str, str]] = set()
    for tool in framework.tools:
        for placed in tool.judged:
            item = placed.item
            if not isinstance(item, Judgement) or (tool.id, item.id) in seen:
                continue
            seen.add((tool.id, item.id))
            under = counts.under("section", tool.id, item.id)
            cells = {grade.code: under.get((grade.code,), 0) for grade in item.scale}
            graded = sum(cells.values())
            if not graded:
                continue
            hidden = held_back(cells, (dict.fromkeys(cells, 1),), floor=floor)
            rows.append(
                {
                    "title": item.title,
                    "scale": item.scale.id,
                    "grades": ", ".join(
                        f"{grade.label} {HELD_BACK if grade.code in hidden else n}"
                        for grade in reversed(item.scale.grades)
                        for n in (cells[grade.code],)
                    ),
                    "graded": graded,
                    "tool": tool.id,
                    "judgement": item.id,
                }
            )
    return Table(
        caption="Grades of sections",
        columns={
            "title": "Section",
            "grades": "Grades",
            "graded": "Graded",
            "scale": "Scale",
            "tool": "Tool",
            "judgement": "Id",
        },
        rows=rows,
    )


def tags_table(counts: Counts, floor: int) -> Table:
    """Themes that people set on audits, in most audits first."""
    audits = counts.total("audited")
    tags = [(theme, n, _told(n, audits, floor)) for (theme,), n in counts.under("tag").items()]
    tags.sort(
        key=lambda each: (
            each[2] is HELD_BACK,
            -each[1] if each[2] is not HELD_BACK else 0,
            each[0],
        )
    )
    return Table(
        caption="Themes that people identified",
        columns={"theme": "Theme", "tagged": "Audits it was set on", "audits": "Of audits"},
        rows=[{"theme": theme, "tagged": told, "audits": audits} for theme, _, told in tags],
    )


def _told(n: int, among: int, floor: int) -> int | str:
    """A count, unless it or what it leaves is small."""
    return HELD_BACK if 0 < n < floor or 0 < among - n < floor or among < floor else n


def good_practice_table(counts: Counts, framework: Framework, floor: int) -> Table:
    """What rules recognise as good practice, and whom to share it with."""
    rules = {rule.id: rule for rule in framework.rules}
    audits = counts.total("audited")
    rows = []
    for (id, about), n in counts.under("recognised").items():
        rule = rules[id]
        to = [
            each.id
            for outcome in rule.then
            if isinstance(outcome, Recognise)
            for each in recipients(outcome)
            if isinstance(each, Role)
        ]
        rows.append(
            {
                "about": about,
                "statement": rule.statement,
                "recognised": _told(n, audits, floor),
                "audits": audits,
                "to": ", ".join(to),
                "clause": str(rule.source),
                "standing": rule.standing.value,
                "rule": id,
            }
        )
    rows.sort(key=lambda row: (str(row["rule"]), str(row["about"])))
    return Table(
        caption="Good practice to share",
        columns={
            "about": "About",
            "statement": "Why",
            "recognised": "Audits",
            "audits": "Of audits",
            "to": "To share with",
            "clause": "Clause",
            "standing": "Standing",
            "rule": "Rule id",
        },
        rows=rows,
    )


def training_table(themes: Themes, framework: Framework) -> Table:
    """Criteria that practice fell short of, for those who plan training."""
    links = [
        each
        for each in framework.learning
        if Lesson.TRAINING in each.takes and each.kind is Kind.PLACE
    ]
    to = dict.fromkeys(id for each in links for id in each.recipients)
    clauses = dict.fromkeys(str(each.source) for each in links)
    rows = [
        {
            **{name: row[name] for name in ("title", "against", "audits", "theme")},
            "to": ", ".join(to),
            "clause": "; ".join(clauses),
            "standing": Standing.INFERRED.value,
        }
        for row in (each.to_row() for each in themes.weaknesses(Level.CRITERION))
        if links
    ]
    return Table(
        caption="Training needs: criteria that practice fell short of",
        columns={
            "title": "Criterion",
            "against": "Fell short in",
            "audits": "Of audits",
            "to": "To",
            "clause": "Clause",
            "standing": "Standing",
            "theme": "Id",
        },
        rows=rows,
    )


def published_escalations_table(table: Table, floor: int) -> Table:
    """Escalations by what called for them, to be published.

    A small number by rule is held back, since it would give away a small number of grades.
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
    return Table(caption=table.caption, columns=columns, rows=rows)


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
