"""A quarter of an invented council, as a value."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from qaf_core.audits import Audit
from qaf_core.cycle.processes import Process
from qaf_core.framework import Framework
from qaf_core.interchange import Batch
from qaf_core.quarter.again import Moderated
from qaf_core.quarter.choosing import Chosen, Task
from qaf_core.quarter.days import Days
from qaf_core.quarter.desk import Refused
from qaf_core.quarter.filling import Filled
from qaf_core.quarter.following import Followed
from qaf_core.quarter.stage import Stage
from qaf_core.reports import Material, QuarterlyReport, reconcile
from qaf_core.review import Review
from qaf_core.sampling.programme.coverage import Coverage
from qaf_core.sampling.programme.plan import YearPlan
from qaf_core.sampling.programme.recorded import Done, Event, ThematicAudit
from qaf_core.sampling.verify import Verification
from qaf_core.tables import Table

__all__ = ["Quarter"]


def __dir__() -> list[str]:
    return __all__


@frozen(kw_only=True, repr=False)
class Quarter:
    """A quarter of an invented council, as it went.

    Attributes:
        stage: the framework with what the council decided, the days, the council itself, and
            the seed that everything hangs on.
        plan: the plan of the year.
        chosen: what was drawn, row by row, and who audits it.
        verified: every receipt verified at the end.
        tasks: the audits to be done.
        filled: the files as they came in.
        batch: what was read of them.
        mended: the files that could not be read, sent again.
        reviews: what follows from each audit that could be read, by id.
        again: what follows from each moderator's audit, by id.
        calls: every escalation on its way.
        moderated: the moderation.
        followed: how each case file audit went on, by id.
        chase: how the plan stood when those who owed audits were reminded.
        coverage: how it stood when the board met.
        material: all that the report is made from.
        report: the quarterly report to the board.
        themes: the themes in the board's cycle.
        done: the audits that count for the programme.
        events: transfers between teams.
        thematic: thematic audits.
        refused: commands that were refused on the way.
        listed: the service manager's list of cases with something open.
        told_board: every escalation, as the board was shown it.
    """

    stage: Stage
    plan: YearPlan = field(repr=False)
    chosen: tuple[Chosen, ...] = field(repr=False)
    verified: tuple[Verification, ...] = field(repr=False)
    tasks: tuple[Task, ...] = field(repr=False)
    filled: Filled = field(repr=False)
    batch: Batch = field(repr=False)
    mended: Batch = field(repr=False)
    reviews: Mapping[str, Review] = field(repr=False)
    again: Mapping[str, Review] = field(repr=False)
    calls: tuple[Process, ...] = field(repr=False)
    moderated: Moderated = field(repr=False)
    followed: Mapping[str, Followed] = field(repr=False)
    done: tuple[Done, ...] = field(repr=False)
    events: tuple[Event, ...] = field(repr=False)
    thematic: tuple[ThematicAudit, ...] = field(repr=False)
    chase: Coverage = field(repr=False)
    coverage: Coverage = field(repr=False)
    material: Material = field(repr=False)
    report: QuarterlyReport = field(repr=False)
    themes: tuple[Process, ...] = field(repr=False)
    refused: tuple[Refused, ...] = field(repr=False)
    listed: Table = field(repr=False)
    told_board: Table = field(repr=False)

    def __repr__(self) -> str:
        audits, calls = len(self.audits), len(self.calls)
        return f"<Quarter {self.name} of an invented council: {audits} audits, {calls} escalations>"

    def reconcile(self) -> None:
        """That nothing which had to be escalated is lost.

        Raises:
            InputError: something is. It is named, with the place where it is missing.
        """
        reconcile(self.material, self.report, open_cases=self.listed, board=self.told_board)

    @property
    def framework(self) -> Framework:
        """The framework, with what the council decided."""
        return self.stage.framework

    @property
    def days(self) -> Days:
        """When things happened."""
        return self.stage.days

    @property
    def name(self) -> str:
        """The quarter, such as ``2016-Q1``."""
        return self.stage.name

    @property
    def audits(self) -> tuple[Audit, ...]:
        """Every audit that could be read in the end, in the order of its task."""
        read = {audit.id: audit for audit in (*self.batch.audits, *self.mended.audits)}
        return tuple(read[task.id] for task in self.tasks if task.id in read)

    @property
    def actions(self) -> tuple[Process, ...]:
        """Every action that was agreed, on its way."""
        return tuple(action for each in self.followed.values() for action in each.actions)
