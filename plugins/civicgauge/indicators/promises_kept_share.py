"""Promises kept (DESIGN rules 3 and 4)."""

from __future__ import annotations

from civicgauge.bearings import decides
from civicgauge.indicators import Indicator, Leader
from civicgauge.indicators._arithmetic import share
from civicgauge.indicators._bands import SHARE
from civicgauge.indicators._promises import CHECK, on_time
from civicgauge.indicators._sources import PROMISE

INDICATORS = (
    Indicator(
        id="promises_kept_share",
        version=1,
        title="Promises kept",
        question="How many of the datasets that are kept up are as recent as the city says they are?",
        unit="share",
        direction="higher_is_better",
        formula="Datasets whose status is fresh or due, divided by all datasets that are not marked as historical and "
        "not replaced by a newer edition. A dataset without a frequency that can be tested, or without a date of its "
        "data, is unknown: it widens the bounds and never counts as kept. Ages are whole calendar days in the city's "
        "time zone; periods use their longest calendar length; the ladder from fresh to delinquent is the published "
        "one of the Humanitarian Data Exchange, with one day of grace.",
        sources=PROMISE,
        checks=(CHECK,),
        bearings=(decides("OD3", in_line=0.8, differs=0.5),),
        gaming="Clearing a frequency, calling it as needed, or hiding a date makes the dataset unknown: the lower "
        "bound does not rise, and lists sort by the lower bound. A promise that is loosened while late keeps its old "
        "period for twelve months. Editing a description does not move the date of the data. A job that touches the "
        "data without changing it would count as an update: the catalogue alone cannot tell. Removing late datasets "
        "would raise it, and shows in the datasets removed. Calling a dataset historical that never made a promise "
        "would take it out, for as long as its data do not change. Of a series of two editions, renaming the newest "
        "would end the series, and with it the wait for the next edition.",
        gain="People who build on the data can rely on the day that is promised.",
        benefit=3,
        effort=2,
        advice="Begin with the datasets that are late by most cycles. If a dataset is updated more seldom than "
        "promised, say the true frequency. If it is no longer updated, say so in its frequency and its description.",
        leader=Leader(
            ask="Ask each department to publish on the day it promised, or to promise a day it can keep.",
            why="Whoever plans by the promised day finds old data instead.",
            who="the departments that own the data, with the open-data team",
        ),
        arithmetic=share(on_time),
        bands=SHARE,
    ),
)
