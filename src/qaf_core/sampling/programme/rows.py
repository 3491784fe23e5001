"""The rows of a programme: who audits what, how often, and what is not stated.

Nothing here knows any council's programme. What is not stated stays so: no number is not
nought, and nothing asked for is not nothing done.
"""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from qaf_core.cadence import Cadence, Every, OnEvent, PerSubject
from qaf_core.errors import DefinitionError
from qaf_core.provenance import Reference, Standing
from qaf_core.roles import Role, level_above
from qaf_core.settings import Setting, SettingValue

__all__ = [
    "COUNTED",
    "LEFT_OUT",
    "POST",
    "ROLE",
    "SEPARATE",
    "SHARED",
    "Cover",
    "Moderation",
    "Pool",
    "ProgrammeRow",
    "Quota",
    "ServiceArea",
    "SignOff",
    "value_of",
]

POST, ROLE = "post", "role"
"""Whether a quota is for each post, or for all posts of a role together."""

SHARED, SEPARATE = "shared", "separate"
"""Whether rows of a pool share one quota, or have one each."""

COUNTED, LEFT_OUT = "counted", "left_out"
"""Whether a row that a council may take or leave is counted."""


def __dir__() -> list[str]:
    return __all__


def value_of(value: SettingValue | Setting) -> SettingValue:
    """The value of a setting, or the value itself."""
    return value.value if isinstance(value, Setting) else value


@frozen(kw_only=True)
class ServiceArea:
    """A kind of team, as a programme parts the service: the host says which a team is.

    Attributes:
        id: the area's id, given with a post as its fact ``area``.
        title: the name people read.
        source, standing: where it comes from and how firmly it stands.
    """

    id: str
    title: str
    source: Reference
    standing: Standing

    def __str__(self) -> str:
        return self.title


@frozen(kw_only=True)
class Quota:
    """How many audits a role does in each window of its row.

    Attributes:
        role: the role that audits.
        number: how many; None where the source names the role and no number.
        per: for each post, or for all posts of the role together; may be a setting.
        also: roles that are of the same class and have the same quota.

    Raises:
        DefinitionError: the number is not a whole number above nought, or ``per`` is
            neither of the two.
    """

    role: Role
    number: int | None
    per: str | Setting = POST
    also: tuple[Role, ...] = ()

    def __attrs_post_init__(self) -> None:
        if self.number is not None and (type(self.number) is not int or self.number < 1):
            raise DefinitionError(
                "A quota is a whole number of 1 or more, or None where none is stated."
            )
        if value_of(self.per) not in (POST, ROLE):
            raise DefinitionError("A quota is per 'post' or per 'role'.")

    @property
    def roles(self) -> tuple[Role, ...]:
        """The role and those of its class."""
        return (self.role, *self.also)

    def __str__(self) -> str:
        if self.number is None:
            return f"{self.role}, no number stated"
        return f"{self.role} {self.number} {'each' if value_of(self.per) == POST else 'in all'}"


@frozen(kw_only=True)
class Cover:
    """Each post of some roles is the subject of an audit, by someone who may audit it.

    Attributes:
        id: stable.
        label: what is asked for, in a phrase.
        of: the roles each of whose posts is covered.
        by: the roles that audit; empty where it is the post's own manager, whatever role
            that manager holds.
        also: roles whose audits count as well, though it is not asked of them.
        sample: whether only a sample of no stated size is asked for, and not each.
        source, standing: where it comes from and how firmly it stands.
    """

    id: str
    label: str
    of: tuple[Role, ...]
    by: tuple[Role, ...] = ()
    also: tuple[Role, ...] = ()
    sample: bool = False
    source: Reference
    standing: Standing

    def __str__(self) -> str:
        return f"{self.label}{' (a sample, its size not stated)' if self.sample else ''}"


@frozen(kw_only=True)
class SignOff:
    """Something that must be signed off before an event may happen.

    Attributes:
        id: what is signed off, such as ``"transfer_audit"``.
        label: the same in words.
        by: the role that signs it off.
        source, standing: where it comes from and how firmly it stands.
    """

    id: str
    label: str
    by: Role
    source: Reference
    standing: Standing


@frozen(kw_only=True)
class Moderation:
    """Who audits again a part of what a row asks for.

    Attributes:
        by: the role, for auditors less senior; None where the source names none.
        next_level_up: whether it is whoever stands one level above the auditor.
        or_peer: whether a peer of the auditor may do it instead.
        rate: the share audited again; None where none is stated, which is neither none
            of them nor all.
        source, standing: where it comes from and how firmly it stands.
    """

    by: Role | None = None
    next_level_up: bool = False
    or_peer: bool = False
    rate: int | None = None
    source: Reference
    standing: Standing

    def moderator(self, auditor: Role, roles: Iterable[Role]) -> Role | None:
        """The role that audits an auditor's work again; None where it is not stated.

        Where the auditor is as senior as the role named, it is the next level up: nobody
        less senior audits work again, and hardly the same post. Only a role whose level in
        the line is known has a level above it, and a level that several roles share is
        taken by the first of them listed.
        """
        if self.by is not None:
            own, other = auditor.seniority, self.by.seniority
            if own is None or other is None or own < other:
                return self.by
        elif not self.next_level_up:
            return None
        return next(iter(level_above(auditor, roles)), None)

    def __str__(self) -> str:
        who = str(self.by) if self.by else "next level up" if self.next_level_up else "not stated"
        who += ", or a peer" if self.or_peer else ""
        return f"{who}; rate {'not stated' if self.rate is None else f'{self.rate} %'}"


@frozen(kw_only=True)
class Pool:
    """Rows that are counted together.

    Attributes:
        id: stable; under it the rows are counted while they share.
        title: the name people read.
        sharing: ``"shared"`` or ``"separate"``; may be a setting.
        wants: statuses of cases of which a team's share should hold one at least, in any
            window; where it holds none, that is queried.
        source, standing: where it comes from and how firmly it stands.
    """

    id: str
    title: str
    sharing: str | Setting = SHARED
    wants: tuple[str, ...] = ()
    source: Reference
    standing: Standing

    @property
    def shared(self) -> bool:
        """Whether its rows share one quota."""
        return value_of(self.sharing) == SHARED

    @property
    def sharing_said(self) -> str:
        """Whether its rows share one quota, in words."""
        return "shared" if self.shared else "separate"


@frozen(kw_only=True)
class ProgrammeRow:
    """One row of a programme.

    Attributes:
        id: stable.
        title: the name people read.
        areas: ids of the service areas whose posts have its quotas; empty: any.
        statuses: case statuses that its files have; empty: any.
        method: how it is done, in the source's term.
        tools: ids of the tools it is done with, any of which counts; empty: not stated.
        install: the distribution that brings the tools, where the base does not.
        cadence: how often; None where it is not stated. A row that comes round and has
            no quota asks that it takes place, once in each window.
        quotas: how many by which role.
        covers: who is the subject of one, by whom.
        sign_offs: what must be signed off before the event of the row may happen.
        moderation: who audits again; None where that has no meaning for the row.
        selection: how its files are chosen, such as ``"random"``; "" where not stated.
        key_tests: services of the key tests that it looks at.
        themes: themes that people identified for it.
        pool: the pool that it shares its quotas with.
        counted: whether an optional row is counted; may be a setting.
        by_name: whether an audit counts only where it names the row, because another
            row uses the same tool.
        commissioned: whether its audits are commissioned one by one, on a theme.
        files: whether what it asks for counts as case files audited.
        run_by: id of the board that runs it, where it is outside the own programme.
        note: what else to know, in a sentence.
        source, standing: where it comes from and how firmly it stands.

    Raises:
        DefinitionError: its parts do not go with its cadence.
    """

    id: str
    title: str
    areas: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    method: str = ""
    tools: tuple[str, ...] = ()
    install: str = ""
    cadence: Cadence | None
    quotas: tuple[Quota, ...] = ()
    covers: tuple[Cover, ...] = ()
    sign_offs: tuple[SignOff, ...] = ()
    moderation: Moderation | None = None
    selection: str = ""
    key_tests: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    pool: Pool | None = None
    counted: str | Setting = COUNTED
    by_name: bool = False
    commissioned: bool = False
    files: bool = False
    run_by: str = ""
    note: str = ""
    source: Reference
    standing: Standing

    def __attrs_post_init__(self) -> None:
        where = f"The programme row {self.id!r}"
        if not self.id.isidentifier():
            raise DefinitionError(f"{where} has an id that is none. Use letters, digits and _.")
        for name in ("areas", "statuses", "tools", "key_tests", "themes"):
            if isinstance(getattr(self, name), str):
                raise DefinitionError(f"{where} has {name} that are one text. Write a tuple.")
        if bool(self.covers) is not isinstance(self.cadence, PerSubject):
            raise DefinitionError(f"{where} covers subjects if, and only if, it is PerSubject.")
        if self.sign_offs and not isinstance(self.cadence, OnEvent):
            raise DefinitionError(f"{where} has sign-offs and no event. Give it OnEvent(...).")
        if self.quotas and not isinstance(self.cadence, Every | None):
            raise DefinitionError(
                f"{where} has quotas, which go with a period. Give it Every(...)."
            )
        if value_of(self.counted) not in (COUNTED, LEFT_OUT):
            raise DefinitionError(f"{where} is counted or left out, and nothing else.")

    @property
    def left_out(self) -> bool:
        """Whether it is optional and not taken."""
        return value_of(self.counted) == LEFT_OUT

    @property
    def roles(self) -> tuple[Role, ...]:
        """Every role it names, each once."""
        named = [role for quota in self.quotas for role in quota.roles]
        named += [role for each in self.covers for role in (*each.of, *each.by, *each.also)]
        named += [each.by for each in self.sign_offs]
        named += [self.moderation.by] if self.moderation and self.moderation.by else []
        return tuple(dict.fromkeys(named))

    def dormant(self, tools: Iterable[str]) -> bool:
        """Whether it names tools and none of them is there."""
        return bool(self.tools) and not set(self.tools) & set(tools)

    def __str__(self) -> str:
        how_often = "frequency not stated" if self.cadence is None else str(self.cadence)
        asked = "; ".join(map(str, (*self.quotas, *self.covers)))
        return f"{self.title}: {how_often}{f'; {asked}' if asked else ''}"
