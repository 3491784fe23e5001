"""From text to plain data: strict, and salvaging what it can where the text is broken."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from attrs import field, frozen

from qaf_core.errors import Fault

__all__ = ["MAX_DEPTH", "NOT_PLAIN", "Parsed", "TOO_DEEP", "members", "named", "parse", "plainly"]

MAX_DEPTH = 40
"""How deep an audit's JSON may nest: five levels are enough for any."""
TOO_DEEP = "it nests too deep"
NOT_PLAIN: Any = object()
"""Stands for what ``plainly`` leaves to ``parse``."""

_SYMBOL = re.compile(
    r'"(?:[^"\\\n]|\\.)*"'
    r"|-?(?:0|[1-9]\d{0,17})(?:\.\d{1,17})?(?![\d.eE])"
    r"|true|false|null|[{}\[\]:,]"
)
_BLANK = " \t\n\r"
_QUOTE = "[\"'\u2018\u2019\u201c\u201d]?"
_MEMBER = re.compile(
    rf"(?P<key>[A-Za-z_]\w*){_QUOTE}\s*[:=]\s*{_QUOTE}(?P<value>[A-Za-z][A-Za-z _]*[A-Za-z])"
)
_GRADE = re.compile(
    rf"(?P<key>[A-Za-z_]\w*){_QUOTE}\s*[:=]\s*\{{\s*{_QUOTE}grade{_QUOTE}\s*[:=]\s*"
    rf"{_QUOTE}(?P<value>[A-Za-z][A-Za-z _]*[A-Za-z])"
)


def __dir__() -> list[str]:
    return __all__


def named(path: str, key: str, number: int, known: Iterable[str]) -> str:
    """The path of a key, which is shown only if it is known: any other may be data."""
    shown = key if key in known else f"(key {number})"
    return f"{path}.{shown}" if path else shown


@frozen
class Parsed:
    """Plain data, and what was wrong with the text.

    Attributes:
        value: the data; where a key is repeated, its first value.
        faults: what was wrong.
        others: the same data with the other values of repeated keys.
        raw: the data with every repeated key in it, for ``members``.
    """

    value: Any = field(repr=False)
    faults: tuple[Fault, ...] = ()
    others: tuple[Any, ...] = field(default=(), repr=False)
    raw: Any = field(default=None, repr=False)


class _Pairs(list[tuple[str, Any]]):
    """An object as its members in order, repeated keys and all."""


def parse(
    source: str | bytes,
    known: frozenset[str] = frozenset(),
    *,
    max_depth: int = MAX_DEPTH,
    salvage: bool = True,
) -> Parsed:
    """Read JSON text.

    Numbers with a point come back as ``Decimal``. Only known keys are named.

    Args:
        source: the text.
        known: keys that faults may name.
        max_depth: how deep it may nest.
        salvage: whether to look for what can still be made out: members in text that
            is no JSON, and the other values of repeated keys.
    """
    faults: list[Fault] = []
    text = source if isinstance(source, str) else _decoded(source, faults)
    text = text.removeprefix("\ufeff")
    try:
        tree = json.loads(
            text, object_pairs_hook=_Pairs, parse_float=_decimal, parse_constant=_refuse_constant
        )
    except json.JSONDecodeError as error:
        at = f"line {error.lineno}, column {error.colno}"
        if text.strip():
            faults.append(_fault(f"it is not JSON from {at} on", "Mend the text there"))
        else:
            faults.append(_fault("it is empty", "Give the text as it was written or exported"))
        tree = _salvage(text) if salvage else None
    except RecursionError:
        faults.append(_fault(TOO_DEEP, f"Nest at most {max_depth} levels"))
        tree = _salvage(text) if salvage else None
    except ValueError:
        faults.append(_fault("it holds a number that is none", "Write numbers as plain decimals"))
        tree = _salvage(text) if salvage else None
    building = _Building(known, max_depth)
    value = building.build(tree, "", 0, 0)
    if not salvage:
        return Parsed(value, (*faults, *building.faults))
    raw = [tree, _loose(text)] if faults else tree
    others = tuple(
        _Building(known, max_depth).build(tree, "", 0, pick)
        for pick in range(1, min(building.most, 100))
    )
    return Parsed(value, (*faults, *building.faults), others, raw)


def plainly(source: str | bytes) -> Any:
    """JSON text the quick way: each object as the tuple of its members; else ``NOT_PLAIN``.

    That is what costs no more than dictionaries would, and loses no repeated key. How deep it
    nests is not looked at: what fits its shape does not nest too deep, and whatever is amiss
    with it leaves it to ``parse``.
    """
    try:
        text = source if isinstance(source, str) else source.decode()
        text = text.removeprefix("\ufeff").strip(_BLANK)
        members, end = _PLAINLY.raw_decode(text)
    except (ValueError, RecursionError):
        return NOT_PLAIN
    return members if end == len(text) else NOT_PLAIN


def _loose(text: str) -> _Pairs:
    """Whatever looks like a member or a grade, in text that is no JSON, quoted or not."""
    found = _Pairs((match["key"], match["value"]) for match in _MEMBER.finditer(text))
    found += [(match["key"], {"grade": match["value"]}) for match in _GRADE.finditer(text)]
    return found


def members(raw: Any) -> Iterator[tuple[str, Any]]:
    """Every member of every object in raw data, repeated ones too, each value built."""
    stack = [raw]
    while stack:
        node = stack.pop()
        pairs = node.items() if isinstance(node, dict) else node if isinstance(node, _Pairs) else ()
        for key, value in pairs:
            yield key, _Building(frozenset()).build(value, "", 0, 0)
            stack.append(value)
        if isinstance(node, list) and not isinstance(node, _Pairs):
            stack += node


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except ArithmeticError:
        raise ValueError(text[:0]) from None


def _decoded(source: bytes, faults: list[Fault]) -> str:
    if source.startswith((b"\xff\xfe", b"\xfe\xff")):
        return source.decode("utf-16", errors="replace")
    try:
        return source.decode()
    except UnicodeDecodeError:
        faults.append(_fault("it is not in UTF-8", "Save it as UTF-8"))
        return source.decode(errors="replace")


def _fault(problem: str, do: str, path: str = "(whole text)") -> Fault:
    return Fault(path=path, problem=problem, do=do)


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


class _Building:
    """Turns pairs into dictionaries, noting repeated keys and undue depth."""

    def __init__(self, known: frozenset[str], max_depth: int = MAX_DEPTH) -> None:
        self.known = known
        self.max_depth = max_depth
        self.faults: list[Fault] = []
        self.most = 1

    def build(self, node: Any, path: str, depth: int, pick: int) -> Any:
        if depth > self.max_depth:
            self.faults.append(_fault(TOO_DEEP, f"Nest at most {self.max_depth} levels", path[:80]))
            return None
        if isinstance(node, _Pairs):
            values: dict[str, list[Any]] = {}
            for key, value in node:
                values.setdefault(key, []).append(value)
            built = {}
            for number, (key, given) in enumerate(values.items(), 1):
                where = named(path, key, number, self.known)
                if len(given) > 1:
                    self.most = max(self.most, len(given))
                    self.faults.append(_fault("the key occurs more than once", "Keep one", where))
                for hidden in given[1:] if pick == 0 else ():
                    self.most = max(self.most, _repeats(hidden))
                built[key] = self.build(given[min(pick, len(given) - 1)], where, depth + 1, pick)
            return built
        if isinstance(node, list):
            return [
                self.build(each, f"{path}[{index}]", depth + 1, pick)
                for index, each in enumerate(node)
            ]
        return node


def _repeats(node: Any) -> int:
    """How often a key occurs at most in one object of raw data."""
    most, stack = 1, [node]
    while stack:
        each = stack.pop()
        if isinstance(each, _Pairs):
            most = max([most, *Counter(key for key, _ in each).values()])
            stack += [value for _, value in each]
        elif isinstance(each, list):
            stack += each
    return most


def _salvage(text: str) -> Any:
    """What can still be made out of broken JSON: members in the objects they stand in."""
    root = _Pairs()
    stack: list[Any] = [root]
    keys: list[str | None] = [None]
    symbols = list(_symbols(text))
    for index, symbol in enumerate(symbols):
        follows = symbols[index + 1] if index + 1 < len(symbols) else ""
        if symbol in "{[":
            if len(stack) <= MAX_DEPTH:
                opened: Any = _Pairs() if symbol == "{" else []
                _put(stack[-1], keys, opened)
                stack.append(opened)
                keys.append(None)
        elif symbol in "}]":
            if len(stack) > 1:
                stack.pop()
                keys.pop()
        elif symbol[0] == '"' and follows == ":" and isinstance(stack[-1], _Pairs):
            keys[-1] = _scalar(symbol)
        elif symbol not in ":,":
            _put(stack[-1], keys, _scalar(symbol))
    if len(root) == 1 and root[0][0] == "":
        return root[0][1]
    return root


def _symbols(text: str) -> Iterator[str]:
    return (match.group() for match in _SYMBOL.finditer(text))


def _scalar(symbol: str) -> Any:
    try:
        return json.loads(symbol, parse_float=_decimal)
    except ValueError:
        return symbol.strip('"')


def _put(parent: Any, keys: list[str | None], value: Any) -> None:
    if isinstance(parent, _Pairs):
        if keys[-1] is not None or isinstance(value, list):
            parent.append((keys[-1] or "", value))
        keys[-1] = None
    else:
        parent.append(value)


_PLAINLY = json.JSONDecoder(
    object_pairs_hook=tuple, parse_float=_decimal, parse_constant=_refuse_constant
)
