"""qaf_adoption: the audits of an adoption service, added to Reading's framework of 2016."""

from __future__ import annotations

from qaf_adoption.adopter import ADOPTION_ADOPTER
from qaf_adoption.child import ADOPTION_CHILD
from qaf_adoption.facts import FACTS
from qaf_adoption.laws import LAWS
from qaf_adoption.mappings import MAPPINGS
from qaf_adoption.rules import RULES
from qaf_adoption.subjects import SUBJECTS
from qaf_adoption.support import ADOPTION_SUPPORT
from qaf_core import Addition, hookimpl
from qaf_core.sources import QAF

__all__ = ["qaf_addition"]


def __dir__() -> list[str]:
    return __all__


@hookimpl
def qaf_addition() -> Addition:
    """What an adoption service adds: three tools, by whom they are about, and their rules."""
    return Addition(
        id="adoption",
        version="0.1.0",
        title="Adoption",
        requires="reading >= 2016.1, reading < 2017, qaf-core >= 0.1",
        source=QAF.at("Appendix 2, Adoption", lines="604"),
        subjects=SUBJECTS,
        facts=FACTS,
        tools=(ADOPTION_ADOPTER, ADOPTION_CHILD, ADOPTION_SUPPORT),
        rules=RULES,
        mappings=MAPPINGS,
        laws=LAWS,
    )
