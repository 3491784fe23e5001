"""From JSON text to audits: every fault at once, and nothing urgent lost to one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import attrs
from attrs import field, frozen

from qaf_core.audits import Audit
from qaf_core.errors import Fault, InputError
from qaf_core.findings import Escalation
from qaf_core.framework import Framework
from qaf_core.interchange.parsing import Parsed, parse, plainly
from qaf_core.interchange.plain import as_plain, vocabulary
from qaf_core.interchange.quick import read_quickly
from qaf_core.interchange.reader import Reader
from qaf_core.interchange.urgent import broken, urgent_in

__all__ = ["Batch", "read_audit", "read_audits"]


def __dir__() -> list[str]:
    return __all__


@frozen(kw_only=True)
class Batch:
    """Many audits, as far as they could be read.

    Attributes:
        audits: those read whole.
        faults: every fault, with its line and path.
        urgent: escalations that follow from lines that could not be read whole.
        unsettled: escalations such lines leave open.
    """

    audits: tuple[Audit, ...] = field(repr=False)
    faults: tuple[Fault, ...] = ()
    urgent: tuple[Escalation, ...] = ()
    unsettled: tuple[Escalation, ...] = ()


def read_audits(
    lines: Iterable[str | bytes] | str | bytes, framework: Framework, *, on: date | None = None
) -> Batch:
    """Read many audits, one JSON text a line; blank lines are passed over.

    Args:
        lines: the lines of a file, its whole text, or any texts.
        framework: what the audits are read against.
        on: the day that clocks stand at for what is urgent; the audit's own where None.
    """
    audits: list[Audit] = []
    faults: list[Fault] = []
    urgent: list[Escalation] = []
    unsettled: list[Escalation] = []
    seen: dict[str, int] = {}
    if isinstance(lines, str | bytes):
        lines = lines.splitlines()
    for number, line in _numbered(lines, faults):
        if isinstance(line, str | bytes) and not line.strip():
            continue
        try:
            audit = read_audit(line, framework, on=on)
        except InputError as error:
            faults += [attrs.evolve(fault, line=number) for fault in error.faults]
            urgent += [attrs.evolve(each, line=number) for each in error.urgent]
            unsettled += [attrs.evolve(each, line=number) for each in error.unsettled]
            continue
        audits.append(audit)
        if audit.id in seen:
            problem = f"an audit of this id stands on line {seen[audit.id]} already"
            faults.append(Fault(path="id", problem=problem, do="Keep one", line=number))
        seen.setdefault(audit.id, number)
    return Batch(
        audits=tuple(audits),
        faults=tuple(faults),
        urgent=tuple(urgent),
        unsettled=tuple(unsettled),
    )


def _numbered(
    lines: Iterable[str | bytes], faults: list[Fault]
) -> Iterator[tuple[int, str | bytes]]:
    """The lines with their numbers, as far as they come; where they break off is a fault."""
    number, numbered = 0, enumerate(lines, 1)
    try:
        for number, line in numbered:
            yield number, line
    except (Exception, SystemExit) as error:  # noqa: BLE001 - it hides no line before it
        problem = f"the lines break off here ({type(error).__name__})"
        do = "Give the whole file as bytes, or mend it from here on"
        faults.append(Fault(path="(whole text)", problem=problem, do=do, line=number + 1))


def read_audit(
    source: str | bytes | Mapping[str, Any], framework: Framework, *, on: date | None = None
) -> Audit:
    """Read one audit, complete or draft.

    Args:
        source: JSON text, or plain data of the same shape.
        framework: what the audit is read against.
        on: the day that clocks stand at for what is urgent; the audit's own where None.

    Returns:
        The audit, pinned to its tool's id, version and fingerprint.

    Raises:
        InputError: something cannot be read. It names every fault, and holds the
            escalations that follow from the part that could be read.
    """
    if isinstance(source, str | bytes):
        audit = read_quickly(plainly(source), framework)
        if audit is not None:
            return audit
    return _read_carefully(source, framework, on)


def _read_carefully(
    source: str | bytes | Mapping[str, Any], framework: Framework, on: date | None
) -> Audit:
    """The audit; or every fault, and what is urgent all the same."""
    parsed, tool = Parsed(None), None
    faults: list[Fault] = []
    try:
        parsed = _parsed(source, framework)
        faults += parsed.faults
        reader = Reader(framework, faults)
        tool = reader.tool(parsed.value)
        if tool is not None:
            audit = reader.audit(parsed.value, tool)
            if not faults:
                return audit
        else:
            reader.shape(parsed.value)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - what it hides may be urgent
        faults.append(broken(error))
    urgent, unsettled = urgent_in(parsed, faults, framework, tool, on)
    raise InputError(faults, urgent=urgent, unsettled=unsettled)


def _parsed(source: str | bytes | Mapping[str, Any], framework: Framework) -> Parsed:
    if isinstance(source, str | bytes):
        return parse(source, vocabulary(framework))
    faults: list[Fault] = []
    data = as_plain(source, "", faults)
    return Parsed(data, tuple(faults), (), data)
