"""The engine by example: what it refuses, what conditions mean, how a proof reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

import attrs
import pytest

from qaf_core.errors import DefinitionError
from qaf_core.logic import (
    ALWAYS,
    COUNT,
    DATE,
    ID,
    MAX_DEPTH,
    MOMENT,
    NEVER,
    NUMBER,
    TEXT,
    YES_NO,
    Collection,
    Cond,
    Gap,
    Kind,
    Record,
    Ref,
    Sort,
    Value,
    Verdict,
    choice,
    english,
    explain,
    known_only,
    many,
    met,
    numbers,
    possible,
    refs,
    sure,
)
from qaf_core.logic.expressions import (
    And,
    Compare,
    Const,
    Op,
    bare_refs,
    collections_of,
    speaks_plainly,
)

GRADE = Kind(
    "grade",
    Sort.CODE,
    ("poor", "fair", "good"),
    ordered=True,
    beside=("unclear",),
    labels=("Poor", "Fair", "Good", "Not clear"),
)
PLACE = choice("place", {"home": "At home", "care": "In care"})
NEEDS = many("needs", {"speech": "Speech", "sight": "Sight", "sleep": "Sleep"})

SEEN = Ref("seen", YES_NO, label="the child was seen")
AGREED = Ref("agreed", YES_NO)
SIGNED = Ref("signed", YES_NO)
OVERALL = Ref("overall", GRADE, label="the overall grade")
BEFORE = Ref("before", GRADE)
PLACED = Ref("placed", PLACE)
HAS = Ref("needs", NEEDS, label="needs")
HAD = Ref("needs_before", NEEDS)
OPENED = Ref("case_opened", DATE, private=True)
CLOSED = Ref("case_closed", DATE)
VISITS = Ref("visits", COUNT)
MISSED = Ref("missed", COUNT)
SHARE = Ref("share", NUMBER)
TOLD = Ref("told", MOMENT)
NOTES = Ref("notes", TEXT)
MORE_NOTES = Ref("more_notes", TEXT)

STEPS = Collection("steps", {"done": YES_NO, "checked": YES_NO, "days_late": COUNT, "grade": GRADE})
TALKS = Collection("talks", {"held": YES_NO, "minutes": COUNT})

GAPS = (Gap.PENDING, Gap.UNKNOWN, Gap.SILENT, Gap.NOT_APPLICABLE)


@attrs.frozen
class Word:
    """A member of a kind by name, as a grade of a scale is."""

    code: str
    kind_id: str


def record(*steps: dict[str, Value], **facts: Value) -> Record:
    """A record of these facts with these steps."""
    numbered = tuple({"id": f"s{place}", **step} for place, step in enumerate(steps, start=1))
    return Record(facts, {"steps": numbered, "talks": ()})


def verdict(cond: Cond, *steps: dict[str, Value], **facts: Value) -> Verdict:
    """What explain makes of a condition on a record; lowering is held to say the same."""
    on = record(*steps, **facts)
    found = explain(cond, on).verdict
    assert met(sure(cond), on) == (found is Verdict.MET)
    assert met(possible(cond), on) == (found is not Verdict.NOT_MET)
    return found


def as_deep_as(depth: int, leaf: Cond) -> Cond:
    """A condition that nests so deep, with the leaf at the bottom."""
    cond = leaf
    while cond.depth < depth:
        cond = cond & SEEN.is_(True) if cond.depth % 2 else cond | AGREED.is_(True)
    return cond


# --- what is refused ---------------------------------------------------------------------


def test_a_condition_has_no_truth_of_its_own() -> None:
    """Python's "if", "and", "or" and "not" would drop half a condition; they are refused."""
    cond: Any = SEEN.is_(True)
    other = AGREED.is_(True)
    uses: tuple[Callable[[], object], ...] = (
        lambda: 1 if cond else 0,
        lambda: cond and other,
        lambda: cond or other,
        lambda: not cond,
    )
    for use in uses:
        with pytest.raises(TypeError, match=r"Combine conditions with &, [|] and ~"):
            use()


def test_a_chain_of_comparisons_is_refused() -> None:
    """Python reads 1 < x < 3 as two conditions joined by "and"."""
    with pytest.raises(TypeError, match="1 < x < 3"):
        _ = 1 < VISITS < 3


def test_a_fact_has_no_truth_of_its_own() -> None:
    """A fact on its own is not taken for "answered yes"."""
    with pytest.raises(TypeError, match=r"fact\.is_\(True\)"):
        bool(SEEN)


REFUSED: dict[str, tuple[Callable[[], object], str]] = {
    "a grade compared with an int": (lambda: OVERALL < 3, "not int"),
    "a grade that is an int": (lambda: OVERALL.is_(1), "not int"),
    "a code with a near one": (lambda: OVERALL.is_("goood"), r"Did you mean 'good'\?"),
    "a code of a choice": (lambda: PLACED.in_(["home", "hospital"]), "'hospital' is not one of"),
    "letters taken for codes": (lambda: PLACED.in_("home"), "'h' is not one of"),
    "a need with a near one": (lambda: HAS.has("slep"), r"Did you mean 'sleep'\?"),
    "a word of another scale": (
        lambda: OVERALL.is_(Word("good", "other")),
        "only through a declared map",
    ),
    "order of yes and no": (lambda: SEEN < AGREED, "has no order"),
    "order of a choice": (lambda: PLACED >= "home", "has no order"),
    "order of many": (lambda: HAS > "sleep", "has no order"),
    "text that is": (lambda: NOTES.is_("x"), "Text is not compared"),
    "text among": (lambda: NOTES.in_(["x"]), "Text is not compared"),
    "text among nothing": (lambda: NOTES.in_([]), "Text is not compared"),
    "text in order": (lambda: NOTES < "x", "Text is not compared"),
    "text that is another": (lambda: NOTES.is_(MORE_NOTES), "Text is not compared"),
    "text with text in order": (lambda: NOTES < MORE_NOTES, "Text is not compared"),
    "a count with a number": (lambda: VISITS < SHARE, "does not compare with 'number'"),
    "a count with a date": (lambda: VISITS.is_(OPENED), "does not compare with 'date'"),
    "a count of items with a grade": (
        lambda: STEPS.count() > OVERALL,
        "does not compare with 'grade'",
    ),
    "a grade with a worst count": (
        lambda: OVERALL.is_(STEPS.days_late.worst()),
        "does not compare with 'count'",
    ),
    "a count with a float": (lambda: VISITS > 1.5, "not float"),  # type: ignore[operator]
    "a number with a float": (lambda: SHARE > 0.5, "not float"),  # type: ignore[operator]
    "a count with true": (lambda: VISITS > True, "not bool"),
    "yes with one": (lambda: SEEN.is_(1), "not int"),
    "a date with a moment": (lambda: OPENED.is_(datetime(2016, 1, 1)), "not datetime"),  # noqa: DTZ001
    "a date with its text": (lambda: OPENED < "2016-01-01", "not str"),
    "a count with nothing": (lambda: VISITS < None, "not NoneType"),  # type: ignore[operator]
    "many in an order": (lambda: Kind("x", Sort.CODES, ("a",), ordered=True), "has no order"),
    "one value of a count": (
        lambda: Compare(STEPS.count(), Op.NE, Const(1, COUNT)),
        r"asked with is_\(\)",
    ),
    "one value of a worst": (
        lambda: Compare(STEPS.grade.worst(), Op.EQ, STEPS.grade.best()),
        r"asked with is_\(\)",
    ),
    "worst of what has no order": (STEPS.done.worst, "want an ordered field"),
    "best of a fact of the record": (OVERALL.best, "want an ordered field"),
    "any within any": (lambda: STEPS.any(STEPS.any(STEPS.done.is_(True))), "over items within it"),
    "all within all, below a not": (
        lambda: STEPS.all(SEEN.is_(True) | ~TALKS.all(TALKS.held.is_(True))),
        "over items within it",
    ),
    "a count within any": (lambda: STEPS.any(TALKS.count() > 1), "over items within it"),
    "a worst within a count": (
        lambda: STEPS.count(STEPS.grade.worst() < "good"),
        "over items within it",
    ),
    "any within a worst": (
        lambda: STEPS.grade.worst(TALKS.any(TALKS.held.is_(True))),
        "over items within it",
    ),
    "fields of other items in any": (
        lambda: STEPS.any(TALKS.held.is_(True)),
        r"speaks of talks\.held",
    ),
    "fields of other items in a best": (
        lambda: STEPS.grade.best(TALKS.minutes > STEPS.days_late),
        r"speaks of talks\.minutes",
    ),
    "one level too many": (lambda: as_deep_as(MAX_DEPTH + 1, ALWAYS), "nests more than 32 deep"),
    "codes that repeat": (
        lambda: Kind("t", Sort.CODE, ("a", "a")),
        "repeat one",
    ),
    "an answer both in the order and beside it": (
        lambda: Kind("t", Sort.CODE, ("a", "b"), ordered=True, beside=("a",)),
        "repeat one",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_would_mean_nothing_is_refused_where_it_is_written(case: str) -> None:
    """A definition error comes at once and says what to do or what is meant."""
    write, phrase = REFUSED[case]
    with pytest.raises(DefinitionError, match=phrase):
        write()


def test_a_moment_without_a_zone_is_refused_where_it_is_written() -> None:
    """It does not compare with moments in UTC, so it is not let into a condition."""
    with pytest.raises(DefinitionError):
        TOLD.is_(datetime(2016, 1, 1))  # noqa: DTZ001


@pytest.mark.parametrize(
    "name",
    ["__import__('os')", "a b", "", "a-b", "1st", "a\n", "a.", ".a", "a..b", "x;y", "a\u2028b"],
)
def test_a_name_that_is_no_identifier_cannot_name_a_fact(name: str) -> None:
    """Ids go into columns and compiled conditions, so nothing hostile gets that far."""
    with pytest.raises(DefinitionError, match="cannot name a fact"):
        Ref(name, YES_NO)
    with pytest.raises(DefinitionError, match="cannot name a fact"):
        getattr(Collection("steps", {name: YES_NO}), name)


def test_a_misspelt_field_is_met_with_the_near_one() -> None:
    """A field that a collection does not have is an attribute error, for tools that probe."""
    with pytest.raises(AttributeError, match=r"no field 'days_lat'\. Did you mean 'days_late'\?"):
        _ = STEPS.days_lat
    assert not hasattr(STEPS, "elephant")


def test_a_condition_as_written_is_not_read_as_a_lowered_one() -> None:
    """Reading without lowering is refused rather than guessed at."""
    with pytest.raises(TypeError, match="AllOf is not lowered"):
        met(STEPS.all(STEPS.done.is_(True)), record())


def test_a_node_that_is_not_of_the_language_is_refused_by_every_reading() -> None:
    """A subclass from elsewhere has no meaning here, and is not passed over."""

    class Whim(Cond):
        depth = 1

    readings: tuple[Callable[[Cond], object], ...] = (
        sure,
        possible,
        lambda cond: explain(cond, record()),
    )
    for reading in readings:
        with pytest.raises(TypeError, match="Whim is no condition of this language"):
            reading(SEEN.is_(True) & Whim())


# --- how conditions are written ------------------------------------------------------------


def test_a_comparison_reads_the_same_from_either_side() -> None:
    """A constant may stand on the left."""
    assert (2 < VISITS) == (VISITS > 2)  # noqa: SIM300
    assert (2 >= STEPS.count()) == (STEPS.count() <= 2)  # noqa: SIM300
    assert (Fraction(1, 2) <= SHARE) == (SHARE >= Fraction(1, 2))  # noqa: SIM300


def test_a_whole_number_may_be_compared_with_a_number() -> None:
    """An int is exact, so it stands for the number it is."""
    assert (SHARE < 1) == (SHARE < Fraction(1))  # noqa: SIM300


def test_a_named_member_stands_for_its_code() -> None:
    """A grade of a scale may be written for its code."""
    assert OVERALL.is_(Word("good", "grade")) == OVERALL.is_("good")
    assert (OVERALL <= Word("good", "grade")) == (OVERALL <= "good")  # noqa: SIM300


def test_a_label_is_no_part_of_what_a_condition_is() -> None:
    """Wording may change, and privacy be found out later, without a new condition."""
    plain = Ref("seen", YES_NO).is_(True)
    assert plain == SEEN.is_(True) == Ref("seen", YES_NO, private=True).is_(True)
    assert hash(plain) == hash(SEEN.is_(True))
    assert plain != Ref("seen", YES_NO, "steps").is_(True)


def test_a_condition_cannot_change() -> None:
    """Conditions are values: no part of one can be set."""
    cond = SEEN.is_(True) & AGREED.is_(True)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        cond.parts = ()  # type: ignore[attr-defined]
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        SEEN.name = "unseen"  # type: ignore[misc]


def test_the_opposite_of_the_opposite_is_the_condition() -> None:
    """Nothing piles up where a condition is turned twice."""
    cond = SEEN.is_(True) & AGREED.is_(True)
    assert ~~cond == cond
    assert ~~~cond == ~cond


def test_a_long_chain_stays_shallow() -> None:
    """A thousand conditions joined by one word do not nest."""
    chain = ALWAYS
    for number in range(1000):
        chain &= VISITS.is_(number)
    assert isinstance(chain, And)
    assert len(chain.parts) == 1000
    assert chain.depth == 2


def test_a_condition_as_deep_as_is_allowed_can_be_read() -> None:
    """The deepest condition, and its opposite, are lowered, explained and said."""
    cond = as_deep_as(MAX_DEPTH - 1, VISITS > 3)
    assert verdict(cond, seen=True, agreed=False, visits=4) is Verdict.MET
    assert verdict(~cond, seen=True, agreed=False, visits=4) is Verdict.NOT_MET
    assert "visits is more than 3" in english(cond)


def test_all_may_stand_as_deep_as_anything_else() -> None:
    """What can be written can be lowered."""
    cond = STEPS.all(as_deep_as(MAX_DEPTH - 1, STEPS.done.is_(True)))
    assert cond.depth == MAX_DEPTH
    assert verdict(cond) is Verdict.MET


def test_every_fact_a_condition_speaks_of_is_found() -> None:
    """Facts are found under every node; bare ones are those outside conditions over items."""
    cond = (
        ~(SEEN.answered() | (VISITS < MISSED))
        & STEPS.any(STEPS.done.is_(True) & AGREED.is_(True))
        & (STEPS.grade.worst(STEPS.checked.is_(True)) < OVERALL)
        & (STEPS.count(STEPS.days_late > 2) > 1)
    )
    bare = {SEEN, VISITS, MISSED, OVERALL}
    assert bare_refs(cond) == bare
    assert refs(cond) == bare | {
        AGREED,
        STEPS.done,
        STEPS.grade,
        STEPS.checked,
        STEPS.days_late,
    }
    assert refs(ALWAYS) == frozenset()


def test_every_collection_a_condition_looks_over_is_found() -> None:
    """Under every node, so that a misspelt one is noticed before a record is read."""
    done = STEPS.done.is_(True)
    looking: tuple[Cond, ...] = (
        STEPS.any(done),
        STEPS.all(done),
        STEPS.count() > 1,
        STEPS.grade.worst() < "good",
        OVERALL.is_(STEPS.grade.best(done)),
    )
    for cond in looking:
        assert collections_of(~(SEEN.is_(True) & cond)) == {"steps"}, english(cond)
    assert collections_of(SEEN.is_(True)) == frozenset()


def test_a_condition_speaks_plainly_if_it_only_compares_facts() -> None:
    """No state is asked for and no item looked at, however deep."""
    plain = ~(SEEN.is_(True) & (VISITS < MISSED)) | (VISITS > 2)
    assert speaks_plainly(plain)
    for crooked in (
        SEEN.answered(),
        STEPS.any(STEPS.done.is_(True)),
        STEPS.all(STEPS.done.is_(True)),
        STEPS.count() > 1,
        STEPS.grade.best() < OVERALL,
    ):
        assert not speaks_plainly(plain & ~crooked)


# --- what conditions mean ------------------------------------------------------------------

MET, OPEN, NOT_MET = Verdict.MET, Verdict.OPEN, Verdict.NOT_MET


@pytest.mark.parametrize(
    ("value", "is_", "is_not"),
    [
        (True, MET, NOT_MET),
        (False, NOT_MET, MET),
        (Gap.PENDING, OPEN, OPEN),
        (Gap.UNKNOWN, OPEN, OPEN),
        (Gap.SILENT, NOT_MET, NOT_MET),
        (Gap.NOT_APPLICABLE, NOT_MET, NOT_MET),
    ],
)
def test_missing_is_not_one_thing(value: Value, is_: Verdict, is_not: Verdict) -> None:
    """What may still come is unsettled; what is silent meets neither polarity."""
    assert verdict(SEEN.is_(True), seen=value) is is_
    assert verdict(SEEN.is_not(True), seen=value) is is_not
    assert verdict(~SEEN.is_(True), seen=value) is is_not


def test_a_fact_that_nothing_states_is_unknown_rather_than_an_error() -> None:
    """An absent fact, and a field of no item, may still come."""
    assert verdict(SEEN.is_(True)) is OPEN
    assert verdict(STEPS.done.is_(True)) is OPEN


@pytest.mark.parametrize(
    ("value", "answered", "pending", "not_applicable"),
    [
        ("", MET, NOT_MET, NOT_MET),
        (Gap.PENDING, NOT_MET, MET, NOT_MET),
        (Gap.NOT_APPLICABLE, NOT_MET, NOT_MET, MET),
        (Gap.SILENT, NOT_MET, NOT_MET, NOT_MET),
        (Gap.UNKNOWN, NOT_MET, NOT_MET, NOT_MET),
    ],
)
def test_states_speak_of_the_record_as_it_stands(
    value: Value, answered: Verdict, pending: Verdict, not_applicable: Verdict
) -> None:
    """A state is never unsettled, and its opposite is always the other answer."""
    for cond, expected in (
        (NOTES.answered(), answered),
        (NOTES.pending(), pending),
        (NOTES.not_applicable(), not_applicable),
    ):
        assert verdict(cond, notes=value) is expected
        assert verdict(~cond, notes=value) is (NOT_MET if expected is MET else MET)


def test_an_answer_beside_the_order_is_an_answer_but_has_no_rank() -> None:
    """Equality sees it; a comparison of order is met in neither polarity, even with a gap."""
    assert verdict(OVERALL.is_("unclear"), overall="unclear") is MET
    assert verdict(OVERALL.in_(["poor", "unclear"]), overall="unclear") is MET
    assert verdict(OVERALL.is_not("poor"), overall="unclear") is MET
    assert verdict(OVERALL.is_(BEFORE), overall="unclear", before="unclear") is MET
    assert verdict(OVERALL.is_not(BEFORE), overall="unclear", before="poor") is MET
    for cond in (OVERALL < "good", OVERALL >= "good", OVERALL < BEFORE, OVERALL >= BEFORE):
        for before in ("poor", "good", "unclear", *GAPS):
            assert verdict(cond, overall="unclear", before=before) is NOT_MET


def test_grades_compare_by_rank_and_not_by_name() -> None:
    """Worst stands first, whatever the alphabet says."""
    assert verdict(OVERALL < "good", overall="poor") is MET
    assert verdict(OVERALL > BEFORE, overall="good", before="fair") is MET
    assert verdict(OVERALL >= "poor", overall="poor") is MET
    assert verdict(OVERALL > "poor", overall="poor") is NOT_MET


def test_a_fact_that_takes_many_is_met_by_any_it_holds() -> None:
    """Being among them is holding one; holding none is an answer."""
    assert verdict(HAS.has("sleep"), needs=("sight", "sleep")) is MET
    assert verdict(HAS.in_(["speech", "sleep"]), needs=("sight", "sleep")) is MET
    assert verdict(~HAS.has("sleep"), needs=("sight",)) is MET
    assert verdict(~HAS.has("sleep"), needs=()) is MET
    assert verdict(~HAS.has("sleep"), needs=Gap.SILENT) is NOT_MET


def test_the_order_in_which_many_are_given_says_nothing() -> None:
    """The same needs are the same needs."""
    assert HAS.kind.admits(("sleep", "sight"))
    assert verdict(HAS.is_(HAD), needs=("sight", "sleep"), needs_before=("sleep", "sight")) is MET


def test_one_part_may_decide_while_another_is_pending() -> None:
    """A pending part is only waited for where it matters."""
    pending, yes, no = SEEN.is_(True), ALWAYS, NEVER
    assert verdict(pending & no, seen=Gap.PENDING) is NOT_MET
    assert verdict(pending & yes, seen=Gap.PENDING) is OPEN
    assert verdict(pending | yes, seen=Gap.PENDING) is MET
    assert verdict(pending | no, seen=Gap.PENDING) is OPEN


def test_of_no_items_all_is_met_and_any_is_not() -> None:
    """With nothing to look at, nothing is against it and nothing for it."""
    done = STEPS.done.is_(True)
    assert verdict(STEPS.all(done)) is MET
    assert verdict(~STEPS.all(done)) is NOT_MET
    assert verdict(STEPS.any(done)) is NOT_MET
    assert verdict(~STEPS.any(done)) is MET
    assert verdict(STEPS.count(done).is_(0)) is MET


def test_a_silent_item_counts_neither_for_nor_against() -> None:
    """One that was never asked leaves any, all and count as they were."""
    done = STEPS.done.is_(True)
    silent: dict[str, Value] = {"done": Gap.SILENT}
    assert verdict(STEPS.all(done), silent) is MET
    assert verdict(STEPS.all(done), silent, {"done": True}) is MET
    assert verdict(STEPS.all(done), silent, {"done": False}) is NOT_MET
    assert verdict(STEPS.any(done), silent) is NOT_MET
    assert verdict(STEPS.any(~done), silent) is NOT_MET
    assert verdict(STEPS.count(done) < 1, silent) is MET
    assert verdict(STEPS.count() >= 1, silent) is MET


def test_a_pending_item_leaves_open_only_what_turns_on_it() -> None:
    """Any is sure of one that is; all is ruled out by one that is not."""
    done = STEPS.done.is_(True)
    pending: dict[str, Value] = {"done": Gap.PENDING}
    assert verdict(STEPS.any(done), pending) is OPEN
    assert verdict(STEPS.any(done), pending, {"done": True}) is MET
    assert verdict(STEPS.all(done), pending) is OPEN
    assert verdict(STEPS.all(done), pending, {"done": False}) is NOT_MET


def test_a_count_is_sure_as_far_as_its_bounds_go() -> None:
    """One surely late and one that may be: at least one, at most two."""
    late = STEPS.count(STEPS.days_late > 5)
    steps: tuple[dict[str, Value], ...] = ({"days_late": 9}, {"days_late": Gap.PENDING})
    expected = {
        late >= 1: MET,
        late >= 2: OPEN,
        late > 2: NOT_MET,
        late < 1: NOT_MET,
        late <= 1: OPEN,
        late <= 2: MET,
        late.is_(0): NOT_MET,
        late.is_(1): OPEN,
        late.is_not(3): MET,
        late > VISITS: OPEN,
        late > MISSED: MET,
        late < STEPS.count(): OPEN,
        late <= STEPS.count(): MET,
    }
    for cond, found in expected.items():
        assert verdict(cond, *steps, visits=1, missed=0) is found, english(cond)


def test_a_worst_can_only_get_worse_and_a_best_only_better() -> None:
    """With one grade known and one pending, each end is bounded on one side."""
    steps: tuple[dict[str, Value], ...] = ({"grade": "fair"}, {"grade": Gap.PENDING})
    worst, best = STEPS.grade.worst(), STEPS.grade.best()
    expected = {
        worst <= "fair": MET,
        worst < "fair": OPEN,
        worst > "fair": NOT_MET,
        worst.is_("fair"): OPEN,
        best >= "fair": MET,
        best > "fair": OPEN,
        best < "fair": NOT_MET,
        best.is_("poor"): NOT_MET,
        worst <= best: MET,
        worst < best: OPEN,
    }
    for cond, found in expected.items():
        assert verdict(cond, *steps) is found, english(cond)


def test_worst_looks_only_at_the_items_that_meet_its_condition() -> None:
    """An item outside does not count; one that may be inside leaves it open."""
    worst = STEPS.grade.worst(STEPS.done.is_(True))
    inside: dict[str, Value] = {"grade": "good", "done": True}
    assert verdict(worst >= "good", inside, {"grade": "poor", "done": False}) is MET
    assert verdict(worst >= "good", inside, {"grade": "poor", "done": Gap.SILENT}) is MET
    assert verdict(worst >= "good", inside, {"grade": "poor", "done": Gap.PENDING}) is OPEN
    assert verdict(worst <= "good", inside, {"grade": "poor", "done": Gap.PENDING}) is MET
    assert verdict(worst <= "poor", inside, {"grade": "poor", "done": Gap.PENDING}) is OPEN


def test_the_worst_of_nothing_is_silent() -> None:
    """Items that are silent or beside the order are passed over; of none left, nothing is said."""
    for steps in (
        (),
        ({"grade": Gap.SILENT},),
        ({"grade": "unclear"}, {"grade": Gap.NOT_APPLICABLE}),
    ):
        for cond in (STEPS.grade.worst() < "good", STEPS.grade.best().is_("good")):
            assert verdict(cond, *steps) is NOT_MET
            assert verdict(~cond, *steps) is NOT_MET


def test_a_worst_grade_is_not_an_answer_beside_the_order() -> None:
    """There is a value, and it is not this one; of nothing, neither can be said."""
    assert verdict(STEPS.grade.worst().is_("unclear"), {"grade": "good"}) is NOT_MET
    assert verdict(STEPS.grade.worst().is_not("unclear"), {"grade": "good"}) is MET
    assert verdict(OVERALL.is_not(STEPS.grade.worst()), {"grade": "good"}, overall="unclear") is MET
    assert verdict(OVERALL.is_(STEPS.grade.worst()), {"grade": "good"}, overall="good") is MET
    assert verdict(STEPS.grade.best().is_(OVERALL), {"grade": "good"}, overall="fair") is NOT_MET
    assert verdict(STEPS.grade.best().is_(OVERALL), {"grade": "good"}, overall="unclear") is NOT_MET
    for cond in (STEPS.grade.worst().is_not("unclear"), OVERALL.is_not(STEPS.grade.worst())):
        assert verdict(cond, {"grade": "unclear"}, overall="unclear") is NOT_MET
        assert verdict(~cond, {"grade": "unclear"}, overall="unclear") is NOT_MET


def test_a_condition_about_one_item_reads_its_fields() -> None:
    """With the item given, its fields are facts beside those of the record."""
    on = record({"days_late": 3}, {"days_late": 9}, visits=5)
    cond = STEPS.days_late > VISITS
    found = [explain(cond, on, item).verdict for item in on.items["steps"]]
    assert found == [NOT_MET, MET]
    assert [met(sure(cond), on, item) for item in on.items["steps"]] == [False, True]


# --- facts that nothing states ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("cond", "expected"),
    [
        (SEEN.is_(True), False),
        (~SEEN.is_(True), False),
        (VISITS > MISSED, False),
        (AGREED.is_(True), True),
        (SEEN.is_(True) | AGREED.is_(True), True),
        (SEEN.is_(True) & AGREED.is_(True), False),
        (~(SEEN.is_(True) & AGREED.is_(True)), True),
        (STEPS.any(STEPS.done.is_(True) & SEEN.is_(True)), False),
        (STEPS.any(STEPS.done.is_(True) & AGREED.is_(True)), True),
        (STEPS.all(STEPS.done.is_(True) | SEEN.is_(False)), True),
        (STEPS.count(SEEN.is_(True)) > 0, False),
        (STEPS.count(SEEN.is_(True)) < 1, True),
        (STEPS.count() > VISITS, False),
        (STEPS.days_late.worst() < 5, True),
        (~SEEN.answered(), True),
    ],
    ids=english,
)
def test_a_comparison_of_a_fact_that_nothing_states_is_taken_as_not_met(
    cond: Cond, expected: bool
) -> None:
    """Only what the stated facts leave open is unsettled; the rest is not assessable here."""
    on = record({"done": Gap.PENDING, "days_late": Gap.PENDING}, agreed=Gap.PENDING, missed=1)
    assert explain(cond, on).verdict is not NOT_MET
    assert met(known_only(possible(cond), frozenset({"agreed", "missed"})), on) is expected


def test_the_state_of_a_fact_that_nothing_states_is_known_within_a_count_too() -> None:
    """It is not answered, here as elsewhere, and what rests on that is assessable."""
    on = record({"done": True})
    cond = STEPS.count(STEPS.done.is_(True) & ~SEEN.answered()) > 0
    assert verdict(cond, {"done": True}) is MET
    assert met(known_only(possible(cond), frozenset()), on)


def test_a_worst_over_a_fact_that_nothing_states_is_not_met() -> None:
    """With the condition on its items taken as not met, it is the worst of nothing."""
    cond = STEPS.days_late.worst(SEEN.is_(True)) < 5
    assert not met(known_only(possible(cond), frozenset()), record({"days_late": 1}))


# --- proofs ----------------------------------------------------------------------------------


def test_a_proof_reads_as_what_was_found_and_why() -> None:
    """One line a part: its verdict, the condition, the item, the facts."""
    cond = (OVERALL < "good") & ~STEPS.all(STEPS.done.is_(True))
    on = record({"done": True}, {"done": Gap.PENDING}, overall="fair")
    assert str(explain(cond, on)).splitlines() == [
        "open: the overall grade is worse than Good and not all of the steps have done yes",
        "  met: the overall grade is worse than Good (the overall grade: Fair)",
        "  open: not all of the steps have done yes",
        "    not met: its done is not yes [s1] (done of s1: yes)",
        "    open: its done is not yes [s2] (done of s2: not known yet)",
    ]


def test_a_proof_as_rows_has_the_same_parts() -> None:
    """Each row tells depth, verdict, condition, item and facts."""
    rows = explain(
        STEPS.any(STEPS.days_late > VISITS), record({"days_late": 4}, visits=3)
    ).to_rows()
    assert rows == [
        {
            "depth": 0,
            "verdict": "met",
            "condition": "some of the steps have days late more than visits",
            "item": "",
            "facts": "",
        },
        {
            "depth": 1,
            "verdict": "met",
            "condition": "its days late is more than visits",
            "item": "s1",
            "facts": "days late of s1: 4; visits: 3",
        },
    ]


def test_a_proof_names_each_fact_once_in_order() -> None:
    """A fact that several parts rest on is named where it comes first."""
    cond = (VISITS > 1) & SEEN.is_(True) & (VISITS < 5) & STEPS.any(STEPS.days_late > VISITS)
    found = explain(cond, record({"days_late": 1}, {"days_late": 2}, visits=3, seen=True))
    assert [rest.name for rest in found.facts()] == [
        "visits",
        "seen",
        "steps.s1.days_late",
        "steps.s2.days_late",
    ]


def test_open_facts_are_those_that_would_settle_it() -> None:
    """A pending fact under a part that is decided anyway is not asked for."""
    cond = (SEEN.is_(True) & AGREED.is_(True)) | SIGNED.is_(True)
    found = explain(cond, record(seen=Gap.PENDING, agreed=False, signed=Gap.PENDING))
    assert found.verdict is OPEN
    assert [rest.name for rest in found.open_facts()] == ["signed"]
    settled = explain(cond, record(seen=Gap.PENDING, agreed=Gap.PENDING, signed=True))
    assert settled.verdict is MET
    assert settled.open_facts() == ()


def test_open_facts_of_a_collection_are_those_of_the_items_still_open() -> None:
    """Each is named with its item, once."""
    cond = STEPS.any(STEPS.done.is_(True) & STEPS.checked.is_(True))
    found = explain(
        cond,
        record(
            {"done": False, "checked": Gap.PENDING},
            {"done": True, "checked": Gap.PENDING},
            {"done": Gap.SILENT, "checked": Gap.PENDING},
        ),
    )
    assert [rest.name for rest in found.open_facts()] == ["steps.s2.checked"]


def test_open_facts_of_a_count_are_those_of_the_items_still_open() -> None:
    """An item that is decided anyway is not asked about, in a count as in any."""
    cond = STEPS.count(STEPS.done.is_(True) & STEPS.checked.is_(True)) > 0
    found = explain(
        cond,
        record({"done": False, "checked": Gap.PENDING}, {"done": True, "checked": Gap.PENDING}),
    )
    assert [rest.name for rest in found.open_facts()] == ["steps.s2.checked"]


def test_a_worst_that_turns_on_which_items_count_says_so() -> None:
    """Where it is open whether an item counts, that is what would settle it."""
    found = explain(
        STEPS.days_late.worst(STEPS.done.is_(True)) < 5,
        record({"days_late": 1, "done": Gap.PENDING}),
    )
    assert found.verdict is OPEN
    assert [rest.name for rest in found.open_facts()] == ["steps.s1.done"]


def test_a_proof_withholds_private_values_and_all_text() -> None:
    """That there is an answer is told; what it is stays in the record."""
    cond = (OPENED < CLOSED) & NOTES.answered()
    on = record(case_opened=date(1907, 3, 13), case_closed=date(2016, 1, 2), notes="Kestrel Vane")
    proof = explain(cond, on)
    assert [str(rest) for rest in proof.facts()] == [
        "case opened: given (withheld)",
        "case closed: 2016-01-02",
        "notes: given (withheld)",
    ]
    for words in (str(proof), repr(proof), str(proof.to_rows()), repr(on)):
        assert "1907" not in words
        assert "Kestrel" not in words


def test_a_proof_tells_the_gap_of_a_private_fact() -> None:
    """Why there is no value is not private."""
    shown = [explain(OPENED < CLOSED, record(case_opened=gap)).facts()[0].shown for gap in GAPS]
    assert shown == ["not known yet", "not stated here", "not called for", "not applicable"]


# --- English -----------------------------------------------------------------------------------


def sayings() -> Iterator[tuple[Cond, str]]:
    """Conditions with what they read as."""
    yield ALWAYS, "always"
    yield NEVER, "never"
    yield ~ALWAYS, "never"
    yield SEEN.is_(True), "the child was seen is yes"
    yield SEEN.is_not(True), "the child was seen is not yes"
    yield OVERALL.in_(["poor", "fair", "unclear"]), "the overall grade is Poor, Fair or Not clear"
    yield OVERALL <= "fair", "the overall grade is no better than Fair"
    yield ~(OVERALL > BEFORE), "the overall grade is no better than before"
    yield OPENED < date(2016, 1, 2), "case opened is before 2016-01-02"  # noqa: SIM300
    yield ~(OPENED < CLOSED), "case opened is on or after case closed"
    yield VISITS >= 3, "visits is at least 3"
    yield SHARE < Fraction(1, 3), "share is less than 1/3"  # noqa: SIM300
    yield VISITS.is_(MISSED), "visits is the same as missed"
    yield HAS.in_(["speech", "sleep"]), "needs is including Speech or Sleep"
    yield ~HAS.has("sleep"), "needs is not including Sleep"
    yield NOTES.answered(), "notes is answered"
    yield ~NOTES.pending(), "notes is not still to be answered"
    yield NOTES.not_applicable(), "notes is not applicable"
    yield (
        (SEEN.is_(True) | AGREED.is_(True)) & (VISITS > 1),
        "(the child was seen is yes or agreed is yes) and visits is more than 1",
    )
    yield (
        ~(SEEN.is_(True) | AGREED.is_(True)),
        "the child was seen is not yes and agreed is not yes",
    )
    yield (
        STEPS.any(STEPS.done.is_(False) & (STEPS.days_late > VISITS)),
        "some of the steps have (done no and days late more than visits)",
    )
    yield ~STEPS.any(STEPS.done.is_(True)), "none of the steps have done yes"
    yield STEPS.all(STEPS.done.answered()), "all of the steps have done answered"
    yield STEPS.count() > 2, "the number of steps is more than 2"
    yield (
        STEPS.count(STEPS.days_late > 5) >= VISITS,
        "the number of steps that have days late more than 5 is at least visits",
    )
    yield STEPS.grade.worst() < "good", "the worst grade of the steps is worse than Good"
    yield (
        OVERALL > STEPS.grade.best(STEPS.done.is_(True)),  # noqa: SIM300
        "the overall grade is better than the best grade of the steps that have done yes",
    )
    yield STEPS.days_late > 2, "its days late is more than 2"


@pytest.mark.parametrize(("cond", "said"), tuple(sayings()), ids=str)
def test_a_condition_reads_as_its_sentence(cond: Cond, said: str) -> None:
    """The words are those a reader would use, with labels for codes."""
    assert english(cond) == str(cond) == said


def test_brackets_stand_wherever_a_sentence_could_be_read_two_ways() -> None:
    """The opposite of "both" is an "or", which wants brackets within an "and"."""
    cond = SEEN.is_(True) & ~(AGREED.is_(True) & SIGNED.is_(True))
    assert english(cond) == (
        "the child was seen is yes and (agreed is not yes or signed is not yes)"
    )


def test_what_is_said_of_items_is_kept_apart_from_what_follows() -> None:
    """A fact asked of each item, and one asked beside them all, are two conditions."""
    within = ~STEPS.any(STEPS.done.is_(True) & SEEN.is_(True))
    beside = ~STEPS.any(STEPS.done.is_(True)) & SEEN.is_(True)
    assert verdict(within, seen=False) is not verdict(beside, seen=False)
    assert english(within) != english(beside)


def test_one_of_nothing_can_be_said() -> None:
    """A list of codes that turns out empty is never met, and has its words too."""
    cond = OVERALL.in_([])
    assert verdict(cond, overall="good") is NOT_MET
    assert english(cond)


# --- kinds -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "admitted", "refused"),
    [
        (YES_NO, (True, False), (1, 0, "yes", None)),
        (COUNT, (0, 7), (True, -1, 1.0, Fraction(1))),
        (NUMBER, (Fraction(1, 2), Fraction(2)), (2, 0.5, True)),
        (DATE, (date(2016, 1, 1),), (datetime(2016, 1, 1), "2016-01-01")),  # noqa: DTZ001
        (MOMENT, (datetime(2016, 1, 1, tzinfo=UTC),), (datetime(2016, 1, 1), date(2016, 1, 1))),  # noqa: DTZ001
        (
            numbers("score", 1, 5),
            (Fraction(1), Fraction(5)),
            (Fraction(0), Fraction(6), Fraction(3, 2)),
        ),
        (GRADE, ("poor", "unclear"), ("Poor", "", 1)),
        (
            NEEDS,
            ((), ("sleep",), ("sleep", "sight")),
            ("sleep", ["sleep"], ("sleep", "sleep"), ("x",)),
        ),
        (TEXT, ("", "anything"), (1, None)),
        (ID, ("C-1",), (1,)),
    ],
    ids=lambda part: part.id if isinstance(part, Kind) else "",
)
def test_a_kind_admits_its_own_values_and_nothing_like_them(
    kind: Kind, admitted: tuple[Any, ...], refused: tuple[Any, ...]
) -> None:
    """True is no count, a moment no date, a list no answer."""
    assert [value for value in admitted if not kind.admits(value)] == []
    assert [value for value in refused if kind.admits(value)] == []


def test_a_value_is_shown_by_its_label() -> None:
    """People read labels, and "none" where nothing is held."""
    assert [GRADE.label(code) for code in GRADE.every_code] == list(GRADE.labels)
    assert NEEDS.label(("speech", "sleep")) == "Speech, Sleep"
    assert NEEDS.label(()) == "none"
    assert YES_NO.label(False) == "no"


def test_what_is_no_condition_is_refused_in_plain_words() -> None:
    """A bare fact, or the True that == gives, is named where it is written."""
    for wrong in (SEEN, True):
        with pytest.raises(DefinitionError, match="is no condition"):
            OVERALL.is_("good") & wrong  # type: ignore[operator]
        with pytest.raises(DefinitionError, match="is no condition"):
            STEPS.any(wrong)  # type: ignore[arg-type]
