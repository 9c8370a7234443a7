"""Reading every byte of a lake and every cell of a warehouse."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import sqlalchemy as sa

from civicgauge.pipeline.context import Context


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    """(path, all that is written there): unpacked, and of Parquet every value and name."""
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        body = path.read_bytes()
        if body[:2] == b"\x1f\x8b":
            body = gzip.decompress(body)
        told = body.decode(errors="replace")
        if body[:4] == b"PAR1":
            table = pq.read_table(io.BytesIO(body))
            told += f"{table.schema} {table.to_pylist()}"
        yield str(path.relative_to(folder)), told


def holding(folder: Path, marker: str) -> list[str]:
    """The files in which a text stands, in whatever case: in their names or in what they hold."""
    word = marker.lower()
    return [path for path, told in texts(folder) if word in told.lower() or word in path.lower()]


def rows_holding(context: Context, marker: str) -> list[str]:
    """The tables of the warehouse, those that nobody exports too, in which a text stands."""
    found = set()
    with context.warehouse() as warehouse, warehouse.engine.connect() as connection:
        schema = "civicgauge" if warehouse.dialect == "postgresql" else None
        for name in sa.inspect(connection).get_table_names(schema=schema):
            dot = f"{schema}." if schema else ""
            for row in connection.execute(sa.text(f'SELECT * FROM {dot}"{name}"')):
                if marker.lower() in str(tuple(row)).lower():
                    found.add(name)
    return sorted(found)
