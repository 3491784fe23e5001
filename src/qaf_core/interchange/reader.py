"""The reader: plain data held against a framework, every fault noted with its path."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, TypeVar

import attrs

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
from qaf_core.errors import Fault, UnknownIdError
from qaf_core.facts import Origin
from qaf_core.framework import Framework
from qaf_core.interchange.strict import (
    NOTHING,
    Wrong,
    answer,
    code,
    day,
    lenient,
    perhaps,
    structure,
    text,
    unknown_key,
)
from qaf_core.logic.values import Kind
from qaf_core.tools.model import Judgement, Question, Tool

__all__ = ["NO_ID", "NO_SUBJECT", "Reader"]

T = TypeVar("T")

NO_ID = "(audit without an id)"
"""Stands for the id of an audit that could not be read."""

NO_SUBJECT = "(no id)"
"""Stands for the id of a subject that could not be read."""

_KEYS = (
    "tool",
    "id",
    "audited",
    "subject",
    "participants",
    "answers",
    "judgements",
    "sections",
    "actions",
    "explanations",
    "expected",
    "returns",
    "completed",
    "tags",
    "moderates",
    "parent",
)


def __dir__() -> list[str]:
    return __all__


class Reader:
    """Reads plain data against a framework, noting every fault it meets."""

    def __init__(self, framework: Framework, faults: list[Fault]) -> None:
        self.framework = framework
        self.faults = faults

    def fault(self, path: str, problem: str, do: str) -> None:
        self.faults.append(Fault(path=path, problem=problem, do=do))

    def attempt(self, path: str, read: Callable[[], T]) -> T | Any:
        """What ``read`` gives, or NOTHING with its fault noted."""
        try:
            return read()
        except Wrong as wrong:
            self.fault(path, wrong.problem, wrong.do)
            return NOTHING

    # --- the whole ---------------------------------------------------------------

    def shape(self, plain: Any) -> bool:
        """Whether it is an object at all; unknown keys are noted."""
        if not isinstance(plain, dict):
            problem, do = "it is not one object", 'Write {"tool": ..., "id": ...}'
            if isinstance(plain, list):
                problem = "it is a list, and not one audit"
                do += "; many audits stand one a line, in a file named .jsonl"
            self.fault("(whole text)", problem, do)
            return False
        for number, key in enumerate(plain, 1):
            if key not in _KEYS:
                self.faults.append(unknown_key("", key, number, list(_KEYS)))
        return True

    def tool(self, plain: Any) -> Tool | None:
        """The tool an audit is pinned to, or None with the fault noted."""
        if not isinstance(plain, dict):
            return None
        if "tool" not in plain:
            some = [
                f'{{"id": "{each.id}", "version": "{each.version}"}}'
                for each in self.framework.tools
            ]
            self.fault("tool", "it is missing", f"Write one of {', '.join(some)}")
            return None
        pin = structure(plain["tool"], ToolPin, "tool", self.faults)
        if pin is NOTHING:
            return None
        known = {tool.id for tool in self.framework.tools}
        try:
            tool = self.framework.tool(pin.id, pin.version)
        except UnknownIdError:
            path = "tool.version" if pin.id in known else "tool.id"
            among = known
            if pin.id in known:
                among = {tool.version for tool in self.framework.tools if tool.id == pin.id}
            given = pin.version if pin.id in known else pin.id
            self.fault(
                path,
                "this framework does not have it" + perhaps(given, among),
                f"Use one of {', '.join(sorted(among))}",
            )
            return None
        if pin.fingerprint and pin.fingerprint != tool.fingerprint:
            self.fault(
                "tool.fingerprint",
                "the tool has changed since this audit was made, under the same version",
                "Read it with the framework it was made with",
            )
        return tool

    def audit(self, plain: Any, tool: Tool) -> Audit:
        """The audit; what has a fault is left out of it."""
        self.shape(plain)
        id = self.identifier(plain, "id", "")
        audited = self.day(plain, "audited")
        return Audit(
            id=NO_ID if id is NOTHING else id,
            tool=ToolPin(id=tool.id, version=tool.version, fingerprint=tool.fingerprint),
            subject=self.subject(plain, tool),
            audited=audited,
            participants=tuple(self.participants(plain)),
            answers=dict(self.answers(plain, tool)),
            judgements=dict(self.judgements(plain, tool)),
            sections=dict(self.sections(plain, tool)),
            actions=tuple(self.actions(plain, tool)),
            explanations=tuple(self.explanations(plain, tool)),
            expected=tuple(self.expected(plain)),
            returns=tuple(self.returns(plain, tool)),
            completed=self.day(plain, "completed"),
            tags=tuple(self.tags(plain, tool)),
            moderates=self.other_audit(plain, "moderates"),
            parent=self.other_audit(plain, "parent"),
        )

    # --- parts -------------------------------------------------------------------

    def identifier(self, plain: Mapping[str, Any], key: str, path: str) -> Any:
        """An id: text that fits on a line."""
        where = f"{path}.{key}" if path else key
        if key not in plain:
            self.fault(where, "it is missing", "Add it")
            return NOTHING
        id = self.attempt(where, lambda: text(plain[key]))
        return id if id is NOTHING else self.checked_id(id, where)

    def checked_id(self, id: str, path: str) -> Any:
        if not id or id != id.strip() or not id.isprintable() or len(id) > 200:
            self.fault(
                path,
                "it cannot serve as an id",
                "Use up to 200 printable characters with no space at either end",
            )
            return NOTHING
        return id

    def members(self, plain: Any, key: str, at: str = "") -> Iterator[tuple[str, Any, int]]:
        """The members of an object under a key, where there is one."""
        group = plain.get(key, {})
        if not isinstance(group, dict):
            self.fault(f"{at}{key}", "it is not an object", 'Write {"id": ...}')
            return
        for number, (name, value) in enumerate(group.items(), 1):
            yield name, value, number

    def items(self, plain: Any, key: str) -> Iterator[tuple[str, Any]]:
        """The items of a list under a key, each with its path."""
        group = plain.get(key, [])
        if not isinstance(group, list):
            self.fault(key, "it is not a list", "Write a list: [...]")
            return
        for index, value in enumerate(group):
            yield f"{key}[{index}]", value

    def subject(self, plain: Any, tool: Tool) -> Subject:
        given = plain.get("subject")
        blank = Subject(id=NO_SUBJECT, kind=tool.subject)
        if given is None:
            self.fault("subject", "it is missing", f'Write {{"id": ..., "kind": "{tool.subject}"}}')
            return blank
        if not isinstance(given, dict):
            self.fault("subject", "it is not an object", "Write an object")
            return blank
        bare = {key: value for key, value in given.items() if key != "facts"}
        subject = structure(bare, Subject, "subject", self.faults)
        subject = blank if subject is NOTHING else subject
        if subject is not blank:
            self.checked_id(subject.id, "subject.id")
        if subject.kind != tool.subject:
            self.fault("subject.kind", "this tool is not for it", f'Write "{tool.subject}"')
        return attrs.evolve(subject, kind=tool.subject, facts=dict(self.facts(given, tool)))

    def facts(self, plain: Mapping[str, Any], tool: Tool) -> Iterator[tuple[str, Any]]:
        known = {
            fact.id: fact
            for fact in self.framework.facts
            if fact.origin is Origin.HOST and fact.known_for(tool.subject)
        }
        for name, value, number in self.members(plain, "facts"):
            if name not in known:
                self.faults.append(unknown_key("subject.facts", name, number, list(known)))
                continue
            found = self.answer(value, known[name].kind, f"subject.facts.{name}")
            if found is not NOTHING:
                yield name, found

    def answer(self, value: Any, kind: Kind, path: str) -> Any:
        """An answer; where it has a fault, what it was surely meant to be."""
        try:
            return answer(value, kind)
        except Wrong as wrong:
            self.fault(path, wrong.problem, wrong.do)
        return lenient(value, kind)

    def answers(self, plain: Any, tool: Tool, at: str = "") -> Iterator[tuple[str, Any]]:
        known = {
            each.item.id: each.item.kind
            for each in tool.questions
            if isinstance(each.item, Question)
        }
        for name, value, number in self.members(plain, "answers", at):
            if name not in known:
                self.faults.append(unknown_key(f"{at}answers", name, number, list(known)))
                continue
            found = self.answer(value, known[name], f"{at}answers.{name}")
            if found is not NOTHING:
                yield name, found

    def judgements(self, plain: Any, tool: Tool, at: str = "") -> Iterator[tuple[str, Judged]]:
        known = {
            each.item.id: each.item for each in tool.judged if isinstance(each.item, Judgement)
        }
        for name, value, number in self.members(plain, "judgements", at):
            if name not in known:
                self.faults.append(unknown_key(f"{at}judgements", name, number, list(known)))
                continue
            path = f"{at}judgements.{name}"
            judged = structure(value, Judged, path, self.faults)
            kind = known[name].scale.kind
            given = value.get("grade") if isinstance(value, dict) else value
            judged = Judged() if judged is NOTHING else judged
            grade = judged.grade
            if isinstance(given, str) and isinstance(value, dict):
                grade = self.attempt(f"{path}.grade", lambda g=given, k=kind: code(g, k))  # type: ignore[misc]
            if grade in ("", NOTHING) and given is not None:
                grade = lenient(given, kind)
            if grade != judged.grade:
                judged = attrs.evolve(judged, grade="" if grade is NOTHING else grade)
            if judged.grade and judged.not_applicable is not None:
                self.fault(path, "it has a grade and is not applicable", "Keep one of the two")
            if judged.grade and not known[name].judged:
                self.fault(f"{path}.grade", "nobody gives this grade: it follows", "Leave it out")
            yield name, judged

    def sections(self, plain: Any, tool: Tool) -> Iterator[tuple[str, NotApplicable]]:
        known = {section.id: section for section in tool.sections}
        for name, value, number in self.members(plain, "sections"):
            if name not in known:
                self.faults.append(unknown_key("sections", name, number, list(known)))
                continue
            path = f"sections.{name}"
            if not isinstance(value, dict) or set(value) != {"not_applicable"}:
                self.fault(
                    path, "a section is only ever set aside", 'Write {"not_applicable": ...}'
                )
                continue
            if not known[name].takes_na:
                self.fault(path, "this section cannot be set aside", "Leave it out")
                continue
            reason = self.attempt(path, lambda v=value: text(v["not_applicable"]))  # type: ignore[misc]
            if reason is not NOTHING:
                yield name, NotApplicable(reason)

    def participants(self, plain: Any) -> Iterator[Participant]:
        roles = {role.id for role in self.framework.roles}
        for path, value in self.items(plain, "participants"):
            found = structure(value, Participant, path, self.faults)
            if found is not NOTHING and self.one_of(found.role, roles, f"{path}.role"):
                self.checked_id(found.post, f"{path}.post")
                yield found

    def actions(self, plain: Any, tool: Tool) -> Iterator[Action]:
        for path, value in self.items(plain, "actions"):
            found = structure(value, Action, path, self.faults)
            if found is NOTHING:
                continue
            self.one_of(found.section, set(tool.action_targets), f"{path}.section")
            if not found.action.strip():
                self.fault(f"{path}.action", "it is blank", "Say what is to be done")
            yield found

    def explanations(self, plain: Any, tool: Tool) -> Iterator[Explanation]:
        rules = {rule.id for rule in self.framework.rules}
        items = {placed.item.id for placed in (*tool.questions, *tool.judged)}
        given = plain.get("actions")
        items |= {str(number + 1) for number in range(len(given) if isinstance(given, list) else 0)}
        for path, value in self.items(plain, "explanations"):
            found = structure(value, Explanation, path, self.faults)
            if found is NOTHING or not self.one_of(found.rule, rules, f"{path}.rule"):
                continue
            if not found.about or self.one_of(found.about, items, f"{path}.about"):
                yield found

    def expected(self, plain: Any) -> Iterator[str]:
        roles = {role.id for role in self.framework.roles}
        for path, value in self.items(plain, "expected"):
            party = self.attempt(path, lambda v=value: text(v))  # type: ignore[misc]
            if party is not NOTHING and self.one_of(party, roles, path):
                yield party

    def returns(self, plain: Any, tool: Tool) -> Iterator[Return]:
        roles = {role.id for role in self.framework.roles}
        parties: set[str] = set()
        for path, value in self.items(plain, "returns"):
            given = value if isinstance(value, dict) else {}
            bare = {k: v for k, v in given.items() if k not in ("answers", "judgements")}
            found = structure(bare if given else value, Return, path, self.faults)
            if found is NOTHING:
                found = Return(party=f"(return {len(parties) + 1})")
            elif self.one_of(found.party, roles, f"{path}.party") and found.party in parties:
                self.fault(f"{path}.party", "it has a return already", "Keep one return a party")
            parties.add(found.party)
            yield attrs.evolve(
                found,
                answers=dict(self.answers(given, tool, f"{path}.")),
                judgements=dict(self.judgements(given, tool, f"{path}.")),
            )

    def tags(self, plain: Any, tool: Tool) -> Iterator[Tag]:
        parts = {placed.item.id for placed in (*tool.questions, *tool.judged)}
        parts |= {section.id for section in tool.sections}
        parts |= {rule.id for rule in self.framework.rules}
        for path, value in self.items(plain, "tags"):
            found = structure(value, Tag, path, self.faults)
            if found is NOTHING:
                continue
            if not found.theme.isidentifier() or len(found.theme) > 60:
                self.fault(f"{path}.theme", "it is no id of a theme", "Use letters, digits and _")
            elif not found.about or self.one_of(found.about, parts, f"{path}.about"):
                yield found

    def day(self, plain: Mapping[str, Any], key: str) -> date | None:
        """A date under a key, where there is one."""
        found = self.attempt(key, lambda: day(plain[key])) if key in plain else None
        return None if found is NOTHING else found

    def other_audit(self, plain: Mapping[str, Any], key: str) -> str:
        """The id of another audit, where one is named."""
        id = self.identifier(plain, key, "") if key in plain else ""
        return "" if id is NOTHING else id

    def one_of(self, id: str, known: set[str], path: str) -> bool:
        if id in known:
            return True
        listed = ", ".join(sorted(known))
        self.fault(path, "it is not known here" + perhaps(id, known), f"Use one of {listed}")
        return False
