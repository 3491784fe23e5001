"""Everything says where it comes from, in words of its own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from qaf_core import READING_2016, Framework
from qaf_core.provenance import Document, Reference, Standing
from qaf_core.reference import Item, items

ROOT = Path(__file__).parents[1]
SOURCE = sorted((ROOT.parent / "shared" / "seeds").glob("*.txt"))
FRAMEWORK = Framework.of(READING_2016)
ITEMS = tuple(items(FRAMEWORK))
LINES = re.compile(r"\d+(-\d+)?(, \d+(-\d+)?)*")

MOST_WORDS = 7
"""As many words of the source's prose as may stand in a row."""

TITLES = (
    "Director of Children, Education and Early Help Services",
    "Director of Children Education and Early Help",
    "Children, Education and Early Help Directorate",
    "Good Practice Standards for Children's Social Care",
    "Children's Social Care Quality Assurance Framework",
    "Health and Care Professions Council",
    "Standards of Conduct, Performance and Ethics",
    "Social Work Professional Capabilities Framework",
    "LSCB Performance and Quality Assurance sub-group",
    "Adult Children and Education Committee",
)
"""Names of roles and titles of documents, each of which counts as one word."""


def named(item: Item) -> str:
    return f"{item.sort} {item.within}.{item.id}" if item.within else f"{item.sort} {item.id}"


def spans(lines: str) -> Iterator[tuple[int, int]]:
    """The first and last of each stretch of lines."""
    for span in filter(None, lines.split(", ")):
        first, _, last = span.partition("-")
        yield int(first), int(last or first)


# --- where it comes from -------------------------------------------------------------------


def test_every_sort_of_thing_is_walked() -> None:
    """What the framework lists under an id is among what is walked, and so are their parts."""
    walked = Counter((item.sort, item.id) for item in ITEMS)
    for sort, listed in (
        ("standard", FRAMEWORK.standards),
        ("scale", FRAMEWORK.scales),
        ("role", FRAMEWORK.roles),
        ("board", FRAMEWORK.boards),
        ("subject kind", FRAMEWORK.subjects),
        ("fact", FRAMEWORK.facts),
        ("tool", FRAMEWORK.tools),
        ("rule", FRAMEWORK.rules),
        ("setting", FRAMEWORK.settings),
        ("machine", FRAMEWORK.machines),
        ("state", [each for machine in FRAMEWORK.machines for each in machine.states]),
        ("paper", [each for machine in FRAMEWORK.machines for each in machine.papers]),
        ("guard", [each for machine in FRAMEWORK.machines for each in machine.guards]),
        ("clock", [each for machine in FRAMEWORK.machines for each in machine.clocks]),
        ("transition", [each for machine in FRAMEWORK.machines for each in machine.transitions]),
        ("step", FRAMEWORK.steps),
        ("place", FRAMEWORK.places),
        ("stream", FRAMEWORK.streams),
        ("point", FRAMEWORK.points),
        ("criterion", [one for each in FRAMEWORK.standards for one in each.criteria]),
        ("section", [section for tool in FRAMEWORK.tools for section in tool.sections]),
        ("question", [each.item for tool in FRAMEWORK.tools for each in tool.questions]),
        ("judgement", [each.item for tool in FRAMEWORK.tools for each in tool.judged]),
    ):
        assert Counter((sort, each.id) for each in listed) <= walked
        assert listed, sort


def test_an_id_names_one_thing_of_its_sort() -> None:
    """Within a tool or machine for what is part of one; else within the framework."""
    parts_of_tools = {"section", "question", "judgement"}
    parts_of_tools |= {"state", "paper", "guard", "clock", "transition"}
    ids = Counter(
        (item.sort, item.within if item.sort in parts_of_tools else "", item.id) for item in ITEMS
    )
    assert [id for id, count in ids.items() if count > 1] == []


def test_everything_has_an_id_a_source_a_standing_and_words_of_its_own() -> None:
    for item in ITEMS:
        assert isinstance(item.source, Reference), named(item)
        assert isinstance(item.source.document, Document), named(item)
        assert isinstance(item.standing, Standing), named(item)
        document = item.source.document
        parts = (document.id, document.title, document.publisher, document.dated)
        assert all(part.strip() for part in (*parts, item.source.clause)), named(item)
        assert item.id.strip(), named(item)
        assert item.words.strip(), named(item)


def test_what_is_stated_or_inferred_names_the_lines_it_was_read_from() -> None:
    """So that whoever signs it off can look there."""
    for item in ITEMS:
        if item.standing is Standing.EDITORIAL and not item.source.lines:
            continue
        assert LINES.fullmatch(item.source.lines), named(item)
        for first, last in spans(item.source.lines):
            assert 1 <= first <= last, named(item)


@pytest.mark.skipif(not SOURCE, reason="the source is not here")
def test_the_lines_are_in_the_source() -> None:
    """And something stands there."""
    text = SOURCE[0].read_text("utf-8").splitlines()
    for item in ITEMS:
        for first, last in spans(item.source.lines):
            assert any(line.strip() for line in text[first - 1 : last]), named(item)


# --- words of its own ------------------------------------------------------------------------


def words_of(text: str) -> list[str]:
    """The words of a text in small letters, each title as one."""
    text = re.sub(r"^.*\| *P *a *g *e\b.*$|^\s*Version: DRAFT v1\s*$", "", text, flags=re.MULTILINE)
    text = " ".join(_words(text))
    for title in sorted(TITLES, key=len, reverse=True):
        joined = "_".join(_words(title))
        text = re.sub(rf"\b{re.escape(' '.join(_words(title)))}\b", joined, text)
    return text.split()


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+(?:'[a-z]+)?", text.lower().replace("\u2019", "'"))


def runs(words: list[str], known: set[tuple[str, ...]], length: int) -> Iterator[str]:
    """The longest runs of words whose every stretch of a length is known."""
    start = 0
    while start <= len(words) - length:
        end = start
        while tuple(words[end : end + length]) in known:
            end += 1
        if end > start:
            yield " ".join(words[start : end + length - 1])
        start = end + 1


def own_files() -> list[Path]:
    folders = [ROOT / "src", ROOT / "docs", *(ROOT / "plugins").glob("*/src")]
    files = [file for folder in folders for file in folder.rglob("*")]
    files += [ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "plugins").glob("*/*.md")]
    kinds = {".py", ".md", ".json", ".jsonl", ".toml", ".txt", ".html"}
    return sorted(file for file in files if file.suffix in kinds and file.is_file())


def test_a_run_of_the_sources_words_is_found() -> None:
    """The check sees through quotation marks, line breaks, case and titles."""
    source = "Children are seen, and the Adult Children and Education Committee hears of it soon."
    known = {tuple(words_of(source)[at : at + 8]) for at in range(3)}
    copied = (
        'x = "Children are SEEN and "\n    "the Adult Children and Education Committee hears of"'
    )
    assert list(runs(words_of(copied), known, 8)) == [
        "children are seen and the adult_children_and_education_committee hears of"
    ]
    assert list(runs(words_of("children are seen and heard of it soon"), known, 8)) == []


@pytest.mark.skipif(not SOURCE, reason="the source is not here")
def test_no_sentence_of_the_source_is_copied() -> None:
    """No run of eight or more consecutive words of its prose stands in the package or docs."""
    length = MOST_WORDS + 1
    known: set[tuple[str, ...]] = set()
    for source in SOURCE:
        words = words_of(source.read_text("utf-8"))
        known |= {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}
    assert len(known) > 10_000
    copied = [
        f"{file.relative_to(ROOT)}: {run}"
        for file in own_files()
        for run in runs(words_of(file.read_text("utf-8")), known, length)
    ]
    assert copied == []
