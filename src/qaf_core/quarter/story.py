"""A quarter as a story that a Head of Service can read: no name, no free text, no worker."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby

from attrs import field, frozen

from qaf_core.cycle.processes import Process
from qaf_core.findings import Status
from qaf_core.moderation import Agreement
from qaf_core.quarter.figures import figures_of
from qaf_core.quarter.run import Quarter
from qaf_core.reports import Level, Theme
from qaf_core.sampling.programme.coverage import Covered
from qaf_core.sampling.programme.coverage import Status as Due
from qaf_core.tables import Table

__all__ = ["chapters", "story"]

MOST = 8
"""Rows of a list that are shown; the rest are counted."""

LEARNED = (Level.SECTION, Level.CRITERION)
"""The levels of the themes that the story tells; the report has all of them."""
TOLD_FIGURES = ("kappa, linear", "AC2, linear", "alpha, ordinal")
"""The coefficients that the story tells; all of them are in the JSON."""


def __dir__() -> list[str]:
    return __all__


@frozen
class _Teller:
    """A quarter, its figures, and the names that people read."""

    quarter: Quarter
    figures: Mapping[str, int] = field(init=False)
    titles: Mapping[str, str] = field(init=False)

    def __attrs_post_init__(self) -> None:
        framework = self.quarter.framework
        object.__setattr__(self, "figures", figures_of(self.quarter))
        titles = {each.id: each.title for each in framework.roles}
        titles |= {each.id: each.title for each in framework.boards}
        titles |= {each.id: each.title for each in self.quarter.report.themes.themes}
        object.__setattr__(self, "titles", titles)

    def of(self, figure: str, noun: str, many: str = "") -> str:
        """A figure with its noun, such as "1 audit" or "no audits"."""
        return _of(self.figures[figure], noun, many)

    def of_practice(self, theme: Theme) -> bool:
        """Whether a theme is a criterion, or a section that has a grade of its own."""
        tool, _, section = theme.id.partition(".")
        return theme.level is Level.CRITERION or any(
            (each.id, placed.section) == (tool, section)
            for each in self.quarter.framework.tools
            for placed in each.judged
        )

    def named(self, ids: Iterable[str]) -> str:
        """Roles by the names that people read."""
        return ", ".join(self.titles.get(id, id) for id in ids)


def story(quarter: Quarter) -> str:
    """The quarter as Markdown: what was planned, found, told, done about it and learned."""
    days, framework = quarter.days, quarter.framework
    lines = [
        f"# {days.quarter.name} of {days.year}: a quarter of an invented council",
        "",
        (
            f"From {days.quarter.start} to {days.quarter.due}; the board met on {days.board}. The "
            f"council is made up from the seed `{quarter.stage.chance.seed}`, and so is what its "
            "auditors found. What follows from that is worked out as for any other council."
        ),
        "",
        f"Framework: {framework.name}.",
        "",
    ]
    for each in framework.departures:
        lines += [f"Decided by the council: {each}.", ""]
    for number, (title, text) in enumerate(chapters(quarter).items(), 1):
        lines += [f"## {number}. {title}", "", text]
    return "\n".join(lines).rstrip() + "\n"


def chapters(quarter: Quarter) -> dict[str, str]:
    """The chapters of the story, each as Markdown under its title, in their order."""
    teller = _Teller(quarter)
    return {title: "\n".join(_single_blanks(part(teller))).strip() + "\n" for title, part in PARTS}


def _single_blanks(lines: Iterable[str]) -> Iterator[str]:
    before = ""
    for line in (each for text in lines for each in text.split("\n")):
        if line or before:
            yield line
        before = line


def _of(number: int, noun: str, many: str = "") -> str:
    return f"{number or 'no'} {noun if number == 1 else many or noun + 's'}"


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{number} {what}" for what, number in counts.items() if number) or "none"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _quoted(text: str) -> Iterator[str]:
    yield ""
    yield from (f"> {line.strip()}" for line in text.split("\n"))
    yield ""


def _bullets(lines: Iterable[object]) -> Iterator[str]:
    yield ""
    yield from (f"- {line}" for line in lines)
    yield ""


def _shown(table: Table, most: int = MOST) -> Iterator[str]:
    """The first rows of a table, and how many more there are."""
    yield ""
    short = Table(caption=table.caption, columns=table.columns, rows=table.rows[:most])
    yield short.to_markdown()
    if len(table) > most:
        yield f"And {len(table) - most} more."
        yield ""


# --- who audits what --------------------------------------------------------------------------


def _planned(teller: _Teller) -> Iterator[str]:
    quarter, plan = teller.quarter, teller.quarter.plan
    window = quarter.days.quarter
    yield (
        f"The council has {teller.of('teams', 'team')} in {teller.of('areas', 'service area')}, "
        f"{teller.of('posts', 'post')} and {teller.of('cases', 'case')}. The programme asks for "
        f"{teller.of('asked in the year', 'audit')} in the year, "
        f"{teller.figures['asked by the end of the quarter']} of them by the end of the quarter."
    )
    rows = []
    for row in plan.rows:
        dues = [
            due
            for due in plan.dues
            if due.row.id == row.id and due.start <= window.due and due.due >= window.start
        ]
        if dues and not dues[0].dormant:
            windows = list(dict.fromkeys(due.window.name for due in dues))
            stated = any(due.number is not None for due in dues)
            rows.append(
                {
                    "title": row.title,
                    "window": " to ".join(dict.fromkeys((windows[0], windows[-1]))),
                    "number": sum(due.number or 0 for due in dues) if stated else "not stated",
                    "posts": len({due.post for due in dues if due.post}) or None,
                    "clause": f"{row.source}; {row.standing}",
                }
            )
    columns = {
        "title": "Programme row",
        "window": "Window",
        "number": "Asked for",
        "posts": "Posts",
        "clause": "Clause",
    }
    caption = f"What the programme asks for in {window.name}"
    yield from _shown(Table(caption=caption, columns=columns, rows=rows), len(rows))
    if plan.within is not None:
        least, most = plan.within
        yield (
            f"That makes {teller.of('files asked', 'case file')} in {window.name}, where about "
            f"{least} to {most} are expected: a check on the whole, and nobody's quota."
        )
    if plan.dormant:
        asleep = ", ".join(dict.fromkeys(row.install or row.title for row in plan.dormant))
        yield f"{_capital(_of(len(plan.dormant), 'row'))} sleep until a plugin is there: {asleep}."
    if plan.exemptions:
        yield f"An exemption takes off {teller.of('exempt', 'audit')}."


def _drawn(teller: _Teller) -> Iterator[str]:
    rows = [
        {
            "scope": each.scope,
            "listed": each.draw.receipt.population.count,
            "left_out": sum(one.count for one in each.draw.receipt.left_out),
            "chosen": len(each.draw.chosen),
            "reserves": len(each.draw.reserves),
            "digest": each.draw.receipt.population.sha256[:12],
        }
        for each in teller.quarter.chosen
    ]
    columns = {
        "scope": "What for",
        "listed": "Listed",
        "left_out": "Left out",
        "chosen": "Drawn",
        "reserves": "In reserve",
        "digest": "Digest of the list begins",
    }
    yield (
        f"{_capital(teller.of('drawn', 'case'))} were drawn in {teller.of('draws', 'draw')}, team "
        "by team. The seed and the ids decide, and nothing else."
    )
    yield from _shown(Table(caption="Draws", columns=columns, rows=rows), len(rows))
    reasons = Counter[str]()
    for each in teller.quarter.chosen:
        for one in each.draw.receipt.left_out:
            reasons[one.reason] += one.count
    yield (
        f"Left out: {teller.figures['left out of draws']} ({_listed(reasons)}). After the quarter every draw was made again from its "
        f"receipt: {teller.figures['receipts that hold']} of {teller.figures['draws']} hold."
    )
    for each in teller.quarter.chosen:
        yield from _bullets(each.notes) if each.notes else ()


def _allocated(teller: _Teller) -> Iterator[str]:
    yield (
        f"{teller.figures['placed']} of {teller.of('drawn', 'case')} have an auditor. Nobody "
        "audits a case that they work; and where an area has more than one team, nobody audits "
        "a case of their own team."
    )
    for each in teller.quarter.chosen:
        if each.first.complete:
            continue
        yield ""
        yield f"For {each.scope} that cannot be had:"
        for shortfall in each.first.shortfall:
            yield from _quoted(str(shortfall))
        yield "Any one of these would mend it:"
        yield from _bullets(each.first.mends())
        missing = _of(each.first.missing, "place")
        yield (
            "The council kept what was placed, and left the condition out for what was missing: "
            f"{missing}."
        )


# --- what came in -----------------------------------------------------------------------------


def _came_in(teller: _Teller) -> Iterator[str]:
    quarter = teller.quarter
    yield (
        f"{_capital(teller.of('audits to do', 'audit'))} were to be done. "
        f"{_capital(teller.of('files in', 'file'))} came in, {teller.of('drafts', 'draft')} among "
        f"them, and {teller.figures['done after a reminder']} after a reminder. "
        f"{_capital(teller.of('not done', 'audit'))} were not done. "
        f"{teller.figures['read at once']} files were read whole at once."
    )
    tools = Counter(audit.tool.id for audit in quarter.audits)
    names = {tool.id: tool.title for tool in quarter.framework.tools}
    yield from _bullets(f"{names[id]}: {number}" for id, number in tools.items())
    if quarter.batch.faults:
        yield "What could not be read, and what to do about it:"
        yield from _bullets(quarter.batch.faults)
        yield (
            f"Nothing waits for that. {_capital(_of(len(quarter.batch.urgent), 'escalation'))} "
            "followed from what could be read of these files, before they were mended and sent "
            "again:"
        )
        for call in quarter.batch.urgent:
            yield from _quoted(str(call))


def _follows(teller: _Teller) -> Iterator[str]:
    quarter = teller.quarter
    yield (
        f"{teller.figures['complete']} of {_of(len(quarter.reviews), 'audit')} are complete. The "
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
    yield from _shown(Table(caption="Findings by rule", columns=columns, rows=rows), 12)


def _told(teller: _Teller) -> Iterator[str]:
    quarter = teller.quarter
    yield (
        f"{_capital(teller.of('escalations', 'escalation'))} went to those who have to know: "
        f"{teller.figures['escalations from drafts']} from drafts and from files that could not "
        f"be read, {teller.figures['escalations from moderators']} from a moderator's own audit. "
        f"{_capital(teller.of('stand-ins', 'time'))} another stood in, since the recipient was "
        f"away or had made the audit; {teller.of('passed up', 'time')} somebody did not answer in "
        f"time, and it went one further up. {_capital(teller.of('escalations open', 'escalation'))} "
        "were open when the board met."
    )
    doubtful = [id for id, each in quarter.reviews.items() if each.unsettled_escalations]
    if doubtful:
        yield ""
        yield (
            f"Of {_of(len(doubtful), 'audit')} it is not known whether anybody has to be told, "
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
    yield from _shown(table, len(table))
    shown = []
    for event in ("pass_up", "stand_in"):
        ways = (each for each in quarter.calls if any(e.event == event for e in each.history))
        one = next((each for each in ways if each not in shown), None)
        if one is not None:
            shown.append(one)
            yield from _way(teller, one)


def _way(teller: _Teller, process: Process) -> Iterator[str]:
    """What happened to one escalation, day by day, by role."""
    machine = teller.quarter.framework.machine(*process.machine.split(" ", 1))
    yield f"{process.id}, day by day:"
    lines = []
    for event in process.history:
        told = event.brings.get("told", ())
        to = f"; told: {teller.named(told)}" if told else ""
        title = machine.row[event.row].transition.title
        lines.append(f"{event.on}, {teller.named([event.by.role])}: {title}{to}.")
    yield from _bullets(lines)


# --- is it any good, and is anything done -----------------------------------------------------


def _moderated(teller: _Teller) -> Iterator[str]:
    done = teller.quarter.moderated
    yield (
        f"Of {teller.of('audits in the round', 'audit')} {teller.figures['moderated at random']} "
        f"were drawn by chance as they came in, and {teller.figures['moderated as called for']} "
        f"more called for by rules. {teller.figures['done again']} were done again, "
        f"{teller.figures['blind']} of them blind: the moderator's grades were sealed before the "
        "auditor's were shown."
    )
    if done.nobody or done.round.notes:
        yield from _bullets((*done.nobody, *done.round.notes))
    for each in done.agreement.values():
        yield from _agreed(each)
    kinds = Counter(one.kind.value for _, one in done.disagreements)
    yield (
        f"Over all judgements the two differ {teller.of('disagreements', 'time')} "
        f"({_listed(kinds)}). {teller.figures['disagreements open']} are not settled yet."
    )
    safety = [f"{id}: {one}" for id, one in done.disagreements if one.kind.value == "safety"]
    if safety:
        yield "Disagreements on a child's safety are looked at one by one, and enter no figure:"
        yield from _bullets(safety)


def _agreed(agreement: Agreement) -> Iterator[str]:
    yield ""
    yield f"{agreement.summary}. {agreement.headline}"
    told = [*agreement.results[:4], *(agreement[name] for name in TOLD_FIGURES)]
    yield from _bullets((*told, *agreement.notes, *agreement.left_out.lines()))


def _done(teller: _Teller) -> Iterator[str]:
    quarter = teller.quarter
    machine = quarter.framework.machine("audit")
    states = Counter(each.audit.state for each in quarter.followed.values())
    titles = {_capital(state.title): states[state.id] for state in machine.states}
    yield (
        f"{_capital(teller.of('case file audits', 'audit'))} of case files, by "
        f"{quarter.days.board}: {_listed(titles)}. The register of those completed and actioned "
        f"has {teller.of('logged', 'entry', 'entries')}."
    )
    yield ""
    yield (
        f"{_capital(teller.of('actions', 'action'))} were agreed. "
        f"{teller.figures['actions signed off']} are signed off, "
        f"{teller.figures['actions signed off in time']} of them within a month of the manager "
        f"having the form. {teller.figures['actions overdue']} are overdue."
    )
    if quarter.refused:
        yield ""
        yield f"{_capital(teller.of('commands refused', 'step'))} were refused until this was met:"
        unmet = Counter(str(one) for each in quarter.refused for one in each.refusal.unmet)
        yield from _bullets(
            f"{what} ({_of(number, 'time')})" for what, number in unmet.most_common()
        )
    wanted = ("subject", "audit", "actions", "open", "escalations", "due", "sign_off_due", "late")
    columns = {name: quarter.listed.columns[name] for name in wanted}
    yield "The service manager's list begins:"
    table = Table(caption=quarter.listed.caption, columns=columns, rows=quarter.listed.rows)
    yield from _shown(table)


def _covered(teller: _Teller) -> Iterator[str]:
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
        **{status.value: _capital(status.value) for status in (Due.MET, Due.MISSED, Due.OPEN)},
        Due.NOT_STATED.value: "Not stated",
    }
    caption = f"What was done by {now.on}, and how the dues stand"
    yield from _shown(Table(caption=caption, columns=columns, rows=rows), len(rows))
    missed = [
        line
        for line in now.chase
        if line.status is Due.MISSED and line.due.due in window and not line.due.about
    ]
    if missed:
        yield "Missed, and by whom:"
        yield from _bullets(
            f"{line.due.post or 'nobody by name'}: {line.left} of {line.due.number}, "
            f"{line.due.row.title}, {line.due.window.name}"
            for line in missed
        )
    for gate in now.gates:
        if not gate.open:
            yield from _quoted(str(gate))
    if now.uncounted or now.notes:
        counts = (f"Counts for no row: {each}." for each in now.uncounted)
        yield from _bullets((*counts, *(f"Look at: {note}" for note in now.notes)))


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


# --- what the board made of it ----------------------------------------------------------------


def _heard(teller: _Teller) -> Iterator[str]:
    table = teller.quarter.report.evidence
    rows = table.rows
    heard = sum(bool(row["heard"]) for row in rows)
    missed = [row for row in rows if row["missed"]]
    rest = Counter(str(row["state"]) for row in rows if not row["heard"] and not row["missed"])
    yield (
        f"Of {_of(len(rows), 'stream')} of evidence {heard} were heard in the quarter. Of the "
        f"others: {_listed(rest)}."
    )
    if missed:
        columns = {name: table.columns[name] for name in ("title", "cadence", "windows", "missed")}
        yield from _shown(Table(caption="Missed", columns=columns, rows=missed), len(missed))


def _themes(teller: _Teller) -> Iterator[str]:
    machine = teller.quarter.framework.machine("qa_cycle")
    titles = {each.id: each.title for each in machine.states}
    for theme in teller.quarter.themes:
        name = _capital(teller.named([str(theme.papers["theme"])]).replace("_", " "))
        yield f"**{name}** stands at {titles[theme.state]}:"
        lines = []
        for state, events in groupby(theme.history, key=lambda event: event.to):
            steps = [f"{machine.row[e.row].transition.title} ({e.on})" for e in events]
            lines.append(f"{titles[state]}: {', '.join(steps)}.")
        yield from _bullets(lines)


def _learned(teller: _Teller) -> Iterator[str]:
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
        yield from _shown(Table(caption=caption, columns=columns, rows=table.rows), 5)
    states = Counter(str(row["state"]) for row in report.learning.rows)
    yield (
        f"Of {_of(len(report.learning), 'place')} where learning goes: {_listed(states)}. What "
        "each of them is given is in the files of the quarter."
    )


def _reported(teller: _Teller) -> Iterator[str]:
    report = teller.quarter.report
    yield f"{report.page.title}, as of {report.on}:"
    yield from _bullets(report.summary)
    for grades in report.grades:
        table = grades.table()
        yield from _shown(table, len(table))
    yield "On this it rests:"
    yield from _bullets((*report.notes, *report.basis))


def _nothing_lost(teller: _Teller) -> Iterator[str]:
    yield (
        f"{_capital(teller.of('escalations called for', 'escalation'))} follow from the audits, "
        "from the moderators' audits and from the files that could not be read; what was called "
        f"for twice was told once, which makes {teller.figures['escalations']}. Each of them is "
        "in the escalation lifecycle, in what the board was shown and in its report "
        f"({teller.figures['escalations in the report']}). Those that "
        f"are open ({teller.figures['escalations open']}) are on the service manager's list, and "
        f"those that are closed ({teller.figures['escalations closed']}) have an outcome. Had one "
        "been missing anywhere, there would be no story."
    )


PARTS: tuple[tuple[str, Callable[[_Teller], Iterator[str]]], ...] = (
    ("What was planned", _planned),
    ("What was drawn", _drawn),
    ("Who audits what", _allocated),
    ("What came in", _came_in),
    ("What follows", _follows),
    ("Who was told", _told),
    ("Is the auditing any good?", _moderated),
    ("Is anything done about it?", _done),
    ("What the programme got", _covered),
    ("What the board heard", _heard),
    ("What we learned", _learned),
    ("What the board was told", _reported),
    ("What the board did about it", _themes),
    ("Nothing was lost", _nothing_lost),
)
