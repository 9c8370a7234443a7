"""Whether every city is whole: its tasks, its rows in the warehouse, its files in the lake."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import psycopg
import redis
import sqlalchemy as sa

from civicgauge.lake import MANIFEST, Lake
from civicgauge.pipeline import observing
from civicgauge.pipeline.context import Context
from tests.homes import home_at
from tests.topology.cities import Copy, seen_of
from tests.topology.place import LOOPBACK
from tests.topology.stack import Stack


def no_task_is_lost(stack: Stack, killed: list[tuple[Any, ...]]) -> None:
    """Every run is the schedule's and went well; every task did, and those that were killed in another try."""
    runs = asked(stack, "select distinct run_type, state from dag_run where dag_id like 'observe__%'")
    assert runs == [("scheduled", "success")]
    tasks = asked(
        stack, "select dag_id, task_id, map_index, state, try_number from task_instance where dag_id like 'observe__%'"
    )
    assert [task for task in tasks if task[3] != "success"] == []
    tries = {task[:3]: task[4] for task in tasks}
    assert [task for task in killed if tries[task] < 2] == []
    with redis.Redis(host=LOOPBACK, port=stack.place.redis, password=stack.place.password) as broker:
        assert broker.llen("default") == 0
    with psycopg.connect(stack.place.warehouse.replace("+psycopg", "", 1)) as link:
        locks = link.execute(
            "select count(*) from pg_locks where locktype = 'advisory' and database ="
            " (select oid from pg_database where datname = current_database())"
        ).fetchall()
    assert locks == [(0,)]


def committed_once(context: Context, own: dict[str, Copy]) -> None:
    """Each city has one day, one current run, complete; its numbers are that run's."""
    with context.warehouse() as warehouse:
        current = {city: warehouse.runs(city, current_only=True) for city in own}
        values = warehouse.rows("indicator_value")
    assert all([run.outcome for run in runs] == ["complete"] for runs in current.values()), current
    assert {row["run_id"] for row in values} == {run.run_id for (run,) in current.values()}
    keys = [(row["city_id"], row["day"], row["indicator_id"], row["indicator_version"]) for row in values]
    assert len(keys) == len(set(keys))


def lake_follows_manifests(context: Context, own: dict[str, Copy]) -> None:
    """What the current runs name is committed in the object store, and every file is what its manifest says."""
    lake = Lake(context.settings.lake)
    assert lake.url.startswith("s3://")
    with context.warehouse() as warehouse:
        runs = [run for city in own for run in warehouse.runs(city, current_only=True)]
    attempts = [attempt or "" for run in runs for attempt in (run.catalog_attempt, run.results_attempt)]
    assert len(attempts) == 2 * len(own)
    for folder in attempts:
        manifest = lake.manifest(folder)
        assert manifest is not None, f"{folder} has no {MANIFEST}"
        for name in manifest["files"]:
            lake.read(folder, name, manifest)
    assert len(lake.folders("raw")) == len(own)


def same_as_observed_plainly(context: Context, own: dict[str, Copy], folder: Path) -> None:
    """The demo's three cities, observed in this process at the same moment, have the same rows in every table."""
    bases = {copy.base: own[copy.base] for copy in own.values()}
    with context.warehouse() as warehouse:
        moments = {city: warehouse.runs(city, current_only=True)[0].as_of for city in bases}
    through = seen_of(context, own)
    with home_at(folder / "plain") as plain:
        for city in bases:
            text = (folder / "cities" / f"{city}.yml").read_text(encoding="utf-8")
            (plain.settings.cities / f"{city}.yml").write_text(text, encoding="utf-8")
            observing.observe(plain, [city], moments[city].isoformat())
        plainly = seen_of(plain, bases)
    for city, copy in own.items():
        assert through[city].keys() == plainly[copy.base].keys()
        for table, rows in plainly[copy.base].items():
            assert through[city][table] == rows, f"{city}: {table}"


def asked(stack: Stack, sql: str) -> list[tuple[Any, ...]]:
    """Ask Airflow's own database, without ever writing."""
    address = sa.make_url(stack.place.airflow).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, options="-c default_transaction_read_only=on") as link:
        return link.execute(sql.encode()).fetchall()
