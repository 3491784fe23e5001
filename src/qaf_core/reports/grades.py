"""Overall grades by service: counted, never averaged, and held back where they are few."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from attrs import field, frozen

from qaf_core.framework import Framework
from qaf_core.immutable import FrozenMap
from qaf_core.reports.counts import Counts
from qaf_core.reports.suppression import HELD_BACK, Equation, held_back
from qaf_core.scales import Scale
from qaf_core.tables import Table

__all__ = ["ALL", "BELOW", "GOOD_OR_BETTER", "Cell", "Grades", "grades_of", "service_titles"]

ALL = "(all)"
"""The line of all services together."""

GOOD_OR_BETTER, BELOW = "(good or better)", "(below)"
"""What grades are summed up as."""

Cell = tuple[str, str]
"""A service, or all; and a grade, or what grades are summed up as."""


def __dir__() -> list[str]:
    return __all__


@frozen(kw_only=True)
class Grades:
    """Overall grades on one scale, by service.

    Attributes:
        scale: the scale.
        good: codes that count as good or better; none where the scale cannot say.
        services: ids of the services, in order, then all of them together.
        cells: how many have a grade, by service and code, held back or not: for adding up
            only, not for showing.
        ungraded: how many have none, by service; a draft, or an answer beside the order.
        hidden: the cells that are not told.
        titles: the names of services that people read.
        floor: the smallest count that is told.
        what: what a line is, in a word.
    """

    scale: Scale = field(repr=False)
    good: tuple[str, ...]
    services: tuple[str, ...]
    cells: Mapping[Cell, int] = field(repr=False)
    ungraded: Mapping[str, int]
    hidden: frozenset[Cell] = field(repr=False)
    titles: Mapping[str, str] = field(repr=False)
    floor: int
    what: str = "service"

    def graded(self, service: str) -> int:
        """How many have a grade that is in the order: the denominator."""
        return sum(self.cells[service, grade.code] for grade in self.scale)

    def shown(self, service: str, what: str) -> int | str:
        """A count, or that it is held back."""
        return HELD_BACK if (service, what) in self.hidden else self.cells[service, what]

    def per_cent(self, service: str) -> float | str:
        """Good or better, in per cent of those graded; never 0 where there are none."""
        graded = self.graded(service)
        if not self.good:
            return "not stated on this scale"
        if not graded:
            return "none graded"
        if (service, GOOD_OR_BETTER) in self.hidden:
            return HELD_BACK
        return round(100 * self.cells[service, GOOD_OR_BETTER] / graded, 1)

    def table(self) -> Table:
        """A row a service, then all: each grade counted, with the denominator."""
        grades = {grade.code: grade.label for grade in self.scale}
        rows = [
            {
                "service": service,
                "title": self.titles.get(service, service),
                **{code: self.shown(service, code) for code in grades},
                "graded": self.graded(service),
                "ungraded": self.ungraded.get(service, 0),
                "good_or_better": self.shown(service, GOOD_OR_BETTER) if self.good else None,
                "per_cent": self.per_cent(service),
            }
            for service in self.services
        ]
        return Table(
            caption=f"{self.scale.title}: overall grades, by {self.what}",
            columns={
                "title": self.what.capitalize(),
                **grades,
                "graded": "Graded",
                "ungraded": "No grade",
                "good_or_better": "Good or better",
                "per_cent": "Per cent of those graded",
                "service": "Id",
            },
            rows=rows,
        )


def service_titles(framework: Framework) -> dict[str, str]:
    """The names of services that people read, in the order of the programme."""
    programme = framework.programme
    titles = {row.id: row.title for row in (*programme.rows, *programme.units)}
    return titles | {"": "Service not known", ALL: "All services"}


def good_codes(scale: Scale, framework: Framework, good_from: str) -> tuple[str, ...]:
    """The grades that count as good or better, on the scale or through a declared map."""
    codes = {grade.code: grade.rank for grade in scale}
    if good_from in codes:
        return tuple(code for code, rank in codes.items() if rank >= codes[good_from])
    for each in framework.maps:
        if each.of.id == scale.id and good_from in {grade.code for grade in each.on}:
            edge = each.on[good_from]
            return tuple(grade.code for grade in scale if each[grade] >= edge)
    return ()


def grades_of(
    counts: Counts,
    framework: Framework,
    *,
    floor: int,
    good_from: str,
    titles: Mapping[str, str] | None = None,
    what: str = "service",
) -> tuple[Grades, ...]:
    """The overall grades of counts, a value a scale, in the order of the framework.

    Args:
        counts: what was counted.
        framework: the framework.
        floor: the smallest count that is told.
        good_from: the lowest grade that counts as good or better.
        titles: the names of the lines, in order; those of services where not given.
        what: what a line is, in a word.
    """
    titles = service_titles(framework) if titles is None else {**titles, ALL: "All"}
    order = {service: at for at, service in enumerate(titles)}
    found = []
    for scale in framework.scales:
        under = counts.under("grade", scale.id)
        if not under:
            continue
        services = sorted(
            {service for service, _ in under}, key=lambda each: (order.get(each, -1), each)
        )
        good = good_codes(scale, framework, good_from)
        cells, ungraded = _cells(under, (*services, ALL), scale, good)
        found.append(
            Grades(
                scale=scale,
                good=good,
                services=(*services, ALL),
                cells=FrozenMap(cells),
                ungraded=FrozenMap(ungraded),
                hidden=held_back(cells, equations(services, scale, good), floor=floor),
                titles=FrozenMap(titles),
                what=what,
                floor=floor,
            )
        )
    return tuple(found)


def _cells(
    under: Mapping[tuple[str, ...], int],
    services: Sequence[str],
    scale: Scale,
    good: Collection[str],
) -> tuple[dict[Cell, int], dict[str, int]]:
    codes = [grade.code for grade in scale]
    cells: dict[Cell, int] = {}
    ungraded: dict[str, int] = {}
    for service in services:
        own: dict[str, int] = {}
        for (where, code), n in under.items():
            if service in (where, ALL):
                own[code] = own.get(code, 0) + n
        for code in codes:
            cells[service, code] = own.get(code, 0)
        if good:
            cells[service, GOOD_OR_BETTER] = sum(own.get(code, 0) for code in good)
            cells[service, BELOW] = sum(own.get(code, 0) for code in codes if code not in good)
        ungraded[service] = sum(n for code, n in own.items() if code not in codes)
    return cells, ungraded


def equations(
    services: Sequence[str], scale: Scale, good: Collection[str]
) -> tuple[Equation[Cell], ...]:
    """What can be worked out of the cells: rows, columns, and good or better."""
    codes = [grade.code for grade in scale]
    found: list[Equation[Cell]] = []
    for service in (*services, ALL):
        found.append({(service, code): 1 for code in codes})
        if good:
            found.append({(service, GOOD_OR_BETTER): 1, (service, BELOW): 1})
            found.append({(service, GOOD_OR_BETTER): 1, **{(service, code): -1 for code in good}})
    summed = [*codes, *((GOOD_OR_BETTER, BELOW) if good else ())]
    found += [{(ALL, what): 1, **{(service, what): -1 for service in services}} for what in summed]
    return tuple(found)
