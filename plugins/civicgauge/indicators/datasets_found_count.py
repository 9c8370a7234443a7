"""What is older and was seen for the first time (DESIGN rule 8)."""

from __future__ import annotations

from civicgauge.bearings import informs
from civicgauge.indicators import Indicator
from civicgauge.indicators._events import of_events
from civicgauge.indicators._sources import EVENT_SOURCES

INDICATORS = (
    Indicator(
        id="datasets_found_count",
        version=1,
        title="Datasets found",
        question="How many older datasets were seen for the first time?",
        unit="datasets",
        direction="neutral",
        formula="Counted datasets that were not there on the last accepted day although their own created or "
        "published date lies before it, or that have no such date. This is not growth: an incomplete reading of the "
        "catalogue, or a dataset made public again, looks the same.",
        sources=EVENT_SOURCES,
        checks=(),
        bearings=informs("OD3"),
        gaming="Taking datasets down and showing them again would raise this number only; it does not count as growth.",
        gain="People can find what was there all along.",
        benefit=1,
        effort=3,
        advice="Nothing needs to be done. A large number says that the catalogue was read incompletely before.",
        arithmetic=of_events(lambda events: events.found),
    ),
)
