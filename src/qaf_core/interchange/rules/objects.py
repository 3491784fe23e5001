"""Objects taken apart by their keys, every fault noted and the reading kept within bounds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from attrs import evolve

from qaf_core.errors import DefinitionError, Fault
from qaf_core.interchange.parsing import named
from qaf_core.interchange.rules.names import MAX_FAULTS, MAX_PARTS, WORDS
from qaf_core.interchange.strict import NOTHING, Wrong, text, unknown_key

__all__ = ["Notes", "TooMany", "blank_refused"]

T = TypeVar("T")
_LONGEST = 100
"""How much of a key is compared with those that are known."""


def __dir__() -> list[str]:
    return __all__


class TooMany(Exception):
    """There are more faults than are worth listing."""


class Notes:
    """The faults of one reading, and the count of parts of the rule that is being read."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        self.parts = 0

    def add(self, path: str, problem: str, do: str) -> Any:
        """Note a fault; what it is about is ``NOTHING``."""
        self._note(Fault(path=path, problem=problem, do=do))
        return NOTHING

    def _note(self, fault: Fault) -> None:
        self.faults.append(fault)
        if len(self.faults) >= MAX_FAULTS:
            raise TooMany

    def count(self, path: str, parts: int = 1) -> bool:
        """Count parts of a rule; whether it may have so many."""
        before, self.parts = self.parts, self.parts + parts
        if self.parts <= MAX_PARTS:
            return True
        if before <= MAX_PARTS:
            self.add(
                path,
                f"the rule has more than {MAX_PARTS} parts from here on",
                "Split the rule, or name a part of it as a derived fact",
            )
        return False

    def take(self, path: str, read: Callable[..., T], *given: Any) -> T | Any:
        """What ``read`` makes of what is given, or ``NOTHING`` and a fault."""
        try:
            return read(*given)
        except Wrong as error:
            return self.add(path, error.problem, error.do)
        except DefinitionError as error:
            return self.add(path, str(error).rstrip("."), "Mend this part of the rule")

    def an_object(
        self, value: Any, path: str, required: Iterable[str], optional: Iterable[str] = ()
    ) -> dict[str, Any]:
        """The members of an object that are known; those unknown and missing are faults."""
        if not isinstance(value, dict):
            self.add(path, f"it is {_found(value)}, not an object", "Write an object")
            return {}
        required = list(required)
        known = [*required, *optional]
        for place, key in enumerate(value, 1):
            if key not in known:
                fault = unknown_key(path, key[:_LONGEST], place, known)
                self._note(evolve(fault, path=named(path, key, place, WORDS)))
        for key in required:
            if key not in value:
                self.add(f"{path}.{key}" if path else key, "it is missing", "Add it")
        return {key: each for key, each in value.items() if key in known}

    def a_list(self, value: Any, path: str) -> list[Any]:
        """A list, or a fault and an empty one."""
        if isinstance(value, list):
            return value
        self.add(path, f"it is {_found(value)}, not a list", "Write a list in [ ]")
        return []


def blank_refused(value: Any) -> str:
    """Text with something in it, or a fault."""
    given = text(value)
    if not given.strip():
        raise Wrong("it is blank", "Say what is meant")
    return given


def _found(value: Any) -> str:
    return {dict: "an object", list: "a list", str: "text", bool: "true or false"}.get(
        type(value), "null" if value is None else "a number"
    )
