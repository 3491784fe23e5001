"""Per cent good or better from quarter to quarter, broken wherever like is not with like."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from qaf_core.errors import Fault, InputError
from qaf_core.reports.grades import ALL, GOOD_OR_BETTER, Grades, service_titles
from qaf_core.tables import Table

if TYPE_CHECKING:
    from qaf_core.reports.quarterly import QuarterlyReport

__all__ = ["trend"]


def __dir__() -> list[str]:
    return __all__


def trend(reports: Sequence[QuarterlyReport]) -> Table:
    """Per cent good or better by service and quarter, with the denominator each time.

    A line breaks where the tools of a service, their versions or their fingerprints are
    others than the quarter before, where another grade is reported, or another counts as
    good. On either side of a break figures are not to be compared; ``series`` numbers the
    stretches within which they are.

    Args:
        reports: quarterly reports, in any order.

    Raises:
        InputError: two reports are of stretches that overlap.
    """
    ordered = sorted(reports, key=lambda each: each.window.start)
    faults = [
        Fault(
            path=f"reports[{reports.index(later)}].window",
            problem="it overlaps with another report's",
            do="Give one report of each quarter",
        )
        for one, later in pairwise(ordered)
        if later.window.start <= one.window.due
    ]
    if faults:
        raise InputError(faults)
    rows: list[dict[str, object]] = []
    lines = [{each.scale.id: each for each in report.grades} for report in ordered]
    for scale in dict.fromkeys(id for each in lines for id in each):
        found = [(report, each.get(scale)) for report, each in zip(ordered, lines, strict=True)]
        rows += _rows(scale, found)
    return Table(
        caption="Good or better, quarter by quarter",
        columns={
            "title": "Service",
            "window": "Quarter",
            "graded": "Graded",
            "good_or_better": "Good or better",
            "per_cent": "Per cent of those graded",
            "break": "Not to be compared with the quarter before",
            "series": "Series",
            "scale": "Scale",
            "service": "Service id",
        },
        rows=rows,
    )


def _rows(
    scale: str, found: Sequence[tuple[QuarterlyReport, Grades | None]]
) -> Iterable[dict[str, object]]:
    """A row a service and quarter."""
    titles = service_titles(found[0][0].framework)
    order = {service: at for at, service in enumerate(titles)}
    services = {service for _, grades in found if grades for service in grades.services}
    for service in sorted(services, key=lambda each: (order.get(each, -1), each)):
        series, last = 1, None
        for report, grades in found:
            there = grades is not None and service in grades.services
            graded = grades.graded(service) if grades and there else 0
            why = _why(last, report, service) if last and graded else ""
            series += bool(why)
            if graded:
                last = report
            yield {
                "title": titles.get(service, service),
                "window": str(report.window),
                "graded": graded,
                "good_or_better": grades.shown(service, GOOD_OR_BETTER)
                if grades and graded and grades.good
                else None,
                "per_cent": grades.per_cent(service) if grades and there else "none graded",
                "break": why,
                "series": series,
                "scale": scale,
                "service": service,
            }


def _why(before: QuarterlyReport, report: QuarterlyReport, service: str) -> str:
    """Why a figure is not to be compared with the last one before it, or ""."""
    why = []
    if before.policy != report.policy:
        why.append(f"the grade reported was the {before.policy} one, and is the {report.policy}")
    if before.good_from != report.good_from:
        why.append(f"good or better began at {before.good_from}, and begins at {report.good_from}")
    one, other = _made(before, service), _made(report, service)
    if one != other:
        gone = sorted(" ".join(each[:2]) for each in one - other)
        come = sorted(" ".join(each[:2]) for each in other - one)
        if gone == come:
            why.append(f"another fingerprint of {', '.join(come)}")
        else:
            parts = [f"no longer {', '.join(gone)}"] if gone else []
            parts += [f"now {', '.join(come)}"] if come else []
            why.append(" and ".join(parts))
    return "; ".join(why)


def _made(report: QuarterlyReport, service: str) -> frozenset[tuple[str, str, str]]:
    if service != ALL:
        return report.made_with.get(service, frozenset())
    return frozenset(made for each in report.made_with.values() for made in each)
