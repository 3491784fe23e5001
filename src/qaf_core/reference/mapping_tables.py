"""Key tests, and what serves which of them and which criterion, as tables to check."""

from __future__ import annotations

from qaf_core.framework import Framework
from qaf_core.mappings import LinkSet, ends_of, gaps
from qaf_core.reference.items import GROUNDS, grounds, items
from qaf_core.tables import Table

__all__ = ["gaps_table", "key_tests_table", "link_sets", "links_table"]


def __dir__() -> list[str]:
    return __all__


def link_sets(framework: Framework) -> tuple[LinkSet, ...]:
    """Every set of links."""
    return tuple(
        each for addition in (framework.base, *framework.additions) for each in addition.mappings
    )


def key_tests_table(framework: Framework) -> Table:
    """What the programme says is to be tested, service by service."""
    return Table(
        caption="Key tests",
        columns={"service": "Service", "id": "Id", "text": "Key test", **GROUNDS},
        rows=[
            {"service": each.service, "id": each.id, "text": each.text, **grounds(each)}
            for addition in (framework.base, *framework.additions)
            for each in addition.key_tests
        ],
    )


def links_table(link_set: LinkSet) -> Table:
    """The links of a set, in order."""
    return Table(
        caption=f"{link_set}. {link_set.note}",
        columns={"of": "Question or section", "to": "Serves", "extent": "How much of it"},
        rows=[
            {"of": link.of, "to": link.to, "extent": link.extent.value} for link in link_set.links
        ],
    )


def gaps_table(link_set: LinkSet, framework: Framework) -> Table:
    """What a set of links leaves open, both ways, for the tools it speaks of."""
    named = {link.of.partition(".")[0] for link in link_set.links}
    tools = {tool.id: tool for tool in framework.tools if tool.id in named}
    tests = [str(row["id"]) for row in key_tests_table(framework).rows]
    criteria = [
        one.id for each in framework.standards if not each.external for one in each.criteria
    ]
    ends = {link.to for link in link_set.links}
    found = gaps(link_set, ends_of(*tools.values()), criteria if ends.isdisjoint(tests) else tests)
    words = _words(framework)
    return Table(
        caption=f"{link_set.title}: the gaps",
        columns={"gap": "Gap", "id": "Id", "words": "In our words"},
        rows=[
            {"gap": row["gap"], "id": row["id"], "words": words.get(str(row["id"]), "")}
            for row in found.to_table().rows
        ],
    )


def _words(framework: Framework) -> dict[str, str]:
    """The wording of all that a link may name, by the name it has there."""
    words: dict[str, str] = {}
    for item in items(framework):
        if item.sort in ("question", "section"):
            words[f"{item.within.partition(' ')[0]}.{item.id}"] = item.words
        elif item.sort in ("criterion", "key test"):
            words[item.id] = item.words
    return words
