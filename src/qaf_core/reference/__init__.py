"""What a framework holds, as tables and pages to read, to check and to sign."""

from __future__ import annotations

from qaf_core.reference.cycle_tables import (
    guards_table,
    learning_table,
    states_table,
    steps_table,
    streams_table,
    transitions_table,
)
from qaf_core.reference.items import Item, items, stated_items
from qaf_core.reference.mapping_tables import (
    gaps_table,
    key_tests_table,
    link_sets,
    links_table,
)
from qaf_core.reference.pages import html_document, html_page, pages
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

__all__ = [
    "Item",
    "areas_table",
    "boards_table",
    "covers_table",
    "gaps_table",
    "guards_table",
    "html_document",
    "html_page",
    "items",
    "judgements_table",
    "key_tests_table",
    "learning_table",
    "link_sets",
    "links_table",
    "pages",
    "pools_table",
    "programme_table",
    "questions_table",
    "roles_table",
    "rules_table",
    "sections_table",
    "settings_table",
    "sign_offs_table",
    "standards_table",
    "stated_items",
    "states_table",
    "steps_table",
    "streams_table",
    "tools_table",
    "transitions_table",
]


def __dir__() -> list[str]:
    return __all__
