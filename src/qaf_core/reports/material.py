"""What reports are made from: audits, what followed from them, and what was heard."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from attrs import field, frozen

from qaf_core.audits import Audit
from qaf_core.cycle.evidence import Hearing
from qaf_core.cycle.processes import Process
from qaf_core.findings import Escalation
from qaf_core.framework import Framework
from qaf_core.immutable import FrozenMap
from qaf_core.learning.passing import PassedOn
from qaf_core.moderation.settling import Settlement
from qaf_core.review import Review
from qaf_core.sampling.programme.coverage import Coverage

__all__ = ["Material", "service_of"]


def __dir__() -> list[str]:
    return __all__


def _tuple(values: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(values)


def _map(entries: Mapping[str, Any]) -> FrozenMap[str, Any]:
    return entries if isinstance(entries, FrozenMap) else FrozenMap(entries)


@frozen(kw_only=True)
class Material:
    """All that reports are made from, of any stretch of time and in any order.

    Attributes:
        audits: every audit, drafts and moderations among them.
        reviews: the review of each of them.
        unread: escalations of files that could not be read whole (``InputError.urgent``).
        settled: how disagreements were settled, by id of the auditor's audit.
        services: id of the service that each audit is of, by id of the audit: that of a
            row of the programme. One that is not named here is placed by ``service_of``.
        actions, escalations, ways: the processes of actions, of escalations and of audits.
        coverage: how the programme stands, where it is planned.
        hearings: what the board heard.
        subjects, events: for streams that come for each of many, or at events, whom and when,
            by id of the stream; see ``cycle.heard``.
        passed_on: what was passed on to whom.
    """

    audits: tuple[Audit, ...] = field(default=(), converter=_tuple, repr=False)
    reviews: tuple[Review, ...] = field(default=(), converter=_tuple, repr=False)
    unread: tuple[Escalation, ...] = field(default=(), converter=_tuple, repr=False)
    settled: Mapping[str, tuple[Settlement, ...]] = field(
        factory=FrozenMap, converter=_map, repr=False
    )
    services: Mapping[str, str] = field(factory=FrozenMap, converter=_map, repr=False)
    actions: tuple[Process, ...] = field(default=(), converter=_tuple, repr=False)
    escalations: tuple[Process, ...] = field(default=(), converter=_tuple, repr=False)
    ways: tuple[Process, ...] = field(default=(), converter=_tuple, repr=False)
    coverage: Coverage | None = field(default=None, repr=False)
    hearings: tuple[Hearing, ...] = field(default=(), converter=_tuple, repr=False)
    subjects: Mapping[str, tuple[str, ...]] = field(factory=FrozenMap, converter=_map, repr=False)
    events: Mapping[str, tuple[date, ...]] = field(factory=FrozenMap, converter=_map, repr=False)
    passed_on: tuple[PassedOn, ...] = field(default=(), converter=_tuple, repr=False)


def service_of(audit: Audit, framework: Framework) -> str:
    """Id of the row of the programme that an audit is of, or "" where more than one may be.

    That is the one row that its tool and the status of its case lead to; a row that
    counts only what names it is never guessed.
    """
    tool, status = audit.tool.id, audit.subject.facts.get("case_status")
    found: Mapping[object, str] | None = framework.made.get(("services", tool))
    if found is None:
        found = framework.made["services", tool] = _services(tool, framework)
    return found.get(status, found[None]) if isinstance(status, str) else found[None]


def _services(tool: str, framework: Framework) -> dict[object, str]:
    """Of each status the one row that counts audits with a tool; None stands for any other."""
    rows = [
        row
        for row in framework.programme.rows
        if tool in row.tools and not (row.by_name or row.commissioned)
    ]
    found: dict[object, str] = {}
    for status in (None, *(one for row in rows for one in row.statuses)):
        by_status = [row for row in rows if status in row.statuses]
        fitting = by_status or [row for row in rows if not row.statuses]
        found[status] = fitting[0].id if len(fitting) == 1 else ""
    return found
