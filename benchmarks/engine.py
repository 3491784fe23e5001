"""The engine against what a careful developer would write by hand: ratios from one run.

Run it with ``python benchmarks/engine.py [--rounds N]``. Every candidate reads the same
inputs in the same process; they take turns within each round, a ratio is taken within its
round, and its median and spread are printed. Outcomes are compared before anything is timed.
Time is the processor's, so that a busy machine shows in the spread and not in the ratio.

Two sets of rules: a demo set of fourteen (``baselines/demo.py``) on slotted objects, beside
three versions by hand (``baselines/by_hand.py``), and this framework's own on Tool A.
"""

from __future__ import annotations

import argparse
import gc
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, TypeAlias

from baselines import by_hand, demo, tool_a

from qaf_core import READING_2016, Framework
from qaf_core.logic import Cond
from qaf_core.logic.compiled import Each, compiled
from qaf_core.logic.prove import MET, prover

Candidates: TypeAlias = dict[str, Callable[[Any], Any]]

DAY = date(2016, 3, 1)
TARGETS = {
    "compiled : fused": 1.4,
    "compiled : natural": 0.45,
    "proofs of what fired : compiled": 7,
    "compile, per rule : json.loads of 10 kB": 4,
    "review : compiled": 6,
}


def alike(hits: Iterable[tuple[str, Any]]) -> list[tuple[str, str]]:
    """Outcomes in an order of their own, so that two readings can be compared."""
    return sorted((id, "" if item is None else str(getattr(item, "id", ""))) for id, item in hits)


def seconds(run: Callable[[Any], object], inputs: list[Any]) -> float:
    """How long one pass over the inputs takes."""
    start = time.process_time()
    for each in inputs:
        run(each)
    return time.process_time() - start


def proving(
    asked: Mapping[str, Cond | Each], read: Callable[[Any], Any], **how: Any
) -> Callable[[Any], list[Any]]:
    """Compiled reading, then the raw proof of whatever fired."""
    provers = {
        id: prover(each.when if isinstance(each, Each) else each, **how)
        for id, each in asked.items()
    }

    def run(record: Any) -> list[Any]:
        return [provers[id](record, item) for id, item in read(record)[0]]

    return run


def demo_set() -> tuple[Candidates, list[Any]]:
    """The candidates of the demo set and its inputs, once all of them have agreed."""
    inputs = demo.audits(400)
    how = {"layout": demo.LAYOUT, "always": demo.ALWAYS, "given": ("today",)}
    read = compiled(demo.ASKED, **how).bind(today=demo.TODAY)  # type: ignore[arg-type]
    fused, natural = by_hand.fused(demo.TODAY), by_hand.natural(demo.TODAY)
    prove = proving(demo.ASKED, read, layout=demo.LAYOUT, given={"today": demo.TODAY})
    fired = unsettled = 0
    for audit in inputs:
        hits = read(audit)
        fired, unsettled = fired + len(hits[0]), unsettled + len(hits[1])
        for other in (fused(audit), natural(audit)):
            assert [alike(hits[0]), alike(hits[1])] == [alike(each) for each in other]
        assert {raw[0] for raw in prove(audit)} <= {MET}
    told(f"demo set of {len(demo.ASKED)} rules", inputs, fired, unsettled)
    return {
        "touch": by_hand.touch,
        "fused": fused,
        "natural": natural,
        "compiled": read,
        "compiled and proved": prove,
    }, inputs


def reading_set() -> tuple[Candidates, list[Any]]:
    """The candidates of this framework's own rules on Tool A, and its inputs: audits as read."""
    framework = Framework.of(READING_2016)
    audits = tool_a.audits(200, framework)
    reviews = [framework.review(audit, on=DAY) for audit in audits]
    prepared = framework._ready_for("case_file", "2016.1", DAY)  # noqa: SLF001 - its parts are timed
    records = [prepared.recorder.record(audit, DAY).record for audit in audits]
    read = prepared.reading(DAY)
    assert read is not None
    assert prepared.compiled is not None
    fired = unsettled = 0
    for record, review in zip(records, reviews, strict=True):
        hits = read(record)
        fired, unsettled = fired + len(hits[0]), unsettled + len(hits[1])
        for found, ids in ((review.findings, hits[0]), (review.unsettled, hits[1])):
            assert sorted({each.rule.id for each in found}) == sorted({id for id, _ in ids})
    told(f"Reading's {len(prepared.rules)} rules on Tool A", audits, fired, unsettled)
    asked = prepared.compiled.asked
    places = list(range(len(audits)))
    prove = proving(asked, read)
    return {
        "compiled": lambda place: read(records[place]),
        "compiled and proved": lambda place: prove(records[place]),
        "review": lambda place: framework.review(audits[place], on=DAY),
    }, places


def compiling() -> tuple[Candidates, list[Any]]:
    """Compiling Reading's rules, against reading a JSON text of 10 kB once for each rule."""
    prepared = Framework.of(READING_2016)._ready_for("case_file", "2016.1", DAY)  # noqa: SLF001
    whole = prepared.compiled
    assert whole is not None
    rows = [tool_a.plain_audit(number, Framework.of(READING_2016)) for number in range(3)]
    while len(text := json.dumps(rows)) > 10_000:  # cut to size by its last answers
        rows[-1]["answers"].popitem()
    rules = len(whole.asked)

    def build(_: Any) -> object:
        return compiled(
            whole.asked, known=whole.known, always=whole.always - {"today"}, given=whole.given
        )

    assert build(0).code == whole.code  # type: ignore[attr-defined]
    print(f"a JSON text of {len(text):,} characters, read once for each of {rules} rules")
    return {
        "json.loads of 10 kB": lambda _: [json.loads(text) for _ in range(rules)],
        "compile": build,
    }, [0]


def told(what: str, inputs: list[Any], fired: int, unsettled: int) -> None:
    """Say what is read, and how much comes of it."""
    each = f"{fired / len(inputs):.1f} findings met and {unsettled / len(inputs):.1f} unsettled"
    print(f"{what}, {len(inputs)} audits, {each} on each: all candidates agree")


def measured(candidates: Candidates, inputs: list[Any], rounds: int) -> dict[str, list[float]]:
    """The seconds of each candidate in each round; in each round they take turns."""
    found: dict[str, list[float]] = {name: [] for name in candidates}
    order = list(candidates)
    for number in range(rounds):
        for name in order[number % len(order) :] + order[: number % len(order)]:
            found[name].append(seconds(candidates[name], inputs))
    return found


def ratio(found: dict[str, list[float]], one: str, other: str, title: str) -> None:
    """A line of the table."""
    ratios = sorted(a / b for a, b in zip(found[one], found[other], strict=True))
    low, high = ratios[len(ratios) // 10], ratios[-1 - len(ratios) // 10]
    target = f"{TARGETS[title]:>8}" if title in TARGETS else ""
    print(f"{title:44}{statistics.median(ratios):8.2f}{f'{low:.2f} to {high:.2f}':>18}{target}")


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=60)
    rounds = options.parse_args().rounds
    print(f"Python {sys.version.split()[0]}, {rounds} rounds")
    demo_found = measured(*demo_set(), rounds)
    own = measured(*reading_set(), max(rounds // 4, 5))
    built = measured(*compiling(), max(rounds // 2, 5))
    print(f"\n{'ratio':44}{'median':>8}{'nine in ten':>18}{'target':>8}")
    for one, other in (("compiled", "fused"), ("compiled", "natural"), ("compiled", "touch")):
        ratio(demo_found, one, other, f"{one} : {other}")
    ratio(demo_found, "compiled and proved", "compiled", "proofs of what fired : compiled")
    ratio(own, "compiled and proved", "compiled", "the same on Tool A")
    ratio(built, "compile", "json.loads of 10 kB", "compile, per rule : json.loads of 10 kB")
    ratio(own, "review", "compiled", "review : compiled")


if __name__ == "__main__":
    gc.disable()  # a collection would fall on whichever candidate it happens to meet
    main()
