"""Why not every case can be placed, as a count that anyone can do again.

However the cases were placed, those of a shortfall can go to certain posts only, and these
have too few places. That is proof: no other allocation does better.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from attrs import frozen

from qaf_core.sampling.flow import Short, bits
from qaf_core.sampling.independence import Independence
from qaf_core.sampling.terms import Kin, Terms

__all__ = ["Barrier", "Shortfall", "count_of", "listed", "prove"]

MOST_NAMED = 8
"""As many posts as a sentence names one by one; more are counted by role."""


def __dir__() -> list[str]:
    return __all__


@frozen(kw_only=True)
class Barrier:
    """What keeps the cases of a shortfall from other posts.

    Attributes:
        independence: the condition.
        surely: how many posts it bars from some of the cases.
        perhaps: how many it bars from some of them only because something is not known.
        unknown: what is not known, in words.
    """

    independence: Independence
    surely: int
    perhaps: int
    unknown: tuple[str, ...]

    def __str__(self) -> str:
        parts = []
        if self.surely:
            parts.append(f"{_barred(self.surely)}: {self.independence.title}")
        if self.perhaps:
            parts.append(f"{_barred(self.perhaps)} because not known: {'; '.join(self.unknown)}")
        clause = f"{self.independence.id}: {self.independence.source}; "
        return f"{', '.join(parts)} [{clause}{self.independence.standing.value}]"


@frozen(kw_only=True)
class Shortfall:
    """Cases that cannot all be placed, and the count that proves it.

    Attributes:
        cases: ids of the cases. Take any one away, and fewer places are missing.
        posts: ids of the posts that may audit them and are full.
        needed: the places the cases need yet, one for each auditor.
        places: the places the posts have free, before anything is placed.
        elsewhere: places the cases have at other posts, each of which already audits every
            one of them that it may: nobody audits a case twice over.
        short: how many are missing: ``needed - places - elsewhere``.
        teams: the cases by team, "" where it is not known.
        roles: the posts by role.
        barriers: what keeps the cases from other posts.
    """

    cases: tuple[str, ...]
    posts: tuple[str, ...]
    needed: int
    places: int
    elsewhere: int
    short: int
    teams: tuple[tuple[str, int], ...]
    roles: tuple[tuple[str, int], ...]
    barriers: tuple[Barrier, ...]

    @property
    def sentence(self) -> str:
        """The count in a sentence."""
        cases = _cases(self.teams)
        one = len(self.cases) == 1
        need = ""
        if self.needed != len(self.cases):
            auditors = count_of(self.needed, "auditor")
            need = f", which {'needs' if one else 'need'} {auditors}{'' if one else ' in all'},"
        if self.posts:
            posts = count_of(len(self.posts), "eligible auditor")
            have = "has" if len(self.posts) == 1 else "have"
            places = count_of(self.places, "place")
            said = f"{cases}{need} can go only to {posts} ({self._posts()}), who {have} {places}"
        elif self.elsewhere:
            said = f"{cases}{need} {'has' if one else 'have'} too few eligible auditors"
        else:
            said = f"{cases}{need} can go to nobody"
        if self.elsewhere:
            said += (
                f"; {count_of(self.elsewhere, 'place')} elsewhere, where an auditor "
                "has each case once already"
            )
        return f"{said}: short by {self.short}."

    def _posts(self) -> str:
        if len(self.posts) <= MOST_NAMED:
            return ", ".join(self.posts)
        return listed([f"{role.replace('_', ' ')} {count:,}" for role, count in self.roles])

    def __str__(self) -> str:
        return "\n".join((self.sentence, *(f"  {each}." for each in self.barriers)))

    def __repr__(self) -> str:
        return f"<Shortfall of {self.short}: {len(self.cases)} cases, {len(self.posts)} posts>"


def _barred(posts: int) -> str:
    return f"{count_of(posts, 'other post')} {'is' if posts == 1 else 'are'} barred"


def count_of(number: int, noun: str) -> str:
    """A number with its noun.

    >>> count_of(1, "place"), count_of(1200, "place")
    ('1 place', '1,200 places')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def listed(words: Sequence[str], *, most: int = MOST_NAMED) -> str:
    """Words in a row, the first few of many."""
    shown = ", ".join(words[:most])
    return shown if len(words) <= most else f"{shown} and {len(words) - most:,} more"


def _cases(teams: Sequence[tuple[str, int]]) -> str:
    """Cases counted by team: "17 cases of north"."""
    total = sum(count for _, count in teams)
    said = count_of(total, "case")
    if len(teams) == 1:
        team = teams[0][0]
        return f"{said} of {team}" if team else f"{said} of a team not known"
    named = [f"{count:,} of {team or 'a team not known'}" for team, count in teams]
    return f"{said} ({listed(named)})"


def prove(terms: Terms, sets: Sequence[Kin], short: Short) -> Shortfall:
    """The shortfall in ids, with what keeps the cases from other posts."""
    own = [sets[each] for each in short.demands]
    members = [case for each in own for case in each.members]
    full = sum(1 << post for each in short.suppliers for post in terms.holders[each].posts)
    reached = 0
    for each in own:
        reached |= each.posts & full
    posts = sorted((terms.posts[each] for each in bits(reached)), key=lambda post: post.id)
    suppliers = terms.suppliers
    needed = sum(each.demand.seats for each in own)
    places = sum(suppliers[each].free for each in short.suppliers)
    elsewhere = sum(len(each.members) * (each.posts & ~full).bit_count() for each in own)
    return Shortfall(
        cases=tuple(sorted(terms.cases[each].id for each in members)),
        posts=tuple(post.id for post in posts),
        needed=needed,
        places=places,
        elsewhere=elsewhere,
        short=short.by,
        teams=_counted(terms.cases[each].team for each in members),
        roles=_counted(post.role for post in posts),
        barriers=tuple(_barriers(terms, members, full)),
    )


def _counted(names: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """Names with how often each comes, the most frequent first."""
    return tuple(sorted(Counter(names).items(), key=lambda each: (-each[1], each[0])))


def _barriers(terms: Terms, members: Sequence[int], full: int) -> Iterator[Barrier]:
    for which, independence in enumerate(terms.independent):
        surely = perhaps = 0
        unknown: set[str] = set()
        for case in members:
            sure = terms.eligible.barred(case, which, surely=True) & ~full
            maybe = terms.eligible.barred(case, which) & ~full & ~sure
            if maybe:
                unknown |= terms.eligible.unknown(case, which, maybe)
            surely |= sure
            perhaps |= maybe
        if surely or perhaps:
            yield Barrier(
                independence=independence,
                surely=surely.bit_count(),
                perhaps=perhaps.bit_count(),
                unknown=tuple(sorted(unknown)),
            )
