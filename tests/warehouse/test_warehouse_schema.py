"""The schema: upgrades, versions and what is said about them; migrations and tables are the same thing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from civicgauge import warehouse as package
from civicgauge.errors import WarehouseOutOfDate
from civicgauge.warehouse import Warehouse, alert_tables, review_tables, tables, viewschema

from .days import city_day, contents, run

SCHEMAS = {"sqlite": None, "postgresql": tables.SCHEMA}
MIGRATIONS = Path(package.__file__).parent / "migrations"


def set_version(warehouse: Warehouse, version: str) -> None:
    prefix = f"{tables.SCHEMA}." if warehouse.dialect == "postgresql" else ""
    with warehouse.engine.begin() as connection:
        connection.execute(sa.text(f"UPDATE {prefix}{tables.VERSION_TABLE} SET version_num = :v"), {"v": version})


def test_upgrade_from_nothing_and_again(warehouse_url: str) -> None:
    with Warehouse(warehouse_url) as warehouse:
        assert warehouse.current_version() is None
        warehouse.upgrade()
        assert warehouse.current_version() == tables.VERSIONS[-1]
        warehouse.check()
        warehouse.commit(city_day(run()))
        before = contents(warehouse)
        warehouse.upgrade()
        assert contents(warehouse) == before


def test_looking_creates_nothing(sqlite_url: str) -> None:
    with Warehouse(sqlite_url) as warehouse:
        with pytest.raises(WarehouseOutOfDate, match=r"no warehouse at sqlite:.* yet; run `civicgauge db upgrade`"):
            warehouse.check()
        assert warehouse.current_version() is None
    assert not Path(sa.make_url(sqlite_url).database or "").parent.exists()


def test_check_says_what_to_do(warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    warehouse.check()
    monkeypatch.setattr("civicgauge.warehouse.schema.VERSIONS", (*tables.VERSIONS, "0900"))
    needed = f"has version {tables.VERSIONS[-1]}, needed is 0900"
    with pytest.raises(WarehouseOutOfDate, match=f"{needed}; run `civicgauge db upgrade`"):
        warehouse.check()
    monkeypatch.undo()
    set_version(warehouse, "0999")
    with pytest.raises(
        WarehouseOutOfDate, match=r"version 0999, which .* does not know.*`civicgauge db upgrade` never"
    ):
        warehouse.check()
    with pytest.raises(WarehouseOutOfDate, match="Install that one here"):
        warehouse.upgrade()
    assert warehouse.current_version() == "0999"


def test_reading_or_writing_without_tables_names_the_command(warehouse_url: str) -> None:
    with Warehouse(warehouse_url) as warehouse:
        for attempt in (lambda: warehouse.rows("run"), lambda: warehouse.commit(city_day(run()))):
            with pytest.raises(WarehouseOutOfDate, match="civicgauge db upgrade"):
                attempt()


def test_migrations_and_tables_are_the_same(warehouse: Warehouse) -> None:
    schema = SCHEMAS[warehouse.dialect]

    def ours(name: str | None, kind: str, _parents: Any) -> bool:
        return kind != "schema" or name == schema

    def not_the_version(_item: Any, name: str | None, kind: str, *_more: Any) -> bool:
        return not (kind == "table" and name == tables.VERSION_TABLE)

    options = {
        "include_schemas": True,
        "include_name": ours,
        "include_object": not_the_version,
        "compare_type": True,
        "compare_server_default": True,
    }
    with warehouse.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, tables.tables_in(schema)) == []
        # a table too many is seen: the comparison above does compare
        more = sa.MetaData(schema=schema)
        sa.Table("extra", more, sa.Column("id", sa.Integer))
        assert len(compare_metadata(context, more)) > len(tables.EXPORTED)


def test_keys_order_and_collation_are_the_tables_own(warehouse: Warehouse, tmp_path: Path) -> None:
    """What Alembic does not compare: built from the tables, the database says the same of itself."""
    schema = SCHEMAS[warehouse.dialect]

    def described(connection: sa.Connection) -> Any:
        if schema is None:
            # an added column stands at the end of SQLite's text, behind the key: so what it says of itself is compared
            names = sorted(set(sa.inspect(connection).get_table_names()) - {tables.VERSION_TABLE})
            indexes = sa.text("SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY 1")
            rowid = sa.text("SELECT name, wr FROM pragma_table_list WHERE schema = 'main' ORDER BY 1")
            return [
                *((n, *row) for n in names for row in connection.execute(sa.text(f"PRAGMA table_xinfo({n})"))),
                *map(tuple, connection.execute(indexes)),
                *(tuple(row) for row in connection.execute(rowid) if row[0] in names),
            ]
        columns = connection.execute(
            sa.text(
                "SELECT table_name, ordinal_position, column_name, data_type, is_nullable, collation_name"
                " FROM information_schema.columns WHERE table_schema = :s AND table_name <> :v ORDER BY 1, 2"
            ),
            {"s": schema, "v": tables.VERSION_TABLE},
        )
        indexes = sa.text("SELECT indexdef FROM pg_indexes WHERE schemaname = :s AND tablename <> :v ORDER BY 1")
        found = connection.execute(indexes, {"s": schema, "v": tables.VERSION_TABLE})
        return [*map(tuple, columns), *map(tuple, found)]

    with warehouse.engine.begin() as connection:
        viewschema.drop(connection)  # they stand on the tables
        migrated = described(connection)
        metadata = tables.tables_in(schema)
        for table in metadata.sorted_tables:
            connection.execute(sa.schema.DropTable(table))
        metadata.create_all(connection, checkfirst=False)
        assert described(connection) == migrated


def test_the_versions_are_those_of_the_migrations() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    scripts = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
    assert tuple(reversed(scripts)) == tables.VERSIONS


def test_the_version_table_is_not_airflows(warehouse: Warehouse) -> None:
    with warehouse.engine.connect() as connection:
        inspector = sa.inspect(connection)
        assert inspector.has_table(tables.VERSION_TABLE, schema=SCHEMAS[warehouse.dialect])
        assert not inspector.has_table("alembic_version")
        assert not inspector.has_table("alembic_version", schema=SCHEMAS[warehouse.dialect])
        if warehouse.dialect == "postgresql":
            assert inspector.get_table_names(schema="public") == []


def test_every_column_says_what_it_is(warehouse: Warehouse) -> None:
    for name in warehouse.table_names():
        columns = warehouse.columns(name)
        assert columns
        assert all(column.comment for column in columns)
        assert not any(column.is_nullable for column in columns if column.is_key)
    keys = [column.name for column in warehouse.columns("check_result") if column.is_key]
    assert keys == ["day", "city_id", "portal_id", "dataset_id", "subject", "check_id", "check_version"]


def test_sqlite_is_in_wal_mode_and_writers_begin_immediately(sqlite_url: str) -> None:
    with Warehouse(sqlite_url) as warehouse:
        warehouse.upgrade()
        begun: list[str] = []
        sa.event.listen(warehouse.engine, "before_cursor_execute", lambda _c, _cursor, text, *_more: begun.append(text))
        warehouse.commit(city_day(run()))
        warehouse.rows("run")
        assert [text for text in begun if text.startswith("BEGIN")] == ["BEGIN IMMEDIATE", "BEGIN"]
        with warehouse.engine.connect() as connection:
            assert connection.execute(sa.text("PRAGMA journal_mode")).scalar() == "wal"
            assert connection.execute(sa.text("PRAGMA busy_timeout")).scalar() == 60_000


def test_a_warehouse_of_the_first_version_is_upgraded_with_its_rows(warehouse_url: str) -> None:
    from alembic import command
    from alembic.config import Config

    from civicgauge.warehouse.schema import _MIGRATIONS

    with Warehouse(warehouse_url) as warehouse:
        warehouse.upgrade()
        warehouse.commit(city_day(run()))
        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS))
        schema = SCHEMAS[warehouse.dialect]
        with warehouse.engine.begin() as connection:  # back to what 0001 made
            dot = f"{schema}." if schema else ""
            viewschema.drop(connection)
            for index in ("ix_run_ended_at", "ix_run_outcome_day"):
                connection.execute(sa.text(f"DROP INDEX {dot}{index}"))
            for table in (*alert_tables.MADE_TOGETHER, *review_tables.MADE_TOGETHER):
                connection.execute(sa.text(f"DROP TABLE {dot}{table}"))
            connection.execute(sa.text(f"DROP TABLE {dot}landing"))
            connection.execute(sa.text(f"DROP TABLE {dot}pull"))
            connection.execute(sa.text(f"ALTER TABLE {dot}check_result DROP COLUMN is_private"))
            connection.execute(sa.text(f"DROP TABLE {dot}indicator_revision"))
            connection.execute(sa.text(f"DROP TABLE {dot}criterion_evidence"))
            for column in ("band", "evidence", "recorded_at"):
                connection.execute(sa.text(f"ALTER TABLE {dot}indicator_value DROP COLUMN {column}"))
            config.attributes["connection"] = connection
            command.stamp(config, "0001")
        with pytest.raises(WarehouseOutOfDate, match="has version 0001"):
            warehouse.check()
        warehouse.upgrade()
        warehouse.check()
        assert len(warehouse.rows("check_result")) == 6
        assert {row["is_private"] for row in warehouse.rows("check_result")} == {False}
        assert warehouse.rows("landing") == warehouse.rows("pull") == warehouse.rows("criterion_evidence") == []
        assert {row["recorded_at"] for row in warehouse.rows("indicator_value")} == {None}
