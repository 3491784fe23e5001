"""Reading's laws: what its rules together never fail to do."""

from __future__ import annotations

from qaf_core.facts import CANNOT_TELL, UNSAFE, overall, safe
from qaf_core.laws import Asked, Law, Told
from qaf_core.provenance import Standing
from qaf_core.roles import SERVICE_MANAGER, TEAM_MANAGER
from qaf_core.scales import INADEQUATE
from qaf_core.sources import QAF

__all__ = ["INADEQUATE_ASKS_SAFETY", "INADEQUATE_IS_TOLD", "LAWS", "UNSAFE_IS_TOLD"]


def __dir__() -> list[str]:
    return __all__


_MANAGERS = (TEAM_MANAGER, SERVICE_MANAGER)

UNSAFE_IS_TOLD = Law(
    "law.unsafe_is_told",
    "Of a child who is unsafe, or of whom it cannot be told, the Team Manager and the Service "
    "Manager are told at once.",
    claim=Told(when=safe.in_((UNSAFE, CANNOT_TELL)), roles=_MANAGERS),
    source=QAF.at("Tool A, 6", lines="933-936"),
    standing=Standing.STATED,
)
INADEQUATE_IS_TOLD = Law(
    "law.inadequate_is_told",
    "Of an audit graded Inadequate overall the Team Manager and the Service Manager are told at "
    "once.",
    claim=Told(when=overall.is_(INADEQUATE), roles=_MANAGERS),
    source=QAF.at("Tool A, 6", lines="933-936"),
    standing=Standing.INFERRED,
)
INADEQUATE_ASKS_SAFETY = Law(
    "law.inadequate_asks_safety",
    "An audit graded Inadequate overall is asked, and has to say, whether the child is safe.",
    claim=Asked(when=overall.is_(INADEQUATE), fact=safe),
    source=QAF.at("Tool A, 6", lines="933-936"),
    standing=Standing.INFERRED,
)

LAWS = (UNSAFE_IS_TOLD, INADEQUATE_IS_TOLD, INADEQUATE_ASKS_SAFETY)
