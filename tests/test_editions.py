"""Departures from settings and later editions: in force by the audit's date, and said."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import attrs
import pytest

from qaf_core import READING_2016, DefinitionError, Framework, Review, example, load_framework
from qaf_core import read_audit as read
from qaf_core.editions import Departure, Edition
from qaf_core.interchange import review_to_plain
from qaf_core.rules.escalation import OVERALL_INADEQUATE_RULE, UNSAFE_RULE
from qaf_core.timing import AT_ONCE, Deadline, Span, Unit

DAY = date(2016, 3, 1)
GROUNDS: dict[str, Any] = {"reason": "Agreed by the board.", "approver": "head_of_service"}
SIX_MONTHS = Departure(
    setting="referral_section_window",
    value=Deadline(span=Span(6, Unit.MONTHS), after="case_opened"),
    since=date(2016, 2, 1),
    **GROUNDS,
)
WITHOUT_OVERALL = Edition(
    id="2016.2",
    since=date(2016, 2, 1),
    replaces={"escalation.overall_inadequate": None},
    **GROUNDS,
)


def review(name: str, framework: Framework, **changes: Any) -> Review:
    """The review of an example, with top-level parts changed."""
    audit = json.loads(example(name)) | changes
    return framework.review(read(json.dumps(audit), framework), on=DAY)


def test_a_departure_holds_from_its_day_and_is_printed() -> None:
    """With a window of six months the referral section of an eight-month case is not asked."""
    framework = Framework.of(READING_2016, departures=(SIX_MONTHS,))
    found = review("open_a_day_less", framework)
    assert found.complete
    assert found.changes == (str(SIX_MONTHS),)
    assert "within 6 months of case opened since 2016-02-01: Agreed by the board." in str(found)
    assert review_to_plain(found)["changes"] == [str(SIX_MONTHS)]


def test_an_audit_of_an_earlier_date_keeps_the_numbers_of_its_day() -> None:
    """What was in force on the audit's own date decides, whatever the day of the review."""
    framework = Framework.of(READING_2016, departures=(SIX_MONTHS,))
    earlier = review("open_a_day_less", framework, audited="2016-01-31")
    assert not earlier.complete
    assert earlier.changes == ()


def test_the_latest_departure_holds() -> None:
    """A later one takes the place of an earlier."""
    back = attrs.evolve(
        SIX_MONTHS,
        value=Deadline(span=Span(12, Unit.MONTHS), after="case_opened"),
        since=date(2016, 2, 10),
    )
    framework = Framework.of(READING_2016, departures=(back, SIX_MONTHS))
    assert not review("open_a_day_less", framework).complete
    assert review("open_a_day_less", framework, audited="2016-02-09").complete


def test_an_edition_that_withdraws_a_rule_is_named_in_every_review_it_touches() -> None:
    """The trigger is off, and each review says since when, why and by whose leave."""
    framework = load_framework(plugins=(), editions=(WITHOUT_OVERALL,))
    found = review("inadequate_unsafe", framework)
    assert [rule.id for call in found.escalations for rule in call.rules] == ["escalation.unsafe"]
    [change] = found.changes
    assert change == (
        "Edition 2016.2 of 2016-02-01 withdraws escalation.overall_inadequate: Agreed by the "
        "board. (approved by head_of_service)"
    )
    assert "Edition 2016.2" in str(review("good_throughout", framework))


def test_an_edition_does_not_reach_back() -> None:
    """An audit made before it is read by the rules of its day."""
    framework = Framework.of(READING_2016, editions=(WITHOUT_OVERALL,))
    found = review("inadequate_unsafe", framework, audited="2016-01-31")
    assert len(found.escalations[0].rules) == 2
    assert found.changes == ()


def test_an_edition_may_put_another_rule_in_the_place() -> None:
    """The new rule fires under the id of the old."""
    broader = attrs.evolve(OVERALL_INADEQUATE_RULE, statement="Another.", then=UNSAFE_RULE.then)
    edition = attrs.evolve(WITHOUT_OVERALL, replaces={broader.id: broader})
    found = review("inadequate_safety_blank", Framework.of(READING_2016, editions=(edition,)))
    assert found.escalations[0].rules == (broader,)
    assert "replaces escalation.overall_inadequate" in found.changes[0]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"departures": (attrs.evolve(SIX_MONTHS, reason=" "),)}, "gives no reason"),
        ({"departures": (attrs.evolve(SIX_MONTHS, approver="boss"),)}, "approved by nobody"),
        ({"departures": (attrs.evolve(SIX_MONTHS, setting="referal_section_window"),)}, "Did you"),
        ({"departures": (attrs.evolve(SIX_MONTHS, value=6),)}, "is a Deadline"),
        (
            {
                "departures": (
                    attrs.evolve(
                        SIX_MONTHS,
                        setting="escalate_unsafe_within",
                        value=Deadline(span=Span(1, Unit.DAYS), after="audited"),
                    ),
                )
            },
            "faster, not slower",
        ),
        ({"departures": (attrs.evolve(SIX_MONTHS, value=AT_ONCE),)}, "another span from there"),
        (
            {
                "departures": (
                    attrs.evolve(
                        SIX_MONTHS, value=Deadline(span=Span(6, Unit.MONTHS), after="completed")
                    ),
                )
            },
            "counts a span from 'case_opened'",
        ),
        ({"departures": (SIX_MONTHS, SIX_MONTHS)}, "is there 2 times"),
        ({"editions": (WITHOUT_OVERALL, WITHOUT_OVERALL)}, "is there 2 times"),
        ({"editions": (attrs.evolve(WITHOUT_OVERALL, replaces={"a.b": None}),)}, "does not have"),
        (
            {
                "editions": (
                    attrs.evolve(
                        WITHOUT_OVERALL,
                        replaces={"escalation.overall_inadequate": UNSAFE_RULE},
                    ),
                )
            },
            "Keep the id",
        ),
    ],
)
def test_a_change_that_does_not_hold_together_is_refused(
    changes: dict[str, Any], reason: str
) -> None:
    """No reason, nobody to approve it, nothing to change, or a slower escalation."""
    with pytest.raises(DefinitionError, match=reason):
        Framework.of(READING_2016, **changes)


def test_what_is_at_once_stays_at_once() -> None:
    """Departing to the same value changes nothing and is still printed."""
    same = attrs.evolve(SIX_MONTHS, setting="escalate_unsafe_within", value=AT_ONCE)
    found = review("inadequate_unsafe", Framework.of(READING_2016, departures=(same,)))
    assert found.escalations[0].within == AT_ONCE
    assert found.changes == (str(same),)
