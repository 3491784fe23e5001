"""The board's rolling work programme: every theme, where it stands, and what comes next."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from qaf_core.cycle.machines import Machine
from qaf_core.cycle.processes import Process, late, of_machine
from qaf_core.cycle.stages import QA_CYCLE
from qaf_core.tables import Table

__all__ = ["work_programme"]


def __dir__() -> list[str]:
    return __all__


def work_programme(
    themes: Iterable[Process], on: date, *, machine: Machine = QA_CYCLE, closed: bool = False
) -> Table:
    """The themes on the board's hands, as of a day.

    Args:
        themes: the processes of themes.
        on: the day.
        machine: the table of the cycle.
        closed: whether themes that are closed are listed too.

    Returns:
        A row a theme, those with a rank first and by it: its stage and whose turn it is,
        since when, how often it went round, what may happen next, and what is late.

    Raises:
        InputError: a theme goes by another version of the table. Every such is named.
    """
    places = {state.id: place for place, state in enumerate(machine.states)}
    listed = [
        each
        for each in of_machine(themes, machine.pin)
        if closed or each.state not in machine.ends()
    ]
    listed.sort(
        key=lambda each: (
            "rank" not in each.papers,
            each.papers.get("rank", 0),
            places[each.state],
            each.papers["theme"],
            each.id,
        )
    )
    rows = []
    for each in listed:
        entered = _entered(each)
        state = machine.state(each.state)
        onward = (row.transition.title for row in machine.row.values() if state.id in row.leaves)
        rows.append(
            {
                "theme": each.papers["theme"],
                "rank": each.papers.get("rank"),
                "stage": state.title,
                "owner": state.owner,
                "since": entered[-1][1],
                "round": sum(id == entered[0][0] for id, _ in entered),
                "next": "; ".join(onward),
                "late": "; ".join(machine.clock(id).statement for id in late(each, on)),
                "process": each.id,
            }
        )
    return Table(
        caption=f"Work programme on {on}: {len(rows)}",
        columns={
            "theme": "Theme",
            "rank": "Rank",
            "stage": "Stage",
            "owner": "Whose turn",
            "since": "Since",
            "round": "Round",
            "next": "What may happen next",
            "late": "Late",
            "process": "Process",
        },
        rows=rows,
    )


def _entered(process: Process) -> list[tuple[str, date]]:
    """The stages a theme came into, each with the day, in order."""
    found: list[tuple[str, date]] = []
    for event in process.history:
        if not found or event.to != found[-1][0]:
            found.append((event.to, event.on))
    return found
