"""Northmere's framework: one value, in the words that Reading's is written in."""

from __future__ import annotations

from qaf_core import Addition
from second_framework.cycle import LEARNING, MACHINES, PLACES, POINTS, STEPS, STREAMS
from second_framework.programme import PROGRAMME
from second_framework.rules import RULES
from second_framework.tools import TOOLS
from second_framework.vocabulary import (
    COMPASS,
    FACTS,
    MAPS,
    ROLES,
    SCALES,
    SETTINGS,
    STANDARDS,
    SUBJECTS,
)

NORTHMERE = Addition(
    id="northmere",
    version="2024.1",
    title="Northmere Council, the Quality Compass",
    requires="qaf-core >= 0.1",
    source=COMPASS.at("whole"),
    standards=STANDARDS,
    scales=SCALES,
    maps=MAPS,
    roles=ROLES,
    subjects=SUBJECTS,
    facts=FACTS,
    tools=TOOLS,
    rules=RULES,
    programme=PROGRAMME,
    machines=MACHINES,
    steps=STEPS,
    places=PLACES,
    streams=STREAMS,
    points=POINTS,
    learning=LEARNING,
    settings=SETTINGS,
)
