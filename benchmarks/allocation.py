"""Allocating cases to posts against networkx's maximum flow on the same pairs, in one run.

Run it with ``python benchmarks/allocation.py [ROUNDS]``; it wants networkx. Each round does
both in turn; the ratio is taken within the round, and its median and spread are printed.
The library starts from cases, posts and conditions, networkx from pairs that are ready.
Before anything is timed, both must place as many.
"""

from __future__ import annotations

import gc
import statistics
import sys
import time
from importlib import import_module
from typing import Any

from qaf_core import Case, Post, allocate
from qaf_core.sampling.tickets import ticket
from qaf_core.sampling.ties import EarlierAudit, Ties

networkx: Any = import_module("networkx")  # no dependency: nothing else here knows it

TARGET = 0.2
CASES, POSTS, TEAMS, QUOTA = 1200, 300, 100, 4
INDEPENDENT = ("own_team", "own_case", "same_auditor")


def cases() -> list[Case]:
    """Cases of a large council; nearly each is worked by someone else."""
    return [
        Case(id=f"C{n:05}", team=f"T{n * 7 % TEAMS:03}", worker=f"W{n * 11 % 900:03}")
        for n in range(CASES)
    ]


def posts() -> list[Post]:
    """Three auditors a team, with as many places in all as there are cases."""
    return [Post(id=f"P{n:03}", role="team_manager", team=f"T{n % TEAMS:03}") for n in range(POSTS)]


def ties() -> Ties:
    """One pair in twenty has met before, so that hardly two cases are alike."""
    return Ties(
        earlier=[
            EarlierAudit(case=f"C{case:05}", post=f"P{post:03}")
            for case in range(CASES)
            for post in range(POSTS)
            if (case * 7919 + post * 104729 + case * post) % 20 == 0
        ],
        conflicts=[],
    )


def ours(given: dict[str, Any]) -> int:
    """How many cases the library places, from the beginning."""
    return len(allocate(**given).placed)


def theirs(pairs: dict[int, list[int]], quota: int) -> int:
    """How many networkx places, from the pairs that may be."""
    graph = networkx.DiGraph()
    for case, allowed in pairs.items():
        graph.add_edge("source", ("case", case), capacity=1)
        for post in allowed:
            graph.add_edge(("case", case), ("post", post), capacity=1)
    for post in range(POSTS):
        graph.add_edge(("post", post), "sink", capacity=quota)
    return int(networkx.maximum_flow(graph, "source", "sink")[0])


def greedy(cases: list[Case], posts: list[Post], quota: int) -> int:
    """How many are placed where each case in turn goes to whoever has fewest."""
    loads = {post.id: 0 for post in posts}
    for case in cases:
        free = [post for post in posts if post.team != case.team and loads[post.id] < quota]
        if free:
            loads[min(free, key=lambda post: loads[post.id]).id] += 1
    return sum(loads.values())


def quarters(runs: int = 200) -> tuple[int, int]:
    """Quarters of an invented council that greedy placing leaves short, and that ours does.

    Four teams of three auditors, each with a quota of four, own team barred; as many cases
    as places, teams and order by a ticket.
    """
    posts = [Post(id=f"P{n}", role="team_manager", team=f"T{n % 4}") for n in range(12)]
    short = [0, 0]
    for run in range(runs):
        tickets = sorted((ticket(f"{run}", "benchmark", f"C{n}"), n) for n in range(48))
        drawn = [Case(id=f"C{n}", team=f"T{int(text[:8], 16) % 4}") for text, n in tickets]
        placed = len(allocate(drawn, posts, quota=4, independent=["own_team"]).placed)
        short[0] += greedy(drawn, posts, 4) < placed
        short[1] += placed < len(drawn)
    return short[0], short[1]


def seconds(call: Any, *given: Any) -> float:
    """How long a call takes, nothing left over from the one before."""
    gc.collect()
    start = time.perf_counter()
    call(*given)
    return time.perf_counter() - start


def main(rounds: int = 5) -> None:
    """Print the table."""
    print(f"Python {sys.version.split()[0]}, networkx {networkx.__version__}, {rounds} rounds")
    for quota, name in ((QUOTA, "every place needed"), (QUOTA - 1, "too few places")):
        given: dict[str, Any] = {
            "cases": cases(),
            "posts": posts(),
            "quota": quota,
            "independent": INDEPENDENT,
            "ties": ties(),
        }
        terms = allocate(**given).terms
        pairs = {
            case: [post for post in range(POSTS) if terms.eligible.allowed(case) >> post & 1]
            for case in range(CASES)
        }
        placed = ours(given)
        assert placed == theirs(pairs, quota), "they do not place as many"
        mine, others, ratios = [], [], []
        for _ in range(rounds):
            mine.append(seconds(ours, given))
            others.append(seconds(theirs, pairs, quota))
            ratios.append(mine[-1] / others[-1])
        print(f"\n{CASES:,} cases, {POSTS} posts, {name}: {placed:,} placed by both")
        for label, values, unit, scale in (
            ("the library", mine, "ms", 1000),
            ("networkx maximum flow", others, "ms", 1000),
            ("the library : networkx", ratios, "x", 1),
        ):
            low, mid, high = (
                scale * each for each in (min(values), statistics.median(values), max(values))
            )
            print(f"{label:32}{mid:10.3f} {unit} ({low:.3f} to {high:.3f})")
    left, impossible = quarters()
    print(f"\n200 quarters: greedy places fewer than can be in {left}; not all can in {impossible}")
    print(f"{'target':32}{TARGET:10} x at most")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
