"""A tool made from another: what is dropped, replaced and added, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from qaf_core.errors import UnknownIdError
from qaf_core.provenance import Reference, Standing
from qaf_core.tools.model import Basis, Judgement, Part, Section, Tool

__all__ = ["variant"]


def __dir__() -> list[str]:
    return __all__


def variant(
    tool: Tool,
    *,
    id: str,
    version: str,
    title: str,
    because: str,
    source: Reference,
    standing: Standing,
    drop: Iterable[str] = (),
    replace: Mapping[str, Part | Judgement] | None = None,
    add: Mapping[str, tuple[Part, ...]] | None = None,
    subject: str = "",
    guidance: str = "",
) -> Tool:
    """A tool based on another, which it names.

    Args:
        tool: the tool to start from.
        id: of the new tool.
        version: of the new tool.
        title: of the new tool.
        source: where the new tool comes from.
        standing: how firmly it stands.
        because: why it departs from the other.
        drop: ids of questions, judgements and sections to leave out, with all they hold.
        replace: id of a question, judgement or section, and what stands in its place.
        add: id of a section, or "" for the tool itself, and what is added at its end.
        subject: id of the kind of subject, where it is another.
        guidance: how to use it, where that is other.

    Raises:
        UnknownIdError: an id to drop, replace or add to is not there.
    """
    making = _Making(frozenset(drop), dict(replace or {}), dict(add or {}))
    before = _ids(tool)
    for wanted in (*making.drop, *making.replace, *(key for key in making.add if key)):
        if wanted not in before:
            raise UnknownIdError(f"part of {tool.id}", wanted, before)
    parts = (*making.parts(tool.parts), *making.add.get("", ()))
    judgements = making.judgements(tool.judgements)
    made = attrs.evolve(
        tool,
        id=id,
        version=version,
        title=title,
        subject=subject or tool.subject,
        guidance=guidance or tool.guidance,
        parts=parts,
        judgements=judgements,
        based_on=None,
        source=source,
        standing=standing,
    )
    after = _ids(made)
    replaced = [each for each in making.replace if each in after]
    return attrs.evolve(
        made,
        based_on=Basis(
            tool=tool.id,
            version=tool.version,
            fingerprint=tool.fingerprint,
            because=because,
            kept=tuple(each for each in after if each in before and each not in replaced),
            added=tuple(each for each in after if each not in before),
            replaced=tuple(replaced),
            dropped=tuple(each for each in before if each not in after),
        ),
    )


@attrs.frozen
class _Making:
    drop: frozenset[str]
    replace: dict[str, Part | Judgement]
    add: dict[str, tuple[Part, ...]]

    def parts(self, parts: tuple[Part, ...]) -> tuple[Part, ...]:
        made: list[Part] = []
        for part in parts:
            if part.id in self.drop:
                continue
            new = self.replace.get(part.id, part)
            if isinstance(new, Judgement):
                new = part
            if new is part and isinstance(part, Section):
                new = attrs.evolve(
                    part,
                    parts=(*self.parts(part.parts), *self.add.get(part.id, ())),
                    judgements=self.judgements(part.judgements),
                )
            made.append(new)
        return tuple(made)

    def judgements(self, judgements: tuple[Judgement, ...]) -> tuple[Judgement, ...]:
        made: list[Judgement] = []
        for each in judgements:
            if each.id not in self.drop:
                new = self.replace.get(each.id)
                made.append(new if isinstance(new, Judgement) else each)
        return tuple(made)


def _ids(tool: Tool) -> list[str]:
    """Ids of all a tool holds, each once (a section and its judgement may share one)."""
    return list(
        dict.fromkeys(
            (
                *(section.id for section in tool.sections),
                *(placed.item.id for placed in (*tool.questions, *tool.judged)),
            )
        )
    )
