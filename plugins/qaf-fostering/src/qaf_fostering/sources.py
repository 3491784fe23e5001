"""The documents that the questions rest on, beside Reading's framework itself.

Reading names its fostering audit and does not print it. The regulations and the national
standards hold everywhere in England; the rest are other services' own papers, and their
numbers are theirs. What is later than 2016, or bears no date, says so in ``dated``, and what
is later in its id too.
"""

from __future__ import annotations

from qaf_core import Document

__all__ = [
    "CALDERDALE",
    "KNOWSLEY",
    "MONITORING",
    "NATIONAL_STANDARDS",
    "OXFORDSHIRE",
    "REGULATIONS",
    "WHOLISTIC",
    "WILTSHIRE",
]


def __dir__() -> list[str]:
    return __all__


REGULATIONS = Document(
    id="Fostering Regulations 2011",
    title="The Fostering Services (England) Regulations 2011",
    publisher="Secretary of State for Education",
    dated="2011",
)

NATIONAL_STANDARDS = Document(
    id="Fostering NMS 2011",
    title="Fostering Services: National Minimum Standards",
    publisher="Department for Education",
    dated="March 2011",
)

WILTSHIRE = Document(
    id="Wiltshire FAC 2",
    title="File Audit Checklist: Foster Carer Files",
    publisher="Wiltshire Council",
    dated="no date seen",
)

MONITORING = Document(
    id="File monitoring checklist",
    title="Main File: File Monitoring Checklist",
    publisher="a council that the copy seen does not name",
    dated="no date seen",
)

OXFORDSHIRE = Document(
    id="Oxfordshire carer records",
    title="Foster Carer Records: Purpose, Format and Content (procedures manual)",
    publisher="Oxfordshire County Council",
    dated="no date seen",
)

CALDERDALE = Document(
    id="Calderdale carer files",
    title="Contents of Foster Carer Files (procedures manual, 5.8.4)",
    publisher="Calderdale Metropolitan Borough Council",
    dated="no date seen",
)

WHOLISTIC = Document(
    id="Wholistic handbook",
    title="Fostering handbook",
    publisher="Wholistic Fostering",
    dated="no date seen",
)

KNOWSLEY = Document(
    id="Knowsley carer supervision 2017",
    title="Supervision of Foster Carers (procedures manual, 5.7.4)",
    publisher="Knowsley Metropolitan Borough Council",
    dated="July 2017",
)
