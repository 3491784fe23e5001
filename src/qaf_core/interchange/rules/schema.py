"""A file of rules as a JSON Schema, so that an editor offers facts, grades and roles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from qaf_core.framework import Framework
from qaf_core.interchange.rules.conditions import STATES
from qaf_core.interchange.rules.names import (
    COMPARISONS,
    FORMAT,
    MAX_PARTS,
    MAX_RULES,
    UNITS,
    Names,
    names_of,
)
from qaf_core.interchange.shapes import SHARED, Schema, a_list, an_object, pointer
from qaf_core.logic.values import DATE, Kind, Sort
from qaf_core.provenance import Standing

__all__ = ["rules_schema", "schema_of"]

_TEXT = pointer("text")
_CONDITION = pointer("condition")
_TERM = pointer("term")
_OWN = {"label": _TEXT, "private": {"type": "boolean"}}
_RATIO: Schema = {"type": "string", "pattern": "^-?[0-9]{1,15}/[1-9][0-9]{0,14}$"}


def __dir__() -> list[str]:
    return __all__


def rules_schema(framework: Framework) -> Schema:
    """The JSON Schema (2020-12) of a file of rules for a framework.

    Whatever it refuses, ``read_rules`` refuses too. What only reading can tell: how deep
    and large a rule may be, that a document cited is listed or known, that ids occur
    once, and whether two terms compare.
    """
    return schema_of(names_of(framework))


def schema_of(names: Names) -> Schema:
    """The JSON Schema of a file of rules that may name these things."""
    document = an_object(
        {key: {"type": "string"} for key in ("id", "title", "publisher", "dated")},
        *("id", "title", "publisher", "dated"),
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Rules",
        **an_object(
            {
                "format": {"const": FORMAT},
                "documents": a_list(document),
                "rules": {**a_list(pointer("rule")), "maxItems": MAX_RULES},
            },
            *("format", "rules"),
        ),
        "$defs": {
            "date": SHARED["date"],
            "text": SHARED["text"],
            "rule": _rule(names),
            "condition": {"anyOf": [*_joined(names), *_comparisons(names)]},
            "term": {"anyOf": _terms(names)},
            "role": _one_of(names.roles),
            "recipient": {"anyOf": [pointer("role"), *_named(names)]},
            "within": _within(names),
            "escalate": an_object(
                {
                    "to": _some(pointer("recipient")),
                    "within": pointer("within"),
                    "then": pointer("escalate"),
                },
                *("to", "within"),
            ),
        },
    }


def _one_of(ids: Iterable[str]) -> Schema:
    return {"enum": sorted(ids)}


def _some(each: Schema) -> Schema:
    return {**a_list(each), "minItems": 1, "maxItems": MAX_PARTS}


def _one_key(members: Mapping[str, Schema], *optional: str) -> list[Schema]:
    """An object for each key that says what it is, with those that may stand beside it."""
    beside = {key: members[key] for key in optional}
    return [
        an_object({key: each, **beside}, key) for key, each in members.items() if key not in beside
    ]


def _rule(names: Names) -> Schema:
    each = [
        _one_of(names.collections),
        an_object(
            {
                "collection": _one_of(names.collections),
                "scale": _one_of(names.scales),
                "stating": a_list({"anyOf": [_one_of(names.facts), *_named(names)]}),
            },
            "collection",
        ),
    ]
    source = {"document": {"type": "string"}, "clause": {"type": "string"}}
    return an_object(
        {
            "id": {"type": "string", "pattern": r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$"},
            "statement": _TEXT,
            "when": _CONDITION,
            "each": {"anyOf": each},
            "then": _some({"anyOf": _outcomes(names)}),
            "subjects": a_list(_one_of((*names.subjects, "*"))),
            "source": an_object({**source, "lines": {"type": "string"}}, *source),
            "standing": _one_of(each.value for each in Standing),
        },
        *("id", "statement", "when", "then", "source", "standing"),
    )


def _outcomes(names: Names) -> list[Schema]:
    act = {"what": _TEXT, "by": pointer("recipient"), "within": pointer("within")}
    tool = {"tool": _one_of(names.tools), "on": pointer("role")}
    return _one_key(
        {
            "escalate": pointer("escalate"),
            "require": _TEXT,
            "query": _TEXT,
            "act": an_object(act, *act),
            "moderate": pointer("recipient"),
            "commission": an_object(tool, "tool"),
            "gate": _TEXT,
            "recognise": _some(pointer("recipient")),
        }
    )


def _within(names: Names) -> Schema:
    dates = _one_of(ref.name for ref in names.facts.values() if ref.kind == DATE)
    span = {"type": "integer", "minimum": 1, "maximum": 100_000}
    return {
        "anyOf": [
            {"const": "at_once"},
            an_object({"setting": _one_of(names.settings)}, "setting"),
            *(an_object({unit: span, "after": dates}, unit, "after") for unit in UNITS),
            {**an_object({"before": _TEXT, "after": dates}), "minProperties": 1},
        ]
    }


def _joined(names: Names) -> list[Schema]:
    over = _one_of(names.collections)
    return [
        *_one_key({"all": a_list(_CONDITION), "any": a_list(_CONDITION), "not": _CONDITION}),
        *_one_key({"some": over, "every": over, "where": _CONDITION}, "where"),
    ]


def _named(names: Names) -> list[Schema]:
    return _one_key({"fact": _one_of(names.facts), "field": _one_of(names.fields), **_OWN}, *_OWN)


def _terms(names: Names) -> list[Schema]:
    ordered = _one_of(id for id, ref in names.fields.items() if ref.kind.ordered)
    where = {"where": _CONDITION}
    return [
        *_named(names),
        *_one_key({"count": _one_of(names.collections), **where}, *where),
        *_one_key({"worst": ordered, "best": ordered, **where, **_OWN}, *where, *_OWN),
    ]


# --- comparisons --------------------------------------------------------------------------


def _comparisons(names: Names) -> list[Schema]:
    """What can be asked of the facts and fields of each kind, of counts, and of a value."""
    kinds: dict[Kind, dict[str, list[str]]] = {}
    for head, known in (("fact", names.facts), ("field", names.fields)):
        for id, ref in known.items():
            kinds.setdefault(ref.kind, {}).setdefault(head, []).append(id)
    found: list[Schema] = []
    for kind, ids in kinds.items():
        for head, listed in ids.items():
            found += _asked({head: _one_of(listed), **_OWN}, head, _of_a_fact(kind))
        if kind.ordered and "field" in ids:
            for head in ("worst", "best"):
                members = {head: _one_of(ids["field"]), "where": _CONDITION, **_OWN}
                found += _asked(members, head, _in_order(_value(kind)))
    counted = {"count": _one_of(names.collections), "where": _CONDITION}
    found += _asked(counted, "count", _in_order({"type": "integer"}))
    turned: dict[str, Schema] = dict.fromkeys(COMPARISONS, _TERM)
    found += _asked({"value": {"type": ["integer", "number", "string"]}}, "value", turned)
    return found


def _asked(members: Mapping[str, Schema], head: str, verbs: Mapping[str, Schema]) -> list[Schema]:
    return [an_object({**members, verb: each}, head, verb) for verb, each in verbs.items()]


def _of_a_fact(kind: Kind) -> dict[str, Schema]:
    state: dict[str, Schema] = {"state": _one_of(STATES)}
    if kind.sort is Sort.TEXT:
        return state
    value = _value(kind)
    either: Schema = {"anyOf": [value, _TERM]}
    ordered = dict.fromkeys(COMPARISONS, either) if kind.ordered else {}
    return {"is": either, "in": {**a_list(value), "maxItems": MAX_PARTS}, **state, **ordered}


def _in_order(value: Schema) -> dict[str, Schema]:
    return {key: {"anyOf": [value, _TERM]} for key in ("is", *COMPARISONS)}


def _value(kind: Kind) -> Schema:
    match kind.sort:
        case Sort.YES_NO:
            return {"type": "boolean"}
        case Sort.COUNT:
            return {"type": "integer"}
        case Sort.NUMBER:
            return {"anyOf": [{"type": "number"}, _RATIO]}
        case Sort.DATE:
            return pointer("date")
        case Sort.CODE | Sort.CODES:
            return {"enum": list(kind.every_code)}
    return {"type": "string"}
