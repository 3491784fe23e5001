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
    WORDS,
    Names,
    names_of,
)
from qaf_core.interchange.rules.objects import Notes, TooMany, blank_refused
from qaf_core.interchange.rules.outcomes import Outcomes
from qaf_core.interchange.strict import NOTHING, known_id, text
from qaf_core.logic.expressions import Collection
from qaf_core.provenance import Document, Reference, Standing
from qaf_core.rules.model import (
    Rule,
)
from qaf_core.subjects import ANY

__all__ = ["read_rules", "rules_from"]

_ID = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")
_DOCUMENT = ("id", "title", "publisher", "dated")
_STANDINGS = {each.value: each for each in Standing}


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
        self.outcomes = Outcomes(names, notes, self.conditions)
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
            known = self.notes.an_object(each, path, _DOCUMENT)
            read = {
                key: self.notes.take(f"{path}.{key}", text, value) for key, value in known.items()
            }
            if NOTHING in read.values() or len(read) < len(_DOCUMENT):
                continue
            if read["id"] in seen:
                self.notes.add(f"{path}.id", "a document of this id is there already", "Keep one")
            seen.add(read["id"])
            self.documents[read["id"]] = Document(**read)

    def _rule(self, given: Any, path: str) -> Rule | Any:
        self.notes.parts = 0
        required = ("id", "statement", "when", "then", "source", "standing")
        known = self.notes.an_object(given, path, required, ("each", "subjects"))
        readers: dict[str, Callable[[Any, str], Any]] = {
            "id": self._id,
            "statement": lambda value, at: self.notes.take(at, blank_refused, value),
            "when": self.conditions.condition,
            "then": self.outcomes.all,
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
