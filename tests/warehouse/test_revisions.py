"""Values that are computed again: what differs is kept, older versions stay, and what was known then can be asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from civicgauge.warehouse import Warehouse
from tests.warehouse.days import MONDAY, city_day, indicator, run


def commit(warehouse: Warehouse, run_id: str, hours: int, *values: object, outcome: str = "complete") -> datetime:
    """One attempt at Monday, so many hours later; returns when its rows were recorded."""
    record = run(run_id, outcome=outcome)
    record = replace(record, ended_at=record.ended_at + timedelta(hours=hours), started_at=record.ended_at)
    warehouse.commit(city_day(record, indicator_values=list(values)))
    return record.ended_at


def test_a_value_that_is_computed_anew_leaves_a_revision(warehouse: Warehouse) -> None:
    first = commit(warehouse, "r1", 0, indicator(value=0.25), indicator("other", 0.5))
    second = commit(warehouse, "r2", 5, indicator(value=0.75), indicator("other", 0.5))
    (row,) = warehouse.rows("indicator_revision")  # the other one said the same again
    assert (row["indicator_id"], row["value"], row["run_id"], row["replaced_by"]) == ("promises_kept", 0.25, "r1", "r2")
    assert (row["recorded_at"], row["replaced_at"]) == (first, second)
    assert [r["value"] for r in warehouse.rows("indicator_value", day=MONDAY)] == [0.5, 0.75]


def test_what_was_known_at_a_time_can_be_asked(warehouse: Warehouse) -> None:
    first = commit(warehouse, "r1", 0, indicator(value=0.25))
    second = commit(warehouse, "r2", 5, indicator(value=0.75))
    third = commit(warehouse, "r3", 9, indicator(value=0.5))

    def known(moment: datetime) -> list[float]:
        return [row["value"] for row in warehouse.values_as_known("demo-a", MONDAY, moment)]

    assert known(first - timedelta(seconds=1)) == []
    assert known(first) == known(second - timedelta(seconds=1)) == [0.25]
    assert known(second) == [0.75]
    assert known(third) == known(third + timedelta(days=1)) == [0.5]


def test_the_numbers_of_an_older_version_stay_beside_the_new(warehouse: Warehouse) -> None:
    commit(warehouse, "r1", 0, indicator(value=0.25))
    commit(warehouse, "r2", 5, replace(indicator(value=0.75), indicator_version=2))
    rows = warehouse.rows("indicator_value", day=MONDAY)
    assert [(row["indicator_version"], row["value"]) for row in rows] == [(1, 0.25), (2, 0.75)]
    assert warehouse.rows("indicator_revision") == []
    (shown,) = warehouse.indicator_values("demo-a", MONDAY)
    assert (shown.indicator_version, shown.value) == (2, 0.75)


@pytest.mark.parametrize("outcome", ["suspect"])
def test_a_day_in_doubt_was_never_shown_and_leaves_no_revision(warehouse: Warehouse, outcome: str) -> None:
    commit(warehouse, "r1", 0, indicator(value=0.25), outcome=outcome)
    commit(warehouse, "r2", 5, indicator(value=0.75))
    assert warehouse.rows("indicator_revision") == []


def test_the_same_again_leaves_none(warehouse: Warehouse) -> None:
    for number in range(3):
        commit(warehouse, f"r{number}", number, indicator(value=1 / 3), indicator("other", None))
    assert warehouse.rows("indicator_revision") == []
