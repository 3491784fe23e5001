"""Roles, and who answers for what."""

from __future__ import annotations

from attrs import frozen

from qaf_core.provenance import Reference, Standing
from qaf_core.sources import QAF

__all__ = [
    "ALLOCATED_WORKER",
    "ASSISTANT_TEAM_MANAGER",
    "AUDITOR",
    "DIRECTOR_OF_CHILDRENS_SERVICES",
    "HEAD_OF_SERVICE",
    "MODERATOR",
    "ROLES",
    "Role",
    "SERVICE_MANAGER",
    "SERVICE_MANAGER_QUALITY_ASSURANCE",
    "TEAM_MANAGER",
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
        aliases: short forms in use.
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


ALLOCATED_WORKER = Role(
    id="worker",
    title="Allocated worker",
    answers_for="the work with the child, and the actions that an audit agrees",
    seniority=0,
    aliases=("Case worker", "Social worker"),
    source=QAF.at("§2.2, Tool A", lines="238, 652, 963-965"),
    standing=Standing.STATED,
)
AUDITOR = Role(
    id="auditor",
    title="Auditor",
    answers_for="completing the audit with the worker",
    source=QAF.at("Tool A", lines="652, 694"),
    standing=Standing.STATED,
)
MODERATOR = Role(
    id="moderator",
    title="Moderator",
    answers_for="auditing again a file that another has audited",
    source=QAF.at("§6.1, Tool A signatures", lines="392-395, 957"),
    standing=Standing.STATED,
)
ASSISTANT_TEAM_MANAGER = Role(
    id="assistant_team_manager",
    title="Assistant Team Manager",
    answers_for="meeting quality standards and putting right what falls short",
    seniority=1,
    aliases=("ATM",),
    source=QAF.at("§2.2", lines="241-245"),
    standing=Standing.STATED,
)
TEAM_MANAGER = Role(
    id="team_manager",
    title="Team Manager",
    answers_for="meeting quality standards, putting right what falls short, praising good work",
    seniority=2,
    aliases=("TM",),
    source=QAF.at("§2.2", lines="241-245"),
    standing=Standing.STATED,
)
SERVICE_MANAGER = Role(
    id="service_manager",
    title="Service Manager",
    answers_for="seeing that quality assurance is done, acted on and shared",
    seniority=3,
    aliases=("SM",),
    source=QAF.at("§2.2", lines="246"),
    standing=Standing.STATED,
)
SERVICE_MANAGER_QUALITY_ASSURANCE = Role(
    id="service_manager_quality_assurance",
    title="Service Manager Quality Assurance",
    answers_for="overseeing the framework and the soundness of its processes",
    seniority=3,
    aliases=("SM-QA", "QA service manager"),
    source=QAF.at("§2.2", lines="257"),
    standing=Standing.STATED,
)
HEAD_OF_SERVICE = Role(
    id="head_of_service",
    title="Head of Service",
    answers_for="findings informing policy and strategy",
    seniority=4,
    aliases=("HoS", "HOS"),
    source=QAF.at("§2.2", lines="246"),
    standing=Standing.STATED,
)
DIRECTOR_OF_CHILDRENS_SERVICES = Role(
    id="director_of_childrens_services",
    title="Director of Children's Services",
    answers_for="leadership, strategy and effectiveness of children's services",
    seniority=5,
    aliases=("DCS",),
    source=QAF.at("§2.2", lines="247"),
    standing=Standing.STATED,
)

ROLES = (
    ALLOCATED_WORKER,
    AUDITOR,
    MODERATOR,
    ASSISTANT_TEAM_MANAGER,
    TEAM_MANAGER,
    SERVICE_MANAGER,
    SERVICE_MANAGER_QUALITY_ASSURANCE,
    HEAD_OF_SERVICE,
    DIRECTOR_OF_CHILDRENS_SERVICES,
)
