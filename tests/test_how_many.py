"""How many audits to moderate, and what can be said after."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qaf_core import DefinitionError
from qaf_core.moderation import HowMany, Undefined, at_most, how_many
from qaf_core.moderation.how_many import for_margin
from qaf_core.moderation.proportions import as_proportion


def number(population: int | None, rate: str, **more: Any) -> int:
    """How many, where there is an answer."""
    found = how_many(population, rate=rate, **more)
    assert isinstance(found, HowMany)
    return found.n


@pytest.mark.parametrize(
    ("population", "found", "surely", "one_wrong"),
    [
        (20, [7, 10, 16, 19], 18, 20),
        (50, [8, 12, 22, 31], 29, 33),
        (100, [9, 13, 25, 45], 36, 39),
        (200, [9, 13, 27, 51], 40, 42),
        (400, [9, 14, 28, 55], 42, 44),
        (None, [9, 14, 29, 59], 44, 46),
    ],
)
def test_how_many_to_moderate(
    population: int | None, found: list[int], surely: int, one_wrong: int
) -> None:
    """To notice 30, 20, 10 and 5 % wrong; 10 % at 99 % confidence; 10 % allowing one."""
    assert [number(population, rate) for rate in ("30 %", "20 %", "10 %", "5 %")] == found
    assert number(population, "10 %", confidence="99 %") == surely
    assert number(population, "10 %", allowed=1) == one_wrong


def test_audit_tables_and_lot_inspection_agree() -> None:
    """At 90 % for a population without number, and for a lot of 100."""
    assert [number(None, rate, confidence="90 %") for rate in ("10 %", "5 %")] == [22, 45]
    assert [number(100, rate) for rate in ("5 %", "2 %", "1 %")] == [45, 78, 95]


@pytest.mark.parametrize(
    ("checked", "found", "wrong"), [(25, 0, 9), (25, 1, 15), (25, 3, 26), (10, 0, 24), (39, 1, 9)]
)
def test_what_can_be_said_of_a_hundred(checked: int, found: int, wrong: int) -> None:
    """At most so many of 100 are wrong, one-sided, with 95 % confidence."""
    assert at_most(100, checked=checked, found=found).wrong == wrong


@pytest.mark.parametrize(
    ("population", "needed"), [(100, 80), (500, 217), (1000, 278), (1500, 306), (10_000, 370)]
)
def test_the_sizes_of_krejcie_and_morgan(population: int, needed: int) -> None:
    assert for_margin(population) == needed


def test_the_sentences_say_what_was_asked_and_what_is_exact() -> None:
    assert str(how_many(100, rate="10 %")) == (
        "Moderate 25 of 100, drawn by chance. If 10.0 % or more are wrong (10 of them), at least "
        "one will be found with 95.0 % confidence. Exact (hypergeometric)."
    )
    assert "more than 1 will be found" in str(how_many(None, rate="10 %", allowed=1))
    assert "Exact (binomial)" in str(how_many(None, rate="10 %"))
    said = at_most(100, checked=25, found=1)
    assert "at most 15 are wrong in all (15.0 %)" in str(said)


def chance_of_no_more(found: int, population: int, wrong: int, checked: int) -> Fraction:
    """By writing down every sample there is."""
    samples = [
        sum(each < wrong for each in sample) for sample in combinations(range(population), checked)
    ]
    return Fraction(sum(each <= found for each in samples), len(samples))


@given(st.data())
def test_every_sample_written_down_gives_the_same(data: st.DataObject) -> None:
    population = data.draw(st.integers(1, 11))
    rate = data.draw(st.fractions(min_value="1/20", max_value=1, max_denominator=20))
    allowed = data.draw(st.integers(0, 2))
    missed = Fraction(1, 10)
    wrong = -(-rate * population // 1)
    wanted = next(
        (
            n
            for n in range(population + 1)
            if chance_of_no_more(allowed, population, wrong, n) <= missed
        ),
        None,
    )
    answer = how_many(population, rate=rate, confidence="90 %", allowed=allowed)
    assert (answer.n if isinstance(answer, HowMany) else None) == wanted
    checked = data.draw(st.integers(1, population))
    found = data.draw(st.integers(0, checked))
    possible = range(found, population - checked + found + 1)
    upper = max(
        each
        for each in possible
        if each == found or chance_of_no_more(found, population, each, checked) > missed
    )
    assert at_most(population, checked=checked, found=found, confidence="90 %").wrong == upper


def hypergeometric(found: int, population: int, wrong: int, checked: int) -> Fraction:
    """By drawing one after another: the chance of every count so far, audit by audit."""
    chances = {0: Fraction(1)}
    for drawn in range(checked):
        step: dict[int, Fraction] = {}
        for count, chance in chances.items():
            bad = Fraction(wrong - count, population - drawn)
            step[count + 1] = step.get(count + 1, Fraction(0)) + chance * bad
            step[count] = step.get(count, Fraction(0)) + chance * (1 - bad)
        chances = step
    return Fraction(sum(chance for count, chance in chances.items() if count <= found))


@given(
    st.integers(1, 40),
    st.fractions(min_value="1/40", max_value=1, max_denominator=40),
    st.integers(0, 2),
)
def test_discovery_equals_drawing_one_by_one_up_to_forty(
    population: int, rate: Fraction, allowed: int
) -> None:
    wrong = -(-rate * population // 1)
    answer = how_many(population, rate=rate, allowed=allowed)
    if isinstance(answer, Undefined):
        assert wrong <= allowed
        return
    assert answer.n <= population
    missed = Fraction(5, 100)
    assert hypergeometric(allowed, population, wrong, answer.n) <= missed
    assert hypergeometric(allowed, population, wrong, answer.n - 1) > missed


@given(
    st.integers(5, 400),
    st.fractions(min_value="1/20", max_value=1, max_denominator=40),
    st.fractions(min_value="1/2", max_value="99/100", max_denominator=100),
    st.fractions(min_value="1/2", max_value="99/100", max_denominator=100),
)
def test_discovery_rises_with_confidence_and_with_what_is_allowed(
    population: int, rate: Fraction, one: Fraction, other: Fraction
) -> None:
    low, high = sorted((one, other))
    less = how_many(population, rate=rate, confidence=low)
    more = how_many(population, rate=rate, confidence=high)
    assert isinstance(less, HowMany)
    assert isinstance(more, HowMany)
    assert less.n <= more.n <= population
    lenient = how_many(population, rate=rate, confidence=high, allowed=1)
    assert isinstance(lenient, Undefined) or more.n <= lenient.n


def test_discovery_does_not_rise_steadily_with_the_number_of_audits() -> None:
    """The wrong ones are rounded up to a whole number, so a hundred wants more than 101."""
    assert (number(100, "5 %"), number(101, "5 %")) == (45, 39)


def test_moderating_every_one_may_not_be_enough() -> None:
    """One wrong of twenty cannot be told from the one that is allowed."""
    found = how_many(20, rate="5 %", allowed=1)
    assert isinstance(found, Undefined)
    assert "1 wrong of 20 are no more than are allowed" in str(found)


def test_shares_are_exact_and_never_floats() -> None:
    assert (
        as_proportion("10 %")
        == as_proportion(" 0.1 ")
        == as_proportion("1/10")
        == as_proportion(Fraction(1, 10))
    )
    for wrong in (0.1, True, "ten", "1/0", "150 %", -1, None):
        with pytest.raises(DefinitionError):
            as_proportion(wrong)  # type: ignore[arg-type]
    with pytest.raises(DefinitionError, match="A rate is written as"):
        how_many(100, rate=0.1)  # type: ignore[arg-type]


def test_numbers_that_cannot_be_are_refused() -> None:
    calls: list[Any] = [
        lambda: how_many(0, rate="10 %"),
        lambda: how_many(True, rate="10 %"),
        lambda: how_many(100, rate=0),
        lambda: how_many(100, rate="10 %", confidence=1),
        lambda: how_many(100, rate="10 %", allowed=-1),
        lambda: at_most(100, checked=10, found=11),
        lambda: at_most(10, checked=11, found=0),
        lambda: at_most(10, checked=0, found=0),
    ]
    for call in calls:
        with pytest.raises(DefinitionError):
            call()
