"""Grades cut by a characteristic that the host records, for equalities."""

from __future__ import annotations

from collections.abc import Iterable

from qaf_core.errors import DefinitionError, UnknownIdError
from qaf_core.framework import Framework
from qaf_core.reports.counted import CountedAudit
from qaf_core.reports.counts import Counts
from qaf_core.reports.grades import Grades, grades_of
from qaf_core.settings import FIGURES_PUBLISHED_FROM, GOOD_OR_BETTER_FROM, number

__all__ = ["NOT_RECORDED", "grades_by_characteristic"]

NOT_RECORDED = "(not recorded)"
"""The line of those of whom the host records nothing: neither yes nor no."""


def __dir__() -> list[str]:
    return __all__


def grades_by_characteristic(
    audits: Iterable[CountedAudit],
    characteristic: str,
    framework: Framework,
    *,
    floor: int | None = None,
    good_from: str = "",
) -> tuple[Grades, ...]:
    """Overall grades by a characteristic of the child, a value a scale.

    Args:
        audits: the audits, as they are counted.
        characteristic: id of a host fact that is declared as a characteristic.
        framework: the framework that declares it.
        floor: the smallest count that is told; the setting ``figures_published_from`` as
            shipped where not given.
        good_from: the lowest grade that counts as good or better; as shipped where not given.

    Returns:
        As for services, with a line for each code and one for not recorded. Small numbers are
        held back, with whatever would give them away.

    Raises:
        UnknownIdError: there is no such characteristic; the near one is named.
        DefinitionError: the fact is there and is declared for no cut.
    """
    facts = {fact.id: fact for fact in framework.facts}
    declared = [id for id, fact in facts.items() if fact.characteristic]
    if characteristic not in declared:
        if characteristic in facts:
            raise DefinitionError(
                f"The fact {characteristic!r} is no characteristic, so reports are not cut by it. "
                "Declare it with characteristic=True if the host records it for equalities."
            )
        raise UnknownIdError("characteristic", characteristic, declared)
    keys = [
        ("grade", each.scale, each.characteristics.get(characteristic, NOT_RECORDED), each.overall)
        for each in audits
        if each.scale
    ]
    kind = facts[characteristic].kind
    titles = dict(zip(kind.every_code, kind.labels or kind.every_code, strict=True))
    return grades_of(
        Counts.of(keys),
        framework,
        floor=number(FIGURES_PUBLISHED_FROM) if floor is None else floor,
        good_from=good_from or str(GOOD_OR_BETTER_FROM.value),
        titles={**titles, NOT_RECORDED: "Not recorded"},
        what=facts[characteristic].label,
    )
