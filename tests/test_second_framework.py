"""Northmere: a council unlike Reading in every way, said in the same vocabulary.

First its own audits; then what the vocabulary was bent for, one throw-away tool or rule
at a time. What is marked as expected to fail says what would be needed.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import qaf_core
from qaf_core import (
    READING_2016,
    Addition,
    Audit,
    DefinitionError,
    Framework,
    InputError,
    Review,
    example,
    load_framework,
    read_audit,
    write_audit,
)
from qaf_core.cadence import ProgrammeYear
from qaf_core.cycle import (
    Actor,
    Command,
    Event,
    Refusal,
    apply,
    begin,
    heard,
    next_up,
    pass_up,
    raise_from,
    schedule,
)
from qaf_core.errors import PluginErrorGroup
from qaf_core.facts import returns, returns_stating
from qaf_core.findings import Finding
from qaf_core.interchange import escalations_to_plain, read_process, write_process
from qaf_core.logic import Kind, Sort
from qaf_core.plans import plan_for
from qaf_core.provenance import Standing
from qaf_core.recording import record_of
from qaf_core.reports import ALL, Material, lessons, quarterly_report
from qaf_core.rules import Act, Query, Require, Rule
from qaf_core.scales import Scale
from qaf_core.testing import audits, check_plugin
from qaf_core.timing import WorkingCalendar
from qaf_core.tools import (
    BEST,
    MEAN,
    SHARE,
    WORST,
    Computed,
    Judgement,
    Question,
    Section,
    Tool,
    variant,
)
from second_framework.audits import (
    BLANK_REVIEW,
    EDGES,
    JOINT,
    REVIEW,
    SEVENTY,
    THIRTY,
    VISIT,
    WORKED,
    Worked,
)
from second_framework.cycle import LINE
from second_framework.framework import NORTHMERE
from second_framework.rules import bands
from second_framework.tools import CHILD_RISK_VIEW, COMPASS_VISIT, HALF_POINTS, UP_TO_5, UP_TO_15
from second_framework.vocabulary import (
    COMPASS,
    COMPASS_BANDS,
    DUTY_KEEPING,
    NOUGHT_TO_TEN,
    RETURN_WITHIN,
)

FRAMEWORK = load_framework(base=NORTHMERE, plugins=())
DAY = date(2024, 5, 10)
SAID: dict[str, Any] = {"source": COMPASS.at("9"), "standing": Standing.STATED}


def read(audit: object, framework: Framework = FRAMEWORK) -> Audit:
    """An audit, by way of JSON text."""
    return read_audit(json.dumps(audit), framework)


def named(finding: Finding) -> str:
    """The rule of a finding, and the item it is about."""
    return f"{finding.rule.id} {finding.about}".strip()


def filled(plain: Any) -> Any:
    """Plain data without the empty lists and objects in it."""
    if isinstance(plain, dict):
        return {key: filled(value) for key, value in plain.items() if value not in ({}, [])}
    return [filled(each) for each in plain] if isinstance(plain, list) else plain


def by_outcome(findings: tuple[Finding, ...]) -> dict[str, list[str]]:
    """Findings by kind of outcome, in order of their names."""
    found: dict[str, list[str]] = {}
    for each in findings:
        found.setdefault(type(each.outcome).__name__.lower(), []).append(named(each))
    return {outcome: sorted(names) for outcome, names in found.items()}


def settled(
    audit: Audit, framework: Framework = FRAMEWORK
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The grade, or gap, and the score of every judgement, by id."""
    tool = framework.tool(audit.tool.id, audit.tool.version)
    plan = plan_for(tool, framework.facts, scales=framework.scales, maps=framework.maps)
    made = record_of(audit, plan, DAY)
    assert not made.faults
    scores = {str(item["id"]): item["score"] for item in made.record.items["judgements"]}
    return dict(made.record.facts), scores


# --- what a manager at Northmere would expect -------------------------------------------------


@pytest.mark.parametrize("case", WORKED, ids=lambda case: case.name)
def test_worked_audit(case: Worked) -> None:
    """What follows is what was worked out by hand, and nothing else."""
    audit = read(case.audit)

    review = FRAMEWORK.review(audit, on=case.on)

    assert not review.faults
    assert by_outcome(review.findings) == {
        outcome: sorted(names) for outcome, names in case.follows.items()
    }
    assert by_outcome(review.unsettled) == {
        outcome: sorted(names) for outcome, names in case.open.items()
    }
    assert review.complete is case.complete
    due = {named(each): each.due for each in review.findings}
    assert {name: due[name] for name in case.due} == case.due
    grades, scores = settled(audit)
    assert {id: grades[id] for id in case.grades} == case.grades
    assert {id: scores[id] for id in case.scores} == case.scores


@pytest.mark.parametrize("case", WORKED, ids=lambda case: case.name)
def test_a_worked_audit_is_written_as_it_was_and_reads_back_equal(case: Worked) -> None:
    """Scores, half points, returns, reasons and dates come back as they were given."""
    audit = read(case.audit)

    written = json.loads(write_audit(audit))

    assert written["tool"].pop("fingerprint") == audit.tool.fingerprint
    assert filled(written) == filled(dict(case.audit))
    assert read_audit(write_audit(audit), FRAMEWORK) == audit


@pytest.mark.parametrize("edge", EDGES, ids=lambda edge: edge[0])
def test_a_band_begins_at_its_edge(edge: tuple[str, dict[str, int], int, str]) -> None:
    """The score is exactly the sum of the points, and its lower edge belongs to a band."""
    _, answers, total, band = edge

    grades, scores = settled(read({**REVIEW, "answers": answers}))

    assert sum(answers.values()) == total
    assert scores["compass_overall"] == Fraction(total)
    assert grades["compass_overall"] == band


def test_the_worked_audits_call_on_every_rule() -> None:
    """No rule of Northmere's goes without an audit that fires it."""
    fired = {
        line.split()[0] for case in WORKED for names in case.follows.values() for line in names
    }
    assert fired == {rule.id for rule in NORTHMERE.rules}
    assert len({case.name for case in WORKED}) == len(WORKED) >= 12
    assert all(case.name.endswith(".") for case in WORKED)


def test_the_ladder_is_there_step_by_step() -> None:
    """Named officer, then head, then director, each in working days."""
    case = next(each for each in WORKED if "climbs the ladder" in each.name)
    (call,) = FRAMEWORK.review(read(case.audit), on=case.on).escalations

    steps = []
    step: Any = call
    while step is not None:
        within = step.within
        steps.append(([role.id for role in step.to], str(within.span)))
        step = step.then

    assert steps == [
        (["compass_officer"], "1 working day"),
        (["head_of_quality"], "3 working days"),
        (["director_of_people"], "5 working days"),
    ]
    assert "to Named Compass Officer" in str(call)
    assert "(by 2024-05-02)" in str(call)


def test_northmere_s_own_loop_alarm_line_steps_and_evidence_are_read_as_reading_s_are() -> None:
    """What comes after an audit is data too: other stages, another line, another time."""
    case = next(each for each in WORKED if "climbs the ladder" in each.name)
    review = FRAMEWORK.review(read(case.audit), on=case.on)
    alarm = FRAMEWORK.machine("alarm")
    by = Actor("lead_assessor", "LA-1")

    (call,) = raise_from(review, by=by, on=case.on, machine=alarm, line=LINE)
    assert call.papers["told"] == ("compass_officer",)
    assert call.due["acknowledge_due"] == case.on + timedelta(days=5)
    late_on = case.on + timedelta(days=6)
    up = pass_up(call, by=by, on=late_on, escalation=review.escalations[0], line=LINE)
    event = FRAMEWORK.decide(call, up)
    assert isinstance(event, Event)
    call = apply(alarm, call, event)
    assert call.papers["told"] == ("compass_officer", "head_of_quality")
    assert next_up(call, line=LINE) == ("director_of_people",)
    assert read_process(write_process(call), FRAMEWORK) == call

    loop = FRAMEWORK.machine("loop")
    refusal = FRAMEWORK.decide(begin(loop, "L-1"), Command(event="keep", by=by, on=DAY))
    assert isinstance(refusal, Refusal)
    assert [each.id for each in refusal.unmet] == ["state", "who", "works", "it_works"]

    step = schedule(
        FRAMEWORK.steps,
        "compass_review",
        known={"report_received": DAY},
        places=FRAMEWORK.places,
        calendar=FRAMEWORK.calendar,
    ).rows[0]
    assert (step["due"], step["kept"]) == (date(2024, 6, 10), "the compass book")
    year = ProgrammeYear(date(2024, 1, 1))
    states = [row["state"] for row in heard(FRAMEWORK.streams, [], year, DAY).rows]
    assert states == ["missed", "missed", "due", "to come", "to come", "to come"]


def test_northmere_has_its_own_reports() -> None:
    """Its bands counted, its own edge of good, its own clauses, its one place of learning."""
    given_ = [
        read_audit(json.dumps({**each, "id": f"{number}-{copy}"}), FRAMEWORK)
        for number, each in enumerate((REVIEW, VISIT, JOINT))
        for copy in range(6)
    ]
    reviews = FRAMEWORK.review_all(given_, on=DAY)
    window = ProgrammeYear(date(2024, 1, 1)).windows(3)[1]
    report = quarterly_report(
        Material(audits=given_, reviews=reviews), FRAMEWORK, window, on=date(2024, 7, 1)
    )
    by_scale = {each.scale.id: each for each in report.grades}
    assert set(by_scale) == {"compass_bands", "nought_to_ten"}
    assert by_scale["compass_bands"].per_cent(ALL) == 0.0
    assert by_scale["compass_bands"].shown(ALL, "keeping_afloat") == 6
    assert by_scale["nought_to_ten"].good == ("ten_7", "ten_8", "ten_9", "ten_10")  # by its map
    text = str(report)
    assert "from 'thriving' up, of all audits with a grade [Northmere Compass 2024, 9.7" in text
    assert "Reading" not in text
    (row,) = report.learning.rows
    assert (row["link"], row["recipients"], row["state"]) == (
        "teach_in",
        "setting_leader",
        "not passed on",
    )
    assert lessons(report, "teach_in").tables


def test_a_grave_worry_in_two_returns_is_one_call_that_names_both() -> None:
    """The roles are told once, of every agency that is worried."""
    worried = {"child_risk_view": "grave_worry"}
    given = [{**each, "answers": worried} for each in JOINT["returns"][:2]]
    audit = read({**JOINT, "returns": [*given, JOINT["returns"][2]]})

    (call,) = FRAMEWORK.review(audit, on=DAY).escalations

    assert [each.about for each in call.findings] == ["constabulary_lead", "health_trust_lead"]
    assert [role.id for role in call.to] == ["compass_officer", "head_of_quality"]


def test_a_grave_worry_is_told_though_the_file_cannot_be_read_whole() -> None:
    """A fault elsewhere does not hide what one return says."""
    given = {**JOINT["returns"][0], "answers": {"child_risk_view": "grave_worry"}}

    with pytest.raises(InputError) as caught:
        read({**JOINT, "returns": [given], "audited": "last Tuesday"})

    assert [each.path for each in caught.value.faults] == ["audited"]
    assert "alarm.grave_worry" in {rule.id for call in caught.value.urgent for rule in call.rules}


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        ("referral_handling", 12, "from 0 to 15 in steps of 5"),
        ("referral_handling", 20, "from 0 to 15 in steps of 5"),
        ("referral_handling", -5, "from 0 to 15 in steps of 5"),
        ("referral_handling", 2.5, "from 0 to 15 in steps of 5"),
        ("referral_handling", "10", "a plain decimal number"),
        ("referral_handling", True, "a plain decimal number"),
    ],
)
def test_a_score_off_its_steps_is_refused(path: str, value: object, says: str) -> None:
    """What cannot be scored is named with what can."""
    with pytest.raises(InputError) as caught:
        read({**REVIEW, "answers": {**SEVENTY, path: value}})

    (fault,) = caught.value.faults
    assert fault.path == f"answers.{path}"
    assert says in fault.do


def test_a_band_that_follows_cannot_be_given() -> None:
    """Nobody may write a grade that is computed, nor one that is the same as an answer."""
    for audit, id, grade in (
        (REVIEW, "safe_hands_band", "exemplary"),
        (VISIT, "safe_culture_score", "ten_9"),
    ):
        judgements = {**audit["judgements"], id: {"grade": grade}}
        with pytest.raises(InputError) as caught:
            read({**audit, "judgements": judgements})
        assert [each.path for each in caught.value.faults] == [f"judgements.{id}.grade"]


def test_a_review_prints_with_every_clause() -> None:
    """Text, table and Markdown say what follows, in Northmere's words and no other's."""
    for case in WORKED:
        review = FRAMEWORK.review(read(case.audit), on=case.on)
        said = f"{review}{review._repr_html_()}{review._repr_markdown_()}"
        assert all(each.rule.statement in str(review) for each in review.findings)
        assert "Northmere Compass 2024" in said or not (review.findings or review.unsettled)
        assert "Reading" not in said
        assert "pond" not in said


# --- random audits -------------------------------------------------------------------------


@pytest.mark.parametrize("tool", NORTHMERE.tools, ids=lambda tool: tool.id)
@given(data=st.data())
def test_any_audit_is_reviewed_without_fault_and_reads_back_equal(
    tool: Tool, data: st.DataObject
) -> None:
    """Nothing raises, nothing is at fault, nothing is lost, and a grave worry is always told."""
    audit = data.draw(audits(FRAMEWORK, tool))

    review = FRAMEWORK.review(audit, on=DAY)

    assert not review.faults
    assert str(review)
    assert read_audit(write_audit(audit), FRAMEWORK) == audit
    told = {rule.id for call in review.escalations for rule in call.rules}
    filled_in = [audit.answers, *(each.answers for each in audit.returns)]
    views = [answers.get("child_risk_view") for answers in filled_in]
    assert "alarm.grave_worry" in told or "grave_worry" not in views


# --- beside Reading ----------------------------------------------------------------------------


def test_the_two_frameworks_live_side_by_side() -> None:
    """Each reviews its own audits, and neither reads the other's."""
    reading = load_framework(base=READING_2016, plugins=())
    theirs = example("inadequate_unsafe")
    before = reading.review(read_audit(theirs, reading), on=DAY)

    assert FRAMEWORK.base is NORTHMERE
    assert FRAMEWORK.review(read(REVIEW), on=DAY).framework == "northmere 2024.1"
    assert reading.review(read_audit(theirs, reading), on=DAY) == before
    with pytest.raises(InputError):
        read_audit(theirs, FRAMEWORK)
    with pytest.raises(InputError):
        read(REVIEW, reading)


def test_a_plugin_for_reading_is_refused_and_one_for_northmere_fits() -> None:
    """What an addition was written for is compared with the base that is there."""
    for_reading = Addition(id="north_one", version="1", requires="reading >= 2016.1")
    for_northmere = Addition(id="north_two", version="1", requires="northmere >= 2024.1")

    with pytest.raises(PluginErrorGroup) as caught:
        load_framework(base=NORTHMERE, plugins=(for_reading,))
    assert "reading is not here" in str(caught.value)
    fits = load_framework(base=NORTHMERE, plugins=(for_northmere,))

    assert fits.name == "northmere 2024.1 + north_two 1"


def short_visit(*drop: str) -> Addition:
    """A plugin for Northmere with a shorter visit."""
    short = variant(
        COMPASS_VISIT,
        id="short_visit",
        version="1",
        title="Short visit",
        because="A follow-up looks at less.",
        drop=drop,
        **SAID,
    )
    return Addition(id="north_short", version="1", requires="northmere >= 2024.1", tools=(short,))


def test_a_plugin_of_northmere_s_passes_the_check_for_plugins() -> None:
    """The five-line test of a plugin's author works on any base."""
    check_plugin(short_visit("voice_of_families"), NORTHMERE, examples=20)


def test_what_northmere_s_safety_rests_on_cannot_be_dropped() -> None:
    """What is guarded follows from the base's own rules, whatever its words."""
    with pytest.raises(PluginErrorGroup) as caught:
        load_framework(base=NORTHMERE, plugins=(short_visit("safe_culture"),))
    assert "drops 'safety_of_children'" in str(caught.value)


def ids_of(addition: Addition) -> set[str]:
    """Every id there is in a framework."""
    found = {addition.id}
    for ids in addition.ids().values():
        found.update(each.split()[0] for each in ids)  # a tool's comes with its version
    for scale in addition.scales:
        found.update(scale.kind.every_code)
    kinds = [fact.kind for fact in addition.facts]
    for tool in addition.tools:
        found.update((tool.id, *tool.facts))
        found.update(section.id for section in tool.sections)
        for placed in (*tool.questions, *tool.judged):
            found.add(placed.item.id)
            kinds.append(placed.item.ref.kind)
            if isinstance(placed.item, Judgement) and placed.item.computed:
                found.add(placed.item.computed.id)
    for kind in kinds:
        if kind.sort in (Sort.CODE, Sort.CODES, Sort.NUMBER):
            found.update((kind.id.removeprefix("grade."), *kind.every_code))
    return found


def quoted_in(file: Path) -> Iterator[str]:
    """Every word in quotes in a module, those with points in them whole."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
            yield from re.findall(r"\w+(?:\.\w+)*", node.value)
            yield from re.findall(r"\w+", node.value)


def test_the_library_knows_no_id_of_northmere() -> None:
    """Not one id of it that Reading does not also have occurs in the library's source."""
    source = Path(qaf_core.__file__).parent
    quoted = {word for file in source.rglob("*.py") for word in quoted_in(file)}
    shipped = {computed.id for computed in (SHARE, MEAN, WORST, BEST)}
    own = ids_of(NORTHMERE) - ids_of(READING_2016) - shipped

    assert len(own) > 140
    assert {"northmere", "compass_review", "ten_7", "alarm.grave_worry", "duty_broken"} <= own
    assert not own & quoted
    assert {"reading", "case_file", "safe", "escalation.unsafe"} <= quoted  # the search finds ids


# --- where the vocabulary was bent, and where it does not bend yet -------------------------------


def with_tool(tool: Tool, *rules: Rule) -> Framework:
    """Northmere with one more tool, and more rules."""
    return Framework.of(
        attrs.evolve(NORTHMERE, tools=(*NORTHMERE.tools, tool), rules=(*NORTHMERE.rules, *rules))
    )


def with_rules(*rules: Rule) -> Framework:
    """Northmere with more rules."""
    return Framework.of(attrs.evolve(NORTHMERE, rules=(*NORTHMERE.rules, *rules)))


def question(id: str, kind: Kind, **parts: Any) -> Question:
    """A question of a throw-away tool."""
    return Question(id=id, prompt="?", kind=kind, **parts, **SAID)


def banded(id: str, **parts: Any) -> Judgement:
    """A computed judgement of a throw-away tool, on the five bands."""
    given = {"scale": COMPASS_BANDS, "computed": SHARE, **parts}
    return Judgement(id=id, title="?", **given, **SAID)


def small(*parts: Question | Section, judgements: tuple[Judgement, ...]) -> Tool:
    """A throw-away tool."""
    return Tool(
        id="small_form",
        version="1",
        title="?",
        subject="care_setting",
        parts=parts,
        judgements=judgements,
        **SAID,
    )


def small_audit(answers: dict[str, Any], **parts: Any) -> dict[str, Any]:
    """An audit with it."""
    return {**REVIEW, "tool": {"id": "small_form", "version": "1"}, "answers": answers} | {
        "judgements": {},
        "actions": [],
        **parts,
    }


def reviewed(audit: object, framework: Framework = FRAMEWORK, on: date = DAY) -> Review:
    """The review of an audit given as JSON."""
    return framework.review(read(audit, framework), on=on)


def test_criteria_under_a_mere_heading_count() -> None:
    """A heading that groups criteria, and is not judged itself, takes none of them away."""
    tool = small(
        Section(
            id="part_one",
            title="?",
            parts=(
                Section(
                    id="mere_heading", title="?", parts=(question("far_in", UP_TO_15),), **SAID
                ),
                question("near_by", UP_TO_5),
            ),
            judgements=(banded("part_one_band"),),
            **SAID,
        ),
        judgements=(banded("small_overall"),),
    )
    framework = with_tool(tool)

    _, scores = settled(read(small_audit({"far_in": 15, "near_by": 0}), framework), framework)

    assert scores["part_one_band"] == 75


def test_without_weights_of_their_own_sections_weigh_what_they_hold() -> None:
    """The whole is the points earned of all the points there were; 15 of 20 is 75."""
    tool = small(
        Section(
            id="part_one",
            title="?",
            parts=(question("heavy_one", UP_TO_15),),
            judgements=(banded("part_one_band"),),
            **SAID,
        ),
        Section(
            id="part_two",
            title="?",
            parts=(question("light_one", UP_TO_5),),
            judgements=(banded("part_two_band"),),
            **SAID,
        ),
        judgements=(banded("small_overall"),),
    )
    framework = with_tool(tool)

    _, scores = settled(read(small_audit({"heavy_one": 15, "light_one": 0}), framework), framework)

    assert scores["small_overall"] == 75


def test_a_whole_that_always_applies_is_never_set_aside_by_its_parts() -> None:
    """Setting every chapter aside does not make a review complete, and leaves the alarm open."""
    reason = {"not_applicable": "Not this time."}
    chapters = ("safe_hands", "daily_life", "running_of_setting")

    review = reviewed({**REVIEW, "answers": {}, "sections": dict.fromkeys(chapters, reason)})

    assert not review.complete
    assert "alarm.lowest" in by_outcome(review.unsettled).get("escalate", [])


def test_what_weighs_nothing_is_no_fault() -> None:
    """A criterion that is shown and does not count may be the only one answered."""
    tool = small(
        question("only_shown", UP_TO_5, weight=Fraction(0)),
        question("set_aside_here", UP_TO_5),
        judgements=(banded("small_overall"),),
    )
    framework = with_tool(tool)
    answers = {"only_shown": 5, "set_aside_here": {"not_applicable": "None here."}}

    assert not reviewed(small_audit(answers), framework).faults


def test_a_mean_from_nought_to_ten_is_out_of_ten() -> None:
    """Seven and a quarter of ten is 72.5 per cent of the whole."""
    tool = small(
        Section(
            id="part_one",
            title="?",
            parts=(
                question("first_of_two", NOUGHT_TO_TEN.kind),
                question("second_of_two", HALF_POINTS),
            ),
            judgements=(banded("part_one_mean", scale=NOUGHT_TO_TEN, computed=MEAN),),
            **SAID,
        ),
        judgements=(banded("small_overall"),),
    )
    framework = with_tool(tool)

    _, scores = settled(
        read(small_audit({"first_of_two": "ten_7", "second_of_two": 7.5}), framework), framework
    )

    assert scores["part_one_mean"] == Fraction(29, 4)
    assert scores["small_overall"] == Fraction(145, 2)


@pytest.mark.parametrize(
    ("computed", "scale"),
    [
        pytest.param(WORST, COMPASS_BANDS, id="the worst of grades on another scale"),
        pytest.param(SHARE, DUTY_KEEPING, id="a share on a scale without bands"),
    ],
)
def test_a_judgement_that_can_never_be_worked_out_is_refused(
    computed: Computed, scale: Scale
) -> None:
    """It is found when the framework is made, not at every review."""
    tool = small(
        question("on_ten", NOUGHT_TO_TEN.kind),
        judgements=(banded("small_overall", scale=scale, computed=computed),),
    )

    with pytest.raises(DefinitionError):
        with_tool(tool)


def test_a_base_may_hold_a_variant_of_its_own_tool() -> None:
    """The same for a plugin with two tools, one made from the other."""
    (short,) = short_visit("voice_of_families").tools

    assert with_tool(short).tool("short_visit").based_on is not None


def test_what_would_settle_a_computed_grade_is_what_a_person_must_supply() -> None:
    """The criterion that is not scored, not the grade that follows from it."""
    answers = {name: points for name, points in SEVENTY.items() if name != "rest_arrangements"}

    (call,) = reviewed({**REVIEW, "answers": answers}).unsettled_escalations

    assert call.settled_by == ("rest_arrangements",)


def test_what_would_settle_a_count_is_what_a_person_must_supply() -> None:
    """The criterion that is not scored, not the name of a field."""
    answers = {name: points for name, points in SEVENTY.items() if name != "rest_arrangements"}

    review = reviewed({**REVIEW, "answers": answers})

    (found,) = (
        each for each in review.unsettled if named(each) == "marking.two_noughts food_and_rest_band"
    )
    assert found.settled_by == ("rest_arrangements",)


def test_a_grade_that_a_person_has_yet_to_give_leaves_no_score_open() -> None:
    """There will never be a score, so nothing about one can hold."""
    rule = Rule(
        "marking.low_score",
        "A whole scored below five is looked at again.",
        each=bands,
        when=bands.level.is_("overall") & (bands.score < 5),
        then=(Query(ask="Is it?"),),
        **SAID,
    )

    review = reviewed({**VISIT, "judgements": {}}, with_rules(rule))

    assert "marking.low_score visit_overall" not in by_outcome(review.unsettled).get("query", [])


def test_only_grades_that_people_give_are_asked_for() -> None:
    """A form just opened asks for the one grade of it that is judged."""
    rule = Rule(
        "whole.judged",
        "Every judgement that a person gives is there.",
        each=bands,
        when=bands.judged.is_(True) & bands.state.is_("pending"),
        then=(Require(what="a judgement"),),
        **SAID,
    )

    required = by_outcome(reviewed(BLANK_REVIEW, with_rules(rule)).findings)["require"]

    assert [each for each in required if "whole.judged" in each] == ["whole.judged heading_for"]


def test_the_ladder_is_told_to_the_end() -> None:
    """Whoever reads the call learns who comes next, and by when."""
    (call,) = (
        each
        for each in reviewed({**REVIEW, "answers": THIRTY}).escalations
        if each.rules[0].id == "alarm.lowest"
    )
    plain = escalations_to_plain((call,))

    assert "Head of Quality" in str(call)
    assert "Director of People" in str(call)
    assert plain[0]["then"]["to"] == ["head_of_quality"]
    assert plain[0]["then"]["then"]["to"] == ["director_of_people"]


def test_a_call_says_whose_return_it_rests_on() -> None:
    """Whoever is told at once learns which agency is worried."""
    worried = {**JOINT["returns"][1], "answers": {"child_risk_view": "grave_worry"}}

    (call,) = reviewed({**JOINT, "returns": [JOINT["returns"][0], worried]}).escalations

    assert "health_trust_lead" in str(call)


def test_a_return_that_leaves_safety_blank_leaves_the_alarm_open() -> None:
    """A joint conclusion of no worry does not settle what an agency has yet to say."""
    silent = {**JOINT["returns"][1], "answers": {"contacts_counted": 3}}

    review = reviewed({**JOINT, "returns": [JOINT["returns"][0], silent, JOINT["returns"][2]]})

    assert "alarm.grave_worry health_trust_lead" in by_outcome(review.unsettled).get("escalate", [])


def test_a_return_that_cannot_be_used_is_a_fault() -> None:
    """An audit made without read_audit may hold an answer that is none."""
    audit = read(JOINT)
    wrong = attrs.evolve(audit.returns[0], answers={"child_risk_view": "very worried"})

    review = FRAMEWORK.review(attrs.evolve(audit, returns=(wrong,)), on=DAY)

    assert review.faults


def test_a_joint_conclusion_milder_than_a_return_is_queried() -> None:
    """As judgements_on(scale) gives a grade, returns_stating(fact) gives an answer."""
    stated = returns_stating(CHILD_RISK_VIEW.ref)
    rule = Rule(
        "marking.milder_than_a_return",
        "A joint conclusion milder than a return is explained.",
        when=CHILD_RISK_VIEW.ref > stated.child_risk_view.worst(),
        then=(Query(ask="What outweighs the return?"),),
        subjects=("joint_case",),
        **SAID,
    )

    review = reviewed(JOINT, with_rules(rule))

    assert by_outcome(review.findings) == {"query": ["marking.milder_than_a_return"]}


def test_the_agency_whose_return_is_missing_is_itself_asked_for_it() -> None:
    """The role is the item's own party, not one named in the rule."""
    rule = Rule(
        "chase.agency",
        "An agency whose return is missing sends it in.",
        each=returns,
        when=~returns.received.answered(),
        then=(Act(what="send in its return", by=returns.party, within=RETURN_WITHIN),),
        subjects=("joint_case",),
        **SAID,
    )

    review = reviewed({**JOINT, "returns": JOINT["returns"][:2]}, with_rules(rule))

    assert "School Trust Lead to send in its return" in str(review)


def test_derived_deadlines_keep_the_framework_s_calendar() -> None:
    """Where Easter is no holiday, five working days from 25 March end on 1 April."""
    plain = WorkingCalendar(first=date(2024, 1, 1), last=date(2024, 12, 31), holidays=())
    framework = Framework.of(NORTHMERE, calendar=plain)
    audit = {**JOINT, "returns": JOINT["returns"][:2]}

    review = reviewed(audit, framework, date(2024, 4, 2))

    assert by_outcome(review.findings).get("act") == ["chase.overdue school_trust_lead"]


def test_no_message_names_a_tool_of_another_framework() -> None:
    """What to write is said with ids that can be written here."""
    with pytest.raises(InputError) as caught:
        read({"id": "N-1", "subject": {"id": "S-9", "kind": "care_setting"}})

    assert "case_file" not in str(caught.value)


@pytest.mark.parametrize(
    ("computed", "grade"),
    [pytest.param(WORST, "floundering", id="worst"), pytest.param(BEST, "thriving", id="best")],
)
def test_the_worst_of_a_judged_and_a_computed_grade_is_the_worst(
    computed: Computed, grade: str
) -> None:
    """A score of 33 and the fourth of five grades: the score's band is the worse."""
    tool = small(
        Section(
            id="part_judged",
            title="?",
            judgements=(banded("judged_band", computed=None),),
            **SAID,
        ),
        Section(
            id="part_scored",
            title="?",
            parts=(question("points_given", UP_TO_15),),
            judgements=(banded("scored_band"),),
            **SAID,
        ),
        judgements=(banded("small_overall", computed=computed),),
    )
    framework = with_tool(tool)
    judged = {"judged_band": {"grade": "thriving"}}

    grades, _ = settled(
        read(small_audit({"points_given": 5}, judgements=judged), framework), framework
    )

    assert (grades["judged_band"], grades["scored_band"]) == ("thriving", "floundering")
    assert grades["small_overall"] == grade


def test_what_is_open_for_want_of_any_answer_is_no_fault_of_the_rule() -> None:
    """Every chapter is set aside: what would settle it is one of them, not a mended rule."""
    reason = {"not_applicable": "Not this time."}
    chapters = ("safe_hands", "daily_life", "running_of_setting")

    review = reviewed({**REVIEW, "answers": {}, "sections": dict.fromkeys(chapters, reason)})

    assert "a fault in the rule" not in str(review)


def test_a_recipient_that_is_no_id_is_refused() -> None:
    """A date names no role, and there would be nobody to tell."""
    rule = Rule(
        "chase.nobody",
        "Nobody is told.",
        each=returns,
        when=~returns.received.answered(),
        then=(Act(what="do it", by=returns.received, within=RETURN_WITHIN),),
        subjects=("joint_case",),
        **SAID,
    )

    with pytest.raises(DefinitionError):
        with_rules(rule)


def test_a_fact_cannot_hide_a_field_of_returns() -> None:
    """A question called moderated would otherwise answer for the moderation."""
    with pytest.raises(DefinitionError):
        returns_stating(question("moderated", UP_TO_5).ref)
