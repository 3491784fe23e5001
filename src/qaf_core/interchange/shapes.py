"""The small shapes that the JSON Schema of an audit is made of."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, TypeAlias

from qaf_core.logic.values import Kind

__all__ = ["NO_IDENTIFIER", "SHARED", "Schema", "a_list", "a_number", "an_object", "pointer"]

Schema: TypeAlias = dict[str, Any]

_YEAR = "[0-9]{4}"
_LEAP = "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)"
_DAY = (
    f"(?:{_YEAR}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    "|02-(?:0[1-9]|1[0-9]|2[0-8]))"
    f"|{_LEAP}-02-29)"
)
_TIME = "(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?"
_OFFSET = "(?:Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])"

_UNPRINTABLE = (
    r"[\x00-\x1f\x7f-\xa0\xad\u0600-\u0605\u061c\u06dd\u070f\u08e2\u1680\u180e\u2000-\u200f"
    r"\u2028-\u202f\u205f-\u206f\u3000\ud800-\uf8ff\ufeff\ufff9-\ufffb]"
)
NO_IDENTIFIER = r"^[0-9]|[\x00-/:-@\x5b-\x5e\x60\x7b-\x7f]"
"""What the id of a theme may not hold, as far as ASCII goes."""

SHARED: dict[str, Schema] = {
    "id": {
        "description": "An id of the host's own: never a name.",
        "type": "string",
        "minLength": 1,
        "maxLength": 200,
        "not": {"pattern": f"^ | $|{_UNPRINTABLE}"},
    },
    "date": {
        "type": "string",
        "format": "date",
        "maxLength": 10,
        "pattern": f"^{_DAY}$",
        "not": {"pattern": "^0000"},
    },
    "moment": {
        "description": "A date and time with its offset, such as 2016-02-29T09:30Z.",
        "type": "string",
        "pattern": f"^{_DAY}T{_TIME}{_OFFSET}$",
        "not": {"pattern": r"^0000|\s"},
    },
    "text": {"type": "string", "pattern": r"\S"},
    "not_applicable": {
        "description": "Set aside, and why. A blank reason settles nothing.",
        "type": "object",
        "properties": {"not_applicable": {"type": "string"}},
        "required": ["not_applicable"],
        "additionalProperties": False,
    },
    "yes_no": {"type": "boolean"},
    "count": {"type": "integer", "minimum": 0},
}
"""Definitions that stand in ``$defs`` where a tool needs them."""

_MOST_LISTED = 2000
_TOO_MUCH = 10**12


def __dir__() -> list[str]:
    return __all__


def pointer(name: str) -> Schema:
    """A pointer to a shared definition."""
    return {"$ref": f"#/$defs/{name}"}


def an_object(members: Mapping[str, Schema], *required: str) -> Schema:
    """An object with these members and no other."""
    schema: Schema = {"type": "object", "properties": dict(members), "additionalProperties": False}
    return schema | ({"required": list(required)} if required else {})


def a_list(each: Schema) -> Schema:
    """A list of these."""
    return {"type": "array", "items": each}


def a_number(kind: Kind) -> Schema:
    """A number in its range and steps; listed where its steps cannot be said otherwise."""
    low, high, step = kind.lowest, kind.highest, kind.step
    said = step is None or ((low or 0) % step == 0 and Fraction(float(step)) == step)
    if not said and step and low is not None and high is not None:
        count = int((high - low) / step) + 1
        if count <= _MOST_LISTED:
            values = (low + steps * step for steps in range(count))
            return {"enum": [_plain(each) for each in values if _is_decimal(each)]}
    schema: Schema = {"type": "number"}
    schema |= {"exclusiveMinimum": -_TOO_MUCH} if low is None else {"minimum": _plain(low)}
    schema |= {"exclusiveMaximum": _TOO_MUCH} if high is None else {"maximum": _plain(high)}
    return schema | ({"multipleOf": _plain(step)} if step and said else {})


def _plain(number: Fraction) -> int | float:
    return number.numerator if number.denominator == 1 else float(number)


def _is_decimal(number: Fraction) -> bool:
    """Whether it can be written out: a third cannot."""
    return Fraction(repr(float(number))) == number
