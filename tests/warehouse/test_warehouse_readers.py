"""What can be asked of a warehouse."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from civicgauge.errors import CivicgaugeError
from civicgauge.warehouse import Warehouse

from .days import MONDAY, TUESDAY, city_day, run

WEDNESDAY = TUESDAY + timedelta(days=1)


@pytest.fixture
def three_days(warehouse: Warehouse) -> Warehouse:
    warehouse.commit(city_day(run("mon")))
    warehouse.commit(city_day(run("tue", TUESDAY, "partial")))
    warehouse.commit(city_day(run("wed", WEDNESDAY, "suspect")))
    warehouse.commit(city_day(run("b-mon", city_id="demo-b")))
    warehouse.record_run(run("wed-failed", WEDNESDAY, "failed"))
    return warehouse


def test_runs(three_days: Warehouse) -> None:
    def found(day: object) -> str | None:
        record = three_days.last_current_run("demo-a", day)  # type: ignore[arg-type]
        return record.run_id if record else None

    assert [found(day) for day in (MONDAY, TUESDAY, WEDNESDAY, WEDNESDAY + timedelta(days=9))] == [
        None,
        "mon",
        "tue",
        "tue",
    ]
    suspect = three_days.last_current_run("demo-a", WEDNESDAY + timedelta(days=1), outcomes=("suspect",))
    assert suspect is not None
    assert suspect.run_id == "wed"
    assert three_days.latest_day("demo-a") == TUESDAY
    assert three_days.latest_day("nowhere") is None
    assert three_days.current_run("demo-b", TUESDAY) is None
    assert [r.run_id for r in three_days.runs("demo-a")] == ["mon", "tue", "wed", "wed-failed"]
    assert [r.run_id for r in three_days.runs(current_only=True)] == ["mon", "tue", "wed", "b-mon"]


def test_rows_are_chosen(three_days: Warehouse) -> None:
    def runs_of(**choice: object) -> set[str]:
        return {row["run_id"] for row in three_days.rows("indicator_value", **choice)}  # type: ignore[arg-type]

    assert runs_of() == {"mon", "tue", "b-mon"}
    assert runs_of(shown_only=False) == {"mon", "tue", "wed", "b-mon"}
    assert runs_of(city_ids=["demo-b", "demo-c"]) == {"b-mon"}
    assert runs_of(city_ids=[]) == set()
    assert runs_of(day=MONDAY) == {"mon", "b-mon"}
    assert runs_of(days=(TUESDAY, WEDNESDAY)) == {"tue"}
    assert runs_of(days=(MONDAY, TUESDAY), city_ids=["demo-a"]) == {"mon", "tue"}
    assert len(three_days.rows("run", day=WEDNESDAY)) == 2
    assert [row["city_id"] for row in three_days.rows("city")] == ["demo-a", "demo-b"]


def test_rows_keep_the_columns_order(three_days: Warehouse) -> None:
    for name in three_days.table_names():
        order = [column.name for column in three_days.columns(name)]
        assert [list(row) for row in three_days.rows(name)] == [order] * len(three_days.rows(name))


def test_one_reading_is_one_state(warehouse: Warehouse) -> None:
    many = [f"d{i:05}" for i in range(3000)]
    warehouse.commit(city_day(run("r1"), many, check_results=[]))
    reading = warehouse.iter_rows("dataset_day")
    first = next(reading)
    warehouse.commit(city_day(run("r2"), ("only",)))
    rest = list(reading)
    assert [row["dataset_id"] for row in (first, *rest)] == many
    assert {row["run_id"] for row in rest} == {"r1"}
    assert len(warehouse.rows("dataset_day")) == 1
    half_read = warehouse.iter_rows("dataset_day")
    next(half_read)
    half_read.close()  # type: ignore[attr-defined]
    assert warehouse.commit(city_day(run("r3")))


def test_what_cannot_be_asked(three_days: Warehouse) -> None:
    with pytest.raises(CivicgaugeError, match="'datasets' is not a table of the warehouse; there are city, dataset"):
        three_days.rows("datasets")
    with pytest.raises(CivicgaugeError, match="dataset has no day"):
        three_days.rows("dataset", day=MONDAY)
    with pytest.raises(CivicgaugeError, match="city has no day"):
        three_days.rows("city", days=(MONDAY, TUESDAY))


def test_cursors(warehouse: Warehouse) -> None:
    assert warehouse.cursor("publish") is None
    warehouse.set_cursor("publish", "1")
    warehouse.set_cursor("alert", "x", at=datetime(2026, 1, 12, tzinfo=UTC))
    warehouse.set_cursor("publish", "2")
    assert (warehouse.cursor("publish"), warehouse.cursor("alert")) == ("2", "x")
    assert "cursor" not in warehouse.table_names()
