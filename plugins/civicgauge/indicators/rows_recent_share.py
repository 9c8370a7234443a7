"""Chosen datasets whose rows are as recent as the portal says (DESIGN rule 2)."""

from __future__ import annotations

from civicgauge.bearings import informs
from civicgauge.indicators import Indicator, Leader
from civicgauge.indicators._arithmetic import checked, share
from civicgauge.indicators._bands import SHARE
from civicgauge.indicators._chosen import of_chosen
from civicgauge.indicators._sources import ROWS

_NEWEST = "newest_event_keeps_up"

INDICATORS = (
    Indicator(
        id="rows_recent_share",
        version=1,
        title="Rows as recent as stated",
        question="In how many of the chosen datasets are the rows as recent as the portal's own date says?",
        unit="share",
        direction="higher_is_better",
        formula="Chosen datasets whose newest event is at most a year older than the day on which the portal says that "
        "the data changed, divided by the chosen datasets that have rows. The column of events is named by the city "
        "file or by the dataset's family; where there is none, or the portal gives no date, the dataset is unknown.",
        sources=ROWS,
        checks=(_NEWEST,),
        bearings=informs("OD3", "DM4"),
        gaming="A load that writes the same rows again every night is what this finds. Dates after tomorrow are no "
        "events. One row with the date of today would count. Emptying the column of events makes the dataset unknown.",
        gain="People who trust the portal's date do not work with old records.",
        benefit=3,
        effort=2,
        advice="Find out why the load leaves newer records out; if there are none, say that the dataset is historical.",
        leader=Leader(
            ask="Have the newest records loaded, so that the rows are as recent as the portal says.",
            why="People work with old records and are told that they are new.",
            who="the departments that own the data, with IT",
        ),
        arithmetic=share(of_chosen(checked(_NEWEST))),
        bands=SHARE,
    ),
)
