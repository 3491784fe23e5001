"""Demands spread over suppliers, against every way there is and against networkx."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qaf_core.sampling.flow import Demand, Spread, Supplier, bits, raises, spread

Problem = tuple[tuple[Demand, ...], tuple[Supplier, ...]]


@st.composite
def problems(
    draw: st.DrawFn, *, units: int = 6, suppliers: int = 4, demands: int = 4, each: int = 2
) -> Problem:
    """Small problems, many of them with too few places."""
    posts = draw(st.integers(1, suppliers))
    order = draw(st.permutations(range(units)))
    made: list[Demand] = []
    for _ in range(draw(st.integers(1, demands))):
        count = draw(st.integers(1, 2))
        if count > len(order):
            break
        ranks, order = tuple(sorted(order[:count])), order[count:]
        made.append(
            Demand(ranks, draw(st.integers(1, each)), draw(st.sampled_from(range(2**posts))))
        )
    free = [draw(st.sampled_from((1, 1, 2, 0, 3))) for _ in range(posts)]
    held = [draw(st.integers(0, 1)) for _ in range(posts)]
    return tuple(made), tuple(
        Supplier(one, max(one + other, 1), other) for one, other in zip(free, held, strict=True)
    )


def every_way(problem: Problem) -> set[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Loads and numbers placed of every way to place some of the demands, unit by unit."""
    demands, suppliers = problem
    ways = {((0,) * len(suppliers), (0,) * len(demands))}
    for index, demand in enumerate(demands):
        allowed = list(bits(demand.allowed))
        for _ in demand.ranks:
            more = set()
            for loads, placed in ways:
                for each in product(*(range(demand.widths.get(p, 1) + 1) for p in allowed)):
                    chosen = dict(zip(allowed, each, strict=True))
                    filled = tuple(load + chosen.get(p, 0) for p, load in enumerate(loads))
                    if sum(each) <= demand.each and all(
                        f <= s.free for f, s in zip(filled, suppliers, strict=True)
                    ):
                        done = placed[index] + sum(each)
                        more.add((filled, (*placed[:index], done, *placed[index + 1 :])))
            ways = more
    return ways


def placed_by(found: Spread) -> tuple[int, ...]:
    return tuple(sum(served.values()) for served in found.served)


def fullness(loads: tuple[int, ...], suppliers: tuple[Supplier, ...]) -> list[tuple[Fraction, int]]:
    """How full each place that is filled leaves its supplier, the emptiest first."""
    return sorted(
        (Fraction(supplier.held + number, supplier.weight), index)
        for index, (load, supplier) in enumerate(zip(loads, suppliers, strict=True))
        for number in range(1, load + 1)
    )


def greedy(demands: tuple[Demand, ...], ways: set[tuple[int, ...]]) -> tuple[int, ...]:
    """Those placed where each in turn is taken in if it and all before it fit together."""
    units = sorted(
        (number // len(demand.ranks), demand.ranks[number % len(demand.ranks)], index)
        for index, demand in enumerate(demands)
        for number in range(demand.seats)
    )
    placed = (0,) * len(demands)
    for _, _, index in units:
        more = (*placed[:index], placed[index] + 1, *placed[index + 1 :])
        if any(all(a >= b for a, b in zip(way, more, strict=True)) for way in ways):
            placed = more
    return placed


@given(problems())
def test_no_way_places_more(problem: Problem) -> None:
    found = spread(*problem)
    assert sum(found.loads) == max(sum(loads) for loads, _ in every_way(problem))


@given(problems())
def test_a_spread_keeps_to_what_is_allowed(problem: Problem) -> None:
    demands, suppliers = problem
    found = spread(demands, suppliers)
    for demand, served in zip(demands, found.served, strict=True):
        assert sum(served.values()) <= demand.seats
        for post, count in served.items():
            assert demand.allowed >> post & 1
            assert 0 < count <= len(demand.ranks) * demand.widths.get(post, 1)
    for post, supplier in enumerate(suppliers):
        load = sum(served.get(post, 0) for served in found.served)
        assert load == found.loads[post] <= supplier.free


@given(problems())
def test_no_way_that_places_as_many_is_more_even(problem: Problem) -> None:
    """Place by place, from the emptiest on: no other way leaves any place's supplier less full."""
    found = spread(*problem)
    own = fullness(found.loads, problem[1])
    for loads, _ in every_way(problem):
        if sum(loads) == sum(found.loads):
            other = fullness(loads, problem[1])
            assert all(a <= b for a, b in zip(own, other, strict=True))


LATER_FIRST = Demand((1,), 1, 0b1), Demand((0,), 2, 0b11)
"""The one whose turn comes later is listed first."""
TWO_APART = Demand((0,), 1, 0b1), Demand((1,), 1, 0b1), Demand((2,), 1, 0b10)
"""One is short of a place; whoever comes after it is placed elsewhere."""


@given(problems())
@example((LATER_FIRST, (Supplier(1, 1), Supplier(1, 1))))
@example((LATER_FIRST, (Supplier(1, 1), Supplier(0, 1))))
@example((TWO_APART, (Supplier(1, 1), Supplier(1, 1))))
def test_those_placed_are_the_first_in_their_order_that_can_be(problem: Problem) -> None:
    placed = {placed for _, placed in every_way(problem)}
    assert placed_by(spread(*problem)) == greedy(problem[0], placed)


@given(problems())
def test_every_shortfall_is_proven_by_its_count(problem: Problem) -> None:
    """Its demands want more than its suppliers have, and than others can add, by what it says."""
    demands, suppliers = problem
    found = spread(demands, suppliers)
    missing = sum(demand.seats for demand in demands) - sum(found.loads)
    assert sum(short.by for short in found.shorts) == missing
    seen: set[int] = set()
    for short in found.shorts:
        wanted = sum(demands[each].seats for each in short.demands)
        places = sum(suppliers[each].free for each in short.suppliers)
        elsewhere = sum(
            len(demands[each].ranks) * demands[each].widths.get(post, 1)
            for each in short.demands
            for post in bits(demands[each].allowed)
            if post not in short.suppliers
        )
        assert wanted - places - elsewhere == short.by > 0
        assert seen.isdisjoint(short.suppliers)
        seen |= set(short.suppliers)


@given(problems(each=1))
def test_a_shortfall_holds_no_unit_that_does_not_matter(problem: Problem) -> None:
    """Without any one unit of it, one place fewer is missing."""
    demands, suppliers = problem
    found = spread(demands, suppliers)
    for short in found.shorts:
        for index in short.demands:
            fewer = Demand(demands[index].ranks[1:], 1, demands[index].allowed)
            rest = (*demands[:index], fewer, *demands[index + 1 :])
            again = spread(rest, suppliers)
            assert sum(each.by for each in again.shorts) == (
                sum(each.by for each in found.shorts) - 1
            )


@given(problems())
def test_raising_places_as_told_places_all_who_may_go_anywhere(problem: Problem) -> None:
    """And no fewer places would do: each that is added is filled."""
    demands, suppliers = problem
    more = raises(demands, suppliers)
    raised = [
        Supplier(each.free + more.get(post, 0), each.weight, each.held)
        for post, each in enumerate(suppliers)
    ]
    before, after = sum(spread(demands, suppliers).loads), sum(spread(demands, raised).loads)
    most = sum(
        len(demand.ranks)
        * min(demand.each, sum(demand.widths.get(post, 1) for post in bits(demand.allowed)))
        for demand in demands
    )
    assert after == most == before + sum(more.values())


def test_nothing_spreads_over_nobody() -> None:
    assert spread((), ()) == Spread((), (), ())
    assert spread((Demand((0,), 1, 0),), ()).shorts[0].by == 1


def test_one_who_holds_places_already_is_filled_last() -> None:
    found = spread((Demand((0, 1), 1, 0b11),), (Supplier(5, 5, held=2), Supplier(5, 5)))
    assert found.loads == (0, 2)


def test_load_is_measured_by_weight() -> None:
    """A quota of six takes three where one of two takes one."""
    found = spread((Demand(tuple(range(4)), 1, 0b11),), (Supplier(6, 6), Supplier(2, 2)))
    assert found.loads == (3, 1)


@st.composite
def large(draw: st.DrawFn) -> Problem:
    """Problems as large as a council's, tight and full of bars."""
    posts = draw(st.integers(1, 30))
    chance = draw(st.integers(1, 9))
    random = draw(st.randoms(use_true_random=False))
    cases = draw(st.integers(1, 80))
    demands = [
        Demand(
            (case,),
            1 + random.randrange(10) // 9,
            sum((random.randrange(10) < chance) << post for post in range(posts)),
        )
        for case in range(cases)
    ]
    quota = -(-cases // posts)
    free = [random.randrange(quota + 2) for _ in range(posts)]
    return tuple(demands), tuple(Supplier(each, max(each, 1)) for each in free)


@given(large())
@example(((Demand((0,), 1, 1), Demand((1,), 1, 3)), (Supplier(1, 1), Supplier(1, 1))))
def test_as_many_are_placed_as_networkx_places(problem: Problem) -> None:
    """The maximum flow through the same network is as large."""
    networkx: Any = pytest.importorskip("networkx")
    demands, suppliers = problem
    graph = networkx.DiGraph()
    graph.add_nodes_from(["source", "sink"])
    for index, demand in enumerate(demands):
        graph.add_edge("source", ("demand", index), capacity=demand.seats)
        for post in bits(demand.allowed):
            most = len(demand.ranks) * demand.widths.get(post, 1)
            graph.add_edge(("demand", index), ("post", post), capacity=most)
    for post, supplier in enumerate(suppliers):
        graph.add_edge(("post", post), "sink", capacity=supplier.free)
    assert sum(spread(demands, suppliers).loads) == networkx.maximum_flow_value(
        graph, "source", "sink"
    )
