"""A role on PostgreSQL that may read the warehouse, but for addresses and messages of people, and change nothing."""

from __future__ import annotations

import re

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from civicgauge.errors import ConfigurationError
from civicgauge.warehouse import alert_tables, review_tables
from civicgauge.warehouse.engine import writing
from civicgauge.warehouse.tables import SCHEMA

WITHHELD = (*alert_tables.WITHHELD, *review_tables.WITHHELD)
"""Tables that no reading role sees."""
_NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")


def grant(engine: Engine, name: str) -> bool:
    """Let the role read the schema's tables and views, and those that later upgrades make; True where it was made.

    `WITHHELD` are left out, now and at every upgrade. A role that is not there is made without a right to
    log in. ConfigurationError on SQLite, for a name that is no plain role name, and where the connection's own user may
    not make or grant.
    """
    if engine.dialect.name != "postgresql":
        raise ConfigurationError(
            "db reader: SQLite knows no roles; give readers an export (`civicgauge export`) instead"
        )
    if not _NAME.fullmatch(name):
        raise ConfigurationError(f"db reader: {name!r} is no role name; write small letters, digits and underscores")
    with writing(engine) as connection:
        is_new = not _exists(connection, name)
        if is_new:
            _make(connection, name)
        for statement in (
            f"GRANT USAGE ON SCHEMA {SCHEMA} TO {name}",
            f"GRANT SELECT ON ALL TABLES IN SCHEMA {SCHEMA} TO {name}",
            f"ALTER DEFAULT PRIVILEGES IN SCHEMA {SCHEMA} GRANT SELECT ON TABLES TO {name}",
        ):
            connection.exec_driver_sql(statement)
        withhold(connection)
    return is_new


def withhold(connection: Connection) -> None:
    """Take the withheld tables, those that are there, from every role that may only read; nothing on SQLite.

    Each upgrade does this too: a role that may read later tables would otherwise get later withheld ones with them.
    A role that may write there works for us, and keeps what it has.
    """
    if connection.dialect.name != "postgresql":
        return
    granted = sa.text(
        "SELECT c.relname, coalesce(r.rolname, '') FROM pg_class c "
        "JOIN pg_namespace n ON n.oid = c.relnamespace CROSS JOIN LATERAL aclexplode(c.relacl) a "
        "LEFT JOIN pg_roles r ON r.oid = a.grantee "
        "WHERE n.nspname = :schema AND c.relname = ANY(:names) AND a.grantee <> c.relowner "
        "GROUP BY 1, 2 HAVING NOT bool_or(a.privilege_type IN ('INSERT', 'UPDATE', 'DELETE'))"
    )
    quote = connection.dialect.identifier_preparer.quote
    for table, role in connection.execute(granted, {"schema": SCHEMA, "names": list(WITHHELD)}).all():
        connection.exec_driver_sql(f"REVOKE ALL ON {SCHEMA}.{table} FROM {quote(role) if role else 'PUBLIC'}")


def _exists(connection: Connection, name: str) -> bool:
    roles = sa.table("pg_roles", sa.column("rolname"))
    return connection.execute(sa.select(roles.c.rolname).where(roles.c.rolname == name)).first() is not None


def _make(connection: Connection, name: str) -> None:
    user = sa.table("pg_roles", sa.column("rolname"), sa.column("rolcreaterole"), sa.column("rolsuper"))
    own = sa.select(user.c.rolcreaterole, user.c.rolsuper).where(user.c.rolname == sa.func.current_user())
    if not any(connection.execute(own).one()):
        raise ConfigurationError(
            f"db reader: there is no role {name}, and the warehouse's user may not make one; "
            f"let an administrator run: CREATE ROLE {name} NOLOGIN"
        )
    connection.exec_driver_sql(f"CREATE ROLE {name} NOLOGIN")
