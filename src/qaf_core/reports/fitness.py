"""Whether material can be reported on: every fault at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from qaf_core.audits import Audit
from qaf_core.cycle.processes import Process
from qaf_core.errors import Fault, InputError
from qaf_core.findings import Escalation
from qaf_core.framework import Framework
from qaf_core.reports.material import Material

__all__ = ["pin_of", "refuse_unfit"]


def __dir__() -> list[str]:
    return __all__


def refuse_unfit(material: Material, framework: Framework) -> None:
    """Refuse material that cannot be reported on, or whose reviews miss what audits call for.

    Raises:
        InputError: every fault is named; what a review misses is its ``urgent``.
    """
    faults = list(_faults_of(material, framework))
    urgent = () if faults else tuple(_uncalled(material, framework))
    faults += [
        Fault(
            path=f"reviews.{audit}",
            problem="the audit calls for what this review does not: it is of other answers or rules",
            do="Review the audit as it stands",
        )
        for audit in dict.fromkeys(each.audit for each in urgent)
    ]
    if faults:
        raise InputError(faults, urgent=urgent)


def _faults_of(material: Material, framework: Framework) -> Iterator[Fault]:
    """What keeps material from being reported on."""
    tools = {(tool.id, tool.version) for tool in framework.tools}
    audits: dict[str, Audit] = {}
    reviewed: dict[str, int] = {}
    yield from _twice("actions", material.actions)
    yield from _twice("escalations", material.escalations)
    yield from _twice("ways", material.ways)
    for at, review in enumerate(material.reviews):
        if reviewed.setdefault(review.audit, at) != at:
            problem = "it is a second review of one audit"
            yield Fault(path=f"reviews[{at}].audit", problem=problem, do="Give the latest")
    for at, each in enumerate(material.audits):
        path = f"audits[{at}]"
        if each.id in audits:
            yield Fault(path=f"{path}.id", problem="it comes again", do="List each audit once")
        audits.setdefault(each.id, each)
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


def _twice(name: str, processes: Iterable[Process]) -> Iterator[Fault]:
    """Processes that come more than once, perhaps as they stood and as they stand."""
    seen: set[tuple[str, str]] = set()
    for at, each in enumerate(processes):
        key = (each.machine.partition(" ")[0], each.id)
        if key in seen:
            do = "Give each once, as it stands now"
            yield Fault(path=f"{name}[{at}].id", problem="it comes again", do=do)
        seen.add(key)


def _uncalled(material: Material, framework: Framework) -> Iterator[Escalation]:
    """What audits call for as they stand that their reviews do not.

    A review that was made of this very audit is taken at its word; any other, such as one of
    answers that were changed since, or one that was carried elsewhere, is compared with a new one.
    """
    audits = {each.id: each for each in material.audits}
    for review in material.reviews:
        audit = audits.get(review.audit)
        if audit is None or framework.reviewed(audit, review, on=review.on):
            continue
        called = {key for each in review.escalations for key in _keys(each)}
        for each in framework.review(audit, on=review.on).escalations:
            if not called.issuperset(_keys(each)):
                yield each


def _keys(escalation: Escalation) -> set[tuple[str, str]]:
    return {(each.rule.id, each.about) for each in escalation.findings}


def pin_of(audit: Audit) -> tuple[str, str]:
    """The tool and version of an audit."""
    return audit.tool.id, audit.tool.version
