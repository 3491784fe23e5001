"""The command that says who audits which case."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from qaf_core.cli.show import a_day, print_json
from qaf_core.cli.tables_in_out import (
    Population,
    add_progress,
    named,
    opened,
    print_csv,
    read_posts,
    the_receipt,
)
from qaf_core.errors import Fault, InputError
from qaf_core.interchange.allocations import (
    allocation_to_plain,
    conflicts_from_csv,
    earlier_from_csv,
    placings_from_json,
)
from qaf_core.interchange.spreadsheets import csv_rows, decoded
from qaf_core.logic.expressions import refs
from qaf_core.logic.values import COUNT, Kind
from qaf_core.sampling.allocated import Allocation
from qaf_core.sampling.allocation import allocate
from qaf_core.sampling.independence import (
    INDEPENDENCE,
    Independence,
    Purpose,
    case_line_manager,
    in_force,
    independence_named,
)
from qaf_core.sampling.population import Case, Post, checked_cases, checked_posts
from qaf_core.sampling.ties import Ties

__all__ = ["add_allocate"]

NOT_ALL_PLACED = 1

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
        help="cases as .csv (id, team, worker) or .json, or else ids one a line; - is standard input",
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
        "--total",
        action="append",
        type=_total,
        default=[],
        metavar="ROLE=N",
        help="cases that all posts of a role audit together; may be given again",
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
        type=a_day,
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
    add_progress(command)
    command.set_defaults(run=_allocate)


# --- options --------------------------------------------------------------------------


def _quota(text: str) -> tuple[str, int]:
    name, _, number = text.rpartition("=")
    if not number.isascii() or not number.isdecimal():
        raise argparse.ArgumentTypeError("write a number, or a role or post with one: role=4")
    return name, int(number)


def _total(text: str) -> tuple[str, int]:
    role, number = _quota(text)
    if not role:
        raise argparse.ArgumentTypeError("write a role with its number: role=4")
    return role, number


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _quotas(
    given: list[tuple[str, int]], posts: tuple[Post, ...], totals: Collection[str]
) -> int | dict[str, int] | None:
    """The quotas as ``allocate`` takes them: a number for all goes to every role without a total."""
    named = {name: number for name, number in given if name}
    everyone = [number for name, number in given if not name]
    if len(named) + len(everyone[:1]) != len(given):
        problem, do = "a quota is given twice for the same posts", "Give each once"
        raise InputError([Fault(path="--quota", problem=problem, do=do)])
    if not everyone or not named:
        return named or (everyone[0] if everyone else None)
    roles = sorted({post.role for post in posts} - set(totals))
    return {**dict.fromkeys(roles, everyone[0]), **named}


# --- files ----------------------------------------------------------------------------


def _rows(file: str, read: Callable[[Iterable[str], list[Fault]], T]) -> T:
    """All that a CSV file holds.

    Raises:
        InputError: the file has faults; every one at once.
    """
    faults: list[Fault] = []
    with named(file), opened(file) as stream:
        found = read(decoded(stream, faults), faults)
        if faults:
            raise InputError(faults)
    return found


def _wanted(conditions: Iterable[Independence], of: str) -> dict[str, Kind]:
    """The facts of cases or posts that the conditions read, by the name of their column."""
    read = {ref for each in conditions for ref in refs(each.bars)}
    return {
        ref.name.partition(".")[2]: ref.kind
        for ref in sorted(read, key=lambda ref: ref.name)
        if ref.name.startswith(f"{of}.")
        and ref.name not in _OWN_COLUMNS
        and ref.name != case_line_manager.name
    }


def _optional(file: str, name: str, kind: Kind) -> dict[str, Kind]:
    """A fact that is read where the file has it."""
    if file.lower().endswith(".json"):
        return {name: kind}
    if not file.lower().endswith(".csv"):
        return {}
    with opened(file) as stream:
        columns, _ = csv_rows(decoded(stream, []), needed=(), known=(name,), faults=[])
    return {name: kind} if name in columns else {}


def _cases(
    file: str, conditions: tuple[Independence, ...], progress: bool | None
) -> tuple[str | Case, ...]:
    with named(file):
        facts = _wanted(conditions, "case")
        facts |= _optional(file, "line_manager", case_line_manager.kind)
        needed = tuple(name for name in ("team", "worker") if _reads(conditions, f"case.{name}"))
        population = Population(file, facts, needed, progress)
        try:
            return checked_cases(population.cases())
        except InputError as error:
            raise population.placed(error) from None


def _posts(file: str, conditions: tuple[Independence, ...]) -> tuple[Post, ...]:
    with named(file):
        facts = _wanted(conditions, "post") | _optional(file, "quota", COUNT)
        return checked_posts(read_posts(file, facts))


def _reads(conditions: Iterable[Independence], name: str) -> bool:
    return any(ref.name == name for each in conditions for ref in refs(each.bars))


def _ties(options: argparse.Namespace) -> Ties:
    return Ties(
        earlier=_rows(options.earlier, earlier_from_csv) if options.earlier else None,
        conflicts=_rows(options.conflicts, conflicts_from_csv) if options.conflicts else None,
    )


# --- the command ------------------------------------------------------------------------


def _allocate(options: argparse.Namespace) -> int:
    purpose = Purpose.MODERATION if options.moderation else Purpose.AUDIT
    conditions = in_force(purpose, tuple(map(independence_named, options.independent)))
    cases: tuple[str | Case, ...] = _cases(options.cases, conditions, options.progress)
    posts = _posts(options.posts, conditions)
    seed, scope = options.seed, options.scope
    if options.receipt:
        receipt = the_receipt(options.receipt)
        cases = tuple(_chosen(cases, receipt.in_force))
        seed = receipt.seed if seed is None else seed
        scope = receipt.scope if scope is None else scope
    if options.progress or (options.progress is None and sys.stderr.isatty()):
        said = f"placing {len(cases):,} cases with {len(posts):,} posts"
        print(said, file=sys.stderr, flush=True)
    totals = dict(options.total)
    plan = allocate(
        cases,
        posts,
        quota=_quotas(options.quota, posts, totals),
        totals=totals,
        auditors=options.auditors,
        purpose=purpose,
        independent=conditions,
        ties=_ties(options),
        on=options.on or date.today(),
        seed=seed or "",
        scope=scope or "",
        keep=placings_from_json(Path(options.keep).read_bytes()) if options.keep else (),
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


def _print(plan: Allocation, options: argparse.Namespace) -> None:
    if options.json:
        print_json(allocation_to_plain(plan))
    elif options.csv:
        print_csv(("case", "team", "post", "role"), plan.to_rows())
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
