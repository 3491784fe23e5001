"""What a goal rests on in the audits of one tool: facts, fields of items, and sections."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from qaf_core.checking.goals import Goal
from qaf_core.facts import actions
from qaf_core.logic.expressions import (
    AllOf,
    And,
    AnyOf,
    Compare,
    Cond,
    Const,
    Count,
    Extreme,
    Not,
    Or,
    Ref,
    Term,
    refs,
)
from qaf_core.logic.partial import FREE, settled
from qaf_core.logic.representatives import Compared, compared_in
from qaf_core.logic.values import Gap, Record
from qaf_core.plans import Plan, Step, fact_id, rests_on
from qaf_core.tools.computing import Gives
from qaf_core.tools.model import OTHER, Judgement, Placed, Question

__all__ = ["FIXED", "GATHERED", "Cone", "blank_items", "cone_of"]


def __dir__() -> list[str]:
    return __all__


FIXED = ("questions", "judgements")
"""Collections whose items are the tool's own."""
GATHERED = ("actions", "participants", "returns")
"""Collections that people fill: how many items there are is open."""
_SECTION = actions.section

_FROM_ANSWERS = ("adverse", "adverse_count", "answer_count")


@frozen(kw_only=True, eq=False)
class Cone:
    """What a goal rests on.

    Attributes:
        facts: ids of facts.
        first: those that conditions name outside any condition on items.
        fields: fields of the tool's own items, by collection and item.
        gathered: fields of the items that people add, by collection.
        most: how many items of each such collection tell apart all that can be.
        bounded: collections for which that number is a choice and no proof.
        compared: what its conditions compare.
        items: the tool's own items that count, their constant fields set and the rest free.
    """

    facts: frozenset[str]
    first: tuple[str, ...]
    fields: Mapping[tuple[str, str], frozenset[str]]
    gathered: Mapping[str, frozenset[Ref]]
    most: Mapping[str, int]
    bounded: frozenset[str]
    compared: Compared
    items: Mapping[str, tuple[dict[str, Any], ...]] = field(repr=False)


def blank_items(plan: Plan) -> dict[str, tuple[dict[str, Any], ...]]:
    """The tool's own items: what is always so of each, all else free."""
    questions = tuple(_question(placed) for placed in plan.tool.questions)
    judgements = tuple(_judgement(placed, plan) for placed in plan.tool.judged)
    return {"questions": questions, "judgements": judgements}


def _question(placed: Placed) -> dict[str, Any]:
    question = placed.item
    assert isinstance(question, Question)  # noqa: S101 - tool.questions holds no other
    return {
        "id": question.id,
        "fact": question.fact,
        "section": placed.section,
        "asked": FREE,
        "required": FREE,
        "state": FREE,
        "adverse": FREE if question.adverse else Gap.SILENT,
        "action_count": FREE,
    }


def _judgement(placed: Placed, plan: Plan) -> dict[str, Any]:
    judgement = placed.item
    assert isinstance(judgement, Judgement)  # noqa: S101 - tool.judged holds no other
    own = judgement.scale.id
    reaches = {own, *(each.on.id for each in plan.maps if each.of.id == own)}
    computed = judgement.computed
    scored = computed is not None and computed.gives is not Gives.CHILD_GRADE
    free = ("state", "analysed", "justified", "action_count", *_FROM_ANSWERS)
    return {
        "id": judgement.id,
        "section": placed.section,
        "level": "section" if placed.section else "overall",
        **{f"grade.{scale.id}": Gap.SILENT for scale in plan.scales},
        **{f"grade.{scale}": FREE for scale in reaches},
        "score": FREE if scored else Gap.SILENT,
        "judged": judgement.judged,
        "must_justify": judgement.must_justify,
        **dict.fromkeys(free, FREE),
    }


class _Cone:
    """The gathering of a cone."""

    def __init__(self, goal: Goal, plan: Plan) -> None:
        self.plan = plan
        self.entries = {fact_id(entry): entry for entry in plan.order}
        self.blank = blank_items(plan)
        self.known = plan.known
        free: dict[str, Any] = dict.fromkeys(self.known, FREE)
        self.all_free = Record(free, {**self.blank, **dict.fromkeys(GATHERED, FREE)})
        self.conds: list[Cond] = [read.cond for read in goal.reads]
        self.facts: set[str] = set()
        self.first: dict[str, None] = {}
        self.fields: dict[tuple[str, str], set[str]] = {}
        self.gathered: dict[str, set[Ref]] = {}
        self.most: dict[str, int] = dict.fromkeys(GATHERED, 0)
        self.bounded: set[str] = set()
        self.kept: dict[str, set[str]] = {name: set() for name in FIXED}
        self.apart: list[tuple[Ref, Any]] = []
        self.waiting: list[str] = []
        for fact in goal.facts:
            self.fact(fact)
        for read in goal.reads:
            if read.each:
                self.over(read.cond, read.each, 1, only=read.item)
            else:
                self.cond(read.cond)
        while self.waiting:
            self.beneath(self.waiting.pop())

    # --- conditions --------------------------------------------------------------

    def cond(self, node: Cond | Term) -> None:
        match node:
            case And() | Or():
                for part in node.parts:
                    self.cond(part)
            case Not():
                self.cond(node.part)
            case AnyOf() | AllOf():
                self.over(node.where, node.collection, 1)
            case Compare():
                self.counted(node)
                for term in (node.left, node.right):
                    if not isinstance(term, Count):
                        self.cond(term)
            case Extreme():
                where = node.where if node.maybe is None else node.maybe
                self.over(where, node.ref.of, 1, frozenset((node.ref,)))
            case Const():
                pass
            case _:
                for ref in refs(node):
                    if not ref.of:
                        self.first[ref.name] = None
                        self.fact(ref.name)

    def counted(self, node: Compare) -> None:
        """How many items it takes to fall on either side of a number."""
        for count, other in ((node.left, node.right), (node.right, node.left)):
            if isinstance(count, Count):
                bound = 3
                if isinstance(other, Const):
                    bound = int(other.value) + 1  # type: ignore[arg-type]
                else:
                    self.bounded.add(count.collection)
                self.over(count.where, count.collection, max(bound, 1))

    def over(
        self,
        where: Cond,
        collection: str,
        times: int,
        also: frozenset[Ref] = frozenset(),
        *,
        only: str = "",
    ) -> None:
        """A condition on the items of a collection."""
        read = refs(where) | also
        for ref in read:
            if not ref.of:
                self.fact(ref.name)
        if collection in GATHERED:
            self.most[collection] += times
            self.gathered.setdefault(collection, set()).update(ref for ref in read if ref.of)
            return
        for item in self.blank.get(collection, ()):
            verdict = settled(where, self.all_free, item)
            if verdict is False or (only and item["id"] != only):
                continue
            self.kept[collection].add(str(item["id"]))
            names = {ref.name for ref in (read if verdict is None else also) if ref.of}
            for name in names:
                if item.get(name) is FREE:
                    self.field(collection, str(item["id"]), name)

    # --- facts and fields ------------------------------------------------------------

    def fact(self, name: str) -> None:
        if name not in self.facts and name in self.known:
            self.facts.add(name)
            self.waiting.append(name)

    def beneath(self, name: str) -> None:
        """What a fact rests on."""
        entry = self.entries.get(name)
        if entry is None:
            return
        if isinstance(entry, Step):
            for cond in (entry.asked_maybe, entry.called_maybe):
                if cond not in self.conds:
                    self.conds.append(cond)
            below = {child.ref.name for child in entry.children}
            same = isinstance(entry.item, Judgement) and entry.item.same_as
            asked = {ref.name for ref in refs(entry.asked_maybe) | refs(entry.called_maybe)}
            for each in asked | (below if same else set()):
                self.fact(each)
            if same:
                self.tells_apart(entry.children[0].ref)
            return
        for each in rests_on(entry):
            self.fact(each)

    def field(self, collection: str, item: str, name: str) -> None:
        have = self.fields.setdefault((collection, item), set())
        if name in have:
            return
        have.add(name)
        group = self.plan.tool.questions if collection == "questions" else self.plan.tool.judged
        placed = next(each for each in group if each.item.id == item)
        if name == "action_count":
            self.actions_for(placed)
            return
        self.fact(placed.item.ref.name)
        if collection == "questions":
            if name == "adverse":
                self.tells_against(placed)
        elif name.startswith("grade."):
            self.tells_apart(placed.item.ref)
        elif name in _FROM_ANSWERS:
            inside = self.plan.within.get(placed.section)
            for each in self.plan.tool.questions:
                question = each.item
                here = inside is None or question.id in inside
                if here and isinstance(question, Question) and question.adverse:
                    self.field("questions", question.id, "adverse")

    def tells_apart(self, ref: Ref) -> None:
        """A fact that is read under another name, so that each of its values may count."""
        self.apart += [(ref, code) for code in ref.kind.every_code]

    def tells_against(self, placed: Placed) -> None:
        question = placed.item
        assert isinstance(question, Question)  # noqa: S101 - only questions have adverse answers
        self.apart += [(question.ref, value) for value in question.adverse]

    def actions_for(self, placed: Placed) -> None:
        """Actions aimed at a section, for what counts them."""
        numbers = [
            int(term.value)  # type: ignore[arg-type]
            for cond in self.conds
            for term in _constants_beside(cond, "action_count")
        ]
        section = placed.section or OTHER
        known = {value for ref, value in self.apart if ref == _SECTION}
        self.gathered.setdefault("actions", set()).add(_SECTION)
        if section not in known:
            self.apart.append((_SECTION, section))
            self.most["actions"] += max(numbers, default=0) + 1


def _constants_beside(node: Any, name: str) -> list[Const]:
    """The numbers that a field is compared with."""
    found: list[Const] = []
    stack = [node]
    while stack:
        each = stack.pop()
        match each:
            case Compare():
                terms = (each.left, each.right)
                if any(isinstance(term, Ref) and term.name == name for term in terms):
                    found += [term for term in terms if isinstance(term, Const)]
                stack += terms
            case And() | Or():
                stack += each.parts
            case Not():
                stack.append(each.part)
            case AnyOf() | AllOf() | Count() | Extreme():
                stack.append(each.where)
            case _ if hasattr(each, "values") and getattr(each.ref, "name", "") == name:
                found += [Const(value, each.ref.kind) for value in each.values]
    return found


def cone_of(goal: Goal, plan: Plan) -> Cone:
    """What a goal rests on in the audits of a tool."""
    made = _Cone(goal, plan)
    return Cone(
        facts=frozenset(made.facts),
        first=tuple(made.first),
        fields={key: frozenset(names) for key, names in made.fields.items()},
        gathered={name: frozenset(found) for name, found in made.gathered.items()},
        most=made.most,
        bounded=frozenset(made.bounded),
        compared=compared_in(made.conds, made.apart),
        items={
            name: tuple(item for item in made.blank[name] if item["id"] in made.kept[name])
            for name in FIXED
        },
    )
