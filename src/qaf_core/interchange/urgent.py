"""What follows all the same from data that cannot be read whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from qaf_core.errors import Fault, nearest
from qaf_core.findings import Escalation, Finding, joined
from qaf_core.framework import Framework
from qaf_core.interchange.parsing import Parsed, members
from qaf_core.interchange.reader import NO_ID, NO_SUBJECT, Reader
from qaf_core.interchange.strict import meant
from qaf_core.rules.model import Escalate
from qaf_core.tools.model import Tool

__all__ = ["urgent_in"]

_MOST = 200
"""How many readings of repeated or misplaced answers are tried at most."""
_PART = re.compile(r"(?:answers|judgements)\.([a-z][a-z0-9_]*)")
_GROUPS = frozenset({"answers", "judgements", "sections", "returns", "tool"})


def __dir__() -> list[str]:
    return __all__


def urgent_in(
    parsed: Parsed,
    faults: Iterable[Fault],
    framework: Framework,
    tool: Tool | None,
    on: date | None,
) -> tuple[tuple[Escalation, ...], tuple[Escalation, ...]]:
    """The escalations that follow from, and those left open by, what could be read.

    Every reading of the data that it bears is reviewed: each value of a repeated key,
    answers that stand in the wrong place, and where the tool itself is in doubt, every
    tool. The worst of them counts. What a fault may have hidden is open.
    """
    hidden, doubtful = _hidden(faults)
    fired: dict[object, Finding] = {}
    unsettled: dict[object, Finding] = {}
    id, subject = NO_ID, ""
    candidates = framework.tools if doubtful or tool is None else (tool,)
    for candidate in candidates:
        unread = frozenset(candidate.facts) if doubtful else hidden
        for plain in (parsed.value, *parsed.others, *_gathered(parsed, candidate)):
            audit = Reader(framework, []).audit(plain if isinstance(plain, dict) else {}, candidate)
            id = id if audit.id == NO_ID else audit.id
            subject = subject if audit.subject.id == NO_SUBJECT else audit.subject.id
            day = on or audit.audited or date(1, 1, 1)
            review = framework.review(audit, on=day, unread=unread)
            kept = [(fired, review.findings)]
            if tool in (candidate, None):
                kept.append((unsettled, review.unsettled))
            for found, findings in kept:
                for finding in findings:
                    if isinstance(finding.outcome, Escalate):
                        found.setdefault((finding.rule, finding.about, finding.outcome), finding)
    open_still = [finding for key, finding in unsettled.items() if key not in fired]
    return joined(id, subject, fired.values()), joined(id, subject, open_still)


def _hidden(faults: Iterable[Fault]) -> tuple[frozenset[str], bool]:
    """The answers that a fault hides; and whether any answer at all may be hidden."""
    ids: set[str] = set()
    doubtful = False
    for fault in faults:
        part = _PART.search(fault.path)
        if part and "nothing reads" not in fault.problem:
            ids.add(part.group(1))
        elif not fault.path.startswith(("participants", "explanations", "actions", "tags")):
            group = re.split(r"[.\[]", fault.path)[0]
            doubtful |= group in _GROUPS or "(" in fault.path or "nothing reads" in fault.problem
    return frozenset(ids), doubtful


def _gathered(parsed: Parsed, tool: Tool) -> Iterator[dict[str, Any]]:
    """The data again, with answers and judgements taken from wherever they stand."""
    questions = {placed.item.id for placed in tool.questions}
    judged = {placed.item.id for placed in tool.judged}
    kinds = {placed.item.id: placed.item.ref.kind for placed in (*tool.questions, *tool.judged)}
    found: dict[tuple[str, str], list[Any]] = {}
    for key, value in members(parsed.raw):
        name = key if key in kinds else nearest("_".join(key.casefold().split()), kinds)
        if name in questions and not (name in judged and isinstance(value, dict)):
            found.setdefault(("answers", name), []).append(meant(value, kinds[name]))
        if name in judged:
            grade = value.get("grade") if isinstance(value, dict) else value
            found.setdefault(("judgements", name), []).append({"grade": meant(grade, kinds[name])})
    base = parsed.value if isinstance(parsed.value, dict) else {}
    most = max((len(values) for values in found.values()), default=0)
    for pick in range(min(most, _MOST)):
        again = dict(base, answers={}, judgements={})
        for (group, key), values in found.items():
            again[group][key] = values[min(pick, len(values) - 1)]
        yield again
