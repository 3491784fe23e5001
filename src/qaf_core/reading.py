"""Reading Borough Council's framework of January 2016: the base that is shipped."""

from __future__ import annotations

from qaf_core.additions import Addition
from qaf_core.clocks import CLOCKS
from qaf_core.cycle.acting import ACTION
from qaf_core.cycle.auditing import AUDIT
from qaf_core.cycle.escalating import ESCALATION
from qaf_core.cycle.stages import QA_CYCLE
from qaf_core.cycle.steps import PLACES, STEPS
from qaf_core.cycle.streams import POINTS, STREAMS
from qaf_core.facts import FACTS
from qaf_core.key_tests import KEY_TESTS
from qaf_core.learning.links import LEARNING
from qaf_core.reading_laws import LAWS
from qaf_core.reading_mappings import KEY_TEST_QUESTIONS, QUESTION_CRITERIA
from qaf_core.reading_programme import READING_PROGRAMME
from qaf_core.roles import BOARDS, ROLES
from qaf_core.rules import commissioning, completeness, escalation, grading, timeliness
from qaf_core.scales import GRADES
from qaf_core.settings import SETTINGS
from qaf_core.sources import QAF
from qaf_core.standards import PROFESSIONAL_STANDARDS, STANDARDS
from qaf_core.subjects import CHILD_CASE, PRACTITIONER, SUPERVISION_FILE
from qaf_core.tools.case_file import CASE_FILE
from qaf_core.tools.observation import OBSERVATION
from qaf_core.tools.supervision import SUPERVISEE_INTERVIEW, SUPERVISION, SUPERVISOR_INTERVIEW

__all__ = ["READING_2016"]


def __dir__() -> list[str]:
    return __all__


READING_2016 = Addition(
    id="reading",
    version="2016.1",
    title="Reading Borough Council, Children's Social Care Quality Assurance Framework",
    source=QAF.at("whole"),
    standards=(*STANDARDS, *PROFESSIONAL_STANDARDS),
    scales=(GRADES,),
    roles=ROLES,
    boards=BOARDS,
    subjects=(CHILD_CASE, PRACTITIONER, SUPERVISION_FILE),
    facts=(*FACTS, *CLOCKS),
    tools=(CASE_FILE, OBSERVATION, SUPERVISION, SUPERVISEE_INTERVIEW, SUPERVISOR_INTERVIEW),
    rules=(
        *escalation.RULES,
        *completeness.RULES,
        *grading.RULES,
        *timeliness.RULES,
        *commissioning.RULES,
    ),
    key_tests=KEY_TESTS,
    mappings=(QUESTION_CRITERIA, KEY_TEST_QUESTIONS),
    programme=READING_PROGRAMME,
    machines=(AUDIT, ACTION, ESCALATION, QA_CYCLE),
    steps=STEPS,
    places=PLACES,
    streams=STREAMS,
    points=POINTS,
    learning=LEARNING,
    laws=LAWS,
    settings=SETTINGS,
)
