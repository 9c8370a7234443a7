"""Fresh: within the own period today (DESIGN rule 4)."""

from __future__ import annotations

from civicgauge.bearings import informs
from civicgauge.indicators import Indicator
from civicgauge.indicators._arithmetic import share
from civicgauge.indicators._bands import SHARE
from civicgauge.indicators._promises import CHECK, is_fresh
from civicgauge.indicators._sources import PROMISE

INDICATORS = (
    Indicator(
        id="promises_fresh_share",
        version=1,
        title="Fresh",
        question="How many of the datasets that are kept up are within their own period today?",
        unit="share",
        direction="higher_is_better",
        formula="Datasets whose status is fresh, divided by the same datasets as in promises kept. Due, overdue and "
        "delinquent are not fresh. Stands beside promises kept, which also counts those that are due.",
        sources=PROMISE,
        checks=(CHECK,),
        bearings=informs("OD3"),
        gaming="The same as for promises kept: what is cleared or hidden becomes unknown and cannot raise the lower "
        "bound; a job that writes the same rows again would count as an update.",
        gain="What people look at is as recent as it is said to be.",
        benefit=2,
        effort=2,
        advice="Datasets that are due now are the ones that will be late next. Look at them before they are.",
        arithmetic=share(is_fresh),
        bands=SHARE,
    ),
)
