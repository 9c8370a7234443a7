"""A SQLite warehouse with years of daily values, made by bulk SQL in a few statements.

python -m benchmarks._export_warehouse PATH CITIES DAYS
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Mapping
from pathlib import Path

from civicgauge.warehouse import ColumnInfo, Warehouse

INDICATORS, DATASETS, CHECKS = 45, 100, 25
LAST_DAY = "2026-06-30"
_EMPTY = {"text": "''", "integer": "0", "number": "0.0", "boolean": "0", "date": "day", "time": "at"}

_CITY = "printf('city-%03d', city)"
_SAID = {  # by column, in terms of the numbers that a row is made of
    "day": "day",
    "city_id": _CITY,
    "portal_id": "'main'",
    "dataset_id": "printf('ds-%04d', item)",
    "name": "printf('City %d', city)",
    "title": "printf('=Dataset %d of city %d', item, city)",
    "permalink": "printf('https://data.example.org/d/%d', item)",
    "country": "'US'",
    "time_zone": "'America/Chicago'",
    "publication": "'public'",
    "as_of": "at",
    "run_id": f"{_CITY} || '.' || day || '.20260630T120000.000000Z-1f3a9c2e'",
    "is_current": "1",
    "is_counted": "1",
    "indicator_id": "printf('indicator_number_%02d_share', item)",
    "indicator_version": "1",
    "value": "CASE WHEN (city + item) % 7 THEN (city * 31 + item * 17 + number % 97) % 1000 / 1000.0 END",
    "status": "CASE WHEN (city + item) % 7 THEN 'ok' ELSE 'insufficient' END",
    "unit": "'share'",
    "numerator": "(city * 31 + item * 17 + number % 97) % 1000 * 1.0",
    "denominator": "1000.0",
    "n_unknown": "(city + item) % 40",
    "value_low": "0.25",
    "value_high": "0.75",
    "direction": "'higher_is_better'",
    "reason": "CASE WHEN (city + item) % 7 THEN NULL ELSE 'more_than_30_percent_unknown' END",
    "input_digest": "lower(printf('%08x%056x', city * 7919, number))",
    "config_digest": "lower(printf('%08x%056x', city * 104729, 1))",
    "method_version": "'0.1.0'",
    "check_id": "printf('check_number_%02d', second)",
    "check_version": "1",
    "severity": "'warning'",
    "observed": "printf('%d of 40 parts', second)",
    "expected": "'none'",
    "ownership": "'own'",
}
_OUTCOME = {
    "run": "'complete'",
    "check_result": "CASE (item + second) % 5 WHEN 0 THEN 'failed' ELSE 'passed' END",
}


def make(path: Path, cities: int, days: int) -> None:
    """So many cities, each with a run and all indicators on every day; datasets and checks on the last."""
    with Warehouse(f"sqlite:///{path}") as warehouse:
        warehouse.upgrade()
        columns = {name: warehouse.columns(name) for name in warehouse.table_names()}
    every = f"SELECT i AS number, date('{LAST_DAY}', '-' || ({days} - 1 - i) || ' days') AS day FROM n WHERE i < {days}"
    last = f"{every} AND i = {days - 1}"
    link = sqlite3.connect(path)
    link.execute("PRAGMA synchronous=OFF")
    link.execute("CREATE TEMP TABLE n (i INTEGER PRIMARY KEY)")
    link.executemany("INSERT INTO n VALUES (?)", ((number,) for number in range(max(cities, days, DATASETS))))
    for table, of_days, items, seconds in (
        ("city", last, 1, 1),
        ("run", every, 1, 1),
        ("dataset", last, DATASETS, 1),
        ("dataset_day", last, DATASETS, 1),
        ("check_result", last, DATASETS, CHECKS),
        ("indicator_value", every, INDICATORS, 1),
    ):
        source = (
            f"SELECT c.i AS city, d.number, d.day, d.day || 'T23:00:00.000000Z' AS at, t.i AS item, s.i AS second "
            f"FROM ({of_days}) d CROSS JOIN n c CROSS JOIN n t CROSS JOIN n s "
            f"WHERE c.i < {cities} AND t.i < {items} AND s.i < {seconds}"
        )
        names = ", ".join(f'"{column.name}"' for column in columns[table])
        values = ", ".join(_expression(table, column) for column in columns[table])
        link.execute(f"INSERT INTO {table} ({names}) SELECT {values} FROM ({source})")
        link.commit()
    link.close()


def _expression(table: str, column: ColumnInfo) -> str:
    said: Mapping[str, str] = {**_SAID, **({"outcome": _OUTCOME[table]} if table in _OUTCOME else {})}
    if column.name in said:
        return said[column.name]
    return "NULL" if column.is_nullable else _EMPTY[column.kind]


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
