"""Pairs of grades from CSV: read strictly, every fault with its line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from qaf_core.errors import DefinitionError, Fault, InputError
from qaf_core.interchange.spreadsheets import csv_rows
from qaf_core.moderation.faults import unknown
from qaf_core.moderation.pairs import NOT_APPLICABLE, OVERALL, Arm, Pair
from qaf_core.moderation.proportions import as_proportion
from qaf_core.scales import GRADES, Scale

__all__ = ["pairs_from_csv"]

_NEEDED = ("auditor", "moderator")
_KNOWN = (
    "arm",
    "probability",
    "draw_probability",
    "blind",
    "section",
    "case",
    "post",
    "auditor_safe",
    "moderator_safe",
)
_WORDS = {"yes": True, "true": True, "no": False, "false": False, "": None}
_SAFE = ("safe", "unsafe", "cannot_tell", "")


def __dir__() -> list[str]:
    return __all__


def pairs_from_csv(lines: Iterable[str], *, scale: Scale = GRADES) -> list[Pair]:
    """Pairs of grades, one a row.

    Columns: ``auditor`` and ``moderator``, codes of the scale, ``not_applicable``, or
    blank where no grade was given. Where they are there also ``arm`` (random, triggered),
    ``probability`` and ``draw_probability`` (such as 0.1, 10 % or 1/10), ``blind`` (yes,
    no), ``section``, ``case``, ``post`` (the auditor's, an id), ``auditor_safe`` and
    ``moderator_safe`` (safe, unsafe, cannot_tell). A blank cell is not known. No other
    column is read.

    Args:
        lines: the text, line by line, the line ends kept.
        scale: the scale of the grades.

    Raises:
        InputError: a column is missing, or a cell cannot be read. Every fault is named, by
            line and column, and no value is repeated.
    """
    faults: list[Fault] = []
    _, rows = csv_rows(lines, needed=_NEEDED, known=_KNOWN, faults=faults)
    pairs = [_pair(row, line, scale, faults) for line, row in rows]
    if not pairs and not faults:
        faults.append(Fault(path="(whole text)", problem="it holds no pair", do="Check the export"))
    if faults:
        raise InputError(sorted(faults, key=lambda fault: fault.line or 0))
    return pairs


def _pair(row: Mapping[str, str], line: int, scale: Scale, faults: list[Fault]) -> Pair:
    codes = {*scale.kind.codes, *scale.kind.beside, NOT_APPLICABLE, ""}
    faults += [
        unknown(row[name], scale, path=name, line=line)
        for name in _NEEDED
        if row[name] not in codes
    ]

    def fault(name: str, problem: str, do: str) -> None:
        faults.append(Fault(path=name, problem=problem, do=do, line=line))

    arm = row.get("arm", "")
    if arm not in ("", *Arm):
        fault("arm", "there is no such arm", f"Write one of {', '.join(Arm)}, or leave it blank")
        arm = ""
    blind = row.get("blind", "")
    if blind not in _WORDS:
        fault("blind", "it is neither yes nor no", "Write yes or no, or leave it blank")
    said = {}
    for name in ("auditor_safe", "moderator_safe"):
        said[name] = row.get(name, "")
        if said[name] not in _SAFE:
            fault(
                name, "it is no such answer", "Write safe, unsafe or cannot_tell, or leave it blank"
            )
    chances: dict[str, Fraction | None] = {}
    for name in ("probability", "draw_probability"):
        text = row.get(name, "")
        try:
            chance = as_proportion(text) if text else None
        except DefinitionError:
            fault(name, "it is no share from 0 to 1", "Write it as 0.1, 10 % or 1/10")
            chance = None
        if chance == 0:
            fault(name, "it is 0, yet the case was moderated", "Write the chance it had")
            chance = None
        chances[name] = chance
    return Pair(
        auditor=row["auditor"],
        moderator=row["moderator"],
        arm=Arm(arm) if arm else None,
        blind=_WORDS.get(blind),
        section=row.get("section", "") or OVERALL,
        case=row.get("case", ""),
        post=row.get("post", ""),
        probability=chances["probability"],
        draw_probability=chances["draw_probability"],
        auditor_safe=said["auditor_safe"],
        moderator_safe=said["moderator_safe"],
    )
