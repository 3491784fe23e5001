"""A framework: a base and what is added to it, cross-checked and immutable."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import evolve, field, frozen

from qaf_core.additions import Addition
from qaf_core.assembly import Known, problems, rule_problems
from qaf_core.audits import Audit
from qaf_core.bank_holidays import ENGLAND_AND_WALES
from qaf_core.cycle.evidence import Stream
from qaf_core.cycle.feedback import Point
from qaf_core.cycle.followup import Place, Step
from qaf_core.cycle.lifecycle import decide
from qaf_core.cycle.machines import Machine
from qaf_core.cycle.processes import Command, Event, Process, Refusal
from qaf_core.deciding import review
from qaf_core.editions import Departure, Edition, InForce, change_problems, in_force, settings_on
from qaf_core.errors import DefinitionError, Fault, PluginError, UnknownIdError
from qaf_core.facts import Fact
from qaf_core.immutable import Remade, as_given
from qaf_core.laws import EVERY_FRAMEWORK, Law
from qaf_core.learning.model import LearningLink
from qaf_core.plans import plan_for
from qaf_core.ready import Ready, ready
from qaf_core.records import AuditRecord
from qaf_core.review import Review, Reviews
from qaf_core.roles import Board, Role
from qaf_core.rules.model import Rule
from qaf_core.sampling.population import Post
from qaf_core.sampling.programme.dues import NOBODY_COUNTED, Populations
from qaf_core.sampling.programme.faults import Context
from qaf_core.sampling.programme.model import Programme, settled
from qaf_core.sampling.programme.plan import YearPlan
from qaf_core.sampling.programme.planning import departures_of, make_plan
from qaf_core.sampling.programme.recorded import Change, Exemption
from qaf_core.scales import Scale, ScaleMap
from qaf_core.settings import Setting, SettingValue
from qaf_core.standards import Standard
from qaf_core.subjects import SubjectKind
from qaf_core.timing import WorkingCalendar
from qaf_core.tools.model import Tool

if TYPE_CHECKING:
    from qaf_core.checking import Check

__all__ = ["Addition", "Framework", "known_with"]

T = TypeVar("T")
V = TypeVar("V", Tool, Machine)

VERSION = "0.1.0"
"""Of this library, for what additions require."""

_BEFORE_ALL = date(2016, 2, 12)
"""A day near which a check looks for audits, where the rules hold at all times."""


def __dir__() -> list[str]:
    return __all__


@frozen(kw_only=True)
class Framework:
    """A base framework and its additions, assembled.

    Make one with ``Framework.of``. Nothing is global: two frameworks live side by
    side, and neither can change.

    Attributes:
        base: the addition it starts from.
        additions: what services added, in order of their ids.
        calendar: bank holidays, for deadlines in working days.
        faults: plugins that were left out, and why.
        editions: rules of the base that were replaced, from a day on.
        departures: settings of the base that were departed from, from a day on.
        made: what is made of the framework once, for all audits.
    """

    base: Addition
    additions: tuple[Addition, ...] = ()
    calendar: WorkingCalendar = field(default=ENGLAND_AND_WALES, repr=False)
    faults: tuple[PluginError, ...] = ()
    editions: tuple[Edition, ...] = ()
    departures: tuple[Departure, ...] = ()
    _ready: dict[tuple[str, str, int], Ready] = field(
        init=False, eq=False, repr=False, factory=dict
    )
    _changed: list[date] = field(init=False, eq=False, repr=False)
    made: dict[object, Any] = field(init=False, eq=False, repr=False, factory=dict)

    @_changed.default
    def _days_of_change(self) -> list[date]:
        days = [each.since for each in self.editions]
        return sorted([*days, *(each.since for each in self.departures)])

    def __reduce__(self) -> Remade:
        return as_given(self)

    @classmethod
    def of(
        cls,
        base: Addition,
        *additions: Addition,
        calendar: WorkingCalendar = ENGLAND_AND_WALES,
        editions: Iterable[Edition] = (),
        departures: Iterable[Departure] = (),
    ) -> Framework:
        """Assemble a framework.

        Args:
            base: the framework to start from.
            additions: what services bring; order does not matter.
            calendar: bank holidays, for deadlines in working days.
            editions: rules of the base that its owner replaces, from a day on.
            departures: settings of the base that its owner departs from.

        Raises:
            DefinitionError: an addition takes an id of another's, names what is not
                there, or takes something away. Everything wrong with it is said.
        """
        known = known_with(base)
        ordered = tuple(sorted(additions, key=lambda each: each.id))
        for addition in ordered:
            if addition.id in known.ids.values():
                raise DefinitionError(f"There are two additions with the id {addition.id!r}.")
            found = tuple(problems(addition, known))
            if found:
                raise DefinitionError(f"{addition.id} cannot be added. " + " ".join(found))
            known.take(addition)
        framework = cls(base=base, additions=ordered, calendar=calendar)
        return framework.changed(editions=editions, departures=departures)

    def changed(
        self, *, editions: Iterable[Edition] = (), departures: Iterable[Departure] = ()
    ) -> Framework:
        """The framework with what its owner decides otherwise.

        Raises:
            DefinitionError: a change has no reason or approver, changes what is not
                there, or would slow an escalation. Everything wrong is said.
        """
        editions, departures = tuple(editions), tuple(departures)
        found = [
            *change_problems(
                {rule.id: rule for rule in self.base.rules},
                {setting.id: setting for setting in self.base.settings},
                (*(role.id for role in self.roles), *(board.id for board in self.boards)),
                editions,
                departures,
            ),
            *(
                problem
                for edition in editions
                for rule in edition.replaces.values()
                if rule is not None
                for problem in rule_problems(rule, self.base)
            ),
        ]
        if found:
            raise DefinitionError(" ".join(found))
        return evolve(self, editions=editions, departures=departures)

    def in_force(self, on: date) -> InForce:
        """The rules and numbers that hold on a day."""
        return in_force(self.rules, self.editions, self.departures, on)

    def value(self, setting: Setting, on: date) -> SettingValue:
        """The value of a number on a day.

        That is what its owner departed to; else what the base brings under the same id; else
        what the library ships.
        """
        own = {each.id: each.value for each in self.settings}
        return self.settings_on(on).get(setting.id, own.get(setting.id, setting.value))

    def settings_on(self, on: date) -> dict[str, SettingValue]:
        """The values that settings were departed to, as they hold on a day, by id."""
        return settings_on(self.departures, on)

    def _ready_for(self, id: str, version: str, day: date) -> Ready:
        """The tool and the rules that hold on a day made ready, once for each period."""
        key = (id, version, bisect_right(self._changed, day))
        made = self._ready.get(key)
        if made is None:
            tool = self.tool(id, version)
            holds = self.in_force(day)
            plan = plan_for(
                tool,
                self.facts,
                scales=self.scales,
                maps=self.maps,
                settings=holds.settings,
                calendar=self.calendar,
            )
            made = self._ready[key] = ready(
                plan,
                holds,
                framework=self.name,
                roles=self.roles,
                left_out=(fault.plugin for fault in self.faults),
            )
        return made

    def check(self, *, budget: int = 50_000) -> Check:
        """What is wrong with the framework, and whether its laws hold, without any audit.

        Laws are decided over all the audits that the tools can make: drafts and complete
        ones, in every stretch of time in which other rules hold.

        Args:
            budget: how many cases one question may take; past it the answer is that it
                was not decided.

        Returns:
            The problems, and each law with the domain it was decided over. A law that does
            not hold comes with the smallest audit found that breaks it.
        """
        from qaf_core.checking.checks import check, circle  # reviews have no need of it
        from qaf_core.checking.exploring import Period, World

        circles = []
        tools = []
        for tool in self.tools:
            try:
                plan_for(tool, self.facts)
                tools.append(tool)
            except DefinitionError as error:
                circles.append(circle(f"{tool.id} {tool.version}", str(error)))
        alone = Framework(
            base=self.base,
            calendar=self.calendar,
            editions=self.editions,
            departures=self.departures,
        )
        periods = [
            Period(
                since=since,
                around=day,
                ready=tuple(self._ready_for(tool.id, tool.version, day) for tool in tools),
                base={
                    (tool.id, tool.version): alone._ready_for(tool.id, tool.version, day)
                    for tool in tools
                    if tool in self.base.tools
                },
            )
            for since, day in self._periods()
        ]
        last = self.in_force(periods[-1].around)
        return check(
            World(
                periods=tuple(periods),
                review=lambda audit, on: self.review(audit, on=on),
                roles={role.id: role for role in self.roles},
                budget=budget,
            ),
            framework=self.name,
            laws=self.laws,
            facts=self.facts,
            rules=last.rules,
            departures=(
                *(str(each) for each in self.departures),
                *(each.say(rule) for each in self.editions for rule in each.replaces),
            ),
            circles=circles,
        )

    def _periods(self) -> list[tuple[str, date]]:
        """The stretches of time in which other rules hold, each with a day in it."""
        days = sorted(
            {each.since for each in self.editions} | {each.since for each in self.departures}
        )
        if not days:
            return [("", _BEFORE_ALL)]
        ends = [*days[1:], None]
        later = [
            (
                f"audited from {start}",
                start + (timedelta(days=30) if end is None else (end - start) // 2),
            )
            for start, end in zip(days, ends, strict=True)
        ]
        return [(f"audited before {days[0]}", days[0] - timedelta(days=30)), *later]

    def __repr__(self) -> str:
        tools = f"{len(self.tools)} tool{'' if len(self.tools) == 1 else 's'}"
        return f"<Framework {self.name}: {tools}, {len(self.rules)} rules>"

    @property
    def name(self) -> str:
        """The base with its version, then each addition with its own."""
        return " + ".join(f"{each.id} {each.version}" for each in (self.base, *self.additions))

    def _all(self, what: str) -> tuple[Any, ...]:
        """All of one sort that the base and the additions bring, gathered once."""
        found: tuple[Any, ...] | None = self.made.get(what)
        if found is None:
            parts = (self.base, *self.additions)
            found = tuple(item for each in parts for item in getattr(each, what))
            self.made[what] = found
        return found

    @property
    def standards(self) -> tuple[Standard, ...]:
        """Every standard."""
        return self._all("standards")

    @property
    def scales(self) -> tuple[Scale, ...]:
        """Every scale."""
        return self._all("scales")

    @property
    def maps(self) -> tuple[ScaleMap, ...]:
        """Every map from one scale to another."""
        return self._all("maps")

    @property
    def roles(self) -> tuple[Role, ...]:
        """Every role."""
        return self._all("roles")

    @property
    def boards(self) -> tuple[Board, ...]:
        """Every board."""
        return self._all("boards")

    @property
    def subjects(self) -> tuple[SubjectKind, ...]:
        """Every kind of subject."""
        return self._all("subjects")

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Every shared fact."""
        return self._all("facts")

    @property
    def tools(self) -> tuple[Tool, ...]:
        """Every version of every tool."""
        return self._all("tools")

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule."""
        return self._all("rules")

    @property
    def machines(self) -> tuple[Machine, ...]:
        """Every version of every machine."""
        return self._all("machines")

    @property
    def steps(self) -> tuple[Step, ...]:
        """Every step of follow-up."""
        return self._all("steps")

    @property
    def places(self) -> tuple[Place, ...]:
        """Every place where records are kept."""
        return self._all("places")

    @property
    def streams(self) -> tuple[Stream, ...]:
        """Every stream of evidence."""
        return self._all("streams")

    @property
    def points(self) -> tuple[Point, ...]:
        """Every point of the journey at which children are asked."""
        return self._all("points")

    @property
    def learning(self) -> tuple[LearningLink, ...]:
        """Every link from what was learnt to where it goes."""
        return self._all("learning")

    @property
    def laws(self) -> tuple[Law, ...]:
        """Every law: those that every framework keeps, then its own."""
        return (*EVERY_FRAMEWORK, *self._all("laws"))

    @property
    def settings(self) -> tuple[Setting, ...]:
        """Every number of the framework."""
        return self.base.settings

    @property
    def programme(self) -> Programme:
        """The audit programme, with the rows that services add, and the numbers as shipped."""
        found: Programme | None = self.made.get("programme")
        if found is None:
            parts = [each.programme for each in (self.base, *self.additions)]
            found = self.made["programme"] = Programme(
                rows=tuple(row for part in parts for row in part.rows),
                areas=tuple(area for part in parts for area in part.areas),
                terms=self.base.programme.terms,
            )
        return found

    def programme_in(self, year: int) -> Programme:
        """The programme of the year that starts in a calendar year.

        The month it starts in is the one in force on 1 January; every other number is as
        on the first day of the programme year.

        Raises:
            DefinitionError: there is no such year.
        """
        if type(year) is not int or not 1 <= year < date.max.year:
            raise DefinitionError("Name a programme year by the year it starts in, such as 2016.")
        found: Programme | None = self.made.get(("programme", year))
        if found is None:
            found = self.made["programme", year] = self._programme_in(year)
        return found

    def _programme_in(self, year: int) -> Programme:
        programme = self.programme
        first = settled(programme, self.in_force(date(year, 1, 1)).settings).year(year).start
        values = dict(self.in_force(first).settings)
        starts = programme.terms.year_starts
        if isinstance(starts, Setting):
            values[starts.id] = first.month
        return settled(programme, values)

    def plan(
        self,
        year: int,
        posts: Iterable[Post],
        *,
        exemptions: Iterable[Exemption] = (),
        changes: Iterable[Change] = (),
        populations: Populations = NOBODY_COUNTED,
    ) -> YearPlan:
        """What the programme asks for in the year that starts in a calendar year.

        Args:
            year: the calendar year in which the programme year starts.
            posts: the posts there are in it, with their facts ``area``, and ``since`` and
                ``until`` for those who start or leave within it.
            exemptions: what somebody need not do.
            changes: changes of the programme within the year.
            populations: how many there are, where a row asks for a share of them: by id of
                the row, a number, or numbers by name of the window.

        Raises:
            InputError: posts, exemptions or changes cannot be used. Every fault is named.
        """
        programme = self.programme_in(year)
        start = programme.year(year).start
        departures = self.in_force(start).departures
        context = Context(
            framework=self.name,
            tools=frozenset(tool.id for tool in self.tools),
            roles=self.roles,
            boards=self.boards,
            calendar=self.calendar,
            departures=departures_of(programme, ((each.setting, str(each)) for each in departures)),
        )
        return make_plan(
            programme,
            programme.year(year),
            posts,
            context,
            exemptions=exemptions,
            changes=changes,
            populations=populations,
        )

    def tool(self, id: str, version: str | None = None) -> Tool:
        """The tool with this id; the last version listed unless one is named.

        Raises:
            UnknownIdError: there is none; the near one is named.
        """
        return _versioned("tool", id, version, self.tools)

    def machine(self, id: str, version: str | None = None) -> Machine:
        """The machine with this id; the last version listed unless one is named.

        Raises:
            UnknownIdError: there is none; the near one is named.
        """
        return _versioned("machine", id, version, self.machines)

    def decide(self, process: Process, command: Command) -> Event | Refusal:
        """Whether something may happen, by the numbers in force on the command's day.

        Args:
            process: how things stand, begun by a machine of this framework.
            command: what is wanted, by whom and on what day.

        Returns:
            The event, or a refusal that lists everything unmet.

        Raises:
            UnknownIdError: the framework has no such machine, or not in that version.
        """
        machine = self.machine(*process.machine.split(" ", 1))
        settings = settings_on(self.departures, command.on)
        return decide(machine, process, command, settings=settings, calendar=self.calendar)

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

    def code(self, tool: str, *, version: str | None = None, on: date) -> str:
        """The rules for a tool, as the Python function that reads its audits.

        Args:
            tool: id of the tool.
            version: its version; the last one unless named.
            on: the day whose rules are meant.

        Returns:
            The code; nothing where a rule cannot be compiled, and each is read by itself.

        Raises:
            UnknownIdError: there is no such tool; the near one is named.
        """
        found = self.tool(tool, version)
        whole = self._ready_for(found.id, found.version, on).compiled
        return "" if whole is None else whole.code

    def review(self, audit: Audit, *, on: date, unread: Iterable[str] = ()) -> Review:
        """What follows from one audit, complete or draft.

        Args:
            audit: the audit.
            on: the day of the review. It drives clocks only.
            unread: ids of questions and judgements whose answers were given and could not
                be read: they are pending, and not blank.

        Raises:
            UnknownIdError: the framework has no such tool, or not in that version.
            TypeError: ``on`` is no date.
        """
        if type(on) is not date:
            raise TypeError("Give the day of the review as a date: on=date(2016, 3, 1).")
        if not isinstance(audit, Audit):
            raise TypeError("Give an audit, as read_audit makes it of JSON text or plain data.")
        prepared = self._ready_for(audit.tool.id, audit.tool.version, audit.audited or on)
        return review(audit, prepared, on, unread=frozenset(unread))

    def record(self, audit: Audit, *, on: date) -> AuditRecord:
        """What an audit states, as rules read it, by the numbers in force on its date.

        Args:
            audit: the audit, complete or draft.
            on: the day. It drives clocks only.

        Raises:
            UnknownIdError: the framework has no such tool, or not in that version.
        """
        prepared = self._ready_for(audit.tool.id, audit.tool.version, audit.audited or on)
        return prepared.recorder.record(audit, on)

    def stated(self, audit: Audit, review: Review, *, on: date) -> AuditRecord:
        """What the questions and judgements of an audit come to on a day, for counting them.

        It is the record that the review rests on, where that is of this very audit and they
        come to the same on both days; else it is made anew.

        Args:
            audit: the audit.
            review: its review.
            on: the day.

        Raises:
            UnknownIdError: the framework has no such tool, or not in that version.
        """
        basis = review.basis
        if basis is not None and self.reviewed(audit, review, on=on):
            return basis
        return self.record(audit, on=on)

    def reviewed(self, audit: Audit, review: Review, *, on: date) -> bool:
        """Whether a review was made of this very audit, by what this framework holds.

        Args:
            audit: the audit.
            review: the review.
            on: a day on which its answers have to come to the same.

        Raises:
            UnknownIdError: the framework has no such tool, or not in that version.
        """
        basis = review.basis
        prepared = self._ready_for(audit.tool.id, audit.tool.version, audit.audited or on)
        return basis is not None and basis.is_of(audit, prepared.plan, on)

    def review_all(self, audits: Iterable[Audit], *, on: date) -> Reviews:
        """What follows from many audits, in their order.

        Args:
            audits: the audits.
            on: the day of the review. It drives clocks only.

        Returns:
            The reviews; an audit that could not be reviewed is named in their ``faults``.
        """
        reviews, faults = [], []
        for audit in audits:
            try:
                reviews.append(self.review(audit, on=on))
            except UnknownIdError as error:
                do = "Review it with a framework that has its tool"
                faults.append(Fault(path=audit.id, problem=str(error).rstrip("."), do=do))
            except (Exception, SystemExit) as error:  # noqa: BLE001 - one audit hides no other
                problem = f"it could not be reviewed ({type(error).__name__})"
                faults.append(Fault(path=audit.id, problem=problem, do="Read it by hand at once"))
        return Reviews(tuple(reviews), tuple(faults))


def known_with(base: Addition) -> Known:
    """All that is known with a base alone.

    Raises:
        DefinitionError: the base does not hold together. Everything wrong is said.
    """
    known = Known(versions={base.id: base.version, "qaf-core": VERSION})
    found = tuple(problems(base, known, base=True))
    if found:
        raise DefinitionError(f"{base.id} cannot serve as a base. " + " ".join(found))
    known.take_base(base)
    return known


def _versioned(kind: str, id: str, version: str | None, among: tuple[V, ...]) -> V:
    found = [each for each in among if each.id == id]
    if not found:
        raise UnknownIdError(kind, id, {each.id for each in among})
    if version is None:
        return found[-1]
    return _by_id(f"version of {id}", version, {each.version: each for each in found})


def _by_id(kind: str, id: str, entries: dict[str, T]) -> T:
    if id not in entries:
        raise UnknownIdError(kind, id, entries)
    return entries[id]
