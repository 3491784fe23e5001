"""The frozen list: what a draw sees of a population, and its digest.

The list has a line a case: the id, and, parted by tabs, its stratum, its weight and why it
is left out, as far as the draw asks for them. Its digest is the SHA-256 of those lines,
each with its line end, in the order of their bytes: ``LC_ALL=C sort ids.txt | sha256sum``.
It hangs on no seed, so it can be told to others before the seed is drawn.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from hashlib import sha256
from itertools import islice, pairwise, starmap
from operator import lt
from typing import Any, TypeAlias

from attrs import evolve, field, frozen

from qaf_core.errors import DefinitionError, Fault, InputError
from qaf_core.facts import Fact
from qaf_core.logic.english import english
from qaf_core.logic.expressions import NEVER, Cond, Ref, collections_of, refs
from qaf_core.logic.lower import met, possible, sure
from qaf_core.logic.values import Gap, Value
from qaf_core.sampling.population import (
    LONGEST_ID,
    MOST_FAULTS,
    Case,
    case_record,
    id_problem,
    is_id,
    value_faults,
)

__all__ = [
    "AS_GIVEN",
    "BATCH",
    "COMPARED",
    "NOT_KNOWN",
    "SORTED",
    "Batch",
    "Entry",
    "Excluded",
    "Exclusion",
    "FileReader",
    "FrozenList",
    "Listing",
    "PlainBatch",
    "Reader",
    "Reading",
    "Seen",
]

NOT_KNOWN = "(not known)"
"""The stratum of cases of which it is not known where they belong: one of its own."""

NOT_APPLICABLE = "(not applicable)"

BATCH = 1024
"""Ids looked at together."""

COMPARED = 20_000
"""Lines of a stream that are kept, to be sorted and compared: far past any council's."""

SORTED = "sorted"
AS_GIVEN = "as given"

HEAVIEST = 10_000

_PRINTABLE = bytes(range(0x20, 0x7F))
_FIELDS = ("team", "worker", "kind")


def __dir__() -> list[str]:
    return __all__


def _ids(given: Iterable[str]) -> frozenset[str]:
    return frozenset((given,)) if isinstance(given, str) else frozenset(given)


@frozen
class Exclusion:
    """Why cases are left out of a draw, and which.

    A case is left out where the condition is surely met, or where its id is listed. Where
    a pending fact leaves the condition open the case stays in, and the receipt says so.

    Attributes:
        reason: in a few words, such as "audited in the last twelve months".
        when: a condition on a case.
        ids: ids of cases that are left out whatever is known of them.
    """

    reason: str
    when: Cond | None = None
    ids: frozenset[str] = field(default=frozenset(), converter=_ids, repr=False)

    @property
    def condition(self) -> str:
        """What leaves a case out, in English."""
        parts = [] if self.when is None else [english(self.when)]
        if self.ids:
            parts.append("the id is on a list")
        return ", or ".join(parts)


@frozen
class Excluded:
    """A case that was left out, and why.

    Attributes:
        case: the id or case as it was given.
        reason: the first reason that holds.
    """

    case: str | Case
    reason: str

    @property
    def id(self) -> str:
        """The id of the case."""
        return self.case if isinstance(self.case, str) else self.case.id


@frozen(kw_only=True)
class FrozenList:
    """What can be told of a list before a seed is drawn.

    Attributes:
        count: lines in the list.
        sha256: the digest of its lines.
        order: the order they were digested in: ``sorted`` by their bytes; or ``as given``,
            only for a long stream in no order, which would have to be held to be sorted.
        columns: what a line holds, in order: ``id``, then those of ``stratum``,
            ``weight`` and ``excluded`` that the draw asks for.
        compared: how many ids were compared with all others, so that none stands twice;
            less than ``count`` only for a long stream in no order.
    """

    count: int
    sha256: str
    order: str
    columns: tuple[str, ...]
    compared: int


@frozen(kw_only=True)
class Seen:
    """What a draw asks of each case.

    Attributes:
        by: what divides the draw, if anything.
        weight: id of the fact that holds the weight, or "".
        exclude: why cases are left out.
        on: the day, for conditions that speak of ``today``.
        facts: facts as a framework declares them.
    """

    by: tuple[str, ...] = ()
    weight: str = ""
    exclude: tuple[Exclusion, ...] = ()
    on: date | None = None
    facts: tuple[Fact, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """What a line of the frozen list holds."""
        asked = {"stratum": self.by, "weight": self.weight, "excluded": self.exclude}
        return ("id", *(name for name, given in asked.items() if given))

    def faults(self) -> Iterator[Fault]:
        """What is wrong with it before any case is looked at."""
        reasons = [each.reason for each in self.exclude]
        for number, each in enumerate(self.exclude):
            where = f"exclude[{number}].reason"
            if not is_id(each.reason):
                problem, do = id_problem(each.reason)
                yield Fault(path=where, problem=problem, do=do)
            elif each.reason in reasons[:number]:
                yield Fault(path=where, problem="it stands twice", do="Join the two with |")
            if not all(map(is_id, each.ids)):
                yield Fault(
                    path=f"exclude[{number}].ids",
                    problem="one of them is no id, so it could match no case",
                    do="Give ids as text, exactly as they stand on the list",
                )


@frozen
class Entry:
    """A case as the draw sees it; ``reason`` is why it is left out, or ""."""

    index: int
    given: str | Case
    id: str
    stratum: str = ""
    weight: int = 1
    reason: str = ""
    unsettled: tuple[str, ...] = ()

    def line(self, columns: tuple[str, ...]) -> str:
        """Its line of the frozen list, without the line end."""
        cells = {
            "id": self.id,
            "stratum": self.stratum,
            "weight": str(self.weight),
            "excluded": self.reason,
        }
        return "\t".join(cells[name] for name in columns)


@frozen
class PlainBatch:
    """Ids of which nothing else is asked, as they are and as bytes."""

    start: int
    given: list[str]
    encoded: list[bytes]


Batch: TypeAlias = PlainBatch | list[Entry]
Listing: TypeAlias = Callable[[bytes], object]


class Reading:
    """Counting and digesting, whatever the lines come from."""

    def __init__(
        self, columns: tuple[str, ...], listing: Listing | None = None, order: str = ""
    ) -> None:
        self.columns = columns
        self.count = 0
        self.faults: list[Fault] = []
        self.more_faults = 0
        self.excluded: list[Excluded] = []
        self.unsettled: dict[str, int] = {}
        self._digest = sha256()
        self._kept: list[bytes] | None = None if order == AS_GIVEN else []
        self._held = False
        self._to_be_sorted = order == SORTED
        self._listing = listing
        self._first_at: dict[str, int] = {}
        self._told: set[int] = set()
        self._last = ""
        self._rising = True
        self._all_compared = False

    def frozen_list(self) -> FrozenList:
        """Length and digest of what was read."""
        digest, order = self._digest, SORTED if self._rising else AS_GIVEN
        if not self._rising and self._kept is not None:
            lines = sorted(b"".join(self._kept).splitlines(keepends=True))
            digest, order = sha256(b"".join(lines)), SORTED
        whole = self._rising or self._all_compared or self.count <= COMPARED
        return FrozenList(
            count=self.count,
            sha256=digest.hexdigest(),
            order=order,
            columns=self.columns,
            compared=self.count if whole else COMPARED,
        )

    def fault(self, *faults: Fault) -> None:
        room = max(MOST_FAULTS - len(self.faults), 0)
        self.faults += faults[:room]
        self.more_faults += len(faults[room:])

    def refuse(self) -> None:
        """Raise every fault at once, if there is any."""
        if self.more_faults:
            self.faults.append(
                Fault(
                    path="population",
                    problem=f"there are {self.more_faults:,} faults more",
                    do="Mend these first",
                )
            )
        if self.faults:
            raise InputError(self.faults)

    def take_down(self, lines: bytes) -> None:
        """Digest lines, and keep them as long as they may have to be sorted."""
        self._digest.update(lines)
        if self._kept is not None:
            self._kept.append(lines)
            needed = self._held or (self._to_be_sorted and not self._rising)
            if self.count > COMPARED and not needed:
                self._kept = None
        if self._listing is not None:
            self._listing(lines)

    def compare(self, ids: list[str], places: Iterable[int]) -> None:
        """Look for ids that stand twice: all of them while the list rises or is not long."""
        if self._rising:
            self._rising = self._last < ids[0] and all(starmap(lt, pairwise(ids)))
            if not self._rising:
                places = list(places)
                self._rising = self._still_rising(ids, places)
            self._last = ids[-1]
        ids = ids[: max(COMPARED - len(self._first_at), 0)]
        places = list(islice(places, len(ids)))
        fresh = dict(zip(ids, places, strict=True))
        if len(fresh) == len(ids) and self._first_at.keys().isdisjoint(fresh):
            self._first_at.update(fresh)
            return
        for index, id in zip(places, ids, strict=True):
            if (earlier := self._first_at.setdefault(id, index)) != index:
                self.twice(index, earlier)

    def _still_rising(self, ids: list[str], places: list[int]) -> bool:
        """Whether all that broke the rise are ids that stand twice, which are told."""
        before = zip([self._last, *ids], [places[0] - 1, *places], strict=False)
        for (last, earlier), id, index in zip(before, ids, places, strict=False):
            if last == id:
                self.twice(index, earlier)
            elif last > id:
                return False
        return True

    def twice(self, index: int, earlier: int) -> None:
        """Note that two lines of the list have one id."""
        if index in self._told:
            return
        self._told.add(index)
        self.fault(
            Fault(
                path=f"population[{index}].id",
                problem=f"it is the id of population[{earlier}] again",
                do="List each once",
            )
        )


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
        self._held = isinstance(population, Collection)
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
        if isinstance(population, Collection) and self.count > COMPARED and not self._rising:
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
        self._all_compared = True

    def _entries(self, given: list[str | Case], start: int) -> list[Entry]:
        entries = []
        for index, each in enumerate(given, start):
            entry = self._entry(each, index)
            if entry is not None:
                entries.append(entry)
        if entries:
            self.compare([each.id for each in entries], [each.index for each in entries])
            lines = "".join(f"{each.line(self.columns)}\n" for each in entries)
            self.take_down(lines.encode())
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


class FileReader(Reading):
    """Reads the lines of a frozen list, as a draw wrote them."""

    def batches(self, lines: Iterable[str]) -> Iterator[Batch]:
        """What there is to draw from. Faults are gathered; ``refuse`` raises them."""
        for index, text in enumerate(lines):
            self.count += 1
            line = text.removesuffix("\n")
            entry = self._entry(line.split("\t"), index)
            if entry is None:
                self.fault(
                    Fault(
                        path="(whole line)",
                        problem="it is no line of this frozen list",
                        do=f"Give the list as it was frozen: {', '.join(self.columns)}, "
                        "parted by tabs",
                        line=index + 1,
                    )
                )
                continue
            self.compare([entry.id], [index])
            self.take_down(line.encode() + b"\n")
            if entry.reason:
                self.excluded.append(Excluded(entry.id, entry.reason))
            yield [entry]

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
            return NOT_KNOWN if value.open else NOT_APPLICABLE
        case bool():
            return "yes" if value else "no"
        case int():
            return str(value)
        case str() if is_id(value) and value not in (NOT_KNOWN, NOT_APPLICABLE):
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
