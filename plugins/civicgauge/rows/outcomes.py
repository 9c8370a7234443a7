"""An outcome from landed rows, by calendar period: counted by DuckDB, of no other days than those asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import duckdb

from civicgauge.errors import ConfigurationError
from civicgauge.landed import LandedColumn, LandedTable
from civicgauge.rows.scans import scanning
from civicgauge.rows.sqltext import literal, path_literal, quoted

_DATES = ("date", "date_time", "instant")
_NUMBERS = ("number", "money", "percent")
_AGGREGATES = {
    "count": "count(*)",
    "sum": "fsum(value)",
    "mean": "fsum(value) / count(value)",
    "median": "median(value)",
}
_NAMED = 5
_DAY = '"the asked day"'  # no landed column has a name with spaces


@dataclass(frozen=True)
class Ask:
    """What is asked of a table: which columns (by name or header), how they come together, which rows, which days.

    `days` are ranges with both ends; a row of any other day is left out before anything else of it is read.
    `where` holds texts as received. `zone` is the city's time zone, for times that carry one.
    """

    date_column: str
    value_column: str | None
    aggregate: str
    frequency: str
    days: Sequence[tuple[date, date]]
    where: Mapping[str, Sequence[str]] = field(default_factory=dict)
    zone: str = "UTC"


@dataclass(frozen=True)
class Outcome:
    """The outcome by the first day of each period that has rows; and by the same days (rows, of these without a value).

    A value that is missing is left out, and may be missing for a reason: a request that is still open has no days.
    """

    values: dict[date, float]
    rows: dict[date, tuple[int, int]]


def outcome_by_period(parquet: Path, table: LandedTable, ask: Ask, name: str) -> Outcome:
    """The outcome by calendar period.

    ConfigurationError, with `name`, for a column that is not there or holds no dates or numbers, and for cells in the
    asked days that are no numbers, with the rows (counted from 1).
    """
    day = _day(_column(table, ask.date_column, name), ask.zone, name)
    value = _column(table, ask.value_column, name) if ask.value_column else None
    if value is not None and value.type not in _NUMBERS:
        raise ConfigurationError(f"{name}: value_column: {ask.value_column!r} holds {value.type}, not numbers")
    if not ask.days:
        return Outcome({}, {})
    ranges = " OR ".join(f"{_DAY} BETWEEN DATE '{first}' AND DATE '{last}'" for first, last in ask.days)
    chosen = [f"{quoted(_column(table, c, name).received_name)} IN ({_texts(texts)})" for c, texts in ask.where.items()]
    number, text = (quoted(value.name), quoted(value.received_name)) if value else ("NULL::DOUBLE", "NULL::VARCHAR")
    # one CTE narrows to the days before another looks at values
    rows = f"""
        WITH dated AS (SELECT *, {day} AS {_DAY} FROM read_parquet({path_literal(parquet)}, file_row_number = true)),
        readable AS (SELECT * FROM dated WHERE {ranges}),
        chosen AS (SELECT file_row_number + 1 AS row_number, {_DAY} AS day, {number} AS value, {text} AS received
                   FROM readable {"WHERE " + " AND ".join(chosen) if chosen else ""})
        """  # noqa: S608 - names quoted, texts as literals, days as dates
    with scanning(parquet, "350MB", 1) as scanner:  # one thread: the same sums to the last bit
        try:
            if value is not None:
                _refuse_no_numbers(scanner.link, rows, name)
            period = f"CAST(date_trunc({literal(ask.frequency)}, day) AS DATE)"
            together = _AGGREGATES[ask.aggregate]
            filled = "count(value)" if value is not None else "count(*)"
            counted = f"{rows} SELECT {period}, {together}, count(*), {filled} FROM chosen GROUP BY 1 ORDER BY 1"  # noqa: S608
            told = scanner.link.execute(counted).fetchall()
            values = {first: float(found) for first, found, _, n in told if n}
            return Outcome(values, {first: (count, count - n) for first, _, count, n in told})
        except duckdb.Error as error:
            raise ConfigurationError(
                f"{name}: the rows cannot be counted: {str(error).splitlines()[0][:200]}"
            ) from None


def _refuse_no_numbers(link: duckdb.DuckDBPyConnection, rows: str, name: str) -> None:
    bad = "trim(received) <> '' AND (value IS NULL OR NOT isfinite(value))"
    asked = f"{rows} SELECT row_number FROM chosen WHERE {bad} ORDER BY 1 LIMIT {_NAMED + 1}"  # noqa: S608
    found = link.execute(asked).fetchall()
    if found:
        told = ", ".join(str(number) for (number,) in found[:_NAMED]) + (" and more" if len(found) > _NAMED else "")
        raise ConfigurationError(f"{name}: no number in the value column: row {told} of the landed rows")


def _column(table: LandedTable, wanted: str, name: str) -> LandedColumn:
    for column in table.columns:
        if wanted in (column.name, column.header):
            return column
    there = ", ".join(column.name for column in table.columns[:40])
    raise ConfigurationError(f"{name}: {wanted!r} is no column; there are {there}")


def _day(column: LandedColumn, zone: str, name: str) -> str:
    if column.type not in _DATES:
        raise ConfigurationError(f"{name}: date_column: {column.name!r} holds {column.type}, not dates")
    local = f"timezone({literal(zone)}, {quoted(column.name)})" if column.type == "instant" else quoted(column.name)
    return f"CAST({local} AS DATE)"


def _texts(texts: Sequence[str]) -> str:
    return ", ".join(literal(text) for text in texts)
