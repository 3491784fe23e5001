"""Agreement between auditor and moderator: published values, laws, exact tests done by hand."""

from __future__ import annotations

import importlib
import importlib.util
import math
import pickle
from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qaf_core import DefinitionError, InputError, UnknownIdError
from qaf_core.moderation import (
    Agreement,
    Arm,
    Estimate,
    GradeTable,
    NotEnoughData,
    Pair,
    SignificanceTest,
    Undefined,
    agreement,
    agreement_by_section,
)
from qaf_core.moderation.alpha import alpha
from qaf_core.moderation.change import (
    agreed_within,
    boundaries,
    bowker,
    direction,
    drift,
    sign_test,
    stuart_maxwell,
    wilson,
)
from qaf_core.moderation.coefficients import Distance, gwet, kappa
from qaf_core.moderation.precision import (
    chi_square_tail,
    fair_tail,
    normal_quantile,
    root,
    t_quantile,
)
from qaf_core.provenance import Standing
from qaf_core.scales import GOOD, GRADES, INADEQUATE, Beside, Grade, Scale
from qaf_core.sources import QAF

CODES = tuple(grade.code for grade in GRADES)
LINEAR, QUADRATIC, ORDINAL = Distance.LINEAR, Distance.QUADRATIC, Distance.GWET_ORDINAL


def scale(size: int) -> Scale:
    """A scale of so many grades."""
    return Scale(
        id=f"of_{size}",
        title="Grades",
        grades=tuple(Grade(f"g{rank}", f"Grade {rank}") for rank in range(size)),
        beside=(Beside("unclear", "Unclear"),),
        source=QAF.at("whole"),
        standing=Standing.EDITORIAL,
    )


def table(counts: Sequence[Sequence[int]]) -> GradeTable:
    """A table of these counts, on a scale as large."""
    return GradeTable.of_counts(counts, scale(len(counts)))


def value(result: object) -> Fraction:
    """The exact value of an estimate."""
    assert isinstance(result, Estimate), result
    return result.value


def error(result: object) -> float:
    """The standard error of an estimate."""
    assert isinstance(result, Estimate)
    assert result.standard_error is not None
    return result.standard_error


def ends(result: object) -> tuple[float, float]:
    assert isinstance(result, Estimate)
    assert result.interval
    return result.interval.low, result.interval.high


NINETY_FIVE = Fraction(95, 100)


def near(figure: float | Fraction, printed: str) -> bool:
    """Whether a figure, rounded to the digits printed, is what is printed."""
    places = len(printed.partition(".")[2])
    return f"{float(figure):.{places}f}".replace("-0.", "-.").removeprefix("0") == printed


# --- values that have been published -----------------------------------------------------------

SEXUAL_FUN = table([[7, 7, 2, 3], [2, 8, 3, 7], [1, 5, 4, 9], [2, 8, 9, 14]])
SAS = table([[0, 4, 1], [0, 8, 0], [0, 1, 5]])
COHEN = table([[88, 10, 2], [14, 40, 6], [18, 10, 12]])
FLEISS_COHEN_EVERITT = table([[106, 10, 4], [22, 28, 10], [2, 12, 6]])
ABSTRACTORS = table([[13, 0, 0], [0, 20, 7], [0, 4, 56]])
DIAGNOSIS = table([[40, 4, 4, 17], [6, 25, 2, 13], [4, 1, 21, 12], [15, 5, 9, 45]])
PARADOX = table([[40, 9], [6, 45]]), table([[80, 10], [5, 5]])
VISION = table(
    [[1520, 266, 124, 66], [234, 1512, 432, 78], [117, 362, 1772, 205], [36, 82, 179, 492]]
)
COHEN_DISTANCES = ((0, 1, 3), (1, 0, 6), (3, 6, 0))

PUBLISHED: dict[str, tuple[object, str]] = {
    "Hout, kappa": (kappa(SEXUAL_FUN), ".1293"),
    "Hout, kappa linear": (kappa(SEXUAL_FUN, LINEAR), ".2374"),
    "Hout, kappa quadratic": (kappa(SEXUAL_FUN, QUADRATIC), ".3320"),
    "Hout, AC2 linear": (gwet(SEXUAL_FUN, LINEAR), ".2730"),
    "SAS, kappa": (kappa(SAS), ".4842"),
    "SAS, kappa linear": (kappa(SAS, LINEAR), ".4701"),
    "Cohen 1960": (kappa(COHEN), ".492"),
    "Cohen 1960, to more digits": (kappa(COHEN), ".4915"),
    "Cohen 1968, own distances": (kappa(COHEN, COHEN_DISTANCES), ".348"),
    "Fleiss, Cohen, Everitt": (kappa(FLEISS_COHEN_EVERITT), ".4286"),
    "abstractors, kappa": (kappa(ABSTRACTORS), ".796"),
    "abstractors, AC1": (gwet(ABSTRACTORS), ".849"),
    "abstractors, AC2 linear": (gwet(ABSTRACTORS, LINEAR), ".900"),
    "abstractors, AC2 quadratic": (gwet(ABSTRACTORS, QUADRATIC), ".940"),
    "abstractors, AC2 ordinal": (gwet(ABSTRACTORS, ORDINAL), ".925"),
    "abstractors, alpha": (alpha(ABSTRACTORS, "nominal"), ".797"),
    "diagnosis, kappa": (kappa(DIAGNOSIS), ".432"),
    "diagnosis, kappa linear": (kappa(DIAGNOSIS, LINEAR), ".407"),
    "diagnosis, kappa quadratic": (kappa(DIAGNOSIS, QUADRATIC), ".383"),
    "diagnosis, AC1": (gwet(DIAGNOSIS), ".456"),
    "diagnosis, AC2 linear": (gwet(DIAGNOSIS, LINEAR), ".377"),
    "diagnosis, AC2 quadratic": (gwet(DIAGNOSIS, QUADRATIC), ".299"),
    "diagnosis, AC2 ordinal": (gwet(DIAGNOSIS, ORDINAL), ".324"),
    "paradox, kappa of the even": (kappa(PARADOX[0]), ".70"),
    "paradox, kappa of the lopsided": (kappa(PARADOX[1]), ".32"),
    "paradox, AC1 of the even": (gwet(PARADOX[0]), ".70"),
    "paradox, AC1 of the lopsided": (gwet(PARADOX[1]), ".81"),
    "vision, kappa": (kappa(VISION), ".5954"),
    "vision, kappa linear": (kappa(VISION, LINEAR), ".6524"),
    "vision, kappa quadratic": (kappa(VISION, QUADRATIC), ".7023"),
}


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_coefficient_is_what_was_published(name: str) -> None:
    result, printed = PUBLISHED[name]
    assert near(value(result), printed)


@pytest.mark.parametrize(
    ("result", "printed"),
    [
        (kappa(SEXUAL_FUN), ".0686"),
        (kappa(SEXUAL_FUN, LINEAR), ".0783"),
        (kappa(SEXUAL_FUN, QUADRATIC), ".0973"),
        (kappa(SAS), ".1380"),
        (kappa(SAS, LINEAR), ".1457"),
        (kappa(COHEN), ".0510"),
        (kappa(DIAGNOSIS), ".046"),
        (gwet(DIAGNOSIS), ".043"),
    ],
)
def test_a_standard_error_is_what_was_published(result: object, printed: str) -> None:
    assert near(error(result), printed)


@pytest.mark.parametrize(
    ("result", "low", "high"),
    [
        (kappa(SEXUAL_FUN), "-.0051", ".2638"),
        (kappa(SEXUAL_FUN, LINEAR), ".0839", ".3909"),
        (kappa(SAS), ".2137", ".7547"),
        (kappa(SAS, LINEAR), ".1845", ".7558"),
        (gwet(ABSTRACTORS), ".764", ".935"),
    ],
)
def test_an_interval_is_what_was_published(result: object, low: str, high: str) -> None:
    found = ends(result)
    assert near(found[0], low)
    assert near(found[1], high)


def test_the_parts_of_cohens_weighted_kappa_are_what_was_published() -> None:
    """Observed distance .9 and by chance 1.38, so 1 less their ratio."""
    assert value(kappa(COHEN, COHEN_DISTANCES)) == 1 - Fraction(90, 100) / Fraction(138, 100)


@pytest.mark.parametrize(
    ("first", "second", "printed"),
    [("0100000010", "1110010000", ".095"), ("aabbdcccedda", "babbbcccEddd".lower(), ".692")],
)
def test_krippendorffs_nominal_examples(first: str, second: str, printed: str) -> None:
    """Two observers, in his own two examples of nominal data."""
    letters = sorted({*first, *second})
    counts = [[0] * len(letters) for _ in letters]
    for one, other in zip(first, second, strict=True):
        counts[letters.index(one)][letters.index(other)] += 1
    assert near(value(alpha(table(counts), "nominal")), printed)


def test_the_two_ordinals_differ() -> None:
    """Gwet's distance and Krippendorff's metric share a name and no more."""
    assert near(value(alpha(ABSTRACTORS)), ".834")
    assert near(value(gwet(ABSTRACTORS, ORDINAL)), ".925")


def test_both_tables_of_the_paradox_agree_as_often() -> None:
    assert [agreed_within(each).name for each in PARADOX] == ["exact agreement"] * 2
    assert [value(agreed_within(each)) for each in PARADOX] == [Fraction(85, 100)] * 2


def test_change_of_vision_is_what_was_published() -> None:
    """Stuart 1953, both eyes of 7,477 women."""
    margins, symmetry = stuart_maxwell(VISION), bowker(VISION)
    assert isinstance(margins, SignificanceTest)
    assert isinstance(symmetry, SignificanceTest)
    assert margins.statistic is not None
    assert symmetry.statistic is not None
    assert (near(margins.statistic, "11.957"), margins.df) == (True, 3)
    assert near(margins.p, ".0075")
    assert (near(symmetry.statistic, "19.107"), symmetry.df) == (True, 6)
    assert near(symmetry.p, ".0040")


@pytest.mark.parametrize(
    ("share", "n", "low", "high"),
    [
        (Fraction(81, 263), 263, ".2553", ".3662"),
        (Fraction(15, 148), 148, ".0624", ".1605"),
        (Fraction(0), 20, ".0000", ".1611"),
        (Fraction(1, 29), 29, ".0061", ".1718"),
    ],
)
def test_wilsons_interval_is_newcombes(share: Fraction, n: int, low: str, high: str) -> None:
    found = wilson(share, n)
    assert near(found[0], low)
    assert near(found[1], high)


@pytest.mark.parametrize(
    ("one", "other", "printed"),
    [
        (5, 0, ".0625"),
        (6, 0, ".0312"),
        (8, 1, ".0391"),
        (9, 1, ".0215"),
        (10, 2, ".0386"),
        (12, 4, ".0768"),
    ],
)
def test_the_sign_test_two_sided(one: int, other: int, printed: str) -> None:
    assert near(sign_test(one, other), printed)
    assert sign_test(one, other) == sign_test(other, one)


# --- exact tests, against counting every outcome -----------------------------------------------


@pytest.mark.parametrize("n", range(1, 11))
def test_the_sign_test_counts_every_outcome(n: int) -> None:
    """All falls of n coins that are at least as uneven, as a share of all falls."""
    for one in range(n + 1):
        uneven = abs(2 * one - n)
        falls = [abs(2 * sum(fall) - n) >= uneven for fall in product((0, 1), repeat=n)]
        assert sign_test(one, n - one) == Fraction(sum(falls), 2**n)


def test_a_tail_too_long_for_fractions_is_close_to_the_exact_one() -> None:
    for tries, fewer in ((1001, 480), (1400, 650), (3000, 1400), (2001, 1000), (1500, 500)):
        exact = Fraction(sum(math.comb(tries, x) for x in range(fewer + 1)), 2**tries)
        assert abs(Fraction(fair_tail(fewer, tries)) / exact - 1) < 1e-13


@pytest.mark.parametrize(
    ("value", "df", "tail"),
    [
        ("3.841458820694124", 1, 0.05),
        ("5.991464547107979", 2, 0.05),
        ("12.591587243743977", 6, 0.05),
        ("7.814727903251179", 3, 0.05),
        ("40", 1, 2.539628589470901e-10),
        ("300", 5, 1.0015302305957817e-62),
    ],
)
def test_the_tail_of_chi_square(value: str, df: int, tail: float) -> None:
    assert abs(chi_square_tail(Fraction(value), df) / tail - 1) < 1e-13
    assert chi_square_tail(Fraction(0), df) == 1


def test_quantiles_and_roots() -> None:
    """Against tables, and t against the normal where there are many degrees of freedom."""
    assert f"{float(normal_quantile(NINETY_FIVE)):.12f}" == "1.959963984540"
    assert f"{float(normal_quantile(Fraction(99, 100))):.12f}" == "2.575829303549"
    for df, printed in ((1, "12.706205"), (2, "4.302653"), (24, "2.063899"), (99, "1.984217")):
        assert f"{float(t_quantile(NINETY_FIVE, df)):.6f}" == printed
    assert abs(t_quantile(NINETY_FIVE, 10**6) - normal_quantile(NINETY_FIVE)) < 1e-5
    for confidence, df, printed in (
        ("0.5", 1, "1.000000"),
        ("0.8", 1, "3.077684"),
        ("0.999", 2, "31.599055"),
        ("0.9999", 1, "6366.197671"),  # far out, where the series for what lies within crawls
    ):
        assert f"{float(t_quantile(Fraction(confidence), df)):.6f}" == printed
    assert root(Fraction(2)) == math.sqrt(2)
    with pytest.raises(DefinitionError, match="between 0 and 1"):
        normal_quantile(Fraction(95))


# --- laws ----------------------------------------------------------------------------------------

cells = st.integers(0, 9)


def squares(size: int) -> st.SearchStrategy[list[list[int]]]:
    return st.lists(
        st.lists(cells, min_size=size, max_size=size), min_size=size, max_size=size
    ).filter(lambda rows: any(map(any, rows)))


TABLES = st.integers(2, 5).flatmap(squares).map(table)


def coefficients(of: GradeTable) -> list[Estimate | Undefined]:
    """Every coefficient there is."""
    found = [kappa(of, each) for each in Distance] + [gwet(of, each) for each in Distance]
    return found + [alpha(of, metric) for metric in ("nominal", "ordinal", "interval")]


def plain(result: object) -> object:
    """The figure of a result, or that it has none."""
    if isinstance(result, Estimate):
        return result.value
    if isinstance(result, SignificanceTest):
        return (result.statistic, result.df, result.p)
    return type(result)


def changes_of(of: GradeTable) -> list[object]:
    return [plain(each) for each in (direction(of), bowker(of), stuart_maxwell(of))]


@given(TABLES)
def test_swapping_auditor_and_moderator_changes_nothing_but_the_sign_of_the_drift(
    of: GradeTable,
) -> None:
    other = of.swapped()
    assert [plain(each) for each in coefficients(of)] == [
        plain(each) for each in coefficients(other)
    ]
    assert changes_of(of) == changes_of(other)
    assert value(agreed_within(of)) == value(agreed_within(other))
    assert value(agreed_within(of, 1)) == value(agreed_within(other, 1))
    assert value(drift(of)) == -value(drift(other))
    for one, reverse in zip(boundaries(of), boundaries(other), strict=True):
        assert (one.lowered, one.raised) == (reverse.raised, reverse.lowered)


PAIRS = st.lists(st.tuples(st.sampled_from(CODES), st.sampled_from(CODES)), min_size=1, max_size=60)


def figures(of: Agreement) -> list[dict[str, object]]:
    return of.to_rows()


@given(PAIRS, st.permutations(range(60)))
def test_names_and_order_of_cases_do_not_matter(
    pairs: list[tuple[str, str]], order: list[int]
) -> None:
    there = [at for at in order if at < len(pairs)]
    named = [Pair(auditor=a, moderator=m, case=f"C-{at}") for at, (a, m) in enumerate(pairs)]
    renamed = [
        Pair(auditor=pairs[at][0], moderator=pairs[at][1], case=f"X-{at}", post="P-1")
        for at in there
    ]
    assert figures(agreement(named, enough=1)) == figures(agreement(renamed, enough=1))


@given(PAIRS)
def test_pairs_and_their_table_give_the_same(pairs: list[tuple[str, str]]) -> None:
    """Counted by us and counted by hand, given as codes, as grades and as full pairs."""
    counts = [[sum(pair == (a, m) for pair in pairs) for m in CODES] for a in CODES]
    of = GradeTable.of_counts(counts, GRADES)
    ways = [
        agreement(pairs, enough=1),
        agreement([(GRADES[a], GRADES[m]) for a, m in pairs], enough=1),
        agreement((Pair(auditor=a, moderator=m) for a, m in pairs), enough=1),
        agreement(zip(*zip(*pairs, strict=True), strict=True), enough=1),
        agreement([[a, m] for a, m in pairs], enough=1),  # type: ignore[misc]
    ]
    for way in ways:
        assert way.grades == of
        assert plain(way["kappa, linear"]) == plain(kappa(of, LINEAR))
        assert plain(way["drift"]) == plain(drift(of))


@given(st.lists(st.integers(0, 9), min_size=2, max_size=5).filter(any))
def test_perfect_agreement_is_one_or_undefined(diagonal: list[int]) -> None:
    """Undefined by kappa and alpha where one grade alone occurs; never less than 1."""
    size = len(diagonal)
    of = table([[diagonal[i] if i == j else 0 for j in range(size)] for i in range(size)])
    one_grade = sum(map(bool, diagonal)) == 1
    for result in coefficients(of):
        if isinstance(result, Undefined):
            assert one_grade
            assert not result.name.startswith("AC")
        else:
            assert result.value == 1
            assert result.interval is None, "nothing varies, so nothing tells how sure it is"
    assert value(agreed_within(of)) == 1
    assert value(drift(of)) == 0
    assert [plain(each) for each in (direction(of), bowker(of), stuart_maxwell(of))] == [
        Undefined
    ] * 3


@given(squares(2).map(table))
def test_on_two_grades_all_distances_are_the_same(of: GradeTable) -> None:
    for statistic in (kappa, gwet):
        assert len({plain(statistic(of, distance)) for distance in Distance}) == 1
    assert len({plain(alpha(of, metric)) for metric in ("nominal", "ordinal", "interval")}) == 1


@given(TABLES, st.integers(0, 5))
def test_a_grade_nobody_gave_changes_only_what_is_defined_on_the_scale(
    of: GradeTable, at: int
) -> None:
    """At an end it adds nothing but to Gwet's chance; in between it moves grades apart."""
    counts = [list(row) for row in of.counts]
    for row in counts:
        row.insert(min(at, of.size), 0)
    counts.insert(min(at, of.size), [0] * (of.size + 1))
    wider = table(counts)
    at_the_end = at == 0 or at >= of.size
    assert plain(kappa(of)) == plain(kappa(wider))
    assert plain(alpha(of)) == plain(alpha(wider))
    assert plain(alpha(of, "nominal")) == plain(alpha(wider, "nominal"))
    assert changes_of(of) == changes_of(wider)
    assert value(agreed_within(of)) == value(agreed_within(wider))
    if at_the_end:
        assert plain(kappa(of, LINEAR)) == plain(kappa(wider, LINEAR))
        assert plain(kappa(of, QUADRATIC)) == plain(kappa(wider, QUADRATIC))
        assert value(drift(of)) == value(drift(wider))


def test_the_scale_decides_and_not_the_grades_that_happen_to_occur() -> None:
    """Inadequate against Good is two steps, though nobody gave what lies between."""
    counts = [[9, 0, 3, 0], [0, 0, 0, 0], [2, 0, 9, 1], [0, 0, 1, 9]]
    squeezed = [[9, 3, 0], [2, 9, 1], [0, 1, 9]]
    assert value(kappa(table(counts), LINEAR)) != value(kappa(table(squeezed), LINEAR))
    assert value(drift(table(counts))) != value(drift(table(squeezed)))


@given(TABLES)
def test_no_figure_is_ever_nan_and_every_interval_holds_its_value(of: GradeTable) -> None:
    for result in (*coefficients(of), agreed_within(of), agreed_within(of, 1), drift(of)):
        for cell in result.to_row().values():
            assert cell == cell, "a nan is not equal to itself"
        if isinstance(result, Estimate) and result.interval:
            assert result.interval.low <= float(result.value) + 1e-12
            assert float(result.value) <= result.interval.high + 1e-12
            assert str(result.n) in str(result)


@given(TABLES, st.fractions(min_value="1/50", max_value=1))
def test_weights_that_are_all_the_same_change_no_value(of: GradeTable, chance: Fraction) -> None:
    codes = [grade.code for grade in of.scale.grades]
    runs = [
        (codes[i], codes[j], count, 1 / chance)
        for i, row in enumerate(of.counts)
        for j, count in enumerate(row)
        if count
    ]
    heavy = GradeTable.of_cells(runs, of.scale)
    for statistic in (kappa, gwet):
        for distance in Distance:
            light, weighted = statistic(of, distance), statistic(heavy, distance)
            assert plain(light) == plain(weighted)
            if isinstance(light, Estimate) and light.interval:
                assert ends(light) == pytest.approx(ends(weighted))
    assert plain(alpha(of)) == plain(alpha(heavy))
    assert value(drift(of)) == value(drift(heavy))
    assert ends(agreed_within(of)) == pytest.approx(ends(agreed_within(heavy)))


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(1, 5)), min_size=1))
def test_a_pair_that_stands_for_so_many_counts_as_so_many(
    runs: list[tuple[int, int, int]],
) -> None:
    """In every value but alpha, whose chance hangs on how many pairs there really were."""
    heavy = GradeTable.of_cells([(CODES[a], CODES[m], 1, times) for a, m, times in runs], GRADES)
    many = GradeTable.of_cells([(CODES[a], CODES[m], times, 1) for a, m, times in runs], GRADES)
    assert heavy.n == len(runs)
    for statistic in (kappa, gwet):
        for distance in Distance:
            assert plain(statistic(heavy, distance)) == plain(statistic(many, distance))
    assert value(drift(heavy)) == value(drift(many))
    assert value(agreed_within(heavy)) == value(agreed_within(many))
    wide, narrow = ends(agreed_within(heavy)), ends(agreed_within(many))
    assert wide[0] <= narrow[0] + 1e-12
    assert narrow[1] <= wide[1] + 1e-12


# --- beside statsmodels ----------------------------------------------------------------------------


@pytest.mark.skipif(
    importlib.util.find_spec("statsmodels") is None, reason="statsmodels is not installed"
)
@pytest.mark.filterwarnings("ignore")
@given(TABLES)
def test_statsmodels_says_the_same(of: GradeTable) -> None:
    """Kappa with its standard error, symmetry and margins, wherever statsmodels has a value."""
    tables: Any = importlib.import_module("statsmodels.stats.contingency_tables")
    numpy: Any = importlib.import_module("numpy")
    raters: Any = importlib.import_module("statsmodels.stats.inter_rater")

    for distance, name in (
        (Distance.UNWEIGHTED, None),
        (LINEAR, "linear"),
        (QUADRATIC, "quadratic"),
    ):
        ours = kappa(of, distance)
        theirs = raters.cohens_kappa(list(map(list, of.counts)), wt=name)
        if isinstance(ours, Undefined):
            assert math.isnan(theirs.kappa)
            continue
        assert float(ours.value) == pytest.approx(theirs.kappa, abs=1e-9)
        if ours.interval and theirs.kappa_low > -1 and theirs.kappa_upp < 1:
            assert ends(ours) == pytest.approx((theirs.kappa_low, theirs.kappa_upp), abs=1e-7)
    changed = all(of.counts[i][j] + of.counts[j][i] for i in range(of.size) for j in range(i))
    if changed:
        square = tables.SquareTable(numpy.array(of.counts), shift_zeros=False)
        for ours_tested, theirs_tested in (
            (bowker(of), square.symmetry(method="bowker")),
            (stuart_maxwell(of), square.homogeneity(method="stuart_maxwell")),
        ):
            assert isinstance(ours_tested, SignificanceTest)
            assert ours_tested.statistic is not None
            assert float(ours_tested.statistic) == pytest.approx(theirs_tested.statistic, abs=1e-7)
            assert ours_tested.df == theirs_tested.df
            assert float(ours_tested.p) == pytest.approx(theirs_tested.pvalue, abs=1e-9)


# --- which pairs count -------------------------------------------------------------------------------


def pair(auditor: str, moderator: str, **more: Any) -> Pair:
    more = dict[str, Any](arm=Arm.RANDOM, blind=True) | more
    return Pair(auditor=auditor, moderator=moderator, **more)


def test_the_random_arm_alone_counts_unless_asked() -> None:
    pairs = [
        *(pair("good", "good") for _ in range(8)),
        *(pair("inadequate", "requires_improvement", arm=Arm.TRIGGERED) for _ in range(4)),
    ]
    random, triggered = agreement(pairs), agreement(pairs, arms=(Arm.TRIGGERED,))
    assert (random.n, random.left_out.other_arm) == (8, 4)
    assert triggered.n == 4
    assert value(triggered["drift"]) == 1
    assert "Left out, moderated for another reason: 4 pairs." in str(random)


def test_pairs_that_were_not_blind_are_left_out_unless_asked() -> None:
    pairs = [*(pair("good", "good") for _ in range(3)), pair("good", "inadequate", blind=False)]
    assert (agreement(pairs).n, agreement(pairs).left_out.not_blind) == (3, 1)
    assert agreement(pairs, seen=True).n == 4


def test_what_nobody_says_is_taken_as_random_and_blind_and_said() -> None:
    told = agreement([("good", "good"), ("good", "inadequate")])
    assert told.n == 2
    assert [note.rpartition(": ")[2] for note in told.notes] == ["2 pairs.", "2 pairs."]
    assert "Taken as drawn at random" in str(told)
    assert "Taken as blind" in str(told)
    assert agreement([pair("good", "good")]).notes == ()


def test_pooling_weights_by_the_chance_of_being_moderated() -> None:
    """One pair in ten stands for ten; a case that is always moderated stands for itself."""
    pairs = [
        *(pair("good", "outstanding", probability="1/10") for _ in range(1)),
        *(pair("good", "good", probability="1/10") for _ in range(9)),
        *(
            pair("inadequate", "requires_improvement", arm=Arm.TRIGGERED, probability=1)
            for _ in range(10)
        ),
    ]
    both = agreement(pairs, arms=(Arm.RANDOM, Arm.TRIGGERED))
    assert value(both.exact) == Fraction(90, 110)
    assert value(both["drift"]) == Fraction(10 + 10, 110)
    assert isinstance(both.direction, Undefined)
    assert "pooled" in both.summary
    enough = agreement(pairs, arms=(Arm.RANDOM, Arm.TRIGGERED), enough=1)
    assert isinstance(enough["alpha, ordinal"], Estimate)
    assert isinstance(enough["Bowker's test"], Undefined)
    drift_ends = ends(both["drift"])
    assert drift_ends[0] < Fraction(20, 110) < drift_ends[1]


def test_arms_without_chances_cannot_be_pooled() -> None:
    with pytest.raises(InputError) as caught:
        agreement(
            [pair("good", "good", probability="10 %"), pair("good", "good", arm=Arm.TRIGGERED)],
            arms=(Arm.RANDOM, Arm.TRIGGERED),
        )
    assert [fault.path for fault in caught.value.faults] == ["pairs[1].probability"]


def test_an_uneven_draw_is_weighted_and_said() -> None:
    """Where the draw itself gave unequal chances, each pair stands for as many as it should."""
    pairs = [
        *(pair("good", "good", draw_probability="1/2") for _ in range(2)),
        *(pair("good", "inadequate", draw_probability="1/4") for _ in range(1)),
    ]
    uneven = agreement(pairs)
    assert value(uneven.exact) == Fraction(4, 8)
    assert isinstance(uneven.direction, SignificanceTest), (
        "within one arm the test still counts pairs"
    )
    assert "weighted by the chance of being drawn" in str(uneven)
    by_either = agreement([pair("good", "good", probability=each) for each in ("1/2", "1/4")])
    assert "each pair counts once" in str(by_either)
    unknown = [*pairs, pair("good", "good")]
    assert value(agreement(unknown).exact) == Fraction(3, 4)
    assert "each counts once" in str(agreement(unknown))


def test_scope_blank_and_beside_are_counted_apart() -> None:
    of = scale(3)
    pairs = [
        pair("g0", "g0"),
        pair("g1", "not_applicable"),
        pair("not_applicable", "not_applicable"),
        pair("g1", "unclear"),
        pair("g1", ""),
        pair("", ""),
        pair("g2", "g2", section="risk"),
    ]
    found = agreement(pairs, scale=of)
    assert found.n == 1
    left_out = found.left_out
    assert (left_out.scope, left_out.agreed_scope, left_out.beside, left_out.blank) == (1, 1, 1, 2)
    assert left_out.other_section == 1
    assert "Disagreement on scope" in str(found)
    assert list(agreement_by_section(pairs, scale=of)) == ["overall", "risk"]
    mixed = [pair("good", "good"), pair("g1", "g2", section="risk")]
    own = agreement_by_section(mixed, scales={"risk": of})
    assert [each.grades.size for each in own.values()] == [4, 3]


def test_disagreements_on_safety_are_listed_one_by_one_from_every_pair() -> None:
    """Whatever the arm, blind or not, in whichever section; once for each case."""
    differ = {"auditor_safe": "safe", "moderator_safe": "unsafe"}
    pairs = [
        pair("good", "good", case="A-1", **differ),
        pair("good", "good", case="A-1", section="risk", **differ),
        pair("good", "good", case="A-2", arm=Arm.TRIGGERED, blind=False, **differ),
        pair("good", "good", case="A-3", auditor_safe="cannot_tell"),
        pair("good", "good", case="A-4", auditor_safe="safe"),
        pair("good", "good", case="A-5", auditor_safe="safe", moderator_safe="safe"),
    ]
    found = agreement(pairs)
    assert [each.case for each in found.safety] == ["A-1", "A-2", "A-3"]
    told = str(found)
    assert "A-2: auditor safe, moderator unsafe (triggered, not blind)" in told
    assert "A-3: auditor cannot tell, moderator said nothing" in told
    assert told.index("A-1") < told.index("exact agreement")


def test_few_pairs_carry_no_coefficient_and_none_no_figure() -> None:
    few = agreement([("good", "good")] * 23 + [("good", "inadequate")])
    needed = few["kappa, linear"]
    assert isinstance(needed, NotEnoughData)
    assert (needed.n, needed.needed) == (24, 25)
    assert isinstance(few.exact, Estimate)
    enough = agreement([("good", "good")] * 24 + [("good", "inadequate")])
    assert isinstance(enough["kappa, linear"], Estimate)
    none = agreement([])
    assert isinstance(none.exact, Undefined)
    assert isinstance(none["drift"], Undefined)
    assert "no pairs" in str(none.exact)
    assert none.notes == ()


def test_what_is_no_grade_is_refused_by_place_and_not_repeated() -> None:
    with pytest.raises(InputError) as caught:
        agreement([("good", "good"), ("Zebra", "good"), ("good", 3), ("godo", "good")])  # type: ignore[list-item]
    told = str(caught.value)
    paths = [fault.path for fault in caught.value.faults]
    assert paths == ["pairs[1].auditor", "pairs[2].moderator", "pairs[3].auditor"]
    assert "Zebra" not in told
    assert "a number is none" in told
    assert "Write good." in told
    with pytest.raises(InputError, match="it is no pair"):
        agreement([("good", "good", "good")])  # type: ignore[list-item]
    other = scale(4)
    with pytest.raises(InputError, match="no grade of four_grades"):
        agreement([(GOOD, other["g1"])])
    assert agreement([(GOOD, INADEQUATE)]).n == 1
    with pytest.raises(InputError, match="it is a nan, which says nothing"):
        agreement([("good", math.nan)])  # type: ignore[list-item]
    assert agreement([("good", None)]).left_out.blank == 1  # type: ignore[list-item]


def test_a_pair_is_never_taken_for_blind_or_of_an_arm_by_mistake() -> None:
    """Text such as "no" is true in Python, and would have counted as blind."""
    assert Pair(auditor="good", moderator="good", arm="triggered").arm is Arm.TRIGGERED
    for changes, says in (
        ({"blind": "no"}, "True, False, or None"),
        ({"blind": 0}, "True, False, or None"),
        ({"arm": "rndom"}, "Did you mean 'random'"),
    ):
        with pytest.raises(DefinitionError, match=says):
            Pair(auditor="good", moderator="good", **changes)


def test_arms_and_confidence_are_read_kindly_or_refused_clearly() -> None:
    pairs = [("good", "good"), ("good", "inadequate")] * 15
    assert agreement(pairs, arms=Arm.TRIGGERED).n == 0
    assert agreement(pairs, confidence="95 %") == agreement(pairs)
    wrong: tuple[dict[str, Any], ...] = (
        {"arms": ()},
        {"arms": ("rndom",)},
        {"confidence": 0.95},
        {"confidence": "95"},
        {"confidence": 1},
    )
    for changes in wrong:
        with pytest.raises(DefinitionError):
            agreement(pairs, **changes)
    with pytest.raises(InputError) as caught:
        agreement([("good", "good"), (["good"], "good")])  # type: ignore[list-item]
    assert [each.path for each in caught.value.faults] == ["pairs[1].auditor"]


def test_definitions_that_do_not_hold_are_refused() -> None:
    for wrong in (((0, 1), (1, 0)), ((1, 1, 1),) * 3, ((0, 0, 0),) * 3):
        with pytest.raises(DefinitionError, match="Distances of 3 grades"):
            kappa(COHEN, wrong)
    with pytest.raises(DefinitionError, match="nominal, ordinal, interval"):
        alpha(COHEN, "cubic")
    with pytest.raises(DefinitionError, match="4 rows and 4 columns"):
        GradeTable.of_counts([[1, 2], [3, 4]], GRADES)
    with pytest.raises(DefinitionError, match="whole numbers"):
        table([[1, -2], [3, 4]])
    for chance in (0.1, 0, "2", "ten", True):
        with pytest.raises(DefinitionError):
            pair("good", "good", probability=chance)
    with pytest.raises(UnknownIdError, match="Did you mean 'kappa, linear'"):
        agreement([("good", "good")])["kappa, liner"]


def test_figures_are_values_that_show_rows_and_tables() -> None:
    found = agreement([("good", "good"), ("good", "inadequate")] * 20)
    assert pickle.loads(pickle.dumps(found)) == found
    rows = found.to_rows()
    assert len({tuple(row) for row in rows}) == 1, "every row has the same columns"
    assert [row["statistic"] for row in rows][:2] == [
        "exact agreement",
        "agreement within one grade",
    ]
    shown = found._repr_html_()
    assert "<table><caption>Agreement on overall: 40 pairs, random arm" in shown
    assert "<li>Taken as blind" in shown
    assert "- Taken as blind" in found._repr_markdown_()
    unsafe = agreement([pair("good", "good", case="<A-1>", moderator_safe="unsafe")])
    assert unsafe._repr_html_().startswith("<ul><li>&lt;A-1&gt;: auditor said nothing")
    assert "Exact" not in repr(found)
    assert found.grade_rows()[2] == {
        "auditor": "good",
        "inadequate": 20,
        "requires_improvement": 0,
        "good": 20,
        "outstanding": 0,
    }
