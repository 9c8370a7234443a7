"""Promises that can be tested at all (DESIGN rule 3)."""

from __future__ import annotations

from civicgauge.bearings import informs
from civicgauge.indicators import Indicator
from civicgauge.indicators._arithmetic import share
from civicgauge.indicators._bands import SHARE
from civicgauge.indicators._promises import CHECK, is_testable
from civicgauge.indicators._sources import PROMISE

INDICATORS = (
    Indicator(
        id="promises_testable_share",
        version=1,
        title="Promises that can be tested",
        question="For how many datasets can anyone tell whether the city's promise is kept?",
        unit="share",
        direction="higher_is_better",
        formula="Datasets for which the check of the promise came to a verdict, kept or not, divided by all datasets "
        "that are not marked as historical and not replaced by a newer edition. As needed, irregular, no frequency, a "
        "frequency that is not in the vocabulary, and no date of the data all mean: cannot be tested. Unknown are "
        "only datasets of undecided ownership, those of a portal that was not read today, and those where our own "
        "check broke.",
        sources=PROMISE,
        checks=(CHECK,),
        bearings=informs("OD3"),
        gaming="Declaring a frequency for everything would raise this number, and puts every one of those promises to "
        "the test in promises kept. Calling datasets historical would take them out, for as long as their data do not "
        "change. Hiding dates lowers it.",
        gain="People can tell beforehand whether the data will be recent enough for them.",
        benefit=2,
        effort=1,
        advice="Give each dataset that is kept up a frequency with a number in it, such as weekly or every two months. "
        "If a spelling of yours is not recognised, tell us: the vocabulary is a file that anyone can add to.",
        arithmetic=share(is_testable),
        bands=SHARE,
        is_about_showing=True,
    ),
)
