"""That no escalation is lost between the audit that calls for it and the report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

from attrs import frozen

from qaf_core.cycle.raising import unraised
from qaf_core.errors import Fault, InputError
from qaf_core.reports.fitness import refuse_unfit
from qaf_core.reports.material import Material
from qaf_core.reports.open_matters import as_of
from qaf_core.reports.quarterly import QuarterlyReport
from qaf_core.tables import Table

__all__ = ["Lost", "Place", "missing_escalations", "reconcile"]


def __dir__() -> list[str]:
    return __all__


class Place(StrEnum):
    """Where an escalation has to be."""

    LIFECYCLE = "its lifecycle"
    LIST = "the service manager's list"
    BOARD = "the board's evidence"
    REPORT = "the report"


@frozen(kw_only=True)
class Lost:
    """An escalation that is missing somewhere.

    Attributes:
        escalation: id of its process; "" where it has none.
        audit: id of the audit.
        rules: what calls for it.
        place: where it is missing.
    """

    escalation: str
    audit: str
    rules: tuple[str, ...]
    place: Place

    def __str__(self) -> str:
        what = self.escalation or f"what {self.audit} calls for"
        return f"{what} ({', '.join(self.rules)}) is missing in {self.place}"


def missing_escalations(
    material: Material,
    report: QuarterlyReport,
    *,
    open_cases: Table,
    board: Table,
    before: Iterable[QuarterlyReport] = (),
) -> tuple[Lost, ...]:
    """Every escalation that is missing where it has to be; nothing where all is well.

    Args:
        material: the audits with their reviews, and the processes of escalations.
        report: the report of the quarter.
        open_cases: the service manager's list, as ``cycle.open_cases`` gives it.
        board: what the board was shown, as ``cycle.escalations`` gives it.
        before: earlier reports: what was open in them is still somewhere.

    Returns:
        What is called for and has no lifecycle; what is open and not on the list; what is
        not in the board's evidence; what was raised in the quarter, or still open in it, and
        is not in the report; and what an earlier report held and is gone.

    Raises:
        InputError: the material is unfit: an audit has no review, or one that misses what the
            audit calls for. Every fault is named.
    """
    refuse_unfit(material, report.framework)
    return tuple(_lost(material, report, open_cases, board, tuple(before)))


def reconcile(
    material: Material,
    report: QuarterlyReport,
    *,
    open_cases: Table,
    board: Table,
    before: Iterable[QuarterlyReport] = (),
) -> None:
    """Fail where an escalation is missing anywhere; see ``missing_escalations``.

    Raises:
        InputError: some are missing, or the material is unfit. Every one is named, with where;
            those that nobody was told of are its ``urgent``.
    """
    lost = missing_escalations(material, report, open_cases=open_cases, board=board, before=before)
    if lost:
        calls = unraised((*material.reviews, *material.unread), material.escalations)
        raise InputError(
            [
                Fault(
                    path=each.escalation or each.audit,
                    problem=f"it is missing in {each.place}",
                    do=_DO[each.place],
                )
                for each in lost
            ],
            urgent=calls,
        )


_DO = {
    Place.LIFECYCLE: "Raise it now",
    Place.LIST: "Give the list every escalation there is",
    Place.BOARD: "Show the board every escalation there is",
    Place.REPORT: "Make the report again from every escalation there is",
}


def _lost(
    material: Material,
    report: QuarterlyReport,
    open_cases: Table,
    board: Table,
    before: Sequence[QuarterlyReport],
) -> Iterator[Lost]:
    for call in unraised((*material.reviews, *material.unread), material.escalations):
        rules = tuple(rule.id for rule in call.rules)
        yield Lost(escalation="", audit=call.audit, rules=rules, place=Place.LIFECYCLE)
    known = {each.id for each in material.escalations}
    for line in {line.id: line for each in before for line in each.escalations}.values():
        if line.id not in known:
            yield Lost(
                escalation=line.id, audit=line.audit, rules=line.rules, place=Place.LIFECYCLE
            )
    listed = {str(row["audit"]): int(str(row["escalations"])) for row in open_cases.rows}
    shown = {row["escalation"] for row in board.rows}
    reported = {line.id for line in report.escalations}
    open_now: Counter[str] = Counter()
    for process in sorted(material.escalations, key=lambda each: each.id):
        now = as_of(process, report.on, report.framework)
        if now is None:
            continue
        audit, rules = now.papers["audit"], tuple(now.papers["rules"])
        ends = report.framework.machine(*now.machine.split(" ", 1)).ends()
        still = now.state not in ends
        if still:
            open_now[audit] += 1
            if open_now[audit] > listed.get(audit, 0):
                yield Lost(escalation=now.id, audit=audit, rules=rules, place=Place.LIST)
        if now.id not in shown:
            yield Lost(escalation=now.id, audit=audit, rules=rules, place=Place.BOARD)
        raised = now.history[0].on
        belongs = raised <= report.window.due and (
            still or now.history[-1].on >= report.window.start
        )
        if belongs and now.id not in reported:
            yield Lost(escalation=now.id, audit=audit, rules=rules, place=Place.REPORT)
