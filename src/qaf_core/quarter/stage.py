"""What a quarter is played on: a framework, days, a council, and what stands in for chance."""

from __future__ import annotations

from attrs import field, frozen

from qaf_core.framework import Framework
from qaf_core.quarter.chance import Chance
from qaf_core.quarter.council import Council
from qaf_core.quarter.days import Days

__all__ = ["Stage"]


def __dir__() -> list[str]:
    return __all__


@frozen(kw_only=True)
class Stage:
    """What every step of a quarter needs to know.

    Attributes:
        framework: the framework, with what the council decided.
        days: when things happen.
        council: posts, teams and cases.
        chance: what stands in for chance.
    """

    framework: Framework
    days: Days
    council: Council = field(repr=False)
    chance: Chance

    @property
    def name(self) -> str:
        """The quarter, such as ``2016-Q1``."""
        return f"{self.days.year.start.year}-{self.days.quarter.name}"
