"""CSV as councils keep it: read strictly, and written so that no cell can act.

A spreadsheet runs a cell that begins like a formula, and a list of ids is what outsiders
can write into. So such a cell is written with an apostrophe before it (OWASP, CSV
injection), and ``csv_rows`` takes that one apostrophe away again: an id that went out
comes back the same. Numbers and dates, which are no text here, are written as they are.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import Enum
from fractions import Fraction
from itertools import chain

from qaf_core.errors import Fault, InputError, nearest

__all__ = ["csv_lines", "csv_rows", "decoded", "safe_cell"]

_ACTS = re.compile("'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
"""What a spreadsheet may run, apostrophes before it or not; the last four are full-width."""

_ESCAPED = re.compile("'+[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")

_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}


def __dir__() -> list[str]:
    return __all__


# --- reading ----------------------------------------------------------------------


def decoded(lines: Iterable[bytes], faults: list[Fault]) -> Iterator[str]:
    """Lines of a file as text. One that is not UTF-8 is a fault, and is left out.

    Args:
        lines: the file, opened for bytes.
        faults: takes what is wrong.
    """
    for number, line in enumerate(lines, 1):
        if number == 1:
            if line.startswith((b"\xff\xfe", b"\xfe\xff")):
                faults.append(
                    Fault(
                        path="(whole text)",
                        problem="it is in UTF-16",
                        do='Save it as "CSV UTF-8"',
                    )
                )
                return
            line = line.removeprefix(b"\xef\xbb\xbf")
        try:
            yield line.decode()
        except UnicodeDecodeError:
            faults.append(
                Fault(
                    path="(whole line)",
                    problem="it is not in UTF-8",
                    do='Save the file as "CSV UTF-8"',
                    line=number,
                )
            )


def csv_rows(
    lines: Iterable[str],
    *,
    needed: Sequence[str],
    known: Sequence[str] = (),
    faults: list[Fault],
) -> tuple[tuple[str, ...], Iterator[tuple[int, dict[str, str]]]]:
    """The columns of a CSV text, and its rows, each with the line it begins on.

    Rows come as they are asked for, so that a long file is never held. A row that is
    ragged is a fault and is left out; blank lines are passed over.

    Args:
        lines: the text, line by line, the line ends kept.
        needed: names of the columns that must be there, exactly so.
        known: names of others that are looked for: a near miss of one is a fault too.
        faults: takes what is wrong with rows, while they are read.

    Raises:
        InputError: there is no heading, a name in it is blank, stands twice or is nearly
            one that is looked for, or a needed one is missing.
    """
    cells = _cells(iter(lines), faults)
    _, heading = next(cells, (0, []))
    columns = tuple(name.removeprefix("\ufeff") for name in heading)
    if not columns and faults:  # what there is could not be read: it is not empty
        raise InputError(faults)
    if wrong := list(_heading_faults(columns, needed, known)):
        raise InputError([*faults, *wrong])
    return columns, _rows(columns, cells, faults)


def _cells(lines: Iterator[str], faults: list[Fault]) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(lines, strict=True)
    while True:
        first = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            faults.append(
                Fault(
                    path="(whole line)",
                    problem="it is no CSV from here on: a quote is left open or stands astray, "
                    "or a line end or a null is inside a cell",
                    do="Export the file again",
                    line=first,
                )
            )
            return
        if row:
            yield first, row


def _heading_faults(
    columns: tuple[str, ...], needed: Sequence[str], known: Sequence[str]
) -> Iterator[Fault]:
    if not columns:
        such = f", such as {','.join(needed)}" if needed else ""
        do = f"Begin it with a line that names the columns{such}"
        yield Fault(path="(heading)", problem="the file is empty", do=do)
        return
    if len(columns) == 1:
        for separator, name in _SEPARATORS.items():
            if separator in columns[0]:
                yield Fault(
                    path="(heading)",
                    problem=f"the columns are parted by {name}",
                    do="Export the file with commas",
                )
                return
    for number, name in enumerate(columns, 1):
        where = f"(heading, column {number})"
        if not name.strip():
            yield Fault(path=where, problem="it has no name", do="Name the column")
        elif name in columns[: number - 1]:
            yield Fault(path=where, problem="its name stands twice", do="Give each its own name")
    looked_for = (*needed, *known)
    spare = {name: number for number, name in enumerate(columns, 1) if name not in looked_for}
    for name in dict.fromkeys(looked_for):
        if name in columns:
            continue
        near = [number for other, number in spare.items() if _near(other, name)]
        if near:
            yield Fault(
                path=f"(heading, column {near[0]})",
                problem=f"perhaps {name} is meant",
                do=f"Write it exactly as {name}, or name the column something else",
            )
        elif name in needed:
            meant = nearest(name, [other for other in known if other in columns])
            yield Fault(
                path="(heading)",
                problem=f"there is no column {name}"
                + (f"; there is one named {meant}" if meant else ""),
                do=f"Name the column that holds it {name}, or ask for another",
            )


def _near(given: str, name: str) -> bool:
    """Whether a column was probably meant to have this name."""
    plain = re.sub(r"[^a-z0-9]+", "_", given.casefold()).strip("_")
    if plain == name or (name == "id" and plain.endswith("_id")):
        return True
    return len(plain) > 3 and bool(nearest(plain, [name]))


def _rows(
    columns: tuple[str, ...], cells: Iterator[tuple[int, list[str]]], faults: list[Fault]
) -> Iterator[tuple[int, dict[str, str]]]:
    for line, row in cells:
        if len(row) != len(columns):
            cells_here = "1 cell" if len(row) == 1 else f"{len(row)} cells"
            faults.append(
                Fault(
                    path="(whole line)",
                    problem=f"it has {cells_here} and the heading {len(columns)}",
                    do="Put text that holds a comma in quotes, and fill in every cell",
                    line=line,
                )
            )
            continue
        yield line, dict(zip(columns, map(_unescaped, row), strict=True))


def _unescaped(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and _ESCAPED.match(cell) else cell


# --- writing ----------------------------------------------------------------------


def safe_cell(value: object) -> str:
    """A value as the text of a cell that a spreadsheet shows and never runs.

    >>> safe_cell("=HYPERLINK(1)"), safe_cell("C-1"), safe_cell(-5), safe_cell("'-5")
    ("'=HYPERLINK(1)", 'C-1', '-5', "''-5")
    """
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case Fraction():
            return str(value.numerator) if value.denominator == 1 else repr(float(value))
        case int() | float():
            return str(value)
        case date():
            return value.isoformat()
        case Enum():
            value = value.value
    text = str(value)
    return f"'{text}" if _ACTS.match(text) else text


def csv_lines(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> Iterator[str]:
    """Rows as lines of CSV, the heading first, each with its line end.

    >>> print(*csv_lines(["id", "post"], [{"id": "-C1", "post": "TM, north"}]), sep="", end="")
    id,post
    '-C1,"TM, north"

    Args:
        columns: names of the columns; a row's other members are left out.
        rows: mappings of plain values; what is missing is a blank cell.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)  # its own line end, \r\n, has it quote cells that hold either
    for row in chain([dict(zip(columns, columns, strict=True))], rows):
        writer.writerow([safe_cell(row.get(name)) for name in columns])
        yield buffer.getvalue().removesuffix("\r\n") + "\n"
        buffer.seek(0)
        buffer.truncate()
