"""What a search looks for, in terms of records only partly known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from attrs import frozen

from qaf_core.logic.expressions import And, Cond, Or
from qaf_core.logic.lower import known_only, possible, sure
from qaf_core.logic.partial import FREE, every, opposite, settled, some
from qaf_core.logic.values import Gap, Record
from qaf_core.rules.model import Rule

__all__ = [
    "Goal",
    "Read",
    "both",
    "either",
    "fires",
    "is_pending",
    "leaves_open",
    "meets",
    "never",
    "ways_not_to",
    "ways_to_fire",
]


def __dir__() -> list[str]:
    return __all__


@frozen
class Read:
    """A condition that is read, over the items of a collection where it is about each.

    Attributes:
        cond: the condition, lowered.
        each: id of the collection whose items it is about, or "".
        item: id of the one item it is about, or "" for any.
    """

    cond: Cond
    each: str = ""
    item: str = ""


Verdict: TypeAlias = Callable[[Record], bool | None]


@frozen
class Goal:
    """What is looked for.

    Attributes:
        reads: every condition that it rests on.
        verdict: whether a record meets it, as far as is known.
        facts: facts it rests on beside those of its conditions.
    """

    reads: tuple[Read, ...]
    verdict: Verdict
    facts: frozenset[str] = frozenset()


def meets(cond: Cond) -> Goal:
    """A lowered condition is met."""
    return Goal((Read(cond),), lambda record: settled(cond, record))


def _of_items(cond: Cond, each: str, item: str = "") -> Goal:
    if not each:
        return meets(cond)

    def verdict(record: Record) -> bool | None:
        items: Any = record.items[each]
        if items is FREE:
            return None
        return some(settled(cond, record, one) for one in items if not item or one["id"] == item)

    return Goal((Read(cond, each, item),), verdict)


def fires(rule: Rule) -> Goal:
    """A rule fires, on one item at least where it looks at each."""
    return _of_items(sure(rule.when), rule.each.id if rule.each else "")


def ways_to_fire(rule: Rule, items: Mapping[str, Iterable[Mapping[str, Any]]]) -> Iterator[Goal]:
    """The rule fires, one item and one alternative of its condition at a time.

    Args:
        rule: the rule.
        items: the tool's own items.
    """
    cond = sure(rule.when)
    each = rule.each.id if rule.each else ""
    own = [str(item["id"]) for item in items.get(each, ())] if each else []
    for part in _alternatives(cond):
        for item in own or [""]:
            yield _of_items(part, each, item)


def ways_not_to(
    one: Rule, other: Rule, items: Mapping[str, Iterable[Mapping[str, Any]]]
) -> Iterator[Goal]:
    """Beside each way of one rule to fire, that another does not: on the same item, if of items."""
    for way in ways_to_fire(one, items):
        [read] = way.reads
        yield never(_of_items(sure(other.when), other.each.id if other.each else "", read.item))


def _alternatives(cond: Cond) -> tuple[Cond, ...]:
    """Conditions one of which is met wherever the whole is."""
    if isinstance(cond, Or):
        return tuple(one for part in cond.parts for one in _alternatives(part))
    if isinstance(cond, And):
        for place, part in enumerate(cond.parts):
            if isinstance(part, Or):
                rest = (*cond.parts[:place], *cond.parts[place + 1 :])
                return tuple(And((one, *rest)) for one in _alternatives(part))
    return (cond,)


def leaves_open(rule: Rule, known: frozenset[str]) -> Goal:
    """A rule is unsettled, on one item at least where it looks at each."""
    maybe, surely = known_only(possible(rule.when), known), sure(rule.when)
    each = rule.each.id if rule.each else ""
    reads = (Read(maybe, each), Read(surely, each))

    def verdict(record: Record) -> bool | None:
        if not each:
            return every((settled(maybe, record), opposite(settled(surely, record))))
        items: Any = record.items[each]
        if items is FREE:
            return None
        return some(
            every((settled(maybe, record, item), opposite(settled(surely, record, item))))
            for item in items
        )

    return Goal(reads, verdict)


def both(goals: Iterable[Goal]) -> Goal:
    """Every goal is met."""
    parts = tuple(goals)
    return _joined(parts, lambda record: every(part.verdict(record) for part in parts))


def either(goals: Iterable[Goal]) -> Goal:
    """Some goal is met."""
    parts = tuple(goals)
    return _joined(parts, lambda record: some(part.verdict(record) for part in parts))


def never(goal: Goal) -> Goal:
    """The goal is not met."""
    return _joined((goal,), lambda record: opposite(goal.verdict(record)))


def _joined(parts: tuple[Goal, ...], verdict: Verdict) -> Goal:
    return Goal(
        tuple(dict.fromkeys(read for part in parts for read in part.reads)),
        verdict,
        frozenset().union(*(part.facts for part in parts)),
    )


def is_pending(fact: str) -> Goal:
    """A fact of the record is pending."""

    def verdict(record: Record) -> bool | None:
        value: Any = record.facts.get(fact, Gap.UNKNOWN)
        return None if value is FREE else value is Gap.PENDING

    return Goal((), verdict, frozenset((fact,)))
