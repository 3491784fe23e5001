"""A whole quarter of an invented council, told as a story: from plan to quarterly report."""

from __future__ import annotations

from qaf_core.quarter.figures import figures_of
from qaf_core.quarter.model import Quarter
from qaf_core.quarter.plain import files_of, to_plain
from qaf_core.quarter.run import SEED, run_quarter
from qaf_core.quarter.story import chapters, story

__all__ = [
    "SEED",
    "Quarter",
    "chapters",
    "figures_of",
    "files_of",
    "run_quarter",
    "story",
    "to_plain",
]


def __dir__() -> list[str]:
    return __all__
