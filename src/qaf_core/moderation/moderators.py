"""By whom an audit is done again: a manager or a peer of the auditor, never the auditor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from qaf_core.errors import Fault
from qaf_core.immutable import FrozenMap
from qaf_core.moderation.rounds import ModerationRound
from qaf_core.roles import SERVICE_MANAGER, Role, level_above
from qaf_core.sampling.population import Post
from qaf_core.sampling.programme.rows import Moderation

__all__ = ["assign", "may_not_moderate", "moderator_roles"]


def __dir__() -> list[str]:
    return __all__


def moderator_roles(
    auditor: Role, roles: Iterable[Role], *, usual: Role = SERVICE_MANAGER
) -> tuple[Role, ...]:
    """The roles that moderate an auditor of this role, where no row of the programme says.

    The Service Manager, as the programme has it for the rows that name anyone; for an
    auditor as senior as that, the next level up where there is one. What the row says that
    an audit was for comes first: see ``assign``.

    Args:
        auditor: the role of the auditor.
        roles: every role of the framework.
        usual: who moderates unless the auditor is as senior.

    Returns:
        The roles; none where the source does not say how senior the auditor is, or where
        nobody is more senior. That is not stated, and no one is made up.
    """
    if auditor.seniority is None or usual.seniority is None:
        return ()
    if auditor.seniority < usual.seniority:
        return (usual,)
    return level_above(auditor, roles)


def may_not_moderate(moderator: Post, auditor: Post, roles: Iterable[Role]) -> tuple[str, ...]:
    """Why a post may not moderate another's audit; nothing where it may.

    A moderator is a manager or a peer of the auditor, and never the auditor. What a
    council asks for besides, such as another team, goes into the allocation.

    Args:
        moderator: the post that would moderate.
        auditor: the post that did the audit.
        roles: every role of the framework; they say who is as senior as whom.
    """
    if moderator.id == auditor.id:
        return ("it is the auditor's own post",)
    if auditor.reports_to == moderator.id:
        return ()
    if moderator.reports_to == auditor.id:
        return ("it reports to the auditor, so is neither manager nor peer",)
    seniority = {each.id: each.seniority for each in roles}
    own, other = seniority.get(moderator.role), seniority.get(auditor.role)
    if own is None or other is None:
        return ("it is not stated which of the two is more senior, nor that one manages the other",)
    if own < other:
        return ("it is less senior than the auditor, so is neither manager nor peer",)
    return ()


def assign(
    round: ModerationRound,
    posts: Iterable[Post],
    roles: Iterable[Role],
    *,
    usual: Role = SERVICE_MANAGER,
    said: Mapping[str, Moderation] = FrozenMap(),
) -> tuple[dict[str, str], tuple[Fault, ...]]:
    """Who moderates what, evenly spread; for quotas and further conditions use ``allocate``.

    A post whose role moderates such auditors goes before a peer, of those the one with the
    fewest so far, of those the first by id.

    Args:
        round: the audits.
        posts: every post, the auditors' among them.
        roles: every role of the framework.
        usual: as for ``moderator_roles``.
        said: by id of the audit, what the programme's row that it was for says of
            moderation; for an audit not named, ``moderator_roles`` says.

    Returns:
        The post for each audit, by id of the audit, and a fault for each audit that no
        post may moderate.
    """
    all_roles = {each.id: each for each in roles}
    all_posts = {each.id: each for each in sorted(posts, key=lambda post: post.id)}
    load: Counter[str] = Counter()
    found: dict[str, str] = {}
    faults = []
    for each in round.selected:
        unknown = [post for post in each.auditors if post not in all_posts]
        able = [
            post
            for post in all_posts.values()
            if not unknown
            and not any(
                may_not_moderate(post, all_posts[auditor], all_roles.values())
                for auditor in each.auditors
            )
        ]
        if not able:
            problem = (
                "the auditor's post is not among the posts"
                if unknown
                else "no post is a manager or a peer of the auditor"
            )
            do = "Give the post, or one that may moderate it"
            faults.append(Fault(path=each.audit, problem=problem, do=do))
            continue
        wanted = {
            role.id
            for auditor in each.auditors
            if (held := all_roles.get(all_posts[auditor].role))
            for role in _wanted(held, all_roles.values(), usual, said.get(each.audit))
        }
        best = min(able, key=lambda post: (post.role not in wanted, load[post.id], post.id))
        found[each.audit] = best.id
        load[best.id] += 1
    return found, tuple(faults)


def _wanted(
    auditor: Role, roles: Collection[Role], usual: Role, said: Moderation | None
) -> tuple[Role, ...]:
    """The roles that moderate an auditor of this role, as its row says or as is usual."""
    if said is None:
        return moderator_roles(auditor, roles, usual=usual)
    named = said.moderator(auditor, roles)
    return () if named is None else (named,)
