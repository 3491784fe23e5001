"""The command that says how far auditors and moderators agree."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from attrs import asdict

from qaf_core.cli.show import print_json, the_framework
from qaf_core.errors import Fault, InputError, UnknownIdError
from qaf_core.interchange.pairs import pairs_from_csv
from qaf_core.interchange.spreadsheets import decoded
from qaf_core.moderation import (
    Agreement,
    Arm,
    Pair,
    agreement,
    agreement_by_auditor,
    agreement_by_section,
)
from qaf_core.moderation.coefficients import CONFIDENCE
from qaf_core.moderation.pairs import OVERALL
from qaf_core.moderation.proportions import as_proportion
from qaf_core.scales import GRADES, Scale

__all__ = ["add_agreement"]

_ARMS = {
    "random": (Arm.RANDOM,),
    "triggered": (Arm.TRIGGERED,),
    "pooled": (Arm.RANDOM, Arm.TRIGGERED),
}


def __dir__() -> list[str]:
    return __all__


def add_agreement(commands: Any) -> None:
    """Add the command to a command line.

    Args:
        commands: what ``ArgumentParser.add_subparsers`` gave.
    """
    command = commands.add_parser(
        "agreement", help="say how far auditors and moderators agree, from pairs of grades"
    )
    command.add_argument(
        "file",
        help="CSV with the columns auditor and moderator, and where known arm, probability, "
        "draw_probability, blind, section, case, post, auditor_safe, moderator_safe; - for "
        "standard input",
    )
    command.add_argument(
        "--arm",
        choices=sorted(_ARMS),
        default="random",
        help="the arm to rest on; pooled weights each pair by its probability (default: random)",
    )
    command.add_argument(
        "--seen", action="store_true", help="count pairs that were not blind as well"
    )
    command.add_argument(
        "--scale", default=GRADES.id, help=f"id of the scale (default: {GRADES.id})"
    )
    command.add_argument(
        "--confidence",
        default=CONFIDENCE,
        type=_confidence,
        metavar="SHARE",
        help="of the intervals, such as 99%% (default: 95%%)",
    )
    what = command.add_mutually_exclusive_group()
    what.add_argument("--section", default=OVERALL, help="id of the judgement (default: overall)")
    what.add_argument("--by-section", action="store_true", help="every judgement in turn")
    what.add_argument(
        "--by-auditor",
        action="store_true",
        help="each auditor of the overall grade: staff data, held back where pairs are few",
    )
    command.add_argument("--json", action="store_true", help="print JSON")
    command.set_defaults(run=_agreement)


def _confidence(text: str) -> Any:
    try:
        share = as_proportion(text)
    except ValueError:
        share = None
    if not share or share == 1:
        raise argparse.ArgumentTypeError("write a share between 0 and 1, such as 95% or 0.95")
    return share


def _pairs(file: str, scale: Scale) -> list[Pair]:
    faults: list[Fault] = []
    content = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    lines = list(decoded(content.splitlines(keepends=True), faults))
    if faults:
        raise InputError(faults)
    return pairs_from_csv(lines, scale=scale)


def _scale(id: str) -> Scale:
    scales = {each.id: each for each in the_framework().scales}
    if id not in scales:
        raise UnknownIdError("scale", id, scales)
    return scales[id]


def _agreement(options: argparse.Namespace) -> int:
    scale = _scale(options.scale)
    pairs = _pairs(options.file, scale)
    sections = sorted({pair.section for pair in pairs})
    if options.section not in sections and not (options.by_section or options.by_auditor):
        raise InputError(
            [
                Fault(
                    path="--section",
                    problem="no pair of the file is of it",
                    do=f"Use one of {', '.join(sections)}",
                )
            ]
        )
    how: dict[str, Any] = {
        "scale": scale,
        "arms": _ARMS[options.arm],
        "seen": options.seen,
        "confidence": options.confidence,
    }
    if options.by_auditor:
        return _by_auditor(pairs, how, as_json=options.json)
    if options.by_section:
        found: Iterable[Agreement] = agreement_by_section(pairs, **how).values()
    else:
        found = [agreement(pairs, section=options.section, **how)]
    if options.json:
        print_json([_plain(each) for each in found] if options.by_section else _plain(*found))
    else:
        print(*found, sep="\n\n")
    return 0


def _by_auditor(pairs: list[Pair], how: dict[str, Any], *, as_json: bool) -> int:
    staff = agreement_by_auditor(pairs, **how)
    if as_json:
        print_json(staff.to_rows())
        return 0
    print(staff)
    for post, figures in staff.posts.items():
        if isinstance(figures, Agreement):
            print(f"\n{post}", *(f"  {result}" for result in figures.results[:4]), sep="\n")
        else:
            print(f"\n{post}\n  held back")
    return 0


def _plain(found: Agreement) -> dict[str, Any]:
    return {
        "summary": found.summary,
        "pairs": found.n,
        "figures": found.to_rows(),
        "grades": found.grade_rows(),
        "safety": [asdict(each) for each in found.safety],
        "left_out": asdict(found.left_out),
        "notes": list(found.notes),
    }
