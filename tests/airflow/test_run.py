"""`civicgauge run`: the city DAGs and then publish, by Airflow, in one child process that leaves nothing behind."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from email import message_from_bytes
from pathlib import Path

import pytest

from civicgauge.airflow.run import run_cities
from civicgauge.errors import ConfigurationError
from civicgauge.pipeline import observing
from civicgauge.pipeline.context import Context
from tests.airflow.alerts_by_scheduler import messages, texts
from tests.airflow.world import ONE_CKAN, ONE_SOCRATA, TWO_PORTALS, World

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]
TABLES = ("indicator_value", "check_result", "dataset_day", "dataset", "city", "pull")


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """The demo's cities, and a temporary folder whose leavings can be seen."""
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    with World.opened(tmp_path, datasets=1) as opened:
        yield opened


def test_run_makes_the_tables_that_observe_makes(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    results = run_cities(world.city_ids, "2026-06-30", world.environ)
    assert [(r["city_id"], r["state"], r["outcome"], r["exit_code"]) for r in results] == [
        (city_id, "success", "complete", 0) for city_id in world.city_ids
    ]
    assert {r["day"] for r in results} == {"2026-06-30"}
    said = capfd.readouterr()
    assert said.out == ""
    assert f"{world.city_ids[0]} 2026-06-30  commit" in said.err
    assert not any("[info" in line or "airflow" in line.lower() for line in said.err.splitlines())
    assert list((tmp_path / "temporary").iterdir()) == []
    (tmp_path / "other").mkdir()
    beside = World(world.portals, world.cities, tmp_path / "other" / "home")
    _observe(beside, monkeypatch)
    for table in TABLES:
        assert world.rows(table) == beside.rows(table), table
    assert len(world.rows("indicator_value")) > 3 * 10
    _told_once(world)


def _told_once(world: World) -> None:
    """What was told lies in the outbox on disk; another run tells no city again."""
    known = {key: row["state"] for key, row in messages(world).items() if row["city_id"]}
    assert len(known) == len(world.city_ids)
    lies = {path.stem for path in (world.home / "outbox").rglob("*.eml")}
    assert lies >= {key for key, state in known.items() if state == "sent"}
    run_cities(world.city_ids[:1], "yesterday", world.environ)
    assert {key: row["state"] for key, row in messages(world).items() if row["city_id"]} == known


def _observe(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from civicgauge.warehouse import Warehouse

    world.home.mkdir()
    with Warehouse(world.warehouse_url) as warehouse:
        warehouse.upgrade()
    for key, value in world.settings.items():
        monkeypatch.setenv(key, value)
    results = observing.observe(Context.from_environment(), [], "2026-06-30")
    assert {result.outcome for result in results} == {"complete"}


def test_a_portal_that_cannot_be_read_fails_its_own_city_alone(world: World) -> None:
    broken = {city_id: world.break_portal(city_id) for city_id in (ONE_SOCRATA, TWO_PORTALS)}
    results = {r["city_id"]: r for r in run_cities(world.city_ids, "2026-06-30", world.environ)}
    for city_id, portal_id in broken.items():
        assert (results[city_id]["state"], results[city_id]["exit_code"]) == ("failed", 3)
        assert sorted(results[city_id]["failed_tasks"]) == [f"snapshot[{portal_id}]", "verdict"]
        assert portal_id in results[city_id]["failed_tasks"]["verdict"]
    outcomes = {city_id: result["outcome"] for city_id, result in results.items()}
    assert outcomes == {ONE_SOCRATA: "not_measured", ONE_CKAN: "complete", TWO_PORTALS: "partial"}
    assert results[ONE_CKAN]["state"] == "success"
    assert world.rows("indicator_value", city_id=ONE_SOCRATA) == []
    assert world.rows("indicator_value", city_id=ONE_CKAN)
    assert {row["outcome"] for row in world.rows("run", city_id=ONE_SOCRATA)} == {"not_measured"}
    told = texts(world, "ops")  # `alert` speaks of no day so long ago: each run is told by itself
    for city_id, portal_id in broken.items():
        (own,) = [text for text in told if f"A run of the DAG observe__{city_id} failed" in text]
        assert f"{portal_id}: AnswerUnreadable" in own
    assert not any(f"observe__{ONE_CKAN} failed" in text for text in told)


def test_operators_are_told_of_failed_runs_although_there_is_no_warehouse(world: World, tmp_path: Path) -> None:
    unusable = {"CIVICGAUGE_WAREHOUSE": f"sqlite:///{tmp_path / 'none.sqlite'}"}
    named = {"CIVICGAUGE_OPS_CONTACTS": "slack:not_there,mail:ops@city.example"}
    city_id = world.city_ids[0]
    results = run_cities([city_id], "yesterday", world.environ | unusable | named)
    assert {r["city_id"]: r["state"] for r in results} == dict.fromkeys((city_id, "publish", "alert"), "failed")
    mails = [message_from_bytes(path.read_bytes()) for path in (world.home / "outbox").rglob("*.eml")]
    assert {mail["To"] for mail in mails} == {"ops@city.example"}
    assert sorted(str(mail["Subject"]) for mail in mails) == [
        f"civicgauge operations: a run of {dag_id} failed" for dag_id in ("alert", f"observe__{city_id}", "publish")
    ]


def test_a_time_that_cannot_be_read_is_an_error_of_usage_and_asks_no_portal(world: World) -> None:
    city_id = world.city_ids[0]
    (result,) = run_cities([city_id], "yesterday", world.environ)
    assert (result["state"], result["day"], result["exit_code"]) == ("failed", None, 2)
    assert "'yesterday' is no date" in result["failed_tasks"]["plan"]
    assert world.snapshots(city_id) == []


def test_a_city_that_is_not_there_is_named_before_anything_is_run(
    world: World, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(ConfigurationError, match="not run"):
        run_cities([world.city_ids[0], "atlantis"], "2026-06-30", world.environ)
    assert "atlantis: there is no such city" in capfd.readouterr().err
    assert world.snapshots(world.city_ids[0]) == []
