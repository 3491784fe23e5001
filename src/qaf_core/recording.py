"""From an audit and its tool to the record that rules are read on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, cast

from attrs import evolve, field, frozen

from qaf_core.audits import Audit, Judged, Return
from qaf_core.facts import Fact
from qaf_core.immutable import FrozenMap
from qaf_core.logic.expressions import Cond
from qaf_core.logic.values import Gap, Record, Sort, Value
from qaf_core.plans import Plan, Step, fact_id, plan_for, rests_on
from qaf_core.records import AuditRecord
from qaf_core.settling import Fixed, Reading, fixed
from qaf_core.slots import (
    AS_GIVEN,
    ASIDE,
    MOST_REMEMBERED,
    NO_ITEM,
    PENDING,
    SET_ASIDE,
    SILENT,
    STATES,
    UNUSABLE,
    WEIGHTS,
    Batch,
    Gates,
    Made,
    Slot,
    Table,
    always_so,
    counted,
    in_doubt,
    picking,
    together,
)
from qaf_core.tools.model import Placed, Question, Tool

__all__ = ["Recorder", "alone", "record_of", "recorder_of"]


def __dir__() -> list[str]:
    return __all__


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


class _Judgement(NamedTuple):
    """A judgement, and the items made of it before.

    Attributes:
        start: what is fixed of it.
        id, target: its id, and what actions that answer it are aimed at.
        inside: what picks the answers in its section.
        remembered: the items, for audits that come to the same.
    """

    start: Fixed
    id: str
    target: str
    inside: Callable[[Sequence[Any]], tuple[Any, ...]]
    remembered: dict[object, Mapping[str, Value]]


_MOST_REMEMBERED = 1000
"""How many items of a judgement are remembered, and how many sets of roles: all there usually are,
of grades and counts."""


@frozen(eq=False)
class _Level:
    """What rests on nothing but levels before: facts and what is computed, slots by their gate."""

    entries: list[Fact | Step] = field(factory=list)
    slots: dict[int | None, list[Slot]] = field(factory=dict)


class Recorder:
    """Makes the records of audits with one tool.

    What ``Reading`` makes of an answer is remembered: most questions have few answers, and
    most audits give the same ones.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.ids = {
            "answers": {placed.item.id for placed in plan.tool.questions},
            "judgements": {placed.item.id for placed in plan.tool.judged},
            "sections": {section.id for section in plan.tool.sections},
        }
        self.unstated: dict[str, Value] = {
            fact.id: Gap.PENDING if fact.needed else Gap.SILENT for fact in plan.host
        }
        self.host = [
            (fact.id, _never if fact.kind.sort is Sort.TEXT else fact.kind.admitting, fact)
            for fact in plan.host
        ]
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
        self.order = list(_in_order(plan))
        self.asked = [
            id
            for each in self.order
            if isinstance(each, Batch | Slot) and each.question
            for id in (each.ids if isinstance(each, Batch) else [each.id])
        ]
        rows = {id: row for row, id in enumerate(self.asked)}
        self.in_order = picking([rows[placed.item.id] for placed in plan.tool.questions])
        self.judged = [
            _Judgement(
                start, start.id, start.target, picking(list(self._adverse_in(placed, rows))), {}
            )
            for placed in plan.tool.judged
            for start in (fixed(plan, placed),)
        ]

    def _adverse_in(self, placed: Placed, rows: Mapping[str, int]) -> Iterator[int]:
        """The rows of the questions that can be adverse and lie in the section of a judgement."""
        inside = self.plan.within.get(placed.section)
        for each in self.plan.tool.questions:
            item = each.item
            can_be = isinstance(item, Question) and item.adverse
            if can_be and (inside is None or item.id in inside):
                yield rows[item.id]

    def record(
        self, audit: Audit, on: date, *, unread: frozenset[str] = frozenset()
    ) -> AuditRecord:
        """The record of an audit on a day; see ``record_of``."""
        reading = Reading(audit, self.plan, on, unread)
        values = reading.values
        self._host(reading)
        given = cast("FrozenMap[str, Judged]", audit.judgements)
        judgements, answers = given.lookup, cast("FrozenMap[str, Any]", audit.answers).lookup
        grades = {id: each.grade or each.not_applicable for id, each in given.items()}.get
        aimed: dict[str, int] = {}
        for action in audit.actions:
            aimed[action.section] = aimed.get(action.section, 0) + 1
        dropped, touched = self._touched(aimed, reading.dropped)
        states: dict[int | None, int] = {None: STATES - 1}
        items: list[Mapping[str, Value]] = []
        weights: list[int] = []
        doubts = 0
        for each in self.order:
            if isinstance(each, Slot):
                ask, aims = (answers, touched) if each.question else (grades, dropped)
                state = states[each.gate] + aims.get(each.section, 0)
                one = self._settle(reading, each, ask(each.id), each.table(state))
                if each.question:
                    items.append(one.item)
                    weights.append(one.weight)
                else:
                    doubts += one.weight
            elif isinstance(each, Batch):
                ask, aims = (answers, touched) if each.question else (grades, dropped)
                found = self._settle_all(reading, each, ask, each.tables(states[each.gate], aims))
                if each.question:
                    items += found[1]
                    weights += found[2]
                else:
                    doubts += sum(found[2])
            elif isinstance(each, Fact):
                values[each.id] = reading.derived(each)
            elif isinstance(each, Gates):
                each.into(states, reading.so_far)
            else:
                values[each.name] = follows = reading.settle(each)
                doubts += PENDING if follows is Gap.PENDING else SILENT
        self._unknown_ids(reading)
        collections: dict[str, tuple[Mapping[str, Value], ...]] = {
            "questions": self.in_order(items),
            "judgements": self._judged(reading, judgements, weights, aimed),
            "actions": _actions(audit),
            "returns": self._returns(audit, on),
            "participants": self._participants(audit),
        }
        return AuditRecord(
            Record(values, collections),
            in_doubt(doubts + sum(weights)),
            tuple(sorted(reading.set_aside, key=self.place)),
            tuple(sorted(reading.faults, key=lambda fault: self.place(fault.path))),
            self.asked,
            tuple(weights),
        )

    def _host(self, reading: Reading) -> None:
        """Note what the host states."""
        reading.values |= self.unstated
        stated = cast("FrozenMap[str, Any]", reading.audit.subject.facts).lookup
        for id, admits, fact in self.host:
            value = stated(id)
            if value is not None:
                reading.values[id] = value if admits(value) else reading.host(fact)

    def _judged(
        self,
        reading: Reading,
        given: Callable[[str], Judged | None],
        weights: list[int],
        aimed: Mapping[str, int],
    ) -> tuple[Mapping[str, Value], ...]:
        """The items of judgements, of those made before where one is the same."""
        values = reading.values
        judged: list[Mapping[str, Value]] = []
        for start, id, target, inside, remembered in self.judged:
            own = given(id)
            key = (
                values[id],
                own is not None and own.analysis.strip() != "",
                own is not None and own.justification.strip() != "",
                sum(inside(weights)),
                aimed.get(target, 0),
            )
            item = remembered.get(key)
            if item is None:
                item = reading.judged(start, own, counted(key[3]), key[4])
                if start.judgement.computed is None and len(remembered) < _MOST_REMEMBERED:
                    remembered[key] = item
            judged.append(item)
        return tuple(judged)

    def place(self, path: str) -> int:
        """Where a part of an audit stands in the tool; what lies in no part of it comes last."""
        return self.places.get(path, len(self.places))

    def _touched(
        self, aimed: Mapping[str, int], sections: Iterable[str]
    ) -> tuple[dict[str, int], dict[str, int]]:
        """The sections that are set aside with one around them; and these with the aims of actions."""
        dropped = {inner: SET_ASIDE for each in sections for inner in self.inside.get(each, ())}
        touched = dropped.copy()
        for section, count in aimed.items():
            touched[section] = touched.get(section, 0) + STATES * count
        return dropped, touched

    def _settle_all(
        self, reading: Reading, batch: Batch, ask: Callable[[str], Any], tables: list[Table]
    ) -> tuple[Any, ...]:
        """What all of a batch come to: values, items and weights."""
        answers = list(map(ask, batch.ids))
        found = batch.remembered(answers, tables)
        if reading.unread or not all(found):
            for at, slot in enumerate(batch.slots):
                if found[at] is None or slot.id in reading.unread:
                    found[at] = self._settle_new(reading, slot, answers[at], tables[at])
        values, items, weights = zip(*cast("list[Made]", found), strict=True)
        reading.values.update(zip(batch.names, values, strict=True))
        for at in batch.as_given:
            if values[at] is AS_GIVEN:
                reading.values[batch.names[at]] = answers[at]
        if sum(weights) >= ASIDE:
            aside = [slot for slot, each in zip(batch.slots, weights, strict=True) if each >= ASIDE]
            reading.set_aside += [slot.step.path for slot in aside]
            weights = tuple([each % ASIDE for each in weights])
        return values, items, weights

    def _settle(self, reading: Reading, slot: Slot, answer: Any, table: Table) -> Made:
        """What one comes to by itself."""
        made = table.get(slot.key(answer))
        if made is None or (reading.unread and slot.id in reading.unread):
            made = self._settle_new(reading, slot, answer, table)
        reading.values[slot.name] = answer if made.value is AS_GIVEN else made.value
        if made.weight >= ASIDE:
            reading.set_aside.append(slot.step.path)
            return made._replace(weight=made.weight % ASIDE)
        return made

    def _settle_new(self, reading: Reading, slot: Slot, answer: Any, table: Table) -> Made:
        """What an answer comes to, worked out; remembered where nothing about it is particular."""
        noted, aside = len(reading.faults), len(reading.set_aside)
        step = slot.step
        value = reading.values[step.name] = reading.settle(step)
        item, weight = NO_ITEM, SILENT
        if slot.question:
            item = reading.question(step.placed)
            weight = WEIGHTS.get(item["adverse"], SILENT)
        if value is Gap.PENDING and weight is SILENT:
            weight = PENDING
        if len(reading.set_aside) > aside:
            del reading.set_aside[aside:]
            weight += ASIDE
        key = slot.key(answer)
        plain = noted == len(reading.faults) and key is not UNUSABLE
        if plain and slot.id not in reading.unread and len(table) < MOST_REMEMBERED:
            kept = AS_GIVEN if slot.as_given and value is answer else value
            table[key] = Made(kept, item, weight)
        return Made(value, item, weight)

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
        groups = {"answers": audit.answers, "judgements": audit.judgements}
        for group, given in (*groups.items(), ("sections", audit.sections)):
            ids = self.ids[group]
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


def _actions(audit: Audit) -> tuple[Mapping[str, Value], ...]:
    return tuple(
        [
            {
                "id": str(number),
                "section": action.section,
                "by": action.by or Gap.SILENT,
                "signed_off": action.signed_off or Gap.SILENT,
            }
            for number, action in enumerate(audit.actions, 1)
        ]
    )


def _in_order(plan: Plan) -> Iterator[Fact | Step | Gates | Batch | Slot]:
    """What is settled, each after all that it rests on, and as many at once as can be."""
    conds: dict[tuple[Cond, Cond], int | None] = {}
    levels: dict[str, int] = {}
    at: list[_Level] = []
    for entry in plan.order:
        level = 1 + max((levels.get(each, -1) for each in rests_on(entry)), default=-1)
        gate: int | None = None
        given = isinstance(entry, Step) and (isinstance(entry.item, Question) or entry.item.judged)
        if isinstance(entry, Step) and given:
            asked = (entry.asked, entry.called)
            if asked not in conds:
                conds[asked] = None if all(map(always_so, asked)) else len(conds)
            gate = conds[asked]
            level = 0 if gate is None else level
        levels[fact_id(entry)] = level
        while len(at) <= level:
            at.append(_Level())
        if isinstance(entry, Step) and given:
            at[level].slots.setdefault(gate, []).append(Slot.of(entry, gate))
        else:
            at[level].entries.append(entry)
    pairs = {number: pair for pair, number in conds.items()}
    for each in at:
        yield from each.entries
        gates = {number: pairs[number] for number in each.slots if number is not None}
        if gates:
            yield Gates(gates)
        for slots in each.slots.values():
            yield from together(slots)
