"""Gates: what must be signed off before a case may go to another team."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from attrs import field, frozen

from qaf_core.cadence import OnEvent
from qaf_core.provenance import Reference, Standing
from qaf_core.sampling.population import Post
from qaf_core.sampling.programme.recorded import Event, held_on
from qaf_core.sampling.programme.rows import ProgrammeRow, SignOff

__all__ = ["EventGate", "calls_for", "gate", "gates_for"]


def __dir__() -> list[str]:
    return __all__


@frozen(kw_only=True)
class EventGate:
    """Whether an event may happen, by what was signed off for it.

    Attributes:
        row: id of the programme row that sets the gate.
        event: the event.
        on: the day it is looked at.
        missing: what is missing before it may happen, in sentences; empty where the gate
            is open.
        source, standing: where it comes from and how firmly it stands.
    """

    row: str
    event: Event = field(repr=False)
    on: date
    missing: tuple[str, ...] = ()
    source: Reference
    standing: Standing

    @property
    def open(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing

    def __str__(self) -> str:
        state = "open" if self.open else "SHUT"
        what = f"{self.event.event.replace('_', ' ')} {self.event.id} on {self.event.on}"
        lines = [f"Gate {state}: {what}.", *(f"  {each}" for each in self.missing)]
        return "\n".join((*lines, f"  [{self.source}; {self.standing}]"))


def calls_for(row: ProgrammeRow, event: Event) -> bool:
    """Whether an event is one that a row gates.

    Where a row looks at changes of team, a case that stays in its team calls for nothing;
    where either team is not given, it is taken for a change.
    """
    cadence = row.cadence
    if not isinstance(cadence, OnEvent) or cadence.event != event.event:
        return False
    stays = bool(event.from_team) and event.from_team == event.to_team
    return not (cadence.between_teams and stays)


def gate(row: ProgrammeRow, event: Event, posts: Mapping[str, Post], *, on: date) -> EventGate:
    """The gate that a row sets before an event.

    It opens once all that the row wants is signed off, each by a post that holds the role
    for it on that day, no later than ``on`` and no later than the event. A signature of
    somebody whose role is not known opens nothing.
    """
    missing = (_missing(each, event, posts, on) for each in row.sign_offs)
    return EventGate(
        row=row.id,
        event=event,
        on=on,
        missing=tuple(filter(None, missing)),
        source=row.source,
        standing=row.standing,
    )


def gates_for(
    rows: Iterable[ProgrammeRow], event: Event, posts: Mapping[str, Post], *, on: date
) -> Iterator[EventGate]:
    """Every gate before an event."""
    return (gate(row, event, posts, on=on) for row in rows if calls_for(row, event))


def _missing(wanted: SignOff, event: Event, posts: Mapping[str, Post], on: date) -> str:
    """What is wrong with a sign-off, or "" where it is there."""
    found = [each for each in event.signed if each.what == wanted.id]
    label = wanted.label[:1].upper() + wanted.label[1:]
    if not found:
        return f"{label} is not signed off. It is for a {wanted.by} to do."
    problems = []
    for each in found:
        post = posts.get(each.by)
        if each.on > on:
            problems.append(f"{label} is dated after the day of this report.")
        elif each.on > event.on:
            problems.append(f"{label} was signed off after the event.")
        elif post is None:
            problems.append(f"{label} is signed by a post that is not listed.")
        elif post.role != wanted.by.id:
            problems.append(f"{label} is not signed off by a {wanted.by}.")
        elif not held_on(post, each.on):
            problems.append(f"{label} is signed by a post that was not held on that day.")
        else:
            return ""
    return problems[0]
