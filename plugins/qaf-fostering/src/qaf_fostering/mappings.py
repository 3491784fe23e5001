"""What of the audit serves which key test and which practice criterion."""

from __future__ import annotations

from qaf_core import Standing
from qaf_core.mappings import Extent, Link, LinkSet
from qaf_core.sources import QAF

__all__ = ["CRITERIA", "KEY_TESTS", "MAPPINGS"]


def __dir__() -> list[str]:
    return __all__


KEY_TESTS = LinkSet(
    id="fostering_key_tests",
    title="Fostering audit and key tests",
    note="Editorial: each section is one key test, in order, and its grade is a judgement on it. "
    "The questions under it are not the framework's.",
    source=QAF.at("Appendix 2, Fostering", lines="605-616"),
    standing=Standing.EDITORIAL,
    links=(
        Link("fostering.fostering_oversight", "fostering_oversight", Extent.FULL),
        Link("fostering.fostering_compliance", "fostering_compliance", Extent.FULL),
        Link("fostering.fostering_assessment", "fostering_assessment", Extent.FULL),
        Link("fostering.fostering_support", "fostering_support", Extent.FULL),
        Link("fostering.fostering_training", "fostering_training", Extent.FULL),
        Link("fostering.fostering_reviews", "fostering_reviews", Extent.FULL),
    ),
)

CRITERIA = LinkSet(
    id="fostering_criteria",
    title="Fostering audit and practice criteria",
    note="Editorial: the framework links none of its fostering audit with the practice standards. "
    "The links are ours, and mostly partial: those standards speak of work with children.",
    source=QAF.at("§6.5", lines="407"),
    standing=Standing.EDITORIAL,
    links=(
        Link("fostering.fostering_oversight_decisions", "std_9_3", Extent.PARTIAL),
        Link("fostering.fostering_oversight_supervision", "std_9_6", Extent.PARTIAL),
        Link("fostering.fostering_concerns_in_time", "std_2_2", Extent.PARTIAL),
        Link("fostering.fostering_concerns_acted_on", "std_1_1", Extent.PARTIAL),
        Link("fostering.fostering_concerns_acted_on", "std_2_2", Extent.PARTIAL),
        Link("fostering.fostering_compliance_terms", "std_7_1", Extent.PARTIAL),
        Link("fostering.fostering_compliance_agreement", "std_7_1", Extent.PARTIAL),
        Link("fostering.fostering_compliance_placements", "std_8_2", Extent.PARTIAL),
        Link("fostering.fostering_compliance_chronology", "std_8_3", Extent.PARTIAL),
        Link("fostering.fostering_compliance_dbs", "std_7_1", Extent.PARTIAL),
        Link("fostering.fostering_compliance_medical", "std_7_1", Extent.PARTIAL),
        Link("fostering.fostering_compliance_recording", "std_8_4", Extent.PARTIAL),
        Link("fostering.fostering_assessment", "std_7_2", Extent.PARTIAL),
        Link("fostering.fostering_support_worker", "std_9_2", Extent.PARTIAL),
        Link("fostering.fostering_unannounced_visit", "std_7_2", Extent.PARTIAL),
        Link("fostering.fostering_support_child_heard", "std_4_3", Extent.PARTIAL),
        Link("fostering.fostering_support_informed", "std_3_2", Extent.PARTIAL),
        Link("fostering.fostering_support_safer_caring", "std_1_1", Extent.PARTIAL),
        Link("fostering.fostering_training", "std_7_2", Extent.PARTIAL),
        Link("fostering.fostering_review_in_time", "std_7_1", Extent.PARTIAL),
        Link("fostering.fostering_review_views", "std_4_3", Extent.PARTIAL),
        Link("fostering.fostering_review_carers", "std_3_3", Extent.PARTIAL),
    ),
)

MAPPINGS = (KEY_TESTS, CRITERIA)
