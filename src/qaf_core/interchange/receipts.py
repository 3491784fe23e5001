"""Receipts of draws as JSON: one written reads back equal."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, TypeVar

from attrs import asdict, fields

from qaf_core.errors import Fault, InputError
from qaf_core.immutable import FrozenMap
from qaf_core.interchange.parsing import parse
from qaf_core.interchange.strict import Wrong, day, structure, text, unknown_key, whole_number
from qaf_core.sampling.frame import AS_GIVEN, SORTED, FrozenList
from qaf_core.sampling.receipt import LeftOut, Receipt, Replacement, Stratum
from qaf_core.sampling.sizes import Rolling, Share, Size
from qaf_core.sampling.strata import Strata

__all__ = ["read_receipt", "receipt_to_plain", "write_receipt"]

T = TypeVar("T")

_WORDS = ("method", "seed", "seed_drawn", "scope", "weight")
_LISTS: dict[str, type] = {"left_out": LeftOut, "parts": Stratum, "replacements": Replacement}
_KEYS = tuple(field.name for field in fields(Receipt))
_OPTIONAL = ("seed_drawn", "weight", "unsettled", "replacements", "strata", "on")


def __dir__() -> list[str]:
    return __all__


# --- out --------------------------------------------------------------------------


def receipt_to_plain(receipt: Receipt) -> dict[str, Any]:
    """A receipt as plain data: dictionaries, lists, text and whole numbers.

    It holds ids and is for keeping inside the organisation.
    """
    return {
        "method": receipt.method,
        "seed": receipt.seed,
        "seed_drawn": receipt.seed_drawn,
        "scope": receipt.scope,
        "size": _size_to_plain(receipt.size),
        "strata": None if receipt.strata is None else _strata_to_plain(receipt.strata),
        "weight": receipt.weight,
        "reserves_asked": receipt.reserves_asked,
        "on": None if receipt.on is None else receipt.on.isoformat(),
        "population": _listed(asdict(receipt.population)),
        "left_out": [asdict(each) for each in receipt.left_out],
        "chosen": list(receipt.chosen),
        "parts": [_listed(asdict(each)) for each in receipt.parts],
        "unsettled": {id: list(reasons) for id, reasons in receipt.unsettled.items()},
        "replacements": [asdict(each) for each in receipt.replacements],
    }


def write_receipt(receipt: Receipt) -> str:
    """A receipt as JSON text."""
    return json.dumps(receipt_to_plain(receipt), ensure_ascii=False, indent=1) + "\n"


def _listed(members: dict[str, Any]) -> dict[str, Any]:
    return {
        name: list(value) if isinstance(value, tuple) else value for name, value in members.items()
    }


def _size_to_plain(size: Size | None) -> Any:
    match size:
        case Share():
            return {
                "per_cent": str(size.per_cent),
                "at_least": size.at_least,
                "at_most": size.at_most,
            }
        case Rolling():
            return {"rolling_per_cent": str(size.per_cent)}
    return size


def _strata_to_plain(strata: Strata) -> dict[str, Any]:
    def bounds(given: Any) -> Any:
        return dict(given) if isinstance(given, Mapping) else given

    return {
        "by": list(strata.by),
        "method": strata.method,
        "floor": bounds(strata.floor),
        "cap": bounds(strata.cap),
        "fixed": bounds(strata.fixed),
    }


# --- in ---------------------------------------------------------------------------


def read_receipt(source: str | bytes | Mapping[str, Any]) -> Receipt:
    """Read a receipt, from JSON text or plain data.

    Raises:
        InputError: it is no receipt. Every fault at once, each with its path.
    """
    faults: list[Fault] = []
    plain: Any = source
    if isinstance(source, str | bytes):
        parsed = parse(source, frozenset(_KEYS))
        plain = parsed.value
        if parsed.faults:
            raise InputError(parsed.faults)
    if not isinstance(plain, Mapping):
        raise InputError(
            [
                Fault(
                    path="(whole text)",
                    problem="it is no receipt of a draw",
                    do="Give what qaf draw --receipt wrote",
                )
            ]
        )
    receipt = _Reading(dict(plain), faults).receipt()
    if receipt is None or faults:
        raise InputError(faults)
    return receipt


class _Reading:
    """The reading of one receipt, with every fault noted."""

    def __init__(self, plain: dict[str, Any], faults: list[Fault]) -> None:
        self.plain = plain
        self.faults = faults

    def fault(self, path: str, problem: str, do: str) -> None:
        self.faults.append(Fault(path=path, problem=problem, do=do))

    def receipt(self) -> Receipt | None:
        for number, key in enumerate(self.plain, 1):
            if key not in _KEYS:
                self.faults.append(unknown_key("", str(key), number, list(_KEYS)))
        for key in _KEYS:
            if key not in self.plain and key not in _OPTIONAL:
                self.fault(key, "it is missing", "Give the receipt as it was written")
        members: dict[str, Any] = {key: self.attempt(key, text, "") for key in _WORDS}
        members["reserves_asked"] = self.attempt("reserves_asked", whole_number, 0)
        members["on"] = None
        if self.plain.get("on") is not None:
            members["on"] = self.attempt("on", day, None)
        members["size"] = self.size()
        members["strata"] = self.strata()
        members["population"] = structure(
            self.plain.get("population", {}), FrozenList, "population", self.faults
        )
        if getattr(members["population"], "order", SORTED) not in (SORTED, AS_GIVEN):
            self.fault("population.order", "there is no such order", f"Use {SORTED} or {AS_GIVEN}")
        for key, shape in _LISTS.items():
            members[key] = tuple(
                structure(each, shape, f"{key}[{index}]", self.faults)
                for index, each in enumerate(self.list(key))
            )
        members["chosen"] = self.texts("chosen", self.plain.get("chosen", []))
        members["unsettled"] = self.unsettled()
        return None if self.faults else Receipt(**members)

    def attempt(self, key: str, read: Callable[[Any], Any], missing: Any) -> Any:
        """What a key holds, or None with its fault noted."""
        try:
            return read(self.plain.get(key, missing))
        except Wrong as wrong:
            self.fault(key, wrong.problem, wrong.do)
            return None

    def list(self, key: str) -> list[Any]:
        given = self.plain.get(key, [])
        if isinstance(given, list):
            return given
        self.fault(key, "it is not a list", "Write a list: [...]")
        return []

    def texts(self, path: str, given: Any) -> tuple[str, ...]:
        if isinstance(given, list) and all(type(each) is str for each in given):
            return tuple(given)
        self.fault(path, "it is not a list of texts", 'Write a list: ["...", ...]')
        return ()

    def unsettled(self) -> FrozenMap[str, tuple[str, ...]]:
        given = self.plain.get("unsettled", {})
        if not isinstance(given, dict):
            self.fault("unsettled", "it is not an object", "Write an object")
            return FrozenMap()
        return FrozenMap(
            {
                id: self.texts(f"unsettled.(key {number})", reasons)
                for number, (id, reasons) in enumerate(given.items(), 1)
            }
        )

    def size(self) -> Size | None:
        given = self.plain.get("size")
        if given is None or type(given) is int:
            return given
        keys = set(given) if isinstance(given, dict) else set()
        try:
            if keys == {"rolling_per_cent"}:
                return Rolling(_exact(given["rolling_per_cent"]))
            if keys == {"per_cent", "at_least", "at_most"}:
                return Share(
                    _exact(given["per_cent"]),
                    at_least=given["at_least"],
                    at_most=given["at_most"],
                )
        except (ValueError, ZeroDivisionError):  # an InputError is a ValueError too
            pass
        self.fault("size", "it is no size of a draw", "Give the receipt as it was written")
        return None

    def strata(self) -> Strata | None:
        given = self.plain.get("strata")
        if given is None:
            return None
        names = [field.name for field in fields(Strata)]
        if not isinstance(given, dict) or set(given) != set(names):
            self.fault("strata", "it is not an object with " + ", ".join(names), "Write all of it")
            return None
        if not self.texts("strata.by", given["by"]):
            return None
        try:
            return Strata(**given)
        except InputError as error:
            self.faults += error.faults
            return None


def _exact(given: Any) -> Fraction:
    if type(given) is not str:
        raise ValueError
    return Fraction(given)
