"""A quarter as a story that a Head of Service can read: no name, no free text, no worker."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from qaf_core.quarter.model import Quarter
from qaf_core.quarter.story import choosing, doing, finding, learning
from qaf_core.quarter.story.teller import Teller

__all__ = ["chapters", "story"]


def __dir__() -> list[str]:
    return __all__


def story(quarter: Quarter) -> str:
    """The quarter as Markdown: what was planned, found, told, done about it and learned."""
    days, framework = quarter.days, quarter.framework
    lines = [
        f"# {days.quarter.name} of {days.year}: a quarter of an invented council",
        "",
        (
            f"From {days.quarter.start} to {days.quarter.due}; the board met on {days.board}. The "
            f"council is made up from the seed `{quarter.stage.chance.seed}`, and so is what its "
            "auditors found. What follows from that is worked out as for any other council."
        ),
        "",
        f"Framework: {framework.name}.",
        "",
    ]
    for each in framework.departures:
        lines += [f"Decided by the council: {each}.", ""]
    for number, (title, text) in enumerate(chapters(quarter).items(), 1):
        lines += [f"## {number}. {title}", "", text]
    return "\n".join(lines).rstrip() + "\n"


def chapters(quarter: Quarter) -> dict[str, str]:
    """The chapters of the story, each as Markdown under its title, in their order."""
    teller = Teller(quarter)
    return {title: "\n".join(_single_blanks(part(teller))).strip() + "\n" for title, part in PARTS}


def _single_blanks(lines: Iterable[str]) -> Iterator[str]:
    before = ""
    for line in (each for text in lines for each in text.split("\n")):
        if line or before:
            yield line
        before = line


PARTS: tuple[tuple[str, Callable[[Teller], Iterator[str]]], ...] = (
    ("What was planned", choosing.planned),
    ("What was drawn", choosing.drawn),
    ("Who audits what", choosing.allocated),
    ("What came in", finding.came_in),
    ("What follows", finding.follows),
    ("Who was told", finding.told),
    ("Is the auditing any good?", doing.moderated),
    ("Is anything done about it?", doing.done),
    ("What the programme got", doing.covered),
    ("What the board heard", learning.heard),
    ("What we learned", learning.learned),
    ("What the board was told", learning.reported),
    ("What the board did about it", learning.themes),
    ("Nothing was lost", learning.nothing_lost),
)
