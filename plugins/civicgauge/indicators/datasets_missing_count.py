"""What disappeared from the catalogue without the portal's own no (DESIGN rule 8)."""

from __future__ import annotations

from civicgauge.bearings import informs
from civicgauge.indicators import Indicator, Leader, Results, Row
from civicgauge.indicators._arithmetic import count_of
from civicgauge.indicators._events import once_compared
from civicgauge.indicators._sources import EVENT_SOURCES
from civicgauge.model import Outcome


def _is_missing(row: Row, _results: Results) -> Outcome:
    if row["is_observed"]:
        return Outcome.FAILED
    return Outcome.PASSED if row["freshness_reason"] == "missing_from_catalogue" else Outcome.UNKNOWN


INDICATORS = (
    Indicator(
        id="datasets_missing_count",
        version=1,
        title="Datasets missing",
        question="How many datasets have disappeared from the catalogue, without the portal saying that they are gone?",
        unit="datasets",
        direction="lower_is_better",
        formula="Counted datasets of an earlier day that today's catalogue does not hold, while the portal, asked for "
        "each one singly, does not say that they are gone. They stay unknown in every other number until they are "
        "back or gone. Not measured on the first day, which has no earlier one.",
        sources=EVENT_SOURCES,
        checks=(),
        bearings=informs("OD3"),
        gaming="Hiding a late dataset moves it here, by name, and leaves it unknown in promises kept: no lower bound "
        "rises. Deleting what is missing would take it from here to the datasets removed.",
        gain="People who rely on a dataset find it where it was.",
        benefit=3,
        effort=1,
        advice="Make the dataset public again, or remove it and say where its data went.",
        leader=Leader(
            ask="Have the datasets that vanished restored, or say where their data went.",
            why="Whoever relied on them finds nothing, and no reason.",
            who="the open-data team, with the departments concerned",
        ),
        arithmetic=once_compared(count_of(_is_missing)),
        steps={
            "socrata": "Open the dataset as its owner and set it to public, or delete it.",
            "ckan": "Set the package to public and active (package_patch with private false and state active), or "
            "delete it.",
        },
    ),
)
