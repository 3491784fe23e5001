"""What is wrong with a framework's facts, conditions and rules, without any audit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from attrs import frozen

from qaf_core.checking.cone import blank_items
from qaf_core.checking.goals import (
    Goal,
    both,
    either,
    fires,
    is_pending,
    meets,
    never,
    ways_to_fire,
)
from qaf_core.checking.model import Kind, Problem
from qaf_core.checking.rulings import Explored, Period, World, explore, no_slower
from qaf_core.deciding import Ready
from qaf_core.facts import Fact, Origin
from qaf_core.logic.check import every, settled
from qaf_core.logic.expressions import ALWAYS, NEVER, Cond, refs
from qaf_core.logic.lower import sure
from qaf_core.logic.values import Record
from qaf_core.plans import Step, fact_id
from qaf_core.rules.model import Act, Escalate, Gate, Outcome, Recognise, Require, Rule
from qaf_core.tools.model import Question, Tool

__all__ = ["Found", "problems_of"]


def __dir__() -> list[str]:
    return __all__


@frozen
class Found:
    """A problem, or none, and how many cases it took.

    Attributes:
        cases: how many groups of audits were decided.
        problem: what is wrong, if anything is.
    """

    cases: int = 0
    problem: Problem | None = None


def problems_of(world: World, facts: Iterable[Fact], rules: Iterable[Rule]) -> Iterator[Found]:
    """Everything wrong with a framework, rule by rule and tool by tool."""
    [*_, period] = world.periods  # the rules as they are now
    yield from _unstated(period, tuple(facts), tuple(rules))
    yield from _conditions(period, world)
    yield from _asking(period, world)
    yield from _idle(period, world)
    yield from _contradictory(period, world)


def _of(kind: Kind, about: str, says: str, do: str, *, tool: str = "", cases: int = 0) -> Found:
    return Found(cases, Problem(kind=kind, about=about, tool=tool, says=says, do=do))


def _undecided(about: str, what: str, explored: Explored, tool: str) -> Found:
    cases = explored.searched.cases
    return _of(
        Kind.UNDECIDED,
        about,
        f"Whether {what} was not decided: there is more to look through than {cases} cases.",
        "Give a larger budget, or name a part of the condition as a derived fact.",
        tool=tool,
        cases=cases,
    )


# --- facts that nothing states ------------------------------------------------------------


def _unstated(period: Period, facts: tuple[Fact, ...], rules: tuple[Rule, ...]) -> Iterator[Found]:
    stated = {id for ready in period.ready for id in ready.plan.tool.facts}
    for fact in facts:
        if fact.origin in (Origin.ANSWER, Origin.JUDGEMENT) and fact.id not in stated:
            yield _of(
                Kind.UNSTATED,
                fact.id,
                f"It comes from {fact.origin.value}, and no tool states it.",
                "Add a question or judgement that states it, or leave the fact out.",
            )
        elif fact.origin is Origin.DERIVED and not any(
            fact.id in ready.plan.known for ready in period.ready
        ):
            yield _of(
                Kind.UNSTATED,
                fact.id,
                "It follows from facts that no one tool and its host state together.",
                "State them for one kind of subject, or leave the fact out.",
            )
        else:
            yield Found(1)
    for rule in rules:
        concerned = [
            ready for ready in period.ready if any(each.rule == rule for each in ready.rules)
        ]
        named = {ref.name for ref in refs(rule.when) if not ref.of}
        if concerned and not any(named <= ready.plan.known for ready in concerned):
            least = min((named - ready.plan.known for ready in concerned), key=len)
            yield _of(
                Kind.UNSTATED,
                rule.id,
                f"It reads {', '.join(sorted(least))}, and no one tool for its subjects states "
                "all that it reads.",
                "Let a tool state it, or bind the rule to the subjects whose tool does.",
            )
        elif not concerned and any(
            rule.id == each.rule.id for ready in period.ready for each in ready.rules
        ):
            yield Found(1)
        elif not concerned:
            yield _of(
                Kind.UNSTATED,
                rule.id,
                f"It is for {', '.join(rule.subjects)}, and no tool audits that.",
                "Add the tool, or leave the rule out.",
            )


# --- conditions that never or always hold ---------------------------------------------------


def _conditions(period: Period, world: World) -> Iterator[Found]:
    """Rules that can never fire with any tool, or fire whatever is filled in."""
    by_rule: dict[str, list[tuple[Rule, Ready]]] = {}
    for ready in period.ready:
        for each in ready.rules:
            by_rule.setdefault(each.rule.id, []).append((each.rule, ready))
    for id, uses in by_rule.items():
        cases, can, unsure = 0, False, None
        for rule, ready in uses:
            for goal in ways_to_fire(rule, blank_items(ready.plan)):
                explored = explore(goal, ready, period, world)
                cases += explored.searched.cases
                can = can or explored.searched.found
                if can:
                    break
                if not explored.searched.whole:
                    unsure = explored
            if can:
                break
        if unsure is not None and not can:
            yield _undecided(id, "it can ever fire", unsure, "")
        elif not can:
            yield _of(
                Kind.NEVER,
                id,
                "There is no audit in which it fires.",
                "Mend its condition: a part of it may contradict another.",
                cases=cases,
            )
        else:
            yield Found(cases)
        if not can:
            continue
        cases = 0
        for rule, ready in uses:
            explored = explore(never(fires(rule)), ready, period, world)
            cases += explored.searched.cases
            if explored.searched.found:
                yield Found(cases)
                break
        else:
            if explored.searched.whole:
                yield _of(
                    Kind.ALWAYS,
                    id,
                    "It fires on every audit there can be.",
                    "Mend its condition, or say in the guidance what always holds.",
                    cases=cases,
                )
            else:
                yield _undecided(id, "it fires on every audit", explored, "")


def _asking(period: Period, world: World) -> Iterator[Found]:
    """Conditions of asking and requiring, and what they hide."""
    for ready in period.ready:
        tool = ready.plan.tool
        for about, where, cond in _conditions_of(tool):
            yield from _asked(about, where, cond, ready, period, world)
        for entry in ready.plan.order:
            if isinstance(entry, Step) and isinstance(entry.item, Question):
                yield from _hidden(entry, entry.item, ready, period, world)


def _conditions_of(tool: Tool) -> Iterator[tuple[str, str, Cond]]:
    """Conditions that are not simply always or never."""
    for section in tool.sections:
        yield section.id, "applies", section.applies
    for placed in tool.questions:
        if isinstance(placed.item, Question):
            yield placed.item.id, "is asked", placed.item.asked
            yield placed.item.id, "is required", placed.item.required


def _asked(
    about: str, where: str, cond: Cond, ready: Ready, period: Period, world: World
) -> Iterator[Found]:
    if cond in (ALWAYS, NEVER):
        if cond == NEVER and where != "is required":
            yield _of(
                Kind.NEVER,
                about,
                f"It never {where}." if where == "applies" else "It is never asked.",
                "Say when, or leave it out.",
                tool=_tool(ready),
                cases=1,
            )
        return
    tool = _tool(ready)
    holds = explore(meets(sure(cond)), ready, period, world)
    fails = explore(meets(sure(~cond)), ready, period, world)
    blank = explore(never(meets(sure(cond))), ready, period, world)
    cases = sum(each.searched.cases for each in (holds, fails, blank))
    verb = where.removeprefix("is ")
    if not holds.searched.found:
        if not holds.searched.whole:
            yield _undecided(about, f"it ever {where}", holds, tool)
            return
        says = f"It never {where}." if where == "applies" else f"It is never {verb}."
        yield _of(Kind.NEVER, about, says, "Mend the condition.", tool=tool, cases=cases)
    elif not fails.searched.found and fails.searched.whole and not blank.searched.found:
        says = f"It always {where}." if where == "applies" else f"It is always {verb}."
        yield _of(
            Kind.ALWAYS, about, says, "Mend the condition, or drop it.", tool=tool, cases=cases
        )
    else:
        yield Found(cases)


def _hidden(
    step: Step, question: Question, ready: Ready, period: Period, world: World
) -> Iterator[Found]:
    """A required question that is not asked where an optional one is left blank."""
    if question.required == NEVER:
        return
    plan = ready.plan
    steps = {fact_id(entry): entry for entry in plan.order}
    gates = {ref.name for ref in refs(step.asked_surely)}
    for name in sorted(gates):
        gate = steps.get(name)
        if not isinstance(gate, Step) or not isinstance(gate.item, Question):
            continue
        if gate.item.required == ALWAYS:
            continue
        # asked or not is said by the conditions alone, so it can be read beside the blank
        blank = _blank(gate)
        hides = both((blank, meets(gate.asked_surely), never(meets(step.asked_maybe))))
        shows = meets(step.called_surely)
        hidden = explore(hides, ready, period, world)
        shown = explore(shows, ready, period, world)
        cases = hidden.searched.cases + shown.searched.cases
        if hidden.searched.found and shown.searched.found:
            yield _of(
                Kind.HIDDEN,
                question.id,
                f"It is required, and goes unasked where {gate.item.id}, which may be left out, "
                "is left out.",
                f"Require {gate.item.id}, or ask {question.id} without it.",
                tool=_tool(ready),
                cases=cases,
            )
        else:
            yield Found(cases)


def _blank(gate: Step) -> Goal:
    """A question is left blank where it may be."""
    name = gate.item.ref.name
    answered = meets(sure(gate.item.ref.answered()))
    aside = meets(sure(gate.item.ref.not_applicable()))
    return both((never(answered), never(aside), never(is_pending(name))))


def _tool(ready: Ready) -> str:
    return f"{ready.plan.tool.id} {ready.plan.tool.version}"


# --- rules that add nothing ------------------------------------------------------------------


def _idle(period: Period, world: World) -> Iterator[Found]:
    """Rules whose every outcome another already brings wherever they fire."""
    rules = {each.rule.id: each.rule for ready in period.ready for each in ready.rules}
    for one in rules.values():
        for other in rules.values():
            if one is other or not _covers(other, one):
                continue
            cases, idle = 0, True
            seen = False
            for ready in period.ready:
                ids = {each.rule.id for each in ready.rules}
                if one.id not in ids:
                    continue
                if other.id not in ids:
                    idle = False
                    break
                seen = True
                explored = explore(_without(one, other), ready, period, world)
                cases += explored.searched.cases
                if explored.searched.found or not explored.searched.whole:
                    idle = False
                    break
            same = idle and _covers(one, other) and one.id < other.id
            if idle and seen and not (same and _equal_conditions(one, other)):
                yield _of(
                    Kind.IDLE,
                    one.id,
                    f"Wherever it fires, {other.id} fires and says as much.",
                    "Leave it out, or say more by it.",
                    cases=cases,
                )
            else:
                yield Found(cases)


def _equal_conditions(one: Rule, other: Rule) -> bool:
    """Of two rules alike, one is idle and not both."""
    return one.when == other.when


def _without(one: Rule, other: Rule) -> Goal:
    """The first fires and the second does not: on one item, where both look at each."""
    if one.each is not None and other.each is not None and one.each.id == other.each.id:
        each = one.each.id
        first, second = sure(one.when), sure(other.when)

        def verdict(record: Record) -> bool | None:
            from qaf_core.logic.check import opposite, some

            items = record.items[each]
            if not isinstance(items, tuple):
                return None
            return some(
                every((settled(first, record, item), opposite(settled(second, record, item))))
                for item in items
            )

        base = both((fires(one), fires(other)))
        return Goal(base.reads, verdict)
    return both((fires(one), never(fires(other))))


def _covers(more: Rule, less: Rule) -> bool:
    """Whether one rule's outcomes say all that another's say."""
    if (more.each is None) is not (less.each is None):
        return False
    if more.each is not None and less.each is not None and more.each.id != less.each.id:
        return False
    return all(any(_says_as_much(one, other) for one in more.then) for other in less.then)


def _says_as_much(one: Outcome, other: Outcome) -> bool:
    if one == other:
        return True
    if isinstance(one, Escalate) and isinstance(other, Escalate):
        ids = {_id(each) for each in other.to}
        return (
            ids <= {_id(each) for each in one.to}
            and no_slower(one.deadline, other.deadline)
            and (other.then is None or one.then == other.then)
        )
    if isinstance(one, Recognise) and isinstance(other, Recognise):
        return {_id(each) for each in other.to} <= {_id(each) for each in one.to}
    return False


def _id(recipient: object) -> str:
    return str(getattr(recipient, "id", "") or getattr(recipient, "name", ""))


# --- rules that contradict each other --------------------------------------------------------


def _contradictory(period: Period, world: World) -> Iterator[Found]:
    """Requirements and gates that cannot both be met; one task given in two ways."""
    seen: set[tuple[str, str]] = set()
    for ready in period.ready:
        rules = [each.rule for each in ready.rules]
        for one, other in combinations(rules, 2):
            pair = (one.id, other.id)
            if pair in seen:
                continue
            if _shut_alike(one, other):
                explored = explore(never(either((fires(one), fires(other)))), ready, period, world)
                cases = explored.searched.cases
                if explored.searched.found:
                    yield Found(cases)
                elif not explored.searched.whole:
                    yield _undecided(one.id, f"{other.id} contradicts it", explored, _tool(ready))
                elif _open_alone(one, ready, period, world) and _open_alone(
                    other, ready, period, world
                ):
                    seen.add(pair)
                    yield _of(
                        Kind.CONTRADICTORY,
                        one.id,
                        f"Whatever is filled in, it or {other.id} fires: both can never be met.",
                        "Mend the condition of one of them.",
                        tool=_tool(ready),
                        cases=cases,
                    )
            elif task := _one_task(one, other):
                explored = explore(both((fires(one), fires(other))), ready, period, world)
                if explored.searched.found:
                    seen.add(pair)
                    yield _of(
                        Kind.CONTRADICTORY,
                        one.id,
                        f"It and {other.id} can fire together, and differ in who is to "
                        f"{task}, or by when.",
                        "Let one of them say it.",
                        tool=_tool(ready),
                        cases=explored.searched.cases,
                    )
                else:
                    yield Found(explored.searched.cases)


def _shut_alike(one: Rule, other: Rule) -> bool:
    """Whether two rules keep the same thing from happening: completion, or an event."""
    if any(isinstance(each, Require) for each in one.then):
        if any(isinstance(each, Require) for each in other.then):
            return True
    gates = {each.event for each in one.then if isinstance(each, Gate)}
    return any(isinstance(each, Gate) and each.event in gates for each in other.then)


def _open_alone(rule: Rule, ready: Ready, period: Period, world: World) -> bool:
    return explore(never(fires(rule)), ready, period, world).searched.found


def _one_task(one: Rule, other: Rule) -> str:
    """A task that both rules give, to others or within another time."""
    if (one.each and one.each.id) != (other.each and other.each.id):
        return ""
    for first in one.then:
        for second in other.then:
            if isinstance(first, Act) and isinstance(second, Act):
                differ = (first.by, first.deadline) != (second.by, second.deadline)
                if first.what == second.what and differ:
                    return first.what
    return ""
