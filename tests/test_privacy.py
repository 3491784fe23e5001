"""Personal data stays in the record: markers planted everywhere come out nowhere."""

from __future__ import annotations

import json
import logging
from datetime import date
from typing import Any

import pytest

from qaf_core import (
    READING_2016,
    Audit,
    Framework,
    InputError,
    example,
    read_audit,
    read_audits,
    write_audit,
)
from qaf_core.cli import main
from qaf_core.interchange import escalations_to_plain, review_to_plain
from qaf_core.interchange.reading import Batch
from qaf_core.plans import plan_for
from qaf_core.recording import record_of

FRAMEWORK = Framework.of(READING_2016)
DAY = date(2016, 3, 1)
MARK = "Marker-Zebra-71"
WRONG: tuple[Any, ...] = (
    MARK,
    [MARK],
    {MARK: MARK},
    {"grade": MARK},
    {"id": MARK},
    {"not_applicable": 1},
)


def marked() -> dict[str, Any]:
    """An audit with the marker in every field for free text, and in the posts."""
    audit: dict[str, Any] = json.loads(example("outstanding_over_inadequate_risk"))
    audit["answers"] |= {
        "plan_type": f"{MARK} plan",
        "involvement_difference": f"{MARK} said so",
        "supervision_quality": MARK,
        "plan_smart": {"not_applicable": f"because of {MARK}"},
        "safe": "unsafe",
        "referral_comments": MARK,
    }
    for judged in audit["judgements"].values():
        judged |= {"analysis": f"{MARK} lives here", "justification": MARK}
    audit["judgements"]["placement"] = {"not_applicable": MARK}
    audit["sections"] = {"reviews": {"not_applicable": MARK}}
    audit["actions"] = [{"section": "risk", "action": f"see {MARK}", "owner": MARK}]
    audit["participants"] = [{"role": "auditor", "post": MARK}]
    audit["explanations"] = [
        {"rule": "grading.overall_against_sections", "text": f"{MARK} explains"},
        {"rule": "grading.inadequate_without_action", "about": "risk", "text": MARK},
    ]
    return audit


def everything_said_of(audit: Audit) -> list[str]:
    """Each text that the library makes of an audit without being asked for its content."""
    review = FRAMEWORK.review(audit, on=DAY)
    reviews = FRAMEWORK.review_all([audit, audit], on=DAY)
    plan = plan_for(FRAMEWORK.tool("case_file"), FRAMEWORK.facts)
    said: list[Any] = [
        *(repr(each) for each in (audit, review, reviews, record_of(audit, plan, DAY))),
        *(repr(part) for part in (audit.judgements, audit.answers, audit.sections, audit.subject)),
        *(repr(each) for each in audit.judgements.values()),
        *(repr(each) for each in audit.answers.values() if not isinstance(each, str)),
        *(repr(each) for each in (*audit.actions, *audit.participants, *audit.explanations)),
        *(str(each) for each in (audit, review, reviews, audit.actions, audit.answers)),
        *(
            text
            for each in (review, reviews)
            for text in (each._repr_html_(), each._repr_markdown_())
        ),
        review.to_rows(),
        review_to_plain(review),
        escalations_to_plain(review.escalations),
    ]
    for finding in (*review.findings, *review.unsettled):
        said += [repr(finding), repr(finding.proof), str(finding.proof), finding.proof.to_rows()]
        said += [repr(rest) for rest in finding.proof.facts()]
    return [str(text) for text in said]


def test_nothing_personal_is_said_of_an_audit() -> None:
    """Reprs, rows, tables, proofs and JSON of a review hold no free text, reason or post."""
    audit = read_audit(json.dumps(marked()), FRAMEWORK)
    assert MARK in write_audit(audit), "the marker must be in the audit for this to mean anything"
    for text in everything_said_of(audit):
        assert MARK not in text


def test_no_fault_repeats_what_was_given() -> None:
    """Put the marker where it does not belong, one place at a time: no error repeats it."""
    places = 0
    for group, value in marked().items():
        for wrong in WRONG:
            assert_refused(marked() | {group: wrong})
            places += 1
        if isinstance(value, dict):
            for member in value:
                for wrong in WRONG:
                    assert_refused(marked() | {group: value | {member: wrong}})
                    places += 1
    assert places > 100


def assert_refused(audit: dict[str, Any]) -> None:
    """Where an audit has faults, neither they nor what is urgent hold the marker."""
    try:
        read = read_audit(json.dumps(audit), FRAMEWORK)
    except InputError as error:
        shown = [str(error), repr(error), repr(error.faults), *map(str, error.args)]
        shown += [json.dumps(escalations_to_plain((*error.urgent, *error.unsettled)))]
        chained: BaseException | None = error
        while chained is not None:
            shown += [str(chained), repr(chained)]
            chained = chained.__cause__ or (
                None if chained.__suppress_context__ else chained.__context__
            )
        for text in shown:
            assert MARK not in text.replace(f"ESCALATE {MARK}", "").replace(
                f"UNSETTLED {MARK}", ""
            ).replace(f'"audit": "{MARK}"', "").replace(f"audit='{MARK}'", "")
    else:
        for text in everything_said_of(read):
            if read.id != MARK and read.subject.id != MARK:
                assert MARK not in text


def test_a_batch_shows_nothing_of_its_audits() -> None:
    """The repr of many audits is as quiet as that of one."""
    batch: Batch = read_audits([json.dumps(marked())], FRAMEWORK)
    assert len(batch.audits) == 1
    assert MARK not in repr(batch)
    assert MARK not in str(batch)


def test_broken_text_is_not_repeated() -> None:
    """A fault in the text itself is told by line and column, not by quoting it."""
    text = json.dumps(marked())
    for broken in (text[:-5], text.replace(MARK, f'{MARK} "', 1), text.replace(":", "", 3)):
        with pytest.raises(InputError) as caught:
            read_audit(broken, FRAMEWORK)
        assert MARK not in str(caught.value)


def test_the_command_line_prints_and_logs_nothing_personal(
    tmp_path: Any, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """Neither the review, its explanation, its JSON nor a log holds the marker."""
    caplog.set_level(logging.DEBUG)
    file = tmp_path / "audit.json"
    file.write_text(json.dumps(marked()), encoding="utf-8")
    for extra in ([], ["--explain"], ["--json"]):
        assert main(["review", str(file), "--on", "2016-03-01", *extra]) == 0
    printed = capsys.readouterr()
    assert "escalation.unsafe" in printed.out
    assert MARK not in printed.out + printed.err + caplog.text
