"""Example audits of an adoption service, each with the point it makes."""

from __future__ import annotations

from importlib.resources import files

from qaf_core import UnknownIdError

__all__ = ["EXAMPLES", "example"]


def __dir__() -> list[str]:
    return __all__


EXAMPLES = {
    "adopter_good": "A good adopter's case, in time by its dates: one thing to share.",
    "adopter_dates_disagree": "Called in time, though four dates say otherwise: one explained.",
    "child_good": "A good child's case, referred and placed in time by its dates.",
    "child_concern_not_acted_on": "A concern for the child was not acted on; all else is blank.",
    "child_unsafe": "Inadequate overall, and the child is unsafe: two managers, at once.",
    "support_good": "Good adoption support, on record in time by the agency's own numbers.",
    "support_draft": "Nearly filled in, and nobody says whether concerns were acted on: open.",
}


def example(name: str) -> str:
    """The JSON text of an example.

    Raises:
        UnknownIdError: there is none of that name; the near one is named.
    """
    if name not in EXAMPLES:
        raise UnknownIdError("example", name, EXAMPLES)
    return files(__name__).joinpath(f"{name}.json").read_text(encoding="utf-8")
