"""Rows to Parquet bytes and back, by a declared schema."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from civicgauge.lake import Lake

IN_THIS_THREAD: dict[str, Any] = {"use_threads": False, "pre_buffer": False}
"""How tables are read: pyarrow's own threads now and then abort the process (exit code 134) when it ends."""


def to_parquet(rows: Sequence[Mapping[str, Any]], schema: pa.Schema) -> bytes:
    """Rows as one Parquet file (zstd). A key that the schema does not know is a fault of ours: KeyError."""
    names = set(schema.names)
    for row in rows:
        if unknown := set(row) - names:
            raise KeyError(f"columns without a place in the table: {', '.join(sorted(unknown))}")
    table = pa.Table.from_pylist([dict(row) for row in rows], schema=schema)
    sink = io.BytesIO()
    pq.write_table(table, sink, compression="zstd")
    return sink.getvalue()


def read_some(
    lake: Lake, folder: str, name: str, manifest: Mapping[str, Any], where: Mapping[str, Any], columns: Sequence[str]
) -> list[dict[str, Any]]:
    """Those columns, as far as the file has them, of the rows that hold these values."""
    body = io.BytesIO(lake.read(folder, name, manifest))
    held = set(pq.read_schema(body).names)
    body.seek(0)
    found = pq.read_table(
        body,
        columns=[column for column in columns if column in held],
        filters=[(column, "=", value) for column, value in where.items()] or None,
        **IN_THIS_THREAD,
    )
    return [dict(row) for row in found.to_pylist()]


def read_rows(lake: Lake, folder: str, name: str, manifest: Mapping[str, Any]) -> list[dict[str, Any]]:
    """All rows of a Parquet file in a committed folder, as plain values."""
    table = pq.read_table(io.BytesIO(lake.read(folder, name, manifest)), **IN_THIS_THREAD)
    return [dict(row) for row in table.to_pylist()]
