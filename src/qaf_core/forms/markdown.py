"""A tool as a blank form to print or to read."""

from __future__ import annotations

from collections.abc import Iterator

from qaf_core.logic.expressions import ALWAYS, NEVER, Cond
from qaf_core.logic.values import Kind, Sort
from qaf_core.tools.model import Judgement, Part, Question, Section, Tool

__all__ = ["to_markdown"]


def __dir__() -> list[str]:
    return __all__


def to_markdown(tool: Tool) -> str:
    """A blank form to print or to read, with who it is for, when a part is asked, and its clause."""
    lines = [f"# {tool.title}", "", f"{tool.id} {tool.version}, {tool.source}."]
    if tool.guidance:
        lines += ["", tool.guidance]
    if tool.based_on is not None:
        lines += [
            "",
            f"Based on {tool.based_on.tool} {tool.based_on.version}: {tool.based_on.because}",
        ]
    for part in tool.parts:
        lines += _part(part, 2)
    for judgement in tool.judgements:
        lines += _judgement(judgement)
    lines += ["", f"Fingerprint {tool.fingerprint}"]
    return "\n".join(lines) + "\n"


def _part(part: Part, level: int) -> Iterator[str]:
    if isinstance(part, Question):
        yield from _question(part)
        return
    number = f"{part.number}. " if part.number else ""
    yield ""
    yield f"{'#' * min(level, 6)} {number}{part.title}"
    if part.hint:
        yield ""
        yield part.hint
    yield from _condition("Applies where", part.applies)
    for inner in part.parts:
        yield from _part(inner, level + 1)
    for judgement in part.judgements:
        yield from _judgement(judgement)
    if part.takes_na and isinstance(part, Section):
        yield ""
        yield "Not applicable, because: ____"


def _question(question: Question) -> Iterator[str]:
    yield ""
    yield f"**{question.prompt}** `{question.id}`"
    if question.hint:
        yield ""
        yield question.hint
    yield from _condition("Asked where", question.asked)
    if question.required == NEVER:
        yield ""
        yield "Optional."
    else:
        yield from _condition("Required where", question.required)
    yield ""
    yield _box(question.kind, question.takes_na)


def _condition(words: str, cond: Cond) -> Iterator[str]:
    if cond != ALWAYS:
        yield ""
        yield f"{words}: {cond}."


def _box(kind: Kind, takes_na: bool) -> str:
    """Where the answer goes: every choice in words, so that nothing rests on colour."""
    choices: list[str] = []
    match kind.sort:
        case Sort.YES_NO:
            choices = ["Yes", "No"]
        case Sort.CODE | Sort.CODES:
            choices = [kind.label(code) for code in kind.every_code]
    box = (
        "  ".join(f"[ ] {choice}" for choice in choices) or f"{kind.sort.value.capitalize()}: ____"
    )
    if kind.sort is Sort.NUMBER and kind.highest is not None:
        box = f"Score from {kind.lowest} to {kind.highest}: ____"
    return f"{box}  [ ] Not applicable, because: ____" if takes_na else box


def _judgement(judgement: Judgement) -> Iterator[str]:
    yield ""
    if judgement.computed is not None:
        yield f"**{judgement.title}**: worked out ({judgement.computed.id})"
        return
    if judgement.same_as:
        yield f"**{judgement.title}**: as answered under `{judgement.same_as}`"
        return
    yield f"**{judgement.title}** `{judgement.id}`"
    for hint in judgement.hints:
        yield f"- {hint}"
    yield ""
    yield _box(judgement.scale.kind, judgement.takes_na)
    yield ""
    yield f"Analysis{': ' + judgement.analysis if judgement.analysis else ''}: ____"
    if judgement.must_justify:
        yield ""
        yield "Justification: ____"
