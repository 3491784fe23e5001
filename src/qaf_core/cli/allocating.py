"""The command that says who audits which case."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

from attrs import evolve

from qaf_core.cli.show import print_json
from qaf_core.errors import Fault, InputError
from qaf_core.interchange.allocations import (
    conflicts_from_csv,
    earlier_from_csv,
    placings_from_json,
    plan_to_plain,
)
from qaf_core.interchange.populations import (
    cases_from_csv,
    cases_from_json,
    ids_from_lines,
    posts_from_csv,
    posts_from_json,
)
from qaf_core.interchange.receipts import read_receipt
from qaf_core.interchange.spreadsheets import csv_lines, csv_rows, decoded
from qaf_core.logic.expressions import Ref, refs
from qaf_core.logic.values import COUNT, Kind
from qaf_core.sampling.allocation import Plan, allocate
from qaf_core.sampling.independence import (
    INDEPENDENCE,
    Independence,
    Purpose,
    Ties,
    case_line_manager,
    in_force,
    independence_named,
)
from qaf_core.sampling.population import Case, Post

__all__ = ["add_allocate"]

NOT_ALL_PLACED = 1
LONG = 1_000_000
"""Pairs of case and post past which the command says that it is at work."""

_OWN_COLUMNS = frozenset(
    f"{of}.{name}"
    for of, names in (
        ("case", ("id", "kind", "team", "worker")),
        ("post", ("id", "role", "team", "reports_to")),
    )
    for name in names
)

T = TypeVar("T")


def __dir__() -> list[str]:
    return __all__


def add_allocate(commands: Any) -> None:
    """Add the command to a command line.

    Args:
        commands: what ``ArgumentParser.add_subparsers`` gave.
    """
    names = ", ".join(each.id.replace("_", "-") for each in INDEPENDENCE)
    command = commands.add_parser(
        "allocate",
        help="say who audits which case, and prove it where not all can be placed",
        description="Say who audits which case: all placed where that can be done, evenly. "
        "The exit status is 0 when all are, 1 when not, 2 when something is wrong with the input.",
    )
    command.add_argument(
        "cases",
        help="cases as .csv (id, team, worker), .json, or ids one a line; - for standard input",
    )
    command.add_argument("posts", help="posts as .csv (id, role, team, reports_to, quota) or .json")
    command.add_argument(
        "--receipt", metavar="FILE", help="allocate what this draw chose, by its seed and scope"
    )
    command.add_argument(
        "--quota",
        action="append",
        type=_quota,
        default=[],
        metavar="N | ROLE=N",
        help="cases a post audits: for all, or for a role or post; may be given again",
    )
    command.add_argument(
        "--auditors", type=int, default=1, metavar="N", help="auditors a case needs (default: 1)"
    )
    command.add_argument(
        "--moderation", action="store_true", help="no case goes to its auditor (column auditor)"
    )
    command.add_argument(
        "--independent",
        type=_names,
        default=(),
        metavar="NAME,...",
        help=f"conditions to switch on: {names}",
    )
    command.add_argument(
        "--earlier", metavar="FILE", help="earlier audits as .csv (case, post, on)"
    )
    command.add_argument(
        "--conflicts", metavar="FILE", help="declared conflicts of interest as .csv (case, post)"
    )
    command.add_argument(
        "--keep", metavar="FILE", help="an earlier plan as .json whose placings stay"
    )
    command.add_argument(
        "--on",
        type=_day,
        default=None,
        metavar="DATE",
        help="day that months are counted back from (default: today)",
    )
    command.add_argument("--seed", default=None, help="what ties are decided by, as in a draw")
    command.add_argument("--scope", default=None, help="what for and when, such as 2026-Q1/audit")
    how = command.add_mutually_exclusive_group()
    how.add_argument("--json", action="store_true", help="print JSON")
    how.add_argument("--csv", action="store_true", help="print CSV, safe to open in a spreadsheet")
    how.add_argument(
        "--why", nargs=2, metavar=("CASE", "POST"), help="say why a post has a case, or has not"
    )
    command.set_defaults(run=_allocate)


# --- options --------------------------------------------------------------------------


def _quota(text: str) -> tuple[str, int]:
    name, _, number = text.rpartition("=")
    if not number.isascii() or not number.isdecimal():
        raise argparse.ArgumentTypeError("write a number, or a role or post with one: role=4")
    return name, int(number)


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _day(text: str) -> date:
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC).date()
    except ValueError:
        raise argparse.ArgumentTypeError("write a day there is, as YYYY-MM-DD") from None


def _quotas(given: list[tuple[str, int]], posts: tuple[Post, ...]) -> int | dict[str, int] | None:
    """The quotas as ``allocate`` takes them: a number for all goes to every role."""
    named = {name: number for name, number in given if name}
    everyone = [number for name, number in given if not name]
    if len(named) + len(everyone[:1]) != len(given):
        problem, do = "a quota is given twice for the same posts", "Give each once"
        raise InputError([Fault(path="--quota", problem=problem, do=do)])
    if not named:
        return everyone[0] if everyone else None
    return {**({post.role: everyone[0] for post in posts} if everyone else {}), **named}


# --- files ----------------------------------------------------------------------------


def _bytes(file: str) -> bytes:
    return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()


def _lines(source: bytes, faults: list[Fault]) -> list[str]:
    return list(decoded(source.splitlines(keepends=True), faults))


def _whole(file: str, read: Callable[[list[Fault]], Iterable[T]]) -> tuple[T, ...]:
    """All that a file holds, or every fault of it, each with the name of the file."""
    faults: list[Fault] = []
    try:
        found = tuple(read(faults))
    except InputError as error:
        faults = list(error.faults)
        found = ()
    if faults:
        name = "standard input" if file == "-" else Path(file).name
        raise InputError(evolve(each, path=f"{name}, {each.path}") for each in faults)
    return found


def _wanted(conditions: Iterable[Independence], of: str) -> dict[str, Kind]:
    """The facts of cases or posts that the conditions read, by the name of their column."""
    read = {ref for each in conditions for ref in refs(each.bars)}
    return {
        ref.name.partition(".")[2]: ref.kind
        for ref in sorted(read, key=_name)
        if ref.name.startswith(f"{of}.")
        and ref.name not in _OWN_COLUMNS
        and ref.name != case_line_manager.name
    }


def _name(ref: Ref) -> str:
    return ref.name


def _with_optional(lines: list[str], wanted: dict[str, Kind], **optional: Kind) -> dict[str, Kind]:
    """The facts to read from CSV: those wanted, and the others that have a column."""
    columns, _ = csv_rows(lines, needed=("id",), known=tuple(optional), faults=[])
    return wanted | {name: kind for name, kind in optional.items() if name in columns}


def _cases(file: str, conditions: tuple[Independence, ...]) -> tuple[str | Case, ...]:
    source = _bytes(file)
    facts = _wanted(conditions, "case")
    optional = {"line_manager": case_line_manager.kind}

    def read(faults: list[Fault]) -> Iterable[str | Case]:
        if _is_json(file, source):
            return cases_from_json(source, facts=facts | optional, faults=faults)
        lines = _lines(source, faults)
        if not file.lower().endswith(".csv") and lines and "," not in lines[0]:
            return ids_from_lines(lines, faults=faults)
        needed = [name for name in ("team", "worker") if _reads(conditions, f"case.{name}")]
        wanted = _with_optional(lines, facts, **optional)
        return cases_from_csv(lines, facts=wanted, needed=needed, faults=faults)

    return _whole(file, read)


def _posts(file: str, conditions: tuple[Independence, ...]) -> tuple[Post, ...]:
    source = _bytes(file)
    facts = _wanted(conditions, "post")

    def read(faults: list[Fault]) -> Iterable[Post]:
        if _is_json(file, source):
            return posts_from_json(source, facts=facts | {"quota": COUNT}, faults=faults)
        lines = _lines(source, faults)
        wanted = _with_optional(lines, facts, quota=COUNT)
        return posts_from_csv(lines, facts=wanted, faults=faults)

    return _whole(file, read)


def _is_json(file: str, source: bytes) -> bool:
    if file.lower().endswith((".csv", ".txt")):
        return False
    return file.lower().endswith(".json") or source.lstrip()[:1] in (b"[", b"{")


def _reads(conditions: Iterable[Independence], name: str) -> bool:
    return any(ref.name == name for each in conditions for ref in refs(each.bars))


def _ties(options: argparse.Namespace) -> Ties:
    def rows(file: str, read: Callable[[list[str], list[Fault]], Iterable[T]]) -> tuple[T, ...]:
        source = _bytes(file)
        return _whole(file, lambda faults: read(_lines(source, faults), faults))

    return Ties(
        earlier=rows(options.earlier, earlier_from_csv) if options.earlier else None,
        conflicts=rows(options.conflicts, conflicts_from_csv) if options.conflicts else None,
    )


# --- the command ------------------------------------------------------------------------


def _allocate(options: argparse.Namespace) -> int:
    purpose = Purpose.MODERATION if options.moderation else Purpose.AUDIT
    conditions = in_force(purpose, tuple(map(independence_named, options.independent)))
    cases = _cases(options.cases, conditions)
    posts = _posts(options.posts, conditions)
    seed, scope = options.seed, options.scope
    if options.receipt:
        receipt = read_receipt(_bytes(options.receipt))
        cases = tuple(_chosen(cases, receipt.in_force))
        seed = receipt.seed if seed is None else seed
        scope = receipt.scope if scope is None else scope
    if len(cases) * len(posts) > LONG:
        print(f"Placing {len(cases):,} cases with {len(posts):,} posts ...", file=sys.stderr)
    plan = allocate(
        cases,
        posts,
        quota=_quotas(options.quota, posts),
        auditors=options.auditors,
        purpose=purpose,
        independent=conditions,
        ties=_ties(options),
        on=options.on or date.today(),
        seed=seed or "",
        scope=scope or "",
        keep=placings_from_json(_bytes(options.keep)) if options.keep else (),
    )
    _print(plan, options)
    return 0 if plan.complete else NOT_ALL_PLACED


def _chosen(cases: Iterable[str | Case], ids: Iterable[str]) -> Iterator[str | Case]:
    """Those of the cases that a draw chose."""
    known = {each if isinstance(each, str) else each.id: each for each in cases}
    missing = sum(id not in known for id in ids)
    if missing:
        problem = f"{missing:,} of the ids it chose are not among the cases"
        do = "Give the list that the draw was made from"
        raise InputError([Fault(path="chosen", problem=problem, do=do)])
    for id in ids:
        yield known[id]


def _print(plan: Plan, options: argparse.Namespace) -> None:
    if options.json:
        print_json(plan_to_plain(plan))
    elif options.csv:
        print(*csv_lines(("case", "team", "post", "role"), plan.to_rows()), sep="", end="")
        if not plan.complete:
            print(plan, file=sys.stderr)
    elif options.why:
        print(plan.why(*options.why))
    else:
        for load in plan.loads:
            quota = "" if load.quota is None else f" of {load.quota:,}"
            cases = ", ".join(plan.of_post(load.post)) or "none"
            print(f"{load.post} ({load.role}), {load.cases:,}{quota}: {cases}")
        print(f"\n{plan}")
