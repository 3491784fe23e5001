"""What happens after an audit, step by step, and what is still open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from attrs import frozen

from qaf_core.bank_holidays import ENGLAND_AND_WALES
from qaf_core.errors import UnknownIdError
from qaf_core.immutable import FrozenMap
from qaf_core.provenance import Reference, Standing
from qaf_core.settings import Setting, SettingValue
from qaf_core.tables import Table
from qaf_core.timing import Deadline, WorkingCalendar

__all__ = [
    "Place",
    "Step",
    "schedule",
]

_NO_SETTINGS: Mapping[str, SettingValue] = FrozenMap()


def __dir__() -> list[str]:
    return __all__


@frozen(kw_only=True)
class Place:
    """Where a record is kept.

    Attributes:
        id: its id.
        title: the place, in words.
        source, standing: where it comes from and how firmly it stands.
    """

    id: str
    title: str
    source: Reference
    standing: Standing


@frozen(kw_only=True)
class Step:
    """One step of the follow-up of a tool's audits.

    Attributes:
        id: its id.
        tool: id of the tool.
        number: its place in the order.
        what: what is done, in a phrase.
        by: ids of the roles that do it.
        to: ids of the roles it goes to.
        copy: ids of the roles that have a copy.
        within: by when; None where no limit is stated.
        kept: ids of the places where the record is kept.
        event: id of the event of an audit's way that it is, or "".
        source, standing: where it comes from and how firmly it stands.
    """

    id: str
    tool: str
    number: int
    what: str
    by: tuple[str, ...]
    to: tuple[str, ...] = ()
    copy: tuple[str, ...] = ()
    within: Deadline | Setting | None = None
    kept: tuple[str, ...] = ()
    event: str = ""
    source: Reference
    standing: Standing


def schedule(
    steps: Iterable[Step],
    tool: str,
    *,
    known: Mapping[str, date] = FrozenMap(),
    places: Iterable[Place] = (),
    settings: Mapping[str, SettingValue] = _NO_SETTINGS,
    calendar: WorkingCalendar = ENGLAND_AND_WALES,
) -> Table:
    """The follow-up of a tool's audits, step by step, with days where they are known.

    Args:
        steps: the steps of a framework.
        tool: id of the tool.
        known: days that deadlines count from, by id, such as ``form_received``.
        places: the places of a framework, for their words.
        settings: the values in force, by id, where they depart from those shipped.
        calendar: bank holidays, for deadlines in working days.

    Raises:
        UnknownIdError: there is no step for such a tool; the near one is named.
    """
    steps = tuple(steps)
    if all(each.tool != tool for each in steps):
        raise UnknownIdError("tool with steps", tool, {each.tool for each in steps})
    titles = {each.id: each.title for each in places}
    rows = []
    for each in sorted(steps, key=lambda step: step.number):
        if each.tool != tool:
            continue
        limit = each.within
        if isinstance(limit, Setting):
            limit = settings.get(limit.id, limit.value)  # type: ignore[assignment]
        deadline = limit if isinstance(limit, Deadline) else None
        rows.append(
            {
                "number": each.number,
                "step": each.id,
                "what": each.what,
                "by": ", ".join(each.by),
                "to": ", ".join(each.to),
                "copy": ", ".join(each.copy),
                "within": "no limit stated" if deadline is None else str(deadline),
                "due": deadline and deadline.due(known.get(deadline.after), calendar),
                "kept": "; ".join(titles.get(id, id) for id in each.kept),
                "clause": str(each.source),
                "standing": each.standing.value,
            }
        )
    return Table(caption=f"After an audit with {tool}", columns=_STEP_COLUMNS, rows=rows)


_STEP_COLUMNS = {
    "number": "Step",
    "what": "What is done",
    "by": "By",
    "to": "To",
    "copy": "Copy to",
    "within": "Within",
    "due": "Due",
    "kept": "Kept",
    "clause": "Clause",
    "standing": "Standing",
    "step": "Step id",
}
