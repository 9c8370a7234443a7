"""A reading role on PostgreSQL never sees people's addresses and words, whenever it was made."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from civicgauge.warehouse import Warehouse, alert_tables, review_tables
from civicgauge.warehouse.reader_role import WITHHELD, withhold
from civicgauge.warehouse.schema import _MIGRATIONS

MADE_TOGETHER = (*alert_tables.MADE_TOGETHER, *review_tables.MADE_TOGETHER)
OPEN = tuple(name for name in MADE_TOGETHER if name not in WITHHELD)


@contextmanager
def roles(warehouse: Warehouse, *names: str) -> Iterator[list[str]]:
    """Names of roles of the test's own; gone with all they were given afterwards."""
    own = [f"{name}_{str(warehouse.engine.url.database)[-12:]}" for name in names]
    try:
        yield own
    finally:
        with warehouse.engine.begin() as connection:
            for name in own:
                found = sa.text("SELECT 1 FROM pg_roles WHERE rolname = :name")
                if connection.execute(found, {"name": name}).first():
                    connection.exec_driver_sql(f"DROP OWNED BY {name}")
                    connection.exec_driver_sql(f"DROP ROLE {name}")


def readable(warehouse: Warehouse, role: str) -> set[str]:
    """The tables of alerts, and of what people judge, that the role can really read."""
    found = set()
    for table in MADE_TOGETHER:
        with warehouse.engine.connect() as connection:
            connection.exec_driver_sql(f"SET ROLE {role}")
            try:
                connection.exec_driver_sql(f"SELECT count(*) FROM civicgauge.{table}")
                found.add(table)
            except sa.exc.ProgrammingError as error:
                assert "permission denied" in str(error)  # noqa: PT017 - both ways are looked at
            finally:
                connection.rollback()
                connection.exec_driver_sql("RESET ROLE")
    return found


def upgrade_to(warehouse: Warehouse, version: str) -> None:
    """A warehouse as an older civicgauge left it."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    with warehouse.engine.begin() as connection:
        connection.exec_driver_sql("CREATE SCHEMA civicgauge")
        config.attributes["connection"] = connection
        command.upgrade(config, version)


def test_a_role_granted_before_the_upgrade_and_one_granted_after(postgres_url: str) -> None:
    with Warehouse(postgres_url) as warehouse, roles(warehouse, "before", "after") as (before, after):
        upgrade_to(warehouse, "0003")
        assert warehouse.current_version() == "0003"
        assert warehouse.grant_reader(before)
        warehouse.upgrade()
        warehouse.check()
        assert warehouse.grant_reader(after)
        assert readable(warehouse, before) == readable(warehouse, after) == set(OPEN)
        assert not warehouse.grant_reader(before)  # again, and again nothing more
        warehouse.upgrade()
        assert readable(warehouse, before) == readable(warehouse, after) == set(OPEN)


def test_an_upgrade_takes_what_somebody_gave_and_leaves_those_who_write(postgres_url: str) -> None:
    with Warehouse(postgres_url) as warehouse, roles(warehouse, "given", "writer") as (given, writer):
        warehouse.upgrade()
        warehouse.grant_reader(given)
        with warehouse.engine.begin() as connection:
            connection.exec_driver_sql(f"CREATE ROLE {writer} NOLOGIN")
            connection.exec_driver_sql(f"GRANT USAGE ON SCHEMA civicgauge TO {writer}")
            for table in WITHHELD:
                connection.exec_driver_sql(f"GRANT SELECT ON civicgauge.{table} TO {given}, PUBLIC")
                connection.exec_driver_sql(f"GRANT SELECT, INSERT, UPDATE ON civicgauge.{table} TO {writer}")
        assert readable(warehouse, given) == set(MADE_TOGETHER)
        warehouse.upgrade()
        assert readable(warehouse, given) == set(OPEN)
        assert readable(warehouse, writer) == set(WITHHELD)


def test_withholding_is_nothing_on_sqlite(sqlite_url: str) -> None:
    with Warehouse(sqlite_url) as warehouse:
        warehouse.upgrade()
        with warehouse.engine.connect() as connection:
            before = connection.exec_driver_sql("SELECT count(*) FROM contact").scalar()
            withhold(connection)
            assert connection.exec_driver_sql("SELECT count(*) FROM contact").scalar() == before == 0


@pytest.mark.parametrize("table", alert_tables.WITHHELD)
def test_what_is_withheld_is_exported_nowhere(table: str) -> None:
    from civicgauge.warehouse.tables import EXPORTED

    assert table not in EXPORTED
