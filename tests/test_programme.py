"""The audit programme as data: every row against the golden table, and what may not be said."""

from __future__ import annotations

import ast
import inspect
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import attrs
import pytest

from qaf_core import READING_2016, Addition, DefinitionError, Framework, reading_programme
from qaf_core.cadence import AtLeast, Every, OnEvent, Ongoing, Period, PerSubject, ShareOf
from qaf_core.editions import Departure
from qaf_core.key_tests import KEY_TESTS
from qaf_core.provenance import Standing
from qaf_core.roles import (
    DIRECTOR_OF_CHILDRENS_SERVICES,
    HEAD_OF_SERVICE,
    ROLES,
    SERVICE_MANAGER,
    TEAM_MANAGER,
    Role,
)
from qaf_core.sampling.programme.model import Programme, Terms, settings_of
from qaf_core.sampling.programme.rows import ProgrammeRow, Quota, ServiceArea, SignOff
from qaf_core.sources import QAF

ROOT = Path(__file__).parents[1]
GOLDEN = tomllib.loads((Path(__file__).with_name("golden") / "programme.toml").read_text("utf-8"))[
    "row"
]
SOURCE = sorted((ROOT.parent / "shared" / "seeds").glob("*.txt"))
FRAMEWORK = Framework.of(READING_2016)
PROGRAMME = FRAMEWORK.programme
SAID: dict[str, Any] = {"source": QAF.at("whole"), "standing": Standing.EDITORIAL}


def moderator(row: ProgrammeRow) -> str | None:
    if row.moderation is None:
        return None
    if row.moderation.by:
        return row.moderation.by.id
    return "next level up" if row.moderation.next_level_up else "not stated"


# --- the golden table -----------------------------------------------------------------------


def test_every_row_of_the_source_is_there_and_no_other() -> None:
    assert [row.id for row in PROGRAMME.rows] == [row["id"] for row in GOLDEN]


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda row: row["id"])
def test_a_row_says_what_the_source_says(golden: dict[str, Any]) -> None:
    row = next(each for each in PROGRAMME.rows if each.id == golden["id"])
    quotas = {
        quota.role.id: "not stated" if quota.number is None else quota.number
        for quota in row.quotas
    }
    assert {
        "cadence": str(row.cadence),
        "quotas": quotas,
        "tools": list(row.tools),
        "install": row.install,
        "moderator": moderator(row),
        "pool": row.pool.id if row.pool else "",
        "selection": row.selection,
        "optional": row.left_out,
        "sign_offs": {each.id: each.by.id for each in row.sign_offs},
        "run_by": row.run_by,
        "key_tests": sum(test.service in row.key_tests for test in KEY_TESTS),
        "covers": [
            (each.id, [role.id for role in each.by], each.sample, each.standing.value)
            for each in row.covers
        ],
        "lines": row.source.lines,
        "standing": row.standing.value,
    } == {
        "cadence": golden["cadence"],
        "quotas": golden.get("quotas", {}),
        "tools": golden.get("tools", []),
        "install": golden.get("install", ""),
        "moderator": golden.get("moderator"),
        "pool": golden.get("pool", ""),
        "selection": golden.get("selection", ""),
        "optional": golden.get("optional", False),
        "sign_offs": golden.get("sign_offs", {}),
        "run_by": golden.get("run_by", ""),
        "key_tests": golden["key_tests"],
        "covers": [
            (each["id"], each["by"], each["sample"], each["standing"])
            for each in golden.get("cover", [])
        ],
        "lines": golden["lines"],
        "standing": golden["standing"],
    }


@pytest.mark.skipif(not SOURCE, reason="the source is not here")
@pytest.mark.parametrize("golden", GOLDEN, ids=lambda row: row["id"])
def test_the_lines_hold_what_the_golden_table_read_there(golden: dict[str, Any]) -> None:
    lines = SOURCE[0].read_text("utf-8").splitlines()
    read: list[str] = []
    for span in golden["lines"].split(", "):
        first, _, last = span.partition("-")
        read += lines[int(first) - 1 : int(last or first)]
    text = " ".join(" ".join(read).replace("*", "").split())
    assert [words for words in golden["printed"] if words not in text] == []


def test_no_moderation_rate_is_stated_anywhere() -> None:
    """Not stated is neither none of them nor all."""
    assert {row.moderation.rate for row in PROGRAMME.rows if row.moderation} == {None}


def test_every_key_test_belongs_to_a_row() -> None:
    services = {service for row in PROGRAMME.rows for service in row.key_tests}
    assert services == {test.service for test in KEY_TESTS}


def test_the_moderator_is_the_next_level_up_where_there_is_one() -> None:
    """Where the table names nobody; above the Director nobody is made up."""
    adoption = PROGRAMME.row("adoption").moderation
    assert adoption is not None
    found = {
        role.id: above.id if (above := adoption.moderator(role, ROLES)) else None
        for role in ROLES
        if role.id
        in (
            "assistant_team_manager",
            "team_manager",
            "service_manager",
            "head_of_service",
            "director_of_childrens_services",
            "elected_member",
        )
    }
    assert found == {
        "assistant_team_manager": "team_manager",
        "team_manager": "service_manager",
        "service_manager": "head_of_service",
        "head_of_service": "director_of_childrens_services",
        "director_of_childrens_services": None,
        "elected_member": None,
    }
    stated = PROGRAMME.row("care_leavers").moderation
    assert stated is not None
    assert stated.moderator(TEAM_MANAGER, ROLES) == SERVICE_MANAGER
    for auditor in (SERVICE_MANAGER, HEAD_OF_SERVICE):
        above = stated.moderator(auditor, ROLES)
        assert above == adoption.moderator(auditor, ROLES), "one as senior is no moderator"
    assert stated.moderator(DIRECTOR_OF_CHILDRENS_SERVICES, ROLES) is None


def test_the_content_has_no_function_in_it() -> None:
    tree = ast.parse(inspect.getsource(reading_programme))
    functions = [node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    assert functions == ["__dir__"]


# --- what rests on settings -----------------------------------------------------------------


def departed(**values: Any) -> Framework:
    return FRAMEWORK.changed(
        departures=[
            Departure(
                setting=name,
                value=value,
                since=date(2016, 2, 1),
                reason="Decided here.",
                approver="quality_assurance_board",
            )
            for name, value in values.items()
        ]
    )


def test_separate_quotas_are_a_setting() -> None:
    """Shared as shipped; a council that departs has three rows of four in place of one."""
    shared = [row.id for row in FRAMEWORK.programme_in(2016).units]
    separate = [row.id for row in departed(pool_sharing="separate").programme_in(2016).units]
    assert "cin_cp_cla" in shared
    assert separate == [row.id for row in PROGRAMME.rows]


def test_the_managing_director_is_counted_where_a_council_says_so() -> None:
    counted = departed(managing_director_audits="counted").programme_in(2016)
    assert PROGRAMME.row("managing_director").left_out
    assert not counted.row("managing_director").left_out


def test_the_year_starts_where_a_setting_says() -> None:
    assert str(FRAMEWORK.programme_in(2016).year(2016)) == "2016/17"
    assert str(departed(programme_year_starts=1).programme_in(2017).year(2017)) == "2017"
    assert departed(programme_year_starts=9).programme_in(2017).year(2017).last == date(2018, 8, 31)


def test_a_departure_within_the_year_waits_for_the_next() -> None:
    """What holds on the first day holds all year; a change within it is the Director's."""
    framework = FRAMEWORK.changed(
        departures=[
            Departure(
                setting="quota_per",
                value="role",
                since=date(2016, 7, 1),
                reason="From summer.",
                approver="quality_assurance_board",
            )
        ]
    )
    assert str(framework.programme_in(2016).row("yos").quotas[0]) == "Team Manager 2 each"
    assert str(framework.programme_in(2017).row("yos").quotas[0]) == "Team Manager 2 in all"


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("programme_year_starts", 13, "takes one of 1, 2, 3"),
        ("pool_sharing", "both", "takes one of shared, separate"),
        ("at_risk_days_each", -1, "Give it 0 or more"),
        ("quota_per", 3, "is a str"),
    ],
)
def test_a_value_that_a_setting_does_not_take_is_refused(
    setting: str, value: Any, said: str
) -> None:
    with pytest.raises(DefinitionError, match=said):
        departed(**{setting: value})


@pytest.mark.parametrize("year", [0, -1, 9999, "2016", True])
def test_a_year_that_is_none_is_refused(year: Any) -> None:
    with pytest.raises(DefinitionError, match="such as 2016"):
        FRAMEWORK.programme_in(year)


def test_every_setting_of_the_programme_is_the_bases() -> None:
    assert {each.id for each in settings_of(PROGRAMME)} == {
        "programme_year_starts",
        "quota_per",
        "pool_sharing",
        "managing_director_audits",
        "part_window",
        "at_risk_days_each",
        "files_a_quarter",
        "files_a_quarter_tolerance",
    }


# --- what is refused at assembly --------------------------------------------------------------


def row(**parts: Any) -> ProgrammeRow:
    made: dict[str, Any] = {
        "id": "extra",
        "title": "Extra",
        "tools": ("case_file",),
        "cadence": Every(1, Period.MONTH),
        **SAID,
    }
    return ProgrammeRow(**made | parts)


STRANGER = Role(id="team_manger", title="Team Manger", **SAID)
OTHER = attrs.evolve(TEAM_MANAGER, title="Another")


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"tools": ("case_fil",)}, "tool 'case_fil', which is not known. Did you mean 'case_file'"),
        ({"areas": ("localty",)}, "area 'localty', which is not known. Did you mean 'locality'"),
        ({"key_tests": ("cinn",)}, "'cinn', which is not known. Did you mean 'cin'"),
        ({"statuses": ("lac",)}, "status of a case 'lac', which is not known"),
        ({"run_by": "nobody"}, "board 'nobody', which is not known"),
        ({"quotas": (Quota(role=STRANGER, number=1),)}, "Did you mean 'team_manager'"),
        ({"quotas": (Quota(role=OTHER, number=1),)}, "that is not the one known"),
        ({"quotas": (Quota(role=TEAM_MANAGER, number=1),) * 2}, "more than one quota"),
        ({"id": "cin"}, "programme row 'cin' is reading's"),
        ({"id": "cin_cp_cla"}, "programme row 'cin_cp_cla' is reading's"),
    ],
)
def test_a_row_that_names_what_is_not_there_is_refused(parts: dict[str, Any], said: str) -> None:
    addition = Addition(id="more", version="1", programme=Programme(rows=(row(**parts),)))
    with pytest.raises(DefinitionError) as caught:
        Framework.of(READING_2016, addition)
    assert said in str(caught.value)


def test_an_addition_brings_rows_and_no_terms() -> None:
    """A service's row stands beside the base's; the terms are the base's alone."""
    ours = ServiceArea(id="short_breaks", title="Short breaks", **SAID)
    programme = Programme(rows=(row(areas=("short_breaks",)),), areas=(ours,))
    framework = Framework.of(READING_2016, Addition(id="more", version="1", programme=programme))
    assert framework.programme.rows[-1].id == "extra"
    assert framework.programme.terms == PROGRAMME.terms
    bold = attrs.evolve(programme, terms=Terms(days_each=1))
    with pytest.raises(DefinitionError, match="terms of the programme, which are the base's"):
        Framework.of(READING_2016, Addition(id="more", version="1", programme=bold))


def test_rows_of_a_pool_ask_for_the_same() -> None:
    rows = list(PROGRAMME.rows)
    rows[2] = attrs.evolve(rows[2], cadence=Every(1, Period.MONTH))
    base = attrs.evolve(READING_2016, programme=attrs.evolve(PROGRAMME, rows=tuple(rows)))
    with pytest.raises(DefinitionError, match="'cp' is in a pool with 'cin' and asks for"):
        Framework.of(base)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: Every(5, Period.MONTH), "do not fill a year"),
        (lambda: Every(0, Period.MONTH), "whole number of 1 or more"),
        (lambda: AtLeast(0, Period.YEAR), "whole number of 1 or more"),
        (lambda: ShareOf(0, Period.YEAR), "above 0, up to 100"),
        (lambda: ShareOf(0.1, Period.YEAR), "above 0, up to 100"),  # type: ignore[arg-type]
        (lambda: ShareOf(5, Period.YEAR, at_least=5, at_most=4), "no more than its most"),
        (lambda: Quota(role=TEAM_MANAGER, number=0), "None where none is stated"),
        (lambda: Quota(role=TEAM_MANAGER, number=1, per="team"), "per 'post' or per 'role'"),
        (lambda: row(id="a row"), "has an id that is none"),
        (lambda: row(cadence=PerSubject(1, Period.YEAR)), "covers subjects if, and only if"),
        (
            lambda: row(
                cadence=Ongoing(), sign_offs=(SignOff(id="a", label="A", by=TEAM_MANAGER, **SAID),)
            ),
            "sign-offs and no event",
        ),
        (
            lambda: row(
                cadence=OnEvent("a", "an event"), quotas=(Quota(role=TEAM_MANAGER, number=1),)
            ),
            "quotas, which go with a period",
        ),
        (lambda: row(counted="perhaps"), "counted or left out"),
        (lambda: row(tools="case_file"), "tools that are one text"),
        (
            lambda: row(
                cadence=AtLeast(2, Period.YEAR), quotas=(Quota(role=TEAM_MANAGER, number=1),)
            ),
            "quotas, which go with a period",
        ),
        (lambda: Terms(year_starts=0), "a month from 1 to 12"),
        (lambda: Terms(days_each=-1), "0 or more"),
        (lambda: Terms(part="half"), "'pro_rata' is asked for, or 'full'"),
    ],
)
def test_a_row_that_makes_no_sense_is_refused_where_it_is_written(make: Any, said: str) -> None:
    with pytest.raises(DefinitionError, match=said):
        make()
