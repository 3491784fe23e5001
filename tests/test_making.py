"""Values made the quick way are the values that their class makes."""

from __future__ import annotations

import copy
import pickle
from typing import Any
from weakref import ref

import pytest
from attrs import evolve, field, fields, frozen, validators
from attrs.exceptions import FrozenInstanceError

from qaf_core import READING_2016, Framework, example, read_audit
from qaf_core.audits import Action, Audit, Judged, NotApplicable, Participant, Subject
from qaf_core.cycle import ESCALATION, Actor, Command, Event, Process, apply, begin, decide
from qaf_core.findings import Finding
from qaf_core.immutable import FrozenMap, making
from qaf_core.logic.values import Record
from qaf_core.records import AuditRecord
from qaf_core.reports.counted import CountedAudit, counted_audits
from qaf_core.review import Review
from quarters import FRAMEWORK, ON, Q1, THE_QUARTER, material

KINDS = (
    Action, Audit, AuditRecord, CountedAudit, Event, Finding, Judged, NotApplicable, Participant,
    Process, Record, Review, Subject,
)  # fmt: skip
BY_IDENTITY = (AuditRecord, Record)


def one_of_each() -> dict[type, Any]:
    """A value of each class that is made the quick way somewhere."""
    framework = Framework.of(READING_2016)
    audit = read_audit(example("inadequate_unsafe"), framework)
    review = framework.review(audit, on=ON)
    basis, brings = (
        review.basis,
        {"audit": "A-1", "subject": "C-1", "rules": ("escalation.unsafe",)},
    )
    assert basis is not None
    command = Command(
        event="raise",
        by=Actor("auditor", "TM-1"),
        on=ON,
        brings=FrozenMap(brings | {"raised_in_draft": True, "told": ("team_manager",)}),
    )
    event = decide(ESCALATION, begin(ESCALATION, "P-1"), command)
    assert isinstance(event, Event)
    found = (
        audit,
        audit.subject,
        audit.participants[0],
        next(iter(audit.judgements.values())),
        audit.actions[0],
        NotApplicable("No child is looked after."),
        review,
        review.findings[0],
        basis,
        basis.record,
        counted_audits(material(THE_QUARTER), FRAMEWORK, on=Q1.due)[0],
        event,
        apply(ESCALATION, begin(ESCALATION, "P-1"), event),
    )
    return {type(each): each for each in found}


GIVEN = one_of_each()


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_made_is_what_the_class_makes(kind: type[Any]) -> None:
    """Of the very class, equal, with the same hash and text, and nothing left unset."""
    assert set(GIVEN) == set(KINDS)
    value = GIVEN[kind]
    given = {each.alias: getattr(value, each.name) for each in fields(kind)}
    made, usual = making(kind)(**given), kind(**given)
    assert type(made) is type(value) is kind
    assert repr(made) == repr(usual) == repr(value)
    for each in fields(kind):
        assert getattr(made, each.name) == getattr(usual, each.name)
    if kind not in BY_IDENTITY:
        assert made == usual == value
        assert hash(made) == hash(usual) == hash(value)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_made_cannot_change(kind: type[Any]) -> None:
    value = GIVEN[kind]
    name = fields(kind)[0].name
    with pytest.raises(FrozenInstanceError):
        setattr(value, name, getattr(value, name))
    with pytest.raises(FrozenInstanceError):
        delattr(value, name)
    assert not hasattr(value, "__dict__")


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_made_goes_where_values_go(kind: type[Any]) -> None:
    """Into copies, files and other processes, and out of use."""
    value = GIVEN[kind]
    for again in (evolve(value), copy.copy(value), pickle.loads(pickle.dumps(value))):
        assert type(again) is kind
        if kind not in BY_IDENTITY:
            assert again == value
    assert ref(value)() is value


def test_every_attribute_is_wanted() -> None:
    """None is left out in silence, and none is taken that is not there."""
    make = making(Participant)
    with pytest.raises(TypeError, match="post"):
        make(role="auditor")
    with pytest.raises(TypeError, match="name"):
        make(role="auditor", post="TM-1", name="x")
    with pytest.raises(TypeError, match="positional"):
        make("auditor", "TM-1")


@frozen
class _Checked:
    number: int = field(validator=validators.ge(0))


@frozen
class _Counted:
    number: int
    double: int = field(init=False, default=2)


@frozen
class _Looked:
    number: int

    def __attrs_post_init__(self) -> None:
        assert self.number


@pytest.mark.parametrize("kind", [_Checked, _Counted, _Looked])
def test_a_class_that_does_more_is_refused(kind: type[Any]) -> None:
    with pytest.raises(TypeError, match="does more than set its attributes"):
        making(kind)


@frozen
class _Named:
    """Attributes named like what the making of a value speaks of."""

    kind: str
    new: str
    made: str
    opened: str
    fields: str
    _private: str


def test_attributes_may_have_any_name() -> None:
    given = {"kind": "a", "new": "b", "made": "c", "opened": "d", "fields": "e", "private": "f"}
    assert making(_Named)(**given) == _Named(**given)
