"""What is wrong with pairs, each fault with its place; what was given is not repeated."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from typing import Any

from qaf_core.errors import Fault, nearest
from qaf_core.moderation.pairs import NOT_APPLICABLE, Pair
from qaf_core.scales import Scale

__all__ = ["misshapen", "placed", "unknown", "without_chance", "without_code"]


def __dir__() -> list[str]:
    return __all__


def unknown(given: Any, scale: Scale, *, path: str, line: int | None = None) -> Fault:
    """The fault that something is no grade of a scale; what was given is not repeated."""
    codes = [grade.code for grade in scale.grades]
    near = nearest(given.lower().replace(" ", "_"), codes) if isinstance(given, str) else ""
    do = f"Write {near}" if near else f"Write one of {', '.join(codes)}, or {NOT_APPLICABLE}"
    problem = f"it is no grade of {scale.id}"
    if given != given:  # noqa: PLR0124 - as a data frame has it where nothing stands
        problem, do = "it is a nan, which says nothing", "Give None where no grade was given"
    elif isinstance(given, (int, float)):
        problem += ", and a number is none: councils number grades in opposite directions"
    return Fault(path=path, problem=problem, do=do, line=line)


def placed(given: Sequence[Any], wrong: set[Any], scale: Scale) -> Iterator[Fault]:
    """Where what is no grade stands."""
    for at, each in enumerate(given):
        pair = (each.auditor, each.moderator) if isinstance(each, Pair) else each
        for name, value in zip(("auditor", "moderator"), pair, strict=False):
            if value in wrong:
                yield unknown(value, scale, path=f"pairs[{at}].{name}")


def misshapen(given: Sequence[Any]) -> Iterator[Fault]:
    for at, each in enumerate(given):
        if not isinstance(each, Pair) and (not isinstance(each, (tuple, list)) or len(each) != 2):
            yield Fault(
                path=f"pairs[{at}]",
                problem="it is no pair",
                do="Give a Pair, or the auditor's grade and the moderator's",
            )


def without_code(given: Sequence[Any]) -> Iterator[Fault]:
    """Grades given as lists or other holders of values, which can be no code."""
    for at, pair in enumerate(given):
        for name, value in zip(("auditor", "moderator"), pair, strict=True):
            if not isinstance(value, Hashable):
                yield Fault(
                    path=f"pairs[{at}].{name}", problem="it is no code", do="Give the grade's code"
                )


def without_chance(given: Sequence[Any], section: str, seen: bool) -> Iterator[Fault]:
    """Pairs to be pooled that do not say with what chance they came in."""
    for at, each in enumerate(given):
        bare = not isinstance(each, Pair)
        if bare or (
            each.probability is None
            and each.section == section
            and (seen or each.blind is not False)
        ):
            yield Fault(
                path=f"pairs[{at}].probability",
                problem="arms are pooled and nothing says what chance the case had",
                do="Give the chance of being moderated by either arm, or keep the arms apart",
            )
