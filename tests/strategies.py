"""Conditions and records at random, shared by the tests of the engine.

One small world: a dozen facts of the record and two collections, with a field or
fact of every kind. ``conditions`` speaks of them with every operator; ``records``
answers them, or leaves them silent, pending or unstated.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from fractions import Fraction
from functools import cache
from itertools import combinations, permutations
from random import Random  # noqa: TID251 - Hypothesis gives the seed
from typing import Any, NamedTuple, TypeAlias

from hypothesis import strategies as st

from qaf_core.logic import (
    ALWAYS,
    COUNT,
    DATE,
    MOMENT,
    NEVER,
    NUMBER,
    TEXT,
    YES_NO,
    Collection,
    Cond,
    Gap,
    Kind,
    Record,
    Ref,
    Sort,
    Term,
    Value,
    choice,
    many,
    numbers,
)
from qaf_core.logic.expressions import And, Compare, Const, Not, Op, Or

__all__ = [
    "COLLECTIONS",
    "FACTS",
    "KINDS",
    "MEETINGS",
    "STEPS",
    "Case",
    "answers_of",
    "cases",
    "conditions",
    "constants",
    "leaves",
    "many_records",
    "over_items",
    "records",
    "settlements",
    "silent",
    "values",
    "without_gaps",
]

Conds: TypeAlias = st.SearchStrategy[Cond]
Compared: TypeAlias = Callable[[Term, Any], Cond]

GRADE = Kind(
    "grade",
    Sort.CODE,
    ("poor", "fair", "good", "best"),
    ordered=True,
    beside=("unclear",),
    labels=("Poor", "Fair", "Good", "Best", "Not clear"),
)
PLACE = choice("place", {"home": "At home", "kin": "With kin", "care": "In care"})
NEEDS = many("needs", {"speech": "Speech", "sight": "Sight", "sleep": "Sleep"})
SCORE = numbers("score", 1, 5)
KINDS = (YES_NO, GRADE, PLACE, NEEDS, DATE, MOMENT, COUNT, NUMBER, SCORE, TEXT)

_CONSTANTS: Mapping[str, tuple[Any, ...]] = {
    YES_NO.id: (True, False),
    GRADE.id: GRADE.every_code,
    PLACE.id: PLACE.every_code,
    NEEDS.id: NEEDS.every_code,
    DATE.id: (date(2015, 12, 31), date(2016, 1, 1), date(2016, 2, 29)),
    MOMENT.id: (datetime(2016, 3, 1, 9, tzinfo=UTC), datetime(2016, 3, 1, 17, tzinfo=UTC)),
    COUNT.id: (0, 1, 2, 3),
    NUMBER.id: (Fraction(-1, 2), 0, Fraction(1, 3), Fraction(1, 2), 1),
    SCORE.id: (1, 2, 5),
}
_TEXTS = ("", "a line", "yes")

FACTS = (
    Ref("seen", YES_NO),
    Ref("agreed", YES_NO, label="the plan is agreed"),
    Ref("overall", GRADE),
    Ref("before", GRADE, label="last year's grade"),
    Ref("place", PLACE),
    Ref("place_planned", PLACE),
    Ref("needs", NEEDS),
    Ref("needs_met", NEEDS),
    Ref("opened", DATE, private=True),
    Ref("closed", DATE),
    Ref("visits", COUNT),
    Ref("moves", COUNT, private=True),
    Ref("share", NUMBER),
    Ref("score", SCORE),
    Ref("told", MOMENT),
    Ref("analysis", TEXT),
)
MEETINGS = Collection(
    "meetings",
    {
        "held": YES_NO,
        "minuted": YES_NO,
        "view": GRADE,
        "view_after": GRADE,
        "venue": PLACE,
        "raised": NEEDS,
        "due": DATE,
        "took_place": DATE,
        "days_late": COUNT,
        "attendance": NUMBER,
        "marks": SCORE,
        "started": MOMENT,
        "notes": TEXT,
    },
    labels={"took_place": "day held"},
)
STEPS = Collection(
    "steps", {"done": YES_NO, "quality": GRADE, "by": DATE, "reminders": COUNT, "weight": NUMBER}
)
COLLECTIONS = (MEETINGS, STEPS)

_ORDERS: tuple[Compared, ...] = (operator.lt, operator.le, operator.gt, operator.ge)
_EQUALITIES: tuple[Compared, ...] = (
    lambda term, other: term.is_(other),
    lambda term, other: term.is_not(other),
)
_FLIPPED_OPS = (Op.LT, Op.LE, Op.GT, Op.GE)


def fields_of(collection: Collection) -> tuple[Ref, ...]:
    """Every field of a collection."""
    return tuple(getattr(collection, name) for name in collection.fields)


def _named(over: str) -> tuple[Ref, ...]:
    """The facts that may be named: the record's, and those of one collection's items."""
    return FACTS + tuple(
        ref for collection in COLLECTIONS if collection.id == over for ref in fields_of(collection)
    )


# --- values and records -----------------------------------------------------------------


def constants(kind: Kind) -> st.SearchStrategy[Any]:
    """What a condition may compare a fact of this kind with."""
    return st.sampled_from(_CONSTANTS[kind.id])


def answers_of(kind: Kind) -> tuple[Value, ...]:
    """Every answer of this kind there is in the small world, many in every order."""
    if kind.sort is Sort.TEXT:
        return _TEXTS
    if kind.sort is Sort.CODES:
        sizes = range(len(kind.codes) + 1)
        return tuple(held for size in sizes for held in permutations(kind.codes, size))
    if kind.sort is Sort.NUMBER:
        return tuple(Fraction(number) for number in _CONSTANTS[kind.id])
    return _CONSTANTS[kind.id]


def values(kind: Kind) -> st.SearchStrategy[Value]:
    """Answers of this kind."""
    return st.sampled_from(answers_of(kind))


_SILENCES = (Gap.SILENT, Gap.NOT_APPLICABLE)
_ALL_GAPS = (*_SILENCES, Gap.PENDING, Gap.UNKNOWN)


def _evenly(*ways: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Each way as often as the next, however many branches it has itself."""
    return st.integers(0, len(ways) - 1).flatmap(ways.__getitem__)


@cache
def _answers_and(gaps: tuple[Gap, ...], kind: Kind) -> tuple[Value | None, ...]:
    """Answers twice as often as gaps, drawn at once to be quick; None is nothing at all."""
    answers = answers_of(kind)
    missing = (*gaps, None) if Gap.UNKNOWN in gaps else gaps
    return answers * (2 * len(missing)) + missing * len(answers)


@cache
def _stated(refs: tuple[Ref, ...], gaps: tuple[Gap, ...]) -> st.SearchStrategy[dict[str, Value]]:
    """A value or gap for each; one that is unknown may be said to be so or not be there."""
    told = {ref.name: st.sampled_from(_answers_and(gaps, ref.kind)) for ref in refs}
    return st.fixed_dictionaries(told).map(
        lambda known: {name: value for name, value in known.items() if value is not None}
    )


def _numbered(items: list[dict[str, Value]]) -> tuple[Mapping[str, Value], ...]:
    return tuple({"id": f"n{place}", **item} for place, item in enumerate(items, start=1))


@cache
def _records(gaps: tuple[Gap, ...]) -> st.SearchStrategy[Record]:
    items = {
        collection.id: st.lists(_stated(fields_of(collection), gaps), max_size=4).map(_numbered)
        for collection in COLLECTIONS
    }
    return st.builds(Record, _stated(FACTS, gaps), st.fixed_dictionaries(items))


def records() -> st.SearchStrategy[Record]:
    """Records with answers and every sort of gap, with up to four items in a collection."""
    return _records(_ALL_GAPS)


def many_records(seed: int, count: int) -> list[Record]:
    """As many such records, made at once from a seed: quick, where thousands are read."""
    chance = Random(seed)

    def stated(refs: tuple[Ref, ...]) -> dict[str, Value]:
        drawn = {ref.name: chance.choice(_answers_and(_ALL_GAPS, ref.kind)) for ref in refs}
        return {name: value for name, value in drawn.items() if value is not None}

    def items() -> dict[str, tuple[Mapping[str, Value], ...]]:
        return {
            over.id: _numbered([stated(fields_of(over)) for _ in range(chance.randint(0, 4))])
            for over in COLLECTIONS
        }

    return [Record(stated(FACTS), items()) for _ in range(count)]


def without_gaps() -> st.SearchStrategy[Record]:
    """Records in which nothing is open: every fact is answered or silent."""
    return _records(_SILENCES)


@st.composite
def settlements(draw: st.DrawFn, record: Record) -> Record:
    """The record with every pending and unknown fact answered or become silent."""

    def settled(refs: tuple[Ref, ...], told: Mapping[str, Value]) -> dict[str, Value]:
        known = dict(told)
        for ref in refs:
            value = known.get(ref.name, Gap.UNKNOWN)
            if isinstance(value, Gap) and value.open:
                known[ref.name] = draw(st.one_of(values(ref.kind), st.just(Gap.SILENT)))
        return known

    return Record(
        settled(FACTS, record.facts),
        {
            collection.id: tuple(
                settled(fields_of(collection), item) for item in record.items[collection.id]
            )
            for collection in COLLECTIONS
        },
    )


def silent(record: Record, refs: frozenset[Ref]) -> Record:
    """The record with these facts, and these fields of every item, silent."""

    def hushed(told: Mapping[str, Value], of: str) -> dict[str, Value]:
        return {**told, **{ref.name: Gap.SILENT for ref in refs if ref.of == of}}

    return Record(
        hushed(record.facts, ""),
        {name: tuple(hushed(item, name) for item in items) for name, items in record.items.items()},
    )


# --- conditions -------------------------------------------------------------------------


def _with_constants(ref: Ref) -> Conds:
    """A fact compared with values written in the condition."""
    value = constants(ref.kind)
    ways: list[Conds] = [
        st.builds(ref.is_, value),
        st.builds(ref.is_not, value),
        st.builds(ref.in_, st.lists(value, min_size=1, max_size=3)),
        st.builds(lambda members: ~ref.in_(members), st.lists(value, min_size=1, max_size=3)),
    ]
    if ref.kind.sort is Sort.CODES:
        ways.append(st.builds(ref.has, value))
    if ref.kind.ordered:
        ways += [
            st.builds(lambda compared, other: compared(ref, other), st.sampled_from(_ORDERS), value)
        ] * 2
        ways.append(
            st.builds(
                lambda constant, op: Compare(Const(ref.kind.constant(constant), ref.kind), op, ref),
                value,
                st.sampled_from(_FLIPPED_OPS),
            )
        )
    return st.one_of(ways)


def _compared(left: st.SearchStrategy[Term], right: st.SearchStrategy[Any]) -> Conds:
    """Two ordered terms, compared in every way."""
    ways = st.sampled_from(_ORDERS + _EQUALITIES)
    return st.builds(lambda one, other, way: way(one, other), left, right, ways)


@cache
def leaves(over: str = "", *, states: bool = False) -> Conds:
    """Single comparisons of facts, of the record or of the items of one collection.

    Args:
        over: the collection whose fields may be named, or "".
        states: whether to ask for states too, such as ``.answered()``.
    """
    named = _named(over)
    told = [ref for ref in named if ref.kind.sort is not Sort.TEXT]
    ways = [st.sampled_from(told).flatmap(cache(_with_constants))]
    pairs = [pair for pair in combinations(told, 2) if pair[0].kind.comparable(pair[1].kind)]
    ways.append(
        st.builds(
            lambda pair, order, equality, ordered: (
                (order if ordered else equality)(*pair) if pair[0].kind.ordered else equality(*pair)
            ),
            st.sampled_from(pairs).flatmap(st.permutations).map(tuple),
            st.sampled_from(_ORDERS),
            st.sampled_from(_EQUALITIES),
            st.booleans(),
        )
    )
    if states:
        asked = (Ref.answered, Ref.pending, Ref.not_applicable)
        ways.append(
            st.builds(lambda ask, ref: ask(ref), st.sampled_from(asked), st.sampled_from(named))
        )
    return st.one_of(ways)


@cache
def _counts(depth: int, states: bool) -> st.SearchStrategy[Term]:
    return st.one_of(
        [st.builds(each.count) for each in COLLECTIONS]
        + [
            st.builds(each.count, conditions(depth, each.id, states=states, nested=True))
            for each in COLLECTIONS
        ]
    )


@cache
def _extremes(kind: Kind, depth: int, states: bool) -> st.SearchStrategy[Term]:
    """The worst or best of every field of this kind, with and without a condition."""
    ways: list[st.SearchStrategy[Term]] = []
    for collection in COLLECTIONS:
        where = st.one_of(st.none(), conditions(depth, collection.id, states=states, nested=True))
        for ref in fields_of(collection):
            if ref.kind == kind:
                ways += [st.builds(ref.worst, where), st.builds(ref.best, where)]
    return st.one_of(ways)


@cache
def over_items(depth: int = 1, over: str = "", states: bool = False) -> Conds:
    """Single conditions over collections: any, all, and comparisons of a count, worst or best."""
    wheres = [
        (each, conditions(depth, each.id, states=states, nested=True)) for each in COLLECTIONS
    ]
    counts = _counts(depth, states)
    counted = st.sampled_from([ref for ref in _named(over) if ref.kind == COUNT])
    extremes: list[Conds] = []
    for kind in (GRADE, DATE, MOMENT, COUNT, NUMBER, SCORE):
        extreme = _extremes(kind, depth, states)
        alike = st.sampled_from([ref for ref in _named(over) if ref.kind.comparable(kind)])
        extremes += [
            _compared(extreme, constants(kind)),
            _compared(extreme, st.one_of(alike, extreme)),
            _compared(alike, extreme),
        ]
    return _evenly(
        st.one_of([st.builds(each.any, where) for each, where in wheres]),
        st.one_of([st.builds(each.all, where) for each, where in wheres]),
        _compared(counts, constants(COUNT)),
        st.one_of(
            _compared(counts, st.one_of(counted, counts)),
            _compared(counted, counts),
            _compared(counts, _extremes(COUNT, depth, states)),
        ),
        st.one_of(extremes),
    )


@cache
def conditions(
    depth: int = 3, over: str = "", *, states: bool = False, nested: bool = False
) -> Conds:
    """Well-formed conditions, with every node and operator of the language.

    Args:
        depth: how many nodes may stand above the leaves.
        over: the collection whose fields may be named bare, or "".
        states: whether to ask for states too, such as ``.answered()``.
        nested: whether it stands within a condition over items, where none may follow.
    """
    leaf = leaves(over, states=states)
    if depth == 0:
        return leaf
    below = conditions(depth - 1, over, states=states, nested=nested)
    parts = st.lists(below, min_size=2, max_size=3).map(tuple)
    ways: list[Conds] = [
        leaf,
        st.builds(operator.and_, below, below),
        st.builds(operator.or_, below, below),
        st.builds(operator.invert, below),
        st.builds(And, parts),
        st.builds(Or, parts),
        st.builds(Not, below),
        st.sampled_from((ALWAYS, NEVER)),
    ]
    if not nested:
        ways += [over_items(depth - 1, over, states)] * 4
    return _evenly(*ways)


class Case(NamedTuple):
    """A condition, a record to read it on, and the item it is about."""

    cond: Cond
    record: Record
    place: int | None

    @property
    def item(self) -> Mapping[str, Value] | None:
        """The meeting the condition is about, if it is about one."""
        return self.item_in(self.record)

    def item_in(self, record: Record) -> Mapping[str, Value] | None:
        """The same meeting in another record of the same shape."""
        return None if self.place is None else record.items[MEETINGS.id][self.place]


@st.composite
def cases(
    draw: st.DrawFn,
    known: st.SearchStrategy[Record] | None = None,
    *,
    states: bool = False,
) -> Case:
    """A condition with a record; some are about one meeting, whose fields they name bare."""
    record = draw(records() if known is None else known)
    meetings = len(record.items[MEETINGS.id])
    place = draw(st.one_of(st.none(), st.integers(0, meetings - 1))) if meetings else None
    over = "" if place is None else MEETINGS.id
    return Case(draw(conditions(3, over, states=states)), record, place)
