"""Conditions as a command line writes them: one comparison each, no language of its own."""

from __future__ import annotations

import argparse
import re
from typing import Any

from qaf_core.cli.show import the_framework
from qaf_core.cli.tables_in_out import opened
from qaf_core.errors import Fault, InputError, did_you_mean
from qaf_core.interchange.populations import cell_value, ids_from_lines
from qaf_core.interchange.spreadsheets import decoded
from qaf_core.interchange.strict import Wrong
from qaf_core.logic.expressions import Cond, Ref
from qaf_core.logic.values import ID, Kind, Sort
from qaf_core.sampling.frame import Exclusion
from qaf_core.sampling.population import case_kind, case_team, case_worker

__all__ = ["AskedFacts", "add_exclusions"]

_COMPARISON = re.compile(r"([\w.]+)\s*(!=|<=|>=|=|<|>)\s*(.+)")
_FIELDS = {"team": case_team, "worker": case_worker, "kind": case_kind}


def __dir__() -> list[str]:
    return __all__


def add_exclusions(command: argparse.ArgumentParser) -> None:
    """The options that leave cases out."""
    command.add_argument(
        "--exclude",
        nargs=2,
        action="append",
        default=[],
        metavar=("CONDITION", "REASON"),
        help="leave out where surely so: FACT (there is one), FACT=CODE|CODE, FACT<DATE ...",
    )
    command.add_argument(
        "--exclude-ids",
        nargs=2,
        action="append",
        default=[],
        metavar=("FILE", "REASON"),
        help="leave out the ids in a file, one a line",
    )


class AskedFacts:
    """The facts that a command speaks of, each with its kind."""

    def __init__(self) -> None:
        self.declared = {fact.id: fact.ref for fact in the_framework().facts}
        self.used: dict[str, Kind] = {}
        self.fields: set[str] = set()

    def ref(self, name: str) -> Ref:
        """The fact of this name, which is read from now on."""
        name = name.removeprefix("case.")
        if name in _FIELDS:
            self.fields.add(name)
            return _FIELDS[name]
        ref = self.declared.get(name, Ref(name, ID))
        self.used[name] = ref.kind
        return ref

    def exclusions(self, options: argparse.Namespace) -> tuple[Exclusion, ...]:
        """The reasons to leave cases out."""
        found = [
            Exclusion(reason, self.condition(text, f"--exclude {number}"))
            for number, (text, reason) in enumerate(options.exclude, 1)
        ]
        for file, reason in options.exclude_ids:
            faults: list[Fault] = []
            with opened(file) as stream:
                ids = frozenset(ids_from_lines(decoded(stream, faults), faults=faults))
            if faults:
                raise InputError(faults)
            found.append(Exclusion(reason, ids=ids))
        return tuple(found)

    def condition(self, text: str, where: str) -> Cond:
        """A condition as a command line writes it."""
        match = _COMPARISON.fullmatch(text.strip())
        name = match[1] if match else text.strip()
        if not all(part.isidentifier() for part in name.split(".")):
            raise InputError(
                [
                    Fault(
                        path=where,
                        problem="it is no condition",
                        do="Write FACT, FACT=VALUE|VALUE, FACT!=VALUE, or FACT<DATE",
                    )
                ]
            )
        ref = self.ref(name)
        if match is None:
            return ref.answered()
        try:
            return _compared(ref, match[2], match[3].split("|"))
        except Wrong as wrong:
            near = "" if name in (*self.declared, *_FIELDS) else did_you_mean(name, self.declared)
            do = f"{wrong.do}.{near}" if near else wrong.do
            raise InputError([Fault(path=where, problem=wrong.problem, do=do)]) from None


def _compared(ref: Ref, op: str, texts: list[str]) -> Cond:
    values: list[Any] = [cell_value(text.strip(), ref.kind) for text in texts]
    if ref.kind.sort is Sort.CODES:
        values = [each for value in values for each in value]
    if op == "=":
        return ref.in_(values)
    if op == "!=":
        return ~ref.in_(values)
    if not ref.kind.ordered or len(values) != 1:
        raise Wrong("it asks for an order where there is none", "Use = or != with what it is")
    value = values[0]
    found: dict[str, Cond] = {
        "<": ref < value,
        "<=": ref <= value,
        ">": ref > value,
        ">=": ref >= value,
    }
    return found[op]
