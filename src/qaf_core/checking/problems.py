"""What is wrong with a framework's facts, conditions and rules, without any audit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from itertools import combinations, permutations
from typing import TypeAlias

from attrs import frozen

from qaf_core.checking.closer import completed
from qaf_core.checking.cone import blank_items
from qaf_core.checking.drafts import Draft
from qaf_core.checking.exploring import Explored, Period, World, explore
from qaf_core.checking.goals import (
    Goal,
    both,
    either,
    fires,
    is_pending,
    meets,
    never,
    ways_not_to,
    ways_to_fire,
)
from qaf_core.checking.model import Kind, Problem
from qaf_core.checking.reading_off import no_slower, tool_of
from qaf_core.deciding import review
from qaf_core.facts import Fact, Origin
from qaf_core.logic.expressions import ALWAYS, NEVER, Cond, refs
from qaf_core.logic.lower import sure
from qaf_core.logic.values import Kind as Kind_
from qaf_core.logic.values import Sort
from qaf_core.plans import Step, fact_id
from qaf_core.ready import Ready
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
    seen = {tool_of(ready): tuple(_seen(ready, period, world)) for ready in period.ready}
    yield Found(sum(len(each) for each in seen.values()))
    yield from _unstated(period, tuple(facts), tuple(rules))
    yield from _misnamed(period, tuple(facts))
    yield from _conditions(period, world, seen)
    yield from _asking(period, world)
    yield from _idle(period, world, seen)
    yield from _contradictory(period, world, seen)


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


# --- a few audits, to answer at once what they can -------------------------------------------

Seen: TypeAlias = Mapping[str, tuple[frozenset[str], ...]]
"""For each tool the rules that fire in a few plain audits of it."""


def _seen(ready: Ready, period: Period, world: World) -> Iterator[frozenset[str]]:
    """The rules that fire in an audit left blank, and in one with all filled in."""
    blank = Draft(ready.plan.tool, period.around, "X-1")
    for draft in (blank, *completed(blank, ready.plan, ready.needed, world.parties)):
        findings = review(draft.audit(), ready, draft.on).findings
        yield frozenset(finding.rule.id for finding in findings)


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


def _misnamed(period: Period, facts: tuple[Fact, ...]) -> Iterator[Found]:
    """Facts of a tool that a rule would escalate by, were they not named a little otherwise."""
    shared = {fact.id for fact in facts}
    for ready in period.ready:
        tool = ready.plan.tool
        own = {
            placed.item.ref.name: placed.item.ref.kind
            for placed in (*tool.questions, *tool.judged)
            if placed.item.ref.name not in shared
        }
        for each in ready.rules:
            if not any(isinstance(outcome, Escalate) for outcome in each.rule.then):
                continue
            missing = {ref.name: ref for ref in refs(each.rule.when) if not ref.of}
            for name in sorted(missing.keys() - ready.plan.known):
                near = get_close_matches(name, own, n=1, cutoff=_NEAR)
                near += [id for id, kind in own.items() if _same_choice(kind, missing[name].kind)]
                if near:
                    yield _of(
                        Kind.UNSTATED,
                        near[0],
                        f"{each.rule.id} reads {name}, and this states {near[0]}: nobody is told "
                        "by it.",
                        f"Let it state {name}, or give it another name or other options.",
                        tool=tool_of(ready),
                    )
                else:
                    yield Found(1)


_NEAR = 0.85


def _same_choice(kind: Kind_, other: Kind_) -> bool:
    """Whether two facts are one choice of the same options, such as safe, unsafe, cannot tell."""
    return kind.sort is Sort.CODE and not kind.ordered and kind == other


# --- conditions that never or always hold ---------------------------------------------------


def _conditions(period: Period, world: World, seen: Seen) -> Iterator[Found]:
    """Rules that can never fire with any tool, or fire whatever is filled in."""
    by_rule: dict[str, list[tuple[Rule, Ready]]] = {}
    for ready in period.ready:
        for each in ready.rules:
            by_rule.setdefault(each.rule.id, []).append((each.rule, ready))
    for id, uses in by_rule.items():
        cases, unsure = 0, None
        can = any(id in fired for _, ready in uses for fired in seen[tool_of(ready)])
        for rule, ready in () if can else uses:
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
                "It can never fire: there is no audit in which it does.",
                "Mend its condition: a part of it may contradict another.",
                cases=cases,
            )
        else:
            yield Found(cases)
        if not can or any(id not in fired for _, ready in uses for fired in seen[tool_of(ready)]):
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
        for condition in _conditions_of(tool):
            yield from _asked(condition, ready, period, world)
        for entry in ready.plan.order:
            if isinstance(entry, Step) and isinstance(entry.item, Question):
                yield from _hidden(entry, entry.item, ready, period, world)


@frozen
class _Condition:
    """A condition of asking: what it is of, what it decides, and what it is.

    Attributes:
        about: id of the section or question.
        verb: what it decides, such as "is asked".
        cond: the condition.
    """

    about: str
    verb: str
    cond: Cond

    def say(self, how: str) -> str:
        """That it always is so, or never can be, in a sentence."""
        said = self.verb.removeprefix("is ")
        if how == "never":
            return f"It can never {'apply' if said == self.verb else 'be ' + said}."
        return f"It always {self.verb}." if said == self.verb else f"It is always {said}."


def _conditions_of(tool: Tool) -> Iterator[_Condition]:
    for section in tool.sections:
        yield _Condition(section.id, "applies", section.applies)
    for placed in tool.questions:
        if isinstance(placed.item, Question):
            yield _Condition(placed.item.id, "is asked", placed.item.asked)
            yield _Condition(placed.item.id, "is required", placed.item.required)


def _asked(condition: _Condition, ready: Ready, period: Period, world: World) -> Iterator[Found]:
    about, cond, tool = condition.about, condition.cond, tool_of(ready)
    if cond == ALWAYS or (cond == NEVER and condition.verb == "is required"):
        return
    holds = explore(meets(sure(cond)), ready, period, world)
    fails = explore(never(meets(sure(cond))), ready, period, world)
    cases = holds.searched.cases + fails.searched.cases
    if not holds.searched.found and not holds.searched.whole:
        yield _undecided(about, f"it ever {condition.verb}", holds, tool)
    elif not holds.searched.found:
        says, do = condition.say("never"), "Mend the condition."
        yield _of(Kind.NEVER, about, says, do, tool=tool, cases=cases)
    elif not fails.searched.found and fails.searched.whole:
        says, do = condition.say("always"), "Mend the condition, or drop it."
        yield _of(Kind.ALWAYS, about, says, do, tool=tool, cases=cases)
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
                tool=tool_of(ready),
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


# --- rules that add nothing ------------------------------------------------------------------


def _idle(period: Period, world: World, seen: Seen) -> Iterator[Found]:
    """Rules whose every outcome another already brings wherever they fire."""
    rules = {each.rule.id: each.rule for ready in period.ready for each in ready.rules}
    idle: set[str] = set()
    for one, other in permutations(rules.values(), 2):
        if one.id in idle or other.id in idle or not _covers(other, one):
            continue
        if any(
            one.id in each and other.id not in each for fired in seen.values() for each in fired
        ):
            continue
        cases, alone = _fires_alone(one, other, period, world)
        if alone:
            yield Found(cases)
            continue
        idle.add(one.id)
        yield _of(
            Kind.IDLE,
            one.id,
            f"Wherever it fires, {other.id} fires and says as much.",
            "Leave it out, or say more by it.",
            cases=cases,
        )


def _fires_alone(one: Rule, other: Rule, period: Period, world: World) -> tuple[int, bool]:
    """How many cases it took, and whether a rule may fire where another does not."""
    cases = 0
    for ready in period.ready:
        ids = {each.rule.id for each in ready.rules}
        if one.id not in ids:
            continue
        if other.id not in ids:
            return cases, True
        for goal, silent in zip(
            ways_to_fire(one, blank_items(ready.plan)),
            ways_not_to(one, other, blank_items(ready.plan)),
            strict=True,
        ):
            explored = explore(both((goal, silent)), ready, period, world)
            cases += explored.searched.cases
            if explored.searched.found or not explored.searched.whole:
                return cases, True
    return cases, False


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


def _contradictory(period: Period, world: World, seen: Seen) -> Iterator[Found]:
    """Requirements and gates that cannot both be met; one task given in two ways."""
    said: set[tuple[str, str]] = set()
    for ready in period.ready:
        rules = [each.rule for each in ready.rules]
        for one, other in combinations(rules, 2):
            pair = (one.id, other.id)
            if pair in said:
                continue
            if _shut_alike(one, other):
                if any(
                    one.id not in each and other.id not in each for each in seen[tool_of(ready)]
                ):
                    continue
                explored = explore(never(either((fires(one), fires(other)))), ready, period, world)
                cases = explored.searched.cases
                if explored.searched.found:
                    yield Found(cases)
                elif not explored.searched.whole:
                    yield _undecided(one.id, f"{other.id} contradicts it", explored, tool_of(ready))
                elif _open_alone(one, ready, period, world) and _open_alone(
                    other, ready, period, world
                ):
                    said.add(pair)
                    yield _of(
                        Kind.CONTRADICTORY,
                        one.id,
                        f"Whatever is filled in, it or {other.id} fires: both can never be met.",
                        "Mend the condition of one of them.",
                        tool=tool_of(ready),
                        cases=cases,
                    )
            elif task := _one_task(one, other):
                explored = explore(both((fires(one), fires(other))), ready, period, world)
                if explored.searched.found:
                    said.add(pair)
                    yield _of(
                        Kind.CONTRADICTORY,
                        one.id,
                        f"It and {other.id} can fire together, and differ in who is to "
                        f"{task}, or by when.",
                        "Let one of them say it.",
                        tool=tool_of(ready),
                        cases=explored.searched.cases,
                    )
                else:
                    yield Found(explored.searched.cases)


def _shut_alike(one: Rule, other: Rule) -> bool:
    """Whether two rules keep the same thing from happening: completion, or an event."""
    if all(any(isinstance(each, Require) for each in rule.then) for rule in (one, other)):
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
