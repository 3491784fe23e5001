"""What an audit states, as rules read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NoReturn
from weakref import ref

from attrs import evolve, field, frozen

from qaf_core.audits import Audit
from qaf_core.errors import Fault
from qaf_core.facts import actions, judgements, participants, questions
from qaf_core.immutable import Remade, as_given
from qaf_core.logic.values import Record
from qaf_core.plans import Plan
from qaf_core.slots import ADVERSE, FINE, Made

if TYPE_CHECKING:
    from _collections_abc import dict_items, dict_keys, dict_values

__all__ = ["ANSWERED_OF_ITEMS", "STATED_OF_ITEMS", "AuditRecord", "Facts"]

STATED_OF_ITEMS = frozenset(
    f"{collection.id}.{name}"
    for collection in (questions, judgements, actions, participants)
    for name in ("id", *collection.fields)
    if not name.startswith("grade.")
)
"""The fields that every item of a record has, as ``collection.field``; of a judgement there is
also ``grade.scale`` for each scale of the plan."""

ANSWERED_OF_ITEMS = STATED_OF_ITEMS - {
    "questions.asked",
    "questions.required",
    "questions.adverse",
    "judgements.score",
    "judgements.adverse",
    "judgements.adverse_count",
    "actions.by",
    "actions.signed_off",
}
"""Those that have a value in every item."""


def __dir__() -> list[str]:
    return __all__


class Facts(dict[str, Any]):
    """The facts of an audit; what most questions state is laid in when somebody asks for it.

    What rules read is there from the start, so that reviews are spared the rest. Whoever reads
    it as a mapping finds all of it; nobody changes it.

    Args:
        facts: what is there from the start.
        names, made: ids of the facts that questions state, and what they came to.
    """

    __slots__ = ("_rest",)
    _rest: tuple[Iterable[str], Iterable[Made]] | None

    def __init__(self, facts: dict[str, Any], names: Iterable[str], made: Iterable[Made]) -> None:
        super().__init__(facts)
        self._rest = names, made

    def _all(self) -> dict[str, Any]:
        rest = self._rest
        if rest is not None:
            put = super().__setitem__
            for name, made in zip(*rest, strict=True):
                if not super().__contains__(name):
                    put(name, made.value)
            self._rest = None
        return self

    def __missing__(self, id: str) -> Any:
        whole = self._all()  # which another thread may have laid in by now
        if not dict.__contains__(whole, id):
            raise KeyError(id)
        return dict.__getitem__(whole, id)

    def get(self, id: str, default: Any = None) -> Any:
        """The value of a fact, or the default."""
        at_hand = super().__contains__(id)
        return dict.get(self if at_hand else self._all(), id, default)

    def __contains__(self, id: object) -> bool:
        return super().__contains__(id) or dict.__contains__(self._all(), id)

    def __iter__(self) -> Iterator[str]:
        return dict.__iter__(self._all())

    def __reversed__(self) -> Iterator[str]:
        return dict.__reversed__(self._all())

    def __len__(self) -> int:
        return dict.__len__(self._all())

    __hash__ = None

    def __eq__(self, other: object) -> bool:
        return dict.__eq__(self._all(), other._all() if isinstance(other, Facts) else other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __repr__(self) -> str:
        return f"<{len(self)} facts>"

    def keys(self) -> dict_keys[str, Any]:
        """Their ids."""
        return dict.keys(self._all())

    def values(self) -> dict_values[str, Any]:
        """Their values."""
        return dict.values(self._all())

    def items(self) -> dict_items[str, Any]:
        """Their ids with their values."""
        return dict.items(self._all())

    def __or__(self, other: dict[str, Any]) -> dict[str, Any]:  # type: ignore[override]
        return dict(self) | other

    def __ror__(self, other: dict[str, Any]) -> dict[str, Any]:  # type: ignore[override]
        return other | dict(self)

    def copy(self) -> dict[str, Any]:
        """Them all as a dictionary of its own."""
        return dict(self)

    def __reduce__(self) -> tuple[type[dict[str, Any]], tuple[dict[str, Any]]]:
        return dict, (dict(self),)

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise TypeError("The facts of a record stay as they are: change a copy() of them.")

    pop = popitem = setdefault = clear = update = _refuse
    __setitem__ = __delitem__ = __ior__ = _refuse


@frozen(eq=False)
class AuditRecord:
    """A record and what came to light while it was made.

    It holds its audit weakly: a review that rests on it keeps no free text of an audit alive.

    Attributes:
        record: what rules are read on. It holds no free text.
        pending: whether a question or judgement of the tool is pending.
        set_aside: where answers and judgements stand that are no longer asked for;
            they are kept in the audit and left out of the record.
        faults: what could not be used, each with its path; such a fact is pending.
        asked, told: ids of the tool's questions, and what each tells of practice, as a byte:
            ``slots.ADVERSE``, ``FINE`` or something else.
    """

    record: Record
    pending: bool = False
    set_aside: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    asked: Sequence[str] = field(default=(), repr=False)
    told: bytes = field(default=b"", repr=False)
    _made_of: tuple[ref[Audit], Plan, date] | None = field(default=None, repr=False)

    def __reduce__(self) -> Remade:
        return as_given(self if self._made_of is None else evolve(self, made_of=None))

    @property
    def adverse(self) -> dict[str, bool]:
        """The questions that were answered and can tell against practice; whether they do, by id."""
        told = zip(self.asked, self.told, strict=True)
        return {id: each == ADVERSE for id, each in told if each in (ADVERSE, FINE)}

    def is_of(self, audit: Audit, plan: Plan, on: date) -> bool:
        """Whether it is of this very audit, and would say the same of its answers on that day."""
        if self._made_of is None:
            return False
        own, by, day = self._made_of
        return own() is audit and by is plan and (day == on or not plan.day_tells)
