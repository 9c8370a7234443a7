"""The sheets `scorecard` and `changes`: a row per city and indicator, as a person reads it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from civicgauge.indicators import Indicator, discover
from civicgauge.pipeline.exporting import _tables
from civicgauge.pipeline.exporting._sheet import Cell, Column
from civicgauge.pipeline.words import reading_place, why

Row = Mapping[str, Any]

SCORECARD = (
    Column("City", 20),
    Column("Day", 11, "date"),
    Column("Indicator", 46, "wrapped"),
    Column("Value", 10),
    Column("Unit", 9),
    Column("From (lowest possible)", 10),
    Column("To (highest possible)", 10),
    Column("Known", 9, "integer"),
    Column("Unknown", 9, "integer"),
    Column("Why there is no value", 22, "wrapped"),
    Column("Band", 14),
    Column("Since the shown day before", 11),
    Column("Shown day before", 11, "date"),
    Column("Better is", 8),
    Column("Modelled on", 14, "wrapped"),
)

CHANGES = (
    Column("City", 20),
    Column("Indicator", 46, "wrapped"),
    Column("Day", 11, "date"),
    Column("Value", 10),
    Column("Unit", 9),
    *(
        column
        for said in ("Shown day before", "28 days or more before")
        for column in (
            Column(said, 13, "date"),
            Column("Value then", 10),
            Column("Difference", 11),
            Column("Why there is none", 22, "wrapped"),
        )
    ),
)

_BETTER = {"higher_is_better": "more", "lower_is_better": "less", "neutral": "neither"}
_NO_DIFFERENCE = {
    "no_earlier_day": "no earlier day",
    "version_changed": "another version then",
    "not_computed_then": "not computed then",
    "no_value_now": "no value now",
    "no_value_then": "no value then",
}


def format_of(unit: str) -> str:
    """The format of a value's cell: shares in percent, whole things whole, all else to two places."""
    if unit == "share":
        return "share"
    return "number" if unit == "cycles" else "integer"


def indicators() -> dict[str, Indicator]:
    """The indicators by id, in the order in which a person reads them."""
    return {each.id: each for each in sorted(discover(), key=lambda indicator: reading_place(indicator.id))}


def scorecard(folder: Path, names: Mapping[str, str]) -> Iterator[list[Any]]:
    """Cities by name; within one, indicators in the order in which a person reads them."""
    known, before = indicators(), _before(folder)
    for row in _in_order(_tables.rows(folder, "v_indicator_latest"), names, known):
        indicator, how = known.get(row["indicator_id"]), format_of(row["unit"])
        delta, day = before.get((row["city_id"], row["indicator_id"]), (None, None))
        yield [
            names[row["city_id"]],
            row["day"],
            indicator.title if indicator else row["indicator_id"],
            Cell(row["value"], how) if row["value"] is not None else Cell("–", "right"),
            row["unit"],
            *_bounds(row, how),
            None if row["denominator"] is None else row["denominator"] - row["n_unknown"],
            row["n_unknown"],
            why(row["status"], row["reason"]),
            row.get("band"),
            Cell(delta, f"{how}_change"),
            day,
            _BETTER.get(row["direction"], row["direction"]),
            ", ".join(indicator.criteria) if indicator else None,
        ]


def _bounds(row: Row, how: str) -> tuple[Any, Any]:
    """Both ends of the interval; none where nothing is bounded, the word where one end is not."""
    low, high = row["value_low"], row["value_high"]
    if low is None and high is None:
        return None, None
    none = Cell("no limit", "right")
    return (none if low is None else Cell(low, how)), (none if high is None else Cell(high, how))


def _before(folder: Path) -> dict[tuple[str, str], tuple[float | None, date | None]]:
    only = ["city_id", "indicator_id", "previous_delta", "previous_day"]
    return {
        (row["city_id"], row["indicator_id"]): (row["previous_delta"], row["previous_day"])
        for row in _tables.rows(folder, "v_indicator_change", only)
    }


def changes(folder: Path, names: Mapping[str, str]) -> Iterator[list[Any]]:
    """The newest value against two earlier ones; a difference only between equal versions."""
    known = indicators()
    for row in _in_order(_tables.rows(folder, "v_indicator_change"), names, known):
        indicator, how = known.get(row["indicator_id"]), format_of(row["unit"])
        then = [
            part
            for name in ("previous", "earlier")
            for part in (
                row[f"{name}_day"],
                Cell(row[f"{name}_value"], how),
                Cell(row[f"{name}_delta"], f"{how}_change"),
                _NO_DIFFERENCE.get(row[f"{name}_note"] or "", row[f"{name}_note"]),
            )
        ]
        title = indicator.title if indicator else row["indicator_id"]
        yield [names[row["city_id"]], title, row["day"], Cell(row["value"], how), row["unit"], *then]


def _in_order(rows: Iterator[Row], names: Mapping[str, str], known: Mapping[str, Indicator]) -> list[Row]:
    places = {indicator_id: place for place, indicator_id in enumerate(known)}
    last = len(places)

    def place(row: Row) -> tuple[str, str, int, str]:
        told = row["indicator_id"]
        return names[row["city_id"]], row["city_id"], places.get(told, last), told

    return sorted(rows, key=place)
