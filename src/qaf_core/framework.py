"""A framework: a base and what is added to it, cross-checked and immutable."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeVar

from attrs import field, frozen

from qaf_core.audits import Audit
from qaf_core.bank_holidays import ENGLAND_AND_WALES
from qaf_core.deciding import Ready, ready, review
from qaf_core.errors import DefinitionError, UnknownIdError
from qaf_core.facts import Fact
from qaf_core.plans import plan_for
from qaf_core.provenance import Reference
from qaf_core.review import Review, Reviews
from qaf_core.roles import Role
from qaf_core.rules.model import Rule
from qaf_core.scales import Scale, ScaleMap
from qaf_core.settings import Setting
from qaf_core.subjects import SubjectKind
from qaf_core.timing import WorkingCalendar
from qaf_core.tools.model import Tool

__all__ = ["Addition", "Framework"]

T = TypeVar("T")


def __dir__() -> list[str]:
    return __all__


@frozen(kw_only=True)
class Addition:
    """What a base or a service brings to a framework: all of it or nothing.

    Attributes:
        id: short name of the base or service.
        version: its version.
        title: its name in full.
        source: the document it is made from.
        scales, maps, roles, subjects, facts, tools, rules: what it adds.
        settings: the numbers of the framework; a base's only.
    """

    id: str
    version: str
    title: str = ""
    source: Reference | None = None
    scales: tuple[Scale, ...] = field(default=(), repr=False)
    maps: tuple[ScaleMap, ...] = field(default=(), repr=False)
    roles: tuple[Role, ...] = field(default=(), repr=False)
    subjects: tuple[SubjectKind, ...] = field(default=(), repr=False)
    facts: tuple[Fact, ...] = field(default=(), repr=False)
    tools: tuple[Tool, ...] = field(default=(), repr=False)
    rules: tuple[Rule, ...] = field(default=(), repr=False)
    settings: tuple[Setting, ...] = field(default=(), repr=False)


@frozen(kw_only=True)
class Framework:
    """A base framework and its additions, assembled.

    Make one with ``Framework.of``. Nothing is global: two frameworks live side by
    side, and neither can change.

    Attributes:
        base: the addition it starts from.
        additions: what services added, in order of their ids.
        calendar: bank holidays, for deadlines in working days.
    """

    base: Addition
    additions: tuple[Addition, ...] = ()
    calendar: WorkingCalendar = field(default=ENGLAND_AND_WALES, repr=False)
    _ready: dict[tuple[str, str], Ready] = field(init=False, eq=False, repr=False, factory=dict)

    @classmethod
    def of(
        cls, base: Addition, *additions: Addition, calendar: WorkingCalendar = ENGLAND_AND_WALES
    ) -> Framework:
        """Assemble a framework.

        Args:
            base: the framework to start from.
            additions: what services bring; order does not matter.
            calendar: bank holidays, for deadlines in working days.

        Raises:
            DefinitionError: an id occurs twice, or something names what is not there.
        """
        ordered = tuple(sorted(additions, key=lambda each: each.id))
        return cls(base=base, additions=ordered, calendar=calendar)

    def __attrs_post_init__(self) -> None:
        _refuse_repeats("scale", (each.id for each in self.scales))
        _refuse_repeats("role", (each.id for each in self.roles))
        _refuse_repeats("kind of subject", (each.id for each in self.subjects))
        _refuse_repeats("fact", (each.id for each in self.facts))
        _refuse_repeats("rule", (each.id for each in self.rules))
        _refuse_repeats("tool", (f"{each.id} {each.version}" for each in self.tools))
        for tool in self.tools:
            self._refuse_mismatch(tool)
            plan = plan_for(tool, self.facts, scales=self.scales, maps=self.maps)
            self._ready[(tool.id, tool.version)] = ready(
                plan, self.rules, framework=self.name, calendar=self.calendar
            )

    def _refuse_mismatch(self, tool: Tool) -> None:
        """A tool states shared facts with their own type, and never those of the host."""
        if tool.subject not in {each.id for each in self.subjects}:
            raise UnknownIdError(
                "kind of subject", tool.subject, (each.id for each in self.subjects)
            )
        shared = {fact.id: fact for fact in self.facts}
        for placed in (*tool.questions, *tool.judged):
            fact = shared.get(placed.item.ref.name)
            if fact is None:
                continue
            where = f"Tool {tool.id!r}: {placed.item.id!r} states {fact.id!r}"
            if fact.kind.id != placed.item.ref.kind.id or fact.kind != placed.item.ref.kind:
                raise DefinitionError(
                    f"{where}, which is {fact.kind.id}, as {placed.item.ref.kind.id}."
                )
            if fact.origin.name not in ("ANSWER", "JUDGEMENT"):
                raise DefinitionError(f"{where}, which comes from {fact.origin.value}.")
            if fact.always_applies and placed.item.takes_na:
                raise DefinitionError(f"{where}, which always applies. Give it takes_na=False.")

    def __repr__(self) -> str:
        return f"<Framework {self.name}: {len(self.tools)} tools, {len(self.rules)} rules>"

    @property
    def name(self) -> str:
        """The base with its version, then each addition with its own."""
        return " + ".join(f"{each.id} {each.version}" for each in (self.base, *self.additions))

    def _all(self, of: Callable[[Addition], tuple[T, ...]]) -> tuple[T, ...]:
        return tuple(item for each in (self.base, *self.additions) for item in of(each))

    @property
    def scales(self) -> tuple[Scale, ...]:
        """Every scale."""
        return self._all(lambda each: each.scales)

    @property
    def maps(self) -> tuple[ScaleMap, ...]:
        """Every map from one scale to another."""
        return self._all(lambda each: each.maps)

    @property
    def roles(self) -> tuple[Role, ...]:
        """Every role."""
        return self._all(lambda each: each.roles)

    @property
    def subjects(self) -> tuple[SubjectKind, ...]:
        """Every kind of subject."""
        return self._all(lambda each: each.subjects)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Every shared fact."""
        return self._all(lambda each: each.facts)

    @property
    def tools(self) -> tuple[Tool, ...]:
        """Every version of every tool."""
        return self._all(lambda each: each.tools)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule."""
        return self._all(lambda each: each.rules)

    @property
    def settings(self) -> tuple[Setting, ...]:
        """Every number of the framework."""
        return self.base.settings

    def tool(self, id: str, version: str | None = None) -> Tool:
        """The tool with this id; the last version listed unless one is named.

        Raises:
            UnknownIdError: there is none; the near one is named.
        """
        found = [each for each in self.tools if each.id == id]
        if not found:
            raise UnknownIdError("tool", id, {each.id for each in self.tools})
        if version is None:
            return found[-1]
        return _by_id(f"version of {id}", version, {each.version: each for each in found})

    def rule(self, id: str) -> Rule:
        """The rule with this id.

        Raises:
            UnknownIdError: there is none; the near one is named.
        """
        return _by_id("rule", id, {each.id: each for each in self.rules})

    def role(self, id: str) -> Role:
        """The role with this id.

        Raises:
            UnknownIdError: there is none; the near one is named.
        """
        return _by_id("role", id, {each.id: each for each in self.roles})

    def review(self, audit: Audit, *, on: date) -> Review:
        """What follows from one audit, complete or draft.

        Args:
            audit: the audit.
            on: the day of the review. It drives clocks only.

        Raises:
            UnknownIdError: the framework has no such tool, or not in that version.
        """
        tool = self.tool(audit.tool.id, audit.tool.version)
        return review(audit, self._ready[(tool.id, tool.version)], on)

    def review_all(self, audits: Iterable[Audit], *, on: date) -> Reviews:
        """What follows from many audits, in their order.

        Args:
            audits: the audits.
            on: the day of the review. It drives clocks only.

        Raises:
            UnknownIdError: the framework has no such tool, or not in that version.
        """
        return Reviews(tuple(self.review(audit, on=on) for audit in audits))


def _by_id(kind: str, id: str, entries: dict[str, T]) -> T:
    if id not in entries:
        raise UnknownIdError(kind, id, entries)
    return entries[id]


def _refuse_repeats(what: str, ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for id in ids:
        if id in seen:
            raise DefinitionError(f"The {what} {id!r} occurs twice. Every id is used once.")
        seen.add(id)
