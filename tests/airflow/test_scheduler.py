"""The three demo cities by a real scheduler, without its pages: what operators rely on, seen to happen.

One test, for starting Airflow takes longer than all that is looked at. Each part says what it looks at.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.airflow.headless import Headless
from tests.airflow.world import World

pytestmark = [pytest.mark.slow, pytest.mark.timeout(420)]

#: Midnight, so that the last tick before any moment is of the same local day: the portals are asked, as at any tick.
SETTINGS = {
    "AIRFLOW__CIVICGAUGE__OBSERVE_SCHEDULE": "0 0 * * *",
    "AIRFLOW__CIVICGAUGE__TASK_RETRIES": "1",
    "AIRFLOW__CIVICGAUGE__TASK_RETRY_SECONDS": "2",
}
STORED, NEVER_STORED = "2026-06-29", "2026-06-28"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """The demo's cities."""
    with World.opened(tmp_path) as opened:
        yield opened


def test_the_demo_cities_by_a_scheduler(world: World, tmp_path: Path) -> None:
    home = tmp_path / "airflow"
    home.mkdir()
    failing, retried, sound = world.city_ids
    broken = world.break_portal(failing)
    world.break_portal(retried, times=1)
    with Headless.running(home, world.settings | SETTINGS) as airflow:
        airflow.wait("four DAGs", lambda: len(airflow.query("select dag_id from dag")) == 4, 90)
        assert airflow.query("select filename, stacktrace from import_error") == []
        assert airflow.query("select dag_id from dag where not is_paused") == []

        airflow.command("dags", "unpause", "--treat-dag-id-as-regex", "--yes", "observe__.*")
        by_schedule(airflow, world, (failing, broken), retried, sound)
        publish_hourly(airflow)
        named_time(airflow, world, sound)
        backfill(airflow, world, sound)
        cleared(airflow, world, sound)


def by_schedule(airflow: Headless, world: World, failing: tuple[str, str], retried: str, sound: str) -> None:
    """A portal that cannot be read fails its mapped task and its city; a passing fault is retried; others are whole."""
    city_id, portal_id = failing
    runs = {name: airflow.finished(f"observe__{name}", 1) for name in (city_id, retried, sound)}
    assert all(run_id.startswith("scheduled__") for states in runs.values() for run_id in states)
    assert [list(states.values()) for states in runs.values()] == [["failed"], ["success"], ["success"]]
    run_id = next(iter(runs[city_id]))
    tasks = airflow.tasks(f"observe__{city_id}", run_id)
    assert tasks[f"snapshot[{portal_id}]"] == ("failed", 2)
    assert tasks["verdict"] == ("failed", 1)
    assert portal_id in airflow.task_log(f"observe__{city_id}", run_id, "verdict")
    if tasks["commit"][0] != "success":
        assert world.rows("indicator_value", city_id=city_id) == []
    tries = airflow.tasks(f"observe__{retried}", next(iter(runs[retried])))
    assert ("success", 2) in [tries[name] for name in tries if name.startswith("snapshot[")]
    assert {state for state, _ in tries.values()} == {"success"}
    assert {tried for _, tried in airflow.tasks(f"observe__{sound}", next(iter(runs[sound]))).values()} == {1}
    for name in (retried, sound):
        assert world.rows("indicator_value", city_id=name)


def publish_hourly(airflow: Headless) -> None:
    """What was committed is published at the hour; the next time there is nothing new."""
    airflow.command("dags", "unpause", "--yes", "publish")
    (first,) = airflow.finished("publish", 1)
    assert first.startswith("scheduled__")
    assert airflow.tasks("publish", first) == {"publish": ("success", 1)}
    airflow.command("dags", "trigger", "publish", "--run-id", "again")
    assert airflow.finished("publish", 2)["again"] == "success"
    assert airflow.tasks("publish", "again") == {"publish": ("skipped", 1)}


def named_time(airflow: Headless, world: World, city_id: str) -> None:
    """A run for a named time asks the portals, as `--as-of` does, and stores a snapshot of that day."""
    before = len(airflow.runs(f"observe__{city_id}"))
    conf = json.dumps({"as_of": STORED})
    airflow.command("dags", "trigger", f"observe__{city_id}", "--run-id", "named", "--conf", conf)
    assert airflow.finished(f"observe__{city_id}", before + 1)["named"] == "success"
    assert [path for path in world.snapshots(city_id) if f"/{STORED}/" in path]
    assert world.rows("indicator_value", city_id=city_id, day=STORED)


def backfill(airflow: Headless, world: World, city_id: str) -> None:
    """A backfill loads the stored snapshot and makes the same rows; a day without one is skipped and writes nothing."""
    dag_id, before, rows = f"observe__{city_id}", world.snapshots(city_id), world.rows("indicator_value", day=STORED)
    count = len(airflow.runs(dag_id))
    span = ("--from-date", NEVER_STORED, "--to-date", f"{STORED}T23:00")
    airflow.command("backfill", "create", "--dag-id", dag_id, *span)
    runs = airflow.finished(dag_id, count + 2)
    skipped, loaded = sorted(run_id for run_id in runs if run_id.startswith("backfill__"))
    assert (runs[skipped], runs[loaded]) == ("success", "success")
    assert {state for state, _ in airflow.tasks(dag_id, loaded).values()} == {"success"}
    states = {name: state for name, (state, _) in airflow.tasks(dag_id, skipped).items()}
    assert states.pop("plan") == "success"
    assert set(states.values()) == {"skipped"}
    assert "no_snapshot" in airflow.task_log(dag_id, skipped, "snapshot")
    assert world.rows("indicator_value", day=NEVER_STORED) == []
    assert world.rows("indicator_value", day=STORED) == rows
    assert world.snapshots(city_id) == before


def cleared(airflow: Headless, world: World, city_id: str) -> None:
    """A cleared earlier run loads what is stored: no portal is asked, and its rows are the same."""
    dag_id, before, rows = f"observe__{city_id}", world.snapshots(city_id), world.rows("indicator_value", day=STORED)
    airflow.command("dags", "clear", "--yes", "--run-id", "named", dag_id)
    airflow.finished(dag_id, 1)
    assert {state for state, _ in airflow.tasks(dag_id, "named").values()} == {"success"}
    assert airflow.tasks(dag_id, "named")["commit"] == ("success", 2)
    assert "the portal is not asked" in airflow.task_log(dag_id, "named", "snapshot")
    assert world.snapshots(city_id) == before
    assert world.rows("indicator_value", day=STORED) == rows
