"""Which audits are done again.

Two arms, never mixed. Chance draws the random arm, so that it can speak for the audits
that were not drawn. Rules pick the triggered arm, such as every Inadequate. An audit that
is both drawn and picked stays in the random arm, else that would hold too few of them; it
carries the chance of 1 that the rule gave it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from qaf_core.audits import Audit
from qaf_core.errors import Fault, InputError
from qaf_core.findings import Finding, Status
from qaf_core.moderation.pairs import Arm
from qaf_core.moderation.proportions import as_proportion
from qaf_core.moderation.rounds import ModerationRound, Selected, Undecided
from qaf_core.review import Review
from qaf_core.roles import AUDITOR
from qaf_core.rules.model import Moderate
from qaf_core.sampling.draw import Draw, draw
from qaf_core.sampling.population import Case
from qaf_core.sampling.sizes import Rolling, Share, Size
from qaf_core.sampling.strata import Strata
from qaf_core.settings import MODERATION_RATE, NOT_STATED

__all__ = [
    "auditors_of",
    "moderation_round",
]


def __dir__() -> list[str]:
    return __all__


def auditors_of(audit: Audit) -> tuple[str, ...]:
    """The posts that took the part of auditor, each once."""
    posts = (each.post for each in audit.participants if each.role == AUDITOR.id)
    return tuple(dict.fromkeys(posts))


def moderation_round(
    audits: Iterable[Audit],
    *,
    rate: Size | str | None,
    seed: str = "",
    scope: str = "",
    seed_drawn: str = "",
    reviews: Iterable[Review] = (),
    by_auditor: bool = True,
) -> ModerationRound:
    """Which audits of a round are done again.

    Args:
        audits: every audit of the round; each names its auditor.
        rate: how many are drawn by chance: a number, ``Share(10)`` or ``"10 %"`` for a
            tenth, or ``Rolling(10)`` as they come in. None or ``"not stated"`` while the
            council has set none: then nothing is drawn, which is said, and is not the same
            as a rate of nothing.
        seed: what stands in for chance, drawn after the list was closed.
        scope: the purpose and period, such as ``"2026-Q1/moderation"``; another than that
            of the draw of cases, or the same would be drawn again.
        seed_drawn: how the seed was drawn, for the receipt.
        reviews: reviews of the audits. Those with a finding that the audit is to be
            moderated make up the triggered arm; the rules are the council's, see
            ``qaf_core.rules.moderation``.
        by_auditor: whether each auditor has at least one drawn. A plain draw passes over
            nearly a third of the auditors every quarter. Not for a ``Rolling`` rate.

    Raises:
        DefinitionError: the rate is text and no share.
        InputError: an audit names no auditor or is itself a moderation, an id is no id or comes twice, or a review is
            of none of the audits. Every fault is named.
    """
    given = tuple(audits)
    faults = list(_unfit(given))
    known = {each.id for each in given}
    triggers: dict[str, list[str]] = {}
    undecided: list[Undecided] = []
    for at, review in enumerate(reviews):
        if review.audit not in known:
            problem = "it is of none of the audits given"
            faults.append(Fault(path=f"reviews[{at}]", problem=problem, do="Give its audit too"))
        for finding in _calls(review):
            if finding.status is Status.FIRED:
                triggers.setdefault(review.audit, []).append(finding.rule.id)
            else:
                undecided.append(
                    Undecided(
                        audit=review.audit, rule=finding.rule.id, settled_by=finding.settled_by
                    )
                )
    if faults:
        raise InputError(faults)
    terms = (seed, scope, seed_drawn)
    drawn, chances, notes = _drawn(given, _size(rate), terms, by_auditor=by_auditor)
    return ModerationRound(
        selected=tuple(_selected(given, drawn, chances, triggers)),
        audits=len(given),
        undecided=tuple(dict.fromkeys(undecided)),
        draw=drawn,
        notes=tuple(notes),
    )


def _unfit(audits: Sequence[Audit]) -> Iterator[Fault]:
    """What keeps audits from being moderated."""
    seen: set[str] = set()
    for at, each in enumerate(audits):
        if each.id in seen:
            yield Fault(path=f"audits[{at}].id", problem="it comes again", do="List each once")
        seen.add(each.id)
        if each.moderates:
            yield Fault(
                path=f"audits[{at}].moderates",
                problem="it is itself a moderation",
                do="Leave moderations out of the round",
            )
        elif not auditors_of(each):
            yield Fault(
                path=f"audits[{at}].participants",
                problem="nobody is named as auditor",
                do="Name the post with the role auditor: a moderator has to be another",
            )


def _calls(review: Review) -> Iterator[Finding]:
    """The findings that the audit is, or may be, to be moderated."""
    for finding in (*review.findings, *review.unsettled):
        if isinstance(finding.outcome, Moderate):
            yield finding


def _size(rate: Size | str | None) -> Size | None:
    """The rate as a size; None where it is not stated."""
    if not isinstance(rate, str):
        return rate
    if rate == NOT_STATED:
        return None
    share = as_proportion(rate, "A rate")
    return Share(100 * share) if share else 0


def _drawn(
    audits: Sequence[Audit], rate: Size | None, terms: tuple[str, str, str], *, by_auditor: bool
) -> tuple[Draw[Case] | None, Mapping[str, Fraction], list[str]]:
    """The draw, the chance each audit had in it, and what to say of it."""
    if rate is None:
        said = f"{MODERATION_RATE.source}; {MODERATION_RATE.standing}"
        return None, {}, [f"No rate of moderation is set, so nothing was drawn [{said}]."]
    if rate == 0:
        return None, {}, ["The rate of moderation is set to 0, so nothing was drawn."]
    if not audits:
        return None, {}, ["There are no audits to draw from."]
    auditor = {each.id: auditors_of(each)[0] for each in audits}
    cases = [Case(id=each.id, kind=each.subject.kind, worker=auditor[each.id]) for each in audits]
    notes: list[str] = []
    seed, scope, seed_drawn = terms

    def taken(size: Size, strata: Strata | None = None) -> Draw[Case]:
        return draw(cases, size, seed=seed, scope=scope, seed_drawn=seed_drawn, strata=strata)

    if isinstance(rate, Rolling):
        drawn = taken(rate)
        return drawn, dict.fromkeys(auditor, rate.per_cent / 100), notes
    asked = rate.of(len(cases)) if isinstance(rate, Share) else rate
    own = Counter(auditor.values())
    if not by_auditor:
        drawn = taken(asked)
        return drawn, dict.fromkeys(auditor, Fraction(len(drawn.chosen), len(cases))), notes
    if asked < len(own):
        notes.append(
            f"{asked} would be drawn, and there are {len(own)} auditors: one was drawn from each."
        )
    drawn = taken(max(asked, len(own)), Strata(by="worker", floor=1))
    of = Counter(each.worker for each in drawn.chosen)
    return drawn, {id: Fraction(of[post], own[post]) for id, post in auditor.items()}, notes


def _selected(
    audits: Sequence[Audit],
    drawn: Draw[Case] | None,
    chances: Mapping[str, Fraction],
    triggers: Mapping[str, Sequence[str]],
) -> Iterator[Selected]:
    by_id = {each.id: each for each in audits}
    chosen = dict.fromkeys(each.id for each in drawn.chosen) if drawn else {}
    for id in (*chosen, *(each for each in by_id if each in triggers and each not in chosen)):
        rules = tuple(dict.fromkeys(triggers.get(id, ())))
        chance = chances.get(id)
        yield Selected(
            audit=id,
            auditors=auditors_of(by_id[id]),
            arm=Arm.RANDOM if id in chosen else Arm.TRIGGERED,
            triggers=rules,
            draw_probability=chance,
            probability=Fraction(1) if rules or chance is None else chance,
        )
