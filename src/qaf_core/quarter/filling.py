"""The audits of the quarter, filled in as JSON texts: complete ones, drafts, and files with faults."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from attrs import evolve, field, frozen

from qaf_core.audits import Action, Audit, Judged, NotApplicable, Participant, Subject, Tag, ToolPin
from qaf_core.facts import SAFE, UNSAFE
from qaf_core.framework import Framework
from qaf_core.immutable import FrozenMap
from qaf_core.interchange import to_plain
from qaf_core.logic.expressions import ALWAYS, NEVER
from qaf_core.logic.values import Sort
from qaf_core.quarter.chance import Chance
from qaf_core.quarter.choosing import CLOSED, DRAWN_ALREADY, Task
from qaf_core.quarter.council import Council, some_value
from qaf_core.quarter.days import Days
from qaf_core.roles import (
    ALLOCATED_WORKER,
    AUDITOR,
    LINE_MANAGER,
    OBSERVER,
    PRACTITIONER,
    SUPERVISOR,
)
from qaf_core.subjects import PRACTITIONER as PRACTICE
from qaf_core.subjects import SUPERVISION_FILE
from qaf_core.tools.model import Judgement, Placed, Question, Tool

__all__ = ["Fate", "Filled", "filled", "text_of", "weak_sections"]

LEVELS = (12, 40, 88, 100)
"""Of a hundred audits, so many are at the worst level, or at most at the next, and so on."""
ADVERSE = (55, 28, 9, 3)
"""Of a hundred answers, so many tell against practice, by the level of their section."""
SETTLED_IN = 3
"""Working days between the draw and the first audit."""
LAST = 10
"""Working days between the last audit and the end of its window: time enough to do it again."""


def __dir__() -> list[str]:
    return __all__


class Fate(StrEnum):
    """What becomes of an audit that somebody has to do."""

    COMPLETE = "complete"
    INCOMPLETE = "incomplete"
    """Handed in with something missing."""
    DRAFT = "draft"
    """Begun, and not finished by the end of the quarter."""
    FAULTY = "faulty"
    """Its file cannot be read whole, until it is mended and sent again."""
    NOT_DONE = "not done"


@frozen(kw_only=True)
class Filled:
    """What comes in.

    Attributes:
        texts: one JSON text a file, by id of the audit; those not done are not there.
        mended: the texts that were sent again, by id of the audit.
        fates: what became of each audit.
    """

    texts: Mapping[str, str] = field(repr=False)
    mended: Mapping[str, str] = field(repr=False)
    fates: Mapping[str, Fate] = field(repr=False)


def filled(
    framework: Framework, council: Council, days: Days, tasks: tuple[Task, ...], chance: Chance
) -> Filled:
    """Fill in every audit, as far as its auditor comes with it."""
    fates = dict(_fates(tasks, chance))
    audits = {
        task.id: _fill(framework, council, days, task, fates[task.id], chance)
        for task in tasks
        if fates[task.id] is not Fate.NOT_DONE
    }
    worst = next((id for id, audit in audits.items() if _calls(audit)), "")
    for id in [*([worst] if worst else []), *_more_faults(audits, fates, chance)]:
        fates[id] = Fate.FAULTY
    texts, mended = {}, {}
    for id, audit in audits.items():
        texts[id] = text_of(audit)
        if fates[id] is Fate.FAULTY:
            mended[id] = texts[id]
            texts[id] = _damaged(texts[id])
    return Filled(texts=FrozenMap(texts), mended=FrozenMap(mended), fates=FrozenMap(fates))


def text_of(audit: Audit) -> str:
    """An audit as one line of JSON."""
    return json.dumps(to_plain(audit), ensure_ascii=False)


def weak_sections(tool: Tool, chance: Chance) -> tuple[str, ...]:
    """The sections in which this council is weak this quarter: two of each tool."""
    sections = list(dict.fromkeys(each.section for each in tool.judged if each.section))
    return tuple(chance.order(sections, "weak sections", tool.id)[:2])


def _fates(tasks: tuple[Task, ...], chance: Chance) -> Iterator[tuple[str, Fate]]:
    for task in tasks:
        drawn = chance.below(100, task.id, "fate")
        if drawn < 5:
            yield task.id, Fate.NOT_DONE
        elif drawn < 10:
            yield task.id, Fate.DRAFT
        elif drawn < 14:
            yield task.id, Fate.INCOMPLETE
        else:
            yield task.id, Fate.COMPLETE


def _calls(audit: Audit) -> bool:
    """Whether an audit that is complete says that a child is unsafe."""
    return audit.completed is not None and UNSAFE in audit.answers.values()


def _more_faults(
    audits: Mapping[str, Audit], fates: Mapping[str, Fate], chance: Chance
) -> Iterator[str]:
    for id in audits:
        if fates[id] is Fate.COMPLETE and chance.odds(1, id, "fault"):
            yield id


def _damaged(text: str) -> str:
    """The text as a careless export would write it: a day that there is not."""
    plain = json.loads(text)
    plain["audited"] = plain["audited"][:5] + "02-30"
    return json.dumps(plain, ensure_ascii=False)


# --- one audit -----------------------------------------------------------------------------


def _fill(
    framework: Framework, council: Council, days: Days, task: Task, fate: Fate, chance: Chance
) -> Audit:
    tool = framework.tool(task.tool)
    on = _day(council, days, task, chance)
    level = next(at for at, most in enumerate(LEVELS) if chance.below(100, task.id, "level") < most)
    draft = fate is Fate.DRAFT
    judgements, levels = _judgements(tool, task, level, chance, draft=draft)
    answers = _answers(tool, task, level, levels, on, chance, draft=draft)
    facts = {
        id: value
        for id, value in task.case.facts.items()
        if id not in (DRAWN_ALREADY.name, CLOSED.name)
    }
    audit = Audit(
        id=task.id,
        tool=ToolPin(id=tool.id, version=tool.version, fingerprint=tool.fingerprint),
        subject=Subject(id=task.case.id, kind=task.case.kind, facts=facts),
        audited=on,
        participants=_participants(council, task),
        answers=answers,
        judgements=judgements,
        actions=tuple(_actions(tool, task, levels, on, days, chance)),
        tags=tuple(_tags(tool, task, levels, chance)),
        completed=days.after(on, 2) if fate is Fate.COMPLETE else None,
    )
    not_asked = set(framework.review(audit, on=on).set_aside)
    kept = {id: answer for id, answer in audit.answers.items() if id not in not_asked}
    if fate is Fate.INCOMPLETE:
        needed = [
            each.item.id
            for each in tool.questions
            if isinstance(each.item, Question)
            and each.item.required == ALWAYS
            and each.item.id in kept
        ]
        for id in chance.order(needed, task.id, "left out")[:2]:
            del kept[id]
    return evolve(audit, answers=kept)


def _day(council: Council, days: Days, task: Task, chance: Chance) -> date:
    """A working day in the window on which the auditor, and whom it is about, are in post."""
    since = [task.window.start, days.drawn]
    for id in filter(None, (task.auditor, task.about)):
        start = council.posts[id].facts.get("since")
        if isinstance(start, date):
            since.append(start)
    first = days.after(max(since), SETTLED_IN)
    last = days.before(task.window.due, LAST)
    span = days.calendar.count(_between(first, last))
    return days.after(first, chance.below(max(span, 1), task.id, "day"))


def _between(first: date, last: date) -> Iterator[date]:
    for number in range(first.toordinal(), last.toordinal()):
        yield date.fromordinal(number)


def _participants(council: Council, task: Task) -> tuple[Participant, ...]:
    roles = {AUDITOR.id: task.auditor}
    if task.case.kind == PRACTICE.id:
        roles = {OBSERVER.id: task.auditor, PRACTITIONER.id: task.about}
    elif task.case.kind == SUPERVISION_FILE.id:
        roles[SUPERVISOR.id] = task.about
    else:
        roles[ALLOCATED_WORKER.id] = task.case.worker
        roles[LINE_MANAGER.id] = council.posts[task.case.worker].reports_to
    return tuple(Participant(role=role, post=post) for role, post in roles.items())


def _judgements(
    tool: Tool, task: Task, level: int, chance: Chance, *, draft: bool
) -> tuple[dict[str, Judged], dict[str, int]]:
    """The judgements, and the level of each section; a section set aside has none."""
    weak = weak_sections(tool, chance)
    found: dict[str, Judged] = {}
    levels: dict[str, int] = {}
    for each in tool.judged:
        item = each.item
        if not isinstance(item, Judgement) or not item.judged:
            continue
        what = (task.id, item.id)
        if each.section and item.takes_na and chance.odds(4, *what, "applies"):
            reason = NotApplicable("It does not arise for this child.")
            found[item.id] = Judged(not_applicable=reason)
            continue
        own = level if not each.section else _level(each, level, weak, what, chance)
        levels[each.section] = own
        if draft and chance.odds(50, *what, "still open"):
            continue
        grades = item.scale.grades
        grade = grades[round(own * (len(grades) - 1) / (len(LEVELS) - 1))]
        found[item.id] = Judged(
            grade=grade.code,
            analysis="What was found, section by section, and what it rests on.",
            justification="How the findings add up, and what weighs most.",
        )
    return found, levels


def _level(
    each: Placed, level: int, weak: tuple[str, ...], what: tuple[str, str], chance: Chance
) -> int:
    own = level + chance.pick((-1, 0, 0, 0, 0, 0, 1), *what, "level")
    if each.section in weak and chance.odds(60, *what, "weak"):
        own -= 1
    return min(max(own, 0), len(LEVELS) - 1)


def _answers(
    tool: Tool,
    task: Task,
    level: int,
    levels: Mapping[str, int],
    on: date,
    chance: Chance,
    *,
    draft: bool,
) -> dict[str, Any]:
    judged = {each.section for each in tool.judged if each.section}
    answers: dict[str, Any] = {}
    for each in tool.questions:
        item = each.item
        if not isinstance(item, Question) or {s.id for s in each.sections} & judged - set(levels):
            continue
        if draft and item.fact != SAFE and chance.odds(50, task.id, item.id, "still open"):
            continue
        own = next((levels[s.id] for s in reversed(each.sections) if s.id in levels), level)
        answer = _answer(item, task, level, own, on, chance)
        if answer is not None:
            answers[item.id] = answer
    return answers


def _answer(item: Question, task: Task, level: int, own: int, on: date, chance: Chance) -> Any:
    what = (task.id, item.id)
    if item.fact == SAFE:
        if level == 0:
            return chance.pick((UNSAFE, UNSAFE, SAFE, SAFE, "cannot_tell"), *what)
        return SAFE if item.required == ALWAYS else None
    optional = item.required == NEVER
    if optional and (item.kind.sort is Sort.CODE or chance.odds(70, *what, "left blank")):
        return None
    if item.takes_na and chance.odds(3, *what, "applies"):
        return NotApplicable("It does not arise here.")
    adverse = item.adverse
    if adverse and item.kind.sort in (Sort.YES_NO, Sort.CODE):
        if chance.odds(ADVERSE[own], *what, "adverse"):
            return chance.pick(adverse, *what)
        options = (True, False) if item.kind.sort is Sort.YES_NO else item.kind.every_code
        fine = [option for option in options if option not in adverse]
        return chance.pick(fine, *what) if fine else chance.pick(adverse, *what)
    return some_value(item.kind, what, on, chance)


def _actions(
    tool: Tool, task: Task, levels: Mapping[str, int], on: date, days: Days, chance: Chance
) -> Iterator[Action]:
    for target in tool.action_targets:
        own = levels.get(target)
        if own is None or own > 1 or (own == 1 and chance.odds(65, task.id, target, "no action")):
            continue
        undated = chance.odds(1, task.id, target, "undated")
        yield Action(
            section=target,
            action="Put it right, and say in supervision that it is.",
            by=None if undated else days.after(on, 6 + chance.below(13, task.id, target, "by")),
            owner=task.case.worker or task.about,
        )


def _tags(tool: Tool, task: Task, levels: Mapping[str, int], chance: Chance) -> Iterator[Tag]:
    for section in weak_sections(tool, chance):
        if levels.get(section, 3) <= 1 and chance.odds(40, task.id, section, "tag"):
            yield Tag(theme=f"{section}_practice", about=section)
