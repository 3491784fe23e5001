"""An audit in which nothing is amiss, read the quick way.

Nothing is said here of what is amiss: it is left to ``Reader``, which says all of it. What
is read here, ``Reader`` reads alike.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from qaf_core.audits import (
    Action,
    Answer,
    Audit,
    Explanation,
    Judged,
    NotApplicable,
    Participant,
    Return,
    Subject,
    Tag,
)
from qaf_core.framework import Framework
from qaf_core.immutable import FrozenMap
from qaf_core.interchange.expected import AUDIT_KEYS, Expected, checked_id, expected, theme_id
from qaf_core.interchange.strict import day, text, yes_or_no

__all__ = ["read_quickly"]

_SUBJECT = frozenset({"id", "kind", "facts"})
_JUDGED = frozenset({"grade", "analysis", "justification", "not_applicable"})
_ACTION = frozenset({"section", "action", "by", "owner", "signed_off"})
_RETURN = frozenset({"party", "received", "answers", "judgements", "moderated"})
_EMPTY: FrozenMap[str, Any] = FrozenMap()


def __dir__() -> list[str]:
    return __all__


def read_quickly(plain: Any, framework: Framework) -> Audit | None:
    """The audit; None where anything at all is amiss."""
    try:
        return _audit(plain, framework)
    except (Exception, SystemExit):  # noqa: BLE001 - it is read again with care
        return None


class _Amiss(Exception):
    """Something is not as it should be."""


def _audit(plain: Any, framework: Framework) -> Audit:
    pin = plain["tool"]
    form = expected(framework, text(pin["id"]), text(pin["version"]))
    _only(pin, ("id", "version", "fingerprint"))
    _sure(pin.get("fingerprint", "") in ("", form.pin.fingerprint))
    _sure(AUDIT_KEYS.issuperset(plain))
    return Audit(
        id=_id(plain["id"]),
        tool=form.pin,
        subject=_subject(plain["subject"], form),
        audited=day(plain["audited"]) if "audited" in plain else None,
        participants=tuple([_participant(each, form) for each in _list(plain, "participants")]),
        answers=_answers(plain, form),
        judgements=_judgements(plain, form),
        sections=_sections(plain["sections"], form) if "sections" in plain else _EMPTY,
        actions=tuple([_action(each, form) for each in _list(plain, "actions")]),
        explanations=_explanations(plain, form),
        expected=tuple([_one_of(each, form.roles) for each in _list(plain, "expected")]),
        returns=_returns(plain, form),
        completed=day(plain["completed"]) if "completed" in plain else None,
        tags=tuple([_tag(each, form) for each in _list(plain, "tags")]),
        moderates=_id(plain["moderates"]) if "moderates" in plain else "",
        parent=_id(plain["parent"]) if "parent" in plain else "",
    )


# --- what may stand anywhere ----------------------------------------------------------------


def _sure(holds: bool) -> None:
    if not holds:
        raise _Amiss


def _only(given: dict[str, Any], known: Collection[str]) -> None:
    for key in given:
        if key not in known:
            raise _Amiss


def _list(plain: dict[str, Any], key: str) -> list[Any]:
    if key not in plain:
        return []
    found = plain[key]
    if type(found) is not list:
        raise _Amiss
    return found


def _id(value: Any) -> str:
    if not checked_id(text(value)):
        raise _Amiss
    return value  # type: ignore[no-any-return]


def _one_of(value: Any, known: Collection[str]) -> str:
    if type(value) is not str or value not in known:
        raise _Amiss
    return value


def _not_applicable(value: Any) -> NotApplicable:
    if len(value) != 1:
        raise _Amiss
    return NotApplicable(text(value["not_applicable"]))


# --- the parts of an audit ------------------------------------------------------------------


def _subject(given: Any, form: Expected) -> Subject:
    if given["kind"] != form.subject or not _SUBJECT.issuperset(given):
        raise _Amiss
    stated: dict[str, Any] = {}
    for name, value in given["facts"].items() if "facts" in given else ():
        read = form.states[name]
        stated[name] = _not_applicable(value) if type(value) is dict else read(value)
    return Subject(id=_id(given["id"]), kind=form.subject, facts=FrozenMap.holding(stated))


def _participant(given: Any, form: Expected) -> Participant:
    _sure(len(given) == 2)
    return Participant(role=_one_of(given["role"], form.roles), post=_id(given["post"]))


def _answers(plain: dict[str, Any], form: Expected) -> FrozenMap[str, Answer]:
    if "answers" not in plain:
        return _EMPTY
    asks = form.asks
    found: dict[str, Answer] = {}
    for name, value in plain["answers"].items():
        id, sort, codes, read = asks[name]
        given = type(value)
        if given is sort and given is bool:
            found[id] = value
        elif given is dict:
            found[id] = _not_applicable(value)
        elif codes is not None:
            found[id] = codes[value]
        elif given is sort and value.isascii() and not value.isspace() and value:
            found[id] = value
        else:
            found[id] = read(value)
    return FrozenMap.holding(found)


def _judgements(plain: dict[str, Any], form: Expected) -> FrozenMap[str, Judged]:
    if "judgements" not in plain:
        return _EMPTY
    found: dict[str, Judged] = {}
    for name, given in plain["judgements"].items():
        id, grades = form.grades[name]
        if not _JUDGED.issuperset(given):
            raise _Amiss
        grade = grades[given["grade"]] if "grade" in given else ""
        reason = None
        if given.get("not_applicable") is not None:
            _sure(not grade)
            reason = NotApplicable(text(given["not_applicable"]))
        analysis, justification = given.get("analysis", ""), given.get("justification", "")
        if not type(analysis) is type(justification) is str:
            raise _Amiss
        if not (analysis.isascii() and justification.isascii()):
            text(analysis + justification)
        found[id] = Judged(
            grade=grade, analysis=analysis, justification=justification, not_applicable=reason
        )
    return FrozenMap.holding(found)


def _sections(given: Any, form: Expected) -> FrozenMap[str, NotApplicable]:
    found: dict[str, NotApplicable] = {}
    for id, value in given.items():
        _sure(form.sections[id].takes_na)
        found[id] = _not_applicable(value)
    return FrozenMap.holding(found)


def _action(given: Any, form: Expected) -> Action:
    what, section = text(given["action"]), given["section"]
    if not what or what.isspace() or not _ACTION.issuperset(given) or section not in form.targets:
        raise _Amiss
    by, signed_off = given.get("by"), given.get("signed_off")
    return Action(
        section=section,
        action=what,
        by=None if by is None else day(by),
        owner=text(given["owner"]) if "owner" in given else "",
        signed_off=None if signed_off is None else day(signed_off),
    )


def _explanations(plain: dict[str, Any], form: Expected) -> tuple[Explanation, ...]:
    given = _list(plain, "explanations")
    if not given:
        return ()
    numbers = map(str, range(1, len(_list(plain, "actions")) + 1))
    about = form.items.union(numbers, ("",))
    found = []
    for each in given:
        _only(each, ("rule", "about", "text"))
        rule, part = _one_of(each["rule"], form.rules), _one_of(each.get("about", ""), about)
        found.append(Explanation(rule=rule, about=part, text=text(each["text"])))
    return tuple(found)


def _returns(plain: dict[str, Any], form: Expected) -> tuple[Return, ...]:
    found: dict[str, Return] = {}
    for each in _list(plain, "returns"):
        _only(each, _RETURN)
        party = _one_of(each["party"], form.roles)
        _sure(party not in found)
        found[party] = Return(
            party=party,
            received=None if each.get("received") is None else day(each["received"]),
            answers=_answers(each, form),
            judgements=_judgements(each, form),
            moderated=yes_or_no(each.get("moderated", False)),
        )
    return tuple(found.values())


def _tag(given: Any, form: Expected) -> Tag:
    _only(given, ("theme", "about"))
    theme, about = text(given["theme"]), given.get("about", "")
    _sure(theme_id(theme))
    return Tag(theme=theme, about="" if about == "" else _one_of(about, form.parts))
