"""The check of a framework as a whole."""

from __future__ import annotations

from collections.abc import Iterable

from qaf_core.checking.exploring import World
from qaf_core.checking.model import Check, Kind, Problem
from qaf_core.checking.problems import problems_of
from qaf_core.checking.rulings import decide
from qaf_core.facts import Fact
from qaf_core.laws import Law
from qaf_core.rules.model import Rule

__all__ = ["check", "circle"]


def __dir__() -> list[str]:
    return __all__


def check(
    world: World,
    *,
    framework: str,
    laws: Iterable[Law],
    facts: Iterable[Fact],
    rules: Iterable[Rule],
    departures: Iterable[str],
    circles: Iterable[Problem] = (),
) -> Check:
    """Check a framework.

    Args:
        world: its tools and rules made ready.
        framework: its name and version.
        laws: the laws to decide.
        facts: its shared facts.
        rules: its rules, those in force now.
        departures: what its owner decided otherwise, in sentences.
        circles: tools that could not be made ready.
    """
    rulings = tuple(decide(law, world) for law in laws)
    found = tuple(problems_of(world, facts, rules))
    return Check(
        framework=framework,
        problems=(*circles, *(each.problem for each in found if each.problem is not None)),
        rulings=rulings,
        departures=tuple(departures),
        cases=sum(each.cases for each in rulings) + sum(each.cases for each in found),
    )


def circle(tool: str, says: str) -> Problem:
    """A tool whose questions wait for each other."""
    return Problem(
        kind=Kind.CIRCLE,
        about=tool,
        says=says,
        do="No audit with this tool can be reviewed until then.",
    )
