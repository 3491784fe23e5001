"""A tool and the rules for it, made ready once for all reviews."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from attrs import field, frozen

from qaf_core.editions import InForce, settings_of
from qaf_core.facts import Fact
from qaf_core.findings import rank
from qaf_core.immutable import Remade, as_given
from qaf_core.logic.compiled import Compiled, Each, Reading, compiled
from qaf_core.logic.expressions import Cond, Ref, refs
from qaf_core.logic.lower import known_only, possible, sure
from qaf_core.logic.prove import Prove, prover
from qaf_core.plans import Plan, rests_on
from qaf_core.recording import Recorder
from qaf_core.records import ANSWERED_OF_ITEMS, STATED_OF_ITEMS
from qaf_core.roles import Role
from qaf_core.rules.model import (
    Act,
    Escalate,
    Outcome,
    Rule,
    recipients,
)
from qaf_core.subjects import ANY
from qaf_core.supply import Supply

__all__ = ["Ready", "ReadyRule", "ready"]

_MOST_KEPT = 400
"""For how many days the compiled rules are kept bound, and how many sets of rules are kept."""


def __dir__() -> list[str]:
    return __all__


@frozen(eq=False)
class ReadyRule:
    """A rule with its condition lowered.

    Attributes:
        place: where it stands among the rules.
        outcomes: its outcomes, and of each whether an item names a recipient, whether a day may
            be due, and where its findings stand: by how urgent it is, then by the place.
    """

    place: int
    rule: Rule
    sure: Cond
    possible: Cond
    settleable: Cond
    outcomes: tuple[tuple[Outcome, bool, bool, tuple[int, int]], ...] = field(init=False)

    @outcomes.default
    def _outcomes(self) -> tuple[tuple[Outcome, bool, bool, tuple[int, int]], ...]:
        return tuple(
            (
                each,
                any(isinstance(one, Ref) for one in recipients(each)),
                isinstance(each, Escalate | Act) and not each.deadline.at_once,
                (rank(each), self.place),
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
    rules: tuple[ReadyRule, ...] = field(repr=False)
    needed: frozenset[str] = field(repr=False)
    changes: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    roles: Mapping[str, Role] = field(repr=False)
    by_id: Mapping[str, ReadyRule] = field(init=False, repr=False)
    supply: Supply = field(init=False, repr=False)
    wanted: tuple[str, ...] = field(init=False, repr=False)
    _made: dict[str, Any] = field(init=False, repr=False, factory=dict)
    _provers: dict[str, Prove] = field(init=False, repr=False, factory=dict)
    _named: dict[tuple[str, ...], tuple[Rule, ...]] = field(init=False, repr=False, factory=dict)
    _bound: dict[date, Reading] = field(init=False, repr=False, factory=dict)

    @by_id.default
    def _by_id(self) -> dict[str, ReadyRule]:
        return {each.rule.id: each for each in self.rules}

    @wanted.default
    def _wanted(self) -> tuple[str, ...]:
        """Ids of the facts that no question asks for and that must be there."""
        return ("audited", *sorted(self.needed))

    @supply.default
    def _supply(self) -> Supply:
        return Supply(self.plan)

    def __reduce__(self) -> Remade:
        return as_given(self)

    @property
    def recorder(self) -> Recorder:
        """What makes the records of audits with the tool, for its rules to read."""
        made: Recorder | None = self._made.get("recorder")
        if made is None:
            read = {ref.name for each in self.rules for ref in refs(each.rule.when) if not ref.of}
            made = self._made.setdefault("recorder", Recorder(self.plan, read))
        return made

    @property
    def compiled(self) -> Compiled | None:
        """The rules as one function; None where one of them is no condition of the language."""
        if "compiled" not in self._made:
            self._made["compiled"] = _compiled(self)
        made: Compiled | None = self._made["compiled"]
        return made

    def rules_of(self, ids: tuple[str, ...]) -> tuple[Rule, ...]:
        """The rules of these ids, each once, in their order: most audits leave the same ones open."""
        found = self._named.get(ids)
        if found is None:
            left = sorted((self.by_id[each] for each in set(ids)), key=lambda each: each.place)
            found = tuple(each.rule for each in left)
            if len(self._named) < _MOST_KEPT:
                self._named[ids] = found
        return found

    def reading(self, on: date) -> Reading | None:
        """The compiled rules for reviews on a day; None where they could not be compiled."""
        if self.compiled is None:
            return None
        bound = self._bound.get(on)
        if bound is None:
            if len(self._bound) >= _MOST_KEPT:
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
    prepared: list[ReadyRule] = []
    for rule in holds.rules:
        if not _concerns(rule, plan):
            continue
        maybe = possible(rule.when)
        settleable = known_only(maybe, known)
        prepared.append(ReadyRule(len(prepared), rule, sure(rule.when), maybe, settleable))
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


def _needed(plan: Plan, prepared: Iterable[ReadyRule]) -> frozenset[str]:
    """Ids of the host's facts on which the tool's asking or a rule for it rests."""
    read = {ref.name for each in prepared for ref in refs(each.rule.when) if not ref.of}
    for entry in reversed(plan.order):
        if not isinstance(entry, Fact) or entry.id in read:
            read |= rests_on(entry)
    return frozenset(read & {fact.id for fact in plan.host})


def _concerns(rule: Rule, plan: Plan) -> bool:
    return rule.subjects == ANY or plan.tool.subject in rule.subjects


def _changes(plan: Plan, holds: InForce, prepared: Iterable[ReadyRule]) -> Iterator[str]:
    """What the owner decided otherwise, as far as it touches the reviews of this tool."""
    yield from (sentence for rule, sentence in holds.replaced if _concerns(rule, plan))
    used = {id for each in prepared for id in settings_of(each.rule)}
    for entry in plan.order:
        if isinstance(entry, Fact) and entry.derivation:
            used |= {setting.id for setting in entry.derivation.settings}
    yield from (str(each) for each in holds.departures if each.setting in used)
