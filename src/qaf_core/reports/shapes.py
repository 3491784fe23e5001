"""What of a tool is counted: its grades, and what each question that can tell is a theme of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import TypeAlias

from attrs import field, frozen

from qaf_core.framework import Framework
from qaf_core.immutable import FrozenMap
from qaf_core.mappings import Extent
from qaf_core.moderation.pairs import OVERALL
from qaf_core.tools.model import Judgement, Question, Tool

__all__ = ["Level", "Shape", "Theme", "marked", "shape_of", "tally"]


def __dir__() -> list[str]:
    return __all__


class Level(StrEnum):
    """What a theme is of."""

    SECTION = "section"
    QUESTION = "question"
    CRITERION = "criterion"
    STANDARD = "standard"
    ASPECT = "aspect"


Theme: TypeAlias = tuple[Level, str]
"""A level and an id of it."""


@frozen(kw_only=True)
class Shape:
    """What of a tool is counted.

    Attributes:
        tool: the tool.
        overall: the outermost judgement, or None.
        judged: every judgement; graded: their ids.
        themes: all that the questions are counted under which can tell against practice.
        marks: what each of these questions is counted under, by its id: the places among
            ``themes``, as the bits of a number.
    """

    tool: Tool
    overall: Judgement | None
    judged: tuple[Judgement, ...]
    graded: tuple[str, ...]
    themes: tuple[Theme, ...] = field(repr=False)
    marks: Mapping[str, int] = field(repr=False)


def marked(themes: Sequence[Theme], marks: int) -> frozenset[Theme]:
    """The themes of some marks: the bits of a number, by place."""
    return frozenset(each for at, each in enumerate(themes) if marks >> at & 1)


def tally(themes: Sequence[Theme], marks: Iterable[int]) -> dict[Theme, int]:
    """In how many of many marks each theme is.

    All are added up at once: each number of ``planes`` holds one binary digit of every
    theme's count.
    """
    planes: list[int] = []
    for carried in marks:
        for at, plane in enumerate(planes):
            if not carried:
                break
            planes[at], carried = plane ^ carried, plane & carried
        if carried:
            planes.append(carried)
    counts = [0] * len(themes)
    for digit, plane in enumerate(planes):
        for at, bit in enumerate(reversed(f"{plane:b}")):
            if bit == "1":
                counts[at] += 1 << digit
    return dict(zip(themes, counts, strict=True))


def shape_of(tool: Tool, framework: Framework) -> Shape:
    """What of a tool is counted, worked out once for a framework."""
    found: Shape | None = framework.made.get(("shape", tool.id, tool.version))
    if found is None:
        found = framework.made["shape", tool.id, tool.version] = _shape(tool, framework)
    return found


def _shape(tool: Tool, framework: Framework) -> Shape:
    """What of a tool is counted.

    A question serves a criterion where the framework's links say so; a link that makes it
    an indicator alone is passed over, since such an answer does not show that practice held
    up.
    """
    judged = tuple(each.item for each in tool.judged if isinstance(each.item, Judgement))
    outermost = [
        each.item for each in tool.judged if not each.section and isinstance(each.item, Judgement)
    ]
    named = [each for each in outermost if each.id == OVERALL]
    found = named or (outermost if len(outermost) == 1 else [])
    standards = {
        criterion.id: standard.id
        for standard in framework.standards
        for criterion in standard.criteria
    }
    serves: dict[str, list[str]] = {}
    additions = (framework.base, *framework.additions)
    for link_set in (each for addition in additions for each in addition.mappings):
        for link in link_set.links:
            if link.to in standards and link.extent is not Extent.INDICATOR:
                serves.setdefault(link.of, []).append(link.to)
    themes: dict[str, list[Theme]] = {}
    for placed in tool.questions:
        question = placed.item
        if not isinstance(question, Question) or not question.adverse:
            continue
        ends = (question.id, *(section.id for section in placed.sections))
        criteria = dict.fromkeys(
            (
                *question.criteria,
                *(one for end in ends for one in serves.get(f"{tool.id}.{end}", ())),
            )
        )
        keys: Iterable[Theme] = (
            (Level.QUESTION, f"{tool.id}.{question.id}"),
            *((Level.SECTION, f"{tool.id}.{each.id}") for each in placed.sections),
            *((Level.CRITERION, each) for each in criteria),
            *((Level.STANDARD, standards[each]) for each in criteria if each in standards),
            (Level.ASPECT, question.aspect.value),
        )
        themes[question.id] = list(dict.fromkeys(keys))
    every = tuple(dict.fromkeys(theme for each in themes.values() for theme in each))
    places = {theme: at for at, theme in enumerate(every)}
    return Shape(
        tool=tool,
        overall=found[0] if found else None,
        judged=judged,
        graded=tuple(each.id for each in judged),
        themes=every,
        marks=FrozenMap({id: sum(1 << places[one] for one in each) for id, each in themes.items()}),
    )
