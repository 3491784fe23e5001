"""Approved wording laid over ids: a pack of texts, checked, that changes no meaning.

Every text that people read has a key, made of the id of what it belongs to:

========================================  ==============================================
``case_file.title``, ``.guidance``        of a tool
``case_file.risk_managed.prompt``         of a question; ``.hint``
``case_file.section.risk.title``          of a section; ``.hint``
``case_file.judgement.risk.title``        of a judgement; ``.analysis``, ``.hints.1``
``options.referral_type.police``          of an option, by its kind and code
``scale.four_grades.good.label``          of a grade; ``.descriptor``, and ``.title`` of a scale
``standard.std_2.title``, ``.text``       of a standard; ``criterion.std_2_4.text``
``rule.escalation.unsafe.statement``      of a rule; ``.1.ask``, ``.1.what`` of an outcome
``machine.audit.state.allocated.title``   of a state; likewise ``paper``, ``guard``, ``clock``,
                                          ``transition``, ``derived``
``role.team_manager.title``               of a role; likewise ``board``, ``fact``, ``law``,
                                          ``subject``, ``setting``, ``key_test``, ``mapping``,
                                          ``stream``, ``step``, ``place``, ``point``,
                                          ``learning``
========================================  ==============================================
"""

from __future__ import annotations

import operator
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, TypeAlias, TypeVar

import attrs
from attrs import field, frozen

from qaf_core.additions import Addition
from qaf_core.cadence import OnEvent, ShareOf
from qaf_core.cycle.evidence import Stream
from qaf_core.cycle.feedback import Point
from qaf_core.cycle.followup import Place, Step
from qaf_core.cycle.machines import Machine
from qaf_core.cycle.parts import Clock, Derived, Guard, Paper, State, Transition
from qaf_core.editions import Edition
from qaf_core.errors import DefinitionError, UnknownIdError, did_you_mean
from qaf_core.facts import Fact
from qaf_core.framework import Framework
from qaf_core.immutable import FrozenMap
from qaf_core.laws import Law
from qaf_core.learning import LearningLink
from qaf_core.logic.expressions import Ref
from qaf_core.logic.values import Kind
from qaf_core.mappings import KeyTest, LinkSet
from qaf_core.provenance import Document, Reference
from qaf_core.roles import Board, Role
from qaf_core.rules.model import Act, Query, Require, Rule
from qaf_core.sampling.programme import Cover, Pool, ProgrammeRow, ServiceArea, SignOff
from qaf_core.scales import Beside, Grade, Scale
from qaf_core.settings import Setting
from qaf_core.standards import Criterion, Standard
from qaf_core.subjects import SubjectKind
from qaf_core.tools.model import Judgement, Question, Section, Tool

__all__ = ["Pack", "apply", "keys", "missing", "shipped", "unknown"]

Worded = TypeVar("Worded", Addition, Framework)
AnyWorded: TypeAlias = Addition | Framework


def __dir__() -> list[str]:
    return __all__


_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def _map(texts: Mapping[str, str]) -> FrozenMap[str, str]:
    return FrozenMap(texts)


@frozen(kw_only=True)
class Pack:
    """Approved wording, by key.

    Attributes:
        id: the pack's id.
        language: its language, such as ``"en-GB"`` or ``"cy"``.
        texts: key and text.
        tools: ids of the tools it is to cover whole; every text there is where empty.
        source: where the wording comes from.
        approved_by: id of the role or board that approved it.
        approved_on: when.

    Raises:
        DefinitionError: a text is blank, or the language is not written as a tag.
    """

    id: str
    language: str
    texts: Mapping[str, str] = field(converter=_map)
    tools: tuple[str, ...] = ()
    source: Reference
    approved_by: str
    approved_on: date

    def __attrs_post_init__(self) -> None:
        if not _LANGUAGE.fullmatch(self.language):
            raise DefinitionError(
                f"Pack {self.id!r}: {self.language!r} is no language tag; write 'en-GB' or 'cy'."
            )
        blank = [key for key, text in self.texts.items() if not text.strip()]
        if blank:
            raise DefinitionError(
                f"Pack {self.id!r} has no text under {', '.join(blank)}. Write one, or leave "
                "the key out and ours stands."
            )


def shipped(of: AnyWorded) -> Mapping[str, str]:
    """Every text that people read, by key: where a pack starts from."""
    return FrozenMap({key: text for key, text in _slots(of).items() if text.strip()})


def keys(of: AnyWorded) -> tuple[str, ...]:
    """The key of every text that people read."""
    return tuple(shipped(of))


def missing(pack: Pack, of: AnyWorded) -> tuple[str, ...]:
    """Keys of the texts that a pack is to cover and does not.

    Raises:
        UnknownIdError: a tool it is to cover is not there.
    """
    wanted = shipped(of)
    if pack.tools:
        walk = _Walk({})
        for id in pack.tools:
            walk.value(tuple(tool for tool in of.tools if tool.id == id))
            if not any(tool.id == id for tool in of.tools):
                raise UnknownIdError("tool", id, {tool.id for tool in of.tools})
        wanted = {key: text for key, text in walk.found.items() if key in wanted}
    return tuple(key for key in wanted if key not in pack.texts)


def unknown(pack: Pack, of: AnyWorded) -> tuple[str, ...]:
    """Keys of a pack under which there is nothing to word."""
    slots = _slots(of)
    return tuple(key for key in pack.texts if key not in slots)


def apply(pack: Pack, to: Worded) -> Worded:
    """A framework or an addition with the texts of a pack laid over its own.

    Ids, conditions, answers and fingerprints stay as they are: an audit made before
    means what it meant. What the pack does not word keeps its text. An addition has
    only its own roles, scales and settings worded, not the base's that it uses.

    Raises:
        DefinitionError: a key is not known, or no such role or board could approve
            it. Everything wrong is said.
    """
    found = tuple(_problems(pack, to))
    if found:
        raise DefinitionError(f"Pack {pack.id!r} cannot be laid over. " + " ".join(found))
    made: Worded = _Walk(pack.texts).value(to)
    if _meaning(made) != _meaning(to):
        raise DefinitionError(f"Pack {pack.id!r} would change what an answer or a rule means.")
    return made


_SHOWN = 20


def _problems(pack: Pack, to: AnyWorded) -> Iterator[str]:
    strange, slots = unknown(pack, to), _slots(to)
    for key in strange[:_SHOWN]:
        yield f"There is no text {key!r}.{did_you_mean(key, slots)}"
    if len(strange) > _SHOWN:
        yield f"So it is with {len(strange) - _SHOWN} more."
    approvers = {*(role.id for role in to.roles), *(board.id for board in to.boards)}
    if isinstance(to, Framework) and pack.approved_by not in approvers:
        near = did_you_mean(pack.approved_by, approvers)
        yield f"It is approved by {pack.approved_by!r}, which is no role or board.{near}"
    for id in pack.tools:
        ids = {tool.id for tool in to.tools}
        if id not in ids:
            yield f"It is for the tool {id!r}, which is not there.{did_you_mean(id, ids)}"


def _meaning(of: AnyWorded) -> tuple[object, ...]:
    """What wording must leave as it is."""
    tools = [(tool.id, tool.version, tool.fingerprint) for tool in of.tools]
    facts = [(fact.id, fact.kind) for fact in of.facts]
    return tools, facts, [(rule.id, rule.when, rule.each) for rule in of.rules]


def _slots(of: AnyWorded) -> dict[str, str]:
    """Every key and its text, blank ones included."""
    walk = _Walk({})
    walk.value(of)
    if isinstance(of, Framework):
        return walk.found
    own = {
        "role": {each.id for each in of.roles},
        "scale": {each.id for each in of.scales},
        "setting": {each.id for each in of.settings},
    }
    split = {key: key.split(".") for key in walk.found}
    return {
        key: text
        for key, text in walk.found.items()
        if split[key][0] not in own or split[key][1] in own[split[key][0]]
    }


_OUTCOMES = (Require, Query, Act)
_TEXTS: Mapping[type, tuple[str, ...]] = {
    Tool: ("title", "guidance"),
    Section: ("title", "hint"),
    Question: ("prompt", "hint"),
    Judgement: ("title", "hints", "analysis"),
    Scale: ("title",),
    Grade: ("label", "descriptor"),
    Standard: ("title", "text"),
    LinkSet: ("title",),  # its note says whose it is, and stays
    Query: ("ask",),
    ProgrammeRow: ("title", "method", "selection"),
    ShareOf: ("of",),
    **dict.fromkeys((Criterion, KeyTest), ("text",)),
    **dict.fromkeys((Role, Board), ("title", "answers_for")),
    **dict.fromkeys((Pool, ServiceArea), ("title",)),
    **dict.fromkeys((Beside, Cover, Fact, OnEvent, SignOff, SubjectKind), ("label",)),
    **dict.fromkeys((Require, Act), ("what",)),
    Machine: ("title", "about"),
    State: ("title", "what"),
    Step: ("what",),
    Stream: ("title", "gives"),
    **dict.fromkeys((LearningLink, Place, Point, Transition), ("title",)),
    **dict.fromkeys((Derived, Paper), ("label",)),
    **dict.fromkeys((Clock, Guard, Law, Rule, Setting), ("statement",)),
}
_IN_MACHINES = (Clock, Derived, Guard, Paper, State, Transition)
_NAMES = {
    SubjectKind: "subject",
    KeyTest: "key_test",
    LearningLink: "learning",
    LinkSet: "mapping",
    ProgrammeRow: "programme_row",
    ServiceArea: "service_area",
    SignOff: "sign_off",
}


class _Walk:
    """A walk over everything that holds wording: it notes each text and lays others over."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts = texts
        self.found: dict[str, str] = {}

    def text(self, key: str, own: str) -> str:
        self.found.setdefault(key, own)
        return self.texts.get(key, own)

    def value(self, value: Any, at: str = "") -> Any:
        """The value with its texts replaced; itself where none is."""
        if isinstance(value, tuple):
            made = tuple(
                self.value(each, f"{at}.{number}" if isinstance(each, _OUTCOMES) else at)
                for number, each in enumerate(value, 1)
            )
            return value if all(map(operator.is_, value, made)) else made
        if isinstance(value, FrozenMap):
            entries = {key: self.value(each, at) for key, each in value.items()}
            return value if all(entries[key] is value[key] for key in value) else FrozenMap(entries)
        if not attrs.has(type(value)) or isinstance(value, Document | Reference):
            return value
        if isinstance(value, Kind):
            return self.kind(value)
        key = _key(value, at)
        inside = key if isinstance(value, Tool | Rule | ProgrammeRow | Machine | Stream) else at
        if isinstance(value, Edition):  # a rule that replaces another has words of its own
            inside = f"{key}."
        changes = {}
        for each in attrs.fields(type(value)):
            if not each.init:
                continue
            was = getattr(value, each.name)
            if each.name in _TEXTS.get(type(value), ()):
                now = self.texts_of(f"{key}.{each.name}", was)
            else:
                now = self.value(was, inside)
            if now is not was:
                changes[each.alias] = now
        if isinstance(value, Ref) and not value.of and f"fact.{value.name}.label" in self.texts:
            changes["label"] = self.texts[f"fact.{value.name}.label"]
        return attrs.evolve(value, **changes) if changes else value

    def texts_of(self, key: str, own: str | tuple[str, ...]) -> str | tuple[str, ...]:
        if isinstance(own, str):
            return self.text(key, own)
        made = tuple(self.text(f"{key}.{number}", one) for number, one in enumerate(own, 1))
        return own if made == own else made

    def kind(self, kind: Kind) -> Kind:
        """A kind with its options worded; those of a scale as its grades are."""
        grades = kind.id.startswith("grade.")
        key = f"scale.{kind.id.removeprefix('grade.')}" if grades else f"options.{kind.id}"
        end = ".label" if grades else ""
        own = tuple(kind.label(code) for code in kind.every_code)
        worded = zip(kind.every_code, own, strict=True)
        labels = tuple(self.text(f"{key}.{code}{end}", label) for code, label in worded)
        return kind if labels == own else attrs.evolve(kind, labels=labels)


def _key(value: Any, at: str) -> str:
    """The key under which a value has its texts."""
    match value:
        case Tool():
            return value.id
        case Question():
            return f"{at}.{value.id}"
        case Section() | Judgement():
            return f"{at}.{type(value).__name__.lower()}.{value.id}"
        case Grade() | Beside():
            return f"scale.{value.scale}.{value.code}"
        case Rule():
            return f"{at}rule.{value.id}"
        case Require() | Query() | Act() | OnEvent() | ShareOf():
            return at
        case _ if isinstance(value, _IN_MACHINES):
            return f"{at}.{type(value).__name__.lower()}.{value.id}"
    name = _NAMES.get(type(value), type(value).__name__.lower())
    return f"{name}.{getattr(value, 'id', '')}"
