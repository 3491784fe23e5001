"""A quarter as plain data, and as the files that a council would keep of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from qaf_core.cycle.actions import register
from qaf_core.cycle.processes import Process
from qaf_core.cycle.work import work_programme
from qaf_core.interchange import faults_to_plain, process_to_plain, receipt_to_plain, write_receipt
from qaf_core.interchange.allocations import allocation_to_plain
from qaf_core.quarter.figures import figures_of
from qaf_core.quarter.filling import text_of
from qaf_core.quarter.model import Quarter
from qaf_core.quarter.story import story
from qaf_core.reference import html_document
from qaf_core.reports import lessons
from qaf_core.tables import Table

__all__ = ["files_of", "to_plain"]


def __dir__() -> list[str]:
    return __all__


def to_plain(quarter: Quarter) -> dict[str, Any]:
    """The quarter as dictionaries, lists, text, numbers, true and false.

    It holds ids of audits, cases and of the posts that audit; no worker and no free text of
    an audit.
    """
    days, moderated = quarter.days, quarter.moderated
    return {
        "quarter": quarter.name,
        "seed": quarter.stage.chance.seed,
        "framework": quarter.framework.name,
        "decided": [str(each) for each in quarter.framework.departures],
        "days": {
            "start": days.quarter.start.isoformat(),
            "reminded": days.chased.isoformat(),
            "end": days.quarter.due.isoformat(),
            "board": days.board.isoformat(),
        },
        "figures": figures_of(quarter),
        "draws": [
            {
                "row": each.row.id,
                "window": each.window.name,
                "holds": verified.holds,
                "receipt": receipt_to_plain(each.draw.receipt),
                "allocation": allocation_to_plain(each.first),
                "placed": [{"case": one.case, "post": one.post} for one in each.plan.placed],
                "notes": [str(note) for note in each.notes],
            }
            for each, verified in zip(quarter.chosen, quarter.verified, strict=True)
        ],
        "faults": [
            {"line": fault.line} | plain
            for fault, plain in zip(
                quarter.batch.faults, faults_to_plain(quarter.batch.faults), strict=True
            )
        ],
        "findings": [_row(row) for review in quarter.reviews.values() for row in review.to_rows()],
        "escalations": _rows(quarter.told_board),
        "moderation": {
            "round": moderated.round.to_rows(),
            "nobody": faults_to_plain(moderated.nobody),
            "agreement": {id: each.to_rows() for id, each in moderated.agreement.items()},
            "disagreements": [
                {
                    "audit": id,
                    "about": one.about,
                    "kind": one.kind.value,
                    "auditor": one.auditor,
                    "moderator": one.moderator,
                }
                for id, one in moderated.disagreements
            ],
        },
        "list": _rows(quarter.listed),
        "register": _rows(register(each.audit for each in quarter.followed.values())),
        "refused": [
            {
                "process": each.process,
                "on": each.on.isoformat(),
                "event": each.refusal.event,
                "unmet": [str(one) for one in each.refusal.unmet],
            }
            for each in quarter.refused
        ],
        "coverage": [
            _row(row | {"about": "", "post": "" if row["about"] else row["post"]})
            for row in quarter.coverage.to_rows()
        ],
        "gates": [
            {"event": gate.event.id, "open": gate.open, "missing": list(gate.missing)}
            for gate in quarter.coverage.gates
        ],
        "report": {
            "summary": list(quarter.report.summary),
            "basis": list(quarter.report.basis),
            "rows": [_row(row) for row in quarter.report.to_rows()],
        },
        "themes": _rows(work_programme(quarter.themes, days.board, closed=True)),
    }


def _row(row: Mapping[str, object]) -> dict[str, object]:
    return {
        name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()
    }


def _rows(table: Table) -> list[dict[str, object]]:
    return [_row(row) for row in table.to_rows()]


def files_of(quarter: Quarter) -> dict[str, str]:
    """What a council would keep of the quarter: the text of each file, by its path.

    The audits and the histories hold everything that was recorded, free text and posts
    included: they are for keeping, and not for showing.
    """
    files = {
        "story.md": story(quarter),
        "quarter.json": json.dumps(to_plain(quarter), ensure_ascii=False, indent=1) + "\n",
        "report.md": quarter.report.to_markdown(),
        "report.html": html_document(quarter.report.page.title, quarter.report.to_html()),
        "audits.jsonl": _lines(quarter.filled.texts.values()),
        "sent-again.jsonl": _lines(quarter.filled.mended.values()),
        "moderations.jsonl": _lines(text_of(each.again) for each in quarter.moderated.both),
        "histories/escalations.jsonl": _histories(quarter.calls),
        "histories/actions.jsonl": _histories(quarter.actions),
        "histories/audits.jsonl": _histories(each.audit for each in quarter.followed.values()),
        "histories/themes.jsonl": _histories(quarter.themes),
    }
    for link in quarter.framework.learning:
        files[f"learning/{link.id}.md"] = lessons(quarter.report, link.id).to_markdown()
    for each in quarter.chosen:
        name = each.scope.replace("/", "-")
        files[f"draws/{name}.receipt.json"] = write_receipt(each.draw.receipt)
        files[f"draws/{name}.list.txt"] = each.listing
    return files


def _lines(texts: Iterable[str]) -> str:
    return "".join(f"{text}\n" for text in texts)


def _histories(processes: Iterable[Process]) -> str:
    return _lines(json.dumps(process_to_plain(each), ensure_ascii=False) for each in processes)
