"""A report in sentences: the most urgent first, and what its figures rest on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from qaf_core.framework import Framework
from qaf_core.learning.model import Kind
from qaf_core.moderation.reporting import basis_of
from qaf_core.provenance import Standing
from qaf_core.reports.grades import ALL
from qaf_core.settings import FIGURES_PUBLISHED_FROM, GOOD_OR_BETTER_FROM, REPORTED_GRADE, Setting

if TYPE_CHECKING:
    from qaf_core.reports.annual import AnnualReport
    from qaf_core.reports.quarterly import QuarterlyReport

__all__ = ["basis_sentences", "summary_sentences"]


def __dir__() -> list[str]:
    return __all__


def basis_sentences(report: QuarterlyReport) -> Iterator[str]:
    """What the figures of a report rest on."""
    framework, floor = report.framework, report.floor
    shipped = report.policy == REPORTED_GRADE.value
    yield basis_of(report.policy, _grounds(framework, REPORTED_GRADE) if shipped else "")
    yield (
        f"Good or better counts grades from {report.good_from!r} up, of all audits with a grade "
        f"[{_grounds(framework, GOOD_OR_BETTER_FROM)}]."
    )
    yield (
        "Grades are counted, never averaged. Each audit counts once; a moderation is not counted "
        "beside the audit that it does again."
    )
    if floor > 1:
        why = _grounds(framework, FIGURES_PUBLISHED_FROM)
        yield f"Counts below {floor}, and what would give them away, are held back [{why}]."
    else:
        yield "Nothing is held back: for those alone who may see the files."
    criteria = {one.id for standard in framework.standards for one in standard.criteria}
    for addition in (framework.base, *framework.additions):
        for links in addition.mappings:
            if any(link.to in criteria for link in links.links):
                yield (
                    f"Criteria and standards are counted by the mapping {links.id} "
                    f"[{links.source}; {links.standing}]."
                )
    for link in framework.learning:
        if link.kind is Kind.REPORT:
            to = ", ".join(link.recipients)
            yield f"{link.title} is for {to} [{link.source}; {link.standing}]."
    yield (
        "For the board: escalations and exceptions name audits by their ids, and are told however "
        "few. Nothing names a child, a worker or a post."
    )


def _grounds(framework: Framework, setting: Setting) -> str:
    """On what a number rests, in this framework; where it has none, it is the library's."""
    for each in framework.settings:
        if each.id == setting.id:
            return f"{each.source}; {each.standing}"
    return f"the library's own choice; {Standing.EDITORIAL}"


def summary_sentences(
    report: QuarterlyReport | AnnualReport, *, audits: bool = True, escalations: bool = True
) -> tuple[str, ...]:
    """The most urgent of a report first.

    Args:
        report: the report.
        audits: whether to give the ids of audits that have to be acted on.
        escalations: whether to say how many escalations there are.
    """
    said = list(_of_escalations(report, audits=audits) if escalations else _held_back(report))
    done = report.counts.total("complete")
    said.append(
        f"Audits: {report.audited} in {report.window.name}, {done} complete, "
        f"{report.counts.total('moderated')} moderated."
    )
    for grades in report.grades:
        told = grades.per_cent(ALL)
        share = f"{told} %" if isinstance(told, float) else told
        said.append(
            f"Good or better ({grades.scale.title}): {share}, of {grades.graded(ALL)} graded."
        )
    late_actions = sum(bool(each.late) and not each.settled for each in report.actions)
    open_actions = sum(not each.settled for each in report.actions)
    said.append(
        f"Actions: {len(report.actions)} agreed or open, {open_actions} not signed off, of "
        f"which {late_actions} late."
    )
    return tuple(said)


def _held_back(report: QuarterlyReport | AnnualReport) -> Iterator[str]:
    """What can be said of escalations where their number would give away a small one."""
    if report.unraised:
        yield "There are escalations called for and nobody told."
    if report.unsettled:
        yield "There are escalations that cannot be ruled out until something missing is known."
    yield "Escalations: how many is held back, since it would give away a small number."


def _of_escalations(report: QuarterlyReport | AnnualReport, *, audits: bool) -> Iterator[str]:
    calls, lines = report.unraised, report.escalations
    if calls:
        which = ", ".join(dict.fromkeys(each.audit for each in calls))
        yield (
            f"{len(calls)} escalation{'' if len(calls) == 1 else 's'} called for and nobody told"
            + (f": {which}." if audits else ".")
        )
    if report.unsettled:
        number = len(report.unsettled)
        which = ", ".join(dict.fromkeys(each.audit for each in report.unsettled))
        yield (
            f"{number} escalation{'' if number == 1 else 's'} that cannot be ruled out until "
            "something missing is known" + (f": {which}." if audits else ".")
        )
    raised = sum(each.raised in report.window for each in lines)
    still = [each for each in lines if each.closed is None]
    late = sum(each.late for each in still)
    yield (
        f"Escalations: {raised} raised, {len(lines) - raised} open from before, "
        f"{len(lines) - len(still)} closed, {len(still)} open, of which {late} late."
    )
