"""What people judged: reading it, and the desk on which it is written, each act with its row in the audit.

The audit is a chain: each row's digest covers the row before it. The database itself refuses to change or remove a row;
only its words may be taken out, where a city withdraws what they speak of, and the chain still holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from civicgauge.errors import CivicgaugeError, ConfigurationError
from civicgauge.warehouse import audit
from civicgauge.warehouse.audit import Act
from civicgauge.warehouse.cityday import Row
from civicgauge.warehouse.engine import reading, writing
from civicgauge.warehouse.inserting import bulk_insert
from civicgauge.warehouse.review_tables import MADE_TOGETHER
from civicgauge.warehouse.values import plain_row

__all__ = ["Act", "ReviewDesk", "Reviews"]

Tables = Mapping[str, sa.Table]


class Reviews:
    """The tables of `review_tables`, by name. Rows are mappings with every column."""

    def __init__(self, engine: Engine, tables: Tables) -> None:
        self._engine, self._tables = engine, tables

    def rows(self, table: str, **where: Any) -> list[Row]:
        """Rows in key order whose columns are as named; a collection means one of these, None is null."""
        with reading(self._engine) as connection:
            return _rows(connection, self._table(table), where)

    def one(self, table: str, **where: Any) -> Row | None:
        """The row; None where there is none."""
        found = self.rows(table, **where)
        return found[0] if found else None

    @contextmanager
    def desk(self) -> Iterator[ReviewDesk]:
        """One writing transaction, for one process at a time: all of it is kept when the `with` ends, or nothing is."""
        with writing(self._engine) as connection:
            audit.lock(connection)
            yield ReviewDesk(connection, self._tables)

    def broken_link(self) -> int | None:
        """The number of the first row of the audit that does not fit the one before it; None where the chain holds."""
        return audit.broken_link(self.rows("audit"))

    def _table(self, name: str) -> sa.Table:
        return _known(self._tables, name)


class ReviewDesk:
    """The same tables within one writing transaction."""

    def __init__(self, connection: Connection, tables: Tables) -> None:
        self._connection, self._tables = connection, tables

    def rows(self, table: str, **where: Any) -> list[Row]:
        """As `Reviews.rows`."""
        return _rows(self._connection, _known(self._tables, table), where)

    def one(self, table: str, **where: Any) -> Row | None:
        """As `Reviews.one`."""
        found = self.rows(table, **where)
        return found[0] if found else None

    def add(self, table: str, *rows: Mapping[str, Any]) -> None:
        """Insert rows; ConfigurationError where a row of that key is there already."""
        known = _known(self._tables, table)
        plain = [plain_row(known, row) for row in rows]
        keys = [column.name for column in known.primary_key]
        if len(plain) == 1 and self.one(table, **{name: plain[0][name] for name in keys}) is not None:
            raise ConfigurationError(
                f"{' '.join(str(plain[0][name]) for name in keys)}: there is such a {table} already"
            )
        bulk_insert(self._connection, known, plain)

    def change(self, table: str, values: Mapping[str, Any], **where: Any) -> int:
        """Set columns of the rows that are as named; returns how many."""
        known = _known(self._tables, table)
        if table == "audit":
            raise CivicgaugeError("the audit is only ever added to")
        return self._connection.execute(
            sa.update(known).where(*_conditions(known, where)).values(dict(values))
        ).rowcount

    def remove(self, table: str, **where: Any) -> int:
        """Remove the rows that are as named, of a draft that is taken anew; returns how many."""
        known = _known(self._tables, table)
        if not where or table == "audit":
            raise CivicgaugeError(f"{table}: everything is not removed")
        return self._connection.execute(sa.delete(known).where(*_conditions(known, where))).rowcount

    def note(self, act: Act) -> None:
        """Add a row to the audit. Its words hold no address of a person: see to that before."""
        audit.note(self._connection, self._tables["audit"], act)


def _known(tables: Tables, name: str) -> sa.Table:
    if name not in MADE_TOGETHER:
        raise CivicgaugeError(f"{name!r} is no table of reviews")
    return tables[name]


def _rows(connection: Connection, table: sa.Table, where: Mapping[str, Any]) -> list[Row]:
    statement = sa.select(table).where(*_conditions(table, where)).order_by(*table.primary_key)
    return [dict(row) for row in connection.execute(statement).mappings()]


def _conditions(table: sa.Table, where: Mapping[str, Any]) -> list[sa.ColumnElement[bool]]:
    return [
        table.c[name].is_(None)
        if value is None
        else table.c[name].in_(sorted(value))
        if isinstance(value, list | tuple | set | frozenset)
        else table.c[name] == value
        for name, value in where.items()
    ]
