"""The few values of a fact that stand for all of them, as far as conditions can tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import combinations
from typing import Any

from attrs import frozen

from qaf_core.logic.expressions import (
    And,
    Compare,
    Cond,
    Const,
    Extreme,
    HasState,
    In,
    Not,
    Or,
    Ref,
    Term,
)
from qaf_core.logic.values import Kind, Sort, Value

__all__ = ["Compared", "compared_in", "representatives"]


def __dir__() -> list[str]:
    return __all__


@frozen
class Compared:
    """What conditions compare with each other.

    Attributes:
        constants: the values written down, by id of the kind; dates, moments, counts and
            numbers by their sort, for they meet across kinds.
        refs: the facts and fields that are compared at all, by the same keys.
        peers: those compared with another fact or field.
    """

    constants: Mapping[str, frozenset[Any]]
    refs: Mapping[str, frozenset[tuple[str, str]]]
    peers: frozenset[tuple[str, str]]

    def compares(self, ref: Ref) -> bool:
        """Whether the value of a fact matters, and not only whether there is one."""
        return (ref.of, ref.name) in self.refs.get(_family(ref.kind), frozenset())


_MEETING = (Sort.DATE, Sort.MOMENT, Sort.COUNT, Sort.NUMBER)


def _family(kind: Kind) -> str:
    return kind.sort.value if kind.sort in _MEETING else kind.id


def compared_in(conds: Iterable[Cond], also: Iterable[tuple[Ref, Any]] = ()) -> Compared:
    """What the conditions compare.

    Args:
        conds: conditions, as written or lowered.
        also: further values that a fact is told apart by.
    """
    constants: dict[str, set[Any]] = {}
    refs: dict[str, set[tuple[str, str]]] = {}
    peers: set[tuple[str, str]] = set()

    def note(ref: Ref, values: Iterable[Any] = ()) -> None:
        family = _family(ref.kind)
        refs.setdefault(family, set()).add((ref.of, ref.name))
        constants.setdefault(family, set()).update(values)

    def read(node: Cond | Term) -> None:
        match node:
            case And() | Or():
                for part in node.parts:
                    read(part)
            case Not():
                read(node.part)
            case In():
                note(node.ref, node.values)
            case Compare():
                found = [_ref_of(term) for term in (node.left, node.right)]
                for ref in found:
                    if ref is not None:
                        note(ref)
                        if None not in found:
                            peers.add((ref.of, ref.name))
                for term in (node.left, node.right):
                    if isinstance(term, Const):
                        constants.setdefault(_family(term.kind), set()).add(term.value)
                    elif not isinstance(term, Ref):
                        read(term)
            case Extreme():
                peers.add((node.ref.of, node.ref.name))
                note(node.ref)
                read(node.where)
                if node.maybe is not None:
                    read(node.maybe)
            case HasState() | Ref() | Const():
                pass
            case _:
                read(node.where)  # type: ignore[union-attr]

    for cond in conds:
        read(cond)
    for ref, value in also:
        note(ref, (value,))
    return Compared(
        {family: frozenset(values) for family, values in constants.items()},
        {family: frozenset(names) for family, names in refs.items()},
        frozenset(peers),
    )


def _ref_of(term: Term) -> Ref | None:
    return term if isinstance(term, Ref) else term.ref if isinstance(term, Extreme) else None


_SOME_DAY = date(2016, 2, 12)
_SOME_MOMENT = datetime(2016, 2, 12, 9, tzinfo=UTC)


def representatives(
    ref: Ref, compared: Compared, *, around: date = _SOME_DAY, rivals: int = 0
) -> tuple[Value, ...]:
    """Values of a fact that stand for all of them, as far as conditions can tell.

    Codes that no condition names stand for each other. Dates, moments, counts and numbers
    matter by their order alone: for each place between the values written down there are
    as many as there are facts to lie there.

    Args:
        ref: the fact or field.
        compared: what the conditions compare.
        around: a day near which dates may lie.
        rivals: how many more values of its sort can lie beside it, such as fields of
            several items.
    """
    kind = ref.kind
    family = _family(kind)
    constants = compared.constants.get(family, frozenset())
    if kind.sort is Sort.TEXT:
        return ("given",)
    if kind.sort is Sort.YES_NO:
        return (True, False) if compared.compares(ref) else (True,)
    if kind.sort is Sort.ID:
        return (*sorted(constants), "another") if compared.compares(ref) else ("another",)
    if kind.sort is Sort.CODE:
        if not compared.compares(ref):
            return kind.every_code[-1:]
        if kind.ordered or (ref.of, ref.name) in compared.peers:
            return kind.every_code
        others = [code for code in kind.every_code if code not in constants]
        return tuple(code for code in kind.every_code if code in constants or code in others[:1])
    if kind.sort is Sort.CODES:
        told_apart = [
            code
            for code in kind.every_code
            if code in constants or (ref.of, ref.name) in compared.peers
        ]
        return tuple(
            held for size in range(len(told_apart) + 1) for held in combinations(told_apart, size)
        )
    if not compared.compares(ref):
        constants = frozenset()
        return _in_order(kind, [], 1, around)[:1]
    places = len(compared.refs.get(family, ())) + rivals
    return _in_order(kind, sorted(constants), max(places, 1), around)


def _in_order(kind: Kind, cuts: list[Any], places: int, around: date) -> tuple[Value, ...]:
    """The cuts, and values on either side of each and between them."""
    match kind.sort:
        case Sort.DATE:
            days = _around([cut.toordinal() for cut in cuts], places, around.toordinal())
            return tuple(
                date.fromordinal(day)
                for day in days
                if date.min.toordinal() <= day <= date.max.toordinal()
            )
        case Sort.MOMENT:
            base = datetime.combine(around, _SOME_MOMENT.timetz())
            hours = _around([(cut - base) / timedelta(hours=1) for cut in cuts], places, 0)
            return tuple(base + timedelta(hours=float(each)) for each in hours)
        case Sort.COUNT:
            return tuple(each for each in _around(cuts, places, 1) if each >= 0)
    step = kind.step
    if step is None:
        numbers = [Fraction(each) for each in _around(cuts, places, 1, whole=False)]
    else:
        low = kind.lowest or Fraction(0)
        grid = [(cut - low) / step for cut in cuts]
        numbers = [low + each * step for each in _around(grid, places, 0)]
        if kind.highest is not None:
            numbers += [kind.highest - each * step for each in range(places)]
    return tuple(dict.fromkeys(each for each in sorted(numbers) if kind.in_range(each)))


def _around(cuts: Sequence[Any], places: int, near: int, *, whole: bool = True) -> list[Any]:
    """Numbers below, at, between and above the cuts: up to ``places`` in each gap."""
    if not cuts:
        return [near + each for each in range(places)]
    found: list[Any] = []
    first, last = cuts[0], cuts[-1]
    floor = -(-first // 1) if whole else first  # the first whole number at or above it
    found += [floor - each for each in range(places, 0, -1)]
    for low, high in zip(cuts, [*cuts[1:], None], strict=True):
        found.append(low)
        if high is None:
            break
        if whole:
            start = low // 1 + 1
            found += [start + each for each in range(places) if start + each < high]
        else:
            found += [
                low + (high - low) * Fraction(each, places + 1) for each in range(1, places + 1)
            ]
    found += [last // 1 + each if whole else last + each for each in range(1, places + 1)]
    return [each for each in found if not whole or each == each // 1]
