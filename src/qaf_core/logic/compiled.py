"""Conditions compiled: a set of them as one function over records.

Each collection is walked once, for all that is asked of it. Where a field of its items
takes few values, the walk is written out for each of them, and an item in which nothing is
open is read once for sure and possible alike. The outcome is that of ``met`` on the lowered
conditions, which is that of ``explain``: tests compare them on conditions and records at
random.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

from attrs import field, frozen

from qaf_core.errors import DefinitionError, did_you_mean
from qaf_core.immutable import FrozenMap
from qaf_core.logic.expressions import Cond, Ref, bare_refs, collections_of, refs
from qaf_core.logic.layout import RECORDS, Layout
from qaf_core.logic.lower import known_only, possible, sure
from qaf_core.logic.settle import Known
from qaf_core.logic.strangers import refuse_strangers
from qaf_core.logic.values import Gap, Plain
from qaf_core.logic.walks import Rung

__all__ = ["RECORDS", "Compiled", "Each", "Hit", "Layout", "Reading", "compiled"]

Hit: TypeAlias = tuple[str, Any]
Reading: TypeAlias = Callable[[Any], tuple[list[Hit], list[Hit], list[Hit] | tuple[()]]]
"""Reads a record and gives what is met, what is unsettled, and what only facts that nothing
states leave open: each as the condition's id and the item it is about, or None."""


def __dir__() -> list[str]:
    return __all__


@frozen
class Each:
    """A condition read on each item of a collection."""

    collection: str
    when: Cond


@frozen(eq=False)
class Compiled:
    """Conditions made one function.

    It may be shared between threads. It pickles as its conditions and is compiled again
    where it is loaded; the functions that ``bind`` gives do not pickle.

    Attributes:
        asked: the conditions, by id.
        layout: how facts are reached.
        known: ids of the facts that something states; None where a record may lack any.
        always: ids of the facts that surely have a value.
        given: ids of the facts that are bound once a run.
    """

    asked: Mapping[str, Cond | Each] = field(repr=False)
    layout: Layout = field(repr=False)
    known: frozenset[str] | None = field(repr=False)
    always: frozenset[str] = field(repr=False)
    given: tuple[str, ...]
    _module: Any = field(repr=False)
    _factory: Callable[..., Reading] = field(repr=False)

    @property
    def code(self) -> str:
        """The function in Python, to be read."""
        import ast

        return ast.unparse(self._module)

    def bind(self, **given: Plain) -> Reading:
        """The function for one run.

        Args:
            given: the value of each fact that is bound once a run.

        Raises:
            TypeError: one is missing, or none of this set.
        """
        if given.keys() != set(self.given) or any(isinstance(each, Gap) for each in given.values()):
            raise TypeError(f"Give a value for each of: {', '.join(self.given) or 'nothing'}.")
        return self._factory(*(given[id] for id in self.given))

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (dict(self.asked), self.layout, self.known, self.always, self.given)


def _again(
    asked: Mapping[str, Cond | Each],
    layout: Layout,
    known: frozenset[str] | None,
    always: frozenset[str],
    given: tuple[str, ...],
) -> Compiled:
    return compiled(asked, layout=layout, known=known, always=always, given=given)


def compiled(
    asked: Mapping[str, Cond | Each],
    *,
    layout: Layout = RECORDS,
    known: Iterable[str] | None = None,
    always: Iterable[str] = (),
    given: Iterable[str] = (),
) -> Compiled:
    """Compile conditions, as written, to one function over records.

    Args:
        asked: the conditions by id; those read item by item as ``Each``.
        layout: how facts are reached.
        known: ids of the facts that something states, which no record lacks, and
            ``collection.field`` for such fields of items; any other fact is unknown
            throughout. None where a record may lack any. Objects lack none that they hold.
        always: of those, the ones that surely have a value, in every record and item.
        given: ids of facts of the record to be bound once a run, such as ``today``.

    Raises:
        DefinitionError: a condition is none of this language, is lowered already, nests or
            sprawls too far, speaks of items bare, or of what the layout does not hold.
    """
    # what writes code is loaded when there is something to compile
    from qaf_core.logic.access import Access
    from qaf_core.logic.pieces import placed
    from qaf_core.logic.writing import write

    refuse_strangers({id: each.when if type(each) is Each else each for id, each in asked.items()})
    fixed = tuple(given)
    sure_of = frozenset(always) | frozenset(fixed)
    stated = None if known is None else frozenset(known)
    if layout.facts is not None:
        stated = frozenset(layout.facts)
        _refuse_unheld(asked, layout)
    whole: list[Rung] = []
    by_item: dict[str, list[Rung]] = {}
    for id, each in asked.items():
        if isinstance(each, Each):
            rung = _rung(id, each.when, each.collection, stated, sure_of)
            by_item.setdefault(each.collection, []).append(rung)
        else:
            whole.append(_rung(id, each, "", stated, sure_of))
    access = Access(layout.facts, layout.items, stated, fixed, sure_of)
    module, names = write(whole, by_item, access)
    exec(compile(placed(module), "<compiled conditions>", "exec"), names)  # noqa: S102 - our own
    factory: Any = names["bound_to"]
    return Compiled(FrozenMap(asked), layout, stated, sure_of, fixed, module, factory)


def _rung(
    id: str, cond: Cond, collection: str, stated: frozenset[str] | None, always: frozenset[str]
) -> Rung:
    if any(ref.of not in ("", collection) for ref in bare_refs(cond)):
        raise DefinitionError(f"{id}: it speaks of items that it is not read on one by one.")
    spoken = refs(cond)
    maybe = possible(cond)
    unknown: set[Ref] = set()
    settleable = maybe
    if stated is not None:
        held = stated | always
        unknown = {ref for ref in spoken if not ref.of and ref.name not in held}
        settleable = known_only(maybe, held) if unknown else maybe
    known = Known(
        dict.fromkeys(unknown, Gap.UNKNOWN),
        answered=frozenset(ref for ref in spoken if ref.id in always),
    )
    return Rung(id, sure(cond), settleable, maybe).settled(known)


def _refuse_unheld(asked: Mapping[str, Cond | Each], layout: Layout) -> None:
    """Refuse items and fields that objects of this layout do not hold."""
    for id, each in asked.items():
        cond = each.when if isinstance(each, Each) else each
        wanted = set(collections_of(cond)) | (
            {each.collection} if isinstance(each, Each) else set()
        )
        for collection in sorted(wanted - set(layout.items)):
            near = did_you_mean(collection, layout.items)
            raise DefinitionError(f"{id}: the layout holds no {collection}.{near}")
        for ref in sorted(refs(cond), key=lambda each: each.name):
            if ref.of and ref.name not in layout.items[ref.of][1]:
                near = did_you_mean(ref.name, layout.items[ref.of][1])
                raise DefinitionError(f"{id}: the layout's {ref.of} hold no {ref.name}.{near}")
