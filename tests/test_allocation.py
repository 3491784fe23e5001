"""Who audits which case: the laws that every plan keeps, and the words it says them in."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qaf_core import Document, InputError, Standing, UnknownIdError
from qaf_core.errors import DefinitionError
from qaf_core.facts import FACTS as FACTS_OF_READING
from qaf_core.interchange.allocations import allocation_to_plain, placings_from_plain
from qaf_core.logic import Cond, Gap, Ref, Verdict, explain
from qaf_core.logic.expressions import Compare, HasState, In, transform
from qaf_core.sampling import Case, Post
from qaf_core.sampling.allocated import Allocation, Placing
from qaf_core.sampling.allocation import allocate
from qaf_core.sampling.eligible import Eligibility
from qaf_core.sampling.independence import (
    INDEPENDENCE,
    MODERATOR_IS_AUDITOR,
    OWN_TEAM,
    Independence,
    Purpose,
    audited_before,
    has_conflict,
    independence_named,
    last_audited,
)
from qaf_core.sampling.mending import Way
from qaf_core.sampling.recounting import recount
from qaf_core.sampling.ties import EarlierAudit, Ties
from strategies import FACTS, answers_of, conditions

DAY = date(2016, 3, 1)
PAPER = Document(id="Paper", title="A paper", publisher="A council", dated="2016")
NO_DATE: Any = "2016"
CASE_OPENED = next(fact for fact in FACTS_OF_READING if fact.id == "case_opened")
SWITCHED = tuple(each.id for each in INDEPENDENCE if each is not MODERATOR_IS_AUDITOR)


# --- councils at random -------------------------------------------------------------------


def one_of(*values: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(values)


TEAMS = one_of("north", "north", "south", "east", "")
POSTS = [f"P{number}" for number in range(5)]


def facts(**kinds: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Each fact given, or left out where it comes as None."""
    return st.fixed_dictionaries(kinds).map(
        lambda known: {name: value for name, value in known.items() if value is not None}
    )


@st.composite
def councils(draw: st.DrawFn, /, **fixed: Any) -> dict[str, Any]:
    """What ``allocate`` takes, of a small council where much is barred or not known.

    Some roles hold their places together; every other post has its own.
    """
    totals = draw(facts(team_manager=one_of(None, None, 0, 2, 5), head=one_of(None, 1)))
    posts = [
        Post(
            id=id,
            role=role,
            team=draw(TEAMS),
            reports_to=draw(one_of("", *POSTS[:2])),
            facts=draw(
                facts(
                    trained=one_of(True, True, False, None),
                    quota=st.none() if role in totals else st.integers(0, 3),
                )
            ),
        )
        for id in POSTS[: draw(st.integers(0, 5))]
        for role in [draw(one_of("team_manager", "team_manager", "head", "peer"))]
    ]
    cases = [
        Case(
            id=f"C{number}",
            team=draw(TEAMS),
            worker=draw(one_of("", "W1", *POSTS[:3])),
            facts=draw(facts(auditor=one_of(*POSTS, Gap.SILENT, None))),
        )
        for number in range(draw(st.integers(0, 7)))
    ]
    pairs = [(case.id, post.id) for case in cases for post in posts]
    some = st.lists(st.sampled_from(pairs), max_size=4, unique=True) if pairs else st.just([])
    earlier = draw(st.one_of(st.none(), some))
    days = one_of(date(2014, 1, 1), date(2015, 3, 1), date(2015, 3, 2), None)
    return {
        "cases": cases,
        "posts": posts,
        "totals": {post.role: totals[post.role] for post in posts if post.role in totals},
        "auditors": draw(st.integers(1, 2)),
        "purpose": draw(one_of(*Purpose)),
        "independent": draw(st.lists(one_of(*SWITCHED), max_size=3, unique=True)),
        "ties": Ties(
            earlier=earlier
            and [EarlierAudit(case=case, post=post, on=draw(days)) for case, post in earlier],
            conflicts=draw(st.one_of(st.none(), some)),
        ),
        "on": DAY,
        "seed": draw(one_of("one", "two")),
        "scope": "2016-Q1/audit",
        **fixed,
    }


# --- laws ---------------------------------------------------------------------------------


@given(councils())
def test_every_plan_counted_again_is_right(council: dict[str, Any]) -> None:
    """No placing that a condition bars or might, no quota passed, no case lost, every proof holds.

    The proof is weak duality: sets of cases that share no post, each with its few places,
    short by as many in all as are missing. So no other allocation places more.
    """
    assert recount(allocate(**council)) == ()


@given(councils())
def test_every_case_is_placed_or_listed(council: dict[str, Any]) -> None:
    plan = allocate(**council)
    for case in council["cases"]:
        has = len(plan.of_case(case.id))
        short = [each for each in plan.unplaced if each.case == case.id]
        assert has <= council["auditors"]
        assert [(each.needs, each.has) for each in short] == (
            [] if has == council["auditors"] else [(council["auditors"], has)]
        )
    proven = {id for shortfall in plan.shortfall for id in shortfall.cases}
    assert {each.case for each in plan.unplaced} <= proven


@given(councils(), st.randoms(use_true_random=False))
def test_the_order_in_which_things_are_given_changes_nothing(
    council: dict[str, Any], random: Any
) -> None:
    shuffled = {
        **council,
        "cases": random.sample(council["cases"], len(council["cases"])),
        "posts": random.sample(council["posts"], len(council["posts"])),
    }
    plan, again = allocate(**council), allocate(**shuffled)
    assert again == plan
    assert allocation_to_plain(again) == allocation_to_plain(plan)
    assert str(again) == str(plan)


@given(councils(auditors=1))
def test_whoever_comes_later_never_takes_a_place_from_whoever_came_first(
    council: dict[str, Any],
) -> None:
    """Adding cases whose tickets come last leaves every case placed that was."""
    plan = allocate(**council)
    placed = {each.case for each in plan.placed}
    in_order = [case.id for case in plan.terms.cases]
    for length in range(len(in_order)):
        first = [case for case in council["cases"] if case.id in in_order[:length]]
        sooner = allocate(
            **{**council, "cases": first, "ties": _only(council["ties"], in_order[:length])}
        )
        assert {each.case for each in sooner.placed} == placed & set(in_order[:length])


def _only(ties: Ties, cases: list[str]) -> Ties:
    return Ties(
        earlier=ties.earlier and [each for each in ties.earlier if each.case in cases],
        conflicts=ties.conflicts and [each for each in ties.conflicts if each[0] in cases],
    )


@given(councils())
def test_placings_that_are_kept_stay(council: dict[str, Any]) -> None:
    """And the plan made around them is right; all kept, it is the same plan."""
    plan = allocate(**council)
    half = plan.placed[::2]
    again = allocate(**council, keep=half)
    assert set(half) <= set(again.placed)
    assert len(again.placed) == len(plan.placed)
    assert recount(again) == ()
    whole = allocate(**council, keep=placings_from_plain(allocation_to_plain(plan)))
    assert (whole.placed, whole.unplaced) == (plan.placed, plan.unplaced)


@given(councils())
def test_every_way_to_mend_goes_as_far_as_it_says(council: dict[str, Any]) -> None:
    """Raised quotas and conditions left out fill as many places more; answers no more than said."""
    plan = allocate(**council)
    for mend in plan.mends():
        assert 0 < mend.gains <= plan.missing
        if mend.way is Way.QUOTA:
            raised = dict(mend.quotas)
            posts = [
                attrs.evolve(
                    post, facts={**post.facts, "quota": post.facts["quota"] + raised[post.id]}
                )
                if post.id in raised
                else post
                for post in council["posts"]
            ]
            totals = {role: n + raised.get(role, 0) for role, n in council["totals"].items()}
            again = allocate(**{**council, "posts": posts, "totals": totals})
        elif mend.way is Way.CONDITION:
            kept = [id for id in council["independent"] if id != mend.condition]
            again = allocate(**{**council, "independent": kept})
        else:
            continue
        assert plan.missing - again.missing == mend.gains
    assert bool(plan.mends()) or plan.complete or not _mendable(plan)


def _mendable(plan: Allocation) -> bool:
    """Whether anything but answers that are not there stands in the way."""
    return any(each.posts for each in plan.shortfall)


@given(councils())
def test_why_and_the_plan_agree(council: dict[str, Any]) -> None:
    plan = allocate(**council)
    for case in council["cases"]:
        for post in council["posts"]:
            why = plan.why(case.id, post.id)
            assert why.placed is (Placing(case=case.id, post=post.id) in plan.placed)
            assert not (why.placed and why.bars)
            assert str(why).startswith(
                f"{case.id} {'goes' if why.placed else 'does not go'} to {post.id}."
            )
            for bar in why.bars:
                assert bar.surely or bar.unknown


@given(councils())
def test_a_plan_is_quiet_and_plain_data(council: dict[str, Any]) -> None:
    """The repr counts; JSON holds all; a table has a row for every auditor needed."""
    plan = allocate(**council)
    assert "C0" not in repr(plan)
    assert json.loads(json.dumps(allocation_to_plain(plan))) == allocation_to_plain(plan)
    assert len(plan.to_rows()) == len(council["cases"]) * council["auditors"]
    for each in plan.unplaced:
        assert each.case in str(plan)


# --- conditions as masks --------------------------------------------------------------------


SIDES = {ref.name: ("case.", "post.")[index % 2] for index, ref in enumerate(FACTS)}


def on_two_sides(cond: Cond) -> Cond:
    """The condition with each of its facts one of the case's or the post's."""

    def moved(ref: Any) -> Any:
        return attrs.evolve(ref, name=SIDES[ref.name] + ref.name) if isinstance(ref, Ref) else ref

    def change(node: Cond) -> Cond | None:
        if isinstance(node, In | HasState):
            return attrs.evolve(node, ref=moved(node.ref))
        if isinstance(node, Compare):
            return attrs.evolve(node, left=moved(node.left), right=moved(node.right))
        return None

    return transform(cond, change)


def known(side: str) -> st.SearchStrategy[dict[str, Any]]:
    """Facts of a case or a post: answered, a gap, or not there."""
    return facts(
        **{
            ref.name: st.sampled_from((*answers_of(ref.kind)[:4], *Gap, None))
            for ref in FACTS
            if SIDES[ref.name] == side
        }
    )


PAIR_CONDITIONS = st.sampled_from(
    [
        audited_before.is_(True),
        has_conflict.is_not(True),
        last_audited > date(2015, 1, 1),
        last_audited.answered(),
        ~audited_before.pending(),
    ]
)


@given(
    st.lists(
        st.one_of(
            conditions(2, states=True, nested=True).map(on_two_sides),
            st.builds(
                lambda one, other: one & other,
                PAIR_CONDITIONS,
                conditions(1, states=True, nested=True).map(on_two_sides),
            ),
        ),
        min_size=1,
        max_size=2,
    ),
    st.lists(known("case."), min_size=1, max_size=3),
    st.lists(known("post."), min_size=1, max_size=4),
    st.one_of(st.none(), st.just([("C0", "P0"), ("C0", "P1")])),
)
def test_many_pairs_at_once_are_read_as_each_alone(
    bars: list[Cond],
    case_facts: list[dict[str, Any]],
    post_facts: list[dict[str, Any]],
    pairs: list[tuple[str, str]] | None,
) -> None:
    """Surely barred is met, barred is not ruled out, for every pair and any condition."""
    cases = [Case(id=f"C{n}", facts=known) for n, known in enumerate(case_facts)]
    posts = [Post(id=f"P{n}", role="auditor", facts=known) for n, known in enumerate(post_facts)]
    independent = [condition(f"c{number}", each) for number, each in enumerate(bars)]
    ties = Ties(
        earlier=pairs and [EarlierAudit(case=case, post=post, on=DAY) for case, post in pairs],
        conflicts=pairs,
    )
    eligible = Eligibility(cases, posts, independent, ties=ties, on=DAY, facts=())
    for number, case in enumerate(cases):
        for which, each in enumerate(independent):
            surely = eligible.barred(number, which, surely=True)
            barred = eligible.barred(number, which)
            for index, post in enumerate(posts):
                verdict = explain(each.bars, eligible.record(case, post)).verdict
                assert bool(surely >> index & 1) is (verdict is Verdict.MET)
                assert bool(barred >> index & 1) is (verdict is not Verdict.NOT_MET)


def condition(id: str, bars: Cond) -> Independence:
    return Independence(
        id=id,
        title=id,
        statement="One of our own.",
        bars=bars,
        source=PAPER.at("1"),
        standing=Standing.EDITORIAL,
    )


# --- independence -----------------------------------------------------------------------------


def two_posts(**facts: Any) -> list[Post]:
    return [
        Post(id="TM-N", role="team_manager", team="north", facts=facts),
        Post(id="TM-S", role="team_manager", team="south", facts=facts),
    ]


def who(case: Case, *independent: str, posts: list[Post] | None = None, **given: Any) -> list[str]:
    """The posts that may audit a case."""
    plan = allocate(
        [case], posts or two_posts(), quota=1, auditors=2, independent=independent, **given
    )
    return list(plan.of_case(case.id))


def test_the_source_asks_only_that_the_moderator_is_not_the_auditor() -> None:
    case = Case(id="C-1", team="north", worker="TM-N", facts={"auditor": "TM-N"})
    assert who(case) == ["TM-N", "TM-S"]
    assert who(case, purpose="moderation") == ["TM-S"]
    assert MODERATOR_IS_AUDITOR.standing is Standing.STATED


def test_a_moderation_of_an_audit_whose_auditor_is_not_known_goes_to_nobody() -> None:
    plan = allocate([Case(id="C-1")], two_posts(), quota=1, purpose="moderation")
    assert plan.placed == ()
    assert plan.shortfall[0].barriers[0].unknown == ("the auditor of the case",)
    assert "are barred because not known: the auditor of the case" in str(plan)


def test_what_is_not_known_permits_nothing() -> None:
    """Whatever one condition reads, left out, keeps everyone away, and the proof says which."""
    for independent, unknown in (
        ("own_case", "the worker of the case"),
        ("own_team", "the team of the case"),
        ("line_manager", "the line manager of the case's worker"),
        ("within_twelve_months", "when the post last audited the case"),
        ("same_auditor", "whether the post audited it before"),
        ("not_trained", "whether the post is trained to audit"),
        ("conflict", "whether a conflict of interest is declared"),
    ):
        plan = allocate(["C-1"], two_posts(), quota=1, independent=[independent], on=DAY)
        assert plan.placed == (), independent
        [barrier] = plan.shortfall[0].barriers
        assert (barrier.surely, barrier.perhaps, barrier.unknown) == (0, 2, (unknown,))
        assert f"not known: {unknown}" in str(plan.why("C-1", "TM-N"))
        assert [mend.way for mend in plan.mends()] == [Way.ANSWER, Way.CONDITION]


def test_own_case_own_team_and_line_manager() -> None:
    case = Case(id="C-1", team="north", worker="SW-1", facts={"line_manager": "TM-S"})
    assert who(case, "own_case") == ["TM-N", "TM-S"]
    assert who(attrs.evolve(case, worker="TM-S"), "own_case") == ["TM-N"]
    assert who(case, "own_team") == ["TM-S"]
    assert who(case, "line_manager") == ["TM-N"]
    assert who(case, "own-team", "line-manager") == []


def test_the_line_manager_is_known_from_the_worker_s_own_post() -> None:
    worker = Post(id="SW-1", role="social_worker", reports_to="TM-N", facts={"quota": 0})
    case = Case(id="C-1", worker="SW-1")
    assert who(case, "line_manager", posts=[*two_posts(), worker]) == ["TM-S"]


def test_twelve_months_are_counted_to_the_day() -> None:
    def after(day: date | None) -> list[str]:
        ties = Ties(earlier=[EarlierAudit(case="C-1", post="TM-N", on=day)])
        return who(Case(id="C-1"), "within_twelve_months", ties=ties, on=DAY)

    assert after(date(2015, 3, 1)) == ["TM-N", "TM-S"]
    assert after(date(2015, 3, 2)) == ["TM-S"]
    assert after(None) == ["TM-S"], "a day not known permits nothing"


def test_the_last_of_several_audits_counts() -> None:
    ties = Ties(
        earlier=[
            EarlierAudit(case="C-1", post="TM-N", on=date(2016, 1, 1)),
            EarlierAudit(case="C-1", post="TM-N", on=date(2010, 1, 1)),
            EarlierAudit(case="C-1", post="TM-S", on=date(2010, 1, 1)),
            EarlierAudit(case="C-1", post="TM-S"),
        ]
    )
    assert who(Case(id="C-1"), "within_twelve_months", ties=ties, on=DAY) == []


def test_not_the_same_auditor_twice_and_no_conflict_of_interest() -> None:
    ties = Ties(earlier=[EarlierAudit(case="C-1", post="TM-N")], conflicts=[("C-1", "TM-S")])
    assert who(Case(id="C-1"), "same_auditor", ties=ties) == ["TM-S"]
    assert who(Case(id="C-1"), "conflict", ties=ties) == ["TM-N"]
    assert who(Case(id="C-1"), "conflict", ties=Ties(conflicts=[])) == ["TM-N", "TM-S"]


def test_a_conflict_with_a_post_that_is_not_there_is_noted() -> None:
    plan = allocate(["C-1"], two_posts(), ties=Ties(conflicts=[("C-1", "TM-X")]))
    assert plan.notes == ("Conflicts are declared for 1 post not listed here.",)


def test_only_who_is_trained() -> None:
    posts = [*two_posts(trained=True)[:1], *two_posts(trained=False)[1:]]
    assert who(Case(id="C-1"), "not_trained", posts=posts) == ["TM-N"]


def test_a_council_s_own_condition_holds_like_any_other() -> None:
    role = Ref("post.role", OWN_TEAM.bars.left.kind)  # type: ignore[attr-defined]
    only_managers = condition("only_managers", role.is_not("team_manager"))
    posts = [*two_posts(), Post(id="ATM-N", role="assistant_team_manager")]
    plan = allocate(["C-1"], posts, independent=[only_managers], auditors=3)
    assert plan.of_case("C-1") == ("TM-N", "TM-S")


def test_a_condition_over_items_or_a_plain_value_is_refused() -> None:
    with pytest.raises(DefinitionError, match="by a condition"):
        condition("wrong", NO_DATE)
    from qaf_core.facts import judgements

    with pytest.raises(DefinitionError, match="looks over a collection"):
        condition("wrong", judgements.any(judgements.judged.is_(True)))


def test_a_fact_of_the_wrong_kind_bars_loudly() -> None:
    """The text "no" where yes or no is wanted must not pass for trained."""
    with pytest.raises(InputError) as caught:
        allocate(["C-1"], two_posts(trained="no"), independent=["not_trained"])
    assert [fault.path for fault in caught.value.faults] == [
        "posts[0].facts.trained",
        "posts[1].facts.trained",
    ]


def test_every_condition_has_a_sentence_a_clause_and_a_standing() -> None:
    for each in INDEPENDENCE:
        assert each.statement.endswith(".")
        assert str(each) == (f"{each.statement} [{each.id}: {each.source}; {each.standing.value}]")
        assert independence_named(each.id.replace("_", "-")) is each
        assert (each.standing is Standing.STATED) is (each is MODERATOR_IS_AUDITOR)


# --- quotas, needs, evenness ---------------------------------------------------------------


def loads(plan: Allocation) -> dict[str, int]:
    return {load.post: load.cases for load in plan.loads}


def ids(count: int) -> list[str]:
    return [f"C-{number}" for number in range(count)]


def test_quotas_by_post_before_its_own_before_its_role() -> None:
    posts = [
        Post(id="A", role="team_manager"),
        Post(id="B", role="team_manager", facts={"quota": 2}),
        Post(id="C", role="team_manager", facts={"quota": 2}),
    ]
    plan = allocate(ids(9), posts, quota={"team_manager": 1, "C": 3})
    assert {load.post: load.quota for load in plan.loads} == {"A": 1, "B": 2, "C": 3}
    assert loads(plan) == {"A": 1, "B": 2, "C": 3}
    assert plan.missing == 3


def test_the_posts_of_a_role_may_hold_their_places_together() -> None:
    """Two for both Team Managers together, one each; four for whoever else."""
    posts = [*two_posts(), Post(id="DCS", role="director")]
    plan = allocate(ids(9), posts, quota={"director": 4}, totals={"team_manager": 2})
    assert loads(plan) == {"DCS": 4, "TM-N": 1, "TM-S": 1}
    assert {load.post: load.quota for load in plan.loads} == {"DCS": 4, "TM-N": None, "TM-S": None}
    assert [(each.role, each.quota, each.cases) for each in plan.totals] == [("team_manager", 2, 2)]
    assert "All posts of team_manager together have 2 of 2." in str(plan)
    assert plan.shortfall[0].places == 6
    assert recount(plan) == ()


def test_places_held_together_go_to_whichever_post_may_audit() -> None:
    """All of the north's cases to the one post of the role that is not of the north."""
    cases = [Case(id=id, team="north") for id in ids(3)]
    plan = allocate(cases, two_posts(), totals={"team_manager": 3}, independent=["own_team"])
    assert loads(plan) == {"TM-N": 0, "TM-S": 3}
    twice = allocate(cases, two_posts(), totals={"team_manager": 5}, auditors=2)
    assert loads(twice) in ({"TM-N": 3, "TM-S": 2}, {"TM-N": 2, "TM-S": 3})
    assert recount(twice) == ()


def test_places_held_together_are_spread_evenly_around_what_is_kept() -> None:
    kept = [Placing(case=id, post="TM-N") for id in ids(2)]
    plan = allocate(ids(4), two_posts(), totals={"team_manager": 4}, keep=kept)
    assert loads(plan) == {"TM-N": 2, "TM-S": 2}


def test_a_proof_names_only_those_of_a_role_who_may_audit() -> None:
    cases = [Case(id=id, team="north") for id in ids(3)]
    plan = allocate(cases, two_posts(), totals={"team_manager": 2}, independent=["own_team"])
    assert plan.shortfall[0].sentence == (
        "3 cases of north can go only to 1 eligible auditor (TM-S), who has 2 places: short by 1."
    )
    assert next(iter(plan.mends())).quotas == (("team_manager", 1),)


def test_where_nobody_states_a_quota_the_cases_are_shared_out_evenly() -> None:
    plan = allocate(ids(7), two_posts())
    assert sorted(loads(plan).values()) == [3, 4]
    assert plan.loads[0].quota is None
    assert "4 places" not in str(plan)


def test_load_is_even_in_proportion_to_quota() -> None:
    plan = allocate(ids(4), two_posts(), quota={"TM-N": 6, "TM-S": 2})
    assert loads(plan) == {"TM-N": 3, "TM-S": 1}


def test_no_post_is_favoured_over_the_years() -> None:
    """The case left over goes to each of two posts about as often, by the scope's ticket."""
    first = sum(
        loads(allocate(ids(3), two_posts(), seed="s", scope=f"{year}/audit"))["TM-N"] == 2
        for year in range(200)
    )
    assert 80 <= first <= 120


def test_two_auditors_a_case_are_two() -> None:
    plan = allocate(ids(3), two_posts(), quota=3, auditors={"C-0": 2})
    assert plan.of_case("C-0") == ("TM-N", "TM-S")
    assert plan.complete


def test_a_case_that_needs_more_auditors_than_may_audit_it_says_so() -> None:
    plan = allocate(["C-1"], two_posts(), quota=9, auditors=3)
    assert [(each.needs, each.has) for each in plan.unplaced] == [(3, 2)]
    assert plan.shortfall[0].sentence == (
        "1 case of a team not known, which needs 3 auditors, has too few eligible "
        "auditors; 2 places elsewhere, where an auditor has each case once already: short by 1."
    )


def test_the_seed_decides_between_equals_and_nothing_else_does() -> None:
    plans = {
        allocate(ids(6), two_posts(), quota=3, seed=str(n), scope="s").placed for n in range(9)
    }
    assert len(plans) > 1
    assert len({allocate(ids(6), two_posts(), quota=3).placed for _ in range(3)}) == 1


def test_another_hash_seed_gives_the_same_plan() -> None:
    code = (
        "from qaf_core import Case, Post, allocate\n"
        "posts = [Post(id=f'P{n}', role='r', team=f'T{n % 3}') for n in range(6)]\n"
        "cases = [Case(id=f'C{n}', team=f'T{n % 4}') for n in range(30)]\n"
        "plan = allocate(cases, posts, quota=3, independent=['own_team'])\n"
        "print(plan.placed, plan)\n"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code],
            check=True,
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(said) == 1


# --- input that cannot be used --------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "paths"),
    [
        ({"quota": -1}, ["quota"]),
        ({"quota": True}, ["quota"]),
        ({"quota": {"team_manger": 4}}, ["quota"]),
        ({"quota": {"TM-N": 4.0, "TM-S": -1}}, ["quota.TM-N", "quota.TM-S"]),
        ({"quota": {"TM-N": 4}}, ["posts[1]"]),
        ({"quota": {"TM-S": 4}}, ["posts[0]"]),
        ({"seed": "a\nb", "scope": " "}, ["seed", "scope"]),
        (
            {"cases": [Case(id="C-1", facts={"case_opened": "2016"})]},
            ["cases[0].facts.case_opened"],
        ),
        ({"totals": {"team_manger": 4}}, ["totals"]),
        ({"totals": 4}, ["totals"]),
        ({"independent": ["own_team", None]}, ["independent[1]"]),
        ({"keep": [("C-1", "TM-N")]}, ["keep[0]"]),
        ({"totals": {"team_manager": -4}}, ["totals.team_manager"]),
        ({"totals": {"team_manager": 4}, "quota": {"TM-N": 4}}, ["posts[0]"]),
        ({"totals": {"team_manager": 4}, "quota": {"team_manager": 4}}, ["quota"]),
        ({"auditors": 0}, ["auditors"]),
        ({"auditors": {"C-9": 1}}, ["auditors.(key 1)"]),
        ({"auditors": {"C-1": "2"}}, ["auditors.(key 1)"]),
        ({"independent": "own_team"}, ["independent"]),
        ({"independent": ["own_team", OWN_TEAM]}, ["independent.own_team"]),
        ({"ties": Ties(conflicts=[("C-1",)])}, ["ties.conflicts[0]"]),
        ({"ties": Ties(conflicts=[("C-1", 7)])}, ["ties.conflicts[0].post"]),
        (
            {"ties": Ties(earlier=[EarlierAudit(case="", post="A", on=NO_DATE)])},
            ["ties.earlier[0].case", "ties.earlier[0].on"],
        ),
        ({"keep": [Placing(case="C-9", post="TM-N")]}, ["keep[0]"]),
        ({"keep": [Placing(case="C-1", post="TM-N")] * 2}, ["keep[1]"]),
        ({"quota": 0, "keep": [Placing(case="C-1", post="TM-N")]}, ["keep[0]"]),
        ({"independent": ["own_case"], "keep": [Placing(case="C-1", post="TM-N")]}, ["keep[0]"]),
        ({"cases": ["C-1", "C-1", " C-2"]}, ["cases[1].id", "cases[2].id"]),
        ({"posts": ["TM-N"]}, ["posts[0]"]),
    ],
)
def test_every_fault_has_its_path(given: dict[str, Any], paths: list[str]) -> None:
    with pytest.raises(InputError) as caught:
        allocate(**{"cases": ["C-1"], "posts": two_posts(), "facts": (CASE_OPENED,), **given})
    found = [fault.path for fault in caught.value.faults]
    assert sorted(found) == sorted(paths)
    for fault in caught.value.faults:
        assert fault.problem and fault.do and not fault.do.endswith(".")


def test_faults_of_every_part_are_told_at_once() -> None:
    """By their places in the lists as they were given, whatever the order of the tickets."""
    posts = [*two_posts(), *(Post(id=f"P-{n}", role="peer", facts={"quota": -1}) for n in range(3))]
    posts[3] = Post(id="P-1", role="peer", facts={"quota": 1, "trained": "no"})
    with pytest.raises(InputError) as caught:
        allocate(
            [Case(id="C-1", facts={"line_manager": 7})],
            posts,
            auditors=0,
            independent=["not_trained", "line_manager"],
        )
    assert {fault.path for fault in caught.value.faults} == {
        "cases[0].facts.line_manager",
        "posts[3].facts.trained",
        "auditors",
        "posts[2].facts.quota",
        "posts[4].facts.quota",
    }


def test_a_name_that_is_nearly_right_is_told() -> None:
    with pytest.raises(UnknownIdError, match="Did you mean 'own_team'"):
        allocate(["C-1"], two_posts(), independent=["own_tema"])
    with pytest.raises(UnknownIdError, match="Did you mean 'moderation'"):
        allocate(["C-1"], two_posts(), purpose="moderaton")
    plan = allocate(["C-1"], two_posts())
    with pytest.raises(InputError, match="no post of this plan has that id"):
        plan.why("C-1", "TM-Q")


@pytest.mark.parametrize(
    "wrong", [7, {"plans": []}, {"placed": [{"case": "C-1"}]}, [{"case": "C-1", "post": " A"}]]
)
def test_placings_that_are_none_are_refused(wrong: Any) -> None:
    with pytest.raises(InputError):
        placings_from_plain(wrong)


def test_nothing_personal_is_said() -> None:
    """Workers, and facts that were not asked for, are in no text of a plan, nor in a proof."""
    mark = "Marker-Zebra-71"
    case = Case(id="C-1", worker=mark, facts={"name": mark, "line_manager": "TM-N"})
    worker = Post(id=mark, role="social_worker", facts={"quota": 0, "diary": mark})
    plan = allocate([case], [*two_posts(quota=0), worker], independent=["own_case", "line_manager"])
    why = plan.why("C-1", "TM-N")
    texts = [repr(plan), str(plan.shortfall), str(why), repr(why), repr(why.bars), repr(case)]
    texts += [str(bar.proof) for bar in why.bars] + [str(mend) for mend in plan.mends()]
    texts += [plan._repr_html_(), plan._repr_markdown_(), repr(plan.terms), repr(plan.terms.ties)]
    for text in texts:
        assert mark not in text


# --- a proof that is wrong is found out ------------------------------------------------------


def test_a_plan_that_was_tampered_with_does_not_pass() -> None:
    """Whatever is changed in a right plan, counting it again finds it."""
    cases = [Case(id=id, team="north") for id in ids(4)]
    plan = allocate(cases, two_posts(), quota=2, independent=["own_team"])
    assert recount(plan) == ()
    [shortfall] = plan.shortfall
    assert shortfall.short == 2
    elsewhere = attrs.evolve(plan.placed[0], post="TM-N")
    for changed, problem in (
        ({"placed": (elsewhere, *plan.placed[1:])}, "a condition bars it"),
        ({"placed": plan.placed + plan.placed[:1]}, "more than once"),
        ({"placed": plan.placed[1:]}, "loads"),
        ({"unplaced": ()}, "lack an auditor"),
        ({"shortfall": ()}, "do not come to"),
        ({"shortfall": (shortfall, shortfall)}, "share a post"),
        ({"shortfall": (attrs.evolve(shortfall, places=1),)}, "places of these posts are 2"),
        ({"shortfall": (attrs.evolve(shortfall, posts=()),)}, "places elsewhere are 4"),
        ({"shortfall": (attrs.evolve(shortfall, cases=("C-0",)),)}, "places needed are 1"),
    ):
        found = recount(attrs.evolve(plan, **changed))
        assert any(problem in each for each in found), (problem, found)


# --- real shapes of data ---------------------------------------------------------------------

EPISODES = Path(__file__).parents[2] / "shared" / "data" / "ssda903" / "d2i_episodes.csv"


@pytest.mark.skipif(not EPISODES.exists(), reason="the public data is not here")
def test_children_looked_after_are_allocated_over_invented_posts() -> None:
    """One case a child with an open episode; teams and posts are made up."""
    import csv

    with EPISODES.open(encoding="utf-8-sig", newline="") as file:
        children = sorted({row["CHILD"] for row in csv.DictReader(file) if not row["DEC"]})
    assert len(children) > 1000
    cases = [Case(id=child, team=f"T{int(child) % 9}") for child in children]
    posts = [Post(id=f"TM-{n}", role="team_manager", team=f"T{n % 9}") for n in range(27)]
    enough = -(-len(cases) // len(posts))
    plan = allocate(cases, posts, quota=enough, independent=["own_team"], seed="s", scope="903")
    assert plan.complete
    assert {load.cases for load in plan.loads} <= {enough, enough - 1}
    assert recount(plan) == ()
    short = allocate(cases[:200], posts, quota=7, independent=["own_team"], seed="s", scope="903")
    assert short.missing == 200 - 27 * 7
    assert recount(short) == ()
