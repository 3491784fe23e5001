"""Departures from a setting, and editions that replace rules: with reason, approver and date.

Only the owner of the base has these. What is in force for an audit is what held on
the audit's own date, and every review that it touches says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

import attrs
from attrs import field, frozen

from qaf_core.errors import did_you_mean
from qaf_core.immutable import FrozenMap
from qaf_core.rules.model import Act, Escalate, Outcome, Rule
from qaf_core.settings import Setting, SettingValue
from qaf_core.timing import Deadline

__all__ = ["Departure", "Edition", "InForce", "change_problems", "in_force", "settings_on"]


def __dir__() -> list[str]:
    return __all__


@frozen(kw_only=True)
class Departure:
    """Another value for a setting.

    Attributes:
        setting: id of the setting.
        value: the value, of the same type.
        since: the day from which it holds.
        reason: why.
        approver: the role or board that approved it.
    """

    setting: str
    value: SettingValue
    since: date
    reason: str
    approver: str

    def __str__(self) -> str:
        return (
            f"{self.setting} is {self.value} since {self.since}: {self.reason} "
            f"(approved by {self.approver})"
        )


def _rules(replaces: Mapping[str, Rule | None]) -> FrozenMap[str, Rule | None]:
    return FrozenMap(replaces)


@frozen(kw_only=True)
class Edition:
    """A later edition of the base: rules it replaces, from a day on.

    Attributes:
        id: the edition's id.
        since: the day from which it holds.
        reason: why.
        approver: the role or board that approved it.
        replaces: id of a rule of the base, and the rule of that id that stands in its
            place, or None where it is withdrawn.
    """

    id: str
    since: date
    reason: str
    approver: str
    replaces: Mapping[str, Rule | None] = field(converter=_rules)

    def say(self, rule: str) -> str:
        """What this edition does to a rule, in a sentence."""
        done = "withdraws" if self.replaces[rule] is None else "replaces"
        return (
            f"Edition {self.id} of {self.since} {done} {rule}: {self.reason} "
            f"(approved by {self.approver})"
        )


@frozen(kw_only=True)
class InForce:
    """What holds on a day.

    Attributes:
        rules: the rules, with the time limits that hold.
        settings: the values departed to, by id of the setting.
        departures: the departures behind them, the latest of each setting.
        replaced: for each rule replaced or withdrawn, the rule as it was and the
            sentence that says so.
    """

    rules: tuple[Rule, ...]
    settings: Mapping[str, SettingValue]
    departures: tuple[Departure, ...]
    replaced: tuple[tuple[Rule, str], ...]


def in_force(
    rules: Iterable[Rule],
    editions: Iterable[Edition],
    departures: Iterable[Departure],
    day: date,
) -> InForce:
    """What holds on a day."""
    kept = {rule.id: rule for rule in rules}
    replaced: dict[str, tuple[Rule, str]] = {}
    for edition in sorted(editions, key=lambda each: each.since):
        if edition.since > day:
            continue
        for id, rule in edition.replaces.items():
            before = kept.pop(id, replaced[id][0] if id in replaced else rule)
            if before is not None:
                replaced[id] = (before, edition.say(id))
            if rule is not None:
                kept[id] = rule
    latest = _latest(departures, day)
    values = {id: departure.value for id, departure in latest.items()}
    return InForce(
        rules=tuple(_with_settings(rule, values) for rule in kept.values()),
        settings=values,
        departures=tuple(latest.values()),
        replaced=tuple(replaced.values()),
    )


def settings_on(departures: Iterable[Departure], day: date) -> dict[str, SettingValue]:
    """The values departed to that hold on a day, by id of the setting."""
    return {id: departure.value for id, departure in _latest(departures, day).items()}


def _latest(departures: Iterable[Departure], day: date) -> dict[str, Departure]:
    latest: dict[str, Departure] = {}
    for departure in sorted(departures, key=lambda each: each.since):
        if departure.since <= day:
            latest[departure.setting] = departure
    return latest


def settings_of(rule: Rule) -> frozenset[str]:
    """Ids of the settings on which a rule's time limits rest."""
    return frozenset(
        outcome.within.id for outcome in _limits(rule.then) if isinstance(outcome.within, Setting)
    )


def _limits(outcomes: Iterable[Outcome]) -> Iterator[Escalate | Act]:
    for outcome in outcomes:
        if isinstance(outcome, Escalate | Act):
            yield outcome
        if isinstance(outcome, Escalate) and outcome.then is not None:
            yield from _limits((outcome.then,))


def _with_settings(rule: Rule, values: Mapping[str, SettingValue]) -> Rule:
    if not settings_of(rule) & set(values):
        return rule
    return attrs.evolve(rule, then=tuple(_departed(outcome, values) for outcome in rule.then))


def _departed(outcome: Outcome, values: Mapping[str, SettingValue]) -> Outcome:
    if not isinstance(outcome, Escalate | Act):
        return outcome
    if isinstance(outcome, Escalate) and outcome.then is not None:
        next_step = _departed(outcome.then, values)
        assert isinstance(next_step, Escalate)  # noqa: S101 - the kind of an outcome stays
        outcome = attrs.evolve(outcome, then=next_step)
    if isinstance(outcome.within, Setting) and outcome.within.id in values:
        within = attrs.evolve(outcome.within, value=values[outcome.within.id])
        return attrs.evolve(outcome, within=within)
    return outcome


def change_problems(
    rules: Mapping[str, Rule],
    settings: Mapping[str, Setting],
    approvers: Iterable[str],
    editions: tuple[Edition, ...],
    departures: tuple[Departure, ...],
) -> Iterator[str]:
    """What is wrong with editions and departures, each with what to do."""
    known = set(approvers)
    grounds = [(f"Edition {each.id!r}", each.reason, each.approver) for each in editions]
    grounds += [
        (f"The departure from {each.setting!r}", each.reason, each.approver) for each in departures
    ]
    for name, reason, approver in grounds:
        if not reason.strip():
            yield f"{name} gives no reason. Say why."
        if approver not in known:
            yield f"{name} is approved by nobody known.{did_you_mean(approver, known)}"
    yield from _twice("edition", (each.id for each in editions))
    yield from _twice("departure", (f"{each.setting} on {each.since}" for each in departures))
    replaced = ((id, each.since) for each in editions for id in each.replaces)
    yield from _twice("replacement", (f"{id} on {since}" for id, since in replaced))
    for edition in editions:
        for id, rule in edition.replaces.items():
            if id not in rules:
                near = did_you_mean(id, rules)
                yield f"Edition {edition.id!r} replaces {id!r}, which the base does not have.{near}"
            if rule is not None and rule.id != id:
                yield f"Edition {edition.id!r} replaces {id!r} by {rule.id!r}. Keep the id."
    urgent = {id for rule in rules.values() if _escalates(rule) for id in settings_of(rule)}
    for departure in departures:
        setting = settings.get(departure.setting)
        if setting is None:
            near = did_you_mean(departure.setting, settings)
            yield f"There is no setting {departure.setting!r}.{near}"
        elif type(departure.value) is not type(setting.value):
            wanted = type(setting.value).__name__
            yield f"The setting {setting.id!r} is a {wanted}. Give it one."
        elif setting.choices and departure.value not in setting.choices:
            near = did_you_mean(str(departure.value), map(str, setting.choices))
            listed = ", ".join(map(str, setting.choices))
            yield f"The setting {setting.id!r} takes one of {listed}. Give it one of them.{near}"
        elif isinstance(departure.value, int) and departure.value < 0:
            yield f"The setting {setting.id!r} counts something. Give it 0 or more."
        elif setting.id in urgent and not _no_slower(setting.value, departure.value):
            yield (
                f"The setting {setting.id!r} may make an escalation faster, not slower. To slow "
                "or end it, replace the rule by an edition."
            )
        elif setting.id not in urgent and not _same_clock(setting.value, departure.value):
            yield (
                f"The setting {setting.id!r} counts a span from {_anchor(setting.value)!r}. Give "
                "it another span from there. To end the rule, replace it by an edition."
            )


def _twice(what: str, names: Iterable[str]) -> Iterator[str]:
    """Changes that say the same thing twice, so that their order would decide."""
    for name, times in Counter(names).items():
        if times > 1:
            yield f"The {what} {name} is there {times} times. Keep one."


def _anchor(value: SettingValue) -> str:
    return value.after if isinstance(value, Deadline) else ""


def _same_clock(old: SettingValue, new: SettingValue) -> bool:
    """Whether a time limit stays one: a clock without a span would never strike."""
    if not isinstance(old, Deadline) or not isinstance(new, Deadline):
        return True
    return (old.span is None) is (new.span is None) and old.after == new.after


def _escalates(rule: Rule) -> bool:
    return any(isinstance(outcome, Escalate) for outcome in rule.then)


def _no_slower(old: SettingValue, new: SettingValue) -> bool:
    if old == new:
        return True
    if not isinstance(old, Deadline) or not isinstance(new, Deadline):
        return False
    if new.at_once:
        return True
    if old.span is None or new.span is None or old.after != new.after:
        return False
    return old.span.unit is new.span.unit and new.span.number <= old.span.number
