"""Small landed tables from plain values, as the landing writes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from civicgauge.landed import ColumnType, LandedColumn, LandedTable

ARROW: dict[ColumnType, pa.DataType] = {
    "number": pa.float64(),
    "money": pa.float64(),
    "percent": pa.float64(),
    "date": pa.date32(),
    "date_time": pa.timestamp("us"),
    "instant": pa.timestamp("us", tz="UTC"),
    "boolean": pa.bool_(),
    "point": pa.struct([("lon", pa.float64()), ("lat", pa.float64())]),
}


@dataclass(frozen=True)
class Values:
    """The cells of one column: texts as received, and what they are typed as (left out for text and geometry)."""

    name: str
    type: ColumnType
    texts: Sequence[str | None]
    typed: Sequence[Any] = ()


def landed(
    folder: Path, *columns: Values, file_name: str = "rows.parquet", use_dictionary: bool = True
) -> tuple[Path, LandedTable]:
    """The file and the table of these columns."""
    arrays: dict[str, pa.Array] = {}
    described = []
    for position, each in enumerate(columns):
        is_text = each.type in ("text", "geometry")
        received = each.name if is_text else f"{each.name}__received"
        if not is_text:
            arrays[each.name] = pa.array(each.typed, ARROW[each.type])
        arrays[received] = pa.array(each.texts, pa.string())
        described.append(LandedColumn(each.name, each.name, each.type, "inferred", "", received, position))
    path = folder / file_name
    pq.write_table(pa.table(arrays), path, row_group_size=20_000, use_dictionary=use_dictionary)
    rows = len(columns[0].texts) if columns else 0
    return path, LandedTable(tuple(described), rows, "csv", "utf-8")
