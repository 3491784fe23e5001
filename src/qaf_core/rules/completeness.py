"""What an audit must hold before it is complete."""

from __future__ import annotations

from qaf_core.facts import judgements, overall, questions, safe
from qaf_core.provenance import Standing
from qaf_core.rules.model import Require, Rule
from qaf_core.scales import INADEQUATE
from qaf_core.sources import QAF

__all__ = ["JUSTIFIED", "QUESTIONS", "RULES", "SAFETY_KNOWN", "SECTIONS_GRADED"]


def __dir__() -> list[str]:
    return __all__


SAFETY_KNOWN = Rule(
    "completeness.safety_known",
    "An audit graded Inadequate overall says whether the child is safe.",
    when=overall.is_(INADEQUATE) & safe.pending(),
    then=(Require(what="safe, unsafe or cannot tell"),),
    source=QAF.at("Tool A, 6", lines="933-936"),
    standing=Standing.INFERRED,
)

QUESTIONS = Rule(
    "completeness.questions",
    "Every question that is asked and required is answered, or not applicable with a reason.",
    each=questions,
    when=questions.state.is_("pending")
    & questions.required.is_(True)
    & ~(questions.fact.is_("safe") & overall.is_(INADEQUATE)),  # that one has its own rule
    then=(Require(what="an answer, or why it does not apply"),),
    source=QAF.at("Tool A, guidance", lines="681-683"),
    standing=Standing.INFERRED,
)

SECTIONS_GRADED = Rule(
    "completeness.judgements",
    "Every section that is judged has a grade, and so has the whole.",
    each=judgements,
    when=judgements.judged.is_(True) & judgements.state.is_("pending"),
    then=(Require(what="a grade"),),
    source=QAF.at("Tool A, guidance", lines="674"),
    standing=Standing.STATED,
)

JUSTIFIED = Rule(
    "completeness.justified",
    "The overall grade is justified in writing.",
    each=judgements,
    when=judgements.must_justify.is_(True)
    & judgements.state.is_("answered")
    & judgements.justified.is_(False),
    then=(Require(what="the justification for the grade"),),
    source=QAF.at("Tool A, 6", lines="932"),
    standing=Standing.STATED,
)

RULES = (SAFETY_KNOWN, QUESTIONS, SECTIONS_GRADED, JUSTIFIED)
