"""What Airflow makes of the DAG files: one DAG per city, documented, retried as agreed, and nothing heavy."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from civicgauge.criteria import standards
from tests.airflow.conftest import portal, read_dags, write_city

DAGS = [
    *("alert", "alert_release", "attest", "observe__us-mo-alpha", "observe__us-mo-beta", "observe__us-mo-gamma"),
    "publish",
]
STAGES = ["commit", "land", "links", "measure", "plan", "snapshot", "validate", "verdict"]


def three_cities(folder: Path) -> Path:
    """Three cities: one with two portals, one elsewhere, one with a pool."""
    two = portal("a.example.org"), portal("b.example.org", "ckan", "geo", concurrency=1)
    write_city(folder, "us-mo-alpha", *two)
    write_city(folder, "us-mo-beta", zone="America/Los_Angeles")
    write_city(folder, "us-mo-gamma", portal("c.example.org", more=", pool: shared_host"))
    return folder


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What Airflow makes of the three."""
    return read_dags(tmp_path_factory.mktemp("home"), three_cities(tmp_path_factory.mktemp("cities")))


def test_every_city_file_becomes_a_dag(read: dict[str, Any]) -> None:
    assert read["errors"] == {}
    assert sorted(read["dags"]) == DAGS
    for city_id in ("us-mo-alpha", "us-mo-beta", "us-mo-gamma"):
        dag = read["dags"][f"observe__{city_id}"]
        assert sorted(dag["tasks"]) == STAGES
        assert (dag["catchup"], dag["max_active_runs"], dag["params"]) == (False, 1, {"as_of": None})
        assert "## When a run is red" in dag["doc"]
        assert f"cities/{city_id}.yml" in dag["doc"]


def test_a_new_city_asks_no_portal_before_a_person_says_so(read: dict[str, Any]) -> None:
    assert {name for name, dag in read["dags"].items() if dag["paused"] is not None} == {"alert_release", "attest"}
    assert read["paused_by_airflow"] is True


def test_a_city_is_observed_in_the_early_morning_of_its_own_zone(read: dict[str, Any]) -> None:
    for city_id, zone in {"us-mo-alpha": "America/Chicago", "us-mo-beta": "America/Los_Angeles"}.items():
        dag = read["dags"][f"observe__{city_id}"]
        kind, cron, where = dag["schedule"]
        minute, hour, *rest = cron.split()
        assert (kind, where, dag["zone"], rest) == ("CronTriggerTimetable", zone, zone, ["*", "*", "*"])
        assert 3 <= int(hour) <= 5
        assert 0 <= int(minute) <= 59


def test_the_time_of_a_city_never_changes_and_cities_are_spread(tmp_path: Path, cities: Path) -> None:
    for number in range(60):
        write_city(cities, f"city-{number}")
    dags = read_dags(tmp_path, cities)["dags"]
    times = {dag_id: dag["schedule"][1] for dag_id, dag in dags.items() if dag_id.startswith("observe__")}
    assert times["observe__city-0"] == "36 3 * * *"
    assert len(set(times.values())) > 45


def test_dags_are_tagged_by_platform_state_and_country(read: dict[str, Any]) -> None:
    assert read["dags"]["observe__us-mo-alpha"]["tags"] == ["MO", "US", "civicgauge", "ckan", "socrata"]


def test_every_task_has_a_timeout_and_the_retry_policy(read: dict[str, Any]) -> None:
    for dag_id, dag in read["dags"].items():
        for name, task in dag["tasks"].items():
            assert task["timeout"] or (dag_id, name) in (("alert_release", "ask"), ("attest", "ask")), name
            assert task["has_policy"], name
            waits = 60 if dag_id.startswith(("alert", "attest")) else 600
            assert (task["retries"], task["delay"]) == (2, waits), name


def test_only_the_retry_class_is_tried_again(read: dict[str, Any]) -> None:
    retried = {name for name, action in read["policy"].items() if action == "retry"}
    assert {"PortalUnreachable", "PortalBusy", "AnswerUnreadable", "CatalogueIncomplete"} <= retried
    assert {"PortalRefused", "ConfigurationError", "NothingRead", "CivicgaugeError", "KeyError"}.isdisjoint(retried)
    # what a verdict says; so that one which is tried again was killed, or met a warehouse that went away
    assert read["policy"]["NotWhole"] == "fail"
    assert set(read["policy"].values()) == {"retry", "fail"}


def test_retries_and_schedules_can_be_changed_in_airflows_own_configuration(tmp_path: Path, cities: Path) -> None:
    settings = {"AIRFLOW__CIVICGAUGE__TASK_RETRIES": "1", "AIRFLOW__CIVICGAUGE__TASK_RETRY_SECONDS": "3"}
    settings["AIRFLOW__CIVICGAUGE__PUBLISH_SCHEDULE"] = "30 12 * * *"
    changed = read_dags(tmp_path, three_cities(cities), **settings)
    assert changed["dags"]["publish"]["schedule"][1] == "30 12 * * *"
    snapshot = changed["dags"]["observe__us-mo-alpha"]["tasks"]["snapshot"]
    assert (snapshot["retries"], snapshot["delay"]) == (1, 3)


def test_portals_are_mapped_by_name_as_many_at_once_as_the_strictest_allows(read: dict[str, Any]) -> None:
    snapshot = read["dags"]["observe__us-mo-alpha"]["tasks"]["snapshot"]
    assert snapshot["portals"] == ["main", "geo"]
    assert snapshot["names"] == "{{ portal_id }}"
    assert snapshot["at_once"] == 1


def test_links_are_asked_for_one_portal_after_another_and_not_where_it_is_switched_off(
    tmp_path: Path, cities: Path, read: dict[str, Any]
) -> None:
    links = read["dags"]["observe__us-mo-alpha"]["tasks"]["links"]
    assert (links["portals"], links["at_once"], links["names"]) == (["main", "geo"], 1, "{{ portal_id }}")
    assert links["upstream"] == ["plan", "snapshot"]
    off, half = (portal("a.example.org", more=", links_per_day: 0"), portal("b.example.org", portal_id="geo"))
    write_city(cities, "us-mo-off", off)
    write_city(cities, "us-mo-half", off, half)
    tasks = {name: dag["tasks"] for name, dag in read_dags(tmp_path, cities)["dags"].items()}
    assert "links" not in tasks["observe__us-mo-off"]
    assert tasks["observe__us-mo-half"]["links"]["portals"] == ["geo"]


def test_no_pool_unless_the_city_names_one(read: dict[str, Any]) -> None:
    pools = {dag_id: {task["pool"] for task in dag["tasks"].values()} for dag_id, dag in read["dags"].items()}
    assert pools["observe__us-mo-alpha"] == {"default_pool"}
    assert pools["observe__us-mo-gamma"] == {"default_pool", "shared_host"}


def test_what_was_read_is_landed_and_the_verdict_comes_whatever_happened(read: dict[str, Any]) -> None:
    rules = {name: task["rule"] for name, task in read["dags"]["observe__us-mo-alpha"]["tasks"].items()}
    assert {name for name, rule in rules.items() if rule == "all_done"} == {"land", "links", "verdict"}


def test_assets_are_outlets_and_schedule_nothing(read: dict[str, Any]) -> None:
    tasks = read["dags"]["observe__us-mo-alpha"]["tasks"]
    assert {name: task["outlets"] for name, task in tasks.items() if task["outlets"]} == {
        "snapshot": ["civicgauge://us-mo-alpha/main/snapshot", "civicgauge://us-mo-alpha/geo/snapshot"],
        "commit": ["civicgauge://us-mo-alpha/measurements"],
    }
    assert {name: dag["schedule"][0] for name, dag in read["dags"].items() if "Asset" in dag["schedule"][0]} == {}


def test_publish_runs_every_hour(read: dict[str, Any]) -> None:
    publish = read["dags"]["publish"]
    assert publish["schedule"] == ["CronTriggerTimetable", "0 * * * *", "UTC"]
    assert (publish["catchup"], publish["max_active_runs"]) == (False, 1)


def test_alert_runs_every_quarter_of_an_hour_and_delivers_whatever_happened(read: dict[str, Any]) -> None:
    alert = read["dags"]["alert"]
    assert alert["schedule"] == ["CronTriggerTimetable", "*/15 * * * *", "UTC"]
    assert (alert["catchup"], alert["max_active_runs"]) == (False, 1)
    tasks = alert["tasks"]
    assert sorted(tasks) == ["ask", "claims", "decide", "deliver", "held", "look_again", "verdict"]
    assert {name for name, task in tasks.items() if task["rule"] == "all_done"} == {"deliver", "held", "verdict"}
    assert {name: task["upstream"] for name, task in tasks.items() if task["upstream"]} == {
        "ask": ["held"],
        "deliver": ["decide"],
        "held": ["decide"],
        "look_again": ["claims"],
        "verdict": ["ask", "deliver", "look_again"],
    }


def test_a_hold_is_asked_about_without_a_time_limit_and_without_a_schedule(read: dict[str, Any]) -> None:
    release = read["dags"]["alert_release"]
    assert release["schedule"][0] == "NullTimetable"
    assert {name: task["upstream"] for name, task in release["tasks"].items()} == {
        "look": [],
        "ask": ["look"],
        "apply": ["ask", "look"],
    }
    assert release["tasks"]["ask"]["question"] == {
        "options": ["Release", "Drop"],
        "defaults": None,
        "timeout": None,
        "fields": ["reason"],
    }


def test_a_second_person_is_asked_for_two_weeks_and_nobodys_answer_is_none(read: dict[str, Any]) -> None:
    attest = read["dags"]["attest"]
    assert attest["schedule"][0] == "NullTimetable"
    assert {name: task["upstream"] for name, task in attest["tasks"].items()} == {
        "propose": [],
        "ask": ["propose"],
        "settle": ["ask", "propose"],
    }
    assert attest["tasks"]["ask"]["question"] == {
        "options": ["Approve", "Refuse", "Leave open"],
        "defaults": ["Leave open"],
        "timeout": 14 * 86_400,
        "fields": ["second_role", "second_reason"],
    }
    fields = attest["form"]
    assert fields["city"]["enum"] == ["us-mo-alpha", "us-mo-beta", "us-mo-gamma"]
    assert fields["criterion"]["values_display"]["DM1"].startswith("DM1: Implementing data")
    assert {fields[name]["format"] for name in ("said_on", "valid_until")} == {"date"}
    assert all(schema["title"] and schema["description"] for schema in fields.values())


def test_operators_are_told_of_a_failed_run_of_any_dag(read: dict[str, Any]) -> None:
    assert {dag["tells_operators"] for dag in read["dags"].values()} == {"OperatorsNotifier"}


def test_a_broken_city_file_is_an_import_error_with_its_place_and_the_others_run(tmp_path: Path, cities: Path) -> None:
    path = write_city(three_cities(cities), "us-mo-delta")
    path.write_text(path.read_text().replace("time_zone", "timezone"))
    read = read_dags(tmp_path, cities)
    assert sorted(read["dags"]) == DAGS
    assert list(read["errors"]) == ["registry.py"]
    assert "us-mo-delta.yml:5:1" in read["errors"]["registry.py"]
    assert "time_zone" in read["errors"]["registry.py"]


def test_a_task_reads_only_the_file_of_its_own_city_and_nothing_heavy(tmp_path: Path, cities: Path) -> None:
    three_cities(cities)
    for number in range(30):
        write_city(cities, f"city-{number}")
    own = read_dags(tmp_path, cities, "observe__us-mo-beta")
    assert own["city_files"] == ["us-mo-beta"]
    assert list(own["dags"]) == ["observe__us-mo-beta"]
    assert own["heavy"] == []


def test_nothing_heavy_is_imported_while_dags_are_read(read: dict[str, Any]) -> None:
    of_cities = [name for name in read["city_files"] if name not in standards()]  # the form of `attest` names criteria
    assert of_cities == ["us-mo-alpha", "us-mo-beta", "us-mo-gamma"]
    assert read["heavy"] == []
