"""The errors the library raises, each with its parts kept and one clear sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from qaf_core.findings import Escalation

__all__ = [
    "DefinitionError",
    "Fault",
    "InputError",
    "NotInForceError",
    "PluginError",
    "PluginErrorGroup",
    "QafError",
    "UnknownIdError",
    "did_you_mean",
    "nearest",
]


def __dir__() -> list[str]:
    return __all__


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name closest to the one given, or "" where none is close."""
    from difflib import get_close_matches  # loaded when there is something to say

    found = get_close_matches(name, list(known), n=1, cutoff=0.6)
    return found[0] if found else ""


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A sentence that offers the near name, or "" where none is near.

    >>> did_you_mean("case_fil", ["case_file", "observation"])
    " Did you mean 'case_file'?"
    """
    near = nearest(name, known)
    return f" Did you mean {near!r}?" if near else ""


class QafError(Exception):
    """Base of every error this library raises."""


class DefinitionError(QafError, ValueError):
    """A standard, tool, rule or framework is written wrongly."""


class NotInForceError(QafError, LookupError):
    """Something is asked for a day on which it does not hold."""


class UnknownIdError(QafError, LookupError):
    """An id is looked up that is not there.

    Attributes:
        kind: what was looked up, such as "tool".
        id: the id asked for.
        nearest: the known id closest to it, or "".
    """

    def __init__(self, kind: str, id: str, known: Iterable[str]) -> None:
        known = sorted(known)
        self.kind = kind
        self.id = id
        self.nearest = nearest(id, known)
        listed = ", ".join(known) or "none"
        super().__init__(f"There is no {kind} {id!r}.{did_you_mean(id, known)} Known: {listed}.")


class PluginError(QafError):
    """A plugin cannot be used. Nothing of it is registered.

    Attributes:
        plugin: its name, with the distribution and version where known.
        reasons: everything wrong with it, each with what to do.
    """

    def __init__(self, plugin: str, reasons: Iterable[str]) -> None:
        self.plugin = plugin
        self.reasons = tuple(reasons)
        super().__init__(self.plugin, self.reasons)

    def __str__(self) -> str:
        return f"Plugin {self.plugin}: " + " ".join(self.reasons)


class PluginErrorGroup(ExceptionGroup[PluginError], QafError):
    """Every plugin that cannot be used, one error each."""

    def __str__(self) -> str:
        return "\n".join((self.message, *(f"  {error}" for error in self.exceptions)))

    def derive(self, excs: Sequence[PluginError]) -> PluginErrorGroup:  # type: ignore[override]
        return PluginErrorGroup(self.message, excs)


@frozen(kw_only=True)
class Fault:
    """One thing wrong with data given to us.

    Attributes:
        path: where it is, such as ``answers.safe``.
        problem: what is wrong. It never repeats the value that was given.
        do: what to do about it.
        line: the line of a file of many audits, counted from 1, or None.
    """

    path: str
    problem: str
    do: str
    line: int | None = None

    def __str__(self) -> str:
        where = self.path if self.line is None else f"line {self.line}: {self.path}"
        end = "" if self.do.endswith("?") else "."
        return f"{where}: {self.problem}. {self.do}{end}"


def _told(faults: Iterable[Fault]) -> Iterator[str]:
    """Faults in words. What is wrong with line after line alike is told once, with every line."""
    for (path, problem, do), alike in groupby(
        faults, key=lambda each: (each.path, each.problem, each.do)
    ):
        found = list(alike)
        numbers = [each.line for each in found if each.line is not None]
        if len(found) == 1 or len(numbers) < len(found):
            yield from map(str, found)
        else:
            yield f"lines {_stretches(numbers)}: {Fault(path=path, problem=problem, do=do)}"


def _stretches(numbers: Iterable[int]) -> str:
    """Numbers in words, those that follow on each other as one stretch.

    >>> _stretches([2, 3, 4, 7])
    '2 to 4, 7'
    """
    found: list[list[int]] = []
    for number in numbers:
        if found and number == found[-1][-1] + 1:
            found[-1] = [found[-1][0], number]
        else:
            found.append([number])
    return ", ".join(" to ".join(map(str, each)) for each in found)


class InputError(QafError, ValueError):
    """Data given to us cannot be read whole, or not used for what is asked.

    Attributes:
        faults: every fault, each with its path.
        urgent: the escalations that follow from the part that could be read.
        unsettled: the escalations that could neither be raised nor ruled out.
    """

    def __init__(
        self,
        faults: Iterable[Fault],
        *,
        urgent: Iterable[Escalation] = (),
        unsettled: Iterable[Escalation] = (),
    ) -> None:
        self.faults = tuple(faults)
        self.urgent = tuple(urgent)
        self.unsettled = tuple(unsettled)
        super().__init__(self.faults)

    def __str__(self) -> str:
        lines: list[str] = []
        if self.urgent:
            lines += ["Act first: what could be read already calls for this.", ""]
            lines += [f"{escalation}\n" for escalation in self.urgent]
        if self.unsettled:
            lines += ["Cannot be ruled out until the faults are mended:", ""]
            lines += [f"{escalation}\n" for escalation in self.unsettled]
        count = len(self.faults)
        lines.append(f"{count} fault{'s' if count != 1 else ''} to mend:")
        lines += [f"  {told}" for told in _told(self.faults)]
        return "\n".join(lines)
