"""Practice standards and their criteria, and the professional standards beside them."""

from __future__ import annotations

from attrs import frozen

from qaf_core.provenance import Reference, Standing

__all__ = ["Criterion", "Standard"]


def __dir__() -> list[str]:
    return __all__


@frozen(kw_only=True)
class Criterion:
    """One criterion of a standard.

    Attributes:
        id: stable, such as ``"std_2_4"``; never the printed number alone.
        printed: the number as printed, which may occur twice.
        text: what good practice looks like, in our words.
        truncated: whether the source breaks off.
        source, standing: where it comes from and how firmly it stands.
    """

    id: str
    printed: str
    text: str
    truncated: bool = False
    source: Reference
    standing: Standing


@frozen(kw_only=True)
class Standard:
    """A standard of practice.

    Attributes:
        id: stable, such as ``"std_2"``.
        title: the standard in a few words.
        text: the standard in a sentence, in our words.
        criteria: its criteria, in order.
        version: the version of the standards it belongs to, such as ``"2013"``.
        external: whether another body issued it.
        source, standing: where it comes from and how firmly it stands.
    """

    id: str
    title: str
    text: str
    criteria: tuple[Criterion, ...] = ()
    version: str
    external: bool = False
    source: Reference
    standing: Standing
