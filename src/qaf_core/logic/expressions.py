"""Conditions as values: immutable trees written with Python operators."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Any, NoReturn, TypeAlias

import attrs
from attrs import field, frozen

from qaf_core.errors import DefinitionError, did_you_mean
from qaf_core.immutable import FrozenMap
from qaf_core.logic.values import COUNT, Kind, Named, Plain, Sort

__all__ = [
    "ALWAYS",
    "MAX_DEPTH",
    "NEVER",
    "AllOf",
    "And",
    "AnyOf",
    "Collection",
    "Compare",
    "Cond",
    "Const",
    "Count",
    "Extreme",
    "HasState",
    "In",
    "Not",
    "Op",
    "Or",
    "Ref",
    "State",
    "Term",
    "bare_refs",
    "children",
    "collections_of",
    "refs",
    "speaks_plainly",
    "transform",
]

MAX_DEPTH = 32
"""How deep conditions may nest: far past any rule a person can read."""


def __dir__() -> list[str]:
    return __all__


class Op(StrEnum):
    """How two terms compare."""

    LT = "<"
    LE = "<="
    GT = ">"
    GE = ">="
    EQ = "=="
    NE = "!="

    @property
    def opposite(self) -> Op:
        """The comparison that holds exactly where this one does not."""
        return _OPPOSITE[self]


_OPPOSITE = {
    Op.LT: Op.GE,
    Op.GE: Op.LT,
    Op.GT: Op.LE,
    Op.LE: Op.GT,
    Op.EQ: Op.NE,
    Op.NE: Op.EQ,
}


class State(StrEnum):
    """What can be asked of a fact's state as it stands."""

    ANSWERED = "answered"
    PENDING = "pending"
    NOT_APPLICABLE = "not applicable"


def _depth(*parts: Any) -> int:
    deepest = 1 + max((part.depth for part in parts), default=0)
    if deepest > MAX_DEPTH:
        raise DefinitionError(
            f"A condition nests more than {MAX_DEPTH} deep. Split it, or name a part "
            "of it as a derived fact."
        )
    return deepest


class Cond:
    """A condition. It is combined with ``&``, ``|`` and ``~`` and has no truth of its own."""

    __slots__ = ()
    depth: int

    def __and__(self, other: Cond) -> Cond:
        return And((self, other))

    def __or__(self, other: Cond) -> Cond:
        return Or((self, other))

    def __invert__(self) -> Cond:
        return self.part if isinstance(self, Not) else Not(self)

    def __bool__(self) -> NoReturn:
        raise TypeError(
            "A condition is read over a record; it is neither true nor false by itself. "
            "Combine conditions with &, | and ~ (not and, or, not), and write two "
            "comparisons where a chain such as 1 < x < 3 is meant."
        )

    def __str__(self) -> str:
        from qaf_core.logic.english import english  # the words lie above the tree

        return english(self)


class Term:
    """Something that has a value: a fact, a number, a count, a worst or a best."""

    __slots__ = ()
    depth: int
    kind: Kind

    def __lt__(self, other: Operand) -> Cond:
        return _compare(self, Op.LT, other)

    def __le__(self, other: Operand) -> Cond:
        return _compare(self, Op.LE, other)

    def __gt__(self, other: Operand) -> Cond:
        return _compare(self, Op.GT, other)

    def __ge__(self, other: Operand) -> Cond:
        return _compare(self, Op.GE, other)

    def __bool__(self) -> NoReturn:
        raise TypeError("A fact is neither true nor false by itself; write fact.is_(True).")

    def is_(self, other: Operand) -> Cond:
        """Met where the value is this one."""
        if isinstance(self, Ref):
            if isinstance(other, Ref):
                return _compare(self, Op.EQ, other)
            if not isinstance(other, Term):
                return In(self, (self.kind.constant(other),))
        return _equal(self, _term(other, self.kind))

    def is_not(self, other: Operand) -> Cond:
        """Met where there is a value and it is not this one."""
        return ~self.is_(other)


Operand: TypeAlias = Term | Plain | Named


def _term(value: Operand, kind: Kind) -> Term:
    return value if isinstance(value, Term) else Const(kind.constant(value), kind)


def _compare(left: Term, op: Op, right: Operand) -> Compare:
    return Compare(left, op, _term(right, left.kind))


def _equal(left: Term, right: Term) -> Cond:
    """Neither above the other; an answer beside the order is no worst or best there is."""
    equal = Compare(left, Op.LE, right) & Compare(left, Op.GE, right)
    for one, other in ((left, right), (right, left)):
        if not isinstance(one, Extreme) or not (one.kind.codes and one.kind.beside):
            continue
        codes = one.kind.codes
        there = (one >= codes[0]) | (one <= codes[-1])
        if isinstance(other, Ref):
            return equal & ~(In(other, one.kind.beside) & there)
        if isinstance(other, Const) and other.value in one.kind.beside:
            return equal & ~there
    return equal


def _typed(value: object) -> object:
    """A key that keeps 1, True and Fraction(1) apart."""
    if isinstance(value, tuple):
        return tuple(_typed(each) for each in value)
    return (type(value).__name__, value)


@frozen(order=False, cache_hash=True)
class Ref(Term):
    """A fact by its id, of the record or of an item.

    Attributes:
        name: the id of the fact or field.
        kind: its type.
        of: the collection whose item it belongs to, or "" for the record.
        label: what to call it in a sentence.
        private: whether its value is withheld from explanations.
    """

    name: str
    kind: Kind
    of: str = ""
    label: str = field(default="", eq=False, repr=False)
    private: bool = field(default=False, eq=False, repr=False)
    depth: int = field(init=False, eq=False, repr=False, default=1)

    def __attrs_post_init__(self) -> None:
        if not all(part.isidentifier() for part in self.name.split(".")):
            raise DefinitionError(
                f"{self.name!r} cannot name a fact: ids are made of letters, digits and _."
            )

    @property
    def id(self) -> str:
        """The id of the fact, or ``collection.field``."""
        return f"{self.of}.{self.name}" if self.of else self.name

    def in_(self, values: Iterable[Plain | Named]) -> Cond:
        """Met where the value is one of these."""
        return In(self, tuple(self.kind.constant(value) for value in values))

    def has(self, value: Plain | Named) -> Cond:
        """Met where a fact that takes many holds this one."""
        return self.in_((value,))

    def answered(self) -> Cond:
        """Met where the record holds an answer: as it stands, never unsettled."""
        return HasState(self, State.ANSWERED)

    def pending(self) -> Cond:
        """Met where an answer may still be called for: as it stands."""
        return HasState(self, State.PENDING)

    def not_applicable(self) -> Cond:
        """Met where it was set aside with a reason: as it stands."""
        return HasState(self, State.NOT_APPLICABLE)

    def worst(self, where: Cond | None = None) -> Extreme:
        """The worst value over the items of its collection."""
        return Extreme(self, False, ALWAYS if where is None else where)

    def best(self, where: Cond | None = None) -> Extreme:
        """The best value over the items of its collection."""
        return Extreme(self, True, ALWAYS if where is None else where)


@frozen(order=False)
class Const(Term):
    """A value written in the condition."""

    value: Plain = field(eq=_typed)
    kind: Kind
    depth: int = field(init=False, eq=False, repr=False, default=1)


@frozen(order=False, cache_hash=True)
class Count(Term):
    """How many items of a collection meet a condition."""

    collection: str
    where: Cond
    kind: Kind = field(init=False, eq=False, repr=False, default=COUNT)
    depth: int = field(init=False, eq=False, repr=False)

    @depth.default
    def _set_depth(self) -> int:
        return _quantified(self.collection, self.where)


@frozen(order=False, cache_hash=True)
class Extreme(Term):
    """The worst or best value of a field over the items that meet a condition.

    Items without a value, or with one beside the order, are passed over; of
    nothing it is silent. ``maybe`` and ``high`` are set by lowering only: the
    items that might count too, and which bound is wanted while some are open.
    """

    ref: Ref
    best: bool
    where: Cond
    maybe: Cond | None = None
    high: bool | None = None
    kind: Kind = field(init=False, eq=False, repr=False)
    depth: int = field(init=False, eq=False, repr=False)

    @kind.default
    def _set_kind(self) -> Kind:
        if not self.ref.of or not self.ref.kind.ordered:
            raise DefinitionError(
                f"Worst and best want an ordered field of a collection; {self.ref.name!r} "
                "is not one."
            )
        return self.ref.kind

    @depth.default
    def _set_depth(self) -> int:
        return _quantified(self.ref.of, self.where)


@frozen(order=False, cache_hash=True)
class Compare(Cond):
    """Two terms compared. ``open`` is set by lowering: a pending side counts as met."""

    left: Term
    op: Op
    right: Term
    open: bool = False
    depth: int = field(init=False, eq=False, repr=False)

    @depth.default
    def _set_depth(self) -> int:
        left, right = self.left.kind, self.right.kind
        if not left.comparable(right):
            raise DefinitionError(
                f"{left.id!r} does not compare with {right.id!r}. "
                "Scales meet only through a declared map."
            )
        if left.sort is Sort.TEXT:
            raise DefinitionError("Text is not compared; ask whether it is answered().")
        if self.op not in (Op.EQ, Op.NE):
            if not left.ordered:
                raise DefinitionError(f"{left.id!r} has no order; use is_() or in_().")
        elif any(isinstance(term, Count | Extreme) for term in (self.left, self.right)):
            # while items are open it has two bounds, and no one value to be equal to
            raise DefinitionError("Whether a count, worst or best is a value is asked with is_().")
        return _depth(self.left, self.right)


@frozen(order=False, cache_hash=True)
class In(Cond):
    """A fact is one of the values; ``negated`` and ``open`` are set by lowering."""

    ref: Ref
    values: tuple[Plain, ...] = field(eq=_typed)
    negated: bool = False
    open: bool = False
    depth: int = field(init=False, eq=False, repr=False, default=1)

    def __attrs_post_init__(self) -> None:
        if self.ref.kind.sort is Sort.TEXT:
            raise DefinitionError("Text is not compared; ask whether it is answered().")


@frozen(order=False, cache_hash=True)
class HasState(Cond):
    """The state of a fact as the record stands: true or false, never unsettled."""

    ref: Ref
    state: State
    depth: int = field(init=False, eq=False, repr=False, default=1)


def _and_parts(parts: Iterable[Cond]) -> tuple[Cond, ...]:
    return _flat(parts, And)


def _or_parts(parts: Iterable[Cond]) -> tuple[Cond, ...]:
    return _flat(parts, Or)


def _refuse_no_condition(part: object) -> None:
    if not isinstance(part, Cond):
        raise DefinitionError(
            f"A {type(part).__name__} is no condition. Compare a fact with something, such as "
            "fact.is_(True), and use is_() rather than ==."
        )


def _flat(parts: Iterable[Cond], kind: type[And | Or]) -> tuple[Cond, ...]:
    """The parts with those of the same kind opened up, so long chains stay shallow."""
    flat: list[Cond] = []
    for part in parts:
        _refuse_no_condition(part)
        flat += part.parts if isinstance(part, kind) else (part,)
    return tuple(flat)


@frozen(order=False, cache_hash=True)
class And(Cond):
    """Every part is met; of no parts, always."""

    parts: tuple[Cond, ...] = field(converter=_and_parts)
    depth: int = field(init=False, eq=False, repr=False)

    @depth.default
    def _set_depth(self) -> int:
        return _depth(*self.parts)


@frozen(order=False, cache_hash=True)
class Or(Cond):
    """Some part is met; of no parts, never."""

    parts: tuple[Cond, ...] = field(converter=_or_parts)
    depth: int = field(init=False, eq=False, repr=False)

    @depth.default
    def _set_depth(self) -> int:
        return _depth(*self.parts)


@frozen(order=False, cache_hash=True)
class Not(Cond):
    """The part is not met. A comparison with a silent fact is met in neither polarity."""

    part: Cond
    depth: int = field(init=False, eq=False, repr=False)

    @depth.default
    def _set_depth(self) -> int:
        return _depth(self.part)


@frozen(order=False, cache_hash=True)
class AnyOf(Cond):
    """Some item of the collection meets the condition; ``negated``, set by lowering: none."""

    collection: str
    where: Cond
    negated: bool = False
    depth: int = field(init=False, eq=False, repr=False)

    @depth.default
    def _set_depth(self) -> int:
        return _quantified(self.collection, self.where)


@frozen(order=False, cache_hash=True)
class AllOf(Cond):
    """No item of the collection meets the condition's opposite."""

    collection: str
    where: Cond
    depth: int = field(init=False, eq=False, repr=False)

    @depth.default
    def _set_depth(self) -> int:
        return _quantified(self.collection, self.where)


ALWAYS: Cond = And(())
NEVER: Cond = Or(())


def children(node: Cond | Term) -> tuple[Cond | Term, ...]:
    """The conditions and terms that a node is made of."""
    match node:
        case Compare():
            return (node.left, node.right)
        case In() | HasState():
            return (node.ref,)
        case And() | Or():
            return node.parts
        case Not():
            return (node.part,)
        case AnyOf() | AllOf() | Count():
            return (node.where,)
        case Extreme():
            return (node.ref, node.where)
    return ()


def refs(node: Cond | Term) -> frozenset[Ref]:
    """Every fact and field a condition speaks of."""
    if isinstance(node, Ref):
        return frozenset((node,))
    return frozenset().union(*(refs(child) for child in children(node)))


def bare_refs(node: Cond | Term) -> frozenset[Ref]:
    """The facts and fields a condition speaks of outside any condition over items."""
    if isinstance(node, AnyOf | AllOf | Count | Extreme):
        return frozenset()
    if isinstance(node, Ref):
        return frozenset((node,))
    return frozenset().union(*(bare_refs(child) for child in children(node)))


def collections_of(node: Cond | Term) -> frozenset[str]:
    """Ids of the collections a condition looks over."""
    own = frozenset[str]()
    if isinstance(node, AnyOf | AllOf | Count):
        own = frozenset((node.collection,))
    elif isinstance(node, Extreme):
        own = frozenset((node.ref.of,))
    return own.union(*(collections_of(child) for child in children(node)))


def speaks_plainly(node: Cond | Term) -> bool:
    """Whether a condition only compares facts: no state is asked for, no item looked at."""
    if isinstance(node, HasState | AnyOf | AllOf | Count | Extreme):
        return False
    return all(speaks_plainly(child) for child in children(node))


def transform(node: Cond, change: Callable[[Cond], Cond | None]) -> Cond:
    """A copy with parts replaced, from the leaves up; ``change`` gives None to keep one."""
    match node:
        case And() | Or():
            node = type(node)(tuple(transform(part, change) for part in node.parts))
        case Not():
            node = Not(transform(node.part, change))
        case AnyOf() | AllOf():
            node = attrs.evolve(node, where=transform(node.where, change))
        case Compare():
            node = attrs.evolve(
                node,
                left=_transform_term(node.left, change),
                right=_transform_term(node.right, change),
            )
    changed = change(node)
    return node if changed is None else changed


def _transform_term(term: Term, change: Callable[[Cond], Cond | None]) -> Term:
    if isinstance(term, Count):
        return Count(term.collection, transform(term.where, change))
    if isinstance(term, Extreme):
        maybe = None if term.maybe is None else transform(term.maybe, change)
        return attrs.evolve(term, where=transform(term.where, change), maybe=maybe)
    return term


def _quantified(collection: str, where: Cond) -> int:
    """The depth of a condition over items; refuses one within another."""
    _refuse_no_condition(where)
    stack: list[Cond | Term] = [where]
    while stack:
        node = stack.pop()
        if isinstance(node, AnyOf | AllOf | Count | Extreme):
            raise DefinitionError(
                f"A condition over {collection} holds one over items within it. Give the "
                "items a field that counts, and compare that."
            )
        stack += children(node)
    for ref in refs(where):
        if ref.of not in ("", collection):
            raise DefinitionError(
                f"A condition over {collection} speaks of {ref.of}.{ref.name}, which "
                "belongs to other items."
            )
    return _depth(where)


def _frozen(entries: Mapping[str, Any]) -> FrozenMap[str, Any]:
    return FrozenMap(entries)


@frozen(order=False)
class Collection:
    """A named collection of items, whose fields are reached as attributes.

    >>> from qaf_core.logic.values import COUNT
    >>> actions = Collection("actions", {"days_late": COUNT})
    >>> print(actions.any(actions.days_late > 28))
    some of the actions have days late more than 28
    """

    id: str
    fields: Mapping[str, Kind] = field(converter=_frozen)
    labels: Mapping[str, str] = field(default=FrozenMap(), converter=_frozen, repr=False)
    aliases: Mapping[str, str] = field(default=FrozenMap(), converter=_frozen, repr=False)

    def __getattr__(self, name: str) -> Ref:
        fields: Mapping[str, Kind] = object.__getattribute__(self, "fields")
        name = object.__getattribute__(self, "aliases").get(name, name)
        if name not in fields:
            raise AttributeError(f"{self.id} have no field {name!r}.{did_you_mean(name, fields)}")
        return Ref(name, fields[name], self.id, self.labels.get(name, ""))

    def any(self, where: Cond) -> Cond:
        """Some item meets the condition."""
        return AnyOf(self.id, where)

    def all(self, where: Cond) -> Cond:
        """No item meets the condition's opposite."""
        return AllOf(self.id, where)

    def count(self, where: Cond = ALWAYS) -> Count:
        """How many items meet the condition."""
        return Count(self.id, where)
