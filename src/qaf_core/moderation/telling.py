"""Who is told after moderation: everyone whom either audit calls for."""

from __future__ import annotations

from attrs import frozen

from qaf_core.errors import Fault, InputError
from qaf_core.findings import Escalation
from qaf_core.moderation.side_by_side import Moderation
from qaf_core.review import Review

__all__ = ["Told", "told"]


def __dir__() -> list[str]:
    return __all__


@frozen(kw_only=True)
class Told:
    """Who must be told after moderation: what follows from either audit.

    Attributes:
        escalations: those that fired, of the auditor's audit and of the moderator's.
        unsettled: those that cannot be ruled out by either.
    """

    escalations: tuple[Escalation, ...]
    unsettled: tuple[Escalation, ...]

    def __str__(self) -> str:
        return "\n\n".join(map(str, (*self.escalations, *self.unsettled))) or (
            "Neither audit calls for anyone to be told."
        )


def told(moderation: Moderation, of_auditor: Review, of_moderator: Review) -> Told:
    """Who must be told: everything that either audit calls for.

    A milder moderation takes nothing back, and a milder audit hides nothing that the
    moderator found. Nor does a settlement: once called, it is for those told to close.

    Args:
        moderation: the two audits.
        of_auditor: the review of the auditor's audit.
        of_moderator: the review of the moderator's.

    Raises:
        InputError: a review is of another audit.
    """
    faults = [
        Fault(path=path, problem="it is the review of another audit", do="Give that of this one")
        for path, review, audit in (
            ("of_auditor", of_auditor, moderation.original),
            ("of_moderator", of_moderator, moderation.again),
        )
        if review.audit != audit.id
    ]
    if faults:
        both = (of_auditor, of_moderator)
        raise InputError(
            faults,
            urgent=(call for each in both for call in each.escalations),
            unsettled=(call for each in both for call in each.unsettled_escalations),
        )
    return Told(
        escalations=(*of_auditor.escalations, *of_moderator.escalations),
        unsettled=(*of_auditor.unsettled_escalations, *of_moderator.unsettled_escalations),
    )
