"""How the tests are run: Hypothesis profiles, and the helpers beside the tests."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from hypothesis import settings

sys.path.append(str(Path(__file__).parent))  # importlib mode leaves helpers out of reach

# `ci` tries the same examples every time, so that a change is judged by what it changed;
# `quick` looks in new places at every run; `thorough` looks long;
# `few` only asks whether another environment behaves the same.
settings.register_profile("quick", deadline=None, max_examples=60)
settings.register_profile("ci", settings.get_profile("quick"), derandomize=True)
settings.register_profile("few", settings.get_profile("ci"), max_examples=10)
settings.register_profile("thorough", settings.get_profile("quick"), max_examples=5000)
settings.load_profile(os.environ.get("QAF_HYPOTHESIS") or ("ci" if "CI" in os.environ else "quick"))
