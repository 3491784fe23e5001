"""Hypothesis strategies for audits, for the tests of hosts and plugins.

Needs the extra ``qaf-core[testing]``.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from qaf_core.audits import (
    Action,
    Audit,
    Explanation,
    Judged,
    NotApplicable,
    Participant,
    Subject,
    ToolPin,
)
from qaf_core.facts import Origin
from qaf_core.framework import Framework
from qaf_core.logic.values import Kind, Sort
from qaf_core.tools.model import Tool

__all__ = ["answers_of", "audits"]


def __dir__() -> list[str]:
    return __all__


_DATES = st.dates(min_value=date(2012, 1, 1), max_value=date(2026, 12, 31))
_TEXT = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=20)
_SOME_TEXT = _TEXT.filter(str.strip)
_IDS = st.from_regex(r"[A-Za-z][A-Za-z0-9\-]{0,8}", fullmatch=True)
_SCORES = st.integers(0, 4000).map(lambda quarters: Fraction(quarters, 4))
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
        case Sort.COUNT:
            return st.integers(0, 100)
        case Sort.NUMBER:
            return _SCORES
        case Sort.TEXT:
            return _SOME_TEXT
        case Sort.ID:
            return _IDS


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
    answers = {
        placed.item.id: st.one_of(answers_of(placed.item.ref.kind), _REASONS)
        for placed in tool.questions
    }
    judgements = {
        placed.item.id: st.one_of(
            st.builds(
                Judged,
                grade=st.sampled_from(placed.item.ref.kind.every_code),
                analysis=_TEXT,
                justification=_TEXT,
            ),
            st.builds(Judged, not_applicable=_REASONS),
            st.builds(Judged, analysis=_TEXT),
        )
        for placed in tool.judged
    }
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
