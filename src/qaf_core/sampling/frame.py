"""The frozen list: what a draw sees of a population, and its digest.

The list has a line a case: the id, and, parted by tabs, its stratum, its weight and why it
is left out, as far as the draw asks for them. Its digest is the SHA-256 of those lines,
each with its line end, in the order of their bytes: ``LC_ALL=C sort ids.txt | sha256sum``.
It hangs on no seed, so it can be told to others before the seed is drawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from attrs import field, frozen

from qaf_core.errors import DefinitionError, Fault
from qaf_core.facts import Fact
from qaf_core.logic.english import english
from qaf_core.logic.expressions import Cond
from qaf_core.sampling.population import Case, id_problem, is_id

__all__ = [
    "AS_GIVEN",
    "COLUMNS",
    "HEAVIEST",
    "NOT_KNOWN",
    "SORTED",
    "Entry",
    "Excluded",
    "Exclusion",
    "FrozenList",
    "Seen",
    "columns_asked",
]

NOT_KNOWN = "(not known)"
"""The stratum of cases of which it is not known where they belong: one of its own."""

COLUMNS = ("id", "stratum", "weight", "excluded")
"""What a line of the list may hold, in order."""

SORTED = "sorted"
AS_GIVEN = "as given"

HEAVIEST = 10_000
"""Raffle tickets a case may have."""


def __dir__() -> list[str]:
    return __all__


def columns_asked(by: bool, weight: bool, exclude: bool) -> tuple[str, ...]:
    """What a line of the frozen list holds, given what the draw asks of cases."""
    asked = (True, by, weight, exclude)
    return tuple(name for name, given in zip(COLUMNS, asked, strict=True) if given)


def _ids(given: Iterable[str]) -> frozenset[str]:
    return frozenset((given,)) if isinstance(given, str) else frozenset(given)


@frozen
class Exclusion:
    """Why cases are left out of a draw, and which.

    A case is left out where the condition is surely met, or where its id is listed. Where
    a pending fact leaves the condition open the case stays in, and the receipt says so.

    Attributes:
        reason: in a few words, such as "audited in the last twelve months".
        when: a condition on a case.
        ids: ids of cases that are left out whatever is known of them.

    Raises:
        DefinitionError: ``when`` is no condition.
    """

    reason: str
    when: Cond | None = None
    ids: frozenset[str] = field(default=frozenset(), converter=_ids, repr=False)

    def __attrs_post_init__(self) -> None:
        if self.when is not None and not isinstance(self.when, Cond):
            raise DefinitionError(
                f"A {type(self.when).__name__} is no condition. Compare a fact with something, "
                "such as case_status.is_('cla'), and use is_() rather than ==."
            )

    @property
    def condition(self) -> str:
        """What leaves a case out, in English."""
        parts = [] if self.when is None else [english(self.when)]
        if self.ids:
            parts.append("the id is on a list")
        return ", or ".join(parts)


@frozen
class Excluded:
    """A case that was left out, and why.

    Attributes:
        case: the id or case as it was given.
        reason: the first reason that holds.
    """

    case: str | Case
    reason: str

    @property
    def id(self) -> str:
        """The id of the case."""
        return self.case if isinstance(self.case, str) else self.case.id


@frozen(kw_only=True)
class FrozenList:
    """What can be told of a list before a seed is drawn.

    Attributes:
        count: lines in the list.
        sha256: the digest of its lines.
        order: the order they were digested in: ``sorted`` by their bytes; or ``as given``,
            only for a long stream in no order, which would have to be held to be sorted.
        columns: what a line holds, in order: ``id``, then those of ``stratum``,
            ``weight`` and ``excluded`` that the draw asks for.
        compared: how many ids were compared with all others, so that none stands twice;
            less than ``count`` only for a long stream in no order.
    """

    count: int
    sha256: str
    order: str
    columns: tuple[str, ...]
    compared: int


@frozen(kw_only=True)
class Seen:
    """What a draw asks of each case.

    Attributes:
        by: what divides the draw, if anything.
        weight: id of the fact that holds the weight, or "".
        exclude: why cases are left out.
        on: the day, for conditions that speak of ``today``.
        facts: facts as a framework declares them.
    """

    by: tuple[str, ...] = ()
    weight: str = ""
    exclude: tuple[Exclusion, ...] = ()
    on: date | None = None
    facts: tuple[Fact, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """What a line of the frozen list holds."""
        return columns_asked(bool(self.by), bool(self.weight), bool(self.exclude))

    def faults(self) -> Iterator[Fault]:
        """What is wrong with it before any case is looked at."""
        reasons = [each.reason for each in self.exclude]
        for number, each in enumerate(self.exclude):
            where = f"exclude[{number}].reason"
            if not is_id(each.reason):
                problem, do = id_problem(each.reason)
                yield Fault(path=where, problem=problem, do=do)
            elif each.reason in reasons[:number]:
                yield Fault(path=where, problem="it stands twice", do="Join the two with |")
            if not all(map(is_id, each.ids)):
                yield Fault(
                    path=f"exclude[{number}].ids",
                    problem="one of them is no id, so it could match no case",
                    do="Give ids as text, exactly as they stand on the list",
                )


@frozen
class Entry:
    """A case as the draw sees it; ``reason`` is why it is left out, or ""."""

    index: int
    given: str | Case
    id: str
    stratum: str = ""
    weight: int = 1
    reason: str = ""
    unsettled: tuple[str, ...] = ()

    @staticmethod
    def lines(entries: list[Entry], columns: tuple[str, ...]) -> str:
        """Their lines of the frozen list, each with its line end."""
        held = {
            "id": [each.id for each in entries],
            "stratum": [each.stratum for each in entries],
            "weight": [str(each.weight) for each in entries],
            "excluded": [each.reason for each in entries],
        }
        rows = zip(*(held[name] for name in columns), strict=True)
        return "".join(f"{line}\n" for line in map("\t".join, rows))
