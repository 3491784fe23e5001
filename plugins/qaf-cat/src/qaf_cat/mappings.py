"""What of the audit serves which key test and which practice criterion."""

from __future__ import annotations

from qaf_core import Standing
from qaf_core.mappings import Extent, Link, LinkSet
from qaf_core.sources import QAF

__all__ = ["CRITERIA", "KEY_TESTS", "MAPPINGS"]


def __dir__() -> list[str]:
    return __all__


KEY_TESTS = LinkSet(
    id="cat_key_tests",
    title="Early help audit and key tests",
    note="Editorial: each section is one key test, in order, and its grade is a judgement on it. "
    "The questions under it are not the framework's.",
    source=QAF.at(
        "Appendix 2, Family Support, Targeted Youth Support, Troubled Families", lines="629-642"
    ),
    standing=Standing.EDITORIAL,
    links=(
        Link("cat.cat_assessment", "cat_assessment", Extent.FULL),
        Link("cat.cat_risk_assessment", "cat_risk_assessment", Extent.FULL),
        Link("cat.cat_information", "cat_information", Extent.FULL),
        Link("cat.cat_chronology", "cat_chronology", Extent.FULL),
        Link("cat.cat_plan", "cat_plan", Extent.FULL),
        Link("cat.cat_direct_work", "cat_direct_work", Extent.FULL),
        Link("cat.cat_oversight", "cat_oversight", Extent.FULL),
    ),
)

CRITERIA = LinkSet(
    id="cat_criteria",
    title="Early help audit and practice criteria",
    note="Editorial: the framework links none of its early help audit with the practice "
    "standards. The links are ours.",
    source=QAF.at("§6.5", lines="407"),
    standing=Standing.EDITORIAL,
    links=(
        Link("cat.cat_assessment_consent", "std_3_2", Extent.PARTIAL),
        Link("cat.cat_assessment_sharing", "std_6_4", Extent.PARTIAL),
        Link("cat.cat_assessment_reason", "std_2_2", Extent.PARTIAL),
        Link("cat.cat_assessment_team", "std_6_3", Extent.PARTIAL),
        Link("cat.cat_assessment_child", "std_2_1", Extent.PARTIAL),
        Link("cat.cat_assessment_parents", "std_3_2", Extent.PARTIAL),
        Link("cat.cat_assessment_adjustments", "std_5_2", Extent.PARTIAL),
        Link("cat.cat_risk_recognised", "std_1_1", Extent.PARTIAL),
        Link("cat.cat_risk_acted_on", "std_2_2", Extent.PARTIAL),
        Link("cat.cat_information_agencies", "std_6_6", Extent.INDICATOR),
        Link("cat.cat_information_views", "std_4_3", Extent.PARTIAL),
        Link("cat.cat_chronology", "std_8_3", Extent.PARTIAL),
        Link("cat.cat_plan_smart", "std_2_4", Extent.PARTIAL),
        Link("cat.cat_plan_shared", "std_3_2", Extent.PARTIAL),
        Link("cat.cat_plan_goals", "std_4_1", Extent.PARTIAL),
        Link("cat.cat_plan_team", "std_6_2", Extent.PARTIAL),
        Link("cat.cat_direct_work_seen", "std_2_1", Extent.PARTIAL),
        Link("cat.cat_direct_work_recorded", "std_4_2", Extent.INDICATOR),
        Link("cat.cat_oversight_supervision", "std_9_6", Extent.PARTIAL),
        Link("cat.cat_oversight_rationale", "std_9_3", Extent.PARTIAL),
        Link("cat.cat_oversight_closure", "std_1_3", Extent.INDICATOR),
        Link("cat.cat_oversight_closure_views", "std_3_3", Extent.PARTIAL),
    ),
)

MAPPINGS = (KEY_TESTS, CRITERIA)
