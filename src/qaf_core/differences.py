"""What changed between two versions of a tool, and whether an answer still means the same."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

import attrs
from attrs import field, frozen

from qaf_core.audits import ToolPin
from qaf_core.logic.expressions import ALWAYS, NEVER
from qaf_core.logic.values import Kind
from qaf_core.scales import Scale
from qaf_core.tables import Table
from qaf_core.tools.computing import Computed
from qaf_core.tools.model import Tool
from qaf_core.tools.parts import Index, Key, called_for, parts_of

__all__ = ["Change", "Diff", "What", "diff", "unbumped"]


def __dir__() -> list[str]:
    return __all__


class What(StrEnum):
    """What can change between two versions of a tool."""

    ADDED = "added"
    DROPPED = "dropped"
    MOVED = "moved to another section"
    REORDERED = "put in another order"
    RETYPED = "answered in another way"
    ASKED = "asked of other cases"
    REQUIRED = "required of other cases"
    NOT_APPLICABLE = "may be set aside, or no longer"
    ADVERSE = "adverse otherwise"
    STATES = "states another fact"
    COMPUTED = "comes about in another way"
    PRIVATE = "withheld from explanations, or no longer"
    WORDING = "worded otherwise"
    REFERENCE = "rests on or serves something else"
    OTHER = "changed in another way"


_SAFE = (
    *(What.ADDED, What.REORDERED, What.REQUIRED),
    *(What.PRIVATE, What.WORDING, What.REFERENCE),
)
_OF = {
    **dict.fromkeys(("kind", "scale"), What.RETYPED),
    **dict.fromkeys(("asked", "applies"), What.ASKED),
    **dict.fromkeys(("required", "must_justify"), What.REQUIRED),
    **dict.fromkeys(("same_as", "computed"), What.COMPUTED),
    **dict.fromkeys(("aspect", "criteria", "source", "standing"), What.REFERENCE),
    **dict.fromkeys(("prompt", "title", "hint", "hints", "analysis"), What.WORDING),
    **dict.fromkeys(("number", "guidance"), What.WORDING),
    "takes_na": What.NOT_APPLICABLE,
    "adverse": What.ADVERSE,
    "states": What.STATES,
    "private": What.PRIVATE,
}


@frozen(kw_only=True)
class Change:
    """One difference between two versions of a tool.

    Attributes:
        part: "tool", "question", "section" or "judgement".
        id: its id.
        what: what of it changed.
        breaking: whether an answer given before, or a blank, may mean something else
            now or be lost, or a trend breaks.
        needs_answer: whether a draft may have to fill in what it had not to. That is
            safe: no answer changes its meaning.
        words: the difference in words.
    """

    part: str
    id: str
    what: What
    breaking: bool
    needs_answer: bool = False
    words: str = ""

    def __str__(self) -> str:
        said = f"{self.part} {self.id}: {self.what}" + (f" ({self.words})" if self.words else "")
        return said + ("; a draft may need an answer" if self.needs_answer else "")


@frozen(kw_only=True)
class Diff:
    """Every difference between two tools, by id.

    Attributes:
        of, to: the tools compared.
        changes: the differences.
    """

    of: ToolPin
    to: ToolPin
    changes: tuple[Change, ...] = field(repr=False)

    @property
    def breaking(self) -> tuple[Change, ...]:
        """The changes that may turn or lose an answer, or break a trend."""
        return tuple(each for each in self.changes if each.breaking)

    @property
    def safe(self) -> tuple[Change, ...]:
        """The changes after which every answer means what it meant."""
        return tuple(each for each in self.changes if not each.breaking)

    def to_rows(self) -> list[dict[str, object]]:
        """A row a change."""
        return [{**attrs.asdict(each), "what": each.what.value} for each in self.changes]

    def table(self) -> Table:
        """The changes as a table."""
        columns = {each.name: each.name.replace("_", " ") for each in attrs.fields(Change)}
        return Table(caption=self.summary, columns=columns, rows=self.to_rows())

    @property
    def summary(self) -> str:
        """The difference in one line."""
        tools = f"{self.of.id} {self.of.version} to {self.to.id} {self.to.version}"
        return f"{tools}: {len(self.breaking)} breaking, {len(self.safe)} safe"

    def __str__(self) -> str:
        lines = [self.summary]
        for heading, changes in (("Breaking", self.breaking), ("Safe", self.safe)):
            lines += [f"{heading}:", *(f"  {each}" for each in changes)] if changes else []
        return "\n".join(lines)


def diff(old: Tool, new: Tool) -> Diff:
    """What changed from one version of a tool to another, or from a tool to its variant."""
    before, after = parts_of(old), parts_of(new)
    changes: list[Change] = []
    for key in dict.fromkeys((*before, *after)):
        part, id = key[0], key[1] or new.id
        if key not in after:
            changes.append(Change(part=part, id=id, what=What.DROPPED, breaking=True))
        elif key not in before:
            needs = called_for(after[key].item)
            added = Change(part=part, id=id, what=What.ADDED, breaking=False, needs_answer=needs)
            changes.append(added)
        else:
            changes += (attrs.evolve(each, id=id) for each in _between(before, after, key))
    return Diff(of=pin(old), to=pin(new), changes=tuple(changes))


def unbumped(old: Tool, new: Tool) -> str:
    """What is wrong where a tool changed under the same version; "" where nothing is."""
    if (old.id, old.version) != (new.id, new.version) or old.fingerprint == new.fingerprint:
        return ""
    parts = ", ".join(dict.fromkeys(each.id for each in diff(old, new).changes))
    return (
        f"Tool {new.id!r} changed and is still version {new.version!r}. Give it a new version: "
        f"audits are pinned to the old one. Changed: {parts}."
    )


def pin(tool: Tool) -> ToolPin:
    return ToolPin(id=tool.id, version=tool.version, fingerprint=tool.fingerprint)


def _between(before: Index, after: Index, key: Key) -> Iterator[Change]:
    """How one part changed, an attribute at a time. Whatever is not known to be safe breaks."""
    (part, id), was, now = key, before[key], after[key]

    def change(what: What, words: str = "", **more: bool) -> Change:
        more = {"breaking": what not in _SAFE} | more
        return Change(part=part, id=id, what=what, words=words, **more)

    if was.inside != now.inside:
        top = "the tool itself"
        yield change(What.MOVED, f"in {now.inside or top}, before in {was.inside or top}")
    for each in attrs.fields(type(now.item)):
        if each.name in ("version", "based_on", "parts", "judgements") or not each.init:
            continue
        one, two = getattr(was.item, each.name), getattr(now.item, each.name)
        words = f"{each.name.replace('_', ' ')}: {_shown(two)}, before: {_shown(one)}"
        if _meaning(one) == _meaning(two):
            labels = getattr(one, "labels", ()) != getattr(two, "labels", ())
            if labels or (one != two and isinstance(two, Scale)):
                yield change(What.WORDING, f"wording of the {each.name}")
        elif each.name in ("required", "must_justify"):
            eased = each.name == "required" and one != NEVER and two != ALWAYS
            needs = not eased and two is not False and called_for(now.item)
            yield change(What.REQUIRED, words, breaking=eased, needs_answer=needs)
        else:
            yield change(_OF.get(each.name, What.OTHER), words)
    computed = part == "judgement" and was.item.computed and now.item.computed
    if computed and _children(before, was.inside) != _children(after, now.inside):
        yield change(What.COMPUTED, "from other parts")
    if part in ("tool", "section") and _order(before, after, id) != _order(after, before, id):
        yield change(What.REORDERED)


def _shown(value: Any) -> str:
    """A value of an attribute in words."""
    match value:
        case Kind():
            return value.takes
        case Scale():
            return value.kind.takes
        case Computed():
            return f"{value.id} {value.version}"
        case tuple():
            return ", ".join(_shown(each) for each in value) or "none"
        case bool():
            return "yes" if value else "no"
    return "none" if value in (None, "") else str(value)


def _meaning(value: Any) -> Any:
    """What of an attribute gives an answer its meaning, its wording left out."""
    if isinstance(value, Scale):
        return value.kind, [grade.at_least for grade in value.grades]
    return (value.id, value.version) if isinstance(value, Computed) else value


def _children(index: Index, section: str) -> set[Key]:
    """What a computed judgement of a section is worked out from."""
    return {
        key
        for key, at in index.items()
        if (key[0] == "question" and at.inside == section)
        or (key[0] == "judgement" and at.inside and index["section", at.inside].inside == section)
    }


def _order(index: Index, other: Index, inside: str) -> list[Key]:
    """What lies in a section in both versions, in the order of the first."""
    return [
        key
        for key, at in index.items()
        if at.inside == inside and key in other and other[key].inside == inside
    ]
