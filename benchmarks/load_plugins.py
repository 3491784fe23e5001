"""Loading ten plugins against loading one, each net of the base alone, in one run.

Run it with ``python benchmarks/load_plugins.py [ROUNDS]``. Each round loads all three in
turn; the ratio is taken within the round, and its median and spread are printed.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Sequence
from typing import Any

from qaf_core import Addition, Document, Framework, Standing, hookimpl, load_framework
from qaf_core.logic import YES_NO, Ref
from qaf_core.rules import Query, Rule
from qaf_core.scales import GRADES
from qaf_core.subjects import SubjectKind
from qaf_core.tools import Judgement, Question, Section, Tool

TARGET = 12
PAPER = Document(id="Paper", title="A paper", publisher="A service", dated="2016")
GIVEN: dict[str, Any] = {"source": PAPER.at("1"), "standing": Standing.EDITORIAL}


def synthetic(number: int) -> Addition:
    """A plugin about as large as a service's own: three tools, some sixty questions, rules."""
    name = f"service{number}"

    def tool(which: int) -> Tool:
        sections = tuple(
            Section(
                id=f"{name}_t{which}_s{s}",
                title="Section",
                parts=tuple(
                    Question(
                        id=f"{name}_t{which}_s{s}_q{q}",
                        prompt="Is it so?",
                        kind=YES_NO,
                        adverse=(False,),
                        **GIVEN,
                    )
                    for q in range(4)
                ),
                judgements=(
                    Judgement(
                        id=f"{name}_t{which}_s{s}_grade", title="Grade", scale=GRADES, **GIVEN
                    ),
                ),
                **GIVEN,
            )
            for s in range(6)
        )
        return Tool(
            id=f"{name}_tool{which}",
            version="1",
            title="Tool",
            subject=f"{name}_case",
            parts=sections,
            **GIVEN,
        )

    return Addition(
        id=name,
        version="1",
        subjects=(SubjectKind(id=f"{name}_case", label="case", **GIVEN),),
        tools=tuple(tool(which) for which in range(3)),
        rules=tuple(
            Rule(
                f"{name}.rule{r}",
                "A rule.",
                when=Ref(f"{name}_t0_s{r}_q0", YES_NO).is_(False),
                then=(Query(ask="Why?"),),
                subjects=(f"{name}_case",),
                **GIVEN,
            )
            for r in range(4)
        ),
    )


class Plugin:
    """A plugin with the hook, as a service would write it."""

    def __init__(self, addition: Addition) -> None:
        self.addition = addition
        self.__name__ = addition.id

    @hookimpl
    def qaf_addition(self, core: Framework) -> Addition:
        """Give the addition; the core is asked for, as a variant would need it."""
        assert core.tools
        return self.addition


def seconds(additions: Sequence[Addition]) -> float:
    """How long loading these takes, each as a plugin of its own."""
    plugins = [Plugin(addition) for addition in additions]
    start = time.perf_counter()
    load_framework(plugins=plugins)
    return time.perf_counter() - start


def main(rounds: int = 15) -> None:
    """Print the table."""
    ten = [synthetic(number) for number in range(10)]
    seconds(ten)
    ratios, bases, ones = [], [], []
    for _ in range(rounds):
        base, one, every = seconds([]), seconds(ten[:1]), seconds(ten)
        ratios.append((every - base) / (one - base))
        bases.append(base)
        ones.append(one - base)
    print(f"Python {sys.version.split()[0]}, {rounds} rounds, medians (lowest to highest)")
    for name, values, unit in (
        ("base alone", bases, "ms"),
        ("one plugin, net", ones, "ms"),
        ("ten plugins : one, both net", ratios, "x"),
    ):
        scale = 1000 if unit == "ms" else 1
        low, mid, high = (
            scale * each for each in (min(values), statistics.median(values), max(values))
        )
        print(f"{name:32}{mid:8.2f} {unit} ({low:.2f} to {high:.2f})")
    print(f"{'target':32}{TARGET:8} x at most")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
