"""Help for tests of machines: commands in short, and random ones."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random  # noqa: TID251 - a type: Hypothesis gives the values
from typing import Any

from qaf_core.cycle import (
    Actor,
    Command,
    Event,
    Machine,
    Paper,
    Process,
    Refusal,
    apply,
    begin,
    decide,
)
from qaf_core.logic.values import Sort

DAY = date(2016, 1, 11)
POSTS = ("TM-1", "TM-2")
ROLES = ("team_manager", "service_manager", "head_of_service", "director_of_childrens_services")


def command(event: str, role: str, on: date = DAY, **brings: Any) -> Command:
    """A command by a role; ``post`` and ``reason`` are the command's own, the rest papers."""
    by = Actor(role, brings.pop("post", "TM-1"))
    reason = brings.pop("reason", "")
    return Command(event=event, by=by, on=on, brings=brings, reason=reason)


def done(machine: Machine, process: Process, *commands: Command, **more: Any) -> Process:
    """The process after commands that must be allowed."""
    for each in commands:
        event = decide(machine, process, each, **more)
        assert isinstance(event, Event), f"{event}"
        process = apply(machine, process, event)
    return process


def refused(machine: Machine, process: Process, each: Command, **more: Any) -> set[str]:
    """Ids of everything unmet of a command that must be refused."""
    found = decide(machine, process, each, **more)
    assert isinstance(found, Refusal)
    assert found.unmet
    return {one.id for one in found.unmet}


def value_of(paper: Paper, rng: Random, on: date) -> Any:
    """A random value that a paper admits."""
    if paper.many:
        pool = ROLES if paper.id in ("told", "passed_over") else ("one", "two", "three")
        return tuple(rng.sample(pool, rng.randint(1, 2)))
    match paper.kind.sort:
        case Sort.YES_NO:
            return rng.random() < 0.7
        case Sort.COUNT:
            return rng.choice((0, 0, 1, 2))
        case Sort.DATE:
            return on + timedelta(days=rng.randint(-3, 20))
        case Sort.CODE:
            return rng.choice(paper.kind.codes)
        case Sort.TEXT:
            return "words"
    if paper.id in ("auditor", "moderator"):
        return rng.choice(POSTS)
    return rng.choice(("X-1", "X-1", "X-2"))


def random_command(machine: Machine, process: Process, rng: Random) -> Command:
    """A command that may well be allowed, or is spoilt in one or more ways."""
    on = (process.since or DAY) + timedelta(days=rng.choice((0, 0, 1, 3, 9)))
    rows = [each for each in machine.transitions if process.state in each.leaves]
    if not rows or rng.random() < 0.1:
        rows = list(machine.transitions)
    row = rng.choice(rows)
    for _ in range(3):  # most walks should see more than the nearest end
        row = rng.choice(rows) if row.to in machine.ends() else row
    roles = row.by or process.papers.get("told", ()) or ("auditor", *ROLES)
    wanted = [*row.makes, *(id for id in (*row.needs, *row.may) if rng.random() < 0.3)]
    brings = {id: value_of(machine.paper[id], rng, on) for id in dict.fromkeys(wanted)}
    role, event, reason = rng.choice(list(roles)), row.name, "because"
    spoil = rng.random()
    if spoil < 0.05:
        event += "e"
    elif spoil < 0.1:
        role = "nobody_known"
    elif spoil < 0.15:
        reason = " "
    elif spoil < 0.2:
        on -= timedelta(days=40)
    elif spoil < 0.25 and brings:
        brings.pop(rng.choice(list(brings)))
    elif spoil < 0.35:
        wrong = (None, 7, -1, "", " ", True, (), ("a", "a"), (["a"],), (1, "a"), 2.5, {"x": 1}, b"")
        brings[rng.choice([*machine.paper, "unheard_of"])] = rng.choice(wrong)
    by = Actor(role, rng.choice(POSTS))
    return Command(event=event, by=by, on=on, brings=brings, reason=reason)


def random_walk(
    machine: Machine, rng: Random, length: int, process: Process | None = None
) -> Iterator[tuple[Process, Command, Event | Refusal, Process]]:
    """What random commands come to, from the start or from there on: each with before and after."""
    process = process or begin(machine, "P-1")
    for _ in range(length):
        each = random_command(machine, process, rng)
        found = decide(machine, process, each)
        after = apply(machine, process, found) if isinstance(found, Event) else process
        yield process, each, found, after
        process = after


ANSWERS = {
    "scope_for": "request",
    "plan_developed": "plan",
    "plan_approved": "plan",
    "plan_agreed": "plan",
}
"""Papers that name another one."""


def good_value(paper: Paper, process: Process, on: date, rng: Random) -> Any:
    """A value with which things go well."""
    if paper.many:
        told = process.papers.get("told", ())
        return tuple(each for each in (*ROLES, "one") if each not in told)[:1]
    match paper.kind.sort:
        case Sort.YES_NO:
            return process.papers.get(paper.id, True) if paper.once else True
        case Sort.COUNT:
            return process.papers.get(paper.id, 0) if paper.once else 0
        case Sort.DATE:
            return process.papers.get(paper.id, on) if paper.once else on
        case Sort.CODE:
            return rng.choice(paper.kind.codes)
        case Sort.TEXT:
            return "words"
    if paper.id == "moderator":
        return "TM-2" if process.papers.get("auditor") == "TM-1" else "TM-1"
    return process.papers.get(ANSWERS.get(paper.id, paper.id), "TM-1")


def brought_to_an_end(machine: Machine, process: Process, rng: Random) -> Process:
    """The process after commands with which things go well, until it ends or they run out."""
    for _ in range(400):
        if process.state in machine.ends():
            break
        rows = [each for each in machine.transitions if process.state in each.leaves]
        row = rng.choice(rows)
        on = process.since or DAY
        told = process.papers.get("told", ())
        role = rng.choice(row.by or told or ("auditor",))
        wanted = {*row.makes, *(set(row.needs) | set(row.may)) - set(process.papers)}
        brings = {id: good_value(machine.paper[id], process, on, rng) for id in sorted(wanted)}
        by = Actor(role, process.papers.get("auditor", "TM-1"))
        each = Command(event=row.name, by=by, on=on, brings=brings, reason="because")
        found = decide(machine, process, each)
        process = apply(machine, process, found) if isinstance(found, Event) else process
    return process
