"""Moderation: who audits again, blind, the two kept apart, and nothing lost between them."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from qaf_core import (
    READING_2016,
    Addition,
    Audit,
    DefinitionError,
    Framework,
    InputError,
    UnknownIdError,
    example,
    read_audit,
    write_audit,
)
from qaf_core.audits import Judged, NotApplicable, Participant
from qaf_core.editions import Departure
from qaf_core.moderation import (
    Agreement,
    Arm,
    Moderation,
    NotEnoughData,
    Pair,
    Route,
    Settlement,
    agreement,
    agreement_by_auditor,
    assign,
    blind_form,
    disagreements,
    may_not_moderate,
    moderation_round,
    moderator_roles,
    opened,
    reported,
    seal,
    still_open,
    told,
)
from qaf_core.moderation.disagreements import Kind
from qaf_core.roles import (
    AUDITOR,
    DIRECTOR_OF_CHILDRENS_SERVICES,
    HEAD_OF_SERVICE,
    LINE_MANAGER,
    ROLES,
    SERVICE_MANAGER,
    TEAM_MANAGER,
)
from qaf_core.rules.moderation import OFFERED
from qaf_core.sampling.population import Post
from qaf_core.sampling.sizes import Rolling, Share
from qaf_core.settings import MODERATION_RATE

DAY = date(2016, 3, 1)
READING = Framework.of(READING_2016)
COUNCIL = Framework.of(READING_2016, Addition(id="council", version="1", rules=OFFERED))
TOOL = READING.tool("case_file")
MARK = "Marker-Zebra-71"
NOON = datetime(2016, 3, 1, 12, tzinfo=UTC)
LATER = datetime(2016, 3, 1, 13, tzinfo=UTC)


def audit(id: str = "A-1", post: str = "TM-1", name: str = "good_throughout", **more: Any) -> Audit:
    """An example audit under this id, by this post."""
    read = read_audit(example(name), READING)
    who = (Participant(role="auditor", post=post), Participant(role="worker", post="SW-1"))
    return evolve(read, id=id, participants=who, **more)


def graded(of: Audit, **grades: str | None) -> Audit:
    """The audit with these grades; None sets a judgement aside."""
    judged = {
        id: Judged(not_applicable=NotApplicable("not yet born"))
        if grade is None
        else Judged(grade=grade, justification="...")
        for id, grade in grades.items()
    }
    return evolve(of, judgements={**of.judgements, **judged})


def moderated(
    original: Audit, *, safe: str = "", post: str = "SM-1", **grades: str | None
) -> Audit:
    """A moderation of an audit, filled in with the same answers and these grades."""
    form = blind_form(original, id=f"M-{original.id}", moderator=post)
    filled = evolve(form, audited=DAY, answers=original.answers, judgements=original.judgements)
    if safe:
        filled = evolve(filled, answers={**filled.answers, "safe": safe})
    return graded(filled, **grades)


def side_by_side(original: Audit, again: Audit, **more: Any) -> Moderation:
    """The two, sealed in time."""
    sealed = seal(again, TOOL, salt="s3cret", at=NOON)
    return opened(original, again, TOOL, seal=sealed, salt="s3cret", shown=LATER, **more)


# --- which audits ---------------------------------------------------------------------------------

ROUND = [audit(f"A-{number:03}", f"TM-{number % 8}") for number in range(96)]


def test_no_rate_is_said_and_is_not_a_rate_of_nothing() -> None:
    none = moderation_round(ROUND, rate=None)
    assert none.selected == ()
    assert none.draw is None
    assert "No rate of moderation is set, so nothing was drawn [Reading QAF 2016, §6.1" in str(none)
    zero = moderation_round(ROUND, rate=0)
    assert zero.draw is None
    assert "The rate of moderation is set to 0" in str(zero)


def test_a_council_sets_its_rate_and_policy_as_departures() -> None:
    """What is in force on the day goes in as it stands, and so does what is not stated."""
    shipped = READING.in_force(DAY).settings
    assert moderation_round(ROUND, rate=MODERATION_RATE.value).draw is None  # type: ignore[arg-type]
    assert moderation_round(ROUND, rate=shipped.get("moderation_rate")).draw is None  # type: ignore[arg-type]
    given: dict[str, Any] = {
        "since": date(2016, 2, 1),
        "reason": "Agreed",
        "approver": "quality_assurance_board",
    }
    council = READING.changed(
        departures=[
            Departure(setting="moderation_rate", value="25 %", **given),
            Departure(setting="reported_grade", value="worse", **given),
        ]
    )
    held: Any = council.in_force(DAY).settings
    with pytest.raises(DefinitionError, match="reported_grade"):
        READING.changed(departures=[Departure(setting="reported_grade", value="best", **given)])
    drawn = moderation_round(ROUND, rate=held["moderation_rate"], seed="7", scope="q")
    assert len(drawn.selected) == 24
    both = side_by_side(audit(), moderated(audit(), overall="outstanding"))
    assert reported(both, policy=held["reported_grade"])["overall"].grade == "good"
    with pytest.raises(DefinitionError, match="A rate is written as"):
        moderation_round(ROUND, rate="a few")
    assert "set to 0" in str(moderation_round(ROUND, rate="0 %"))


def test_each_auditor_has_one_drawn_at_least() -> None:
    """A tenth of 96 is 10, and eight auditors are all among them; a plain draw may miss one."""
    drawn = moderation_round(ROUND, rate=Share(10), seed="7", scope="q/moderation")
    auditors = Counter(each.auditors[0] for each in drawn.selected)
    assert len(drawn.selected) == 10
    assert set(auditors) == {f"TM-{number}" for number in range(8)}
    for each in drawn.selected:
        assert each.draw_probability == Fraction(auditors[each.auditors[0]], 12)
        assert each.probability == each.draw_probability
    plain = moderation_round(ROUND, rate=10, seed="7", scope="q/moderation", by_auditor=False)
    assert {each.draw_probability for each in plain.selected} == {Fraction(10, 96)}


def test_a_rate_below_one_an_auditor_is_raised_and_said() -> None:
    few = moderation_round(ROUND, rate=3, seed="7", scope="q/moderation")
    assert len(few.selected) == 8
    assert "3 would be drawn, and there are 8 auditors" in str(few)


def test_a_rolling_rate_gives_each_the_same_chance() -> None:
    rolling = moderation_round(ROUND, rate=Rolling(25), seed="7", scope="q/moderation")
    assert {each.probability for each in rolling.selected} == {Fraction(1, 4)}


def test_the_same_seed_draws_the_same_in_any_order() -> None:
    one = moderation_round(ROUND, rate=12, seed="7", scope="q/moderation")
    other = moderation_round(ROUND[::-1], rate=12, seed="7", scope="q/moderation")
    assert one.to_rows() == other.to_rows()


def test_arms_are_kept_apart_and_what_is_in_both_stays_in_the_random_one() -> None:
    """Every Inadequate is called for; one of them that was drawn carries the chance of 1."""
    bad = {f"A-{number:03}" for number in range(0, 96, 8)}
    audits = [graded(each, overall="inadequate") if each.id in bad else each for each in ROUND]
    reviews = COUNCIL.review_all(audits, on=DAY)
    found = moderation_round(audits, rate=24, seed="7", scope="q/moderation", reviews=reviews)
    random, triggered = found.of(Arm.RANDOM), found.of(Arm.TRIGGERED)
    assert len(random) == 24
    assert {each.audit for each in triggered} == bad - {each.audit for each in random}
    both = [each for each in random if each.triggers]
    assert both, "twelve called for and a quarter drawn: some are both"
    for each in (*both, *triggered):
        assert each.triggers == ("moderation.overall_inadequate",)
        assert each.probability == 1
        assert each.draw_probability == Fraction(3, 12)
    assert found["A-000"].probability == 1
    with pytest.raises(UnknownIdError, match="no audit to moderate"):
        found["A-999"]


def test_what_may_yet_be_called_for_is_told_and_not_dropped() -> None:
    """Inadequate, and nobody has said whether the child is safe: one rule fires, one is open."""
    blank = audit("A-1", name="inadequate_safety_blank")
    [review] = COUNCIL.review_all([blank], on=DAY)
    found = moderation_round([blank], rate=None, reviews=[review])
    assert [each.triggers for each in found.selected] == [("moderation.overall_inadequate",)]
    [open_one] = found.undecided
    assert (open_one.rule, open_one.settled_by) == ("moderation.unsafe", ("safe",))
    assert "may yet have to be moderated" in str(found)


def test_the_base_asks_for_no_trigger() -> None:
    """The source states none: the rules are offered, and hold where a council lists them."""
    assert not any(rule.id.startswith("moderation.") for rule in READING.rules)
    unsafe = audit(name="inadequate_unsafe")
    assert (
        moderation_round([unsafe], rate=None, reviews=READING.review_all([unsafe], on=DAY)).selected
        == ()
    )
    assert moderation_round(
        [unsafe], rate=None, reviews=COUNCIL.review_all([unsafe], on=DAY)
    ).selected


def test_faults_of_a_round_are_all_named() -> None:
    nobody = evolve(audit("A-2"), participants=())
    stray = READING.review(audit("A-9"), on=DAY)
    with pytest.raises(InputError) as caught:
        moderation_round([audit("A-1"), nobody], rate=1, seed="1", scope="q", reviews=[stray])
    assert [each.path for each in caught.value.faults] == ["audits[1].participants", "reviews[0]"]
    again = moderated(audit("A-1"))
    with pytest.raises(InputError, match="itself a moderation"):
        moderation_round(
            [audit("A-1"), evolve(again, participants=audit().participants)], rate=None
        )
    with pytest.raises(InputError, match="it comes again"):
        moderation_round([audit("A-1"), audit("A-1")], rate=None)


# --- by whom --------------------------------------------------------------------------------------


def test_the_service_manager_moderates_and_above_that_the_next_level_up() -> None:
    assert moderator_roles(TEAM_MANAGER, ROLES) == (SERVICE_MANAGER,)
    assert moderator_roles(SERVICE_MANAGER, ROLES) == (HEAD_OF_SERVICE,)
    assert moderator_roles(HEAD_OF_SERVICE, ROLES) == (DIRECTOR_OF_CHILDRENS_SERVICES,)
    assert moderator_roles(DIRECTOR_OF_CHILDRENS_SERVICES, ROLES) == (), "not stated, never made up"
    assert moderator_roles(LINE_MANAGER, ROLES) == (), "how senior is not stated"


def post(id: str, role: str, reports_to: str = "") -> Post:
    return Post(id=id, role=role, reports_to=reports_to)


TM1 = post("TM-1", "team_manager", "SM-1")
TM2 = post("TM-2", "team_manager", "SM-1")
ATM = post("ATM-1", "assistant_team_manager", "TM-1")
SM1 = post("SM-1", "service_manager")
OTHER = post("X-1", "line_manager")


@pytest.mark.parametrize(
    ("moderator", "auditor", "why"),
    [
        (TM1, TM1, "own post"),
        (TM2, TM1, ""),
        (SM1, TM1, ""),
        (ATM, TM1, "reports to the auditor"),
        (ATM, TM2, "less senior"),
        (OTHER, TM1, "not stated"),
        (OTHER, post("Y-1", "line_manager", "X-1"), ""),
    ],
)
def test_a_moderator_is_a_manager_or_peer_and_never_the_auditor(
    moderator: Post, auditor: Post, why: str
) -> None:
    found = may_not_moderate(moderator, auditor, ROLES)
    assert (why in found[0]) if why else found == ()


def test_moderation_is_spread_over_those_who_may() -> None:
    posts = [TM1, TM2, ATM, SM1, post("SM-2", "service_manager")]
    audits = [audit(f"A-{number}", "TM-1") for number in range(4)]
    audits.append(audit("A-4", "SM-1"))
    found = moderation_round(audits, rate=5, seed="1", scope="q")
    placed, faults = assign(found, posts, ROLES)
    assert faults == ()
    assert Counter(placed.values()) == {"SM-1": 3, "SM-2": 2}
    assert placed["A-4"] == "SM-2", "no Head of Service here, so a peer"
    assert all(placed[each.id] != each.participants[0].post for each in audits)
    rows = READING.programme.rows
    named = {row.id: row.moderation for row in rows if row.moderation}
    junior = moderation_round([audit("A-5", "ATM-1")], rate=1, seed="1", scope="q")
    for row, by in (("cin", "SM-1"), ("adoption", "TM-1")):
        placed, _ = assign(junior, posts, ROLES, said={"A-5": named[row]})
        assert placed == {"A-5": by}, "the Service Manager where stated, else the next level up"
    alone, faults = assign(found, [SM1, TM1], ROLES)
    assert [each.path for each in faults] == ["A-4"]
    assert "no post is a manager or a peer" in str(faults[0])
    _, faults = assign(found, [SM1], ROLES)
    assert any("not among the posts" in str(each) for each in faults)
    assert len(alone) == 4


def test_a_round_can_be_allocated_with_its_auditors_known() -> None:
    found = moderation_round([audit("A-1", "TM-1")], rate=1, seed="1", scope="q")
    [case] = found.cases()
    assert (case.id, case.facts["auditor"]) == ("A-1", "TM-1")


# --- blind ----------------------------------------------------------------------------------------


def test_the_blind_form_holds_nothing_of_the_auditors() -> None:
    """Every code, reason and text of the auditor's is looked for in the form, and the post."""
    original = evolve(
        audit(name="inadequate_unsafe", post=MARK),
        actions=(),
        sections={"reviews": NotApplicable(MARK)},
    )
    form = blind_form(original, id="M-1", moderator="SM-1")
    assert (form.moderates, form.subject, form.tool) == (
        original.id,
        original.subject,
        original.tool,
    )
    assert not form.answers
    assert not form.judgements
    assert not form.sections
    assert (form.actions, form.explanations, form.returns, form.tags) == ((), (), (), ())
    assert form.audited is None
    posts = {(each.role, each.post) for each in form.participants}
    assert posts == {("moderator", "SM-1"), ("worker", "SW-1")}


def test_the_auditor_gets_no_form_and_a_moderation_is_not_moderated() -> None:
    with pytest.raises(InputError, match="the moderator is the auditor"):
        blind_form(audit(post="TM-1"), id="M-1", moderator="TM-1")
    again = moderated(audit())
    with pytest.raises(InputError, match="itself a moderation"):
        blind_form(again, id="M-2", moderator="SM-2")


def test_sealed_before_shown_is_blind_and_all_else_is_not() -> None:
    original = audit()
    again = moderated(original, overall="requires_improvement")
    sealed = seal(again, TOOL, salt="s3cret", at=NOON)

    def blind(**more: Any) -> bool:
        return opened(original, again, TOOL, **more).blind

    assert blind(seal=sealed, salt="s3cret", shown=LATER)
    assert blind(seal=sealed, salt="s3cret"), "the auditor's grades have not been shown at all"
    assert not blind(seal=sealed, salt="s3cret", shown=datetime(2016, 3, 1, 11, tzinfo=UTC))
    assert not blind(), "no seal"
    unsealed = opened(original, again, TOOL)
    assert {pair.blind for pair in unsealed.pairs()} == {False}
    assert agreement(unsealed.pairs()).left_out.not_blind == 1
    assert agreement(unsealed.pairs(), seen=True).n == 1


def test_a_grade_changed_after_the_seal_is_noticed_and_a_comment_is_not() -> None:
    original = audit()
    again = moderated(original, overall="requires_improvement")
    sealed = seal(again, TOOL, salt="s3cret", at=NOON)
    changed = graded(again, overall="good")
    for tampered, salt in (
        (changed, "s3cret"),
        (again, "other"),
        (evolve(again, sections={"risk": NotApplicable("x")}), "s3cret"),
    ):
        with pytest.raises(InputError, match="not those that were sealed"):
            opened(original, tampered, TOOL, seal=sealed, salt=salt)
    said = evolve(again.judgements["overall"], justification="said better")
    reworded = evolve(again, judgements={**again.judgements, "overall": said})
    assert opened(original, reworded, TOOL, seal=sealed, salt="s3cret").blind


def test_a_seal_holds_after_the_moderation_was_written_and_read() -> None:
    again = moderated(audit(), overall="requires_improvement", risk=None)
    kept = read_audit(write_audit(again), READING)
    assert seal(kept, TOOL, salt="a", at=NOON) == seal(again, TOOL, salt="a", at=NOON)


def test_a_seal_tells_nothing_without_its_salt() -> None:
    again = moderated(audit(), overall="inadequate")
    one, other = (seal(again, TOOL, salt=salt, at=NOON) for salt in ("a", "b"))
    assert one.digest != other.digest
    assert "inadequate" not in repr(one)


def test_what_cannot_be_sealed_or_opened_is_refused_with_every_fault() -> None:
    original = audit()
    form = blind_form(original, id="M-1", moderator="SM-1")
    with pytest.raises(InputError) as caught:
        seal(evolve(form, moderates=""), TOOL, salt="", at=datetime(2016, 3, 1))  # noqa: DTZ001
    assert {each.path for each in caught.value.faults} == {"at", "moderates", "salt", "judgements"}
    other = moderated(audit("A-2"))
    foreign = evolve(
        other,
        moderates="A-9",
        subject=evolve(other.subject, id="C-9"),
        participants=(Participant(role="moderator", post="TM-1"),),
    )
    with pytest.raises(InputError) as caught:
        opened(original, foreign, READING.tool("observation"), shown=datetime(2016, 3, 1))  # noqa: DTZ001
    assert {each.path for each in caught.value.faults} == {
        "moderates",
        "tool",
        "subject.id",
        "participants",
        "shown",
    }
    nobody = evolve(moderated(original), participants=())
    with pytest.raises(InputError, match="no moderator is named"):
        opened(original, nobody, TOOL)


def test_a_pair_carries_its_arm_its_chances_and_its_case() -> None:
    audits = [audit(f"A-{number}") for number in range(4)]
    found = moderation_round(audits, rate=2, seed="1", scope="q")
    selected = found.selected[0]
    original = next(each for each in audits if each.id == selected.audit)
    again = moderated(original, overall="requires_improvement", risk=None)
    pairs = side_by_side(original, again, selected=selected).pairs()
    [overall] = [each for each in pairs if each.section == "overall"]
    assert (overall.auditor, overall.moderator) == ("good", "requires_improvement")
    assert (overall.arm, overall.probability, overall.blind) == (Arm.RANDOM, Fraction(1, 2), True)
    assert (overall.case, overall.post) == (original.id, "TM-1")
    figures = agreement(pairs, section="risk")
    assert (figures.n, figures.left_out.scope) == (0, 1)
    with pytest.raises(InputError, match="of another audit"):
        side_by_side(original, again, selected=evolve(selected, audit="A-9"))


# --- disagreements, the grade that counts, and who is told ---------------------------------------


def test_disagreements_are_told_apart_safety_first() -> None:
    original = audit(name="inadequate_unsafe")
    again = moderated(original, overall="good", risk=None, safe="safe")
    found = disagreements(side_by_side(original, again))
    assert [(each.about, each.kind) for each in found] == [
        ("safe", Kind.SAFETY),
        ("risk", Kind.SCOPE),
        ("overall", Kind.GRADE),
    ]
    assert [each.steps for each in found] == [None, None, 2]
    assert str(found[0]) == "safety, safe: auditor unsafe, moderator safe"


def test_a_section_set_aside_by_one_is_a_disagreement_on_scope() -> None:
    original = audit()
    again = evolve(moderated(original), sections={"reviews": NotApplicable("none held")})
    [found] = disagreements(side_by_side(original, again))
    assert (found.about, found.kind, found.moderator) == ("reviews", Kind.SCOPE, "not_applicable")


def test_a_grade_still_to_be_given_is_no_disagreement() -> None:
    original = audit()
    again = moderated(original)
    partial = evolve(again, judgements={"overall": again.judgements["overall"]})
    assert disagreements(side_by_side(original, partial)) == ()


def settlement(about: str, grade: str, route: Route = Route.PANEL) -> Settlement:
    return Settlement(
        about=about, grade=grade, route=route, by=("service_manager",), on=DAY, reason=MARK
    )


def test_the_moderated_grade_is_reported_and_says_on_what_choice() -> None:
    original = audit()
    both = side_by_side(original, moderated(original, overall="inadequate"))
    shipped = reported(both)
    assert (shipped["overall"].grade, shipped["overall"].whose) == ("inadequate", "moderated")
    assert (shipped["overall"].auditor, shipped["overall"].moderator) == ("good", "inadequate")
    assert "the moderator's [Reading QAF 2016, §6.1; editorial]" in str(shipped)
    assert all("editorial" in str(row["basis"]) for row in shipped.to_rows())
    own = reported(both, policy="auditor")
    assert own["overall"].grade == "good"
    assert "the council's own choice" in own.basis
    with pytest.raises(DefinitionError, match="Did you mean 'moderated'"):
        reported(both, policy="moderate")


def test_the_worse_of_two_and_a_grade_before_not_applicable() -> None:
    original = graded(audit(), risk=None)
    again = moderated(audit(), overall="outstanding", risk="inadequate")
    worse = reported(side_by_side(original, again), policy="worse")
    assert worse["overall"].grade == "good"
    assert worse["risk"].grade == "inadequate"


def test_what_was_settled_counts_before_any_policy_and_the_rest_stays_open() -> None:
    original = audit()
    both = side_by_side(original, moderated(original, overall="inadequate", risk="outstanding"))
    agreed = [settlement("overall", "requires_improvement", Route.DISCUSSION)]
    found = reported(both, settled=agreed)
    assert found["overall"].grade == "requires_improvement"
    assert found["overall"].whose == "settled by discussion"
    assert [each.about for each in still_open(both, agreed)] == ["risk"]
    assert {each.about for each in still_open(both)} == {"overall", "risk"}
    assert MARK not in repr(agreed) + str(found) + repr(found)


def test_a_settlement_has_to_fit() -> None:
    original = audit()
    both = side_by_side(original, moderated(original, overall="inadequate"))
    wrong = [
        settlement("risk", "good"),
        settlement("overall", "fine"),
        settlement("overall", "good"),
    ]
    with pytest.raises(InputError) as caught:
        still_open(both, wrong)
    assert [each.path for each in caught.value.faults] == [
        "settled[0].about",
        "settled[1].grade",
        "settled[2].about",
    ]


def test_the_milder_never_hides_the_worse() -> None:
    """Whichever of the two found the child unsafe, the managers are told, and by its audit."""
    bad, good = audit("A-1", name="inadequate_unsafe"), audit("A-2")
    milder = moderated(bad, overall="good", safe="safe")
    harsher = moderated(good, overall="inadequate", safe="unsafe")
    for original, again, caller in ((bad, milder, "A-1"), (good, harsher, "M-A-2")):
        both = side_by_side(original, again)
        calls = told(both, READING.review(original, on=DAY), READING.review(again, on=DAY))
        assert [call.audit for call in calls.escalations] == [caller]
        assert [role.id for role in calls.escalations[0].to] == ["team_manager", "service_manager"]
        settled = reported(both, settled=[settlement("overall", "good")])
        assert settled["overall"].grade == "good"
        assert told(both, READING.review(original, on=DAY), READING.review(again, on=DAY)) == calls
    quiet = side_by_side(good, moderated(good))
    nothing = told(quiet, READING.review(good, on=DAY), READING.review(moderated(good), on=DAY))
    assert str(nothing) == "Neither audit calls for anyone to be told."


def test_a_review_of_another_audit_is_refused_and_loses_no_escalation() -> None:
    bad = audit("A-1", name="inadequate_unsafe")
    both = side_by_side(bad, moderated(bad, overall="good", safe="safe"))
    review = READING.review(bad, on=DAY)
    with pytest.raises(InputError) as caught:
        told(both, review, review)
    assert [each.path for each in caught.value.faults] == ["of_moderator"]
    assert caught.value.urgent


GRADE = st.sampled_from(["inadequate", "requires_improvement", "good", "outstanding", None])
SAFETY = st.sampled_from(["", "safe", "unsafe", "cannot_tell"])


@given(GRADE.filter(bool), GRADE.filter(bool), SAFETY, SAFETY)
def test_every_escalation_of_either_audit_is_told_after_moderation(
    one: str, other: str, safe: str, also: str
) -> None:
    original = graded(audit("A-1"), overall=one)
    if safe:
        original = evolve(original, answers={**original.answers, "safe": safe})
    again = moderated(original, overall=other, safe=also)
    reviews = [READING.review(each, on=DAY) for each in (original, again)]
    both = side_by_side(original, again)
    calls = told(both, *reviews)
    fired = [call for review in reviews for call in review.escalations]
    still = [call for review in reviews for call in review.unsettled_escalations]
    assert list(calls.escalations) == fired
    assert list(calls.unsettled) == still
    said = {both.safety(original), both.safety(again)}
    assert ("unsafe" in said) <= bool(calls.escalations)
    assert (len(said) == 2 and said != {"", "safe"}) == any(
        each.kind is Kind.SAFETY for each in disagreements(both)
    )


# --- staff ----------------------------------------------------------------------------------------


def of_posts(**counts: int) -> list[Pair]:
    return [
        Pair(auditor="good", moderator="good", post=post)
        for post, count in counts.items()
        for _ in range(count)
    ]


def test_figures_about_one_post_are_held_back_below_the_floor() -> None:
    staff = agreement_by_auditor(of_posts(a=12, b=4, c=3, d=15, e=4))
    assert isinstance(staff["a"], Agreement)
    assert isinstance(staff["b"], NotEnoughData)
    assert (staff.held_back, staff.floor) == (3, 10)
    rows = [row for row in staff.to_rows() if row["post"] == "b"]
    assert len(rows) == 1
    assert rows[0]["n"] is None
    assert len({tuple(row) for row in staff.to_rows()}) == 1


def test_one_post_held_back_takes_another_with_it() -> None:
    """Else its figures are those for all, less those of the others."""
    staff = agreement_by_auditor(of_posts(a=30, b=12, c=11, d=9))
    held = {post for post, each in staff.posts.items() if isinstance(each, NotEnoughData)}
    assert held == {"c", "d"}
    little = agreement_by_auditor(of_posts(a=30, b=12, c=2, d=3))
    held = {post for post, each in little.posts.items() if isinstance(each, NotEnoughData)}
    assert held == {"b", "c", "d"}
    assert agreement_by_auditor(of_posts(a=30, b=12)).held_back == 0


def test_a_post_that_no_pair_counts_for_costs_no_other_its_figures() -> None:
    """Such as an auditor of whom triggered cases alone were moderated."""
    called_for = Pair(auditor="good", moderator="good", arm=Arm.TRIGGERED, post="d")
    staff = agreement_by_auditor([*of_posts(a=30, b=12), called_for])
    held = {post for post, each in staff.posts.items() if isinstance(each, NotEnoughData)}
    assert held == {"d"}


@given(st.lists(st.integers(0, 30), min_size=1, max_size=8), st.integers(1, 15))
def test_nothing_held_back_can_be_worked_out_from_the_rest(counts: list[int], floor: int) -> None:
    pairs = of_posts(**{f"p{at}": count for at, count in enumerate(counts)})
    staff = agreement_by_auditor(pairs, floor=floor)
    given = {f"p{at}": count for at, count in enumerate(counts) if count}
    held = [given[post] for post, each in staff.posts.items() if isinstance(each, NotEnoughData)]
    assert set(staff.posts) == set(given)
    for post, each in staff.posts.items():
        if isinstance(each, Agreement):
            assert each.n == given[post] >= floor
    shown = len(given) - len(held)
    assert not held or not shown or (len(held) > 1 and sum(held) >= floor)


def test_no_post_is_named_unless_rows_are_asked_for() -> None:
    pairs = [Pair(auditor="good", moderator="good", post=MARK) for _ in range(12)]
    staff = agreement_by_auditor([*pairs, ("good", "good")])
    original = audit(post=MARK)
    found = moderation_round([original], rate=1, seed="1", scope="q")
    both = side_by_side(original, moderated(original, overall="inadequate"))
    for quiet in (staff, *pairs[:1], found, found.selected, both, both.pairs(), agreement(pairs)):
        assert MARK not in repr(quiet)
    for text in (str(staff), str(found), str(found.to_rows()), found.table().to_html()):
        assert MARK not in text
    assert "Without an auditor named: 1 pair." in str(staff)
    assert staff.to_rows()[0]["post"] == MARK
    with pytest.raises(LookupError) as caught:
        staff["nobody"]
    assert MARK not in str(caught.value)
    assert AUDITOR.id == "auditor"
