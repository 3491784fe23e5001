"""The parts of a report as tables."""

from __future__ import annotations

from qaf_core.framework import Framework
from qaf_core.learning.model import Kind, Lesson
from qaf_core.provenance import Standing
from qaf_core.reports.counts import Counts
from qaf_core.reports.grades import ALL, service_titles
from qaf_core.reports.shapes import Level
from qaf_core.reports.suppression import HELD_BACK, held_back
from qaf_core.reports.themes import Themes
from qaf_core.roles import Role
from qaf_core.rules.model import Recognise, recipients
from qaf_core.tables import Table
from qaf_core.tools.model import Judgement

__all__ = [
    "audits_table",
    "good_practice_table",
    "moderation_table",
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
    if audits < floor:
        return _too_few("Themes that people identified")
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


def _too_few(caption: str) -> Table:
    """A table that so few audits cannot carry: that something is in it would tell too much."""
    return Table(caption=f"{caption}: {HELD_BACK}", columns={"told": "Told"}, rows=())


def _told(n: int, among: int, floor: int) -> int | str:
    """A count, unless it or what it leaves is small."""
    return HELD_BACK if 0 < n < floor or 0 < among - n < floor or among < floor else n


def good_practice_table(counts: Counts, framework: Framework, floor: int) -> Table:
    """What rules recognise as good practice, and whom to share it with."""
    rules = {rule.id: rule for rule in framework.rules}
    audits = counts.total("audited")
    if audits < floor:
        return _too_few("Good practice to share")
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
