"""When a post may not audit a case: conditions over the two, each with its clause.

The source says one thing only: whoever moderates is not the auditor. The rest are other
councils' ways and hold where they are switched on. A post may audit a case unless a
condition bars it, or might: what is not known permits nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum

from attrs import field, frozen

from qaf_core.errors import DefinitionError, Fault, InputError, UnknownIdError
from qaf_core.immutable import FrozenMap
from qaf_core.logic.expressions import Cond, Ref, collections_of
from qaf_core.logic.values import DATE, ID, YES_NO, Value
from qaf_core.provenance import Reference, Standing
from qaf_core.sampling.population import (
    Case,
    Post,
    case_team,
    case_worker,
    post_id,
    post_team,
)
from qaf_core.sources import QAF
from qaf_core.timing import add_months

__all__ = [
    "CONFLICT",
    "INDEPENDENCE",
    "LINE_MANAGER",
    "MODERATOR_IS_AUDITOR",
    "NOT_TRAINED",
    "OWN_CASE",
    "OWN_TEAM",
    "SAME_AUDITOR",
    "WITHIN_TWELVE_MONTHS",
    "Independence",
    "Purpose",
    "audited_before",
    "case_auditor",
    "case_line_manager",
    "has_conflict",
    "in_force",
    "independence_named",
    "known_besides",
    "last_audited",
    "managers",
    "post_trained",
    "twelve_months_ago",
]


def __dir__() -> list[str]:
    return __all__


class Purpose(StrEnum):
    """What cases are allocated for."""

    AUDIT = "audit"
    MODERATION = "moderation"


@frozen(kw_only=True)
class Independence:
    """A condition under which a post may not audit a case.

    Attributes:
        id: a short name.
        title: what stands in the way, in a few words, as a proof says it.
        statement: what it asks for, in a sentence.
        bars: met where the post may not audit the case. It compares facts of the case
            (``case.team``), of the post (``post.team``), of the two together
            (``pair.last_audited``) and constants.
        source, standing: where it comes from and how firmly it stands.

    Raises:
        DefinitionError: the condition looks over items of a collection.
    """

    id: str
    title: str
    statement: str
    bars: Cond = field(repr=False)
    source: Reference
    standing: Standing

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.bars, Cond):
            raise DefinitionError(
                f"Independence {self.id!r} bars by a condition, such as "
                "case_team.is_(post_team), not by a value."
            )
        if collections_of(self.bars):
            raise DefinitionError(
                f"Independence {self.id!r} looks over a collection. It is read on one case and "
                "one post: compare their facts."
            )

    def __str__(self) -> str:
        return f"{self.statement} [{self.id}: {self.source}; {self.standing.value}]"


case_auditor = Ref("case.auditor", ID, label="the auditor of the case")
case_line_manager = Ref("case.line_manager", ID, label="the line manager of the case's worker")
post_trained = Ref("post.trained", YES_NO, label="whether the post is trained to audit")
audited_before = Ref("pair.audited_before", YES_NO, label="whether the post audited it before")
last_audited = Ref("pair.last_audited", DATE, label="when the post last audited the case")
has_conflict = Ref("pair.conflict", YES_NO, label="whether a conflict of interest is declared")
twelve_months_ago = Ref("twelve_months_ago", DATE, label="the day twelve months before")

MODERATOR_IS_AUDITOR = Independence(
    id="moderator_is_auditor",
    title="the auditor of the case",
    statement="Whoever moderates an audit is not its auditor.",
    bars=case_auditor.is_(post_id),
    source=QAF.at("§6.1", lines="394-395"),
    standing=Standing.STATED,
)
OWN_CASE = Independence(
    id="own_case",
    title="own case",
    statement="Nobody audits a case that they work.",
    bars=case_worker.is_(post_id),
    source=QAF.at("§6.1", lines="391-395"),
    standing=Standing.EDITORIAL,
)
OWN_TEAM = Independence(
    id="own_team",
    title="own team",
    statement="Nobody audits a case of their own team.",
    bars=case_team.is_(post_team),
    source=QAF.at("§6.1", lines="391-395"),
    standing=Standing.EDITORIAL,
)
LINE_MANAGER = Independence(
    id="line_manager",
    title="the worker's line manager",
    statement="Nobody audits a case of someone who reports to them.",
    bars=case_line_manager.is_(post_id),
    source=QAF.at("§6.1", lines="391-395"),
    standing=Standing.EDITORIAL,
)
WITHIN_TWELVE_MONTHS = Independence(
    id="within_twelve_months",
    title="audited it within twelve months",
    statement="Nobody audits a case again within twelve months of their last audit of it.",
    bars=last_audited > twelve_months_ago,
    source=QAF.at("§6.1", lines="391-395"),
    standing=Standing.EDITORIAL,
)
SAME_AUDITOR = Independence(
    id="same_auditor",
    title="audited it before",
    statement="Nobody audits the same case twice.",
    bars=audited_before.is_(True),
    source=QAF.at("§6.1", lines="391-395"),
    standing=Standing.EDITORIAL,
)
NOT_TRAINED = Independence(
    id="not_trained",
    title="not trained to audit",
    statement="Only who is trained to audit does.",
    bars=post_trained.is_(False),
    source=QAF.at("§6.1", lines="391-395"),
    standing=Standing.EDITORIAL,
)
CONFLICT = Independence(
    id="conflict",
    title="conflict of interest",
    statement="Nobody audits a case in which they have declared a conflict of interest.",
    bars=has_conflict.is_(True),
    source=QAF.at("§6.1", lines="391-395"),
    standing=Standing.EDITORIAL,
)

INDEPENDENCE = (
    MODERATOR_IS_AUDITOR,
    OWN_CASE,
    OWN_TEAM,
    LINE_MANAGER,
    WITHIN_TWELVE_MONTHS,
    SAME_AUDITOR,
    NOT_TRAINED,
    CONFLICT,
)


def independence_named(name: str) -> Independence:
    """A shipped condition by its id; hyphens do for underscores.

    Raises:
        UnknownIdError: there is none by that id; the near one is named.
    """
    id = name.strip().replace("-", "_")
    for each in INDEPENDENCE:
        if each.id == id:
            return each
    raise UnknownIdError("condition of independence", id, (each.id for each in INDEPENDENCE))


def in_force(
    purpose: Purpose, independent: Iterable[Independence | str]
) -> tuple[Independence, ...]:
    """The conditions that hold: those switched on, and for moderation the source's own.

    Raises:
        InputError: they are no list of conditions, or two of them share an id.
        UnknownIdError: none that ships has the id given.
    """
    if isinstance(independent, str | Independence):
        raise InputError(
            [
                Fault(
                    path="independent",
                    problem="it is one condition, not a list",
                    do='Put it in a list: ["own_team"]',
                )
            ]
        )
    chosen = tuple(
        independence_named(each) if isinstance(each, str) else each for each in independent
    )
    if purpose is Purpose.MODERATION and MODERATOR_IS_AUDITOR not in chosen:
        chosen = (MODERATOR_IS_AUDITOR, *chosen)
    if wrong := [n for n, each in enumerate(chosen) if not isinstance(each, Independence)]:
        raise InputError(
            Fault(
                path=f"independent[{number}]",
                problem="it is no condition of independence",
                do="Give the id of one that ships, such as own_team, or an Independence",
            )
            for number in wrong
        )
    ids = [each.id for each in chosen]
    twice = sorted({id for id in ids if ids.count(id) > 1})
    if twice:
        raise InputError(
            Fault(path=f"independent.{id}", problem="it is there twice", do="Name each once")
            for id in twice
        )
    return chosen


def managers(posts: Iterable[Post]) -> dict[str, str]:
    """Whom each post reports to, where that is known."""
    return {post.id: post.reports_to for post in posts if post.reports_to}


def known_besides(
    case: Case, managed_by: Mapping[str, str], on: date | None
) -> FrozenMap[str, Value]:
    """What follows for a case from other things that are known.

    The line manager of its worker, where the case does not say and the worker is among the
    posts; and the day twelve months before.
    """
    known: dict[str, Value] = {}
    if "line_manager" not in case.facts and case.worker in managed_by:
        known["case.line_manager"] = managed_by[case.worker]
    if on is not None:
        known["twelve_months_ago"] = add_months(on, -12)
    return FrozenMap(known)
