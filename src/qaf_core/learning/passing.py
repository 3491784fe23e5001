"""What was passed on to whom, and which links nobody can show evidence for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from attrs import frozen

from qaf_core.cadence import Window
from qaf_core.errors import Fault, InputError, did_you_mean
from qaf_core.learning.model import LearningLink
from qaf_core.tables import Table

__all__ = ["PassedOn", "passed_on"]


def __dir__() -> list[str]:
    return __all__


@frozen(kw_only=True)
class PassedOn:
    """Learning was passed on by a link on a day.

    Attributes:
        link: id of the link.
        on: the day.
        document: id of what shows it, such as minutes or a supervision note; "" where
            there is nothing to show.
        themes: ids of the themes that it was about.
    """

    link: str
    on: date
    document: str = ""
    themes: tuple[str, ...] = ()


def passed_on(
    links: Iterable[LearningLink], records: Iterable[PassedOn], window: Window, on: date
) -> Table:
    """For each link, whether learning went there in a window, and what shows it.

    Links are to be evidenced (Reading QAF 2016, §7.1; stated).

    Args:
        links: the links of a framework.
        records: what was passed on; that outside the window or after the day does not count.
        window: the stretch of days.
        on: the day.

    Returns:
        A row a link, in order. Its state is ``evidenced`` where a document shows it,
        ``nothing to show`` where it was told and no document does, else ``not passed on``.

    Raises:
        InputError: a record names a link that is not there. Every such is named.
    """
    links, records = tuple(links), tuple(records)
    known = {each.id for each in links}
    faults = [
        Fault(
            path=f"passed_on[{number}].link",
            problem="there is no such link",
            do=did_you_mean(each.link, known).strip().removesuffix(".")
            or "Name a link of the framework",
        )
        for number, each in enumerate(records)
        if each.link not in known
    ]
    if faults:
        raise InputError(faults)
    rows: list[dict[str, object]] = []
    for link in links:
        own = [
            each for each in records if each.link == link.id and each.on in window and each.on <= on
        ]
        shown = [each for each in own if each.document.strip()]
        state = "evidenced" if shown else "nothing to show" if own else "not passed on"
        rows.append(
            {
                "link": link.id,
                "title": link.title,
                "kind": link.kind.value,
                "recipients": ", ".join(link.recipients),
                "times": len(own),
                "shown": len(shown),
                "themes": ", ".join(sorted({theme for each in own for theme in each.themes})),
                "last": max((each.on for each in own), default=None),
                "state": state,
                "clause": str(link.source),
                "standing": link.standing.value,
            }
        )
    return Table(
        caption=f"Where learning went, {window}, by {on}",
        columns={
            "link": "Link",
            "title": "Where",
            "kind": "What",
            "recipients": "To",
            "times": "Times",
            "shown": "With evidence",
            "themes": "Themes",
            "last": "Last",
            "state": "State",
            "clause": "Clause",
            "standing": "Standing",
        },
        rows=rows,
    )
