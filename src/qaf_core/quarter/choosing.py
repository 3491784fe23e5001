"""From the plan of the quarter to who audits what: draws with receipts, allocations with proofs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import evolve, field, frozen

from qaf_core.cadence import Window
from qaf_core.logic.expressions import Ref
from qaf_core.logic.values import YES_NO
from qaf_core.quarter.council import Council, known_of
from qaf_core.quarter.days import Days
from qaf_core.quarter.stage import Stage
from qaf_core.sampling.allocated import Allocation, Placing
from qaf_core.sampling.allocation import allocate
from qaf_core.sampling.draw import Draw, draw
from qaf_core.sampling.frame import Exclusion
from qaf_core.sampling.population import Case, Post
from qaf_core.sampling.programme.dues import Due, Note
from qaf_core.sampling.programme.mix import draw_notes
from qaf_core.sampling.programme.plan import YearPlan
from qaf_core.sampling.programme.rows import ProgrammeRow
from qaf_core.sampling.strata import Strata
from qaf_core.sampling.verify import Verification, verify

__all__ = ["Chosen", "Task", "chosen", "tasks", "verified"]

RESERVES = 2

DRAWN_ALREADY = Ref("drawn_already", YES_NO, label="the case being drawn already this quarter")
CLOSED = Ref("closed_before", YES_NO, label="the case being closed before the draw")
_LEFT_OUT = (
    Exclusion(reason="drawn already this quarter", when=DRAWN_ALREADY.is_(True)),
    Exclusion(reason="closed before the draw", when=CLOSED.is_(True)),
)


def __dir__() -> list[str]:
    return __all__


@frozen(kw_only=True)
class Chosen:
    """What was drawn for a row of the programme in a window, and who audits it.

    Attributes:
        row: the row, as it is counted.
        window: the window.
        population: the cases it was drawn from, as they were frozen.
        listing: the same list as the draw wrote it, which a receipt is verified against.
        draw: the draw, with its receipt.
        first: the allocation as first made.
        plan: the allocation that holds: where the first fell short, it was made again
            around what it had placed, with fewer conditions.
        notes: what the programme asks of the draw.
    """

    row: ProgrammeRow
    window: Window
    population: tuple[Case, ...] = field(repr=False)
    listing: str = field(repr=False)
    draw: Draw[Case] = field(repr=False)
    first: Allocation = field(repr=False)
    plan: Allocation = field(repr=False)
    notes: tuple[Note, ...] = ()

    @property
    def scope(self) -> str:
        """What the sample is for and when."""
        return self.draw.receipt.scope


@frozen(kw_only=True)
class Task:
    """One audit to be done.

    Attributes:
        id: id of the audit.
        tool: id of the tool.
        case: whom or what it is about.
        auditor: the post that does it.
        row: id of the row it is for.
        named: whether the audit has to name the row to count for it.
        files: whether it is the audit of a case file, which goes the whole way.
        about: the post it is about, for an observation or the audit of a supervision file.
        window: when it is to be done.
    """

    id: str
    tool: str
    case: Case
    auditor: str = field(repr=False)
    row: str
    named: bool
    files: bool
    about: str = field(default="", repr=False)
    window: Window


def _windows(plan: YearPlan, row: str, days: Days) -> Iterator[Window]:
    """The windows of a row that lie within the quarter."""
    windows = dict.fromkeys(due.window for due in plan.dues if due.row.id == row)
    for window in windows:
        if window.start in days.quarter and window.due in days.quarter:
            yield window


def chosen(stage: Stage, plan: YearPlan) -> tuple[Chosen, ...]:
    """Draw and allocate, row by row and window by window, for whatever has quotas.

    Independence: nobody audits a case they work, nor one of their own team. Where a
    service has one team the second cannot hold, and is left out from the start; where it
    leaves too few auditors, the rest is placed without it, and the proof is kept.
    """
    days, seed = stage.days, stage.chance.seed
    found: list[Chosen] = []
    drawn: set[str] = set()
    for row in plan.rows:
        if not row.quotas or row.dormant(plan.context.tools) or row.left_out:
            continue
        for window in _windows(plan, row.id, days):
            quota, totals = plan.quota(row.id, window.name), plan.totals(row.id, window.name)
            number = sum(quota.values()) + sum(totals.values())
            if not number:
                continue
            population = _population(stage, row, drawn)
            scope = f"{days.year.start.year}-{window.name}/{row.id}"
            lines: list[bytes] = []
            made = draw(
                population,
                number,
                seed=seed,
                scope=scope,
                seed_drawn="invented, as everything here",
                strata=Strata(by="team"),
                exclude=_LEFT_OUT,
                reserves=RESERVES,
                listing=lines.append,
            )
            drawn |= {case.id for case in made.chosen}
            posts = _auditors(stage.council, plan, row, window)
            first, after = _placed(made, posts, quota, totals, scope=f"{scope}/who", seed=seed)
            notes = draw_notes(stage.framework.programme, made.chosen, when=window.name)
            found.append(
                Chosen(
                    row=row,
                    window=window,
                    population=population,
                    listing=b"".join(lines).decode(),
                    draw=made,
                    first=first,
                    plan=after,
                    notes=tuple(notes) if row.pool else (),
                )
            )
    return tuple(found)


def _population(stage: Stage, row: ProgrammeRow, drawn: set[str]) -> tuple[Case, ...]:
    subjects = {stage.framework.tool(id).subject for id in row.tools}
    return tuple(
        evolve(
            case,
            facts={
                **case.facts,
                DRAWN_ALREADY.name: case.id in drawn,
                CLOSED.name: "case_closed" in case.facts,
            },
        )
        for case in stage.council.in_areas(row.areas)
        if case.kind in subjects
        and (not row.statuses or case.facts.get("case_status") in row.statuses)
    )


def _auditors(
    council: Council, plan: YearPlan, row: ProgrammeRow, window: Window
) -> tuple[Post, ...]:
    """The posts that a row asks something of; one without a team is a team of its own."""
    asked = {due.post for due in plan.dues if (due.row.id, due.window) == (row.id, window)}
    roles = set(plan.totals(row.id, window.name))
    return tuple(
        evolve(post, team=post.team or "directorate")
        for post in council.posts.values()
        if post.id in asked or post.role in roles
    )


def _placed(
    made: Draw[Case],
    posts: tuple[Post, ...],
    quota: dict[str, int],
    totals: dict[str, int],
    *,
    scope: str,
    seed: str,
) -> tuple[Allocation, Allocation]:
    """The allocation as first made, and as it holds."""

    def placed(independent: tuple[str, ...], keep: tuple[Placing, ...] = ()) -> Allocation:
        return allocate(
            made.chosen,
            posts,
            quota=quota,
            totals=totals,
            independent=independent,
            seed=seed,
            scope=scope,
            keep=keep,
        )

    one_team = len({case.team for case in made.chosen}) == 1
    first = placed(("own_case",) if one_team else ("own_case", "own_team"))
    if first.complete or one_team:
        return first, first
    return first, placed(("own_case",), first.placed)


def tasks(stage: Stage, plan: YearPlan, choices: Iterable[Chosen]) -> tuple[Task, ...]:
    """Every audit to be done in the quarter: of cases drawn, of posts, and of a row as such."""
    choices = tuple(choices)
    wanted = (
        *_of_cases(stage, choices),
        *_of_posts(stage, plan),
        *_of_rows(stage, plan, {case.id for each in choices for case in each.draw.chosen}),
    )
    return tuple(evolve(each, id=f"A-{at:04}") for at, each in enumerate(wanted, 1))


def _task(stage: Stage, row: ProgrammeRow, case: Case, auditor: str, window: Window) -> Task:
    """An audit of a case, with the tool of the row that is for such cases."""
    tool = next(id for id in row.tools if stage.framework.tool(id).subject == case.kind)
    return Task(
        id="",
        tool=tool,
        case=case,
        auditor=auditor,
        row=row.id,
        named=row.by_name,
        files=row.files,
        window=window,
    )


def _of_cases(stage: Stage, choices: Iterable[Chosen]) -> Iterator[Task]:
    for each in choices:
        cases = {case.id: case for case in each.population}
        for placing in each.plan.placed:
            yield _task(stage, each.row, cases[placing.case], placing.post, each.window)


def _of_posts(stage: Stage, plan: YearPlan) -> Iterator[Task]:
    """Observations, and audits of supervision files, of those whose turn it is."""
    for number, due in enumerate(plan.dues, 1):
        if due.dormant or not (due.about and due.post and due.number and _turn(due, stage)):
            continue
        id, kind = f"V-{number:04}", stage.framework.tool(due.row.tools[0]).subject
        case = Case(
            id=id,
            kind=kind,
            team=stage.council.posts[due.about].team,
            facts=known_of(stage.framework, kind, id, stage.days, stage.chance),
        )
        yield evolve(_task(stage, due.row, case, due.post, stage.days.quarter), about=due.about)


def _of_rows(stage: Stage, plan: YearPlan, drawn: set[str]) -> Iterator[Task]:
    """What the programme asks of nobody by name: one audit, of a case nobody else has."""
    quarter = stage.days.quarter
    taken = set(drawn)
    for due in plan.dues:
        row = due.row
        inside = due.window.start <= quarter.start and quarter.due <= due.window.due
        if due.dormant or row.quotas or row.covers or not (row.tools and due.number and inside):
            continue
        kind = stage.framework.tool(row.tools[0]).subject
        for case in stage.council.in_areas(row.areas):
            if case.kind == kind and case.id not in taken:
                taken.add(case.id)
                yield _task(stage, row, case, _of_row(row, stage.council), quarter)
                break


def _turn(due: Due, stage: Stage) -> bool:
    """Whether someone who is audited once a year has their turn in this quarter."""
    days = stage.days
    quarter = days.year.windows(3).index(days.quarter)
    turn = stage.chance.below(4, due.about, "turn") == quarter
    return turn and due.start <= days.quarter.start


def _of_row(row: ProgrammeRow, council: Council) -> str:
    """Who does an audit that the programme asks of nobody by name."""
    for area in row.areas:
        for team in council.teams.get(area, ()):
            return council.holders(team)["team_manager"]
    return council.of("service_manager_quality_assurance").id


def verified(choices: Iterable[Chosen]) -> tuple[Verification, ...]:
    """Every receipt verified: the same list drawn from again, with the same reasons."""
    return tuple(verify(each.draw.receipt, each.population, exclude=_LEFT_OUT) for each in choices)
