"""The way of an agreed action: done by the worker, signed off by the manager."""

from __future__ import annotations

from qaf_core.cycle.machines import Machine
from qaf_core.cycle.parts import START, Clock, Guard, Paper, State, Transition, on_day
from qaf_core.logic.values import COUNT, DATE, TEXT
from qaf_core.provenance import Standing
from qaf_core.roles import (
    ALLOCATED_WORKER,
    AUDITOR,
    BUSINESS_SUPPORT,
    LINE_MANAGER,
    MODERATOR,
    PRACTITIONER,
    SERVICE_MANAGER_QUALITY_ASSURANCE,
    SUPERVISEE,
    SUPERVISOR,
)
from qaf_core.settings import SIGN_OFF_COUNTS_FROM, SIGNED_OFF
from qaf_core.sources import QAF

__all__ = ["ACTION"]


def __dir__() -> list[str]:
    return __all__


STATED, INFERRED, EDITORIAL = Standing.STATED, Standing.INFERRED, Standing.EDITORIAL

_AGREED = QAF.at("Tool A, guidance and 7", lines="676, 938-953")
_RECEIVED = QAF.at("Tool A, post audit actions, steps 1 and 4", lines="963-966")
_DONE = QAF.at("Tool A, 7 and post audit actions, step 3", lines="955, 965")
_SIGNED = QAF.at("Tool A, post audit actions, step 4", lines="940, 966")

_audit = Paper(
    id="audit", label="the audit it comes from", once=True, source=_AGREED, standing=STATED
)
_subject = Paper(
    id="subject",
    label="the id of whom it is about",
    once=True,
    source=_AGREED,
    standing=EDITORIAL,
)
_number = Paper(
    id="number",
    label="its place among the actions of the audit",
    kind=COUNT,
    once=True,
    source=_AGREED,
    standing=STATED,
)
_section = Paper(
    id="section", label="the section it answers", once=True, source=_AGREED, standing=STATED
)
_by = Paper(
    id="due_by",
    label="the day it is to be done by",
    kind=DATE,
    source=_AGREED,
    standing=STATED,
)
_received = Paper(
    id="form_received",
    label="the day the line manager first received the form",
    kind=DATE,
    once=True,
    source=_RECEIVED,
    standing=INFERRED,
)
_returned = Paper(
    id="form_returned",
    label="the day the line manager had the form back from the worker",
    kind=DATE,
    source=QAF.at("Tool A, post audit actions, step 3", lines="965"),
    standing=STATED,
)
_written = Paper(
    id="what_was_done",
    label="what was done",
    kind=TEXT,
    source=QAF.at("Tool A, 7", lines="955"),
    standing=STATED,
)

ACTION = Machine(
    id="action",
    version="2016.1",
    title="An action",
    about="a remedial action, from being agreed to being signed off",
    source=QAF.at("Tool A, 7 and post audit actions", lines="938-968"),
    standing=STATED,
    states=(
        State(
            id="agreed",
            title="Agreed",
            what="It is to be done by its date.",
            owner=ALLOCATED_WORKER.id,
            source=_AGREED,
            standing=STATED,
        ),
        State(
            id="done",
            title="Done",
            what="The worker says that it is done.",
            owner=LINE_MANAGER.id,
            source=_DONE,
            standing=STATED,
        ),
        State(
            id="signed_off",
            title="Signed off",
            what="The line manager has confirmed it.",
            end=True,
            source=_SIGNED,
            standing=STATED,
        ),
        State(
            id="reopened",
            title="Reopened",
            what="It turned out not to be done, and has a new date.",
            owner=ALLOCATED_WORKER.id,
            source=_SIGNED,
            standing=EDITORIAL,
        ),
    ),
    papers=(_audit, _subject, _number, _section, _by, _received, _returned, _written),
    guards=(
        Guard(
            id="date_to_come",
            statement="The new date is not past already.",
            holds=_by.ref >= on_day,
            source=_SIGNED,
            standing=EDITORIAL,
        ),
    ),
    clocks=(
        Clock(
            id="action_due",
            statement="The action is done and signed off.",
            dated="due_by",
            source=_AGREED,
            standing=STATED,
        ),
        Clock(
            id="sign_off_due",
            statement="The line manager has signed the action off.",
            within=SIGNED_OFF,
            anchor=SIGN_OFF_COUNTS_FROM,
            keeps=True,
            source=_SIGNED,
            standing=INFERRED,
        ),
    ),
    transitions=(
        Transition(
            id="agree",
            title="agreed",
            leaves=(START,),
            to="agreed",
            makes=("audit", "subject", "number", "section", "due_by"),
            starts=("action_due",),
            source=_AGREED,
            standing=STATED,
        ),
        *(
            Transition(
                id=f"receive_{state}",
                event="receive",
                title="form received by the line manager",
                leaves=(state,),
                to=state,
                by=(BUSINESS_SUPPORT.id, LINE_MANAGER.id),
                makes=("form_received",),
                starts=("sign_off_due",),
                source=_RECEIVED,
                standing=INFERRED,
            )
            for state in ("agreed", "done")
        ),
        Transition(
            id="do",
            title="done",
            leaves=("agreed", "reopened"),
            to="done",
            by=(ALLOCATED_WORKER.id, PRACTITIONER.id, SUPERVISEE.id, SUPERVISOR.id),
            makes=("what_was_done", "form_returned"),
            starts=("sign_off_due",),
            source=_DONE,
            standing=STATED,
        ),
        Transition(
            id="sign_off",
            title="signed off",
            leaves=("done",),
            to="signed_off",
            by=(LINE_MANAGER.id,),
            needs=("form_received", "what_was_done"),
            stops=("action_due", "sign_off_due"),
            source=_SIGNED,
            standing=STATED,
        ),
        Transition(
            id="reopen",
            title="reopened",
            leaves=("done", "signed_off"),
            to="reopened",
            by=(LINE_MANAGER.id, AUDITOR.id, MODERATOR.id, SERVICE_MANAGER_QUALITY_ASSURANCE.id),
            needs=("form_received",),
            makes=("due_by",),
            clears=("what_was_done", "form_returned"),
            guards=("date_to_come",),
            starts=("action_due", "sign_off_due"),
            reason=True,
            source=_SIGNED,
            standing=EDITORIAL,
        ),
    ),
)
"""An action stays overdue until it is signed off: that is worked out from the day."""
