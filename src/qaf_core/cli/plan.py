"""``qaf plan``: what the programme asks for in a year, and what was done of it by a day."""

from __future__ import annotations

import argparse
import io
from collections.abc import Iterable
from datetime import date
from typing import Any

from attrs import asdict

from qaf_core.cli.show import a_day, print_json, the_framework
from qaf_core.cli.tables_in_out import named, opened, print_csv
from qaf_core.errors import Fault, InputError
from qaf_core.framework import Framework
from qaf_core.interchange.programme import done_from_csv, posts_in_time_from_csv, read_recorded
from qaf_core.interchange.spreadsheets import decoded
from qaf_core.sampling.population import Post
from qaf_core.sampling.programme.coverage import Coverage
from qaf_core.sampling.programme.plan import YearPlan
from qaf_core.sampling.programme.recorded import Recorded
from qaf_core.tables import Table

__all__ = ["add_plan", "year_of"]


def __dir__() -> list[str]:
    return __all__


def add_plan(commands: Any) -> None:
    """Add the command to a command line.

    Args:
        commands: what ``ArgumentParser.add_subparsers`` gave.
    """
    plan = commands.add_parser(
        "plan", help="say who audits what in a year, and who owes what by when"
    )
    plan.add_argument(
        "file", help="posts as .csv; or all that is recorded, as .json, or - for standard input"
    )
    plan.add_argument(
        "--year", type=int, metavar="YEAR", help="year the programme year starts in (default: on)"
    )
    plan.add_argument("--done", metavar="FILE", help="audits carried out, as .csv or .json")
    plan.add_argument(
        "--records", metavar="FILE", help="exemptions, changes, events, thematic audits, as .json"
    )
    plan.add_argument("--on", type=a_day, metavar="DATE", help="day of the report (default: today)")
    plan.add_argument(
        "--quota",
        nargs=2,
        metavar=("ROW", "WINDOW"),
        help="print the posts of a row with what each is asked for in a window, such as Q2: "
        "the posts that qaf allocate takes",
    )
    how = plan.add_mutually_exclusive_group()
    how.add_argument("--json", action="store_true", help="print JSON")
    how.add_argument(
        "--csv",
        choices=("dues", "chase", "rows", "posts"),
        nargs="?",
        const="dues",
        help="print one table as CSV (default: dues)",
    )
    plan.set_defaults(run=_plan)


def _plan(options: argparse.Namespace) -> int:
    on = options.on or date.today()
    framework = the_framework()
    recorded = _recorded(options)
    plan = framework.plan(
        year_of(framework, on) if options.year is None else options.year,
        recorded.posts,
        exemptions=recorded.exemptions,
        changes=recorded.changes,
        populations=recorded.populations,
    )
    if options.quota:
        row, window = options.quota
        _show_quota(plan, row, window, options)
    elif not (options.done or recorded.done or recorded.events or recorded.thematic):
        _show_plan(plan, options)
    else:
        coverage = plan.coverage(
            recorded.done, on=on, events=recorded.events, thematic=recorded.thematic
        )
        _show_coverage(coverage, options)
    return 0


def year_of(framework: Framework, on: date) -> int:
    """The calendar year in which the programme year of a day starts."""
    year = on.year
    return year if on >= framework.programme_in(year).year(year).start else year - 1


def _recorded(options: argparse.Namespace) -> Recorded:
    """What the files hold; the faults of all of them at once."""
    parts: dict[str, tuple[Any, ...]] = {}
    populations: dict[str, Any] = {}
    faults: list[Fault] = []
    for file, part in ((options.file, "posts"), (options.done, "done"), (options.records, "")):
        if not file:
            continue
        try:
            with named(file):
                found = _read(file, part)
        except InputError as error:
            faults += error.faults
            continue
        for name in ("posts", "done", "exemptions", "changes", "events", "thematic"):
            parts[name] = parts.get(name, ()) + getattr(found, name)
        populations |= found.populations
    if faults:
        raise InputError(faults)
    return Recorded(**parts, populations=populations)


def _read(file: str, part: str) -> Recorded:
    with opened(file) as stream:
        data = stream.read()
    if not file.lower().endswith(".csv") or not part:
        return read_recorded(data)
    faults: list[Fault] = []
    lines = list(decoded(io.BytesIO(data), faults))
    if faults:
        raise InputError(faults)
    if part == "posts":
        return Recorded(posts=posts_in_time_from_csv(lines))
    return Recorded(done=done_from_csv(lines))


def _csv(table: Table) -> None:
    print_csv(list(table.columns), table.to_rows())


def _head(plan: YearPlan, remarks: Iterable[str]) -> dict[str, Any]:
    return {
        "framework": plan.context.framework,
        "year": str(plan.year),
        "starts": plan.year.start.isoformat(),
        "ends": plan.year.last.isoformat(),
        "remarks": list(remarks),
    }


def _show_quota(plan: YearPlan, row: str, window: str, options: argparse.Namespace) -> None:
    """The posts that a row asks in a window, each with its quota, as a file of posts has them."""
    auditors, totals = plan.auditors(row, window), plan.totals(row, window)
    number = sum((*plan.quota(row, window).values(), *totals.values()))
    if options.json:
        posts = [_plain_post(post) for post in auditors]
        print_json(
            {"row": row, "window": window, "number": number, "posts": posts, "totals": totals}
        )
    elif options.csv:
        columns = ("id", "role", "team", "reports_to", "quota")
        print_csv(
            columns,
            (
                {**asdict(post, recurse=False), "quota": post.facts.get("quota", "")}
                for post in auditors
            ),
        )
    else:
        print(f"{row} in {window}: {number} to draw")
        for post in auditors:
            if post.role not in totals:
                print(f"  {post.id} ({post.role}): {post.facts.get('quota', 'not stated')}")
        for role, together in totals.items():
            print(f"  the posts of {role} together: {together}")


def _plain_post(post: Post) -> dict[str, Any]:
    """A post as JSON has it; what is not known or not stated is left out."""
    members = {"id": post.id, "role": post.role, "team": post.team, "reports_to": post.reports_to}
    facts = {name: post.facts[name] for name in ("quota",) if name in post.facts}
    return {**{name: value for name, value in members.items() if value}, "facts": facts}


def _show_plan(plan: YearPlan, options: argparse.Namespace) -> None:
    if options.json:
        print_json({**_head(plan, plan.remarks), "dues": plan.to_rows()})
    elif options.csv in ("chase", "rows", "posts"):
        problem = "nothing is said of what was done"
        raise InputError([Fault(path=f"--csv {options.csv}", problem=problem, do="Give --done")])
    elif options.csv:
        _csv(plan.table())
    else:
        print(plan)


def _show_coverage(coverage: Coverage, options: argparse.Namespace) -> None:
    if options.json:
        print_json(
            {
                **_head(coverage.plan, coverage.remarks),
                "on": coverage.on.isoformat(),
                "chase": coverage.chase_table().to_rows(),
                "gates": [
                    {
                        "event": each.event.id,
                        "on": each.event.on.isoformat(),
                        "open": each.open,
                        "missing": list(each.missing),
                    }
                    for each in coverage.gates
                ],
                "rows": coverage.by_row().to_rows(),
                "posts": coverage.by_post().to_rows(),
                "dues": coverage.to_rows(),
            }
        )
    elif options.csv:
        tables = {
            "dues": coverage.table,
            "chase": coverage.chase_table,
            "rows": coverage.by_row,
            "posts": coverage.by_post,
        }
        _csv(tables[options.csv]())
    else:
        print(coverage)
