"""Cross-checks: whether an addition fits what is there, and takes nothing from it.

Every check yields sentences that say what is wrong and what to do, so that all of
them can be shown at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from attrs import field, frozen

from qaf_core.additions import Addition, unmet
from qaf_core.cycle.evidence import Stream
from qaf_core.cycle.followup import Step
from qaf_core.cycle.machines import Machine
from qaf_core.errors import DefinitionError, did_you_mean
from qaf_core.facts import (
    Fact,
    Origin,
    actions,
    judgements,
    participants,
    questions,
    returns,
)
from qaf_core.laws import EVERY_FRAMEWORK, Asked, Fires, Law, Told
from qaf_core.learning.model import LearningLink
from qaf_core.logic.expressions import And, Collection, Cond, Ref, collections_of, refs
from qaf_core.logic.strangers import refuse_strangers
from qaf_core.logic.values import DATE, ID, Kind
from qaf_core.mappings import check, ends_of
from qaf_core.plans import children_of, plan_for
from qaf_core.roles import Role
from qaf_core.rules.model import (
    Act,
    Commission,
    Escalate,
    Outcome,
    Require,
    Rule,
    recipients,
)
from qaf_core.sampling.programme.fit import Names, programme_problems
from qaf_core.settings import Setting
from qaf_core.subjects import ANY
from qaf_core.tools.computing import Gives
from qaf_core.tools.model import Judgement, Placed, Question, Tool

__all__ = ["Known", "problems", "rule_problems"]


def __dir__() -> list[str]:
    return __all__


_COLLECTIONS: dict[str, Collection] = {
    each.id: each for each in (questions, judgements, actions, participants, returns)
}
_BUILT_IN = {"audited": DATE, "today": DATE}


@frozen(kw_only=True)
class Known:
    """All that an assembled framework knows, and who brought it.

    Attributes:
        versions: of the base and the library, for what additions require.
        ids: what is named, its id, and the addition that took it.
        facts: the kind of every fact that something states.
        shared: the facts declared for all tools.
        guarded: ids of the base's facts on which an escalation or a completeness
            rule rests by name.
        bound: the kinds of subject to which such a rule is bound.
        roles: by id, as those who brought them wrote them.
        tools: the base's tools, by id and version.
        settings: by id.
        services: those that key tests are for.
    """

    versions: Mapping[str, str]
    ids: dict[tuple[str, str], str] = field(factory=dict)
    facts: dict[str, Kind] = field(factory=lambda: dict(_BUILT_IN))
    shared: dict[str, Fact] = field(factory=dict)
    guarded: set[str] = field(factory=set)
    bound: set[str] = field(factory=set)
    roles: dict[str, Role] = field(factory=dict)
    tools: dict[tuple[str, str], Tool] = field(factory=dict)
    settings: dict[str, Setting] = field(factory=dict)
    services: set[str] = field(factory=set)

    def names(self, what: str) -> list[str]:
        """The ids taken for one sort of thing."""
        return [id for sort, id in self.ids if sort == what]

    def take(self, addition: Addition) -> None:
        """Register an addition that has no problem."""
        for what, ids in addition.ids().items():
            for id in ids:
                self.ids[(what, id)] = addition.id
        self.facts.update(_facts_of(addition))
        self.roles.update((role.id, role) for role in addition.roles)
        self.shared.update((fact.id, fact) for fact in addition.facts)
        self.settings.update((setting.id, setting) for setting in addition.settings)
        self.services.update(test.service for test in addition.key_tests)

    def take_base(self, base: Addition) -> None:
        """Register the base, and what its safety rests on."""
        self.take(base)
        self.tools.update({(tool.id, tool.version): tool for tool in base.tools})
        for rule in base.rules:
            if any(isinstance(outcome, Escalate | Require) for outcome in rule.then):
                self.guarded.update(ref.name for ref in refs(rule.when) if not ref.of)
                self.bound.update(rule.subjects)
        for _ in self.shared:  # derived facts may rest on derived facts
            for fact in self.shared.values():
                if fact.id in self.guarded and fact.derivation:
                    self.guarded.update(ref.name for ref in fact.derivation.rests_on)


def _facts_of(addition: Addition) -> dict[str, Kind]:
    stated = {
        placed.item.ref.name: placed.item.ref.kind
        for tool in addition.tools
        for placed in (*tool.questions, *tool.judged)
    }
    return stated | {fact.id: fact.kind for fact in addition.facts}


def problems(addition: Addition, known: Known, *, base: bool = False) -> Iterator[str]:
    """Everything wrong with an addition, given what is known without it."""
    if not addition.id.isidentifier():
        yield f"Its id {addition.id!r} is no identifier. Use letters, digits and _."
    yield from _repeats(addition, known)
    yield from _versions(addition, known)
    if addition.settings and not base:
        ids = ", ".join(setting.id for setting in addition.settings)
        yield f"It sets {ids}. Only the base has settings: use a Deadline or number of its own."
    mine = _Mine(addition, known, base)
    for fact in addition.facts:
        yield from mine.fact(fact)
    yield from _circle(mine.shared)
    for tool in addition.tools:
        yield from mine.tool(tool)
    for rule in addition.rules:
        yield from mine.rule(rule)
    for machine in addition.machines:
        yield from mine.machine(machine)
    for step in addition.steps:
        yield from mine.step(step)
    for stream in addition.streams:
        yield from mine.stream(stream)
    for link in addition.learning:
        yield from mine.learning(link)
    for law in addition.laws:
        yield from mine.law(law)
    yield from _mappings(addition, known)
    yield from programme_problems(addition.programme, mine.names(), base=base)
    if not base:
        for each in addition.maps:
            if each.of.id not in {scale.id for scale in addition.scales}:
                yield f"It maps the scale {each.of.id!r}, which is not its own. Leave it as it is."
    for board in addition.boards:
        if board.chaired_by:
            yield from mine.missing("role", board.chaired_by, f"Board {board.id!r}")


def _mappings(addition: Addition, known: Known) -> Iterator[str]:
    """Links whose ends are not there."""
    tools = (*known.tools.values(), *addition.tools)
    ids = addition.ids()
    ends = [id for what in ("criterion", "key test") for id in (*known.names(what), *ids[what])]
    for link_set in addition.mappings:
        try:
            check(link_set, ends_of(*tools), ends)
        except DefinitionError as error:
            yield str(error)


def rule_problems(rule: Rule, base: Addition) -> Iterator[str]:
    """What is wrong with a rule that is to stand in the place of one of the base."""
    known = Known(versions={})
    known.take_base(base)
    yield from _Mine(base, known, base=True).rule(rule)


def _repeats(addition: Addition, known: Known) -> Iterator[str]:
    for what, ids in addition.ids().items():
        for id, times in sorted(Counter(ids).items()):
            if times > 1:
                yield f"It has the {what} {id!r} {times} times. Use every id once."
            owner = known.ids.get((what, id))
            if owner:
                yield f"The {what} {id!r} is {owner}'s. Choose an id of its own."
    for what, own, do in (
        ("tool", addition.tools, "Choose an id of its own, or make a variant."),
        ("machine", addition.machines, "Choose an id of its own."),
    ):
        theirs = {name.split()[0]: known.ids[what, name] for name in known.names(what)}
        for id in sorted({each.id for each in own} & set(theirs)):
            yield f"The {what} {id!r} is {theirs[id]}'s. {do}"


def _circle(shared: Mapping[str, Fact]) -> Iterator[str]:
    """Facts that are worked out from each other in a circle: no audit could be reviewed."""
    graph = {
        id: [ref.name for ref in fact.derivation.rests_on if ref.name in shared]
        for id, fact in shared.items()
        if fact.derivation
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        circle = " -> ".join(error.args[1])
        yield f"The facts {circle} are worked out from each other. Break the circle."


def _versions(addition: Addition, known: Known) -> Iterator[str]:
    try:
        for each in unmet(addition, known.versions):
            have = known.versions.get(each.name)
            there = f"{each.name} is {have}" if have else f"{each.name} is not here"
            yield f"It was written for {each}, and {there}. Install a version that fits."
    except DefinitionError as error:
        yield f"Its requires cannot be read: {error}"


class _Mine:
    """An addition in the light of what is known."""

    def __init__(self, addition: Addition, known: Known, base: bool) -> None:
        self.addition = addition
        self.known = known
        self.base = base
        self.facts = known.facts | _facts_of(addition)
        self.shared = known.shared | {fact.id: fact for fact in addition.facts}
        self.mine = addition.ids()

    def ids(self, what: str) -> set[str]:
        return {*self.known.names(what), *self.mine[what]}

    def names(self) -> Names:
        """What the rows of a programme may name."""
        own = self.addition
        status = self.facts.get("case_status")
        return Names(
            roles=self.known.roles | {role.id: role for role in own.roles},
            boards=self.ids("board"),
            tools={name.split()[0] for name in self.ids("tool")},
            services={*self.known.services, *(each.service for each in own.key_tests)},
            areas=self.ids("service area"),
            settings=self.known.settings | {each.id: each for each in own.settings},
            statuses=status.codes if status else (),
        )

    def missing(self, what: str, id: str, where: str) -> Iterator[str]:
        """Whether an id is known at all."""
        ids = self.ids(what)
        if id not in ids:
            yield f"{where} names the {what} {id!r}, which is not known.{did_you_mean(id, ids)}"

    # --- conditions ---------------------------------------------------------------

    def condition(self, cond: Cond, where: str) -> Iterator[str]:
        """Facts and fields that are unknown, or of another type than they are stated in."""
        try:
            refuse_strangers({where: cond})
        except DefinitionError as error:
            yield f"{error} Use conditions of this library only."
            return
        for name in collections_of(cond):
            if name not in _COLLECTIONS:
                near = did_you_mean(name, _COLLECTIONS)
                yield f"{where} looks at {name!r}, which no record has.{near}"
        for ref in sorted(refs(cond), key=lambda ref: (ref.of, ref.name)):
            yield from self.reference(ref, where)

    def reference(self, ref: Ref, where: str) -> Iterator[str]:
        if ref.of:
            collection = _COLLECTIONS.get(ref.of)
            fields = dict(collection.fields) if collection else {}
            if ref.of == returns.id:
                fields = {**self.facts, **fields}  # each return states facts of its own
            if ref.name.startswith("grade."):
                yield from self.missing("scale", ref.name.removeprefix("grade."), where)
            elif collection and ref.name not in fields:
                near = did_you_mean(ref.name, fields)
                yield f"{where} names {ref.of}.{ref.name}, which is not known.{near}"
            elif ref.name in fields and fields[ref.name] != ref.kind:
                yield f"{where} takes {ref.of}.{ref.name} for {ref.kind.id}, which it is not."
        elif ref.name not in self.facts:
            near = did_you_mean(ref.name, self.facts)
            yield f"{where} names the fact {ref.name!r}, which nothing states.{near}"
        elif self.facts[ref.name] != ref.kind:
            stated = self.facts[ref.name].id
            yield f"{where} takes {ref.name!r} for {ref.kind.id}; it is stated as {stated}."

    # --- facts --------------------------------------------------------------------

    def fact(self, fact: Fact) -> Iterator[str]:
        where = f"Fact {fact.id!r}"
        yield from self.for_subjects(fact.subjects, where)
        if fact.id in self.known.facts and fact.id not in (*_BUILT_IN, *self.known.shared):
            yield f"{where} is stated by another's tool. Choose an id of its own."
        if fact.id in _BUILT_IN and fact.kind != DATE:
            yield f"{where} is in every record, as a date."
        for ref in fact.derivation.rests_on if fact.derivation else ():
            yield from self.reference(ref, where)

    def for_subjects(self, subjects: Iterable[str], where: str) -> Iterator[str]:
        for subject in () if subjects == ANY else subjects:
            yield from self.missing("kind of subject", subject, where)

    # --- tools --------------------------------------------------------------------

    def tool(self, tool: Tool) -> Iterator[str]:
        where = f"Tool {tool.id!r}"
        yield from self.missing("kind of subject", tool.subject, where)
        for section in tool.sections:
            yield from self.condition(section.applies, f"{where}, section {section.id!r}: applies")
        for placed in (*tool.questions, *tool.judged):
            yield from self.placed(placed, f"{where}, {placed.item.id!r}")
            yield from self.computed(placed, tool, f"{where}, {placed.item.id!r}")
        try:
            plan_for(tool, self.shared.values())
        except (DefinitionError, TypeError) as error:
            yield str(error)
        yield from self.variant(tool, where)

    def placed(self, placed: Placed, where: str) -> Iterator[str]:
        item = placed.item
        if isinstance(item, Judgement):
            yield from self.missing("scale", item.scale.id, where)
            if item.computed and not self.base and item.id in self.known.guarded:
                yield (
                    f"{where} computes {item.id!r}, on which the base's safety rests. Let "
                    "people judge it, or give the computed judgement another id."
                )
        else:
            yield from self.condition(item.asked, f"{where}: asked")
            yield from self.condition(item.required, f"{where}: required")
            for criterion in item.criteria:
                yield from self.missing("criterion", criterion, where)
            if item.kind.id.startswith("grade."):
                yield from self.missing("scale", item.kind.id.removeprefix("grade."), where)
        yield from self.stated(item, where)

    def computed(self, placed: Placed, tool: Tool, where: str) -> Iterator[str]:
        """A computed judgement can be worked out from what its section holds."""
        item = placed.item
        if not isinstance(item, Judgement) or item.computed is None:
            return
        kinds = [child.ref.kind for child in children_of(placed, tool)]
        graded = [kind for kind in kinds if kind.codes and kind.ordered]
        gives = item.computed.gives
        if gives is Gives.CHILD_GRADE and {kind.id for kind in graded} != {item.scale.kind.id}:
            yield f"{where} takes the grade of a child, and not all are on {item.scale.id!r}."
        if gives is Gives.SCORE and any(grade.at_least is None for grade in item.scale):
            yield f"{where} comes out as a score, and {item.scale.id!r} has no bands for it."
        if gives is Gives.SCORE and not graded and not any(kind.highest for kind in kinds):
            yield f"{where} is worked out from a section that holds nothing with points."

    def stated(self, item: Question | Judgement, where: str) -> Iterator[str]:
        """A fact that others state too is stated as they state it."""
        id, kind = item.ref.name, item.ref.kind
        theirs = self.known.facts.get(id) or self.facts[id]
        if theirs != kind:
            yield (
                f"{where} states {id!r} as {kind.id}, which elsewhere is {theirs.id} with other "
                "answers. State it in the same way, or under another id."
            )
        fact = self.shared.get(id)
        if id in _BUILT_IN or (fact and fact.origin not in (Origin.ANSWER, Origin.JUDGEMENT)):
            origin = fact.origin.value if fact else Origin.AUDIT.value
            yield f"{where} states {id!r}, which comes from {origin}. Choose another id."
        if fact and fact.always_applies and item.takes_na:
            yield f"{where} states {id!r}, which always applies. Give it takes_na=False."

    def variant(self, tool: Tool, where: str) -> Iterator[str]:
        """A variant keeps what safety rests on, as it was."""
        if tool.based_on is None:
            return
        pin = (tool.based_on.tool, tool.based_on.version)
        own = {(each.id, each.version): each for each in self.addition.tools}
        origin = self.known.tools.get(pin) or own.get(pin)
        if origin is None:
            yield f"{where} is based on {pin[0]!r}, which is neither the base's nor its own."
            return
        if origin.fingerprint != tool.based_on.fingerprint:
            yield f"{where} is based on another {origin.id!r} than the one that is here."
        if tool.subject != origin.subject and origin.subject in self.known.bound:
            yield (
                f"{where} is about another subject than {origin.id!r}, and rules on which "
                "safety rests are bound to that one. Keep the subject."
            )
        now = {placed.item.ref.name: placed for placed in (*tool.questions, *tool.judged)}
        for old in (*origin.questions, *origin.judged):
            id = old.item.ref.name
            if id not in self.known.guarded:
                continue
            new = now.get(id)
            if new is None:
                yield f"{where} drops {id!r}, on which the base's safety rests. Keep it."
            elif _narrows(old, new):
                yield (
                    f"{where} asks {id!r} less often, in another way or of other people than "
                    f"{origin.id!r} does, and the base's safety rests on it. Keep it as it is."
                )

    # --- machines -----------------------------------------------------------------

    def machine(self, machine: Machine) -> Iterator[str]:
        """Those who may act and those whose turn it is are known, and so are the settings."""
        where = f"Machine {machine.id!r}"
        actors = [id for row in machine.transitions for id in row.by]
        owners = [state.owner for state in machine.states if state.owner]
        for id in dict.fromkeys((*actors, *owners)):
            yield from self.body(id, where)
        used = [each for clock in machine.clocks for each in (clock.within, clock.anchor)]
        used += [guard.switch for guard in machine.guards]
        for setting in used:
            if isinstance(setting, Setting):
                yield from self.setting(setting, where)

    def step(self, step: Step) -> Iterator[str]:
        """Its tool, those it names, its places and the event it is are known."""
        where = f"Step {step.id!r}"
        for id in dict.fromkeys((*step.by, *step.to, *step.copy)):
            yield from self.body(id, where)
        for place in step.kept:
            yield from self.missing("place", place, where)
        tools = {name.split()[0] for name in self.ids("tool")}
        if step.tool not in tools:
            near = did_you_mean(step.tool, tools)
            yield f"{where} follows the tool {step.tool!r}, which is not known.{near}"
        if isinstance(step.within, Setting):
            yield from self.setting(step.within, where)

    def stream(self, stream: Stream) -> Iterator[str]:
        """Those who bring it and the stream it is part of are known."""
        where = f"Stream {stream.id!r}"
        for id in stream.owners:
            yield from self.body(id, where)
        if stream.part_of:
            yield from self.missing("stream", stream.part_of, where)

    def learning(self, link: LearningLink) -> Iterator[str]:
        """Those who bring it and have it, and the streams that show it, are known."""
        where = f"Learning link {link.id!r}"
        if not link.recipients:
            yield f"{where} goes to nobody. Name the role or board that has it."
        if not link.evidence:
            yield f"{where} has no evidence. Name the streams that show it."
        for id in dict.fromkeys((*link.told_by, *link.recipients)):
            yield from self.body(id, where)
        for stream in link.evidence:
            yield from self.missing("stream", stream, where)

    def body(self, id: str, where: str) -> Iterator[str]:
        """Whether an id is that of a role or a board."""
        known = self.ids("role") | self.ids("board")
        if id not in known:
            near = did_you_mean(id, known)
            yield f"{where} names the role or board {id!r}, which is not known.{near}"

    # --- rules --------------------------------------------------------------------

    def rule(self, rule: Rule) -> Iterator[str]:
        where = f"Rule {rule.id!r}"
        yield from self.for_subjects(rule.subjects, where)
        if rule.each is not None and rule.each.id not in _COLLECTIONS:
            near = did_you_mean(rule.each.id, _COLLECTIONS)
            yield f"{where} looks at {rule.each.id!r}, which no record has.{near}"
        yield from self.condition(rule.when, where)
        for outcome in rule.then:
            yield from self.outcome(outcome, where)

    def outcome(self, outcome: Outcome, where: str) -> Iterator[str]:
        for each in recipients(outcome):
            if isinstance(each, Role):
                yield from self.missing("role", each.id, where)
                if self.known.roles.get(each.id, each) != each:
                    yield f"{where} tells a {each.id!r} that is not the one known. Use that one."
            else:
                yield from self.reference(each, where)
                if each.kind != ID:
                    yield f"{where} tells {each.of}.{each.name}, which names no role."
        if isinstance(outcome, Commission):
            tools = {name.split()[0] for name in self.ids("tool")}
            if outcome.tool not in tools:
                near = did_you_mean(outcome.tool, tools)
                yield f"{where} commissions {outcome.tool!r}, which is not known.{near}"
        if isinstance(outcome, Escalate | Act):
            yield from self.limits(outcome, where)

    def limits(self, outcome: Escalate | Act, where: str) -> Iterator[str]:
        """Deadlines count from dates that are known, and settings are the base's."""
        anchor = outcome.deadline.after
        if anchor and self.facts.get(anchor) != DATE:
            yield f"{where} counts from {anchor!r}, which is no date that is known."
        if isinstance(outcome.within, Setting):
            yield from self.setting(outcome.within, where)
        if isinstance(outcome, Escalate) and outcome.then is not None:
            yield from self.limits(outcome.then, where)

    def setting(self, setting: Setting, where: str) -> Iterator[str]:
        """Whether a setting is the base's."""
        settings = self.known.settings | {each.id: each for each in self.addition.settings}
        if settings.get(setting.id) != setting:
            yield (
                f"{where} rests on the setting {setting.id!r}, which is not the base's. "
                "Use a Deadline."
            )

    # --- laws ---------------------------------------------------------------------

    def law(self, law: Law) -> Iterator[str]:
        where = f"Law {law.id!r}"
        if law.id in {each.id for each in EVERY_FRAMEWORK}:
            yield f"{where} is one that every framework has. Choose an id of its own."
        yield from self.for_subjects(law.subjects, where)
        if law.when is not None:
            yield from self.condition(law.when, where)
        match law.claim:
            case Told(roles=roles):
                for role in roles:
                    yield from self.missing("role", role.id, where)
            case Fires(rule=rule):
                yield from self.missing("rule", rule, where)
            case Asked(fact=fact):
                yield from self.reference(fact, where)


def _narrows(old: Placed, new: Placed) -> bool:
    """Whether a question or judgement is asked less, or in another way, than it was."""
    then, now = old.item, new.item
    if type(then) is not type(now) or (now.takes_na and not then.takes_na):
        return True
    if _applies(new) not in (_applies(old), And(())):
        return True
    if isinstance(now, Question) and isinstance(then, Question):
        return now.required not in (then.required, And(()))
    assert isinstance(now, Judgement)  # noqa: S101 - of one type, and no question
    assert isinstance(then, Judgement)  # noqa: S101
    return (now.same_as, now.computed) != (then.same_as, then.computed)


def _applies(placed: Placed) -> Cond:
    own = (placed.item.asked,) if isinstance(placed.item, Question) else ()
    return And((*(section.applies for section in placed.sections), *own))
