"""The page on drawing a sample: its shell commands are run, and print what it says."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[1] / "docs" / "draw-a-sample.md"
BLOCKS = re.findall(
    r"^```sh\n(.*?)^```\n\n```text\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL
)
SHELL = [tool for tool in ("bash", "sha256sum", "seq", "awk") if shutil.which(tool) is None]


@pytest.mark.skipif(bool(SHELL), reason="no shell with sha256sum here")
def test_a_shell_draws_the_same_sample(tmp_path: Path) -> None:
    """Block after block in one shell: each prints what stands under it."""
    assert len(BLOCKS) == PAGE.read_text("utf-8").count("```sh")
    qaf = f'qaf() {{ "{sys.executable}" -m qaf_core.cli "$@"; }}\n'
    script = qaf + "".join(f"{commands}\necho '--- end'\n" for commands, _ in BLOCKS)
    ran = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.split("--- end\n")[:-1] == [printed for _, printed in BLOCKS]
