"""What a view is: its SELECT, and what is said of it and of its columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from civicgauge.warehouse.readers import ColumnInfo
from civicgauge.warehouse.values import kind_of


@dataclass(frozen=True, slots=True)
class IndicatorText:
    """What the views say of an indicator: its id, its title and the question that it answers."""

    id: str
    title: str
    question: str


@dataclass(frozen=True, slots=True)
class View:
    """A view: what is said of it and of its columns, and its SELECT (columns in that order, no order of rows)."""

    name: str
    comment: str
    columns: tuple[ColumnInfo, ...]
    statement: sa.Select[Any]

    @property
    def ordered(self) -> sa.Select[Any]:
        """The same in key order."""
        keys = [self.statement.selected_columns[column.name] for column in self.columns if column.is_key]
        return self.statement.order_by(*keys)


@dataclass(frozen=True, slots=True)
class Out:
    """One column of a view; a comment of its own, or the one of the table's column."""

    name: str
    expression: sa.ColumnElement[Any]
    comment: str
    is_key: bool = False

    @property
    def info(self) -> ColumnInfo:
        return ColumnInfo(self.name, kind_of(self.expression), self.is_key, not self.is_key, self.comment)
