"""The audits of the quarter, filled in as JSON texts: complete ones, drafts, and files with faults."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from attrs import evolve, field, frozen

from qaf_core.audits import Action, Audit, Judged, NotApplicable, Participant, Subject, Tag, ToolPin
from qaf_core.facts import CANNOT_TELL, SAFE, UNSAFE
from qaf_core.immutable import FrozenMap
from qaf_core.interchange import to_plain
from qaf_core.logic.expressions import ALWAYS, NEVER
from qaf_core.logic.values import Sort
from qaf_core.quarter.chance import Chance
from qaf_core.quarter.choosing import CLOSED, DRAWN_ALREADY, Task
from qaf_core.quarter.council import Council, some_value
from qaf_core.quarter.days import Days
from qaf_core.quarter.stage import Stage
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
from qaf_core.tools.model import Judgement, Question, Tool

__all__ = ["Fate", "Filled", "filled", "text_of", "weak_sections"]

LEVELS = (12, 40, 88, 100)
"""Of a hundred audits, so many are at the worst level, or at most at the next, and so on."""
ADVERSE = (35, 14, 4, 1)
"""Of a hundred answers, so many tell against practice, by the level of their section."""
SETTLED_IN = 3
"""Working days between the draw and the first audit."""
LAST = 10
"""Working days between the last audit and the end of its window: time enough to do it again."""


LATEST = 6
"""Working days after the reminder by which an audit is done that would else be missed."""


def __dir__() -> list[str]:
    return __all__


class Fate(StrEnum):
    """What becomes of an audit that somebody has to do."""

    COMPLETE = "complete"
    INCOMPLETE = "incomplete"
    """Handed in with something missing."""
    LATE = "late"
    """Done in the last days of the quarter, after a reminder."""
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


def filled(stage: Stage, tasks: Iterable[Task]) -> Filled:
    """Fill in every audit, as far as its auditor comes with it."""
    tasks, chance = tuple(tasks), stage.chance
    fates = dict(_fates(tasks, stage))
    audits = {
        task.id: _fill(stage, task, fates[task.id])
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


def _fates(tasks: tuple[Task, ...], stage: Stage) -> Iterator[tuple[str, Fate]]:
    for task in tasks:
        drawn = stage.chance.below(100, task.id, "fate")
        if drawn < 5:
            yield task.id, Fate.NOT_DONE
        elif drawn < 10:
            yield task.id, Fate.DRAFT
        elif drawn < 14:
            yield task.id, Fate.INCOMPLETE
        elif drawn < 20 and task.window.due == stage.days.quarter.due:
            yield task.id, Fate.LATE
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


def _fill(stage: Stage, task: Task, fate: Fate) -> Audit:
    chance, days = stage.chance, stage.days
    tool = stage.framework.tool(task.tool)
    on = _late_day(stage, task) if fate is Fate.LATE else _day(stage, task)
    level = next(at for at, most in enumerate(LEVELS) if chance.below(100, task.id, "level") < most)
    draft = fate is Fate.DRAFT
    pen = _Pen(chance=chance, tool=tool, task=task.id, level=level, on=on, draft=draft)
    judgements, levels = pen.judgements()
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
        participants=_participants(stage.council, task),
        answers=pen.answers(levels),
        judgements=judgements,
        actions=tuple(_actions(pen, task, levels, days)),
        tags=tuple(_tags(pen, levels)),
        completed=days.after(on, 2) if fate in (Fate.COMPLETE, Fate.LATE) else None,
    )
    not_asked = set(stage.framework.review(audit, on=on).set_aside)
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


def _day(stage: Stage, task: Task) -> date:
    """A working day in the window on which the auditor, and whom it is about, are in post."""
    days = stage.days
    since = [task.window.start, days.drawn]
    for id in filter(None, (task.auditor, task.about)):
        start = stage.council.posts[id].facts.get("since")
        if isinstance(start, date):
            since.append(start)
    first = days.after(max(since), SETTLED_IN)
    last = days.before(task.window.due, LAST)
    span = days.calendar.count(_between(first, last))
    return days.after(first, stage.chance.below(max(span, 1), task.id, "day"))


def _late_day(stage: Stage, task: Task) -> date:
    """A working day between the reminder and the end of the quarter."""
    days = stage.days
    return days.after(days.chased, 1 + stage.chance.below(LATEST, task.id, "late"))


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


@frozen(kw_only=True)
class _Pen:
    """What an auditor fills one audit in with.

    Attributes:
        chance: what stands in for chance.
        tool: the tool.
        task: id of the audit.
        level: how good the practice is on the whole, from 0, the worst, to 3.
        on: the day of the audit.
        draft: whether half of it is still open.
    """

    chance: Chance
    tool: Tool
    task: str
    level: int
    on: date
    draft: bool

    @property
    def weak(self) -> tuple[str, ...]:
        """The sections in which this council is weak this quarter."""
        return weak_sections(self.tool, self.chance)

    def judgements(self) -> tuple[dict[str, Judged], dict[str, int]]:
        """The judgements, and the level of each section; a section set aside has none."""
        found: dict[str, Judged] = {}
        levels: dict[str, int] = {}
        for each in self.tool.judged:
            item = each.item
            if not isinstance(item, Judgement) or not item.judged:
                continue
            what = (self.task, item.id)
            if each.section and item.takes_na and self.chance.odds(4, *what, "applies"):
                reason = NotApplicable("It does not arise for this child.")
                found[item.id] = Judged(not_applicable=reason)
                continue
            own = self._level(each.section, item.id) if each.section else self.level
            levels[each.section] = own
            if self.draft and self.chance.odds(50, *what, "still open"):
                continue
            grades = item.scale.grades
            grade = grades[round(own * (len(grades) - 1) / (len(LEVELS) - 1))]
            found[item.id] = Judged(
                grade=grade.code,
                analysis="What was found, section by section, and what it rests on.",
                justification="How the findings add up, and what weighs most.",
            )
        return found, levels

    def _level(self, section: str, id: str) -> int:
        own = self.level + self.chance.pick((-1, 0, 0, 0, 0, 0, 1), self.task, id, "level")
        if section in self.weak and self.chance.odds(60, self.task, id, "weak"):
            own -= 1
        return min(max(own, 0), len(LEVELS) - 1)

    def answers(self, levels: Mapping[str, int]) -> dict[str, Any]:
        """An answer to every question of sections that apply; to half of them in a draft."""
        aside = {each.section for each in self.tool.judged if each.section} - set(levels)
        answers: dict[str, Any] = {}
        for each in self.tool.questions:
            item = each.item
            inside = [section.id for section in each.sections]
            if not isinstance(item, Question) or aside & set(inside):
                continue
            what = (self.task, item.id)
            if self.draft and item.fact != SAFE and self.chance.odds(50, *what, "still open"):
                continue
            own = next((levels[id] for id in reversed(inside) if id in levels), self.level)
            answer = self._answer(item, own)
            if answer is not None:
                answers[item.id] = answer
        return answers

    def _answer(self, item: Question, own: int) -> Any:
        what, chance = (self.task, item.id), self.chance
        if item.fact == SAFE:
            if self.level == 0:
                return chance.pick((UNSAFE, UNSAFE, SAFE, SAFE, CANNOT_TELL), *what)
            return SAFE if item.required == ALWAYS else None
        optional = item.required == NEVER
        if optional and (item.kind.sort is Sort.CODE or chance.odds(70, *what, "left blank")):
            return None
        if item.takes_na and chance.odds(3, *what, "applies"):
            return NotApplicable("It does not arise here.")
        if item.adverse and item.kind.sort in (Sort.YES_NO, Sort.CODE):
            options = (True, False) if item.kind.sort is Sort.YES_NO else item.kind.every_code
            fine = [option for option in options if option not in item.adverse]
            against = not fine or chance.odds(ADVERSE[own], *what, "adverse")
            return chance.pick(item.adverse if against else fine, *what)
        return some_value(item.kind, what, self.on, chance)


def _actions(pen: _Pen, task: Task, levels: Mapping[str, int], days: Days) -> Iterator[Action]:
    for target in pen.tool.action_targets:
        own, what = levels.get(target), (task.id, target)
        if own is None or own > 1 or (own == 1 and pen.chance.odds(65, *what, "no action")):
            continue
        undated = pen.chance.odds(1, *what, "undated")
        yield Action(
            section=target,
            action="Put it right, and say in supervision that it is.",
            by=None if undated else days.after(pen.on, 6 + pen.chance.below(13, *what, "by")),
            owner=task.case.worker or task.about,
        )


def _tags(pen: _Pen, levels: Mapping[str, int]) -> Iterator[Tag]:
    for section in pen.weak:
        if levels.get(section, 3) <= 1 and pen.chance.odds(40, pen.task, section, "tag"):
            yield Tag(theme=f"{section}_practice", about=section)
