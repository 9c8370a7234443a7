"""Production's processes on this machine: cities by schedule, a worker and the scheduler killed, every city whole.

One test, for starting it all takes longer than most of what is looked at. Its times are printed (`-s`); those of the
full form, with twenty cities, rows and links, stand in docs/proof.md.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import psutil
import psycopg
import pytest
import redis
import sqlalchemy as sa
from s3fs import S3FileSystem

from civicgauge.lake import MANIFEST, Lake
from civicgauge.pipeline import observing
from civicgauge.pipeline.context import Context
from civicgauge.settings import Settings
from tests.conftest import IN_FULL
from tests.homes import home_at
from tests.topology.cities import Copy, seen_of, served
from tests.topology.stack import LASTING, LOOPBACK, Stack, accepts, family
from tests.warehouse_fixtures import fresh_postgres

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

CITIES, DATASETS, LINKS = (20, 1, 5) if IN_FULL else (9, 0, 0)
#: What `.env` would hold: the demo's cities, and a machine of two cores.
GIVEN = {
    "CIVICGAUGE_CITIES": "/opt/civicgauge/demo-cities",
    "CIVICGAUGE_ALLOW_PRIVATE_HOSTS": "1",
    "AIRFLOW_API_WORKERS": "1",
    "AIRFLOW_WORKER_CONCURRENCY": "2",
    "AIRFLOW_PARALLELISM": "4",
}
#: Midnight, so that the last tick before any moment is of the same local day: the portals are asked, as at any tick.
#: The rest is what production waits minutes for.
SHORTER = {
    "AIRFLOW__CIVICGAUGE__OBSERVE_SCHEDULE": "0 0 * * *",
    "AIRFLOW__CIVICGAUGE__TASK_RETRY_SECONDS": "1",
    "AIRFLOW__DAG_PROCESSOR__REFRESH_INTERVAL": "5",
    "AIRFLOW__SCHEDULER__ORPHANED_TASKS_CHECK_INTERVAL": "3",
    "AIRFLOW__SCHEDULER__SCHEDULER_HEALTH_CHECK_THRESHOLD": "15",
    "AIRFLOW__SCHEDULER__SCHEDULER_HEARTBEAT_SEC": "1",
    "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT": "15",
    "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT_DETECTION_INTERVAL": "2",
    "AIRFLOW__SCHEDULER__TASK_QUEUED_TIMEOUT": "20",
    "AIRFLOW__SCHEDULER__TASK_QUEUED_TIMEOUT_CHECK_INTERVAL": "3",
}


@pytest.fixture
def airflow_database() -> Iterator[str]:
    """A PostgreSQL database for Airflow itself; skips (in CI: fails) without a server."""
    yield from fresh_postgres()


class Times:
    """When each part was done."""

    def __init__(self) -> None:
        self._last = time.monotonic()
        self._began = self._last
        self.lines: list[str] = []

    def say(self, what: str) -> None:
        """Print what was done, how long it took, and how long it all took so far."""
        now = time.monotonic()
        self.lines.append(f"{now - self._began:6.1f} s  {what} ({now - self._last:.1f} s)")
        print(self.lines[-1], flush=True)
        self._last = now


def test_every_city_is_whole_though_a_worker_and_the_scheduler_are_killed(
    airflow_database: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    record_property: Callable[[str, object], None],
) -> None:
    times = Times()
    with (
        Stack.opened(tmp_path, airflow_database, GIVEN, SHORTER) as stack,
        served(tmp_path / "cities", CITIES, DATASETS, LINKS) as own,
    ):
        stack.run("lake")
        stack.run("init")
        times.say("databases made and brought up to date, the bucket, the administrator")
        pages = started(stack, len(own))
        times.say("all services up and well, every DAG known")
        begin(pages)
        times.say("switched on over the REST API")
        kill_in_mid_run(stack, len(own), times)
        stack.wait("every run's end", lambda: all_ended(stack, len(own)), 600, every=0.5)
        times.say(f"{len(own)} cities observed; CPU seconds and MB of memory: {stack.used()}")

        for name, value in stack.environment("worker-1").items():
            if name.startswith(("CIVICGAUGE_", "AWS_", "NO_PROXY")):
                monkeypatch.setenv(name, value)
        S3FileSystem.clear_instance_cache()
        context = Context(Settings.from_environment())
        no_task_is_lost(stack)
        committed_once(context, own)
        lake_follows_manifests(context, own)
        same_as_observed_plainly(context, own, tmp_path)
        times.say("compared with plain observations")
    times.say("ended")
    record_property("told", "\n".join(times.lines))


def started(stack: Stack, cities: int) -> httpx.Client:
    """Start what lasts, wait until all of it is well by its own health check; a client that is signed in."""
    for name in LASTING:
        stack.start(name)
    stack.wait("the API server", lambda: accepts(stack.place.api), 180)
    for name in LASTING:
        stack.wait(f"{name} to be well", lambda n=name: stack.is_well(n), 180)
    pages = httpx.Client(base_url=f"http://{LOOPBACK}:{stack.place.api}", trust_env=False, timeout=30)
    assert pages.get("/api/v2/dags").status_code == 401
    wrong = {"username": "admin", "password": "not it"}
    assert pages.post("/auth/token", json=wrong).status_code == 401
    right = {"username": "admin", "password": stack.place.password}
    token = pages.post("/auth/token", json=right).raise_for_status().json()["access_token"]
    pages.headers["Authorization"] = f"Bearer {token}"
    known = {"dag_id_pattern": "observe__%", "limit": 1}
    count = lambda: pages.get("/api/v2/dags", params=known).raise_for_status().json()["total_entries"]  # noqa: E731
    stack.wait("the cities' DAGs", lambda: count() == cities, 180)
    assert pages.get("/api/v2/importErrors").raise_for_status().json()["import_errors"] == []
    plugins = pages.get("/api/v2/plugins").raise_for_status().json()["plugins"]
    assert [plugin["name"] for plugin in plugins].count("civicgauge") == 1
    assert pages.get("/api/v2/plugins/importErrors").raise_for_status().json()["import_errors"] == []
    return pages


def begin(pages: httpx.Client) -> None:
    """Switch the cities' DAGs on: their schedule's last tick is today's."""
    every = {"dag_id_pattern": "observe__%"}
    pages.patch("/api/v2/dags", params=every, json={"is_paused": False}).raise_for_status()


def kill_in_mid_run(stack: Stack, cities: int, times: Times) -> None:
    """Kill a worker in the middle of a task, and the scheduler; start them again as Compose would."""
    ended = "select count(*) from task_instance where state = 'success'"
    stack.wait("a third of the way", lambda: asked(stack, ended)[0][0] >= cities * 7 // 3, 300)
    stack.wait("a task on the first worker", lambda: runs_a_task(stack, "worker-1"), 60, every=0.02)
    stack.kill("worker-1")
    stack.kill("scheduler")
    states = dict(asked(stack, "select coalesce(state, 'none'), count(*) from task_instance group by 1"))
    times.say(f"killed a worker and the scheduler at {states}")
    assert states.get("running", 0) >= 1
    time.sleep(1)
    stack.restart("worker-1")
    stack.restart("scheduler")


def runs_a_task(stack: Stack, worker: str) -> bool:
    """Whether a process of a task runs below a worker: below one of its pool's."""
    pool = psutil.Process(stack.running[worker].pid).children()
    return any(family(process.pid) for process in pool)


def all_ended(stack: Stack, cities: int) -> bool:
    """Whether every city has its one run, and that is over."""
    rows = asked(stack, "select state, count(*) from dag_run where dag_id like 'observe__%%' group by 1")
    assert sum(count for _, count in rows) <= cities
    return sum(count for state, count in rows if state in ("success", "failed")) == cities


def no_task_is_lost(stack: Stack) -> None:
    """Every run is the schedule's and went well; every task ended, and those that were killed ran again.

    A `verdict` has no second try: one that was killed leaves its run red, and the city-day whole.
    """
    runs = asked(stack, "select dag_id, run_type, state from dag_run where dag_id like 'observe__%%'")
    tasks = asked(stack, "select dag_id, task_id, state, try_number from task_instance where dag_id like 'observe__%%'")
    odd = [task for task in tasks if task[2] != "success"]
    assert {run_type for _, run_type, _ in runs} == {"scheduled"}
    assert {task for _, task, _, _ in odd} <= {"verdict"}, odd
    assert {dag for dag, _, state in runs if state != "success"} == {dag for dag, *_ in odd}
    assert odd or max(tries for *_, tries in tasks) > 1, "the kill hit nothing"
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
        current = {city: [run for run in warehouse.runs(city) if run.is_current] for city in own}
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
        attempts = [a for city in own for run in warehouse.runs(city) if run.is_current for a in attempts_of(run)]
    assert len(attempts) == 2 * len(own)
    for folder in attempts:
        manifest = lake.manifest(folder)
        assert manifest is not None, f"{folder} has no {MANIFEST}"
        for name in manifest["files"]:
            lake.read(folder, name, manifest)
    assert len(lake.folders("raw")) == len(own)


def attempts_of(run: Any) -> tuple[str, str]:
    """Where a run's landed tables and its results lie."""
    return run.catalog_attempt, run.results_attempt


def same_as_observed_plainly(context: Context, own: dict[str, Copy], folder: Path) -> None:
    """The demo's three cities, observed in this process at the same moment, have the same rows in every table."""
    bases = {copy.base: own[copy.base] for copy in own.values()}
    with context.warehouse() as warehouse:
        moments = {city: warehouse.runs(city)[0].as_of for city in bases}
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
        return link.execute(sql.replace("%%", "%").encode()).fetchall()
