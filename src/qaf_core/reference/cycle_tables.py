"""Machines, follow-up and evidence as tables to read and to check."""

from __future__ import annotations

from collections.abc import Iterable

from qaf_core.cycle.followup import Step
from qaf_core.cycle.machines import Machine
from qaf_core.cycle.parts import Clock, State
from qaf_core.framework import Framework
from qaf_core.reference.items import GROUNDS, grounds
from qaf_core.settings import Setting
from qaf_core.tables import Table
from qaf_core.timing import Deadline

__all__ = [
    "guards_table",
    "learning_table",
    "states_table",
    "steps_table",
    "streams_table",
    "transitions_table",
]


def __dir__() -> list[str]:
    return __all__


def states_table(machine: Machine) -> Table:
    """The states of a machine: whose turn it is, what it needs and makes, what time starts."""

    def row(each: State) -> dict[str, object]:
        leaving = [one for one in machine.transitions if each.id in one.leaves]
        entering = [one for one in machine.transitions if each.id == one.to]
        makes = _once(id for one in leaving for id in (*one.makes, *filter(None, (one.signs,))))
        return {
            "id": each.id,
            "title": each.title,
            "what": each.what,
            "owner": each.owner,
            "needs": ", ".join(
                id for id in _once(id for one in leaving for id in one.needs) if id not in makes
            ),
            "makes": ", ".join(makes),
            "starts": "; ".join(
                _clock(machine.clock(id))
                for id in _once(id for one in entering for id in one.starts)
            ),
            "end": each.end,
            **grounds(each),
        }

    return Table(
        caption=f"{machine.title}: where it can be ({machine.pin})",
        columns={
            "id": "Id",
            "title": "State",
            "what": "What happens there",
            "owner": "Whose turn",
            "needs": "Needs on file",
            "makes": "Makes",
            "starts": "Time that starts",
            "end": "End",
            **GROUNDS,
        },
        rows=[row(each) for each in machine.states],
    )


def _once(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))


def transitions_table(machine: Machine) -> Table:
    """The rows of a machine: who may, what it needs and makes, what clock it starts."""
    return Table(
        caption=f"{machine.title}: what leads on",
        columns={
            "id": "Id",
            "event": "Event",
            "title": "What happens",
            "leaves": "From",
            "to": "To",
            "by": "Who may",
            "needs": "Needs on file",
            "makes": "Makes",
            "guards": "Requires",
            "starts": "Starts",
            **GROUNDS,
        },
        rows=[
            {
                "id": each.id,
                "event": each.name,
                "title": each.title + (", with a reason" if each.reason else ""),
                "leaves": ", ".join(state or "(the beginning)" for state in each.leaves),
                "to": each.to,
                "by": ", ".join(each.by) or "no rule says",
                "needs": ", ".join(each.needs),
                "makes": ", ".join(filter(None, (*each.makes, each.signs))),
                "guards": ", ".join(each.guards),
                "starts": "; ".join(_clock(machine.clock(id)) for id in each.starts),
                **grounds(each),
            }
            for each in machine.transitions
        ],
    )


def _clock(clock: Clock) -> str:
    """A clock and how long it runs."""
    if clock.dated:
        return f"{clock.id}: the day in {clock.dated}"
    return f"{clock.id}: {_limit(clock.within)}"


def _limit(within: Deadline | Setting | None) -> str:
    if within is None:
        return "no limit stated"
    return str(within.value if isinstance(within, Setting) else within)


def guards_table(machine: Machine) -> Table:
    """What must hold on the way, in English, with the condition it is read by."""
    return Table(
        caption=f"{machine.title}: what must hold",
        columns={
            "id": "Id",
            "statement": "Requirement",
            "holds": "Read as",
            "switch": "Switched off by",
            **GROUNDS,
        },
        rows=[
            {
                "id": each.id,
                "statement": each.statement,
                "holds": str(each.holds),
                "switch": each.switch.id if each.switch else "",
                **grounds(each),
            }
            for each in machine.guards
        ],
    )


def steps_table(framework: Framework) -> Table:
    """The follow-up of every tool, step by step."""
    places = {each.id: each.title for each in framework.places}

    def row(each: Step) -> dict[str, object]:
        return {
            "id": each.id,
            "tool": each.tool,
            "number": each.number,
            "what": each.what,
            "by": ", ".join(each.by),
            "to": ", ".join(each.to),
            "copy": ", ".join(each.copy),
            "within": _limit(each.within),
            "kept": "; ".join(places[id] for id in each.kept),
            **grounds(each),
        }

    return Table(
        caption="Follow-up, step by step",
        columns={
            "id": "Id",
            "tool": "Tool",
            "number": "Step",
            "what": "What is done",
            "by": "By",
            "to": "To",
            "copy": "Copy to",
            "within": "Within",
            "kept": "Kept",
            **GROUNDS,
        },
        rows=[row(each) for each in framework.steps],
    )


def streams_table(framework: Framework) -> Table:
    """Every stream of evidence: who brings it, how often, what it gives the board."""
    return Table(
        caption="What the board hears",
        columns={
            "id": "Id",
            "title": "Stream",
            "owners": "Brought by",
            "cadence": "How often",
            "gives": "What it gives the board",
            "part_of": "Part of",
            **GROUNDS,
        },
        rows=[
            {
                "id": each.id,
                "title": each.title,
                "owners": ", ".join(each.owners) or "not stated",
                "cadence": "no frequency stated" if each.cadence is None else each.cadence,
                "gives": each.gives,
                "part_of": each.part_of,
                **grounds(each),
            }
            for each in framework.streams
        ],
    )


def learning_table(framework: Framework) -> Table:
    """Every link of learning: what goes there, from whom to whom, and what shows it."""
    return Table(
        caption="Where learning goes",
        columns={
            "id": "Id",
            "title": "Where",
            "kind": "What it is",
            "takes": "What goes there",
            "told_by": "Brought by",
            "recipients": "To",
            "recipients_standing": "Standing of whom",
            "evidence": "Shown by",
            "evidence_standing": "Standing of evidence",
            **GROUNDS,
        },
        rows=[
            {
                "id": each.id,
                "title": each.title,
                "kind": each.kind.value,
                "takes": "; ".join(each.takes),
                "told_by": ", ".join(each.told_by) or "not stated",
                "recipients": ", ".join(each.recipients),
                "recipients_standing": each.recipients_standing.value,
                "evidence": ", ".join(each.evidence),
                "evidence_standing": each.evidence_standing.value,
                **grounds(each),
            }
            for each in framework.learning
        ],
    )
