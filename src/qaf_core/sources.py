"""The documents that the shipped framework rests on."""

from __future__ import annotations

from qaf_core.provenance import Document

__all__ = ["QAF", "STANDARDS_2013"]


def __dir__() -> list[str]:
    return __all__


QAF = Document(
    id="Reading QAF 2016",
    title="Children's Social Care Quality Assurance Framework",
    publisher="Reading Borough Council",
    dated="January 2016",
)

STANDARDS_2013 = Document(
    id="Practice Standards 2013",
    title="Good Practice Standards for Children's Social Care",
    publisher="Reading Borough Council",
    dated="September 2013",
)
