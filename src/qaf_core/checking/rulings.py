"""Deciding laws: each over all the audits that it speaks of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from attrs import frozen

from qaf_core.audits import Audit
from qaf_core.checking.cone import cone_of
from qaf_core.checking.exploring import Explored, Shows, World, explore
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
from qaf_core.checking.reading_off import (
    all_free,
    anchors_stated,
    no_slower,
    nothing_lost,
    recipients_exist,
    tool_of,
)
from qaf_core.facts import questions
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
from qaf_core.logic.expressions import Cond
from qaf_core.logic.lower import met, sure
from qaf_core.logic.partial import settled
from qaf_core.plans import Plan, Step
from qaf_core.ready import Ready
from qaf_core.recording import record_of
from qaf_core.roles import Role
from qaf_core.rules.model import Escalate, Outcome
from qaf_core.subjects import ANY
from qaf_core.timing import Deadline

__all__ = ["decide", "is_told_by"]


def __dir__() -> list[str]:
    return __all__


# --- laws over audits ------------------------------------------------------------------------


def decide(law: Law, world: World) -> Ruling:
    """Decide one law."""
    match law.claim:
        case RecipientsExist():
            return recipients_exist(law, world)
        case AnchorsStated():
            return anchors_stated(law, world)
        case NothingLost():
            return nothing_lost(law, world)
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
                    open_still.append(f"{tool_of(ready)}: {reason}")
            if said:
                said.pop("", None)
                since = f" ({period.since})" if period.since else ""
                domain.append(
                    f"{tool_of(ready)}{since}: {'; '.join(said) or 'nothing filled in counts'}"
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
    return settled(when, all_free(plan)) is False


# --- somebody is told ------------------------------------------------------------------------


def is_told_by(outcome: Outcome, role: str, within: Deadline) -> bool:
    """Whether an outcome tells a role within a time, or sooner."""
    return (
        isinstance(outcome, Escalate)
        and any(isinstance(each, Role) and each.id == role for each in outcome.to)
        and no_slower(outcome.deadline, within)
    )


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
