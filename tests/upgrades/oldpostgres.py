"""An older SQLite warehouse as PostgreSQL would have it: its version's own tables, the same rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from civicgauge import warehouse as package
from civicgauge.warehouse.engine import open_engine, parse_url
from civicgauge.warehouse.tables import SCHEMA, VERSION_TABLE

MIGRATIONS = Path(package.__file__).parent / "migrations"


def copy_to_postgres(file: Path, url: str, version: str) -> None:
    """Make the tables of that version by the migrations up to it, and copy every row."""
    old, new = sa.create_engine(f"sqlite:///{file}"), open_engine(parse_url(url))
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with new.begin() as connection, old.connect() as source:
        connection.execute(sa.schema.CreateSchema(SCHEMA))
        config.attributes["connection"] = connection
        command.upgrade(config, version)
        metadata = sa.MetaData(schema=SCHEMA)
        metadata.reflect(connection)
        for table in metadata.sorted_tables:
            if table.name == VERSION_TABLE:
                continue
            rows = [dict(row) for row in source.execute(sa.text(f'SELECT * FROM "{table.name}"')).mappings()]
            if rows:
                connection.execute(sa.insert(table), [_as_typed(table, row) for row in rows])
    old.dispose()
    new.dispose()


def _as_typed(table: sa.Table, row: dict[str, Any]) -> dict[str, Any]:
    return {name: _CASTS.get(type(table.c[name].type), _same)(value) for name, value in row.items()}


def _same(value: Any) -> Any:
    return value


def _or_none(cast: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value is None else cast(value)


_CASTS: dict[type, Callable[[Any], Any]] = {
    sa.dialects.postgresql.BOOLEAN: _or_none(bool),
    sa.dialects.postgresql.DATE: _or_none(date.fromisoformat),
    sa.dialects.postgresql.TIMESTAMP: _or_none(datetime.fromisoformat),
}
