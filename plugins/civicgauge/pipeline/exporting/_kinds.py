"""From rows in plain words to columns: what Parquet holds, and what CSV shows.

Plain words are those of `Warehouse.extract`: a time as 2026-06-30T22:00:00.000000Z, a day as 2026-06-30, a flag as 0
or 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from civicgauge.warehouse import Batch, ColumnInfo

TYPES = {
    "date": pa.date32(),
    "time": pa.timestamp("us", tz="UTC"),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "text": pa.string(),
}
_AS_TOLD = {**TYPES, "date": pa.string(), "time": pa.string(), "boolean": pa.int8()}
_FORMULA = r"^[=+\-@\t\r\n]"


def parquet_schema(columns: Sequence[ColumnInfo], comment: str) -> pa.Schema:
    """The columns with their comments, and the table's own."""
    fields = [pa.field(c.name, TYPES[c.kind], metadata={"comment": c.comment}) for c in columns]
    return pa.schema(fields, metadata={"comment": comment})


def csv_schema(columns: Sequence[ColumnInfo]) -> pa.Schema:
    """The columns as CSV shows them: times are text, in ISO 8601."""
    return pa.schema([(c.name, pa.string() if c.kind == "time" else TYPES[c.kind]) for c in columns])


def told(rows: Batch, columns: Sequence[ColumnInfo]) -> list[pa.Array]:
    """The columns of a batch that is not empty, as they were handed over."""
    return [pa.array(values, _AS_TOLD[c.kind]) for c, values in zip(columns, zip(*rows, strict=True), strict=True)]


def for_parquet(arrays: Sequence[pa.Array], schema: pa.Schema) -> pa.RecordBatch:
    """The same with times, days and flags of their own types."""
    typed = [array.cast(field.type) for array, field in zip(arrays, schema, strict=True)]
    return pa.RecordBatch.from_arrays(typed, schema=schema)


def for_csv(arrays: Sequence[pa.Array], columns: Sequence[ColumnInfo], schema: pa.Schema) -> pa.RecordBatch:
    """The same as CSV shows it: no text begins as a formula does in a spreadsheet (an apostrophe stands before it)."""
    shown = []
    for array, column, field in zip(arrays, columns, schema, strict=True):
        shown.append(_harmless(array) if column.kind == "text" else array.cast(field.type))
    return pa.RecordBatch.from_arrays(shown, schema=schema)


def _harmless(texts: pa.Array) -> pa.Array:
    runs = pc.match_substring_regex(texts, _FORMULA)
    if not pc.any(runs).as_py():
        return texts
    return pc.if_else(runs, pc.binary_join_element_wise("'", texts, ""), texts)


def in_plain_words(array: pa.Array, kind: str) -> pa.Array:
    """A column of a Parquet file in plain words."""
    if kind == "time":
        return pc.strftime(array, "%Y-%m-%dT%H:%M:%SZ")
    if kind == "date":
        return array.cast(pa.string())
    return array.cast(pa.int8()) if kind == "boolean" else array


def plain(value: Any) -> Any:
    """A Python value in plain words."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
    return value.isoformat() if isinstance(value, date) else value
