"""The invented council: posts, teams and cases, all by id.

It has a post for every role that the programme asks something of, a team or more in every
service area that a row is awake for, and cases of every kind of subject that its tools audit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any

from attrs import field, frozen

from qaf_core.facts import Fact, Origin
from qaf_core.framework import Framework
from qaf_core.immutable import FrozenMap
from qaf_core.logic.values import Kind, Sort
from qaf_core.quarter.chance import Chance
from qaf_core.quarter.days import Days
from qaf_core.roles import (
    ADOPTION_SERVICE_MANAGER,
    ASSISTANT_TEAM_MANAGER,
    BUSINESS_SUPPORT,
    DIRECTOR_OF_CHILDRENS_SERVICES,
    HEAD_OF_SERVICE,
    SERVICE_MANAGER,
    SERVICE_MANAGER_QUALITY_ASSURANCE,
    SOCIAL_WORKER,
    SUPERVISING_SOCIAL_WORKER,
    TEAM_MANAGER,
)
from qaf_core.sampling.population import Case, Post
from qaf_core.sampling.programme.rows import ProgrammeRow
from qaf_core.subjects import CHILD_CASE

__all__ = ["Council", "invent", "known_of", "some_value"]

WORKERS = 5
"""Workers in a team."""
CASES = 40
"""Cases of each kind in a team."""
FRONT_DOOR = 8
"""The first team of all is the front door, and has so many times as many."""
CLOSED = 6
"""Of a hundred cases, so many that are closed by the time of the draw."""


def __dir__() -> list[str]:
    return __all__


def _frozen(entries: Mapping[str, Any]) -> FrozenMap[str, Any]:
    return FrozenMap(entries)


@frozen(kw_only=True)
class Council:
    """A council that there is not.

    Attributes:
        posts: every post, by id.
        teams: the teams of each service area, by id of the area.
        cases: every case, by id of its team.
    """

    posts: Mapping[str, Post] = field(converter=_frozen, repr=False)
    teams: Mapping[str, tuple[str, ...]] = field(converter=_frozen)
    cases: Mapping[str, tuple[Case, ...]] = field(converter=_frozen, repr=False)

    def holders(self, team: str) -> dict[str, str]:
        """Who holds the roles that a case of a team is escalated to."""
        found = {
            post.role: post.id
            for post in self.posts.values()
            if post.team == team and post.role in (TEAM_MANAGER.id, ASSISTANT_TEAM_MANAGER.id)
        }
        manager = self.posts[found[TEAM_MANAGER.id]]
        found[SERVICE_MANAGER.id] = manager.reports_to
        found[HEAD_OF_SERVICE.id] = self.posts[manager.reports_to].reports_to
        found[DIRECTOR_OF_CHILDRENS_SERVICES.id] = "DCS"
        return found

    def of(self, role: str) -> Post:
        """The first post that holds a role."""
        return next(post for post in self.posts.values() if post.role == role)

    def in_areas(self, areas: Iterable[str]) -> tuple[Case, ...]:
        """The cases of some service areas; of all where none is named."""
        wanted = tuple(areas) or tuple(self.teams)
        return tuple(
            case
            for area in wanted
            for team in self.teams.get(area, ())
            for case in self.cases[team]
        )


def invent(framework: Framework, days: Days, chance: Chance, *, teams: int) -> Council:
    """A council for a framework.

    Args:
        framework: says which service areas are awake, and what is audited there.
        days: the quarter; cases are opened and closed around it.
        chance: what stands in for chance.
        teams: how many teams an area of the base has; an area that a service's plugin
            brings the tools for has one.
    """
    awake = [row for row in framework.programme.rows if _awake(row, framework)]
    own = {area for row in awake for area in row.areas if not row.install}
    areas = dict.fromkeys(area for row in awake for area in row.areas)
    named = {
        area: tuple(f"{area}-{n}" for n in range(1, (teams if area in own else 1) + 1))
        for area in areas
    }
    return Council(
        posts={post.id: post for post in _posts(named, days, chance)},
        teams=named,
        cases=dict(_cases(framework, awake, named, days, chance)),
    )


def _awake(row: ProgrammeRow, framework: Framework) -> bool:
    return bool(row.areas) and not row.dormant({tool.id for tool in framework.tools})


def _posts(teams: Mapping[str, tuple[str, ...]], days: Days, chance: Chance) -> Iterator[Post]:
    yield Post(id="DCS", role=DIRECTOR_OF_CHILDRENS_SERVICES.id)
    for number in (1, 2):
        yield Post(id=f"HOS-{number}", role=HEAD_OF_SERVICE.id, reports_to="DCS")
    yield Post(id="SMQA", role=SERVICE_MANAGER_QUALITY_ASSURANCE.id, reports_to="HOS-2")
    yield Post(id="BS", role=BUSINESS_SUPPORT.id, reports_to="SMQA")
    everyone = [team for names in teams.values() for team in names]
    newcomer = chance.pick(everyone, "who starts within the quarter")
    number = 0
    for at, (area, names) in enumerate(teams.items()):
        role = ADOPTION_SERVICE_MANAGER if area == "adoption" else SERVICE_MANAGER
        service_manager = f"SM-{at + 1}"
        facts: dict[str, Any] = {"area": area}
        head = f"HOS-{1 + at % 2}"
        yield Post(id=service_manager, role=role.id, reports_to=head, facts=facts)
        for team in names:
            number += 1
            manager = f"TM-{number}"
            yield Post(
                id=manager,
                role=TEAM_MANAGER.id,
                team=team,
                reports_to=service_manager,
                facts=facts,
            )
            since = {"since": days.after(days.drawn, 20)} if team == newcomer else {}
            yield Post(
                id=f"ATM-{number}",
                role=ASSISTANT_TEAM_MANAGER.id,
                team=team,
                reports_to=manager,
                facts={**facts, **since},
            )
            worker = SUPERVISING_SOCIAL_WORKER if area == "fostering" else SOCIAL_WORKER
            for each in range(1, WORKERS + 1):
                yield Post(
                    id=f"W-{number}-{each}",
                    role=worker.id,
                    team=team,
                    reports_to=manager if each % 2 else f"ATM-{number}",
                    facts=facts,
                )


def _cases(
    framework: Framework,
    awake: list[ProgrammeRow],
    teams: Mapping[str, tuple[str, ...]],
    days: Days,
    chance: Chance,
) -> Iterator[tuple[str, tuple[Case, ...]]]:
    number, place = 0, 0
    for area, names in teams.items():
        rows = [row for row in awake if area in row.areas]
        subjects = {framework.tool(id).subject for row in rows for id in row.tools}
        statuses = tuple(status for row in rows for status in row.statuses)
        for team in names:
            place += 1
            found = []
            for subject in sorted(subjects):
                for _ in range(CASES * FRONT_DOOR if place == 1 else CASES):
                    number += 1
                    id = f"C-{number:05}"
                    found.append(
                        Case(
                            id=id,
                            kind=subject,
                            team=team,
                            worker=f"W-{place}-{1 + chance.below(WORKERS, id, 'worker')}",
                            facts=known_of(framework, subject, id, days, chance, statuses=statuses),
                        )
                    )
            yield team, tuple(found)


def known_of(
    framework: Framework,
    subject: str,
    id: str,
    days: Days,
    chance: Chance,
    *,
    statuses: tuple[str, ...] = (),
) -> dict[str, Any]:
    """What a council knows of a subject: what is needed, and some of what may be given."""
    facts: dict[str, Any] = {}
    later = {paper.id for machine in framework.machines for paper in machine.papers}
    for fact in framework.facts:
        if fact.origin is not Origin.HOST or not fact.known_for(subject) or fact.id in later:
            continue
        if fact.id == "case_status":
            facts[fact.id] = chance.pick(statuses, id, "status") if statuses else "cin"
        elif fact.id == "case_closed":
            if chance.odds(CLOSED, id, "closed"):
                facts[fact.id] = days.before(days.drawn, 1 + chance.below(10, id, "closed on"))
        elif fact.needed or (subject == CHILD_CASE.id and chance.odds(30, id, fact.id)):
            facts[fact.id] = _fact(fact, id, days, chance)
    return facts


def _fact(fact: Fact, id: str, days: Days, chance: Chance) -> Any:
    if fact.kind.sort is Sort.DATE:
        least, most = (30, 700) if fact.needed else (1, 120)
        ago = least + chance.below(most, id, fact.id)
        return days.drawn - timedelta(days=ago)
    return some_value(fact.kind, (id, fact.id), days.drawn, chance)


def some_value(kind: Kind, what: tuple[object, ...], day: date, chance: Chance) -> Any:
    """A value of a kind, as the library holds it."""
    match kind.sort:
        case Sort.YES_NO:
            return chance.odds(80, *what)
        case Sort.CODE:
            return chance.pick(kind.every_code, *what)
        case Sort.CODES:
            return (chance.pick(kind.every_code, *what),)
        case Sort.DATE:
            return day - timedelta(days=chance.below(60, *what))
        case Sort.MOMENT:
            return datetime(day.year, day.month, day.day, chance.below(24, *what), tzinfo=UTC)
        case Sort.COUNT:
            return chance.below(5, *what)
        case Sort.NUMBER:
            low = kind.lowest or Fraction(0)
            high = Fraction(10) if kind.highest is None else kind.highest
            step = kind.step or Fraction(1)
            return low + step * chance.below(int((high - low) / step) + 1, *what)
        case Sort.ID:
            return f"R-{chance.below(1000, *what)}"
    return "Seen in the record and talked over with the worker."
