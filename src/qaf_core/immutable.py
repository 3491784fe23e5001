"""What values that cannot change have in common: a mapping to hold, and how they pickle."""

from __future__ import annotations

from collections.abc import Callable, ItemsView, Iterator, KeysView, Mapping, ValuesView
from typing import Any, TypeAlias, TypeVar

from attrs import fields

__all__ = ["FrozenMap", "Remade", "as_given", "making"]

K = TypeVar("K")
T = TypeVar("T")
V = TypeVar("V")
Remade: TypeAlias = tuple[Callable[[type, dict[str, Any]], Any], tuple[type, dict[str, Any]]]
"""What ``__reduce__`` returns of a value that is made again where it is loaded."""


def __dir__() -> list[str]:
    return __all__


class FrozenMap(Mapping[K, V]):
    """An immutable, hashable, picklable mapping.

    Its repr counts its entries and shows none, so that answers held in one
    never reach a log.
    """

    __slots__ = ("_entries",)
    _entries: dict[K, V]

    def __init__(self, entries: Mapping[K, V] | None = None) -> None:
        object.__setattr__(self, "_entries", dict(entries) if entries else {})

    @classmethod
    def holding(cls, entries: dict[K, V]) -> FrozenMap[K, V]:
        """A mapping that takes a dictionary for its own, which nobody else holds."""
        made = _new(cls)
        _hold(made, entries)
        return made

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("a FrozenMap cannot change")

    def __getitem__(self, key: K) -> V:
        return self._entries[key]

    def get(self, key: K, default: object = None) -> Any:
        """The value of a key, or the default; Mapping's own is many times slower."""
        return self._entries.get(key, default)

    @property
    def lookup(self) -> Callable[[Any], Any]:
        """What gives the value of a key, or None: for many keys the quickest."""
        found: Callable[[Any], Any] = self._entries.get
        return found

    def keys(self) -> KeysView[K]:
        """The keys."""
        return self._entries.keys()

    def items(self) -> ItemsView[K, V]:
        """The keys with their values."""
        return self._entries.items()

    def values(self) -> ValuesView[V]:
        """The values."""
        return self._entries.values()

    def __contains__(self, key: object) -> bool:
        return key in self._entries

    def __iter__(self) -> Iterator[K]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def copied(self) -> dict[K, V]:
        """The entries as a dictionary of their own."""
        return self._entries.copy()

    def __eq__(self, other: object) -> bool:
        if isinstance(other, FrozenMap):
            return self._entries == other._entries
        return NotImplemented

    def __hash__(self) -> int:
        return hash(frozenset(self._entries.items()))

    def __reduce__(self) -> tuple[type[FrozenMap[K, V]], tuple[dict[K, V]]]:
        return type(self), (self._entries,)

    def __repr__(self) -> str:
        return f"<{len(self._entries)} entries>"


_new = object.__new__
_hold = FrozenMap.__dict__["_entries"].__set__


def as_given(value: Any) -> Remade:
    """How a value pickles that makes things ready for itself: as what it was made of.

    What was made ready may hold functions, and is made again where it is wanted.
    """
    given = {each.alias: getattr(value, each.name) for each in fields(type(value)) if each.init}
    return _made, (type(value), given)


def _made(kind: type, given: dict[str, Any]) -> Any:
    return kind(**given)


def making(kind: type[T]) -> Callable[..., T]:
    """What makes values of a frozen class in a third of the time, for those made by the thousand.

    It wants every attribute by name, and takes it as it is: nothing is converted or left out.
    The class's own ``__init__`` sets each attribute by a call. Here the value is of a class that
    is open while its attributes are set, and of its own from then on.

    Raises:
        TypeError: the class does more than set attributes when a value of it is made.
    """
    each = fields(kind)  # type: ignore[arg-type]
    more = hasattr(kind, "__attrs_post_init__") or any(one.validator for one in each)
    if more or not all(one.init for one in each):
        raise TypeError(f"{kind.__name__} does more than set its attributes.")
    setting = {"__setattr__": object.__setattr__, "__delattr__": object.__delattr__}
    opened = type(kind.__name__, (kind,), {"__slots__": (), **setting})
    names: dict[str, Any] = {"_new_": _new, "_kind_": kind, "_opened_": opened}
    lines = (  # with names that no attribute has
        f"def make(*, {', '.join(one.alias for one in each)}):",
        " _made_ = _new_(_opened_)",
        *(f" _made_.{one.name} = {one.alias}" for one in each),
        " _made_.__class__ = _kind_",
        " return _made_",
    )
    exec("\n".join(lines), names)  # noqa: S102 - names of attributes alone
    make: Callable[..., T] = names["make"]
    return make
