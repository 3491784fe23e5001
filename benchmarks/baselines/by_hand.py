"""The demo set by hand, three times: touch, fused and natural.

*touch* reads every field and decides nothing: the floor. *fused* is one function that walks
each collection once. *natural* is one function a condition. Fused and natural give what the
compiled function gives: what is met, and what is unsettled.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from baselines.demo import Action, Audit, Section
from qaf_core.logic import Gap

PENDING = Gap.PENDING
PLACES = {"inadequate": 0, "requires_improvement": 1, "good": 2, "outstanding": 3}
Hits = list[tuple[str, Any]]


def touch(audit: Audit) -> None:
    """Read every field."""
    audit.safe  # noqa: B018
    audit.overall  # noqa: B018
    audit.status  # noqa: B018
    audit.opened  # noqa: B018
    audit.audited  # noqa: B018
    audit.justified  # noqa: B018
    audit.sign_off_due  # noqa: B018
    for section in audit.sections:
        section.grade  # noqa: B018
        section.adverse  # noqa: B018
        section.actions  # noqa: B018
    for action in audit.actions:
        action.by  # noqa: B018
        action.signed_off  # noqa: B018


def fused(today: date) -> Callable[[Audit], tuple[Hits, Hits]]:
    """One function for one run, that walks each collection once."""

    def read(audit: Audit) -> tuple[Hits, Hits]:
        met: Hits = []
        unsettled: Hits = []
        worst, best, inadequate, pending = 4, -1, 0, 0
        for section in audit.sections:
            grade = section.grade
            if grade == "good" or grade == "outstanding":  # noqa: PLR1714 - quicker than a tuple
                place = 2 if grade == "good" else 3
                if best < place:
                    best = place
                if worst > place:
                    worst = place
                adverse = section.adverse
                if adverse is PENDING:
                    unsettled.append(("good_with_adverse", section))
                elif adverse > 1:
                    met.append(("good_with_adverse", section))
            elif grade == "requires_improvement":
                if worst > 1:
                    worst = 1
                if best < 1:
                    best = 1
            elif grade == "inadequate":
                inadequate += 1
                worst = 0
                if best < 0:
                    best = 0
                if section.actions == 0:
                    met.append(("without_action", section))
            elif grade is PENDING:
                pending += 1
                if section.actions == 0:
                    unsettled.append(("without_action", section))
                adverse = section.adverse
                if adverse is PENDING or adverse > 1:
                    unsettled.append(("good_with_adverse", section))
        some_open = False
        for action in audit.actions:
            if type(action.signed_off) is Gap:
                some_open = True
                by = action.by
                if by is PENDING:
                    unsettled.append(("overdue", action))
                elif type(by) is not Gap and by < today:
                    met.append(("overdue", action))
        safe = audit.safe
        if safe == "unsafe" or safe == "cannot_tell":  # noqa: PLR1714
            met.append(("unsafe", None))
        elif safe is PENDING:
            unsettled.append(("unsafe", None))
        overall = audit.overall
        if overall is PENDING:
            unsettled.append(("overall_inadequate", None))
            if safe is PENDING:
                unsettled.append(("safety_known", None))
            if best >= 0 or pending:
                unsettled.append(("above_the_best", None))
                unsettled.append(("below_the_worst", None))
            if inadequate or pending:
                unsettled.append(("good_with_inadequate", None))
        elif type(overall) is not Gap:
            place = PLACES[overall]
            if place == 0:
                met.append(("overall_inadequate", None))
                if safe is PENDING:
                    met.append(("safety_known", None))
            elif place > 1:
                if inadequate:
                    met.append(("good_with_inadequate", None))
                elif pending:
                    unsettled.append(("good_with_inadequate", None))
            if best < 0:
                if pending:
                    unsettled.append(("above_the_best", None))
                    unsettled.append(("below_the_worst", None))
            else:
                if place > best:
                    (unsettled if pending else met).append(("above_the_best", None))
                if place < worst:
                    (unsettled if pending else met).append(("below_the_worst", None))
            justified = audit.justified
            if justified is False:
                met.append(("not_justified", None))
            elif justified is PENDING:
                unsettled.append(("not_justified", None))
        if inadequate >= 3:
            met.append(("three_inadequate", None))
        elif inadequate + pending >= 3:
            unsettled.append(("three_inadequate", None))
        audited, opened = audit.audited, audit.opened
        if audited is PENDING:
            unsettled.append(("opened_after_audit", None))
        elif type(audited) is not Gap:
            if audited > today:
                met.append(("opened_after_audit", None))
            elif opened is PENDING:
                unsettled.append(("opened_after_audit", None))
            elif type(opened) is not Gap and opened > audited:
                met.append(("opened_after_audit", None))
        if not audit.actions:
            status = audit.status
            if status == "cp" or status == "cla":  # noqa: PLR1714
                met.append(("looked_after_no_plan", None))
            elif status is PENDING:
                unsettled.append(("looked_after_no_plan", None))
        elif some_open:
            due = audit.sign_off_due
            if due is PENDING:
                unsettled.append(("sign_off", None))
            elif type(due) is not Gap and today > due:
                met.append(("sign_off", None))
        return met, unsettled

    return read


# --- one function a condition -----------------------------------------------------------------

YES, OPEN, NO = "met", "open", "not met"


def _unsafe(audit: Audit, _: date) -> str:
    if audit.safe in ("unsafe", "cannot_tell"):
        return YES
    return OPEN if audit.safe is PENDING else NO


def _overall_inadequate(audit: Audit, _: date) -> str:
    if audit.overall == "inadequate":
        return YES
    return OPEN if audit.overall is PENDING else NO


def _safety_known(audit: Audit, today: date) -> str:
    return _overall_inadequate(audit, today) if audit.safe is PENDING else NO


def _places(audit: Audit) -> list[int]:
    return [PLACES[each.grade] for each in audit.sections if type(each.grade) is str]


def _some_pending(audit: Audit) -> bool:
    return any(section.grade is PENDING for section in audit.sections)


def _above_the_best(audit: Audit, _: date) -> str:
    places, pending = _places(audit), _some_pending(audit)
    if audit.overall is PENDING:
        return OPEN if places or pending else NO
    if type(audit.overall) is Gap or not (places or pending):
        return NO
    if places and PLACES[audit.overall] <= max(places):
        return NO
    return OPEN if pending else YES


def _below_the_worst(audit: Audit, _: date) -> str:
    places, pending = _places(audit), _some_pending(audit)
    if audit.overall is PENDING:
        return OPEN if places or pending else NO
    if type(audit.overall) is Gap or not (places or pending):
        return NO
    if places and PLACES[audit.overall] >= min(places):
        return NO
    return OPEN if pending else YES


def _good_with_inadequate(audit: Audit, _: date) -> str:
    if audit.overall not in ("good", "outstanding", PENDING):
        return NO
    if any(section.grade == "inadequate" for section in audit.sections):
        return OPEN if audit.overall is PENDING else YES
    return OPEN if _some_pending(audit) else NO


def _three_inadequate(audit: Audit, _: date) -> str:
    sure = sum(section.grade == "inadequate" for section in audit.sections)
    if sure >= 3:
        return YES
    return OPEN if sure + sum(each.grade is PENDING for each in audit.sections) >= 3 else NO


def _not_justified(audit: Audit, _: date) -> str:
    if type(audit.overall) is Gap:
        return NO
    return YES if audit.justified is False else OPEN if audit.justified is PENDING else NO


def _opened_after_audit(audit: Audit, today: date) -> str:
    if audit.audited is PENDING:
        return OPEN
    if type(audit.audited) is Gap:
        return NO
    if audit.audited > today:
        return YES
    if audit.opened is PENDING:
        return OPEN
    return YES if type(audit.opened) is not Gap and audit.opened > audit.audited else NO


def _looked_after_no_plan(audit: Audit, _: date) -> str:
    if audit.actions:
        return NO
    return YES if audit.status in ("cp", "cla") else OPEN if audit.status is PENDING else NO


def _sign_off(audit: Audit, today: date) -> str:
    if not any(type(action.signed_off) is Gap for action in audit.actions):
        return NO
    if audit.sign_off_due is PENDING:
        return OPEN
    return YES if type(audit.sign_off_due) is not Gap and today > audit.sign_off_due else NO


def _without_action(section: Section, _: date) -> str:
    if section.actions != 0:
        return NO
    return YES if section.grade == "inadequate" else OPEN if section.grade is PENDING else NO


def _good_with_adverse(section: Section, _: date) -> str:
    if section.grade not in ("good", "outstanding", PENDING):
        return NO
    if section.adverse is PENDING:
        return OPEN
    if not section.adverse > 1:
        return NO
    return OPEN if section.grade is PENDING else YES


def _overdue(action: Action, today: date) -> str:
    if type(action.signed_off) is not Gap:
        return NO
    if action.by is PENDING:
        return OPEN
    return YES if type(action.by) is not Gap and action.by < today else NO


OF_THE_AUDIT: dict[str, Callable[[Audit, date], str]] = {
    "unsafe": _unsafe,
    "overall_inadequate": _overall_inadequate,
    "safety_known": _safety_known,
    "above_the_best": _above_the_best,
    "below_the_worst": _below_the_worst,
    "good_with_inadequate": _good_with_inadequate,
    "three_inadequate": _three_inadequate,
    "not_justified": _not_justified,
    "opened_after_audit": _opened_after_audit,
    "looked_after_no_plan": _looked_after_no_plan,
    "sign_off": _sign_off,
}
OF_A_SECTION: dict[str, Callable[[Section, date], str]] = {
    "without_action": _without_action,
    "good_with_adverse": _good_with_adverse,
}
OF_AN_ACTION: dict[str, Callable[[Action, date], str]] = {"overdue": _overdue}


def natural(today: date) -> Callable[[Audit], tuple[Hits, Hits]]:
    """One function a condition, called one after the other."""

    def read(audit: Audit) -> tuple[Hits, Hits]:
        met: Hits = []
        unsettled: Hits = []
        into = {YES: met, OPEN: unsettled}
        for id, ask in OF_THE_AUDIT.items():
            if (found := ask(audit, today)) != NO:
                into[found].append((id, None))
        for id, ask_section in OF_A_SECTION.items():
            for section in audit.sections:
                if (found := ask_section(section, today)) != NO:
                    into[found].append((id, section))
        for id, ask_action in OF_AN_ACTION.items():
            for action in audit.actions:
                if (found := ask_action(action, today)) != NO:
                    into[found].append((id, action))
        return met, unsettled

    return read
