"""Whom or what an audit is about."""

from __future__ import annotations

from attrs import frozen

from qaf_core.provenance import Reference, Standing
from qaf_core.sources import QAF

__all__ = ["ANY", "CHILD_CASE", "PRACTITIONER", "SUPERVISION_FILE", "SubjectKind"]

ANY: tuple[str, ...] = ("*",)
"""Every kind of subject."""


def __dir__() -> list[str]:
    return __all__


@frozen(kw_only=True)
class SubjectKind:
    """A kind of thing that is audited, such as a child's case."""

    id: str
    label: str
    source: Reference
    standing: Standing


CHILD_CASE = SubjectKind(
    id="child_case",
    label="the case of a child or young person",
    source=QAF.at("Tool A", lines="650-652"),
    standing=Standing.STATED,
)
PRACTITIONER = SubjectKind(
    id="practitioner",
    label="the practice of a worker",
    source=QAF.at("Tool B", lines="972-975"),
    standing=Standing.STATED,
)
SUPERVISION_FILE = SubjectKind(
    id="supervision_file",
    label="the file of a supervisor's supervision of a worker",
    source=QAF.at("Tool C", lines="994-999"),
    standing=Standing.STATED,
)
