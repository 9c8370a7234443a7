"""A few failing rows of a landed table: their keys, or their numbers where no key is named. Never a value."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb

from civicgauge.landed import LandedTable, Statistic
from civicgauge.rows.sqltext import literal, quoted
from civicgauge.rows.statistics import applies, by_name, render

MOST_ROWS = 5
MOST_COLUMNS = 20


def failing_rows(
    parquet: Path, table: LandedTable, predicate: Statistic, roles: Mapping[str, str], key: str | None
) -> dict[str, list[str]]:
    """By column ('' for a predicate about the table) the keys of up to five rows for which the predicate holds.

    `predicate` is a condition on one row, written as a statistic is. Without a `key`, a row is named `row 17`,
    counted from 1 below the header. What DuckDB cannot evaluate finds nothing: the check's own outcome says so.
    """
    columns = by_name(table)
    wanted = [None] if predicate.of == "table" else [c for c in table.columns if applies(predicate, c)][:MOST_COLUMNS]
    found: dict[str, list[str]] = {}
    with duckdb.connect() as link:
        link.execute("SET TimeZone='UTC'; SET memory_limit='256MB'; SET threads=2")
        for column in wanted:
            sql = render(predicate, columns, roles, column)
            keys = _keys(link, parquet, sql, columns[key].received_name if key in columns else None) if sql else []
            if keys:
                found[column.name if column else ""] = keys
    return found


def _keys(link: duckdb.DuckDBPyConnection, parquet: Path, predicate: str, key: str | None) -> list[str]:
    named = f"coalesce({quoted(key)}, 'row ' || (file_row_number + 1))" if key else "'row ' || (file_row_number + 1)"
    source = f"read_parquet({literal(str(parquet))}, file_row_number=true)"
    sql = f"SELECT {named} FROM {source} WHERE {predicate} ORDER BY file_row_number LIMIT {MOST_ROWS}"  # noqa: S608
    try:
        return [str(name)[:100] for (name,) in link.execute(sql).fetchall()]
    except duckdb.Error:
        return []
