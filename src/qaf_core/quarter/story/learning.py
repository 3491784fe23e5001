"""Chapters on what the board heard, learned, was told and did; and that nothing was lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from qaf_core.quarter.story.teller import Teller, bullets, capital, count_of, listed, shown
from qaf_core.reports import Level
from qaf_core.tables import Table

__all__ = ["heard", "learned", "nothing_lost", "reported", "themes"]

LEARNED = (Level.SECTION, Level.CRITERION)
"""The levels of the themes that the story tells; the report has all of them."""


def __dir__() -> list[str]:
    return __all__


def heard(teller: Teller) -> Iterator[str]:
    table = teller.quarter.report.evidence
    rows = table.rows
    heard = sum(bool(row["heard"]) for row in rows)
    missed = [row for row in rows if row["missed"]]
    rest = Counter(str(row["state"]) for row in rows if not row["heard"] and not row["missed"])
    yield (
        f"Of {count_of(len(rows), 'stream')} of evidence {heard} were heard in the quarter. Of the "
        f"others: {listed(rest)}."
    )
    if missed:
        columns = {name: table.columns[name] for name in ("title", "cadence", "windows", "missed")}
        yield from shown(Table(caption="Missed", columns=columns, rows=missed), len(missed))


def themes(teller: Teller) -> Iterator[str]:
    machine = teller.quarter.framework.machine("qa_cycle")
    titles = {each.id: each.title for each in machine.states}
    for theme in teller.quarter.themes:
        name = capital(teller.named([str(theme.papers["theme"])]).replace("_", " "))
        yield f"**{name}** stands at {titles[theme.state]}:"
        lines = []
        for state, events in groupby(theme.history, key=lambda event: event.to):
            steps = [f"{machine.row[e.row].transition.title} ({e.on})" for e in events]
            lines.append(f"{titles[state]}: {', '.join(steps)}.")
        yield from bullets(lines)


def learned(teller: Teller) -> Iterator[str]:
    report = teller.quarter.report
    themes = report.themes
    weak = [each for each in themes.weaknesses(*LEARNED) if teller.of_practice(each)]
    strong = [each for each in themes.strengths(*LEARNED) if teller.of_practice(each)]
    yield (
        "Of judged sections and of the criteria of the standards, in so many audits. A section "
        "fell short where an answer in it told against practice."
    )
    for caption, found in (("Where practice fell short", weak), ("Where it held up", strong)):
        table = themes.table(caption, found)
        columns = {name: table.columns[name] for name in ("level", "title", "audits", "against")}
        yield from shown(Table(caption=caption, columns=columns, rows=table.rows), 5)
    states = Counter(str(row["state"]) for row in report.learning.rows)
    yield (
        f"Of {count_of(len(report.learning), 'place')} where learning goes: {listed(states)}. What "
        "each of them is given is in the files of the quarter."
    )


def reported(teller: Teller) -> Iterator[str]:
    report = teller.quarter.report
    yield f"{report.page.title}, as of {report.on}:"
    yield from bullets(report.summary)
    for grades in report.grades:
        table = grades.table()
        yield from shown(table, len(table))
    yield "On this it rests:"
    yield from bullets((*report.notes, *report.basis))


def nothing_lost(teller: Teller) -> Iterator[str]:
    yield (
        f"{capital(teller.of('escalations called for', 'escalation'))} follow from the audits, "
        "from the moderators' audits and from the files that could not be read; what was called "
        f"for twice was told once, which makes {teller.figures['escalations']}. Each of them is "
        "in the escalation lifecycle, in what the board was shown and in its report "
        f"({teller.figures['escalations in the report']}). Those that "
        f"are open ({teller.figures['escalations open']}) are on the service manager's list, and "
        f"those that are closed ({teller.figures['escalations closed']}) have an outcome. Had one "
        "been missing anywhere, there would be no story."
    )
