"""What the DAGs ask of the pipeline about alerts: claims to look at, a hold to judge, operators to tell."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from civicgauge import pipeline
from civicgauge.alerts.forms import State, incident_key
from civicgauge.errors import ConfigurationError, WarehouseOutOfDate
from civicgauge.pipeline.alerting import operations
from civicgauge.pipeline.alerting.records import incident_row
from civicgauge.pipeline.alerting.source import Stored
from civicgauge.pipeline.context import Context
from tests.answers.world import CITIES, CITY, HERE, INCIDENTS, LATE, NOW, OTHERS, THERE, TITLES, TODAY, incident
from tests.homes import home_at
from tests.warehouse import days

CLAIMED = NOW - timedelta(hours=2)
HOLD = "hold-20260620T040000"


@pytest.fixture
def home(tmp_path: Path, warehouse_url: str) -> Iterator[Context]:
    """Two cities with what they were found to have, observed at noon of the day before yesterday."""
    own = warehouse_url if warehouse_url.startswith("postgres") else None
    with home_at(tmp_path / "home", own) as context:
        fill(context)
        yield context


def fill(context: Context) -> None:
    """Cities, their datasets, and their incidents."""
    for city_id, name in CITIES.items():
        (context.settings.cities / f"{city_id}.yml").write_text(CITY.format(id=city_id, name=name))
        rows = [days.dataset_row(i, TODAY, title=title) for i, title in TITLES.items()]
        with context.warehouse() as warehouse:
            warehouse.commit(
                days.city_day(days.run(f"run-{city_id}", TODAY, city_id=city_id), list(TITLES), datasets=rows)
            )
    keep(context, *(each for each in INCIDENTS.values() if each.audience == "city"))


def keep(context: Context, *incidents: Any) -> None:
    """Write incidents as they are."""
    with context.warehouse() as warehouse:
        for each in incidents:
            with warehouse.alerts.desk(each.city_id) as desk:
                desk.save_incidents([incident_row(each, opened_at=NOW, last_seen_at=NOW, resolved_at=None)])


def claim(context: Context, name: str = LATE, at: datetime = CLAIMED) -> None:
    """Let a city say that something is mended."""
    keep(context, replace(INCIDENTS[name], state=State.FIX_CLAIMED, claimed_at=at, claimed_on=at.date()))


def attempt(context: Context, began: datetime, city_id: str = HERE, day: date = TODAY, **other: Any) -> None:
    """An attempt at a city's day."""
    run_id = f"{city_id}-{began:%Y%m%dT%H%M}"
    record = days.run(run_id, day, city_id=city_id, started_at=began, ended_at=began, **other)
    with context.warehouse() as warehouse:
        warehouse.record_run(replace(record, outcome="not_measured"))


def hold(context: Context, hold_id: str = HOLD, day: date = date(2026, 6, 20)) -> None:
    """A hold that stands."""
    row = {"hold_id": hold_id, "opened_at": NOW, "state": "open", "about": "news",
           "reason": "2 cities got something new",
           "cities_count": 2, "openings_count": 2, "days": [day], "decided_at": None, "decided_by": None,
           "decided_reason": None}  # fmt: skip
    with context.warehouse() as warehouse:
        warehouse.alerts.save_hold(row)


def messages(context: Context, **how: Any) -> list[dict[str, Any]]:
    """The messages that were queued, whatever became of them."""
    with context.warehouse() as warehouse:
        return warehouse.alerts.notifications(**how)


# ---------------------------------------------------------------- claims


def test_a_city_that_says_it_mended_something_is_observed_once_more(home: Context) -> None:
    assert pipeline.claims_to_look_at(NOW) == {}
    claim(home)
    assert pipeline.claims_to_look_at(NOW) == {HERE: "claim__2026-06-30"}
    claim(home, OTHERS, CLAIMED + timedelta(minutes=5))
    assert pipeline.claims_to_look_at(NOW) == {HERE: "claim__2026-06-30", THERE: "claim__2026-06-30"}


def test_a_claim_is_not_known_before_it_was_made(home: Context) -> None:
    claim(home)
    assert pipeline.claims_to_look_at(CLAIMED - timedelta(seconds=1)) == {}


def test_a_city_that_was_asked_since_is_left_alone(home: Context) -> None:
    claim(home)
    attempt(home, CLAIMED - timedelta(minutes=1))
    assert HERE in pipeline.claims_to_look_at(NOW)
    attempt(home, CLAIMED + timedelta(minutes=1))
    assert pipeline.claims_to_look_at(NOW) == {}


def test_a_replay_of_an_earlier_day_asks_no_portal_and_answers_no_claim(home: Context) -> None:
    claim(home)
    attempt(home, CLAIMED + timedelta(minutes=1), day=date(2026, 6, 12))
    assert HERE in pipeline.claims_to_look_at(NOW)


def test_a_city_is_looked_at_for_its_claims_once_a_local_day(home: Context) -> None:
    claim(home)
    attempt(home, CLAIMED - timedelta(hours=1), airflow_run_id="claim__2026-06-30")
    assert pipeline.claims_to_look_at(NOW) == {}
    still_today = datetime.fromisoformat("2026-07-01T04:30:00+00:00")  # half past eleven in the city
    assert pipeline.claims_to_look_at(still_today) == {}
    assert pipeline.claims_to_look_at(still_today + timedelta(hours=1)) == {HERE: "claim__2026-07-01"}


# ---------------------------------------------------------------- holds


def test_a_person_is_shown_what_would_be_told_the_worst_first(home: Context) -> None:
    assert pipeline.open_hold() is None
    hold(home)
    told = pipeline.open_hold()
    assert told is not None
    assert (told["hold_id"], told["cities"], told["incidents"]) == (HOLD, 2, 2)
    assert [line.partition(",")[0] for line in told["lines"]] == ["Otherton", "Springvale"]
    assert "Building permits: " in told["lines"][0]
    assert told["lines"][0].endswith("(error) - 41 days since the data changed")
    assert json.loads(json.dumps(told)) == told


def test_a_person_is_shown_ten_lines_of_many(home: Context) -> None:
    hold(home)
    many = [incident(dataset_id=f"set-{n:03}", incident_key=incident_key(HERE, "main", f"set-{n:03}", "update_on_time"))
            for n in range(30)]  # fmt: skip
    keep(home, *many)
    told = pipeline.open_hold()
    assert told is not None
    assert (len(told["lines"]), told["incidents"]) == (10, 32)


def test_what_is_released_goes_out_and_what_is_dropped_has_to_show_itself_again(home: Context) -> None:
    hold(home)
    words = pipeline.release_hold(HOLD, NOW, "operator", drop=False, reason="a new rule")
    assert words == f"{HOLD} released by operator: 2 incidents of 2 cities go out, each at its recipients' hour"
    assert pipeline.hold_ended(HOLD) == f"{HOLD} was released at 2026-06-30 22:00 UTC by operator"
    assert state(home) is State.OPEN
    hold(home, "hold-2")
    assert "dropped by operator (Airflow user 3): 2 incidents of 2 cities" in pipeline.release_hold(
        "hold-2", NOW, "operator (Airflow user 3)", drop=True
    )
    assert state(home) is State.PENDING
    assert pipeline.open_hold() is None


def test_a_hold_ends_once(home: Context) -> None:
    hold(home)
    assert pipeline.hold_ended(HOLD) is None
    pipeline.release_hold(HOLD, NOW, "operator", drop=True)
    with pytest.raises(ConfigurationError, match="was dropped"):
        pipeline.release_hold(HOLD, NOW, "operator", drop=False)
    with pytest.raises(ConfigurationError, match="is no hold"):
        pipeline.release_hold("hold-unknown", NOW, "operator", drop=False)
    assert pipeline.hold_ended("hold-unknown") is None


def state(context: Context) -> State:
    """That of one of the incidents that are held."""
    with context.warehouse() as warehouse:
        return State(warehouse.alerts.incidents(key=INCIDENTS[LATE].incident_key)[0]["state"])


# ---------------------------------------------------------------- operators


def test_operators_are_told_once_of_a_slot_and_on_disk_without_a_contact(home: Context) -> None:
    first = pipeline.tell_operators("a run failed", ["observe__x failed", "  - land: broken"], "observe__x|one", NOW)
    assert len(first) == 1
    assert pipeline.tell_operators("another word for it", ["the same"], "observe__x|one", NOW) == []
    assert len(pipeline.tell_operators("a run failed", ["again"], "observe__x|two", NOW)) == 1
    told = pipeline.deliver(NOW, "a sender", lambda _: None)
    assert (told["sent"], told["failed"], told["by_channel"]) == (2, 0, {"outbox": 2})
    assert json.loads(json.dumps(told)) == told
    assert pipeline.deliver(NOW, "another sender", lambda _: None)["sent"] == 0
    mails = [path.read_text() for path in (home.settings.home / "outbox").rglob("*.eml")]
    assert len(mails) == 2
    assert sum("  - land: broken" in mail for mail in mails) == 1


def test_operators_who_are_named_are_told_and_an_address_that_is_none_is_said(
    home: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CIVICGAUGE_OPS_CONTACTS", "mail:ops@city.example, slack:ops_slack")
    assert len(pipeline.tell_operators("a run failed", ["x"], "slot", NOW)) == 2
    assert sorted(row["channel"] for row in messages(home, states=["queued"])) == ["mail", "slack"]
    monkeypatch.setenv("CIVICGAUGE_OPS_CONTACTS", "ops@city.example")
    with pytest.raises(ConfigurationError, match=r"write mail:ops@city\.example"):
        pipeline.tell_operators("a run failed", ["x"], "slot", NOW)


def test_a_failed_message_to_operators_makes_one_further_and_no_third(
    home: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CIVICGAUGE_OPS_CONTACTS", "mail:nowhere")
    settings = Context.from_environment().settings
    with home.warehouse() as warehouse:
        operations.look(Stored(home), warehouse, settings, NOW)
    assert pipeline.deliver(NOW, "a sender", lambda _: None)["failed"] == 1
    later = NOW + timedelta(minutes=15)
    with home.warehouse() as warehouse:  # it is a matter, once: another operators' contact may read it
        assert any("could not be sent" in line for line in operations.look(Stored(home), warehouse, settings, later))
    assert pipeline.deliver(later, "another sender", lambda _: None)["failed"] == 1
    with home.warehouse() as warehouse:
        assert operations.look(Stored(home), warehouse, settings, later + timedelta(minutes=15)) == ()
    assert [row["state"] for row in messages(home)] == ["failed", "failed"]


def test_operators_are_told_past_a_warehouse_that_cannot_be_used(
    home: Context, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CIVICGAUGE_WAREHOUSE", f"sqlite:///{tmp_path / 'empty.sqlite'}")
    with pytest.raises(WarehouseOutOfDate):
        pipeline.tell_operators("a run failed", ["x"], "slot", NOW)
    assert pipeline.tell_operators_directly("a run failed", ["x"], "slot", NOW, lambda _: None) == []
    monkeypatch.setenv("CIVICGAUGE_OPS_CONTACTS", "slack:ops_slack, mail:ops@city.example")
    assert pipeline.tell_operators_directly("a run failed", ["x"], "slot", NOW, lambda _: None) == ["outbox"]
    (mail,) = (home.settings.home / "outbox").rglob("*.eml")
    assert "To: ops@city.example" in mail.read_text()


def test_what_the_run_table_says_of_an_airflow_run(home: Context) -> None:
    attempt(home, NOW, airflow_run_id="scheduled__1", problem="main: it did not answer")
    assert pipeline.run_problem(HERE, "scheduled__1") == "main: it did not answer"
    assert pipeline.run_problem(HERE, "scheduled__2") is None
