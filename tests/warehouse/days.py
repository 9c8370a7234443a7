"""City-days to write: small, with every kind of value, null and hostile text in them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from civicgauge.model import CheckResult, City, IndicatorValue, Outcome, RunRecord, Status
from civicgauge.warehouse import CityDay, Warehouse

MONDAY = date(2026, 1, 12)
TUESDAY = date(2026, 1, 13)
HOSTILE = "=1+1\t<script>\\N\"'\nä\x00\ud800 \U0001f6b2"
CLEANED = HOSTILE.replace("\x00", "\ufffd").replace("\ud800", "\ufffd")
DATA_TABLES = (
    *("city", "dataset", "dataset_day", "landing", "pull", "check_result", "indicator_value", "criterion_evidence"),
)


def city(city_id: str = "demo-a") -> City:
    return City.model_validate(
        {
            "id": city_id,
            "name": "Démo",
            "country": "US",
            "state": "MO",
            "geoid": "0100000",
            "population": 1234,
            "time_zone": "America/Chicago",
            "publication": "public",
            "portals": [{"kind": "socrata", "url": "https://data.example.org"}],
        }
    )


def run(run_id: str = "r1", day: date = MONDAY, outcome: str = "complete", **other: Any) -> RunRecord:
    moment = datetime(day.year, day.month, day.day, 12, 30, 1, 250000, tzinfo=timezone(timedelta(hours=-6)))
    values: dict[str, Any] = {
        "city_id": "demo-a",
        "as_of": moment,
        "started_at": moment,
        "ended_at": moment + timedelta(minutes=1),
        "method_version": "0.1.0",
        "config_digest": "c" * 64,
        "notes": ("one", "two"),
    }
    return RunRecord(run_id=run_id, day=day, outcome=outcome, **{**values, **other})


def dataset_row(dataset_id: str, day: date, **other: Any) -> dict[str, Any]:
    state = {"portal_id": "main", "dataset_id": dataset_id, "title": f"{dataset_id} on {day}", "kind": "table"}
    return {**state, "first_seen": day, "last_seen": day, "is_counted": True, "presence": "present", **other}


def dataset_day_row(dataset_id: str, **other: Any) -> dict[str, Any]:
    values = {
        "portal_id": "main",
        "dataset_id": dataset_id,
        "is_counted": None,
        "ownership": "own",
        "declared_frequency": HOSTILE,
        "expected_period_days": 31,
        "touched_at": datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC),
        "age_days": 0,
        "cycles_late": 0.1,
        "licence_text": "",
        "promise_changed": False,
        "first_seen": date(2025, 1, 1),
        "input_digest": "e" * 64,
    }
    return {**values, **other}


def landing_row(dataset_id: str, version: str = "v1", **other: Any) -> dict[str, Any]:
    """One version of a dataset's rows."""
    values = {
        "portal_id": "main",
        "dataset_id": dataset_id,
        "resource_id": dataset_id,
        "version": version,
        "fetched_at": datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
        "source_url": "https://portal.example/rows.csv",
        "rows_count": 7,
        "columns_count": 3,
        "bytes_count": 2**40,
        "sha256": "f" * 64,
        "oddities": HOSTILE,
    }
    return {**values, **other}


def pull_row(dataset_id: str, version: str = "v1", **other: Any) -> dict[str, Any]:
    """What a day's pull of a dataset came to."""
    named = {"portal_id": "main", "dataset_id": dataset_id, "resource_id": dataset_id, "version": version}
    return {**named, "outcome": "changed", "stated_rows_count": 7, **other}


def criterion_row(code: str, **other: Any) -> dict[str, Any]:
    """What the numbers say of a criterion."""
    named = {"standard": "a-standard", "standard_version": "2022", "criterion": code, "evidence": "[]"}
    return {
        **named,
        "stance": "not_observed",
        "basis": "partial",
        "attested_by": HOSTILE,
        "attested_on": date(2026, 1, 1),
        **other,
    }


def check_result(dataset_id: str, check_id: str = "title_informative", subject: str = "") -> CheckResult:
    return CheckResult("main", dataset_id, subject, check_id, 1, Outcome.FAILED, HOSTILE, None, 1, 3, None, "warning")


def indicator(indicator_id: str = "promises_kept", value: float | None = 1 / 3) -> IndicatorValue:
    return IndicatorValue(
        indicator_id, 1, value, "share", Status.OK, 1, 3.0, 0, value, value, "higher_is_better", reason=None
    )


def city_day(record: RunRecord, dataset_ids: Sequence[str] = ("a", "B", "ä"), **other: Any) -> CityDay:
    """A whole day; what `other` names is replaced."""
    values: dict[str, Any] = {
        "city": city(record.city_id),
        "input_digest": "d" * 64,
        "dataset_days": [dataset_day_row(i) for i in dataset_ids],
        "check_results": [check_result(i, c) for i in dataset_ids for c in ("title_informative", "licence_open")],
        "indicator_values": [indicator(), indicator("periods_declared", None)],
        "datasets": [dataset_row(i, record.day) for i in dataset_ids],
        "landings": [landing_row(i) for i in dataset_ids],
        "pulls": [pull_row(i) for i in dataset_ids],
        "criteria": [criterion_row(code) for code in ("DM1", "OD3")],
    }
    return CityDay(run=record, **{**values, **other})


def contents(warehouse: Warehouse, *, clocks: bool = True) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, suspect days too; without run ids where `clocks` is false."""
    found = {name: warehouse.rows(name, shown_only=False) for name in warehouse.table_names()}
    if clocks:
        return found
    return {n: [{k: v for k, v in r.items() if k != "run_id"} for r in found[n]] for n in DATA_TABLES}
