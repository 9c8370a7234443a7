"""The views in the database itself: dropped before tables change, made or renewed at the end of an upgrade."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from civicgauge.errors import ConfigurationError
from civicgauge.warehouse.tables import SCHEMA
from civicgauge.warehouse.viewform import View
from civicgauge.warehouse.views import NAMES

_DEPENDED_ON = "2BP01"  # dependent_objects_still_exist


def drop(connection: Connection) -> None:
    """Drop every view of ours: a migration may change what they stand on."""
    for name in NAMES:
        _drop(connection, name)


def _drop(connection: Connection, name: str) -> None:
    """Drop one view; ConfigurationError naming what stands on it."""
    try:
        connection.exec_driver_sql(f"DROP VIEW IF EXISTS {_place(connection, name)}")
    except sa.exc.DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) != _DEPENDED_ON:
            raise
        said = getattr(getattr(error.orig, "diag", None), "message_detail", None) or "something depends on it"
        raise ConfigurationError(
            f"{name} cannot be renewed: {said.splitlines()[0]}. Drop that first, then run `civicgauge db upgrade` again"
        ) from None


def renew(connection: Connection, views: Iterable[View]) -> None:
    """Make each view that is not there, or whose text or comments differ, within the caller's transaction.

    On PostgreSQL the view and its columns carry their comments, from the same texts as the dictionary; a view that
    stays as it is is not touched, so that nobody who reads it has to wait.
    """
    for view in views:
        text = _definition(connection, view)
        if connection.dialect.name == "postgresql":
            _renew_on_postgresql(connection, view, text)
        elif _stored_on_sqlite(connection, view.name) != text:
            _drop(connection, view.name)
            connection.exec_driver_sql(text)


def _renew_on_postgresql(connection: Connection, view: View, text: str) -> None:
    place = _place(connection, view.name)
    quote = connection.dialect.identifier_preparer.quote
    said = [f"COMMENT ON COLUMN {place}.{quote(column.name)} IS {_literal(column.comment)}" for column in view.columns]
    # the server keeps a text of its own making, so that ours is known again by its digest
    digest = hashlib.sha256("\n".join([text, view.comment, *said]).encode()).hexdigest()[:12]
    comment = f"{view.comment} (definition {digest})"
    stored = connection.execute(sa.select(sa.func.obj_description(sa.func.to_regclass(place), "pg_class"))).scalar()
    if stored == comment:
        return
    _drop(connection, view.name)
    for statement in (text, f"COMMENT ON VIEW {place} IS {_literal(comment)}", *said):
        connection.exec_driver_sql(statement)


def _definition(connection: Connection, view: View) -> str:
    select = view.statement.compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True})
    return f"CREATE VIEW {_place(connection, view.name)} AS {select}"


def _stored_on_sqlite(connection: Connection, name: str) -> str | None:
    master = sa.table("sqlite_master", sa.column("name"), sa.column("type"), sa.column("sql", sa.Text()))
    asked = sa.select(master.c.sql).where(master.c.name == name, master.c.type == "view")
    return connection.execute(asked).scalar()


def _place(connection: Connection, name: str) -> str:
    return f"{SCHEMA}.{name}" if connection.dialect.name == "postgresql" else name


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''").replace("%", "%%") + "'"  # the driver looks for placeholders everywhere
