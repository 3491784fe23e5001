"""The receipt of a draw: all that a third party needs to draw the same sample again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from attrs import evolve, field, frozen

from qaf_core.errors import Fault, InputError, UnknownIdError
from qaf_core.immutable import FrozenMap
from qaf_core.sampling.frame import FrozenList
from qaf_core.sampling.places import places_in_all
from qaf_core.sampling.population import id_problem, is_id
from qaf_core.sampling.sizes import Size
from qaf_core.sampling.strata import FIXED, Strata
from qaf_core.tables import Table

__all__ = ["LeftOut", "Receipt", "Replacement", "Stratum"]


def __dir__() -> list[str]:
    return __all__


@frozen(kw_only=True)
class LeftOut:
    """How many cases a reason left out.

    Attributes:
        reason: the reason.
        condition: what leaves a case out, in English.
        count: cases it left out; of several reasons the first counts.
        unsettled: cases that stayed in because it was not sure that it holds.
    """

    reason: str
    condition: str
    count: int
    unsettled: int


@frozen(kw_only=True)
class Stratum:
    """A part of a draw. An undivided draw is one part, named "".

    Attributes:
        name: what its cases have in common.
        eligible: cases that could be drawn.
        places: how many were to be drawn; None for a rolling draw.
        chosen: ids drawn, lowest ticket first.
        reserves: the ids that come next, in order.
    """

    name: str
    eligible: int
    places: int | None
    chosen: tuple[str, ...]
    reserves: tuple[str, ...] = ()


@frozen(kw_only=True)
class Replacement:
    """A case that was drawn and could not be audited, and the one that took its place.

    Attributes:
        out: id of the case that was drawn, or had come in for another.
        into: id of the next on the reserve list of its part.
        reason: why, in a few words without names; kept in the receipt, not shown in reprs.
    """

    out: str
    into: str
    reason: str = field(repr=False)


def _frozen(given: Mapping[str, tuple[str, ...]]) -> FrozenMap[str, tuple[str, ...]]:
    return FrozenMap(given)


@frozen(kw_only=True)
class Receipt:
    """What was drawn, from what, and how.

    It holds ids and is kept inside the organisation. Tickets are not in it: ids can be
    guessed from tickets.

    Attributes:
        method: the method and its version.
        seed: the seed.
        seed_drawn: how and when the seed was drawn, in words; "" where it was not said.
        scope: what the sample is for and when.
        size: how many were asked for, or None where the strata say it.
        strata: how the draw was divided, or None.
        weight: id of the fact that holds the weights, or "".
        reserves_asked: how many were to come next in line, from each part.
        on: the day that reasons were read for, or None.
        population: the frozen list: its length, digest and columns.
        left_out: the reasons to leave cases out, in order.
        parts: what was drawn from each stratum, by name.
        chosen: every id drawn, lowest ticket first.
        unsettled: of the chosen and the reserves, those that a reason may yet leave out.
        replacements: in the order they were made.
    """

    method: str
    seed: str
    seed_drawn: str
    scope: str
    size: Size | None
    strata: Strata | None
    weight: str
    reserves_asked: int
    on: date | None
    population: FrozenList
    left_out: tuple[LeftOut, ...]
    parts: tuple[Stratum, ...]
    chosen: tuple[str, ...]
    unsettled: Mapping[str, tuple[str, ...]] = field(
        factory=FrozenMap, converter=_frozen, repr=False
    )
    replacements: tuple[Replacement, ...] = ()

    @property
    def eligible(self) -> int:
        """How many cases could be drawn."""
        return sum(part.eligible for part in self.parts)

    @property
    def reserves(self) -> tuple[str, ...]:
        """Every reserve, part by part."""
        return tuple(id for part in self.parts for id in part.reserves)

    @property
    def in_force(self) -> tuple[str, ...]:
        """The ids to audit: those drawn, each replaced one by what took its place."""
        now = {out: out for out in self.chosen}
        for each in self.replacements:
            for place, id in now.items():
                if id == each.out:
                    now[place] = each.into
        return tuple(now[place] for place in self.chosen)

    @property
    def short(self) -> Mapping[str, int]:
        """How many fewer were drawn than asked for, by stratum; "" for the draw as a whole."""
        found: dict[str, int] = {}
        for part in self.parts:
            wanted = len(part.chosen)
            if self.strata is not None and self.strata.method == FIXED:
                fixed = self.strata.fixed
                wanted = fixed.get(part.name, 0) if isinstance(fixed, Mapping) else fixed or 0
            elif self.strata is not None:
                wanted = self.strata.floor_of(part.name)
            if wanted > len(part.chosen):
                found[part.name] = wanted - len(part.chosen)
        wanted = places_in_all(self.size, self.eligible) or 0
        if wanted > len(self.chosen):
            found[""] = wanted - len(self.chosen)
        return FrozenMap(found)

    def part_of(self, id: str) -> Stratum:
        """The part that an id was drawn or held in reserve for.

        Raises:
            UnknownIdError: it was neither.
        """
        for part in self.parts:
            if id in part.chosen or id in part.reserves:
                return part
        raise UnknownIdError("drawn case", id, self.chosen)

    def replace(self, id: str, *, reason: str) -> Receipt:
        """The receipt with the next reserve of the same part in the place of a case.

        Args:
            id: a case in force.
            reason: why it cannot be audited, in a few words without names. One that does
                not belong in the sample is replaced; one that could not be audited
                although it belongs there is a finding, and no reason to replace it.

        Raises:
            UnknownIdError: the case is not in force.
            InputError: no reason is given, or no reserve is left.
        """
        if id not in self.in_force:
            raise UnknownIdError("case in force", id, self.in_force)
        faults = []
        if not is_id(reason):
            problem, do = id_problem(reason)
            faults.append(Fault(path="reason", problem=problem, do=do.replace("id", "reason")))
        part = self.part_of(id)
        used = {each.into for each in self.replacements}
        into = next((each for each in part.reserves if each not in used), "")
        if not into:
            faults.append(
                Fault(
                    path="reserves",
                    problem="no reserve is left" + (f" in {part.name}" if part.name else ""),
                    do="Draw again with the same seed and more reserves: the sample stays the same",
                )
            )
        if faults:
            raise InputError(faults)
        made = Replacement(out=id, into=into, reason=reason)
        return evolve(self, replacements=(*self.replacements, made))

    def to_rows(self) -> list[dict[str, Any]]:
        """A row a case drawn or in reserve: id, stratum, place, standing, reason.

        ``place`` counts from 1 within the stratum. ``standing`` is chosen, replaced,
        replacement or reserve.
        """
        gone = {each.out: each.reason for each in self.replacements}
        came = {each.into for each in self.replacements}
        rows = []
        for part in self.parts:
            for place, id in enumerate((*part.chosen, *part.reserves), 1):
                standing = "chosen" if id in part.chosen else "reserve"
                if id in gone:
                    standing = "replaced"
                elif id in came:
                    standing = "replacement"
                rows.append(
                    {
                        "id": id,
                        "stratum": part.name,
                        "place": place,
                        "standing": standing,
                        "reason": gone.get(id, ""),
                    }
                )
        return rows

    def to_table(self) -> Table:
        """The same as a table."""
        return Table(
            caption=f"{len(self.chosen)} drawn of {self.eligible:,} eligible, {self.scope}",
            columns={
                "id": "Case",
                "stratum": "Stratum",
                "place": "Place",
                "standing": "Standing",
                "reason": "Reason",
            },
            rows=self.to_rows(),
        )

    def _repr_html_(self) -> str:
        return self.to_table().to_html()

    def _repr_markdown_(self) -> str:
        return self.to_table().to_markdown()

    def _lines(self) -> Iterator[str]:
        asked = "as many as laid down" if self.size is None else str(self.size)
        yield f"{len(self.chosen)} drawn of {self.eligible:,} eligible; asked for: {asked}."
        yield f"  scope: {self.scope}"
        yield f"  seed: {self.seed}"
        yield f"  how the seed was drawn: {self.seed_drawn or 'not recorded'}"
        yield f"  method: {self.method}" + (f", weighted by {self.weight}" if self.weight else "")
        seen = self.population
        yield f"  list: {seen.count:,} lines ({', '.join(seen.columns)}), {seen.order}"
        yield f"  its SHA-256: {seen.sha256}"
        if seen.compared < seen.count:
            yield (
                f"  ids that stand twice were looked for among the first {seen.compared:,}, the "
                "chosen and the reserves"
            )
        for each in self.left_out:
            yield f"  left out, {each.reason}: {each.count:,} ({each.condition})"
            if each.unsettled:
                yield f"    not sure, so kept in: {each.unsettled:,}"
        if self.strata is not None:
            by = ", ".join(self.strata.by).replace("_", " ")
            yield f"  by {by}, {self.strata.method.replace('_', ' ')}:"
            for part in self.parts:
                yield f"    {part.name}: {len(part.chosen)} of {part.eligible:,}"
        for name, number in self.short.items():
            yield f"  short by {number}" + (f" in {name}" if name else "")
        if self.replacements:
            yield f"  replaced: {len(self.replacements)}"

    def __str__(self) -> str:
        return "\n".join(self._lines())
