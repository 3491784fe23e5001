"""What the board heard in a quarter, stream by stream."""

from __future__ import annotations

from datetime import date

from qaf_core.cadence import ProgrammeYear, Window
from qaf_core.cycle.evidence import heard
from qaf_core.framework import Framework
from qaf_core.reports.material import Material
from qaf_core.reports.matters_tables import evidence_table
from qaf_core.tables import Table

__all__ = ["heard_in", "year_of"]


def __dir__() -> list[str]:
    return __all__


def heard_in(material: Material, framework: Framework, window: Window, on: date) -> Table:
    """A row a stream, for the windows of its own that fall into this one."""
    table = heard(
        framework.streams,
        material.hearings,
        year_of(framework, window.start),
        on,
        subjects=material.subjects,
        events=material.events,
        within=window,
    )
    return evidence_table(table, f"What the board heard, {window}, by {on}")


def year_of(framework: Framework, day: date) -> ProgrammeYear:
    """The programme year that holds a day."""
    year = framework.programme_in(day.year).year(day.year)
    if day >= year.start:
        return year
    return framework.programme_in(day.year - 1).year(day.year - 1)
