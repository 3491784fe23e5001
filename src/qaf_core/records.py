"""From an audit and its tool to the record that rules are read on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from operator import itemgetter
from typing import Any, cast

from attrs import evolve, frozen

from qaf_core.audits import Audit, Return
from qaf_core.errors import Fault
from qaf_core.facts import Fact, actions, judgements, participants, questions
from qaf_core.logic.expressions import Cond
from qaf_core.logic.values import Gap, Record, Sort, Value
from qaf_core.plans import Plan, Step, plan_for
from qaf_core.settling import Reading, fixed
from qaf_core.slots import (
    ADVERSE,
    AS_GIVEN,
    CODES,
    FINE,
    MOST_REMEMBERED,
    NO_ITEM,
    OPEN,
    PENDING,
    SET_ASIDE,
    SILENT,
    STATES,
    UNUSABLE,
    Group,
    Made,
    Slot,
    always_so,
    gate_of,
)
from qaf_core.tools.model import Judgement, Placed, Question, Tool

__all__ = [
    "ANSWERED_OF_ITEMS",
    "STATED_OF_ITEMS",
    "AuditRecord",
    "Recorder",
    "alone",
    "record_of",
    "recorder_of",
]

STATED_OF_ITEMS = frozenset(
    f"{collection.id}.{name}"
    for collection in (questions, judgements, actions, participants)
    for name in ("id", *collection.fields)
    if not name.startswith("grade.")
)
"""The fields that every item of a record has, as ``collection.field``; of a judgement there is
also ``grade.scale`` for each scale of the plan."""

ANSWERED_OF_ITEMS = STATED_OF_ITEMS - {
    "questions.asked",
    "questions.required",
    "questions.adverse",
    "judgements.score",
    "judgements.adverse",
    "judgements.adverse_count",
    "actions.by",
    "actions.signed_off",
}
"""Those that have a value in every item."""


def __dir__() -> list[str]:
    return __all__


@frozen(eq=False)
class AuditRecord:
    """A record and what came to light while it was made.

    Attributes:
        record: what rules are read on. It holds no free text.
        pending: whether a question or judgement of the tool is pending.
        set_aside: ids of answers and judgements that are no longer asked for;
            they are kept in the audit and left out of the record.
        faults: what could not be used, each with its path; such a fact is pending.
    """

    record: Record
    pending: bool = False
    set_aside: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()


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
        self.directly_in: dict[str, list[str]] = {}
        self.names_in: dict[str, list[str]] = {}
        for placed in (*plan.tool.questions, *plan.tool.judged):
            self.directly_in.setdefault(placed.section, []).append(placed.item.ref.name)
            for section in placed.sections:
                self.names_in.setdefault(section.id, []).append(placed.item.ref.name)
        self.gates: list[Callable[[Record], int]] = []
        order = self._order()
        free = [each for each in order if isinstance(each, Slot) and each.gate is None]
        self.free_questions = Group([slot for slot in free if slot.question])
        self.free_judgements = Group([slot for slot in free if not slot.question])
        self.rest = [each for each in order if not isinstance(each, Slot) or each.gate is not None]
        late = [each for each in self.rest if isinstance(each, Slot) and each.question]
        rows = {slot.id: row for row, slot in enumerate((*self.free_questions.slots, *late))}
        self.in_order = _pick([rows[placed.item.id] for placed in plan.tool.questions])
        self.judged = [
            (fixed(plan, placed), _pick(list(self._adverse_in(placed, rows))))
            for placed in plan.tool.judged
        ]

    def _order(self) -> list[Fact | Step | Slot]:
        """What is settled, in order: all that people answer as slots."""
        order: list[Fact | Step | Slot] = []
        numbers: dict[tuple[Cond, Cond], int | None] = {}
        for entry in self.plan.order:
            if isinstance(entry, Fact) or (
                isinstance(entry.item, Judgement) and not entry.item.judged
            ):
                order.append(entry)
                continue
            conds = (entry.asked, entry.called)
            if conds not in numbers:
                fixed_so = all(map(always_so, conds))
                numbers[conds] = None if fixed_so else len(self.gates)
                if not fixed_so:
                    self.gates.append(gate_of(*conds))
            kind = entry.item.ref.kind
            finite = {Sort.YES_NO: bool, Sort.CODE: str}.get(kind.sort)
            order.append(
                Slot(
                    entry,
                    entry.item.id,
                    entry.name,
                    numbers[conds],
                    kind,
                    isinstance(entry.item, Question),
                    finite,
                )
            )
        return order

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
        for fact in self.plan.host:
            values[fact.id] = reading.host(fact)
        answers = dict(audit.answers.items())
        given = dict(audit.judgements.items())
        grades = {id: each.grade or each.not_applicable for id, each in given.items()}
        aimed = Counter(action.section for action in audit.actions)
        touched = self._touched(aimed, reading.dropped)
        asked = self._settle_all(reading, self.free_questions, answers, touched)
        judged = self._settle_all(reading, self.free_judgements, grades, touched)
        states: dict[int, int] = {}
        pending = False
        for each in self.rest:
            if isinstance(each, Fact):
                values[each.id] = reading.derived(each)
            elif isinstance(each, Step):
                values[each.name] = follows = reading.settle(each)
                pending = pending or follows is Gap.PENDING
            else:
                gate = each.gate or 0
                if gate not in states:
                    states[gate] = self.gates[gate](reading.so_far)
                state = states[gate] + (touched.get(each.name, 0) if touched else 0)
                answer = (answers if each.question else grades).get(each.id)
                made = self._settle_one(reading, each, answer, each.table(state))
                (asked if each.question else judged).append(made)
        self._unknown_ids(reading)
        counts = [each[2] for each in asked]
        items: dict[str, tuple[Mapping[str, Value], ...]] = {
            "questions": self.in_order([each[1] for each in asked]),
            "judgements": tuple(
                reading.judged(start, given.get(start.id), _counted(inside(counts)), count)
                for start, inside in self.judged
                for count in (aimed.get(start.target, 0),)
            ),
            "actions": tuple(
                {
                    "id": str(number),
                    "section": action.section,
                    "by": action.by or Gap.SILENT,
                    "signed_off": action.signed_off or Gap.SILENT,
                }
                for number, action in enumerate(audit.actions, 1)
            ),
            "returns": self._returns(audit, on),
            "participants": tuple(
                {"id": str(number), "role": each.role}
                for number, each in enumerate(audit.participants, 1)
            ),
        }
        counts += [each[2] for each in judged]
        pending = pending or OPEN in counts or PENDING in counts
        return AuditRecord(
            Record(values, items), pending, tuple(reading.set_aside), tuple(reading.faults)
        )

    def _touched(self, aimed: Mapping[str, int], dropped: Iterable[str]) -> dict[str, int]:
        """The facts whose questions are set aside with their section, or have actions aimed at it."""
        touched: dict[str, int] = {}
        for section, count in aimed.items():
            touched |= dict.fromkeys(self.directly_in.get(section, ()), STATES * count)
        for section in dropped:
            for name in self.names_in.get(section, ()):
                touched[name] = touched.get(name, 0) | SET_ASIDE
        return touched

    def _settle_all(
        self,
        reading: Reading,
        group: Group,
        answers: Mapping[str, Any],
        touched: Mapping[str, int],
    ) -> list[Made]:
        """What all of a group come to."""
        found = group.remembered(answers, touched)
        if reading.unread or not all(found):
            for place, slot in enumerate(group.slots):
                if found[place] is None or slot.id in reading.unread:
                    table = slot.table(touched[slot.name]) if slot.name in touched else slot.usual
                    found[place] = self._settle(reading, slot, answers.get(slot.id), table)
        made = cast("list[Made]", found)  # none is missing any more
        reading.values.update(zip(group.names, [each[0] for each in made], strict=True))
        for id in group.endless & answers.keys():
            place = group.places_by_id[id]
            if made[place][0] is AS_GIVEN:
                reading.values[group.names[place]] = answers[id]
        return made

    def _settle_one(
        self, reading: Reading, slot: Slot, answer: Any, table: dict[Any, Made]
    ) -> Made:
        """What one comes to that is asked only where other facts say so."""
        few = answer is None or type(answer) is slot.finite
        made = table.get(answer if few else slot.key(answer))
        if made is None or slot.id in reading.unread:
            made = self._settle(reading, slot, answer, table)
        reading.values[slot.name] = answer if made[0] is AS_GIVEN else made[0]
        return made

    def _settle(self, reading: Reading, slot: Slot, answer: Any, table: dict[Any, Made]) -> Made:
        """What an answer comes to, worked out; remembered where nothing about it is particular."""
        noted = len(reading.faults), len(reading.set_aside)
        value = reading.values[slot.name] = reading.settle(slot.step)
        item, count = NO_ITEM, SILENT
        if slot.question:
            item = reading.question(slot.step.placed)
            count = CODES.get(item["adverse"], SILENT)
        if value is Gap.PENDING and count is SILENT:
            count = PENDING
        key = slot.key(answer)
        plain = noted == (len(reading.faults), len(reading.set_aside))
        plain = plain and key is not UNUSABLE and slot.id not in reading.unread
        if plain and len(table) < MOST_REMEMBERED:
            table[key] = (AS_GIVEN if key is AS_GIVEN else value, item, count)
        return value, item, count

    def _returns(self, audit: Audit, on: date) -> tuple[Mapping[str, Value], ...]:
        """One item a party, whether its return has come or is only expected."""
        come = {each.party: each for each in audit.returns}
        if not come and not audit.expected:
            return ()
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
            given = getattr(audit, group)
            if not given.keys() <= ids:
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


def _pick(places: list[int]) -> Callable[[list[Any]], tuple[Any, ...]]:
    """Takes what stands at these places."""
    if len(places) > 1:
        return itemgetter(*places)
    return lambda row: tuple(row[place] for place in places)


def _counted(codes: tuple[int, ...]) -> tuple[int, int, int]:
    return codes.count(ADVERSE), codes.count(FINE), codes.count(OPEN)
