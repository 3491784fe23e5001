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
from qaf_core.immutable import FrozenMap, making
from qaf_core.interchange.expected import AUDIT_KEYS, Expected, checked_id, expected, theme_id
from qaf_core.interchange.strict import day, text, yes_or_no

__all__ = ["read_quickly"]

_PIN = frozenset({"id", "version", "fingerprint"})
_SUBJECT = frozenset({"id", "kind", "facts"})
_ACTION = frozenset({"section", "action", "by", "owner", "signed_off"})
_EXPLANATION = frozenset({"rule", "about", "text"})
_RETURN = frozenset({"party", "received", "answers", "judgements", "moderated"})
_TAG = frozenset({"theme", "about"})
_EMPTY: FrozenMap[str, Any] = FrozenMap()
_audit_of, _subject_of = making(Audit), making(Subject)
_participant_of, _judged_of, _action_of = making(Participant), making(Judged), making(Action)
_not_applicable_for = making(NotApplicable)
_UNSAID: Any = object()


def __dir__() -> list[str]:
    return __all__


def read_quickly(members: Any, framework: Framework) -> Audit | None:
    """The audit; None where anything at all is amiss.

    Args:
        members: what ``plainly`` makes of its text.
        framework: what it is read against.
    """
    try:
        return _audit(members, framework)
    except (Exception, SystemExit):  # noqa: BLE001 - it is read again with care
        return None


class _Amiss(Exception):
    """Something is not as it should be."""


def _audit(members: Any, framework: Framework) -> Audit:
    plain = _object(members, AUDIT_KEYS)
    pin = _object(plain["tool"], _PIN)
    form = expected(framework, text(pin["id"]), text(pin["version"]))
    _sure(pin.get("fingerprint", "") in ("", form.pin.fingerprint))
    return _audit_of(
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


def _object(members: Any, known: frozenset[str]) -> dict[str, Any]:
    """An object of these keys and no others, none of them twice."""
    if type(members) is not tuple:
        raise _Amiss
    found = dict(members)
    if len(found) != len(members) or not known.issuperset(found):
        raise _Amiss
    return found


def _once(found: dict[str, Any], members: Any) -> FrozenMap[str, Any]:
    """What was read of the members of an object, of which no key comes twice."""
    if type(members) is not tuple or len(found) != len(members):
        raise _Amiss
    return FrozenMap.holding(found)


def _list(plain: dict[str, Any], key: str) -> list[Any]:
    if key not in plain:
        return []
    found = plain[key]
    if type(found) is not list:
        raise _Amiss
    return found


def _id(value: Any) -> str:
    if type(value) is not str or not checked_id(value):
        raise _Amiss
    return value


def _one_of(value: Any, known: Collection[str]) -> str:
    if type(value) is not str or value not in known:
        raise _Amiss
    return value


def _not_applicable(members: Any) -> NotApplicable:
    if type(members) is not tuple:
        raise _Amiss
    ((key, reason),) = members
    if key != "not_applicable":
        raise _Amiss
    return _not_applicable_for(reason=text(reason))


# --- the parts of an audit ------------------------------------------------------------------


def _subject(members: Any, form: Expected) -> Subject:
    given = _object(members, _SUBJECT)
    if given["kind"] != form.subject:
        raise _Amiss
    stated: dict[str, Any] = {}
    facts = given.get("facts", ())
    for name, value in facts:
        read = form.states[name]
        stated[name] = _not_applicable(value) if type(value) is tuple else read(value)
    return _subject_of(id=_id(given["id"]), kind=form.subject, facts=_once(stated, facts))


def _participant(members: Any, form: Expected) -> Participant:
    if type(members) is not tuple:
        raise _Amiss
    (key, role), (other, post) = members
    if (key, other) != ("role", "post"):
        _sure((other, key) == ("role", "post"))
        role, post = post, role
    return _participant_of(role=_one_of(role, form.roles), post=_id(post))


def _answers(plain: dict[str, Any], form: Expected) -> FrozenMap[str, Answer]:
    members = plain.get("answers", ())
    asks = form.asks
    found: dict[str, Answer] = {}
    for name, value in members:
        id, sort, codes, read = asks[name]
        given = type(value)
        if given is sort and given is bool:
            found[id] = value
        elif given is tuple:
            found[id] = _not_applicable(value)
        elif codes is not None:
            found[id] = codes[value]
        elif given is sort and value.isascii() and not value.isspace() and value:
            found[id] = value
        else:
            found[id] = read(value)
    return _once(found, members)


def _judgements(plain: dict[str, Any], form: Expected) -> FrozenMap[str, Judged]:
    members = plain.get("judgements", ())
    found: dict[str, Judged] = {}
    for name, its in members:
        id, grades = form.grades[name]
        grade = analysis = justification = None
        reason = _UNSAID
        if type(its) is not tuple:
            raise _Amiss
        for key, value in its:
            if key == "grade" and grade is None:
                grade = grades[value]
            elif key == "analysis" and analysis is None:
                analysis = value if value.isascii() else text(value)
            elif key == "justification" and justification is None:
                justification = value if value.isascii() else text(value)
            elif key == "not_applicable" and reason is _UNSAID:
                reason = None if value is None else _not_applicable_for(reason=text(value))
            else:
                raise _Amiss
        reason = None if reason is _UNSAID else reason
        _sure(reason is None or not grade)
        found[id] = _judged_of(
            grade=grade or "",
            analysis=analysis or "",
            justification=justification or "",
            not_applicable=reason,
        )
    return _once(found, members)


def _sections(members: Any, form: Expected) -> FrozenMap[str, NotApplicable]:
    found: dict[str, NotApplicable] = {}
    for id, value in members:
        _sure(form.sections[id].takes_na)
        found[id] = _not_applicable(value)
    return _once(found, members)


def _action(members: Any, form: Expected) -> Action:
    given = _object(members, _ACTION)
    what, section = text(given["action"]), given["section"]
    if not what or what.isspace() or section not in form.targets:
        raise _Amiss
    by, signed_off = given.get("by"), given.get("signed_off")
    return _action_of(
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
        said = _object(each, _EXPLANATION)
        rule, part = _one_of(said["rule"], form.rules), _one_of(said.get("about", ""), about)
        found.append(Explanation(rule=rule, about=part, text=text(said["text"])))
    return tuple(found)


def _returns(plain: dict[str, Any], form: Expected) -> tuple[Return, ...]:
    found: dict[str, Return] = {}
    for each in _list(plain, "returns"):
        part = _object(each, _RETURN)
        party = _one_of(part["party"], form.roles)
        _sure(party not in found)
        found[party] = Return(
            party=party,
            received=None if part.get("received") is None else day(part["received"]),
            answers=_answers(part, form),
            judgements=_judgements(part, form),
            moderated=yes_or_no(part.get("moderated", False)),
        )
    return tuple(found.values())


def _tag(members: Any, form: Expected) -> Tag:
    given = _object(members, _TAG)
    theme, about = text(given["theme"]), given.get("about", "")
    _sure(theme_id(theme))
    return Tag(theme=theme, about="" if about == "" else _one_of(about, form.parts))
