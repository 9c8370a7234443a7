"""The SQL of the shipped checks on rows, counted by DuckDB as a pull does it: no error, and right counts."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import duckdb
import pytest
from tests.quality.samples import COLUMNS, ROWS

from civicgauge.landed import ColumnType, LandedColumn, LandedTable, Statistic
from civicgauge.quality.checks import load_checks
from civicgauge.quality.measures import row_statistics
from civicgauge.rows.profile import profile
from civicgauge.rows.statistics import render

CHECKS = load_checks(ROWS, COLUMNS)
STATISTICS = row_statistics(CHECKS)
SQL_TYPES = {"date_time": "TIMESTAMP", "instant": "TIMESTAMPTZ", "date": "DATE", "boolean": "BOOLEAN"}
SQL_TYPES |= {"point": "STRUCT(lon DOUBLE, lat DOUBLE)", "text": "VARCHAR", "geometry": "VARCHAR"}
NAME = 'odd "name'


def column(type_: ColumnType) -> LandedColumn:
    received = NAME if type_ in ("text", "geometry") else f"{NAME}__received"
    return LandedColumn(NAME, NAME, type_, "portal", "", received, 0)


def counted(folder: Path, type_: ColumnType, cells: list[Any]) -> dict[str, Any]:
    """The statistics of the shipped checks over one column of one type."""
    path, one = folder / "rows.parquet", column(type_)
    with duckdb.connect() as link:
        link.execute("SET TimeZone='UTC'")
        link.execute(f"CREATE TABLE t(number INTEGER, v {SQL_TYPES.get(type_, 'DOUBLE')})")
        for number, cell in enumerate(cells):
            link.execute("INSERT INTO t VALUES (?, ?)", [number, cell])
        both = '"odd ""name"' if one.received_name == NAME else '"odd ""name", v::VARCHAR AS "odd ""name__received"'
        link.execute(f"COPY (SELECT v AS {both} FROM t ORDER BY number) TO '{path}'")
    table = LandedTable((one,), len(cells), "csv", "utf-8")
    found = profile(path, table, STATISTICS, {})
    assert found.errors == {}
    return found.columns[NAME]


@pytest.mark.parametrize("type_", get_args(ColumnType))
def test_every_statistic_can_be_asked_of_every_type_that_it_names(tmp_path: Path, type_: ColumnType) -> None:
    for cells in ([], [None, None]):
        assert set(counted(tmp_path, type_, cells).values()) <= {0, None}


@pytest.mark.parametrize("type_", get_args(ColumnType))
def test_failing_rows_can_be_asked_for_where_the_check_applies(type_: ColumnType) -> None:
    kind = SQL_TYPES.get(type_, "DOUBLE")
    with duckdb.connect() as link:
        link.execute("SET TimeZone='UTC'")
        link.execute(f'CREATE TABLE t("odd ""name" {kind}, "odd ""name__received" VARCHAR)')
        for check in (c for c in CHECKS if c.failing_rows and (not c.failing_types or type_ in c.failing_types)):
            asked = Statistic("failing", "column", check.failing_rows or "")
            assert link.execute(f"SELECT * FROM t WHERE {render(asked, {}, {}, column(type_))}").fetchall() == []


@pytest.mark.parametrize("type_", ["date", "date_time", "instant"])
@pytest.mark.parametrize(
    ("days", "impossible", "default"),
    [
        (["2020-05-05"] * 20, 0, 0),
        (["0204-05-01"] + ["2020-05-05"] * 20, 1, 0),
        (["0204-05-01", "1310-05-01"] + ["2020-05-05"] * 8, 0, 0),  # long history
        (["2924-01-15"] + ["2020-05-05"] * 20, 1, 0),
        (["9999-12-31", "2999-01-01"] + ["2020-05-05"] * 20, 0, 0),  # open ends
        (["1900-01-01", "1899-12-30"] + ["2020-05-05"] * 20, 0, 2),
        (["1900-01-01", "1900-03-05", "1902-07-01"] + ["2020-05-05"] * 20, 0, 0),  # real dates of those years
        (["1970-01-01", "1970-01-01"] + ["2020-05-05"] * 20, 0, 2),
        (["1970-01-01", "1971-06-02"] + ["2020-05-05"] * 20, 0, 0),
        (["1970-01-01", "1985-01-01", "1990-01-01", "2004-01-01"], 0, 0),  # years only
        (["0001-01-01"] + ["2020-05-05"] * 20, 0, 1),
        (["1900-01-01"] * 5, 0, 5),
        ([None, "2020-05-05"], 0, 0),
    ],
)
def test_dates_that_are_counted(
    tmp_path: Path, type_: ColumnType, days: list[str | None], impossible: int, default: int
) -> None:
    found = counted(tmp_path, type_, list(days))
    assert (found["impossible_dates_count"], found["default_dates_count"]) == (impossible, default)


@pytest.mark.parametrize(
    ("text", "broken", "nulls"),
    [
        ("José, naïve – “quoted” Ünicode 東京", 0, 0),
        ("SÃO PAULO, CÂMARA, MAÇÃ", 0, 0),
        ("“AMANHÃ”", 0, 0),
        ("JosÃ©", 1, 0),
        ("donâ€™t", 1, 0),
        ("20 Â°C", 1, 0),
        ("Jos\ufffd", 1, 0),
        ("NULL", 0, 1),
        ("#VALUE!", 0, 1),
        ("undefined", 0, 1),
        ("None", 0, 0),
        ("N/A", 0, 0),
        ("null and void", 0, 0),
    ],
)
def test_texts_that_are_counted(tmp_path: Path, text: str, broken: int, nulls: int) -> None:
    found = counted(tmp_path, "text", [text, "Main Street", None])
    assert (found["broken_texts_count"], found["nulls_written_count"]) == (broken, nulls)
