"""A quarter of 400 audits from JSON to report, against json.loads of the same texts, in one run.

Run it with ``python benchmarks/quarter.py [ROUNDS]``. The texts are those of an invented
quarter, complete audits and drafts, with every service whose plugin is installed. The
candidate reads them, reviews each, raises what has to be escalated, makes the quarterly
report and looks for every escalation in every place; the base is ``json.loads`` of each text,
let go at once. What keeping all that it gives costs is timed beside it, since the candidate
keeps its audits. Each round times all in turn, stage by stage; the ratios are taken within the
round. That all audits are read and every escalation is found is checked before anything is
timed.
"""

from __future__ import annotations

import gc
import json
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from qaf_core import Framework, load_framework, read_audits
from qaf_core.cycle import Actor, Process, escalations, open_cases, raise_from
from qaf_core.quarter import Quarter, run_quarter
from qaf_core.reports import Material, quarterly_report, reconcile

TARGET = 12
AUDITS = 400
LAID_OUT = "lay out as Markdown"
AUDITOR = Actor("auditor", "TM-1")


def quarter_of(framework: Framework) -> tuple[Quarter, list[str]]:
    """An invented quarter that is large enough, and texts from all of it that read whole."""
    quarter = run_quarter(framework, teams=10)
    faulty = set(quarter.filled.mended)
    texts = [text for id, text in quarter.filled.texts.items() if id not in faulty]
    if len(texts) < AUDITS:
        raise SystemExit(f"Only {len(texts)} audits: give the quarter more teams.")
    return quarter, [texts[at * len(texts) // AUDITS] for at in range(AUDITS)]


def stages(quarter: Quarter, texts: list[str]) -> dict[str, Callable[[dict[str, Any]], None]]:
    """The stages from JSON to report, each of which adds to what there is."""
    framework, days = quarter.framework, quarter.days

    def read(held: dict[str, Any]) -> None:
        held["audits"] = read_audits(texts, framework).audits

    def review(held: dict[str, Any]) -> None:
        held["reviews"] = framework.review_all(held["audits"], on=days.quarter.due)

    def tell(held: dict[str, Any]) -> None:
        calls: list[Process] = []
        for each in held["reviews"]:
            if each.escalations:
                calls += raise_from(each, by=AUDITOR, on=days.quarter.due)
        held["calls"] = calls

    def report(held: dict[str, Any]) -> None:
        held["material"] = Material(
            audits=held["audits"], reviews=held["reviews"], escalations=held["calls"]
        )
        held["report"] = quarterly_report(held["material"], framework, days.quarter, on=days.board)

    def check(held: dict[str, Any]) -> None:
        reconcile(
            held["material"],
            held["report"],
            open_cases=open_cases([], days.board, escalations=held["calls"]),
            board=escalations(held["calls"], days.board),
        )

    def lay_out(held: dict[str, Any]) -> None:
        held["page"] = held["report"].to_markdown()

    return {
        "read": read,
        "review": review,
        "raise escalations": tell,
        "report": report,
        "reconcile": check,
        LAID_OUT: lay_out,
    }


def main(rounds: int = 15) -> None:
    """Print the table."""
    framework = load_framework(strict=False)
    quarter, texts = quarter_of(framework)
    parts = stages(quarter, texts)
    held: dict[str, Any] = {}
    for stage in parts.values():
        stage(held)
    gc.collect()
    gc.freeze()  # what made the quarter is no part of what is timed
    assert len(held["audits"]) == held["report"].audited == AUDITS
    assert held["calls"]
    assert not held["report"].unraised

    ratios: dict[str, list[float]] = {name: [] for name in parts}
    whole: list[float] = []
    kept: list[float] = []
    base_seconds: list[float] = []
    for _ in range(rounds):
        start = time.process_time()
        for text in texts:
            json.loads(text)
        base = time.process_time() - start
        base_seconds.append(base)
        held, total = {}, 0.0
        for name, stage in parts.items():
            start = time.process_time()
            stage(held)
            took = time.process_time() - start
            ratios[name].append(took / base)
            total += took if name != LAID_OUT else 0
        whole.append(total / base)
        start = time.process_time()
        loaded = [json.loads(text) for text in texts]
        kept.append((time.process_time() - start) / base)
        del loaded
    size = sum(map(len, texts)) / 1000
    tools = Counter(each.tool.id for each in held["audits"])
    print(f"Python {sys.version.split()[0]}, {framework.name}")
    print(
        f"{AUDITS} audits, {size:,.0f} kB of JSON, {len(held['calls'])} escalations; "
        f"json.loads {1000 * statistics.median(base_seconds):.1f} ms; {rounds} rounds, "
        "medians (lowest to highest)"
    )
    print("; ".join(f"{n} {tool}" for tool, n in tools.most_common()))
    laid_out = [one + other for one, other in zip(whole, ratios[LAID_OUT], strict=True)]
    sums = [("all, from JSON to report", whole), ("and laid out", laid_out)]
    for name, each in [("json.loads, all kept", kept), *ratios.items(), *sums]:
        print(f"{name:28}{statistics.median(each):6.2f} x ({min(each):.2f} to {max(each):.2f})")
    print(f"{'target':28}{TARGET:6} x at most")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
