"""The way of an escalation: raised, acknowledged by each recipient, acted on, closed.

Those told are a list that only grows. Whoever does not answer, or cannot, is passed over
for another, and stays on the list; nothing here takes an escalation back.
"""

from __future__ import annotations

from qaf_core.cycle.machines import Machine
from qaf_core.cycle.parts import (
    START,
    Clock,
    Derived,
    Guard,
    Look,
    Paper,
    State,
    Transition,
    on_day,
)
from qaf_core.logic.expressions import Ref
from qaf_core.logic.values import DATE, TEXT, YES_NO, choice
from qaf_core.provenance import Standing
from qaf_core.settings import ESCALATION_ACKNOWLEDGED
from qaf_core.sources import QAF

__all__ = ["ESCALATION", "OUTCOME", "awaited"]


def __dir__() -> list[str]:
    return __all__


STATED, INFERRED, EDITORIAL = Standing.STATED, Standing.INFERRED, Standing.EDITORIAL

_BANNER = QAF.at("Tool A, 6", lines="933-936")

OUTCOME = choice(
    "escalation_outcome",
    {
        "safe": "The child is safe, and how that is known is on record",
        "protected": "Steps were taken that make the child safe",
        "referred": "Passed to another service, which has taken it on",
        "not_upheld": "Looked into, and the concern did not hold",
    },
)
"""How an escalation ended (editorial: the text ends with telling)."""


def awaited(look: Look) -> tuple[str, ...]:
    """Ids of the roles that were told, have not answered and were not passed over."""
    settled = {*look.get("acknowledged", ()), *look.get("passed_over", ())}
    return tuple(role for role in look.get("told", ()) if role not in settled)


def _actor_is_told(_: Look, now: Look) -> bool:
    return now["actor"] in now.get("told", ())


def _somebody_is_awaited(_: Look, now: Look) -> bool:
    return bool(awaited(now))


def _someone_new(before: Look, now: Look) -> bool:
    return bool(_newly_told(before, now))


def _new_are_awaited(before: Look, now: Look) -> bool:
    return _newly_told(before, now) <= set(awaited(now))


def _only_the_silent(before: Look, now: Look) -> bool:
    passed = set(now.get("passed_over", ())) - set(before.get("passed_over", ()))
    return passed <= set(awaited(before))


def _newly_told(before: Look, now: Look) -> set[str]:
    return set(now.get("told", ())) - set(before.get("told", ()))


_audit = Paper(
    id="audit", label="the audit it comes from", once=True, source=_BANNER, standing=STATED
)
_subject = Paper(
    id="subject",
    label="the id of whom it is about",
    once=True,
    source=_BANNER,
    standing=STATED,
)
_rules = Paper(
    id="rules",
    label="the rules that call for it",
    many=True,
    source=_BANNER,
    standing=EDITORIAL,
)
_draft = Paper(
    id="raised_in_draft",
    label="whether the audit was a draft when it was raised",
    kind=YES_NO,
    once=True,
    source=_BANNER,
    standing=EDITORIAL,
)
_told = Paper(
    id="told", label="the roles that are told", many=True, source=_BANNER, standing=STATED
)
_acknowledged = Paper(
    id="acknowledged",
    label="the roles that have said that they know",
    many=True,
    source=_BANNER,
    standing=EDITORIAL,
)
_passed_over = Paper(
    id="passed_over",
    label="the roles that are no longer waited for",
    many=True,
    source=_BANNER,
    standing=EDITORIAL,
)
_action = Paper(
    id="action_taken",
    label="what was done about it",
    kind=TEXT,
    source=_BANNER,
    standing=EDITORIAL,
)
_outcome = Paper(
    id="outcome",
    label="how it ended",
    kind=OUTCOME,
    source=_BANNER,
    standing=EDITORIAL,
)

_is_told = Derived(
    id="actor_is_told",
    label="the one who acts being among those told",
    kind=YES_NO,
    rests_on=("told",),
    function=_actor_is_told,
)
_others = Derived(
    id="somebody_is_awaited",
    label="somebody who was told not having answered",
    kind=YES_NO,
    rests_on=("told", "acknowledged", "passed_over"),
    function=_somebody_is_awaited,
)
_new_told = Derived(
    id="someone_new_is_told",
    label="someone being told who was not told before",
    kind=YES_NO,
    rests_on=("told",),
    function=_someone_new,
)
_new_is_awaited = Derived(
    id="the_new_are_awaited",
    label="those newly told being waited for",
    kind=YES_NO,
    rests_on=("told", "acknowledged", "passed_over"),
    function=_new_are_awaited,
)
_silent_only = Derived(
    id="only_the_silent_passed_over",
    label="only roles that were told and have not answered being passed over",
    kind=YES_NO,
    rests_on=("told", "acknowledged", "passed_over"),
    function=_only_the_silent,
)
_due = Ref("acknowledge_due", DATE, label="the last day for saying so")
_has_action = _action.ref.answered()

ESCALATION = Machine(
    id="escalation",
    version="2016.1",
    title="An escalation",
    about="an escalation, from being raised to being closed",
    source=_BANNER,
    standing=INFERRED,
    states=(
        State(
            id="raised",
            title="Raised",
            what="Those told have to say that they know.",
            source=_BANNER,
            standing=STATED,
        ),
        State(
            id="acknowledged",
            title="Acknowledged by each recipient",
            what="Everyone waited for knows; somebody has to act.",
            source=_BANNER,
            standing=EDITORIAL,
        ),
        State(
            id="acted_on",
            title="Acted on",
            what="Something was done; how it ended is to be said.",
            source=_BANNER,
            standing=EDITORIAL,
        ),
        State(
            id="closed",
            title="Closed",
            what="It is said how it ended.",
            end=True,
            source=_BANNER,
            standing=EDITORIAL,
        ),
    ),
    papers=(
        _audit,
        _subject,
        _rules,
        _draft,
        _told,
        _acknowledged,
        _passed_over,
        _action,
        _outcome,
    ),
    derived=(_is_told, _others, _new_told, _new_is_awaited, _silent_only),
    guards=(
        Guard(
            id="told",
            statement="Only those who were told answer, act and close.",
            holds=_is_told.ref.is_(True),
            source=_BANNER,
            standing=EDITORIAL,
        ),
        Guard(
            id="time_is_up",
            statement="The time for saying that they know is over, or no last day can be given.",
            holds=(on_day > _due) | ~_due.answered(),
            source=_BANNER,
            standing=EDITORIAL,
        ),
        Guard(
            id="tells_another",
            statement="Someone is told who was not told before.",
            holds=_new_told.ref.is_(True),
            source=_BANNER,
            standing=EDITORIAL,
        ),
        Guard(
            id="waits_for_them",
            statement="Whoever is newly told is waited for.",
            holds=_new_is_awaited.ref.is_(True),
            source=_BANNER,
            standing=EDITORIAL,
        ),
        Guard(
            id="passes_over_the_silent",
            statement="Only those are passed over who were told and have not answered.",
            holds=_silent_only.ref.is_(True),
            source=_BANNER,
            standing=EDITORIAL,
        ),
    ),
    clocks=(
        Clock(
            id="acknowledge_due",
            statement="Everyone told has said that they know.",
            within=ESCALATION_ACKNOWLEDGED,
            source=_BANNER,
            standing=EDITORIAL,
        ),
    ),
    transitions=(
        Transition(
            id="raise",
            title="raised",
            leaves=(START,),
            to="raised",
            makes=("audit", "subject", "rules", "raised_in_draft", "told"),
            starts=("acknowledge_due",),
            source=_BANNER,
            standing=STATED,
        ),
        Transition(
            id="acknowledge_first",
            event="acknowledge",
            title="acknowledged, and others are waited for",
            leaves=("raised",),
            to="raised",
            signs="acknowledged",
            guards=("told",),
            when=_others.ref.is_(True),
            source=_BANNER,
            standing=EDITORIAL,
        ),
        Transition(
            id="acknowledge_last",
            event="acknowledge",
            title="acknowledged by the last",
            leaves=("raised",),
            to="acknowledged",
            signs="acknowledged",
            guards=("told",),
            when=_others.ref.is_(False) & ~_has_action,
            stops=("acknowledge_due",),
            source=_BANNER,
            standing=EDITORIAL,
        ),
        Transition(
            id="acknowledge_after_action",
            event="acknowledge",
            title="acknowledged by the last, after somebody acted",
            leaves=("raised",),
            to="acted_on",
            signs="acknowledged",
            guards=("told",),
            when=_others.ref.is_(False) & _has_action,
            stops=("acknowledge_due",),
            source=_BANNER,
            standing=EDITORIAL,
        ),
        *(
            Transition(
                id=f"acknowledge_when_{state}",
                event="acknowledge",
                title="acknowledged late",
                leaves=(state,),
                to=state,
                signs="acknowledged",
                guards=("told",),
                source=_BANNER,
                standing=EDITORIAL,
            )
            for state in ("acknowledged", "acted_on")
        ),
        Transition(
            id="pass_up",
            title="passed up, not acknowledged in time",
            leaves=("raised",),
            to="raised",
            makes=("told", "passed_over"),
            guards=("time_is_up", "tells_another", "waits_for_them", "passes_over_the_silent"),
            starts=("acknowledge_due",),
            source=_BANNER,
            standing=EDITORIAL,
        ),
        Transition(
            id="stand_in",
            title="a stand-in told, as a recipient is absent, or is the auditor",
            leaves=("raised",),
            to="raised",
            makes=("told", "passed_over"),
            guards=("tells_another", "waits_for_them", "passes_over_the_silent"),
            starts=("acknowledge_due",),
            reason=True,
            source=_BANNER,
            standing=EDITORIAL,
        ),
        Transition(
            id="act_early",
            event="act",
            title="acted on while others are waited for",
            leaves=("raised",),
            to="raised",
            signs="acknowledged",
            makes=("action_taken",),
            guards=("told",),
            when=_others.ref.is_(True),
            source=_BANNER,
            standing=EDITORIAL,
        ),
        Transition(
            id="act",
            event="act",
            title="acted on",
            leaves=("raised", "acknowledged"),
            to="acted_on",
            signs="acknowledged",
            makes=("action_taken",),
            guards=("told",),
            when=_others.ref.is_(False),
            stops=("acknowledge_due",),
            source=_BANNER,
            standing=EDITORIAL,
        ),
        Transition(
            id="act_again",
            event="act",
            title="acted on again",
            leaves=("acted_on",),
            to="acted_on",
            makes=("action_taken",),
            guards=("told",),
            source=_BANNER,
            standing=EDITORIAL,
        ),
        Transition(
            id="close",
            title="closed with its outcome",
            leaves=("acted_on",),
            to="closed",
            needs=("action_taken", "acknowledged"),
            makes=("outcome",),
            guards=("told",),
            reason=True,
            source=_BANNER,
            standing=EDITORIAL,
        ),
    ),
)
