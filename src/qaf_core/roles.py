"""Roles, boards and teams, and who answers for what."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from qaf_core.provenance import Reference, Standing
from qaf_core.sources import QAF

__all__ = [
    "BOARDS",
    "ROLES",
    "Board",
    "Role",
    "level_above",
    # roles
    "ADOPTION_SERVICE_MANAGER",
    "ALLOCATED_WORKER",
    "ALL_STAFF",
    "ASSISTANT_TEAM_MANAGER",
    "AUDITOR",
    "BUSINESS_SUPPORT",
    "CHILDRENS_PARTICIPATION_WORKER",
    "CHILD_PROTECTION_CONFERENCE_CHAIR",
    "COMPLAINTS_OFFICER",
    "DIRECTOR_OF_CHILDRENS_SERVICES",
    "ELECTED_MEMBER",
    "FRONTLINE_STAFF",
    "HEAD_OF_CHILDRENS_SERVICES",
    "HEAD_OF_SAFEGUARDING_AND_LONG_TERM_TEAMS",
    "HEAD_OF_SERVICE",
    "HEAD_OF_TRANSFORMATION_AND_GOVERNANCE",
    "INDEPENDENT_REVIEWING_OFFICER",
    "LEAD_MEMBER_FOR_CHILDRENS_SERVICES",
    "LINE_MANAGER",
    "LOCAL_AUTHORITY_DESIGNATED_OFFICER",
    "LSCB_INDEPENDENT_CHAIR",
    "MANAGER",
    "MANAGING_DIRECTOR",
    "MODERATOR",
    "NEWLY_QUALIFIED_SOCIAL_WORKER",
    "OBSERVATION_COLLATOR",
    "OBSERVER",
    "OPERATIONAL_MANAGER",
    "PEER_REVIEWER",
    "PERFORMANCE_ANALYST",
    "PRACTITIONER",
    "PRINCIPAL_SOCIAL_WORKER",
    "QUALITY_ASSURANCE_MANAGER",
    "QUALITY_IMPROVEMENT_MANAGER",
    "SAFEGUARDING_UNIT",
    "SERVICE_MANAGER",
    "SERVICE_MANAGER_QUALITY_ASSURANCE",
    "SERVICE_MANAGER_SAFEGUARDING",
    "SOCIAL_WORKER",
    "SUPERVISEE",
    "SUPERVISING_SOCIAL_WORKER",
    "SUPERVISOR",
    "TEAM_MANAGER",
    "TRAINING_AND_DEVELOPMENT_LEAD_OFFICER",
    # boards and teams
    "ACE_COMMITTEE",
    "ADOPTION_PANEL",
    "AUDIT_AND_GOVERNANCE_COMMITTEE",
    "CASE_REVIEW_GROUP",
    "CHILDRENS_SERVICES_MANAGEMENT_TEAM",
    "CHILDREN_IN_CARE_COUNCIL",
    "CORPORATE_COMPLAINTS_TEAM",
    "CORPORATE_PARENTING_PANEL",
    "DIRECTORATE_LEADERSHIP_TEAM",
    "FOSTERING_PANEL",
    "HUMAN_RESOURCES",
    "IMPROVEMENT_BOARD",
    "JOINT_MEETING",
    "LOCAL_SAFEGUARDING_CHILDREN_BOARD",
    "LSCB_PERFORMANCE_AND_QUALITY_ASSURANCE_SUB_GROUP",
    "PERFORMANCE_BOARD",
    "PERFORMANCE_CHALLENGE_MEETING",
    "QUALITY_ASSURANCE_BOARD",
    "QUALITY_ASSURANCE_TEAM",
    "REVIEWING_AND_QUALITY_ASSURANCE_SERVICE",
    "SENIOR_MANAGEMENT_TEAM",
    "TEAM_MEETING",
    "TRANSFER_MEETING",
    "WORKFORCE_DEVELOPMENT_TEAM",
]


def __dir__() -> list[str]:
    return __all__


@frozen(kw_only=True)
class Role:
    """A part that a post or person plays.

    Attributes:
        id: the role's id, its full name.
        title: the name people read.
        answers_for: what it is responsible for, in a phrase.
        seniority: higher is more senior; None where the source does not say.
        aliases: other names and short forms in use.
        source, standing: where it comes from and how firmly it stands.
    """

    id: str
    title: str
    answers_for: str = ""
    seniority: int | None = None
    aliases: tuple[str, ...] = ()
    source: Reference
    standing: Standing

    def __str__(self) -> str:
        return self.title


def level_above(role: Role, roles: Iterable[Role]) -> tuple[Role, ...]:
    """The roles of the nearest level above a role's.

    Args:
        role: the role.
        roles: every role of the framework.

    Returns:
        The roles, as listed; none where the source does not say how senior the role is, or
        nobody is more senior. No one is made up.
    """
    if role.seniority is None:
        return ()
    levels = [(each.seniority, each) for each in roles if each.seniority is not None]
    nearest = min((level for level, _ in levels if level > role.seniority), default=None)
    return tuple(each for level, each in levels if level == nearest)


@frozen(kw_only=True)
class Board:
    """A board, committee, panel, meeting or team that acts as one.

    Attributes:
        id: the board's id, its full name.
        title: the name people read.
        answers_for: what it is responsible for, in a phrase.
        chaired_by: the id of the role in the chair; empty where the source does not say.
        meets: how often; empty where the source does not say.
        aliases: other names and short forms in use.
        source, standing: where it comes from and how firmly it stands.
    """

    id: str
    title: str
    answers_for: str = ""
    chaired_by: str = ""
    meets: str = ""
    aliases: tuple[str, ...] = ()
    source: Reference
    standing: Standing

    def __str__(self) -> str:
        return self.title


ALLOCATED_WORKER = Role(
    id="worker",
    title="Allocated worker",
    answers_for="the work with the child, and the actions that an audit agrees",
    seniority=0,
    aliases=("Case worker", "Allocated social worker"),
    source=QAF.at("Tool A", lines="652, 691, 715, 955, 963-965"),
    standing=Standing.STATED,
)
SOCIAL_WORKER = Role(
    id="social_worker",
    title="Social worker",
    answers_for="the standard of their own work, as a registered professional",
    seniority=0,
    aliases=("SW",),
    source=QAF.at("§3.1-3.2, §6.5 c", lines="278-279, 377, 413"),
    standing=Standing.STATED,
)
ASSISTANT_TEAM_MANAGER = Role(
    id="assistant_team_manager",
    title="Assistant Team Manager",
    answers_for="meeting quality standards, putting right what falls short, and supervision that "
    "brings change",
    seniority=1,
    aliases=("ATM",),
    source=QAF.at("§2.2, §4.5", lines="241-245, 326, 413"),
    standing=Standing.STATED,
)
TEAM_MANAGER = Role(
    id="team_manager",
    title="Team Manager",
    answers_for="meeting quality standards, putting right what falls short, the team's development "
    "plan, and signing cases off before transfer",
    seniority=2,
    aliases=("TM",),
    source=QAF.at("§2.2, §5.2 j", lines="241-245, 326, 376, 413, 936"),
    standing=Standing.STATED,
)
SERVICE_MANAGER = Role(
    id="service_manager",
    title="Service Manager",
    answers_for="seeing that quality assurance and moderation are done, acted on and shared in "
    "their service",
    seniority=3,
    aliases=("SM",),
    source=QAF.at("§2.2, §6.1", lines="246, 395, 413, 936"),
    standing=Standing.STATED,
)
SERVICE_MANAGER_QUALITY_ASSURANCE = Role(
    id="service_manager_quality_assurance",
    title="Service Manager Quality Assurance",
    answers_for="overseeing the framework and the soundness of its processes, scoping audits, "
    "reporting themes",
    seniority=3,
    aliases=("SM-QA", "QA service manager", "Service Manager for Quality Assurance"),
    source=QAF.at("§2.2, §4.3, §7.2", lines="99-101, 257, 319, 432, 677"),
    standing=Standing.STATED,
)
SERVICE_MANAGER_SAFEGUARDING = Role(
    id="service_manager_safeguarding",
    title="Service Manager Safeguarding",
    answers_for="receiving the list of cases with actions to do, by whom and by when",
    seniority=3,
    aliases=("Service Manager for Safeguarding",),
    source=QAF.at("Tool A, step 2", lines="964"),
    standing=Standing.STATED,
)
ADOPTION_SERVICE_MANAGER = Role(
    id="adoption_service_manager",
    title="Adoption Service Manager",
    answers_for="approving this edition of the framework, as its cover has it",
    seniority=3,
    source=QAF.at("About this document", lines="115"),
    standing=Standing.STATED,
)
HEAD_OF_SERVICE = Role(
    id="head_of_service",
    title="Head of Service",
    answers_for="findings informing policy and strategy, scrutiny at the board, and a sample of "
    "supervision audits",
    seniority=4,
    aliases=("HoS", "HOS"),
    source=QAF.at("§2.2, §6.5 c, §7.5", lines="49, 246, 371, 413, 435, 646"),
    standing=Standing.STATED,
)
DIRECTOR_OF_CHILDRENS_SERVICES = Role(
    id="director_of_childrens_services",
    title="Director of Children's Services",
    answers_for="leadership, strategy and effectiveness of children's services, and the audit "
    "programme",
    seniority=5,
    aliases=(
        "DCS",
        "Director of Children, Education and Early Help Services",
        "Director of Children, Education and Early Help",
    ),
    source=QAF.at("§2.2, Appendix 2", lines="144, 247, 379, 408, 434, 589, 646"),
    standing=Standing.STATED,
)
HEAD_OF_CHILDRENS_SERVICES = Role(
    id="head_of_childrens_services",
    title="Head of Children's Services",
    answers_for="hearing what staff think of practice and passing on what audits find",
    source=QAF.at("§7.4", lines="434"),
    standing=Standing.STATED,
)
HEAD_OF_SAFEGUARDING_AND_LONG_TERM_TEAMS = Role(
    id="head_of_safeguarding_and_long_term_teams",
    title="Head of Safeguarding and Long Term Teams",
    answers_for="chairing the transfer meeting, and hearing of issues that the Principal Social "
    "Worker comes upon",
    aliases=("Head of Safeguarding",),
    source=QAF.at("§5.2 j, §5.2 m", lines="376, 379"),
    standing=Standing.STATED,
)
HEAD_OF_TRANSFORMATION_AND_GOVERNANCE = Role(
    id="head_of_transformation_and_governance",
    title="Head of Transformation and Governance",
    answers_for="writing the framework, reporting it to committee, and chairing the quality "
    "assurance board",
    source=QAF.at("Report, §7.5", lines="3, 19-23, 95-97, 435"),
    standing=Standing.STATED,
)
MANAGING_DIRECTOR = Role(
    id="managing_director",
    title="Managing Director",
    answers_for="taking part in the quarterly audit of cases drawn at random",
    aliases=("MD",),
    source=QAF.at("Report 1.1, §6.5 a", lines="27, 408"),
    standing=Standing.STATED,
)
LEAD_MEMBER_FOR_CHILDRENS_SERVICES = Role(
    id="lead_member_for_childrens_services",
    title="Lead Member for Children's Services",
    answers_for="political leadership and vision, and holding the leadership team to account",
    aliases=("LMCS", "Lead Member", "Lead Councillor"),
    source=QAF.at("§2.2", lines="11-15, 248, 252-254"),
    standing=Standing.STATED,
)
ELECTED_MEMBER = Role(
    id="elected_member",
    title="Elected member",
    answers_for="corporate parenting and democratic accountability, and a part in the quarterly "
    "file audits",
    aliases=("Councillor",),
    source=QAF.at("Report 1.4, §2.1, Appendix 2", lines="28, 37, 203, 236, 646"),
    standing=Standing.STATED,
)
ALL_STAFF = Role(
    id="all_staff",
    title="All staff",
    answers_for="upholding practice standards and a culture of learning and improvement",
    source=QAF.at("§2.2, §6.4", lines="240, 401"),
    standing=Standing.STATED,
)
FRONTLINE_STAFF = Role(
    id="frontline_staff",
    title="Frontline staff",
    answers_for="good work with families, asking children for their views, and a part in quality "
    "assurance",
    aliases=("Frontline practitioner",),
    source=QAF.at("§2.1, §5.2 c", lines="231, 240, 356"),
    standing=Standing.STATED,
)
MANAGER = Role(
    id="manager",
    title="Manager",
    answers_for="their staff's work: signing off, auditing, feedback, and seeing each of them in "
    "practice every year",
    source=QAF.at("§2.1, §2.2, §5.2 e", lines="232, 241-245, 368, 567-573, 643"),
    standing=Standing.STATED,
)
LINE_MANAGER = Role(
    id="line_manager",
    title="Line manager",
    answers_for="signing off agreed actions within a month of receipt, and filing the audit form",
    source=QAF.at("Tool A, steps 1-5", lines="963-967, 992"),
    standing=Standing.STATED,
)
OPERATIONAL_MANAGER = Role(
    id="operational_manager",
    title="Operational manager",
    answers_for="auditing case files across the service",
    source=QAF.at("§6.5 a", lines="408"),
    standing=Standing.STATED,
)
NEWLY_QUALIFIED_SOCIAL_WORKER = Role(
    id="newly_qualified_social_worker",
    title="Newly qualified social worker",
    answers_for="a first year in work that is assessed and supported, under a learning agreement",
    aliases=("NQSW",),
    source=QAF.at("Tool C", lines="644, 1042-1047"),
    standing=Standing.STATED,
)
AUDITOR = Role(
    id="auditor",
    title="Auditor",
    answers_for="completing the audit with the worker, in open dialogue",
    source=QAF.at("§6.3, Tool A", lines="240, 397, 652, 695"),
    standing=Standing.STATED,
)
MODERATOR = Role(
    id="moderator",
    title="Moderator",
    answers_for="auditing again a file that another has audited",
    source=QAF.at("§6.1, Tool A signatures", lines="392-395, 592, 959"),
    standing=Standing.STATED,
)
PEER_REVIEWER = Role(
    id="peer_reviewer",
    title="Peer reviewer",
    answers_for="reviewing at random the audits of colleagues",
    aliases=("Peer",),
    source=QAF.at("§6.1, §6.5 a", lines="394, 408"),
    standing=Standing.STATED,
)
PRACTITIONER = Role(
    id="practitioner",
    title="Practitioner",
    answers_for="the practice that is observed",
    aliases=("Practitioner being observed",),
    source=QAF.at("Tool B", lines="368, 974"),
    standing=Standing.STATED,
)
OBSERVER = Role(
    id="observer",
    title="Observer",
    answers_for="watching practice, recording it and giving feedback",
    aliases=("Manager undertaking observation",),
    source=QAF.at("§5.2 e, Tool B", lines="368, 975-981"),
    standing=Standing.STATED,
)
OBSERVATION_COLLATOR = Role(
    id="observation_collator",
    title="Observation collator",
    answers_for="collecting the typed observation forms",
    source=QAF.at("Tool B", lines="992"),
    standing=Standing.INFERRED,
)
SUPERVISOR = Role(
    id="supervisor",
    title="Supervisor",
    answers_for="regular reflective supervision, going through audit findings with the worker, and "
    "actions of a supervision audit",
    source=QAF.at("§5.2 k, Tools A-C", lines="377, 676, 716, 955, 982-990, 998, 1071-1074"),
    standing=Standing.STATED,
)
SUPERVISEE = Role(
    id="supervisee",
    title="Supervisee",
    answers_for="preparing for supervision and speaking for themselves in an audit of it",
    source=QAF.at("Tools B and C", lines="982-988, 998, 1059, 1078-1094"),
    standing=Standing.STATED,
)
INDEPENDENT_REVIEWING_OFFICER = Role(
    id="independent_reviewing_officer",
    title="Independent Reviewing Officer",
    answers_for="the quality and effect of work for looked after children, with mid-way reviews, "
    "and escalating what falls short",
    aliases=("IRO", "Reviewing Officer"),
    source=QAF.at("§5.2 f, §5.2 i", lines="49, 257, 318, 327, 369, 375, 429, 717"),
    standing=Standing.STATED,
)
CHILD_PROTECTION_CONFERENCE_CHAIR = Role(
    id="child_protection_conference_chair",
    title="Child Protection Conference Chair",
    answers_for="the quality and effect of work under child protection, with mid-way reviews",
    aliases=("CPC", "CP Chair", "Child Protection Chair"),
    source=QAF.at("§5.2 f, §5.2 i", lines="257, 327, 369, 375, 429"),
    standing=Standing.STATED,
)
LOCAL_AUTHORITY_DESIGNATED_OFFICER = Role(
    id="local_authority_designated_officer",
    title="Local Authority Designated Officer",
    answers_for="reviewing, auditing and raising themes in their own area, under the Service "
    "Manager Quality Assurance",
    aliases=("LADO",),
    source=QAF.at("§2.2", lines="257"),
    standing=Standing.STATED,
)
QUALITY_ASSURANCE_MANAGER = Role(
    id="quality_assurance_manager",
    title="Quality Assurance Manager",
    answers_for="working with the complaints team on what complaints teach",
    source=QAF.at("§2.2", lines="257, 262"),
    standing=Standing.INFERRED,
)
QUALITY_IMPROVEMENT_MANAGER = Role(
    id="quality_improvement_manager",
    title="Quality Improvement Manager",
    answers_for="auditing supervision files, beside Service Managers",
    aliases=("QIM",),
    source=QAF.at("Appendix 2", lines="644"),
    standing=Standing.STATED,
)
PRINCIPAL_SOCIAL_WORKER = Role(
    id="principal_social_worker",
    title="Principal Social Worker",
    answers_for="standing up for frontline practice, coaching, and helping teams to make "
    "improvements last",
    aliases=("PSW",),
    source=QAF.at("§2.2, §4.5, §5.2 m", lines="255, 326, 343, 379, 432, 434"),
    standing=Standing.STATED,
)
TRAINING_AND_DEVELOPMENT_LEAD_OFFICER = Role(
    id="training_and_development_lead_officer",
    title="Training and Development Lead Officer",
    answers_for="bringing what quality assurance teaches into learning and development",
    source=QAF.at("§2.2", lines="256"),
    standing=Standing.STATED,
)
PERFORMANCE_ANALYST = Role(
    id="performance_analyst",
    title="Performance Analyst",
    answers_for="reports, data quality and statutory returns",
    source=QAF.at("§2.2", lines="258"),
    standing=Standing.STATED,
)
COMPLAINTS_OFFICER = Role(
    id="complaints_officer",
    title="Complaints Officer",
    answers_for="a quarterly report on complaints, with trends",
    source=QAF.at("§5.2 b", lines="340"),
    standing=Standing.STATED,
)
CHILDRENS_PARTICIPATION_WORKER = Role(
    id="childrens_participation_worker",
    title="Children's Participation Worker",
    answers_for="a quarterly report on advocacy, with themes",
    source=QAF.at("§5.2 d", lines="367"),
    standing=Standing.STATED,
)
SUPERVISING_SOCIAL_WORKER = Role(
    id="supervising_social_worker",
    title="Supervising social worker",
    answers_for="supporting and supervising carers and adopters",
    aliases=("SSW",),
    source=QAF.at("Appendix 2", lines="604-605"),
    standing=Standing.INFERRED,
)
LSCB_INDEPENDENT_CHAIR = Role(
    id="lscb_independent_chair",
    title="Independent Chair of the Local Safeguarding Children Board",
    answers_for="the safeguarding children board, and meeting the Children in Care Council once a "
    "year",
    aliases=("Independent Chair of the Safeguarding Children Board",),
    source=QAF.at("§2.2", lines="264"),
    standing=Standing.STATED,
)
BUSINESS_SUPPORT = Role(
    id="business_support",
    title="Business Support",
    answers_for="sending out completed audits and the list of actions",
    source=QAF.at("Tool A, steps 1-2", lines="963-964"),
    standing=Standing.STATED,
)
SAFEGUARDING_UNIT = Role(
    id="safeguarding_unit",
    title="Safeguarding Unit",
    answers_for="logging audits whose actions are signed off",
    source=QAF.at("Tool A, steps 4 and 6", lines="966, 968"),
    standing=Standing.STATED,
)

ROLES: tuple[Role, ...] = (
    ALLOCATED_WORKER,
    SOCIAL_WORKER,
    ASSISTANT_TEAM_MANAGER,
    TEAM_MANAGER,
    SERVICE_MANAGER,
    SERVICE_MANAGER_QUALITY_ASSURANCE,
    SERVICE_MANAGER_SAFEGUARDING,
    ADOPTION_SERVICE_MANAGER,
    HEAD_OF_SERVICE,
    DIRECTOR_OF_CHILDRENS_SERVICES,
    HEAD_OF_CHILDRENS_SERVICES,
    HEAD_OF_SAFEGUARDING_AND_LONG_TERM_TEAMS,
    HEAD_OF_TRANSFORMATION_AND_GOVERNANCE,
    MANAGING_DIRECTOR,
    LEAD_MEMBER_FOR_CHILDRENS_SERVICES,
    ELECTED_MEMBER,
    ALL_STAFF,
    FRONTLINE_STAFF,
    MANAGER,
    LINE_MANAGER,
    OPERATIONAL_MANAGER,
    NEWLY_QUALIFIED_SOCIAL_WORKER,
    AUDITOR,
    MODERATOR,
    PEER_REVIEWER,
    PRACTITIONER,
    OBSERVER,
    OBSERVATION_COLLATOR,
    SUPERVISOR,
    SUPERVISEE,
    INDEPENDENT_REVIEWING_OFFICER,
    CHILD_PROTECTION_CONFERENCE_CHAIR,
    LOCAL_AUTHORITY_DESIGNATED_OFFICER,
    QUALITY_ASSURANCE_MANAGER,
    QUALITY_IMPROVEMENT_MANAGER,
    PRINCIPAL_SOCIAL_WORKER,
    TRAINING_AND_DEVELOPMENT_LEAD_OFFICER,
    PERFORMANCE_ANALYST,
    COMPLAINTS_OFFICER,
    CHILDRENS_PARTICIPATION_WORKER,
    SUPERVISING_SOCIAL_WORKER,
    LSCB_INDEPENDENT_CHAIR,
    BUSINESS_SUPPORT,
    SAFEGUARDING_UNIT,
)

QUALITY_ASSURANCE_BOARD = Board(
    id="quality_assurance_board",
    title="Quality Assurance Board",
    answers_for="finding themes, commissioning audits and other tasks, agreeing action plans, and "
    "challenging managers on what has come of them",
    chaired_by=HEAD_OF_TRANSFORMATION_AND_GOVERNANCE.id,
    meets="quarterly",
    aliases=("QAB", "QA Board", "Operational quality assurance board"),
    source=QAF.at("Report 3.3, §4.2-4.6, §7.5", lines="49, 62, 318-327, 379-380, 432, 435"),
    standing=Standing.STATED,
)
PERFORMANCE_BOARD = Board(
    id="performance_board",
    title="Performance board",
    answers_for="performance month by month, summed up for the quality assurance board",
    meets="monthly",
    aliases=("Operational performance board",),
    source=QAF.at("Report 3.3", lines="49"),
    standing=Standing.STATED,
)
PERFORMANCE_CHALLENGE_MEETING = Board(
    id="performance_challenge_meeting",
    title="Performance Challenge Meeting",
    answers_for="challenge on performance, to which learning is linked",
    meets="monthly",
    source=QAF.at("§7.1", lines="430"),
    standing=Standing.INFERRED,
)
IMPROVEMENT_BOARD = Board(
    id="improvement_board",
    title="Children's Services Improvement Board",
    answers_for="oversight of the quality of services while they improve",
    aliases=("Improvement Board",),
    source=QAF.at("Report 1.1", lines="27"),
    standing=Standing.STATED,
)
CHILDRENS_SERVICES_MANAGEMENT_TEAM = Board(
    id="childrens_services_management_team",
    title="Children's Services Management Team",
    answers_for="developing improvement and implementation plans, and hearing what audits find",
    aliases=("CSMT",),
    source=QAF.at("§4.4, §5.2 n", lines="320-324, 371, 380"),
    standing=Standing.STATED,
)
DIRECTORATE_LEADERSHIP_TEAM = Board(
    id="directorate_leadership_team",
    title="Directorate Leadership Team",
    answers_for="running children's services, and approving improvement plans and what they cost",
    aliases=("DLT",),
    source=QAF.at("§2.2", lines="233-234, 248, 371"),
    standing=Standing.STATED,
)
SENIOR_MANAGEMENT_TEAM = Board(
    id="senior_management_team",
    title="Senior Management Team",
    answers_for="a share in carrying out the framework",
    source=QAF.at("§2.2", lines="237"),
    standing=Standing.STATED,
)
ACE_COMMITTEE = Board(
    id="ace_committee",
    title="Adult Children and Education Committee",
    answers_for="approving the framework and receiving its annual report",
    aliases=("ACE", "ACE Committee"),
    source=QAF.at("Report 1.1-3.6, §7.3", lines="5, 27, 42, 55, 143, 433"),
    standing=Standing.STATED,
)
AUDIT_AND_GOVERNANCE_COMMITTEE = Board(
    id="audit_and_governance_committee",
    title="Audit and Governance Committee",
    answers_for="being shown the framework",
    source=QAF.at("Report 2.2", lines="43"),
    standing=Standing.STATED,
)
CORPORATE_PARENTING_PANEL = Board(
    id="corporate_parenting_panel",
    title="Corporate Parenting Panel",
    answers_for="better life chances for looked after children, and consulting them and care "
    "leavers",
    meets="regularly",
    source=QAF.at("§2.2", lines="265"),
    standing=Standing.STATED,
)
CHILDREN_IN_CARE_COUNCIL = Board(
    id="children_in_care_council",
    title="Children in Care Council",
    answers_for="asking children in care what it is like and telling councillors and senior "
    "managers",
    aliases=("Your Destiny, Your Choice",),
    source=QAF.at("§2.2", lines="264"),
    standing=Standing.STATED,
)
LOCAL_SAFEGUARDING_CHILDREN_BOARD = Board(
    id="local_safeguarding_children_board",
    title="Local Safeguarding Children Board",
    answers_for="how well all agencies safeguard children: multi-agency audits, reviews and data",
    chaired_by=LSCB_INDEPENDENT_CHAIR.id,
    aliases=("LSCB",),
    source=QAF.at("§2.2-2.4", lines="235, 266-274, 414"),
    standing=Standing.STATED,
)
LSCB_PERFORMANCE_AND_QUALITY_ASSURANCE_SUB_GROUP = Board(
    id="lscb_performance_and_quality_assurance_sub_group",
    title="LSCB Performance and Quality Assurance Sub-group",
    answers_for="the board's quality assurance: commissioning multi-agency audits and reading "
    "those of single agencies",
    aliases=("Performance and Quality Assurance sub-group",),
    source=QAF.at("§2.3, §6.5 d", lines="268-272, 414"),
    standing=Standing.STATED,
)
CASE_REVIEW_GROUP = Board(
    id="case_review_group",
    title="LSCB Berkshire West Case Review Group",
    answers_for="what serious case reviews teach, and the action plan that follows",
    aliases=("Case Review Group",),
    source=QAF.at("§2.4", lines="274"),
    standing=Standing.STATED,
)
ADOPTION_PANEL = Board(
    id="adoption_panel",
    title="Adoption Panel",
    answers_for="quality assurance reports on adoption",
    source=QAF.at("§7.1", lines="431"),
    standing=Standing.STATED,
)
FOSTERING_PANEL = Board(
    id="fostering_panel",
    title="Fostering Panel",
    answers_for="quality assurance reports on fostering",
    source=QAF.at("§7.1", lines="431"),
    standing=Standing.STATED,
)
TRANSFER_MEETING = Board(
    id="transfer_meeting",
    title="Transfer / Workload Allocation Meeting",
    answers_for="moving cases between teams well",
    chaired_by=HEAD_OF_SAFEGUARDING_AND_LONG_TERM_TEAMS.id,
    meets="weekly",
    aliases=("Transfer meeting", "Workload allocation meeting"),
    source=QAF.at("§5.2 j", lines="376"),
    standing=Standing.STATED,
)
TEAM_MEETING = Board(
    id="team_meeting",
    title="Team meeting",
    answers_for="passing on key messages, those of CSMT and DLT among them",
    meets="monthly",
    source=QAF.at("§5.2 h", lines="371"),
    standing=Standing.STATED,
)
JOINT_MEETING = Board(
    id="joint_meeting",
    title="Joint meeting",
    answers_for="Independent Reviewing Officers and conference chairs talking quality over with "
    "frontline teams",
    meets="at least quarterly",
    source=QAF.at("§5.2 i", lines="375"),
    standing=Standing.STATED,
)
REVIEWING_AND_QUALITY_ASSURANCE_SERVICE = Board(
    id="reviewing_and_quality_assurance_service",
    title="Reviewing and Quality Assurance Service",
    answers_for="reviewing, auditing and challenging practice",
    source=QAF.at("§2.1, §2.2", lines="233, 257"),
    standing=Standing.INFERRED,
)
QUALITY_ASSURANCE_TEAM = Board(
    id="quality_assurance_team",
    title="Quality Assurance Team",
    answers_for="giving the leadership team performance data",
    source=QAF.at("§2.2", lines="248"),
    standing=Standing.STATED,
)
CORPORATE_COMPLAINTS_TEAM = Board(
    id="corporate_complaints_team",
    title="Corporate Complaints Team",
    answers_for="keeping Team Managers informed of complaints and feeding back their themes",
    source=QAF.at("§2.2", lines="262"),
    standing=Standing.STATED,
)
HUMAN_RESOURCES = Board(
    id="human_resources",
    title="Human Resources",
    answers_for="knowing the needs of the workforce, and help where practice stays below standard",
    source=QAF.at("§2.2", lines="263"),
    standing=Standing.STATED,
)
WORKFORCE_DEVELOPMENT_TEAM = Board(
    id="workforce_development_team",
    title="Workforce Development Team",
    answers_for="training that fits the improvements to be made",
    source=QAF.at("§4.5, §5.2 m", lines="326, 379"),
    standing=Standing.STATED,
)

BOARDS: tuple[Board, ...] = (
    QUALITY_ASSURANCE_BOARD,
    PERFORMANCE_BOARD,
    PERFORMANCE_CHALLENGE_MEETING,
    IMPROVEMENT_BOARD,
    CHILDRENS_SERVICES_MANAGEMENT_TEAM,
    DIRECTORATE_LEADERSHIP_TEAM,
    SENIOR_MANAGEMENT_TEAM,
    ACE_COMMITTEE,
    AUDIT_AND_GOVERNANCE_COMMITTEE,
    CORPORATE_PARENTING_PANEL,
    CHILDREN_IN_CARE_COUNCIL,
    LOCAL_SAFEGUARDING_CHILDREN_BOARD,
    LSCB_PERFORMANCE_AND_QUALITY_ASSURANCE_SUB_GROUP,
    CASE_REVIEW_GROUP,
    ADOPTION_PANEL,
    FOSTERING_PANEL,
    TRANSFER_MEETING,
    TEAM_MEETING,
    JOINT_MEETING,
    REVIEWING_AND_QUALITY_ASSURANCE_SERVICE,
    QUALITY_ASSURANCE_TEAM,
    CORPORATE_COMPLAINTS_TEAM,
    HUMAN_RESOURCES,
    WORKFORCE_DEVELOPMENT_TEAM,
)
