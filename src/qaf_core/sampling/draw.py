"""The draw: a sample that hangs on the seed and the ids alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sized
from datetime import date
from typing import Any, Generic, TypeVar

from attrs import evolve, field, frozen

from qaf_core.errors import Fault, InputError
from qaf_core.facts import Fact
from qaf_core.sampling.frame import Excluded, Exclusion, FrozenList, Seen, columns_asked
from qaf_core.sampling.frozen_lines import LineReader
from qaf_core.sampling.lists import Listing
from qaf_core.sampling.pools import Asked, Candidate, Pools
from qaf_core.sampling.population import Case
from qaf_core.sampling.reader import Reader
from qaf_core.sampling.receipt import LeftOut, Receipt, Stratum
from qaf_core.sampling.sizes import Size
from qaf_core.sampling.strata import Strata
from qaf_core.sampling.tickets import METHOD
from qaf_core.tables import Table

__all__ = ["Draw", "draw", "drawn_again", "drawn_from", "freeze"]

T = TypeVar("T", bound=str | Case)


def __dir__() -> list[str]:
    return __all__


@frozen(kw_only=True)
class Draw(Generic[T]):
    """What was drawn: ids where ids were given, cases where cases were.

    Attributes:
        chosen: those drawn, lowest ticket first.
        reserves: those that come next, stratum by stratum.
        excluded: those left out, each with its reason.
        receipt: what a third party needs to draw the same again.
    """

    chosen: tuple[T, ...] = field(repr=False)
    reserves: tuple[T, ...] = field(repr=False)
    excluded: tuple[Excluded, ...] = field(repr=False)
    receipt: Receipt

    @property
    def in_force(self) -> tuple[T, ...]:
        """Those to audit: the chosen, each replaced one by what took its place."""
        known = {_id(each): each for each in (*self.chosen, *self.reserves)}
        return tuple(known[id] for id in self.receipt.in_force)

    def replace(self, id: str, *, reason: str) -> Draw[T]:
        """The draw with the next reserve in the place of a case; see ``Receipt.replace``."""
        return evolve(self, receipt=self.receipt.replace(id, reason=reason))

    def to_rows(self) -> list[dict[str, Any]]:
        """A row a case drawn or in reserve; see ``Receipt.to_rows``."""
        return self.receipt.to_rows()

    def to_table(self) -> Table:
        """The same as a table."""
        return self.receipt.to_table()

    def __str__(self) -> str:
        return str(self.receipt)

    def _repr_html_(self) -> str:
        return self.to_table().to_html()

    def _repr_markdown_(self) -> str:
        return self.to_table().to_markdown()


def _id(given: str | Case) -> str:
    return given if isinstance(given, str) else given.id


def draw(
    population: Iterable[T],
    size: Size | None = None,
    *,
    seed: str,
    scope: str,
    seed_drawn: str = "",
    strata: Strata | None = None,
    weight: str = "",
    exclude: Iterable[Exclusion] = (),
    reserves: int = 0,
    frozen: str = "",
    on: date | None = None,
    facts: Iterable[Fact] = (),
    listing: Listing | None = None,
) -> Draw[T]:
    """Draw a sample that anyone can draw again.

    >>> ids = [f"C{number:05}" for number in range(1500)]
    >>> draw(ids, 3, seed="2026-04-01 04 11 19 23 37 52", scope="2026-Q1/audit").chosen
    ('C00026', 'C00332', 'C00900')

    The population is read once and not kept: memory goes with the size of the sample (in
    each stratum), and with the number left out. A ``Share`` of a population without a
    length is the exception: there all tickets are kept.

    Args:
        population: ids or cases; any iterable.
        size: how many; a ``Share`` of the eligible; or ``Rolling``. None where strata have
            fixed numbers. Where there are not so many all are drawn, and
            ``receipt.short`` says by how many.
        seed: what stands in for chance, drawn after the list was frozen.
        scope: what the sample is for and when, such as ``2026-Q1/audit``: another scope
            draws another sample.
        seed_drawn: how the seed was drawn, for the receipt.
        strata: what divides the draw, and how places are shared.
        weight: id of a fact that holds a whole number of raffle tickets a case has.
        exclude: why cases are left out; of several reasons the first that holds counts.
        reserves: how many come next in line, from each stratum.
        frozen: the digest of the list that was told beforehand; another list is refused.
        on: the day, for conditions that speak of ``today``.
        facts: facts as a framework declares them, for conditions.
        listing: is given the lines of the frozen list while they are read.

    Raises:
        InputError: an id is none or stands twice, a fact has a wrong kind, the numbers
            asked for do not fit. Every fault at once.
        DefinitionError: an exclusion speaks of the items of an audit.
    """
    seen = _seen(strata, weight, exclude, on, facts)
    asked = Asked(
        size=size, seed=seed, scope=scope, strata=strata, weight=weight, reserves=reserves
    )
    drawn = _draw(population, asked, Reader(seen, listing), seed_drawn)
    if frozen and frozen.casefold() != drawn.receipt.population.sha256:
        raise InputError(
            [
                Fault(
                    path="frozen",
                    problem="the list is not the one whose digest was told beforehand",
                    do="Draw from the list as it was frozen",
                )
            ]
        )
    return drawn


def drawn_again(
    population: Iterable[T],
    receipt: Receipt,
    *,
    exclude: Iterable[Exclusion] = (),
    facts: Iterable[Fact] = (),
) -> Draw[T]:
    """What a population draws, asked for what a receipt says was asked for.

    Args:
        population: as for ``draw``.
        receipt: says what was asked for.
        exclude: as for ``draw``; a receipt holds their words only.
        facts: as for ``draw``.

    Raises:
        InputError: as for ``draw``.
    """
    seen = _seen(receipt.strata, receipt.weight, exclude, receipt.on, facts)
    reader = Reader(seen, order=receipt.population.order)
    return _draw(population, Asked.of(receipt), reader, receipt.seed_drawn)


def drawn_from(lines: Iterable[str], receipt: Receipt) -> Draw[str]:
    """What the lines of a frozen list draw, under the seed and scope of a receipt.

    Lines do not say which conditions stayed open; of that the receipt's word is taken.

    Args:
        lines: what ``listing`` was given, as text; line ends kept or not.
        receipt: says what the lines hold, and what was asked for.

    Raises:
        InputError: a line is not one of such a list.
    """
    asked = Asked.of(receipt)
    if faults := list(asked.faults()):
        raise InputError(faults)
    columns = columns_asked(
        receipt.strata is not None, bool(receipt.weight), bool(receipt.left_out)
    )
    reader = LineReader(columns, order=receipt.population.order)
    pools = Pools(asked, reader, None)
    for batch in reader.batches(lines):
        pools.take(batch)
    reader.unsettled = {each.reason: each.unsettled for each in receipt.left_out}
    reasons = {each.reason: each.condition for each in receipt.left_out}
    drawn: Draw[str] = _drawn(pools, reasons, receipt.seed_drawn, receipt.on)
    return evolve(drawn, receipt=evolve(drawn.receipt, unsettled=receipt.unsettled))


def freeze(
    population: Iterable[str | Case],
    *,
    strata: Strata | None = None,
    weight: str = "",
    exclude: Iterable[Exclusion] = (),
    on: date | None = None,
    facts: Iterable[Fact] = (),
    listing: Listing | None = None,
) -> FrozenList:
    """The length and digest of a list, to be told to others before the seed is drawn.

    Args:
        population: as for ``draw``.
        strata: as for ``draw``; of it only what divides the draw is asked here.
        weight: as for ``draw``.
        exclude: as for ``draw``.
        on: as for ``draw``.
        facts: as for ``draw``.
        listing: is given the lines of the list while they are read.

    Raises:
        InputError: as for ``draw``.
    """
    seen = _seen(strata, weight, exclude, on, facts)
    reader = Reader(seen, listing)
    for _ in reader.batches(population):
        pass
    reader.refuse()
    return reader.frozen_list()


def _seen(
    strata: Strata | None,
    weight: str,
    exclude: Iterable[Exclusion],
    on: date | None,
    facts: Iterable[Fact],
) -> Seen:
    return Seen(
        by=strata.by if strata else (),
        weight=weight,
        exclude=tuple(exclude),
        on=on,
        facts=tuple(facts),
    )


def _draw(population: Iterable[T], asked: Asked, reader: Reader, seed_drawn: str) -> Draw[T]:
    faults = [*asked.faults(), *reader.faults]
    if type(seed_drawn) is not str or not seed_drawn.isprintable():
        do = "Say it in one line of text, or leave it out"
        faults.append(Fault(path="seed_drawn", problem="it is no line of text", do=do))
    if faults:
        raise InputError(faults)
    pools = Pools(asked, reader, len(population) if isinstance(population, Sized) else None)
    for batch in reader.batches(population):
        pools.take(batch)
    reasons = {each.reason: each.condition for each in reader.seen.exclude}
    return _drawn(pools, reasons, seed_drawn, reader.seen.on)


def _drawn(pools: Pools, reasons: Mapping[str, str], seed_drawn: str, on: date | None) -> Draw[Any]:
    """The draw that the pools come to."""
    reader, asked = pools.reading, pools.asked
    parts = pools.parts()
    reader.refuse()
    chosen = sorted((each for part in parts for each in part.chosen), key=Candidate.order)
    reserves = [each for part in parts for each in part.reserves]
    counts = Counter(each.reason for each in reader.excluded)
    receipt = Receipt(
        method=METHOD,
        seed=asked.seed,
        seed_drawn=seed_drawn,
        scope=asked.scope,
        size=asked.size,
        strata=asked.strata,
        weight=asked.weight,
        reserves_asked=asked.reserves,
        on=on,
        population=reader.frozen_list(),
        left_out=tuple(
            LeftOut(
                reason=reason,
                condition=reasons.get(reason, ""),
                count=counts[reason],
                unsettled=reader.unsettled.get(reason, 0),
            )
            for reason in {**reasons, **counts}
        ),
        parts=tuple(
            Stratum(
                name=part.name,
                eligible=part.eligible,
                places=part.places,
                chosen=tuple(each.id for each in part.chosen),
                reserves=tuple(each.id for each in part.reserves),
            )
            for part in parts
        ),
        chosen=tuple(each.id for each in chosen),
        unsettled={each.id: each.unsettled for each in (*chosen, *reserves) if each.unsettled},
    )
    return Draw(
        chosen=tuple(each.given for each in chosen),
        reserves=tuple(each.given for each in reserves),
        excluded=tuple(reader.excluded),
        receipt=receipt,
    )
