"""What is not as it should be, most urgent first: the list that can be acted on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from attrs import frozen

from qaf_core.provenance import Reference, Standing
from qaf_core.tables import Table

if TYPE_CHECKING:
    from qaf_core.reports.quarterly import QuarterlyReport

__all__ = ["Matter", "exceptions"]


def __dir__() -> list[str]:
    return __all__


@frozen(kw_only=True)
class Matter:
    """One thing that is not as it should be.

    Attributes:
        what: escalation, action, audit, programme or evidence.
        about: id of the thing.
        audit: id of the audit, where it is of one.
        why: what is amiss.
        due: the day it was or is due, where there is one.
        overdue: whether its time has passed.
        source, standing: on what it rests; none for what needs no rule.
    """

    what: str
    about: str
    audit: str = ""
    why: str
    due: date | None = None
    overdue: bool = False
    source: Reference | None = None
    standing: Standing | None = None

    def to_row(self) -> dict[str, object]:
        """The matter as one flat row."""
        return {
            "what": self.what,
            "about": self.about,
            "audit": self.audit,
            "why": self.why,
            "due": self.due,
            "overdue": self.overdue,
            "clause": str(self.source or ""),
            "standing": str(self.standing or ""),
        }


def exceptions(report: QuarterlyReport) -> Table:
    """What is not as it should be in a report, as a table."""
    matters = [
        *_untold(report),
        *_unsettled(report),
        *_escalations(report),
        *_actions(report),
        *_drafts(report),
        *_programme(report),
        *_streams(report),
    ]
    return Table(
        caption=f"Exceptions on {report.on}: {len(matters)}",
        columns={
            "what": "What",
            "about": "About",
            "audit": "Audit",
            "why": "Why",
            "due": "Due",
            "overdue": "Overdue",
            "clause": "Clause",
            "standing": "Standing",
        },
        rows=[each.to_row() for each in matters],
    )


def _untold(report: QuarterlyReport) -> Iterator[Matter]:
    for call in report.unraised:
        yield Matter(
            what="escalation",
            about=", ".join(each.id for each in call.rules),
            audit=call.audit,
            why="called for, and nobody told",
            due=call.due,
            overdue=True,
            source=call.rules[0].source,
            standing=call.rules[0].standing,
        )


def _unsettled(report: QuarterlyReport) -> Iterator[Matter]:
    for call in report.unsettled:
        yield Matter(
            what="escalation",
            about=", ".join(each.id for each in call.rules),
            audit=call.audit,
            why=f"cannot be ruled out; settled by {', '.join(call.settled_by) or 'a mended rule'}",
            due=call.due,
            source=call.rules[0].source,
            standing=call.rules[0].standing,
        )


def _escalations(report: QuarterlyReport) -> Iterator[Matter]:
    for line in report.escalations:
        if line.closed is None:
            machine = report.framework.machine(*line.machine.split(" ", 1))
            yield Matter(
                what="escalation",
                about=line.id,
                audit=line.audit,
                why="not acknowledged in time" if line.late else f"open: {line.state}",
                due=line.due,
                overdue=line.late,
                source=machine.source,
                standing=machine.standing,
            )


def _actions(report: QuarterlyReport) -> Iterator[Matter]:
    clocks = {clock.id: clock for each in report.framework.machines for clock in each.clocks}
    for line in report.actions:
        if line.late and not line.settled:
            yield Matter(
                what="action",
                about=line.id,
                audit=line.audit,
                why=f"not signed off: {line.state}",
                due=line.due,
                overdue=True,
                source=clocks[line.late[0]].source,
                standing=clocks[line.late[0]].standing,
            )


def _drafts(report: QuarterlyReport) -> Iterator[Matter]:
    for audit in report.drafts:
        yield Matter(what="audit", about=audit, audit=audit, why="not complete")


def _programme(report: QuarterlyReport) -> Iterator[Matter]:
    rows: Iterable[dict[str, object]] = report.programme.to_rows() if report.programme else ()
    known = {row.id: row for row in report.framework.programme.units}
    for each in rows:
        if each["missed"]:
            row = known.get(str(each["row"]))
            yield Matter(
                what="programme",
                about=str(each["row"]),
                why=f"missed: {each['missed']} of what is asked for",
                overdue=True,
                source=row.source if row else None,
                standing=row.standing if row else None,
            )


def _streams(report: QuarterlyReport) -> Iterator[Matter]:
    streams = {each.id: each for each in report.framework.streams}
    for row in report.evidence.rows:
        if row["missed"]:
            stream = streams[str(row["stream"])]
            yield Matter(
                what="evidence",
                about=stream.id,
                why=f"not heard in {row['missed']} of {row['windows']} windows",
                due=date.fromisoformat(str(row["last_missed"])),
                overdue=True,
                source=stream.source,
                standing=stream.standing,
            )
