"""Northmere: an invented council whose framework is unlike Reading's, as data alone.

Nothing of it is taken from any council's text. It stands for the next council: what
it says, it says with the library's vocabulary, and the library knows none of its ids.
"""

from __future__ import annotations
