"""Answers that call for another audit."""

from __future__ import annotations

from qaf_core.logic.expressions import Ref
from qaf_core.logic.values import YES_NO
from qaf_core.provenance import Standing
from qaf_core.roles import SUPERVISOR
from qaf_core.rules.model import Commission, Rule
from qaf_core.sources import QAF
from qaf_core.subjects import SUPERVISION_FILE

__all__ = ["OBSERVE_SUPERVISOR", "RULES"]


def __dir__() -> list[str]:
    return __all__


OBSERVE_SUPERVISOR = Rule(
    "commissioning.observe_supervisor",
    "Where a supervision audit calls for it, the supervisor's practice is observed.",
    when=Ref("observation_needed", YES_NO, label="an observation being needed").is_(True),
    then=(Commission(tool="observation", on=SUPERVISOR),),
    subjects=(SUPERVISION_FILE.id,),
    source=QAF.at("Tool C", lines="1056-1058"),
    standing=Standing.STATED,
)

RULES = (OBSERVE_SUPERVISOR,)
