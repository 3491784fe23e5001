"""From plain data to what a rule leads to: outcomes, to whom, and by when."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from qaf_core.interchange.rules.conditions import Conditions
from qaf_core.interchange.rules.names import UNITS, Names
from qaf_core.interchange.rules.objects import Notes, blank_refused
from qaf_core.interchange.rules.values import whole
from qaf_core.interchange.strict import NOTHING, Wrong, known_id
from qaf_core.logic.values import DATE
from qaf_core.roles import Role
from qaf_core.rules.model import (
    Act,
    Commission,
    Escalate,
    Gate,
    Moderate,
    Outcome,
    Query,
    Recipient,
    Recognise,
    Require,
)
from qaf_core.settings import Setting
from qaf_core.timing import AT_ONCE, Deadline, Span

__all__ = ["Outcomes"]

_MOST_UNITS = 100_000


def __dir__() -> list[str]:
    return __all__


class Outcomes:
    """The reading of outcomes against what a framework declares.

    What cannot be read is ``NOTHING``, and its faults are noted.
    """

    def __init__(self, names: Names, notes: Notes, conditions: Conditions) -> None:
        self.names = names
        self.notes = notes
        self.conditions = conditions

    def all(self, given: Any, path: str) -> tuple[Outcome, ...] | Any:
        """All that follows: at least one outcome."""
        listed = self.notes.a_list(given, path)
        if not self.notes.count(path, len(listed)):
            return NOTHING
        if given == []:
            return self.notes.add(path, "nothing follows", "Say what follows")
        found = tuple(self._outcome(each, f"{path}[{place}]") for place, each in enumerate(listed))
        return NOTHING if NOTHING in found or not found else found

    def _outcome(self, given: Any, path: str) -> Outcome | Any:
        readers: dict[str, Callable[[Any, str], Any]] = {
            "escalate": self._escalate,
            "require": self._said(lambda said: Require(what=said)),
            "query": self._said(lambda said: Query(ask=said)),
            "act": self._act,
            "moderate": self._moderate,
            "commission": self._commission,
            "gate": self._said(lambda said: Gate(event=said)),
            "recognise": self._recognise,
        }
        known = self.notes.an_object(given, path, (), readers)
        if len(known) != 1:
            if isinstance(given, dict) and len(given) == len(known):
                do = f"Write one of {', '.join(readers)} in an object of its own"
                self.notes.add(path, "it is not one outcome", do)
            return NOTHING
        ((kind, value),) = known.items()
        read = readers[kind](value, f"{path}.{kind}")
        return NOTHING if len(given) != 1 else read

    def _said(self, make: Callable[[str], Outcome]) -> Callable[[Any, str], Any]:
        """The reading of an outcome that is a text and no more."""

        def read(given: Any, path: str) -> Outcome | Any:
            said = self.notes.take(path, blank_refused, given)
            return NOTHING if said is NOTHING else make(said)

        return read

    def _escalate(self, given: Any, path: str) -> Escalate | Any:
        if not self.notes.count(path):
            return NOTHING
        known = self.notes.an_object(given, path, ["to", "within"], ["then"])
        readers = {"to": self._recipients, "within": self._within, "then": self._escalate}
        return self._built(Escalate, known, readers, ("to", "within"), path)

    def _act(self, given: Any, path: str) -> Act | Any:
        required = ("what", "by", "within")
        known = self.notes.an_object(given, path, required)
        readers = {
            "what": lambda value, at: self.notes.take(at, blank_refused, value),
            "by": self._recipient,
            "within": self._within,
        }
        return self._built(Act, known, readers, required, path)

    def _commission(self, given: Any, path: str) -> Commission | Any:
        known = self.notes.an_object(given, path, ["tool"], ["on"])
        readers = {
            "tool": lambda value, at: self.notes.take(
                at, known_id, value, self.names.tools, "tool"
            ),
            "on": self._role,
        }
        return self._built(Commission, known, readers, ("tool",), path)

    def _moderate(self, given: Any, path: str) -> Moderate | Any:
        by = self._recipient(given, path)
        return NOTHING if by is NOTHING else Moderate(by=by)

    def _recognise(self, given: Any, path: str) -> Recognise | Any:
        to = self._recipients(given, path)
        return NOTHING if to is NOTHING else Recognise(to=to)

    def _built(
        self,
        make: Callable[..., Outcome],
        known: dict[str, Any],
        readers: Mapping[str, Callable[[Any, str], Any]],
        required: tuple[str, ...],
        path: str,
    ) -> Outcome | Any:
        """An outcome of the members read, where none of them has a fault."""
        read = {key: readers[key](value, f"{path}.{key}") for key, value in known.items()}
        if NOTHING in read.values() or not set(required) <= set(read):
            return NOTHING
        return self.notes.take(path, lambda: make(**read))

    # --- to whom, and by when -------------------------------------------------------

    def _recipients(self, given: Any, path: str) -> tuple[Recipient, ...] | Any:
        listed = self.notes.a_list(given, path)
        if not self.notes.count(path, len(listed)):
            return NOTHING
        if given == []:
            return self.notes.add(path, "it names nobody", "Name at least one role")
        found = tuple(
            self._recipient(each, f"{path}[{place}]") for place, each in enumerate(listed)
        )
        return NOTHING if NOTHING in found or not found else found

    def _recipient(self, given: Any, path: str) -> Recipient | Any:
        """A role by its id, or the field of the item that names one."""
        if isinstance(given, dict):
            return self.conditions.ref(given, path)
        return self._role(given, path)

    def _role(self, given: Any, path: str) -> Role | Any:
        id = self.notes.take(path, known_id, given, self.names.roles, "role")
        return NOTHING if id is NOTHING else self.names.roles[id]

    def _within(self, given: Any, path: str) -> Deadline | Setting | Any:
        """A time limit: at once, a setting, a span after a date, or before an event."""
        if given == "at_once":
            return AT_ONCE
        if isinstance(given, dict) and "setting" in given:
            known = self.notes.an_object(given, path, ["setting"])
            id = self.notes.take(
                f"{path}.setting", known_id, known["setting"], self.names.settings, "setting"
            )
            return NOTHING if id is NOTHING else self.names.settings[id]
        if not isinstance(given, dict) or not given:
            do = 'Write "at_once", {"setting": ...}, {"days": 3, "after": "audited"} or {"before": ...}'
            return self.notes.add(path, "it is no time limit", do)
        known = self.notes.an_object(given, path, (), (*UNITS, "after", "before"))
        if len(known) != len(given):
            return NOTHING
        spans = [key for key in known if key in UNITS]
        if len(spans) > 1:
            return self.notes.add(path, "it has more than one span", "Keep one")
        read: dict[str, Any] = {}
        for key in spans:
            read["span"] = self.notes.take(f"{path}.{key}", _span, known[key], key)
        if "after" in known:
            read["after"] = self.notes.take(f"{path}.after", self._date, known["after"])
        if "before" in known:
            read["before"] = self.notes.take(f"{path}.before", blank_refused, known["before"])
        if NOTHING in read.values():
            return NOTHING
        return self.notes.take(path, lambda: Deadline(**read))

    def _date(self, given: Any) -> str:
        """The id of a fact that is a date."""
        ref = self.conditions.fact(given)
        if ref.kind != DATE:
            raise Wrong("the fact is no date", "Name a fact that is a date, such as audited")
        return ref.name


def _span(given: Any, unit: str) -> Span:
    number = whole(given, 1)
    if number > _MOST_UNITS:
        raise Wrong("it is too long", f"Write a whole number from 1 to {_MOST_UNITS}")
    return Span(number, UNITS[unit])
