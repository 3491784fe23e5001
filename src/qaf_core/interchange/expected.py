"""What an audit with a tool may hold, by its framework: worked out once for all that are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from attrs import fields, frozen

from qaf_core.audits import Audit, ToolPin
from qaf_core.facts import Origin
from qaf_core.framework import Framework
from qaf_core.interchange.strict import reads
from qaf_core.logic.values import Kind, Sort
from qaf_core.tools.model import Judgement, Question, Section, Tool

__all__ = ["AUDIT_KEYS", "Expected", "checked_id", "expected", "theme_id"]

AUDIT_KEYS = frozenset(each.name for each in fields(Audit))
"""What an audit may hold."""


def __dir__() -> list[str]:
    return __all__


Asks: TypeAlias = tuple[str, type | None, Mapping[str, str] | None, Callable[[Any], Any]]
"""How the answer to a question is read: its id; the type that an answer has which is taken as it
stands, if there is one; the codes there are, each by itself, where it is answered with one of
them; and what reads an answer, which raises ``Wrong`` where that is none. Texts that are known
come back as the framework holds them: they are found the quicker. A bare tuple is taken apart in
a third of the time of a named one, and every answer takes one apart."""


@frozen(eq=False, kw_only=True)
class Expected:
    """What an audit with a tool may hold.

    Attributes:
        pin: the tool that the audit is pinned to.
        subject: id of the kind of its subject.
        facts: the kinds of what the host states of its subject, by id.
        states: what reads each of them.
        answers: the kinds of its answers, by id of the question.
        asks: how each of them is read.
        judgements: by id.
        grades: by id of the judgement, that id and the codes that a person may give; none
            where it follows.
        sections: by id.
        targets: what actions can be aimed at.
        items: ids of questions and judgements.
        parts: what tags can be set on.
        rules, roles: ids of the framework's.
    """

    pin: ToolPin
    subject: str
    facts: Mapping[str, Kind]
    states: Mapping[str, Callable[[Any], Any]]
    answers: Mapping[str, Kind]
    asks: Mapping[str, Asks]
    judgements: Mapping[str, Judgement]
    grades: Mapping[str, tuple[str, Mapping[str, str]]]
    sections: Mapping[str, Section]
    targets: frozenset[str]
    items: frozenset[str]
    parts: frozenset[str]
    rules: frozenset[str]
    roles: frozenset[str]


def checked_id(text: str) -> bool:
    """Whether a text can serve as an id."""
    return 0 < len(text) <= 200 and text.isprintable() and text == text.strip()


def theme_id(text: str) -> bool:
    """Whether a text can serve as the id of a theme."""
    return text.isidentifier() and len(text) <= 60


def expected(framework: Framework, tool: str, version: str) -> Expected:
    """What an audit with a tool of a framework may hold.

    Raises:
        UnknownIdError: there is no such tool.
    """
    key = ("expected", tool, version)
    found: Expected | None = framework.made.get(key)
    if found is None:
        found = framework.made[key] = _expected(framework, framework.tool(tool, version))
    return found


def _expected(framework: Framework, tool: Tool) -> Expected:
    questions = [each.item for each in tool.questions if isinstance(each.item, Question)]
    judgements = [each.item for each in tool.judged if isinstance(each.item, Judgement)]
    items = frozenset(placed.item.id for placed in (*tool.questions, *tool.judged))
    sections = {section.id: section for section in tool.sections}
    rules = frozenset(rule.id for rule in framework.rules)
    facts = {
        fact.id: fact.kind
        for fact in framework.facts
        if fact.origin is Origin.HOST and fact.known_for(tool.subject)
    }
    return Expected(
        pin=ToolPin(id=tool.id, version=tool.version, fingerprint=tool.fingerprint),
        subject=tool.subject,
        facts=facts,
        states={id: reads(kind) for id, kind in facts.items()},
        answers={each.id: each.kind for each in questions},
        asks={
            each.id: (
                each.id,
                {Sort.YES_NO: bool, Sort.TEXT: str, Sort.ID: str}.get(each.kind.sort),
                {one: one for one in each.kind.every_code} if each.kind.sort is Sort.CODE else None,
                reads(each.kind),
            )
            for each in questions
        },
        judgements={each.id: each for each in judgements},
        grades={
            each.id: (
                each.id,
                {one: one for one in each.scale.kind.every_code} if each.judged else {},
            )
            for each in judgements
        },
        sections=sections,
        targets=frozenset(tool.action_targets),
        items=items,
        parts=items | sections.keys() | rules,
        rules=rules,
        roles=frozenset(role.id for role in framework.roles),
    )
