"""Chosen datasets whose date moved while their rows stayed the same (DESIGN rule 2)."""

from __future__ import annotations

from civicgauge.bearings import informs
from civicgauge.indicators import Indicator, Leader, Results, Row
from civicgauge.indicators._arithmetic import observed, share
from civicgauge.indicators._bands import SHARE_LESS
from civicgauge.indicators._chosen import of_chosen
from civicgauge.indicators._sources import ROWS
from civicgauge.model import Outcome

_OUTCOMES = {
    "touched_unchanged": Outcome.PASSED,
    "changed": Outcome.FAILED,
    "unchanged": Outcome.FAILED,
}


def _is_rewritten(row: Row, _results: Results) -> Outcome:
    """Unknown where the rows could not be read, or where there is no earlier day to compare with."""
    return observed(row, _OUTCOMES.get(row["pull_outcome"], Outcome.UNKNOWN))


INDICATORS = (
    Indicator(
        id="rows_rewritten_share",
        version=1,
        title="Dated anew, rows the same",
        question="In how many of the chosen datasets did the date of the data move while no row changed?",
        unit="share",
        direction="lower_is_better",
        formula="Chosen datasets whose portal says since the last observed day that the data changed, while the rows "
        "received are the same to the byte, divided by all chosen datasets. Editing a description is no change of the "
        "data. Rows that could not be read, or that were received for the first time, are unknown.",
        sources=ROWS,
        checks=(),
        bearings=informs("OD3"),
        gaming="Shuffling rows, or writing the time of the load into a column, would hide it; the newest event in the "
        "rows then shows that nothing new came.",
        gain="People who trust the portal's date do not wait for news that never came.",
        benefit=2,
        effort=2,
        advice="Let the nightly job publish only when something changed.",
        leader=Leader(
            ask="Have a new date shown only where the rows are new.",
            why="Whoever sees the newer date fetches the same rows again.",
            who="IT, with the open-data team",
        ),
        arithmetic=share(of_chosen(_is_rewritten)),
        bands=SHARE_LESS,
        steps={
            "socrata": "Use an upsert that sends only changed rows, or skip the revision when nothing changed.",
            "ckan": "Use datastore_upsert, or skip the upload when the file's digest is the same.",
        },
    ),
)
