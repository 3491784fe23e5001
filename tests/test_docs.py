"""The pages, the front door and the docstrings say what is so."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pytest

import qaf_core
from qaf_core.findings import Status
from qaf_core.logic import Verdict
from qaf_core.provenance import Standing
from qaf_core.tools.model import Aspect

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
PAGES = [README, ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
MODULES = ["qaf_core", *(m.name for m in pkgutil.walk_packages(qaf_core.__path__, "qaf_core."))]


def shell_blocks(page: Path) -> list[str]:
    return re.findall(r"^```sh\n(.*?)^```$", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", each).strip().lower().replace(" ", "-") for each in headings}


def test_the_readme_prints_two_commands_each_with_an_environment_of_its_own() -> None:
    try_it, test_it = (block.strip() for block in shell_blocks(README))
    for command, folder in ((try_it, ".venv"), (test_it, ".venv-test")):
        assert "\n" not in command
        make, install, run = command.split(" && ")
        assert make == f"python3 -m venv {folder}"
        assert install.startswith(f"{folder}/bin/pip install ")
        assert run.startswith(f"{folder}/bin/")


@pytest.mark.skipif(sys.platform == "win32", reason="the script is for bash")
def test_the_checks_run_the_very_commands_of_the_readme() -> None:
    script = ROOT / ".ci" / "run"
    if not script.exists():
        pytest.skip("not part of a source distribution")
    printed = subprocess.run(
        ["bash", str(script), "--commands"], check=True, capture_output=True, text=True
    ).stdout
    assert [block.strip() for block in shell_blocks(README)] == printed.splitlines()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    for link in re.findall(r"\]\(([^)]+)\)", page.read_text("utf-8")):
        file, _, anchor = link.partition("#")
        target = page.parent / file if file else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_all_python_on_a_page_is_run(page: Path) -> None:
    for block in re.findall(
        r"^```python\n(.*?)^```$", page.read_text("utf-8"), re.MULTILINE | re.DOTALL
    ):
        assert block.startswith(">>> ")
        assert block.endswith("\n\n"), "doctest would take the closing fence as output"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_is_laid_out_whole(page: Path) -> None:
    """Pages are merged from several hands: no fence is lost, and nothing stands there twice."""
    text = page.read_text("utf-8")
    outside = re.sub(r"^```\w*\n.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    assert ">>> " not in outside
    assert "```" not in re.sub(r"^```\w*$", "", outside, count=0, flags=re.MULTILINE)
    for heading in re.finditer(r"^#+ .+$", outside, re.MULTILINE):
        before, after = outside[: heading.start()], outside[heading.end() :]
        assert not before or before.endswith("\n\n"), heading[0]
        assert after.startswith("\n\n"), heading[0]
    said = [each for each in re.split(r"\n\s*", outside) if len(each) > 80]
    assert [each for each in said if said.count(each) > 1] == []


def test_every_page_is_linked_from_the_start_page() -> None:
    text = (ROOT / "docs" / "index.md").read_text("utf-8")
    pages = {page.relative_to(ROOT / "docs").as_posix() for page in (ROOT / "docs").rglob("*.md")}
    assert {page for page in pages - {"index.md"} if f"]({page}" not in text} == set()


def test_every_public_name_is_on_the_start_page() -> None:
    text = (ROOT / "docs" / "index.md").read_text("utf-8")
    assert {name for name in qaf_core.__all__ if f"`{name}`" not in text} == set()


@pytest.mark.parametrize(
    "word", [str(each.value) for kind in (Standing, Status, Verdict, Aspect) for each in kind]
)
def test_the_words_for_states_are_in_the_glossary(word: str) -> None:
    text = (ROOT / "docs" / "glossary.md").read_text("utf-8").lower()
    assert f"**{word}**" in text or f"*{word}*" in text


def test_the_front_door_lists_each_name_once_and_every_name_leads_somewhere() -> None:
    assert dir(qaf_core) == sorted(qaf_core.__all__)
    assert len(set(qaf_core.__all__)) == len(qaf_core.__all__)
    for name in qaf_core.__all__:
        assert getattr(qaf_core, name) is not None


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing_of_the_kind'"):
        _ = qaf_core.nothing_of_the_kind


def test_importing_the_package_loads_nothing_but_itself() -> None:
    code = "import sys, qaf_core; print(*sorted(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-I", "-c", code], check=True, capture_output=True, text=True
    ).stdout.split()
    assert [name for name in loaded if name.startswith("qaf_core")] == ["qaf_core"]
    assert {"attr", "attrs", "cattrs", "pluggy"}.isdisjoint(loaded)


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_docstrings_are_so(name: str) -> None:
    module = importlib.import_module(name)
    failed, _ = doctest.testmod(module, optionflags=doctest.NORMALIZE_WHITESPACE)
    assert failed == 0, f"see the report above; try python -m doctest {module.__file__}"


@pytest.mark.parametrize("name", MODULES)
def test_a_module_shows_only_what_it_offers(name: str) -> None:
    module = importlib.import_module(name)
    offered = getattr(module, "__all__", None)
    if offered is not None:
        assert dir(module) == sorted(offered)
        for each in offered:
            assert hasattr(module, each)
