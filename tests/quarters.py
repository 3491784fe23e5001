"""A small council's audits for the tests of reports, as JSON and as what came of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any

from qaf_core import READING_2016, Audit, Framework, Review, example, read_audit
from qaf_core.cadence import ProgrammeYear
from qaf_core.cycle import Actor, Process, raise_from
from qaf_core.reports import Material

FRAMEWORK = Framework.of(READING_2016)
YEAR = ProgrammeYear(date(2016, 4, 1))
Q1, Q2, Q3, Q4 = YEAR.windows(3)
ON = date(2016, 7, 8)
MARK = "Marker-Okapi-93"


def raw(
    id: str,
    audited: str,
    overall: str = "good",
    *,
    status: str = "cp",
    no: Iterable[str] = (),
    na: Iterable[str] = (),
    tags: Iterable[str] = (),
    grades: Mapping[str, str] | None = None,
    **more: Any,
) -> dict[str, Any]:
    """An audit as JSON: one that is good throughout, with what is given changed."""
    audit: dict[str, Any] = json.loads(example("good_throughout"))
    audit |= {"id": id, "audited": audited, **more}
    audit["subject"]["id"] = f"C-{MARK}-{id}"
    audit["subject"]["facts"]["case_status"] = status
    audit["participants"] = [
        {"role": "auditor", "post": f"A-{MARK}"},
        {"role": "worker", "post": f"W-{MARK}"},
    ]
    audit["judgements"]["overall"] = {"grade": overall, "justification": MARK}
    if not overall:
        del audit["judgements"]["overall"]
    for section, grade in (grades or {}).items():
        audit["judgements"][section] = {"grade": grade, "analysis": MARK}
    audit["answers"] |= dict.fromkeys(no, False)
    audit["answers"] |= {id: {"not_applicable": MARK} for id in na}
    if overall == "inadequate":
        audit["answers"]["safe"] = more.get("safe", "unsafe")
        audit["actions"] = [{"section": "risk", "action": MARK, "by": "2016-06-30"}]
    audit.pop("safe", None)
    audit["tags"] = [{"theme": theme, "about": "risk"} for theme in tags]
    return audit


@cache
def _read(text: str) -> tuple[Audit, Review]:
    audit = read_audit(text, FRAMEWORK)
    return audit, FRAMEWORK.review(audit, on=ON)


def material(audits: Iterable[dict[str, Any]], **more: Any) -> Material:
    """The audits, reviewed, with an escalation raised for each that calls for one."""
    pairs = [_read(json.dumps(each)) for each in audits]
    raised = [call for audit, review in pairs for call in calls(audit, review)]
    return Material(
        **{
            "audits": [audit for audit, _ in pairs],
            "reviews": [review for _, review in pairs],
            "escalations": raised,
            **more,
        }
    )


def calls(audit: Audit, review: Review) -> tuple[Process, ...]:
    """What an audit's review calls for, raised on the day of the audit."""
    auditor = Actor("auditor", f"A-{MARK}")
    return raise_from(review, by=auditor, on=audit.audited or ON)


THE_QUARTER = (
    raw("A-01", "2016-04-04", no=("chronology_current",), tags=("chronologies",)),
    raw("A-02", "2016-04-11", "outstanding", status="cin"),
    raw("A-03", "2016-04-18", status="cin", no=("chronology_current", "risk_managed")),
    raw("A-04", "2016-04-25", "requires_improvement", no=("plan_smart", "genogram_helps")),
    raw("A-05", "2016-05-02", "inadequate", no=("risk_managed",), grades={"risk": "inadequate"}),
    raw("A-06", "2016-05-09", "inadequate", status="cla", safe="safe"),
    raw("A-07", "2016-05-16", status="cla", na=("chronology_current", "involvement_males")),
    raw("A-08", "2016-05-23", "outstanding", status="cla", grades={"plans": "outstanding"}),
    raw("A-09", "2016-05-30", status="cp", tags=("chronologies", "supervision")),
    raw("A-10", "2016-06-06", "requires_improvement", no=("chronology_current",)),
    # done again, with a milder eye and with a harder one
    raw("M-10", "2016-06-20", "good", moderates="A-10", tags=("moderated_up",)),
    raw("A-11", "2016-06-13", "good", status="care_leaver"),
    raw(
        "M-11",
        "2016-06-27",
        "inadequate",
        status="care_leaver",
        moderates="A-11",
        no=("plan_smart",),
    ),
    raw("A-12", "2016-06-30", ""),
    # of the quarter before and after
    raw("A-00", "2016-03-31", "inadequate"),
    raw("A-13", "2016-07-01", "outstanding"),
)
