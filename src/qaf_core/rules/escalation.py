"""Who must be told at once, and of what."""

from __future__ import annotations

from qaf_core.facts import CANNOT_TELL, UNSAFE, overall, safe
from qaf_core.provenance import Standing
from qaf_core.roles import SERVICE_MANAGER, TEAM_MANAGER
from qaf_core.rules.model import Escalate, Rule
from qaf_core.scales import INADEQUATE
from qaf_core.settings import ESCALATE_OVERALL_INADEQUATE, ESCALATE_UNSAFE
from qaf_core.sources import QAF

__all__ = ["OVERALL_INADEQUATE_RULE", "RULES", "UNSAFE_RULE"]


def __dir__() -> list[str]:
    return __all__


UNSAFE_RULE = Rule(
    "escalation.unsafe",
    "A child judged unsafe, or of whom it cannot be told, is escalated at once to the "
    "Team Manager and the Service Manager.",
    when=safe.in_((UNSAFE, CANNOT_TELL)),
    then=(Escalate(to=(TEAM_MANAGER, SERVICE_MANAGER), within=ESCALATE_UNSAFE),),
    source=QAF.at("Tool A, 6", lines="933-936"),
    standing=Standing.STATED,
)

OVERALL_INADEQUATE_RULE = Rule(
    "escalation.overall_inadequate",
    "An audit graded Inadequate overall is escalated at once to the Team Manager and the "
    "Service Manager.",
    when=overall.is_(INADEQUATE),
    then=(Escalate(to=(TEAM_MANAGER, SERVICE_MANAGER), within=ESCALATE_OVERALL_INADEQUATE),),
    source=QAF.at("Tool A, 6", lines="933-936"),
    standing=Standing.INFERRED,
)

RULES = (UNSAFE_RULE, OVERALL_INADEQUATE_RULE)
