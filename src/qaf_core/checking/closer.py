"""A closer look: from what a search seems to have found to an audit that makes it so.

A search takes derived facts and computed judgements as free. Here dates are moved until
the derivations give what was chosen, and scores until the computations do; and where an
audit has to be complete, the rest of it is filled in.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import islice, product
from typing import Any

from qaf_core.audits import Judged, Participant
from qaf_core.checking.drafts import IDLE, Draft
from qaf_core.checking.space import Space
from qaf_core.facts import Fact, audited, today
from qaf_core.logic.partial import FREE
from qaf_core.logic.values import Gap, Kind, Sort
from qaf_core.plans import Plan, Step, fact_id, rests_on
from qaf_core.recording import record_of
from qaf_core.tools.model import Judgement, Question

__all__ = ["candidates", "completed"]


def __dir__() -> list[str]:
    return __all__


_APART = (0, 1, -1, 20, -20, 45, -45, 100, -100, 200, -200, 400, -400, 800, -800)
"""Days by which dates are moved: within and beyond a month, a quarter, a year and two."""
_MOST = 40_000
"""How many settings of dates are tried."""


def candidates(space: Space) -> Iterator[Draft]:
    """Audits that may come to what a search chose, the plainest first."""
    for draft in _dated(space):
        yield draft
        yield from _scored(draft, space)


# --- dates for derived facts -------------------------------------------------------------


def _dated(space: Space) -> Iterator[Draft]:
    derived = [
        entry
        for entry in space.plan.order
        if isinstance(entry, Fact)
        and entry.id in space.cone.facts
        and space.values[entry.id] is not FREE
    ]
    wanted = {fact.id: space.values[fact.id] for fact in derived}
    if not any(not isinstance(value, Gap) or value is Gap.SILENT for value in wanted.values()):
        yield space.draft.copy()
        return
    moved = sorted(
        name
        for name in set().union(*(rests_on(fact) for fact in derived)) - set(wanted)
        if isinstance(space.values.get(name), date)
    )
    options = [_moments(space.values[name]) for name in moved]
    before = dict(space.values)
    for chosen in islice(product(*options), _MOST):
        space.values.update(zip(moved, chosen, strict=True))
        fits = True
        for fact in derived:
            space.values[fact.id] = space.reading.derived(fact)
            if space.values[fact.id] != wanted[fact.id] and not (
                isinstance(wanted[fact.id], date) and isinstance(space.values[fact.id], date)
            ):
                fits = False
                break
        space.values.update(before)
        space.reading.faults.clear()
        if fits:
            draft = space.draft.copy()
            for name, value in zip(moved, chosen, strict=True):
                _put(draft, space.plan, name, value)
            yield draft


def _moments(value: Any) -> list[Any]:
    hours = (0, 1, -1, 12, -12, 30, -30, 100, -100, 1000, -1000)
    if isinstance(value, datetime):
        return [value + timedelta(hours=each) for each in hours]
    return [value + timedelta(days=each) for each in _APART]


def _put(draft: Draft, plan: Plan, name: str, value: Any) -> None:
    """Fill in a fact where it comes from."""
    if name == today.name:
        draft.on = value
    elif name == audited.name:
        draft.audited = value
    elif name in {fact.id for fact in plan.host}:
        draft.host[name] = value
    else:
        step = next(each for each in plan.order if fact_id(each) == name)
        if isinstance(step, Step):
            draft.answers[step.item.id] = value


# --- scores for computed judgements --------------------------------------------------------


def _scored(draft: Draft, space: Space) -> Iterator[Draft]:
    """The same with all that computed judgements are of filled in, from worst to best."""
    chosen = [
        entry
        for entry in space.plan.order
        if isinstance(entry, Step)
        and entry.item.ref.name in space.cone.facts
        and isinstance(entry.item, Judgement)
        and entry.item.computed is not None
        and not isinstance(space.values[entry.item.id], Gap)
        and space.values[entry.item.id] is not FREE
    ]
    if not chosen:
        return
    below = [step for step in _below(space.plan, chosen) if step.item.id not in draft.answers]
    levels = [[Fraction(tenths, 10)] * len(below) for tenths in range(11)]
    for kept in range(1, len(below)):
        best_first = [Fraction(int(place < kept)) for place in range(len(below))]
        levels += [best_first, [1 - level for level in best_first]]
    for each in levels:
        yield _filled(draft, below, each)


def _below(plan: Plan, chosen: list[Step]) -> list[Step]:
    """The questions and judged grades that computed judgements come down to."""
    steps = {each.item.ref.name: each for each in plan.order if isinstance(each, Step)}
    found: dict[str, Step] = {}
    stack = list(chosen)
    while stack:
        step = stack.pop()
        if not step.children:
            found[step.item.ref.name] = step
        stack += [steps[child.ref.name] for child in step.children]
    return [found[name] for name in sorted(found)]


def _filled(draft: Draft, steps: list[Step], levels: list[Fraction]) -> Draft:
    made = draft.copy()
    for step, level in zip(steps, levels, strict=True):
        value = _at(step.item.ref.kind, level)
        if isinstance(step.item, Question):
            made.answers[step.item.id] = value
        else:
            made.judgements[step.item.id] = Judged(grade=str(value))
    return made


def _at(kind: Kind, level: Fraction) -> Any:
    """A value of a kind, so far from the worst."""
    if kind.codes:
        return kind.codes[round(level * (len(kind.codes) - 1))]
    if kind.highest is not None:
        low, step = kind.lowest or Fraction(0), kind.step or Fraction(1)
        return low + round(level * (kind.highest - low) / step) * step
    return plain_value(kind, date(2016, 2, 12))


# --- an audit with nothing left to do --------------------------------------------------------


def plain_value(kind: Kind, around: date) -> Any:
    """Some value of a kind: the best where there is one."""
    match kind.sort:
        case Sort.YES_NO:
            return True
        case Sort.CODE:
            return kind.codes[-1] if kind.ordered else kind.codes[0]
        case Sort.CODES:
            return kind.codes[:1]
        case Sort.DATE:
            return around
        case Sort.MOMENT:
            return datetime(around.year, around.month, around.day, 9, tzinfo=UTC)
        case Sort.COUNT:
            return 1
        case Sort.NUMBER:
            return kind.lowest if kind.highest is None else kind.highest
    return "given"


def completed(
    draft: Draft, plan: Plan, needed: frozenset[str], roles: tuple[str, ...]
) -> Iterator[Draft]:
    """The audit with all filled in that is still called for, if what is there allows it."""
    made = draft.copy()
    around = draft.on - timedelta(days=3)
    made.audited = made.audited or around
    hosts = {fact.id: fact for fact in plan.host}
    for name in sorted(needed):
        if name not in made.host:
            made.host[name] = plain_value(hosts[name].kind, around - timedelta(days=1500))
    steps = {entry.item.ref.name: entry for entry in plan.order if isinstance(entry, Step)}
    for _ in range(len(steps) + 1):
        facts = record_of(made.audit(), plan, made.on).record.facts
        open_still = [step for name, step in steps.items() if facts[name] is Gap.PENDING]
        if not open_still:
            break
        filled = False
        for step in open_still:
            if isinstance(step.item, Question):
                if made.answers.get(step.item.id, IDLE) == IDLE:
                    made.answers[step.item.id] = plain_value(step.item.kind, around)
                    filled = True
            elif step.item.judged:
                before = made.judgements.get(step.item.id, Judged())
                if not before.grade:
                    grade = str(plain_value(step.item.scale.kind, around))
                    made.judgements[step.item.id] = Judged(grade=grade)
                    filled = True
        if not filled:
            return
    for id, judged in list(made.judgements.items()):
        if judged.grade:
            made.judgements[id] = Judged(
                grade=judged.grade, analysis="given", justification="given"
            )
    yield made
    with_all = made.copy()
    with_all.participants = tuple(Participant(role=role, post="P-1") for role in roles)
    yield with_all
