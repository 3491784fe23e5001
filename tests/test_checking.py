"""A check finds what was planted, and shows it in an audit that can be reviewed."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import attrs
import pytest

from qaf_core import (
    READING_2016,
    Addition,
    DefinitionError,
    Document,
    Framework,
    Review,
    Rule,
    Standing,
    Tool,
    load_framework,
    read_audit,
    write_audit,
)
from qaf_core.audits import Judged, Return
from qaf_core.checking import Answer, Check, Kind, Ruling
from qaf_core.checking.closer import completed
from qaf_core.checking.drafts import Draft
from qaf_core.cli import main
from qaf_core.editions import Departure, Edition
from qaf_core.facts import (
    CANNOT_TELL,
    UNSAFE,
    Derivation,
    Fact,
    Origin,
    actions,
    audited,
    case_opened,
    case_status,
    judgements_on,
    overall,
    participants,
    questions,
    returns,
    returns_stating,
    safe,
    today,
)
from qaf_core.laws import Asked, Fires, Law, NeverMet, Told
from qaf_core.logic import ALWAYS, DATE, NEVER, YES_NO, Cond, Ref
from qaf_core.recording import record_of
from qaf_core.roles import HEAD_OF_SERVICE, LINE_MANAGER, SERVICE_MANAGER, TEAM_MANAGER, Role
from qaf_core.rules import Act, Escalate, Gate, Query, Require
from qaf_core.sampling.programme.model import Programme
from qaf_core.scales import GOOD, GRADES, INADEQUATE, OUTSTANDING
from qaf_core.timing import AT_ONCE, Deadline, Span, Unit
from qaf_core.tools import Question, Section
from second_framework.framework import NORTHMERE
from second_framework.rules import LOWEST
from second_framework.tools import CHILD_RISK_VIEW, COMPASS_REVIEW
from second_framework.vocabulary import AT_ONCE_LADDER, COMPASS_BANDS, LADDER, RETURNS_DUE

NOTE = Document(id="Note", title="A note", publisher="Our council", dated="2020").at("1")
SAID: dict[str, Any] = {"source": NOTE, "standing": Standing.EDITORIAL}
TELLS = (Escalate(to=(TEAM_MANAGER, SERVICE_MANAGER), within=AT_ONCE),)
Change = Callable[[Any], Any]


def rule(id: str, when: Cond, *then: Any, **more: Any) -> Rule:
    """A rule of a council's own."""
    return Rule(id, f"{id}.", when=when, then=then or (Query(ask="Why?"),), **SAID, **more)


def with_rules(change: Callable[[Rule], Rule | None], base: Addition = READING_2016) -> Addition:
    """The base with its rules changed."""
    changed = (change(each) for each in base.rules)
    return attrs.evolve(base, rules=tuple(each for each in changed if each is not None))


def only(tool: str, base: Addition = READING_2016) -> Addition:
    """The base with one of its tools alone."""
    return attrs.evolve(
        base,
        tools=tuple(each for each in base.tools if each.id == tool),
        rules=tuple(each for each in base.rules if not each.id.startswith("commissioning")),
        mappings=(),
        programme=Programme(),
        steps=(),
    )


def changed_tool(tool: Tool, id: str, **changes: Any) -> Tool:
    """A tool with one of its questions or sections changed."""

    def walk(part: Any) -> Any:
        if isinstance(part, Section):
            part = attrs.evolve(part, parts=tuple(walk(each) for each in part.parts))
        return attrs.evolve(part, **changes) if part.id == id else part

    return attrs.evolve(tool, parts=tuple(walk(each) for each in tool.parts))


def in_case_file(id: str, **changes: Any) -> Addition:
    """Reading's framework with a part of the case file audit changed."""
    base = only("case_file")
    return attrs.evolve(base, tools=(changed_tool(base.tools[0], id, **changes),))


def ruling(check: Check, law: str) -> Ruling:
    """What was decided of a law."""
    [found] = (each for each in check.rulings if each.law.id == law)
    return found


def problems(check: Check, kind: Kind) -> list[str]:
    """What the problems of a kind are about."""
    return [each.about for each in check.problems if each.kind is kind]


@cache
def whole() -> Check:
    """The check of Reading's framework with every plugin that is installed."""
    return load_framework(strict=False).check()


# --- what ships is sound -----------------------------------------------------------------


def test_every_shipped_law_is_decided_and_holds() -> None:
    """Of Reading's framework with all its plugins nothing is wrong and nothing left open."""
    check = whole()
    assert check.sound, str(check)
    assert {each.answer for each in check.rulings} == {Answer.HOLDS}
    assert {each.law.id for each in check.rulings} >= {
        "every.complete_is_settled",
        "every.nothing_lost",
        "every.recipients_exist",
        "every.anchors_stated",
        "law.unsafe_is_told",
        "law.inadequate_is_told",
        "law.inadequate_asks_safety",
    }
    assert check.cases > 500
    assert all(each.over for each in check.rulings)


def test_a_law_is_decided_over_every_tool_that_states_what_it_speaks_of() -> None:
    """The domain names them, and what was told apart in them."""
    domain = ruling(Framework.of(READING_2016).check(), "law.unsafe_is_told").domain
    assert any("case_file 2016.1" in line and "Cannot tell" in line for line in domain)
    assert not any("supervision" in line for line in domain)


def test_a_framework_that_is_quite_different_is_checked_by_the_same_words() -> None:
    """Northmere: scores, ladders and returns of several parties."""
    check = Framework.of(NORTHMERE).check()
    assert check.sound, str(check)


def test_laws_of_ladders_scores_and_returns_are_decided() -> None:
    """Northmere's: who is told of a grave worry, and of a whole that is Floundering."""
    laws = (
        Law(
            "north.grave",
            "A grave worry is told at once.",
            claim=Told(
                when=CHILD_RISK_VIEW.ref.is_("grave_worry"), roles=_roles(AT_ONCE_LADDER.to)
            ),
            **SAID,
        ),
        Law(
            "north.lowest",
            "Of a whole that is Floundering an officer who had no part in it is told.",
            claim=Told(when=LOWEST.when, roles=_roles(LADDER.to), within=LADDER.within),
            **SAID,
        ),
        Law(
            "north.too_much",
            "At once, too.",
            claim=Told(when=LOWEST.when, roles=_roles(LADDER.to)),
            **SAID,
        ),
        Law("north.late", "No return is late.", claim=NeverMet(when=_LATE), **SAID),
    )
    framework = Framework.of(attrs.evolve(NORTHMERE, laws=laws))
    check = framework.check()
    answers = {each.law.id: each.answer for each in check.rulings if each.law in laws}
    assert answers == {
        "north.grave": Answer.HOLDS,
        "north.lowest": Answer.HOLDS,
        "north.too_much": Answer.BROKEN,
        "north.late": Answer.BROKEN,
    }
    late = ruling(check, "north.late").counterexample
    assert late is not None
    [came] = late.audit.returns
    assert came.received is not None
    assert (came.received - late.audit.subject.facts["returns_requested"]).days > 7
    assert read_audit(write_audit(late.audit), framework) == late.audit


def test_parties_and_roles_that_conditions_name_are_told_from_others() -> None:
    """Someone else took part; of two parties one is named; an action lies elsewhere."""
    nobody = ~participants.any(participants.role.is_not(LAST.id))
    named = returns.any(returns.party.is_("director_of_people"))
    laws = (
        Law(
            "north.else",
            "All who take part are of the last role.",
            claim=NeverMet(when=participants.any(participants.role.is_not(LAST.id))),
            **SAID,
        ),
        Law(
            "north.named",
            "The Director's return never comes with another's.",
            claim=NeverMet(when=named & (returns.count() >= 2) & nobody),
            **SAID,
        ),
        Law(
            "north.elsewhere",
            "Every action is aimed at no section.",
            claim=NeverMet(when=actions.any(actions.section.is_not("other"))),
            **SAID,
        ),
        Law(
            "north.twice",
            "A party makes one return.",
            claim=NeverMet(when=(returns.count(returns.party.is_("director_of_people")) >= 2)),
            **SAID,
        ),
    )
    check = Framework.of(attrs.evolve(NORTHMERE, laws=laws)).check()
    answers = {each.law.id: each.answer for each in check.rulings if each.law in laws}
    assert answers == {
        "north.else": Answer.BROKEN,
        "north.named": Answer.BROKEN,
        "north.elsewhere": Answer.BROKEN,
        "north.twice": Answer.HOLDS,
    }
    example = ruling(check, "north.named").counterexample
    assert example is not None
    assert len(example.audit.expected) == 2
    assert "director_of_people" in example.audit.expected


def test_a_counterexample_over_computed_bands_has_scores_that_come_to_them() -> None:
    """Two ends of the scale, each with answers that are computed to it."""
    whole_bands = judgements_on(COMPASS_BANDS)
    for band in ("floundering", "exemplary"):
        found = whole_bands.any(
            whole_bands.level.is_("overall") & whole_bands.grade.is_(COMPASS_BANDS[band])
        )
        law = Law("north.band", "Never.", claim=NeverMet(when=found), **SAID)
        framework = Framework.of(
            attrs.evolve(
                NORTHMERE,
                laws=(law,),
                tools=(COMPASS_REVIEW,),
                rules=(LOWEST,),
                programme=Programme(),
                steps=(),
            )
        )
        example = ruling(framework.check(), "north.band").counterexample
        assert example is not None
        plan = framework._ready_for(COMPASS_REVIEW.id, COMPASS_REVIEW.version, example.on).plan
        record = record_of(example.audit, plan, example.on).record
        assert record.facts["compass_overall"] == band


def _roles(of: tuple[Any, ...]) -> tuple[Role, ...]:
    return tuple(each for each in of if isinstance(each, Role))


LAST = NORTHMERE.roles[-1]
_LATE = returns.any(returns.received > RETURNS_DUE.ref)


# --- planted: laws ---------------------------------------------------------------------------

FEWER = with_rules(
    lambda each: (
        attrs.evolve(each, then=(Escalate(to=(TEAM_MANAGER,), within=AT_ONCE),))
        if each.id == "escalation.unsafe"
        else each
    )
)
SLOWER = with_rules(
    lambda each: (
        attrs.evolve(
            each,
            then=(
                Escalate(
                    to=(TEAM_MANAGER, SERVICE_MANAGER),
                    within=Deadline(span=Span(2, Unit.DAYS), after="audited"),
                ),
            ),
        )
        if each.id == "escalation.overall_inadequate"
        else each
    )
)
NARROWER = with_rules(
    lambda each: (
        attrs.evolve(each, when=each.when & overall.is_(INADEQUATE))
        if each.id == "escalation.unsafe"
        else each
    )
)
FORGETS_CANNOT_TELL = with_rules(
    lambda each: (
        attrs.evolve(each, when=safe.is_(UNSAFE)) if each.id == "escalation.unsafe" else each
    )
)
GONE = with_rules(lambda each: None if each.id.startswith("escalation") else each)

PLANTED: dict[str, tuple[Addition, str, dict[str, Any]]] = {
    "a recipient dropped": (FEWER, "law.unsafe_is_told", {"safe": "unsafe"}),
    "a time limit made longer": (SLOWER, "law.inadequate_is_told", {}),
    "a condition narrowed": (NARROWER, "law.unsafe_is_told", {"safe": "unsafe"}),
    "an answer forgotten": (FORGETS_CANNOT_TELL, "law.unsafe_is_told", {"safe": "cannot_tell"}),
    "both rules gone": (GONE, "law.inadequate_is_told", {}),
    "the safety question optional": (
        in_case_file("safe", required=NEVER),
        "law.inadequate_asks_safety",
        {},
    ),
    "the safety question for some cases only": (
        in_case_file("safe", required=overall.is_(INADEQUATE) & case_status.is_("cp")),
        "law.inadequate_asks_safety",
        {},
    ),
    "the safety question hidden": (
        in_case_file("safe", asked=case_status.is_("cp")),
        "law.inadequate_asks_safety",
        {},
    ),
}


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_fault_breaks_its_law_and_a_file_shows_it(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The smallest counterexample, written, read back and reviewed."""
    base, law, answers = PLANTED[name]
    framework = Framework.of(only("case_file", base))
    found = ruling(framework.check(), law)
    assert found.answer is Answer.BROKEN
    example = found.counterexample
    assert example is not None
    audit = read_audit(write_audit(example.audit), framework)
    assert audit == example.audit
    assert dict(audit.answers) == answers
    assert len(audit.answers) + len(audit.judgements) + len(audit.subject.facts) == 1
    review = framework.review(audit, on=example.on)
    told = {role.id for each in review.escalations if each.within.at_once for role in each.to}
    if "asks" not in law:
        assert not {"team_manager", "service_manager"} <= told
    else:
        assert "safe" not in [each.about for each in review.requirements]
        assert "completeness.safety_known" not in [each.rule.id for each in review.requirements]


def test_a_rule_that_reads_returns_can_stay_open_in_a_complete_audit() -> None:
    """What is only expected of a party is open: a rule over returns that tells may be unsettled."""
    seen = returns_stating(safe)
    own = Addition(
        id="own",
        version="1",
        rules=(rule("own.returns", seen.any(seen.safe.is_(UNSAFE)), *TELLS),),
    )
    framework = Framework.of(only("case_file"), own)
    found = ruling(framework.check(), "every.complete_is_settled")
    assert found.answer is Answer.BROKEN
    assert found.counterexample is not None
    audit = read_audit(write_audit(found.counterexample.audit), framework)
    review = framework.review(audit, on=found.counterexample.on)
    assert review.complete
    assert [each.rules[0].id for each in review.unsettled_escalations] == ["own.returns"]


def test_an_audit_is_not_complete_while_a_return_leaves_an_escalation_open() -> None:
    """All is filled in but for what one party has not said: whether the child is safe."""
    framework = Framework.of(only("case_file"))
    ready = framework._ready_for("case_file", "2016.1", date(2016, 2, 12))
    blank = Draft(framework.tool("case_file"), date(2016, 2, 12), "A-1")
    whole_audit = next(completed(blank, ready.plan, ready.needed, ())).audit()
    assert framework.review(whole_audit, on=blank.on).complete
    for grade, complete in (("good", True), ("inadequate", False)):
        part = Return(party="auditor", judgements={"overall": Judged(grade=grade)})
        review = framework.review(attrs.evolve(whole_audit, returns=(part,)), on=blank.on)
        assert review.complete is complete
        assert bool(review.unsettled_escalations) is not complete


def test_an_addition_that_goes_round_assembly_and_hides_an_outcome_is_found() -> None:
    """The base's own derived fact, redefined: a referral acted on too late goes unasked."""
    late = next(each for each in READING_2016.facts if each.id == "referral_in_time")
    assert late.derivation is not None
    lenient = attrs.evolve(
        late,
        derivation=attrs.evolve(late.derivation, version="2", function=lambda *_: True),
    )
    own = Addition(id="own", version="1", facts=(lenient,))
    with pytest.raises(DefinitionError):
        Framework.of(READING_2016, own)
    check = Framework(base=READING_2016, additions=(own,)).check()
    found = ruling(check, "every.nothing_lost")
    assert found.answer is Answer.BROKEN
    assert "timeliness.referral" in found.why
    assert found.counterexample is not None
    facts = found.counterexample.audit.answers
    assert {"referral_received", "referral_acted_on"} <= set(facts)


def shown(found: Ruling, framework: Framework) -> Review:
    """The review of a counterexample, written and read back."""
    example = found.counterexample
    assert example is not None
    audit = read_audit(write_audit(example.audit), framework)
    assert audit == example.audit
    return framework.review(audit, on=example.on)


def test_a_recipient_that_does_not_exist_is_found() -> None:
    """The base without its Service Manager, put together past assembly."""
    roles = tuple(each for each in READING_2016.roles if each != SERVICE_MANAGER)
    framework = Framework(base=attrs.evolve(only("case_file"), roles=roles))
    found = ruling(framework.check(), "every.recipients_exist")
    assert found.answer is Answer.BROKEN
    assert "service_manager" in found.why
    [told] = shown(found, framework).escalations
    assert SERVICE_MANAGER in told.to


def test_a_deadline_that_no_tool_can_start_is_found() -> None:
    """A ladder's second step counts from a date that tools for other subjects have."""
    ladder = Escalate(
        to=(TEAM_MANAGER,),
        within=AT_ONCE,
        then=Escalate(
            to=(HEAD_OF_SERVICE,),
            within=Deadline(span=Span(1, Unit.DAYS), after="referral_opened"),
        ),
    )
    opened = Fact(
        id="referral_opened",
        kind=DATE,
        label="the day",
        origin=Origin.HOST,
        subjects=("practitioner",),
        **SAID,
    )
    own = Addition(
        id="own",
        version="1",
        facts=(opened,),
        rules=(rule("own.ladder", safe.is_(UNSAFE), ladder),),
    )
    framework = Framework.of(READING_2016, own)
    found = ruling(framework.check(), "every.anchors_stated")
    assert found.answer is Answer.BROKEN
    assert "own.ladder counts from referral_opened" in found.why
    assert "own.ladder" in [each.rule.id for each in shown(found, framework).findings]


def test_laws_of_a_council_and_a_plugin_are_decided_beside_the_rest() -> None:
    """Of each kind of claim one that holds and one that does not."""
    risk = Ref("risk", GRADES.kind)

    def law(id: str, claim: Any) -> Law:
        return Law(id, f"{id}.", claim=claim, **SAID)

    own = Addition(
        id="own",
        version="1",
        laws=(
            law("own.told", Told(when=safe.is_(UNSAFE), roles=(TEAM_MANAGER,))),
            law("own.not_told", Told(when=risk.is_(INADEQUATE), roles=(TEAM_MANAGER,))),
            law(
                "own.asks",
                Fires(
                    when=risk.is_(INADEQUATE) & overall.is_(GOOD) & ~safe.answered(),
                    rule="grading.risk_inadequate",
                ),
            ),
            law(
                "own.does_not_ask",
                Fires(when=risk.is_(INADEQUATE), rule="grading.risk_inadequate"),
            ),
            law("own.never", NeverMet(when=safe.not_applicable())),
            law("own.once", NeverMet(when=actions.count() >= 2)),
            law("own.asked", Asked(when=overall.is_(GOOD), fact=safe, required=False)),
            law("own.required", Asked(when=overall.is_(GOOD), fact=safe)),
        ),
    )
    check = Framework.of(only("case_file"), own).check()
    answers = {each.law.id: each.answer for each in check.rulings if each.law in own.laws}
    holds, broken = Answer.HOLDS, Answer.BROKEN
    assert answers == {
        "own.told": holds,
        "own.not_told": broken,
        "own.asks": holds,
        "own.does_not_ask": broken,
        "own.never": holds,
        "own.once": broken,
        "own.asked": holds,
        "own.required": broken,
    }
    twice = ruling(check, "own.once").counterexample
    assert twice is not None
    assert len(twice.audit.actions) == 2


def test_a_counterexample_that_rests_on_a_derived_fact_has_dates_that_make_it_so() -> None:
    """The search takes it as free; the audit has a case opened so long before."""
    new = Ref("open_under_a_year", YES_NO)
    own = Addition(
        id="own",
        version="1",
        laws=(
            Law("own.new", "Never.", claim=NeverMet(when=new.is_(True)), **SAID),
            Law("own.old", "Never.", claim=NeverMet(when=new.is_(False)), **SAID),
        ),
    )
    check = Framework.of(only("case_file"), own).check()
    for law, under in (("own.new", True), ("own.old", False)):
        example = ruling(check, law).counterexample
        assert example is not None
        opened, seen = example.audit.subject.facts["case_opened"], example.audit.audited
        assert seen is not None
        assert ((seen - opened).days < 365) is under


def test_what_cannot_be_looked_through_is_not_decided_and_never_holds() -> None:
    """A budget of one case decides nothing; what no date makes so is said to be open."""
    check = Framework.of(only("case_file")).check(budget=1)
    assert ruling(check, "law.unsafe_is_told").answer is Answer.UNDECIDED
    assert "more to look through" in ruling(check, "law.unsafe_is_told").why
    assert Kind.UNDECIDED in {each.kind for each in check.problems}
    assert not check.sound
    odd = Fact(
        id="odd",
        kind=YES_NO,
        label="something that is never so",
        origin=Origin.DERIVED,
        derivation=Derivation(version="1", rests_on=(audited,), function=lambda _: False),
        **SAID,
    )
    own = Addition(
        id="own",
        version="1",
        facts=(odd,),
        laws=(Law("own.odd", "Never.", claim=NeverMet(when=odd.ref.is_(True)), **SAID),),
    )
    found = ruling(Framework.of(only("case_file"), own).check(), "own.odd")
    assert found.answer is Answer.UNDECIDED
    assert "derived" in found.why


# --- planted: problems -----------------------------------------------------------------------


def own_rules(*rules: Rule, **more: Any) -> Check:
    """Reading's case file audit with rules of a council's own, checked."""
    own = Addition(id="own", version="1", rules=rules, **more)
    return Framework.of(only("case_file"), own).check()


def test_conditions_that_never_or_always_hold_are_found() -> None:
    """Contradictions of one fact, of two, of dates, of items; and what nothing prevents."""
    check = own_rules(
        rule("own.twice", overall.is_(GOOD) & overall.is_(OUTSTANDING)),
        rule("own.order", (case_opened > audited) & (audited > today) & (today > case_opened)),
        rule("own.aside", safe.not_applicable()),
        rule(
            "own.items", questions.any(questions.fact.is_("safe") & (questions.section.is_("risk")))
        ),
        rule("own.fine", overall.is_(GOOD) & safe.is_(UNSAFE)),
        rule("own.any", safe.answered() | ~safe.answered()),
        rule("own.pending", overall.pending() | overall.answered()),
    )
    assert set(problems(check, Kind.NEVER)) == {"own.twice", "own.order", "own.aside", "own.items"}
    assert set(problems(check, Kind.ALWAYS)) == {"own.any", "own.pending"}


def test_questions_that_are_never_or_always_asked_are_found() -> None:
    """Conditions of asking are decided like any other."""
    risk = Ref("risk", GRADES.kind)
    never = in_case_file("risk_managed", asked=risk.is_(GOOD) & risk.is_(INADEQUATE))
    assert problems(Framework.of(never).check(), Kind.NEVER) == ["risk_managed"]
    always = in_case_file("risk_managed", asked=(today <= today) & (today >= today))
    assert problems(Framework.of(always).check(), Kind.ALWAYS) == ["risk_managed"]


def test_facts_that_nothing_states_are_found() -> None:
    """A shared answer no tool asks for; a rule that no one tool can feed; one without a tool."""
    lost = Fact(id="lost", kind=YES_NO, label="it", origin=Origin.ANSWER, **SAID)
    needed = Ref("observation_needed", YES_NO)
    own = Addition(
        id="own",
        version="1",
        facts=(lost,),
        rules=(
            rule("own.split", needed.is_(True) & safe.is_(UNSAFE)),
            rule("own.lost", lost.ref.is_(True) | safe.is_(UNSAFE)),
        ),
    )
    check = Framework.of(READING_2016, own).check()
    assert set(problems(check, Kind.UNSTATED)) == {"lost", "own.split", "own.lost"}


def test_rules_that_add_nothing_are_found() -> None:
    """The same outcome under a narrower condition, to fewer roles, or more slowly."""
    check = own_rules(
        rule("own.narrow", safe.is_(CANNOT_TELL) & overall.is_(GOOD), *TELLS),
        rule("own.fewer", overall.is_(INADEQUATE), Escalate(to=(TEAM_MANAGER,), within=AT_ONCE)),
        rule("own.more", safe.is_(UNSAFE), Escalate(to=(HEAD_OF_SERVICE,), within=AT_ONCE)),
        rule("own.wider", safe.in_((UNSAFE, CANNOT_TELL)) | overall.is_(GOOD), *TELLS),
    )
    assert problems(check, Kind.IDLE) == ["escalation.unsafe", "own.narrow", "own.fewer"]


def test_rules_that_contradict_each_other_are_found() -> None:
    """What can never be complete, an event that is always barred, a task given twice over."""
    late = Deadline(span=Span(5, Unit.DAYS), after="audited")
    check = own_rules(
        rule("own.some", actions.count() > 0, Require(what="no action")),
        rule("own.none", actions.count() < 1, Require(what="an action")),
        rule("own.shut", safe.answered(), Gate(event="closure")),
        rule("own.barred", ~safe.answered(), Gate(event="closure")),
        rule("own.soon", safe.is_(UNSAFE), Act(what="visit", by=TEAM_MANAGER, within=AT_ONCE)),
        rule("own.later", overall.is_(GOOD), Act(what="visit", by=TEAM_MANAGER, within=late)),
        rule("own.else", safe.is_("safe"), Act(what="visit", by=LINE_MANAGER, within=late)),
    )
    assert problems(check, Kind.CONTRADICTORY) == [
        "own.some",
        "own.shut",
        "own.soon",
        "own.later",
    ]


def test_a_required_question_behind_an_optional_one_is_found() -> None:
    """Where the optional one is left out, the other goes unasked and nobody is the wiser."""
    gate = Ref("observation_gate", YES_NO)
    section = Section(
        id="own_part",
        title="Part",
        takes_na=False,
        parts=(
            Question(id="observation_gate", prompt="Gate?", kind=YES_NO, required=NEVER, **SAID),
            Question(id="behind", prompt="Behind?", kind=YES_NO, asked=gate.is_(True), **SAID),
            Question(
                id="beside",
                prompt="Beside?",
                kind=YES_NO,
                asked=~gate.is_(True),
                required=NEVER,
                **SAID,
            ),
        ),
        **SAID,
    )
    base = only("case_file")
    tool = attrs.evolve(base.tools[0], parts=(*base.tools[0].parts, section))
    check = Framework.of(attrs.evolve(base, tools=(tool,))).check()
    assert problems(check, Kind.HIDDEN) == ["behind"]
    required = changed_tool(tool, "observation_gate", required=ALWAYS)
    assert Framework.of(attrs.evolve(base, tools=(required,))).check().sound


def test_questions_that_wait_for_each_other_are_found() -> None:
    """Assembly refuses them; a framework put together past it is told so too."""
    base = in_case_file("safe", asked=Ref("summary_risk", GRADES.kind).is_(GOOD))
    tool = changed_tool(base.tools[0], "summary_risk", asked=safe.is_("safe"))
    base = attrs.evolve(base, tools=(tool,))
    with pytest.raises(DefinitionError, match="Break the circle"):
        Framework.of(base)
    check = Framework(base=base).check()
    assert problems(check, Kind.CIRCLE) == ["case_file 2016.1"]


# --- departures and editions -------------------------------------------------------------------


def test_departures_are_printed_and_laws_decided_in_each_stretch_of_time() -> None:
    """An edition that withdraws a rule breaks the law from its day on, and not before."""
    framework = Framework.of(
        only("case_file"),
        departures=[
            Departure(
                setting="signed_off_within",
                value=Deadline(span=Span(2, Unit.MONTHS), after="form_received"),
                since=date(2017, 1, 1),
                reason="Too short.",
                approver="head_of_service",
            )
        ],
        editions=[
            Edition(
                id="2018",
                since=date(2018, 1, 1),
                reason="Not needed.",
                approver="head_of_service",
                replaces={"escalation.unsafe": None},
            )
        ],
    )
    check = framework.check()
    assert any("signed_off_within is within 2 months" in each for each in check.departures)
    assert any("2018" in each and "escalation.unsafe" in each for each in check.departures)
    assert all(each in str(check) for each in check.departures)
    found = ruling(check, "law.unsafe_is_told")
    assert found.answer is Answer.BROKEN
    assert len(found.domain) == 3
    example = found.counterexample
    assert example is not None
    assert (example.audit.audited or example.on) >= date(2018, 1, 1)
    assert not framework.review(example.audit, on=example.on).escalations


# --- the command line ----------------------------------------------------------------------------


def test_the_command_line_prints_laws_departures_cases_and_time(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Sound: status 0, as text and as JSON."""
    assert main(["check"]) == 0
    printed = capsys.readouterr().out
    assert "holds: Of a child who is unsafe" in printed
    assert "No setting is departed from" in printed
    assert "cases decided in" in printed
    assert main(["check", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["sound"] is True
    assert data["cases"] > 500
    assert {row["answer"] for row in data["rows"]} == {"holds"}


def test_a_broken_law_ends_in_status_1_and_a_file_that_review_reads(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The framework of the command line is replaced by one with a fault planted."""
    framework = Framework.of(only("case_file", NARROWER))
    monkeypatch.setattr("qaf_core.cli.check.the_framework", lambda: framework)
    monkeypatch.setattr("qaf_core.cli.commands.the_framework", lambda: framework)
    folder = tmp_path / "broken"
    assert main(["check", "--out", str(folder)]) == 1
    printed = capsys.readouterr().out
    [file] = folder.iterdir()
    assert file.name == "law.unsafe_is_told.json"
    assert f"qaf review {file}" in printed
    assert main(["review", str(file), "--on", "2016-02-12", "--json"]) == 0
    review = json.loads(capsys.readouterr().out)
    assert review["escalations"] == []


# --- laws as values ------------------------------------------------------------------------------


def test_a_law_is_refused_where_it_is_written_wrongly() -> None:
    """Its id, its sentence, items by themselves; and at assembly what is not there."""
    claim = NeverMet(when=safe.is_(UNSAFE))
    with pytest.raises(DefinitionError, match="no law id"):
        Law("Unsafe", "Never.", claim=claim, **SAID)
    with pytest.raises(DefinitionError, match="no sentence"):
        Law("own.law", " ", claim=claim, **SAID)
    with pytest.raises(DefinitionError, match=r"actions\.any"):
        Law("own.law", "Never.", claim=NeverMet(when=actions.by < today), **SAID)
    with pytest.raises(DefinitionError, match="at least one role"):
        Told(when=safe.is_(UNSAFE), roles=())
    own = Addition(
        id="own",
        version="1",
        laws=(
            Law("every.nothing_lost", "Taken.", claim=claim, **SAID),
            Law("own.fact", "No fact.", claim=NeverMet(when=Ref("saef", YES_NO).is_(True)), **SAID),
            Law("own.rule", "No rule.", claim=Fires(when=claim.when, rule="escalation.x"), **SAID),
            Law("own.asked", "None.", claim=Asked(when=claim.when, fact=Ref("s", YES_NO)), **SAID),
            Law("own.who", "None.", claim=claim, subjects=("nobody",), **SAID),
        ),
    )
    with pytest.raises(DefinitionError) as refused:
        Framework.of(READING_2016, own)
    for part in ("every framework has", "'saef'", "'escalation.x'", "'s'", "'nobody'"):
        assert part in str(refused.value)


def test_a_law_reads_as_its_sentence() -> None:
    """Its repr and text hold the sentence, the clause and the standing."""
    [law, *_] = READING_2016.laws
    assert law.statement in repr(law)
    assert str(law).endswith("[law.unsafe_is_told: Reading QAF 2016, Tool A, 6; stated]")


@pytest.mark.parametrize("name", ["overal", "over_all"])
def test_a_name_that_only_looks_like_one_that_escalates_is_found(name: str) -> None:
    """An overall grade under a name of its own would tell nobody, and the check says so."""
    tool = attrs.evolve(
        READING_2016.tools[0],
        judgements=tuple(attrs.evolve(each, id=name) for each in READING_2016.tools[0].judgements),
        id="look_alike",
    )
    check = Framework.of(READING_2016, Addition(id="other", version="1", tools=(tool,))).check()
    [found] = [each for each in check.problems if each.about == name]
    assert "escalation.overall_inadequate reads overall" in found.says
    assert found.tool.startswith("look_alike")
