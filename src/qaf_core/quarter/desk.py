"""Commands given one after the other: each is decided on by the framework, and refusals are kept."""

from __future__ import annotations

from datetime import date
from typing import Any

from attrs import field, frozen

from qaf_core.cycle.lifecycle import apply
from qaf_core.cycle.processes import Actor, Command, Process, Refusal
from qaf_core.errors import Fault, InputError
from qaf_core.quarter.stage import Stage

__all__ = ["Desk", "Refused"]


def __dir__() -> list[str]:
    return __all__


@frozen(kw_only=True)
class Refused:
    """A command that was refused on the way, and of what.

    Attributes:
        process: id of the process.
        on: the day.
        refusal: what was unmet.
    """

    process: str
    on: date
    refusal: Refusal


@frozen
class Desk:
    """Where commands are given.

    Attributes:
        stage: whose framework decides on them.
        refused: what it refused, in order.
    """

    stage: Stage
    refused: list[Refused] = field(factory=list, repr=False)

    def tried(
        self, process: Process, event: str, by: Actor, on: date, reason: str = "", **brings: Any
    ) -> Process | None:
        """The process after an event, or None where it is refused, which is kept."""
        return self.given(process, Command(event=event, by=by, on=on, brings=brings, reason=reason))

    def given(self, process: Process, command: Command) -> Process | None:
        """The process after a command, or None where it is refused, which is kept."""
        found = self.stage.framework.decide(process, command)
        if isinstance(found, Refusal):
            self.refused.append(Refused(process=process.id, on=command.on, refusal=found))
            return None
        machine = self.stage.framework.machine(*process.machine.split(" ", 1))
        return apply(machine, process, found)

    def done(
        self, process: Process, event: str, by: Actor, on: date, reason: str = "", **brings: Any
    ) -> Process:
        """The process after an event that nothing may refuse.

        Raises:
            InputError: it is refused all the same; everything unmet is named.
        """
        after = self.tried(process, event, by, on, reason, **brings)
        if after is None:
            unmet = self.refused[-1].refusal.unmet
            do = "Mend the table of the machine, or the story"
            raise InputError(
                [Fault(path=f"{process.id}: {event}", problem=str(each), do=do) for each in unmet]
            )
        return after
