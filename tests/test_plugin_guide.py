"""The page on writing a plugin is followed to the letter: every file and every command."""

from __future__ import annotations

import doctest
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from attrs import frozen

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "write-a-plugin.md"
BLOCK = re.compile(
    r"(?:^\*\*`(?P<path>[^`\n]+)`\*\*\n\n)?^```(?P<language>\w+)\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
LIKE_IT = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
OUT_OF_REACH = ("No matching distribution found", "Failed to establish a new connection")


@frozen
class Step:
    """A file to write, or commands to run and what they print."""

    path: str = ""
    text: str = ""
    commands: str = ""
    shown: str | None = None


def steps(page: str) -> Iterator[Step]:
    """What the page says to do, in order."""
    commands: str | None = None
    for block in BLOCK.finditer(page):
        path, language, text = block.group("path", "language", "text")
        if commands is not None:
            yield Step(commands=commands, shown=text if language == "text" else None)
            commands = None
            if language == "text":
                continue
        if language == "sh":
            commands = text
        elif language != "python":  # that is run by doctest, as on every page
            assert path, f"this block names no file:\n{text}"
            yield Step(path=path, text=text)
    if commands is not None:
        yield Step(commands=commands)


class Shell:
    """One reader's shell: the folder and the environment last from block to block."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.state = folder / "state"
        self.env = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("PYTHON") and name != "VIRTUAL_ENV"
        }
        self.env["PATH"] = os.pathsep.join((str(Path(sys.executable).parent), self.env["PATH"]))
        self.env["PIP_DISABLE_PIP_VERSION_CHECK"] = "1"

    def run(self, commands: str) -> str:
        """Run a block as it is printed and give what it says."""
        # The library under test stands in for the published one, as the page allows.
        typed = re.sub(r"(?<=^pip install )qaf-core$", f'"{ROOT}"', commands, flags=re.MULTILINE)
        script = f'{typed}\n{{ pwd; printf "%s\\n" "$PATH"; }} > "{self.state}"\n'
        done = subprocess.run(
            ["bash", "-eo", "pipefail", "-c", script],
            cwd=self.folder,
            env=self.env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=600,
            check=False,
        )
        offline = any(sign in done.stderr for sign in OUT_OF_REACH)
        if done.returncode and typed != commands and offline:
            pytest.skip("no package registry is in reach")
        assert done.returncode == 0, f"{typed}\n{done.stdout}\n{done.stderr}"
        folder, self.env["PATH"] = self.state.read_text("utf-8").splitlines()
        self.folder = Path(folder)
        return done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="the page is for a shell with `.`")
@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
@pytest.mark.skipif(not (ROOT / "pyproject.toml").exists(), reason="nothing to install here")
def test_the_page_is_followed_from_an_empty_folder(tmp_path: Path) -> None:
    """Every file is written, every command run, and what the page shows is what is printed."""
    shell = Shell(tmp_path)
    shown = 0
    for step in steps(PAGE.read_text("utf-8")):
        if step.path:
            (shell.folder / step.path).write_text(step.text, encoding="utf-8")
            continue
        printed = shell.run(step.commands)
        if step.shown is not None:
            shown += 1
            assert doctest.OutputChecker().check_output(step.shown, printed, LIKE_IT), (
                f"{step.commands}\nprints\n{printed}\nand the page shows\n{step.shown}"
            )
    assert shown >= 7, "the page shows what comes of its commands"


def test_the_test_of_a_plugin_takes_no_more_than_five_lines() -> None:
    """As promised."""
    [test] = [each for each in steps(PAGE.read_text("utf-8")) if each.path.startswith("tests/")]
    assert len([line for line in test.text.splitlines() if line]) <= 5
