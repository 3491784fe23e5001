"""What a check says of small frameworks is what going through every audit says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import product
from typing import Any

import attrs
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from qaf_core import Addition, Audit, Document, Framework, Rule, Standing, Tool
from qaf_core.audits import Action, Judged, NotApplicable, Subject, ToolPin
from qaf_core.checking import Answer, Check, Kind
from qaf_core.facts import Fact, Origin, actions, judgements_on, questions
from qaf_core.laws import Asked, Fires, Law, NeverMet, Told
from qaf_core.logic import ALWAYS, COUNT, DATE, NEVER, YES_NO, Cond, Ref, choice, refs, sure
from qaf_core.logic.expressions import collections_of
from qaf_core.logic.lower import met
from qaf_core.recording import record_of
from qaf_core.roles import Role
from qaf_core.rules import Escalate, Query, Require
from qaf_core.scales import Beside, Grade, Scale
from qaf_core.subjects import SubjectKind
from qaf_core.timing import AT_ONCE
from qaf_core.tools import Judgement, Question, Section

NOTE = Document(id="Note", title="A note", publisher="Nobody", dated="2020").at("1")
SAID: dict[str, Any] = {"source": NOTE, "standing": Standing.STATED}
DAY = date(2016, 2, 12)
LONG_AGO, LATER = date(2016, 2, 10), date(2016, 2, 14)

MARKS = Scale(
    id="marks",
    title="Two grades and an answer beside them",
    grades=(Grade("low", "Low"), Grade("high", "High")),
    beside=(Beside("unclear", "Not clear"),),
    **SAID,
)
COLOUR = choice("colour", {"red": "Red", "blue": "Blue", "grey": "Grey"})
THING = SubjectKind(id="thing", label="a thing", **SAID)
HEAD = Role(id="head", title="Head", **SAID)
SEEN = Ref("seen", YES_NO)
SHADE = Ref("shade", COLOUR)
VISITS = Ref("visits", COUNT)
MARK = Ref("mark", MARKS.kind)
LOW = MARKS["low"]
OPENED = Ref("opened", DATE)
GRADED = judgements_on(MARKS)

# --- small frameworks and conditions, at random ----------------------------------------


def plain() -> st.SearchStrategy[Cond]:
    """Conditions on facts alone, as asking and requiring may rest on."""
    return st.sampled_from(
        [
            SEEN.is_(True),
            SEEN.is_not(True),
            SHADE.is_("red"),
            SHADE.in_(("red", "blue")),
            SHADE.is_not("grey"),
            VISITS >= 2,
            VISITS < 2,
            MARK.is_(MARKS["low"]),
            MARK > LOW,
            MARK.is_("unclear"),
            OPENED > DAY,
            OPENED <= DAY,
        ]
    )


def leaves() -> st.SearchStrategy[Cond]:
    """Conditions of every shape that rules and laws have."""
    of_items = [
        SEEN.answered(),
        SHADE.pending(),
        MARK.not_applicable(),
        ~OPENED.answered(),
        questions.any(questions.adverse.is_(True)),
        questions.all(questions.state.is_("answered")),
        questions.count(questions.asked.is_(True)) >= 2,
        questions.any(questions.fact.is_("shade") & questions.required.is_(True)),
        GRADED.any(GRADED.grade.is_(MARKS["low"]) & GRADED.action_count.is_(0)),
        GRADED.any(GRADED.adverse_count >= 1),
        GRADED.all(GRADED.justified.is_(True)),
        GRADED.grade.worst() < MARKS["high"],
        GRADED.grade.best() >= MARKS["high"],
        actions.count() >= 1,
        actions.any(actions.section.is_("part")),
    ]
    return st.one_of(plain(), st.sampled_from(of_items))


def conditions(depth: int = 2) -> st.SearchStrategy[Cond]:
    """Conditions of several parts."""
    if depth == 0:
        return leaves()
    below = conditions(depth - 1)
    return st.one_of(
        leaves(),
        st.builds(lambda one, other: one & other, below, below),
        st.builds(lambda one, other: one | other, below, below),
        st.builds(lambda one: ~one, below),
    )


@st.composite
def frameworks(draw: st.DrawFn) -> Framework:
    """A tool of a section, three questions, a judgement and a host's date; two rules."""
    gates = st.one_of(st.just(ALWAYS), st.just(ALWAYS), plain())

    def about(name: str, *also: str) -> st.SearchStrategy[Cond]:
        """A gate that rests on none of these, so that no circle comes about."""
        barred = {name, *also}
        return gates.filter(lambda cond: not {ref.name for ref in refs(cond)} & barred)

    shade = Question(
        id="shade",
        prompt="Which?",
        kind=COLOUR,
        adverse=draw(st.sampled_from([(), ("red",)])),
        asked=draw(about("shade", "seen", "mark")),
        required=draw(st.one_of(st.just(NEVER), about("shade", "seen", "mark"))),
        **SAID,
    )
    seen = Question(
        id="seen_it",
        states="seen",
        prompt="Seen?",
        kind=YES_NO,
        adverse=(False,),
        asked=draw(about("seen", "mark", "visits")),
        required=draw(st.one_of(st.just(NEVER), about("seen", "mark", "visits"))),
        **SAID,
    )
    part = Section(
        id="part",
        title="Part",
        applies=draw(about("seen", "shade", "mark", "visits")),
        takes_na=draw(st.booleans()),
        parts=(seen, shade),
        judgements=(
            Judgement(id="mark", title="Mark", scale=MARKS, takes_na=draw(st.booleans()), **SAID)
            if draw(st.booleans())
            else Judgement(id="mark", title="Mark", scale=MARKS, **SAID),
        )
        if draw(st.booleans())
        else (),
        **SAID,
    )
    loose = part.takes_na and any(not each.takes_na for each in part.judgements)
    if loose:
        part = Section(
            id="part",
            title="Part",
            takes_na=False,
            parts=part.parts,
            judgements=part.judgements,
            **SAID,
        )
    visits = Question(id="visits", prompt="How many?", kind=COUNT, required=NEVER, **SAID)
    whole = () if part.judgements else (Judgement(id="mark", title="Mark", scale=MARKS, **SAID),)
    tool = Tool(
        id="look",
        version="1",
        title="A look",
        subject="thing",
        parts=(part, visits),
        judgements=whole,
        **SAID,
    )
    opened = Fact(
        id="opened",
        kind=DATE,
        label="the day",
        origin=Origin.HOST,
        needed=draw(st.booleans()),
        **SAID,
    )
    tells = (Escalate(to=(HEAD,), within=AT_ONCE),)
    base = Addition(
        id="small",
        version="1",
        scales=(MARKS,),
        roles=(HEAD,),
        subjects=(THING,),
        facts=(opened,),
        tools=(tool,),
        rules=(
            Rule("small.tells", "Tells.", when=draw(conditions()), then=tells, **SAID),
            Rule(
                "small.asks",
                "Asks.",
                when=draw(conditions(1)),
                then=draw(st.sampled_from([(Query(ask="Why?"),), (Require(what="it"),)])),
                **SAID,
            ),
        ),
    )
    return Framework.of(base)


# --- every audit there is -------------------------------------------------------------------

ASIDE = (NotApplicable(""), NotApplicable("a reason"))


def every_audit(framework: Framework, *laws: Cond) -> Iterator[Audit]:
    """Each audit of the small tool, with each value that a condition could tell apart.

    What no condition at all speaks of is left blank.
    """
    tool = framework.tool("look")
    conds = [*laws, *(rule.when for rule in framework.rules)]
    conds += [section.applies for section in tool.sections]
    for placed in tool.questions:
        assert isinstance(placed.item, Question)
        conds += [placed.item.asked, placed.item.required]
    read = {(ref.of, ref.name) for cond in conds for ref in refs(cond)}
    over = {name for cond in conds for name in collections_of(cond)}
    counted = bool({"actions"} & over) or ("judgements", "action_count") in read

    def told(name: str, *ways: Any) -> tuple[Any, ...]:
        asked = ("", name) in read or "questions" in over or ("judgements", "adverse_count") in read
        return (None, *ASIDE, *ways) if asked or name == "shade" else (None,)

    marks = (
        None,
        *(Judged(not_applicable=each) for each in ASIDE),
        *(Judged(grade=code) for code in ("low", "high", "unclear")),
        *(
            Judged(grade=code, justification="given")
            for code in ("", "low", "high", "unclear")
            if ("judgements", "justified") in read
        ),
        *(
            Judged(not_applicable=each, justification="given")
            for each in ASIDE
            if ("judgements", "justified") in read
        ),
    )
    shades = told("shade", "red", "blue", "grey")
    seens = told("seen", True, False)
    visits = told("visits", 0, 2)
    opened = told("opened", LONG_AGO, LATER) if ("", "opened") in read else (None,)
    sections = ({}, {"part": NotApplicable("a reason")}) if tool.sections[0].takes_na else ({},)
    acts = ((), ("part",), ("other",)) if counted else ((),)
    for shade, see, visit, mark, day, aside, act in product(
        shades, seens, visits, marks, opened, sections, acts
    ):
        answers = {"shade": shade, "seen_it": see, "visits": visit}
        yield Audit(
            id="A-1",
            tool=ToolPin(id="look", version="1", fingerprint=tool.fingerprint),
            subject=Subject(id="S-1", kind="thing", facts={} if day is None else {"opened": day}),
            answers={name: value for name, value in answers.items() if value is not None},
            judgements={} if mark is None else {"mark": mark},
            sections=aside,
            actions=tuple(Action(section=each, action="given") for each in act),
        )


def size(audit: Audit) -> int:
    """How much is filled in."""
    texts = sum(bool(each.justification) for each in audit.judgements.values())
    filled = sum(bool(each.grade or each.not_applicable) for each in audit.judgements.values())
    return (
        len(audit.answers)
        + filled
        + texts
        + len(audit.subject.facts)
        + len(audit.sections)
        + len(audit.actions)
    )


def with_laws(framework: Framework, *laws: Law) -> Check:
    """The small framework with these laws, checked."""
    return Framework.of(attrs.evolve(framework.base, laws=laws)).check()


@settings(
    max_examples=max(settings().max_examples // 6, 3),
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)
@given(frameworks(), conditions(), conditions(1))
def test_a_check_says_what_every_audit_says(framework: Framework, when: Cond, also: Cond) -> None:
    """Laws of each kind: broken if and only if some audit breaks them, and by the smallest.

    Rules: never or always firing if and only if no audit or every audit makes them.
    """
    laws = (
        Law("small.never", "Never.", claim=NeverMet(when=when), **SAID),
        Law("small.told", "Told.", claim=Told(when=also, roles=(HEAD,)), **SAID),
        Law("small.fires", "Fires.", claim=Fires(when=also, rule="small.asks"), **SAID),
        Law("small.asked", "Asked.", claim=Asked(when=also, fact=SHADE), **SAID),
    )
    tells = sure(framework.rule("small.tells").when)
    asks = sure(framework.rule("small.asks").when)
    never, met_also = sure(when), sure(also)
    required = sure(
        questions.any(
            questions.fact.is_("shade") & questions.asked.is_(True) & questions.required.is_(True)
        )
    )
    least: dict[str, int] = {}
    fired: dict[str, set[bool]] = {"small.tells": set(), "small.asks": set()}

    def note(law: str, audit: Audit) -> None:
        least[law] = min(least.get(law, 99), size(audit))

    plan = framework._ready_for(framework.tool("look").id, framework.tool("look").version, DAY).plan
    for audit in every_audit(framework, when, also):
        record = record_of(audit, plan, DAY).record
        for id, cond in (("small.tells", tells), ("small.asks", asks)):
            fired[id].add(met(cond, record))
        if met(never, record):
            note("small.never", audit)
        if met(met_also, record):
            for law, cond in (
                ("small.told", tells),
                ("small.fires", asks),
                ("small.asked", required),
            ):
                if not met(cond, record):
                    note(law, audit)
    check = with_laws(framework, *laws)
    for ruling in check.rulings:
        if ruling.law not in laws:
            continue
        assert ruling.answer is not Answer.UNDECIDED, ruling
        broken = ruling.answer is Answer.BROKEN
        assert broken is (ruling.law.id in least), ruling
        if ruling.counterexample is not None:
            found = ruling.counterexample.audit
            assert size(found) == least[ruling.law.id], f"{ruling.law.id}: {found.answers!r}"
    for kind, verdicts in ((Kind.NEVER, {False}), (Kind.ALWAYS, {True})):
        said = {each.about for each in check.problems if each.kind is kind}
        assert said & set(fired) == {id for id, seen in fired.items() if seen == verdicts}
