"""Chapters on whether the auditing is any good, and whether anything is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from qaf_core.moderation import Agreement
from qaf_core.quarter.story.teller import Teller, bullets, capital, count_of, listed, quoted, shown
from qaf_core.sampling.programme.coverage import Covered
from qaf_core.sampling.programme.coverage import Status as Due
from qaf_core.tables import Table

__all__ = ["covered", "done", "moderated"]

TOLD_FIGURES = ("kappa, linear", "AC2, linear", "alpha, ordinal")
"""The coefficients that the story tells; all of them are in the JSON."""


def __dir__() -> list[str]:
    return __all__


def moderated(teller: Teller) -> Iterator[str]:
    done = teller.quarter.moderated
    yield (
        f"Of {teller.of('audits in the round', 'audit')} {teller.figures['moderated at random']} "
        f"were drawn by chance as they came in, and {teller.figures['moderated as called for']} "
        f"more called for by rules. {teller.figures['done again']} were done again, "
        f"{teller.figures['blind']} of them blind: the moderator's grades were sealed before the "
        "auditor's were shown."
    )
    if done.nobody or done.round.notes:
        yield from bullets((*done.nobody, *done.round.notes))
    for each in done.agreement.values():
        yield from _agreed(each)
    kinds = Counter(one.kind.value for _, one in done.disagreements)
    yield (
        f"Over all judgements the two differ {teller.of('disagreements', 'time')} "
        f"({listed(kinds)}). {teller.figures['disagreements open']} are not settled yet."
    )
    safety = [f"{id}: {one}" for id, one in done.disagreements if one.kind.value == "safety"]
    if safety:
        yield "Disagreements on a child's safety are looked at one by one, and enter no figure:"
        yield from bullets(safety)


def _agreed(agreement: Agreement) -> Iterator[str]:
    yield ""
    yield f"{agreement.summary}. {agreement.headline}"
    told = [*agreement.results[:4], *(agreement[name] for name in TOLD_FIGURES)]
    yield from bullets((*told, *agreement.notes, *agreement.left_out.lines()))


def done(teller: Teller) -> Iterator[str]:
    quarter = teller.quarter
    machine = quarter.framework.machine("audit")
    states = Counter(each.audit.state for each in quarter.followed.values())
    titles = {capital(state.title): states[state.id] for state in machine.states}
    yield (
        f"{capital(teller.of('case file audits', 'audit'))} of case files, by "
        f"{quarter.days.board}: {listed(titles)}. The register of those completed and actioned "
        f"has {teller.of('logged', 'entry', 'entries')}."
    )
    yield ""
    yield (
        f"{capital(teller.of('actions', 'action'))} were agreed. "
        f"{teller.figures['actions signed off']} are signed off, "
        f"{teller.figures['actions signed off in time']} of them within a month of the manager "
        f"having the form. {teller.figures['actions overdue']} are overdue."
    )
    if quarter.refused:
        yield ""
        yield f"{capital(teller.of('commands refused', 'step'))} were refused until this was met:"
        unmet = Counter(str(one) for each in quarter.refused for one in each.refusal.unmet)
        yield from bullets(
            f"{what} ({count_of(number, 'time')})" for what, number in unmet.most_common()
        )
    wanted = ("subject", "audit", "actions", "open", "escalations", "due", "sign_off_due", "late")
    columns = {name: quarter.listed.columns[name] for name in wanted}
    yield "The service manager's list begins:"
    table = Table(caption=quarter.listed.caption, columns=columns, rows=quarter.listed.rows)
    yield from shown(table)


def covered(teller: Teller) -> Iterator[str]:
    chase, now = teller.quarter.chase, teller.quarter.coverage
    window = teller.quarter.days.quarter
    yield (
        f"On {chase.on} those who owed something were reminded: "
        f"{teller.figures['at risk when reminded']} dues were at risk, and "
        f"{teller.figures['missed when reminded']} missed. Of {teller.of('dues of the quarter', 'due')} "
        f"that ended with the quarter {teller.figures['dues met']} are met and "
        f"{teller.figures['dues missed']} missed. Dues of the whole year stay open."
    )
    rows = []
    for row in now.plan.rows:
        own = [
            line
            for line in now.lines
            if line.due.row.id == row.id
            and line.due.window.start <= window.due
            and line.due.window.due >= window.start
        ]
        if own and not own[0].due.dormant:
            rows.append(_row(row.title, own))
    columns = {
        "title": "Programme row",
        "window": "Window",
        "asked": "Asked for",
        "done": "Done",
        **{status.value: capital(status.value) for status in (Due.MET, Due.MISSED, Due.OPEN)},
        Due.NOT_STATED.value: "Not stated",
    }
    caption = f"What was done by {now.on}, and how the dues stand"
    yield from shown(Table(caption=caption, columns=columns, rows=rows), len(rows))
    missed = [
        line
        for line in now.chase
        if line.status is Due.MISSED and line.due.due in window and not line.due.about
    ]
    if missed:
        yield "Missed, and by whom:"
        yield from bullets(
            f"{line.due.post or 'nobody by name'}: {line.left} of {line.due.number}, "
            f"{line.due.row.title}, {line.due.window.name}"
            for line in missed
        )
    for gate in now.gates:
        if not gate.open:
            yield from quoted(str(gate))
    if now.uncounted or now.notes:
        counts = (f"Counts for no row: {each}." for each in now.uncounted)
        yield from bullets((*counts, *(f"Look at: {note}" for note in now.notes)))


def _row(title: str, lines: list[Covered]) -> dict[str, object]:
    windows = list(dict.fromkeys(line.due.window.name for line in lines))
    counts = Counter(line.status.value for line in lines)
    stated = any(line.due.number is not None for line in lines)
    return {
        "title": title,
        "window": " to ".join(dict.fromkeys((windows[0], windows[-1]))),
        "asked": sum(line.due.number or 0 for line in lines) if stated else "not stated",
        "done": sum(line.done for line in lines),
        **{status.value: counts[status.value] or None for status in Due},
    }
