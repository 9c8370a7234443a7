"""Plans are read from YAML; what cannot be used is named with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from civicgauge.effects.plan import read_plan
from civicgauge.errors import ConfigurationError
from tests.effects.simulated import write_plan


def test_a_plan_says_everything_that_could_be_chosen_later(tmp_path: Path) -> None:
    plan = read_plan(write_plan(tmp_path))
    assert (plan.season, plan.gaps, plan.comparison, plan.band.of) == ("none", "refuse", (), "unit")
    assert plan.digest() == read_plan(write_plan(tmp_path)).digest()
    other = read_plan(write_plan(tmp_path, ("high: 5}", "high: 6}")))
    assert plan.digest() != other.digest()
    assert plan.question() != other.question(), "another band is another try"
    renamed = read_plan(write_plan(tmp_path, ("id: alder-potholes", "id: again"), ("why: two", "why: about two")))
    assert plan.digest() != renamed.digest()
    assert plan.question() == renamed.question(), "other words are the same try"


@pytest.mark.parametrize(
    ("old", "new", "place", "said"),
    [
        ("last: 2024-12-31", "last: 2020-12-31", "9:35: window.last", "the dates are crossed"),
        ("last: 2024-12-31", "last: 9999-12-31", "9:9: window", "no window of the years 1800 to 2199"),
        ("start: 2023-01-01", "start: 2025-01-01", "10:8: start", "lies outside the window"),
        ("start: 2023-01-01", "start: 2021-01-01", "10:8: start", "lies outside the window"),
        ("low: -5", "low: 1", "12:7: band", "does not hold 0"),
        ("band: {low: -5, high: 5}", "band: {low: -5, high: .nan}", "12:23: band.high", ""),
        ("month\nwindow", "fortnight\nwindow", "8:12: frequency", "day"),
        ("registered_by: performance lead", "registered_by: jo@city.example", "13:16: registered_by", "is no role"),
        ("unit: days", "unit: days\ngaps: zero", "8:7: gaps", "zero is for counts and sums"),
        ("path: days.csv", "path: /home/jo.doe/days.csv", "6:15: source.csv.path", "begins at the root of a machine"),
        ("why: two", "why: ask jo@city.example", "14:6: why", "leave people out"),
        ("unit: days", "unit: days\ncolour: red", "8:1: colour", ""),
        ("frequency: month", "frequency: year\nseason: quarter", "9:9: season", "take none"),
        ("aggregate: mean", "aggregate: mode", "6:76: source.csv.aggregate", ""),
        (
            "  csv: {path: days.csv, date_column: month, value_column: days, aggregate: mean}",
            "  {}",
            "6:3: source",
            "give either",
        ),
    ],
)
def test_bad_plans_are_named_with_line_and_column(tmp_path: Path, old: str, new: str, place: str, said: str) -> None:
    path = write_plan(tmp_path, (old, new))
    with pytest.raises(ConfigurationError) as caught:
        read_plan(path)
    assert f"plan.yml:{place}" in str(caught.value)
    assert said in str(caught.value)


def test_a_series_is_named_once(tmp_path: Path) -> None:
    csv = "csv: {path: days.csv, date_column: month, value_column: days, aggregate: mean}"
    path = write_plan(
        tmp_path, ("registered_by", f"comparison:\n  - {csv}\n  - {csv.replace('days.csv', 'b.csv')}\nregistered_by")
    )
    with pytest.raises(ConfigurationError, match=r"plan.yml:14:5: comparison\[0\]: is the same series as source"):
        read_plan(path)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("dataset: {id: ab, date_column: d, aggregate: count, value_column: v}", "a count of rows needs none"),
        ("dataset: {id: ab, date_column: d, aggregate: sum}", "sum needs the column"),
    ],
)
def test_what_is_counted_and_what_is_summed(tmp_path: Path, source: str, said: str) -> None:
    old = "csv: {path: days.csv, date_column: month, value_column: days, aggregate: mean}"
    with pytest.raises(ConfigurationError, match=said):
        read_plan(write_plan(tmp_path, (old, source)))
