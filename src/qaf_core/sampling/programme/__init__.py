"""Who audits what: the programme, the plan of a year, and what was done of it by a day.

In the order in which one leads to the next: ``rows``, ``model``, ``fit``; what a host
records in ``recorded``; ``dues``, ``faults``, ``planning`` and the ``plan``; ``counting``,
``gates``, ``mix``, ``progress`` and the ``coverage``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qaf_core.lazy import lazily

if TYPE_CHECKING:
    from qaf_core.sampling.programme.model import FULL, PRO_RATA, Programme, Terms, Total
    from qaf_core.sampling.programme.recorded import (
        Change,
        Done,
        Event,
        Exemption,
        Recorded,
        Signed,
        ThematicAudit,
    )
    from qaf_core.sampling.programme.rows import (
        COUNTED,
        LEFT_OUT,
        POST,
        ROLE,
        SEPARATE,
        SHARED,
        Cover,
        Moderation,
        Pool,
        ProgrammeRow,
        Quota,
        ServiceArea,
        SignOff,
    )

__all__ = [
    "COUNTED",
    "FULL",
    "LEFT_OUT",
    "POST",
    "PRO_RATA",
    "ROLE",
    "SEPARATE",
    "SHARED",
    "Change",
    "Cover",
    "Done",
    "Event",
    "Exemption",
    "Moderation",
    "Pool",
    "Programme",
    "ProgrammeRow",
    "Quota",
    "Recorded",
    "ServiceArea",
    "SignOff",
    "Signed",
    "Terms",
    "ThematicAudit",
    "Total",
]

__getattr__ = lazily(
    __name__,
    {
        "model": ("FULL", "PRO_RATA", "Programme", "Terms", "Total"),
        "recorded": ("Change", "Done", "Event", "Exemption", "Recorded", "Signed", "ThematicAudit"),
        "rows": (
            "COUNTED",
            "LEFT_OUT",
            "POST",
            "ROLE",
            "SEPARATE",
            "SHARED",
            "Cover",
            "Moderation",
            "Pool",
            "ProgrammeRow",
            "Quota",
            "ServiceArea",
            "SignOff",
        ),
    },
)


def __dir__() -> list[str]:
    return __all__
