"""What a fostering service audits."""

from __future__ import annotations

from qaf_core import Standing
from qaf_core.sources import QAF
from qaf_core.subjects import SubjectKind

__all__ = ["CARER_HOUSEHOLD", "SUBJECTS"]


def __dir__() -> list[str]:
    return __all__


CARER_HOUSEHOLD = SubjectKind(
    id="carer_household",
    label="a fostering household: the carers, and the children who live with them",
    source=QAF.at("Appendix 2, Fostering", lines="605-616"),
    standing=Standing.INFERRED,
)

SUBJECTS = (CARER_HOUSEHOLD,)
