"""The annual report to the committee, compiled from four quarterly reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

from attrs import field, frozen

from qaf_core.cadence import Window
from qaf_core.errors import Fault, InputError
from qaf_core.findings import Escalation
from qaf_core.framework import Framework
from qaf_core.reports.counts import Counts
from qaf_core.reports.grades import Grades
from qaf_core.reports.matters_tables import (
    actions_table,
    escalation_states_table,
)
from qaf_core.reports.open_matters import ActionLine, EscalationLine
from qaf_core.reports.pages import Page
from qaf_core.reports.quarterly import QuarterlyReport
from qaf_core.reports.saying import summary_sentences
from qaf_core.reports.tables import (
    audits_table,
    training_table,
)
from qaf_core.reports.themes import Themes
from qaf_core.reports.trend import trend
from qaf_core.reports.year import grades_of_year, themes_of_year
from qaf_core.tables import Table
from qaf_core.timing import add_months

__all__ = ["AnnualReport", "annual_report"]


def __dir__() -> list[str]:
    return __all__


@frozen(kw_only=True)
class AnnualReport:
    """What a year's audits say, for the committee: the four quarters, added up.

    It names no audit, child, worker or post. What a quarter held back cannot be worked
    out from it and the other three.

    Attributes:
        quarters: the four quarterly reports, in order.
        window: the year.
        on: the day of the last of them.
        counts: the counts of the four, added up: for adding up only, not for showing.
        grades, themes: of the year, held back with the quarters in mind.
        escalations: each escalation of the year once, as it stood when last reported.
        unraised, unsettled: those called for that nobody had been told of, and those that
            could not be ruled out, by the last report.
        actions: each action of the year once, as it stood when last reported.
    """

    quarters: tuple[QuarterlyReport, ...] = field(repr=False)
    window: Window
    on: date
    counts: Counts = field(repr=False)
    grades: tuple[Grades, ...] = field(repr=False)
    themes: Themes = field(repr=False)
    escalations: tuple[EscalationLine, ...] = field(repr=False)
    unraised: tuple[Escalation, ...] = field(repr=False)
    unsettled: tuple[Escalation, ...] = field(repr=False)
    actions: tuple[ActionLine, ...] = field(repr=False)

    @property
    def framework(self) -> Framework:
        """The framework of the last quarter, for names and clauses."""
        return self.quarters[-1].framework

    @property
    def audited(self) -> int:
        """How many audits it counts."""
        return self.counts.total("audited")

    @property
    def floor(self) -> int:
        """The smallest count that is told."""
        return self.quarters[-1].floor

    @property
    def trend(self) -> Table:
        """Good or better by service, quarter by quarter."""
        return trend(self.quarters)

    @property
    def summary(self) -> tuple[str, ...]:
        """The year in a few sentences, the most urgent first."""
        return summary_sentences(self, audits=False)

    @property
    def page(self) -> Page:
        """The report as headed tables and sentences."""
        themes, last = self.themes, self.quarters[-1]
        quarters = ", ".join(each.window.name for each in self.quarters)
        tables: list[tuple[str, Table]] = [
            ("Escalations", escalation_states_table(self)),
            ("Audits", audits_table(self.counts, self.framework)),
            *(("Grades", each.table()) for each in self.grades),
            ("Trend", self.trend),
            *themes.pages(),
            ("Training needs", training_table(themes, self.framework)),
            ("Actions", actions_table(self)),
        ]
        return Page(
            title=f"Annual quality assurance report, {self.window}",
            lead=self.summary,
            notes=(
                f"Compiled from the quarterly reports {quarters}, the last as of {self.on}.",
                *last.basis[:-1],
                "Nothing names a child, a worker, a post or an audit.",
            ),
            tables=tuple(each for each in tables if len(each[1])),
        )

    def to_rows(self) -> list[dict[str, object]]:
        """Every table as flat rows, each with the part of the report it is in."""
        return self.page.to_rows()

    def to_markdown(self) -> str:
        """The report as Markdown."""
        return self.page.to_markdown()

    def to_html(self) -> str:
        """The report as HTML to put in a page: headings, captioned tables, all escaped."""
        return self.page.to_html()

    def __str__(self) -> str:
        return str(self.page)

    def _repr_html_(self) -> str:
        return self.to_html()

    def _repr_markdown_(self) -> str:
        return self.to_markdown()


def annual_report(quarters: Sequence[QuarterlyReport]) -> AnnualReport:
    """The year, compiled from the reports of its four quarters and nothing else.

    The quarterly reports are what the committee's report is made of (Reading QAF 2016, §7.3
    and report 3.6; stated).

    Args:
        quarters: the four, in any order.

    Raises:
        InputError: they are not the four quarters of one year, or were made on other
            terms: another framework, grade reported, edge of good, or floor. Every fault is
            named.
    """
    ordered = sorted(quarters, key=lambda each: each.window.start)
    faults = tuple(_faults(ordered))
    if faults:
        raise InputError(faults)
    first, last = ordered[0], ordered[-1]
    escalations: dict[str, EscalationLine] = {}
    actions: dict[str, ActionLine] = {}
    counts = Counts()
    for each in sorted(ordered, key=lambda one: (one.on, one.window.start)):
        escalations |= {line.id: line for line in each.escalations}
        actions |= {line.id: line for line in each.actions}
    for each in ordered:
        counts += each.counts
    years = (first.window.start.year, last.window.due.year)
    name = str(years[0]) if years[0] == years[1] else f"{years[0]}/{years[1] % 100:02}"
    latest = max(ordered, key=lambda each: (each.on, each.window.start))
    return AnnualReport(
        quarters=tuple(ordered),
        window=Window(name=name, start=first.window.start, due=last.window.due),
        on=latest.on,
        counts=counts,
        grades=grades_of_year(ordered, counts),
        themes=themes_of_year(ordered, counts),
        escalations=tuple(
            sorted(
                escalations.values(),
                key=lambda line: (line.closed is not None, line.raised, line.id),
            )
        ),
        unraised=latest.unraised,
        unsettled=latest.unsettled,
        actions=tuple(sorted(actions.values(), key=lambda line: (line.settled, line.id))),
    )


def _faults(ordered: Sequence[QuarterlyReport]) -> Iterator[Fault]:
    if len(ordered) != 4:
        do = "Give the reports of the four quarters of one year"
        yield Fault(path="quarters", problem=f"there are {len(ordered)} of them", do=do)
    for at, (one, other) in enumerate(pairwise(ordered), 1):
        path = f"quarters[{at}]"
        if other.window.start != one.window.due + timedelta(days=1):
            do = "Give quarters that follow one another, each once"
            yield Fault(path=f"{path}.window", problem="it does not follow the one before", do=do)
        for name in ("policy", "good_from", "floor"):
            if getattr(one, name) != getattr(other, name):
                do = "Make all four on the same terms"
                problem = "it is another than the quarter before"
                yield Fault(path=f"{path}.{name}", problem=problem, do=do)
        if one.framework.name != other.framework.name:
            do = "Make all four with one framework"
            yield Fault(
                path=f"{path}.framework", problem="it is another than the quarter before", do=do
            )
    if len(ordered) == 4:
        whole = add_months(ordered[0].window.start, 12) - timedelta(days=1)
        if ordered[-1].window.due != whole:
            do = "Give the reports of the four quarters of one year"
            yield Fault(path="quarters", problem="they are not one year", do=do)
