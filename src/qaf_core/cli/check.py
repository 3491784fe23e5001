"""``qaf check``: what is wrong with the framework, and whether its laws hold."""

from __future__ import annotations

import argparse
from pathlib import Path
from time import perf_counter
from typing import Any

from qaf_core.checking import Check, Counterexample
from qaf_core.cli.show import print_json, the_framework
from qaf_core.interchange import write_audit

__all__ = ["NOT_SOUND", "add_check"]

NOT_SOUND = 1
"""The status where something is wrong with the framework, or could not be decided."""


def __dir__() -> list[str]:
    return __all__


def add_check(commands: Any) -> None:
    """Add the command to a command line.

    Args:
        commands: what ``ArgumentParser.add_subparsers`` gave.
    """
    check = commands.add_parser(
        "check", help="decide the framework's laws, and find what is wrong with it"
    )
    check.add_argument("--json", action="store_true", help="print JSON")
    check.add_argument(
        "--out",
        metavar="DIR",
        type=Path,
        help="folder for the audits that break a law, one file each, for qaf review",
    )
    check.add_argument(
        "--budget",
        type=_budget,
        default=None,
        metavar="CASES",
        help="how many cases one question may take",
    )
    check.set_defaults(run=_check)


def _budget(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError("write a whole number of 1 or more")
    return int(text)


def _check(options: argparse.Namespace) -> int:
    framework = the_framework()
    start = perf_counter()
    check = framework.check() if options.budget is None else framework.check(budget=options.budget)
    seconds = perf_counter() - start
    files = _write(check, options.out)
    if options.json:
        print_json(
            {
                "framework": check.framework,
                "sound": check.sound,
                "cases": check.cases,
                "seconds": round(seconds, 2),
                "departures": list(check.departures),
                "left_out": [fault.plugin for fault in framework.faults],
                "rows": check.to_rows(),
                "counterexamples": files,
            }
        )
    else:
        print(check)
        for each in files:
            print(f"\n{each['law']} is broken by {each['file']}: see it with")
            print(f"  qaf review {each['file']} --on {each['on']}")
        print(f"\n{check.cases} cases decided in {seconds:.1f} seconds.")
    return 0 if check.sound and not framework.faults else NOT_SOUND


def _write(check: Check, folder: Path | None) -> list[dict[str, str]]:
    """The audits that break a law, each as a file where there is a folder for them."""
    found: list[tuple[str, Counterexample]] = [
        (each.law.id, each.counterexample) for each in check.broken if each.counterexample
    ]
    if folder is None:
        return []
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for law, example in found:
        file = folder / f"{law}.json"
        file.write_text(write_audit(example.audit), encoding="utf-8")
        files.append({"law": law, "file": str(file), "on": example.on.isoformat()})
    return files
