"""How the tests are run: Hypothesis profiles, and the helpers beside the tests."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from hypothesis import settings

sys.path.append(str(Path(__file__).parent))  # importlib mode leaves helpers out of reach

settings.register_profile("quick", deadline=None, derandomize=False, max_examples=200)
settings.register_profile("thorough", settings.get_profile("quick"), max_examples=5000)
settings.load_profile(os.environ.get("QAF_HYPOTHESIS", "quick"))
