"""Series whose next edition is overdue (DESIGN rule 3)."""

from __future__ import annotations

from dataclasses import replace

from civicgauge.bearings import informs
from civicgauge.indicators import Evidence, Figure, Indicator, Leader, Results, Row
from civicgauge.indicators._arithmetic import count_of
from civicgauge.indicators._promises import CHECK, on_time
from civicgauge.indicators._sources import PROMISE
from civicgauge.model import Outcome


def _is_overdue(row: Row, results: Results) -> Outcome:
    """Passed where the newest edition of a series is overdue."""
    if row["series_role"] != "current":
        return Outcome.NOT_APPLICABLE if row["is_observed"] else Outcome.UNKNOWN
    outcome = on_time(row, results)
    late = outcome is Outcome.FAILED and row["age_basis"] == "series_edition"
    if outcome in (Outcome.PASSED, Outcome.FAILED):
        return Outcome.PASSED if late else Outcome.FAILED
    return outcome


def _once_each(evidence: Evidence) -> Figure:
    """A series whose newest period has several entries counts once: as overdue where one of them is."""
    order = (Outcome.PASSED, Outcome.UNKNOWN, Outcome.FAILED, Outcome.NOT_APPLICABLE)
    judged = [(order.index(_is_overdue(row, told)), row["dataset_id"], row) for row, told in evidence.countable()]
    first: dict[tuple[str, str, bool], Row] = {}
    for *_, row in sorted(judged, key=lambda each: each[:2]):
        first.setdefault((row["portal_id"], row["series_key"] or row["dataset_id"], row["is_counted"] is True), row)
    return count_of(_is_overdue)(replace(evidence, datasets=tuple(first.values())))


INDICATORS = (
    Indicator(
        id="series_overdue_count",
        version=1,
        title="Series with an overdue edition",
        question="Of how many series of yearly, quarterly or monthly datasets is the next edition overdue?",
        unit="datasets",
        direction="lower_is_better",
        formula="Series (datasets whose titles differ only by a year or period) whose newest edition's period is over "
        "by more than the declared period and its grace, counted once each. A series without a frequency that can be "
        "tested is unknown.",
        sources=PROMISE,
        checks=(CHECK,),
        bearings=informs("OD3"),
        gaming="Renaming the newest edition out of its series leaves the edition before it as the newest, which is "
        "older still; of two editions it would end the series. Clearing the frequency in time would make the series "
        "unknown, whose number stands beside; cleared while late, the promise stays in force for twelve months.",
        gain="People who compare years find the year that is missing.",
        benefit=2,
        effort=2,
        advice="Publish the edition that is due, or say on the page of the last one that the series has ended.",
        leader=Leader(
            ask="Publish the year that is missing from each yearly series.",
            why="Whoever compares years finds a gap where the newest belongs.",
            who="the departments that publish the series",
        ),
        arithmetic=_once_each,
        steps={
            "socrata": "Publish the new edition under the same title with its own year, or move all years into one "
            "dataset with a column for the year.",
            "ckan": "Add the new edition as a resource of the same package, or as a package of the same title with "
            "its own year.",
        },
    ),
)
