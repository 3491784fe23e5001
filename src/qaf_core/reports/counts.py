"""Counts of audits: the only figures that reports hold, and they add up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from attrs import field, frozen

from qaf_core.immutable import FrozenMap

__all__ = ["Counts", "Key"]

Key: TypeAlias = tuple[str, ...]
"""What is counted, then of what: ``("grade", scale, service, code)``."""


def __dir__() -> list[str]:
    return __all__


def _sorted(entries: Mapping[Key, int]) -> FrozenMap[Key, int]:
    return FrozenMap({key: entries[key] for key in sorted(entries) if entries[key]})


@frozen
class Counts:
    """How many audits, by what is counted.

    The first part of a key says what is counted:

    - ``audited``, ``complete``, ``moderated``: by service and tool;
    - ``compared``: moderated audits, by scale and what became of the overall grade: ``same``,
      ``lowered``, ``raised`` or ``beside`` the order;
    - ``grade``: overall grades, by scale, service and code; "" where none was given;
    - ``section``: grades of sections, by tool, judgement and code;
    - ``answered``, ``against``: audits in which something was answered, and in which an
      answer told against practice, by level and id;
    - ``tag``: by theme; ``recognised``: by rule and what it is about.
    """

    entries: Mapping[Key, int] = field(factory=FrozenMap, converter=_sorted, repr=False)
    _by_what: Mapping[str, dict[Key, int]] = field(init=False, eq=False, repr=False)

    @_by_what.default
    def _grouped(self) -> dict[str, dict[Key, int]]:
        grouped: dict[str, dict[Key, int]] = {}
        for key, n in self.entries.items():
            grouped.setdefault(key[0], {})[key] = n
        return grouped

    @classmethod
    def of(cls, keys: Iterable[Key]) -> Counts:
        """The counts of keys, each as often as it comes."""
        return cls(Counter(keys))

    def __add__(self, other: Counts) -> Counts:
        return Counts(Counter(self.entries) + Counter(other.entries))

    def __getitem__(self, key: Key) -> int:
        return self.entries.get(key, 0) or 0

    def under(self, *head: str) -> dict[Key, int]:
        """What is counted under the first parts of a key, by the parts that remain."""
        at = len(head)
        entries = self._by_what.get(head[0], {}) if head else self.entries
        return {key[at:]: n for key, n in entries.items() if key[:at] == head}

    def total(self, *head: str) -> int:
        """All that is counted under the first parts of a key."""
        return sum(self.under(*head).values())
