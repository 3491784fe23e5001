"""Who is audited and by whom: cases and posts, the programme, the draw, the allocation."""

from __future__ import annotations

from qaf_core.sampling.population import Case, Post

__all__ = ["Case", "Post"]


def __dir__() -> list[str]:
    return __all__
