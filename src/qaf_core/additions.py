"""What a base framework or a service brings, and all that is known once it is there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from attrs import field, frozen

from qaf_core.cycle.evidence import Stream
from qaf_core.cycle.feedback import Point
from qaf_core.cycle.followup import Place, Step
from qaf_core.cycle.machines import Machine
from qaf_core.errors import DefinitionError
from qaf_core.facts import Fact
from qaf_core.laws import Law
from qaf_core.learning.model import LearningLink
from qaf_core.mappings import KeyTest, LinkSet
from qaf_core.provenance import Reference
from qaf_core.roles import Board, Role
from qaf_core.rules.model import Rule
from qaf_core.sampling.programme.model import Programme
from qaf_core.scales import Scale, ScaleMap
from qaf_core.settings import Setting
from qaf_core.standards import Standard
from qaf_core.subjects import SubjectKind
from qaf_core.tools.model import Tool

__all__ = ["Addition", "Requirement", "requirements"]


def __dir__() -> list[str]:
    return __all__


@frozen(kw_only=True)
class Addition:
    """What a base or a service brings to a framework: all of it or nothing.

    Attributes:
        id: short name of the base or service.
        version: its version.
        title: its name in full.
        requires: the versions it was written for, such as
            ``"reading >= 2016.1, reading < 2017, qaf-core >= 0.1"``.
        source: the document it is made from.
        standards, scales, maps, roles, boards, subjects, facts, tools, rules: what it brings.
        key_tests: what its programme says is to be tested.
        mappings: what of its tools serves which criterion or key test.
        programme: who audits what and how often; the terms of it are a base's only.
        machines: the ways that audits, actions, escalations and themes go, as tables.
        steps, places: the follow-up of its tools' audits, and where records are kept.
        streams, points: what its board hears, and when on their journey children are asked.
        learning: where what was learnt goes, and what shows it.
        laws: what the rules together must never fail to do, decided by ``Framework.check``.
        settings: the numbers of the framework; a base's only.
    """

    id: str
    version: str
    title: str = ""
    requires: str = ""
    source: Reference | None = None
    standards: tuple[Standard, ...] = field(default=(), repr=False)
    scales: tuple[Scale, ...] = field(default=(), repr=False)
    maps: tuple[ScaleMap, ...] = field(default=(), repr=False)
    roles: tuple[Role, ...] = field(default=(), repr=False)
    boards: tuple[Board, ...] = field(default=(), repr=False)
    subjects: tuple[SubjectKind, ...] = field(default=(), repr=False)
    facts: tuple[Fact, ...] = field(default=(), repr=False)
    tools: tuple[Tool, ...] = field(default=(), repr=False)
    rules: tuple[Rule, ...] = field(default=(), repr=False)
    key_tests: tuple[KeyTest, ...] = field(default=(), repr=False)
    mappings: tuple[LinkSet, ...] = field(default=(), repr=False)
    programme: Programme = field(default=Programme(), repr=False)
    machines: tuple[Machine, ...] = field(default=(), repr=False)
    steps: tuple[Step, ...] = field(default=(), repr=False)
    places: tuple[Place, ...] = field(default=(), repr=False)
    streams: tuple[Stream, ...] = field(default=(), repr=False)
    points: tuple[Point, ...] = field(default=(), repr=False)
    learning: tuple[LearningLink, ...] = field(default=(), repr=False)
    laws: tuple[Law, ...] = field(default=(), repr=False)
    settings: tuple[Setting, ...] = field(default=(), repr=False)

    def ids(self) -> dict[str, list[str]]:
        """The ids it takes, by what they name."""
        return {
            "standard": [each.id for each in self.standards],
            "criterion": [one.id for each in self.standards for one in each.criteria],
            "scale": [each.id for each in self.scales],
            "map of scales": [f"{each.of.id} on {each.on.id}" for each in self.maps],
            "role": [each.id for each in self.roles],
            "board": [each.id for each in self.boards],
            "kind of subject": [each.id for each in self.subjects],
            "fact": [each.id for each in self.facts],
            "tool": [f"{each.id} {each.version}" for each in self.tools],
            "rule": [each.id for each in self.rules],
            "key test": [each.id for each in self.key_tests],
            "mapping": [each.id for each in self.mappings],
            "programme row": self.programme.ids(),
            "service area": [each.id for each in self.programme.areas],
            "machine": [f"{each.id} {each.version}" for each in self.machines],
            "step": [each.id for each in self.steps],
            "place": [each.id for each in self.places],
            "stream": [each.id for each in self.streams],
            "point of the journey": [each.id for each in self.points],
            "learning link": [each.id for each in self.learning],
            "law": [each.id for each in self.laws],
            "setting": [each.id for each in self.settings],
        }


_CLAUSE = re.compile(r"\s*([a-z][a-z0-9_-]*)\s*(==|>=|<=|<|>)\s*(\d+(?:\.\d+)*)\s*")


@frozen
class Requirement:
    """One thing an addition was written for: a name, a comparison and a version."""

    name: str
    comparison: str
    version: str

    def met_by(self, version: str) -> bool:
        """Whether a version satisfies it; versions compare number by number."""
        have, want = _numbers(version), _numbers(self.version)
        match self.comparison:
            case "==":
                return have == want
            case ">=":
                return have >= want
            case "<=":
                return have <= want
            case "<":
                return have < want
            case _:
                return have > want

    def __str__(self) -> str:
        return f"{self.name} {self.comparison} {self.version}"


def _numbers(version: str) -> tuple[int, ...]:
    """The leading numbers of a version without trailing noughts: 1.0 is 1."""
    found = [int(part) for part in re.findall(r"\d+", re.split(r"[^\d.]", version)[0])]
    while found and found[-1] == 0:
        found.pop()
    return tuple(found)


def requirements(text: str) -> tuple[Requirement, ...]:
    """The requirements an addition states, in order.

    Raises:
        DefinitionError: one of them is not a name, a comparison and a version.
    """
    found = []
    for clause in filter(str.strip, text.split(",")):
        match = _CLAUSE.fullmatch(clause)
        if match is None:
            raise DefinitionError(
                f"{clause.strip()!r} is no requirement; write it as 'reading >= 2016.1'."
            )
        found.append(Requirement(*match.groups()))
    return tuple(found)


def unmet(addition: Addition, versions: Mapping[str, str]) -> Iterable[Requirement]:
    """The requirements of an addition that these versions do not satisfy."""
    return (
        each
        for each in requirements(addition.requires)
        if each.name not in versions or not each.met_by(versions[each.name])
    )
