"""A quarter as a story that a Head of Service can read: no name, no free text, no worker."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from itertools import groupby

from qaf_core.cycle.evidence import StreamState
from qaf_core.cycle.processes import Process, late
from qaf_core.findings import Status
from qaf_core.quarter.filling import Fate
from qaf_core.quarter.run import Quarter
from qaf_core.sampling.programme.coverage import Status as Due
from qaf_core.tables import Table

__all__ = ["story"]

Part = Callable[[Quarter], Iterator[str]]

MOST = 8
"""Rows of a list that are shown; the rest are counted."""


def __dir__() -> list[str]:
    return __all__


def story(quarter: Quarter) -> str:
    """The quarter as Markdown: what was planned, found, told, done about it and learned."""
    days = quarter.days
    lines = [
        f"# {days.quarter.name} of {days.year}: a quarter of an invented council",
        "",
        f"From {days.quarter.start} to {days.quarter.due}; the board met on {days.board}. The "
        f"council is made up from the seed `{quarter.seed}`, and so is what its auditors found. "
        "What follows from that is worked out as for any other council.",
        "",
        f"Framework: {quarter.framework.name}.",
    ]
    for each in quarter.framework.departures:
        lines += [f"Decided by the council: {each}.", ""]
    for number, (title, part) in enumerate(PARTS, 1):
        lines += ["", f"## {number}. {title}", "", *part(quarter)]
    return "\n".join(_single_blanks(lines)).rstrip() + "\n"


def _single_blanks(lines: list[str]) -> Iterator[str]:
    before = ""
    for line in (each for text in lines for each in text.split("\n")):
        if line or before:
            yield line
        before = line


def _shown(table: Table, most: int = MOST) -> Iterator[str]:
    """The first rows of a table, and how many more there are."""
    short = Table(caption=table.caption, columns=table.columns, rows=table.rows[:most])
    yield short.to_markdown()
    if len(table) > most:
        yield f"And {len(table) - most} more."


def _times(number: int, noun: str, many: str = "") -> str:
    return f"{number} {noun if number == 1 else many or noun + 's'}"


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{number} {what}" for what, number in counts.items() if number)


# --- who audits what --------------------------------------------------------------------------


def _planned(quarter: Quarter) -> Iterator[str]:
    council, plan, window = quarter.council, quarter.plan, quarter.days.quarter
    teams = sum(len(names) for names in council.teams.values())
    cases = sum(len(each) for each in council.cases.values())
    yield (
        f"The council has {_times(teams, 'team')} in {_times(len(council.teams), 'service area')}, "
        f"{_times(len(council.posts), 'post')} and {_times(cases, 'case')}. This is what the "
        "programme asks of the quarter:"
    )
    yield ""
    rows = []
    for row in plan.rows:
        dues = [
            due
            for due in plan.dues
            if due.row.id == row.id and due.start <= window.due and due.due >= window.start
        ]
        if not dues or dues[0].dormant:
            continue
        number = sum(due.number or 0 for due in dues)
        stated = any(due.number is not None for due in dues)
        rows.append(
            {
                "title": row.title,
                "window": f"{dues[0].window.name} to {dues[-1].window.name}"
                if dues[0].window != dues[-1].window
                else dues[0].window.name,
                "number": number if stated else "not stated",
                "posts": len({due.post for due in dues if due.post}) or "",
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
    yield Table(caption=plan.summary, columns=columns, rows=rows).to_markdown()
    files = dict((each.name, number) for each, number in plan.files).get(window.name)
    if files is not None and plan.within is not None:
        least, most = plan.within
        yield (
            f"That makes {files} case files in {window.name}. About {least} to {most} are expected: "
            "a check on the whole, and nobody's quota."
        )
    if plan.dormant:
        asleep = ", ".join(row.title for row in plan.dormant)
        yield f"Dormant, since the plugin with its tool is not installed: {asleep}."
    if plan.exemptions:
        off = sum(due.exempt for due in plan.dues)
        yield f"{_times(len(plan.exemptions), 'exemption')} takes off {_times(off, 'audit')}."


def _drawn(quarter: Quarter) -> Iterator[str]:
    rows = [
        {
            "scope": each.scope,
            "listed": each.draw.receipt.population.count,
            "left_out": sum(one.count for one in each.draw.receipt.left_out),
            "asked": each.draw.receipt.size,
            "chosen": len(each.draw.chosen),
            "reserves": len(each.draw.reserves),
            "digest": each.draw.receipt.population.sha256[:12],
        }
        for each in quarter.chosen
    ]
    columns = {
        "scope": "Scope",
        "listed": "Listed",
        "left_out": "Left out",
        "asked": "Asked for",
        "chosen": "Drawn",
        "reserves": "In reserve",
        "digest": "Digest of the list begins",
    }
    yield Table(caption="Draws of the quarter", columns=columns, rows=rows).to_markdown()
    reasons = Counter[str]()
    for each in quarter.chosen:
        for one in each.draw.receipt.left_out:
            reasons[one.reason] += one.count
    yield f"Left out: {_listed(reasons) or 'nobody'}."
    bad = [each for each in quarter.verified if not each.holds]
    yield (
        f"At the end of the quarter every receipt was verified by drawing again: "
        f"{len(quarter.verified) - len(bad)} of {len(quarter.verified)} hold."
    )
    for each in quarter.chosen:
        yield from (f"- {note}" for note in each.notes)


def _allocated(quarter: Quarter) -> Iterator[str]:
    placed = sum(len(each.plan.placed) for each in quarter.chosen)
    cases = sum(len(each.draw.chosen) for each in quarter.chosen)
    yield (
        f"{placed} of {_times(cases, 'case')} have an auditor. Nobody audits a case that they "
        "work, and where an area has more than one team nobody audits their own team's."
    )
    for each in quarter.chosen:
        if each.first.complete:
            continue
        yield ""
        yield f"For {each.scope} that was not to be had. The proof:"
        yield ""
        yield from (f"> {shortfall.sentence}" for shortfall in each.first.shortfall)
        yield ""
        yield "What would mend it, any one of these:"
        yield ""
        yield from (f"- {mend}" for mend in each.first.mends())
        yield ""
        again = len(each.plan.placed) - len(each.first.placed)
        yield (
            f"The council left the condition out for the {_times(again, 'case')} that were over. "
            "All that was placed stayed as it was."
        )


# --- what came in -----------------------------------------------------------------------------


def _came_in(quarter: Quarter) -> Iterator[str]:
    fates = Counter(str(fate.value) for fate in quarter.filled.fates.values())
    yield (
        f"{_times(len(quarter.tasks), 'audit')} were to be done. {len(quarter.filled.texts)} came "
        f"in as files, {_times(len(quarter.batch.audits), 'was', 'were')} read whole at once. "
        f"{fates[Fate.NOT_DONE.value]} were not done."
    )
    tools = Counter(audit.tool.id for audit in quarter.audits)
    yield ""
    yield f"By tool: {_listed(tools)}."
    if quarter.batch.faults:
        yield ""
        yield "What could not be read, and what to do about it:"
        yield ""
        yield from (f"- {fault}" for fault in quarter.batch.faults)
        yield ""
        yield (
            f"Nothing waits for that. {_times(len(quarter.batch.urgent), 'escalation')} followed "
            f"from the parts that could be read, and {_times(len(quarter.batch.unsettled), 'more')[:-1]} "
            "could not be ruled out. The files were mended and sent again."
        )
        for call in quarter.batch.urgent:
            yield ""
            yield from (f"> {line}" for line in str(call).split("\n"))


def _follows(quarter: Quarter) -> Iterator[str]:
    reviews = quarter.reviews.values()
    complete = sum(each.complete for each in reviews)
    yield (
        f"{complete} of {_times(len(quarter.reviews), 'audit')} are complete. What the rules made "
        "of them:"
    )
    yield ""
    counts: Counter[tuple[str, str, str]] = Counter()
    audits: dict[tuple[str, str, str], set[str]] = {}
    for review in reviews:
        for finding in (*review.findings, *review.unsettled):
            key = (type(finding.outcome).__name__, finding.status.value, finding.rule.id)
            counts[key] += 1
            audits.setdefault(key, set()).add(review.audit)
    statements = {rule.id: rule.statement for rule in quarter.framework.rules}
    rows = [
        {
            "what": what,
            "status": status,
            "statement": statements.get(rule, rule),
            "findings": number,
            "audits": len(audits[what, status, rule]),
        }
        for (what, status, rule), number in sorted(
            counts.items(), key=lambda each: (_order(each[0]), -each[1], each[0])
        )
    ]
    columns = {
        "what": "Outcome",
        "status": "Status",
        "statement": "Rule",
        "findings": "Findings",
        "audits": "Audits",
    }
    yield Table(caption="Findings by rule", columns=columns, rows=rows).to_markdown()


def _order(key: tuple[str, str, str]) -> tuple[bool, bool]:
    return key[0] != "Escalate", key[1] != Status.FIRED.value


def _told(quarter: Quarter) -> Iterator[str]:
    events = Counter(event.event for each in quarter.calls for event in each.history)
    drafts = sum(bool(each.papers["raised_in_draft"]) for each in quarter.calls)
    moderators = sum(str(each.papers["audit"]) in quarter.again for each in quarter.calls)
    still = [each for each in quarter.calls if each.state not in _ends(quarter, "escalation")]
    yield (
        f"{_times(len(quarter.calls), 'escalation')} went to those who have to know. "
        f"{drafts} came from drafts and files that could not be read, {moderators} from a "
        f"moderator's own audit. {_times(events['stand_in'], 'time')} somebody stood in, since the "
        "recipient was away or had made the audit. "
        f"{_times(events['pass_up'], 'time')} nobody answered in time, and it went to the next up. "
        f"{len(still)} were still open when the board met."
    )
    open_ones = [each for each in quarter.reviews.values() if each.unsettled_escalations]
    if open_ones:
        yield ""
        yield (
            f"Of {_times(len(open_ones), 'audit')} it cannot be ruled out that somebody has to be "
            f"told, until what is missing is known: {', '.join(each.audit for each in open_ones)}."
        )
    yield ""
    wanted = ("escalation", "in_draft", "raised", "told", "awaited", "state", "outcome", "closed")
    table = quarter.told_board
    columns = {name: table.columns[name] for name in wanted}
    yield Table(caption=table.caption, columns=columns, rows=table.rows).to_markdown()
    for event in ("pass_up", "stand_in"):
        for each in quarter.calls:
            if any(one.event == event for one in each.history):
                yield from _way(quarter, each)
                break


def _ends(quarter: Quarter, machine: str) -> tuple[str, ...]:
    return quarter.framework.machine(machine).ends()


def _way(quarter: Quarter, process: Process) -> Iterator[str]:
    """What happened to one escalation, day by day, by role."""
    machine = quarter.framework.machine(*process.machine.split(" ", 1))
    roles = {each.id: each.title for each in (*quarter.framework.roles, *quarter.framework.boards)}
    yield f"{process.id}, day by day:"
    yield ""
    for event in process.history:
        who = roles.get(event.by.role, event.by.role)
        told = ", ".join(roles.get(role, role) for role in event.brings.get("told", ()))
        to = f"; told: {told}" if told else ""
        yield f"- {event.on}, {who}: {machine.row[event.row].transition.title}{to}."
    yield ""


# --- is it any good, and is anything done -----------------------------------------------------


def _moderated(quarter: Quarter) -> Iterator[str]:
    done = quarter.moderated
    yield (
        f"{done.round.summary}. {_times(len(done.both), 'was', 'were')} done again, "
        f"{sum(each.blind for each in done.both)} of them blind: the moderator's grades were "
        "sealed before the auditor's were shown."
    )
    for fault in done.nobody:
        yield f"- {fault}"
    for note in done.round.notes:
        yield f"- {note}"
    for each in done.agreement.values():
        yield ""
        yield "```"
        yield from str(each).split("\n")
        yield "```"
    counts = Counter(one.kind.value for _, one in done.disagreements)
    yield ""
    yield (
        f"Auditor and moderator differ {_times(len(done.disagreements), 'time')} over all "
        f"judgements ({_listed(counts) or 'nothing'}). {len(done.open)} are still open."
    )
    safety = [(id, one) for id, one in done.disagreements if one.kind.value == "safety"]
    if safety:
        yield "On safety, one by one:"
        yield ""
        yield from (f"- {id}: {one}" for id, one in safety)


def _done(quarter: Quarter) -> Iterator[str]:
    board = quarter.days.board
    machine = quarter.framework.machine("audit")
    states = Counter(each.audit.state for each in quarter.followed.values())
    titles = {state.title: states[state.id] for state in machine.states}
    yield f"{_times(len(quarter.followed), 'case file audit')} by {board}: {_listed(titles)}."
    actions = quarter.actions
    ends = _ends(quarter, "action")
    signed = [each for each in actions if each.state in ends]
    overdue = [each for each in actions if late(each, board)]
    yield (
        f"{_times(len(actions), 'action')} were agreed. {len(signed)} are signed off, "
        f"{sum(_in_time(each) for each in signed)} of them within a month of the manager having "
        f"the form. {len(overdue)} are overdue."
    )
    if quarter.refused:
        yield ""
        yield "What was refused on the way, and of what:"
        yield ""
        unmet = Counter(str(one) for each in quarter.refused for one in each.refusal.unmet)
        yield from (f"- {_times(number, 'time')}: {what}" for what, number in unmet.most_common())
    yield ""
    wanted = ("subject", "audit", "actions", "open", "escalations", "due", "sign_off_due", "late")
    table = quarter.listed
    short = Table(
        caption=table.caption,
        columns={name: table.columns[name] for name in wanted},
        rows=table.rows,
    )
    yield "The service manager's list begins:"
    yield ""
    yield from _shown(short)


def _in_time(process: Process) -> bool:
    """Whether an action was signed off by its last day, as that was set when it was received."""
    due = next((event.due["sign_off_due"] for event in process.history if event.due.get("sign_off_due")), None)
    signed = max(event.on for event in process.history if event.event == "sign_off")
    return due is not None and signed <= due


def _covered(quarter: Quarter) -> Iterator[str]:
    chase, now = quarter.chase, quarter.coverage
    counts = chase.counts()
    yield (
        f"On {chase.on}, with the end of the quarter near, {counts[Due.AT_RISK]} of what was asked "
        f"for was at risk and {counts[Due.MISSED]} missed already, and those who owed it were "
        f"reminded. On {now.on}:"
    )
    yield ""
    names = {row.id for row in now.plan.rows}
    wanted = ("title", "asked", "done", "met", "open", "at_risk", "missed", "exempt", "not_stated")
    table = now.by_row()
    rows = [row for row in table.rows if row["row"] in names and not row["dormant"]]
    columns = {name: table.columns[name] for name in (*wanted, "share_met")}
    yield Table(caption=table.caption, columns=columns, rows=rows).to_markdown()
    missed = [line for line in now.chase if line.status is Due.MISSED and not line.due.about]
    if missed:
        yield "Missed:"
        yield ""
        yield from (f"- {line}" for line in missed)
    shut = [gate for gate in now.gates if not gate.open]
    for gate in shut:
        yield ""
        yield from (f"> {line}" for line in str(gate).split("\n"))
    for each in now.uncounted:
        yield f"- Counts for no row: {each}"
    for note in now.notes:
        yield f"- Look at: {note}"


# --- what the board made of it ----------------------------------------------------------------


def _heard(quarter: Quarter) -> Iterator[str]:
    window = quarter.days.quarter
    rows = [
        row
        for row in quarter.evidence.table.rows
        if str(row["start"]) <= str(window.due) and str(row["due"]) >= str(window.start)
    ]
    counts = Counter(str(row["state"]) for row in rows)
    yield f"Of the streams of evidence, window by window: {_listed(counts)}."
    missed = [row for row in rows if row["state"] == StreamState.MISSED.value]
    if missed:
        columns = {"title": "What", "window": "Window", "wanted": "Wanted", "heard": "Heard"}
        yield ""
        yield Table(caption="Missed", columns=columns, rows=missed).to_markdown()


def _themes(quarter: Quarter) -> Iterator[str]:
    machine = quarter.framework.machine("qa_cycle")
    titles = {each.id: each.title for each in machine.states}
    for theme in quarter.themes:
        name = str(theme.papers["theme"]).replace("_", " ")
        yield f"**{name.capitalize()}** stands at {titles[theme.state]}."
        yield ""
        for state, events in groupby(theme.history, key=lambda event: event.to):
            steps = [f"{machine.row[e.row].transition.title} ({e.on})" for e in events]
            yield f"- {titles[state]}: {', '.join(steps)}."
        yield ""


def _nothing_lost(quarter: Quarter) -> Iterator[str]:
    found = quarter.reconciled
    yield (
        f"{found.called_for} escalations follow from the audits, the moderators' audits and the "
        f"files that could not be read. They are {found.on_their_way} on their way, as an audit "
        "read a second time raises nothing twice. "
        f"Each is in the escalation lifecycle, in what the board was shown and in the report; the "
        f"{found.open} that are open are on the service manager's list, and {found.closed} are "
        "closed with an outcome. Had one been missing anywhere, there would be no story."
    )


PARTS: tuple[tuple[str, Part], ...] = (
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
    ("What the board did about it", _themes),
    ("Nothing was lost", _nothing_lost),
)
