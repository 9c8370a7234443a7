"""Licence open by the dataset itself (DESIGN rule 5). What is open by inheritance is a number of its own."""

from __future__ import annotations

from civicgauge.bearings import informs
from civicgauge.indicators import Indicator, Leader
from civicgauge.indicators._arithmetic import checked, share
from civicgauge.indicators._bands import SHARE
from civicgauge.indicators._sources import LICENCE

INDICATORS = (
    Indicator(
        id="licence_open_share",
        version=1,
        title="Licence open",
        question="How many datasets state by themselves a licence that lets anyone use them?",
        unit="share",
        direction="higher_is_better",
        formula="Datasets whose own licence conforms to the Open Definition, divided by all datasets. No licence is "
        "not open. A licence that we do not recognise, terms that nobody has read for us, and a federal mark on a "
        "city's data are unknown.",
        sources=LICENCE,
        checks=("licence_open",),
        bearings=informs("OD3"),
        gaming="Writing something that cannot be recognised makes the dataset unknown: the lower bound does not rise.",
        gain="Anyone may use, change and share the data, and a copy says so.",
        benefit=3,
        effort=1,
        advice="Public domain marks (CC0, PDDL) and CC BY are recognised everywhere. Use the exact name from the "
        "portal's list.",
        leader=Leader(
            ask="Decide on one open licence and put it on every dataset.",
            why="Without stated terms, careful users such as newspapers and companies leave the data alone.",
            who="the city attorney, with the open-data team",
        ),
        arithmetic=share(checked("licence_open")),
        bands=SHARE,
        is_about_showing=True,
    ),
)
