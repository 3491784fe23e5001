"""Compiled conditions: they say what explain and lowering say, and let nothing else in."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qaf_core.logic import Cond, Record, Value, Verdict, explain, met, possible, sure
from qaf_core.logic.compiled import Each, compiled
from strategies import MEETINGS, conditions, records

SETS = st.lists(
    st.one_of(
        conditions(3, states=True),
        conditions(3, MEETINGS.id, states=True).map(lambda cond: Each(MEETINGS.id, cond)),
    ),
    min_size=1,
    max_size=10,
)


def outcomes(cond: Cond, record: Record, item: Mapping[str, Value] | None = None) -> str:
    """What the engine's meaning says, and its lowering with it."""
    verdict = explain(cond, record, item).verdict
    assert (verdict is Verdict.MET) == met(sure(cond), record, item)
    assert (verdict is not Verdict.NOT_MET) == met(possible(cond), record, item)
    return verdict.value


@settings(suppress_health_check=list(HealthCheck))
@given(SETS, st.lists(records(), min_size=1, max_size=10))
def test_three_readings_agree(sets: list[Cond | Each], read: list[Record]) -> None:
    """Explain, lowering and the compiled function give every condition the same outcome."""
    asked = {f"r{number}": each for number, each in enumerate(sets)}
    reading = compiled(asked).bind()
    for record in read:
        fired, unsettled, unknowable = reading(record)
        assert not unknowable
        found = {(id, None if item is None else item["id"]): "met" for id, item in fired}
        found |= {(id, None if item is None else item["id"]): "open" for id, item in unsettled}
        assert len(found) == len(fired) + len(unsettled)
        for id, each in asked.items():
            if isinstance(each, Each):
                for item in record.items[MEETINGS.id]:
                    expected = outcomes(each.when, record, item)
                    assert found.get((id, item["id"]), "not met") == expected
            else:
                assert found.get((id, None), "not met") == outcomes(each, record)
