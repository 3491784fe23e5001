"""Writes docs/reference, and the story of docs/a-quarter.md, from the code.

Run it with ``python docs/generate.py``. With ``--check`` it writes nothing, names the pages that are stale, and fails if there are any.
"""

# ruff: noqa: INP001, T201 - a script beside the pages, which says what it does

from __future__ import annotations

import re
import sys
from pathlib import Path

from qaf_core import READING_2016, Framework
from qaf_core.quarter import chapters, run_quarter
from qaf_core.reference import pages

FOLDER = Path(__file__).parent / "reference"
STORY = FOLDER.parent / "a-quarter.md"
CHAPTER = re.compile(r'^(>>> print\(told\["(.+?)"\]\)\n).*?(?=^>>>|^```)', re.MULTILINE | re.DOTALL)


def stale() -> dict[Path, str]:
    """The pages that differ from what the code says, each with what it should hold."""
    framework = Framework.of(READING_2016)
    wanted = {FOLDER / name: text for name, text in pages(framework).items()}
    wanted[STORY] = told_again(STORY.read_text("utf-8"), framework)
    return {
        file: text
        for file, text in wanted.items()
        if not file.exists() or file.read_text("utf-8") != text
    }


def told_again(page: str, framework: Framework) -> str:
    """The page with every chapter as it is told now."""
    told = chapters(run_quarter(framework))

    def shown(found: re.Match[str]) -> str:
        lines = told[found[2]].rstrip("\n").split("\n")
        ends = "" if page.startswith(">>>", found.end()) else "\n"
        return found[1] + "".join(f"{line or '<BLANKLINE>'}\n" for line in (*lines, "")) + ends

    return CHAPTER.sub(shown, page)


def main() -> int:
    """Write the stale pages, or name them."""
    check = "--check" in sys.argv[1:]
    found = stale()
    for file, text in found.items():
        print(f"{'stale' if check else 'written'}: {file.name}")
        if not check:
            FOLDER.mkdir(exist_ok=True)
            file.write_text(text, "utf-8", newline="\n")
    return 1 if check and found else 0


if __name__ == "__main__":
    sys.exit(main())
