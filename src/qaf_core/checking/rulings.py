"""Deciding laws: each over all the audits that it speaks of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import TypeAlias

from attrs import field, frozen

from qaf_core.audits import Audit
from qaf_core.checking.closer import candidates, completed
from qaf_core.checking.cone import GATHERED, blank_items, cone_of
from qaf_core.checking.drafts import Draft
from qaf_core.checking.goals import (
    Goal,
    both,
    either,
    fires,
    is_pending,
    leaves_open,
    meets,
    never,
)
from qaf_core.checking.model import Answer, Counterexample, Ruling
from qaf_core.checking.space import Space
from qaf_core.deciding import Ready, review
from qaf_core.facts import Fact, questions
from qaf_core.findings import names
from qaf_core.laws import (
    AnchorsStated,
    Asked,
    CompleteIsSettled,
    Fires,
    Law,
    NeverMet,
    NothingLost,
    RecipientsExist,
    Told,
)
from qaf_core.logic.check import FREE, Searched, search, settled
from qaf_core.logic.expressions import Cond
from qaf_core.logic.lower import met, sure
from qaf_core.logic.values import Record
from qaf_core.plans import Plan, Step, fact_id
from qaf_core.records import record_of
from qaf_core.review import Review
from qaf_core.roles import Role
from qaf_core.rules.model import Act, Escalate, Outcome, Recipient, Rule, recipients
from qaf_core.subjects import ANY
from qaf_core.timing import Deadline

__all__ = ["Period", "World", "decide", "explore", "is_told_by", "no_slower"]


def __dir__() -> list[str]:
    return __all__


@frozen(kw_only=True, eq=False)
class Period:
    """A stretch of time in which the same rules hold.

    Attributes:
        since: in words, or "" where the rules never change.
        around: a day within it.
        ready: every tool with the rules for it.
        base: the base's tools with the base's rules alone, by id and version.
    """

    since: str
    around: date
    ready: tuple[Ready, ...]
    base: Mapping[tuple[str, str], Ready] = field(repr=False)


@frozen(kw_only=True, eq=False)
class World:
    """A framework, as far as it is checked.

    Attributes:
        periods: the stretches of time in which the same rules hold.
        review: what follows from an audit on a day.
        roles: every role, by id.
        budget: how many cases one search may decide.
    """

    periods: tuple[Period, ...]
    review: Callable[[Audit, date], Review]
    roles: Mapping[str, Role]
    budget: int

    @property
    def parties(self) -> tuple[str, ...]:
        """Ids of roles, for those who took part or make returns."""
        return tuple(self.roles) or ("nobody",)


Shows: TypeAlias = Callable[[Audit, date], str]
"""What the review of an audit shows against a law, or ""."""


@frozen
class Explored:
    """What a search over the audits of one tool came to."""

    searched: Searched
    space: Space
    found: Counterexample | None = None


def explore(
    goal: Goal,
    ready: Ready,
    period: Period,
    world: World,
    shows: Shows | None = None,
    *,
    audit: str = "X-1",
    fill: bool = False,
) -> Explored:
    """Look for an audit of one tool that meets a goal.

    Args:
        goal: what is looked for.
        ready: the tool and its rules.
        period: when.
        world: the framework.
        shows: the closer look; where None, the first that seems to meet it will do.
        audit: the id of the audit that is found.
        fill: whether the audit is to be completed first.
    """
    cone = cone_of(goal, ready.plan)
    space = Space(ready.plan, cone, around=period.around, parties=world.parties, audit=audit)
    kept: list[Counterexample] = []

    def confirm() -> bool:
        if shows is None:
            return True
        for draft in _drafts(space, ready, world, fill=fill):
            made = draft.audit()
            said = shows(made, draft.on)
            if said:
                kept.append(Counterexample(audit=made, on=draft.on, shows=said))
                return True
        return False

    searched = search(
        space.choices,
        lambda: goal.verdict(space.record),
        confirm,
        budget=world.budget,
        smallest=shows is not None,
    )
    return Explored(searched, space, kept[-1] if kept else None)


_TRIED = 60
"""How many audits a closer look reviews at most."""


def _drafts(space: Space, ready: Ready, world: World, *, fill: bool) -> Iterator[Draft]:
    for number, draft in enumerate(candidates(space)):
        if number >= _TRIED:
            return
        if fill:
            yield from completed(draft, ready.plan, ready.needed, world.parties)
        else:
            yield draft


# --- laws over audits ------------------------------------------------------------------------


def decide(law: Law, world: World) -> Ruling:
    """Decide one law."""
    match law.claim:
        case RecipientsExist():
            return _recipients(law, world)
        case AnchorsStated():
            return _anchors(law, world)
        case NothingLost():
            return _nothing_lost(law, world)
    return _over_audits(law, world)


@frozen
class _Question:
    """One search that a law comes to."""

    goal: Goal
    shows: Shows
    fill: bool = False


def _over_audits(law: Law, world: World) -> Ruling:
    domain: list[str] = []
    cases = 0
    found: list[Counterexample] = []
    open_still: list[str] = []
    for period in world.periods:
        for ready in period.ready:
            said: dict[str, None] = {}
            for question in _questions(law, ready, world):
                explored = explore(
                    question.goal,
                    ready,
                    period,
                    world,
                    question.shows,
                    audit=f"counterexample-{law.id}",
                    fill=question.fill,
                )
                cases += explored.searched.cases
                for choice in explored.space.choices:
                    said[str(choice)] = None
                if explored.found is not None:
                    found.append(explored.found)
                elif reason := _doubt(explored):
                    open_still.append(f"{_tool(ready)}: {reason}")
            if said:
                said.pop("", None)
                since = f" ({period.since})" if period.since else ""
                domain.append(
                    f"{_tool(ready)}{since}: {'; '.join(said) or 'nothing filled in counts'}"
                )
    if found:
        least = min(found, key=_size)
        return Ruling(
            law=law,
            answer=Answer.BROKEN,
            over=_EVERY_AUDIT,
            domain=tuple(domain),
            cases=cases,
            why=least.shows,
            counterexample=least,
        )
    if open_still:
        why = "; ".join(dict.fromkeys(open_still))
        return Ruling(
            law=law,
            answer=Answer.UNDECIDED,
            over=_EVERY_AUDIT,
            domain=tuple(domain),
            cases=cases,
            why=why,
        )
    return Ruling(
        law=law,
        answer=Answer.HOLDS,
        over=_EVERY_AUDIT,
        domain=tuple(domain) or ("no tool states what it speaks of",),
        cases=cases,
    )


_EVERY_AUDIT = (
    "every audit of these tools, draft or complete, as far as these count; each may also be "
    "missing, unreadable, or not applicable with or without a reason, and all else may be "
    "anything; what one party returns is read as an audit by itself"
)


def _size(found: Counterexample) -> int:
    audit = found.audit
    return (
        len(audit.answers)
        + len(audit.judgements)
        + len(audit.subject.facts)
        + len(audit.sections)
        + len(audit.actions)
        + len(audit.participants)
        + len(audit.returns)
        + (audit.audited is not None)
    )


def _doubt(explored: Explored) -> str:
    """Why a search that found nothing proves nothing, or ""."""
    if not explored.searched.whole:
        return f"there is more to look through than {explored.searched.cases} cases"
    if explored.searched.doubtful:
        return (
            "it seems to be broken where derived facts or computed judgements come out in a way "
            "that no audit tried makes so"
        )
    bounded = explored.space.cone.bounded
    if bounded:
        return f"it compares counts of {', '.join(sorted(bounded))}, of which there is no bound"
    return ""


def _tool(ready: Ready) -> str:
    return f"{ready.plan.tool.id} {ready.plan.tool.version}"


def _concerns(subjects: tuple[str, ...], ready: Ready) -> bool:
    return subjects == ANY or ready.plan.tool.subject in subjects


def _questions(law: Law, ready: Ready, world: World) -> Iterator[_Question]:
    """The searches that a law comes to in the audits of a tool; none where it bears on none."""
    if not _concerns(law.subjects, ready):
        return
    if isinstance(law.claim, CompleteIsSettled):
        yield from _settling(ready, world)
        return
    assert law.when is not None  # noqa: S101 - all other claims have one
    when = sure(law.when)
    if _cannot(when, ready.plan):
        return
    match law.claim:
        case Told(roles=told):
            goal = both(
                (meets(when), either(never(_tells(law.claim, role, ready)) for role in told))
            )
            yield _Question(goal, _not_told(law.claim, when, ready, world))
        case Fires(rule=id):
            rules = [each.rule for each in ready.rules if each.rule.id == id]
            goal = both((meets(when), never(either(fires(rule) for rule in rules))))
            yield _Question(goal, _not_fired(id, when, ready, world))
        case Asked(fact=fact):
            if fact.name in ready.plan.tool.facts:
                goal = both((meets(when), never(_asks(law.claim, ready.plan))))
                yield _Question(goal, _not_asked(law.claim, when, ready))
        case NeverMet():
            yield _Question(meets(when), _is_met(when, ready))


def _cannot(when: Cond, plan: Plan) -> bool:
    """Whether nothing that the tool can state makes a condition hold."""
    return settled(when, _all_free(plan)) is False


def _all_free(plan: Plan) -> Record:
    """A record of which nothing is chosen yet."""
    free = dict.fromkeys(plan.known, FREE)
    return Record(free, {**blank_items(plan), **dict.fromkeys(GATHERED, FREE)})


# --- somebody is told ------------------------------------------------------------------------


def is_told_by(outcome: Outcome, role: str, within: Deadline) -> bool:
    """Whether an outcome tells a role within a time, or sooner."""
    return (
        isinstance(outcome, Escalate)
        and any(isinstance(each, Role) and each.id == role for each in outcome.to)
        and no_slower(outcome.deadline, within)
    )


def no_slower(one: Deadline, other: Deadline) -> bool:
    """Whether a time limit is surely no longer than another."""
    if one.at_once or one == other:
        return True
    if one.span is None or other.span is None or one.after != other.after:
        return False
    return one.span.unit is other.span.unit and one.span.number <= other.span.number


def _tells(claim: Told, role: Role, ready: Ready) -> Goal:
    return either(
        fires(each.rule)
        for each in ready.rules
        if any(is_told_by(outcome, role.id, claim.deadline) for outcome in each.rule.then)
    )


def _holds(when: Cond, audit: Audit, plan: Plan, on: date) -> bool:
    return met(when, record_of(audit, plan, on).record)


def _not_told(claim: Told, when: Cond, ready: Ready, world: World) -> Shows:
    def shows(audit: Audit, on: date) -> str:
        if not _holds(when, audit, ready.plan, on):
            return ""
        told = {
            role.id
            for escalation in world.review(audit, on).escalations
            if no_slower(escalation.within, claim.deadline)
            for role in escalation.to
        }
        left = [role for role in claim.roles if role.id not in told]
        return f"{names(left)} not told {claim.deadline}" if left else ""

    return shows


def _not_fired(id: str, when: Cond, ready: Ready, world: World) -> Shows:
    def shows(audit: Audit, on: date) -> str:
        if not _holds(when, audit, ready.plan, on):
            return ""
        fired = {finding.rule.id for finding in world.review(audit, on).findings}
        return "" if id in fired else f"{id} does not fire"

    return shows


def _is_met(when: Cond, ready: Ready) -> Shows:
    def shows(audit: Audit, on: date) -> str:
        return "what is never to be is so" if _holds(when, audit, ready.plan, on) else ""

    return shows


# --- something is asked ----------------------------------------------------------------------


def _asks(claim: Asked, plan: Plan) -> Goal:
    named = questions.fact.is_(claim.fact.name) & questions.asked.is_(True)
    if claim.required:
        named = named & questions.required.is_(True)
    if any(placed.item.ref.name == claim.fact.name for placed in plan.tool.questions):
        return meets(sure(questions.any(named)))
    [step] = (
        entry
        for entry in plan.order
        if isinstance(entry, Step) and entry.item.ref.name == claim.fact.name
    )
    return both((meets(step.asked_surely), never(meets(sure(claim.fact.not_applicable())))))


def _not_asked(claim: Asked, when: Cond, ready: Ready) -> Shows:
    asks = _asks(claim, ready.plan)

    def shows(audit: Audit, on: date) -> str:
        record = record_of(audit, ready.plan, on).record
        if not met(when, record) or asks.verdict(record):
            return ""
        how = "asked for and required" if claim.required else "asked for"
        return f"{claim.fact.name} is not {how}"

    return shows


# --- complete audits ---------------------------------------------------------------------------


def _settling(ready: Ready, world: World) -> Iterator[_Question]:
    """For each rule that escalates: an audit that is complete and leaves it open."""
    plan = ready.plan
    called_for = {"audited", *ready.needed, *plan.tool.facts}

    def shows(audit: Audit, on: date) -> str:
        review = world.review(audit, on)
        if not review.complete or not review.unsettled_escalations:
            return ""
        rules = {rule.id for each in review.unsettled_escalations for rule in each.rules}
        return f"complete, and {', '.join(sorted(rules))} unsettled"

    for each in ready.rules:
        if not any(isinstance(outcome, Escalate) for outcome in each.rule.then):
            continue
        goal = leaves_open(each.rule, plan.known)
        named = cone_of(goal, plan).facts & called_for
        answered = (never(is_pending(fact)) for fact in sorted(named))
        yield _Question(both((goal, *answered)), shows, fill=True)


# --- laws that are read off the rules themselves -----------------------------------------------


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


def _read_off(law: Law, faults: Iterable[str], cases: int, domain: str) -> Ruling:
    said = tuple(dict.fromkeys(faults))
    return Ruling(
        law=law,
        answer=Answer.BROKEN if said else Answer.HOLDS,
        over=domain,
        cases=cases,
        why="; ".join(said),
    )


def _recipients(law: Law, world: World) -> Ruling:
    faults: list[str] = []
    cases = 0
    for rule, _, _ in _all_rules(world):
        for outcome in rule.then:
            for recipient in recipients(outcome) if isinstance(outcome, Escalate) else ():
                cases += 1
                faults += _not_there(recipient, rule, world)
    domain = "every recipient of every escalation of every rule in force, ladders to the end"
    return _read_off(law, faults, cases, domain)


def _not_there(recipient: Recipient, rule: Rule, world: World) -> Iterator[str]:
    if isinstance(recipient, Role) and world.roles.get(recipient.id) != recipient:
        yield f"{rule.id} tells {recipient.id}, which the framework does not have"


def _anchors(law: Law, world: World) -> Ruling:
    faults: list[str] = []
    cases = 0
    for rule, _, readies in _all_rules(world):
        for outcome in rule.then:
            for step in _steps(outcome):
                anchor = step.deadline.after
                if anchor and step.deadline.span is not None:
                    cases += 1
                    if not any(anchor in known for known in _known_where(rule, readies)):
                        faults.append(
                            f"{rule.id} counts from {anchor}, which no tool states with which it "
                            "can fire"
                        )
    return _read_off(law, faults, cases, "every time limit of every rule in force, step by step")


def _known_where(rule: Rule, readies: tuple[Ready, ...]) -> Iterator[frozenset[str]]:
    """The facts of each tool with which a rule can fire."""
    goal = fires(rule)
    for ready in readies:
        if goal.verdict(_all_free(ready.plan)) is not False:
            yield ready.plan.known


# --- nothing is lost ---------------------------------------------------------------------------


def _nothing_lost(law: Law, world: World) -> Ruling:
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
                    f"{each.rule.id} is read otherwise in {_tool(ready)} than by the base alone, "
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
