"""What a report gives to each place where learning goes."""

from __future__ import annotations

from qaf_core.errors import UnknownIdError
from qaf_core.learning.model import LearningLink, Lesson
from qaf_core.reports.pages import Page
from qaf_core.reports.quarterly import QuarterlyReport
from qaf_core.reports.tables import good_practice_table, training_table
from qaf_core.tables import Table

__all__ = ["lessons"]


def __dir__() -> list[str]:
    return __all__


def lessons(report: QuarterlyReport, link: str) -> Page:
    """The part of a report that goes to one place, with whom it is for and what shows it.

    Args:
        report: the report of a quarter.
        link: id of the learning link.

    Raises:
        UnknownIdError: the framework has no such link; the near one is named.
    """
    links = {each.id: each for each in report.framework.learning}
    if link not in links:
        raise UnknownIdError("learning link", link, links)
    found = links[link]
    return Page(
        title=f"{found.title}: learning from audits, {report.window}",
        lead=(
            f"For {', '.join(found.recipients)} [{found.source}; {found.recipients_standing}].",
            (
                f"That it arrives is shown by {', '.join(found.evidence)} "
                f"[{found.source}; {found.evidence_standing}]."
            ),
        ),
        notes=report.basis[:-1],
        tables=tuple(_tables(report, found)),
    )


def _tables(report: QuarterlyReport, link: LearningLink) -> list[tuple[str, Table]]:
    themes = report.themes
    every = {
        Lesson.DEVELOPMENT: themes.table("Where practice fell short", themes.weaknesses()),
        Lesson.STRENGTHS: themes.table("Where practice held up", themes.strengths()),
        Lesson.GOOD_PRACTICE: good_practice_table(report.counts, report.framework, report.floor),
        Lesson.TRAINING: training_table(themes, report.framework),
    }
    return [
        (lesson.value.capitalize(), every[lesson]) for lesson in link.takes if len(every[lesson])
    ]
