"""Share of datasets that say how often they are updated (DESIGN rule 3)."""

from __future__ import annotations

from civicgauge.indicators import Indicator
from civicgauge.indicators._arithmetic import checked, share
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
        criteria=("OD3",),
        gaming="Filling in as needed everywhere raises this number. It lowers the share of promises that can be "
        "tested, which stands beside it, and does not raise the lower bound of promises kept.",
        advice="Make the frequency a required field of your portal's form, with a fixed list of choices.",
        arithmetic=share(checked("frequency_declared")),
    ),
)
