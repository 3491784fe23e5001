"""The quarterly report to the board, as a value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from attrs import field, frozen

from qaf_core.cadence import Window
from qaf_core.cycle.raising import unraised
from qaf_core.findings import Escalation
from qaf_core.framework import Framework
from qaf_core.immutable import FrozenMap, Remade, as_given
from qaf_core.learning.passing import passed_on
from qaf_core.reports.counted import CountedAudit, counted_audits, counts_of, policy_of
from qaf_core.reports.counts import Counts
from qaf_core.reports.exceptions import exceptions
from qaf_core.reports.grades import Grades, grades_of
from qaf_core.reports.hearing import heard_in
from qaf_core.reports.material import Material
from qaf_core.reports.matters_tables import (
    actions_table,
    each_escalation_table,
    escalations_table,
    published_escalations_table,
)
from qaf_core.reports.open_matters import (
    ActionLine,
    EscalationLine,
    action_lines,
    escalation_lines,
)
from qaf_core.reports.pages import Page
from qaf_core.reports.saying import basis_sentences, summary_sentences
from qaf_core.reports.suppression import HELD_BACK
from qaf_core.reports.tables import (
    audits_table,
    good_practice_table,
    moderation_table,
    sections_table,
    tags_table,
    training_table,
)
from qaf_core.reports.themes import Themes, themes_of
from qaf_core.reports.trend import trend
from qaf_core.settings import FIGURES_PUBLISHED_FROM, GOOD_OR_BETTER_FROM
from qaf_core.tables import Table

__all__ = ["Made", "QuarterlyReport", "quarterly_report"]


def __dir__() -> list[str]:
    return __all__


Made = tuple[str, str, str]
"""What audits were made with: a tool's id, version and fingerprint."""


@frozen(kw_only=True)
class QuarterlyReport:
    """What a quarter's audits say, for the board.

    It holds counts and ids of audits; no child, worker or post.

    Attributes:
        framework: the framework, for names and clauses.
        window: the quarter.
        on: the day as of which it speaks.
        policy: which grade counts where an audit was moderated.
        good_from: the lowest grade that counts as good or better.
        floor: the smallest count that is told.
        counts: what was counted, exact: for adding up only, not for showing.
        made_with: for each service, the tools, versions and fingerprints of its audits.
        drafts: ids of the audits of the quarter that are not complete.
        undated: how many audits have no date and are counted in no quarter.
        ahead: how many of the quarter have a date after the day, and are not counted yet.
        escalations: those raised in the quarter or still open in it, each with its status.
        unraised: escalations that are called for and that nobody has been told of.
        unsettled: escalations that cannot be ruled out until something missing is known.
        actions: those agreed in the quarter or still open in it.
        programme: how the audit programme stands, by row; None where there is no plan.
        evidence: what the board heard.
        learning: where learning went.
        before: reports of earlier quarters, for the trend.
    """

    framework: Framework = field(repr=False, eq=False)
    window: Window
    on: date
    policy: str
    good_from: str
    floor: int
    counts: Counts = field(repr=False)
    made_with: Mapping[str, frozenset[Made]] = field(repr=False)
    drafts: tuple[str, ...] = field(repr=False)
    undated: int
    ahead: int
    escalations: tuple[EscalationLine, ...] = field(repr=False)
    unraised: tuple[Escalation, ...] = field(repr=False)
    unsettled: tuple[Escalation, ...] = field(repr=False)
    actions: tuple[ActionLine, ...] = field(repr=False)
    programme: Table | None = field(repr=False)
    evidence: Table = field(repr=False)
    learning: Table = field(repr=False)
    before: tuple[QuarterlyReport, ...] = field(default=(), repr=False)
    _worked_out: dict[str, Any] = field(init=False, eq=False, repr=False, factory=dict)

    def __reduce__(self) -> Remade:
        return as_given(self)

    @property
    def audited(self) -> int:
        """How many audits it counts; moderations are not counted beside the audit."""
        return self.counts.total("audited")

    @property
    def grades(self) -> tuple[Grades, ...]:
        """Overall grades by service, a value a scale."""
        found: tuple[Grades, ...] | None = self._worked_out.get("grades")
        if found is None:
            found = self._worked_out["grades"] = grades_of(
                self.counts, self.framework, floor=self.floor, good_from=self.good_from
            )
        return found

    @property
    def themes(self) -> Themes:
        """Where practice fell short and where it held up."""
        return themes_of(self.counts, self.framework, floor=self.floor)

    @property
    def basis(self) -> tuple[str, ...]:
        """What its figures rest on, in sentences with their clauses."""
        return tuple(basis_sentences(self))

    @property
    def exceptions(self) -> Table:
        """What is not as it should be: the one list that names audits, by their ids."""
        return exceptions(self)

    @property
    def overdue(self) -> Table:
        """What a day has passed for, oldest first."""
        table = self.exceptions
        rows = [row for row in table.rows if row["overdue"]]
        return Table(
            caption=f"Overdue on {self.on}: {len(rows)}",
            columns=table.columns,
            rows=sorted(rows, key=lambda row: (str(row["due"] or ""), str(row["about"]))),
        )

    @property
    def page(self) -> Page:
        """The report for the board, as headed tables and sentences."""
        return self._page(
            ("Escalations", escalations_table(self)),
            ("Escalations", each_escalation_table(self)),
            ("Exceptions", self.exceptions),
            lead=self.summary,
            notes=self.basis,
        )

    @property
    def published(self) -> Page:
        """The report for anyone: without the lists that name audits, and no small number."""
        told = published_escalations_table(escalations_table(self), self.floor)
        return self._page(
            ("Escalations", told),
            lead=summary_sentences(
                self,
                audits=False,
                escalations=all(row["in_all"] != HELD_BACK for row in told.rows),
            ),
            notes=(*self.basis[:-1], "Nothing names a child, a worker, a post or an audit."),
        )

    def _page(
        self, *first: tuple[str, Table], lead: tuple[str, ...], notes: tuple[str, ...]
    ) -> Page:
        themes = self.themes
        tables: list[tuple[str, Table]] = [
            *first,
            ("Audits", audits_table(self.counts, self.framework)),
            *(("Grades", each.table()) for each in self.grades),
            *((("Trend", trend((*self.before, self))),) if self.before else ()),
            ("Moderation", moderation_table(self.counts, self.framework, self.floor)),
            ("Grades of sections", sections_table(self.counts, self.framework, self.floor)),
            *themes.pages(),
            ("Themes that people identified", tags_table(self.counts, self.floor)),
            (
                "Good practice to share",
                good_practice_table(self.counts, self.framework, self.floor),
            ),
            ("Training needs", training_table(themes, self.framework)),
            ("Actions", actions_table(self)),
            *((("Audit programme", self.programme),) if self.programme else ()),
            ("What the board heard", self.evidence),
            ("Where learning went", self.learning),
        ]
        return Page(
            title=f"Quality assurance report, {self.window}",
            lead=lead,
            notes=(*self.notes, *notes),
            tables=tuple(each for each in tables if len(each[1])),
        )

    @property
    def summary(self) -> tuple[str, ...]:
        """The report in a few sentences, the most urgent first."""
        return summary_sentences(self)

    @property
    def notes(self) -> tuple[str, ...]:
        """What else to know before relying on it."""
        said = []
        if self.undated:
            said.append(
                f"{self.undated} audit{'' if self.undated == 1 else 's'} without a date: counted "
                "in no quarter until one is given."
            )
        if self.ahead:
            said.append(
                f"{self.ahead} audit{'' if self.ahead == 1 else 's'} dated after {self.on}: not "
                "counted yet."
            )
        said += [f"Plugin left out: {fault.plugin}." for fault in self.framework.faults]
        return tuple(said)

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


def quarterly_report(
    material: Material,
    framework: Framework,
    window: Window,
    *,
    on: date,
    policy: str = "",
    floor: int | None = None,
    before: Sequence[QuarterlyReport] = (),
) -> QuarterlyReport:
    """What the audits of a quarter say, and how all that came of them stands on a day.

    The board has it each quarter (Reading QAF 2016, §7.2 and §7.5; stated).

    Args:
        material: what there is, of any stretch of time: the quarter is taken out of it by
            the date of each audit, and by the day of each event.
        framework: the framework, with the services' plugins.
        window: the quarter, such as one of ``ProgrammeYear(...).windows(3)``.
        on: the day as of which it speaks.
        policy: which grade counts where an audit was moderated; the setting
            ``reported_grade`` where not given.
        floor: the smallest count that is told; the setting ``figures_published_from`` where
            not given. 1 holds nothing back: for those alone who may see the files.
        before: reports of earlier quarters, for the trend.

    Raises:
        InputError: something of the material cannot be used. Every fault is named.
    """
    chosen = policy or policy_of(framework, on)
    least = framework.value(FIGURES_PUBLISHED_FROM, on) if floor is None else floor
    counted = [
        each
        for each in counted_audits(material, framework, on=on, policy=chosen)
        if each.audited in window
    ]
    calls = unraised((*material.reviews, *material.unread), material.escalations)
    open_still = [call for each in material.reviews for call in each.unsettled_escalations]
    own = [each for each in material.audits if not each.moderates]
    inside = [each for each in own if each.audited is not None and each.audited in window]
    coverage = material.coverage
    return QuarterlyReport(
        framework=framework,
        window=window,
        on=on,
        policy=chosen,
        good_from=str(framework.value(GOOD_OR_BETTER_FROM, on)),
        floor=int(str(least)),
        counts=counts_of(counted),
        made_with=FrozenMap(_made_with(counted)),
        drafts=tuple(each.audit for each in counted if not each.complete),
        undated=sum(each.audited is None for each in own),
        ahead=sum(each.audited is not None and each.audited > on for each in inside),
        escalations=escalation_lines(material.escalations, window, on, framework),
        unraised=tuple(sorted(calls, key=lambda each: (each.audit, str(each)))),
        unsettled=tuple(sorted(open_still, key=lambda each: (each.audit, str(each)))),
        actions=action_lines(material.actions, window, on, framework),
        programme=coverage.by_row() if coverage else None,
        evidence=heard_in(material, framework, window, on),
        learning=passed_on(framework.learning, material.passed_on, window, on),
        before=tuple(sorted(before, key=lambda each: each.window.start)),
    )


def _made_with(counted: Sequence[CountedAudit]) -> dict[str, frozenset[Made]]:
    found: dict[str, set[Made]] = {}
    for each in counted:
        made = (each.tool, each.version, each.fingerprint)
        found.setdefault(each.service, set()).add(made)
    return {service: frozenset(made) for service, made in sorted(found.items())}
