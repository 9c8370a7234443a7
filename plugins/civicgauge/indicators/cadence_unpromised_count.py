"""Datasets that keep a pace although no testable promise was made (DESIGN rule 3)."""

from __future__ import annotations

from civicgauge.bearings import informs
from civicgauge.indicators import Indicator, Results, Row
from civicgauge.indicators._arithmetic import count_of, observed
from civicgauge.indicators._sources import PROMISE
from civicgauge.model import Outcome


def _has_pace(row: Row, _results: Results) -> Outcome:
    if row["is_observed"] and row["period_source"] in ("declared", "not_periodic"):
        return Outcome.NOT_APPLICABLE
    return observed(row, Outcome.FAILED if row["observed_period_days"] is None else Outcome.PASSED)


INDICATORS = (
    Indicator(
        id="cadence_unpromised_count",
        version=1,
        title="A steady pace, without a promise",
        question="How many datasets are updated at a steady pace although nobody promised one?",
        unit="datasets",
        direction="neutral",
        formula="Datasets without a frequency that can be tested (none, as needed, irregular, not recognised) whose "
        "data were seen to change at least seven times, with a usual gap of at least three times the spacing of our "
        "own observations. The usual gap stands in the tables; it is never taken for a promise.",
        sources=PROMISE,
        checks=(),
        bearings=informs("OD3"),
        gaming="There is nothing to gain: a pace that was seen never enters the promises kept.",
        gain="People learn when to come back, although nobody had told them.",
        benefit=2,
        effort=1,
        advice="Promise what you keep already: the observed pace is in the tables.",
        arithmetic=count_of(_has_pace),
        steps={
            "socrata": "Set the update frequency of the dataset to the pace that was observed, under Edit Metadata.",
            "ckan": "Set the frequency field of the package to the pace that was observed.",
        },
    ),
)
