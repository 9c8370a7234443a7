"""What a scheduler makes of alerts; the parts of the one test in test_scheduler, after the cities were observed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from civicgauge.alerts.answering import Action
from civicgauge.pipeline.alerting.answering import answer
from civicgauge.pipeline.context import Context
from civicgauge.settings import Settings
from civicgauge.warehouse import Warehouse
from tests.airflow.headless import Headless
from tests.airflow.world import World

QUIET = {"claims": "skipped", "look_again": "skipped", "held": "skipped", "ask": "skipped"}
WORKS = {"decide": "success", "deliver": "success", "verdict": "success"}


@contextmanager
def alerts_of(world: World) -> Iterator[Any]:
    """The store of alerts in the world's warehouse."""
    with Warehouse(world.warehouse_url) as warehouse:
        yield warehouse.alerts


def messages(world: World, **how: Any) -> dict[str, dict[str, Any]]:
    """Messages by their ids."""
    with alerts_of(world) as alerts:
        return {row["notification_id"]: row for row in alerts.notifications(**how)}


def texts(world: World, kind: str) -> list[str]:
    """What the messages of a kind say."""
    with alerts_of(world) as alerts:
        found = [row["notification_id"] for row in alerts.notifications() if row["kind"] == kind]
        return [alerts.content(notification_id)["rendered"]["text"] for notification_id in found]


def ticked(airflow: Headless, run_id: str) -> dict[str, str | None]:
    """Trigger alert by hand; the states of its tasks when it has ended."""
    before = len(airflow.runs("alert"))
    airflow.command("dags", "trigger", "alert", "--run-id", run_id)
    airflow.finished("alert", before + 1)
    return {name: state for name, (state, _) in airflow.tasks("alert", run_id).items()}


def told_and_not_told_twice(airflow: Headless, world: World, city_id: str, portal_id: str) -> None:
    """The first run tells each city once, operators of the portal that was not read, and the next run nobody again."""
    assert texts(world, "ops") == [], "a run that failed by a portal is not told by itself"
    airflow.command("dags", "unpause", "--yes", "alert")
    (first,) = airflow.finished("alert", 1)
    assert first.startswith("scheduled__")
    assert {name: state for name, (state, _) in airflow.tasks("alert", first).items()} == QUIET | WORKS
    known = messages(world)
    assert sorted(row["city_id"] for row in known.values() if row["kind"] == "baseline") == world.city_ids
    assert {row["state"] for row in known.values() if row["kind"] == "ops"} == {"sent"}
    (told,) = texts(world, "ops")
    assert "A portal could not be read (1)" in told
    assert re.search(rf"  - {city_id}, since [\d-]+: {portal_id}: AnswerUnreadable: .*http://127", told), told
    assert {row["state"] for row in known.values()} <= {"queued", "sent"}  # baselines wait for working hours
    lies = sorted(path.stem for path in (world.home / "outbox").rglob("*.eml"))
    assert lies == sorted(key for key, row in known.items() if row["state"] == "sent")
    assert ticked(airflow, "again") == QUIET | WORKS
    assert messages(world) == known


def claim_looked_at(airflow: Headless, world: World, city_id: str) -> None:
    """A city that says that something is mended is observed once more the same day, and answered."""
    with alerts_of(world) as alerts:
        found = [row for row in alerts.incidents(city_id, states=["open"]) if not row["is_private"]]
    key, dag_id = str(found[0]["incident_key"]), f"observe__{city_id}"
    context = Context(Settings.from_environment(world.settings))
    answer(context, key, Action.FIXED, at=datetime.now(UTC), by="open_data_lead")
    before = len(airflow.runs(dag_id))
    states = ticked(airflow, "claimed")
    assert {name: state for name, state in states.items() if not name.startswith("look_again")} == {
        name: state for name, state in (QUIET | WORKS | {"claims": "success"}).items() if name != "look_again"
    }
    assert {name: state for name, state in states.items() if name.startswith("look_again")} == {
        f"look_again[{dag_id}]": "success"
    }
    runs = airflow.finished(dag_id, before + 1)
    (run_id,) = (run_id for run_id in runs if run_id.startswith("claim__"))
    assert runs[run_id] == "success"
    assert ticked(airflow, "claimed_again") == QUIET | WORKS
    with alerts_of(world) as alerts:
        (row,) = alerts.incidents(key=key)
    assert (row["state"], row["claim_answer"]) == ("open", "still_failing")


def hold(world: World, hold_id: str, **change: Any) -> str:
    """A hold that stands, and one incident that waits because of it."""
    now = datetime.now(UTC)
    row = {"hold_id": hold_id, "opened_at": now, "state": "open", "about": "news",
           "reason": "7 cities got something new",
           "cities_count": 7, "openings_count": 40, "days": [now.date() - timedelta(days=1)], "decided_at": None,
           "decided_by": None, "decided_reason": None}  # fmt: skip
    with alerts_of(world) as alerts:
        alerts.save_hold({**row, **change})
    return hold_id


def hold_released(airflow: Headless, world: World) -> None:
    """A person is asked once about a hold, and the answer is applied; nothing goes to cities meanwhile."""
    hold_id = hold(world, "hold-20260630T040000")
    assert ticked(airflow, "held") == QUIET | WORKS | {"held": "success", "ask": "success"}
    airflow.asked("alert_release", hold_id)
    # it is asked once, although the hold still stands
    assert ticked(airflow, "held_still") == QUIET | WORKS | {"held": "success"}
    assert list(airflow.runs("alert_release")) == [hold_id]
    subject, body, options = airflow.query("select subject, body, options from hitl_detail")[0]
    assert subject.startswith("Release or drop what is held?")
    assert "7 cities got something new" in body
    assert options == ["Release", "Drop"]
    airflow.answer("alert_release", hold_id, "ask", "Release", reason="it is right")
    assert airflow.finished("alert_release", 1)[hold_id] == "success"
    with alerts_of(world) as alerts:
        (row,) = alerts.holds()
    assert (row["state"], row["decided_reason"]) == ("released", "it is right")
    assert row["decided_by"].startswith("operator")
    assert "@" not in row["decided_by"]


def hold_ended_by_command(airflow: Headless, world: World) -> None:
    """An answer to a hold that the command ended meanwhile changes nothing, says so, and is not red."""
    hold_id = hold(world, "hold-20260701T040000")
    assert ticked(airflow, "held_anew")["ask"] == "success"
    airflow.asked("alert_release", hold_id)
    over = {"state": "dropped", "decided_at": datetime.now(UTC), "decided_by": "operator", "decided_reason": "ours"}
    hold(world, hold_id, **over)
    airflow.answer("alert_release", hold_id, "ask", "Release", reason="")
    assert airflow.finished("alert_release", 2)[hold_id] == "success"
    assert airflow.tasks("alert_release", hold_id)["apply"][0] == "skipped"
    assert "was dropped at" in airflow.task_log("alert_release", hold_id, "apply")
    with alerts_of(world) as alerts:
        assert [row["state"] for row in alerts.holds() if row["hold_id"] == hold_id] == ["dropped"]
