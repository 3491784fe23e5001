"""``qaf quarter``: a whole quarter of an invented council, told as a story."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from qaf_core.cli.show import print_json, the_framework
from qaf_core.quarter import SEED, files_of, run_quarter, story, to_plain

__all__ = ["add_quarter"]


def __dir__() -> list[str]:
    return __all__


def add_quarter(commands: Any) -> None:
    """Add the command to a command line.

    Args:
        commands: what ``ArgumentParser.add_subparsers`` gave.
    """
    command = commands.add_parser(
        "quarter",
        help="run a whole quarter of an invented council, from plan to quarterly report",
        description="Run a whole quarter of an invented council, with every service whose plugin "
        "is installed, and tell it as a story. The same seed gives the same story.",
    )
    command.add_argument(
        "--seed", default=SEED, help="what stands in for chance (default: %(default)s)"
    )
    command.add_argument(
        "--year",
        type=int,
        default=2016,
        metavar="YEAR",
        help="year the programme year starts in (default: %(default)s)",
    )
    command.add_argument(
        "--quarter",
        type=int,
        default=1,
        metavar="NUMBER",
        help="quarter of the programme year, 1 to 4 (default: %(default)s)",
    )
    command.add_argument(
        "--teams",
        type=int,
        default=3,
        metavar="NUMBER",
        help="teams in each service area of the base (default: %(default)s)",
    )
    command.add_argument("--json", action="store_true", help="print JSON")
    command.add_argument(
        "--out",
        metavar="DIR",
        help="write the story, the JSON, the report, audits, receipts and histories to a directory",
    )
    command.set_defaults(run=_quarter)


def _quarter(options: argparse.Namespace) -> int:
    quarter = run_quarter(
        the_framework(),
        seed=options.seed,
        year=options.year,
        quarter=options.quarter,
        teams=options.teams,
    )
    if options.out:
        for name, text in files_of(quarter).items():
            path = Path(options.out, *name.split("/"))
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
    if options.json:
        print_json(to_plain(quarter))
    else:
        print(story(quarter), end="")
    return 0
