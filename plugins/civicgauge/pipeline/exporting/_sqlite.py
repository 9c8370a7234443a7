"""One SQLite file for all tables, filled from their Parquet files beside the writing of the next ones.

In a process of its own (`python -m civicgauge.pipeline.exporting._sqlite FILE`, a table to add on each line of its
stdin), as Python would otherwise do on one core what two can share.
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from types import TracebackType

import pyarrow.parquet as pq

from civicgauge.errors import CivicgaugeError
from civicgauge.pipeline.exporting import _kinds
from civicgauge.warehouse import ColumnInfo

_SIZE = 25_000
_SQL_TYPES = {"integer": "INTEGER", "boolean": "INTEGER", "number": "REAL"}


class Beside:
    """The filling of a new SQLite file by a process of its own; leaving the `with` waits until it is whole.

    CivicgaugeError with what it said where it could not go on.
    """

    def __init__(self, path: Path) -> None:
        command = [sys.executable, "-m", __name__, str(path)]
        self._child = subprocess.Popen(  # noqa: S603 - our own module by our own Python
            command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def add(self, name: str, columns: Sequence[ColumnInfo], parquet: Path) -> None:
        """Let the table be made of its Parquet file, which must stay until the end."""
        job = {"name": name, "columns": [asdict(column) for column in columns], "parquet": str(parquet.resolve())}
        try:
            print(json.dumps(job), file=self._child.stdin, flush=True)
        except BrokenPipeError:  # it has ended, and says why
            self._finish()

    def _finish(self) -> None:
        _, said = self._child.communicate()
        if self._child.returncode:
            raise CivicgaugeError(f"the SQLite file of the export could not be written: {said.strip()[-500:]}")

    def __enter__(self) -> Beside:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._finish()
        else:
            self._child.kill()
            self._child.communicate()


class SqliteFile:
    """A new SQLite file; every table keeps its key and, in the text that made it, what each column means."""

    def __init__(self, path: Path) -> None:
        # the file takes its place only when whole: a journal would guard nothing
        self._link = sqlite3.connect(path, isolation_level=None)
        self._link.execute("PRAGMA journal_mode=OFF")
        self._link.execute("PRAGMA synchronous=OFF")
        self._link.execute("BEGIN")

    def add(self, name: str, columns: Sequence[ColumnInfo], parquet: Path) -> None:
        """Make a table of these columns and fill it from its Parquet file."""
        statement = self._make(name, columns)
        with pq.ParquetFile(parquet) as file:
            for batch in file.iter_batches(_SIZE, use_threads=False):
                plain = [_kinds.in_plain_words(batch.column(c.name), c.kind).to_pylist() for c in columns]
                self._link.executemany(statement, zip(*plain, strict=True))

    def _make(self, name: str, columns: Sequence[ColumnInfo]) -> str:
        """Make a table; returns the statement that takes its rows in plain words."""
        keys = [_quoted(column.name) for column in columns if column.is_key]
        lines = [_declared(column) for column in columns]
        key = f"  PRIMARY KEY ({', '.join(keys)})\n) WITHOUT ROWID" if keys else ")"
        body = "".join(
            f"  {line}{',' if keys or at < len(lines) else ''} -- {said}\n" for at, (line, said) in enumerate(lines, 1)
        )
        self._link.execute(f"CREATE TABLE {_quoted(name)} (\n{body}{key}")
        return f"INSERT INTO {_quoted(name)} VALUES ({', '.join('?' * len(lines))})"  # noqa: S608 - our own names

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


def main() -> None:
    """Fill the file that is named, table by table, until stdin ends."""
    with SqliteFile(Path(sys.argv[1])) as file:
        for line in sys.stdin:
            job = json.loads(line)
            file.add(job["name"], [ColumnInfo(**column) for column in job["columns"]], Path(job["parquet"]))


if __name__ == "__main__":
    main()
