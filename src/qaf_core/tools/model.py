"""What an audit tool is: sections, questions and judgements, as values."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum, StrEnum
from fractions import Fraction
from typing import Any, TypeAlias

import attrs
from attrs import field, frozen

from qaf_core.errors import DefinitionError, UnknownIdError
from qaf_core.logic.expressions import ALWAYS, Cond, Ref, refs, speaks_plainly
from qaf_core.logic.values import Kind, Plain, Sort
from qaf_core.provenance import Reference, Standing
from qaf_core.scales import Scale
from qaf_core.tools.computing import Computed

__all__ = ["OTHER", "Aspect", "Basis", "Judgement", "Part", "Placed", "Question", "Section", "Tool"]

OTHER = "other"
"""The target of an action that belongs to no judged section."""


def __dir__() -> list[str]:
    return __all__


class Aspect(StrEnum):
    """What a question looks at: both kinds of auditing are necessary."""

    QUANTITATIVE = "quantitative"
    """Is the record there, complete and in time?"""
    QUALITATIVE = "qualitative"
    """Is the practice it records good?"""


@frozen(kw_only=True)
class Question:
    """One question of a tool. It states one fact.

    Attributes:
        id: stable, a Python identifier; never the printed number.
        prompt: the question as asked.
        kind: what an answer may be.
        states: id of the shared fact it states; its own id where empty.
        adverse: the answers that tell against practice; none where it is neutral.
        aspect: what it looks at.
        number: the number printed beside it.
        hint: guidance shown with it.
        asked: when it is asked, given that its section applies.
        required: when an answer is required, given that it is asked.
        takes_na: whether "not applicable", with a reason, answers it.
        weight: what it counts for in a computed judgement; its highest score where None.
        criteria: ids of the practice criteria it serves.
        private: whether its answer is withheld from explanations.
        source, standing: where it comes from and how firmly it stands.

    Raises:
        DefinitionError: a condition asks for the state of a fact or counts items,
            or an adverse answer is not one of its kind.
    """

    id: str
    prompt: str
    kind: Kind
    states: str = ""
    adverse: tuple[Plain, ...] = ()
    aspect: Aspect = Aspect.QUALITATIVE
    number: str = ""
    hint: str = ""
    asked: Cond = ALWAYS
    required: Cond = ALWAYS
    takes_na: bool = True
    weight: Fraction | None = None
    criteria: tuple[str, ...] = ()
    private: bool = False
    source: Reference
    standing: Standing

    def __attrs_post_init__(self) -> None:
        self.ref  # noqa: B018 - refuses a bad id now rather than later
        for value in self.adverse:
            self.kind.constant(value)
        for name, cond in (("asked", self.asked), ("required", self.required)):
            _refuse_hidden_state(f"Question {self.id!r}: {name}", cond)

    @property
    def fact(self) -> str:
        """Id of the fact it states."""
        return self.states or self.id

    @property
    def ref(self) -> Ref:
        """The fact it states, as a term of conditions."""
        label = self.fact.replace("_", " ")
        private = self.private or self.kind.sort is Sort.TEXT
        return Ref(self.fact, self.kind, label=label, private=private)


@frozen(kw_only=True)
class Judgement:
    """A grade to be given to a section or to the whole.

    Attributes:
        id: stable; the fact it states.
        title: what is judged.
        scale: the grades there are.
        must_justify: whether a grade calls for a written justification.
        hints: what to weigh, in a phrase each.
        analysis: what the free text beside it should cover.
        takes_na: whether "not applicable", with a reason, stands for a grade.
        same_as: id of the question whose answer is the grade, where it is not judged apart.
        computed: how it follows from what the section holds, where nobody judges it.
        weight: what it counts for in a computed judgement around it.
        source, standing: where it comes from and how firmly it stands.

    Raises:
        DefinitionError: it is both the same as a question and computed.
    """

    id: str
    title: str
    scale: Scale
    must_justify: bool = False
    hints: tuple[str, ...] = ()
    analysis: str = ""
    takes_na: bool = True
    same_as: str = ""
    computed: Computed | None = None
    weight: Fraction | None = None
    source: Reference
    standing: Standing

    def __attrs_post_init__(self) -> None:
        self.ref  # noqa: B018 - refuses a bad id now rather than later
        if self.same_as and self.computed:
            raise DefinitionError(
                f"Judgement {self.id!r} is the same as a question or computed, not both."
            )

    @property
    def judged(self) -> bool:
        """Whether a person gives the grade."""
        return not self.same_as and self.computed is None

    @property
    def ref(self) -> Ref:
        """The fact it states, as a term of conditions."""
        return Ref(self.id, self.scale.kind, label=self.id.replace("_", " "))


@frozen(kw_only=True)
class Section:
    """A part of a tool, holding questions and sections.

    Attributes:
        id: stable, a Python identifier.
        title: its heading.
        number: as printed.
        hint: guidance shown under the heading.
        parts: what it holds, in order.
        judgements: the grades given to it as a whole.
        applies: when it applies.
        takes_na: whether the auditor may set it aside, with a reason; all it
            holds goes with it.
        source, standing: where it comes from and how firmly it stands.
    """

    id: str
    title: str
    number: str = ""
    hint: str = ""
    parts: tuple[Part, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    applies: Cond = ALWAYS
    takes_na: bool = True
    source: Reference
    standing: Standing

    def __attrs_post_init__(self) -> None:
        if not self.id.isidentifier():
            raise DefinitionError(f"{self.id!r} is no identifier, so it cannot name a section.")
        _refuse_hidden_state(f"Section {self.id!r}: applies", self.applies)


Part: TypeAlias = Question | Section


@frozen
class Placed:
    """A question or judgement with the sections it lies in, outermost first."""

    item: Question | Judgement
    sections: tuple[Section, ...]

    @property
    def section(self) -> str:
        """Id of the section it lies in directly; "" for the tool itself."""
        return self.sections[-1].id if self.sections else ""


@frozen(kw_only=True)
class Basis:
    """What a variant keeps, adds, replaces and drops of the tool it is based on, and why.

    Attributes:
        tool, version, fingerprint: the tool it is based on.
        because: why it departs from it.
        kept, added, replaced, dropped: ids of questions, judgements and sections.
    """

    tool: str
    version: str
    fingerprint: str
    because: str
    kept: tuple[str, ...] = field(repr=False)
    added: tuple[str, ...]
    replaced: tuple[str, ...]
    dropped: tuple[str, ...]


@frozen(kw_only=True)
class Tool:
    """An audit tool.

    Attributes:
        id: stable, a Python identifier.
        version: changes whenever the fingerprint does.
        title: its name.
        subject: id of the kind of subject it audits.
        guidance: how to use it.
        parts: what it holds, in order.
        judgements: the overall judgements.
        based_on: the tool it is a variant of, and how it departs from it.
        source, standing: where it comes from and how firmly it stands.

    Raises:
        DefinitionError: an id or a fact occurs twice, or something that cannot be
            set aside lies in a section that can.
    """

    id: str
    version: str
    title: str
    subject: str
    guidance: str = ""
    parts: tuple[Part, ...]
    judgements: tuple[Judgement, ...] = ()
    based_on: Basis | None = field(default=None, repr=False)
    source: Reference
    standing: Standing
    questions: tuple[Placed, ...] = field(init=False, eq=False, repr=False)
    judged: tuple[Placed, ...] = field(init=False, eq=False, repr=False)
    sections: tuple[Section, ...] = field(init=False, eq=False, repr=False)
    _worked_out: dict[str, str] = field(init=False, eq=False, repr=False, factory=dict)

    @questions.default
    def _questions(self) -> tuple[Placed, ...]:
        return tuple(
            Placed(part, chain) for part, chain in _walk(self.parts) if isinstance(part, Question)
        )

    @judged.default
    def _judged(self) -> tuple[Placed, ...]:
        """Those of the sections in order, then the overall ones."""
        placed = [
            Placed(judgement, (*chain, part))
            for part, chain in _walk(self.parts)
            if isinstance(part, Section)
            for judgement in part.judgements
        ]
        return (*placed, *(Placed(judgement, ()) for judgement in self.judgements))

    @sections.default
    def _sections(self) -> tuple[Section, ...]:
        return tuple(part for part, _ in _walk(self.parts) if isinstance(part, Section))

    @property
    def fingerprint(self) -> str:
        """A digest of ids, kinds, conditions and scales; never of wording."""
        found = self._worked_out.get("fingerprint")
        if found is None:
            from hashlib import sha256  # most tools that are loaded are never pinned

            meant = (self.id, self.subject, _canonical(self.parts), _canonical(self.judgements))
            found = sha256(repr(meant).encode()).hexdigest()[:32]
            self._worked_out["fingerprint"] = found
        return found

    def __attrs_post_init__(self) -> None:
        for id in (self.id, self.subject):
            if not id.isidentifier():
                raise DefinitionError(f"{id!r} is no identifier.")
        _refuse_repeats(self.id, "section", [section.id for section in self.sections])
        _refuse_repeats(self.id, "question", [placed.item.id for placed in self.questions])
        _refuse_repeats(self.id, "fact", self.facts)
        for placed in (*self.questions, *self.judged):
            if isinstance(placed.item, Judgement):
                self._refuse_other_question(placed.item)
            loose = [section.id for section in placed.sections if section.takes_na]
            if loose and not placed.item.takes_na:
                raise DefinitionError(
                    f"Tool {self.id!r}: {placed.item.id!r} is never not applicable, yet its "
                    f"section {loose[0]!r} may be set aside. Give that section takes_na=False."
                )

    def _refuse_other_question(self, judgement: Judgement) -> None:
        if judgement.same_as:
            kind = self.question(judgement.same_as).kind
            if kind != judgement.scale.kind:
                raise DefinitionError(
                    f"Tool {self.id!r}: {judgement.id!r} is on {judgement.scale.id!r}, but "
                    f"{judgement.same_as!r} is answered in {kind.id!r}."
                )

    @property
    def facts(self) -> list[str]:
        """Ids of the facts the tool states, in order."""
        return [placed.item.ref.name for placed in (*self.questions, *self.judged)]

    @property
    def action_targets(self) -> tuple[str, ...]:
        """What an action may be aimed at: the judged sections, or other.

        Where no section is judged, every section.
        """
        judged = dict.fromkeys(each.section for each in self.judged if each.section)
        return (*(judged or (section.id for section in self.sections)), OTHER)

    def question(self, id: str) -> Question:
        """The question with this id.

        Raises:
            UnknownIdError: there is none; the near one is named.
        """
        for placed in self.questions:
            if placed.item.id == id and isinstance(placed.item, Question):
                return placed.item
        raise UnknownIdError(
            f"question of {self.id}", id, (placed.item.id for placed in self.questions)
        )


def _walk(
    parts: tuple[Part, ...], chain: tuple[Section, ...] = ()
) -> Iterator[tuple[Part, tuple[Section, ...]]]:
    for part in parts:
        yield part, chain
        if isinstance(part, Section):
            yield from _walk(part.parts, (*chain, part))


def _refuse_hidden_state(where: str, cond: Cond) -> None:
    """Asking and requiring rest on plain facts alone: else they would turn on themselves."""
    if not speaks_plainly(cond) or any(ref.of for ref in refs(cond)):
        raise DefinitionError(
            f"{where} may compare facts of the record; it may not ask for their state "
            "nor look at items."
        )


def _refuse_repeats(tool: str, what: str, ids: list[str]) -> None:
    twice = sorted({id for id in ids if ids.count(id) > 1})
    if twice:
        raise DefinitionError(f"Tool {tool!r} has the {what} {', '.join(twice)} more than once.")


_WORDING = frozenset(
    {"prompt", "title", "hint", "hints", "analysis", "number", "guidance", "source", "standing"}
    | {"aspect", "criteria", "label", "descriptor", "aliases"}
)


def _canonical(value: Any) -> Any:
    """A value as nested tuples of plain text: the same on any machine, free of wording."""
    if isinstance(value, Computed):
        return ("computed", value.id, value.version)
    if attrs.has(type(value)):
        return (
            type(value).__name__,
            *(
                (attribute.name, _canonical(getattr(value, attribute.name)))
                for attribute in attrs.fields(type(value))
                if attribute.eq and attribute.name not in _WORDING
            ),
        )
    if isinstance(value, tuple):
        return tuple(_canonical(each) for each in value)
    if isinstance(value, Enum):
        return str(value.value)
    return f"{type(value).__name__}:{value}"
