"""qaf_cat: the audit of an early help case, added to Reading's framework of 2016."""

from __future__ import annotations

from qaf_cat.audit import CAT
from qaf_cat.facts import FACTS
from qaf_cat.laws import LAWS
from qaf_cat.mappings import MAPPINGS
from qaf_cat.rules import RULES
from qaf_cat.subjects import SUBJECTS
from qaf_core import Addition, hookimpl
from qaf_core.sources import QAF

__all__ = ["qaf_addition"]


def __dir__() -> list[str]:
    return __all__


@hookimpl
def qaf_addition() -> Addition:
    """What a Children's Action Team adds: one tool, and the rules that read it."""
    return Addition(
        id="cat",
        version="0.1.0",
        title="Early help: family support, targeted youth support, troubled families",
        requires="reading >= 2016.1, reading < 2017, qaf-core >= 0.1",
        source=QAF.at(
            "Appendix 2, Family Support, Targeted Youth Support, Troubled Families",
            lines="629-642",
        ),
        subjects=SUBJECTS,
        facts=FACTS,
        tools=(CAT,),
        rules=RULES,
        mappings=MAPPINGS,
        laws=LAWS,
    )
