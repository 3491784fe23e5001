"""One thing on its way through a machine: its commands, events and history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from attrs import field, frozen

from qaf_core.cycle.parts import START, Transition
from qaf_core.errors import Fault, InputError
from qaf_core.immutable import FrozenMap
from qaf_core.provenance import Reference, Standing

__all__ = [
    "Actor",
    "Command",
    "Event",
    "Option",
    "Process",
    "Refusal",
    "Unmet",
    "late",
    "of_machine",
]


def __dir__() -> list[str]:
    return __all__


def _frozen(entries: Mapping[str, Any]) -> FrozenMap[str, Any]:
    return entries if isinstance(entries, FrozenMap) else FrozenMap(entries)


@frozen
class Actor:
    """Who acts: a role or board, and the post that acts in it: ids, never a name."""

    role: str
    post: str = field(default="", repr=False)

    def __attrs_post_init__(self) -> None:
        if type(self.role) is not str or type(self.post) is not str:
            raise TypeError("Give the role and the post by their ids, as text.")


@frozen(kw_only=True)
class Command:
    """What someone wants to happen.

    Attributes:
        event: id of the event.
        by: who acts.
        on: the day.
        brings: the papers that come with it, by id.
        reason: why: free text, never shown.
    """

    event: str
    by: Actor
    on: date
    brings: FrozenMap[str, Any] = field(factory=FrozenMap, converter=_frozen, repr=False)
    reason: str = field(default="", repr=False)

    def __attrs_post_init__(self) -> None:
        if type(self.on) is not date:
            raise TypeError("Give the day of a command as a date: on=date(2016, 3, 1).")


@frozen(kw_only=True)
class Event:
    """What happened: one entry of a history.

    Attributes:
        machine: id and version of the table it was decided by.
        event: id of the event.
        row: id of the transition that was taken.
        to: id of the state it led to.
        by, on, brings, reason: as in the command.
        due: the last day of each clock it started, or None where none can be given.
    """

    machine: str
    event: str
    row: str
    to: str
    by: Actor
    on: date
    brings: FrozenMap[str, Any] = field(factory=FrozenMap, repr=False)
    reason: str = field(default="", repr=False)
    due: FrozenMap[str, date | None] = field(factory=FrozenMap, repr=False)

    @property
    def command(self) -> Command:
        """The command that it was decided on."""
        return Command(
            event=self.event, by=self.by, on=self.on, brings=self.brings, reason=self.reason
        )


@frozen(kw_only=True)
class Process:
    """Something on its way through a machine. It never changes; events give a new one.

    Attributes:
        machine: id and version of its table.
        id: the host's own id.
        state: id of the state it is in; ``START`` before the first event.
        papers: what is on file, by id of the paper.
        due: the clocks that run, each with its last day, or None where none can be given.
        history: every event, in order.
    """

    machine: str
    id: str
    state: str = START
    papers: FrozenMap[str, Any] = field(factory=FrozenMap, repr=False)
    due: FrozenMap[str, date | None] = field(factory=FrozenMap, repr=False)
    history: tuple[Event, ...] = field(default=(), repr=False)

    @property
    def since(self) -> date | None:
        """The day of the last event."""
        return self.history[-1].on if self.history else None


@frozen(kw_only=True)
class Unmet:
    """One requirement that is not met.

    Attributes:
        id: of the guard or paper, or ``event``, ``state``, ``version``, ``who``, ``order``,
            ``reason`` or ``papers``.
        statement: the requirement, in a sentence that holds nothing personal.
        source, standing: on what it rests; None for what the engine itself asks.
    """

    id: str
    statement: str
    source: Reference | None = None
    standing: Standing | None = None

    def __str__(self) -> str:
        if self.source is None:
            return self.statement
        return f"{self.statement} [{self.source}; {self.standing}]"


@frozen(kw_only=True)
class Refusal:
    """A command that was refused.

    Attributes:
        event: id of the event that was wanted.
        state: id of the state the process is in.
        unmet: every requirement that is not met.
    """

    event: str
    state: str
    unmet: tuple[Unmet, ...]

    def __str__(self) -> str:
        lines = [f"{self.event} is refused in {self.state or 'the beginning'}:"]
        return "\n  ".join((*lines, *map(str, self.unmet)))


@frozen(kw_only=True)
class Option:
    """Something that may happen next, and what it still lacks.

    Attributes:
        transition: the row of the table.
        unmet: what is not met yet; nothing where it can happen now.
    """

    transition: Transition
    unmet: tuple[Unmet, ...]

    @property
    def open(self) -> bool:
        """Whether it can happen now."""
        return not self.unmet


def of_machine(processes: Iterable[Process], pin: str) -> list[Process]:
    """The processes of one machine that have begun; those of other machines are left out.

    Args:
        processes: processes of any machine.
        pin: id and version of the machine's table.

    Raises:
        InputError: some go by another version of it, and would be on no list. Every such
            is named by its place.
    """
    id = pin.split(" ", 1)[0]
    own, faults = [], []
    for number, each in enumerate(processes):
        if each.machine == pin:
            own.append(each)
        elif each.machine.split(" ", 1)[0] == id:
            faults.append(
                Fault(
                    path=f"processes[{number}]",
                    problem="it goes by another version of its table",
                    do=f"List it by that; this list is by {pin}",
                )
            )
    if faults:
        raise InputError(faults)
    return [each for each in own if each.state != START]


def late(process: Process, on: date) -> tuple[str, ...]:
    """Ids of the clocks whose last day has passed: worked out from the day, never stored."""
    return tuple(id for id, due in process.due.items() if due is not None and due < on)
