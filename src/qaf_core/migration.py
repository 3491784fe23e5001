"""Versions of a tool: what changed between two, and how a draft passes to the later one.

A completed audit stays with the tool it was made with. A draft passes on by a
migration that says of every id where it goes, and nothing of it is lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, TypeAlias, TypeVar

import attrs
from attrs import field, frozen

from qaf_core.audits import Audit, Explanation, Judged, NotApplicable, Return, Tag, ToolPin
from qaf_core.errors import DefinitionError, Fault, InputError, did_you_mean
from qaf_core.immutable import FrozenMap
from qaf_core.logic.expressions import ALWAYS, NEVER
from qaf_core.logic.values import Kind
from qaf_core.scales import Scale, ScaleMap
from qaf_core.tables import Table
from qaf_core.tools.computing import Computed
from qaf_core.tools.model import OTHER, Judgement, Question, Section, Tool

__all__ = ["Change", "Diff", "Migrated", "Migration", "What", "diff", "migrate", "unbumped"]

Key: TypeAlias = tuple[str, str]
"""What a part is, and its id: a section and its judgement may share one."""
Aimed = TypeVar("Aimed", Explanation, Tag)


def __dir__() -> list[str]:
    return __all__


@frozen
class _At:
    """A part of a tool, and the id of the section it lies in; "" for the tool itself."""

    item: Any
    inside: str


_Index: TypeAlias = Mapping[Key, _At]


def _index(tool: Tool) -> dict[Key, _At]:
    """Every part of a tool, itself included, in order."""
    found: dict[Key, _At] = {("tool", ""): _At(tool, "")}

    def walk(of: Tool | Section, inside: str) -> None:
        for part in of.parts:
            found[type(part).__name__.lower(), part.id] = _At(part, inside)
            if isinstance(part, Section):
                walk(part, part.id)
        for judgement in of.judgements:
            found["judgement", judgement.id] = _At(judgement, inside)

    walk(tool, "")
    return found


def _around(index: _Index, key: Key) -> Iterator[str]:
    """Ids of the sections a part lies in, innermost first."""
    while inside := index[key].inside:
        yield inside
        key = ("section", inside)


def _called_for(item: Any) -> bool:
    """Whether a blank may have to be filled in."""
    if isinstance(item, Question):
        return NEVER not in (item.asked, item.required)
    return isinstance(item, Judgement) and item.judged


# --- what changed ----------------------------------------------------------------------


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
    before, after = _index(old), _index(new)
    changes: list[Change] = []
    for key in dict.fromkeys((*before, *after)):
        part, id = key[0], key[1] or new.id
        if key not in after:
            changes.append(Change(part=part, id=id, what=What.DROPPED, breaking=True))
        elif key not in before:
            needs = _called_for(after[key].item)
            added = Change(part=part, id=id, what=What.ADDED, breaking=False, needs_answer=needs)
            changes.append(added)
        else:
            changes += (attrs.evolve(each, id=id) for each in _between(before, after, key))
    return Diff(of=_pin(old), to=_pin(new), changes=tuple(changes))


def unbumped(old: Tool, new: Tool) -> str:
    """What is wrong where a tool changed under the same version; "" where nothing is."""
    if (old.id, old.version) != (new.id, new.version) or old.fingerprint == new.fingerprint:
        return ""
    parts = ", ".join(dict.fromkeys(each.id for each in diff(old, new).changes))
    return (
        f"Tool {new.id!r} changed and is still version {new.version!r}. Give it a new version: "
        f"audits are pinned to the old one. Changed: {parts}."
    )


def _pin(tool: Tool) -> ToolPin:
    return ToolPin(id=tool.id, version=tool.version, fingerprint=tool.fingerprint)


def _between(before: _Index, after: _Index, key: Key) -> Iterator[Change]:
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
            needs = not eased and two is not False and _called_for(now.item)
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


def _children(index: _Index, section: str) -> set[Key]:
    """What a computed judgement of a section is worked out from."""
    return {
        key
        for key, at in index.items()
        if (key[0] == "question" and at.inside == section)
        or (key[0] == "judgement" and at.inside and index["section", at.inside].inside == section)
    }


def _order(index: _Index, other: _Index, inside: str) -> list[Key]:
    """What lies in a section in both versions, in the order of the first."""
    return [
        key
        for key, at in index.items()
        if at.inside == inside and key in other and other[key].inside == inside
    ]


# --- drafts ----------------------------------------------------------------------------


def _map(entries: Mapping[str, Any]) -> FrozenMap[str, Any]:
    return FrozenMap(entries)


@frozen(kw_only=True, repr=False)
class Migration:
    """Where every id of one version of a tool goes in another.

    An id that both have is kept; any other is renamed or dropped by name. An id once
    published keeps its meaning, so one that is still there cannot be dropped.

    Attributes:
        of, to: the tools.
        renamed: old id to new.
        dropped: ids with no place in the new tool; what a draft holds under them is
            set aside.
        scale_maps: how grades read where a scale changed. Those of a scale without a
            map are set aside.
        before, after: every part of the two tools, by what it is and its id.

    Raises:
        DefinitionError: an id has no place or two, or is not known, or the tools are
            for different subjects. Everything wrong is said.
    """

    of: Tool
    to: Tool
    renamed: Mapping[str, str] = field(factory=FrozenMap, converter=_map)
    dropped: tuple[str, ...] = ()
    scale_maps: tuple[ScaleMap, ...] = ()
    before: _Index = field(init=False, eq=False)
    after: _Index = field(init=False, eq=False)

    @before.default
    def _before(self) -> _Index:
        return _index(self.of)

    @after.default
    def _after(self) -> _Index:
        return _index(self.to)

    def __attrs_post_init__(self) -> None:
        found = tuple(self._problems())
        if found:
            raise DefinitionError(f"{self!r} cannot be made. " + " ".join(found))

    def __repr__(self) -> str:
        return f"<Migration {self.of.id} {self.of.version} to {self.to.id} {self.to.version}>"

    def home(self, part: str, id: str) -> str | None:
        """The new id of a question, section or judgement; None where it has none."""
        if (part, id) not in self.before:
            return None
        new = self.renamed.get(id, id)
        return next((each for each in (new, id) if (part, each) in self.after), None)

    def _problems(self) -> Iterator[str]:
        if self.of.subject != self.to.subject:
            yield f"They are for {self.of.subject} and for {self.to.subject}."
        parts: dict[str, list[str]] = {}
        for part, id in self.before:
            parts.setdefault(id, []).append(part)
        for id in dict.fromkeys((*self.renamed, *self.dropped)):
            if id not in parts:
                yield f"{self.of.id!r} has no {id!r}.{did_you_mean(id, parts)}"
        for id, new in self.renamed.items():
            ids = {each for part, each in self.after if part in parts.get(id, ())}
            if id in parts and new not in ids:
                sort = " or ".join(parts[id])
                yield f"{id!r} is renamed {new!r}, which is no new {sort}.{did_you_mean(new, ids)}"
        for id in self.dropped:
            if id in parts and all(self.home(part, id) for part in parts[id]):
                yield f"{id!r} is dropped and has a place: give what is new an id of its own."
        homes: dict[Key, str] = {}
        for part, id in self.before:
            home = self.home(part, id)
            if home is not None:
                other = homes.setdefault((part, home), id)
                if other != id:
                    yield f"Both {other!r} and {id!r} become the {part} {home!r}. Keep one of them."
            elif part != "tool" and id not in self.dropped:
                near = did_you_mean(id, {new for sort, new in self.after if sort == part})
                yield f"The {part} {id!r} has no place: rename it or drop it by name.{near}"

    def carry(self, value: Any, was: Kind, now: Kind) -> Any:
        """A value under its new kind, or None. It is read on another scale, never coerced."""
        if was == now:
            return value if now.admits(value) else None
        for each in self.scale_maps:
            if (each.of.kind, each.on.kind) == (was, now) and isinstance(value, str):
                return each.codes.get(value)
        return None


@frozen(kw_only=True)
class Migrated:
    """A draft under its new tool, and what became of all that it held.

    Answers, judgements, sections, actions, explanations and tags go by their path, such as
    ``"answers.safe"`` or ``"actions[0]"``. Each is kept, moved or set aside, and only once.

    Attributes:
        audit: the draft, pinned to the new tool.
        kept: paths of what is where it was.
        moved: path before, and the id it goes by or is aimed at now.
        set_aside: path and value of what has no place in the new tool. A part of
            something kept has a longer path, such as ``"judgements.risk.grade"``.
        regraded: path of what was read on another scale, and the grade it had.
        needs_answer: paths that are open now and were not before. Whether they are
            asked follows from the record: the review says.
    """

    audit: Audit
    kept: tuple[str, ...] = field(repr=False)
    moved: Mapping[str, str] = field(converter=_map)
    set_aside: Mapping[str, Any] = field(converter=_map)
    regraded: Mapping[str, str] = field(converter=_map)
    needs_answer: tuple[str, ...]

    def __str__(self) -> str:
        return (
            f"{len(self.kept)} kept, {len(self.moved)} moved, {len(self.set_aside)} set aside, "
            f"{len(self.regraded)} read on another scale; to answer: "
            + (", ".join(self.needs_answer) or "nothing new")
        )


def migrate(audit: Audit, migration: Migration) -> Migrated:
    """Pass a draft to another version of its tool. Nothing it holds is lost.

    Args:
        audit: the draft.
        migration: where every id goes.

    Raises:
        InputError: the audit is completed, or was made with another tool.
    """
    faults = []
    own = _pin(migration.of)
    if audit.completed is not None:
        do = f"Leave it as it is and read it with {own.id} {own.version}"
        faults.append(Fault(path="completed", problem="a completed audit never changes", do=do))
    if audit.tool not in (own, attrs.evolve(own, fingerprint="")):
        do = "Use a migration from the tool and version it is pinned to"
        faults.append(Fault(path="tool", problem="the migration is from another tool", do=do))
    if faults:
        raise InputError(faults)
    return _Passage(migration).of(audit)


_GROUPS = {"question": "answers", "judgement": "judgements", "section": "sections"}


class _Passage:
    """The passage of one draft."""

    def __init__(self, migration: Migration) -> None:
        self.by = migration
        self.kept: list[str] = []
        self.moved: dict[str, str] = {}
        self.aside: dict[str, Any] = {}
        self.regraded: dict[str, str] = {}

    def of(self, audit: Audit) -> Migrated:
        passed = attrs.evolve(
            audit,
            tool=_pin(self.by.to),
            answers=self.group("question", audit.answers),
            judgements=self.group("judgement", audit.judgements),
            sections=self.group("section", audit.sections),
            actions=tuple(self.action(*each) for each in enumerate(audit.actions)),
            explanations=self.aimed("explanations", audit.explanations, "question", "judgement"),
            tags=self.aimed("tags", audit.tags, "question", "section", "judgement"),
            returns=tuple(self.returned(*each) for each in enumerate(audit.returns)),
        )
        open_before = [(part, self.by.home(part, id)) for part, id in _open(self.by.before, audit)]
        open_now = [key for key in _open(self.by.after, passed) if key not in open_before]
        return Migrated(
            audit=passed,
            kept=tuple(self.kept),
            moved=self.moved,
            set_aside=self.aside,
            regraded=self.regraded,
            needs_answer=tuple(f"{_GROUPS[part]}.{id}" for part, id in open_now),
        )

    def note(self, path: str, old: str, new: str) -> None:
        if old == new:
            self.kept.append(path)
        else:
            self.moved[path] = new

    def group(self, part: str, entries: Mapping[str, Any], at: str = "") -> dict[str, Any]:
        """Answers, judgements or sections under their new ids."""
        made: dict[str, Any] = {}
        for id, value in entries.items():
            path, home = f"{at}{_GROUPS[part]}.{id}", self.by.home(part, id)
            passed = None if home is None else self.passed(part, id, home, value, path)
            if home is None or passed is None:
                self.aside[path] = value
            else:
                made[home] = passed
                self.note(path, id, home)
        return made

    def passed(self, part: str, id: str, home: str, value: Any, path: str) -> Any:
        """A value under its new id; None where the new tool has no place for it."""
        was, now = self.by.before[part, id].item, self.by.after[part, home].item
        if isinstance(value, Judged):
            return self.judged(id, home, value, path)
        if isinstance(value, NotApplicable):
            return value if now.takes_na and not self.hides_more(part, id, home) else None
        return self.value(value, was.ref.kind, now.ref.kind, path)

    def value(self, value: Any, was: Kind, now: Kind, path: str) -> Any:
        carried = self.by.carry(value, was, now)
        if carried is not None and was != now:
            self.regraded[path] = value
        return carried

    def judged(self, id: str, home: str, judged: Judged, path: str) -> Judged | None:
        """A judgement with its text; a grade or a reason without a place is set aside."""
        was, now = self.by.before["judgement", id].item, self.by.after["judgement", home].item
        grade, reason = judged.grade, judged.not_applicable
        if grade:
            carried = self.value(grade, was.ref.kind, now.ref.kind, path) if now.judged else None
            grade = carried or ""
        if reason and (not now.takes_na or self.hides_more("judgement", id, home)):
            reason = None
        passed = attrs.evolve(judged, grade=grade, not_applicable=reason)
        if passed != judged and passed == Judged():
            return None
        if judged.grade and not grade:
            self.aside[f"{path}.grade"] = judged.grade
        if judged.not_applicable and not reason:
            self.aside[f"{path}.not_applicable"] = judged.not_applicable
        return passed

    def hides_more(self, part: str, id: str, home: str) -> bool:
        """Whether setting a part aside would now take with it what lay outside before."""
        taken = _goes_with(self.by.after, (part, home))
        outside = self.by.before.keys() - (_goes_with(self.by.before, (part, id)) if taken else ())
        return bool(taken) and any(
            (sort, self.by.home(sort, old)) in taken for sort, old in outside
        )

    def action(self, number: int, action: Any) -> Any:
        """An action; one whose section is gone is kept and aimed at none."""
        path, old = f"actions[{number}]", action.section
        home = self.by.home("section", old)
        target = home if home in self.by.to.action_targets else OTHER
        self.note(path, old, target)
        if home != target and old != OTHER:
            self.aside[f"{path}.section"] = old
        return attrs.evolve(action, section=target)

    def aimed(self, name: str, each: tuple[Aimed, ...], *parts: str) -> tuple[Aimed, ...]:
        """Explanations or tags: they follow what they are about."""
        made = []
        for number, one in enumerate(each):
            path, about = f"{name}[{number}]", one.about
            known = [part for part in parts if (part, about) in self.by.before]
            homes = [home for part in known if (home := self.by.home(part, about))]
            if known and not homes:
                self.aside[path] = one
                continue
            new = homes[0] if homes else about
            made.append(attrs.evolve(one, about=new))
            self.note(path, about, new)
        return tuple(made)

    def returned(self, number: int, each: Return) -> Return:
        at = f"returns[{number}]."
        answers = self.group("question", each.answers, at)
        judgements = self.group("judgement", each.judgements, at)
        return attrs.evolve(each, answers=answers, judgements=judgements)


def _goes_with(index: _Index, key: Key) -> set[Key]:
    """What is set aside with a section, or with the only judgement that speaks for it."""
    section = key[1] if key[0] == "section" else ""
    if key[0] == "judgement":
        inside = index[key].inside
        alone = inside and len(index["section", inside].item.judgements) == 1
        section = inside if alone and index["section", inside].item.takes_na else ""
    return {each for each in index if section in _around(index, each)} if section else set()


def _open(index: _Index, audit: Audit) -> list[Key]:
    """Questions and judgements that may call for an answer and have none."""
    gone: set[Key] = set()
    for id, reason in audit.sections.items():
        if _settles(index, ("section", id), reason):
            gone |= _goes_with(index, ("section", id))
    for id, judged in audit.judgements.items():
        if not judged.grade and _settles(index, ("judgement", id), judged.not_applicable):
            gone |= _goes_with(index, ("judgement", id))
    found: list[Key] = []
    for key, at in index.items():
        given: Any = audit.answers.get(key[1])
        if key[0] == "judgement":
            judged = audit.judgements.get(key[1], Judged())
            given = judged.grade or judged.not_applicable
        blank = (
            not _settles(index, key, given) if isinstance(given, NotApplicable) else given is None
        )
        if blank and key not in gone and _called_for(at.item):
            found.append(key)
    return found


def _settles(index: _Index, key: Key, reason: NotApplicable | None) -> bool:
    """Whether a part is set aside: it may be, and there is a reason."""
    return key in index and index[key].item.takes_na and reason is not None and reason.given
