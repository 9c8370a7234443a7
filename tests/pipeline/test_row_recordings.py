"""Recorded exports through the whole pipeline: what stopped growing is named, what only looks old is not."""

from __future__ import annotations

import csv
import gzip
import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from civicgauge.pipeline import observing, parquet
from civicgauge.rows.events import is_event_column
from tests.homes import home_at, tables
from tests.recordings import FOLDER, needs_recordings, replayed, write_city

pytestmark = [needs_recordings, pytest.mark.slow, pytest.mark.timeout(1200)]

NAME, DAY = "chattanooga", date(2024, 9, 27)
# The portal's own date of the data is more than a year after the newest row.
STOPPED = {
    "3nc2-xvnc": "year",
    "6iwt-jsdv": "date",
    "83sk-wbar": "year",
    "8k2v-wnqr": "year",
    "an5k-bh4m": "date_incident",
    "c6he-bpas": "date",
    "dshm-tehy": "year",
    "ipfu-n8y7": "incident_received_date",
    "kpvf-upum": "date",
    "r78n-ntkm": "date",
    "y9az-rpms": "date",
}
# Tables that grow, one with a column of year endings, one with a column of expiry, and the odd ones.
OTHERS = {"nkyi-3pzf", "uips-daya", "qsec-7gi8", "d4yh-2nsm", "ufw3-p78c", "t8ph-y8y5", "9zkx-gc9x"}


def recorded_exports() -> set[str]:
    return {path.name.removesuffix(".csv.gz") for path in (FOLDER / NAME / "rows").glob("*.csv.gz")}


def event_column(dataset_id: str) -> str | None:
    """What staff would name after a look: of the dates that say when something happened, the column with the newest."""
    view = json.loads(gzip.decompress((FOLDER / NAME / "views" / f"{dataset_id}.json.gz").read_bytes()))
    fields = {c["name"]: c["fieldName"] for c in view["columns"] if c["dataTypeName"] in ("calendar_date", "date")}
    newest: dict[str, date] = {}
    with gzip.open(FOLDER / NAME / "rows" / f"{dataset_id}.csv.gz", "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for header, field in fields.items():
                day = _day(row.get(header) or "")
                if day and day <= DAY and is_event_column(field, header):
                    newest[field] = max(day, newest.get(field, day))
    return max(newest, key=lambda field: newest[field], default=None)


def _day(text: str) -> date | None:
    month, _, rest = text.partition("/")
    day, _, year = rest.partition("/")
    return date(int(year[:4]), int(month), int(day)) if all(p.isdecimal() for p in (month, day, year[:4])) else None


def choices(ids: set[str]) -> list[dict[str, Any]]:
    columns = {dataset_id: STOPPED.get(dataset_id) or event_column(dataset_id) for dataset_id in sorted(ids)}
    return [{"id": i, "event_column": column} if column else {"id": i} for i, column in columns.items()]


def test_tables_that_stopped_growing_are_named_and_no_others(tmp_path: Path) -> None:
    chosen = recorded_exports() if os.environ.get("CIVICGAUGE_PROVE") else STOPPED.keys() | OTHERS
    with replayed([NAME]) as urls, home_at(tmp_path / "home") as context:
        extra = yaml.safe_dump({"datasets": choices(chosen)})
        write_city(context.settings.cities, NAME, urls[NAME], extra)
        (result,) = observing.observe(context, [NAME], DAY.isoformat())
        assert (result.outcome, result.problems) == ("complete", {})
        held = tables(context)
    assert {row["dataset_id"] for row in held["landing"] if row["rows_count"] is not None} == chosen
    checks = [row for row in held["check_result"] if row["check_id"] == "newest_event_keeps_up"]
    assert {row["dataset_id"] for row in checks if row["outcome"] == "failed"} == STOPPED.keys()
    assert {row["dataset_id"] for row in checks if row["outcome"] == "passed"} >= {
        "d4yh-2nsm",
        "nkyi-3pzf",
        "t8ph-y8y5",
    }


def test_a_column_that_is_no_event_is_refused_and_says_so(tmp_path: Path) -> None:
    with replayed([NAME]) as urls, home_at(tmp_path / "home") as context:
        named = [
            {"id": "uips-daya", "event_column": "expiration_date"},
            {"id": "nkyi-3pzf", "event_column": "year_ending"},
        ]
        write_city(context.settings.cities, NAME, urls[NAME], yaml.safe_dump({"datasets": named}))
        observing.observe(context, [NAME], DAY.isoformat())
        with context.warehouse() as warehouse:
            run = warehouse.current_run(NAME, DAY)
        assert run is not None
        assert run.catalog_attempt is not None
        manifest = context.lake.manifest(run.catalog_attempt) or {}
        landed = parquet.read_rows(context.lake, run.catalog_attempt, "landed_tables.parquet", manifest)
        judged = [row for row in tables(context)["check_result"] if row["check_id"].startswith("newest_event")]
    assert {row["dataset_id"]: (row["event_column"], row["event_reason"]) for row in landed} == {
        "uips-daya": (None, "event_column_is_no_event"),
        "nkyi-3pzf": (None, "event_column_is_no_date"),
    }
    assert {row["outcome"] for row in judged} <= {"unknown", "not_applicable"}
