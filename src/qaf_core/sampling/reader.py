"""From a population to what a draw sees of it, a batch at a time."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from attrs import evolve, frozen

from qaf_core.errors import DefinitionError, Fault, InputError
from qaf_core.logic.expressions import NEVER, Cond, Ref, collections_of, refs
from qaf_core.logic.lower import met, possible, sure
from qaf_core.logic.values import Gap, Value
from qaf_core.sampling.frame import HEAVIEST, NOT_KNOWN, Entry, Excluded, Exclusion, Seen
from qaf_core.sampling.lists import BATCH, COMPARED, Batch, Listing, PlainBatch, Reading
from qaf_core.sampling.population import LONGEST_ID, Case, case_record, is_id, value_faults

__all__ = ["Reader"]

_NOT_APPLICABLE = "(not applicable)"

_PRINTABLE = bytes(range(0x20, 0x7F))
_FIELDS = ("team", "worker", "kind")


def __dir__() -> list[str]:
    return __all__


class Reader(Reading):
    """Reads a population once, batch by batch."""

    def __init__(self, seen: Seen, listing: Listing | None = None, order: str = "") -> None:
        super().__init__(seen.columns, listing, order)
        self.seen = seen
        self.fault(*seen.faults())
        self.rules = [_Rule.of(each) for each in seen.exclude]
        self.known_parts = dict.fromkeys(seen.by, False)

    def batches(self, population: Iterable[str | Case]) -> Iterator[Batch]:
        """What there is to draw from. Faults are gathered; ``refuse`` raises them."""
        if isinstance(population, str | bytes | Mapping):
            raise InputError(
                [Fault(path="population", problem="it is no list", do="Give a list of them")]
            )
        self.held = isinstance(population, Collection)
        remaining = iter(population)
        while given := self._next(remaining):
            start, self.count = self.count, self.count + len(given)
            encoded = _plain(given) if len(self.columns) == 1 else None
            if encoded is None:
                yield self._entries(given, start)
                continue
            self.compare(given, range(start, self.count))
            self.take_down(encoded + b"\n")
            yield PlainBatch(start, given, encoded.split(b"\n"))
        if isinstance(population, Collection) and self.count > COMPARED and not self.rising:
            self._compare_all(population)
        for name, known in self.known_parts.items():
            if self.count and not known:
                self.fault(
                    Fault(
                        path="strata.by",
                        problem=f"no case has a {name}",
                        do="Correct the name, or give the cases what divides them",
                    )
                )

    def _next(self, remaining: Iterator[Any]) -> list[Any]:
        given: list[Any] = []
        try:
            given.extend(islice(remaining, BATCH))
        except InputError as error:  # what reads the list has faults of its own to tell
            self.fault(*error.faults)
        return given

    def _compare_all(self, population: Collection[Any]) -> None:
        first_at: dict[str, int] = {}
        for index, each in enumerate(population):
            id = each if isinstance(each, str) else getattr(each, "id", "")
            if (earlier := first_at.setdefault(id, index)) != index and index >= COMPARED:
                self.twice(index, earlier)
        self.all_compared = True

    def _entries(self, given: list[str | Case], start: int) -> list[Entry]:
        entries = []
        for index, each in enumerate(given, start):
            entry = self._entry(each, index)
            if entry is not None:
                entries.append(entry)
        self.take(entries)
        return entries

    def _entry(self, given: str | Case, index: int) -> Entry | None:
        where = f"population[{index}]"
        case = Case(id=given) if isinstance(given, str) else given
        if wrong := list(value_faults(case, where, Case)):
            self.fault(*wrong)
            return None
        before = len(self.faults) + self.more_faults
        reason, unsettled = self._left_out(case, given, where)
        entry = Entry(
            index=index,
            given=given,
            id=case.id,
            stratum=self._stratum(case, where),
            weight=self._weight(case, where),
            reason=reason,
            unsettled=unsettled,
        )
        return entry if len(self.faults) + self.more_faults == before else None

    def _left_out(self, case: Case, given: str | Case, where: str) -> tuple[str, tuple[str, ...]]:
        if not self.rules:
            return "", ()
        try:
            record = case_record(case, on=self.seen.on, facts=self.seen.facts)
        except InputError as error:
            self.fault(*(evolve(each, path=f"{where}.{each.path}") for each in error.faults))
            return "", ()
        open_ones = []
        for rule in self.rules:
            wrong = [
                Fault(
                    path=f"{where}.facts.{ref.name}",
                    problem="it is not of the kind that a reason to leave out compares it with",
                    do=f"Give {ref.kind.takes}",
                )
                for ref in rule.compares
                if not isinstance(value := record.facts.get(ref.name, Gap.UNKNOWN), Gap)
                and not ref.kind.admits(value)
            ]
            if wrong:
                self.fault(*wrong)
            elif case.id in rule.exclusion.ids or met(rule.surely, record):
                self.excluded.append(Excluded(given, rule.exclusion.reason))
                return rule.exclusion.reason, ()
            elif met(rule.perhaps, record):
                open_ones.append(rule.exclusion.reason)
        for reason in open_ones:
            self.unsettled[reason] = self.unsettled.get(reason, 0) + 1
        return "", tuple(open_ones)

    def _stratum(self, case: Case, where: str) -> str:
        parts = []
        for name in self.seen.by:
            value: Value = getattr(case, name) if name in _FIELDS else case.facts.get(name, "")
            part = _part(value)
            self.known_parts[name] |= part != NOT_KNOWN
            if part is None or (len(self.seen.by) > 1 and " / " in part):
                self.fault(
                    Fault(
                        path=f"{where}.{name}" if name in _FIELDS else f"{where}.facts.{name}",
                        problem="it can name no stratum",
                        do='Divide by an id, a code, yes or no, or a whole number, without " / "',
                    )
                )
                part = NOT_KNOWN
            parts.append(part)
        return " / ".join(parts)

    def _weight(self, case: Case, where: str) -> int:
        if not self.seen.weight:
            return 1
        value = case.facts.get(self.seen.weight)
        if type(value) is int and 1 <= value <= HEAVIEST:
            return value
        self.fault(
            Fault(
                path=f"{where}.facts.{self.seen.weight}",
                problem="it is missing" if value is None else "it is no weight",
                do=f"Give every case a whole number from 1 to {HEAVIEST:,}",
            )
        )
        return 1


@frozen(eq=False)
class _Rule:
    """An exclusion made ready to be read on many cases."""

    exclusion: Exclusion
    surely: Cond
    perhaps: Cond
    compares: tuple[Ref, ...]

    @classmethod
    def of(cls, exclusion: Exclusion) -> _Rule:
        when = exclusion.when
        if when is None:
            return cls(exclusion, sure(NEVER), sure(NEVER), ())
        speaks_of = refs(when)
        if collections_of(when) or any(ref.of for ref in speaks_of):
            raise DefinitionError(
                f"The reason {exclusion.reason!r} speaks of the items of an audit; a case to "
                "be drawn has facts only."
            )
        return cls(
            exclusion,
            sure(when),
            possible(when),
            tuple(sorted(speaks_of, key=lambda ref: ref.name)),
        )


def _part(value: Value) -> str | None:
    match value:
        case "":
            return NOT_KNOWN
        case Gap():
            return NOT_KNOWN if value.open else _NOT_APPLICABLE
        case bool():
            return "yes" if value else "no"
        case int():
            return str(value)
        case str() if is_id(value) and value not in (NOT_KNOWN, _NOT_APPLICABLE):
            return value
    return None


def _plain(given: list[Any]) -> bytes | None:
    """A batch of ids as lines, or None where it has to be looked at one by one.

    The same questions as ``is_id`` asks, of all ids at once.
    """
    if set(map(type, given)) != {str} or max(map(len, given)) > LONGEST_ID:
        return None
    text = "\n".join(given)
    try:
        data = text.encode()
    except UnicodeEncodeError:
        return None
    if text.isascii():
        if data.translate(None, _PRINTABLE) != b"\n" * (len(given) - 1):
            return None
    elif not "".join(given).isprintable() or not unicodedata.is_normalized("NFC", text):
        return None
    framed = b"\n%b\n" % data
    if b"\n\n" in framed or b"\n " in framed or b" \n" in framed:
        return None
    return data
