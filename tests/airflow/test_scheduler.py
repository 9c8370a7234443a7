"""The three demo cities by a real scheduler: what operators rely on, seen to happen.

One test, for starting Airflow takes longer than all that is looked at. Each part says what it looks at.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.airflow import alerts_by_scheduler as alerts
from tests.airflow.headless import Headless
from tests.airflow.world import ONE_CKAN, ONE_SOCRATA, TWO_PORTALS, World
from tests.conftest import IN_FULL
from tests.warehouse_fixtures import fresh_postgres

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

#: Alerts once a year, so that no tick but the first one and those of the test come in between.
#: Midnight, so that the last tick before any moment is of the same local day: the portals are asked, as at any tick.
SETTINGS = {
    "AIRFLOW__CIVICGAUGE__OBSERVE_SCHEDULE": "0 0 * * *",
    "AIRFLOW__CIVICGAUGE__ALERT_SCHEDULE": "0 0 1 1 *",
    "AIRFLOW__CIVICGAUGE__TASK_RETRIES": "1",
    "AIRFLOW__CIVICGAUGE__TASK_RETRY_SECONDS": "2",
}
CHOSEN = "k7qw-3fzn"
STORED, NEVER_STORED = "2026-06-29", "2026-06-28"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """The demo's cities."""
    with World.opened(tmp_path) as opened:
        yield opened


@pytest.fixture
def airflow_database() -> Iterator[str]:
    """A PostgreSQL database for Airflow itself; skips (in CI: fails) without a server."""
    yield from fresh_postgres()


def test_the_demo_cities_by_a_scheduler(world: World, airflow_database: str, tmp_path: Path) -> None:
    home = tmp_path / "airflow"
    home.mkdir()
    world.choose(ONE_SOCRATA, CHOSEN)
    world.break_portal(ONE_CKAN, times=1)
    broken = world.break_portal(TWO_PORTALS)
    with Headless.running(home, airflow_database, world.settings | SETTINGS) as airflow:
        airflow.wait("six DAGs", lambda: len(airflow.query("select dag_id from dag")) == 6, 90)
        assert airflow.query("select filename, stacktrace from import_error") == []
        assert airflow.query("select dag_id from dag where not is_paused") == [("alert_release",)]

        airflow.command("dags", "unpause", "--treat-dag-id-as-regex", "--yes", "observe__.*")
        whole_by_schedule(airflow, world)
        links_of_a_pull(airflow, world)
        retry(airflow, world)
        mapped_failure(airflow, world, broken)
        failed, _ = scheduled_run(airflow, TWO_PORTALS)
        alerts.operators_told_of_a_failed_run(airflow, world, f"observe__{TWO_PORTALS}", failed, broken)
        publish_hourly(airflow)
        mended(airflow, world)
        alerts.told_and_not_told_twice(airflow, world)
        if IN_FULL:
            alerts.claim_looked_at(airflow, world, ONE_CKAN)
            alerts.hold_released(airflow, world)
            alerts.hold_ended_by_command(airflow, world)
        named_time(airflow, world, ONE_SOCRATA)
        backfill(airflow, world, ONE_SOCRATA)
        cleared(airflow, world, ONE_SOCRATA)


def scheduled_run(airflow: Headless, city_id: str) -> tuple[str, str]:
    """The id and the state of a city's one run, which the schedule made."""
    ((run_id, state),) = airflow.finished(f"observe__{city_id}", 1).items()
    assert run_id.startswith("scheduled__")
    return run_id, state


def whole_by_schedule(airflow: Headless, world: World) -> None:
    """A city whose portal answers is observed at the first try."""
    run_id, state = scheduled_run(airflow, ONE_SOCRATA)
    assert state == "success"
    assert set(airflow.tasks(f"observe__{ONE_SOCRATA}", run_id).values()) == {("success", 1)}
    assert world.rows("indicator_value", city_id=ONE_SOCRATA)


def links_of_a_pull(airflow: Headless, world: World) -> None:
    """A pull is named by its dataset, and leads to the dataset on its portal and to the run's check results."""
    dag_id, (run_id, _) = f"observe__{ONE_SOCRATA}", scheduled_run(airflow, ONE_SOCRATA)
    (title,) = (row["title"] for row in world.rows("dataset", dataset_id=CHOSEN))
    assert airflow.tasks(dag_id, run_id)[f"pull[{title}]"] == ("success", 1)
    links = airflow.query(
        "select key, value from xcom where dag_id = %s and run_id = %s and task_id = 'pull' and key like %s",
        *(dag_id, run_id, r"\_link\_%"),
    )
    (page,) = (row["permalink"] for row in world.rows("dataset", dataset_id=CHOSEN))
    found = {key: str(value).strip('"') for key, value in links}
    assert found.pop("_link_PortalLink") == page
    assert found.pop("_link_ResultsLink").startswith(f"http://127.0.0.1:{airflow.port}/dags/{dag_id}/runs/")
    assert found == {}
    log = airflow.task_log(dag_id, run_id, "validate")
    assert f"main/{CHOSEN}: " in log


def retry(airflow: Headless, world: World) -> None:
    """A passing fault costs one retry of that task and nothing else."""
    run_id, state = scheduled_run(airflow, ONE_CKAN)
    tasks = airflow.tasks(f"observe__{ONE_CKAN}", run_id)
    assert state == "success"
    assert {name for name, (_, tries) in tasks.items() if tries == 2} == {"snapshot[main]"}
    assert {ending for ending, _ in tasks.values()} == {"success"}
    assert world.rows("indicator_value", city_id=ONE_CKAN)


def mapped_failure(airflow: Headless, world: World, portal_id: str) -> None:
    """One of two portals fails after its retries: the other is kept, the day is partial, the verdict names the one."""
    run_id, state = scheduled_run(airflow, TWO_PORTALS)
    tasks = airflow.tasks(f"observe__{TWO_PORTALS}", run_id)
    assert state == "failed"
    assert tasks.pop(f"snapshot[{portal_id}]") == ("failed", 2)
    assert tasks.pop(f"links[{portal_id}]") == ("skipped", 1)
    assert tasks.pop("verdict") == ("failed", 1)
    assert set(tasks.values()) == {("success", 1)}
    assert f"Not read: {portal_id}: AnswerUnreadable" in airflow.task_log(f"observe__{TWO_PORTALS}", run_id, "verdict")
    assert [row["outcome"] for row in world.rows("run", city_id=TWO_PORTALS)] == ["partial"]


def mended(airflow: Headless, world: World) -> None:
    """What the DAG's notes tell operators: clear the snapshot and what follows on the same day. Then it is whole."""
    world.mend_portals()
    airflow.command("tasks", "clear", "--yes", "--downstream", "--task-regex", "snapshot", f"observe__{TWO_PORTALS}")
    _, state = scheduled_run(airflow, TWO_PORTALS)
    assert state == "success"
    outcomes = {row["outcome"]: row["is_current"] for row in world.rows("run", city_id=TWO_PORTALS)}
    assert outcomes == {"partial": False, "complete": True}


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
    """A run for an earlier day named by hand loads what `observe --as-of` stored; no portal is asked for the past."""
    world.observe(city_id, STORED)
    stored, rows = world.snapshots(city_id), world.rows("indicator_value", city_id=city_id, day=STORED)
    before = len(airflow.runs(f"observe__{city_id}"))
    conf = json.dumps({"as_of": STORED})
    airflow.command("dags", "trigger", f"observe__{city_id}", "--run-id", "named", "--conf", conf)
    assert airflow.finished(f"observe__{city_id}", before + 1)["named"] == "success"
    assert world.snapshots(city_id) == stored
    assert world.rows("indicator_value", city_id=city_id, day=STORED) == rows != []


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
