"""The laws of the plugin: decided over every audit there can be, and broken where they should be."""

from __future__ import annotations

import pytest
import qaf_fostering
from attrs import evolve
from qaf_fostering.laws import LAWS

from qaf_core import READING_2016, Addition, Framework, Tool, load_framework
from qaf_core.checking import Answer, Check
from qaf_core.laws import Law
from qaf_core.logic import NEVER
from qaf_core.tools import Part, Question, Section


def addition() -> Addition:
    """What the plugin adds."""
    [added] = load_framework(plugins=[qaf_fostering]).additions
    return added


def optional(part: Part) -> Part:
    """The same, with no question that has to be answered."""
    if isinstance(part, Section):
        return evolve(part, parts=tuple(optional(each) for each in part.parts))
    assert isinstance(part, Question)
    return part if part.states or part.id == "safe" else evolve(part, required=NEVER)


def loose(tool: Tool) -> Tool:
    """The tool without any question that has to be answered."""
    return evolve(tool, parts=tuple(optional(each) for each in tool.parts))


def answer(check: Check, law: Law) -> Answer:
    """How a law was decided."""
    [ruling] = [each for each in check.rulings if each.law == law]
    return ruling.answer


@pytest.fixture(scope="module")
def sound() -> Check:
    """Reading's framework with this plugin and no other, checked."""
    return Framework.of(READING_2016, addition()).check()


@pytest.fixture(scope="module")
def broken() -> Check:
    """The same, had the plugin rules that never fire and questions that may be left out."""
    added = addition()
    return Framework.of(
        READING_2016,
        evolve(
            added,
            rules=tuple(evolve(rule, when=NEVER) for rule in added.rules),
            tools=tuple(tool if tool.based_on else loose(tool) for tool in added.tools),
        ),
    ).check()


def test_nothing_is_wrong_with_the_framework(sound: Check) -> None:
    """All laws hold, the base's among them; no rule is idle, none contradicts another."""
    assert sound.sound, str(sound)


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.id)
def test_each_law_holds(law: Law, sound: Check) -> None:
    """In no audit that the tools can make is it otherwise."""
    assert answer(sound, law) is Answer.HOLDS


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.id)
def test_each_law_can_fail(law: Law, broken: Check) -> None:
    """Without the rules and questions it rests on, an audit is found that breaks it."""
    assert answer(broken, law) is Answer.BROKEN
    [ruling] = [each for each in broken.broken if each.law == law]
    assert ruling.counterexample
