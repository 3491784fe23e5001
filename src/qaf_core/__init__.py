"""qaf_core: quality assurance frameworks for children's services, as typed values.

Names are loaded on first use, so that importing the package costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qaf_core.additions import Addition
    from qaf_core.audits import Audit
    from qaf_core.errors import (
        DefinitionError,
        Fault,
        InputError,
        PluginError,
        QafError,
        UnknownIdError,
    )
    from qaf_core.examples import EXAMPLES, example
    from qaf_core.findings import Escalation, Finding
    from qaf_core.framework import Framework
    from qaf_core.hookspecs import hookimpl
    from qaf_core.interchange import (
        read_audit,
        read_audits,
        read_receipt,
        read_rules,
        review_to_plain,
        to_plain,
        write_audit,
        write_receipt,
        write_rules,
    )
    from qaf_core.laws import Law
    from qaf_core.moderation import Pair, agreement
    from qaf_core.plugins import load_framework
    from qaf_core.provenance import Document, Reference, Standing
    from qaf_core.reading import READING_2016
    from qaf_core.review import Review
    from qaf_core.rules.model import Rule
    from qaf_core.sampling.allocated import Allocation
    from qaf_core.sampling.allocation import allocate
    from qaf_core.sampling.draw import Draw, draw
    from qaf_core.sampling.frame import Exclusion
    from qaf_core.sampling.population import Case, Post
    from qaf_core.sampling.programme.recorded import Done
    from qaf_core.sampling.sizes import Share
    from qaf_core.sampling.strata import Strata
    from qaf_core.sampling.verify import verify
    from qaf_core.tools.model import Tool

__all__ = [
    "Addition",
    "Allocation",
    "Audit",
    "Case",
    "DefinitionError",
    "Document",
    "Done",
    "Draw",
    "EXAMPLES",
    "Escalation",
    "Exclusion",
    "Fault",
    "Finding",
    "Framework",
    "InputError",
    "Law",
    "Pair",
    "PluginError",
    "Post",
    "QafError",
    "READING_2016",
    "Reference",
    "Review",
    "Rule",
    "Share",
    "Standing",
    "Strata",
    "Tool",
    "UnknownIdError",
    "agreement",
    "allocate",
    "draw",
    "example",
    "hookimpl",
    "load_framework",
    "read_audit",
    "read_audits",
    "read_receipt",
    "read_rules",
    "review_to_plain",
    "to_plain",
    "verify",
    "write_audit",
    "write_receipt",
    "write_rules",
]

_HOMES = {
    "qaf_core.additions": ("Addition",),
    "qaf_core.audits": ("Audit",),
    "qaf_core.errors": (
        "DefinitionError",
        "Fault",
        "InputError",
        "PluginError",
        "QafError",
        "UnknownIdError",
    ),
    "qaf_core.examples": ("EXAMPLES", "example"),
    "qaf_core.findings": ("Escalation", "Finding"),
    "qaf_core.framework": ("Framework",),
    "qaf_core.hookspecs": ("hookimpl",),
    "qaf_core.interchange": (
        "read_audit",
        "read_audits",
        "read_receipt",
        "read_rules",
        "review_to_plain",
        "to_plain",
        "write_audit",
        "write_receipt",
        "write_rules",
    ),
    "qaf_core.moderation": ("Pair", "agreement"),
    "qaf_core.laws": ("Law",),
    "qaf_core.plugins": ("load_framework",),
    "qaf_core.provenance": ("Document", "Reference", "Standing"),
    "qaf_core.reading": ("READING_2016",),
    "qaf_core.review": ("Review",),
    "qaf_core.rules.model": ("Rule",),
    "qaf_core.sampling.allocated": ("Allocation",),
    "qaf_core.sampling.allocation": ("allocate",),
    "qaf_core.sampling.draw": ("Draw", "draw"),
    "qaf_core.sampling.frame": ("Exclusion",),
    "qaf_core.sampling.population": ("Case", "Post"),
    "qaf_core.sampling.programme.recorded": ("Done",),
    "qaf_core.sampling.sizes": ("Share",),
    "qaf_core.sampling.strata": ("Strata",),
    "qaf_core.sampling.verify": ("verify",),
    "qaf_core.tools.model": ("Tool",),
}


# As ``lazy.lazily`` does it, written out: importing the package loads no module besides.
def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names:
            value = getattr(import_module(home), name)
            globals()[name] = value
            return value
    raise AttributeError(f"module 'qaf_core' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
