"""Tables to take away: CSV and Parquet, the same names and columns as in SQL."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.parquet as pq

from civicgauge import registry
from civicgauge.errors import ConfigurationError
from civicgauge.pipeline.context import Context
from civicgauge.pipeline.days import day_after, moment_of
from civicgauge.warehouse import Warehouse

# who may see a city of which publication
_SEES = {
    "public": {"public"},
    "city": {"public", "shared_with_city"},
    "staff": {"public", "shared_with_city", "private"},
}
_OF_ONE_DAY = {"dataset_day", "check_result"}
_MARK = ".civicgauge-export"
_BATCH = 10_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def export(context: Context, folder: Path, as_of: str | None, audience: str) -> dict[str, int]:
    """Write `<table>.csv` and `<table>.parquet` of every table into `folder`; returns rows by table.

    Days after `as_of` are left out; `dataset_day` and `check_result` hold the newest day of each city. Suspect days are
    shown in `run` alone, findings that may speak of personal data to staff alone (DESIGN rule 13). Raises
    ConfigurationError for a folder with files that are not ours.
    """
    if as_of:
        moment_of(as_of, ZoneInfo("UTC"))  # refused before anything is written
    with context.warehouse() as warehouse:
        _claim(folder)
        cities = [row for row in warehouse.rows("city") if row["city_id"] in shown_to(context, audience)]
        before = {row["city_id"]: _before(as_of, ZoneInfo(row["time_zone"])) for row in cities}
        is_staff = audience == "staff"
        return {t: _write(warehouse, folder, t, before, is_staff=is_staff) for t in warehouse.table_names()}


def shown_to(context: Context, audience: str) -> set[str]:
    """The cities that an audience may see, by their files as they stand now and by what was committed.

    The stricter of the two counts; a city whose file is gone, or cannot be read, is private.
    """
    stated = {city_id: city.publication for city_id, city in registry.load_registry(context.settings.cities)[0].items()}
    with context.warehouse() as warehouse:
        committed = {row["city_id"]: row["publication"] for row in warehouse.rows("city")}
    return {i for i, word in committed.items() if {word, stated.get(i, "private")} <= _SEES[audience]}


def _before(as_of: str | None, zone: ZoneInfo) -> date:
    """The first day of a city that is left out."""
    return day_after(moment_of(as_of, zone).astimezone(zone).date()) if as_of else date.max


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


def _write(warehouse: Warehouse, folder: Path, table: str, before: Mapping[str, date], *, is_staff: bool) -> int:
    """One table in batches, so that memory does not grow with its rows; returns how many there were."""
    schema, count = _schema(warehouse, table), 0
    with (
        _replacing(folder / f"{table}.parquet") as parquet,
        _replacing(folder / f"{table}.csv") as text,
        pq.ParquetWriter(parquet, schema, compression="zstd") as columns,
        text.open("w", newline="", encoding="utf-8") as file,
    ):
        writer = csv.writer(file)
        writer.writerow(schema.names)
        rows = (row for row in _rows(warehouse, table, before) if is_staff or not row.get("is_private"))
        while batch := list(islice(rows, _BATCH)):
            columns.write_table(pa.Table.from_pylist(batch, schema=schema))
            writer.writerows([_cell(row[name]) for name in schema.names] for row in batch)
            count += len(batch)
    return count


@contextmanager
def _replacing(path: Path) -> Iterator[Path]:
    """A file beside `path` that takes its place when it is whole: a reader never meets half of a table."""
    part = path.with_name(f".{path.name}.part")
    try:
        yield part
        part.replace(path)
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be written: {error.strerror or error}") from error
    finally:
        part.unlink(missing_ok=True)


def _rows(warehouse: Warehouse, table: str, before: Mapping[str, date]) -> Iterator[Mapping[str, Any]]:
    if table in _OF_ONE_DAY:
        for city_id, limit in before.items():
            run = warehouse.last_current_run(city_id, limit)
            yield from warehouse.iter_rows(table, city_ids=[city_id], day=run.day) if run else ()
        return
    rows: Iterable[Mapping[str, Any]] = warehouse.iter_rows(table, city_ids=list(before))
    yield from (row for row in rows if row.get("day") is None or row["day"] < before[row["city_id"]])


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
