"""What follows all the same from data that cannot be read whole."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from qaf_core.findings import Escalation, Finding, joined
from qaf_core.framework import Framework
from qaf_core.interchange.reader import NO_ID, Reader
from qaf_core.rules.model import Escalate
from qaf_core.tools.model import Tool

__all__ = ["urgent_in"]


def __dir__() -> list[str]:
    return __all__


def urgent_in(
    trees: tuple[Any, ...], framework: Framework, tool: Tool | None, on: date | None
) -> tuple[tuple[Escalation, ...], tuple[Escalation, ...]]:
    """The escalations that follow from, and those left open by, what could be read.

    Every reading of the data that it bears is reviewed: each value of a repeated
    key, and answers that stand in the wrong place. The worst of them counts.
    """
    fired: dict[object, Finding] = {}
    unsettled: dict[object, Finding] = {}
    id = NO_ID
    for tree in trees:
        for candidate in [tool] if tool else framework.tools:
            for plain in (tree, *_gathered(tree, candidate)):
                if not isinstance(plain, dict):
                    continue
                audit = Reader(framework, []).audit(plain, candidate)
                id = id if audit.id == NO_ID else audit.id
                review = framework.review(audit, on=on or audit.audited or date(1, 1, 1))
                for found, findings in (fired, review.findings), (unsettled, review.unsettled):
                    for finding in findings:
                        if isinstance(finding.outcome, Escalate):
                            found.setdefault(
                                (finding.rule, finding.about, finding.outcome), finding
                            )
    open_still = [finding for key, finding in unsettled.items() if key not in fired]
    return joined(id, fired.values()), joined(id, open_still)


def _gathered(tree: Any, tool: Tool) -> Iterator[dict[str, Any]]:
    """The data again, with answers and judgements taken from wherever they stand."""
    questions = {placed.item.id for placed in tool.questions}
    judged = {placed.item.id for placed in tool.judged}
    found: dict[tuple[str, str], list[Any]] = {}
    stack = [tree]
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            for key, value in node.items():
                if key in questions and not (key in judged and isinstance(value, dict)):
                    found.setdefault(("answers", key), []).append(value)
                if key in judged:
                    found.setdefault(("judgements", key), []).append(value)
            stack += node.values()
        elif isinstance(node, list):
            stack += node
    base = tree if isinstance(tree, dict) else {}
    most = max((len(values) for values in found.values()), default=0)
    for pick in range(min(most, 100)):
        again = dict(base, answers={}, judgements={})
        for (group, key), values in found.items():
            again[group][key] = values[min(pick, len(values) - 1)]
        yield again
