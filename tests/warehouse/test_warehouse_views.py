"""The views: the newest shown day, equal versions alone, comments on PostgreSQL, renewed where they differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from civicgauge.errors import ConfigurationError
from civicgauge.model import IndicatorValue, Status
from civicgauge.warehouse import IndicatorText, Scope, Warehouse
from tests.warehouse.days import MONDAY, city_day, indicator, run

KEPT = IndicatorText("promises_kept", "Promises kept", "How many are as recent as 100% of what is said?")
DECLARED = IndicatorText("periods_declared", "Declared", "How many say so? It's asked.")


def commit(
    warehouse: Warehouse,
    day: date,
    values: Sequence[IndicatorValue],
    city_id: str = "demo-a",
    outcome: str = "complete",
) -> None:
    record = run(f"{city_id}.{day}", day, outcome, city_id=city_id)
    warehouse.commit(city_day(record, indicator_values=values))


def ask(warehouse: Warehouse, name: str) -> list[dict[str, Any]]:
    """The rows of the database's own view."""
    place = f"civicgauge.{name}" if warehouse.dialect == "postgresql" else name
    with warehouse.engine.connect() as connection:
        rows = connection.execute(sa.text(f"SELECT * FROM {place}")).mappings()
        return sorted(({k: str(v) if isinstance(v, date) else v for k, v in r.items()} for r in rows), key=str)


def of_version(value: float | None, version: int) -> IndicatorValue:
    return replace(indicator("promises_kept", value), indicator_version=version)


def test_the_newest_shown_day_and_the_highest_version_are_shown(warehouse: Warehouse) -> None:
    warehouse.upgrade([KEPT, DECLARED])
    commit(warehouse, MONDAY, [of_version(0.25, 1), of_version(0.5, 2), indicator("periods_declared", None)])
    commit(warehouse, MONDAY + timedelta(1), [of_version(0.75, 2)], outcome="suspect")
    (declared, kept) = ask(warehouse, "v_indicator_latest")
    assert (kept["day"], kept["indicator_version"], kept["value"]) == (str(MONDAY), 2, 0.5)
    assert declared["indicator_id"] == "periods_declared"
    (wide,) = ask(warehouse, "v_indicator_wide")
    assert wide == {
        "city_id": "demo-a",
        "day": str(MONDAY),
        "promises_kept": 0.5,
        "promises_kept__status": "ok",
        "periods_declared": None,
        "periods_declared__status": "ok",
    }
    (card,) = ask(warehouse, "v_city_scorecard")
    assert (card["day"], card["outcome"], card["indicators_ok"], card["indicators_error"]) == (
        str(MONDAY),
        "complete",
        2,
        0,
    )


def test_a_change_is_counted_between_equal_versions_and_says_why_there_is_none(warehouse: Warehouse) -> None:
    warehouse.upgrade([KEPT])
    later = MONDAY + timedelta(30)
    commit(warehouse, MONDAY, [of_version(0.25, 1)])
    commit(warehouse, later, [of_version(0.75, 1)])
    commit(warehouse, MONDAY, [of_version(0.25, 1)], "demo-b")
    commit(warehouse, later, [of_version(0.75, 2)], "demo-b")
    commit(warehouse, later, [replace(of_version(None, 1), status=Status.INSUFFICIENT)], "demo-c")
    commit(warehouse, later - timedelta(1), [of_version(0.75, 1)], "demo-c")
    commit(warehouse, later - timedelta(2), [indicator("periods_declared")], "demo-d")
    commit(warehouse, later, [of_version(0.75, 1)], "demo-d")
    found = {row["city_id"]: row for row in ask(warehouse, "v_indicator_change")}
    told = {
        city: tuple(row[f"{name}_{what}"] for name in ("previous", "earlier") for what in ("day", "delta", "note"))
        for city, row in found.items()
    }
    assert told == {
        "demo-a": (str(MONDAY), 0.5, None, str(MONDAY), 0.5, None),
        "demo-b": (str(MONDAY), None, "version_changed", str(MONDAY), None, "version_changed"),
        "demo-c": (str(later - timedelta(1)), None, "no_value_now", None, None, "no_earlier_day"),
        "demo-d": (str(later - timedelta(2)), None, "not_computed_then", None, None, "no_earlier_day"),
    }


def test_within_a_scope_the_views_know_nothing_of_what_lies_outside(warehouse: Warehouse) -> None:
    commit(warehouse, MONDAY, [of_version(0.25, 1)])
    commit(warehouse, MONDAY + timedelta(1), [of_version(0.75, 1)])
    commit(warehouse, MONDAY, [of_version(0.5, 1)], "demo-b")
    scope = Scope({"demo-a": MONDAY + timedelta(1)}, {"demo-a": MONDAY}, with_private=False)
    for view in warehouse.views([KEPT], scope):
        if view.name == "v_indicator_decided":  # nothing was decided; tests/pipeline/test_judged_exports.py decides
            assert list(warehouse.extract_view(view, size=10)) == []
            continue
        (batch,) = warehouse.extract_view(view, size=10)
        (row,) = (dict(zip((c.name for c in view.columns), told, strict=True)) for told in batch)
        assert (row["city_id"], row["day"]) == ("demo-a", str(MONDAY)), view.name


def test_a_view_is_renewed_where_its_text_differs_and_left_where_it_does_not(warehouse: Warehouse) -> None:
    warehouse.upgrade([KEPT])
    commit(warehouse, MONDAY, [of_version(0.25, 1)])
    assert set(ask(warehouse, "v_indicator_wide")[0]) == {"city_id", "day", "promises_kept", "promises_kept__status"}
    before = identity(warehouse)
    warehouse.upgrade([KEPT])
    warehouse.upgrade()  # without indicators the wide view stays
    assert identity(warehouse) == before
    warehouse.upgrade([DECLARED])
    assert "periods_declared__status" in ask(warehouse, "v_indicator_wide")[0]
    assert "promises_kept" not in ask(warehouse, "v_indicator_wide")[0]


def identity(warehouse: Warehouse) -> Any:
    """What changes when a view is made anew: its row id in the database's catalogue."""
    asked = (
        "SELECT oid, relname FROM pg_class WHERE relname LIKE 'v\\_%' ORDER BY relname"
        if warehouse.dialect == "postgresql"
        else "SELECT rowid, name, sql FROM sqlite_master WHERE type = 'view' ORDER BY name"
    )
    with warehouse.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(sa.text(asked))]


@pytest.fixture
def on_postgres(postgres_url: str) -> Iterator[Warehouse]:
    """SQLite has neither comments nor roles."""
    with Warehouse(postgres_url) as made:
        made.upgrade()
        yield made


def test_comments_stand_on_views_and_columns(on_postgres: Warehouse) -> None:
    on_postgres.upgrade([KEPT, DECLARED])
    asked = """
        SELECT a.attname, col_description(c.oid, a.attnum), obj_description(c.oid)
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
        WHERE c.relname LIKE 'v\\_%' AND c.relkind = 'v'
    """
    with on_postgres.engine.connect() as connection:
        rows = connection.execute(sa.text(asked)).all()
    assert len(rows) > 50
    assert all(column and view for _, column, view in rows)
    said = {name: column for name, column, _ in rows}
    assert said["promises_kept"].startswith("Promises kept: How many are as recent as 100% of what is said?")
    assert "It's asked." in said["periods_declared"]


def test_a_reader_reads_everything_and_changes_nothing(on_postgres: Warehouse) -> None:
    name = f"reader_{on_postgres.engine.url.database[-12:]}"
    assert on_postgres.grant_reader(name)
    try:
        assert not on_postgres.grant_reader(name)
        on_postgres.upgrade([KEPT])  # a view made later can be read too
        commit(on_postgres, MONDAY, [of_version(0.25, 1)])
        with on_postgres.engine.connect() as connection:
            connection.exec_driver_sql(f"SET ROLE {name}")
            for table in ("indicator_value", "city", "v_indicator_wide", "v_city_scorecard"):
                asked = connection.exec_driver_sql(f"SELECT count(*) FROM civicgauge.{table}")
                assert asked.scalar_one() == 1, table
            with pytest.raises(sa.exc.ProgrammingError, match="permission denied"):
                connection.exec_driver_sql("DELETE FROM civicgauge.city")
    finally:
        with on_postgres.engine.connect() as connection:
            connection.exec_driver_sql("RESET ROLE")
            connection.exec_driver_sql(f"DROP OWNED BY {name}")
            connection.exec_driver_sql(f"DROP ROLE {name}")
            connection.commit()


def test_a_view_that_others_stand_on_is_named_and_kept(on_postgres: Warehouse) -> None:
    on_postgres.upgrade([KEPT])
    with on_postgres.engine.begin() as connection:
        connection.exec_driver_sql("CREATE VIEW mine AS SELECT promises_kept FROM civicgauge.v_indicator_wide")
    with pytest.raises(ConfigurationError, match="v_indicator_wide cannot be renewed: view mine depends on"):
        on_postgres.upgrade([DECLARED])
    assert ask(on_postgres, "v_indicator_wide") == []
    with on_postgres.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(promises_kept) FROM civicgauge.v_indicator_wide").scalar() == 0


@pytest.mark.parametrize("name", ["Staff", "a b", "x; DROP TABLE city", "", "é"])
def test_a_reader_needs_a_plain_name(on_postgres: Warehouse, name: str) -> None:
    with pytest.raises(ConfigurationError, match="role name"):
        on_postgres.grant_reader(name)


def test_sqlite_has_no_readers(sqlite_url: str) -> None:
    with Warehouse(sqlite_url) as warehouse:
        warehouse.upgrade()
        with pytest.raises(ConfigurationError, match="SQLite knows no roles"):
            warehouse.grant_reader("staff")
