"""The quality assurance cycle: identify, task, improve, support, review; and round again."""

from __future__ import annotations

from attrs import frozen

from qaf_core.cycle.machines import Machine
from qaf_core.cycle.parts import START, Clock, Guard, Paper, State, Transition
from qaf_core.logic.values import COUNT, DATE, YES_NO, choice
from qaf_core.provenance import Reference, Standing
from qaf_core.roles import (
    ASSISTANT_TEAM_MANAGER,
    CHILDRENS_SERVICES_MANAGEMENT_TEAM,
    DIRECTORATE_LEADERSHIP_TEAM,
    PRINCIPAL_SOCIAL_WORKER,
    QUALITY_ASSURANCE_BOARD,
    SERVICE_MANAGER_QUALITY_ASSURANCE,
    TEAM_MANAGER,
    WORKFORCE_DEVELOPMENT_TEAM,
)
from qaf_core.settings import PLAN_AGREED, PLAN_APPROVED, PLAN_DEVELOPED
from qaf_core.sources import QAF

__all__ = ["PLAN_KIND", "QA_CYCLE", "TASK_KINDS", "TaskKind"]


def __dir__() -> list[str]:
    return __all__


STATED, INFERRED, EDITORIAL = Standing.STATED, Standing.INFERRED, Standing.EDITORIAL


@frozen(kw_only=True)
class TaskKind:
    """Something the board can ask for.

    Attributes:
        id: its id.
        title: the name people read.
        plan: the kind of plan that follows from it.
        source, standing: where it comes from and how firmly it stands.
    """

    id: str
    title: str
    plan: str = "improvement"
    source: Reference
    standing: Standing


_TASK = QAF.at("§4.3", lines="319")
_REPORT = QAF.at("Report 3.4", lines="50-52")
_SUB_GROUP = QAF.at("§2.3, §6.5 d", lines="272, 414")

TASK_KINDS = (
    TaskKind(id="audit", title="An audit", source=_TASK, standing=STATED),
    TaskKind(id="case_review", title="A case review", source=_TASK, standing=STATED),
    TaskKind(
        id="management_instruction", title="A management instruction", source=_TASK, standing=STATED
    ),
    TaskKind(
        id="new_procedure",
        title="A new procedure",
        plan="implementation",
        source=QAF.at("§4.3-4.4", lines="319-324"),
        standing=STATED,
    ),
    TaskKind(
        id="refreshed_process",
        title="A process refreshed",
        plan="implementation",
        source=_REPORT,
        standing=INFERRED,
    ),
    TaskKind(
        id="observed_practice",
        title="Practice observed by managers",
        source=QAF.at("§4.2-4.3", lines="318-319"),
        standing=STATED,
    ),
    TaskKind(
        id="multi_agency_audit", title="A multi-agency audit", source=_REPORT, standing=STATED
    ),
    TaskKind(
        id="consultation",
        title="A consultation with those who use services",
        source=_REPORT,
        standing=STATED,
    ),
    TaskKind(
        id="focus_group",
        title="A focus group with those who use services",
        source=_REPORT,
        standing=STATED,
    ),
)
"""What the board can ask for, each with the plan that follows from it."""

_KIND = choice("task_kind", {each.id: each.title for each in TASK_KINDS})
PLAN_KIND = choice(
    "plan_kind",
    {"improvement": "An improvement plan", "implementation": "An implementation plan"},
)

_IDENTIFY = QAF.at("§4.2", lines="318")
_RANKED = QAF.at("Report 3.4", lines="50")
_REPORTED = QAF.at("§4.4", lines="320-324")
_PLANNED = QAF.at("§4.4", lines="324")
_APPROVED = QAF.at("§2.2", lines="248")
_AGREED = QAF.at("§7.5", lines="435")
_SUPPORT = QAF.at("§4.5", lines="326")
_REVIEW = QAF.at("§4.6", lines="327")

_theme = Paper(id="theme", label="the theme", once=True, source=_IDENTIFY, standing=STATED)
_evidence = Paper(
    id="evidence",
    label="the streams of evidence it was seen in",
    many=True,
    source=_IDENTIFY,
    standing=STATED,
)
_rank = Paper(
    id="rank",
    label="its rank among the themes",
    kind=COUNT,
    source=_RANKED,
    standing=STATED,
)
_task_kind = Paper(
    id="task_kind", label="the kind of task", kind=_KIND, source=_TASK, standing=STATED
)
_request = Paper(id="request", label="the board's request", source=_TASK, standing=STATED)
_scope = Paper(id="scope", label="the scope", source=_TASK, standing=STATED)
_scope_for = Paper(
    id="scope_for", label="the request that the scope answers", source=_TASK, standing=STATED
)
_commission = Paper(
    id="sub_group_commission",
    label="the commission by the safeguarding board's sub-group",
    source=_SUB_GROUP,
    standing=STATED,
)
_report = Paper(
    id="report", label="the report of what was found", source=_REPORTED, standing=STATED
)
_at_board = Paper(
    id="presented_to_board",
    label="whether the report was presented to the board",
    kind=YES_NO,
    source=_REPORTED,
    standing=STATED,
)
_at_team = Paper(
    id="presented_to_management_team",
    label="whether the report was presented to the management team",
    kind=YES_NO,
    source=_REPORTED,
    standing=STATED,
)
_plan = Paper(id="plan", label="the plan", source=_PLANNED, standing=STATED)
_plan_kind = Paper(
    id="plan_kind", label="the kind of plan", kind=PLAN_KIND, source=_PLANNED, standing=STATED
)
_developed_by = Paper(
    id="plan_developed",
    label="the plan that the management team developed",
    source=_PLANNED,
    standing=STATED,
)
_plan_approved = Paper(
    id="plan_approved",
    label="the plan that the leadership team approved",
    source=_APPROVED,
    standing=STATED,
)
_plan_agreed = Paper(
    id="plan_agreed",
    label="the plan that the board agreed",
    source=_AGREED,
    standing=STATED,
)
_review_on = Paper(
    id="review_on",
    label="the day the board looks at it again",
    kind=DATE,
    source=_REVIEW,
    standing=EDITORIAL,
)
_support = Paper(
    id="support_offered",
    label="the support that frontline practitioners are offered",
    source=_SUPPORT,
    standing=STATED,
)
_training = Paper(
    id="training_offered",
    label="whether training was needed and is offered",
    kind=YES_NO,
    source=_SUPPORT,
    standing=STATED,
)
_supervision = Paper(
    id="carried_by_supervision",
    label="whether supervision carries the change",
    kind=YES_NO,
    source=_SUPPORT,
    standing=STATED,
)
_performance = Paper(
    id="performance_data", label="performance data", source=_REVIEW, standing=STATED
)
_feedback = Paper(
    id="user_feedback", label="feedback of those who use services", source=_REVIEW, standing=STATED
)
_officers = Paper(
    id="reviewing_officers_information",
    label="information of reviewing officers and conference chairs",
    source=_REVIEW,
    standing=STATED,
)
_challenge = Paper(
    id="challenge", label="the board's challenge to managers", source=_REVIEW, standing=STATED
)
_delivered = Paper(
    id="delivered",
    label="whether the improvement was delivered",
    kind=YES_NO,
    source=_REVIEW,
    standing=STATED,
)
_better = Paper(
    id="better_for_children",
    label="whether it is better for children",
    kind=YES_NO,
    source=_REVIEW,
    standing=STATED,
)

_implementation = _task_kind.ref.in_([each.id for each in TASK_KINDS if each.plan != "improvement"])
_ONE_ROUND = (
    "rank",
    "task_kind",
    "request",
    "scope",
    "scope_for",
    "sub_group_commission",
    "report",
    "presented_to_board",
    "presented_to_management_team",
    "plan",
    "plan_kind",
    "plan_developed",
    "plan_approved",
    "plan_agreed",
    "review_on",
    "support_offered",
    "training_offered",
    "carried_by_supervision",
    "performance_data",
    "user_feedback",
    "reviewing_officers_information",
    "challenge",
    "delivered",
    "better_for_children",
)

QA_CYCLE = Machine(
    id="qa_cycle",
    version="2016.1",
    title="The quality assurance cycle",
    about="a theme, from being named by the board to children being better off",
    source=QAF.at("§4", lines="312-327"),
    standing=STATED,
    states=(
        State(
            id="identify",
            title="Identify",
            what="The board looks at the evidence, names themes and ranks them.",
            owner=QUALITY_ASSURANCE_BOARD.id,
            source=_IDENTIFY,
            standing=STATED,
        ),
        State(
            id="task",
            title="Task",
            what="What the board asked for is scoped and carried out.",
            owner=SERVICE_MANAGER_QUALITY_ASSURANCE.id,
            source=_TASK,
            standing=STATED,
        ),
        State(
            id="improve",
            title="Improve",
            what="A plan is developed, approved and agreed.",
            owner=CHILDRENS_SERVICES_MANAGEMENT_TEAM.id,
            source=_REPORTED,
            standing=STATED,
        ),
        State(
            id="support",
            title="Support",
            what="Practitioners are helped to make the change.",
            owner=PRINCIPAL_SOCIAL_WORKER.id,
            source=_SUPPORT,
            standing=STATED,
        ),
        State(
            id="review",
            title="Review",
            what="The board asks whether it was done and whether children are better off.",
            owner=QUALITY_ASSURANCE_BOARD.id,
            source=_REVIEW,
            standing=STATED,
        ),
        State(
            id="closed",
            title="Closed",
            what="It was done and children are better off; or the board asked for nothing.",
            end=True,
            source=_REVIEW,
            standing=INFERRED,
        ),
    ),
    papers=(
        _theme,
        _evidence,
        _rank,
        _task_kind,
        _request,
        _scope,
        _scope_for,
        _commission,
        _report,
        _at_board,
        _at_team,
        _plan,
        _plan_kind,
        _developed_by,
        _plan_approved,
        _plan_agreed,
        _review_on,
        _support,
        _training,
        _supervision,
        _performance,
        _feedback,
        _officers,
        _challenge,
        _delivered,
        _better,
    ),
    guards=(
        Guard(
            id="scope_answers_request",
            statement="The scope answers what the board asked for.",
            holds=_scope_for.ref.is_(_request.ref),
            source=_TASK,
            standing=STATED,
        ),
        Guard(
            id="sub_group_commissioned",
            statement="A multi-agency audit is commissioned by the safeguarding board's sub-group.",
            holds=_task_kind.ref.is_not("multi_agency_audit") | _commission.ref.answered(),
            source=_SUB_GROUP,
            standing=INFERRED,
        ),
        Guard(
            id="board_has_report",
            statement="The report was presented to the board.",
            holds=_at_board.ref.is_(True),
            source=_REPORTED,
            standing=STATED,
        ),
        Guard(
            id="management_team_has_report",
            statement="The report was presented to the management team.",
            holds=_at_team.ref.is_(True),
            source=_REPORTED,
            standing=STATED,
        ),
        Guard(
            id="plan_fits_task",
            statement="A procedure or process gets an implementation plan, any other task an "
            "improvement plan.",
            holds=(_implementation & _plan_kind.ref.is_("implementation"))
            | (~_implementation & _plan_kind.ref.is_("improvement")),
            source=_REPORTED,
            standing=STATED,
        ),
        Guard(
            id="plan_was_developed",
            statement="The management team developed this plan.",
            holds=_developed_by.ref.is_(_plan.ref),
            switch=PLAN_DEVELOPED,
            source=_PLANNED,
            standing=STATED,
        ),
        Guard(
            id="plan_was_approved",
            statement="The leadership team approved this plan.",
            holds=_plan_approved.ref.is_(_plan.ref),
            switch=PLAN_APPROVED,
            source=_APPROVED,
            standing=INFERRED,
        ),
        Guard(
            id="plan_was_agreed",
            statement="The board agreed this plan.",
            holds=_plan_agreed.ref.is_(_plan.ref),
            switch=PLAN_AGREED,
            source=_AGREED,
            standing=INFERRED,
        ),
        Guard(
            id="supervision_carries_it",
            statement="Supervision carries the change.",
            holds=_supervision.ref.is_(True),
            source=_SUPPORT,
            standing=STATED,
        ),
        Guard(
            id="was_delivered",
            statement="The improvement was delivered.",
            holds=_delivered.ref.is_(True),
            source=_REVIEW,
            standing=STATED,
        ),
        Guard(
            id="is_better",
            statement="It is better for children.",
            holds=_better.ref.is_(True),
            source=_REVIEW,
            standing=STATED,
        ),
        Guard(
            id="not_there_yet",
            statement="The improvement was not delivered, or it is not better for children.",
            holds=_delivered.ref.is_(False) | _better.ref.is_(False),
            source=_REVIEW,
            standing=INFERRED,
        ),
    ),
    clocks=(
        Clock(
            id="scope_due",
            statement="The task has its scope.",
            source=_TASK,
            standing=STATED,
        ),
        Clock(
            id="report_due",
            statement="The board and the management team have the report.",
            source=_REPORTED,
            standing=STATED,
        ),
        Clock(
            id="plan_due",
            statement="The plan is developed, approved and agreed.",
            source=_PLANNED,
            standing=STATED,
        ),
        Clock(
            id="review_due",
            statement="The board has looked at it again.",
            dated="review_on",
            source=_REVIEW,
            standing=EDITORIAL,
        ),
    ),
    transitions=(
        Transition(
            id="name_theme",
            title="theme named",
            leaves=(START,),
            to="identify",
            by=(QUALITY_ASSURANCE_BOARD.id,),
            makes=("theme", "evidence"),
            source=_IDENTIFY,
            standing=STATED,
        ),
        Transition(
            id="rank",
            title="ranked",
            leaves=("identify",),
            to="identify",
            by=(QUALITY_ASSURANCE_BOARD.id,),
            makes=("rank",),
            may=("evidence",),
            source=_RANKED,
            standing=STATED,
        ),
        Transition(
            id="ask_for_nothing",
            title="nothing asked for",
            leaves=("identify",),
            to="closed",
            by=(QUALITY_ASSURANCE_BOARD.id,),
            needs=("theme", "evidence"),
            reason=True,
            source=_IDENTIFY,
            standing=INFERRED,
        ),
        Transition(
            id="commission",
            title="task commissioned",
            leaves=("identify",),
            to="task",
            by=(QUALITY_ASSURANCE_BOARD.id,),
            needs=("theme", "evidence", "rank"),
            makes=("task_kind", "request"),
            starts=("scope_due",),
            source=_TASK,
            standing=STATED,
        ),
        Transition(
            id="scope",
            title="scoped",
            leaves=("task",),
            to="task",
            by=(SERVICE_MANAGER_QUALITY_ASSURANCE.id,),
            needs=("request",),
            makes=("scope", "scope_for"),
            may=("sub_group_commission",),
            guards=("scope_answers_request", "sub_group_commissioned"),
            starts=("report_due",),
            stops=("scope_due",),
            source=_TASK,
            standing=STATED,
        ),
        Transition(
            id="report",
            title="reported to board and management team",
            leaves=("task",),
            to="improve",
            by=(SERVICE_MANAGER_QUALITY_ASSURANCE.id,),
            needs=("scope", "request"),
            makes=("report", "presented_to_board", "presented_to_management_team"),
            guards=("scope_answers_request", "board_has_report", "management_team_has_report"),
            starts=("plan_due",),
            stops=("report_due",),
            source=_REPORTED,
            standing=INFERRED,
        ),
        Transition(
            id="develop_plan",
            title="plan developed",
            leaves=("improve",),
            to="improve",
            by=(CHILDRENS_SERVICES_MANAGEMENT_TEAM.id,),
            needs=("report",),
            makes=("plan", "plan_kind", "plan_developed"),
            guards=("plan_fits_task", "plan_was_developed"),
            source=_PLANNED,
            standing=STATED,
        ),
        Transition(
            id="approve_plan",
            title="plan approved",
            leaves=("improve",),
            to="improve",
            by=(DIRECTORATE_LEADERSHIP_TEAM.id,),
            needs=("plan",),
            makes=("plan_approved",),
            may=("plan", "plan_kind"),
            guards=("plan_was_developed", "plan_was_approved"),
            source=_APPROVED,
            standing=INFERRED,
        ),
        Transition(
            id="agree_plan",
            title="plan agreed",
            leaves=("improve",),
            to="improve",
            by=(QUALITY_ASSURANCE_BOARD.id,),
            needs=("plan",),
            makes=("plan_agreed",),
            may=("plan", "plan_kind", "review_on"),
            guards=("plan_was_developed", "plan_was_approved", "plan_was_agreed"),
            starts=("review_due",),
            source=_AGREED,
            standing=INFERRED,
        ),
        Transition(
            id="carry_out",
            title="plan carried out",
            leaves=("improve",),
            to="support",
            by=(CHILDRENS_SERVICES_MANAGEMENT_TEAM.id,),
            needs=("report", "plan", "plan_kind"),
            guards=(
                "plan_fits_task",
                "plan_was_developed",
                "plan_was_approved",
                "plan_was_agreed",
            ),
            stops=("plan_due",),
            source=_REPORTED,
            standing=INFERRED,
        ),
        Transition(
            id="offer_support",
            title="support offered",
            leaves=("support",),
            to="support",
            by=(PRINCIPAL_SOCIAL_WORKER.id,),
            makes=("support_offered",),
            source=_SUPPORT,
            standing=STATED,
        ),
        Transition(
            id="offer_training",
            title="training settled",
            leaves=("support",),
            to="support",
            by=(WORKFORCE_DEVELOPMENT_TEAM.id,),
            makes=("training_offered",),
            source=_SUPPORT,
            standing=STATED,
        ),
        Transition(
            id="carry_by_supervision",
            title="carried by supervision",
            leaves=("support",),
            to="support",
            by=(TEAM_MANAGER.id, ASSISTANT_TEAM_MANAGER.id),
            makes=("carried_by_supervision",),
            source=_SUPPORT,
            standing=STATED,
        ),
        Transition(
            id="bring_back",
            title="brought back to the board",
            leaves=("support",),
            to="review",
            by=(SERVICE_MANAGER_QUALITY_ASSURANCE.id, QUALITY_ASSURANCE_BOARD.id),
            needs=("support_offered", "training_offered", "carried_by_supervision"),
            guards=("supervision_carries_it",),
            source=_REVIEW,
            standing=INFERRED,
        ),
        Transition(
            id="challenge",
            title="challenged by the board",
            leaves=("review",),
            to="review",
            by=(QUALITY_ASSURANCE_BOARD.id,),
            makes=(
                "performance_data",
                "user_feedback",
                "reviewing_officers_information",
                "challenge",
            ),
            source=_REVIEW,
            standing=STATED,
        ),
        Transition(
            id="close",
            title="delivered, and better for children",
            leaves=("review",),
            to="closed",
            by=(QUALITY_ASSURANCE_BOARD.id,),
            needs=(
                "performance_data",
                "user_feedback",
                "reviewing_officers_information",
                "challenge",
            ),
            makes=("delivered", "better_for_children"),
            guards=("was_delivered", "is_better"),
            stops=("review_due",),
            source=_REVIEW,
            standing=STATED,
        ),
        Transition(
            id="go_round_again",
            title="not there yet, so round again",
            leaves=("review",),
            to="identify",
            by=(QUALITY_ASSURANCE_BOARD.id,),
            needs=(
                "performance_data",
                "user_feedback",
                "reviewing_officers_information",
                "challenge",
            ),
            makes=("delivered", "better_for_children"),
            guards=("not_there_yet",),
            clears=_ONE_ROUND,
            stops=("review_due",),
            reason=True,
            source=_REVIEW,
            standing=STATED,
        ),
    ),
)
