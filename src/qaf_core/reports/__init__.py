"""Themes, the quarterly and the annual report, as values: counted, never naming anyone."""

from __future__ import annotations

from qaf_core.reports.annual import AnnualReport, annual_report
from qaf_core.reports.counted import CountedAudit, counted_audits
from qaf_core.reports.counts import Counts
from qaf_core.reports.equalities import NOT_RECORDED, grades_by_characteristic
from qaf_core.reports.grades import ALL, Grades
from qaf_core.reports.lessons import lessons
from qaf_core.reports.material import Material, service_of
from qaf_core.reports.open_matters import ActionLine, EscalationLine
from qaf_core.reports.pages import Page
from qaf_core.reports.quarterly import QuarterlyReport, quarterly_report
from qaf_core.reports.reconciling import Lost, Place, missing_escalations, reconcile
from qaf_core.reports.shapes import Level
from qaf_core.reports.suppression import HELD_BACK, held_back
from qaf_core.reports.themes import Theme, Themes
from qaf_core.reports.trend import trend

__all__ = [
    "ALL",
    "HELD_BACK",
    "NOT_RECORDED",
    "ActionLine",
    "AnnualReport",
    "CountedAudit",
    "Counts",
    "EscalationLine",
    "Grades",
    "Level",
    "Lost",
    "Material",
    "Page",
    "Place",
    "QuarterlyReport",
    "Theme",
    "Themes",
    "annual_report",
    "counted_audits",
    "grades_by_characteristic",
    "held_back",
    "lessons",
    "missing_escalations",
    "quarterly_report",
    "reconcile",
    "service_of",
    "trend",
]


def __dir__() -> list[str]:
    return __all__
