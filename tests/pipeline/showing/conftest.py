"""One observed world for all tests of pages' forms, on both databases; each test gets city files of its own."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import yaml

from civicgauge.demo.server import DemoPortals
from civicgauge.pipeline import observing
from civicgauge.pipeline.context import Context
from civicgauge.pipeline.showing import Shown
from civicgauge.settings import Settings
from civicgauge.warehouse import Warehouse
from civicgauge.warehouse.engine import writing
from civicgauge.warehouse.tables import SCHEMA, tables_in
from tests.homes import environment, few_datasets, home_at
from tests.pipeline.conftest import quicken
from tests.warehouse_fixtures import fresh_postgres

FALLS, PORT = "demo-alder-falls", "demo-birchport"
DAY, BEFORE, DOUBTED = date(2026, 6, 30), date(2026, 6, 29), date(2026, 7, 1)
NOW = datetime(2026, 7, 1, 18, 0, tzinfo=UTC)
_SKIPPED = {"cursor", "alert_cursor"}


@dataclass
class World:
    """A warehouse with two cities of two days, the lake behind it, and city files that a test may change."""

    context: Context

    @property
    def url(self) -> str:
        return self.context.settings.warehouse

    def shown(self, now: Callable[[], datetime] = lambda: NOW) -> Shown:
        """Pages' door, freshly opened."""
        return Shown(self.context, now)

    def file(self, city_id: str, **facts: Any) -> None:
        """Write facts into a city's file."""
        path = self.context.settings.cities / f"{city_id}.yml"
        path.write_text(yaml.safe_dump(yaml.safe_load(path.read_text(encoding="utf-8")) | facts), encoding="utf-8")

    @contextmanager
    def changed(self) -> Iterator[tuple[sa.Connection, dict[str, sa.Table]]]:
        """A connection on which to change what is committed, and the tables."""
        with Warehouse(self.url) as warehouse, writing(warehouse.engine) as connection:
            yield connection, named_tables(warehouse)


def named_tables(warehouse: Warehouse) -> dict[str, sa.Table]:
    known = tables_in(SCHEMA if warehouse.dialect == "postgresql" else None)
    return {table.name: table for table in known.sorted_tables}


def copy_day(connection: sa.Connection, tables: dict[str, sa.Table], day: date, **facts: Any) -> None:
    """Let another day have the rows of DAY; `facts` are those of its runs that differ."""
    for name in ("run", "indicator_value", "criterion_evidence", "dataset_day", "check_result", "pull"):
        table = tables[name]
        rows = [dict(row) for row in connection.execute(sa.select(table).where(table.c.day == DAY)).mappings()]
        for row in rows:
            row |= {"day": day, "run_id": f"{row['run_id']}.{day}", **(facts if name == "run" else {})}
        connection.execute(sa.insert(table), rows)


@pytest.fixture(scope="session")
def observed(tmp_path_factory: pytest.TempPathFactory) -> Context:
    """Two demo cities observed on a day, which stands for the day before, too; read it, change it never.

    Made once for all processes that share the tests.
    """
    base = tmp_path_factory.getbasetemp()
    home = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "shown-home"
    with home.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not home.with_suffix(".made").exists():
            _observe(home)
            home.with_suffix(".made").touch()
    return Context(Settings.from_environment(environment(home)))


def _observe(home: Path) -> None:
    with DemoPortals(datetime(2026, 6, 30, 22, 0, tzinfo=UTC)) as portals, home_at(home) as context:
        portals.write_cities(context.settings.cities)
        few_datasets(context.settings.cities, 2)
        quicken(context.settings.cities)
        for result in observing.observe(context, [FALLS, PORT], DAY.isoformat()):
            assert result.outcome == "complete", result.problems
        with Warehouse(context.settings.warehouse) as warehouse:
            with writing(warehouse.engine) as connection:
                copy_day(connection, named_tables(warehouse), BEFORE)
            with warehouse.engine.connect() as connection:  # the file alone is copied
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        (context.settings.cities / "demo-cedar-junction.yml").unlink()


@pytest.fixture(scope="session")
def postgres_world(observed: Context) -> Iterator[str]:
    """The name of a PostgreSQL database that holds the same, to be copied."""
    for url in fresh_postgres():
        with Warehouse(observed.settings.warehouse) as origin, Warehouse(url) as copy:
            copy.upgrade()
            theirs, ours = named_tables(origin), named_tables(copy)
            with origin.engine.connect() as read, writing(copy.engine) as write:
                for name in theirs.keys() - _SKIPPED:
                    rows = [dict(row) for row in read.execute(sa.select(theirs[name])).mappings()]
                    if rows:
                        write.execute(sa.insert(ours[name]), rows)
        yield str(sa.make_url(url).database)


@pytest.fixture(params=["sqlite", "postgresql"])
def world(request: pytest.FixtureRequest, observed: Context, tmp_path: Path) -> Iterator[World]:
    """A copy of the observed world, on both databases in turn."""
    cities = tmp_path / "cities"
    shutil.copytree(observed.settings.cities, cities)
    if request.param == "postgresql":
        for url in fresh_postgres(request.getfixturevalue("postgres_world")):
            yield World(Context(replace(observed.settings, cities=cities, warehouse=url)))
        return
    file = tmp_path / "warehouse.sqlite"
    shutil.copy(sa.make_url(observed.settings.warehouse).database or "", file)
    yield World(Context(replace(observed.settings, cities=cities, warehouse=f"sqlite:///{file}")))
