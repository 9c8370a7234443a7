"""How a city stands beside comparable ones: peer groups, quantiles, bands, overlapping intervals; never a rank.

Pure: no file, no clock, no network. What may be shown of which city is decided by the caller and travels with the
facts (`CityFacts.is_named`); the rules that keep unnamed cities apart stand in `_blocks.py`. The rules and their
reasons for people: docs/comparison.md.
"""

from __future__ import annotations

from civicgauge.comparison._blocks import LEAST_UNNAMED
from civicgauge.comparison._changes import PeerSetChange, peer_set_changes
from civicgauge.comparison._facts import SIZES, TIERS, CityFacts, Value
from civicgauge.comparison._groups import Group, cohort_group, ladder
from civicgauge.comparison._peers import LEAST_FOR_QUANTILES, LEAST_FOR_STRIP, MOST_DAYS_APART, World
from civicgauge.comparison._rows import COLUMNS, STRIP_COLUMNS, Meaning, compared, platform_sentence
from civicgauge.comparison._spread import Spread, spread
from civicgauge.comparison.cohorts import Cohort, CohortFile, complaints

__all__ = [
    "COLUMNS",
    "LEAST_FOR_QUANTILES",
    "LEAST_FOR_STRIP",
    "LEAST_UNNAMED",
    "MOST_DAYS_APART",
    "SIZES",
    "STRIP_COLUMNS",
    "TIERS",
    "CityFacts",
    "Cohort",
    "CohortFile",
    "Group",
    "Meaning",
    "PeerSetChange",
    "Spread",
    "Value",
    "World",
    "cohort_group",
    "compared",
    "complaints",
    "ladder",
    "peer_set_changes",
    "platform_sentence",
    "spread",
]
