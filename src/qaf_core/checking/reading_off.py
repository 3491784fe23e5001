"""Laws that are read off the rules themselves, and what is read off them besides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from attrs import frozen

from qaf_core.audits import Audit
from qaf_core.checking.cone import GATHERED, blank_items, cone_of
from qaf_core.checking.exploring import Period, Shows, World, explore
from qaf_core.checking.goals import fires, leaves_open
from qaf_core.checking.model import Answer, Counterexample, Ruling
from qaf_core.deciding import review
from qaf_core.facts import Fact
from qaf_core.laws import Law
from qaf_core.logic.partial import FREE
from qaf_core.logic.values import Record
from qaf_core.plans import Plan, Step, fact_id
from qaf_core.ready import Ready
from qaf_core.roles import Role
from qaf_core.rules.model import Act, Escalate, Outcome, Rule, recipients
from qaf_core.timing import Deadline

__all__ = [
    "all_free",
    "anchors_stated",
    "no_slower",
    "nothing_lost",
    "recipients_exist",
    "tool_of",
]


def __dir__() -> list[str]:
    return __all__


def tool_of(ready: Ready) -> str:
    """The id and version of a tool."""
    return f"{ready.plan.tool.id} {ready.plan.tool.version}"


def all_free(plan: Plan) -> Record:
    """A record of which nothing is chosen yet."""
    free = dict.fromkeys(plan.known, FREE)
    return Record(free, {**blank_items(plan), **dict.fromkeys(GATHERED, FREE)})


def no_slower(one: Deadline, other: Deadline) -> bool:
    """Whether a time limit is surely no longer than another."""
    if one.at_once or one == other:
        return True
    if one.span is None or other.span is None or one.after != other.after:
        return False
    return one.span.unit is other.span.unit and one.span.number <= other.span.number


def _all_rules(world: World) -> Iterator[tuple[Rule, Period, tuple[Ready, ...]]]:
    """Every rule in force, with the tools it is for."""
    for period in world.periods:
        rules = {each.rule.id: each.rule for ready in period.ready for each in ready.rules}
        for id, rule in rules.items():
            yield (
                rule,
                period,
                tuple(
                    ready
                    for ready in period.ready
                    if any(each.rule.id == id for each in ready.rules)
                ),
            )


def _steps(outcome: Outcome) -> Iterator[Escalate | Act]:
    """An outcome with a time limit, and the steps after it."""
    if isinstance(outcome, Escalate | Act):
        yield outcome
    if isinstance(outcome, Escalate) and outcome.then is not None:
        yield from _steps(outcome.then)


@frozen
class _Fault:
    """What is wrong with a rule, and where the rule is in force."""

    says: str
    rule: Rule
    period: Period
    readies: tuple[Ready, ...]


def _read_off(law: Law, world: World, faults: Iterable[_Fault], cases: int, domain: str) -> Ruling:
    found = tuple(faults)
    examples = (_example(law, each, world) for each in found)
    return Ruling(
        law=law,
        answer=Answer.BROKEN if found else Answer.HOLDS,
        over=domain,
        cases=cases,
        why="; ".join(dict.fromkeys(each.says for each in found)),
        counterexample=next((each for each in examples if each is not None), None),
    )


def _example(law: Law, fault: _Fault, world: World) -> Counterexample | None:
    """An audit in which the rule at fault fires."""

    def shows(audit: Audit, on: date) -> str:
        fired = {each.rule.id for each in world.review(audit, on).findings}
        return fault.says if fault.rule.id in fired else ""

    name = f"counterexample-{law.id}"
    for ready in fault.readies:
        goal = fires(fault.rule)
        explored = explore(goal, ready, fault.period, world, shows, audit=name)
        if explored.found is not None:
            return explored.found
    return None


def recipients_exist(law: Law, world: World) -> Ruling:
    """Whether every recipient of every escalation is there."""
    faults: list[_Fault] = []
    cases = 0
    for rule, period, readies in _all_rules(world):
        for outcome in rule.then:
            for recipient in recipients(outcome) if isinstance(outcome, Escalate) else ():
                cases += 1
                if isinstance(recipient, Role) and world.roles.get(recipient.id) != recipient:
                    says = f"{rule.id} tells {recipient.id}, which the framework does not have"
                    faults.append(_Fault(says, rule, period, readies))
    domain = "every recipient of every escalation of every rule in force, ladders to the end"
    return _read_off(law, world, faults, cases, domain)


def anchors_stated(law: Law, world: World) -> Ruling:
    """Whether every deadline can start to run somewhere."""
    faults: list[_Fault] = []
    cases = 0
    for rule, period, readies in _all_rules(world):
        for outcome in rule.then:
            for step in _steps(outcome):
                anchor = step.deadline.after
                if anchor and step.deadline.span is not None:
                    cases += 1
                    if not any(anchor in known for known in _known_where(rule, readies)):
                        says = (
                            f"{rule.id} counts from {anchor}, which no tool states with which it "
                            "can fire"
                        )
                        faults.append(_Fault(says, rule, period, readies))
    domain = "every time limit of every rule in force, step by step"
    return _read_off(law, world, faults, cases, domain)


def _known_where(rule: Rule, readies: tuple[Ready, ...]) -> Iterator[frozenset[str]]:
    """The facts of each tool with which a rule can fire."""
    goal = fires(rule)
    for ready in readies:
        if goal.verdict(all_free(ready.plan)) is not False:
            yield ready.plan.known


# --- nothing is lost ---------------------------------------------------------------------------


def nothing_lost(law: Law, world: World) -> Ruling:
    """The base's tools are read by the base's rules as they were: compared part by part.

    Where a part differs, an audit is looked for that shows it.
    """
    cases = 0
    open_still: list[str] = []
    for period in world.periods:
        for ready in period.ready:
            tool = ready.plan.tool
            alone = period.base.get((tool.id, tool.version))
            if alone is None:
                continue
            now = {each.rule.id: each.rule for each in ready.rules}
            for each in alone.rules:
                cases += 1
                same = now.get(each.rule.id) == each.rule and _reads_alike(
                    each.rule, alone.plan, ready.plan
                )
                if same:
                    continue
                explored = explore(
                    fires(each.rule),
                    alone,
                    period,
                    world,
                    _gone(each.rule, alone, world),
                    audit=f"counterexample-{law.id}",
                )
                cases += explored.searched.cases
                if explored.found is not None:
                    return Ruling(
                        law=law,
                        answer=Answer.BROKEN,
                        over=_LOST,
                        cases=cases,
                        why=explored.found.shows,
                        counterexample=explored.found,
                    )
                open_still.append(
                    f"{each.rule.id} is read otherwise in {tool_of(ready)} than by the base alone, "
                    "and no audit tried shows a difference"
                )
    return Ruling(
        law=law,
        answer=Answer.UNDECIDED if open_still else Answer.HOLDS,
        over=_LOST,
        cases=cases,
        why="; ".join(dict.fromkeys(open_still)),
    )


_LOST = (
    "every rule of the base with every tool of the base: the rule, and all that its reading "
    "rests on, is the same with the additions as without, so that it says the same of any audit"
)


def _reads_alike(rule: Rule, alone: Plan, plan: Plan) -> bool:
    """Whether what a rule rests on is settled in the same way in both plans."""
    goal = leaves_open(rule, alone.known)
    names = cone_of(goal, alone).facts
    if cone_of(leaves_open(rule, plan.known), plan).facts != names:
        return False
    before = {fact_id(entry): _meaning(entry) for entry in alone.order}
    after = {fact_id(entry): _meaning(entry) for entry in plan.order}
    hosts = {fact.id: fact for fact in alone.host}
    hosts_now = {fact.id: fact for fact in plan.host}
    scales = {f"grade.{scale.id}" for scale in alone.scales}
    maps = [each for each in plan.maps if f"grade.{each.of.id}" in scales]
    return (
        all(before.get(name) == after.get(name) for name in names)
        and all(hosts.get(name) == hosts_now.get(name) for name in names)
        and list(alone.maps) == maps
        and alone.settings == plan.settings
        and alone.tool == plan.tool
    )


def _meaning(entry: Step | Fact) -> object:
    if isinstance(entry, Step):
        return (entry.item, entry.asked_surely, entry.asked_maybe, entry.called_maybe)
    return entry


def _gone(rule: Rule, alone: Ready, world: World) -> Shows:
    """What the base alone says by a rule, and the framework does not."""

    def shows(audit: Audit, on: date) -> str:
        before = {
            (each.rule.id, each.about, each.outcome)
            for each in review(audit, alone, on).findings
            if each.rule.id == rule.id
        }
        after = {
            (each.rule.id, each.about, each.outcome) for each in world.review(audit, on).findings
        }
        lost = sorted({id for id, _, _ in before - after})
        return f"{', '.join(lost)} says less than by the base alone" if lost else ""

    return shows
