"""Audit Tool B: a worker observed at work."""

from __future__ import annotations

from qaf_core.logic.expressions import NEVER, Ref
from qaf_core.logic.values import DATE, TEXT, choice
from qaf_core.provenance import Standing
from qaf_core.sources import QAF
from qaf_core.subjects import PRACTITIONER
from qaf_core.tools.model import Aspect, Question, Tool

__all__ = ["OBSERVATION"]


def __dir__() -> list[str]:
    return __all__


_NATURE = choice(
    "observation_nature",
    {
        "telephone_calls": "Telephone calls",
        "home_visit": "Home visit",
        "meeting": "Meeting",
        "visit_to_child": "Visit to a child, with family or carer",
        "network_or_core_group": "Network or core group meeting",
        "review_meeting": "Review meeting",
        "child_protection_conference": "Child protection conference",
        "looked_after_review": "Looked after child's review",
        "court": "Presentation in court",
        "other": "Other",
    },
)

OBSERVATION = Tool(
    id="observation",
    version="2016.1",
    title="Direct observation of practice (Audit Tool B)",
    subject=PRACTITIONER.id,
    guidance="Once a year or more often for every worker, by their manager. Worker and observer "
    "are among those who took part; the day observed is the day of the audit. The observer fills "
    "in the record, the strengths and what there is to develop; supervisor and supervisee fill in "
    "the rest when they talk it over. Afterwards a typed copy goes to the worker, to the line "
    "manager for their next supervision, and to whoever collates the forms.",
    parts=(
        Question(
            id="observation_nature",
            prompt="What was observed?",
            kind=_NATURE,
            aspect=Aspect.QUANTITATIVE,
            hint="The form names calls, home visits and meetings; the framework lists more.",
            source=QAF.at("Tool B and §5.2 e", lines="368, 976"),
            standing=Standing.INFERRED,
        ),
        Question(
            id="observation_nature_other",
            prompt="What other kind of work?",
            kind=TEXT,
            aspect=Aspect.QUANTITATIVE,
            asked=Ref("observation_nature", _NATURE).is_("other"),
            required=NEVER,
            source=QAF.at("Tool B", lines="976"),
            standing=Standing.STATED,
        ),
        Question(
            id="record_of_observation",
            prompt="What did the observer see and hear?",
            kind=TEXT,
            hint="Direct work with the child, how the child and the family take part, "
            "supervision, management and decisions, what a social worker brings, "
            "and work with partners: as far as they came up.",
            source=QAF.at("Tool B and Appendix 2", lines="643-644, 978"),
            standing=Standing.STATED,
        ),
        Question(
            id="strengths",
            prompt="What are the strengths?",
            kind=TEXT,
            source=QAF.at("Tool B", lines="979"),
            standing=Standing.STATED,
        ),
        Question(
            id="areas_for_development",
            prompt="What is there to develop?",
            kind=TEXT,
            source=QAF.at("Tool B", lines="981"),
            standing=Standing.STATED,
        ),
        Question(
            id="conclusions",
            prompt="What do supervisor and supervisee conclude and recommend?",
            kind=TEXT,
            hint="Filled in by supervisor and supervisee, when they talk it over.",
            required=NEVER,
            source=QAF.at("Tool B", lines="982-983"),
            standing=Standing.STATED,
        ),
        Question(
            id="observation_actions",
            prompt="What is to be done, by whom and when?",
            kind=TEXT,
            hint="In words, as the form has it; or as actions of the audit, each with its day.",
            required=NEVER,
            source=QAF.at("Tool B", lines="984"),
            standing=Standing.STATED,
        ),
        Question(
            id="for_next_supervision",
            prompt="What should they come back to in the next supervision?",
            kind=TEXT,
            hint="Filled in by supervisor and supervisee, when they talk it over.",
            required=NEVER,
            source=QAF.at("Tool B", lines="986"),
            standing=Standing.STATED,
        ),
        Question(
            id="signed_by_supervisee",
            prompt="When did the supervisee sign?",
            kind=DATE,
            aspect=Aspect.QUANTITATIVE,
            required=NEVER,
            source=QAF.at("Tool B", lines="988"),
            standing=Standing.STATED,
        ),
        Question(
            id="signed_by_supervisor",
            prompt="When did the supervisor sign?",
            kind=DATE,
            aspect=Aspect.QUANTITATIVE,
            required=NEVER,
            source=QAF.at("Tool B", lines="990"),
            standing=Standing.STATED,
        ),
    ),
    source=QAF.at("Tool B", lines="972-992"),
    standing=Standing.STATED,
)
