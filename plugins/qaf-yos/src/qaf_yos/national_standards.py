"""The yearly audit against the National Standards of 2013: met, not met or not applicable."""

from __future__ import annotations

from qaf_core import Standing, Tool
from qaf_core.facts import CANNOT_TELL, SAFETY, UNSAFE
from qaf_core.logic import NEVER, choice
from qaf_core.sources import QAF
from qaf_core.tools import Aspect, Question, Section
from qaf_yos.sources import NATIONAL_STANDARDS
from qaf_yos.subjects import YOUTH_JUSTICE_CASE

__all__ = ["YOS_NATIONAL_STANDARDS"]


def __dir__() -> list[str]:
    return __all__


_MET = choice("yos_met", {"met": "Met", "not_met": "Not met"})
_NOT_MET = ("not_met",)

YOS_NATIONAL_STANDARDS = Tool(
    id="yos_national_standards",
    version="1",
    title="National Standards audit",
    subject=YOUTH_JUSTICE_CASE.id,
    guidance="Once a year. Say of each standard whether the case meets it, and set aside with a "
    "reason what has no bearing on the case. Nothing is graded. Reading does not say how many "
    "cases, nor which edition: these are the standards of 2013, in force at the time and replaced "
    "in 2019, as far as the copy seen goes.",
    parts=(
        Section(
            id="yos_ns_prevention",
            title="Preventing offending",
            number="1",
            takes_na=False,
            source=NATIONAL_STANDARDS.at("1"),
            standing=Standing.INFERRED,
            parts=(
                Question(
                    id="yos_ns_prevention",
                    prompt="Preventing offending: is the standard met?",
                    kind=_MET,
                    adverse=_NOT_MET,
                    aspect=Aspect.QUANTITATIVE,
                    source=NATIONAL_STANDARDS.at("1"),
                    standing=Standing.EDITORIAL,
                ),
            ),
        ),
        Section(
            id="yos_ns_out_of_court",
            title="Out-of-court disposals",
            number="2",
            takes_na=False,
            source=NATIONAL_STANDARDS.at("2"),
            standing=Standing.INFERRED,
            parts=(
                Question(
                    id="yos_ns_out_of_court",
                    prompt="Out-of-court disposals: is the standard met?",
                    kind=_MET,
                    adverse=_NOT_MET,
                    aspect=Aspect.QUANTITATIVE,
                    source=NATIONAL_STANDARDS.at("2"),
                    standing=Standing.EDITORIAL,
                ),
            ),
        ),
        Section(
            id="yos_ns_bail_and_remand",
            title="Bail and remand management",
            number="3",
            takes_na=False,
            source=NATIONAL_STANDARDS.at("3"),
            standing=Standing.INFERRED,
            parts=(
                Question(
                    id="yos_ns_bail_and_remand",
                    prompt="Bail and remand management: is the standard met?",
                    kind=_MET,
                    adverse=_NOT_MET,
                    aspect=Aspect.QUANTITATIVE,
                    source=NATIONAL_STANDARDS.at("3"),
                    standing=Standing.EDITORIAL,
                ),
            ),
        ),
        Section(
            id="yos_ns_assessment",
            title="Assessment for interventions and reports",
            number="4",
            takes_na=False,
            source=NATIONAL_STANDARDS.at("4"),
            standing=Standing.INFERRED,
            parts=(
                Question(
                    id="yos_ns_assessment",
                    prompt="Assessment for interventions and reports: is the standard met?",
                    kind=_MET,
                    adverse=_NOT_MET,
                    aspect=Aspect.QUANTITATIVE,
                    source=NATIONAL_STANDARDS.at("4"),
                    standing=Standing.EDITORIAL,
                ),
            ),
        ),
        Section(
            id="yos_ns_reports",
            title="Reports",
            number="5",
            takes_na=False,
            source=NATIONAL_STANDARDS.at("5"),
            standing=Standing.INFERRED,
            parts=(
                Question(
                    id="yos_ns_reports",
                    prompt="Reports: is the standard met?",
                    kind=_MET,
                    adverse=_NOT_MET,
                    aspect=Aspect.QUANTITATIVE,
                    source=NATIONAL_STANDARDS.at("5"),
                    standing=Standing.EDITORIAL,
                ),
            ),
        ),
        Section(
            id="yos_ns_courts",
            title="Work in courts",
            number="6",
            takes_na=False,
            source=NATIONAL_STANDARDS.at("6"),
            standing=Standing.INFERRED,
            parts=(
                Question(
                    id="yos_ns_courts",
                    prompt="Work in courts: is the standard met?",
                    kind=_MET,
                    adverse=_NOT_MET,
                    aspect=Aspect.QUANTITATIVE,
                    source=NATIONAL_STANDARDS.at("6"),
                    standing=Standing.EDITORIAL,
                ),
            ),
        ),
        Section(
            id="yos_ns_victims",
            title="Work with victims of crime",
            number="7",
            takes_na=False,
            source=NATIONAL_STANDARDS.at("7"),
            standing=Standing.INFERRED,
            parts=(
                Question(
                    id="yos_ns_victims",
                    prompt="Work with victims of crime: is the standard met?",
                    kind=_MET,
                    adverse=_NOT_MET,
                    aspect=Aspect.QUANTITATIVE,
                    source=NATIONAL_STANDARDS.at("7"),
                    standing=Standing.EDITORIAL,
                ),
            ),
        ),
        Section(
            id="yos_ns_community",
            title="Planning and delivering interventions in the community",
            number="8",
            takes_na=False,
            source=NATIONAL_STANDARDS.at("8"),
            standing=Standing.INFERRED,
            parts=(
                Question(
                    id="yos_ns_community",
                    prompt="Planning and delivering interventions in the community: is the "
                    "standard met?",
                    kind=_MET,
                    adverse=_NOT_MET,
                    aspect=Aspect.QUANTITATIVE,
                    source=NATIONAL_STANDARDS.at("8"),
                    standing=Standing.EDITORIAL,
                ),
            ),
        ),
        Question(
            id="safe",
            prompt="Is the child safe?",
            kind=SAFETY,
            adverse=(UNSAFE, CANNOT_TELL),
            hint="Only if the file gives cause to say. Unsafe, or no way of telling, is taken to "
            "the Team Manager and the Service Manager at once.",
            required=NEVER,
            takes_na=False,
            source=QAF.at("Tool A, 6", lines="933-936"),
            standing=Standing.EDITORIAL,
        ),
    ),
    source=QAF.at("Appendix 2, YOS", lines="621-623"),
    standing=Standing.INFERRED,
)
