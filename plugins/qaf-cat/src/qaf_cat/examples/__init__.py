"""Example audits of early help, each with the point it makes."""

from __future__ import annotations

from importlib.resources import files

from qaf_core import UnknownIdError

__all__ = ["EXAMPLES", "example"]


def __dir__() -> list[str]:
    return __all__


EXAMPLES = {
    "good": "A good case, in time by its dates: nothing to escalate, one thing to share.",
    "concern_not_acted_on": "A child protection concern was not acted on; all else is blank.",
    "unsafe": "Inadequate overall, and a child is unsafe: two managers, at once.",
    "dates_disagree": "Called reviewed and free of drift, though its dates say otherwise.",
    "draft": "Half filled in, and nobody says whether concerns were acted on: open.",
}


def example(name: str) -> str:
    """The JSON text of an example.

    Raises:
        UnknownIdError: there is none of that name; the near one is named.
    """
    if name not in EXAMPLES:
        raise UnknownIdError("example", name, EXAMPLES)
    return files(__name__).joinpath(f"{name}.json").read_text(encoding="utf-8")
