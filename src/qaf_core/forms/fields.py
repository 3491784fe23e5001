"""A tool as neutral form data, with the parameters of GOV.UK components."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from qaf_core.forms.components import (
    Data,
    component_for,
    not_applicable_item,
    plain,
    set_aside,
    text_area,
)
from qaf_core.forms.conditions import condition
from qaf_core.logic.expressions import ALWAYS, NEVER, And, Cond
from qaf_core.logic.values import DATE, ID, TEXT, Kind, Sort, choice
from qaf_core.scales import Scale
from qaf_core.tools.model import Judgement, Question, Section, Tool

__all__ = ["fields"]


def __dir__() -> list[str]:
    return __all__


def fields(tool: Tool) -> list[Data]:
    """A tool as pages of fields: plain data, for any template to draw.

    It holds no HTML, and nothing in it rests on colour. The library still decides what
    is called for: a host that shows every field loses nothing, since an answer that is
    not called for is kept aside and reported.

    Returns:
        One dictionary for each section, nested ones after the section they lie in; what
        lies in none stands on pages whose id is empty, the last of which is for one
        action and ``repeats``. A page has ``id``, ``title``, ``number``, ``hint``,
        ``within`` (ids of the sections it lies in), ``continued`` (whether the section
        goes on here after a nested one), ``repeats``, ``applies`` (a condition),
        ``not_applicable``, ``fields``, ``clause`` and ``standing``.

        A field has ``name``, ``path`` (where its value goes in the JSON of an audit),
        ``answer`` (the sort of value: yes_no, code, codes, date, moment, count, number,
        text or id), ``component`` (radios, checkboxes, date-input, textarea or input),
        ``params`` for that component's macro, the conditions ``asked`` and ``required``,
        ``not_applicable``, ``private``, ``clause`` and ``standing``; and the id of its
        ``question`` or ``judgement`` where it has one. Radios for yes and no have the
        values "yes" and "no", where the audit takes true and false. A moment is asked for
        by the local clock, where the audit takes it with its offset.

        A condition has ``when`` (always, never or conditional), ``english`` and ``data``,
        which is None where it is not simple; its values are those of the audit.

        ``not_applicable`` is None, or how to set a field or page aside: the ``value``
        that does so, the ``choice`` it is a value of (None where the field's own items
        have it), and the field for the ``reason``.
    """
    return [*_Form.of(tool).pages(tool)]


@frozen
class _Form:
    """What the fields of one tool have in common."""

    askers: dict[str, str]
    scales: dict[str, Scale]

    @classmethod
    def of(cls, tool: Tool) -> _Form:
        askers = {
            each.item.ref.name: f"{type(each.item).__name__.lower()} {each.item.id}"
            for each in (*tool.questions, *tool.judged)
        }
        judged = [each.item for each in tool.judged if isinstance(each.item, Judgement)]
        return cls(askers, {each.scale.kind.id: each.scale for each in judged})

    def condition(self, cond: Cond) -> Data:
        return condition(cond, self.askers)

    # --- pages -----------------------------------------------------------------------

    def pages(self, tool: Tool) -> Iterator[Data]:
        """The pages of a tool, which is read as a section around all others."""
        whole = Section(
            id=tool.id,
            title=tool.title,
            parts=tool.parts,
            judgements=tool.judgements,
            takes_na=False,
            source=tool.source,
            standing=tool.standing,
        )
        for page in self.section(whole, ()):
            outermost = not page["within"]
            yield page | ({"id": ""} if outermost else {"within": page["within"][1:]})
        actions = self.page(whole, (), [*self.action(tool)], continued=False)
        yield actions | {"id": "", "title": "Actions", "repeats": True}

    def section(self, section: Section, chain: tuple[Section, ...]) -> Iterator[Data]:
        """The page of a section, then those it holds; what follows them is a page again."""
        own: list[Data] = []
        begun = not chain
        for part in section.parts:
            if isinstance(part, Question):
                own.append(self.question(part))
                continue
            if own or not begun:
                yield self.page(section, chain, own, continued=begun and bool(chain))
                begun, own = True, []
            yield from self.section(part, (*chain, section))
        own += [each for judgement in section.judgements for each in self.judgement(judgement)]
        if own or not begun:
            yield self.page(section, chain, own, continued=begun and bool(chain))

    def page(
        self, section: Section, chain: tuple[Section, ...], own: list[Data], *, continued: bool
    ) -> Data:
        aside = None
        if section.takes_na and not continued:
            name, path = f"{section.id}__section", f"sections.{section.id}"
            aside = set_aside(name, path, section.title, "not_applicable", own_items=False)
        return {
            "id": section.id,
            "title": section.title,
            "number": section.number,
            "hint": "" if continued else section.hint,
            "within": [each.id for each in chain],
            "continued": continued,
            "repeats": False,
            "applies": self.condition(And((*(each.applies for each in chain), section.applies))),
            "not_applicable": aside,
            "fields": own,
            "clause": str(section.source),
            "standing": section.standing.value,
        }

    # --- fields ----------------------------------------------------------------------

    def action(self, tool: Tool) -> Iterator[Data]:
        """The fields of one action; owner and sign-off come later, if at all."""
        titles = {section.id: section.title for section in tool.sections}
        targets = {id: titles.get(id, "Other") for id in tool.action_targets}
        for name, kind, text, required in (
            ("section", choice("section", targets), "Which section is it about?", ALWAYS),
            ("action", TEXT, "What is to be done?", ALWAYS),
            ("by", DATE, "By when?", NEVER),
            ("owner", ID, "Which post does it?", NEVER),
            ("signed_off", DATE, "When did a manager sign it off?", NEVER),
        ):
            made = self.field(kind, f"action__{name}", f"actions[].{name}", text, "", aside="")
            yield made | {
                "asked": self.condition(ALWAYS),
                "required": self.condition(required),
                "private": kind in (TEXT, ID),
                "clause": str(tool.source),
                "standing": tool.standing.value,
            }

    def question(self, question: Question) -> Data:
        path = f"answers.{question.id}"
        made = self.field(
            question.kind,
            question.id,
            path,
            question.prompt,
            question.hint,
            aside=path if question.takes_na else "",
        )
        return made | {
            "question": question.id,
            "asked": self.condition(question.asked),
            "required": self.condition(question.required),
            "private": question.ref.private,
            "aspect": question.aspect.value,
            "criteria": list(question.criteria),
            "clause": str(question.source),
            "standing": question.standing.value,
        }

    def judgement(self, judgement: Judgement) -> Iterator[Data]:
        """The grade, the analysis and the justification; nothing where nobody judges."""
        if not judgement.judged:
            return
        id, path = judgement.id, f"judgements.{judgement.id}"
        rest = {
            "judgement": id,
            "asked": self.condition(ALWAYS),
            "required": self.condition(ALWAYS),
            "private": False,
            "clause": str(judgement.source),
            "standing": judgement.standing.value,
        }
        grade = self.field(
            judgement.scale.kind,
            f"{id}__grade",
            f"{path}.grade",
            judgement.title,
            ". ".join(judgement.hints),
            aside=path if judgement.takes_na else "",
        )
        yield grade | rest
        analysis = text_area(f"{id}__analysis", "Analysis", judgement.analysis)
        optional = {"private": True, "required": self.condition(NEVER)}
        yield plain(f"{path}.analysis", analysis) | rest | optional
        if judgement.must_justify:
            why = text_area(f"{id}__justification", "Justification of the grade")
            yield plain(f"{path}.justification", why) | rest | {"private": True}

    def field(self, kind: Kind, name: str, path: str, text: str, hint: str, *, aside: str) -> Data:
        """A field of a kind; ``aside`` is the path at which it is set aside, where it can be."""
        items = [*self.items(kind)]
        component = component_for(kind, name, text, hint, items)
        made = plain(path, component) | {"answer": kind.sort.name.lower()}
        if aside:
            value = _unused("not_applicable", kind)
            made["not_applicable"] = set_aside(name, aside, text, value, own_items=bool(items))
            if items:
                component["params"]["items"] = items + not_applicable_item(value, kind)
        elif kind.sort is Sort.YES_NO:
            component["params"]["classes"] = "govuk-radios--inline"
        return made

    def items(self, kind: Kind) -> Iterator[Data]:
        """The choices there are, worst to best where they have an order, each in words."""
        if kind.sort is Sort.YES_NO:
            yield from ({"value": "yes", "text": "Yes"}, {"value": "no", "text": "No"})
        scale = self.scales.get(kind.id)
        told = {grade.code: grade.descriptor for grade in scale} if scale else {}
        for code in kind.every_code:
            item: Data = {"value": code, "text": kind.label(code)}
            yield item | ({"hint": {"text": told[code]}} if told.get(code) else {})


def _unused(value: str, kind: Kind) -> str:
    """A value that is no code of the kind."""
    while value in kind.every_code:
        value = f"{value}_"
    return value
