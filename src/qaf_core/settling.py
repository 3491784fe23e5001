"""How each part of an audit is settled: what is answered, what is pending and what is silent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from attrs import evolve, frozen

from qaf_core.audits import Audit, Judged, NotApplicable
from qaf_core.errors import Fault
from qaf_core.facts import Fact
from qaf_core.logic.lower import contains, met
from qaf_core.logic.values import Gap, Kind, Record, Sort, Value
from qaf_core.plans import Plan, Step
from qaf_core.tools.computing import Child, Gives
from qaf_core.tools.model import OTHER, Judgement, Placed, Question

__all__ = ["GIVEN", "Fixed", "Reading", "fixed"]

_NONE: frozenset[str] = frozenset()

GIVEN = "given"
"""Stands in a record for any text: rules ask only whether there is some."""

_PENDING, _UNKNOWN, _NOT_APPLICABLE, _SILENT = Gap
"""By these names they are found in a tenth of the time."""

_STATES = {
    Gap.PENDING: "pending",
    Gap.UNKNOWN: "pending",
    Gap.NOT_APPLICABLE: "not_applicable",
    Gap.SILENT: "silent",
}


def __dir__() -> list[str]:
    return __all__


@frozen
class _Score:
    """A computed score, the highest it could be, and the weight of all that counted."""

    points: Fraction
    highest: Fraction
    weight: Fraction


@frozen(eq=False)
class Fixed:
    """What a judgement's item is whatever the audit.

    Attributes:
        id, judgement: the judgement.
        item: the fields that no audit changes.
        target: what actions that answer it are aimed at.
        grade: the field that holds its grade.
        mapped: the fields that hold it on another scale, each with how it reads there.
    """

    id: str
    judgement: Judgement
    item: dict[str, Value]
    target: str
    grade: str
    mapped: tuple[tuple[str, Mapping[str, str]], ...]

    def grades(self, value: Value) -> dict[str, Value]:
        """The grade on its own scale and on those it maps to."""
        return {
            self.grade: value,
            **{
                name: value if isinstance(value, Gap) else codes.get(str(value), Gap.SILENT)
                for name, codes in self.mapped
            },
        }


def fixed(plan: Plan, placed: Placed) -> Fixed:
    """What a judgement's item is whatever the audit."""
    judgement = placed.item
    assert isinstance(judgement, Judgement)  # noqa: S101 - tool.judged holds no other
    scale = judgement.scale
    item: dict[str, Value] = {
        "id": judgement.id,
        "section": placed.section,
        "level": "section" if placed.section else "overall",
        **{f"grade.{each.id}": Gap.SILENT for each in plan.scales},
        "score": Gap.SILENT,
        "judged": judgement.judged,
        "must_justify": judgement.must_justify,
    }
    mapped = tuple(
        (f"grade.{each.on.id}", each.codes)
        for each in plan.maps
        if each.of.id == scale.id != each.on.id
    )
    return Fixed(
        judgement.id, judgement, item, placed.section or OTHER, f"grade.{scale.id}", mapped
    )


class Reading:
    """The facts of one audit, settled one by one in the order of the plan.

    This is what each part of an audit means; ``Recorder`` makes whole records of it.
    """

    def __init__(self, audit: Audit, plan: Plan, on: date, unread: frozenset[str]) -> None:
        self.audit = audit
        self.plan = plan
        self.on = on
        self.unread = unread
        self.values: dict[str, Value] = {"today": on, "audited": audit.audited or _PENDING}
        self.asked: dict[str, Value] = {}
        self.required: dict[str, Value] = {}
        self.scores: dict[str, _Score] = {}
        self.set_aside: list[str] = []
        self.faults: list[Fault] = []
        self.dropped = self.sections_set_aside()

    # --- facts -----------------------------------------------------------------

    def host(self, fact: Fact) -> Value:
        """What the host's record of the subject states."""
        given = self.audit.subject.facts.get(fact.id)
        if given is None:
            return _PENDING if fact.needed else _SILENT
        if isinstance(given, NotApplicable):
            return _NOT_APPLICABLE if given.given else _PENDING
        return self._checked(given, fact.kind, f"subject.facts.{fact.id}")

    def derived(self, fact: Fact) -> Value:
        """What follows from the facts it rests on, once they are settled."""
        function, names, besides, plainly = self.plan.derives[fact.id]
        known = self.values
        try:
            values = [known[name] for name in names]
        except KeyError:
            return _UNKNOWN
        for value in values:
            if type(value) is Gap:
                return _worst(values)
        try:
            value = function(*values, *besides)
        except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever it raises, the fact stays open
            self.fault(
                f"facts.{fact.id}",
                f"it could not be worked out ({type(error).__name__})",
                "Treat what rests on it as open, and mend the derivation",
            )
            return _PENDING
        if value is None:
            return _SILENT
        if type(value) is plainly:
            return value
        return self._checked(value, fact.kind, f"facts.{fact.id}")

    def ask(self, step: Step) -> bool:
        """Settle whether something is asked and required; whether it may be asked at all."""
        so_far = Record(self.values)
        maybe = not self.dropped_with(step) and met(step.asked_maybe, so_far)
        surely = maybe and met(step.asked_surely, so_far)
        called_maybe = maybe and met(step.called_maybe, so_far)
        called_surely = called_maybe and met(step.called_surely, so_far)
        name = step.name
        self.asked[name] = _known(surely, maybe)
        self.required[name] = _known(called_surely, called_maybe)
        return maybe

    def dropped_with(self, step: Step) -> bool:
        """Whether it lies in a section that is set aside."""
        return any(section.id in self.dropped for section in step.placed.sections)

    def settle(self, step: Step) -> Value:
        """What a question or judgement states."""
        maybe = self.ask(step)
        name = step.name
        if isinstance(step.item, Judgement) and not step.item.judged and maybe:
            return self._follows(step, step.item)
        answer = self._given(step)
        idle = isinstance(answer, NotApplicable) and not (answer.given and step.item.takes_na)
        if maybe and (idle or (answer is None and step.item.id in self.unread)):
            self.required[name] = self.asked[name]  # it settles nothing: say what it is
            return _PENDING
        if not maybe:
            if answer is not None and not isinstance(answer, NotApplicable):
                self.set_aside.append(step.path)
            return _NOT_APPLICABLE if self.dropped_with(step) else _SILENT
        if isinstance(answer, NotApplicable):
            return _NOT_APPLICABLE
        if answer is None:
            return _SILENT if self.required[name] is False else _PENDING
        return self._checked(answer, step.item.ref.kind, step.path)

    def _follows(self, step: Step, judgement: Judgement) -> Value:
        """A judgement that is the same as a question, or computed from its section."""
        if judgement.computed is None:
            return self.values[step.children[0].ref.name]
        values = {child.id: self.values[child.ref.name] for child in step.children}
        if any(isinstance(value, Gap) and value.open for value in values.values()):
            return _PENDING
        children = tuple(
            made
            for child in step.children
            if (made := self._child(child, values[child.id])) is not None
        )
        nothing = _NOT_APPLICABLE if judgement.takes_na else _PENDING
        if not children:
            return nothing
        try:
            result = judgement.computed.function(children)
            if isinstance(result, Fraction):
                at_best = tuple(evolve(child, points=child.maximum) for child in children)
                highest = judgement.computed.function(at_best)
                self.scores[judgement.id] = _Score(
                    result,
                    highest if isinstance(highest, Fraction) else Fraction(100),
                    sum((child.weight for child in children), Fraction(0)),
                )
                result = judgement.scale.band(result).code
        except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever it raises, the judgement stays open
            self.fault(
                step.path,
                f"it could not be worked out ({type(error).__name__})",
                "Treat what rests on it as open, and mend the computation",
            )
            return _PENDING
        return nothing if result is None else self._checked(result, step.item.ref.kind, step.path)

    def _child(self, item: Question | Judgement, value: Value) -> Child | None:
        """An answered child that has points; None for any other."""
        kind = item.ref.kind
        if isinstance(value, Gap):
            return None
        points: Fraction | None = None
        maximum: Fraction | None = None
        weight: Fraction | None = None
        if isinstance(item, Judgement) and item.id in self.scores:
            score = self.scores[item.id]
            points, maximum, weight = score.points, score.highest, score.weight
        elif isinstance(value, Fraction) and kind.highest is not None:
            points, maximum = value, kind.highest
        elif kind.ordered and kind.codes and (rank := kind.position(value)) is not None:
            points, maximum = Fraction(rank), Fraction(len(kind.codes) - 1)
        if points is None or not maximum:
            return None
        return Child(
            id=item.id,
            points=points,
            maximum=maximum,
            weight=(weight or maximum) if item.weight is None else item.weight,
            grade=str(value) if kind.codes else "",
            rank=kind.position(value) if kind.codes else None,
        )

    def _given(self, step: Step) -> Any:
        if isinstance(step.item, Question):
            return self.audit.answers.get(step.item.id)
        judged = self.audit.judgements.get(step.item.id)
        if judged is None:
            return None
        return judged.grade or judged.not_applicable

    def _checked(self, value: Any, kind: Kind, path: str) -> Value:
        """The value if it is one of the kind; else it is pending, and said so."""
        if not kind.admits(value):
            self.fault(path, f"it is not {kind.takes}", "Correct it")
            return _PENDING
        return GIVEN if kind.sort is Sort.TEXT else value

    def sections_set_aside(self) -> frozenset[str]:
        """Sections the auditor set aside; a section's only judgement speaks for it."""
        reasons = list(self.audit.sections.items())
        for id, judged in self.audit.judgements.items():
            reason = judged.not_applicable
            if reason is not None and not judged.grade and id in self.plan.speaks_for:
                reasons.append((self.plan.speaks_for[id], reason))
        if not reasons:
            return _NONE
        return frozenset(
            id for id, reason in reasons if reason.given and id in self.plan.may_be_set_aside
        )

    # --- items -----------------------------------------------------------------

    def question(self, placed: Placed) -> dict[str, Value]:
        """A question as an item, once what it states is settled."""
        question = placed.item
        assert isinstance(question, Question)  # noqa: S101 - tool.questions holds no other
        value = self.values[question.fact]
        adverse: Value = _SILENT
        if question.adverse:
            adverse = value if isinstance(value, Gap) else contains(value, question.adverse)
        return {
            "id": question.id,
            "fact": question.fact,
            "section": placed.section,
            "asked": self.asked[question.fact],
            "required": self.required[question.fact],
            "state": _state(value),
            "adverse": adverse,
            "action_count": self.aimed_at(placed.section),
        }

    def judgement(
        self, placed: Placed, questions: tuple[Mapping[str, Value], ...]
    ) -> Mapping[str, Value]:
        """A judgement as an item, once what it states and the section's questions are settled."""
        inside = self.plan.within.get(placed.section)
        adverse = [each["adverse"] for each in questions if inside is None or each["id"] in inside]
        open_still = sum(isinstance(each, Gap) and each.open for each in adverse)
        counts = (adverse.count(True), adverse.count(False), open_still)
        start = fixed(self.plan, placed)
        given = self.audit.judgements.get(start.id)
        return self.judged(start, given, counts, self.aimed_at(start.target))

    def judged(
        self, start: Fixed, judged: Judged | None, counts: tuple[int, int, int], aimed: int
    ) -> Mapping[str, Value]:
        """A judgement's item: what is fixed, and what this audit makes of it.

        Args:
            start: what the item is whatever the audit.
            judged: what was given for it, if anything was.
            counts: how many answers in its section are adverse, are not, and are open.
            aimed: how many actions are aimed at its section.
        """
        value = self.values[start.id]
        analysed = judged is not None and bool(judged.analysis.strip())
        justified = judged is not None and bool(judged.justification.strip())
        judgement = start.judgement
        item = {**start.item, **start.grades(value), "state": _state(value)}
        item |= {"analysed": analysed, "justified": justified, "action_count": aimed}
        item |= _adverse(*counts)
        if judgement.computed is not None:
            item["score"] = self._score(judgement.id, judgement.computed.gives, value)
        return item

    def aimed_at(self, section: str) -> int:
        """How many actions are aimed at a section."""
        return sum(each.section == section for each in self.audit.actions)

    def _score(self, id: str, gives: Gives, value: Value) -> Value:
        if gives is Gives.CHILD_GRADE:
            return _SILENT
        if isinstance(value, Gap):
            return value
        return self.scores[id].points if id in self.scores else _SILENT

    def fault(self, path: str, problem: str, do: str) -> None:
        """Note what could not be used."""
        self.faults.append(Fault(path=path, problem=problem, do=do))


def _worst(values: list[Value]) -> Gap:
    """What follows from facts of which some have no value."""
    if _UNKNOWN in values:
        return _UNKNOWN
    return _PENDING if _PENDING in values else _SILENT


def _known(surely: bool, maybe: bool) -> Value:
    return surely if surely or not maybe else _PENDING


def _adverse(adverse: int, fine: int, open_still: int) -> dict[str, Value]:
    """What a section's answers come to: known as soon as one is adverse, counted once all are."""
    return {
        "adverse": True if adverse else _PENDING if open_still else False,
        "adverse_count": _PENDING if open_still else adverse,
        "answer_count": adverse + fine,
    }


def _state(value: Value) -> str:
    return _STATES[value] if isinstance(value, Gap) else "answered"
