"""What is known between posts and cases: earlier audits, declared conflicts of interest."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from attrs import field, frozen

from qaf_core.errors import Fault
from qaf_core.logic.values import Gap, Value
from qaf_core.sampling.population import id_problem, is_id

__all__ = ["NOTHING_KNOWN", "EarlierAudit", "Ties"]


def __dir__() -> list[str]:
    return __all__


@frozen(kw_only=True)
class EarlierAudit:
    """That a post has audited a case before.

    Attributes:
        case, post: their ids.
        on: the day, or None where it is not known.
    """

    case: str
    post: str
    on: date | None = None


def _tuple(rows: Iterable[Any] | None) -> tuple[Any, ...] | None:
    return None if rows is None else tuple(rows)


@frozen(kw_only=True)
class Ties:
    """What is known between posts and cases.

    Attributes:
        earlier: every earlier audit of these cases by these posts; None where nobody has
            looked, which is not the same as none.
        conflicts: case and post of every declared conflict of interest; None as above.
    """

    earlier: tuple[EarlierAudit, ...] | None = field(default=None, converter=_tuple, repr=False)
    conflicts: tuple[tuple[str, str], ...] | None = field(
        default=None, converter=_tuple, repr=False
    )

    def otherwise(self) -> dict[str, Value]:
        """What holds of every pair that is not named."""
        return {
            "pair.audited_before": Gap.PENDING if self.earlier is None else False,
            "pair.last_audited": Gap.PENDING if self.earlier is None else Gap.SILENT,
            "pair.conflict": Gap.PENDING if self.conflicts is None else False,
        }

    def named(self) -> dict[str, dict[str, dict[str, Value]]]:
        """What holds of the pairs that are named: by case, then by post."""
        found: dict[str, dict[str, dict[str, Value]]] = {}

        def of(case: str, post: str) -> dict[str, Value]:
            return found.setdefault(case, {}).setdefault(post, {})

        for audit in self.earlier or ():
            known = of(audit.case, audit.post)
            known["pair.audited_before"] = True
            last = known.get("pair.last_audited")
            if audit.on is None or last is Gap.PENDING:
                known["pair.last_audited"] = Gap.PENDING
            else:
                known["pair.last_audited"] = (
                    max(last, audit.on) if isinstance(last, date) else audit.on
                )
        for case, post in self.conflicts or ():
            of(case, post)["pair.conflict"] = True
        return found

    def faults(self) -> list[Fault]:
        """Everything wrong with what is said to be known."""
        found: list[Fault] = []
        for index, audit in enumerate(self.earlier or ()):
            where = f"ties.earlier[{index}]"
            found += _id_faults(where, audit.case, audit.post)
            if audit.on is not None and type(audit.on) is not date:
                found.append(
                    Fault(path=f"{where}.on", problem="it is no date", do="Give a date, or None")
                )
        for index, pair in enumerate(self.conflicts or ()):
            where = f"ties.conflicts[{index}]"
            if type(pair) is not tuple or len(pair) != 2:
                found.append(
                    Fault(path=where, problem="it is no pair", do="Give ids of case and post")
                )
                continue
            found += _id_faults(where, *pair)
        return found


NOTHING_KNOWN = Ties()
"""Nobody has looked for earlier audits or conflicts of interest."""


def _id_faults(where: str, case: object, post: object) -> list[Fault]:
    return [
        Fault(path=f"{where}.{name}", problem=id_problem(id)[0], do=id_problem(id)[1])
        for name, id in (("case", case), ("post", post))
        if not is_id(id)
    ]
