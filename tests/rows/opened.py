"""What the tests of the readers share: bytes in, headers and rows out, by every way that the rows can be read."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from civicgauge.rows.opening import CsvSource, PlainTable, ReadLimits, open_table, reread_slowly

Row = tuple[str | None, ...]
_numbers = itertools.count()


@dataclass(frozen=True)
class Opened:
    """A table and its rows; `is_fast` where DuckDB read the file directly."""

    plain: PlainTable
    rows: list[Row]
    is_fast: bool

    @property
    def headers(self) -> tuple[str, ...]:
        return self.plain.headers

    @property
    def oddities(self) -> dict[str, int]:
        return dict(self.plain.oddities)


def opened(
    folder: Path, data: bytes, hint: str | None = None, name: str | None = None, limits: ReadLimits | None = None
) -> Opened:
    """The rows of a file as the pipeline would get them: by DuckDB where it can and the count agrees, else slowly."""
    work = folder / f"work{next(_numbers)}"
    work.mkdir()
    spool = work / "spool"
    spool.write_bytes(data)
    plain = open_table(spool, format_hint=hint, file_name=name, work=work, limits=limits)
    if isinstance(plain.source, CsvSource):
        rows = by_duckdb(plain)
        if rows is not None:
            return Opened(plain, rows, is_fast=True)
        plain = reread_slowly(plain, work, limits)
    rows = by_parquet(plain)
    assert plain.rows_count == len(rows)
    return Opened(plain, rows, is_fast=False)


def slowly(folder: Path, data: bytes, hint: str | None = None) -> Opened:
    """The same, record by record in any case."""
    work = folder / f"work{next(_numbers)}"
    work.mkdir()
    (work / "spool").write_bytes(data)
    plain = reread_slowly(open_table(work / "spool", format_hint=hint, file_name=None, work=work), work)
    return Opened(plain, by_parquet(plain), is_fast=False)


def by_parquet(plain: PlainTable) -> list[Row]:
    table = pq.read_table(plain.source.path)
    assert table.column_names == [f"c{number}" for number in range(len(plain.headers))]
    return list(zip(*(column.to_pylist() for column in table.columns), strict=True)) if table.num_rows else []


def by_duckdb(plain: PlainTable) -> list[Row] | None:
    """None where DuckDB refuses the file, or where rows and lines do not add up."""
    source = plain.source
    assert isinstance(source, CsvSource)
    columns = ", ".join(f"'c{number}': 'VARCHAR'" for number in range(len(plain.headers)))
    quoted = source.delimiter.replace("'", "''")
    new_line = ", new_line='\\n'" if source.newline == "\n" else ""
    try:
        rows = duckdb.sql(
            f"FROM read_csv('{source.path}', columns={{{columns}}}, auto_detect=false, header=false, delim='{quoted}', "
            f"quote='\"', escape='\"', skip={source.skip_rows}, strict_mode=true, max_line_size=2097152{new_line})"
        ).fetchall()
    except duckdb.Error:
        return None
    inside = sum((cell or "").count("\n") for row in rows for cell in row)
    return rows if len(rows) + inside == source.newline_count else None
