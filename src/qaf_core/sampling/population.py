"""Cases and posts as they are drawn, allocated and verified, and conditions read on them.

Ids are strict, because a draw hangs on each letter of them: a spreadsheet that drops a
leading zero, or turns 1234 into 1234.0, draws other children. Nothing is trimmed or
turned into text here: what cannot be an id is refused, with its place and what to do.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Any, TypeVar

from attrs import evolve, field, frozen

from qaf_core.errors import Fault, InputError
from qaf_core.facts import Fact, Origin
from qaf_core.immutable import FrozenMap
from qaf_core.logic.expressions import Ref
from qaf_core.logic.values import ID, Gap, Record, Sort, Value
from qaf_core.subjects import CHILD_CASE

__all__ = [
    "LONGEST_ID",
    "Case",
    "Post",
    "case_facts",
    "case_id",
    "case_kind",
    "case_record",
    "case_team",
    "case_worker",
    "checked_cases",
    "checked_posts",
    "id_problem",
    "is_id",
    "of_case",
    "of_post",
    "pair_record",
    "post_facts",
    "post_id",
    "post_reports_to",
    "post_role",
    "post_team",
    "value_faults",
]

LONGEST_ID = 200
"""Characters an id may have."""

MOST_FAULTS = 1000
"""Faults listed one by one; the rest are counted."""


def __dir__() -> list[str]:
    return __all__


def _frozen(entries: Mapping[str, Value]) -> FrozenMap[str, Value]:
    return FrozenMap(entries)


@frozen(kw_only=True)
class Case:
    """A case, or any other subject, as it is sampled and allocated.

    It is checked where it is used (``checked_cases``, ``draw``, ``allocate``), so that
    every fault of a list is told at once.

    Attributes:
        id: the host's own id, never a name.
        kind: id of the kind of subject.
        team: id of the team that holds it, or "" where it is not known.
        worker: id of the post that works it, or "" where it is not known.
        facts: what the host knows of it, by id of the fact: true or false, whole numbers,
            ``Fraction``, text, dates, moments in UTC, tuples of codes, or a ``Gap``. A fact
            that is not known is left out.
    """

    id: str
    kind: str = CHILD_CASE.id
    team: str = ""
    worker: str = field(default="", repr=False)
    facts: Mapping[str, Value] = field(factory=FrozenMap, converter=_frozen, repr=False)


@frozen(kw_only=True)
class Post:
    """A post that audits or is audited, by id: never a person's name.

    Attributes:
        id: the host's own id of the post.
        role: id of the role it holds, such as ``team_manager``.
        team: id of its team, or "" where it has none or it is not known.
        reports_to: id of the post it reports to, or "" where it is not known.
        facts: what the host knows of it, as for a case.
    """

    id: str
    role: str
    team: str = ""
    reports_to: str = ""
    facts: Mapping[str, Value] = field(factory=FrozenMap, converter=_frozen, repr=False)


# --- strict ids -------------------------------------------------------------------


def is_id(value: object) -> bool:
    """Whether a value can serve as an id: the quick question, ``id_problem`` says why not."""
    if type(value) is not str or not 0 < len(value) <= LONGEST_ID or not value.isprintable():
        return False
    if value[0] == " " or value[-1] == " ":
        return False
    return value.isascii() or unicodedata.is_normalized("NFC", value)


def id_problem(value: object) -> tuple[str, str]:
    """Why a value cannot serve as an id, and what to do; the value is not repeated.

    >>> id_problem("00123")
    ('', '')
    >>> id_problem(123.0)[0]
    'it is a number with a point, not text'
    >>> id_problem("00123 ")[0]
    'it has a space at its start or end'
    """
    if type(value) is not str:
        problem = f"it is {_found(value)}, not text"
        if value is None:
            return problem, "Fill it in, or leave the row out"
        if isinstance(value, str):
            return problem, "Turn it into plain text: str(id)"
        return problem, "Read the column as text, so that leading zeros stay and no .0 is added"
    if not value.strip():
        return "it is blank", "Fill it in, or leave the row out"
    if value != value.strip():
        return "it has a space at its start or end", "Take the space out where the list is made"
    if not value.isprintable():
        return (
            "it holds a line end, a tab or another character that cannot be seen",
            "Take it out where the list is made",
        )
    if len(value) > LONGEST_ID:
        return f"it is longer than {LONGEST_ID} characters", "Use the id alone"
    if not unicodedata.is_normalized("NFC", value):
        return (
            "a letter of it is put together from a letter and a loose accent",
            "Write it in Unicode form NFC (unicodedata.normalize) where the list is made",
        )
    return "", ""


def _found(value: object) -> str:
    names: dict[type, str] = {
        bool: "true or false",
        int: "a number",
        float: "a number with a point",
        type(None): "nothing",
        bytes: "bytes",
    }
    if isinstance(value, str) and type(value) is not str:
        return "a type of its own made from text"
    return names.get(type(value), "something else")


# --- whole lists ------------------------------------------------------------------


def checked_cases(
    population: Iterable[str | Case], *, place: str = "population"
) -> tuple[Case, ...]:
    """The population as cases, each once and each with ids that can be relied on.

    Args:
        population: ids or cases, or both; any iterable, read once.
        place: what to call the list in faults; the first is ``population[0]``.

    Raises:
        InputError: an id is none or comes twice, or a fact has no plain value. Every fault
            is named at once (past a thousand, counted).
    """
    return _checked(
        population, place, lambda each: Case(id=each) if isinstance(each, str) else each, Case
    )


def checked_posts(posts: Iterable[Post], *, place: str = "posts") -> tuple[Post, ...]:
    """The posts, each once and each with ids that can be relied on.

    Raises:
        InputError: as for ``checked_cases``.
    """
    return _checked(posts, place, lambda each: each, Post)


T = TypeVar("T", Case, Post)


def _checked(
    given: Iterable[Any], place: str, read: Callable[[Any], Any], wanted: type[T]
) -> tuple[T, ...]:
    if isinstance(given, str | bytes | Mapping):
        name = "text" if isinstance(given, str | bytes) else "a mapping"
        raise InputError(
            [Fault(path=place, problem=f"it is {name}, not a list", do="Give a list of them")]
        )
    found: list[T] = []
    first_at: dict[str, int] = {}
    faults: list[Fault] = []
    more = 0
    for index, each in enumerate(given):
        where = f"{place}[{index}]"
        value = read(each)
        wrong = list(value_faults(value, where, wanted))
        if not wrong and (earlier := first_at.setdefault(value.id, index)) != index:
            wrong = [
                Fault(
                    path=f"{where}.id",
                    problem=f"it is the id of {place}[{earlier}] again",
                    do="List each once",
                )
            ]
        room = MOST_FAULTS - len(faults)
        faults += wrong[:room]
        more += max(len(wrong) - room, 0)
        found.append(value)
    if more:
        faults.append(
            Fault(path=place, problem=f"there are {more:,} faults more", do="Mend these first")
        )
    if faults:
        raise InputError(faults)
    return tuple(found)


def value_faults(value: object, where: str, wanted: type[Case | Post]) -> Iterator[Fault]:
    """Everything wrong with one case or post, each with its path below ``where``."""
    if not isinstance(value, wanted):
        is_case = wanted is Case
        if is_case:
            problem, do = id_problem(value)
        else:
            problem, do = f"it is {_found(value)}, not a post", "Give a Post"
        yield Fault(path=f"{where}.id" if is_case else where, problem=problem, do=do)
        return
    if _is_sound(value):
        return
    fields = (
        {"id": value.id, "kind": value.kind, "team": value.team, "worker": value.worker}
        if isinstance(value, Case)
        else {
            "id": value.id,
            "role": value.role,
            "team": value.team,
            "reports_to": value.reports_to,
        }
    )
    for name, id in fields.items():
        if id == "" and name in ("team", "worker", "reports_to"):
            continue
        if not is_id(id):
            problem, do = id_problem(id)
            yield Fault(path=f"{where}.{name}", problem=problem, do=do)
    for number, (name, fact) in enumerate(value.facts.items(), 1):
        if type(name) is not str or not name.isidentifier():
            yield Fault(
                path=f"{where}.facts.(key {number})",
                problem="its name can name no fact",
                do="Use letters, digits and _, such as case_status",
            )
        elif not _is_plain(fact):
            yield Fault(
                path=f"{where}.facts.(key {number})",
                problem=f"it is {_found(fact)}, which is no plain value of a fact",
                do="Give true or false, a whole number, a Fraction, text, a date, a moment in "
                "UTC or a tuple of codes; leave out what is not known",
            )


def _is_sound(value: Case | Post) -> bool:
    """Whether nothing is wrong with it: the quick question, asked of every case."""
    if isinstance(value, Case):
        known, perhaps = (value.id, value.kind), (value.team, value.worker)
    else:
        known, perhaps = (value.id, value.role), (value.team, value.reports_to)
    return (
        all(map(is_id, known))
        and all(id == "" or is_id(id) for id in perhaps)
        and all(
            type(name) is str and name.isidentifier() and _is_plain(fact)
            for name, fact in value.facts.items()
        )
    )


_PLAIN = (bool, int, str, date, datetime, Fraction, Gap)


def _is_plain(value: object) -> bool:
    if isinstance(value, tuple):
        return all(type(each) is str for each in value)
    return type(value) in _PLAIN


# --- conditions -------------------------------------------------------------------


def _id_of(name: str, label: str, *, private: bool = False) -> Ref:
    return Ref(name, ID, label=label, private=private)


case_id = _id_of("case.id", "the case")
case_kind = _id_of("case.kind", "the kind of subject")
case_team = _id_of("case.team", "the team of the case")
case_worker = _id_of("case.worker", "the worker of the case", private=True)
post_id = _id_of("post.id", "the post")
post_role = _id_of("post.role", "the role of the post")
post_team = _id_of("post.team", "the team of the post")
post_reports_to = _id_of("post.reports_to", "the post that the post reports to")


def of_case(fact: Ref) -> Ref:
    """A fact of the case, where a condition speaks of case and post: ``case.<fact>``."""
    return evolve(fact, name=f"case.{fact.name}")


def of_post(fact: Ref) -> Ref:
    """A fact of the post: ``post.<fact>``."""
    return evolve(fact, name=f"post.{fact.name}")


def _known(id: str) -> Value:
    return id or Gap.UNKNOWN


def case_facts(case: Case, facts: Iterable[Fact] = ()) -> dict[str, Value]:
    """What is known of a case, by name.

    Its facts under their own ids and as ``case.<fact>``, and ``case.id``, ``case.kind``,
    ``case.team``, ``case.worker``.

    Args:
        case: the case.
        facts: facts as a framework declares them. One of the host's that is needed and was
            not given is pending, an optional one silent. Any other that was not given is
            unknown: a condition on it stays open.

    Raises:
        InputError: a value is not one of its declared kind.
    """
    values: dict[str, Value] = {
        "case.id": case.id,
        "case.kind": _known(case.kind),
        "case.team": _known(case.team),
        "case.worker": _known(case.worker),
    }
    given = _given(case.facts, facts, case.kind)
    values |= given
    values |= {f"case.{name}": value for name, value in given.items()}
    return values


def post_facts(post: Post) -> dict[str, Value]:
    """What is known of a post, by name.

    ``post.id``, ``post.role``, ``post.team``, ``post.reports_to``, and its facts as
    ``post.<fact>``.
    """
    return {
        "post.id": post.id,
        "post.role": _known(post.role),
        "post.team": _known(post.team),
        "post.reports_to": _known(post.reports_to),
        **{f"post.{name}": value for name, value in post.facts.items()},
    }


def _given(
    known: Mapping[str, Value], facts: Iterable[Fact], subject_kind: str
) -> dict[str, Value]:
    values = dict(known)
    faults: list[Fault] = []
    for fact in facts:
        value = values.get(fact.id)
        if value is None:
            if fact.origin is Origin.HOST and fact.known_for(subject_kind):
                values[fact.id] = Gap.PENDING if fact.needed else Gap.SILENT
        elif not (isinstance(value, Gap) or fact.kind.admits(value)):
            faults.append(
                Fault(
                    path=f"facts.{fact.id}",
                    problem="it is not of its declared kind",
                    do=f"Give {fact.kind.takes}"
                    + (" (a date, not text)" if fact.kind.sort is Sort.DATE else ""),
                )
            )
    if faults:
        raise InputError(faults)
    return values


def case_record(case: Case, *, on: date | None = None, facts: Iterable[Fact] = ()) -> Record:
    """What conditions are read on for one case.

    Args:
        case: the case; see ``case_facts`` for the names.
        on: the day, as the fact ``today``; without it that is unknown.
        facts: facts as a framework declares them.

    Raises:
        InputError: a value is not one of its declared kind.
    """
    return Record({**case_facts(case, facts), **_today(on)})


def pair_record(
    case: Case,
    post: Post,
    *,
    on: date | None = None,
    facts: Iterable[Fact] = (),
    pair: Mapping[str, Value] = FrozenMap(),
) -> Record:
    """What conditions are read on for a case and a post that may audit it.

    >>> from qaf_core.logic import met, sure
    >>> own_case = case_worker.is_(post_id)
    >>> case = Case(id="C-1", team="north", worker="SW-1")
    >>> met(sure(own_case), pair_record(case, Post(id="SW-1", role="social_worker")))
    True

    Args:
        case: the case; see ``case_facts`` for the names.
        post: the post; see ``post_facts`` for the names.
        on: the day, as the fact ``today``; without it that is unknown.
        facts: facts of cases as a framework declares them.
        pair: what is known of the two together, by names of the caller's own, such as
            ``pair.last_audited``.

    Raises:
        InputError: a value is not one of its declared kind.
    """
    return Record({**case_facts(case, facts), **post_facts(post), **pair, **_today(on)})


def _today(on: date | None) -> dict[str, Value]:
    return {} if on is None else {"today": on}
