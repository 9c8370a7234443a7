"""Chosen datasets that can be broken down by place and by groups of people."""

from __future__ import annotations

from civicgauge.bearings import decides
from civicgauge.indicators import Indicator, Leader, Results, Row
from civicgauge.indicators._arithmetic import observed, share
from civicgauge.indicators._bands import SHARE
from civicgauge.indicators._breakdown import by_columns
from civicgauge.indicators._chosen import of_chosen
from civicgauge.model import Outcome


def _by_both(row: Row, _results: Results) -> Outcome:
    """Passed by both; failed where one is missing; unknown where one cannot be told and the other is there."""
    outcomes = {by_columns(row, "place"), by_columns(row, "people")}
    order = (Outcome.FAILED, Outcome.UNKNOWN, Outcome.PASSED)
    return observed(row, next((each for each in order if each in outcomes), Outcome.NOT_APPLICABLE))


INDICATORS = (
    Indicator(
        id="priority_disaggregated_share",
        version=1,
        title="Priority data broken down by place and people",
        question="How many of the chosen datasets can be broken down both by place and by groups of people?",
        unit="share",
        direction="higher_is_better",
        formula="Chosen datasets with at least one column that holds a place and at least one that tells groups of "
        "people apart, divided by the chosen datasets that programs can read. The city file chooses them, as standing "
        "for the citywide priorities. Columns are recognised by name and type, by a vocabulary file.",
        sources={
            "socrata": "`resource.columns_name` and `resource.columns_datatype`; maps hold places by themselves.",
            "ckan": "The catalogue lists no columns: those of the rows, where the dataset is pulled, else unknown.",
        },
        checks=(),
        bearings=(decides("DM8", in_line=0.6, differs=0.2),),
        gaming="Which datasets are chosen is written in the city file, by those who measure. An empty column with the "
        "right name would count; the checks on rows show empty columns.",
        gain="People can see whether a service reaches every place and every group alike.",
        benefit=3,
        effort=3,
        advice="Begin with the priorities that touch people most. Where a register holds no groups, join it to the "
        "census by place.",
        leader=Leader(
            ask="Have the main services' data published by neighbourhood and group of people, where it is safe.",
            why="From totals alone nobody can see whether a service reaches everyone alike.",
            who="the departments that run these services, with those who guard privacy",
        ),
        arithmetic=share(of_chosen(_by_both)),
        bands=SHARE,
        steps={
            "socrata": "Add the columns to the source of the dataset and run the update; describe them under Column "
            "Information.",
            "ckan": "Add the columns to the table that is uploaded; describe them in the data dictionary.",
        },
    ),
)
