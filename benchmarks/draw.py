"""Drawing from a stream, beside the least that any such draw must do, in one run.

The least is to make the ids and to hash the text of each one's ticket once. The draw
makes the same ids, checks each, hashes its ticket, digests the list and keeps the lowest
for the receipt. Both run in turn on one thread, each round in a process of its own, so
that the most memory each used is its own too.

    python benchmarks/draw.py [--ids N] [--rounds N]

At full size: ``python benchmarks/draw.py --ids 10000000``.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import resource
import statistics
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from time import perf_counter

from qaf_core import draw

TARGET = 2.5
MEMORY_TARGET = 5.0
SIZE = 400
SEED, SCOPE = "2026-04-01 04 11 19 23 37 52", "2026-Q1/audit"


def ids(count: int) -> Iterator[str]:
    """The ids, one after another."""
    for number in range(count):
        yield f"C{number:08}"


def least(count: int) -> list[str]:
    """Make the ids and hash the text of each ticket."""
    head = f"qaf-sample/1\n{SEED}\n{SCOPE}\n"
    for id in ids(count):
        sha256((head + id).encode()).digest()
    return []


def drawn(count: int) -> list[str]:
    """Draw, receipt and all."""
    receipt = draw(ids(count), SIZE, seed=SEED, scope=SCOPE).receipt
    if receipt.population.count != count or receipt.population.compared != count:
        raise SystemExit("The receipt is not of the whole list.")
    return list(receipt.chosen)


def by_hand(count: int) -> list[str]:
    """What is to be drawn, found by sorting every ticket."""
    head = f"qaf-sample/1\n{SEED}\n{SCOPE}\n"

    def own(id: str) -> bytes:
        return sha256((head + id).encode()).digest()

    return sorted(ids(count), key=own)[:SIZE]


WAYS = {"least": least, "draw": drawn}


def once(way: str, count: int) -> None:
    """One round of one way: its seconds and the most memory it came to, on standard output."""
    draw(ids(1), 1, seed=SEED, scope=SCOPE)  # so that importing is nobody's cost
    _forget_most_memory()
    before = _most_memory()
    started = perf_counter()
    WAYS[way](count)
    print(json.dumps({"seconds": perf_counter() - started, "mb": _most_memory() - before}))


def _most_memory() -> float:
    """The most memory of this process in MB, since it was last forgotten where that can be."""
    status = Path("/proc/self/status")
    if status.exists():  # ru_maxrss there counts what the parent process used too
        line = next(each for each in status.read_text().splitlines() if "VmHWM" in each)
        return int(line.split()[1]) / 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1024 if sys.platform != "darwin" else most / 1024**2


def _forget_most_memory() -> None:
    """Let the most start again from what is in use, where the system can do that."""
    forget = Path("/proc/self/clear_refs")
    with contextlib.suppress(OSError):
        forget.write_text("5")


def main() -> None:
    """Compare the outcomes, then time both."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--ids", type=int, default=500_000, help="how many (default: 500,000)")
    options.add_argument("--rounds", type=int, default=5, help="rounds of each (default: 5)")
    options.add_argument("--once", choices=WAYS, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.once:
        once(given.once, given.ids)
        return
    small = min(given.ids, 100_000)
    if drawn(small) != by_hand(small):
        raise SystemExit("The draw is not that of the sorted tickets.")
    print(f"The {SIZE} of {small:,} ids are those of the sorted tickets.")
    taken: dict[str, list[dict[str, float]]] = {way: [] for way in WAYS}
    for _ in range(given.rounds):
        for way, rounds in taken.items():
            rounds.append(_round(way, given.ids))
    print(f"\n{given.ids:,} ids, {given.rounds} rounds of each, Python {sys.version.split()[0]}:\n")
    print(f"{'':8}{'seconds':>10}{'spread':>18}{'memory':>12}")
    for way, rounds in taken.items():
        seconds = sorted(each["seconds"] for each in rounds)
        spread = f"{seconds[0]:.2f} to {seconds[-1]:.2f}"
        memory = statistics.median(each["mb"] for each in rounds)
        print(f"{way:8}{statistics.median(seconds):10.2f}{spread:>18}{memory:9.1f} MB")
    ratios = sorted(
        one["seconds"] / other["seconds"]
        for one, other in zip(taken["draw"], taken["least"], strict=True)
    )
    more = statistics.median(
        one["mb"] - other["mb"] for one, other in zip(taken["draw"], taken["least"], strict=True)
    )
    print(
        f"\nratio {statistics.median(ratios):.2f} (round by round {ratios[0]:.2f} to "
        f"{ratios[-1]:.2f}); target: at most {TARGET}"
    )
    print(f"memory above the other's: {more:.1f} MB; target: below {MEMORY_TARGET:.0f}")


def _round(way: str, count: int) -> dict[str, float]:
    command = [sys.executable, __file__, "--once", way, "--ids", str(count)]
    ran = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(ran.stdout)
    return found


if __name__ == "__main__":
    main()
