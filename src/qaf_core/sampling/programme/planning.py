"""The making of a plan, and what to look at in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from qaf_core.cadence import ProgrammeYear
from qaf_core.errors import InputError
from qaf_core.immutable import FrozenMap
from qaf_core.sampling.population import Post, checked_posts
from qaf_core.sampling.programme.dues import (
    NOBODY_COUNTED,
    Due,
    Note,
    Planner,
    Populations,
    rows_in_year,
)
from qaf_core.sampling.programme.faults import (
    Context,
    change_faults,
    exemption_faults,
    post_faults,
)
from qaf_core.sampling.programme.model import Programme, settings_of
from qaf_core.sampling.programme.plan import YearPlan
from qaf_core.sampling.programme.recorded import Change, Exemption, area_of
from qaf_core.sampling.programme.rows import POST, ProgrammeRow, value_of

__all__ = ["departures_of", "make_plan"]


def __dir__() -> list[str]:
    return __all__


def make_plan(
    programme: Programme,
    year: ProgrammeYear,
    posts: Iterable[Post],
    context: Context,
    *,
    exemptions: Iterable[Exemption] = (),
    changes: Iterable[Change] = (),
    populations: Populations = NOBODY_COUNTED,
) -> YearPlan:
    """The plan of a year.

    Args:
        programme: the programme, with the numbers that hold.
        year: the programme year.
        posts: the posts there are in it, with their facts ``area``, ``since`` and ``until``.
        context: what there is in the framework.
        exemptions: what somebody need not do.
        changes: changes of the programme within the year.
        populations: how many there are, where a row asks for a share of them.

    Raises:
        InputError: posts, exemptions or changes cannot be used. Every fault is named.
    """
    exemptions, changes = tuple(exemptions), tuple(changes)
    changes_wrong = tuple(change_faults(changes, programme, context, year))
    rows = list(rows_in_year(programme, () if changes_wrong else changes, year))
    try:
        known = {post.id: post for post in checked_posts(posts)}
    except InputError as error:
        raise InputError([*error.faults, *changes_wrong]) from None
    faults = [
        *post_faults(known, programme, context),
        *changes_wrong,
        *exemption_faults(exemptions, programme, rows, known, context),
    ]
    if faults:
        raise InputError(faults)
    planner = Planner(
        posts=known,
        roles={role.id: role for role in context.roles},
        tools=context.tools,
        part=str(value_of(programme.terms.part)),
        exemptions=exemptions,
        populations=populations,
    )
    (whole,) = year.windows(12)
    dormant = {row.id: (row, whole) for row, _ in rows if row.dormant(context.tools)}
    rows = [each for each in rows if each[0].id not in dormant]
    dues = tuple(
        due for row, window in (*rows, *dormant.values()) for due in planner.dues(row, window)
    )
    added = (each.adds for each in changes if each.adds is not None)
    units = (*programme.units, *added)
    notes = (*_notes(units, known, dues, context), *_idle(exemptions, dues))
    return YearPlan(
        programme=programme,
        year=year,
        context=context,
        posts=FrozenMap(known),
        dues=dues,
        changes=changes,
        exemptions=exemptions,
        notes=notes,
    )


# --- what to look at ---------------------------------------------------------------------


def _notes(
    units: tuple[ProgrammeRow, ...],
    posts: Mapping[str, Post],
    dues: tuple[Due, ...],
    context: Context,
) -> Iterator[Note]:
    active = [row for row in units if not row.left_out and not row.dormant(context.tools)]
    for row in active:
        for quota in row.quotas:
            ids = {role.id for role in quota.roles}
            holders = [post for post in posts.values() if post.role in ids]
            blank = [post.id for post in holders if row.areas and not area_of(post)]
            if blank:
                named = ", ".join(blank)
                text = f"{row.title}: the service area of {named} is not given, so that it is "
                text += "not known whether the row asks anything of them. Give their area."
                yield Note(row=row.id, text=text, source=row.source)
            inside = [post for post in holders if not row.areas or area_of(post) in row.areas]
            if not inside and not blank and quota.number is not None:
                where = "of its area " if row.areas else ""
                text = f"{row.title}: no post {where}holds the role {quota.role}, so that "
                text += "nothing is asked of it. If there is one, list it."
                if value_of(quota.per) == POST:
                    yield Note(row=row.id, text=text, source=row.source)
    spoken_of = {role.id for row in units for role in row.roles}
    silent = Counter(post.role for post in posts.values() if post.role not in spoken_of)
    for role, number in sorted(silent.items()):
        text = f"No row speaks of the role {role}: nothing is asked of its {number} "
        text += f"post{'' if number == 1 else 's'}, nor are they covered. If that is not meant, "
        text += "list them under a role that a row has."
        yield Note(row="", text=text)
    for due in dues:
        if due.about and not due.post and due.number:
            role = f"a {due.role}" if due.role else "its manager"
            text = f"{due.row.title}: {due.about} does not report to {role} listed here, so "
            text += "that nobody owes it by name. Give reports_to, and list that post."
            yield Note(row=due.row.id, text=text, source=due.source)
        if not due.known:
            text = f"{due.row.title}, {due.window.name}: how many there are is not given, so that "
            text += "what is asked for is not known. Give populations."
            yield Note(row=due.row.id, text=text, source=due.source)


def _idle(exemptions: tuple[Exemption, ...], dues: tuple[Due, ...]) -> Iterator[Note]:
    """Exemptions that take nothing off."""
    taken = {(due.row.id, due.about or due.post, due.window.name) for due in dues if due.exempt}
    taken |= {(row, post, "") for row, post, _ in taken}
    for at, each in enumerate(exemptions):
        if (each.row, each.post, each.window) not in taken:
            text = f"exemptions[{at}] takes nothing off: the row {each.row} asks nothing of that "
            text += "post. Where a row covers subjects, name the subject."
            yield Note(row=each.row, text=text)


def departures_of(programme: Programme, departures: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """The sentences of those departures that a programme rests on."""
    ids = {setting.id for setting in settings_of(programme)}
    return tuple(said for id, said in departures if id in ids)
