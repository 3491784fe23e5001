"""A report laid out: sentences and headed tables, as text, rows, Markdown or HTML."""

from __future__ import annotations

from html import escape

from attrs import frozen

from qaf_core.tables import Table

__all__ = ["Page"]


def __dir__() -> list[str]:
    return __all__


@frozen(kw_only=True)
class Page:
    """A report laid out.

    Attributes:
        title: its title.
        lead: the report in a few sentences.
        notes: what it rests on.
        tables: each table under its heading.
    """

    title: str
    lead: tuple[str, ...]
    notes: tuple[str, ...]
    tables: tuple[tuple[str, Table], ...]

    def to_rows(self) -> list[dict[str, object]]:
        """Every row of every table, with the heading it stands under."""
        return [
            {"part": heading, **row} for heading, table in self.tables for row in table.to_rows()
        ]

    def to_markdown(self) -> str:
        """The report as Markdown, everything escaped."""
        parts = [f"# {_plain(self.title)}", *map(_listed, self.lead)]
        lines = [parts[0], "", *parts[1:], ""]
        heading = ""
        for name, table in self.tables:
            if name != heading:
                lines += [f"## {_plain(name)}", ""]
            heading = name
            lines += [table.to_markdown()]
        lines += ["## What this rests on", "", *map(_listed, self.notes), ""]
        return "\n".join(lines)

    def to_html(self) -> str:
        """The report as HTML: headings in order, captioned tables, everything escaped."""
        parts = [f"<h1>{escape(self.title)}</h1>", _list(self.lead)]
        heading = ""
        for name, table in self.tables:
            if name != heading:
                parts.append(f"<h2>{escape(name)}</h2>")
            heading = name
            parts.append(table.to_html())
        parts += ["<h2>What this rests on</h2>", _list(self.notes)]
        return "\n".join(parts)

    def __str__(self) -> str:
        lines = [self.title, "", *self.lead]
        heading = ""
        for name, table in self.tables:
            if name != heading:
                lines += ["", name]
            heading = name
            lines += [f"  {_line(row, table)}" for row in table.rows]
        return "\n".join((*lines, "", *self.notes))


def _line(row: object, table: Table) -> str:
    """A row as a line: what it is about, then every other cell that says something."""
    assert isinstance(row, dict)  # noqa: S101 - rows of a table are dictionaries
    names = [
        name
        for name in table.columns
        if row.get(name) is not None and row[name] is not False and row[name] != ""
    ]
    said = [str(row[names[0]])] if names else []
    for name in names[1:]:
        if name in ("clause", "standing"):
            continue
        value = "yes" if row[name] is True else row[name]
        said.append(f"{table.columns[name].lower()} {value}")
    line = "; ".join(said)
    if row.get("clause"):
        line += f" [{row['clause']}; {row['standing']}]"
    return line


def _plain(text: str) -> str:
    return " ".join(escape(text, quote=False).split())


def _listed(text: str) -> str:
    return f"- {_plain(text)}"


def _list(texts: tuple[str, ...]) -> str:
    return "<ul>" + "".join(f"<li>{escape(each)}</li>" for each in texts) + "</ul>"
