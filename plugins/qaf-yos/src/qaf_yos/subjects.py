"""What a youth offending service audits."""

from __future__ import annotations

from qaf_core import Standing
from qaf_core.sources import QAF
from qaf_core.subjects import SubjectKind

__all__ = ["SUBJECTS", "YOUTH_JUSTICE_CASE"]


def __dir__() -> list[str]:
    return __all__


YOUTH_JUSTICE_CASE = SubjectKind(
    id="youth_justice_case",
    label="the youth justice case of a child or young person",
    source=QAF.at("Appendix 2, YOS", lines="617-628"),
    standing=Standing.INFERRED,
)

SUBJECTS = (YOUTH_JUSTICE_CASE,)
