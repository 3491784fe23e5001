"""Allocations as plain data, and what they rest on from CSV and JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from qaf_core.errors import Fault, InputError
from qaf_core.interchange.parsing import parse
from qaf_core.interchange.spreadsheets import csv_rows
from qaf_core.interchange.strict import Wrong, day
from qaf_core.sampling.allocated import Allocation, Placing
from qaf_core.sampling.population import id_problem, is_id
from qaf_core.sampling.shortfall import Shortfall
from qaf_core.sampling.ties import EarlierAudit

__all__ = [
    "conflicts_from_csv",
    "earlier_from_csv",
    "placings_from_json",
    "placings_from_plain",
    "allocation_to_plain",
]


def __dir__() -> list[str]:
    return __all__


# --- a plan out, placings in ----------------------------------------------------------


def allocation_to_plain(plan: Allocation) -> dict[str, Any]:
    """A plan as plain data: placings, those not placed, the proof and what would mend it."""
    return {
        "purpose": plan.terms.purpose.value,
        "seed": plan.terms.seed,
        "scope": plan.terms.scope,
        "complete": plan.complete,
        "placed": [{"case": each.case, "post": each.post} for each in plan.placed],
        "unplaced": [
            {"case": each.case, "needs": each.needs, "has": each.has} for each in plan.unplaced
        ],
        "shortfall": [_shortfall(each) for each in plan.shortfall],
        "mends": [
            {"way": each.way.value, "text": each.text, "gains": each.gains} for each in plan.mends()
        ],
        "loads": [
            {
                "post": each.post,
                "role": each.role,
                "team": each.team,
                "quota": each.quota,
                "cases": each.cases,
            }
            for each in plan.loads
        ],
        "totals": [
            {"role": each.role, "quota": each.quota, "cases": each.cases} for each in plan.totals
        ],
        "independence": [
            {
                "id": each.id,
                "statement": each.statement,
                "clause": str(each.source),
                "standing": each.standing.value,
            }
            for each in plan.independent
        ],
        "notes": list(plan.notes),
    }


def _shortfall(shortfall: Shortfall) -> dict[str, Any]:
    return {
        "text": shortfall.sentence,
        "cases": list(shortfall.cases),
        "posts": list(shortfall.posts),
        "needed": shortfall.needed,
        "places": shortfall.places,
        "elsewhere": shortfall.elsewhere,
        "short": shortfall.short,
        "teams": [{"team": team, "cases": count} for team, count in shortfall.teams],
        "roles": [{"role": role, "posts": count} for role, count in shortfall.roles],
        "barriers": [
            {
                "independence": each.independence.id,
                "surely": each.surely,
                "perhaps": each.perhaps,
                "unknown": list(each.unknown),
            }
            for each in shortfall.barriers
        ],
    }


def placings_from_plain(plain: object) -> tuple[Placing, ...]:
    """The placings of a plan as ``allocation_to_plain`` gave it, or a list of them, to keep.

    Raises:
        InputError: it is neither; every fault is named.
    """
    where = "placed" if isinstance(plain, Mapping) else ""
    rows = plain.get("placed") if isinstance(plain, Mapping) else plain
    if not isinstance(rows, list | tuple):
        raise InputError(
            [
                Fault(
                    path=where or "(whole data)",
                    problem="it is no list of placings",
                    do='Give a plan, or [{"case": ..., "post": ...}, ...]',
                )
            ]
        )
    found: list[Placing] = []
    faults: list[Fault] = []
    for index, row in enumerate(rows):
        path = f"{where}[{index}]"
        if not isinstance(row, Mapping) or set(row) != {"case", "post"}:
            faults.append(
                Fault(
                    path=path,
                    problem="it is not a case and a post",
                    do='Write {"case": ..., "post": ...}',
                )
            )
            continue
        wrong = [
            Fault(path=f"{path}.{name}", problem=id_problem(id)[0], do=id_problem(id)[1])
            for name, id in row.items()
            if not is_id(id)
        ]
        faults += wrong
        if not wrong:
            found.append(Placing(case=row["case"], post=row["post"]))
    if faults:
        raise InputError(faults)
    return tuple(found)


def placings_from_json(source: str | bytes) -> tuple[Placing, ...]:
    """The placings of a plan written as JSON.

    Raises:
        InputError: it is no JSON, or holds no placings; every fault is named.
    """
    parsed = parse(source, frozenset(("placed", "case", "post")))
    if parsed.faults:
        raise InputError(parsed.faults)
    return placings_from_plain(parsed.value)


# --- what is known between posts and cases ----------------------------------------------


def earlier_from_csv(lines: Iterable[str], faults: list[Fault]) -> tuple[EarlierAudit, ...]:
    """Earlier audits: columns ``case``, ``post`` and ``on``, a date or blank.

    Args:
        lines: the text, line by line, the line ends kept.
        faults: takes what is wrong with rows, with their lines.

    Raises:
        InputError: the heading cannot be used.
    """
    found = []
    _, rows = csv_rows(lines, needed=("case", "post", "on"), faults=faults)
    for line, row in rows:
        wrong = _id_faults(row, line)
        on = None
        if row["on"]:
            try:
                on = day(row["on"])
            except Wrong as error:
                wrong.append(Fault(path="on", problem=error.problem, do=error.do, line=line))
        faults += wrong
        if not wrong:
            found.append(EarlierAudit(case=row["case"], post=row["post"], on=on))
    return tuple(found)


def conflicts_from_csv(lines: Iterable[str], faults: list[Fault]) -> tuple[tuple[str, str], ...]:
    """Declared conflicts of interest: columns ``case`` and ``post``.

    Args:
        lines: the text, line by line, the line ends kept.
        faults: takes what is wrong with rows, with their lines.

    Raises:
        InputError: the heading cannot be used.
    """
    found = []
    _, rows = csv_rows(lines, needed=("case", "post"), faults=faults)
    for line, row in rows:
        wrong = _id_faults(row, line)
        faults += wrong
        if not wrong:
            found.append((row["case"], row["post"]))
    return tuple(found)


def _id_faults(row: Mapping[str, str], line: int) -> list[Fault]:
    return [
        Fault(path=name, problem=id_problem(row[name])[0], do=id_problem(row[name])[1], line=line)
        for name in ("case", "post")
        if not is_id(row[name])
    ]
