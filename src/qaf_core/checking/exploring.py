"""Looking for an audit of one tool that meets a goal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import TypeAlias

from attrs import field, frozen

from qaf_core.audits import Audit
from qaf_core.checking.closer import candidates, completed
from qaf_core.checking.cone import cone_of
from qaf_core.checking.drafts import Draft
from qaf_core.checking.goals import Goal
from qaf_core.checking.model import Counterexample
from qaf_core.checking.space import Space
from qaf_core.logic.check import Searched, search
from qaf_core.ready import Ready
from qaf_core.review import Review
from qaf_core.roles import Role

__all__ = ["Explored", "Period", "Shows", "World", "explore"]


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
