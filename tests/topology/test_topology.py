"""Production's processes on this machine: cities by schedule, a worker and the scheduler killed, every city whole.

One test, for starting it all takes longer than most of what is looked at. Its times are printed (`-s`); those of the
full form, with twenty cities, rows and links, stand in docs/proof.md.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from s3fs import S3FileSystem

from civicgauge.pipeline.context import Context
from civicgauge.settings import Settings
from tests.airflow.headless import accepts
from tests.conftest import IN_FULL
from tests.topology.cities import served
from tests.topology.place import LOOPBACK
from tests.topology.stack import LASTING, Stack
from tests.topology.whole import (
    asked,
    committed_once,
    lake_follows_manifests,
    no_task_is_lost,
    same_as_observed_plainly,
)
from tests.warehouse_fixtures import fresh_postgres

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

CITIES, DATASETS, LINKS = (20, 1, 5) if IN_FULL else (6, 0, 0)
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
    "AIRFLOW__SCHEDULER__ORPHANED_TASKS_CHECK_INTERVAL": "5",
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
        pages.close()
        times.say("switched on over the REST API")
        killed = kill_in_mid_run(stack, len(own), times)
        stack.wait("every run's end", lambda: all_ended(stack, len(own)), 600, every=0.5)
        times.say(f"{len(own)} cities observed; CPU seconds and MB of memory: {stack.used()}")

        for name, value in stack.environment("worker-1").items():
            if name.startswith(("CIVICGAUGE_", "AWS_", "NO_PROXY")):
                monkeypatch.setenv(name, value)
        S3FileSystem.clear_instance_cache()
        context = Context(Settings.from_environment())
        no_task_is_lost(stack, killed)
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


def kill_in_mid_run(stack: Stack, cities: int, times: Times) -> list[tuple[Any, ...]]:
    """Kill a worker in the middle of a task, and the scheduler; start them again as Compose would. The killed tasks."""
    ended = "select count(*) from task_instance where state = 'success'"
    stack.wait("a third of the way", lambda: asked(stack, ended)[0][0] >= cities * 7 // 3, 600)
    hit = stack.wait("tasks on the first worker", lambda: caught(stack, "worker-1"), 120, every=0.1)
    stack.kill("worker-1")
    stack.kill("scheduler")
    states = dict(asked(stack, "select coalesce(state, 'none'), count(*) from task_instance group by 1"))
    times.say(f"killed the scheduler, and a worker in {[task for _, task, _ in hit]}, at {states}")
    time.sleep(1)
    stack.restart("worker-1")
    stack.restart("scheduler")
    return hit


def caught(stack: Stack, worker: str) -> list[tuple[Any, ...]]:
    """The tasks that a worker is stopped in the middle of; none, and it goes on, where there are no such.

    A `verdict` is let go: it has no second try, since what it says would be no other.
    """
    processes = stack.signal(worker, signal.SIGSTOP)
    running = "select dag_id, task_id, map_index, pid from task_instance where state = 'running'"
    time.sleep(0.2)  # what it said before it was stopped is heard
    tasks = [task[:3] for task in asked(stack, running) if task[3] in processes]
    if not tasks or "verdict" in {task for _, task, _ in tasks}:
        stack.signal(worker, signal.SIGCONT)
        return []
    return tasks


def all_ended(stack: Stack, cities: int) -> bool:
    """Whether every city has its one run, and that is over."""
    rows = asked(stack, "select state, count(*) from dag_run where dag_id like 'observe__%' group by 1")
    assert sum(count for _, count in rows) <= cities
    return sum(count for state, count in rows if state in ("success", "failed")) == cities
