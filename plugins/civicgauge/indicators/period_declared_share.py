"""Share of datasets that say how often they are updated (DESIGN rule 3)."""

from __future__ import annotations

from civicgauge.bearings import informs
from civicgauge.indicators import Indicator, Leader
from civicgauge.indicators._arithmetic import checked, share
from civicgauge.indicators._bands import SHARE
from civicgauge.indicators._sources import FREQUENCY

INDICATORS = (
    Indicator(
        id="period_declared_share",
        version=1,
        title="Update frequency declared",
        question="How many datasets say how often they are updated?",
        unit="share",
        direction="higher_is_better",
        formula="Datasets that declare an update frequency, in any words, divided by all datasets. Historical and as "
        "needed count as declared here: they tell the reader something. Whether the promise can be tested is a "
        "number of its own.",
        sources=FREQUENCY,
        checks=("frequency_declared",),
        bearings=informs("OD3"),
        gaming="Filling in as needed everywhere would raise this number. It does not raise the share of promises that "
        "can be tested, which stands beside it, nor the lower bound of promises kept.",
        gain="People know when to come back for newer data.",
        benefit=2,
        effort=1,
        advice="Make the frequency a required field of your portal's form, with a fixed list of choices.",
        leader=Leader(
            ask="Have every dataset say how often it is renewed.",
            why="Nobody can tell beforehand whether the data will be recent enough.",
            who="the departments that own the data",
        ),
        arithmetic=share(checked("frequency_declared")),
        bands=SHARE,
        is_about_showing=True,
    ),
)
