"""Themes: where practice fell short and where it held up, by section down to standard.

At every level it is audits that are counted: those in which something was answered, and
those in which an answer told against practice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from attrs import field, frozen

from qaf_core.framework import Framework
from qaf_core.reports.counts import Counts
from qaf_core.reports.shapes import Level
from qaf_core.reports.suppression import HELD_BACK
from qaf_core.tables import Table
from qaf_core.tools.model import Aspect, Question

__all__ = ["Theme", "Themes", "themes_of"]

MOST_SHOWN = 10
"""How many themes of a level a report shows; all of them are in ``report.themes``."""


def __dir__() -> list[str]:
    return __all__


@frozen(kw_only=True)
class Theme:
    """One theme.

    Attributes:
        level: section, question, criterion, standard or aspect.
        id: its id; of a section or question with its tool, such as ``"case_file.risk"``.
        title: the name people read.
        audits: the audits in which something of it was answered: the denominator.
        against: those in which an answer told against practice.
        told: whether the two parts of it are shown; else they are held back.
    """

    level: Level
    id: str
    title: str
    audits: int
    against: int = field(repr=False)
    told: bool

    @property
    def held_up(self) -> int:
        """The audits in which nothing told against practice."""
        return self.audits - self.against

    def to_row(self) -> dict[str, object]:
        """The theme as one flat row."""
        told = self.told
        return {
            "level": self.level.value,
            "theme": self.id,
            "title": self.title,
            "audits": self.audits,
            "against": self.against if told else HELD_BACK,
            "held_up": self.held_up if told else HELD_BACK,
            "per_cent_held_up": round(100 * self.held_up / self.audits, 1) if told else HELD_BACK,
        }


@frozen(kw_only=True)
class Themes:
    """All themes, in the order of the framework.

    Attributes:
        themes: those of which anything was answered.
        floor: the smallest count that is told.
    """

    themes: tuple[Theme, ...] = field(repr=False)
    floor: int

    def at(self, *levels: Level) -> tuple[Theme, ...]:
        """The themes of some levels; of all where none is named."""
        return tuple(each for each in self.themes if not levels or each.level in levels)

    def weaknesses(self, *levels: Level) -> tuple[Theme, ...]:
        """Where practice fell short, in most audits first.

        What is held back comes last, by id, whether it fell short or not.
        """
        told = [each for each in self.at(*levels) if each.told and each.against]
        told.sort(key=lambda each: (-each.against, -each.against / each.audits, each.id))
        kept = [each for each in self.at(*levels) if not each.told]
        return (*told, *sorted(kept, key=lambda each: each.id))

    def strengths(self, *levels: Level) -> tuple[Theme, ...]:
        """Where practice held up in more than half of the audits, in the largest share first.

        What is held back does not say which it is, so it is left out.
        """
        found = [each for each in self.at(*levels) if each.told and each.held_up > each.against]
        return tuple(
            sorted(found, key=lambda each: (-each.held_up / each.audits, -each.audits, each.id))
        )

    def pages(self) -> Iterator[tuple[str, Table]]:
        """Both aspects, then what fell short and what held up, level by level."""
        yield "Aspects", self.table("Both aspects of auditing", self.at(Level.ASPECT))
        for heading, what, of in (
            ("Areas for development", "fell short", self.weaknesses),
            ("Strengths", "held up", self.strengths),
        ):
            for level in (Level.STANDARD, Level.CRITERION, Level.SECTION, Level.QUESTION):
                found = of(level)
                few = found[:MOST_SHOWN]
                many = f"the first {len(few)} of {len(found)}" if few != found else str(len(found))
                yield heading, self.table(f"Where practice {what}, by {level}: {many}", few)

    def table(self, caption: str = "Themes", themes: Iterable[Theme] | None = None) -> Table:
        """A row a theme: all of them, or those given in their order."""
        return Table(
            caption=caption,
            columns={
                "level": "Level",
                "title": "Theme",
                "audits": "Audits",
                "against": "Fell short in",
                "held_up": "Held up in",
                "per_cent_held_up": "Held up, per cent",
                "theme": "Id",
            },
            rows=[each.to_row() for each in (self.themes if themes is None else themes)],
        )


def told_at(audits: int, against: int, floor: int) -> bool:
    """Whether both parts of a theme may be told: neither is small, nor the whole."""
    return audits >= floor and all(n == 0 or n >= floor for n in (against, audits - against))


def themes_of(
    counts: Counts,
    framework: Framework,
    *,
    floor: int,
    hidden: Iterable[tuple[str, str]] = (),
) -> Themes:
    """The themes of counts.

    Args:
        counts: what was counted.
        framework: the framework, for titles and order.
        floor: the smallest count that is told.
        hidden: level and id of themes that are held back for the sake of other reports.
    """
    kept = frozenset(hidden)
    themes = []
    for (level, id), title in _titles(framework).items():
        audits, against = counts["answered", level, id], counts["against", level, id]
        if audits:
            told = told_at(audits, against, floor) and (level, id) not in kept
            themes.append(
                Theme(
                    level=Level(level),
                    id=id,
                    title=title,
                    audits=audits,
                    against=against,
                    told=told,
                )
            )
    return Themes(themes=tuple(themes), floor=floor)


def _titles(framework: Framework) -> Mapping[tuple[str, str], str]:
    """Every theme there can be, in order, with its name."""
    found: dict[tuple[str, str], str] = {}
    for aspect in Aspect:
        found[Level.ASPECT, aspect.value] = aspect.value.capitalize()
    for standard in framework.standards:
        found[Level.STANDARD, standard.id] = standard.title
    for standard in framework.standards:
        for criterion in standard.criteria:
            found[Level.CRITERION, criterion.id] = criterion.text
    for tool in framework.tools:
        for section in tool.sections:
            found[Level.SECTION, f"{tool.id}.{section.id}"] = section.title
    for tool in framework.tools:
        for placed in tool.questions:
            if isinstance(placed.item, Question) and placed.item.adverse:
                found[Level.QUESTION, f"{tool.id}.{placed.item.id}"] = placed.item.prompt
    return found
