"""Records: what is remembered of one audit changes nothing in the record of the next.

A ``Recorder`` remembers what answers come to. Beside it stands the plain way: each fact
settled by ``Reading`` in the order of the plan, with nothing remembered. Audits at random,
right and wrong in content, give the same record both ways, whatever was read before.
"""

from __future__ import annotations

import copy
import importlib.util
import operator
import pickle
import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import UTC, date, datetime
from fractions import Fraction
from itertools import islice
from multiprocessing import get_context
from random import Random  # noqa: TID251 - chance with a seed of its own
from types import MappingProxyType
from typing import Any

import pytest
from attrs import evolve

from qaf_core import (
    READING_2016,
    Addition,
    Audit,
    Framework,
    Standing,
    Tool,
    example,
    load_framework,
    read_audit,
    review_to_plain,
)
from qaf_core.audits import Action, Judged, NotApplicable, Participant, Return, Subject, ToolPin
from qaf_core.facts import Fact, Origin
from qaf_core.logic import YES_NO, Gap, Kind, Ref, Sort
from qaf_core.plans import Plan
from qaf_core.recording import Recorder, alone
from qaf_core.records import AuditRecord
from qaf_core.settling import GIVEN, Reading
from qaf_core.slots import Batch, Slot
from qaf_core.sources import QAF
from qaf_core.tools import Question, Section
from second_framework.framework import NORTHMERE

ON = date(2016, 3, 1)
NOTHING_UNREAD: frozenset[str] = frozenset()
SECRET = "Mary-Lou"


def _reading() -> Framework:
    if importlib.util.find_spec("qaf_yos"):
        return load_framework()
    return Framework.of(READING_2016)


def _gated() -> Framework:
    """One tool, whose last question is asked by the first and required by the second."""
    first, second = Ref("first", YES_NO), Ref("second", YES_NO)
    said: dict[str, Any] = {"source": QAF.at("6"), "standing": Standing.EDITORIAL}
    asked: tuple[dict[str, Any], ...] = (
        {"id": "first", "required": second.is_(False)},
        {"id": "second", "takes_na": True},
        {"id": "third", "asked": first.is_(True), "required": second.is_(True)},
        {"id": "fourth", "asked": first.is_(True), "required": second.is_(True)},
    )
    parts = tuple(
        Question(prompt=f"{each['id']}?", kind=YES_NO, adverse=(False,), **each, **said)
        for each in asked
    )
    part = Section(id="part", title="Part", takes_na=True, parts=parts, **said)
    tool = Tool(id="gated", version="1", title="Gated", subject="child_case", parts=(part,), **said)
    return Framework.of(READING_2016, Addition(id="ours", version="1", tools=(tool,)))


FRAMEWORKS = {"gated": _gated(), "reading": _reading(), "second": Framework.of(NORTHMERE)}
TOOLS = [
    pytest.param(framework, tool, id=f"{name}.{tool.id}")
    for name, framework in FRAMEWORKS.items()
    for tool in framework.tools
    if name != "gated" or tool.id == "gated"
]


def plan_of(framework: Framework, tool: Tool) -> Plan:
    """The tool made ready, with nothing remembered."""
    whole: Plan = pickle.loads(pickle.dumps(framework._ready_for(tool.id, tool.version, ON).plan))
    assert not whole.made
    return whole


# --- the plain way --------------------------------------------------------------------------


def settled_step_by_step(
    audit: Audit, plan: Plan, unread: frozenset[str] = NOTHING_UNREAD
) -> dict[str, Any]:
    """The record with each of its facts settled in turn; what the recorder adds, by hand."""
    reading = Reading(audit, plan, ON, unread)
    facts = reading.values
    for fact in plan.host:
        facts[fact.id] = reading.host(fact)
    stated = []
    for entry in plan.order:
        if isinstance(entry, Fact):
            facts[entry.id] = reading.derived(entry)
        else:
            facts[entry.name] = reading.settle(entry)
            stated.append(entry.name)
    questions = tuple(reading.question(placed) for placed in plan.tool.questions)
    judgements = tuple(reading.judgement(placed, questions) for placed in plan.tool.judged)
    come = {each.party: each for each in audit.returns}
    returned = []
    for party in dict.fromkeys((*audit.expected, *come)):
        item = dict.fromkeys(plan.tool.facts, Gap.PENDING)
        if party in come:
            item = settled_step_by_step(alone(audit, come[party]), plan)["facts"]
        received = come[party].received if party in come else None
        moderated = party in come and come[party].moderated
        own = {"id": party, "party": party, "received": received or Gap.PENDING}
        returned.append({**item, **own, "moderated": moderated})
    return {
        "facts": facts,
        "questions": questions,
        "judgements": judgements,
        "returns": tuple(returned),
        "pending": any(facts[name] is Gap.PENDING for name in stated),
        "set aside": sorted(reading.set_aside),
        "faults": {each.path for each in reading.faults},
    }


def as_recorded(made: AuditRecord) -> dict[str, Any]:
    """What the recorder made, to be compared with the same settled step by step."""
    items = made.record.items
    return {
        "facts": made.record.facts,
        **{name: items[name] for name in ("questions", "judgements", "returns")},
        "pending": made.pending,
        "set aside": sorted(made.set_aside),
        "faults": {each.path for each in made.faults} - {"answers", "judgements", "sections"},
    }


def whole(made: AuditRecord) -> object:
    """All of a record, to be compared with another."""
    told = (made.record.facts, made.record.items, made.pending, made.set_aside)
    return exactly((*told, tuple(str(each) for each in made.faults)))


def exactly(value: Any) -> object:
    """A value with its type at every level: True is not 1."""
    if isinstance(value, Mapping):
        return {name: exactly(each) for name, each in value.items()}
    if isinstance(value, tuple | list):
        return type(value), [exactly(each) for each in value]
    return type(value), value


# --- audits at random -----------------------------------------------------------------------


class Text(str):
    """Text that is almost text."""

    __slots__ = ()


WRONG: tuple[Any, ...] = (
    0, 1, -1, 1.5, "yes", "no such code", Text("good"), Text("yes"), True, False, [], ("a", "a"),
    date(2016, 1, 1), datetime(2016, 1, 1, tzinfo=UTC), Fraction(1, 3),
    10**30, {}, object(), b"yes",
)  # fmt: skip
REASONS = (NotApplicable(""), NotApplicable("  "), NotApplicable(SECRET))


def an_answer(kind: Kind, chance: Random) -> Any:
    """Mostly an answer of the kind; at times none of the kind, or not applicable."""
    drawn = chance.random()
    if drawn < 0.08:
        return chance.choice(WRONG)
    if drawn < 0.2:
        return chance.choice(REASONS)
    match kind.sort:
        case Sort.YES_NO:
            return chance.random() < 0.5
        case Sort.CODE:
            return chance.choice(kind.every_code)
        case Sort.CODES:
            return tuple(chance.sample(kind.every_code, chance.randint(0, len(kind.every_code))))
        case Sort.DATE:
            return date(2015, chance.randint(1, 12), chance.randint(1, 28))
        case Sort.MOMENT:
            return datetime(2016, 1, 1, chance.randint(0, 23), tzinfo=UTC)
        case Sort.COUNT:
            return chance.randint(0, 4)
        case Sort.NUMBER:
            return (kind.lowest or Fraction(0)) + (kind.step or 1) * chance.randint(0, 3)
    return chance.choice((SECRET, "Seen.", ""))


def some(kinds: Mapping[str, Kind], chance: Random) -> dict[str, Any]:
    """Answers to some of these."""
    share = chance.choice((0.3, 0.8, 1.0))
    return {id: an_answer(kind, chance) for id, kind in kinds.items() if chance.random() < share}


def audits(framework: Framework, tool: Tool, chance: Random) -> Iterator[Audit]:
    """Audits without end: drafts and whole ones, with and without what may go wrong."""
    answers = {placed.item.id: placed.item.ref.kind for placed in tool.questions}
    grades = {placed.item.id: placed.item.ref.kind for placed in tool.judged}
    host = {
        fact.id: fact.kind
        for fact in framework.facts
        if fact.origin is Origin.HOST and fact.known_for(tool.subject)
    }
    roles = [role.id for role in framework.roles]
    targets = [*tool.action_targets, "no such section"]

    def judged() -> dict[str, Judged]:
        made = {}
        for id, given in some(grades, chance).items():
            aside = isinstance(given, NotApplicable)
            made[id] = Judged(
                grade="" if aside else given,
                not_applicable=given if aside else None,
                analysis=chance.choice(("", " ", SECRET)),
                justification=chance.choice(("", SECRET)),
            )
        return made

    while True:
        few = chance.choice((0, 0, 1, 3))
        yield Audit(
            id="A-1",
            tool=ToolPin(id=tool.id, version=tool.version, fingerprint=tool.fingerprint),
            subject=Subject(id="C-1", kind=tool.subject, facts=some(host, chance)),
            audited=chance.choice((None, date(2016, 2, 1), date(2015, 7, 1))),
            participants=tuple(Participant(role=each, post="P") for each in chance.sample(roles, few)),
            answers=some(answers, chance) | ({"nobody_asks": 1} if chance.random() < 0.1 else {}),
            judgements=judged(),
            sections={
                section.id: chance.choice(REASONS)
                for section in tool.sections
                if chance.random() < 0.08
            },
            actions=tuple(
                Action(section=chance.choice(targets), action=SECRET) for _ in range(few * 2)
            ),
            expected=tuple(chance.sample(roles, few)),
            returns=tuple(
                Return(
                    party=party,
                    received=chance.choice((None, date(2016, 2, 2))),
                    answers=some(answers, chance),
                    judgements=judged(),
                    moderated=chance.random() < 0.5,
                )
                for party in chance.sample(roles, chance.choice((0, 0, 0, 2)))
            ),
            moderates=chance.choice(("", "A-0")),
        )  # fmt: skip


def unread_of(tool: Tool, chance: Random) -> frozenset[str]:
    """Ids of what could not be read: of some that are answered, and of some that are not."""
    if chance.random() < 0.6:
        return NOTHING_UNREAD
    ids = [placed.item.id for placed in (*tool.questions, *tool.judged)]
    return frozenset(chance.sample(ids, min(chance.choice((1, 3, 20)), len(ids))))


@pytest.mark.parametrize(("framework", "tool"), TOOLS)
def test_what_is_remembered_changes_no_record(framework: Framework, tool: Tool) -> None:
    """Each audit after all others, by itself, and step by step: one and the same record."""
    chance = Random(tool.id)
    drawn = islice(audits(framework, tool, chance), 60 if len(tool.questions) > 9 else 300)
    read = [(audit, unread_of(tool, chance)) for audit in drawn]
    plan = plan_of(framework, tool)
    used = Recorder(plan)
    for audit, unread in read:
        made = used.record(audit, ON, unread=unread)
        plain = settled_step_by_step(audit, plan, unread)
        assert exactly(as_recorded(made)) == exactly(plain)
    for number in chance.choices(range(len(read)), k=60):
        audit, unread = read[number]
        made = used.record(audit, ON, unread=unread)
        plain = settled_step_by_step(audit, plan, unread)
        assert exactly(as_recorded(made)) == exactly(plain)
    for audit, unread in read[:: len(read) // 5]:
        fresh = Recorder(plan_of(framework, tool)).record(audit, ON, unread=unread)
        assert whole(fresh) == whole(used.record(audit, ON, unread=unread))


def slots_of(used: Recorder) -> list[Slot]:
    """All that a recorder remembers answers of."""
    found: list[Slot] = []
    for each in used.order:
        if isinstance(each, Batch):
            found += each.slots
        elif isinstance(each, Slot):
            found.append(each)
    return found


def test_nothing_that_a_person_wrote_is_remembered() -> None:
    """No reason, text or date outlives its audit in what a recorder keeps."""
    framework = FRAMEWORKS["reading"]
    tool = framework.tool("case_file")
    used = Recorder(plan_of(framework, tool))
    for audit in islice(audits(framework, tool, Random(1)), 40):
        used.record(audit, ON)
    kept: list[Any] = [slot.made for slot in slots_of(used)]
    kept += [made for *_, made in used.judged]
    found = []
    while kept:
        each = kept.pop()
        if isinstance(each, Mapping):
            kept += [*each.keys(), *each.values()]
        elif isinstance(each, tuple | list):
            kept += each
        else:
            found.append(each)
    assert len(found) > 1000
    assert not [each for each in found if isinstance(each, date | NotApplicable)]
    assert SECRET not in found


def test_no_text_is_taken_for_what_stands_for_it() -> None:
    """An answer that is the very word that stands for any text opens no record to another's."""
    framework = FRAMEWORKS["reading"]
    tool = framework.tool("case_file")
    used = Recorder(plan_of(framework, tool))
    texts = [each.item.id for each in tool.questions if each.item.ref.kind.sort is Sort.TEXT]
    blank = next(audits(framework, tool, Random(4)))
    for text in (GIVEN, SECRET):
        made = used.record(evolve(blank, answers=dict.fromkeys(texts, text)), ON)
        assert SECRET not in made.record.facts.values()
        assert made.record.facts[texts[0]] in (GIVEN, Gap.SILENT)


LATE = "genogram_helps"
"""A question of the case file of which no rule reads the fact."""


def stated_by(audit: Audit, framework: Framework) -> Any:
    """The facts of an audit, of which nobody has asked anything yet."""
    basis = framework.review(audit, on=ON).basis
    assert basis is not None
    return basis.record.facts


@pytest.mark.parametrize(
    "asks",
    [
        lambda facts: facts[LATE],
        lambda facts: facts.get(LATE),
        lambda facts: MappingProxyType(facts)[LATE],
        lambda facts: LATE in facts,
        lambda facts: "no such fact" in facts,
        lambda facts: facts.get("no such fact", "none"),
        sorted,
        lambda facts: len(list(reversed(facts))),
        len,
        lambda facts: sorted(facts.keys()),
        lambda facts: dict(facts.items()),
        lambda facts: dict(zip(facts, facts.values(), strict=True)),
        dict,
        lambda facts: {**facts},
        lambda facts: facts.copy(),
        copy.deepcopy,
        lambda facts: pickle.loads(pickle.dumps(facts)),
        lambda facts: facts | {"more": 1},
        lambda facts: {"more": 1} | facts,
        repr,
    ],
)
def test_whoever_asks_finds_every_fact(asks: Callable[[Any], Any]) -> None:
    """In whatever way a dictionary can be read, what was left out at first is there."""
    framework = FRAMEWORKS["reading"]
    audit = read_audit(example("good_throughout"), framework)
    whole = dict(framework.record(audit, on=ON).record.facts.items())
    whole_again = stated_by(audit, framework)
    assert len(list(whole_again)) == len(whole) > 100
    asked = asks(stated_by(audit, framework))
    if isinstance(asked, str) and "facts" in asked:
        assert asked == f"<{len(whole)} facts>"
    else:
        assert asked == asks(whole)


def test_facts_are_compared_whole() -> None:
    framework = FRAMEWORKS["reading"]
    audit = read_audit(example("good_throughout"), framework)
    whole = dict(stated_by(audit, framework).items())
    assert stated_by(audit, framework) == stated_by(audit, framework)
    assert stated_by(audit, framework) == whole
    assert whole == stated_by(audit, framework)
    assert not stated_by(audit, framework) != whole  # noqa: SIM202 - what != says is asked
    assert not whole != stated_by(audit, framework)  # noqa: SIM202 - what != says is asked
    assert stated_by(audit, framework) != whole | {LATE: "other"}


@pytest.mark.parametrize(
    "take",
    [
        lambda facts: facts.pop(LATE, None),
        lambda facts: facts.popitem(),
        lambda facts: facts.setdefault(LATE, None),
        lambda facts: facts.clear(),
        lambda facts: operator.delitem(facts, LATE),
        lambda facts: operator.setitem(facts, LATE, True),
        lambda facts: facts.__ior__({LATE: True}),
        lambda facts: facts.update({LATE: True}),
        lambda facts: facts.update(overall="good"),
    ],
)
def test_nobody_changes_a_fact(take: Callable[[Any], Any]) -> None:
    framework = FRAMEWORKS["reading"]
    facts = stated_by(read_audit(example("good_throughout"), framework), framework)
    with pytest.raises(TypeError, match="stay as they are"):
        take(facts)


def test_only_so_much_is_remembered() -> None:
    """However many actions audits have, no more is kept."""
    framework = FRAMEWORKS["gated"]
    tool = framework.tool("gated")
    used = Recorder(plan_of(framework, tool))
    blank = next(audits(framework, tool, Random(3)))
    for count in range(100):
        actions = (Action(section="part", action="Put it right."),) * count
        made = used.record(evolve(blank, actions=actions), ON)
        assert {each["action_count"] for each in made.record.items["questions"]} == {count}
    slots = slots_of(used)
    assert len(slots) == 4
    assert all(len(slot.made) <= 64 for slot in slots)
    assert all(len(table) <= 64 for slot in slots for table in slot.made.values())


# --- what a review rests on ------------------------------------------------------------------


def counted_from(record: AuditRecord) -> object:
    """What reports count of a record."""
    items = record.record.items
    graded = {each["id"]: record.record.facts[str(each["id"])] for each in items["judgements"]}
    return record.adverse, graded, items["questions"], record.pending


@pytest.mark.parametrize(("framework", "tool"), TOOLS)
def test_what_a_review_rests_on_is_what_would_be_made_anew(
    framework: Framework, tool: Tool
) -> None:
    """On whatever day an audit is counted, it is counted as if nobody had reviewed it."""
    for audit in islice(audits(framework, tool, Random(5)), 20):
        review = framework.review(audit, on=ON)
        for day in (ON, date(2016, 9, 1), date(2015, 1, 1)):
            stated = framework.stated(audit, review, on=day)
            assert counted_from(stated) == counted_from(framework.record(audit, on=day))
        adverse = {str(each["id"]): each["adverse"] for each in stated.record.items["questions"]}
        told = {id: value for id, value in adverse.items() if isinstance(value, bool)}
        assert stated.adverse == told


def test_a_review_of_another_audit_is_no_basis() -> None:
    """Read again, changed, or reviewed by other numbers: then the record is made anew."""
    framework = FRAMEWORKS["reading"]
    plan = framework._ready_for("case_file", "2016.1", ON).plan
    audit = read_audit(example("good_throughout"), framework)
    review = framework.review(audit, on=ON)
    made = review.basis
    assert isinstance(made, AuditRecord)
    assert made.is_of(audit, plan, ON)
    assert framework.stated(audit, review, on=ON) is made
    again = read_audit(example("good_throughout"), framework)
    assert again == audit
    assert not made.is_of(again, plan, ON)
    assert not made.is_of(audit, plan_of(framework, plan.tool), ON)
    worse = evolve(audit, answers={**audit.answers, "chronology_current": False})
    assert framework.stated(worse, review, on=ON).adverse["chronology_current"] is True
    assert framework.review(audit, on=ON, unread=["safe"]).basis is None
    assert pickle.loads(pickle.dumps(review)).basis is None
    carried = pickle.loads(pickle.dumps(made))
    assert not carried.is_of(audit, plan, ON)
    assert counted_from(carried) == counted_from(made)
    assert SECRET not in repr(review.basis)


def test_where_the_day_tells_the_record_is_of_that_day() -> None:
    """A question that is asked only after a day comes to something else before it."""
    from qaf_core.facts import today

    said: dict[str, Any] = {"source": QAF.at("6"), "standing": Standing.EDITORIAL}
    late = Question(id="late", prompt="Late?", kind=YES_NO, asked=today > date(2016, 6, 1),
                    adverse=(True,), **said)  # fmt: skip
    part = Section(id="part", title="Part", parts=(late,), **said)
    tool = Tool(id="dated", version="1", title="Dated", subject="child_case", parts=(part,), **said)
    framework = Framework.of(READING_2016, Addition(id="ours", version="1", tools=(tool,)))
    audit = Audit(
        id="A-1",
        tool=ToolPin(id="dated", version="1"),
        subject=Subject(id="C-1", kind="child_case"),
        audited=ON,
        answers={"late": True},
    )
    review = framework.review(audit, on=ON)
    assert framework.stated(audit, review, on=ON).adverse == {}
    assert framework.stated(audit, review, on=date(2016, 7, 1)).adverse == {"late": True}


def test_threads_share_what_is_remembered() -> None:
    """Many at once give what one after the other gives."""
    framework = FRAMEWORKS["reading"]
    tool = framework.tool("case_file")
    read = list(islice(audits(framework, tool, Random(2)), 60))
    one = Recorder(plan_of(framework, tool))
    alike = [whole(one.record(audit, ON)) for audit in read]
    shared = Recorder(plan_of(framework, tool))
    with ThreadPoolExecutor(8) as pool:
        for _ in range(3):
            made = pool.map(lambda audit: whole(shared.record(audit, ON)), read)
            assert list(made) == alike


def test_threads_that_begin_together_miss_no_fact() -> None:
    """What one remembers another finds whole, however they take turns."""
    framework = FRAMEWORKS["reading"]
    tool = framework.tool("case_file")
    read = list(islice(audits(framework, tool, Random(6)), 4))
    alike = [whole(Recorder(plan_of(framework, tool)).record(audit, ON)) for audit in read]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(3) as pool:
            for _ in range(40):
                fresh = Recorder(plan_of(framework, tool))
                made = pool.map(lambda audit, by=fresh: whole(by.record(audit, ON)), read * 2)
                assert list(made) == alike * 2
    finally:
        sys.setswitchinterval(interval)


# --- what is made ready and carried elsewhere ------------------------------------------------


def test_a_framework_that_was_used_pickles_as_it_was_made() -> None:
    """What it made ready stays behind: nothing of an audit goes with it, nothing hinders it."""
    framework = _reading()
    fresh = pickle.dumps(framework)
    audit = read_audit(example("inadequate_unsafe"), framework)
    review = framework.review(audit, on=ON)
    assert pickle.dumps(framework) == fresh
    again: Framework = pickle.loads(fresh)
    assert again.name == framework.name
    told = review_to_plain(again.review(audit, on=ON))
    assert told == review_to_plain(review) == review_to_plain(pickle.loads(pickle.dumps(review)))
    prepared = framework._ready_for("case_file", "2016.1", ON)
    carried = pickle.loads(pickle.dumps(prepared))
    assert [each.rule for each in carried.rules] == [each.rule for each in prepared.rules]


def test_another_process_reviews_alike() -> None:
    """A framework that was used here is used there."""
    framework = FRAMEWORKS["reading"]
    audit = read_audit(example("inadequate_unsafe"), framework)
    here = review_to_plain(framework.review(audit, on=ON))
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        there = pool.submit(framework.review, audit, on=ON).result(timeout=60)
    assert review_to_plain(there) == here
