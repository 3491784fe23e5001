"""What the board hears in the quarter, and how a theme goes through the cycle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from attrs import field, frozen

from qaf_core.audits import Audit
from qaf_core.cadence import AtLeast, Every, OnEvent, PerSubject, windows_of
from qaf_core.cycle.evidence import EveryWeek, Hearing, Stream
from qaf_core.cycle.lifecycle import begin
from qaf_core.cycle.processes import Actor, Process
from qaf_core.immutable import FrozenMap
from qaf_core.learning import PassedOn
from qaf_core.quarter.desk import Desk
from qaf_core.quarter.stage import Stage
from qaf_core.roles import (
    CHILDRENS_SERVICES_MANAGEMENT_TEAM,
    DIRECTORATE_LEADERSHIP_TEAM,
    PRINCIPAL_SOCIAL_WORKER,
    QUALITY_ASSURANCE_BOARD,
    SERVICE_MANAGER_QUALITY_ASSURANCE,
    TEAM_MANAGER,
    WORKFORCE_DEVELOPMENT_TEAM,
)
from qaf_core.sampling.programme.recorded import Event, Signed, ThematicAudit

__all__ = [
    "Evidence",
    "carried_theme",
    "evidence",
    "named_theme",
    "passed_on_in",
    "thematic_audit",
    "transfers",
]

MISSED = 8
"""Of a hundred times that something is to be heard, so many it is not."""
PASSED_ON = 80
"""Of a hundred places where learning goes, so many have it in the quarter."""
NOTHING_TO_SHOW = 12
"""Of a hundred, so many have it with nothing to show for it."""
CARRIED = "supervision_and_management_oversight"
"""The theme that the board named before the quarter."""


def __dir__() -> list[str]:
    return __all__


@frozen(kw_only=True)
class Evidence:
    """What the board heard.

    Attributes:
        hearings: each time a stream was heard.
        subjects: for streams that come for each of many, the ids of those.
        events: for streams that come at events, the days of those.
    """

    hearings: tuple[Hearing, ...] = field(repr=False)
    subjects: Mapping[str, tuple[str, ...]] = field(repr=False)
    events: Mapping[str, tuple[date, ...]] = field(repr=False)


def evidence(stage: Stage, audits: Iterable[Audit]) -> Evidence:
    """Every stream as it was heard, by chance; observations as they were made.

    Args:
        stage: has the streams, and the teams and workers that they come from.
        audits: the audits of the quarter.
    """
    framework, council = stage.framework, stage.council
    workers = tuple(post.id for post in council.posts.values() if post.id.startswith("W-"))
    teams = tuple(team for names in council.teams.values() for team in names)
    known = {stream.id for stream in framework.streams}
    many = {"team_meetings": teams, "supervision": workers, "observation_of_practice": workers}
    subjects = {id: those for id, those in many.items() if id in known}
    hearings = [
        Hearing(stream="observation_of_practice", on=audit.audited, document=audit.id, about=post)
        for audit in audits
        if audit.audited and "observation_of_practice" in known
        for post in (each.post for each in audit.participants if each.role == "practitioner")
    ]
    events: dict[str, tuple[date, ...]] = {}
    for stream in framework.streams:
        if stream.id != "observation_of_practice":
            hearings += _heard(stream, stage, subjects, events)
    return Evidence(
        hearings=tuple(hearings), subjects=FrozenMap(subjects), events=FrozenMap(events)
    )


def _heard(
    stream: Stream,
    stage: Stage,
    subjects: Mapping[str, tuple[str, ...]],
    events: dict[str, tuple[date, ...]],
) -> Iterator[Hearing]:
    """When a stream was heard in the quarter."""
    cadence, days, chance = stream.cadence, stage.days, stage.chance

    def day(*what: object) -> date:
        return days.after(days.drawn, chance.below(55, stream.id, *what))

    if isinstance(cadence, OnEvent):
        found = tuple(
            sorted(day("event", at) for at in range(chance.below(3, stream.id, "events")))
        )
        events[stream.id] = found
        for at, on in enumerate(found):
            if not chance.odds(MISSED, stream.id, "event", at, "missed"):
                yield Hearing(stream=stream.id, on=on)
        return
    if not isinstance(cadence, Every | EveryWeek | AtLeast | PerSubject):
        return
    windows = (
        cadence.windows(days.year)
        if isinstance(cadence, EveryWeek)
        else windows_of(cadence, days.year)
    )
    inside = [each for each in windows if each.start in days.quarter and each.due in days.quarter]
    for window in inside:
        for about in subjects.get(stream.id, ("",)):
            what = (stream.id, window.name, about)
            if not chance.odds(MISSED if not about else 1, *what, "missed"):
                on = days.after(window.start, chance.below(3, *what))
                yield Hearing(stream=stream.id, on=min(on, window.due), about=about)


def passed_on_in(stage: Stage) -> tuple[PassedOn, ...]:
    """Where the learning of last quarter went, for the most part with something to show."""
    days, chance = stage.days, stage.chance
    found = []
    for link in stage.framework.learning:
        drawn = chance.below(100, link.id, "passed on")
        if drawn < PASSED_ON:
            found.append(
                PassedOn(
                    link=link.id,
                    on=days.after(days.drawn, chance.below(50, link.id, "day")),
                    document=f"D-{link.id}" if drawn >= NOTHING_TO_SHOW else "",
                    themes=(CARRIED,),
                )
            )
    return tuple(found)


# --- transfers and the thematic audit ---------------------------------------------------------


def transfers(stage: Stage) -> tuple[Event, ...]:
    """Cases that went from one team to another; one of them with its audit not signed off."""
    council, days, chance = stage.council, stage.days, stage.chance
    teams = [team for names in council.teams.values() for team in names]
    found = []
    for number in range(1, 5 if len(teams) > 1 else 1):
        one, other = chance.order(teams, "transfer", number)[:2]
        on = days.after(days.drawn, 10 + chance.below(40, "transfer", number))
        manager = council.holders(one)[TEAM_MANAGER.id]
        wanted = ("transfer_summary",) if number == 1 else ("transfer_summary", "transfer_audit")
        found.append(
            Event(
                id=f"T-{number}",
                event="transfer",
                on=on,
                from_team=one,
                to_team=other,
                signed=[Signed(what=what, on=days.before(on, 2), by=manager) for what in wanted],
            )
        )
    return tuple(found)


def thematic_audit(stage: Stage) -> ThematicAudit:
    """The task that the board asked for last quarter, completed in this one."""
    days = stage.days
    teams = tuple(team for names in stage.council.teams.values() for team in names)[:4]
    return ThematicAudit(
        id="TH-1",
        theme="supervision and management oversight",
        teams=teams,
        methods=("file audit", "focus group"),
        since=days.before(days.drawn, 60),
        until=days.drawn,
        completed=days.before(days.chased, 5),
    )


# --- themes -----------------------------------------------------------------------------------


def carried_theme(desk: Desk) -> Process:
    """A theme that the board named before the quarter, all the way through the cycle."""
    days = desk.stage.days
    machine = desk.stage.framework.machine("qa_cycle")
    board = Actor(QUALITY_ASSURANCE_BOARD.id)
    quality = Actor(SERVICE_MANAGER_QUALITY_ASSURANCE.id)
    management = Actor(CHILDRENS_SERVICES_MANAGEMENT_TEAM.id)
    start = days.before(days.drawn, 40)
    process = begin(machine, "THEME-1")
    done = desk.done
    process = done(
        process,
        "name_theme",
        board,
        start,
        theme=CARRIED,
        evidence=("audits", "worker_feedback"),
    )
    process = done(process, "rank", board, start, rank=1)
    process = done(process, "commission", board, start, task_kind="audit", request="Q-1")
    scoped = days.after(start, 10)
    process = done(process, "scope", quality, scoped, scope="S-1", scope_for="Q-1")
    reported = days.before(days.chased, 2)
    process = done(
        process,
        "report",
        quality,
        reported,
        report="TH-1",
        presented_to_board=True,
        presented_to_management_team=True,
    )
    plan = {"plan": "P-1", "plan_kind": "improvement", "plan_developed": "P-1"}
    process = done(process, "develop_plan", management, days.after(reported, 3), **plan)
    leadership = Actor(DIRECTORATE_LEADERSHIP_TEAM.id)
    process = done(
        process, "approve_plan", leadership, days.after(reported, 6), plan_approved="P-1"
    )
    process = done(
        process,
        "agree_plan",
        board,
        days.after(reported, 8),
        plan_agreed="P-1",
        review_on=days.board,
    )
    process = done(process, "carry_out", management, days.after(reported, 10))
    support = days.after(reported, 14)
    principal = Actor(PRINCIPAL_SOCIAL_WORKER.id)
    process = done(process, "offer_support", principal, support, support_offered="O-1")
    workforce = Actor(WORKFORCE_DEVELOPMENT_TEAM.id)
    process = done(process, "offer_training", workforce, support, training_offered=True)
    manager = Actor(TEAM_MANAGER.id)
    process = done(process, "carry_by_supervision", manager, support, carried_by_supervision=True)
    process = done(process, "bring_back", quality, days.before(days.board, 1))
    process = done(
        process,
        "challenge",
        board,
        days.board,
        performance_data="D-1",
        user_feedback="F-1",
        reviewing_officers_information="I-1",
        challenge="C-1",
    )
    better = desk.stage.chance.odds(50, "better for children")
    if better:
        return done(process, "close", board, days.board, delivered=True, better_for_children=True)
    return done(
        process,
        "go_round_again",
        board,
        days.board,
        "Delivered, and children do not yet say that it is better.",
        delivered=True,
        better_for_children=False,
    )


def named_theme(desk: Desk, theme: str) -> Process:
    """The theme of this quarter: named by the board on its day, ranked, and a task asked for."""
    board, days = Actor(QUALITY_ASSURANCE_BOARD.id), desk.stage.days
    process = begin(desk.stage.framework.machine("qa_cycle"), "THEME-2")
    process = desk.done(process, "name_theme", board, days.board, theme=theme, evidence=("audits",))
    process = desk.done(process, "rank", board, days.board, rank=1)
    return desk.done(
        process, "commission", board, days.board, task_kind="observed_practice", request="Q-2"
    )
