"""Verifying a receipt: drawing again, and naming every difference."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from attrs import evolve, field, frozen

from qaf_core.errors import InputError, QafError
from qaf_core.facts import Fact
from qaf_core.sampling.draw import drawn_again, drawn_from
from qaf_core.sampling.frame import AS_GIVEN, Exclusion
from qaf_core.sampling.population import Case
from qaf_core.sampling.receipt import Receipt, Stratum
from qaf_core.sampling.tickets import METHOD
from qaf_core.tables import Table

__all__ = ["Difference", "Verification", "verify", "verify_lines"]


def __dir__() -> list[str]:
    return __all__


@frozen(kw_only=True)
class Difference:
    """One thing in which a receipt and the draw made again differ.

    Attributes:
        what: the part of the receipt, such as ``chosen`` or ``population.sha256``.
        says: what the receipt says.
        found: what was found.
    """

    what: str
    says: str
    found: str

    def __str__(self) -> str:
        return f"{self.what}: the receipt says {self.says}; found {self.found}."


@frozen(kw_only=True)
class Verification:
    """Whether a receipt holds.

    Attributes:
        receipt: the receipt.
        differences: every difference; none where it holds.
        notes: what could not be looked into, in words.
    """

    receipt: Receipt = field(repr=False)
    differences: tuple[Difference, ...]
    notes: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether the draw made again is the same in everything."""
        return not self.differences

    def to_rows(self) -> list[dict[str, Any]]:
        """A row a difference: what, says, found."""
        return [
            {"what": each.what, "says": each.says, "found": each.found} for each in self.differences
        ]

    def to_table(self) -> Table:
        """The same as a table."""
        word = "holds" if self.holds else "does not hold"
        return Table(
            caption=f"The receipt of {self.receipt.scope} {word}",
            columns={"what": "What", "says": "The receipt says", "found": "Found"},
            rows=self.to_rows(),
        )

    def _repr_html_(self) -> str:
        return self.to_table().to_html()

    def _repr_markdown_(self) -> str:
        return self.to_table().to_markdown()

    def __str__(self) -> str:
        lines = [
            f"The receipt holds: drawn again, the {len(self.receipt.chosen)} chosen are the same."
        ]
        if self.differences:
            count = len(self.differences)
            lines = [f"The receipt does not hold: {count} difference{'s' if count > 1 else ''}."]
            lines += [f"  {each}" for each in self.differences]
        return "\n".join([*lines, *(f"  Note: {note}." for note in self.notes)])


def verify(
    receipt: Receipt,
    population: Iterable[str | Case],
    *,
    exclude: Iterable[Exclusion] = (),
    facts: Iterable[Fact] = (),
) -> Verification:
    """Draw again from a population and name every difference from a receipt.

    The same ids in another order are the same population.

    Args:
        receipt: the receipt.
        population: ids or cases, as they were frozen.
        exclude: the reasons to leave cases out, as the draw had them: a receipt holds
            their words only.
        facts: facts as a framework declares them, as the draw had them.

    Raises:
        InputError: the population itself has faults.
    """
    found = list(_of_method(receipt))
    if found:
        return Verification(receipt=receipt, differences=tuple(found))
    again = drawn_again(population, receipt, exclude=exclude, facts=facts).receipt
    return _compared(receipt, again, ())


def verify_lines(receipt: Receipt, lines: Iterable[str]) -> Verification:
    """Draw again from the lines of the frozen list and name every difference.

    It needs neither the cases' facts nor the conditions that left some out: the lines
    say which were.

    Args:
        receipt: the receipt.
        lines: the lines that were frozen, line ends kept or not.

    Raises:
        InputError: a line is not one of such a list.
    """
    found = list(_of_method(receipt))
    if found:
        return Verification(receipt=receipt, differences=tuple(found))
    again = drawn_from(lines, receipt).receipt
    notes: tuple[str, ...] = ()
    if any(each.unsettled for each in receipt.left_out):
        notes = ("the lines do not say of which cases it was not sure that a reason holds",)
    return _compared(receipt, again, notes)


def _of_method(receipt: Receipt) -> Iterator[Difference]:
    if receipt.method != METHOD:
        yield Difference(what="method", says=receipt.method, found=f"only {METHOD} is known here")


def _compared(receipt: Receipt, again: Receipt, notes: tuple[str, ...]) -> Verification:
    return Verification(
        receipt=receipt,
        differences=(*_differences(receipt, again), *_replacements(receipt, again)),
        notes=notes,
    )


def _differences(receipt: Receipt, again: Receipt) -> Iterator[Difference]:
    one, other = receipt.population, again.population
    for name in ("count", "columns", "order", "sha256"):
        says, found = getattr(one, name), getattr(other, name)
        if says != found:
            hint = ""
            if name == "sha256" and one.order == AS_GIVEN:
                hint = " (other lines, or the same in another order)"
            yield Difference(what=f"population.{name}", says=_said(says), found=_said(found) + hint)
    yield from _reasons(receipt, again)
    parts = {part.name: part for part in receipt.parts}
    parts_again = {part.name: part for part in again.parts}
    for name in sorted({*parts, *parts_again}):
        empty = Stratum(name=name, eligible=0, places=0, chosen=())
        yield from _part(name, parts.get(name, empty), parts_again.get(name, empty))
    yield from _ids("chosen", receipt.chosen, again.chosen)
    if dict(receipt.unsettled) != dict(again.unsettled):
        yield from _ids("unsettled", tuple(receipt.unsettled), tuple(again.unsettled))


def _reasons(receipt: Receipt, again: Receipt) -> Iterator[Difference]:
    says = {each.reason: each for each in receipt.left_out}
    found = {each.reason: each for each in again.left_out}
    for reason in {**says, **found}:
        what = f"left_out.{reason}"
        if reason not in found:
            yield Difference(what=what, says="it was looked at", found="it was not given")
        elif reason not in says:
            yield Difference(what=what, says="nothing of it", found=str(found[reason].count))
        else:
            for name in ("condition", "count", "unsettled"):
                one, other = getattr(says[reason], name), getattr(found[reason], name)
                if one != other:
                    yield Difference(what=f"{what}.{name}", says=_said(one), found=_said(other))


def _part(name: str, says: Stratum, found: Stratum) -> Iterator[Difference]:
    where = f"parts.{name}" if name else "parts"
    for number in ("eligible", "places"):
        one, other = getattr(says, number), getattr(found, number)
        if one != other:
            yield Difference(what=f"{where}.{number}", says=_said(one), found=_said(other))
    if name:
        yield from _ids(f"{where}.chosen", says.chosen, found.chosen)
    yield from _ids(f"{where}.reserves", says.reserves, found.reserves)


def _ids(what: str, says: Sequence[str], found: Sequence[str]) -> Iterator[Difference]:
    """The ids that stand in one list only; or that the order differs."""
    if tuple(says) == tuple(found):
        return
    only_said = [id for id in says if id not in set(found)]
    only_found = [id for id in found if id not in set(says)]
    if only_said or only_found:
        yield Difference(
            what=what,
            says=_listed(only_said, "nothing that was not found"),
            found=_listed(only_found, "nothing in their place"),
        )
    else:
        yield Difference(what=what, says="the same ids", found="them in another order")


def _listed(ids: list[str], none: str) -> str:
    return ", ".join(ids) if ids else none


def _said(value: object) -> str:
    if value is None:
        return "none"
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value) or "nothing"


def _replacements(receipt: Receipt, again: Receipt) -> Iterator[Difference]:
    """Whether each replacement took the next reserve of its part."""
    for number, each in enumerate(receipt.replacements):
        what = f"replacements[{number}]"
        try:
            again = again.replace(each.out, reason=each.reason)
        except InputError as error:
            yield Difference(
                what=what,
                says=f"{each.into} for {each.out}",
                found="; ".join(fault.problem for fault in error.faults),
            )
            return
        except QafError:
            yield Difference(
                what=what,
                says=f"{each.into} for {each.out}",
                found=f"{each.out} was not in force",
            )
            return
        made = again.replacements[-1]
        if made.into != each.into:
            yield Difference(what=what, says=each.into, found=f"{made.into}, the next in line")
            again = evolve(again, replacements=(*again.replacements[:-1], each))
