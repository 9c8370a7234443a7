"""How a city stands beside comparable ones: peer groups, quantiles, bands, overlapping intervals; never a rank.

Pure: no file, no clock, no network. What may be shown of which city is decided by the caller and travels with the
facts (`CityFacts.is_named`); the rules that keep unnamed cities apart stand in `_blocks.py`. The rules and their
reasons for people: docs/comparison.md.
"""

from __future__ import annotations

from civicgauge.comparison._changes import PeerSetChange, peer_set_changes
from civicgauge.comparison._facts import SIZES, TIERS, CityFacts, Value
from civicgauge.comparison._groups import Group, cohort_group, ladder
from civicgauge.comparison._peers import World
from civicgauge.comparison._rows import COLUMNS, STRIP_COLUMNS, Meaning, compared
from civicgauge.comparison.cohorts import Cohort, CohortFile, complaints

__all__ = [
    "COLUMNS",
    "SIZES",
    "STRIP_COLUMNS",
    "TIERS",
    "CityFacts",
    "Cohort",
    "CohortFile",
    "Group",
    "Meaning",
    "PeerSetChange",
    "Value",
    "World",
    "cohort_group",
    "compared",
    "complaints",
    "ladder",
    "peer_set_changes",
]
