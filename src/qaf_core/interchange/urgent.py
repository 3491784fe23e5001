"""What follows all the same from data that cannot be read whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain
from typing import Any

from qaf_core.audits import Audit, Subject, ToolPin
from qaf_core.errors import Fault, nearest
from qaf_core.findings import Escalation, Finding, joined
from qaf_core.framework import Framework
from qaf_core.interchange.parsing import Parsed, members
from qaf_core.interchange.reader import NO_ID, NO_SUBJECT, Reader
from qaf_core.interchange.strict import meant
from qaf_core.rules.model import Escalate
from qaf_core.tools.model import Tool

__all__ = ["broken", "urgent_in"]

_MOST = 200
"""How many readings of repeated or misplaced answers are tried at most."""
_PART = re.compile(r"(?:answers|judgements)\.([a-z][a-z0-9_]*)")
_END: Any = object()
_GROUPS = frozenset({"answers", "judgements", "sections", "returns", "tool"})


def __dir__() -> list[str]:
    return __all__


def urgent_in(
    parsed: Parsed,
    faults: list[Fault],
    framework: Framework,
    tool: Tool | None,
    on: date | None,
) -> tuple[tuple[Escalation, ...], tuple[Escalation, ...]]:
    """The escalations that follow from, and those left open by, what could be read.

    Every reading of the data that it bears is reviewed: each value of a repeated key,
    answers that stand in the wrong place, and where the tool itself is in doubt, every
    tool. The worst of them counts. What a fault may have hidden is open, and so is all
    that a reading would have said which fails; that it fails is one more fault.
    """
    hidden, doubtful = frozenset[str](), True
    try:
        hidden, doubtful = _hidden(faults)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - then any answer may be hidden
        faults.append(broken(error, "what its faults hide is not known"))
    fired: dict[object, Finding] = {}
    unsettled: dict[object, Finding] = {}
    id, subject = NO_ID, ""
    candidates = framework.tools if doubtful or tool is None else (tool,)
    for candidate in candidates:
        unread = frozenset(candidate.facts) if doubtful else hidden
        for read in _readings(parsed, candidate, framework, faults):
            audit = read or _blank(candidate)
            id = id if audit.id == NO_ID else audit.id
            subject = subject if audit.subject.id == NO_SUBJECT else audit.subject.id
            day = on or audit.audited or date(1, 1, 1)
            missed = unread if read else frozenset(candidate.facts)
            try:
                review = framework.review(audit, on=day, unread=missed)
            except (Exception, SystemExit) as error:  # noqa: BLE001 - one tool hides no other
                faults.append(broken(error, "what is urgent in it could not be worked out"))
                continue
            kept = [(fired, review.findings)]
            if tool in (candidate, None):
                kept.append((unsettled, review.unsettled))
            for found, findings in kept:
                for finding in findings:
                    if isinstance(finding.outcome, Escalate):
                        found.setdefault((finding.rule, finding.about, finding.outcome), finding)
    open_still = [finding for key, finding in unsettled.items() if key not in fired]
    return joined(id, subject, fired.values()), joined(id, subject, open_still)


def broken(error: BaseException, problem: str = "it could not be read") -> Fault:
    """The fault of a reading that fails by itself, whatever the text says."""
    return Fault(
        path="(whole text)",
        problem=f"{problem} ({type(error).__name__})",
        do="Read it by hand at once, and report this",
    )


def _readings(
    parsed: Parsed, tool: Tool, framework: Framework, faults: list[Fault]
) -> Iterator[Audit | None]:
    """Every reading that the data bears, as an audit; None, once, where one fails."""
    plains = chain((parsed.value, *parsed.others), _gathered(parsed, tool))
    failed = False
    while True:
        try:
            plain = next(plains, _END)
            if plain is _END:
                return
            yield Reader(framework, []).audit(plain if isinstance(plain, dict) else {}, tool)
        except (Exception, SystemExit) as error:  # noqa: BLE001 - what it hides may be urgent
            if not failed:
                faults.append(broken(error, "a reading of it failed"))
                yield None
            failed = True


def _blank(tool: Tool) -> Audit:
    pin = ToolPin(id=tool.id, version=tool.version, fingerprint=tool.fingerprint)
    return Audit(id=NO_ID, tool=pin, subject=Subject(id=NO_SUBJECT, kind=tool.subject))


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
