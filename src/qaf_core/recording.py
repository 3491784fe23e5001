"""From an audit and its tool to the record that rules are read on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import compress
from operator import itemgetter
from typing import Any, TypeAlias, TypeVar
from weakref import ref

from attrs import evolve

from qaf_core.audits import Audit, Return
from qaf_core.errors import Fault
from qaf_core.facts import Fact
from qaf_core.immutable import making
from qaf_core.levels import Gates, in_order
from qaf_core.logic.values import Gap, Record, Sort, Value
from qaf_core.plans import Plan, fact_id, plan_for, rests_on
from qaf_core.records import AuditRecord, Facts
from qaf_core.settling import Fixed, Reading, fixed
from qaf_core.slots import (
    ADVERSE,
    AS_GIVEN,
    ASIDE,
    FINE,
    MOST_REMEMBERED,
    NO_ITEM,
    OPEN,
    PENDING,
    SET_ASIDE,
    SILENT,
    STATES,
    UNUSABLE,
    Batch,
    Made,
    Slot,
    Table,
    aside,
    in_doubt,
    not_aside,
    picking,
    telling,
)
from qaf_core.tools.model import Placed, Tool

__all__ = ["Recorder", "alone", "record_of", "recorder_of"]


def __dir__() -> list[str]:
    return __all__


T = TypeVar("T")


def record_of(
    audit: Audit, tool: Tool | Plan, on: date, *, unread: frozenset[str] = frozenset()
) -> AuditRecord:
    """The record of an audit on a day.

    Args:
        audit: the audit, complete or draft.
        tool: its tool, or the plan made of it (which knows the shared facts).
        on: the day of the review. It drives clocks only.
        unread: ids of answers that were given and could not be read: they are pending.
    """
    plan = tool if isinstance(tool, Plan) else plan_for(tool)
    return recorder_of(plan).record(audit, on, unread=unread)


def recorder_of(plan: Plan) -> Recorder:
    """What makes the records of audits with a tool: made once for a plan."""
    made: Recorder | None = plan.made.get("recorder")
    if made is None:
        made = plan.made.setdefault("recorder", Recorder(plan))
    return made


def alone(audit: Audit, part: Return) -> Audit:
    """One party's return as an audit by itself."""
    return evolve(
        audit,
        answers=part.answers,
        judgements=part.judgements,
        sections={},
        actions=(),
        explanations=(),
        tags=(),
        expected=(),
        returns=(),
    )


_Judgement: TypeAlias = tuple[Fixed, str, str, slice, dict[object, Mapping[str, Value]]]
"""A judgement, and the items made of it before: what is fixed of it, its id, what actions that
answer it are aimed at, where the questions in its section stand, and the items, for audits that
come to the same."""


_record, _audit_record = making(Record), making(AuditRecord)
_OPEN_STILL, _UNSAID = Gap.PENDING, Gap.SILENT
"""By these names they are found in a tenth of the time."""
_VALUE, _ITEM, _TELLS = map(itemgetter, range(3))
"""What an answer came to: its value, its item, and what it tells."""
_MOST_REMEMBERED = 1000
"""How many items of a judgement are remembered, and how many sets of roles: all there usually are,
of grades and counts."""


class Recorder:
    """Makes the records of audits with one tool.

    What ``Reading`` makes of an answer is remembered: most questions have few answers, and
    most audits give the same ones.

    Args:
        plan: the tool made ready.
        read: ids of the facts that are read of every record: they are laid in at once.
    """

    def __init__(self, plan: Plan, read: Iterable[str] = ()) -> None:
        self.plan = plan
        self.ids = {
            "answers": {placed.item.id for placed in plan.tool.questions},
            "judgements": {placed.item.id for placed in plan.tool.judged},
            "sections": {section.id for section in plan.tool.sections},
        }
        unknown = {fact_id(entry) for entry in plan.order} - plan.known
        self.unstated: dict[str, Value] = {
            **{fact.id: Gap.PENDING if fact.needed else Gap.SILENT for fact in plan.host},
            **dict.fromkeys(unknown, Gap.UNKNOWN),
        }
        self.host = {
            fact.id: (_never if fact.kind.sort is Sort.TEXT else fact.kind.admitting, fact)
            for fact in plan.host
        }
        self.inside: dict[str, list[str]] = {}
        for placed in (*plan.tool.questions, *plan.tool.judged):
            for section in placed.sections:
                if placed.section not in self.inside.setdefault(section.id, []):
                    self.inside[section.id].append(placed.section)
        paths = (
            *(f"subject.facts.{fact.id}" for fact in plan.host),
            *(f"answers.{placed.item.id}" for placed in plan.tool.questions),
            *(f"judgements.{placed.item.id}" for placed in plan.tool.judged),
        )
        self.took_part: dict[tuple[str, ...], tuple[Mapping[str, Value], ...]] = {}
        self.places = {path: at for at, path in enumerate(paths)}
        read = frozenset().union(read, *map(rests_on, plan.order))
        self.order = [
            each
            for each in in_order(plan, read)
            if not (isinstance(each, Fact) and each.id in unknown)
        ]
        self.asked = [placed.item.id for placed in plan.tool.questions]
        self.names = [placed.item.ref.name for placed in plan.tool.questions]
        rows = {slot.step.path: row for row, slot in enumerate(self._slots())}
        self.graded = [(slot.id, slot.step.path) for slot in self._slots() if not slot.question]
        self.paths = [
            *(f"answers.{id}" for id in self.asked),
            *(path for _, path in self.graded),
        ]
        self.in_order = picking([rows[path] for path in self.paths])
        self.judged: list[_Judgement] = [
            (start, start.id, start.target, self._inside(placed), {})
            for placed in plan.tool.judged
            for start in (fixed(plan, placed),)
        ]

    def _slots(self) -> Iterator[Slot]:
        """All slots, in the order in which they are settled."""
        for each in self.order:
            if isinstance(each, Slot):
                yield each
            elif isinstance(each, Batch):
                yield from each.slots

    def _inside(self, placed: Placed) -> slice:
        """Where the questions in the section of a judgement stand: side by side, as in the form."""
        within = self.plan.within.get(placed.section)
        if within is None:
            return slice(None)
        rows = [row for row, id in enumerate(self.asked) if id in within]
        return slice(rows[0], rows[-1] + 1) if rows else slice(0)

    def record(
        self, audit: Audit, on: date, *, unread: frozenset[str] = frozenset()
    ) -> AuditRecord:
        """The record of an audit on a day; see ``record_of``."""
        reading = Reading(audit, self.plan, on, unread)
        values = reading.values
        self._host(reading)
        given = self._given(audit).get
        aimed: dict[str, int] = {}
        for action in audit.actions:
            aimed[action.section] = aimed.get(action.section, 0) + 1
        touched = self._touched(aimed, reading.dropped)
        states: dict[int | None, int] = {None: STATES - 1}
        settled: list[Made] = []
        follows: list[Value] = []
        for each in self.order:
            if isinstance(each, Batch):
                settled += self._settle_all(reading, each, given, each.tables(states, touched))
            elif isinstance(each, Slot):
                more = each.share(touched.get(each.section, 0))
                table = each.table(states[each.gate] + more)
                settled.append(self._settle(reading, each, given(each.by), table))
            elif isinstance(each, Fact):
                values[each.id] = reading.derived(each)
            elif isinstance(each, Gates):
                states |= each.states(values)
            else:
                values[each.name] = value = reading.settle(each)
                follows.append(value)
        self._unknown_ids(reading)
        row = self.in_order(settled)
        told = bytes(map(_TELLS, row))
        doubts = in_doubt(told)
        if doubts and max(doubts) >= ASIDE:
            reading.set_aside += compress(self.paths, aside(told))
            told = not_aside(told)
            doubts = in_doubt(told)
        told = told[: len(self.asked)]
        row = row[: len(self.asked)]
        collections: dict[str, tuple[Mapping[str, Value], ...]] = {
            "questions": tuple(map(_ITEM, row)),
            "judgements": self._judged(reading, told, aimed),
            "actions": _actions(audit),
            "returns": self._returns(audit, on),
            "participants": self._participants(audit),
        }
        return _audit_record(
            record=_record(facts=Facts(values, self.names, row), items=collections),
            pending=bool(doubts) or _OPEN_STILL in follows,
            set_aside=self._sorted(reading.set_aside, str),
            faults=self._sorted(reading.faults, _path),
            asked=self.asked,
            told=told,
            made_of=(ref(audit), self.plan, on),
        )

    def _given(self, audit: Audit) -> dict[str, Any]:
        """What was answered, by id of the question, and graded, by path of the judgement."""
        given: dict[str, Any] = audit.answers.copied()
        judged = audit.judgements.lookup
        for id, path in self.graded:
            own = judged(id)
            given[path] = None if own is None else own.grade or own.not_applicable
        return given

    def _host(self, reading: Reading) -> None:
        """Note what the host states."""
        values = reading.values
        values |= self.unstated
        for id, value in reading.audit.subject.facts.items():
            if value is not None and id in self.host:
                admits, fact = self.host[id]
                values[id] = value if admits(value) else reading.host(fact)

    def _judged(
        self,
        reading: Reading,
        told: bytes,
        aimed: Mapping[str, int],
    ) -> tuple[Mapping[str, Value], ...]:
        """The items of judgements, of those made before where one is the same."""
        values, open_still = reading.values, OPEN in told
        given = reading.audit.judgements.lookup
        judged: list[Mapping[str, Value]] = []
        for start, id, target, inside, remembered in self.judged:
            own, part = given(id), told[inside]
            analysed = justified = False
            if own is not None:
                analysed = bool(own.analysis) and not own.analysis.isspace()
                justified = bool(own.justification) and not own.justification.isspace()
            counts = part.count(ADVERSE), part.count(FINE), part.count(OPEN) if open_still else 0
            key = values[id], analysed, justified, counts, aimed.get(target, 0)
            item = remembered.get(key)
            if item is None:
                item = reading.judged(start, own, counts, key[4])
                if start.judgement.computed is None and len(remembered) < _MOST_REMEMBERED:
                    remembered[key] = item
            judged.append(item)
        return tuple(judged)

    def _sorted(self, found: list[T], path: Callable[[T], str]) -> tuple[T, ...]:
        """Parts of an audit as they stand in the tool; what lies in no part of it comes last."""
        if len(found) > 1:
            last = len(self.places)
            found.sort(key=lambda each: self.places.get(path(each), last))
        return tuple(found)

    def _touched(self, aimed: Mapping[str, int], dropped: Iterable[str]) -> dict[str, int]:
        """The sections that actions are aimed at, and those set aside with one around them."""
        touched = {section: STATES * count for section, count in aimed.items()}
        for inner in {inner for each in dropped for inner in self.inside.get(each, ())}:
            touched[inner] = touched.get(inner, 0) + SET_ASIDE
        return touched

    def _settle_all(
        self, reading: Reading, batch: Batch, ask: Callable[[str], Any], tables: list[Table]
    ) -> list[Made]:
        """What all of a batch come to."""
        answers = list(map(ask, batch.by))
        found = batch.remembered(answers, tables)
        if reading.unread or not all(found):
            for at, slot in enumerate(batch.slots):
                if found[at] is None or slot.id in reading.unread:
                    found[at] = self._settle(reading, slot, answers[at], tables[at])
        values = reading.values
        values.update(zip(batch.names, map(_VALUE, batch.at_once(found)), strict=True))
        for at, name in batch.as_given:
            if found[at][0] is AS_GIVEN:
                values[name] = answers[at]
        return found

    def _settle(self, reading: Reading, slot: Slot, answer: Any, table: Table) -> Made:
        """What one comes to by itself."""
        made = table.get(slot.key(answer))
        if made is None or (reading.unread and slot.id in reading.unread):
            made = self._settle_new(reading, slot, answer, table)
        reading.values[slot.name] = answer if made.value is AS_GIVEN else made.value
        return made

    def _settle_new(self, reading: Reading, slot: Slot, answer: Any, table: Table) -> Made:
        """What an answer comes to, worked out; remembered where nothing about it is particular."""
        noted, aside = len(reading.faults), len(reading.set_aside)
        step = slot.step
        value = reading.values[step.name] = reading.settle(step)
        item, tells = NO_ITEM, SILENT
        if slot.question:
            item = reading.question(step.placed)
            tells = telling(item["adverse"])
        if value is Gap.PENDING and tells == SILENT:
            tells = PENDING
        if len(reading.set_aside) > aside:
            del reading.set_aside[aside:]
            tells += ASIDE
        key = slot.key(answer)
        plain = noted == len(reading.faults) and key is not UNUSABLE
        if plain and slot.id not in reading.unread and len(table) < MOST_REMEMBERED:
            kept = AS_GIVEN if slot.as_given and value is answer else value
            table[key] = Made(kept, item, tells)
        return Made(value, item, tells)

    def _participants(self, audit: Audit) -> tuple[Mapping[str, Value], ...]:
        """One item for each who took part; the same for all audits in which the same roles did."""
        roles = tuple([each.role for each in audit.participants])
        found = self.took_part.get(roles)
        if found is None:
            found = tuple([{"id": str(at), "role": role} for at, role in enumerate(roles, 1)])
            if len(self.took_part) < _MOST_REMEMBERED:
                self.took_part[roles] = found
        return found

    def _returns(self, audit: Audit, on: date) -> tuple[Mapping[str, Value], ...]:
        """One item a party, whether its return has come or is only expected."""
        if not audit.returns and not audit.expected:
            return ()
        come = {each.party: each for each in audit.returns}
        stated = {
            each.party: self.record(alone(audit, each), on).record.facts for each in audit.returns
        }
        blank = dict.fromkeys(self.plan.tool.facts, Gap.PENDING)
        return tuple(
            {
                **stated.get(party, blank),
                "id": party,
                "party": party,
                "received": (come[party].received if party in come else None) or Gap.PENDING,
                "moderated": party in come and come[party].moderated,
            }
            for party in dict.fromkeys((*audit.expected, *come))
        )

    def _unknown_ids(self, reading: Reading) -> None:
        audit, tool = reading.audit, self.plan.tool
        for group, ids in self.ids.items():
            given: Mapping[str, Any] = getattr(audit, group)
            if not ids.issuperset(given):
                reading.fault(
                    group,
                    f"{len(given.keys() - ids)} of the ids are not of tool {tool.id} {tool.version}",
                    "Read the audit with read_audit, which names them",
                )
        pinned = audit.tool.fingerprint
        if pinned and pinned != tool.fingerprint:
            reading.fault(
                "tool.fingerprint",
                "the tool has changed since this audit was made, under the same version",
                "Review it with the framework it was made with",
            )
        if audit.subject.kind != tool.subject:
            reading.fault("subject.kind", f"this tool is for {tool.subject}", "Use the tool for it")


def _never(_: object) -> bool:
    return False


def _path(fault: Fault) -> str:
    return fault.path


def _actions(audit: Audit) -> tuple[Mapping[str, Value], ...]:
    return tuple(
        [
            {
                "id": str(number),
                "section": action.section,
                "by": action.by or _UNSAID,
                "signed_off": action.signed_off or _UNSAID,
            }
            for number, action in enumerate(audit.actions, 1)
        ]
    )
