"""How recent the register of automated decisions is."""

from __future__ import annotations

from civicgauge.bearings import decides
from civicgauge.indicators import Indicator
from civicgauge.indicators._bands import AGE
from civicgauge.indicators._newest import age_days, newest
from civicgauge.indicators._sources import SUBJECTS

INDICATORS = (
    Indicator(
        id="automated_decisions_age_days",
        version=1,
        title="Age of the register of automated decisions",
        question="How many days old is the newest list of the algorithms that take part in decisions?",
        unit="days",
        direction="lower_is_better",
        formula="Whole days since the data of the newest such register changed, by the portal's own date. What a "
        "dataset is about is read off its title, by a vocabulary file; what is not recognised, or stands on another "
        "site, may be there all the same, so that nothing found is not a no.",
        sources=SUBJECTS,
        checks=(),
        bearings=(decides("PA4", in_line=366, differs=1096),),
        gaming="An empty register would count until its rows are checked. Whether benefit and unequal harm are "
        "weighed only people can attest.",
        gain="People learn which decisions about them a program takes part in.",
        benefit=2,
        effort=2,
        advice="Publish a list of such tools with their purpose, their data, their owner and how to object; look at "
        "it once a year.",
        arithmetic=newest(("automated_decisions",), age_days),
        bands=AGE,
        steps={
            "socrata": "Publish the register as a dataset with a yearly update frequency.",
            "ckan": "Publish the register as a package with a yearly update frequency.",
        },
    ),
)
