"""What was newly published (DESIGN rule 8)."""

from __future__ import annotations

from civicgauge.bearings import informs
from civicgauge.indicators import Indicator
from civicgauge.indicators._events import of_events
from civicgauge.indicators._sources import EVENT_SOURCES

INDICATORS = (
    Indicator(
        id="datasets_added_count",
        version=1,
        title="Datasets added",
        question="How many datasets were newly published since the last day that was accepted?",
        unit="datasets",
        direction="neutral",
        formula="Counted datasets that were not there on the last accepted day and whose own created or published date "
        "lies after it.",
        sources=EVENT_SOURCES,
        checks=(),
        bearings=informs("OD3"),
        gaming="Deleting a dataset and creating it again would count as added, and as removed too; both numbers stand "
        "side by side.",
        gain="People learn of what is new.",
        benefit=1,
        effort=2,
        advice="Tell the readers of your portal what is new, for example in a story or a feed.",
        arithmetic=of_events(lambda events: events.added),
    ),
)
