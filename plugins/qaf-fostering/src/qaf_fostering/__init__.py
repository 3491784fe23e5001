"""qaf_fostering: the audit of a fostering household, added to Reading's framework of 2016."""

from __future__ import annotations

from qaf_core import Addition, hookimpl
from qaf_core.sources import QAF
from qaf_fostering.audit import FOSTERING
from qaf_fostering.facts import FACTS
from qaf_fostering.laws import LAWS
from qaf_fostering.mappings import MAPPINGS
from qaf_fostering.rules import RULES
from qaf_fostering.subjects import SUBJECTS

__all__ = ["qaf_addition"]


def __dir__() -> list[str]:
    return __all__


@hookimpl
def qaf_addition() -> Addition:
    """What a fostering service adds: one tool, and the rules that read it."""
    return Addition(
        id="fostering",
        version="0.1.0",
        title="Fostering",
        requires="reading >= 2016.1, reading < 2017, qaf-core >= 0.1",
        source=QAF.at("Appendix 2, Fostering", lines="605-616"),
        subjects=SUBJECTS,
        facts=FACTS,
        tools=(FOSTERING,),
        rules=RULES,
        mappings=MAPPINGS,
        laws=LAWS,
    )
