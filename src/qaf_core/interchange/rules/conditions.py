"""From plain data to conditions: each names what it speaks of by id."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

import attrs

from qaf_core.interchange.rules.names import COMPARISONS, Names
from qaf_core.interchange.rules.objects import Notes, blank_refused
from qaf_core.interchange.rules.values import read_value
from qaf_core.interchange.strict import NOTHING, known_id, yes_or_no
from qaf_core.logic.expressions import (
    ALWAYS,
    AllOf,
    And,
    AnyOf,
    Compare,
    Cond,
    Const,
    Count,
    Extreme,
    HasState,
    In,
    Not,
    Op,
    Or,
    Ref,
    State,
    Term,
)

__all__ = ["STATES", "Conditions"]

STATES = {state.value.replace(" ", "_"): state for state in State}
_JOINED: dict[str, type[And | Or]] = {"all": And, "any": Or}
_OVER: dict[str, type[AnyOf | AllOf]] = {"some": AnyOf, "every": AllOf}
_COMPARED = ("fact", "field", "count", "worst", "best")
_TERMS = (*_COMPARED, "value")
_HEADS = (*_JOINED, "not", *_OVER, *_TERMS)
_VERBS = ("is", "in", "state", *COMPARISONS)
_OPERATORS: dict[str, Callable[[Term, Any], Cond]] = {
    "is": lambda term, other: term.is_(other),
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_BESIDE: dict[str, tuple[str, ...]] = {
    "fact": ("label", "private"),
    "field": ("label", "private"),
    "count": ("where",),
    "worst": ("where", "label", "private"),
    "best": ("where", "label", "private"),
    "value": (),
}


def __dir__() -> list[str]:
    return __all__


class Conditions:
    """The reading of conditions against what a framework declares.

    What cannot be read is ``NOTHING``, and its faults are noted.
    """

    def __init__(self, names: Names, notes: Notes) -> None:
        self.names = names
        self.notes = notes

    def condition(self, given: Any, path: str) -> Cond | Any:
        """One condition and all that it holds."""
        if not self.notes.count(path):
            return NOTHING
        head = self._head(given, path, _HEADS, "a condition")
        if head is None:
            return NOTHING
        if head in _JOINED:
            self.notes.an_object(given, path, [head])
            return self._joined(_JOINED[head], given[head], f"{path}.{head}")
        if head == "not":
            self.notes.an_object(given, path, [head])
            part = self.condition(given[head], f"{path}.{head}")
            return NOTHING if part is NOTHING else self.notes.take(path, Not, part)
        if head in _OVER:
            self.notes.an_object(given, path, [head], ["where"])
            return self._over(_OVER[head], head, given, path)
        return self._comparison(head, given, path)

    def ref(self, given: Any, path: str) -> Ref | Any:
        """A fact, or a field of an item, that stands by itself."""
        head = self._head(given, path, ("fact", "field"), "a fact or field")
        if head is None:
            return NOTHING
        known = self.notes.an_object(given, path, [head], _BESIDE[head])
        return self._named(head, known, path)

    def fact(self, name: Any) -> Ref:
        """A fact by its id.

        Raises:
            Wrong: nothing states it.
        """
        return self.names.facts[known_id(name, self.names.facts, "fact")]

    def _head(self, given: Any, path: str, heads: tuple[str, ...], what: str) -> str | None:
        """The key that says what an object is; None, and a fault, where it is not one."""
        if not isinstance(given, dict):
            self.notes.an_object(given, path, [])
            return None
        found: list[str] = [key for key in given if key in heads]
        if len(found) == 1:
            return found[0]
        if found:
            self.notes.add(
                path,
                f"it says more than one thing: {', '.join(found)}",
                'Write each in an object of its own, joined by "all" or "any"',
            )
            return None
        before = len(self.notes.faults)
        self.notes.an_object(given, path, [], (*heads, *_VERBS, "where", "label", "private"))
        if len(self.notes.faults) == before:
            self.notes.add(path, f"it is not {what}", f"Begin it with one of {', '.join(heads)}")
        return None

    def _joined(self, kind: type[And | Or], given: Any, path: str) -> Cond | Any:
        parts = [
            self.condition(each, f"{path}[{place}]")
            for place, each in enumerate(self.notes.a_list(given, path))
        ]
        if NOTHING in parts or not isinstance(given, list):
            return NOTHING
        return self.notes.take(path, kind, tuple(parts))

    def _over(self, kind: type[AnyOf | AllOf], head: str, given: Any, path: str) -> Cond | Any:
        collection = self._collection(given[head], f"{path}.{head}")
        where = self._where(given, path)
        if NOTHING in (collection, where):
            return NOTHING
        return self.notes.take(path, kind, collection, where)

    def _collection(self, given: Any, path: str) -> str | Any:
        return self.notes.take(path, known_id, given, self.names.collections, "collection")

    def _where(self, given: dict[str, Any], path: str) -> Cond | Any:
        return self.condition(given["where"], f"{path}.where") if "where" in given else ALWAYS

    # --- terms --------------------------------------------------------------------

    def _term(self, given: Any, path: str) -> Term | Any:
        """A term to compare with."""
        if not self.notes.count(path):
            return NOTHING
        head = self._head(given, path, _COMPARED, "something to compare with")
        if head is None:
            return NOTHING
        return self._subject(head, self.notes.an_object(given, path, [head], _BESIDE[head]), path)

    def _subject(self, head: str, given: dict[str, Any], path: str) -> Term | Any:
        if head in ("fact", "field"):
            return self._named(head, given, path)
        where = self._where(given, path)
        if head == "count":
            collection = self._collection(given[head], f"{path}.{head}")
            if NOTHING in (collection, where):
                return NOTHING
            return self.notes.take(path, Count, collection, where)
        ref = self._named(head, given, path)
        if NOTHING in (ref, where):
            return NOTHING
        return self.notes.take(path, Extreme, ref, head == "best", where)

    def _named(self, head: str, given: dict[str, Any], path: str) -> Ref | Any:
        """The fact or field named, with its declared kind; a label may be its own."""
        known, what = (self.names.facts, "fact")
        if head != "fact":
            known, what = self.names.fields, "field of an item"
        name = self.notes.take(f"{path}.{head}", known_id, given[head], known, what)
        changes: dict[str, Any] = {}
        if "label" in given:
            changes["label"] = self.notes.take(f"{path}.label", blank_refused, given["label"])
        private = self.notes.take(f"{path}.private", yes_or_no, given.get("private", False))
        if NOTHING in (name, private, *changes.values()):
            return NOTHING
        if private:
            changes["private"] = True
        return attrs.evolve(known[name], **changes)

    # --- comparisons --------------------------------------------------------------

    def _comparison(self, head: str, given: dict[str, Any], path: str) -> Cond | Any:
        known = self.notes.an_object(given, path, [head], (*_BESIDE[head], *_VERBS))
        verbs = [key for key in known if key in _VERBS]
        if len(verbs) != 1:
            said = f"it says more than one thing of it: {', '.join(verbs)}"
            problem = said if verbs else "it does not say what is asked of it"
            self.notes.add(path, problem, f"Add one of {', '.join(_VERBS)}")
        verb = verbs[0] if len(verbs) == 1 else ""
        if head == "value":
            return self._turned(known, verb, path)
        term = self._subject(head, known, path)
        if term is NOTHING or not verb:
            for each in verbs:
                if isinstance(known[each], dict):
                    self._term(known[each], f"{path}.{each}")  # for its faults
            return NOTHING
        at = f"{path}.{verb}"
        if verb in ("in", "state"):
            if not isinstance(term, Ref):
                do = f"Use one of is, {', '.join(COMPARISONS)}"
                return self.notes.add(at, f"a {head} is not asked so", do)
            read = self._in if verb == "in" else self._state
            return read(term, known[verb], at)
        return self._compared(term, verb, known[verb], at)

    def _state(self, ref: Ref, given: Any, path: str) -> Cond | Any:
        name = self.notes.take(path, known_id, given, STATES, "state")
        return NOTHING if name is NOTHING else HasState(ref, STATES[name])

    def _in(self, ref: Ref, given: Any, path: str) -> Cond | Any:
        listed = self.notes.a_list(given, path)
        if not isinstance(given, list) or not self.notes.count(path, len(listed)):
            return NOTHING
        values = tuple(
            self.notes.take(f"{path}[{place}]", read_value, each, ref.kind)
            for place, each in enumerate(listed)
        )
        return NOTHING if NOTHING in values else self.notes.take(path, In, ref, values)

    def _compared(self, term: Term, verb: str, given: Any, path: str) -> Cond | Any:
        """A term compared with another, or with a value of its own kind."""
        if isinstance(given, dict):
            other = self._term(given, path)
            return self._made(verb, term, other, path)
        value = self.notes.take(path, read_value, given, term.kind)
        if value is NOTHING:
            return NOTHING
        if verb == "is" and isinstance(term, Ref):
            return self.notes.take(path, In, term, (value,))
        return self._made(verb, term, Const(value, term.kind), path)

    def _turned(self, given: dict[str, Any], verb: str, path: str) -> Cond | Any:
        """A value compared with a term, whose kind it has."""
        if not verb:
            return NOTHING
        if verb not in COMPARISONS:
            do = f"Use one of {', '.join(COMPARISONS)}, or begin with the fact"
            return self.notes.add(f"{path}.{verb}", "a value is not asked so", do)
        term = self._term(given[verb], f"{path}.{verb}")
        if term is NOTHING:
            return NOTHING
        value = self.notes.take(f"{path}.value", read_value, given["value"], term.kind)
        if value is NOTHING:
            return NOTHING
        return self.notes.take(path, Compare, Const(value, term.kind), Op(verb), term)

    def _made(self, verb: str, term: Term, other: Term | Any, path: str) -> Cond | Any:
        if other is NOTHING:
            return NOTHING
        return self.notes.take(path, _OPERATORS[verb], term, other)
