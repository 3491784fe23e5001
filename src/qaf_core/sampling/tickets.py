"""Tickets: what stands in for chance, so that anyone can draw the same sample again.

The ticket of a case is the SHA-256 of four lines: the method, the seed, the scope and the
id. The lowest tickets are drawn. So a case's rank hangs on nothing but its own id: not on
the order of the list, nor on who else is on it.
"""

from __future__ import annotations

from fractions import Fraction
from hashlib import sha256

from qaf_core.errors import Fault, InputError
from qaf_core.sampling.population import id_problem, is_id

__all__ = ["METHOD", "best_ticket", "checked_words", "prefix", "threshold", "ticket"]

METHOD = "qaf-sample/1"
"""The method and its version. Under one version the same input draws the same sample."""


def __dir__() -> list[str]:
    return __all__


def ticket(seed: str, scope: str, id: str) -> str:
    r"""The ticket of an id, as 64 hexadecimal digits.

    >>> ticket("s", "p", "1")
    'bec7c6dad23a7c871dca0f26a09b3d7824980a61e28b522dbe9b10ef9578ec0c'

    In a shell: ``printf 'qaf-sample/1\n%s\n%s\n%s' "$seed" "$scope" "$id" | sha256sum``.

    Args:
        seed: the seed, drawn after the list is frozen.
        scope: what the sample is for and when, such as ``2026-Q1/audit``. Without it every
            quarter would draw the same children, and moderation the same as audit.
        id: the id of the case.

    Raises:
        InputError: one of the three is blank, not trimmed, holds a line end, or is no text.
    """
    faults = [*checked_words(seed=seed, scope=scope)]
    if not is_id(id):
        problem, do = id_problem(id)
        faults.append(Fault(path="id", problem=problem, do=do))
    if faults:
        raise InputError(faults)
    return sha256(prefix(seed, scope) + id.encode()).hexdigest()


def prefix(seed: str, scope: str) -> bytes:
    """What comes before the id in the text of a ticket."""
    return f"{METHOD}\n{seed}\n{scope}\n".encode()


def best_ticket(head: bytes, id: bytes, weight: int) -> bytes:
    """The lowest of the raffle tickets of a case with a weight: ``id#0``, ``id#1`` and so on."""
    return min(sha256(b"%b%b#%d" % (head, id, number)).digest() for number in range(weight))


def threshold(per_cent: Fraction) -> bytes:
    """The ticket below which this share of all tickets lies, as 32 bytes.

    At 100 per cent it is longer than any ticket and above them all.
    """
    place = -(-per_cent.numerator * 2**256 // (per_cent.denominator * 100))
    return b"\xff" * 33 if place >= 2**256 else place.to_bytes(32)


def checked_words(**words: object) -> list[Fault]:
    """The faults of words that a ticket is made of, by name."""
    faults = []
    for name, word in words.items():
        if not is_id(word):
            problem, do = id_problem(word)
            if type(word) is not str:
                do = "Write it as text, in quotes"
            elif not word.strip():
                do = f"Give the {name}: without it nobody can draw the sample again"
            faults.append(Fault(path=name, problem=problem, do=do))
    return faults
