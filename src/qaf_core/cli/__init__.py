"""``qaf``: a thin command line over the library."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from qaf_core.cli.commands import parser
from qaf_core.errors import InputError, QafError

__all__ = ["main"]

BAD_INPUT = 2


def __dir__() -> list[str]:
    return __all__


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit status.

    0: done. 1: a receipt does not hold, or a check found something wrong. 2: something was
    wrong with the input.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    options = parser().parse_args(arguments)
    try:
        status: int = options.run(options)
    except InputError as error:
        print(error, file=sys.stderr)
        return BAD_INPUT
    except QafError as error:
        print(f"qaf: {error}", file=sys.stderr)
        return BAD_INPUT
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0
        print(f"qaf: {error.filename}: {error.strerror}.", file=sys.stderr)
        return BAD_INPUT
    return status
