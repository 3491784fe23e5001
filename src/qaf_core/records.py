"""From an audit and its tool to the record that rules are read on.

Here it is settled what is answered, what is pending and what is silent.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from attrs import evolve, frozen

from qaf_core.audits import Audit, Judged, NotApplicable, Return
from qaf_core.errors import Fault
from qaf_core.facts import Fact
from qaf_core.logic.lower import contains, met
from qaf_core.logic.values import Gap, Kind, Record, Sort, Value
from qaf_core.plans import Plan, Step, plan_for
from qaf_core.tools.computing import Child, Gives
from qaf_core.tools.model import OTHER, Judgement, Placed, Question, Tool

__all__ = ["AuditRecord", "Reading", "alone", "record_of"]

GIVEN = "given"
"""Stands in a record for any text: rules ask only whether there is some."""

_STATES = {
    Gap.PENDING: "pending",
    Gap.UNKNOWN: "pending",
    Gap.NOT_APPLICABLE: "not_applicable",
    Gap.SILENT: "silent",
}


def __dir__() -> list[str]:
    return __all__


@frozen(eq=False)
class AuditRecord:
    """A record and what came to light while it was made.

    Attributes:
        record: what rules are read on. It holds no free text.
        set_aside: ids of answers and judgements that are no longer asked for;
            they are kept in the audit and left out of the record.
        faults: what could not be used, each with its path; such a fact is pending.
    """

    record: Record
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
    return Reading(audit, plan, on, unread).record()


@frozen
class _Score:
    """A computed score, the highest it could be, and the weight of all that counted."""

    points: Fraction
    highest: Fraction
    weight: Fraction


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


class Reading:
    """The making of one record: facts are settled one by one, in the order of the plan."""

    def __init__(self, audit: Audit, plan: Plan, on: date, unread: frozenset[str]) -> None:
        self.audit = audit
        self.plan = plan
        self.on = on
        self.unread = unread
        self.values: dict[str, Value] = {"today": on, "audited": audit.audited or Gap.PENDING}
        self.so_far = Record(self.values)
        self.asked: dict[str, Value] = {}
        self.required: dict[str, Value] = {}
        self.scores: dict[str, _Score] = {}
        self.set_aside: list[str] = []
        self.faults: list[Fault] = []
        self.dropped = self.sections_set_aside()

    def record(self) -> AuditRecord:
        for fact in self.plan.host:
            self.values[fact.id] = self.host(fact)
        for entry in self.plan.order:
            if isinstance(entry, Fact):
                self.values[entry.id] = self.derived(entry)
            else:
                self.values[entry.item.ref.name] = self.settle(entry)
        self._unknown_ids()
        questions = tuple(self.question(placed) for placed in self.plan.tool.questions)
        items: dict[str, tuple[Mapping[str, Value], ...]] = {
            "questions": questions,
            "judgements": tuple(
                self.judgement(placed, questions) for placed in self.plan.tool.judged
            ),
            "actions": tuple(
                {
                    "id": str(number),
                    "section": action.section,
                    "by": action.by or Gap.SILENT,
                    "signed_off": action.signed_off or Gap.SILENT,
                }
                for number, action in enumerate(self.audit.actions, 1)
            ),
            "returns": self._returns(),
            "participants": tuple(
                {"id": str(number), "role": each.role}
                for number, each in enumerate(self.audit.participants, 1)
            ),
        }
        return AuditRecord(Record(self.values, items), tuple(self.set_aside), tuple(self.faults))

    # --- facts -----------------------------------------------------------------

    def host(self, fact: Fact) -> Value:
        """What the host's record of the subject states."""
        given = self.audit.subject.facts.get(fact.id)
        if given is None:
            return Gap.PENDING if fact.needed else Gap.SILENT
        if isinstance(given, NotApplicable):
            return Gap.NOT_APPLICABLE if given.given else Gap.PENDING
        return self._checked(given, fact.kind, f"subject.facts.{fact.id}")

    def derived(self, fact: Fact) -> Value:
        """What follows from the facts it rests on, once they are settled."""
        derivation = fact.derivation
        assert derivation is not None  # noqa: S101 - a derived fact has one
        values = [self.values.get(ref.name, Gap.UNKNOWN) for ref in derivation.rests_on]
        for gap in (Gap.UNKNOWN, Gap.PENDING):
            if gap in values:
                return gap
        if any(isinstance(value, Gap) for value in values):
            return Gap.SILENT
        settings = [
            self.plan.settings.get(setting.id, setting.value) for setting in derivation.settings
        ]
        calendar = [self.plan.calendar] if derivation.uses_calendar else []
        try:
            value = derivation.function(*values, *settings, *calendar)
        except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever it raises, the fact stays open
            self._fault(
                f"facts.{fact.id}",
                f"it could not be worked out ({type(error).__name__})",
                "Treat what rests on it as open, and mend the derivation",
            )
            return Gap.PENDING
        return Gap.SILENT if value is None else self._checked(value, fact.kind, f"facts.{fact.id}")

    def ask(self, step: Step) -> bool:
        """Settle whether something is asked and required; whether it may be asked at all."""
        maybe = not self.dropped_with(step) and met(step.asked_maybe, self.so_far)
        surely = maybe and met(step.asked_surely, self.so_far)
        called_maybe = maybe and met(step.called_maybe, self.so_far)
        called_surely = called_maybe and met(step.called_surely, self.so_far)
        name = step.item.ref.name
        self.asked[name] = _known(surely, maybe)
        self.required[name] = _known(called_surely, called_maybe)
        return maybe

    def dropped_with(self, step: Step) -> bool:
        """Whether it lies in a section that is set aside."""
        return any(section.id in self.dropped for section in step.placed.sections)

    def settle(self, step: Step) -> Value:
        """What a question or judgement states."""
        maybe = self.ask(step)
        name = step.item.ref.name
        if isinstance(step.item, Judgement) and not step.item.judged and maybe:
            return self._follows(step, step.item)
        answer = self._given(step)
        idle = isinstance(answer, NotApplicable) and not (answer.given and step.item.takes_na)
        if maybe and (idle or (answer is None and step.item.id in self.unread)):
            self.required[name] = self.asked[name]  # it settles nothing: say what it is
            return Gap.PENDING
        if not maybe:
            if answer is not None and not isinstance(answer, NotApplicable):
                self.set_aside.append(step.path)
            return Gap.NOT_APPLICABLE if self.dropped_with(step) else Gap.SILENT
        if isinstance(answer, NotApplicable):
            return Gap.NOT_APPLICABLE
        if answer is None:
            return Gap.SILENT if self.required[name] is False else Gap.PENDING
        return self._checked(answer, step.item.ref.kind, step.path)

    def _follows(self, step: Step, judgement: Judgement) -> Value:
        """A judgement that is the same as a question, or computed from its section."""
        if judgement.computed is None:
            return self.values[step.children[0].ref.name]
        values = {child.id: self.values[child.ref.name] for child in step.children}
        if any(isinstance(value, Gap) and value.open for value in values.values()):
            return Gap.PENDING
        children = tuple(
            made
            for child in step.children
            if (made := self._child(child, values[child.id])) is not None
        )
        nothing = Gap.NOT_APPLICABLE if judgement.takes_na else Gap.PENDING
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
            self._fault(
                step.path,
                f"it could not be worked out ({type(error).__name__})",
                "Treat what rests on it as open, and mend the computation",
            )
            return Gap.PENDING
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
            self._fault(path, f"it is not {kind.takes}", "Correct it")
            return Gap.PENDING
        return GIVEN if kind.sort is Sort.TEXT else value

    def sections_set_aside(self) -> frozenset[str]:
        """Sections the auditor set aside; a section's only judgement speaks for it."""
        dropped = set()
        for section in self.plan.tool.sections:
            reasons = [self.audit.sections.get(section.id)]
            if len(section.judgements) == 1 and section.judgements[0].takes_na:
                judged = self.audit.judgements.get(section.judgements[0].id, Judged())
                reasons.append(None if judged.grade else judged.not_applicable)
            if section.takes_na and any(reason and reason.given for reason in reasons):
                dropped.add(section.id)
        return frozenset(dropped)

    # --- items -----------------------------------------------------------------

    def question(self, placed: Placed) -> dict[str, Value]:
        """A question as an item, once what it states is settled."""
        question = placed.item
        assert isinstance(question, Question)  # noqa: S101 - tool.questions holds no other
        value = self.values[question.fact]
        adverse: Value = Gap.SILENT
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
            "action_count": sum(each.section == placed.section for each in self.audit.actions),
        }

    def judgement(
        self, placed: Placed, questions: tuple[Mapping[str, Value], ...]
    ) -> dict[str, Value]:
        """A judgement as an item, once what it states and the section's questions are settled."""
        judgement = placed.item
        assert isinstance(judgement, Judgement)  # noqa: S101 - tool.judged holds no other
        section = placed.section
        value = self.values[judgement.id]
        judged = self.audit.judgements.get(judgement.id, Judged())
        inside = self.plan.within.get(section)
        adverse = [each["adverse"] for each in questions if inside is None or each["id"] in inside]
        open_still = any(isinstance(each, Gap) and each.open for each in adverse)
        target = section or OTHER
        return {
            "id": judgement.id,
            "section": section,
            "level": "section" if section else "overall",
            **self._grades(judgement, value),
            "score": self._score(judgement, value),
            "state": _state(value),
            "analysed": bool(judged.analysis.strip()),
            "judged": judgement.judged,
            "must_justify": judgement.must_justify,
            "justified": bool(judged.justification.strip()),
            "adverse": True if True in adverse else Gap.PENDING if open_still else False,
            "adverse_count": Gap.PENDING if open_still else adverse.count(True),
            "answer_count": sum(not isinstance(each, Gap) for each in adverse),
            "action_count": sum(action.section == target for action in self.audit.actions),
        }

    def _score(self, judgement: Judgement, value: Value) -> Value:
        if judgement.computed is None or judgement.computed.gives is Gives.CHILD_GRADE:
            return Gap.SILENT
        if isinstance(value, Gap):
            return value
        return self.scores[judgement.id].points if judgement.id in self.scores else Gap.SILENT

    def _grades(self, judgement: Judgement, value: Value) -> dict[str, Value]:
        """The grade on its own scale, on those it maps to, and silent on any other."""
        scale = judgement.scale
        grades: dict[str, Value] = {f"grade.{each.id}": Gap.SILENT for each in self.plan.scales}
        grades[f"grade.{scale.id}"] = value
        for mapping in self.plan.maps:
            if mapping.of.id == scale.id != mapping.on.id:
                on = value if isinstance(value, Gap) else mapping.codes.get(str(value), Gap.SILENT)
                grades[f"grade.{mapping.on.id}"] = on
        return grades

    def _returns(self) -> tuple[Mapping[str, Value], ...]:
        """One item a party, whether its return has come or is only expected."""
        come = {each.party: each for each in self.audit.returns}
        stated = {
            each.party: record_of(alone(self.audit, each), self.plan, self.on).record.facts
            for each in self.audit.returns
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
            for party in dict.fromkeys((*self.audit.expected, *come))
        )

    # --- faults ----------------------------------------------------------------

    def _unknown_ids(self) -> None:
        tool = self.plan.tool
        known: dict[str, set[str]] = {
            "answers": {placed.item.id for placed in tool.questions},
            "judgements": {placed.item.id for placed in tool.judged},
            "sections": {section.id for section in tool.sections},
        }
        for group, ids in known.items():
            extra = set(getattr(self.audit, group)) - ids
            if extra:
                self._fault(
                    group,
                    f"{len(extra)} of the ids are not of tool {tool.id} {tool.version}",
                    "Read the audit with read_audit, which names them",
                )
        pinned = self.audit.tool.fingerprint
        if pinned and pinned != tool.fingerprint:
            self._fault(
                "tool.fingerprint",
                "the tool has changed since this audit was made, under the same version",
                "Review it with the framework it was made with",
            )
        if self.audit.subject.kind != tool.subject:
            self._fault("subject.kind", f"this tool is for {tool.subject}", "Use the tool for it")

    def _fault(self, path: str, problem: str, do: str) -> None:
        self.faults.append(Fault(path=path, problem=problem, do=do))


def _known(surely: bool, maybe: bool) -> Value:
    return surely if surely or not maybe else Gap.PENDING


def _state(value: Value) -> str:
    return _STATES[value] if isinstance(value, Gap) else "answered"
