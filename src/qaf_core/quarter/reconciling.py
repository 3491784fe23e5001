"""Nothing that had to be escalated is lost: each is found in every place where it belongs.

What was raised is worked out again from the reviews and from the files that could not be
read, never from what was told. Each is then looked for on its way through the escalation
lifecycle, on the service manager's list while it is open, and in what the board was shown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from attrs import frozen

from qaf_core.cycle.processes import Process
from qaf_core.cycle.raising import unraised
from qaf_core.errors import Fault, InputError
from qaf_core.findings import Escalation
from qaf_core.review import Review
from qaf_core.tables import Table

__all__ = ["Reconciled", "reconciled"]


def __dir__() -> list[str]:
    return __all__


@frozen(kw_only=True)
class Reconciled:
    """What was looked for, and found everywhere.

    Attributes:
        called_for: escalations that follow from audits, moderations and unreadable files.
        on_their_way: escalations in the lifecycle.
        open: those of them that are not closed, each on the service manager's list.
        closed: those that are closed, with an outcome.
    """

    called_for: int
    on_their_way: int
    open: int
    closed: int


def reconciled(
    found: Sequence[Review | Escalation],
    calls: Sequence[Process],
    *,
    listed: Table,
    board: Table,
    reported: Collection[str],
    ends: Collection[str],
) -> Reconciled:
    """Look for every escalation in every place where it belongs.

    Args:
        found: every review, and every escalation of a file that could not be read.
        calls: the escalations on their way.
        listed: the service manager's list of cases with something open.
        board: the board's table of escalations.
        reported: ids of the escalations in the quarterly report.
        ends: ids of the states in which an escalation is closed.

    Raises:
        InputError: one is missing somewhere. Each is named, with the place.
    """
    faults = [
        *_not_on_their_way(found, calls),
        *_not_listed(calls, listed, ends),
        *_not_shown("the board's evidence", calls, _ids(board)),
        *_not_shown("the quarterly report", calls, reported),
        *_of_nothing(calls, board),
    ]
    if faults:
        raise InputError(faults)
    closed = sum(each.state in ends for each in calls)
    return Reconciled(
        called_for=sum(len(_of(each)) for each in found),
        on_their_way=len(calls),
        open=len(calls) - closed,
        closed=closed,
    )


def _of(found: Review | Escalation) -> tuple[Escalation, ...]:
    return found.escalations if isinstance(found, Review) else (found,)


def _ids(board: Table) -> frozenset[str]:
    return frozenset(str(row["escalation"]) for row in board.rows)


def _not_on_their_way(
    found: Iterable[Review | Escalation], calls: Collection[Process]
) -> Iterator[Fault]:
    for each in unraised(found, calls):
        rules = ", ".join(dict.fromkeys(one.rule.id for one in each.findings))
        problem = f"what it calls for ({rules}) is not in the escalation lifecycle"
        yield Fault(path=each.audit, problem=problem, do="Raise it now")


def _not_listed(calls: Iterable[Process], listed: Table, ends: Collection[str]) -> Iterator[Fault]:
    counts = {str(row["audit"]): row["escalations"] for row in listed.rows}
    still: dict[str, list[str]] = {}
    for each in calls:
        if each.state not in ends:
            still.setdefault(str(each.papers["audit"]), []).append(each.id)
    for audit, ids in still.items():
        if counts.get(audit, 0) != len(ids):
            problem = "it is open and not on the service manager's list"
            yield Fault(path=", ".join(ids), problem=problem, do="Put its case on the list")


def _not_shown(where: str, calls: Iterable[Process], shown: Collection[str]) -> Iterator[Fault]:
    for each in calls:
        if each.id not in shown:
            yield Fault(path=each.id, problem=f"it is not in {where}", do="Put it there")


def _of_nothing(calls: Iterable[Process], board: Table) -> Iterator[Fault]:
    """What is shown and was never raised."""
    known = {each.id for each in calls}
    for id in sorted(_ids(board) - known):
        yield Fault(path=id, problem="it is shown, and not in the lifecycle", do="Look it up")
