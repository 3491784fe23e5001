"""Grades and answers that a council may have moderated every time.

The source states no such trigger, so the base holds none of these rules. A council that
wants one lists it in an addition of its own, or writes another like it.
"""

from __future__ import annotations

from qaf_core.facts import CANNOT_TELL, UNSAFE, overall, safe
from qaf_core.provenance import Standing
from qaf_core.roles import SERVICE_MANAGER
from qaf_core.rules.model import Moderate, Rule
from qaf_core.scales import INADEQUATE
from qaf_core.sources import QAF

__all__ = ["MODERATE_INADEQUATE", "MODERATE_UNSAFE", "OFFERED"]


def __dir__() -> list[str]:
    return __all__


MODERATE_INADEQUATE = Rule(
    "moderation.overall_inadequate",
    "Every audit graded Inadequate overall is moderated.",
    when=overall.is_(INADEQUATE),
    then=(Moderate(by=SERVICE_MANAGER),),
    source=QAF.at("§6.1", lines="392-395"),
    standing=Standing.EDITORIAL,
)

MODERATE_UNSAFE = Rule(
    "moderation.unsafe",
    "Every audit of a child judged unsafe, or of whom it cannot be told, is moderated.",
    when=safe.in_((UNSAFE, CANNOT_TELL)),
    then=(Moderate(by=SERVICE_MANAGER),),
    source=QAF.at("§6.1", lines="392-395"),
    standing=Standing.EDITORIAL,
)

OFFERED = (MODERATE_INADEQUATE, MODERATE_UNSAFE)
