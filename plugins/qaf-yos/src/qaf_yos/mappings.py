"""What of the case audit serves which key test."""

from __future__ import annotations

from qaf_core import Standing
from qaf_core.mappings import Extent, Link, LinkSet
from qaf_core.sources import QAF

__all__ = ["KEY_TESTS", "MAPPINGS"]


def __dir__() -> list[str]:
    return __all__


KEY_TESTS = LinkSet(
    id="yos_key_tests",
    title="Youth justice case audit and key tests",
    note="Editorial: each section is one key test, in order, and its grade is a judgement on it. "
    "The questions under it are not the framework's.",
    source=QAF.at("Appendix 2, YOS", lines="617-628"),
    standing=Standing.EDITORIAL,
    links=(
        Link("yos_case.yos_assessment", "yos_assessment", Extent.FULL),
        Link("yos_case.yos_engagement", "yos_engagement", Extent.FULL),
        Link("yos_case.yos_risk", "yos_risk_assessment", Extent.FULL),
        Link("yos_case.yos_vulnerability", "yos_vulnerability", Extent.FULL),
        Link("yos_case.yos_plan", "yos_plan", Extent.FULL),
        Link("yos_case.yos_review", "yos_review", Extent.FULL),
    ),
)

MAPPINGS = (KEY_TESTS,)
