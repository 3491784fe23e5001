"""The one hook of the library, and the marks that specify and implement it."""

from __future__ import annotations

import pluggy

from qaf_core.framework import Addition, Framework

__all__ = ["GROUP", "hookimpl", "hookspec", "qaf_addition"]

GROUP = "qaf_core"
"""Name of the project in pluggy, and of the group of entry points."""

hookspec = pluggy.HookspecMarker(GROUP)
hookimpl = pluggy.HookimplMarker(GROUP)


def __dir__() -> list[str]:
    return __all__


@hookspec
def qaf_addition(core: Framework) -> Addition:  # type: ignore[empty-body]
    """Say what a service adds to the framework.

    Args:
        core: the base alone, as a framework of its own, so that a tool may start from
            the real one. An implementation that does not need it leaves it out.

    Returns:
        All that the service adds. It is taken whole or left out whole.
    """
