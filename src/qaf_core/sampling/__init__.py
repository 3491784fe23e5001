"""Who is audited and by whom: cases and posts, the programme, the draw, the allocation.

``population`` has the cases and posts, and conditions on them. Then, in the order in which
one leads to the next:

- the programme and the plan of a year: ``programme``, a folder of its own;
- the draw: ``sizes``, ``strata`` and ``frame`` are what one asks for, ``tickets`` the chance,
  ``draw`` the drawing, ``receipt`` the proof, ``verify`` its check; ``checks`` and ``feedback``
  go with it. Under them ``lists``, ``reader``, ``frozen_lines``, ``pools`` and ``places``;
- the allocation: ``quotas``, ``independence`` and ``ties`` are what one asks for,
  ``allocation`` the allocating, ``allocated`` what comes of it, ``recounting`` its check;
  ``shortfall`` and ``mending`` say why not all are placed and what to do. Under them ``terms``,
  ``eligible`` and ``flow``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qaf_core.lazy import lazily

if TYPE_CHECKING:
    from qaf_core.sampling.population import Case, Post

__all__ = ["Case", "Post"]

__getattr__ = lazily(__name__, {"population": ("Case", "Post")})


def __dir__() -> list[str]:
    return __all__
