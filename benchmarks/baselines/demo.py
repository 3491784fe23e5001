"""A demo set: fourteen conditions over twelve sections and a few actions, and inputs for it.

The inputs are slotted objects, as an application might hold them. A fact that is not
answered holds a ``Gap``: pending, or silent where it is not called for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from attrs import define

from qaf_core.logic import COUNT, DATE, YES_NO, Collection, Cond, Gap, Kind, Ref, Sort, choice
from qaf_core.logic.compiled import Each, Layout

GRADE = Kind(
    "grade", Sort.CODE, ("inadequate", "requires_improvement", "good", "outstanding"), ordered=True
)
SAFETY = choice("safety", {"safe": "Safe", "unsafe": "Unsafe", "cannot_tell": "Cannot tell"})
STATUS = choice("status", {"cin": "In need", "cp": "Protection", "cla": "Looked after"})

safe = Ref("safe", SAFETY)
overall = Ref("overall", GRADE)
status = Ref("status", STATUS)
opened = Ref("opened", DATE)
audited = Ref("audited", DATE)
justified = Ref("justified", YES_NO)
sign_off_due = Ref("sign_off_due", DATE)
today = Ref("today", DATE)
sections = Collection("sections", {"grade": GRADE, "adverse": COUNT, "actions": COUNT})
actions = Collection("actions", {"by": DATE, "signed_off": DATE})


@define
class Section:
    """One judged section."""

    id: str
    grade: Any
    adverse: Any
    actions: int


@define
class Action:
    """One remedial action."""

    id: str
    by: Any
    signed_off: Any


@define
class Audit:
    """One audit."""

    safe: Any
    overall: Any
    status: Any
    opened: Any
    audited: Any
    justified: Any
    sign_off_due: Any
    sections: tuple[Section, ...]
    actions: tuple[Action, ...]


LAYOUT = Layout(
    {
        name: name
        for name in (
            "safe",
            "overall",
            "status",
            "opened",
            "audited",
            "justified",
            "sign_off_due",
        )
    },
    {
        "sections": ("sections", {"grade": "grade", "adverse": "adverse", "actions": "actions"}),
        "actions": ("actions", {"by": "by", "signed_off": "signed_off"}),
    },
)

ALWAYS = ("sections.actions",)
"""What surely has a value: the hand versions rely on it too."""

ASKED: dict[str, Cond | Each] = {
    "unsafe": safe.in_(("unsafe", "cannot_tell")),
    "overall_inadequate": overall.is_("inadequate"),
    "safety_known": overall.is_("inadequate") & safe.pending(),
    "above_the_best": overall > sections.grade.best(),
    "below_the_worst": overall < sections.grade.worst(),
    "good_with_inadequate": (overall >= "good") & sections.any(sections.grade.is_("inadequate")),
    "three_inadequate": sections.count(sections.grade.is_("inadequate")) >= 3,
    "not_justified": overall.answered() & justified.is_(False),
    "opened_after_audit": (opened > audited) | (audited > today),
    "looked_after_no_plan": status.in_(("cp", "cla")) & (actions.count() < 1),
    "sign_off": (today > sign_off_due) & actions.any(~actions.signed_off.answered()),
    "without_action": Each("sections", sections.grade.is_("inadequate") & sections.actions.is_(0)),
    "good_with_adverse": Each("sections", (sections.grade >= "good") & (sections.adverse > 1)),
    "overdue": Each("actions", (actions.by < today) & ~actions.signed_off.answered()),
}

TODAY = date(2016, 3, 1)


def chances(number: int) -> Iterator[int]:
    """Numbers from 0 to 255 that are the same at every run."""
    round = 0
    while True:
        yield from hashlib.sha256(f"{number}.{round}".encode()).digest()
        round += 1


def audits(count: int) -> list[Audit]:
    """Audits of all sorts: about three conditions are met on each, and one in eight is a draft."""
    return [_audit(chances(number)) for number in range(count)]


def _audit(chance: Iterator[int]) -> Audit:
    draft = next(chance) < 32

    def maybe(value: Any) -> Any:
        return Gap.PENDING if draft and next(chance) < 64 else value

    def grade() -> Any:
        drawn = next(chance)
        if drawn < 20:
            return Gap.NOT_APPLICABLE
        return maybe(GRADE.codes[(drawn > 36) + (drawn > 110) + (drawn > 230)])

    def day(start: date, span: int) -> date:
        return start + timedelta(days=next(chance) * span // 256)

    graded = tuple(
        Section(
            id=f"s{number}",
            grade=grade(),
            adverse=maybe(next(chance) % 8 // 3),
            actions=next(chance) % 3,
        )
        for number in range(12)
    )
    made = tuple(
        Action(
            id=str(number + 1),
            by=Gap.SILENT if next(chance) < 32 else day(date(2016, 1, 20), 60),
            signed_off=Gap.SILENT if next(chance) < 128 else day(date(2016, 1, 20), 40),
        )
        for number in range(next(chance) % 5)
    )
    drawn = next(chance)
    overall_grade = GRADE.codes[(drawn > 30) + (drawn > 120) + (drawn > 230)]
    safety = ("unsafe", "cannot_tell", "safe")[(drawn > 10) + (drawn > 14)]
    return Audit(
        safe=maybe(safety) if drawn <= 30 else Gap.SILENT,
        overall=maybe(overall_grade),
        status=STATUS.codes[next(chance) % 3],
        opened=day(date(2014, 3, 1), 720),
        audited=maybe(day(date(2016, 1, 10), 60)),
        justified=maybe(next(chance) > 20),
        sign_off_due=day(date(2016, 2, 10), 60),
        sections=graded,
        actions=made,
    )
