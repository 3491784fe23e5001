"""Tools, sections, questions and judgements as tables to read and to check."""

from __future__ import annotations

from collections.abc import Iterable

from qaf_core.framework import Framework
from qaf_core.logic.expressions import ALWAYS, NEVER, Cond
from qaf_core.logic.values import Kind
from qaf_core.reference.items import GROUNDS, grounds
from qaf_core.tables import Table
from qaf_core.tools.model import Judgement, Question, Tool

__all__ = ["judgements_table", "questions_table", "sections_table", "tools_table"]


def __dir__() -> list[str]:
    return __all__


def tools_table(framework: Framework) -> Table:
    """The audit tools."""
    subjects = {each.id: each.label for each in framework.subjects}
    return Table(
        caption="Audit tools",
        columns={
            "id": "Id",
            "version": "Version",
            "title": "Tool",
            "subject": "Audits",
            "sections": "Sections",
            "questions": "Questions",
            "judgements": "Judgements",
            "based_on": "Based on",
            "fingerprint": "Fingerprint",
            **GROUNDS,
        },
        rows=[
            {
                "id": each.id,
                "version": each.version,
                "title": each.title,
                "subject": subjects.get(each.subject, each.subject),
                "sections": len(each.sections),
                "questions": len(each.questions),
                "judgements": len(each.judged),
                "based_on": each.based_on and f"{each.based_on.tool} {each.based_on.version}",
                "fingerprint": each.fingerprint,
                **grounds(each),
            }
            for each in framework.tools
        ],
    )


def sections_table(tool: Tool) -> Table:
    """The sections of a tool, in order."""
    return Table(
        caption=f"Sections of {tool.id} {tool.version}",
        columns={
            "number": "Number",
            "id": "Id",
            "title": "Section",
            "applies": "Applies",
            "not_applicable": "May be set aside",
            **GROUNDS,
        },
        rows=[
            {
                "number": each.number,
                "id": each.id,
                "title": each.title,
                "applies": _where([], each.applies),
                "not_applicable": each.takes_na,
                **grounds(each),
            }
            for each in tool.sections
        ],
    )


def questions_table(tool: Tool) -> Table:
    """The questions of a tool, in order."""
    return Table(
        caption=f"Questions of {tool.id} {tool.version}",
        columns={
            "section": "Section",
            "id": "Id",
            "prompt": "Question",
            "answers": "Answers",
            "asked": "Asked",
            "required": "Required",
            "not_applicable": "May be not applicable",
            "adverse": "Adverse",
            "aspect": "Aspect",
            "criteria": "Criteria",
            **GROUNDS,
        },
        rows=[
            {
                "section": placed.section,
                "id": placed.item.id,
                "prompt": placed.item.prompt,
                "answers": _answers(placed.item.kind),
                "asked": _where([each.applies for each in placed.sections], placed.item.asked),
                "required": _where([], placed.item.required),
                "not_applicable": placed.item.takes_na,
                "adverse": ", ".join(map(placed.item.kind.label, placed.item.adverse)),
                "aspect": placed.item.aspect.value,
                "criteria": ", ".join(placed.item.criteria),
                **grounds(placed.item),
            }
            for placed in tool.questions
            if isinstance(placed.item, Question)
        ],
    )


def judgements_table(tool: Tool) -> Table:
    """The judgements of a tool, those of its sections first."""
    return Table(
        caption=f"Judgements of {tool.id} {tool.version}",
        columns={
            "section": "Section",
            "id": "Id",
            "title": "What is judged",
            "grades": "Grades, worst first",
            "given": "How",
            "must_justify": "To be justified",
            "not_applicable": "May be not applicable",
            **GROUNDS,
        },
        rows=[
            {
                "section": placed.section,
                "id": placed.item.id,
                "title": placed.item.title,
                "grades": _answers(placed.item.scale.kind),
                "given": _given(placed.item),
                "must_justify": placed.item.must_justify,
                "not_applicable": placed.item.takes_na,
                **grounds(placed.item),
            }
            for placed in tool.judged
            if isinstance(placed.item, Judgement)
        ],
    )


def _answers(kind: Kind) -> str:
    if kind.every_code:
        return f"{kind.sort.value}: {', '.join(map(kind.label, kind.every_code))}"
    if kind.lowest is not None and kind.highest is not None:
        return f"{kind.sort.value} from {kind.lowest} to {kind.highest}"
    return kind.sort.value


def _where(around: Iterable[Cond], own: Cond) -> str:
    conds = [each for each in (*around, own) if each != ALWAYS]
    if NEVER in conds:
        return "never"
    return " and ".join(f"where {each}" for each in conds) or "always"


def _given(judgement: Judgement) -> str:
    if judgement.computed is not None:
        return f"worked out: {judgement.computed.id}"
    return f"as answered under {judgement.same_as}" if judgement.same_as else "judged"
