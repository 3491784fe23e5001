"""The draw: reference values, what is refused, and receipts that do not hold."""

from __future__ import annotations

import csv
import json
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from qaf_core import (
    Case,
    DefinitionError,
    Exclusion,
    InputError,
    Post,
    Share,
    Strata,
    UnknownIdError,
    draw,
    read_receipt,
    verify,
    write_receipt,
)
from qaf_core.facts import FACTS, actions, case_closed, case_opened, case_status, today
from qaf_core.interchange.receipts import receipt_to_plain
from qaf_core.logic import met, sure
from qaf_core.sampling.checks import IdCheck, crowded_workers, none_meeting, nothing_from
from qaf_core.sampling.draw import freeze
from qaf_core.sampling.feedback import closed_between, due_for_feedback
from qaf_core.sampling.population import (
    case_record,
    case_team,
    case_worker,
    checked_cases,
    checked_posts,
    of_case,
    of_post,
    pair_record,
    post_id,
    post_team,
)
from qaf_core.sampling.receipt import Receipt, Replacement
from qaf_core.sampling.sizes import Rolling
from qaf_core.sampling.tickets import ticket
from qaf_core.sampling.verify import verify_lines
from qaf_core.timing import AT_ONCE

SHARED = Path(__file__).parents[2] / "shared" / "data" / "ssda903" / "d2i_episodes.csv"
SEED = "2026-04-01 04 11 19 23 37 52"
IDS = [f"C{number:05}" for number in range(1500)]
MARK = "Marker-Zebra-71"
TEAMS = ("north", "south", "east")
CASES = [
    Case(
        id=id,
        team=TEAMS[number % 7 % 3],
        worker=f"SW-{number % 11}",
        facts={"case_status": ("cin", "cp", "cla")[number % 3], "tickets": 1 + number % 2},
    )
    for number, id in enumerate(IDS[:60])
]
LOOKED_AFTER = Exclusion("looked after", case_status.is_("cla"))


class Text(str):
    """Text of another type, as arrays give it."""

    __slots__ = ()


# --- reference values ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("scope", "wanted"),
    [
        ("2026-Q1/audit", "C00026 C00332 C00900 C00573 C00055 C00263"),
        ("2026-Q1/moderation", "C01080 C00230 C01318 C00273 C01468 C01114"),
    ],
)
def test_the_golden_draws(scope: str, wanted: str) -> None:
    """The same in Python 2.7 to 3.13, a shell and Node."""
    assert draw(IDS, 6, seed=SEED, scope=scope).chosen == tuple(wanted.split())


def test_the_golden_ticket() -> None:
    assert ticket("s", "p", "1") == (
        "bec7c6dad23a7c871dca0f26a09b3d7824980a61e28b522dbe9b10ef9578ec0c"
    )


def test_a_list_is_digested_as_a_shell_does() -> None:
    """``LC_ALL=C sort ids.txt | sha256sum``."""
    assert freeze(reversed(IDS)).sha256 == (
        "22152eabdbac9073b765d3dab5cf2a47bee174b828a6f13a1c8c7d02353393c8"
    )


def test_plain_draws_leave_auditors_out_and_strata_do_not() -> None:
    """Of 24 auditors with four audits each, a plain draw of 24 misses seven or so."""
    audits = [
        Case(id=f"A{number:03}", facts={"auditor": f"TM-{number % 24}"}) for number in range(96)
    ]
    missed = 0
    for seed in range(40):
        plain = draw(audits, 24, seed=str(seed), scope="moderation")
        missed += 24 - len({case.facts["auditor"] for case in plain.chosen})
        each = draw(
            audits,
            seed=str(seed),
            scope="moderation",
            strata=Strata(by="auditor", method="fixed", fixed=1),
        )
        assert len({case.facts["auditor"] for case in each.chosen}) == len(each.chosen) == 24
    assert 6.4 < missed / 40 < 8.4  # 7.4 expected


# --- how many -----------------------------------------------------------------------


def test_a_share_is_rounded_up_and_kept_within_its_bounds() -> None:
    assert [Share(20, at_least=20).of(n) for n in (10, 99, 100, 101, 106)] == [20, 20, 20, 21, 22]
    assert Share(Fraction(25, 2), at_most=3).of(100) == 3
    assert str(Share(20, at_least=20)) == "20 %, at least 20"
    for generator in (False, True):
        population = (each for each in IDS) if generator else IDS
        drawn = draw(population, Share(2), seed="s", scope="q")
        assert drawn.chosen == draw(IDS, 30, seed="s", scope="q").chosen


def test_where_there_are_too_few_all_are_drawn_and_the_receipt_says_so() -> None:
    drawn = draw(IDS[:4], 6, seed="s", scope="q")
    assert sorted(drawn.chosen) == IDS[:4]
    assert dict(drawn.receipt.short) == {"": 2}
    assert "short by 2" in str(drawn)
    floors = draw(
        CASES, 20, seed="s", scope="q", strata=Strata(by="team", floor={"east": 18, "west": 2})
    )
    east = sum(case.team == "east" for case in CASES)
    assert east < 18
    assert dict(floors.receipt.short) == {"east": 18 - east, "west": 2}
    capped = draw(CASES, Share(50), seed="s", scope="q", strata=Strata(by="team", cap=4))
    assert dict(capped.receipt.short) == {"": 18}
    fixed = draw(CASES, seed="s", scope="q", strata=Strata(by="team", method="fixed", fixed=30))
    assert fixed.receipt.short.keys() == set(TEAMS)


def test_strata_may_be_named_as_conditions_name_facts() -> None:
    assert Strata(by=(case_team, case_status)) == Strata(by=("team", "case_status"))


def test_a_stratum_may_cross_several_facts() -> None:
    drawn = draw(CASES, 12, seed="s", scope="q", strata=Strata(by=("team", "case_status")))
    assert {part.name for part in drawn.receipt.parts} >= {"north / cin", "east / cla"}
    assert sum(part.eligible for part in drawn.receipt.parts) == 60


def test_between_equal_claims_the_seed_decides() -> None:
    """Ten places in three equal teams: over the seeds each team gets the fourth as often."""
    cases = [Case(id=f"C{n}", team=TEAMS[n % 3]) for n in range(30)]
    fourth = [
        next(part.name for part in drawn.receipt.parts if part.places == 4)
        for drawn in (
            draw(cases, 10, seed=str(seed), scope="q", strata=Strata(by="team"))
            for seed in range(150)
        )
    ]
    assert all(30 < fourth.count(team) < 70 for team in TEAMS)


# --- what is refused ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("id", "problem"),
    [
        ("", "blank"),
        ("  ", "blank"),
        ("C1 ", "space"),
        ("\tC1", "space"),
        ("C\n1", "cannot be seen"),
        ("C\u200b1", "cannot be seen"),
        ("C\x001", "cannot be seen"),
        ("C\ud8001", "cannot be seen"),
        ("Zoe\u0308", "loose accent"),
        ("C" * 201, "longer than 200"),
        (None, "nothing, not text"),
        (1234, "a number, not text"),
        (1234.0, "a number with a point, not text"),
        (float("nan"), "a number with a point, not text"),
        (True, "true or false, not text"),
        (b"C1", "bytes, not text"),
        (("C", 1), "something else, not text"),
        (Text("C1"), "made from text, not text"),
    ],
)
def test_hostile_ids_are_refused_with_their_place(id: Any, problem: str) -> None:
    """In a list of plain ids, as the id of a case, and as the id of a post."""
    for population in ([*IDS[:2], id], [Case(id="C1"), Case(id="C2"), Case(id=id)]):
        with pytest.raises(InputError) as caught:
            draw(population, 1, seed="s", scope="q")
        [fault] = caught.value.faults
        assert fault.path == "population[2].id"
        assert problem in fault.problem
        assert fault.do
    with pytest.raises(InputError) as caught:
        checked_posts([Post(id=id, role="team_manager")])
    assert caught.value.faults[0].path == "posts[0].id"


def test_every_fault_is_told_at_once_and_none_repeats_a_value() -> None:
    population: list[Any] = [
        f"{MARK} ",
        Case(id="C1", team=f" {MARK}", facts={f"{MARK} fact": 1, "score": 1.5}),  # type: ignore[dict-item]
        Case(id="C1", worker=f"{MARK}\n"),
        "C2",
        "C2",
        Case(id="C3", facts={"case_status": MARK}),
    ]
    with pytest.raises(InputError) as caught:
        draw(population, 2, seed="s", scope="q", exclude=[LOOKED_AFTER])
    assert [fault.path for fault in caught.value.faults] == [
        "population[0].id",
        "population[1].team",
        "population[1].facts.(key 1)",
        "population[1].facts.(key 2)",
        "population[2].worker",
        "population[5].facts.case_status",
        "population[4].id",
    ]
    assert MARK not in str(caught.value) + repr(caught.value)


def test_a_list_that_is_all_wrong_does_not_fill_the_screen() -> None:
    with pytest.raises(InputError) as caught:
        draw((number for number in range(5000)), 2, seed="s", scope="q")  # type: ignore[type-var]
    assert len(caught.value.faults) == 1001
    assert "4,000 faults more" in caught.value.faults[-1].problem
    with pytest.raises(InputError, match="4,000 faults more"):
        checked_cases(number for number in range(5000))  # type: ignore[misc]


@pytest.mark.parametrize(
    ("asked", "path"),
    [
        ({"seed": ""}, "seed"),
        ({"seed": 42}, "seed"),
        ({"seed": "a\nb"}, "seed"),
        ({"scope": " q"}, "scope"),
        ({"seed_drawn": "a\nb"}, "seed_drawn"),
        ({"seed_drawn": None}, "seed_drawn"),
        ({"size": 0}, "size"),
        ({"size": 2.0}, "size"),
        ({"size": True}, "size"),
        ({"size": None}, "size"),
        ({"reserves": -1}, "reserves"),
        ({"size": Rolling(10), "reserves": 2}, "reserves"),
        ({"size": Rolling(10), "strata": Strata(by="team")}, "size"),
        ({"size": Share(10), "strata": Strata(by="team", method="fixed", fixed=1)}, "size"),
        ({"size": 4, "strata": Strata(by="team", method="fixed", fixed=1)}, "size"),
        ({"strata": Strata(by="tema")}, "strata.by"),
        ({"strata": Strata(by="team", floor=2)}, "strata.floor"),
        ({"strata": Strata(by="team", floor={"east": 2}, cap=1)}, "strata.floor"),
        (
            {"size": None, "strata": Strata(by="team", method="fixed", fixed={"east": 2})},
            "strata.fixed",
        ),
        ({"weight": "case_status"}, "population[0].facts.case_status"),
        ({"weight": "nothing"}, "population[0].facts.nothing"),
        ({"exclude": [Exclusion("")]}, "exclude[0].reason"),
        ({"exclude": [Exclusion("x", ids=["12 "])]}, "exclude[0].ids"),
        ({"exclude": [LOOKED_AFTER, LOOKED_AFTER]}, "exclude[1].reason"),
        ({"frozen": "0" * 64}, "frozen"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(asked: dict[str, Any], path: str) -> None:
    with pytest.raises(InputError) as caught:
        draw(CASES, **{"size": 3, "seed": "s", "scope": "q", **asked})
    assert caught.value.faults[0].path == path
    assert caught.value.faults[0].do


@pytest.mark.parametrize(
    "make",
    [
        lambda: Share(0.2),  # type: ignore[arg-type]
        lambda: Share(120),
        lambda: Share(10, at_least=-1),
        lambda: Rolling(0),
        lambda: Strata(by="team", method="equaly"),
        lambda: Strata(by="team", method="fixed"),
        lambda: Strata(by="team", fixed=2),
        lambda: Strata(by="team", floor=-1),
        lambda: Strata(by="team", floor=None),
        lambda: Strata(by=("team", "team")),
        lambda: Strata(by=(1,)),  # type: ignore[arg-type]
    ],
)
def test_what_cannot_be_asked_is_refused_when_it_is_written(make: Callable[[], object]) -> None:
    with pytest.raises(InputError):
        make()


def test_a_population_that_is_no_list_and_a_reason_about_items_are_refused() -> None:
    no_lists: list[Any] = ["C1", b"C1", {"C1": 1}]
    for wrong in no_lists:
        with pytest.raises(InputError, match="no list"):
            draw(wrong, 1, seed="s", scope="q")
    with pytest.raises(DefinitionError, match="no condition"):
        Exclusion("x", case_status == "cla")  # type: ignore[arg-type, comparison-overlap]
    about_items = Exclusion("acted on", actions.any(actions.section.is_("risk")))
    with pytest.raises(DefinitionError, match="items"):
        draw(CASES, 1, seed="s", scope="q", exclude=[about_items])


def test_an_empty_list_draws_nothing() -> None:
    nobody: list[str] = []
    drawn = draw(nobody, 3, seed="s", scope="q")
    assert drawn.chosen == ()
    assert dict(drawn.receipt.short) == {"": 3}


# --- left out -----------------------------------------------------------------------


def test_what_is_not_sure_leaves_nobody_out_and_is_told() -> None:
    """The receipt counts the doubtful, and names those of them that were drawn."""
    cases = [Case(id="C1"), Case(id="C2", facts={"case_status": "cla"}), Case(id="C3", team="n")]
    drawn = draw(cases, 5, seed="s", scope="q", exclude=[LOOKED_AFTER])
    assert {case.id for case in drawn.chosen} == {"C1", "C3"}
    assert [(each.id, each.reason) for each in drawn.excluded] == [("C2", "looked after")]
    [reason] = drawn.receipt.left_out
    assert (reason.count, reason.unsettled) == (1, 2)
    assert dict(drawn.receipt.unsettled) == {"C1": ("looked after",), "C3": ("looked after",)}
    assert "not sure, so kept in: 2" in str(drawn)


def test_a_fact_as_the_framework_declares_it_may_say_nothing_when_it_is_not_given() -> None:
    """An optional one is silent and in no doubt; one that is needed leaves the reason open."""
    cases = [Case(id="C1")]
    day = date(2016, 1, 1)
    for reason, doubtful in ((LOOKED_AFTER, 0), (Exclusion("old", case_opened < day), 1)):
        drawn = draw(cases, 1, seed="s", scope="q", exclude=[reason], facts=FACTS)
        assert drawn.receipt.left_out[0].unsettled == doubtful
    wrong = Case(id="C1", facts={"case_opened": "2015-01-01"})
    with pytest.raises(InputError) as caught:
        draw([wrong], 1, seed="s", scope="q", exclude=[LOOKED_AFTER], facts=FACTS)
    assert caught.value.faults[0].path == "population[0].facts.case_opened"


def test_a_reason_may_speak_of_the_day() -> None:
    cases = [Case(id="C1", facts={"case_opened": date(2016, 2, 1)})]
    early = Exclusion("not open yet", case_opened > today)
    for day, chosen in ((date(2016, 1, 31), 0), (date(2016, 2, 1), 1)):
        drawn = draw(cases, 1, seed="s", scope="q", exclude=[early], on=day)
        assert len(drawn.chosen) == chosen
        assert verify(drawn.receipt, cases, exclude=[early]).holds


def test_of_several_reasons_the_first_that_holds_counts() -> None:
    cases = [Case(id="C1", team="north", facts={"case_status": "cla"})]
    reasons = [Exclusion("north", case_team.is_("north")), LOOKED_AFTER]
    drawn = draw(cases, 1, seed="s", scope="q", exclude=reasons)
    assert [each.count for each in drawn.receipt.left_out] == [1, 0]


# --- reserves and replacement -------------------------------------------------------


def drawn_by_team() -> Receipt:
    return draw(
        CASES,
        9,
        seed="s",
        scope="q",
        strata=Strata(by="team"),
        reserves=1,
        weight="tickets",
        exclude=[LOOKED_AFTER],
    ).receipt


def test_a_replacement_is_the_next_of_its_own_stratum() -> None:
    receipt = drawn_by_team()
    out = receipt.chosen[0]
    part = receipt.part_of(out)
    later = receipt.replace(out, reason="moved away before the list was frozen")
    assert later.replacements[0].into == part.reserves[0]
    assert later.in_force == (part.reserves[0], *receipt.chosen[1:])
    assert later.chosen == receipt.chosen
    assert verify(later, CASES, exclude=[LOOKED_AFTER]).holds
    with pytest.raises(InputError, match="no reserve is left"):
        later.replace(part.reserves[0], reason="gone too")
    with pytest.raises(UnknownIdError):
        later.replace(out, reason="again")
    with pytest.raises(InputError, match="reason"):
        receipt.replace(out, reason=" ")
    assert "moved away" not in repr(later)
    drawn = draw(IDS, 3, seed="s", scope="q", reserves=2).replace(
        draw(IDS, 3, seed="s", scope="q").chosen[1], reason="not ours"
    )
    assert drawn.in_force == (drawn.chosen[0], drawn.reserves[0], drawn.chosen[2])


# --- receipts -----------------------------------------------------------------------


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every plain value in plain data."""
    if isinstance(value, dict | list):
        members = value.items() if isinstance(value, dict) else enumerate(value)
        for key, member in members:
            yield from leaves(member, (*path, key))
    else:
        yield path


def changed(plain: Any, path: tuple[Any, ...]) -> Any:
    """Plain data with one value made another of the same type."""
    copy = json.loads(json.dumps(plain))
    place = copy
    for key in path[:-1]:
        place = place[key]
    old = place[path[-1]]
    place[path[-1]] = old + 1 if isinstance(old, int) else f"{old}x"
    return copy


def test_no_single_change_to_a_receipt_goes_unseen() -> None:
    """Whatever is altered, either it is no receipt any more or it does not hold."""
    receipt = drawn_by_team()
    receipt = receipt.replace(receipt.chosen[2], reason="not ours")
    plain = receipt_to_plain(receipt)
    loose = [("seed_drawn",), ("on",), ("population", "compared"), ("replacements", 0, "reason")]
    loose.append(("strata", "floor"))  # each had one anyway
    places = [path for path in leaves(plain) if path not in loose]
    assert len(places) > 50
    for path in places:
        try:
            other = read_receipt(changed(plain, path))
        except InputError:
            continue
        try:
            result = verify(other, CASES, exclude=[LOOKED_AFTER])
        except InputError:
            continue
        assert not result.holds, path
        assert "the receipt says" in str(result)


def test_a_verification_names_what_differs() -> None:
    receipt = drawn_by_team()
    result = verify(receipt, CASES[1:], exclude=[LOOKED_AFTER])
    assert {"population.count", "population.sha256"} <= {each.what for each in result.differences}
    assert verify(receipt, CASES).differences[0].what == "population.columns"
    first, second, *rest = receipt.chosen
    for chosen, found in (
        ((second, first, *rest), "them in another order"),
        ((MARK, second, *rest), first),
    ):
        [difference] = verify(
            evolve(receipt, chosen=chosen), CASES, exclude=[LOOKED_AFTER]
        ).differences
        assert (difference.what, difference.found) == ("chosen", found)
    wrong = evolve(
        receipt,
        replacements=(Replacement(out=first, into=second, reason="r"),),
    )
    [difference] = verify(wrong, CASES, exclude=[LOOKED_AFTER]).differences
    assert difference.what == "replacements[0]"
    assert "next in line" in difference.found
    [difference] = verify(evolve(receipt, method="qaf-sample/2"), CASES).differences
    assert difference.what == "method"


def test_lines_of_another_list_are_refused() -> None:
    receipt = drawn_by_team()
    with pytest.raises(InputError) as caught:
        verify_lines(receipt, ["C1\tnorth\t1\t\n", "C2\n", "C3\tnorth\tx\t\n", " C\tn\t1\t"])
    assert [fault.line for fault in caught.value.faults] == [2, 3, 4]


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("[]", "(whole text)"),
        ("{", "(whole text)"),
        ('{"methd": "x"}', "(key 1)"),
        ('{"size": 2.5}', "method"),
    ],
)
def test_what_is_no_receipt_is_refused(text: str, path: str) -> None:
    with pytest.raises(InputError) as caught:
        read_receipt(text)
    assert caught.value.faults[0].path == path


def test_every_fault_of_a_receipt_is_told() -> None:
    plain = receipt_to_plain(drawn_by_team())
    plain |= {
        "size": "9",
        "chosen": [1],
        "strata": {**plain["strata"], "method": MARK},
        "left_out": [{"reason": MARK}],
        "population": {**plain["population"], "count": MARK},
        "parts": {},
    }
    with pytest.raises(InputError) as caught:
        read_receipt(plain)
    assert {fault.path.partition("[")[0] for fault in caught.value.faults} >= {
        "size",
        "chosen",
        "strata.method",
        "population.count",
        "parts",
    }
    assert MARK not in str(caught.value)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 5) | st.sampled_from(["", "x", "1/0", "fixed"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from("ab"), inner),
    max_leaves=4,
)
PLAIN = receipt_to_plain(drawn_by_team().replace(drawn_by_team().chosen[0], reason="r"))


@given(st.data(), JSON)
def test_whatever_a_receipt_says_it_is_refused_or_verified(data: st.DataObject, other: Any) -> None:
    """Put anything anywhere: one clear error, or a list of differences; never a crash."""
    plain = json.loads(json.dumps(PLAIN))
    path = data.draw(st.sampled_from(list(leaves(plain))))
    path = path[: data.draw(st.integers(1, len(path)))]
    place = plain
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = other
    lines = ["C1\tnorth\t1\t\n", "C2\tsouth\t2\tlooked after\n"]
    try:
        receipt = read_receipt(plain)
        assert read_receipt(write_receipt(receipt)) == receipt
        assert str(verify(receipt, CASES, exclude=[LOOKED_AFTER]))
        assert str(verify_lines(receipt, lines))
    except InputError as error:
        assert error.faults


def test_tables_show_what_was_drawn_and_what_differs() -> None:
    receipt = drawn_by_team()
    assert "9 drawn of 40 eligible" in receipt._repr_html_()
    drawn = draw(IDS, 2, seed="s", scope="<q>")
    assert drawn._repr_html_() == drawn.receipt._repr_html_()
    assert "&lt;q&gt;" in drawn._repr_html_()
    assert f"| {drawn.chosen[0]} |" in drawn._repr_markdown_()
    result = verify(receipt, CASES[1:], exclude=[LOOKED_AFTER])
    assert "does not hold" in result._repr_html_()
    assert "population.count" in result._repr_markdown_()


def test_sizes_of_every_sort_read_back() -> None:
    for size in (3, Share(Fraction(25, 2), at_least=2, at_most=9), Rolling(Fraction(1, 3))):
        receipt = draw(IDS, size, seed="s", scope="q").receipt
        assert read_receipt(write_receipt(receipt)) == receipt
        assert verify(receipt, IDS).holds


# --- privacy, memory ----------------------------------------------------------------


def test_reprs_show_no_fact_and_no_worker() -> None:
    case = Case(id="C1", worker=MARK, facts={"case_status": MARK})
    post = Post(id="TM-1", role="team_manager", facts={"x": MARK})
    drawn = draw([case], 1, seed="s", scope="q")
    for value in (case, post, drawn, case_record(case), pair_record(case, post), drawn.receipt):
        assert MARK not in repr(value) + str(value)


def test_a_stream_takes_no_more_memory_however_long_it_is() -> None:
    def peak(number: int) -> int:
        tracemalloc.start()
        draw((f"C{n:07}" for n in range(number)), 20, seed="s", scope="q")
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(10)
    assert peak(90_000) < 1.1 * peak(45_000) < 5 * 2**20


# --- conditions on cases and pairs --------------------------------------------------


def test_a_condition_is_read_on_a_case_and_on_a_pair() -> None:
    case = Case(id="C1", team="north", worker="SW-1", facts={"case_status": "cp"})
    post = Post(id="TM-1", role="team_manager", team="north", facts={"case_status": "cin"})
    own_team = sure(case_team.is_(post_team))
    assert met(own_team, pair_record(case, post))
    assert not met(own_team, pair_record(evolve(case, team=""), post))
    assert not met(sure(case_worker.is_(post_id)), pair_record(case, post))
    for status in (case_status, of_case(case_status)):
        assert met(sure(status.is_("cp")), pair_record(case, post))
        assert met(sure(status.is_("cp")), case_record(case))
    assert met(sure(of_post(case_status).is_("cin")), pair_record(case, post))


# --- the feedback sample ------------------------------------------------------------


def test_feedback_is_drawn_from_what_closed_six_months_before() -> None:
    """The first quarter of 2016: closed from 1 July to 30 September 2015, and still closed."""
    assert closed_between(date(2016, 1, 1), date(2016, 3, 31), 6) == (
        date(2015, 7, 1),
        date(2015, 9, 30),
    )
    opened = date(2015, 1, 1)
    cases = [
        Case(id="in-first", facts={"case_opened": opened, "case_closed": date(2015, 7, 1)}),
        Case(id="in-last", facts={"case_opened": opened, "case_closed": date(2015, 9, 30)}),
        Case(id="early", facts={"case_opened": opened, "case_closed": date(2015, 6, 30)}),
        Case(id="late", facts={"case_opened": opened, "case_closed": date(2015, 10, 1)}),
        Case(id="open", facts={"case_opened": opened}),
        Case(
            id="again",
            facts={"case_opened": date(2015, 12, 1), "case_closed": date(2015, 8, 1)},
        ),
        Case(id="no-opening", facts={"case_closed": date(2015, 8, 1)}),
    ]
    drawn = draw(
        cases,
        9,
        seed="s",
        scope="2016-Q1/feedback",
        exclude=due_for_feedback(date(2016, 1, 1), date(2016, 3, 31)),
    )
    assert {case.id for case in drawn.chosen} == {"in-first", "in-last", "no-opening"}
    assert dict(drawn.receipt.unsettled) == {"no-opening": ("opened again since",)}
    assert [each.count for each in drawn.receipt.left_out] == [1, 1, 2]
    with pytest.raises(DefinitionError, match="before it begins"):
        due_for_feedback(date(2016, 2, 1), date(2016, 1, 1))
    with pytest.raises(DefinitionError, match="months"):
        due_for_feedback(date(2016, 1, 1), date(2016, 2, 1), after=AT_ONCE)


def test_a_date_given_as_text_is_a_fault_and_no_crash() -> None:
    cases = [Case(id="C1", facts={"case_closed": "2015-08-01"})]
    with pytest.raises(InputError) as caught:
        draw(cases, 1, seed="s", scope="q", exclude=[Exclusion("x", case_closed > case_opened)])
    assert caught.value.faults[0].path == "population[0].facts.case_closed"


# --- checks -------------------------------------------------------------------------


def test_a_sample_without_what_it_should_hold_is_queried() -> None:
    cin = [Case(id="C1", facts={"case_status": "cin"}), Case(id="C2")]
    protected = case_status.in_(["cp", "cla"])
    query = none_meeting(cin, protected)
    assert query is not None
    assert "of 1 it is not known" in str(query)
    assert none_meeting([*cin, CASES[1]], protected) is None
    assert none_meeting([], protected) is None
    query = nothing_from(CASES, [case for case in CASES if case.team != "east"], "team")
    assert query is not None
    assert "east" in query.statement
    assert nothing_from(CASES, CASES, "team") is None
    crowd = crowded_workers(CASES, 5)
    assert crowd is not None
    assert "SW-" not in str(crowd)
    assert crowded_workers(CASES, 60) is None


@pytest.mark.parametrize(
    ("ids", "wanted"),
    [
        (["1234.0", "1235.0", "C1"], ["list.point_nought"]),
        (["1.23E+11", "C1"], ["list.exponent"]),
        (["12345"] * 20 + ["234"], ["list.leading_noughts"]),
        (["12345"] * 20 + ["234", "00123"], []),
        (IDS, []),
    ],
)
def test_ids_that_a_spreadsheet_damaged_are_queried(ids: list[str], wanted: list[str]) -> None:
    check = IdCheck()
    assert list(check.watch(ids)) == ids
    assert [query.id for query in check.queries()] == wanted


# --- public data --------------------------------------------------------------------


@pytest.mark.skipif(not SHARED.exists(), reason="the public 903 file is not here")
def test_open_episodes_of_a_903_return_are_drawn_by_kind_and_the_receipt_holds() -> None:
    """By legal status, with what left care kept out; the lines alone verify too."""
    children: dict[str, dict[str, str]] = {}
    with SHARED.open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            began = datetime.strptime(row["DECOM"], "%d/%m/%Y").date()  # noqa: DTZ007
            known = children.get(row["CHILD"])
            if known is None or date.fromisoformat(known["began"]) <= began:
                children[row["CHILD"]] = {**row, "began": began.isoformat()}
    cases = [
        Case(
            id=child,
            facts={
                "legal_status": row["LS"],
                "case_opened": date.fromisoformat(row["began"]),
                "case_status": "cla" if not row["DEC"] else "care_leaver",
            },
        )
        for child, row in children.items()
    ]
    assert len(cases) > 2000
    left = Exclusion("not looked after any more", case_status.is_("care_leaver"))
    lines: list[bytes] = []
    drawn = draw(
        cases,
        40,
        seed=SEED,
        scope="2026-Q1/audit",
        reserves=3,
        strata=Strata(by="legal_status", floor=1),
        exclude=[left],
        listing=lines.append,
    )
    assert len(drawn.chosen) == 40
    assert drawn.receipt.eligible + len(drawn.excluded) == len(cases)
    assert all(part.chosen for part in drawn.receipt.parts if part.eligible)
    assert {case.facts["case_status"] for case in drawn.chosen} == {"cla"}
    again = read_receipt(write_receipt(drawn.receipt))
    assert verify(again, reversed(cases), exclude=[left]).holds
    assert verify_lines(again, b"".join(lines).decode().splitlines()).holds
    assert not verify(again, cases[1:], exclude=[left]).holds
