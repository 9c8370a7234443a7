"""Worlds of every older version, with real rows and their lake: upgraded, and everything goes on with them."""

from __future__ import annotations

import sqlite3
import zipfile
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from civicgauge.demo.server import DemoPortals
from civicgauge.errors import WarehouseOutOfDate
from civicgauge.pipeline import exporting, observing, publishing, verifying
from civicgauge.pipeline.context import Context
from civicgauge.settings import Settings
from civicgauge.warehouse import Warehouse, tables
from tests.homes import environment, few_datasets
from tests.pipeline.conftest import quicken
from tests.upgrades.make import CITY, DAYS
from tests.upgrades.oldpostgres import copy_to_postgres

HERE = Path(__file__).parent
VERSIONS = [path.stem for path in sorted(HERE.glob("*.sql"))]
TOLD = ("city", "dataset", "dataset_day", "check_result", "indicator_value", "run")


def test_every_older_version_has_its_world() -> None:
    """A new schema version begins: `python -m tests.upgrades.make COMMIT` makes the world of the one before."""
    assert set(tables.VERSIONS[:-1]) <= set(VERSIONS)


def old_rows(file: Path) -> dict[str, list[dict[str, Any]]]:
    with closing(sqlite3.connect(file)) as connection:
        connection.row_factory = sqlite3.Row
        return {name: [dict(row) for row in connection.execute(f"SELECT * FROM {name}")] for name in TOLD}


@pytest.fixture(params=VERSIONS)
def world(
    request: pytest.FixtureRequest, warehouse_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[Context, str, Path]:
    """The home of an older version: its context, its version, and its SQLite file as it was."""
    home, version = tmp_path / "home", str(request.param)
    home.mkdir()
    (home / "cities").mkdir()
    file = home / "warehouse.sqlite"
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript((HERE / f"{version}.sql").read_text(encoding="utf-8"))
    with zipfile.ZipFile(HERE / f"{version}.zip") as pack:
        pack.extractall(home / "lake")
    url = f"sqlite:///{file}"
    if warehouse_url.startswith("postgres"):
        copy_to_postgres(file, warehouse_url, version)
        url = warehouse_url
    for name, value in environment(home, url).items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("CIVICGAUGE_LAKE", raising=False)
    return Context(Settings.from_environment()), version, file


DAYS_AS = tuple(date.fromisoformat(day) for day in DAYS)


def upgraded(context: Context, version: str, before: dict[str, list[dict[str, Any]]]) -> dict[str, float | None]:
    """Upgrade, and hold every row against what was there; returns the last day's values."""
    with Warehouse(context.settings.warehouse) as warehouse:
        if version != tables.VERSIONS[-1]:
            with pytest.raises(WarehouseOutOfDate, match=f"has version {version}"):
                warehouse.check()
        warehouse.upgrade()
        assert warehouse.current_version() == tables.VERSIONS[-1]
        for name, rows in before.items():
            assert len(warehouse.rows(name, shown_only=False)) == len(rows) > 0, name
        values = {row["indicator_id"]: row["value"] for row in warehouse.rows("indicator_value", day=DAYS_AS[1])}
    assert values == {r["indicator_id"]: r["value"] for r in before["indicator_value"] if r["day"] == DAYS[1]}
    return values


def test_an_older_world_is_upgraded_with_its_rows_and_its_lake_is_whole(world: tuple[Context, str, Path]) -> None:
    context, version, file = world
    upgraded(context, version, old_rows(file))
    found = verifying.verify(context, DAYS_AS[1])
    assert (found.runs, found.missing, found.orphans) == (2, (), 0)


@pytest.mark.slow
def test_an_older_world_goes_on(world: tuple[Context, str, Path], tmp_path: Path) -> None:
    """An old day is replayed, the next day is observed, and both are exported and published."""
    context, version, file = world
    before = old_rows(file)
    values = upgraded(context, version, before)
    with DemoPortals(datetime(2026, 7, 1, 22, tzinfo=UTC)) as portals:
        portals.write_cities(context.settings.cities)
        few_datasets(context.settings.cities, 1)
        quicken(context.settings.cities)
        (replayed,) = observing.replay(context, [CITY], DAYS_AS[0], DAYS_AS[0])
        (today,) = observing.observe(context, [CITY], "2026-07-01")
    assert (replayed.outcome, replayed.problems, today.outcome, today.problems) == ("complete", {}, "complete", {})
    with context.warehouse() as warehouse:
        states = {row["dataset_id"]: row for row in warehouse.rows("dataset")}
        assert {row["dataset_id"] for row in before["dataset"]} <= set(states)  # the same entries, seen first then
        assert {states[row["dataset_id"]]["first_seen"].isoformat() for row in before["dataset"]} == {DAYS[0]}
        assert len(warehouse.indicator_values(CITY, date(2026, 7, 1))) >= len(values)
        kept = warehouse.rows("indicator_value", day=DAYS_AS[1])
    assert {row["indicator_id"]: row["value"] for row in kept} == values  # a day that nobody computed again
    counts = exporting.export(context, tmp_path / "out", None, "staff", history=True)
    assert counts["indicator_value"] > len(before["indicator_value"])
    assert counts["run"] == 4
    publishing.publish(context, datetime(2026, 7, 2, tzinfo=UTC))
    assert verifying.verify(context, date(2026, 7, 1)).missing == ()
