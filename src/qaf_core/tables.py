"""A table of plain values, shown as rows, Markdown or accessible HTML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import field, frozen

__all__ = ["Table", "cell_text"]


def __dir__() -> list[str]:
    return __all__


def _rows(rows: Iterable[Mapping[str, object]]) -> tuple[Mapping[str, object], ...]:
    return tuple(rows)


def cell_text(value: object) -> str:
    """A plain value as a reader meets it: yes and no are words, and nothing is blank."""
    if value is None:
        return ""
    if value is True:
        return "yes"
    if value is False:
        return "no"
    return str(value)


_MARKED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\\": "\\\\", "|": "\\|"})
"""What means something in Markdown or HTML, as it is written to stand for itself."""


def _cell(value: object) -> str:
    return " ".join(cell_text(value).translate(_MARKED).split())


@frozen(kw_only=True)
class Table:
    """Rows under a caption.

    Attributes:
        caption: what the table is about, in words.
        columns: names of the columns, in order, and their headings.
        rows: one mapping a row, keyed by the names of the columns.
    """

    caption: str
    columns: Mapping[str, str]
    rows: tuple[Mapping[str, object], ...] = field(converter=_rows)

    def to_rows(self) -> list[dict[str, object]]:
        """The rows as plain dictionaries, for a data frame."""
        return [{name: row.get(name) for name in self.columns} for row in self.rows]

    def to_markdown(self) -> str:
        """The table as Markdown, every cell escaped."""
        lines = [
            f"**{_cell(self.caption)}**",
            "",
            "| " + " | ".join(_cell(heading) for heading in self.columns.values()) + " |",
            "|" + " --- |" * len(self.columns),
        ]
        for row in self.rows:
            cells = (_cell(row.get(name)) for name in self.columns)
            lines.append("| " + " | ".join(cells) + " |")
        return "\n".join(lines) + "\n"

    def to_html(self) -> str:
        """The table as HTML: a caption, scoped headings, every cell escaped."""
        from html import escape  # loaded where there is a page to make

        head = "".join(
            f'<th scope="col">{escape(heading)}</th>' for heading in self.columns.values()
        )
        body = "".join(
            "<tr>"
            + "".join(f"<td>{escape(cell_text(row.get(name)))}</td>" for name in self.columns)
            + "</tr>"
            for row in self.rows
        )
        return (
            f"<table><caption>{escape(self.caption)}</caption>"
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        )

    def __len__(self) -> int:
        return len(self.rows)

    def _repr_html_(self) -> str:
        return self.to_html()

    def _repr_markdown_(self) -> str:
        return self.to_markdown()
