"""Licence stated by the dataset itself (DESIGN rule 5)."""

from __future__ import annotations

from civicgauge.bearings import informs
from civicgauge.indicators import Indicator
from civicgauge.indicators._arithmetic import checked, share
from civicgauge.indicators._bands import SHARE
from civicgauge.indicators._sources import LICENCE

INDICATORS = (
    Indicator(
        id="licence_stated_share",
        version=1,
        title="Licence stated",
        question="How many datasets say by themselves under which licence they may be used?",
        unit="share",
        direction="higher_is_better",
        formula="Datasets that state a licence, in any words, divided by all datasets. A statement for the whole "
        "portal does not count here: a copy of the dataset does not carry it along.",
        sources=LICENCE,
        checks=("licence_stated",),
        bearings=informs("OD3"),
        gaming="Any words in the field would count as stated; whether they are an open licence is a number of its own "
        "beside this.",
        gain="People know on what terms they may use the data.",
        benefit=3,
        effort=1,
        advice="Set a licence for each dataset, from the portal's list. Setting a default for new datasets is usually "
        "one change by the administrator.",
        arithmetic=share(checked("licence_stated")),
        bands=SHARE,
        is_about_showing=True,
    ),
)
