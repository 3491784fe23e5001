"""The laws of the draw, each a test named as its sentence."""

from __future__ import annotations

import itertools
import math
import unicodedata
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
from hashlib import sha256
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from qaf_core import Case, Exclusion, InputError, Share, Strata, draw, read_receipt, verify
from qaf_core.interchange.receipts import write_receipt
from qaf_core.logic import COUNT, Ref
from qaf_core.sampling.draw import freeze
from qaf_core.sampling.feedback import closed_between
from qaf_core.sampling.lists import BATCH, COMPARED
from qaf_core.sampling.places import places
from qaf_core.sampling.population import LONGEST_ID, id_problem, is_id
from qaf_core.sampling.sizes import Rolling, Size
from qaf_core.sampling.strata import EQUAL, LARGEST_REMAINDER
from qaf_core.sampling.tickets import ticket
from qaf_core.sampling.verify import verify_lines
from qaf_core.timing import add_months

TEXT = st.text(
    st.characters(categories=["L", "N", "P", "S", "M"], include_characters=" "),
    min_size=1,
    max_size=10,
)
IDS = TEXT.map(lambda text: unicodedata.normalize("NFC", text).strip()).filter(is_id)
LISTS = st.lists(IDS, min_size=1, max_size=40, unique=True)
WORDS = st.sampled_from(["1", "2 3 5", "2026-Q1/audit", "Zoë", "a b"])
SIZES = st.integers(1, 12)
scored = Ref("score", COUNT)


def by_hand(ids: Iterable[str], seed: str, scope: str) -> list[str]:
    """Every id, lowest ticket first, worked out the slow way."""

    def own(id: str) -> str:
        return sha256(f"qaf-sample/1\n{seed}\n{scope}\n{id}".encode()).hexdigest()

    return sorted(ids, key=own)


# --- 1 the sample -------------------------------------------------------------------


@given(LISTS, SIZES, WORDS, WORDS)
def test_the_sample_is_the_lowest_tickets(ids: list[str], k: int, seed: str, scope: str) -> None:
    """Whatever the way it is read: a list, a stream, or cases."""
    wanted = tuple(by_hand(ids, seed, scope))
    drawn = draw(ids, k, seed=seed, scope=scope, reserves=3)
    assert drawn.chosen == wanted[:k]
    assert drawn.reserves == wanted[k : k + 3]
    assert draw(iter(ids), k, seed=seed, scope=scope, reserves=3) == drawn
    cases = draw([Case(id=id) for id in ids], k, seed=seed, scope=scope, reserves=3)
    assert tuple(case.id for case in cases.chosen) == drawn.chosen
    assert cases.receipt == drawn.receipt


@given(st.data(), LISTS, SIZES)
def test_the_order_of_the_list_changes_nothing(data: st.DataObject, ids: list[str], k: int) -> None:
    """Neither the sample nor its receipt."""
    other = data.draw(st.permutations(ids))
    assert draw(other, k, seed="s", scope="q") == draw(ids, k, seed="s", scope="q")


@given(LISTS, SIZES)
def test_nobody_is_drawn_twice(ids: list[str], k: int) -> None:
    """Chosen and reserves are different cases of the list, as many as there are."""
    drawn = draw(ids, k, seed="s", scope="q", reserves=4)
    found = (*drawn.chosen, *drawn.reserves)
    assert len(set(found)) == len(found) == min(len(ids), k + 4)
    assert set(found) <= set(ids)


@given(st.data(), LISTS)
def test_an_id_that_stands_twice_is_refused(data: st.DataObject, ids: list[str]) -> None:
    """With the place of both."""
    index = data.draw(st.integers(0, len(ids) - 1))
    with pytest.raises(InputError) as caught:
        draw([*ids, ids[index]], 3, seed="s", scope="q")
    [fault] = caught.value.faults
    assert fault.path == f"population[{len(ids)}].id"
    assert f"population[{index}]" in fault.problem


@given(LISTS, SIZES, SIZES)
def test_a_smaller_sample_lies_within_a_larger(ids: list[str], k: int, more: int) -> None:
    """It is its beginning."""
    small, large = draw(ids, k, seed="s", scope="q"), draw(ids, k + more, seed="s", scope="q")
    assert large.chosen[: len(small.chosen)] == small.chosen


@given(LISTS, IDS, SIZES)
def test_one_case_more_changes_at_most_one_place(ids: list[str], new: str, k: int) -> None:
    """Only the newcomer can come in, and only the last can go."""
    assume(new not in ids)
    before = draw(ids, k, seed="s", scope="q").chosen
    after = draw([*ids, new], k, seed="s", scope="q").chosen
    assert set(after) - set(before) <= {new}
    assert set(before) - set(after) <= {before[-1]}


@given(st.data(), LISTS, SIZES)
def test_taking_out_a_case_that_was_not_drawn_changes_nothing(
    data: st.DataObject, ids: list[str], k: int
) -> None:
    """The chosen are the same."""
    chosen = draw(ids, k, seed="s", scope="q").chosen
    rest = [id for id in ids if id not in chosen]
    assume(rest)
    gone = data.draw(st.sampled_from(rest))
    assert draw([id for id in ids if id != gone], k, seed="s", scope="q").chosen == chosen


@given(st.lists(st.integers(0, 3) | st.none(), min_size=1, max_size=30), SIZES)
def test_leaving_out_is_filtering(scores: list[int | None], k: int) -> None:
    """By condition or by id; where a fact is not known the case stays in."""
    cases = [
        Case(id=f"C{number}", facts={} if score is None else {"score": score})
        for number, score in enumerate(scores)
    ]
    kept = [case for case in cases if case.facts.get("score") not in (2, 3)]
    drawn = draw(cases, k, seed="s", scope="q", exclude=[Exclusion("high", scored >= 2)])
    listed = Exclusion("listed", ids={case.id for case in cases if case not in kept})
    assert len(drawn.excluded) == len(cases) - len(kept)
    for other in (
        draw(kept, k, seed="s", scope="q") if kept else None,
        draw(cases, k, seed="s", scope="q", exclude=[listed]),
    ):
        assert other is None or other.chosen == drawn.chosen
    [reason] = drawn.receipt.left_out
    assert reason.unsettled == scores.count(None)
    assert set(drawn.receipt.unsettled) == {
        case.id for case in drawn.chosen if "score" not in case.facts
    }


@given(st.data(), LISTS, SIZES)
def test_the_sample_of_two_lists_is_that_of_their_samples(
    data: st.DataObject, ids: list[str], k: int
) -> None:
    """Draw from each part and then from what was drawn, or from all at once."""
    cut = data.draw(st.integers(0, len(ids)))
    parts = [draw(part, k, seed="s", scope="q").chosen for part in (ids[:cut], ids[cut:]) if part]
    together = draw(itertools.chain(*parts), k, seed="s", scope="q")
    assert together.chosen == draw(ids, k, seed="s", scope="q").chosen


@given(LISTS, st.integers(1, 99), st.integers(1, 99))
def test_a_rolling_sample_takes_each_case_by_itself(ids: list[str], one: int, two: int) -> None:
    """So the order they come in is nothing, and a smaller share lies within a larger."""
    low, high = sorted((one, two))
    small = draw(ids, Rolling(low), seed="s", scope="q").chosen
    large = draw(ids, Rolling(high), seed="s", scope="q").chosen
    assert large[: len(small)] == small
    alone = [id for id in ids if draw([id], Rolling(low), seed="s", scope="q").chosen]
    assert set(alone) == set(small)
    limit = -(-low * 2**256 // 100)
    assert set(small) == {id for id in ids if int(ticket("s", "q", id), 16) < limit}


def test_every_case_has_the_same_chance() -> None:
    """Five of fifty, 4,000 times: the counts of the cases lie as chance would have them."""
    ids = [f"C{number:02}" for number in range(50)]
    rounds, k, n = 4000, 5, len(ids)
    counts = Counter(
        id for seed in range(rounds) for id in draw(ids, k, seed=str(seed), scope="q").chosen
    )
    chance = k / n
    spread = rounds * chance * (1 - chance)
    statistic = sum((counts[id] - rounds * chance) ** 2 for id in ids) / spread * (n - 1) / n
    assert 23.98 < statistic < 85.35  # chi-square of 49 degrees, 1 in 1,000 either side


def test_samples_of_two_scopes_have_nothing_to_do_with_each_other() -> None:
    """Ten of fifty drawn twice, 2,000 times: as many in common as by chance."""
    ids = [f"C{number:02}" for number in range(50)]
    rounds, k, n = 2000, 10, len(ids)
    common = sum(
        len(
            set(draw(ids, k, seed=str(seed), scope="2026-Q1/audit").chosen)
            & set(draw(ids, k, seed=str(seed), scope="2026-Q1/moderation").chosen)
        )
        for seed in range(rounds)
    )
    mean = k * k / n
    variance = mean * (1 - k / n) * (n - k) / (n - 1)
    assert abs(common - rounds * mean) < 3.3 * math.sqrt(rounds * variance)


# --- 2 weights ----------------------------------------------------------------------


def exact_chances(weights: list[int], k: int) -> dict[frozenset[int], Fraction]:
    """The chance of each sample when cases are drawn one after another by weight."""
    found: dict[frozenset[int], Fraction] = {}
    for order in itertools.permutations(range(len(weights)), k):
        left, chance = sum(weights), Fraction(1)
        for index in order:
            chance *= Fraction(weights[index], left)
            left -= weights[index]
        found[frozenset(order)] = found.get(frozenset(order), Fraction(0)) + chance
    return found


def test_weights_give_the_chances_of_raffle_tickets() -> None:
    """Two of five with 1, 1, 2, 3 and 5 tickets, 6,000 times, against the exact chances."""
    weights, rounds = [1, 1, 2, 3, 5], 6000
    cases = [
        Case(id=f"C{index}", facts={"tickets": weight}) for index, weight in enumerate(weights)
    ]
    chances = exact_chances(weights, 2)
    single = [float(sum(c for pair, c in chances.items() if i in pair)) for i in range(5)]
    assert single == pytest.approx([0.1949, 0.1949, 0.3716, 0.5240, 0.7146], abs=5e-5)
    counts = Counter(
        frozenset(
            int(case.id[1:])
            for case in draw(cases, 2, seed=str(seed), scope="q", weight="tickets").chosen
        )
        for seed in range(rounds)
    )
    statistic = sum(
        (counts[pair] - rounds * float(chance)) ** 2 / (rounds * float(chance))
        for pair, chance in chances.items()
    )
    assert statistic < 27.88  # chi-square of 9 degrees, 1 in 1,000


@given(st.lists(st.integers(1, 6), min_size=1, max_size=12), SIZES)
def test_a_case_with_a_weight_counts_with_its_best_raffle_ticket(
    weights: list[int], k: int
) -> None:
    """``id#0``, ``id#1`` and so on, each a ticket like any other."""
    cases = [
        Case(id=f"C{index}", facts={"tickets": weight}) for index, weight in enumerate(weights)
    ]
    best = {
        case.id: min(ticket("s", "q", f"{case.id}#{number}") for number in range(weight))
        for case, weight in zip(cases, weights, strict=True)
    }
    drawn = draw(cases, k, seed="s", scope="q", weight="tickets")
    assert [case.id for case in drawn.chosen] == sorted(best, key=best.__getitem__)[:k]


# --- strata -------------------------------------------------------------------------

ELIGIBLE = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 30), min_size=1, max_size=6)
BOUNDS = st.integers(0, 4)
CAPS = st.none() | st.integers(4, 15)


@given(ELIGIBLE, st.integers(0, 90), st.sampled_from([LARGEST_REMAINDER, EQUAL]), BOUNDS, CAPS)
def test_places_come_to_the_total_within_the_bounds(
    eligible: dict[str, int], total: int, method: str, floor: int, cap: int | None
) -> None:
    """As far as the cases and caps reach; a share is never a whole place off the exact one."""
    strata = Strata(by="team", method=method, floor=floor, cap=cap)
    low = {name: min(floor, number) for name, number in eligible.items()}
    high = {name: number if cap is None else min(cap, number) for name, number in eligible.items()}
    if sum(low.values()) > total:
        with pytest.raises(InputError):
            places(eligible, total, strata, str.encode)
        return
    given_places = places(eligible, total, strata, str.encode)
    assert sum(given_places.values()) == min(total, sum(high.values()))
    assert all(low[name] <= given_places[name] <= high[name] for name in eligible)
    weights = eligible if method == LARGEST_REMAINDER else dict.fromkeys(eligible, 1)
    for one, other in itertools.permutations(eligible, 2):
        if given_places[one] > low[one] and given_places[other] < high[other]:
            # nobody could give a place to another that has the better claim to it
            assert (given_places[one] - 1) * weights[other] <= (given_places[other] + 1) * weights[
                one
            ]


@given(
    st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 30), min_size=1), st.integers(1, 50)
)
def test_largest_remainder_is_the_schoolbook_one_where_nothing_binds(
    eligible: dict[str, int], total: int
) -> None:
    """Whole quotas first, then one each by the largest remainder."""
    size = sum(eligible.values())
    total = min(total, size)
    quotas = {name: Fraction(number * total, size) for name, number in eligible.items()}
    wanted = {name: math.floor(quota) for name, quota in quotas.items()}
    order = sorted(quotas, key=lambda name: (wanted[name] - quotas[name], name))
    for name in order[: total - sum(wanted.values())]:
        wanted[name] += 1
    assert places(eligible, total, Strata(by="team"), str.encode) == wanted


@given(st.lists(st.sampled_from(["north", "south", ""]), min_size=1, max_size=40), SIZES)
def test_each_stratum_is_a_draw_of_its_own_with_the_same_tickets(teams: list[str], k: int) -> None:
    """Cases of which the team is not known are a stratum too."""
    cases = [Case(id=f"C{number}", team=team) for number, team in enumerate([*teams, "east"])]
    drawn = draw(cases, k, seed="s", scope="q", strata=Strata(by="team"), reserves=2)
    assert len(drawn.chosen) == min(k, len(cases))
    for part in drawn.receipt.parts:
        ids = [case.id for case in cases if (case.team or "(not known)") == part.name]
        order = by_hand(ids, "s", "q")
        assert part.chosen == tuple(order[: part.places])
        assert part.reserves == tuple(order[part.places or 0 :][:2])
    assert [case.id for case in drawn.chosen] == by_hand(drawn.receipt.chosen, "s", "q")


# --- the list and the receipt -------------------------------------------------------


@given(st.data(), st.lists(st.sampled_from(["north", "south", ""]), min_size=2, max_size=30))
def test_a_receipt_reads_back_equal_and_holds(data: st.DataObject, teams: list[str]) -> None:
    """Against the cases in any order, and against the lines of the frozen list."""
    cases = [
        Case(id=f"C{number}", team=team, facts={"score": number % 4, "tickets": 1 + number % 3})
        for number, team in enumerate([*teams, "east"])
    ]
    exclude = [Exclusion("high", scored >= 3)] if data.draw(st.booleans()) else []
    strata = Strata(by="team") if data.draw(st.booleans()) else None
    sizes: list[Size] = [2, 5, Share(30, at_least=2), Share(Fraction(25, 2))]
    size = data.draw(st.sampled_from(sizes))
    weight = data.draw(st.sampled_from(["", "tickets"]))
    lines: list[bytes] = []
    receipt = draw(
        cases,
        size,
        seed="s",
        scope="q",
        strata=strata,
        weight=weight,
        exclude=exclude,
        reserves=2,
        listing=lines.append,
    ).receipt
    for id in receipt.chosen:
        part = receipt.part_of(id)
        if len(part.reserves) > sum(each.into in part.reserves for each in receipt.replacements):
            receipt = receipt.replace(id, reason="not one of ours")
    assert read_receipt(write_receipt(receipt)) == receipt
    assert verify(receipt, cases, exclude=exclude).holds
    assert verify(receipt, data.draw(st.permutations(cases)), exclude=exclude).holds
    text = b"".join(lines).decode()
    assert verify_lines(receipt, text.splitlines(keepends=True)).holds
    assert sha256(b"".join(sorted(b"".join(lines).splitlines(keepends=True)))).hexdigest() == (
        receipt.population.sha256
    )


@given(LISTS)
def test_what_was_frozen_is_what_is_drawn_from(ids: list[str]) -> None:
    """The digest needs no seed, and another list is refused under it."""
    frozen = freeze(ids)
    drawn = draw(ids, 2, seed="s", scope="q", frozen=frozen.sha256)
    assert drawn.receipt.population == frozen
    assert frozen.sha256 == sha256("".join(f"{id}\n" for id in sorted(ids)).encode()).hexdigest()
    with pytest.raises(InputError, match="told beforehand"):
        draw([*ids, "one more"], 2, seed="s", scope="q", frozen=frozen.sha256)


@given(st.integers(1, 4 * BATCH), st.booleans(), st.sampled_from(["C{}", "Ż{}", "{:06}"]))
@settings(max_examples=20)
def test_batches_leave_no_seam(n: int, reverse: bool, form: str) -> None:
    """Long lists, sorted and not, in any letters, draw what they draw by hand."""
    ids = [form.format(number) for number in range(n)]
    if reverse:
        ids.reverse()
    drawn = draw(iter(ids), 7, seed="s", scope="q")
    assert list(drawn.chosen) == by_hand(ids, "s", "q")[:7]
    assert drawn.receipt.population == freeze(set(ids))


def test_past_what_is_kept_a_stream_in_no_order_is_digested_as_given() -> None:
    """And says so; a sorted one, and a list, are as ever."""
    ids = [f"C{number:05}" for number in range(COMPARED + 5000)]
    jumbled = [ids[-1], *ids[:-1]]
    whole = freeze(ids)
    assert (whole.order, whole.compared) == ("sorted", len(ids))
    assert freeze(iter(ids)) == whole
    assert freeze(jumbled) == whole
    stream = freeze(iter(jumbled))
    assert (stream.order, stream.compared) == ("as given", COMPARED)
    assert stream.sha256 == sha256("".join(f"{id}\n" for id in jumbled).encode()).hexdigest()
    receipt = draw(iter(jumbled), 5, seed="s", scope="q").receipt
    assert verify(receipt, jumbled).holds
    assert receipt.chosen == draw(ids, 5, seed="s", scope="q").receipt.chosen
    last = receipt.chosen[-1]
    for again in ([*jumbled, jumbled[3]], [*jumbled, jumbled[-1]]):
        with pytest.raises(InputError, match="again"):
            draw(again, 5, seed="s", scope="q")
    for twice in ([*jumbled, last], [*ids, ids[-1], "D"], [*ids[:24000], *ids[23999:]]):
        with pytest.raises(InputError, match="again"):
            draw(iter(twice), 5, seed="s", scope="q")
    assert freeze(set(ids)) == whole
    assert verify(draw(ids, 5, seed="s", scope="q").receipt, iter(jumbled)).holds


def test_past_what_is_kept_an_id_drawn_from_two_strata_is_refused() -> None:
    """A list in no order, on which a child stands under two teams."""
    cases = [Case(id=f"C{n % 25_000:05}", team="north") for n in range(1, 25_001)]
    best = draw(cases, 1, seed="s", scope="q").chosen[0]
    moved = [case for case in cases if case.id != best.id]
    both = (*moved, best, Case(id=best.id, team="south"))
    with pytest.raises(InputError, match="again"):
        draw(iter(both), 2, seed="s", scope="q", strata=Strata(by="team", floor=1))


@given(st.text(max_size=8) | st.sampled_from(["e\u0301", "a" * 201, "\ud800", " x", "x\u00a0"]))
def test_the_quick_question_and_the_reason_agree(text: str) -> None:
    """Of an id, and of a list of ids, which is looked at as a whole."""
    assert is_id(text) is (id_problem(text) == ("", ""))
    if is_id(text):
        assert len(text) <= LONGEST_ID
        assert draw(["A", text, "B"] if text not in "AB" else [text], 1, seed="s", scope="q").chosen
    else:
        with pytest.raises(InputError):
            draw(["A", text, "B"], 1, seed="s", scope="q")


# --- 9 the calendar -----------------------------------------------------------------


@given(st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.integers(1, 24), st.integers(0, 40))
def test_feedback_periods_tile_the_days_of_closing(start: date, months: int, days: int) -> None:
    """Whenever a case closed, its six months end in one period, and no day is left over."""
    bounds = [start, start + timedelta(days=days + 1), start + timedelta(days=days + 90)]
    found = [
        closed_between(first, last - timedelta(days=1), months) for first, last in pairwise(bounds)
    ]
    assert found[0][1] + timedelta(days=1) == found[1][0]
    for (first, last), (earliest, latest) in zip(pairwise(bounds), found, strict=True):
        for day in (earliest, latest) if earliest <= latest else ():
            assert first <= add_months(day, months) < last
        assert add_months(earliest - timedelta(days=1), months) < first
        assert add_months(latest + timedelta(days=1), months) >= last
