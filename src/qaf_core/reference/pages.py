"""The reference pages: what is shipped, as Markdown and as HTML."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

import attrs

from qaf_core.framework import Framework
from qaf_core.provenance import Standing
from qaf_core.reference.cycle_tables import (
    guards_table,
    learning_table,
    states_table,
    steps_table,
    streams_table,
    transitions_table,
)
from qaf_core.reference.items import items, stated_items
from qaf_core.reference.mapping_tables import (
    gaps_table,
    key_tests_table,
    link_sets,
    links_table,
)
from qaf_core.reference.programme_tables import (
    areas_table,
    covers_table,
    pools_table,
    programme_table,
    sign_offs_table,
)
from qaf_core.reference.tables import (
    boards_table,
    roles_table,
    rules_table,
    settings_table,
    standards_table,
)
from qaf_core.reference.tool_tables import (
    judgements_table,
    questions_table,
    sections_table,
    tools_table,
)
from qaf_core.tables import Table

__all__ = ["html_document", "html_page", "pages"]

_NOTE = (
    "This page is written by `docs/generate.py` from the code. Do not edit it. The wording is the "
    "library's own. *Lines* are those of the text the framework was read from; how firmly an "
    "item stands is told in [the glossary](../glossary.md#where-it-rests)."
)


def __dir__() -> list[str]:
    return __all__


def pages(framework: Framework) -> dict[str, str]:
    """The reference pages of a framework: name of the file, and its Markdown."""
    return {
        "standards.md": _page(
            "Standards",
            standards_table(framework, external=False),
            standards_table(framework, external=True),
        ),
        "tools.md": _page("Tools", tools_table(framework), *map(sections_table, framework.tools)),
        "questions.md": _page(
            "Questions",
            *(
                table
                for tool in framework.tools
                for table in (questions_table(tool), judgements_table(tool))
            ),
        ),
        "rules.md": _page("Rules", *_by_group(rules_table(framework))),
        "settings.md": _page("Settings", settings_table(framework)),
        "roles.md": _page("Roles and boards", roles_table(framework), boards_table(framework)),
        "programme.md": _page(
            "Audit programme",
            programme_table(framework),
            pools_table(framework),
            covers_table(framework),
            sign_offs_table(framework),
            areas_table(framework),
        ),
        "mappings.md": _page(
            "What serves what",
            *(
                table
                for each in link_sets(framework)
                for table in (gaps_table(each, framework), links_table(each))
            ),
            key_tests_table(framework),
        ),
        "cycle.md": _page(
            "From audit to improvement",
            *(
                table
                for machine in framework.machines
                for table in (
                    states_table(machine),
                    transitions_table(machine),
                    guards_table(machine),
                )
            ),
            steps_table(framework),
            streams_table(framework),
        ),
        "learning.md": _page("Where learning goes", learning_table(framework)),
        "sign-off.md": _page("For sign-off", _counts(framework), stated_items(framework)),
    }


def _page(title: str, *tables: Table) -> str:
    shown = [table.to_markdown() for table in tables if len(table)]
    return "\n".join((f"# {title}\n", f"{_NOTE}\n", *shown))


def _by_group(table: Table) -> Iterator[Table]:
    """A table of rules, parted by the first word of their ids."""
    groups = dict.fromkeys(str(row["id"]).partition(".")[0] for row in table.rows)
    for group in groups:
        rows = [row for row in table.rows if str(row["id"]).startswith(f"{group}.")]
        yield attrs.evolve(table, caption=f"{group.capitalize()}: {len(rows)}", rows=rows)


def _counts(framework: Framework) -> Table:
    """How many items of each sort stand how firmly."""
    counts: dict[str, dict[str, object]] = {}
    for each in items(framework):
        row = counts.setdefault(each.sort, {"sort": each.sort, **dict.fromkeys(Standing, 0)})
        row[each.standing.value] = int(str(row[each.standing.value])) + 1
    standings = {standing.value: standing.value.capitalize() for standing in Standing}
    return Table(
        caption="How firmly everything stands",
        columns={"sort": "What", **standings},
        rows=counts.values(),
    )


_STYLE = (
    "body{font-family:sans-serif;line-height:1.5;margin:2rem}"
    "table{border-collapse:collapse;margin-bottom:2rem}"
    "caption{font-weight:bold;text-align:left;padding:.5rem 0}"
    "th,td{border:1px solid;padding:.4rem;text-align:left;vertical-align:top}"
)


def html_page(title: str, *tables: Table) -> str:
    """Tables as a page of their own: headed, captioned, every cell escaped, no script."""
    body = "\n".join(table.to_html() for table in tables)
    return html_document(title, f"<h1>{escape(title)}</h1>\n{body}")


def html_document(title: str, body: str) -> str:
    """HTML that has its headings already as a page of its own, with no script."""
    return (
        '<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )
