"""Rules as JSON: written by hand or by ``write_rules``, read strictly, equal both ways.

A file names its documents and holds rules::

    {"format": 1,
     "documents": [{"id": "...", "title": "...", "publisher": "...", "dated": "..."}],
     "rules": [{"id": "escalation.unsafe", "statement": "...",
                "when": {"fact": "safe", "in": ["unsafe", "cannot_tell"]},
                "then": [{"escalate": {"to": ["team_manager"], "within": "at_once"}}],
                "source": {"document": "...", "clause": "..."}, "standing": "stated"}]}

A condition is one of

- ``{"all": [...]}``, ``{"any": [...]}``, ``{"not": ...}``;
- ``{"some": "actions", "where": ...}``, ``{"every": ...}``: over the items of a collection;
- a term and what is asked of it. Terms: ``{"fact": "safe"}``, ``{"field": "actions.by"}``,
  ``{"count": "actions", "where": ...}``, ``{"worst": "judgements.grade.four_point",
  "where": ...}``, ``{"best": ...}``. Asked: ``"is"`` a value or another term, ``"in"`` a
  list of values, ``"state"`` (answered, pending, not_applicable), ``"<"``, ``"<="``, ``">"``,
  ``">="`` a value or another term. ``{"value": 3, "<": {"fact": ...}}`` begins with the value.

What lowering adds to conditions is for the engine alone and has no written form.
"""

from __future__ import annotations

from qaf_core.interchange.rules.reading import read_rules
from qaf_core.interchange.rules.schema import rules_schema
from qaf_core.interchange.rules.writing import rules_to_plain, write_rules

__all__ = ["read_rules", "rules_schema", "rules_to_plain", "write_rules"]


def __dir__() -> list[str]:
    return __all__
