"""Share of datasets with links to other hosts that all lead to what they promise (DESIGN rule 7)."""

from __future__ import annotations

from civicgauge.bearings import informs
from civicgauge.indicators import Indicator, Leader
from civicgauge.indicators._arithmetic import checked, share
from civicgauge.indicators._bands import SHARE
from civicgauge.indicators._links import LINKS

INDICATORS = (
    Indicator(
        id="links_working_share",
        version=1,
        title="Links working",
        question="Of the datasets that lead to other hosts, how many have no dead link?",
        unit="share",
        direction="higher_is_better",
        formula="Datasets whose links to other hosts all answered, divided by all datasets that have such links. One "
        "broken link is enough: not found, gone, a name that does not exist, a certificate of another name; or the "
        "same refusal, error, silence or web page instead of a file, seen in at least three checks over at least 72 "
        "hours. Before that it is unknown, as is a link not checked yet. Each address is asked for at most once a day.",
        sources=LINKS,
        checks=("links_work",),
        bearings=informs("OD3"),
        gaming="Answering our requests with a refusal (403) makes a link unknown, and broken once it persists. A link "
        "that is removed while it is broken leaves its dataset unknown for a year, until another address stands in its "
        "place. A link that moves to the portal's own host is asked for all the same. None of this raises the lower "
        "bound.",
        gain="People who follow a link find what the portal promises there.",
        benefit=3,
        effort=1,
        advice="Each dataset's evidence names since when, and with which answer. Uploading a file to the portal ends "
        "the dependence on the other server.",
        leader=Leader(
            ask="Have the broken links on the data portal mended or removed.",
            why="Whoever follows such a link comes to a page that is not there.",
            who="the open-data team, with the departments concerned",
        ),
        arithmetic=share(checked("links_work")),
        bands=SHARE,
    ),
)
