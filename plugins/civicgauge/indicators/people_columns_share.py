"""How many tables can be broken down by people."""

from __future__ import annotations

from civicgauge.bearings import informs
from civicgauge.indicators import Indicator, Results, Row
from civicgauge.indicators._arithmetic import observed, share
from civicgauge.indicators._breakdown import by_columns
from civicgauge.model import Outcome


def _broken_down(row: Row, _results: Results) -> Outcome:
    return observed(row, by_columns(row, "people"))


INDICATORS = (
    Indicator(
        id="people_columns_share",
        version=1,
        title="Broken down by groups of people",
        question="How many tables say which groups of people they are about?",
        unit="share",
        direction="neutral",
        formula="Tables with at least one column that tells groups of people apart (age, sex, race, language, income, "
        "disability and the like), divided by all datasets that programs can read. Columns are recognised by name and "
        "type, by a vocabulary file. Many tables rightly have none, so that more is not better by itself. A dataset "
        "whose columns the catalogue does not list is unknown.",
        sources={
            "socrata": "`resource.columns_name` and `resource.columns_datatype`; maps hold places by themselves.",
            "ckan": "The catalogue lists no columns: those of the rows, where the dataset is pulled, else unknown.",
        },
        checks=(),
        bearings=informs("DM8"),
        gaming="An empty column with the right name would count; it is judged by nobody, and the checks on rows show "
        "empty columns.",
        gain="People can see whether a service reaches everyone alike.",
        benefit=2,
        effort=2,
        advice="Where a table counts people, keep age group, sex, race or language as columns; leave out groups so "
        "small that a person could be told.",
        arithmetic=share(_broken_down),
    ),
)
