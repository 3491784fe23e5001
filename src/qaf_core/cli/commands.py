"""The commands and what each prints."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from qaf_core.cli.agreeing import add_agreement
from qaf_core.cli.allocating import add_allocate
from qaf_core.cli.check import add_check
from qaf_core.cli.plan import add_plan
from qaf_core.cli.quarter import add_quarter
from qaf_core.cli.sampling import add_sampling
from qaf_core.cli.show import a_day, add_show, print_json, the_framework
from qaf_core.errors import Fault, InputError
from qaf_core.examples import EXAMPLES, example
from qaf_core.framework import Framework
from qaf_core.interchange import (
    escalations_to_plain,
    faults_to_plain,
    read_audit,
    read_audits,
    review_to_plain,
)
from qaf_core.plugins import installed, load_framework
from qaf_core.review import Review

__all__ = ["parser"]

DEMO_DAY = date(2016, 3, 1)


def __dir__() -> list[str]:
    return __all__


def parser() -> argparse.ArgumentParser:
    """The command line, with its help."""
    main = argparse.ArgumentParser(
        prog="qaf",
        description="Quality assurance of children's services: what follows from an audit, and why.",
    )
    main.add_argument("--version", action="version", version=f"qaf-core {version('qaf-core')}")
    commands = main.add_subparsers(title="commands", required=True, metavar="COMMAND")

    review = commands.add_parser("review", help="say what follows from an audit, and why")
    review.add_argument(
        "file", help="audit as JSON; many as .jsonl, one a line; - for standard input"
    )
    review.add_argument(
        "--on", type=a_day, default=None, metavar="DATE", help="day of the review (default: today)"
    )
    review.add_argument("--lines", action="store_true", help="the file holds one audit a line")
    review.add_argument("--json", action="store_true", help="print JSON")
    review.add_argument("--explain", action="store_true", help="print the proof of every finding")
    review.set_defaults(run=_review)

    add_check(commands)
    add_show(commands)
    add_plan(commands)
    add_sampling(commands)
    add_allocate(commands)
    add_agreement(commands)
    add_quarter(commands)

    plugins = commands.add_parser(
        "plugins", help="list what is installed, what it adds, and faults"
    )
    plugins.set_defaults(run=_plugins)

    show = commands.add_parser("example", help="print an example audit, or list them")
    show.add_argument("name", nargs="?", help="name of the example")
    show.set_defaults(run=_example)

    demo = commands.add_parser("demo", help="review the example audits one after the other")
    demo.set_defaults(run=_demo)
    return main


def _source(file: str) -> bytes:
    return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()


def _is_json(source: bytes) -> bool:
    """Whether it is JSON as it stands: for a hint, never to read by."""
    try:
        json.loads(source)
    except (ValueError, RecursionError):
        return False
    return True


def _failed(error: InputError) -> dict[str, Any]:
    return {
        "complete": False,
        "escalations": escalations_to_plain(error.urgent),
        "unsettled_escalations": escalations_to_plain(error.unsettled),
        "findings": [],
        "unsettled": [],
        "faults": faults_to_plain(error.faults),
    }


def _show(review: Review, *, explain: bool) -> None:
    print(review)
    if explain:
        for finding in (*review.findings, *review.unsettled):
            about = f" {finding.about}" if finding.about else ""
            print(f"\n{finding.rule.id}{about} [{finding.grounds}]\n{finding.proof}")


def _review(options: argparse.Namespace) -> int:
    on = options.on or date.today()
    framework = the_framework()
    source = _source(options.file)
    if options.lines or options.file.lower().endswith(".jsonl"):
        return _review_many(source, framework, on, options)
    try:
        review = framework.review(read_audit(source, framework, on=on), on=on)
    except InputError as error:
        if not options.json:
            print(f"{options.file} cannot be read whole.", file=sys.stderr)
            first, more, _ = source.strip().partition(b"\n")
            if more and _is_json(first):
                say = "It looks like many audits, one a line: name it .jsonl, or give --lines."
                print(say, file=sys.stderr)
            print(file=sys.stderr)
            raise
        print_json(_failed(error))
        return 2
    if options.json:
        print_json(review_to_plain(review))
    else:
        _show(review, explain=options.explain)
    return 0


def _review_many(source: bytes, framework: Framework, on: date, options: argparse.Namespace) -> int:
    batch = read_audits(source, framework, on=on)
    reviews = framework.review_all(batch.audits, on=on)
    faults = (*batch.faults, *reviews.faults)
    if not batch.audits and not faults:
        faults = (Fault(path=options.file, problem="it holds no audit", do="Check the export"),)
    urgent = (*batch.urgent, *reviews.escalations)
    unsettled = (*batch.unsettled, *reviews.unsettled_escalations)
    if options.json:
        print_json(
            {
                "escalations": escalations_to_plain(urgent),
                "unsettled_escalations": escalations_to_plain(unsettled),
                "reviews": [review_to_plain(review) for review in reviews],
                "faults": faults_to_plain(faults),
            }
        )
        return 2 if faults else 0
    if faults and _is_json(source) and len(source.strip().splitlines()) > 1:
        print(
            f"{options.file} looks like one JSON text over many lines, and is read here as many, "
            "one a line.\nWhere it is one audit, give it without --lines, in a file named .json.\n",
            file=sys.stderr,
        )
    for call in (*batch.urgent, *batch.unsettled):
        print(f"{call}\n")
    for review in reviews:
        _show(review, explain=options.explain)
        print()
    if faults:
        raise InputError(faults)
    return 0


def _plugins(_: argparse.Namespace) -> int:
    framework = load_framework(strict=False)
    found = installed()
    print(f"base: {framework.base.id} {framework.base.version}: {framework.base.title}")
    print(f"{len(found) or 'no'} plugin{'' if len(found) == 1 else 's'} installed")
    for addition in framework.additions:
        print(f"\n{addition.id} {addition.version}: {addition.title}")
        if addition.requires:
            print(f"  written for {addition.requires}")
        for what, ids in addition.ids().items():
            if ids:
                print(f"  {what}: {', '.join(ids)}")
    for fault in framework.faults:
        print(f"\nleft out: {fault.plugin}")
        for reason in fault.reasons:
            print(f"  {reason}")
    return 2 if framework.faults else 0


def _example(options: argparse.Namespace) -> int:
    if options.name is None:
        for name, point in EXAMPLES.items():
            print(f"{name:34}{point}")
    else:
        print(example(options.name), end="")
    return 0


def _demo(_: argparse.Namespace) -> int:
    framework = the_framework()
    print(f"{framework.base.title}, reviewed on {DEMO_DAY}.")
    for name, point in EXAMPLES.items():
        print(f"\n{'-' * 78}\n{name}: {point}\n")
        try:
            print(framework.review(read_audit(example(name), framework), on=DEMO_DAY))
        except InputError as error:
            print(error)
    return 0
