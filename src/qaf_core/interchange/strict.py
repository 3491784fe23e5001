"""Plain data to values, by declared type, with nothing coerced."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any, TypeVar

import attrs
from cattrs import Converter
from cattrs.errors import (
    AttributeValidationNote,
    BaseValidationError,
    ForbiddenExtraKeysError,
)

from qaf_core.audits import NotApplicable
from qaf_core.errors import Fault, nearest
from qaf_core.interchange.parsing import named
from qaf_core.logic.values import Kind, Sort

__all__ = [
    "NOTHING",
    "Wrong",
    "answer",
    "code",
    "day",
    "known_id",
    "lenient",
    "meant",
    "moment",
    "number",
    "perhaps",
    "reads",
    "structure",
    "text",
    "unknown_key",
    "yes_or_no",
    "whole_number",
]

T = TypeVar("T")

NOTHING: Any = object()
"""Stands for a value that could not be read."""

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_ISO_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})")
_DO_DATE = "Write the date as YYYY-MM-DD, such as 2016-02-29, or leave it out"
_LOOK_ALIKES = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеѕіјорсухΑΒΕΖΗΙΚΜΝΟΡΤΥΧοανρ",
    "ABESIJKMHOPCTYXaesijopcyxABEZHIKMNOPTYXoavp",
)
_LONGEST_ID = 100
_FEW = 12
_WORDS = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}


def __dir__() -> list[str]:
    return __all__


class Wrong(ValueError):
    """A value is not what its place wants. It holds no part of the value."""

    def __init__(self, problem: str, do: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.do = do


_JSON_NAMES = {
    bool: "true or false",
    int: "a whole number",
    str: "text",
    Decimal: "a number with a point",
    list: "a list",
    dict: "an object",
    type(None): "null",
}


def _found(value: Any) -> str:
    return _JSON_NAMES.get(type(value), "something else")


def text(value: Any, _: type = str) -> str:
    """Text, or a fault."""
    if type(value) is not str:
        raise Wrong(f"it is {_found(value)}, not text", "Write it in quotes, or leave it out")
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            raise Wrong("it holds half a character", "Write it again") from None
    return value


def yes_or_no(value: Any, _: type = bool) -> bool:
    """True or false, or a fault."""
    if type(value) is not bool:
        raise Wrong(
            f"it is {_found(value)}, not true or false",
            "Write true or false without quotes, or leave it out",
        )
    return value


def whole_number(value: Any, _: type = int) -> int:
    """A whole number of nought or more, or a fault."""
    if type(value) is not int:
        raise Wrong(f"it is {_found(value)}, not a whole number", "Write a whole number")
    if value < 0:
        raise Wrong("it is below nought", "Write a whole number of 0 or more")
    return value


def number(value: Any, _: type = Fraction) -> Fraction:
    """An exact number, or a fault."""
    if type(value) not in (int, Decimal):
        raise Wrong(f"it is {_found(value)}, not a number", "Write a plain decimal number")
    exponent = value.as_tuple().exponent if isinstance(value, Decimal) else 0
    far = not isinstance(exponent, int) or exponent < -15 or exponent > 12
    if far or abs(value) >= 10**12 or Fraction(repr(float(value))) != Fraction(value):
        raise Wrong("it has too many digits", "Write at most 15 digits")
    return Fraction(value)


def day(value: Any, _: type = date) -> date:
    """A date, or a fault."""
    if type(value) is str and len(value) == 10 and value[4] == value[7] == "-":
        try:
            return date.fromisoformat(value)
        except ValueError:
            if _ISO_DATE.fullmatch(value):
                raise Wrong("there is no such day", _DO_DATE) from None
    problem = "no date" if type(value) is str else f"{_found(value)}, not a date"
    raise Wrong(f"it is {problem}", _DO_DATE)


def moment(value: Any, _: type = datetime) -> datetime:
    """A date and time with its offset, in UTC, or a fault."""
    do = "Write it as 2016-02-29T09:30Z, or with an offset such as +01:00, or leave it out"
    if type(value) is not str or not _ISO_MOMENT.fullmatch(value):
        raise Wrong(f"it is no date and time{'' if type(value) is str else ' in quotes'}", do)
    try:
        return datetime.fromisoformat(value).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Wrong("there is no such moment", do) from None


def _reason(value: Any, _: type) -> NotApplicable:
    return NotApplicable(text(value))


def _converter() -> Converter:
    converter = Converter(forbid_extra_keys=True, detailed_validation=True)
    converter.register_structure_hook(str, text)
    converter.register_structure_hook(bool, yes_or_no)
    converter.register_structure_hook(int, whole_number)
    converter.register_structure_hook(date, day)
    converter.register_structure_hook(NotApplicable, _reason)
    return converter


_CONVERTER = _converter()


def structure(value: Any, to: type[T], path: str, faults: list[Fault]) -> T | Any:
    """One record of a fixed shape, or as much of it as can be read.

    Every fault is noted. A member that cannot be read is left out, and where the
    record cannot do without it, the whole is ``NOTHING``.
    """
    if not isinstance(value, dict):
        faults.append(
            Fault(path=path, problem=f"it is {_found(value)}, not an object", do="Write an object")
        )
        return NOTHING
    try:
        return _CONVERTER.structure(value, to)
    except BaseValidationError as group:
        found = list(_members(group, value))
    known = [attribute.name for attribute in attrs.fields(to)]  # type: ignore[arg-type]
    for key, error in found:
        faults.append(_member_fault(path, key, error, list(value), known))
    bad = {key for key, _ in found}
    try:
        return _CONVERTER.structure({k: v for k, v in value.items() if k not in bad}, to)
    except BaseValidationError:
        return NOTHING


def _members(
    group: BaseValidationError, value: Mapping[str, Any]
) -> Iterator[tuple[str, Exception]]:
    """The members of a record that have a fault, from cattrs' groups."""
    for error in group.exceptions:
        if isinstance(error, ForbiddenExtraKeysError):
            yield from ((key, error) for key in value if key in error.extra_fields)
        else:
            notes = getattr(error, "__notes__", [])
            name = next((n.name for n in notes if isinstance(n, AttributeValidationNote)), "")
            yield name, error


def _member_fault(
    path: str, key: str, error: Exception, given: list[str], known: list[str]
) -> Fault:
    if isinstance(error, ForbiddenExtraKeysError):
        return unknown_key(path, key, given.index(key) + 1, known)
    if isinstance(error, Wrong):
        return Fault(path=f"{path}.{key}", problem=error.problem, do=error.do)
    if isinstance(error, KeyError):
        return Fault(path=f"{path}.{key}", problem="it is missing", do="Add it")
    return Fault(path=f"{path}.{key}", problem="it cannot be read", do="Correct it")


def perhaps(given: str, known: Iterable[str]) -> str:
    """The known name that was probably meant, as the end of a sentence."""
    near = nearest(given, known)
    return f"; perhaps {near} is meant" if near else ""


def known_id(value: Any, known: Collection[str], what: str) -> str:
    """The id of something known, or a fault that offers the near one."""
    given = text(value)
    if given in known:
        return given
    latin = _latin(given)
    if latin in known:
        problem = "it has letters of another alphabet that only look like these"
        raise Wrong(problem, f"Type it again as {latin}")
    near = perhaps(given, known) if len(given) <= _LONGEST_ID else ""
    listed = f"Use one of {', '.join(sorted(known))}" if len(known) <= _FEW else "Correct the id"
    raise Wrong(f"there is no such {what}{near}", listed)


def unknown_key(path: str, key: str, position: int, known: list[str]) -> Fault:
    """The fault of a key that nothing reads."""
    return Fault(
        path=named(path, key, position, known),
        problem="nothing reads this key" + perhaps(key, known),
        do="Correct its name, or leave it out",
    )


def answer(value: Any, kind: Kind) -> Any:
    """An answer of a kind, or not applicable.

    Raises:
        Wrong: it is neither.
    """
    if value is None:
        raise Wrong("null is no answer", 'Leave it out, or write {"not_applicable": "the reason"}')
    if isinstance(value, dict):
        if set(value) != {"not_applicable"}:
            raise Wrong("it is an object", 'Write the answer, or {"not_applicable": "the reason"}')
        return NotApplicable(text(value["not_applicable"]))
    return reads(kind)(value)


def reads(kind: Kind) -> Callable[[Any], Any]:
    """What reads a value of a kind; it raises ``Wrong`` where it is none."""
    match kind.sort:
        case Sort.YES_NO:
            return yes_or_no
        case Sort.COUNT:
            return whole_number
        case Sort.NUMBER:
            return partial(score, kind=kind)
        case Sort.DATE:
            return day
        case Sort.MOMENT:
            return moment
        case Sort.TEXT | Sort.ID:
            return _said
        case Sort.CODE:
            return partial(_one_code, kind=kind)
        case Sort.CODES:
            return partial(_many_codes, kind=kind)


def _said(value: Any) -> str:
    if not text(value).strip():
        raise Wrong("it is blank", "Leave it out while there is no answer")
    return value  # type: ignore[no-any-return]


def _one_code(value: Any, kind: Kind) -> str:
    if type(value) is not str:
        do = f"Use one of {_listed(kind)}"
        raise Wrong(f"it is {_found(value)}, not one of the choices", do)
    return code(text(value), kind)


def _many_codes(value: Any, kind: Kind) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise Wrong(f"it is {_found(value)}, not a list", f"List any of {_listed(kind)}")
    codes = tuple(code(text(each), kind) for each in value)
    if len(set(codes)) != len(codes):
        raise Wrong("it names one twice", "Name each once")
    return codes


def score(value: Any, kind: Kind) -> Fraction:
    """A number in the range and steps of its kind, or a fault."""
    found = number(value)
    if not kind.in_range(found):
        steps = f" in steps of {kind.step}" if kind.step else ""
        raise Wrong(
            "it is out of range or between steps",
            f"Write a number from {kind.lowest} to {kind.highest}{steps}",
        )
    return found


def code(value: str, kind: Kind) -> str:
    """A code of a kind, or a fault that lists those there are."""
    if value not in kind.every_code:
        latin = _latin(value)
        found = lenient(latin, kind) if latin != value else NOTHING
        if isinstance(found, str):
            problem = "it has letters of another alphabet that only look like these"
            raise Wrong(problem, f"Type it again as {found}")
        near = perhaps(value, kind.every_code)
        raise Wrong("it is not a choice here" + near, f"Use one of {_listed(kind)}")
    return value


def _listed(kind: Kind) -> str:
    return ", ".join(kind.every_code)


def lenient(value: Any, kind: Kind) -> Any:
    """What a faulty answer was surely meant to be, for escalations only; or ``NOTHING``."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if not isinstance(value, str):
        return NOTHING
    plain = "_".join(_latin(value).casefold().replace("-", " ").replace("_", " ").split())
    if kind.sort is Sort.YES_NO:
        return _WORDS.get(plain, NOTHING)
    if kind.sort in (Sort.CODE, Sort.CODES):
        labels = {"_".join(label.casefold().split()): code for label, code in _labelled(kind)}
        found = plain if plain in kind.every_code else labels.get(plain)
        if found is not None:
            return (found,) if kind.sort is Sort.CODES else found
    return NOTHING


def _latin(value: str) -> str:
    """Text with Cyrillic and Greek letters that look Latin turned into those they look like."""
    return value.translate(_LOOK_ALIKES)


def meant(value: Any, kind: Kind) -> Any:
    """A value, or the code it was probably meant to be: for escalations only."""
    if not isinstance(value, str) or value in kind.every_code or not kind.every_code:
        return value
    sure = lenient(value, kind)
    if sure is not NOTHING:
        return sure if isinstance(sure, str) else list(sure)
    names = dict(_labelled(kind)) | {code: code for code in kind.every_code}
    near = nearest(value.casefold(), [name.casefold() for name in names])
    return next((code for name, code in names.items() if name.casefold() == near), value)


def _labelled(kind: Kind) -> list[tuple[str, str]]:
    return list(zip(kind.labels, kind.every_code, strict=False))
