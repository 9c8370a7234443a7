"""The three demo cities by a real scheduler: what operators rely on, seen to happen.

One test, for starting Airflow takes longer than all that is looked at. Each part says what it looks at.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.airflow import alerts_by_scheduler as alerts
from tests.airflow.headless import Headless
from tests.airflow.receivers import Heard, statsd
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
    "AIRFLOW_CONN_DEMO": json.dumps(
        {
            "conn_type": "civicgauge_ckan",
            "password": (TOKEN := "a-token-that-nobody-may-read"),
            "extra": {"requests_per_second": 20, "contact": "the-ckan-contact@city.example"},
        }
    ),
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
    world.connect(ONE_CKAN, "demo")
    world.break_portal(ONE_CKAN, times=1)
    broken = world.break_portal(TWO_PORTALS)
    settings = world.settings | SETTINGS
    with statsd() as heard, Headless.running(home, airflow_database, settings | told(heard)) as airflow:
        airflow.wait("seven DAGs", lambda: len(airflow.query("select dag_id from dag")) == 7, 90)
        assert airflow.query("select filename, stacktrace from import_error") == []
        awake = airflow.query("select dag_id from dag where not is_paused order by dag_id")
        assert awake == [("alert_release",), ("attest",)]

        airflow.command("dags", "unpause", "--treat-dag-id-as-regex", "--yes", "observe__.*")
        whole_by_schedule(airflow, world)
        links_of_a_pull(airflow, world)
        heard_by_statsd(airflow, heard)
        retry(airflow, world)
        log_says_what_was_asked_received_and_kept(airflow, world)
        mapped_failure(airflow, world, broken)
        assets_told_with_counts(airflow, world, broken)
        publish_hourly(airflow)
        alerts.told_and_not_told_twice(airflow, world, TWO_PORTALS, broken)
        mended(airflow, world)
        if IN_FULL:
            alerts.claim_looked_at(airflow, world, ONE_CKAN)
            alerts.hold_released(airflow, world)
            alerts.hold_ended_by_command(airflow, world)
        named_time(airflow, world, ONE_SOCRATA)
        backfill(airflow, world, ONE_SOCRATA)
        cleared(airflow, world, ONE_SOCRATA)


def told(heard: Heard) -> dict[str, str]:
    """The settings by which Airflow tells a StatsD server of itself (docs/operations.md)."""
    names = {"ON": "True", "HOST": "127.0.0.1", "PORT": str(heard.port), "PREFIX": "cities"}
    return {f"AIRFLOW__METRICS__STATSD_{name}": value for name, value in names.items()}


def heard_by_statsd(airflow: Headless, heard: Heard) -> None:
    """A StatsD server hears of the ends of tasks and runs."""
    for what in (f"cities.ti.finish.observe__{ONE_SOCRATA}.commit.success:1|c", "cities.dagrun.duration.success."):
        airflow.wait(what, lambda what=what: any(line.startswith(what) for line in heard.lines), 30)


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


def log_says_what_was_asked_received_and_kept(airflow: Headless, world: World) -> None:
    """One line each, the rate the slower of file and connection; single requests in a group; the token nowhere."""
    run_id, _ = scheduled_run(airflow, ONE_CKAN)
    log = airflow.task_log(f"observe__{ONE_CKAN}", run_id, "snapshot")
    told = [json.loads(line)["event"] for line in log.splitlines() if line.startswith("{")]
    second = told[len(told) - told[::-1].index("::group::Requests to main") :]
    requests, _, rest = (lines := "\n".join(second)).partition("\n::endgroup::\n")
    assert "/api/3/action/package_search" in requests
    asked, received, kept = rest.splitlines()[:3]
    assert re.fullmatch(r"asked: \d+ requests \(\d+ × status 200.*\); at most 10 a second", asked), lines
    assert re.fullmatch(r"received: [\d,]+ bytes; waited [\d.]+ s for its turn", received), lines
    assert re.match(rf"kept: \d+ entries of \d+ stated, in raw/{ONE_CKAN}/main/", kept), lines
    assert "Before it failed: " in log
    everything = [path for path in airflow.home.rglob("*") if path.suffix in (".log", ".out")]
    assert [path for path in everything if TOKEN in path.read_text(errors="replace")] == []


def assets_told_with_counts(airflow: Headless, world: World, broken: str) -> None:
    """Each portal that was read and each day that was stored is told once, with what it holds."""
    told = {}
    for uri, extra in airflow.query("select a.uri, e.extra from asset_event e join asset a on a.id = e.asset_id"):
        told.setdefault(uri, []).append(extra)
    known = {f"civicgauge://{city_id}/measurements" for city_id in world.city_ids}
    known |= {f"civicgauge://{city_id}/main/snapshot" for city_id in (ONE_SOCRATA, ONE_CKAN)}
    known |= {f"civicgauge://{TWO_PORTALS}/{portal}/snapshot" for portal in {"records", "maps"} - {broken}}
    assert set(told) == known
    assert {len(events) for events in told.values()} == {1}
    (catalogue,) = told[f"civicgauge://{ONE_CKAN}/main/snapshot"]
    assert catalogue["verdict"] == "accepted"
    assert min(catalogue["entries"], catalogue["requests"], catalogue["bytes"]) > 0
    (measured,) = told[f"civicgauge://{ONE_CKAN}/measurements"]
    counts = measured["counts"]
    assert measured["outcome"] == "complete"
    assert sum(counts["checks_by_outcome"].values()) == counts["checks"] > counts["unknown"] > 0
    assert sum(counts["indicators_by_status"].values()) == counts["indicators"] > 0
    assert airflow.query("select count(*) from dag_schedule_asset_reference") == [(0,)]


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
    """A backfill, as Airflow's page asks for it, loads the stored snapshot and makes the same rows; a day without one
    is skipped and writes nothing. No portal is asked: none would answer."""
    world.break_all()
    dag_id, before, rows = f"observe__{city_id}", world.snapshots(city_id), world.rows("indicator_value", day=STORED)
    count = len(airflow.runs(dag_id))
    asked = {"dag_id": dag_id, "from_date": f"{NEVER_STORED}T00:00:00Z", "to_date": f"{STORED}T23:00:00Z"}
    airflow.click("POST", "backfills", asked | {"reprocess_behavior": "none", "max_active_runs": 1})
    runs = airflow.finished(dag_id, count + 2)
    skipped, loaded = sorted(run_id for run_id in runs if run_id.startswith("backfill__"))
    assert (runs[skipped], runs[loaded]) == ("success", "success")
    assert {state for state, _ in airflow.tasks(dag_id, loaded).values()} == {"success"}
    states = {name: state for name, (state, _) in airflow.tasks(dag_id, skipped).items()}
    assert states.pop("plan") == "success"
    assert set(states.values()) == {"skipped"}
    assert "no_snapshot" in airflow.task_log(dag_id, skipped, "snapshot")
    assert "asked: nobody; what was stored at " in airflow.task_log(dag_id, loaded, "snapshot")
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
