"""Opening the warehouse: addresses, connections, transactions, and foreign errors turned into ours.

No message holds a password. On SQLite every writing transaction begins with BEGIN IMMEDIATE, because one that begins
by reading may lose its work to another writer (DESIGN section 6).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection, Engine
from sqlalchemy.pool import NullPool

from civicgauge.errors import CivicgaugeError, ConfigurationError, WarehouseBusy, WarehouseOutOfDate

_WAIT_SECONDS = 60
_CONNECT_SECONDS = 10
_FORMS = "sqlite:////folder/warehouse.sqlite or postgresql://user@host:5432/database"
_WRITES = "civicgauge_writes"
_SECRET = re.compile(r"pass(word|file)?$|secret|token", re.IGNORECASE)
_NO_TABLE = {"42P01", "3F000", "42703"}  # undefined_table, invalid_schema_name, undefined_column
_BUSY = {"55P03", "40001", "40P01", "53300", "57P01", "57P02", "57P03", "57014"}
_FORBIDDEN = {"42501", "25006"}  # insufficient_privilege, read_only_sql_transaction
_LOCAL_UNUSABLE = ("file is not a database", "unable to open", "attempt to write a readonly", "disk I/O error")
_LOCAL_BUSY = ("database is locked", "database table is locked", "database schema is locked")
_SOON = ("too many clients", "starting up", "shutting down", "in recovery")
UPGRADE = "run `civicgauge db upgrade`"


def parse_url(text: str) -> URL:
    """The address of a warehouse; ConfigurationError (which never repeats the text) when it cannot be used."""
    try:
        url = sa.make_url(text)
    except Exception:  # the parser's own errors may repeat a part of the password
        raise ConfigurationError(f"CIVICGAUGE_WAREHOUSE is not a database address; write {_FORMS}") from None
    if url.drivername in ("postgresql", "postgres", "postgresql+psycopg"):
        if "@" in (url.host or ""):
            raise ConfigurationError("CIVICGAUGE_WAREHOUSE: write an @ inside the password as %40") from None
        return url.set(drivername="postgresql+psycopg")
    if url.drivername in ("sqlite", "sqlite+pysqlite"):
        if not url.database or url.database == ":memory:" or url.database.startswith("file:"):
            raise ConfigurationError(f"CIVICGAUGE_WAREHOUSE: SQLite needs the path of a file; write {_FORMS}")
        return url.set(drivername="sqlite")
    raise ConfigurationError(f"CIVICGAUGE_WAREHOUSE: {url.drivername!r} is not supported; write {_FORMS}")


def shown(url: URL) -> str:
    """The address for people, without anything secret."""
    hidden = {key: "***" for key in url.query if _SECRET.search(key)}
    return url.update_query_dict(hidden).render_as_string(hide_password=True)


def open_engine(url: URL) -> Engine:
    """An engine for that address; nothing is connected yet."""
    if url.get_backend_name() == "sqlite":
        engine = sa.create_engine(
            url, poolclass=NullPool, connect_args={"timeout": _WAIT_SECONDS}, hide_parameters=True
        )
        sa.event.listen(engine, "connect", _sqlite_connected)
        sa.event.listen(engine, "begin", _sqlite_begin)
        return engine
    seconds = {} if "connect_timeout" in url.query else {"connect_timeout": _CONNECT_SECONDS}
    # read committed: what follows the wait for a lock must see what the other writer committed meanwhile
    engine = sa.create_engine(
        url,
        connect_args=seconds,
        hide_parameters=True,
        pool_pre_ping=True,
        pool_size=2,
        isolation_level="READ COMMITTED",
    )
    sa.event.listen(engine, "connect", _postgres_connected)
    return engine


def _sqlite_connected(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver begins no transaction by itself; _sqlite_begin does


def _sqlite_begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _postgres_connected(connection: Any, _record: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET TimeZone TO 'UTC'")
        cursor.execute(f"SET lock_timeout TO '{_WAIT_SECONDS}s'")
    connection.commit()


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection inside one reading transaction."""
    with _connected(engine, writes=False) as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A connection inside one writing transaction: committed at the end, rolled back on any error."""
    with _connected(engine, writes=True) as connection, connection.begin():
        yield connection


@contextmanager
def creating(engine: Engine) -> Iterator[Connection]:
    """A connection on which no transaction has begun; makes a SQLite file that is not there yet."""
    with _connected(engine, writes=True, creates=True) as connection:
        yield connection


@contextmanager
def _connected(engine: Engine, *, writes: bool, creates: bool = False) -> Iterator[Connection]:
    file = file_of(engine.url)
    if file is not None and not creates and not file.exists():  # SQLite would make an empty one
        raise WarehouseOutOfDate(f"There is no warehouse at {shown(engine.url)} yet; {UPGRADE}")
    foreign = (sa.exc.SQLAlchemyError, engine.dialect.loaded_dbapi.Error)
    try:
        connection = engine.connect()
    except foreign as error:
        raise _unreachable(engine.url, error) from None  # the foreign message is in ours, without the password
    with connection:
        try:
            yield connection.execution_options(**{_WRITES: writes})
        except foreign as error:
            raise _fault(engine.url, error) from error


def _unreachable(url: URL, error: Exception) -> CivicgaugeError:
    text = _words(url, error)
    if any(soon in text for soon in _SOON):
        return WarehouseBusy(f"The warehouse at {shown(url)} takes no connection just now: {text}")
    return ConfigurationError(f"The warehouse at {shown(url)} cannot be opened: {text}")


def _fault(url: URL, error: Exception) -> CivicgaugeError:
    origin, text = getattr(error, "orig", None) or error, _words(url, error)
    state = getattr(origin, "sqlstate", None)
    if state in _NO_TABLE or text.startswith(("no such table", "no such column")):
        return WarehouseOutOfDate(f"The warehouse at {shown(url)} does not fit this civicgauge ({text}); {UPGRADE}")
    # a server that goes away in the middle of a COPY leaves an operational error without a state
    lost = url.get_backend_name() == "postgresql" and state is None and type(origin).__name__ == "OperationalError"
    if state in _BUSY or text.startswith(_LOCAL_BUSY) or lost:
        return WarehouseBusy(f"The warehouse at {shown(url)} was busy or went away ({text}); nothing was written")
    if state in _FORBIDDEN or text.startswith(_LOCAL_UNUSABLE):
        return ConfigurationError(f"The warehouse at {shown(url)} cannot be used: {text}")
    return CivicgaugeError(f"The warehouse at {shown(url)} refused what was written or asked: {text}")


def _words(url: URL, error: Exception) -> str:
    """The database's own message: its first line, without values of rows and without the password."""
    origin = getattr(error, "orig", None) or error
    primary = getattr(getattr(origin, "diag", None), "message_primary", None)
    lines = (primary or str(origin)).strip().splitlines() or [type(origin).__name__]
    text = lines[0]
    secrets = [url.password, *(value for key, value in url.query.items() if _SECRET.search(key))]
    for secret in secrets:
        if isinstance(secret, str) and secret:
            text = text.replace(secret, "***")
    return text


def file_of(url: URL) -> Path | None:
    """The file of a SQLite warehouse; None for a server."""
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None
