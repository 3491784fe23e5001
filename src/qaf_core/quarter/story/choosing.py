"""Chapters on who audits what: the plan, the draws, the allocations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from qaf_core.quarter.story.teller import Teller, bullets, capital, count_of, listed, quoted, shown
from qaf_core.tables import Table

__all__ = ["allocated", "drawn", "planned"]


def __dir__() -> list[str]:
    return __all__


def planned(teller: Teller) -> Iterator[str]:
    quarter, plan = teller.quarter, teller.quarter.plan
    window = quarter.days.quarter
    yield (
        f"The council has {teller.of('teams', 'team')} in {teller.of('areas', 'service area')}, "
        f"{teller.of('posts', 'post')} and {teller.of('cases', 'case')}. The programme asks for "
        f"{teller.of('asked in the year', 'audit')} in the year, "
        f"{teller.figures['asked by the end of the quarter']} of them by the end of the quarter."
    )
    rows = []
    for row in plan.rows:
        dues = [
            due
            for due in plan.dues
            if due.row.id == row.id and due.start <= window.due and due.due >= window.start
        ]
        if dues and not dues[0].dormant:
            windows = list(dict.fromkeys(due.window.name for due in dues))
            stated = any(due.number is not None for due in dues)
            rows.append(
                {
                    "title": row.title,
                    "window": " to ".join(dict.fromkeys((windows[0], windows[-1]))),
                    "number": sum(due.number or 0 for due in dues) if stated else "not stated",
                    "posts": len({due.post for due in dues if due.post}) or None,
                    "clause": f"{row.source}; {row.standing}",
                }
            )
    columns = {
        "title": "Programme row",
        "window": "Window",
        "number": "Asked for",
        "posts": "Posts",
        "clause": "Clause",
    }
    caption = f"What the programme asks for in {window.name}"
    yield from shown(Table(caption=caption, columns=columns, rows=rows), len(rows))
    if plan.within is not None:
        least, most = plan.within
        yield (
            f"That makes {teller.of('files asked', 'case file')} in {window.name}, where about "
            f"{least} to {most} are expected: a check on the whole, and nobody's quota."
        )
    if plan.dormant:
        asleep = ", ".join(dict.fromkeys(row.install or row.title for row in plan.dormant))
        yield f"{capital(count_of(len(plan.dormant), 'row'))} sleep until a plugin is there: {asleep}."
    if plan.exemptions:
        yield f"An exemption takes off {teller.of('exempt', 'audit')}."


def drawn(teller: Teller) -> Iterator[str]:
    rows = [
        {
            "scope": each.scope,
            "listed": each.draw.receipt.population.count,
            "left_out": sum(one.count for one in each.draw.receipt.left_out),
            "chosen": len(each.draw.chosen),
            "reserves": len(each.draw.reserves),
            "digest": each.draw.receipt.population.sha256[:12],
        }
        for each in teller.quarter.chosen
    ]
    columns = {
        "scope": "What for",
        "listed": "Listed",
        "left_out": "Left out",
        "chosen": "Drawn",
        "reserves": "In reserve",
        "digest": "Digest of the list begins",
    }
    yield (
        f"{capital(teller.of('drawn', 'case'))} were drawn in {teller.of('draws', 'draw')}, team "
        "by team. The seed and the ids decide, and nothing else."
    )
    yield from shown(Table(caption="Draws", columns=columns, rows=rows), len(rows))
    reasons = Counter[str]()
    for each in teller.quarter.chosen:
        for one in each.draw.receipt.left_out:
            reasons[one.reason] += one.count
    yield (
        f"Left out: {teller.figures['left out of draws']} ({listed(reasons)}). After the quarter every draw was made again from its "
        f"receipt: {teller.figures['receipts that hold']} of {teller.figures['draws']} hold."
    )
    for each in teller.quarter.chosen:
        yield from bullets(each.notes) if each.notes else ()


def allocated(teller: Teller) -> Iterator[str]:
    yield (
        f"{teller.figures['placed']} of {teller.of('drawn', 'case')} have an auditor. Nobody "
        "audits a case that they work; and where an area has more than one team, nobody audits "
        "a case of their own team."
    )
    for each in teller.quarter.chosen:
        if each.first.complete:
            continue
        yield ""
        yield f"For {each.scope} that cannot be had:"
        for shortfall in each.first.shortfall:
            yield from quoted(str(shortfall))
        yield "Any one of these would mend it:"
        yield from bullets(each.first.mends())
        missing = count_of(each.first.missing, "place")
        yield (
            "The council kept what was placed, and left the condition out for what was missing: "
            f"{missing}."
        )
