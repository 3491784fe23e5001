"""The follow-up of Tools A, B and C: who does what, for whom, by when, and where it is kept."""

from __future__ import annotations

from qaf_core.cycle.followup import Place, Step
from qaf_core.provenance import Standing
from qaf_core.roles import (
    ALLOCATED_WORKER,
    AUDITOR,
    BUSINESS_SUPPORT,
    LINE_MANAGER,
    OBSERVATION_COLLATOR,
    OBSERVER,
    PRACTITIONER,
    SAFEGUARDING_UNIT,
    SERVICE_MANAGER_QUALITY_ASSURANCE,
    SERVICE_MANAGER_SAFEGUARDING,
    SUPERVISEE,
    SUPERVISOR,
)
from qaf_core.settings import SIGNED_OFF
from qaf_core.sources import QAF
from qaf_core.timing import Deadline
from qaf_core.tools.case_file import CASE_FILE
from qaf_core.tools.observation import OBSERVATION
from qaf_core.tools.supervision import SUPERVISION

__all__ = ["PLACES", "STEPS"]


def __dir__() -> list[str]:
    return __all__


STATED, INFERRED, EDITORIAL = Standing.STATED, Standing.INFERRED, Standing.EDITORIAL

_KEPT = QAF.at("Tool A, 7", lines="955")

_SUPERVISION_FILE = Place(
    id="supervision_file",
    title="the worker's professional supervision file",
    source=_KEPT,
    standing=STATED,
)
_SUPERVISION_NOTE = Place(
    id="supervision_note",
    title="the supervision note on the case system, where progress is followed",
    source=_KEPT,
    standing=STATED,
)
_ELECTRONIC_FILE = Place(
    id="electronic_file",
    title="the child's electronic file",
    source=QAF.at("Tool A, post audit actions, step 5", lines="967"),
    standing=STATED,
)
_REGISTER = Place(
    id="register",
    title="the register of audits completed and actioned",
    source=QAF.at("Tool A, post audit actions, step 6", lines="968"),
    standing=STATED,
)
_COLLECTION = Place(
    id="observation_collection",
    title="the collection of observation forms",
    source=QAF.at("Tool B", lines="992"),
    standing=INFERRED,
)

PLACES = (_SUPERVISION_FILE, _SUPERVISION_NOTE, _ELECTRONIC_FILE, _REGISTER, _COLLECTION)

_NEXT_SUPERVISION = Deadline(before="the worker's next supervision")

STEPS = (
    Step(
        id="case_file_discuss",
        tool=CASE_FILE.id,
        number=1,
        what="talk the audit over and agree actions with dates",
        by=(AUDITOR.id,),
        to=(ALLOCATED_WORKER.id, SUPERVISOR.id),
        event="discuss",
        source=QAF.at("Tool A, guidance", lines="676"),
        standing=STATED,
    ),
    Step(
        id="case_file_submit",
        tool=CASE_FILE.id,
        number=2,
        what="send in the whole audit with its actions",
        by=(AUDITOR.id,),
        to=(SERVICE_MANAGER_QUALITY_ASSURANCE.id,),
        event="submit",
        source=QAF.at("Tool A, guidance", lines="677"),
        standing=STATED,
    ),
    Step(
        id="case_file_send",
        tool=CASE_FILE.id,
        number=3,
        what="e-mail the form and ask for the actions to be done",
        by=(BUSINESS_SUPPORT.id,),
        to=(ALLOCATED_WORKER.id,),
        copy=(LINE_MANAGER.id,),
        event="send",
        source=QAF.at("Tool A, post audit actions, step 1", lines="963"),
        standing=STATED,
    ),
    Step(
        id="case_file_list",
        tool=CASE_FILE.id,
        number=4,
        what="list the cases with actions, with worker, manager and dates",
        by=(BUSINESS_SUPPORT.id,),
        to=(SERVICE_MANAGER_SAFEGUARDING.id,),
        event="send",
        source=QAF.at("Tool A, post audit actions, step 2", lines="964"),
        standing=STATED,
    ),
    Step(
        id="case_file_review",
        tool=CASE_FILE.id,
        number=5,
        what="go through findings and plan together",
        by=(SUPERVISOR.id, ALLOCATED_WORKER.id),
        kept=(_SUPERVISION_NOTE.id,),
        source=_KEPT,
        standing=STATED,
    ),
    Step(
        id="case_file_write_up",
        tool=CASE_FILE.id,
        number=6,
        what="write up what was done, with comments on findings and process",
        by=(ALLOCATED_WORKER.id,),
        kept=(_SUPERVISION_FILE.id, _SUPERVISION_NOTE.id),
        event="complete_actions",
        source=_KEPT,
        standing=STATED,
    ),
    Step(
        id="case_file_complete",
        tool=CASE_FILE.id,
        number=7,
        what="do the actions and pass the form on for sign-off",
        by=(ALLOCATED_WORKER.id,),
        to=(LINE_MANAGER.id,),
        event="complete_actions",
        source=QAF.at("Tool A, post audit actions, step 3", lines="965"),
        standing=STATED,
    ),
    Step(
        id="case_file_sign_off",
        tool=CASE_FILE.id,
        number=8,
        what="confirm that every action is done, sign off and say so by e-mail",
        by=(LINE_MANAGER.id,),
        to=(SAFEGUARDING_UNIT.id,),
        within=SIGNED_OFF,
        event="sign_off",
        source=QAF.at("Tool A, post audit actions, step 4", lines="966"),
        standing=STATED,
    ),
    Step(
        id="case_file_file",
        tool=CASE_FILE.id,
        number=9,
        what="see that the form is filed",
        by=(LINE_MANAGER.id,),
        kept=(_ELECTRONIC_FILE.id,),
        event="file",
        source=QAF.at("Tool A, post audit actions, step 5", lines="967"),
        standing=STATED,
    ),
    Step(
        id="case_file_log",
        tool=CASE_FILE.id,
        number=10,
        what="log the form",
        by=(SAFEGUARDING_UNIT.id,),
        kept=(_REGISTER.id,),
        event="log",
        source=QAF.at("Tool A, post audit actions, step 6", lines="968"),
        standing=STATED,
    ),
    Step(
        id="observation_feed_back",
        tool=OBSERVATION.id,
        number=1,
        what="draw conclusions together in a feedback session, with who does what by when",
        by=(OBSERVER.id, PRACTITIONER.id),
        source=QAF.at("Tool B", lines="982-986"),
        standing=STATED,
    ),
    Step(
        id="observation_sign",
        tool=OBSERVATION.id,
        number=2,
        what="sign",
        by=(SUPERVISEE.id, SUPERVISOR.id),
        source=QAF.at("Tool B", lines="988-990"),
        standing=STATED,
    ),
    Step(
        id="observation_send",
        tool=OBSERVATION.id,
        number=3,
        what="e-mail a typed copy, to be talked over in supervision",
        by=(OBSERVER.id,),
        to=(PRACTITIONER.id, LINE_MANAGER.id),
        within=_NEXT_SUPERVISION,
        source=QAF.at("Tool B", lines="992"),
        standing=STATED,
    ),
    Step(
        id="observation_collect",
        tool=OBSERVATION.id,
        number=4,
        what="e-mail a typed copy to be collected",
        by=(OBSERVER.id,),
        to=(OBSERVATION_COLLATOR.id,),
        kept=(_COLLECTION.id,),
        source=QAF.at("Tool B", lines="992"),
        standing=STATED,
    ),
    Step(
        id="observation_reflect",
        tool=OBSERVATION.id,
        number=5,
        what="reflect on what was picked out, in the next supervision",
        by=(SUPERVISOR.id, SUPERVISEE.id),
        source=QAF.at("Tool B", lines="986-987, 992"),
        standing=STATED,
    ),
    Step(
        id="supervision_talk",
        tool=SUPERVISION.id,
        number=1,
        what="talk with supervisee and supervisor, and add what they say",
        by=(AUDITOR.id,),
        to=(SUPERVISEE.id, SUPERVISOR.id),
        source=QAF.at("Tool C", lines="1059"),
        standing=STATED,
    ),
    Step(
        id="supervision_complete",
        tool=SUPERVISION.id,
        number=2,
        what="do the actions by their dates, and sign for them",
        by=(SUPERVISOR.id,),
        source=QAF.at("Tool C", lines="1064-1073"),
        standing=STATED,
    ),
    Step(
        id="supervision_confirm",
        tool=SUPERVISION.id,
        number=3,
        what="say by e-mail that the actions are done",
        by=(SUPERVISOR.id,),
        to=(AUDITOR.id,),
        source=QAF.at("Tool C", lines="1074"),
        standing=STATED,
    ),
)
