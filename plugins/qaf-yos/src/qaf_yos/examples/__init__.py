"""Example audits of a youth offending service, each with the point it makes."""

from __future__ import annotations

from importlib.resources import files

from qaf_core import UnknownIdError

__all__ = ["EXAMPLES", "example"]


def __dir__() -> list[str]:
    return __all__


EXAMPLES = {
    "case_good": "A good case, in time by its dates: nothing to escalate, one thing to share.",
    "case_referral_not_made": "A needed safeguarding referral was not made; all else is blank.",
    "case_unsafe": "Inadequate overall, and the child is unsafe: two managers, at once.",
    "case_dates_disagree": "Called timely, though the dates say otherwise: queries.",
    "national_standards_not_met": "One standard is not met and nothing is to be done about it.",
    "transitions": "A good move to adult services but for the introductions, with an action.",
}


def example(name: str) -> str:
    """The JSON text of an example.

    Raises:
        UnknownIdError: there is none of that name; the near one is named.
    """
    if name not in EXAMPLES:
        raise UnknownIdError("example", name, EXAMPLES)
    return files(__name__).joinpath(f"{name}.json").read_text(encoding="utf-8")
