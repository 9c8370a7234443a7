"""The sheets that show a table as its files hold it: indicators long and wide, and the dictionary."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from civicgauge.pipeline.exporting import _tables
from civicgauge.pipeline.exporting._scores import format_of, indicators
from civicgauge.pipeline.exporting._sheet import Book, Cell, Column

_LONG, _WIDE, _DICTIONARY = "v_indicator_latest", "v_indicator_wide", "dictionary"
_VALUES = ("value", "value_low", "value_high")
_WIDTHS = {"indicator_id": 32.0, "as_of": 26.0, "direction": 17.0, "reason": 28.0, "input_digest": 14.0, "run_id": 24.0}
_STATUS = "__status"


def long(book: Book, folder: Path, names: Mapping[str, str]) -> None:
    """The newest values, a row per city and indicator, with every column."""
    columns = _tables.columns(folder, _LONG)
    shape = [Column("city", 20), *(Column(name, _WIDTHS.get(name, 13), _format(name)) for name in columns)]

    def rows() -> Iterator[list[Any]]:
        for row in _tables.rows(folder, _LONG):
            how = format_of(row["unit"])
            cells = [Cell(row[name], how) if name in _VALUES else _told(row[name]) for name in columns]
            yield [names[row["city_id"]], *cells]

    book.table("indicators long", shape, rows(), whole_in=f"{_LONG}.csv")


def wide(book: Book, folder: Path, names: Mapping[str, str]) -> None:
    """The newest values, a row per city; the headings are titles above ids."""
    known, columns = indicators(), _tables.columns(folder, _WIDE)
    shape = [Column("city", 20)]
    for name in columns:
        indicator = known.get(name.removesuffix(_STATUS))
        if indicator is None:
            shape.append(Column(name, 20 if name == "city_id" else 11, _format(name)))
        elif name.endswith(_STATUS):
            shape.append(Column(f"status of {indicator.title}", 14))
        else:
            shape.append(Column(f"{indicator.title}\n{name}", 18, format_of(indicator.unit)))
    rows = ([names[row["city_id"]], *row.values()] for row in _tables.rows(folder, _WIDE))
    book.table("indicators wide", shape, rows, whole_in=f"{_WIDE}.csv")


def dictionary(book: Book, folder: Path) -> None:
    """What every column of every table means."""
    widths = {"table": 22, "place": 6, "column": 34, "kind": 9, "is_key": 7, "meaning": 60, "words": 70}
    columns = _tables.columns(folder, _DICTIONARY)
    shape = [Column(name, widths.get(name, 20), "wrapped") for name in columns]
    rows = (list(row.values()) for row in _tables.rows(folder, _DICTIONARY))
    book.table("dictionary", shape, rows, whole_in=f"{_DICTIONARY}.csv")


def _format(name: str) -> str:
    return "date" if name == "day" else "text"


def _told(value: Any) -> Any:
    """A time as ISO 8601, since a sheet knows no zones."""
    return value.isoformat().replace("+00:00", "Z") if hasattr(value, "tzinfo") else value
