"""What a search looks for, in terms of records only partly known."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

from attrs import frozen

from qaf_core.logic.check import every, opposite, settled, some
from qaf_core.logic.expressions import Cond, Ref
from qaf_core.logic.lower import known_only, possible, sure
from qaf_core.logic.values import Gap, Record
from qaf_core.rules.model import Rule

__all__ = ["Goal", "Read", "both", "either", "fires", "is_pending", "leaves_open", "meets", "never"]


def __dir__() -> list[str]:
    return __all__


@frozen
class Read:
    """A condition that is read, over the items of a collection where it is about each.

    Attributes:
        cond: the condition, lowered.
        each: id of the collection whose items it is about, or "".
    """

    cond: Cond
    each: str = ""


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


def _of_items(cond: Cond, each: str) -> Goal:
    if not each:
        return meets(cond)

    def verdict(record: Record) -> bool | None:
        items = record.items[each]
        if not isinstance(items, tuple):
            return None
        return some(settled(cond, record, item) for item in items)

    return Goal((Read(cond, each),), verdict)


def fires(rule: Rule) -> Goal:
    """A rule fires, on one item at least where it looks at each."""
    return _of_items(sure(rule.when), rule.each.id if rule.each else "")


def leaves_open(rule: Rule, known: frozenset[str]) -> Goal:
    """A rule is unsettled, on one item at least where it looks at each."""
    maybe, surely = known_only(possible(rule.when), known), sure(rule.when)
    each = rule.each.id if rule.each else ""
    reads = (Read(maybe, each), Read(surely, each))

    def verdict(record: Record) -> bool | None:
        if not each:
            return every((settled(maybe, record), opposite(settled(surely, record))))
        items = record.items[each]
        if not isinstance(items, tuple):
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
        value = record.facts.get(fact, Gap.UNKNOWN)
        return value is Gap.PENDING if isinstance(value, Gap) or _known(value) else None

    return Goal((), verdict, frozenset((fact,)))


def _known(value: object) -> bool:
    from qaf_core.logic.check import FREE

    return value is not FREE


def refs_of(goal: Goal) -> frozenset[Ref]:
    """Every fact and field that a goal's conditions speak of."""
    from qaf_core.logic.expressions import refs

    return frozenset().union(*(refs(read.cond) for read in goal.reads))
