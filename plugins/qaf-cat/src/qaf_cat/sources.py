"""The documents that the questions rest on, beside Reading's framework itself.

Reading names its early help audit and does not print it. All of these are other councils' and
charities' own papers, and their numbers are theirs. What is later than 2016, or bears no date,
says so in ``dated``, and what is later in its id too.
"""

from __future__ import annotations

from qaf_core import Document

__all__ = [
    "FAMILY_RIGHTS",
    "JOURNEY",
    "NORFOLK",
    "SEFTON",
    "SHROPSHIRE",
    "TRAFFORD",
    "WALSALL",
]


def __dir__() -> list[str]:
    return __all__


WALSALL = Document(
    id="Walsall EHA audit",
    title="Early Help Assessment & Review Quality Assurance Tool",
    publisher="Walsall Council",
    dated="no date seen",
)

JOURNEY = Document(
    id="Child's Journey audit 2016",
    title="File Audit: Child's Journey, version 7",
    publisher="a council that the copy seen does not name",
    dated="January 2016",
)

SHROPSHIRE = Document(
    id="Shropshire early help 2015",
    title="Best practice guidance: early help audit",
    publisher="Shropshire Council",
    dated="March 2015",
)

SEFTON = Document(
    id="Sefton early help",
    title="Review: Effective reviewing of the Plan",
    publisher="Sefton Council",
    dated="no date seen; quotes Ofsted's report on early help of March 2015",
)

TRAFFORD = Document(
    id="Trafford early help, after 2016",
    title="Reviewing an Early Help Assessment",
    publisher="Trafford Safeguarding Partnership",
    dated="no date seen; after 2016",
)

NORFOLK = Document(
    id="Norfolk early help FAQs, after 2016",
    title="Early help assessments and plans: frequently asked questions",
    publisher="Norfolk County Council",
    dated="no date seen; after 2016",
)

FAMILY_RIGHTS = Document(
    id="Family Rights Group 2018",
    title="Early help: advice for families",
    publisher="Family Rights Group",
    dated="no date seen; on Working Together 2018",
)
