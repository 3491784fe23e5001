"""Audits, rules, receipts and processes as JSON: read strictly, written back equal.

This is the only room that knows cattrs.
"""

from __future__ import annotations

from qaf_core.interchange.processes import process_to_plain, read_process, write_process
from qaf_core.interchange.reading import Batch, read_audit, read_audits
from qaf_core.interchange.receipts import read_receipt, receipt_to_plain, write_receipt
from qaf_core.interchange.rules import read_rules, write_rules
from qaf_core.interchange.writing import (
    escalations_to_plain,
    faults_to_plain,
    review_to_plain,
    to_plain,
    write_audit,
)

__all__ = [
    "Batch",
    "escalations_to_plain",
    "faults_to_plain",
    "process_to_plain",
    "read_audit",
    "read_audits",
    "read_process",
    "read_receipt",
    "read_rules",
    "receipt_to_plain",
    "review_to_plain",
    "to_plain",
    "write_audit",
    "write_process",
    "write_receipt",
    "write_rules",
]


def __dir__() -> list[str]:
    return __all__
