"""How recent the newest dataset on the city's performance is."""

from __future__ import annotations

from civicgauge.bearings import decides
from civicgauge.indicators import Indicator
from civicgauge.indicators._bands import AGE
from civicgauge.indicators._newest import age_days, newest
from civicgauge.indicators._sources import SUBJECTS

INDICATORS = (
    Indicator(
        id="performance_age_days",
        version=1,
        title="Age of performance data",
        question="How many days old is the newest dataset on how the city does against its goals?",
        unit="days",
        direction="lower_is_better",
        formula="Whole days since the data of the newest dataset on performance changed, by the portal's own date. "
        "What a dataset is about is read off its title, by a vocabulary file; what is not recognised, or stands on "
        "another site, may be there all the same, so that nothing found is not a no.",
        sources=SUBJECTS,
        checks=(),
        bearings=(decides("PA3", in_line=92, differs=1096),),
        gaming="One measure renewed every day would hide others that stand still: promises kept counts those one by "
        "one. Editing the entry does not move the date of its data.",
        gain="People can follow whether the city reaches its goals.",
        benefit=3,
        effort=2,
        advice="Publish every measure with its goal, its target and its period in one table, renewed at least every "
        "quarter.",
        arithmetic=newest(("performance",), age_days),
        bands=AGE,
        steps={
            "socrata": "Publish the table behind the performance pages as a dataset, with a declared update frequency.",
            "ckan": "Publish the measures as one CSV resource, with a declared update frequency.",
        },
    ),
)
