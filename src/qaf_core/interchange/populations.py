"""Cases and posts from CSV and JSON: only what is asked for is read, and strictly."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Generic, TypeAlias, TypeVar

from attrs import evolve, frozen

from qaf_core.audits import NotApplicable
from qaf_core.errors import Fault
from qaf_core.interchange.parsing import parse
from qaf_core.interchange.spreadsheets import csv_rows
from qaf_core.interchange.strict import Wrong, answer, code, day, moment, unknown_key
from qaf_core.logic.values import ID, Gap, Kind, Sort, Value
from qaf_core.sampling.population import Case, Post, id_problem, is_id

__all__ = [
    "Places",
    "cases_from_csv",
    "cases_from_json",
    "cell_value",
    "ids_from_lines",
    "posts_from_csv",
    "posts_from_json",
]

_WORDS = {"yes": True, "true": True, "no": False, "false": False}

T = TypeVar("T", Case, Post)

Places: TypeAlias = "array[int]"
"""Line numbers, packed."""


@frozen
class _Shape(Generic[T]):
    """What is read: its fields, and those it cannot do without."""

    to: type[T]
    fields: tuple[str, ...]
    needed: tuple[str, ...] = ("id",)


_CASES = _Shape(Case, ("id", "kind", "team", "worker"))
_POSTS = _Shape(Post, ("id", "role", "team", "reports_to"), ("id", "role"))


def __dir__() -> list[str]:
    return __all__


# --- from text --------------------------------------------------------------------


def _is_heading(line: str) -> bool:
    """Whether a line is the heading of a table of cases, and no id."""
    cells = [cell.strip('" ') for cell in re.split("[,;\t]", line.casefold())]
    return "id" in cells and (len(cells) > 1 or line.casefold() == "id")


def ids_from_lines(
    lines: Iterable[str], *, faults: list[Fault], places: Places | None = None
) -> Iterator[str]:
    """Ids from a list that holds one a line; what cannot be an id is a fault.

    Args:
        lines: the text, line by line.
        faults: takes what is wrong, with its line, while the list is read.
        places: takes the line of each id that is given.
    """
    for number, line in enumerate(lines, 1):
        id = line.removesuffix("\n").removesuffix("\r")
        if number == 1 and _is_heading(id):
            problem = "it names columns, and ids are read, one a line"
            do = "Give the ids alone, or a table in a file named .csv"
            faults.append(Fault(path="(whole line)", problem=problem, do=do, line=number))
            return
        if is_id(id):
            if places is not None:
                places.append(number)
            yield id
        else:
            problem, do = id_problem(id)
            faults.append(Fault(path="(whole line)", problem=problem, do=do, line=number))


def cases_from_csv(
    lines: Iterable[str],
    *,
    facts: Mapping[str, Kind],
    needed: Sequence[str] = (),
    faults: list[Fault],
    places: Places | None = None,
) -> Iterator[Case]:
    """Cases from CSV, one a row, read as they are asked for.

    Columns: ``id``, where there ``kind``, ``team`` and ``worker``, and one for each fact
    that is asked for. No other column is read. A blank cell is a fact that is not known.

    Args:
        lines: the text, line by line, the line ends kept.
        facts: the facts to read, by id, each with its kind; of kind ``ID``, any short text.
        needed: which of ``kind``, ``team`` and ``worker`` must be there too.
        faults: takes what is wrong with rows, with their lines, while they are read. Such
            a row is left out.
        places: takes the line of each case that is given.

    Raises:
        InputError: the heading cannot be used (see ``csv_rows``).
    """
    shape = evolve(_CASES, needed=("id", *needed))
    for line, case in _from_csv(shape, lines, facts, faults):
        if places is not None:
            places.append(line)
        yield case


def posts_from_csv(
    lines: Iterable[str], *, facts: Mapping[str, Kind], faults: list[Fault]
) -> Iterator[Post]:
    """Posts from CSV, as ``cases_from_csv``: columns ``id``, ``role``, and where there
    ``team`` and ``reports_to``, and one for each fact that is asked for.
    """
    return (post for _, post in _from_csv(_POSTS, lines, facts, faults))


def _from_csv(
    shape: _Shape[T], lines: Iterable[str], facts: Mapping[str, Kind], faults: list[Fault]
) -> Iterator[tuple[int, T]]:
    wanted = (*shape.needed, *(id for id in facts if id not in shape.needed))
    columns, rows = csv_rows(lines, needed=wanted, known=shape.fields, faults=faults)
    present = [name for name in shape.fields if name in columns]
    for line, row in rows:
        before = len(faults)
        members = {name: row[name] for name in present if row[name] or name in shape.needed}
        faults += _id_faults(members, "", line)
        values: dict[str, Value] = {}
        for id, kind in facts.items():
            if row[id]:
                try:
                    values[id] = cell_value(row[id], kind)
                except Wrong as wrong:
                    faults.append(Fault(path=id, problem=wrong.problem, do=wrong.do, line=line))
        if len(faults) == before:
            yield line, shape.to(**members, facts=values)


def _id_faults(members: Mapping[str, Any], path: str, line: int | None = None) -> Iterator[Fault]:
    for name, id in members.items():
        if is_id(id) or (id == "" and name in ("team", "worker", "reports_to")):
            continue
        problem, do = id_problem(id)
        yield Fault(path=f"{path}{name}", problem=problem, do=do, line=line)


def cell_value(text: str, kind: Kind) -> Value:
    """The value that a cell which is not blank holds.

    Raises:
        Wrong: it holds none of this kind.
    """
    match kind.sort:
        case Sort.YES_NO:
            word = _WORDS.get(text.casefold())
            if word is None:
                raise Wrong("it is neither yes nor no", "Write yes or no, or leave the cell blank")
            return word
        case Sort.COUNT | Sort.NUMBER:
            if not text.isascii() or not text.isdecimal():
                raise Wrong("it is no whole number", "Write it in digits alone")
            number: Value = answer(int(text), kind)
            return number
        case Sort.DATE:
            return day(text)
        case Sort.MOMENT:
            return moment(text)
        case Sort.CODE:
            return code(text, kind)
        case Sort.CODES:
            return tuple(code(each.strip(), kind) for each in text.split(";"))
        case Sort.ID | Sort.TEXT:
            if not is_id(text):
                raise Wrong(*id_problem(text))
            return text


# --- from JSON --------------------------------------------------------------------


def cases_from_json(
    source: str | bytes, *, facts: Mapping[str, Kind], faults: list[Fault]
) -> tuple[str | Case, ...]:
    """Cases from JSON: a list of ids, or of objects.

    ``[{"id": "C-1", "team": "north", "worker": "SW-1", "facts": {"case_status": "cp"}}]``

    Args:
        source: the text.
        facts: the facts whose kinds are known; others may be true or false, whole numbers
            or short text.
        faults: takes what is wrong. What has a fault is left out.
    """
    return tuple(_from_json(_CASES, source, facts, faults))


def posts_from_json(
    source: str | bytes, *, facts: Mapping[str, Kind], faults: list[Fault]
) -> tuple[Post, ...]:
    """Posts from JSON: ``[{"id": "TM-3", "role": "team_manager", "team": "north"}]``."""
    return tuple(
        each for each in _from_json(_POSTS, source, facts, faults) if isinstance(each, Post)
    )


def _from_json(
    shape: _Shape[T], source: str | bytes, facts: Mapping[str, Kind], faults: list[Fault]
) -> Iterator[str | T]:
    parsed = parse(source, frozenset((*shape.fields, "facts", *facts)))
    if parsed.faults:
        faults += parsed.faults
        return
    if not isinstance(parsed.value, list):
        faults.append(
            Fault(path="(whole text)", problem="it is not a list", do='Write [{"id": ...}, ...]')
        )
        return
    for index, each in enumerate(parsed.value):
        where = f"[{index}]"
        if isinstance(each, str) and shape.to is Case:
            if is_id(each):
                yield each
            else:
                problem, do = id_problem(each)
                faults.append(Fault(path=where, problem=problem, do=do))
        elif isinstance(each, dict):
            before = len(faults)
            value = _object(shape, each, where, facts, faults)
            if len(faults) == before:
                yield value
        else:
            faults.append(
                Fault(
                    path=where,
                    problem="it is neither an id in quotes nor an object",
                    do='Write "C-1" or {"id": "C-1", ...}',
                )
            )


def _object(
    shape: _Shape[T],
    plain: dict[str, Any],
    where: str,
    facts: Mapping[str, Kind],
    faults: list[Fault],
) -> T:
    known = [*shape.fields, "facts"]
    for number, key in enumerate(plain, 1):
        if key not in known:
            faults.append(unknown_key(where, key, number, known))
    members = {name: plain[name] for name in shape.fields if name in plain}
    faults += [
        Fault(path=f"{where}.{name}", problem="it is missing", do="Add it")
        for name in shape.needed
        if name not in members
    ]
    faults += _id_faults(members, f"{where}.")
    given = plain.get("facts", {})
    values: dict[str, Value] = {}
    if not isinstance(given, dict):
        faults.append(Fault(path=f"{where}.facts", problem="it is no object", do="Write {...}"))
        given = {}
    for number, (id, value) in enumerate(given.items(), 1):
        path = f"{where}.facts.{id if id in facts else f'(key {number})'}"
        try:
            values[id] = _fact(value, facts.get(id))
        except Wrong as wrong:
            faults.append(Fault(path=path, problem=wrong.problem, do=wrong.do))
    return shape.to(**{**dict.fromkeys(shape.needed, ""), **members}, facts=values)


def _fact(value: Any, kind: Kind | None) -> Value:
    if value is None:
        raise Wrong("null is no value", "Leave out what is not known")
    if kind is not None and kind is not ID:
        found = answer(value, kind)
        return Gap.NOT_APPLICABLE if isinstance(found, NotApplicable) else found
    if isinstance(value, bool | int):
        return value
    if not is_id(value):
        raise Wrong(*id_problem(value))
    return str(value)
