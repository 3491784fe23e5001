"""How a draft passes to a later version of its tool.

A completed audit stays with the tool it was made with. A draft passes on by a
migration that says of every id where it goes, and nothing of it is lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

import attrs
from attrs import field, frozen

from qaf_core.audits import Audit, Explanation, Judged, NotApplicable, Return, Tag
from qaf_core.differences import pin
from qaf_core.errors import DefinitionError, Fault, InputError, did_you_mean
from qaf_core.immutable import FrozenMap
from qaf_core.logic.values import Kind
from qaf_core.scales import ScaleMap
from qaf_core.tools.model import OTHER, Tool
from qaf_core.tools.parts import Index, Key, around, called_for, parts_of

__all__ = ["Migrated", "Migration", "migrate"]

Aimed = TypeVar("Aimed", Explanation, Tag)


def __dir__() -> list[str]:
    return __all__


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
    before: Index = field(init=False, eq=False)
    after: Index = field(init=False, eq=False)

    @before.default
    def _before(self) -> Index:
        return parts_of(self.of)

    @after.default
    def _after(self) -> Index:
        return parts_of(self.to)

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
    own = pin(migration.of)
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
            tool=pin(self.by.to),
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
            return value if self.as_before(part, id, home) else None
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
        if reason and not self.as_before("judgement", id, home):
            reason = None
        passed = attrs.evolve(judged, grade=grade, not_applicable=reason)
        if passed != judged and passed == Judged():
            return None
        if judged.grade and not grade:
            self.aside[f"{path}.grade"] = judged.grade
        if judged.not_applicable and not reason:
            self.aside[f"{path}.not_applicable"] = judged.not_applicable
        return passed

    def as_before(self, part: str, id: str, home: str) -> bool:
        """Whether setting a part aside settles what it did, and takes no more with it.

        What lay outside before was not what the reason spoke of.
        """
        was, now = self.by.before[part, id].item, self.by.after[part, home].item
        taken = _goes_with(self.by.after, (part, home))
        outside = self.by.before.keys() - (_goes_with(self.by.before, (part, id)) if taken else ())
        more = taken and any((sort, self.by.home(sort, old)) in taken for sort, old in outside)
        return was.takes_na is now.takes_na and not more

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


def _goes_with(index: Index, key: Key) -> set[Key]:
    """What is set aside with a section, or with the only judgement that speaks for it."""
    section = key[1] if key[0] == "section" else ""
    if key[0] == "judgement":
        inside = index[key].inside
        alone = inside and len(index["section", inside].item.judgements) == 1
        section = inside if alone and index["section", inside].item.takes_na else ""
    return {each for each in index if section in around(index, each)} if section else set()


def _open(index: Index, audit: Audit) -> list[Key]:
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
        if blank and key not in gone and called_for(at.item):
            found.append(key)
    return found


def _settles(index: Index, key: Key, reason: NotApplicable | None) -> bool:
    """Whether a part is set aside: it may be, and there is a reason."""
    return key in index and index[key].item.takes_na and reason is not None and reason.given
