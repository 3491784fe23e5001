"""Audits with Tool A, of all sorts and the same at every run."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from baselines.demo import chances
from qaf_core import Audit, Framework, read_audit
from qaf_core.logic.values import Sort
from qaf_core.tools.model import Question

__all__ = ["audits", "plain_audit"]

GRADES = ("inadequate", "requires_improvement", "good", "outstanding")


def audits(count: int, framework: Framework) -> list[Audit]:
    """Audits as read: half of them complete, grades and answers mixed, some with actions."""
    return [
        read_audit(json.dumps(plain_audit(number, framework)), framework) for number in range(count)
    ]


def plain_audit(number: int, framework: Framework) -> dict[str, Any]:
    """One such audit as plain data."""
    chance, tool = chances(number), framework.tool("case_file")
    draft = next(chance) < 64
    recent = next(chance) < 128
    judgements = {
        each.item.id: _judged(chance, section=bool(each.section))
        for each in tool.judged
        if not (draft and next(chance) < 64)
    }
    aside = {
        each.section for each in tool.judged if "grade" not in judgements.get(each.item.id, {})
    }
    aside |= set() if recent else {"referral"}  # asked only of cases open for less than a year
    answers = {
        each.item.id: answer
        for each in tool.questions
        if isinstance(each.item, Question)
        and not aside & {section.id for section in each.sections}
        and (answer := _answer(each.item, chance)) is not None
        and not (draft and next(chance) < 64)
    }
    if judgements.get("overall", {}).get("grade") == "inadequate":
        answers["safe"] = ("unsafe", "safe", "cannot_tell")[next(chance) % 3]
    else:
        answers.pop("safe", None)
    sections = [id for id in tool.action_targets if id != "other"]
    return {
        "tool": {"id": tool.id, "version": tool.version},
        "id": f"A-{number:04}",
        "audited": "2016-02-12",
        "subject": {
            "id": f"C-{number:04}",
            "kind": "child_case",
            "facts": {
                "case_opened": "2015-06-01" if recent else "2014-03-10",
                "case_status": ("cin", "cp", "cla")[next(chance) % 3],
            },
        },
        "participants": [{"role": "auditor", "post": "TM-3"}, {"role": "worker", "post": "SW-17"}],
        "answers": answers,
        "judgements": judgements,
        "actions": [
            {
                "section": sections[next(chance) % len(sections)],
                "action": "Put it right and say so in supervision.",
                "by": f"2016-02-{1 + next(chance) % 28:02}",
            }
            for _ in range(next(chance) % 4)
        ],
    }


def _answer(question: Question, chance: Iterator[int]) -> Any:
    drawn = next(chance)
    match question.kind.sort:
        case Sort.YES_NO:
            if drawn < 16 and question.takes_na:
                return {"not_applicable": "It does not arise here."}
            return drawn > 48
        case Sort.CODE if not question.id.startswith("summary"):
            return question.kind.every_code[drawn % len(question.kind.every_code)]
        case Sort.TEXT:
            return "Seen in the record and talked over with the worker." if drawn < 64 else None
        case Sort.COUNT:
            return drawn % 4
    return None


def _judged(chance: Iterator[int], *, section: bool) -> dict[str, Any]:
    drawn = next(chance)
    if section and drawn < 16:
        return {"not_applicable": "It does not arise here."}
    grade = GRADES[(drawn > 40) + (drawn > 120) + (drawn > 235)]
    return {"grade": grade, "analysis": "What was found.", "justification": "Why it is so."}
