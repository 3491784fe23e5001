"""From JSON to rules: every fault at once, nothing coerced, every name looked up."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from qaf_core.errors import Fault, InputError
from qaf_core.facts import judgements_on, returns_stating
from qaf_core.framework import Framework
from qaf_core.interchange.parsing import TOO_DEEP, parse
from qaf_core.interchange.plain import as_plain
from qaf_core.interchange.rules.conditions import Conditions
from qaf_core.interchange.rules.names import (
    FORMAT,
    MAX_DEPTH,
    MAX_FAULTS,
    MAX_RULES,
    MAX_TEXT,
    UNITS,
    WORDS,
    Names,
    names_of,
)
from qaf_core.interchange.rules.objects import Notes, TooMany, blank_refused
from qaf_core.interchange.rules.values import whole
from qaf_core.interchange.strict import NOTHING, Wrong, known_id, structure, text
from qaf_core.logic.expressions import Collection
from qaf_core.logic.values import DATE
from qaf_core.provenance import Document, Reference, Standing
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
    Rule,
)
from qaf_core.settings import Setting
from qaf_core.subjects import ANY
from qaf_core.timing import AT_ONCE, Deadline, Span

__all__ = ["read_rules", "rules_from"]

_ID = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")
_STANDINGS = {each.value: each for each in Standing}
_MOST_UNITS = 100_000


def __dir__() -> list[str]:
    return __all__


def read_rules(source: str | bytes | Mapping[str, Any], framework: Framework) -> tuple[Rule, ...]:
    """Read rules written as JSON.

    Facts, fields of items, roles, settings and kinds of subject are named by id and
    have the kind, label and privacy that the framework declares.

    Args:
        source: JSON text of at most a million characters, or plain data of the same
            shape.
        framework: what the rules may speak of. Where a base or an addition brings facts
            or roles of its own, assemble it without its rules and read them against that.

    Returns:
        The rules, in order, to be given to an ``Addition``.

    Raises:
        InputError: something cannot be read. It names every fault with its path and,
            where a name is nearly one that is known, that one.
    """
    return rules_from(source, names_of(framework))


def rules_from(source: str | bytes | Mapping[str, Any], names: Names) -> tuple[Rule, ...]:
    """Read rules against what they may name.

    Raises:
        InputError: as for ``read_rules``.
    """
    plain, faults = _plain(source)
    notes = Notes(faults)
    rules: list[Rule] = []
    if not any(each.path == "(whole text)" or each.problem == TOO_DEEP for each in faults):
        try:
            rules = _Rules(names, notes).file(plain)
        except TooMany:
            do = "Mend these and read it again"
            faults.append(Fault(path="(whole text)", problem="there may be more faults", do=do))
    if faults:
        raise InputError(faults)
    return tuple(rules)


def _plain(source: str | bytes | Mapping[str, Any]) -> tuple[Any, list[Fault]]:
    """The source as plain data, and what is wrong with it as such."""
    if not isinstance(source, str | bytes):
        faults: list[Fault] = []
        plain = as_plain(source, "", faults, max_depth=MAX_DEPTH)
        return plain, faults[:MAX_FAULTS]
    if len(source) > MAX_TEXT:
        problem = f"it is longer than {MAX_TEXT} characters"
        return None, [Fault(path="(whole text)", problem=problem, do="Split it into several files")]
    parsed = parse(source, WORDS, max_depth=MAX_DEPTH, salvage=False)
    return parsed.value, list(parsed.faults[:MAX_FAULTS])


class _Rules:
    """The reading of one file of rules."""

    def __init__(self, names: Names, notes: Notes) -> None:
        self.names = names
        self.notes = notes
        self.conditions = Conditions(names, notes)
        self.documents = dict(names.documents)

    def file(self, given: Any) -> list[Rule]:
        known = self.notes.an_object(given, "", ["format", "rules"], ["documents"])
        if "format" in known and (type(known["format"]) is not int or known["format"] != FORMAT):
            do = f"Write {FORMAT}, the one that is known here"
            self.notes.add("format", "it is not a form that can be read", do)
        self._documents(self.notes.a_list(known.get("documents", []), "documents"))
        written = self.notes.a_list(known["rules"], "rules") if "rules" in known else []
        if len(written) > MAX_RULES:
            do = "Split it into several files"
            self.notes.add("rules", f"there are more than {MAX_RULES}", do)
            return []
        rules: list[Rule] = []
        seen: dict[str, int] = {}
        for place, each in enumerate(written):
            path = f"rules[{place}]"
            id = each.get("id") if isinstance(each, dict) else None
            if isinstance(id, str) and seen.setdefault(id, place) != place:
                do = "Use every id once"
                self.notes.add(f"{path}.id", f"it is the id of rules[{seen[id]}] already", do)
            rule = self._rule(each, path)
            if rule is not NOTHING:
                rules.append(rule)
        return rules

    def _documents(self, given: list[Any]) -> None:
        seen = set()
        for place, each in enumerate(given):
            path = f"documents[{place}]"
            document = structure(each, Document, path, self.notes.faults)
            if document is NOTHING:
                continue
            if document.id in seen:
                self.notes.add(f"{path}.id", "a document of this id is there already", "Keep one")
            seen.add(document.id)
            self.documents[document.id] = document

    def _rule(self, given: Any, path: str) -> Rule | Any:
        self.notes.parts = 0
        required = ("id", "statement", "when", "then", "source", "standing")
        known = self.notes.an_object(given, path, required, ("each", "subjects"))
        readers: dict[str, Callable[[Any, str], Any]] = {
            "id": self._id,
            "statement": lambda value, at: self.notes.take(at, blank_refused, value),
            "when": self.conditions.condition,
            "then": self._outcomes,
            "each": self._each,
            "subjects": self._subjects,
            "source": self._source,
            "standing": self._standing,
        }
        read = {key: readers[key](value, f"{path}.{key}") for key, value in known.items()}
        if NOTHING in read.values() or not set(required) <= set(read):
            return NOTHING
        return self.notes.take(path, lambda: Rule(read.pop("id"), read.pop("statement"), **read))

    def _id(self, given: Any, path: str) -> str | Any:
        id = self.notes.take(path, text, given)
        if id is NOTHING or _ID.fullmatch(id):
            return id
        do = "Write group.name, in small letters, digits and _"
        return self.notes.add(path, "it is no id of a rule", do)

    def _subjects(self, given: Any, path: str) -> tuple[str, ...] | Any:
        listed = self.notes.a_list(given, path)
        if listed == list(ANY):
            return ANY
        found = tuple(
            self.notes.take(
                f"{path}[{place}]", known_id, each, self.names.subjects, "kind of subject"
            )
            for place, each in enumerate(listed)
        )
        return NOTHING if NOTHING in found or not isinstance(given, list) else found

    def _source(self, given: Any, path: str) -> Reference | Any:
        known = self.notes.an_object(given, path, ["document", "clause"], ["lines"])
        read: dict[str, Any] = {
            key: self.notes.take(f"{path}.{key}", text, value)
            for key, value in known.items()
            if key != "document"
        }
        if "document" in known:
            id = self.notes.take(
                f"{path}.document", known_id, known["document"], self.documents, "document"
            )
            read["document"] = NOTHING if id is NOTHING else self.documents[id]
        if NOTHING in read.values() or not {"document", "clause"} <= set(read):
            return NOTHING
        return Reference(**read)

    def _standing(self, given: Any, path: str) -> Standing | Any:
        name = self.notes.take(path, known_id, given, _STANDINGS, "standing")
        return NOTHING if name is NOTHING else _STANDINGS[name]

    # --- the items it looks at ------------------------------------------------------

    def _each(self, given: Any, path: str) -> Collection | Any:
        """The collection whose items a rule looks at one by one."""
        if not isinstance(given, dict):
            id = self._collection(given, path)
            return NOTHING if id is NOTHING else self.names.collections[id]
        known = self.notes.an_object(given, path, ["collection"], ["scale", "stating"])
        if "collection" not in known:
            return NOTHING
        id = self._collection(known["collection"], f"{path}.collection")
        wanted = {"judgements": "scale", "returns": "stating"}.get(id)
        for key in known.keys() - {"collection", wanted}:
            self.notes.add(f"{path}.{key}", "these items have none", "Leave it out")
        if id is NOTHING or known.keys() - {"collection", wanted}:
            return NOTHING
        if "scale" in known:
            return self._judgements(known["scale"], f"{path}.scale")
        if "stating" in known:
            return self._returns(known["stating"], f"{path}.stating")
        return self.names.collections[id]

    def _collection(self, given: Any, path: str) -> str | Any:
        return self.notes.take(path, known_id, given, self.names.collections, "collection")

    def _judgements(self, given: Any, path: str) -> Collection | Any:
        id = self.notes.take(path, known_id, given, self.names.scales, "scale")
        return NOTHING if id is NOTHING else judgements_on(self.names.scales[id])

    def _returns(self, given: Any, path: str) -> Collection | Any:
        facts = tuple(
            self.conditions.ref(each, f"{path}[{place}]")
            if isinstance(each, dict)
            else self.notes.take(f"{path}[{place}]", self.conditions.fact, each)
            for place, each in enumerate(self.notes.a_list(given, path))
        )
        return NOTHING if NOTHING in facts else self.notes.take(path, returns_stating, *facts)

    # --- what follows ---------------------------------------------------------------

    def _outcomes(self, given: Any, path: str) -> tuple[Outcome, ...] | Any:
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
