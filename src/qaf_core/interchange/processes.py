"""Processes as JSON: a history read strictly, replayed, and written back equal."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import attrs
from attrs import field, frozen

from qaf_core.cycle.lifecycle import replay
from qaf_core.cycle.machines import Machine
from qaf_core.cycle.parts import Paper
from qaf_core.cycle.processes import Actor, Event, Process
from qaf_core.editions import settings_on
from qaf_core.errors import Fault, InputError, UnknownIdError
from qaf_core.framework import Framework
from qaf_core.immutable import FrozenMap
from qaf_core.interchange.parsing import named, parse
from qaf_core.interchange.plain import as_plain
from qaf_core.interchange.strict import (
    NOTHING,
    Wrong,
    answer,
    day,
    perhaps,
    structure,
    text,
    unknown_key,
)
from qaf_core.logic.values import Sort

__all__ = ["process_to_plain", "read_process", "write_process"]


def __dir__() -> list[str]:
    return __all__


@frozen(kw_only=True)
class _Pin:
    id: str
    version: str


@frozen(kw_only=True)
class _Head:
    """The parts of an entry that have a fixed shape."""

    event: str
    row: str
    to: str
    on: date
    reason: str = ""


@frozen(kw_only=True)
class _By:
    role: str
    post: str = ""


_KEYS = ("machine", "id", "state", "history")
_ENTRY = ("event", "row", "to", "by", "on", "brings", "reason", "due")


def process_to_plain(process: Process) -> dict[str, Any]:
    """A process as plain data: its pin, its state, and its whole history.

    It holds all that was recorded, posts and free text included: it is for keeping, not
    for showing.
    """
    id, version = process.machine.split(" ", 1)
    return {
        "machine": {"id": id, "version": version},
        "id": process.id,
        "state": process.state,
        "history": [_entry(each) for each in process.history],
    }


def _entry(event: Event) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "event": event.event,
        "row": event.row,
        "to": event.to,
        "by": {"role": event.by.role} | ({"post": event.by.post} if event.by.post else {}),
        "on": event.on.isoformat(),
    }
    if event.brings:
        plain["brings"] = {id: _plain(value) for id, value in event.brings.items()}
    if event.reason:
        plain["reason"] = event.reason
    if event.due:
        plain["due"] = {id: value and value.isoformat() for id, value in event.due.items()}
    return plain


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def write_process(process: Process) -> str:
    """A process as JSON text."""
    return json.dumps(process_to_plain(process), ensure_ascii=False, indent=1)


def read_process(source: str | bytes | Mapping[str, Any], framework: Framework) -> Process:
    """Read one process and replay its history.

    Args:
        source: JSON text, or plain data of the same shape.
        framework: whose machines it is read against.

    Raises:
        InputError: something cannot be read, or cannot have happened. Every fault is named
            with its path.
    """
    faults: list[Fault] = []
    if isinstance(source, str | bytes):
        parsed = parse(source, _vocabulary(framework))
        faults += parsed.faults
        plain = parsed.value
    else:
        plain = as_plain(source, "", faults)
    reading = _Reading(framework, faults)
    process = reading.process(plain)
    if faults or process is None:
        raise InputError(faults)
    return process


def _vocabulary(framework: Framework) -> frozenset[str]:
    words = {*_KEYS, *_ENTRY, "role", "post", "version"}
    for machine in framework.machines:
        words |= set(machine.paper) | {clock.id for clock in machine.clocks}
    return frozenset(words)


@frozen
class _Reading:
    """Plain data held against a framework, every fault noted with its path."""

    framework: Framework
    faults: list[Fault] = field(repr=False)

    def fault(self, path: str, problem: str, do: str) -> None:
        self.faults.append(Fault(path=path, problem=problem, do=do))

    def process(self, plain: Any) -> Process | None:
        if not isinstance(plain, dict):
            self.fault("(whole text)", "it is not one object", 'Write {"machine": ..., "id": ...}')
            return None
        for number, key in enumerate(plain, 1):
            if key not in _KEYS:
                self.faults.append(unknown_key("", key, number, list(_KEYS)))
        machine = self.machine(plain)
        id = self.id(plain)
        if machine is None or id is None:
            return None
        history = self.history(plain.get("history"), machine)
        if self.faults:
            return None
        try:
            process = replay(machine, id, history, settings_on=self.settings_on)
        except InputError as error:
            self.faults.extend(error.faults)
            return None
        if plain.get("state", process.state) != process.state:
            self.fault("state", "its history leads elsewhere", "Leave it out, or mend the history")
        return process

    def settings_on(self, on: date) -> Mapping[str, Any]:
        return settings_on(self.framework.departures, on)

    def machine(self, plain: dict[str, Any]) -> Machine | None:
        if "machine" not in plain:
            self.fault("machine", "it is missing", 'Write {"id": "audit", "version": "2016.1"}')
            return None
        pin = structure(plain["machine"], _Pin, "machine", self.faults)
        if pin is NOTHING:
            return None
        known = {each.id for each in self.framework.machines}
        try:
            return self.framework.machine(pin.id, pin.version)
        except UnknownIdError:
            path, given, among = "machine.id", pin.id, known
            if pin.id in known:
                path, given = "machine.version", pin.version
                among = {each.version for each in self.framework.machines if each.id == pin.id}
            do = f"Use one of {', '.join(sorted(among))}"
            self.fault(path, "this framework does not have it" + perhaps(given, among), do)
            return None

    def id(self, plain: dict[str, Any]) -> str | None:
        if "id" not in plain:
            self.fault("id", "it is missing", "Write the id that the host has for it")
            return None
        try:
            given = text(plain["id"])
        except Wrong as wrong:
            self.fault("id", wrong.problem, wrong.do)
            return None
        if not given or given != given.strip() or not given.isprintable() or len(given) > 200:
            do = "Use up to 200 printable characters with no space at either end"
            self.fault("id", "it cannot serve as an id", do)
            return None
        return given

    def history(self, plain: Any, machine: Machine) -> list[Event]:
        if not isinstance(plain, list):
            self.fault("history", "it is no list", "Write a list of entries, the oldest first")
            return []
        found = []
        for number, each in enumerate(plain):
            event = self.event(each, machine, f"history[{number}]")
            if event is not None:
                found.append(event)
        return found

    def event(self, plain: Any, machine: Machine, path: str) -> Event | None:
        if not isinstance(plain, dict):
            self.fault(path, "it is no object", 'Write {"event": ..., "by": ..., "on": ...}')
            return None
        for number, key in enumerate(plain, 1):
            if key not in _ENTRY:
                self.faults.append(unknown_key(path, key, number, list(_ENTRY)))
        parts = {attribute.name for attribute in attrs.fields(_Head)}
        given = {key: value for key, value in plain.items() if key in parts}
        head = structure(given, _Head, path, self.faults)
        by = structure(plain.get("by", {}), _By, f"{path}.by", self.faults)
        brings = self.brings(plain.get("brings", {}), machine, f"{path}.brings")
        due = self.due(plain.get("due", {}), machine, f"{path}.due")
        if head is NOTHING or by is NOTHING:
            return None
        return Event(
            machine=machine.pin,
            event=head.event,
            row=head.row,
            to=head.to,
            by=Actor(by.role, by.post),
            on=head.on,
            brings=FrozenMap(brings),
            reason=head.reason,
            due=FrozenMap(due),
        )

    def brings(self, plain: Any, machine: Machine, path: str) -> dict[str, Any]:
        """The papers of an entry, each of its kind."""
        found = {}
        for number, key, value in self.members(plain, path):
            paper = machine.paper.get(key)
            if paper is None:
                self.faults.append(unknown_key(path, key, number, list(machine.paper)))
                continue
            try:
                found[key] = _value(value, paper)
            except Wrong as wrong:
                self.fault(f"{path}.{key}", wrong.problem, wrong.do)
        return found

    def due(self, plain: Any, machine: Machine, path: str) -> dict[str, date | None]:
        """The clocks of an entry, each with its last day or null."""
        clocks = [clock.id for clock in machine.clocks]
        found: dict[str, date | None] = {}
        for number, key, value in self.members(plain, path):
            if key not in clocks:
                self.faults.append(unknown_key(path, key, number, clocks))
                continue
            try:
                found[key] = None if value is None else day(value)
            except Wrong as wrong:
                self.fault(named(path, key, number, clocks), wrong.problem, wrong.do)
        return found

    def members(self, plain: Any, path: str) -> list[tuple[int, str, Any]]:
        if not isinstance(plain, dict):
            self.fault(path, "it is no object", "Write an object, or leave it out")
            return []
        return [(number, key, value) for number, (key, value) in enumerate(plain.items(), 1)]


def _value(value: Any, paper: Paper) -> Any:
    """A paper's value, or a fault."""
    if paper.many:
        given = tuple(map(text, value)) if isinstance(value, list) else value
        if not paper.admits(given):
            raise Wrong("it is no list of ids, each once", "List each id once, at least one")
        return given
    if paper.kind.sort in (Sort.ID, Sort.TEXT):
        if not text(value).strip():
            raise Wrong("it is blank", "Write it, or leave the paper out")
        return value
    if isinstance(value, dict):
        raise Wrong("it is an object", f"Write {paper.kind.takes}")
    return answer(value, paper.kind)
