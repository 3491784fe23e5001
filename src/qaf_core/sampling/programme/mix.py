"""Whether a team's share of a pool holds what the pool wants."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from qaf_core.sampling.population import Case
from qaf_core.sampling.programme.dues import Note
from qaf_core.sampling.programme.model import Programme
from qaf_core.sampling.programme.rows import Pool

__all__ = ["draw_notes", "pool_note"]

_STATUS = "case_status"


def __dir__() -> list[str]:
    return __all__


def pool_note(pool: Pool, team: str, when: str, statuses: Iterable[str]) -> Note | None:
    """What to ask of the files of one team in one window, or None.

    Args:
        pool: the pool.
        team: id of the team.
        when: name of the window, or what else tells the draw.
        statuses: the status of each file, "" where it is not known.
    """
    found = list(statuses)
    if not pool.wants or set(found) & set(pool.wants) or not found:
        return None
    wanted = " or ".join(pool.wants)
    unknown = found.count("")
    text = f"{pool.title}: no file of team {team or '(not given)'} in {when} is {wanted}"
    if unknown:
        text += f", as far as known: the status of {unknown} of {len(found)} is not given"
    text += ". They are to be among those audited: draw again, or say why there is none."
    return Note(row=pool.id, text=text, source=pool.source, standing=pool.standing)


def draw_notes(programme: Programme, cases: Iterable[Case], *, when: str) -> Iterator[Note]:
    """What to ask of drawn cases, team by team: whether a pool has what it wants.

    Cases whose status belongs to no row of the pool say nothing of it and are passed over.

    Args:
        programme: the programme.
        cases: the cases drawn for one window, with their team and fact ``case_status``.
        when: name of the window, or what else tells the draw.
    """
    teams: dict[str, list[str]] = {}
    for case in cases:
        status = case.facts.get(_STATUS, "")
        teams.setdefault(case.team, []).append(status if isinstance(status, str) else "")
    for row in programme.units:
        if row.pool is None or not row.pool.shared:
            continue
        for team, statuses in sorted(teams.items()):
            found = (each for each in statuses if not row.statuses or each in ("", *row.statuses))
            note = pool_note(row.pool, team, when, found)
            if note is not None:
                yield note
