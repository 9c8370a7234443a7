"""What a derived table is, and how its columns are told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from civicgauge.pipeline.context import Context
from civicgauge.pipeline.exporting._kinds import plain
from civicgauge.pipeline.exporting.reading import Cities, Table, in_batches
from civicgauge.warehouse import ColumnInfo, Warehouse

Row = Mapping[str, Any]
Rows = Callable[[Context, Warehouse, Cities, str], Iterable[Row]]


@dataclass(frozen=True, slots=True)
class Derived:
    """A derived table. `rows` is given the context, the open warehouse, the cities that may be seen, each with its
    chosen day, and the audience; it gives rows with every column, values of the columns' kinds or None, in key order.
    """

    name: str
    comment: str
    columns: tuple[ColumnInfo, ...]
    rows: Rows

    def table(self, context: Context, warehouse: Warehouse, cities: Cities, audience: str) -> Table:
        """The same as every other table is written."""
        names = [column.name for column in self.columns]

        def made() -> Iterator[tuple[object, ...]]:
            for row in self.rows(context, warehouse, cities, audience):
                yield tuple(plain(row[name]) for name in names)

        return Table(self.name, self.comment, self.columns, lambda: in_batches(made()))


def key(name: str, comment: str, kind: str = "text") -> ColumnInfo:
    """A column of a derived table's key."""
    return ColumnInfo(name, kind, is_key=True, is_nullable=False, comment=comment)


def may(name: str, comment: str, kind: str = "text") -> ColumnInfo:
    """Another column; `kind` is text, integer, number, boolean, date or time."""
    return ColumnInfo(name, kind, is_key=False, is_nullable=True, comment=comment)
