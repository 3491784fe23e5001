"""A programme: its rows, and the terms on which they are counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TypeVar

import attrs
from attrs import evolve, field, frozen

from qaf_core.cadence import Cadence, ProgrammeYear, Window, windows_of
from qaf_core.errors import DefinitionError, UnknownIdError
from qaf_core.sampling.programme.rows import Pool, ProgrammeRow, Quota, ServiceArea, value_of
from qaf_core.settings import Setting, SettingValue

__all__ = ["FULL", "PRO_RATA", "Programme", "Terms", "Total", "settings_of", "settled"]

T = TypeVar("T")

PRO_RATA, FULL = "pro_rata", "full"
"""What is asked of those who are in post for part of a window."""


def __dir__() -> list[str]:
    return __all__


@frozen(kw_only=True)
class Total:
    """A check on the whole, and no quota: about so many files in each window.

    Attributes:
        about: how many; may be a setting.
        tolerance: by how many per cent it may be missed either way; may be a setting.
        cadence: in which windows it is looked at.
    """

    about: int | Setting
    tolerance: int | Setting
    cadence: Cadence


@frozen(kw_only=True)
class Terms:
    """The numbers on which a programme is counted; those a base does not set are ours.

    Attributes:
        year_starts: the month a programme year starts in, 1 to 12.
        days_each: working days allowed for each audit still to do, before it is at risk.
        part: ``"pro_rata"``: of those in post for part of a window a part is asked for,
            to the nearest whole number, a half upwards; or ``"full"``.
        total: the check on the whole, where there is one.
        changed_by: id of the role that may change the programme within a year; "" for
            any role or board.

    Raises:
        DefinitionError: a number or choice is none of those named.
    """

    year_starts: int | Setting = 4
    days_each: int | Setting = 5
    part: str | Setting = PRO_RATA
    total: Total | None = None
    changed_by: str = ""

    def __attrs_post_init__(self) -> None:
        starts, days = value_of(self.year_starts), value_of(self.days_each)
        if type(starts) is not int or not 1 <= starts <= 12:
            raise DefinitionError("A programme year starts in a month from 1 to 12.")
        if type(days) is not int or days < 0:
            raise DefinitionError("The working days allowed for each audit are 0 or more.")
        if value_of(self.part) not in (PRO_RATA, FULL):
            raise DefinitionError("Of a part of a window 'pro_rata' is asked for, or 'full'.")


@frozen(kw_only=True)
class Programme:
    """The programme of a base, or what a service adds to it.

    Attributes:
        rows: the rows, in order.
        areas: the service areas that rows speak of.
        terms: on what it is counted; the base's only.
    """

    rows: tuple[ProgrammeRow, ...] = field(default=(), repr=False)
    areas: tuple[ServiceArea, ...] = field(default=(), repr=False)
    terms: Terms = Terms()

    def row(self, id: str) -> ProgrammeRow:
        """The row, as printed or as it is counted, with this id.

        Raises:
            UnknownIdError: there is none; the near one is named.
        """
        known = {row.id: row for row in (*self.units, *self.rows)}
        if id not in known:
            raise UnknownIdError("row of the programme", id, known)
        return known[id]

    @property
    def units(self) -> tuple[ProgrammeRow, ...]:
        """The rows as they are counted: those that share a pool as one."""
        units: dict[str, ProgrammeRow] = {}
        for row in self.rows:
            pool = row.pool
            if pool is None or not pool.shared:
                units[row.id] = row
            elif pool.id not in units:
                units[pool.id] = _pooled([each for each in self.rows if each.pool == pool], pool)
        return tuple(units.values())

    def ids(self) -> list[str]:
        """The ids its rows and pools take."""
        pools = dict.fromkeys(row.pool.id for row in self.rows if row.pool)
        return [*(row.id for row in self.rows), *pools]

    def year(self, year: int) -> ProgrammeYear:
        """The programme year that starts in this calendar year."""
        month = value_of(self.terms.year_starts)
        return ProgrammeYear(date(year, int(str(month)), 1))

    def windows(self, year: int) -> dict[str, tuple[Window, ...]]:
        """The windows of each row as it is counted, in the year that starts in ``year``."""
        return {row.id: windows_of(row.cadence, self.year(year)) for row in self.units}


def _pooled(rows: list[ProgrammeRow], pool: Pool) -> ProgrammeRow:
    """Rows of one pool as one row, with what the first asks for."""

    def union(of: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(each for row in rows for each in getattr(row, of)))

    return evolve(
        rows[0],
        id=pool.id,
        title=pool.title,
        areas=union("areas"),
        statuses=union("statuses"),
        key_tests=union("key_tests"),
        themes=union("themes"),
        note=" ".join(row.note for row in rows if row.note),
        source=pool.source,
        standing=pool.standing,
    )


def _settings_in(value: object) -> Iterator[Setting]:
    if isinstance(value, Setting):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _settings_in(each)
    elif isinstance(value, Programme | ProgrammeRow | Quota | Pool | Terms | Total):
        for attribute in attrs.fields(type(value)):
            yield from _settings_in(getattr(value, attribute.name))


def settings_of(programme: Programme) -> tuple[Setting, ...]:
    """The settings that a programme rests on, each once."""
    return tuple({each.id: each for each in _settings_in(programme)}.values())


def settled(value: T, values: Mapping[str, SettingValue]) -> T:
    """A programme, or a part of it, with the values that settings were departed to.

    Args:
        value: the programme.
        values: by id of the setting.
    """
    if isinstance(value, Setting):
        return evolve(value, value=values.get(value.id, value.value))
    if isinstance(value, tuple):
        return tuple(settled(each, values) for each in value)  # type: ignore[return-value]
    if isinstance(value, Programme | ProgrammeRow | Quota | Pool | Terms | Total):
        parts = {
            attribute.name: settled(getattr(value, attribute.name), values)
            for attribute in attrs.fields(type(value))
        }
        return evolve(value, **parts)
    return value
