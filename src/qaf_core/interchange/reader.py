"""The reader: plain data held against a framework, every fault noted with its path."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
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
from qaf_core.framework import Framework
from qaf_core.interchange.expected import AUDIT_KEYS, Expected, checked_id, expected, theme_id
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
from qaf_core.tools.model import Tool

__all__ = ["NO_ID", "NO_SUBJECT", "Reader"]

T = TypeVar("T")

NO_ID = "(audit without an id)"
"""Stands for the id of an audit that could not be read."""

NO_SUBJECT = "(no id)"
"""Stands for the id of a subject that could not be read."""


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
            if key not in AUDIT_KEYS:
                self.faults.append(unknown_key("", key, number, sorted(AUDIT_KEYS)))
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
        try:
            tool = self.framework.tool(pin.id, pin.version)
        except UnknownIdError:
            known = {tool.id for tool in self.framework.tools}
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
        form = expected(self.framework, tool.id, tool.version)
        id = self.identifier(plain, "id", "")
        audited = self.day(plain, "audited")
        return Audit(
            id=NO_ID if id is NOTHING else id,
            tool=form.pin,
            subject=self.subject(plain, form),
            audited=audited,
            participants=tuple(self.participants(plain, form)),
            answers=dict(self.answers(plain, form)),
            judgements=dict(self.judgements(plain, form)),
            sections=dict(self.sections(plain, form)),
            actions=tuple(self.actions(plain, form)),
            explanations=tuple(self.explanations(plain, form)),
            expected=tuple(self.expected(plain, form)),
            returns=tuple(self.returns(plain, form)),
            completed=self.day(plain, "completed"),
            tags=tuple(self.tags(plain, form)),
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
        if not checked_id(id):
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

    def subject(self, plain: Any, form: Expected) -> Subject:
        given = plain.get("subject")
        blank = Subject(id=NO_SUBJECT, kind=form.subject)
        if given is None:
            self.fault("subject", "it is missing", f'Write {{"id": ..., "kind": "{form.subject}"}}')
            return blank
        if not isinstance(given, dict):
            self.fault("subject", "it is not an object", "Write an object")
            return blank
        bare = {key: value for key, value in given.items() if key != "facts"}
        subject = structure(bare, Subject, "subject", self.faults)
        subject = blank if subject is NOTHING else subject
        if subject is not blank:
            self.checked_id(subject.id, "subject.id")
        if subject.kind != form.subject:
            self.fault("subject.kind", "this tool is not for it", f'Write "{form.subject}"')
        return Subject(id=subject.id, kind=form.subject, facts=dict(self.facts(given, form)))

    def facts(self, plain: Mapping[str, Any], form: Expected) -> Iterator[tuple[str, Any]]:
        known = form.facts
        for name, value, number in self.members(plain, "facts"):
            if name not in known:
                self.faults.append(unknown_key("subject.facts", name, number, list(known)))
                continue
            found = self.answer(value, known[name], f"subject.facts.{name}")
            if found is not NOTHING:
                yield name, found

    def answer(self, value: Any, kind: Kind, path: str) -> Any:
        """An answer; where it has a fault, what it was surely meant to be."""
        try:
            return answer(value, kind)
        except Wrong as wrong:
            self.fault(path, wrong.problem, wrong.do)
        return lenient(value, kind)

    def answers(self, plain: Any, form: Expected, at: str = "") -> Iterator[tuple[str, Any]]:
        known = form.answers
        for name, value, number in self.members(plain, "answers", at):
            if name not in known:
                self.faults.append(unknown_key(f"{at}answers", name, number, list(known)))
                continue
            found = self.answer(value, known[name], f"{at}answers.{name}")
            if found is not NOTHING:
                yield name, found

    def judgements(self, plain: Any, form: Expected, at: str = "") -> Iterator[tuple[str, Judged]]:
        known = form.judgements
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

    def sections(self, plain: Any, form: Expected) -> Iterator[tuple[str, NotApplicable]]:
        known = form.sections
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

    def participants(self, plain: Any, form: Expected) -> Iterator[Participant]:
        for path, value in self.items(plain, "participants"):
            found = structure(value, Participant, path, self.faults)
            if found is not NOTHING and self.one_of(found.role, form.roles, f"{path}.role"):
                self.checked_id(found.post, f"{path}.post")
                yield found

    def actions(self, plain: Any, form: Expected) -> Iterator[Action]:
        for path, value in self.items(plain, "actions"):
            found = structure(value, Action, path, self.faults)
            if found is NOTHING:
                continue
            self.one_of(found.section, form.targets, f"{path}.section")
            if not found.action.strip():
                self.fault(f"{path}.action", "it is blank", "Say what is to be done")
            yield found

    def explanations(self, plain: Any, form: Expected) -> Iterator[Explanation]:
        given = plain.get("actions")
        actions = {str(at) for at, _ in enumerate(given, 1)} if isinstance(given, list) else ()
        for path, value in self.items(plain, "explanations"):
            found = structure(value, Explanation, path, self.faults)
            if found is NOTHING or not self.one_of(found.rule, form.rules, f"{path}.rule"):
                continue
            if not found.about or self.one_of(
                found.about, form.items.union(actions), f"{path}.about"
            ):
                yield found

    def expected(self, plain: Any, form: Expected) -> Iterator[str]:
        for path, value in self.items(plain, "expected"):
            party = self.attempt(path, lambda v=value: text(v))  # type: ignore[misc]
            if party is not NOTHING and self.one_of(party, form.roles, path):
                yield party

    def returns(self, plain: Any, form: Expected) -> Iterator[Return]:
        parties: set[str] = set()
        for path, value in self.items(plain, "returns"):
            given = value if isinstance(value, dict) else {}
            bare = {k: v for k, v in given.items() if k not in ("answers", "judgements")}
            found = structure(bare if given else value, Return, path, self.faults)
            if found is NOTHING:
                found = Return(party=f"(return {len(parties) + 1})")
            elif self.one_of(found.party, form.roles, f"{path}.party") and found.party in parties:
                self.fault(f"{path}.party", "it has a return already", "Keep one return a party")
            parties.add(found.party)
            yield attrs.evolve(
                found,
                answers=dict(self.answers(given, form, f"{path}.")),
                judgements=dict(self.judgements(given, form, f"{path}.")),
            )

    def tags(self, plain: Any, form: Expected) -> Iterator[Tag]:
        for path, value in self.items(plain, "tags"):
            found = structure(value, Tag, path, self.faults)
            if found is NOTHING:
                continue
            if not theme_id(found.theme):
                self.fault(f"{path}.theme", "it is no id of a theme", "Use letters, digits and _")
            elif not found.about or self.one_of(found.about, form.parts, f"{path}.about"):
                yield found

    def day(self, plain: Mapping[str, Any], key: str) -> date | None:
        """A date under a key, where there is one."""
        found = self.attempt(key, lambda: day(plain[key])) if key in plain else None
        return None if found is NOTHING else found

    def other_audit(self, plain: Mapping[str, Any], key: str) -> str:
        """The id of another audit, where one is named."""
        id = self.identifier(plain, key, "") if key in plain else ""
        return "" if id is NOTHING else id

    def one_of(self, id: str, known: Collection[str], path: str) -> bool:
        if id in known:
            return True
        listed = ", ".join(sorted(known))
        self.fault(path, "it is not known here" + perhaps(id, known), f"Use one of {listed}")
        return False
