"""What a link of learning is: from what was found out to where it is used."""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen

from qaf_core.provenance import Reference, Standing

__all__ = ["Kind", "LearningLink", "Lesson"]


def __dir__() -> list[str]:
    return __all__


class Kind(StrEnum):
    """What a link leads to."""

    PLACE = "place"
    """Something that learning is to be linked with by evidence."""
    FORUM = "forum"
    """An occasion at which it is told."""
    REPORT = "report"
    """A body that has it as a report."""


class Lesson(StrEnum):
    """What there is to learn from audits."""

    DEVELOPMENT = "areas for development"
    """Where practice fell short."""
    STRENGTHS = "strengths"
    """Where it held up."""
    GOOD_PRACTICE = "good practice to share"
    """What rules recognise as good practice."""
    TRAINING = "training needs"
    """What practitioners have to learn."""


@frozen(kw_only=True)
class LearningLink:
    """A place where learning goes.

    Attributes:
        id: its id.
        title: the name people read.
        kind: a place that it is linked with, a forum, or a report.
        takes: the lessons that go there.
        told_by: ids of the roles and boards that bring it; none where nobody is named.
        recipients: ids of the roles and boards that it goes to.
        evidence: ids of the streams of evidence that show the link.
        source, standing: where it comes from, and how firmly it stands that learning goes
            there.
        recipients_standing: how firmly it stands to whom; ``standing`` where not given.
        evidence_standing: how firmly it stands what shows it (editorial: the text asks for
            evidence and names none).
    """

    id: str
    title: str
    kind: Kind
    takes: tuple[Lesson, ...] = (Lesson.DEVELOPMENT, Lesson.STRENGTHS)
    told_by: tuple[str, ...] = ()
    recipients: tuple[str, ...]
    evidence: tuple[str, ...]
    source: Reference
    standing: Standing
    recipients_standing: Standing
    evidence_standing: Standing = Standing.EDITORIAL
