"""What of a year is held back, given what the reports of its quarters told.

Whoever has three quarters and the year has the fourth. So the year and its quarters are one
table, of which the quarters are told already.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from attrs import evolve

from qaf_core.reports.counts import Counts
from qaf_core.reports.grades import Cell, Grades, equations, grades_of
from qaf_core.reports.suppression import Equation, gives_away, held_back
from qaf_core.reports.themes import Theme, Themes, themes_of

if TYPE_CHECKING:
    from qaf_core.reports.quarterly import QuarterlyReport

__all__ = ["grades_of_year", "themes_of_year"]

_Cell = tuple[str, str, str]


def __dir__() -> list[str]:
    return __all__


def grades_of_year(quarters: Sequence[QuarterlyReport], counts: Counts) -> tuple[Grades, ...]:
    """Overall grades of a year by service.

    Args:
        quarters: the reports of its quarters, in order and on the same terms.
        counts: their counts, added up.
    """
    last = quarters[-1]
    own = grades_of(counts, last.framework, floor=last.floor, good_from=last.good_from)
    return tuple(evolve(each, hidden=_hidden(each, quarters)) for each in own)


def _hidden(year: Grades, quarters: Sequence[QuarterlyReport]) -> frozenset[Cell]:
    """The cells of the year that are held back, given what the quarters told."""
    cells: dict[_Cell, int] = {("year", *cell): n for cell, n in year.cells.items()}
    sums: list[Equation[_Cell]] = [
        {("year", *cell): n for cell, n in each.items()}
        for each in equations(year.services[:-1], year.scale, year.good)
    ]
    parts: dict[_Cell, dict[_Cell, int]] = {key: {key: 1} for key in cells}
    told: set[_Cell] = set()
    before: set[_Cell] = set()
    for name, quarter in enumerate(quarters):
        for grades in quarter.grades:
            if grades.scale.id != year.scale.id:
                continue
            for cell, n in grades.cells.items():
                key = (str(name), *cell)
                cells[key] = n
                (before if cell in grades.hidden else told).add(key)
                if ("year", *cell) in parts:
                    parts["year", *cell][key] = -1
            sums += [
                {(str(name), *cell): n for cell, n in each.items()}
                for each in equations(grades.services[:-1], grades.scale, grades.good)
            ]
    found = held_back(
        cells,
        (*sums, *parts.values()),
        floor=year.floor,
        published=told,
        already=before,
    )
    return frozenset(key[1:] for key in found if key[0] == "year")


def themes_of_year(quarters: Sequence[QuarterlyReport], counts: Counts) -> Themes:
    """The themes of a year; arguments as for grades."""
    last = quarters[-1]
    told = [
        {(each.level.value, each.id): each for each in quarter.themes.themes}
        for quarter in quarters
    ]
    every = themes_of(counts, last.framework, floor=last.floor)
    hidden = {
        (each.level.value, each.id) for each in every.themes if _gives_away(each, told, last.floor)
    }
    return themes_of(counts, last.framework, floor=last.floor, hidden=hidden)


def _gives_away(
    theme: Theme, quarters: Sequence[Mapping[tuple[str, str], Theme]], floor: int
) -> bool:
    """Whether the year's figures of a theme would give away what quarters held back."""
    key = (theme.level.value, theme.id)
    kept = [each[key] for each in quarters if key in each and not each[key].told]
    if not kept:
        return False
    cells: dict[tuple[int, str], int] = {}
    sums: list[dict[tuple[int, str], int]] = []
    for at, each in enumerate(kept):
        cells |= {(at, "against"): each.against, (at, "held_up"): each.held_up}
        sums.append({(at, "against"): 1, (at, "held_up"): 1})
    sums += [{(at, what): 1 for at in range(len(kept))} for what in ("against", "held_up")]
    # Were the year told, could a small count of a quarter be worked out from the others?
    return gives_away(cells, sums, tuple(cells), floor=floor)
