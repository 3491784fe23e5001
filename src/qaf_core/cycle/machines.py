"""Machines: the states something can be in, and the table of what leads from one to another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from attrs import field, frozen

from qaf_core.cycle.checks import problems
from qaf_core.cycle.parts import START, Clock, Derived, Guard, Paper, State, Transition
from qaf_core.cycle.rows import Row
from qaf_core.errors import DefinitionError, UnknownIdError
from qaf_core.immutable import Remade, as_given
from qaf_core.provenance import Reference, Standing

__all__ = ["Machine"]


def __dir__() -> list[str]:
    return __all__


@frozen(kw_only=True)
class Machine:
    """A table of states and transitions, checked once.

    Attributes:
        id, version: what processes are pinned to.
        title: the name people read.
        about: what goes through it, in a phrase.
        states, papers, derived, guards, clocks, transitions: the table.
        source, standing: where it comes from and how firmly it stands.

    Raises:
        DefinitionError: the table does not hold together. Everything wrong is said.
    """

    id: str
    version: str
    title: str
    about: str = ""
    states: tuple[State, ...] = field(repr=False)
    papers: tuple[Paper, ...] = field(default=(), repr=False)
    derived: tuple[Derived, ...] = field(default=(), repr=False)
    guards: tuple[Guard, ...] = field(default=(), repr=False)
    clocks: tuple[Clock, ...] = field(default=(), repr=False)
    transitions: tuple[Transition, ...] = field(repr=False)
    source: Reference
    standing: Standing
    pin: str = field(init=False, eq=False, repr=False)
    rows: Mapping[str, tuple[Row, ...]] = field(init=False, eq=False, repr=False)
    here: Mapping[tuple[str, str], tuple[Row, ...]] = field(init=False, eq=False, repr=False)
    row: Mapping[str, Row] = field(init=False, eq=False, repr=False)
    paper: Mapping[str, Paper] = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        wrong = tuple(problems(self))
        if wrong:
            raise DefinitionError(f"Machine {self.id!r} does not hold together. " + " ".join(wrong))
        paper = {each.id: each for each in self.papers}
        row = {each.id: Row.of(each, self, paper) for each in self.transitions}
        rows: dict[str, tuple[Row, ...]] = {}
        for one in row.values():
            rows[one.transition.name] = (*rows.get(one.transition.name, ()), one)
        here: dict[tuple[str, str], tuple[Row, ...]] = {}
        for name, those in rows.items():
            for state in (START, *(each.id for each in self.states)):
                leaving = tuple(each for each in those if state in each.leaves)
                if leaving:
                    here[name, state] = leaving
        object.__setattr__(self, "here", here)
        object.__setattr__(self, "pin", f"{self.id} {self.version}")
        object.__setattr__(self, "row", row)
        object.__setattr__(self, "rows", rows)
        object.__setattr__(self, "paper", paper)

    def __reduce__(self) -> Remade:
        return as_given(self)

    def state(self, id: str) -> State:
        """The state with this id.

        Raises:
            UnknownIdError: there is none; the near one is named.
        """
        return _by_id("state", id, self.states)

    def clock(self, id: str) -> Clock:
        """The clock with this id.

        Raises:
            UnknownIdError: there is none; the near one is named.
        """
        return _by_id("clock", id, self.clocks)

    def ends(self) -> tuple[str, ...]:
        """Ids of the states in which nothing more is due."""
        return tuple(each.id for each in self.states if each.end)

    def to_mermaid(self) -> str:
        """The table as a Mermaid state diagram."""
        lines = ["stateDiagram-v2"]
        lines += [f"    {each.id}: {_label(each.title)}" for each in self.states]
        for row in self.transitions:
            for state in row.leaves:
                lines.append(f"    {state or '[*]'} --> {row.to}: {_label(row.title)}")
        lines += [f"    {each.id} --> [*]" for each in self.states if each.end]
        return "\n".join(lines) + "\n"


def _label(title: str) -> str:
    """A title on one line, with what Mermaid would take for its own written as entities."""
    return " ".join(title.split()).translate({ord(sign): f"#{ord(sign)};" for sign in "#:;"})


_T = TypeVar("_T", State, Clock)


def _by_id(what: str, id: str, among: Sequence[_T]) -> _T:
    for each in among:
        if each.id == id:
            return each
    raise UnknownIdError(what, id, (each.id for each in among))
