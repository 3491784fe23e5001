"""For the tests of hosts and plugins: random audits, and the check of a whole plugin.

Needs the extra ``qaf-core[testing]``.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qaf_core.additions import Addition
from qaf_core.audits import (
    Action,
    Audit,
    Explanation,
    Judged,
    NotApplicable,
    Participant,
    Return,
    Subject,
    Tag,
    ToolPin,
)
from qaf_core.facts import Origin
from qaf_core.forms import to_markdown
from qaf_core.framework import Framework
from qaf_core.interchange import read_audit, write_audit
from qaf_core.logic.values import Kind, Sort
from qaf_core.plugins import load_framework
from qaf_core.tools.model import Tool

__all__ = ["answers_of", "audits", "check_plugin"]


def __dir__() -> list[str]:
    return __all__


_DATES = st.dates(min_value=date(2012, 1, 1), max_value=date(2026, 12, 31))
_TEXT = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=20)
_SOME_TEXT = _TEXT.filter(str.strip)
_IDS = st.from_regex(r"[A-Za-z][A-Za-z0-9\-]{0,8}", fullmatch=True)
_REASONS = _TEXT.map(NotApplicable)


def answers_of(kind: Kind) -> st.SearchStrategy[Any]:
    """Valid values of a kind."""
    match kind.sort:
        case Sort.YES_NO:
            return st.booleans()
        case Sort.CODE:
            return st.sampled_from(kind.every_code)
        case Sort.CODES:
            return st.lists(st.sampled_from(kind.every_code), unique=True).map(tuple)
        case Sort.DATE:
            return _DATES
        case Sort.MOMENT:
            return st.datetimes(
                datetime(2012, 1, 1),
                datetime(2026, 12, 31),
                timezones=st.just(UTC),
            ).map(lambda moment: moment.replace(microsecond=0, fold=0))
        case Sort.COUNT:
            return st.integers(0, 100)
        case Sort.NUMBER:
            return _numbers(kind)
        case Sort.TEXT:
            return _SOME_TEXT
        case Sort.ID:
            return _IDS


def _numbers(kind: Kind) -> st.SearchStrategy[Fraction]:
    low = kind.lowest or Fraction(0)
    high = Fraction(1000) if kind.highest is None else kind.highest
    step = kind.step or Fraction(1, 4)
    return st.integers(0, int((high - low) / step)).map(lambda steps: low + steps * step)


def audits(framework: Framework, tool: Tool) -> st.SearchStrategy[Audit]:
    """Audits with a tool, from blank drafts to complete ones, right and wrong in content."""
    return _audits(framework, tool)


@st.composite
def _audits(draw: st.DrawFn, framework: Framework, tool: Tool) -> Audit:
    host = {
        fact.id: answers_of(fact.kind)
        for fact in framework.facts
        if fact.origin is Origin.HOST and fact.known_for(tool.subject)
    }
    answers, judgements = _answers(tool), _judgements(tool)
    loose = {section.id: _REASONS for section in tool.sections if section.takes_na}
    return Audit(
        id=draw(_IDS),
        tool=ToolPin(id=tool.id, version=tool.version, fingerprint=tool.fingerprint),
        subject=Subject(id=draw(_IDS), kind=tool.subject, facts=draw(_some(host))),
        audited=draw(st.none() | _DATES),
        participants=draw(_few(st.builds(Participant, role=_ids_of(framework.roles), post=_IDS))),
        answers=draw(_some(answers)),
        judgements=draw(_some(judgements)),
        sections=draw(_some(loose)) if draw(st.booleans()) else {},
        expected=tuple(draw(st.lists(_ids_of(framework.roles), unique=True, max_size=2))),
        returns=tuple(
            Return(
                party=party,
                received=draw(st.none() | _DATES),
                answers=draw(_some(answers)),
                judgements=draw(_some(judgements)),
                moderated=draw(st.booleans()),
            )
            for party in draw(st.lists(_ids_of(framework.roles), unique=True, max_size=2))
        ),
        completed=draw(st.none() | _DATES),
        tags=draw(
            _few(
                st.builds(
                    Tag,
                    theme=st.from_regex(r"[a-z][a-z_]{0,8}", fullmatch=True),
                    about=st.sampled_from(["", *answers, *judgements]),
                )
            )
        ),
        moderates=draw(st.just("") | _IDS),
        parent=draw(st.just("") | _IDS),
        actions=draw(
            _few(
                st.builds(
                    Action,
                    section=st.sampled_from(tool.action_targets),
                    action=_SOME_TEXT,
                    by=st.none() | _DATES,
                    owner=st.just("") | _IDS,
                    signed_off=st.none() | _DATES,
                )
            )
        ),
        explanations=draw(
            _few(
                st.builds(
                    Explanation,
                    rule=_ids_of(framework.rules),
                    about=st.sampled_from(["", *answers, *judgements]),
                    text=_TEXT,
                )
            )
        ),
    )


def _answers(tool: Tool) -> dict[str, st.SearchStrategy[Any]]:
    return {
        placed.item.id: st.one_of(answers_of(placed.item.ref.kind), _REASONS)
        for placed in tool.questions
    }


def _judgements(tool: Tool) -> dict[str, st.SearchStrategy[Any]]:
    strategies: dict[str, st.SearchStrategy[Any]] = {}
    for placed in tool.judged:
        open_still = st.builds(Judged, analysis=_TEXT)
        strategies[placed.item.id] = open_still
        if getattr(placed.item, "judged", False):
            strategies[placed.item.id] = st.one_of(
                st.builds(
                    Judged,
                    grade=st.sampled_from(placed.item.ref.kind.every_code),
                    analysis=_TEXT,
                    justification=_TEXT,
                ),
                st.builds(Judged, not_applicable=_REASONS),
                open_still,
            )
    return strategies


def _few(each: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(each, max_size=3).map(tuple)


def _ids_of(values: tuple[Any, ...]) -> st.SearchStrategy[str]:
    return st.sampled_from([value.id for value in values])


@st.composite
def _some(draw: st.DrawFn, of: dict[str, st.SearchStrategy[Any]]) -> dict[str, Any]:
    """Some of the entries, in any order: none, all, or each with the same odds."""
    if not of:
        return {}
    share = draw(st.sampled_from((0, 30, 80, 100)))
    kept = [name for name in of if share == 100 or draw(st.integers(0, 99)) < share]
    return {name: draw(of[name]) for name in draw(st.permutations(kept))}


# --- the check of a plugin --------------------------------------------------------


def check_plugin(plugin: Any, base: Addition | None = None, *, examples: int = 50) -> None:
    """Check a plugin as a whole: what the five-line test of its author calls.

    It loads strictly; every item has its wording, clause and standing, and pickles;
    ``Framework.check`` finds nothing wrong with it, and its laws, and all others over its tools,
    hold; every tool renders; random audits are read back equal and reviewed without a fault.

    Args:
        plugin: the module or object with the hook, or an ``Addition``.
        base: the framework it adds to; Reading's of 2016 where None.
        examples: how many random audits of each tool to try.

    Raises:
        AssertionError: it falls short; everything found is listed.
        PluginErrorGroup: it cannot be loaded at all.
    """
    framework = load_framework(base, plugins=(plugin,))
    [addition] = framework.additions
    found = [
        *_unsourced(addition),
        *_unsendable(addition),
        *(fault for tool in addition.tools for fault in _unrendered(tool)),
        *_unsound(addition, framework),
    ]
    assert not found, f"{addition.id}:\n" + "\n".join(found)  # noqa: S101 - this is a test
    for tool in addition.tools:
        _try_audits(framework, tool, examples)


def _unsourced(addition: Addition) -> Iterator[str]:
    """Items without wording of their own, or whose source names no clause."""
    for what, item in _items(addition):
        if not str(item.source.clause).strip():
            yield f"{what} {item.id!r} has no clause in its source."
        words = next(
            (
                getattr(item, name)
                for name in ("prompt", "title", "statement", "label", "text")
                if hasattr(item, name)
            ),
            "",
        )
        if not str(words).strip():
            yield f"{what} {item.id!r} has no wording."


def _unsendable(addition: Addition) -> Iterator[str]:
    """Items that do not pickle, so that another process could not review with the framework."""
    for what, item in _items(addition):
        try:
            pickle.dumps(item)
        except Exception as error:  # noqa: BLE001 - whatever an item's function brings
            yield f"{what} {item.id!r} does not pickle ({error}): give functions by their name."


def _items(addition: Addition) -> Iterator[tuple[str, Any]]:
    for name in ("standards", "scales", "roles", "boards", "subjects", "facts", "tools", "rules"):
        for item in getattr(addition, name):
            yield name.removesuffix("s").capitalize(), item
    for tool in addition.tools:
        yield from (("Section", section) for section in tool.sections)
        yield from ((type(placed.item).__name__, placed.item) for placed in tool.questions)
        yield from ((type(placed.item).__name__, placed.item) for placed in tool.judged)


def _unrendered(tool: Tool) -> Iterator[str]:
    form = to_markdown(tool)
    for placed in tool.questions:
        if f"`{placed.item.id}`" not in form:
            yield f"Tool {tool.id!r} renders without {placed.item.id!r}."


def _unsound(addition: Addition, framework: Framework) -> Iterator[str]:
    """What a check finds wrong with what it adds, and laws that it breaks or leaves open."""
    ids = {id for ids in addition.ids().values() for id in ids}
    tools = {tool.id for tool in addition.tools}
    check = framework.check()
    for problem in check.problems:
        if problem.about in ids or problem.tool in ids:
            yield str(problem)
    for ruling in (*check.broken, *check.undecided):
        example = ruling.counterexample
        ours = ruling.law in addition.laws or any(
            line.split()[0] in tools for line in ruling.domain
        )
        if (
            ours
            and (example is None or ruling.law in addition.laws or example.audit.tool.id in tools)
        ) or (example is None and not ruling.domain):
            yield str(ruling)


def _try_audits(framework: Framework, tool: Tool, examples: int) -> None:
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(audits(framework, tool), _DATES)
    def reviewed_without_fault(audit: Audit, on: date) -> None:
        assert read_audit(write_audit(audit), framework) == audit  # noqa: S101
        review = framework.review(audit, on=on)
        assert not review.faults, str(review.faults)  # noqa: S101
        assert str(review)  # noqa: S101

    reviewed_without_fault()
