"""Chosen datasets whose rows pass every required check."""

from __future__ import annotations

from civicgauge.bearings import decides
from civicgauge.indicators import Indicator, Leader, Results, Row
from civicgauge.indicators._arithmetic import checked, share
from civicgauge.indicators._bands import SHARE
from civicgauge.indicators._chosen import of_chosen
from civicgauge.indicators._sources import ROWS
from civicgauge.model import Outcome

REQUIRED = (
    "rows_present",
    "rows_not_collapsed",
    "rows_as_stated",
    "rows_not_ragged",
    "rows_not_repeated",
    "columns_promised_present",
    "encoding_sound",
    "values_fit_type",
    "keys_filled",
    "keys_unique",
)


def _sound(row: Row, results: Results) -> Outcome:
    """Failed if a required check failed; else unknown if one could not be judged; passed if any applies."""
    outcomes = {checked(check)(row, results) for check in REQUIRED}
    order = (Outcome.FAILED, Outcome.UNKNOWN, Outcome.PASSED)
    return next((outcome for outcome in order if outcome in outcomes), Outcome.NOT_APPLICABLE)


INDICATORS = (
    Indicator(
        id="rows_sound_share",
        version=1,
        title="Rows sound",
        question="How many of the chosen datasets have rows that pass every required check?",
        unit="share",
        direction="higher_is_better",
        formula="Chosen datasets in whose rows no required check finds anything, divided by all chosen datasets. "
        "Required are: that there are rows, no fewer than usual and as many as the portal states; that the listed "
        "columns are there; that rows are whole, written in one encoding and not repeated; that values are what "
        "their column claims; that keys, where one is named, are filled and unique. A check that does not apply is "
        "passed over. A dataset of which one required check is unknown, and none found anything, is unknown.",
        sources=ROWS,
        checks=REQUIRED,
        bearings=(decides("DM4", in_line=0.8, differs=0.5),),
        gaming="Which datasets are chosen is written in the city file, by those who measure; a chosen dataset that "
        "disappears, or whose rows cannot be read, is unknown and raises no lower bound. Removing many rows shows "
        "as rows that collapsed; removing a few that do not pass would count. "
        "Serving a file in place of a table would take away what the rows are held against: the portal's own number "
        "of rows, and its list of columns.",
        gain="What people count in the rows comes out right.",
        benefit=3,
        effort=2,
        advice="Begin with what the checks found in the datasets that are used most; each says what to do on your "
        "platform.",
        leader=Leader(
            ask="Have the mistakes that repeat in the rows corrected where they are made.",
            why="Totals that residents and newspapers count come out wrong.",
            who="the departments that enter the data, with IT",
        ),
        arithmetic=share(of_chosen(_sound)),
        bands=SHARE,
    ),
)
