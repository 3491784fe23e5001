"""All the audits of a tool that a goal can tell apart, choice by choice.

Every choice is settled by the code that makes records of audits, so that what a search
reads is what a review of the audit would read. Two things stand in for more than they
are: a derived fact may come out as anything once all it rests on is given, and so may a
judgement that is computed. A closer look decides whether an audit there is makes it so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import combinations_with_replacement, product
from typing import Any, cast

from qaf_core.audits import Action, Audit, Judged, Participant, Return
from qaf_core.checking.cone import FIXED, GATHERED, Cone
from qaf_core.checking.drafts import IDLE, REASON, Draft
from qaf_core.facts import Fact, audited, judgements, today
from qaf_core.logic.check import FREE, Choice, Way, representatives
from qaf_core.logic.expressions import Ref
from qaf_core.logic.values import Gap, Kind, Record, Sort, Value
from qaf_core.plans import Plan, Step, fact_id
from qaf_core.settling import Reading
from qaf_core.tools.model import OTHER, Judgement, Placed, Question, Section

__all__ = ["Space"]


def __dir__() -> list[str]:
    return __all__


class Space:
    """The audits of one tool, as far as a goal rests on them.

    Attributes:
        draft: the audit with the choices made so far.
        record: what is known of its record, the rest free.
        choices: what there is to choose, each after all that it rests on.
    """

    def __init__(
        self, plan: Plan, cone: Cone, *, around: date, parties: tuple[str, ...], audit: str
    ) -> None:
        self.plan = plan
        self.cone = cone
        self.around = around
        self.parties = parties
        self.draft = Draft(plan.tool, around, audit)
        self.reading = Reading(cast("Audit", self.draft), plan, around, frozenset())
        self.values = self.reading.values
        self.values.update(dict.fromkeys(cone.facts, FREE))
        self.made: dict[str, dict[str, Any]] = {name: {} for name in FIXED}
        self.items: dict[str, Any] = {
            **{name: cone.items[name] for name in FIXED},
            **{name: FREE if name in cone.gathered or cone.most[name] else () for name in GATHERED},
        }
        self.record = Record(self.values, self.items)
        self.choices: list[Choice] = list(self._choices())

    # --- what there is to choose ---------------------------------------------------

    def _choices(self) -> Iterator[Choice]:
        facts = self.cone.facts
        for ref in (today, audited):
            if ref.name in facts:
                yield _Day(self, ref)
        for fact in self.plan.host:
            if fact.id in facts:
                yield _Host(self, fact)
        entries = [entry for entry in self.plan.order if fact_id(entry) in facts]
        loose = dict.fromkeys(
            section
            for entry in entries
            if isinstance(entry, Step)
            for section in entry.placed.sections
            if section.takes_na
        )
        for section in loose:
            yield _SetAside(self, section)
        for name in GATHERED:
            if self.items[name] is FREE:
                yield _Gathered(self, name)
        questions = {placed.item.ref.name: placed for placed in self.plan.tool.questions}
        waiting = [placed for placed in self.plan.tool.judged if self._counts("judgements", placed)]
        done: set[str] = set()
        for name, placed in questions.items():
            if name not in facts and self._counts("questions", placed):
                yield _Item(self, "questions", placed)
        for entry in entries:
            if isinstance(entry, Fact):
                yield _Derived(self, entry)
            elif isinstance(entry.item, Judgement) and entry.item.computed is not None:
                yield _Computed(self, entry, entry.item)
            elif isinstance(entry.item, Judgement) and not entry.item.judged:
                yield _Same(self, entry)
            else:
                yield _Answer(self, entry)
            done.add(fact_id(entry))
            if (
                isinstance(entry, Step)
                and isinstance(entry.item, Question)
                and self._counts("questions", entry.placed)
            ):
                yield _Item(self, "questions", entry.placed)
            for placed in list(waiting):
                if self._rests_on(placed) <= done:
                    waiting.remove(placed)
                    yield _Item(self, "judgements", placed)
        for placed in waiting:
            yield _Item(self, "judgements", placed)

    def _counts(self, collection: str, placed: Placed) -> bool:
        return (collection, placed.item.id) in self.cone.fields

    def _rests_on(self, placed: Placed) -> set[str]:
        """Ids of the facts that must be settled before a judgement is an item."""
        fields = self.cone.fields["judgements", placed.item.id]
        needed = {placed.item.id} & self.cone.facts
        if fields & {"adverse", "adverse_count", "answer_count"}:
            inside = self.plan.within.get(placed.section)
            needed |= {
                each.item.ref.name
                for each in self.plan.tool.questions
                if (inside is None or each.item.id in inside)
                and ("questions", each.item.id) in self.cone.fields
            }
        return needed & self.cone.facts

    def reps(self, ref: Ref, rivals: int = 0) -> tuple[Value, ...]:
        """The values that stand for all that a fact or field can have."""
        return representatives(ref, self.cone.compared, around=self.around, rivals=rivals)

    def set(self, name: str, value: Value) -> Callable[[], None]:
        """What settles a fact of the record."""
        return lambda: self.values.__setitem__(name, value)


class _Base:
    """A choice that settles one fact."""

    def __init__(self, space: Space, name: str) -> None:
        self.space = space
        self.name = name

    def undo(self) -> None:
        self.space.values[self.name] = FREE

    def __str__(self) -> str:
        return ""


def _say(values: Iterable[Value], kind: Kind) -> str:
    """Values in words, or how many where their order alone matters."""
    listed = tuple(values)
    if len(listed) == 1 and kind.sort is not Sort.ID:
        return "answered in any way"
    if kind.sort is Sort.TEXT:
        return "given"
    if kind.sort is Sort.CODES:
        return f"{len(listed)} sets of answers"
    if kind.sort in (Sort.DATE, Sort.MOMENT, Sort.COUNT, Sort.NUMBER, Sort.ID):
        return f"{len(listed)} values that stand for all"
    return ", ".join(kind.label(value) for value in listed)


class _Day(_Base):
    """The day of the review, or of the audit."""

    def __init__(self, space: Space, ref: Ref) -> None:
        super().__init__(space, ref.name)
        self.days = space.reps(ref)

    def ways(self) -> Iterator[Way]:
        if self.name == audited.name:
            yield Way(0, lambda: self._take(None))
        for day in self.days:
            yield Way(int(self.name == audited.name), lambda day=day: self._take(day))  # type: ignore[misc]

    def _take(self, day: date | None) -> None:
        self.space.values[self.name] = day or Gap.PENDING
        if self.name == today.name:
            self.space.draft.on = day or self.space.around
        else:
            self.space.draft.audited = day

    def undo(self) -> None:
        super().undo()
        if self.name == audited.name:
            self.space.draft.audited = None
        else:
            self.space.draft.on = self.space.around

    def __str__(self) -> str:
        return f"{self.name} ({_say(self.days, audited.kind)})"


class _Host(_Base):
    """What the host knows of the subject."""

    def __init__(self, space: Space, fact: Fact) -> None:
        super().__init__(space, fact.id)
        self.fact = fact
        self.values = space.reps(fact.ref)

    def ways(self) -> Iterator[Way]:
        host = self.space.draft.host
        seen = set[Value]()
        for given in (None, *self.values, IDLE, REASON):
            if given is None:
                host.pop(self.name, None)
            else:
                host[self.name] = given
            value = self.space.reading.host(self.fact)
            host.pop(self.name, None)
            if value not in seen:
                seen.add(value)
                yield Way(int(given is not None), self._take(given, value))

    def _take(self, given: Any, value: Value) -> Callable[[], None]:
        def take() -> None:
            self.space.values[self.name] = value
            if given is not None:
                self.space.draft.host[self.name] = given

        return take

    def undo(self) -> None:
        super().undo()
        self.space.draft.host.pop(self.name, None)

    def __str__(self) -> str:
        return f"{self.name} ({_say(self.values, self.fact.kind)})"


class _SetAside:
    """Whether a section is set aside, by itself or by its only judgement."""

    def __init__(self, space: Space, section: Section) -> None:
        self.space = space
        self.section = section

    def ways(self) -> Iterator[Way]:
        yield Way(0, lambda: None)
        yield Way(1, self._take)

    def _take(self) -> None:
        self.space.draft.sections[self.section.id] = REASON
        self.space.reading.dropped = self.space.reading.sections_set_aside()

    def undo(self) -> None:
        self.space.draft.sections.pop(self.section.id, None)
        self.space.reading.dropped = self.space.reading.sections_set_aside()

    def __str__(self) -> str:
        return f"section {self.section.id} (set aside or not)"


class _Answer(_Base):
    """What is filled in for a question, or for a judgement that a person gives."""

    def __init__(self, space: Space, step: Step) -> None:
        super().__init__(space, step.item.ref.name)
        self.step = step
        self.id = step.item.id
        self.values = space.reps(step.item.ref)
        fields = space.cone.fields.get(("judgements", self.id), frozenset())
        self.notes = fields & {"justified", "analysed"}
        self.entries = tuple(self._entries())

    def _entries(self) -> Iterator[tuple[int, Any]]:
        """Each way to fill it in, with how much it adds."""
        if isinstance(self.step.item, Question):
            yield from ((0, None), *((1, value) for value in self.values), (1, IDLE), (1, REASON))
            return
        notes = [()] if not self.notes else self._notes()
        sections = self.step.placed.sections
        speaks_for_all = (
            bool(sections) and sections[-1].takes_na and len(sections[-1].judgements) == 1
        )
        for note in notes:
            texts: Any = dict.fromkeys(note, "given")
            yield len(note), Judged(**texts) if note else None
            for value in self.values:
                yield 1 + len(note), Judged(grade=str(value), **texts)
            yield 1 + len(note), Judged(not_applicable=IDLE, **texts)
            if not (speaks_for_all and self.step.item.takes_na):  # that sets the section aside
                yield 1 + len(note), Judged(not_applicable=REASON, **texts)

    def _notes(self) -> list[tuple[str, ...]]:
        named = {"justified": "justification", "analysed": "analysis"}
        texts = tuple(named[each] for each in sorted(self.notes))
        return [
            tuple(text for text, there in zip(texts, given, strict=True) if there)
            for given in product((False, True), repeat=len(texts))
        ]

    @property
    def _into(self) -> dict[str, Any]:
        draft = self.space.draft
        return draft.answers if isinstance(self.step.item, Question) else draft.judgements

    def ways(self) -> Iterator[Way]:
        into, reading = self._into, self.space.reading
        seen: set[Any] = set()
        for cost, entry in self.entries:
            if entry is not None:
                into[self.id] = entry
            value = reading.settle(self.step)
            state = (reading.asked[self.name], reading.required[self.name])
            into.pop(self.id, None)
            noted = (entry.analysis, entry.justification) if isinstance(entry, Judged) else ("", "")
            outcome = (value, state, noted)
            if outcome not in seen:
                seen.add(outcome)
                yield Way(cost, self._take(entry, value, state))
        reading.set_aside.clear()
        reading.faults.clear()

    def _take(self, entry: Any, value: Value, state: tuple[Value, Value]) -> Callable[[], None]:
        def take() -> None:
            self.space.values[self.name] = value
            self.space.reading.asked[self.name], self.space.reading.required[self.name] = state
            if entry is not None:
                self._into[self.id] = entry

        return take

    def undo(self) -> None:
        super().undo()
        self._into.pop(self.id, None)

    def __str__(self) -> str:
        return f"{self.id} ({_say(self.values, self.step.item.ref.kind)})"


class _Same(_Base):
    """A judgement that is the same as a question."""

    def __init__(self, space: Space, step: Step) -> None:
        super().__init__(space, step.item.ref.name)
        self.step = step

    def ways(self) -> Iterator[Way]:
        yield Way(0, self.space.set(self.name, self.space.reading.settle(self.step)))


class _Derived(_Base):
    """A derived fact: anything, or nothing, once all that it rests on is given."""

    def __init__(self, space: Space, fact: Fact) -> None:
        super().__init__(space, fact.id)
        self.fact = fact
        self.values = space.reps(fact.ref)

    def ways(self) -> Iterator[Way]:
        assert self.fact.derivation is not None  # noqa: S101 - a derived fact has one
        given = [self.space.values[ref.name] for ref in self.fact.derivation.rests_on]
        for gap in (Gap.UNKNOWN, Gap.PENDING):
            if gap in given:
                yield Way(0, self.space.set(self.name, gap))
                return
        if not any(isinstance(value, Gap) for value in given):
            for value in self.values:
                yield Way(0, self.space.set(self.name, value))
        yield Way(0, self.space.set(self.name, Gap.SILENT))

    def __str__(self) -> str:
        return f"{self.name} (derived, taken as free: {_say(self.values, self.fact.kind)})"


class _Computed(_Base):
    """A judgement that is computed: anything that its scale has, while what it is of is free."""

    def __init__(self, space: Space, step: Step, judgement: Judgement) -> None:
        super().__init__(space, judgement.id)
        self.step = step
        self.judgement = judgement
        self.values = space.reps(judgement.ref)

    def ways(self) -> Iterator[Way]:
        reading = self.space.reading
        if not reading.ask(self.step):
            gap = Gap.NOT_APPLICABLE if reading.dropped_with(self.step) else Gap.SILENT
            yield Way(0, self.space.set(self.name, gap))
            return
        below = [self.space.values.get(child.ref.name, FREE) for child in self.step.children]
        pending = any(isinstance(value, Gap) and value.open for value in below)
        if pending or FREE in below:
            yield Way(0, self.space.set(self.name, Gap.PENDING))
        if not pending:
            for value in self.values:
                yield Way(1, self.space.set(self.name, value))
            if self.judgement.takes_na:
                yield Way(1, self.space.set(self.name, Gap.NOT_APPLICABLE))

    def __str__(self) -> str:
        said = _say(self.values, self.judgement.scale.kind)
        return f"{self.name} (computed, taken as free: {said})"


class _Item:
    """A question or judgement as an item, once what it rests on is settled."""

    def __init__(self, space: Space, collection: str, placed: Placed) -> None:
        self.space = space
        self.collection = collection
        self.placed = placed
        self.fields = space.cone.fields[collection, placed.item.id]
        shown = [each for each in space.items[collection] if each["id"] == placed.item.id]
        self.target: dict[str, Any] = shown[0] if shown else {}
        score: Ref | None = None
        if "score" in self.fields and collection == "judgements":
            score = judgements.score
        self.scores = space.reps(score) if score is not None else ()

    def ways(self) -> Iterator[Way]:
        made = self._made()
        if not self.scores or isinstance(self.space.values[self.placed.item.id], Gap):
            yield Way(0, self._take(made))
            return
        for score in (*self.scores, Gap.SILENT):
            yield Way(0, self._take({**made, "score": score}))

    def _made(self) -> dict[str, Any]:
        name = self.placed.item.ref.name
        reading, values = self.space.reading, self.space.values
        free = name not in self.space.cone.facts
        if free:
            values[name] = Gap.SILENT
        if self.collection == "questions":
            if free:
                reading.asked[name] = reading.required[name] = Gap.SILENT
            made: Mapping[str, Any] = reading.question(self.placed)
        else:
            adverse = self.fields & {"adverse", "adverse_count", "answer_count"}
            questions = tuple(self.space.made["questions"].values()) if adverse else ()
            made = reading.judgement(self.placed, questions)
        if free:
            del values[name]
        return {field: made[field] for field in self.fields}

    def _take(self, made: Mapping[str, Any]) -> Callable[[], None]:
        def take() -> None:
            self.target.update(made)
            item = {"id": self.placed.item.id, "adverse": Gap.SILENT, **made}
            self.space.made[self.collection][self.placed.item.id] = item

        return take

    def undo(self) -> None:
        self.target.update(dict.fromkeys(self.fields, FREE))
        self.space.made[self.collection].pop(self.placed.item.id, None)

    def __str__(self) -> str:
        return ""


class _Gathered:
    """The items that people add to a collection: none, one, or as many as count."""

    def __init__(self, space: Space, name: str) -> None:
        self.space = space
        self.name = name
        self.most = max(space.cone.most[name], 1)
        fields = sorted(space.cone.gathered.get(name, ()), key=lambda ref: ref.name)
        self.options = [(ref.name, self._values(ref)) for ref in fields]
        self.kinds = [
            dict(zip([field for field, _ in self.options], chosen, strict=True))
            for chosen in product(*(values for _, values in self.options))
        ]

    def _values(self, ref: Ref) -> tuple[Value, ...]:
        values = self.space.reps(ref, rivals=self.most - 1)
        if self.name == "actions":
            if ref.name == "section":
                targets = self.space.plan.tool.action_targets
                named = tuple(each for each in targets if each in values)
                return (*named, OTHER) if OTHER not in named else named
            return (Gap.SILENT, *values)
        if self.name == "participants":
            return tuple(self.space.parties[-1] if each == "another" else each for each in values)
        if ref.name == "party":
            return tuple(self.space.parties[-1] if each == "another" else each for each in values)
        if ref.name == "received":
            return (Gap.PENDING, *values)
        if ref.name == "moderated":
            return values
        return (Gap.PENDING, Gap.SILENT, Gap.NOT_APPLICABLE, *values)

    def ways(self) -> Iterator[Way]:
        for size in range(self.most + 1):
            for chosen in combinations_with_replacement(self.kinds, size):
                yield Way(size, lambda chosen=chosen: self._take(chosen))  # type: ignore[misc]

    def _take(self, chosen: tuple[dict[str, Value], ...]) -> None:
        draft = self.space.draft
        items = tuple({"id": str(number), **each} for number, each in enumerate(chosen, 1))
        match self.name:
            case "actions":
                draft.actions = tuple(
                    Action(
                        section=str(each.get("section", OTHER)),
                        action="given",
                        by=_day(each.get("by")),
                        signed_off=_day(each.get("signed_off")),
                    )
                    for each in chosen
                )
            case "participants":
                draft.participants = tuple(
                    Participant(role=str(each.get("role", self.space.parties[-1])), post="P-1")
                    for each in chosen
                )
            case _:
                self._returns(chosen)
                items = tuple(
                    {**each, "id": party, "party": party}
                    for each, party in zip(items, self.space.parties, strict=False)
                )
        self.space.items[self.name] = items

    def _returns(self, chosen: tuple[dict[str, Value], ...]) -> None:
        """Parties whose returns are expected; those that state something have come."""
        draft = self.space.draft
        by_fact = {placed.item.ref.name: placed for placed in self.space.plan.tool.questions}
        judged = {placed.item.id for placed in self.space.plan.tool.judged}
        parties = self.space.parties[: len(chosen)]
        draft.expected = parties
        returns = []
        for party, each in zip(parties, chosen, strict=True):
            stated = {
                name: REASON if value is Gap.NOT_APPLICABLE else value
                for name, value in each.items()
                if value is Gap.NOT_APPLICABLE or not isinstance(value, Gap)
            }
            answers = {
                by_fact[name].item.id: value for name, value in stated.items() if name in by_fact
            }
            grades = {
                name: Judged(not_applicable=REASON) if value == REASON else Judged(grade=str(value))
                for name, value in stated.items()
                if name in judged
            }
            received = _day(each.get("received"))
            if received or answers or grades or each.get("moderated"):
                returns.append(
                    Return(
                        party=party,
                        received=received,
                        answers=answers,
                        judgements=grades,
                        moderated=each.get("moderated") is True,
                    )
                )
        draft.returns = tuple(returns)

    def undo(self) -> None:
        draft = self.space.draft
        self.space.items[self.name] = FREE
        setattr(draft, self.name, ())
        if self.name == "returns":
            draft.expected = ()

    def __str__(self) -> str:
        return f"{self.name} (from none to {self.most})"


def _day(value: Any) -> date | None:
    return value if isinstance(value, date) else None
