"""What of the three audits serves which key test and which practice criterion."""

from __future__ import annotations

from qaf_core import Standing
from qaf_core.mappings import Extent, Link, LinkSet
from qaf_core.sources import QAF

__all__ = ["CRITERIA", "KEY_TESTS", "MAPPINGS"]


def __dir__() -> list[str]:
    return __all__


KEY_TESTS = LinkSet(
    id="adoption_key_tests",
    title="Adoption audits and key tests",
    note="Editorial: in each of the three audits each section is one key test, in order, and its "
    "grade is a judgement on it. The questions under it are not the framework's.",
    source=QAF.at("Appendix 2, Adoption", lines="604"),
    standing=Standing.EDITORIAL,
    links=(
        Link("adoption_adopter.adoption_oversight", "adoption_oversight", Extent.FULL),
        Link("adoption_adopter.adoption_compliance", "adoption_compliance", Extent.FULL),
        Link("adoption_adopter.adoption_assessment", "adoption_assessment", Extent.FULL),
        Link("adoption_adopter.adoption_preparation", "adoption_preparation", Extent.FULL),
        Link("adoption_child.adoption_oversight", "adoption_oversight", Extent.FULL),
        Link("adoption_child.adoption_compliance", "adoption_compliance", Extent.FULL),
        Link("adoption_child.adoption_assessment", "adoption_assessment", Extent.FULL),
        Link("adoption_child.adoption_preparation", "adoption_preparation", Extent.FULL),
        Link("adoption_support.adoption_oversight", "adoption_oversight", Extent.FULL),
        Link("adoption_support.adoption_compliance", "adoption_compliance", Extent.FULL),
        Link("adoption_support.adoption_assessment", "adoption_assessment", Extent.FULL),
        Link("adoption_support.adoption_preparation", "adoption_preparation", Extent.FULL),
    ),
)

CRITERIA = LinkSet(
    id="adoption_criteria",
    title="Adoption audits and practice criteria",
    note="Editorial: the framework links none of its adoption audits with the practice standards. "
    "The links are ours.",
    source=QAF.at("§6.5", lines="407"),
    standing=Standing.EDITORIAL,
    links=(
        Link("adoption_adopter.adoption_report_signed_off", "std_9_3", Extent.PARTIAL),
        Link("adoption_adopter.adoption_concerns_acted_on", "std_1_1", Extent.PARTIAL),
        Link("adoption_adopter.adoption_case_record", "std_7_1", Extent.PARTIAL),
        Link("adoption_adopter.adoption_case_notes", "std_8_1", Extent.PARTIAL),
        Link("adoption_adopter.adoption_stage_one_in_time", "std_7_1", Extent.PARTIAL),
        Link("adoption_adopter.adoption_stage_two_in_time", "std_7_1", Extent.PARTIAL),
        Link("adoption_adopter.adoption_register", "std_7_2", Extent.PARTIAL),
        Link("adoption_adopter.adoption_prepared", "std_7_2", Extent.PARTIAL),
        Link("adoption_child.adoption_report_signed_off", "std_9_3", Extent.PARTIAL),
        Link("adoption_child.adoption_concerns_acted_on", "std_1_1", Extent.PARTIAL),
        Link("adoption_child.adoption_identity_kept_apart", "std_8_5", Extent.PARTIAL),
        Link("adoption_child.adoption_case_notes", "std_8_1", Extent.PARTIAL),
        Link("adoption_child.adoption_chronology", "std_8_3", Extent.PARTIAL),
        Link("adoption_child.adoption_register", "std_7_2", Extent.PARTIAL),
        Link("adoption_child.adoption_report_picture", "std_5_2", Extent.INDICATOR),
        Link("adoption_child.adoption_report_parents", "std_3_3", Extent.PARTIAL),
        Link("adoption_child.adoption_matching_views", "std_4_3", Extent.PARTIAL),
        Link("adoption_child.adoption_contact_plan", "std_3_5", Extent.PARTIAL),
        Link("adoption_child.adoption_placement_timely", "std_1_4", Extent.PARTIAL),
        Link("adoption_support.adoption_concerns_acted_on", "std_1_1", Extent.PARTIAL),
        Link("adoption_support.adoption_case_notes", "std_8_1", Extent.PARTIAL),
        Link("adoption_support.adoption_support_assessed", "std_1_2", Extent.PARTIAL),
        Link("adoption_support.adoption_support_plan", "std_2_4", Extent.PARTIAL),
    ),
)

MAPPINGS = (KEY_TESTS, CRITERIA)
