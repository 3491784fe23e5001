"""What of a tool is counted: its grades, and what each question that can tell is a theme of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from functools import reduce
from operator import or_
from typing import TypeAlias

from attrs import field, frozen

from qaf_core.framework import Framework
from qaf_core.immutable import FrozenMap
from qaf_core.mappings import Extent
from qaf_core.moderation.pairs import OVERALL
from qaf_core.tools.model import Judgement, Question, Tool

__all__ = ["Level", "Shape", "Theme", "shape_of", "tally"]


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
        themes: all that the questions are counted under which can tell against practice, each
            with the places of these questions in the form.
    """

    tool: Tool
    overall: Judgement | None
    judged: tuple[Judgement, ...]
    graded: tuple[str, ...]
    themes: Mapping[Theme, tuple[int, ...]] = field(repr=False)


def tally(
    themes: Mapping[Theme, Sequence[int]], told: Sequence[bytes], telling: Iterable[int]
) -> dict[Theme, int]:
    """In how many of many audits something of each theme was told.

    Args:
        themes: the themes, each with the places of its questions.
        told: what the questions of each audit told, a byte a question.
        telling: the bytes that are looked for.

    All audits are looked at together: a question's answers are one number, of a byte an audit.
    """
    if not told:
        return dict.fromkeys(themes, 0)
    wanted = bytes(each in telling for each in range(256))
    every, width = b"".join(told).translate(wanted), len(told[0])
    columns = [int.from_bytes(every[at::width]) for at in range(width)]
    return {
        theme: columns[places[0]].bit_count()
        if len(places) == 1
        else reduce(or_, [columns[at] for at in places], 0).bit_count()
        for theme, places in themes.items()
    }


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
    themes: dict[Theme, list[int]] = {}
    for place, placed in enumerate(tool.questions):
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
        for theme in dict.fromkeys(keys):
            themes.setdefault(theme, []).append(place)
    return Shape(
        tool=tool,
        overall=found[0] if found else None,
        judged=judged,
        graded=tuple(each.id for each in judged),
        themes=FrozenMap({theme: tuple(places) for theme, places in themes.items()}),
    )
