"""What a Children's Action Team audits."""

from __future__ import annotations

from qaf_core import Standing
from qaf_core.sources import QAF
from qaf_core.subjects import SubjectKind

__all__ = ["EARLY_HELP_CASE", "SUBJECTS"]


def __dir__() -> list[str]:
    return __all__


EARLY_HELP_CASE = SubjectKind(
    id="early_help_case",
    label="the early help case of a child and family",
    source=QAF.at(
        "Appendix 2, Family Support, Targeted Youth Support, Troubled Families", lines="629-642"
    ),
    standing=Standing.INFERRED,
)

SUBJECTS = (EARLY_HELP_CASE,)
