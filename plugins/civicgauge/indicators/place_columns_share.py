"""How many tables can be broken down by place."""

from __future__ import annotations

from civicgauge.bearings import informs
from civicgauge.indicators import Indicator, Results, Row
from civicgauge.indicators._arithmetic import observed, share
from civicgauge.indicators._breakdown import by_columns
from civicgauge.model import Outcome


def _broken_down(row: Row, _results: Results) -> Outcome:
    return observed(row, by_columns(row, "place"))


INDICATORS = (
    Indicator(
        id="place_columns_share",
        version=1,
        title="Broken down by place",
        question="How many tables say where something is?",
        unit="share",
        direction="neutral",
        formula="Tables and maps with at least one column that holds a place (an address, a district, coordinates, a "
        "shape), divided by all datasets that programs can read. Columns are recognised by name and type, by a "
        "vocabulary file. Many tables rightly have none, so that more is not better by itself. A dataset whose "
        "columns the catalogue does not list is unknown.",
        sources={
            "socrata": "`resource.columns_name` and `resource.columns_datatype`; maps hold places by themselves.",
            "ckan": "The catalogue lists no columns: those of the rows, where the dataset is pulled, else unknown.",
        },
        checks=(),
        bearings=informs("DM8"),
        gaming="An empty column with the right name would count; it is judged by nobody, and the checks on rows show "
        "empty columns.",
        gain="People can see what happens in their own neighbourhood.",
        benefit=2,
        effort=2,
        advice="Keep the address, ward or coordinates that the source has; round them where people could be told "
        "apart.",
        arithmetic=share(_broken_down),
    ),
)
