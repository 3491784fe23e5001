"""The documents that the questions rest on, beside Reading's framework itself.

Reading names its youth offending audits and does not print them. What is later than
2016, or bears no date, says so in ``dated``, and what is later in its id too.
"""

from __future__ import annotations

from qaf_core import Document

__all__ = [
    "HILLINGDON",
    "HMIP_EVIDENCE",
    "HMIP_GUIDE",
    "NATIONAL_STANDARDS",
    "ROTHERHAM",
    "SOUTH_TYNESIDE",
    "TRANSITIONS",
]


def __dir__() -> list[str]:
    return __all__


HMIP_GUIDE = Document(
    id="HMIP guide 2021",
    title="Youth justice case management: effectiveness in inspected cases",
    publisher="HM Inspectorate of Probation",
    dated="about 2021",
)

HMIP_EVIDENCE = Document(
    id="HMIP evidence base 2021",
    title="The evidence base: youth offending services",
    publisher="HM Inspectorate of Probation",
    dated="about 2021",
)

NATIONAL_STANDARDS = Document(
    id="National Standards 2013",
    title="National Standards for Youth Justice Services",
    publisher="Youth Justice Board for England and Wales",
    dated="April 2013",
)
"""Replaced in 2019. Read as far as standard 8: the copy seen breaks off there."""

TRANSITIONS = Document(
    id="GOV.UK transitions, after 2016",
    title="Case management guidance: How to manage transitions",
    publisher="Youth Justice Board for England and Wales",
    dated="no date seen; after 2016",
)

SOUTH_TYNESIDE = Document(
    id="South Tyneside QA form",
    title="Quality Assurance Request Form",
    publisher="South Tyneside Youth Justice Service",
    dated="no date seen; from the time of Asset",
)

HILLINGDON = Document(
    id="Hillingdon Core Assets",
    title="Core Assets (procedures manual, 8.2.5)",
    publisher="London Borough of Hillingdon",
    dated="no date seen; on the National Standards of April 2000",
)

ROTHERHAM = Document(
    id="Rotherham YOS plan 2013",
    title="Youth Offending Services Improvement Action Plan",
    publisher="Rotherham Metropolitan Borough Council",
    dated="July 2013, after an inspection in November 2012",
)
