"""Where rows go: a table's Parquet and CSV, and one SQLite file for all tables."""

from __future__ import annotations

import sqlite3
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType

import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from civicgauge.pipeline.exporting import _kinds
from civicgauge.pipeline.exporting.reading import Table
from civicgauge.warehouse import Batch, ColumnInfo

_SQL_TYPES = {"integer": "INTEGER", "boolean": "INTEGER", "number": "REAL"}


class Columnar:
    """A table's Parquet file and, where a path is given for it, its CSV."""

    def __init__(self, table: Table, parquet: Path, text: Path | None) -> None:
        self._columns, self._files = table.columns, ExitStack()
        self._schema = _kinds.parquet_schema(table.columns, table.comment)
        self._parquet = self._files.enter_context(pq.ParquetWriter(parquet, self._schema, compression="zstd"))
        self._csv_schema = _kinds.csv_schema(table.columns)
        self._csv = self._files.enter_context(pacsv.CSVWriter(text, self._csv_schema)) if text is not None else None

    def write(self, rows: Batch) -> None:
        """Add a batch of rows in plain words."""
        arrays = _kinds.told(rows, self._columns)
        self._parquet.write_batch(_kinds.for_parquet(arrays, self._schema))
        if self._csv is not None:
            self._csv.write_batch(_kinds.for_csv(arrays, self._columns, self._csv_schema))

    def __enter__(self) -> Columnar:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._files.__exit__(kind, error, trace)


class SqliteFile:
    """A new SQLite file; every table keeps its key and, in the text that made it, what each column means."""

    def __init__(self, path: Path) -> None:
        # the file takes its place only when whole: a journal would guard nothing
        self._link = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._link.execute("PRAGMA journal_mode=OFF")
        self._link.execute("PRAGMA synchronous=OFF")
        self._link.execute("BEGIN")

    def make(self, table: Table) -> str:
        """Make a table; returns the statement that takes its rows in plain words."""
        keys = [_quoted(column.name) for column in table.columns if column.is_key]
        lines = [_declared(column) for column in table.columns]
        key = f"  PRIMARY KEY ({', '.join(keys)})\n) WITHOUT ROWID" if keys else ")"
        body = "".join(
            f"  {line}{',' if keys or at < len(lines) else ''} -- {said}\n" for at, (line, said) in enumerate(lines, 1)
        )
        self._link.execute(f"CREATE TABLE {_quoted(table.name)} (\n{body}{key}")
        return f"INSERT INTO {_quoted(table.name)} VALUES ({', '.join('?' * len(lines))})"  # noqa: S608 - our own names

    def write(self, statement: str, rows: Batch) -> None:
        """Add a batch by the statement that `make` gave."""
        self._link.executemany(statement, rows)

    def __enter__(self) -> SqliteFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._link.execute("COMMIT")
        self._link.close()


def _declared(column: ColumnInfo) -> tuple[str, str]:
    null = "" if column.is_nullable else " NOT NULL"
    return f"{_quoted(column.name)} {_SQL_TYPES.get(column.kind, 'TEXT')}{null}", " ".join(column.comment.split())


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
