"""The way exports were written before, which `export` is held against: a dict for every row, CSV and Parquet alone.

python -m benchmarks._export_by_rows WAREHOUSE_URL FOLDER
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from civicgauge.pipeline.exporting._kinds import TYPES
from civicgauge.warehouse import Warehouse

_OF_ONE_DAY = {"dataset_day", "check_result"}
_BATCH = 10_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def main() -> None:
    """Write every table of the warehouse."""
    url, folder = sys.argv[1], Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    with Warehouse(url) as warehouse:
        cities = [row["city_id"] for row in warehouse.rows("city")]
        for table in warehouse.table_names():
            write(warehouse, folder, table, cities)


def write(warehouse: Warehouse, folder: Path, table: str, cities: list[str]) -> None:
    """One table, a row at a time."""
    schema = pa.schema([(column.name, TYPES[column.kind]) for column in warehouse.columns(table)])
    with (
        pq.ParquetWriter(folder / f"{table}.parquet", schema, compression="zstd") as columns,
        (folder / f"{table}.csv").open("w", newline="", encoding="utf-8") as file,
    ):
        writer = csv.writer(file)
        writer.writerow(schema.names)
        rows = rows_of(warehouse, table, cities)
        while batch := list(islice(rows, _BATCH)):
            columns.write_table(pa.Table.from_pylist(batch, schema=schema))
            writer.writerows([cell(row[name]) for name in schema.names] for row in batch)


def rows_of(warehouse: Warehouse, table: str, cities: list[str]) -> Iterator[Mapping[str, Any]]:
    """The rows of all days, of two tables those of each city's newest day."""
    if table not in _OF_ONE_DAY:
        yield from warehouse.iter_rows(table, city_ids=cities)
        return
    for city_id in cities:
        run = warehouse.last_current_run(city_id, date.max)
        yield from warehouse.iter_rows(table, city_ids=[city_id], day=run.day) if run else ()


def cell(value: Any) -> Any:
    """A value as CSV holds it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


if __name__ == "__main__":
    main()
