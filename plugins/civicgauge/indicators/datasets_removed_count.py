"""What is gone by the portal's own answer (DESIGN rule 8)."""

from __future__ import annotations

from civicgauge.bearings import informs
from civicgauge.indicators import Indicator
from civicgauge.indicators._events import of_events
from civicgauge.indicators._sources import EVENT_SOURCES

INDICATORS = (
    Indicator(
        id="datasets_removed_count",
        version=1,
        title="Datasets removed",
        question="How many datasets are gone, by the portal's own answer?",
        unit="datasets",
        direction="neutral",
        formula="Counted datasets of the last accepted day that are missing from the catalogue and that the portal, "
        "asked for each one singly, says are gone. Missing from one reading alone is not removed.",
        sources=EVENT_SOURCES,
        checks=(),
        bearings=informs("OD3"),
        gaming="Removing late datasets would raise promises kept; it shows here by number and in the tables by name.",
        gain="People who used a dataset learn where its data went.",
        benefit=2,
        effort=1,
        advice="Before you remove a dataset, say so on its page, and say where its data went.",
        arithmetic=of_events(lambda events: events.removed),
    ),
)
