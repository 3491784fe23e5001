"""A whole quarter of an invented council, from the plan of its year to what the board hears.

Every step is the library's own: what is invented is who is there, what they find, and when
they get round to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from attrs import evolve, frozen

from qaf_core.additions import Addition
from qaf_core.audits import Audit
from qaf_core.cycle import ACTION, AUDIT, ESCALATION, QA_CYCLE
from qaf_core.cycle.actions import open_cases
from qaf_core.cycle.processes import Actor, Process
from qaf_core.cycle.raising import escalations
from qaf_core.editions import Departure
from qaf_core.errors import DefinitionError, Fault, InputError
from qaf_core.findings import Escalation
from qaf_core.framework import Framework
from qaf_core.immutable import FrozenMap
from qaf_core.interchange import Batch, read_audits
from qaf_core.interchange.programme import done_of
from qaf_core.quarter.again import Moderated, moderated, to_moderate
from qaf_core.quarter.calls import raised
from qaf_core.quarter.chance import Chance
from qaf_core.quarter.choosing import Task, chosen, tasks, verified
from qaf_core.quarter.council import Council, invent
from qaf_core.quarter.days import Days, days_of
from qaf_core.quarter.desk import Desk
from qaf_core.quarter.filling import Fate, filled
from qaf_core.quarter.following import Followed, followed
from qaf_core.quarter.hearing import (
    carried_theme,
    evidence,
    named_theme,
    passed_on_in,
    thematic_audit,
    transfers,
)
from qaf_core.quarter.model import Quarter
from qaf_core.quarter.stage import Stage
from qaf_core.reports import Level as ThemeLevel
from qaf_core.reports import Material, QuarterlyReport, quarterly_report
from qaf_core.review import Review
from qaf_core.roles import (
    ALLOCATED_WORKER,
    ASSISTANT_TEAM_MANAGER,
    AUDITOR,
    BUSINESS_SUPPORT,
    DIRECTOR_OF_CHILDRENS_SERVICES,
    HEAD_OF_SERVICE,
    LINE_MANAGER,
    MODERATOR,
    QUALITY_ASSURANCE_BOARD,
    SAFEGUARDING_UNIT,
    SERVICE_MANAGER,
    SERVICE_MANAGER_QUALITY_ASSURANCE,
    TEAM_MANAGER,
    Board,
    Role,
)
from qaf_core.rules.moderation import OFFERED
from qaf_core.sampling.programme.recorded import Exemption
from qaf_core.settings import MODERATION_RATE, NOT_STATED

__all__ = ["SEED", "run_quarter"]

SEED = "04 11 19 23 37 52"
RATE = "35 %"
PLAYED_BY: tuple[Role | Board, ...] = (
    ASSISTANT_TEAM_MANAGER,
    TEAM_MANAGER,
    SERVICE_MANAGER,
    HEAD_OF_SERVICE,
    DIRECTOR_OF_CHILDRENS_SERVICES,
    SERVICE_MANAGER_QUALITY_ASSURANCE,
    BUSINESS_SUPPORT,
    SAFEGUARDING_UNIT,
    AUDITOR,
    MODERATOR,
    ALLOCATED_WORKER,
    LINE_MANAGER,
    QUALITY_ASSURANCE_BOARD,
)
"""Roles and boards without which there is no story; a framework may lack others."""


def __dir__() -> list[str]:
    return __all__


def decided(framework: Framework, days: Days) -> Framework:
    """The framework with what the invented council decides where the framework is silent.

    Where no rate of moderation is set it sets one, and it has every Inadequate and every
    unsafe audit moderated.
    """
    rules = tuple(rule for rule in OFFERED if rule.id not in {each.id for each in framework.rules})
    ours = Addition(id="invented_council", version="1", title="An invented council", rules=rules)
    departures = list(framework.departures)
    rate = framework.in_force(days.quarter.start).settings.get(MODERATION_RATE.id, NOT_STATED)
    if rate == NOT_STATED:
        departures.append(
            Departure(
                setting=MODERATION_RATE.id,
                value=RATE,
                since=days.quarter.start,
                reason="about a third, as audits come in",
                approver="quality_assurance_board",
            )
        )
    council = Framework.of(
        framework.base,
        *framework.additions,
        *([ours] if rules else []),
        calendar=framework.calendar,
        editions=framework.editions,
        departures=departures,
    )
    return evolve(council, faults=framework.faults)


def run_quarter(
    framework: Framework,
    *,
    seed: str = SEED,
    year: int = 2016,
    quarter: int = 1,
    teams: int = 3,
) -> Quarter:
    """Run a whole quarter of an invented council.

    Args:
        framework: the base, with whatever services have added.
        seed: what everything hangs on: the same seed gives the same quarter.
        year: the calendar year in which the programme year starts.
        quarter: which of its quarters, 1 to 4.
        teams: how many teams each service area of the base has.

    Raises:
        DefinitionError: the framework has not the roles, boards and ways that the story is
            played with.
        InputError: there is no such quarter; or something that had to be escalated is not
            in every place where it belongs, which is named.
        NotInForceError: bank holidays are not known for it.
    """
    if type(teams) is not int or not 1 <= teams <= 50:
        raise InputError(
            [Fault(path="teams", problem="it is no number of teams", do="Use 1 to 50")]
        )
    _refuse_others(framework)
    days = days_of(framework, year, quarter)
    framework = decided(framework, days)
    council = invent(framework, days, Chance(seed), teams=teams)
    stage = Stage(framework=framework, days=days, council=council, chance=Chance(seed))
    desk = Desk(stage)
    plan = framework.plan(
        year, council.posts.values(), exemptions=_exemptions(framework, council, days, year)
    )
    choices = chosen(stage, plan)
    work = tasks(stage, plan, choices)
    files = filled(stage, work)

    batch = read_audits(files.texts.values(), framework)
    mended = read_audits(files.mended.values(), framework)
    read = {audit.id: audit for audit in (*batch.audits, *mended.audits)}
    reviews = {id: framework.review(audit, on=_day(audit, days)) for id, audit in read.items()}
    whole = [read[task.id] for task in work if task.id in read and reviews[task.id].complete]
    in_time = [audit for audit in whole if files.fates[audit.id] is not Fate.LATE]
    redone = moderated(stage, tuple(to_moderate(in_time, framework)), reviews)
    again = {
        each.again.id: framework.review(each.again, on=_day(each.again, days))
        for each in redone.both
    }
    came_in = _CameIn(
        tasks=work,
        fates=files.fates,
        batch=batch,
        mended=mended,
        reviews=reviews,
        redone=redone,
        again=again,
    )
    calls = _calls(desk, came_in)
    ways = _ways(desk, came_in, read)
    named = {task.id: (task.row,) for task in work if task.named}
    counted = [done_of(audit, rows=named.get(audit.id, ())) for audit in whole]
    done = tuple(each for each in counted if each is not None)
    events, thematic = transfers(stage), (thematic_audit(stage),)
    by_then = tuple(each for each in done if each.on <= days.chased)
    coverage = plan.coverage(done, on=days.board, events=events, thematic=thematic)
    heard = evidence(stage, whole)
    actions = [action for each in ways.values() for action in each.actions]
    material = Material(
        audits=(*(read[task.id] for task in work if task.id in read), *redone.audits),
        reviews=(*reviews.values(), *again.values()),
        unread=batch.urgent,
        settled=redone.settled,
        services=_services(framework, work),
        actions=actions,
        escalations=calls,
        ways=tuple(each.audit for each in ways.values()),
        coverage=coverage,
        hearings=heard.hearings,
        subjects=heard.subjects,
        events=heard.events,
        passed_on=passed_on_in(stage),
    )
    report = quarterly_report(material, framework, days.quarter, on=days.board)
    played = Quarter(
        stage=stage,
        plan=plan,
        chosen=choices,
        verified=verified(choices),
        tasks=work,
        filled=files,
        batch=batch,
        mended=mended,
        reviews=FrozenMap(reviews),
        again=FrozenMap(again),
        calls=calls,
        moderated=redone,
        followed=FrozenMap(ways),
        done=done,
        events=events,
        thematic=thematic,
        chase=plan.coverage(by_then, on=days.chased, events=events, thematic=thematic),
        coverage=coverage,
        material=material,
        report=report,
        themes=(carried_theme(desk), named_theme(desk, _worst(report))),
        refused=tuple(desk.refused),
        listed=open_cases(
            actions, days.board, escalations=calls, machine=framework.machine("action")
        ),
        told_board=escalations(calls, days.board),
    )
    played.reconcile()  # or there is no story
    return played


def _services(framework: Framework, work: Iterable[Task]) -> dict[str, str]:
    """The row of the programme that each audit was for, where that is a row by itself."""
    rows = {row.id for row in framework.programme.rows}
    return {task.id: task.row for task in work if task.row in rows}


def _worst(report: QuarterlyReport) -> str:
    """The theme that the board names: the section in which practice fell short most often."""
    judged = {
        f"{tool.id}.{each.section}" for tool in report.framework.tools for each in tool.judged
    }
    found = [each for each in report.themes.weaknesses(ThemeLevel.SECTION) if each.id in judged]
    most = max(found, key=lambda each: (each.told, each.against), default=None)
    return most.id if most else "no_section_fell_short"


def _refuse_others(framework: Framework) -> None:
    """Refuse a framework without the roles, boards and ways that the story is played with."""
    there = {each.id for each in framework.roles} | {each.id for each in framework.boards}
    lacks = [each.id for each in PLAYED_BY if each.id not in there]
    machines = {each.id for each in framework.machines}
    lacks += [each.id for each in (AUDIT, ACTION, ESCALATION, QA_CYCLE) if each.id not in machines]
    if lacks:
        raise DefinitionError(
            f"A quarter cannot be invented for {framework.base.id}: it lacks {', '.join(lacks)}. "
            "Use a framework on the base that ships."
        )


def _exemptions(
    framework: Framework, council: Council, days: Days, year: int
) -> tuple[Exemption, ...]:
    """One Assistant Team Manager is on leave, and has half their files of one row off."""
    plan = framework.plan(year, council.posts.values())
    for due in plan.dues:
        if due.window == days.quarter and due.post.startswith("ATM") and (due.number or 0) > 2:
            return (
                Exemption(
                    row=due.row.id,
                    post=due.post,
                    window=due.window.name,
                    audits=2,
                    approver=DIRECTOR_OF_CHILDRENS_SERVICES.id,
                    approved=days.drawn,
                    reason="On leave.",
                ),
            )
    return ()


def _day(audit: Audit, days: Days) -> date:
    """The day an audit is reviewed: that of the audit, so that nobody is told late."""
    return audit.audited or days.board


@frozen(kw_only=True)
class _CameIn:
    """What came in, and what follows from it."""

    tasks: Sequence[Task]
    fates: Mapping[str, Fate]
    batch: Batch
    mended: Batch
    reviews: Mapping[str, Review]
    redone: Moderated
    again: Mapping[str, Review]


def _calls(desk: Desk, came_in: _CameIn) -> tuple[Process, ...]:
    """Everything escalated: of files that could not be read, of audits, of moderators' audits."""
    task = {each.id: each for each in came_in.tasks}
    calls: list[Process] = []

    def told(found: Review | Iterable[Escalation], id: str, by: Actor, on: date) -> None:
        team = task[id].case.team
        calls.extend(raised(desk, found, by=by, team=team, on=on, known=calls))

    sent_again = {audit.id: audit for audit in came_in.mended.audits}
    for call in came_in.batch.urgent:
        by = Actor(AUDITOR.id, task[call.audit].auditor)
        told([call], call.audit, by, _day(sent_again[call.audit], desk.stage.days))
    for each in came_in.tasks:
        if each.id in came_in.reviews:
            review = came_in.reviews[each.id]
            told(review, each.id, Actor(AUDITOR.id, each.auditor), review.on)
    for both in came_in.redone.both:
        moderator = came_in.redone.moderators[both.original.id]
        review = came_in.again[both.again.id]
        told(review, both.original.id, Actor(MODERATOR.id, moderator), review.on)
    return tuple(calls)


def _ways(desk: Desk, came_in: _CameIn, read: Mapping[str, Audit]) -> dict[str, Followed]:
    """How each audit of a case file went on."""
    both = {each.original.id: each for each in came_in.redone.both}
    drawn = {each.audit for each in came_in.redone.round.selected}
    return {
        task.id: followed(
            desk,
            task,
            read[task.id],
            complete=came_in.reviews[task.id].complete,
            handed_in=came_in.fates[task.id] is not Fate.DRAFT,
            drawn=None if came_in.fates[task.id] is Fate.LATE else task.id in drawn,
            moderation=both.get(task.id),
        )
        for task in came_in.tasks
        if task.files and task.id in read
    }
