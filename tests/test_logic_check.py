"""What is said of records only partly known holds however the rest turns out."""

from __future__ import annotations

from datetime import UTC, date, datetime
from fractions import Fraction
from itertools import product
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from qaf_core.logic import (
    COUNT,
    DATE,
    ID,
    MOMENT,
    TEXT,
    YES_NO,
    Cond,
    Record,
    Ref,
    choice,
    many,
    met,
    numbers,
    possible,
    sure,
)
from qaf_core.logic.check import Way, search
from qaf_core.logic.partial import FREE, settled
from qaf_core.logic.representatives import compared_in, representatives
from strategies import Case, cases


@given(cases(states=True), st.randoms(use_true_random=False), st.booleans())
def test_what_is_settled_is_so_whatever_is_chosen(case: Case, pick: Any, lowered: bool) -> None:
    """Leave facts, fields and whole collections free: what is said then is said of each choice."""
    cond = sure(case.cond) if lowered else possible(case.cond)

    def leave(values: Any) -> dict[str, Any]:
        return {
            name: FREE if name != "id" and pick.random() < 0.4 else value
            for name, value in values.items()
        }

    items: dict[str, Any] = {
        name: FREE if pick.random() < 0.1 else tuple(leave(item) for item in of)
        for name, of in case.record.items.items()
    }
    item = case.item
    if item is not None:
        item = leave(item)
    said = settled(cond, Record(leave(case.record.facts), items), item)
    assert said is None or said is met(cond, case.record, case.item)
    assert settled(cond, case.record, case.item) is met(cond, case.record, case.item)


# --- values that stand for all ------------------------------------------------------------------

EARLY, LATE = date(2016, 1, 31), date(2016, 2, 2)
WORLDS: list[tuple[list[Any], list[Any], list[Any]]] = [
    # facts, conditions' constants, every value there is
    ([Ref("a", COUNT), Ref("b", COUNT)], [0, 2, 3], list(range(9))),
    (
        [Ref("a", DATE), Ref("b", DATE), Ref("c", DATE)],
        [EARLY, LATE],
        [date(2016, 1, day) for day in range(27, 32)] + [date(2016, 2, day) for day in range(1, 8)],
    ),
    (
        [Ref("a", numbers("score", 0, 10, step=5)), Ref("b", numbers("score", 0, 10, step=5))],
        [Fraction(5)],
        [Fraction(each) for each in (0, 5, 10)],
    ),
    (
        [Ref("a", MOMENT), Ref("b", MOMENT)],
        [datetime(2016, 3, 1, 9, tzinfo=UTC)],
        [datetime(2016, 3, 1, hour, tzinfo=UTC) for hour in range(6, 13)],
    ),
]


def conditions(facts: list[Any], constants: list[Any]) -> list[Cond]:
    """Every comparison with a constant and between two facts."""
    found: list[Cond] = []
    for fact in facts:
        for other in (*constants, *(each for each in facts if each.name > fact.name)):
            found += [fact < other, fact <= other, fact.is_(other)]
    return found


def test_the_few_values_tell_apart_all_that_all_values_tell_apart() -> None:
    """For dates, moments, counts and steps: the same outcomes, whatever comparisons there are."""
    for facts, constants, values in WORLDS:
        conds = conditions(facts, constants)
        compared = compared_in(conds)
        few = [representatives(fact, compared) for fact in facts]
        outcomes = [
            {
                tuple(
                    met(
                        sure(cond),
                        Record({fact.name: v for fact, v in zip(facts, each, strict=True)}),
                    )
                    for cond in conds
                )
                for each in product(*ways)
            }
            for ways in (few, [values] * len(facts))
        ]
        assert outcomes[0] == outcomes[1]
        assert all(
            fact.kind.admits(value) for fact, of in zip(facts, few, strict=True) for value in of
        )


def test_codes_that_no_condition_names_stand_for_each_other() -> None:
    """All of them where two facts meet or have an order; sets of those that are named."""
    place = choice("place", {name: name for name in "abcdef"})
    one, other = Ref("one", place), Ref("other", place)
    assert representatives(one, compared_in([one.is_("c")])) == ("a", "c")
    assert representatives(one, compared_in([one.is_(other)])) == tuple("abcdef")
    assert len(representatives(one, compared_in([]))) == 1
    needs = Ref("needs", many("needs", {name: name for name in "abcdef"}))
    assert set(representatives(needs, compared_in([needs.has("a") & needs.has("b")]))) == {
        (),
        ("a",),
        ("b",),
        ("a", "b"),
    }
    assert representatives(Ref("text", TEXT), compared_in([])) == ("given",)
    party = Ref("party", ID)
    assert representatives(party, compared_in([party.is_("me")])) == ("me", "another")
    seen = Ref("seen", YES_NO)
    assert representatives(seen, compared_in([seen.answered()])) == (True,)


# --- the search ------------------------------------------------------------------------------------


class Digit:
    """A digit to choose; a larger one costs more."""

    def __init__(self, chosen: list[int], place: int) -> None:
        self.chosen, self.place = chosen, place

    def ways(self) -> list[Way]:
        return [Way(digit, lambda digit=digit: self.take(digit)) for digit in range(4)]  # type: ignore[misc]

    def take(self, digit: int) -> None:
        self.chosen[self.place] = digit

    def undo(self) -> None:
        self.chosen[self.place] = -1


def looked_for(goal: Any, *, confirm: Any = None, **how: Any) -> tuple[Any, list[tuple[int, ...]]]:
    """A search over three digits, and what was confirmed on the way."""
    chosen = [-1, -1, -1]
    kept: list[tuple[int, ...]] = []

    def note() -> bool:
        good = confirm is None or confirm(chosen)
        if good:
            kept.append(tuple(chosen))
        return good

    found = search(
        [Digit(chosen, place) for place in range(3)],
        lambda: goal(chosen),
        note,
        **{"budget": 1000, **how},
    )
    return found, kept


def total(chosen: list[int]) -> bool | None:
    """Whether the digits come to five, once all are there."""
    return None if -1 in chosen else sum(chosen) == 5


def test_a_search_finds_the_smallest_and_says_when_it_did_not_see_all() -> None:
    """Smallest first, all where nothing is there, and nothing proved past the budget."""
    found, kept = looked_for(lambda chosen: None if -1 in chosen else chosen[0] * chosen[1] >= 4)
    assert (found.found, found.whole) == (True, True)
    assert sum(kept[-1]) == 4
    found, kept = looked_for(lambda chosen: None if -1 in chosen else sum(chosen) > 9)
    assert (found.found, found.whole, found.cases, kept) == (False, True, 64, [])
    found, _ = looked_for(lambda _: False)
    assert found.cases == 1, "a goal that is ruled out is not looked into"
    found, _ = looked_for(total, budget=3)
    assert (found.found, found.whole) == (False, False)


def test_what_a_closer_look_denies_is_doubtful_and_not_found() -> None:
    """Each is counted; past the number of doubts allowed the search is not whole."""
    found, _ = looked_for(total, confirm=lambda _: False)
    assert (found.found, found.whole, found.doubtful) == (False, True, 12)
    found, _ = looked_for(total, confirm=lambda _: False, doubts=5)
    assert (found.found, found.whole) == (False, False)
    found, kept = looked_for(total, confirm=lambda chosen: chosen == [3, 0, 2])
    assert (found.found, kept) == (True, [(3, 0, 2)])
    found, kept = looked_for(lambda _: True, confirm=lambda chosen: chosen[0] == 2)
    assert kept[-1] == (2, -1, -1), "it looks closer as soon as the goal is met"
