"""All plugins in one environment: they load side by side, and none changes another or the base.

For an environment that holds qaf_core and every plugin of this folder; elsewhere it is skipped.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from datetime import date
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from qaf_core import EXAMPLES, Framework, example, load_framework, read_audit
from qaf_core.cli import main
from qaf_core.quarter import run_quarter

HERE = Path(__file__).parent
PROJECTS = [
    tomllib.loads(path.read_text("utf-8")) for path in sorted(HERE.glob("*/pyproject.toml"))
]
MODULES = {
    name: module
    for project in PROJECTS
    for name, module in project["project"]["entry-points"]["qaf_core"].items()
}
INSTALLED = {each.name for each in entry_points(group="qaf_core")}
AUDITS = sorted(HERE.glob("*/src/*/examples/*.json"))
DAY = "2016-03-01"

pytestmark = pytest.mark.skipif(
    not set(MODULES) <= INSTALLED, reason="not every plugin is installed here"
)


@pytest.fixture(scope="module")
def together() -> Framework:
    """Reading's framework with all that is installed, none left out."""
    return load_framework()


@cache
def without_the_others(module: str) -> Framework:
    """Reading's framework with this plugin and no other."""
    return load_framework(plugins=[import_module(module)])


def said(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """What the command prints; it finds nothing wrong."""
    status = main(arguments)
    printed = capsys.readouterr()
    assert (status, printed.err) == (0, "")
    return printed.out


def test_every_plugin_loads_beside_the_others(together: Framework) -> None:
    """Strictly: a clash of ids, or of what two mean by one fact, would be refused."""
    assert {each.id for each in together.additions} == set(MODULES) == INSTALLED
    assert together.faults == ()


def test_the_command_names_them_all() -> None:
    """The very script that is installed."""
    script = Path(sys.executable).with_name("qaf")
    run = subprocess.run([script, "plugins"], check=True, capture_output=True, text=True)  # noqa: S603 - our own
    assert f"{len(MODULES)} plugins installed" in run.stdout
    assert run.stderr == ""
    for project in PROJECTS:
        name = project["project"]["name"].removeprefix("qaf-")
        assert f"{name} {project['project']['version']}: " in run.stdout


def test_every_tool_is_listed_and_prints_as_a_form(
    together: Framework, capsys: pytest.CaptureFixture[str]
) -> None:
    """``qaf tools`` and ``qaf form``, for the base's tools and for every plugin's."""
    listed = said(["tools"], capsys)
    for tool in together.tools:
        assert f"  {tool.id} {tool.version}: " in listed
        form = said(["form", tool.id], capsys)
        assert all(f"`{placed.item.id}`" in form for placed in tool.questions)


def test_the_laws_of_all_hold_side_by_side(
    together: Framework, capsys: pytest.CaptureFixture[str]
) -> None:
    """``qaf check``: nothing is wrong, and no plugin breaks a law of another or of the base."""
    checked = said(["check"], capsys)

    assert f"{len(together.laws)} of {len(together.laws)} laws hold, no problems" in checked
    for addition in together.additions:
        assert addition.laws
        assert all(f"{law.statement} [{law.id}: " in checked for law in addition.laws)


def test_a_whole_quarter_is_run_with_every_service(together: Framework) -> None:
    """Files of every service are drawn, audited with its tool, and in the board's report."""
    quarter = run_quarter(together, teams=1)

    audited = {audit.tool.id for audit in quarter.audits}
    kinds = {tool.subject: tool.id for tool in together.tools}
    assert {together.tool(id).subject for id in audited} == set(kinds)
    services = {row.id for row in together.programme.rows if row.install and row.quotas}
    assert services <= {key[0] for key in quarter.report.counts.under("audited")}


@pytest.mark.parametrize("path", AUDITS, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_every_example_is_reviewed_as_by_its_plugin_alone(
    path: Path, together: Framework, capsys: pytest.CaptureFixture[str]
) -> None:
    """``qaf review`` says of it what it says where no other plugin is installed."""
    alone = without_the_others(path.parts[-3])
    audit = read_audit(path.read_text("utf-8"), alone)
    expected = str(alone.review(audit, on=date.fromisoformat(DAY)))

    printed = said(["review", str(path), "--on", DAY], capsys)

    assert printed.strip() == expected.strip()
    assert printed.startswith(f"Audit {audit.id} ({audit.tool.id} {audit.tool.version})")
    assert together.tool(audit.tool.id).fingerprint == audit.tool.fingerprint


@pytest.mark.parametrize("name", sorted(set(EXAMPLES) - {"malformed"}))
def test_an_audit_of_the_base_is_reviewed_as_without_any(name: str, together: Framework) -> None:
    """No plugin adds to, or takes from, what follows from the base's own tools."""
    alone = load_framework(plugins=())
    day = date.fromisoformat(DAY)

    [before, after] = [
        str(framework.review(read_audit(example(name), framework), on=day))
        for framework in (alone, together)
    ]

    assert after == before
