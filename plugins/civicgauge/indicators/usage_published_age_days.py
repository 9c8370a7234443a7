"""How recent the newest dataset on the use of the city's data is."""

from __future__ import annotations

from civicgauge.bearings import decides
from civicgauge.indicators import Indicator
from civicgauge.indicators._bands import AGE
from civicgauge.indicators._newest import age_days, newest
from civicgauge.indicators._sources import SUBJECTS

INDICATORS = (
    Indicator(
        id="usage_published_age_days",
        version=1,
        title="Age of data on use",
        question="How many days old is the newest dataset on who uses the city's data and what they ask for?",
        unit="days",
        direction="lower_is_better",
        formula="Whole days since the data of the newest such dataset changed, by the portal's own date: views and "
        "downloads, requests for data, suggestions. What a dataset is about is read off its title, by a vocabulary "
        "file; what is not recognised, or stands on another site, may be there all the same, so that nothing found is "
        "not a no.",
        sources=SUBJECTS,
        checks=(),
        bearings=(decides("OD4", in_line=366, differs=1096),),
        gaming="Publishing a list nobody looks at would count: whether use guides decisions only people can attest. "
        "Editing the entry does not move the date of its data.",
        gain="People see that requests are heard, and what became of them.",
        benefit=2,
        effort=2,
        advice="Publish views, downloads and requests as a dataset that is renewed by itself.",
        arithmetic=newest(("usage",), age_days),
        bands=AGE,
        steps={
            "socrata": "Publish the Site Analytics tables, which the platform keeps, as a public dataset, and a table "
            "of data requests with their answers.",
            "ckan": "Publish the tracking export and the list of data requests as a package.",
        },
    ),
)
