"""Rows and keys that occur more than once, counted by hashes of 64 bits; grouping goes to disk where memory ends.

Two different rows of n share a hash with a chance of n * n / 2**65: for ten million rows one in 370,000.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from civicgauge.rows.kept import Value, plain
from civicgauge.rows.scans import Scanner
from civicgauge.rows.sqltext import path_literal, quoted


def repeated_rows(scanner: Scanner, texts: Sequence[str]) -> Value:
    """How many rows repeat an earlier one in each of these columns.

    Where not all columns can be read at once, the hashes of a part of them each go to a file, and rows are put
    together again by their order.
    """
    if not texts:
        return 0
    parts = list(_parts(scanner, texts))
    hashed = _hash(parts[0]), "landed"
    if len(parts) > 1:
        scanner.link.execute("SET preserve_insertion_order=true")
        files = [_written(scanner, part, number) for number, part in enumerate(parts)]
        tables = [f"read_parquet({path_literal(path)}) AS t{n}" for n, path in enumerate(files)]
        hashed = _hash([f"t{n}.h" for n in range(len(files))]), " POSITIONAL JOIN ".join(tables)
    try:
        return scanner.one(f"SELECT coalesce(sum(n - 1), 0) FROM ({_groups(*hashed)})")  # noqa: S608
    finally:
        scanner.link.execute("SET preserve_insertion_order=false")


def repeated_keys(scanner: Scanner, key: str) -> tuple[Value, Value]:
    """(filled keys that repeat an earlier one, rows without a key) of a column of texts; blanks around count not."""
    text = f"trim({quoted(key)})"
    hashed = f"CASE WHEN {text} <> '' THEN hash({text}) END"
    groups = _groups(hashed, "landed")
    row = scanner.link.execute(
        f"SELECT sum(n - 1) FILTER (WHERE h IS NOT NULL), sum(n) FILTER (WHERE h IS NULL) FROM ({groups})"  # noqa: S608
    ).fetchone()
    return (plain(row[0]) or 0, plain(row[1]) or 0) if row else (0, 0)


def _groups(hashed: str, source: str) -> str:
    return f"SELECT h, count(*) AS n FROM (SELECT {hashed} AS h FROM {source}) GROUP BY h"  # noqa: S608 - quoted names


def _hash(expressions: Sequence[str]) -> str:
    return f"hash({', '.join(expressions)})"


def _parts(scanner: Scanner, texts: Sequence[str]) -> Iterator[list[str]]:
    """The columns, quoted, in parts that can each be read in one scan."""
    part: list[str] = []
    for text in texts:
        if part and not scanner.fits([*part, text]):
            yield [quoted(name) for name in part]
            part = []
        part.append(text)
    yield [quoted(name) for name in part]


def _written(scanner: Scanner, part: Sequence[str], number: int) -> Path:
    path = scanner.scratch / f"hashes-{number}.parquet"
    hashes = f"SELECT {_hash(part)} AS h FROM landed"  # noqa: S608 - quoted names
    scanner.link.execute(f"COPY ({hashes}) TO {path_literal(path)} (FORMAT parquet, COMPRESSION uncompressed)")
    return path
