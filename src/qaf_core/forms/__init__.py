"""A tool as a blank form: Markdown to read, neutral data to draw it with."""

from __future__ import annotations

from qaf_core.forms.fields import fields
from qaf_core.forms.markdown import to_markdown

__all__ = ["fields", "to_markdown"]


def __dir__() -> list[str]:
    return __all__
