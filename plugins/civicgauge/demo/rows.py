"""Rows for the demo's tables: the same rows for the same table and data date, on every machine."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from civicgauge.demo.state import Column

Value = str | int | float | bool | datetime | tuple[float, float] | None


def rows(seed: str, columns: Sequence[Column], count: int, newest: datetime) -> list[list[Value]]:
    """`count` rows, newest first; about one value in twenty is missing, but never in the first column."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    return [
        [_value(c, position, number, chance, newest) for position, c in enumerate(columns)] for number in range(count)
    ]


def _value(column: Column, position: int, number: int, chance: random.Random, newest: datetime) -> Value:
    drawn, missing = chance.random(), position > 0 and chance.random() < 0.05
    if missing:
        return None
    kind = column.datatype
    if kind == "Calendar date":
        moment = newest - timedelta(hours=7 * number + int(drawn * 5))
        return moment.replace(tzinfo=None, second=0, microsecond=0)
    if kind == "Number":
        return (
            number + 1001 if position == 0 else round(drawn * 900, 2) if "amount" in column.field else int(drawn * 900)
        )
    if kind == "Checkbox":
        return drawn < 0.5
    if kind in ("Point", "MultiPolygon", "Location"):
        return round(-93.1 - drawn / 10, 6), round(38.9 + drawn / 10, 6)
    if column.choices:
        return column.choices[int(drawn * len(column.choices))]
    return (
        f"{column.field[:3].upper()}-{number + 1:05d}" if position == 0 else f'Note "{int(drawn * 90)}", {column.name}'
    )


def soda_json(value: Value) -> Any:
    """As SODA writes it in JSON: numbers as text, times without a zone, points as GeoJSON."""
    if isinstance(value, bool):
        return value
    if isinstance(value, datetime):
        return value.isoformat(timespec="milliseconds")
    if isinstance(value, tuple):
        return {"type": "Point", "coordinates": list(value)}
    return str(value)


def soda_text(value: Value) -> str:
    """As SODA writes it in CSV."""
    if isinstance(value, tuple):
        return f"POINT ({value[0]} {value[1]})"
    return str(value).lower() if isinstance(value, bool) else str(soda_json(value))


def export_text(value: Value) -> str:
    """As the bulk export writes it: dates the American way."""
    if isinstance(value, datetime):
        return value.strftime("%m/%d/%Y %I:%M:%S %p")
    return "" if value is None else soda_text(value)


def datastore(value: Value, version: str) -> Any:
    """As the DataStore writes it in JSON; times have milliseconds from 2.12 on."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="milliseconds" if version >= "2.12" else "seconds")
    return list(value) if isinstance(value, tuple) else value
