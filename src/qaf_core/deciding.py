"""Deciding: the rules for a tool read on the record of one audit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import attrs
from attrs import field, frozen

from qaf_core.audits import Audit
from qaf_core.editions import InForce, settings_of
from qaf_core.errors import Fault, NotInForceError
from qaf_core.facts import Fact
from qaf_core.findings import Finding, Status, title, urgency
from qaf_core.immutable import Remade, as_given
from qaf_core.logic.compiled import Compiled, Each, Hit, Reading, compiled
from qaf_core.logic.explain import Rest, explain
from qaf_core.logic.expressions import Cond, Ref, collections_of, refs
from qaf_core.logic.lower import known_only, look_up, met, possible, sure
from qaf_core.logic.prove import Prove, prover
from qaf_core.logic.values import Gap, Record, Value
from qaf_core.plans import Plan, Step, fact_id, rests_on
from qaf_core.records import ANSWERED_OF_ITEMS, STATED_OF_ITEMS, Recorder, alone, recorder_of
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
from qaf_core.subjects import ANY

__all__ = ["Ready", "ready", "review"]

_MOST_DAYS = 400


def __dir__() -> list[str]:
    return __all__


@frozen(eq=False)
class _ReadyRule:
    """A rule with its condition lowered.

    Attributes:
        place: where it stands among the rules.
        outcomes: its outcomes, and of each whether an item names a recipient, and whether
            a day may be due.
    """

    place: int
    rule: Rule
    sure: Cond
    possible: Cond
    settleable: Cond
    outcomes: tuple[tuple[Outcome, bool, bool], ...] = field(init=False)

    @outcomes.default
    def _outcomes(self) -> tuple[tuple[Outcome, bool, bool], ...]:
        return tuple(
            (
                each,
                any(isinstance(one, Ref) for one in recipients(each)),
                isinstance(each, Escalate | Act) and not each.deadline.at_once,
            )
            for each in self.rule.then
        )


@frozen(eq=False, kw_only=True)
class Ready:
    """A tool and the rules for it, made ready to review audits.

    What reviews alone need is made when the first of them asks for it.
    """

    framework: str
    plan: Plan
    rules: tuple[_ReadyRule, ...] = field(repr=False)
    needed: frozenset[str] = field(repr=False)
    changes: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    roles: Mapping[str, Role] = field(repr=False)
    by_id: Mapping[str, _ReadyRule] = field(init=False, repr=False)
    entries: Mapping[str, Step | Fact] = field(init=False, repr=False)
    wanted: tuple[str, ...] = field(init=False, repr=False)
    _made: dict[str, Any] = field(init=False, repr=False, factory=dict)
    _provers: dict[str, Prove] = field(init=False, repr=False, factory=dict)
    _bound: dict[date, Reading] = field(init=False, repr=False, factory=dict)

    @by_id.default
    def _by_id(self) -> dict[str, _ReadyRule]:
        return {each.rule.id: each for each in self.rules}

    @wanted.default
    def _wanted(self) -> tuple[str, ...]:
        """Ids of the facts that no question asks for and that must be there."""
        return ("audited", *sorted(self.needed))

    @entries.default
    def _entries(self) -> dict[str, Step | Fact]:
        return {fact_id(entry): entry for entry in self.plan.order}

    def __reduce__(self) -> Remade:
        return as_given(self)

    @property
    def recorder(self) -> Recorder:
        """What makes the records of audits with the tool."""
        return recorder_of(self.plan)

    @property
    def compiled(self) -> Compiled | None:
        """The rules as one function; None where one of them is no condition of the language."""
        if "compiled" not in self._made:
            self._made["compiled"] = _compiled(self)
        made: Compiled | None = self._made["compiled"]
        return made

    def reading(self, on: date) -> Reading | None:
        """The compiled rules for reviews on a day; None where they could not be compiled."""
        if self.compiled is None:
            return None
        bound = self._bound.get(on)
        if bound is None:
            if len(self._bound) >= _MOST_DAYS:
                self._bound.clear()
            bound = self._bound[on] = self.compiled.bind(today=on)
        return bound

    def prover(self, rule: Rule) -> Prove:
        """What proves a rule's condition."""
        if rule.id not in self._provers:
            self._provers[rule.id] = prover(rule.when)
        return self._provers[rule.id]


def ready(
    plan: Plan,
    holds: InForce,
    *,
    framework: str,
    roles: Iterable[Role],
    left_out: Iterable[str] = (),
) -> Ready:
    """Make the rules for a tool ready.

    Args:
        plan: the tool made ready.
        holds: what is in force; rules for other subjects are passed over.
        framework: the framework's name and version, for the review's head.
        roles: the framework's roles, for items that name one.
        left_out: plugins that could not be used, named in every review.
    """
    known = plan.known
    prepared: list[_ReadyRule] = []
    for rule in holds.rules:
        if not _concerns(rule, plan):
            continue
        maybe = possible(rule.when)
        settleable = known_only(maybe, known)
        prepared.append(_ReadyRule(len(prepared), rule, sure(rule.when), maybe, settleable))
    return Ready(
        framework=framework,
        plan=plan,
        rules=tuple(prepared),
        needed=_needed(plan, prepared),
        changes=tuple(_changes(plan, holds, prepared)),
        roles={role.id: role for role in roles},
        left_out=tuple(left_out),
    )


def _compiled(prepared: Ready) -> Compiled | None:
    plan = prepared.plan
    asked = {
        each.rule.id: each.rule.when
        if each.rule.each is None
        else Each(each.rule.each.id, each.rule.when)
        for each in prepared.rules
    }
    graded = {f"judgements.grade.{scale.id}" for scale in plan.scales}
    known = plan.known | STATED_OF_ITEMS | graded
    try:
        return compiled(asked, known=known, always=ANSWERED_OF_ITEMS, given=("today",))
    except (Exception, SystemExit):  # noqa: BLE001 - then each rule is read for itself
        return None


def _needed(plan: Plan, prepared: Iterable[_ReadyRule]) -> frozenset[str]:
    """Ids of the host's facts on which the tool's asking or a rule for it rests."""
    read = {ref.name for each in prepared for ref in refs(each.rule.when) if not ref.of}
    for entry in reversed(plan.order):
        if not isinstance(entry, Fact) or entry.id in read:
            read |= rests_on(entry)
    return frozenset(read & {fact.id for fact in plan.host})


def _concerns(rule: Rule, plan: Plan) -> bool:
    return rule.subjects == ANY or plan.tool.subject in rule.subjects


def _changes(plan: Plan, holds: InForce, prepared: Iterable[_ReadyRule]) -> Iterator[str]:
    """What the owner decided otherwise, as far as it touches the reviews of this tool."""
    yield from (sentence for rule, sentence in holds.replaced if _concerns(rule, plan))
    used = {id for each in prepared for id in settings_of(each.rule)}
    for entry in plan.order:
        if isinstance(entry, Fact) and entry.derivation:
            used |= {setting.id for setting in entry.derivation.settings}
    yield from (str(each) for each in holds.departures if each.setting in used)


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


class _Deciding:
    """The review of one audit."""

    def __init__(self, audit: Audit, prepared: Ready, on: date, unread: frozenset[str]) -> None:
        self.audit = audit
        self.prepared = prepared
        self.on = on
        self.unread = unread
        made = prepared.recorder.record(audit, on, unread=unread)
        self.record: Record = made.record
        self.pending = made.pending
        self.set_aside = made.set_aside
        self.faults = list(made.faults)
        self.explained = {(each.rule, each.about): each.text for each in audit.explanations}

    def review(self) -> Review:
        fired, unsettled, not_assessable = self._read()
        found: list[Finding] = []
        for hits, status in ((fired, Status.FIRED), (unsettled, Status.UNSETTLED)):
            for id, item in sorted(hits, key=self._place):
                found += self._findings(self.prepared.by_id[id], item, status)
        returned = self._from_returns(found) if self.audit.returns else []
        found += returned
        found.sort(key=urgency)
        facts = self.record.facts
        missing = tuple(id for id in self.prepared.wanted if facts[id] is Gap.PENDING)
        settled = [each for each in found if each.status is Status.FIRED]
        tool = self.prepared.plan.tool
        return Review(
            audit=self.audit.id,
            subject=self.audit.subject.id,
            tool=tool.id,
            version=tool.version,
            framework=self.prepared.framework,
            on=self.on,
            missing=missing,
            complete=not (missing or self.pending or self.faults)
            and not any(each.status is Status.UNSETTLED for each in returned)
            and not any(isinstance(each.outcome, Require) for each in settled),
            findings=tuple(settled),
            unsettled=tuple(each for each in found if each.status is Status.UNSETTLED),
            not_assessable=tuple(
                self.prepared.by_id[id].rule
                for id in dict.fromkeys(id for id, _ in sorted(not_assessable, key=self._place))
            ),
            set_aside=self.set_aside,
            changes=self.prepared.changes,
            left_out=self.prepared.left_out,
            faults=tuple(self.faults),
        )

    def _place(self, hit: Hit) -> int:
        return self.prepared.by_id[hit[0]].place

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

    def _status(self, each: _ReadyRule, item: Mapping[str, Value] | None) -> Status | None:
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

    def _left_open(self, each: _ReadyRule, item: Mapping[str, Value] | None) -> bool:
        try:
            return met(each.possible, self.record, item)
        except (Exception, SystemExit):  # noqa: BLE001 - what cannot be read is not ruled out
            return True

    def _findings(
        self, each: _ReadyRule, item: Mapping[str, Value] | None, status: Status
    ) -> Iterator[Finding]:
        rule, about = each.rule, "" if item is None else str(item["id"])
        settled_by = self._settled_by(rule, item) if status is Status.UNSETTLED else ()
        for outcome, named, timed in each.outcomes:
            yield Finding(
                rule=rule,
                outcome=self._resolved(outcome, rule, item) if named else outcome,
                about=about,
                status=status,
                settled_by=settled_by,
                due=self._due(outcome) if timed else None,
                explanation=self.explained.get((rule.id, about), "") if self.explained else "",
                record=self.record,
                item=item,
            )

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

    # --- what would settle it -----------------------------------------------------

    def _settled_by(self, rule: Rule, item: Mapping[str, Value] | None) -> tuple[str, ...]:
        try:
            prove = self.prepared.prover(rule)
            rests = explain(rule.when, self.record, item, prove=prove).open_facts()
            return tuple(dict.fromkeys(name for rest in rests for name in self._missing(rest)))
        except (Exception, SystemExit):  # noqa: BLE001 - it stays open, with nothing to settle it
            return ()

    def _missing(self, rest: Rest) -> list[str]:
        """Ids of what a person must supply before this has a value."""
        name = rest.ref.name
        if not rest.ref.of:
            return self._leaves(name)
        if rest.ref.of == "questions":
            item = next(each for each in self.record.items["questions"] if each["id"] == rest.item)
            fact = str(item["fact"])
            if name not in ("asked", "required"):
                return self._leaves(fact)
            return [
                leaf
                for each in sorted(rests_on(self.prepared.entries[fact]))
                for leaf in self._leaves(each)
            ]
        if rest.ref.of == "judgements":
            if name in ("adverse", "adverse_count"):
                return self._unanswered(rest.item)
            return self._leaves(rest.item)
        return [rest.name]

    def _unanswered(self, judgement: str) -> list[str]:
        """Ids of the questions in a judged section that are still to be answered."""
        items = self.record.items
        section = next(each["section"] for each in items["judgements"] if each["id"] == judgement)
        inside = self.prepared.plan.within.get(str(section))
        return [
            str(each["fact"])
            for each in items["questions"]
            if each["adverse"] is Gap.PENDING and (inside is None or each["id"] in inside)
        ]

    def _leaves(self, name: str) -> list[str]:
        """The fact itself, or those it is derived from, as far as they are missing."""
        value = self.record.facts.get(name, Gap.UNKNOWN)
        if not (isinstance(value, Gap) and value.open):
            return []
        entry = self.prepared.entries.get(name)
        if isinstance(entry, Fact):
            return [leaf for each in sorted(rests_on(entry)) for leaf in self._leaves(each)]
        if entry is not None and entry.children:
            below = [leaf for each in entry.children for leaf in self._leaves(each.ref.name)]
            return below or [name]
        return [name]
