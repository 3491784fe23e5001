"""What a machine's table is made of: states, papers, guards, clocks, transitions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from attrs import field, frozen

from qaf_core.errors import DefinitionError
from qaf_core.logic.expressions import ALWAYS, Cond, Ref
from qaf_core.logic.values import DATE, ID, TEXT, Kind, Sort, Value
from qaf_core.provenance import Reference, Standing
from qaf_core.settings import Setting
from qaf_core.timing import Deadline

__all__ = [
    "BUILT_IN",
    "NOT_REQUIRED",
    "START",
    "Clock",
    "Derived",
    "Guard",
    "Look",
    "Paper",
    "State",
    "Transition",
    "actor",
    "on_day",
    "post",
]


def __dir__() -> list[str]:
    return __all__


START = ""
"""Where a process stands before its first event."""

NOT_REQUIRED = "not_required"
"""The value of a setting that switches a guard off."""

actor = Ref("actor", ID, label="the role that acts")
post = Ref("post", ID, label="the post that acts", private=True)
on_day = Ref("on", DATE, label="the day")

BUILT_IN = {each.name: each for each in (actor, post, on_day)}


@frozen(kw_only=True)
class State:
    """A state that something can be in.

    Attributes:
        id: its id; for a stage of a cycle, the stage's.
        title: the name people read.
        what: what happens there, in a sentence.
        owner: id of the role or board whose turn it is; "" where nobody's.
        end: whether nothing more is due there.
        source, standing: where it comes from and how firmly it stands.
    """

    id: str
    title: str
    what: str = ""
    owner: str = ""
    end: bool = False
    source: Reference
    standing: Standing


@frozen(kw_only=True)
class Paper:
    """Something to be put on file on the way: a document by its id, a day, a yes or no.

    Attributes:
        id: its id, which guards speak of.
        label: what to call it in a sentence.
        kind: the type of its value. Text is private and never shown.
        many: whether it is a list of ids that only grows.
        once: whether it stays as it was first put on file.
        source, standing: where it comes from and how firmly it stands.
    """

    id: str
    label: str
    kind: Kind = ID
    many: bool = False
    once: bool = False
    source: Reference
    standing: Standing

    @property
    def ref(self) -> Ref:
        """The paper as a term of conditions."""
        return Ref(self.id, self.kind, label=self.label, private=self.kind == TEXT)

    @property
    def takes(self) -> str:
        """What a value of it is, in words."""
        return "a list of ids, each once" if self.many else self.kind.takes

    def admits(self, value: object) -> bool:
        """Whether a value may be put on file for it."""
        if self.many:
            return _lists_ids(value)
        if type(value) is str and not value.strip():
            return False
        return self.kind.admits(value)

    @property
    def reader(self) -> Callable[[object], bool]:
        """``admits`` as a function, the quicker where little decides."""
        if self.many:
            return _lists_ids
        if self.kind.sort in (Sort.ID, Sort.TEXT):
            return lambda value: type(value) is str and not value.isspace() and value != ""
        return self.kind.admitting


def _lists_ids(value: object) -> bool:
    """Whether it is a list of ids, each once."""
    if not isinstance(value, tuple) or not value:
        return False
    for each in value:
        if type(each) is not str or not each or each.isspace():
            return False
    return len(value) == 1 or len({*value}) == len(value)


Look: TypeAlias = Mapping[str, Any]
"""What is on file, by id of the paper."""


@frozen(kw_only=True)
class Derived:
    """A fact worked out from what is on file.

    Attributes:
        id, label, kind: as of a paper.
        rests_on: ids of the papers it is worked out from; while one of them is missing
            the function is still called.
        function: pure; given what was on file before and what is once the command's
            papers are added.
    """

    id: str
    label: str
    kind: Kind
    rests_on: tuple[str, ...]
    function: Callable[[Look, Look], Value] = field(repr=False)

    @property
    def ref(self) -> Ref:
        """The fact as a term of conditions."""
        return Ref(self.id, self.kind, label=self.label)


@frozen(kw_only=True)
class Guard:
    """What must hold before something may happen.

    Attributes:
        id: its id.
        statement: the requirement in one sentence.
        holds: the condition, on the papers on file and the papers brought.
        switch: the setting that switches it off where its value is ``NOT_REQUIRED``.
        source, standing: where it comes from and how firmly it stands.
    """

    id: str
    statement: str
    holds: Cond
    switch: Setting | None = None
    source: Reference
    standing: Standing


@frozen(kw_only=True)
class Clock:
    """A time limit that starts on the way.

    Attributes:
        id: its id; while it runs, guards may speak of its last day by it.
        statement: what is due by then, in a sentence.
        within: how long there is, counted from the paper that the deadline names; from
            the day of the event where it names none of the machine's; None where no
            limit is stated. While that paper is missing there is no day.
        anchor: the setting that names the paper it counts from, instead of the deadline.
        dated: id of the paper that is itself the last day; instead of a span.
        keeps: whether starting it again leaves the day it has.
        source, standing: where it comes from and how firmly it stands.
    """

    id: str
    statement: str
    within: Deadline | Setting | None = None
    anchor: Setting | None = None
    dated: str = ""
    keeps: bool = False
    source: Reference
    standing: Standing

    def __attrs_post_init__(self) -> None:
        if self.within is not None and self.dated:
            raise DefinitionError(f"Clock {self.id!r} has a span or a dated paper, not both.")
        if isinstance(self.within, Setting) and not isinstance(self.within.value, Deadline):
            raise DefinitionError(f"Clock {self.id!r} rests on a setting that is no deadline.")


@frozen(kw_only=True)
class Transition:
    """One row of the table: an event, from which states, to which.

    Attributes:
        id: the row's id.
        event: what happens; several rows may share it.
        title: what happens, in words.
        leaves: ids of the states it leads from; ``START`` for the first event.
        to: id of the state it leads to.
        by: ids of the roles and boards that may; nobody is named where no rule says who.
        needs: ids of papers that must be on file, or come with it.
        makes: ids of papers that must come with it.
        may: ids of papers that may come with it.
        signs: id of the list that takes the role that acts, or "".
        clears: ids of papers that no longer count afterwards; history keeps them.
        guards: ids of what else must hold.
        when: which of several rows with this event is taken: the first that is met.
        starts, stops: ids of the clocks it starts and stops.
        reason: whether a reason must be given.
        source, standing: where it comes from and how firmly it stands.
    """

    id: str
    event: str = ""
    title: str
    leaves: tuple[str, ...]
    to: str
    by: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    makes: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    signs: str = ""
    clears: tuple[str, ...] = ()
    guards: tuple[str, ...] = ()
    when: Cond = ALWAYS
    starts: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    reason: bool = False
    source: Reference
    standing: Standing

    @property
    def name(self) -> str:
        """The event it happens by: its own id where none is given."""
        return self.event or self.id
