"""What is read the quick way is what is read with care; whatever is amiss is left to care.

Audits of every tool of two frameworks, as they are and with one thing after another put
wrong, are read both ways.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from random import Random  # noqa: TID251 - chance with a seed of its own
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from qaf_core import READING_2016, Audit, Framework, Tool, example, write_audit
from qaf_core.errors import Fault
from qaf_core.interchange.parsing import NOT_PLAIN, parse, plainly
from qaf_core.interchange.quick import read_quickly
from qaf_core.interchange.reader import Reader
from qaf_core.testing import audits
from second_framework.framework import NORTHMERE

FRAMEWORKS = {"reading": Framework.of(READING_2016), "second": Framework.of(NORTHMERE)}
TOOLS = [
    pytest.param(framework, tool, id=f"{name}.{tool.id}")
    for name, framework in FRAMEWORKS.items()
    for tool in framework.tools
]
ODD: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 10**20, "", " ", "no such code", "2016-02-30", "2016-W05-1",
    "20160229xx", "2016-02-29", "yes", "\ud800", "caf\u00e9", [], ["a", "a"], {}, {"x": 1},
    {"not_applicable": ""}, {"not_applicable": "moved"}, {"not_applicable": None}, "x" * 201, "1",
)  # fmt: skip


def read_at_once(text: str, framework: Framework) -> Audit | None:
    """The audit read the quick way, if it is taken."""
    return read_quickly(plainly(text), framework)


def read_with_care(text: str, framework: Framework) -> Audit | None:
    """The audit, if the reader finds no fault in it."""
    parsed = parse(text)
    faults: list[Fault] = [*parsed.faults]
    reader = Reader(framework, faults)
    tool = reader.tool(parsed.value)
    audit = None if tool is None else reader.audit(parsed.value, tool)
    return None if faults else audit


def places(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every part of plain data."""
    inside: Any = node.items() if isinstance(node, dict) else ()
    for key, each in enumerate(node) if isinstance(node, list) else inside:
        yield (*path, key)
        yield from places(each, (*path, key))


def put_wrong(plain: Any, chance: Random) -> Any:
    """The same data with one thing in it replaced, left out, moved or added."""
    again = deepcopy(plain)
    *way, last = chance.choice(list(places(again)))
    node = again
    for key in way:
        node = node[key]
    drawn = chance.random()
    if drawn < 0.6:
        node[last] = chance.choice(ODD)
    elif drawn < 0.75:
        del node[last]
    elif isinstance(node, dict):
        name = chance.choice((*plain, "not_applicable", "grade", "about", "by", "no such key"))
        node[name] = chance.choice((*ODD, node[last]))
    else:
        node.append(chance.choice((*ODD, node[last])))
    return again


@pytest.mark.parametrize(("framework", "tool"), TOOLS)
@settings(phases=[Phase.generate])  # what is put wrong hangs on the seed: smaller is not simpler
@given(data=st.data())
def test_both_ways_of_reading_agree(framework: Framework, tool: Tool, data: st.DataObject) -> None:
    """The same audit both ways, or none both ways."""
    plain = json.loads(write_audit(data.draw(audits(framework, tool))))
    chance = Random(data.draw(st.integers(0, 2**32)))
    if chance.random() < 0.3:
        part = {key: plain[key] for key in ("answers", "judgements") if key in plain}
        plain["returns"] = [{"party": framework.roles[0].id, **part}]
    text = json.dumps(plain)
    assert read_at_once(text, framework) == read_with_care(text, framework) is not None
    for _ in range(12):
        wrong = json.dumps(put_wrong(plain, chance))
        assert read_at_once(wrong, framework) == read_with_care(wrong, framework)


@pytest.mark.parametrize("name", ["good_throughout", "inadequate_unsafe"])
def test_one_thing_after_another_put_wrong(name: str) -> None:
    """Every part of a whole audit replaced by every odd value."""
    framework = FRAMEWORKS["reading"]
    plain = json.loads(example(name))
    taken = refused = 0
    for way in places(plain):
        for odd in ODD:
            again = deepcopy(plain)
            node = again
            for key in way[:-1]:
                node = node[key]
            node[way[-1]] = odd
            text = json.dumps(again)
            quick = read_at_once(text, framework)
            assert quick == read_with_care(text, framework)
            taken, refused = taken + (quick is not None), refused + (quick is None)
    assert taken > 100
    assert refused > 1000


def test_a_key_that_comes_twice_is_never_read_at_once() -> None:
    """Wherever it stands, and whether or not its values are the same."""
    framework = FRAMEWORKS["reading"]
    text = example("inadequate_unsafe")
    assert read_at_once(text, framework) is not None
    keys = [at for at in range(len(text)) if re.match(r'"\w+": (?!\[)', text[at:])]
    for at in keys:
        key = re.match(r'"\w+": ', text[at:])
        assert key is not None
        for value in ("null", '""', "true", "{}"):
            twice = f"{text[:at]}{key[0]}{value}, {text[at:]}"
            assert plainly(twice) is not NOT_PLAIN
            assert read_at_once(twice, framework) is None
            assert read_with_care(twice, framework) is None
    assert len(keys) > 100
