"""Many rows at once, the fast way of each database."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from civicgauge.warehouse.cityday import Row


def bulk_insert(connection: Connection, table: sa.Table, rows: list[Row]) -> None:
    """Insert rows that hold every column of the table, in its order."""
    if not rows:
        return
    if connection.dialect.name != "postgresql":
        connection.execute(sa.insert(table), rows)
        return
    quote = connection.dialect.identifier_preparer
    names = ", ".join(quote.quote(column.name) for column in table.columns)
    cursor: Any = connection.connection.cursor()
    with cursor, cursor.copy(f"COPY {quote.format_table(table)} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(tuple(row.values()))
