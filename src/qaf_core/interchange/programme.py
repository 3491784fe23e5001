"""What a host records of its programme, from JSON and CSV, and back to JSON: strictly.

``{"posts": [...], "done": [...], "exemptions": [...], "changes": [...], "events": [...],
"thematic": [...], "populations": {...}}``; each part may be left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TypeVar

import attrs
from attrs import evolve, frozen

from qaf_core.audits import Audit
from qaf_core.errors import Fault, InputError
from qaf_core.interchange.parsing import parse
from qaf_core.interchange.plain import as_plain
from qaf_core.interchange.spreadsheets import csv_rows
from qaf_core.interchange.strict import NOTHING, structure, unknown_key
from qaf_core.sampling.population import Post, id_problem, is_id
from qaf_core.sampling.programme.recorded import (
    AREA,
    SINCE,
    UNTIL,
    Change,
    Done,
    Event,
    Exemption,
    Recorded,
    Signed,
    ThematicAudit,
    area_of,
)

__all__ = [
    "done_from_csv",
    "done_of",
    "posts_in_time_from_csv",
    "read_recorded",
    "recorded_to_plain",
    "write_recorded",
]

T = TypeVar("T")


def __dir__() -> list[str]:
    return __all__


@frozen(kw_only=True)
class _Post:
    """A post as it is written here: its facts beside its other members."""

    id: str
    role: str
    team: str = ""
    reports_to: str = ""
    area: str = ""
    since: date | None = None
    until: date | None = None

    def post(self) -> Post:
        facts = {AREA: self.area, SINCE: self.since, UNTIL: self.until}
        return Post(
            id=self.id,
            role=self.role,
            team=self.team,
            reports_to=self.reports_to,
            facts={name: value for name, value in facts.items() if value},
        )


@frozen(kw_only=True)
class _Change:
    """A change as it is written here: it adds no row."""

    row: str
    since: date
    number: int | None = None
    withdrawn: bool = False
    approver: str
    reason: str


_PARTS = ("posts", "done", "exemptions", "changes", "events", "thematic", "populations")
_IDS = ("id", "auditor", "subject", "worker", "post", "by", "team", "reports_to")
_LISTS = ("rows", "teams", "methods")


# --- JSON in ----------------------------------------------------------------------------


def read_recorded(source: str | bytes | Mapping[str, Any]) -> Recorded:
    """Read what a host records, from JSON text or plain data of the same shape.

    Raises:
        InputError: something cannot be read. Every fault is named, each with its path.
    """
    faults: list[Fault] = []
    if isinstance(source, str | bytes):
        shapes = (_Post, Done, Exemption, _Change, Event, Signed, ThematicAudit)
        names = {each.name for shape in shapes for each in attrs.fields(shape)}
        parsed = parse(source, frozenset({*names, *_PARTS, "quotas"}))
        faults += parsed.faults
        plain = parsed.value
    else:
        plain = as_plain(source, "", faults)
    if not isinstance(plain, dict):
        do = 'Write {"posts": [...], "done": [...]}'
        faults.append(Fault(path="(whole text)", problem="it is not one object", do=do))
        raise InputError(faults)
    for number, key in enumerate(plain, 1):
        if key not in _PARTS:
            faults.append(unknown_key("", key, number, list(_PARTS)))
    found = Recorded(
        posts=tuple(each.post() for each in _each(plain, "posts", _Post, faults)),
        done=_each(plain, "done", Done, faults),
        exemptions=_each(plain, "exemptions", Exemption, faults),
        changes=tuple(_changes(plain, faults)),
        events=tuple(_events(plain, faults)),
        thematic=_each(plain, "thematic", ThematicAudit, faults),
        populations=_populations(plain.get("populations", {}), faults),
    )
    if faults:
        raise InputError(faults)
    return found


def _list(value: Any, path: str, faults: list[Fault]) -> list[Any]:
    if isinstance(value, list):
        return value
    faults.append(Fault(path=path, problem="it is not a list", do="Write [...], or leave it out"))
    return []


def _each(
    plain: Mapping[str, Any], part: str, shape: type[T], faults: list[Fault]
) -> tuple[T, ...]:
    items = enumerate(_list(plain.get(part, []), part, faults))
    read = (_record(each, shape, f"{part}[{at}]", faults) for at, each in items)
    return tuple(each for each in read if each is not NOTHING)


def _record(value: Any, shape: type[T], path: str, faults: list[Fault]) -> T | Any:
    """One record, or NOTHING with its faults noted: ids are strict, lists are lists of text."""
    if isinstance(value, dict):
        value = dict(value)
        for name in [name for name in _IDS if isinstance(value.get(name), str)]:
            blank = value[name] == "" and name != "id"
            if not blank and not is_id(value[name]):
                problem, do = id_problem(value[name])
                faults.append(Fault(path=f"{path}.{name}", problem=problem, do=do))
        for name in [name for name in _LISTS if name in value]:
            items = _list(value[name], f"{path}.{name}", faults)
            wrong = [at for at, each in enumerate(items) if type(each) is not str]
            for at in wrong:
                do = "Write it in quotes"
                where = f"{path}.{name}[{at}]"
                faults.append(Fault(path=where, problem="it is not text", do=do))
            value[name] = [each for each in items if type(each) is str]
    return structure(value, shape, path, faults)


def _changes(plain: Mapping[str, Any], faults: list[Fault]) -> Iterable[Change]:
    for at, each in enumerate(_list(plain.get("changes", []), "changes", faults)):
        where = f"changes[{at}]"
        bare = (
            {key: value for key, value in each.items() if key != "quotas"}
            if (isinstance(each, dict))
            else each
        )
        quotas = each.get("quotas", {}) if isinstance(each, dict) else {}
        if not isinstance(quotas, dict):
            do = 'Write {"team_manager": 2}'
            faults.append(Fault(path=f"{where}.quotas", problem="it is not an object", do=do))
            quotas = {}
        found = structure(bare, _Change, where, faults)
        numbers = {}
        for number, (role, count) in enumerate(quotas.items(), 1):
            if type(count) is not int or count < 0:
                do = "Write a whole number of 0 or more"
                path = f"{where}.quotas.(key {number})"
                faults.append(Fault(path=path, problem="it is no number of audits", do=do))
            else:
                numbers[role] = count
        if found is not NOTHING:
            yield Change(**attrs.asdict(found), quotas=numbers)


def _events(plain: Mapping[str, Any], faults: list[Fault]) -> Iterable[Event]:
    for at, each in enumerate(_list(plain.get("events", []), "events", faults)):
        where = f"events[{at}]"
        bare, signed = each, []
        if isinstance(each, dict):
            bare = {key: value for key, value in each.items() if key != "signed"}
            signed = _list(each.get("signed", []), f"{where}.signed", faults)
        found = _record(bare, Event, where, faults)
        signatures = tuple(
            _record(one, Signed, f"{where}.signed[{number}]", faults)
            for number, one in enumerate(signed)
        )
        if found is not NOTHING and NOTHING not in signatures:
            yield evolve(found, signed=signatures)


def _populations(plain: Any, faults: list[Fault]) -> dict[str, int | Mapping[str, int]]:
    found: dict[str, int | Mapping[str, int]] = {}
    if not isinstance(plain, dict):
        do = 'Write {"row": 120}, or {"row": {"Q1": 120}}'
        faults.append(Fault(path="populations", problem="it is not an object", do=do))
        return found
    for at, (row, given) in enumerate(plain.items(), 1):
        numbers = list(given.values()) if isinstance(given, dict) else [given]
        if any(type(number) is not int or number < 0 for number in numbers):
            do = "Write a whole number of 0 or more"
            path = f"populations.(key {at})"
            faults.append(Fault(path=path, problem="it is no number of cases", do=do))
        else:
            found[row] = given
    return found


# --- CSV in -----------------------------------------------------------------------------


def posts_in_time_from_csv(lines: Iterable[str]) -> tuple[Post, ...]:
    """Posts from CSV: columns ``id``, ``role``, and where there ``team``, ``reports_to``,
    ``area``, ``since`` and ``until``; a blank cell is not known.

    Raises:
        InputError: the file has faults; every one at once, with its line.
    """
    return tuple(each.post() for each in _csv(lines, _Post, ("id", "role")))


def done_from_csv(lines: Iterable[str]) -> tuple[Done, ...]:
    """Audits carried out from CSV: columns ``id``, ``tool``, ``on``, ``auditor``, and where
    there ``subject``, ``worker``, ``status`` and ``rows`` (several parted by semicolons).

    Raises:
        InputError: the file has faults; every one at once, with its line.
    """
    return tuple(_csv(lines, Done, ("id", "tool", "on", "auditor")))


def _csv(lines: Iterable[str], shape: type[T], needed: tuple[str, ...]) -> list[T]:
    faults: list[Fault] = []
    fields = [each.name for each in attrs.fields(shape)]  # type: ignore[arg-type]
    known = [name for name in fields if name not in needed]
    _, rows = csv_rows(lines, needed=needed, known=known, faults=faults)
    found: list[T] = []
    for line, row in rows:
        given: dict[str, Any] = {
            name: row[name] for name in fields if row.get(name) or name in needed
        }
        if "rows" in given:
            given["rows"] = [each.strip() for each in given["rows"].split(";")]
        wrong: list[Fault] = []
        value = _record(given, shape, "", wrong)
        faults += [evolve(each, path=each.path.lstrip("."), line=line) for each in wrong]
        if value is not NOTHING:
            found.append(value)
    if faults:
        raise InputError(faults)
    return found


# --- from audits ------------------------------------------------------------------------

_AUDITORS = ("auditor", "observer")
_WORKERS = ("practitioner", "supervisor", "worker")


def done_of(audit: Audit, *, rows: Iterable[str] = ()) -> Done | None:
    """An audit as it counts for a programme, or None where it counts for none.

    It counts for none without a date, or where it does another again: moderation is no
    part of anybody's quota.

    Args:
        audit: the audit.
        rows: the rows it counts for, where its tool and its auditor do not tell.
    """
    if audit.audited is None or audit.moderates:
        return None

    def post_of(roles: Iterable[str]) -> str:
        posts = {each.role: each.post for each in reversed(audit.participants)}
        return next((posts[role] for role in roles if role in posts), "")

    status = audit.subject.facts.get("case_status", "")
    return Done(
        id=audit.id,
        tool=audit.tool.id,
        on=audit.audited,
        auditor=post_of(_AUDITORS),
        subject=audit.subject.id,
        worker=post_of(_WORKERS),
        status=status if isinstance(status, str) else "",
        rows=tuple(rows),
    )


# --- JSON out ---------------------------------------------------------------------------


def recorded_to_plain(recorded: Recorded) -> dict[str, Any]:
    """What a host records as plain data, reasons included: for keeping, not for showing.

    Raises:
        InputError: a change adds a row, which JSON does not hold.
    """
    adding = [at for at, each in enumerate(recorded.changes) if each.adds is not None]
    if adding:
        problem, do = "it adds a row, which JSON does not hold", "Keep the row in code"
        raise InputError(Fault(path=f"changes[{at}].adds", problem=problem, do=do) for at in adding)
    parts: dict[str, Any] = {
        name: [_plain(each) for each in getattr(recorded, name)]
        for name in ("done", "exemptions", "changes", "events", "thematic")
    }
    parts = {"posts": [_plain(_written(each)) for each in recorded.posts], **parts}
    parts["populations"] = {
        row: dict(given) if isinstance(given, Mapping) else given
        for row, given in recorded.populations.items()
    }
    return {name: part for name, part in parts.items() if part}


def write_recorded(recorded: Recorded) -> str:
    """What a host records as JSON text; ``read_recorded`` gives the same back."""
    return json.dumps(recorded_to_plain(recorded), ensure_ascii=False, indent=1)


def _written(post: Post) -> _Post:
    since, until = post.facts.get(SINCE), post.facts.get(UNTIL)
    return _Post(
        id=post.id,
        role=post.role,
        team=post.team,
        reports_to=post.reports_to,
        area=area_of(post),
        since=since if isinstance(since, date) else None,
        until=until if isinstance(until, date) else None,
    )


def _plain(value: Any) -> Any:
    """A value as plain data; members that say nothing beyond their default are left out."""
    if attrs.has(type(value)):
        return {
            each.name: _plain(member)
            for each in attrs.fields(type(value))
            if (member := getattr(value, each.name)) or _counts(member, each)
        }
    match value:
        case date():
            return value.isoformat()
        case tuple():
            return [_plain(each) for each in value]
        case Mapping():
            return dict(value)
    return value


def _counts(member: Any, attribute: attrs.Attribute[Any]) -> bool:
    """Whether a member that is empty or nought is to be written all the same."""
    return attribute.default is attrs.NOTHING or type(member) is int
