"""The warehouse's schema and its version: `civicgauge db upgrade` changes it, everything else only looks."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from civicgauge.errors import ConfigurationError, WarehouseOutOfDate
from civicgauge.warehouse import reader_role, viewschema
from civicgauge.warehouse.engine import UPGRADE, creating, file_of, reading, shown, writing
from civicgauge.warehouse.tables import SCHEMA, VERSION_TABLE, VERSIONS
from civicgauge.warehouse.viewform import View
from civicgauge.warehouse.views import WIDE

_MIGRATIONS = Path(__file__).resolve().parent / "migrations"
_UPGRADE_LOCK = 0x6369766963676175  # "civicgau": one upgrade at a time on a PostgreSQL server's database
_WAL_TRIES, _WAL_PAUSE = 600, 0.1


def current_version(engine: Engine) -> str | None:
    """The version of the warehouse's schema; None where there is no warehouse yet. Creates nothing."""
    file = file_of(engine.url)
    if file is not None and not file.exists():
        return None
    with reading(engine) as connection:
        return _version(connection)


def check(engine: Engine) -> None:
    """None when the schema is the one this code needs; WarehouseOutOfDate says what to do otherwise."""
    found, needed, place = current_version(engine), VERSIONS[-1], shown(engine.url)
    if found == needed:
        return
    if found is None:
        raise WarehouseOutOfDate(f"There is no warehouse at {place} yet; {UPGRADE}")
    if found in VERSIONS:
        raise WarehouseOutOfDate(f"The warehouse at {place} has version {found}, needed is {needed}; {UPGRADE}")
    raise WarehouseOutOfDate(_newer(place, found))


def upgrade(engine: Engine, views: Sequence[View], *, keeps_wide: bool) -> None:
    """Bring the schema to this code's version, in one transaction; does nothing when it is there already.

    The views follow in the same transaction, where they differ; `keeps_wide` leaves the wide one as it is.
    Safe when several processes do it at once. WarehouseOutOfDate for a warehouse newer than this code,
    ConfigurationError where it may not be created.
    """
    file = file_of(engine.url)
    if file is not None:
        _prepare_file(engine, file)
    with writing(engine) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_UPGRADE_LOCK)))
            # asked for first: creating needs a right on the database that a later upgrade does without
            if not sa.inspect(connection).has_schema(SCHEMA):
                connection.execute(sa.schema.CreateSchema(SCHEMA))
        found = _version(connection)
        if found is not None and found not in VERSIONS:
            raise WarehouseOutOfDate(_newer(shown(engine.url), found))
        if found != VERSIONS[-1]:
            viewschema.drop(connection)
            _migrate(connection)
        reader_role.withhold(connection)
        viewschema.renew(connection, [view for view in views if not (keeps_wide and view.name == WIDE)])


def _migrate(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _prepare_file(engine: Engine, file: Path) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigurationError(f"The warehouse's folder {file.parent} cannot be made: {error.strerror}") from None
    with creating(engine) as connection:
        cursor = connection.connection.cursor()
        for tries_left in reversed(range(_WAL_TRIES)):
            try:
                cursor.execute("PRAGMA journal_mode=WAL")
            except engine.dialect.loaded_dbapi.OperationalError as error:
                # SQLite does not wait here by itself while another process makes the same change
                if "locked" not in str(error) or not tries_left:
                    raise
                time.sleep(_WAL_PAUSE)
            else:
                return


def _version(connection: Connection) -> str | None:
    schema = SCHEMA if connection.dialect.name == "postgresql" else None
    if not sa.inspect(connection).has_table(VERSION_TABLE, schema=schema):
        return None
    table = sa.table(VERSION_TABLE, sa.column("version_num"), schema=schema)
    return connection.execute(sa.select(table.c.version_num)).scalar()


def _newer(place: str, found: str) -> str:
    return (
        f"The warehouse at {place} has version {found}, which this civicgauge ({VERSIONS[-1]}) does not know: "
        "it was made by a newer one. Install that one here; `civicgauge db upgrade` never goes back"
    )
