"""Deciding: the rules for a tool read on the record of one audit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from operator import itemgetter

import attrs

from qaf_core.audits import Audit
from qaf_core.errors import Fault, NotInForceError
from qaf_core.findings import Finding, Status, title, urgency
from qaf_core.immutable import making
from qaf_core.logic.compiled import Hit
from qaf_core.logic.explain import explain
from qaf_core.logic.expressions import Ref, collections_of
from qaf_core.logic.lower import look_up, met
from qaf_core.logic.values import Gap, Record, Value
from qaf_core.ready import Ready, ReadyRule
from qaf_core.recording import alone
from qaf_core.review import Review
from qaf_core.roles import Role
from qaf_core.rules.model import (
    Act,
    Escalate,
    Moderate,
    Outcome,
    Recipient,
    Recognise,
    Require,
    Rule,
    recipients,
)

__all__ = ["review"]


def __dir__() -> list[str]:
    return __all__


def review(
    audit: Audit, prepared: Ready, on: date, *, unread: frozenset[str] = frozenset()
) -> Review:
    """Say what follows from one audit, complete or draft. It never raises on its content.

    Args:
        audit: the audit.
        prepared: its tool and the rules, made ready.
        on: the day of the review. It drives clocks only.
        unread: ids of answers that were given and could not be read.
    """
    try:
        return _Deciding(audit, prepared, on, unread).review()
    except (Exception, SystemExit) as error:  # noqa: BLE001 - nothing is lost to it
        return _all_open(audit, prepared, on, error)


def _all_open(audit: Audit, prepared: Ready, on: date, error: BaseException) -> Review:
    """The review where none could be made: every rule for the tool stays open, and it says so."""
    rules = [each.rule for each in prepared.rules]
    nothing = Record({}, {id: () for rule in rules for id in collections_of(rule.when)})
    unsettled = [
        Finding(rule=rule, outcome=outcome, status=Status.UNSETTLED, record=nothing)
        for rule in rules
        for outcome in rule.then
    ]
    fault = Fault(
        path="(whole audit)",
        problem=f"it could not be reviewed ({type(error).__name__})",
        do="Treat every rule as open, and read it by hand at once",
    )
    return Review(
        audit=audit.id,
        subject=audit.subject.id,
        tool=prepared.plan.tool.id,
        version=prepared.plan.tool.version,
        framework=prepared.framework,
        on=on,
        complete=False,
        findings=(),
        unsettled=tuple(sorted(unsettled, key=urgency)),
        changes=prepared.changes,
        left_out=prepared.left_out,
        faults=(fault,),
    )


_finding, _review = making(Finding), making(Review)
_PLACE = itemgetter(0)
_PENDING, _FIRED, _UNSETTLED = Gap.PENDING, Status.FIRED, Status.UNSETTLED
"""By these names they are found in a tenth of the time."""


class _Deciding:
    """The review of one audit."""

    def __init__(self, audit: Audit, prepared: Ready, on: date, unread: frozenset[str]) -> None:
        self.audit = audit
        self.prepared = prepared
        self.on = on
        self.unread = unread
        self.made = made = prepared.recorder.record(audit, on, unread=unread)
        self.record: Record = made.record
        self.pending = made.pending
        self.set_aside = made.set_aside
        self.faults = list(made.faults)
        self.explained = {(each.rule, each.about): each.text for each in audit.explanations}

    def review(self) -> Review:
        fired, unsettled, not_assessable = self._read()
        found = self._findings(fired, _FIRED)
        open_still = self._findings(unsettled, _UNSETTLED)
        complete = not (self.pending or self.faults)
        if self.audit.returns:
            returned = self._from_returns(found)
            for each in returned:
                (found if each.status is Status.FIRED else open_still).append(each)
            found.sort(key=urgency)
            open_still.sort(key=urgency)
            complete &= not self.faults
            complete &= not any(each.status is Status.UNSETTLED for each in returned)
        facts, prepared = self.record.facts, self.prepared
        missing = tuple([id for id in prepared.wanted if facts[id] is _PENDING])
        tool = prepared.plan.tool
        return _review(
            audit=self.audit.id,
            subject=self.audit.subject.id,
            tool=tool.id,
            version=tool.version,
            framework=prepared.framework,
            on=self.on,
            missing=missing,
            complete=complete
            and not missing
            and Require not in [type(each.outcome) for each in found],
            findings=tuple(found),
            unsettled=tuple(open_still),
            not_assessable=prepared.rules_of(tuple([id for id, _ in not_assessable]))
            if not_assessable
            else (),
            set_aside=self.set_aside,
            changes=prepared.changes,
            left_out=prepared.left_out,
            faults=tuple(self.faults),
            basis=None if self.unread else self.made,
        )

    def _read(self) -> tuple[Sequence[Hit], Sequence[Hit], Sequence[Hit]]:
        """What is met, what is unsettled, and what only facts that nothing states leave open."""
        try:
            reading = self.prepared.reading(self.on)
            if reading is not None:
                return reading(self.record)
        except (Exception, SystemExit):  # noqa: BLE001, S110 - then each rule is read for itself
            pass
        return self._read_one_by_one()

    def _read_one_by_one(self) -> tuple[list[Hit], list[Hit], list[Hit]]:
        """The same, so that a rule that cannot be read leaves the others as they are."""
        fired: list[Hit] = []
        unsettled: list[Hit] = []
        not_assessable: list[Hit] = []
        for id, each in self.prepared.by_id.items():
            items: Sequence[Mapping[str, Value] | None] = (None,)
            if each.rule.each is not None:
                items = self.record.items[each.rule.each.id]
            for item in items:
                status = self._status(each, item)
                if status is not None:
                    (fired if status is Status.FIRED else unsettled).append((id, item))
                elif self._left_open(each, item):
                    not_assessable.append((id, item))
        return fired, unsettled, not_assessable

    def _from_returns(self, found: list[Finding]) -> list[Finding]:
        """What a single return calls to escalate, or leaves open by a question it has not answered,
        whatever the joint conclusion says.
        """
        already = {
            (finding.rule, finding.about, finding.outcome)
            for finding in found
            if finding.status is Status.FIRED
        }
        asked = {str(each["fact"]) for each in self.record.items["questions"]}
        more: list[Finding] = []
        for number, each in enumerate(self.audit.returns):
            made = review(alone(self.audit, each), self.prepared, self.on, unread=self.unread)
            unsettled = (each for each in made.unsettled if asked & set(each.settled_by))
            for finding in (*made.findings, *unsettled):
                key = (finding.rule, finding.about, finding.outcome)
                if isinstance(finding.outcome, Escalate) and key not in already:
                    about = f"{each.party}.{finding.about}" if finding.about else each.party
                    more.append(attrs.evolve(finding, about=about))
            self.faults += [
                attrs.evolve(fault, path=f"returns[{number}].{fault.path}")
                for fault in made.faults
                if fault.path.startswith(("answers", "judgements"))
            ]
        return more

    def _status(self, each: ReadyRule, item: Mapping[str, Value] | None) -> Status | None:
        """Fired, unsettled or neither; a rule that fails is unsettled, never passed over."""
        try:
            if met(each.sure, self.record, item):
                return Status.FIRED
            return Status.UNSETTLED if met(each.settleable, self.record, item) else None
        except (Exception, SystemExit) as error:  # noqa: BLE001 - nothing is lost to it
            self.faults.append(
                Fault(
                    path=f"rules.{each.rule.id}",
                    problem=f"it could not be read on this audit ({type(error).__name__})",
                    do="Treat the rule as open, and mend it",
                )
            )
            return Status.UNSETTLED

    def _left_open(self, each: ReadyRule, item: Mapping[str, Value] | None) -> bool:
        try:
            return met(each.possible, self.record, item)
        except (Exception, SystemExit):  # noqa: BLE001 - what cannot be read is not ruled out
            return True

    def _findings(self, hits: Sequence[Hit], status: Status) -> list[Finding]:
        """What follows of what is met or unsettled, most urgent first, then in order of the rules."""
        if not hits:
            return []
        found: list[tuple[tuple[int, int], Finding]] = []
        by_id, record, explained = self.prepared.by_id, self.record, self.explained
        for id, item in hits:
            each = by_id[id]
            rule, about = each.rule, "" if item is None else str(item["id"])
            settled_by: tuple[str, ...] | Callable[[], tuple[str, ...]] = ()
            if status is _UNSETTLED:
                settled_by = partial(_settled_by, self.prepared, rule, record, item)
            for outcome, named, timed, place in each.outcomes:
                finding = _finding(
                    rule=rule,
                    outcome=self._resolved(outcome, rule, item) if named else outcome,
                    about=about,
                    status=status,
                    settled_by=settled_by,
                    due=self._due(outcome) if timed else None,
                    explanation=explained.get((id, about), "") if explained else "",
                    record=record,
                    item=item,
                )
                found.append((place, finding))
        found.sort(key=_PLACE)
        return [finding for _, finding in found]

    def _resolved(self, outcome: Outcome, rule: Rule, item: Mapping[str, Value] | None) -> Outcome:
        """The outcome with the roles that its item names."""
        if not any(isinstance(each, Ref) for each in recipients(outcome)):
            return outcome
        match outcome:
            case Escalate():
                to = tuple(self._role(each, rule, item) for each in outcome.to)
                then = self._resolved(outcome.then, rule, item) if outcome.then else None
                assert then is None or isinstance(then, Escalate)  # noqa: S101 - as it was
                return attrs.evolve(outcome, to=to, then=then)
            case Recognise():
                return attrs.evolve(
                    outcome, to=tuple(self._role(each, rule, item) for each in outcome.to)
                )
            case Act() | Moderate():
                return attrs.evolve(outcome, by=self._role(outcome.by, rule, item))
        return outcome

    def _role(self, each: Recipient, rule: Rule, item: Mapping[str, Value] | None) -> Role:
        """The role itself; where an item names none that is known, its field stands for it."""
        if isinstance(each, Role):
            return each
        named = self.prepared.roles.get(str(look_up(each, self.record, item)))
        return named or Role(
            id=f"{each.of}.{each.name}",
            title=title(each),
            source=rule.source,
            standing=rule.standing,
        )

    def _due(self, outcome: Outcome) -> date | None:
        if not isinstance(outcome, Escalate | Act):
            return None
        anchor = self.record.facts.get(outcome.deadline.after)
        try:
            return outcome.deadline.due(
                anchor if isinstance(anchor, date) else None, self.prepared.plan.calendar
            )
        except (Exception, SystemExit) as error:  # noqa: BLE001 - a call without a date is a call
            problem = f"a day could not be counted ({type(error).__name__})"
            if isinstance(error, NotInForceError):
                problem = str(error)
            elif isinstance(error, ValueError | OverflowError):
                problem = "the date lies past the end of the calendar"
            self.faults.append(
                Fault(path="calendar", problem=problem, do="The deadline stands without a date")
            )
            return None


def _settled_by(
    prepared: Ready, rule: Rule, record: Record, item: Mapping[str, Value] | None
) -> tuple[str, ...]:
    """Ids of what is missing and would settle a rule that is open."""
    try:
        rests = explain(rule.when, record, item, prove=prepared.prover(rule)).open_facts()
        missing = prepared.supply.missing
        return tuple(dict.fromkeys(id for rest in rests for id in missing(rest, record)))
    except (Exception, SystemExit):  # noqa: BLE001 - it stays open, with nothing to settle it
        return ()
