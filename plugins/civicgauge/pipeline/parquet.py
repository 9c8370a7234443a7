"""Rows to Parquet bytes and back, by a declared schema."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from civicgauge.lake import Lake


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


def read_rows(lake: Lake, folder: str, name: str, manifest: Mapping[str, Any]) -> list[dict[str, Any]]:
    """All rows of a Parquet file in a committed folder, as plain values."""
    return [dict(row) for row in pq.read_table(io.BytesIO(lake.read(folder, name, manifest))).to_pylist()]
