"""qaf_yos: the audits of a youth offending service, added to Reading's framework of 2016."""

from __future__ import annotations

from qaf_core import Addition, Framework, hookimpl
from qaf_core.sources import QAF
from qaf_yos.case import YOS_CASE
from qaf_yos.facts import FACTS
from qaf_yos.laws import LAWS
from qaf_yos.mappings import MAPPINGS
from qaf_yos.national_standards import YOS_NATIONAL_STANDARDS
from qaf_yos.rules import RULES
from qaf_yos.subjects import SUBJECTS
from qaf_yos.transitions import yos_transitions

__all__ = ["qaf_addition"]


def __dir__() -> list[str]:
    return __all__


@hookimpl
def qaf_addition(core: Framework) -> Addition:
    """What a youth offending service adds: three tools, the rules that read them, and their laws."""
    return Addition(
        id="yos",
        version="0.1.0",
        title="Youth offending service",
        requires="reading >= 2016.1, reading < 2017, qaf-core >= 0.1",
        source=QAF.at("Appendix 2, YOS", lines="617-628"),
        subjects=SUBJECTS,
        facts=FACTS,
        tools=(YOS_CASE, YOS_NATIONAL_STANDARDS, yos_transitions(core.tool("case_file"))),
        rules=RULES,
        mappings=MAPPINGS,
        laws=LAWS,
    )
