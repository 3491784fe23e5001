"""What every chapter is told with: figures with their nouns, lists, tables, names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from attrs import field, frozen

from qaf_core.quarter.figures import figures_of
from qaf_core.quarter.model import Quarter
from qaf_core.reports import Level, Theme
from qaf_core.tables import Table

__all__ = ["Teller", "bullets", "capital", "count_of", "listed", "quoted", "shown"]

MOST = 8
"""Rows of a list that are shown; the rest are counted."""


def __dir__() -> list[str]:
    return __all__


@frozen
class Teller:
    """A quarter, its figures, and the names that people read."""

    quarter: Quarter
    figures: Mapping[str, int] = field(init=False)
    titles: Mapping[str, str] = field(init=False)

    def __attrs_post_init__(self) -> None:
        framework = self.quarter.framework
        object.__setattr__(self, "figures", figures_of(self.quarter))
        titles = {each.id: each.title for each in framework.roles}
        titles |= {each.id: each.title for each in framework.boards}
        titles |= {each.id: each.title for each in self.quarter.report.themes.themes}
        object.__setattr__(self, "titles", titles)

    def of(self, figure: str, noun: str, many: str = "") -> str:
        """A figure with its noun, such as "1 audit" or "no audits"."""
        return count_of(self.figures[figure], noun, many)

    def of_practice(self, theme: Theme) -> bool:
        """Whether a theme is a criterion, or a section that has a grade of its own."""
        tool, _, section = theme.id.partition(".")
        return theme.level is Level.CRITERION or any(
            (each.id, placed.section) == (tool, section)
            for each in self.quarter.framework.tools
            for placed in each.judged
        )

    def named(self, ids: Iterable[str]) -> str:
        """Roles by the names that people read."""
        return ", ".join(self.titles.get(id, id) for id in ids)


def count_of(number: int, noun: str, many: str = "") -> str:
    return f"{number or 'no'} {noun if number == 1 else many or noun + 's'}"


def listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{number} {what}" for what, number in counts.items() if number) or "none"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def quoted(text: str) -> Iterator[str]:
    yield ""
    yield from (f"> {line.strip()}" for line in text.split("\n"))
    yield ""


def bullets(lines: Iterable[object]) -> Iterator[str]:
    yield ""
    yield from (f"- {line}" for line in lines)
    yield ""


def shown(table: Table, most: int = MOST) -> Iterator[str]:
    """The first rows of a table, and how many more there are."""
    yield ""
    short = Table(caption=table.caption, columns=table.columns, rows=table.rows[:most])
    yield short.to_markdown()
    if len(table) > most:
        yield f"And {len(table) - most} more."
        yield ""
