"""Blind moderation: the moderator's grades are settled before the auditor's are shown.

Four steps, each of which needs the one before. ``blind_form`` gives the moderator a draft
with nothing of the auditor's in it. ``seal`` turns what the moderator filled in into a
digest with a moment. Only then does the host show the auditor's grades. ``opened`` lays
the two side by side and says whether they are what was sealed, and sealed in time; where
not, the pair is marked as not blind and left out of the figures. Both audits are kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256

from attrs import frozen

from qaf_core.audits import Audit, NotApplicable, Participant
from qaf_core.errors import Fault, InputError
from qaf_core.logic.values import Sort
from qaf_core.moderation.moderate import auditors_of
from qaf_core.moderation.pairs import NOT_APPLICABLE
from qaf_core.moderation.rounds import Selected
from qaf_core.moderation.side_by_side import Moderation
from qaf_core.roles import AUDITOR, MODERATOR
from qaf_core.tools.model import Tool

__all__ = ["Seal", "blind_form", "opened", "seal"]

_METHOD = "qaf-seal/1"


def __dir__() -> list[str]:
    return __all__


def blind_form(original: Audit, *, id: str, moderator: str) -> Audit:
    """A draft for the moderator: the same tool and subject, and no answer of the auditor's.

    Args:
        original: the audit that is done again.
        id: the host's id for the moderation.
        moderator: the moderator's post.

    Raises:
        InputError: the original is itself a moderation, or the moderator is its auditor.
    """
    faults = []
    if original.moderates:
        faults.append(
            Fault(
                path="moderates",
                problem="this audit is itself a moderation",
                do="Moderate the audit that it moderates",
            )
        )
    if moderator in auditors_of(original):
        faults.append(_SAME_POST)
    if faults:
        raise InputError(faults)
    others = tuple(each for each in original.participants if each.role != AUDITOR.id)
    return Audit(
        id=id,
        tool=original.tool,
        subject=original.subject,
        participants=(Participant(role=MODERATOR.id, post=moderator), *others),
        moderates=original.id,
    )


_SAME_POST = Fault(
    path="participants",
    problem="the moderator is the auditor",
    do="Let another post moderate it: a manager or a peer of the auditor",
)


@frozen(kw_only=True)
class Seal:
    """What the moderator settled, as a digest that tells nothing.

    Attributes:
        moderation, original: ids of the two audits.
        digest: SHA-256 over the salt, the grades and the answers that are no free text.
        at: the moment it was sealed, with its time zone.
    """

    moderation: str
    original: str
    digest: str
    at: datetime


def _moment(value: datetime, path: str) -> list[Fault]:
    if value.tzinfo is None:
        problem, do = "it has no time zone", "Give the moment with one, such as UTC"
        return [Fault(path=path, problem=problem, do=do)]
    return []


def seal(moderation: Audit, tool: Tool, *, salt: str, at: datetime) -> Seal:
    """Settle the moderator's grades, before the auditor's are shown.

    Args:
        moderation: the moderator's audit, filled in.
        tool: its tool.
        salt: a secret of the host's, of chance, kept until ``opened``: four grades are
            few, and without it the digest could be guessed.
        at: the moment, with its time zone.

    Raises:
        InputError: there is nothing to seal, no salt, no time zone, or it moderates nothing.
    """
    faults = _moment(at, "at")
    if not moderation.moderates:
        faults.append(Fault(path="moderates", problem="it moderates no audit", do="Name the audit"))
    if not salt:
        faults.append(Fault(path="salt", problem="it is empty", do="Give text made by chance"))
    if not any(each.grade or each.not_applicable for each in moderation.judgements.values()):
        faults.append(
            Fault(
                path="judgements",
                problem="there is no grade to seal",
                do="Seal it when the moderator has graded",
            )
        )
    if faults:
        raise InputError(faults)
    return Seal(
        moderation=moderation.id,
        original=moderation.moderates,
        digest=_digest(moderation, tool, salt),
        at=at,
    )


def _digest(audit: Audit, tool: Tool, salt: str) -> str:
    text = {placed.item.id for placed in tool.questions if placed.item.ref.kind.sort is Sort.TEXT}
    parts = [_METHOD, salt, audit.id, audit.moderates, audit.tool.id, audit.tool.version]
    parts += [
        f"judgement {id} {NOT_APPLICABLE if judged.not_applicable else judged.grade}"
        for id, judged in sorted(audit.judgements.items())
    ]
    parts += [f"section {id} {NOT_APPLICABLE}" for id in sorted(audit.sections)]
    parts += [
        f"answer {id} {NOT_APPLICABLE if isinstance(answer, NotApplicable) else answer!r}"
        for id, answer in sorted(audit.answers.items())
        if id not in text
    ]
    lengths = (f"{len(part.encode())}:{part}" for part in parts)
    return sha256("\n".join(lengths).encode()).hexdigest()


def opened(
    original: Audit,
    again: Audit,
    tool: Tool,
    *,
    seal: Seal | None = None,
    salt: str = "",
    shown: datetime | None = None,
    selected: Selected | None = None,
) -> Moderation:
    """The auditor's audit and the moderator's, side by side.

    Args:
        original: the auditor's audit.
        again: the moderator's audit, as it was sealed.
        tool: the tool of both.
        seal: the seal; without one the pair is not blind.
        salt: the salt that it was sealed with.
        shown: when the auditor's grades were shown to the moderator; None where they have
            not been. Where that was before the seal, the pair is not blind.
        selected: how it came to be moderated.

    Raises:
        InputError: the two do not belong together, the moderator is the auditor or is not
            named, or what was sealed is not what is given. Every fault is named.
    """
    faults = [*_apart(original, again, tool)]
    if selected and selected.audit != original.id:
        faults.append(
            Fault(path="selected", problem="it is of another audit", do="Give that of this audit")
        )
    if shown is not None:
        faults += _moment(shown, "shown")
    if seal is not None:
        if (seal.moderation, seal.original) != (again.id, original.id):
            faults.append(
                Fault(path="seal", problem="it is of other audits", do="Give that of these two")
            )
        elif seal.digest != _digest(again, tool, salt):
            faults.append(
                Fault(
                    path="seal",
                    problem="the grades are not those that were sealed, or the salt is another",
                    do="Give the moderation as it was sealed; what was agreed afterwards is a "
                    "settlement, and a grade of its own",
                )
            )
    if faults:
        raise InputError(faults)
    in_time = seal is not None and (shown is None or seal.at <= shown)
    return Moderation(original=original, again=again, tool=tool, blind=in_time, selected=selected)


def _apart(original: Audit, again: Audit, tool: Tool) -> Iterator[Fault]:
    """What keeps two audits from being an audit and its moderation."""
    if again.moderates != original.id:
        yield Fault(
            path="moderates", problem="it does not name the audit", do="Give the audit it names"
        )
    pins = {(each.tool.id, each.tool.version) for each in (original, again)}
    if pins != {(tool.id, tool.version)}:
        yield Fault(
            path="tool",
            problem="the two audits and the tool given are not of one tool and version",
            do="Moderate with the tool that the audit was made with",
        )
    if original.subject.id != again.subject.id:
        yield Fault(
            path="subject.id", problem="the two are about different subjects", do="Correct one"
        )
    auditors = auditors_of(original)
    moderators = {each.post for each in again.participants if each.role == MODERATOR.id}
    for who, named in (("auditor", auditors), ("moderator", moderators)):
        if not named:
            yield Fault(
                path="participants", problem=f"no {who} is named", do=f"Name the post with {who}"
            )
    if moderators & set(auditors):
        yield _SAME_POST
