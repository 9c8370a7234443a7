"""Addresses and servers that cannot be used: one clear message, the right kind of error, never a password."""

from __future__ import annotations

import pickle
import traceback
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from civicgauge.errors import CivicgaugeError, ConfigurationError, WarehouseBusy
from civicgauge.warehouse import Warehouse

from .days import city_day, run

SECRET = "s3cr3t-word"


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("", "not a database address"),
        (SECRET, "not a database address"),
        (f"postgresql//me:{SECRET}@host/db", "not a database address"),
        (f"postgresql://me:pw@{SECRET}@host/db", "write an @ inside the password as %40"),
        (f"postgresql://me:x@host:{SECRET}/db", "not a database address"),
        (f"mysql://me:{SECRET}@host/db", "'mysql' is not supported"),
        (f"postgresql+psycopg2://me:{SECRET}@host/db", "'postgresql\\+psycopg2' is not supported"),
        ("sqlite://", "SQLite needs the path of a file"),
        ("sqlite:///:memory:", "SQLite needs the path of a file"),
        ("sqlite:///file:x?uri=true", "SQLite needs the path of a file"),
    ],
)
def test_an_address_that_cannot_be_used(url: str, message: str) -> None:
    with pytest.raises(ConfigurationError, match=message) as caught:
        Warehouse(url)
    assert SECRET not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_every_spelling_of_postgresql_is_psycopg_3(scheme: str) -> None:
    with Warehouse(f"{scheme}://me:{SECRET}@host/db?sslpassword={SECRET}") as warehouse:
        assert (warehouse.dialect, warehouse.engine.dialect.driver) == ("postgresql", "psycopg")
        assert SECRET not in warehouse.place
        assert "host/db" in warehouse.place


@pytest.mark.parametrize("query", ["", f"?password={SECRET}"])
def test_a_server_that_does_not_answer(query: str) -> None:
    place = "127.0.0.1:1/db" + query if query else f"me:{SECRET}@127.0.0.1:1/db"
    with Warehouse(f"postgresql://{place}") as warehouse:
        for attempt in (warehouse.check, warehouse.upgrade, lambda: warehouse.commit(city_day(run()))):
            with pytest.raises(ConfigurationError, match=r"cannot be opened: .*refused") as caught:
                attempt()
            assert SECRET not in "".join(traceback.format_exception(caught.value))
            assert "127.0.0.1" in str(pickle.loads(pickle.dumps(caught.value)))


def test_a_database_that_does_not_exist(postgres_url: str) -> None:
    url = sa.make_url(postgres_url).set(database="no_such_database", password=SECRET)
    with (
        Warehouse(url.render_as_string(hide_password=False)) as warehouse,
        pytest.raises(ConfigurationError, match="no_such_database") as caught,
    ):
        warehouse.check()
    assert SECRET not in "".join(traceback.format_exception(caught.value))


def test_a_file_that_is_no_warehouse(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("this is not a database, however long one looks at it\n" * 100)
    for path in (tmp_path / "text", tmp_path / "text" / "below.sqlite", tmp_path):
        with Warehouse(f"sqlite:///{path}") as warehouse, pytest.raises(ConfigurationError, match="warehouse"):
            warehouse.upgrade()
    assert (tmp_path / "text").read_text().startswith("this is not")


def test_no_right_to_create_the_schema(postgres_url: str) -> None:
    role = f"r{sa.make_url(postgres_url).database}"
    with psycopg.connect(postgres_url, autocommit=True) as server:
        server.execute(f"CREATE ROLE {role} LOGIN")
        try:
            limited = sa.make_url(postgres_url).set(username=role).render_as_string(hide_password=False)
            with Warehouse(limited) as warehouse, pytest.raises(ConfigurationError, match="permission denied"):
                warehouse.upgrade()
        finally:
            server.execute(f"DROP ROLE {role}")


def test_a_lock_held_too_long_is_worth_another_try(warehouse: Warehouse, warehouse_url: str) -> None:
    """The real wait is 60 s; here the connection that waits is told to wait less."""
    wait = "PRAGMA busy_timeout=50" if warehouse.dialect == "sqlite" else "SET lock_timeout TO '50ms'"

    def shorten(connection: object, *_more: object) -> None:
        cursor = connection.cursor()  # type: ignore[attr-defined]
        cursor.execute(wait)
        cursor.close()

    sa.event.listen(warehouse.engine, "checkout", shorten)
    warehouse.commit(city_day(run("good")))
    with Warehouse(warehouse_url) as other, other.engine.connect() as holder:
        if warehouse.dialect == "sqlite":
            holder.execution_options(civicgauge_writes=True)
            holder.begin()
        else:
            holder.execute(sa.text("LOCK TABLE civicgauge.indicator_value IN ACCESS EXCLUSIVE MODE"))
        with pytest.raises(WarehouseBusy, match="nothing was written"):
            warehouse.commit(city_day(run("late")))
        holder.rollback()
    assert warehouse.commit(city_day(run("later")))
    assert [record.run_id for record in warehouse.runs()] == ["good", "later"]


def test_a_server_that_goes_away_is_worth_another_try(postgres_url: str) -> None:
    with Warehouse(postgres_url) as warehouse, psycopg.connect(postgres_url, autocommit=True) as server:
        warehouse.upgrade()

        def cut(_connection: object, _cursor: object, text: str, *_more: object) -> None:
            if "INSERT INTO civicgauge.city" in text:
                server.execute(
                    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )

        sa.event.listen(warehouse.engine, "before_cursor_execute", cut)
        with pytest.raises(WarehouseBusy):
            warehouse.commit(city_day(run()))
        sa.event.remove(warehouse.engine, "before_cursor_execute", cut)
        assert warehouse.runs() == []
        assert warehouse.commit(city_day(run()))


def test_an_error_shows_no_values_of_rows(warehouse: Warehouse) -> None:
    day = city_day(run(), ("a",))
    with pytest.raises(CivicgaugeError) as caught:
        warehouse.commit(city_day(run(), check_results=[*day.check_results, *day.check_results]))
    assert "<script>" not in str(caught.value)
    assert "\n" not in str(caught.value)
