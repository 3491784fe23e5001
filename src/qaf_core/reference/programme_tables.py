"""The audit programme as tables to read and to check."""

from __future__ import annotations

from qaf_core.framework import Framework
from qaf_core.reference.items import GROUNDS, grounds
from qaf_core.sampling.programme.rows import ProgrammeRow
from qaf_core.tables import Table

__all__ = ["areas_table", "covers_table", "pools_table", "programme_table", "sign_offs_table"]


def __dir__() -> list[str]:
    return __all__


def programme_table(framework: Framework) -> Table:
    """Every row of the programme, as the source has it."""
    tools = {tool.id for tool in framework.tools}
    return Table(
        caption="The audit programme",
        columns={
            "id": "Id",
            "title": "Row",
            "method": "Method",
            "cadence": "How often",
            "asks": "Asks for",
            "tools": "Tools, any of them",
            "install": "Brought by",
            "moderation": "Moderated by",
            "selection": "Chosen",
            "key_tests": "Key tests",
            "note": "To know",
            **GROUNDS,
        },
        rows=[
            {
                "id": row.id,
                "title": row.title,
                "method": row.method,
                "cadence": "not stated" if row.cadence is None else str(row.cadence),
                "asks": _asks(row),
                "tools": ", ".join(row.tools) or "not stated",
                "install": row.install or ("the base" if set(row.tools) & tools else ""),
                "moderation": str(row.moderation or ""),
                "selection": row.selection,
                "key_tests": sum(
                    test.service in row.key_tests
                    for each in (framework.base, *framework.additions)
                    for test in each.key_tests
                )
                or None,
                "note": row.note,
                **grounds(row),
            }
            for row in framework.programme.rows
        ],
    )


def _asks(row: ProgrammeRow) -> str:
    """What a row asks for, in words."""
    asked = [str(each) for each in (*row.quotas, *row.covers)]
    asked += [f"{each.label} signed off" for each in row.sign_offs]
    if row.pool:
        asked.append(f"{row.pool.sharing_said} within {row.pool.id}")
    if row.left_out:
        asked.append("optional, left out as shipped")
    if row.run_by:
        asked.append(f"run by {row.run_by}")
    return "; ".join(asked)


def covers_table(framework: Framework) -> Table:
    """Who is the subject of an audit, by whom."""
    return Table(
        caption="Who is audited by whom",
        columns={
            "row": "Row",
            "id": "Id",
            "label": "Asks for",
            "of": "Who is audited",
            "by": "By",
            "also": "Counts as well",
            **GROUNDS,
        },
        rows=[
            {
                "row": row.id,
                "id": each.id,
                "label": str(each),
                "of": ", ".join(map(str, each.of)),
                "by": ", ".join(map(str, each.by)) or "their own manager",
                "also": ", ".join(map(str, each.also)),
                **grounds(each),
            }
            for row in framework.programme.rows
            for each in row.covers
        ],
    )


def sign_offs_table(framework: Framework) -> Table:
    """What must be signed off before an event."""
    return Table(
        caption="Gates",
        columns={"row": "Row", "id": "Id", "label": "Signed off first", "by": "By", **GROUNDS},
        rows=[
            {
                "row": row.id,
                "id": each.id,
                "label": each.label,
                "by": str(each.by),
                **grounds(each),
            }
            for row in framework.programme.rows
            for each in row.sign_offs
        ],
    )


def pools_table(framework: Framework) -> Table:
    """Rows that are counted together."""
    pools = {row.pool.id: row.pool for row in framework.programme.rows if row.pool}
    return Table(
        caption="Pools",
        columns={
            "id": "Id",
            "title": "Pool",
            "rows": "Rows",
            "sharing": "One quota, or one each",
            "wants": "A team's share holds one of",
            **GROUNDS,
        },
        rows=[
            {
                "id": pool.id,
                "title": pool.title,
                "rows": ", ".join(row.id for row in framework.programme.rows if row.pool == pool),
                "sharing": pool.sharing_said,
                "wants": ", ".join(pool.wants),
                **grounds(pool),
            }
            for pool in pools.values()
        ],
    )


def areas_table(framework: Framework) -> Table:
    """The service areas that rows speak of."""
    return Table(
        caption="Service areas",
        columns={"id": "Id", "title": "Service area", **GROUNDS},
        rows=[
            {"id": each.id, "title": each.title, **grounds(each)}
            for each in framework.programme.areas
        ],
    )
