"""Whether anyone can see how much a dataset is used (DESIGN rule 10)."""

from __future__ import annotations

from civicgauge.bearings import informs
from civicgauge.indicators import Indicator, Results, Row
from civicgauge.indicators._arithmetic import observed, share
from civicgauge.model import Outcome


def _is_shown(row: Row, _results: Results) -> Outcome:
    shown = row["page_views_total"] is not None or row["download_count"] is not None
    return observed(row, Outcome.PASSED if shown else Outcome.FAILED)


INDICATORS = (
    Indicator(
        id="usage_shown_share",
        version=1,
        title="Use shown",
        question="For how many datasets does the portal show how often they are looked at or downloaded?",
        unit="share",
        direction="neutral",
        formula="Datasets with a public count of views or downloads, divided by all datasets. The platform counts by "
        "itself where it does, so that this is no merit of the city; what the city publishes and learns from it is a "
        "number of its own.",
        sources={
            "socrata": "`resource.page_views` and `resource.download_count` of the Discovery API.",
            "ckan": "`tracking_summary` of the package, where the portal has tracking switched on.",
        },
        checks=(),
        bearings=informs("OD4"),
        gaming="There is nothing to gain: the number says something of the software, and has no better end.",
        gain="People see which datasets others rely on.",
        benefit=1,
        effort=2,
        advice="On CKAN, switch page view tracking on; it is part of the software.",
        arithmetic=share(_is_shown),
        is_about_showing=True,
    ),
)
