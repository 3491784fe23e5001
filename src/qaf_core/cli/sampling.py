"""``qaf draw`` and ``qaf verify``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any, BinaryIO

from qaf_core.cli.conditions import AskedFacts, add_exclusions
from qaf_core.cli.plan import year_of
from qaf_core.cli.show import print_json, the_framework
from qaf_core.cli.tables_in_out import (
    FORMS,
    Population,
    add_progress,
    form_of,
    opened,
    print_csv,
    the_receipt,
    watched,
)
from qaf_core.errors import Fault, InputError, UnknownIdError
from qaf_core.interchange.receipts import receipt_to_plain, write_receipt
from qaf_core.interchange.spreadsheets import decoded
from qaf_core.logic.values import COUNT
from qaf_core.sampling.checks import IdCheck, SampleQuery, none_meeting
from qaf_core.sampling.draw import draw, freeze
from qaf_core.sampling.frame import FrozenList
from qaf_core.sampling.population import Case
from qaf_core.sampling.programme import Programme
from qaf_core.sampling.programme.mix import draw_notes
from qaf_core.sampling.receipt import Receipt
from qaf_core.sampling.sizes import Rolling, Share, Size
from qaf_core.sampling.strata import FIXED, LARGEST_REMAINDER, METHODS, Strata
from qaf_core.sampling.verify import verify, verify_lines

__all__ = ["add_sampling"]

DOES_NOT_HOLD = 1


def __dir__() -> list[str]:
    return __all__


def add_sampling(commands: Any) -> None:
    """Add the commands to a command line.

    Args:
        commands: what ``ArgumentParser.add_subparsers`` gave.
    """
    command = commands.add_parser(
        "draw",
        help="draw a sample that anyone can draw again, with a receipt",
        description="Draw a sample that anyone can draw again. The list is .csv with a column "
        "id, .json, or else one id a line; - is standard input.",
    )
    command.add_argument("file", help="the cases to draw from")
    _add_form(command)
    how_many = command.add_mutually_exclusive_group()
    how_many.add_argument("--size", type=int, metavar="N", help="how many")
    how_many.add_argument(
        "--per-cent", type=_exact, metavar="P", help="a share of the eligible cases"
    )
    how_many.add_argument(
        "--rolling", type=_exact, metavar="P", help="a share of the cases as they come in"
    )
    command.add_argument("--at-least", type=int, default=0, metavar="N", help="with --per-cent")
    command.add_argument("--at-most", type=int, metavar="N", help="with --per-cent")
    command.add_argument("--seed", help="the seed, drawn after the list was frozen")
    command.add_argument("--seed-drawn", default="", help="how and when, for the receipt")
    command.add_argument("--scope", help="what for and when, such as 2026-Q1/audit")
    command.add_argument(
        "--by", action="append", default=[], metavar="NAME", help="divide by team, worker or a fact"
    )
    command.add_argument(
        "--method",
        choices=METHODS,
        help="how the parts share the places (default: largest_remainder)",
    )
    for name, help in (
        ("floor", "from each part at least"),
        ("cap", "from each part at most"),
        ("fixed", "from each part exactly"),
    ):
        command.add_argument(
            f"--{name}",
            action="append",
            type=_bound,
            default=[],
            metavar="N|PART=N",
            help=f"{help}, or from the one that is named",
        )
    command.add_argument("--weight", default="", metavar="FACT", help="raffle tickets of a case")
    add_exclusions(command)
    command.add_argument(
        "--expect",
        action="append",
        default=[],
        metavar="CONDITION",
        help="say so where no chosen case surely meets it",
    )
    command.add_argument(
        "--row",
        default="",
        metavar="ROW",
        help="row of the programme it is drawn for: say so where the sample lacks what that row wants",
    )
    command.add_argument(
        "--reserves", type=int, default=0, metavar="N", help="next in line, a part"
    )
    command.add_argument("--freeze", action="store_true", help="print the list's digest; draw none")
    command.add_argument("--frozen", default="", metavar="DIGEST", help="refuse any other list")
    command.add_argument("--receipt", metavar="FILE", help="write the receipt to a file")
    command.add_argument("--listing", metavar="FILE", help="write the frozen list to a file")
    shown = command.add_mutually_exclusive_group()
    shown.add_argument("--json", action="store_true", help="print JSON")
    shown.add_argument("--csv", action="store_true", help="print CSV, a row a case")
    add_progress(command)
    command.set_defaults(run=_draw)

    command = commands.add_parser(
        "verify",
        help="draw again what a receipt says was drawn, and name every difference",
        description="Draw again and name every difference. The exit status is 1 where the "
        "receipt does not hold.",
    )
    command.add_argument("receipt", help="what qaf draw --receipt or --json wrote")
    command.add_argument("file", help="the cases, or the frozen list that qaf draw --listing wrote")
    _add_form(command)
    add_exclusions(command)
    command.add_argument("--json", action="store_true", help="print JSON")
    add_progress(command)
    command.set_defaults(run=_verify)


def _add_form(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--form", choices=FORMS, default="", help="what the file holds (default: by its name)"
    )


# --- what is asked ----------------------------------------------------------------


def _exact(text: str) -> Fraction:
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        raise argparse.ArgumentTypeError("write a number, such as 20 or 12.5") from None


def _bound(text: str) -> tuple[str, int]:
    name, _, number = text.rpartition("=")
    if not number.isascii() or not number.isdecimal():
        raise argparse.ArgumentTypeError("write a whole number, or PART=NUMBER")
    return name, int(number)


def _bounds(given: list[tuple[str, int]], name: str) -> int | dict[str, int] | None:
    """One number for all, or one for each that is named."""
    if not given:
        return None
    if len(given) == 1 and not given[0][0]:
        return given[0][1]
    named = dict(given)
    if "" in named or len(named) != len(given):
        raise InputError(
            [
                Fault(
                    path=f"--{name}",
                    problem="it is given for all and for some, or twice for one",
                    do=f"Give one --{name} N, or --{name} PART=N once for each part",
                )
            ]
        )
    return named


def _size(options: argparse.Namespace) -> Size | None:
    if options.per_cent is not None:
        return Share(options.per_cent, at_least=options.at_least, at_most=options.at_most)
    if options.at_least or options.at_most is not None:
        raise InputError(
            [
                Fault(
                    path="--at-least, --at-most",
                    problem="they go with --per-cent",
                    do="Give --per-cent too, or leave them out",
                )
            ]
        )
    if options.rolling is not None:
        return Rolling(options.rolling)
    return options.size  # type: ignore[no-any-return]


def _strata(options: argparse.Namespace) -> Strata | None:
    bounds = {name: _bounds(getattr(options, name), name) for name in ("floor", "cap", "fixed")}
    if not options.by:
        if options.method or any(bound is not None for bound in bounds.values()):
            raise InputError(
                [
                    Fault(
                        path="--by",
                        problem="it is missing, and --method, --floor, --cap and --fixed go with it",
                        do="Say what divides the draw, such as --by team",
                    )
                ]
            )
        return None
    default = LARGEST_REMAINDER if bounds["fixed"] is None else FIXED
    return Strata(
        by=options.by,
        method=options.method or default,
        floor=bounds["floor"] or 0,
        cap=bounds["cap"],
        fixed=bounds["fixed"],
    )


# --- drawing ----------------------------------------------------------------------


def _draw(options: argparse.Namespace) -> int:
    facts = AskedFacts()
    strata = _strata(options)
    for name in options.by:
        facts.ref(name)
    if options.weight:
        facts.used[options.weight] = COUNT
    exclude = facts.exclusions(options)
    expected = [
        facts.condition(text, f"--expect {number}") for number, text in enumerate(options.expect, 1)
    ]
    programme = _programme(options.row, facts) if options.row else None
    size = _size(options)
    population = Population(
        options.file, facts.used, tuple(sorted(facts.fields)), options.progress, options.form
    )
    ids = IdCheck()
    for option in ("receipt", "listing"):
        file = getattr(options, option)
        if file and Path(file).exists():
            raise InputError(
                [
                    Fault(
                        path=f"--{option}",
                        problem="the file is there already, and is evidence",
                        do="Give another name, or move it away",
                    )
                ]
            )
    with ExitStack() as files:
        listing = None
        if options.listing:
            listing = files.enter_context(_whole_or_gone(Path(options.listing))).write
        try:
            if options.freeze:
                _show_frozen(
                    freeze(
                        ids.watch(population.cases()),
                        strata=strata,
                        weight=options.weight,
                        exclude=exclude,
                        listing=listing,
                    ),
                    options,
                )
                return 0
            drawn = draw(
                ids.watch(population.cases()),
                size,
                seed=options.seed or "",
                scope=options.scope or "",
                seed_drawn=options.seed_drawn,
                strata=strata,
                weight=options.weight,
                exclude=exclude,
                reserves=options.reserves,
                frozen=options.frozen,
                listing=listing,
            )
        except InputError as error:
            raise population.placed(error) from None
    chosen = [Case(id=each) if isinstance(each, str) else each for each in drawn.chosen]
    missed = [query for when in expected if (query := none_meeting(chosen, when))]
    queries = [*ids.queries(), *missed]
    if programme:
        queries += _wanted_by(programme, options.row, chosen, drawn.receipt.scope)
    for query in queries:
        print(query, file=sys.stderr)
    receipt = drawn.receipt
    if options.receipt:
        Path(options.receipt).write_text(write_receipt(receipt), encoding="utf-8")
    if options.json:
        print_json(
            {
                "chosen": list(receipt.chosen),
                "queries": [{"id": each.id, "statement": each.statement} for each in queries],
                "reserves": list(receipt.reserves),
                "excluded": [{"id": each.id, "reason": each.reason} for each in drawn.excluded],
                "receipt": receipt_to_plain(receipt),
            }
        )
    elif options.csv:
        print_csv(("id", "stratum", "place", "standing", "reason"), receipt.to_rows())
    else:
        print(receipt)
        _print_ids(receipt)
    return 0


def _programme(row: str, facts: AskedFacts) -> Programme:
    """The programme in force; what its rows want to know of a case is read from now on.

    Raises:
        UnknownIdError: it has no such row.
    """
    framework = the_framework()
    programme = framework.programme_in(year_of(framework, date.today()))
    known = {each.id for each in programme.units}
    if row not in known:
        raise UnknownIdError("row of the programme", row, known)
    facts.ref("team")
    facts.ref("case_status")
    return programme


def _wanted_by(
    programme: Programme, row: str, chosen: Iterable[Case], scope: str
) -> Iterator[SampleQuery]:
    """What a row of the programme wants of a sample, team by team, and is not there."""
    for note in draw_notes(programme, chosen, when=scope):
        if note.row == row:
            yield SampleQuery(
                id=f"programme.{row}",
                statement=note.text,
                source=note.source,
                standing=note.standing,
            )


@contextmanager
def _whole_or_gone(file: Path) -> Iterator[BinaryIO]:
    """A file to write, which goes again where something goes wrong meanwhile."""
    try:
        with file.open("xb") as stream:
            yield stream
    except BaseException:
        file.unlink(missing_ok=True)
        raise


def _show_frozen(frozen: FrozenList, options: argparse.Namespace) -> None:
    if options.json:
        print_json(
            {
                "count": frozen.count,
                "sha256": frozen.sha256,
                "order": frozen.order,
                "columns": list(frozen.columns),
                "compared": frozen.compared,
            }
        )
    else:
        print(f"{frozen.count:,} lines ({', '.join(frozen.columns)}), {frozen.order}")
        print(frozen.sha256)


def _print_ids(receipt: Receipt) -> None:
    for heading, standing in (("Chosen", "chosen"), ("Reserves, in order", "reserve")):
        rows = [row for row in receipt.to_rows() if row["standing"] == standing]
        if rows:
            print(f"\n{heading}:")
        for row in rows:
            print(f"  {row['id']}" + (f" ({row['stratum']})" if row["stratum"] else ""))


# --- verifying --------------------------------------------------------------------


def _verify(options: argparse.Namespace) -> int:
    receipt = the_receipt(options.receipt)
    listed = (options.form or form_of(options.file)) == "ids"
    if listed and len(receipt.population.columns) > 1:
        with opened(options.file) as stream:
            lines = watched(_text_lines(stream), "lines", wanted=options.progress)
            result = verify_lines(receipt, lines)
    else:
        facts = AskedFacts()
        for name in receipt.strata.by if receipt.strata else ():
            facts.ref(name)
        if receipt.weight:
            facts.used[receipt.weight] = COUNT
        exclude = facts.exclusions(options)
        population = Population(
            options.file, facts.used, tuple(sorted(facts.fields)), options.progress, options.form
        )
        try:
            result = verify(receipt, population.cases(), exclude=exclude)
        except InputError as error:
            raise population.placed(error) from None
    if options.json:
        print_json(
            {
                "holds": result.holds,
                "differences": result.to_rows(),
                "notes": list(result.notes),
            }
        )
    else:
        print(result)
    return 0 if result.holds else DOES_NOT_HOLD


def _text_lines(stream: Iterable[bytes]) -> Iterator[str]:
    faults: list[Fault] = []
    yield from decoded(stream, faults)
    if faults:
        raise InputError(faults)
