"""The way of an audit, from being allocated to being logged as completed and actioned."""

from __future__ import annotations

from qaf_core.cycle.machines import Machine
from qaf_core.cycle.parts import START, Clock, Guard, Paper, State, Transition, post
from qaf_core.logic.values import COUNT, DATE, YES_NO
from qaf_core.provenance import Standing
from qaf_core.roles import (
    ALLOCATED_WORKER,
    AUDITOR,
    BUSINESS_SUPPORT,
    LINE_MANAGER,
    MODERATOR,
    SAFEGUARDING_UNIT,
    SERVICE_MANAGER_QUALITY_ASSURANCE,
)
from qaf_core.settings import SIGN_OFF_COUNTS_FROM, SIGNED_OFF
from qaf_core.sources import QAF

__all__ = ["AUDIT"]


def __dir__() -> list[str]:
    return __all__


STATED, INFERRED, EDITORIAL = Standing.STATED, Standing.INFERRED, Standing.EDITORIAL

_GUIDANCE = QAF.at("Tool A, guidance", lines="676-677")
_DISCUSSED = QAF.at("Tool A, guidance", lines="676")
_SUBMITTED = QAF.at("Tool A, guidance", lines="677")
_MODERATION = QAF.at("§6.1", lines="392-395")
_KEPT = QAF.at("Tool A, 7", lines="955")
_STEP_1 = QAF.at("Tool A, post audit actions, step 1", lines="963")
_STEP_2 = QAF.at("Tool A, post audit actions, step 2", lines="964")
_STEP_3 = QAF.at("Tool A, post audit actions, step 3", lines="965")
_STEP_4 = QAF.at("Tool A, post audit actions, step 4", lines="966")
_STEP_5 = QAF.at("Tool A, post audit actions, step 5", lines="967")
_STEP_6 = QAF.at("Tool A, post audit actions, step 6", lines="968")
_AUDITOR = QAF.at("Tool A, 1", lines="695")

_audit = Paper(id="audit", label="the audit's id", once=True, source=_GUIDANCE, standing=EDITORIAL)
_subject = Paper(
    id="subject",
    label="the id of whom it is about",
    once=True,
    source=_GUIDANCE,
    standing=EDITORIAL,
)
_auditor = Paper(id="auditor", label="the post that audits", source=_AUDITOR, standing=STATED)
_complete = Paper(
    id="complete",
    label="whether the audit is complete",
    kind=YES_NO,
    source=_SUBMITTED,
    standing=STATED,
)
_worker_discussed = Paper(
    id="discussed_with_worker",
    label="whether it was discussed with the worker",
    kind=YES_NO,
    source=_DISCUSSED,
    standing=STATED,
)
_supervisor_discussed = Paper(
    id="discussed_with_supervisor",
    label="whether it was discussed with the supervisor",
    kind=YES_NO,
    source=_DISCUSSED,
    standing=INFERRED,
)
_agreed = Paper(
    id="actions_agreed",
    label="how many actions were agreed",
    kind=COUNT,
    source=_DISCUSSED,
    standing=STATED,
)
_undated = Paper(
    id="actions_undated",
    label="how many of the actions have no date",
    kind=COUNT,
    source=_DISCUSSED,
    standing=STATED,
)
_drawn = Paper(
    id="drawn_for_moderation",
    label="whether the audit was drawn for moderation",
    kind=YES_NO,
    once=True,
    source=_MODERATION,
    standing=INFERRED,
)
_moderation = Paper(
    id="moderation", label="the id of the second audit", source=_MODERATION, standing=STATED
)
_moderator = Paper(
    id="moderator", label="the post that moderates", source=_MODERATION, standing=STATED
)
_received = Paper(
    id="form_received",
    label="the day the line manager first received the form",
    kind=DATE,
    once=True,
    source=QAF.at("Tool A, post audit actions, steps 1 and 4", lines="963-966"),
    standing=INFERRED,
)
_listed = Paper(
    id="listed",
    label="whether the case was put on the list for the Service Manager Safeguarding",
    kind=YES_NO,
    source=_STEP_2,
    standing=STATED,
)
_open = Paper(
    id="actions_open",
    label="how many actions are not done",
    kind=COUNT,
    source=_STEP_3,
    standing=STATED,
)
_returned = Paper(
    id="form_returned",
    label="the day the line manager had the form back from the worker",
    kind=DATE,
    source=_STEP_3,
    standing=STATED,
)
_updated = Paper(
    id="plan_updated",
    label="whether the worker wrote up what was done, with comments",
    kind=YES_NO,
    source=_KEPT,
    standing=STATED,
)
_supervision_file = Paper(
    id="on_supervision_file",
    label="whether it is on the worker's supervision file",
    kind=YES_NO,
    source=_KEPT,
    standing=STATED,
)
_unsigned = Paper(
    id="actions_unsigned",
    label="how many actions are not signed off",
    kind=COUNT,
    source=_STEP_4,
    standing=STATED,
)
_unit_told = Paper(
    id="unit_told",
    label="whether the Safeguarding Unit was told of the sign-off",
    kind=YES_NO,
    source=_STEP_4,
    standing=STATED,
)
_e_file = Paper(
    id="on_electronic_file",
    label="whether the form is on the child's electronic file",
    kind=YES_NO,
    source=_STEP_5,
    standing=STATED,
)
_log_entry = Paper(
    id="log_entry",
    label="the entry in the register of completed and actioned audits",
    source=_STEP_6,
    standing=STATED,
)

AUDIT = Machine(
    id="audit",
    version="2016.1",
    title="An audit",
    about="an audit, from being allocated to being logged",
    source=QAF.at("Tool A, guidance and post audit actions", lines="676-677, 963-968"),
    standing=STATED,
    states=(
        State(
            id="allocated",
            title="Allocated",
            what="Someone has it to do.",
            owner=AUDITOR.id,
            source=_GUIDANCE,
            standing=EDITORIAL,
        ),
        State(
            id="in_progress",
            title="In progress",
            what="The auditor fills it in, with the worker.",
            owner=AUDITOR.id,
            source=QAF.at("Tool A, guidance", lines="652"),
            standing=INFERRED,
        ),
        State(
            id="discussed",
            title="Discussed with worker and supervisor",
            what="What was found has been talked over.",
            owner=AUDITOR.id,
            source=_DISCUSSED,
            standing=STATED,
        ),
        State(
            id="actions_agreed",
            title="Actions agreed",
            what="What is to be done, and by when, is settled.",
            owner=AUDITOR.id,
            source=_DISCUSSED,
            standing=STATED,
        ),
        State(
            id="submitted",
            title="Submitted to the Service Manager Quality Assurance",
            what="The whole audit is in, with its actions.",
            owner=SERVICE_MANAGER_QUALITY_ASSURANCE.id,
            source=_SUBMITTED,
            standing=STATED,
        ),
        State(
            id="moderated",
            title="Moderated",
            what="Another has audited the same file.",
            owner=BUSINESS_SUPPORT.id,
            source=_MODERATION,
            standing=INFERRED,
        ),
        State(
            id="sent",
            title="Sent to the worker, with a copy to the line manager",
            what="The worker does the actions.",
            owner=ALLOCATED_WORKER.id,
            source=_STEP_1,
            standing=STATED,
        ),
        State(
            id="actions_completed",
            title="Actions completed",
            what="The worker has done them and passed the form on.",
            owner=LINE_MANAGER.id,
            source=_STEP_3,
            standing=STATED,
        ),
        State(
            id="signed_off",
            title="Signed off",
            what="The line manager has confirmed every action.",
            owner=LINE_MANAGER.id,
            source=_STEP_4,
            standing=STATED,
        ),
        State(
            id="filed",
            title="Filed",
            what="The form is on the child's electronic file.",
            owner=SAFEGUARDING_UNIT.id,
            source=_STEP_5,
            standing=STATED,
        ),
        State(
            id="logged",
            title="Logged as completed and actioned",
            what="It is in the register.",
            end=True,
            source=_STEP_6,
            standing=STATED,
        ),
        State(
            id="withdrawn",
            title="Withdrawn",
            what="It was not carried out, and it is said why. Whatever it escalated stays.",
            end=True,
            source=_GUIDANCE,
            standing=EDITORIAL,
        ),
    ),
    papers=(
        _audit,
        _subject,
        _auditor,
        _complete,
        _worker_discussed,
        _supervisor_discussed,
        _agreed,
        _undated,
        _drawn,
        _moderation,
        _moderator,
        _received,
        _listed,
        _open,
        _returned,
        _updated,
        _supervision_file,
        _unsigned,
        _unit_told,
        _e_file,
        _log_entry,
    ),
    guards=(
        Guard(
            id="is_the_auditor",
            statement="It is done by the post that has the audit to do.",
            holds=post.is_(_auditor.ref),
            source=_AUDITOR,
            standing=INFERRED,
        ),
        Guard(
            id="worker_heard",
            statement="It was discussed with the worker.",
            holds=_worker_discussed.ref.is_(True),
            source=_DISCUSSED,
            standing=STATED,
        ),
        Guard(
            id="supervisor_heard",
            statement="It was discussed with the supervisor.",
            holds=_supervisor_discussed.ref.is_(True),
            source=_DISCUSSED,
            standing=INFERRED,
        ),
        Guard(
            id="actions_dated",
            statement="Every agreed action has a date.",
            holds=_undated.ref.is_(0),
            source=_DISCUSSED,
            standing=STATED,
        ),
        Guard(
            id="audit_complete",
            statement="The audit is complete.",
            holds=_complete.ref.is_(True),
            source=_SUBMITTED,
            standing=STATED,
        ),
        Guard(
            id="was_drawn",
            statement="It was drawn for moderation.",
            holds=_drawn.ref.is_(True),
            source=_MODERATION,
            standing=INFERRED,
        ),
        Guard(
            id="moderator_is_another",
            statement="The moderator is not the auditor.",
            holds=_moderator.ref.is_not(_auditor.ref),
            source=_MODERATION,
            standing=INFERRED,
        ),
        Guard(
            id="is_the_moderator",
            statement="It is done by the post that moderates.",
            holds=post.is_(_moderator.ref),
            source=_MODERATION,
            standing=INFERRED,
        ),
        Guard(
            id="moderated_if_drawn",
            statement="It has been moderated, if it was drawn for that.",
            holds=_drawn.ref.is_(False) | _moderation.ref.answered(),
            source=_MODERATION,
            standing=INFERRED,
        ),
        Guard(
            id="listed_if_actions",
            statement="A case with actions is on the list for the Service Manager Safeguarding.",
            holds=_agreed.ref.is_(0) | _listed.ref.is_(True),
            source=_STEP_2,
            standing=STATED,
        ),
        Guard(
            id="nothing_open",
            statement="Every action is done.",
            holds=_open.ref.is_(0),
            source=_STEP_3,
            standing=STATED,
        ),
        Guard(
            id="written_up",
            statement="The worker has written up what was done, with comments.",
            holds=_updated.ref.is_(True),
            source=_KEPT,
            standing=STATED,
        ),
        Guard(
            id="kept_on_supervision_file",
            statement="It is kept on the worker's supervision file.",
            holds=_supervision_file.ref.is_(True),
            source=_KEPT,
            standing=STATED,
        ),
        Guard(
            id="nothing_unsigned",
            statement="Every action is signed off.",
            holds=_unsigned.ref.is_(0),
            source=_STEP_4,
            standing=STATED,
        ),
        Guard(
            id="unit_is_told",
            statement="The Safeguarding Unit has been told of the sign-off.",
            holds=_unit_told.ref.is_(True),
            source=_STEP_4,
            standing=STATED,
        ),
        Guard(
            id="kept_on_electronic_file",
            statement="The form is on the child's electronic file.",
            holds=_e_file.ref.is_(True),
            source=_STEP_5,
            standing=STATED,
        ),
    ),
    clocks=(
        Clock(
            id="send_due",
            statement="The form is sent to the worker and the line manager.",
            source=_STEP_1,
            standing=STATED,
        ),
        Clock(
            id="sign_off_due",
            statement="The line manager has signed off every action.",
            within=SIGNED_OFF,
            anchor=SIGN_OFF_COUNTS_FROM,
            keeps=True,
            source=_STEP_4,
            standing=INFERRED,
        ),
    ),
    transitions=(
        Transition(
            id="allocate",
            title="given to an auditor",
            leaves=(START,),
            to="allocated",
            makes=("audit", "subject", "auditor"),
            source=_GUIDANCE,
            standing=EDITORIAL,
        ),
        Transition(
            id="reallocate",
            title="given to another auditor",
            leaves=("allocated", "in_progress"),
            to="allocated",
            by=(SERVICE_MANAGER_QUALITY_ASSURANCE.id,),
            makes=("auditor",),
            reason=True,
            source=_GUIDANCE,
            standing=EDITORIAL,
        ),
        Transition(
            id="start",
            title="begun",
            leaves=("allocated",),
            to="in_progress",
            by=(AUDITOR.id,),
            guards=("is_the_auditor",),
            source=_GUIDANCE,
            standing=EDITORIAL,
        ),
        Transition(
            id="discuss",
            title="discussed",
            leaves=("in_progress",),
            to="discussed",
            by=(AUDITOR.id,),
            makes=("discussed_with_worker", "discussed_with_supervisor"),
            guards=("is_the_auditor", "worker_heard", "supervisor_heard"),
            source=_DISCUSSED,
            standing=STATED,
        ),
        Transition(
            id="agree_actions",
            title="actions and dates agreed",
            leaves=("discussed",),
            to="actions_agreed",
            by=(AUDITOR.id,),
            makes=("actions_agreed", "actions_undated"),
            guards=("is_the_auditor", "actions_dated"),
            source=_DISCUSSED,
            standing=STATED,
        ),
        Transition(
            id="submit",
            title="submitted",
            leaves=("actions_agreed",),
            to="submitted",
            by=(AUDITOR.id,),
            needs=("discussed_with_worker", "discussed_with_supervisor", "actions_agreed"),
            makes=("complete",),
            guards=("is_the_auditor", "audit_complete"),
            starts=("send_due",),
            source=_SUBMITTED,
            standing=STATED,
        ),
        Transition(
            id="give_back",
            title="given back to the auditor",
            leaves=("submitted", "moderated"),
            to="in_progress",
            by=(SERVICE_MANAGER_QUALITY_ASSURANCE.id,),
            clears=(
                "complete",
                "discussed_with_worker",
                "discussed_with_supervisor",
                "actions_agreed",
                "actions_undated",
                "moderation",
                "moderator",
            ),
            stops=("send_due",),
            reason=True,
            source=_SUBMITTED,
            standing=EDITORIAL,
        ),
        Transition(
            id="moderate",
            title="audited again by another",
            leaves=("submitted",),
            to="moderated",
            by=(MODERATOR.id,),
            makes=("drawn_for_moderation", "moderation", "moderator"),
            guards=("was_drawn", "is_the_moderator", "moderator_is_another"),
            source=_MODERATION,
            standing=STATED,
        ),
        Transition(
            id="send",
            title="sent out",
            leaves=("submitted", "moderated"),
            to="sent",
            by=(BUSINESS_SUPPORT.id,),
            needs=("drawn_for_moderation", "actions_agreed"),
            makes=("form_received",),
            may=("listed",),
            guards=("moderated_if_drawn", "listed_if_actions"),
            starts=("sign_off_due",),
            stops=("send_due",),
            source=QAF.at("Tool A, post audit actions, steps 1 and 2", lines="963-964"),
            standing=STATED,
        ),
        Transition(
            id="complete_actions",
            title="actions done",
            leaves=("sent",),
            to="actions_completed",
            by=(ALLOCATED_WORKER.id,),
            makes=("actions_open", "form_returned", "plan_updated", "on_supervision_file"),
            guards=("nothing_open", "written_up", "kept_on_supervision_file"),
            starts=("sign_off_due",),
            source=_STEP_3,
            standing=STATED,
        ),
        Transition(
            id="send_back",
            title="sent back to the worker",
            leaves=("actions_completed",),
            to="sent",
            by=(LINE_MANAGER.id,),
            clears=("actions_open", "form_returned", "plan_updated"),
            reason=True,
            source=_STEP_4,
            standing=EDITORIAL,
        ),
        Transition(
            id="sign_off",
            title="signed off",
            leaves=("actions_completed",),
            to="signed_off",
            by=(LINE_MANAGER.id,),
            needs=("form_received",),
            makes=("actions_unsigned", "unit_told"),
            guards=("nothing_unsigned", "unit_is_told"),
            stops=("sign_off_due",),
            source=_STEP_4,
            standing=STATED,
        ),
        Transition(
            id="file",
            title="filed",
            leaves=("signed_off",),
            to="filed",
            by=(LINE_MANAGER.id,),
            makes=("on_electronic_file",),
            guards=("kept_on_electronic_file",),
            source=_STEP_5,
            standing=STATED,
        ),
        Transition(
            id="log",
            title="logged",
            leaves=("filed",),
            to="logged",
            by=(SAFEGUARDING_UNIT.id,),
            makes=("log_entry",),
            source=_STEP_6,
            standing=STATED,
        ),
        Transition(
            id="withdraw",
            title="withdrawn",
            leaves=("allocated", "in_progress"),
            to="withdrawn",
            by=(SERVICE_MANAGER_QUALITY_ASSURANCE.id,),
            reason=True,
            source=_GUIDANCE,
            standing=EDITORIAL,
        ),
    ),
)
