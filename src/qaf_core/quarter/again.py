"""Moderation: audits drawn as they come in, done again blind, and how far the two agree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from attrs import evolve, field, frozen

from qaf_core.audits import Audit, Judged
from qaf_core.errors import Fault
from qaf_core.facts import CANNOT_TELL, SAFE, UNSAFE
from qaf_core.framework import Framework
from qaf_core.immutable import FrozenMap
from qaf_core.interchange import read_audits
from qaf_core.moderation import (
    Agreement,
    Disagreement,
    Moderation,
    ModerationRound,
    Pair,
    Route,
    Settlement,
    StaffAgreement,
    agreement,
    agreement_by_auditor,
    assign,
    blind_form,
    disagreements,
    moderation_round,
    opened,
    seal,
    still_open,
)
from qaf_core.moderation.moderate import auditors_of
from qaf_core.moderation.pairs import OVERALL
from qaf_core.moderation.proportions import as_proportion
from qaf_core.quarter.chance import Chance
from qaf_core.quarter.days import Days
from qaf_core.quarter.filling import text_of
from qaf_core.quarter.stage import Stage
from qaf_core.review import Review
from qaf_core.sampling.sizes import Rolling
from qaf_core.scales import Scale
from qaf_core.settings import MODERATION_RATE, NOT_STATED
from qaf_core.tools.model import Judgement, Tool

__all__ = ["Moderated", "moderated", "to_moderate"]

NOT_BLIND = 6
"""Of a hundred moderators, so many have seen the auditor's grades too soon."""
SETTLED = 65
"""Of a hundred disagreements, so many are settled by the time the board meets."""


def __dir__() -> list[str]:
    return __all__


@frozen(kw_only=True)
class Moderated:
    """The moderation of a quarter.

    Attributes:
        round: what was drawn and called for.
        moderators: the post that moderates, by id of the audit.
        nobody: audits that no post may moderate, each with why.
        both: the pairs of audits, in the order of the round.
        settled: how disagreements were settled, by id of the audit.
        agreement: how far the two agree overall, by id of the scale.
        staff: the same by auditor; staff data.
    """

    round: ModerationRound = field(repr=False)
    moderators: Mapping[str, str] = field(repr=False)
    nobody: tuple[Fault, ...]
    both: tuple[Moderation, ...] = field(repr=False)
    settled: Mapping[str, tuple[Settlement, ...]] = field(repr=False)
    agreement: Mapping[str, Agreement] = field(repr=False)
    staff: Mapping[str, StaffAgreement] = field(repr=False)

    @property
    def audits(self) -> tuple[Audit, ...]:
        """The moderators' own audits."""
        return tuple(each.again for each in self.both)

    @property
    def disagreements(self) -> tuple[tuple[str, Disagreement], ...]:
        """Everything the two say differently, with the id of the audit."""
        return tuple((each.original.id, one) for each in self.both for one in disagreements(each))

    @property
    def open(self) -> tuple[tuple[str, Disagreement], ...]:
        """What nobody has settled yet, with the id of the audit."""
        return tuple(
            (each.original.id, one)
            for each in self.both
            for one in still_open(each, self.settled.get(each.original.id, ()))
        )


def moderated(stage: Stage, audits: Iterable[Audit], reviews: Mapping[str, Review]) -> Moderated:
    """Draw, do again and compare.

    Args:
        stage: the framework says how much is moderated and by whom; the seed is that of
            the draw.
        audits: the complete audits that have an auditor and grades.
        reviews: the review of each, by id.
    """
    framework, days, chance = stage.framework, stage.days, stage.chance
    audits = tuple(audits)
    by_id = {audit.id: audit for audit in audits}
    rate = framework.in_force(days.quarter.start).settings.get(
        MODERATION_RATE.id, MODERATION_RATE.value
    )
    share = None if rate == NOT_STATED else as_proportion(str(rate), "A rate")
    round = moderation_round(
        audits,
        rate=None if share is None else Rolling(100 * share),
        seed=chance.seed,
        scope=f"{stage.name}/moderation",
        seed_drawn="invented, as everything here",
        reviews=(reviews[id] for id in by_id),
        by_auditor=False,
    )
    moderators, nobody = assign(round, stage.council.posts.values(), framework.roles)
    forms = [_again(stage, by_id[id], post) for id, post in moderators.items()]
    read = {
        audit.moderates: audit
        for audit in read_audits((text_of(form) for form in forms), framework).audits
    }
    both = tuple(
        _opened(by_id[each.audit], read[each.audit], round, framework, chance)
        for each in round.selected
        if each.audit in read
    )
    settled = {each.original.id: tuple(_settled(each, days, chance)) for each in both}
    by_scale: dict[str, tuple[Scale, list[Pair]]] = {}
    for each in both:
        scale = each.scales.get(OVERALL)
        if scale is not None:
            pairs = by_scale.setdefault(scale.id, (scale, []))[1]
            pairs += [pair for pair in each.pairs() if pair.section == OVERALL]
    return Moderated(
        round=round,
        moderators=FrozenMap(moderators),
        nobody=nobody,
        both=both,
        settled=FrozenMap(settled),
        agreement=FrozenMap(
            {id: agreement(pairs, scale=scale) for id, (scale, pairs) in by_scale.items()}
        ),
        staff=FrozenMap(
            {
                id: agreement_by_auditor(pairs, scale=scale)
                for id, (scale, pairs) in by_scale.items()
            }
        ),
    )


# --- the moderator's own audit ---------------------------------------------------------------


def _again(stage: Stage, original: Audit, moderator: str) -> Audit:
    """The form as the moderator fills it in: mostly as the auditor did, a little stricter."""
    framework, chance = stage.framework, stage.chance
    form = blind_form(original, id=original.id.replace("A-", "M-", 1), moderator=moderator)
    tool = framework.tool(original.tool.id, original.tool.version)
    judgements = {
        id: _judged(tool, id, judged, (form.id, id), chance)
        for id, judged in original.judgements.items()
    }
    on = _day(stage.days, original, chance)
    form = evolve(
        form,
        audited=on,
        judgements=judgements,
        answers=_answers(tool, original, judgements, form.id, chance),
        completed=on,
    )
    not_asked = set(framework.review(form, on=on).set_aside)
    kept = {id: answer for id, answer in form.answers.items() if id not in not_asked}
    return evolve(form, answers=kept)


def _day(days: Days, original: Audit, chance: Chance) -> date:
    """The day it is done again: once the audit is handed in."""
    start = original.completed or original.audited or days.quarter.due
    return days.after(start, 2 + chance.below(6, original.id, "moderated"))


def _judged(tool: Tool, id: str, judged: Judged, what: tuple[str, str], chance: Chance) -> Judged:
    item = next(each.item for each in tool.judged if each.item.id == id)
    assert isinstance(item, Judgement)  # noqa: S101 - judgements are what an audit has there
    if judged.not_applicable is not None:
        if chance.odds(90, *what, "scope"):
            return judged
        return Judged(grade=chance.pick(item.scale.grades, *what).code, analysis="It does arise.")
    if judged.grade not in item.scale.kind.codes:
        return judged
    at = item.scale.kind.codes.index(judged.grade)
    at += chance.pick((-1, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1), *what, "step")
    grade = item.scale.kind.codes[min(max(at, 0), len(item.scale.kind.codes) - 1)]
    return evolve(judged, grade=grade, analysis="What the moderator found.")


def _answers(
    tool: Tool, original: Audit, judgements: Mapping[str, Judged], id: str, chance: Chance
) -> dict[str, Any]:
    """The auditor's answers, which the moderator mostly shares; safety is judged anew."""
    answers: dict[str, Any] = dict(original.answers)
    worst = {
        each.item.scale.kind.codes[0]
        for each in tool.judged
        if each.item.id == OVERALL and isinstance(each.item, Judgement)
    }
    overall = judgements.get(OVERALL)
    for each in tool.questions:
        before = answers.get(each.item.id)
        if each.item.ref.name != SAFE or (before is not None and chance.odds(80, id, "safe")):
            continue
        if before is not None or (overall and overall.grade in worst):
            answers[each.item.id] = chance.pick((SAFE, SAFE, UNSAFE, CANNOT_TELL), id, "anew")
    return answers


def _opened(
    original: Audit,
    again: Audit,
    round: ModerationRound,
    framework: Framework,
    chance: Chance,
) -> Moderation:
    tool = framework.tool(original.tool.id, original.tool.version)
    day = again.audited
    assert day is not None  # noqa: S101 - the moderator dated it
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    salt = f"{chance.below(2**62, again.id, 'salt'):x}"
    early = chance.odds(NOT_BLIND, again.id, "seen too soon")
    return opened(
        original,
        again,
        tool,
        seal=seal(again, tool, salt=salt, at=noon),
        salt=salt,
        shown=noon + timedelta(hours=-2 if early else 2),
        selected=round[original.id],
    )


def _settled(each: Moderation, days: Days, chance: Chance) -> Iterator[Settlement]:
    day = each.again.audited or days.quarter.due
    for one in disagreements(each):
        what = (each.again.id, one.about)
        on = days.after(day, 1 + chance.below(10, *what, "talked over"))
        if not one.auditor or not one.moderator or on > days.board:
            continue
        if chance.odds(SETTLED, *what, "settled"):
            yield Settlement(
                about=one.about,
                grade=chance.pick((one.auditor, one.moderator, one.moderator), *what),
                route=chance.pick(tuple(Route), *what, "route"),
                by=("service_manager_quality_assurance",),
                on=on,
                reason="Talked over, with the file open.",
            )


def to_moderate(audits: Sequence[Audit], framework: Framework) -> Iterator[Audit]:
    """The audits of a round: those with an auditor, and with a tool that gives grades."""
    graded = {tool.id for tool in framework.tools if any(_is_judged(tool))}
    for audit in audits:
        if auditors_of(audit) and audit.tool.id in graded:
            yield audit


def _is_judged(tool: Tool) -> Iterator[bool]:
    for each in tool.judged:
        yield isinstance(each.item, Judgement) and each.item.judged
