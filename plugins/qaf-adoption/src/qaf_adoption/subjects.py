"""What an adoption service audits."""

from __future__ import annotations

from qaf_core import Standing
from qaf_core.sources import QAF
from qaf_core.subjects import SubjectKind

__all__ = [
    "ADOPTION_SUPPORT_CASE",
    "CHILD_FOR_ADOPTION",
    "PROSPECTIVE_ADOPTER",
    "SUBJECTS",
]


def __dir__() -> list[str]:
    return __all__


PROSPECTIVE_ADOPTER = SubjectKind(
    id="prospective_adopter",
    label="a prospective adopter, or a couple",
    source=QAF.at("Appendix 2, Adoption", lines="604"),
    standing=Standing.INFERRED,
)
CHILD_FOR_ADOPTION = SubjectKind(
    id="child_for_adoption",
    label="a child for whom adoption is the plan",
    source=QAF.at("Appendix 2, Adoption", lines="604"),
    standing=Standing.INFERRED,
)
ADOPTION_SUPPORT_CASE = SubjectKind(
    id="adoption_support_case",
    label="the support of an adoptive family",
    source=QAF.at("Appendix 2, Adoption", lines="604"),
    standing=Standing.INFERRED,
)

SUBJECTS = (PROSPECTIVE_ADOPTER, CHILD_FOR_ADOPTION, ADOPTION_SUPPORT_CASE)
