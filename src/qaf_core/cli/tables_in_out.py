"""Files that commands read and write: CSV, JSON and plain lists, with progress on long work."""

from __future__ import annotations

import argparse
import re
import sys
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from attrs import evolve, field, frozen

from qaf_core.errors import Fault, InputError
from qaf_core.interchange import parsing
from qaf_core.interchange.populations import (
    Places,
    cases_from_csv,
    cases_from_json,
    ids_from_lines,
    posts_from_csv,
    posts_from_json,
)
from qaf_core.interchange.receipts import read_receipt
from qaf_core.interchange.spreadsheets import csv_lines, decoded
from qaf_core.logic.values import Kind
from qaf_core.sampling.population import Case, Post
from qaf_core.sampling.receipt import Receipt

__all__ = [
    "FORMS",
    "Population",
    "add_progress",
    "form_of",
    "named",
    "opened",
    "print_csv",
    "read_posts",
    "the_receipt",
    "watched",
]

T = TypeVar("T")

FORMS = ("csv", "json", "ids")

EVERY = 100_000
"""Lines between two words of progress."""

_PLACE = re.compile(r"population\[(\d+)\]")


def __dir__() -> list[str]:
    return __all__


def opened(file: str) -> AbstractContextManager[BinaryIO]:
    """A file for its bytes; - for standard input."""
    return nullcontext(sys.stdin.buffer) if file == "-" else Path(file).open("rb")


@contextmanager
def named(file: str) -> Iterator[None]:
    """Adds the name of the file to each of its faults, for a command that reads several."""
    try:
        yield
    except InputError as error:
        name = "standard input" if file == "-" else Path(file).name
        raise InputError(
            evolve(each, path=f"{name}, {each.path}") for each in error.faults
        ) from None


def add_progress(command: argparse.ArgumentParser) -> None:
    """The option to say on standard error how far long work has come."""
    command.add_argument(
        "--progress",
        action=argparse.BooleanOptionalAction,
        default=None,
        help="say on standard error how far it is (default: where that is a screen)",
    )


def watched(things: Iterable[T], what: str, *, wanted: bool | None) -> Iterator[T]:
    """The same things, with a word on standard error every so often."""
    if not (sys.stderr.isatty() if wanted is None else wanted):
        yield from things
        return
    number = 0
    for number, thing in enumerate(things, 1):
        if number % EVERY == 0:
            print(f"{number:,} {what} read", file=sys.stderr, flush=True)
        yield thing
    print(f"{number:,} {what} read: all", file=sys.stderr, flush=True)


def print_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    """Rows as CSV, in which no cell can act as a formula."""
    for line in csv_lines(columns, rows):
        print(line, end="")


@frozen(eq=False)
class Population:
    """A file that holds cases, read as it is drawn from.

    By its name, where it is not said: ``.csv``, ``.json``, or else a list of ids, one a line.

    Attributes:
        file: the file, or - for standard input.
        facts: the facts to read, each with its kind.
        needed: which of ``kind``, ``team`` and ``worker`` every case must have a column for.
        progress: whether to say how far it is; None where standard error is a screen.
        form: ``csv``, ``json`` or ``ids``; "" to go by the name.
    """

    file: str
    facts: Mapping[str, Kind]
    needed: tuple[str, ...] = ()
    progress: bool | None = None
    form: str = ""
    _places: Places = field(init=False, factory=lambda: array("Q"))

    def cases(self) -> Iterator[str | Case]:
        """The cases; at their end every fault of the file at once.

        Raises:
            InputError: the file has faults.
        """
        faults: list[Fault] = []
        with opened(self.file) as stream:
            yield from watched(self._read(stream, faults), "cases", wanted=self.progress)
        if faults:
            raise InputError(faults)

    def _read(self, stream: BinaryIO, faults: list[Fault]) -> Iterator[str | Case]:
        form = self.form or form_of(self.file)
        if form == "json":
            yield from cases_from_json(stream.read(), facts=self.facts, faults=faults)
        elif form == "csv":
            yield from cases_from_csv(
                decoded(stream, faults),
                facts=self.facts,
                needed=self.needed,
                faults=faults,
                places=self._places,
            )
        else:
            yield from ids_from_lines(decoded(stream, faults), faults=faults, places=self._places)

    def placed(self, error: InputError) -> InputError:
        """The error with each fault at the line of the file that it is about."""
        return InputError(map(self._placed, error.faults))

    def _placed(self, fault: Fault) -> Fault:
        if not (found := _PLACE.match(fault.path)):
            return fault
        index = int(found[1])
        problem = _PLACE.sub(lambda other: self._name(int(other[1])), fault.problem)
        rest = fault.path[found.end() :].lstrip(".")
        if index < len(self._places):
            line = self._places[index]
            return evolve(fault, path=rest or "(whole line)", problem=problem, line=line)
        return evolve(fault, path=f"[{index}].{rest}", problem=problem)

    def _name(self, index: int) -> str:
        return f"line {self._places[index]}" if index < len(self._places) else f"[{index}]"


def form_of(file: str) -> str:
    """What a file holds, by its name: ``csv``, ``json`` or else ``ids``."""
    end = file.lower().rpartition(".")[2]
    return end if end in ("csv", "json") else "ids"


def read_posts(file: str, facts: Mapping[str, Kind]) -> tuple[Post, ...]:
    """Posts from a file ``.csv`` or ``.json``.

    Raises:
        InputError: the file has faults; every one at once.
    """
    faults: list[Fault] = []
    with opened(file) as stream:
        if file.lower().endswith(".json"):
            posts = posts_from_json(stream.read(), facts=facts, faults=faults)
        else:
            posts = tuple(posts_from_csv(decoded(stream, faults), facts=facts, faults=faults))
    if faults:
        raise InputError(faults)
    return posts


def the_receipt(file: str) -> Receipt:
    """The receipt in a file that ``qaf draw --receipt`` or ``--json`` wrote.

    Raises:
        InputError: it is none.
    """
    with opened(file) as stream:
        source = stream.read()
    plain = parsing.parse(source).value
    if isinstance(plain, dict) and isinstance(plain.get("receipt"), dict):
        return read_receipt(plain["receipt"])
    return read_receipt(source)
