"""Laws of the engine, on random conditions and random records.

The meaning is checked twice: lowering against explain, and both against an oracle
written here from the design alone, which knows three answers (met, its opposite met,
neither) and no lowering.
"""

from __future__ import annotations

import inspect
import operator
import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import product
from typing import Any

import attrs
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from qaf_core.logic import (
    ALWAYS,
    COUNT,
    NEVER,
    YES_NO,
    Cond,
    Gap,
    Kind,
    Record,
    Ref,
    Sort,
    Term,
    Value,
    Verdict,
    english,
    explain,
    known_only,
    met,
    possible,
    refs,
    sure,
)
from qaf_core.logic.expressions import (
    AllOf,
    And,
    AnyOf,
    Compare,
    Const,
    Count,
    Extreme,
    HasState,
    In,
    Not,
    Op,
    Or,
    State,
)
from strategies import (
    FACTS,
    MEETINGS,
    STEPS,
    Case,
    cases,
    conditions,
    constants,
    leaves,
    over_items,
    records,
    settlements,
    silent,
    values,
    without_gaps,
)

Item = Mapping[str, Value] | None

HELD, MINUTED, DAYS_LATE = MEETINGS.held, MEETINGS.minuted, MEETINGS.days_late
SEEN = Ref("seen", YES_NO)


def meetings(*items: dict[str, Value], **facts: Value) -> Record:
    """A record of these facts, with these meetings and no steps."""
    numbered = tuple({"id": f"n{place}", **item} for place, item in enumerate(items, start=1))
    return Record(facts, {MEETINGS.id: numbered, STEPS.id: ()})


def verdict(cond: Cond, record: Record, item: Item = None) -> Verdict:
    """What explain makes of a condition."""
    return explain(cond, record, item).verdict


# --- lowering and explain ---------------------------------------------------------------


@given(cases(states=True))
def test_lowering_says_what_explain_says(case: Case) -> None:
    """A condition is met where its sure form is, and ruled out where its possible form is not."""
    cond, record, item = case.cond, case.record, case.item
    found = verdict(cond, record, item)
    assert (found is Verdict.MET) == met(sure(cond), record, item)
    assert (found is Verdict.NOT_MET) == (not met(possible(cond), record, item))


@given(over_items(states=True), records())
def test_lowering_says_what_explain_says_of_items(cond: Cond, record: Record) -> None:
    """The same of any, all, counts, worst and best alone, where the bounds are hard to hit."""
    found = verdict(cond, record)
    assert (found is Verdict.MET) == met(sure(cond), record)
    assert (found is Verdict.NOT_MET) == (not met(possible(cond), record))


@given(cases(states=True))
def test_what_is_sure_is_possible(case: Case) -> None:
    """No condition is sure and ruled out at once."""
    if met(sure(case.cond), case.record, case.item):
        assert met(possible(case.cond), case.record, case.item)


@given(cases(), st.data())
def test_what_is_sure_stays_met_however_the_pending_are_answered(
    case: Case, data: st.DataObject
) -> None:
    """Answers that come in later never undo what was sure."""
    settled = data.draw(settlements(case.record))
    for cond in (case.cond, ~case.cond):
        if met(sure(cond), case.record, case.item):
            assert met(sure(cond), settled, case.item_in(settled))


@given(cases(), st.data())
def test_what_is_ruled_out_is_met_by_no_answer(case: Case, data: st.DataObject) -> None:
    """Answers that come in later never meet what was not possible."""
    settled = data.draw(settlements(case.record))
    for cond in (case.cond, ~case.cond):
        if not met(possible(cond), case.record, case.item):
            assert not met(possible(cond), settled, case.item_in(settled))


@given(cases(without_gaps(), states=True))
def test_where_nothing_is_pending_nothing_is_unsettled(case: Case) -> None:
    """With every fact answered or silent, sure and possible are equal."""
    assert met(sure(case.cond), case.record, case.item) == met(
        possible(case.cond), case.record, case.item
    )


# --- an oracle from the design -----------------------------------------------------------

COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}


def in_order(kind: Kind, value: Any) -> Any:
    """Something that sorts as the kind does; None for an answer beside the order."""
    if not kind.codes:
        return value
    return dict(zip(kind.codes, range(len(kind.codes)), strict=True)).get(value)


def holds(cond: Cond, record: Record, item: Item) -> bool | None:
    """Whether a condition is met (True), its opposite is (False), or neither (None)."""
    if isinstance(cond, Not):
        inner = holds(cond.part, record, item)
        return None if inner is None else not inner
    if isinstance(cond, And | Or):
        answers = {holds(part, record, item) for part in cond.parts}
        deciding = isinstance(cond, Or)
        if deciding in answers:
            return deciding
        return None if None in answers else not deciding
    if isinstance(cond, AnyOf):
        return any(
            holds(cond.where, record, each) is True for each in record.items[cond.collection]
        )
    if isinstance(cond, AllOf):
        return not any(
            holds(cond.where, record, each) is False for each in record.items[cond.collection]
        )
    if isinstance(cond, HasState):
        value = worth(cond.ref, record, item)
        if cond.state is State.ANSWERED:
            return not isinstance(value, Gap)
        return value is (Gap.PENDING if cond.state is State.PENDING else Gap.NOT_APPLICABLE)
    if isinstance(cond, In):
        value = worth(cond.ref, record, item)
        if isinstance(value, Gap):
            return None
        held = set(value) if isinstance(value, tuple) else {value}
        return not held.isdisjoint(cond.values)
    assert isinstance(cond, Compare)
    left, right = worth(cond.left, record, item), worth(cond.right, record, item)
    if isinstance(left, Gap) or isinstance(right, Gap):
        return None
    if isinstance(left, tuple):
        left, right = set(left), set(right)
    if cond.op in {Op.EQ, Op.NE}:
        return COMPARISONS[cond.op](left, right)
    left, right = in_order(cond.left.kind, left), in_order(cond.right.kind, right)
    if left is None or right is None:
        return None
    return COMPARISONS[cond.op](left, right)


def worth(term: Term, record: Record, item: Item) -> Any:
    """The value of a term on a record with nothing open, or the gap in its place."""
    if isinstance(term, Const):
        return term.value
    if isinstance(term, Ref):
        return item[term.name] if term.of and item is not None else record.facts[term.name]
    if isinstance(term, Count):
        return sum(
            holds(term.where, record, each) is True for each in record.items[term.collection]
        )
    assert isinstance(term, Extreme)
    found = [
        each[term.ref.name]
        for each in record.items[term.ref.of]
        if not isinstance(each[term.ref.name], Gap)
        and in_order(term.kind, each[term.ref.name]) is not None
        and holds(term.where, record, each) is True
    ]
    if not found:
        return Gap.SILENT
    found.sort(key=lambda value: in_order(term.kind, value))
    return found[-1] if term.best else found[0]


@given(cases(without_gaps(), states=True))
def test_where_nothing_is_pending_a_condition_means_what_the_design_says(case: Case) -> None:
    """The oracle agrees on every condition and on its opposite."""
    cond, record, item = case.cond, case.record, case.item
    expected = holds(cond, record, item)
    assert met(sure(cond), record, item) == (expected is True)
    assert met(sure(~cond), record, item) == (expected is False)


@given(cases(), st.data())
def test_an_answer_is_never_against_what_was_said_before_it_came(
    case: Case, data: st.DataObject
) -> None:
    """What the oracle says once all is answered, possible did not rule out and sure did not deny."""
    settled = data.draw(settlements(case.record))
    expected = holds(case.cond, settled, case.item_in(settled))
    found = verdict(case.cond, case.record, case.item)
    if expected is True:
        assert found is not Verdict.NOT_MET
    else:
        assert found is not Verdict.MET


# --- silence, polarity and quantifiers ----------------------------------------------------


@given(leaves(), records(), st.data())
def test_a_comparison_with_a_silent_fact_is_met_in_neither_polarity(
    leaf: Cond, record: Record, data: st.DataObject
) -> None:
    """Neither the comparison nor its opposite is met, or even possible."""
    chosen = data.draw(st.sampled_from(sorted(refs(leaf), key=lambda ref: ref.name)))
    hushed = silent(record, frozenset((chosen,)))
    for either in (leaf, ~leaf):
        assert verdict(either, hushed) is Verdict.NOT_MET
        assert not met(possible(either), hushed)


@given(cases(states=True))
def test_double_negation_changes_nothing(case: Case) -> None:
    """The opposite of the opposite is read as the condition itself, however it is written."""
    found = verdict(case.cond, case.record, case.item)
    assert verdict(Not(Not(case.cond)), case.record, case.item) is found
    assert verdict(~~case.cond, case.record, case.item) is found


@given(cases(states=True), conditions(2, states=True))
def test_the_opposite_of_both_is_the_opposite_of_one_or_the_other(case: Case, other: Cond) -> None:
    """De Morgan's laws hold in meaning, with silence and pending as well."""
    cond, record, item = case.cond, case.record, case.item
    assert verdict(~(cond & other), record, item) is verdict(~cond | ~other, record, item)
    assert verdict(~(cond | other), record, item) is verdict(~cond & ~other, record, item)


@given(conditions(2, MEETINGS.id, states=True, nested=True), records())
def test_any_is_that_some_item_meets_it(where: Cond, record: Record) -> None:
    """Any is as sure as its surest item, and its opposite is that none may meet it."""
    each = {verdict(where, record, item) for item in record.items[MEETINGS.id]}
    some = MEETINGS.any(where)
    assert (verdict(some, record) is Verdict.MET) == (Verdict.MET in each)
    assert (verdict(some, record) is Verdict.NOT_MET) == (each <= {Verdict.NOT_MET})
    assert (verdict(~some, record) is Verdict.MET) == (each <= {Verdict.NOT_MET})


@given(conditions(2, MEETINGS.id, states=True, nested=True), records())
def test_all_is_that_no_item_meets_the_opposite(where: Cond, record: Record) -> None:
    """All is met unless some item may meet the opposite: a silent item is not against it."""
    against = {verdict(~where, record, item) for item in record.items[MEETINGS.id]}
    every = MEETINGS.all(where)
    assert (verdict(every, record) is Verdict.MET) == (against <= {Verdict.NOT_MET})
    assert (verdict(every, record) is Verdict.NOT_MET) == (Verdict.MET in against)
    assert verdict(every, record) is verdict(~MEETINGS.any(~where), record)


ORDERED_FIELDS = tuple(
    getattr(MEETINGS, name) for name, kind in MEETINGS.fields.items() if kind.ordered
)


def extremes_of(ref: Ref, where: Cond | None) -> tuple[Term, Term]:
    """The worst and the best of a field over the items that meet a condition."""
    return ref.worst(where), ref.best(where)


@given(
    st.sampled_from(ORDERED_FIELDS),
    st.one_of(st.none(), conditions(1, MEETINGS.id, nested=True)),
    records(),
    st.data(),
)
def test_worst_and_best_pass_over_the_silent(
    ref: Ref, where: Cond | None, record: Record, data: st.DataObject
) -> None:
    """Items whose field is silent, or beside the order, might as well not be there."""
    constant = data.draw(constants(ref.kind))

    def passed_over(value: Value) -> bool:
        if isinstance(value, Gap):
            return not value.open
        return in_order(ref.kind, value) is None

    fewer = Record(
        record.facts,
        {
            **record.items,
            MEETINGS.id: tuple(
                item
                for item in record.items[MEETINGS.id]
                if not passed_over(item.get(ref.name, Gap.UNKNOWN))
            ),
        },
    )
    for term in extremes_of(ref, where):
        for cond in (term < constant, term >= constant, term.is_(constant)):
            assert verdict(cond, record) is verdict(cond, fewer)
            assert verdict(~cond, record) is verdict(~cond, fewer)


@given(
    st.sampled_from(ORDERED_FIELDS),
    st.one_of(st.none(), conditions(1, MEETINGS.id, nested=True)),
    records(),
    st.data(),
)
def test_the_worst_or_best_of_nothing_is_silent(
    ref: Ref, where: Cond | None, record: Record, data: st.DataObject
) -> None:
    """Over items that are all silent, no comparison is met in either polarity."""
    constant = data.draw(constants(ref.kind))
    for hushed in (silent(record, frozenset((ref,))), meetings(**record.facts)):
        for term in extremes_of(ref, where):
            for cond in (term < constant, term >= constant, term.is_(constant)):
                assert verdict(cond, hushed) is Verdict.NOT_MET
                assert verdict(~cond, hushed) is Verdict.NOT_MET


@given(
    st.sampled_from(ORDERED_FIELDS),
    st.one_of(st.none(), conditions(1, MEETINGS.id, nested=True)),
    without_gaps(),
    st.data(),
)
def test_a_worst_or_best_is_this_one_or_it_is_not(
    ref: Ref, where: Cond | None, record: Record, data: st.DataObject
) -> None:
    """Wherever both have a value one of ``is_`` and ``is_not`` is met, beside the order too."""
    written = constants(ref.kind).map(lambda value: Const(ref.kind.constant(value), ref.kind))
    facts = [fact for fact in FACTS if fact.kind.comparable(ref.kind)]
    other = data.draw(st.one_of(written, st.sampled_from(facts)))
    for term in extremes_of(ref, where):
        for left, right in ((term, other), (other, term)):
            one, two = worth(left, record, None), worth(right, record, None)
            same = None if isinstance(one, Gap) or isinstance(two, Gap) else one == two
            assert (verdict(left.is_(right), record) is Verdict.MET) == (same is True)
            assert (verdict(left.is_not(right), record) is Verdict.MET) == (same is False)


@given(
    st.sampled_from(ORDERED_FIELDS),
    st.one_of(st.none(), conditions(1, MEETINGS.id, nested=True)),
    records(),
)
def test_the_worst_is_never_surely_better_than_the_best(
    ref: Ref, where: Cond | None, record: Record
) -> None:
    """The two ends of the same items keep their order."""
    assert verdict(ref.worst(where) > ref.best(where), record) is not Verdict.MET


# --- facts that nothing states, and what would settle it ----------------------------------


@given(cases(states=True))
@example(Case(DAYS_LATE.worst(SEEN.is_(True)) < 2, meetings({"days_late": 1}), None))
def test_a_fact_that_nothing_states_counts_as_silent(case: Case) -> None:
    """With unknown facts taken as not met, a condition reads as if they were silent."""
    stated = frozenset(
        name for name, value in case.record.facts.items() if value is not Gap.UNKNOWN
    )
    unknown = frozenset(ref for ref in FACTS if ref.name not in stated)
    as_if = silent(case.record, unknown)
    assert met(known_only(possible(case.cond), stated), case.record, case.item) == met(
        possible(case.cond), as_if, case.item_in(as_if)
    )


@given(cases(), st.data())
@example(
    Case(
        DAYS_LATE.worst(HELD.is_(True)) < 2,
        meetings({"days_late": 1, "held": Gap.PENDING}),
        None,
    ),
    None,
)
def test_answering_the_open_facts_settles_a_condition(
    case: Case, data: st.DataObject | None
) -> None:
    """An unsettled condition names open facts, and with those answered it is unsettled no more."""
    found = explain(case.cond, case.record, case.item)
    named = {(rest.ref.of, rest.item, rest.ref.name): rest.ref for rest in found.open_facts()}
    assert bool(named) == (found.verdict is Verdict.OPEN)
    if data is None or not named:
        return
    given_now = {
        key: data.draw(st.one_of(values(ref.kind), st.just(Gap.SILENT)))
        for key, ref in named.items()
    }

    def answered(told: Mapping[str, Value], of: str, item: str) -> dict[str, Value]:
        answers = {
            name: value for (to, id, name), value in given_now.items() if (to, id) == (of, item)
        }
        return {**told, **answers}

    settled = Record(
        answered(case.record.facts, "", ""),
        {
            name: tuple(answered(item, name, str(item["id"])) for item in items)
            for name, items in case.record.items.items()
        },
    )
    assert verdict(case.cond, settled, case.item_in(settled)) is not Verdict.OPEN


# --- conditions as values -----------------------------------------------------------------


def rebuilt(value: Any) -> Any:
    """An equal value made anew, node by node, with nothing kept from before."""
    if isinstance(value, tuple):
        return tuple(rebuilt(part) for part in value)
    if not attrs.has(type(value)):
        return value
    return type(value)(
        **{
            attribute.name: rebuilt(getattr(value, attribute.name))
            for attribute in attrs.fields(type(value))
            if attribute.init
        }
    )


@given(conditions(states=True))
def test_equal_conditions_hash_equal(cond: Cond) -> None:
    """A condition written twice is one condition, lowered or not."""
    for each in (cond, sure(cond), possible(cond)):
        again = rebuilt(each)
        assert again is not each
        assert again == each
        assert hash(again) == hash(each)
        assert Not(again) != each


@given(conditions(states=True))
def test_conditions_pickle_and_unpickle_equal(cond: Cond) -> None:
    """Nothing is lost on the way, not even what equality passes over."""
    hash(cond)  # a hash once taken must not travel
    back = pickle.loads(pickle.dumps(cond))
    assert back == cond
    assert hash(back) == hash(cond)
    assert english(back) == english(cond)


@given(st.sampled_from((YES_NO, COUNT)), st.sampled_from((0, 1)))
def test_one_and_true_are_kept_apart(kind: Kind, number: int) -> None:
    """Python takes 1 for True; a condition does not."""
    for build in (lambda value: In(Ref("fact", kind), (value,)), lambda value: Const(value, kind)):
        assert build(number) != build(bool(number))
        assert build(number) == build(number)
        assert hash(build(number)) != hash(build(bool(number)))


SCRIPT = f"""
from __future__ import annotations
import pickle, sys
from typing import Any
import attrs

{inspect.getsource(rebuilt)}

conds = pickle.load(sys.stdin.buffer)
for cond in conds:
    again = rebuilt(cond)
    assert again == cond and hash(again) == hash(cond) and cond in {{again}}
print([hash(cond) for cond in conds])
"""


@settings(max_examples=2, suppress_health_check=[HealthCheck.large_base_example])
@given(st.lists(conditions(2, states=True), min_size=10, max_size=10))
def test_a_pickled_condition_is_found_again_in_a_process_with_another_hash_seed(
    conds: list[Cond],
) -> None:
    """A hash taken here is taken anew there, or a set would lose the condition."""
    conds = [*conds, HELD.is_(True), MEETINGS.any(MINUTED.is_(False))]
    assert len({hash(cond) for cond in conds}) > 1
    found = [
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            input=pickle.dumps(conds),
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=False,
        )
        for seed in ("1", "2")
    ]
    assert [run.stderr.decode() for run in found] == ["", ""]
    assert found[0].stdout != found[1].stdout, "the seed makes no difference: nothing is shown"


# --- words --------------------------------------------------------------------------------

MARKED_TEXT = "Kestrel Vane"
MARKED: dict[Sort, Value] = {
    Sort.TEXT: MARKED_TEXT,
    Sort.DATE: date(1907, 3, 13),
    Sort.COUNT: 907_313,
}
MARKERS = (MARKED_TEXT, "1907", "907313", "907_313")


def marked(record: Record, item_refs: Mapping[str, tuple[Ref, ...]]) -> Record:
    """The record with every answered text and private value replaced by a marker."""

    def planted(told: Mapping[str, Value], named: tuple[Ref, ...]) -> dict[str, Value]:
        return {
            **told,
            **{
                ref.name: MARKED[ref.kind.sort]
                for ref in named
                if (ref.private or ref.kind.sort is Sort.TEXT)
                and not isinstance(told.get(ref.name, Gap.UNKNOWN), Gap)
            },
        }

    return Record(
        planted(record.facts, FACTS),
        {
            name: tuple(planted(item, item_refs.get(name, ())) for item in items)
            for name, items in record.items.items()
        },
    )


@given(cases(states=True))
def test_no_word_of_a_proof_tells_a_text_or_a_private_value(case: Case) -> None:
    """Whatever is planted in free text and private facts stays in the record."""
    record = marked(case.record, {MEETINGS.id: (MEETINGS.notes,)})
    found = explain(case.cond, record, case.item_in(record))
    said = [str(found), repr(found), str(found.to_rows()), repr(record)]
    said += [f"{rest} {rest!r}" for rest in found.facts() + found.open_facts()]
    said += [english(proof.cond) for _, proof in found.walk()]
    for words in said:
        assert not any(marker in words for marker in MARKERS)


VISITS = Ref("visits", COUNT)
TURNS: tuple[Callable[[Cond], Cond], ...] = (lambda cond: cond, operator.invert)
JOINS: tuple[Callable[[Cond, Cond], Cond], ...] = (operator.and_, operator.or_)
LOOKS: tuple[Callable[[Cond], Cond], ...] = (
    MEETINGS.any,
    MEETINGS.all,
    lambda where: MEETINGS.count(where) > 0,
    lambda where: VISITS > MEETINGS.count(where),  # noqa: SIM300
    lambda where: VISITS > DAYS_LATE.worst(where),  # noqa: SIM300
)


def look_alikes() -> Iterator[Cond]:
    """Conditions with the same words in the same order, grouped and turned in every way."""
    one, two, three = SEEN.is_(True), Ref("agreed", YES_NO).is_(True), VISITS > 1
    for turn, other, last, whole, join, then in product(TURNS, TURNS, TURNS, TURNS, JOINS, JOINS):
        yield then(whole(join(turn(one), other(two))), last(three))
        yield join(turn(one), whole(then(other(two), last(three))))
    for turn, other, whole, join, look in product(TURNS, TURNS, TURNS, JOINS, LOOKS):
        yield whole(look(join(turn(HELD.is_(True)), other(one))))
        yield join(whole(look(turn(HELD.is_(True)))), other(one))


def test_conditions_that_read_alike_mean_the_same() -> None:
    """No sentence stands for two conditions that some record tells apart."""
    some: tuple[Value, ...] = (True, False, Gap.SILENT)
    on = [
        meetings(
            *({"held": held, "days_late": late} for late, held in enumerate(helds)),
            seen=seen,
            agreed=agreed,
            visits=visits,
        )
        for seen, agreed, visits in product(some, (True, False), (1, 2))
        for size in range(3)
        for helds in product(some, repeat=size)
    ]
    alike: dict[str, set[Cond]] = {}
    for cond in look_alikes():
        alike.setdefault(english(cond), set()).add(cond)
    assert any(len(group) > 1 for group in alike.values())
    for said, group in alike.items():
        meanings = {tuple(verdict(cond, record) for record in on) for cond in group}
        assert len(meanings) == 1, said


@given(conditions(states=True))
def test_every_condition_is_said_in_one_line_of_english(cond: Cond) -> None:
    """No condition is without words, and none shows how it is held."""
    for each in (cond, ~cond):
        said = english(each)
        assert said == str(each)
        assert said.strip() == said != ""
        assert not any(sign in said for sign in ("\n", "  ", "Ref(", "Kind(", "<", "None", "_"))


@given(cases(states=True))
def test_a_proof_says_each_of_its_parts_once(case: Case) -> None:
    """Text and rows have one line a part, and the first bears the verdict."""
    found = explain(case.cond, case.record, case.item)
    lines, rows = str(found).splitlines(), found.to_rows()
    assert len(lines) == len(rows) == len(list(found.walk()))
    assert lines[0].startswith(f"{found.verdict.value}: ")
    assert [row["depth"] for row in rows] == [
        (len(line) - len(line.lstrip())) // 2 for line in lines
    ]


@given(cases(states=True))
def test_always_and_never_are_as_they_say(case: Case) -> None:
    """Always leaves "and" as it was, never leaves "or", and each decides the other."""
    cond, record, item = case.cond, case.record, case.item
    found = verdict(cond, record, item)
    assert verdict(cond & ALWAYS, record, item) is found
    assert verdict(cond | NEVER, record, item) is found
    assert verdict(cond | ALWAYS, record, item) is Verdict.MET
    assert verdict(cond & NEVER, record, item) is Verdict.NOT_MET
