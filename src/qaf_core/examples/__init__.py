"""Example audits that ship with the library, each with the point it makes."""

from __future__ import annotations

from importlib.resources import files

from qaf_core.errors import UnknownIdError

__all__ = ["EXAMPLES", "example"]


def __dir__() -> list[str]:
    return __all__


EXAMPLES = {
    "good_throughout": "Every section is graded and the child is safe: nothing to escalate.",
    "inadequate_unsafe": "Inadequate overall, and the child is unsafe: two managers, at once.",
    "inadequate_safety_blank": "Inadequate overall, but nobody said whether the child is safe.",
    "nothing_filled_in": "A form just opened: nothing is known, so nothing is ruled out.",
    "good_safety_blank": "Good overall, safe or unsafe left blank: it need not be filled in.",
    "open_exactly_a_year": "Open for exactly a year: the referral section does not apply.",
    "open_a_day_less": "Open for a day less than a year: the referral section applies.",
    "outstanding_over_inadequate_risk": "Outstanding overall over Inadequate risk: questions.",
    "malformed": "A file full of faults, with an unsafe child in it: the child comes first.",
}


def example(name: str) -> str:
    """The JSON text of an example.

    Raises:
        UnknownIdError: there is none of that name; the near one is named.
    """
    if name not in EXAMPLES:
        raise UnknownIdError("example", name, EXAMPLES)
    return files(__name__).joinpath(f"{name}.json").read_text(encoding="utf-8")
