"""What there is to choose in an audit, one class for each sort of thing that is filled in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import combinations_with_replacement, product
from typing import Any, Protocol

from qaf_core.audits import Action, Judged, Participant, Return
from qaf_core.checking.cone import Cone
from qaf_core.checking.drafts import IDLE, REASON, Draft
from qaf_core.facts import Fact, audited, judgements, today
from qaf_core.logic.check import Way
from qaf_core.logic.expressions import Ref
from qaf_core.logic.partial import FREE
from qaf_core.logic.values import Gap, Kind, Sort, Value
from qaf_core.plans import Plan, Step
from qaf_core.settling import Reading
from qaf_core.tools.model import OTHER, Judgement, Placed, Question, Section

__all__ = ["Answer", "Computed", "Day", "Derived", "Gathered", "Host", "Item", "Same", "SetAside"]


def __dir__() -> list[str]:
    return __all__


class Space(Protocol):
    """What choices are made in: the audit so far, and what is known of its record."""

    plan: Plan
    cone: Cone
    around: date
    parties: tuple[str, ...]
    draft: Draft
    reading: Reading
    values: dict[str, Value]
    made: dict[str, dict[str, Any]]
    items: dict[str, Any]

    def reps(self, ref: Ref, rivals: int = 0) -> tuple[Value, ...]: ...

    def set(self, name: str, value: Value) -> Callable[[], None]: ...


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


class Day(_Base):
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


class Host(_Base):
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


class SetAside:
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


class Answer(_Base):
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


class Same(_Base):
    """A judgement that is the same as a question."""

    def __init__(self, space: Space, step: Step) -> None:
        super().__init__(space, step.item.ref.name)
        self.step = step

    def ways(self) -> Iterator[Way]:
        yield Way(0, self.space.set(self.name, self.space.reading.settle(self.step)))


class Derived(_Base):
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


class Computed(_Base):
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


class Item:
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


class Gathered:
    """The items that people add to a collection: none, one, or as many as count."""

    def __init__(self, space: Space, name: str) -> None:
        self.space = space
        self.name = name
        self.most = max(space.cone.most[name], 1)
        self.unnamed: tuple[str, ...] = space.parties
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
                others = tuple(each for each in reversed(targets) if each not in values)
                return (*named, *others[:1])
            return (Gap.SILENT, *values)
        if self.name == "participants":
            return tuple(self._others(values)[0] if each == "another" else each for each in values)
        if ref.name == "party":
            self.unnamed = self._others(values)
            return values
        if ref.name == "received":
            return (Gap.PENDING, *values)
        if ref.name == "moderated":
            return values
        return (Gap.PENDING, Gap.SILENT, Gap.NOT_APPLICABLE, *values)

    def _others(self, values: tuple[Value, ...]) -> tuple[str, ...]:
        """Roles that no condition names."""
        return tuple(each for each in self.space.parties if each not in values) or ("nobody",)

    def ways(self) -> Iterator[Way]:
        for size in range(self.most + 1):
            for chosen in combinations_with_replacement(self.kinds, size):
                if self.name != "returns" or self._distinct(chosen):
                    yield Way(size, lambda chosen=chosen: self._take(chosen))  # type: ignore[misc]

    def _distinct(self, chosen: tuple[dict[str, Value], ...]) -> bool:
        """Whether each can be another party's: a party makes one return."""
        parties = [each.get("party", "another") for each in chosen]
        named = [party for party in parties if party != "another"]
        return len(set(named)) == len(named) and len(parties) - len(named) <= len(self.unnamed)

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
                unnamed = iter(self.unnamed)
                parties = tuple(
                    next(unnamed)
                    if each.get("party", "another") == "another"
                    else str(each["party"])
                    for each in chosen
                )
                self._returns(chosen, parties)
                items = tuple(
                    {**each, "id": party, "party": party}
                    for each, party in zip(chosen, parties, strict=True)
                )
        self.space.items[self.name] = items

    def _returns(self, chosen: tuple[dict[str, Value], ...], parties: tuple[str, ...]) -> None:
        """Parties whose returns are expected; those that state something have come."""
        draft = self.space.draft
        by_fact = {placed.item.ref.name: placed for placed in self.space.plan.tool.questions}
        judged = {placed.item.id for placed in self.space.plan.tool.judged}
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
