"""Tables to take away: CSV and Parquet, the same names and columns as in SQL."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from civicgauge.errors import ConfigurationError
from civicgauge.pipeline.context import Context
from civicgauge.pipeline.days import day_after, day_of
from civicgauge.warehouse import Warehouse

# who may see a city of which publication
_SEES = {
    "public": {"public"},
    "city": {"public", "shared_with_city"},
    "staff": {"public", "shared_with_city", "private"},
}
_OF_ONE_DAY = {"dataset_day", "check_result"}
_MARK = ".civicgauge-export"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def export(context: Context, folder: Path, as_of: str | None, audience: str) -> dict[str, int]:
    """Write `<table>.csv` and `<table>.parquet` of every table into `folder`; returns rows by table.

    Days after `as_of` are left out; `dataset_day` and `check_result` hold the newest day of each city. Suspect days are
    shown in `run` alone. Raises ConfigurationError for a folder with files that are not ours.
    """
    _claim(folder)
    limit = day_after(day_of(as_of[:10], "--as-of")) if as_of else date.max
    with context.warehouse() as warehouse:
        seen = [row["city_id"] for row in warehouse.rows("city") if row["publication"] in _SEES[audience]]
        return {table: _write(warehouse, folder, table, seen, limit) for table in warehouse.table_names()}


def _claim(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()) and not (folder / _MARK).exists():
            raise ConfigurationError(
                f"{folder} holds files that are not an export of ours; name an empty or new folder"
            )
        (folder / _MARK).write_text("written by civicgauge export\n", encoding="utf-8")
    except OSError as error:
        raise ConfigurationError(f"{folder} cannot be written: {error}") from error


def _write(warehouse: Warehouse, folder: Path, table: str, seen: list[str], limit: date) -> int:
    schema = _schema(warehouse, table)
    rows = list(_rows(warehouse, table, seen, limit))
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), folder / f"{table}.parquet", compression="zstd")
    with (folder / f"{table}.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(schema.names)
        writer.writerows([_cell(row[name]) for name in schema.names] for row in rows)
    return len(rows)


def _rows(warehouse: Warehouse, table: str, seen: list[str], limit: date) -> Iterator[Mapping[str, Any]]:
    if table in _OF_ONE_DAY:
        for city_id in seen:
            run = warehouse.last_current_run(city_id, limit)
            yield from warehouse.rows(table, city_ids=[city_id], day=run.day) if run else ()
        return
    rows: Iterable[Mapping[str, Any]] = warehouse.rows(table, city_ids=seen)
    yield from (row for row in rows if row.get("day") is None or row["day"] < limit)


def _schema(warehouse: Warehouse, table: str) -> pa.Schema:
    kinds = {
        "date": pa.date32(),
        "time": pa.timestamp("us", tz="UTC"),
        "integer": pa.int64(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
        "text": pa.string(),
    }
    return pa.schema([(column.name, kinds[column.kind]) for column in warehouse.columns(table)])


def _cell(value: Any) -> Any:
    """A value as CSV holds it: ISO 8601 UTC, true and false, and no text that a spreadsheet would run as a formula."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value
