"""From rules to JSON that a person can read, and that reads back equal."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from qaf_core.errors import DefinitionError, InputError
from qaf_core.facts import judgements_on, returns
from qaf_core.framework import Framework
from qaf_core.interchange.rules.conditions import STATES
from qaf_core.interchange.rules.names import FORMAT, UNITS, Names, names_of
from qaf_core.interchange.rules.reading import rules_from
from qaf_core.interchange.rules.values import write_value
from qaf_core.logic.expressions import (
    ALWAYS,
    AllOf,
    And,
    AnyOf,
    Collection,
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
    Term,
)
from qaf_core.provenance import Reference
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
from qaf_core.timing import Deadline

__all__ = ["rules_as_plain", "rules_to_plain", "write_rules"]

_STATE_NAMES = {state: name for name, state in STATES.items()}
_UNIT_NAMES = {unit: name for name, unit in UNITS.items()}
_WIDTH = 100


def __dir__() -> list[str]:
    return __all__


def write_rules(rules: Iterable[Rule], framework: Framework) -> str:
    """Rules as JSON text, in lines that a person can read.

    Args:
        rules: the rules, as they were written.
        framework: what declares the facts and roles that they name.

    Raises:
        DefinitionError: they would not read back equal: they are not of this
            framework, or a condition holds what only the engine's lowering puts there.
    """
    return _laid_out(rules_to_plain(rules, framework))


def rules_to_plain(rules: Iterable[Rule], framework: Framework) -> dict[str, Any]:
    """Rules as plain data that ``read_rules`` reads back equal.

    Raises:
        DefinitionError: as for ``write_rules``.
    """
    return rules_as_plain(tuple(rules), names_of(framework))


def rules_as_plain(rules: tuple[Rule, ...], names: Names) -> dict[str, Any]:
    """Rules as plain data, given what they may name.

    Raises:
        DefinitionError: as for ``write_rules``.
    """
    writer = _Writer(names)
    written = [writer.rule(rule) for rule in rules]
    documents = {rule.source.document.id: rule.source.document for rule in rules}
    plain = {
        "format": FORMAT,
        "documents": [
            {
                "id": each.id,
                "title": each.title,
                "publisher": each.publisher,
                "dated": each.dated,
            }
            for each in documents.values()
        ],
        "rules": written,
    }
    try:
        back = rules_from(plain, names)
    except InputError as error:
        faults = " ".join(f"{fault}" for fault in error.faults)
        raise DefinitionError(
            f"These rules cannot be written for this framework: {faults}"
        ) from None
    for rule, again in zip(rules, back, strict=True):
        if rule != again or str(rule.when) != str(again.when):
            raise DefinitionError(
                f"Rule {rule.id!r} would not read back equal: a role, a time limit or a collection "
                "in it is not the framework's, or two documents have one id. Use the framework's "
                "own, and every id once."
            )
    return plain


class _Writer:
    """The writing of rules, as short as what a framework declares allows."""

    def __init__(self, names: Names) -> None:
        self.names = names

    def rule(self, rule: Rule) -> dict[str, Any]:
        plain: dict[str, Any] = {"id": rule.id, "statement": rule.statement}
        if rule.each is not None:
            plain["each"] = self._each(rule.each)
        try:
            plain["when"] = self._condition(rule.when)
        except DefinitionError as error:
            raise DefinitionError(f"Rule {rule.id!r} cannot be written: {error}") from None
        plain["then"] = [self._outcome(outcome) for outcome in rule.then]
        if rule.subjects != ANY:
            plain["subjects"] = list(rule.subjects)
        plain["source"] = _source(rule.source)
        plain["standing"] = rule.standing.value
        return plain

    def _each(self, collection: Collection) -> Any:
        if collection.id == "judgements":
            for scale in self.names.scales.values():
                if collection == judgements_on(scale):
                    return {"collection": collection.id, "scale": scale.id}
        stated = collection.fields.keys() - returns.fields.keys()
        if collection.id == returns.id and stated:
            refs = (
                Ref(name, kind, label=collection.labels.get(name, ""))
                for name, kind in collection.fields.items()
                if name in stated
            )
            facts = [self._ref(ref) for ref in refs]
            stating = [each["fact"] if len(each) == 1 else each for each in facts]
            return {"collection": collection.id, "stating": stating}
        return collection.id

    # --- conditions -----------------------------------------------------------------

    def _condition(self, cond: Cond) -> dict[str, Any]:
        match cond:
            case And() | Or():
                parts = [self._condition(part) for part in cond.parts]
                return {"all" if isinstance(cond, And) else "any": parts}
            case Not():
                return {"not": self._condition(cond.part)}
            case AnyOf(negated=False) | AllOf():
                head = "some" if isinstance(cond, AnyOf) else "every"
                return {head: cond.collection, **self._where(cond.where)}
            case HasState():
                return {**self._ref(cond.ref), "state": _STATE_NAMES[cond.state]}
            case In(negated=False, open=False):
                values = [write_value(value) for value in cond.values]
                verb = {"is": values[0]} if len(values) == 1 else {"in": values}
                return {**self._ref(cond.ref), **verb}
            case Compare(open=False):
                return self._comparison(cond)
        raise DefinitionError(
            "a condition that is lowered is for the engine alone. Write the one it was made from."
        )

    def _comparison(self, cond: Compare) -> dict[str, Any]:
        """The comparison, in words that read back to it."""
        left, right = cond.left, cond.right
        consts = isinstance(left, Const) + isinstance(right, Const)
        other = left if isinstance(right, Const) else right
        equal = cond.op is Op.EQ and isinstance(left, Ref) and isinstance(right, Ref)
        if consts > 1 or (cond.op in (Op.EQ, Op.NE) and not equal):
            raise DefinitionError(
                f"it compares by {cond.op.value} what is compared otherwise. Write term.is_(...), "
                "fact.in_(...) or ~ of them."
            )
        if consts and other.kind.id != (right if other is left else left).kind.id:
            raise DefinitionError("it compares with a value of another kind. Write fact < value.")
        verb = "is" if equal else cond.op.value
        if isinstance(left, Const):
            return {"value": write_value(left.value), verb: self._term(right)}
        value = write_value(right.value) if isinstance(right, Const) else self._term(right)
        return {**self._term(left), verb: value}

    def _term(self, term: Term) -> dict[str, Any]:
        match term:
            case Ref():
                return self._ref(term)
            case Count():
                return {"count": term.collection, **self._where(term.where)}
            case Extreme(maybe=None, high=None):
                named = self._ref(term.ref)
                head = "best" if term.best else "worst"
                return {head: named.pop("field", ""), **named, **self._where(term.where)}
        raise DefinitionError("a term that is lowered is for the engine alone.")

    def _where(self, where: Cond) -> dict[str, Any]:
        return {} if where == ALWAYS else {"where": self._condition(where)}

    def _ref(self, ref: Ref) -> dict[str, Any]:
        """A fact or field by id, with a label only where it is not the declared one."""
        head, name = ("field", f"{ref.of}.{ref.name}") if ref.of else ("fact", ref.name)
        declared = (self.names.fields if ref.of else self.names.facts).get(name)
        plain: dict[str, Any] = {head: name}
        if declared is not None and _label(ref) != _label(declared):
            plain["label"] = _label(ref)
        if ref.private and not (declared is not None and declared.private):
            plain["private"] = True
        return plain

    # --- outcomes -------------------------------------------------------------------

    def _outcome(self, outcome: Outcome) -> dict[str, Any]:
        match outcome:
            case Escalate():
                return {"escalate": self._step(outcome)}
            case Require():
                return {"require": outcome.what}
            case Query():
                return {"query": outcome.ask}
            case Act():
                by = self._recipient(outcome.by)
                return {"act": {"what": outcome.what, "by": by, "within": _within(outcome.within)}}
            case Moderate():
                return {"moderate": self._recipient(outcome.by)}
            case Commission():
                on = {"on": outcome.on.id} if outcome.on else {}
                return {"commission": {"tool": outcome.tool, **on}}
            case Gate():
                return {"gate": outcome.event}
            case Recognise():
                return {"recognise": [self._recipient(each) for each in outcome.to]}

    def _step(self, step: Escalate) -> dict[str, Any]:
        plain: dict[str, Any] = {
            "to": [self._recipient(each) for each in step.to],
            "within": _within(step.within),
        }
        return plain | ({"then": self._step(step.then)} if step.then else {})

    def _recipient(self, each: Recipient) -> Any:
        return each.id if isinstance(each, Role) else self._ref(each)


def _label(ref: Ref) -> str:
    return ref.label or ref.name.replace("_", " ")


def _within(within: Deadline | Setting) -> Any:
    if isinstance(within, Setting):
        return {"setting": within.id}
    plain: dict[str, Any] = {}
    if within.span is not None:
        plain[_UNIT_NAMES[within.span.unit]] = within.span.number
    if within.after:
        plain["after"] = within.after
    if within.before:
        plain["before"] = within.before
    return plain or "at_once"


def _source(source: Reference) -> dict[str, Any]:
    plain = {"document": source.document.id, "clause": source.clause}
    return plain | ({"lines": source.lines} if source.lines else {})


def _laid_out(value: Any, indent: int = 0) -> str:
    """JSON with what fits in a line on one line."""
    flat = json.dumps(value, ensure_ascii=False)
    if indent + len(flat) <= _WIDTH or not isinstance(value, dict | list) or not value:
        return flat
    pad = " " * (indent + 1)
    if isinstance(value, list):
        return (
            "[\n"
            + ",\n".join(pad + _laid_out(each, indent + 1) for each in value)
            + f"\n{pad[1:]}]"
        )
    members = (
        f"{pad}{json.dumps(key)}: {_laid_out(each, indent + 1)}" for key, each in value.items()
    )
    return "{\n" + ",\n".join(members) + f"\n{pad[1:]}}}"
