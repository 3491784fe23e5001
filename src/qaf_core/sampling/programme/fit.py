"""Whether a programme fits the framework it is in: every name it uses is there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from attrs import field, frozen

from qaf_core.errors import did_you_mean
from qaf_core.roles import Role
from qaf_core.sampling.programme.model import Programme, Terms, settings_of
from qaf_core.sampling.programme.rows import ProgrammeRow
from qaf_core.settings import Setting

__all__ = ["Names", "programme_problems"]


def __dir__() -> list[str]:
    return __all__


@frozen(kw_only=True)
class Names:
    """What there is to name, in the framework and in the addition itself.

    Attributes:
        roles: by id, as those who brought them wrote them.
        boards, tools, services, areas: ids; services are those of key tests.
        settings: of the base, by id.
        statuses: codes of the status of a case; empty where no fact states one.
    """

    roles: Mapping[str, Role] = field(repr=False)
    boards: Collection[str] = field(repr=False)
    tools: Collection[str] = field(repr=False)
    services: Collection[str] = field(repr=False)
    areas: Collection[str] = field(repr=False)
    settings: Mapping[str, Setting] = field(repr=False)
    statuses: Collection[str] = field(default=(), repr=False)


def programme_problems(programme: Programme, names: Names, *, base: bool) -> Iterator[str]:
    """Everything wrong with a programme, each with what to do."""
    if not base and programme.terms != Terms():
        yield "It sets the terms of the programme, which are the base's. Leave them out."
    for setting in settings_of(programme):
        if names.settings.get(setting.id) != setting:
            yield (
                f"Its programme rests on the setting {setting.id!r}, which is not the base's. Use "
                "a value of its own."
            )
    changed_by = programme.terms.changed_by
    if changed_by:
        yield from _missing("role", changed_by, {*names.roles, *names.boards}, "Its programme")
    for row in programme.rows:
        yield from _row(row, names)
    yield from _pools(programme)


def _missing(what: str, id: str, known: Collection[str], where: str) -> Iterator[str]:
    if id not in known:
        yield f"{where} names the {what} {id!r}, which is not known.{did_you_mean(id, known)}"


def _row(row: ProgrammeRow, names: Names) -> Iterator[str]:
    where = f"Programme row {row.id!r}"
    for what, ids, known in (
        ("service area", row.areas, names.areas),
        ("service of key tests", row.key_tests, names.services),
        ("board", (row.run_by,) if row.run_by else (), names.boards),
        ("tool", () if row.install else row.tools, names.tools),
    ):
        for id in ids:
            yield from _missing(what, id, known, where)
    wants = row.pool.wants if row.pool else ()
    for status in (*row.statuses, *wants) if names.statuses else ():
        yield from _missing("status of a case", status, names.statuses, where)
    for role in row.roles:
        yield from _missing("role", role.id, names.roles, where)
        if names.roles.get(role.id, role) != role:
            yield f"{where} has a {role.id!r} that is not the one known. Use that one."
    for name, groups in (
        ("quota", [quota.roles for quota in row.quotas]),
        ("cover", [cover.of for cover in row.covers]),
    ):
        times = Counter(role.id for roles in groups for role in roles)
        for id, count in times.items():
            if count > 1:
                yield f"{where} has more than one {name} for the role {id!r}. Keep one."


def _pools(programme: Programme) -> Iterator[str]:
    """Pools whose rows do not ask for the same, so that they cannot be counted as one."""
    asked: dict[str, ProgrammeRow] = {}
    for row in programme.rows:
        if row.pool is None:
            continue
        first = asked.setdefault(row.pool.id, row)
        same = (row.pool, row.cadence, row.quotas, row.tools) == (
            first.pool,
            first.cadence,
            first.quotas,
            first.tools,
        )
        if not same:
            yield (
                f"Programme row {row.id!r} is in a pool with {first.id!r} and asks for something "
                "else. Give both the same pool, cadence, quotas and tools."
            )
