"""The function that a set of conditions becomes."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping

from attrs import define, field

from qaf_core.logic.access import Access
from qaf_core.logic.emit import Operand, Writer
from qaf_core.logic.expressions import (
    AnyOf,
    Cond,
    Count,
    Extreme,
    In,
    Ref,
    Term,
    children,
    collections_of,
)
from qaf_core.logic.pieces import (
    Expr,
    Lines,
    Names,
    Test,
    all_of,
    any_of,
    call,
    no,
    read,
    store,
    when,
)
from qaf_core.logic.settle import Known, openable, settle
from qaf_core.logic.values import TEXT, Gap, Sort, Value
from qaf_core.logic.walks import Rank, Rung, Tally, Walk, kept_for

__all__ = ["write"]

_WORTH_SPLITTING = 2
"""An item with something open is read apart from the others where this many conditions ask."""

_OWN = ("fired", "unsettled", "unknowable", "record", "facts", "item", "reading", "bound_to")
"""The names that the code uses itself."""


def __dir__() -> list[str]:
    return __all__


def write(
    whole: Iterable[Rung], by_item: Mapping[str, Iterable[Rung]], access: Access
) -> tuple[ast.Module, dict[str, object]]:
    """The module that holds the function's factory ``bound_to``, and what it needs beside it.

    Args:
        whole: conditions on the record.
        by_item: conditions on each item of a collection.
        access: where facts lie.
    """
    writing = _Writing(access)
    module = writing.module(list(whole), {id: list(rungs) for id, rungs in by_item.items()})
    return module, writing.names.bound


@define
class _Writing:
    """The writing of one function."""

    access: Access
    names: Names = field(factory=Names)
    tallies: dict[Tally, bool] = field(factory=dict)
    """Those kept, and whether they are counted."""
    loose: dict[Tally, dict[Cond, None]] = field(factory=dict)
    """What items that only may meet a tally meet."""
    ranks: dict[Rank, None] = field(factory=dict)
    writer: Writer = field(init=False)
    unknowable: bool = field(init=False, default=False)

    def __attrs_post_init__(self) -> None:
        self.writer = Writer(self.names, self._result, self.access.always)
        for name in _OWN:
            self.names.name(name, name)

    def module(self, whole: list[Rung], by_item: dict[str, list[Rung]]) -> ast.Module:
        rungs = [*whole, *(rung for group in by_item.values() for rung in group)]
        self.unknowable = any(rung.settleable != rung.possible for rung in rungs)
        for rung in rungs:
            for cond in rung.conditions:
                self._find_tallies(cond)
        late = {
            id: [rung for rung in group if any(map(collections_of, rung.conditions))]
            for id, group in by_item.items()
        }
        body: Lines = []
        kept: tuple[Tally | Rank, ...] = (*self.tallies, *self.ranks)
        for id in dict.fromkeys((*(each.collection for each in kept), *by_item)):
            early = [rung for rung in by_item.get(id, ()) if rung not in late[id]]
            body += self._walk(Walk(id, [each for each in kept if each.collection == id], early))
        for rung in whole:
            body += self._outcome(rung)
        for id, group in late.items():
            body += self._walk(Walk(id, [], group))
        start = [store(each, ast.List([], ast.Load())) for each in self._lists()]
        loads = self._loads("")
        if self.access.record is None and loads:
            facts = ast.Attribute(read("record"), "facts", ast.Load())
            loads.insert(0, store("facts", facts))
        results = [read(name) for name in self._lists()]
        results += [ast.Tuple([], ast.Load())] * (3 - len(results))  # type: ignore[list-item]
        last = ast.Return(ast.Tuple([*results], ast.Load()))
        reading = _function("reading", ["record"], [*start, *loads, *body, last])
        given = [self.names.fact(Ref(id, TEXT)) for id in self.access.given]
        factory = _function("bound_to", given, [reading, ast.Return(read("reading"))])
        return ast.Module([factory], [])

    def _lists(self) -> tuple[str, ...]:
        return ("fired", "unsettled", *(("unknowable",) if self.unknowable else ()))

    def _loads(self, of: str, but: str = "") -> Lines:
        """The facts spoken of since the last loads, each read once, and their places in an order."""
        places = {name: each for name, each in self.names.placed.items() if each[0].of == of}
        for ref, _ in places.values():
            self.names.fact(ref)
        spoken = {name: ref for name, ref in self.names.spoken.items() if ref.of == of}
        for name in spoken:
            del self.names.spoken[name]
        for name in places:
            del self.names.placed[name]
        loads = [
            store(name, self.access.fact(ref, self.names))
            for name, ref in spoken.items()
            if name != but and (of or ref.name not in self.access.given)
        ]
        for name, (ref, kind) in places.items():
            get = ast.Attribute(self.names.places(kind), "get", ast.Load())
            loads.append(store(name, call(get, read(self.names.fact(ref)))))
        return loads

    # --- outcomes --------------------------------------------------------------------

    def _outcome(self, rung: Rung, *, item: bool = False) -> Lines:
        """``if`` it is sure, ``elif`` it may be, ``elif`` only the unknown leaves it open."""
        hit: Expr = ast.Constant((rung.id, None))  # type: ignore[arg-type]
        if item:
            hit = ast.Tuple([ast.Constant(rung.id), read("item")], ast.Load())

        def note(name: str) -> Lines:
            return [ast.Expr(call(ast.Attribute(read(name), "append", ast.Load()), hit))]

        otherwise: Lines = []
        if rung.possible != rung.settleable:
            otherwise = when(
                self.writer.left_open(rung.settleable, rung.possible), note("unknowable"), []
            )
        if rung.settleable != rung.sure:
            test = self.writer.left_open(rung.sure, rung.settleable)
            otherwise = when(test, note("unsettled"), otherwise)
        return when(self.writer.test(rung.sure), note("fired"), otherwise)

    # --- walking ---------------------------------------------------------------------

    def _walk(self, walk: Walk) -> Lines:
        """One pass over a collection, for all that is asked of it."""
        if not walk.kept and not walk.rungs:
            return []
        start = [line for each in walk.kept for line in self._begin(each)]
        body = self._by_value(walk)
        loop = ast.For(ast.Name("item", ast.Store()), self.access.collection(walk.over), body, [])
        return [*start, loop] if body else start

    def _by_value(self, walk: Walk) -> Lines:
        """The body of a walk: written out for each value of the field most asked about."""
        ref = walk.most_asked()
        if ref is None:
            body = self._settling(walk, Known())
            return [*self._loads(walk.over), *body]
        name = self.names.fact(ref)
        alike: dict[object, list[Value]] = {}
        codes = (True, False) if ref.kind.sort is Sort.YES_NO else ref.kind.every_code
        ranked = any(isinstance(each, Rank) and each.of == ref for each in walk.kept)
        tested = (*self._tested(walk), *(cond for rung in walk.rungs for cond in rung.conditions))
        for value in (*codes, *Gap):
            known = Known({ref: value})
            same = isinstance(value, Gap), tuple(settle(cond, known) for cond in tested)
            itself = ref.kind.position(value) if ranked and not isinstance(value, Gap) else None
            alike.setdefault((*same, itself, ranked and _may_come(value)), []).append(value)
        branches: list[tuple[list[Value], Lines]] = []
        for values in alike.values():
            lines = self._settling(walk, Known({ref: values[0]}))
            branches.append((values, [*self._loads(walk.over, name), *lines]))
        branches.sort(key=lambda branch: not branch[1])  # nothing to do is what is left over
        *first, (_, body) = branches
        for values, lines in reversed(first):
            if lines or body:
                body = when(self._one_of(ref, values), lines or [ast.Pass()], body)
        return [store(name, self.access.fact(ref, self.names)), *body]

    def _one_of(self, ref: Ref, values: list[Value]) -> Test:
        gaps = [value for value in values if isinstance(value, Gap)]
        if gaps:
            return self.writer.is_gap(self.writer.fact(ref), *gaps)
        return self.writer.test(In(ref, tuple(values)))  # type: ignore[arg-type]

    def _settling(self, walk: Walk, known: Known) -> Lines:
        """The lines for an item of which this is known; twice, where much of it may be open."""
        lines = self._lines(walk, known)
        asked = [openable(settle(cond, known)) for cond in (*self._tested(walk), *walk.possible)]
        open_still = {ref: None for each in asked for ref in sorted(each, key=str) if ref.of}
        if sum(bool(each) for each in asked) < _WORTH_SPLITTING or not open_still:
            return lines
        facts = (self.writer.is_open(self.writer.fact(ref)) for ref in open_still)
        settled = Known(known.values, settled=frozenset(open_still))
        return when(any_of(*facts), lines, self._lines(walk, settled))

    def _tested(self, walk: Walk) -> Iterator[Cond]:
        for each in walk.kept:
            yield from each.tested
            if isinstance(each, Tally):
                yield from self.loose[each]

    def _lines(self, walk: Walk, known: Known) -> Lines:
        steps: dict[tuple[Cond, tuple[Cond, ...]], tuple[Lines, Lines]] = {}
        lines: Lines = []
        for each in walk.kept:
            if isinstance(each, Rank):
                lines += self._keep(each, known)
                continue
            where = settle(each.where, known)
            loose = tuple(settle(cond, known) for cond in self.loose[each])
            surely, perhaps = steps.setdefault((where, loose), ([], []))
            surely.append(self._step(each, self._name(each)))
            if loose:
                perhaps.append(self._step(each, self._loose_name(each)))
        for (where, loose), (surely, perhaps) in steps.items():
            maybe = any_of(*(self.writer.left_open(where, cond) for cond in loose))
            lines += when(self.writer.test(where), surely, when(maybe, perhaps, []))
        for rung in walk.rungs:
            lines += self._outcome(rung.settled(known), item=True)
        return lines

    # --- tallies ---------------------------------------------------------------------

    def _find_tallies(self, cond: Cond) -> None:
        stack: list[Cond | Term] = [cond]
        while stack:
            node = stack.pop()
            stack += reversed(children(node))
            if not isinstance(node, AnyOf | Count | Extreme):
                continue
            kept = kept_for(node)
            if isinstance(kept, Rank):
                self.ranks[kept] = None
                continue
            self.tallies[kept] = self.tallies.get(kept, False) or isinstance(node, Count)
            loose = self.loose.setdefault(kept, {})
            if not isinstance(node, Extreme) and node.where != kept.where:
                loose[node.where] = None

    def _name(self, kept: Tally | Rank) -> str:
        if isinstance(kept, Rank):
            return self.names.name(kept, f"{'best' if kept.best else 'worst'}_{kept.collection}")
        counted = self.tallies[kept]
        return self.names.name(kept, f"{'number_of' if counted else 'some'}_{kept.collection}")

    def _loose_name(self, kept: Tally | Rank) -> str:
        return self.names.name(("loose", kept), f"{self._name(kept)}_open")

    def _step(self, tally: Tally, name: str) -> ast.stmt:
        if self.tallies[tally]:
            return ast.AugAssign(ast.Name(name, ast.Store()), ast.Add(), ast.Constant(1))
        return store(name, ast.Constant(True))

    def _begin(self, kept: Tally | Rank) -> Lines:
        """What is kept, before the walk."""
        name, loose = self._name(kept), self._loose_name(kept)
        if isinstance(kept, Rank):
            start = store(name, ast.Constant(kept.nothing))
            return [start, store(loose, ast.Constant(False))]
        start = store(name, ast.Constant(0 if self.tallies[kept] else False))
        if not self.loose[kept]:
            return [start]
        return [start, store(loose, ast.Constant(0 if self.tallies[kept] else False))]

    def _keep(self, rank: Rank, known: Known) -> Lines:
        """What one item does to a worst or best."""
        name, ref = self._name(rank), rank.of
        kind = ref.kind
        where, maybe = settle(rank.where, known), settle(rank.maybe, known)
        may_be: Lines = [store(self._loose_name(rank), ast.Constant(True))]
        if_open = when(self.writer.test(maybe), may_be, [])

        def better(value: Expr, *, last: bool = False) -> Lines:
            test: Test = ast.Compare(read(name), [ast.Lt() if rank.best else ast.Gt()], [value])
            if not kind.codes:
                none = ast.Compare(read(name), [ast.Is()], [ast.Constant(None)])
                test = any_of(none, test)
            take = when(last or test, [store(name, value)], [])
            perhaps = when(self.writer.left_open(where, maybe), may_be, [])
            return when(self.writer.test(where), take, perhaps)

        value = known.of(ref)
        if isinstance(value, Gap):
            return if_open if value.open else []
        if value is not None:
            place = kind.position(value)
            if place is None:
                return []
            last = place == (len(kind.codes) - 1 if rank.best else 0)
            return better(ast.Constant(place), last=last)
        fact = self.writer.fact(ref)
        left = [] if ref in known.settled else when(self.writer.is_open(fact), if_open, [])
        if not kind.codes:
            return when(self.writer.answered(fact), better(fact), left)
        there = read(self.names.place(ref, kind))
        stands = ast.Compare(there, [ast.IsNot()], [ast.Constant(None)])
        return when(stands, better(there), left)

    def _result(self, node: AnyOf | Count | Extreme) -> Operand:
        """What was kept, as conditions read it once the walk is over."""
        kept = kept_for(node)
        name = read(self._name(kept))
        if not isinstance(kept, Rank):
            if isinstance(node, Extreme) or node.where == kept.where:
                return Operand(name)
            loose = read(self._loose_name(kept))
            if isinstance(node, AnyOf):
                return Operand(ast.BoolOp(ast.Or(), [name, loose]))
            return Operand(ast.BinOp(name, ast.Add(), loose))
        unequal = ast.NotEq() if kept.of.kind.codes else ast.IsNot()
        found: Expr = ast.Compare(name, [unequal], [ast.Constant(kept.nothing)])
        pending = read(self._loose_name(kept))
        if isinstance(node, Extreme) and node.high is node.best:
            better = all_of(no(pending), found)  # one that is open may still be better
            return Operand(name, better, pending, found, pending)
        return Operand(name, found, all_of(pending, no(found)), found, pending)


def _may_come(value: Value) -> bool:
    return isinstance(value, Gap) and value.open


def _function(name: str, parameters: Iterable[str], body: Lines) -> ast.stmt:
    arguments = ast.arguments(
        posonlyargs=[ast.arg(each) for each in parameters],
        args=[],
        kwonlyargs=[],
        kw_defaults=[],
        defaults=[],
    )
    return ast.FunctionDef(name=name, args=arguments, body=body, decorator_list=[])
