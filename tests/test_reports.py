"""Reports: every figure recounted from the JSON, nothing lost, nobody named."""

from __future__ import annotations

import copy
import json
import os
import pickle
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from datetime import date
from html import unescape
from itertools import permutations
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qaf_core import (
    READING_2016,
    Addition,
    DefinitionError,
    Framework,
    InputError,
    Post,
    UnknownIdError,
    read_audit,
)
from qaf_core.cadence import Window
from qaf_core.cycle import (
    ESCALATION,
    Actor,
    Hearing,
    Process,
    agree_actions,
    escalations,
    open_cases,
)
from qaf_core.editions import Departure
from qaf_core.facts import Fact, Origin
from qaf_core.learning import PassedOn
from qaf_core.logic import choice
from qaf_core.moderation import Route, Settlement
from qaf_core.provenance import Document, Standing
from qaf_core.reports import (
    ALL,
    HELD_BACK,
    NOT_RECORDED,
    Material,
    Place,
    QuarterlyReport,
    annual_report,
    counted_audits,
    grades_by_characteristic,
    lessons,
    missing_escalations,
    quarterly_report,
    reconcile,
    service_of,
    trend,
)
from qaf_core.reports.shapes import Level, tally
from qaf_core.tools.model import Question, Tool
from quarters import FRAMEWORK, MARK, ON, Q1, Q2, Q3, Q4, THE_QUARTER, material, raw
from ways import command, done

GRADES = ("inadequate", "requires_improvement", "good", "outstanding")
CASE_FILE = FRAMEWORK.tool("case_file")


def report(
    audits: Iterable[dict[str, Any]] = THE_QUARTER,
    window: Window = Q1,
    *,
    on: date = ON,
    floor: int | None = 1,
    policy: str = "",
    framework: Framework = FRAMEWORK,
    **more: Any,
) -> QuarterlyReport:
    return quarterly_report(
        material(audits, **more), framework, window, on=on, floor=floor, policy=policy
    )


@given(st.lists(st.lists(st.integers(0, 3), min_size=9, max_size=9).map(bytes)))
def test_themes_are_tallied_as_if_one_by_one(told: list[bytes]) -> None:
    """All at once or one after the other: each theme is told of in as many audits."""
    themes = {
        (Level.SECTION, "first"): (0, 1, 2, 3),
        (Level.QUESTION, "last"): (8,),
        (Level.ASPECT, "some"): (1, 5, 8),
        (Level.CRITERION, "none"): (),
    }
    for telling in ((1, 2), (1,)):
        one_by_one = {
            theme: sum(any(each[at] in telling for at in places) for each in told)
            for theme, places in themes.items()
        }
        assert tally(themes, told, telling) == one_by_one


# --- a worked report -------------------------------------------------------------------------------


def test_the_grades_of_the_worked_quarter() -> None:
    """By hand from the list of audits: the moderator's grade counts for the two done again."""
    (grades,) = report().grades
    found = {
        row["service"]: tuple(row[code] for code in (*GRADES, "graded", "ungraded", "per_cent"))
        for row in grades.table().rows
    }
    assert found == {
        "cin": (0, 0, 1, 1, 2, 0, 100.0),
        "cp": (1, 1, 3, 0, 5, 1, 60.0),  # as moderated; A-12 has none
        "cla": (1, 0, 1, 1, 3, 0, 66.7),
        "care_leavers": (1, 0, 0, 0, 1, 0, 0.0),  # A-11 as moderated
        ALL: (3, 1, 5, 2, 11, 1, 63.6),
    }


def test_the_themes_of_the_worked_quarter() -> None:
    themes = {(each.level.value, each.id): each for each in report().themes.themes}
    chronology = themes["question", "case_file.chronology_current"]
    assert (chronology.audits, chronology.against) == (11, 2)  # A-10 as moderated; A-07 has none
    smart = themes["question", "case_file.plan_smart"]
    assert (smart.audits, smart.against) == (12, 2)  # as moderated
    assert themes["section", "case_file.chronology"].against == 2
    assert themes["aspect", "qualitative"].audits == 12
    tags = {row["theme"]: row["tagged"] for row in rows_of("Themes that people identified")}
    assert tags == {"chronologies": 2, "supervision": 1, "moderated_up": 1}


def rows_of(part: str, found: QuarterlyReport | None = None) -> list[dict[str, object]]:
    return [row for row in (found or report()).to_rows() if row["part"] == part]


def recounted(audits: Iterable[dict[str, Any]], window: Window) -> dict[str, Counter[Any]]:
    """Every figure of a report, counted anew from the JSON alone."""
    everything = {each["id"]: each for each in audits}
    again = {each["moderates"]: each for each in everything.values() if each.get("moderates")}
    adverse = [
        (placed.item, placed.sections)
        for placed in CASE_FILE.questions
        if isinstance(placed.item, Question) and placed.item.adverse
    ]
    serves: dict[str, set[str]] = {}
    for link_set in READING_2016.mappings:
        for link in link_set.links:
            if link.extent.value != "indicator" and link.to.startswith("std_"):
                serves.setdefault(link.of.removeprefix("case_file."), set()).add(link.to)
    figures: dict[str, Counter[Any]] = {
        name: Counter() for name in ("audits", "grades", "answered", "against", "tags", "sections")
    }
    for audit in everything.values():
        inside = window.start.isoformat() <= audit["audited"] <= window.due.isoformat()
        if audit.get("moderates") or not inside:
            continue
        other = again.get(audit["id"], {"answers": {}, "judgements": {}, "tags": []})
        status = audit["subject"]["facts"]["case_status"]
        service = {"care_leaver": "care_leavers"}.get(status, status)
        figures["audits"][service] += 1
        judged = audit["judgements"] | other["judgements"]
        grade = judged.get("overall", {}).get("grade", "")
        figures["grades"][service, grade] += 1
        for section, each in judged.items():
            if section != "overall" and "grade" in each:
                figures["sections"][section, each["grade"]] += 1
        told: dict[tuple[str, str], bool] = {}
        for question, around in adverse:
            id = question.id
            answer = (audit["answers"] | other["answers"]).get(id)
            if answer is None or isinstance(answer, dict):
                continue
            against = answer in question.adverse
            sections = [each.id for each in around]
            criteria = {
                *question.criteria,
                *(one for end in (id, *sections) for one in serves.get(end, ())),
            }
            keys = {("question", f"case_file.{id}"), ("aspect", question.aspect.value)}
            keys |= {("section", f"case_file.{each}") for each in sections}
            keys |= {("criterion", each) for each in criteria}
            keys |= {("standard", "_".join(each.split("_")[:2])) for each in criteria}
            for key in keys:
                told[key] = told.get(key, False) or against
        figures["answered"].update(list(told))
        figures["against"].update(key for key, against in told.items() if against)
        figures["tags"].update({t["theme"] for t in (*audit["tags"], *other["tags"])})
    return figures


@pytest.mark.parametrize("window", [Q1, Q2])
def test_every_figure_is_recounted_from_the_json(window: Window) -> None:
    found = report(window=window, on=date(2016, 10, 3))
    wanted = recounted(THE_QUARTER, window)
    assert {row["service"]: row["audited"] for row in rows_of("Audits", found)} == {
        **wanted["audits"],
        ALL: sum(wanted["audits"].values()),
    }
    for grades in found.grades:
        for row in grades.table().rows:
            own = {
                code: sum(
                    n
                    for (service, grade), n in wanted["grades"].items()
                    if grade == code and row["service"] in (service, ALL)
                )
                for code in (*GRADES, "")
            }
            assert {code: row[code] for code in GRADES} == {code: own[code] for code in GRADES}
            graded = sum(own[code] for code in GRADES)
            good = own["good"] + own["outstanding"]
            assert (row["graded"], row["ungraded"]) == (graded, own[""])
            assert row["good_or_better"] == good
            assert row["per_cent"] == (round(100 * good / graded, 1) if graded else "none graded")
    themes = {(each.level.value, each.id): each for each in found.themes.themes}
    assert {key: each.audits for key, each in themes.items()} == dict(wanted["answered"])
    assert {key: each.against for key, each in themes.items() if each.against} == dict(
        wanted["against"]
    )
    assert {
        row["theme"]: row["tagged"] for row in rows_of("Themes that people identified", found)
    } == (wanted["tags"])
    sections = {str(row["judgement"]): row for row in rows_of("Grades of sections", found)}
    for section, row in sections.items():
        shown = dict(part.rsplit(" ", 1) for part in str(row["grades"]).split(", "))
        assert {code: int(shown[code.replace("_", " ").capitalize()]) for code in GRADES} == {
            code: wanted["sections"][section, code] for code in GRADES
        }
    assert set(sections) == {section for section, _ in wanted["sections"]}


def test_escalations_and_actions_are_all_in_the_report() -> None:
    """A-00's from before is open still; A-05, A-06 and the moderation M-11 call for one each."""
    found = report()
    assert {(line.audit, line.state) for line in found.escalations} == {
        ("A-00", "raised"),
        ("A-05", "raised"),
        ("A-06", "raised"),
        ("M-11", "raised"),
    }
    (row,) = [
        row for row in rows_of("Escalations") if row.get("rule") == "escalation.overall_inadequate"
    ]
    assert [row[what] for what in ("untold", "raised", "before", "open", "closed")] == [
        0,
        3,
        1,
        4,
        0,
    ]
    assert "Escalations: 3 raised, 1 open from before, 0 closed, 4 open, of which 4 late." in str(
        found
    )
    audits = {each.id: each for each in material(THE_QUARTER).audits}
    agreed = agree_actions(audits["A-05"], by=Actor("auditor"), on=date(2016, 5, 3))
    with_actions = report(actions=agreed)
    assert [(line.id, line.late) for line in with_actions.actions] == [
        ("A-05/action-1", ("action_due",))
    ]
    assert {row["about"] for row in with_actions.overdue.rows if row["what"] == "action"} == {
        "A-05/action-1"
    }


def test_no_audits_is_not_nought_per_cent() -> None:
    found = report(())
    assert found.grades == ()
    assert "%" not in found.summary[1]
    without_grade = report([raw("A-1", "2016-05-01", "")])
    (grades,) = without_grade.grades
    assert {grades.per_cent(each) for each in grades.services} == {"none graded"}
    assert "none graded, of 0 graded" in str(without_grade)


# --- which grade is reported -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("policy", "inadequate", "improvement", "good"),
    [("moderated", 3, 1, 5), ("auditor", 2, 2, 5), ("worse", 3, 2, 4)],
)
def test_which_grade_counts_is_a_choice_and_is_said(
    policy: str, inadequate: int, improvement: int, good: int
) -> None:
    found = report(policy=policy)
    (grades,) = found.grades
    assert [grades.shown(ALL, code) for code in GRADES] == [inadequate, improvement, good, 2]
    said = {"moderated": "the moderator's", "auditor": "the auditor's", "worse": "the worse"}[
        policy
    ]
    for text in (str(found), found.to_markdown(), str(found.published)):
        assert f"the grade reported is {said}" in text
    assert found.audited == 12
    (row,) = rows_of("Moderation", found)
    assert [row[what] for what in ("same", "lowered", "raised", "moderated")] == [0, 1, 1, 2]


@pytest.mark.parametrize(
    ("policy", "chronology", "smart"), [("moderated", 2, 2), ("auditor", 3, 1), ("worse", 3, 2)]
)
def test_the_same_choice_decides_which_answer_counts(
    policy: str, chronology: int, smart: int
) -> None:
    """A-10 has no current chronology and its moderator finds one; A-11 the other way round."""
    themes = {each.id: each.against for each in report(policy=policy).themes.at(Level.QUESTION)}
    assert themes["case_file.chronology_current"] == chronology
    assert themes["case_file.plan_smart"] == smart


def test_the_choice_is_a_setting_of_the_owner() -> None:
    changed = FRAMEWORK.changed(
        departures=[
            Departure(
                setting=setting,
                value=value,
                since=date(2016, 6, 1),
                reason="agreed",
                approver="quality_assurance_board",
            )
            for setting, value in (
                ("reported_grade", "worse"),
                ("figures_published_from", 3),
                ("good_or_better_from", "outstanding"),
            )
        ]
    )
    found = report(framework=changed, floor=None)
    assert (found.policy, found.floor, found.good_from) == ("worse", 3, "outstanding")
    before = report(framework=changed, floor=None, on=date(2016, 5, 31))
    assert (before.policy, before.floor, before.good_from) == ("moderated", 5, "good")


def test_what_was_settled_counts_before_any_policy() -> None:
    settled = Settlement(
        about="overall",
        grade="requires_improvement",
        route=Route.PANEL,
        by=("quality_assurance_board",),
        on=date(2016, 7, 1),
    )
    found = report(settled={"A-11": (settled,)})
    (grades,) = found.grades
    assert grades.shown("care_leavers", "requires_improvement") == 1


# --- laws --------------------------------------------------------------------------------------------

POOL = tuple(each for each in THE_QUARTER if not each.get("moderates")) + tuple(
    raw(f"B-{n:02}", f"2016-{4 + n % 6:02}-{1 + n:02}", GRADES[n % 4], status=status)
    for n, status in enumerate(("cin", "cp", "cla", "cin", "cp", "cp", "cla", "cin", "cp", "cp"))
)
some_audits = st.lists(st.sampled_from(POOL), unique_by=lambda each: str(each["id"]), max_size=14)


@settings(max_examples=25, deadline=None)
@given(some_audits)
def test_a_report_of_two_quarters_counts_what_both_count(audits: list[dict[str, Any]]) -> None:
    half = Window(name="H1", start=Q1.start, due=Q2.due)
    both = report(audits, half, on=date(2016, 10, 3)).counts
    assert both == sum(
        (report(audits, each, on=date(2016, 10, 3)).counts for each in (Q1, Q2)), start=type(both)()
    )


@settings(max_examples=25, deadline=None)
@given(some_audits)
def test_totals_add_up(audits: list[dict[str, Any]]) -> None:
    found = report(audits)
    rows = rows_of("Audits", found)
    assert sum(int(str(row["audited"])) for row in rows if row["service"] != ALL) == found.audited
    for grades in found.grades:
        own = [each for each in grades.services if each != ALL]
        for what in GRADES:
            assert sum(grades.cells[each, what] for each in own) == grades.cells[ALL, what]
        assert grades.graded(ALL) + grades.ungraded[ALL] == found.audited
    for theme in found.themes.themes:
        assert 0 <= theme.against <= theme.audits <= found.audited
        assert theme.held_up + theme.against == theme.audits
    for line in found.escalations:
        assert (line.closed is None) is (line.state != "closed")


@settings(max_examples=25, deadline=None)
@given(some_audits, st.sampled_from(POOL))
def test_another_audit_never_takes_an_escalation_away(
    audits: list[dict[str, Any]], more: dict[str, Any]
) -> None:
    others = [each for each in audits if each["id"] != more["id"]]
    before, after = report(others), report([*others, more])
    assert set(before.escalations) <= set(after.escalations)
    assert {each.audit for each in before.unraised} <= {each.audit for each in after.unraised}
    nobody_told = report(others, escalations=()), report([*others, more], escalations=())
    one, other = ({each.audit for each in found.unraised} for found in nobody_told)
    assert one <= other


@settings(max_examples=15, deadline=None)
@given(st.permutations(THE_QUARTER), st.booleans())
def test_the_order_of_what_comes_in_does_not_matter(
    audits: list[dict[str, Any]], told: bool
) -> None:
    more: dict[str, Any] = {} if told else {"escalations": ()}
    one, other = report(audits, floor=5, **more), report(floor=5, **more)
    assert one == other
    assert one.to_markdown() == other.to_markdown()
    assert one.to_rows() == other.to_rows()


# --- escalations are never lost -----------------------------------------------------------------------


def everywhere(given_: Material) -> dict[str, Any]:
    return {
        "open_cases": open_cases((), ON, escalations=given_.escalations),
        "board": escalations(given_.escalations, ON),
    }


def test_where_nothing_is_missing_nothing_is_said() -> None:
    given_ = material(THE_QUARTER)
    found = quarterly_report(given_, FRAMEWORK, Q1, on=ON)
    assert missing_escalations(given_, found, **everywhere(given_)) == ()
    reconcile(given_, found, **everywhere(given_))


@pytest.mark.parametrize("which", range(4))
def test_an_escalation_missing_anywhere_is_named(which: int) -> None:
    """Each of the four taken out of each place in turn."""
    whole = material(THE_QUARTER)
    gone = sorted(whole.escalations, key=lambda each: each.id)[which]
    less = attrs.evolve(
        whole, escalations=[each for each in whole.escalations if each.id != gone.id]
    )
    full = quarterly_report(whole, FRAMEWORK, Q1, on=ON)
    places, fewer = everywhere(whole), everywhere(less)
    for place, given_, shown, found in (
        (Place.LIFECYCLE, less, places, full),
        (Place.LIST, whole, places | {"open_cases": fewer["open_cases"]}, full),
        (Place.BOARD, whole, places | {"board": fewer["board"]}, full),
        (Place.REPORT, whole, places, quarterly_report(less, FRAMEWORK, Q1, on=ON)),
    ):
        (lost,) = missing_escalations(given_, found, **shown)
        assert (lost.place, lost.audit) == (place, gone.papers["audit"])
        assert str(place) in str(lost)
        with pytest.raises(InputError, match=str(place)) as raised:
            reconcile(given_, found, **shown)
        assert bool(raised.value.urgent) is (place is Place.LIFECYCLE)


def test_what_an_earlier_report_held_is_not_forgotten() -> None:
    """An audit taken away with its escalation is missed all the same."""
    earlier = report(window=Q1)
    given_ = material([each for each in THE_QUARTER if each["id"] != "A-05"])
    found = quarterly_report(given_, FRAMEWORK, Q2, on=date(2016, 10, 3))
    (lost,) = missing_escalations(given_, found, **everywhere(given_), before=[earlier])
    assert (lost.audit, lost.place) == ("A-05", Place.LIFECYCLE)


def test_what_nobody_was_told_of_stands_first() -> None:
    found = report(escalations=())
    assert found.summary[0].startswith("4 escalations called for and nobody told: A-00, A-05")
    assert [row["audit"] for row in found.exceptions.rows[:4]] == ["A-00", "A-05", "A-06", "M-11"]
    assert str(found).index("nobody told") < str(found).index("Audits:")


def test_a_file_that_could_not_be_read_whole_is_in_the_report() -> None:
    broken = raw("A-77", "2016-05-05", "inadequate") | {"sections": 3}
    with pytest.raises(InputError) as raised:
        read_audit(json.dumps(broken), FRAMEWORK)
    found = report(unread=raised.value.urgent)
    assert "A-77" in {each.audit for each in found.unraised}


def ended(call: Process) -> Process:
    """An escalation acknowledged, acted on and closed on 20 July."""
    day = date(2016, 7, 20)
    told = call.papers["told"]
    commands = [command("acknowledge", role, day) for role in told]
    acted = command("act", told[0], day, action_taken=MARK)
    closed = command("close", told[0], day, outcome="safe", reason=MARK)
    return done(ESCALATION, call, *commands, acted, closed)


def test_a_report_speaks_as_of_its_day() -> None:
    """What was closed later is open in it, however late it is made."""
    before = report()
    calls_ = [ended(each) for each in material(THE_QUARTER).escalations]
    assert report(escalations=calls_).escalations == before.escalations
    later = report(escalations=calls_, on=date(2016, 7, 31))
    assert {line.state for line in later.escalations} == {"closed"}
    assert {line.outcome for line in later.escalations} == {"safe"}
    assert not report(window=Q3, escalations=calls_, on=date(2017, 1, 9)).escalations


# --- trend and year -------------------------------------------------------------------------------------


def newer(tool: Tool) -> Tool:
    return attrs.evolve(tool, version="2016.2", parts=tool.parts[:-1]) if tool.parts else tool


def test_a_trend_breaks_where_the_tool_is_another() -> None:
    """Same service, another version in July: the two are not to be compared."""
    ours = Framework.of(attrs.evolve(READING_2016, tools=(*READING_2016.tools, newer(CASE_FILE))))
    audits = [
        read_audit(json.dumps(each), ours)
        for each in (
            raw("T-1", "2016-04-04"),
            raw("T-2", "2016-08-04", tool={"id": "case_file", "version": "2016.2"}),
            raw("T-3", "2016-11-04", tool={"id": "case_file", "version": "2016.2"}),
            raw("T-4", "2016-08-05", status="cin"),
        )
    ]
    given_ = Material(audits=audits, reviews=ours.review_all(audits, on=date(2017, 1, 9)))
    reports = [
        quarterly_report(given_, ours, each, on=date(2017, 1, 9), floor=1) for each in (Q1, Q2, Q3)
    ]
    rows = [row for row in trend(reports).rows if row["service"] == "cp"]
    assert [row["break"] for row in rows] == [
        "",
        "no longer case_file 2016.1 and now case_file 2016.2",
        "",
    ]
    assert [row["series"] for row in rows] == [1, 2, 2]
    assert [row["graded"] for row in rows] == [1, 1, 1]
    (first, second, third) = [row for row in trend(reports).rows if row["service"] == "cin"]
    assert (first["per_cent"], second["per_cent"], third["per_cent"]) == (
        "none graded",
        100.0,
        "none graded",
    )
    other = attrs.evolve(
        reports[2],
        made_with={"cp": frozenset({("case_file", "2016.2", "another")})},
        policy="worse",
    )
    (why,) = {
        row["break"]
        for row in trend([reports[1], other]).rows
        if row["break"] and row["service"] == "cp"
    }
    assert why == (
        "the grade reported was the moderated one, and is the worse; "
        "another fingerprint of case_file 2016.2"
    )
    for order in permutations(reports):
        assert trend(order) == trend(reports)


def test_a_trend_refuses_stretches_that_overlap() -> None:
    with pytest.raises(InputError, match="overlaps"):
        trend([report(()), report(())])


def the_year(floor: int = 1, **more: Any) -> list[QuarterlyReport]:
    audits = (*THE_QUARTER, raw("A-14", "2016-11-11", "inadequate"), raw("A-15", "2017-02-02"))
    return [
        report(audits, window, on=on, floor=floor, **more)
        for window, on in (
            (Q1, date(2016, 7, 8)),
            (Q2, date(2016, 10, 7)),
            (Q3, date(2017, 1, 9)),
            (Q4, date(2017, 4, 7)),
        )
    ]


def test_the_annual_report_is_compiled_from_the_four() -> None:
    quarters = the_year()
    year = annual_report(quarters[::-1])
    assert (year.audited, [each.audited for each in quarters]) == (15, [12, 1, 1, 1])
    (grades,) = year.grades
    assert [grades.shown(ALL, code) for code in GRADES] == [4, 1, 6, 3]
    assert (str(year.window), year.on) == (
        "2016/17 (2016-04-01 to 2017-03-31)",
        date(2017, 4, 7),
    )
    assert sorted(line.audit for line in year.escalations) == [
        "A-00",
        "A-05",
        "A-06",
        "A-14",
        "M-11",
    ]
    assert len([row for row in year.trend.rows if row["service"] == "cp"]) == 4
    for text in (str(year), year.to_markdown(), year.to_html()):
        assert "A-05" not in text
        assert "Compiled from the quarterly reports Q1, Q2, Q3, Q4" in text


def test_an_annual_report_wants_the_four_quarters_of_one_year_on_the_same_terms() -> None:
    quarters = the_year()
    other = report(window=Q4, floor=2, policy="worse", on=date(2017, 4, 7))
    for wrong, said in (
        (quarters[:3], {"quarters: there are 3 of them"}),
        ([*quarters[:3], quarters[2]], {"quarters[3].window: it does not follow"}),
        (
            [*quarters[:3], other],
            {"quarters[3].policy: it is another", "quarters[3].floor: it is another"},
        ),
    ):
        with pytest.raises(InputError) as raised:
            annual_report(wrong)
        faults = "\n".join(map(str, raised.value.faults))
        assert all(each in faults for each in said)


def test_an_escalation_that_ends_is_counted_once_with_its_end() -> None:
    calls_ = [ended(each) for each in material(THE_QUARTER).escalations]
    year = annual_report(the_year(escalations=calls_))
    states = Counter(line.state for line in year.escalations)
    assert states == {"closed": 4}
    assert len(year.unraised) == 1  # A-14's, of which nobody was told


# --- equalities ------------------------------------------------------------------------------------------

POLICY = Document(id="Policy", title="Equalities", publisher="A council", dated="2016")
LANGUAGE = Fact(
    id="first_language",
    kind=choice("first_language", {"english": "English", "other": "Another"}),
    label="first language",
    origin=Origin.HOST,
    needed=False,
    characteristic=True,
    source=POLICY.at("1"),
    standing=Standing.STATED,
)


def test_grades_are_cut_by_a_characteristic_that_the_host_records() -> None:
    ours = Framework.of(READING_2016, Addition(id="ours", version="1", facts=(LANGUAGE,)))
    audits = []
    for number, each in enumerate((*POOL, *(raw(f"C-{n}", "2016-05-06") for n in range(9)))):
        if number % 3:
            code = "english" if number % 2 else "other"
            each = json.loads(json.dumps(each))
            each["subject"]["facts"]["first_language"] = code
        audits.append(read_audit(json.dumps(each), ours))
    given_ = Material(audits=audits, reviews=ours.review_all(audits, on=ON))
    counted = counted_audits(given_, ours, on=date(2016, 12, 31))
    (grades,) = grades_by_characteristic(counted, "first_language", ours, floor=1)
    assert set(grades.services) == {"english", "other", NOT_RECORDED, ALL}
    recorded = Counter(
        each.subject.facts.get("first_language", NOT_RECORDED)
        for each in audits
        if "overall" in each.judgements
    )
    assert {each: grades.graded(each) for each in grades.services if each != ALL} == recorded
    (held,) = grades_by_characteristic(counted, "first_language", ours)
    assert HELD_BACK in str(held.table().to_rows())
    assert "Another" in held.table().to_markdown()
    with pytest.raises(UnknownIdError, match="Did you mean 'first_language'"):
        grades_by_characteristic(counted, "first_langage", ours)
    with pytest.raises(DefinitionError, match="no characteristic"):
        grades_by_characteristic(counted, "case_status", ours)


def test_a_characteristic_comes_from_the_host_as_a_code() -> None:
    with pytest.raises(DefinitionError, match="is a characteristic only if"):
        attrs.evolve(LANGUAGE, origin=Origin.AUDIT)


# --- learning and evidence ---------------------------------------------------------------------------------


def test_each_place_has_its_part_of_the_report() -> None:
    found = report()
    for link in FRAMEWORK.learning:
        page = lessons(found, link.id)
        assert all(id in page.lead[0] for id in link.recipients)
        assert all(id in page.lead[1] for id in link.evidence)
        assert {heading for heading, _ in page.tables} <= {
            lesson.value.capitalize() for lesson in link.takes
        }
    training = lessons(found, "training")
    assert [heading for heading, _ in training.tables] == ["Training needs"]
    assert {row["to"] for row in training.to_rows()} == {
        "workforce_development_team, training_and_development_lead_officer"
    }
    with pytest.raises(UnknownIdError, match="Did you mean 'training'"):
        lessons(found, "trainin")


def test_weaknesses_and_strengths_are_ranked_by_audits() -> None:
    themes = report().themes
    weak = themes.weaknesses(Level.QUESTION)
    assert {each.id for each in weak[:3]} == {
        "case_file.chronology_current",
        "case_file.plan_smart",
        "case_file.risk_managed",
    }
    shares = [each.against for each in weak]
    assert shares == sorted(shares, reverse=True)
    strong = themes.strengths(Level.STANDARD)
    assert strong
    assert all(each.held_up > each.against for each in strong)
    held = report(floor=5).themes
    assert all(not each.told or each.against == 0 for each in held.weaknesses(Level.QUESTION))
    assert all(each.told for each in held.strengths())


def test_what_the_board_heard_and_where_learning_went_is_in_it() -> None:
    found = report(
        hearings=[Hearing(stream="audits", on=date(2016, 6, 30), document="D-1")],
        passed_on=[PassedOn(link="supervision", on=date(2016, 5, 5), document="note-1")],
    )
    heard = {row["stream"]: row["state"] for row in rows_of("What the board heard", found)}
    assert (heard["audits"], heard["complaints_and_compliments"]) == ("heard", "missed")
    assert list(heard) == [each.id for each in FRAMEWORK.streams]
    went = {row["link"]: row["state"] for row in rows_of("Where learning went", found)}
    assert (went["supervision"], went["training"]) == ("evidenced", "not passed on")
    assert "complaints_and_compliments" in {
        row["about"] for row in found.overdue.rows if row["what"] == "evidence"
    }


def test_good_practice_goes_to_those_whom_the_rule_names() -> None:
    (row,) = [row for row in rows_of("Good practice to share") if row["about"] == "plans"]
    assert row["to"] == "worker, team_manager, service_manager_quality_assurance"
    assert row["recognised"] == 1


def test_what_is_published_of_escalations_gives_no_small_number_back() -> None:
    """Where one rule called for all there are, their number is that of its grade."""
    audits = [raw(f"A-{at:02}", "2016-05-01") for at in range(20)]
    audits += [raw(f"B-{at}", "2016-05-02", "inadequate") for at in range(2)]
    page = report(audits, floor=5).published
    said = "\n".join((*page.lead, *(table.caption for _, table in page.tables)))
    assert "how many is held back" in said
    assert "Escalations: 2" not in said
    assert "Escalations: 2 raised" in "\n".join(report(audits, floor=5).summary)
    assert "Escalations: 2 raised" in "\n".join(report(audits, floor=1).published.lead)
    many = [*audits, *(raw(f"C-{at}", "2016-05-03", "inadequate") for at in range(9))]
    assert "Escalations: 11 raised" in "\n".join(report(many, floor=5).published.lead)


# --- what cannot be used -------------------------------------------------------------------------------------


def test_every_fault_of_the_material_is_named() -> None:
    given_ = material([raw("A-1", "2016-05-01"), raw("M-2", "2016-05-02", moderates="A-99")])
    audits, reviews = list(given_.audits), list(given_.reviews)
    faulty = attrs.evolve(
        given_,
        audits=[*audits, audits[0], attrs.evolve(audits[0], id="A-3")],
        reviews=reviews[::-1],
    )
    with pytest.raises(InputError) as raised:
        quarterly_report(faulty, FRAMEWORK, Q1, on=ON)
    assert [str(each) for each in raised.value.faults] == [
        "audits[2].id: it comes again. List each audit once.",
        "audits[3]: it has no review. Review every audit that is reported.",
        "audits[1].moderates: there is no such audit here. Give the audit that it does again as well.",
    ]


def changed_since() -> Material:
    """An audit that was judged unsafe after it had been reviewed, and one that was not."""
    before = material([raw("A-1", "2016-05-01"), raw("A-2", "2016-05-01")])
    after = material([raw("A-1", "2016-05-01", "inadequate"), raw("A-2", "2016-05-01")])
    return attrs.evolve(after, reviews=before.reviews, escalations=())


def test_a_review_of_other_answers_hides_no_call() -> None:
    """An audit that was changed after its review is refused, with all that it calls for now."""
    with pytest.raises(InputError, match="Review the audit as it stands") as raised:
        quarterly_report(changed_since(), FRAMEWORK, Q1, on=ON)
    assert [fault.path for fault in raised.value.faults] == ["reviews.A-1"]
    assert {call.audit for call in raised.value.urgent} == {"A-1"}
    assert "escalation.unsafe" in {rule.id for call in raised.value.urgent for rule in call.rules}


def test_a_review_that_was_carried_elsewhere_is_taken_where_it_misses_nothing() -> None:
    given_ = material(THE_QUARTER)
    carried = attrs.evolve(given_, reviews=pickle.loads(pickle.dumps(given_.reviews)))
    there = quarterly_report(carried, FRAMEWORK, Q1, on=ON)
    assert there == quarterly_report(given_, FRAMEWORK, Q1, on=ON)
    read_again = material(copy.deepcopy(THE_QUARTER))
    both = attrs.evolve(given_, audits=copy.deepcopy(read_again.audits))
    assert quarterly_report(both, FRAMEWORK, Q1, on=ON) == there


@pytest.mark.parametrize("left_out", ["its review", "its review and its process"])
def test_nothing_is_reconciled_without_the_review_of_each_audit(left_out: str) -> None:
    """An audit whose review is left out may call for someone."""
    given_ = material(THE_QUARTER)
    found = quarterly_report(given_, FRAMEWORK, Q1, on=ON)
    (call,) = [each for each in given_.escalations if each.papers["audit"] == "A-05"]
    without = attrs.evolve(
        given_, reviews=[each for each in given_.reviews if each.audit != "A-05"]
    )
    if "process" in left_out:
        without = attrs.evolve(
            without, escalations=[each for each in given_.escalations if each is not call]
        )
    with pytest.raises(InputError, match="it has no review"):
        reconcile(without, found, **everywhere(without))
    with pytest.raises(InputError, match="it has no review"):
        missing_escalations(without, found, **everywhere(without))


def test_a_process_comes_once() -> None:
    """As it stood and as it stands would be two escalations, or two actions."""
    given_ = material(THE_QUARTER)
    twice = attrs.evolve(given_, escalations=[*given_.escalations, given_.escalations[0]])
    number = len(given_.escalations)
    with pytest.raises(InputError) as raised:
        quarterly_report(twice, FRAMEWORK, Q1, on=ON)
    assert [str(each) for each in raised.value.faults] == [
        f"escalations[{number}].id: it comes again. Give each once, as it stands now."
    ]


def test_an_audit_without_a_date_is_counted_in_no_quarter_and_said() -> None:
    audit = raw("A-1", "2016-05-01", "inadequate")
    del audit["audited"]
    found = report([audit])
    assert (found.audited, found.undated) == (0, 1)
    assert "1 audit without a date" in str(found)
    later = report([audit], window=Q2)
    assert [line.audit for line in later.escalations] == ["A-1"]  # raised in July


def test_a_service_that_cannot_be_told_is_said_not_to_be_known() -> None:
    audit = raw("A-1", "2016-05-01", status="early_help")
    found = report([audit])
    assert {row["service"] for row in rows_of("Audits", found)} == {"", ALL}
    placed = report([audit], services={"A-1": "cat"})
    assert {row["service"] for row in rows_of("Audits", placed)} == {"cat", ALL}
    assert service_of(material([raw("A-2", "2016-05-01")]).audits[0], FRAMEWORK) == "cp"


# --- nobody is named --------------------------------------------------------------------------------------------


def test_no_report_names_a_child_a_worker_or_a_post() -> None:
    given_ = material(THE_QUARTER)
    audits = {each.id: each for each in given_.audits}
    actions = agree_actions(audits["A-05"], by=Actor("auditor", MARK), on=date(2016, 5, 3))
    calls_ = [ended(each) for each in given_.escalations]
    shown: list[object] = []
    for escalations_ in (calls_, ()):
        found = report(actions=actions, escalations=escalations_)
        year = annual_report(the_year(escalations=escalations_))
        for one in (found, year):
            shown += [one, repr(one), one.to_rows(), one.to_markdown(), one.to_html()]
            shown += [one.page, one._repr_html_(), one._repr_markdown_(), one.summary]
        shown += [found.published, found.exceptions.to_rows(), found.overdue.to_rows()]
        shown += [found.escalations, found.actions, found.counts, found.unraised, found.themes]
        shown += [lessons(found, link.id) for link in FRAMEWORK.learning]
    shown += [given_, counted_audits(given_, FRAMEWORK, on=ON), trend(the_year()).to_rows()]
    for each in shown:
        assert MARK not in str(each)
        assert MARK not in repr(each)


def test_what_is_published_names_no_audit() -> None:
    page = report(floor=5, escalations=()).published
    for text in (str(page), page.to_markdown(), page.to_html(), str(page.to_rows())):
        assert not any(each["id"] in text for each in THE_QUARTER)
        assert "There are escalations called for and nobody told." in text or text.startswith("[")
    by_rule = {row["in_all"] for row in page.to_rows() if row["part"] == "Escalations"}
    assert by_rule == {HELD_BACK}
    open_to_all = report(floor=1).published.to_rows()
    assert {row["in_all"] for row in open_to_all if row["part"] == "Escalations"} == {3, 4}


def test_a_report_as_html_is_headed_captioned_and_escaped() -> None:
    found = report([raw("A-<b>", "2016-05-01", "inadequate")])
    html = found.to_html()
    assert "A-&lt;b&gt;" in html
    assert "<b>" not in html
    assert "<b>" not in found.to_markdown()
    assert html.count("<table>") == html.count("<caption>")
    assert html.startswith("<h1>")
    assert [line for line in found.to_markdown().splitlines() if line.startswith("# ")]


# --- what is open, ahead, before ----------------------------------------------------------------------


def test_what_cannot_be_ruled_out_is_in_the_report() -> None:
    """A draft without an overall grade may be Inadequate: it is said, and stands near the top."""
    found = report([raw("A-1", "2016-05-01", "")])
    assert [each.audit for each in found.unsettled] == ["A-1"]
    assert found.summary[0].startswith("1 escalation that cannot be ruled out")
    (first, *_) = found.exceptions.rows
    assert (first["audit"], first["what"]) == ("A-1", "escalation")
    assert "settled by overall" in str(first["why"])
    assert "A-1" not in str(found.published)


def test_an_audit_dated_after_the_day_is_not_counted_yet_and_said() -> None:
    found = report([raw("A-1", "2016-06-20")], on=date(2016, 6, 1))
    assert (found.audited, found.ahead) == (0, 1)
    assert "1 audit dated after 2016-06-01: not counted yet." in str(found)


def test_a_report_with_earlier_ones_shows_the_trend() -> None:
    material_ = material(THE_QUARTER)
    first, second = (
        quarterly_report(material_, FRAMEWORK, each, on=date(2016, 10, 7), floor=1)
        for each in (Q1, Q2)
    )
    both = quarterly_report(material_, FRAMEWORK, Q2, on=date(2016, 10, 7), floor=1, before=[first])
    assert rows_of("Trend", both) == [
        {"part": "Trend", **row} for row in trend([first, second]).to_rows()
    ]
    assert "Trend" not in {row["part"] for row in second.to_rows()}


def test_what_the_programme_asked_for_and_missed_is_an_exception() -> None:
    posts = [
        Post(id=f"TM-{MARK}", role="team_manager", team="north", facts={"area": "locality"}),
        Post(id=f"DCS-{MARK}", role="director_of_childrens_services"),
    ]
    coverage = FRAMEWORK.plan(2016, posts).coverage([], on=ON)
    found = report(coverage=coverage)
    missed = {
        row["row"]: row["missed"] for row in rows_of("Audit programme", found) if row["missed"]
    }
    assert missed
    assert {row["about"] for row in found.exceptions.rows if row["what"] == "programme"} == set(
        missed
    )
    assert MARK not in str(found) + found.to_markdown() + str(found.to_rows())


def test_a_service_whose_one_escalation_rests_on_two_rules_counts_once() -> None:
    found = report([raw("A-1", "2016-05-01", "inadequate")])
    assert len(found.escalations) == 1
    by_rule = {row["rule"]: row["raised"] for row in rows_of("Escalations", found) if "rule" in row}
    assert by_rule == {"escalation.overall_inadequate": 1, "escalation.unsafe": 1}


@pytest.mark.parametrize("floor", [1, 5])
def test_text_rows_markdown_and_html_tell_the_same(floor: int) -> None:
    """Whatever stands in a cell of the report stands in each of its forms."""
    found = report(floor=floor)
    html, markdown = unescape(found.to_html()), unescape(found.to_markdown())
    for row in found.to_rows():
        for name, value in row.items():
            if name != "part" and value not in (None, "", True, False):
                assert str(value) in html
                assert " ".join(str(value).split()) in markdown


def test_a_report_is_the_same_under_any_hash_seed() -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from test_reports import report, the_year, annual_report\n"
        "print(report(floor=5).to_markdown(), report().to_rows(), annual_report(the_year(3)))\n"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code, str(Path(__file__).parent)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "424242")
    }
    assert len(outputs) == 1
