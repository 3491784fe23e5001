"""Where a statement comes from and how firmly it stands."""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen

__all__ = ["Document", "Reference", "Standing"]


def __dir__() -> list[str]:
    return __all__


class Standing(StrEnum):
    """How firmly an item rests on its source."""

    STATED = "stated"
    """The text says so."""
    INFERRED = "inferred"
    """The text is damaged or ambiguous and a reading was chosen."""
    EDITORIAL = "editorial"
    """Ours: the text is silent."""


@frozen(kw_only=True)
class Document:
    """A published text that a framework rests on.

    Attributes:
        id: a short name, used in references.
        title: the title as printed.
        publisher: the body that issued it.
        dated: when, as printed (a year or a date).
    """

    id: str
    title: str
    publisher: str
    dated: str

    def at(self, clause: str, *, lines: str = "") -> Reference:
        """A place in this document.

        Args:
            clause: the section, paragraph or row, such as ``"§6.5 a"``.
            lines: line numbers in the text the framework was read from.
        """
        return Reference(document=self, clause=clause, lines=lines)

    def __str__(self) -> str:
        return f"{self.title} ({self.publisher}, {self.dated})"


@frozen(kw_only=True)
class Reference:
    """A document and the clause in it."""

    document: Document
    clause: str
    lines: str = ""

    def __str__(self) -> str:
        return f"{self.document.id}, {self.clause}"
