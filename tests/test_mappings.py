"""What the tools' questions serve, counted by hand against the source; and the gaps they leave."""

from __future__ import annotations

import ast
import inspect
import re
from pathlib import Path
from types import ModuleType

import pytest

from qaf_core import READING_2016, DefinitionError, Framework, key_tests, mappings, reading_mappings
from qaf_core.key_tests import KEY_TESTS
from qaf_core.mappings import Extent, KeyTest, Link, LinkSet, Unknown, check, ends_of, gaps
from qaf_core.provenance import Standing
from qaf_core.reading_mappings import KEY_TEST_QUESTIONS, QUESTION_CRITERIA
from qaf_core.sources import QAF
from qaf_core.standards import STANDARDS

SEED = Path(__file__).parents[2] / "shared" / "seeds" / "000_7ccc8d2b69b9448e.txt"
FRAMEWORK = Framework.of(READING_2016)
ENDS = ends_of(*FRAMEWORK.tools)
CRITERIA = [criterion.id for standard in STANDARDS for criterion in standard.criteria]
TESTS = [test.id for test in KEY_TESTS]
SETS = (QUESTION_CRITERIA, KEY_TEST_QUESTIONS)
MODULES = (mappings, key_tests, reading_mappings)

ROWS = {  # counted by hand in Appendix 2: how many key tests, on which lines
    "contact_referral_assessment": (6, ["592"]),
    "cin": (12, ["593"]),
    "cp": (12, ["594", "598"]),
    "cla": (14, ["599", "602"]),
    "care_leavers": (11, ["603"]),
    "adoption": (4, ["604"]),
    "fostering": (6, ["605, 608", "609-610", "611", "612-613", "614-615", "616"]),
    "yos": (6, ["617-619", "620-622", "623", "624", "625-626", "627-628"]),
    "cat": (7, ["629-631", "632", "633-634", "635", "636-637", "638", "639, 642"]),
    "direct_observation": (6, ["643", "644"]),
    "supervision": (9, ["644"]),
    "group": (1, ["645"]),
    "directors": (1, ["646"]),
}

TAKEN_AS = {  # not as printed, or on a line that split from its row (readings B8 to B10, A52)
    "contact_referral_assessment": ["response"],
    "cp": [
        "conference",
        "core_group",
        "planning",
        "legal_planning",
        "direct_work_visits",
        "family_engagement",
        "chronology",
        "oversight",
        "impact",
        "escalation",
        "transfer",
    ],
    "cla": ["closure_transfer"],
    "adoption": ["compliance"],
    "fostering": ["oversight", "compliance", "assessment", "support", "training", "reviews"],
    "cat": [
        "assessment",
        "risk_assessment",
        "information",
        "chronology",
        "plan",
        "direct_work",
        "oversight",
    ],
    "direct_observation": ["partnership"],
}

UNSERVED = {  # by hand: what a row tests and no question of our tools asks about
    "contact_referral_assessment": ["outcomes_communicated", "closure_transfer"],
    "cin": ["visits", "escalation", "closure_transfer"],
    "cp": ["section_47", "core_group", "legal_planning", "escalation", "transfer"],
    "cla": ["legal_planning", "health_assessment", "education_plan", "closure_transfer"],
    "care_leavers": ["health_assessment", "education_plan", "closure"],
    "direct_observation": [],
    "supervision": [],
    "group": [],
    "directors": [],
}
OWN_TOOL = ("adoption", "fostering", "yos", "cat")
"""Rows whose tool the framework names and does not hold."""

ON_CASE_FILES = ("contact_referral_assessment", "cin", "cp", "cla", "care_leavers")


def of_row(service: str) -> list[KeyTest]:
    """The key tests of one row, in order."""
    return [test for test in KEY_TESTS if test.service == service]


def a_set(*links: Link, standing: Standing = Standing.STATED, note: str = "") -> LinkSet:
    """A set of links for a test."""
    return LinkSet(
        id="some",
        title="Some links",
        links=links,
        source=QAF.at("nowhere"),
        standing=standing,
        note=note,
    )


# --- the key tests -------------------------------------------------------------------------------


def test_the_rows_stand_in_the_order_of_the_programme() -> None:
    """Thirteen rows, and 95 key tests in all."""
    assert list(dict.fromkeys(test.service for test in KEY_TESTS)) == list(ROWS)
    assert len(KEY_TESTS) == 95


@pytest.mark.parametrize("service", ROWS)
def test_each_row_has_the_key_tests_counted_in_the_source(service: str) -> None:
    """As many as printed, on the lines where they are printed, in order."""
    count, lines = ROWS[service]
    tests = of_row(service)
    assert len(tests) == count
    assert list(dict.fromkeys(test.source.lines for test in tests)) == lines


@pytest.mark.parametrize("service", ROWS)
def test_a_key_test_is_inferred_only_where_the_print_is_damaged(service: str) -> None:
    """All others are stated."""
    inferred = [test.id for test in of_row(service) if test.standing is Standing.INFERRED]
    assert inferred == [f"{service}_{name}" for name in TAKEN_AS.get(service, ())]
    assert {test.standing for test in KEY_TESTS} == {Standing.STATED, Standing.INFERRED}


def test_key_tests_have_ids_of_their_own_and_few_words() -> None:
    """Each id starts with its service; texts are headings of under eight words."""
    assert len(set(TESTS)) == len(TESTS)
    assert set(TESTS).isdisjoint(CRITERIA)
    for test in KEY_TESTS:
        assert test.id.isidentifier()
        assert test.id.startswith(f"{test.service}_")
        assert 0 < len(words(test.text)) < 8, test.text
        assert test.source.document is QAF


def test_the_source_says_what_the_key_tests_say() -> None:
    """At least one long word of each test stands on its lines; a reworded one still says so."""
    printed = source_lines()
    for test in KEY_TESTS:
        on = {word for number in numbers(test.source.lines) for word in words(printed[number])}
        said = [word for word in words(test.text) if len(word) > 3]
        assert not said or on.intersection(said), test


# --- the links -----------------------------------------------------------------------------------


def test_both_ends_of_every_link_are_there() -> None:
    """Questions and sections of the tools; criteria of the standards; key tests."""
    assert len(CRITERIA) == 46
    check(QUESTION_CRITERIA, ENDS, CRITERIA)
    check(KEY_TEST_QUESTIONS, ENDS, TESTS)


def test_no_question_has_the_id_of_a_section() -> None:
    """Otherwise a link could not say which of them it means."""
    for tool in FRAMEWORK.tools:
        questions = {placed.item.id for placed in tool.questions}
        assert questions.isdisjoint(section.id for section in tool.sections)


@pytest.mark.parametrize("links", SETS, ids=lambda each: each.id)
def test_the_shipped_sets_are_editorial_and_say_so(links: LinkSet) -> None:
    """In the standing, in the note and wherever the set or its gaps are printed."""
    assert links.standing is Standing.EDITORIAL
    assert links.note.startswith("Editorial: ")
    assert "ours" in links.note
    assert str(links).endswith("(editorial)")
    assert str(gaps(links, ENDS, [])).startswith(f"{links.title} (editorial):")


def test_no_question_answers_a_whole_criterion_but_one() -> None:
    """A criterion asks for more than a question does: full is claimed once."""
    full = [link for link in QUESTION_CRITERIA.links if link.extent is Extent.FULL]
    assert full == [Link("case_file.outcomes_potential", "std_1_3", Extent.FULL)]


@pytest.mark.parametrize("service", ROWS)
def test_a_row_is_served_by_the_tool_the_programme_names_for_it(service: str) -> None:
    """Tool A, B or C with its interviews; nothing where the tool is not ours."""
    tools = {
        link.of.split(".")[0] for link in KEY_TEST_QUESTIONS.links if link.to in ids_of(service)
    }
    match service:
        case "direct_observation":
            assert tools == {"observation"}
        case "supervision":
            assert tools == {"supervision", "supervisee_interview", "supervisor_interview"}
        case _:
            assert tools == (set() if service in OWN_TOOL else {"case_file"})


# --- the gaps of the shipped sets ----------------------------------------------------------------


@pytest.mark.parametrize("service", UNSERVED)
def test_key_tests_that_no_question_serves_are_shown(service: str) -> None:
    """Row by row, by hand."""
    found = gaps(KEY_TEST_QUESTIONS, ENDS, ids_of(service)).unlinked_to
    assert list(found) == [f"{service}_{name}" for name in UNSERVED[service]]


@pytest.mark.parametrize("service", OWN_TOOL)
def test_a_row_whose_tool_is_not_ours_is_wholly_unserved(service: str) -> None:
    """Their questions come with their plugins."""
    assert gaps(KEY_TEST_QUESTIONS, ENDS, ids_of(service)).unlinked_to == tuple(ids_of(service))


def test_thresholds_are_only_hinted_at() -> None:
    """No question asks whether the threshold was applied rightly; three cast light on it."""
    found = gaps(KEY_TEST_QUESTIONS, ENDS, TESTS)
    assert found.only_indicated == ("contact_referral_assessment_thresholds",)


def test_criteria_that_no_question_serves_are_shown() -> None:
    """By hand: life story work, family networks, organisations, Best Value, courtesy..."""
    found = gaps(QUESTION_CRITERIA, ENDS, CRITERIA)
    assert found.unlinked_to == (
        "std_2_3",
        "std_3_1",
        "std_3_6",
        "std_5_1",
        "std_5_3",
        "std_5_4",
        "std_6_5",
        "std_7_2",
        "std_7_3",
        "std_7_4",
        "std_8_5",
        "std_10_1",
        "std_10_2",
        "std_10_3",
    )
    assert found.only_indicated == ("std_1_1", "std_4_2", "std_6_6", "std_7_1")
    assert found.unknown == ()


def test_what_of_tool_a_serves_no_criterion_is_shown() -> None:
    """Who it is about, what kind of case it is, remarks, the repeated grades and signatures."""
    assert unserved_questions(QUESTION_CRITERIA, "case_file", CRITERIA) == [
        "child_first_name",
        "child_surname",
        "case_system_id",
        "date_of_birth",
        "disability",
        "special_educational_needs",
        "allocated_worker",
        "team",
        "worker_interviewed",
        "case_overview",
        "changes_of_worker",
        "changes_of_supervisor",
        "changes_of_reviewing_officer",
        "referral_type",
        "referral_type_other",
        "referral_concerns_present",
        "referral_concerns",
        "referral_information_sufficient",
        "repeat_referral",
        "repeat_referral_details",
        "assessment_type",
        "assessment_date",
        "overall_summary",
        "signatures",
    ]


def test_what_of_tools_b_and_c_serves_no_criterion_is_shown() -> None:
    """The standards are about children and families: staff welfare is not among them."""
    assert on_staff(QUESTION_CRITERIA, CRITERIA) == [
        "observation_nature",
        "observation_nature_other",
        "conclusions",
        "observation_actions",
        "for_next_supervision",
        "signed_by_supervisee",
        "signed_by_supervisor",
        "supervision_details",
        "supervision_agreement_date",
        "risk_and_absence_recorded",
        "supervision_welfare",
        "supervision_conclusion",
        "supervision_signatures",
        "supervisee_preparation",
        "supervisee_benefits",
        "supervisee_helpful_parts",
        "supervisee_three_words",
        "supervisee_anything_else",
        "supervisor_planning",
        "supervisor_comments",
    ]


def test_what_of_tool_a_serves_no_key_test_of_its_rows_is_shown() -> None:
    """Of the rows on case files; diversity, genogram and case notes are tested by none of them."""
    tests = [id for service in ON_CASE_FILES for id in ids_of(service)]
    assert len(tests) == 55
    assert unserved_questions(KEY_TEST_QUESTIONS, "case_file", tests) == [
        "basic_details",
        "overview",
        "genogram",
        "case_notes",
        "recorded_diversity",
        "referral_type",
        "referral_type_other",
        "referral_concerns_present",
        "referral_concerns",
        "repeat_referral",
        "repeat_referral_details",
        "involvement_impact",
        "decisions_recording",
        "diversity",
        "summary",
        "remedial_actions",
        "signatures",
    ]


def test_what_of_tools_b_and_c_serves_no_key_test_is_shown() -> None:
    """Registration, welfare and the record of a session among them."""
    assert on_staff(KEY_TEST_QUESTIONS, TESTS) == [
        "observation_nature",
        "observation_nature_other",
        "conclusions",
        "observation_actions",
        "for_next_supervision",
        "signed_by_supervisee",
        "signed_by_supervisor",
        "supervisor_designation",
        "supervisee_designation",
        "supervision_team",
        "supervision_agreement_made",
        "supervision_agreement_date",
        "supervision_administration",
        "session_record_appropriate",
        "supervision_welfare",
        "supervision_conclusion",
        "supervision_signatures",
        "supervisee_preparation",
        "supervisee_benefits",
        "supervisee_notes_received",
        "supervisee_actions_revisited",
        "supervisee_helpful_parts",
        "supervisee_three_words",
        "supervisee_reflection",
        "supervisee_anything_else",
        "supervisor_planning",
        "supervisor_actions_tracked",
        "supervisor_record_provided",
        "supervisor_discussions",
        "supervisor_equipped",
        "supervisor_comments",
    ]


# --- how gaps are found --------------------------------------------------------------------------


def test_gaps_run_in_both_directions() -> None:
    """What serves nothing, what nothing serves, and what is only hinted at."""
    found = gaps(
        a_set(Link("a.one", "x", Extent.PARTIAL), Link("a.two", "y", Extent.INDICATOR)),
        ["a.one", "a.two", "a.three"],
        ["x", "y", "z"],
    )
    assert found.unlinked_of == ("a.three",)
    assert found.unlinked_to == ("z",)
    assert found.only_indicated == ("y",)
    assert found.unknown == ()


def test_a_stronger_link_beside_an_indicator_is_no_hint_alone() -> None:
    """The order of the links does not matter."""
    links = (Link("a.one", "x", Extent.INDICATOR), Link("a.two", "x", Extent.PARTIAL))
    for ordered in (links, links[::-1]):
        assert gaps(a_set(*ordered), ["a.one", "a.two"], ["x"]).only_indicated == ()


def test_a_section_and_what_it_holds_stand_for_each_other() -> None:
    """A section's link reaches down to the questions, a question's up to its sections."""
    inside = {"a.s": (), "a.s_inner": ("a.s",), "a.q": ("a.s", "a.s_inner"), "a.r": ("a.s",)}
    whole = gaps(a_set(Link("a.s", "x", Extent.FULL)), inside, ["x"])
    assert whole.unlinked_of == ()
    one = gaps(a_set(Link("a.q", "x", Extent.FULL)), inside, ["x"])
    assert one.unlinked_of == ("a.r",)
    other = gaps(a_set(Link("a.r", "x", Extent.FULL)), inside, ["x"])
    assert other.unlinked_of == ("a.s_inner",)
    none = gaps(a_set(), inside, ["x"])
    assert none.unlinked_of == ("a.s",)


def test_without_the_sections_each_id_stands_alone() -> None:
    """Plain ids say nothing of what lies in what."""
    found = gaps(a_set(Link("a.s", "x", Extent.FULL)), ["a.s", "a.q"], ["x"])
    assert found.unlinked_of == ("a.q",)


def test_ends_are_the_questions_and_sections_with_what_they_lie_in() -> None:
    """Outermost section first."""
    assert ENDS["case_file.basic_details"] == ()
    assert ENDS["case_file.plans"] == ("case_file.audit_framework",)
    assert ENDS["case_file.plan_smart"] == ("case_file.audit_framework", "case_file.plans")
    assert ENDS["case_file.remedial_actions"] == ()
    assert ENDS["observation.strengths"] == ()
    assert len(ENDS) == sum(len(tool.questions) + len(tool.sections) for tool in FRAMEWORK.tools)


def test_an_unknown_end_is_named_with_the_near_one_and_serves_nothing() -> None:
    """A slip of the pen must not pass for service."""
    links = a_set(
        Link("case_file.plan_smrt", "std_2_4", Extent.PARTIAL),
        Link("case_file.plan_views", "std_99", Extent.PARTIAL),
        Link("case_file.plan_views", "something_else", Extent.PARTIAL),
    )
    found = gaps(links, ["case_file.plan_smart", "case_file.plan_views"], ["std_2_4", "std_9_9"])
    assert found.unlinked_of == ("case_file.plan_smart", "case_file.plan_views")
    assert found.unlinked_to == ("std_2_4", "std_9_9")
    assert found.unknown == (
        Unknown(id="case_file.plan_smrt", nearest="case_file.plan_smart"),
        Unknown(id="std_99", nearest="std_9_9"),
        Unknown(id="something_else", nearest=""),
    )
    with pytest.raises(DefinitionError) as refused:
        check(links, ["case_file.plan_smart", "case_file.plan_views"], ["std_2_4", "std_9_9"])
    assert str(refused.value) == (
        "'some' links what it cannot. "
        "'case_file.plan_smrt' is not there. Did you mean 'case_file.plan_smart'? "
        "'std_99' is not there. Did you mean 'std_9_9'? "
        "'something_else' is not there."
    )


def test_gaps_are_said_in_words_and_as_a_table() -> None:
    """What nothing serves comes first."""
    links = a_set(Link("a.one", "x", Extent.INDICATOR), Link("a.tow", "x", Extent.FULL))
    found = gaps(links, ["a.one", "a.two"], ["x", "y", "z"])
    assert str(found) == (
        "Some links (stated):\n"
        "  Served by nothing (2): y, z.\n"
        "  Served by indicators alone (1): x.\n"
        "  Serves nothing (1): a.two.\n"
        "  'a.tow' is not there. Did you mean 'a.two'?"
    )
    table = found.to_table()
    assert table.caption == "Some links (stated)"
    assert table.to_rows() == [
        {"gap": "Served by nothing", "id": "y", "nearest": None},
        {"gap": "Served by nothing", "id": "z", "nearest": None},
        {"gap": "Served by indicators alone", "id": "x", "nearest": None},
        {"gap": "Serves nothing", "id": "a.two", "nearest": None},
        {"gap": "Not there", "id": "a.tow", "nearest": "a.two"},
    ]


def test_no_gaps_are_said_as_well() -> None:
    """Rather than an empty line."""
    found = gaps(a_set(Link("a.one", "x", Extent.FULL)), ["a.one"], ["x"])
    assert str(found) == "Some links (stated):\n  No gaps."
    assert len(found.to_table()) == 0


def test_a_set_can_be_narrowed_to_some_ends() -> None:
    """For the gaps of one row."""
    row = ids_of("supervision")
    narrowed = KEY_TEST_QUESTIONS.only_to(row)
    assert {link.to for link in narrowed.links} == set(row)
    assert narrowed.title == KEY_TEST_QUESTIONS.title
    check(narrowed, ENDS, row)


@pytest.mark.parametrize("of", ["plan_smart", "case_file.", ".plan", "a.b.c", "case file.plan", ""])
def test_a_link_names_a_tool_and_a_part_of_it(of: str) -> None:
    """An id without its tool would be ambiguous: strengths stands in two."""
    with pytest.raises(DefinitionError, match=r"cannot be linked\. Write it as 'tool\.question'"):
        Link(of, "std_1_1", Extent.FULL)


def test_the_same_link_twice_is_refused() -> None:
    """Even to a different extent: one of them would be wrong."""
    with pytest.raises(DefinitionError, match=r"'some' links more than once: a\.one to x\.$"):
        a_set(Link("a.one", "x", Extent.FULL), Link("a.one", "x", Extent.PARTIAL))


def test_an_editorial_set_that_does_not_say_so_is_refused() -> None:
    """The source gives no mapping; nobody is to think it does."""
    with pytest.raises(DefinitionError, match=r"'some' is editorial\. Say so in its note\."):
        a_set(standing=Standing.EDITORIAL, note="Links.")
    assert a_set(standing=Standing.EDITORIAL, note="Editorial: ours.").links == ()


# --- wording -------------------------------------------------------------------------------------


@pytest.mark.parametrize("module", MODULES, ids=lambda each: each.__name__)
def test_no_eight_words_running_are_the_sources(module: ModuleType) -> None:
    """Facts carry over, sentences do not."""
    printed = words(" ".join(source_lines()[1:]))
    runs = {tuple(printed[start : start + 8]) for start in range(len(printed) - 7)}
    for text in strings(module):
        said = words(text)
        found = [said[i : i + 8] for i in range(len(said) - 7) if tuple(said[i : i + 8]) in runs]
        assert not found, found


def ids_of(service: str) -> list[str]:
    """The ids of the key tests of one row."""
    return [test.id for test in of_row(service)]


def unserved_questions(links: LinkSet, tool: str, to: list[str]) -> list[str]:
    """What of a tool serves none of these, less boxes for remarks and the repeated grades."""
    found = gaps(links.only_to(to), ends_of(FRAMEWORK.tool(tool)), to).unlinked_of
    ids = [of.removeprefix(f"{tool}.") for of in found]
    aside = re.compile(r"summary_.+|(?!supervisor_comments$).+_(comments|action)")
    return [id for id in ids if not aside.fullmatch(id)]


def on_staff(links: LinkSet, to: list[str]) -> list[str]:
    """What of Tools B and C serves none of these, less boxes for remarks."""
    tools = ("observation", "supervision", "supervisee_interview", "supervisor_interview")
    return [id for tool in tools for id in unserved_questions(links, tool, to)]


def source_lines() -> list[str]:
    """The source, counted from line 1."""
    if not SEED.exists():
        pytest.skip("the source is not at hand")
    return ["", *SEED.read_text(encoding="utf-8").split("\n")]


def numbers(lines: str) -> list[int]:
    """The line numbers of a reference, such as "639, 642" or "617-619"."""
    found: list[int] = []
    for part in lines.split(", "):
        first, _, last = part.partition("-")
        found += range(int(first), int(last or first) + 1)
    return found


def words(text: str) -> list[str]:
    """The words of a text, in small letters."""
    return re.findall(r"[a-z0-9]+", re.sub(r"<[^>]+>", " ", text.lower().replace("'", "")))


def strings(module: ModuleType) -> list[str]:
    """Every string written in a module."""
    tree = ast.parse(inspect.getsource(module))
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
