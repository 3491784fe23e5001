"""An audit and the audit that does it again, side by side. Both are kept, whole."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import field, frozen

from qaf_core.audits import Audit, NotApplicable
from qaf_core.moderation.moderate import auditors_of
from qaf_core.moderation.pairs import NOT_APPLICABLE, OVERALL, Pair
from qaf_core.moderation.rounds import Selected
from qaf_core.scales import Scale
from qaf_core.tools.model import Judgement, Placed, Tool

__all__ = ["SAFE_FACT", "Moderation"]

SAFE_FACT = "safe"
"""The fact that says whether the child is safe, whichever question of a tool states it."""


def __dir__() -> list[str]:
    return __all__


@frozen(kw_only=True)
class Moderation:
    """An audit and the audit that does it again. Both are kept, whole.

    Attributes:
        original, again: the auditor's audit and the moderator's.
        tool: the tool of both.
        blind: whether the moderator's grades were sealed before the auditor's were shown.
        selected: how it came to be moderated, where known.
    """

    original: Audit
    again: Audit
    tool: Tool = field(repr=False)
    blind: bool
    selected: Selected | None = None

    @property
    def scales(self) -> dict[str, Scale]:
        """The scale of each judgement, by its id."""
        judged = (placed.item for placed in self.tool.judged)
        return {item.id: item.scale for item in judged if isinstance(item, Judgement)}

    def grades(self, audit: Audit) -> dict[str, str]:
        """What an audit says of each judgement: a code, ``not_applicable``, or "" for nothing.

        Judgements that are worked out from others are left out: nobody gave them.
        """
        return dict(_grades(audit, self.tool))

    def safety(self, audit: Audit) -> str:
        """What an audit says of the child's safety, or "" for nothing."""
        for placed in self.tool.questions:
            if getattr(placed.item, "fact", "") == SAFE_FACT:
                answer = audit.answers.get(placed.item.id)
                return answer if isinstance(answer, str) else ""
        return ""

    def pairs(self) -> tuple[Pair, ...]:
        """A pair for each judgement that either of the two gave, for ``agreement``."""
        first, second = self.grades(self.original), self.grades(self.again)
        selected = self.selected
        posts = auditors_of(self.original)
        return tuple(
            Pair(
                auditor=first[id],
                moderator=second[id],
                arm=selected.arm if selected else None,
                probability=selected.probability if selected else None,
                draw_probability=selected.draw_probability if selected else None,
                blind=self.blind,
                section=id,
                case=self.original.id,
                post=posts[0] if len(posts) == 1 else "",
                auditor_safe=self.safety(self.original),
                moderator_safe=self.safety(self.again),
            )
            for id in first
            if first[id] or second[id] or id == OVERALL
        )


def _grades(audit: Audit, tool: Tool) -> Iterator[tuple[str, str]]:
    for placed in tool.judged:
        item = placed.item
        if not isinstance(item, Judgement) or item.computed is not None:
            continue
        if _set_aside(placed, audit):
            yield item.id, NOT_APPLICABLE
        elif item.same_as:
            answer = audit.answers.get(item.same_as)
            said = NOT_APPLICABLE if isinstance(answer, NotApplicable) else answer
            yield item.id, said if isinstance(said, str) else ""
        else:
            judged = audit.judgements.get(item.id)
            if judged is None:
                yield item.id, ""
            else:
                yield item.id, NOT_APPLICABLE if judged.not_applicable else judged.grade


def _set_aside(placed: Placed, audit: Audit) -> bool:
    return any(section.id in audit.sections for section in placed.sections)
