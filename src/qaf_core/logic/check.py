"""What can be said of conditions without any record: readings of records only partly known.

A value that is still to be chosen is ``FREE``. ``settled`` reads a lowered condition on
a record with free values and says yes or no where the rest decides it, so that a search
over all records passes over whole groups of them at once. ``representatives`` are the
few values that stand for all the values a kind has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from fractions import Fraction
from itertools import combinations
from typing import Any, Protocol, TypeAlias

from attrs import field, frozen

from qaf_core.logic.expressions import (
    And,
    AnyOf,
    Compare,
    Cond,
    Const,
    Count,
    Extreme,
    HasState,
    In,
    Not,
    Or,
    Ref,
    Term,
)
from qaf_core.logic.lower import compare, extreme, look_up, met
from qaf_core.logic.values import Gap, Kind, Record, Sort, Value

__all__ = [
    "FREE",
    "Choice",
    "Compared",
    "Free",
    "Searched",
    "Way",
    "compared_in",
    "every",
    "opposite",
    "representatives",
    "search",
    "settled",
    "some",
]


def __dir__() -> list[str]:
    return __all__


class Free(Enum):
    """A value still to be chosen."""

    FREE = "free"


FREE: Any = Free.FREE
"""Stands in a record for a value still to be chosen, or for a whole collection."""

Item: TypeAlias = Mapping[str, Value] | None


# --- reading what is only partly known ----------------------------------------------------


def every(verdicts: Iterable[bool | None]) -> bool | None:
    """Whether all hold: no as soon as one does not, open while one is open."""
    answer: bool | None = True
    for verdict in verdicts:
        if verdict is False:
            return False
        if verdict is None:
            answer = None
    return answer


def some(verdicts: Iterable[bool | None]) -> bool | None:
    """Whether one holds: yes as soon as one does, open while one is open."""
    answer: bool | None = False
    for verdict in verdicts:
        if verdict:
            return True
        if verdict is None:
            answer = None
    return answer


def opposite(verdict: bool | None) -> bool | None:
    """The opposite of what is known, if anything is."""
    return None if verdict is None else not verdict


def settled(cond: Cond, record: Record, item: Item = None) -> bool | None:
    """Whether a lowered condition is met, whatever the free values turn out to be.

    Args:
        cond: a condition that ``sure`` or ``possible`` gave.
        record: facts, items' fields and whole collections may be ``FREE``.
        item: the item it is about, where it speaks of an item's fields.

    Returns:
        What ``met`` would say of every choice of the free values; None where the choice
        decides. It may say None too often, and is never wrong otherwise.
    """
    match cond:
        case And():
            return every(settled(part, record, item) for part in cond.parts)
        case Or():
            return some(settled(part, record, item) for part in cond.parts)
        case Not():
            return opposite(settled(cond.part, record, item))
        case In() | HasState():
            if look_up(cond.ref, record, item) is FREE:
                return None
            return met(cond, record, item)
        case Compare():
            return _compared(cond, record, item)
        case AnyOf():
            verdict = some(_over(cond.where, record, cond.collection))
            return opposite(verdict) if cond.negated else verdict
    raise TypeError(f"{type(cond).__name__} is not lowered.")


def _over(where: Cond, record: Record, collection: str) -> Iterable[bool | None]:
    items: Any = record.items[collection]
    if items is FREE:
        return (None,)
    return (settled(where, record, each) for each in items)


def _compared(cond: Compare, record: Record, item: Item) -> bool | None:
    left = _possible_values(cond.left, record, item)
    right = _possible_values(cond.right, record, item)
    if left is None or right is None:
        return None
    answer: bool | None = None
    for one in left:
        for other in right:
            verdict = compare(cond.left.kind, one, cond.op, other)
            verdict = cond.open if verdict is None else verdict
            if answer is not None and verdict is not answer:
                return None
            answer = verdict
    return answer


def _possible_values(term: Term, record: Record, item: Item) -> Sequence[Value] | None:
    """The values a term may still take; None where they cannot be listed."""
    match term:
        case Const():
            return (term.value,)
        case Ref():
            value = look_up(term, record, item)
            return None if value is FREE else (value,)
        case Count():
            if record.items[term.collection] is FREE:
                return None
            verdicts = list(_over(term.where, record, term.collection))
            surely = sum(verdict is True for verdict in verdicts)
            maybe = sum(verdict is not False for verdict in verdicts)
            return range(surely, maybe + 1)
        case Extreme():
            return _extreme_values(term, record)
    raise TypeError(f"{type(term).__name__} is no term of this language.")


def _extreme_values(term: Extreme, record: Record) -> Sequence[Value] | None:
    """The values that one bound of a worst or best may still take."""
    items: Any = record.items[term.ref.of]
    if items is FREE:
        return None
    maybe = term.where if term.maybe is None else term.maybe
    kind = term.kind
    answered: list[Value] = []
    free = pending = False
    for each in items:
        counted = settled(maybe, record, each)
        if counted is False:
            continue
        value: Any = each.get(term.ref.name, Gap.UNKNOWN)
        if counted is None or value is FREE:
            free = True
            continue
        if isinstance(value, Gap) and not value.open:
            continue
        if not isinstance(value, Gap) and kind.codes and kind.position(value) is None:
            continue
        surely = settled(term.where, record, each)
        if surely is None:
            free = True
        elif surely and not isinstance(value, Gap):
            answered.append(value)
        else:
            pending = True
    if pending and term.high is term.best:
        return (Gap.PENDING,)
    worst_or_best = extreme(kind, answered, best=term.best)
    if not free:
        return (Gap.PENDING if pending and not answered else worst_or_best,)
    if not kind.codes:
        return None
    if not answered:
        return (*kind.codes, Gap.SILENT, Gap.PENDING)
    place = kind.codes.index(worst_or_best)
    beyond = kind.codes[place:] if term.best else kind.codes[: place + 1]
    return (*beyond, Gap.PENDING)


# --- the values that stand for all ---------------------------------------------------------


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


# --- the search ------------------------------------------------------------------------------


@frozen
class Way:
    """One way to settle a choice.

    Attributes:
        cost: how much it adds to what is filled in.
        take: makes it so.
    """

    cost: int
    take: Callable[[], None] = field(repr=False)


class Choice(Protocol):
    """Something to be settled, once all that it rests on is."""

    def ways(self) -> Iterable[Way]:
        """The ways it can be settled now, those that come to the same thing once."""

    def undo(self) -> None:
        """Leave it open again."""


@frozen
class Searched:
    """What a search came to.

    Attributes:
        cases: how many groups of records were told apart and decided.
        found: whether one was found.
        whole: whether all were looked at, or all that could have been smaller.
        doubtful: how many seemed to be one, and were none when looked at closely.
    """

    cases: int
    found: bool
    whole: bool
    doubtful: int = 0


class _TooManyError(Exception):
    """The budget is spent."""


def search(
    choices: Sequence[Choice],
    goal: Callable[[], bool | None],
    confirm: Callable[[], bool],
    *,
    budget: int,
    doubts: int = 300,
    smallest: bool = True,
) -> Searched:
    """Look through all that can be chosen for what meets a goal.

    Args:
        choices: in an order in which each rests only on those before it.
        goal: what is known of the goal with the choices made so far.
        confirm: a closer look at what seems to meet it; it keeps what it finds.
        budget: how many cases may be decided.
        doubts: how many times the closer look may find nothing.
        smallest: whether to go on for one with less filled in, once there is one.
    """
    cases, best, doubtful = 0, -1, 0

    def decide(place: int, cost: int) -> bool:
        """Whether to stop here for good."""
        nonlocal cases, best, doubtful
        if best >= 0 and cost >= best:
            return False
        verdict = goal()
        last = place == len(choices)
        if verdict or verdict is False or last:
            cases += 1
            if cases > budget:
                raise _TooManyError
            if verdict is False:
                return False
            if confirm():
                best = cost
                return not smallest or cost == 0
            doubtful += 1
            if doubtful > doubts:
                raise _TooManyError
            if last:
                return False
        choice = choices[place]
        for way in choice.ways():
            way.take()
            stop = decide(place + 1, cost + way.cost)
            choice.undo()
            if stop:
                return True
        return False

    try:
        decide(0, 0)
    except _TooManyError:
        return Searched(cases, best >= 0, False, doubtful)
    return Searched(cases, best >= 0, True, doubtful)
