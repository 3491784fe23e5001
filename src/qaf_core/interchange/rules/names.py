"""What a rule may name, as a framework declares it, and the words it is written in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from attrs import field, frozen

from qaf_core.facts import (
    actions,
    audited,
    judgements,
    judgements_on,
    participants,
    questions,
    returns,
    today,
)
from qaf_core.framework import Framework
from qaf_core.logic.expressions import Collection, Ref
from qaf_core.provenance import Document
from qaf_core.roles import Role
from qaf_core.scales import Scale
from qaf_core.settings import Setting
from qaf_core.timing import Unit

__all__ = [
    "COMPARISONS",
    "FORMAT",
    "MAX_DEPTH",
    "MAX_FAULTS",
    "MAX_PARTS",
    "MAX_RULES",
    "MAX_TEXT",
    "UNITS",
    "WORDS",
    "Names",
    "names_of",
]

FORMAT = 1
"""The version of the written form."""
MAX_TEXT = 1_000_000
"""How many characters a file of rules may have."""
MAX_DEPTH = 100
"""How deep its JSON may nest: the deepest condition and what stands around it."""
MAX_RULES = 1_000
"""How many rules one file may hold."""
MAX_PARTS = 1_000
"""How many conditions, terms and values one rule may be made of."""
MAX_FAULTS = 200
"""After how many faults the reading of a file stops."""

COMPARISONS = ("<", "<=", ">", ">=")
UNITS: Mapping[str, Unit] = {unit.value.replace(" ", "_"): unit for unit in Unit}
WORDS = frozenset(
    (
        *("format", "documents", "rules"),
        *("id", "title", "publisher", "dated"),
        *("statement", "when", "each", "then", "subjects", "source", "standing"),
        *("document", "clause", "lines", "collection", "scale", "stating"),
        *("escalate", "require", "query", "act", "moderate", "commission", "gate", "recognise"),
        *("to", "by", "what", "within", "tool", "on", "setting", "after", "before", *UNITS),
        *("all", "any", "not", "some", "every", "where"),
        *("fact", "field", "count", "worst", "best", "value", "label", "private"),
        *("is", "in", "state", *COMPARISONS),
    )
)
"""Every key of the written form: only these are named in faults."""


def __dir__() -> list[str]:
    return __all__


@frozen(eq=False, kw_only=True)
class Names:
    """What a rule may name, each by its id.

    Attributes:
        facts: the facts, as terms of conditions.
        fields: the fields of items, by collection and name: ``actions.by``.
        collections: the collections, judgements on the framework's first scale.
        scales, roles, settings: those of the framework.
        documents: those that it rests on.
        subjects, tools: ids of the kinds of subject and of the tools.
    """

    facts: Mapping[str, Ref] = field(repr=False)
    fields: Mapping[str, Ref] = field(repr=False)
    collections: Mapping[str, Collection] = field(repr=False)
    scales: Mapping[str, Scale] = field(repr=False)
    roles: Mapping[str, Role] = field(repr=False)
    settings: Mapping[str, Setting] = field(repr=False)
    documents: Mapping[str, Document] = field(repr=False)
    subjects: frozenset[str] = field(repr=False)
    tools: frozenset[str] = field(repr=False)


def names_of(framework: Framework) -> Names:
    """What the rules of a framework may name."""
    facts = _facts(framework)
    by_scale = [judgements_on(scale) for scale in framework.scales]
    fixed = (questions, actions, participants, returns)
    fields = {
        f"{collection.id}.{name}": getattr(collection, name)
        for collection in (*fixed, *(by_scale or (judgements,)))
        for name in collection.fields
    }
    for fact in facts.values():
        stated = Ref(fact.name, fact.kind, returns.id, fact.label, fact.private)
        fields.setdefault(f"{returns.id}.{fact.name}", stated)
    return Names(
        facts=facts,
        fields=fields,
        collections={each.id: each for each in (*fixed, *(by_scale[:1] or (judgements,)))},
        scales=_by_id(framework.scales),
        roles=_by_id(framework.roles),
        settings=_by_id(framework.settings),
        documents=_documents(framework),
        subjects=frozenset(each.id for each in framework.subjects),
        tools=frozenset(each.id for each in framework.tools),
    )


def _facts(framework: Framework) -> dict[str, Ref]:
    """Every fact that is declared or that a tool states; private where one of them says so."""
    found = {ref.name: ref for ref in (audited, today)}
    found |= {fact.id: fact.ref for fact in framework.facts}
    for tool in framework.tools:
        for placed in (*tool.questions, *tool.judged):
            ref = placed.item.ref
            kept = found.setdefault(ref.name, ref)
            if ref.private and not kept.private:
                found[ref.name] = Ref(kept.name, kept.kind, label=kept.label, private=True)
    return found


def _documents(framework: Framework) -> dict[str, Document]:
    cited: tuple[Any, ...] = (
        *framework.standards,
        *framework.roles,
        *framework.subjects,
        *framework.facts,
        *framework.tools,
        *framework.settings,
        *framework.rules,
    )
    return {each.source.document.id: each.source.document for each in cited}


def _by_id(entries: Iterable[Any]) -> dict[str, Any]:
    return {each.id: each for each in entries}
