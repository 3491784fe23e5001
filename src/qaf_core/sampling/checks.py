"""What a QA manager would ask of a list before the draw, and of a sample after it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from attrs import frozen

from qaf_core.logic.english import english
from qaf_core.logic.explain import Verdict, explain
from qaf_core.logic.expressions import Cond
from qaf_core.logic.values import Gap, Value
from qaf_core.provenance import Reference, Standing
from qaf_core.sampling.population import Case, case_record

__all__ = ["IdCheck", "SampleQuery", "crowded_workers", "none_meeting", "nothing_from"]


def __dir__() -> list[str]:
    return __all__


@frozen(kw_only=True)
class SampleQuery:
    """Something to look at again: put it right, or say why it is so.

    Attributes:
        id: names the question.
        statement: what was found, in a sentence, with counts and no ids of cases.
        source: what it rests on, where a text asks for it; else None.
        standing: how firmly it rests there.
    """

    id: str
    statement: str
    source: Reference | None = None
    standing: Standing = Standing.EDITORIAL

    def __str__(self) -> str:
        rests_on = "" if self.source is None else f"{self.source}; "
        return f"QUERY {self.statement} [{self.id}: {rests_on}{self.standing.value}]"


def _value(case: Case, by: str) -> Value:
    if by in ("team", "worker", "kind"):
        return getattr(case, by) or Gap.UNKNOWN
    return case.facts.get(by, Gap.UNKNOWN)


def none_meeting(
    chosen: Iterable[Case],
    when: Cond,
    *,
    id: str = "sample.none_meeting",
    source: Reference | None = None,
    standing: Standing = Standing.EDITORIAL,
) -> SampleQuery | None:
    """A query where no chosen case surely meets a condition, or None.

    >>> from qaf_core.facts import case_status
    >>> cases = [Case(id="C-1", facts={"case_status": "cin"}), Case(id="C-2")]
    >>> print(none_meeting(cases, case_status.in_(["cp", "cla"])))
    QUERY In none of the 2 chosen the status of the case is Child protection or Looked after, as
    far as is known; of 1 it is not known. [sample.none_meeting: editorial]

    Args:
        chosen: the cases drawn.
        when: a condition on a case, which one of them at least should meet.
        id: names the question.
        source: what asks for it.
        standing: how firmly it rests there.
    """
    verdicts = [explain(when, case_record(case)).verdict for case in chosen]
    if not verdicts or Verdict.MET in verdicts:
        return None
    unknown = verdicts.count(Verdict.OPEN)
    rest = f", as far as is known; of {unknown} it is not known" if unknown else ""
    return SampleQuery(
        id=id,
        statement=f"In none of the {len(verdicts)} chosen {english(when)}{rest}.",
        source=source,
        standing=standing,
    )


def nothing_from(population: Iterable[Case], chosen: Iterable[Case], by: str) -> SampleQuery | None:
    """A query where a team, worker or kind of case that is on the list has none drawn.

    Args:
        population: the cases drawn from.
        chosen: the cases drawn.
        by: ``team``, ``worker``, ``kind`` or the id of a fact.
    """
    there = Counter(str(value) for case in population if _known(value := _value(case, by)))
    drawn = {str(_value(case, by)) for case in chosen}
    missed = sorted(set(there) - drawn)
    if not missed:
        return None
    shown = (
        f"{len(missed)} of {len(there)} have none"
        if by == "worker"
        else ", ".join(f"{name} ({there[name]} on the list)" for name in missed)
    )
    return SampleQuery(
        id=f"sample.nothing_from_{by}",
        statement=f"By {by.replace('_', ' ')}, some have no case drawn: {shown}.",
    )


def _known(value: Value) -> bool:
    return not isinstance(value, Gap)


def crowded_workers(chosen: Iterable[Case], most: int) -> SampleQuery | None:
    """A query where one worker holds more of the chosen cases than that; workers are not named.

    Args:
        chosen: the cases drawn.
        most: how many one worker may hold.
    """
    held = Counter(case.worker for case in chosen if case.worker)
    crowded = [number for number in held.values() if number > most]
    if not crowded:
        return None
    return SampleQuery(
        id="sample.crowded_workers",
        statement=f"{len(crowded)} of {len(held)} workers hold more than {most} of the chosen "
        f"cases each, up to {max(crowded)}.",
    )


class IdCheck:
    """Looks for ids that a spreadsheet or a data frame has damaged, as they go by."""

    _POINT_NOUGHT = re.compile(r"\d+\.0+")
    _EXPONENT = re.compile(r"\d(\.\d+)?[eE]\+\d+")

    def __init__(self) -> None:
        self._found: Counter[str] = Counter()
        self._lengths: Counter[int] = Counter()
        self._count = 0

    def watch(self, population: Iterable[str | Case]) -> Iterator[str | Case]:
        """The same population, looked at while it is read."""
        for each in population:
            self.add(each if isinstance(each, str) else each.id)
            yield each

    def add(self, id: str) -> None:
        """Look at one id."""
        self._count += 1
        if id.isdecimal():
            self._lengths[len(id)] += 1
            self._found["nought"] += id[0] == "0"
        elif self._POINT_NOUGHT.fullmatch(id):
            self._found["point"] += 1
        elif self._EXPONENT.fullmatch(id):
            self._found["exponent"] += 1
        elif "," in id or ";" in id:
            self._found["comma"] += 1

    def queries(self) -> tuple[SampleQuery, ...]:
        """What looks damaged."""
        found = []
        if number := self._found["point"]:
            found.append(
                SampleQuery(
                    id="list.point_nought",
                    statement=f"{number:,} {'id ends' if number == 1 else 'ids end'} in .0, as where "
                    "a column of ids with a gap was read as numbers.",
                )
            )
        if number := self._found["exponent"]:
            found.append(
                SampleQuery(
                    id="list.exponent",
                    statement=f"{number:,} {'id is a number' if number == 1 else 'ids are numbers'} "
                    "with an exponent, as where a spreadsheet shortened it.",
                )
            )
        if 2 * (number := self._found["comma"]) > self._count:
            found.append(
                SampleQuery(
                    id="list.comma",
                    statement=f"{number:,} of {self._count:,} ids hold a comma or a semicolon, as "
                    "where a table was given for a list of ids.",
                )
            )
        usual, of_usual = max(self._lengths.items(), key=lambda item: item[1], default=(0, 0))
        shorter = sum(number for length, number in self._lengths.items() if length < usual)
        if shorter and not self._found["nought"] and of_usual > 8 * shorter:
            found.append(
                SampleQuery(
                    id="list.leading_noughts",
                    statement=f"{shorter:,} {'id has' if shorter == 1 else 'ids have'} fewer than "
                    f"the usual {usual} digits, as where leading noughts were lost.",
                )
            )
        return tuple(found)
