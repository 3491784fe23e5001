"""Compiled conditions: they say what explain and lowering say, and let nothing else in."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import pytest
from attrs import define, evolve, frozen
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qaf_core import READING_2016, Addition, Framework
from qaf_core.errors import DefinitionError
from qaf_core.facts import safe
from qaf_core.logic import (
    COUNT,
    DATE,
    MAX_DEPTH,
    YES_NO,
    Collection,
    Cond,
    Gap,
    Record,
    Ref,
    Value,
    Verdict,
    explain,
    known_only,
    met,
    possible,
    sure,
)
from qaf_core.logic.compiled import Each, Layout, compiled
from qaf_core.logic.expressions import And, Compare, Const, In, Not, Op, Or
from qaf_core.logic.prove import Prove, prover
from qaf_core.logic.strangers import MAX_PARTS
from strategies import COLLECTIONS, FACTS, MEETINGS, conditions, many_records, records

Found = dict[tuple[str, Any], str]
SETS = st.lists(
    st.one_of(
        conditions(3, states=True),
        conditions(3, MEETINGS.id, states=True).map(lambda cond: Each(MEETINGS.id, cond)),
    ),
    min_size=1,
    max_size=10,
)
LARGE = settings(suppress_health_check=list(HealthCheck))


def numbered(each: list[Cond | Each]) -> dict[str, Cond | Each]:
    """Conditions with an id each."""
    return {f"r{number}": cond for number, cond in enumerate(each)}


def found_by(hits: tuple[Any, Any, Any]) -> Found:
    """The outcomes of a compiled function, by condition and item."""
    told = zip(hits, ("met", "open", "unknowable"), strict=True)
    listed = [((id, item and item["id"]), word) for group, word in told for id, item in group]
    assert len(dict(listed)) == len(listed), "each outcome is given once"
    return dict(listed)


class Meaning(NamedTuple):
    """What one condition means, made ready to be read on many records."""

    cond: Cond
    by_item: bool
    prove: Prove
    sure: Cond
    possible: Cond
    settleable: Cond


def meanings(asked: Mapping[str, Cond | Each], known: frozenset[str]) -> dict[str, Meaning]:
    """The meaning of each condition, with the facts that something states."""
    found = {}
    for id, each in asked.items():
        cond = each.when if isinstance(each, Each) else each
        maybe = possible(cond)
        found[id] = Meaning(
            cond, isinstance(each, Each), prover(cond), sure(cond), maybe, known_only(maybe, known)
        )
    return found


def expected(meant: Mapping[str, Meaning], record: Record) -> Found:
    """The same by the meaning of each condition, and by its lowering, which must agree."""
    found: Found = {}
    for id, each in meant.items():
        items: Any = record.items[MEETINGS.id] if each.by_item else (None,)
        for item in items:
            verdict = explain(each.cond, record, item, prove=each.prove).verdict
            assert (verdict is Verdict.MET) == met(each.sure, record, item)
            assert (verdict is not Verdict.NOT_MET) == met(each.possible, record, item)
            if verdict is Verdict.MET:
                found[id, item and item["id"]] = "met"
            elif met(each.settleable, record, item):
                found[id, item and item["id"]] = "open"
            elif verdict is Verdict.OPEN:
                found[id, item and item["id"]] = "unknowable"
    return found


EVERY = frozenset(ref.name for ref in FACTS)


@LARGE
@given(SETS, st.lists(records(), min_size=1, max_size=4), st.integers(0, 2**32))
def test_three_readings_agree(each: list[Cond | Each], read: list[Record], seed: int) -> None:
    """Explain, lowering and the compiled function give every condition the same outcome.

    Over 20,000 outcomes as CI runs it, over 1,000,000 with ``QAF_HYPOTHESIS=thorough``.
    """
    asked = numbered(each)
    meant, reading = meanings(asked, EVERY), compiled(asked).bind()
    for record in (*read, *many_records(seed, 60)):
        assert found_by(reading(record)) == expected(meant, record)


@LARGE
@given(SETS, st.lists(records(), min_size=1, max_size=4), st.sets(st.sampled_from(sorted(EVERY))))
def test_what_nothing_states_is_told_from_what_is_pending(
    each: list[Cond | Each], read: list[Record], stated: set[str]
) -> None:
    """With the facts that something states, what only the others leave open is told apart."""
    asked = numbered(each)
    meant, reading = meanings(asked, frozenset(stated)), compiled(asked, known=stated).bind()
    for record in read:
        # a record lacks no fact that something states, and has no other
        facts = {name: record.facts.get(name, Gap.PENDING) for name in stated}
        whole = Record(facts, record.items)
        assert found_by(reading(whole)) == expected(meant, whole)


@LARGE
@given(SETS, records(), st.data())
def test_a_fact_bound_once_a_run_reads_as_if_each_record_held_it(
    each: list[Cond | Each], record: Record, data: st.DataObject
) -> None:
    """Binding the value of a fact says what the same value in the record says."""
    day = data.draw(st.sampled_from((date(2015, 12, 31), date(2016, 1, 1), date(2016, 3, 1))))
    asked = numbered(each)
    held = evolve(record, facts={**record.facts, "closed": day})
    bound = compiled(asked, given=("closed",)).bind(closed=day)
    assert found_by(bound(record)) == found_by(compiled(asked).bind()(held))


@LARGE
@given(SETS, records())
def test_a_set_pickles_as_its_conditions(each: list[Cond | Each], record: Record) -> None:
    """What is loaded is compiled again and reads alike."""
    whole = compiled(numbered(each))
    again = pickle.loads(pickle.dumps(whole))
    assert again.code == whole.code
    assert again.asked == whole.asked
    assert found_by(again.bind()(record)) == found_by(whole.bind()(record))


# --- objects ------------------------------------------------------------------------------


@LARGE
@given(SETS, records(), st.sets(st.sampled_from(sorted(EVERY))))
def test_objects_read_as_records_do(
    each: list[Cond | Each], record: Record, held: set[str]
) -> None:
    """Facts as attributes of objects, some of which they do not hold at all."""
    facts = {name: f"fact_{place}" for place, name in enumerate(sorted(held))}
    items = {
        over.id: (f"items_{place}", {name: f"of_{name}" for name in ("id", *over.fields)})
        for place, over in enumerate(COLLECTIONS)
    }
    whole = SimpleNamespace(
        **{facts[name]: record.facts.get(name, Gap.UNKNOWN) for name in held},
        **{
            attribute: tuple(
                SimpleNamespace(
                    **{held_in: item.get(name, Gap.UNKNOWN) for name, held_in in fields.items()}
                )
                for item in record.items[over]
            )
            for over, (attribute, fields) in items.items()
        },
    )
    asked = numbered(each)
    hits = compiled(asked, layout=Layout(facts, items)).bind()(whole)
    named = [[(id, item and {"id": item.of_id}) for id, item in group] for group in hits]
    seen = Record({name: record.facts.get(name, Gap.UNKNOWN) for name in held}, record.items)
    assert found_by(tuple(named)) == expected(meanings(asked, frozenset(held)), seen)  # type: ignore[arg-type]


SEEN, VISITS, OPENED = Ref("seen", YES_NO), Ref("visits", COUNT), Ref("opened", DATE)
STEPS = Collection("steps", {"done": YES_NO, "late": COUNT})


@define
class Step:
    """An item as an application may hold it."""

    id: str
    finished: Any
    days_late: Any


@define
class Held:
    """A record as an application may hold it."""

    was_seen: Any
    visits: Any
    taken: tuple[Step, ...]


LAYOUT = Layout(
    {"seen": "was_seen", "visits": "visits"},
    {"steps": ("taken", {"done": "finished", "late": "days_late"})},
)


def test_objects_are_read_by_their_attributes() -> None:
    reading = compiled(
        {
            "unseen": SEEN.is_(False),
            "none_done": STEPS.all(STEPS.done.is_(False)) & (STEPS.count() > 0),
            "late": Each("steps", STEPS.late > 3),
            "opened": date(2016, 1, 1) < OPENED,
        },
        layout=LAYOUT,
    ).bind()
    first, second = Step("1", False, 5), Step("2", Gap.PENDING, Gap.PENDING)
    hits = reading(Held(Gap.PENDING, 1, (first, second)))
    assert hits == (
        [("late", first)],
        [("late", second), ("unseen", None), ("none_done", None)],
        [("opened", None)],
    )


def test_a_fact_that_objects_lack_is_unknown_beside_one_that_they_hold() -> None:
    before = Ref("visits_before", COUNT)
    reading = compiled({"more": before < VISITS, "any": ~VISITS.answered()}, layout=LAYOUT).bind()
    assert reading(Held(True, 3, ())) == ([], [], [("more", None)])
    assert reading(Held(True, Gap.SILENT, ())) == ([("any", None)], [], [])


def test_a_layout_that_lacks_what_is_asked_says_so_and_names_the_near_one() -> None:
    other = Collection("step", {"done": YES_NO})
    with pytest.raises(DefinitionError, match=r"layout holds no step\. Did you mean 'steps'"):
        compiled({"a": other.any(other.done.is_(True))}, layout=LAYOUT)
    wider = Collection("steps", {"lates": COUNT})
    with pytest.raises(
        DefinitionError, match=r"layout's steps hold no lates\. Did you mean 'late'"
    ):
        compiled({"a": Each("steps", wider.lates > 1)}, layout=LAYOUT)
    with pytest.raises(DefinitionError, match="public name"):
        Layout({"seen": "__class__"})


def test_a_parameter_is_asked_for_by_name() -> None:
    late = compiled({"a": Ref("today", DATE) < OPENED}, given=("today",))
    for wrong in ({}, {"today": date(2016, 1, 1), "now": 1}, {"today": Gap.PENDING}):
        with pytest.raises(TypeError, match="Give a value for each of: today"):
            late.bind(**wrong)


# --- hostile conditions ---------------------------------------------------------------------


@frozen(order=False)
class Evil(In):
    """A condition that is almost one of the language."""


class Text(str):
    """Text that is almost text."""

    __slots__ = ()


def _hacked(cond: Any, **fields: Any) -> Any:
    for name, value in fields.items():
        object.__setattr__(cond, name, value)
    return cond


def _deep() -> Cond:
    inner: Cond = SEEN.is_(True)
    for _ in range(MAX_DEPTH + 1):
        inner = _hacked(Not(SEEN.is_(True)), part=inner)
    return inner


@pytest.mark.parametrize(
    ("cond", "told"),
    [
        (Evil(SEEN, (True,)), "Evil is no condition of this language"),
        ("seen", "str is no condition"),
        (
            _hacked(And((SEEN.is_(True),)), parts=(1,)),
            "int is no condition of this language, nor part of one",
        ),
        (_deep(), "at most 32 deep"),
        (Or((SEEN.is_(True),) * (MAX_PARTS // 2 + 1)), f"at most {MAX_PARTS} parts"),
        (sure(SEEN.is_not(True)), "lowered already"),
        (possible(SEEN.is_(True)), "lowered already"),
        (possible(STEPS.late.worst() > 3), "lowered already"),
        (Compare(STEPS.late.worst(), Op.GT, evolve(STEPS.late.best(), high=False)), "lowered"),
        (_hacked(SEEN.is_(True), values=(1.5,)), "float is no type of value"),
        (Compare(VISITS, Op.GT, _hacked(Const(1, COUNT), value=[])), "list is no type"),
        (_hacked(SEEN.is_(True), ref=_hacked(Ref("seen", YES_NO), name=Text("a"))), "is text"),
        (STEPS.done.is_(True), "not read on one by one"),
    ],
)
def test_what_is_not_of_this_language_is_refused(cond: Any, told: str) -> None:
    with pytest.raises(DefinitionError, match=told):
        compiled({"a": cond})


def test_an_addition_brings_no_node_of_its_own() -> None:
    """Else every rule would have to be read by itself, to spare one that cannot be compiled."""
    for when in (Evil(safe, ("unsafe",)), safe.is_("safe") & Not(Evil(safe, ("unsafe",)))):
        rule = evolve(READING_2016.rules[0], id="ours.odd", when=when)
        with pytest.raises(DefinitionError, match=r"'ours.odd': Evil is no condition"):
            Framework.of(READING_2016, Addition(id="ours", version="1", rules=(rule,)))


@pytest.mark.parametrize(
    "name",
    [
        "class",
        "match",
        "record",
        "fired",
        "type",
        "Gap",
        "PENDING",
        "item",
        "_x",
        "é",
        "\u017feen",
        "print",
    ],
)
def test_any_name_may_be_a_facts(name: str) -> None:
    """Names of Python's and of the code's own harm nothing: a fact's name is only data."""
    ref, plain = Ref(name, YES_NO), Ref("seen", YES_NO)
    reading = compiled({name: ref.is_(True) & plain.is_(True), "open": ref.is_not(True)}).bind()
    assert reading(Record({name: True, "seen": True}))[0] == [(name, None)]
    assert reading(Record({"seen": True}))[1] == [(name, None), ("open", None)]


@pytest.mark.parametrize(
    "name", ["reading", "bound_to", "record", "facts", "fired", "Gap", "today"]
)
def test_any_name_may_be_that_of_a_fact_bound_once_a_run(name: str) -> None:
    ref, opened = Ref(name, DATE), Ref("opened", DATE)
    late = compiled({"late": opened < ref, "on": ref.is_(date(2016, 3, 1))}, given=(name,))
    reading = late.bind(**{name: date(2016, 3, 1)})
    assert reading(Record({"opened": date(2016, 1, 1)}))[0] == [("late", None), ("on", None)]


def test_names_of_different_facts_stay_apart() -> None:
    items = Collection("a", {"b": YES_NO, "c.d": YES_NO})
    one, other = Ref("a_b", YES_NO), Ref("a_c_d", YES_NO)
    asked: dict[str, Cond | Each] = {
        "item": Each("a", items.b.is_(True) & one.is_(False)),
        "dotted": Each("a", Ref("c.d", YES_NO, "a").is_(True) & other.is_(False)),
    }
    item: Mapping[str, Value] = {"id": "1", "b": True, "c.d": True}
    record = Record({"a_b": False, "a_c_d": False}, {"a": (item,)})
    assert compiled(asked).bind()(record)[0] == [("item", item), ("dotted", item)]


def test_threads_share_a_function() -> None:
    reading = compiled({"late": Each("steps", STEPS.late > 3), "seen": SEEN.is_(True)}).bind()

    def read(number: int) -> int:
        items: tuple[Mapping[str, Value], ...] = tuple(
            {"id": str(place), "late": place} for place in range(number % 9)
        )
        fired, _, _ = reading(Record({"seen": number % 2 == 0}, {"steps": items}))
        return len(fired)

    numbers = range(4000)
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(read, numbers)) == [read(number) for number in numbers]


def test_the_code_is_the_same_under_any_hash_seed() -> None:
    script = (
        "from qaf_core import READING_2016, Framework\n"
        "from datetime import date\n"
        "print(Framework.of(READING_2016).code('case_file', on=date(2016, 3, 1)))"
    )
    codes = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            cwd=Path(__file__).parent,
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(codes) == 1
    (code,) = codes
    assert "escalation.unsafe" in code
