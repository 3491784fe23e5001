"""An audit's JSON as a JSON Schema: as strict as reading, as far as a schema can say it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy

from attrs import Factory, frozen

from qaf_core.facts import Origin
from qaf_core.framework import Framework
from qaf_core.interchange.shapes import (
    NO_IDENTIFIER,
    SHARED,
    Schema,
    a_list,
    a_number,
    an_object,
    pointer,
)
from qaf_core.logic.values import Kind, Sort
from qaf_core.scales import Scale
from qaf_core.tools.model import Judgement, Question, Tool

__all__ = ["NOT_SAID", "json_schema"]

NOT_SAID = (
    "A whole number is written without a point: 2, not 2.0.",
    "A number has at most 15 digits.",
    "No key occurs twice in one object, and the text is in UTF-8.",
    "Text holds no half of a surrogate pair.",
    "Every character of an id is printable; here only the usual ones that are not are refused.",
    "A theme's id is made of letters, digits and _; here only its ASCII characters are checked.",
    "A number under explanations[].about is that of an action in this audit, from 1.",
    "A date and time lies in the years 1 to 9999 in UTC too, not only by its own offset.",
    "Steps that binary fractions miss, such as 1/10, are told only where the values are few.",
)
"""What reading refuses beyond this schema. Nothing that the schema refuses can be read."""


def __dir__() -> list[str]:
    return __all__


def json_schema(tool: Tool, framework: Framework) -> Schema:
    """The JSON Schema (2020-12) of an audit with a tool, complete or draft.

    It says what ``read_audit`` takes: whatever this schema refuses, reading refuses too.
    What only reading can tell is listed in ``NOT_SAID`` and under ``$comment``. Which
    answers an audit still lacks is for a review to say, here as there.

    Args:
        tool: a tool of the framework.
        framework: what the audit is to be read against.
    """
    return _Building(tool, framework).whole()


@frozen
class _Building:
    """The schema of one tool's audits, and the definitions it gathers on the way."""

    tool: Tool
    framework: Framework
    defs: dict[str, Schema] = Factory(dict)
    kinds: dict[Kind, str] = Factory(dict)

    def whole(self) -> Schema:
        tool = self.tool
        roles = self.codes("role", (role.id for role in self.framework.roles))
        filled_in = {"answers": self.answers(), "judgements": self.judgements()}
        day, id = self.ref("date"), self.ref("id")
        properties = {
            "tool": self.pin(),
            "id": id,
            "audited": day,
            "subject": self.subject(),
            "participants": a_list(an_object({"role": roles, "post": id}, "role", "post")),
            **filled_in,
            "sections": self.sections(),
            "actions": a_list(self.action()),
            "explanations": a_list(self.explanation()),
            "expected": a_list(roles),
            "returns": self.returns(filled_in, roles),
            "completed": day,
            "tags": a_list(self.tag()),
            "moderates": id,
            "parent": id,
        }
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": f"urn:qaf-core:audit:{tool.id}:{tool.version}:{tool.fingerprint}",
            "$comment": "Checked on reading, and not here: " + " ".join(NOT_SAID),
            "title": tool.title,
            "description": f"An audit with {tool.id} {tool.version}, in {self.framework.name}.",
            **an_object(properties, "tool", "id", "subject"),
            "$defs": dict(sorted(self.defs.items())),
        }

    # --- definitions -----------------------------------------------------------------

    def ref(self, name: str) -> Schema:
        """A pointer to a shared definition, which is taken in."""
        self.defs[name] = deepcopy(SHARED[name])
        return pointer(name)

    def codes(self, name: str, codes: Iterable[str]) -> Schema:
        self.defs[name] = {"enum": sorted(codes)}
        return pointer(name)

    def kind(self, kind: Kind) -> Schema:
        """The values of a kind."""
        match kind.sort:
            case Sort.YES_NO:
                return self.ref("yes_no")
            case Sort.COUNT:
                return self.ref("count")
            case Sort.DATE:
                return self.ref("date")
            case Sort.MOMENT:
                return self.ref("moment")
            case Sort.TEXT | Sort.ID:
                return self.ref("text")
            case Sort.CODE:
                return self.named(kind, self.choice(kind))
            case Sort.CODES:
                codes = {"type": "array", "items": self.choice(kind), "uniqueItems": True}
                return self.named(kind, codes)
            case Sort.NUMBER:
                return self.named(kind, a_number(kind))

    def named(self, kind: Kind, schema: Schema) -> Schema:
        """A definition under the id of its kind; two kinds of one id are told apart."""
        if kind not in self.kinds:
            same = sum(other.id == kind.id for other in self.kinds)
            self.kinds[kind] = f"kind.{kind.id}" + (f".{same + 1}" if same else "")
            self.defs[self.kinds[kind]] = schema
        return pointer(self.kinds[kind])

    def choice(self, kind: Kind) -> Schema:
        told = self.descriptors(kind)
        return {
            "oneOf": [
                {"const": code, "title": kind.label(code)}
                | ({"description": told[code]} if told.get(code) else {})
                for code in kind.every_code
            ]
        }

    def descriptors(self, kind: Kind) -> Mapping[str, str]:
        scales: Iterable[Scale] = (each for each in self.framework.scales if each.kind == kind)
        return {grade.code: grade.descriptor for scale in scales for grade in scale}

    def answer(self, kind: Kind, title: str) -> Schema:
        return {"title": title, "anyOf": [self.kind(kind), self.ref("not_applicable")]}

    # --- parts -----------------------------------------------------------------------

    def pin(self) -> Schema:
        return an_object(
            {
                "id": {"const": self.tool.id},
                "version": {"const": self.tool.version},
                "fingerprint": {"enum": ["", self.tool.fingerprint]},
            },
            "id",
            "version",
        )

    def subject(self) -> Schema:
        facts = {
            fact.id: self.answer(fact.kind, fact.label)
            for fact in self.framework.facts
            if fact.origin is Origin.HOST and fact.known_for(self.tool.subject)
        }
        kind = {"const": self.tool.subject}
        return an_object(
            {"id": self.ref("id"), "kind": kind, "facts": an_object(facts)}, "id", "kind"
        )

    def answers(self) -> Schema:
        questions = [each.item for each in self.tool.questions]
        return self.part(
            "answers",
            {
                each.id: self.answer(each.ref.kind, each.prompt)
                for each in questions
                if isinstance(each, Question)
            },
        )

    def judgements(self) -> Schema:
        judged = [each.item for each in self.tool.judged]
        return self.part(
            "judgements",
            {each.id: self.judged(each) for each in judged if isinstance(each, Judgement)},
        )

    def judged(self, judgement: Judgement) -> Schema:
        text: Schema = {"type": "string"}
        reason: Schema = {"type": ["string", "null"]}
        members = {"analysis": text, "justification": text, "not_applicable": reason}
        if not judgement.judged:
            return {"title": judgement.title, **an_object(members)}
        grade = self.kind(judgement.ref.kind)
        set_aside = {"required": ["grade", "not_applicable"]}
        either = {"not": set_aside | {"properties": {"not_applicable": text}}}
        return {"title": judgement.title, **an_object({"grade": grade, **members}), **either}

    def sections(self) -> Schema:
        aside = self.ref("not_applicable")
        return an_object(
            {
                each.id: {"title": each.title, **aside}
                for each in self.tool.sections
                if each.takes_na
            }
        )

    def part(self, name: str, members: Mapping[str, Schema]) -> Schema:
        """An object that returns hold as well as the audit itself."""
        self.defs[name] = an_object(members)
        return pointer(name)

    def action(self) -> Schema:
        day = {"anyOf": [self.ref("date"), {"type": "null"}]}
        return an_object(
            {
                "section": {"enum": list(self.tool.action_targets)},
                "action": self.ref("text"),
                "by": day,
                "owner": {"type": "string"},
                "signed_off": day,
            },
            "section",
            "action",
        )

    def explanation(self) -> Schema:
        about = [
            {"enum": ["", *self.parts(sections=False)]},
            {"type": "string", "pattern": "^[1-9][0-9]*$", "not": {"pattern": r"\s"}},
        ]
        rules = self.codes("rule", (rule.id for rule in self.framework.rules))
        members = {"rule": rules, "about": {"anyOf": about}, "text": {"type": "string"}}
        return an_object(members, "rule", "text")

    def tag(self) -> Schema:
        theme = {
            "type": "string",
            "minLength": 1,
            "maxLength": 60,
            "not": {"pattern": NO_IDENTIFIER},
        }
        rules = [rule.id for rule in self.framework.rules]
        about = {"enum": ["", *sorted({*self.parts(sections=True), *rules})]}
        return an_object({"theme": theme, "about": about}, "theme")

    def parts(self, *, sections: bool) -> list[str]:
        ids = {each.item.id for each in (*self.tool.questions, *self.tool.judged)}
        return sorted(ids | ({each.id for each in self.tool.sections} if sections else set()))

    def returns(self, filled_in: Mapping[str, Schema], roles: Schema) -> Schema:
        """What several parties returned: one return a party."""
        day = {"anyOf": [self.ref("date"), {"type": "null"}]}
        members = {"party": roles, "received": day, **filled_in, "moderated": {"type": "boolean"}}
        once = [
            {
                "contains": {"properties": {"party": {"const": role.id}}, "required": ["party"]},
                "minContains": 0,
                "maxContains": 1,
            }
            for role in sorted(self.framework.roles, key=lambda role: role.id)
        ]
        return {**a_list(an_object(members, "party")), "allOf": once}
