"""Figures about one auditor: staff data, given only where the pairs are enough to be fair."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import field, frozen

from qaf_core.immutable import FrozenMap
from qaf_core.moderation.agreement import RANDOM_ARM, Agreement, agreement
from qaf_core.moderation.coefficients import CONFIDENCE
from qaf_core.moderation.counting import GradePair, count
from qaf_core.moderation.pairs import OVERALL, Arm, Pair
from qaf_core.moderation.proportions import Proportion
from qaf_core.moderation.results import NotEnoughData, of_pairs
from qaf_core.scales import GRADES, Scale
from qaf_core.settings import STAFF_FIGURES_FROM, number

__all__ = ["StaffAgreement", "agreement_by_auditor"]


def __dir__() -> list[str]:
    return __all__


def _frozen(
    posts: Mapping[str, Agreement | NotEnoughData],
) -> FrozenMap[str, Agreement | NotEnoughData]:
    return FrozenMap(posts)


@frozen(kw_only=True, repr=False)
class StaffAgreement:
    """How far each auditor and the moderators agree.

    Printing it names no post: ask for one by ``staff["TM-3"]``, or for ``to_rows()``.

    Attributes:
        posts: by post, its figures, or that they are held back.
        floor: the fewest pairs that figures about one post are given from.
        unknown: pairs that name no auditor.
    """

    posts: Mapping[str, Agreement | NotEnoughData] = field(converter=_frozen)
    floor: int
    unknown: int = 0

    def __getitem__(self, post: str) -> Agreement | NotEnoughData:
        """The figures about a post.

        Raises:
            LookupError: no pair names it. Posts are not listed.
        """
        if post not in self.posts:
            raise LookupError("No pair names that post as the auditor's.")
        return self.posts[post]

    @property
    def held_back(self) -> int:
        """How many posts have no figures here."""
        return sum(isinstance(each, NotEnoughData) for each in self.posts.values())

    def to_rows(self) -> list[dict[str, object]]:
        """A row for each post and figure, and one for each post held back: staff data."""
        rows: list[dict[str, object]] = []
        for post, figures in self.posts.items():
            told = (
                figures.to_rows() if isinstance(figures, Agreement) else [_held_back_row(figures)]
            )
            rows += [{"post": post} | row for row in told]
        return rows

    def __repr__(self) -> str:
        return f"<StaffAgreement of {len(self.posts)} posts, {self.held_back} held back>"

    def __str__(self) -> str:
        text = (
            f"{len(self.posts)} auditors, {self.held_back} held back. A figure about one post "
            f"is given from {self.floor} pairs, and not where it could be worked out from the "
            "others."
        )
        return (
            f"{text}\nWithout an auditor named: {of_pairs(self.unknown)}." if self.unknown else text
        )


def _held_back_row(figures: NotEnoughData) -> dict[str, object]:
    """A row that does not say how many pairs there are."""
    why = "too few pairs, or held back so that others cannot be worked out"
    head = {"section": None, "arms": None, "lowered": None, "raised": None}
    return head | figures.to_row() | {"n": None, "why": why}


def agreement_by_auditor(  # noqa: D417 - the other arguments are those of agreement
    pairs: Iterable[GradePair],
    *,
    floor: int | None = None,
    scale: Scale = GRADES,
    section: str = OVERALL,
    arms: Arm | Sequence[Arm] = RANDOM_ARM,
    seen: bool = False,
    confidence: Proportion = CONFIDENCE,
    enough: int | None = None,
) -> StaffAgreement:
    """How far each auditor and the moderators agree.

    Figures about a post with fewer pairs than the floor are held back. If those held back
    come to less than the floor together, or are one post alone, they could be worked out
    from the figures for all; then the next smallest is held back too.

    Args:
        pairs: pairs that name the auditor's ``post``; of others no more than their number is
            told.
        floor: the fewest pairs; the setting ``staff_figures_from`` where not given.
        scale: as for ``agreement``, and so are ``section``, ``arms``, ``seen``,
            ``confidence`` and ``enough``.

    Raises:
        InputError: as for ``agreement``.
    """
    given = list(pairs)
    least = number(STAFF_FIGURES_FROM) if floor is None else floor
    count(given, scale=scale, section=section, arms=arms, seen=seen)  # every fault, by its place
    by_post: dict[str, list[GradePair]] = {}
    for pair in given:
        post = pair.post if isinstance(pair, Pair) else ""
        by_post.setdefault(post, []).append(pair)
    unknown = len(by_post.pop("", ()))
    figures = {
        post: agreement(
            theirs,
            scale=scale,
            section=section,
            arms=arms,
            seen=seen,
            confidence=confidence,
            enough=enough,
        )
        for post, theirs in by_post.items()
    }
    small = set(_held_back({post: each.n for post, each in figures.items()}, least))
    return StaffAgreement(
        posts={
            post: NotEnoughData(name="agreement", n=0, needed=least) if post in small else each
            for post, each in sorted(figures.items())
        },
        floor=least,
        unknown=unknown,
    )


def _held_back(pairs: Mapping[str, int], floor: int) -> Iterator[str]:
    """The posts without figures: the small ones, and as many more as keep them from being told.

    A post that no pair counts for has none to be told, so it costs no other its own.
    """
    held = together = 0
    for post in sorted(pairs, key=lambda post: (pairs[post], post)):
        if pairs[post] >= floor and (not held or (held > 1 and together >= floor)):
            return
        held += pairs[post] > 0
        together += pairs[post]
        yield post
