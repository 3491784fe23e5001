"""The documents that the questions rest on, beside Reading's framework itself.

Reading speaks of adoption audit tools and prints none. The national standards hold everywhere
in England, and what York and tri.x say of the two stages is the law of 2013 in their words;
the rest are other agencies' own papers, and their numbers are theirs. What is later than 2016,
or bears no date, says so in ``dated``, and what is later in its id too.
"""

from __future__ import annotations

from qaf_core import Document

__all__ = [
    "HERTS_CHECKLIST",
    "HERTS_PANEL",
    "HERTS_PAPERS",
    "HILLINGDON",
    "MATCHING_GUIDANCE",
    "MEDWAY",
    "MERSEYSIDE",
    "NATIONAL_STANDARDS",
    "TRIX",
    "YORK",
]


def __dir__() -> list[str]:
    return __all__


NATIONAL_STANDARDS = Document(
    id="Adoption NMS 2014",
    title="Adoption: National Minimum Standards",
    publisher="Department for Education",
    dated="July 2014",
)

YORK = Document(
    id="York adoption pages",
    title="Adoption stage 1; Adoption stage 2",
    publisher="City of York Council",
    dated="no date seen; on the two stages in force since July 2013",
)

TRIX = Document(
    id="tri.x keywords",
    title="National Contacts and Keywords: adoption",
    publisher="tri.x",
    dated="no date seen; on the regulations in force since July 2013",
)

HERTS_CHECKLIST = Document(
    id="Herts panel checklist",
    title="Practice Checklists for Adoption Panel Members and Agency Decision Maker",
    publisher="Hertfordshire County Council",
    dated="September 2012",
)

HERTS_PAPERS = Document(
    id="Herts panel papers",
    title="Panel Papers Required by Adoption Panels Considering the Approval of Adopters",
    publisher="Hertfordshire County Council",
    dated="September 2012",
)

HERTS_PANEL = Document(
    id="Herts adoption panel 2023",
    title="Adoption Panel and Agency Decision Maker's Decision",
    publisher="Hertfordshire County Council",
    dated="September 2023",
)

HILLINGDON = Document(
    id="Hillingdon adoption records",
    title="Adoption Case Records (procedures manual, 4.1.12)",
    publisher="London Borough of Hillingdon",
    dated="April 2012",
)

MEDWAY = Document(
    id="Medway adoption records",
    title="Adoption Case Records (procedures manual, 7.14)",
    publisher="Medway Council",
    dated="no date seen",
)
"""Knowsley's chapter of February 2016 agrees with it, but for a slip: it prints that the
looked-after file must hold what links the identities, where all others print must not."""

MERSEYSIDE = Document(
    id="Merseyside support audit, after 2016",
    title="Adoption Support Audit Tool",
    publisher="Adoption in Merseyside",
    dated="no date seen; after 2016",
)

MATCHING_GUIDANCE = Document(
    id="Matching criteria guidance",
    title="Adoption Procedures & Guidance, section 10, appendix B: Matching Criteria",
    publisher="an agency that the copy seen does not name",
    dated="no date seen; on the National Minimum Standards of 2011",
)
