"""Rows for the demo's tables: the same rows for the same table and data date, on every machine.

A row keeps its number and its cells from version to version: when the data's date moves on, new rows come in front and
the last ones go.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from civicgauge.demo.recipes import Recipe, parse
from civicgauge.demo.state import Column

Value = str | int | float | bool | datetime | tuple[float, float] | None
PACE = 7.0
_EMPTY = 0.05
_STREETS = ("Main Street", "Mill Street", "Second Avenue", "River Road", "Depot Street", "Hill Road", "Elm Street")
_WIDE = 50  # from this many times the least on, numbers are mostly small, as amounts are


def rows(
    seed: str,
    columns: Sequence[Column],
    count: int,
    newest: datetime,
    *,
    pace: float = PACE,
    bounds: Mapping[str, float] | None = None,
) -> list[list[Value]]:
    """`count` rows, newest first, one for every `pace` hours before `newest`; places lie within `bounds`.

    Cells follow the columns' recipes (`recipes`); ValueError for one that cannot be made.
    """
    top = int(newest.timestamp() / 3600 // pace)
    maker = _Maker(columns, newest.replace(tzinfo=None), bounds or {})
    return [maker.row(f"{seed} {top - number}", number, top - number, pace) for number in range(count)]


class _Maker:
    """Makes the rows of one table."""

    def __init__(self, columns: Sequence[Column], newest: datetime, bounds: Mapping[str, float]) -> None:
        self._columns = [(column, parse(column.how) if column.how else None) for column in columns]
        self._newest = newest
        self._west, self._south = bounds.get("west", -93.25), bounds.get("south", 38.85)
        self._wide, self._high = bounds.get("east", -93.05) - self._west, bounds.get("north", 39.05) - self._south

    def row(self, seed: str, number: int, serial: int, pace: float) -> list[Value]:
        """One row; `number` counts from the newest, `serial` is its own for good."""
        chance = random.Random(seed)  # noqa: S311 - no secret
        hours = (serial - 0.9 * chance.random()) * pace
        moment = datetime.fromtimestamp(hours * 3600, UTC).replace(tzinfo=None, second=0, microsecond=0)
        cells: dict[str, Value] = {}
        for position, (column, recipe) in enumerate(self._columns):
            drawn, left_out = chance.random(), chance.random()
            empty = recipe.empty if recipe else _EMPTY if position else 0
            if left_out < empty:
                cells[column.field] = None
            elif recipe is None or recipe.kind == "choice":
                cells[column.field] = self._by_type(column, position, number, moment, drawn)
            else:
                cells[column.field] = self._by_recipe(column, recipe, serial, moment, drawn, cells)
        return list(cells.values())

    def _by_type(self, column: Column, position: int, number: int, moment: datetime, drawn: float) -> Value:
        kind = column.datatype
        if kind == "Calendar date":
            return moment - timedelta(hours=int(drawn * 5))
        if kind == "Number":
            if position == 0:
                return number + 1001
            return round(drawn * 900, 2) if "amount" in column.field else int(drawn * 900)
        if kind == "Checkbox":
            return drawn < 0.5
        if kind in ("Point", "MultiPolygon", "Location"):
            return self._place(drawn)
        if column.choices:
            return column.choices[int(drawn * len(column.choices))]
        if position == 0:
            return f"{column.field[:3].upper()}-{number + 1:05d}"
        return f'Note "{int(drawn * 90)}", {column.name}'

    def _place(self, drawn: float) -> tuple[float, float]:
        """A point well inside the bounds; the two coordinates are drawn apart from one number."""
        across = 0.1 + 0.8 * drawn
        upward = 0.1 + 0.8 * (drawn * 997 % 1)
        return round(self._west + across * self._wide, 6), round(self._south + upward * self._high, 6)

    def _by_recipe(
        self, column: Column, recipe: Recipe, serial: int, moment: datetime, drawn: float, cells: Mapping[str, Value]
    ) -> Value:
        if recipe.kind == "id":
            return recipe.text.format(serial)
        if recipe.kind == "event":
            return _cut(moment, recipe)
        if recipe.kind == "year":
            return self._newest.year + int(recipe.low)
        if recipe.kind == "span":
            return _number(recipe, drawn)
        if recipe.kind == "street":
            return f"{100 + int(drawn * 9900) % 900 * 2} {_STREETS[int(drawn * len(_STREETS))]}"
        if recipe.field not in cells:
            raise ValueError(f"{column.field}: no column {recipe.field!r} stands before it")
        if recipe.kind == "ended by":
            others = column.choices[:-1]
            return others[int(drawn * len(others))] if cells[recipe.field] is None else column.choices[-1]
        return self._related(recipe, cells[recipe.field], drawn)

    def _related(self, recipe: Recipe, other: Value, drawn: float) -> Value:
        if not isinstance(other, datetime):
            return None
        minutes = (recipe.low + drawn * (recipe.high - recipe.low)) * recipe.unit_minutes
        found = other + timedelta(minutes=int(minutes)) * (1 if recipe.kind == "after" else -1)
        return None if found > self._newest and not recipe.may_lie_ahead else _cut(found, recipe)


def _cut(moment: datetime, recipe: Recipe) -> datetime:
    return moment.replace(hour=0, minute=0) if recipe.is_day else moment


def _number(recipe: Recipe, drawn: float) -> int | float:
    low, high = recipe.low, recipe.high
    is_wide = low > 0 and high > _WIDE * low
    found = low * (high / low) ** drawn if is_wide else low + drawn * (high - low)
    return (
        round(found, recipe.decimals) if recipe.decimals else int(found if is_wide else low + drawn * (high - low + 1))
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
