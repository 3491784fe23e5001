"""Finding plugins, keeping each apart from the rest, and naming what is wrong with one."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from importlib.metadata import EntryPoint, entry_points
from typing import Any

import pluggy
from attrs import evolve, frozen

from qaf_core import hookspecs
from qaf_core.assembly import Known, problems
from qaf_core.bank_holidays import ENGLAND_AND_WALES
from qaf_core.editions import Departure, Edition
from qaf_core.errors import PluginError, PluginErrorGroup
from qaf_core.framework import Addition, Framework, known_with
from qaf_core.hookspecs import GROUP
from qaf_core.timing import WorkingCalendar

__all__ = ["Found", "installed", "load_framework"]


def __dir__() -> list[str]:
    return __all__


@frozen
class Found:
    """A plugin that was found, not yet loaded.

    Attributes:
        name: what it is called, with its distribution and version where known.
        plugin: an entry point, or the module or object itself.
    """

    name: str
    plugin: Any


def installed() -> tuple[Found, ...]:
    """The plugins installed beside the library, in order of their names."""
    found = []
    for entry in entry_points(group=GROUP):
        origin = f" ({entry.dist.name} {entry.dist.version})" if entry.dist else ""
        found.append(Found(f"{entry.name}{origin}", entry))
    return tuple(sorted(found, key=lambda each: each.name))


def load_framework(
    base: Addition | None = None,
    *,
    plugins: Iterable[Any] | None = None,
    strict: bool = True,
    calendar: WorkingCalendar = ENGLAND_AND_WALES,
    editions: Iterable[Edition] = (),
    departures: Iterable[Departure] = (),
) -> Framework:
    """A framework with the plugins that add to it.

    Args:
        base: the framework to start from; Reading's of 2016 where None.
        plugins: modules or objects with the hook ``qaf_addition``, or additions; every
            installed one where None.
        strict: whether a plugin that cannot be used stops the loading. If not, it is
            left out whole and named in ``framework.faults``.
        calendar: bank holidays, for deadlines in working days.
        editions: rules of the base that its owner replaces, from a day on.
        departures: settings of the base that its owner departs from.

    Raises:
        PluginErrorGroup: plugins cannot be used, and ``strict`` is set. It holds one
            ``PluginError`` for each, with everything wrong with it.
        DefinitionError: the base does not hold together.
    """
    if base is None:
        from qaf_core.reading import READING_2016

        base = READING_2016
    known = known_with(base)
    core = _Core(base, calendar)
    additions: list[Addition] = []
    faults: list[PluginError] = []
    seen: set[int] = set()
    for found in installed() if plugins is None else _named(plugins):
        try:
            addition = _looked_into(found, core, seen)
            if core.changed():
                known = known_with(core.base)
                for each in additions:
                    known.take(each)
                _refuse(found, "It changes the framework it was given. Return an Addition.")
            _fit(found, addition, known)
        except PluginError as error:
            faults.append(error)
            if core.changed():
                known = known_with(core.base)
                for each in additions:
                    known.take(each)
        else:
            known.take(addition)
            additions.append(addition)
    if faults and strict:
        count = f"{len(faults)} plugin{'s' if len(faults) > 1 else ''}"
        raise PluginErrorGroup(f"{count} cannot be used", faults)
    framework = Framework(
        base=core.base,
        additions=tuple(sorted(additions, key=lambda each: each.id)),
        calendar=calendar,
    )
    framework = evolve(framework, faults=tuple(faults))
    return framework.changed(editions=editions, departures=departures)


class _Core:
    """The base as plugins see it: a copy, so that none can reach into the real one."""

    def __init__(self, base: Addition, calendar: WorkingCalendar) -> None:
        self.base = base
        self._calendar = calendar
        self._pristine: Addition | None = None
        self._lent: Framework | None = None

    def lend(self) -> Framework:
        """The copy that hooks are given."""
        if self._lent is None:
            self._pristine = copy.deepcopy(self.base)
            self._lent = Framework(base=copy.deepcopy(self.base), calendar=self._calendar)
        return self._lent

    def changed(self) -> bool:
        """Whether a hook changed the copy, or went round it; then all is as it was again."""
        if self._lent is None or self._pristine is None:
            return False
        if self._lent.base == self._pristine == self.base:
            return False
        self.base, self._lent = self._pristine, None
        return True


def _named(plugins: Iterable[Any]) -> tuple[Found, ...]:
    found = []
    for plugin in plugins:
        if issubclass(type(plugin), EntryPoint):
            found.append(Found(plugin.name, plugin))
        else:
            found.append(Found(_name(plugin), plugin))
    return tuple(sorted(found, key=lambda each: each.name))


def _name(plugin: Any) -> str:
    """What a module or object calls itself, or else its type."""
    try:
        name = getattr(plugin, "id", None) or getattr(plugin, "__name__", None)
        return str(name or type(plugin).__name__)
    except (Exception, SystemExit):  # noqa: BLE001 - one plugin hides no other
        return type(plugin).__name__


def _refuse(found: Found, reason: str, cause: BaseException | None = None) -> None:
    raise PluginError(found.name, (reason,)) from cause


def _looked_into(found: Found, core: _Core, seen: set[int]) -> Addition:
    """What one plugin adds; whatever else it raises when looked into, it is refused."""
    try:
        return _addition(found, core, seen)
    except PluginError:
        raise
    except (Exception, SystemExit) as error:
        reason = f"It cannot be looked into ({_what(error)}). Mend or uninstall it."
        raise PluginError(found.name, (reason,)) from error


def _addition(found: Found, core: _Core, seen: set[int]) -> Addition:
    """What one plugin adds, from a manager of its own so that no other is touched."""
    plugin = found.plugin
    if isinstance(plugin, EntryPoint):
        try:
            plugin = plugin.load()
        except (Exception, SystemExit) as error:  # noqa: BLE001 - one plugin hides no other
            _refuse(
                found,
                f"It cannot be imported ({_what(error)}). Mend or uninstall it.",
                error,
            )
    if id(plugin) in seen:
        _refuse(found, "It is loaded twice. Name it once.")
    seen.add(id(plugin))
    if isinstance(plugin, Addition):
        return plugin
    manager = pluggy.PluginManager(GROUP)
    manager.add_hookspecs(hookspecs)
    try:
        manager.register(plugin, name=found.name)
        manager.check_pending()
    except (pluggy.PluginValidationError, TypeError, ValueError) as error:
        _refuse(
            found,
            f"Its hook does not fit: {error} The hook is qaf_addition(core), and core may be "
            "left out.",
            error,
        )
    if not manager.hook.qaf_addition.get_hookimpls():
        _refuse(found, "It has no hook. Mark a function qaf_addition(core) with @hookimpl.")
    try:
        results = manager.hook.qaf_addition(core=core.lend())
    except (Exception, SystemExit) as error:  # noqa: BLE001 - one plugin hides no other
        _refuse(found, f"Its hook raised {_what(error)}. Mend or uninstall it.", error)
    if len(results) != 1 or not isinstance(results[0], Addition):
        _refuse(found, "Its hook returns something other than one Addition. Return one.")
    addition: Addition = results[0]
    return addition


def _what(error: BaseException) -> str:
    """The error in a few words; its own text is kept as the cause."""
    try:
        text = str(error)
    except Exception:  # noqa: BLE001 - an error that cannot say what it is
        text = ""
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def _fit(found: Found, addition: Addition, known: Known) -> None:
    """Refuse an addition that does not fit what is known, with everything wrong."""
    try:
        reasons = tuple(problems(addition, known))
    except (Exception, SystemExit) as error:
        raise PluginError(
            found.name, (f"It cannot be checked ({_what(error)}). Mend or uninstall it.",)
        ) from error
    if any(addition.id == each for each in known.ids.values()):
        reasons = (f"An addition with the id {addition.id!r} is there already.", *reasons)
    if reasons:
        raise PluginError(found.name, reasons)
