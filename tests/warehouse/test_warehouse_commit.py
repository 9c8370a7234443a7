"""What a commit writes, replaces and leaves alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from civicgauge.errors import CivicgaugeError
from civicgauge.warehouse import Warehouse, alert_tables, review_tables

from .days import (
    CLEANED,
    DATA_TABLES,
    MONDAY,
    TUESDAY,
    check_result,
    city,
    city_day,
    contents,
    dataset_day_row,
    dataset_row,
    indicator,
    landing_row,
    run,
)

NO_VALUES = dict.fromkeys(
    ("dataset_days", "check_results", "indicator_values", "datasets", "landings", "pulls", "criteria"), ()
)


def test_both_databases_hold_the_same(sqlite_url: str, postgres_url: str) -> None:
    held = []
    for url in (sqlite_url, postgres_url):
        with Warehouse(url) as warehouse:
            warehouse.upgrade()
            warehouse.commit(city_day(run("r1")))
            warehouse.commit(city_day(run("r2", TUESDAY, "partial"), ("z", "Z", "é", "e")))
            warehouse.record_run(run("r3", TUESDAY, "failed", problem="no answer", as_of=None, notes=()))
            held.append(contents(warehouse))
    assert held[0] == held[1]
    assert [row["dataset_id"] for row in held[0]["dataset_day"]] == ["B", "a", "ä", "Z", "e", "z", "é"]
    assert all(held[0][name] for name in DATA_TABLES)
    assert [list(map(type, row.values())) for row in held[0]["dataset_day"]] == [
        list(map(type, row.values())) for row in held[1]["dataset_day"]
    ]


def test_values_come_back_as_they_were(warehouse: Warehouse) -> None:
    record = run(
        airflow_dag_id="observe__demo-a", airflow_run_id="manual__1", catalog_attempt="c1", results_attempt="r1"
    )
    day = city_day(record)
    assert warehouse.commit(day)
    assert warehouse.current_run("demo-a", MONDAY) == record
    assert warehouse.indicator_values("demo-a", MONDAY) == sorted(day.indicator_values, key=lambda v: v.indicator_id)
    (row,) = [r for r in warehouse.rows("dataset_day") if r["dataset_id"] == "a"]
    assert row["declared_frequency"] == CLEANED
    assert row["licence_text"] == ""
    assert (row["is_counted"], row["promise_changed"], row["licence_id"]) == (None, False, None)
    assert (row["expected_period_days"], row["cycles_late"], row["age_days"]) == (31.0, 0.1, 0)
    assert row["first_seen"] == date(2025, 1, 1)
    assert row["touched_at"] == datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)
    assert (row["run_id"], row["input_digest"], row["as_of"]) == ("r1", "e" * 64, record.as_of)
    assert {r["input_digest"] for r in warehouse.rows("indicator_value")} == {"d" * 64}
    assert [r["outcome"] for r in warehouse.rows("check_result")] == ["failed"] * 6
    assert warehouse.rows("city")[0]["geoid"] == "0100000"


def test_times_are_aware_and_utc(warehouse: Warehouse) -> None:
    warehouse.commit(city_day(run()))
    for name in ("run", "dataset_day", "indicator_value"):
        times = [v for row in warehouse.rows(name) for v in row.values() if isinstance(v, datetime)]
        assert times
        assert {t.utcoffset() for t in times} == {timedelta(0)}
    kept = warehouse.current_run("demo-a", MONDAY)
    assert kept is not None
    assert kept.started_at.isoformat() == "2026-01-12T18:30:01.250000+00:00"


def test_committing_twice_leaves_the_same_rows(warehouse: Warehouse) -> None:
    warehouse.commit(city_day(run("r1")))
    before = contents(warehouse)
    warehouse.commit(city_day(run("r1")))
    assert contents(warehouse) == before
    warehouse.commit(city_day(run("r2")))
    assert contents(warehouse, clocks=False) == {
        name: [{k: v for k, v in row.items() if k != "run_id"} for row in before[name]] for name in DATA_TABLES
    }
    assert {row["run_id"]: row["is_current"] for row in warehouse.rows("run")} == {"r1": False, "r2": True}


def test_a_new_attempt_replaces_the_day_whole_and_no_other(warehouse: Warehouse) -> None:
    warehouse.commit(city_day(run("monday")))
    warehouse.commit(city_day(run("tuesday", TUESDAY)))
    warehouse.commit(city_day(run("other", city_id="demo-b")))
    warehouse.commit(city_day(run("again"), ("a",), indicator_values=[indicator(value=None)]))
    monday = {"city_ids": ["demo-a"], "day": MONDAY}
    assert [r["dataset_id"] for r in warehouse.rows("dataset_day", **monday)] == ["a"]
    values = [(r["indicator_id"], r["value"], r["run_id"]) for r in warehouse.rows("indicator_value", **monday)]
    assert values == [
        ("periods_declared", None, "monday"),
        ("promises_kept", None, "again"),
    ]  # not measured anew: stays
    assert len(warehouse.rows("dataset_day", day=TUESDAY)) == 3
    assert len(warehouse.rows("dataset_day", city_ids=["demo-b"])) == 3


def test_an_older_day_recomputed_leaves_the_state(warehouse: Warehouse) -> None:
    old = MONDAY - timedelta(days=7)
    warehouse.commit(
        city_day(run("r2", TUESDAY), ("a",), datasets=[dataset_row("a", TUESDAY, freshness_status="fresh")])
    )
    late = [dataset_row("a", old, freshness_status="overdue", kind="link", is_counted=None), dataset_row("new", old)]
    warehouse.commit(city_day(run("r1", old), ("a", "new"), datasets=late))
    kept = {row["dataset_id"]: row for row in warehouse.rows("dataset")}
    assert kept["a"]["state_day"] == TUESDAY
    assert (kept["a"]["freshness_status"], kept["a"]["kind"], kept["a"]["is_counted"]) == ("fresh", "table", True)
    assert kept["a"]["title"] == f"a on {TUESDAY}"
    assert (kept["a"]["first_seen"], kept["a"]["last_seen"]) == (old, TUESDAY)
    assert (kept["new"]["state_day"], kept["new"]["first_seen"]) == (old, old)


def test_a_newer_day_brings_the_state_forward(warehouse: Warehouse) -> None:
    warehouse.commit(city_day(run("r1"), ("a",)))
    gone = dataset_row("a", MONDAY, presence="removed", removed_on=TUESDAY, is_counted=None)
    warehouse.commit(city_day(run("r2", TUESDAY, "partial"), ("a",), datasets=[gone]))
    (row,) = warehouse.rows("dataset")
    assert (row["presence"], row["removed_on"], row["is_counted"]) == ("removed", TUESDAY, None)
    assert (row["first_seen"], row["last_seen"], row["state_day"]) == (MONDAY, MONDAY, TUESDAY)


@pytest.mark.parametrize("outcome", ["suspect", "not_measured", "failed"])
def test_an_attempt_that_is_worse_replaces_nothing(warehouse: Warehouse, outcome: str) -> None:
    warehouse.commit(city_day(run("good")))
    before = contents(warehouse)
    assert not warehouse.commit(city_day(run("bad", outcome=outcome), ("only",)))
    after = contents(warehouse)
    assert {name: after[name] for name in DATA_TABLES} == {name: before[name] for name in DATA_TABLES}
    assert {row["run_id"]: row["is_current"] for row in after["run"]} == {"good": True, "bad": False}


@pytest.mark.parametrize("outcome", ["not_measured", "failed"])
def test_nothing_measured_writes_the_run_alone(warehouse: Warehouse, outcome: str) -> None:
    assert not warehouse.commit(city_day(run("bad", outcome=outcome, as_of=None), **NO_VALUES))
    assert {name: len(rows) for name, rows in contents(warehouse).items()} == {
        **dict.fromkeys(DATA_TABLES, 0),
        "indicator_revision": 0,
        **dict.fromkeys((*alert_tables.EXPORTED, *review_tables.MADE_TOGETHER), 0),
        "run": 1,
    }
    assert warehouse.current_run("demo-a", MONDAY) is None


def test_a_suspect_day_is_kept_and_not_shown(warehouse: Warehouse) -> None:
    assert warehouse.commit(city_day(run("doubt", outcome="suspect")))
    assert warehouse.rows("dataset") == []
    assert warehouse.rows("indicator_value") == []
    assert warehouse.indicator_values("demo-a", MONDAY) == []
    assert len(warehouse.indicator_values("demo-a", MONDAY, shown_only=False)) == 2
    assert len(warehouse.rows("dataset_day", shown_only=False)) == 3
    assert len(warehouse.rows("run")) == 1
    assert warehouse.latest_day("demo-a") is None
    assert warehouse.commit(city_day(run("doubt again", outcome="suspect"), ("a",)))
    assert len(warehouse.rows("dataset_day", shown_only=False)) == 1
    assert warehouse.commit(city_day(run("good")))
    assert len(warehouse.rows("dataset_day")) == len(warehouse.rows("dataset")) == 3


def test_a_version_of_rows_keeps_its_first_word(warehouse: Warehouse) -> None:
    """A version is content: another day that holds it adds a pull, and changes nothing of it."""
    warehouse.commit(city_day(run("r1"), ("a",)))
    later = landing_row("a", fetched_at=datetime(2026, 6, 1, tzinfo=UTC), source_url="https://elsewhere.example")
    day = TUESDAY
    warehouse.commit(city_day(run("r2", day=day), ("a",), landings=[later, landing_row("a", "v2")]))
    kept = {row["version"]: row["source_url"] for row in warehouse.rows("landing")}
    assert kept == {"v1": "https://portal.example/rows.csv", "v2": "https://portal.example/rows.csv"}
    assert [(row["day"], row["version"]) for row in warehouse.rows("pull")] == [(MONDAY, "v1"), (day, "v1")]


def test_a_committed_run_keeps_its_outcome(warehouse: Warehouse) -> None:
    warehouse.commit(city_day(run("r1")))
    with pytest.raises(CivicgaugeError, match=r"r1 is committed as complete.*run_id of its own"):
        warehouse.record_run(run("r1", outcome="failed"))
    with pytest.raises(CivicgaugeError, match="r1 is of demo-a 2026-01-12"):
        warehouse.commit(city_day(run("r1", TUESDAY)))
    assert warehouse.rows("dataset_day", day=TUESDAY) == []
    renewed = run("r1", problem="a portal was slow")
    warehouse.record_run(renewed)
    assert warehouse.current_run("demo-a", MONDAY) == renewed


def test_a_failed_attempt_may_become_the_current_one(warehouse: Warehouse) -> None:
    warehouse.record_run(run("r1", outcome="failed", problem="first"))
    warehouse.record_run(run("r1", outcome="failed", problem="second"))
    assert warehouse.commit(city_day(run("r1")))
    assert [(r["outcome"], r["is_current"], r["problem"]) for r in warehouse.rows("run")] == [("complete", True, None)]


UNFIT: list[tuple[dict[str, Any], str]] = [
    (
        {"dataset_days": [dataset_day_row("a", colour="red")]},
        r"dataset_day: no such column: colour \(.*dataset_id=a",
    ),
    ({"dataset_days": [dataset_day_row("a", age_days=1.5)]}, "dataset_day.age_days: a whole number .* not float"),
    ({"dataset_days": [dataset_day_row("a", age_days=2**63)]}, "dataset_day.age_days"),
    ({"dataset_days": [dataset_day_row("a", cycles_late=float("nan"))]}, "cycles_late: a finite number"),
    ({"dataset_days": [dataset_day_row("a", is_counted=1)]}, "is_counted: true or false"),
    ({"dataset_days": [dataset_day_row("a", licence_text=7)]}, "licence_text: text"),
    ({"dataset_days": [dataset_day_row("a", touched_at=datetime(2026, 1, 1))]}, "touched_at: an aware time"),
    ({"dataset_days": [dataset_day_row("a", first_seen=datetime(2026, 1, 1))]}, "first_seen: a date"),
    ({"dataset_days": [dataset_day_row("a", ownership=None)]}, "dataset_day.ownership: a value is needed"),
    ({"dataset_days": [dataset_day_row("a", day=TUESDAY)]}, "dataset_day.day: a row says 2026-01-13"),
    ({"datasets": [dataset_row("a", MONDAY, last_seen=None)]}, "dataset.last_seen: a value is needed"),
    ({"check_results": [replace(check_result("a"), subject=None)]}, "check_result.subject: a value is needed"),
    ({"indicator_values": [indicator(value=float("inf"))]}, "indicator_value.value: a finite number"),
]


def test_a_value_that_does_not_fit_is_refused_before_anything_is_written(warehouse: Warehouse) -> None:
    warehouse.commit(city_day(run("good")))
    before = contents(warehouse)
    for part, message in UNFIT:
        with pytest.raises(CivicgaugeError, match=message):
            warehouse.commit(city_day(run("bad"), **part))
    assert contents(warehouse) == before


def test_runs_of_another_city_or_an_unknown_outcome_are_refused(warehouse: Warehouse) -> None:
    with pytest.raises(CivicgaugeError, match="the city is demo-b"):
        city_day(run(), city=city("demo-b"))
    with pytest.raises(CivicgaugeError, match="'splendid' is none of complete, partial"):
        warehouse.record_run(run(outcome="splendid"))
    assert warehouse.runs() == []


def test_a_repeated_row_leaves_the_day_before(warehouse: Warehouse) -> None:
    warehouse.commit(city_day(run("good"), ("a",)))
    before = contents(warehouse)
    day = city_day(run("bad"), ("b", "c"))
    for part in ("dataset_days", "check_results", "indicator_values"):
        rows = getattr(day, part)
        with pytest.raises(CivicgaugeError, match="refused what was written"):
            warehouse.commit(replace(day, **{part: [*rows, rows[0]]}))
    assert contents(warehouse) == before


def test_an_error_at_the_last_step_leaves_everything_before(warehouse: Warehouse) -> None:
    warehouse.commit(city_day(run("good"), ("a",)))
    before = contents(warehouse)
    with pytest.raises(CivicgaugeError, match="good is of demo-a 2026-01-12"):
        warehouse.commit(city_day(run("good", TUESDAY), ("b", "c")))
    assert contents(warehouse) == before
