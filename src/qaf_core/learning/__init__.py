"""Where learning goes: the places and fora, what each takes, and what was passed on to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qaf_core.lazy import lazily

if TYPE_CHECKING:
    from qaf_core.learning.links import LEARNING
    from qaf_core.learning.model import Kind, LearningLink, Lesson
    from qaf_core.learning.passing import PassedOn, passed_on

__all__ = ["LEARNING", "Kind", "LearningLink", "Lesson", "PassedOn", "passed_on"]

__getattr__ = lazily(
    __name__,
    {
        "links": ("LEARNING",),
        "model": ("Kind", "LearningLink", "Lesson"),
        "passing": ("PassedOn", "passed_on"),
    },
)


def __dir__() -> list[str]:
    return __all__
