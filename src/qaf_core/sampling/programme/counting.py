"""Which due an audit counts for, and why it counts for none.

An audit counts where its tool, its auditor, the auditor's area, the status of the case and
the day all fit, once a row at most. Where more than one row would take it, none does until
somebody says which: what is not known is not guessed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from attrs import field, frozen

from qaf_core.cadence import OnEvent, Window, windows_of
from qaf_core.errors import Fault, InputError, nearest
from qaf_core.sampling.programme.dues import Due
from qaf_core.sampling.programme.plan import YearPlan
from qaf_core.sampling.programme.recorded import Done, ThematicAudit, area_of, held_on
from qaf_core.sampling.programme.rows import ProgrammeRow

__all__ = ["Counted", "Uncounted", "count"]

Key = tuple[str, str, str, str, str]


def __dir__() -> list[str]:
    return __all__


@frozen(kw_only=True)
class Uncounted:
    """An audit that counts for no row.

    Attributes:
        audit: its id.
        why: the reason, and what would change it.
    """

    audit: str
    why: str

    def __str__(self) -> str:
        return f"{self.audit}: {self.why}"


@frozen(kw_only=True)
class Counted:
    """What was counted.

    Attributes:
        done: how many, by the key of the due.
        audits: the audits that were counted, with the due each counts for.
        uncounted: those that count for nothing, and why.
    """

    done: Mapping[Key, int] = field(repr=False)
    audits: tuple[tuple[Done, Due], ...] = field(repr=False)
    uncounted: tuple[Uncounted, ...]


def count(
    plan: YearPlan, done: Iterable[Done], thematic: Iterable[ThematicAudit], *, on: date
) -> Counted:
    """Count audits against the dues of a plan.

    Raises:
        InputError: an id comes twice, or an audit names a row that is not there.
    """
    done, thematic = tuple(done), tuple(thematic)
    counter = _Counter(plan, on)
    faults = [*_twice(done, "done"), *_twice(thematic, "thematic"), *counter.unknown_rows(done)]
    if faults:
        raise InputError(faults)
    totals: Counter[Key] = Counter()
    pairs: list[tuple[Done, Due]] = []
    uncounted: list[Uncounted] = []
    for audit in done:
        found, why = counter.places(audit)
        totals.update(due.key for due in found)
        pairs += [(audit, due) for due in found]
        if why:
            uncounted.append(Uncounted(audit=audit.id, why=why))
    for each in thematic:
        due = counter.commissioned(each)
        if due is not None:
            totals[due.key] += 1
    return Counted(done=dict(totals), audits=tuple(pairs), uncounted=tuple(uncounted))


def _twice(items: Iterable[Done | ThematicAudit], place: str) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    for at, each in enumerate(items):
        first = seen.setdefault(each.id, at)
        if first != at:
            problem = f"it is the id of {place}[{first}] again"
            yield Fault(path=f"{place}[{at}].id", problem=problem, do="List each once")


class _Counter:
    """A plan made ready for counting."""

    def __init__(self, plan: YearPlan, on: date) -> None:
        self.plan = plan
        self.on = on
        self.dues = {due.key: due for due in plan.dues}
        self.rows = {row.id: row for row in plan.rows}
        self.windows = {row.id: windows_of(row.cadence, plan.year) for row in self.rows.values()}
        self.counted_under = {
            row.id: row.pool.id
            for row in plan.programme.rows
            if row.pool is not None and row.pool.shared
        }

    def unknown_rows(self, done: Iterable[Done]) -> Iterator[Fault]:
        """Rows that audits name and that are not there."""
        known = {*self.rows, *self.counted_under}
        for at, audit in enumerate(done):
            for id in audit.rows:
                if id not in known:
                    near = nearest(id, known)
                    problem = "the programme has no such row"
                    problem += f"; perhaps {near} is meant" if near else ""
                    do = f"Use one of {', '.join(sorted(known))}, or leave it out"
                    yield Fault(path=f"done[{at}].rows", problem=problem, do=do)

    def window(self, row: ProgrammeRow, day: date) -> Window | None:
        """The window of a row that holds a day."""
        return next((each for each in self.windows[row.id] if day in each), None)

    def commissioned(self, audit: ThematicAudit) -> Due | None:
        """The due that a thematic audit counts for, once it is completed."""
        if audit.completed is None or audit.completed > self.on:
            return None
        for row in self.rows.values():
            window = self.window(row, audit.completed)
            if row.commissioned and window is not None:
                return self.dues.get((row.id, window.name, "", "", ""))
        return None

    def places(self, audit: Done) -> tuple[list[Due], str]:
        """The dues that an audit counts for, or why there is none."""
        if audit.on > self.on:
            return [], "it is dated after the day of the report"
        if audit.on not in self.plan.year:
            return [], f"it is not in the programme year {self.plan.year}"
        if audit.rows:
            named = dict.fromkeys(self.counted_under.get(id, id) for id in audit.rows)
            tried = [self.place(self.rows[id], audit) for id in named]
            found = [each for each in tried if isinstance(each, Due)]
            return found, "; ".join(each for each in tried if isinstance(each, str))
        tried = [
            self.place(row, audit)
            for row in self.rows.values()
            if audit.tool in row.tools and not row.by_name
        ]
        found = [each for each in tried if isinstance(each, Due)]
        if len(found) == 1:
            return found, ""
        if found:
            ids = " or ".join(due.row.id for due in found)
            return [], f"it could count for {ids}: give the status of the case, or the row"
        whys = dict.fromkeys(each for each in tried if isinstance(each, str))
        return [], "; ".join(whys) or "no row of the programme asks for an audit with its tool"

    def place(self, row: ProgrammeRow, audit: Done) -> Due | str:
        """The due of a row that an audit counts for, or why it counts for none."""
        why = self._unfit(row, audit)
        if why:
            return f"{row.id}: {why}"
        window = self.window(row, audit.on)
        name = "" if window is None else window.name
        if row.covers:
            found = self._covered(row, audit, name)
        elif row.quotas:
            found = self._quota(row, audit, name)
        else:
            found = self.dues.get((row.id, name, "", "", "")) or "it asks for nothing then"
        return f"{row.id}: {found}" if isinstance(found, str) else found

    def _unfit(self, row: ProgrammeRow, audit: Done) -> str:
        """Why a row takes no audit such as this one, whoever did it."""
        if row.dormant(self.plan.context.tools):
            mend = f": install {row.install}" if row.install else ""
            return f"its tool is not here{mend}"
        if row.left_out:
            return "it is optional and left out"
        if row.commissioned:
            return "it counts thematic audits as a whole, not file by file"
        if isinstance(row.cadence, OnEvent):
            return "it counts events, by what was signed off for them"
        if row.tools and audit.tool not in row.tools:
            return f"it is done with {' or '.join(row.tools)}"
        if audit.status and row.statuses and audit.status not in row.statuses:
            return f"it is for cases that are {' or '.join(row.statuses)}"
        return ""

    def _quota(self, row: ProgrammeRow, audit: Done, window: str) -> Due | str:
        post = self.plan.posts.get(audit.auditor)
        if post is None:
            return "its auditor is not among the posts"
        if row.areas and area_of(post) not in row.areas:
            return "its auditor is not of the row's service area"
        if not held_on(post, audit.on):
            return "its auditor was not in post on that day"
        due = self.dues.get((row.id, window, post.id, "", ""))
        if due is not None:
            return due
        for quota in row.quotas:
            if post.role in {role.id for role in quota.roles}:
                due = self.dues.get((row.id, window, "", quota.role.id, ""))
                return due or "it asks nothing of the auditor's role then"
        return "it asks nothing of the auditor's role"

    def _covered(self, row: ProgrammeRow, audit: Done, window: str) -> Due | str:
        worker = self.plan.posts.get(audit.worker)
        if worker is None:
            return "it does not say which listed post it is about: give worker"
        due = self.dues.get((row.id, window, "", "", worker.id))
        if due is None:
            return "it does not cover that post's role, or not then"
        if not due.start <= audit.on <= due.due:
            return "the post it is about was not held on that day"
        auditor = self.plan.posts.get(audit.auditor)
        if auditor is None:
            return "its auditor is not among the posts"
        if auditor.id == worker.id:
            return "nobody audits themselves"
        for cover in row.covers:
            if worker.role not in {role.id for role in cover.of}:
                continue
            if not cover.by:
                own = worker.reports_to == auditor.id
                return due if own else "the auditor is not the worker's manager"
            if auditor.role in {role.id for role in (*cover.by, *cover.also)}:
                return due
            return f"it is for a {' or '.join(map(str, cover.by))} to do"
        return "it does not cover that post's role"
