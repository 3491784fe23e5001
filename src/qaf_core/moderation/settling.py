"""How a disagreement ends.

The source states no way. So the way is the council's to choose, and each disagreement stays
open until it is settled.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from attrs import field, frozen

from qaf_core.errors import Fault, InputError, did_you_mean
from qaf_core.moderation.disagreements import Disagreement, disagreements
from qaf_core.moderation.pairs import NOT_APPLICABLE
from qaf_core.moderation.side_by_side import Moderation

__all__ = ["Route", "Settlement", "settlements", "still_open"]


def __dir__() -> list[str]:
    return __all__


class Route(StrEnum):
    """How a disagreement is settled. The source states none; a council chooses."""

    DISCUSSION = "discussion"
    """The two talk it over and come to one grade."""
    THIRD_AUDITOR = "third auditor"
    """Another does the audit once more."""
    PANEL = "panel"
    """A panel decides."""


@frozen(kw_only=True)
class Settlement:
    """How one disagreement was settled.

    Attributes:
        about: id of the judgement, or ``"safe"``.
        grade: the code that was settled on.
        route: how.
        by: ids of the roles or the board that settled it.
        on: the day.
        reason: why: free text, never shown.
    """

    about: str
    grade: str
    route: Route
    by: tuple[str, ...]
    on: date
    reason: str = field(default="", repr=False)


def settlements(moderation: Moderation, settled: Iterable[Settlement]) -> dict[str, Settlement]:
    """Settlements by what they are about.

    Raises:
        InputError: one settles what is not in dispute, twice, or on no grade of the scale.
    """
    open_to = {each.about for each in disagreements(moderation)}
    scales = moderation.scales
    found: dict[str, Settlement] = {}
    faults = []
    for at, each in enumerate(settled):
        if each.about not in open_to:
            near = did_you_mean(each.about, open_to).strip()
            faults.append(
                Fault(
                    path=f"settled[{at}].about",
                    problem="the two do not disagree on it",
                    do=near.removesuffix(".") or "Settle what they disagree on",
                )
            )
        elif each.about in found:
            faults.append(
                Fault(path=f"settled[{at}].about", problem="it is settled twice", do="Keep one")
            )
        else:
            codes: tuple[str, ...] = ("safe", "unsafe", "cannot_tell")
            if each.about in scales:
                kind = scales[each.about].kind
                codes = (*kind.codes, *kind.beside, NOT_APPLICABLE)
            if each.grade not in codes:
                do = f"Write one of {', '.join(codes)}"
                faults.append(
                    Fault(path=f"settled[{at}].grade", problem="there is no such grade", do=do)
                )
            found[each.about] = each
    if faults:
        raise InputError(faults)
    return found


def still_open(
    moderation: Moderation, settled: Iterable[Settlement] = ()
) -> tuple[Disagreement, ...]:
    """The disagreements that nobody has settled.

    Raises:
        InputError: a settlement does not fit. Every fault is named.
    """
    done = settlements(moderation, settled)
    return tuple(each for each in disagreements(moderation) if each.about not in done)
