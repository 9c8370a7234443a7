"""Licence open, by the dataset itself or by a statement for the whole portal (DESIGN rule 5)."""

from __future__ import annotations

from civicgauge.bearings import decides
from civicgauge.indicators import Indicator, Leader, Results, Row
from civicgauge.indicators._arithmetic import observed, share
from civicgauge.indicators._bands import SHARE
from civicgauge.indicators._sources import OWN_LICENCE
from civicgauge.model import Outcome

_STATEMENT = "The statement for the whole portal stands in the city file, with who read it and when."
_OUTCOMES = {"open": Outcome.PASSED, "not_open": Outcome.FAILED}


def _is_open(row: Row, _results: Results) -> Outcome:
    """Unknown where nobody has read the terms: a dataset without a licence may be covered by a statement elsewhere."""
    return observed(row, _OUTCOMES.get(row["licence_class"], Outcome.UNKNOWN))


INDICATORS = (
    Indicator(
        id="licence_open_inherited_share",
        version=1,
        title="Licence open, also by inheritance",
        question="How many datasets may anyone use, by their own licence or by one that the whole portal states?",
        unit="share",
        direction="higher_is_better",
        formula="Datasets whose own licence conforms to the Open Definition, or that state none and are covered by an "
        "open statement for the whole portal that a person has read, divided by all datasets. A dataset without a "
        "licence, where no such statement has been read, is unknown: there may be one. A licence that is not "
        "recognised, terms that nobody has read for us, and a federal mark on a city's data are unknown too.",
        sources={kind: f"{own} {_STATEMENT}" for kind, own in OWN_LICENCE.items()},
        checks=(),
        bearings=(decides("OD3", in_line=0.8, differs=0.5),),
        gaming="A statement for the portal counts only as read by a person and lapses when its text changes. Clearing "
        "a licence that is not open makes the dataset unknown, which raises no lower bound.",
        gain="People know that they may use the data, wherever the terms are written.",
        benefit=3,
        effort=1,
        advice="Write one open licence for the whole portal on its terms page and tell us where; better still, set it "
        "for each dataset.",
        leader=Leader(
            ask="Decide on one open licence, and say on the portal that it holds for every dataset.",
            why="Without stated terms, careful users such as newspapers and companies leave the data alone.",
            who="the city attorney, with the open-data team",
        ),
        arithmetic=share(_is_open),
        bands=SHARE,
        steps={
            "socrata": "Publish the terms as a page of the portal, link it in the footer, and set the licence of each "
            "dataset under Edit Metadata.",
            "ckan": "State the terms on the about page, and set license_id of each dataset (package_patch does many "
            "at once).",
        },
    ),
)
