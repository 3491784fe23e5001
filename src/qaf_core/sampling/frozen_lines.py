"""From the lines of a frozen list to what the draw saw, without cases or conditions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from qaf_core.errors import Fault
from qaf_core.sampling.frame import HEAVIEST, Entry, Excluded
from qaf_core.sampling.lists import BATCH, Batch, Reading
from qaf_core.sampling.population import is_id

__all__ = ["LineReader"]


def __dir__() -> list[str]:
    return __all__


class LineReader(Reading):
    """Reads the lines of a frozen list, as a draw wrote them."""

    def batches(self, lines: Iterable[str]) -> Iterator[Batch]:
        """What there is to draw from. Faults are gathered; ``refuse`` raises them."""
        remaining = iter(lines)
        while given := [text.removesuffix("\n") for text in islice(remaining, BATCH)]:
            start, self.count = self.count, self.count + len(given)
            entries = []
            for index, line in enumerate(given, start):
                entry = self._entry(line.split("\t"), index)
                if entry is None:
                    self.fault(self._no_line(index))
                    continue
                entries.append(entry)
                if entry.reason:
                    self.excluded.append(Excluded(entry.id, entry.reason))
            self.take(entries)
            yield entries

    def _no_line(self, index: int) -> Fault:
        return Fault(
            path="(whole line)",
            problem="it is no line of this frozen list",
            do=f"Give the list as it was frozen: {', '.join(self.columns)}, parted by tabs",
            line=index + 1,
        )

    def _entry(self, cells: list[str], index: int) -> Entry | None:
        if len(cells) != len(self.columns):
            return None
        named = dict(zip(self.columns, cells, strict=True))
        weight = named.get("weight", "1")
        if not (weight.isascii() and weight.isdecimal() and 1 <= int(weight) <= HEAVIEST):
            return None
        texts = [named["id"], named.get("stratum", "-"), named.get("excluded") or "-"]
        if not all(map(is_id, texts)):
            return None
        return Entry(
            index=index,
            given=named["id"],
            id=named["id"],
            stratum=named.get("stratum", ""),
            weight=int(weight),
            reason=named.get("excluded", ""),
        )
