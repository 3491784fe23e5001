"""What auditor and moderator say differently: on safety, on scope, on grades."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from attrs import frozen

from qaf_core.moderation.pairs import NOT_APPLICABLE, in_words
from qaf_core.moderation.side_by_side import SAFE_FACT, Moderation

__all__ = ["Disagreement", "Kind", "disagreements"]


def __dir__() -> list[str]:
    return __all__


class Kind(StrEnum):
    """What a disagreement is about."""

    SAFETY = "safety"
    """Whether the child is safe: looked at one by one, never averaged."""
    SCOPE = "scope"
    """Whether a judgement applies at all."""
    GRADE = "grade"
    """Which grade it is."""


@frozen(kw_only=True)
class Disagreement:
    """One thing that auditor and moderator say differently.

    Attributes:
        about: id of the judgement, or ``"safe"``.
        kind: what it is about.
        auditor, moderator: the codes they gave; "" where one gave nothing on safety.
        steps: moderator less auditor in steps of the scale, where both gave a grade.
    """

    about: str
    kind: Kind
    auditor: str
    moderator: str
    steps: int | None = None

    def __str__(self) -> str:
        both = f"auditor {in_words(self.auditor)}, moderator {in_words(self.moderator)}"
        return f"{self.kind}, {self.about}: {both}"


def disagreements(moderation: Moderation) -> tuple[Disagreement, ...]:
    """Where the two differ: on safety first, then on scope, then on grades.

    A judgement that one of them has yet to give is no disagreement.
    """
    found = [*_on_safety(moderation), *_on_judgements(moderation)]
    return tuple(sorted(found, key=lambda each: list(Kind).index(each.kind)))


def _on_safety(moderation: Moderation) -> Iterator[Disagreement]:
    first = moderation.safety(moderation.original)
    second = moderation.safety(moderation.again)
    if first != second and {first, second} != {"", "safe"}:
        yield Disagreement(about=SAFE_FACT, kind=Kind.SAFETY, auditor=first, moderator=second)


def _on_judgements(moderation: Moderation) -> Iterator[Disagreement]:
    first = moderation.grades(moderation.original)
    second = moderation.grades(moderation.again)
    scales = moderation.scales
    for id, one in first.items():
        other = second[id]
        if "" in (one, other) or one == other:
            continue
        ranks = {grade.code: grade.rank for grade in scales[id].grades}
        graded = one in ranks and other in ranks
        yield Disagreement(
            about=id,
            kind=Kind.SCOPE if NOT_APPLICABLE in (one, other) else Kind.GRADE,
            auditor=one,
            moderator=other,
            steps=ranks[other] - ranks[one] if graded else None,
        )
