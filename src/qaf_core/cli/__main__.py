"""``python -m qaf_core.cli`` does what ``qaf`` does."""

from __future__ import annotations

import sys

from qaf_core.cli import main

if __name__ == "__main__":
    sys.exit(main())
