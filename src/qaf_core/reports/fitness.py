"""Whether material can be reported on: every fault at once."""

from __future__ import annotations

from collections.abc import Iterator

from qaf_core.audits import Audit
from qaf_core.errors import Fault
from qaf_core.framework import Framework
from qaf_core.reports.material import Material

__all__ = ["faults_of", "pin_of"]


def __dir__() -> list[str]:
    return __all__


def faults_of(material: Material, framework: Framework) -> Iterator[Fault]:
    """What keeps material from being reported on."""
    tools = {(tool.id, tool.version) for tool in framework.tools}
    audits: dict[str, Audit] = {}
    reviewed: dict[str, int] = {}
    for at, review in enumerate(material.reviews):
        if reviewed.setdefault(review.audit, at) != at:
            problem = "it is a second review of one audit"
            yield Fault(path=f"reviews[{at}].audit", problem=problem, do="Give the latest")
    for at, each in enumerate(material.audits):
        path = f"audits[{at}]"
        if audits.setdefault(each.id, each) is not each:
            yield Fault(path=f"{path}.id", problem="it comes again", do="List each audit once")
        if (each.tool.id, each.tool.version) not in tools:
            do = "Report with a framework that has its tool"
            yield Fault(path=f"{path}.tool", problem="its tool is not here", do=do)
        elif each.id not in reviewed:
            do = "Review every audit that is reported"
            yield Fault(path=path, problem="it has no review", do=do)
    for at, each in enumerate(material.audits):
        first = audits.get(each.moderates)
        if each.moderates and first is None:
            do = "Give the audit that it does again as well"
            yield Fault(
                path=f"audits[{at}].moderates", problem="there is no such audit here", do=do
            )
        elif first is not None and pin_of(first) != pin_of(each):
            do = "Moderate with the tool and version of the audit"
            yield Fault(path=f"audits[{at}].tool", problem="it is another than the audit's", do=do)
    for at, review in enumerate(material.reviews):
        if review.audit not in audits:
            do = "Give the audit as well"
            problem = "its audit is not here"
            yield Fault(path=f"reviews[{at}].audit", problem=problem, do=do)


def pin_of(audit: Audit) -> tuple[str, str]:
    """The tool and version of an audit."""
    return audit.tool.id, audit.tool.version
